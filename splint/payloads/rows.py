"""Rows: what exports, reports and answers of TikTok show of an object, which nobody sends."""

from typing import Any

from splint.formats import Document, reference_tokens, value_at
from splint.payloads.keys import written_for_value
from splint.payloads.validation import is_absent
from splint.schema.envelopes import ANSWER_KEYS, is_answer, is_of_response
from splint.schema.placeholders import is_placeholder
from splint.schema.table import SHAPES
from splint.schema.vocabulary import METRICS, NESTED, OF_PLANS, OWN_IDS, SMART_PLUS_ALONE, ObjectLevel

_AD = SHAPES["Ad"]


def is_shown(level: ObjectLevel, value: dict[str, Any], document: Document, pointer: str) -> bool:
    """Whether an object that has the keys of a payload, and no field that only rows have, is a row all the same.

    It is one in any of these cases; figures are the keys of METRICS, and its id is that of its level or `ad_id`.

    - It has no key of OF_PLANS, and two figures, or one figure and the id of its level, or is a manual ad with `ad_id`.
    - It has an id, no `request_id` and no nested payloads, and is the `data` of an answer, or below a response's key.
    - It is in the `data` of a whole answer, with its `code`, `message` and `request_id`.
    - It has neither `request_id` nor a key of SMART_PLUS_ALONE, and is the `metrics` of a report, or has an id and is
      an entry of an answer's list.
    """
    own = value.get(OWN_IDS[level])
    if "/data" in pointer and _is_in_answer(document.value, reference_tokens(pointer)):
        return True
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
    """Whether an ad has the id of a manual one, and no list of objects for a field, as ads of Smart+ have some."""
    written = value.get("ad_id")
    if is_absent(written) or (isinstance(written, str) and is_placeholder(written, in_id=True)):
        return False
    lists = [
        key for key, held in value.items() if isinstance(held, list) and any(isinstance(one, dict) for one in held)
    ]
    return not any(key in _AD.fields or written_for_value(key, value[key], _AD) for key in lists)


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


def _is_in_answer(document: Any, tokens: list[str]) -> bool:
    """Whether a place of a document is in the data of a whole answer."""
    around = document
    for step in tokens:
        if step == "data" and is_answer(around) and around.keys() >= ANSWER_KEYS and isinstance(around["data"], dict):
            return True
        around = value_at(around, [step])
    return False


def _is_listed(document: Any, tokens: list[str]) -> bool:
    """Whether a place of a document is that of an entry of the list of an answer."""
    if tokens[-2:-1] != ["list"]:
        return False
    answer = value_at(document, tokens[:-3]) if tokens[-3:-2] == ["data"] else None
    around = answer["data"] if isinstance(answer, dict) else value_at(document, tokens[:-2])
    if not isinstance(around, dict):
        return False
    return isinstance(around.get("page_info"), dict) or (isinstance(answer, dict) and type(answer.get("code")) is int)
