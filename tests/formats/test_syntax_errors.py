"""What cannot be read gets its cause told: what is wrong, what to write instead, and the very characters marked."""

import io
import time
from collections.abc import Callable, Iterable
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from splint.formats import Document
from splint.formats.document import MAX_DEPTH
from splint.formats.fault import LOOK, SyntaxFault, unescaped
from splint.formats.json.errors import diagnose
from splint.formats.json.reader import parse, read_json, read_ndjson
from splint.formats.shell.reader import read_shell
from splint.formats.yaml.reader import read_yaml

Read = Callable[[str, BinaryIO], Iterable[Document | SyntaxFault]]
CONFLICT = '{"a": 1,\n<<<<<<< HEAD\n"b": 1\n=======\n"b": 2\n>>>>>>> spring\n}'
JSON: dict[str, tuple[str, str, str, str]] = {
    "a comment": ('{"a": 1, // x \n"b": 2}', "a comment, which JSON does not have", "named .jsonc", "// x"),
    "a comment with #": ('# x\n{"a": 1}', "a comment with #", "as // or /* */ in a file named .jsonc", "# x"),
    "single quotes": ("{\"a\": 'x'}", "single quotes", 'write " for', "'"),
    "True": ('{"a": True}', "True is no word of JSON", "write true", "True"),
    "FALSE": ('{"a": FALSE}', "FALSE is no word of JSON", "write false", "FALSE"),
    "None": ('{"a": None}', "None is no word of JSON", "write null", "None"),
    "undefined": ('{"a": undefined}', "undefined is no word", "leave the field out", "undefined"),
    "NaN": ('{"a": NaN}', "NaN is no JSON number", "leave the field out", "NaN"),
    "a cut word": ('{"a": tru}', "tru is no word of JSON", "write true", "tru"),
    "smart quotes": ('{"a": “x”}', "“ is a typographic quote", 'write "', "“"),
    "a smart quote at the end": ('{"a": "x”, "b": "c"}', "” is a typographic quote", 'write "', "”"),
    "a smart quote at the end of a line": ('{"a": "x”,\n"b": "c"}', "” is a typographic quote", 'write "', "”"),
    "a merge": (CONFLICT, "an unresolved merge: <<<<<<< HEAD", "which side is right", "<<<<<<< HEAD"),
    "a merge's middle": ('{"a": 1\n=======\n}', "an unresolved merge: =======", "which side is right", "======="),
    "a trailing comma": ('{"a": 1,\n}', "a trailing comma", "remove it", ","),
    "a trailing comma in a list": ("[1, 2,]", "a trailing comma", "remove it", ","),
    "two commas": ("[1,, 2]", "a comma without a value before it", "remove it", ","),
    "a byte order mark": ('{"a": 1}\n\ufeff{"b": 2}', "a byte order mark (U+FEFF)", "remove the character", "\ufeff"),
    "a no-break space": ('{"a":\u00a01}', "U+00A0 (no-break space)", "a plain space", "\u00a0"),
    "a zero-width space": ('{"a":\u200b1}', "U+200B (zero width space)", "remove it", "\u200b"),
    "a placeholder": ('{"a": {{x}}}', "unquoted placeholder {{x}}", 'quote it ("{{x}}")', "{{x}}"),
    "a placeholder of a shell": ('{"a": ${x}}', "unquoted placeholder ${x}", 'quote it ("${x}")', "${x}"),
    "a placeholder as a key": ('{{{x}}: 1}', "unquoted placeholder", "after it is filled in", "{{x}}"),
    "a part of ERB": ('{"a": <%= x %>}', "<% %> of a template", "after it is filled in", "<%= x %>"),
    "a part of Jinja": ('{{% if x %}"a": 1{% endif %}}', "{% %} of a template", "filled in", "{% if x %}"),
    "an open bracket": ('{"ads": [1', 'the [ of "ads" is never closed', "add ]}", ""),
    "an open bracket of no key": ("[1", "a [ is never closed", "add ]", ""),
    "an open quote": ('{"a": "x', 'the " of "a" is never closed', 'add "}', ""),
    "an open quote on a line": ('{"a": "x,\n"b": 1}', "is not closed on its line", 'the closing "', '"x,'),
    "another bracket": ('{"a": [1}', '} stands where the [ of "a" is still open', "write ] before it", "}"),
    "a bracket too many": ('{"a": [1]}]', "this ] closes nothing", "remove it", "]"),
    "a missing comma": ('{"a": 1\n"b": 2}', "a comma is missing", "write a comma", '"'),
    "a missing colon": ('{"a" 1}', "expected ':'", "write a colon", "1"),
    "a missing value": ('{"a": }', "a key without a value", "or null", "}"),
    "a quote within a text": ('{"a": "say "hi" now"}', "the text ends at the quote", r"as \"", "hi"),
    "a key without quotes": ("{a: 1}", "a key without quotes", "in double quotes", "a"),
    "a text without quotes": ('{"a": WEB}', "a text without quotes", "in double quotes", "WEB"),
    "an escape": (r'{"a": "C:\x"}', r"\x is no escape of JSON", r"write \\ for a backslash", r"\x"),
    "a tab in a text": ('{"a": "\t"}', "a control character in a text: tab", r"write \t", "\t"),
    "a leading zero": ('{"a": 007}', "the number 007: it begins with a zero", 'write 7, or "007"', "007"),
    "a plus": ('{"a": +5}', "has no plus", "write 5", "+5"),
    "no digit before the point": ('{"a": -.5}', "no digit stands before its point", "write -0.5", "-.5"),
    "no digit behind the point": ('{"a": 5.}', "no digit follows its point", "write 5", "5."),
    "a hexadecimal number": ('{"a": 0x1F}', "the number 0x1F is not decimal", "write 31", "0x1F"),
    "an octal number": ('{"a": 0o17}', "is not decimal", "write 15", "0o17"),
    "a binary number": ('{"a": 0b11}', "is not decimal", "write 3", "0b11"),
    "a long hexadecimal number": ('{"a": 0x' + "f" * 40 + "}", "a number that is not", "digits", "0x" + "f" * 40),
    "a currency": ('{"budget": 500USD}', "a number with a unit or letters behind it", "alone: 500", "500USD"),
    "a currency behind a blank": ('{"budget": 500 USD, "a": 1}', "a unit", "alone: 500", "500 USD"),
    "a percentage": ('{"a": [50%]}', "a unit", "alone: 50", "50%"),
    "a currency sign": ('{"budget": $50}', "a currency sign before a number", "alone: 50", "$50"),
    "a currency sign of another script": ('{"budget": \u20ac50.5}', "a currency sign", "alone: 50.5", "\u20ac50.5"),
    "a unit at a long number": ('{"a": 12345678901234USD}', "a unit", "write the number alone", "12345678901234USD"),
    "thousands": ('{"budget": 1,000, "a": 1}', "a comma within a number", "write 1000", "1,000"),
    "decimals": ('{"budget": 12,5}', "a comma within a number", "write 12.5", "12,5"),
    "thousands with blanks": ('{"budget": 1 000}', "a blank within a number", "write 1000", "1 000"),
    "a date": ('{"a": 2027-03-01}', "a date or time without quotes", 'write "2027-03-01"', "2027-03-01"),
    "a moment": ('{"a": 2027-03-01 10:00:00}', "a date or time", 'write "2027', "2027-03-01 10:00:00"),
    "a moment of ISO 8601": ('{"a": [2027-03-01T10:00Z]}', "a date or time", 'write "2027', "2027-03-01T10:00Z"),
    "a time": ('{"a": 10:00}', "a date or time", 'write "10:00"', "10:00"),
    "a BigInt": ('{"a": 100n}', "n behind it, as JavaScript", 'write 100, or "100"', "100n"),
    "a version": ('{"a": 1.2.3}', "several points", "or write one point", "1.2.3"),
    "a product": ('{"a": 24*60}', "a calculation or a range", "that results", "24*"),
    "a range": ('{"a": 18-24}', "a calculation or a range", "in double quotes", "18-"),
    "a comma behind an exponent": ('{"a": 5e2,}', "a trailing comma", "remove it", ","),
    "an exponent in a list": ('{"a": [5E2}', "} stands where", "write ] before it", "}"),
    "a text that begins with digits": ('{"a": 3xv9q81kk2}', "which begins with a digit", "double quotes", "3xv9q81kk2"),
    "a sum of texts": ('{"a": "x" + "y"}', "+ behind a text: JSON has values", "one pair of quotes", "+"),
    "two texts": ('{"a": "x" "y"}', "a second text behind a text", "join them", '"y"'),
    "two texts in a list": ('["x" "y"]', "a comma is missing", "write a comma", '"'),
    "members in a list": ('{"ads": ["ad_name": "x"]}', 'a key in a list: the [ of "ads"', "write { for the [", "["),
    "members in a list at the root": ('["campaign_name": "x"]', "a key in a list: a [", "write { for the [", "["),
    "entries in an object": ('{"location_ids": {"1", "2"}}', "an entry without a key", "write [ ] for a list", "{"),
    "one entry in an object": ('{"a"}', "an entry without a key", "write [ ] for a list", "{"),
    "a key alone": ('{"a": 1, "b"}', "a key without a value", "a colon and its value", "}"),
    "members without an object": ('"a": 1', "members without an object", "write { before", ":"),
    "values without a list": ('{"a": 1},\n{"a": 2}', "values without a list", "write [ before", ","),
    "a number as a key": ("{1: 2}", "a key without quotes", "in double quotes", "1"),
    "a key with =": ("{a = 1}", "a key without quotes", "in double quotes", "a"),
    "an equals sign": ('{"a" = 1}', "= between key and value", "a colon for it", "="),
    "an arrow": ('{"a" => 1}', "=> between key and value", "a colon for it", "=>"),
    "two colons": ('{"a":: 1}', ": behind the colon", "remove it", ":"),
    "a semicolon": ('{"a": 1; "b": 2}', "; between values", "a comma for it", ";"),
    "a semicolon at the end": ('{"a": 1};', "text follows the document", "remove it", ";"),
    "an answer's last words": ('{"a": 1}\nHope that helps!', "text follows the document", "remove it", "H"),
    "an answer's first words": ('Here it is:\n{"a": 1}', "a text before the JSON value", "before the first {", "Here"),
    "a fence": ('```json\n{"a": 1}\n```', "a fence of Markdown", "remove the lines with ```", "```"),
    "backticks": ('{"a": `x`}', "a text in backticks", 'write " for `', "`"),
    "a URL without quotes": ('{"a": https://x.example}', "a text without quotes", "in double quotes", "https"),
    "a quote at the end alone": ('{"a": x", "b": 1}', "a text without its opening quote", 'write "', "x"),
    "a tuple": ('{"a": (1, 2)}', "( begins no value", "write a list in [ ]", "("),
    "a set": ('{"a": set()}', "a call: JSON has values", "the value that it gives", "set"),
    "a new date": ('{"a": new Date()}', "a call: JSON has values", "the value that it gives", "new"),
    "a text of Python": ('{"a": f"x"}', "a letter before a text", "remove it", "f"),
    "an assignment": ('const x = {"a": 1};', "a program's code around JSON", "stands in { }", "const"),
    "an assignment of Python": ('x = {"a": 1}', "a program's code around JSON", "stands in { }", "x"),
    "a form": ("a=1&b=2", "a form of name=value", 'write {"name"', "a"),
    "a table": ("campaign_name,budget\nx,1", "a table (CSV)", "for each row", "campaign_name"),
    "an ellipsis": ('{"a": 1, ...}', "... stands for something", "what belongs here", "..."),
    "a placeholder of Python": ('{"a": %s}', "unquoted placeholder %s", 'quote it ("%s")', "%s"),
    "quotes of a table": ('{""a"": 1}', "a quote that stands more than once", 'write one "', '""'),
    "escaped quotes": (r'{\"a\": 1}', "outside of a text", 'write " for each', r'\"'),
    "a mark of a comment in a value": ('{"a": #fff}', "# begins no value", "in double quotes", "#"),
    "a comment of SQL": ('{"a": 1 -- x\n}', "a comment with --", "named .jsonc", "-- x"),
    "a comment of HTML": ('{"a": 1 <!-- x -->\n}', "a comment with <!--", "named .jsonc", "<!-- x -->"),
    "a NUL": ('{"a": 1\x00}', "the control character U+0000 between", "remove it", "\x00"),
    "a bell in a text": ('{"a": "\x07"}', "a control character in a text: U+0007", r"write \u0007", "\x07"),
    "a hexadecimal escape": (r'{"a": "\x41"}', r"\x is no escape", r"write \u0041", r"\x41"),
    "a short escape": (r'{"a": "\u12"}', r"\u without four digits", "four digits", r"\u"),
    "an escaped apostrophe": (r'{"a": "it\'s"}', "is no escape", "write ' alone", r"\'"),
    "a bracket that closes nothing": ("}", "no bracket is open", "remove it", "}"),
    "a text that is cut off as a key": ('{"a": 1, "bud', 'a " is never closed', 'add "}', ""),
    "nothing": ("", "the document is empty", "write a payload", ""),
    "zeros before many digits": ("[" + "0" * 5000 + "7]", "not written as JSON", "digits alone", "0" * 5000 + "7"),
    "parted digits": ('{"a": 1_000}', "digits are not parted by _", "write 1000", "1_000"),
    "a sign alone": ('{"a": -}', "a sign without a number", "write the number", "-"),
    "two documents": ('{"a": 1}\n{"b": 2}', "a second value", ".ndjson", "{"),
    "two documents, the first a number": ("1 {}", "a second value", ".ndjson", "{"),
    "YAML": ("a: 1\n", "this is YAML", ".yaml", "a"),
    "a list of YAML": ("- a\n", "this is YAML", ".yaml", "-"),
    "a page": ("<!DOCTYPE html>", "this is HTML", "not the page", "<"),
    "an answer of a store": ("<Error><Code>AccessDenied</Code></Error>", "this is HTML or XML", "not the page", "<"),
    "a command": ("curl -X POST", "a curl command", ".sh", "curl"),
}  # fmt: skip
YAML: dict[str, tuple[str, str, str, str]] = {
    "a tab": ("a:\n\tb: 1", "a tab cannot indent YAML", "indent with spaces", "\t"),
    "a merge": ("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n", "an unresolved merge: <", "which side", "<<<<<<< HEAD"),
    "a placeholder": ("a: {{ x }}\n", "unquoted placeholder {{ x }}", 'quote it ("{{ x }}")', "{{ x }}"),
    "a part of Jinja": ("{% if x %}\na: 1\n{% endif %}\n", "{% %} of a template", "filled in", "{% if x %}"),
    "an open quote": ('a: "x\nb: 1\n', "the quote is never closed (while", "close the quote", ""),
    "an open list": ("a: [1,\n", "a bracket is never closed", "close a bracket", ""),
    "an open mapping": ("a: {b: 1,\n", "a bracket is never closed", "close a bracket", ""),
    "a quote within a text": ("a: 'it's'\n", "the text ends at the quote", "write '' for a quote", "s"),
    "a list's mark": ("- a\n-b\n", "'-' without a blank", "write a blank", "-"),
    "a no-break space": ("a:\u00a01\nb: 2\n", "U+00A0 (no-break space)", "a plain space", "\u00a0"),
    "a colon in a text": ("a: b: c", "a ': ' within a text without quotes", "the whole text in quotes", ":"),
    "a key without a blank": ("budget: 5\nname:x\n", "no blank behind this ':'", "write a blank", ":"),
    "a key without a blank above another": ("name:x\nbudget: 5\n", "no blank behind this ':'", "write a blank", ":"),
    "an equals sign": ("a = 1\nb: 2\n", "a key is followed by ':'", "write ': '", "="),
    "a comment of another language": ("// x\na: 1\n", "a comment of another language", "write #", "// x"),
    "a key that is too deep": ("a: 1\n b: 2\n", "indented deeper", "as the one before", "b"),
    "a key between two levels": ("a:\n    b: 1\n  c: 2\n", "indented as no key above", "stands beside", "c"),
    "a key between two levels of a list": ("a:\n  - b: 1\n   c: 2\n", "indented as no key above", "stands beside", "c"),
    "an entry among keys": ("a: 1\n- b\n", "a list's '-' among keys", "the list's key above", "-"),
    "a key among entries": ("a:\n  - 1\n  b: 2\n", "a key among the entries", "the key of the list", "b"),
    "text behind a list": ("a: [SALE] Spring\n", "ends at the ] before this", "begins with [ in quotes", "S"),
    "a bracket too many": ("a: [1]]\n", "this ] closes nothing", "remove it", "]"),
    "two commas": ("{a: 1,, b: 2}\n", "a value is missing here", "remove the comma", ","),
    "a sum of texts": ('a: "x" + "y"\n', "+ behind a text: YAML has values", "one pair of quotes", "+"),
    "a star alone": ("a: *** sale\n", "without a name", "begins with * or & in quotes", "*"),
    "a dash alone": ("a: -\n  b: 2\n", "no list can begin here", "on the next line", "-"),
    "a fence": ("# T\n\n```json\n{}\n```\n", "a fence of Markdown", "remove the lines with ```", "```"),
    "a page": ('<!DOCTYPE html>\n<body style="a: b">x</body>', "this is HTML", "not the page", "<"),
    "a byte order mark": ("a: 1\n\ufeffb: 2\n", "a byte order mark (U+FEFF)", "remove the character", "\ufeff"),
    "a percent sign": ("a: %s\n", "% cannot begin a value", "in quotes", "%"),
    "a backtick": ("a: `x`\n", "` cannot begin a value", "in quotes", "`"),
    "a sign of its own": ("a: @b", "@ cannot begin a value", "in quotes", "@"),
    "an alias": ("a: *b", "undefined alias *b", "&b", "*b"),
    "an escape": (r'a: "\q"', "an escape that YAML does not know", r"write \\", "\\"),
}  # fmt: skip
OVER_LINES = ("a value over several lines", "name a file of one value .json")
NDJSON: dict[str, tuple[str, str, str, str]] = {
    "a value over lines": ('{\n  "a": 1\n}\n', *OVER_LINES, "{"),
    "two values over lines": ('{\n  "a": 1\n}\n{\n  "a": 2\n}\n', *OVER_LINES, "{"),
    "a list over lines": ('[{"a": 1},\n{"a": 2}]\n', *OVER_LINES, "["),
    "a value over lines behind others": ('{"a": 1}\n{\n  "a": 1\n}\n{"a": 2}\n', *OVER_LINES, "{"),
    "a comma": ('{"a": 1},\n{"a": 2}\n', ", behind the value: each line", "remove it", ","),
    "two values": ('{"a": 1} {"a": 2}\n', "a second value on this line", "a line of its own", "{"),
    "lines that end with CR": ('{"a": 1}\r{"a": 2}\r', "the line above ends with CR alone", "with LF or CRLF", "{"),
    "a line that is cut off": ('{"a": 1}\n{"a": 2,\n{"a": 3}\n', "a { is never closed", "add }", ""),
    "a first line that is cut off": ('{"a": 2,\n{"a": 3}\n', "a { is never closed", "add }", ""),
}
CURL = "curl https://business-api.tiktok.com/open_api/v1.3/campaign/create/ "
SHELL: dict[str, tuple[str, str, str, str]] = {
    "an open quote": (CURL + "-d '{\"a\": 1}\n", "the ' that opens here is never closed", "close it", "'"),
    "an apostrophe": (CURL + """-d '{"a": "it's on, isn't it"}'""", "this apostrophe ends the body", r"'\''", "'"),
    "an apostrophe alone": (CURL + """-d '{"a": "it's on", "b": 5}'""", "this apostrophe ends", r"\u0027", "'"),
    "no value": (CURL + "-d\n", "an option for the body without a value", "the body behind it", "-d"),
    "no value behind a long option": (CURL + "--data", "without a value", "the body behind it", "--data"),
    "an option for a value": (CURL + "-d -H 'a: b'\n", "this option stands where the body", "before it", "-H"),
    "double quotes": (CURL + '-d "{"a": "b"}"\n', "takes away the double quotes", "single quotes", '"{"a": "b"}"'),
    "no quotes": (CURL + '-d {"a":"b"}\n', "the shell takes away the double", "in single quotes", '{"a":"b"}'),
    "single quotes": (CURL + "-d \"{'a': 1}\"\n", "single quotes", "write \" for", "'"),
    "a variable": (CURL + "-d '{\"a\": $NAME}'\n", "unquoted placeholder $NAME", "quote it", "$NAME"),
    "a trailing comma": (CURL + "-d '{\"a\": 1,}'\n", "a trailing comma", "remove it", ","),
}  # fmt: skip


def read_script(path: str, stream: BinaryIO) -> Iterable[Document | SyntaxFault]:
    return read_shell(path, stream, parse)


def fault_of(text: str, read: Read) -> SyntaxFault:
    """The one fault of a text."""
    (fault,) = [one for one in read("x", io.BytesIO(text.encode())) if isinstance(one, SyntaxFault)]
    return fault


@pytest.mark.parametrize(
    ("read", "text", "message", "help", "marked"),
    [
        pytest.param(read, *row, id=f"{kind}: {name}")
        for kind, read, table in (
            ("json", read_json, JSON),
            ("yaml", read_yaml, YAML),
            ("ndjson", read_ndjson, NDJSON),
            ("shell", read_script, SHELL),
        )
        for name, row in table.items()
    ],
)
def test_a_fault_names_its_cause_and_has_help(read: Read, text: str, message: str, help: str, marked: str) -> None:
    fault = fault_of(text, read)
    assert message in fault.message
    assert help in fault.help
    assert fault.source.text[slice(*fault.span)] == marked


def test_a_fault_of_unknown_cause_gets_a_help_too() -> None:
    """Libyaml's own words stand where none of ours fit."""
    assert fault_of("%YAML 9.1\n---\na: 1", read_yaml).help == LOOK


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_of_another_encoding_is_told_so(encoding: str) -> None:
    (fault,) = read_json("x", io.BytesIO('{"a": 1}'.encode(encoding)))
    assert isinstance(fault, SyntaxFault)
    assert ("UTF-" in fault.message, fault.help) == (True, "encode it as UTF-8")


def test_what_stands_behind_a_number_is_not_repeated() -> None:
    """It may be a credential."""
    for text in ('{"a": 12canary}', '{"a": 12canarycanary3}', '{"a": 12 canary}', '{"a": 1-canary}'):
        fault = fault_of(text, read_json)
        assert "canary" not in fault.message + fault.help


@pytest.mark.parametrize("beyond", [2, 20_000])
def test_lines_behind_a_broken_first_one_are_read(beyond: int) -> None:
    """More of them than are read ahead, too."""
    lines = b'{"a": \n' + b'{"a": 1}\n' * beyond
    first, *others = read_ndjson("x", io.BytesIO(lines))
    assert isinstance(first, SyntaxFault)
    assert len(others) == beyond
    assert isinstance(others[-1], Document)
    assert others[-1].source.line == beyond + 1


@given(st.text('[]{}"a', max_size=12))
def test_how_deep_a_text_nests_depends_on_no_escape(text: str) -> None:
    """Without one it is told by quotes alone, else token by token."""
    nested = "[" * (MAX_DEPTH - 2) + text + '"' * (text.count('"') % 2)
    plain, escaped = (diagnose(f"{nested}{end}") for end in ("", r' "\\"'))
    assert ("levels of nesting" in plain.message) is ("levels of nesting" in escaped.message)
    if "levels of nesting" in plain.message:
        assert plain.start == escaped.start


def test_runs_of_backslashes_are_searched_for_escapes_in_linear_time() -> None:
    """Eight times the text takes about eight times as long, not 64 times."""

    def seconds(size: int) -> float:
        times = []
        for _ in range(3):
            began = time.process_time()
            assert unescaped("\\" * size + r"n \\u0061 \x62") == "\\" * size + "n a b"
            times.append(time.process_time() - began)
        return min(times)

    assert seconds(32_000) < 32 * max(seconds(4_000), 0.0005)
