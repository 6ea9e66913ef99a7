"""Guards: on which objects a rule's function runs, said once, as data.

A guard is made of conditions, joined with `&` and `|`. Fields are named by their models, as in "AdGroup.bid_type", and
are checked when the rule is imported. A condition on a field asks the objects of that model that belong to a node:

- of a payload: its own and those in its fields, of an ad its creatives too; not those of payloads nested in it;
- of a creative: its own, and those of the ad that holds it apart from the other creatives;
- of both also those of the payloads above, up to the campaign of the tree;
- of a tree: those of all its payloads.

It holds where one of them meets it. Nodes of other kinds (requests, faults, facts, event logs) are not asked.
The names are those of the nodes, and `StatusUpdate` stands for its three requests. `knows` asks for facts. `given`
and `lacks` ask what a request itself holds, `says` and `holds` of an update also what already stands at TikTok where
the update does not say. A value that nobody knows is given, and equals none; a misplaced field is neither.
"""

from collections.abc import Callable, Iterable
from datetime import UTC
from functools import reduce
from typing import Any

from splint.payloads.conditions import IS_MET_IN, OF_TREES, Condition, Test, condition, spec_of
from splint.payloads.nodes import Payload
from splint.payloads.signature import does_reach, does_stray, does_vary, has_several
from splint.payloads.validation import UNKNOWN
from splint.rules.operands import (
    alone,
    check_values,
    items_of,
    named,
    of_payload,
    only_others_know,
    refused,
    text_limit,
    whole,
)
from splint.rules.scope import all_payloads_of, is_known, objects_of, payloads_of_model, raws_of
from splint.schema.kinds import NUMBER, TEXT, Shape
from splint.schema.table import SHAPES
from splint.schema.usual import MOMENTS, USUAL, moment
from splint.schema.values import VALUES
from splint.schema.vocabulary import WEB

Masks = tuple[int, ...]
"""Sets of conditions, as bits: a guard may hold where all of one set are met."""


class Guard:
    """Says of a node whether a rule's function runs on it."""

    masks: Masks
    """The sets of conditions of which payloads meet one wherever the guard holds for one of their nodes."""
    bits: int
    """It holds only in trees whose `bits` have one of these: parts are asked no further where they have none."""

    def holds(self, node: Any) -> bool:
        """Whether it holds for a node."""
        raise NotImplementedError

    def __and__(self, other: "Guard") -> "Guard":
        return All((self, _guard(other)))

    def __or__(self, other: "Guard") -> "Guard":
        return AnyOf((self, _guard(other)))

    def __bool__(self) -> bool:
        raise refused(TypeError("conditions are joined with & and |: `and`, `or` and `not` would drop one"))


class All(Guard):
    """Holds where all its parts do."""

    def __init__(self, parts: tuple[Guard, ...]) -> None:
        self.parts = parts
        self.bits, self.masks = parts[0].bits, parts[0].masks
        for part in parts[1:]:
            self.masks = tuple(dict.fromkeys([one | other for one in self.masks for other in part.masks]))

    def holds(self, node: Any) -> bool:
        """Whether it holds for a node."""
        bits = node.tree.bits
        for part in self.parts:
            if not part.bits & bits:
                return False
        for part in self.parts:  # noqa: SIM110 - a generator takes several times as long, here as below
            if not part.holds(node):
                return False
        return True


class AnyOf(Guard):
    """Holds where one of its parts does."""

    def __init__(self, parts: tuple[Guard, ...]) -> None:
        self.parts = parts
        self.masks = tuple(dict.fromkeys([mask for part in parts for mask in part.masks]))
        self.bits = reduce(int.__or__, [part.bits for part in parts])

    def holds(self, node: Any) -> bool:
        """Whether it holds for a node."""
        bits = node.tree.bits
        for part in self.parts:  # noqa: SIM110
            if part.bits & bits and part.holds(node):
                return True
        return False


class OnField(Guard):
    """A condition on one field."""

    def __init__(self, tested: Condition, *, stands: bool = False) -> None:
        self.condition = tested
        self.stands = stands
        """Whether of an update what stands counts too, where it does not say."""
        self.bits, self.masks = tested.bit, (tested.bit,)
        self._is_met_in = IS_MET_IN[tested.test]

    def holds(self, node: Any) -> bool:
        """Whether it holds for a node."""
        model = self.condition.model
        objects = map(self._standing, payloads_of_model(node, model)) if self.stands else objects_of(node, model)
        return self._is_met_in(self.condition, objects)

    def _standing(self, payload: Payload) -> dict[str, Any]:
        """The fields of a payload, or of what stands of it where an update does not say."""
        while payload.current is not None and not payload.has(self.condition.field):
            payload = payload.current
        return payload.raw


class OfPayloads(Guard):
    """A condition on the payloads of a node as such."""

    def __init__(self, tested: Condition, test: Callable[[Any], bool]) -> None:
        self.condition = tested
        self.masks = (tested.bit,)
        self.bits = tested.bit if tested.test in OF_TREES else -1
        self._test = test

    def holds(self, node: Any) -> bool:
        """Whether it holds for a node."""
        return self._test(node)


def conditions_of(guard: Guard | None) -> list[Condition]:
    """The conditions that a guard is made of."""
    if isinstance(guard, All | AnyOf):
        return [one for part in guard.parts for one in conditions_of(part)]
    return [guard.condition] if isinstance(guard, OnField | OfPayloads) else []


# -- the vocabulary --------------------------------------------------------------------------------------------------


def given(*fields: str) -> Guard:
    """One of these fields is there."""
    return _on(fields, "given")


def lacks(*fields: str) -> Guard:
    """An object of the model is there that lacks one of these fields."""
    return _on(fields, "lacks")


def says(*fields: str) -> Guard:
    """One of these fields of a payload is there, in the request or in what stands."""
    return _one([OnField(condition("given", *of_payload(field)), stands=True) for field in fields])


def is_(field: str, *values: str | bool) -> Guard:
    """A field holds one of these values; a list, among others."""
    check_values(field, values)
    return _on([field], "is", *values)


def is_other(field: str, *values: str | bool) -> Guard:
    """A field holds a known value that is none of these; a list, among others."""
    check_values(field, values)
    return _on([field], "other", *values)


def undocumented(*fields: str) -> Guard:
    """One of these fields holds a known value that TikTok's own SDK does not take everywhere (splint.schema.values)."""
    if unlisted := [field for field in fields if field not in VALUES]:
        raise refused(KeyError(f"{unlisted[0]} has no values in splint.schema.values"))
    return _one([_on([field], "undocumented", *VALUES[field].taken(is_new=False)) for field in fields])


def holds(field: str, *values: str | bool) -> Guard:
    """A field of a payload holds one of these values, or where an update does not say, what stands does."""
    check_values(field, values)
    return OnField(condition("is", *of_payload(field), *values), stands=True)


def unusual(*fields: str) -> Guard:
    """A number is no finite amount above zero, or a text not as it usually is (splint.schema.usual)."""
    for field in fields:
        model, name = named(field)[0]
        if name not in USUAL and spec_of(model, name) is not NUMBER:
            raise refused(TypeError(f"{field} has no usual form"))
    return _on(fields, "unusual")


def longer_than(field: str, limit: int) -> Guard:
    """A list has more entries than `limit`."""
    items_of(field)
    return _on([field], "longer", whole(limit))


def repeats(field: str, name: str) -> Guard:
    """Two entries of a list hold the same text in their field `name`."""
    if not any(isinstance(item, Shape) and name in item.fields for item in items_of(field)):
        raise refused(KeyError(f"entries of {field} have no {name}"))
    return _on([field], "repeats", name)


def later_than(field: str, limit: str) -> Guard:
    """A text sorts after `limit`, a moment as YYYY-MM-DD HH:MM:SS."""
    return _on([field], "later", text_limit(field, limit))


def past(*fields: str) -> Guard:
    """A moment of a payload, written YYYY-MM-DD HH:MM:SS, lies before the run's."""

    def one(model: str, field: str) -> Guard:
        if field not in MOMENTS:
            raise refused(TypeError(f"{model}.{field} is no moment: those are {' and '.join(sorted(MOMENTS))}"))

        def does(node: Any) -> bool:
            moments = [moment(raw.get(field)) for raw in raws_of(node).get(model, ())]
            now = all_payloads_of(node)[0].run.as_of.astimezone(UTC).replace(tzinfo=None)
            return any(one is not None and one < now for one in moments)

        return OfPayloads(condition("past", model, field), does)

    return _one([one(*of_payload(field)) for field in fields])


def reaches(field: str, other: str) -> Guard:
    """A number, or a moment's text, is not below one in another field; of an update what stands counts too."""
    model, name = of_payload(field)
    if spec_of(model, name) not in (NUMBER, TEXT) or spec_of(*of_payload(other)) is not spec_of(model, name):
        raise refused(TypeError(f"{field} and {other} are not both numbers or texts"))
    tested = condition("reaches", model, name, *of_payload(other))
    return OfPayloads(tested, lambda node: does_reach(tested, raws_of(node)))


def any_of(guards: Iterable[Guard]) -> Guard:
    """One of several guards holds."""
    return _one([*map(_guard, guards)], "any_of takes at least one condition")


def stands_alone(model: str) -> Guard:
    """A payload of that model is nested in no other one."""
    return OfPayloads(alone(model), lambda node: any(one.parent is None for one in payloads_of_model(node, model)))


def knows(fact: str) -> Guard:
    """An account fact is known."""
    if fact not in SHAPES["Facts"].fields:
        raise refused(KeyError(f"{fact} is no account fact"))
    return OfPayloads(condition("knows", fact), lambda node: is_known(fact, node))


def varies(*fields: str) -> Guard:
    """One of these fields of payloads is not the same in all of the tree, absent in some included.

    What is unknown or misplaced in a payload is not compared.
    """

    def one(model: str, field: str) -> Guard:
        def does(node: Any) -> bool:
            raws = [payload.raw for payload in payloads_of_model(node.tree, model)]
            return len(raws) > 1 and does_vary(raws, field)

        return OfPayloads(condition("varies", model, field), does)

    return _one([one(*of_payload(field)) for field in fields])


def many(model: str, limit: int) -> Guard:
    """A tree holds more payloads of that model than `limit`."""
    tested = condition("many", alone(model).model, "", whole(limit))
    return OfPayloads(tested, lambda node: len(payloads_of_model(node.tree, model)) > limit)


def several_advertisers() -> Guard:
    """The payloads of a tree name more than one advertiser."""
    name, tested = "advertiser_id", condition("advertisers", "")
    return OfPayloads(tested, lambda node: has_several(one.raw.get(name, UNKNOWN) for one in node.tree.payloads))


def strays(field: str) -> Guard:
    """A payload holds a field that only payloads of other models know, as `Campaign.catalog_id` is an ad group's."""
    model, name = only_others_know(field)
    tested = condition("stray", model, "", name)
    return OfPayloads(
        tested, lambda node: any(does_stray(tested, one.written) for one in payloads_of_model(node, model))
    )


def web_is_unlisted() -> Guard:
    """The setting `objectives` leaves WEB_CONVERSIONS out."""
    tested = condition("unlisted", "")
    return OfPayloads(tested, lambda node: any(WEB not in one.run.objectives for one in all_payloads_of(node)))


def _on(fields: Iterable[str], test: Test, *values: Any) -> Guard:
    """A test of each of some fields: it holds where one of them meets it."""
    return _one([OnField(condition(test, *each, *values)) for field in fields for each in named(field)])


def _one(guards: list[Any], otherwise: str = "a condition names at least one field") -> Guard:
    if not guards:
        raise refused(TypeError(otherwise))
    return guards[0] if len(guards) == 1 else AnyOf(tuple(guards))


def _guard(other: Any) -> Guard:
    if not isinstance(other, Guard):
        raise refused(TypeError(f"& and | join conditions of splint.rules.guard, not {other!r:.80}"))
    return other
