"""Whether changes of a text spell a number that they move otherwise than it was written, or a block of YAML."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from splint.formats.edits import Change, applied

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[^\s"{}\[\],:/]+')


class _Scalar(NamedTuple):
    """A scalar of a text; numbers are told apart by what a double holds of them."""

    value: tuple[str, Any]
    spelling: str
    """Of a number as written; of a block its indicator, since its lines are indented for their place; empty for any
    other text, whose quotes and escapes may be others."""


def respells(text: str, syntax: str, changes: Sequence[Change]) -> bool:
    """Whether changes write a scalar otherwise than one of the same value that they take away."""
    if syntax == "yaml":
        before, after = Counter(_of_yaml(text)), Counter(_of_yaml(applied(text, changes)))
    else:
        before = Counter(_of_json(text[change.start : change.end] for change in changes))
        after = Counter(_of_json(change.text for change in changes))
    gone = {*(before - after)}
    gone |= {inner for scalar in gone for inner in _within(scalar.value[1])}
    values = {scalar.value for scalar in gone}
    return any(scalar.value in values and scalar not in gone for scalar in after - before)


def _within(text: Any) -> Iterator[_Scalar]:
    """The scalars of a string that holds JSON."""
    return _of_json([text] if isinstance(text, str) and text.lstrip(" =\n").startswith(("{", "[")) else [])


def _of_json(parts: Iterable[str]) -> Iterator[_Scalar]:
    for part in parts:
        for token in _TOKEN.findall(part):
            try:
                value = json.loads(token, strict=False)
                yield _scalar(value, "" if isinstance(value, str) else token)
            except ValueError:  # of a comment
                continue


def _of_yaml(text: str) -> Iterator[_Scalar]:
    from yaml import ScalarToken  # only where a document of YAML has fixes

    from splint.formats.yaml.parser import tokens  # as above
    from splint.formats.yaml.scalars import plain  # as above

    for token in tokens(text):
        if isinstance(token, ScalarToken):
            value: Any = plain(token.value) if token.plain and token.value else token.value
            spelling = text[token.start_mark.index : token.end_mark.index]
            if isinstance(value, str):
                spelling = token.style if token.style in ("|", ">") else ""
            yield _scalar(value, spelling)


def _scalar(value: Any, spelling: str) -> _Scalar:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    try:
        known = float(value) if is_number else value
    except OverflowError:
        known = value
    return _Scalar(("number" if is_number else type(value).__name__, known), spelling)
