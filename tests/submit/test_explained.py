"""What submit tells of refusals: while it sends, in its journal, and to `splint explain --run`."""

import json
import shlex
from typing import Any

from splint.submit.client import Answer
from splint.submit.journal import Journal
from tests.submit.harness import CANARY, FIRST, SHORT_SETTLE, Harness, summary
from tests.submit.server import Fault, answers, raw

REQUEST_ID = "20261126000000010002000300040005"


def refusing(code: int, message: str) -> Any:
    """A fault: the answer is this refusal, with a known request_id."""
    whole = {"code": code, "message": message, "request_id": REQUEST_ID, "data": {}}
    return raw(json.dumps(whole).encode(), commit=False)


def kept(harness: Harness, event: str) -> dict[str, Any]:
    """The answer in the last event of a name in the only journal."""
    [path] = harness.journals
    found = [entry.fields for entry in Journal.peek(path).events if entry.name == event]
    answer: dict[str, Any] = found[-1]["answer"]
    return answer


def test_a_refusal_is_explained_below_it(harness: Harness) -> None:
    """With the field, its place and value in the bundle, and who acts."""
    harness.tiktok.on("create", "adgroup", fault=refusing(40002, "Billing event is invalid"))
    outcome = harness.submit()
    assert outcome.status == 4, summary(outcome)
    assert "TikTok refuses /adgroups/0 " in outcome.err
    assert "  code: nothing was created; correct the payload [reference]" in outcome.err
    assert "  message: billing_event is not valid [seen]" in outcome.err
    assert '  payload: /adgroups/0/billing_event is "OCPM"' in outcome.err


def test_a_refused_status_update_is_explained_too(harness: Harness) -> None:
    """In TikTok's words; what an error_list says is told in words, and what it says without any in JSON."""
    harness.tiktok.on("status", times=2, fault=refusing(40002, "campaign_ids: no"))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    campaign = harness.record.resource("/campaign").id
    assert outcome.status == 4, summary(outcome)
    assert f"TikTok refuses to enable /campaign ({campaign}): code 40002: campaign_ids: no (run " in outcome.err
    assert "  code: nothing was changed; correct the payload [reference]" in outcome.err
    assert "  message: it names campaign_ids, and not what is wrong [inferred]" in outcome.err
    outcome = harness.rollback("--now")
    assert (outcome.status, "nobody knows" in outcome.err) == (4, False), summary(outcome)
    assert f"TikTok refuses to disable /campaign ({campaign}): code 40002: campaign_ids: no (run " in outcome.err
    assert "  code: nothing was changed" in outcome.err
    for path in harness.runs.glob("*.now-1.jsonl"):
        path.unlink()
    failures = [
        {"campaign_id": campaign, "error_message": "no"},
        {"smart_plus_ad_id": "5", "campaign_id": campaign, "error_message": "neither"},
        {"error_code": 7},
        "nor",
    ]
    harness.tiktok.on("status", fault=answers(0, data={"error_list": failures}, commit=False))
    outcome = harness.resume(settle=SHORT_SETTLE)
    assert outcome.status == 5, summary(outcome)
    said = f'error_list: campaign {campaign}: no; ad 5: neither; {{"error_code": 7}}; nor'
    assert f"ENABLE is not shown by /campaign ({campaign}) ({said}) (run " in outcome.err


def test_a_resumed_run_explains_a_refusal_too(harness: Harness) -> None:
    harness.tiktok.on("create", "ad", times=2, fault=refusing(40002, "You have duplicate titles"))
    assert harness.submit().status == 4
    outcome = harness.resume()
    assert outcome.status == 4, summary(outcome)
    assert "  message: ad_text_list holds a text twice [seen]" in outcome.err


def test_the_journal_keeps_the_whole_answer(harness: Harness) -> None:
    """The message at any length, the request_id, and no token."""
    message = f"budget: {'x' * 2000} {CANARY}"
    harness.tiktok.on("create", "adgroup", fault=refusing(40002, message))
    outcome = harness.submit()
    assert outcome.status == 4, summary(outcome)
    answer = kept(harness, "REJECTED")
    assert (answer["code"], answer["request_id"]) == (40002, REQUEST_ID)
    assert answer["message"] == f"budget: {'x' * 2000} {'*' * len(CANARY)}"


def test_a_missing_permission_is_no_bad_token(harness: Harness) -> None:
    """40001: the request was not carried out, and another token may not help."""
    message = "advertiser does not grant you /smart_plus/campaign/create/:POST permission"
    harness.tiktok.on("create", "campaign", fault=refusing(40001, message))
    outcome = harness.submit()
    assert (outcome.status, harness.state(FIRST["campaign"])) == (4, "NOT_SENT"), summary(outcome)
    assert "/campaign was not sent: a permission is missing (code 40001" in outcome.err
    assert "told beforehand by: SPL611" in outcome.err
    assert "the token is not accepted" not in outcome.err


def test_the_request_id_of_the_first_try_is_named_where_the_plan_has_another(harness: Harness) -> None:
    harness.write({"/campaign/request_id": "1770000000000000001"})
    harness.tiktok.on("create", "campaign", fault=Fault(commit=False, ending="close"))
    assert harness.submit(settle=SHORT_SETTLE).status == 5
    harness.write({"/campaign/request_id": "1770000000000000099"})
    outcome = harness.resume("--resend-absent", "--bundle", "bundle.json", settle=SHORT_SETTLE)
    sent = [one.body["request_id"] for one in harness.sent("create", "campaign")]
    assert (outcome.status, sent) == (0, ["1770000000000000001"] * 2), summary(outcome)
    assert "changed: it is sent with request_id 1770000000000000001, that of the first try" in outcome.out + outcome.err
    assert "/campaign is sent with request_id 1770000000000000001, that of the first try" in outcome.err


def test_a_run_is_explained_later(harness: Harness) -> None:
    """Out of its journal and the kept bundle; objects created since are named, and explained when asked for."""
    harness.tiktok.on("create", "ad", nth=2, fault=refusing(40002, "You have duplicate titles"))
    assert harness.submit().status == 4
    run, place = harness.record.run, str(harness.directory / "runs")
    told = harness.raw("explain", "--run", run, "--run-dir", place, "--output-format", "json", "--isolated")
    assert told.status == 0, summary(told)
    [one] = told.report["explanations"]
    assert (one["request_id"], one["endpoint"]) == (REQUEST_ID, "/smart_plus/ad/create/")
    assert one["payload"]["places"][0]["pointer"] == f"{one['object']}/ad_text_list"
    other = harness.raw("explain", "--run", run, "/campaign", "--run-dir", place, "--isolated")
    assert (other.status, f"run {run}: no refusal of /campaign is in its journal" in other.err) == (2, True)
    assert harness.resume().status == 0
    since = harness.raw("explain", "--run", run, "--run-dir", place, "--isolated")
    left_out = f"refused first and done later: {one['object']}; name an object to have its refusal explained"
    assert (since.status, left_out in since.err) == (2, True), since.err
    hint = since.err.partition(", as in splint ")[2].partition("\n")[0]
    assert shlex.split(hint) == ["explain", "--run", run, one["object"], "--run-dir", place]
    named = harness.raw(*shlex.split(hint), "--isolated")
    assert (named.status, "ad_text_list holds a text twice" in named.out) == (0, True), summary(named)
    missing = harness.raw("explain", "--run", "none", "--run-dir", place, "--isolated")
    assert (missing.status, "none" in missing.err) == (2, True)


def test_a_plain_answer_is_no_refusal() -> None:
    assert Answer("ok", "code 0: OK", {}, 0, "OK", REQUEST_ID).refusal is None
    assert Answer("unknown", "HTTP 502").refusal is None
