"""JSON values as YAML on one line: quoted like the surrounding text, or plain if that is read as the same value."""

import json
import re
from math import isfinite
from typing import Any, NamedTuple

import yaml

from splint.formats.operations import OperationError
from splint.formats.yaml.scalars import UNFILLED, plain

_RESOLVERS: dict[str, list[tuple[str, re.Pattern[str]]]] = yaml.SafeLoader.yaml_implicit_resolvers
"""The patterns of plain scalars that YAML 1.1 reads as other types than strings; such strings are quoted."""
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`=")
_SHORT = frozenset(("y", "Y", "n", "N"))
_UNPRINTABLE = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_BREAKS_PLAIN = re.compile(r":(?: |$)| #|^ | $|^\.\.\.")
_BREAKS_FLOW = re.compile(r"[,\[\]{}?]")


class Quotes(NamedTuple):
    """The quotes of the surrounding text: `"`, `'` or None."""

    text: str | None = None
    key: str | None = None


def written(value: Any, quotes: Quotes, flow: bool = False) -> str:
    """A JSON value as YAML on one line; `flow` if it is within brackets. Raises OperationError if it is not JSON."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, str):
        return string(value, quotes.text, flow)
    if isinstance(value, int) or (isinstance(value, float) and isfinite(value)):
        return json.dumps(value)
    if isinstance(value, list):
        return f"[{', '.join(written(element, quotes, True) for element in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(member(key, inner, quotes, True) for key, inner in value.items())}}}"
    raise OperationError


def member(key: Any, value: Any, quotes: Quotes, flow: bool, colon: str = ": ") -> str:
    """A member of a mapping as YAML."""
    if not isinstance(key, str):
        raise OperationError
    return string(key, quotes.key, flow) + colon + written(value, quotes, flow)


def string(text: str, quote: str | None, flow: bool) -> str:
    """A string as YAML: in single quotes or plain if `quote` says so and it is possible, else in double quotes.

    Raises OperationError for what stands for a value with a local tag.
    """
    if text.startswith(UNFILLED):
        raise OperationError
    printable = not _UNPRINTABLE.search(text)
    if quote == "'" and printable:
        return "'" + text.replace("'", "''") + "'"
    if quote is None and printable and _stays(text, flow):
        return text
    if re.search("[\ud800-\udfff]", text):
        raise OperationError
    return _UNPRINTABLE.sub(_escape, json.dumps(text, ensure_ascii=False))


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"


def _stays(text: str, flow: bool) -> bool:
    """Whether a text as a plain scalar is read as the same string."""
    if not text or text[0] in _INDICATORS or text in _SHORT or _BREAKS_PLAIN.search(text):
        return False
    if flow and _BREAKS_FLOW.search(text):
        return False
    if any(pattern.match(text) for _, pattern in _RESOLVERS.get(text[0], ())):
        return False
    try:
        return bool(plain(text) == text)
    except ValueError:
        return False
