"""Comments that speak to splint: which there are, where they stand and which lines they speak of."""

import json
import time
from io import BytesIO
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from splint.formats import Document, Reader, Source
from splint.formats.comments import Comment
from splint.formats.fault import SyntaxFault
from splint.formats.yaml import parser
from splint.rules.hooks import splint_readers
from tests.grids import few

URL = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
C = f"curl -X POST {URL}"
READERS: dict[str, Reader] = {reader.name: reader for reader in splint_readers()}

Lines = tuple[int, int] | None
Table = list[tuple[str, list[tuple[str, Lines]]]]


def comments(language: str, text: str | bytes) -> list[Comment]:
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    find = READERS[language].comments
    assert find is not None
    return find(Source("a", data))


def written(language: str, text: str) -> list[tuple[str, Lines]]:
    """What stands in the text at each comment's span, and the lines that it speaks of."""
    shown = text.removeprefix("\ufeff")
    return [(shown[slice(*comment.span)], comment.lines) for comment in comments(language, text)]


def one(*lines: int) -> list[tuple[str, Lines]]:
    """The one comment of most tables, speaking of a line or of a range of them."""
    return [("# splint: X", (lines[0], lines[-1]) if lines else None)]


YAML: Table = [
    ("a: 1 # splint: X", one(1)),
    ("a: 1 # splint: X   \t\nb: 2\n", one(1)),
    ("a: 1 # why # splint: X", one(1)),
    ("# why # splint: X\na: 1", one(2)),
    ("a: 1 # splint: X # splint: Y  ", [("# splint: X", (1, 1)), ("# splint: Y", (1, 1))]),
    ("a: 1 # see a#splint: X", []),
    ("# splint: X\na: 1", one(2)),
    ("  # splint: X\n\n\t\n# other\na: 1", one(5)),
    ("# splint: X\n# splint: Y\n\na: 1", [("# splint: X", (4, 4)), ("# splint: Y", (4, 4))]),
    ("# splint: X\na: 1 # splint: Y\nb: 2", [("# splint: X", (2, 2)), ("# splint: Y", (2, 2))]),
    ("a: 1\n# splint: X", one()),
    ("# splint: X\n# more\n\n", one()),
    ("# splint: X\n---\na: 1", one(3)),
    ("a: 1\n# splint: X\n---\nb: 1", one(4)),
    ("a: 1\n# splint: X\n...\n---\n", one()),
    ("--- # splint: X\na: 1", one(2)),
    ("%YAML 1.2 # splint: X\n---\na: 1", one(3)),
    ("--- {a: 1} # splint: X\n--- {b: 1}", one(1)),
    ("a:\n  - # splint: X\n    b: 1", one(3)),
    ("# splint: X\n- # why\n\n  {b: 1}", one(4)),
    ("- # splint: X\n  - # splint: Y\n    a", [("# splint: X", (1, 1)), ("# splint: Y", (3, 3))]),
    ("-\n- # splint: X\n- b: 1\n- # splint: Y", [("# splint: X", (2, 2)), ("# splint: Y", (4, 4))]),
    ("a:\n- # splint: X\nb: 1", one(2)),
    ("- a: 1\n# splint: X\n- b: 1\n", one(3)),
    ("- a\n\n\n    # splint: X\n\n- b", one(6)),
    ("a: # splint: X\n  b: 1", one(1)),
    ("a: [1, # splint: X\n 2]", one(1)),
    ("a: [\n  # splint: X\n  1,\n 2]", one(3)),
    ("{a: 1, # splint: X\n b: 2}", one(1)),
    ("a: &x # splint: X\n  b: 1", one(1)),
    ("a: &x # splint: X\n  text", one(1)),
    ("a: !!str # splint: X\n  text", one(1)),
    ("a: &x 1\nb: *x # splint: X", one(2)),
    ("<<: *x # splint: X", one(1)),
    ("a: | # splint: X\n  text", one(1)),
    ("a: &x |2- # splint: X\n  text\n  # splint: Y\n", one(1)),
    ("a: >+ # splint: X\n  text\n\n# splint: Y\nb: 1", [("# splint: X", (1, 1)), ("# splint: Y", (5, 5))]),
    ("? a # splint: X\n: b", one(1)),
    ("'a' : 'b''' # splint: X", one(1)),
    ('a: "b\\"" # splint: X', one(1)),
    ("a: b\n  c # splint: X\n", one(2)),
    ("a: http://x#y # splint: X", one(1)),
    ("a: {{ID}} # splint: X", one(1)),
    ("\ufeff# splint: X\na: 1", one(2)),
    ("\ufeff\ufeff# splint: X\na: 1", one(2)),
    ("é: 'é👍' # splint: X\r\nb: 1\r\n", one(1)),
    ("# splint: X\r\n\r\nb: 1\r\n", one(3)),
    ("# splint: X\r\rb: 1\r", one(3)),
    ("a: 1\u2028# splint: X", one(1)),
    ("# splint: X\u2028a: 1\n", one(1)),
    ("a: 1\n#splint: X é", [("#splint: X é", None)]),
    ("a: 1 #\tsplint: X", [("#\tsplint: X", (1, 1))]),
    ("a: '\n\n# splint: Y\n' # splint: X", one(4)),
    ('a: "# splint: X"', []),
    ("a: 'b # splint: X'", []),
    ("a: b# splint: X", []),
    ("a: |\n  # splint: X\n", []),
    ("a: >\n\n  b # splint: X\n  # splint: X\n", []),
    ("a: !<tag:#splint:X> b", []),
    ("a: http://x#splint:", []),
    ("a: 1 # ignore splint: X", []),
    ("a: 1 ## splint: X", []),
    ("splint: X", []),
    ("", []),
    ("# splint: X\na: 'open\n# splint: Y", [("# splint: X", (2, 2)), ("# splint: Y", None)]),
    ("a: 1 # splint: X\n---\n'\n---\nb: 1 # splint: Y", [("# splint: X", (1, 1)), ("# splint: Y", (5, 5))]),
    ("a: '\n---\n# splint: X\nb: \0", one(4)),
]


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(("text", "expected"), few(YAML, 21))
def test_comments_of_yaml(text: str, expected: list[tuple[str, Lines]]) -> None:
    """A # where YAML's scanner sees a comment, be the document readable or not."""
    if "\u2028" in text and parser._parser is parser._PurePython:
        return  # it knows U+2028 as a line's end in other places than libyaml
    assert written("yaml", text) == expected


JSONC: Table = [
    ('{"a": 1} // splint: X', [("// splint: X", (1, 1))]),
    ('{"a": 1} // why // splint: X', [("// splint: X", (1, 1))]),
    ('{\n  // splint: X\n\n  // other\n  /* one */ /* more\n */ "a": 1}', [("// splint: X", (6, 6))]),
    ('{\n  /* splint: X */ "a": 1}', [("/* splint: X */", (2, 2))]),
    ('{\n  "a": /* splint: X\n  Y */ 1}', [("/* splint: X\n  Y */", (2, 2))]),
    ('{\n  /* splint: X\n  Y */\n  "a": 1}', [("/* splint: X\n  Y */", (4, 4))]),
    ('{\n  /* splint: X\n  Y */ "a": 1}', [("/* splint: X\n  Y */", (3, 3))]),
    ('{\n/* a */ // splint: X\n"a": 1}', [("// splint: X", (3, 3))]),
    ('{"b": 2, /* a */ // splint: X\n"a": 1}', [("// splint: X", (1, 1))]),
    ('{"b": 2, /* a\n */ // splint: X\n"a": 1}', [("// splint: X", (3, 3))]),
    ('\ufeff//splint: X\u2028é\r\n{"a": 1}', [("//splint: X\u2028é", (2, 2))]),
    ("{}\n/* splint: X", [("/* splint: X", None)]),
    ("{}\n//splint: X", [("//splint: X", None)]),
    ('{"a": "// splint: X"}', []),
    ('{"a": "http://x", "b": "\\"// splint: X"}', []),
    ("{} /*/ splint: X", []),
    ("{} # splint: X", []),
]


@pytest.mark.parametrize(("text", "expected"), few(JSONC, 6))
def test_comments_of_json(text: str, expected: list[tuple[str, Lines]]) -> None:
    """// to the end of the line and /* */ outside of strings."""
    assert written("jsonc", text) == expected


def test_json_has_no_comments() -> None:
    """Neither have NDJSON's lines."""
    assert (READERS["json"].comments, READERS["ndjson"].comments) == (None, None)


COMMANDS: Table = [
    (C + " -d '{}' # splint: X", one(1)),
    ("# splint: X\n" + C + " -d '{\n}'\n", one(2, 3)),
    (C + " \\\n  -d '{\n}' # splint: X\necho", one(1, 3)),
    (C + " -d @- <<EOF # splint: X\n{}\nEOF\necho", one(1, 3)),
    ("cat <<EOF | " + C + " -d @- # splint: X\n{\n}\nEOF\n" + C, one(1, 4)),
    ("# splint: X\n\n# more\n" + C + " \\\r\n -d '{}'\r\n\r\n" + C, one(4, 5)),
    (C + " |\n# splint: X\njq .", one(3)),
    ("ID=$(" + C + " \\\n -d '{}' \\\n | jq .id) # splint: X\n", one(1, 3)),
    (C + " \\\n `# splint: X` \\\n -d '{}'\n", one(1, 3)),
    (C + " -d '{\n}'; " + C + " -d '{}' # splint: X\n", one(1, 2)),
    (C + " -d '# splint: Y' -d a# -d \"# splint: Y\" -d $# -d ${#a} # splint: X", one(1)),
    (C + " -d @- <<EOF\n# splint: X\nEOF\n", []),
    (C + ' -d "{\n# splint: X\n}"', []),
    (C + " -d '{\n# splint: X\n}'", []),
    (C + "#splint: X", []),
    (C + " \\# splint: X", []),
    (C + "\n# splint: X\n", one()),
    (C + " -d '{}' # splint: é\u2028👍 \r\n", [("# splint: é\u2028👍", (1, 1))]),
    ("\ufeff# splint: X\n" + C, one(2)),
]
SHELL: Table = [
    ("#!/bin/sh\n# splint: X\n\n" + C, one(4)),
    ("echo a # splint: X", one(1)),
    ("f() {\n  # splint: X\n  " + C + " \\\n  -d '{}'\n}", one(3, 4)),
    ("if true; then\n" + C + " # splint: X\nfi # splint: Y", [("# splint: X", (2, 2)), ("# splint: Y", (3, 3))]),
    ("A=$(\n  # splint: X\n  " + C + " \\\n -d '{}'\n  " + C + "\n)", one(3, 4)),
    ("A=$(\n  " + C + " # splint: X\n  " + C + "\n) # splint: Y", [("# splint: X", (2, 2)), ("# splint: Y", (1, 4))]),
    ("# splint: X\nA=$(\n  " + C + "\n)\n", one(2, 4)),
    ("A=$(\n# splint: X\n" + C, one(3)),
    ("echo Don't\n# splint: X\n" + C, one(3)),
    ("cat > a <<'EOF'\n# splint: X\nEOF\n", []),
    ("cat > a <<EOF\n$(\n# splint: X\n)\nEOF\n", []),
    ("# splint: X\n" + C + " -d '{\n" + C + " # splint: Y", [("# splint: X", (2, 2)), ("# splint: Y", (3, 3))]),
]
SESSIONS: Table = [
    ("It's so.\n# splint: X\n" + C + " -d '{\n}'\nIt's so.", one(3, 4)),
    ("$ # splint: X\n$ " + C + " \\\n> -d '{}'\n$ " + C, one(2, 3)),
    ("> # splint: X\n>\n> " + C + " \\\n> -d '{}'\n", one(3, 4)),
    ("# splint: X\nIt is", one(2)),
]
TEXT: Table = [
    ("# splint: X\n" + C + " \\\n\\\n  -d '{\nIt is\n", one(2, 4)),
    ("It is # splint: X", []),
    ("curl is a tool # splint: X", []),
]


@pytest.mark.parametrize(("text", "expected"), COMMANDS + SHELL)
def test_comments_of_scripts(text: str, expected: list[tuple[str, Lines]]) -> None:
    """A # that the shell takes for a comment speaks of the whole command, however many lines that has."""
    assert written("shell", text) == expected


@pytest.mark.parametrize(("text", "expected"), COMMANDS + SESSIONS + TEXT)
def test_comments_of_text(text: str, expected: list[tuple[str, Lines]]) -> None:
    """As in a script: behind commands, and on lines of their own."""
    assert written("text", text) == expected


@pytest.mark.parametrize("tag", few(["", "sh", "bash", "console"], 2))
@pytest.mark.parametrize(("text", "expected"), COMMANDS + SHELL + SESSIONS)
def test_comments_of_shell_blocks(text: str, expected: list[tuple[str, Lines]], tag: str) -> None:
    """As in a script, behind prompts too; nothing behind the block is meant by a comment in it."""
    moved = [(comment, lines and (lines[0] + 2, lines[1] + 2)) for comment, lines in expected]
    assert written("markdown", f"Text\n```{tag}\n{text.removeprefix(chr(0xFEFF))}\n```\nText") == moved


H = "<!-- splint: X -->"
MARKDOWN: Table = [
    (H + "\n```json\n{}\n```\n", [(H, (2, 4))]),
    ("It is\n" + H + "\n\n\n~~~yaml\na: 1\n~~~\nIt is", [(H, (5, 7))]),
    (H + "\n<!-- more\n\n-->\n" + H + "\n```json\n{}", [(H, (6, 7)), (H, (6, 7))]),
    (H + " " + H + "\n```json\n```", [(H, (2, 3)), (H, (2, 3))]),
    (H + "\n```sh\n" + C + "\n" + C + "\n```\n", [(H, (2, 5))]),
    ("> " + H + "\r\n>\r\n> ```json\r\n> {}\r\n> ```\r\n", [(H, (3, 5))]),
    ("> ```jsonc\n> {\n> // splint: X\n>\n> }\n> ```\n", [("// splint: X", (5, 5))]),
    ("1. a\n   " + H + "\n   ```json\n   {}\n   ```\n", [(H, (3, 5))]),
    ("- " + H + "\n  ```json\n  {}\n  ```\n", [(H, (2, 4))]),
    (H + "\nIt is\n```json\n```\n", [(H, (2, 2))]),
    (H + "\n" + C + " -d '{\n}'\nIt is", [(H, (2, 3))]),
    (H + "\n> " + C + " -d '{\n> }'\nIt is", [(H, (2, 3))]),
    ("```json\n{}\n```\n" + H, [(H, None)]),
    ("<!--\nsplint: X\n-->\n```json\n```\n", [("<!--\nsplint: X\n-->", (4, 5))]),
    ("```yaml\na: 1 # splint: X\n# splint: Y\n```\n", [("# splint: X", (2, 2)), ("# splint: Y", None)]),
    ("  - ```yml\n    # splint: X\n    a: |\n      # splint: Y\n    ```\n", one(3)),
    ("    # splint: X\n    " + C + " -d '{\n    }'\n", one(2, 3)),
    ("# splint: X\n" + C, []),
    ("`" + H + "`\n```json\n```", []),
    ("```html\n" + H + "\n```", []),
    ("```json\n// splint: X\n{}\n```", []),
    ("```python\n# splint: X\n```", []),
    ("<!-- splint: X\n```json\n```\n-->\n~~~json\n~~~\n", [("<!-- splint: X\n```json\n```\n-->", (5, 6))]),
]


@pytest.mark.parametrize(("text", "expected"), few(MARKDOWN, 8))
def test_comments_of_markdown(text: str, expected: list[tuple[str, Lines]]) -> None:
    """HTML comments between the blocks speak of what follows, a block as a whole; blocks have their languages' own."""
    assert written("markdown", text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    few(
        [
            ("yaml", "\ufeff\n# a\n # splint: X\n---\n# splint: Y\na: 1 # splint: Z", "XY"),
            ("yaml", "%YAML 1.2\n---\n# splint: X\n{} # splint: Y", "X"),
            ("yaml", "a: 1\n---\n# splint: X", ""),
            ("jsonc", "/* a */ // splint: X\n{}\n// splint: Y", "X"),
            ("shell", "#!/bin/sh\n\n# splint: X\ncurl # splint: Y", "X"),
            ("text", "# splint: X\n\n# splint: Y\na\n# splint: Z", "XY"),
            ("markdown", "<!-- splint: X -->\n# A\n<!-- splint: Y -->", "X"),
            ("markdown", "---\ntitle: x\n---\n\n<!-- splint: X -->\n---\n<!-- splint: Y -->", "X"),
            ("markdown", "\ufeff---\r\n# <!-- splint: X -->\r\n... \r\n<!-- splint: Y -->\r\n", "Y"),
            ("markdown", "--- a\n---\n<!-- splint: X -->", ""),
            ("markdown", "---\n\nAn a\n\n--- b\n<!-- splint: X -->", ""),
            ("markdown", "```yaml\n# splint: X\n```", ""),
        ],
        3,
    ),
)
def test_comments_on_top(language: str, text: str, expected: str) -> None:
    """They stand before everything that a file holds."""
    assert "".join(comment.text[-1] for comment in comments(language, text) if comment.is_on_top) == expected


def test_a_comment_says_what_is_within_its_marks() -> None:
    """White space around it is left out."""
    text = "// splint:  a b \t\n/*splint: a\n b */\n/* splint:*/ //\tsplint: c */ "
    assert [comment.text for comment in comments("jsonc", text)] == [
        "splint:  a b",
        "splint: a\n b",
        "splint:",
        "splint: c */",
    ]
    assert comments("markdown", "<!--splint: a-->")[0].text == "splint: a"


@pytest.mark.parametrize("language", few(["shell", "text", "markdown"], 2))
def test_a_command_is_found_by_its_url(language: str) -> None:
    """The lines that a comment speaks of hold the URL of each command that it is about, and of no other."""
    command = C + " \\\n  -d '{\"budget\": 1}'"
    text = f"{command}\n\n    # splint: X\n{command}\n\n{command} # splint: Y\n\n{command}\n"
    documents = [item for item in READERS[language].read("a", BytesIO(text.encode())) if isinstance(item, Document)]
    lines = [item.source.position(item.call.url_span.start).line for item in documents if item.call]
    spoken = [
        [line for line in lines if c.lines and c.lines[0] <= line <= c.lines[1]] for c in comments(language, text)
    ]
    assert (lines, spoken) == ([1, 5, 8, 11], [[5], [8]])


def test_a_file_that_never_says_splint_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes are searched, and that is all."""
    monkeypatch.setattr(Source, "text", property(lambda _: pytest.fail("it was decoded")))
    for reader in READERS.values():
        assert reader.comments is None or reader.comments(Source("a", b"a: 1 # spl\xffint\n")) == []


KEYS = st.text(st.sampled_from("ab #é👍'\"\\:/*,-"), min_size=1, max_size=6)
SCALARS = st.integers() | KEYS | st.booleans()
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3))


def laid_out(value: Any, data: st.DataObject) -> list[str]:
    """A value as lines of YAML's flow style, which JSON with comments takes too, split wherever that may be."""
    if not isinstance(value, dict | list) or not value:
        return [json.dumps(value, ensure_ascii=False)]
    members = value.items() if isinstance(value, dict) else ((None, item) for item in value)
    lines = ["{" if isinstance(value, dict) else "["]
    for row, (key, item) in enumerate(members, start=1):
        inner = laid_out(item, data)
        inner[0] = ("" if key is None else json.dumps(key, ensure_ascii=False) + ": ") + inner[0]
        inner[-1] += "," if row < len(value) else ""
        lines += [" " * data.draw(st.integers(1, 3)) + line for line in inner]
    return [*lines, "}" if isinstance(value, dict) else "]"]


@pytest.mark.parametrize(("language", "mark"), [("yaml", "#"), ("jsonc", "//")])
@given(value=VALUES, data=st.data(), end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_comment_is_found(language: str, mark: str, value: Any, data: st.DataObject, end: str) -> None:
    """Wherever a comment may stand: at the end of a line, and on its own above one."""
    lines: list[str] = []
    expected: list[tuple[str, int]] = []
    waiting: list[str] = []
    for line in laid_out(value, data):
        for kind in data.draw(st.lists(st.sampled_from(["blank", "other", "ours"]), max_size=2)):
            comment = f"{mark} splint: {len(lines)}"
            waiting += [comment] if kind == "ours" else []
            lines.append({"blank": " ", "other": f" {mark} a", "ours": comment}[kind])
        expected += ((comment, len(lines) + 1) for comment in waiting)
        waiting = []
        if data.draw(st.booleans()):
            comment = f"{mark} splint: {len(lines)} é"
            expected.append((comment, len(lines) + 1))
            line += " " + comment
        lines.append(line)
    text = end.join(lines)
    (item,) = READERS[language].read("a", BytesIO(text.encode()))
    assert not isinstance(item, SyntaxFault)
    assert written(language, text) == [(comment, (line, line)) for comment, line in expected]


JUNK = """\
# splint: a|// splint: b|/* splint: c|*/|<!-- splint: d|-->|curl https://tiktok.com/|- |\n|\r|\r\n| |    |```|```yaml|\
```sh|> |$ |'|"|$(|)|<<E|E|a: |[|]|{|}|---|...|&a |\\|\u2028|\ufeff|\0|é|`|%YAML|? |${"""
STRANGE = st.lists(st.sampled_from([*JUNK.split("|"), "|"]), max_size=30).map("".join) | st.text()


@pytest.mark.parametrize("language", few(["yaml", "jsonc", "shell", "markdown", "text"], 2))
@given(text=STRANGE)
@example(text="# splint: \ud800")
def test_no_text_is_too_strange(language: str, text: str) -> None:
    """In any file directives are sorted, begin with a comment marker, and apply to existing lines."""
    source = Source("a", ("splint:" + text).encode("utf-8", "surrogatepass"))
    last = source.position(len(source.text)).line
    find = READERS[language].comments
    assert find is not None
    directives = find(source)
    assert directives == sorted(directives, key=lambda comment: comment.span)
    for comment in directives:
        assert comment.text.startswith("splint:")
        assert source.text[comment.span.start] in "#/<"
        assert not source.text[comment.span.end - 1].isspace()
        assert comment.lines is None or 1 <= comment.lines[0] <= comment.lines[1] <= last


LINES = ["# splint: a\n", "a: 1 # splint: a\n", "// splint: a\n", "<!-- splint: a -->\n", "curl $ '\n", "```\n", "\n"]
PIECES = [
    "<!-- ",
    "/* ",
    "/*\n*/ ",
    "> ",
    "- ",
    "- [ ",
    "[",
    "$(",
    "$ ",
    "`",
    "`` ` ",
    "a # ",
    " #",
    " ",
    "a",
    "'",
    '"',
    "\\",
]
REPEATED = [*LINES, *PIECES, f"{C} # splint: a\n"]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["yaml", "jsonc", "shell", "markdown", "text"])
@pytest.mark.parametrize("piece", REPEATED)
def test_long_texts_take_linear_time(language: str, piece: str) -> None:
    """A text of a hundred kilobytes is a matter of a second, whatever it repeats."""
    find = READERS[language].comments
    assert find is not None
    source = Source("a", ("# splint: a\n" + piece * (100_000 // len(piece))).encode())
    start = time.process_time()
    find(source)
    assert time.process_time() - start < 3
