"""A fix that moves a field or writes it anew loses no comment: it takes them along, or is refused."""

from io import BytesIO

import pytest

from splint.fixes.edits import fixes_of, pointers_for
from splint.formats.document import Document
from splint.formats.edits import Read
from splint.formats.json.reader import read_json, read_jsonc
from splint.formats.yaml.reader import read_yaml
from splint.payloads.nodes import Fix, Location, Operation
from tests.grids import few


def is_moved(read: Read, text: str) -> bool:
    """Whether there are edits for moving /a into /b."""
    (document,) = read("x", BytesIO(text.encode()))
    assert isinstance(document, Document)
    put = Operation("put", Location(document, "/b/a"), document.value["a"])
    fix = Fix("move a to b", (put, Operation("remove", Location(document, "/a"))))
    return fixes_of([fix], lambda _: document.locate(pointers_for(fix))) != [None]


@pytest.mark.parametrize(
    ("text", "expected"),
    few(
        [
            ("a: [1]\nb: {}\nc: 2\n", True),
            ("# kept\na: [1]\nb: {}\n", True),
            ("a: '# no comment'\nb: {}\n", True),
            ("a: [1] # lost\nb: {}\nc: 2\n", False),
            ("a: # lost\n  - 1\nb: {}\n", False),
            ("a:\n  - 1 # lost\nb: {}\n", False),
            ("a: # kept\n  - 1 # kept\nb:\n  c: 1\n", True),
            ("a: [1] # lost\nb:\n  c: 1\n", False),
        ],
        3,
    ),
)
def test_a_move_in_yaml_that_would_drop_a_comment_is_refused(text: str, expected: bool) -> None:
    assert is_moved(read_yaml, text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    few(
        [
            ('{"a": "//", "b": {}}', True),
            ('{\n  // kept\n  "a": 1,\n  "b": {}\n}', True),
            ('{"a": /* lost */ 1, "b": {}}', False),
            ('{\n  "a": [ // lost\n    1\n  ],\n  "b": {}\n}', False),
        ],
        2,
    ),
)
def test_a_move_in_json_that_would_drop_a_comment_is_refused(text: str, expected: bool) -> None:
    assert is_moved(read_json if expected and "// kept" not in text else read_jsonc, text) is expected


def test_what_is_removed_beside_what_is_put_is_no_move() -> None:
    """Its comment is about what goes."""
    (document,) = read_yaml("x", BytesIO(b"a: 1 # old\nb: {}\n"))
    assert isinstance(document, Document)
    put = Operation("put", Location(document, "/b/c"), 2)
    fix = Fix("replace a", (put, Operation("remove", Location(document, "/a"))))
    assert fixes_of([fix], lambda _: document.locate(pointers_for(fix))) != [None]


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    few(
        [
            (read_jsonc, '{"a": [ // lost\n  1\n]}', False),
            (read_jsonc, '{"a": {"c": /* lost */ 1}}', False),
            (read_jsonc, '{"a": [1] // kept\n}', True),
            (read_jsonc, '{"a": /* kept */ 1}', True),
            (read_jsonc, '{"a": ["// no comment"]}', True),
            (read_yaml, "a: [ # lost\n  1]\n", False),
            (read_yaml, "a: [1] # kept\n", True),
        ],
        3,
    ),
)
def test_a_list_or_an_object_with_a_comment_is_not_written_anew(read: Read, text: str, expected: bool) -> None:
    (document,) = read("x", BytesIO(text.encode()))
    assert isinstance(document, Document)
    fix = Fix("set a", (Operation("put", Location(document, "/a"), [2]),))
    assert (fixes_of([fix], lambda _: document.locate(pointers_for(fix))) != [None]) is expected


def test_what_is_moved_as_another_value_is_a_move_by_its_name() -> None:
    (document,) = read_jsonc("x", BytesIO(b'{"b": {"a": [ // lost\n "Shop Now"]}}'))
    assert isinstance(document, Document)
    put = Operation("put", Location(document, "/a"), [{"call_to_action": "SHOP_NOW"}])
    fix = Fix("move a", (put, Operation("remove", Location(document, "/b/a"))))
    assert fixes_of([fix], lambda _: document.locate(pointers_for(fix))) == [None]
