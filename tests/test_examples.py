"""Every rule's examples: they are its tests and its page."""

import pytest
from splint_guide import PACK

from splint import check
from splint.testing import AS_OF, BASES, Case, cases


@pytest.mark.parametrize("case", cases(PACK), ids=str)
def test_a_rule_flags_exactly_what_its_example_says(case: Case) -> None:
    case.verify()


@pytest.mark.parametrize("rule", PACK.rules, ids=lambda rule: rule.code)
def test_a_rule_has_good_and_bad_examples(rule: object) -> None:
    examples = rule.examples()  # type: ignore[attr-defined]
    assert any(example.at for example in examples)
    assert any(not example.at for example in examples)


@pytest.mark.parametrize("name", BASES)
def test_a_base_of_examples_is_clean(name: str) -> None:
    assert check(BASES[name], as_of=AS_OF).diagnostics == ()
