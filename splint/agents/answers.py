"""Answers to questions, as a patch of the payload."""

import copy
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from splint.agents.parameters import ToolError
from splint.agents.strings import cannot_edit, closed, opened_at, string_on
from splint.formats import Document, reference_tokens, value_at
from splint.formats.operations import Patch, apply_patch, patch_step, same
from splint.formats.pointer import values_along
from splint.payloads.texts import read
from splint.reporting.questions import places_asked, questions_of
from splint.reporting.report import Report
from splint.reporting.ways import around, is_nothing
from splint.reporting.wording import either, json_text, safe

TYPES: Mapping[str, tuple[tuple[type, ...], str]] = {
    "id": ((str,), "the value is a string of its digits, as its kind is id"),
    "money": ((int, float), "the value is a number, as its kind is money"),
    "object": ((dict,), "the value is an object, as its kind is object"),
    "date": ((str,), "the value is a string, YYYY-MM-DD HH:MM:SS, as its kind is date"),
}
"""What a value of a kind is, where the kind tells."""
Check = Callable[[Any], Report]
"""Checks a payload."""
AS_TEXT = ("raw", "text")
"""Keys under which Postman, Insomnia and HAR files have a body as a text."""


def questions(report: Report) -> Iterator[dict[str, Any]]:
    """All questions of a report, each other place where an answer may go as one of its own."""
    for one in report.active:
        if one.fix is None or one.fix.applicability != "safe":
            yield from places_asked(report, one)


def patch_of(value: Any, report: Report, answers: Sequence[Mapping[str, Any]], check: Check | None = None) -> Patch:
    """The patch that puts answers where their questions ask. Raises ToolError for what nobody asked.

    An answer within the place of another one is dropped: that one leaves out, or puts anew, what was asked about.
    `check` tells whether of two things that are left out each goes only because of the other one.
    """
    asked = list(questions(report))
    opened = opened_at(value, [answer["at"] for answer in answers])
    steps: dict[str, dict[str, Any]] = {}
    given: dict[str, Any] = {}
    gone: dict[str, str] = {}
    for answer in answers:
        at = answer["at"]
        of_place = [one for one in asked if one["at"] == at or (answer["value"] is None and _is_entry(at, one))]
        if not of_place:
            raise ToolError(f"no question is asked at {safe(at[:200])!r}: answers go where needs_input asks")
        identity = answer.get("id")
        of_place = [one for one in of_place if identity in (None, one["id"])]
        if not of_place:
            named = f"the id {safe(str(identity)[:80])!r} is not that of the question at {safe(at[:200])!r}"
            raise ToolError(f"{named}: check the payload again, and answer with the id that needs_input has now")
        if at in given and not same(given[at], answer["value"]):
            both = f"{safe(at[:200])}: two answers for one place, which takes one"
            raise ToolError(f"{both}: answer one of its questions, and the next check asks again what is left")
        given[at] = answer["value"]
        for one in of_place:
            _refuse_unasked(report, one, at, answer["value"])
        step = _step(opened, at, of_place[0], answer["value"])
        if is_nothing(answer["value"]) and of_place[0]["at"] == at and _holds(opened, at):
            _refuse_lost(report, of_place, at)
            gone[at] = of_place[0]["id"]
        if step is not None:
            steps[at] = step
    for at in given:
        _refuse_half([one for one in asked if one["at"] == at], asked, given)
    for at, other in _pairs(opened, gone) if check is not None else ():
        rest = {place: step for place, step in steps.items() if place != at}
        if check is not None and not _goes_without(check(applied(value, _patch(value, rest))), at):
            alone = f"{safe(at[:200])}: it may go only because {safe(other[:200])} stands, which is left out too"
            raise ToolError(f"{alone}: leave out one of the two, and the next check asks what is left")
    return _patch(value, steps)


def _patch(value: Any, steps: Mapping[str, Mapping[str, Any]]) -> Patch:
    """The patch of some steps, each for an answer at its place."""
    kept = [at for at in steps if not _is_within_another(at, steps)]
    for name, several in Counter(steps[at]["path"] for at in kept if "from" in steps[at]).items():
        if several > 1:
            raise ToolError(f"{safe(name[:200])}: two keys cannot get one name: rename one, and check again")
    patch: dict[str, dict[str, Any]] = {}
    for at in sorted(kept, key=_removed_last_first):
        path = steps[at].get("from", steps[at]["path"])
        before, step = patch.get(path), dict(steps[at])
        patch[path] = step if before is None else {**before, "value": _joined(before["value"], step["value"])}
    return closed(value, tuple(patch.values()))


def _pairs(opened: Any, gone: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each key that is left out with another one of its value, or of its question; entries of lists count for none."""
    keys = [at for at in gone if not at.rpartition("/")[2].isdigit()]
    held = {at: value_at(opened, reference_tokens(at)) for at in keys}
    for at in keys:
        alike = [one for one in keys if one != at and (same(held[one], held[at]) or gone[one] == gone[at])]
        if alike:
            yield at, alike[0]


def _goes_without(report: Report, at: str) -> bool:
    """Whether a place may still be left out in the report on what the other answers make."""
    return any(_may_go(report, one, at) for one in questions(report) if one["at"] == at)


def applied(value: Any, patch: Patch) -> Any:
    """A copy of a value after a patch."""
    return apply_patch(copy.deepcopy(value), patch)


def _refuse_half(
    of_place: Sequence[Mapping[str, Any]], asked: Sequence[Mapping[str, Any]], given: Mapping[str, Any]
) -> None:
    """Refuse a new name for a key without what is asked beside it: that says what the name alone does not."""
    filled = {at for at, content in given.items() if content is not None}
    for one in of_place:
        others = [each["at"] for each in asked if each["id"] == one["id"] and not each["names"]]
        if one["names"] and one["at"] in filled and not filled & {*others} and others:
            at, beside = safe(one["at"][:200]), safe(others[0][:200])
            raise ToolError(f"{at}: the name alone says less than this key: answer the question at {beside} with it")


def _refuse_unasked(report: Report, question: Mapping[str, Any], at: str, content: Any) -> None:
    """Refuse what a question does not offer, where the next check would find nothing wrong with that.

    That is any value of a field that belongs in another object, or under a key that is no field; and beside a new name
    for a key what that key did not say.
    """
    is_kept, is_no_field = question["is_kept"], question["is_no_field"] and not question["names"]
    if content is None or not (is_kept or is_no_field or question["is_beside_name"]):
        return
    if question["is_beside_name"]:
        choices = [choice for asked in _told(report, question, at) for choice in asked.get("choices", ())]
        if choices and content not in choices:
            raise ToolError(
                f"{safe(at[:200])}: the value is what the key says that gets another name, {either(choices)}"
            )
        return
    way = _way(question)
    if is_kept:
        raise ToolError(f"{safe(at[:200])}: it belongs in another object, whatever it holds: {way}")
    way = f"null leaves it out; {way}" if _may_go(report, question, at) else way
    raise ToolError(f"{safe(at[:200])}: no value goes under a key that is no field: {way}")


def _refuse_lost(report: Report, of_place: Sequence[Mapping[str, Any]], at: str) -> None:
    """Refuse to leave out what is there, unless a question, or what one has `instead`, says that it may go."""
    if any(one["is_kept"] for one in of_place) or not any(_may_go(report, one, at) for one in of_place):
        lost = "what it holds would be lost, and the question has no removable"
        raise ToolError(f"{safe(at[:200])}: {lost}: {_way(of_place[0])}")


def _may_go(report: Report, question: Mapping[str, Any], at: str) -> bool:
    """Whether what the report asks of a place says that it may be left out, alone or with others."""
    told = _told(report, question, at)
    return not question["is_kept"] and any(one.get("removable") or one.get("choices") == [] for one in told)


def _told(report: Report, question: Mapping[str, Any], at: str) -> list[Mapping[str, Any]]:
    """What the questions of a finding say of a place, those that have it `instead` included."""
    one = next(one for one in report.active if one.fingerprint == question["id"])
    trials = report.trials() if report.trials is not None else None
    told = [each for asked in questions_of(report, one, trials) for each in (asked, *asked.get("instead", ()))]
    return [each for each in told if each["at"] == at]


def _way(question: Mapping[str, Any]) -> str:
    """How what stands at a place is kept that is not left out."""
    if names := question["names"]:
        return f"answer with {either(names)}, the name that this key gets"
    if not (question["is_kept"] or question["is_no_field"]):
        return "answer with the value that is meant"
    way = "a patch in unsafe_fixes, or in the payload itself," if question["has_fix"] else "a change of the payload"
    return f"{way} keeps what it holds"


def _holds(value: Any, at: str) -> bool:
    """Whether something stands at a place."""
    try:
        return not is_nothing(value_at(value, reference_tokens(at)))
    except (LookupError, ValueError, TypeError):
        return False


def _is_entry(at: str, question: Mapping[str, Any]) -> bool:
    """Whether a place is an entry of the list that a question asks for."""
    holder, _, index = at.rpartition("/")
    is_index = index.isdecimal() and index == str(int(index))  # as RFC 6901 writes it
    return is_index and question.get("list", False) and question["at"] == holder


def _joined(one: Any, other: Any) -> Any:
    """An object, or a list of one, with the fields of two answers that both make it."""
    return [_joined(one[0], other[0])] if isinstance(one, list) else {**one, **other}


def _is_within_another(at: str, places: Collection[str]) -> bool:
    """Whether a place is within another one of some places."""
    tokens = at.split("/")
    return any("/".join(tokens[:end]) in places for end in range(1, len(tokens)))


def _step(value: Any, at: str, question: Mapping[str, Any], content: Any) -> dict[str, Any] | None:
    """The step that puts a value; None for one to leave out that is not there."""
    if (names := question["names"]) and content is not None:
        if content not in names:
            raise ToolError(f"{safe(at[:200])}: the value is the name that this key gets, {either(names)}")
        named = f"{at.rpartition('/')[0]}/{content}"
        if values_along(value, reference_tokens(named))[-1] is not None:
            raise ToolError(f"{safe(at[:200])}: {content} is there too: keep one of the two")
        return patch_step(value, "rename", at, content)
    kind, is_list = question["kind"], question.get("list", False)
    if is_list and content is not None and not isinstance(content, list):
        raise ToolError(f"{safe(at[:200])}: the value is a list, also of one entry")
    holds, (types, words) = question["holds"], TYPES.get(kind, ((), ""))
    if holds:
        what = f"{'each entry' if is_list else 'the value'} is an object with {_named(holds)}"
        types, words = ((dict, str), f"{what}, or a text") if question["is_text"] else ((dict,), what)
    if not question["field"] and content is not None:
        _refuse_unlike(value, at, content, question["is_inner"])
    if holds and kind == "choice" and isinstance(content, list):  # the choices are those of the objects' one field
        content = [{holds[0].rpartition(".")[2]: one} if isinstance(one, str) else one for one in content]
    entries = content if is_list and content is not None else [content]
    if types and any(one is not None and (not isinstance(one, types) or isinstance(one, bool)) for one in entries):
        raise ToolError(f"{safe(at[:200])}: {words}")
    if kind == "object" and content is not None and at.rpartition("/")[2] in AS_TEXT:
        content = json_text(content)
    if holds and question["is_text"]:
        content = _like_the_others(value, at, content, holds)
    if not at:
        raise ToolError("a question about the whole payload has no place for an answer: change the payload itself")
    try:
        value_at(value, reference_tokens(at))
    except (LookupError, ValueError, TypeError) as error:
        if (text := string_on(value, at)) is not None:
            raise cannot_edit(text) from error
        if content is None:
            return None
        holder = at.rpartition("/")[0]
        if not _is_object(value, holder):
            is_absent = values_along(value, reference_tokens(holder))[-1] in (None, "")
            missing = question["missing"] or (holder if is_absent else "")
            at, content = (missing, around(missing, at, content)) if missing else (at, content)
    try:
        return patch_step(value, "remove" if content is None else "put", at, content)
    except (LookupError, ValueError, TypeError) as error:
        raise ToolError(f"{safe(at[:200])}: nothing can be put there: change the payload itself") from error


def _like_the_others(value: Any, at: str, content: Any, holds: Sequence[str]) -> Any:
    """A list whose entries are alike, or an entry that is like the others of its list: all objects, or all texts."""
    if isinstance(content, list):
        if len({*map(type, content)}) > 1:
            raise ToolError(f"{safe(at[:200])}: the entries are all texts, or all objects with {_named(holds)}")
        return content
    holder, _, index = at.rpartition("/")
    entries = value_at(value, reference_tokens(holder))
    others = {type(one) for number, one in enumerate(entries) if str(number) != index}
    if isinstance(content, dict) and others == {str}:
        raise ToolError(f"{safe(at[:200])}: the value is a text, as the other entries are")
    if isinstance(content, str) and others == {dict} and len(holds) == 1:
        return {holds[0].rpartition(".")[2]: content}
    return content


def _refuse_unlike(value: Any, at: str, content: Any, is_inner: bool) -> None:
    """Refuse a scalar for an object or a list, and for a string of JSON, at a place that is no field.

    Where what a string of JSON holds is asked about, which `is_inner` says, another such string may go in too.
    """
    try:
        standing = value_at(value, reference_tokens(at))
    except (LookupError, ValueError, TypeError):
        return
    is_json = isinstance(standing, str) and isinstance(read(standing), Document)
    if not (is_json or isinstance(standing, dict | list)) or isinstance(content, dict | list):
        return
    if not is_json:
        raise ToolError(f"{safe(at[:200])}: the value is an object or a list, as what is there; null leaves it out")
    if not is_inner:
        raise ToolError(f"{safe(at[:200])}: the value is an object or a list, and no string of JSON")
    if not (isinstance(content, str) and isinstance(read(content), Document)):
        raise ToolError(f"{safe(at[:200])}: the value is an object, a list, or a string of JSON")


def _is_object(value: Any, at: str) -> bool:
    """Whether an object stands at a place."""
    try:
        return isinstance(value_at(value, reference_tokens(at)), dict)
    except (LookupError, ValueError, TypeError):
        return False


def _named(fields: Sequence[str]) -> str:
    """The names of fields in a sentence."""
    return either([field.rpartition(".")[2] for field in fields], "and")


def _removed_last_first(at: str) -> tuple[int, ...]:
    """A sort key: the later entries of lists first, so that no removal shifts another place."""
    return tuple(-int(step) if step.isdigit() else 0 for step in at.split("/"))
