"""What may give a variable the text that it has at a place of a script."""

import re

from splint.formats.shell.branches import Branch, set_again_until, shares_shell, surely_ran
from splint.formats.shell.effects import Given
from splint.formats.shell.steps import Steps
from splint.formats.shell.words import Command, Word

_MOST_GIVEN = 64
"""The most assignments of a variable that are looked at."""
_ADDS = re.compile(r"\w+\+=")
_LOOP = re.compile(r"(?:do|then|else|\s)*for\s+\w+\s+in[ \t]+(?P<listed>[^\n]*)")


def place_of(given: Given, source: str) -> Command:
    """The place where a variable is given a text, as that of a command."""
    command = Command(words=[Word(source, given.start, given.start)])
    command.branch = given.branch
    return command


def adds(given: Given, source: str) -> bool:
    """Whether an assignment adds to the text that its variable has."""
    return _ADDS.match(source, given.start) is not None


def listed(given: Given, source: str) -> str | None:
    """The rest of the line behind the `in` of a loop that gives its variable each of some words; None for no loop."""
    loop = _LOOP.match(source, given.start)
    return None if loop is None else loop["listed"]


def reaching(variable: str, place: Command, steps: Steps, start: int | None = None) -> tuple[list[Given], bool]:
    """What may give a variable the text that a command has, the last first, and whether one of these surely does.

    In a straight line it is the last one above. No other program can set it, whatever names it. `start` is where the
    command has the variable, if that is not where it begins.
    """
    start, given = place.place if start is None else start, steps.given.get(variable, [])
    if len(given) > _MOST_GIVEN:
        return [], False
    seen = [one for one in given if one.start != start and _is_seen(one, place, steps)]
    above = (one for one in reversed(seen) if one.start < start)
    last = next((one for one in above if _is_last(one, place, steps, is_only=len(seen) == 1)), None)
    after, branch = (-1, Branch()) if last is None else (last.start, last.branch)
    until = max(start, set_again_until(branch, place))
    functions = ("", branch.of_function, place.branch.of_function)
    others = [
        one
        for one in seen
        if one is not last and (after < one.start < until or one.branch.of_function not in functions)
    ]
    found = [*([last] if last else []), *others]
    is_set = last is not None or (len(others) > 1 and all(one.start < start for one in others))
    is_other_name = variable in steps.referred
    return found, is_set and not is_other_name and steps.last_run < min(one.start for one in found)


def _is_seen(given: Given, place: Command, steps: Steps) -> bool:
    """Whether a place may see what is set: not in a shell of its own, nor for another function alone."""
    function, own = given.branch.of_function, place.branch.of_function
    is_within = function == own or (own != "" and own in steps.within(function))
    return shares_shell(given.branch, place) and (not given.is_local or is_within or place.origin is not None)


def _is_last(given: Given, place: Command, steps: Steps, *, is_only: bool) -> bool:
    """Whether what is set above a place surely is, with nothing between that their order does not tell."""
    is_beside = given.branch.of_function in ("", place.branch.of_function)
    return (is_beside or is_only) and surely_ran(given.branch, place, steps.calls)
