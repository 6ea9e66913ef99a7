"""Guards: what they mean for one node, and that the index by signatures leaves out no rule whose guard holds."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given
from hypothesis import strategies as st

from splint.formats import Document, Source, nowhere
from splint.payloads.conditions import REGISTERED
from splint.payloads.extract import extract
from splint.payloads.layout import MAX_CACHED_LAYOUTS, bits_of_objects
from splint.payloads.nodes import Tree
from splint.payloads.signature import Signature
from splint.payloads.trees import trees_of
from splint.rules import guard as guards
from splint.rules.guard import Guard
from splint.rules.rule import GONE, times
from splint.rules.ruleset import MOST_SIGNATURES, OnNodes, Ruleset
from splint.run.linter import Linter
from splint.schema.kinds import Either, ListOf, Shape, Spec
from splint.schema.table import SHAPES
from splint.testing import AS_OF, BASES, edited
from tests.laws import draws
from tests.strategies import CHOICES, bundles, findings, lint, values_of

LAW = draws(12, 160, suppress_health_check=list(HealthCheck))
LINTERS = {
    profile: Linter(profile=profile, as_of=AS_OF, facts={"historical_cpa": 5}) for profile in ("guide", "reference")
}


class Unindexed(Ruleset):
    """Rules without the index: each guard is asked node by node."""

    def applicable(self, signature: Signature | None) -> OnNodes:
        return self.on

    def applicable_to(self, tree: Tree) -> OnNodes:
        tree.bits = -1
        return super().applicable_to(tree)


def unindexed(linter: Linter) -> Linter:
    """The same linter, whose guards are asked about every node."""
    copied = copy.copy(linter)
    copied._ruleset = Unindexed(linter.rules, linter._ruleset.profile)
    return copied


RUN = LINTERS["guide"].ruleset().run
UNINDEXED = {profile: unindexed(linter) for profile, linter in LINTERS.items()}


def signature_of(value: Any) -> Signature | None:
    """The signature of the payloads of a document; None where it has none."""
    extracted = extract(Document(Source("a", b""), value, nowhere), ("a", 0), {})
    signatures = [payload.signature for payload in extracted.payloads]
    return signatures[0] if signatures else None


def parts(spec: Spec, value: Any) -> Iterator[tuple[Shape, dict[str, Any]]]:
    """Every object of a value that has a shape of its own, with that shape."""
    if isinstance(spec, Either):
        spec = spec.first if isinstance(value, list) is isinstance(spec.first, ListOf) else spec.second
    if isinstance(spec, ListOf) and isinstance(value, list):
        for entry in value:
            yield from parts(spec.item, entry)
    elif isinstance(spec, Shape) and isinstance(value, dict):
        yield spec, value
        for key, entry in value.items():
            if key in spec.fields:
                yield from parts(spec.fields[key], entry)


@st.composite
def creations(draw: st.DrawFn) -> Any:
    """A bundle of create requests with fields dropped, added, chosen anew, unknown and misplaced."""
    base = copy.deepcopy(BASES[draw(st.sampled_from(["cbo", "no-cbo", "cbo"]))])
    (group,) = base["adgroups"]
    base["adgroups"] = [copy.deepcopy(group) for _ in range(draw(st.integers(1, 2)))]
    for group in base["adgroups"]:
        group["ads"] *= draw(st.integers(1, 2))
        group["ads"] = copy.deepcopy(group["ads"])
    bodies = [(SHAPES["Campaign"], base["campaign"])]
    for group in base["adgroups"]:
        bodies += [(SHAPES["AdGroup"], group), *((SHAPES["Ad"], ad) for ad in group["ads"])]
    for _ in range(draw(st.integers(0, 5))):
        shape, holder = draw(st.sampled_from([part for body in bodies for part in parts(*body)]))
        names = sorted(set(holder) & set(shape.fields))
        act = draw(st.sampled_from(["drop", "choose", "add", "drop", "choose", "add", "blur", "invent", "misplace"]))
        if act == "drop" and names:
            del holder[draw(st.sampled_from(names))]
        elif act == "choose" and (known := [name for name in shape.fields if name in CHOICES]):
            name = draw(st.sampled_from(known))
            holder[name] = copy.deepcopy(draw(st.sampled_from(CHOICES[name])))
        elif act == "add":
            name = draw(st.sampled_from(sorted(shape.fields)))
            holder[name] = draw(values_of(shape.fields[name]))
        elif act == "blur" and names:
            holder[draw(st.sampled_from(names))] = draw(st.sampled_from(["{{x}}", "YOUR_ID", 5, None, "", [], {}, "?"]))
        elif act == "invent":
            holder["budgett"] = 5
        elif act == "misplace":
            other = draw(st.sampled_from(sorted(SHAPES)))
            name = draw(st.sampled_from(["call_to_action_id", *sorted(SHAPES[other].fields)]))
            holder[name] = "7400000000000000001"
    whole = draw(st.booleans())
    return (
        base
        if whole
        else draw(st.sampled_from([base["adgroups"], base["adgroups"][0], {"adgroups": base["adgroups"]}]))
    )


def assert_index_leaves_out_nothing(value: Any, profile: str) -> None:
    """A rule that is not called would have found nothing."""
    event(f"asked: {signature_of(value) is not None}")
    assert findings(LINTERS[profile].check(value)) == findings(UNINDEXED[profile].check(value))


@LAW
@given(creations(), st.sampled_from(sorted(LINTERS)))
def test_a_rule_that_is_left_out_would_find_nothing(value: Any, profile: str) -> None:
    assert_index_leaves_out_nothing(value, profile)


@pytest.mark.slow
@LAW
@given(st.lists(bundles(), min_size=1, max_size=2), st.sampled_from(sorted(LINTERS)))
def test_a_rule_that_is_left_out_would_find_nothing_in_several_bundles(value: Any, profile: str) -> None:
    assert_index_leaves_out_nothing(value, profile)


@pytest.mark.slow
@LAW
@given(st.lists(creations(), min_size=2, max_size=3), st.sampled_from(sorted(LINTERS)), st.data())
def test_a_rule_that_is_left_out_would_find_nothing_across_files(
    values: list[Any], profile: str, data: st.DataObject
) -> None:
    """Ad groups of one campaign in files of their own, whose signatures are put together."""
    files = {}
    for at, value in enumerate(values):
        groups = value if isinstance(value, list) else value.get("adgroups", [value])
        for number, group in enumerate(groups):
            advertiser = data.draw(st.sampled_from(["7000000000000000001", "7000000000000000002"]))
            files[f"{at}-{number}.json"] = json.dumps({"advertiser_id": advertiser, **group, "campaign_id": "1"})
    reports = [lint(files, linter=linters[profile]) for linters in (LINTERS, UNINDEXED)]
    assert reports[0].diagnostics == reports[1].diagnostics


@pytest.mark.parametrize("profile", sorted(LINTERS))
@pytest.mark.parametrize("base", ["cbo", "no-cbo"])
def test_most_rules_are_not_called_for_a_clean_bundle(base: str, profile: str) -> None:
    ruleset = LINTERS[profile].ruleset()
    called = ruleset.applicable(signature_of(BASES[base]))
    calls = sum(len(rules) for rules in called.values())
    assert calls < sum(len(rules) for rules in ruleset.on.values()) / 2


GROUP, AD = "/adgroups/0", "/adgroups/0/ads/0"
INFO = f"{AD}/creative_list/0/creative_info"
OTHER_POST = {
    f"{AD}/creative_list/0": times(2),
    f"{AD}/creative_list/1/creative_info/tiktok_item_id": "1",
    f"{AD}/creative_list/1/creative_info/ad_format": "CAROUSEL",
}
CAPPED = {f"{GROUP}/bid_type": "BID_TYPE_CUSTOM"}
ROW = {f"{GROUP}/adgroup_id": "1", f"{GROUP}/create_time": "2026-01-01 00:00:00"}
UPDATED = {GROUP: times(2), **ROW, "/adgroups/1/adgroup_id": "1", "/adgroups/1/bid_type": GONE}
MEANINGS: dict[str, tuple[Guard, dict[str, Any], str]] = {
    "given by itself": (guards.given("AdGroup.bid_type"), {}, "group, ad, creative, tree"),
    "given above": (guards.given("Campaign.budget"), {}, "campaign, group, ad, creative, tree"),
    "given below": (guards.given("Ad.ad_name", "AdText.ad_text"), {}, "ad, creative, tree"),
    "given and unknown": (
        guards.given("AdGroup.pixel_id"),
        {f"{GROUP}/pixel_id": "{{pixel}}"},
        "group, ad, creative, tree",
    ),
    "given by nobody": (guards.given("AdGroup.bid_price"), {}, ""),
    "given by another creative": (guards.given("CreativeInfo.tiktok_item_id"), OTHER_POST, "ad, tree"),
    "both by creatives of an ad": (
        guards.given("CreativeInfo.tiktok_item_id") & guards.is_("CreativeInfo.ad_format", "SINGLE_VIDEO"),
        OTHER_POST,
        "ad, tree",
    ),
    "lacks": (guards.lacks("AdGroup.pixel_id"), {f"{GROUP}/pixel_id": GONE}, "group, ad, creative, tree"),
    "lacks nothing": (guards.lacks("AdGroup.pixel_id"), {}, ""),
    "no object that could lack it": (guards.lacks("MusicInfo.music_id"), {}, ""),
    "an object of one without fields": (
        guards.lacks("VideoInfo.video_id"),
        {f"{INFO}/video_info": {}},
        "ad, creative, tree",
    ),
    "is": (guards.is_("AdGroup.bid_type", "BID_TYPE_CUSTOM"), CAPPED, "group, ad, creative, tree"),
    "is another one": (guards.is_("AdGroup.bid_type", "BID_TYPE_CUSTOM"), {}, ""),
    "is unknown": (guards.is_("AdGroup.bid_type", "BID_TYPE_CUSTOM"), {f"{GROUP}/bid_type": "{{bid}}"}, ""),
    "a switch": (guards.is_("Campaign.budget_optimize_on", True), {}, "campaign, group, ad, creative, tree"),
    "an entry of a list": (
        guards.is_("AdGroup.placements", "PLACEMENT_PANGLE"),
        {f"{GROUP}/placements": ["PLACEMENT_TIKTOK", "PLACEMENT_PANGLE"]},
        "group, ad, creative, tree",
    ),
    "is other": (guards.is_other("AdGroup.bid_type", "BID_TYPE_NO_BID"), CAPPED, "group, ad, creative, tree"),
    "is no other": (guards.is_other("AdGroup.bid_type", "BID_TYPE_NO_BID"), {}, ""),
    "undocumented": (
        guards.undocumented("AdGroup.deep_bid_type"),
        {f"{GROUP}/deep_bid_type": "LOWEST"},
        "group, ad, creative, tree",
    ),
    "documented": (guards.undocumented("AdGroup.deep_bid_type"), {f"{GROUP}/deep_bid_type": "MIN"}, ""),
    "an absent one is no other": (
        guards.is_other("AdGroup.bid_type", "BID_TYPE_NO_BID"),
        {f"{GROUP}/bid_type": GONE},
        "",
    ),
    "one side of or": (
        guards.given("AdGroup.bid_price") | guards.given("AdGroup.bid_type"),
        {},
        "group, ad, creative, tree",
    ),
    "one side of and": (guards.given("AdGroup.bid_price") & guards.given("AdGroup.bid_type"), {}, ""),
    "an amount of nothing": (
        guards.unusual("Campaign.budget"),
        {"/campaign/budget": 0},
        "campaign, group, ad, creative, tree",
    ),
    "an amount": (guards.unusual("Campaign.budget"), {}, ""),
    "a text as they are": (guards.unusual("LandingPageUrl.landing_page_url"), {}, ""),
    "a text unlike others": (
        guards.unusual("LandingPageUrl.landing_page_url"),
        {f"{AD}/landing_page_url_list/0/landing_page_url": "shop"},
        "ad, creative, tree",
    ),
    "at the limit": (guards.longer_than("Ad.creative_list", 2), {f"{AD}/creative_list/0": times(2)}, ""),
    "above the limit": (
        guards.longer_than("Ad.creative_list", 2),
        {f"{AD}/creative_list/0": times(3)},
        "ad, creative, tree",
    ),
    "a text twice": (
        guards.repeats("Ad.ad_text_list", "ad_text"),
        {f"{AD}/ad_text_list/0": times(2)},
        "ad, creative, tree",
    ),
    "a text in two ads": (guards.repeats("Ad.ad_text_list", "ad_text"), {AD: times(2)}, ""),
    "a moment before the run": (
        guards.past("AdGroup.schedule_end_time"),
        {f"{GROUP}/schedule_end_time": "2026-02-28 23:59:59"},
        "group, ad, creative, tree",
    ),
    "the moment of the run": (
        guards.past("AdGroup.schedule_end_time"),
        {f"{GROUP}/schedule_end_time": "2026-03-01 00:00:00"},
        "",
    ),
    "a later moment": (
        guards.later_than("AdGroup.schedule_end_time", "2028-01-01 00:00:00"),
        {f"{GROUP}/schedule_end_time": "2028-01-01 00:00:01"},
        "group, ad, creative, tree",
    ),
    "no later moment": (
        guards.later_than("AdGroup.schedule_end_time", "2028-01-01 00:00:00"),
        {f"{GROUP}/schedule_end_time": "2028-01-01 00:00:00"},
        "",
    ),
    "a number that reaches another": (
        guards.reaches("AdGroup.bid_price", "Campaign.budget"),
        {f"{GROUP}/bid_price": 500},
        "group, ad, creative, tree",
    ),
    "a number below another": (guards.reaches("AdGroup.bid_price", "Campaign.budget"), {f"{GROUP}/bid_price": 499}, ""),
    "nested in nothing": (guards.stands_alone("Campaign"), {}, "campaign, group, ad, creative, tree"),
    "nested in a campaign": (guards.stands_alone("AdGroup"), {}, ""),
    "a fact": (guards.knows("currency"), {"/facts": {"currency": "USD"}}, "campaign, group, ad, creative, tree"),
    "no fact": (guards.knows("currency"), {}, ""),
    "many": (guards.many("AdGroup", 1), {GROUP: times(2)}, "campaign, group, ad, creative, tree"),
    "not many": (guards.many("AdGroup", 2), {GROUP: times(2)}, ""),
    "alike": (guards.varies("AdGroup.bid_type"), {GROUP: times(2)}, ""),
    "not alike": (
        guards.varies("AdGroup.bid_type"),
        {GROUP: times(2), **CAPPED},
        "campaign, group, ad, creative, tree",
    ),
    "absent in one": (
        guards.varies("AdGroup.bid_type"),
        {GROUP: times(2), f"{GROUP}/bid_type": GONE},
        "campaign, group, ad, creative, tree",
    ),
    "one advertiser": (guards.several_advertisers(), {f"{GROUP}/advertiser_id": "7000000000000000001"}, ""),
    "two advertisers": (
        guards.several_advertisers(),
        {f"{GROUP}/advertiser_id": "7"},
        "campaign, group, ad, creative, tree",
    ),
    "what only ad groups know": (
        guards.strays("Campaign.catalog_id"),
        {"/campaign/catalog_id": "1"},
        "campaign, group, ad, creative, tree",
    ),
    "what only ad groups know, absent": (guards.strays("Campaign.catalog_id"), {"/campaign/catalog_id": None}, ""),
    "where it belongs": (guards.strays("Campaign.catalog_id"), {f"{GROUP}/catalog_id": "1"}, ""),
    "what stands is not given": (guards.given("AdGroup.bid_type"), UPDATED, "tree"),
    "what stands is said": (guards.says("AdGroup.bid_type"), UPDATED, "group, tree"),
    "what stands holds": (guards.holds("AdGroup.bid_type", "BID_TYPE_NO_BID"), UPDATED, "group, tree"),
    "what an update changes holds": (
        guards.holds("AdGroup.bid_type", "BID_TYPE_NO_BID"),
        {**UPDATED, "/adgroups/1/bid_type": "BID_TYPE_CUSTOM", f"{GROUP}/bid_type": "BID_TYPE_NO_BID"},
        "tree",
    ),
}


def nodes_of(value: Any) -> tuple[Signature | None, dict[str, Any]]:
    """The signature of a bundle, and its last campaign, ad group, ad, first creative and tree."""
    extracted = extract(Document(Source("a", b""), value, nowhere), ("a", 0), {})
    for payload in extracted.payloads:
        payload.run = RUN
        if payload.is_clean:
            payload.set_fields(payload.written)
    [tree] = trees_of(extracted.payloads)
    ad = next(ad for ad in reversed(tree.ads) if ad.kind == "create")
    group = tree.ad_groups[-1]
    nodes = {"campaign": tree.campaign, "group": group, "ad": ad, "creative": ad.creatives[0], "tree": tree}
    return tree.signature, nodes if group.kind == "create" else {"group": group, "tree": tree}


@pytest.mark.parametrize(("guard", "edits", "where"), MEANINGS.values(), ids=MEANINGS)
def test_a_guard_holds_for_the_nodes_that_its_meaning_names(guard: Guard, edits: dict[str, Any], where: str) -> None:
    """It holds for these nodes and no other, asked of all objects or by the signature; the index then has its rule."""
    signature, nodes = nodes_of(edited(BASES["cbo"], edits))
    assert ", ".join(name for name, node in nodes.items() if guard.holds(node)) == where
    nodes["tree"].bits = -1
    assert ", ".join(name for name, node in nodes.items() if guard.holds(node)) == where
    assert signature is not None
    bits = signature.bits | (guard.masks[0] if guard is MEANINGS["a moment before the run"][0] else 0)
    assert not where or any(mask & bits == mask for mask in guard.masks)


WRONG = {
    "a stray of its own": (
        lambda: guards.strays("AdGroup.catalog_id"),
        TypeError,
        "that only payloads of other models",
    ),
    "a stray of nobody": (lambda: guards.strays("Campaign.catalog"), TypeError, "that only payloads of other models"),
    "a field that there is not": (lambda: guards.given("AdGroup.bid_typ"), KeyError, "AdGroup.bid_typ is no field"),
    "a model that there is not": (lambda: guards.lacks("AdGroups.bid_type"), KeyError, "AdGroups.bid_type is no field"),
    "a model alone": (lambda: guards.given("AdGroup"), KeyError, "AdGroup is no field"),
    "the model of updates": (lambda: guards.given("AdGroupUpdate.bid_type"), KeyError, "is no field"),
    "a value that there is not": (lambda: guards.is_("CreativeInfo.ad_format", "VIDEO"), TypeError, "takes no 'VIDEO'"),
    "a word for a switch": (lambda: guards.is_("Campaign.budget_optimize_on", "yes"), TypeError, "takes no 'yes'"),
    "a value of an ID": (lambda: guards.is_("AdGroup.pixel_id", "1"), TypeError, "holds no choice"),
    "no value": (lambda: guards.is_("AdGroup.bid_type"), TypeError, "no value is named"),
    "no field": (lambda: guards.given(), TypeError, "at least one field"),
    "a nested field as what stands": (
        lambda: guards.says("Targeting.gender"),
        TypeError,
        "no field of a payload itself",
    ),
    "no list": (lambda: guards.longer_than("Ad.ad_name", 5), TypeError, "is no list"),
    "entries without the field": (lambda: guards.repeats("Ad.ad_text_list", "text"), KeyError, "have no text"),
    "no documented values": (lambda: guards.undocumented("Ad.ad_name"), KeyError, "has no values in splint.schema"),
    "no usual form": (lambda: guards.unusual("Ad.deeplink"), TypeError, "has no usual form"),
    "a text as the limit of payloads": (
        lambda: guards.many("AdGroup", "1"),  # type: ignore[arg-type]
        TypeError,
        "a limit is a whole number from 0 on, not '1'",
    ),
    "a limit below zero": (lambda: guards.many("Ad", -1), TypeError, "from 0 on, not -1"),
    "a switch as a limit": (lambda: guards.longer_than("Ad.creative_list", True), TypeError, "from 0 on, not True"),
    "a text as the limit of a list": (
        lambda: guards.longer_than("Ad.creative_list", "3"),  # type: ignore[arg-type]
        TypeError,
        "a limit is a whole number from 0 on, not '3'",
    ),
    "a number for a text": (
        lambda: guards.is_("Ad.ad_name", 5),  # type: ignore[arg-type]
        TypeError,
        "takes no 5",
    ),
    "a list for a value": (
        lambda: guards.is_("AdGroup.bid_type", ["BID_TYPE_CUSTOM"]),  # type: ignore[arg-type]
        TypeError,
        r"takes no \['BID_TYPE_CUSTOM'\]",
    ),
    "a word as a moment": (
        lambda: guards.later_than("AdGroup.schedule_start_time", "tomorrow"),
        TypeError,
        "the limit of AdGroup.schedule_start_time is a moment as YYYY-MM-DD HH:MM:SS, not 'tomorrow'",
    ),
    "a number as the limit of a text": (
        lambda: guards.later_than("AdGroup.adgroup_name", 5),  # type: ignore[arg-type]
        TypeError,
        "the limit of AdGroup.adgroup_name is a text, not 5",
    ),
    "a number before the run": (
        lambda: guards.past("AdGroup.bid_price"),
        TypeError,
        "AdGroup.bid_price is no moment: those are schedule_end_time and schedule_start_time",
    ),
    "a name before the run": (lambda: guards.past("AdGroup.adgroup_name"), TypeError, "AdGroup.adgroup_name is no mom"),
    "one of none": (lambda: guards.any_of([]), TypeError, "any_of takes at least one condition"),
    "a text among conditions": (
        lambda: guards.given("Ad.ad_name") & "x",  # type: ignore[operator]
        TypeError,
        r"& and \| join conditions of splint.rules.guard, not 'x'",
    ),
    "a text as one of several": (
        lambda: guards.any_of(["AdGroup.bid_price"]),  # type: ignore[list-item]
        TypeError,
        "join conditions of splint.rules.guard, not 'AdGroup.bid_price'",
    ),
    "conditions joined with `and`": (
        lambda: guards.given("Ad.ad_name") and guards.given("Ad.creative_list"),
        TypeError,
        r"joined with & and \|: `and`, `or` and `not` would drop one",
    ),
    "a moment that is no text": (lambda: guards.later_than("Campaign.budget", "2028"), TypeError, "is no text"),
    "words compared": (
        lambda: guards.reaches("AdGroup.bid_type", "Campaign.budget"),
        TypeError,
        "not both numbers or texts",
    ),
    "no payload": (lambda: guards.many("Creative", 5), KeyError, "is no payload"),
    "nothing that nests": (lambda: guards.stands_alone("Creative"), KeyError, "is no payload"),
    "no fact": (lambda: guards.knows("weather"), KeyError, "is no account fact"),
    "a status request's field that there is not": (
        lambda: guards.given("StatusUpdate.budget"),
        KeyError,
        "StatusUpdate.budget is no field",
    ),
    "a part of the name of some models": (
        lambda: guards.given("Status.operation_status"),
        KeyError,
        "is no field of a payload",
    ),
    "a status request by its own name": (
        lambda: guards.given("CampaignStatus.operation_status"),
        KeyError,
        "CampaignStatus.operation_status is no field",
    ),
    "a fact as a field": (lambda: guards.given("Facts.currency"), KeyError, "Facts.currency is no field of a payload"),
    "a field of an event": (lambda: guards.given("EventRecord.event"), KeyError, "EventRecord.event is no field"),
}


@pytest.mark.parametrize(("make", "kind", "words"), WRONG.values(), ids=WRONG)
def test_an_invalid_guard_is_reported_with_file_and_line(make: Any, kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words) as told:
        make()
    assert f"{__file__}:{make.__code__.co_firstlineno}: guard: " in str(told.value)


@pytest.mark.parametrize("word", ["many", "longer_than", "later_than", "is_", "past"])
def test_a_refused_guard_harms_no_later_check(word: str) -> None:
    """Conditions are shared by all checks of a process: one that cannot be evaluated made each of them raise."""
    given = {
        "many": lambda: guards.many("AdGroup", "1"),  # type: ignore[arg-type]
        "longer_than": lambda: guards.longer_than("Ad.creative_list", "1"),  # type: ignore[arg-type]
        "later_than": lambda: guards.later_than("AdGroup.adgroup_name", 5),  # type: ignore[arg-type]
        "is_": lambda: guards.is_("AdGroup.bid_type", ["x"]),  # type: ignore[arg-type]
        "past": lambda: guards.past("AdGroup.bid_price"),
    }
    known = len(REGISTERED.by_key)
    with pytest.raises(TypeError):
        given[word]()
    assert len(REGISTERED.by_key) == known
    assert not findings(LINTERS["guide"].check(BASES["cbo"]))


STATUS_GUARDS = {
    "given": (guards.given("StatusUpdate.operation_status"), {"campaign", "adgroup", "ad"}),
    "a value": (guards.is_("StatusUpdate.operation_status", "DELETE"), {"campaign", "adgroup", "ad"}),
    "another value": (guards.is_("StatusUpdate.operation_status", "ENABLE"), set()),
    "none of some values": (guards.is_other("StatusUpdate.operation_status", "ENABLE"), {"campaign", "adgroup", "ad"}),
    "a list of one of them": (guards.given("StatusUpdate.campaign_ids"), {"campaign"}),
    "lacking": (guards.lacks("StatusUpdate.adgroup_ids"), set()),
    "a long list": (guards.longer_than("StatusUpdate.smart_plus_ad_ids", 1), {"ad"}),
}


@pytest.mark.parametrize("level", ["campaign", "adgroup", "ad"])
@pytest.mark.parametrize(("guard", "levels"), STATUS_GUARDS.values(), ids=STATUS_GUARDS)
def test_a_guard_on_a_status_update_is_for_all_three_requests(guard: Guard, levels: set[str], level: str) -> None:
    ids = "smart_plus_ad_ids" if level == "ad" else f"{level}_ids"
    body = {"advertiser_id": "7", ids: ["1", "2"], "operation_status": "DELETE"}
    value = {"endpoint": f"/open_api/v1.3/smart_plus/{level}/status/update/", "body": body}
    extracted = extract(Document(Source("a", b""), value, nowhere), ("a", 0), {})
    [payload] = extracted.payloads
    payload.run = RUN
    payload.set_fields(payload.written)
    [tree] = trees_of(extracted.payloads)
    assert guard.holds(payload) is (level in levels)
    assert tree.signature is not None
    assert any(mask & tree.signature.bits == mask for mask in guard.masks) is (level in levels)


def test_a_rule_for_trees_runs_on_one_that_holds_rows_alone() -> None:
    ruleset = LINTERS["guide"].ruleset()
    first = next(selection for selection in ruleset.rules if Tree in selection.rule.on)
    of_creates = copy.copy(first.rule)
    of_creates.guard, of_creates.masks, of_creates.requests = None, (0,), frozenset({"create"})
    only = Ruleset([first._replace(rule=of_creates)], ()).within(RUN)
    assert only.applicable(Signature(1 << 500))[Tree] == only.on[Tree] != []


def test_true_is_no_one_and_one_is_not_true() -> None:
    shape = SHAPES["Campaign"]
    for first, second in [(True, 1), (1, True), (1.0, True)]:
        bits = [bits_of_objects(shape, [{"budget_optimize_on": value}]) for value in (first, second)]
        assert [bit is not None for bit in bits] == [first is True, second is True]


def test_an_endless_choice_of_keys_and_codes_is_not_remembered() -> None:
    shape = SHAPES["Campaign"]
    keys = sorted(shape.fields)
    for at in range(3 * MAX_CACHED_LAYOUTS):
        order = [key for bit, key in enumerate(keys) if at >> bit & 1]
        bits_of_objects(shape, [dict.fromkeys(order, "x")])
        assert bits_of_objects(shape, [{"objective_type": f"O{at}"}]) is not None
    assert len(shape.layouts) <= MAX_CACHED_LAYOUTS + 1
    layout = shape.layouts["objective_type",]
    assert layout is None or len(layout.known) <= MAX_CACHED_LAYOUTS + 1
    ruleset = LINTERS["guide"].ruleset()
    for at in range(MOST_SIGNATURES + 10):
        ruleset.applicable(Signature(at))
    assert len(ruleset._applicable) <= MOST_SIGNATURES


def test_what_is_long_is_not_remembered() -> None:
    shape = SHAPES["AdGroup"]
    shape.layouts.clear()  # other tests may have filled it
    assert bits_of_objects(shape, [{"x" * 5000: 1}]) is None
    assert not shape.layouts
    assert bits_of_objects(shape, [{"bid_type": "B" * 5000}]) is not None
    assert not any(len(str(choice)) > 4096 for choice in shape.layouts["bid_type",].known)


EITHER = {
    "labels as texts": ("Ad", {"call_to_action_list": ["Shop now"]}),
    "labels as objects": ("Ad", {"call_to_action_list": [{"call_to_action": "SHOP_NOW"}]}),
    "an image": ("CreativeInfo", {"image_info": {"web_uri": "a"}}),
    "images": ("CreativeInfo", {"image_info": [{"web_uri": "a"}]}),
    "a track": ("CreativeInfo", {"music_info": {"music_id": "1"}}),
    "tracks": ("CreativeInfo", {"music_info": [{"music_id": "1"}]}),
}


@pytest.mark.parametrize(("shape", "raw"), EITHER.values(), ids=EITHER)
def test_an_ambiguous_payload_is_clean_as_either_kind(shape: str, raw: dict[str, Any]) -> None:
    assert bits_of_objects(SHAPES[shape], [raw]) is not None
    assert bits_of_objects(SHAPES[shape], [raw, raw]) is not None


def test_a_body_that_is_a_string_of_json_in_a_script_is_a_step_of_it() -> None:
    """Whatever looks fine by itself may be what a later command refers to."""
    body = json.dumps(json.dumps({**BASES["cbo"]["campaign"], "budget_mode": "BUDGET_MODE_TOTAL"}))
    group = {**BASES["cbo"]["adgroups"][0], "campaign_id": "$CAMPAIGN_ID"}
    script = (
        f'curl https://proxy.example.com/x -d \'{{"endpoint": "/v1.3/smart_plus/campaign/create/", "body": {body}}}\'\n'
        "curl https://business-api.tiktok.com/open_api/v1.3/smart_plus/adgroup/create/ "
        f"-d '{json.dumps(group)}'\n"
    )
    reports = [lint({"a.sh": script}, linter=linters["guide"]) for linters in (LINTERS, UNINDEXED)]
    assert "SPL216" in [diagnostic.code for diagnostic in reports[0].diagnostics]
    assert reports[0].diagnostics == reports[1].diagnostics


HUGE = 2**1023
ODD: dict[str, dict[str, Any]] = {
    "an object of 19 members as a moment": {"schedule_start_time": dict.fromkeys(map(str, range(19)), 1)},
    "a list of 19 entries as a moment": {"schedule_end_time": list("2026-04-01 00:00:00")},
    "a number as a URL": {"ads": [{"landing_page_url_list": [{"landing_page_url": 5}]}]},
    "an amount beyond floats": {"budget": 2 * HUGE - 1},
}


@pytest.mark.parametrize("raw", ODD.values(), ids=ODD)
@pytest.mark.parametrize("other", [{"budget": 1.5}, {"budget": HUGE}])
def test_what_is_odd_is_judged_as_ever(raw: dict[str, Any], other: dict[str, Any]) -> None:
    value = {
        "campaign": BASES["cbo"]["campaign"],
        "adgroups": [{**BASES["ad-group"], **group} for group in (raw, other)],
    }
    reports = [linters["guide"].check(value) for linters in (LINTERS, UNINDEXED)]
    assert not reports[0].errors
    assert reports[0].diagnostics == reports[1].diagnostics


def test_a_guard_that_asks_a_field_in_two_ways_counts_for_both() -> None:
    """The last one said of a field does not hide the others: whether it is lacked, and whether it varies."""
    name = "AdGroup.bid_price"
    first = LINTERS["guide"].ruleset().rules[0]
    rule = copy.copy(first.rule)
    rule.level = "error"

    def missing(guard: Guard, misses: tuple[str, ...] = ()) -> tuple[bool, bool]:
        """Whether the rule is one that may miss the field: where no other ad group has it, and where one has."""
        rule.guard, rule.misses = guard, misses
        ruleset = Ruleset([first._replace(rule=rule)], ()).within(RUN)
        alone, beside = (ruleset.missing(("AdGroup", "bid_price"), is_given=given) for given in (False, True))
        return rule.code in alone, rule.code in beside

    assert missing(guards.varies(name)) == (False, True)
    assert missing(guards.lacks(name) | guards.varies(name)) == (True, True)
    assert missing(guards.varies(name) & guards.given("AdGroup.bid_type"), (name,)) == (True, True)
