"""Unified diffs of many lines."""

import difflib
import random
import shutil
import subprocess
from collections import deque
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from splint.fixes import hunks
from splint.fixes.hunks import unified
from tests.grids import few

Lines = list[bytes]
LINES = st.lists(st.sampled_from([b"a\n", b"b\n", b"{\n", b"},\n", b"x: 1\n"]), max_size=60)


def patched(before: Lines, diff: Lines) -> Lines:
    """The lines after a diff, whose context and counts must fit."""
    made, at = list[bytes](), 0
    rest = deque(diff[2:])
    while rest:
        header = rest.popleft()
        old, new = (part[1:].split(b",") for part in header.split(b" ")[1:3])
        count, fresh = (int(part[1]) if part[1:] else 1 for part in (old, new))
        start = int(old[0]) - (count > 0)
        made += before[at:start]
        assert int(new[0]) - (fresh > 0) == len(made)
        at = start
        while count or fresh:
            line = rest.popleft()
            if line[:1] in b" -":
                assert before[at] == line[1:]
                at, count = at + 1, count - 1
            if line[:1] in b" +":
                made.append(line[1:])
                fresh -= 1
    return made + before[at:]


@given(before=LINES, after=LINES)
def test_a_diff_makes_the_new_lines_of_the_old_ones(before: Lines, after: Lines) -> None:
    """Of any lines, also where all are alike."""
    small, hunks.SMALL = hunks.SMALL, 4
    try:
        assert patched(before, list(unified(before, after, b"a", b"b"))) == after
    finally:
        hunks.SMALL = small


def edited(seed: int, count: int, every: int) -> tuple[Lines, Lines]:
    """Objects of some lines, of which a few are changed, added and removed."""
    chance = random.Random(seed)
    before = [line for at in range(count) for line in (b"{\n", b'"name": "G%d",\n' % at, b'"budget": 5\n', b"},\n")]
    after = list[bytes]()
    for line in before:
        kind = chance.randrange(every)
        after += [[line.replace(b"5", b"50")], [], [line, b'"new": 1,\n']][kind] if kind < 3 else [line]
    return before, after


@pytest.mark.parametrize("seed", range(20))
def test_ordinary_diffs_are_those_of_difflib(seed: int) -> None:
    """Byte for byte in a small file; in a large one no more lines change than `difflib` says."""
    before, after = edited(seed, 40, 12)
    assert list(unified(before, after, b"a", b"b")) == by_difflib(before, after)
    before, after = edited(seed, 400, 200)
    diff, expected = list(unified(before, after, b"a", b"b")), by_difflib(before, after)
    assert patched(before, diff) == after
    assert sum(line[:1] in b"+-" for line in diff) <= sum(line[:1] in b"+-" for line in expected)


def by_difflib(before: Lines, after: Lines) -> Lines:
    return list(difflib.diff_bytes(difflib.unified_diff, before, after, b"a", b"b"))


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_git_applies_a_diff_of_thousands_of_lines(tmp_path: Path) -> None:
    before, after = edited(1, 3_000, 6)
    (tmp_path / "a.json").write_bytes(b"".join(before))
    (tmp_path / "a.diff").write_bytes(b"".join(unified(before, after, b"a/a.json", b"b/a.json")))
    subprocess.run(["git", "apply", "a.diff"], cwd=tmp_path, check=True, env={"GIT_CEILING_DIRECTORIES": "/"})
    assert (tmp_path / "a.json").read_bytes() == b"".join(after)


def all_changed(count: int) -> tuple[Lines, Lines]:
    return [b'"id": %d\n' % at for at in range(count)], [b'"id": "%d"\n' % at for at in range(count)]


def every_other(count: int) -> tuple[Lines, Lines]:
    lines = [b"{\n", b'"id": 7\n'] * count
    return lines, [line.replace(b"7", b'"7"') for line in lines]


def cut(count: int) -> tuple[Lines, Lines]:
    """A large part is removed."""
    lines = [b"%d\n" % at for at in range(count)]
    return lines, lines[: count // 4] + lines[-count // 4 :]


@pytest.mark.parametrize("make", few([all_changed, every_other, cut, lambda count: edited(1, count, 4)], 2))
def test_thousands_of_changed_lines_take_a_moment(make: Callable[[int], tuple[Lines, Lines]]) -> None:
    """What `difflib` takes 4 s for at 4,000 like lines."""
    before, after = make(20_000)
    start = process_time()
    diff = list(unified(before, after, b"a", b"b"))
    assert process_time() - start < 3
    assert patched(before, diff) == after
