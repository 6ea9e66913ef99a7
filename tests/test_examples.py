"""Every rule's examples: they are its tests and its page."""

from typing import Any

import pytest
import splint_guide
import splint_reference

from splint import check
from splint.payloads.nodes import Payload
from splint.rules.rule import Rule
from splint.testing import AS_OF, BASES, Case, base, cases, findings

PACKS = (splint_guide.PACK, splint_reference.PACK)
CASES = [
    *cases(splint_guide.PACK),
    *cases(splint_guide.PACK, profile="reference"),
    *cases(splint_reference.PACK),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.profile} {case}")
def test_a_rule_flags_exactly_what_its_example_says(case: Case) -> None:
    case.verify()


@pytest.mark.parametrize("rule", [rule for pack in PACKS for rule in pack.rules], ids=lambda rule: rule.code)
def test_a_rule_has_good_and_bad_examples(rule: Rule) -> None:
    examples = rule.examples()
    assert any(example.at for example in examples)
    assert any(not example.at for example in examples)


@pytest.mark.parametrize("profile", ["guide", "reference"])
@pytest.mark.parametrize("name", BASES)
def test_a_base_of_examples_is_clean(name: str, profile: str) -> None:
    assert check(base(name, profile), as_of=AS_OF, profile=profile).diagnostics == ()


@pytest.mark.parametrize("rule", [rule for pack in PACKS for rule in pack.rules], ids=lambda rule: rule.code)
def test_a_rule_names_the_account_facts_that_it_looks_at(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    """What silences a rule is called useless only where the rule was told all that it needs."""
    asked = set()
    fact = Payload.fact

    def noted(payload: Payload, name: str) -> Any:
        asked.add(name)
        return fact(payload, name)

    monkeypatch.setattr(Payload, "fact", noted)
    for case in CASES:
        if case.rule.code == rule.code and not case.example.beside:
            findings(case)
    assert asked <= set(rule.facts)
