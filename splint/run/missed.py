"""Which fields, absent but for an unknown key that is written for them, would be errors if the key were not there.

Rules are asked a second time about the campaign without such keys. The level of SPL004 follows from it, and what is
reported where nothing is said of the key, or something milder.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cache, cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from splint.payloads.invalid_fields import UnknownField
from splint.payloads.nodes import Payload, Tree
from splint.payloads.signature import together
from splint.payloads.strays import Absence
from splint.payloads.trees import trees_of
from splint.payloads.validation import placed
from splint.rules.rule import Selection
from splint.rules.ruleset import Ruleset, asked_by
from splint.rules.scope import all_payloads_of, shapes_in
from splint.run.ownership import ALL, Weights, weight
from splint.schema.table import SHAPES

if TYPE_CHECKING:
    from splint.run.judge import RuleFinding

    Judged = Callable[[Tree, Container[str] | None], Sequence[RuleFinding]]
    """Asks the rules of some codes, or all, about a tree."""


def settle(
    strays: Sequence[UnknownField],
    tree: Tree,
    rulesets: Collection[Ruleset],
    before: "Sequence[RuleFinding]",
    judged: "Judged",
) -> None:
    """Set `is_missed` of a tree's unknown fields.

    `before` is what was found with them; `judged` is asked for the rules that may find the fields missing, and for
    those that own what these find.
    """
    owned = frozenset[Absence]().union(*[stray.owned for stray in strays])
    given = _given(owned, tree)
    fields = {absence[1:] for absence in owned}
    codes = {code for one in rulesets for field in fields for code in one.missing(field, is_given=field in given)}
    if not codes:
        return
    # without the keys rules apply that compare payloads; with them they do not
    if not given and not any(selection.rule.code in codes for one in rulesets for selection in _applicable(one, tree)):
        return
    owners = {rule.code for one in rulesets for rule, _ in one.rules if not codes.isdisjoint(rule.supersedes)}
    known = set(map(_key, before))
    absent = _by_payload(owned)
    missed: set[Absence] = set()
    for found in _found_without(strays, absent, tree, judged, codes | owners):
        for one in found:
            if (one.finding.level or one.selection.rule.level) == "error" and _key(one) not in known:
                missed |= _told(one, absent)
    for stray in strays:
        stray.is_missed = not missed.isdisjoint(stray.owned)


def revealed(
    strays: Sequence[UnknownField],
    tree: Tree,
    before: "Sequence[RuleFinding]",
    said: "Sequence[RuleFinding]",
    weigh: "Callable[[Sequence[RuleFinding]], Weights]",
    judged: "Judged",
) -> "Sequence[RuleFinding]":
    """What is found on a tree, `before` with its unknown fields, where what is `said` of these does not hide all.

    A field is absent where what is said of each key that is written for it is suppressed, or no rule says anything;
    where a setting makes that milder, what is more severe is found too. `weigh` is splint.run.weighing for findings.
    """
    weights = weigh(said)
    hides: defaultdict[int, int] = defaultdict(int)
    for one in said:
        for stray in (one.node, *one.node.followers):
            hides[id(stray)] = max(hides[id(stray)], weights.get(id(one), ALL))
    weak = [stray for stray in strays if hides[id(stray)] < ALL]
    if not weak:
        return before
    hidden: defaultdict[Absence, int] = defaultdict(int)
    for stray in strays:
        for absence in stray.owned:
            hidden[absence] = max(hidden[absence], hides[id(stray)])
    absent = _by_payload(absence for absence, most in hidden.items() if most < ALL)
    known = {_key(one): one for one in before}
    left: list[RuleFinding] = []
    gone: set[Hashable] = set()
    for found in _found_without(weak, absent, tree, judged, None):
        weights = weigh(found)
        for one in found:
            told = _told(one, absent) or hidden
            if _key(one) in known or weight(one, weights) > min(hidden[absence] for absence in told):
                left.append(one)
            else:
                gone.add(_key(one)[:-1])
    kept = set(map(_key, left))
    if kept <= known.keys():
        return before
    at = {(id(stray.location.document), stray.location.pointer) for stray in weak}
    left += [one for key, one in known.items() if key not in kept and (key[:-1] in gone or key[1:3] in at)]
    return left


def _given(absences: Iterable[Absence], tree: Tree) -> set[tuple[str, str]]:
    """The fields among those absent in some objects that other objects of a tree have: they vary without the keys."""
    fields = {absence[1:] for absence in absences}
    return {field for field in fields if any(_has(payload, *field) for payload in tree.payloads)}


def _by_payload(absences: Iterable[Absence]) -> "defaultdict[Any, set[Absence]]":
    """Absences by the `order` of their payloads."""
    absent: defaultdict[Any, set[Absence]] = defaultdict(set)
    for absence in absences:
        absent[absence.payload].add(absence)
    return absent


def _found_without(
    strays: Sequence[UnknownField],
    absent: "Mapping[Any, set[Absence]]",
    tree: Tree,
    judged: "Judged",
    codes: Container[str] | None,
) -> "Iterator[Sequence[RuleFinding]]":
    """What rules find on a tree without some unknown fields, where the fields that they are written for are absent.

    Nodes have their payloads until the next findings are asked for.
    """
    varies = bool(_given(chain.from_iterable(absent.values()), tree))
    for other in trees_of(_without_strays(tree.payloads, strays, absent, varies=varies)):
        other.scope = tree.scope  # which such a key may tell: an ad with `landing_pages` is of a web campaign
        yield judged(other, codes)
        other.release()


def _applicable(ruleset: Ruleset, tree: Tree) -> Iterator[Selection]:
    return chain.from_iterable(ruleset.applicable_to(tree).values())


def _has(payload: Payload, model: str, field: str) -> bool:
    return type(payload).__name__ == model and payload.has(field)


def _key(one: "RuleFinding") -> tuple[Hashable, ...]:
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


def _without_strays(
    payloads: Iterable[Payload],
    strays: Sequence[UnknownField],
    absent: "Mapping[Any, set[Absence]]",
    *,
    varies: bool,
) -> list[Payload]:
    """Copies of a tree's payloads without keys that are written for other fields, which are `absent` there.

    `varies` says that others have such a field, so that rules apply that compare payloads.
    """
    copies = {id(payload): _copied(payload) for payload in payloads}
    bundles: dict[int, Any] = {}
    without = set(map(id, strays))
    for one in copies.values():
        one.parent, one.current, one.refers_to = [
            copies.get(id(other), other) for other in (one.parent, one.current, one.refers_to)
        ]
        if one.bundle is not None:
            one.bundle = bundles.setdefault(id(one.bundle), copy(one.bundle))
        if keys := {stray.field for stray in one.strays if stray.holder == one.step and id(stray) in without}:
            one.written = {key: value for key, value in one.written.items() if key not in keys}
        if not one.is_clean:
            one.set_fields(placed(one.raw, {absence.field for absence in absent.get(one.order, ())}))
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
