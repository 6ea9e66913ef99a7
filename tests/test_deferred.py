"""Rules by the index of their pack: what it says needs no module, and everything else is what the module says."""

import sys
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest
import splint_guide
import splint_reference
from splint_guide.index import CONDITIONS, RULES

from splint.payloads.nodes import AdGroup, Finding
from splint.rules.deferred import INDEXED, DeferredRule, deferred_rules
from splint.rules.indexes import text_of
from splint.rules.rule import Rule

PACKAGES = (splint_guide, splint_reference)
[ENTRY] = [entry for entry in RULES if entry[1] == "SPL210"]


def declared(rule: Rule) -> Rule:
    """The rule as its module makes it."""
    assert isinstance(rule, DeferredRule)
    [found] = [one for one in import_module(f"{rule.package}.{rule.module}").RULES if one.code == rule.code]
    assert isinstance(found, Rule)
    return found


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_an_entry_says_what_the_module_says(package: ModuleType) -> None:
    """And what the entry does not say comes from the module."""
    for rule in package.PACK.rules:
        own = declared(rule)
        for name in (*INDEXED, *vars(own)):
            assert getattr(rule, name) == getattr(own, name), (rule.code, name)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_the_text_of_an_index_is_the_same_whatever_was_imported_before(package: ModuleType) -> None:
    """It is made of modules of its own: those that are imported stay."""
    before = {name: module for name, module in sys.modules.items() if name.startswith(package.__name__)}
    texts = {text_of(package.__name__) for _ in range(2)}
    assert len(texts) == 1
    assert {name: module for name, module in sys.modules.items() if name.startswith(package.__name__)} == before


def of_entry(*entry: Any) -> Rule:
    """The rule of an entry of the guide's index."""
    [rule] = deferred_rules("splint_guide", CONDITIONS, [entry])
    return rule


@pytest.mark.parametrize(
    ("position", "other"),
    [(2, "other-name"), (3, "Ad"), (4, "update"), (5, "web other"), (6, "SPL001"), (7, ((0,),))],
)
def test_a_stale_entry_is_refused(position: int, other: object) -> None:
    """A rule that was changed without scripts/generate would run where its old guard held."""
    assert of_entry(*ENTRY).section == declared(of_entry(*ENTRY)).section
    stale = of_entry(*ENTRY[:position], other, *ENTRY[position + 1 :])
    with pytest.raises(RuntimeError, match=r"SPL210 differs from its entry in splint_guide\.index: run scripts/gen"):
        _ = stale.check


def test_a_copy_keeps_its_own_function() -> None:
    """What is asked for later leaves it as it is."""

    def nothing(_group: AdGroup) -> Iterator[Finding]:
        yield from ()

    other = of_entry(*ENTRY).calling(nothing)
    assert (other.check, other.summary) == (nothing, declared(other).summary)
    with pytest.raises(AttributeError, match="sumary"):
        _ = other.sumary  # type: ignore[attr-defined]
