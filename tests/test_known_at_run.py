"""Commands of which only a run tells the words are told of (SPL010): none passes in silence, none is a false error."""

from pathlib import Path

import pytest

from tests.command import Command
from tests.grids import few

CREATE = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
BODY = '{"advertiser_id":"7","campaign_name":"x","objective_type":"WEB_CONVERSIONS","budget":-5}'
"""A campaign with one error, SPL106."""
PLAIN = f"cmd=(curl -X POST {CREATE})\n"
SET = f"cmd=(curl -X POST {CREATE} -d '{BODY}')\n"
ARGS = f"-X POST {CREATE} -d '{BODY}'"
CALL = '"${cmd[@]}"\n'
ADD = 'add_body() { cmd+=(-d "$1"); }\n'


@pytest.fixture(autouse=True)
def _tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def found(command: Command, text: str, name: str = "s.sh") -> list[tuple[str, str]]:
    """The codes that a walk finds in a file, each with the line of the file that it stands on."""
    Path(name).write_text(text)
    report = command("check", "--untrusted", ".", "--isolated", "--output-format=json").report
    lines = text.splitlines()
    return [(one["code"], lines[one["range"]["start"]["line"] - 1]) for one in report["diagnostics"]]


def codes(command: Command, text: str, name: str = "s.sh") -> list[str]:
    return [code for code, _ in found(command, text, name)]


ADDED = {
    "a function above": f"{ADD}{PLAIN}add_body '{BODY}'\n",
    "a function below": f"{PLAIN}{ADD}add_body '{BODY}'\n",
    "its next index": f"{PLAIN}cmd[${{#cmd[@]}}]=-d\ncmd[${{#cmd[@]}}]='{BODY}'\n",
    "mapfile behind it": f"{PLAIN}mapfile -t -O \"${{#cmd[@]}}\" cmd < <(printf '%s\\n' -d '{BODY}')\n",
    "a reference": f"{PLAIN}declare -n ref=cmd\nref+=(-d '{BODY}')\n",
    "a reference of a function": f"add() {{ local -n a=$1; a+=(-d \"$2\"); }}\n{PLAIN}add cmd '{BODY}'\n",
    "a text that is evaluated": f"{PLAIN}eval \"cmd+=(-d '{BODY}')\"\n",
    "a file that is taken in": f"{PLAIN}. ./lib.sh\n",
    "an index": f"{SET}cmd[5]='{{}}'\n",
    "the last index": f"{SET}cmd[-1]='{{}}'\n",
    "all its indexes": f'{SET}for i in "${{!cmd[@]}}"; do cmd[i]="${{cmd[i]/5/6}}"; done\n',
    "mapfile": f"{SET}mapfile -O 5 cmd < words.txt\n",
    "read": f"{SET}read -r -a cmd < words.txt\n",
    "a text that is declared": f"{SET}declare -a cmd='(curl -d x)'\n",
    "a reference that sets": f"{SET}declare -n r=cmd\nr+=(-v)\n",
    "itself with other texts": f'{SET}cmd=("${{cmd[@]/5/6}}")\n',
    "an index that goes": f"{SET}unset 'cmd[4]'\n",
}


@pytest.mark.parametrize("script", few(ADDED.values(), 6))
def test_an_array_that_anything_else_may_change_is_told_of_where_it_is_called(script: str, command: Command) -> None:
    assert found(command, script + CALL) == [("SPL010", CALL.strip())]
    message = command("check", "--untrusted", "s.sh", "--output-format=concise").out
    assert 'options of curl come from "${cmd[@]}"' in message


def test_a_token_in_an_array_that_something_else_may_change_is_told_of(command: Command) -> None:
    held = f"cmd=(curl -X POST {CREATE} -H 'Access-Token: canary-token')"
    assert found(command, f"{held}\ncmd[9]=x\n{CALL}") == [("SPL012", held), ("SPL010", CALL.strip())]


CALLS = {
    "a part of it": f'{SET}"${{cmd[@]:0}}"',
    "other texts": f'{SET}"${{cmd[@]/5/6}}"',
    "a second shell": f'{SET}eval "${{cmd[@]}}"',
    "a part of it in another one": f'{SET}b=("${{cmd[@]:0:4}}" -v)\n"${{b[@]}}"',
    "a function above": f'run() {{ time "${{cmd[@]}}"; }}\n{SET}run',
    "a loop that adds": f'{PLAIN}for x in 1 2; do\n"${{cmd[@]}}"\ncmd+=(-d "$x"); done',
}


@pytest.mark.parametrize("script", CALLS.values(), ids=CALLS)
def test_a_call_of_which_only_a_run_tells_the_words_is_told_of(script: str, command: Command) -> None:
    ((code, line),) = found(command, f"{script}\n")
    assert code == "SPL010"
    assert "[@]" in line


@pytest.mark.parametrize(
    "between",
    [
        '# cmd is complete\necho "cmd:" "${cmd[*]}" "${#cmd[@]}" "${cmd[0]}"\n',
        'echo "runs cmd"\nlocal -a cmd\n',
        'git commit --cmd x.cmd\nfor word in "${cmd[@]}"; do log "$word"; done\n',
    ],
)
def test_an_array_that_is_only_looked_at_is_read(between: str, command: Command) -> None:
    assert codes(command, f"{SET}{between}{CALL}") == ["SPL106"]


AGAIN = {
    "ssh": f"ssh host curl {ARGS}",
    "quotes for the second shell": f"ssh -t host sudo curl -X POST {CREATE} -d \"'{BODY}'\"",
    "option and body in one word": f"ssh host curl -X POST {CREATE} \"-d '{BODY}'\"",
    "a variable": f"BODY='{BODY}'\nssh host curl -X POST {CREATE} -d \"$BODY\"",
    "eval": f"eval curl -X POST {CREATE} -d \"'{BODY}'\"",
    "a part of the words": f"ssh host 'curl -s' {ARGS}",
}


@pytest.mark.parametrize("script", AGAIN.values(), ids=AGAIN)
def test_a_body_that_a_second_shell_reads_again_is_told_of(script: str, command: Command) -> None:
    """As for a text that ssh runs."""
    assert found(command, f"{script}\n") == [("SPL010", script.splitlines()[-1])]


def test_a_body_on_the_standard_input_of_ssh_is_sent_as_it_is(command: Command) -> None:
    assert codes(command, f"ssh host curl -X POST {CREATE} -d @- <<'X'\n{BODY}\nX\n") == ["SPL106"]


OPTIONS = {
    "a text": f"OPTS=\"-H 'A: b' {CREATE} -d @bad.txt\"\ncurl $OPTS",
    "a text beside a URL": f"OPTS=\"-H 'A: b' {CREATE} -d @bad.txt\"\ncurl $OTHER $OPTS",
    "a part of an array": f'args=(-s {ARGS})\ncurl "${{args[@]:1}}"',
    "an array with other texts": f'args=(-s {ARGS})\ncurl "${{args[@]/5/6}}"',
    "arguments that the script sets": f'set -- {ARGS}\ncurl "$@"',
    "arguments of a text": f"sh -c 'curl \"$@\"' -- {ARGS}",
    "a here-document behind cat": f"cat <<'X' | bash\ncurl {ARGS}\nX",
    "one for a shell on another machine": f"cat <<'X' | ssh host bash -s\ncurl {ARGS}\nX",
    "a trap": f'trap "curl -X POST {CREATE} -d @bad.txt" EXIT',
    "a recorded session": f'script -c "curl -X POST {CREATE} -d @bad.txt"',
    "a file that is taken in": f'source <(echo "curl -X POST {CREATE} -d @bad.txt")',
    "one text of env": f'env -S "curl -X POST {CREATE} -d @bad.txt"',
}


@pytest.mark.parametrize("script", few(OPTIONS.values(), 6))
def test_a_request_whose_words_stand_elsewhere_is_told_of(script: str, command: Command) -> None:
    ((code, line),) = found(command, f"{script}\n")
    assert code == "SPL010"
    assert line in script.splitlines()


def test_options_in_an_array_that_something_else_may_change_are_not_judged(command: Command) -> None:
    held, sent = f"args=(-X POST \"$URL\" -d '{BODY}')\n", 'curl "${args[@]}"\n'
    assert codes(command, held + sent) == ["SPL106"]
    assert codes(command, f"{held}args[4]=x\n{sent}") == []


@pytest.mark.parametrize("curl", ['"$(command -v curl)"', "$(which curl)", "sudo `type -p curl`", "if ! $(which curl)"])
def test_a_substitution_that_finds_curl_is_curl(curl: str, command: Command) -> None:
    assert codes(command, f"{curl} {ARGS}\n") == ["SPL106"]


TOGETHER = {
    "a function": ('post() { curl -X POST "$BASE/$1" -d "$2"; }', f"post /smart_plus/campaign/create/ '{BODY}'"),
    "a function with steps": (
        "api() {\n  if x; then\n    curl $@\n  else\n    curl -v $@\n  fi\n}",
        f"api POST {CREATE} -d '{BODY}'",
    ),
    "an alias": ("alias tt='curl -sS'", f"tt -X POST {CREATE} -d '{BODY}'"),
    "an array": (SET.strip(), CALL.strip()),
    "an array and a body": (PLAIN.strip(), f"\"${{cmd[@]}}\" -d '{BODY}'"),
    "options": (f"args=({ARGS})", 'curl "${args[@]}"'),
    "a text of options": (f'OPTS="-X POST {CREATE} -d @bad.txt"', "curl $OPTS"),
    "a file": (f"cat > body.json <<'X'\n{BODY}\nX", f"curl -X POST {CREATE} -d @body.json"),
}


@pytest.mark.parametrize("tag", few(["bash", "console", ""], 1))
@pytest.mark.parametrize(("above", "call"), few(TOGETHER.values(), 8))
def test_what_a_block_takes_from_another_block_is_told_of(above: str, call: str, tag: str, command: Command) -> None:
    prompt = "$ " * (tag == "console")
    text = f"# How to\n\n```{tag}\n{prompt}{above}\n```\n\nThen:\n\n- call it\n\n  ```{tag}\n  {prompt}{call}\n  ```\n"
    assert found(command, text, "a.md") == [("SPL010", f"  {prompt}{call}")]


def test_a_file_that_a_block_writes_is_told_of_though_another_one_is_there(command: Command) -> None:
    Path("body.json").write_text(BODY.replace("-5", "500"))
    above, call = TOGETHER["a file"]
    assert codes(command, f"```bash\n{call}\n```\n", "a.md") == codes(command, "", "b.md") == []
    assert codes(command, f"```bash\n{above}\n```\n\n```bash\n{call}\n```\n", "a.md") == ["SPL010"]


def test_what_a_block_sends_by_itself_is_told_of_once(command: Command) -> None:
    block = f'```bash\npost() {{ curl -X POST "$BASE/$1" -d "$2"; }}\npost {CREATE} \'{BODY}\'\n```\n'
    assert codes(command, f"{block}\n```bash\nls\n```\n\n{block}", "a.md") == ["SPL106", "SPL106"]
    other = f"```bash\ncurl -X POST {CREATE} -d '{BODY}'\n```\n"
    assert codes(command, f"{other}\n{other}", "a.md") == ["SPL106", "SPL106"]


@pytest.mark.parametrize("tag", few(["console", "bash", "text", ""], 2))
@pytest.mark.parametrize(
    "body",
    ["@<campaign.json>", "'@<campaign.json>'", "<body>", "<the campaign>", "{body}", "'{body}'", "@{campaign.json}"],
)
def test_a_placeholder_without_quotes_is_not_filled_in_yet(body: str, tag: str, command: Command) -> None:
    call = f"curl -X POST {CREATE} -d {body}"
    for text in (f"```{tag}\n{call}\n```\n", f"```{tag}\n{call} \\\n  -H 'X: y'\n```\n", f"{call}\n"):
        ((code, line),) = found(command, text, "a.md")
        assert (code, line.startswith(call)) == ("SPL010", True)


def test_a_script_redirects_what_seems_to_be_a_placeholder(command: Command) -> None:
    Path("body.json").write_text(BODY)
    assert codes(command, f"curl -X POST {CREATE} -d @- <body.json> out.txt\n") == ["SPL106"]
    Path("s.sh").unlink()
    assert codes(command, f"```bash\ncurl -X POST {CREATE} -d @- <body.json> out.txt\n```\n", "a.md") == ["SPL106"]


@pytest.mark.parametrize("tag", ["console", "shell-session"])
def test_the_prompt_of_root_is_no_comment_in_a_session(tag: str, command: Command) -> None:
    call = f"# curl -X POST {CREATE} \\\n  -d '{BODY}'"
    answer = '{"code": 40002, "message": "a budget"}'
    assert codes(command, f"```{tag}\n{call}\n{answer}\n```\n", "a.md") == ["SPL106"]
    assert codes(command, f"```bash\n{call}\n```\n", "a.md") == []
    for note in (f"# curl {CREATE} creates one", "# curl sends it", f"# {CREATE} is called with curl"):
        assert codes(command, f"```{tag}\n{note}\n$ ls\n```\n", "a.md") == []


def test_only_blocks_above_change_the_file_of_a_block(command: Command) -> None:
    Path("body.dat").write_text(BODY)
    call = f"```bash\ncurl -X POST {CREATE} -d @body.dat\n```\n"
    for change in ("rm body.dat", "jq . a > body.dat", "./generate body.dat"):
        block = f"- then\n\n  ```bash\n  {change}\n  ```\n"
        assert codes(command, f"{call}\n{block}", "a.md") == ["SPL106"]
        assert codes(command, f"{block}\n{call}", "a.md") == ["SPL010"]
        assert sorted(codes(command, f"{call}\n{block}\n{call}", "a.md")) == ["SPL010", "SPL106"]


@pytest.mark.parametrize("name", ["s.sh", "a.md"])
def test_the_command_that_may_change_a_file_is_named(name: str, command: Command) -> None:
    Path("body.json").write_text(BODY)
    text = f"echo a\n  sed -i s/a/b/ body.json\ncurl -X POST {CREATE} -d @body.json\n"
    Path(name).write_text(f"```bash\n{text}```\n" if name == "a.md" else text)
    (one,) = command("check", name, "--isolated", "--output-format=json").report["diagnostics"]
    (related,) = one["related"]
    assert (one["code"], "a command may change" in one["message"]) == ("SPL010", True)
    assert related["range"]["start"] == {**related["range"]["start"], "line": 2 + (name == "a.md"), "column": 3}


@pytest.mark.parametrize("writer", ["jq . a > body.json", "envsubst < t > body.json", "render | tee body.json"])
def test_the_help_moves_nothing_that_writes_the_file_of_a_body(writer: str, command: Command) -> None:
    Path("s.sh").write_text(f"{writer}\ncurl -X POST {CREATE} -d @body.json\n")
    (one,) = command("check", ".", "--isolated", "--output-format=json").report["diagnostics"]
    assert (one["code"], one["related"][0]["message"]) == ("SPL010", "this writes it")
    assert "which a command writes before it is sent" in one["message"]
    help = "write it out in a here-document, or lint what the command writes"
    assert help in command("check", "s.sh", "--isolated", "--output-format=concise").out


PRINTED = BODY.replace('"7"', '"%s"').replace("-5", "%s")
PRINTS = [
    f"printf '{PRINTED}' 7 -5 > b.json\ncurl {CREATE} -d @b.json",
    f"printf '{PRINTED}\\n' \"$ID\" -5 | curl {CREATE} -d @-",
    f"printf -v B '{PRINTED}' 7 -5\ncurl {CREATE} -d \"$B\"",
    f"printf -vB '{PRINTED.replace('%s}', '%d}')}' 7 -5\ncurl {CREATE} -d \"$B\"",
    f"curl {CREATE} -d \"$(printf '{PRINTED.replace(',', ',%s'.replace('%s', chr(92) + 'n'))}' 7 -5)\"",
    f'f() {{ printf \'{PRINTED}\' "$1" "$2" | curl {CREATE} -d @-; }}\nf 7 -5',
]


@pytest.mark.parametrize("script", few(PRINTS, 3))
def test_what_printf_makes_of_plain_words_is_judged(script: str, command: Command) -> None:
    assert "SPL106" in codes(command, f"{script}\n")
    ((at, to),) = (
        (one["range"]["start"], one["range"]["end"])
        for one in command("check", ".", "--isolated", "--output-format=json").report["diagnostics"]
        if one["code"] == "SPL106"
    )
    assert script.splitlines()[at["line"] - 1][at["column"] - 1 : to["column"] - 1] == "-5"
    assert "SPL106" not in codes(command, f"{script.replace('-5', '500')}\n")


OPEN = ["7", "7 -5 6", '"$@"', '7 "${a[@]}"', "7 $B", "7 ${B}"]


@pytest.mark.parametrize("words", few(OPEN, 3))
def test_what_printf_makes_of_words_that_a_run_tells_is_not_known(words: str, command: Command) -> None:
    assert codes(command, f"printf '{PRINTED}' {words} | curl {CREATE} -d @-\n") == ["SPL010"]
    for format in (PRINTED.replace("%s}", "%5d}"), PRINTED.replace("%s}", "%d}"), PRINTED.replace("x", "\\x41")):
        assert codes(command, f"printf '{format}' 7 \"$B\" | curl {CREATE} -d @-\nprintf -v C\n") == ["SPL010"]


def test_a_sign_in_a_variable_before_another_one_is_a_part_of_it(command: Command) -> None:
    body = BODY.replace("-5", "$SIGN$BID").replace('"', r"\"")
    assert codes(command, f'SIGN=-\ncurl {CREATE} -d "{body}"\n') == ["SPL010"]


def test_the_help_moves_no_command_below_the_request_that_stands_there(command: Command) -> None:
    for script, is_moved in (
        (f"cp b.json a.json\ncurl -X POST {CREATE} -d @a.json\n", True),
        (f"curl -X POST {CREATE} -d @a.json &\ncp b.json a.json\n", False),
    ):
        Path("a.json").write_text(BODY)
        Path("s.sh").write_text(script)
        shown = command("check", "s.sh", "--isolated").out
        assert "SPL010" in shown
        assert ("below the request" in shown) is is_moved, shown


UNNAMED = [
    "$0",
    "$1",
    "$9",
    "$@",
    "$*",
    "$#",
    "$$",
    "$?",
    "$!",
    "$-",
    "$1$2",
    "-$1",
    "$[A+5]",
    "$[ $1 * 2 ]",
    "$[A+$B]",
]


@pytest.mark.parametrize("use", few(UNNAMED, 6))
def test_an_expansion_without_a_name_is_not_known_in_any_field_of_a_body(use: str, command: Command) -> None:
    ids, budget = BODY.replace('"7"', f'"{use}"'), BODY.replace("-5", use)
    quoted = ids.replace('"', '\\"')
    for script in (f'curl {CREATE} -d "{quoted}"\n', f"curl {CREATE} -d @- <<EOF\n{budget}\nEOF\n"):
        assert "SPL010" in codes(command, script)
        assert {"SPL010", "SPL106"} >= set(codes(command, script))
        assert f'is still the placeholder "{use}"' in command("check", "s.sh").out
