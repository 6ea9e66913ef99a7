"""Which fields, absent but for an unknown key that is written for them, would be errors if the key were not there.

Rules are asked a second time about the campaign without such keys. Only the level of SPL004 follows from it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from copy import copy
from functools import cache, cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from splint.payloads.faults import UnknownField
from splint.payloads.nodes import Payload, Tree
from splint.payloads.signature import together
from splint.payloads.strays import Absence
from splint.payloads.trees import trees_of
from splint.payloads.validation import placed
from splint.rules.rule import Selection
from splint.rules.ruleset import Ruleset, asked_by
from splint.rules.scope import all_payloads_of, shapes_in
from splint.schema.table import SHAPES

if TYPE_CHECKING:
    from splint.run.judge import RuleFinding


def settle(
    strays: Sequence[UnknownField],
    tree: Tree,
    rulesets: Collection[Ruleset],
    before: "Sequence[RuleFinding]",
    judged: "Callable[[Tree, set[str]], Sequence[RuleFinding]]",
) -> None:
    """Set `is_missed` of a tree's unknown fields.

    `before` is what was found with them, `judged` asks the rules of some codes: those that may find the fields missing,
    and those that own what these find.
    """
    fields = {absence[1:] for stray in strays for absence in stray.owned}
    given = {field for field in fields if any(_has(payload, *field) for payload in tree.payloads)}
    codes = {code for one in rulesets for field in fields for code in one.missing(field, is_given=field in given)}
    if not codes:
        return
    varies = bool(given)  # without the keys; with them rules that compare payloads do not apply
    if not varies and not any(selection.rule.code in codes for one in rulesets for selection in _applicable(one, tree)):
        return
    owners = {rule.code for one in rulesets for rule, _ in one.rules if not codes.isdisjoint(rule.supersedes)}
    known = set(map(_key, before))
    absent: defaultdict[Any, set[Absence]] = defaultdict(set)
    for absence in {absence for stray in strays for absence in stray.owned}:
        absent[absence.payload].add(absence)
    missed: set[Absence] = set()
    for other in trees_of(_without_strays(tree.payloads, varies=varies)):
        other.scope = tree.scope  # which such a key may tell: an ad with `landing_pages` is of a web campaign
        for one in judged(other, codes | owners):
            if (one.finding.level or one.selection.rule.level) == "error" and _key(one) not in known:
                missed |= _told(one, absent)
        other.release()
    for stray in strays:
        stray.is_missed = not missed.isdisjoint(stray.owned)


def _applicable(ruleset: Ruleset, tree: Tree) -> Iterator[Selection]:
    return chain.from_iterable(ruleset.applicable_to(tree).values())


def _has(payload: Payload, model: str, field: str) -> bool:
    return type(payload).__name__ == model and payload.has(field)


def _key(one: "RuleFinding") -> Hashable:
    finding = one.finding
    at = finding.location
    return one.selection.rule.code, id(at.document), at.pointer, at.part, finding.about, finding.also


def _told(one: "RuleFinding", absent: "defaultdict[Any, set[Absence]]") -> set[Absence]:
    """The absent fields that a finding reports, of those in the payloads of its node.

    `absent` has them by the `order` of their payload. The finding reports those that it names, in `about`, `also` or at
    the end of its pointer, where the name of an object stands for all that is absent in it (`video_info` for
    `video_id`). If it names none, it reports those that its rule declares to ask for; if there are none of these, all.
    """
    near = {absence for payload in all_payloads_of(one.node) for absence in absent.get(payload.order, ())}
    names = (one.finding.about, *one.finding.also, one.finding.location.pointer.rpartition("/")[2])
    models = {model for name in names for model in _models_in(name)}
    named = {absence for absence in near if absence.field in names or absence.model in models}
    asked = asked_by(one.selection.rule)
    return named or {absence for absence in near if absence[1:] in asked} or near


@cache
def _models_in(field: str) -> set[str]:
    """The models of the objects that a field of this name holds."""
    specs = [shape.fields[field] for shape in SHAPES.values() if field in shape.fields]
    return {shape.name for spec in specs for shape in shapes_in(spec)}


def _without_strays(payloads: Iterable[Payload], *, varies: bool) -> list[Payload]:
    """Copies of a tree's payloads without the keys that are written for other fields: these are absent there.

    `varies` says that others have such a field, so that rules apply that compare payloads.
    """
    copies = {id(payload): _copied(payload) for payload in payloads}
    bundles: dict[int, Any] = {}
    for one in copies.values():
        one.parent, one.current, one.refers_to = [
            copies.get(id(other), other) for other in (one.parent, one.current, one.refers_to)
        ]
        if one.bundle is not None:
            one.bundle = bundles.setdefault(id(one.bundle), copy(one.bundle))
        if keys := {stray.field for stray in one.strays if stray.holder == stray.root}:
            one.written = {key: value for key, value in one.written.items() if key not in keys}
        if not one.is_clean:
            one.set_fields(placed(one.raw))
            if varies and one.signature is not None:
                one.signature = together([one.signature])
    for bundle in bundles.values():
        bundle.asked = copies.get(id(bundle.asked))
    return [*copies.values()]


def _copied(payload: Payload) -> Payload:
    """A copy of a payload, but for what it remembers of itself."""
    copied = object.__new__(type(payload))
    remembered = _remembered(type(payload).__mro__)
    vars(copied).update({name: value for name, value in vars(payload).items() if name not in remembered})
    return copied


@cache
def _remembered(kinds: tuple[type, ...]) -> set[str]:
    """The names of the properties of some classes that their objects work out once."""
    return {name for kind in kinds for name, value in vars(kind).items() if isinstance(value, cached_property)}
