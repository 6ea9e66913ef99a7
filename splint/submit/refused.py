"""What the refusals that a run met mean: while it is sent, and later, out of its journal and the kept bundle."""

import json
from pathlib import Path

from splint.refusals.answers import Answer as Told
from splint.refusals.answers import answers
from splint.refusals.explaining import PROFILE, Sent, explained, unfiltered
from splint.refusals.explanation import Explanation
from splint.run.linter import Linter
from splint.schema.vocabulary import endpoint, level_of
from splint.submit.bundle import Draft
from splint.submit.client import Answer
from splint.submit.plan import Step
from splint.submit.record import Record


def explanation(draft: Draft, linter: Linter, step: Step, answer: Answer) -> tuple[str, ...]:
    """What a refusal of an object of a bundle means, in lines. It never raises: a run does not end by it."""
    try:
        judge = Linter(unfiltered(linter.config._replace(profile=PROFILE)))
        told = Told(answer.text or answer.message, answer.code, answer.request_id)
        sent = Sent.of(draft.value, judge)
        return tuple(explained(told, sent, judge, endpoint=step.endpoint, at=step.path).details())
    except Exception as error:
        return (f"what it means cannot be told: {type(error).__name__}: {error}",)


def refusals_of(record: Record, directory: Path, linter: Linter, at: str | None = None) -> list[Explanation]:
    """What the last refusal of each object of a run means, or of the object at `at` alone.

    Objects that were created later are left out. Without the kept bundle there is no payload to look into.
    """
    told: dict[str, Told] = {}
    acts: dict[str, str] = {}
    for event in record.journal.events:
        path = event.fields.get("object")
        if path is None or at not in (None, path):
            continue
        found = answers(event.fields) if event.fields.get("answer") or event.fields.get("code") else []
        if found:
            told[path] = found[0]
            acts[path] = "status/update" if "action" in event.fields else "create"
        elif event.name in ("CREATED", "VERIFIED", "DONE"):
            told.pop(path, None)
    sent = _sent(record, directory, linter)
    explanations = []
    for path, answer in told.items():
        one = next((one for one in sent.objects if one.pointer == path), None) if sent is not None else None
        level = level_of(one.raw) if one is not None and isinstance(one.raw, dict) else None
        path_of_it = None if level is None else endpoint(level, acts[path])
        explanations.append(explained(answer, sent, linter, endpoint=path_of_it, at=path))
    return explanations


def _sent(record: Record, directory: Path, linter: Linter) -> Sent | None:
    """The kept bundle; None where it cannot be read."""
    try:
        return Sent.of(json.loads((directory / record.start["file"]).read_bytes()), linter)
    except (OSError, ValueError, KeyError):
        return None
