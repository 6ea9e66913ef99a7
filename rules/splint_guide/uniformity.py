"""Uniformity across a campaign's tree."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from splint.gate import UNKNOWN
from splint.nodes import LANDING_PAGE_GOALS, PRICES, AdGroup, Finding, Fix, Payload, Tree
from splint.rules import GONE, bad, good, rule, times
from splint.wording import either, spelled, term
from splint_guide.identity import is_customized

SECTION = "Uniformity"
UNDER_CBO = (
    "promotion_type",
    "optimization_goal",
    "optimization_event",
    "billing_event",
    "bid_type",
    "bid_price",
    "conversion_bid_price",
    "deep_bid_type",
    "vbo_window",
    "roas_bid",
)
ALWAYS = ("bid_type", "deep_bid_type", "vbo_window")
DYNAMIC = "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"
GOALS = ("CONVERT", "CLICK")
TWO = {"/adgroups/0": times(2)}
ROW = {"/adgroups/0/adgroup_id": "1", "/adgroups/0/create_time": "2026-01-01 00:00:00"}
CAPPED = {"/adgroups/0/bid_type": "BID_TYPE_CUSTOM", "/adgroups/0/conversion_bid_price": 15}
SPARK_AND_NOT = {
    "/adgroups/0/ads/0/creative_list/0": times(3),
    "/adgroups/0/ads/0/creative_list/1/creative_info/identity_type": "CUSTOMIZED_USER",
}


def _value(group: AdGroup, name: str) -> Any:
    """A field as it is compared: None when absent, UNKNOWN when nobody can tell (a row may not show all)."""
    if group.lacks(name):
        return None if group.is_create else UNKNOWN
    value = group.raw[name]
    if value != value:  # NaN, which SPL106 reports: it equals nothing
        return UNKNOWN
    return "LANDING_PAGE" if name == "optimization_goal" and value in LANDING_PAGE_GOALS else value


def deviations(tree: Tree, name: str, where: str) -> Iterator[Finding]:
    """A finding for each ad group whose field is not what most hold, the first one's where two are as many."""
    held = [(group, value) for group in tree.compared_ad_groups if (value := _value(group, name)) is not UNKNOWN]
    if name == "budget_mode":
        held = [(group, value) for group, value in held if value is not None]
    if len(held) < 2:
        return
    counts = Counter(value for _, value in held)
    usual = max(counts, key=counts.__getitem__)
    first = next(group for group, value in held if value == usual)
    words = "absent" if usual is None else spelled(usual)
    label = f"{name} is {words} here" if usual is not None else f"no {name} here"
    place = first.place("" if usual is None else name, label)
    for group, value in held:
        if value != usual and group.kind != "row":
            way_out = f"remove {name}" if usual is None else f"set {name} to {words}"
            fix = _alignment(group, name, first)
            if value is None:
                what = f"{name} is missing here and {words} in other ad groups: {where}"
                yield group.missing(what, way_out, place, fix=fix)
            else:
                what = f"{name} is {spelled(value)} here and {words} in other ad groups: {where}"
                yield group.finding(name, what, way_out, place, fix=fix)


def _alignment(group: AdGroup, name: str, first: AdGroup) -> Fix | None:
    """The fix that makes a field what it is in `first`; None where another rule refuses that, or is to be met first."""
    if not _may_follow(group, name, first):
        return None
    if first.lacks(name):
        return Fix(f"remove {name}", (group.remove(name),))
    names = [name]
    if name == "bid_type" and first.bid_type == "BID_TYPE_CUSTOM" and first.price_for_goal is not None:
        names.append(first.price_for_goal)
    values = {name: first.raw[name] for name in names}
    shown = [f"{name} to {term(value) if isinstance(value, str) else spelled(value)}" for name, value in values.items()]
    return Fix(f"set {either(shown, 'and')}", tuple(group.put(name, value) for name, value in values.items()))


def _may_follow(group: AdGroup, name: str, first: AdGroup) -> bool:
    """Whether the value in `first` goes with all else that the ad group holds, its other deviations included."""
    value = first.raw.get(name)
    if isinstance(value, int | float) and not 0 < value < float("inf"):
        return False
    if name == "promotion_type":
        return value == "WEBSITE"
    if name == "billing_event":
        return value == "OCPM" and group.optimization_goal != "CLICK"  # the profiles do not agree on clicks
    if name == "budget_mode":
        return value == DYNAMIC or (value == "BUDGET_MODE_TOTAL" and _may_last(group))
    if name == "optimization_goal":
        return value in (*GOALS, *LANDING_PAGE_GOALS) and _differs_in_goal_only(group, first)
    if name == "bid_type":
        return value == "BID_TYPE_NO_BID" or (value == "BID_TYPE_CUSTOM" and _may_cap(group, first))
    if _value(group, "optimization_goal") != _value(first, "optimization_goal"):
        return False
    if name == "optimization_event":
        return group.optimization_goal not in (("CONVERT", "VALUE") if value is None else ("CLICK",))
    if name in PRICES:
        is_renamed = group.lacks(name) and any(not group.lacks(price) for price in PRICES)
        is_needed = value is None and group.bid_type == "BID_TYPE_CUSTOM" and name == group.price_for_goal
        return group.bid_type == first.bid_type and not is_renamed and not is_needed
    if name == "roas_bid":
        return not (value is None and group.deep_bid_type == "VO_MIN_ROAS")
    return not (value == "VO_MIN_ROAS" and group.lacks("roas_bid"))


def _differs_in_goal_only(group: AdGroup, first: AdGroup) -> bool:
    """Whether all that hangs on the goal is alike, and what CONVERT needs is there."""
    if first.optimization_goal == "CONVERT" and (group.lacks("pixel_id") or group.lacks("optimization_event")):
        return False
    alike = ("billing_event", "bid_type", "deep_bid_type")
    there = ("pixel_id", "optimization_event", "roas_bid", *PRICES)
    return all(group.raw.get(name) == first.raw.get(name) for name in alike) and all(
        group.lacks(name) is first.lacks(name) for name in there
    )


def _may_cap(group: AdGroup, first: AdGroup) -> bool:
    """Whether a Cost Cap may come in together with its price."""
    price = first.price_for_goal
    return (
        first.cbo is True
        and price is not None
        and isinstance(first.raw.get(price), int | float)
        and first.raw[price] > 0
        and _value(group, "optimization_goal") == _value(first, "optimization_goal")
        and all(group.lacks(name) for name in (*PRICES, "min_budget", "max_budget"))
        and not group.governing_budget.is_lifetime
    )


def _may_last(group: AdGroup) -> bool:
    """Whether an ad group without CBO takes a lifetime budget: nothing of it needs a daily one."""
    above = group.campaign.effective_budget_mode if group.campaign is not None else None
    needs_days = group.schedule_type == "SCHEDULE_FROM_NOW" or group.bid_type == "BID_TYPE_CUSTOM"
    return above not in (None, "BUDGET_MODE_DAY") and not needs_days


@rule(
    "SPL402",
    "not-uniform-under-cbo",
    on=Tree,
    level="error",
    section=SECTION,
    basis="stated",
    fix="unsafe",
    when=lambda seen: seen.varies(*(f"AdGroup.{name}" for name in UNDER_CBO)),
    examples=lambda: [
        bad(
            "another event",
            {**TWO, "/adgroups/1/optimization_event": "ADD_TO_CART"},
            at=["/adgroups/1/optimization_event"],
            fixed={"/adgroups/1/optimization_event": "COMPLETE_PAYMENT"},
        ),
        bad(
            "present against absent",
            {**TWO, "/adgroups/0/vbo_window": "SEVEN_DAYS"},
            at=["/adgroups/1"],
            fixed={"/adgroups/1/vbo_window": "SEVEN_DAYS"},
        ),
        bad(
            "two against one",
            {"/adgroups/0": times(3), "/adgroups/0/bid_price": 15},
            at=["/adgroups/0/bid_price"],
            fixed={"/adgroups/0/bid_price": GONE},
        ),
        bad(
            "a Cost Cap and its price",
            {"/adgroups/0": times(2), **CAPPED},
            at=["/adgroups/1", "/adgroups/1/bid_type"],
            fixed={"/adgroups/1/bid_type": "BID_TYPE_CUSTOM", "/adgroups/1/conversion_bid_price": 15},
        ),
        bad(
            "most hold what SPL201 refuses",
            {"/adgroups/0/promotion_type": "APP_ANDROID", **TWO, "/adgroups/1/promotion_type": "WEBSITE"},
            at=["/adgroups/1/promotion_type"],
        ),
        good("15 equals 15.00", {**TWO, "/adgroups/0/bid_price": 15, "/adgroups/1/bid_price": 15.00}),
        good("a placeholder is nothing to compare", {**TWO, "/adgroups/1/optimization_event": "{{event}}"}),
        good("names differ as they like", {**TWO, "/adgroups/1/adgroup_name": "Others"}),
    ],
)
def not_uniform_under_cbo(tree: Tree) -> Iterator[Finding]:
    """With CBO on all ad groups of a campaign hold the same goal, event, billing and bid.

    The API refuses the ad group that deviates; every field listed must match exactly, present or absent.
    """
    if tree.campaign is not None and tree.campaign.cbo:
        for name in UNDER_CBO:
            yield from deviations(tree, name, "with CBO on it must be the same in all of them")


@rule(
    "SPL403",
    "not-uniform-without-cbo",
    on=Tree,
    level="error",
    section=SECTION,
    basis="stated",
    fix="unsafe",
    when=lambda seen: seen.varies(*(f"AdGroup.{name}" for name in (*ALWAYS, "budget_mode"))),
    examples=lambda: [
        bad(
            "another budget mode",
            {**TWO, "/adgroups/1/budget_mode": "BUDGET_MODE_TOTAL"},
            base="no-cbo",
            at=["/adgroups/1/budget_mode"],
            fixed={"/adgroups/1/budget_mode": DYNAMIC},
        ),
        bad(
            "another bid type",
            {**TWO, "/adgroups/1/bid_type": "BID_TYPE_CUSTOM"},
            base="no-cbo",
            at=["/adgroups/1/bid_type"],
            fixed={"/adgroups/1/bid_type": "BID_TYPE_NO_BID"},
        ),
        bad(
            "a Cost Cap, whose price is missing here",
            {"/adgroups/0": times(2), "/adgroups/0/bid_type": "BID_TYPE_CUSTOM"},
            base="no-cbo",
            at=["/adgroups/1/bid_type"],
        ),
        good("another event", {**TWO, "/adgroups/1/optimization_event": "ADD_TO_CART"}, base="no-cbo"),
        good("no budget mode is SPL212", {**TWO, "/adgroups/1/budget_mode": GONE}, base="no-cbo"),
    ],
)
def not_uniform_without_cbo(tree: Tree) -> Iterator[Finding]:
    """Without CBO all ad groups of a campaign hold the same bid type, deep bid type, window and budget mode.

    Where the campaign is not in the run, all but the budget mode must agree either way.
    """
    cbo = tree.campaign.cbo if tree.campaign is not None else None
    if cbo is not True:
        for name in ALWAYS:
            yield from deviations(tree, name, "it must be the same in all of them")
    if cbo is False:
        yield from deviations(tree, "budget_mode", "without CBO it must be the same in all of them")


@rule(
    "SPL404",
    "spark-mixed-with-non-spark",
    on=Tree,
    level="error",
    section="Common errors: mixing Spark and non-Spark ads",
    basis="stated",
    when=is_customized,
    examples=lambda: [
        bad("one non-Spark creative among three", SPARK_AND_NOT, at=["/adgroups/0/ads/0/creative_list/1"]),
        bad(
            "one each: the later one",
            {**TWO, "/adgroups/1/ads/0/creative_list/0/creative_info/identity_type": "CUSTOMIZED_USER"},
            at=["/adgroups/1/ads/0/creative_list/0"],
        ),
        good("all Spark", {**TWO}),
        good(
            "an identity that nobody knows",
            {**TWO, "/adgroups/1/ads/0/creative_list/0/creative_info/identity_type": "{{identity}}"},
        ),
        bad(
            "a row is what stands",
            {
                **TWO,
                **ROW,
                "/adgroups/0/ads/0/smart_plus_ad_id": "1",
                "/adgroups/0/ads/0/create_time": "2026-01-01 00:00:00",
                "/adgroups/0/ads/0/creative_list/0/creative_info/identity_type": "CUSTOMIZED_USER",
                "/adgroups/1/adgroup_id": "2",
            },
            at=["/adgroups/1/ads/0/creative_list/0"],
        ),
    ],
)
def spark_mixed_with_non_spark(tree: Tree) -> Iterator[Finding]:
    """The ads of a campaign are all Spark Ads, or none is."""
    if tree.has_other_objective:
        return
    spark = [creative for creative in tree.creatives if creative.is_spark]
    plain = [creative for creative in tree.creatives if creative.is_spark is False]
    if not spark or not plain:
        return
    rarer = min((spark, plain), key=lambda found: (len(found), -tree.creatives.index(found[0])))
    other = plain if rarer is spark else spark
    for here, there in ((rarer, other), (other, rarer)):
        flagged = next((creative for creative in here if creative.ad.kind != "row"), None)
        if flagged is not None:
            name = "a Spark creative" if flagged.is_spark else "a non-Spark creative"
            counts = f"{len(spark)} Spark and {len(plain)} non-Spark creatives"
            place = there[0].place("", "the first of the other kind")
            yield flagged.finding(
                "",
                f"{name} in a campaign of {counts}: one campaign holds one kind",
                "move one kind to a campaign of its own",
                place,
            )
            return


@rule(
    "SPL405",
    "advertiser-mismatch",
    on=Tree,
    level="error",
    section=SECTION,
    basis="sanity",
    when=lambda seen: seen.has_several_advertisers,
    examples=lambda: [
        bad(
            "an ad group of another advertiser",
            {"/adgroups/0/advertiser_id": "7000000000000000002"},
            at=["/adgroups/0/advertiser_id"],
        ),
        good("named twice", {"/adgroups/0/advertiser_id": "7000000000000000001"}),
        bad(
            "a row stands for its advertiser",
            {**ROW, "/adgroups/0/advertiser_id": "7000000000000000002"},
            at=["/campaign/advertiser_id"],
        ),
    ],
)
def advertiser_mismatch(tree: Tree) -> Iterator[Finding]:
    """A campaign, its ad groups and their ads belong to one advertiser."""
    named = [payload for payload in tree.payloads if payload.advertiser_id is not None]
    if len({payload.advertiser_id for payload in named}) < 2:
        return
    first: Payload = min(
        named, key=lambda payload: (payload.kind != "row", payload is not tree.campaign, payload.order)
    )
    for payload in named:
        if payload.advertiser_id != first.advertiser_id and payload.kind != "row":
            place = first.place("advertiser_id", f"the {first.noun}'s advertiser")
            yield payload.finding(
                "advertiser_id",
                f"advertiser_id {payload.advertiser_id} is not {first.advertiser_id}, the {first.noun}'s",
                "use one advertiser for the whole campaign",
                place,
            )


RULES = (not_uniform_under_cbo, not_uniform_without_cbo, spark_mixed_with_non_spark, advertiser_mismatch)
