"""Unified diffs of lines, in time in proportion to their number however alike they are."""

import difflib
from collections.abc import Iterator, Sequence

Block = tuple[int, int, int, int]
"""A range of the old lines, and the range of the new ones that stands in its place."""
SMALL = 400
"""The most lines that `difflib` compares at once: where lines are alike its time grows with the square."""
CONTEXT = 3
"""The unchanged lines around a change."""


def unified(before: Sequence[bytes], after: Sequence[bytes], old: bytes, new: bytes) -> Iterator[bytes]:
    """The lines of a diff of lines, with the names of both sides; as `difflib` writes it, where that is fast."""
    if len(before) + len(after) <= SMALL:
        yield from difflib.diff_bytes(difflib.unified_diff, before, after, old, new)
        return
    blocks = _blocks(before, after)
    if blocks:
        yield b"--- %s\n" % old
        yield b"+++ %s\n" % new
    for hunk in _hunks(blocks):
        start, end = max(hunk[0][0] - CONTEXT, 0), min(hunk[-1][1] + CONTEXT, len(before))
        first = hunk[0][2] - (hunk[0][0] - start)
        last = hunk[-1][3] + end - hunk[-1][1]
        yield b"@@ -%s +%s @@\n" % (_range(start, end), _range(first, last))
        for at, stop, fresh, fresh_end in hunk:
            yield from (b" " + line for line in before[start:at])
            yield from (b"-" + line for line in before[at:stop])
            yield from (b"+" + line for line in after[fresh:fresh_end])
            start = stop
        yield from (b" " + line for line in before[start:end])


def _range(start: int, end: int) -> bytes:
    """A range of lines as the header of a hunk writes it."""
    count = end - start
    return b"%d" % (start + 1) if count == 1 else b"%d,%d" % (start + (count > 0), count)


def _hunks(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks whose contexts touch, together."""
    hunk: list[Block] = []
    for block in blocks:
        if hunk and block[0] - hunk[-1][1] > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(block)
    if hunk:
        yield hunk


def _blocks(before: Sequence[bytes], after: Sequence[bytes]) -> list[Block]:
    """What differs: found by two equal lines behind a change, by one where that leaves much, and then by `difflib`."""
    coarse = _differing(before, after, (0, len(before), 0, len(after)), 2)
    finer = (one for block in coarse for one in ([block] if _is_small(block) else _differing(before, after, block, 1)))
    return [one for block in finer for one in _compared(before, after, block)]


def _is_small(block: Block) -> bool:
    return block[1] - block[0] + block[3] - block[2] <= SMALL


def _compared(before: Sequence[bytes], after: Sequence[bytes], block: Block) -> Iterator[Block]:
    """The differences within a block, if it is small and no mere addition or removal; else the block."""
    start, end, first, last = block
    if start == end or first == last or not _is_small(block):
        yield block
        return
    matcher = difflib.SequenceMatcher(None, before[start:end], after[first:last])
    for tag, at, stop, fresh, fresh_end in matcher.get_opcodes():
        if tag != "equal":
            yield start + at, start + stop, first + fresh, first + fresh_end


def _differing(before: Sequence[bytes], after: Sequence[bytes], block: Block, run: int) -> Iterator[Block]:
    """The blocks of a block that differ; each ends where `run` lines of both sides, the closest, are equal."""
    at, end, fresh, last = block
    while at < end or fresh < last:
        if at < end and fresh < last and before[at] == after[fresh]:
            at, fresh = at + 1, fresh + 1
            continue
        stop, fresh_end = _meeting(before, after, (at, end, fresh, last), run)
        yield at, stop, fresh, fresh_end
        at, fresh = stop, fresh_end


def _meeting(before: Sequence[bytes], after: Sequence[bytes], block: Block, run: int) -> tuple[int, int]:
    """The closest lines of both sides that begin `run` equal ones, else their ends; looked for ever further ahead."""
    at, end, fresh, last = block
    reach = 8
    while True:
        seen: dict[tuple[bytes, ...], int] = {}
        for stop in range(min(at + reach, end - run), at - 1, -1):
            seen[tuple(before[stop : stop + run])] = stop
        found = [
            (stop - at + fresh_end - fresh, stop, fresh_end)
            for fresh_end in range(fresh, min(fresh + reach, last - run) + 1)
            if (stop := seen.get(tuple(after[fresh_end : fresh_end + run]), -1)) >= 0
        ]
        if found:
            return min(found)[1:]
        if reach > end - at and reach > last - fresh:
            return end, last
        reach *= 2


def header_name(path: str) -> bytes:
    """A path for the header of a diff, quoted as in C if it contains special characters."""
    data = path.encode("utf-8", "surrogateescape")
    if all(byte >= 0x80 or (byte >= 0x20 and byte not in b'"\\\x7f') for byte in data):
        return data + (b"\t" if b" " in data else b"")
    odd = (*b'"\\\x7f', *range(0x20), *range(0x80, 0x100))
    quoted = "".join(f"\\{byte:03o}" if byte in odd else chr(byte) for byte in data)
    return f'"{quoted}"'.encode()
