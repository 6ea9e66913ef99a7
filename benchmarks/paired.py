"""The method: two things measured directly after each other, round for round, and the median of their ratios.

Whatever else a machine does slows both of a pair; what slows one round alone does not move the median.
"""

import statistics
from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import NamedTuple

Timer = Callable[[], float]
"""Does its work once; gives the seconds that it took."""

RUNS = 9
"""How often each of the short timers runs in a round."""


class Figure(NamedTuple):
    """What the rounds of a row come to."""

    median: float
    low: float
    high: float
    rounds: int


def figure(values: Sequence[float]) -> Figure:
    """The median of a figure for each round, with the lowest and the highest."""
    return Figure(statistics.median(values), min(values), max(values), len(values))


def ratios(top: Timer, bottom: Timer, rounds: int, runs: int = 1) -> list[float]:
    """For each round the time of `top` as a multiple of `bottom`'s; the first of a pair is the other one each round.

    A round of short timers has several runs, by turns, whose medians count. What both do once before the first round
    (caches, compiled modules) is not counted.
    """
    top(), bottom()
    pair = ((top, runs), (bottom, runs))
    found = []
    for at in range(rounds):
        if at % 2:
            below, above = medians(pair[::-1])
        else:
            above, below = medians(pair)
        found.append(above / below)
    return found


def calls(function: Callable[[], object], seconds: float = 0.015) -> Timer:
    """Times a call in this process, as the mean of as many calls as take about `seconds`."""
    count = _count(function, seconds)

    def timer() -> float:
        began = perf_counter()
        for _ in range(count):
            function()
        return (perf_counter() - began) / count

    return timer


def typical_call(function: Callable[[], object], seconds: float = 0.015) -> Timer:
    """Times a call by the median of such calls: where a slope is looked for, one that is interrupted must not count."""
    count = _count(function, seconds)

    def timer() -> float:
        times = []
        for _ in range(count):
            began = perf_counter()
            function()
            times.append(perf_counter() - began)
        return statistics.median(times)

    return timer


def _count(function: Callable[[], object], seconds: float) -> int:
    """How many calls take about so long, once it is warm."""
    began, warm = perf_counter(), 20
    for _ in range(warm):
        function()
    return max(1, round(seconds * warm / (perf_counter() - began)))


def medians(timers: Sequence[tuple[Timer, int]]) -> list[float]:
    """The median time of each, which runs as often as it says, its runs spread evenly among the others'."""
    most = max(runs for _, runs in timers)
    times: list[list[float]] = [[] for _ in timers]
    for at in range(most):
        for taken, (timer, runs) in zip(times, timers, strict=True):
            if at * runs // most != (at + 1) * runs // most:
                taken.append(timer())
    return [statistics.median(taken) for taken in times]


def growth(small: dict[int, Timer], large: dict[int, Timer], rounds: int, runs: int = RUNS) -> list[float]:
    """For each round what one more costs at the large sizes as a multiple of what it costs at the small ones.

    A line is fitted through the times of each end: its slope is the cost of one more, without whatever is fixed.
    """
    timers = small | large
    found = []
    for _ in range(rounds):
        times = dict(zip(timers, medians([(timer, runs) for timer in timers.values()]), strict=True))
        found.append(_slope(large, times) / _slope(small, times))
    return found


def _slope(sizes: Mapping[int, Timer], times: Mapping[int, float]) -> float:
    return statistics.linear_regression(list(sizes), [times[size] for size in sizes]).slope
