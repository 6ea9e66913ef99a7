"""Rows: what exports, reports and answers of TikTok show of an object, which nobody sends."""

from collections.abc import Sequence
from typing import Any

from splint.formats import Document, reference_tokens, value_at
from splint.payloads.validation import is_absent
from splint.schema.vocabulary import METRICS, ROW_MARKS, SMART_PLUS_ALONE


def is_row(value: dict[str, Any], document: Document, pointer: str, *, has_own: bool) -> bool:
    """Whether an object that is a payload by its keys is a row; `has_own` says whether it has an id of its own.

    Beside such an id one mark says so. Without any, it is what a manual ad's id or two figures of a report stand in,
    but no field that only requests to Smart+ have, or what lies in the list of an answer: a time alone may be written
    into what somebody sends.
    """
    given = {key for key in (*ROW_MARKS, *METRICS) if not is_absent(value.get(key))}
    if has_own and given:
        return True
    is_shown = not is_absent(value.get("ad_id")) or len(given & METRICS) > 1
    if is_shown and "request_id" not in value and SMART_PLUS_ALONE.isdisjoint(value):
        return True
    return _is_listed(document.value, reference_tokens(pointer))


def _is_listed(document: Any, tokens: Sequence[str]) -> bool:
    """Whether a place of a document is in the list of an answer, or holds the figures of a row of a report."""
    if tokens[-1:] == ["metrics"] and isinstance(value_at(document, tokens[:-1]).get("dimensions"), dict):
        return True
    for at, step in enumerate(tokens):
        if step == "list" and isinstance(around := value_at(document, tokens[:at]), dict):
            is_data = at > 0 and tokens[at - 1] == "data"
            if "page_info" in around or (is_data and "code" in value_at(document, tokens[: at - 1])):
                return True
    return False
