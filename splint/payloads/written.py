"""Numbers and truths as files have them, where JSON would write them otherwise."""

import json
import re
from math import isfinite
from typing import TYPE_CHECKING

from splint.formats.yaml.scalars import plain
from splint.reporting.wording import spelled
from splint.schema.kinds import TEXT
from splint.schema.table import SHAPES
from splint.schema.values import VALUES

if TYPE_CHECKING:
    from splint.payloads.invalid_fields import WrongType

TEXTS = frozenset(name for shape in SHAPES.values() for name, spec in shape.fields.items() if spec is TEXT)
TEXTS -= {field.partition(".")[2] for field in VALUES}
"""The fields that take any text."""
_ALIKE = re.compile(r"-?\d+\.\d+[eE][-+]\d+")
LONGEST = 60
"""Longer texts are not shown."""


def is_text_of_yaml(violation: "WrongType") -> bool:
    """Whether a value is a plain scalar of YAML, a number or a truth, where a free text belongs."""
    is_text = violation.field in TEXTS and violation.takes == "a string" and isinstance(violation.value, int | float)
    return is_text and violation.is_yaml and not violation.meant and not violation.field.endswith("_time")


def told(value: object, text: str, *, is_yaml: bool) -> str:
    """A value in a message, by its text in the file: `1e3, which YAML reads as 1000.0`; as JSON if it is not that.

    Nothing is added to what JSON and all versions of YAML read alike: `-6.1e-05`.
    """
    shown = spelled(value)
    if text == shown or not _reads_as(text, value, is_yaml=is_yaml):
        return shown
    if isinstance(value, float) and not isfinite(value):
        shown = "no number" if value != value else "infinity" if value > 0 else "minus infinity"
    return f"{text}, which YAML reads as {shown}" if is_yaml and not _ALIKE.fullmatch(text) else text


def _reads_as(text: str, value: object, *, is_yaml: bool) -> bool:
    """Whether a text is a scalar of JSON, or a plain one of YAML, that is read as this number or truth."""
    if not isinstance(value, int | float) or len(text) > LONGEST or not text.isprintable():
        return False
    try:
        read = plain(text) if is_yaml else json.loads(text)
    except ValueError:
        return False
    if isinstance(read, bool) is not isinstance(value, bool) or not isinstance(read, int | float):
        return False
    return float(read) == float(value) or read != read
