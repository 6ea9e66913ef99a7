"""What silences findings, and what does not: comments, per-file ignores, overrides; and what silences nothing."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from splint.payloads.nodes import Ad, AdGroup, Creative, Tree
from splint.reporting.report import PayloadError
from splint.run.linter import Linter
from splint.suppression.scope import RunScope, dependent_codes
from splint.testing import BASES
from tests.command import Command
from tests.command import Outcome as Ended
from tests.grids import few
from tests.strategies import lint

LEADS = {**BASES["cbo"]["campaign"], "objective_type": "LEADS"}
"""A campaign with one finding, SPL101 at its objective."""
CREATE = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"


class Outcome(Ended):
    """How a run ended, and what its JSON report says."""

    @property
    def silenced(self) -> list[tuple[str, str, str, int]]:
        """Code and path of each finding that does not count, with what silences it and on which line."""
        return [
            (diagnostic["code"], diagnostic["path"], diagnostic["suppressed"]["kind"], diagnostic["suppressed"]["line"])
            for diagnostic in self.report["diagnostics"]
            if diagnostic["suppressed"]
        ]

    @property
    def active(self) -> list[tuple[str, str]]:
        return [
            (diagnostic["code"], diagnostic["path"])
            for diagnostic in self.report["diagnostics"]
            if not diagnostic["suppressed"]
        ]

    @property
    def unused(self) -> list[tuple[str, int, int, int, str]]:
        """Path, line, first and last column, and message of each SPL009."""
        return [
            (diagnostic["path"], start["line"], start["column"], end["column"], diagnostic["message"])
            for diagnostic in self.report["diagnostics"]
            if diagnostic["code"] == "SPL009"
            for start, end in [(diagnostic["range"]["start"], diagnostic["range"]["end"])]
        ]


Check = Callable[..., Outcome]
FIXTURES = Path(__file__).parents[1] / "fixtures"


@pytest.fixture
def check(tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Write files and run `splint check` on the directory that holds them, or on what is named."""
    monkeypatch.chdir(tmp_path)

    def run(files: Mapping[str, str], *arguments: str, stdin: str = "") -> Outcome:
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(text.encode())
        words = ["check", "--output-format", "json", "--as-of", "2026-03-21", *arguments]
        return Outcome(*command(*words, stdin=stdin))

    return run


# -- what it hides no longer -------------------------------------------------------------------------------------------

TWO_BIDS = """\
campaign:
  advertiser_id: "7000000000000000001"
  campaign_name: Spring
  objective_type: WEB_CONVERSIONS
  budget_optimize_on: true
  budget_mode: BUDGET_MODE_TOTAL
  budget: 500
adgroups:
- {adgroup_name: first, bid_type: BID_TYPE_NO_BID}
- adgroup_name: second
  bid_type: BID_TYPE_CUSTOM
  conversion_bid_price: 15
"""
"""SPL210 at bid_type owns what SPL402 says of bid_type and the prices."""
CHOSEN = ("--select", "SPL210,SPL402")


@pytest.mark.parametrize(
    ("text", "settings", "expected"),
    [
        (TWO_BIDS, "", {"SPL210"}),
        (TWO_BIDS.replace("CUSTOM", "CUSTOM # splint: ignore[SPL210]"), "", {"SPL402"}),
        (TWO_BIDS, '[per-file-ignores]\n"*.yaml" = ["SPL210"]\n', {"SPL402"}),
        (TWO_BIDS, '[[overrides]]\npointers = ["/adgroups/1"]\nignore = ["SPL210"]\n', {"SPL402"}),
        (TWO_BIDS, '[severity]\nSPL210 = "info"\n', {"SPL210", "SPL402"}),
        (TWO_BIDS, '[severity]\nSPL402 = "info"\n', {"SPL210"}),
    ],
)
def test_what_is_suppressed_hides_no_other_finding(check: Check, text: str, settings: str, expected: set[str]) -> None:
    report = check({"x.yaml": text, "splint.toml": settings}, "--config", "splint.toml", *CHOSEN, "x.yaml")
    assert {one["code"] for one in report.report["diagnostics"] if one["suppressed"] is None} == expected


@pytest.mark.parametrize("profile", ["guide", pytest.param("reference", marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "severity",
    [
        'SPL012 = "info"',
        pytest.param('SPL = "warning"\nREF = "warning"', marks=pytest.mark.slow),
        pytest.param('SPL = "info"\nREF = "info"', marks=pytest.mark.slow),
    ],
)
def test_levels_that_are_changed_alike_or_elsewhere_bring_no_finding(check: Check, profile: str, severity: str) -> None:
    """Nor take one away, of all invalid fixtures."""
    words = (str(FIXTURES / "invalid"), "--profile", profile)
    plain, changed = (
        check({"x.toml": f"[severity]\n{lines}\n"}, "--config", "x.toml", *words) for lines in ("", severity)
    )
    assert _found(changed) == _found(plain)


def _found(outcome: Outcome) -> set[tuple[str, str, str]]:
    return {(one["path"], one["code"], one["pointer"]) for one in outcome.report["diagnostics"]}


def test_a_suppressed_value_is_compared_with_those_of_other_ad_groups(check: Check) -> None:
    text = TWO_BIDS.replace("BID_TYPE_NO_BID", "BID_TYPE_NO_BID, billing_event: OCPM").replace(
        "  conversion", "  billing_event: CPC # splint: ignore[SPL203]\n  conversion"
    )
    report = check({"x.yaml": text}, "--select", "SPL203,SPL402", "x.yaml")
    assert ("SPL402", "/adgroups/1/billing_event") in {
        (one["code"], one["pointer"]) for one in report.report["diagnostics"]
    }


STRAY = """\
campaign:
  advertiser_id: "7000000000000000001"
  campaign_name: Spring
  objective_type: WEB_CONVERSIONS
  Budget: 500
"""
"""The misspelt key is an error (SPL004), and hides that budget is missing (SPL103)."""
NO_BUDGET = STRAY.replace("  Budget", "  Budgets: 500 # splint: ignore[SPL004]\n  Budget")
"""Two keys for one field, of which one is silenced."""


@pytest.mark.parametrize(
    ("text", "settings", "words", "expected"),
    [
        (STRAY, "", "", {("SPL004", "error")}),
        (STRAY.replace("500", "500 # splint: ignore[SPL004]"), "", "", {("SPL103", "error")}),
        (f"# splint: ignore-file[SPL004]\n{STRAY}", "", "", {("SPL103", "error")}),
        (STRAY.replace("500", "500 # splint: ignore[SPL004]"), "", "--no-ignores", {("SPL004", "error")}),
        (STRAY, '[per-file-ignores]\n"*.yaml" = ["SPL004"]', "", {("SPL103", "error")}),
        (STRAY, '[[overrides]]\npointers = ["/campaign"]\nignore = ["SPL004"]', "", {("SPL103", "error")}),
        (STRAY, "", "--ignore SPL004", {("SPL103", "error")}),
        (STRAY, "", "--select SPL1", {("SPL103", "error")}),
        (STRAY, "", "--select SPL103", {("SPL103", "error")}),
        (STRAY, 'severity.SPL004 = "info"', "", {("SPL004", "info"), ("SPL103", "error")}),
        (STRAY, 'severity.SPL004 = "warning"', "", {("SPL004", "warning"), ("SPL103", "error")}),
        (STRAY, 'severity.SPL004 = "error"', "", {("SPL004", "error")}),
        (STRAY, 'severity.SPL103 = "info"', "", {("SPL004", "error")}),
        (STRAY, 'severity.ALL = "info"', "", {("SPL004", "info")}),
        (
            STRAY,
            '[[overrides]]\npointers = ["/campaign"]\nseverity = {SPL004 = "info"}',
            "",
            {("SPL004", "info"), ("SPL103", "error")},
        ),
        (NO_BUDGET, "", "", {("SPL004", "error")}),
        (f"{NO_BUDGET}  campaignName: S\n".replace("  campaign_name: Spring\n", ""), "", "", {("SPL004", "error")}),
        (
            NO_BUDGET.replace("Budget:", "objectiveType:").replace("  objective_type: WEB_CONVERSIONS\n", ""),
            "",
            "",
            {("SPL004", "error"), ("SPL103", "error")},
        ),
    ],
)
def test_a_key_that_is_suppressed_hides_no_missing_field(
    check: Check, text: str, settings: str, words: str, expected: set[tuple[str, str]]
) -> None:
    """Nor does one whose level settings lower, if the other finding is more severe."""
    options = (*words.split(), "--config", "splint.toml")
    report = check({"x.yaml": text, "splint.toml": settings}, *options, "x.yaml").report
    assert {(one["code"], one["severity"]) for one in report["diagnostics"] if one["suppressed"] is None} == expected


@pytest.mark.parametrize(("text", "words"), [(TWO_BIDS, CHOSEN), (STRAY, ())])
def test_the_baseline_hides_what_its_findings_own(check: Check, text: str, words: tuple[str, ...]) -> None:
    check({"x.yaml": text}, "--baseline", "known.json", "--write-baseline", *words, "x.yaml")
    assert check({}, "--baseline", "known.json", *words, "x.yaml").status == 0


# -- findings on several keys ------------------------------------------------------------------------------------------

BESIDE = """\
age_groups: [AGE_18_24]
location_ids: ["6252001"]
gender: GENDER_MALE
advertiser_id: "7000000000000000001"
adgroup_name: US
promotion_type: WEBSITE
"""
"""An ad group with what belongs in targeting_spec, in one finding; that without it is REF207."""
AGES, REGIONS, GENDER = BESIDE.splitlines()[:3]


def _kept(*lines: str, text: str = BESIDE) -> str:
    for line in lines:
        text = text.replace(line, f"{line} # splint: ignore[SPL004] kept")
    return text


def _ignored(*keys: str) -> str:
    return "".join(f'[[overrides]]\npointers = ["{key}"]\nignore = ["SPL004"]\n' for key in keys)


@pytest.mark.parametrize(
    ("text", "settings", "left", "silenced"),
    [
        (_kept(AGES), "", ["location_ids and gender"], ["age_groups"]),
        (_kept(GENDER), "", ["age_groups and location_ids"], ["gender"]),
        (_kept(AGES, GENDER), "", ["location_ids"], ["age_groups", "gender"]),
        (_kept(AGES, GENDER, REGIONS), "", [], ["age_groups, location_ids and gender"]),
        (_kept(AGES), _ignored("/location_ids"), ["gender"], ["age_groups", "location_ids"]),
        (_kept(AGES, GENDER), _ignored("/location_ids"), [], ["age_groups", "gender", "location_ids"]),
        (BESIDE, _ignored("/gender"), ["age_groups and location_ids"], ["gender"]),
        (BESIDE, _ignored("/gender", "/age_groups", "/location_ids"), [], ["age_groups, location_ids and gender"]),
        (BESIDE, _ignored(""), [], ["age_groups, location_ids and gender"]),
        (
            BESIDE,
            '[[overrides]]\npointers = ["/gender"]\nseverity = {SPL004 = "info"}',
            ["age_groups and location_ids", "gender"],
            [],
        ),
    ],
)
def test_what_covers_a_key_silences_no_other_key(
    check: Check, text: str, settings: str, left: list[str], silenced: list[str]
) -> None:
    """A finding on several keys leaves those out that are covered; what covers the object covers all of them."""
    report = check(
        {"x.yaml": text, "splint.toml": settings}, "--profile", "reference", "--config", "splint.toml", "x.yaml"
    )
    found = report.report["diagnostics"]
    keys = {
        counts: sorted(
            re.split(" (?:is|are) no ", one["message"])[0]
            for one in found
            if one["code"] == "SPL004" and (one["suppressed"] is None) == counts
        )
        for counts in (True, False)
    }
    assert keys == {True: sorted(left), False: sorted(silenced)}
    assert ("REF207" in {one["code"] for one in found}) == (not left)
    assert report.unused == []


# -- what a comment covers ---------------------------------------------------------------------------------------------

YAML = """\
campaign:
  advertiser_id: "7000000000000000001"
  campaign_name: Spring
  u1: 1
adgroups:
  - adgroup_name: first
    u2: 1
    targeting_spec:
      location_ids: ["1"]
      u3: 1
    ads:
    - ad_name: film
      u4: 1
    -
      ad_name: still
      u5: 1
  - u6: 1
    adgroup_name: second
    targeting_spec: {u7: 1, location_ids: ["1"]}
  - {adgroup_name: third, u8: 1}
"""
"""Every field named u is one that nobody knows: SPL004."""
JSONC = """\
{
  "campaign": {"advertiser_id": "7000000000000000001",
    "campaign_name": "Spring", "u1": 1
  },
  "adgroups": [
    {
      "adgroup_name": "first",
      "u2": 1,
      "targeting_spec": {
        "location_ids": ["1"], "u3": 1}
    }, {
      "adgroup_name": "second", "u4": 1,
      "targeting_spec":
        {"u5": 1},
      "u6":
        1
    }
  ]
}
"""
COVERED: list[tuple[str, str, str]] = [
    ("yaml", "  u1: 1", "1"),
    ("yaml", "  campaign_name: Spring", ""),
    ("yaml", "campaign:", "1"),
    ("yaml", '  advertiser_id: "7000000000000000001"', ""),
    ("yaml", "adgroups:", "2345678"),
    ("yaml", "  - adgroup_name: first", "2345"),
    ("yaml", "    u2: 1", "2"),
    ("yaml", "    targeting_spec:", "3"),
    ("yaml", '      location_ids: ["1"]', ""),
    ("yaml", "      u3: 1", "3"),
    ("yaml", "    ads:", "45"),
    ("yaml", "    - ad_name: film", "4"),
    ("yaml", "      u4: 1", "4"),
    ("yaml", "    -", "5"),
    ("yaml", "      ad_name: still", "5"),
    ("yaml", "  - u6: 1", "67"),
    ("yaml", "    adgroup_name: second", ""),
    ("yaml", '    targeting_spec: {u7: 1, location_ids: ["1"]}', "7"),
    ("yaml", "  - {adgroup_name: third, u8: 1}", "8"),
    ("jsonc", "{", "123456"),
    ("jsonc", '  "campaign": {"advertiser_id": "7000000000000000001",', "1"),
    ("jsonc", '    "campaign_name": "Spring", "u1": 1', "1"),
    ("jsonc", "  },", ""),
    ("jsonc", '  "adgroups": [', "23456"),
    ("jsonc", "    {", "23"),
    ("jsonc", '      "adgroup_name": "first",', ""),
    ("jsonc", '      "u2": 1,', "2"),
    ("jsonc", '      "targeting_spec": {', "3"),
    ("jsonc", '        "location_ids": ["1"], "u3": 1}', "3"),
    ("jsonc", "    }, {", "456"),
    ("jsonc", '      "adgroup_name": "second", "u4": 1,', "4"),
    ("jsonc", '      "targeting_spec":', "5"),
    ("jsonc", '        {"u5": 1},', "5"),
    ("jsonc", '      "u6":', "6"),
    ("jsonc", "  ]", ""),
]
PLACES = {"at the end": "{line} {mark} {word}\n", "alone above": "{mark} {word}\n{line}\n"}


def commented(language: str, line: str, place: str, word: str, end: str = "\n") -> str:
    """YAML or JSONC with a comment at one of its lines."""
    text, mark = (YAML, "#") if language == "yaml" else (JSONC, "//")
    assert text.count(f"{line}\n") >= 1
    before, after = text.split(f"\n{line}\n", 1) if f"\n{line}\n" in text else ("", text.removeprefix(f"{line}\n"))
    made = PLACES[place].format(line=line, mark=mark, word=word)
    return f"{before}{before and chr(10)}{made}{after}".replace("\n", end)


def fields(text: str, name: str) -> str:
    """The digits of the fields that are silenced; every other finding counts, and nothing else is silenced."""
    diagnostics = [diagnostics for diagnostics in lint({name: text}).diagnostics if diagnostics.code == "SPL004"]
    assert len(diagnostics) == (8 if name == "a.yaml" else 6)
    return "".join(sorted(one.pointer[-1] for one in diagnostics if one.suppressed))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("language", "line", "covered"), COVERED, ids=lambda value: str(value).strip())
def test_a_comment_covers_its_line_and_what_is_below(language: str, line: str, covered: str, place: str) -> None:
    """Neither a sibling, nor what is around, nor the next line."""
    text = commented(language, line, place, "splint: ignore[SPL004] on purpose")
    assert fields(text, f"a.{language}") == covered
    report = lint({f"a.{language}": text})
    assert any(diagnostic.code == "SPL009" for diagnostic in report.diagnostics) is not bool(covered)
    assert {diagnostic.suppressed.reason for diagnostic in report.diagnostics if diagnostic.suppressed} <= {
        "on purpose"
    }


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("language", "line"), [("yaml", "    u2: 1"), ("jsonc", '      "u2": 1,')])
def test_line_ends_make_no_difference(language: str, line: str, place: str, end: str) -> None:
    assert fields(commented(language, line, place, "splint: ignore[SPL004]", end), f"a.{language}") == "2"


WORDS: list[tuple[str, str]] = [
    ("splint: ignore[SPL004]", "2"),
    ("splint:ignore[SPL004]", "2"),
    ("splint: \t ignore [SPL004] reason", "2"),
    ("splint: ignore[ SPL004 ]", "2"),
    ("splint: ignore[SPL101,SPL004]", "2"),
    ("splint: ignore[SPL101, SPL004] reason", "2"),
    ("splint: ignore[SPL101 SPL004]", "2"),
    ("splint: ignore[SPL004,SPL004,]", "2"),
    ("splint: ignore[SPL0]", "2"),
    ("splint: ignore[unknown-field]", "2"),
    ("splint: ignore[ALL]", "2"),
    ("splint: ignore[SPL101]", ""),
    ("splint: ignore[spl004]", ""),
    ("splint: ignore[PL004]", ""),
    ("splint: ignore[]", ""),
    ("splint: ignore", ""),
    ("splint: ignore SPL004", ""),
    ("splint: ignore[SPL004", ""),
    ("splint: Ignore[SPL004]", ""),
    ("splint: ignore-file[SPL004]", ""),
    ("splint: ignore-line[SPL004]", ""),
    ("splint ignore[SPL004]", ""),
    ("noqa: SPL004", ""),
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("word", "covered"), few(WORDS, 8))
def test_a_comment_names_rules(word: str, covered: str, place: str) -> None:
    """By code, prefix or name, as they are written, one or several."""
    assert fields(commented("yaml", "    u2: 1", place, word), "a.yaml") == covered


def test_stacked_comments_speak_of_the_next_line_together() -> None:
    text = YAML.replace("    u2: 1", "    # splint: ignore[SPL004] a\n    # splint: ignore[SPL101]\n\n    u2: 1")
    report = lint({"a.yaml": text})
    assert fields(text, "a.yaml") == "2"
    assert [diagnostic.summary for diagnostic in report.diagnostics if diagnostic.code == "SPL009"] == [
        "the comment silences no finding of SPL101"
    ]


def test_of_two_comments_that_cover_a_finding_both_are_of_use() -> None:
    text = YAML.replace("    u2: 1", "    # splint: ignore[SPL004] a\n    u2: 1 # splint: ignore[SPL004] b")
    report = lint({"a.yaml": text})
    reasons = [diagnostic.suppressed.reason for diagnostic in report.diagnostics if diagnostic.suppressed]
    assert (reasons, [diagnostic.code for diagnostic in report.diagnostics if diagnostic.code == "SPL009"]) == (
        ["a"],
        [],
    )


LEVELS_OF_TEXT = {
    "a value on the lines behind its key, at its end": ("a.yaml", "objective_type: 'LEA\n  DS' {}\n", True),
    "a value on the line behind its key, at the key": ("a.yaml", "objective_type: {}\n  LEADS\n", True),
    "a value on the line behind its key, at the value": ("a.yaml", "objective_type:\n  LEADS {}\n", True),
    "a missing field, at the first key of its object": ("a.yaml", "optimization_goal: CONVERT {8}\nbudget: 1\n", True),
    "a missing field, above the first key of its object": (
        "a.yaml",
        "{8}\noptimization_goal: CONVERT\nbudget: 1\n",
        True,
    ),
    "a missing field, at another key": ("a.yaml", "optimization_goal: CONVERT\nbudget: 1 {8}\n", False),
    "a missing field, at the bracket of its object": (
        "a.jsonc",
        '{"a":\n{ {8}\n"campaign_name": "a", "budget_mode": "BUDGET_MODE_DAY"}}',
        True,
    ),
    "a key that stands twice, at the later one": ("a.yaml", "campaign:\n  budget: 1\n  budget: 2 {5}\n", True),
    "a key that stands twice, at what is around": ("a.yaml", "campaign: {5}\n  budget: 1\n  budget: 2\n", True),
    "a key that stands twice, at the first one": ("a.yaml", "campaign:\n  budget: 1 {5}\n  budget: 2\n", False),
    "a body in a string of JSON": (
        "a.yaml",
        f'endpoint: {CREATE}\nbody: \'{{{{"objective_type": "LEADS"}}}}\' {{}}\n',
        True,
    ),
    "a tab before the comment": ("a.yaml", "objective_type: LEADS\t{}\n", True),
    "the second document": ("a.yaml", "objective_type: LEADS {}\n---\nobjective_type: LEADS\n", False),
    "a document's mark": ("a.yaml", "--- {}\nobjective_type: LEADS\n", True),
    "an aliased value, at its line": ("a.yaml", "x: &x\n  objective_type: LEADS {}\ny: *x\n", True),
    "an aliased value, around its anchor only": ("a.yaml", "x: &x {}\n  objective_type: LEADS\ny: *x\n", False),
    "a comment in a text": ("a.yaml", "objective_type: LEADS\nnote: 'a\n  {}'\n", False),
    "nothing behind it": ("a.yaml", "objective_type: LEADS\n{}\n", False),
    "characters of more bytes than one": ("a.yaml", "'é👍': 1\nobjective_type: LEADS {} é👍\n", True),
    "a byte-order mark": ("a.yaml", "\ufeff{}\nobjective_type: LEADS\n", True),
    "a block comment": ("a.jsonc", '{"objective_type": /* splint: ignore[SPL101] */ "LEADS"}', True),
}


@pytest.mark.parametrize(("name", "text", "is_silent"), LEVELS_OF_TEXT.values(), ids=LEVELS_OF_TEXT)
def test_where_a_finding_begins(name: str, text: str, is_silent: bool) -> None:
    """A comment speaks of a line; findings, their values and what these lie in begin on lines."""
    mark = "//" if name.endswith("c") else "#"
    code = next((code for digit, code in (("{8}", "SPL008"), ("{5}", "SPL005")) if digit in text), "SPL101")
    for word in ("{8}", "{5}", "{}"):
        text = text.replace(word, f"{mark} splint: ignore[{code}]")
    text = text.replace("{{", "{").replace("}}", "}") if name == "a.yaml" else text
    diagnostics = [diagnostics for diagnostics in lint({name: text}).diagnostics if diagnostics.code == code]
    assert diagnostics
    assert all(one.suppressed for one in diagnostics) is is_silent


def body(objective: str) -> str:
    return json.dumps({**LEADS, "objective_type": objective}, indent=2)


def curl(objective: str) -> str:
    return f"curl -X POST {CREATE} \\\n  -d '{body(objective)}'"


COMMENT = "# splint: ignore[SPL101] why"
HTML = "<!-- splint: ignore[SPL101] why -->"
SCRIPTS: dict[str, tuple[str, str, str]] = {
    "above a command": ("a.sh", f"{COMMENT}\n{curl('A')}\n\n{curl('B')}\n", "A"),
    "behind a command of many lines": ("a.sh", f"{curl('A')} {COMMENT}\n\n{curl('B')}\n", "A"),
    "on top of a script, behind its first line": ("a.sh", f"#!/bin/sh\n{COMMENT}\n\n{curl('A')}\n{curl('B')}\n", "A"),
    "between two commands": ("a.sh", f"{curl('A')}\n{COMMENT}\n{curl('B')}\n", "B"),
    "for the file": ("a.sh", f"# splint: ignore-file[SPL1]\n{curl('A')}\n{curl('B')}\n", "AB"),
    "above a here-document": (
        "a.sh",
        f"{COMMENT}\ncurl {CREATE} -d @- <<EOF\n{body('A')}\nEOF\n",
        "A",
    ),
    "behind a command whose body is in a variable": (
        "a.sh",
        f"A='{body('A')}'\nB='{body('B')}'\ncurl {CREATE} -d \"$A\" {COMMENT}\ncurl {CREATE} -d \"$B\"\n",
        "A",
    ),
    "above a command whose body the script writes to a file": (
        "a.sh",
        f"cat > a.json <<'E'\n{body('A')}\nE\n{COMMENT}\ncurl {CREATE} \\\n-X POST -d @a.json\n{curl('B')}\n",
        "A",
    ),
    "above the curl command of a function": (
        "a.sh",
        f"post() {{\n  {COMMENT}\n  curl {CREATE} \\\n  -d \"$1\"\n}}\npost '{body('A')}'\n{curl('B')}\n",
        "A",
    ),
    "behind the curl command of an alias": (
        "a.sh",
        f"alias post='curl {CREATE} -d' {COMMENT}\npost '{body('A')}'\n{curl('B')}\n",
        "A",
    ),
    "within a body": ("a.sh", curl("A").replace("\n}", f"\n{COMMENT}\n}}") + f"\n{curl('B')}", ""),
    "above a fenced block": (
        "a.md",
        f"{HTML}\n```json\n{body('A')}\n```\n\n```json\n{body('B')}\n```\n",
        "A",
    ),
    "above a text above a fenced block": (
        "a.md",
        f"{HTML}\nA text.\n\n```json\n{body('A')}\n```\n",
        "",
    ),
    "in a fenced block of YAML": ("a.md", f"```yaml\nobjective_type: A {COMMENT}\n```\n\n    objective_type: B\n", "A"),
    "in a fenced block of JSON with comments": (
        "a.md",
        '```jsonc\n{\n"objective_type": "A" // splint: ignore[SPL101]\n}\n```\n',
        "A",
    ),
    "in a fenced block of commands": ("a.md", f"```sh\n{COMMENT}\n{curl('A')}\n{curl('B')}\n```\n", "A"),
    "in a text": ("a.txt", f"A text.\n\n{COMMENT}\n{curl('A')}\n\n{curl('B')}\n", "A"),
}


@pytest.mark.parametrize(("name", "text", "covered"), SCRIPTS.values(), ids=SCRIPTS)
def test_a_comment_covers_a_command_or_a_block(name: str, text: str, covered: str) -> None:
    """All of it, and nothing of the next one."""
    diagnostics = [diagnostics for diagnostics in lint({name: text}).diagnostics if diagnostics.code == "SPL101"]
    assert diagnostics or not covered
    assert (
        "".join(letter for letter in "AB" for one in diagnostics if one.suppressed and f" {letter}" in one.summary)
        == covered
    )


def test_a_comment_of_a_script_is_heard_whatever_body_comes_first(check: Check) -> None:
    """A body in a file of its own, broken, says nothing of the script's comments."""
    script = f"# splint: ignore-file[SPL101] why\ncurl {CREATE} -d @b.json\n{curl('A')}\n"
    done = check({"a.sh": script, "b.json": "{"}, "a.sh")
    assert done.silenced == [("SPL101", "a.sh", "comment", 1)]
    assert done.active == [("SPL001", "b.json")]


# -- whole files -------------------------------------------------------------------------------------------------------

FILES: dict[str, tuple[str, str, int]] = {
    "YAML that does not parse": ("a.yaml", "# splint: ignore-file[SPL001] why\nobjective_type: [\n", 3),
    "YAML that does not parse, by prefix": ("a.yaml", "# splint: ignore-file[SPL0]\nobjective_type: [\n", 3),
    "JSON that does not parse": ("a.jsonc", '// splint: ignore-file[SPL001]\n{"objective_type": \n', 3),
    "a script that does not parse": ("a.sh", f"# splint: ignore-file[SPL001]\ncurl {CREATE} -d '{{'\n", 0),
    "a block that does not parse": (
        "a.md",
        '<!-- splint: ignore-file[SPL001] -->\n```json\n{"objective_type": \n```\n',
        3,
    ),
    "Latin-1": ("a.yaml", "# splint: ignore-file[SPL001]\nobjective_type: \udce9\n", 3),
    "a file that does not parse, the rule not named": (
        "a.yaml",
        "# splint: ignore-file[SPL101]\nobjective_type: [\n",
        1,
    ),
    "all findings of a file": ("a.yaml", "# splint: ignore-file[SPL]\nobjective_type: LEADS\nmade_up: 1\n", 0),
    "some findings of a file": ("a.yaml", "# splint: ignore-file[SPL004]\nobjective_type: LEADS\nmade_up: 1\n", 1),
    "a comment that is not on top": ("a.yaml", "objective_type: LEADS\n# splint: ignore-file[SPL]\n", 1),
    "a comment below another": ("a.yaml", "# About.\n\n# splint: ignore-file[SPL]\nobjective_type: LEADS\n", 0),
    "a comment below front matter": (
        "a.md",
        "---\ntitle: x\n---\n<!-- splint: ignore-file[SPL] -->\n```yaml\nobjective_type: LEADS\n```\n",
        0,
    ),
    "no payload": ("a.yaml", "# splint: ignore-file[SPL002]\na: 1\n", 3),
}


@pytest.mark.parametrize(("name", "text", "status"), FILES.values(), ids=FILES)
def test_a_comment_on_top_covers_the_file(check: Check, tmp_path: Path, name: str, text: str, status: int) -> None:
    """Also what keeps it from being read; that there is no payload in a run cannot be silenced."""
    (tmp_path / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    done = check({}, name)
    assert done.status == status
    assert (done.report["summary"]["suppressed"] > 0) is (status != 1 or "SPL004" in text)


def test_what_is_silenced_counts_nowhere(check: Check, tmp_path: Path) -> None:
    """It is shown with who silences it, where and why, and makes neither a status nor an exception."""
    rules = "--select", "SPL101"
    done = check(
        {"a.yaml": "# splint: ignore[SPL101,SPL102] leads pay\nobjective_type: LEADS\n"}, "--fail-on", "info", *rules
    )
    assert done.status == 0
    assert {json.dumps(diagnostic["suppressed"]) for diagnostic in done.report["diagnostics"]} == {
        '{"kind": "comment", "path": "a.yaml", "line": 1, "reason": "leads pay"}'
    }
    summary = done.report["summary"]
    assert [summary[name] for name in ("errors", "warnings", "infos", "baselined")] == [0, 0, 0, 0]
    assert summary["suppressed"] == len(done.report["diagnostics"]) > 0
    report = Linter(select=["SPL101"]).check(tmp_path / "a.yaml")
    report.raise_for_errors()
    assert report.ok
    with pytest.raises(PayloadError):
        Linter().check({"objective_type": "LEADS"}).raise_for_errors()


# -- findings that wait for the rest of the run ------------------------------------------------------------------------

ROW = (
    'campaign_id: "1800000000000000001"\ncampaign_name: Spring\nobjective_type: WEB_CONVERSIONS\n'
    "budget_optimize_on: true\nbudget_mode: BUDGET_MODE_TOTAL\nbudget: 500\ncreate_time: 2026-03-01 00:00:00\n"
)
GROUP = json.dumps({**BASES["ad-group"], "bid_type": "BID_TYPE_CUSTOM", "bid_price": 15}, indent=2)
TIED = {
    "group.jsonc": GROUP.replace('"bid_type"', '// splint: ignore[SPL210] soon\n"bid_type"'),
    "other.yaml": f"# splint: ignore[SPL210]\n{json.dumps({**BASES['ad-group'], 'adgroup_name': 'Other'}, indent=2)}\n",
    "row.yaml": ROW,
    "alone.yaml": "objective_type: LEADS # splint: ignore[SPL101]\n",
}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_directive_covers_findings_made_after_all_files_are_read(check: Check, jobs: str) -> None:
    """The ad group is judged when the last file is read, beside its campaign."""
    done = check(TIED, "--select", "SPL210,SPL101,SPL009", "--jobs", jobs)
    assert done.silenced == [("SPL101", "alone.yaml", "comment", 1), ("SPL210", "group.jsonc", "comment", 10)]
    assert done.unused == [("other.yaml", 1, 1, 25, "the comment silences no finding of SPL210; remove it")]
    assert done.status == 0


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_no_comment_is_said_to_be_of_no_use_without_the_parent(check: Check, jobs: str) -> None:
    """What a rule finds in an ad group may depend on its campaign, which is not in the run."""
    files = {name: text for name, text in TIED.items() if name != "row.yaml"}
    done = check(files, "--select", "SPL210,SPL101,SPL009", "--jobs", jobs)
    assert done.unused == []


PARENTLESS: dict[str, dict[str, Any]] = {
    "a literal parent": BASES["ad-group"],
    "a placeholder": {**BASES["ad-group"], "campaign_id": "{{campaign_id}}"},
    "no parent": {name: value for name, value in BASES["ad-group"].items() if name != "campaign_id"},
    "an ad": BASES["ad"],
    "a bundle without a campaign": {"adgroups": BASES["cbo"]["adgroups"]},
}


@pytest.mark.parametrize("payload", PARENTLESS.values(), ids=PARENTLESS)
def test_without_the_parent_only_what_needs_it_is_not_asked(payload: dict[str, Any]) -> None:
    """An unknown field is one whatever the campaign says; and a comment without a code is wrong at any rate."""
    words = ("ignore[SPL210]", "ignore[SPL106]", "ignore[SPL004]", "ignore[SPL998]", "ignore")
    text = "".join(f"# splint: {word}\n" for word in words) + json.dumps(payload)
    report = lint({"a.yaml": text}, linter=Linter(extend_select=["SPL"], ignore=["SPL011", "SPL010"]))
    lines = [
        diagnostic.range.start.line
        for diagnostic in report.diagnostics
        if diagnostic.code == "SPL009" and diagnostic.range
    ]
    assert lines == [3, 4, 5]


def test_rules_that_look_at_a_parent_are_those_of_what_has_one() -> None:
    """A rule on a campaign alone looks at none."""
    ruleset = Linter().ruleset()
    for selection in ruleset.rules:
        has_parent = {AdGroup, Ad, Creative, Tree} & set(selection.rule.on)
        assert (selection.rule.code in dependent_codes(ruleset)) is bool(has_parent)
    assert {"SPL102", "SPL210"} - dependent_codes(ruleset) == {"SPL102"}


# -- what silences nothing ---------------------------------------------------------------------------------------------

GOOD = "objective_type: WEB_CONVERSIONS\n"
UNUSED: dict[str, tuple[dict[str, str], str, list[tuple[str, int, int, int, str]]]] = {
    "a comment at the end": (
        {"a.yaml": "budget: 1\nobjective_type: WEB_CONVERSIONS  # splint: ignore[SPL101] why \n"},
        "",
        [("a.yaml", 2, 34, 62, "the comment silences no finding of SPL101; remove it")],
    ),
    "a comment above": (
        {"a.jsonc": '{\n\t// splint: ignore[SPL101]\n\t"objective_type": "WEB_CONVERSIONS"}'},
        "",
        [("a.jsonc", 2, 2, 27, "the comment silences no finding of SPL101; remove it")],
    ),
    "a comment of which one word silences something": (
        {"a.yaml": "objective_type: LEADS # splint: ignore[SPL101,SPL102]\n"},
        "",
        [("a.yaml", 1, 23, 54, "the comment silences no finding of SPL102; remove it")],
    ),
    "a comment in a script": (
        {"a.sh": f"# splint: ignore[SPL102] é\r\n{curl('WEB_CONVERSIONS')}\n"},
        "",
        [("a.sh", 1, 1, 27, "the comment silences no finding of SPL102; remove it")],
    ),
    "a comment in Markdown": (
        {"a.md": f"Text\n\n{HTML}\n```yaml\n{GOOD}```\n"},
        "",
        [("a.md", 3, 1, 36, "the comment silences no finding of SPL101; remove it")],
    ),
    "a comment behind everything": (
        {"a.yaml": f"{GOOD}# splint: ignore[SPL101]\n"},
        "",
        [("a.yaml", 2, 1, 25, "the comment silences no finding of SPL101; remove it")],
    ),
    "a comment for the file": (
        {"a.yaml": f"# splint: ignore-file[SPL1]\n{GOOD}"},
        "--ignore SPL103",
        [],
    ),
    "a comment for the file, all of its rules running": (
        {"a.yaml": f"# splint: ignore-file[SPL102]\n{GOOD}"},
        "",
        [("a.yaml", 1, 1, 30, "the comment silences no finding of SPL102; remove it")],
    ),
    "a comment for the file that is not on top": (
        {"a.yaml": f"{GOOD}# splint: ignore-file[SPL103]\n"},
        "",
        [
            (
                *("a.yaml", 2, 1, 30),
                (
                    "ignore-file does not stand on top of the file, and so silences nothing; "
                    "move it to the top: only comments and front matter may stand above it"
                ),
            )
        ],
    ),
    "a comment without a code": (
        {"a.yaml": "objective_type: LEADS # splint: ignore why\n"},
        "",
        [("a.yaml", 1, 23, 43, "the comment names no rule, and so silences nothing; write ignore[CODE]")],
    ),
    "a comment with a code that nobody knows": (
        {"a.yaml": "objective_type: LEADS # splint: ignore[spl101,SPL101]\n"},
        "",
        [("a.yaml", 1, 23, 54, "spl101 is no rule's code, prefix or name; write SPL101")],
    ),
    "a comment with another code that nobody knows": (
        {"a.yaml": "objective_type: LEADS # splint: ignore[SPL109,SPL101]\n"},
        "",
        [("a.yaml", 1, 23, 54, "SPL109 is no rule's code, prefix or name; remove it")],
    ),
    "a comment with a misspelt word": (
        {"a.yaml": "objective_type: LEADS # splint: ignores[SPL101]\n"},
        "",
        [("a.yaml", 1, 23, 48, "ignores is no word that splint knows in a comment; write ignore")],
    ),
    "a rule that is not selected": ({"a.yaml": f"# splint: ignore[SPL101]\n{GOOD}"}, "--select SPL102,SPL009", []),
    "a prefix of which not all are selected": (
        {"a.yaml": f"# splint: ignore[SPL1]\n{GOOD}"},
        "--select SPL102,SPL009",
        [],
    ),
    "a rule of another profile": ({"a.yaml": f"# splint: ignore[SPL6]\n{GOOD}"}, "--select SPL101,SPL009", []),
    "what silences SPL009": ({"a.yaml": f"# splint: ignore[SPL009]\n{GOOD}"}, "", []),
    "what silences SPL009, by its name": ({"a.yaml": f"# splint: ignore[unused-suppression]\n{GOOD}"}, "", []),
    "a file that does not parse": ({"a.yaml": "# splint: ignore[SPL101]\nobjective_type: [\n"}, "", []),
    "a file of which one document does not parse": (
        {"a.yaml": f"# splint: ignore[SPL101]\n{GOOD}---\nobjective_type: [\n"},
        "",
        [],
    ),
    "a key that stands twice": (
        {"a.yaml": f"# splint: ignore[SPL101]\n{GOOD}budget: 1\nbudget: 2\n"},
        "",
        [("a.yaml", 1, 1, 25, "the comment silences no finding of SPL101; remove it")],
    ),
    "a file without a payload": ({"a.yaml": "# splint: ignore[SPL101]\na: 1\n", "b.yaml": GOOD}, "", []),
    "a comment that only begins with the word": ({"a.yaml": f"# splint: see the README\n{GOOD}"}, "", []),
    "--no-ignores": ({"a.yaml": f"# splint: ignore[SPL101]\n{GOOD}"}, "--no-ignores", []),
    "a per-file ignore": (
        {
            "splint.toml": '[per-file-ignores]\n"SPL101.yaml" = ["SPL102", "SPL101"]\n',
            "a.yaml": GOOD,
        },
        "--extend-select SPL009",
        [
            ("splint.toml", 2, 19, 25, "SPL102 in this entry of per-file-ignores silences no finding; remove it"),
            ("splint.toml", 2, 29, 35, "SPL101 in this entry of per-file-ignores silences no finding; remove it"),
        ],
    ),
    "a per-file ignore of a file that is not there, unasked": (
        {"splint.toml": '[per-file-ignores]\n"SPL101.yaml" = ["SPL101"]\n', "a.yaml": GOOD},
        "",
        [],
    ),
    "a per-file ignore of a file that is read": (
        {"splint.toml": '[per-file-ignores]\n"a.yaml" = ["SPL101"]\n', "a.yaml": GOOD},
        "",
        [("splint.toml", 2, 14, 20, "SPL101 in this entry of per-file-ignores silences no finding; remove it")],
    ),
    "a per-file ignore of a path that is read": (
        {"splint.toml": '[per-file-ignores]\n"d/a.yaml" = ["SPL101"]\n', "d/a.yaml": GOOD, "b.yaml": GOOD},
        "d/a.yaml",
        [("splint.toml", 2, 16, 22, "SPL101 in this entry of per-file-ignores silences no finding; remove it")],
    ),
    "a per-file ignore of a path beside the settings that is read": (
        {"splint.toml": '[per-file-ignores]\n"./a.yaml" = ["SPL101"]\n', "a.yaml": GOOD, "d/a.yaml": GOOD},
        "a.yaml",
        [("splint.toml", 2, 16, 22, "SPL101 in this entry of per-file-ignores silences no finding; remove it")],
    ),
    "a per-file ignore of a path that is gone": (
        {"splint.toml": '[per-file-ignores]\n"d/gone.yaml" = ["SPL101"]\n"d/gone" = ["SPL101"]\n', "d/a.yaml": GOOD},
        "",
        [("splint.toml", 2, 19, 25, "SPL101 in this entry of per-file-ignores silences no finding; remove it")],
    ),
    "a per-file ignore of a path where the run did not look": (
        {"splint.toml": '[per-file-ignores]\n"d/gone.yaml" = ["SPL101"]\n', "d/a.yaml": GOOD},
        "d/a.yaml",
        [],
    ),
    "a per-file ignore of a name that fits a file that is not read, too": (
        {"splint.toml": '[per-file-ignores]\n"a.yaml" = ["SPL101"]\n', "a.yaml": GOOD, "d/a.yaml": GOOD},
        "a.yaml",
        [],
    ),
    "a per-file ignore of a directory, unasked": (
        {"splint.toml": '[per-file-ignores]\n"d" = ["SPL101"]\n"./d/" = ["SPL101"]\n', "d/a.yaml": GOOD},
        "",
        [],
    ),
    "a per-file ignore of a directory, by asking": (
        {"splint.toml": '[per-file-ignores]\n"d/" = ["SPL101"]\n', "d/a.yaml": GOOD},
        "--extend-select SPL009",
        [("splint.toml", 2, 10, 16, "SPL101 in this entry of per-file-ignores silences no finding; remove it")],
    ),
    "a per-file ignore of a glob, unasked": (
        {"splint.toml": '[per-file-ignores]\n"*.yaml" = ["SPL101"]\n"{a,b}.yaml" = ["SPL101"]\n', "a.yaml": GOOD},
        "",
        [],
    ),
    "a per-file ignore of a glob, unasked but for a prefix": (
        {"splint.toml": '[per-file-ignores]\n"*.yaml" = ["SPL101"]\n', "a.yaml": GOOD},
        "--select SPL",
        [],
    ),
    "a per-file ignore of a glob, by asking": (
        {"splint.toml": '[per-file-ignores]\n"*.yaml" = ["SPL101"]\n', "a.yaml": GOOD},
        "--extend-select unused-suppression",
        [("splint.toml", 2, 14, 20, "SPL101 in this entry of per-file-ignores silences no finding; remove it")],
    ),
    "an override": (
        {
            "pyproject.toml": '[[tool.splint.overrides]]\npointers = ["/SPL101"]\nignore = [\n  "SPL102",\n'
            '  "SPL101"]\nseverity = { "SPL101" = "error" }\n',
            "a.yaml": "objective_type: LEADS\n",
        },
        "--select SPL101,SPL009",
        [("pyproject.toml", 5, 4, 10, "SPL101 in this override silences no finding; remove it")],
    ),
    "an override, its severities in the same line": (
        {
            "splint.toml": 'overrides = [{severity = {"SPL101" = "info"}, ignore = ["SPL101"], pointers = ["/a"]}]',
            "a.yaml": "objective_type: LEADS\n",
        },
        "",
        [("splint.toml", 1, 58, 64, "SPL101 in this override silences no finding; remove it")],
    ),
    "an entry of settings for what a run does not read": (
        {"splint.toml": '[per-file-ignores]\n"b/*.yaml" = ["SPL101"]\n', "a.yaml": GOOD},
        "a.yaml",
        [],
    ),
    "an entry of settings for a file that is named": (
        {"splint.toml": '[per-file-ignores]\n"/a.yaml" = ["SPL101"]\n', "a.yaml": GOOD, "b.yaml": GOOD},
        "a.yaml",
        [("splint.toml", 2, 15, 21, "SPL101 in this entry of per-file-ignores silences no finding; remove it")],
    ),
    "an entry of settings for a name that may stand anywhere": (
        {"splint.toml": '[per-file-ignores]\n"a.yaml" = ["SPL101"]\n', "a.yaml": GOOD, "b/a.yaml": GOOD},
        "a.yaml",
        [],
    ),
    "an entry of settings for a file that a walk leaves out": (
        {"splint.toml": '[per-file-ignores]\n"/b/a.yaml" = ["SPL101"]\n', "a.yaml": GOOD, "b/a.yaml": GOOD},
        "--exclude b",
        [],
    ),
    "an entry of settings for a file that does not parse": (
        {"splint.toml": '[per-file-ignores]\n"a*.yaml" = ["SPL101"]\n', "a.yaml": "objective_type: [\n"},
        "",
        [],
    ),
    "an entry of settings where the parent is not in the run": (
        {"splint.toml": '[per-file-ignores]\n"a*.json" = ["SPL210"]\n', "a.json": json.dumps(BASES["ad-group"])},
        "",
        [],
    ),
    "an entry of settings where the parent of another file is not in the run": (
        {
            "splint.toml": '[per-file-ignores]\n"b*.json" = ["SPL210"]\n',
            "a.json": json.dumps(BASES["ad-group"]),
            "b.json": json.dumps(BASES["cbo"]),
        },
        "--extend-select SPL009",
        [("splint.toml", 2, 15, 21, "SPL210 in this entry of per-file-ignores silences no finding; remove it")],
    ),
    "an entry of settings for a rule that is not selected": (
        {"splint.toml": '[per-file-ignores]\n"a*.yaml" = ["SPL101"]\n', "a.yaml": GOOD},
        "--select SPL102,SPL009",
        [],
    ),
    "an entry of settings that silences SPL009": (
        {
            "splint.toml": '[per-file-ignores]\n"splint.toml" = ["SPL009"]\n"a*.yaml" = ["unused-suppression"]\n',
            "a.yaml": GOOD,
        },
        "",
        [],
    ),
    "an entry of settings, --no-ignores": (
        {"splint.toml": '[per-file-ignores]\n"*" = ["SPL101"]\n', "a.yaml": GOOD},
        "--no-ignores",
        [],
    ),
}


@pytest.mark.parametrize(("files", "options", "expected"), UNUSED.values(), ids=UNUSED)
def test_what_silences_nothing_is_a_warning_at_its_place(
    check: Check, files: dict[str, str], options: str, expected: list[tuple[str, int, int, int, str]]
) -> None:
    """Never where the run could not know."""
    done = check(files, *options.split())
    assert done.unused == expected
    assert {diagnostic["severity"] for diagnostic in done.report["diagnostics"] if diagnostic["code"] == "SPL009"} <= {
        "warning"
    }


def test_the_settings_of_the_readme_are_no_finding(check: Check) -> None:
    """Neither where nothing lies in its sandbox nor where what lies there is fine."""
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    settings = next(block for block in readme.split("```toml\n")[1:] if "[per-file-ignores]" in block).partition("```")[
        0
    ]
    fine = json.dumps(BASES["cbo"])
    assert check({"splint.toml": settings, "payloads/a.json": fine}).unused == []
    assert check({"splint.toml": settings, "payloads/a.json": fine, "payloads/sandbox/b.json": fine}).unused == []


def test_a_warning_of_no_use_can_be_silenced_itself(check: Check) -> None:
    """At the end of its line, for the file, or in the settings."""
    files = {
        "a.yaml": f"{GOOD.strip()} # splint: ignore[SPL101, SPL009]\n",
        "b.yaml": f"# splint: ignore-file[SPL009]\n# splint: ignore[SPL101]\n{GOOD}",
        "splint.toml": '[per-file-ignores]\n"*.yml" = ["SPL101"]\n"splint.toml" = ["SPL009"]\n',
    }
    done = check(files, "--select", "SPL101,SPL009")
    assert done.active == []
    assert [path for code, path, *_ in done.silenced if code == "SPL009"] == ["a.yaml", "b.yaml", "splint.toml"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_settings_further_down_are_judged_by_whoever_reads_their_files(check: Check, jobs: str) -> None:
    files = {
        "a.yaml": GOOD,
        "sub/b.yaml": GOOD,
        "sub/c.yaml": GOOD,
        "sub/splint.toml": '[per-file-ignores]\n"b*" = ["SPL101"]\n"c*" = ["SPL103"]\n',
    }
    done = check(files, "--jobs", jobs, "--extend-select", "SPL009")
    assert [(path, line) for path, line, *_ in done.unused] == [("sub/splint.toml", 2)]
    assert {path for code, path, *_ in done.silenced} == {"sub/c.yaml"}


def test_settings_that_two_others_extend_are_of_use_when_one_uses_them(check: Check) -> None:
    """Whatever else each of the two says before."""
    files = {
        "base.toml": '[[overrides]]\nfiles = ["*.yaml"]\nignore = ["SPL101"]\n',
        "a/splint.toml": 'extend = "../base.toml"\n',
        "b/splint.toml": 'extend = "../base.toml"\n[per-file-ignores]\n"*.json" = ["SPL103"]\n',
        "a/a.yaml": "objective_type: LEADS\n",
        "b/b.yaml": GOOD,
    }
    done = check(files, "--select", "SPL101,SPL009")
    assert (done.unused, len(done.silenced)) == ([], 1)


# -- settings ----------------------------------------------------------------------------------------------------------

TWO = json.dumps(
    {**BASES["cbo"], "adgroups": [{**BASES["cbo"]["adgroups"][0], "u1": 1}] * 2, "campaign": {**LEADS, "u": 1}}
)
OVERRIDES: dict[str, tuple[str, list[str]]] = {
    "everything": ('ignore = ["SPL004"]', ["/campaign/u", "/adgroups/0/u1", "/adgroups/1/u1"]),
    "a file": ('files = ["a.json"]\nignore = ["SPL004"]', ["/campaign/u", "/adgroups/0/u1", "/adgroups/1/u1"]),
    "another file": ('files = ["b.json"]\nignore = ["SPL004"]', []),
    "a pointer": ('pointers = ["/campaign/u"]\nignore = ["SPL004"]', ["/campaign/u"]),
    "what is below a pointer": ('pointers = ["/adgroups"]\nignore = ["SPL004"]', ["/adgroups/0/u1", "/adgroups/1/u1"]),
    "a step that only begins alike": ('pointers = ["/adgroup", "/campaign/uu"]\nignore = ["SPL004"]', []),
    "any step": ('pointers = ["/adgroups/*/u1"]\nignore = ["SPL004"]', ["/adgroups/0/u1", "/adgroups/1/u1"]),
    "any two steps": ('pointers = ["/*/u"]\nignore = ["SPL004"]', ["/campaign/u"]),
    "one element": ('pointers = ["/adgroups/1"]\nignore = ["SPL004"]', ["/adgroups/1/u1"]),
    "deeper than anything": ('pointers = ["/campaign/u/x"]\nignore = ["SPL004"]', []),
    "another rule": ('ignore = ["SPL102"]', []),
}


@pytest.mark.parametrize(("override", "covered"), OVERRIDES.values(), ids=OVERRIDES)
def test_an_override_covers_files_and_pointers(check: Check, override: str, covered: list[str]) -> None:
    done = check({"a.json": TWO, "splint.toml": f"[[overrides]]\n{override}\n"})
    diagnostics = [diagnostics for diagnostics in done.report["diagnostics"] if diagnostics["code"] == "SPL004"]
    assert len(diagnostics) == 3
    assert (
        [one["pointer"] for one in diagnostics if one["suppressed"]]
        == sorted(covered, key=TWO.find)
        == sorted(covered, key=[one["pointer"] for one in diagnostics].index)
    )
    assert {one["suppressed"]["kind"] for one in diagnostics if one["suppressed"]} <= {"override"}


INFO = {**LEADS, "objective_type": "WEB_CONVERSIONS", "campaign_name": "{{name}}"}
"""A campaign with one finding, the info SPL010."""
SEVERITIES: dict[str, tuple[str, str]] = {
    "none": ("", "info"),
    "a code": ('severity = {SPL010 = "error"}', "error"),
    "a prefix": ('severity = {SPL01 = "warning"}', "warning"),
    "a name": ('severity = {placeholder-left = "error"}', "error"),
    "the most specific wins": ('severity = {SPL010 = "error", SPL0 = "warning", SPL = "info"}', "error"),
    "the most specific wins, wherever it stands": (
        'severity = {SPL = "info", SPL010 = "error", SPL0 = "warning"}',
        "error",
    ),
    "an override wins": ('severity = {SPL010 = "error"}\n[[overrides]]\nseverity = {SPL = "warning"}', "warning"),
    "the later override wins": (
        '[[overrides]]\nseverity = {SPL010 = "error"}\n[[overrides]]\nseverity = {SPL0 = "warning"}',
        "warning",
    ),
    "an override for elsewhere": (
        '[[overrides]]\nseverity = {SPL010 = "error"}\n[[overrides]]\npointers = ["/a"]\nseverity = {SPL0 = "info"}',
        "error",
    ),
    "an override of another file": ('[[overrides]]\nfiles = ["b.json"]\nseverity = {SPL010 = "error"}', "info"),
    "--no-ignores": ('no-ignores = true\n[[overrides]]\nseverity = {SPL010 = "error"}', "error"),
}


@pytest.mark.parametrize(("settings", "level"), SEVERITIES.values(), ids=SEVERITIES)
def test_settings_give_findings_their_level(check: Check, settings: str, level: str) -> None:
    """And so decide on the exit status."""
    done = check({"a.json": json.dumps(INFO), "splint.toml": settings}, "--select", "SPL010,SPL009")
    assert [diagnostic["severity"] for diagnostic in done.report["diagnostics"]] == [level]
    assert done.status == (1 if level == "error" else 0)


def test_no_ignores_shows_everything(check: Check) -> None:
    """Comments, per-file ignores and overrides are off, wherever that is said; levels stay."""
    files = {
        "a.yaml": "objective_type: LEADS # splint: ignore[SPL101]\n",
        "b.yaml": "# splint: ignore-file[SPL101]\nobjective_type: LEADS\n",
        "c.json": json.dumps(LEADS),
        "d.json": json.dumps(LEADS),
        "splint.toml": '[per-file-ignores]\n"c.json" = ["SPL101"]\n[[overrides]]\nfiles = ["d.json"]\n'
        'ignore = ["SPL101"]\nseverity = {SPL101 = "warning"}\n',
    }
    kinds = [kind for *_, kind, _ in check(files, "--select", "SPL101,SPL009").silenced]
    assert kinds == ["comment", "comment", "per-file-ignore", "override"]
    for options in (["--no-ignores"], ["--config", "no-ignores=true"]):
        done = check({}, "--select", "SPL101,SPL009", *options)
        assert (done.silenced, len(done.active), done.status) == ([], 4, 1)
        assert done.report["summary"]["warnings"] == 1


def test_what_is_silenced_twice_is_of_use_twice(check: Check) -> None:
    """The comment is named; the settings and the baseline are not said to be of no use."""
    check({"a.yaml": "objective_type: LEADS\n"}, "--select", "SPL101", "--write-baseline")
    files = {
        "a.yaml": "objective_type: LEADS # splint: ignore[SPL101]\n",
        "splint.toml": '[per-file-ignores]\n"*.yaml" = ["SPL101"]\n[[overrides]]\nignore = ["SPL101"]\n',
    }
    done = check(files, "--select", "SPL101,SPL009")
    assert (done.silenced, done.active) == ([("SPL101", "a.yaml", "comment", 1)], [])


def test_an_empty_scope_knows_no_file(tmp_path: Path) -> None:
    """A call of the library reads files that it is given, and judges no settings by them."""
    assert not RunScope([str(tmp_path)]).knows(str(tmp_path / "a.json"), "SPL101")
    coverage = RunScope([str(tmp_path)], None, [Linter().ruleset()])
    assert coverage.knows(str(tmp_path / "a.json"), "SPL101")


@pytest.mark.parametrize(
    ("path", "holds"),
    few(
        [
            ("gone.json", True),
            ("read.json", True),
            ("left-out.json", False),
            ("sub", True),
            ("", True),
            ("../a.json", False),
        ],
        2,
    ),
)
def test_a_file_that_is_there_and_was_not_read_is_not_covered(tmp_path: Path, path: str, holds: bool) -> None:
    for name in ("read.json", "left-out.json"):
        (tmp_path / name).touch()
    coverage = RunScope([str(tmp_path)], [str(tmp_path / "read.json")])
    assert coverage.holds(str((tmp_path / path).resolve())) is holds


def test_a_comment_for_a_rule_that_lacks_its_facts_may_be_of_use(check: Check) -> None:
    """Only where the fact is given can anybody tell."""
    text = "objective_type: WEB_CONVERSIONS\nbudget: 500 # splint: ignore[SPL107]\n"
    assert check({"a.yaml": text}).unused == []
    assert len(check({"a.yaml": text}, ".", "--fact", "historical_cpa=1").unused) == 1


def test_a_comment_in_a_named_file_may_be_of_use_beside_files_that_are_not_named(check: Check) -> None:
    """A run over the directory holds all siblings of an ad group, a run over some files may not."""
    campaign = json.dumps({**BASES["cbo"]["campaign"], "campaign_id": "1"})
    group = 'campaign_id: "1"\nadgroup_name: A\npromotion_type: WEBSITE # splint: ignore[SPL402]\n'
    files = {"campaign.json": campaign, "group.yaml": group}
    assert check(files, "campaign.json", "group.yaml").unused == []
    assert len(check(files, ".").unused) == 1


ALIKE: dict[str, tuple[str, str]] = {
    "disable=": ("# splint: disable=SPL210", "splint: ignore[SPL210]"),
    "disable alone": ("# splint: disable", "splint: ignore[CODE]"),
    "capitals": ("# Splint: Ignore[SPL210] reason", "splint: ignore[SPL210]"),
    "no colon": ("# splint ignore[SPL210]", "splint: ignore[SPL210]"),
    "a blank before the colon": ("# splint : ignore[SPL210]", "splint: ignore[SPL210]"),
    "no brackets": ("# splint: ignore SPL210, SPL211", "splint: ignore[SPL210, SPL211]"),
    "a name without brackets": ("# splint: ignore unknown-field", "splint: ignore[unknown-field]"),
    "noqa": ("# noqa: SPL210", "splint: ignore[SPL210]"),
    "noqa of others too": ("# NOQA: E501,SPL004", "splint: ignore[SPL004]"),
    "a file": ("# splint: disable-file=SPL210", "splint: ignore-file[SPL210]"),
    "a line": ("# splint: disable-next-line SPL210", "splint: ignore[SPL210]"),
    "behind noqa": ("# noqa, splint: ignore[SPL203]", "splint: ignore[SPL203]"),
    "behind noqa of others": ("# noqa: E501, splint: ignore[SPL203]", "splint: ignore[SPL203]"),
    "behind a reason": (
        "# agreed with Ann; splint: ignore[unknown-field, SPL203]",
        "splint: ignore[unknown-field, SPL203]",
    ),
    "before a reason": ("# noqa, splint: ignore[SPL203]: agreed with Ann", "splint: ignore[SPL203]"),
    "between dashes": ("# noqa - splint: ignore[SPL203] - agreed", "splint: ignore[SPL203]"),
    "behind a reason, of a file": ("# agreed - Splint: ignore-file[SPL203]", "splint: ignore-file[SPL203]"),
}


@pytest.mark.parametrize(("comment", "form"), ALIKE.values(), ids=ALIKE)
@pytest.mark.parametrize("mark", ["#", "//"])
def test_a_comment_that_is_meant_for_splint_gets_the_right_form(
    check: Check, comment: str, form: str, mark: str
) -> None:
    comment = comment.replace("#", mark, 1)
    files = {"a.yaml": f"{comment}\n{GOOD}"} if mark == "#" else {"a.jsonc": f"{comment}\n{json.dumps(BASES['cbo'])}"}
    message = f"the comment is not written as splint reads it, and so silences nothing; write {form}"
    assert [row[1:] for row in check(files).unused] == [(1, 1, len(comment) + 1, message)]


@pytest.mark.parametrize(
    "comment",
    few(
        [
            "# noqa: E501",
            "# noqa",
            "# Splint: a linter",
            "# splint ignores this",
            "# see splint: ignore",
            "# left as it is, splint: ignore",
            "# a comment such as splint: ignore[SPL203] silences it",
            '# to silence it, write "splint: ignore[SPL203]"',
            "# to silence it, splint: ignore[CODE] stands on the line",
            "# prose about it; splint: ignore[SPL203] would silence it",
            "# url https://x/a.splint:ignore[SPL1]",
            "# splint skip it",
        ],
        4,
    ),
)
def test_other_comments_are_left_alone(check: Check, comment: str) -> None:
    assert check({"a.yaml": f"{comment}\n{GOOD}"}).unused == []
