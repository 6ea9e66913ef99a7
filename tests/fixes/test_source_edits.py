"""Changes in a document's own text become changes of its source, in whatever quotes and lines it stands."""

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from functools import partial
from io import BytesIO

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from splint.fixes import edits
from splint.formats.document import Document, Written
from splint.formats.edits import Change, Read, applied
from splint.formats.json.reader import parse, read_json, read_jsonc, read_ndjson
from splint.formats.markdown.reader import read_markdown, read_text
from splint.formats.shell.reader import read_shell
from splint.formats.yaml.reader import read_yaml
from tests.grids import few
from tests.laws import draws

URL = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
READERS: dict[str, Read] = {
    "sh": partial(read_shell, parse=parse),
    "md": read_markdown,
    "txt": read_text,
    "json": read_json,
    "jsonc": read_jsonc,
    "ndjson": read_ndjson,
    "yaml": read_yaml,
}


def documents(text: str, suffix: str = "sh") -> list[Document]:
    items = list(READERS[suffix](f"run.{suffix}", BytesIO(text.encode())))
    assert all(isinstance(item, Document) for item in items), items
    return [item for item in items if isinstance(item, Document)]


def written(document: Document) -> Written:
    assert document.written is not None
    return document.written


def own_text(document: Document) -> str:
    how = written(document)
    return (how.source_map.text if how.source_map else document.source.text)[how.start : how.end]


def changes_in_source(document: Document, changes: list[Change]) -> list[Change] | None:
    """The changes of the source for one edit."""
    [found] = edits.changes_in_source(document, [changes])
    return found


def edited(text: str, old: str, new: str, suffix: str = "sh", which: int = 0) -> str | None:
    """The text after all of `old` in one document's own text have become `new`; None for a refusal."""
    document = documents(text, suffix)[which]
    changes = [Change(*match.span(), new) for match in re.finditer(re.escape(old), own_text(document))]
    assert changes
    match = changes_in_source(document, changes)
    return None if match is None else applied(document.source.text, match)


@pytest.mark.parametrize(
    ("argument", "old", "new", "after"),
    few(
        [
            # in single quotes
            ("""-d '{"a": 1}'""", "1", "2", """-d '{"a": 2}'"""),
            ("""-d '{"a": 1}'""", "1", '1, "b": "$x \\\\ `!"', """-d '{"a": 1, "b": "$x \\\\ `!"}'"""),
            ("""-d '{"a": 1}'""", "1", '"it\'s"', """-d '{"a": "it'\\''s"}'"""),
            ("""-d '{"a": "it'\\''s"}'""", '"it\'s"', "1", """-d '{"a": 1}'"""),
            ("""-d '{"a": "it'\\''s"}'""", "'", "", """-d '{"a": "its"}'"""),
            ("""-d '{"a": "it'\\''s"}'""", "'", "''", """-d '{"a": "it'\\'''\\''s"}'"""),
            ("""-d '{"a": "it'"'"'s"}'""", "'", " i", """-d '{"a": "it'" i"'s"}'"""),
            ("""-d '{\n  "a": 1\n}'""", "1\n", '1,\n  "b": 2\n', """-d '{\n  "a": 1,\n  "b": 2\n}'"""),
            (
                """-d '{\r\n  "a": 1\r\n}'\r\n""",
                "1\r\n",
                '1,\r\n  "é": 2\r\n',
                """-d '{\r\n  "a": 1,\r\n  "é": 2\r\n}'\r\n""",
            ),
            ("""-d'{"a": 1}'""", "1", "2", """-d'{"a": 2}'"""),
            ("""--data='{"a": 1}'""", "1", '"2"', """--data='{"a": "2"}'"""),
            ("""-s \\\n  -d '{"é": 1}' \\\n  -v""", "1", "[]", """-s \\\n  -d '{"é": []}' \\\n  -v"""),
            # in double quotes
            (r'''-d "{\"a\": 1}"''', "1", '1, "b": 2', r'''-d "{\"a\": 1, \"b\": 2}"'''),
            (
                r'''-d "{\"a\": 1}"''',
                "1",
                '"$x `y` \\\\ ! \'"',
                r'''-d "{\"a\": \"\$x \`y\` \\\\ ! '\"}"''',
            ),
            (r'''-d "{\"a\": \"b\"}"''', '"b"', "1", r'''-d "{\"a\": 1}"'''),
            (r'''-d "{\"a\": \"b\"}"''', "b", "c", r'''-d "{\"a\": \"c\"}"'''),
            (r'''-d "{\"a\": \"b\"}"''', 'b"', 'c\\""', r'''-d "{\"a\": \"c\\\"\"}"'''),
            ('-d "{\\"a\\": 1,\\\n \\"b\\": 2}"', "2", "3", '-d "{\\"a\\": 1,\\\n \\"b\\": 3}"'),
            ('-d "{\\"a\\": 1,\\\n \\"b\\": 2}"', ', "b": 2', "", '-d "{\\"a\\": 1}"'),
            ('-d "{\n\\"a\\": 1\n}"', "1\n", '1,\n"b": 2\n', '-d "{\n\\"a\\": 1,\n\\"b\\": 2\n}"'),
            # with C's escapes
            (r"""-d $'{"a": "it\'s"}'""", "it's", "it's\\n\\t", r"""-d $'{"a": "it\'s\\n\\t"}'"""),
            (r"""-d $'{\n"a": 1}'""", "\n", "\r\n\t", r"""-d $'{\r\n\t"a": 1}'"""),
            (r"""-d $'{"a": "\u00e9"}'""", "é", "è$", r"""-d $'{"a": "è$"}'"""),
            # without quotes
            (r"-d {\"a\":1}", "1", "2.5", r"-d {\"a\":2.5}"),
            (r"-d {\"a\":1}", "1", '"2"', None),
            (r"-d {\"a\":1}", "1", "1 ", None),
            (r"-d {\"a\":1}", "1", "1,2", None),
            (r"-d {\"a\":\"b\"}", '"b"', "1", r"-d {\"a\":1}"),
            # in pieces, around what only a run could fill
            ("""-d '{"a": "'"$V"'", "b": 1}'""", "1", '"2"', """-d '{"a": "'"$V"'", "b": "2"}'"""),
            ("""-d '{"a": "'"$V x"'", "b": 1}'""", "x", '\\"', """-d '{"a": "'"$V \\\\\\""'", "b": 1}'"""),
            ("""-d '{"a": "'"$V x"'", "b": 1}'""", ' x"', '"', None),
            ("""-d '{"a": "'"$V"'", "b": 1}'""", '"$V"', "1", None),
            ("""-d '{"a": "'"$V"'", "b": 1}'""", "$V", "1", None),
            ("""-d '{"a": "'"$V"'", "b": 1}'""", "V", "W", None),
            ("""-d '{"a": '$V', "b": 1}'""", "1", "2", """-d '{"a": '$V', "b": 2}'"""),
            ("""-d '{"a": '$V', "b": 1}'""", ', "b"', ',"b"', """-d '{"a": '$V',"b": 1}'"""),
            (r'''-d "{\"a\": $V, \"b\": 1}"''', ', "b": 1', "", r'''-d "{\"a\": $V}"'''),
            (r'''-d "{\"a\": ${V}0, \"b\": 1}"''', '0"', '1"', None),
            (r'''-d "{\"a\": \"$V\"}"''', '"}', 'x"}', None),
            (r'''-d "{\"a\": \"${V}\"}"''', '"}', 'x"}', r'''-d "{\"a\": \"${V}x\"}"'''),
            ("""-d '{"a": '"1"', "b": 2}'""", "1", '"2"', """-d '{"a": '"\\"2\\""', "b": 2}'"""),
            ("""-d '{"a": 1'"2, "'"b": 3}'""", "12", "4", None),
            ("""-d '{"a": "x'"y"'z", "b": 3}'""", '"xyz"', "4", """-d '{"a": 4, "b": 3}'"""),
            # what would be read as something else
            (r'''-d "{\"a\": \"$\"}"''', '$"', '$x"', r'''-d "{\"a\": \"\$x\"}"'''),
            (r'''-d "{\"a\": \"$ x\"}"''', " ", "", None),
            ("""-d '{"a": 1}'""", '{"a": 1}', '@{"a": 1}', None),
            ("""-d '{"a": 1}'""", "1", "}", None),
            # in backticks, which take backslashes away
            ("""-d "`echo '{"a": 1}'`\"""", "1", "2", """-d "`echo '{"a": 2}'`\""""),
            ("""-d "`echo '{"a": 1}'`\"""", "1", '"\\\\"', None),
            ("""-d "`cat <<EOF\n{"a": 1}\nEOF\n`\"""", "1", '"`"', None),
            ("""-d "$(echo '{"a": 1}')\"""", "1", '"\\\\$"', """-d "$(echo '{"a": "\\\\$"}')\""""),
            # in a here-document
            ('-d @- <<EOF\n{"a": 1}\nEOF\n', "1", '"$\\\\`\'"', '-d @- <<EOF\n{"a": "\\$\\\\\\\\\\`\'"}\nEOF\n'),
            ('-d @- <<EOF\n{"a": "\\$x", "b": $B}\nEOF\n', '"$x"', "1", '-d @- <<EOF\n{"a": 1, "b": $B}\nEOF\n'),
            ('-d @- <<EOF\n{"a": "\\$x", "b": $B}\nEOF\n', '"$B"', "1", None),
            ("-d @- <<'EOF'\n{\"a\": 1}\nEOF\n", "1", '"$\\\\`\'"', '-d @- <<\'EOF\'\n{"a": "$\\\\`\'"}\nEOF\n'),
            (
                "-d @- <<'EOF'\r\n{\"a\": 1}\r\nEOF\r\n",
                "1",
                '1,\r\n"b": 2',
                '-d @- <<\'EOF\'\r\n{"a": 1,\r\n"b": 2}\r\nEOF\r\n',
            ),
            (
                '-d @- <<-EOF\n\t{\n\t"a": 1\n\t}\n\tEOF\n',
                "1\n",
                '1,\n\t"b": "$"\n',
                '-d @- <<-EOF\n\t{\n\t"a": 1,\n\t"b": "\\$"\n\t}\n\tEOF\n',
            ),
            ("-d @- <<'E'\n[\n1]\nE\n", "1", "1\nE\n", None),
            ('-d "$(cat <<EOF\n{"a": 1}\nEOF\n)"', "1", '"b$"', '-d "$(cat <<EOF\n{"a": "b\\$"}\nEOF\n)"'),
            ("""-d @- <<< '{"a": 1}'""", "1", '"\'"', """-d @- <<< '{"a": "'\\''"}'"""),
        ],
        20,
    ),
)
def test_a_change_in_a_shells_word_is_quoted_like_what_it_replaces(
    argument: str, old: str, new: str, after: str | None
) -> None:
    """The script around it stays as it is; a place where the new text cannot stand refuses it."""
    around = "curl {} {}\necho 'done'\n"
    expected = None if after is None else around.format(URL, after)
    assert edited(around.format(URL, argument), old, new) == expected


MORE = '1,\n  "b": "it\'s"'


@pytest.mark.parametrize(
    ("text", "old", "new", "after"),
    few(
        [
            ("# A\n\n```json\n[1]\n```\nB\n", "1", '"2"', '# A\n\n```json\n["2"]\n```\nB\n'),
            ('```json\n{\n  "a": 1\n}\n```\n', "1", MORE, '```json\n{\n  "a": 1,\n  "b": "it\'s"\n}\n```\n'),
            ('```json\n{\n  "a": 1\n}\n```\n', '  "a": 1\n', "", "```json\n{\n}\n```\n"),
            ('```json\n{"a": 1}\n```\n', "}\n", "}", None),
            ('```jsonc\n{"a": 1, // one\n}\n```\n', "1", "2", '```jsonc\n{"a": 2, // one\n}\n```\n'),
            ('```jsonc\n{"a": 1} // one\n```\n', "// one", "/*\n```\n*/", None),
            # in a list
            (
                '- x\n\n  ```json\n  {\n    "a": 1\n  }\n  ```\n',
                "1\n",
                '1,\n  "b": 2\n',
                '- x\n\n  ```json\n  {\n    "a": 1,\n    "b": 2\n  }\n  ```\n',
            ),
            (
                '- x\r\n\r\n  ```json\r\n  {\r\n    "a": 1\r\n  }\r\n  ```\r\n',
                "1\r\n",
                '1,\r\n  "b": 2\r\n',
                '- x\r\n\r\n  ```json\r\n  {\r\n    "a": 1,\r\n    "b": 2\r\n  }\r\n  ```\r\n',
            ),
            (
                '1. ```json\n   {\n     "a": 1,\n     "b": 2\n   }\n   ```\n',
                '"a": 1,\n  ',
                "",
                '1. ```json\n   {\n     "b": 2\n   }\n   ```\n',
            ),
            (
                '1. ```json\n   {\n     "a": 1,\n     "b": 2\n   }\n   ```\n',
                '  "a": 1,\n',
                "",
                '1. ```json\n   {\n     "b": 2\n   }\n   ```\n',
            ),
            (
                '1. ```json\n   {\n     "a": 1,\n     "b": 2\n   }\n   ```\n',
                ',\n  "b": 2',
                "",
                '1. ```json\n   {\n     "a": 1\n   }\n   ```\n',
            ),
            ('- ```json\n  {"a": 1}\n  ```\n', "1", '1,\n"b": 2', '- ```json\n  {"a": 1,\n  "b": 2}\n  ```\n'),
            ('> ```json\n> {\n>"a": 1\n> }\n> ```\n', "1", '1,\n"b": 2', None),
            (
                '- ```json\n  {\n\n  "a": 1\n  }\n  ```\n',
                "1",
                '1,\n"b": 2',
                '- ```json\n  {\n\n  "a": 1,\n  "b": 2\n  }\n  ```\n',
            ),
            # in indented code
            (
                '    ```json\n    {"a": 1}\n    ```\n',
                "1",
                '1,\n"b": 2',
                '    ```json\n    {"a": 1,\n    "b": 2}\n    ```\n',
            ),
            (
                '- - - - - ```json\n          {"a": 1}\n          ```\n',
                "1",
                '1,\n"b": 2',
                '- - - - - ```json\n          {"a": 1,\n          "b": 2}\n          ```\n',
            ),
            # in a quotation
            (
                '> ```json\n> {\n>   "a": 1\n> }\n> ```\n',
                "1\n",
                '1,\n  "b": 2\n',
                '> ```json\n> {\n>   "a": 1,\n>   "b": 2\n> }\n> ```\n',
            ),
            ('> ```json\n> {\n>   "a": 1\n> }\n> ```\n', '\n  "a": 1\n', "", "> ```json\n> {}\n> ```\n"),
            ('> > ```json\n> > {"a": 1}\n> > ```\n', "}\n", "}\n\n", '> > ```json\n> > {"a": 1}\n> > \n> > ```\n'),
            ("> curl {U} -d '{\"a\": 1}'\n", "1", MORE, '> curl {U} -d \'{"a": 1,\n>   "b": "it\'\\\'\'s"}\'\n'),
            # YAML
            (
                "- ```yaml\n  a: 1\n  b: 2\n  ```\n",
                "a: 1\n",
                "a: 1\nc: 3\n",
                "- ```yaml\n  a: 1\n  c: 3\n  b: 2\n  ```\n",
            ),
            (
                "- ```yaml\n  a: 1\n  b: 2\n  ```\n",
                "b: 2\n",
                "b: 2\nc: 3\n",
                "- ```yaml\n  a: 1\n  b: 2\n  c: 3\n  ```\n",
            ),
            ("- ```yaml\n  a: 1\n  b: 2\n  ```\n", "b: 2\n", "", "- ```yaml\n  a: 1\n  ```\n"),
            ("- ```yaml\n  a: 1\n  b: 2\n  ```\n", "a: 1\n", "", "- ```yaml\n  b: 2\n  ```\n"),
            ("- ```yaml\n  a: 1\n\n  b: 2\n  ```\n", "\nb", "b", "- ```yaml\n  a: 1\n  b: 2\n  ```\n"),
            ("- ```yaml\n  a: 1\n\n  b: 2\n  ```\n", "1\n\nb: 2\n", "1\n", "- ```yaml\n  a: 1\n  ```\n"),
            ("> ```yaml\n> a: 1\n>\n>   # x\n>b: 2\n> ```\n", "\n  # x", "# x", None),
            # commands
            (
                "```sh\ncurl {U} -d '{\n  \"a\": 1\n}'\n```\n",
                "1",
                MORE,
                '```sh\ncurl {U} -d \'{\n  "a": 1,\n  "b": "it\'\\\'\'s"\n}\'\n```\n',
            ),
            (
                "1. x\n   ```sh\n   curl {U} \\\n     -d '{\"a\": 1}'\n   ```\n",
                "1",
                MORE,
                '1. x\n   ```sh\n   curl {U} \\\n     -d \'{"a": 1,\n     "b": "it\'\\\'\'s"}\'\n   ```\n',
            ),
            (
                '```console\n$ curl {U} -d \'{"a": 1}\'\n{"code": 0}\n```\n',
                "1",
                "2",
                '```console\n$ curl {U} -d \'{"a": 2}\'\n{"code": 0}\n```\n',
            ),
            ("```console\n$ curl {U} -d '{\"a\": 1}'\n```\n", "1", MORE, None),
            (
                "```console\n$ curl {U} \\\n> -d '{\n>   \"a\": 1\n> }'\n{}\n```\n",
                "1",
                MORE,
                '```console\n$ curl {U} \\\n> -d \'{\n>   "a": 1,\n>   "b": "it\'\\\'\'s"\n> }\'\n{}\n```\n',
            ),
            ('```console\n$ curl {U} -d \'{\n>   "a": 1,\n>   "b": 2\n> }\'\n```\n', '  "b": 2\n', "", None),
            (
                '```console\n$ curl {U} -d \'{\n>   "a": 1,\n>   "b": 2\n> }\'\n```\n',
                '\n  "a": 1,',
                "",
                "```console\n$ curl {U} -d '{\n>   \"b\": 2\n> }'\n```\n",
            ),
            (
                '```sh\ncurl {U} -d @- <<EOF\n{"a": 1}\nEOF\n```\n',
                "1",
                '"$"',
                '```sh\ncurl {U} -d @- <<EOF\n{"a": "\\$"}\nEOF\n```\n',
            ),
            (
                "- ```sh\n  curl {U} -d @- <<'EOF'\n  {\"a\": 1}\n  EOF\n  ```\n",
                '{"a": 1}\n',
                "{\n}\n",
                "- ```sh\n  curl {U} -d @- <<'EOF'\n  {\n  }\n  EOF\n  ```\n",
            ),
            (
                '!!! note\n    ```json\n    {"a": 1}\n    ```\n',
                '{"a": 1}\n',
                '{\n"a": 2}\n',
                '!!! note\n    ```json\n    {\n    "a": 2}\n    ```\n',
            ),
            ("<!--\n> - ```yaml\n>   a: 1\n>   ```\n-->\n", "1", "2", "<!--\n> - ```yaml\n>   a: 2\n>   ```\n-->\n"),
            ("```\n\n```json\n[1]\n```\n", "[1]\n", "[1,\n2]\n", "```\n\n```json\n[1,\n2]\n```\n"),
            ('curl {U} -d "{\\"a\\": 1}"\n', "1", '"2"', 'curl {U} -d "{\\"a\\": \\"2\\"}"\n'),
        ],
        14,
    ),
)
def test_a_change_in_a_block_of_markdown_keeps_its_margin(text: str, old: str, new: str, after: str | None) -> None:
    """New lines begin like those around them, removed ones take their margin along; an unclear margin is refused."""
    expected = None if after is None else after.replace("{U}", URL)
    assert edited(text.replace("{U}", URL), old, new, "md") == expected


def test_a_change_in_plain_text_is_quoted_too() -> None:
    """A command in a text file is an example like one in Markdown."""
    text = f"Try this:\n\n> curl {URL} -d '{{\n>   \"a\": 1\n> }}'\n"
    after = f'Try this:\n\n> curl {URL} -d \'{{\n>   "a": 1,\n>   "b": "it\'\\\'\'s"\n> }}\'\n'
    assert edited(text, "1", MORE, "txt") == after


@pytest.mark.parametrize(
    ("suffix", "text", "which", "own", "syntax"),
    few(
        [
            ("json", '\ufeff{"a": 1}\n', 0, '{"a": 1}\n', "json"),
            ("ndjson", '{"a": 1}\r\n\r\n{"a": 2}\r\n', 1, '{"a": 2}\r\n', "json"),
            ("jsonc", '{"a": 1} // é\n', 0, '{"a": 1} // é\n', "jsonc"),
            ("jsonc", '{"a": 1}', 0, '{"a": 1}', "jsonc"),
            ("yaml", "a: é\n", 0, "a: é\n", "yaml"),
            ("yaml", "a: 1\n---\nb: 2\n---\nc: 3\n", 1, "---\nb: 2\n", "yaml"),
            ("sh", f"""curl {URL} -d '{{"a": "it'\\''s"}}'""", 0, '{"a": "it\'s"}', "json"),
            ("md", "- ```json\n  {\n  }\n  ```\n", 0, "{\n}\n", "json"),
            ("md", "```jsonc\n{}\n```\n", 0, "{}\n", "jsonc"),
            ("md", "> ```yml\n> a: 1\n> ---\n> b: 2\n> ```\n", 1, "---\nb: 2\n", "yaml"),
        ],
        4,
    ),
)
def test_a_document_knows_how_it_is_written(suffix: str, text: str, which: int, own: str, syntax: str) -> None:
    """Its own text is a stretch of the source's or of a source map's, in its own syntax."""
    document = documents(text, suffix)[which]
    assert (own_text(document), written(document).syntax) == (own, syntax)


@pytest.mark.parametrize(
    ("suffix", "text", "which", "after"),
    few(
        [
            ("json", '\ufeff{"é": 1}\n', 0, '{"é": 7}\n'),
            ("ndjson", '{"a": 1}\n{"b": 1}\n', 1, '{"b": 7}\n'),
            ("yaml", "a: 1\n---\né: 1\n---\nc: 1\n", 1, "a: 1\n---\né: 7\n---\nc: 1\n"),
            ("md", "> ```yml\n> a: 1\n> ---\n> b: 1\n> ```\n", 1, "> ```yml\n> a: 1\n> ---\n> b: 7\n> ```\n"),
            ("md", "```yml\na: 1\n---\nb: 1\n```\n", 0, "```yml\na: 7\n---\nb: 1\n```\n"),
        ],
        2,
    ),
)
def test_a_change_in_one_document_of_several_lands_in_it(suffix: str, text: str, which: int, after: str) -> None:
    """Its indexes count from the document's start, the source's from its own."""
    assert edited(text, "1", "7", suffix, which) == after


def test_the_second_request_of_a_script_is_changed_in_its_place() -> None:
    """Commands alike are told apart by where they stand."""
    one = f"curl {URL} -d '{{\"a\": 1}}'\n"
    assert edited(one * 3, "1", "2", which=1) == one + one.replace("1}", "2}") + one


def test_changes_come_sorted_and_those_that_touch_are_made_one() -> None:
    """Whatever order they are given in, and whatever quotes lie between them."""
    (document,) = documents(f"""curl {URL} -d '{{"a": 1, "b": 2, "c": 3}}'""")
    base = document.source.text.index("{")
    changes = [Change(22, 23, "6"), Change(6, 7, "4"), Change(7, 9, ","), Change(14, 15, "5")]
    assert changes_in_source(document, changes) == [
        Change(base + 6, base + 9, "4,"),
        Change(base + 14, base + 15, "5"),
        Change(base + 22, base + 23, "6"),
    ]
    (document,) = documents('{"a": 1, "b": 2}', "json")
    assert changes_in_source(document, changes[3:] + changes[1:3]) == [*changes[1:3], changes[3]]
    assert changes_in_source(document, []) == []


@pytest.mark.parametrize("text", ["[1, 2]", f"curl {URL} -d '[1, 2]'"])
def test_changes_that_overlap_are_refused(text: str) -> None:
    """There is no telling which of them is meant."""
    (document,) = documents(text, "json" if text.startswith("[") else "sh")
    assert changes_in_source(document, [Change(1, 4, "3"), Change(2, 5, "4")]) is None


def test_what_has_no_text_of_its_own_is_not_changed() -> None:
    """A request without a body, and a document in a string of another one."""
    (call,) = documents(f"curl {URL}")
    assert changes_in_source(call, []) is None
    (document,) = documents("[1]", "json")
    assert changes_in_source(document._replace(within=(document, "/0")), [Change(1, 2, "2")]) is None


def test_a_document_that_cannot_be_read_again_is_not_changed() -> None:
    """What no reader finds in the source any more may stand anywhere."""
    (document,) = documents(f"> curl {URL} -d '[1]'", "txt")
    (other,) = documents("```json\n[1]\n```", "md")
    assert changes_in_source(other._replace(source=document.source), [Change(1, 2, "2")]) is None
    assert changes_in_source(document._replace(sequential=True), [Change(1, 2, "2")]) is None


# -- properties --------------------------------------------------------------------------------------------------------


def escaped(text: str, letters: str) -> str:
    return re.sub(f"([{re.escape(letters)}])", r"\\\1", text)


def ansi(text: str) -> str:
    letters = {"\\": "\\\\", "'": "\\'", "\n": "\\n"}
    return "".join(letters.get(letter, letter) for letter in text)


def in_pieces(text: str) -> str:
    parts = [text[at : at + 5] for at in range(0, len(text), 5)]
    return "".join(f'"{escaped(part, DOUBLE)}"' if at % 2 else shlex.quote(part) for at, part in enumerate(parts))


DOUBLE, HEREDOC = '\\"$`', "\\$`"
WORDS: dict[str, Callable[[str], str]] = {
    "single": lambda text: "'" + text.replace("'", "'\\''") + "'",
    "double": lambda text: f'"{escaped(text, DOUBLE)}"',
    "ansi": lambda text: f"$'{ansi(text)}'",
    "pieces": in_pieces,
}
SCRIPTS: dict[str, Callable[[str], str]] = {
    **{name: lambda text, word=word: f"-d {word(text)} -s" for name, word in WORDS.items()},  # type: ignore[misc]
    "expanding": lambda text: f"-d @- <<EOF\n{escaped(text, HEREDOC)}\nEOF",
    "verbatim": lambda text: f"-d @- <<'EOF'\n{text}\nEOF",
}
TEXTS = st.text(st.sampled_from("ab\"'\\$`!\n\té—\U0001f600{}:,"), max_size=8)
VALUES = st.recursive(
    st.integers(-9, 99) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
BODIES = st.lists(VALUES, min_size=1, max_size=3)
INDENTS = st.sampled_from([None, 1])


@given(BODIES, VALUES, INDENTS, st.sampled_from(sorted(SCRIPTS)), st.data())
def test_an_edited_script_says_the_edited_body(
    body: list[object], value: object, indent: int | None, quoting: str, data: st.DataObject
) -> None:
    """One element's text is replaced: the script reads back as the edited body, and is the same outside of it."""
    text = json.dumps(body, ensure_ascii=False, indent=indent)
    script = f"echo 'é'\ncurl {URL} {SCRIPTS[quoting](text)}\ncurl {URL} -d '[0]'\n"
    document, _ = documents(script)
    index = data.draw(st.integers(0, len(body) - 1))
    own = own_text(document)
    starts = [place.value for place in document.locate([f"/{index}"]).values()]
    before = json.dumps([*body[:index], None], ensure_ascii=False, indent=indent).rindex("null")
    old = json.dumps(body, ensure_ascii=False, indent=indent)[before:]
    new = json.dumps(value, ensure_ascii=False, indent=indent)
    size = json.JSONDecoder().raw_decode(old)[1]
    change = Change(before, before + size, new)
    found = changes_in_source(document, [change])
    if found is None:
        assert quoting == "pieces"
        return
    after = applied(script, found)
    again, other = documents(after)
    assert own_text(again) == applied(own, [change])
    assert again.value == json.loads(applied(text, [change]))
    assert other.value == [0]
    (put,) = found
    assert put.start <= starts[0].start
    assert starts[0].end <= put.end
    assert after == script[: put.start] + put.text + script[put.end :]
    assert put.end - put.start <= starts[0].end - starts[0].start + 8


@given(BODIES, st.sampled_from(["", "  ", "> ", ">   ", "> > "]), TEXTS, st.booleans(), st.data())
def test_an_edited_block_says_the_edited_text(
    body: list[object], margin: str, name: str, is_shell: bool, data: st.DataObject
) -> None:
    """Lines come and go with their margins, in a fenced payload and in a fenced command."""
    text = json.dumps(body, ensure_ascii=False, indent=1)
    block = f"curl {URL} -d {WORDS['single'](text)}\n" if is_shell else text + "\n"
    lines = ["```sh" if is_shell else "```json", *block.split("\n")[:-1], "```", "", "x"]
    markdown = "\n".join(margin + line for line in lines)
    (document,) = documents(markdown, "md")
    first = data.draw(st.integers(0, len(body) - 1))
    kept = [*body[:first], name, *body[first + data.draw(st.integers(0, 2)) :]]
    new = json.dumps(kept, ensure_ascii=False, indent=1)
    same = next(
        (at for at, (one, two) in enumerate(zip(text, new, strict=False)) if one != two), min(len(text), len(new))
    )
    assume(text[:same] != text)
    found = changes_in_source(document, [Change(same, len(text) - 1, new[same:-1])])
    assert found is not None
    after = applied(markdown, found)
    (again,) = documents(after, "md")
    assert again.value == kept
    inside = f"curl {URL} -d {WORDS['single'](new)}\n" if is_shell else new + "\n"
    lines = [lines[0], *inside.split("\n")[:-1], *lines[-3:]]
    assert after == "\n".join(margin + line for line in lines)


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@draws(8, 50)
@given(BODIES, VALUES, st.sampled_from(sorted(WORDS)))
def test_a_shell_agrees_about_an_edited_word(body: list[object], value: object, quoting: str) -> None:
    """What bash prints of the edited word is the edited body."""
    text = json.dumps([1, *body], ensure_ascii=False)
    before = f"curl {URL} -d "
    (document,) = documents(before + WORDS[quoting](text))
    change = Change(1, 2, json.dumps(value, ensure_ascii=False))
    found = changes_in_source(document, [change])
    assert found is not None
    word = applied(document.source.text, found).removeprefix(before)
    done = subprocess.run(["bash", "-c", f"printf %s {word}"], capture_output=True, check=True)
    assert done.stdout.decode() == applied(text, [change])
