"""Lines, columns and byte offsets of places, against counting from the start."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from splint.formats import source as module
from splint.formats.source import BOM, Source
from splint.reporting.location import Position, Range


@given(
    st.lists(st.sampled_from(["a", "ü", "😀", "\ufffd", "\n", "\r\n", "\r", "\u2028"]), max_size=40).map("".join),
    st.sampled_from([b"", BOM]),
    st.sampled_from([b"", b"\xff"]),
    st.data(),
)
def test_places_are_those_that_counting_from_the_start_gives(
    text: str, mark: bytes, odd: bytes, data: st.DataObject
) -> None:
    """Whatever ends the lines, wherever the blocks end, also where a byte is not UTF-8."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK", data.draw(st.integers(1, 9)))
        written = text.encode() + odd
        source = Source("a.json", mark + written, line=3, offset=7)
        size = len(source.text)
        starts = [0, *(end.end() for end in re.finditer(r"\r\n?|\n", source.text))]
        whole = written.decode("utf-8", "surrogateescape")

        def position(index: int) -> Position:
            row = max(row for row, start in enumerate(starts) if start <= index)
            before = len(whole[:index].encode("utf-8", "surrogateescape"))
            return Position(3 + row, index - starts[row] + 1, 7 + len(mark) + before)

        start = data.draw(st.integers(0, size))
        end = data.draw(st.integers(start, size))
        assert source.range(start, end) == Range(position(start), position(end))
        row = data.draw(st.integers(0, len(starts) - 1))
        ends = [*starts[1:], size]
        assert source.line_at(3 + row) == (starts[row], source.text[starts[row] : ends[row]].rstrip("\r\n"))
        assert source.line_end(starts[row], size) == ends[row]
