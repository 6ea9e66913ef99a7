"""Rows: what exports, reports and answers of TikTok show of an object, which nobody sends."""

from typing import Any

from splint.formats import Document, reference_tokens, value_at
from splint.payloads.validation import is_absent
from splint.schema.envelopes import is_answer, is_of_response
from splint.schema.placeholders import is_placeholder
from splint.schema.vocabulary import METRICS, NESTED, OF_PLANS, OWN_IDS, SMART_PLUS_ALONE, ObjectLevel


def is_shown(level: ObjectLevel, value: dict[str, Any], document: Document, pointer: str) -> bool:
    """Whether a payload by its keys is a row without the marks of one, as nobody sends it.

    It is one by two figures of a report, or one beside an id of its own, or as a manual ad with its id; but none that
    has a key of a plan. Else it is all that an answer shows, or an entry of its list, that shows its id, or the figures
    of a report.
    """
    own = value.get(OWN_IDS[level])
    if is_absent(own) and "ad_id" not in value and METRICS.isdisjoint(value) and not pointer.endswith("/metrics"):
        return False  # as of most payloads: for speed only
    if OF_PLANS.isdisjoint(value):
        figures = sum(not is_absent(value[key]) for key in METRICS.intersection(value))
        if figures > 1 or (figures and not is_absent(own)):
            return True
        if level == "ad" and _is_manual(value):
            return True
    if "request_id" in value:
        return False
    tokens, has_id = reference_tokens(pointer), not (is_absent(own) and is_absent(value.get("ad_id")))
    if has_id and NESTED.isdisjoint(value) and _is_answered(document.value, tokens):
        return True
    if not SMART_PLUS_ALONE.isdisjoint(value):
        return False
    return _holds_figures(document.value, tokens) or (has_id and _is_listed(document.value, tokens))


def _is_manual(value: dict[str, Any]) -> bool:
    """Whether an ad has the id of a manual one, and no list of objects, as ads of Smart+ have some."""
    written = value.get("ad_id")
    if is_absent(written) or (isinstance(written, str) and is_placeholder(written, in_id=True)):
        return False
    return not any(isinstance(entry, list) and any(isinstance(one, dict) for one in entry) for entry in value.values())


def _holds_figures(document: Any, tokens: list[str]) -> bool:
    """Whether a place of a document is that of the figures of a report's row, beside what they are of."""
    if tokens[-1:] != ["metrics"] or not isinstance(around := value_at(document, tokens[:-1]), dict):
        return False
    return isinstance(around.get("dimensions"), dict) and bool(around["dimensions"])


def _is_answered(document: Any, tokens: list[str]) -> bool:
    """Whether a place of a document is that of all data of an answer, or below the key of a response."""
    if any("response" in token.lower() and is_of_response(token) for token in tokens):
        return True
    return tokens[-1:] == ["data"] and is_answer(value_at(document, tokens[:-1]))


def _is_listed(document: Any, tokens: list[str]) -> bool:
    """Whether a place of a document is that of an entry of the list of an answer."""
    if tokens[-2:-1] != ["list"]:
        return False
    answer = value_at(document, tokens[:-3]) if tokens[-3:-2] == ["data"] else None
    around = answer["data"] if isinstance(answer, dict) else value_at(document, tokens[:-2])
    if not isinstance(around, dict):
        return False
    return isinstance(around.get("page_info"), dict) or (isinstance(answer, dict) and type(answer.get("code")) is int)
