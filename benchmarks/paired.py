"""The method: two timers are measured directly after each other in each round; the median of their ratios counts.

Other load on the machine slows both timers of a pair; a disturbance of one round does not change the median.
"""

import statistics
from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import NamedTuple

Timer = Callable[[], float]
"""Runs once and returns its time in seconds."""

RUNS = 9
"""The runs per round of a short timer."""


class Figure(NamedTuple):
    """The result of the rounds of a row."""

    median: float
    low: float
    high: float
    rounds: int


def figure(values: Sequence[float]) -> Figure:
    """The median, minimum and maximum of the values of the rounds."""
    return Figure(statistics.median(values), min(values), max(values), len(values))


def ratios(top: Timer, bottom: Timer, rounds: int, runs: int = 1) -> list[float]:
    """The ratio of `top`'s time to `bottom`'s, for each round; the order of the two alternates.

    With several runs per round, the runs are interleaved and their medians count. Both timers run once before the
    first round, to fill caches.
    """
    top(), bottom()
    pair = ((top, runs), (bottom, runs))
    values = []
    for at in range(rounds):
        if at % 2:
            below, above = medians(pair[::-1])
        else:
            above, below = medians(pair)
        values.append(above / below)
    return values


def calls(function: Callable[[], object], seconds: float = 0.015) -> Timer:
    """A timer of a call in this process: the mean of as many calls as take about `seconds`."""
    count = _count(function, seconds)

    def timer() -> float:
        start = perf_counter()
        for _ in range(count):
            function()
        return (perf_counter() - start) / count

    return timer


def typical_call(function: Callable[[], object], seconds: float = 0.015) -> Timer:
    """A timer of a call in this process: the median of its calls, so that an interrupted call does not count."""
    count = _count(function, seconds)

    def timer() -> float:
        times = []
        for _ in range(count):
            start = perf_counter()
            function()
            times.append(perf_counter() - start)
        return statistics.median(times)

    return timer


def _count(function: Callable[[], object], seconds: float) -> int:
    """The number of calls that take about `seconds` after a warm-up."""
    start, warm = perf_counter(), 20
    for _ in range(warm):
        function()
    return max(1, round(seconds * warm / (perf_counter() - start)))


def medians(timers: Sequence[tuple[Timer, int]]) -> list[float]:
    """The median time of each timer over its number of runs; the runs of all timers are interleaved evenly."""
    most = max(runs for _, runs in timers)
    times: list[list[float]] = [[] for _ in timers]
    for at in range(most):
        for samples, (timer, runs) in zip(times, timers, strict=True):
            if at * runs // most != (at + 1) * runs // most:
                samples.append(timer())
    return [statistics.median(samples) for samples in times]


def growth(small: dict[int, Timer], large: dict[int, Timer], rounds: int, runs: int = RUNS) -> list[float]:
    """The ratio, for each round, of the cost of one more item at the large sizes to that at the small ones.

    The cost of one more is the slope of a line fitted through the times, which leaves fixed costs out.
    """
    timers = small | large
    values = []
    for _ in range(rounds):
        times = dict(zip(timers, medians([(timer, runs) for timer in timers.values()]), strict=True))
        values.append(_slope(large, times) / _slope(small, times))
    return values


def _slope(sizes: Mapping[int, Timer], times: Mapping[int, float]) -> float:
    return statistics.linear_regression(list(sizes), [times[size] for size in sizes]).slope
