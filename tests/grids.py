"""Tables of test cases that grow by multiplication: the quick tests meet each value once, the slow ones each pair."""

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

import pytest


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
