"""Curl commands that something else runs, or that stand in quotes: functions, aliases, xargs, a quote above them."""

from pathlib import Path

import pytest

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
        ],
        3,
    ),
)
def test_of_any_other_function_with_curl_a_call_that_names_an_endpoint_is_told(
    function: str, call: str, command: Command
) -> None:
    assert found(command, f"{function}\n{call}\n") == [("SPL010", call)]


@pytest.mark.parametrize(
    "script",
    few(
        [
            f"log() {{ echo \"$@\"; }}\nlog {CREATE} '{BODY}'\n",
            f"api() {{ curl \"$@\"; }}\necho api {CREATE} '{BODY}'\n# api {CREATE} -d '{BODY}'\nls {CREATE}\n",
            f'slack() {{ curl -X POST https://example.com/x -d "$1"; }}\nslack {CREATE}\nslack "made by {CREATE}"\n',
            f"echo curl -X POST {CREATE}\nprintf '%s ' curl -X POST {CREATE}\n",
        ],
        2,
    ),
)
def test_what_sends_nothing_to_an_endpoint_that_it_names_is_passed_over(script: str, command: Command) -> None:
    assert found(command, script) == []


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
            "xargs curl -X POST {url}",
            "find . -name '*.json' -exec curl -X POST {url} -d @{} ';'",
        ],
        4,
    ),
)
def test_what_xargs_puts_into_a_command_is_known_only_when_it_runs(line: str, command: Command) -> None:
    line = f"jq -c '.[]' plan.json | {line.replace('{url}', CREATE)}"
    assert found(command, f"{line}\n") == [("SPL010", line)]


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


def test_each_apostrophe_above_a_command_is_told(command: Command) -> None:
    """However many there are: the scan does not go on to the end of the text behind any."""
    call = f"curl -X POST {CREATE} -d '{BODY}'"
    assert len(found(command, f"echo Don't\n{call}\n" * 20)) == 40


@pytest.mark.parametrize("end", ["", "echo 'x\n"])
def test_a_command_in_quotes_that_are_closed_is_none(end: str, command: Command) -> None:
    quoted = f"ssh host '\ncurl -X POST {CREATE} -d x\n'\n"
    assert found(command, quoted + end) == []
