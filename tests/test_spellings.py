"""One payload in every spelling: the same findings, in whatever company, whoever reads it."""

import copy
import json
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from splint.reporting.report import Report
from splint.run.linter import Linter
from splint.run.pipeline import SourceFile
from splint.testing import BASES
from tests.command import Command
from tests.grids import few
from tests.restyle import shuffled
from tests.strategies import AS_OF, CHOICES, LINTER, findings, holders, lint, typo

REFERENCE = Linter(as_of=AS_OF, profile="reference")
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 0.5, 15.0, 1e300, 10**25, -(2**63), "", " ", "0", "500", "1e3", "yes", "2027-03-01"),
    *(
        "007",
        "0x1F",
        "null",
        "~",
        "x" * 300,
        "😀",
        "It's",
        '"',
        "a: b",
        "a #b",
        "- a",
        "{{id}}",
        "__X__",
        "CAMPAIGN_ID",
    ),
    *([], {}, [None], [{}], [[]], {"a": 1}, ["a"], [1, True, None], "2026-02-30 00:00:00", "https://[", "line\nline"),
)
"""Values that are right nowhere, or that a format may read as something else."""


def broken(random: Random, mutations: int = 4) -> dict[str, Any]:
    """A campaign with up to so many mistakes in it."""
    value: dict[str, Any] = copy.deepcopy(BASES[random.choice(["cbo", "no-cbo"])])
    (group,) = value["adgroups"]
    group["ads"] *= random.randint(1, 2)
    value["adgroups"] = [copy.deepcopy(group) for _ in range(random.randint(1, 3))]
    for _ in range(random.randint(0, mutations)):
        mutate(random, value)
    return value


def mutate(random: Random, value: Any) -> None:
    """One mistake, in any object or list of a value."""
    parent = random.choice([holder for holder in holders(value) if holder and holder is not value] or [value])
    step: Any = random.choice(sorted(parent)) if isinstance(parent, dict) else random.randrange(len(parent))
    act = random.choice(["set", "choose", "drop", "double", "misspell"])
    if act == "choose" and step in CHOICES:
        parent[step] = copy.deepcopy(random.choice(CHOICES[step]))
    elif act == "drop":
        del parent[step]
    elif act == "double" and isinstance(parent, list):
        parent.insert(step, copy.deepcopy(parent[step]))
    elif act == "misspell" and isinstance(parent, dict):
        parent[typo(step)] = parent.pop(step)
    else:
        parent[step] = copy.deepcopy(random.choice(VALUES))


def _commented(value: Any) -> str:
    lines = json.dumps(value, indent=1).splitlines()
    return "// a campaign\n" + "\n".join(f"{line} // {index}" for index, line in enumerate(lines))


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Quotes every text, as YAML 1.1 and 1.2 read plain ones differently, and writes no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def _yaml(value: Any, *, flow: bool) -> str:
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=flow, width=80)


TEXTS: dict[str, Callable[[Any], tuple[str, str | bytes]]] = {
    "minified": lambda value: ("a.json", json.dumps(value, separators=(",", ":"))),
    "CRLF and a byte order mark": lambda value: (
        "a.json",
        b"\xef\xbb\xbf" + json.dumps(value, indent="\t", ensure_ascii=False).replace("\n", "\r\n").encode(),
    ),
    "JSONC": lambda value: ("a.jsonc", _commented(value)),
    "NDJSON": lambda value: ("a.ndjson", json.dumps(value) + "\n"),
    "Markdown": lambda value: ("a.md", f"# A\n\n- it:\n\n  ```json\n{_indented(json.dumps(value, indent=2))}\n  ```\n"),
    "YAML in Markdown": lambda value: ("a.md", f"```yaml\n{_yaml(value, flow=False)}```\n"),
    "YAML": lambda value: ("a.yaml", _yaml(value, flow=False)),
    "YAML in flow style": lambda value: ("a.yml", _yaml(value, flow=True)),
}
"""File names and texts, by what is peculiar to them."""


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())


def said(report: Report) -> list[tuple[str, str, str]]:
    """The code, pointer and severity of the findings of a report in which no rule crashed."""
    assert report.errors == ()
    return findings(report)


def assert_alike(value: Any, linter: Linter, names: Iterable[str] = TEXTS) -> None:
    """Every spelling of a value says what its pretty JSON says; of texts those with these names."""
    text = json.dumps(value, indent=2)
    expected = said(lint({"a.json": text}, linter=linter))
    for name in names:
        assert said(lint(dict([TEXTS[name](value)]), linter=linter)) == expected, (name, value)
    assert said(linter.check(value)) == said(linter.check(text)) == expected, value


@pytest.mark.slow
@pytest.mark.parametrize("linter", [LINTER, REFERENCE], ids=["guide", "reference"])
def test_every_spelling_of_a_campaign_has_the_same_findings(linter: Linter) -> None:
    for seed in range(100):
        assert_alike(broken(Random(seed)), linter)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_spellings_of_many_campaigns_have_the_same_findings(part: int) -> None:
    """1,600 in all, each in five spellings by turns."""
    for seed in range(1000 + part * 400, 1400 + part * 400):
        random = Random(seed)
        assert_alike(broken(random), (LINTER, REFERENCE)[seed % 2], random.sample(sorted(TEXTS), 2))


def test_the_order_of_keys_changes_nothing() -> None:
    for seed in range(100):
        value = broken(Random(seed))
        assert said(LINTER.check(shuffled(Random(seed), value))) == said(LINTER.check(value)), value


@pytest.mark.slow
def test_a_file_says_the_same_alone_and_among_others(command: Command, tmp_path: Path) -> None:
    """In any order, in one process or in two."""
    values = {f"{seed:03}.json": json.dumps(broken(Random(seed))) for seed in range(500)}
    for name, text in values.items():
        (tmp_path / name).write_text(text)
    runs = [
        command("check", *map(str, paths), "--as-of", AS_OF, "--jobs", jobs, "--output-format", "json").out
        for jobs, paths in (("1", [tmp_path]), ("2", [tmp_path]), ("1", sorted(tmp_path.iterdir(), reverse=True)))
    ]
    together, parallel, reverse = (json.loads(run)["diagnostics"] for run in runs)
    assert together == parallel
    of_file: dict[str, list[Any]] = {name: [] for name in values}
    for one in together:
        of_file[Path(one["path"]).name].append(one)
    assert sorted(map(str, reverse)) == sorted(map(str, together))
    for name in random_names(values):
        alone = command("check", str(tmp_path / name), "--as-of", AS_OF, "--output-format", "json")
        assert json.loads(alone.out)["diagnostics"] == of_file[name]


def random_names(values: dict[str, str]) -> list[str]:
    """A few of the names."""
    return Random(7).sample(sorted(values), 20)


@pytest.mark.parametrize("linter", [LINTER, REFERENCE], ids=["guide", "reference"])
@pytest.mark.parametrize("seeds", [range(60), pytest.param(range(60, 300), marks=pytest.mark.slow)], ids=str)
def test_a_broken_entry_removed_takes_its_findings_along(linter: Linter, seeds: range) -> None:
    """An ad or a creative beside good ones: what is found lies in it or names it, and goes with it."""
    found = 0
    for seed in seeds:
        random, value = Random(seed), copy.deepcopy(BASES["cbo"])
        before = said(linter.check(value))
        ads = value["adgroups"][0]["ads"]
        entries = random.choice([ads, ads[0]["creative_list"], ads[0]["ad_text_list"]])
        entry = copy.deepcopy(entries[0])
        mutate(random, {"entry": entry})
        entries.append(entry)
        after = said(linter.check(value))
        assert set(before) <= set(after), value
        found += after != before
        entries.pop()
        assert said(linter.check(value)) == before
    assert found > len(seeds) / 2


@pytest.mark.parametrize(
    ("written", "told"),
    few(
        [
            ("1e3", "1e3, which YAML reads as 1000.0,"),
            ("6.1e-05", "6.1e-05,"),
            ("0x1F", "0x1F, which YAML reads as 31,"),
            ("0o17", "0o17, which YAML reads as 15,"),
            (".5", ".5, which YAML reads as 0.5,"),
            ("+1", "+1, which YAML reads as 1,"),
            ("007", "007, which YAML reads as 7,"),
            (".inf", ".inf, which YAML reads as infinity,"),
            ("-.inf", "-.inf, which YAML reads as minus infinity,"),
            (".NaN", ".NaN, which YAML reads as no number,"),
            ("True", "True, which YAML reads as true,"),
            ("1.0", "1.0,"),
            ("15", "15,"),
            ("18446744073709551616", "18446744073709551616, which YAML reads as 1.8446744073709552e+19,"),
            ("10000000000000000000000000", "10000000000000000000000000, which YAML reads as 1e+25,"),
        ],
        5,
    ),
)
@pytest.mark.parametrize("shape", few(["a.yaml", "a.yml", "flow.yaml", "a.md"], 2))
def test_a_plain_scalar_of_yaml_is_told_and_quoted_as_it_is_written(written: str, told: str, shape: str) -> None:
    """Where a text belongs: the message has what stands there, and the safe fix keeps it."""
    text = f"campaign_name: {written} # ours\nobjective_type: WEB_CONVERSIONS\n"
    text = f"{{campaign_name: {written}, objective_type: WEB_CONVERSIONS}}\n" if shape == "flow.yaml" else text
    text = f"```yaml\n{text}```\n" if shape == "a.md" else text
    [found] = [one for one in lint({shape: text}).diagnostics if one.code == "SPL003"]
    assert found.message.startswith(f"campaign_name is {told} but takes a string"), found.message
    assert found.fix is not None
    assert found.fix.applicability == "safe"
    [edit] = found.fix.edits
    assert edit.content == f'"{written}"'
    assert text[edit.range.start.offset : edit.range.end.offset] == written


@pytest.mark.parametrize(
    ("written", "told"),
    few(
        [
            ("0500", "0500: YAML 1.2 reads 500, YAML 1.1 320"),
            ("+0500", "+0500: YAML 1.2 reads 500, YAML 1.1 320"),
            ("-0500", "-0500: YAML 1.2 reads -500, YAML 1.1 -320"),
            ("089", "089: YAML 1.2 reads 89, YAML 1.1 a text"),
            ("0o500", "0o500: YAML 1.2 reads 320, YAML 1.1 a text"),
            *((text, "") for text in ("07", "00", "0", "-0", "500", "0500.5", "0x1F4", "1e3")),
        ],
        9,
    ),
)
@pytest.mark.parametrize("text", ["budget: {}\n", "x-all: &all\n  budget: {}\n<<: *all\n"])
def test_an_amount_of_which_versions_of_yaml_read_another_is_told(text: str, written: str, told: str) -> None:
    found = lint({"a.yaml": "objective_type: WEB_CONVERSIONS\n" + text.format(written)}).diagnostics
    told_of = [(one.severity, one.message.partition(";")[0]) for one in found if one.code == "SPL003"]
    assert told_of == ([("warning", f"budget is {told}")] if told else [])


@pytest.mark.parametrize("text", few(["1e3", "1.50", "10000000000000000000000000"], 2))
def test_a_number_of_json_is_told_as_it_is_written(text: str) -> None:
    report = lint({"a.json": f'{{"campaign_name": {text}, "objective_type": "WEB_CONVERSIONS"}}'})
    [found] = [one for one in report.diagnostics if one.code == "SPL003"]
    assert found.message == f"campaign_name is {text}, but takes a string; write a string"
    assert found.fix is None


def test_what_is_no_free_text_is_not_quoted() -> None:
    """A moment as a number of seconds, an enumerated value, and what an alias leads to."""
    text = "a: &n 15\ncampaign_name: *n\nobjective_type: 1e3\nschedule_start_time: 1775001600\nadgroups: []\n"
    found = [one for one in lint({"a.yaml": text}).diagnostics if one.code == "SPL003"]
    assert [one.fix for one in found if "campaign_name" not in one.pointer] == [None] * (len(found) - 1)


def test_a_text_and_the_stream_of_it_are_one_source() -> None:
    """What a reader is given in pieces is what it is given whole."""
    for seed in range(30):
        text = json.dumps(broken(Random(seed)), indent=2).encode()
        reader = LINTER.registry.reader_for("a.json")
        assert reader is not None
        streamed = LINTER.lint([SourceFile("a.json", BytesIO(text), reader)])
        assert said(streamed) == said(LINTER.check(text))
