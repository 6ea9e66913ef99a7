"""Every rule's examples: they are its tests and its page."""

import importlib
import json
import pkgutil
import re
import runpy
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import splint_guide
import splint_reference

import splint.testing
from splint import check
from splint.payloads.nodes import Campaign, Finding, Fix, Payload
from splint.rules.pages import heading
from splint.rules.rule import GONE, Rule, bad, times
from splint.rules.ruleset import Ruleset
from splint.run.sound import sound
from splint.testing import AS_OF, BASES, base, cases

ROOT = Path(__file__).parent.parent
PACKS = (splint_guide.PACK, splint_reference.PACK)
CASES = [
    *cases(splint_guide.PACK),
    *cases(splint_guide.PACK, profile="reference"),
    *cases(splint_reference.PACK),
]
BY_RULE = {
    (profile, code): [case for case in CASES if (case.profile, case.rule.code) == (profile, code)]
    for profile, code in dict.fromkeys((case.profile, case.rule.code) for case in CASES)
}


def test_titles_of_examples_have_the_right_article() -> None:
    """Also where a title is made of a word of a table: `a app campaign`."""
    wrong = re.compile(r"\ba [aeio](?!ne\b)", re.IGNORECASE)
    assert [case.example.title for case in CASES if wrong.search(case.example.title)] == []


@pytest.mark.parametrize(("profile", "code"), BY_RULE)
def test_a_rule_flags_exactly_what_its_examples_say(profile: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the account facts that it looks at: what silences it is called useless only where it was told of all.

    Its findings are sound, which a run asks of those of plugins alone.
    """
    asked: list[str] = []
    fact, findings = Payload.fact, Rule.findings

    def noted(payload: Payload, name: str) -> Any:
        asked.append(name)
        return fact(payload, name)

    monkeypatch.setattr(Payload, "fact", noted)
    monkeypatch.setattr(Rule, "findings", lambda rule, node: map(sound, findings(rule, node)))
    for case in BY_RULE[profile, code]:
        case.verify()
        assert case.example.beside or {*asked} <= {*case.rule.facts}
        asked.clear()


def test_a_rule_has_good_and_bad_examples() -> None:
    for rule in (rule for pack in PACKS for rule in pack.rules):
        assert {bool(example.at) for example in rule.examples()} == {True, False}, rule.code


@pytest.mark.parametrize("profile", ["guide", "reference"])
@pytest.mark.parametrize("name", BASES)
def test_a_base_of_examples_is_clean(name: str, profile: str) -> None:
    assert check(base(name, profile), as_of=AS_OF, profile=profile).diagnostics == ()


@pytest.mark.parametrize("package", [splint_guide, splint_reference], ids=lambda package: package.__name__)
def test_a_rule_of_a_module_is_in_its_pack(package: ModuleType) -> None:
    """A rule that its module's RULES or its pack leaves out would never run."""
    modules = [
        importlib.import_module(f"{package.__name__}.{module.name}")
        for module in pkgutil.iter_modules(package.__path__)
    ]
    made = {value.code for module in modules for value in vars(module).values() if isinstance(value, Rule)}
    assert made == {rule.code for rule in package.PACK.rules}


def test_an_example_says_of_which_level_its_findings_are() -> None:
    [case] = [case for case in CASES if (case.rule.code, case.example.level) == ("SPL503", "warning")][:1]
    for level in (None, "info"):
        with pytest.raises(AssertionError, match="the findings are of the level warning, not"):
            case._replace(example=case.example._replace(level=level)).verify()


@splint.rule("ZZ001", "spendthrift", on=Campaign, level="warning", section="x", basis="sanity", fix="safe")
def _spendthrift(campaign: Campaign) -> Iterator[Finding]:
    """Its fix takes the budget away."""
    if campaign.budget != 0:
        fix = Fix("set budget to 0", (campaign.put("budget", 0),), is_safe=True)
        yield campaign.finding("budget", "a", "b", fix=fix)


@splint.hookimpl
def splint_rules() -> splint.Pack:
    """The pack of the tests below."""
    return splint.Pack("harm", "ZZ", "Harm", None, (_spendthrift,))


@pytest.mark.parametrize("beside", [(), ("SPL106",)])
def test_an_example_is_fixed_as_the_command_fixes_it(beside: tuple[str, ...]) -> None:
    """What --fix would leave out, as it brings in an error, is no proof of `fixed=`."""
    fixed = {"/campaign/budget": 0}
    example = splint.bad("a budget", at=("/campaign/budget",), fixed=fixed, is_safe=True, beside=beside)
    case = splint.testing.Case(_spendthrift, example, "guide", "guide", (sys.modules[__name__],))
    with pytest.raises(AssertionError, match="fixes leave") if beside else nullcontext():
        case.verify()


def test_the_page_of_payloads_holds_what_examples_edit() -> None:
    """Each pack's pages lead to the bundle that their examples edit."""
    page = (ROOT / "docs" / "examples.md").read_text()
    parts = re.split(r"^## (.+)$", page, flags=re.MULTILINE)[1:]
    payloads = {
        title: json.loads(text.split("```")[1].removeprefix("json"))
        for title, text in zip(parts[::2], parts[1::2], strict=True)
    }
    assert payloads == {
        heading(profile, name): base(name, profile) for profile in ("guide", "reference") for name in BASES
    }
    for code, anchor in (("SPL106", "a-bundle-with-cbo"), ("REF206", "a-bundle-with-cbo-for-the-reference")):
        assert f"(../examples.md#{anchor})" in (ROOT / "docs" / "rules" / f"{code}.md").read_text()
        assert anchor.replace("-", " ") in {title.lower().replace(",", "") for title in payloads}


def _mutate(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "mutate"), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_examples_notice_each_small_break_of_a_rule() -> None:
    """scripts/mutate breaks a rule in many ways, and its examples notice all of them."""
    done = _mutate("SPL103", "--at-most", "0")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("0 of ")


def test_a_surviving_mutant_is_reported_with_its_place() -> None:
    """A mutant that no example notices is printed with rule, line and change, and counts against --at-most."""
    done = _mutate("SPL501", "--at-most", "0")
    assert done.returncode == 1
    assert "SPL501 splint_guide.lifecycle:" in done.stdout


def test_an_example_that_fails_anyway_counts_for_no_mutant(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """scripts/mutate refuses examples that fail as they are: they would notice every mutant."""
    wrong = [case._replace(example=case.example._replace(at=("/nowhere",))) for case in CASES]
    monkeypatch.setattr(splint.testing, "cases", lambda pack: wrong)
    monkeypatch.setattr(Ruleset, "applicable", Ruleset.applicable)
    for name in ("_linter", "document"):
        monkeypatch.setattr(splint.testing, name, getattr(splint.testing, name))
    monkeypatch.setattr(sys, "argv", ["mutate", "SPL103"])
    handler = signal.getsignal(signal.SIGALRM)
    with pytest.raises(SystemExit) as left:
        runpy.run_path(str(ROOT / "scripts" / "mutate"), run_name="__main__")
    signal.signal(signal.SIGALRM, handler)
    assert left.value.code == 2
    assert "an example that fails without a mutant" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.long
def test_examples_notice_most_small_breaks_of_all_rules() -> None:
    """At most 14.6 % of all mutants survive the rules' own examples."""
    done = _mutate("--at-most", "14.6")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ({"/budget": GONE}, "nothing can be removed at '/budget': KeyError: 'budget'"),
        ({"/adgroups/7/budget": 5}, "nothing can be set at '/adgroups/7/budget': IndexError: list index out of range"),
        ({"/campaign": times(2)}, "nothing can be repeated at '/campaign': TypeError: "),
    ],
)
def test_an_edit_that_leads_nowhere_is_told_with_its_pointer_and_base(edits: Any, told: str) -> None:
    case = CASES[0]._replace(example=bad("a wrong edit", edits, at=[""]))
    with pytest.raises(AssertionError) as raised:
        case.verify()
    assert str(raised.value).startswith(f"{case.rule.code} a wrong edit: the base cbo of the guide: {told}")
    fixing = next(one for one in CASES if one.example.base == "cbo" and isinstance(one.example.fixed, dict))
    with pytest.raises(AssertionError) as raised:
        fixing._replace(example=fixing.example._replace(fixed=edits)).verify()
    assert str(raised.value).startswith(f"{fixing}: its document: {told}")
