"""Checks a version against `required-version`."""

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
    """Whether `wanted`, a version or a specifier such as `>=0.1,<2`, allows a version; None if it is malformed."""
    text = wanted.strip()
    text = text if text[:1] in tuple("<>=!~") else f"=={text}"
    clauses = [
        re.fullmatch(r"\s*([<>=!]=|[<>])\s*([0-9]{1,9}(?:\.[0-9]{1,9})*)\s*", clause) for clause in text.split(",")
    ]
    if not re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9})*", version):
        return _allows_pep440(text, version)
    allowed = True
    for clause in clauses:
        if clause is None:
            return _allows_pep440(text, version)
        allowed = allowed and COMPARED[clause[1]](_release(version), _release(clause[2]))
    return allowed


def _release(version: str) -> Release:
    """The numbers of a version without trailing zeros, which do not count in comparisons."""
    numbers = [int(part) for part in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return numbers


def _allows_pep440(text: str, version: str) -> bool | None:
    """The same as `allows` for all forms of PEP 440."""
    from packaging.specifiers import SpecifierSet  # 40 ms of start time

    try:
        return SpecifierSet(text, prereleases=True).contains(version)
    except ValueError:
        return None
