"""Files that scripts send: one file is one payload, whoever reads it."""

import json
import re
from itertools import permutations, product
from pathlib import Path
from typing import Any

import pytest

from splint import check
from splint.files.trust import in_force
from splint.server.workspace import Workspace
from splint.testing import base
from tests.command import Command
from tests.grids import diagonal, few

URL = "https://business-api.tiktok.com/open_api/v1.3/smart_plus"
HEADERS = "-H 'Access-Token: $TOKEN' -H 'Content-Type: application/json'"
ID = "1800000000000001"


def sending(*names: str, to: str = "adgroup/create") -> str:
    """A script that sends files."""
    return "".join(f"curl -X POST {URL}/{to}/ {HEADERS} -d @{name}\n" for name in names)


@pytest.fixture(autouse=True)
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A campaign and sixteen ad groups, each a file, in a directory; more than 15 others would be too many."""
    monkeypatch.chdir(tmp_path)
    value = base("cbo", "guide")
    group = {**value["adgroups"][0], "advertiser_id": "7", "campaign_id": ID}
    del group["ads"]
    put(tmp_path / "plan" / "campaign.json", {**value["campaign"], "campaign_id": ID})
    for number in range(16):
        put(tmp_path / "plan" / f"g{number}.json", {**group, "adgroup_name": f"Madrid {number}", "bogus": 1})
    return tmp_path / "plan"


def put(path: Path, value: Any) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value))


BODIES = [f"g{number}.json" for number in range(16)]
LINKED = {
    "before": {"plan/a.sh": sending(*BODIES)},
    "after": {"plan/z.sh": sending(*BODIES)},
    "two scripts": {"plan/a.sh": sending(*BODIES), "plan/z.sh": sending(*reversed(BODIES))},
    "twice": {"plan/a.sh": sending(*BODIES, *BODIES)},
    "other spellings": {"plan/a.sh": sending(*(f"../plan/./{name}" for name in BODIES))},
    "through links": {"plan/a.sh": sending(*(f"link{name}" for name in BODIES))},
    "from above": {"z.sh": sending(*(f"plan/{name}" for name in BODIES))},
}


@pytest.mark.parametrize(
    ("scripts", "setting"), few(diagonal(LINKED, list(product(["guide", "reference"], ["1", "2"]))), 3)
)
def test_a_file_that_is_sent_is_one_payload(
    scripts: str, setting: tuple[str, str], plan: Path, command: Command
) -> None:
    """Findings are those of the files alone, each once, and so is the count of payloads."""
    profile, jobs = setting
    options = ["check", "--isolated", "--profile", profile, "--jobs", jobs, "--output-format", "json", "."]
    alone = command(*options).report
    for name in BODIES:
        (plan / f"link{name}").symlink_to(name)
    for path, text in LINKED[scripts].items():
        put(plan.parent / path, text)
    report = command(*options).report
    assert places(report) == places(alone)
    assert len({one["code"] for one in report["diagnostics"]} & {"SPL401", "REF301"}) == 0
    assert report["summary"]["payloads"] == alone["summary"]["payloads"] == 17


def places(report: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one["path"], one["code"], one["message"]) for one in report["diagnostics"]]


@pytest.mark.parametrize(
    ("paths", "shown"),
    [
        (["plan/campaign.json", "plan/g0.json", "./plan/g0.json", "plan/../plan/g0.json"], "plan/g0.json"),
        (["plan/campaign.json", "plan/link.json", "plan/g0.json"], "plan/g0.json"),
        (["plan/campaign.json", "plan/link.json", "plan/a.sh"], "plan/link.json"),
        (["plan/campaign.json", "plan/link.json", "linked/g0.json"], None),
        (["linked/campaign.json", "linked"], None),
    ],
)
def test_a_file_of_several_names_is_read_once(
    paths: list[str], shown: str | None, plan: Path, command: Command
) -> None:
    """By its own name where that is among them, and the same for whoever else reads it."""
    (plan / "link.json").symlink_to("g0.json")
    (plan.parent / "linked").symlink_to("plan")
    put(plan / "a.sh", sending("g0.json"))
    report = command("check", "--isolated", "--output-format", "json", *paths).report
    found = [one["path"] for one in report["diagnostics"] if "bogus" in one["message"]]
    assert len(found) == report["summary"]["payloads"] - 1
    assert shown is None or found == [shown]


@pytest.mark.parametrize(
    "paths", list(permutations(["plan/campaign.json", "./plan/g0.json", "plan/link.json", "plan/a.sh"]))
)
def test_the_library_reads_a_file_once(paths: tuple[str, ...], plan: Path) -> None:
    """In whichever order its paths are given; the first of a file counts."""
    (plan / "link.json").symlink_to("g0.json")
    put(plan / "a.sh", sending("g0.json", "link.json", "../plan/g0.json"))
    report = check([Path(path) for path in paths])
    [found] = [one.path for one in report.active if "bogus" in one.message]
    assert found == next(path for path in map(str, map(Path, paths)) if path.endswith(("g0.json", "link.json")))
    assert report.payloads == 2


def test_an_editor_counts_a_file_once(plan: Path) -> None:
    """A buffer is judged with the script that sends it, and through a link."""
    put(plan / "a.sh", sending(*BODIES))
    (plan / "link.json").symlink_to("g0.json")
    workspace = Workspace([str(plan)], trusted=True)
    list(workspace.fill(set(workspace.find())))
    for name in ("a.sh", "g0.json", "link.json", "campaign.json"):
        found = workspace.judge(str(plan / name), {}).diagnostics
        ones = [one for ones in found.values() for one in ones]
        assert sum("bogus" in one.message for one in ones) == 16
        assert "SPL401" not in {one.code for one in ones}


def test_an_editor_passes_over_a_table_without_payloads(plan: Path) -> None:
    (plan / "a.arrow").write_bytes(b"ARROW1 campaign_id \xff")
    workspace = Workspace([str(plan)], trusted=True)
    list(workspace.fill(set(workspace.find())))
    assert workspace.index.is_fresh(str(plan / "g0.json"))
    assert not workspace.index.is_fresh(str(plan / "a.arrow"))


def test_events_that_are_sent_are_one_log(plan: Path, command: Command) -> None:
    """A record that is read again is no second report of its event."""
    record = {"event": "CompletePayment", "event_id": "1", "event_time": 1_772_323_200}
    put(plan / "events.json", {"event_source": "web", "event_source_id": "7", "data": [record]})
    url = "https://business-api.tiktok.com/open_api/v1.3/event/track/"
    options = ["check", "--isolated", "--output-format", "json", "plan"]
    alone = command(*options).report
    put(plan / "z.sh", f"curl -X POST {url} {HEADERS} -d @events.json\n")
    report = command(*options).report
    assert places(report) == places(alone)
    assert report["summary"]["payloads"] == alone["summary"]["payloads"]


def test_a_file_that_two_kinds_of_requests_send_is_judged_as_both(plan: Path, command: Command) -> None:
    """What an update may leave out, a request that creates needs: neither reading stands for the other."""
    put(plan / "a.sh", sending("g0.json") + sending("g0.json", to="adgroup/update"))
    report = command("check", "--isolated", "--output-format", "json", "plan").report
    found = [one for one in report["diagnostics"] if one["path"] == "plan/g0.json"]
    assert ["bogus" in one["message"] for one in found].count(True) == 1
    assert not any("places" in one["message"] for one in found)
    assert report["summary"]["payloads"] == 18


def test_steps_below_a_body_that_is_sent_again_keep_their_parent(plan: Path, command: Command) -> None:
    """An ad whose ad group is the second request with one body is an ad of that ad group."""
    group = json.loads((plan / "g0.json").read_text())
    del group["campaign_id"]
    put(plan / "group.json", group)
    ad = {"advertiser_id": "7", "adgroup_id": "$GROUP", "ad_name": "Film"}
    put(plan / "a.sh", 2 * (sending("group.json") + f"curl -X POST {URL}/ad/create/ {HEADERS} -d '{json.dumps(ad)}'\n"))
    outcome = command("check", "--isolated", "--output-format", "json", "plan/a.sh")
    assert outcome.report["errors"] == []
    assert outcome.report["summary"]["payloads"] == 3


@pytest.mark.parametrize("paths", [["plan/a.sh"], ["plan/a.sh", "plan/budgets.json"]], ids=["sent", "read too"])
def test_a_budget_update_is_one_payload_whatever_it_sets(paths: list[str], plan: Path, command: Command) -> None:
    """Its ad groups are judged one by one, and count with it."""
    entries = [{"adgroup_id": str(number), "budget": 50.123} for number in range(1, 4)]
    put(plan / "budgets.json", {"advertiser_id": "7", "budget": entries})
    put(plan / "a.sh", sending("budgets.json", to="adgroup/budget/update"))
    options = ["--profile", "reference", "--fact", "currency=USD", "--output-format", "json"]
    report = command("check", "--isolated", *options, *paths).report
    found = [(one["code"], one["pointer"]) for one in report["diagnostics"] if one["code"] == "REF104"]
    assert found == [("REF104", f"/budget/{index}/budget") for index in range(3)]
    assert report["summary"]["payloads"] == 1


@pytest.mark.parametrize("script", ["a.sh", "z.sh"])
def test_a_file_that_is_sent_keeps_its_fixes(script: str, plan: Path, command: Command) -> None:
    """They are offered once, and made where the file itself is checked; a file that is only sent is left alone."""
    group = json.loads((plan / "g0.json").read_text())
    put(plan / "g0.json", {**group, "pixel_id": 7100000000000000001, "placements": ["PLACEMENT_TIKTOKK"]})
    alone = command("check", "--isolated", "--output-format", "json", "plan/campaign.json", "plan/g0.json").report
    put(plan / script, sending("g0.json"))
    paths = ["plan/campaign.json", f"plan/{script}"]
    only_sent = command("check", "--isolated", "--output-format", "json", *paths).report
    assert places(only_sent) == places(alone)
    assert not any(one["fix"] for one in only_sent["diagnostics"])
    report = command("check", "--isolated", "--output-format", "json", "plan/g0.json", *paths).report
    assert report["diagnostics"] == alone["diagnostics"]
    assert any(one["fix"] for one in report["diagnostics"])
    before = (plan / "g0.json").read_text()
    command("check", "--isolated", "--fix", *paths)
    assert (plan / "g0.json").read_text() == before
    command("check", "--isolated", "--fix", "plan/g0.json", *paths)
    assert '"7100000000000000001"' in (plan / "g0.json").read_text()


HOST = "https://business-api.tiktok.com/open_api/v1.3"
MANUAL = f"curl -X POST {HOST}/campaign/create/ {HEADERS}"
PINTEREST = "curl -X POST https://api.pinterest.com/v5/ad_accounts/1/campaigns"
ELSEWHERE = {
    "by -d": f"{MANUAL} -d @c.json\n",
    "by --json": f"{MANUAL} --json @c.json\n",
    "by a variable": f'B=$(cat c.json)\n{MANUAL} -d "$B"\n',
    "by a pipe": f"cat c.json | {MANUAL} -d @-\n",
    "by a path": f'SP={HOST}\ncurl -X POST "$SP/campaign/create/" {HEADERS} -d @"$(dirname "$0")/c.json"\n',
    "to GMV Max": f"curl -X POST {HOST}/campaign/gmv_max/create/ {HEADERS} -d @c.json\n",
    "to another ad API": f"{PINTEREST} -d @c.json\n",
    "to both": f"{MANUAL} -d @c.json\n{PINTEREST} -d @c.json\n",
}
JUDGED = {
    "to both": f"{MANUAL} -d @c.json\ncurl -X POST {URL}/campaign/create/ {HEADERS} -d @c.json\n",
    "to another site": f"{MANUAL} -d @c.json\ncurl -X POST https://gw.acme.com/x -d @c.json\n",
    "to an unknown base": f'curl -X POST "$BASE/campaign/create/" {HEADERS} -d @c.json\n',
    "to both, once changed": (
        f"{MANUAL} -d @c.json\nsed -i s/a/b/ c.json\ncurl -X POST {URL}/campaign/create/ {HEADERS} -d @c.json\n"
    ),
    "an update": f"curl -X POST {URL}/campaign/update/ {HEADERS} -d @c.json\n",
}
FOREIGN = {
    "advertiser_id": "7477436657581081641",
    "campaign_name": "Spring",
    "objective_type": "WEB_CONVERSIONS",
    "budget_mode": "BUDGET_MODE_DAY",
    "budget": 500,
}


@pytest.fixture
def aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A right campaign of the manual API in a file, in a directory that a walk reads; other files have errors."""
    for number in range(3):
        put(tmp_path / "aside" / f"{'abz'[number]}.json", {**FOREIGN, "objective_type": "x", "campaign_id": number + 1})
    put(tmp_path / "aside" / "c.json", FOREIGN)
    monkeypatch.chdir(tmp_path / "aside")
    return tmp_path / "aside"


FORMATS = ["full", "concise", "github", "gitlab", "sarif", "junit", "html", "json", "json-lines", "markdown"]
VARYING = re.compile(r'"skipped"|more without a payload|"arguments"|commandLine|UTC')
"""Lines of outputs that say how many files were passed over, or when and how the command was run."""


def check_aside(command: Command, *options: str) -> list[str]:
    """The paths of what is found, by the JSON report."""
    options = ("--isolated", "--profile", "reference", "--as-of", "2026-12-01", *options)
    return [one["path"] for one in command("check", *options, "--output-format", "json", ".").report["diagnostics"]]


@pytest.mark.parametrize("script", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_file_that_is_only_sent_elsewhere_is_no_payload(script: str, aside: Path, command: Command) -> None:
    """It is the body of a request that is none of Smart+, before and after the script, in a process of its own too."""
    assert "c.json" in check_aside(command)
    for name in ("a.sh", "z.sh"):
        put(aside / name, script)
        for jobs in ("1", "2"):
            assert {*check_aside(command, "--jobs", jobs)} - {name} == {"a.json", "b.json", "z.json"}
        (aside / name).unlink()


@pytest.mark.parametrize("script", JUDGED.values(), ids=JUDGED)
def test_a_file_that_any_other_request_may_send_is_judged(script: str, aside: Path, command: Command) -> None:
    put(aside / "a.sh", script)
    assert "c.json" in check_aside(command)
    one, *others = script.splitlines(keepends=True)
    put(aside / "a.sh", one)
    put(aside / "d.sh", "".join(others))
    assert "c.json" in check_aside(command)


@pytest.mark.parametrize(
    "body",
    ["@c.json", "./c.json", {"$file": "c.json"}, {"mode": "file", "file": {"src": "c.json"}}, {"fixture": "c.json"}],
)
def test_a_file_that_a_request_written_as_data_names_is_judged(body: object, aside: Path, command: Command) -> None:
    """Unless that one is manual, too."""
    put(aside / "m.sh", f"{MANUAL} -d @c.json\n")
    for key in ("url", "requestUrl"):
        put(aside / "s.json", {key: f"{URL}/campaign/create/", "method": "POST", "body": body})
        assert "c.json" in check_aside(command)
        assert "c.json" in check_aside(command, "--jobs", "2")
        put(aside / "s.json", {key: f"{HOST}/campaign/create/", "body": body})
        assert "c.json" not in check_aside(command)


@pytest.mark.parametrize("name", ["request_id", "sales_destination"])
def test_a_file_with_a_field_of_smart_plus_alone_is_judged(name: str, aside: Path, command: Command) -> None:
    """What a script of old sends may be what a program sends by now."""
    put(aside / "m.sh", f"{MANUAL} -d @c.json\n")
    put(aside / "c.json", {**FOREIGN, name: "WEBSITE"})
    assert "c.json" in check_aside(command)


@pytest.mark.parametrize("name", ["a.json", "z.json"])
def test_what_a_later_file_says_of_a_sent_one_changes_no_line_that_was_shown(
    name: str, aside: Path, command: Command
) -> None:
    """Findings that are shown during the run are those of the report, in its order, each once."""
    options = ["check", "--isolated", "--profile", "reference", "--as-of", "2026-12-01", "."]
    for other in ("a.json", "b.json", "z.json"):  # what they hold back would hold back all
        (aside / other).unlink()
    put(aside / "m.sh", f"{MANUAL} -d @c.json\n")
    put(aside / name, {"url": f"{HOST}/smart_plus/campaign/create/", "method": "POST", "body": "@c.json"})
    told = [(one["path"], one["code"]) for one in command(*options, "--output-format=json").report["diagnostics"]]
    *shown, _summary = command(*options, "--output-format=concise").out.splitlines()
    assert [(line.partition(":")[0], line.split()[1].rstrip(":")) for line in shown] == told
    assert ("c.json", "REF101") in told


def test_what_is_only_sent_elsewhere_is_in_no_output_and_no_count(aside: Path, command: Command) -> None:
    """Nor is it fixed, or in a baseline; campaigns of other files have no part in it."""
    options = ["check", "--isolated", "--profile", "reference", "--as-of", "2026-12-01"]
    put(aside / "m.sh", f"{MANUAL} -d @c.json\n")
    others = ["a.json", "b.json", "z.json", "m.sh"]
    before = (aside / "c.json").read_text()
    for form in FORMATS:
        alone = command(*options, "--output-format", form, *others).out
        for jobs in ("1", "2"):
            out = command(*options, "--jobs", jobs, "--output-format", form, ".").out
            assert [one for one in out.splitlines() if not VARYING.search(one)] == [
                one for one in alone.splitlines() if not VARYING.search(one)
            ], form
    command(*options, "--fix", "--unsafe-fixes", ".")
    assert (aside / "c.json").read_text() == before
    command(*options, "--write-baseline", ".")
    assert "c.json" not in (aside / ".splint-baseline.json").read_text()


def test_what_a_request_makes_a_payload_of_is_told_of_as_one_alone(aside: Path, command: Command) -> None:
    """Else a walk doubts it."""
    put(aside / "c.json", {"advertiser_id": 1234567890, "campaign_name": "x", "type": 5, "day_budget": 100})
    options = ("--isolated", "--output-format", "json", ".")
    for url, told in (('"$URL"', "SPL008"), (f"{URL}/campaign/create/", "SPL008"), ("https://gw.acme.com/x", "SPL002")):
        put(aside / "k.sh", f"curl -X POST {url} -d @c.json\n")
        found = [(one["path"], one["code"]) for one in command("check", *options).report["diagnostics"]]
        assert {("c.json", "SPL002"), ("c.json", "SPL008")}.intersection(found) == {("c.json", told)}
        assert found.count(("c.json", told)) == 1


def test_an_ad_group_beside_a_campaign_that_is_only_sent_elsewhere_is_judged(aside: Path, command: Command) -> None:
    """Their ids tie the two; what is judged is the ad group alone."""
    put(aside / "c.json", {**FOREIGN, "campaign_id": ID})
    group = base("ad-group", "reference")
    put(aside / "g.json", {**group, "campaign_id": ID, "budget": "abc"})
    put(aside / "m.sh", f"{MANUAL} -d @c.json\n")
    assert {"g.json"} == {*check_aside(command)} - {"a.json", "b.json", "z.json", "m.sh"}


def test_an_editor_passes_over_what_is_only_sent_elsewhere(aside: Path) -> None:
    put(aside / "m.sh", f"{MANUAL} -d @c.json\n")
    workspace = Workspace([str(aside)], trusted=True)
    with in_force(workspace.trust):
        list(workspace.fill(set(workspace.find())))
        for name in ("m.sh", "c.json"):
            assert not workspace.judge(str(aside / name), {}).diagnostics.get(str(aside / "c.json"))


def test_an_example_in_prose_says_nothing_of_a_file(aside: Path, command: Command) -> None:
    """It may be older than the file; one of Smart+ says that the file is sent there."""
    put(aside / "README.md", f"```sh\n{MANUAL} -d @c.json\n```\n")
    assert "c.json" in check_aside(command)
    put(aside / "m.sh", f"{MANUAL} -d @c.json\n")
    assert "c.json" not in check_aside(command)
    put(aside / "README.md", f"```sh\ncurl -X POST {URL}/campaign/create/ {HEADERS} -d @c.json\n```\n")
    assert "c.json" in check_aside(command)


def test_a_script_of_a_stranger_hides_no_file(aside: Path, command: Command) -> None:
    """Where findings may be silenced it says what a file is."""
    put(aside / "m.sh", f"{PINTEREST} -d @c.json\n")
    assert "c.json" in check_aside(command, "--untrusted")
    assert "c.json" not in check_aside(command, "--untrusted", "--allow-ignores")


TEXT = '{"advertiser_id": 7, "objective_type": "WEB_CONVERSIONS"}'
HOLDERS = {
    "a variable": (f"BODY='{TEXT}'\n", '"$BODY"'),
    "a here-document": (f"BODY=$(cat <<EOF\n{TEXT}\nEOF\n)\n", '"$BODY"'),
    "a file": (f"cat > body.json <<'EOF'\n{TEXT}\nEOF\n", "@body.json"),
}


@pytest.mark.parametrize(("before", "use"), HOLDERS.values(), ids=HOLDERS)
def test_what_a_script_holds_is_judged_and_fixed_where_it_stands(
    before: str, use: str, tmp_path: Path, command: Command
) -> None:
    path = tmp_path / "run.sh"
    path.write_text(f"#!/bin/sh\n{before}curl -X POST {URL}/campaign/create/ -d {use}\n")
    options = ["check", "--isolated", "--output-format", "json", "--select", "SPL006", str(path)]
    [found] = command(*options).report["diagnostics"]
    place = found["range"]["start"]
    assert path.read_text().splitlines()[place["line"] - 1][place["column"] - 1 :].startswith("7,")
    path.write_text("# splint: ignore[SPL006] a number\n" + path.read_text().removeprefix("#!/bin/sh\n"))
    assert [one["suppressed"] is not None for one in command(*options).report["diagnostics"]] == [True]
    path.write_text("\n" + path.read_text().partition("\n")[2])
    before = path.read_text()
    assert command(*options, "--fix").status == 0
    assert path.read_text() == before.replace(": 7,", ': "7",')


@pytest.mark.parametrize(
    ("name", "path"), [("run.sh", "smart_plus/campaign/create"), ("run.sh", "$1"), ("a.md", "smart_plus/ad/update")]
)
def test_a_body_that_only_a_run_knows_is_told(name: str, path: str, tmp_path: Path, command: Command) -> None:
    (tmp_path / name).write_text(f'curl {URL.removesuffix("smart_plus")}{path}/ -d "$2"\n')
    outcome = command("check", "--isolated", "--output-format", "concise", str(tmp_path / name))
    [line, total] = outcome.out.splitlines()
    help = "write it into the command or a file, or assign it to a variable above, once"
    assert f'SPL010 the body is "$2", so only a run tells it: nothing in it is judged; {help}' in line
    assert (total, outcome.status) == ("1 info in 1 payload of 1 file", 0)


@pytest.mark.parametrize("use", ["\"$(curl -H 'Access-Token: canary' $U)\"", "\"`curl -H 'Access-Token: canary' $U`\""])
def test_a_command_that_prints_a_body_is_not_quoted(use: str, tmp_path: Path, command: Command) -> None:
    """It may hold a token."""
    (tmp_path / "run.sh").write_text(f"curl {URL}/campaign/create/ -d {use}\n")
    for form in ("full", "json"):
        out = command("check", "--isolated", "--output-format", form, str(tmp_path / "run.sh")).out
        assert "the body is the output of a command, so only a run tells it: nothing in it is judged" in out
        assert "canary" not in out


def test_what_is_no_payload_may_be_unknown(tmp_path: Path, command: Command) -> None:
    """As what is sent to an endpoint that takes none."""
    (tmp_path / "run.sh").write_text(f'curl {URL.removesuffix("smart_plus")}file/image/ad/upload/ -d "$2"\n')
    assert (
        command("check", "--isolated", "--output-format", "json", str(tmp_path / "run.sh")).report["diagnostics"] == []
    )
