"""`splint rules` lists what it is asked for, and a shell completes what the command takes."""

import json
import re
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from splint.cli.group import cli
from splint.payloads.nodes import EventLog
from splint.rules.pages import EDITED, markdown_page
from splint.rules.registry import load
from splint.rules.subjects import SUBJECTS, subjects_of
from splint.testing import BASES
from tests.command import Command
from tests.grids import few

EVERY = [selection.rule.code for selection in load().rules]
GUIDE = [selection.rule.code for selection in load((), "guide").rules]
REPLACED = {code for selection in load().rules for code in selection.rule.replaces}
SPL2 = [code for code in EVERY if code.startswith("SPL2")]


def listed(out: str) -> list[str]:
    """The codes of a table."""
    return [line.split()[0] for line in out.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "codes"),
    few(
        [
            ("", EVERY),
            ("SPL2", SPL2),
            ("spl2", SPL2),
            ("SPL2 --profile reference", [code for code in SPL2 if code not in REPLACED]),
            ("--profile guide", GUIDE),
            (
                "--select SPL210,SPL3 --select unknown-field",
                ["SPL004", "SPL210", *(c for c in EVERY if c[:4] == "SPL3")],
            ),
            ("SPL2 --select SPL210", ["SPL210"]),
            ("SPL21 REF50 SPL001", ["REF501", "SPL001", *(code for code in EVERY if code.startswith("SPL21"))]),
            ("--kind events", ["SPL602", "SPL603", "SPL604", "SPL605"]),
            ("--kind events --kind facts", ["SPL602", "SPL603", "SPL604", "SPL605", "SPL611"]),
            ("--kind materials", ["REF004"]),
        ],
        4,
    ),
)
def test_rules_are_listed_by_prefixes_profiles_and_kinds(command: Command, arguments: str, codes: list[str]) -> None:
    """Words and --select take codes, prefixes and names; all that is given has to hold."""
    shown = command("rules", *arguments.split())
    assert (shown.status, listed(shown.out)) == (0, codes)
    as_json = command("rules", *arguments.split(), "--output-format", "json")
    assert [row["code"] for row in json.loads(as_json.out)] == codes


@pytest.mark.parametrize("words", few(["SPL210", "spl210", "cost-cap-needs-daily-budget"], 2))
def test_one_rule_is_its_page(command: Command, words: str) -> None:
    shown = command("rules", words)
    assert shown.out.startswith("SPL210 cost-cap-needs-daily-budget (error)\n")


def test_several_rules_are_their_pages(command: Command) -> None:
    """Codes and names alone show pages, in the order of the codes; with a prefix among them there is a table."""
    shown = command("rules", "unknown-field", "SPL003")
    assert shown.out == command("rules", "SPL003").out + "\n" + command("rules", "SPL004").out
    in_markdown = command("rules", "SPL003", "SPL004", "--output-format", "markdown").out
    assert [line for line in in_markdown.splitlines() if line.startswith("# ")] == [
        "# SPL003 wrong-type",
        "# SPL004 unknown-field",
    ]
    assert listed(command("rules", "SPL003", "SPL21").out)[0] == "SPL003"


def test_some_rules_in_markdown_have_their_index(command: Command) -> None:
    """The table of disagreements holds pairs of which both are shown."""
    shown = command("rules", "SPL20", "REF20", "--output-format", "markdown").out
    assert "| [SPL203](#spl203-" in shown
    assert "## Where guide and reference disagree" in shown
    assert "disagree" not in command("rules", "SPL20", "--output-format", "markdown").out


@pytest.mark.parametrize(
    ("arguments", "told"),
    few(
        [
            ("SPL0666", "'SPL0666' is no rule's code, prefix or name: did you mean"),
            ("cost-cap-needs-daily-budgets", "did you mean cost-cap-needs-daily-budget?"),
            ("SPL2 nope", "'nope' is no rule's code, prefix or name: splint rules lists them"),
            ("--select SPL2110", "'SPL2110' is no rule's code, prefix or name: did you mean"),
            ("--select ,", "--select is empty"),
            ("--kind adset", "'adset' is not one of 'campaign', 'adgroup'"),
            ("SPL2 --kind events", "no rule is of all of these: SPL2, the kind events"),
            ("SPL203 --profile reference", "no rule is of all of these: SPL203, the profile reference"),
        ],
        3,
    ),
)
def test_what_names_no_rule_is_refused(command: Command, arguments: str, told: str) -> None:
    shown = command("rules", *arguments.split())
    assert (shown.status, shown.out) == (2, "")
    assert told in shown.err


def test_every_rule_is_about_some_kind() -> None:
    """All but SPL009, which is called with no node; the JSON of a rule names its kinds."""
    assert [rule.code for rule, _ in load().rules if not subjects_of(rule)] == ["SPL009"]
    assert {kind for rule, _ in load().rules for kind in subjects_of(rule)} == set(SUBJECTS)
    assert SUBJECTS["events"] == (EventLog,)


def test_the_json_of_a_rule_names_its_kinds(command: Command) -> None:
    [row] = json.loads(command("rules", "SPL308", "--output-format", "json").out)
    assert row["kinds"] == ["ad", "creative"]


@pytest.mark.parametrize(
    ("line", "begun", "offered"),
    few(
        [
            ("rules", "SPL210", ["SPL210"]),
            ("rules SPL001", "cost-cap-needs", ["cost-cap-needs-daily-budget"]),
            ("check --select", "spl21", [code for code in EVERY if code.startswith("SPL21")]),
            ("check --ignore", "SPL001,SPL210", ["SPL001,SPL210"]),
            ("check --extend-select", "REF50", ["REF501"]),
            ("check --fact", "hist", ["historical_cpa="]),
            ("check --fact", "event_sources=p", ["event_sources=pixel"]),
            ("check --profile", "", ["guide", "reference"]),
            ("rules --profile", "r", ["reference"]),
            ("rules --kind", "ad", ["adgroup", "ad"]),
            ("check --objectives", "TRAFFIC,WEB", ["TRAFFIC,WEB_CONVERSIONS"]),
            ("check --output-format", "json", ["json", "json-lines"]),
            ("schema", "e", ["envelope"]),
        ],
        5,
    ),
)
def test_a_shell_completes(line: str, begun: str, offered: list[str]) -> None:
    """Codes and names of rules, account facts, profiles, objectives, kinds and formats; behind a comma the next one."""
    completed = ShellComplete(cli, {}, "splint", "_SPLINT_COMPLETE").get_completions(line.split(), begun)
    assert [item.value for item in completed] == offered


def test_a_page_says_what_its_examples_edit(command: Command) -> None:
    """Without it an accepted example looks like the flagged one; every clean payload but the usual one is named."""
    page = command("rules", "SPL210").out
    assert (
        'The examples edit a clean bundle with CBO, splint.testing.base("cbo", "guide"), or what they name in ' in page
    )
    assert "=> points to what is flagged." in page
    assert "the campaign's lifetime budget does not govern (a bundle without CBO)\n" in page
    assert EDITED.keys() == BASES.keys()


def test_every_rules_command_of_the_readme_lists_some(command: Command) -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"`splint (rules [^`$]+)`", readme)
    assert "rules SPL2 --profile reference --kind adgroup" in commands
    assert [one for one in commands if not one.endswith("CODE") and command(*one.split()).status] == []


def test_a_page_has_every_level_that_its_examples_have(command: Command) -> None:
    """A rule may be milder on some payloads: which, its examples say."""
    page = command("rules", "SPL503").out
    assert page.startswith("SPL503 manual-create-endpoint (error or warning)\n")
    assert "\n  on the last day (as of 2026-12-31, level warning)\n" in page
    assert "\n  after the last day (as of 2027-01-01)\n" in page
    assert "**Level** error or warning · " in command("rules", "REF501", "--output-format", "markdown").out
    assert "**Level** warning or error · " in command("rules", "REF215", "--output-format", "markdown").out
    [rule] = json.loads(command("rules", "REF501", "--output-format", "json").out)
    assert [example["level"] for example in rule["examples"]] == [None, "warning", "warning", None]


def test_what_is_no_value_of_an_edit_stands_without_quotes(command: Command) -> None:
    assert "    /adgroups/0/schedule_start_time: (removed)\n" in command("rules", "REF206").out
    assert "    /adgroups/0/ads/0: (2 times)\n" in command("rules", "SPL320").out


def test_a_page_says_how_its_examples_are_judged(command: Command) -> None:
    """What they edit, as of when, and beside which rules: two that edit the same differ in what stands in brackets."""
    page = command("rules", "SPL106").out
    assert (
        'The examples edit a clean bundle with CBO, splint.testing.base("cbo", "guide"), or what they name in' in page
    )
    assert "brackets, and are judged as of 2026-03-01. Of other rules only those in brackets run." in page
    assert "\n  zero where SPL209 says that no price belongs (SPL209 runs too)\n" in page
    assert "The examples are judged as of 2026-03-01, or as of the date in brackets." in command("rules", "SPL503").out
    assert 'splint.testing.base("cbo", "reference")' in command("rules", "REF206").out


def test_what_a_rule_accepts_is_never_shown_as_what_it_flags() -> None:
    """A value that is cut before the two differ would make one of them look like the other."""
    for selection in load().rules:
        page = markdown_page(selection, load().rules)
        blocks = re.findall(r"(?ms)^(?:[^\n]*?(\([^\n]*\))?):\n\n```text\n(.*?)```", page)
        flagged = {(notes, text.partition("\n=> ")[0]) for notes, text in blocks if "\n=> " in text}
        accepted = {(notes, text.rstrip("\n")) for notes, text in blocks if "\n=> " not in text}
        assert blocks, selection.rule.code
        assert not flagged & accepted, selection.rule.code
