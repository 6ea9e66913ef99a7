"""Drafts: the plan, its spend, the checks of a bundle, and the hosts of requests."""

import copy
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import splint
from splint.settings.config import Config
from splint.submit import Draft, Limits, MisuseError, RefusedError, SubmitError, Submitter, TransportOptions
from splint.submit.access import PRODUCTION, SANDBOX, is_same_host, origin_of, take_token
from splint.submit.bundle import strict
from splint.testing import BASES, edited
from tests.grids import few
from tests.submit.properties import PLAN, make_bundle

CBO, NO_CBO = BASES["cbo"], BASES["no-cbo"]
NEVER, SOON = {"schedule_type": "SCHEDULE_FROM_NOW"}, {"schedule_type": "SCHEDULE_START_END"}
FLIGHT = {**SOON, "schedule_start_time": "2099-04-01 10:00:00", "schedule_end_time": "2099-04-10 09:00:00"}
DAY, DYNAMIC, TOTAL = "BUDGET_MODE_DAY", "BUDGET_MODE_DYNAMIC_DAILY_BUDGET", "BUDGET_MODE_TOTAL"


def draft(bundle: Any, **options: Any) -> Draft:
    return Submitter(**options).draft(bundle)


def with_budgets(campaign: dict[str, Any], *groups: dict[str, Any]) -> Any:
    """A bundle with these fields in its campaign and in one ad group each."""
    bundle = copy.deepcopy(CBO if campaign.get("budget_optimize_on", True) else NO_CBO)
    bundle["campaign"].update(campaign)
    [group] = bundle["adgroups"]
    for field in ("schedule_start_time", "schedule_end_time", "budget", "budget_mode"):
        group.pop(field, None)
    bundle["adgroups"] = [{**group, "adgroup_name": f"Group {at}", **fields} for at, fields in enumerate(groups)]
    return bundle


def holds(mode: str, budget: float) -> dict[str, Any]:
    """A budget of an object."""
    return {"budget_mode": mode, "budget": budget}


OFF = {"budget_optimize_on": False, "budget_mode": "BUDGET_MODE_INFINITE"}


@pytest.mark.parametrize(
    ("campaign", "groups", "daily", "total"),
    few(
        [
            ({"budget_mode": DYNAMIC, "budget": 500}, [NEVER], "625", None),
            ({"budget_mode": DYNAMIC, "budget": 0.1}, [NEVER], "0.125", None),
            ({"budget_mode": DYNAMIC, "budget": 100}, [FLIGHT], "125", "1375"),
            ({"budget_mode": DYNAMIC, "budget": 100}, [FLIGHT, NEVER], "125", None),
            ({"budget_mode": TOTAL, "budget": 900}, [NEVER], "900", "900"),
            (OFF, [{**holds(DYNAMIC, 20), **NEVER}, {**holds(DYNAMIC, 40), **FLIGHT}], "75", None),
            (OFF, [{**holds(DYNAMIC, 20), **FLIGHT}, {**holds(TOTAL, 40), **FLIGHT}], "65", "315"),
            ({**OFF, **holds(DAY, 50)}, [{**holds(DYNAMIC, 80), **NEVER}], "50", None),
            ({**OFF, **holds(TOTAL, 70)}, [{**holds(TOTAL, 90), **FLIGHT}], "70", "70"),
            (OFF, [NEVER], None, None),
        ],
        1,
    ),
)
def test_the_most_that_can_be_spent(
    campaign: dict[str, Any], groups: list[dict[str, Any]], daily: str | None, total: str | None
) -> None:
    spend = draft(with_budgets(campaign, *groups)).plan.spend
    assert spend == tuple(None if text is None else Decimal(text) for text in (daily, total))


def test_a_plan_is_one_request_an_object_in_order() -> None:
    plan = draft(make_bundle()).plan
    assert [(step.name, step.path) for step in plan.steps] == [(name, path) for name, (path, _) in PLAN.items()]
    assert [step.parent for step in plan.steps] == [PLAN[above][0] if above else None for _, above in PLAN.values()]
    campaign, group, *_, ad = plan.steps
    assert campaign.body["operation_status"] == "DISABLE"
    assert (group.body["campaign_id"], group.body["request_id"]) == ("${campaign_id}", "${request_id}")
    assert ad.body["adgroup_id"] == "${adgroup_id}"
    assert "request_id" not in ad.body
    assert {step.body["advertiser_id"] for step in plan.steps} == {CBO["campaign"]["advertiser_id"]}
    filled = group.filled({"/campaign": "77"}, "5")
    assert (filled["campaign_id"], filled["request_id"]) == ("77", "5")


def test_notes_and_what_is_nested_are_not_sent() -> None:
    bundle = edited(CBO, {"/campaign/_note": "mine", "/facts": {"currency": "EUR"}})
    plan = draft(bundle).plan
    assert plan.currency == "EUR"
    assert not {"_note", "adgroups", "ads", "facts"} & {key for step in plan.steps for key in step.body}
    assert "/campaign/_note is left out: it is a note" in plan.campaign.changes


def test_notes_are_not_sent_at_any_depth() -> None:
    """Each is told with its place, and a placeholder in one holds nothing up; in a value that is sent it does."""
    ad = "/adgroups/0/ads/0"
    notes = {
        "/adgroups/0/targeting_spec/x-why": "asked by Ann",
        f"{ad}/creative_list/0/x-todo": "{{ask Ann}}",
        f"{ad}/creative_list/0/creative_info/_cost": {"margin": "secret 40%"},
        f"{ad}/made_up": [{"$a/b": "${c}", "kept": [{"//": 1}]}],
    }
    planned = draft(edited(CBO, notes))
    planned.refuse_objections({step.path for step in planned.plan.steps})
    assert [step.body for step in planned.plan.steps] == [
        step.body for step in draft(edited(CBO, {f"{ad}/made_up": [{"kept": [{}]}]})).plan.steps
    ]
    told = {line.partition(" ")[0] for step in planned.plan.steps for line in step.changes if "it is a note" in line}
    assert told == {*list(notes)[:3], f"{ad}/made_up/0/$a~1b", f"{ad}/made_up/0/kept/0/~1~1"}
    held = draft(edited(CBO, {f"{ad}/creative_list/0/creative_info/made_up": [{"a": "{{ask Ann}}"}]}))
    with pytest.raises(RefusedError) as raised:
        held.refuse_objections({step.path for step in held.plan.steps})
    assert f"SPL010 {ad}/creative_list/0/creative_info/made_up/0/a" in raised.value.details[0]


def test_standard_input_is_no_bundle() -> None:
    with pytest.raises(MisuseError, match=r"^-: standard input is not read.*: write the bundle to a file$"):
        draft(Path("-"))


def test_the_hash_covers_all_that_is_approved() -> None:
    """The same for the same plan, whatever the order of members; another for any other."""
    first = draft(CBO).plan.sha256
    assert draft(dict(reversed(CBO.items()))).plan.sha256 == first
    others = {
        draft(edited(CBO, {"/campaign/budget": 501})).plan.sha256,
        draft(edited(CBO, {"/adgroups/0/ads/0/ad_name": "Other"})).plan.sha256,
        Submitter().draft(CBO, enable=True).plan.sha256,
        draft(CBO, transport=TransportOptions(sandbox=True)).plan.sha256,
        *(draft(CBO).plan._replace(currency=currency).sha256 for currency in ("USD", "EUR")),
    }
    assert len(others | {first}) == 7


@pytest.mark.parametrize(
    ("edits", "says"),
    few(
        [
            ({"/campaign/campaign_id": "1"}, "holds nothing that stands already"),
            ({"/adgroups/0/campaign_id": "1"}, "carries campaign_id"),
            ({"/adgroups/0/ads/0/adgroup_id": "1"}, "carries adgroup_id"),
            ({"/adgroups/0/adgroup_name": "  "}, "adgroup_name is missing"),
            ({"/campaign/campaign_name": "Spring "}, "begins or ends with a blank"),
            ({"/adgroups/-": {**CBO["adgroups"][0], "ads": []}}, "names tell objects apart"),
            ({"/adgroups/0/ads/-": CBO["adgroups"][0]["ads"][0]}, "names tell objects apart"),
            ({"/adgroups/0/advertiser_id": "8"}, "is not that of the campaign"),
            ({"/campaign": {"campaign_name": "A", "objective_type": "WEB_CONVERSIONS"}}, "advertiser_id is missing"),
            ({"/campaign/advertiser_id": None}, "/campaign: advertiser_id is missing"),
            ({"/campaign/campaign_name": "", "/campaign/budget": 0}, "\nSPL106 /campaign/budget: "),
        ],
        1,
    ),
)
def test_some_bundles_cannot_be_sent(edits: dict[str, Any], says: str) -> None:
    with pytest.raises(RefusedError) as raised:
        draft(edited(CBO, edits))
    assert says in "\n".join(raised.value.details)
    missing = [line.rpartition(" is missing")[0].split()[-1] for line in raised.value.details if "is missing" in line]
    assert len(set(missing)) == len(missing)
    assert len(set(raised.value.details)) == len(raised.value.details)


@pytest.mark.parametrize("name", [None, "", " "])
def test_names_that_are_missing_are_not_one_anothers(name: str | None) -> None:
    ad = {**CBO["adgroups"][0]["ads"][0], "ad_name": name}
    with pytest.raises(RefusedError) as raised:
        draft(edited(CBO, {"/adgroups/0/ads": [ad, ad]}))
    details = "\n".join(raised.value.details)
    assert details.count("ad_name is missing") == 2
    assert "names tell objects apart" not in details


@pytest.mark.parametrize("given", few([7000000000000000001, 7.5, True, ["7"]], 1))
def test_an_advertiser_that_is_no_text_is_told_as_what_it_is(given: Any) -> None:
    """With the other findings on the bundle; it is not missing."""
    with pytest.raises(RefusedError, match="does not pass the checks") as raised:
        draft(edited(CBO, {"/campaign/advertiser_id": given, "/campaign/budget": 0}))
    codes = {line.split(":")[0] for line in raised.value.details}
    code = "SPL006" if isinstance(given, int | float) and given is not True else "SPL003"
    assert codes == {f"{code} /campaign/advertiser_id", "SPL106 /campaign/budget"}


@pytest.mark.parametrize("edits", few([{}, {"/advertiser_id": 7000000000000000001}, {"/advertiser_id": None}], 1))
def test_a_campaign_alone_is_no_bundle(edits: dict[str, Any]) -> None:
    with pytest.raises(RefusedError) as raised:
        draft(edited(CBO["campaign"], edits))
    assert raised.value.details[0].startswith('a bundle is sent, {"campaign": {...}')
    assert "advertiser_id is missing" not in "".join(raised.value.details)


def test_of_what_cannot_be_read_nothing_else_is_told(tmp_path: Path) -> None:
    """A script whose second command is broken: the findings on the first are not why it cannot be read."""
    post = "curl -X POST https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/ -d"
    path = tmp_path / "a.sh"
    path.write_text(f"""{post} '{{"advertiser_id": 7}}'\n{post} '{{"advertiser_id": 7'\n""")
    with pytest.raises(RefusedError, match="cannot be read") as raised:
        draft(path)
    assert {line[:6] for line in raised.value.details} == {"SPL001"}


@pytest.mark.parametrize("value", few([[CBO, CBO], CBO["adgroups"][0], {"a": 1}, [], {"adgroups": CBO["adgroups"]}], 1))
def test_one_bundle_is_sent_at_a_time(value: Any) -> None:
    with pytest.raises(RefusedError):
        draft(value)


@pytest.mark.parametrize("name", few(["a.yaml", "b.ndjson", "c.sh", "d.toml"], 1))
def test_a_file_holds_one_bundle(tmp_path: Path, name: str) -> None:
    text = {"a.yaml": "- a: [", "b.ndjson": f"{json.dumps(CBO)}\n" * 2, "c.sh": "curl x", "d.toml": ""}[name]
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(SubmitError):
        draft(path)


@pytest.mark.parametrize(
    ("edits", "code"),
    [({"/campaign/budget": 0}, "SPL106"), ({"/campaign/campaign_name": "{{name}}"}, "SPL010")],
)
def test_an_error_or_a_placeholder_closes_the_gate(edits: dict[str, Any], code: str) -> None:
    planned = draft(edited(CBO, edits))
    with pytest.raises(RefusedError) as raised:
        planned.refuse_objections({step.path for step in planned.plan.steps})
    assert raised.value.details[0].startswith(code)
    assert planned.objections("/campaign") == raised.value.details
    planned.refuse_objections({"/adgroups/0"})


def test_no_setting_opens_the_gate_but_a_raised_level_closes_it() -> None:
    config = Config(
        ignore=("SPL",),
        select=("SPL9",),
        severity={"SPL106": "info", "SPL004": "error"},
        as_of=datetime(1999, 1, 1, tzinfo=UTC),
    )
    strictest = strict(config)
    assert (strictest.ignore, strictest.select, strictest.as_of, dict(strictest.severity)) == (
        (),
        (),
        None,
        {"SPL004": "error"},
    )
    planned = draft(edited(CBO, {"/campaign/budget": 0, "/campaign/made_up": 1}), config=config)
    assert {line[:6] for line in planned.objections("/campaign")} == {"SPL106", "SPL004"}


def test_the_reference_warns_and_stops_nothing() -> None:
    planned = draft(CBO)
    assert {warning.code for warning in planned.warnings} >= {"REF102"}
    assert "REF101" not in {warning.code for warning in planned.warnings}
    planned.refuse_objections({step.path for step in planned.plan.steps})


VETO = """
import splint

@splint.hookimpl
def splint_before_submit(plan):
    if plan.spend.daily > 600:
        return "too much"
    if plan.spend.daily > 300:
        raise RuntimeError("broken")
"""


@pytest.mark.parametrize(
    ("budget", "says"),
    few(
        [(500, "too much"), (300, "veto.py: splint_before_submit failed: RuntimeError: broken at {path}:9"), (100, "")],
        1,
    ),
)
def test_a_plugin_may_object_and_one_that_fails_does(tmp_path: Path, budget: int, says: str) -> None:
    path = tmp_path / "veto.py"
    path.write_text(VETO)
    submitter = Submitter(config=Config(plugins=(str(path),)))
    planned = submitter.draft(edited(CBO, {"/campaign/budget": budget}))
    if not says:
        submitter.approve(planned)
        return
    with pytest.raises(RefusedError) as raised:
        submitter.approve(planned)
    assert says.replace("{path}", str(path)) in raised.value.details[0]


@pytest.mark.parametrize(("most", "passes"), [("625", True), ("624.99", False)])
def test_a_limit_holds_what_can_be_spent_a_day(most: str, passes: bool) -> None:
    submitter = Submitter()
    planned = submitter.draft(CBO)
    if passes:
        submitter.approve(planned, Limits.of_text(most, planned.plan.sha256.upper()))
        return
    with pytest.raises(RefusedError, match="625 a day"):
        submitter.approve(planned, Limits.of_text(most))
    with pytest.raises(RefusedError, match=planned.plan.sha256):
        submitter.approve(planned, Limits("0" * 64))


@pytest.mark.parametrize(
    ("url", "origin"),
    few(
        [
            (None, PRODUCTION),
            (PRODUCTION, PRODUCTION),
            (f"{SANDBOX}/", SANDBOX),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://[::1]:80", "http://[::1]:80"),
            ("http://localhost", "http://localhost"),
            ("http://business-api.tiktok.com", None),
            ("https://business-api.tiktok.com.example", None),
            ("https://business-api.tiktok.com@127.0.0.1", None),
            ("https://127.0.0.1/open_api", None),
            ("https://127.0.0.1?x", None),
            ("https://10.0.0.1", None),
            ("ftp://127.0.0.1", None),
            ("http://127.0.0.1:port", None),
            ("", None),
        ],
        1,
    ),
)
def test_requests_go_to_tiktok_or_to_this_machine(url: str | None, origin: str | None) -> None:
    if origin is not None:
        assert origin_of(url, sandbox=False) == origin
        return
    with pytest.raises(MisuseError):
        origin_of(url, sandbox=False)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    few(
        [
            (PRODUCTION, PRODUCTION, True),
            (PRODUCTION, SANDBOX, False),
            ("http://localhost:8080", "http://127.0.0.1:8080", True),
            ("http://localhost:8080", "http://[::1]:8080", True),
            ("http://[0:0:0:0:0:0:0:1]", "http://127.0.0.1:80", True),
            ("https://localhost", "https://127.0.0.1:443", True),
            ("http://localhost:8080", "http://127.0.0.1:8081", False),
            ("http://127.0.0.2:8080", "http://127.0.0.1:8080", False),
            ("http://localhost:443", PRODUCTION, False),
        ],
        1,
    ),
)
def test_the_names_of_this_machine_are_one_host(one: str, other: str, is_same: bool) -> None:
    assert (is_same_host(one, other), is_same_host(other, one)) == (is_same, is_same)


def test_a_token_is_taken_once_and_never_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIKTOK_ACCESS_TOKEN", "canary-token")
    token = take_token(None)
    assert token is not None
    assert token.get_secret_value() == "canary-token"
    assert "canary" not in repr(token) + str(token)
    assert "TIKTOK_ACCESS_TOKEN" not in os.environ
    assert take_token(None) is None
    path = tmp_path / "token"
    path.write_text("canary two\n")
    path.chmod(0o600)
    with pytest.raises(MisuseError) as raised:
        take_token(str(path))
    assert "canary" not in str(raised.value)
    path.chmod(0o640)
    with pytest.raises(MisuseError, match="chmod 600"):
        take_token(str(path))
    with pytest.raises(MisuseError, match="cannot be read"):
        take_token(str(tmp_path / "none"))


def test_a_bundle_that_is_a_pipe_or_a_device_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.json")
    (tmp_path / "device.json").symlink_to("/dev/zero")
    for path in (tmp_path / "fifo.json", tmp_path / "device.json"):
        with pytest.raises(MisuseError) as raised:
            draft(path)
        assert str(raised.value) == f"{path}: cannot be read: it is no plain file, and a bundle is read from no other"


def test_submitting_is_part_of_the_library() -> None:
    """`splint.submit` is there without an import of its own."""
    assert splint.submit.Submitter is Submitter


@pytest.mark.parametrize("name", few(["urllib3", "filelock", "platformdirs"], 1))
def test_what_sending_needs_is_named_where_it_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A plan needs none of it."""
    find = find_spec
    monkeypatch.setattr("splint.submit.access.find_spec", lambda wanted: None if wanted == name else find(wanted))
    submitter = Submitter(run_dir=tmp_path)
    planned = submitter.draft(CBO)
    with pytest.raises(MisuseError, match=rf"{name}: pip install 'splint-smartplus\[submit\]'"):
        submitter.submit(planned)
    tmp_path.chmod(0o700)
    with pytest.raises(MisuseError, match=name):
        submitter.resume()


def test_journals_of_a_directory_that_is_named_are_read_without_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o700)
    monkeypatch.setattr("splint.submit.access.find_spec", lambda _: None)
    assert Submitter(run_dir=tmp_path).runs() == []
    with pytest.raises(MisuseError, match="there is no run 'R'"):
        Submitter(run_dir=tmp_path).run("R")
    with pytest.raises(MisuseError, match=r"^without --run-dir DIR the package platformdirs is needed: pip install '"):
        Submitter().runs()


@pytest.mark.parametrize(
    ("name", "why"),
    few([("nothere", "No such file or directory"), ("", "Is a directory"), ("a.json", "Is a directory")], 1),
)
def test_a_bundle_that_is_not_there_or_a_directory_is_said_to_be(tmp_path: Path, name: str, why: str) -> None:
    """Whatever its suffix; a file that is there and of no format is told by that."""
    (tmp_path / "a.json").mkdir()
    with pytest.raises(MisuseError, match=rf"{name}: cannot be read: {why}$"):
        Submitter(run_dir=tmp_path).draft(tmp_path / name)
    (tmp_path / "a.doc").write_text("{}")
    with pytest.raises(MisuseError, match=r"a\.doc: no document format has this suffix$"):
        Submitter(run_dir=tmp_path).draft(tmp_path / "a.doc")


def test_a_dry_run_imports_no_client(tmp_path: Path) -> None:
    """Neither the client nor what sends is there before something is sent."""
    (tmp_path / "bundle.json").write_text(json.dumps(CBO))
    code = """
import sys
sys.argv = ["splint", "submit", "bundle.json", "--dry-run"]
from splint.cli import main
try:
    main()
except SystemExit as ended:
    print(ended.code, *{"urllib3", "filelock", "platformdirs", "pydantic", "http.client"} & set(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0"


def test_a_plan_says_of_a_price_that_it_has_no_effect() -> None:
    """Without a Cost Cap nothing limits what a conversion costs."""
    bundle = edited(CBO, {"/adgroups/0/bid_type": "BID_TYPE_NO_BID", "/adgroups/0/conversion_bid_price": 15})
    steps = Submitter().draft(bundle).plan.steps
    bids = [(one.label, one.text) for one in steps[1].traits if one.label == "Bid"]
    assert bids == [("Bid", "Maximum delivery (15 without effect)")]
