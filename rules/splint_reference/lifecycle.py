"""Lifecycle of endpoints, and the requests that change what stands."""

from collections.abc import Iterator
from datetime import date

from splint_guide.lifecycle import ending, request_text

from splint.payloads.faults import RepeatedRequestId
from splint.payloads.invalid_fields import UnknownValue
from splint.payloads.nodes import (
    Ad,
    AdAppeal,
    AdGroup,
    AdGroupBudgetUpdate,
    AdMaterialStatusUpdate,
    Campaign,
    Finding,
    Payload,
    Request,
)
from splint.reporting.wording import amount, spelled
from splint.rules.guard import any_of, given, lacks, stands_alone
from splint.rules.rule import GONE, bad, good, rule, times
from splint.schema.vocabulary import MODELS, OWN_IDS
from splint_reference.campaign import CREATE_CAMPAIGN

STATUS = "/campaign/status/update/"
BUDGETS, MATERIALS = 1843314914438466, 1843317433577601
LIST_LATER = "scheduled_budget"
LISTS = ("budget", LIST_LATER)
ENTRIES = 20
BUDGET, LATER = '{"adgroup_id": "1", "budget": 50}', '{"adgroup_id": "1", "scheduled_budget": 50}'
MATERIAL = '"smart_plus_ad_id": "1", "ad_material_ids": ["2"], "operation_status": "ENABLE"'
CAMPAIGN = '{"objective_type": "WEB_CONVERSIONS", "request_id": "1"}'
SECOND = "/adgroups/0/request_id"
OF_MATERIALS = ("smart_plus_ad_id", "ad_material_ids", "operation_status")
OF_TEMPLATES = ("advertiser_id", *OWN_IDS.values())
"""What a template file may leave out: code fills it in."""


def _update(path: str, held: str) -> str:
    """An update request as a document."""
    return request_text(f"/v1.3/smart_plus/{path}/update/", body=f'{{"advertiser_id": "7", {held}}}')


def _appeal(held: str) -> str:
    """An appeal against the rejection of an ad, as a document."""
    return request_text("/v1.3/smart_plus/ad/appeal/", body=f"{{{held}}}")


def _budgets(entries: str, name: str = "budget") -> str:
    """A budget update as a document."""
    return _update("adgroup/budget", f'"{name}": {entries}')


@rule(
    "REF501",
    "legacy-update-endpoint",
    on=Request,
    level="error",
    section="Upgraded Smart+ migration",
    basis="reference",
    documents=(1853452461203458,),
    replaces=("SPL502",),
    since="0.1.0",
    examples=lambda: [
        bad(
            "after the last day", text=request_text("/v1.3/campaign/spc/update/"), as_of="2026-07-01", at=["/endpoint"]
        ),
        bad(
            "on the last day",
            text=request_text("/v1.3/campaign/spc/update/"),
            as_of="2026-06-30",
            at=["/endpoint"],
            level="warning",
        ),
        bad(
            "status, at any date",
            text=request_text("/v1.3/campaign/status/update/"),
            as_of="2027-01-01",
            at=["/endpoint"],
            level="warning",
        ),
        good(
            "its successor",
            text=request_text("/v1.3/smart_plus/campaign/status/update/", body='{"advertiser_id": "1"}'),
        ),
    ],
)
def legacy_update_endpoint(request: Request) -> Iterator[Finding]:
    """No campaign is changed through the legacy Smart+ update endpoint after 2026-06-30.

    /campaign/status/update/ ended then for legacy Smart+ campaigns only; a payload does not tell which it is.
    """
    successor = "use /v1.3/smart_plus/campaign/update/"
    yield from ending(request, "/campaign/spc/update/", date(2026, 6, 30), "does not work", successor)
    if request.path == STATUS:
        what = f"{STATUS} ended on 2026-06-30 for legacy Smart+ campaigns, and goes on for manual ones"
        yield request.finding(
            what, "use /v1.3/smart_plus/campaign/status/update/ for Smart+ campaigns", level="warning"
        )


@rule(
    "REF003",
    "request-id-used-twice",
    on=RepeatedRequestId,
    level="error",
    section="Create a campaign",
    basis="reference",
    documents=(CREATE_CAMPAIGN,),
    since="0.1.0",
    examples=lambda: [
        bad("a campaign's on an ad group", {"/adgroups/0/request_id": "1", "/campaign/request_id": "1"}, at=[SECOND]),
        bad(
            "three times",
            {"/campaign/request_id": "1", "/adgroups/0/request_id": "1", "/adgroups/0": times(2)},
            at=[SECOND, "/adgroups/1/request_id"],
        ),
        bad("a list of requests", text=f"[{CAMPAIGN}, {CAMPAIGN}]", at=["/1/request_id"]),
        bad(
            "a number, whose digits count",
            {"/campaign/request_id": 5, "/adgroups/0/request_id": "5"},
            at=[SECOND],
            beside=("SPL006",),
        ),
        bad("zeros before the digits", {"/campaign/request_id": "05", "/adgroups/0/request_id": "5"}, at=[SECOND]),
        bad(
            "a number with a point",
            {"/campaign/request_id": 5.0, "/adgroups/0/request_id": "5"},
            at=[SECOND],
            beside=("SPL006",),
        ),
        good("lines of NDJSON, each a document", text=f"{CAMPAIGN}\n{CAMPAIGN}\n", name="a.ndjson"),
        good("documents of a YAML file", text=f"{CAMPAIGN}\n---\n{CAMPAIGN}\n", name="a.yaml"),
        good("one each", {"/campaign/request_id": "1", "/adgroups/0/request_id": "2"}),
        good("ids to come", {"/campaign/request_id": "{{id}}", "/adgroups/0/request_id": "{{id}}"}),
        good("no ids are REF101", {"/campaign/request_id": "", "/adgroups/0/request_id": ""}),
        good(
            "an update takes none",
            {"/campaign/request_id": "1", "/adgroups/0/request_id": "1", "/adgroups/0/adgroup_id": "1"},
        ),
    ],
)
def request_id_used_twice(repeated: RepeatedRequestId) -> Iterator[Finding]:
    """Each create request of a document has a request_id of its own.

    Of several requests with one id only one succeeds. A line of NDJSON, a document of a YAML file and a command of a
    script are each a document of their own: what stands in several of them is not compared, as a log has a request
    once a try.
    """
    what = f"request_id {spelled(repeated.value)} is that of an earlier create request: only one of them succeeds"
    yield repeated.finding(what, "use another id", "the first")


@rule(
    "REF004",
    "update-body-incomplete",
    on=(Campaign, AdGroup, Ad, AdGroupBudgetUpdate, AdMaterialStatusUpdate, AdAppeal, UnknownValue),
    level="error",
    section="Update ad group budgets, update ad material status",
    basis="reference",
    documents=(BUDGETS, MATERIALS),
    supersedes=dict.fromkeys(("SPL007", "SPL106"), "place"),
    since="0.1.0",
    requests={"update"},
    guard=any_of(map(stands_alone, ("Campaign", "AdGroup", "Ad")))
    | given("AdGroupBudgetUpdate.budget")
    | lacks("AdGroupBudgetUpdate.budget")
    | lacks(*(f"AdMaterialStatusUpdate.{name}" for name in ("advertiser_id", *OF_MATERIALS)))
    | lacks("AdAppeal.advertiser_id", "AdAppeal.smart_plus_ad_id"),
    misses=(
        *(f"{MODELS[level]}Update.{name}" for level, own in OWN_IDS.items() for name in ("advertiser_id", own)),
        *(f"AdGroupBudgetUpdate.{name}" for name in ("advertiser_id", *LISTS)),
        *(f"AdGroupBudget.{name}" for name in ("adgroup_id", "budget")),
        *(f"AdGroupScheduledBudget.{name}" for name in ("adgroup_id", LIST_LATER)),
    ),
    examples=lambda: [
        *(
            bad(f"no id of the {level}", text=_update(level, f'"{name}": "a"'), at=["/body"])
            for level, name in (("campaign", "campaign_name"), ("adgroup", "adgroup_name"), ("ad", "ad_name"))
        ),
        bad("no advertiser", {"/adgroup_id": "1", "/advertiser_id": GONE}, base="ad-group", at=[""]),
        good("an id and an advertiser", {"/adgroup_id": "1"}, base="ad-group"),
        good("an id to come", {"/adgroup_id": "{{id}}"}, base="ad-group"),
        good("the advertiser once, at the campaign", {"/adgroups/0/adgroup_id": "1"}),
        good(
            "a template file without it",
            {"/adgroup_id": "1", "/advertiser_id": GONE},
            base="ad-group",
            is_template=True,
        ),
        good("a create request is SPL008", {"/advertiser_id": GONE}, base="ad-group"),
        bad("neither list of budgets", text=_update("adgroup/budget", '"adgroup_ids": ["1"]'), at=["/body"]),
        bad("no budgets", text=_budgets("[]"), at=["/body"]),
        bad("an empty text for a budget", text=_budgets('[""]'), at=["/body/budget/0", "/body/budget/0"]),
        bad("21 budgets", text=_budgets(f"[{', '.join([BUDGET] * 21)}]"), at=["/body/budget"]),
        bad(
            "21 budgets to come", text=_budgets(f"[{', '.join([LATER] * 21)}]", LIST_LATER), at=[f"/body/{LIST_LATER}"]
        ),
        bad("a budget of no ad group", text=_budgets('[{"budget": 50}]'), at=["/body/budget/0"]),
        bad("an ad group of no budget", text=_budgets('[{"adgroup_id": "1"}]'), at=["/body/budget/0"]),
        bad(
            "no money",
            text=_budgets('[{"adgroup_id": "1", "budget": 0}]'),
            at=["/body/budget/0/budget"],
        ),
        bad(
            "no money from tomorrow on",
            text=_budgets('[{"adgroup_id": "1", "scheduled_budget": -1}]', LIST_LATER),
            at=[f"/body/{LIST_LATER}/0/{LIST_LATER}"],
        ),
        bad(
            "budgets of no advertiser",
            text=_budgets(f"[{BUDGET}]").replace('"advertiser_id": "7", ', ""),
            at=["/body"],
        ),
        bad(
            "both lists, the second without an amount",
            text=_budgets(f'[{BUDGET}], "{LIST_LATER}": [{{"adgroup_id": "1"}}]'),
            at=[f"/body/{LIST_LATER}/0"],
        ),
        bad(
            "infinite, as YAML can write it",
            text="endpoint: /v1.3/smart_plus/adgroup/budget/update/\nbody:\n  advertiser_id: '7'\n"
            "  budget:\n  - adgroup_id: '1'\n    budget: .inf\n",
            name="a.yaml",
            at=["/body/budget/0/budget"],
        ),
        bad(
            "materials of no advertiser",
            text=_update("ad/material_status", MATERIAL).replace('"advertiser_id": "7", ', ""),
            at=["/body"],
        ),
        good("a cent", text=_budgets('[{"adgroup_id": "1", "budget": 0.01}]')),
        good("the campaign's advertiser", {"/adgroups/0/ads/0/smart_plus_ad_id": "1"}),
        good(
            "a template file without ids",
            text=_budgets('[{"budget": 50}]').replace('"advertiser_id": "7", ', ""),
            is_template=True,
        ),
        bad(
            "a template file without an amount",
            text=_budgets('[{"adgroup_id": "1"}]'),
            at=["/body/budget/0"],
            is_template=True,
        ),
        bad(
            "a template file without a list of materials",
            text=_update("ad/material_status", '"operation_status": "ENABLE"'),
            at=["/body"],
            is_template=True,
        ),
        good("20 budgets", text=_budgets(f"[{', '.join([BUDGET] * 20)}]")),
        good("a budget from tomorrow on", text=_budgets(f"[{LATER}]", LIST_LATER)),
        good("a number for a list is SPL003", text=_budgets("60")),
        good("numbers for objects are SPL003", text=_budgets("[60]")),
        good("budgets to come", text=_budgets('[{"adgroup_id": "{{id}}", "budget": "{{budget}}"}]')),
        *(
            bad(f"no {name}", text=_update("ad/material_status", MATERIAL.replace(name, f"_{name}")), at=["/body"])
            for name in OF_MATERIALS
        ),
        bad(
            "a material that is deleted",
            text=_update("ad/material_status", MATERIAL.replace("ENABLE", "DELETE")),
            at=["/body/operation_status"],
            beside=("SPL007",),
        ),
        bad("an appeal for no ad", text=_appeal('"advertiser_id": "7"'), at=["/body"]),
        bad("an appeal of nobody", text=_appeal('"smart_plus_ad_id": "1"'), at=["/body"]),
        good("an appeal", text=_appeal('"advertiser_id": "7", "smart_plus_ad_id": "1", "appeal_reason": "a"')),
        good("a material that runs", text=_update("ad/material_status", MATERIAL)),
        good("another status is SPL007", {"/operation_status": "PAUSE"}, base="ad-group"),
    ],
)
def update_body_incomplete(node: Payload | UnknownValue) -> Iterator[Finding]:
    """An update names what it updates and for whom, and holds what its endpoint needs.

    A budget update sets from 1 to 20 budgets, each of one ad group and above zero; a material status update names an
    ad, its materials, and ENABLE or DISABLE.
    """
    if isinstance(node, UnknownValue):
        if node.field == "operation_status" and "ad_material_ids" in node.around:
            yield node.finding(f"operation_status {node.value} is neither ENABLE nor DISABLE", "use one of the two")
        return
    if node.is_part:  # of a budget update, which is asked as a whole
        return
    needed: tuple[str, ...] = OF_MATERIALS if isinstance(node, AdMaterialStatusUpdate) else ()
    if isinstance(node, Campaign | AdGroup | Ad):
        needed = (node.own_id,)
    elif isinstance(node, AdAppeal):
        needed = (Ad.own_id,)
    for name in ("advertiser_id", *needed):
        inherits = name == "advertiser_id" and node.leaves_advertiser_to_parent
        if node.lacks(name) and not inherits and not (node.is_template and name in OF_TEMPLATES):
            whole = " to every ad group" if name == "advertiser_id" and node.is_asked_for_all else ""
            what = node.noun if isinstance(node, AdAppeal) else "update"
            yield node.missing(f"{name} is missing: this {what} needs it", f"add {name}{whole}", about=name)
    if isinstance(node, AdGroupBudgetUpdate):
        yield from _budget_faults(node)


def _budget_faults(update: AdGroupBudgetUpdate) -> Iterator[Finding]:
    if all(update.lacks(name) for name in LISTS):
        what = "budget is missing, and scheduled_budget too: a budget update holds one of the two"
        yield update.missing(what, "add budget with a list of objects", about="budget")
    for name in LISTS:
        entries = update.raw.get(name)
        if isinstance(entries, list) and len(entries) > ENTRIES:
            what = f"{name} has {len(entries)} entries, more than {ENTRIES}"
            yield update.finding(name, what, "send the others in another request")
        for entry in update.children(name):
            for field in ("adgroup_id", name):
                if entry.lacks(field) and not (update.is_template and field in OF_TEMPLATES):
                    what = f"{field} is missing: an entry of {name} needs it"
                    yield entry.missing(what, f"add {field}", about=field)
            value = entry.raw.get(name)
            if isinstance(value, int | float) and not 0 < value < float("inf"):
                yield entry.finding(name, f"{name} {amount(value)} is no amount above zero", "set one that is")


RULES = (request_id_used_twice, update_body_incomplete, legacy_update_endpoint)
