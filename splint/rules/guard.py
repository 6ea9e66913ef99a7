"""Guards: on which objects a rule's function runs, said once, as data.

A guard is made of conditions, joined with `&` and `|`. Fields are named by their models, as in "AdGroup.bid_type", and
are checked when the rule is imported. A condition on a field asks the objects of that model that belong to a node:

- of a payload: the payload itself and everything nested in it, an ad's creatives too;
- of a creative: the creative, and the ad that holds it apart from the other creatives;
- of both also the payloads above, up to the campaign of the tree;
- of a tree: all its payloads.

It holds where one of them meets it. Nodes of other kinds (requests, faults, facts, event logs) are not asked.
The names are those of the nodes, and `StatusUpdate` stands for its three requests. `knows` asks for facts. `given`
and `lacks` ask what a request itself holds, `says` and `holds` of an update also what already stands at TikTok where
the update does not say. A value that nobody knows is given, and equals none; a misplaced field is neither.
"""

import sys
from collections.abc import Callable, Iterable
from datetime import UTC
from functools import cache, reduce
from typing import Any

from splint.payloads.conditions import ALONE, IS_MET_IN, MODELS, OF_TREES, Condition, Test, condition, spec_of
from splint.payloads.nodes import Payload
from splint.payloads.signature import does_reach, does_vary, has_several
from splint.payloads.validation import UNKNOWN
from splint.rules.scope import STATUS, all_payloads_of, is_known, objects_of, payloads_of_model, raws_of
from splint.schema.kinds import BOOLEAN, INTEGER, NUMBER, TEXT, Either, ListOf, Shape, Spec
from splint.schema.table import SHAPES
from splint.schema.usual import USUAL, moment
from splint.schema.values import VALUES
from splint.schema.vocabulary import WEB

Masks = tuple[int, ...]
"""Sets of conditions, as bits: a guard may hold where all of one set are met."""
UNASKED = frozenset({*MODELS, "EventBatch", "EventRecord", "Facts", "PixelRecord"})
"""Models that no condition names: updates have the name of the create request, nodes of the others are not asked."""


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
        return All((self, other))

    def __or__(self, other: "Guard") -> "Guard":
        return AnyOf((self, other))


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
    return _one([OnField(condition("given", *_of_payload(field)), stands=True) for field in fields])


def is_(field: str, *values: str | bool) -> Guard:
    """A field holds one of these values; a list, among others."""
    _check_values(field, values)
    return _on([field], "is", *values)


def is_other(field: str, *values: str | bool) -> Guard:
    """A field holds a known value that is none of these; a list, among others."""
    _check_values(field, values)
    return _on([field], "other", *values)


def undocumented(*fields: str) -> Guard:
    """One of these fields holds a known value that TikTok's own SDK does not take everywhere (splint.schema.values)."""
    if unlisted := [field for field in fields if field not in VALUES]:
        raise _refused(KeyError(f"{unlisted[0]} has no values in splint.schema.values"))
    return _one([_on([field], "undocumented", *VALUES[field].taken(is_new=False)) for field in fields])


def holds(field: str, *values: str | bool) -> Guard:
    """A field of a payload holds one of these values, or where an update does not say, what stands does."""
    _check_values(field, values)
    return OnField(condition("is", *_of_payload(field), *values), stands=True)


def unusual(*fields: str) -> Guard:
    """A number is no finite amount above zero, or a text not as it usually is (splint.schema.usual)."""
    for field in fields:
        model, name = _named(field)[0]
        if name not in USUAL and spec_of(model, name) is not NUMBER:
            raise _refused(TypeError(f"{field} has no usual form"))
    return _on(fields, "unusual")


def longer_than(field: str, limit: int) -> Guard:
    """A list has more entries than `limit`."""
    _items_of(field)
    return _on([field], "longer", limit)


def repeats(field: str, name: str) -> Guard:
    """Two entries of a list hold the same text in their field `name`."""
    if not any(isinstance(item, Shape) and name in item.fields for item in _items_of(field)):
        raise _refused(KeyError(f"entries of {field} have no {name}"))
    return _on([field], "repeats", name)


def later_than(field: str, limit: str) -> Guard:
    """A text sorts after `limit`, a moment as YYYY-MM-DD HH:MM:SS."""
    if spec_of(*_named(field)[0]) is not TEXT:
        raise _refused(TypeError(f"{field} is no text"))
    return _on([field], "later", limit)


def past(*fields: str) -> Guard:
    """A moment of a payload, written YYYY-MM-DD HH:MM:SS, lies before the run's."""

    def one(model: str, field: str) -> Guard:
        def does(node: Any) -> bool:
            moments = [moment(raw.get(field)) for raw in raws_of(node).get(model, ())]
            now = all_payloads_of(node)[0].run.as_of.astimezone(UTC).replace(tzinfo=None)
            return any(one is not None and one < now for one in moments)

        return OfPayloads(condition("past", model, field), does)

    return _one([one(*_of_payload(field)) for field in fields])


def reaches(field: str, other: str) -> Guard:
    """A number, or a moment's text, is not below one in another field; of an update what stands counts too."""
    model, name = _of_payload(field)
    if spec_of(model, name) not in (NUMBER, TEXT) or spec_of(*_of_payload(other)) is not spec_of(model, name):
        raise _refused(TypeError(f"{field} and {other} are not both numbers or texts"))
    tested = condition("reaches", model, name, *_of_payload(other))
    return OfPayloads(tested, lambda node: does_reach(tested, raws_of(node)))


def any_of(guards: Iterable[Guard]) -> Guard:
    """One of several guards holds."""
    return AnyOf(tuple(guards))


def stands_alone(model: str) -> Guard:
    """A payload of that model is nested in no other one."""
    if model not in ALONE:
        raise _refused(KeyError(f"{model} is no payload"))
    return OfPayloads(ALONE[model], lambda node: any(one.parent is None for one in payloads_of_model(node, model)))


def knows(fact: str) -> Guard:
    """An account fact is known."""
    if fact not in SHAPES["Facts"].fields:
        raise _refused(KeyError(f"{fact} is no account fact"))
    return OfPayloads(condition("knows", fact), lambda node: is_known(fact, node))


def varies(*fields: str) -> Guard:
    """One of these fields of payloads is not the same in all of the tree, absent in some included."""

    def one(model: str, field: str) -> Guard:
        def does(node: Any) -> bool:
            raws = [payload.raw for payload in payloads_of_model(node.tree, model)]
            return len(raws) > 1 and does_vary(raws, field)

        return OfPayloads(condition("varies", model, field), does)

    return _one([one(*_of_payload(field)) for field in fields])


def many(model: str, limit: int) -> Guard:
    """A tree holds more payloads of that model than `limit`."""
    if model not in ALONE:
        raise _refused(KeyError(f"{model} is no payload"))
    tested = condition("many", model, "", limit)
    return OfPayloads(tested, lambda node: len(payloads_of_model(node.tree, model)) > limit)


def several_advertisers() -> Guard:
    """The payloads of a tree name more than one advertiser."""
    name, tested = "advertiser_id", condition("advertisers", "")
    return OfPayloads(tested, lambda node: has_several(one.raw.get(name, UNKNOWN) for one in node.tree.payloads))


def web_is_unlisted() -> Guard:
    """The setting `objectives` leaves WEB_CONVERSIONS out."""
    tested = condition("unlisted", "")
    return OfPayloads(tested, lambda node: any(WEB not in one.run.objectives for one in all_payloads_of(node)))


def _on(fields: Iterable[str], test: Test, *values: Any) -> Guard:
    """A test of each of some fields: it holds where one of them meets it."""
    return _one([OnField(condition(test, *named, *values)) for field in fields for named in _named(field)])


def _one(guards: list[Any]) -> Guard:
    if not guards:
        raise _refused(TypeError("a condition names at least one field"))
    return guards[0] if len(guards) == 1 else AnyOf(tuple(guards))


def _items_of(field: str) -> list[Spec]:
    """What may stand in a list; a TypeError for a field that is none."""
    spec = spec_of(*_named(field)[0])
    if not (items := [one.item for one in (spec if isinstance(spec, Either) else (spec,)) if isinstance(one, ListOf)]):
        raise _refused(TypeError(f"{field} is no list"))
    return items


@cache
def _named(field: str) -> tuple[tuple[str, str], ...]:
    """The model and the name of a field, of a StatusUpdate each model that has it; a KeyError if there is none."""
    model, _, name = field.partition(".")
    models = STATUS.values() if model == "StatusUpdate" else () if model in UNASKED else (model,)
    shapes = [(one, SHAPES.get(f"{one}Update", SHAPES[one])) for one in models if one in SHAPES]
    named = tuple([(one, name) for one, shape in shapes if name in shape.fields])
    if not named:
        raise _refused(KeyError(f"{field} is no field of a payload"))
    return named


def _of_payload(field: str) -> tuple[str, str]:
    [(model, name), *_] = _named(field)
    if model not in ALONE:
        raise _refused(TypeError(f"{field} is no field of a payload itself"))
    return model, name


def _check_values(field: str, values: tuple[str | bool, ...]) -> None:
    """Raise TypeError unless a field may hold these values, and there is one."""
    spec = spec_of(*_named(field)[0])
    while isinstance(spec, ListOf):
        spec = spec.item
    if isinstance(spec, Either):  # an object or a text: the text
        spec = spec.second
    if isinstance(spec, frozenset):
        wrong = [value for value in values if value not in spec]
    elif spec in (TEXT, BOOLEAN):
        wrong = [value for value in values if isinstance(value, bool) is not (spec is BOOLEAN)]
    elif spec is INTEGER:
        wrong = [value for value in values if type(value) is not int]
    else:
        raise _refused(TypeError(f"{field} holds no choice"))
    if wrong or not values:
        raise _refused(TypeError(f"{field} takes no {wrong[0]!r}" if wrong else f"{field}: no value is named"))


def _refused(error: KeyError | TypeError) -> KeyError | TypeError:
    """The error with the file and line of the rule whose guard is wrong."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename == __file__:
        frame = frame.f_back
    return type(error)(f"{frame.f_code.co_filename}:{frame.f_lineno}: guard: {error.args[0]}")
