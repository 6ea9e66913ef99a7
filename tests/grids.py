"""Tables of test cases that are long: what of them is quick, and what is left to the slow tests.

Of those that grow by multiplication the quick tests meet each value once, or each that finds room, the slow ones each
pair.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import product
from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet


def diagonal(*axes: Iterable[Any]) -> list[Any]:
    """All combinations of the axes' values; those are slow that are not needed to meet each value once."""
    values: list[Sequence[Any]] = [list(axis) for axis in axes]
    quick = {tuple(at % len(axis) for axis in values) for at in range(max(map(len, values)))}
    return [
        pytest.param(
            *(axis[at] for axis, at in zip(values, row, strict=True)), marks=() if row in quick else pytest.mark.slow
        )
        for row in product(*(range(len(axis)) for axis in values))
    ]


def sampled(rows: Iterable[Any], quick: Collection[Any]) -> list[Any]:
    """All rows, of which those are slow whose (first) value is not one of `quick`: their like is met there."""
    named = [row if isinstance(row, tuple) else (row,) for row in rows]
    missing = set(quick) - {row[0] for row in named}
    assert not missing, f"no row has {missing}"
    return [pytest.param(*row, marks=() if row[0] in quick else pytest.mark.slow) for row in named]


def few(rows: Iterable[Any], number: int) -> list[Any]:
    """All rows, of which at most so many are quick: those that bring most values in, else evenly apart."""
    made = [_param(row) for row in rows]
    quick = [at for at, row in enumerate(made) if not row.marks]
    pending = [*dict.fromkeys((*(quick[at * len(quick) // number] for at in range(number)), *quick))]
    chosen: list[int] = []
    met: set[tuple[int, int]] = set()
    while pending and len(chosen) < number:
        chosen.append(max(pending, key=lambda at: len({*_values(made[at])} - met)))
        pending.remove(chosen[-1])
        met.update(_values(made[chosen[-1]]))
    return [
        row if at in chosen or row.marks else pytest.param(*row.values, marks=pytest.mark.slow)
        for at, row in enumerate(made)
    ]


def _values(row: ParameterSet) -> Iterable[tuple[int, int]]:
    """The values of a row, each with its place."""
    return ((at, id(value)) for at, value in enumerate(row.values))


def _param(row: Any) -> ParameterSet:
    if isinstance(row, ParameterSet):
        return row
    return pytest.param(*row) if isinstance(row, tuple) else pytest.param(row)
