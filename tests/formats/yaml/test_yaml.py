"""YAML: values, streams, faults and places."""

import json
import time
from collections.abc import Iterator
from io import BytesIO
from math import inf, isnan
from typing import Any

import pytest
import yaml as pyyaml
from hypothesis import assume, given
from hypothesis import strategies as st

from splint.formats.document import MAX_DEPTH, Document
from splint.formats.fault import SyntaxFault
from splint.formats.pointer import escape
from splint.formats.source import Source
from splint.formats.spans import Span
from splint.formats.yaml import parser, positions
from splint.formats.yaml.reader import parse_yaml, read_yaml
from tests.grids import few

Item = Document | SyntaxFault
HALF_ESCAPE = "\\ud83d"


def read(text: str | bytes) -> list[Item]:
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return list(read_yaml("a.yaml", BytesIO(data)))


def document(text: str | bytes) -> Document:
    (item,) = read(text)
    assert isinstance(item, Document), item
    return item


def fault(text: str | bytes) -> SyntaxFault:
    (item,) = read(text)
    assert isinstance(item, SyntaxFault), item
    return item


def pointers(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    yield pointer, value
    if isinstance(value, dict):
        for key, child in value.items():
            yield from pointers(child, f"{pointer}/{escape(key)}")
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from pointers(child, f"{pointer}/{index}")


def same_value(one: Any, other: Any) -> bool:
    """Equal, with 1, 1.0 and true told apart."""
    return repr(one) == repr(other)


SCALARS: list[tuple[str, Any]] = [
    ("", None),
    ("~", None),
    ("null", None),
    ("Null", None),
    ("NULL", None),
    ("nUll", "nUll"),
    ("true", True),
    ("True", True),
    ("TRUE", True),
    ("false", False),
    ("False", False),
    ("FALSE", False),
    *((word, word) for word in ("NO", "no", "yes", "on", "Off", "y", "n", "tRUE")),
    ("0", 0),
    ("-12", -12),
    ("+12", 12),
    ("0012", 12),
    ("0o17", 15),
    ("0x1F", 31),
    ("-0x1F", "-0x1F"),
    ("0b11", "0b11"),
    ("0o8", "0o8"),
    ("1.5", 1.5),
    ("-.5", -0.5),
    ("1.", 1.0),
    ("1e3", 1000.0),
    ("1E-2", 0.01),
    (".inf", inf),
    ("+.INF", inf),
    ("-.Inf", -inf),
    (".", "."),
    ("-", None),
    ("+", "+"),
    ("1e", "1e"),
    *((text, text) for text in ("12:30", "12:30:45", "2026-04-01", "2026-04-01 10:00:00", "1_000", "1,000", "1.2.3")),
    ("٣", "٣"),
    ("7212345678901234567", 7212345678901234567),
    ("123456789012345678901234567890", 123456789012345678901234567890),
    ("0" * 5000 + "7", 7),
    ("9" * 300, 10**300 - 1),
    ('"7212345678901234567890"', "7212345678901234567890"),
    ("'true'", "true"),
    ('""', ""),
    ('"\\u00e9\\U0001F600\\x00\\t"', "é😀\0\t"),
    ("|\n  12\n  x\n", "12\nx\n"),
    (">-\n  12\n  13\n", "12 13"),
    ("${BUDGET}", "${BUDGET}"),
    ("<id>", "<id>"),
    ("!!str 12", "12"),
    ("!!str", ""),
    ("! 12", "12"),
    ('!!int "12"', 12),
    ("!!float 12", 12.0),
    ("!!float .inf", inf),
    ('!!bool "true"', True),
    ("!!null ''", None),
    ("!!map {a: 1}", {"a": 1}),
    ("!!seq [1]", [1]),
    ("!Ref 12", "${!Ref 12}"),
    ("!Ref '12'", "${!Ref 12}"),
    ("!Ref", "${!Ref}"),
    ("!vault |\n  $ANSIBLE_VAULT;1.1\n  6162\n", "${!vault}"),
    (f"!x {'y' * 61}", "${!x}"),
    ("!x a}b", "${!x}"),
    ("!int 12", 12),
    ("!str '12'", "12"),
    ("!Sub 'a-${b}'", "a-${b}"),
    ("!url https://example.com", "https://example.com"),
    ("!join '/smart_plus/ad/create/'", "/smart_plus/ad/create/"),
    ("!json ' {}'", " {}"),
    ("!<tag:example.com,2026:x> 12", 12),
    ("!GetAtt [a, b]", "${!GetAtt}"),
    ("!Join ['', [a, !Ref b]]", ["", ["a", "${!Ref b}"]]),
    ("[1, !If [a, b], {c: !Split [d]}]", [1, "${!If}", {"c": "${!Split}"}]),
    ("!seq [a]", ["a"]),
    ("!each [{a: 1}]", [{"a": 1}]),
    ("{<<: !x [{a: 1}], b: 2}", {"b": 2, "a": 1}),
    ("{<<: !x [], b: 2}", {"b": 2}),
    ("!Sub {a: 1}", {"a": 1}),
    ("! [a]", ["a"]),
    ("!!binary aGk=", "aGk="),
    ("!!set {a}", {"a": None}),
]


@pytest.mark.parametrize(("text", "value"), SCALARS, ids=lambda part: repr(part)[:30])
@pytest.mark.usefixtures("either_parser")
def test_a_scalar_has_the_value_that_the_core_schema_and_its_tag_give_it(text: str, value: Any) -> None:
    read_value = document(f"key: {text}").value if text != "-" else document("key:\n-").value["key"][0]
    assert same_value(read_value["key"] if text != "-" else read_value, value)


def test_nan_is_read() -> None:
    assert isnan(document("a: .NaN").value["a"])


VALUES: list[tuple[str, Any]] = [
    ("", None),
    ("# only a comment\n", None),
    ("---\n# only a comment\n", None),
    ("...\n", None),
    ("{}", {}),
    ("a: 1\nb:\n- x\n- y: [1, {c: d}]\n  z:\n", {"a": 1, "b": ["x", {"y": [1, {"c": "d"}], "z": None}]}),
    ("1: a\ntrue: b\n~: c\n? \n: d\n2.50: f\n", {"1": "a", "true": "b", "~": "c", "": "d", "2.50": "f"}),
    ("[a: b, c]", [{"a": "b"}, "c"]),
    ("a: &x {b: 1}\nc: *x\nd: [*x, &x 2, *x]\n", {"a": {"b": 1}, "c": {"b": 1}, "d": [{"b": 1}, 2, 2]}),
    ("&k 12: *k\n*k : x\n&l y: *l\n", {"12": "x", "y": "y"}),
    ("&a [&a 1, *a]", [1, 1]),
    ("x: &x {a: 1, b: 2}\ny:\n  b: 3\n  <<: *x\n", {"x": {"a": 1, "b": 2}, "y": {"b": 3, "a": 1}}),
    ("<<: [{a: 1}, {a: 2, b: 2}]\n", {"a": 1, "b": 2}),
    ("<<: {a: 1, b: 1}\n<<: {a: 2}\n", {"a": 2, "b": 1}),
    ("<<: {<<: {a: 1}, b: 2}\n", {"a": 1, "b": 2}),
    ('"<<": {a: 1}\n!!str <<: 2\n', {"<<": 2}),
    ("<<: {}\n", {}),
    ("a: 1\na: 2\n", {"a": 2}),
    ("\ufeffa: 1\r\nb: 2\r\n", {"a": 1, "b": 2}),
    ("a: 1\rb: 2", {"a": 1, "b": 2}),
    ('{"a":1,"b":[true,null,"\\u00e9"]}', {"a": 1, "b": [True, None, "é"]}),
    ("%YAML 1.2\n%TAG !e! tag:example.com,2026:\n---\na: !e!x 1", {"a": 1}),
    ("- - a\n  - b\n-\n  c: d\n", [["a", "b"], {"c": "d"}]),
]


@pytest.mark.parametrize(("text", "value"), few(VALUES, 8))
@pytest.mark.usefixtures("either_parser")
def test_a_document_has_the_value_that_its_text_spells(text: str, value: Any) -> None:
    item = document(text)
    assert same_value(item.value, value) or item.value == value
    assert item.number is None


FAULTS: list[tuple[str | bytes, str, str]] = [
    (b"\xff\xfea\x00", "UTF-16", "�"),
    (b"a: \xe9", "not UTF-8", "�"),
    (b"a\x00:\x00 \x001\x00", "UTF-16", "a"),
    ("a: b\0c", "U+0000 is not allowed", "\0"),
    ("a: 😀\x01", "U+0001 is not allowed", "\x01"),
    ("a: \x7f", "U+007F is not allowed", "\x7f"),
    ("a:\n\t- 1", "a tab cannot indent", "\t"),
    ("\ta: 1", "a tab cannot indent", "\t"),
    ("a: @b", "@ cannot begin a value", "@"),
    ("a: [1,", "ends too early", ""),
    ("a:\n  - 'b\n  c", "ends too early: the quote is never closed (while scanning a quoted scalar", ""),
    ("a: [1\nb: 2", "that starts on line 1", ":"),
    ("😀: b: c", "no key can stand before this ':'", ":"),
    ("a: 1\nbc\nd: 2", "a key without a value", "b"),
    ("{} {}", "the document ends before this", "{"),
    ("a: [1]]", "this ] closes nothing", "]"),
    ("- a\nb: 1", "a key among the entries", "b"),
    ("a: {{budget}}\n", "unquoted placeholder {{budget}}", "{{budget}}"),
    ("{{budget}}", "unquoted placeholder {{budget}}", "{{budget}}"),
    ("? [a]\n: b", "keys are scalars", "["),
    ("&x a: 1\n&y [b]: 2", "keys are scalars", "&y ["),
    ("a: &x {}\n*x : 2", "keys are scalars", "*x"),
    ("a: 1e999", "the number 1e999 is too big for a double", "1e999"),
    ("a: -" + "9" * 400, "is too big for a double", "-" + "9" * 400),
    ("a: " + "9" * 5000, "is too big for a double", "9" * 5000),
    ("a: 0x1" + "0" * 256, "is too big for a double", "0x1" + "0" * 256),
    ("a: !!int abc", '"abc" is not an integer, as its tag !!int says', "!!int abc"),
    ("a: !!int 1.5", "is not an integer", "!!int 1.5"),
    ("a: !!float abc", "is not a number", "!!float abc"),
    ("a: !!bool yes", "is not true or false", "!!bool yes"),
    ("a: !!null x", "is not null", "!!null x"),
    ("!!int a: 1", "is not an integer", "!!int a"),
    ("a: !!map x", "tag !!map", "!!map x"),
    ("a: !!map [x]", "a list is not what its tag !!map says", "!!map ["),
    ("a: !!str {}", "a mapping is not what its tag !!str says", "!!str {"),
    ("a: *b", "undefined alias *b", "*b"),
    ("a: &x [*x]", "recursive alias *x", "*x"),
    ("a: &x {b: {<<: *x}}", "recursive alias *x", "*x"),
    ("<<: 1", "<< merges a mapping", "<<"),
    ("a: {<<: [1]}", "<< merges a mapping", "<<"),
    ("<<:", "<< merges a mapping", "<<"),
    ("[" * (MAX_DEPTH + 1), f"more than {MAX_DEPTH} levels of nesting", "["),
]


@pytest.mark.parametrize(("text", "message", "marked"), FAULTS, ids=lambda part: repr(part)[:30])
@pytest.mark.usefixtures("either_parser")
def test_an_unreadable_text_gets_a_fault_with_a_reason_at_its_place(
    text: str | bytes, message: str, marked: str
) -> None:
    item = fault(text)
    assert message in item.message
    assert item.source.text[item.span.start : item.span.end] == marked
    assert item.number is None


@pytest.mark.parametrize(
    ("text", "index"),
    few(
        [
            ("😀: [1,\n", 7),
            ("a: 😀\x01", 4),
            ("é\u00a0😀: *b", 5),
            (f'a: "😀{HALF_ESCAPE}"', 5),
            ("# é😀\na:\n\tb: 1", 8),
        ],
        2,
    ),
)
def test_a_fault_counts_code_points(text: str, index: int) -> None:
    assert fault(text).span.start == index


@pytest.mark.parametrize("escaped", few([HALF_ESCAPE, HALF_ESCAPE + "\\ude00", "\\uDC00"], 2))
def test_a_surrogate_escape_is_refused_by_name(escaped: str) -> None:
    item = fault(f'a: "{escaped}"')
    assert "half of a character" in item.message
    assert item.source.text[item.span.start : item.span.end] == escaped[:6]


@pytest.mark.parametrize(
    "text", few([f'a: "{HALF_ESCAPE}"', '"\\U00110000"', '"\\UFFFFFFFF"', "!%ED%A0%80 a", "!%ff a"], 2)
)
@pytest.mark.usefixtures("either_parser")
def test_an_escape_that_stands_for_no_character_is_a_fault(text: str) -> None:
    assert fault(text).span.start >= 0


STREAMS: list[tuple[str, list[Any]]] = [
    ("a\n---\nb\n", ["a", "b"]),
    ("---\na\n...\n---\nb\n...\n", ["a", "b"]),
    ("---\n---\n", [None, None]),
    ("a: 1\n---\n# nothing\n", [{"a": 1}, None]),
    ("a: 1\n---\nb: [\n---\nc: 3\n", [{"a": 1}, 14, {"c": 3}]),
    ("a: [\n---\nb: 2\n---\n'c\n---\nd", [5, {"b": 2}, 21, "d"]),
    ("a: 1\r\n---\r\nb: ]\r\n---\r\nc: 3", [{"a": 1}, 14, {"c": 3}]),
    ("a: 1\n---\nb: \x01\n---\nc: \x02\n---\nd: 4", [{"a": 1}, 12, 21, {"d": 4}]),
    ("a: *x\n---\n&x b\n---\n*x", [3, "b", 19]),
    ("x: !!int y\n---\nb: {[c]: d}\n---\nb: 2\n", [3, 19, {"b": 2}]),
    ("a\n...\n%TAG !e! tag:example.com,2026:\n---\n!e!x b\n---\n!e!x c\n---\nd", ["a", "b", 52, "d"]),
    ("a: ]\n...\n# c\n%TAG !e! tag:x,2026:\n---\n!e!x b", [3, "b"]),
    ("a: |\n  ---\n  b\n---\n]", [{"a": "---\nb\n"}, 19]),
    ("a: ]\n---\nb: \u2028c\n---\nd: 2", [3, 12, {"d": 2}]),
    ("]\n--- b\n---c: 1\n", [0, 12]),
]


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029"])
def test_a_line_break_of_yaml_1_1_alone_is_a_fault_where_readers_disagree(character: str) -> None:
    """Outside of quotes, with something behind it on the line: YAML 1.2 has no break there."""
    at = len("a: x # note")
    for behind in ("  b: 1", "b: c", "\tb"):
        text = f"a: x # note{character}{behind}\nc: 1\n"
        assert fault(text).span.start == at
        assert f"U+{ord(character):04X}" in fault(text).message
    for text in (
        f"a: x # note{character}\nb: 1\n",
        f"a: x # note{character} # more\nb: 1\n",
        f'a: "x{character}y"\nb: 1\n',
    ):
        [item] = read(text)
        assert isinstance(item, Document)
        assert item.value["b"] == 1


@pytest.mark.parametrize(("text", "items"), few(STREAMS, 5))
def test_a_stream_gives_its_documents_and_faults_in_order(text: str, items: list[Any]) -> None:
    """A number stands for a fault that starts there."""
    results = read(text)
    assert [item.span.start if isinstance(item, SyntaxFault) else item.value for item in results] == items
    assert [item.number for item in results] == list(range(1, len(results) + 1))


def test_a_broken_document_hides_none_of_ten_thousand_others() -> None:
    started = time.perf_counter()
    items = read("a: 1\n---\nb: [\n---\nc: \x01\n---\n" * 3_334)
    assert sum(isinstance(item, Document) for item in items) == 3_335
    assert time.perf_counter() - started < 10


def bomb(levels: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines)


def test_an_alias_bomb_is_refused_at_once_at_the_alias() -> None:
    started = time.perf_counter()
    item = fault(bomb(12))
    assert time.perf_counter() - started < 1
    assert item.message.startswith("alias bomb")
    assert item.source.text[item.span.start : item.span.end] == "*a3"


def test_a_bomb_of_merges_is_refused_too() -> None:
    lines = ["a0: &a0 {" + ", ".join(f"k{n}: 1" for n in range(1000)) + "}"]
    lines += [f"a{n}: &a{n} {{<<: *a{n - 1}}}" for n in range(1, 1000)]
    assert fault("\n".join(lines)).message.startswith("alias bomb")


def test_the_documents_of_a_stream_share_one_budget() -> None:
    text = "---\nx: &x [" + "1," * 1000 + "]\ny: [" + "*x," * 30 + "]\n"
    items = read(text * 4)
    assert [isinstance(item, Document) for item in items] == [True, True, True, False]


def test_a_shared_audience_is_no_bomb() -> None:
    text = "x: &x {a: [1, 2, 3]}\ny:\n" + "- *x\n" * 5_000
    assert len(document(text).value["y"]) == 5_000


@pytest.mark.parametrize(
    ("levels", "text"),
    [
        (MAX_DEPTH, "[" * MAX_DEPTH + "]" * MAX_DEPTH),
        (MAX_DEPTH, "- " * MAX_DEPTH + "x"),
        (MAX_DEPTH, "- &x " + "[" * 200 + "]" * 200 + "\n- " + "[" * 53 + "*x" + "]" * 53),
        (MAX_DEPTH + 1, "- " * (MAX_DEPTH + 1) + "x"),
        (MAX_DEPTH + 1, "- &x " + "[" * 200 + "]" * 200 + "\n- " + "[" * 54 + "*x" + "]" * 54),
        (MAX_DEPTH + 1, "- &x " + "[" * 200 + "&y []" + "]" * 200 + "\n- " + "[" * 53 + "*x" + "]" * 53),
        (100_000, "[" * 100_000),
        (100_000, "{a: " * 100_000),
    ],
    ids=lambda part: repr(part)[:20],
)
def test_nesting_ends_at_the_same_depth_as_in_json_aliases_included(levels: int, text: str) -> None:
    (item,) = read(text)
    assert isinstance(item, Document if levels <= MAX_DEPTH else SyntaxFault)
    if isinstance(item, SyntaxFault):
        assert item.message == f"more than {MAX_DEPTH} levels of nesting"


DUPLICATES: list[tuple[str, list[tuple[str, str, int, int]]]] = [
    ("a: 1\nb: 2\n'a': 3\na: 4", [("/a", "a", 10, 0), ("/a", "a", 17, 0)]),
    ("a:\n- x: {b/~: 1, b/~: 2}\n", [("/a/0/x/b~1~0", "b/~", 17, 9)]),
    ("<<: {a: 1}\n<<: {b: 1}\n", [("/<<", "<<", 11, 0)]),
    ("<<: {a: 1}\na: 1\n'<<': 2\n", []),
    ("1: a\n'1': b", [("/1", "1", 5, 0)]),
    ("&k a: 1\n*k : 2", [("/a", "a", 8, 3)]),
    ("- &x {a: 1, a: 2}\n- *x", [("/0/a", "a", 12, 6)]),
    ("- a: 1\n- a: 1", []),
    ("😀: 1\n😀: 2", [("/😀", "😀", 5, 0)]),
]


@pytest.mark.parametrize(("text", "expected"), few(DUPLICATES, 3))
@pytest.mark.usefixtures("either_parser")
def test_a_key_that_stands_twice_is_told_with_both_places(text: str, expected: list[tuple[str, str, int, int]]) -> None:
    duplicates = document(text).duplicates
    assert [(one.pointer, one.key, one.span.start, one.first.start) for one in duplicates] == expected


def test_duplicates_of_a_later_document_count_from_the_start_of_the_file() -> None:
    second = read("x: 1\n---\na: 1\na: 2\n")[1]
    assert isinstance(second, Document)
    assert [(one.span, one.first) for one in second.duplicates] == [(Span(14, 15), Span(9, 10))]


PLACES: list[tuple[str, str, str, str, str | None]] = [
    ("a: 1", "", "a: 1", "a", None),
    ("a: 1", "/a", "1", "1", "a"),
    ("'a' : \"b\" # c", "/a", '"b"', '"b"', "'a'"),
    ("😀: é😀 \n𝕏: [😀]", "/𝕏/0", "😀", "😀", None),
    ("a: {b: [1, 2] } # c", "/a", "{b: [1, 2] }", "{", "a"),
    ("a: {b: [1, 2] } # c", "/a/b", "[1, 2]", "[", "b"),
    ("a:\n  'b': 1\n  c: 2\n\n# end\nd: 1", "/a", "'b': 1\n  c: 2", "'b'", "a"),
    ("a:\n  - x\n  - y: 1\n    z: 2\n\n\nd: 1", "/a", "- x\n  - y: 1\n    z: 2", "-", "a"),
    ("a:\n- x\n- y\nb: 1", "/a", "- x\n- y", "-", "a"),
    ("a:\n- x: 1\n  y: 2\n", "/a/0", "x: 1\n  y: 2", "x", None),
    ("- - a\n  - b\n", "/0", "- a\n  - b", "-", None),
    ("a: &x !t 1", "/a", "1", "1", "a"),
    ("a: !!str &x # c\n  'v'", "/a", "'v'", "'v'", "a"),
    ("a: !<tag:yaml.org,2002:str> 1", "/a", "1", "1", "a"),
    ("a: &x {b: 1}", "/a", "{b: 1}", "{", "a"),
    ("a: &x !t\n  b: 1\n", "/a", "b: 1", "b", "a"),
    ("a: &x\n- 1\n", "/a", "- 1", "-", "a"),
    ("&k a: 1\n", "/a", "1", "1", "a"),
    ("!!map &x\n&k b: 1", "", "&k b: 1", "b", None),
    ("a: &x {b: 1}\nc: *x", "/c", "{b: 1}", "{", "c"),
    ("a: &x {b: 1}\nc: *x", "/c/b", "1", "1", "b"),
    ("a: &x {b: 1}\nc: *x", "", "a: &x {b: 1}\nc: *x", "a", None),
    ("a: &x 1\n*x : 2", "/1", "2", "2", "*x"),
    ("a: &x {b: 1}\nc: {<<: *x}", "/c/b", "1", "1", "b"),
    ("a: &x {b: 1}\nc: {b: 2, <<: *x}", "/c/b", "2", "2", "b"),
    ("a: {<<: [{b: 1}, {b: 2, c: 3}]}", "/a/b", "1", "1", "b"),
    ("a: {<<: [{b: 1}, {b: 2, c: 3}]}", "/a/c", "3", "3", "c"),
    ("<<: {b: 1}\nc: 2", "", "<<: {b: 1}\nc: 2", "<<", None),
    ("a: 1\na: 2", "/a", "2", "2", "a"),
    ("a: |\n  x\n\n  y  \n\n\n# c\nb: 1", "/a", "|\n  x\n\n  y  ", "|\n  x\n\n  y  ", "a"),
    ("a: &x >-  # c\n  x\nb: 1", "/a", ">-  # c\n  x", ">-  # c\n  x", "a"),
    ("a: |+\n  x\n\n", "", "a: |+\n  x", "a", None),
    ("a: |2-  # c\n\n\nb: 1", "/a", "|2-", "|2-", "a"),
    ("a: x\n   y\nb: 1", "/a", "x\n   y", "x\n   y", "a"),
    ("a:\nb: 1", "/a", "", "", "a"),
    ("a:\nb:\n", "", "a:\nb:", "a", None),
    ("? a\n\n\n? b", "/a", "", "", "a"),
    ("x:\n  ? a\n\ny: 1", "/x", "? a", "a", "x"),
    ("- \n- 1", "/0", "", "", None),
    ("a: !!str\nb: 1", "/a", "", "", "a"),
    ("[a: b , c]", "/0", "a: b", "a", None),
    ("[? a : b , c]", "/0", "? a : b", "a", None),
    ("{a, b: }", "/a", "", "", "a"),
    ("{a, b: }", "", "{a, b: }", "{", None),
    ("a/b~c: 1", "/a~1b~0c", "1", "1", "a/b~c"),
    ("# c\n--- # c\n- a\n...\n", "", "- a", "-", None),
    ("  a: 1\n  b: 2\n", "", "a: 1\n  b: 2", "a", None),
    ("%TAG !e! tag:x,2026:\n---\na: !e!y 1\n", "/a", "1", "1", "a"),
    ("", "", "", "", None),
    ("# c", "", "", "", None),
    ("\ufeff\ufeffa: 1", "/a", "1", "1", "a"),
]


@pytest.mark.parametrize(("text", "pointer", "value", "opening", "key"), few(PLACES, 18))
@pytest.mark.usefixtures("either_parser")
def test_a_value_stands_where_its_text_is(text: str, pointer: str, value: str, opening: str, key: str | None) -> None:
    item = document(text)

    def cut(span: Span | None) -> str | None:
        return None if span is None else item.source.text[span.start : span.end]

    place = item.locate([pointer])[pointer]
    assert (cut(place.value), cut(place.opening), cut(place.key)) == (value, opening, key)


def test_an_empty_value_stands_behind_its_colon() -> None:
    assert document("a: # c\nb: 1").locate(["/a"])["/a"].value == Span(2, 2)


def test_a_later_document_is_located_in_the_file_and_from_its_own_root() -> None:
    items = read("a: [1]\n---\na: [\n---\n# 😀\n&x a: [*x]\n")
    third = items[2]
    assert isinstance(third, Document)
    place = third.locate(["/a", "/a/0"])["/a"]
    assert third.source.text[place.value.start : place.value.end] == "[*x]"


@pytest.mark.parametrize("pointer", few(["/b", "/a/0", "/a/2", "/a/x", "/a/01", "/", "/a/1/b", "/<<"], 3))
def test_a_pointer_that_leads_nowhere_is_left_out(pointer: str) -> None:
    item = document("a: {'1': c}\n<<: {d: 1}")
    assert set(item.locate(["", pointer, "/a/1"])) == {"", "/a/1"}


def test_reading_looks_for_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(positions, "places", refuse)
    monkeypatch.setattr(positions, "duplicates", refuse)
    item = document("a: {b: [1, &x 2, *x]}")
    with pytest.raises(AssertionError):
        item.locate([""])


def test_a_mapped_text_is_placed_through_its_origin() -> None:
    """The text's lines lost two code points of indentation each."""
    whole = "- ```yaml\n  a: [1,\n   2]\n  b: 3\n  b: 4\n  ---\n  c: ]\n  ```\n"
    text = "a: [1,\n 2]\nb: 3\nb: 4\n---\nc: ]\n"
    kept = [index for number, line in enumerate(whole.split("\n")[1:-2]) for index in mapped_indexes(whole, number)]
    source = Source("a.md", whole.encode())
    first, second = parse_yaml(source, text, lambda index: kept[index] if index < len(kept) else kept[-1] + 1)
    assert isinstance(first, Document)
    assert isinstance(second, SyntaxFault)
    place = first.locate(["/a"])["/a"]
    assert whole[place.value.start : place.value.end] == "[1,\n   2]"
    assert [whole[one.span.start :][:4] for one in first.duplicates] == ["b: 4"]
    assert whole[second.span.start : second.span.end] == "]"


def mapped_indexes(whole: str, number: int) -> range:
    """The indexes of line `number` of the fenced block without its indentation, its end included."""
    lines = whole.split("\n")
    start = sum(len(line) + 1 for line in lines[: number + 1])
    return range(start + 2, start + len(lines[number + 1]) + 1)


def test_a_fault_names_the_line_in_the_whole_text() -> None:
    source = Source("a.md", b"# title\n\na: [1,\n2\n")
    (item,) = parse_yaml(source, "a: [1,\n2\n", lambda index: index + 9)
    assert isinstance(item, SyntaxFault)
    assert "starts on line 3" in item.message


def test_a_mapped_text_with_a_lone_surrogate_is_a_fault() -> None:
    (item,) = parse_yaml(Source("a.md", b"a: b"), "a: \udc80")
    assert isinstance(item, SyntaxFault)
    assert item.span == Span(3, 4)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBERS = st.integers() | st.integers(-(10**300), 10**300) | st.floats(allow_nan=False, allow_infinity=False)
JSON_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=20,
)
TAME = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"))
TAME_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | NUMBERS | TAME,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TAME, inner, max_size=5),
    max_leaves=20,
)
DUMPS = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([None, True, False]),
        "allow_unicode": st.booleans(),
        "indent": st.sampled_from([2, 4]),
        "width": st.sampled_from([20, 80, 1000]),
    }
)


@given(JSON_VALUES, DUMPS)
def test_json_dumped_as_quoted_yaml_reads_back(value: Any, options: dict[str, Any]) -> None:
    text = pyyaml.safe_dump(value, default_style='"', sort_keys=False, **options)
    assume(pyyaml.safe_load(text) == value)  # PyYAML folds a quoted text at a blank with a backslash too many
    assert same_value(document(text).value, value)


@given(TAME_VALUES, st.sampled_from([None, 2]))
def test_json_text_is_yaml(value: Any, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    assert same_value(document(text).value, json.loads(text))


@given(JSON_VALUES, DUMPS)
def test_the_text_at_a_scalars_place_reads_back_as_the_scalar(value: Any, options: dict[str, Any]) -> None:
    item = document(pyyaml.safe_dump(value, **options))
    text = item.source.text
    values = dict(pointers(item.value))
    places = item.locate(values)
    assert places.keys() == values.keys()
    for pointer, place in places.items():
        assert 0 <= place.value.start <= place.opening.start <= place.opening.end <= place.value.end <= len(text)
        if not isinstance(values[pointer], dict | list):
            assert same_value(document(text[place.value.start : place.value.end]).value, values[pointer])
        if place.key and len(text[place.key.start : place.key.end].splitlines()) == 1:
            assert document(text[place.key.start : place.key.end] + ": 1").value == {pointers_key(pointer): 1}


def pointers_key(pointer: str) -> str:
    return pointer.rsplit("/", 1)[1].replace("~1", "/").replace("~0", "~")


PIECES = ["a", "b: ", "- ", "? ", ": ", "&x ", "*x", "!!str ", "!t ", "<<: ", "[", "]", "{", "}", ", ", "|\n", ">", "'"]
PIECES += ['"', "\\", "%", "@", "# c", "\n", "\n  ", "\r\n", "\t", "---\n", "...\n", "~", "12", ".5", "\x85", "\u2028"]
PIECES += ["😀", "\0", "\x1b", "\ufeff", "%TAG ! !\n", "%YAML 1.2\n", "\ufffe"]


def check_anything(data: bytes) -> None:
    items = read(data)
    assert items
    assert [item.number for item in items] == (list(range(1, len(items) + 1)) if len(items) > 1 else [None])
    for item in items:
        size = len(item.source.text)
        if isinstance(item, SyntaxFault):
            assert 0 <= item.span.start <= item.span.end <= max(size, 1)
            continue
        for one in item.duplicates:
            assert 0 <= one.first.start <= one.first.end <= one.span.start <= one.span.end <= size
        wanted = dict(pointers(item.value))
        places = item.locate(wanted)
        assert places.keys() == wanted.keys()
        for place in places.values():
            assert 0 <= place.value.start <= place.opening.start <= place.opening.end <= place.value.end <= size
        for pointer in list(wanted)[:20]:
            assert item.locate([pointer]) == {pointer: places[pointer]}, "a place depends on what else is asked for"


@given(st.binary(max_size=200))
def test_any_bytes_give_documents_and_faults_only(data: bytes) -> None:
    check_anything(data)


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_anything_that_looks_like_yaml_gives_documents_and_faults_only(pieces: list[str]) -> None:
    check_anything("".join(pieces).encode())


@given(st.lists(st.sampled_from(PIECES), max_size=20))
def test_the_stand_in_parser_never_fails_either(pieces: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parser, "_parser", parser._PurePython)
        check_anything("".join(pieces).encode())


@given(st.lists(TAME_VALUES, min_size=1, max_size=4), st.integers(0, 3))
def test_a_broken_document_leaves_the_others_of_its_stream_as_they_are(values: list[Any], broken: int) -> None:
    assume(broken < len(values))
    texts = [json.dumps(value, ensure_ascii=False, indent=1) + "\n" for value in values]
    texts[broken] = "[" + texts[broken]
    items = read("---\n".join(texts))
    assert [isinstance(item, SyntaxFault) for item in items] == [index == broken for index in range(len(values))]
    for index, item in enumerate(items):
        assert index == broken or (isinstance(item, Document) and same_value(item.value, values[index]))
