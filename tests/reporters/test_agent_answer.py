"""The answer for agents: its shape, its size, and what it never says."""

import copy
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import splint
from splint import Finding, rule
from splint.agents.answers import patch_of
from splint.agents.parameters import ToolError
from splint.formats import reference_tokens, value_at
from splint.payloads.nodes import AdGroup
from splint.reporting.agent import MOST_BYTES
from splint.reporting.report import Fix, Report
from splint.reporting.wording import json_text
from splint.rules.registry import load
from splint.rules.rule import GONE
from splint.testing import AS_OF, base, edited
from tests.command import Command
from tests.grids import few
from tests.reporters.builders import diagnostic, notification, report, suppression

BUNDLE: dict[str, Any] = {
    "campaign": {
        "advertiser_id": "${ADVERTISER}",
        "campaign_name": "Spring",
        "objective_type": "web_conversions",
        "budget_mode": "BUDGET_MODE_DAY",
        "budget": "{{budget}}",
        "budget_optimize_on": True,
        "request_id": "1",
    },
    "adgroups": [
        {
            "adgroup_name": "All",
            "promotion_type": "WEBSITE",
            "optimization_goal": "CONVERT",
            "optimization_event": "SHOPPING",
            "billing_event": "OCPM",
            "pixel_id": 7123456789012345678,
            "schedule_type": "SCHEDULE_START_END",
            "schedule_start_time": "2027-03-01 00:00:00",
        }
    ],
}


def asked(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The questions by their place."""
    return {one["at"]: one for one in answer["needs_input"]}


def patched(value: Any, patch: list[dict[str, Any]]) -> Any:
    """A copy of a value after a JSON Patch, as RFC 6902 has it."""
    value = copy.deepcopy(value)
    for step in patch:
        if step["op"] == "move":
            *way, last = reference_tokens(step["from"])
            holder = value
            for token in way:
                holder = holder[int(token)] if isinstance(holder, list) else holder[token]
            step = {**step, "value": holder.pop(int(last) if isinstance(holder, list) else last)}
        *way, last = reference_tokens(step["path"])
        holder = value
        for token in way:
            holder = holder[int(token)] if isinstance(holder, list) else holder[token]
        key: Any = int(last) if isinstance(holder, list) else last
        if step["op"] == "remove":
            del holder[key]
        elif step["op"] == "add" and isinstance(holder, list):
            holder.insert(key, step["value"])
        else:
            holder[key] = step["value"]
    return value


def test_the_answer_has_the_keys_of_its_shape() -> None:
    answer = splint.check(BUNDLE).to_agent()
    assert list(answer) == ["ok", "counts", "findings", "needs_input", "unsafe_fixes", "left_off"]
    assert answer["ok"] is False
    assert answer["counts"]["errors"] == sum(one["level"] == "error" for one in answer["findings"])
    for finding in answer["findings"]:
        assert list(finding)[:5] == ["id", "code", "level", "at", "message"]
        assert set(finding) <= {"id", "code", "level", "at", "message", "patch"}
    clean = splint.check({"campaign_name": "x", "advertiser_id": "1"}, select=["SPL001"]).to_agent()
    assert clean["ok"] is True
    assert clean["findings"] == clean["needs_input"] == []
    assert clean["left_off"] == 0
    assert "after" not in clean


def test_ids_are_the_fingerprints_of_the_json_report_and_outlive_edits_elsewhere() -> None:
    checked = splint.check(BUNDLE)
    ids = [one["id"] for one in checked.to_agent()["findings"]]
    assert sorted(ids) == sorted(one["id"] for one in checked.model_dump()["diagnostics"])
    edited = {**BUNDLE, "campaign": {**BUNDLE["campaign"], "campaign_name": "Autumn", "request_id": "22"}}
    assert {one["id"] for one in splint.check(edited).to_agent()["findings"]} == set(ids)


def test_findings_on_one_object_have_ids_of_their_own() -> None:
    """As docs/agents.md says; the place of a question is the field that the object lacks."""
    questions = splint.check({"campaign": {"advertiser_id": "7"}, "adgroups": []}, select=["SPL008"]).to_agent()
    found = {one["at"]: one["id"] for one in questions["needs_input"]}
    assert set(found) == {"/campaign/campaign_name", "/campaign/objective_type"}
    assert len(set(found.values())) == 2


def test_safe_fixes_are_patches_of_the_payload() -> None:
    checked = splint.check(BUNDLE)
    patches = [one["patch"] for one in checked.to_agent()["findings"] if "patch" in one]
    after = BUNDLE
    for patch in patches:
        after = patched(after, patch)
    assert patches
    assert after == checked.fixed()


def test_questions_are_asked_of_every_finding_without_a_safe_fix_and_of_placeholders() -> None:
    answer = splint.check(BUNDLE).to_agent()
    safe = [one for one in answer["findings"] if "patch" in one]
    assert len(answer["findings"]) == len(safe) + len(answer["needs_input"])
    questions = asked(answer)
    assert questions["/campaign/advertiser_id"]["kind"] == "id"
    assert questions["/campaign/advertiser_id"]["rule"] == "SPL010"
    assert questions["/campaign/budget"]["kind"] == "money"
    assert questions["/campaign/budget"]["limit"] == "above zero"
    assert questions["/adgroups/0/schedule_end_time"]["kind"] == "date"
    assert questions["/adgroups/0/bid_type"]["choices"] == ["BID_TYPE_CUSTOM", "BID_TYPE_NO_BID"]
    assert questions["/campaign/budget_mode"]["choices"] == ["BUDGET_MODE_DYNAMIC_DAILY_BUDGET", "BUDGET_MODE_TOTAL"]
    for question in answer["needs_input"]:
        assert question.keys() <= {"id", "at", "kind", "question", "choices", "removable", "limit", "instead", "rule"}
        assert question["kind"] in ("id", "money", "date", "choice", "text")
        assert question["kind"] in ("choice", "text") or "choices" not in question


def test_a_question_tells_all_ways_out() -> None:
    """The Cost Cap, or the campaign's lifetime budget: an answer goes to either place."""
    campaign = {**BUNDLE["campaign"], "budget_mode": "BUDGET_MODE_TOTAL"}
    group = {**BUNDLE["adgroups"][0], "bid_type": "BID_TYPE_CUSTOM", "conversion_bid_price": 5}
    value = {"campaign": campaign, "adgroups": [group]}
    report = splint.check(value)
    [question] = [one for one in report.to_agent()["needs_input"] if one["rule"] == "SPL210"]
    assert question["choices"] == ["BID_TYPE_NO_BID"]
    assert (
        question["question"] == "which of the choices, if any, goes into bid_type, or is budget_mode changed instead?"
    )
    assert question["instead"] == [
        {"at": "/campaign/budget_mode", "kind": "choice", "choices": ["BUDGET_MODE_DYNAMIC_DAILY_BUDGET"]}
    ]  # without a mode the amount for all days would be a day's, and nothing said so
    for place in (question, *question["instead"]):
        patch = patch_of(value, report, [{"id": question["id"], "at": place["at"], "value": place["choices"][0]}])
        assert splint.check(patched(value, [*patch]), select=["SPL210"]).ok


def test_a_misspelt_value_may_be_meant_for_any_of_the_choices() -> None:
    for name, value, choices in (
        ("budget_mode", "BUDGET_MODE_TOTALL", ["BUDGET_MODE_TOTAL", "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"]),
        ("budget_mode", "BUDGET_MODE_WEEK", ["BUDGET_MODE_DYNAMIC_DAILY_BUDGET", "BUDGET_MODE_TOTAL"]),
    ):
        answer = splint.check({"campaign": {**BUNDLE["campaign"], name: value}}).to_agent()
        assert asked(answer)[f"/campaign/{name}"]["choices"] == choices
    group = {**BUNDLE["adgroups"][0], "schedule_type": "SCHEDULE_START_ENDS"}
    answer = splint.check({**BUNDLE, "adgroups": [group]}).to_agent()
    assert asked(answer)["/adgroups/0/schedule_type"]["choices"] == ["SCHEDULE_START_END", "SCHEDULE_FROM_NOW"]


CAMPAIGN = {
    "advertiser_id": "7",
    "campaign_name": "x",
    "budget": 500,
    "budget_mode": "BUDGET_MODE_DYNAMIC_DAILY_BUDGET",
}


@pytest.mark.parametrize("objective", few(["LEAD_GENERATION", "WEB_CONVERSION", "SALES", None], 2))
@pytest.mark.parametrize("listed", few([None, ["WEB_CONVERSIONS"], ["WEB_CONVERSIONS", "APP_PROMOTION"]], 2))
def test_the_objectives_that_are_offered_are_those_that_campaigns_may_have(
    objective: str | None, listed: list[str] | None
) -> None:
    """Refused, misspelt or missing: no answer is refused again."""
    value = CAMPAIGN if objective is None else {**CAMPAIGN, "objective_type": objective}
    report = splint.check(value, objectives=listed)
    question = asked(report.to_agent())["/objective_type"]
    assert set(question["choices"]) <= set(listed or ["WEB_CONVERSIONS"])
    assert "WEB_CONVERSIONS" in question["choices"]
    for choice in question["choices"]:
        patch = patch_of(value, report, [{"at": "/objective_type", "value": choice}])
        after = splint.check(patched(value, [*patch]), objectives=listed)
        assert not [one for one in after.active if one.pointer == "/objective_type" and one.severity != "info"]


def test_settings_say_which_objectives_are_offered(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "splint.toml").write_text('objectives = ["WEB_CONVERSIONS", "REACH"]')
    (tmp_path / "a.json").write_text(json.dumps({**CAMPAIGN, "objective_type": "TRAFFIC"}))
    answer = command("check", "--output-format", "agent", str(tmp_path / "a.json")).report
    assert asked(answer)["/objective_type"]["choices"] == ["WEB_CONVERSIONS", "REACH"]


@pytest.mark.parametrize(
    ("of_base", "edits"),
    [
        *(("cbo", {"/campaign/objective_type": one}) for one in ("LEAD_GENERATION", "REACH", "APP_PROMOTION")),
        ("ad-group", {"/promotion_type": "LEAD_GENERATION"}),
        ("ad", {"/ad_configuration/product_specific_type": "ALL"}),
        ("ad", {"/page_list": [{"page_id": "1"}], "/landing_page_url_list": GONE}),
    ],
)
def test_what_only_tells_that_rules_did_not_run_asks_no_question(of_base: str, edits: dict[str, Any]) -> None:
    """A campaign of another kind is right as it is."""
    report = splint.check(edited(base(of_base, "reference"), edits), profile="reference", as_of=AS_OF)
    answer = report.to_agent()
    assert [one["code"] for one in answer["findings"] if one["level"] == "info"] == ["SPL101"]
    assert "SPL101" not in [one["rule"] for one in answer["needs_input"]]
    [told] = [one for one in report.active if one.code == "SPL101"]
    with pytest.raises(ToolError, match="no question is asked at"):
        patch_of({}, report, [{"at": told.pointer, "value": "WEB_CONVERSIONS"}])


def test_events_without_a_partner_are_told_and_no_question_is_asked() -> None:
    """What is missing is in the other source, not in the record."""
    event = {"event": "CompletePayment", "event_time": 0}
    pixel = [{"source": "pixel", "event_id": one, **event} for one in ("1", "2")]
    server = {"event_source": "web", "event_source_id": "7", "data": [{"event_id": "1", **event}]}
    answer = splint.check([*pixel, server], select=["SPL604"]).to_agent()
    assert [one["code"] for one in answer["findings"]] == ["SPL604"]
    assert answer["needs_input"] == []


@pytest.mark.slow
def test_no_question_offers_the_value_that_is_there() -> None:
    """Of some of the rules' examples: it is what the finding is about."""
    offered = 0
    for selection in load().rules:
        profile = "guide" if selection.rule.code.startswith("SPL") else "reference"
        for example in selection.rule.examples()[::3]:
            if example.text is not None or not example.at:
                continue
            value = edited(base(example.base, profile), example.edits)
            report = splint.check(value, select=[selection.rule.code], profile=profile, as_of=AS_OF)
            for question in report.to_agent()["needs_input"]:
                with suppress(LookupError):  # what is missing
                    there = value_at(value, reference_tokens(question["at"]))
                    offered += len(question.get("choices", ()))
                    assert there not in question.get("choices", ()), (question, there)
    assert offered > 50


def test_a_value_has_no_lines_in_any_form() -> None:
    """As a text it has some, but nobody has a file to look at."""
    for value in (BUNDLE, json.dumps(BUNDLE, indent=1)):
        assert all("line" not in one for one in splint.check(value).to_agent()["findings"])


def test_unsafe_fixes_stand_apart_and_say_what_they_change() -> None:
    answer = splint.check(BUNDLE).to_agent()
    [fix] = [one for one in answer["unsafe_fixes"] if one["patch"][0]["path"] == "/campaign/objective_type"]
    [finding] = [one for one in answer["findings"] if one["id"] == fix["id"]]
    assert fix["changes"] == "set objective_type to WEB_CONVERSIONS"
    assert "patch" not in finding


def test_no_help_is_given_and_so_no_amount_is_proposed() -> None:
    sample = report(diagnostic(field="Campaign.budget"))
    assert "raise it" not in json.dumps(sample.to_agent())
    assert sample.to_agent()["needs_input"][0]["question"] == "what, if any, goes into budget?"


@pytest.mark.parametrize(
    ("value", "code", "help"),
    few(
        [
            (
                {"endpoint": "/v1.3/campaign/spc/create/", "body": {"campaign_name": "x"}},
                "SPL501",
                (
                    "use /v1.3/smart_plus/campaign/create/, /v1.3/smart_plus/adgroup/create/ "
                    "and /v1.3/smart_plus/ad/create/"
                ),
            ),
            (
                {"endpoint": "/v1.3/campaign/create/", "body": {"campaign_name": "x"}},
                "SPL503",
                "/smart_plus/campaign/create/",
            ),
            (
                {"endpoint": "/v1.2/smart_plus/ad/review_info/", "body": {}},
                "SPL506",
                "/v1.3/smart_plus/ad/review_info/",
            ),
            ({"adgroup_name": "x", "promotion_type": "WEBSITE", "countries": ["US"]}, "SPL004", "location_ids"),
            ({"objectve_type": "REACH"}, "SPL002", "put an update or status body in an envelope"),
        ],
        2,
    ),
)
def test_a_question_about_no_field_has_help(value: Any, code: str, help: str) -> None:
    """Nothing else in the answer says what to do."""
    answer = splint.check(value, as_of="2027-02-01").to_agent()
    [question] = [one for one in answer["needs_input"] if one["rule"] == code]
    is_open = question["kind"] == "text"
    assert question["question"] == (
        "what is meant here?" if is_open else "is /countries left out, as no value resolves this?"
    )
    assert help in question["help"]
    assert not any("help" in one for one in answer["findings"])


def test_help_is_short_and_printable() -> None:
    sample = report(diagnostic(field="", help="write \x1b" + "a" * 5000))
    [question] = sample.to_agent()["needs_input"]
    assert len(question["help"]) <= 400
    assert question["help"].endswith("…")
    assert question["help"].isprintable()


def test_errors_come_first_and_what_is_suppressed_is_counted_only() -> None:
    sample = report(
        diagnostic(severity="info", pointer="/a"),
        diagnostic(severity="error", pointer="/b"),
        diagnostic(severity="warning", pointer="/c"),
        diagnostic(pointer="/d", suppressed=suppression()),
    )
    answer = sample.to_agent()
    assert [one["at"] for one in answer["findings"]] == ["/b", "/c", "/a"]
    assert answer["counts"]["suppressed"] == 1


@pytest.mark.parametrize("limit", few([1, 7, 500], 2))
def test_pages_hold_every_finding_once_and_at_most_8_kb(limit: int) -> None:
    many = [
        diagnostic(pointer=f"/adgroups/{index // 2}/budget", summary=f"ü\x1b{'x' * (index * 7 % 900)}", severity=level)
        for index, level in enumerate(["error", "warning", "info"] * 40)
    ]
    sample, seen, after = report(*many), list[str](), None
    while True:
        answer = sample.to_agent(limit, after)
        assert len(json_text(answer).encode()) <= MOST_BYTES
        assert len(answer["findings"]) <= limit
        assert len(answer["needs_input"]) == len(answer["findings"])
        seen += (f"{one['level']} {one['at']} {one['message']}" for one in answer["findings"])
        assert answer["left_off"] == len(many) - len(seen)
        if "after" not in answer:
            break
        after = answer["after"]
    assert len(seen) == len(many)


def huge() -> Report:
    patch = ({"op": "add", "path": "/x", "value": ["y" * 100] * 200},)
    safe, unsafe = (Fix("add it", kind, (), patch) for kind in ("safe", "unsafe"))
    long = diagnostic(path="p" * 900, pointer="/" + "\x1b" * 3000, summary="ü" * 1000)
    return report(long._replace(fix=safe), long._replace(fix=unsafe), errors=[notification(message="m" * 5000)] * 20)


def test_what_is_too_long_for_an_answer_is_cut_and_said_so() -> None:
    first = huge().to_agent(limit=1)
    second = huge().to_agent(limit=1, after=first["after"])
    assert all(len(json_text(answer).encode()) <= MOST_BYTES for answer in (first, second))
    assert first["findings"][0]["patch_left_off"] > 20_000
    assert second["unsafe_fixes"][0]["patch_left_off"] > 20_000
    assert first["findings"][0]["message"].endswith("…")
    assert first["errors"][-1] == "15 more errors of splint itself"


@pytest.mark.parametrize("after", few(["", "nothing", "0" * 32], 2))
def test_a_cursor_of_another_report_is_refused(after: str) -> None:
    with pytest.raises(ValueError, match="is no cursor of this report"):
        splint.check(BUNDLE).to_agent(after=after)
    with pytest.raises(ValueError, match="limit 0 is no number"):
        splint.check(BUNDLE).to_agent(0)


def test_control_characters_are_escaped() -> None:
    value = {"campaign": {"campaign_name": "x", "\x1b[2J\u202e\x9b": 1, "objective_type": "\x1b[31m\u2028"}}
    answer = splint.check(value).to_agent()
    for text in [one[key] for one in answer["findings"] for key in ("at", "message")]:
        assert text.isprintable()
    assert json_text(answer).isprintable()
    odd = {"patch": [{"path": "/\U000e0001\x85", "value": "é日"}]}
    assert json_text(odd).isprintable()
    assert json.loads(json_text(odd)) == odd


def test_tokens_are_masked_in_words_and_no_patch_carries_one() -> None:
    canary = "c4n4ry-T0ken-1234567"
    value = {"campaign": {"campaign_name": "x", "objective_type": f"access_token={canary}"}}
    assert canary not in json.dumps(splint.check(value).to_agent())
    patch = ({"op": "add", "path": "/note", "value": f"access_token={canary}"},)
    for kind in ("safe", "unsafe"):
        answer = report(diagnostic(fix=Fix("add it", kind, (), patch))).to_agent()
        assert canary not in json.dumps(answer)
        assert "patch" not in answer["findings"][0]


def test_a_missing_field_is_asked_for_in_a_body_of_its_own() -> None:
    """Where no bundle says what an object is, its own keys do."""
    group = {**BUNDLE["adgroups"][0], "advertiser_id": "1", "campaign_id": "2"}
    questions = asked(splint.check(group).to_agent())
    assert questions["/bid_type"]["kind"] == "choice"


@pytest.mark.parametrize(
    ("about", "field", "at", "question"),
    [
        ("budget", "AdGroup.budget", "/adgroups/0/budget", "what amount goes into budget?"),
        ("", "", "/adgroups/0", "what is meant here?"),
    ],
    ids=["named", "not named"],
)
def test_words_of_a_finding_name_no_field(about: str, field: str, at: str, question: str) -> None:
    """A message may name any fields, `dayparting` here, which is absent too: the missing one is what `about` says."""

    @rule("OURS1", "budget-without-dayparting", on=AdGroup, level="error", section="Ours", basis="sanity")
    def ours(group: AdGroup) -> Iterator[Finding]:
        """An ad group without dayparting has a budget."""
        yield group.missing("an ad group without dayparting has a budget, and none is there", "add budget", about=about)

    plugin = ModuleType("ours")
    vars(plugin)["splint_rules"] = splint.hookimpl(lambda: splint.Pack("ours", "OURS", "Ours", None, (ours,)))
    found = splint.check(BUNDLE, plugins=[plugin], select=["OURS"])
    assert [one.field for one in found.diagnostics] == [field]
    [asked_for] = found.to_agent()["needs_input"]
    assert (asked_for["at"], asked_for["question"]) == (at, question)


def test_a_call_to_action_is_asked_for_in_the_object_that_holds_it() -> None:
    ad = {"ad_name": "A", "landing_page_url_list": [{"landing_page_url": "https://example.com"}], "adgroup_id": "1"}
    question = splint.check(ad, select=["SPL315"]).to_agent()["needs_input"]
    assert [one["at"] for one in question] == ["/ad_configuration/call_to_action_id"]


@pytest.mark.parametrize("value", [{"campaign_name": "Spring"}, {"name": "x"}, {}, [{}]], ids=json.dumps)
def test_what_is_no_payload_is_asked_for_no_field(value: Any) -> None:
    """Nothing says what it is, so no field of an event, say, is missing in it."""
    report = splint.check(value)
    assert [(one.code, one.field) for one in report.diagnostics] == [("SPL002", "")]
    [question] = report.to_agent()["needs_input"]
    assert (question["at"], question["question"]) == ("", "what is meant here?")
    assert "name payload files" not in question["help"]


def test_what_a_request_lacks_is_a_field_of_its_own_model() -> None:
    """Its keys fit an ad as well: the endpoint says what it is."""
    body = {"operation_status": "ENABLE"}
    for level, model in (("campaign", "Campaign"), ("adgroup", "AdGroup"), ("ad", "Ad")):
        report = splint.check(body, endpoint=f"/smart_plus/{level}/status/update/")
        assert {one.field.partition(".")[0] for one in report.diagnostics} == {f"{model}StatusUpdate"}


def test_the_command_goes_on_behind_a_cursor(command: Command, tmp_path: Any) -> None:
    groups = [{**BUNDLE["adgroups"][0], "adgroup_name": str(number), "pixel_id": "{{pixel}}"} for number in range(30)]
    path = tmp_path / "big.json"
    path.write_text(json.dumps({**BUNDLE, "adgroups": groups}))
    first = command("check", str(path), "--isolated", "--output-format", "agent")
    assert first.status == 1
    assert first.out.endswith("}\n")
    answer = json.loads(first.out)
    assert answer["findings"][0]["path"].endswith("big.json")
    then = command("check", str(path), "--isolated", "--output-format", "agent", "--after", answer["after"])
    second = json.loads(then.out)
    assert second["left_off"] == answer["left_off"] - len(second["findings"])
    assert not any(one in answer["findings"] for one in second["findings"])
    wrong = command("check", str(path), "--isolated", "--output-format", "agent", "--after", "nothing")
    assert wrong.status == 2
    assert "'nothing' is no cursor of this report" in wrong.err
    alone = command("check", str(path), "--isolated", "--after", "nothing")
    assert alone.status == 2
    assert "--after is for the format agent" in alone.err
