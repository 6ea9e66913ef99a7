"""`--profile-rules`: the time that rules take, asked for or not."""

import json
import re
from pathlib import Path

import pytest

from splint.rules.registry import load
from splint.run.timing import Times
from splint.testing import BASES
from tests.command import Command
from tests.strategies import LINTER

ROW = re.compile(r"(?P<code>[A-Z]+\d+) +(?P<name>[\w-]+) +(?P<calls>\d+) +(?P<ms>[\d.]+) +[\d.]+ +(?P<share>[\d.]+) %")
NAMES = {rule.code: rule.name for rule, _ in load().rules}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for at in range(12):
        (tmp_path / f"a{at}.json").write_text(
            json.dumps({**BASES["cbo"], "campaign": {**BASES["cbo"]["campaign"], "objective_type": f"{at}"}})
        )
    (tmp_path / "error.json").write_text('{"objective_type": "X", "campaign_name": "A"}')
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_table_names_each_rule_that_was_called(folder: Path, command: Command, jobs: str) -> None:
    """Slowest first, shares of a hundred, on stderr, beside a report that is the same."""
    options = ("check", ".", "--output-format", "json", "--jobs", jobs)
    plain, outcome = command(*options), command(*options, "--profile-rules")
    assert (outcome.status, outcome.out, plain.err) == (plain.status, plain.out, "")
    head, *lines, total, idle = outcome.err.splitlines()
    assert head.split() == ["code", "name", "calls", "ms", "us", "a", "call", "share"]
    rows = [match.groupdict() for line in lines if (match := ROW.fullmatch(line))]
    assert len(rows) == len(lines) > 2
    assert idle.startswith(f"{len(LINTER.rules) - len(rows)} rules not called")
    assert all(NAMES[row["code"]] == row["name"] for row in rows)
    spent = [float(row["ms"]) for row in rows]
    assert spent == sorted(spent, reverse=True)
    calls = {row["code"]: int(row["calls"]) for row in rows}
    assert calls["SPL101"] == 13
    assert total.split()[:2] == ["total", str(sum(calls.values()))]
    assert total.endswith("100.0 %")
    assert abs(sum(float(row["share"]) for row in rows) - 100) < 5


def test_calls_are_counted_alike_by_any_number_of_processes(folder: Path, command: Command) -> None:
    """Those of a file that several processes read count once."""
    Path("held.ndjson").write_text('{"campaign_id": "1", "campaign_name": "A", "advertiser_id": 5}\n{"a":\n')
    tables = [command("check", ".", "--profile-rules", "--jobs", jobs).err for jobs in ("1", "2", "3")]
    counts = [sorted((row["code"], row["calls"]) for row in ROW.finditer(table)) for table in tables]
    assert counts[0] == counts[1] == counts[2]


def test_rules_are_wrapped_only_where_somebody_asks() -> None:
    """The same rules otherwise: findings, crashes and what supersedes what are as they were."""
    ruleset = LINTER.ruleset()
    times = Times()
    timed = times.timed(ruleset)
    assert timed.run is ruleset.run
    for (mine, pack), (rule, known) in zip(timed.rules, ruleset.rules, strict=True):
        assert (mine.check is not rule.check) is (rule.code != "SPL009")
        assert ({**vars(mine), "check": rule.check}, pack) == (vars(rule), known)
    assert all(rule.check is known.check for (rule, _), (known, _) in zip(ruleset.rules, LINTER.rules, strict=True))
    assert times.table().count("\n") == 3


def test_a_finding_on_a_fact_says_where_the_fact_stands_while_rules_are_timed(folder: Path, command: Command) -> None:
    """The same report: a ruleset whose rules are timed has all else of the one that it is made from."""
    Path("splint.toml").write_text('[facts]\nscopes = ["ads"]\n')
    options = ("check", "a0.json", "--select", "SPL611", "--output-format", "json")
    plain, outcome = command(*options), command(*options, "--profile-rules")
    assert "(splint.toml:2: facts.scopes)" in outcome.out
    assert outcome.out == plain.out


def test_no_rule_is_called_for_suppressions_that_silence_nothing(folder: Path, command: Command) -> None:
    """They are found where suppressions are, under the code of a rule that has a page and examples."""
    Path("a.yaml").write_text("objective_type: LEADS # splint: ignore\n")
    outcome = command("check", "a.yaml", "--select", "SPL009,SPL101", "--output-format", "concise", "--profile-rules")
    assert "a.yaml:1:23: SPL009 " in outcome.out
    assert [found["code"] for found in ROW.finditer(outcome.err)] == ["SPL101"]


def test_a_crash_of_a_rule_is_timed_and_reported(folder: Path, command: Command) -> None:
    Path("crash.py").write_text(
        "import splint\nfrom splint import Pack, hookimpl, rule\nfrom splint.payloads.nodes import Campaign\n"
        '@rule("OURS001", "ours", on=Campaign, level="error", section="Ours", basis="sanity")\n'
        'def ours(campaign):\n    """Never."""\n    yield campaign.finding("campaign_name", "a", "b")\n'
        "    raise ValueError\n"
        '@hookimpl\ndef splint_rules():\n    return Pack("ours", "OURS", "Ours", None, (ours,))\n'
    )
    options = ("check", "error.json", "--plugin", "crash.py")
    plain, outcome = command(*options), command(*options, "--profile-rules")
    assert (outcome.status, outcome.out) == (plain.status, plain.out)
    assert "OURS001" in outcome.err
    assert "ValueError" in outcome.out + outcome.err


def test_diff_shows_nothing_else(folder: Path, command: Command) -> None:
    outcome = command("check", ".", "--diff", "--profile-rules")
    assert outcome.status == 2
    assert "leave --profile-rules out" in outcome.err


@pytest.mark.parametrize("options", [("--select", "SPL101"), ("--ignore", "SPL0,SPL103,SPL104,SPL2,SPL3,SPL4,SPL6")])
def test_a_rule_that_is_not_selected_is_not_called(folder: Path, command: Command, options: tuple[str, str]) -> None:
    table = command("check", ".", "--profile-rules", *options).err
    assert {row["code"] for row in ROW.finditer(table)} == {"SPL101"}
