"""`--fix`, `--unsafe-fixes` and `--diff`: what is written, what is left, what is said; `Report.fixed` for values."""

import json
import os
import re
import stat
import subprocess
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

import splint
from splint.fixes.admission import TRIALS
from splint.fixes.application import ROUNDS, applied_exactly
from splint.fixes.changed import Changed, diff, write
from splint.formats.yaml.reader import read_yaml
from splint.reporting.wording import counted
from splint.testing import BASES, base, edited
from tests.command import Command

CAMPAIGN = {**BASES["cbo"]["campaign"], "advertiser_id": 7000000000000000001}
NUMERIC = {**BASES["cbo"], "campaign": CAMPAIGN}
"""A safe fix: an id that is a number."""
APP = {**BASES["cbo"], "adgroups": [{**BASES["cbo"]["adgroups"][0], "promotion_type": "APP_IOS"}]}
"""An unsafe fix: another promotion."""
BOTH = {**APP, "campaign": CAMPAIGN}
ZERO = {**BASES["cbo"], "campaign": {**BASES["cbo"]["campaign"], "budget": 0}}
"""An error without a fix."""


@pytest.fixture
def run(tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run `splint check` in a directory of its own."""
    monkeypatch.chdir(tmp_path)
    return partial(command, "check")


def put(name: str, value: Any) -> Path:
    path = Path(name)
    path.write_text(value if isinstance(value, str) else json.dumps(value, indent=2))
    return path


@pytest.mark.parametrize(
    ("value", "options", "status", "said"),
    [
        (NUMERIC, "--fix", 0, "fixed 1 finding in 1 file"),
        (NUMERIC, "--fix --unsafe-fixes", 0, "fixed 1 finding in 1 file"),
        (NUMERIC, "", 1, ""),
        (NUMERIC, "--unsafe-fixes", 2, "--unsafe-fixes needs --fix or --diff"),
        (NUMERIC, "--diff --output-format json", 2, "leave --output-format out"),
        (NUMERIC, "--diff --write-baseline", 2, "leave --write-baseline out"),
        (APP, "--fix", 1, "fixed 0 findings in 0 files; 1 more with --unsafe-fixes"),
        (APP, "--fix --unsafe-fixes", 0, "fixed 1 finding in 1 file"),
        (BOTH, "--fix", 1, "fixed 1 finding in 1 file; 1 more with --unsafe-fixes"),
        (ZERO, "--fix --unsafe-fixes", 1, "fixed 0 findings in 0 files"),
        (BASES["cbo"], "--fix", 0, "fixed 0 findings in 0 files"),
        (NUMERIC, "--diff", 1, "would fix 1 finding in 1 file"),
        (APP, "--diff", 0, "would fix 0 findings in 0 files; 1 more with --unsafe-fixes"),
        (APP, "--diff --unsafe-fixes", 1, "would fix 1 finding in 1 file"),
        (ZERO, "--diff", 0, "would fix 0 findings in 0 files"),
        (NUMERIC, "--fix --exit-zero", 0, "fixed 1 finding"),
    ],
    ids=str,
)
def test_the_exit_status_counts_findings_left(run: Command, value: Any, options: str, status: int, said: str) -> None:
    """1 while findings remain, for --diff while there would be a change; the counts go to standard error."""
    path = put("a.json", value)
    before = path.read_text()
    outcome = run("a.json", *options.split())
    assert outcome.status == status
    assert said in outcome.err
    assert (path.read_text() != before) == ("--fix" in options.split() and said.startswith("fixed 1"))


def test_what_is_fixed_is_what_the_title_says(run: Command) -> None:
    path = put("a.json", BOTH)
    run("a.json", "--fix", "--unsafe-fixes")
    assert json.loads(path.read_text()) == BASES["cbo"]


def test_the_report_is_of_the_files_as_they_are_afterwards(run: Command) -> None:
    """And says what more could be fixed."""
    put("a.json", BOTH)
    before = json.loads(run("a.json", "--output-format", "json").out)
    assert before["summary"]["fixable"] == 2
    after = json.loads(run("a.json", "--fix", "--output-format", "json").out)
    assert [diagnostic["code"] for diagnostic in after["diagnostics"]] == ["SPL201"]
    assert after["summary"]["fixable"] == 1


def test_the_report_has_a_fix_as_edits_and_as_a_patch(run: Command) -> None:
    """With title and applicability; null where there is none."""
    text = put("a.json", BOTH).read_text()
    fixes = {
        entry["code"]: entry["fix"] for entry in json.loads(run("a.json", "--output-format", "json").out)["diagnostics"]
    }
    numeric = fixes["SPL006"]
    assert (numeric["title"], numeric["applicability"]) == ("quote the digits of advertiser_id", "safe")
    assert numeric["patch"] == [{"op": "replace", "path": "/campaign/advertiser_id", "value": "7000000000000000001"}]
    [edit] = numeric["edits"]
    start, end = edit["range"]["start"]["offset"], edit["range"]["end"]["offset"]
    assert (text[start:end], edit["content"]) == ("7000000000000000001", '"7000000000000000001"')
    assert fixes["SPL201"]["applicability"] == "unsafe"
    put("b.json", ZERO)
    assert [entry["fix"] for entry in json.loads(run("b.json", "--output-format", "json").out)["diagnostics"]] == [None]


def test_full_output_mentions_fixes(run: Command) -> None:
    put("a.json", BOTH)
    out = run("a.json").out
    assert "= fix: quote the digits of advertiser_id (safe)" in out
    assert out.endswith("; 1 with a fix (--fix), 1 more with --unsafe-fixes\n")


def test_a_diff_is_one_that_git_takes(run: Command, tmp_path: Path) -> None:
    """Names with spaces, quotes and letters beyond ASCII, CRLF and a missing last newline included."""
    names = ["a.json", "b c.json", 'q"uote.json', "ü.json", "deep/x.yaml", "crlf.json", "end.json"]
    Path("deep").mkdir()
    for name in names:
        put(name, NUMERIC)
    Path("crlf.json").write_bytes(json.dumps(NUMERIC, indent=1).replace("\n", "\r\n").encode() + b"\r\n")
    Path("end.json").write_text(json.dumps(NUMERIC))
    subprocess.run(["git", "init", "--quiet", "."], check=True)
    outcome = run(".", "--diff", "--isolated")
    assert outcome.status == 1
    before = {name: Path(name).read_bytes() for name in names}
    subprocess.run(["git", "apply", "-"], input=outcome.out.encode(), check=True)
    taken = {name: Path(name).read_bytes() for name in names}
    assert all(taken[name] != before[name] for name in names)
    for name in names:
        Path(name).write_bytes(before[name])
    assert run(".", "--fix", "--isolated").status == 0
    assert {name: Path(name).read_bytes() for name in names} == taken


def test_nothing_but_the_edit_changes_on_disk(run: Command) -> None:
    """Mode and symlink stay; a file without a fix is not written."""
    target = put("target.json", NUMERIC)
    target.chmod(0o640)
    Path("link.json").symlink_to("target.json")
    other = put("other.json", ZERO)
    os.utime(other, (1, 1))
    assert run("link.json", "other.json", "--fix").status == 1
    assert Path("link.json").is_symlink()
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert json.loads(target.read_text())["campaign"]["advertiser_id"] == "7000000000000000001"
    assert other.stat().st_mtime == 1
    assert sorted(path.name for path in Path().iterdir()) == ["link.json", "other.json", "target.json"]


def test_a_file_under_two_names_is_fixed_once(run: Command) -> None:
    put("target.json", NUMERIC)
    Path("link.json").symlink_to("target.json")
    outcome = run(".", "--fix")
    assert outcome.status == 0, outcome
    assert "in 1 file" in outcome.err


def test_a_file_that_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    """It is named, and is a tool error of the run."""
    path = tmp_path / "a.json"
    path.write_text("newer")
    [notification] = write([Changed("a.json", str(path), b"older", b"fixed", 1)])
    assert (notification.kind, notification.path) == ("unwritable-file", "a.json")
    assert "changed since it was read" in notification.message
    assert path.read_text() == "newer"


def test_what_cannot_be_written_makes_the_status_2(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put("a.json", NUMERIC)
    before = path.read_text()

    def full(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    outcome = run("a.json", "--fix")
    assert outcome.status == 2
    assert "a.json: the fixes cannot be written: No space left on device" in outcome.out + outcome.err
    assert "fixed 0 findings" in outcome.err
    assert path.read_text() == before


def test_the_report_is_of_what_is_on_disk(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a write that failed too, and of a body that a script takes out of a file."""
    put("body.json", CAMPAIGN)
    url = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
    put("send.sh", f"curl -X POST {url} -d @body.json\n")
    assert run("send.sh", "--fail-on", "error").status == 1
    outcome = run("send.sh", "body.json", "--fix")
    assert (outcome.status, "SPL006" in outcome.out) == (0, False)
    put("a.json", NUMERIC)
    monkeypatch.setattr(
        "splint.files.atomic.rewrite", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    outcome = run("a.json", "--fix")
    assert "SPL006" in outcome.out
    assert "fixed 0 findings in 0 files" in outcome.err


def test_standard_input_is_not_taken_for_a_file_of_its_name(run: Command) -> None:
    """Their findings bear one path: nobody could tell whose fix it is."""
    path = put("a.json", NUMERIC)
    outcome = run("-", "a.json", "--stdin-filename", "a.json", "--fix", stdin=json.dumps(NUMERIC))
    assert outcome.status == 2
    assert "a.json is both standard input and a file of this run" in outcome.err
    assert json.loads(path.read_text()) == NUMERIC


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("advertiser_id: 0123456 # zero\nobjective_type: WEB_CONVERSIONS\n", None),
        ("advertiser_id: 0x2A\nobjective_type: WEB_CONVERSIONS\n", None),
        (
            "objective_type: WEB_CONVERSIONS\nadvertiser_id: 98765432109876543210987\n",
            'objective_type: WEB_CONVERSIONS\nadvertiser_id: "98765432109876543210987"\n',
        ),
    ],
)
def test_only_plain_digits_become_an_id(run: Command, text: str, after: str | None) -> None:
    path = put("a.yaml", text)
    run("a.yaml", "--fix")
    assert path.read_text() == (after or text)


def test_an_id_of_more_than_64_bits_keeps_its_digits(run: Command) -> None:
    """A JSON parser has rounded them: what is quoted stands in the file, and a value that is none has no fix."""
    digits = "70000000000000000000000001"
    path = put("a.json", f'{{"objective_type": "WEB_CONVERSIONS", "advertiser_id": {digits}}}')
    assert f"advertiser_id is {digits}, but IDs are strings" in run("a.json").out
    run("a.json", "--fix")
    assert path.read_text() == f'{{"objective_type": "WEB_CONVERSIONS", "advertiser_id": "{digits}"}}'
    value = {"objective_type": "WEB_CONVERSIONS", "advertiser_id": 7e25}
    assert splint.check(value).fixed() == value


@pytest.mark.parametrize("suffix", ["json", "jsonc", "yaml"])
def test_nothing_in_an_object_that_holds_a_key_twice_is_edited(run: Command, suffix: str) -> None:
    """Nor in what it holds: which of the two is meant is not known. What stands beside it is."""
    number, twice = '"advertiser_id": 7000000000000000001', '"campaign_name": "S", "campaign_name": "T"'
    group = '"adgroup_name": "US", "targeting_spec": {"saved_audience_id": 7000000000000000002}'
    for text, left in (
        (f'{{"campaign": {{{number}, {twice}}}}}', 1),
        (f'{{"campaign": {{{number}}}, "adgroups": [{{"u": {{{twice}}}, {group}}}]}}', 0),
        (f'{{"campaign": {{{number}}}, "adgroups": [{{"adgroup_name": "T", {group}}}]}}', 1),
        (f'{{"campaign": {{}}, {group}, "campaign": {{{number}}}}}', 2),
    ):
        run(str(put(f"a.{suffix}", text)), "--fix", "--select", "SPL006")
        assert len(re.findall(r" 7\d+", Path(f"a.{suffix}").read_text())) == left, text


def test_two_values_do_not_become_one(run: Command) -> None:
    path = put("a.json", {"adgroup_name": "A", "placements": ["PLACEMENT_TIKTOC", "PLACEMENT_TIKTOK_"]})
    run("a.json", "--fix", "--unsafe-fixes")
    assert json.loads(path.read_text())["placements"] == ["PLACEMENT_TIKTOK", "PLACEMENT_TIKTOK_"]


def test_fixes_that_would_meet_wait_for_each_other(run: Command) -> None:
    """Each leaves a mapping that is one, together they would leave nothing of it."""
    Path("harm.py").write_text(EMPTYING)
    text = "campaign:\n  objective_type: WEB_CONVERSIONS\n  budget_mode:\n    one: 1\n    # why\n    two: 2\n"
    path = put("a.yaml", text)
    run("a.yaml", "--fix", "--plugin", "harm.py", "--select", "ZZ001")
    assert path.read_text() == text.replace("    one: 1\n", "")


def test_fixes_that_meet_are_found_in_a_few_readings(tmp_path: Path) -> None:
    """However many others there are: not one reading for each."""
    (tmp_path / "harm.py").write_text(EMPTYING)
    one = "- objective_type: WEB_CONVERSIONS\n  advertiser_id: 7000000000000000001\n"
    path = tmp_path / "a.yaml"
    path.write_text(one * 200 + one + "  budget_mode:\n    one: 1\n    # why\n    two: 2\n" + one * 55)
    report = splint.check(path, plugins=[str(tmp_path / "harm.py")], select=["ZZ001", "SPL006"])
    readings = []

    def read(data: bytes) -> list[Any]:
        readings.append(data)
        return list(read_yaml(str(path), BytesIO(data)))

    found = [one for one in report.diagnostics if one.fix is not None]
    after, taken = applied_exactly(read, path.read_bytes(), found)
    assert (len(found), len(taken)) == (258, 257)
    assert after.count(b'"7000000000000000001"') == 256
    assert len(readings) < 30


EMPTYING = '''
import splint
from splint.payloads.nodes import Campaign, Fix, Operation, Location

@splint.rule("ZZ001", "emptying", on=Campaign, level="warning", section="x", basis="sanity", fix="safe")
def emptying(campaign):
    """Its fixes take away what a mapping holds."""
    for name in campaign.written["budget_mode"]:
        location = Location(campaign.document, f"{campaign.pointer}/budget_mode/{name}")
        fix = Fix(f"remove {name}", (Operation("remove", location, None),), is_safe=True)
        yield campaign.finding("budget_mode", name, "b", fix=fix)

PACK = splint.Pack("harm", "ZZ", "Harm", None, (emptying,))

@splint.hookimpl
def splint_rules():
    return PACK
'''


HARMFUL = '''
import splint
from splint.payloads.nodes import Campaign, Fix

@splint.rule("ZZ001", "harmful", on=Campaign, level="warning", section="x", basis="sanity", fix="safe")
def harmful(campaign):
    """Its fix breaks the budget."""
    if campaign.budget != 0:
        fix = Fix("set budget to 0", (campaign.put("budget", 0),), is_safe=True)
        yield campaign.finding("budget", "a", "b", fix=fix)

@splint.rule("ZZ002", "restless", on=Campaign, level="warning", section="x", basis="sanity", fix="safe")
def restless(campaign):
    """Its fix never ends."""
    if campaign.campaign_name.endswith("!"):
        longer = campaign.campaign_name + "!"
        fix = Fix("call louder", (campaign.put("campaign_name", longer),), is_safe=True)
        yield campaign.finding("campaign_name", "a", "b", fix=fix)

PACK = splint.Pack("harm", "ZZ", "Harm", None, (harmful, restless))

@splint.hookimpl
def splint_rules():
    return PACK
'''


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_a_fix_that_brings_in_an_error_is_left_out(run: Command, option: str) -> None:
    """It is named with what it would bring in; the others of its file and of other files are applied all the same."""
    Path("harm.py").write_text(HARMFUL)
    put("a.json", NUMERIC), put("b.json", {"campaign": {**CAMPAIGN, "budget": 0}, "adgroups": []})
    found = run("a.json", "b.json", "--plugin", "harm.py").out
    assert found.endswith("; 3 with a fix (--fix)\n")
    before = Path("a.json").read_text()
    outcome = run("a.json", "b.json", option, "--plugin", "harm.py", "--fail-on", "never")
    said = "a.json: left as it was at /campaign/budget: the fix of ZZ001 (set budget to 0) would bring in SPL106"
    assert outcome.err.count("left as it was") == outcome.err.count(f"{said} at /campaign/budget\n") == 1
    assert "fix 2 findings in 2 files; 1 left as it is" in outcome.err.replace("fixed", "fix")
    if option == "--fix":
        assert Path("a.json").read_text() == before.replace("7000000000000000001", '"7000000000000000001"')
        assert '"7000000000000000001"' in Path("b.json").read_text()
        assert "ZZ001" in outcome.out
        assert "with a fix" not in outcome.out


STANDING: dict[str, Any] = {
    "campaign": BASES["cbo"]["campaign"],
    "adgroups": [
        {"adgroup_name": "A", "optimization_goal": "CLICK", "billing_event": "OCPM"},
        {"adgroup_name": "B", "optimization_goal": "CLICK", "billing_event": "OCPM"},
        {"adgroup_name": "C", "optimization_goal": "CONVERT", "billing_event": "OCPM", "optimization_event": "FORM"},
    ],
}
"""The last ad group is unlike the others in its goal and event, and once both fixes are made in its billing too."""


def test_what_a_fix_would_bring_in_is_told_without_the_errors_that_stand_there(run: Command) -> None:
    put("a.json", STANDING)
    outcome = run("a.json", "--fix", "--profile", "reference", "--select", "REF202,SPL402", "--fail-on", "never")
    said = "(set billing_event to CPC) would bring in SPL402 at /adgroups/2/billing_event\n"
    assert outcome.err.count("would bring in") == outcome.err.count(said) == 2


UNLIKE: dict[str, Any] = {
    "campaign": {**BASES["cbo"]["campaign"], "advertiser_id": 7000000000000000001},
    "adgroups": [
        {"adgroup_name": "A", "optimization_goal": "CONVERT", "billing_event": "CPC"},
        {"adgroup_name": "B", "optimization_goal": "CONVERT", "billing_event": "OCPM"},
        {"adgroup_name": "C", "optimization_goal": "CLICK", "billing_event": "OCPM"},
    ],
}
"""Both fixes of REF202 are fine, but the last ad group is then one that SPL402 finds unlike the others."""
REFERENCE = "--profile reference --select REF202,SPL006,SPL402"


def test_an_error_is_not_taken_for_one_that_goes_elsewhere(run: Command) -> None:
    """SPL402 leaves the first ad group for the last: as many errors of a code, on other objects, are others."""
    path = put("a.json", UNLIKE)
    for _ in range(2):  # what was left out is left out again
        before = json.loads(path.read_text())
        report = json.loads(run("a.json", *REFERENCE.split(), "--output-format", "json").out)
        known = {(one["code"], one["pointer"].rpartition("/")[0]) for one in report["diagnostics"]}
        outcome = run("a.json", "--fix", *REFERENCE.split(), "--output-format", "json")
        after = json.loads(outcome.out)
        assert {(one["code"], one["pointer"].rpartition("/")[0]) for one in after["diagnostics"]} <= known
        assert "at /adgroups/2/billing_event: the fix of REF202 (set billing_event to CPC) would bring" in outcome.err
        assert "SPL402 at /adgroups/2/" in outcome.err
        assert after["summary"]["fixable"] == sum(one["fix"] is not None for one in after["diagnostics"]) == 0
    assert json.loads(path.read_text()) == before
    assert before["campaign"]["advertiser_id"] == "7000000000000000001"
    assert [group["billing_event"] for group in before["adgroups"]] == ["OCPM", "OCPM", "OCPM"]


TRADING = '''
import splint
from splint.payloads.nodes import AdGroup, Fix

WANTED = {"optimization_event": "SHOPPING", "billing_event": "CPC"}

@splint.rule("ZZ001", "trading", on=AdGroup, level="warning", section="x", basis="sanity", fix="safe")
def trading(group):
    """Its fixes make the last ad group like the others in one field, and unlike them in another."""
    for name, value in WANTED.items() if group.adgroup_name == "C" else ():
        if getattr(group, name) != value:
            fix = Fix(f"set {name}", (group.put(name, value),), is_safe=True)
            yield group.finding(name, "a", "b", fix=fix)

PACK = splint.Pack("trade", "ZZ", "Trade", None, (trading,))

@splint.hookimpl
def splint_rules():
    return PACK
'''


def test_an_error_is_not_taken_for_one_that_goes_from_another_field(run: Command) -> None:
    """SPL402 leaves the event of the ad group for its billing: as many errors of it, on other fields, are others."""
    Path("trade.py").write_text(TRADING)
    same = {"optimization_goal": "CLICK", "billing_event": "OCPM", "optimization_event": "SHOPPING"}
    groups = [{"adgroup_name": name, **same} for name in "AB"]
    groups.append({"adgroup_name": "C", **same, "optimization_event": "FORM"})
    path = put("a.json", {"campaign": BASES["cbo"]["campaign"], "adgroups": groups})
    options = ["--plugin", "trade.py", "--profile", "reference", "--select", "ZZ001,SPL402", "--fail-on", "never"]
    outcome = run("a.json", "--fix", *options)
    assert "(set billing_event) would bring in SPL402 at /adgroups/2/billing_event\n" in outcome.err
    fixed = json.loads(path.read_text())["adgroups"][2]
    assert (fixed["optimization_event"], fixed["billing_event"]) == ("SHOPPING", "OCPM")


BIDS: dict[str, Any] = {
    "campaign": BASES["cbo"]["campaign"],
    "adgroups": [
        {"adgroup_name": "A", "bid_type": "BID_TYPE_NO_BID", "bid_price": "5"},
        {"adgroup_name": "B", "bid_type": "BID_TYPE_NO_BID", "bid_price": 5},
        {"adgroup_name": "C", "bid_type": "BID_TYPE_NO_BID", "bid_price": 5},
    ],
}
"""Bids without effect, one of them a text: SPL402 finds the ad groups unlike if some of them lose theirs."""


def test_a_fix_that_is_left_out_is_tried_again_once_another_is_applied(run: Command) -> None:
    """All together bring in no error: a second run has nothing to do, and a value and its text come out the same."""
    path, options = put("a.json", BIDS), ["--select", "SPL003,SPL209,SPL402", "--unsafe-fixes"]
    outcome = run("a.json", "--fix", *options)
    assert outcome.err == "splint: fixed 4 findings in 1 file\n"
    fixed = json.loads(path.read_text())
    assert [group.keys() for group in fixed["adgroups"]] == [{"adgroup_name", "bid_type"}] * 3
    assert "fixed 0 findings in 0 files" in run("a.json", "--fix", *options).err
    for given in (BIDS, json.dumps(BIDS)):
        report = splint.check(given, select=["SPL003", "SPL209", "SPL402"])
        told = report.fixed(unsafe=True)
        assert (told if isinstance(told, dict) else json.loads(told)) == fixed


def test_what_a_later_round_lets_in_is_offered(run: Command) -> None:
    put("a.json", {**BIDS, "campaign": {**BIDS["campaign"], "advertiser_id": 7000000000000000001}})
    outcome = run("a.json", "--fix", "--select", "SPL003,SPL006,SPL209,SPL402")
    assert "fixed 1 finding in 1 file; 3 more with --unsafe-fixes\n" in outcome.err


def test_fixes_of_one_rule_that_only_together_bring_in_no_error_are_applied(run: Command) -> None:
    """Beside one of another rule that brings in an error."""
    Path("harm.py").write_text(unsafe_harm())
    groups = [{**group, "bid_price": 5} for group in BIDS["adgroups"]]
    path = put("a.json", {"campaign": {**BIDS["campaign"], "budget": 500}, "adgroups": groups})
    options = ["--plugin", "harm.py", "--select", "SPL209,SPL402,SPL106,ZZ001", "--fail-on", "never"]
    outcome = run("a.json", "--fix", "--unsafe-fixes", *options)
    assert "fixed 3 findings in 1 file; 1 left as it is\n" in outcome.err
    assert not any("bid_price" in group for group in json.loads(path.read_text())["adgroups"])


@pytest.mark.parametrize("name", ["a.json", "a.yaml"])
@pytest.mark.parametrize(("label", "after", "count"), [("Shop Now", "SHOP_NOW", 2), ("Colour", "Colour", 1)])
def test_an_error_that_moves_with_its_value_is_not_new(
    run: Command, name: str, label: str, after: str, count: int
) -> None:
    """Whether it has a fix of its own or none."""
    conf = {"identity_type": "CUSTOMIZED_USER", "call_to_action_list": [{"call_to_action": label}]}
    ad = {"ad_name": "A", "adgroup_id": "1", "ad_configuration": conf}
    path = put(name, ad)
    options = ["--profile", "reference", "--select", "REF002,REF308"]
    outcome = run(name, "--fix", "--unsafe-fixes", *options)
    assert outcome.err == f"splint: fixed {counted(count, 'finding')} in 1 file\n"
    fixed = json.loads(path.read_text())
    assert fixed == splint.check(ad, profile="reference", select=["REF002", "REF308"]).fixed(unsafe=True)
    assert fixed["call_to_action_list"] == [{"call_to_action": after}]


def unsafe_harm() -> str:
    return HARMFUL.replace("is_safe=True", "is_safe=False", 1)


@pytest.mark.parametrize("form", ["concise", "full", "json"])
def test_what_would_be_left_out_is_not_offered(run: Command, form: str) -> None:
    """Where --fix has safe fixes alone to apply, it still knows what --unsafe-fixes would not do."""
    Path("harm.py").write_text(unsafe_harm())
    put("a.json", BOTH)
    options = ["--plugin", "harm.py", "--fail-on", "never"]
    outcome = run("a.json", "--fix", *options, "--output-format", form)
    assert "fixed 1 finding in 1 file; 1 more with --unsafe-fixes\n" in outcome.err
    if form == "json":
        assert json.loads(outcome.out)["summary"]["fixable"] == 1
    else:
        assert "; 1 with a fix (--fix --unsafe-fixes)\n" in outcome.out
    assert "would fix 1 finding in 1 file; 1 left as it is\n" in run("a.json", "--diff", "--unsafe-fixes", *options).err
    assert "would fix 0 findings in 0 files; 1 more with --unsafe" in run("a.json", "--diff", *options).err


def test_safe_fixes_outlive_unsafe_ones_that_bring_in_errors(run: Command) -> None:
    Path("harm.py").write_text(unsafe_harm())
    path = put("a.json", NUMERIC)
    outcome = run("a.json", "--fix", "--unsafe-fixes", "--plugin", "harm.py", "--fail-on", "never")
    assert "fixed 1 finding in 1 file; 1 left as it is\n" in outcome.err
    assert json.loads(path.read_text()) == BASES["cbo"]


def test_of_many_fixes_the_ones_at_fault_are_found(run: Command) -> None:
    """In a few checks, wherever they stand; no more than ten are told of one by one."""
    Path("harm.py").write_text(HARMFUL)
    ids = [{**CAMPAIGN, "budget": 500 if at in (3, 17) else 0} for at in range(24)]
    path = put("a.json", ids)
    outcome = run("a.json", "--fix", "--plugin", "harm.py", "--select", "ZZ001,SPL006,SPL106")
    assert outcome.err.count("left as it was at /3/budget") == outcome.err.count("left as it was at /17/budget") == 1
    assert "fixed 24 findings in 1 file; 2 left as they are" in outcome.err
    assert {one["advertiser_id"] for one in json.loads(path.read_text())} == {"7000000000000000001"}


def test_a_table_without_payloads_beside_a_fix_that_is_left_out_is_passed_over(run: Command) -> None:
    Path("harm.py").write_text(HARMFUL)
    put("a.json", {**CAMPAIGN, "budget": 500})
    Path("b.arrow").write_bytes(b"ARROW1 campaign_id \xff")
    outcome = run(".", "--fix", "--plugin", "harm.py", "--select", "ZZ001,SPL006,SPL106", "--fail-on", "never")
    assert (outcome.status, "internal error" in outcome.err) == (0, False)
    assert "would bring in SPL106 at /budget\n" in outcome.err
    assert "fixed 1 finding in 1 file; 1 left as it is\n" in outcome.err


def test_what_is_unused_beside_some_of_the_files_is_no_reason_to_leave_a_fix_out(run: Command) -> None:
    Path("harm.py").write_text(HARMFUL)
    settings = 'select = ["ZZ001", "SPL004", "SPL006", "SPL009", "SPL106"]\n[severity]\nSPL009 = "error"\n'
    put("splint.toml", f'plugins = ["harm.py"]\n{settings}[per-file-ignores]\n"b*.json" = ["SPL004"]\n')
    put("a.json", {**CAMPAIGN, "budget": 500})
    put("b.json", {**CAMPAIGN, "advertiser_id": "7", "budget": 0, "colour": 1})
    outcome = run(".", "--fix", "--fail-on", "never")
    assert "SPL009" not in outcome.err
    assert "fixed 1 finding in 1 file" in outcome.err


@pytest.mark.slow
def test_fixes_of_files_that_share_no_object_are_left_out_for_their_own_errors_alone(run: Command) -> None:
    """However many files have one that is left out: each has its other fixes, and a second run changes nothing."""
    Path("harm.py").write_text(HARMFUL)
    Path("all").mkdir()
    paths = [put(f"all/{at:02}.json", {**CAMPAIGN, "budget": 500}) for at in range(TRIALS + 5)]
    options = ["--plugin", "harm.py", "--select", "ZZ001,SPL006,SPL106", "--fail-on", "never"]
    outcome = run("all", "--fix", *options)
    assert f"fixed {len(paths)} findings in {len(paths)} files; {len(paths)} left as they are\n" in outcome.err
    assert outcome.err.count("would bring in SPL106 at /budget\n") == len(paths)  # of the file itself
    assert {json.loads(path.read_text())["advertiser_id"] for path in paths} == {"7000000000000000001"}
    assert "fixed 0 findings in 0 files" in run("all", "--fix", *options).err


def test_fixes_of_files_that_share_an_object_are_tried_together(run: Command) -> None:
    """The last ad group, in a file of its own, may become unlike those of another file that has the same campaign."""
    Path("trade.py").write_text(TRADING)
    campaign = {**BASES["cbo"]["campaign"], "campaign_id": "5", "create_time": "2026-01-01 00:00:00"}
    same = {"campaign_id": "5", "optimization_goal": "CLICK", "billing_event": "OCPM", "optimization_event": "SHOPPING"}
    Path("all").mkdir()
    put("all/a.json", [campaign, *({**same, "adgroup_name": name} for name in "AB")])
    path = put("all/c.json", {**same, "adgroup_name": "C", "optimization_event": "FORM"})
    alone = put("all/d.json", {**same, "campaign_id": "6", "adgroup_name": "C"})
    options = ["--plugin", "trade.py", "--profile", "reference", "--select", "ZZ001,SPL402", "--fail-on", "never"]
    outcome = run("all", "--fix", *options)
    assert outcome.err.count("would bring in") == 1
    assert "all/c.json: left as it was at /billing_event: the fix of ZZ001 (set billing_event)" in outcome.err
    assert json.loads(path.read_text())["optimization_event"] == "SHOPPING"
    assert json.loads(alone.read_text())["billing_event"] == "CPC"


def test_a_value_and_a_text_keep_the_fixes_that_bring_in_no_error(tmp_path: Path) -> None:
    path = tmp_path / "harm.py"
    path.write_text(HARMFUL)
    for given in (NUMERIC, json.dumps(NUMERIC)):
        fixed = splint.check(given, plugins=[str(path)]).fixed()
        assert (fixed if isinstance(fixed, dict) else json.loads(fixed)) == BASES["cbo"]


def test_a_body_that_cannot_be_read_shifts_no_fix_of_another(run: Command) -> None:
    url = "https://business-api.tiktok.com/open_api/v1.3/smart_plus"
    broken = f"curl -X POST {url}/adgroup/create/ -H 'Access-Token: $T' -d '{{\"adgroup_name\": \"x\",}}'\n"
    fixable = f"curl -X POST {url}/campaign/create/ -d '{json.dumps(CAMPAIGN)}'\n"
    for name, text in {"a.sh": broken + fixable, "b.sh": fixable + broken}.items():
        path = put(name, text)
        assert "fixed 1 finding in 1 file" in run(name, "--fix").err
        assert path.read_text() == text.replace("7000000000000000001", '"7000000000000000001"')


@pytest.mark.parametrize("other", ["https://sandbox-ads.tiktok.com/open_api/v1.3/smart_plus/campaign/create/", "$LOG"])
def test_a_body_that_is_sent_to_two_urls_is_told_of_and_fixed_once(run: Command, other: str) -> None:
    url = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
    sent = "".join(f'curl -X POST "{to}" -d "$B"\n' for to in (url, other))
    path = put("a.sh", text := f"B='{json.dumps(CAMPAIGN)}'\n{sent}")
    (one,) = run("a.sh", "--output-format", "json").report["diagnostics"]
    assert (one["code"], "(in 2 places)" in one["message"]) == ("SPL006", True)
    assert "fixed 1 finding in 1 file" in run("a.sh", "--fix").err
    assert path.read_text() == text.replace("7000000000000000001", '"7000000000000000001"')


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_an_internal_error_in_one_file_leaves_the_others_fixed(
    run: Command, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    put("a.json", NUMERIC), put("b.json", {**NUMERIC, "campaign": {**CAMPAIGN, "campaign_name": "crash"}})

    def crashing(read: Any, data: bytes, wanted: Any) -> Any:
        if b"crash" in data:
            raise TypeError("oops")
        return applied_exactly(read, data, wanted)

    monkeypatch.setattr("splint.fixes.rounds.applied_exactly", crashing)
    outcome = run("a.json", "b.json", option)
    assert outcome.status == 2
    assert "b.json: left as it was: internal error: TypeError: oops" in outcome.out + outcome.err
    assert "1 finding in 1 file; 1 left as it is" in outcome.err


def test_fixing_ends_after_ten_rounds(run: Command) -> None:
    """Whatever a rule of anybody's asks for."""
    Path("harm.py").write_text(HARMFUL)
    path = put("a.json", {"campaign": {**BASES["cbo"]["campaign"], "campaign_name": "Hey!"}})
    run("a.json", "--fix", "--plugin", "harm.py", "--ignore", "ZZ001")
    assert json.loads(path.read_text())["campaign"]["campaign_name"] == "Hey!" + "!" * ROUNDS


def test_standard_input_comes_back_fixed(run: Command) -> None:
    """On standard output, and the report on standard error."""
    outcome = run("-", "--fix", stdin=json.dumps(NUMERIC))
    assert outcome.status == 0
    assert json.loads(outcome.out) == BASES["cbo"]
    assert "no findings" in outcome.err
    untouched = run("-", "--fix", stdin=json.dumps(ZERO))
    assert (untouched.status, untouched.out) == (1, json.dumps(ZERO))
    assert run("-", "--diff", stdin=json.dumps(NUMERIC)).out.startswith("--- a/-\n+++ b/-\n")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_suppressed_findings_are_not_fixed(run: Command, jobs: str) -> None:
    Path("splint.toml").write_text('[per-file-ignores]\n"a.json" = ["SPL006"]\n')
    kept, fixed = put("a.json", NUMERIC), put("b.json", NUMERIC)
    before = kept.read_text()
    run(".", "--fix", "--jobs", jobs)
    assert kept.read_text() == before
    assert fixed.read_text() != before


def test_settings_may_ask_for_fixes(run: Command) -> None:
    Path("splint.toml").write_text("fix = true\nunsafe-fixes = true\n")
    path = put("a.json", BOTH)
    assert run("a.json").status == 0
    assert json.loads(path.read_text()) == BASES["cbo"]


def test_a_comment_that_silences_nothing_is_removed(run: Command) -> None:
    """With its line when it is alone there, with the blanks before it when not."""
    text = "# splint: ignore[SPL101]\nobjective_type: WEB_CONVERSIONS # splint: ignore[SPL101, SPL106] why\nbudget: 0\n"
    path = put("a.yaml", text)
    run("a.yaml", "--fix")
    assert path.read_text() == "objective_type: WEB_CONVERSIONS\nbudget: 0\n"


@pytest.mark.parametrize("unsafe", [True, False])
def test_a_value_is_fixed_as_a_copy(unsafe: bool) -> None:
    """The value that was given stays as it is."""
    given = json.loads(json.dumps(BOTH))
    report = splint.check(given)
    assert report.fixed(unsafe=unsafe) == (BASES["cbo"] if unsafe else APP)
    assert given == BOTH


@pytest.mark.parametrize("form", [str, bytes])
def test_a_text_is_fixed_as_a_text(form: type) -> None:
    """Its layout is kept."""
    text = json.dumps(NUMERIC, indent=3)
    fixed = splint.check(text if form is str else text.encode()).fixed()
    assert fixed == (text.replace(": 7000000000000000001", ': "7000000000000000001"') if form is str else None) or (
        form is bytes and fixed == text.replace(": 7000000000000000001", ': "7000000000000000001"').encode()
    )


def test_a_report_of_files_has_no_value_to_fix(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(NUMERIC))
    with pytest.raises(TypeError, match="splint check --fix"):
        splint.check(path).fixed()


def test_a_value_that_nothing_is_wrong_with_comes_back_equal() -> None:
    assert splint.check(BASES["cbo"]).fixed(unsafe=True) == BASES["cbo"]


def test_a_diff_of_nothing_is_empty() -> None:
    assert diff([]) == b""


def test_what_is_in_the_baseline_is_not_fixed(run: Command) -> None:
    """In no round; and what is fixed is pruned."""
    path = put("a.yaml", "objective_type: WEB_CONVERSIONS\ncampaign_id: 12345678901234\nadvertiser_id: '7'\n")
    run("a.yaml", "--write-baseline")
    path.write_text(path.read_text().replace("'7'", "7"))
    assert run("a.yaml", "--fix").status == 0
    assert path.read_text() == 'objective_type: WEB_CONVERSIONS\ncampaign_id: 12345678901234\nadvertiser_id: "7"\n'


def test_paths_in_a_diff_are_relative_to_the_repository(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """A directory that holds one of its own name, and a file beside the directory, are not mixed up."""
    Path("pay/pay").mkdir(parents=True)
    files = [put("pay/x.json", NUMERIC), put("pay/pay/x.json", NUMERIC), put("x.json", NUMERIC)]
    subprocess.run(["git", "init", "--quiet", "."], check=True)
    before = [path.read_bytes() for path in files]
    files = [path.absolute() for path in files]
    monkeypatch.chdir("pay")
    for number, name in enumerate(["x.json", "pay/x.json", "../x.json"]):
        outcome = run(name, "--diff")
        where = ".." if name.startswith("..") else "."  # git passes over what lies outside its directory
        assert ("apply this diff in" in outcome.err) == (where == "..")
        subprocess.run(["git", "apply", "-"], input=outcome.out.encode(), check=True, cwd=where)
        changed = [path.read_bytes() != old for path, old in zip(files, before, strict=True)]
        assert changed == [index == number for index in range(3)]
        files[number].write_bytes(before[number])


@pytest.mark.parametrize("names", [["../other/x.json"], ["y.json", "../other/x.json"], ["../x.json", "y.json"]])
def test_a_diff_of_files_outside_the_repository_applies_where_it_says(
    run: Command, monkeypatch: pytest.MonkeyPatch, names: list[str]
) -> None:
    for directory in ("repository", "other"):
        Path(directory).mkdir()
    for name in ("repository/y.json", "other/x.json", "x.json"):
        put(name, NUMERIC)
    monkeypatch.chdir("repository")
    subprocess.run(["git", "init", "--quiet", "."], check=True)
    outcome = run(*names, "--diff")
    where = outcome.err.partition("apply this diff in ")[2].splitlines()[0]
    subprocess.run(["git", "apply", "-"], input=outcome.out.encode(), check=True, cwd=where)
    assert run(*names, "--select", "SPL006").status == 0


@pytest.mark.parametrize(
    ("text", "options", "status", "said"),
    [
        ("{", "", 0, "a.json: SPL001"),
        ('{"a": 1}', "", 3, "SPL002"),
        (json.dumps(NUMERIC), "--exit-zero", 0, "would fix 1 finding"),
    ],
)
def test_a_diff_says_what_could_not_be_looked_at(run: Command, text: str, options: str, status: int, said: str) -> None:
    put("a.json", text)
    outcome = run("a.json", "--diff", *options.split())
    assert (outcome.status, said in outcome.err) == (status, True)


def test_all_that_is_of_no_use_in_a_comment_goes_at_once(run: Command) -> None:
    """And a code that is misspelt stays, with its reason."""
    codes = ",".join(f"SPL1{number:02}" for number in range(1, 9)) + ",SPL2O9"
    path = put(
        "a.yaml", f"# splint: ignore[{codes}, SPL404, SPL405, SPL605, SPL606, SPL607] why\nobjective_type: LEADS\n"
    )
    run("a.yaml", "--fix", "--fact", "historical_cpa=1")
    once = path.read_text()
    assert all((word in once) == (word in ("SPL101", "SPL103", "SPL2O9")) for word in codes.split(","))
    run("a.yaml", "--fix", "--fact", "historical_cpa=1")
    assert path.read_text() == once


def test_a_fix_of_the_objective_is_taken_with_what_it_hid(run: Command) -> None:
    """Also in another file of the campaign."""
    bundle = edited(base("cbo", "guide"), {"/campaign/objective_type": "web_conversions", "/adgroups/0/bid_type": "X"})
    path = put("a.json", bundle)
    outcome = run("a.json", "--fix", "--unsafe-fixes")
    assert json.loads(path.read_text())["campaign"]["objective_type"] == "WEB_CONVERSIONS"
    assert (outcome.status, "would bring in" in outcome.err, "SPL204" in outcome.out) == (1, False, True)
    own = {"campaign_id": "7100000000000000009"}
    campaign = put("campaign.json", {**bundle["campaign"], **own})
    group = put("group.json", {**{key: of for key, of in bundle["adgroups"][0].items() if key != "ads"}, **own})
    before = group.read_text()
    assert run("campaign.json", "group.json", "--fix", "--unsafe-fixes").err.count("would bring in") == 0
    assert json.loads(campaign.read_text())["objective_type"] == "WEB_CONVERSIONS"
    assert group.read_text() == before


@pytest.mark.parametrize("word", ["WEB_CONVERSION", "web_conversions"])
def test_a_fix_of_the_objective_is_taken_with_the_destination_that_it_hid(word: str, run: Command) -> None:
    value = edited(base("cbo", "reference"), {"/campaign/objective_type": word, "/campaign/sales_destination": None})
    for name, held in (("a.json", value), ("b.json", value["campaign"])):
        path = put(name, held)
        run(name, "--fix", "--unsafe-fixes", "--profile", "reference")
        fixed = json.loads(path.read_text())
        fixed = fixed.get("campaign", fixed)
        assert (fixed["objective_type"], fixed["sales_destination"]) == ("WEB_CONVERSIONS", "WEBSITE")


WRAPPED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a campaign with a misspelt objective": (
        {"/campaign": {"value": {**BASES["cbo"]["campaign"], "objective_type": "web_conversions"}}},
        {"/campaign": BASES["cbo"]["campaign"]},
    ),
    "an ad without its texts": (
        {"/adgroups/0/ads/0": {"item": {"ad_name": "A", "creative_list": [], "ad_text_list": [{"ad_text": ""}]}}},
        {"/adgroups/0/ads/0": {"ad_name": "A", "creative_list": [], "ad_text_list": [{"ad_text": ""}]}},
    ),
    "a campaign that its ad group does not go with": (
        {
            "/campaign": {"value": {**BASES["cbo"]["campaign"], "budget_mode": "BUDGET_MODE_TOTAL"}},
            "/adgroups/0/bid_type": "BID_TYPE_CUSTOM",
            "/adgroups/0/conversion_bid_price": 5,
        },
        {"/campaign/budget_mode": "BUDGET_MODE_TOTAL", "/adgroups/0/bid_type": "BID_TYPE_CUSTOM"},
    ),
    "a misspelt mode that the schedule does not go with": (
        {"/campaign/budget_mode": "TOTAL"},
        {"/campaign/budget_mode": "BUDGET_MODE_TOTAL"},
    ),
}
"""What no rule saw before, and what is there once it is fixed."""


@pytest.mark.parametrize("name", WRAPPED)
def test_an_error_that_the_finding_hid_keeps_no_fix_away(run: Command, name: str) -> None:
    edits, after = WRAPPED[name]
    put("a.json", edited(BASES["cbo"], edits))
    outcome = run("a.json", "--fix", "--unsafe-fixes", "--fail-on", "never")
    assert "left as it" not in outcome.err
    fixed = json.loads(Path("a.json").read_text())
    assert edited(fixed, after) == fixed
    assert splint.check(fixed).active or name.endswith("objective")
