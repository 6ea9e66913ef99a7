"""Shell scripts: which curl commands are read, what they say and where."""

import json
import os
import re
import shlex
import time
import tracemalloc
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from splint.formats.document import MAX_DEPTH, Document
from splint.formats.fault import SyntaxFault
from splint.formats.json.reader import parse
from splint.formats.pointer import escape
from splint.formats.shell.call import Call
from splint.formats.shell.reader import read_shell
from splint.formats.source_map import Segment, SourceMap
from splint.formats.spans import Span
from tests.command import Command
from tests.grids import few

URL = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
Item = Document | SyntaxFault

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
BODIES = st.lists(JSON_VALUES, max_size=4) | st.dictionaries(st.text(max_size=8), JSON_VALUES, max_size=4)


def read(text: str | bytes, path: str = "run.sh") -> list[Item]:
    data = text.encode() if isinstance(text, str) else text
    return list(read_shell(path, BytesIO(data), parse))


def document(text: str) -> Document:
    (item,) = read(text)
    assert isinstance(item, Document), item
    return item


def fault(text: str) -> SyntaxFault:
    """The fault of a command, behind which its request is a document without a body."""
    item, *requests = read(text)
    assert isinstance(item, SyntaxFault), item
    assert [isinstance(request, Document) and request.value is None for request in requests] in ([], [True])
    return item


def call(document: Document) -> Call:
    assert document.call is not None
    return document.call


def said(item: Document, span: Span | None) -> str | None:
    return None if span is None else item.source.text[span.start : span.end]


def at(item: Document, pointer: str) -> str | None:
    return said(item, item.locate([pointer])[pointer].value)


def values(text: str) -> list[Any]:
    return [item.value if isinstance(item, Document) else item.message for item in read(text)]


@pytest.mark.parametrize(
    ("arguments", "value", "place"),
    few(
        [
            ("""-d '{"a": "b"}'""", {"a": "b"}, '"b"'),
            (r'''-d "{\"a\": \"b\"}"''', {"a": "b"}, r"\"b\""),
            (r'''-d "{\"a\": \"b\\\"c\"}"''', {"a": 'b"c'}, r"\"b\\\"c\""),
            (r"-d {\"a\":\"b\"}", {"a": "b"}, r"\"b\""),
            (r"""-d $'{"a": "it\'s \u00e9\xe2\x80\x94\t"}'""", None, None),
            (r"""-d $'{"a": "it\'s \u00e9\xe2\x80\x94\101"}'""", {"a": "it's é—A"}, r'"it\'s \u00e9\xe2\x80\x94\101"'),
            ("""-d '{"a": "it'\\''s"}'""", {"a": "it's"}, """"it'\\''s\""""),
            ("""-d '{"a": "'"$ID"'"}'""", {"a": "$ID"}, """"'"$ID"'\""""),
            ("""-d '{"a": "'$ID'"}'""", {"a": "$ID"}, """"'$ID'\""""),
            ("""-d '{"a": "'"${ID:-"x"}"'"}'""", {"a": '${ID:-"x"}'}, """"'"${ID:-"x"}"'\""""),
            ("""-d '{"a": "$ID ${ID}"}'""", {"a": "$ID ${ID}"}, '"$ID ${ID}"'),
            (r'''-d "{\"a\": $ID}"''', {"a": "$ID"}, "$ID"),
            (r'''-d "{\"a\": ${ID}}"''', {"a": "${ID}"}, "${ID}"),
            (r'''-d "{\"a\": -$ID.50}"''', {"a": "-$ID.50"}, "-$ID.50"),
            (
                r'''-d "{\"a\": $(date +"%s" | tr -d ')')}"''',
                {"a": """$(date +"%s" | tr -d ')')"""},
                """$(date +"%s" | tr -d ')')""",
            ),
            (r'''-d "{\"a\": `date +%s`}"''', {"a": "`date +%s`"}, "`date +%s`"),
            (r'''-d "{\"a\": $((1 + (2)))}"''', {"a": "$((1 + (2)))"}, "$((1 + (2)))"),
            (r'''-d "{\"a\": \"$(date)\"}"''', {"a": "$(date)"}, r"\"$(date)\""),
            ("""-d '{"a": '$N', "b": [1]}'""", {"a": "$N", "b": [1]}, "$N"),
            ("""-d '{\n  "a":\r\n 1}'""", {"a": 1}, "1"),
            ("""-d '[{"a": 1}]'""", [{"a": 1}], None),
            (r'''-d "{\"a\": \"x\\\"$Y\"}"''', {"a": 'x"$Y'}, r"\"x\\\"$Y\""),
            (r'''-d "{\"a\": \"\u00e9 5$\"}"''', {"a": "é 5$"}, r"\"\u00e9 5$\""),
            (r'''-d "{\"a\": ${X:-$Y}}"''', {"a": "${X:-$Y}"}, "${X:-$Y}"),
            (r'''-d "{\"a\": ${X:-`y`}}"''', {"a": "${X:-`y`}"}, "${X:-`y`}"),
            ("""-d '{"a": '${X:-'}'}'}'""", {"a": "${X:-'}'}"}, "${X:-'}'}"),
            ("""-d '{"a": '$X'00'"}\"""", {"a": "$X00"}, "$X'00"),
            ('-d "{\\"a\\":\\\n 1}"', {"a": 1}, "1"),
            ("""-d '{"a": 1, "a": 2}'""", {"a": 2}, "2"),
        ],
        11,
    ),
)
def test_a_body_is_read_from_any_quoting(arguments: str, value: Any, place: str | None) -> None:
    """Values are those that curl would send, placeholders stand for themselves, and places are in the quoted text."""
    if value is None:
        assert "a control character in a text" in fault(f"curl {URL} {arguments}").message
        return
    item = document(f"curl {URL} {arguments}")
    assert item.value == value
    if place is not None:
        assert at(item, "/a") == place


def test_places_know_keys_and_brackets_in_double_quotes() -> None:
    """Key, opening and whole value are told apart in escaped text, each escape as a whole."""
    item = document(f'curl {URL} -d "{{\\"a\\": [\\"b\\", $C], \\"d\\": {{}}}}"')
    place = item.locate(["/a", "/a/1", "/a/9", "/d"])
    assert sorted(place) == ["/a", "/a/1", "/d"]
    assert said(item, place["/a"].key) == '\\"a\\"'
    assert said(item, place["/a"].opening) == "["
    assert said(item, place["/a"].value) == '[\\"b\\", $C]'
    assert said(item, place["/a/1"].value) == "$C"
    assert said(item, place["/d"].value) == "{}"


def test_a_doubled_key_has_its_places_in_the_script() -> None:
    """Both keys are marked in the quoted text."""
    item = document(f'curl {URL} -d "{{\\"a\\": 1, \\"a\\": 2}}"')
    (twice,) = item.duplicates
    assert (twice.pointer, said(item, twice.first), said(item, twice.span)) == ("/a", '\\"a\\"', '\\"a\\"')
    assert twice.first < twice.span


@pytest.mark.parametrize(
    ("script", "value", "place"),
    few(
        [
            ('curl {U} -d @- <<EOF\n{{"a": "$X"}}\nEOF\n', {"a": "$X"}, '"$X"'),
            ('curl {U} -d @- <<EOF\n{{"a": $X}}\nEOF\n', {"a": "$X"}, "$X"),
            ('curl {U} -d @- <<EOF\n{{"a": "\\$X"}}\nEOF\n', {"a": "$X"}, '"\\$X"'),
            ('curl {U} -d @- <<\'EOF\'\n{{"a": "\\\\"}}\nEOF\n', {"a": "\\"}, '"\\\\"'),
            ('curl {U} --json @- << "EOF"\r\n{{"a": 1}}\r\nEOF\r\n', {"a": 1}, "1"),
            ('curl {U} --data-binary @- <<-EOF && echo\n\t{{"a": 1}}\n\tEOF\n', {"a": 1}, "1"),
            ('cat <<EOF | curl {U} -d @-\n{{"a": 1}}\nEOF', {"a": 1}, "1"),
            ('cat <<\\EOF | cat - | curl -d@- {U}\n{{"a": 1}}\nEOF', {"a": 1}, "1"),
            ('curl {U} -d "$(cat <<EOF\n{{"a": 1}}\nEOF\n)"', {"a": 1}, "1"),
            ("curl {U} -d @- <<< '{{\"a\": 1}}'", {"a": 1}, "1"),
            ("curl {U} --data-binary @/dev/stdin <<< '{{\"a\": 1}}'", {"a": 1}, "1"),
            ("echo '{{\"a\": 1}}' | cat /dev/stdin | curl -X POST -T /dev/fd/0 {U}", {"a": 1}, "1"),
            ("echo '{{\"a\": 1}}' | curl {U} -d @- < /dev/stdin", {"a": 1}, "1"),
            ("echo '{{\"a\": 1}}' | curl -X POST -T - {U}", {"a": 1}, "1"),
            ("echo '{{\"a\": 1}}' | curl {U} -d @-", {"a": 1}, "1"),
            ('printf \'%s\' "{{\\"a\\": 1}}" | curl {U} -d @-', {"a": 1}, "1"),
            ('A=$(cat <<X\nX\n) B=b curl {U} -d @- <<Y <<EOF\n{{}}\nY\n{{"a": 1}}\nEOF\n', {"a": 1}, "1"),
        ],
        5,
    ),
)
def test_a_body_is_read_from_a_here_document(script: str, value: Any, place: str) -> None:
    """Wherever the here-document goes in, its text is the body, with its own rules for backslashes."""
    item = document(script.format(U=URL))
    assert (item.value, at(item, "/a")) == (value, place)


@pytest.mark.parametrize(
    "arguments",
    few(
        [
            "-d ''",
            '-d ""',
            "-d''",
            "--data=",
            "\\",
            "",
            "-G -d a=1",
            "-G --data-urlencode a=b",
            "-G $OPTIONS",
        ],
        3,
    ),
)
def test_a_call_without_a_body_is_a_document(arguments: str) -> None:
    """It has no value and no place."""
    item = document(f"curl {URL} {arguments}")
    assert item.value is None
    assert item.locate([""]) == {}
    assert (call(item).url, call(item).stand_in) == (URL, None)


@pytest.mark.parametrize(
    ("arguments", "second"),
    few(
        [
            ("""-d '{"a": 1}' -d '{"b": 2}'""", "{"),
            ("""--json '{"a": 1}' --json '{"b": 2}'""", "{"),
            ("""-d x=1 -d '{"a": 1}'""", "{"),
            ("""-d '{"a": 1}' -d b=2 -d c=3""", "b"),
            ("""-d '{"a": 1}' --data-urlencode b=2""", "b"),
            ("""-d '' -d '{"a": 1}' -d @b.json""", "@"),
        ],
        2,
    ),
)
def test_a_second_body_is_a_fault_and_the_json_is_read(arguments: str, second: str) -> None:
    """The first JSON is judged all the same."""
    fault, item = read(f"curl {URL} {arguments}")
    assert isinstance(fault, SyntaxFault)
    assert isinstance(item, Document)
    assert fault.message == "a second body for one request: curl joins the two, and together they are no JSON"
    assert fault.span.start > len(f"curl {URL} {arguments.split()[0]} {arguments.split()[1]}")
    assert fault.source.text[fault.span.start :].lstrip("'").startswith(second)
    assert item.value == {"a": 1}


def test_parts_of_a_body_are_no_second_one() -> None:
    """Of a form there is a fault already."""
    assert "second" not in fault(f"curl {URL} -d a=1 -d b=2").message
    assert [item.value for item in read(f"curl -G {URL} -d '{{}}' -d '{{}}'") if isinstance(item, Document)] == [None]


@pytest.mark.parametrize(
    ("arguments", "value"),
    few(
        [
            ("""--json '{"b": 2,' --json '"a": 1}'""", {"b": 2, "a": 1}),
            ("""--json '{"b": ' --json '{"c": 2}, "a": 1}'""", {"b": {"c": 2}, "a": 1}),
            ("""--json '{"b": "x' --json "y\\", \\"a\\": 1}" --json ''""", {"b": "xy", "a": 1}),
            ("""--json '{"b": "' --json "$X" --json '", "a": 1}'""", None),
            ("--json @a.json --json @b.json", None),
            ("""--json '{"a": 1}' --json @b.json""", None),
            ("""--json @- --json '}' <<< '{"a": 1'""", None),
        ],
        3,
    ),
)
def test_the_values_of_json_are_joined(arguments: str, value: Any) -> None:
    """With nothing between them; what only a run puts together is unknown."""
    item = document(f"curl {URL} {arguments}")
    assert item.value == value
    assert (call(item).stand_in is None) == (value is not None)
    assert value is None or at(item, "/a") == "1"


def test_values_of_json_that_are_none_together_are_marked_where_they_fail() -> None:
    text = f"""curl {URL} --json '{{"a": 1,' --json '"b"}}'"""
    error = fault(text)
    assert (text[error.span.start], "second" in error.message) == ("}", False)


def test_a_fix_edits_the_value_of_json_that_holds_the_field(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.sh").write_text(
        f"""curl -X POST {URL} --json '{{"advertiser_id": "7", "budget": "50",' --json '"budget_mode": "X"}}'\n"""
    )
    command("check", "--fix", "--unsafe-fixes", "--select", "SPL003", str(tmp_path / "a.sh"))
    assert """--json '{"advertiser_id": "7", "budget": 50,' --json '"budget_m""" in (tmp_path / "a.sh").read_text()


@pytest.mark.parametrize(
    ("arguments", "posts_nothing"),
    few(
        [
            ("-X POST {U}", True),
            ("-X POST -d '' {U}", True),
            ("-X POST -G -d a=1 {U}", True),
            ("-X POST -F a=b {U}", False),
            ("-X POST -T $FILE {U}", False),
            ('-X POST -d "$X" {U}', False),
            ("-X POST {U} [options]", False),
            ("-X POST {U} ...", False),
            ("-X POST {U} extra", True),
            ("{U}", False),
            ("-X GET {U}", False),
        ],
        3,
    ),
)
def test_a_post_without_a_body_is_known(arguments: str, posts_nothing: bool) -> None:
    assert call(document(f"curl {arguments.replace('{U}', URL)}")).posts_nothing is posts_nothing


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("mark", "message"),
    few(
        [
            ("\\ ", "a blank follows this backslash"),
            ("\\\t ", "a blank follows this backslash"),
            ("\\ # why", "a blank follows this backslash"),
            ("^", "^ continues a line on Windows"),
            ("^ ", "^ continues a line on Windows"),
        ],
        2,
    ),
)
def test_a_line_that_a_shell_does_not_continue_is_told_of_and_read_as_meant(mark: str, message: str, end: str) -> None:
    for command in (
        f"curl -X POST {URL} {mark}{end} -d '{{\"a\": 1}}' \\{end} -s",
        f"curl -X POST {mark}{end}{URL} {mark}{end}\t-d '{{\"a\": 1}}'",
        f"X=$(curl -X POST {URL} {mark}{end}  --json {mark}{end} '{{\"a\": 1}}' {mark}{end} | jq .)",
    ):
        wrong, item = read(f"{command}{end}echo {mark}{end}curl {URL}{end}")[:2]
        assert isinstance(wrong, SyntaxFault)
        assert wrong.message.startswith(message)
        assert wrong.source.text[wrong.span.start :].startswith(mark)
        assert isinstance(item, Document)
        assert (item.value, call(item).url, call(item).method) == ({"a": 1}, URL, "POST")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_comment_between_continued_lines_is_told_of_and_what_is_below_read_as_meant(end: str) -> None:
    body = '{"a": 1}'
    for command in (
        f"curl -X POST {URL} \\{end}  # why{end}  -d '{body}' \\{end}  -s",
        f"curl -X POST -d '{body}' \\{end}# why{end}#{end}  # or{end}  {URL}",
        f"curl -X POST {URL} # why \\{end}  # -s \\{end}  -d '{body}'",
        f"X=$(curl -X POST {URL} -d \\{end} # why{end}  '{body}')",
        f"curl -X POST -d '{body}' \\{end} # why{end} \"{URL}\"",
    ):
        wrong, item, *others = read(f"{command}{end}curl {URL}{end}")
        assert isinstance(wrong, SyntaxFault), command
        assert wrong.message.startswith("this comment ends the command")
        assert wrong.source.text[wrong.span.start :].startswith("# why" if "# why" in command else "#")
        assert isinstance(item, Document)
        assert (item.value, call(item).url, call(item).method, len(others)) == ({"a": 1}, URL, "POST", 1)


@pytest.mark.parametrize(
    "script",
    [
        f"curl -X POST {URL} -d '{{}}' \\\n# next\necho done",
        f"curl -X POST {URL} -d '{{}}' \\\n# next\n'/opt/next' -s",
        f"curl -X POST {URL} -d '{{}}' \\\n\n# next\n-s",
        f"curl -X POST {URL} -d '{{}}' # -s\n-s",
        f"args=(curl -X POST {URL}\n# why\n-d '{{}}')\n\"${{args[@]}}\"",
        f"curl -X POST {URL}\\\n#why -d '{{}}'",
    ],
)
def test_a_comment_that_nothing_of_the_command_is_below_is_none_of_it(script: str) -> None:
    assert not any(isinstance(one, SyntaxFault) for one in read(script))


def test_what_follows_an_escaped_blank_may_be_another_command() -> None:
    """A blank at the end of a name is one where the next line does not go on."""
    items = read(f"curl {URL} -o a\\ \n\ncurl -X POST {URL} \\ \ncurl {URL}\n")
    assert [call(item).posts_nothing for item in items if isinstance(item, Document)] == [False, True, False]
    assert len(items) == 3
    assert len(read(f"curl -X POST {URL} -d '{{}}' \\ \n$CURL -X POST {URL} -d '{{}}'\n")) == 2


def test_a_variable_below_an_escaped_blank_is_what_the_command_lacks() -> None:
    """With it another command would begin, but for one that has no URL yet, or an option for the body without one."""
    body = '{"objective_type":"WEB_CONVERSIONS"}'
    for command in ("-X POST \\ \n $URL -d \\ \n $BODY", '-X POST \\ \n ${URL} -d "$BODY"', f"-d \\ \n $BODY {URL}"):
        wrong, item = read(f"BODY='{body}'\ncurl {command}\n")
        assert isinstance(wrong, SyntaxFault)
        assert wrong.message.startswith("a blank follows this backslash")
        assert isinstance(item, Document)
        assert item.value == {"objective_type": "WEB_CONVERSIONS"}


def test_quotes_of_cmd_are_told_of_on_one_line_too() -> None:
    wrong, item = read(f'curl ^"{URL}^" -X POST --data-raw ^"^{{^\\^"a^\\^":1^}}^"\n')
    assert isinstance(wrong, SyntaxFault)
    assert wrong.message == "^ quotes on Windows: to the shell the ^ is sent"
    assert isinstance(item, Document)
    assert item.value == {"a": 1}


@pytest.mark.parametrize(
    ("body", "is_left_out"),
    few(
        [
            ("<body>", True),
            ("<your payload here>", True),
            ("{{payload}}", True),
            ("YOUR_JSON", True),
            ("[REDACTED]", True),
            ("[YOUR CAMPAIGN]", True),
            ("<html><body>x</body></html>", False),
            ("{{a}}{{b}}", False),
            ("a=YOUR_ID", False),
        ],
        3,
    ),
)
def test_a_body_that_is_a_placeholder_is_left_out(body: str, is_left_out: bool) -> None:
    *faults, item = read(f"curl {URL} -d '{body}'")
    assert isinstance(item, Document)
    stand_in = call(item).stand_in
    assert (len(faults), stand_in and stand_in[:2]) == ((0, ("placeholder", body)) if is_left_out else (1, None))


@pytest.mark.parametrize("entry", ['{"advertiser_id":"1"}', ' {"a":"your text"}', '"campaign_id"'])
def test_a_list_with_words_of_a_placeholder_is_a_list(entry: str) -> None:
    for script in (f"curl {URL} -d '[{entry}]'", f"B='{entry}'\ncurl {URL} -d \"[$B]\""):
        (item,) = read(script)
        assert isinstance(item, Document)
        assert (item.value, call(item).stand_in) == ([json.loads(entry)], None)


HELD = {
    "single quotes": """BODY='{"a": 1}'""",
    "double quotes": r'''BODY="{\"a\": 1}"''',
    "double quotes with a variable": r'''BODY="{\"b\": \"$B\", \"a\": 1}"''',
    "cat of a here-document": 'BODY=$(cat <<EOF\n{"a": 1}\nEOF\n)',
    "read of a here-document": "read -r -d '' BODY <<'EOF'\n{\"a\": 1}\nEOF\n",
    "read with variables of its own": "IFS= read -rd '' BODY <<'EOF' || true\n{\"a\": 1}\nEOF\n",
    "read without -r": "read -d '' BODY <<EOF\n{\"a\": 1}\nEOF\n",
    "a declaration": """export -x BODY='{"a": 1}' OTHER""",
    "several on a line": """A=1 BODY='{"a": 1}' C=3""",
    "another variable": """A='{"a": 1}'\nBODY="$A\"""",
    "echo": """BODY=$(echo '{"a": 1}')""",
    "a branch": """if test -f x; then BODY='{"a": 1}'; fi""",
    "a function": """f() { local BODY='{"a": 1}'; }""",
    "another file's settings before it": """. ./env\nsource env\nexport $(cat env)\nBODY='{"a": 1}'""",
    "a command before it": """mkdir -p out && BODY='{"a": 1}'""",
    "a list, which is no function": """A=()\n. ./env\nBODY='{"a": 1}'""",
    "a text with an equals sign": """BODY='{"a": 1}'\nX="$(echo "$BODY=1")\"""",
    "a trap": """BODY='{"a": 1}'\ntrap clean EXIT""",
    "commands that look at it": """BODY='{"a": 1}'\necho BODY\n[ -n "$BODY" ] && jq . <<< "$BODY\"""",
    "a name like it elsewhere": """BODY='{"a": 1}'\nX_BODY=1 BODYX=2\nBODY=1 env\necho BODY=2""",
}


@pytest.mark.parametrize("before", HELD.values(), ids=HELD)
@pytest.mark.parametrize("use", few(['-d "$BODY"', '--json "${BODY}"', '-d @- <<< "$BODY"', "-d @- <<X\n$BODY\nX"], 2))
def test_a_variable_has_the_text_that_it_is_assigned_once(before: str, use: str) -> None:
    """The places are those of the text."""
    item = document(f"{before}\ncurl {URL} {use}\n")
    assert item.value["a"] == 1
    assert at(item, "/a") == "1"


FILES = {
    "cat": "cat > a.json <<'EOF'\n{\"a\": 1}\nEOF",
    "cat with the document first": 'cat <<EOF >a.json\n{"a": 1}\nEOF',
    "another spelling": 'cat > ./a.json <<EOF\n{"a": 1}\nEOF',
    "tee": 'tee a.json > /dev/null <<EOF\n{"a": 1}\nEOF',
    "echo": "echo '{\"a\": 1}' > a.json",
    "removed before": 'rm -f a.json\ncat > a.json <<EOF\n{"a": 1}\nEOF',
    "with errors elsewhere": 'cat <<EOF > a.json 2> errors\n{"a": 1}\nEOF',
    "with errors in the output": 'cat <<EOF 2>&1 > a.json\n{"a": 1}\nEOF',
    "other files elsewhere": 'cat > a.json <<EOF\n{"a": 1}\nEOF\ngen -o xa.json --out=a.json.old b/a.json &> log',
    "looked at afterwards": 'cat > a.json <<EOF\n{"a": 1}\nEOF\njq . a.json\ncat a.json',
}


@pytest.mark.parametrize("before", FILES.values(), ids=FILES)
@pytest.mark.parametrize(
    "use", few(["-d @a.json", "-X POST -T a.json", "-Ta.json", "-d @- < a.json", '-d "$(cat a.json)"'], 2)
)
def test_a_file_has_the_text_that_the_script_writes_once(before: str, use: str, tmp_path: Path) -> None:
    """Whatever stands in it now."""
    (tmp_path / "run.sh").write_text("")
    (tmp_path / "a.json").write_text('{"a": 2}')
    (item,) = read(f"{before}\ncurl {URL} {use}\n", f"{tmp_path}/run.sh")
    assert isinstance(item, Document)
    assert (item.source.path, item.value, at(item, "/a")) == (f"{tmp_path}/run.sh", {"a": 1}, "1")


NAMES = {
    "a here-document": 'F=a.json\ncat > "$F" <<EOF\n{"a": 1}\nEOF',
    "a name of mktemp": 'F=$(mktemp)\ncat > "${F}" <<EOF\n{"a": 1}\nEOF',
    "written by its name": "F=a.json\necho '{\"a\": 1}' > a.json",
    "looked at, sent and removed afterwards": (
        'F=$(mktemp)\necho \'{"a": 1}\' > "$F"\njq . "$F"\ncurl -T "$F" example.com\nrm "$F"'
    ),
    "a file that is there": "readonly F=b.json",
}


@pytest.mark.parametrize("before", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize(
    "use",
    few(
        [
            '-d @"$F"',
            "-d @$F",
            '-d "@${F}"',
            '--json @"$F"',
            '-X POST -T "$F"',
            '-d "$(cat "$F")"',
            '-d "$(<"$F")"',
            '-d @- < "$F"',
            '-d "$B"',
        ],
        3,
    ),
)
def test_a_variable_may_have_the_name_of_the_file(before: str, use: str, tmp_path: Path) -> None:
    """The file is read as if its name stood in the command."""
    (tmp_path / "run.sh").write_text("")
    (tmp_path / "b.json").write_text('{"a": 1}')
    between = 'B=$(cat "$F")\n' if "$B" in use else ""
    item = read(f"{before}\n{between}curl {URL} {use}\n", f"{tmp_path}/run.sh")[-1]
    assert isinstance(item, Document)
    assert (item.value, at(item, "/a")) == ({"a": 1}, "1")


def test_a_file_that_a_variable_names_and_nothing_makes_is_missing(tmp_path: Path) -> None:
    """The place is that of the variable in the command."""
    (tmp_path / "run.sh").write_text("")
    wrong, request = read(f'F=a.json\ncat "$F" | curl {URL} -d @-\n', f"{tmp_path}/run.sh")
    assert isinstance(wrong, SyntaxFault)
    assert f"the body's file {tmp_path}/a.json is not readable" in wrong.message
    assert wrong.source.text[slice(*wrong.span)] == "$F"
    assert isinstance(request, Document)


UNKNOWN = {
    **{
        f"a file whose name is {name}": (given, '@"$F"')
        for name, given in {
            "a body": "F='{\"a\": 1}'",
            "an argument": "F=$1",
            "never given": "",
            "one of a loop": "for F in *.json; do",
            "set twice": 'F=$(mktemp)\necho \'{"a": 1}\' > "$F"\nF=$(mktemp)',
            "given after the file": 'echo \'{"a": 1}\' > "$F"\nF=$(mktemp)',
            "that of one that is edited": 'F=$(mktemp)\necho \'{"a": 1}\' > "$F"\nsed -i s/1/2/ "$F"',
            "known to other programs": 'F=$(mktemp)\necho \'{"a": 1}\' > "$F"\nexport F\n./edit',
        }.items()
    },
    "a file whose name has a variable": ("F=a.json", '@"$DIR/$F"'),
    "never assigned": ("", '"$BODY"'),
    "assigned below": ("", """"$BODY"\nBODY='{"a": 1}'"""),
    "assigned twice": ("""BODY='{"a": 1}'\nBODY='{"a": 2}'""", '"$BODY"'),
    "extended": ("""BODY='{"a": 1}'\nBODY+=' '""", '"$BODY"'),
    "an entry of a list": ("""BODY[0]='{"a": 1}'""", '"$BODY"'),
    "for one command alone": ("""BODY='{"a": 1}' env""", '"$BODY"'),
    "read anew": ("""BODY='{"a": 1}'\nread -r BODY < a""", '"$BODY"'),
    "removed": ("""BODY='{"a": 1}'\nunset BODY""", '"$BODY"'),
    "a line of a here-document": ('read -r BODY <<EOF\n{"a": 1}\nEOF', '"$BODY"'),
    "read with backslashes": ("read -d '' BODY <<'EOF'\n{\"a\": \"\\n\"}\nEOF", '"$BODY"'),
    "a loop": ("""for BODY in '{"a": 1}' '{"a": 2}'; do""", '"$BODY"'),
    "jq": ("BODY=$(jq -n .)", '"$BODY"'),
    "itself": ('BODY=$(echo "$BODY")', '"$BODY"'),
    "jq in the command": ("", '"$(jq -n .)"'),
    "an argument": ("", "$2"),
    "standard input": ("", "@-"),
    "standard input by its name": ("", "@/dev/stdin"),
    "a file in a variable": ("", '@"$DIR/a.json"'),
    "a file that jq writes": ("jq -n . > a.json", "@a.json"),
    "a file that is written twice": ("echo '{\"a\": 1}' > a.json\necho '{\"a\": 2}' > a.json", "@a.json"),
    "a file that is extended": ("echo '{\"a\": 1}' > a.json\necho >> a.json", "@a.json"),
    **{
        f"changed by {change}": (f"""BODY='{{"a": 1}}'\n{change}""", '"$BODY"')
        for change in (
            "function foo { BODY=$1; }; foo x",
            "foo() { BODY=$1; }; foo x",
            "command read -r BODY < y",
            "builtin read BODY < y",
            "time BODY=$(cat y)",
            'eval "BODY=.."',
            'eval "$x"',
            "builtin eval $x",
            "function foo { eval $x; }",
            ". ./env",
            "source env",
            "trap 'BODY=x' DEBUG",
            "export $(cat env)",
            "read $x < y",
            "declare -n R=BODY; R=x",
            "local -rn R=BODY",
            "coproc BODY { x; }",
            "let BODY=5",
            "((BODY=5))",
            "if ((BODY++ > 5)); then echo; fi",
            'printf -v "$n" %s 5',
            "fill BODY",
            "time fill BODY; curl example.com",
            ": ${BODY:=x}",
            ': "${BODY=x}"',
        )
    },
    "changed by a function above that reads a file": ("""f() { . ./env; }\nBODY='{"a": 1}'\nf""", '"$BODY"'),
    "another one in a substitution": ("""BODY='{"a": 1}'\nR=$(BODY='{"a": 2}'; echo)""", '"$BODY"'),
    "known in a substitution alone": ("""R=$(BODY='{"a": 1}'; echo)""", '"$BODY"'),
    "known in a here-document alone": ("""cat <<X\n$(BODY='{"a": 1}')\nX""", '"$BODY"'),
    "a default": ("""[ -z "$BODY" ] && BODY='{"a": 1}'""", '"$BODY"'),
    "a default in a branch": ("""if [ -z "${BODY}" ]; then BODY='{"a": 1}'; fi""", '"$BODY"'),
    **{
        f"a file that is changed by {change}": (f"echo '{{\"a\": 1}}' > a.json\n{change}", "@a.json")
        for change in (
            "python gen.py --out=a.json",
            "python gen.py -oa.json",
            "python gen.py ./a.json",
            "curl -o a.json example.com",
            "bash -c 'jq . x > a.json'",
            "R=$(jq . x > a.json)",
            "jq . x &> a.json",
            "jq . x 1> ./x/../a.json",
            "(jq . x) > a.json",
            "{ jq . x; } > a.json",
            "{ jq . x; } >> a.json",
            "F=a.json; jq . x > $F",
            "tee a.json b.json",
            "tee b.json > a.json",
            "source env",
        )
    },
    "a file that is there before": ("[ -f a.json ] || echo '{\"a\": 1}' > a.json", "@a.json"),
    "a file that is only extended": ("echo '{\"a\": 1}' >> a.json", "@a.json"),
    "a file that is written with another": ("echo '{\"a\": 1}' > a.json > b.json", "@a.json"),
    "a copy": ("cp b.json ./a.json", "@a.json"),
    "a file in another spelling": ("jq . x > a.json", "@./a.json"),
    "a file that is edited": ("echo '{\"a\": 1}' > a.json\nsed -i s/1/2/ a.json", "@a.json"),
}


@pytest.mark.parametrize(("before", "use"), UNKNOWN.values(), ids=UNKNOWN)
def test_a_body_that_only_a_run_could_tell_is_unknown(before: str, use: str) -> None:
    """The place is that of the word that stands for it."""
    item = document(f"{before}\ncurl {URL} -d {use}\n")
    assert item.value is None
    kind, text, span = (call(item).stand_in or ("", "", Span(0, 0)))[:3]
    word = said(item, span)
    assert word is not None
    assert word in f"{before} {use}"
    assert (kind, text) == ("unknown", word.replace('"', ""))


SPLICED = [
    r'"{\"a\": \"$A\", $FIELDS}"',
    r'"{$FIELDS}"',
    r'"{\"a\": 1, $(fields) }"',
    r'"{\"a\": \"x\"${B:+,\"b\":$B}}"',
    r'"{\"a\": 1${B:+,\"b\":$B}}"',
    r'"{\"a\": \"x\" $SEP \"b\": 1}"',
    r'"{\"a\": [\"x\"$MORE]}"',
    """'{"a":1,'$REST'}'""",
    """'{"a": 1,'$REST""",
    r'"${HEAD}{\"a\": 1}"',
]


@pytest.mark.parametrize("body", few(SPLICED, 4))
def test_a_body_into_which_the_shell_puts_members_is_unknown(body: str) -> None:
    item = document(f"curl {URL} -d {body}\n")
    stand_in = call(item).stand_in
    assert stand_in is not None
    assert (item.value, stand_in.kind) == (None, "unknown")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (r'"{\"a\": $B \"c\": 1}"', "a comma is missing"),
        (r'"{\"a\": $B, \"c\": 1,}"', "a trailing comma"),
        (r'"{\"a\": $B"', "ends too early"),
        (r'"{"a": 1, $B}"', "the shell takes away"),
    ],
)
def test_no_members_in_the_place_of_a_variable_make_other_errors_good(body: str, message: str) -> None:
    assert message in fault(f"curl {URL} -d {body}\n").message


@pytest.mark.parametrize(
    ("arguments", "word"),
    few(
        [
            ('"${args[@]}" {U}', "${args[@]}"),
            ("$opts {U}", "$opts"),
            ('{U} "$@"', "$@"),
            ('{U} ${DATA:+-d "$DATA"}', '${DATA:+-d "$DATA"}'),
            ("-K cfg {U}", "cfg"),
            ("-sKcfg {U}", "cfg"),
            ("--config cfg {U}", "cfg"),
            ("--config=$cfg {U}", "$cfg"),
            ("-s$FLAGS {U}", "-s$FLAGS"),
            ('"--$OPTION" {U}', "--$OPTION"),
            ("$BASE/smart_plus/campaign/create/ $opts", "$opts"),
            ('-o $out -s $A "$B" {U}', "$A"),
        ],
        5,
    ),
)
def test_options_that_only_a_run_could_tell_may_give_the_method_and_the_body(arguments: str, word: str) -> None:
    """A method and a body that are written count all the same."""
    arguments = arguments.replace("{U}", URL)
    item = document(f"curl {arguments}")
    kind, _, span = (call(item).stand_in or ("", "", Span(0, 0)))[:3]
    assert (call(item).method, item.value, kind, said(item, span)) == (None, None, "options", word)
    item = document(f"curl -X POST {arguments}")
    assert (call(item).method, call(item).posts_nothing, call(item).stand_in is None) == ("POST", False, False)
    item = document(f"curl -d '{{\"a\": 1}}' {arguments}")
    assert (call(item).method, item.value, call(item).stand_in) == (None, {"a": 1}, None)


@pytest.mark.parametrize(
    ("arguments", "kind", "word"),
    few(
        [
            ("-F 'a=b' -F c=d {U}", "form", "a=b"),
            ("-sF a=@b.json {U}", "form", "a=@b.json"),
            ("--form=a=b {U}", "form", "a=b"),
            ("--form-string a=b {U}", "form", "a=b"),
            ("--data-urlencode 'a=b' {U}", "form", "a=b"),
            ("--data-urlencode '{\"a\": 1}' {U}", "form", '{"a": 1}'),
            ("--upload-file $B {U}", "unknown", "$B"),
            ("-T - {U}", "unknown", "-"),
        ],
        3,
    ),
)
def test_a_form_and_what_a_run_uploads_are_no_bodies(arguments: str, kind: str, word: str) -> None:
    item = document(f"curl {arguments.replace('{U}', URL)}")
    stand_in = call(item).stand_in
    assert stand_in is not None
    assert (item.value, stand_in.kind, said(item, stand_in.span)) == (None, kind, word)


@pytest.mark.parametrize(
    "arguments",
    few(
        [
            "-H $HEADER {U}",
            "-o$OUT {U}",
            "--max-time=$TIME {U}",
            '"$BASE/smart_plus/campaign/create/"',
            "{U} x$ID",
            "{U} '$opts'",
            "--url $URL {U}",
            "{U} > $OUT",
        ],
        3,
    ),
)
def test_values_of_options_are_no_options(arguments: str) -> None:
    item = document(f"curl {arguments.replace('{U}', URL)}")
    assert (call(item).method, call(item).stand_in) == ("GET", None)


@pytest.mark.parametrize(
    "script",
    [
        'cat > a.json <<EOF && curl {U} -d @a.json\n{{"a": 1}}\nEOF\n',
        "read -r -d '' BODY <<'EOF'; curl {U} -d \"$BODY\"\n{{\"a\": 1}}\nEOF\n",
    ],
)
def test_a_here_document_may_stand_behind_the_command(script: str) -> None:
    item = document(script.format(U=URL))
    assert (item.value, at(item, "/a")) == ({"a": 1}, "1")


@pytest.mark.parametrize("before", few(["cat a.json", "test -f a.json", "echo a.json", "curl x -d @a.json", ""], 2))
def test_a_file_that_no_command_above_may_write_must_be_there(before: str, tmp_path: Path) -> None:
    (tmp_path / "run.sh").write_text("")
    *_, fault, request = read(f"{before}\ncurl {URL} -d @./a.json\ncp a.json b.json\n", f"{tmp_path}/run.sh")
    assert isinstance(fault, SyntaxFault)
    assert isinstance(request, Document)
    assert "a.json is not readable" in fault.message
    assert call(request).stand_in is None


@pytest.mark.slow
def test_a_chain_of_variables_takes_linear_time() -> None:
    """What one stands for is found once, however many requests send it."""
    count = 2000
    chain = "".join(f'A{at}="$A{at - 1}"\n' for at in range(1, count))
    uses = "".join(f'curl {URL} -d "$A{at}"\n' for at in range(count))
    begun = time.process_time()
    first, *others = read(f"""A0='{{"a": 1}}'\n{chain}{uses}""")
    assert time.process_time() - begun < 5
    assert isinstance(first, Document)
    assert first.value == {"a": 1}
    assert [item.value for item in others if isinstance(item, Document)] == [None] * (count - 1)


def test_a_variable_that_several_requests_send_is_one_payload() -> None:
    """A request to another endpoint reads it as that one's body."""
    other = URL.replace("create", "update")
    script = f"""BODY='{{"a": 1}}'\ncurl {URL} -d "$BODY"\ncurl {URL} -d "$BODY"\ncurl {other} -d "$BODY"\n"""
    assert [item.value for item in read(script) if isinstance(item, Document)] == [{"a": 1}, None, {"a": 1}]


@pytest.mark.parametrize(
    ("command", "method", "marked"),
    few(
        [
            ("curl -X POST {U} -d '{{}}'", "POST", "POST"),
            ("curl -XPUT {U} -d '{{}}'", "PUT", "PUT"),
            ("curl -sSX 'PATCH' {U}", "PATCH", "PATCH"),
            ("curl -sSXDELETE {U}", "DELETE", "DELETE"),
            ("curl --request POST {U}", "POST", "POST"),
            ('curl --request="POST" {U}', "POST", "POST"),
            ("curl --request $M {U}", "$M", "$M"),
            ("curl -X GET -X POST {U}", "POST", "POST"),
            ("curl {U}", "GET", "curl"),
            ("curl {U} -d '{{}}'", "POST", "curl"),
            ("curl {U} --json '{{}}'", "POST", "curl"),
            ("curl -G {U} -d 'a=1'", "GET", "curl"),
            ("curl --get {U} -d 'a=1'", "GET", "curl"),
            ("curl -sG {U} --data-urlencode 'a=1'", "GET", "curl"),
            ("curl -X POST -G {U} -d 'a=1'", "POST", "POST"),
            ("curl -I {U}", "HEAD", "curl"),
            ("curl -F 'a=b' {U}", "POST", "curl"),
            ("curl --data-urlencode 'a=b' {U}", "POST", "curl"),
            ("curl -T $FILE {U}", "PUT", "curl"),
            ("/usr/bin/curl {U}", "GET", "/usr/bin/curl"),
        ],
        7,
    ),
)
def test_the_method_is_given_or_implied(command: str, method: str, marked: str) -> None:
    """The place is the -X value's, or the word curl's."""
    item = document(command.format(U=URL))
    assert (call(item).method, said(item, call(item).method_span)) == (method, marked)


@pytest.mark.parametrize(
    "arguments",
    few(
        [
            "{U}",
            "'{U}'",
            '"{U}"',
            "--url {U}",
            "--url='{U}'",
            "-s {U} -o /dev/null",
            "-o https://example.com/ad/ {U}",
            "-u user:pass -m 10 --max-time 5 --connect-timeout 3 -A agent/1.0 {U}",
            "-e https://example.com -b c=d -c jar -w '%{{http_code}}' --retry 3 -x http://proxy:80/ {U}",
            "-sSLko out.json {U}",
            "-ooout {U}",
            "-w%{{http_code}} {U}",
            "--compressed --fail-with-body {U} > out 2>&1",
            "--cacert=ca.pem {U}",
            "{U} {U2}",
            "\\\n  -s \\\r\n  {U}",
            "$OPTIONS {U}",
        ],
        6,
    ),
)
def test_the_url_is_found_among_the_options(arguments: str) -> None:
    """The values of options are none, in whatever way they are attached."""
    item = document("curl " + arguments.format(U=URL, U2="x"))
    assert (call(item).url, said(item, call(item).url_span)) == (URL, URL)


def test_a_url_of_several_pieces_is_marked_as_a_whole() -> None:
    """Variables stay in it as written."""
    item = document("curl \"$BASE\"/smart_plus/'ad/get/'")
    assert call(item).url == "$BASE/smart_plus/ad/get/"
    assert said(item, call(item).url_span) == "$BASE\"/smart_plus/'ad/get/"


@pytest.mark.parametrize(
    ("header", "token"),
    few(
        [
            ("-H 'Access-Token: 0a1b2c'", "0a1b2c"),
            ("-H'access-token:0a1b2c'", "0a1b2c"),
            ('--header "ACCESS-TOKEN:  0a1b2c "', "0a1b2c"),
            ("--header=Access-Token:0a1b2c", "0a1b2c"),
            ('-H "Access-Token: $TOKEN"', None),
            ('-H "Access-Token: ${TOKEN}"', None),
            ('-H "Access-Token: $1"', None),
            ('-H "Access-Token: $(cat token)"', None),
            ("-H 'Access-Token: $TOKEN'", None),
            ("-H 'Access-Token: {{token}}'", None),
            ("-H 'Access-Token: <token>'", None),
            ("-H 'Access-Token: YOUR_ACCESS_TOKEN'", None),
            ("-H 'Access-Token:'", None),
            ("-H 'Content-Type: application/json'", None),
        ],
        5,
    ),
)
def test_an_access_token_is_noted(header: str, token: str | None) -> None:
    """Its place is the call's, and it is the source's secret, unless somebody still has to fill it in."""
    item = document(f"curl {URL} {header}")
    assert [said(item, span) for span in call(item).tokens] == ([token] if token else [])
    assert item.source.secrets == ({token} if token else set())


@pytest.mark.parametrize(
    "command",
    few(
        [
            "curl https://example.com -H 'Access-Token: 0a1b'",
            f"curl {URL} -H 'Access-Token: 0a1b\n",
            "curl -H 'Access-Token: 0a1b'",
        ],
        2,
    ),
)
def test_a_token_is_a_secret_in_any_command(command: str) -> None:
    """Even of a command that is of no interest, or broken, the token is known before the first item comes."""
    first, *_ = read(f"curl {URL}\n{command}")
    assert first.source.secrets == {"0a1b"}


@pytest.mark.parametrize(
    "script",
    few(
        [
            "",
            "curl",
            "curl -d '{\"a\": 1}'",
            "curl https://example.com/file.tgz -o file.tgz",
            "curl https://example.com -d a=b",
            "curl https://example.com -d '{\"a\": }'",
            "curl https://example.com -d 'a",
            "curl https://example.com -d @missing.json",
            "curl https://example.com --data-binary @missing",
            f"# curl {URL}",
            f"echo 'curl {URL}'",
            f"cat <<EOF\ncurl {URL}\nEOF",
            f"wget {URL}",
            f"echo # curl {URL}",
            "apt-get install -y curl jq",
            "command -v curl >/dev/null || exit 1",
            f"curly {URL}",
        ],
        6,
    ),
)
def test_other_commands_yield_nothing(script: str) -> None:
    """Neither documents nor faults come from what does not concern TikTok."""
    assert read(script) == []


@pytest.mark.parametrize(
    ("url", "is_read"),
    few(
        [
            ("https://sandbox-ads.tiktok.com/x", True),
            ("https://proxy.example/open_api/x", True),
            ("$BASE/smart_plus/x", True),
            ("$BASE/campaign/create/", True),
            ("http://localhost/adgroup/create/", True),
            ("http://localhost/ad/create/", True),
            ("http://localhost/v1.3/x", True),
            ("http://localhost/v2/x", False),
        ],
        3,
    ),
)
def test_a_url_of_interest_needs_no_body(url: str, is_read: bool) -> None:
    """What looks like TikTok's API is a document in any case."""
    assert values(f"curl {url}") == [None] * is_read


def test_json_to_any_site_is_read() -> None:
    """A body that is an object or an array is a document wherever it goes, another value is not."""
    assert values("curl a.com -d '{}'; curl a.com -d '[1]'; curl a.com -d 1; curl a.com --json '\"x\"'") == [{}, [1]]


def test_a_broken_payload_to_an_unknown_site_is_a_fault() -> None:
    """Field names of payloads make up for a URL that tells nothing."""
    assert "a key without a value" in fault("""curl "$URL" -d '{"campaign_name": }'""").message


@pytest.mark.parametrize(
    "script",
    few(
        [
            "{C}",
            "sleep 1; {C}",
            "true && {C} || exit 1",
            "{C} | jq -r .data.campaign_id",
            "{C} > out.json 2>&1 &",
            "X=$({C} | jq .id)",
            'X="$({C})"',
            "X=`{C}`",
            'X="`{C}`"',
            'echo "id: $(echo "$({C})")"',
            "if {C}; then echo 'ok'; fi",
            "if ! X=$({C}); then exit 1; fi",
            "for i in 1 2; do {C}; done",
            "create() {{ {C}; }}",
            "(cd x && {C})",
            "time sudo -E {C}",
            "TOKEN=a LANG=C {C}",
            "case $1 in\n  a) {C} ;;\nesac",
            "while read -r x; do {C}; done <<EOF\nit's\nEOF",
            "x=$((1 << 2)); (( x << 1 )); {C}",
            "echo \"${{X:-'}}\" '${{' a#b $# ${{#x}}; {C}",
            "echo it\\'s; {C}",
            "# don't\n{C}",
            "diff <({C}) <(echo '')",
            "{C}  # don't",
            "cat <<A <<'B'\n$(it's\nA\n'\"`\nB\n{C}",
            "cat <<A\n$({C})\nA",
            "echo $'it\\'s'; {C}",
            'echo $"x"; {C}',
            "\ufeff{C}",
            "#!/bin/sh\r\nset -e\r\n{C}\r\n",
        ],
        11,
    ),
)
def test_a_command_is_found_anywhere_in_a_script(script: str) -> None:
    """In lists, pipes, substitutions, functions and loops, past quotes, comments and here-documents."""
    command = f"""curl -X POST {URL} -d '{{"a": 1}}'"""
    item = document(script.format(C=command))
    assert (item.value, at(item, "/a"), call(item).method, item.sequential) == ({"a": 1}, "1", "POST", True)


def test_what_a_body_leaves_to_the_shell_is_known(tmp_path: Path) -> None:
    """Quotes keep variables as they are; backticks alone are text where nothing is expanded."""
    (tmp_path / "a.json").write_text('{"a": "`b` $"}')
    (tmp_path / "b.json").write_text('{"a": "$b"}')
    (tmp_path / "run.sh").touch()
    for sent, expected in {
        '-d \'{"a": "`b` $5"}\'': ("none", False),
        '-d \'{"a": "$b"}\'': ("kept", True),
        '-d "{\\"a\\": \\"\\$(b)\\"}"': ("kept", True),
        '-d @- <<\'EOF\'\n{"a": "${b}"}\nEOF': ("kept", True),
        '-d @- <<EOF\n{"a": "${b}"}\nEOF': ("some", False),
        "-d '{\"a\": \"'`b`'\"}'": ("some", False),
        "-d @a.json": ("none", False),
        "-d @b.json": ("some", False),
    }.items():
        (item,) = read(f"curl {URL} {sent}\n", str(tmp_path / "run.sh"))
        assert isinstance(item, Document), item
        assert (call(item).expansion, call(item).keeps(item.value["a"])) == expected, sent


def test_a_comment_in_backticks_ends_with_them() -> None:
    """So a command of several lines is commented: the shell takes the text in backticks first, then its comment."""
    for before, behind in [
        ("\\\n `# it's (` \\\n", ""),
        ("", "\\\n `# new` \\\n"),
        ("", '-H "D: `date # \\`n` "'),
        ('-H "D: `# n`"', "`# a\n# b` `` $()"),
    ]:
        read = document(f"curl {before} -X POST {URL} {behind} -d '{{\"a\": 1}}'\necho `date # )\n`\n")
        expected = ({"a": 1}, "POST", (URL,), False)
        assert (read.value, call(read).method, call(read).urls, call(read).posts_nothing) == expected, (before, behind)
    assert fault(f"curl {URL} -d '{{}}' $(# `\n").message == "the $( that opens here is never closed"


def test_commands_come_in_the_order_of_the_file() -> None:
    """Also those within the substitutions of others; --next begins another request."""
    script = f"""
        curl {URL}1 -d "{{\\"a\\": \\"$(curl {URL}2)\\"}}"
        curl {URL}3 --next {URL}4 -: {URL}5
    """
    assert [item.call.url[-1] for item in read(script) if isinstance(item, Document) and item.call] == list("12345")


@pytest.mark.parametrize(
    ("arguments", "message", "rest"),
    few(
        [
            ("""-d '{"a": 1,}'""", "a trailing comma", ",}'"),
            ("""-d '{"a": $BUDGET}'""", "unquoted placeholder $BUDGET", "$BUDGET}'"),
            (r'''-d "{\"a\": \"b\" \"c\"}"''', "a second text behind a text", r'\"c\"}"'),
            ("""-d '{"a": "'"$X"'" 1}'""", "a comma is missing", "1}'"),
            ("""-d '{"a": 1'""", "the document ends too early", "'"),
            ("-d a=b", "a form of name=value", "a=b"),
            ("-d ' '", "the document is empty", " '"),
            ("-d @- <<EOF\n[\\$$X]\nEOF", "a text without quotes", "\\$$X]\nEOF"),
            ("""-d "{\\"a\\": $X $Y}\"""", "a second text behind a text", '$Y}"'),
            ("-d @- <<EOF\n{\n  x\n}\nEOF", "a text without quotes", "x\n}\nEOF"),
            ("-d '{}", "the ' that opens here is never closed", "'{}"),
            ('-d "{}', 'the " that opens here is never closed', '"{}'),
            ("-d $'{}", "the $' that opens here is never closed", "$'{}"),
            ("-d $(date", "the $( that opens here is never closed", "$(date"),
            ("-d `date", "the ` that opens here is never closed", "`date"),
            ('-d "{\\"a\\": ${X', 'the " that opens here is never closed', '"{\\"a\\": ${X'),
            ("-d @- <<EOF\n{}\n", "no line holds EOF alone to end this here-document", "<<EOF\n{}\n"),
            ("-d @- <<EOF", "no line holds EOF alone to end this here-document", "<<EOF"),
        ],
        6,
    ),
)
def test_a_broken_body_is_a_fault_at_the_exact_place(arguments: str, message: str, rest: str) -> None:
    """The place within the body leads into the script, and what follows it is what remains of the text."""
    error = fault(f"curl {URL} {arguments}")
    assert error.message.startswith(message)
    assert error.source.text[error.span.start :] == rest


@pytest.mark.parametrize(
    "broken",
    few(
        [
            "-d '{\"a\": 1,}'",
            "-d a=b",
            '-d \'{"a": 1}',
            '-d "{\\"a\\": 1}',
            "-H 'Access-Token: $T -d '{\"a\": 1}'",
            "-d @- <<EOF\n{}\n",
            '-d "$(date"',
        ],
        3,
    ),
)
def test_the_commands_around_a_broken_one_are_read(broken: str) -> None:
    """A fault costs one command, even where a quote runs on into the next."""
    good = f"""curl -X POST '{URL}' -H "Content-Type: application/json" -d '{{"b": 1}}'"""
    before, fault, *after = read(f"{good}\n\ncurl {URL} {broken}\n\n{good}\n{good}\n")
    assert isinstance(before, Document)
    assert isinstance(fault, SyntaxFault)
    assert [item.value for item in after if isinstance(item, Document)] == [None, {"b": 1}, {"b": 1}]
    assert len(after) == 3


def test_nesting_has_a_limit() -> None:
    """Too many substitutions in one another are a fault, and so are too many levels of JSON."""
    assert "nested more than" in fault(f"curl {URL} -d " + "$(" * 1000).message
    assert f"more than {MAX_DEPTH} levels" in fault(f"curl {URL} -d '{'[' * 300}{']' * 300}'").message


def test_a_body_beside_the_script_is_read(tmp_path: Path) -> None:
    """Its document has a source of its own, with the script's secrets, and its path is joined with slashes."""
    (tmp_path / "bodies").mkdir()
    (tmp_path / "bodies" / "a.json").write_text('{\n  "a": [1]\n}')
    (tmp_path / "run.sh").write_text("")
    (item,) = read(f"curl {URL} -H 'Access-Token: 0a1b' -d @./bodies/../bodies/a.json", f"{tmp_path}/run.sh")
    assert isinstance(item, Document)
    assert (item.source.path, item.value, item.sequential) == (f"{tmp_path}/bodies/a.json", {"a": [1]}, True)
    assert at(item, "/a") == "[1]"
    assert (call(item).url, call(item).method, item.source.secrets) == (URL, "POST", {"0a1b"})


@pytest.mark.parametrize(
    "script",
    few(
        [
            "curl {U} -d@a.json",
            "curl {U} --data=@a.json",
            "curl {U} -T a.json",
            "curl {U} -X POST --upload-file=a.json",
            "curl {U} --data-binary '@a.json'",
            "curl {U} -d @- < a.json",
            "cat a.json | curl {U} -d @-",
            'curl {U} -d "$(cat a.json)"',
            'curl {U} -d "$(< a.json)"',
            "curl https://example.com -d @a.json",
        ],
        4,
    ),
)
def test_a_file_is_read_in_any_way_of_naming_it(script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For a text from standard input names are relative to the working directory."""
    (tmp_path / "a.json").write_text("[7]")
    monkeypatch.chdir(tmp_path)
    (item,) = read(script.format(U=URL), "elsewhere/stdin.sh")
    assert isinstance(item, Document)
    assert (item.source.path, item.value) == ("a.json", [7])


def test_raw_data_names_no_file() -> None:
    """After --data-raw an @ is a letter."""
    error = fault(f"curl {URL} --data-raw @a.json")
    assert error.source.text[error.span.start :] == "@a.json"


def test_a_fault_in_a_file_points_into_it(tmp_path: Path) -> None:
    """The source is the body's file."""
    (tmp_path / "run.sh").write_text("")
    (tmp_path / "a.json").write_bytes(b'{"a": \xff}')
    item, request = read(f"curl {URL} -d @a.json", f"{tmp_path}/run.sh")
    assert isinstance(item, SyntaxFault)
    assert isinstance(request, Document)
    assert (item.source.path, item.span) == (f"{tmp_path}/a.json", Span(6, 7))


@pytest.mark.parametrize("name", few(["missing.json", ".", "fifo", "x" * 5000, "'a b'"], 2))
def test_a_file_that_cannot_be_read_is_a_fault_at_its_name(name: str, tmp_path: Path) -> None:
    """Missing files, directories and pipes alike; nothing is waited for."""
    (tmp_path / "run.sh").write_text("")
    os.mkfifo(tmp_path / "fifo")
    item, request = read(f"curl {URL} -d @{name} -s", f"{tmp_path}/run.sh")
    assert isinstance(item, SyntaxFault)
    assert isinstance(request, Document)
    assert (request.value, request.call is not None) == (None, True)
    assert item.message.startswith(f"the body's file {tmp_path}")
    assert item.source.text[item.span.start : item.span.end] == name.strip("'") or "'" in name
    assert ("it is no regular file" in item.message) is (name in (".", "fifo"))


def test_a_script_in_another_encoding_is_a_fault() -> None:
    """What is no UTF-8 is told as in any other file."""
    (item,) = read(f"curl {URL}\n".encode("utf-16"))
    assert isinstance(item, SyntaxFault)
    assert "UTF-16" in item.message


def test_positions_count_a_byte_order_mark_and_wide_characters() -> None:
    """Indexes count code points, offsets bytes."""
    (item,) = read(f'\ufeff# é\r\ncurl {URL} -d \'{{"é": "ü"}}\'\r\n')
    assert isinstance(item, Document)
    position = item.source.position(item.locate(["/é"])["/é"].value.start)
    assert (position.line, position.column) == (2, len(f'curl {URL} -d \'{{"é": ') + 1)
    assert position.offset == len(f'\ufeff# é\r\ncurl {URL} -d \'{{"é": '.encode())


def test_a_source_map_maps_every_index() -> None:
    """Verbatim letters one by one, anything else as a whole, the end included; an outer map comes on top."""
    outer = SourceMap([Segment("01234", 0, 5), Segment("56789", 15, 20)])
    inner = SourceMap([Segment("12", 1, 3), Segment("x", 3, 5, False), Segment("", 5, 5), Segment("567", 5, 8)], outer)
    assert inner.text == "12x567"
    assert [inner.origin(index) for index in range(7)] == [1, 2, 3, 15, 16, 17, 18]
    assert inner.span(0, 2) == Span(1, 3)
    assert inner.span(2, 3) == Span(3, 5)
    assert inner.span(2, 4) == Span(3, 16)
    assert inner.span(3, 3) == Span(15, 15)
    assert inner.whole == Span(1, 18)
    assert SourceMap([]).whole == Span(0, 0)


def escaped(text: str, letters: str) -> str:
    return re.sub(f"([{re.escape(letters)}])", r"\\\1", text)


def unescaped(text: str, letters: str) -> str:
    return re.sub(rf"\\([{re.escape(letters)}])", r"\1", text)


def in_pieces(text: str) -> str:
    return "".join("'" + text[at : at + 3].replace("'", "'\"'\"'") + "'" for at in range(0, len(text), 3))


DOUBLE, HEREDOC = '\\"$`', "\\$`"
QUOTINGS: dict[str, tuple[Callable[[str], str], Callable[[str], str]]] = {
    "single": (lambda text: f"curl {URL} -d {shlex.quote(text)}", lambda said: shlex.split(f"'{said}'")[0]),
    "pieces": (lambda text: f"curl {URL} -d {in_pieces(text)}", lambda said: shlex.split(f"'{said}'")[0]),
    "double": (lambda text: f'curl {URL} -d "{escaped(text, DOUBLE)}"', lambda said: unescaped(said, DOUBLE)),
    "expanding": (
        lambda text: f"curl {URL} -d @- <<EOF\n{escaped(text, HEREDOC)}\nEOF\n",
        lambda said: unescaped(said, HEREDOC),
    ),
    "heredoc": (lambda text: f"curl {URL} -d @- <<'EOF'\n{text}\nEOF\n", lambda said: said),
}
"""From a body to a command, and from what stands at a place in it to what it says."""


@given(BODIES, st.sampled_from(sorted(QUOTINGS)), st.booleans())
def test_what_is_quoted_reads_back(value: Any, quoting: str, ascii_only: bool) -> None:
    """A JSON value comes back equal from any quoting, and every pointer leads to text that says its value."""
    text = json.dumps(value, ensure_ascii=ascii_only, indent=1)
    script, unquoted = QUOTINGS[quoting]
    item = document(script(text))
    assert item.value == value
    steps = list(enumerate(value)) if isinstance(value, list) else list(value.items())
    pointers = {"": value} | {f"/{escape(str(step))}": entry for step, entry in steps}
    places = item.locate(pointers)
    assert {pointer: json.loads(unquoted(said(item, places[pointer].value) or "")) for pointer in pointers} == pointers


SCRAPS = st.sampled_from(
    [
        "curl ",
        f"curl -X POST {URL} ",
        URL,
        " -d ",
        "-H 'Access-Token: x'",
        "'",
        '"',
        "\\",
        "\n",
        "\r\n",
        "$(",
        ")",
        "`",
        "${",
        "}",
        "$X",
        "$((",
        "((",
        "<<EOF",
        "\nEOF\n",
        "<<-'A'\n",
        "| ",
        "&",
        ";",
        "{",
        "}",
        '"a":',
        "1",
        "@-",
        "@x",
        "cat ",
        "#",
        "$'",
        "\x00",
        "é",
    ]
)


@given(st.binary() | st.lists(SCRAPS, max_size=30).map(lambda scraps: "".join(scraps).encode()))
def test_any_bytes_are_read(data: bytes) -> None:
    """Nothing but documents and faults comes out, each with places within its text."""
    for item in read(data):
        if isinstance(item, Document):
            spans = [place.value for place in item.locate([""]).values()]
            spans += [call(item).url_span, call(item).method_span]
        else:
            spans = [item.span]
        for span in spans:
            assert 0 <= span.start <= span.end <= max(len(item.source.text), 1)


@pytest.mark.slow
@pytest.mark.parametrize("before", ["", "curl {U} ", "curl {U} -d '", 'curl {U} -d "', "curl {U} -d @- <<EOF\n"])
@pytest.mark.parametrize(
    "scrap",
    [
        "'",
        '"',
        "\\",
        "`",
        "$(",
        "${",
        "$((",
        "curl ",
        "<<a\n",
        "cat|",
        "$(echo ",
        "curl '\n",
        "curl {U} $(\n",
        'curl {U} "\n',
        "curl {U} -d @- <<EOF\n",
        '^"',
        "^\n",
        '^"^\\',
        "\\ \n-",
    ],
)
def test_hostile_scripts_are_read_in_no_time(before: str, scrap: str) -> None:
    """Quotes, backslashes and substitutions by the ten thousand take time in proportion to their number."""
    unit = scrap.format(U=URL) if "{U}" in scrap else scrap
    script = before.format(U=URL) + unit * (100_000 // len(unit))
    start = time.process_time()
    read(script)
    assert time.process_time() - start < 2


@pytest.mark.parametrize("named", [True, False])
def test_a_request_whose_body_cannot_be_read_is_one_all_the_same(
    named: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command
) -> None:
    """Its Access-Token is reported, and a walk tells of the file that is not there."""
    monkeypatch.chdir(tmp_path)
    Path("t").mkdir()
    url = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
    Path("t/b.sh").write_text(f"curl -X POST {url} -H 'Access-Token: canary0123456789abcdef' -d @nope.json\n")
    outcome = command("check", "t/b.sh" if named else "t", "--output-format", "json")
    assert [one["code"] for one in outcome.report["diagnostics"]] == ["SPL012", "SPL001"]
    assert "t/nope.json is not readable" in outcome.report["diagnostics"][1]["message"]


LINES = st.sampled_from(
    [
        *("x y\n", "# it's\n", "B='{\"a\": 1}'\n", "echo $B\n", "B\n", "f() {\n", "}\n", "eval x\n", "x |\n", "$(\n"),
        *(")\n", "cat <<EOF > b.json\n", "{}\n", "EOF\n", "`", "'", '"', "\\\n"),
        *(f"curl {URL} -d @b.json\n", f'curl {URL} -d "$B"\n'),
    ]
)


@given(st.lists(LINES, max_size=14).map("".join))
def test_a_large_script_is_read_as_a_small_one(script: str) -> None:
    """Lines that no request needs are passed over, and the commands are scanned again for the values of variables."""

    def told() -> list[Any]:
        items = read(f'B=\'{{"a": 1}}\'\n{script}\ncurl {URL} -d "$B"\n')
        return [
            (item.value, item.call and item.call._replace(source=None)) if isinstance(item, Document) else item[1:]
            for item in items
        ]

    small = told()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("splint.formats.shell.reader.LARGE", 0)
        assert told() == small


@pytest.mark.slow
@pytest.mark.parametrize("line", few([": x\n", ": 'x'\n", ": x;", "x |\n", "# x\n"], 2))
def test_trivial_commands_take_little_memory(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What no request needs is dropped as the script is read."""
    monkeypatch.setattr("splint.formats.shell.reader.LARGE", 0)
    script = line * (50_000 // len(line)) + f"\ncurl {URL} -d '{{}}'\n"
    tracemalloc.start()
    try:
        assert isinstance(read(script)[-1], Document)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20 * len(script)  # it was 200 to 300 times


DEFAULT = r"""-d "${1:-{\"a\":{\"b\":1}}}" """


def test_json_as_the_default_of_an_argument_is_sent_by_a_call_without_it() -> None:
    """The first brace that is closed ends the default; those behind it end the body, whatever is given."""
    function = f"send() {{ curl {URL} {DEFAULT}; }}\n"
    sent = document(f"{function}send")
    assert (sent.value, at(sent, "/a/b")) == ({"a": {"b": 1}}, "1")
    assert values(f"{function}send '{{}}'") == ["this } closes nothing: the document is complete", None]


@pytest.mark.parametrize(
    "script",
    [
        f"curl {URL} {DEFAULT.replace('1:', 'BODY:')}",
        f'BODY="${{BODY:-{{\\"a\\":1}}}}"\ncurl {URL} -d "$BODY"',
        f'curl {URL} -d "{{\\"a\\":${{X:-{{\\"b\\":1}}}}}}"',
        f'send() {{ curl {URL} {DEFAULT}; }}\nsend "$X"',
    ],
)
def test_json_as_the_default_of_a_variable_is_not_known(script: str) -> None:
    stand_in = call(document(script)).stand_in
    assert stand_in is not None
    assert stand_in.kind == "unknown"


@pytest.mark.parametrize(
    "line",
    [
        "(( $({C} | jq .code) == 0 )) || exit 1",
        "n=$(( $({C} | jq .code) + 1 ))",
        "if (( $({C}) > (1 + 2) )); then exit; fi",
        'while (( `{C}` )); do sleep "$(( $(nproc) ))"; done',
        'echo "$(( $({C}) ))"',
        "x=$(( $(date +%s) << 2 ))\n{C}",
        "(( 1 << 2 )) && {C}",
        "for ((i=$(nproc); i>0; i--)); do\n{C}\ndone",
    ],
)
def test_arithmetic_hides_no_command(line: str) -> None:
    assert values(line.replace("{C}", f"curl {URL} -d '[1]'")) == [[1]]


@pytest.mark.parametrize(
    ("image", "is_curl"),
    few(
        [
            ("docker run --rm curlimages/curl:8.5.0", True),
            ("docker run curlimages/curl@sha256:0f", True),
            ("podman run --rm docker.io/curlimages/curl:latest", True),
            ("docker run localhost:5000/curl:1", True),
            ("kubectl run c --image=quay.io/curl/curl:8 --", True),
            ("docker run ghcr.io/x/curl-jq:1", False),
            ("rsync -a x/curl:8", False),
        ],
        4,
    ),
)
def test_an_image_of_curl_is_curl_whatever_its_tag(image: str, is_curl: bool) -> None:
    assert values(f"{image} -X POST {URL} -d '[1]'") == [[1]] * is_curl
    said = [call(item).stand_in for item in read(f"{image} {URL} -d @f.json") if isinstance(item, Document)]
    assert [stand_in and stand_in.kind for stand_in in said] == ["elsewhere"] * is_curl
