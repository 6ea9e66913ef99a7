"""The rules of a shipped pack by its index, which says where each may apply: their modules are imported when one does.

A clean file meets no rule, and to import those of the guide took a seventh of a start. Indexes are written by
scripts/generate (splint.rules.indexes).
"""

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

from splint.payloads import faults, invalid_fields, nodes
from splint.payloads.conditions import Test, condition
from splint.rules.rule import REQUESTS, Rule
from splint.schema.values import VALUES

INDEXED = ("name", "on", "requests", "campaigns", "replaces", "masks")
"""What an index says of a rule; the code aside."""
Key = tuple[Any, ...]
"""A condition: its test, model, field and values; without values where splint.schema.values has those of its field."""
Entry = tuple[str, str, str, str, str, str, str, tuple[tuple[int, ...], ...]]
"""A rule: its module, code and name; its kinds of node, requests, campaigns and the codes of the rules that it
replaces, several with blanks between them; and its masks, each as positions of conditions."""
KINDS = {
    name: kind
    for module in (faults, invalid_fields, nodes)
    for name, kind in vars(module).items()
    if isinstance(kind, type)
}
"""The kinds of node by their names."""


class DeferredRule(Rule):
    """A rule of which an entry says where it applies; its module says the rest, once somebody asks for that."""

    def __init__(self, package: str, entry: Entry, bits: Sequence[int]) -> None:
        self.package = package
        self.module, self.code, self.name, on, requests, campaigns, replaces, masks = entry
        self.on = tuple([KINDS[kind] for kind in on.split()])
        own = frozenset(requests.split())
        self.requests = REQUESTS if own == REQUESTS else own  # type: ignore[assignment]
        self.campaigns = frozenset(campaigns.split())  # type: ignore[arg-type]
        self.replaces = tuple(replaces.split())
        self.masks = tuple([sum([bits[at] for at in mask]) for mask in masks])

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):  # what copying asks for, before the copy has anything
            raise AttributeError(attribute)
        module = import_module(f"{self.package}.{self.module}")
        [declared] = [rule for rule in module.RULES if rule.code == self.code]
        if any(getattr(declared, name) != getattr(self, name) for name in INDEXED):
            raise RuntimeError(f"{self.code} differs from its entry in {self.package}.index: run scripts/generate")
        vars(self).update(vars(declared) | vars(self))
        if attribute not in vars(self):
            raise AttributeError(attribute)
        return vars(self)[attribute]


def deferred_rules(package: str, conditions: Iterable[Key], entries: Iterable[Entry]) -> tuple[Rule, ...]:
    """The rules of a package by its index."""
    bits = [_bit(*key) for key in conditions]
    return tuple([DeferredRule(package, entry, bits) for entry in entries])


def values_of(test: Test, model: str, field: str) -> tuple[str, ...]:
    """The values of a condition that are those of splint.schema.values."""
    return VALUES[f"{model}.{field}"].taken(is_new=False) if test == "undocumented" else ()


def _bit(test: Test, model: str, field: str = "", *values: Any) -> int:
    return condition(test, model, field, *(values or values_of(test, model, field))).bit
