"""Fields that stand in the wrong object of a campaign: which go together, and what is not missed where they belong."""

from collections import defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any, NamedTuple

from splint.formats import reference_tokens, value_at
from splint.payloads.aside import Taker, new_place_of, taker_of
from splint.payloads.conditions import MODELS
from splint.payloads.homes import ENTRY, Double, Way, double_of, is_within, ways_to
from splint.payloads.invalid_fields import UnknownField
from splint.payloads.nesting import is_in_group
from splint.payloads.nodes import Location, Payload
from splint.payloads.several import tell_apart
from splint.payloads.similar import near_names
from splint.payloads.validation import MISPLACED, is_absent, is_empty, placed
from splint.payloads.wrapping import fields_in, wrapping_of
from splint.schema.kinds import Either, ListOf, Shape, Spec
from splint.schema.vocabulary import AD_LISTS, LEVEL_OF, NESTED_MODELS, OF_REQUESTS, OWN_IDS, PARENT_FIELDS

_OF_ONE = {*OF_REQUESTS, *OWN_IDS.values()}
"""What holds of the very object that has it, and moves into no other one."""


def are_stray_ads(fault: UnknownField) -> bool:
    """Whether a key holds ads in a campaign, beside ad groups, or in a part of one: its name says so, not the value."""
    is_astray = fault.takes.name.removesuffix("Update") == "Campaign" or is_in_group(fault)
    return is_astray and fault.field in AD_LISTS and not is_empty(fault.value)


class Absence(NamedTuple):
    """A field that an object of a payload lacks."""

    payload: Any
    """The payload's `order`."""
    model: str
    """The object's, an update's that of the create request."""
    field: str


def settle(pending: Mapping[Shape, list[Payload]], faults: Iterable[UnknownField]) -> None:
    """Set to MISPLACED each field that an unknown key stands for, where it belongs.

    Each fault is told which fields of its object belong at the same place, the absences that they own together, and
    which objects of the campaign have it already.
    """
    strays: defaultdict[str, list[UnknownField]] = defaultdict(list)
    groups: defaultdict[Hashable, list[UnknownField]] = defaultdict(list)
    campaigns, faults = _Campaigns(pending), list(faults)
    tell_apart(faults, campaigns.by_pointer, campaigns.around)
    for fault in faults:
        groups[_place(fault)].append(fault)
    if len(groups) > 1:
        _settle_place(groups)
    for group in groups.values():
        unseen = campaigns.of_no_entry(group)
        for fault in group:
            fault.absences = frozenset(campaigns.left_unknown(fault))
            fault.holders, fault.unseen = campaigns.holders(fault), unseen
            fault.elsewhere = campaigns.takers_elsewhere(fault)
        _join(group)
        if group[0].owned:
            taker = group[0].takers[0].payload if group[0].takers else None
            strays[group[0].root if taker is None else taker.step] += group
    for payload in campaigns.changed.values():
        payload.set_fields(payload.raw)
    for root, owners in strays.items():
        campaigns.by_pointer[root].strays = owners


def divide(first: UnknownField, apart: Container[str]) -> None:
    """Take the unknown fields of some keys out of those that go with the first, each for itself."""
    left: list[UnknownField] = []
    for fault in (first, *first.followers):
        if fault.location.pointer.rpartition("/")[2] in apart:
            _join([fault])
        else:
            left.append(fault)
    if left:
        _join(left)


def _join(group: Sequence[UnknownField]) -> None:
    """Make unknown fields of an object one finding."""
    owned = frozenset[Absence]().union(*[fault.absences for fault in group])
    for fault in group:
        fault.owned, fault.does_follow, fault.followers = owned, fault is not group[0], ()
    group[0].followers = tuple(group[1:])


def _place(fault: UnknownField) -> Hashable:
    """What the fields of an object have in common that belong in the same other one, or in objects within it."""
    if fault.models:
        return fault.root, fault.models
    if fault.takers:
        return new_place_of(fault) or fault.location.pointer
    home = fault.home
    if home is None or fault.word is not None or wrapping_of(fault) is not None:
        return fault.location.pointer
    way = home.ways[0]
    is_in_list = ENTRY in way and not (home.up == 0 and is_empty(fault.around.get(way[0])))
    return fault.holder, home.up, home.ways if len(home.ways) != 1 or is_in_list else way[:1]


def _settle_place(groups: dict[Hashable, list[UnknownField]]) -> None:
    """Have fields that belong in one of several places go with those which need the entry of a new list there.

    `identity_id` goes into creative_info with `video_info`, where an ad has no creative_list.
    """
    for place in [place for place, (one, *_) in groups.items() if one.home is not None and len(one.home.ways) > 1]:
        first, home = groups[place][0], groups[place][0].home
        certain = [way for way in home.ways if _needs(way, groups.get((first.holder, 0, way[:1])))] if home else []
        if len(certain) == 1:
            for fault in groups[place]:
                fault.home = fault.home.only(certain[0]) if fault.home is not None else None
            groups[first.holder, 0, certain[0][:1]] += groups.pop(place)


def _needs(way: Way, group: Iterable[UnknownField] | None) -> bool:
    """Whether some fields of an object need what is at the end of a way in a new list: one is, or goes into, that."""
    homes = [fault.home for fault in group or () if fault.home is not None]
    return ENTRY in way and any((*home.ways[0], home.name)[: len(way)] == way for home in homes)


class _Campaigns:
    """The payloads of a document, each with those above and below it."""

    def __init__(self, pending: Mapping[Shape, list[Payload]]) -> None:
        self._pending = pending
        self.changed: dict[int, Payload] = {}
        self.by_pointer: dict[str, Payload] = {}
        self.below: defaultdict[int, list[Payload]] = defaultdict(list)
        """The payloads that each one holds, by its `id`."""
        for payloads in pending.values():
            for payload in payloads:
                self.by_pointer[payload.step] = payload
                self.below[id(payload.parent)].append(payload)

    def left_unknown(self, fault: UnknownField) -> Iterator[Absence]:
        """Set the field that an unknown key is written for to MISPLACED where it is absent, and yield each such place.

        It is set in the object that has the key, if that takes a field of a similar name. If the field belongs
        elsewhere, it is set in the objects of the same payload that take it, and of all payloads above and below this
        one in the campaign. What holds an object of its own kind stands for the fields of that, and what takes the
        place of the object around it for those that it holds of that.
        """
        if fault.takers:
            for taker in fault.takers:
                if taker.payload is self.by_pointer.get(taker.payload.step):
                    yield from self._absences(taker.payload, (), taker.shape, taker.name, taker.ways)
            return
        payload = self.by_pointer[fault.root]
        if fault.models:
            above = PARENT_FIELDS.get(LEVEL_OF[fault.takes.name], "")
            yield from self._absences(payload, (), fault.takes, above, ((),))
            return
        steps = reference_tokens(fault.location.pointer[len(fault.root) :])[:-1]
        if (wraps := wrapping_of(fault)) is not None:
            for field in wraps.fields:
                yield from self._absences(payload, steps, fault.takes, field, ((),))
            return
        for near in near_names(fault):
            if near in fault.takes.fields:
                yield from self._absences(payload, steps, fault.takes, near, ((),))
        if (name := fault.belongs_elsewhere) is None:
            return
        home = fault.home
        if home is None and not any(ways_to(name, shape) for shape in self._pending):
            return  # no payload knows it: for speed only
        if home is not None:
            yield from self._absences(payload, steps[: len(steps) - home.up], home.around, home.name, home.ways)
            name = home.name
            if is_within(home, Location(fault.location.document, fault.holder)):
                for field in fields_in(fault.value, fault.takes):
                    yield from self._absences(payload, steps, fault.takes, field, ((),))
        for other in (*self._above(payload), *self._all_below(payload)):
            yield from self._absences(other, (), other.shape, name, ways_to(name, other.shape))

    def holders(self, fault: UnknownField) -> dict[str, Double]:
        """The models of which all objects above and below a fault's payload have the field, and how it stands to it."""
        if fault.takers or (name := fault.belongs_elsewhere) is None:
            return {}
        name = name if fault.home is None else fault.home.name
        payload = self.by_pointer[fault.root]
        held: defaultdict[str, list[Any]] = defaultdict(list)
        for other in (*self._above(payload), *self._all_below(payload)):
            for way in ways_to(name, other.shape):
                for model, value in _standing(other.shape, other.written, way, name):
                    held[model].append(value)
        return {model: double for model, values in held.items() if (double := double_of(fault.value, values))}

    def takers_elsewhere(self, fault: UnknownField) -> Sequence[Taker]:
        """The objects above and below a fault's payload that take its field; none if these, or it, have neighbours.

        Of a field that its own payload takes only where the campaign may hold that too.
        """
        name, has_home = fault.belongs_elsewhere, fault.home is not None and not fault.goes_as_budget
        if fault.takers or has_home or name is None or name in _OF_ONE:
            return ()
        payload = self.by_pointer[fault.root]
        takers = [taker for one in self._above(payload) if (taker := taker_of(one, name)) is not None]
        below = [taker for one in self._all_below(payload) if (taker := taker_of(one, name)) is not None]
        are_alone = all(self._is_only(payload, one.payload) for one in takers) and all(
            self._is_only(one.payload, payload) for one in below
        )
        return [*takers, *below] if are_alone else ()

    def _is_only(self, payload: Payload, above: Payload) -> bool:
        """Whether a payload and all between it and one above it are the only ones of their parents; none is a row."""
        while payload is not above:
            if payload.kind == "row" or payload.parent is None or len(self.below[id(payload.parent)]) > 1:
                return False
            payload = payload.parent
        return payload.kind != "row"

    def of_no_entry(self, faults: Sequence[UnknownField]) -> str:
        """The model of the entries of a nested list that keys with objects belong in, if it has no entry; else empty.

        No rule sees what is in them. An update is not asked for such an entry. Ads in another object are in none, nor
        is an object in another one of its kind.
        """
        if faults[0].models:
            return faults[0].models[0]
        if (wraps := wrapping_of(faults[0])) is not None and not wraps.is_told:
            return wraps.model
        if any(map(are_stray_ads, faults)):
            return "Ad"
        if not any(fault.objects for fault in faults):
            return ""
        for fault in faults:
            home = fault.home
            if home is not None and home.up == 0 and home.ways[0] and (model := NESTED_MODELS.get(home.ways[0][0])):
                payload, held = self.by_pointer[fault.root], fault.around.get(home.ways[0][0])
                is_to_come = isinstance(held, str) and held != ""
                if payload.is_create and not is_to_come and not self.below.get(id(payload)):
                    return model
        return ""

    def around(self, payload: Payload) -> Iterator[Payload]:
        """A payload with those above and below it."""
        yield from (payload, *self._above(payload), *self._all_below(payload))

    def _above(self, payload: Payload) -> Iterator[Payload]:
        while (parent := payload.parent) is not None:
            yield parent
            payload = parent

    def _all_below(self, payload: Payload) -> Iterator[Payload]:
        for below in self.below.get(id(payload), ()):
            yield below
            yield from self._all_below(below)

    def _absences(
        self, payload: Payload, steps: Iterable[str], shape: Shape, name: str, ways: tuple[Way, ...]
    ) -> Iterator[Absence]:
        """Set a field to MISPLACED at the ends of the ways that lead from an object of a payload."""
        if not ways:
            return
        raw = placed(payload.written) if payload.is_clean else payload.raw
        shared = sum(1 for _ in takewhile(lambda steps: len(set(steps)) == 1, zip(*ways, strict=False)))
        holder = value_at(raw, steps)
        for way in ways:
            for model, field in _absent(shape, holder, way, name, shared):
                payload.raw, payload.is_clean = raw, False
                self.changed[id(payload)] = payload
                yield Absence(payload.order, MODELS.get(model, model), field)


def _standing(spec: Spec, value: Any, way: Way, name: str) -> Iterator[tuple[str, Any]]:
    """The model of each object at the end of a way that takes a field, and what it holds of it."""
    if isinstance(spec, Either):
        for one in spec:
            yield from _standing(one, value, way, name)
    elif isinstance(spec, ListOf) and isinstance(value, list) and way[:1] == (ENTRY,):
        for entry in value:
            yield from _standing(spec.item, entry, way[1:], name)
    elif isinstance(spec, Shape):
        held = value.get(way[0] if way else name) if isinstance(value, dict) else None
        if way and way[0] in spec.fields:
            yield from _standing(spec.fields[way[0]], held, way[1:], name)
        elif not way and name in spec.fields:
            yield MODELS.get(spec.name, spec.name), held


def _absent(spec: Spec, value: Any, way: Way, name: str, shared: int) -> Iterator[tuple[str, str]]:
    """Set a field to MISPLACED where it is absent; a whole object around it only on the steps that all ways share.

    Gives the model and name of each field that is MISPLACED then, for another key perhaps.
    """
    if isinstance(spec, Either):
        for one in spec:
            yield from _absent(one, value, way, name, shared)
    elif isinstance(spec, ListOf) and isinstance(value, list) and way[:1] == (ENTRY,):
        for entry in value:
            yield from _absent(spec.item, entry, way[1:], name, shared - 1)
    elif isinstance(spec, Shape) and isinstance(value, dict):
        step = way[0] if way else name
        if step not in spec.fields:
            return  # the nested payloads have raw fields of their own
        held = value.get(step)
        if held is not MISPLACED and not (is_absent if way else is_empty)(held):
            if way:
                yield from _absent(spec.fields[step], held, way[1:], name, shared - 1)
        elif shared > 0 or not way:
            value[step] = MISPLACED
            yield spec.name, step
