"""Where a field stands in the payload that was refused, what rules find there, and which could find more."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import reduce
from itertools import chain
from typing import Any, NamedTuple

from splint.formats import Document
from splint.formats.pointer import escape, member, reference_tokens
from splint.payloads.conditions import IS_MET_IN
from splint.payloads.nodes.payload import Payload
from splint.refusals.forms import Named
from splint.reporting.report import Diagnostic
from splint.rules.fields import FieldFacts, fields
from splint.rules.guard import All, AnyOf, Guard, OfPayloads, OnField
from splint.rules.rule import REQUESTS, Selection
from splint.rules.scope import model_of, objects_within, paths_to, shapes_in
from splint.schema.kinds import Shape
from splint.schema.table import SHAPES
from splint.schema.vocabulary import LEVEL_OF, NESTED, NOUNS, SMART_PLUS

_NESTED = [[key] for key in NESTED]
OF_ACTS = {"status": "status", "budgets": "budgets", "materials": "materials", "appeal": "appeal"}
SENT = ("campaign", "adgroup", "ad", "status", "budgets", "materials", "appeal")
"""The kinds of payload that are sent to the endpoints of Smart+."""


class Object(NamedTuple):
    """A payload that may be the refused one."""

    pointer: str
    raw: Any
    """As it was written."""
    model: str
    document: int
    """The number of its document in the file, from 1."""
    payload: Payload


class Open(NamedTuple):
    """A rule that looks at the field and found nothing, for want of something."""

    selection: Selection
    needs: tuple[str, ...]
    """The account facts and the objects that it asks for and that are not known."""


def kind_of(path: str | None) -> str | None:
    """The kind of payload that an endpoint takes; None for an endpoint that is none of Smart+."""
    level, act = SMART_PLUS.get(path or "", (None, None))
    if level is None or act is None or act == "other":
        return None
    return OF_ACTS.get(act, level)


def known_fields(kinds: Iterable[str]) -> list[FieldFacts]:
    """What is known of the fields of kinds of payload and of the objects in them."""
    return [facts for kind in kinds for facts in fields(kind)]


def objects(document: Document, payloads: Iterable[Payload], number: int) -> list[Object]:
    """The payloads of a document; `number` is the document's in its file, from 1."""
    return [
        Object(payload.pointer, value_or_none(document.value, payload.pointer), model_of(payload), number, payload)
        for payload in payloads
    ]


def refused(sent: Sequence[Object], kind: str | None, at: str | None) -> list[Object]:
    """The payloads that may be the refused one: those of its kind, or the one at a pointer."""
    of_kind = [one for one in sent if kind is None or LEVEL_OF.get(one.model, kind) == kind]
    return [one for one in of_kind if at is None or one.pointer == at]


def value_or_none(value: Any, pointer: str) -> Any:
    """The value at a pointer; None where a text of JSON stands on the way to it."""
    return reduce(member, reference_tokens(pointer), value)


def pointers_of(name: Named, among: Sequence[Object], spoken: Collection[str]) -> list[str]:
    """Where a field stands: of several places those with a value that the message names, or that its path leads to.

    A path with an index leads there or nowhere.
    """
    places = [place for one in among for place in _members(one.raw, one.pointer)]
    held = [(pointer, value) for pointer, value in places if reference_tokens(pointer)[-1] == name.name]
    led = [(pointer, value) for pointer, value in held if _leads_to(name.path, pointer)]
    held = led if led or _has_index(name.path) else held
    with_value = [pointer for pointer, value in held if str(value) in spoken]
    return with_value or [pointer for pointer, _ in held]


def lacking(name: Named, among: Sequence[Object], found: Sequence[Diagnostic]) -> list[str]:
    """The objects that could have a field and have none; where objects of several kinds could, those with findings."""
    holders = [holder for one in among for holder in _holders(one.raw, one.pointer, SHAPES.get(one.model), name.name)]
    led = [one for one in holders if _leads_to(name.path[:-1], one[0])]
    holders = led if led or _has_index(name.path) else holders
    pointers, at = list(dict.fromkeys(pointer for pointer, _ in holders)), {each.pointer for each in found}
    is_clear = len({model for _, model in holders}) == 1 or len(pointers) == 1
    return pointers if is_clear else [one for one in pointers if one in at]


def written_for(diagnostics: Sequence[Diagnostic], name: str) -> list[Diagnostic]:
    """The findings on keys that are written for a field, or belong in it or beside it."""
    return [one for one in diagnostics if one.becomes is not None and name in (one.becomes, *one.offers)]


def apart_from(diagnostics: Sequence[Diagnostic], pointers: Iterable[str]) -> list[str]:
    """The pointers that lead to no place of some findings, nor below one."""
    return [one for one in pointers if not any(f"{one}/".startswith(f"{each.pointer}/") for each in diagnostics)]


def naming(diagnostics: Sequence[Diagnostic], name: str) -> list[Diagnostic]:
    """The findings that are about a field."""
    return [one for one in diagnostics if _is_about(one, name)]


def with_value(spoken: Iterable[str], among: Sequence[Object]) -> tuple[str, list[str]] | None:
    """The only field that has one of these values, with its places; None where none or several have one."""
    wanted = {value for value in spoken if len(value) > 1}
    found = [pointer for one in among for pointer, value in _members(one.raw, one.pointer) if str(value) in wanted]
    names = {_name(pointer) for pointer in found}
    return (names.pop(), found) if len(names) == 1 else None


def findings_at(
    diagnostics: Sequence[Diagnostic], name: str, places: Sequence[str], holders: Sequence[str]
) -> list[Diagnostic]:
    """The findings on a field: at its places or below them; on an object that lacks it or holds it, if about it."""
    found = []
    for diagnostic in diagnostics:
        pointer = diagnostic.pointer
        is_at = any(f"{pointer}/".startswith(f"{place}/") for place in places)
        around = (*holders, *(place.rpartition("/")[0] for place in places))
        if is_at or (pointer in around and _is_about(diagnostic, name)):
            found.append(diagnostic)
    return found


def _is_about(one: Diagnostic, name: str) -> bool:
    """Whether a finding is on a field, misses it, or names another place that it is at."""
    fields = (one.field, *one.also, *(field for field, _ in one.keys), *(place.field for place in one.related))
    return name in (field.rpartition(".")[2] for field in fields)


def within(diagnostics: Sequence[Diagnostic], among: Sequence[Object]) -> list[Diagnostic]:
    """The findings on some payloads, not those on the payloads that are nested in them."""
    return [
        diagnostic
        for diagnostic in diagnostics
        if any(
            diagnostic.document in (None, one.document)
            and f"{diagnostic.pointer}/".startswith(f"{one.pointer}/")
            and reference_tokens(diagnostic.pointer[len(one.pointer) :])[:1] not in _NESTED
            for one in among
        )
    ]


def open_rules(
    rules: Sequence[Selection],
    codes: Collection[str],
    facts: Collection[str],
    among: Sequence[Object],
    there: Collection[str],
) -> list[Open]:
    """Those of some rules that ask for account facts, or for objects, that are not there.

    `there` are the models of all objects that were sent with those `among` which the refused one is.
    """
    others = REQUESTS - {one.payload.kind for one in among}
    found = []
    for selection in rules:
        if selection.rule.code not in codes or selection.rule.requests <= others:
            continue
        wanting = [fact for fact in selection.rule.facts if fact not in facts]
        on = {kind.__name__ for kind in selection.rule.on}
        called = [model for model in NOUNS if model in on][:1] if on <= set(NOUNS) and on.isdisjoint(there) else []
        wanted = _wanted(selection.rule.guard, among, there)
        if wanted is None:
            continue
        wanting += [f"the {NOUNS[model]}" for model in dict.fromkeys([*called, *wanted])]
        if wanting:
            found.append(Open(selection, tuple(wanting)))
    return found


def _wanted(guard: Guard | None, among: Sequence[Object], there: Collection[str]) -> list[str] | None:
    """The models of objects that a guard needs beside those that are there; of several ways the shortest.

    None where it holds of none of the objects `among` which the refused one is, whatever comes with them.
    """
    if isinstance(guard, All | AnyOf):
        ways = [_wanted(part, among, there) for part in guard.parts]
        open_ways = [way for way in ways if way is not None]
        if isinstance(guard, AnyOf):
            return min(open_ways, key=len, default=None)
        return list(dict.fromkeys(chain.from_iterable(open_ways))) if len(open_ways) == len(ways) else None
    if (
        isinstance(guard, OnField | OfPayloads)
        and guard.condition.model in NOUNS
        and guard.condition.model not in there
    ):
        return [guard.condition.model]
    return None if isinstance(guard, OnField) and _is_unmet(guard, among) else []


def _is_unmet(guard: OnField, among: Sequence[Object]) -> bool:
    """Whether a condition on a field is one on objects that lie in some payloads, and none of them meets it."""
    model, asked = guard.condition.model, False
    for one in among:
        if one.model in SHAPES and (paths := paths_to(one.model, model)):
            asked = True
            payload: Payload | None = one.payload
            while payload is not None:
                fields = payload.written if payload.is_clean else payload.raw
                if IS_MET_IN[guard.condition.test](guard.condition, objects_within(fields, paths)):
                    return False
                payload = payload.current
    return asked


def _members(value: Any, pointer: str, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """The members of an object, at any depth, with their pointers; notes and nested payloads left out."""
    if isinstance(value, dict):
        for key, entry in value.items():
            if key in NESTED and depth == 0:
                continue
            place = f"{pointer}/{escape(str(key))}"
            yield place, entry
            yield from _members(entry, place, depth + 1)
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            if not isinstance(entry, dict | list):
                yield f"{pointer}/{index}", entry
            yield from _members(entry, f"{pointer}/{index}", depth + 1)


def _holders(value: Any, pointer: str, shape: Shape | None, name: str) -> Iterator[tuple[str, str]]:
    """The objects that lack a field, or the object that it belongs to, with the models that it is a field of."""
    if isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _holders(entry, f"{pointer}/{index}", shape, name)
    if not isinstance(value, dict) or shape is None:
        return
    if name in shape.fields and name not in value:
        yield pointer, shape.name
    for field, spec in shape.fields.items():
        for inner in shapes_in(spec):
            if field not in value and name in inner.fields:
                yield pointer, inner.name
            yield from _holders(value.get(field), f"{pointer}/{escape(field)}", inner, name)


def _leads_to(path: Sequence[str], pointer: str) -> bool:
    """Whether a path ends where a pointer does: one without indices for any, another one from its first list on."""
    tokens = reference_tokens(pointer)
    if _has_index(path):
        path = path[max(next(at for at, step in enumerate(path) if step.isdigit()) - 1, 0) :]
    else:
        tokens = [token for token in tokens if not token.isdigit()]
    return tokens[len(tokens) - len(path) :] == list(path)


def _has_index(path: Sequence[str]) -> bool:
    return any(step.isdigit() for step in path)


def _name(pointer: str) -> str:
    """The last step of a pointer that is no index."""
    return next((token for token in reversed(reference_tokens(pointer)) if not token.isdigit()), "")
