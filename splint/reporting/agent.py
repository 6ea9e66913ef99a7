"""The report for programs that edit payloads: patches, and questions that only a person can answer.

Facts only: the help of a finding, which tells people what to do, stands only where no field can be asked for, and no
id and no amount is proposed.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from splint.reporting.hashing import hash_of
from splint.reporting.knowledge import FieldKnowledge
from splint.reporting.masking import masked
from splint.reporting.wording import counted, json_text, safe

if TYPE_CHECKING:
    from splint.reporting.report import Diagnostic, Fix, Report

MOST_BYTES = 8 * 1024
"""The size of an answer in UTF-8."""
MOST_CHOICES = 40
MOST_ERRORS = 5
"""The most errors of splint itself in an answer; the rest is counted."""
_LENGTHS = {"message": 600, "at": 400, "help": 400, "path": 200}
"""The most bytes of a text; longer ones are cut, which ends in `…`."""
_CLOSING = 120
"""The bytes that the number of findings left off and the cursor may take."""
_ANY = FieldKnowledge("text")


def size_of(answer: Any) -> int:
    """The bytes of an answer."""
    return len(json_text(answer).encode("utf-8", "replace"))


def page(report: "Report", found: "Sequence[Diagnostic]", limit: int, after: str | None, most: int) -> dict[str, Any]:
    """What `Report.to_agent` returns; `found` are the active findings in their order. Raises ValueError."""
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        raise ValueError(f"limit {limit!r} is no number of findings: it is 1 or more")
    cursors = _cursors(found)
    if after is not None and after not in cursors:
        raise ValueError(
            f"after {safe(str(after)[:80])!r} is no cursor of this report: without it the answer is the first"
        )
    start = cursors.index(after) + 1 if after is not None else 0
    answer: dict[str, Any] = {"ok": report.ok, "counts": _counts(report)}
    if report.errors:
        answer["errors"] = _errors(report)
    lists: dict[str, list[dict[str, Any]]] = {"findings": [], "needs_input": [], "unsafe_fixes": []}
    size, end = size_of({**answer, **lists}) + _CLOSING, start
    for one in found[start : start + limit]:
        parts = _parts(report, one)
        more = sum(size_of(part) + 1 for part in parts.values())
        if size + more > most:
            if end > start:
                break
            parts = _shortened(parts)
        for name, part in parts.items():
            lists[name].append(part)
        size, end = size + more, end + 1
    if not lists["unsafe_fixes"]:
        del lists["unsafe_fixes"]
    left = len(found) - end
    answer |= {**lists, "left_off": left + report.summary["left_out"]}
    return {**answer, "after": cursors[end - 1]} if left else answer


def _cursors(found: "Sequence[Diagnostic]") -> list[str]:
    """A cursor for each finding: its id, with a number behind it if an earlier one has the same."""
    seen: Counter[str] = Counter()
    cursors = []
    for one in found:
        identity = one.fingerprint
        seen[identity] += 1
        cursors.append(identity if seen[identity] == 1 else f"{identity}-{seen[identity]}")
    return cursors


def _counts(report: "Report") -> dict[str, int]:
    summary = report.summary
    return {name: summary[name] for name in ("payloads", "errors", "warnings", "infos", "suppressed", "baselined")}


def _errors(report: "Report") -> list[str]:
    """The errors of splint itself."""
    messages = [_cut(one.message, "message") for one in report.errors]
    more = len(messages) - MOST_ERRORS
    return [*messages[:MOST_ERRORS], *([f"{counted(more, 'more error')} of splint itself"] if more > 0 else ())]


def _parts(report: "Report", one: "Diagnostic") -> dict[str, dict[str, Any]]:
    """What an answer says of a finding, by the list that it stands in."""
    fix = _shown(one.fix)
    entry: dict[str, Any] = {"id": one.fingerprint, "code": one.code, "level": one.severity}
    is_of_file = one.path != "<input>"
    if is_of_file:
        entry["path"] = _cut(one.path, "path")
    if one.document is not None:
        entry["document"] = one.document
    if is_of_file and one.marked is not None:
        entry["line"] = one.marked.start.line
    entry |= {"at": _cut(one.pointer, "at"), "message": _cut(one.summary, "message")}
    parts = {"findings": entry}
    is_safe = one.fix is not None and one.fix.applicability == "safe"
    if fix is not None and is_safe and fix.patch:
        entry["patch"] = list(fix.patch)
    if not is_safe:
        parts["needs_input"] = _question(report, one)
    if fix is not None and not is_safe:
        parts["unsafe_fixes"] = {"id": one.fingerprint, "changes": _cut(fix.title, "at"), "patch": list(fix.patch)}
    return parts


def _shown(fix: "Fix | None") -> "Fix | None":
    """A fix, unless its patch would show a credential."""
    if fix is None:
        return None
    text = json_text(fix.patch)
    return fix if masked(text) == text else None


def _question(report: "Report", one: "Diagnostic") -> dict[str, Any]:
    """What only a person can decide about a finding."""
    name = one.field.rpartition(".")[2]
    steps = one.pointer.split("/")
    is_there = name in steps[-2:]
    at = one.pointer if is_there or not name else f"{one.pointer}/{name}"
    known = report.field_facts(one.field, report.tool.profile) if one.field and report.field_facts else _ANY
    choices = _choices(one, known, is_there=is_there)
    if known.choices and not choices:
        known = known._replace(kind="text")
    what = {"id": "which id", "money": "what amount", "date": "what moment", "choice": "which of the choices"}
    instead = [] if not is_there else list(_instead(report, one))
    places = [name, *(place["at"].rpartition("/")[2] for place in instead)]
    words = (
        f"{what.get(known.kind, 'what')}{', if any,' if is_there else ''} goes into {' or else into '.join(places)}?"
    )
    entry: dict[str, Any] = {
        "id": one.fingerprint,
        "at": _cut(at, "at"),
        "kind": known.kind,
        "question": words if name else "what is meant here?",
    }
    if known.is_list and at.rpartition("/")[2] == name:
        entry["list"] = True
    if not name and one.help:
        entry["help"] = _cut(one.help, "help")
    if choices:
        entry["choices"] = choices[:MOST_CHOICES]
        if len(choices) > MOST_CHOICES:
            entry["choices_left_off"] = len(choices) - MOST_CHOICES
    if known.limit:
        entry["limit"] = known.limit
    if instead:
        entry["instead"] = instead
    return {**entry, "rule": one.code}


def _choices(one: "Diagnostic", known: FieldKnowledge, *, is_there: bool) -> list[str | bool]:
    """What may go into a field: those of its choices that the help names, if any.

    If the current value is not among the choices, all are offered, the named one first. The current value is left out,
    and so are those that the rule runs on: they bring the finding again.
    """
    there = one.anchor.value if one.anchor is not None and is_there else None
    others = [choice for choice in known.choices if there is None or hash_of(choice) != there]
    named: list[str | bool] = [word for word in others if isinstance(word, str) and _names(one.help, word)]
    if one.code in known.taken:
        others = [choice for choice in others if choice in named or choice in known.taken[one.code]] or others
    name = one.field.rpartition(".")[2]
    is_known = any(
        isinstance(word, str) and _names(one.summary, f"{name}{verb}{quote}{word}")
        for word in known.choices
        for verb in (" ", " is ")
        for quote in ("", '"')
    )
    if len(named) > 1 or (named and (is_known or not is_there)):
        return named
    return [*named, *(choice for choice in others if choice not in named)]


def _instead(report: "Report", one: "Diagnostic") -> Iterator[dict[str, Any]]:
    """The other places of the document where the help says what else may go: each resolves the finding as well."""
    for place in one.related:
        is_near = (place.path, place.document) == (one.path, one.document) and place.pointer != one.pointer
        if not is_near or not place.field or report.field_facts is None:
            continue
        known = report.field_facts(place.field, report.tool.profile)
        words = [word for word in known.choices if isinstance(word, str) and _names(one.help, word)]
        if words and _names(one.help, place.field.rpartition(".")[2]):
            takes = {"list": True} if known.is_list else {}
            yield {"at": _cut(place.pointer, "at"), "kind": known.kind, **takes, "choices": words}


def _names(text: str, word: str) -> bool:
    """Whether a text names a value as a word of its own."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _shortened(parts: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What is said of a finding whose patch alone is too long for an answer: how many bytes it has."""
    return {
        name: {key: value for key, value in part.items() if key != "patch"}
        | ({"patch_left_off": size_of(part["patch"])} if "patch" in part else {})
        for name, part in parts.items()
    }


def _cut(text: str, kind: str) -> str:
    """A text with control characters escaped, cut to its most bytes."""
    text, most = safe(text), _LENGTHS[kind]
    data = text.encode("utf-8", "replace")
    return text if len(data) <= most else data[: most - 3].decode("utf-8", "ignore") + "…"
