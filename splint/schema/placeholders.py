"""Template placeholders: values that somebody or something still has to fill in."""

import re
from functools import cache

SHELL_VARIABLE = r"\$[A-Za-z_]\w*|\$\(|`"
_ANYWHERE = r"\{\{|\$\{|\bYOUR_[A-Z0-9_]+\b|\b[A-Z0-9_]+_FROM_STEP_?\d+\b"
_WHOLE = (
    r"<[A-Za-z][\w .:-]*>"
    r"|(?i:\[[^\[\]\n]*\b(?:your|insert|enter|replace|id|[a-z]+_id)\b[^\[\]\n]*\])"
)
_CAPITALS = r"\$?[A-Z]{2,}(?:_[A-Z0-9]+)*"
"""A bare word such as IDENTITY_ID, or a $VARIABLE: in an ID field nobody's ID. URL macros begin with underscores."""


@cache
def _anywhere(in_shell: bool) -> re.Pattern[str]:
    return re.compile(f"{_ANYWHERE}|{SHELL_VARIABLE}" if in_shell else _ANYWHERE)


@cache
def _whole(in_id: bool) -> re.Pattern[str]:
    return re.compile(f"{_WHOLE}|{_CAPITALS}" if in_id else _WHOLE)


@cache
def _hint(in_id: bool, in_shell: bool) -> re.Pattern[str]:
    blanks = r"[^\S\n]*"  # \s would run over all empty lines from each of them
    return re.compile(rf"{_anywhere(in_shell).pattern}|^{blanks}(?:{_whole(in_id).pattern}){blanks}$", re.MULTILINE)


def _has_mark(text: str, in_shell: bool) -> bool:
    """Whether there is what stands in every placeholder but a bare word in capitals.

    A quick no: 1 us for the texts of a bundle, where the expressions take 50, and 1.2 ms of a start to compile them.
    """
    return (
        "{{" in text
        or "${" in text
        or "<" in text
        or "[" in text
        or "YOUR_" in text
        or "_FROM_STEP" in text
        or (in_shell and ("$" in text or "`" in text))
    )


def is_placeholder(text: str, *, in_id: bool = False, in_shell: bool = False) -> bool:
    """Whether a value is a placeholder: in an ID field a bare word in capitals too, in a curl body a $VARIABLE."""
    if not _has_mark(text, in_shell) and not (in_id and text.isupper()):
        return False
    return bool(_anywhere(in_shell).search(text) or _whole(in_id).fullmatch(text.strip()))


def may_hold_placeholder(values: list[str], *, in_id: bool, in_shell: bool = False) -> bool:
    """A quick no over many values; a yes asks for `is_placeholder` of each."""
    lines = "\n".join(values)
    has_capitals = in_id and lines != lines.lower() and any(map(str.isupper, values))
    if not _has_mark(lines, in_shell) and not has_capitals:
        return False
    return _hint(in_id, in_shell).search(lines) is not None
