"""Commands in Markdown and plain text that do not begin with the word curl, and blocks that are scripts."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from splint.fixes.edits import changes_in_source
from splint.formats.document import Document
from splint.formats.edits import Change, Read, applied
from splint.formats.json.reader import parse
from splint.formats.markdown.comments import comments_in_markdown
from splint.formats.markdown.reader import read_markdown, read_text
from splint.formats.shell.reader import read_shell
from splint.formats.source import Source
from tests.grids import few

URL = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
CURL = f"curl -X POST {URL} -d '{{\"a\": 1}}'"
IN_CMD = f'curl -X POST {URL} -d "{{\\"a\\": 1}}"'
Said = tuple[Any, str | None] | str


def said(read: Read, path: str, text: str) -> list[Said]:
    """The values of documents with what stands in their place, and the messages of faults."""
    items = list(read(path, BytesIO(text.encode())))
    return [
        (item.value, item.call.stand_in and item.call.stand_in.kind if item.call else None)
        if isinstance(item, Document)
        else item.message
        for item in items
    ]


def in_block(tag: str, text: str) -> list[Said]:
    return said(read_markdown, "a.md", f"```{tag}\n{text}\n```\n")


def in_script(text: str) -> list[Said]:
    return said(lambda path, stream: read_shell(path, stream, parse), "a.sh", text)


LINES = [
    f"echo '{{\"a\": 1}}' | curl {URL} -d @-",
    f"printf '%s' '{{\"a\": 1}}' | curl {URL} -d @-",
    f"echo '{{\n\"a\": 1\n}}' | curl {URL} -d @-",
    f'cat <<EOF | curl {URL} -d @-\n{{"a": 1}}\nEOF',
    f"cd x && {CURL}",
    f"echo hi; {CURL}",
    f"({CURL})",
    f"echo $({CURL})",
    f"sudo {CURL}",
    f"sudo -u www {CURL}",
    f"time {CURL}",
    f"TOKEN=abc {CURL}",
    f"env A=b {CURL}",
    f"/usr/bin/{CURL}",
    f"kubectl exec deploy/api -- {CURL}",
    f"docker run curlimages/{CURL}",
    f"docker run --rm curlimages/{CURL.replace('curl', 'curl:8.5.0', 1)}",
    f"if {CURL}; then echo yes; fi",
    f"for i in 1 2; do {CURL}; done",
    CURL.replace("curl", "curl.exe"),
]


@pytest.mark.parametrize("line", few(LINES, 6))
def test_a_command_is_read_where_a_script_has_it(line: str) -> None:
    """In a block of a shell or without a language, and in running text."""
    expected = in_script(line)
    assert expected == [({"a": 1}, None)]
    assert [in_block(tag, line) for tag in ("bash", "sh", "", "text", "console", "shell-session")] == [expected] * 6
    assert said(read_markdown, "a.md", f"It is\n\n{line}\n\nor so\n") == expected
    assert said(read_text, "a.txt", f"It is\n\n{line}\n\nor so\n") == expected


NO_COMMANDS = [
    "//   curl {U}",
    "campaign | curl {U}",
    "name | path\n--- | ---\ncampaign | curl {U}",
    "|curl {U}|",
    "| campaign | curl {U} |",
    "[error] curl {U}",
    "[2026-01-01 12:00] curl {U}",
    "warning: will retry curl {U}",
    "-- curl {U}",
    " * curl {U}",
    "; curl {U}",
    "ERROR: curl {U}",
    "12:00 error: curl {U}",
    "foo: curl {U}",
    '"cmd": curl {U}',
]


@pytest.mark.parametrize("line", few(NO_COMMANDS, 5))
def test_a_line_of_an_answer_a_table_or_a_comment_is_no_command(line: str) -> None:
    for tag in ("", "text", "console"):
        assert in_block(tag, line.replace("{U}", URL)) == []
        assert in_block(tag, f"$ {CURL}\n{line.replace('{U}', URL)}") == [({"a": 1}, None)]


@pytest.mark.parametrize(
    "line",
    [
        f"[ -f x ] && {CURL}",
        f"[[ -f x ]] && {CURL}",
        f"echo '{{\"a\": 1}}' \\\n  | curl {URL} -d @-",
        f"[me@box ~]$ {CURL}",
        f"me@box:~$ {CURL}",
        f"make x; {CURL}",
        f"f() {{\n  {CURL}\n}}",
        f"X=a:b: {CURL}",
    ],
)
def test_a_line_that_resembles_one_is_a_command(line: str) -> None:
    for tag in ("", "text", "console"):
        assert in_block(tag, line) == [({"a": 1}, None)]


def test_all_commands_of_a_block_are_read() -> None:
    """Those below the first one that begins a line, too."""
    block = "\n".join([CURL, *LINES])
    assert in_block("bash", block) == in_block("", block) == in_script(block) == [({"a": 1}, None)] * (len(LINES) + 1)


@pytest.mark.parametrize(
    "lines",
    few(
        [
            f'BODY=\'{{"a": 1}}\'\ncurl {URL} -d "$BODY"',
            f'cat > b.json <<EOF\n{{"a": 1}}\nEOF\ncurl {URL} -d @b.json',
            f'api() {{ curl -X POST {URL} -d "$1"; }}\napi \'{{"a": 1}}\'',
        ],
        2,
    ),
)
@pytest.mark.parametrize("prompt", ["", "$ ", "user@host:~/x$ ", "(venv) % "])
def test_variables_files_and_functions_are_known_in_their_block(lines: str, prompt: str) -> None:
    """As in a script, behind prompts too; another block knows nothing of them."""
    first, *rest = lines.split("\n")
    shown = "\n".join([prompt + first, *rest[:-1], prompt + rest[-1]])
    assert in_block("bash", shown) == in_block("", shown) == in_script(lines)
    assert in_script(lines)[-1] == ({"a": 1}, None)
    apart = "```\n\n```bash\n" + rest[-1]
    assert ({"a": 1}, None) not in in_block("bash", f"{first}\n{apart}")


@pytest.mark.parametrize(
    ("setting", "command", "is_known"),
    [
        ("METHOD=PUT", "curl -X $METHOD", False),
        ("METHOD=POST", "curl -X $METHOD", True),
        ("OPTS='-sS -G'", "curl $OPTS", False),
        ("OPTS='-sS -v'", "curl $OPTS", True),
        ("ARGS=(-X PUT)", 'curl "${ARGS[@]}"', False),
        ("CURL='curl -X PUT'", "$CURL", False),
        ("other=PUT", "curl -X $METHOD", True),
    ],
)
def test_options_and_methods_that_another_block_sets_may_decide_what_is_sent(
    setting: str, command: str, is_known: bool
) -> None:
    """What leaves the request as it is elsewhere leaves it so there."""
    found = in_block("bash", f"{setting}\n```\n\n```bash\n{command} {URL} -d '{{\"a\": 1}}'")
    assert [one[0] for one in found] == [{"a": 1} if is_known else None]


@pytest.mark.parametrize(
    "prompt",
    few(
        [
            *("$ ", "% ", "user@host:~$ ", "root@host:/# ", "[user@host ~]$ ", "bash-5.2$ "),
            *("C:\\> ", "PS C:\\Users\\J D> ", "+ ", "++ ", "1. ", "12) ", "* ", "- "),
        ],
        5,
    ),
)
def test_a_prompt_or_a_mark_may_stand_before_a_command(prompt: str) -> None:
    for read, path in ((read_markdown, "a.md"), (read_text, "a.txt")):
        assert said(read, path, f"{prompt}{CURL}\n") == [({"a": 1}, None)]
    assert in_block("", prompt + CURL) == [({"a": 1}, None)]


def test_answers_in_a_block_hide_no_command() -> None:
    """An apostrophe in them is no quote that somebody forgot; in a script it is."""
    for line in ("Don't", "It's 'so"):
        assert in_block("console", f"$ {CURL}\n{line}\n$ {CURL}") == [({"a": 1}, None)] * 2
        assert in_block("", f"{CURL}\n{line}\n{CURL}") == [({"a": 1}, None)] * 2
    assert in_block("bash", f"echo Don't\n{CURL}") == in_script(f"echo Don't\n{CURL}")


@pytest.mark.parametrize(
    "sentence",
    few(["Use curl -X POST {U}", "then curl -X POST {U} answers", "time curl {U} takes", "echo your body to curl"], 2),
)
def test_a_sentence_in_a_block_or_a_text_is_no_command(sentence: str) -> None:
    text = sentence.replace("{U}", URL)
    assert in_block("", text) == said(read_text, "a.txt", text) == said(read_markdown, "a.md", text) == []


@pytest.mark.parametrize("tag", ["bat", "cmd", "batch"])
def test_a_command_of_cmd_is_read_on_one_line(tag: str) -> None:
    """Its comments are none of it."""
    assert in_block(tag, IN_CMD) == in_block(tag, IN_CMD.replace("curl", "curl.exe")) == [({"a": 1}, None)]
    assert in_block(tag, f"rem {IN_CMD}\n@REM {IN_CMD}\n:: {IN_CMD}\n@{IN_CMD}") == [({"a": 1}, None)]


@pytest.mark.parametrize("tag", ["bat", "", "txt"])
def test_a_variable_of_cmd_is_a_placeholder(tag: str) -> None:
    """As all of a body, and as a value outside of quotes."""

    def read(text: str) -> list[Said]:
        return said(read_text, "a.txt", text) if tag == "txt" else in_block(tag, text)

    assert read(f'curl -X POST {URL} -d "%BODY%"') == [(None, "placeholder")]
    for end in (" ", " ^\n "):
        assert read(f'curl -X POST {URL}{end}-d "{{\\"budget\\":%BUDGET%}}"') == [({"budget": "${%BUDGET%}"}, None)]
    assert in_script(f'curl -X POST {URL} -d "{{\\"budget\\":%BUDGET%}}"')[0] == "% begins no value of JSON"


@pytest.mark.parametrize(
    ("text", "after"),
    few(
        [
            (f'- ```bash\n  BODY=\'{{"a": 1}}\'\n  curl {URL} -d "$BODY"\n  ```\n', "1"),
            (f"```bash\n$ sudo curl {URL} \\\n>   -d '{{\"a\": 1}}'\n```\n", "1"),
            (f"> ```\n> echo '{{\n>  \"a\": 1}}' | curl {URL} -d @-\n> ```\n", "1"),
            (f'```console\nuser@host:~$ cat > b.json <<EOF\n{{"a": 1}}\nEOF\n$ curl {URL} -d @b.json\n```\n', "1"),
        ],
        3,
    ),
)
def test_a_fix_changes_the_value_alone(text: str, after: str) -> None:
    """Margins, prompts and the way the body comes to curl stay."""
    [document] = read_markdown("a.md", BytesIO(text.encode()))
    assert isinstance(document, Document)
    assert document.written is not None
    assert document.written.source_map is not None
    at = document.written.source_map.text.index(after)
    [changes] = changes_in_source(document, [[Change(at, at + 1, "[2]")]])
    assert changes is not None
    assert applied(text, changes) == re.sub(r'"a": 1', '"a": [2]', text)


def test_new_lines_of_a_fix_have_no_prompt() -> None:
    """The margin of new lines below a prompt is not known."""
    text = f"```\nuser@host:~$ curl {URL} -d '{{\"a\": 1}}'\n```\n"
    [document] = read_markdown("a.md", BytesIO(text.encode()))
    assert isinstance(document, Document)
    assert changes_in_source(document, [[Change(6, 7, "\n1")]]) == [None]


def test_a_comment_in_a_block_is_one_on_the_command_below() -> None:
    """Also behind a prompt, and above one that does not begin with curl."""
    for comment in ("# splint: ignore", "$ # splint: ignore"):
        text = f"```bash\n$ ls\n{comment}\n$ sudo curl {URL} \\\n>  -d '{{}}'\n```\n"
        [found] = comments_in_markdown(Source("a.md", text.encode()))
        assert (found.text, found.lines) == ("splint: ignore", (4, 5))


@pytest.mark.parametrize("name", ["nowhere.json", "path/to/body.json", "'<file>'", "{file}"])
@pytest.mark.parametrize("fence", ["bash", "console", ""])
def test_a_file_of_an_example_that_is_not_there_is_not_known(name: str, fence: str) -> None:
    text = f"```{fence}\ncurl https://business-api.tiktok.com/open_api/v1.3/smart_plus/ad/create/ -d @{name}\n```\n"
    (item,) = read_markdown("a.md", BytesIO(text.encode()))
    assert isinstance(item, Document)
    assert item.call is not None
    assert item.call.stand_in is not None
    kind = "unknown" if name.endswith(".json") else "placeholder"
    assert item.call.stand_in[:2] == (kind, name.strip("'"))


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ("cd payloads", (None, "directory")),
        ("mkdir -p out\ncd payloads && ls", (None, "directory")),
        ('cd "$DIR"', (None, "directory")),
        ("git clone repo\ncd repo", ("disk", None)),
        ("(cd payloads && ls)", ("disk", None)),
        ("cd payloads\ncd ..", ("disk", None)),
        ("ls payloads", ("disk", None)),
    ],
)
def test_a_block_may_lead_to_the_directory_of_the_next_ones(above: str, expected: Said, tmp_path: Path) -> None:
    """One that is not there is that of the text itself, as a repository has it that is to be cloned."""
    (tmp_path / "payloads").mkdir()
    (tmp_path / "c.json").write_text('"disk"')
    path, block = tmp_path / "a.md", f"curl {URL} -d @c.json"
    path.write_text("x")
    for text in (
        f"```bash\n{above}\n```\nThen:\n```bash\n{block}\n```\n",
        f"```\n{above}\n```\n\n1. Do:\n   ```\n   {block}\n   ```\n",
    ):
        assert said(read_markdown, str(path), text) == [expected]
    assert said(read_markdown, str(path), f"```bash\n{block}\n```\n```bash\n{above}\n```\n") == [("disk", None)]
