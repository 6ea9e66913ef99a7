"""Which fields, absent but for an unknown key that is written for them, would be errors if the key were not there.

The rules are asked a second time about the campaign without such keys. Only the level of SPL004 follows from it.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Any

from splint.payloads.conditions import MODELS
from splint.payloads.faults import UnknownField
from splint.payloads.nodes import Payload, Tree
from splint.payloads.strays import Absence
from splint.payloads.trees import trees_of
from splint.payloads.validation import MISPLACED
from splint.rules.guard import conditions_of
from splint.rules.rule import Rule
from splint.rules.scope import all_payloads_of

if TYPE_CHECKING:
    from splint.run.judge import RuleFinding


def settle(
    strays: Iterable[UnknownField],
    tree: Tree,
    before: "Sequence[RuleFinding]",
    judged: "Callable[[Tree], Sequence[RuleFinding]]",
) -> None:
    """Set `is_missed` of a tree's unknown fields; `before` is what was found with them, `judged` asks the rules."""
    known = set(map(_key, before))
    absent: defaultdict[Any, set[Absence]] = defaultdict(set)
    for absence in {absence for stray in strays for absence in stray.owned}:
        absent[absence.payload].add(absence)
    missed: set[Absence] = set()
    for other in trees_of(_without_strays(tree.payloads)):
        other.scope = tree.scope  # which such a key may tell: an ad with `landing_pages` is of a web campaign
        for one in judged(other):
            if (one.finding.level or one.selection.rule.level) == "error" and _key(one) not in known:
                missed |= _told(one, absent)
    for stray in strays:
        stray.is_missed = not missed.isdisjoint(stray.owned)


def _key(one: "RuleFinding") -> Hashable:
    finding = one.finding
    at = finding.location
    return one.selection.rule.code, id(at.document), at.pointer, at.part, finding.about, finding.also


def _told(one: "RuleFinding", absent: "defaultdict[Any, set[Absence]]") -> set[Absence]:
    """The absences that a finding is on: those that it names, else those that its rule asks for, else all near it."""
    near = {absence for payload in all_payloads_of(one.node) for absence in absent.get(payload.order, ())}
    names = (one.finding.about, *one.finding.also, one.finding.location.pointer.rpartition("/")[2])
    named = {absence for absence in near if absence.field in names}
    asked = _asked_by(one.selection.rule)
    return named or {absence for absence in near if absence[1:] in asked} or near


def _asked_by(rule: Rule) -> set[tuple[str, str]]:
    """The fields, by model and name, that a rule looks at."""
    missed = [one.partition(".") for one in rule.misses]
    asked = {(one.model, one.field) for one in conditions_of(rule.guard)}
    return asked | {(MODELS.get(model, model), name) for model, _, name in missed}


def _without_strays(payloads: Iterable[Payload]) -> list[Payload]:
    """Copies of a tree's payloads without the keys that are written for other fields: these are absent there."""
    copies = {id(payload): copy(payload) for payload in payloads}
    bundles: dict[int, Any] = {}
    for one in copies.values():
        fields = vars(one)
        for name in [name for name in fields if isinstance(getattr(type(one), name, None), cached_property)]:
            del fields[name]
        for name in ("parent", "current", "refers_to"):
            setattr(one, name, copies.get(id(getattr(one, name)), getattr(one, name)))
        if one.bundle is not None:
            one.bundle = bundles.setdefault(id(one.bundle), copy(one.bundle))
        keys = {stray.field for stray in one.strays if stray.holder == stray.root}
        one.written = {key: value for key, value in one.written.items() if key not in keys} if keys else one.written
        one.signature = None
        if not one.is_clean:
            one.set_fields(_placed(one.raw))
    for bundle in bundles.values():
        bundle.asked = copies.get(id(bundle.asked))
    return [*copies.values()]


def _placed(value: Any) -> Any:
    """A value without the fields of its objects that are misplaced."""
    if isinstance(value, dict):
        return {name: _placed(inner) for name, inner in value.items() if inner is not MISPLACED}
    return type(value)(map(_placed, value)) if isinstance(value, list) else value
