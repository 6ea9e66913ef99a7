"""What the refusals that a run met mean: while it is sent, and later, out of its journal and the kept bundle."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from splint.refusals.answers import Answer as Told
from splint.refusals.answers import answers, without_ok
from splint.refusals.explaining import PROFILE, Sent, explained, unfiltered
from splint.refusals.explanation import Explanation
from splint.run.linter import Linter
from splint.schema.vocabulary import endpoint, level_of
from splint.submit.bundle import Draft
from splint.submit.client import Answer
from splint.submit.plain_files import plain_bytes
from splint.submit.record import Record

Explain = Callable[[str, str, Answer], tuple[str, ...]]
"""What the refusal of a request means, in lines: of its endpoint, the path of its object, and the answer."""


def explanation(draft: Draft | None, linter: Linter, endpoint: str, path: str, answer: Answer) -> tuple[str, ...]:
    """What a refusal of an object of a bundle means, in lines. It never raises: a run does not end by it.

    Without the `draft` there is no payload to look into.
    """
    try:
        judge = Linter(unfiltered(linter.config._replace(profile=PROFILE)))
        told = Told(answer.text or answer.message, answer.code, answer.request_id)
        sent = None if draft is None else Sent.of(draft.value, judge)
        return tuple(explained(told, sent, judge, endpoint=endpoint, at=path).details())
    except Exception as error:
        return (f"what it means cannot be told: {type(error).__name__}: {error}",)


def undone(answer: Answer) -> dict[str, Any]:
    """What the journal says of an answer by which nothing was carried out."""
    return {"why": answer.message, "code": answer.code, "answer": answer.refusal}


class Refusal(NamedTuple):
    """The last refusal of an object in a journal."""

    path: str
    answer: Told
    act: str
    """What was refused: `create` or `status/update`."""
    is_overcome: bool
    """Whether the same object was created, or its status set, later."""


def refusals_of(record: Record) -> list[Refusal]:
    """The last refusal of each object of a run, in the order of the journal."""
    told: dict[str, Refusal] = {}
    for event in record.journal.events:
        path = event.fields.get("object")
        if path is None:
            continue
        found = without_ok(answers(event.fields)) if event.fields.get("answer") or event.fields.get("code") else []
        if found:
            told[path] = Refusal(path, found[0], "status/update" if "action" in event.fields else "create", False)
        elif path in told and event.name in ("CREATED", "VERIFIED", "DONE"):
            told[path] = told[path]._replace(is_overcome=True)
    return list(told.values())


def explanations(record: Record, refusals: Iterable[Refusal], directory: Path, linter: Linter) -> list[Explanation]:
    """What refusals of a run mean. Without the kept bundle there is no payload to look into."""
    sent = _sent(record, directory, linter)
    found = []
    for refusal in refusals:
        objects = sent.objects if sent is not None else ()
        one = next((one for one in objects if one.pointer == refusal.path), None)
        level = level_of(one.raw) if one is not None and isinstance(one.raw, dict) else None
        url = None if level is None else endpoint(level, refusal.act)
        found.append(explained(refusal.answer, sent, linter, endpoint=url, at=refusal.path))
    return found


def _sent(record: Record, directory: Path, linter: Linter) -> Sent | None:
    """The kept bundle; None where it cannot be read."""
    try:
        return Sent.of(json.loads(plain_bytes(directory / record.start["file"])), linter)
    except (OSError, ValueError, KeyError):
        return None
