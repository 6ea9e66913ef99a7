"""The library call: what it takes, what it gives back, and what it leaves alone."""

import copy
import gc
import json
import os
import pickle
import re
import subprocess
import sys
import time
import tracemalloc
from collections import OrderedDict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from math import isfinite
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import UUID

import pydantic
import pytest
import splint_guide
from splint_guide.budget import MONEY, OF_UPDATES

import splint
from splint import ConfigError, Linter, PayloadError, models
from splint.formats import MAX_DEPTH
from splint.reporting.moving import moved
from splint.reporting.report import ToolNotification
from splint.rules.rule import GONE
from splint.run.values import BODIES as BODIES_OF_MODELS
from splint.schema.kinds import NUMBER
from splint.schema.table import SHAPES
from splint.schema.usual import FINITE_BY_RULES, USUAL
from splint.schema.vocabulary import MODELS, OF_ADS_ALONE, SMART_PLUS
from splint.testing import AS_OF, BASES, base, edited
from tests.grids import few
from tests.strategies import findings, holders

CBO = BASES["cbo"]
BROKEN: dict[str, Any] = {**CBO, "campaign": {**CBO["campaign"], "budget": 0, "made_up": 1}}
FOUND = [("SPL004", "/campaign/made_up", "warning"), ("SPL106", "/campaign/budget", "error")]
CAMPAIGN: dict[str, Any] = {
    "advertiser_id": "7",
    "campaign_name": "A",
    "objective_type": "WEB_CONVERSIONS",
    "budget": 500,
}


class Color(Enum):
    """An enumeration whose members are no texts."""

    RED = "red"


class _Word(str):
    __slots__ = ()


class _Objective(StrEnum):
    WEB = "WEB_CONVERSIONS"
    LEADS = "LEAD_GENERATION"


class _OldObjective(str, Enum):  # noqa: UP042 - people still write it so
    LEADS = "LEAD_GENERATION"


class _Key(StrEnum):
    OBJECTIVE = "objective_type"


class _Amount(IntEnum):
    NOTHING = 0


class _Money(float):
    __slots__ = ()


def test_findings_say_which_of_several_texts_they_are_on(tmp_path: Path) -> None:
    """A list of values alone is one document, whose pointers say so; with texts or paths in it they are several."""
    path = tmp_path / "a.json"
    path.write_text('{"campaign_name": ""}')
    bad: dict[str, Any] = {"campaign_name": "Spring", "objective_type": 5}
    report = splint.check([json.dumps(bad), bad, path, "{", json.dumps(bad).encode()], select=["SPL001", "SPL003"])
    assert sorted((one.path, one.document, one.pointer) for one in report.diagnostics) == [
        ("<input>", 1, "/objective_type"),
        ("<input>", 2, "/objective_type"),
        ("<input>", 4, ""),
        ("<input>", 5, "/objective_type"),
    ]
    [one] = splint.check([json.dumps(bad)], select=["SPL003"]).diagnostics
    assert one.document is None


@pytest.mark.parametrize(
    "payload",
    [
        BROKEN,
        json.dumps(BROKEN),
        json.dumps(BROKEN).encode(),
        bytearray(json.dumps(BROKEN).encode()),
        "\ufeff" + json.dumps(BROKEN, indent=2),
        OrderedDict(BROKEN),
        MappingProxyType(BROKEN),
        {_Word(key): value for key, value in BROKEN.items()},
        {**BROKEN, "adgroups": tuple(BROKEN["adgroups"])},
    ],
    ids=["dict", "str", "bytes", "bytearray", "BOM", "OrderedDict", "a mapping", "keys of a subclass", "a tuple"],
)
def test_a_payload_is_taken_in_any_form(payload: Any) -> None:
    report = splint.check(payload, as_of=AS_OF)
    assert findings(report) == FOUND
    assert {diagnostic.path for diagnostic in report.diagnostics} == {"<input>"}
    assert (report.files, report.payloads, report.skipped) == (1, 3, 0)


@pytest.mark.parametrize("text", few(["spring.yaml", "../x.yaml", "/data/a b.JSON", "x/y.sh"], 2))
@pytest.mark.parametrize("listed", [False, True])
def test_a_text_that_is_a_path_is_refused_with_what_to_pass(text: str, listed: bool) -> None:
    with pytest.raises(TypeError, match="is a path, not JSON") as caught:
        splint.check([text] if listed else text)
    assert str(caught.value).endswith(f"pass pathlib.Path({text!r})")


@pytest.mark.parametrize("text", few(['"spring.yaml"', '["a.yaml', "spring", "a: 1\nb: x.yaml"], 2))
def test_other_texts_are_taken_as_json(text: str) -> None:
    assert [diagnostic.code for diagnostic in splint.check(text).diagnostics] in (["SPL001"], ["SPL002"])


@pytest.mark.parametrize("name", few(["a.json", "a.yaml", "deep/a.JSONC", "a.ndjson"], 2))
def test_a_path_is_read_in_its_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(json.dumps(BROKEN))
    monkeypatch.chdir(tmp_path)
    report = splint.check(Path(name), as_of=AS_OF)
    assert findings(report) == FOUND
    assert {(diagnostic.path, diagnostic.range is None) for diagnostic in report.diagnostics} == {(name, False)}
    assert [diagnostic.range for diagnostic in splint.check(json.dumps(BROKEN), as_of=AS_OF).diagnostics] == [
        diagnostic.range for diagnostic in report.diagnostics
    ]


def test_a_value_has_no_lines() -> None:
    for diagnostic in splint.check(BROKEN, as_of=AS_OF).model_dump()["diagnostics"]:
        assert (diagnostic["path"], diagnostic["range"]) == ("<input>", None)


def test_models_are_taken_for_what_is_set_in_them() -> None:
    campaign = models.Campaign(advertiser_id="7", campaign_name="A", objective_type="X", budget=5, budget_mode=None)
    report = splint.check(campaign, as_of=AS_OF)
    assert findings(report) == [("SPL101", "/objective_type", "error")]
    info = models.CreativeInfo(ad_format="SINGLE_VIDEO", identity_type="AUTH_CODE")
    ad = models.Ad(ad_name="A", adgroup_id="1", advertiser_id="7", creative_list=[models.Creative(creative_info=info)])
    assert findings(splint.check(ad, select=["SPL309"])) == [("SPL309", "/creative_list/0/creative_info", "error")]
    assert findings(splint.check({"campaign": campaign, "adgroups": []}, select=["SPL101"])) == [
        ("SPL101", "/campaign/objective_type", "error")
    ]
    with_more = models.Campaign.model_validate({**CAMPAIGN, "made_up": 1})
    assert findings(splint.check(with_more, as_of=AS_OF)) == [("SPL004", "/made_up", "warning")]


class _Mine(models.Campaign):
    """A model of somebody's own."""


class _House(models.Campaign):
    """A model of somebody's own with defaults."""

    sales_destination: str | None = "WEBSITE"
    budget_optimize_on: bool | None = False


class _Aliased(pydantic.BaseModel):
    """A model of somebody's own that calls fields otherwise than the API."""

    advertiser_id: str
    name: str = pydantic.Field(serialization_alias="campaign_name")
    objective_type: str = "WEB_CONVERSIONS"
    mode: str = pydantic.Field(default="BUDGET_MODE_TOTAL", serialization_alias="budget_mode")
    note: str | None = None


def test_a_model_is_judged_with_its_defaults_as_it_is_sent() -> None:
    """The defaults of a model of one's own count as what is set, and its aliases are the names; None is left out."""
    given = {**CAMPAIGN, "request_id": "1770000000000000001", "budget_mode": "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"}
    house = _House(**given, po_number=None)
    report = splint.check(house, as_of=AS_OF)
    assert findings(report) == findings(splint.check(house.model_dump(exclude_none=True), as_of=AS_OF))
    assert findings(report) == [("SPL102", "/budget_mode", "error")]
    sent = {**given, "sales_destination": "WEBSITE", "budget_optimize_on": False}
    assert splint.check(house, select=["SPL101"]).fixed() == sent
    aliased = _Aliased(advertiser_id="7", name="A")
    assert splint.check(aliased, select=["SPL101"]).fixed() == {
        "advertiser_id": "7",
        "campaign_name": "A",
        "objective_type": "WEB_CONVERSIONS",
        "budget_mode": "BUDGET_MODE_TOTAL",
    }


def test_the_models_have_no_value_that_nobody_set() -> None:
    """What is judged of them is what was given."""
    for name in BODIES_OF_MODELS:
        assert splint.check(getattr(models, name)(), select=["SPL006"]).fixed() == {}
    info = models.CreativeInfo(ad_format="SINGLE_VIDEO", video_info=models.VideoInfo(video_id="v1"))
    ad = models.Ad(ad_name="A", creative_list=[models.Creative(creative_info=info)])
    assert splint.check(ad, select=["SPL006"]).fixed() == {
        "ad_name": "A",
        "creative_list": [{"creative_info": {"ad_format": "SINGLE_VIDEO", "video_info": {"video_id": "v1"}}}],
    }


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (models.Campaign(campaign_name="x"), {"Campaign.advertiser_id", "Campaign.objective_type", "Campaign.budget"}),
        (_Mine(campaign_name="x"), {"Campaign.advertiser_id", "Campaign.objective_type", "Campaign.budget"}),
        (
            models.CampaignStatusUpdate(operation_status="ENABLE"),
            {"CampaignStatusUpdate.advertiser_id", "CampaignStatusUpdate.campaign_ids"},
        ),
        (
            models.AdStatusUpdate(operation_status="ENABLE"),
            {"AdStatusUpdate.advertiser_id", "AdStatusUpdate.smart_plus_ad_ids"},
        ),
        (models.AdMaterialStatusUpdate(operation_status="ENABEL"), {"AdMaterialStatusUpdate.operation_status"}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_model_is_the_body_of_its_request_whatever_is_set_in_it(model: Any, fields: set[str]) -> None:
    """The class says what it is: no field has to."""
    report = splint.check(model, select=["SPL"])
    assert (report.payloads, {one.field for one in report.diagnostics}) == (1, fields)
    listed = splint.check([CAMPAIGN, model], select=["SPL"])
    assert {one.field for one in listed.diagnostics if one.pointer.startswith("/1")} == fields


def test_every_model_of_a_body_is_known_for_one() -> None:
    """So is its endpoint, and its fixes are of it."""
    for name, path in BODIES_OF_MODELS.items():
        assert path.removeprefix("/open_api/v1.3") in SMART_PLUS
        assert splint.check(getattr(models, name)(), select=["SPL008"]).payloads == 1
    update = models.CampaignStatusUpdate(advertiser_id="7", campaign_ids=["1"], operation_status="enable")
    for payloads in (update, [update]):
        fixed = splint.check(payloads).fixed(unsafe=True)
        assert (fixed[0] if isinstance(fixed, list) else fixed)["operation_status"] == "ENABLE"


def test_a_file_that_cannot_be_read_is_an_error_of_the_report(tmp_path: Path) -> None:
    """It stands in `errors`, as on the command line, and the other files are judged."""
    (tmp_path / "a.json").write_text(json.dumps(BROKEN))
    (tmp_path / "b.json").mkdir()
    (tmp_path / "plans").mkdir()
    no_file, directory = (
        "No such file or directory",
        "Is a directory: give its files, one or a list, or run splint check on it",
    )
    for name, why in (("nope.json", no_file), ("nope.xyz", no_file), ("b.json", directory), ("plans", directory)):
        report = splint.check([tmp_path / name, tmp_path / "a.json"], as_of=AS_OF)
        path = str(tmp_path / name)
        assert report.errors == (ToolNotification("unreadable-file", f"{path}: cannot be read: {why}", path),)
        assert (report.ok, findings(report)) == (False, FOUND)
        with pytest.raises(PayloadError, match="cannot be read"):
            splint.check(tmp_path / name).raise_for_errors()


def test_a_path_with_a_nul_is_an_error_of_the_report(tmp_path: Path) -> None:
    (tmp_path / "a.sh").write_text("curl https://business-api.tiktok.com/open_api/v1.3/ad/get/ -d @b.json\n")
    for given in (Path("a\0b"), [Path("a\0b.json"), tmp_path / "a.sh"]):
        report = splint.check(given)
        assert [one.kind for one in report.errors] == ["unreadable-file"]
        assert report.errors[0].message.endswith(": cannot be read: no path holds a NUL")


def test_an_option_that_there_is_not_is_refused_with_the_one_that_is_close() -> None:
    for call in (splint.check, splint.explain):
        with pytest.raises(ConfigError, match=r"there is no option proflie: did you mean profile\?"):
            call({}, proflie="guide")  # type: ignore[call-arg]
    with pytest.raises(ConfigError, match=r"there is no option endpiont: did you mean endpoint\?"):
        splint.check({}, endpiont="/smart_plus/campaign/create/")  # type: ignore[call-arg]
    with pytest.raises(ConfigError, match="endpoint is an argument of check"):
        Linter(endpoint="/smart_plus/campaign/create/")  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["a\ud800", "\udfff", _Word("\ud83d"), "\ude00\ud83d"])
def test_half_of_a_surrogate_pair_is_no_text_of_json(text: str) -> None:
    """In a text of JSON it is a syntax error; a whole pair is a character."""
    with pytest.raises(TypeError, match=r"^the text at /campaign_name holds U\+D[8-F]\w\w, half of a surrogate pair"):
        splint.check({**CAMPAIGN, "campaign_name": text})
    with pytest.raises(TypeError, match=r"^a key at /deep/0 holds U\+D"):
        splint.check({**CAMPAIGN, "deep": [{text: 1}]})
    assert [one.code for one in splint.check(json.dumps({**CAMPAIGN, "campaign_name": text})).diagnostics] == ["SPL001"]
    assert splint.check({**CAMPAIGN, "campaign_name": "a\U0001f600"}).ok


@pytest.mark.parametrize("given", ["", b"\xff\xfe{\0}\0", b'{"a": "\xe9"}', "a: 1\nb: 2\n", "{}".encode("utf-16-le")])
def test_what_is_wrong_with_a_text_is_told_of_no_file(given: str | bytes) -> None:
    """Nobody who hands over a text can save, remove or rename a file of it."""
    [found] = splint.check(given).diagnostics
    assert found.code == "SPL001"
    for words in ("the file", "save ", "name a file"):
        assert words not in f"{found.summary} {found.help}"


WRONG: list[tuple[str, Any]] = [
    *((name, 5) for name in ("as_of", "facts", "endpoint", "profile", "config", "rules")),
    *((name, 5) for name in ("select", "extend_select", "ignore", "objectives", "plugins")),
    *((name, [5]) for name in ("select", "objectives", "plugins", "profile", "as_of", "facts", "endpoint", "config")),
    ("rules", {"SPL106": 5}),
    ("rules", {1: 2}),
    ("rules", {"SPL106": {1: 2}}),
    ("facts", {1: 2}),
    ("rules", [5]),
]


@pytest.mark.parametrize(("name", "value"), few(WRONG, 3))
def test_an_option_of_a_wrong_type_is_a_config_error_that_names_it(name: str, value: Any) -> None:
    for call in (splint.check, splint.explain):
        with pytest.raises(ConfigError, match=name.replace("as_of", "as-of").replace("_", "[_-]").rstrip("s")):
            call({}, **{name: value})


@pytest.mark.parametrize("options", few([{"limit": "5"}, {"limit": 0}, {"limit": True}, {"after": 5}], 2))
def test_a_page_for_agents_that_there_is_not_is_a_value_error(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(options))):
        splint.check(BROKEN).to_agent(**options)


def test_a_list_is_one_request_list(tmp_path: Path) -> None:
    group = {"advertiser_id": "8", "adgroup_name": "A", "campaign_id": "{{campaign_id}}"}
    for payloads in ([CAMPAIGN, group], (CAMPAIGN, group), [models.Campaign(**CAMPAIGN), group]):
        assert findings(splint.check(payloads, select=["SPL405"])) == [("SPL405", "/1/advertiser_id", "error")]
    assert splint.check([], as_of=AS_OF).diagnostics[0].code == "SPL002"


def test_paths_and_texts_may_come_several_at_once(tmp_path: Path) -> None:
    row = {**CAMPAIGN, "campaign_id": "1", "create_time": "2026-01-01 00:00:00"}
    group = {"advertiser_id": "8", "adgroup_name": "A", "campaign_id": "1"}
    (tmp_path / "a.json").write_text(json.dumps(row))
    several = [tmp_path / "a.json", json.dumps(group), json.dumps(CAMPAIGN).encode(), BROKEN]
    report = splint.check(several, select=["SPL405", "SPL106"], as_of=AS_OF)
    assert findings(report) == [("SPL106", "/campaign/budget", "error"), ("SPL405", "/advertiser_id", "error")]
    assert report.files == 4


STATUS = {"advertiser_id": "7", "campaign_ids": ["1"], "operation_status": "ENABEL"}
BODIES: list[tuple[str, Any, list[tuple[str, str, str]]]] = [
    ("/smart_plus/campaign/create/", CAMPAIGN, []),
    ("https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/status/update/", STATUS,
     [("SPL007", "/operation_status", "error")]),
    ("/smart_plus/campaign/create", [], [("SPL003", "", "error")]),
    ("/smart_plus/campaign/create/", None, [("SPL008", "", "error")]),
    ("/smart_plus/adgroup/status/update/", None, [("SPL008", "", "error")]),
    ("/smart_plus/campaign/get/", None, []),
    ("/v1.2/smart_plus/campaign/create/", CAMPAIGN, [("SPL506", "", "warning")]),
    ("/smart_plus/campain/create/", CAMPAIGN, [("SPL506", "", "warning")]),
]  # fmt: skip


@pytest.mark.parametrize(("endpoint", "body", "expected"), few(BODIES, 3))
def test_an_endpoint_says_what_a_body_is(endpoint: str, body: Any, expected: list[tuple[str, str, str]]) -> None:
    """Places are those of the body, as a value and as a text, and its fixes are of it."""
    for given in (body, json.dumps(body), json.dumps(body).encode()):
        report = splint.check(given, endpoint=endpoint, as_of=AS_OF)
        assert findings(report) == expected
        assert [diagnostic.range is None for diagnostic in report.diagnostics] == [given is body] * len(expected)


GIVE = "give a path such as /smart_plus/campaign/create/"
NO_ENDPOINTS = {
    "": GIVE,
    "/": GIVE,
    "nope": GIVE,
    "https://evil.example/x": GIVE,
    "/smartplus/campaign/create/": "did you mean /smart_plus/campaign/create/?",
    "/Smart_Plus/ad/create": "did you mean /smart_plus/ad/create/?",
    "https://gateway.example/smart-plus/ad/update/": "did you mean /smart_plus/ad/update/?",
}


@pytest.mark.parametrize(("endpoint", "told"), NO_ENDPOINTS.items())
def test_an_endpoint_that_is_none_of_tiktoks_is_refused(endpoint: str, told: str) -> None:
    """It was passed over: what the caller says of the body did not count."""
    for payload in (CAMPAIGN, json.dumps(CAMPAIGN), models.Campaign()):
        with pytest.raises(ConfigError) as raised:
            splint.check(payload, endpoint=endpoint)
        assert str(raised.value) == f'endpoint: "{endpoint}" is no endpoint of TikTok\'s API: {told}'


@pytest.mark.parametrize(
    "endpoint",
    few(
        [
            "campaign/create",
            "/open_api/v1.3/file/image/ad/upload/",
            "{{base}}/smart_plus/ad/create/",
            "{{url}}",
            "/event/track/",
        ],
        2,
    ),
)
def test_an_endpoint_of_tiktoks_or_a_placeholder_is_taken(endpoint: str) -> None:
    assert not splint.check(CAMPAIGN, endpoint=endpoint, as_of=AS_OF).errors


@pytest.mark.parametrize("entry", [None, 5, {}, [], {"ad_name": "A"}, {"advertiser_id": "7", "budget": 5}], ids=str)
def test_an_entry_of_a_list_that_is_passed_for_a_payload_and_is_none_is_found(entry: Any) -> None:
    """As it is where it is passed alone; in a text anything may stand beside payloads."""
    assert findings(splint.check(entry, as_of=AS_OF)) == [("SPL002", "", "error")]
    report = splint.check([CAMPAIGN, entry, BASES["ad"]], as_of=AS_OF)
    assert findings(report) == [("SPL002", "/1", "error")]
    assert report.diagnostics[0].help.startswith("leave it out")
    assert splint.check(json.dumps([CAMPAIGN, entry]), as_of=AS_OF).ok


def test_an_entry_that_is_none_is_found_behind_any_number_of_notes() -> None:
    entries = [CAMPAIGN, *({"note": at} for at in range(120)), None]
    assert findings(splint.check(entries, as_of=AS_OF)) == [("SPL002", "/121", "error")]


ANSWER = {"code": 0, "message": "OK", "request_id": "20240101", "data": {"campaign_id": "1"}}
NO_PARTS: list[dict[str, Any]] = [
    {"endpoint": "https://example.com/", "body": {"a": 1}},
    {"note": "later"},
    ANSWER,
    {**ANSWER, "data": {"list": [], "advertiser_id": "7"}},
    {"method": "GET", "path": "campaigns", "advertiser_id": "7"},
]


@pytest.mark.parametrize("entry", NO_PARTS, ids=str)
def test_what_is_no_part_of_a_payload_may_stand_in_a_list_of_requests(entry: Any) -> None:
    assert splint.check([CAMPAIGN, entry], as_of=AS_OF).diagnostics == ()


@pytest.mark.parametrize("absent", [None, ""])
@pytest.mark.parametrize("model", few(["Campaign", "AdGroup", "Ad"], 2))
def test_a_field_without_a_value_says_nothing_of_what_a_payload_is(model: str, absent: object) -> None:
    """A dataclass that has the fields of all three gives each its null."""
    group, ad = BASES["ad-group"], BASES["ad"]
    payload = {"Campaign": CAMPAIGN, "AdGroup": group, "Ad": ad}[model]
    fields = dict.fromkeys((*ad, *group, *CAMPAIGN), absent)
    assert splint.check(payload, as_of=AS_OF).ok
    assert findings(splint.check({**fields, **payload}, as_of=AS_OF)) == []


SPEC = "/adgroups/0/targeting_spec"
OF_NOTHING: list[tuple[str, dict[str, Any], str]] = [
    ("guide", {f"{SPEC}/device_price_ranges": [None]}, "SPL221"),
    ("reference", {f"{SPEC}/age_groups": [""]}, "REF210"),
    ("reference", {"/adgroups/0/placements": [""], "/adgroups/0/placement_type": "PLACEMENT_TYPE_AUTOMATIC"}, "REF210"),
    ("reference", {f"{SPEC}/location_ids": [""]}, "REF207"),
    ("reference", {f"{SPEC}/zipcode_ids": [""]}, "REF207"),
]


@pytest.mark.parametrize(("profile", "edits", "code"), few(OF_NOTHING, 2))
def test_a_list_of_nothing_is_missing_where_one_is_needed_and_given_where_none_is_taken(
    profile: str, edits: dict[str, Any], code: str
) -> None:
    report = splint.check(edited(base("cbo", profile), edits), profile=profile, as_of=AS_OF)
    assert [one.code for one in report.diagnostics] == [code]


OWN = {"advertiser_id": "1", "campaign_name": "A"}
OF_OWN_IDS: list[dict[str, Any]] = [
    {**OWN, "adgroup_id": "5", "budget": 50, "adgroup_name": None},
    {**OWN, "adgroup_id": "5", "budget": 50, "adgroup_name": "", "ad_name": None},
    {**OWN, "smart_plus_ad_id": "1", "adgroup_id": "2", "ad_name": ""},
    {**OWN, "smart_plus_ad_id": "1", "adgroup_id": "2", "creative_list": []},
]


@pytest.mark.parametrize("update", OF_OWN_IDS, ids=str)
def test_an_update_of_an_ad_group_or_an_ad_is_no_campaign_where_its_name_is_empty(update: dict[str, Any]) -> None:
    """Its own id says what it is."""
    for profile in ("guide", "reference"):
        report = splint.check(update, profile=profile, as_of=AS_OF)
        assert ("SPL004", "/campaign_name", "warning") in findings(report)
        assert report.ok, findings(report)


def test_the_fields_of_ads_alone_are_all_that_neither_ad_groups_nor_campaigns_have() -> None:
    ad, group, campaign = (SHAPES[f"{MODELS[level]}Update"].fields.keys() for level in ("ad", "adgroup", "campaign"))
    assert ad - group - campaign - {"smart_plus_ad_id", "creative_list", "ad_name"} == OF_ADS_ALONE


def test_an_ad_without_creatives_is_no_ad_group_because_it_names_one() -> None:
    """Neither by the name of an ad group nor by its id; a field of ads alone says what it is."""
    ad = {"advertiser_id": "1", "ad_text_list": [{"ad_text": "Shop"}], "creative_list": []}
    for group in ({"adgroup_name": "g"}, {"adgroup_id": "2", "adgroup_name": "g"}):
        missing = [one for one in splint.check({**ad, **group}, as_of=AS_OF).diagnostics if one.code == "SPL008"]
        assert any("creative_list is missing: an ad needs it" in one.summary for one in missing)


def test_a_list_without_entries_tells_an_ad_only_where_nothing_else_tells() -> None:
    group = {**BASES["ad-group"], "creative_list": []}
    assert findings(splint.check(group, as_of=AS_OF)) == [("SPL004", "/creative_list", "warning")]
    ad = {**BASES["ad"], "creative_list": []}
    assert findings(splint.check(ad, as_of=AS_OF)) == [("SPL008", "", "error")]


@pytest.mark.parametrize("keys", [("cbo", "budgetMode"), ("budgetMode", "cbo")])
def test_of_two_fixes_that_exclude_each_other_a_value_keeps_the_same_as_its_text(keys: tuple[str, str]) -> None:
    given: dict[str, Any] = {"cbo": True, "budgetMode": "BUDGET_MODE_TOTAL"}
    bare = edited(BASES["cbo"], {"/campaign/budget_optimize_on": GONE, "/campaign/budget_mode": GONE})
    value = {**bare, "campaign": {**bare["campaign"], **{key: given[key] for key in keys}}}
    fixed = splint.check(value).fixed(unsafe=True)
    assert fixed == json.loads(splint.check(json.dumps(value)).fixed(unsafe=True))
    assert fixed["campaign"].keys() - bare["campaign"].keys() == {"cbo", "budget_mode"}


@pytest.mark.parametrize("mark", few(["create_time", "modify_time", "secondary_status", "operation_status"], 2))
def test_a_bare_object_with_its_id_and_a_mark_of_answers_is_a_row(mark: str) -> None:
    """As docs/reading.md says: no budget of it is refused, but that of the same body in an envelope is."""
    update = {"adgroup_id": "1", "adgroup_name": "A", "budget": -5}
    row = {**update, mark: "ENABLE"}
    assert findings(splint.check(update, select=["SPL106"])) == [("SPL106", "/budget", "error")]
    assert findings(splint.check(row, select=["SPL106"])) == []
    sent = {"endpoint": "/v1.3/smart_plus/adgroup/update/", "body": row}
    assert findings(splint.check(sent, select=["SPL106"])) == [("SPL106", "/body/budget", "error")]
    page = (Path(__file__).parent.parent / "docs" / "reading.md").read_text()
    assert f"`{mark}`" in page


def test_a_copy_of_a_report_has_all_that_is_not_replaced() -> None:
    """Also what fixes the payload that it is of."""
    body = {**STATUS, "operation_status": "enable"}
    report = splint.check(body, endpoint="/smart_plus/campaign/status/update/")
    none = report.at_most(0)
    assert none.fixed(unsafe=True) == body
    assert {name for name, value in vars(none).items() if value != vars(report)[name]} == {
        "diagnostics",
        "left_out",
        "counts",
    }
    elsewhere = moved(report, lambda path: f"there/{path}")
    assert [one.path for one in elsewhere.diagnostics] == ["there/<input>"]
    assert {name for name, value in vars(elsewhere).items() if value != vars(report)[name]} == {
        "details",
        "diagnostics",
    }
    assert vars(elsewhere.details) == vars(report.details)


def test_the_body_of_a_request_is_fixed() -> None:
    """What its fixes leave is judged as the body of the same request."""
    body = {**STATUS, "operation_status": "enable"}
    report = splint.check(body, endpoint="/smart_plus/campaign/status/update/")
    assert report.fixed() == body
    assert report.fixed(unsafe=True) == {**STATUS, "operation_status": "ENABLE"}


def test_a_body_is_one_value() -> None:
    """Texts in a list are no texts of files, and a path is no body."""
    report = splint.check(["{}", Path("a.json").name], endpoint="/smart_plus/campaign/create/")
    assert findings(report) == [("SPL003", "", "error")]
    with pytest.raises(TypeError, match=r"endpoint takes no path, but the body of one request: pass .*'a.json'"):
        splint.check(Path("a.json"), endpoint="/smart_plus/campaign/create/")


def test_a_file_of_no_format_is_an_error_of_the_report_and_the_others_are_judged(tmp_path: Path) -> None:
    good, strange = tmp_path / "a.json", tmp_path / "a.foo"
    good.write_text(json.dumps(CBO))
    strange.write_text("x")
    for payloads, count in (([good, strange], 1), (strange, 0), ([strange], 0)):
        report = splint.check(payloads, as_of=AS_OF)
        assert (report.payloads > 0, report.ok) == (count > 0, False)
        [error] = report.errors
        assert (error.kind, error.path) == ("unreadable-file", str(strange))
        assert error.message.startswith(f"{strange}: no document format has this suffix (.json .jsonc ")


@pytest.mark.parametrize("name", ["facts", "rules"])
@pytest.mark.parametrize("given", [[], (), "", 0])
def test_an_option_that_takes_a_mapping_refuses_an_empty_value_of_another_type(name: str, given: Any) -> None:
    with pytest.raises(splint.ConfigError, match=f"^{name}"):
        splint.Linter(**{name: given})


def test_ok_is_false_for_errors_alone() -> None:
    assert splint.check(CBO, as_of=AS_OF).ok
    assert splint.check({**CBO, "made_up": {"objective_type": "{{x}}"}}, select=["SPL010"]).ok
    warned = splint.check(BROKEN, select=["SPL004"])
    assert warned.ok
    assert len(warned.diagnostics) == 1
    assert not splint.check(BROKEN, as_of=AS_OF).ok
    assert not splint.check("{").ok
    assert not splint.check({}).ok


def test_raise_for_errors_raises_the_report() -> None:
    splint.check(CBO, as_of=AS_OF).raise_for_errors()
    splint.check(BROKEN, select=["SPL004"]).raise_for_errors()
    report = splint.check(BROKEN, as_of=AS_OF)
    with pytest.raises(PayloadError, match="SPL106 at /campaign/budget: budget is 0") as raised:
        report.raise_for_errors()
    assert raised.value.report is report
    assert isinstance(raised.value, ValueError)
    assert "SPL004" not in str(raised.value)


KEYWORDS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["SPL004", "SPL106"]),
    ({"select": ["SPL1"]}, ["SPL106"]),
    ({"select": ("SPL1", "unknown-field")}, ["SPL004", "SPL106"]),
    ({"select": ["SPL2"], "extend_select": ["SPL106"]}, ["SPL106"]),
    ({"ignore": ["SPL1"]}, ["SPL004"]),
    ({"ignore": {"money-not-positive"}}, ["SPL004"]),
    ({"select": ["SPL106"], "ignore": ["SPL1"]}, ["SPL106"]),
    ({"select": ["SPL1"], "ignore": ["SPL106"]}, []),
    ({"facts": {"event_sources": []}}, ["SPL004", "SPL106", "SPL601"]),
    ({"facts": {"event_sources": "pixel,events_api"}}, ["SPL004", "SPL106"]),
    ({"facts": MappingProxyType({"event_sources": ("pixel",)})}, ["SPL004", "SPL106"]),
    ({"profile": "guide"}, ["SPL004", "SPL106"]),
    ({"config": splint.Config(ignore=("SPL0",))}, ["SPL106"]),
    ({"config": splint.Config(ignore=("SPL0",)), "ignore": ["SPL1"]}, ["SPL004"]),
    ({"config": splint.Config(ignore=("SPL0", "SPL106")), "extend_select": ["SPL106"]}, ["SPL106"]),
    ({"config": splint.Config(ignore=("SPL106",)), "extend_select": ["SPL1"]}, ["SPL004", "SPL106"]),
    ({"config": splint.Config(select=("SPL106",)), "ignore": ["SPL1"]}, []),
    ({"config": splint.Config(select=("SPL0",), extend_select=("SPL1",)), "select": ["SPL004"]}, ["SPL004"]),
]


@pytest.mark.parametrize(("keywords", "codes"), KEYWORDS, ids=lambda value: str(value)[:60])
def test_keywords_are_the_options(keywords: dict[str, Any], codes: list[str]) -> None:
    before = copy.deepcopy(BROKEN)
    assert [diagnostic.code for diagnostic in Linter(**{"as_of": AS_OF, **keywords}).check(BROKEN).diagnostics] == codes
    assert before == BROKEN


@pytest.mark.parametrize(
    ("as_of", "shown", "severity"),
    few(
        [
            (date(2026, 3, 31), "2026-03-31", "warning"),
            (date(2026, 4, 1), "2026-04-01", "error"),
            ("2026-04-01", "2026-04-01", "error"),
            (datetime(2026, 3, 31, 23, 59, 59, tzinfo=UTC), "2026-03-31T23:59:59Z", "warning"),
            (datetime(2026, 4, 1, 1, tzinfo=timezone(timedelta(hours=2))), "2026-03-31T23:00:00Z", "warning"),
            ("2026-04-01T01:00:00+02:00", "2026-03-31T23:00:00Z", "warning"),
            (datetime(2026, 4, 1, 1), "2026-04-01T01:00:00Z", "error"),
        ],
        3,
    ),
)
def test_as_of_is_now_in_utc(as_of: Any, shown: str, severity: str) -> None:
    report = splint.check({"endpoint": "/v1.3/campaign/spc/create/", "body": {}}, as_of=as_of, select=["SPL501"])
    assert [diagnostic.severity for diagnostic in report.diagnostics] == [severity]
    assert report.model_dump()["tool"]["as_of"] == shown


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be set here")
def test_a_moment_without_a_zone_is_in_utc_wherever_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        shown = splint.check(CBO, as_of=datetime(2026, 4, 1, 1)).tool.as_of
    time.tzset()
    assert shown == "2026-04-01T01:00:00Z"


@pytest.mark.parametrize(
    ("keywords", "said"),
    few(
        [
            ({"select": "SPL1"}, "select: 'SPL1' is a text"),
            ({"select": ["SPL21O"]}, "did you mean SPL210?"),
            ({"ignore": "SPL1"}, "ignore"),
            ({"plugins": "my_pack"}, "plugins: 'my_pack' is a text"),
            ({"profile": "gide"}, "profile"),
            ({"facts": {"currenzy": "USD"}}, "did you mean currency?"),
            ({"facts": {"historical_cpa": True}}, "historical_cpa"),
            ({"facts": {"historical_cpa": float("nan")}}, "historical_cpa"),
            ({"facts": {"historical_cpa": float("inf")}}, "historical_cpa"),
            ({"facts": {"historical_cpa": 0}}, "historical_cpa"),
            ({"facts": {"event_sources": ["Pixel"]}}, "event_sources"),
            ({"facts": {"event_sources": [1]}}, "event_sources"),
            ({"facts": {"delivery_start": "soon"}}, "delivery_start"),
            ({"facts": {"currency": 5}}, "currency"),
            ({"as_of": "soon"}, "as-of"),
            ({"as_of": datetime.min.replace(tzinfo=timezone(timedelta(hours=1)))}, "as-of"),
        ],
        6,
    ),
)
def test_a_keyword_that_makes_no_sense_is_refused_with_what_to_do(keywords: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError) as raised:
        splint.check(BROKEN, **keywords)
    assert said in str(raised.value)


def _cycle() -> list[Any]:
    cycle: list[Any] = []
    cycle.append({"a": cycle})
    return cycle


def _nested(levels: int) -> Any:
    value: Any = []
    for _ in range(levels - 1):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ({**CAMPAIGN, "budget": Decimal("5.00")}, "Decimal at /budget"),
        ({"campaign": [CAMPAIGN, {"budget": Decimal(5)}]}, "Decimal at /campaign/1/budget"),
        (Decimal(5), "Decimal at "),
        ({**CAMPAIGN, "start": date(2026, 4, 1)}, "date at /start"),
        ({**CAMPAIGN, "regions": {"US"}}, "set at /regions"),
        ({**CAMPAIGN, "name": b"A"}, "bytes at /name"),
        ({"campaign": {5: 1}}, "the key 5 at /campaign"),
        ({None: 1}, "the key None at "),
        ({"a": [{("b",): 1}]}, "the key ('b',) at /a/0"),
        (_cycle(), f"deeper than {MAX_DEPTH} levels (or holds itself) at /0/a/0/a"),
        (_nested(MAX_DEPTH + 1), f"deeper than {MAX_DEPTH} levels"),
        ({**CAMPAIGN, "budget": 10**400}, "the number at /budget is too big for a double"),
        ({**CAMPAIGN, "rta_id": -(10**5000)}, "the number at /rta_id is too big for a double"),
        (iter([CAMPAIGN]), "list_iterator at "),
        (object(), "object at "),
        ({"campaign": {"advertiser_id": UUID(int=7)}}, "UUID at /campaign/advertiser_id"),
        ({"campaign": {"budget": Color.RED}}, "Color at /campaign/budget"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_json_cannot_express_is_a_type_error_that_names_the_place(payload: Any, said: str) -> None:
    with pytest.raises(TypeError) as raised:
        splint.check(payload)
    assert said in str(raised.value)


def test_a_value_may_nest_as_deep_as_a_file() -> None:
    assert [diagnostic.code for diagnostic in splint.check(_nested(MAX_DEPTH)).diagnostics] == ["SPL002"]
    assert [diagnostic.code for diagnostic in splint.check(json.dumps(_nested(MAX_DEPTH))).diagnostics] == ["SPL002"]
    assert [diagnostic.code for diagnostic in splint.check(json.dumps(_nested(MAX_DEPTH + 1))).diagnostics] == [
        "SPL001"
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"objective_type": _Objective.WEB}, []),
        ({"objective_type": _Objective.LEADS}, [("SPL101", "/objective_type", "error")]),
        ({"objective_type": _OldObjective.LEADS}, [("SPL101", "/objective_type", "error")]),
        ({"objective_type": _Word("LEAD_GENERATION")}, [("SPL101", "/objective_type", "error")]),
        ({_Key.OBJECTIVE: "LEAD_GENERATION"}, [("SPL101", "/objective_type", "error")]),
        ({"budget": _Amount.NOTHING}, [("SPL106", "/budget", "error")]),
        ({"budget": _Money(-1)}, [("SPL106", "/budget", "error")]),
        ({"budget": float("nan")}, [("SPL106", "/budget", "error")]),
        ({"budget": float("inf")}, [("SPL106", "/budget", "error")]),
        ({"budget": -float("inf")}, [("SPL106", "/budget", "error")]),
        ({"campaign_name": float("nan")}, [("SPL003", "/campaign_name", "error")]),
        ({"rta_id": -float("inf")}, [("SPL006", "/rta_id", "error")]),
        ({"budget": 10**300}, []),
        ({"special_industries": ("HOUSING",)}, []),
        ({"special_industries": ()}, []),
        ({"campaign_name": 10**30}, [("SPL003", "/campaign_name", "error")]),
        ({"rta_id": _Amount.NOTHING}, [("SPL006", "/rta_id", "error")]),
    ],
    ids=str,
)
def test_values_of_python_count_as_what_json_makes_of_them(fields: Any, expected: list[tuple[str, str, str]]) -> None:
    report = splint.check({**CAMPAIGN, **fields}, as_of=AS_OF)
    assert findings(report) == expected
    assert report.errors == ()
    assert json.loads(report.to_json()) == report.model_dump()


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf"), 10**300, 0], ids=str)
def test_a_number_that_json_does_not_have_is_told_in_every_field(number: float) -> None:
    """By the rule of the money, or else as a wrong type, in its own words; 0 is no fault of another number."""
    names = [name for name, spec in SHAPES["AdGroup"].fields.items() if spec is NUMBER]
    assert {"budget", "deep_cpabid"} < {*names}
    for name in names:
        found = splint.check({**BASES["ad-group"], name: number}, as_of=AS_OF, select=["SPL003", "SPL106"]).diagnostics
        told = [(one.code, one.message.partition(",")[0]) for one in found]
        is_odd = not isinstance(number, int) and not isfinite(number)
        if name in FINITE_BY_RULES:
            assert [code for code, _ in told] == (["SPL106"] if number <= 0 or is_odd else []), name
        else:
            assert told == ([("SPL003", f"{name} is {number}")] if is_odd else []), name


def test_the_amounts_are_those_that_the_rule_on_money_asks_for() -> None:
    """Every other number is held to be finite by its type; the fact has a form of its own."""
    asked = {name for names in (*MONEY.values(), *OF_UPDATES.values()) for name in names}
    assert asked | {"historical_cpa"} == FINITE_BY_RULES


@pytest.mark.parametrize("name", few(["bid_price", "conversion_bid_price", "roas_bid", "budget", "min_budget"], 2))
@pytest.mark.parametrize("value", [float("nan"), float("inf"), 5e-324, 1.7e308], ids=str)
def test_no_amount_crashes_a_rule(name: str, value: float) -> None:
    facts = {"historical_cpa": value, "last_bid_change": "2026-03-01", "delivery_start": "9999-12-31"}
    groups = [{**CBO["adgroups"][0], name: amount, "bid_type": "BID_TYPE_CUSTOM"} for amount in (value, 5, value)]
    bundle = {"campaign": {**CBO["campaign"], "budget": value}, "adgroups": groups, "facts": facts}
    update = {
        "endpoint": "/v1.3/smart_plus/adgroup/update/",
        "body": {**groups[0], "adgroup_id": "1"},
        "current": {**groups[1], "budget": value},
        "facts": facts,
    }
    assert splint.check([bundle, update], as_of=AS_OF).errors == ()


def test_a_linter_gives_the_same_from_every_thread() -> None:
    linter = Linter(as_of=AS_OF)
    payloads = [{**BROKEN, f"made_up_{index}": CAMPAIGN} for index in range(40)]
    expected = [linter.check(payload).to_json() for payload in payloads]
    assert len(set(expected)) > 1 or len(expected[0]) > 1000
    with ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            assert [report.to_json() for report in pool.map(linter.check, payloads)] == expected


def test_a_linter_keeps_nothing_of_a_call() -> None:
    linter = Linter(as_of=AS_OF)
    group = {"advertiser_id": "8", "adgroup_name": "A", "campaign_id": "1"}
    first = linter.check(group).to_json()
    linter.check({**CAMPAIGN, "campaign_id": "1", "create_time": "2026-01-01 00:00:00"})
    assert linter.check(group).to_json() == first


def test_what_a_report_gives_out_may_be_changed_and_the_report_stays() -> None:
    """Each patch, and each value in one, is a copy: the service that moves a patch to its own root changes no other."""
    group = {"adgroup_name": "A", "promotion_type": "website", "location_ids": ["6252001"], "gender": "GENDER_MALE"}
    value = {"campaign": {**CAMPAIGN, "campaign_id": 7, "budget": "500"}, "adgroups": [group]}
    report = splint.check(value, as_of=AS_OF)

    def told() -> list[Any]:
        return [report.to_json(), json.dumps(report.to_agent()), report.fixed(), report.fixed(unsafe=True)]

    before = told()
    dump, answer = report.model_dump(), report.to_agent()
    patches = [one["fix"]["patch"] for one in dump["diagnostics"] if one["fix"]]
    patches += [one["patch"] for one in (*answer["findings"], *answer["unsafe_fixes"]) if "patch" in one]
    for step in (step for patch in patches for step in patch):
        step["path"] = f"/payload{step['path']}"
        if isinstance(step.get("value"), dict):
            step["value"]["location_ids"].append("1")
    assert str(patches).count("['6252001', '1']") == 2
    assert told() == before


def test_reports_and_diagnostics_are_immutable() -> None:
    report = splint.check(BROKEN, as_of=AS_OF)
    for resource, name in [
        (report, "diagnostics"),
        (report, "new"),
        (report.diagnostics[0], "code"),
        (report.tool, "name"),
    ]:
        with pytest.raises(AttributeError):
            setattr(resource, name, ())
        with pytest.raises(AttributeError):
            delattr(resource, name)
    before = report.to_json()
    dump = report.model_dump()
    dump["diagnostics"].clear()
    dump["summary"]["errors"] = 99
    assert isinstance(report.diagnostics, tuple)
    assert isinstance(report.summary, Mapping)
    assert report.to_json() == before


def test_a_repr_says_what_there_is(tmp_path: Path) -> None:
    """Also that splint itself failed, and without all that an object holds."""
    assert repr(splint.check(CAMPAIGN, as_of=AS_OF)) == "<Report: 1 file, 1 payload>"
    assert repr(splint.check(tmp_path)) == "<Report: 1 error of splint itself>"
    assert repr(splint.check({**BROKEN, "campaign": {}}, as_of=AS_OF)).startswith("<Report: 1 file, ")
    assert (
        repr(splint.Report(splint.check({}).tool, left_out={"a": 2}, counts={"left_out": 2})) == "<Report: 2 left out>"
    )
    assert re.fullmatch(r"<Linter: profile reference, [0-9]{3} rules>", repr(Linter(profile="reference")))
    assert repr(Linter(select=["SPL106"])) == "<Linter: profile guide, 1 rule>"
    told = repr(splint.explain('{"code": 40105, "message": "no \x1b[1m"}'))
    assert told.startswith("[<Explanation: code 40105 ")
    assert len(told) < 200


def test_reports_and_their_error_can_be_copied_and_pickled() -> None:
    report = splint.check(BROKEN, as_of=AS_OF)
    for other in (copy.copy(report), copy.deepcopy(report), pickle.loads(pickle.dumps(report))):
        assert other.to_json() == report.to_json()
        assert other.diagnostics == report.diagnostics
        with pytest.raises(TypeError, match="a copied or pickled report does not hold the payload: call fixed"):
            other.fixed()
    with pytest.raises(TypeError, match="only the report of a value or of one JSON text can be fixed"):
        pickle.loads(pickle.dumps(splint.check([Path(__file__).parent / "none.json"]))).fixed()
    error = pickle.loads(pickle.dumps(PayloadError(report)))
    assert str(error) == str(PayloadError(report))
    assert error.report.to_json() == report.to_json()


def test_a_linter_is_pickled_as_its_settings() -> None:
    house = "fixtures/house-rules/budget_ceiling.py"
    settings: dict[str, Any] = {"profile": "reference", "as_of": AS_OF, "facts": {"currency": "USD"}}
    linter = Linter(**settings, plugins=[house], rules={"HOUSE001": {"ceiling": 5}})
    other = pickle.loads(pickle.dumps(linter))
    assert other.config == linter.config
    assert other.check(BROKEN).to_json() == linter.check(BROKEN).to_json()
    with pytest.raises(TypeError, match="this linter is not pickled, as its plugin splint_guide is a module: name"):
        pickle.dumps(Linter(plugins=[splint_guide]))


def test_a_linter_keeps_nothing_that_its_caller_may_change() -> None:
    """Neither its facts nor its options of rules: what it was made with is what it is pickled as."""
    facts: dict[str, Any] = {"currency": "USD", "event_sources": ["pixel"]}
    rules = {"HOUSE001": {"ceiling": 5}}
    given = MappingProxyType(facts)  # which cannot be pickled itself
    linter = Linter(facts=given, plugins=["fixtures/house-rules/budget_ceiling.py"], rules=rules, as_of=AS_OF)
    before = linter.check(BROKEN).to_json()
    facts["event_sources"].append("telepathy")
    facts["currency"] = "doubloons"
    rules["HOUSE001"]["ceiling"] = -1
    rules["GONE001"] = {}
    for other in (linter, pickle.loads(pickle.dumps(linter))):
        assert other.config.facts == {"currency": "USD", "event_sources": ["pixel"]}
        assert other.config.rules == {"HOUSE001": {"ceiling": 5}}
        assert other.check(BROKEN).to_json() == before


class _Bool:
    """What numpy's own type of truth values is called like."""


_Bool.__name__ = "bool"


class _Dumped:
    """Has a method that pydantic's models have too."""

    def model_dump(self, mode: str = "json", exclude_unset: bool = False) -> dict[str, str]:
        return {"campaign_name": mode} if exclude_unset else CAMPAIGN


@pydantic.dataclasses.dataclass
class _Data:
    """Has pydantic's fields, but no way to write them."""

    campaign_name: str = "A"


class _Loose(pydantic.BaseModel):
    """Takes anything."""

    days: Any = Decimal(1)
    """What JSON mode converts."""
    held: Any = pydantic.Field(serialization_alias="adgroups")


_LOOP: list[Any] = []
_LOOP.append(_LOOP)


class _Failing(_Loose):
    """Cannot be written."""

    @pydantic.field_serializer("held")
    def write(self, held: Any) -> Any:
        raise ValueError(held)


@pytest.mark.parametrize(
    ("value", "told"),
    few(
        [
            (_Loose(held=[{"budget": b"\xff"}]), "bytes at /adgroups/0/budget is nothing that JSON can express"),
            ([_Loose(held=_Loose(held=object()))], "object at /0/adgroups/adgroups is nothing that JSON can express"),
            (_Loose(held=_LOOP), f"{__name__}._Loose at (root) is nothing that JSON can express"),
            (
                _Failing(held=1),
                f"{__name__}._Failing at (root) is nothing that JSON can express: Error calling function `write`: Va",
            ),
            (
                {"budget_optimize_on": _Bool()},
                f"{__name__}.bool at /budget_optimize_on is nothing that JSON can express",
            ),
            ({"budget": Decimal(1)}, "decimal.Decimal at /budget is nothing that JSON can express"),
            ({"budget": {1}}, "set at /budget is nothing that JSON can express"),
            (_Dumped(), f"{__name__}._Dumped at (root) is nothing that JSON can express"),
            ([CAMPAIGN, _Dumped()], f"{__name__}._Dumped at /1 is nothing that JSON can express"),
            (_Data(), f"{__name__}._Data at (root) is nothing that JSON can express"),
            (models.Campaign, "the class Campaign at (root) is no payload: make an object of it first"),
            ([models.Campaign], "the class Campaign at /0 is no payload: make an object of it first"),
        ],
        3,
    ),
)
def test_what_is_no_payload_is_called_by_its_full_name(value: Any, told: str) -> None:
    with pytest.raises(TypeError, match=f"^{re.escape(told)}"):
        splint.check(value)


@pytest.mark.parametrize(
    "code",
    [
        "import splint",
        "import splint; [getattr(splint, name) for name in splint.__all__]",
        "import splint; splint.check({'objective_type': 'X'}, config=splint.Config())",
    ],
    ids=["importing", "every public name", "checking a value"],
)
def test_the_library_reads_no_file_and_no_environment_of_its_own(tmp_path: Path, code: str) -> None:
    (tmp_path / "splint.toml").write_text("this is no TOML")
    (tmp_path / "pyproject.toml").write_text("[tool.splint]\nnor is this")
    script = f"""
import os, sys
import click, orjson, pluggy, json, datetime, inspect, difflib, decimal, importlib.util, fnmatch
own = ({str(Path(str(splint.__file__)).parent)!r}, {str(Path(str(splint_guide.__file__)).parent)!r})

class Environment(dict):
    def note(self, *arguments):
        frame = sys._getframe(1)
        while frame and frame.f_code.co_filename.startswith("<"):
            frame = frame.f_back
        if frame.f_code.co_filename.startswith(own):
            seen.append(("environment", frame.f_code.co_filename, arguments))
    def __getitem__(self, name): self.note(name); return dict.__getitem__(self, name)
    def get(self, name, default=None): self.note(name); return dict.get(self, name, default)
    def __contains__(self, name): self.note(name); return dict.__contains__(self, name)
    def __setitem__(self, name, value): self.note(name); dict.__setitem__(self, name, value)
    def __iter__(self): self.note(); return dict.__iter__(self)

seen = []
def hook(event, arguments):
    if event == "open" and not str(arguments[0]).endswith((".py", ".pyc")) and ".pyc." not in str(arguments[0]):
        seen.append((event, *map(str, arguments)))
    elif event in ("os.putenv", "os.unsetenv", "subprocess.Popen", "socket.connect", "os.system"):
        seen.append((event, *map(str, arguments)))
os.environ = Environment(os.environ)
sys.addaudithook(hook)
{code}
sys.stdout.write(repr(seen))
"""
    path = os.pathsep.join(str(Path(str(module.__file__)).parents[1]) for module in (splint, splint_guide))
    environment = {**os.environ, "PYTHONPATH": path}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[]", "")


def test_equal_texts_are_payloads_of_their_own() -> None:
    report = splint.check(['{"objective_type": "X"}'] * 2, select=["SPL101"])
    assert [diagnostic.code for diagnostic in report.diagnostics] == ["SPL101", "SPL101"]


@pytest.mark.parametrize("value", few([{"a": 1}, ["a"], 1, True, 1.5], 2))
@pytest.mark.parametrize("field", sorted(USUAL))
def test_no_value_of_a_wrong_type_is_taken_for_a_text(field: str, value: Any) -> None:
    """Of each field whose texts are looked at: since Python 3.12 a dict takes a slice for a key."""
    payload: dict[str, Any] = copy.deepcopy(BASES["cbo"])
    [group] = payload["adgroups"]
    [ad] = group["ads"]
    payload["campaign"]["request_id"], ad["ad_name"] = "1", "Spring"
    group |= dict.fromkeys(("schedule_start_time", "schedule_end_time"), "2027-03-01 00:00:00")
    for holder in [holder for holder in holders(payload) if isinstance(holder, dict) and field in holder]:
        before, holder[field] = holder[field], value
        report = splint.check(payload, profile="reference")
        assert report.errors == ()
        assert {"SPL003", "SPL006"} & {one.code for one in report.diagnostics}
        holder[field] = before
    assert field in json.dumps(payload)


def test_what_is_checked_is_not_left_to_the_garbage_collector() -> None:
    """Payloads with findings, creatives among them, are freed as soon as their findings are known."""
    info = "/adgroups/0/ads/0/creative_list/0/creative_info"
    edits = {"/campaign/made_up": 1, f"{info}/made_up": 1, f"{info}/identity_authorized_bc_id": GONE}
    value = edited(CBO, edits)
    linter = Linter(as_of=AS_OF)
    assert "SPL004" in {found.code for found in linter.check(value).diagnostics}
    gc.collect()
    gc.disable()
    try:
        linter.check(value)
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        left = {type(one).__name__ for one in gc.garbage}
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert left.isdisjoint({"Ad", "AdGroup", "Campaign", "Creative", "CreativeInfo", "UnknownField", "Document"})


def _with_unknown(key: str) -> dict[str, Any]:
    value = {"adgroup_name": "a", "promotion_type": "WEBSITE", key: {key: 1, "access_token": "canary"}, "bid_typ": 1}
    return {"campaign": {**CAMPAIGN, key: [key, {"name": key, "value": key}]}, "adgroups": [value]}


@pytest.mark.slow
def test_a_process_that_checks_long_unknown_keys_for_days_keeps_none_of_them() -> None:
    """At most the last payload is kept."""
    linter, size = Linter(), 1 << 15
    for number in range(2):
        linter.check(_with_unknown(f"{number:0{size}}")).to_json()
    gc.collect()
    tracemalloc.start()
    try:
        for number in range(2, 8):
            linter.check(_with_unknown(f"{number:0{size}}")).to_json()
        gc.collect()
        kept = [trace for trace in tracemalloc.take_snapshot().statistics("lineno") if trace.size > 3 * size]
    finally:
        tracemalloc.stop()
    assert kept == []


def test_a_week_after_the_last_day_of_the_calendar_is_that_day() -> None:
    """A rule that adds days to a fact crashes on no date."""
    request = {
        "endpoint": "/open_api/v1.3/smart_plus/adgroup/update/",
        "body": {"advertiser_id": "7", "adgroup_id": "8", "conversion_bid_price": 8.5},
        "current": {"adgroup_id": "8", "bid_type": "BID_TYPE_CUSTOM", "conversion_bid_price": 8},
    }
    facts = dict.fromkeys(("delivery_start", "last_bid_change"), "9999-12-31")
    report = splint.check(request, facts=facts, as_of="9999-12-31", select=["SPL504", "SPL505"])
    assert report.errors == ()
    assert [(one.code, one.help[:21]) for one in report.diagnostics] == [
        ("SPL504", "wait until 9999-12-31"),
        ("SPL505", "wait until 9999-12-31"),
    ]


UPDATE = {"advertiser_id": "7", "campaign_id": "1", "campaign_name": "B"}
OF_OTHERS: list[dict[str, Any]] = [
    {"url": "https://example.com/hook", "body": CAMPAIGN, "current": 3},
    {"url": "https://example.com/hook", "body": UPDATE, "current": 3},
    {"path": "campaigns/spring", "data": CAMPAIGN, "current": "v2"},
    {"endpoint": "/v1.3/smart_plus/campaign/create/", "body": CAMPAIGN, "current": "v2"},
]


@pytest.mark.parametrize("envelope", OF_OTHERS, ids=str)
def test_what_others_call_current_is_theirs(envelope: dict[str, Any]) -> None:
    """Only TikTok's requests that change an object have one that says what stands."""
    assert findings(splint.check(envelope, as_of=AS_OF)) == []


@pytest.mark.parametrize("data", [[None], [5, None]])
def test_an_event_batch_of_no_records_is_one_finding_an_entry(data: list[Any]) -> None:
    batch = {"event_source": "web", "event_source_id": "p", "data": data}
    expected = [("SPL003", f"/data/{index}", "error") for index in range(len(data))]
    for given in (batch, json.dumps(batch)):
        assert findings(splint.check(given, as_of=AS_OF)) == expected


AD = "/adgroups/0/ads/0"
OF_CATALOG = {
    f"{AD}/ad_configuration/catalog_creative_toggle": True,
    f"{AD}/creative_list": [{"creative_info": {"music_info": {"music_id": "1"}}}],
}
UNDECIDED = [
    {"/campaign/catalog_enabled": "{{x}}"},
    {"/campaign/catalog_enabled": 1},
    {"/campaign/catalog_enable": True},
    {"/campaign/objective_type": "{{o}}"},
    {"/campaign/catalog_id": "1"},
]


def test_a_creative_of_a_catalog_needs_a_format_only_where_there_is_known_to_be_none() -> None:
    def codes(value: Any) -> set[str]:
        return {one.code for one in splint.check(value, as_of=AS_OF).diagnostics}

    bundle = edited(CBO, OF_CATALOG)
    group = {"advertiser_id": "7", "campaign_id": "1", **bundle["adgroups"][0]}
    assert "SPL008" in codes(bundle)
    assert not [edits for edits in UNDECIDED if "SPL008" in codes(edited(bundle, edits))]
    assert "SPL008" not in codes(group)
