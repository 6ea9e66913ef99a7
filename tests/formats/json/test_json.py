"""JSON, JSON with comments and NDJSON: values, faults, doubled keys and places."""

import json
import time
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from splint.formats import MAX_DEPTH, Document, Reader, escape
from splint.formats.fault import SyntaxFault
from splint.formats.json.reader import JSON, JSONC, NDJSON
from splint.reporting.location import Position
from tests.grids import few
from tests.strategies import JSON_VALUES, lint

BOM = b"\xef\xbb\xbf"
BUNDLE = json.dumps(
    {
        "campaign": {"campaign_name": "Frühling 😀", "budget": -1.5e3, "on": True},
        "adgroups": [{"a\\": '"\u2028'}, None, []],
    },
    ensure_ascii=False,
    indent=1,
).encode()


def read(data: bytes, reader: Reader = JSON) -> Document | SyntaxFault:
    (item,) = reader.read("a", BytesIO(data))
    return item


def start_of(fault: SyntaxFault) -> Position:
    return fault.source.position(fault.span.start)


def fault(data: bytes, reader: Reader = JSON) -> tuple[str, Position]:
    item = read(data, reader)
    assert isinstance(item, SyntaxFault), item
    end = item.source.position(item.span.end)
    assert 0 <= start_of(item).offset <= end.offset <= len(data)
    return item.message, start_of(item)


def value(data: bytes, reader: Reader = JSON) -> Any:
    item = read(data, reader)
    assert isinstance(item, Document), item
    return item.value


@pytest.mark.parametrize(
    ("data", "expected"),
    few(
        [
            (b'{"budget": 5}', {"budget": 5}),
            (BOM + b'{"budget": 5}', {"budget": 5}),
            (b'{"budget":\r\n5}\r\n', {"budget": 5}),
            (b'\t \r{"budget":\r5}', {"budget": 5}),
            (b'"\\u00fc\\ud83d\\ude00"', "ü😀"),
            ('"ü😀\u2028\x7f"'.encode(), "ü😀\u2028\x7f"),
            (b"18446744073709551615", 2**64 - 1),
            (b"18446744073709551616", float(2**64)),
            (b"1e308", 1e308),
            (b"-0.0", -0.0),
            (b"1" + b"0" * 308, 1e308),
            (b"0.1e-999", 0.0),
            (b'{"": {"a/b": 1}}', {"": {"a/b": 1}}),
            (b"null", None),
        ],
        5,
    ),
)
def test_json_is_read(data: bytes, expected: Any) -> None:
    assert repr(value(data)) == repr(expected)


EMPTY = "the document is empty"
EARLY = "the document ends too early"
DEEP = f"more than {MAX_DEPTH} levels of nesting"
FAULTS: dict[str, tuple[bytes, str, tuple[int, int, int]]] = {
    "nothing": (b"", EMPTY, (1, 1, 0)),
    "a mark alone": (BOM, EMPTY, (1, 1, 3)),
    "blanks": (b" \r\n\t\n ", EMPTY, (1, 1, 0)),
    "two marks": (BOM + BOM + b"{}", "byte order mark", (1, 1, 3)),
    "UTF-16 with a mark": ('\ufeff{"a": 1}'.encode("utf-16-le"), "UTF-16, not UTF-8", (1, 1, 0)),
    "UTF-16 big-endian with a mark": ('\ufeff{"a": 1}'.encode("utf-16-be"), "UTF-16, not UTF-8", (1, 1, 0)),
    "UTF-16": ('{"a": 1}'.encode("utf-16-le"), "UTF-16", (1, 1, 0)),
    "UTF-16 big-endian": ('{"a": 1}'.encode("utf-16-be"), "UTF-16", (1, 1, 0)),
    "UTF-16 with a letter beyond ASCII": ('{"ü": 1}'.encode("utf-16-le"), "UTF-16", (1, 5, 4)),
    "UTF-32 with a mark": ('\ufeff{"a": 1}'.encode("utf-32-le"), "UTF-32, not UTF-8", (1, 1, 0)),
    "UTF-32 big-endian with a mark": ('\ufeff{"a": 1}'.encode("utf-32-be"), "UTF-32, not UTF-8", (1, 1, 0)),
    "a Latin-1 letter": (b'{"a":\n "Fr\xfchling"}', "byte 0xfc is not UTF-8 (it looks like Latin-1", (2, 5, 10)),
    "half of a character": (
        b'{"a": "\xed\xa0\xbd"}',
        "byte 0xed is not UTF-8 (it looks like half of a character: a surrogate)",
        (1, 8, 7),
    ),
    "a Latin-1 letter at the end": (b'"\xfc', "byte 0xfc", (1, 2, 1)),
    "a letter cut in two": ('"ü'.encode()[:-1], "byte 0xc3", (1, 2, 1)),
    "a raw surrogate": (b'["\xed\xa0\xbd\xed\xb8\x80"]', "byte 0xed", (1, 3, 2)),
    "an overlong slash": (b'"\xc0\xaf"', "byte 0xc0", (1, 2, 1)),
    "an escaped half": (b'{"a": "\\ud83d"}', "surrogate", (1, 8, 7)),
    "an escaped second half": (b'{"a": "\\ude00"}', "surrogate", (1, 8, 7)),
    "NUL in a string": (b'{"a": "b\0"}', "a control character in a text: U+0000", (1, 9, 8)),
    "NUL between tokens": (b'{"a":\0 1}', "the control character U+0000 between values", (1, 6, 5)),
    "a line feed in a string": (b'["a\nb"]', "not closed on its line", (1, 2, 1)),
    "NaN": (b'{"a": NaN}', "NaN is no JSON number", (1, 7, 6)),
    "Infinity": (b"[1,\n Infinity]", "Infinity is no JSON number", (2, 2, 5)),
    "-Infinity": (b"[-Infinity]", "-Infinity is no JSON number", (1, 2, 1)),
    "1e999": (b'{"a": 1e999}', "the number 1e999 is too big for a double", (1, 7, 6)),
    "-1e999": (b'{"a": [0, -1e999]}', "the number -1e999 is too big for a double", (1, 11, 10)),
    "400 digits": (b"[" + b"9" * 400 + b"]", f"the number {'9' * 40} is too big for a double", (1, 2, 1)),
    "5000 digits": (b'{"a": ' + b"9" * 5000 + b"}", "is too big for a double", (1, 7, 6)),
    "a placeholder": (b'{"budget": {{budget}}}', "unquoted placeholder {{budget}}", (1, 12, 11)),
    "a placeholder in a list": (b'{"a": [1,\n ${x}]}', "unquoted placeholder ${x}", (2, 2, 11)),
    "a placeholder in angles": (b'{"a": <YOUR ID>}', "unquoted placeholder <YOUR ID>", (1, 7, 6)),
    "a placeholder behind emoji": ('{"😀": "😀", "b": $X}'.encode(), "unquoted placeholder $X", (1, 17, 22)),
    "a missing comma": (
        '{"😀": "ü"\n"b": 2}'.encode(),
        "a comma is missing before this value",
        (2, 1, 14),
    ),
    "a missing colon": (b'{"a" 1}', "expected ':'", (1, 6, 5)),
    "a carriage return ahead": (b'{"a":\r 1 2}', "a comma is missing", (2, 4, 9)),
    "a trailing comma": (b"[1,]", "trailing comma", (1, 3, 2)),
    "a comment": (
        b"{} // c",
        "a comment, which JSON does not have",
        (1, 4, 3),
    ),
    "a comment in an object": (b'{"a": 1, /* c */ "b": 2}', "a comment, which JSON does not have", (1, 10, 9)),
    "single quotes": (b"{'a': 1}", "a text in single quotes: in JSON it stands in double ones", (1, 2, 1)),
    "two values": (b"{} {}", "a second value", (1, 4, 3)),
    "a leading zero": (b"[01]", "begins with a zero", (1, 2, 1)),
    "an open bracket": (b'{"a": [1', EARLY, (1, 9, 8)),
    "an open quote": (b'{"a": "b\\"', EARLY, (1, 11, 10)),
    "an open quote before a line feed": (b'{"a": "b\n', EARLY, (1, 9, 8)),
    "an open bracket before blank lines": (b'{"a":\r\n\r\n', EARLY, (1, 6, 5)),
    "half a word": (b"tru", EARLY, (1, 4, 3)),
}


@pytest.mark.parametrize(("data", "message", "place"), FAULTS.values(), ids=FAULTS)
def test_what_is_no_json_is_a_fault_at_its_place(data: bytes, message: str, place: tuple[int, int, int]) -> None:
    said, where = fault(data)
    assert message in said
    assert where == place


@pytest.mark.parametrize("reader", [JSON, JSONC, NDJSON], ids=lambda reader: reader.name)
@pytest.mark.parametrize(
    ("opening", "closing", "at"),
    few([("[", "]", MAX_DEPTH), ('{"a":', "}", 5 * MAX_DEPTH), ('[{"a":', "}]", 6 * MAX_DEPTH // 2)], 2),
)
def test_nesting_has_a_limit(reader: Reader, opening: str, closing: str, at: int) -> None:
    pairs = MAX_DEPTH // len(closing)
    inner = "1" if "{" in opening else ""
    deepest = f"{opening * pairs}{inner}{closing * pairs}".encode()
    assert isinstance(read(deepest, reader), Document)
    too_deep = f"{opening * pairs}[]{closing * pairs}".encode()
    assert fault(too_deep, reader) == (DEEP, (1, at + 1, at))


@pytest.mark.parametrize("closing", [b"", b"]" * 100_000], ids=["open", "closed"])
def test_a_hundred_thousand_levels_are_too_many(closing: bytes) -> None:
    assert fault(b"[" * 100_000 + closing) == (DEEP, (1, MAX_DEPTH + 1, MAX_DEPTH))
    assert fault(b'{"a":' * 100_000 + closing) == (DEEP, (1, 5 * MAX_DEPTH + 1, 5 * MAX_DEPTH))


def test_brackets_in_strings_are_no_nesting() -> None:
    assert value(json.dumps(["[" * 1000, '"' * 1000, "\\"]).encode()) == ["[" * 1000, '"' * 1000, "\\"]
    assert fault(json.dumps(["[" * 1000, '\\"[']).encode()[:-1])[0].startswith(EARLY)


@pytest.mark.parametrize("reader", [JSON, JSONC], ids=lambda reader: reader.name)
def test_a_long_string_that_is_never_closed_is_diagnosed_in_good_time(reader: Reader) -> None:
    began = time.perf_counter()
    assert fault(b'["' + b'\\"' * 200_000, reader)[0].startswith(EARLY)
    assert time.perf_counter() - began < 10


def test_a_file_cut_off_at_any_byte_is_a_fault_at_its_end() -> None:
    assert isinstance(read(BUNDLE), Document)
    for size in range(1, len(BUNDLE)):
        said, where = fault(BUNDLE[:size])
        assert said.startswith((EARLY, "byte 0x")), (size, said)
        assert len(BUNDLE[:size].rstrip()) - 6 <= where.offset <= size


DUPLICATES: dict[str, tuple[str, list[tuple[str, int, int]]]] = {
    "none": ('{"a": {"b": 1}, "c": {"b": 1}}', []),
    "at the root": ('{"a": 1, "a": 2}', [("/a", 9, 1)]),
    "the same value": ('{"a": 1, "a": 1}', [("/a", 9, 1)]),
    "three times": ('{"a": 1, "a": 2, "a": 3}', [("/a", 9, 1), ("/a", 17, 1)]),
    "deep": ('{"a": [0, {"b/c": {"~": 1, "~": 2}}]}', [("/a/1/b~1c/~0", 27, 19)]),
    "in what is dropped": ('{"a": {"b": 1, "b": 2}, "a": 3}', [("/a/b", 15, 7), ("/a", 24, 1)]),
    "an empty key": ('{"": 1, "": 2}', [("/", 8, 1)]),
    "a key with an escape": ('{"budget": 1, "\\u0062udget": 2}', [("/budget", 14, 1)]),
    "colons in strings": ('{"a:": ":::", "b": 1, "a:": ":"}', [("/a:", 22, 1)]),
    "as many colons dropped as gained": ('{"a": "::", "b": ":"}', []),
    "an escaped colon": ('{"a": "\\u003a", "a": 1}', [("/a", 16, 1)]),
    "an escaped colon in place of the one dropped": ('{"a": 1, "a": "\\u003A"}', [("/a", 9, 1)]),
    "an escaped colon and no double": ('{"a": "\\u003a:"}', []),
    "an escaped backslash ahead of u003a": ('{"a": "\\\\u003a"}', []),
    "behind emoji": ('{"😀": 1, "ü": {}, "😀": 2}', [("/😀", 22, 1)]),
}


@pytest.mark.parametrize(("text", "expected"), DUPLICATES.values(), ids=DUPLICATES)
@pytest.mark.parametrize("mark", [b"", BOM], ids=["", "BOM"])
def test_a_key_that_stands_twice_is_found_with_both_places(
    text: str, expected: list[tuple[str, int, int]], mark: bytes
) -> None:
    item = read(mark + text.encode())
    assert isinstance(item, Document)
    assert item.value == json.loads(text)
    offsets = [
        (
            double.pointer,
            item.source.position(double.span.start).offset,
            item.source.position(double.first.start).offset,
        )
        for double in item.duplicates
    ]
    assert offsets == [(pointer, later + len(mark), first + len(mark)) for pointer, later, first in expected]


def test_a_doubled_key_points_at_its_second_place_and_relates_the_first() -> None:
    text = '{"campaign_name": "😀",\r\n "objective_type": "WEB_CONVERSIONS", "objective_type": "X"}'
    (diagnostic,) = [diagnostic for diagnostic in lint({"a.json": text}).diagnostics if diagnostic.code == "SPL005"]
    assert diagnostic.range is not None
    assert (diagnostic.pointer, diagnostic.range.start, diagnostic.range.end) == (
        "/objective_type",
        (2, 39, 65),
        (2, 55, 81),
    )
    (first,) = diagnostic.related
    assert first.range is not None
    assert (first.pointer, first.range.start) == ("/objective_type", (2, 2, 28))


def test_what_is_missing_is_marked_at_the_bracket_of_the_object_that_lacks_it() -> None:
    text = '{"campaign": {"objective_type": "WEB_CONVERSIONS"},\n "adgroups": [ {"promotion_type": "WEBSITE"}]}'
    places = {(one.pointer, one.range) for one in lint({"a.json": text}).diagnostics if one.code == "SPL008"}
    assert {(pointer, where and (tuple(where.start), tuple(where.end))) for pointer, where in places} == {
        ("/campaign", ((1, 14, 13), (1, 15, 14))),
        ("/adgroups/0", ((2, 16, 67), (2, 17, 68))),
    }


def test_a_related_place_names_its_document() -> None:
    (diagnostic,) = lint({"a.ndjson": b'{"objective_type": 1}\n{"a": 1, "a": 2}'}).diagnostics[-1:]
    assert (diagnostic.code, diagnostic.document, [place.document for place in diagnostic.related]) == (
        "SPL005",
        2,
        [2],
    )
    assert [place["document"] for place in diagnostic.model_dump()["related"]] == [2]


COMMENTS: dict[str, tuple[str, Any]] = {
    "a line": ('{"a": 1} // "b": 2', {"a": 1}),
    "above and below": ("// a\n[1]\n// b\n", [1]),
    "a block": ('{/* "b": 2, */"a"/**/:/* : */1}', {"a": 1}),
    "a block of lines": ("[1, /* 2,\r\n 3, */ 4]", [1, 4]),
    "slashes in strings": ('["http://a/*b*/", "\\"//", "/*"]', ["http://a/*b*/", '"//', "/*"]),
    "quotes in comments": ('[1, // "\n2 /* " */]', [1, 2]),
    "trailing commas": ('{"a": [1, 2,], "b": {"c": 1,},}', {"a": [1, 2], "b": {"c": 1}}),
    "a trailing comma ahead of a comment": ("[1, // one,\n /* two, */ ]", [1]),
    "commas in strings": ('[",]", ",}"]', [",]", ",}"]),
    "a star alone": ("[1 /***/, 2 /* * / */]", [1, 2]),
    "a comment that is a file": ("/**/ null", None),
}


@pytest.mark.parametrize(("text", "expected"), COMMENTS.values(), ids=COMMENTS)
@pytest.mark.parametrize("mark", [b"", BOM], ids=["", "BOM"])
def test_comments_and_trailing_commas_are_passed_over(text: str, expected: Any, mark: bytes) -> None:
    assert value(mark + text.encode(), JSONC) == expected


@pytest.mark.parametrize(
    ("text", "message", "place"),
    few(
        [
            ("", EMPTY, (1, 1, 0)),
            ("// only a comment", EMPTY, (1, 1, 0)),
            ('{"a": 1} /* "', EARLY, None),
            ('{"a": 1 /* }', EARLY, (1, 8, 7)),
            ("[1,,]", "a trailing comma", (1, 3, 2)),
            ('/* ü😀 */ {"a": 1 2}', "a comma is missing", (1, 18, 21)),
            ('// ü\n["a // b]\n', EARLY, (2, 10, 15)),
            ("[1] / 2", "text follows the document", (1, 5, 4)),
        ],
        3,
    ),
)
def test_what_is_no_json_with_comments_is_a_fault_at_its_place(
    text: str, message: str, place: tuple[int, int, int] | None
) -> None:
    if place is None:  # the comment swallows the end of the file, which was complete
        assert value(text.encode(), JSONC) == {"a": 1}
    else:
        said, where = fault(text.encode(), JSONC)
        assert message in said
        assert where == place


LINES: dict[str, tuple[bytes, list[tuple[str, int | None, tuple[int, int, int]]]]] = {
    "two lines": (
        b'{"objective_type": "X"}\n{"objective_type": "X"}',
        [("SPL101", 1, (1, 20, 19)), ("SPL101", 2, (2, 20, 43))],
    ),
    "blank lines count, but are no documents": (b'\n \r\n{"objective_type": "X"}\n\n', [("SPL101", 1, (3, 20, 23))]),
    "CRLF": (b'{"a": 1}\r\n{"objective_type":\r\n"X"]\r\n', [("SPL001", 2, (2, 19, 28)), ("SPL001", 3, (3, 4, 33))]),
    "a value over several lines": (
        b'{"objective_type": "X"}\n {\n"a":\n[1]}\r\n{"objective_type": "X"}\n',
        [("SPL101", 1, (1, 20, 19)), ("SPL001", 2, (2, 2, 25)), ("SPL101", 5, (5, 20, 57))],
    ),
    "a broken middle line": (
        b'{"objective_type": "X"}\n{"a": \n{"objective_type": "X"}\n',
        [("SPL101", 1, (1, 20, 19)), ("SPL001", 2, (2, 6, 29)), ("SPL101", 3, (3, 20, 50))],
    ),
    "a mark": (BOM + b'{"a": 1, "a": 2}\n[1, 2', [("SPL005", 1, (1, 10, 12)), ("SPL001", 2, (2, 6, 25))]),
    "doubled keys": (b'[]\n{"a": 1, "a": 2}\n', [("SPL005", 2, (2, 10, 12))]),
    "emoji ahead": ('"😀"\n{"😀": 1, "a": 1, "a": 2}'.encode(), [("SPL005", 2, (2, 18, 27))]),
    "a Latin-1 letter": (b'["\xfc"]\n{"objective_type": "X"}', [("SPL001", 1, (1, 3, 2)), ("SPL101", 2, (2, 20, 25))]),
    "a carriage return in a line": (b'{"a":\r1}\n{"a" 1}', [("SPL001", 2, (3, 6, 14))]),
    "no document": (b"\n\n", [("SPL002", None, (1, 1, 0))]),
}


@pytest.mark.parametrize(("data", "expected"), LINES.values(), ids=LINES)
def test_each_line_of_ndjson_is_a_document_with_places_in_the_file(
    data: bytes, expected: list[tuple[str, int | None, tuple[int, int, int]]]
) -> None:
    codes = {code for code, _, _ in expected}
    places = [
        (one.code, one.document, one.range and tuple(one.range.start))
        for one in lint({"a.ndjson": data}).diagnostics
        if one.code in codes
    ]
    assert places == expected


def _pointers(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    yield pointer, value
    if isinstance(value, dict | list):
        for step, entry in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _pointers(entry, f"{pointer}/{escape(str(step))}")


@given(
    JSON_VALUES,
    st.sampled_from([None, 1, 2]),
    st.booleans(),
    st.sampled_from([b"", BOM]),
    st.sampled_from([b"\n", b"\r\n"]),
)
def test_every_place_holds_the_value_that_its_pointer_leads_to(
    written: Any, indent: int | None, ascii_only: bool, mark: bytes, end: bytes
) -> None:
    data = mark + json.dumps(written, indent=indent, ensure_ascii=ascii_only).encode().replace(b"\n", end)
    item = read(data)
    assert isinstance(item, Document)

    def said(start: int, stop: int) -> str:
        return data[item.source.position(start).offset : item.source.position(stop).offset].decode()

    expected = dict(_pointers(item.value))
    places = item.locate(expected)
    assert places.keys() == expected.keys()
    for pointer, inner in expected.items():
        place = places[pointer]
        assert repr(json.loads(said(*place.value))) == repr(json.loads(json.dumps(inner)))
        assert said(*place.opening) == (said(*place.value)[0] if isinstance(inner, dict | list) else said(*place.value))
        parent = expected[pointer.rpartition("/")[0]] if pointer else None
        assert (place.key is not None) == isinstance(parent, dict)
        if place.key is not None:
            assert escape(json.loads(said(*place.key))) == pointer.rpartition("/")[2]
    assert all(item.locate([pointer])[pointer] == place for pointer, place in places.items())
    assert item.locate(["/nowhere/at/all"]).keys() <= {"", "/nowhere"}
