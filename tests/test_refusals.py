"""What refusals of the API mean: by their code, by their message, by the payload that was refused."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import splint_guide
from hypothesis import given
from hypothesis import strategies as st

import splint
from splint import Explanation, PluginError, explain
from splint.refusals.answers import answers
from splint.refusals.codes import CODES, certain
from splint.refusals.forms import named
from splint.refusals.known import known_refusals, read
from splint.refusals.places import SENT, known_fields
from splint.rules.registry import load
from splint.rules.rule import GONE, times
from splint.testing import base, edited
from tests.command import Command
from tests.grids import few
from tests.test_snapshots import REFUSALS, compared

ROOT = Path(__file__).parent.parent
AS_OF = "2026-03-01"


def one(answer: Any, payload: Any = None, **options: Any) -> Explanation:
    """The only explanation of an answer."""
    [explanation] = explain(answer, payload, as_of=AS_OF, **options)
    return explanation


def fields(message: str, **options: Any) -> list[str]:
    """The fields that a message is about."""
    meaning = one({"code": 40002, "message": message}, **options).meaning
    return [] if meaning is None else [*meaning.fields]


# -- the message -------------------------------------------------------------------------------------------------------

NAMED = {
    "schedule_start_time: Missing data for required field.": ["schedule_start_time"],
    "landing_page_url_list: maximum number of items is 1": ["landing_page_url_list"],
    "optimization_goal: value is not one of the allowed values, value is ON ,correct is CLICK": ["optimization_goal"],
    "schedule_start_time: Not a valid datetime.": ["schedule_start_time"],
    "schedule_type: Enum SCHEDULE_FROM_START_TIME invalid": ["schedule_type"],
    "pixel_id: is not a valid integer string": ["pixel_id"],
    "budget: must be set to array": ["budget"],
    "budget.0 must be set to object": ["budget"],
    "creative_list.0.creative_info.ad_format: Missing data for required field.": ["ad_format"],
    "creative_list[0].creative_info.identity_id is required": ["identity_id"],
    "Missing data for required field (creative_info.ad_format)": ["ad_format"],
    "bid_price is required": ["bid_price"],
    "Missing required parameter: advertiser_id": ["advertiser_id"],
    "\"pixel_id\" must be a string": ["pixel_id"],
    "parameter 'landing_page_url' is not a valid URL": ["landing_page_url"],
    "Optimization goal is not supported": ["optimization_goal"],
    "Interest category ids is invalid": ["interest_category_ids"],
    "At least 1 location ID is invalid": ["location_ids"],
    "ad group name cannot be empty": ["adgroup_name"],
    "BILLING_EVENT is invalid": ["billing_event"],
    "Invalid value 'BID_TYPE_FOO' for bidType": ["bid_type"],
    "Key: 'AdGroupCreateReq.BidType' Error:Field validation for 'BidType' failed": ["bid_type"],
    "json: cannot unmarshal string into Go struct field CampaignCreateReq.budget of type float64": ["budget"],
    "Budget is below the minimum.": ["budget"],
    "Bid price should be less than budget": ["bid_price", "budget"],
    "schedule_end_time must be later than schedule_start_time": ["schedule_end_time", "schedule_start_time"],
    "the bid type is wrong for advertiser_id 7000000000000000001": ["bid_type"],
    "BID_TYPE_CUSTOM is not supported with this goal": ["bid_type"],
    "store_id: Missing data for required field.": ["store_id"],
    "Invalid value for timestamp: not a valid string.": ["timestamp"],
    "placement is invalid": ["placements"],
    "Budget mode: invalid": ["budget_mode"],
}  # fmt: skip
"""Messages in forms that hold for every field."""
NAMELESS = [
    "Internal problem, try again",
    "Something is not allowed",
    "CPA bid must be lower than budget",
    "The pixel is not accessible",
    "The budget plan of this group is wrong",
    "text is invalid",
    "error: failed",
    "ENABLE is not supported",
    "",
    "(message not kept)",
]
"""Messages that name no field: of the words budget, pixel, text and ENABLE none says which."""


@pytest.mark.parametrize("message", NAMED)
def test_a_message_names_its_fields(message: str) -> None:
    assert fields(message) == NAMED[message]


FAULTS = {
    "At least 1 location ID is invalid": "holds one or more that TikTok does not know",
    "At least 2 location IDs are invalid": "holds one or more that TikTok does not know",
    "At least one interest category ID does not exist": "holds one or more that TikTok does not know",
    "budget must be at least 50": "is out of range",
    "At least 1 location ID is required": "is missing",
    "Budget is invalid: it must be at least 50": "is out of range",
    "creative_list.0.creative_info.video_info.video_id: field required": "is missing",
    "advertiser_id: required": "is missing",
    "budget is a required field": "is missing",
    "Required field budget must be at least 50": "is out of range",
    "The required budget is wrong": "is not valid",
}


@pytest.mark.parametrize("message", FAULTS)
def test_a_message_says_what_is_wrong_with_its_field(message: str) -> None:
    """`At least 1 ... is invalid` counts entries, and is no range."""
    meaning = one({"code": 40002, "message": message}).meaning
    assert meaning is not None
    assert meaning.cause == FAULTS[message]


def test_a_field_without_a_fault_is_told_in_a_sentence() -> None:
    text = one({"code": 40002, "message": "budget"}).text()
    assert "message: it names budget, and not what is wrong [" in text


@pytest.mark.parametrize("message", NAMELESS)
def test_a_message_that_names_no_field_gets_none(message: str) -> None:
    """And stays unknown, with what TikTok's support asks for."""
    told = one({"code": 40002, "message": message, "request_id": "20260301A"})
    assert (told.meaning, told.is_explained, told.rules) == (None, False, ())
    assert told.verdict == "unknown: code 40002 (invalid parameter); no payload to check"
    assert "for TikTok's support: request_id 20260301A" in told.text()


def test_the_longest_name_counts() -> None:
    """`budget_mode` is not `budget`, in words either."""
    assert fields("The budget mode and the budget are wrong") == ["budget_mode", "budget"]
    assert fields("catalog authorized bc ids are invalid") == ["catalog_authorized_bc_id"]


def test_the_endpoint_narrows_the_fields() -> None:
    """A campaign has no bid_type: in its message the words name nothing."""
    assert fields("the bid type is wrong", endpoint="smart_plus/adgroup/create") == ["bid_type"]
    assert fields("the bid type is wrong", endpoint="smart_plus/campaign/create") == []


def test_a_path_with_an_index_is_a_pointer() -> None:
    told = one("creative_list.1.creative_info.ad_format: Missing data for required field.").to_dict()
    assert told["meaning"]["pointer"] == "/creative_list/1/creative_info/ad_format"


@pytest.mark.parametrize("code", few([50000, 40100, 40105, 40050], 2))
def test_a_code_that_is_not_about_the_payload_blames_no_field(code: int) -> None:
    """Whatever its message speaks of."""
    told = one({"code": code, "message": "budget_mode service failed"}, base("cbo", "guide"))
    assert (told.meaning, told.grounds, told.is_explained) == (None, None, True)


# -- the code ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "created", "actor"),
    few(
        [
            (0, "yes", None),
            (40001, "no", "scope"),
            (40002, "no", "payload"),
            (40050, "unknown", "account"),
            (40100, "no", "wait"),
            (40105, "no", "token"),
            (50000, "unknown", "TikTok"),
            (51002, "unknown", None),
        ],
        3,
    ),
)
def test_a_code_says_what_was_created_and_who_acts(code: int, created: str, actor: str | None) -> None:
    told = one({"code": code, "message": "no"}).to_dict()["code"]
    assert (told["created"], told["actor"]) == (created, actor)


def test_only_what_the_reference_says_is_certain() -> None:
    """Submit takes these codes alone for requests that were not carried out."""
    known = {code for code in CODES if certain(code)}
    assert known == {40001, 40002, 40007, 40016, 40100, *range(40102, 40108), 40125, 40132, 40133}


# -- what is read ------------------------------------------------------------------------------------------------------

ANSWER = {"code": 40002, "message": "bid_price is required", "request_id": "20260301AB"}
TEXT = json.dumps(ANSWER)
GIVEN: dict[str, Any] = {
    "a value": ANSWER,
    "JSON": TEXT,
    "bytes with a BOM": b"\xef\xbb\xbf" + TEXT.encode(),
    "a line of a log": f"2026-03-01T10:00:00Z ERROR tiktok said {TEXT} (retry 1)",
    "a line of a log, escaped": f"WARN body={json.dumps(TEXT)}",
    "a JSON log": json.dumps({"level": "error", "message": f"TikTok: {TEXT}"}),
    "an answer within": {"response": {"body": TEXT}},
    "a dict of Python": f"TikTokError: {ANSWER!r}",
    "cut off": TEXT[:-1] + ', "data": {"li',
    "code and message": "code=40002, msg=bid_price is required, request_id=20260301AB",
    "before other keys of a log": "code=40002 message=bid_price is required request_id=20260301AB at=/ad/create/",
    "in brackets": "Request failed (code: 40002, request_id: 20260301AB): bid_price is required",
    "behind it": "bid_price is required (code 40002, request_id: 20260301AB)",
    "a line of a journal": '{"seq":3,"event":"REJECTED","object":"/campaign","why":"code 40002: bid_price is required",'
    '"code":40002,"answer":{"code":40002,"message":"bid_price is required","request_id":"20260301AB"},"check":"0"}',
}  # fmt: skip


@pytest.mark.parametrize("how", GIVEN)
def test_an_answer_is_found_however_it_is_kept(how: str) -> None:
    [found] = answers(GIVEN[how])
    assert (found.code, found.message, found.request_id) == (40002, "bid_price is required", "20260301AB")


@pytest.mark.parametrize("text", ["[40002] bid_price is required", "TikTok API error 40002: bid_price is required"])
def test_a_code_before_the_message_is_read(text: str) -> None:
    assert [(found.code, found.message) for found in answers(text)] == [(40002, "bid_price is required")]


OK = '{"code":0,"message":"OK"}'
REVOKED = json.dumps({"code": 40105, "message": "token revoked"})
SPREAD = json.dumps({"code": 40105, "message": "token revoked", "data": {"list": [{}, {}]}}, indent=2)
INVALID = "Budget mode is invalid"
NO_REFUSALS = (
    "[12345] worker started",
    "[2026-03-01 10:00:00 +0000] [40002] [INFO] Booting worker",
    "app[40002]: up",
    "2026-03-01 10:00 INFO creating a CBO campaign",
    "WARN status code=200 msg=ok",
    '  File "api.py", line 40002',
    "{",
)
LOGS: dict[str, tuple[str, list[tuple[int | None, str]]]] = {
    "ok, then words": (f"{OK}\ncode 40002: {INVALID}", [(40002, INVALID)]),
    "ok, then a code in brackets": (f"{OK}\nERROR {INVALID} (code: 40002)", [(40002, INVALID)]),
    "ok, then a message alone": (f"{OK}\n{INVALID}", [(None, INVALID)]),
    "ok of Python": (f"{{'code': 0, 'message': 'OK'}}\n[40002] {INVALID}", [(40002, INVALID)]),
    "ok, escaped": (f"WARN body={json.dumps(OK)}\n[40002] {INVALID}", [(40002, INVALID)]),
    "ok on the same line": (f"{OK}, then code 40002: {INVALID}", [(40002, INVALID)]),
    "a thousand times ok": (f"{OK}\n" * 1001 + f"code 40002: {INVALID}", [(40002, INVALID)]),
    "JSON, then words": (f"{REVOKED}\ncode 40002: {INVALID}\n", [(40105, "token revoked"), (40002, INVALID)]),
    "words, then JSON": (f"code 40002: {INVALID}\r\n{REVOKED}", [(40002, INVALID), (40105, "token revoked")]),
    "words, then brackets": (
        f"code 40100: Too many requests\n12:00:02 ERROR [40002] {INVALID}",
        [(40100, "Too many requests"), (40002, INVALID)],
    ),
    "JSON of several lines": (
        f"12:00 answer {SPREAD} took 5 ms\n[40002] {INVALID}\n{json.dumps(json.loads(OK), indent=1)}",
        [(40105, "token revoked"), (40002, INVALID)],
    ),
    "JSON of several lines, cut off": (
        f"code 40002: {INVALID}\n{SPREAD[:-9]}",
        [(40002, INVALID), (40105, "token revoked")],
    ),
    "a log of JSON": (
        "\n".join(json.dumps({"level": "error", "msg": msg}) for msg in (f"12:00 [40002] {INVALID}", REVOKED, "begun")),
        [(40002, INVALID), (40105, "token revoked")],
    ),
    "an array": (f'["code 40002: {INVALID}", {OK}, {REVOKED}]', [(40002, INVALID), (40105, "token revoked")]),
    "the same told twice": (f"ERROR 40105 {REVOKED}", [(40105, "token revoked")]),
    "lines that tell of none": (
        "\n".join((REVOKED, *NO_REFUSALS)),
        [(40105, "token revoked")],
    ),
    "ok, and lines that tell of none": (f"{OK}\n[12345] worker started\n12:00 exit code 0", [(0, "OK")]),
}


@pytest.mark.parametrize("how", LOGS)
def test_each_line_is_read_for_what_it_is(how: str) -> None:
    """Whatever form the others have, in their order."""
    text, found = LOGS[how]
    assert [(told.answer.code, told.answer.message) for told in explain(text)] == found
    assert explain(text.encode()) == explain(text)


@pytest.mark.parametrize(
    "text",
    few(
        [
            "TikTokError('[40002] {}')",
            'raise TikTokError("code 40002: {}")',
            "TikTokError(40002, '{}')",
            "tiktok.ApiException: [40002] {}",
            "api.py:33 [40002] {}",
            "12:00:02 ERROR [40002] {}",
            "12:00 [40002] {}",
            "ERROR:root:[40002] {}",
            "2026-03-01 10:00:00,123 - api - ERROR - [40002] {}",
            "\x1b[31m[40002] {}\x1b[0m",
            'answered "[40002] {}"',
            "12:00:02 ERROR {} [40002]",
            '{{"log": "12:00 [40002] {}"}}',
        ],
        5,
    ),
)
@pytest.mark.parametrize("message", [INVALID, "name (a) [b] it's"])
def test_a_code_in_brackets_is_read_behind_any_prefix(text: str, message: str) -> None:
    if "'{}'" in text and "'" in message:
        message = message.replace("'", "")
    assert [(found.code, found.message) for found in answers(text.format(message))] == [(40002, message)]


@pytest.mark.parametrize(
    "text",
    few(
        [
            "[12345] worker started",
            "12:00 [41234] worker started",
            "app[40002]: started",
            "12:00 [40002] [INFO] started",
        ],
        2,
    ),
)
def test_another_number_in_brackets_is_no_code(text: str) -> None:
    assert [found.code for found in answers(text)] == [None]


@pytest.mark.slow
@pytest.mark.parametrize("line", few(['{"a":[', '{"a":{"b":1},', "{", "{'code': ", "[40002"], 1))
def test_many_lines_take_no_longer_than_they_are_long(line: str) -> None:
    began = time.monotonic()
    answers(f"{line}\n" * 20_000)
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(
    "given", few(["", " \n", "{}", "[]", {"campaign_name": "A"}, b"\xff\xfe", "2026-03-01 10:00 INFO begun"], 3)
)
def test_what_holds_no_answer_gives_none(given: Any) -> None:
    assert explain(given) == []


@pytest.mark.parametrize("given", [Path("answer.json"), ValueError("40002"), {1}, None, 5, 1.5, True], ids=str)
def test_what_is_neither_a_text_nor_a_json_value_is_a_type_error(given: Any) -> None:
    with pytest.raises(TypeError, match=f"answer is of type {type(given).__name__}: pass its text"):
        explain(given)


def test_several_answers_are_explained_in_turn() -> None:
    """Those that refuse nothing are left out, beside others."""
    log = '{"code":0,"message":"OK"}\n{"code":40002,"message":"budget: x is invalid"}\n{"code":40100,"message":"slow"}'
    assert [told.answer.code for told in explain(log)] == [40002, 40100]
    assert [told.answer.code for told in explain('{"code":0,"message":"OK"}')] == [0]


def test_the_endpoint_is_read_beside_the_answer() -> None:
    entry = {"adgroup_id": "1", "budget": 3}
    sent = {"endpoint": "/v1.3/smart_plus/adgroup/budget/update/", "body": {"advertiser_id": "7", "budget": [entry]}}
    told = one({"code": 40002, "message": "budget is below minimum"}, sent)
    assert told.answer.endpoint == "/smart_plus/adgroup/budget/update/"
    assert "nothing was changed" in told.text()
    assert "SPL107" not in told.text()
    several = [sent, {**sent, "endpoint": "/v1.3/smart_plus/adgroup/update/"}]
    assert one({"code": 40002, "message": "no"}, several).answer.endpoint is None
    log = 'POST https://business-api.tiktok.com/open_api/v1.3/smart_plus/ad/create/ {"code":40002,"message":"no"}'
    assert one(log).answer.endpoint == "/smart_plus/ad/create/"
    assert (
        one({"code": 40002, "message": "no"}, endpoint="smart_plus/ad/create").answer.endpoint
        == "/smart_plus/ad/create/"
    )


@given(st.one_of(st.text(), st.binary(), st.lists(st.recursive(st.none() | st.text() | st.integers(), st.lists))))
def test_nothing_that_is_read_is_an_error(given: Any) -> None:
    """Any text, any bytes, any list; and every explanation can be shown."""
    for told in explain(given):
        assert json.loads(json.dumps(told.to_dict()))["message"] == told.answer.message
        assert all(char.isprintable() or char in "\n\t" for char in told.text())


KNOWN = frozenset(facts.name for facts in known_fields(SENT))


@given(st.sampled_from(sorted(NAMED)), st.integers(0, 60), st.text(max_size=8))
def test_a_field_is_named_only_where_the_message_has_its_words(message: str, at: int, more: str) -> None:
    """Whatever stands in between: the ASCII letters of each field are in the message, in their order."""
    torn = message[:at] + more + message[at:]
    letters = re.sub(r"[^a-z0-9]", "", torn.lower())
    for name, *_ in named(torn, KNOWN, {}):
        shown = re.sub(r"[^a-z0-9]", "", name.lower().removesuffix("_list").removesuffix("s"))
        assert shown in letters or shown.replace("catalog", "catalogue") in letters


@pytest.mark.parametrize("part", few(["{", '{"code":', "code ", "a_", '\\"', "(", "budget mode ", '"message": "'], 3))
def test_a_long_text_takes_no_longer_than_it_is_long(part: str) -> None:
    """What is repeated a hundred thousand times is given up, not searched from each of its places."""
    began = time.monotonic()
    explain(part * 100_000)
    assert time.monotonic() - began < 20


# -- the payload -------------------------------------------------------------------------------------------------------


def test_findings_at_the_field_come_with_their_fixes() -> None:
    payload = base("cbo", "reference")
    payload["adgroups"][0]["billing_event"] = "CPC"
    told = one("Billing event is invalid", payload)
    assert told.grounds is not None
    [found] = told.grounds.findings
    assert (found.pointer, found.fix and found.fix.patch) == (
        "/adgroups/0/billing_event",
        ({"op": "replace", "path": "/adgroups/0/billing_event", "value": "OCPM"},),
    )
    assert [place.value for place in told.grounds.places] == ["CPC"]
    assert f"fix ({found.fix and found.fix.applicability})" in told.text()


@pytest.mark.parametrize(
    "settings", few(['select = ["SPL1"]', 'ignore = ["REF311"]', '[per-file-ignores]\n"*.json" = ["REF311"]'], 2)
)
def test_what_settings_silence_is_told_of_a_refusal(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: str
) -> None:
    (tmp_path / "splint.toml").write_text(f'profile = "reference"\n{settings}')
    (tmp_path / "ad.json").write_bytes(Path("fixtures/requests/099.json").read_bytes())
    (tmp_path / "answer.log").write_bytes(Path("fixtures/refused/duplicate-titles.log").read_bytes())
    monkeypatch.chdir(tmp_path)
    outcome = command("explain", "answer.log", "--payload", "ad.json")
    assert "error[REF311]" in outcome.out, outcome
    given = (tmp_path / "answer.log").read_text(), tmp_path / "ad.json"
    assert "error[REF311]" in explain(*given, config=tmp_path / "splint.toml")[0].text()


def test_a_field_that_is_missing_is_missed_where_it_belongs() -> None:
    payload = base("cbo", "reference")
    del payload["adgroups"][0]["ads"][0]["creative_list"][0]["creative_info"]["ad_format"]
    told = one("creative_info.ad_format: Missing data for required field.", payload)
    at = "/adgroups/0/ads/0/creative_list/0/creative_info"
    assert told.grounds is not None
    assert [(place.pointer, place.is_missing) for place in told.grounds.places] == [(at, True)]
    assert at in {found.pointer for found in told.grounds.findings}


@pytest.mark.parametrize("field", ["ad_format", "identity_id"])
def test_a_path_with_an_index_that_is_not_there_leads_nowhere(field: str) -> None:
    """Neither the fields of other entries nor those that lack it are meant; no finding on them is told."""
    payload = base("ad", "reference")
    payload["creative_list"].append({"creative_info": {"ad_format": "carousel"}})
    told = one(f"creative_list.5.creative_info.{field}: not a valid choice", payload)
    assert told.grounds is not None
    assert (told.grounds.places, told.grounds.findings) == ((), ())
    assert f"payload: /creative_list/5/creative_info/{field} is not there" in told.text()


@pytest.mark.parametrize("before", few(["", "body.", "Request.", "data.ad."], 2))
def test_what_stands_before_the_first_list_of_a_path_is_the_servers(before: str) -> None:
    payload = base("ad", "reference")
    payload["creative_list"].append({"creative_info": {"ad_format": "carousel"}})
    told = one(f"{before}creative_list.1.creative_info.ad_format: not a valid choice", payload)
    assert told.grounds is not None
    assert [place.pointer for place in told.grounds.places] == ["/creative_list/1/creative_info/ad_format"]


def test_a_path_with_an_index_leads_to_one_of_several() -> None:
    payload = base("cbo", "reference")
    ad = payload["adgroups"][0]["ads"][0]
    ad["creative_list"] *= 3
    told = one("creative_list.1.creative_info.identity_id: invalid", payload)
    assert told.grounds is not None
    assert [place.pointer for place in told.grounds.places] == [
        "/adgroups/0/ads/0/creative_list/1/creative_info/identity_id"
    ]


def test_a_value_in_the_message_is_found_in_the_payload() -> None:
    """Where the message names no field: the one place of the value; of two fields with it none."""
    payload = base("cbo", "reference")
    message = 'strconv.ParseInt: parsing "px-17": invalid syntax'
    assert one({"code": 40002, "message": message}, payload).meaning is None
    payload["adgroups"][0]["pixel_id"] = "px-17"
    told = one({"code": 40002, "message": message}, payload)
    assert told.meaning is not None
    assert (told.meaning.fields, told.meaning.provenance) == (("pixel_id",), "inferred")
    payload["adgroups"][0]["ads"][0]["creative_list"][0]["creative_info"]["identity_id"] = "px-17"
    assert one({"code": 40002, "message": message}, payload).meaning is None


def test_without_findings_the_rules_that_want_more_are_named() -> None:
    """With the account facts and the objects that they ask for."""
    group = base("ad-group", "reference")
    told = one("budget_mode is invalid", group, endpoint="smart_plus/adgroup/create")
    assert told.grounds is not None
    assert (told.grounds.findings, {one.selection.rule.code for one in told.grounds.open} >= {"SPL102"}) == ((), True)
    assert {need for one in told.grounds.open for need in one.needs} >= {"the campaign"}
    assert "would say more with the campaign" in told.text()


def test_of_fields_that_are_compared_only_rules_on_both_are_named() -> None:
    """Those on the budget alone, which want account facts, say nothing of a bid beside it."""
    bids = {"/adgroups/0/bid_type": "BID_TYPE_CUSTOM", "/adgroups/0/conversion_bid_price": 20}
    sent = edited(base("cbo", "reference"), bids)
    alone, compared = one("budget is too low", sent), one("conversion_bid_price must be lower than budget", sent)
    assert alone.grounds is not None
    assert compared.grounds is not None
    assert {each.selection.rule.code for each in alone.grounds.open} >= {"REF104", "SPL107", "SPL108"}
    assert compared.grounds.open == ()
    assert {rule.code for rule, _ in compared.rules} == {"REF105", "SPL106"}
    limited = one("budget should be no less than 50 when budget_mode is BUDGET_MODE_DAY", sent)
    assert "REF104" in {rule.code for rule, _ in limited.rules}


@pytest.mark.parametrize("path", few(["/campaign", "/adgroups/0", "/adgroups/0/ads/0"], 2))
def test_objects_that_were_sent_with_the_refused_one_are_there(path: str) -> None:
    """No rule wants the ad group of a bundle that has it, where the bundle's campaign alone is refused."""
    for field in ("budget_mode", "bid_type", "creative_list"):
        told = one({"code": 40002, "message": f"{field} is invalid", "object": path}, base("cbo", "reference"))
        assert told.grounds is not None
        assert not {need for rule in told.grounds.open for need in rule.needs if need.startswith("the ")}, field


@pytest.mark.parametrize(
    ("payload", "code"),
    few(
        [
            ("{", "SPL001"),
            ("", "SPL001"),
            ("nonsense", "SPL001"),
            ("a: 1", "SPL001"),
            ('{"a": 1}', "SPL002"),
            ([], "SPL002"),
        ],
        2,
    ),
)
def test_a_payload_that_cannot_be_checked_is_told(payload: Any, code: str) -> None:
    """Nothing is claimed of what breaks a rule in it; a message that says nothing stays unknown."""
    told = one({"code": 40002, "message": "no"}, payload)
    assert told.grounds is not None
    assert ([found.code for found in told.grounds.unread], told.is_explained) == ([code], False)
    assert told.verdict == "unknown: code 40002 (invalid parameter); the payload could not be checked"
    assert f"  error[{code}] " in told.text()
    assert [found["code"] for found in told.to_dict()["payload"]["findings"]] == [code]
    assert f"  error[{code}] " in one("Budget mode is invalid", payload).text()


def test_a_file_of_a_payload_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.foo").write_text("x")
    for name, why in (("none.json", "cannot be read: No such file"), ("a.foo", "no document format has this suffix")):
        told = one({"code": 40002, "message": "no"}, tmp_path / name)
        assert told.verdict == "unknown: code 40002 (invalid parameter); the payload could not be checked"
        assert f"\n  payload: {tmp_path / name}: {why}" in told.text()
        [error] = told.to_dict()["payload"]["errors"]
        assert error["kind"] == "unreadable-file"
        assert error["message"].startswith(f"{tmp_path / name}: {why}")


def test_a_part_of_a_payload_that_cannot_be_read_is_told(command: Command, tmp_path: Path) -> None:
    """With its line in the file, beside what the rest breaks."""
    path = tmp_path / "two.ndjson"
    path.write_text(f'{json.dumps(base("cbo", "reference"))}\n{{"campaign_name": \n')
    words = ("explain", "-", "--payload", str(path), "--config", f'as-of = "{AS_OF}"')
    done = command(*words, stdin='{"code": 40002, "message": "no"}')
    assert done.status == 1
    assert "the payload could not be checked" in done.out
    assert done.out.count("SPL001") == 1
    assert "  error[SPL001] line 2, column " in done.out


def test_a_rule_of_other_requests_is_not_said_to_find_more() -> None:
    """SPL504 is on updates: of a refused create it has nothing to say, whatever the facts."""
    group = base("ad-group", "reference")
    for more, is_open in (({}, False), ({"adgroup_id": "7"}, True)):
        told = one("targeting_spec is invalid", {**group, **more})
        assert told.grounds is not None
        assert ("SPL504" in {one.selection.rule.code for one in told.grounds.open}) is is_open


CUSTOMIZED = "Custom identities are no longer supported. Use an authorized TikTok account."


@pytest.mark.parametrize(
    ("edits", "wanting"),
    few(
        [
            ({"/ad_configuration/identity_type": "CUSTOMIZED_USER", "/ad_configuration/identity_id": "1"}, {"REF306"}),
            ({"/ad_configuration/identity_type": "TT_USER", "/ad_configuration/identity_id": "1"}, {"REF316"}),
            ({}, set()),
        ],
        2,
    ),
)
def test_a_rule_wants_more_only_where_its_guard_may_hold(edits: dict[str, Any], wanting: set[str]) -> None:
    """REF316 is on Spark identities, REF306 on custom ones: what the ad says decides which waits for the ad group."""
    info = "/creative_list/0/creative_info"
    none = {f"{info}/identity_{name}": GONE for name in ("type", "id", "authorized_bc_id")}
    ad = edited(base("ad", "reference"), {**none, **edits})
    told = one(CUSTOMIZED, ad, endpoint="smart_plus/ad/create")
    assert told.grounds is not None
    on_ad_groups = {each.selection.rule.code for each in told.grounds.open if "the ad group" in each.needs}
    assert on_ad_groups == wanting


@pytest.mark.parametrize("message", ["creatives.identity_id is required", "identity_id is required"])
@pytest.mark.parametrize(("missing", "code"), [(["id"], "SPL309"), (["type", "id", "authorized_bc_id"], "SPL308")])
def test_an_identity_that_is_missing_has_the_place_of_the_finding(message: str, missing: list[str], code: str) -> None:
    """The ad's configuration could hold it too: what a rule finds says where it is missed."""
    info = "/creative_list/0/creative_info"
    ad = edited(base("ad", "reference"), {f"{info}/identity_{name}": GONE for name in missing})
    told = one(message, ad, endpoint="smart_plus/ad/create")
    assert told.grounds is not None
    assert [(place.pointer, place.is_missing) for place in told.grounds.places] == [(info, True)]
    assert [found.code for found in told.grounds.findings] == [code]


def test_an_identity_that_an_ad_group_lacks_is_no_matter_of_creatives() -> None:
    sent = edited(base("ad-group", "reference"), {"/identity_type": "TT_USER"})
    assert "creative" not in one("identity_id is required", sent, endpoint="smart_plus/adgroup/create").text()


@pytest.mark.parametrize(
    ("message", "endpoint", "body", "pointer", "fix"),
    [
        (
            "AdgIds is nil",
            "adgroup/budget/update",
            {"advertiser_id": "7", "budget_list": [{"adgroup_id": "5", "budget": 50}]},
            "/body/budget_list",
            "rename budget_list to budget",
        ),
        (
            "targeting_spec: Missing data for required field.",
            "adgroup/create",
            edited(base("ad-group", "reference"), {"/targeting_spec": GONE, "/location_ids": ["6252001"]}),
            "/body/location_ids",
            "move location_ids to targeting_spec",
        ),
    ],
)
def test_a_key_that_is_written_for_the_field_is_told(
    message: str, endpoint: str, body: Any, pointer: str, fix: str
) -> None:
    sent = {"endpoint": f"/open_api/v1.3/smart_plus/{endpoint}/", "method": "POST", "body": body}
    lacks, found, *fixed = one(message, sent).text().splitlines()[-3:]
    assert lacks == "  payload: /body lacks it"
    assert found.startswith(f"  error[SPL004] {pointer}: ")
    assert fixed == [f"    fix (unsafe): {fix}"]


def test_the_rules_on_a_field_are_those_of_the_endpoint_that_answers_so() -> None:
    """REF104 is on the budget of campaigns and ad groups; AdgIds is nil is an answer to an update of budgets.

    Nor is one of them the rule on what is missing where a field is there twice.
    """
    told = one("AdgIds is nil").text()
    assert "told beforehand by: REF004" in told
    assert "REF104" not in told
    assert "rules on it: REF103 (name-not-acceptable)\n" in f"{one('Campaign name already exists').text()}\n"


def test_nothing_known_and_nothing_found_stays_unknown() -> None:
    told = one({"code": 40002, "message": "no", "request_id": "20260301A"}, base("cbo", "reference"))
    assert told.verdict == "unknown: code 40002 (invalid parameter); nothing in this payload breaks a rule"
    assert "request_id 20260301A" in told.text()


def test_what_a_payload_breaks_is_told_where_the_message_names_nothing() -> None:
    """As what it is: no field is named for it."""
    payload = base("cbo", "reference")
    payload["adgroups"][0]["billing_event"] = "CPC"
    told = one({"code": 40002, "message": "no"}, payload)
    assert (told.meaning, told.is_explained) == (None, True)
    assert "the message names no field; this is what the payload breaks [inferred]" in told.text()


def test_what_the_clock_has_done_since_is_no_cause_of_a_refusal() -> None:
    """An answer is explained after the start that was sent: it is told only if the settings say when that was."""
    payload = base("cbo", "reference")
    payload["adgroups"][0] |= {"schedule_start_time": "2026-03-01 00:05:00", "billing_event": "CPC"}

    def codes(message: str, **options: Any) -> list[str]:
        [told] = explain({"code": 40002, "message": message}, payload, **options)
        assert told.grounds is not None
        return [finding.code for finding in told.grounds.findings]

    assert codes("no") == ["REF202"]
    assert codes("no", as_of="2026-03-02") == ["REF202", "REF206"]
    assert codes("Start time must be in the future") == ["REF206"]


def test_the_refused_object_is_the_one_that_is_looked_into() -> None:
    """That of the endpoint, or that of the journal's line."""
    payload = base("no-cbo", "reference")
    payload["campaign"]["budget"] = 3
    told = one("budget: invalid", payload, endpoint="smart_plus/adgroup/create")
    assert told.grounds is not None
    assert [place.pointer for place in told.grounds.places] == ["/adgroups/0/budget"]
    told = one({"code": 40002, "message": "budget: invalid", "object": "/campaign"}, payload)
    assert told.grounds is not None
    assert [place.pointer for place in told.grounds.places] == ["/campaign/budget"]


def test_real_refusals_lead_to_the_field_that_was_refused(request: pytest.FixtureRequest) -> None:
    """Every refused request whose message is known, and every known refusal, as text that people read."""
    shown = [one({"code": known.code, "message": known.example}).text() for known in known_refusals()]
    for path in sorted((ROOT / "fixtures" / "requests").glob("*.json")):
        answer = json.loads(path.read_bytes())["_answer"]
        if answer.get("message"):
            [told] = explain({"code": 40002, "message": answer["message"]}, path, as_of=answer["as_of"])
            assert told.meaning is not None, path
            assert told.meaning.fields, path
            shown.append(f"# {path.stem}\n{told.text()}")
    compared(REFUSALS, "\n".join(shown), request)


# -- known refusals ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "endpoint", "rules", "provenance"),
    few(
        [
            ("budget cannot be less than 15.00", "smart_plus/campaign/update", ("REF105",), "seen"),
            ("budget cannot be less than [15.00]", "smart_plus/campaign/update", ("REF105",), "seen"),
            ("budget cannot be less than 15.00", "smart_plus/adgroup/create", ("REF104",), "inferred"),
            ("Your budget setting must not be less than $50", "smart_plus/campaign/update", ("REF104",), "seen"),
            (
                "budget of campaign cannot be less than budget of ad group",
                "smart_plus/campaign/update",
                (),
                "inferred",
            ),
        ],
        2,
    ),
)
def test_a_budget_that_is_too_low_is_told_by_what_it_is_held_against(
    message: str, endpoint: str, rules: tuple[str, ...], provenance: str
) -> None:
    """A bid, the minimum of a currency, or what no pack knows; what nobody has seen is inferred."""
    [explanation] = splint.explain({"code": 40002, "message": message}, endpoint=endpoint)
    assert explanation.meaning is not None
    assert (explanation.meaning.rules, explanation.meaning.provenance) == (rules, provenance)


def test_every_known_refusal_explains_its_example() -> None:
    """None before it takes the message, its rules are there, and its fields are spelled as somebody's."""
    codes = {selection.rule.code for selection in load().rules}
    for known in known_refusals():
        told = one({"code": known.code, "message": known.example})
        assert told.meaning is not None
        assert told.meaning.cause == known.cause, known.example
        assert set(known.rule) <= codes, known.example


CREATIVE = "/adgroups/0/ads/0/creative_list/0"
INFO = f"{CREATIVE}/creative_info"
NO_IDENTITY = {f"{INFO}/identity_{name}": GONE for name in ("type", "id", "authorized_bc_id")}
CONFIGURED = "/adgroups/0/ads/0/ad_configuration"
COVERLESS = {f"{INFO}/image_info": GONE}
CAROUSEL = {f"{INFO}/ad_format": "CAROUSEL_ADS", f"{INFO}/video_info": GONE}
SEVEN_DAYS = {"/adgroups/0/optimization_goal": "VALUE", "/adgroups/0/deep_bid_type": "VO_MIN_ROAS"}
REGULAR = "Ads Management > Ads"
OF_CAMPAIGN = {"/campaign/budget_mode": "BUDGET_MODE_DAY"}
UPDATE_OF_BUDGETS = {
    "/campaign": GONE,
    "/adgroups": GONE,
    "/endpoint": "/open_api/v1.3/smart_plus/adgroup/budget/update/",
    "/method": "POST",
    "/body": {"advertiser_id": "7", "budget": []},
}
TOLD: dict[str, dict[str, Any]] = {
    "Invalid budget type": {"REF215": {"/adgroups/0/budget_mode": "BUDGET_MODE_DAY"}},
    "Budget mode is invalid": {"SPL102": OF_CAMPAIGN, "REF217": {"/campaign/budget_optimize_on": False} | OF_CAMPAIGN},
    "Invalid param(s): video material should have 1 image_info as the video cover.": {"SPL305": COVERLESS},
    "You must upload an image": {"SPL305": COVERLESS},
    "identity_bc_id is required for BC_AUTH_TT type": {"SPL310": {f"{INFO}/identity_authorized_bc_id": GONE}},
    "at least 1 creative_info is required": {
        "SPL008": {CREATIVE: {}},
        "SPL004": {CREATIVE: {"ad_format": "SINGLE_VIDEO", "video_info": {"video_id": "v1"}}},
    },
    "budget cannot be less than [highest bid]": {
        "REF105": {"/adgroups/0/bid_type": "BID_TYPE_CUSTOM", "/adgroups/0/conversion_bid_price": 500}
    },
    "budget cannot be less than 15.00": {
        "REF105": {"/adgroups/0/bid_type": "BID_TYPE_CUSTOM", "/adgroups/0/conversion_bid_price": 500}
    },
    "The budget is below the minimum of 20": {"REF104": {"/campaign/budget": 49, "/facts": {"currency": "USD"}}},
    "Custom identities are no longer supported. Use an authorized TikTok account.": {
        "REF306": NO_IDENTITY | {f"{CONFIGURED}/identity_type": "CUSTOMIZED_USER", f"{CONFIGURED}/identity_id": "1"}
    },
    "creatives.identity_id is required": {"SPL308": NO_IDENTITY, "SPL309": {f"{INFO}/identity_id": GONE}},
    "AdgIds is nil": {"REF004": UPDATE_OF_BUDGETS},
    "pixel event type does not exist": {"REF204": {"/adgroups/0/optimization_event": "SOLD"}},
    "flat targeting refused": {
        "SPL004": {"/adgroups/0/targeting_spec": GONE, "/adgroups/0/location_ids": ["6252001"]}
    },
    "Unable to access image. Please check that the image exists and you have access to it.": {
        "REF309": {f"{INFO}/image_info/0/web_uri": "https://www.example.com/a.jpg"}
    },
    "advertiser does not grant you /smart_plus/campaign/create/:POST permission": {
        "SPL611": {"/facts": {"scopes": [REGULAR]}}
    },
    "Incorrect source field": {"REF316": {"/adgroups/0/placements": ["PLACEMENT_PANGLE"]}},
    "scope missing": {"SPL611": {"/facts": {"scopes": [REGULAR]}}},
    "Please use business-api.tiktok.com with v1.3": {
        "SPL506": {
            "/campaign": GONE,
            "/adgroups": GONE,
            "/endpoint": "/open_api/v1.2/smart_plus/ad/create/",
            "/method": "POST",
            "/body": {},
        }
    },
    "strconv.ParseInt: parsing ...: invalid syntax": {"REF101": {"/campaign/request_id": "0f3a-9d"}},
    "request_id must be an int64 string": {"REF101": {"/campaign/request_id": "0f3a-9d"}},
    "landing_page_url_list: maximum number of items is 1": {
        "REF304": {"/adgroups/0/ads/0/landing_page_url_list/0": times(2)}
    },
    "The selected advanced creative is not supported. Please select another one.": {
        "REF310": {"/adgroups/0/ads/0/interactive_add_on_list": [{"card_id": "1"}]}
    },
    "You have duplicate titles": {"REF311": {"/adgroups/0/ads/0/ad_text_list/0": times(2)}},
    "music_id is required for CAROUSEL_ADS": {"REF303": CAROUSEL},
    "Start time must be in the future": {"REF206": {"/adgroups/0/schedule_start_time": "2026-02-28 23:59:59"}},
    "Creative error. Verify that your identity matches your selected TikTok posts": {
        "REF315": NO_IDENTITY
        | {f"{CONFIGURED}/identity_type": "TT_USER", f"{CONFIGURED}/identity_id": "1", f"{INFO}/tiktok_item_id": "1"}
    },
    "Your budget setting must not be less than $50": {
        "REF104": {"/campaign/budget": 49, "/facts": {"currency": "USD"}}
    },
    "the day 7 target ROAS bidding strategy is no longer available": {"REF312": SEVEN_DAYS},
    "Only CPC is supported.": {"REF202": {"/adgroups/0/optimization_goal": "CLICK"}},
    "targeting is required with at least location_ids": {"REF207": {"/adgroups/0/targeting_spec": GONE}},
    "sales_destination is required": {"REF102": {"/campaign/sales_destination": GONE}},
}  # fmt: skip
"""By the example of a known refusal, and the rule that tells of it: edits of a clean bundle that cause it."""


def test_the_rules_of_a_known_refusal_find_its_cause() -> None:
    """Each of them, in a payload with that cause; one with rules that is not in the table is not proven."""
    beforehand = {known.example: {*known.rule} for known in known_refusals() if known.rule}
    assert beforehand == {told: {*of} for told, of in TOLD.items()}
    for message, of in TOLD.items():
        for code, edits in of.items():
            found = splint.check(edited(base("cbo", "reference"), edits), profile="reference", as_of=AS_OF).active
            assert code in {one.code for one in found}, (message, code)


@pytest.mark.parametrize("path", ["/pixel/list/:GET", "/dmp/custom_audience/file/upload/:POST"])
def test_a_permission_of_which_no_rule_knows_is_told_by_none_beforehand(path: str) -> None:
    """SPL611 knows three scopes; the answer still says that a scope is missing, and who acts."""
    explanation = one({"code": 40001, "message": f"advertiser does not grant you {path} permission"})
    assert explanation.meaning is not None
    assert (explanation.meaning.rules, explanation.actor) == ((), "scope")
    assert "SPL611" not in str(explanation)


ROW = 'match = "odd"\ncode = 40002\nprovenance = "seen"\nexample = "odd"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    few(
        [
            (ROW.replace('provenance = "seen"', ""), "refusal 1 has no provenance"),
            (ROW.replace('"seen"', '"rumour"'), "provenance 'rumour' is none of sdk, seen, reference, inferred"),
            (ROW.replace('example = "odd"', 'example = "even"'), "match does not match the example 'even'"),
            (ROW.replace('"odd"\ncode', '"(odd"\ncode'), "match is no regular expression"),
            (ROW + 'field = "budget"', "field is a list of texts"),
            (ROW + 'actor = "me"', "actor 'me' is none of payload"),
            (ROW + 'rules = ["SPL102"]', "has rules: the keys are match, code"),
            (ROW.replace("40002", '"40002"'), "code is a number"),
        ],
        3,
    ),
)
def test_a_row_that_is_not_whole_is_refused(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "refusals.toml"
    path.write_text(f"[[refusal]]\n{text}")
    with pytest.raises(PluginError, match=r"refusals\.toml: refusal 1") as raised:
        read(str(path))
    assert says in str(raised.value)


@pytest.mark.parametrize("text", few(["[[refusal]", "refusal = 1", "other = 1"], 2))
def test_a_file_of_something_else_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "refusals.toml"
    path.write_text(text)
    with pytest.raises(PluginError, match=r"refusals\.toml"):
        read(str(path))
    with pytest.raises(PluginError, match="cannot be read"):
        read(str(tmp_path / "none.toml"))


def test_a_plugin_brings_known_refusals(tmp_path: Path) -> None:
    """They come before those that ship with splint."""
    (tmp_path / "known.toml").write_text(
        '[[refusal]]\nmatch = "budget mode"\ncode = 40002\nfield = ["budget"]\ncause = "is odd"\n'
        'provenance = "seen"\nexample = "Budget mode is invalid"\n'
    )
    plugin = tmp_path / "house.py"
    plugin.write_text(
        f"import splint\n\n@splint.hookimpl\ndef splint_refusals():\n    return {str(tmp_path / 'known.toml')!r}\n"
    )
    assert fields("Budget mode is invalid", plugins=[str(plugin)]) == ["budget"]
    assert fields("Budget mode is invalid") == ["budget_mode"]
    plugin.write_text("import splint\n\n@splint.hookimpl\ndef splint_refusals():\n    return 5\n")
    other = tmp_path / "other.py"
    other.write_text(plugin.read_text())
    with pytest.raises(PluginError, match="splint_refusals gives no path"):
        explain("Budget mode is invalid", plugins=[str(other)])


def test_the_guide_has_known_refusals_of_its_own() -> None:
    """Each shipped pack gives its file, and the file is there."""
    assert {Path(path).parent.name for path in load().refusals()} == {"splint_guide", "splint_reference"}
    assert Path(splint_guide.splint_refusals()).is_file()


def test_a_check_reads_no_refusals() -> None:
    code = (
        "import sys, splint; splint.check({'campaign_name': 'A', 'objective_type': 'REACH'});"
        "print([name for name in sys.modules if name.startswith(('splint.refusals', 'tomllib'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")


# -- the command -------------------------------------------------------------------------------------------------------


def test_the_command_explains_a_file_with_its_payload(command: Command, tmp_path: Path) -> None:
    (tmp_path / "answer.json").write_text(json.dumps({"code": 40002, "message": "Billing event is invalid"}))
    payload = base("cbo", "reference")
    payload["adgroups"][0]["billing_event"] = "CPC"
    (tmp_path / "spring.json").write_text(json.dumps(payload))
    done = command("explain", str(tmp_path / "answer.json"), "--payload", str(tmp_path / "spring.json"), "--isolated")
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines()[:4] == [
        "code 40002 (invalid parameter): Billing event is invalid",
        "  code: nothing was created; correct the payload [reference]",
        "  message: billing_event is not valid [seen]",
        '  payload: /adgroups/0/billing_event is "CPC"',
    ]


@pytest.mark.parametrize(
    ("given", "status"),
    few(
        [
            ("budget: Missing data for required field.", 0),
            ('{"code": 40100, "message": "x"}', 0),
            ('{"code": 40002, "message": "no"}', 1),
            ('{"code": 51002, "message": "no"}', 1),
            ('{"code": 40100, "message": "x"}\n{"code": 40002, "message": "no"}', 1),
            ('{"code": 40002}', 1),
            ("40002", 1),
            ('{"code": 40100, "request_id": "20260301AB"}', 0),
            ('{"code": 200, "status": "ok"}', 2),
            ('{"code": "US"}', 2),
            ("", 2),
            ("{}", 2),
        ],
        4,
    ),
)
def test_the_exit_status_says_whether_it_is_known(command: Command, given: str, status: int) -> None:
    for form in ("text", "json"):
        done = command("explain", "--isolated", "--output-format", form, stdin=given)
        assert done.status == status
        if form == "json":
            known = [told["explained"] for told in done.report["explanations"]]
            assert known == [told.is_explained for told in explain(given)]


def test_json_is_what_the_library_gives(command: Command) -> None:
    done = command("explain", "-", "--isolated", "--output-format", "json", stdin=TEXT)
    assert done.report == {"version": 1, "explanations": [one(TEXT).to_dict()]}


def test_a_file_that_is_not_there_is_said(command: Command, tmp_path: Path) -> None:
    missing = str(tmp_path / "none.json")
    for words in ([missing], ["-", "--payload", missing]):
        done = command("explain", "--isolated", *words, stdin=TEXT)
        assert (done.status, f"{missing}: cannot be read" in done.err) == (2, True)


def test_a_message_in_the_place_of_a_file_is_told_where_it_goes(command: Command) -> None:
    done = command("explain", "Budget mode is invalid", "--isolated")
    assert done.status == 2
    assert "a message goes in on standard input: splint explain - <<< 'MESSAGE'" in done.err


@pytest.mark.parametrize(
    ("endpoint", "near"), [("foo", ""), ("smart_plus/ad/creat", ": did you mean /smart_plus/ad/create/?")]
)
def test_an_endpoint_that_is_none_of_smart_plus_is_told(command: Command, endpoint: str, near: str) -> None:
    done = command("explain", "-", "--isolated", "--endpoint", endpoint, stdin=TEXT)
    told = f"splint: --endpoint {endpoint}: the fields of all endpoints count, as it is none of Smart+{near}\n"
    assert (done.status, done.err) == (0, told)
    assert command("explain", "-", "--isolated", "--endpoint", "smart_plus/campaign/create", stdin=TEXT).err == ""


def test_options_that_do_not_go_together_are_refused(command: Command) -> None:
    assert "leave --payload and --endpoint out" in command("explain", "--run", "x", "--payload", "a.json").err
    assert "--run-dir goes with --run" in command("explain", "--run-dir", "x", stdin=TEXT).err


def test_what_a_server_says_steers_no_terminal(command: Command) -> None:
    """And shows no token."""
    token = "canary_ghp_0123456789abcdef0123"
    told = {"code": 40002, "message": f"bid_price is required\x1b[2J Access-Token: {token}"}
    done = command("explain", "--isolated", stdin=json.dumps(told))
    assert (done.status, "\x1b" in done.out, token in done.out) == (0, False, False)
    assert splint.explain(told)[0].answer.message.count("*") > 8


LOG = '{"code": 40002, "message": "budget_mode: Missing data for required field."}\n'


@pytest.mark.parametrize("encoding", few(["utf-8", "utf-8-sig", "utf-16"], 2))
def test_a_log_is_read_in_the_encoding_that_its_mark_says(command: Command, tmp_path: Path, encoding: str) -> None:
    """PowerShell's `>` writes UTF-16."""
    (tmp_path / "log.txt").write_bytes(LOG.encode(encoding))
    done = command("explain", "--isolated", str(tmp_path / "log.txt"))
    assert (done.status, "budget_mode" in done.out, "unknown" in done.out) == (0, True, False)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_log_of_another_encoding_is_told(command: Command, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "log.txt").write_bytes(LOG.encode(encoding))
    done = command("explain", "--isolated", str(tmp_path / "log.txt"))
    assert (done.status, done.out) == (2, "")
    assert "log.txt: is no text of UTF-8 (UTF-16 without a byte-order mark?): save it as UTF-8" in done.err
