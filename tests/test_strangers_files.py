"""Files of others, of which a walk says nothing: their paths, texts and requests resemble those of Smart+."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from splint.payloads import endpoints, open_endpoints, texts
from tests.command import Command
from tests.grids import few

API = "https://business-api.tiktok.com/open_api/v1.3"
CREATE = f"{API}/smart_plus/campaign/create/"
CAMPAIGN = {
    "advertiser_id": "7477436657581081641",
    "campaign_name": "Spring lamps",
    "objective_type": "WEB_CONVERSIONS",
    "budget_mode": "BUDGET_MODE_TOTAL",
    "budget": -5,
    "request_id": "1",
}
"""A campaign with one error, SPL106."""
AD_SET = {"name": "x", "optimization_goal": "LINK_CLICKS", "billing_event": "IMPRESSIONS", "campaign_id": "1"}
"""What another ad API takes."""


@pytest.fixture(autouse=True)
def _tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def walked(command: Command, name: str, text: str) -> list[str]:
    """The codes that a walk finds in a file."""
    Path(name).write_text(text)
    report = command("check", "--untrusted", ".", "--output-format=json").report
    return sorted({finding["code"] for finding in report["diagnostics"]})


@pytest.mark.parametrize(
    ("name", "text"),
    few(
        [
            ("tsconfig.json", '{"paths": {"@smart_plus/campaign/*": ["./src/smart_plus/campaign/*"]},}'),
            ("settings.json", '{\n // mine\n "search.exclude": {"src/smart_plus/ad/**": true}}'),
            ("map.json", '{"path": "src/smart_plus/ad/create.py",}'),
            ("dup.yaml", "src/smart_plus/ad/x: 1\nsrc/smart_plus/ad/x: 2\n"),
            ("helm.yaml", f"env:\n{{{{- if .Values.x }}}}\n- name: URL\n  value: {CREATE}\n{{{{- end }}}}\n"),
            ("a.md", "```json\n{ url: 'smart_plus/ad/get/' }\n```\n"),
            ("a.json", '{"url": "https://business-api.tiktok.com/open_api/v1.3/ad/get/", "path": "smart_plus/ad/"'),
        ],
        3,
    ),
)
def test_a_path_of_smart_plus_in_a_text_with_errors_is_no_request(name: str, text: str, command: Command) -> None:
    assert walked(command, name, text) == []


@pytest.mark.parametrize(
    "url",
    [
        CREATE,
        CREATE.replace("/", "\\/"),
        "{{ base_url }}/open_api/v1.3/smart_plus/ad/get/",
        "https://sandbox-ads.tiktok.com:443/x/../smart_plus/ad/get/",
        f"{API}/x/../Smart_Plus/ad/get/",
    ],
)
@pytest.mark.parametrize("key", few(["url", "endpoint", "path", "raw"], 2))
def test_a_request_to_smart_plus_in_a_text_with_errors_is_told_of(key: str, url: str, command: Command) -> None:
    assert walked(command, "a.json", f'{{"{key}": "{url}", "body": hello}}') == ["SPL001"]


@pytest.mark.parametrize(
    "path",
    few(
        [
            "./smart_plus",
            "../smart_plus/campaign/create/",
            "docs/../smart_plus/index.html",
            "Smart_Plus/Ad/create.py",
            "/Smart_Plus/Campaign/Create",
            "C:\\repo\\smart_plus\\campaign\\create.py",
            "smart_plus\\campaign\\create",
            "${workspaceFolder}\\smart_plus\\campaign\\create",
            "${workspaceFolder}/../smart_plus/campaign/create/",
        ],
        3,
    ),
)
@pytest.mark.parametrize("key", ["url", "path"])
def test_the_path_of_a_file_is_no_endpoint(key: str, path: str, command: Command) -> None:
    """Without host and /open_api it is one as it is written alone: small letters, without dots and backslashes."""
    assert walked(command, "a.json", json.dumps([{key: path, "data": {"cov": 1}}, {key: path}])) == []


def test_a_path_alone_as_it_is_written_is_an_endpoint(command: Command) -> None:
    sent = [
        {"url": "smart_plus/campaign/create/", "method": "POST", "headers": {}},
        {"path": "smart_plus/ad/x", "body": {}},
    ]
    assert walked(command, "a.json", json.dumps(sent)) == ["SPL008", "SPL506"]


OTHERS = ("/v1/campaigns", "/v2/tiktok/launch", "{{gateway}}/v1/campaigns", "v3/foo", "/v1.3/launch/", "/v1.0/user/")
"""Paths without a host, none of them TikTok's."""


@pytest.mark.parametrize("path", OTHERS)
def test_a_body_beside_a_path_that_is_not_plainly_tiktoks_is_judged_by_its_keys(path: str, command: Command) -> None:
    bundle = {"campaign": CAMPAIGN, "adgroups": [{"adgroup_name": "x"}]}
    for key in ("endpoint", "path", "url"):
        assert "SPL106" in walked(command, "a.json", json.dumps({key: path, "method": "POST", "body": bundle}))
    Path("a.json").unlink()
    url = "$GATEWAY/" + path.removeprefix("{{gateway}}").strip("/")
    assert "SPL106" in walked(command, "a.sh", f"curl \"{url}\" -d '{json.dumps(bundle)}'\n")


@pytest.mark.parametrize("path", OTHERS)
@pytest.mark.parametrize("key", few(["endpoint", "path", "url"], 2))
def test_a_path_that_is_not_plainly_tiktoks_is_no_payload(key: str, path: str, command: Command) -> None:
    assert walked(command, "a.json", json.dumps({"probe": {key: path, "method": "GET"}})) == []
    assert command("check", "--untrusted", ".").status == 3


@pytest.mark.parametrize("path", few(["/v1.3/report/integrated/get/", "/open_api/v2/foo", "v1.2/campaign/get"], 2))
def test_a_version_before_a_directory_of_tiktoks_is_an_endpoint(path: str, command: Command) -> None:
    assert walked(command, "a.json", json.dumps({"endpoint": path, "method": "GET"})) == []
    assert command("check", "--untrusted", ".").status == 0


@pytest.mark.parametrize(
    "path",
    [
        *("smart-plus/campaign", "smartplus/campaign", "smartPlus/campaign", "smart+/campaign", "smart%2B/campaign"),
        *("smart_pus/campaign", "smart_plus_campaign", "campaign/smart_plus", "upgraded_smart_plus/campaign"),
        *("Smart-Plus/campaign", "campaign-smart-plus"),
    ],
)
@pytest.mark.parametrize(
    "place", few([API, "https://sandbox-ads.tiktok.com", "/v1.3", "{{host}}/open_api", "{{base}}"], 2)
)
def test_a_directory_that_resembles_that_of_smart_plus_is_judged_as_it(place: str, path: str, command: Command) -> None:
    url = f"{place}/{path}/create/"
    text = json.dumps({"endpoint": url, "method": "POST", "body": CAMPAIGN})
    assert walked(command, "a.json", text) == ["SPL106", "SPL506"]
    told = command("check", "--untrusted", "--output-format=concise", ".").out
    assert f"SPL506 /{path}/create/ is no known Smart+ endpoint; use /smart_plus/campaign/create/" in told
    Path("a.json").unlink()
    text = f"curl -X POST '{url}' -d '{json.dumps(CAMPAIGN)}'"
    assert walked(command, "a.sh", text) == ["SPL106", "SPL506"]


@pytest.mark.parametrize(
    "path", few(["creative/smart_text/generate/", "report/smart_plus/x/", "campaign/create/", "dmp/smart_plus/"], 2)
)
def test_another_directory_of_tiktoks_is_none_of_smart_plus(path: str, command: Command) -> None:
    assert "SPL506" not in walked(command, "a.json", json.dumps({"endpoint": f"{API}/{path}", "method": "POST"}))


def test_known_directories_of_tiktoks_are_not_taken_for_misspelt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Logs have many such paths: each was compared, step by step, with that of Smart+."""
    compared: list[str] = []
    monkeypatch.setattr(open_endpoints, "misspelt", compared.append)
    for path in ("report/integrated/get/", "campaign/get/1234/", "ad/status/update/"):
        assert endpoints.read_endpoint(f"{API}/{path}").path == f"/{path}"
    assert compared == []
    endpoints.read_endpoint(f"{API}/campaign/smart_plus/create/")
    assert compared == ["/campaign/smart_plus/create/"]


def test_a_directory_behind_a_variable_that_resembles_no_known_path_is_somebodys(command: Command) -> None:
    for path in ("smart-plus/x/", "smart_pus/index.html", "x/smart-plus/campaign/create/"):
        assert walked(command, "a.json", json.dumps({"endpoint": f"{{{{base}}}}/{path}", "method": "GET"})) == []
        assert command("check", "--untrusted", ".").status == 3


def test_a_directory_elsewhere_that_resembles_that_of_smart_plus_is_somebodys(command: Command) -> None:
    for url in ("https://gw.example/v1.3/smart-plus/campaign/create/", "smart-plus/campaign/create/"):
        assert walked(command, "a.json", json.dumps({"endpoint": url, "body": CAMPAIGN})) == ["SPL106"]
        assert walked(command, "a.json", json.dumps({"endpoint": url, "method": "GET"})) == []


HOSTS = (
    "graph.facebook.com/v20.0/act_1/adsets",
    "googleads.googleapis.com/v17/customers/1/campaigns:mutate",
    "api.pinterest.com:443/v5/ad_accounts/5/campaigns",
    "adsapi.snapchat.com/v1/adsquads",
    "ads-api.x.com/12/accounts/1/line_items",
    "advertising-api-eu.amazon.com/sp/campaigns",
)


@pytest.mark.parametrize("host", HOSTS)
def test_what_goes_to_another_ad_api_is_passed_over(host: str, command: Command) -> None:
    text = json.dumps(AD_SET)
    for url in (host, f"https://{host}?fields=id"):
        values: tuple[Any, ...] = (
            {"url": url, "method": "POST", "body": AD_SET},
            {"url": url, "body": {"campaignName": "x", "campaignId": "1", "objectiveType": "y", "budgetMode": "z"}},
            {"url": url, "options": {"method": "POST", "body": text}, "request_body": AD_SET},
            {"item": [{"request": {"url": {"raw": url}, "body": {"mode": "raw", "raw": text}}}]},
        )
        for value in values:
            assert walked(command, "a.json", json.dumps(value)) == [], value
        assert walked(command, "a.sh", f"curl -X POST {url} -d '{text}'\n") == []
        assert command("check", "--untrusted", ".").status == 3


META = "https://graph.facebook.com/v19.0/act_1/campaigns"
SENT = {"endpoint": CREATE, "method": "POST", "body": CAMPAIGN}


@pytest.mark.parametrize(
    "value",
    [
        {"url": META, "tiktok": SENT},
        {"url": META, "items": [CAMPAIGN]},
        {"url": META, "body": {"x": 1}, "next": SENT},
        {"url": META, "body": {"name": "x"}, "options": {"body": {"name": "x"}, "tiktok": SENT}},
        {"url": META, "body": {"forward": SENT}},
        {"path": "https://api.linkedin.com/docs", "requests": [SENT]},
        {"url": "https://api.pinterest.com/", "plan": {"campaign": CAMPAIGN, "adgroups": []}},
        {"platforms": {"url": META, "tiktok": {"campaign": CAMPAIGN}}},
        {"item": [{"url": META, "item": [{"request": {"url": {"raw": CREATE}, "body": CAMPAIGN}}]}]},
        {"url": META, "options": {"url": CREATE, "body": CAMPAIGN}},
        {"endpoint": META, "url": CREATE, "method": "POST", "body": CAMPAIGN},
        {"path": META, "endpoint": CREATE, "method": "POST", "body": CAMPAIGN},
        {"url": {"raw": META}, "path": CREATE, "body": CAMPAIGN},
        {"name": "meta_sync", "params": {}, "steps": [SENT]},
        {"name": "meta_create_campaign", "params": {}, "steps": [SENT]},
        {"name": "meta_create_campaign", "params": {}, "body": CAMPAIGN},
        {"name": "meta_create_campaign", "params": SENT},
        {"name": "meta_create_campaign", "params": {"requests": [SENT]}},
        {"name": "meta_create_campaign", "arguments": json.dumps(SENT)},
        *(
            {"name": name, "params": CAMPAIGN}
            for name in ("google-summer-sale", "amazon-prime-day", "snap-lamps", "mcp__google_drive__upload")
        ),
        {"name": "snap-lamps", "params": SENT},
        {"name": "fb-sync", "params": {}, "jobs": {"a": CAMPAIGN}},
    ],
)
def test_what_stands_beside_a_request_to_another_ad_api_is_judged(value: Any, command: Command) -> None:
    assert "SPL106" in walked(command, "a.json", json.dumps(value))


@pytest.mark.parametrize(
    "arguments",
    few(
        [
            f"{META} {CREATE}",
            f"--url {META} --url {CREATE}",
            f"{CREATE} {META}",
            f"--connect-to ::business-api.tiktok.com: {META}",
            f"--resolve graph.facebook.com:443:127.0.0.1 {META}",
            f'{META} "$URL"',
            f"-H 'Accept: x' --url {META} https://gw.example/x",
        ],
        3,
    ),
)
def test_what_curl_sends_to_more_than_other_ad_apis_is_judged(arguments: str, command: Command) -> None:
    assert "SPL106" in walked(command, "a.sh", f"curl {arguments} -d '{json.dumps(CAMPAIGN)}'\n")
    assert walked(command, "a.sh", f"curl {META} -d '{json.dumps(CAMPAIGN)}'\n") == []


@pytest.mark.parametrize(
    ("name", "text"),
    few(
        [
            ("a.json", json.dumps({"url": META, "body": AD_SET})),
            ("a.json", json.dumps({"name": "facebook_create_adset", "input": AD_SET})),
            ("a.sh", f"curl {META} -d '{json.dumps(AD_SET)}'\n"),
        ],
        2,
    ),
)
def test_a_named_file_whose_requests_go_elsewhere_is_told_so(name: str, text: str, command: Command) -> None:
    Path(name).write_text(text)
    outcome = command("check", "--untrusted", name)
    assert "SPL002" in outcome.out
    assert "event record; what it sends goes to the host or tool of another ad API" in " ".join(outcome.out.split())
    Path("b.json").write_text('{"a": 1}')
    assert "another ad API" not in command("check", "--untrusted", "b.json").out


@pytest.mark.parametrize("name", ["headers", "header"])
def test_a_token_that_goes_to_another_ad_api_is_told_of_and_masked(name: str, command: Command) -> None:
    token = "cAnArY0123456789cAnArY0123456789"
    request = {"url": META, "body": AD_SET, name: {"Access-Token": token}}
    pages = [request, CAMPAIGN | {"campaign_name": token}]
    assert walked(command, "a.json", json.dumps(pages)) == ["SPL012", "SPL106"]
    assert token not in command("check", "--untrusted", ".").out
    Path("a.json").unlink()
    script = f"curl {META} -H 'Access-Token: {token}' -d '{json.dumps(AD_SET)}'\n"
    assert walked(command, "a.sh", script) == ["SPL012"]


def test_what_goes_to_a_gateway_is_judged_by_its_keys(command: Command) -> None:
    for host in ("gw.example", "facebook.com", "graph.facebook.com.example"):
        text = json.dumps({"url": f"https://{host}/x", "method": "POST", "body": CAMPAIGN})
        assert walked(command, "a.json", text) == ["SPL106"]


@pytest.mark.parametrize("arguments", [AD_SET, json.dumps({**AD_SET, "promotion_type": "x", "targeting_spec": {}})])
def test_a_call_of_a_tool_for_another_ad_api_is_passed_over(arguments: Any, command: Command) -> None:
    for name in ("facebook_create_adset", "mcp__google-ads__create_campaign", "create.snapchat.ad_squad"):
        assert walked(command, "a.json", json.dumps({"name": name, "arguments": arguments})) == []
    for name in (
        *("create_adset", "facebook_to_tiktok_create_ad", "Create a Google ad", "meta", "google-summer-sale"),
        *("mcp__google-ads__create", "facebook_adset", "mcp__google_drive__upload"),
    ):
        assert "SPL008" in walked(
            command, "a.json", json.dumps({"name": name, "input": {**AD_SET, "promotion_type": "x"}})
        )


@pytest.mark.parametrize("key", few(["response", "expected", "output", "apiResponse", "results"], 2))
def test_a_text_of_an_answer_holds_no_payload(key: str, command: Command) -> None:
    """At any depth below the key of an answer, in the file or in another text."""
    text = json.dumps(CAMPAIGN)
    for value in (
        {key: {"status": 200, "body": text}},
        {"mappings": [{"request": {"method": "GET"}, key: [{"payload": {"data": text}}]}]},
        {"body": json.dumps({key: {"data": CAMPAIGN}})},
        {"body": json.dumps({key: {"data": text}})},
    ):
        assert walked(command, "a.json", json.dumps(value)) == [], value
    assert walked(command, "a.json", json.dumps({"request": {"body": text}, key: {"body": text}})) == ["SPL106"]


@pytest.mark.parametrize(
    "value",
    few(
        [
            AD_SET,
            {"adgroup_name": "x", "cpc": 1},
            {"adgroup_name": "x", "campaign_id": "1"},
            {"campaign_name": "x", "objective_type": "y", "spend": 1, "clicks": 2, "date": "z"},
        ],
        2,
    ),
)
@pytest.mark.parametrize("key", few(["payload", "arguments", "data"], 2))
def test_a_text_with_fields_that_others_have_too_is_no_payload(key: str, value: Any, command: Command) -> None:
    assert walked(command, "a.json", json.dumps({"events": [{key: json.dumps(value)}]})) == []
    called = {"function": {"name": "create_adset", key: json.dumps([value])}}
    assert walked(command, "a.json", json.dumps({"tool_calls": [called]})) == []


@pytest.mark.parametrize(
    "value",
    few(
        [
            {"advertiser_id": "1", "adgroup_name": "x", "a": 1, "b": 2},
            {"adgroup_name": "x", "promotion_type": "WEBSITE"},
            AD_SET | {"adgroup_name": "x", "promotion_type": "WEBSITE"},
        ],
        2,
    ),
)
def test_a_text_with_fields_of_tiktok_is_a_payload(value: Any, command: Command) -> None:
    assert "SPL008" in walked(command, "a.json", json.dumps({"payload": json.dumps(value)}))


def test_a_text_without_a_field_name_is_not_parsed(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Logs have many such texts; a name may be escaped."""
    parsed: list[str] = []

    def read(text: str, read: Callable[[str], object] = texts.read) -> object:
        parsed.append(text)
        return read(text)

    monkeypatch.setattr(texts, "read", read)
    rows = [{"payload": json.dumps({"user": 1, "note": "\u00fc\\", "data": '{"a": 1}'})}] * 3
    assert walked(command, "a.ndjson", "\n".join(map(json.dumps, rows))) == []
    assert parsed == []
    escaped = json.dumps(CAMPAIGN).replace("a", "\\u0061").replace("_", "\\u005f")
    assert walked(command, "a.ndjson", json.dumps({"payload": escaped})) == ["SPL106"]
    assert {*parsed} == {escaped}


@pytest.mark.parametrize(
    "arguments",
    few(
        [
            "/oauth2/access_token/ -d 'app_id=1&secret=2'",
            "/report/integrated/get/ -d 'report_type=BASIC'",
            "/report/integrated/get/ -d '{\"a\": 1,}'",
            "/event/track/ -d @form.raw",
            "/campaign/create/ -d 'hello'",
            "/oauth2/advertiser/get/ -H 'x",
        ],
        2,
    ),
)
@pytest.mark.parametrize("form", ["{}\n", "```sh\n{}\n```\n"])
def test_a_body_that_is_no_json_is_an_error_at_smart_plus_alone(arguments: str, form: str, command: Command) -> None:
    Path("form.raw").write_text("hello")
    name = "a.sh" if form == "{}\n" else "a.md"
    assert walked(command, name, form.replace("{}", f"curl {API}{arguments}")) == []
    assert "SPL001" in walked(command, name, form.replace("{}", f"curl {API}/smart_plus/ad{arguments}"))


@pytest.mark.parametrize(
    "others",
    few(
        [
            {"bodyPatterns": [{"matchesJsonPath": "$.campaign_name"}]},
            {"urlPathPattern": "/open_api/.*"},
            {"headers": {"Access-Token": {"equalTo": "x"}}},
        ],
        2,
    ),
)
def test_what_a_mock_server_matches_sends_nothing(others: Any, command: Command) -> None:
    request: dict[str, Any] = {"method": "POST", "url": "/open_api/v1.3/smart_plus/campaign/create/"}
    for key, given in (("header", ""), ("headers", {"Accept": "x"})):
        assert walked(command, "a.json", json.dumps({"request": {**request, key: given}})) == ["SPL008"]
    stub = {"request": {**request, **others}, "response": {"status": 200, "jsonBody": {"code": 0}}}
    assert walked(command, "a.json", json.dumps({"mappings": [stub]})) == []
    for key in ("body", "request_body", "requestBody", "jsonBody", "bdoy", "params"):
        judged = {"request": {**request, **others, key: CAMPAIGN}}
        assert "SPL106" in walked(command, "a.json", json.dumps(judged)), key
    update = {**request, "url": request["url"].replace("create", "update"), **others}
    judged = {"request": {**update, "request_body": {"campaign_id": "1", "budget": -5}}}
    assert "SPL106" in walked(command, "a.json", json.dumps(judged))


@pytest.mark.parametrize("key", ["adgroups", "ad_groups"])
def test_ad_groups_of_others_are_a_warning(key: str, command: Command) -> None:
    entry: Any
    for entry in (
        {"name": "brand", "keywords": ["shoes"], "ads": [{"title": "x"}]},
        {"id": 1, "status": "x"},
        {},
        {"adGroupId": "3", "campaignId": "1", "name": "a", "defaultBid": 0.5, "state": "ENABLED"},
        {"Id": 3, "Name": "a", "CpcBid": {"Amount": 1}, "Network": "OwnedAndOperated"},
        {"id": 1, "name": "x", "cpcBidMicros": "1", "type": "SEARCH_STANDARD"},
        {"name": "US", "color": "blue"},
    ):
        Path("a.json").write_text(json.dumps({"campaigns": [{"id": 1, "name": "x"}], key: [entry]}))
        report = command("check", "--untrusted", ".", "--output-format=json").report
        assert [(one["code"], one["severity"]) for one in report["diagnostics"]] == [("SPL002", "warning")], entry
    for entry in (
        *({"adgroup_name": "x"}, {"promotionType": "WEBSITE"}, {"optimization_goal": "CLICK"}, {"adGroupName": "x"}),
        *({"goal": "CLICK"}, {"pixelId": "7"}, {"optimisation_gaol": "CLICK"}, {"daily_budget": 5}, {"targeting": {}}),
        {"data": {"adgroup_name": "x"}},
    ):
        assert "SPL008" in walked(command, "a.json", json.dumps({key: [{"name": "brand"}, entry]}))
    held = {"name": "brand", "ads": [{"creative_list": []}]}
    assert "SPL008" in walked(command, "a.json", json.dumps({key: [held]}))


@pytest.mark.parametrize(
    "value",
    few(
        [
            {"adgroups": [{"adgroup_id": "1", "budget": -5}]},
            {"adgroups": [{"adgroup_id": "1", "bid_price": -1}]},
            {"adgroups": [{"name": "x", "budget": -5, "bid_price": 1}]},
            {"adgroups": [{"adgroup_id": "1", "request_id": "x", "advertiser_id": "1", "budget": -5}]},
            {"adgroups": [{"budget": -5, "budget_mode": "x", "schedule_type": "F"}], "campaign_id": "1"},
            {"adgroups": [{"name": "x"}], "campaign_id": "1"},
            {"adgroups": [{"name": "x"}], "request_id": "1"},
            {"adgroups": [{"name": "x"}], "advertiser_id": "1"},
            {"adgroups": [{"name": "x"}], "facts": {"currency": "USD"}},
            {"endpoint": "https://gw.example/x", "body": {"adgroups": [{"adgroup_id": "1", "budget": -5}]}},
        ],
        4,
    ),
)
def test_ad_groups_with_a_key_of_tiktoks_are_a_bundle(value: Any, command: Command) -> None:
    assert {"SPL106", "SPL008"}.intersection(walked(command, "a.json", json.dumps(value)))


def test_an_ad_group_that_has_a_status_alone_is_of_a_bundle(command: Command) -> None:
    assert walked(command, "a.json", json.dumps({"adgroups": [{"adgroup_id": "1", "operation_status": "x"}]})) == []
    assert command("check", "--untrusted", ".").status == 0
