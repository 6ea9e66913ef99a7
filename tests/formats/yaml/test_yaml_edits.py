"""Edits of YAML: exact texts before and after, what is refused, and the laws that hold for any document."""

import json
import random
import re
from itertools import pairwise
from typing import Any, Literal

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from splint.formats.document import Document
from splint.formats.edits import Change, applied
from splint.formats.operations import Action
from splint.formats.pointer import escape, reference_tokens
from splint.formats.source import Source
from splint.formats.yaml import parser
from splint.formats.yaml.edits import changes
from splint.formats.yaml.reader import parse_yaml
from tests.grids import few
from tests.laws import draws


def put(pointer: str, value: Any) -> Action:
    return Action("put", pointer, value)


def remove(pointer: str) -> Action:
    return Action("remove", pointer)


def rename(pointer: str, key: str) -> Action:
    return Action("rename", pointer, key)


def quote(pointer: str) -> Action:
    return Action("quote", pointer)


def edited(text: str, *actions: Action) -> str | None:
    made = changes(text, actions)
    if made is None:
        return None
    assert made == sorted(made)
    assert all(before.end <= after.start for before, after in pairwise(made))
    return applied(text, made)


def value_of(text: str) -> Any:
    (document,) = parse_yaml(Source("", b""), text)
    assert isinstance(document, Document), document
    return document.value


PUT = [
    ("a: 1\n", "/a", 2, "a: 2\n"),
    ("a: 1 # c\nb: 2\n", "/a", "x", "a: x # c\nb: 2\n"),
    ("a: 1", "/a", None, "a: null"),
    ("a: 1\n", "/a", True, "a: true\n"),
    ("a: 1\n", "/a", 1.5, "a: 1.5\n"),
    ("a: 1\n", "/a", 1e22, "a: 1e+22\n"),
    ('a: "x" # c\n', "/a", "y", 'a: "y" # c\n'),
    ('a: "x"\n', "/a", 'q"\\\n\u2028\x7f', 'a: "q\\"\\\\\\n\\u2028\\u007f"\n'),
    ('a: "x"\n', "/a", 5, "a: 5\n"),
    ("a: 'x'\n", "/a", "it's", "a: 'it''s'\n"),
    ("a: 'x'\n", "/a", "one\ntwo", 'a: "one\\ntwo"\n'),
    ("a: 'x'\n", "/a", "ü 😀", "a: 'ü 😀'\n"),
    ("ключ: x # 😀\nb: 😀 x\n", "/b", "ü😀", "ключ: x # 😀\nb: ü😀\n"),
    ("a: x\n  y\n  z\nb: 1\n", "/a", "w", "a: w\nb: 1\n"),
    ('a: "x\n  y" # c\n', "/a", "w", 'a: "w" # c\n'),
    ("a:\n  x\n", "/a", "w", "a:\n  w\n"),
    ("- x\n- y\n", "/1", "z", "- x\n- z\n"),
    ("a: &k 1\n", "/a", 2, "a: &k 2\n"),
    ("a: x\n", "/a", ["A", "B"], "a: [A, B]\n"),
    ('a: "x"\n', "/a", ["A", "B"], 'a: ["A", "B"]\n'),
    ('a: ["x"]\n', "/a", ["A", "B"], 'a: ["A", "B"]\n'),
    ("a: [x,\n  y] # c\n", "/a", [], "a: [] # c\n"),
    ("a: [x#, '# y', {\"#\": z}]\n", "/a", [1], "a: [1]\n"),
    ("a: {b: 1}\n", "/a", {"c": [1, "1"], "d": {}}, 'a: {c: [1, "1"], d: {}}\n'),
    ("a: [x, y]\n", "/a/0", "p, q", 'a: ["p, q", y]\n'),
    ("a: [x, y]\n", "/a/1", "p:q", "a: [x, p:q]\n"),
    ('{"a":1}', "/a", "x", '{"a":x}'),
    ("--- # c\na: 1\n...\n", "/a", 2, "--- # c\na: 2\n...\n"),
    ("--- x\n", "", "w", "--- w\n"),
    ("a:\tx\n", "/a", "w", "a:\tw\n"),
    ("a~b/c: 1\n", "/a~0b~1c", 2, "a~b/c: 2\n"),
    ("a:\n", "/a", 1, "a: 1\n"),
    ("a: \n", "/a", 1, "a: 1\n"),
    ("a:", "/a", 1, "a: 1"),
    ("a: # c\nb: 2\n", "/a", "x", "a: x # c\nb: 2\n"),
    ("a:   # c\r\n\r\n# d\r\nb: 2\r\n", "/a", [1], "a: [1]   # c\r\n\r\n# d\r\nb: 2\r\n"),
    ("-\n- b\n", "/0", "a", "- a\n- b\n"),
    ("{a: , b: 1}\n", "/a", 2, "{a: 2, b: 1}\n"),
    ("{a, b: 1}\n", "/a", 2, "{a: 2, b: 1}\n"),
    ("{a: }\n", "/a", 2, "{a: 2}\n"),
]


@pytest.mark.parametrize(("before", "pointer", "value", "after"), few(PUT, 14))
def test_put_replaces_the_value_alone(before: str, pointer: str, value: Any, after: str) -> None:
    """A value gives way to another in its quotes, and nothing around it changes."""
    assert edited(before, put(pointer, value)) == after


QUOTED = [
    *(
        "",
        " a",
        "a ",
        "yes",
        "No",
        "on",
        "y",
        "123",
        "-1",
        "1_000",
        "0x1F",
        "12:30:45",
        "null",
        "~",
        "true",
        "2026-04-01",
    ),
    *("2026-04-01 00:00:00", "a: b", "a:", "# x", "a # x", "- a", "-", "*a", "&a", "!a", "%a", "@a", "`a", "[a", "{a"),
    *("a\nb", "a\tb", "\x85", "\ufeff", "...", "--- a", "<<", "=", ".inf", "1e3", "'a'", '"a"', "? a", "| a", "> a"),
]
PLAIN = [
    "a",
    "a b",
    "a#b",
    "a:b",
    "https://x.de/?a=1",
    "it's",
    'a "b"',
    "a, b",
    "a]",
    "{{x}}"[2:],
    "ü",
    "😀",
    "1a",
    "1.2.3",
]


@pytest.mark.parametrize("text", QUOTED)
def test_what_no_plain_scalar_can_be_is_quoted(text: str) -> None:
    """A string that some reader takes for something else gets double quotes, in block and in flow."""
    for before in ("a: 1 # c\n", "a: [1, 2]\n"):
        after = edited(before, put("/a/0" if "[" in before else "/a", text))
        assert after is not None
        assert after[3 + ("[" in before)] == '"'
        held = value_of(after)["a"]
        assert (held[0] if isinstance(held, list) else held) == text


@pytest.mark.parametrize("text", PLAIN)
def test_what_a_plain_scalar_can_be_stays_plain(text: str) -> None:
    """A string that reads back as itself is written without quotes in a block."""
    assert edited("a: 1 # c\n", put("/a", text)) == f"a: {text} # c\n"


ADD = [
    ("a: 1\n", "/b", 2, "a: 1\nb: 2\n"),
    ("a: 1", "/b", 2, "a: 1\nb: 2"),
    ("a: 1 # c\n\n# end\n", "/b", "x", "a: 1 # c\nb: x\n\n# end\n"),
    ("a: 1\r\nb: 2\r\n", "/c", 3, "a: 1\r\nb: 2\r\nc: 3\r\n"),
    ("a: 1\r\nb: 2", "/c", 3, "a: 1\r\nb: 2\r\nc: 3"),
    ("a:\n    b: 1 # c\n    # of d\nd: 2\n", "/a/x", ["A"], "a:\n    b: 1 # c\n    x: [A]\n    # of d\nd: 2\n"),
    ("a:\n  b:\n    - 1\n    - 2\n\nc: 1\n", "/a/x", 1, "a:\n  b:\n    - 1\n    - 2\n  x: 1\n\nc: 1\n"),
    ("- a: 1\n- b: 1\n", "/0/x", 2, "- a: 1\n  x: 2\n- b: 1\n"),
    ("l:\n- a: 1 # c\nm: 1\n", "/l/0/x", 2, "l:\n- a: 1 # c\n  x: 2\nm: 1\n"),
    ("- - a: 1\n", "/0/0/x", 2, "- - a: 1\n    x: 2\n"),
    ("a: |\n  x\n  y\n\nb: 1\n", "/c", 2, "a: |\n  x\n  y\n\nb: 1\nc: 2\n"),
    ("m:\n  a: |\n    x\n\nb: 1\n", "/m/c", 2, "m:\n  a: |\n    x\n  c: 2\n\nb: 1\n"),
    ("a: |+\n  x\n\n", "/c", 2, "a: |+\n  x\n\nc: 2\n"),
    ("a: >- # c\n  x\n# end\n", "/c", 2, "a: >- # c\n  x\nc: 2\n# end\n"),
    ("a: # c\n", "/b", 2, "a: # c\nb: 2\n"),
    ("---\na: 1\n...\n", "/b", 2, "---\na: 1\nb: 2\n...\n"),
    ('"a": 1\n', "/b", "x", '"a": 1\n"b": "x"\n'),
    ("'a': 1\n", "/b", {"c": "x"}, "'a': 1\n'b': {'c': 'x'}\n"),
    ("a: 1\n", "/x: y", 2, 'a: 1\n"x: y": 2\n'),
    ("a: &k\n  b: 1\n", "/a/c", 2, "a: &k\n  b: 1\n  c: 2\n"),
    ("k: &k {z: 1}\nm:\n  <<: *k\n", "/m/c", 2, "k: &k {z: 1}\nm:\n  <<: *k\n  c: 2\n"),
    ("a: {}\n", "/a/b", 1, "a: {b: 1}\n"),
    ("a: { }\n", "/a/b", 1, "a: { b: 1 }\n"),
    ("a: {b: 1}\n", "/a/c", "x", "a: {b: 1, c: x}\n"),
    ("a: { b: 1 } # c\n", "/a/c", "x", "a: { b: 1, c: x } # c\n"),
    ('{"a":1,"b":2}', "/c", "x", '{"a":1,"b":2,"c":"x"}'),
    ('{"a": 1}', "/c", "x", '{"a": 1, "c": "x"}'),
    ("{a: 1, b: 2,}", "/c", 3, "{a: 1, b: 2, c: 3,}"),
    ("a: {\n  b: 1, # x\n  c: 2 # y\n}\n", "/a/d", 3, "a: {\n  b: 1, # x\n  c: 2, # y\n  d: 3\n}\n"),
    ("a: {\r\n  b: 1,\r\n}\r\n", "/a/d", 3, "a: {\r\n  b: 1,\r\n  d: 3,\r\n}\r\n"),
]


@pytest.mark.parametrize(("before", "pointer", "value", "after"), few(ADD, 10))
def test_put_adds_a_member_behind_the_last(before: str, pointer: str, value: Any, after: str) -> None:
    """A member that is missing comes behind its siblings, written as they are."""
    assert edited(before, put(pointer, value)) == after


REMOVE = [
    ("a: 1\nb: 2\n", ["/a"], "b: 2\n"),
    ("a: 1\nb: 2\n", ["/b"], "a: 1\n"),
    ("a: 1\nb: 2", ["/b"], "a: 1"),
    ("a: 1\n\n \nb: 2", ["/b"], "a: 1"),
    ("# a\na: 1 # c\n# b\nb: 2 # d\n", ["/a"], "# a\n# b\nb: 2 # d\n"),
    ("a:\n  b: 1\n\n  c: 2\n\nd: 3\n", ["/a"], "\nd: 3\n"),
    ("a:\n    b: 1\n    c: 2\n", ["/a/b"], "a:\n    c: 2\n"),
    ("a: 1\r\nb: 2\r\nc: 3\r\n", ["/b"], "a: 1\r\nc: 3\r\n"),
    ("a: 1\nb: 2\nc: 3\n", ["/a", "/b"], "c: 3\n"),
    ("a: 1\nb: 2\nc: 3\n", ["/c", "/a"], "b: 2\n"),
    ("- a\n- b # c\n- c\n", ["/1"], "- a\n- c\n"),
    ("- a\n- b\n- c\n", ["/0", "/2"], "- b\n"),
    ("l:\n- a\n- b\nm: 1\n", ["/l/1"], "l:\n- a\nm: 1\n"),
    ("l:\n  - a: 1\n    b: 2\n  - c\n", ["/l/0"], "l:\n  - c\n"),
    ("- a: 1\n  b: 2\n", ["/0/a"], "- b: 2\n"),
    ("-   a: 1 # c\n    # b\n    b: 2\n", ["/0/a"], "-   # b\n    b: 2\n"),
    ("- a:\n    - 1\n  b: 2\n  c: 3\n", ["/0/a", "/0/b"], "- c: 3\n"),
    ("- a: 1\n  b: 2\n  c: 3\n", ["/0/a", "/0/c"], "- b: 2\n"),
    ("- - a\n  - b\n", ["/0/0"], "- - b\n"),
    ("a:\n  b: 1\n", ["/a/b"], "a: {}\n"),
    ("a:\n  b:\n  - 1\n# c\nc: 2\n", ["/a/b"], "a: {}\n# c\nc: 2\n"),
    ("a:\r\n\r\n  - b\r\n  - c\r\nd: 1\r\n", ["/a/0", "/a/1"], "a: []\r\nd: 1\r\n"),
    ("- a:\n    b: 1\n    c: 2", ["/0/a/b", "/0/a/c"], "- a: {}"),
    ("a:\n  b: |\n    x\n# c\nd: 1\n", ["/a/b"], "a: {}\n# c\nd: 1\n"),
    ("a: |\n  x\n  # no comment\nb: 1\n", ["/a"], "b: 1\n"),
    ("a: |+\n  x\n\nb: 1\n", ["/a"], "b: 1\n"),
    ("a: &k 1\nb: 2\n", ["/a"], "b: 2\n"),
    ("a: &k 1\nb: *k\n", ["/b"], "a: &k 1\n"),
    ("a: !x 1\nb: 2\n", ["/a"], "b: 2\n"),
    ("---\na: 1\nb: 2\n...\n", ["/b"], "---\na: 1\n...\n"),
    ("[a, b, c]\n", ["/0"], "[b, c]\n"),
    ("[a, b, c]\n", ["/1"], "[a, c]\n"),
    ("[a, b, c] # c\n", ["/2"], "[a, b] # c\n"),
    ("[a, b, c]\n", ["/0", "/1"], "[c]\n"),
    ("[a, b, c]\n", ["/1", "/2"], "[a]\n"),
    ("[a, b, c]\n", ["/0", "/2"], "[b]\n"),
    ("[a, b, c]\n", ["/0", "/1", "/2"], "[]\n"),
    ("[a, b,]\n", ["/1"], "[a,]\n"),
    ("{a: 1,b: 2}\n", ["/a"], "{b: 2}\n"),
    ('{"a": "#", "b": [1, 2]}\n', ["/b"], '{"a": "#"}\n'),
    ("x: {a: 1}\n", ["/x/a"], "x: {}\n"),
    ("x: [\n  a, # a\n  b, # b\n  c # c\n]\n", ["/x/1"], "x: [\n  a, # a\n  c # c\n]\n"),
    ("x: [\n  a, # a\n  b, # b\n  c # c\n]\n", ["/x/2"], "x: [\n  a, # a\n  b # b\n]\n"),
    ("x: [\n  a,\n  b,\n]\n", ["/x/1"], "x: [\n  a,\n]\n"),
    ("[a,\n b,\n c]\n", ["/0", "/1"], "[ c]\n"),
    ("[a: 1, b]\n", ["/0"], "[b]\n"),
    ("'ü': 😀\nb: 2\n", ["/ü"], "b: 2\n"),
]


@pytest.mark.parametrize(("before", "pointers", "after"), few(REMOVE, 16))
def test_remove_takes_whole_lines_or_the_right_comma(before: str, pointers: list[str], after: str) -> None:
    """Items leave with their own lines and commas; comments above them stay."""
    assert edited(before, *map(remove, pointers)) == after


RENAME = [
    ("a: 1 # c\nb: 2\n", "/a", "c", "c: 1 # c\nb: 2\n"),
    ('"a" : 1\n', "/a", "c", '"c" : 1\n'),
    ("'a': 1\n", "/a", "c'd", "'c''d': 1\n"),
    ("a: 1\n", "/a", "c: d", '"c: d": 1\n'),
    ("a: 1\n", "/a", "<<", '"<<": 1\n'),
    ("- a:\n    b: 1\n", "/0/a", "xyz", "- xyz:\n    b: 1\n"),
    ("x: {a: 1, b}\n", "/x/b", "c", "x: {a: 1, c}\n"),
    ('{"a":1}', "/a", "ü😀", '{"ü😀":1}'),
    ("a: &k {z: 1}\nb: *k\n", "/a", "c", "c: &k {z: 1}\nb: *k\n"),
    ("a: !x 1\n", "/a", "c", "c: !x 1\n"),
]


@pytest.mark.parametrize(("before", "pointer", "key", "after"), few(RENAME, 4))
def test_rename_changes_the_key_alone(before: str, pointer: str, key: str, after: str) -> None:
    """A key gives way to another in its quotes."""
    assert edited(before, rename(pointer, key)) == after


QUOTE = [
    ("a: 7101311144619355195 # c\n", "/a", 'a: "7101311144619355195" # c\n'),
    ("[1.50, +2]", "/0", '["1.50", +2]'),
    ("[1.50, +2]", "/1", '[1.50, "+2"]'),
    ("a: 0x1F\n", "/a", 'a: "0x1F"\n'),
]


@pytest.mark.parametrize(("before", "pointer", "after"), few(QUOTE, 2))
def test_quote_keeps_the_digits(before: str, pointer: str, after: str) -> None:
    """A number becomes the string of its characters as written."""
    assert edited(before, quote(pointer)) == after


TOGETHER = [
    ("a: 1\nb: 2\n", [put("/c", 1), put("/d", 2)], "a: 1\nb: 2\nc: 1\nd: 2\n"),
    ("a:\n  b: 1", [put("/c", 1), put("/a/d", 2)], "a:\n  b: 1\n  d: 2\nc: 1"),
    ("a:\n  b:", [put("/c", 1), put("/a/d", 2), put("/a/b", 3)], "a:\n  b: 3\n  d: 2\nc: 1"),
    ("a: 1\nb: 2", [remove("/b"), put("/c", 3)], "a: 1\nc: 3"),
    ("a: 1\n", [remove("/a"), put("/c", 3)], "c: 3\n"),
    ("a: 1\n", [rename("/a", "b"), put("/a", 2)], "b: 2\n"),
    ("a: {b: 1}\n", [rename("/a", "x"), put("/a/c", 2), rename("/a/b", "z")], "x: {z: 1, c: 2}\n"),
    ("- a\n- b: 1\n", [remove("/0"), put("/1/b", 2)], "- b: 2\n"),
    ("[{a: 1}, {b: 2}]\n", [rename("/0/a", "c"), put("/1/b", 3)], "[{c: 1}, {b: 3}]\n"),
    ("k: &k {b: 1}\nm:\n  <<: *k\n  c: 1\n", [put("/m/c", 2)], "k: &k {b: 1}\nm:\n  <<: *k\n  c: 2\n"),
    ("k: &k {b: 1}\nm: {<<: *k, c: 1}\n", [rename("/m/c", "d")], "k: &k {b: 1}\nm: {<<: *k, d: 1}\n"),
    ("{a: 1, b: 2}", [remove("/a"), put("/c", 3), put("/d", 4)], "{b: 2, c: 3, d: 4}"),
    ("- a: 1\n", [remove("/0/a"), put("/0/b", 1)], "- b: 1\n"),
    (
        "-   a: 1\n    b: 2\n- c\n",
        [remove("/0/a"), remove("/0/b"), put("/0/d", 3), put("/0/e", 4)],
        "-   d: 3\n    e: 4\n- c\n",
    ),
    (
        "l:\n- a:\n    - 1 # x\n  b: '2'\n# c\nm: 1\n",
        [remove("/l/0/a"), remove("/l/0/b"), put("/l/0/i", {"a": [1], "b": "2"})],
        'l:\n- i:\n    a:\n      - 1 # x\n    b: "2"\n# c\nm: 1\n',
    ),
]


@pytest.mark.parametrize(("before", "actions", "after"), few(TOGETHER, 5))
def test_actions_work_together(before: str, actions: list[Action], after: str) -> None:
    """All pointers are those of the document before."""
    assert edited(before, *actions) == after


LAST_LINE = [
    ("b: 1\na: 1", "/s", {"a": 1}, "b: 1\ns: {a: 1}"),
    ("b: 1\na:\n- 1 # c", "/s", {"a": [1]}, "b: 1\ns:\n  a:\n  - 1 # c"),
    ("a: 1\ns:\n  b: 1", "/s/a", 1, "s:\n  b: 1\n  a: 1"),
    ("s:\n  b: 1\na: 1", "/s/a", 1, "s:\n  b: 1\n  a: 1"),
    ("s:\r\n  b: 1\r\na: 1", "/s/a", 1, "s:\r\n  b: 1\r\n  a: 1"),
    ("s:\n  b: 1\nc: 1\na: 1", "/s/a", 1, "s:\n  b: 1\n  a: 1\nc: 1"),
    ("s: {b: 1}\na: 1", "/s/a", 1, "s: {b: 1, a: 1}"),
    ("b: {}\na: 1\ns: {}", "/b/a", 1, "b: {a: 1}\ns: {}"),
    ("b: 1\na: 1", "/c", 1, "b: 1\nc: 1"),
]


@pytest.mark.parametrize("newline", ["", "\n"])
@pytest.mark.parametrize(("before", "to", "value", "after"), few(LAST_LINE, 5))
def test_a_move_leaves_the_end_of_the_text_as_it_is(before: str, to: str, value: Any, after: str, newline: str) -> None:
    """A text without a last line end has none afterwards, whatever stood on its last line."""
    newline = newline and ("\r\n" if "\r" in before else newline)
    assert edited(before + newline, remove("/a"), put(to, value)) == after + newline


def test_what_moves_out_of_the_last_object_ends_the_text() -> None:
    """Empty lines before a last line that leaves go along where it had no end."""
    assert edited("s:\n  b: 1\n\na: 1", remove("/a"), put("/s/a", 1)) == "s:\n  b: 1\n  a: 1"
    assert edited("s:\n  b: 1\n  a: 1", remove("/s/a"), put("/a", 1)) == "s:\n  b: 1\na: 1"
    assert edited("s:\n  b: 1\n  a: 1\n", remove("/s/a"), put("/a", 1)) == "s:\n  b: 1\na: 1\n"


MOVED = {
    "a list and its comments": (
        "a: # why\n  - 1 # x\n  - '2'\nb:\n    c: 1\n",
        "/b",
        "b:\n    c: 1\n    a: # why\n      - 1 # x\n      - '2'\n",
    ),
    "dashes below the key": (
        "a:\n- 1\n# two\n- 2\nb:\n  c: 1\n",
        "/b",
        "b:\n  c: 1\n  a:\n  - 1\n  # two\n  - 2\n",
    ),
    "to a lesser depth": (
        "b:\n  a:\n    k: 1\n\n    l: 2 # x\n  c: 1\nd: 1\n",
        "",
        "b:\n  c: 1\nd: 1\na:\n  k: 1\n\n  l: 2 # x\n",
    ),
    "beside a dash": (
        "- a:\n    - k: |\n        t\n         u\n  b:\n    c: 1\n",
        "/0/b",
        "- b:\n    c: 1\n    a:\n      - k: |\n          t\n           u\n",
    ),
    "into an object that is added": ("a:\n  - 1 # x\nc: 1\n", "/m", "c: 1\nm:\n  a:\n    - 1 # x\n"),
    "lines that end as on Windows": (
        "a:\r\n  - 1 # x\r\nc: 1\r\n",
        "/m",
        "c: 1\r\nm:\r\n  a:\r\n    - 1 # x\r\n",
    ),
    "into brackets, on one line": ("a:\n  - 1\nb: {c: 1}\n", "/b", "b: {c: 1, a: [1]}\n"),
}
"""The member `a` moves to another mapping, as it is written."""


@pytest.mark.parametrize("name", MOVED)
def test_a_block_that_moves_keeps_its_lines(name: str) -> None:
    before, to, after = MOVED[name]
    value = value_of(before)
    at = "/0/a" if before.startswith("-") else "/a" if before.startswith("a") else "/b/a"
    held = value[0]["a"] if at == "/0/a" else value["a"] if at == "/a" else value["b"]["a"]
    new = put("/m", {"a": held}) if to == "/m" else put(f"{to}/a", held)
    assert edited(before, new, remove(at)) == after


def test_a_block_that_would_read_otherwise_is_written_on_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines are kept only if they read as the value that moves."""
    monkeypatch.setattr("splint.formats.yaml.moving._dedented", lambda _line, _width: "- 2\n")
    assert edited("a:\n  - 1\nb:\n  c: 1\n", put("/b/a", [1]), remove("/a")) == "b:\n  c: 1\n  a: [1]\n"


REFUSED = [
    ("a: &k {b: 1}\nc: *k\n", [put("/c/b", 2)]),
    ("a: &k {b: 1}\nc: *k\n", [put("/a/b", 2)]),
    ("a: &k {b: 1}\nc: *k\n", [put("/a/x", 2)]),
    ("a: &k {b: 1}\nc: *k\n", [put("/a", 2)]),
    ("a: &k {b: 1}\nc: *k\n", [put("/c", 2)]),
    ("a: &k {b: 1}\nc: *k\n", [remove("/a")]),
    ("a: [&k 1]\nc: *k\n", [remove("/a")]),
    ("a: [&k 1]\nc: *k\n", [put("/a", [])]),
    ("a: &k 1\nb: *k\n", [quote("/a")]),
    ("a: &k 1\nb: *k\n", [quote("/b")]),
    ("k: &k {b: 1}\nm:\n  <<: *k\n  c: 1\n", [put("/m/b", 2)]),
    ("m:\n  <<: {b: 1}\n  c: 1\n", [put("/m/b", 2)]),
    ("k: &k {b: 1}\nm:\n  <<: *k\n  b: 2\n", [remove("/m/b")]),
    ("k: &k {b: 1}\nm:\n  <<: *k\n  c: 2\n", [rename("/m/c", "b")]),
    ("[{a: 1, b: 2}]\n", [rename("/0/a", "c"), rename("/0/b", "c")]),
    ("m:\n  <<: {b: 1}\n  c: 1\n", [remove("/m/b")]),
    ("m:\n  <<: {b: 1}\n  c: 1\n", [rename("/m/c", "b")]),
    ("m:\n  <<: {b: 1}\n  b: 2\n  c: 1\n", [remove("/m/b")]),
    ("a: !!str 1\n", [put("/a", 2)]),
    ("a: !!int 1\n", [quote("/a")]),
    ("a: !Ref B\nb: 1\n", [put("/b", "${!Ref B}")]),
    ("a: !x {b: 1}\n", [put("/a/b", 2)]),
    ("a: |\n  x\n", [put("/a", "y")]),
    ("a:\n  b: 1\n", [put("/a", 1)]),
    ("a:\n- 1\n", [put("/a", [])]),
    ("- a\n", [remove("/0")]),
    ("a: 1\n", [remove("/a")]),
    ("a: # why\n  b: 1\n", [remove("/a/b")]),
    ("a:\n  b: 1\n  # c\n  c: 2\n", [remove("/a/b"), remove("/a/c")]),
    ("- a: 1\n  # b\n  b: 2\n", [remove("/0/a"), remove("/0/b"), put("/0/c", 1)]),
    ("- a: 1\n  # b\n  b: 2\n  c: 3\n", [remove("/0/a"), remove("/0/b")]),
    ("a: 1\na: 2\n", [put("/a", 3)]),
    ("a: 1\na: 2\nb: 3\n", [put("/b", 4)]),
    ("? a\n: 1\n", [put("/a", 2)]),
    ("? a\n: 1\nb: 2\n", [remove("/a")]),
    ("? a\n: 1\nb: 2\n", [rename("/a", "c")]),
    ("? a\n: {b: 1}\n", [put("/a/b", 2)]),
    ("? [a]\n: 1\nb: 2\n", [put("/b", 3)]),
    ("&k a: 1\n", [rename("/a", "b")]),
    ("[a: 1]\n", [put("/0/a", 2)]),
    ("{}\n", [put("/a/b", 2)]),
    ("a:\n", [put("/a/b", 2)]),
    ("a: 1\n", [put("/a/b", 2)]),
    ("[1]\n", [put("/1", 2)]),
    ("[1, 2]\n", [put("/01", 3)]),
    ("[1]\n", [put("/-", 2)]),
    ("a: 1\nb: 2\n", [rename("/a", "b")]),
    ("a: 1\n", [rename("/a", "a")]),
    ("a: 1\n", [rename("/b", "c")]),
    ("a: 1\nb: 2\n", [rename("/a", "c"), rename("/b", "c")]),
    ("a: 1\nb: 2\n", [rename("/a", "c"), put("/c", 2)]),
    ("[a]\n", [rename("/0", "b")]),
    ("a: 1\n", [remove("/b")]),
    ("a: 1\n", [remove("")]),
    ("a: 1\n", [put("a", 2)]),
    ("a: x\n", [quote("/a")]),
    ("a: true\n", [quote("/a")]),
    ("a: .inf\n", [quote("/a")]),
    ('a: "1"\n', [quote("/a")]),
    ("a: 1\n", [put("/a", float("nan"))]),
    ("a: 1\n", [put("/a", "\ud800")]),
    ("a: 1\n", [put("/a", {1: 2})]),
    ("a: 1\nb: 2\n", [remove("/a"), remove("/a")]),
    ("a: 1\nb: 2\n", [put("/a", 1), put("/a", 2)]),
    ("a: {b: 1}\nb: 2\n", [remove("/a"), put("/a/b", 2)]),
    ("a: {b: 1}\n", [put("/a", 2), put("/a/b", 2)]),
    ("[a, # c\n b]\n", [remove("/0")]),
    ("[a # c\n]\n", [remove("/0")]),
    ("{a: 1, b: 2}\n", [remove("/b"), put("/c", 2)]),
    ("{ # c\n}\n", [put("/c", 2)]),
    ("a: |\n  x", [put("/b", 1)]),
    ("a: &k\n", [put("/a", 1)]),
    ("a: 1\n---\na: 2\n", [put("/a", 3)]),
    ("a: [\n", [put("/a", 3)]),
    ("", [put("", 1)]),
    ("\ufeffa: 1\n", [put("/a", 2)]),
]


def test_beside_an_explicit_key_the_other_members_are_changed() -> None:
    """Values, names, members that go and that come, in and below the object."""
    text = "k: 1\n? a\n: x\nb: {c: 2} # n\nd: 3\n"
    assert edited(text, put("/b/c", 4)) == "k: 1\n? a\n: x\nb: {c: 4} # n\nd: 3\n"
    assert edited(text, rename("/d", "e")) == "k: 1\n? a\n: x\nb: {c: 2} # n\ne: 3\n"
    assert edited(text, remove("/k")) == "? a\n: x\nb: {c: 2} # n\nd: 3\n"
    assert edited(text, quote("/d")) == text.replace("3", '"3"')
    assert edited("a: 1\n? b\n: 2\n", put("/c", 3)) == "a: 1\n? b\n: 2\nc: 3\n"
    assert edited("{? a : 1, b: 2}\n", put("/b", 3)) == "{? a : 1, b: 3}\n"


@pytest.mark.parametrize(("before", "actions"), few(REFUSED, 25))
def test_what_is_in_doubt_is_refused(before: str, actions: list[Action]) -> None:
    """No changes come out where one action cannot be done exactly."""
    assert edited(before, *actions) is None


def test_nothing_to_do_is_no_change() -> None:
    """Without actions, and where the value stands there already, nothing changes."""
    assert changes("a: x\n", []) == []
    assert changes("a: x\n", [put("/a", "x")]) == []


def test_changes_say_what_they_replace() -> None:
    """Places count code points, and changes that meet are one."""
    assert changes("😀: 1\n", [put("/😀", 2)]) == [Change(3, 4, "2")]
    assert changes("a: 1", [put("/b", 2), put("/c", 3)]) == [Change(4, 4, "\nb: 2\nc: 3")]


def test_the_parser_without_libyaml_edits_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML's own scanner gives the same edits, but for tabs, which it does not take."""
    monkeypatch.setattr(parser, "_parser", parser._PurePython)
    for before, pointer, value, after in PUT + ADD:
        assert edited(before, put(pointer, value)) == (None if "\t" in before else after)
    for before, pointers, after in REMOVE:
        assert edited(before, *map(remove, pointers)) == after


TEXTS = st.sampled_from(["a", "b", "x y", "it's", "yes", "12", "", "# x", "k: v", "ü", "😀", "a\nb\n", "a, b", "~/"])
SCALARS = st.none() | st.booleans() | st.integers(-9, 10**19) | st.sampled_from([0.5, -1.25]) | TEXTS
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=14
)
ROOTS = st.lists(VALUES, min_size=1, max_size=3) | st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4)
NOTES = ["", "", "", "# note", "      # note", " # note", "\n"]


def reads_as(text: str, value: Any) -> bool:
    items = list(parse_yaml(Source("", b""), text))
    return len(items) == 1 and isinstance(items[0], Document) and json.dumps(items[0].value) == json.dumps(value)


@st.composite
def documents(draw: st.DrawFn) -> tuple[Any, str]:
    """A value, and a YAML text of it with comments, blank lines and explicit keys where they change nothing."""
    value = draw(ROOTS)
    style, indent = draw(st.sampled_from([None, False, True])), draw(st.sampled_from([2, 4]))
    quotes: Literal["'", '"'] | None = draw(st.sampled_from([None, None, "'", '"']))
    lines = pyyaml.safe_dump(
        value, default_flow_style=style, indent=indent, default_style=quotes, allow_unicode=True, sort_keys=False
    ).split("\n")
    chance = random.Random(draw(st.integers(0, 999)))
    for at in reversed(range(len(lines))):
        note, key = chance.choice(NOTES), re.fullmatch(r"( *)(\w+):( .+)", lines[at])
        if key and chance.random() < 0.1:
            explicit = [*lines[:at], f"{key[1]}? {key[2]}", f"{key[1]}:{key[3]}", *lines[at + 1 :]]
            lines = explicit if reads_as("\n".join(explicit), value) else lines
        noted = (
            [*lines[:at], lines[at] + note, *lines[at + 1 :]] if note == " # note" else [*lines[:at], note, *lines[at:]]
        )
        if note and reads_as("\n".join(noted), value):
            lines = noted
    return value, draw(st.sampled_from(["\n", "\r\n"])).join(lines)


def pointers(value: Any, pointer: str = "") -> list[str]:
    inner: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [
        pointer,
        *(inner_pointer for key, held in inner for inner_pointer in pointers(held, f"{pointer}/{escape(str(key))}")),
    ]


def innermost(root: Any, pointer: str) -> tuple[Any, Any]:
    *path, last = reference_tokens(pointer)
    for step in path:
        root = root[int(step) if isinstance(root, list) else step]
    return root, int(last) if isinstance(root, list) else last


def model(value: Any, action: Action) -> Any:
    """The value that one action makes."""
    root = json.loads(json.dumps(value))
    parent, key = innermost(root, action.pointer)
    if action.kind == "put":
        parent[key] = action.value
    elif action.kind == "remove":
        del parent[key]
    elif action.kind == "quote":
        parent[key] = repr(parent[key])
    else:
        parent[action.value] = parent.pop(key)
    return root


@st.composite
def single(draw: st.DrawFn) -> tuple[Any, str, list[Action]]:
    value, text = draw(documents())
    pointer = draw(st.sampled_from(pointers(value)[1:]))
    kind = draw(st.sampled_from(["put", "put", "add", "remove", "remove", "rename", "quote"]))
    if kind == "put":
        return value, text, [put(pointer, draw(VALUES))]
    if kind == "add":
        return value, text, [put(pointer.rpartition("/")[0] + "/new", draw(VALUES))]
    if kind == "rename":
        return value, text, [rename(pointer, draw(TEXTS) + "x")]
    return value, text, [remove(pointer) if kind == "remove" else quote(pointer)]


@st.composite
def removals(draw: st.DrawFn) -> tuple[Any, str, list[Action]]:
    """Several items of one collection, the last first."""
    value, text = draw(documents())
    above = draw(st.sampled_from(pointers(value)[1:])).rpartition("/")[0]
    siblings = [sibling for sibling in pointers(value) if sibling and sibling.rpartition("/")[0] == above]
    chosen = draw(st.lists(st.sampled_from(range(len(siblings))), unique=True, min_size=1))
    return value, text, [remove(siblings[at]) for at in sorted(chosen, reverse=True)]


@pytest.mark.hypothesis
@pytest.mark.parametrize(("strategy", "share"), [(single(), 0.3), (removals(), 0.2)], ids=["single", "removals"])
def test_any_edit_makes_the_value_it_says_or_none(
    strategy: st.SearchStrategy[tuple[Any, str, list[Action]]], share: float
) -> None:
    """What comes out reads as the model's value with every comment in its place, and most of what can be done is."""
    done: list[bool] = []

    @draws(50, 250, derandomize=True, database=None)
    @given(strategy)
    def law(edit: tuple[Any, str, list[Action]]) -> None:
        value, text, actions = edit
        if not reads_as(text, value):  # CR LF within a block scalar
            return
        made = changes(text, actions)
        done.append(made is not None)
        if made is None:
            return
        after, expected = applied(text, made), value
        for action in actions:
            expected = model(expected, action)
        assert json.dumps(value_of(after), sort_keys=True) == json.dumps(expected, sort_keys=True)
        if actions[0].kind != "remove":
            assert after.count("# note") == text.count("# note")
        assert all(before.end <= behind.start for before, behind in pairwise(made))
        assert all(0 <= change.start <= change.end <= len(text) for change in made)

    law()
    assert len(done) > 30
    assert sum(done) / len(done) > share, sum(done) / len(done)
