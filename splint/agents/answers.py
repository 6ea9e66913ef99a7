"""Answers to questions, as a patch of the payload."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from splint.agents.parameters import ToolError
from splint.formats import reference_tokens, value_at
from splint.formats.operations import Patch, patch_step
from splint.reporting.agent import MOST_BYTES
from splint.reporting.report import Report
from splint.reporting.wording import safe

TYPES: Mapping[str, tuple[tuple[type, ...], str]] = {
    "id": ((str,), "a string of its digits"),
    "money": ((int, float), "a number"),
    "date": ((str,), "a string, YYYY-MM-DD HH:MM:SS"),
}
"""What a value of a kind is, where the kind tells."""


def questions(report: Report) -> Iterator[dict[str, Any]]:
    """All questions of a report, each other place that a question names as one of its own."""
    after = None
    while True:
        page = report.to_agent(500, after, most=64 * MOST_BYTES)
        for question in page["needs_input"]:
            yield question
            yield from ({**place, "id": question["id"]} for place in question.get("instead", ()))
        after = page.get("after")
        if after is None:
            return


def patch_of(value: Any, report: Report, answers: Sequence[Mapping[str, Any]]) -> Patch:
    """The patch that puts answers where their questions ask. Raises ToolError for what nobody asked."""
    asked = list(questions(report))
    steps: dict[str, dict[str, Any]] = {}
    for answer in answers:
        at = answer["at"]
        of_place = [one for one in asked if one["at"] == at and answer.get("id") in (None, one["id"])]
        if not of_place:
            raise ToolError(f"no question is asked at {safe(at[:200])!r}: answers go where needs_input asks")
        if at in steps:
            raise ToolError(f"{safe(at[:200])}: two answers for one place")
        if step := _step(value, at, of_place[0], answer["value"]):
            steps[at] = step
    return tuple(steps[at] for at in sorted(steps, key=_removed_last_first))


def _step(value: Any, at: str, question: Mapping[str, Any], content: Any) -> dict[str, Any] | None:
    """The step that puts a value; None for one to leave out that is not there."""
    kind, is_list = question["kind"], question.get("list", False)
    if is_list and content is not None and not isinstance(content, list):
        raise ToolError(f"{safe(at[:200])}: the value is a list, also of one entry")
    types, words = TYPES.get(kind, ((), ""))
    entries = content if is_list and content is not None else [content]
    if types and any(one is not None and (not isinstance(one, types) or isinstance(one, bool)) for one in entries):
        raise ToolError(f"{safe(at[:200])}: the value is {words}, as its kind is {kind}")
    if not at:
        raise ToolError("a question about the whole payload has no place for an answer: change the payload itself")
    try:
        value_at(value, reference_tokens(at))
    except (LookupError, ValueError, TypeError):
        if content is None:
            return None
    try:
        return patch_step(value, "remove" if content is None else "put", at, content)
    except (LookupError, ValueError, TypeError) as error:
        raise ToolError(f"{safe(at[:200])}: nothing can be put there: change the payload itself") from error


def _removed_last_first(at: str) -> tuple[int, ...]:
    """A sort key: the later entries of lists first, so that no removal shifts another place."""
    return tuple(-int(step) if step.isdigit() else 0 for step in at.split("/"))
