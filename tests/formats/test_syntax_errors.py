"""What cannot be read gets its cause told: what is wrong, what to write instead, and the very characters marked."""

import io
from collections.abc import Callable, Iterable
from typing import BinaryIO

import pytest

from splint.formats import Document, SyntaxFault
from splint.formats.document import LOOK
from splint.formats.json.reader import read_json
from splint.formats.yaml.reader import read_yaml

Read = Callable[[str, BinaryIO], Iterable[Document | SyntaxFault]]
CONFLICT = '{"a": 1,\n<<<<<<< HEAD\n"b": 1\n=======\n"b": 2\n>>>>>>> spring\n}'
JSON: dict[str, tuple[str, str, str, str]] = {
    "a comment": ('{"a": 1, // x \n"b": 2}', "a comment, which only files named .jsonc", ".jsonc", "// x"),
    "a comment with #": ('# x\n{"a": 1}', "a comment with #", "as // in a file named .jsonc", "# x"),
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
    "a hole": ('{"a": {{x}}}', "unquoted template hole {{x}}", 'quote it ("{{x}}")', "{{x}}"),
    "a hole of a shell": ('{"a": ${x}}', "unquoted template hole ${x}", 'quote it ("${x}")', "${x}"),
    "a hole as a key": ('{{{x}}: 1}', "unquoted template hole", "after it is filled in", "{{x}}"),
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
    "a number of another base": ('{"a": 0x1F}', "a number that is not written as JSON", "digits alone", "0x1F"),
    "zeros before many digits": ("[" + "0" * 5000 + "7]", "not written as JSON", "digits alone", "0" * 5000 + "7"),
    "parted digits": ('{"a": 1_000}', "digits are not parted by _", "write 1000", "1_000"),
    "a sign alone": ('{"a": -}', "a sign without a number", "write the number", "-"),
    "two documents": ('{"a": 1}\n{"b": 2}', "a second value", ".ndjson", "{"),
    "two documents, the first a number": ("1 {}", "a second value", ".ndjson", "{"),
    "YAML": ("a: 1\n", "this is YAML", ".yaml", "a"),
    "a list of YAML": ("- a\n", "this is YAML", ".yaml", "-"),
    "a page": ("<!DOCTYPE html>", "this is HTML", "not the page", "<"),
    "a command": ("curl -X POST", "a curl command", ".sh", "curl"),
}  # fmt: skip
YAML: dict[str, tuple[str, str, str, str]] = {
    "a tab": ("a:\n\tb: 1", "a tab cannot indent YAML", "indent with spaces", "\t"),
    "a merge": ("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n", "an unresolved merge: <", "which side", "<<<<<<< HEAD"),
    "a hole": ("a: {{ x }}\n", "unquoted template hole {{ x }}", 'quote it ("{{ x }}")', "{{ x }}"),
    "a part of Jinja": ("{% if x %}\na: 1\n{% endif %}\n", "{% %} of a template", "filled in", "{% if x %}"),
    "an open quote": ('a: "x\nb: 1\n', "the quote is never closed (while", "close the quote", ""),
    "an open list": ("a: [1,\n", "a bracket is never closed", "close a bracket", ""),
    "an open mapping": ("a: {b: 1,\n", "a bracket is never closed", "close a bracket", ""),
    "a quote within a text": ("a: 'it's'\n", "the text ends at the quote", "write '' for a quote", "s"),
    "a list's mark": ("- a\n-b\n", "'-' without a blank", "write a blank", "-"),
    "a no-break space": ("a:\u00a01\nb: 2\n", "U+00A0 (no-break space)", "a plain space", "\u00a0"),
    "a colon in a text": ("a: b: c", "no key can stand before this ':'", "in quotes", ":"),
    "a sign of its own": ("a: @b", "@ cannot begin a value", "in quotes", "@"),
    "an alias": ("a: *b", "undefined alias *b", "&b", "*b"),
    "an escape": (r'a: "\q"', "an escape that YAML does not know", r"write \\", "\\"),
}  # fmt: skip


def fault_of(text: str, read: Read) -> SyntaxFault:
    """The one fault of a text."""
    (fault,) = [one for one in read("x", io.BytesIO(text.encode())) if isinstance(one, SyntaxFault)]
    return fault


@pytest.mark.parametrize(
    ("read", "text", "message", "help", "marked"),
    [
        pytest.param(read, *row, id=f"{kind}: {name}")
        for kind, read, table in (("json", read_json, JSON), ("yaml", read_yaml, YAML))
        for name, row in table.items()
    ],
)
def test_a_fault_names_its_cause_and_the_way_out(read: Read, text: str, message: str, help: str, marked: str) -> None:
    fault = fault_of(text, read)
    assert message in fault.message
    assert help in fault.help
    assert fault.source.text[slice(*fault.span)] == marked


def test_a_fault_of_unknown_cause_gets_a_help_too() -> None:
    """Libyaml's own words stand where none of ours fit."""
    assert fault_of("%YAML 9.1\n---\na: 1", read_yaml).help == LOOK
