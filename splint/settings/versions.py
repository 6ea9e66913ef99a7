"""Whether a version is one that `required-version` allows."""

import operator
import re
from collections.abc import Callable

Release = list[int]
COMPARED: dict[str, Callable[[Release, Release], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


def allows(wanted: str, version: str) -> bool | None:
    """Whether a version is among those that are wanted: one alone, or `>=0.1,<2`; None where that says no version."""
    text = wanted.strip()
    text = text if text[:1] in tuple("<>=!~") else f"=={text}"
    clauses = [
        re.fullmatch(r"\s*([<>=!]=|[<>])\s*([0-9]{1,9}(?:\.[0-9]{1,9})*)\s*", clause) for clause in text.split(",")
    ]
    if not re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9})*", version):
        return _asked(text, version)
    allowed = True
    for clause in clauses:
        if clause is None:
            return _asked(text, version)
        allowed = allowed and COMPARED[clause[1]](_release(version), _release(clause[2]))
    return allowed


def _release(version: str) -> Release:
    """Numbers that compare as versions do: zeros at the end say nothing."""
    numbers = [int(part) for part in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return numbers


def _asked(text: str, version: str) -> bool | None:
    """The same for every form that PEP 440 knows."""
    from packaging.specifiers import SpecifierSet  # 40 ms: plain numbers do without it

    try:
        return SpecifierSet(text, prereleases=True).contains(version)
    except ValueError:
        return None
