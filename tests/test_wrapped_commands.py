"""Curl commands that something else runs, or that stand in quotes: functions, aliases, xargs, a quote above them."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from splint.formats.json.reader import parse
from splint.formats.shell.reader import read_shell
from tests.command import Command
from tests.grids import few

PATH = "smart_plus/campaign/create/"
CREATE = f"https://business-api.tiktok.com/open_api/v1.3/{PATH}"
BODY = '{"advertiser_id":"7","campaign_name":"x","objective_type":"WEB_CONVERSIONS","budget":-5}'
"""A campaign with one error, SPL106."""


@pytest.fixture(autouse=True)
def _tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def found(command: Command, script: str, name: str = "a.sh") -> list[tuple[str, str]]:
    """The codes that a walk finds in a script, each with the line of the script that it stands on."""
    Path(name).write_text(script)
    report = command("check", ".", "--isolated", "--output-format=json").report
    lines = script.splitlines()
    return [(one["code"], lines[one["range"]["start"]["line"] - 1]) for one in report["diagnostics"]]


FUNCTIONS = {
    "all arguments": ('api() { curl -sS -H "Access-Token: $TOKEN" "$@"; }', f"api -X POST {CREATE} -d '{BODY}'"),
    "each argument": ('post() { curl -X POST "$BASE/$1" -d "$2"; }', f"post {PATH} '{BODY}'"),
    "variables": (
        'function api {\n  local path=$1 url="$BASE/$1"\n  if ! curl -X POST "$url" -d "$2"; then exit 1; fi\n}',
        f"if api {PATH} '{BODY}'; then echo done; fi",
    ),
    "a shift": ('api() {\n  local path="$1"; shift\n  curl "$BASE/${path}" "$@" | jq .\n}', f"api {PATH} -d '{BODY}'"),
    "the rest": ('api() { curl -X "$1" "${@:2}"; }', f"api POST {CREATE} -d '{BODY}'"),
    "a substitution": ('api() { out=$(curl "$@"); echo "$out"; }', f"id=$(api -X POST {CREATE} -d '{BODY}')"),
    "its input": ('post() { curl -X POST "$BASE/$1" -d @-; }', f"echo '{BODY}' | post {PATH}"),
    "an alias": ("alias tt='curl -sS'", f"tt -X POST {CREATE} -d '{BODY}'"),
    "an alias in double quotes": ('alias ll="ls -l" tt="curl -H \'Access-Token: $T\'"', f"tt {CREATE} -d '{BODY}'"),
    "a default of itself": (
        'api() {\n TOKEN="${TOKEN:-}"\n curl -X POST "$BASE/$1" -H "Access-Token: $TOKEN" -d "$2"\n}',
        f"api {PATH} '{BODY}'",
    ),
    "a default that is an argument": (
        'api() {\n local path=${path:-$1}\n curl -X POST "$BASE/$path" -d "$2"\n}',
        f"api {PATH} '{BODY}'",
    ),
    "a host by default": (
        f'api() {{\n local B="${{B:-{CREATE.removesuffix(PATH)}}}" T="${{T}}"\n curl -X POST "$B/$1" -d "$2"\n}}',
        f"api {PATH} '{BODY}'",
    ),
    "variables of each other": (
        'api() {\n a=$b b=$a\n curl -X POST "$a/$1" -d "$2"\n}',
        f"api {PATH} '{BODY}'",
    ),
    "commands that leave its arguments": (
        'api() {\n set -eu\n local p="$1"\n [ -n "$p" ] || { echo no; exit 1; }\n shift\n curl "$B/$p" -d "$1" | jq\n}',
        f"api {PATH} '{BODY}'",
    ),
    "a default for its input": ('post() { curl -X POST "$BASE/$1" -d "${2:-@-}"; }', f"post {PATH} '{BODY}'"),
    "its input by default": ('post() { curl -X POST "$BASE/$1" -d "${2:-@-}"; }', f"echo '{BODY}' | post {PATH}"),
    "an option where it is given": ('api() { curl "$BASE/$1" ${2:+-d "$2"}; }', f"api {PATH} '{BODY}'"),
    "a dash in its name": ('function tt-api { curl -X POST "$BASE/$1" -d "$2"; }', f"tt-api {PATH} '{BODY}'"),
    "an alias with a dash": ("alias tt-post='curl -X POST'", f"tt-post {CREATE} -d '{BODY}'"),
    "a time": ('api() { curl "$@"; }', f"time api {CREATE} -d '{BODY}'"),
    "one that tries again": ('api() { curl "$@"; }', f"retry 3 api {CREATE} -d '{BODY}'"),
    "one that runs it": ('run() { echo "$@"; "$@"; }\napi() { curl "$@"; }', f"run api {CREATE} -d '{BODY}'"),
    "an endpoint of its own": (f'create() {{ curl -X POST {CREATE} -d "$1"; }}', f"create '{BODY}'"),
}
"""A function or an alias, and a call."""


@pytest.mark.parametrize(("function", "call"), FUNCTIONS.values(), ids=FUNCTIONS)
def test_a_call_of_a_function_that_is_one_curl_command_is_read_as_this(
    function: str, call: str, command: Command
) -> None:
    """Wherever it stands: a function may be called above, within another one."""
    for script in (f"{function}\n{call}\n", f"main() {{\n{call}\n}}\n{function}\nmain\n"):
        assert [one for one in found(command, script) if one[0] != "SPL010"] == [("SPL106", call)]


@pytest.mark.parametrize(
    ("function", "call"),
    few(
        [
            ('api() {\n  while [ $# -gt 1 ]; do shift; done\n  curl "$BASE/$path" "$@"\n}', f"api {PATH} -d '{BODY}'"),
            ('api() { set -- -s "$@"; curl "$@"; }', f"api {CREATE} -d '{BODY}'"),
            ('api() { curl "$@"; }\napi() { curl -G "$@"; }', f"api {CREATE} -d '{BODY}'"),
            ("alias p='curl -s | jq'", f"p {CREATE} -d '{BODY}'"),
            ('api() { curl "$@"; }', f'api {CREATE} -d "$BODY"'),
            (
                'api() {\n if [ -n "$2" ]; then\n curl -X POST "$BASE/$1" -d "$2"\n else\n curl "$BASE/$1"\n fi\n}',
                f"api {PATH} '{BODY}'",
            ),
            (
                'api() {\n case "$1" in\n get) curl "$BASE/$2" ;;\n *) curl -X POST "$BASE/$2" -d "$3" ;;\n esac\n}',
                f"api post {PATH} '{BODY}'",
            ),
            ('api() {\n if [ -n "$2" ]; then\n curl -X POST "$BASE/$1" -d "$2"\n fi\n}', f"api {PATH}"),
            ('api() {\n b=x\n [ -n "$2" ] && b="$2"\n curl "$BASE/$1" -d "$b"\n}', f"api {PATH} '{BODY}'"),
            ('api() { curl -X POST "$BASE/$1" -d $2; }', f"api {PATH} '{BODY.replace(',', ', ')}'"),
            ('api() { shift 9; curl -X POST "$BASE/$1" -d "$2"; }', f"api {PATH} '{BODY}'"),
            ('api() { curl -X POST "$BASE/$1" -d "${2%x}"; }', f"api {PATH} '{BODY}'"),
            ('api() { curl -X POST "$BASE/$1" -d "${2:-@-}"; }', f"jq . plan | api {PATH}"),
            ('api() { curl -X POST "$BASE/$1" -d "@$2"; }', f'api {PATH} "$FILE"'),
            ('api() { curl -X POST "$BASE/$1" -d "$2"; }', f"api \"$@\" {PATH} '{BODY}'"),
            ('api() { curl "$@"; }\npost() { log "$1"; api "$@"; }', f"post {CREATE} -d '{BODY}'"),
            ('api() (\n set -e\n curl -X POST "$BASE/$1" -d "$2"\n)', f"api {PATH} '{BODY}'"),
            ('alias tt="curl -H \\"Access-Token: $T\\""', f"tt {CREATE} -d '{BODY}'"),
            (". ./lib.sh", f"api {PATH} '{BODY}'"),
        ],
        8,
    ),
)
def test_of_any_other_function_with_curl_a_call_that_names_an_endpoint_is_told(
    function: str, call: str, command: Command
) -> None:
    assert found(command, f"{function}\n{call}\n") == [("SPL010", call)]


BASE = CREATE.removesuffix("/campaign/create/")
DRY = 'if [ "$DRY" ]; then echo "$@"; else'
"""What keeps a function from being plainly one curl command."""
CALLS = [
    (f'post() {{ {DRY} curl -d "$3" "$1$2"; fi; }}', f"post {BASE} /campaign/create/ '{BODY}'"),
    (f'post() {{ {DRY} curl -d "$3" "$1/$2"; fi; }}', f"post {BASE} campaign/create/ '{BODY}'"),
    (f'post() {{ {DRY} curl -d "$3" "$1$2"; fi; }}\nSP={BASE}', f"post \"$SP\" /campaign/create/ '{BODY}'"),
    (f'post() {{ {DRY} curl -d "$3" "$1$2"; fi; }}', f"post \"$SP\" /campaign/create/ '{BODY}'"),
    (f'post() {{ {DRY} curl -d "$2" "$API/$1/"; fi; }}\nAPI={BASE[:-11]}', f"post {PATH[:-1]} '{BODY}'"),
    (f'post() {{ {DRY} curl -d "$2" "$SP/$1/"; fi; }}\nSP={BASE}', f"post campaign/create '{BODY}'"),
    (f'post() {{ local b=$2 u={BASE}/$1; {DRY} curl -d "$b" "$u"; fi; }}', f"post campaign/create/ '{BODY}'"),
    (f'post() {{ {DRY} curl -d "$1" {CREATE}; fi; }}', f"post '{BODY}'"),
    (f'post() {{ {DRY} curl -d @- "{BASE}/$1"; fi; }}', f"post campaign/create/ <<< '{BODY}'"),
    (f'post() {{ {DRY} curl -d @"$2" "{BASE}/$1"; fi; }}', "post campaign/create/ body.json"),
    (f'post() {{ {DRY} curl x; curl -d "$3" "$1$2"; fi; }}', f"post {BASE} campaign/create/ '{BODY}'"),
    ('post() { while x; do shift; done; curl -d "$3" "$1$2"; }', f"post -v {BASE} /campaign/create/ '{BODY}'"),
    ('post() { while x; do shift; done; curl -d "$1" "$P"; }', f"post {BASE} '{BODY}'"),
]


@pytest.mark.parametrize(("function", "call"), CALLS)
def test_a_call_of_such_a_function_is_told_once_whatever_names_the_endpoint(
    function: str, call: str, command: Command
) -> None:
    assert found(command, f"{function}\n{call}\n") == [("SPL010", call)]
    assert found(command, f"{function}\n{call}\n{call} \n") == [("SPL010", call), ("SPL010", f"{call} ")]


API = BASE.removesuffix("/smart_plus")
HANDED_ON = [
    (f'tt() {{ curl "{API}/$1/" -d "$2"; }}', 'smart() { tt "smart_plus/$1" "$2"; }'),
    (f'API={API}\ntt() {{ curl "$API/$1/" -d "$2"; }}', 'smart() { tt "smart_plus/$1" "$2"; }'),
    (f'smart() {{ local d; d=$(cat); curl "{BASE}/$1/" -d "$d"; }}', ""),
]


@pytest.mark.parametrize(("function", "others"), HANDED_ON)
def test_a_request_of_functions_that_call_each_other_is_told_once(function: str, others: str, command: Command) -> None:
    call = f"smart campaign/create '{BODY}'" if others else f"smart campaign/create <<< '{BODY}'"
    for script in (f"{function}\n{others}\n{call}\n", f"{others}\n{function}\n{call}\n"):
        assert found(command, script) == [("SPL010", call)]


def test_functions_that_only_call_each_other_are_told_of(command: Command) -> None:
    script = f'a() {{ if x; then curl "{API}/$1" -d "$2"; fi; b {PATH} "$2"; }}\nb() {{ a {PATH} "$2"; }}\n'
    assert {code for code, _ in found(command, script)} == {"SPL010"}


@pytest.mark.parametrize("name", ["tiktok::post", "tt.post", "tt-post", "tt+post"])
def test_a_function_is_told_of_by_its_calls_whatever_its_name(name: str, command: Command) -> None:
    call = f"{name} {PATH} '{BODY}'"
    function = f'{name}() {{ curl -d "$2" "https://business-api.tiktok.com/open_api/v1.3/$1"; }}'
    assert found(command, f"{function}\n{call}\n") == [("SPL106", call)]


def test_what_stands_in_the_function_itself_is_told_there(command: Command) -> None:
    for code, url, call in (
        ("SPL106", f"{BASE}/$1/create/", "post campaign"),
        ("SPL010", "$1/campaign/create/", "post campaign/create/"),  # its body tells not whether it is of Smart+
    ):
        function = f"post() {{ {DRY} curl -d '{BODY}' \"{url}\"; fi; }}"
        assert found(command, f"{function}\n{call}\n") == [(code, function)]
    function = f'post() {{ {DRY} curl -H "Access-Token: canary-0123456789" -d "$2" "{BASE}/$1"; fi; }}'
    call = f"post campaign/create/ '{BODY}'"
    assert found(command, f"{function}\n{call}\n") == [("SPL012", function), ("SPL010", call)]
    function = f'post() {{ {DRY} curl -d "$(x)" "{BASE}/$1"; fi; }}'
    assert found(command, f"{function}\npost campaign/create/\n") == [("SPL010", function)]
    assert found(command, f'get() {{ until curl -sf "$1/"; do x; done; }}\nget $X {BASE}\n') == []


@pytest.mark.parametrize(
    "script",
    few(
        [
            f"log() {{ echo \"$@\"; }}\nlog {CREATE} '{BODY}'\n",
            f"api() {{ curl \"$@\"; }}\necho api {CREATE} '{BODY}'\n# api {CREATE} -d '{BODY}'\nls {CREATE}\n",
            f'slack() {{ curl -X POST https://example.com/x -d "$1"; }}\nslack {CREATE}\nslack "made by {CREATE}"\n',
            f'api() {{ curl "$@"; }}\ntrace() {{ echo "$@"; }}\ntrace api {CREATE} -d \'{BODY}\'\nlog api {CREATE}\n',
            f". ./lib.sh\nlog_request {PATH} '{BODY}'\necho {PATH} '{BODY}'\njq {PATH} '{BODY}'\n",
            f"echo curl -X POST {CREATE}\nprintf '%s ' curl -X POST {CREATE}\n",
        ],
        4,
    ),
)
def test_what_sends_nothing_to_an_endpoint_that_it_names_is_passed_over(script: str, command: Command) -> None:
    assert found(command, script) == []


@pytest.mark.parametrize("option", ['-d "@$2"', "-d@$2", '--data="@${2}"', '-d @"bodies/$2"', '-d @- < "$2"'])
def test_a_file_that_an_argument_names_is_the_body(option: str, command: Command) -> None:
    """It is read as one that a curl command names, and is to be there."""
    Path("bodies").mkdir()
    function, call = f'api() {{ curl -X POST "$BASE/$1" {option}; }}', f"api {PATH} body.raw"
    at = Path("bodies" if "bodies" in option else ".", "body.raw")
    assert [code for code, _ in found(command, f"{function}\n{call}\n")] == ["SPL001"]
    at.write_text(BODY)
    report = command("check", "a.sh", "--isolated", "--output-format=json").report
    assert [(one["path"], one["code"]) for one in report["diagnostics"]] == [(str(at), "SPL106")]


def test_a_function_and_its_call_are_read_in_one_block_of_markdown_and_told_of_in_two(command: Command) -> None:
    function, call = 'api() { curl -X POST "$BASE/$1" -d "$2"; }', f"api {PATH} '{BODY}'"
    assert found(command, f"```bash\n{function}\n{call}\n```\n", "a.md") == [("SPL106", call)]
    assert found(command, f"```bash\n{function}\n```\n\n```bash\n{call}\n```\n", "a.md") == [("SPL010", call)]


def test_a_token_that_a_call_passes_on_is_one_of_its_own(command: Command) -> None:
    function = 'api() { curl -X POST "$BASE/$1" -H "Access-Token: $2" -d "$3"; }'
    call = f"api {PATH} canary-token-0123456789 '{BODY}'"
    assert ("SPL012", call) in found(command, f"{function}\n{call}\n")


_USES = st.sampled_from([*"123", "10", "@", "*", "#", "a", "b", "T"]).flatmap(
    lambda name: st.sampled_from(
        [f"${name}", f"${{{name}}}", f"${{{name}:-$b}}", f'${{{name}:+-d "$2"}}', f"${{{name}:=x}}", f"${{@:{name}}}"]
    )
)
_WORDS = st.lists(
    _USES | st.sampled_from(["x", "-d", "@", "/", '"', "'", " ", "{", PATH, "$("]), min_size=1, max_size=4
)
_LINES = st.builds(
    "{}{}".format,
    st.sampled_from(
        [
            "local a=",
            "b=",
            "export T=",
            "shift ",
            "curl ",
            'curl "$a/$1" -d "$2" ',
            "if ",
            "fi ",
            "}",
            "api ",
            "alias a=",
        ]
    ),
    _WORDS.map("".join) | _WORDS.map('"{}"'.format),
)


@given(st.lists(_LINES, max_size=6), _LINES)
def test_no_function_stops_the_reader(body: list[str], last: str) -> None:
    """Whatever its variables, quotes and blocks are: a call that is not understood is one that only a run tells."""
    lines = ["api() {", *body, 'curl -X POST "$a/$1" -d "$2"', "}", f"api {PATH} '{BODY}'", last]
    script = "\n".join(lines).encode()
    assert all(read.source.path == "a.sh" for read in read_shell("a.sh", BytesIO(script), parse))


@pytest.mark.slow
@pytest.mark.parametrize(
    "lines",
    few(
        [
            [f'local a{at}="$a{at + 1}$a{at + 1}"' for at in range(60)],
            ['local a60="$1"', *(f'local a{at}="$a{at + 1}$a{at + 1}"' for at in reversed(range(60)))],
            ['local a2000="$1"', *(f'local a{at}="${{{at + 1}:-$a{at + 1}}}"' for at in reversed(range(2000)))],
            ['curl -X POST "$BASE/$1" -d "$2"'] * 1000,
        ],
        2,
    ),
)
def test_what_calls_put_together_has_a_bound(lines: list[str]) -> None:
    """However often variables name each other; and many calls of many commands are one request a call."""
    function = "\n".join(["api() {", *lines, 'curl -X POST "$a0/$1" -d "$2"', "}"])
    script = "\n".join([function, *[f"api {PATH} '{BODY}'"] * 500]).encode()
    assert sum(1 for _ in read_shell("a.sh", BytesIO(script), parse)) == 500


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    few(
        [
            "xargs -0 -I{} curl -X POST {url} -H 'a: b' -d '{}'",
            "xargs -I % curl -X POST {url} -d '%'",
            "xargs -P4 -0I% curl -X POST {url} -d @%",
            "xargs --replace curl -X POST {url} -d {}",
            "xargs -0 -n1 curl -X POST {url} -d",
            "parallel curl -X POST {url} -d {}",
            "parallel -j 2 curl -X POST {url} -d @{1}",
            "parallel curl -X POST {url} -d ::: '{}'",
            "parallel curl -X POST {url} -d :::: bodies.txt",
            "parallel curl -X POST {url} -d @{} ::: a.json b.json",
            "parallel curl -X POST {1} -d {2} ::: {url} :::+ A",
            "xargs curl -X POST {url}",
            "find . -name '*.json' -exec curl -X POST {url} -d @{} ';'",
        ],
        6,
    ),
)
def test_what_xargs_puts_into_a_command_is_known_only_when_it_runs(line: str, command: Command) -> None:
    line = f"jq -c '.[]' plan.json | {line.replace('{url}', CREATE)}"
    assert found(command, f"{line}\n") == [("SPL010", line)]


@pytest.mark.parametrize("source", [":::", ":::+", "::::"])
def test_what_stands_behind_the_mark_of_parallel_is_no_body(source: str, command: Command) -> None:
    line = f"parallel curl -X POST {CREATE} -d {source} '{BODY}'"
    assert found(command, f"{line}\n") == [("SPL010", line)]
    line = f"parallel curl -X POST -d '{BODY}' {source} {CREATE}"
    assert found(command, f"{line}\n") == [("SPL106", line)]


def test_what_xargs_puts_into_a_part_of_a_body_is_a_placeholder_there(command: Command) -> None:
    line = f"xargs -I% curl -X POST {CREATE} -d '{BODY.replace('x', 'a % b', 1)}'"
    assert found(command, f"{line}\n") == [("SPL010", line), ("SPL106", line)]
    line = f"xargs -I% curl -X POST {CREATE} -d '{BODY.replace('-5', '%')}'"
    assert found(command, f"{line}\n") == [("SPL010", line)]
    line = f"xargs -n1 curl -X POST {CREATE} -d '{BODY.replace('-5', '{}')}'"
    assert found(command, f"{line}\n") == [("SPL003", line)]


@pytest.mark.parametrize(("option", "mark"), [("-I{}", "{}"), ("-IID", "ID"), ("-I %", "%")])
def test_what_xargs_puts_in_is_told_as_it_is_written(option: str, mark: str, command: Command) -> None:
    Path("a.sh").write_text(f"xargs {option} curl -X POST {CREATE} -d '{BODY.replace('-5', mark)}'\n")
    assert f'budget is still the placeholder "{mark}"' in command("check", "a.sh").out


@pytest.mark.parametrize("above", few(["echo Don't", "echo 'Campaigns", 'echo "Campaigns', "./log 'a' 'b"], 2))
def test_a_quote_above_a_command_that_is_never_closed_is_told(above: str, command: Command) -> None:
    """In a walk too, and what is below is read as it is meant."""
    call = f"curl -X POST {CREATE} -d '{BODY}'"
    assert found(command, f"{above}\n{call}\n") == [("SPL001", above), ("SPL106", call)]
    assert found(command, f"{above}\n{call.replace(BODY, '@a.raw')}\n")[0] == ("SPL001", above)
    Path("a.sh").unlink()
    for name in ("a.md", "a.txt"):
        assert found(command, f"{above}\n{call}\n", name) == [("SPL106", call)]
        Path(name).unlink()


def test_a_quote_above_a_call_that_is_never_closed_is_told(command: Command) -> None:
    function, call = 'api() { curl -X POST "$BASE/$1" -d "$2"; }', f"api {PATH} '{BODY}'"
    assert found(command, f"{function}\necho Don't\n{call}\n") == [("SPL001", "echo Don't"), ("SPL106", call)]
    usage = f"usage='Usage:\n api {PATH} BODY\n'\n"
    assert found(command, f"{function}\n{usage}{call}\n") == [("SPL106", call)]


def test_each_apostrophe_above_a_command_is_told(command: Command) -> None:
    """However many there are: the scan does not go on to the end of the text behind any."""
    call = f"curl -X POST {CREATE} -d '{BODY}'"
    assert len(found(command, f"echo Don't\n{call}\n" * 20)) == 40


@pytest.mark.parametrize("end", ["", "echo 'x\n"])
def test_a_command_in_quotes_that_are_closed_is_none(end: str, command: Command) -> None:
    quoted = f"git commit -m '\ncurl -X POST {CREATE} -d x\n'\n"
    assert found(command, quoted + end) == []


@pytest.mark.parametrize(
    "url",
    [
        "${BASE:-https://business-api.tiktok.com/open_api/v1.3}/smart_plus/campaign/create/",
        "https://${HOST:-business-api.tiktok.com}/open_api/${VERSION-v1.3}/smart_plus/campaign/create/",
    ],
)
def test_a_url_with_a_variable_that_has_a_default_is_read(url: str, command: Command) -> None:
    script = f"curl -X POST \"{url}\" -H 'Content-Type: application/json' -d '{BODY}'\n"
    assert [code for code, _ in found(command, script)] == ["SPL106"]


@pytest.mark.parametrize(
    "given",
    few(
        [
            "C=$(which curl)\n$C",
            'C="$(command -v curl)"\nif ! "$C"',
            "C=`type -p curl`\ntime ${C}",
            "readonly C=/usr/bin/curl\nsudo $C",
            'C="${C:-curl}"\nR=$("$C"',
            'C="curl -sS"\n$C',
            'C=(curl -sS -X POST)\n"${C[@]}"',
        ],
        4,
    ),
)
def test_a_variable_that_is_set_to_curl_is_curl_whatever_its_name(given: str, command: Command) -> None:
    close = ")" if '$("$C"' in given else ""
    (code, line), *others = found(command, f"{given} -X POST {CREATE} -d '{BODY}'{close}\n")
    assert (code, others) == ("SPL106", [])
    assert line.endswith(f"-d '{BODY}'{close}")


TEXTS = {
    "a text for bash": f"bash -c 'curl -X POST {CREATE} -d \"$1\"' _ '{BODY}'",
    "one in a container": f'docker exec box sh -c "curl -X POST $BASE/{PATH} -d @f.json"',
    "one for ssh": f"ssh host \"curl -X POST {CREATE} -d @-\" <<< '{BODY}'",
    "one of several lines": f"ssh host '\ncurl -X POST {CREATE} -d x\n'",
    "one that is evaluated": f"eval \"curl -X POST {CREATE} -d '$BODY'\"",
    "one in a variable": f'C="curl -X POST {CREATE} -d @f.json"\neval "$C"',
    "a variable as a command": f'C="curl -X POST {CREATE} -d @f.json"\n$C',
    "a here-document": f"ssh host <<'EOF'\ncurl -X POST {CREATE} -d @f.json\nEOF",
    "a here-string": f"bash <<< 'curl -X POST {CREATE} -d @f.json'",
    "what is piped": f"echo 'curl -X POST {CREATE} -d @f.json' | sh",
    "one for at": f"at now <<'EOF'\ncurl -X POST {CREATE} -d @f.json\nEOF",
    "one for at that is piped": f"echo 'curl -X POST {CREATE} -d @f.json' | at midnight",
    "a line for cron": f"crontab - <<'EOF'\n1 * * * * curl -X POST {CREATE} -d @f.json\nEOF",
    "lines that are read": f"while read -r c; do\neval \"$c\"\ndone <<'EOF'\ncurl -X POST {CREATE} -d @f.json\nEOF",
    "a line that is read": f"read -r c <<< 'curl -X POST {CREATE} -d @f.json'\neval \"$c\"",
    "lines that are piped": f"printf '%s\\n' 'curl {CREATE} -d @f.json' | while read -r c; do\nbash -c \"$c\"\ndone",
}
RUN = {
    "an array": f'cmds=("ls" "curl -X POST {CREATE} -d @f.json")\nfor c in "${{cmds[@]}}"; do\neval "$c"\ndone',
    "an element": f'cmds=("curl -X POST {CREATE} -d @f.json")\neval "${{cmds[0]}}"',
    "lines": f"mapfile -t cmds <<'X'\ncurl {CREATE} -d @f.json\nX\nfor c in \"${{cmds[@]}}\"; do\n$c\ndone",
    **{
        run: f"cat > s.tmp <<'X'\n#!/bin/sh\ncurl -X POST {CREATE} -d @f.json\nX\n{run}"
        for run in ("sh s.tmp", "chmod +x s.tmp; ./s.tmp", "ssh host bash /tmp/s.tmp", ". ./s.tmp", "bash < s.tmp")
    },
    "a file whose name a variable has": f'echo \'curl {CREATE} -d @f.json\' | tee "$S"\nbash "$S"',
}
"""The command that runs the text is on the last line, or the one before that of a loop."""


@pytest.mark.parametrize("script", TEXTS.values(), ids=TEXTS)
def test_a_text_with_curl_that_a_shell_runs_is_told_of(script: str, command: Command) -> None:
    """At the command that runs it."""
    ((code, line),) = found(command, f"{script}\n")
    assert code == "SPL010"
    assert line in script.splitlines()
    assert not line.startswith("C=")


@pytest.mark.parametrize(
    "script",
    [
        f"echo bash -c 'curl -X POST {CREATE} -d @f.json'",
        f"cat <<EOF\nbash -c 'curl -X POST {CREATE} -d @f.json'\nEOF",
        "bash -c 'curl -X POST https://example.com -d @f.json'",
        f'C="curl fails"\nlog "$C" {CREATE}',
        f'C=curl\n[ -x "$C" ] || test "$C" {CREATE}',
    ],
)
def test_a_text_that_no_shell_runs_is_no_request(script: str, command: Command) -> None:
    assert found(command, f"{script}\n") == []


TOGETHER = {
    "words of the call": f'post=(curl -X POST "{CREATE}")\n"${{post[@]}}" -d \'{BODY}\'',
    "several lines": f"cmd=(\ncurl -X POST\n{CREATE}\n-d '{BODY}'\n)\n\"${{cmd[@]}}\"",
    "what is added beside it": f"cmd=(curl -X POST {CREATE})\ncmd+=(-d '{BODY}')\nif \"${{cmd[@]}}\"; then ls; fi",
    "in a function": f"f() {{\nlocal cmd=(sudo curl {CREATE})\ncmd+=(-d '{BODY}')\n\"${{cmd[@]}}\"\n}}\nf",
    "another array": f'a=(curl -s)\nb=("${{a[@]}}" {CREATE} -d \'{BODY}\')\nR=$("${{b[@]}}")',
    "two calls of one body": f'cmd=(curl {CREATE} -d \'{BODY}\')\n"${{cmd[@]}}"\n"${{cmd[@]}}" -v',
    "options alone": f'args=(-X POST "$URL")\nargs+=(-d \'{BODY}\')\ncurl "${{args[@]}}"',
    "another one later": f"cmd=(curl {CREATE})\n\"${{cmd[@]}}\" -d '{BODY}'\ncmd=(curl -s)",
}


@pytest.mark.parametrize("script", few(TOGETHER.values(), 4))
def test_an_array_with_curl_is_read_where_it_is_called(script: str, command: Command) -> None:
    ((code, line),) = found(command, f"{script}\n")
    assert code == "SPL106"
    assert BODY in line


@pytest.mark.parametrize(
    "script",
    few(
        [
            f"cmd=(curl {CREATE})\nif x; then cmd+=(-d '{BODY}'); fi\n\"${{cmd[@]}}\"",
            f"cmd=(curl {CREATE})\n[ x ] && cmd+=(-d '{BODY}')\n\"${{cmd[@]}}\"",
            f'if x; then cmd=(curl {CREATE}); else cmd=(curl -v {CREATE}); fi\n"${{cmd[@]}}"',
        ],
        2,
    ),
)
def test_an_array_that_a_run_fills_is_told_of_where_it_is_called(script: str, command: Command) -> None:
    assert found(command, f"{script}\n") == [("SPL010", script.splitlines()[-1])]


@pytest.mark.parametrize("use", ["", 'echo "${cmd[@]}"', "printf '%q ' \"${cmd[@]}\"", 'log_step "${cmd[@]}"'])
def test_an_array_with_curl_is_no_command_by_itself(use: str, command: Command) -> None:
    assert found(command, f"cmd=(curl {CREATE})\n{use}\n") == []


@pytest.mark.parametrize(
    "call",
    few(
        [
            f"{{0}} {PATH} @f.json",
            f"{{0}} {PATH} -d @f.json",
            f"{{0}} {PATH} f.json",
            f'{{0}} POST "$BASE/{PATH}" "$B"',
            f"{{0}} {PATH} < f.json",
            f"jq . f.json | {{0}} {PATH}",
            f'id=$({{0}} {PATH} "$B")',
        ],
        4,
    ),
)
def test_a_call_of_a_function_of_another_file_with_any_body_is_told_of(call: str, command: Command) -> None:
    script = call.format("post")
    for taken_in in (". ./lib.sh", "if [ -f lib.sh ]; then source lib.sh; fi", "[ -f lib.sh ] && . ./lib.sh"):
        assert found(command, f"{taken_in}\n{script}\n") == [("SPL010", script)]
    for other in ("log", "rsync", "grep", "set", "mkdir", "for x in", "export X="):
        assert found(command, f"curl -V\n. ./lib.sh\n{other} {PATH} f.json\n") == []
    assert found(command, f"{script}\n") == []


@pytest.mark.parametrize("script", few(RUN.values(), 5))
def test_a_text_that_is_run_later_is_told_of_where_it_is_run(script: str, command: Command) -> None:
    last = script.removesuffix("\ndone").splitlines()[-1]
    assert found(command, f"{script}\n") == [("SPL010", last)]


@pytest.mark.parametrize(
    "use",
    few(
        [
            "cat > notes.md <<'X'\n{C}\nX\ngit add notes.md\nbash other.sh",
            "cat > s.tmp <<'X'\n{C}\nX\nchmod +x s.tmp\nshellcheck s.tmp",
            "cat > s.tmp <<'X'\n# as {U}\nX\nsh s.tmp",
            'cmds=("ls" "{C}")\nfor c in "${{cmds[@]}}"; do echo "$c"; done',
            "while read -r c; do echo \"$c\"; done <<'X'\n{C}\nX",
        ],
        3,
    ),
)
def test_a_text_that_is_only_kept_is_no_request(use: str, command: Command) -> None:
    assert found(command, use.format(C=f"curl -X POST {CREATE} -d @f.json", U=CREATE) + "\n") == []
