"""The conditions of guards. Each has a bit; a signature is the set of bits of the conditions that payloads meet.

`splint.rules.deferred` registers those of the shipped packs, `splint.rules.guard` others when their rules are imported;
`splint.payloads.signature` evaluates them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, Literal

from splint.payloads.validation import MISPLACED, UNKNOWN, Blank, Unknown
from splint.schema.kinds import Spec
from splint.schema.table import SHAPES
from splint.schema.usual import USUAL

Test = Literal[
    "given", "lacks", "is", "other", "undocumented", "unusual", "later", "longer", "repeats",
    "past", "reaches", "varies", "many", "alone", "request", "knows", "advertisers", "unlisted", "stray",
]  # fmt: skip
OF_VALUES = frozenset({"is", "other", "undocumented"})
"""Tests of which value a field holds."""
OF_FIELDS = OF_VALUES | {"given", "lacks", "unusual", "later", "longer", "repeats"}
"""Tests of the fields of one object."""
OF_TREES = frozenset({"reaches", "varies", "many", "advertisers"})
"""Tests whose result depends on all payloads of a campaign tree."""
Objects = Iterable[dict[str, Any]]
INFINITE = float("inf")
MODELS = {"CampaignUpdate": "Campaign", "AdGroupUpdate": "AdGroup", "AdUpdate": "Ad"}
"""The model of each update shape: conditions name the model of the create request."""


class Condition:
    """A test of the objects of one model, or of all payloads together."""

    __slots__ = ("bit", "field", "model", "test", "values")

    def __init__(self, test: Test, model: str, field: str, values: tuple[Any, ...], bit: int) -> None:
        self.test = test
        self.model = model
        """The model, for `knows` the account fact, for `request` the kind of request."""
        self.field = field
        self.values = values
        """The values of `is` and `other`, of `undocumented` those that are documented; the limit of `later`, `longer`
        and `many`; the field of `stray`; the other field of `reaches`, as model and name; the field of entries that
        `repeats` compares."""
        self.bit = bit

    def is_repeated_in(self, entries: list[Any]) -> bool:
        """Whether two entries of a list hold the same text."""
        name = self.values[0]
        texts = [entry[name] for entry in entries if isinstance(entry, dict) and isinstance(entry.get(name), str)]
        return len(set(texts)) < len(texts)

    def is_met_by_value(self, value: Any) -> bool:
        """Whether a value, or an entry of a list, meets a condition on values; what is unknown meets none."""
        if isinstance(value, (Unknown, dict, list)):  # `dict | list` would be made anew for each value
            return False
        test = self.test
        if test == "later":
            return isinstance(value, str) and value > self.values[0]
        if test == "unusual":
            usual = USUAL.get(self.field)
            return not 0 < value < INFINITE if usual is None else isinstance(value, str) and not usual(value)
        return value not in self.values

    def unmet_by(self) -> Callable[[Iterable[Any]], bool]:
        """Whether none of many values meets a condition of `OF_VALUES`: a fifth of the time of `is_met_by_value`.

        What this returns raises TypeError for a list or an object among them.
        """
        if self.test == "is":
            return frozenset(self.values).isdisjoint
        return frozenset((*self.values, UNKNOWN)).issuperset


def _is_given(condition: Condition, objects: Objects) -> bool:
    field = condition.field
    for raw in objects:  # noqa: SIM110 - a generator takes several times as long, here as below
        if raw.get(field, MISPLACED) is not MISPLACED:
            return True
    return False


def _is_lacking(condition: Condition, objects: Objects) -> bool:
    field = condition.field
    for raw in objects:  # noqa: SIM110
        if field not in raw or isinstance(raw[field], Blank):
            return True
    return False


def _has_longer(condition: Condition, objects: Objects) -> bool:
    lists = [value for raw in objects if isinstance(value := raw.get(condition.field), list)]
    return any(len(value) > condition.values[0] for value in lists)


def _has_repeats(condition: Condition, objects: Objects) -> bool:
    lists = [value for raw in objects if isinstance(value := raw.get(condition.field), list)]
    return any(map(condition.is_repeated_in, lists))


def _is_one_of(condition: Condition, objects: Objects) -> bool:
    field, values = condition.field, condition.values
    for raw in objects:
        value = raw.get(field)
        if value in values or (isinstance(value, list) and any(map(values.__contains__, value))):
            return True
    return False


def _has_value(condition: Condition, objects: Objects) -> bool:
    field, is_met_by_value = condition.field, condition.is_met_by_value
    for raw in objects:
        value = raw.get(field, UNKNOWN)
        if any(map(is_met_by_value, value)) if isinstance(value, list) else is_met_by_value(value):
            return True
    return False


IS_MET_IN: dict[Test, Callable[[Condition, Objects], bool]] = {
    "given": _is_given,
    "lacks": _is_lacking,
    "is": _is_one_of,
    "longer": _has_longer,
    "repeats": _has_repeats,
    **dict.fromkeys(("other", "undocumented", "unusual", "later"), _has_value),
}
"""Whether the fields of one of several objects meet a condition, by its test (one of OF_FIELDS)."""


class _Registered:
    """All conditions of the rules that are imported."""

    def __init__(self) -> None:
        self.by_key: dict[tuple[Any, ...], Condition] = {}
        self.on_fields: defaultdict[str, list[Condition]] = defaultdict(list)
        """Conditions on one field, by model."""
        self.of_all: defaultdict[Test, list[Condition]] = defaultdict(list)
        """Conditions on all payloads together, by test."""
        self.varying: defaultdict[str, dict[str, Condition]] = defaultdict(dict)
        """The `varies` conditions, by model and field."""
        self.reaching: list[tuple[Condition, int]] = []
        """The `reaches` conditions, each with the bits that say that both its fields are given."""
        self.tree_bits = 0
        """The bits of those that only a whole tree decides."""


REGISTERED = _Registered()


def condition(test: Test, model: str, field: str = "", *values: Any) -> Condition:
    """The condition with this meaning: one for all rules that set it, in whatever order they name values."""
    if test in OF_VALUES and len(values) > 1:
        values = tuple(sorted({*values}))
    key = (test, model, field, *map(type, values), *values)
    known = REGISTERED.by_key.get(key)
    if known is None:
        known = REGISTERED.by_key[key] = Condition(test, model, field, values, 1 << len(REGISTERED.by_key))
        if test in OF_FIELDS:
            REGISTERED.on_fields[model].append(known)
            for name in (model, f"{model}Update"):
                if (shape := SHAPES.get(name)) is not None and shape.layouts:
                    shape.layouts.clear()
        else:
            if test == "varies":
                REGISTERED.varying[model][field] = known
            if test == "reaches":
                both_given = condition("given", model, field).bit | condition("given", *values).bit
                REGISTERED.reaching.append((known, both_given))
            REGISTERED.of_all[test].append(known)
        REGISTERED.tree_bits |= known.bit if test in OF_TREES else 0
    return known


def bits_of(conditions: "list[Condition]") -> int:
    """The bits of several conditions."""
    bits = 0
    for condition in conditions:
        bits |= condition.bit
    return bits


def spec_of(model: str, field: str) -> Spec:
    """The kind of a field, of a request or an update. Raises KeyError for one that there is not."""
    return SHAPES.get(f"{model}Update", SHAPES[model]).fields[field]


REQUESTS = {kind: condition("request", kind) for kind in ("create", "update", "status")}
"""Whether there is a request of that kind."""
ALONE = {model: condition("alone", model) for model in ("Campaign", "AdGroup", "Ad")}
"""Whether a payload is nested in no other one."""
