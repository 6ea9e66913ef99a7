"""From documents to campaign trees: what counts as a payload, what ties payloads, and which facts hold."""

import json
from itertools import product
from typing import Any

import pytest

from splint.run.linter import Linter
from tests.strategies import AS_OF, HOST, lint

TIES = Linter(select=["SPL405"], as_of=AS_OF)
CBO = Linter(select=["SPL213"], as_of=AS_OF)
TYPES = Linter(select=["SPL003"], as_of=AS_OF)
ID, OTHER = "1800000000000000001", "1800000000000000002"
ENDPOINT = "/open_api/v1.3/smart_plus"


def campaign(advertiser: Any = "1", **fields: Any) -> dict[str, Any]:
    return {"advertiser_id": advertiser, "objective_type": "WEB_CONVERSIONS", **fields}


def group(advertiser: Any = "2", **fields: Any) -> dict[str, Any]:
    return {"advertiser_id": advertiser, "adgroup_name": "A", **fields}


def ad(advertiser: Any = "3", **fields: Any) -> dict[str, Any]:
    return {"advertiser_id": advertiser, "creative_list": [], **fields}


def request(path: str, body: Any, **fields: Any) -> dict[str, Any]:
    return {"endpoint": f"{ENDPOINT}/{path}/", "method": "POST", "body": body, **fields}


def curl(path: str, body: Any) -> str:
    return f"curl -X POST {HOST}/{path}/ -H 'Access-Token: $TOKEN' -d '{json.dumps(body)}'\n"


def fenced(*bodies: Any) -> str:
    return "\n".join(f"Then:\n\n```json\n{json.dumps(body)}\n```\n" for body in bodies)


def mismatches(files: dict[str, Any], linter: Linter = TIES) -> list[tuple[str, str]]:
    """Path and pointer of whatever is flagged; a value is written as JSON."""
    texts = {name: data if isinstance(data, str) else json.dumps(data) for name, data in files.items()}
    return [(diagnostic.path, diagnostic.pointer) for diagnostic in lint(texts, linter=linter).diagnostics]


ROW = {"create_time": "2026-03-01 00:00:00"}
PLACEHOLDERS = (
    "{{campaign_id}}",
    "CAMPAIGN_ID_FROM_STEP_1",
    "YOUR_CAMPAIGN_ID",
    "<CAMPAIGN_ID>",
    "${ID}",
    "[your id]",
    "CAMPAIGN_ID",
)
SCRIPT = curl("campaign/create", campaign()) + "sleep 1\n" + curl("adgroup/create", group(campaign_id="$CAMPAIGN_ID"))
TIED: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "a bundle": (
        {"a.json": {"campaign": campaign(), "adgroups": [group(), group("1", ads=[ad()])]}},
        [("a.json", "/adgroups/0/advertiser_id"), ("a.json", "/adgroups/1/ads/0/advertiser_id")],
    ),
    "a bundle whose key has an underscore": (
        {"a.json": {"campaign": campaign(), "ad_groups": [group()]}},
        [("a.json", "/ad_groups/0/advertiser_id")],
    ),
    "ad groups in a campaign body": (
        {"a.json": campaign(adgroups=[group(ads=[ad("1")])])},
        [("a.json", "/adgroups/0/advertiser_id")],
    ),
    "ads in an ad group body": ({"a.json": group(ads=[ad()])}, [("a.json", "/ads/0/advertiser_id")]),
    "ads in a request's body": (
        {"a.json": request("adgroup/create", group(ads=[ad()]))},
        [("a.json", "/body/ads/0/advertiser_id")],
    ),
    "siblings in files of their own": (
        {"a.json": group("1", campaign_id=ID), "b.yaml": json.dumps(group("2", campaign_id=ID))},
        [("b.yaml", "/advertiser_id")],
    ),
    "siblings, one ID written as a number": (
        {"a.json": group("1", campaign_id=ID), "b.json": group("2", campaign_id=int(ID))},
        [("b.json", "/advertiser_id")],
    ),
    "ads of one ad group": (
        {"a.json": ad("1", adgroup_id=ID), "b.json": [ad("2", adgroup_id=ID)]},
        [("b.json", "/0/advertiser_id")],
    ),
    "a row as the parent": (
        {"z.json": {"data": {"list": [campaign(campaign_id=ID, **ROW)]}}, "a.json": group(campaign_id=ID)},
        [("a.json", "/advertiser_id")],
    ),
    "an update as the parent": (
        {"z.json": request("campaign/update", campaign(campaign_id=ID)), "a.json": group(campaign_id=ID)},
        [("a.json", "/advertiser_id")],
    ),
    "an ad group's row as the parent of an ad": (
        {"a.json": [group("1", adgroup_id=ID, **ROW), ad(adgroup_id=ID)]},
        [("a.json", "/1/advertiser_id")],
    ),
    "what stands beside an update": (
        {"a.json": request("campaign/update", campaign("2", campaign_id=ID), current=campaign("1", campaign_id=ID))},
        [("a.json", "/body/advertiser_id")],
    ),
    "what stands, named by the update alone": (
        {
            "a.json": request("campaign/update", {"campaign_id": ID}, current=campaign("1")),
            "b.json": group(campaign_id=ID),
        },
        [("b.json", "/advertiser_id")],
    ),
    **{
        f"a request list with {placeholder}": (
            {
                "a.json": [
                    request("campaign/create", campaign()),
                    request("adgroup/create", group(campaign_id=placeholder)),
                ]
            },
            [("a.json", "/1/body/advertiser_id")],
        )
        for placeholder in PLACEHOLDERS
    },
    "a list of bodies, down to the ad": (
        {"a.json": [campaign(), group("1", campaign_id="{{c}}"), ad(adgroup_id="{{g}}")]},
        [("a.json", "/2/advertiser_id")],
    ),
    "an update of what the list creates": (
        {"a.json": [campaign(), request("campaign/update", campaign("2", campaign_id="{{c}}"))]},
        [("a.json", "/1/body/advertiser_id")],
    ),
    "a list within an object": (
        {"a.json": {"steps": [campaign(), {"request": group(campaign_id="{{c}}")}]}},
        [("a.json", "/steps/1/request/advertiser_id")],
    ),
    "a list in a list": ({"a.json": [[campaign()], [group(campaign_id="{{c}}")]]}, [("a.json", "/1/0/advertiser_id")]),
    "tool calls in a list": (
        {
            "a.json": [
                {"tool_name": "smart_plus_campaign_create", "params": campaign()},
                {"tool_name": "smart_plus_adgroup_create", "params": group(campaign_id="{{c}}")},
            ]
        },
        [("a.json", "/1/params/advertiser_id")],
    ),
    "a list on a line of NDJSON": (
        {"a.ndjson": json.dumps([campaign(), group(campaign_id="{{c}}")])},
        [("a.ndjson", "/1/advertiser_id")],
    ),
    "a body as a string": (
        {"a.json": [campaign(), request("adgroup/create", json.dumps(group(campaign_id="{{c}}")))]},
        [("a.json", "/1/body")],
    ),
    "a script": ({"a.sh": SCRIPT}, [("a.sh", "/advertiser_id")]),
    "lines of NDJSON by a literal ID": (
        {"a.ndjson": f"{json.dumps(group('1', campaign_id=ID))}\n{json.dumps(group('2', campaign_id=ID))}"},
        [("a.ndjson", "/advertiser_id")],
    ),
    "an ID that is nested elsewhere": (
        {
            "a.json": {"campaign": campaign(), "adgroups": [group("1", campaign_id=ID)]},
            "b.json": group("2", campaign_id=ID),
        },
        [("b.json", "/advertiser_id")],
    ),
}


@pytest.mark.parametrize(("files", "expected"), TIED.values(), ids=TIED)
def test_what_is_tied_must_agree_on_its_advertiser(files: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert mismatches(files) == expected
    assert mismatches(dict(reversed(files.items()))) == expected


APART: dict[str, dict[str, Any]] = {
    "two bundles": {"a.json": [{"campaign": campaign(), "adgroups": []}, {"campaign": campaign("2"), "adgroups": []}]},
    "other IDs": {"a.json": group("1", campaign_id=ID), "b.json": group("2", campaign_id=OTHER)},
    "one ID of different kinds": {"a.json": group("1", campaign_id=ID), "b.json": ad("2", adgroup_id=ID)},
    "one placeholder in two files": {
        "a.json": group("1", campaign_id="{{c}}"),
        "b.json": group("2", campaign_id="{{c}}"),
    },
    "no ID": {"a.json": [campaign(), group()]},
    "null and nothing": {"a.json": [campaign(campaign_id=None), group(campaign_id=""), group("3", campaign_id=None)]},
    "a placeholder without a list": {"a.json": {"campaign_step": campaign(), "group_step": group(campaign_id="{{c}}")}},
    "a placeholder before what it would mean": {"a.json": [group(campaign_id="{{c}}"), campaign()]},
    "a placeholder behind an update": {
        "a.json": [request("campaign/update", campaign(campaign_id=ID)), group(campaign_id="{{c}}")]
    },
    "a placeholder behind a row": {"a.json": [campaign(campaign_id=ID, **ROW), group(campaign_id="{{c}}")]},
    "a placeholder in another document": {"a.json": [campaign()], "b.json": [group(campaign_id="{{c}}")]},
    "lines of NDJSON": {"a.ndjson": f"{json.dumps(campaign())}\n{json.dumps(group(campaign_id='{{c}}'))}"},
    "lists on lines of NDJSON": {"a.ndjson": f"[{json.dumps(campaign())}]\n[{json.dumps(group(campaign_id='{{c}}'))}]"},
    "lists in documents of YAML": {
        "a.yaml": f"[{json.dumps(campaign())}]\n---\n[{json.dumps(group(campaign_id='{{c}}'))}]"
    },
    "lists in blocks of Markdown": {"a.md": fenced([campaign()], [group(campaign_id="{{c}}")])},
    "documents of YAML": {"a.yaml": f"{json.dumps(campaign())}\n---\n{json.dumps(group(campaign_id='{{c}}'))}"},
    "blocks of Markdown": {"a.md": fenced(campaign(), group(campaign_id="{{c}}"))},
    "commands in Markdown": {"a.md": f"```sh\n{SCRIPT}```\n"},
    "commands in a text": {"a.txt": SCRIPT},
    "the second of two campaigns": {
        "a.json": [campaign("1"), campaign("2"), group("2", campaign_id="{{c}}"), ad("2", adgroup_id="{{g}}")]
    },
    "blocks of Markdown by a literal ID": {"a.md": fenced(group("1", campaign_id=ID), group("2", campaign_id=ID))},
    "a placeholder of a template in two files": {
        "a.json": json.dumps(group("1", campaign_id="{campaign_id}")),
        "b.json": json.dumps(group("2", campaign_id="{campaign_id}")),
    },
    "a placeholder in an ID of TikTok's own": {"a.json": [campaign(), group(campaign_id="__CAMPAIGN_ID__")]},
}


@pytest.mark.parametrize("files", APART.values(), ids=APART)
def test_nothing_else_ties_payloads(files: dict[str, Any]) -> None:
    assert mismatches(files) == []


def test_the_first_of_a_tree_is_related() -> None:
    files = {"b.json": json.dumps(group("1", campaign_id=ID)), "a/c.json": json.dumps(group("2", campaign_id=ID))}
    (diagnostics,) = lint(files, linter=TIES).diagnostics
    assert (diagnostics.path, [place.path for place in diagnostics.related]) == ("b.json", ["a/c.json"])


PARENTS: dict[str, tuple[dict[str, Any], bool]] = {
    "a bundle": ({"a.json": {"campaign": campaign(), "adgroups": [group(budget=5)]}}, True),
    "a bundle without CBO": (
        {"a.json": {"campaign": campaign(budget_optimize_on=False), "adgroups": [group(budget=5)]}},
        False,
    ),
    "a row": (
        {"r.json": campaign(campaign_id=ID, budget_optimize_on=True, **ROW), "a.json": group(campaign_id=ID, budget=5)},
        True,
    ),
    "a row without CBO": (
        {
            "r.json": campaign(campaign_id=ID, budget_optimize_on=False, **ROW),
            "a.json": group(campaign_id=ID, budget=5),
        },
        False,
    ),
    "a row that does not say": (
        {"r.json": campaign(campaign_id=ID, **ROW), "a.json": group(campaign_id=ID, budget=5)},
        False,
    ),
    "an update": (
        {"r.json": campaign(campaign_id=ID, budget_optimize_on=True), "a.json": group(campaign_id=ID, budget=5)},
        True,
    ),
    "an update that does not say": (
        {"r.json": campaign(campaign_id=ID), "a.json": group(campaign_id=ID, budget=5)},
        False,
    ),
    "an update of what stands": (
        {
            "r.json": request(
                "campaign/update", {"campaign_id": ID, "budget": 5}, current={"budget_optimize_on": True}
            ),
            "a.json": group(campaign_id=ID, budget=5),
        },
        True,
    ),
    "an update and the row of it": (
        {
            "q.json": campaign(campaign_id=ID, budget_optimize_on=True, **ROW),
            "r.json": request("campaign/update", {"campaign_id": ID, "budget": 5}),
            "a.json": group(campaign_id=ID, budget=5),
        },
        True,
    ),
    "a placeholder in a list": ({"a.json": [campaign(), group(campaign_id="{{c}}", budget=5)]}, True),
    "nobody": ({"a.json": group(campaign_id=ID, budget=5)}, False),
}


@pytest.mark.parametrize(("files", "expected"), PARENTS.values(), ids=PARENTS)
def test_an_ad_group_is_judged_under_its_campaign(files: dict[str, Any], expected: bool) -> None:
    assert bool(mismatches(files, CBO)) is expected
    assert bool(mismatches(dict(reversed(files.items())), CBO)) is expected


def test_existing_objects_are_never_reported_on() -> None:
    row = campaign(campaign_id=ID, budget="5", objective_type="OTHER", made_up=1, **ROW)
    report = lint({"a.json": json.dumps({"data": {"list": [row]}})})
    assert report.diagnostics == ()
    update = request(
        "campaign/update", {"campaign_id": ID}, current={"budget": "5", "made_up": 1, "campaign_name": "{{x}}"}
    )
    assert lint({"a.json": json.dumps(update)}).diagnostics == ()


ENVELOPES = [
    ({address: f"{ENDPOINT}/campaign/create/", body: {"budget": "5"}}, f"/{body}/budget")
    for address, body in product(("endpoint", "url", "path"), ("body", "payload", "json", "data"))
]
CALLS = [
    ({tool: "smart_plus_campaign_create", params: {"budget": "5"}}, f"/{params}/budget")
    for tool, params in product(("tool_name", "tool", "name"), ("params", "arguments", "input"))
]
ADDRESSES = [
    "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/",
    "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/?a=1#b",
    "business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create",
    "{{base_url}}/open_api/v1.3/smart_plus/campaign/create/",
    "/open_api/v1.3/smart_plus/campaign/create",
    "v1.3/smart_plus/campaign/create/",
    "/smart_plus/campaign/create/",
    "smart_plus/campaign/create",
]
TOOLS = [
    "smart_plus_campaign_create",
    "smart_plus_tools.smart_plus_campaign_create",
    "tiktok.smart_plus_campaign_create",
    "mcp__tiktok__smart_plus_campaign_create",
]


@pytest.mark.parametrize(
    ("envelope", "pointer"),
    [
        *ENVELOPES,
        *CALLS,
        *(({"endpoint": address, "body": {"budget": "5"}}, "/body/budget") for address in ADDRESSES),
        *(({"tool_name": name, "params": {"budget": "5"}}, "/params/budget") for name in TOOLS),
    ],
    ids=json.dumps,
)
def test_an_envelope_is_read_by_any_of_its_names(envelope: dict[str, Any], pointer: str) -> None:
    """The endpoint says that the body is a campaign's: its keys do not."""
    assert mismatches({"a.json": envelope}, TYPES) == [("a.json", pointer)]


def test_the_endpoint_decides_the_kind_before_the_keys_do() -> None:
    body = {"adgroup_name": "A", "creative_list": [], "budget": "5", "objective_type": "X"}
    assert mismatches({"a.json": request("campaign/create", body)}, TYPES) == [("a.json", "/body/budget")]
    by_keys = {"ad": {"creative_list": []}, "ad group": {"promotion_type": "X"}, "campaign": {"objective_type": "X"}}
    for noun, keys in by_keys.items():
        (diagnostics,) = Linter(select=["SPL008"], as_of=AS_OF).check(keys).diagnostics[:1]
        assert f"a {noun} needs it".replace("a ad", "an ad") in diagnostics.message


NEITHER = [
    {"objective": "X"},
    {"campaign_name": "A"},
    {"advertiser_id": "1", "budget_mode": "X"},
    {"ad_name": "A"},
    {"adgroup_id": ID},
    {"tool_name": "other_tool", "params": {"budget": "5"}},
    {"endpoint": "https://example.com/v1/x", "body": {"a": 1}},
    {"source": "web", "event": "Purchase"},
    {"campaign": "A", "adgroups": "B"},
    [[], {}, None, 5, "objective_type"],
]
ONE_OF_THEM = [
    {"campaign_name": "A", "advertiser_id": "1"},
    {"campaign_name": "A", "budget_mode": "X"},
    {"campaign_name": "A", "budget_optimize_on": True},
    {"ad_name": "A", "adgroup_id": ID},
    {"targeting_spec": {}},
    {"optimization_goal": "CLICK"},
    {"deep": [[{"er": {"promotion_type": "WEBSITE"}}]]},
    {"event_source": "web", "data": [{}]},
    {"source": "pixel", "event": "Purchase"},
    {"endpoint": "https://example.com/proxy", "body": {"objective_type": "X"}},
]


@pytest.mark.parametrize(
    ("value", "expected"), [*((v, True) for v in NEITHER), *((v, False) for v in ONE_OF_THEM)], ids=json.dumps
)
def test_a_document_without_a_payload_is_reported_when_it_is_named(value: Any, expected: bool) -> None:
    text = json.dumps(value)
    assert ("SPL002" in {diagnostic.code for diagnostic in lint({"a.json": text}).diagnostics}) is expected
    assert "SPL002" not in {diagnostic.code for diagnostic in lint({"a.json": text}, named=False).diagnostics}


@pytest.mark.parametrize(
    ("value", "pointers"),
    [
        (request("campaign/create", '{"budget": "5"}'), ["/body"]),
        (request("campaign/create", '{"budget": "5", "rta_bid_enabled": 1}'), ["/body", "/body"]),
        ([{"url": "https://proxy.example/x", "data": '[{"objective_type": "X", "budget": []}]'}], ["/0/data"]),
        ({"tool": "smart_plus_ad_create", "input": json.dumps({"creative_list": {}})}, ["/input"]),
        (request("campaign/create", json.dumps(json.dumps({"budget": "5"}))), ["/body"]),
        (request("campaign/create", "{broken"), ["/body"]),
        (request("campaign/create", "{{body}}"), []),
        (request("campaign/create", [1]), ["/body"]),
        (request("campaign/create", None), []),
        (request("campaign/get", "x"), []),
    ],
)
def test_a_body_may_be_a_string_of_json(value: Any, pointers: list[str]) -> None:
    """Whatever is wrong in it is wrong with the string."""
    assert mismatches({"a.json": value}, TYPES) == [("a.json", pointer) for pointer in pointers]


def test_strings_of_json_are_read_in_one_another_but_not_without_end() -> None:
    def nested(levels: int, inner: Any) -> Any:
        for _ in range(levels):
            inner = {"endpoint": "https://proxy.example/", "body": inner}
        return inner

    bad = json.dumps(campaign(budget="5"))
    assert mismatches({"a.json": nested(3, json.dumps(nested(3, bad)))}, TYPES) == [("a.json", "/body/body/body")]
    assert mismatches({"a.json": nested(250, json.loads(bad))}, TYPES) == [("a.json", "/body" * 250 + "/budget")]
    assert mismatches({"a.json": nested(250, json.dumps(nested(250, json.loads(bad))))}, TYPES) == []
    assert mismatches({"a.json": nested(8, json.dumps(nested(250, json.loads(bad))))}, TYPES) == [
        ("a.json", "/body" * 8)
    ]


def cpa(value: object) -> dict[str, Any]:
    return {"facts": {"historical_cpa": value}}


BOUND = {"budget_mode": "BUDGET_MODE_DYNAMIC_DAILY_BUDGET", "budget": 1}
BUNDLE: dict[str, Any] = {"campaign": campaign(**BOUND), "adgroups": []}
OWN_GROUP = group("1", bid_type="BID_TYPE_CUSTOM", **BOUND)
NO_CBO: dict[str, Any] = {"campaign": campaign(budget_optimize_on=False), "adgroups": [OWN_GROUP]}
FACTS: dict[str, tuple[Any, dict[str, Any], str | None]] = {
    "nobody": (BUNDLE, {}, None),
    "the option": (BUNDLE, {"historical_cpa": 2}, "2"),
    "the option before the bundle": ({**BUNDLE, **cpa(3)}, {"historical_cpa": 2}, "2"),
    "the bundle": ({**BUNDLE, **cpa(3)}, {}, "3"),
    "the object itself before the bundle": (
        {**BUNDLE, **cpa(3), "campaign": {**BUNDLE["campaign"], **cpa(4)}},
        {},
        "4",
    ),
    "the object itself": (campaign(**BOUND, **cpa(4)), {}, "4"),
    "the envelope": (request("campaign/create", campaign(**BOUND), **cpa(5)), {}, "5"),
    "the object itself before the envelope": (
        request("campaign/create", campaign(**BOUND, **cpa(4)), **cpa(5)),
        {},
        "4",
    ),
    "the envelope around a string": (request("campaign/create", json.dumps(campaign(**BOUND)), **cpa(5)), {}, "5"),
    "the bundle, for its ad groups": ({**NO_CBO, **cpa(3)}, {}, "3"),
    "the campaign, for its ad groups": ({**NO_CBO, "campaign": {**NO_CBO["campaign"], **cpa(4)}}, {}, "4"),
    "the bundle before the campaign": ({**NO_CBO, **cpa(3), "campaign": {**NO_CBO["campaign"], **cpa(4)}}, {}, "3"),
    "the ad group itself first": (
        {**NO_CBO, **cpa(3), "campaign": {**NO_CBO["campaign"], **cpa(4)}, "adgroups": [{**OWN_GROUP, **cpa(6)}]},
        {},
        "6",
    ),
    "the campaign it is nested in": (campaign(budget_optimize_on=False, adgroups=[OWN_GROUP], **cpa(4)), {}, "4"),
    "the campaign it is tied to": (
        [campaign(budget_optimize_on=False, **cpa(4)), {**OWN_GROUP, "campaign_id": "{{c}}"}],
        {},
        "4",
    ),
    "a sibling is not asked": (
        [group("1", campaign_id=ID, **cpa(4)), {**OWN_GROUP, "campaign_id": ID}],
        {},
        None,
    ),
    "an unknown value is nobody's": ({**BUNDLE, **cpa("{{cpa}}")}, {}, None),
    "null is nobody's": ({**BUNDLE, **cpa(3), "campaign": {**BUNDLE["campaign"], **cpa(None)}}, {}, "3"),
    "another bundle's": ([{**BUNDLE, **cpa(3), "campaign": campaign()}, BUNDLE], {}, None),
}


@pytest.mark.parametrize(("value", "options", "expected"), FACTS.values(), ids=FACTS)
def test_the_first_to_know_a_fact_is_believed(value: Any, options: dict[str, Any], expected: str | None) -> None:
    linter = Linter(select=["SPL107"], facts=options, as_of=AS_OF)
    said = [diagnostic.message for diagnostic in lint({"a.json": json.dumps(value)}, linter=linter).diagnostics]
    assert [message.partition("historical CPA of ")[2].split(";")[0] for message in said] == (
        [expected] if expected else []
    )


@pytest.mark.parametrize("wrong", [5, "soon", [], [{}]])
def test_facts_that_are_no_object_are_a_wrong_type(wrong: Any) -> None:
    for value, pointer in (({**BUNDLE, "facts": wrong}, "/facts"), (campaign(facts=wrong), "/facts")):
        assert mismatches({"a.json": value}, TYPES) == [("a.json", pointer)]
