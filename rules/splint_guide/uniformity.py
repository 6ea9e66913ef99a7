"""Uniformity across a campaign's tree."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from splint.gate import UNKNOWN
from splint.nodes import LANDING_PAGE_GOALS, AdGroup, Finding, Payload, Tree
from splint.rules import GONE, bad, good, rule, times
from splint.wording import spelled

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
TWO = {"/adgroups/0": times(2)}
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
    usual = Counter(value for _, value in held).most_common(1)[0][0]
    first = next(group for group, value in held if value == usual)
    words = "absent" if usual is None else spelled(usual)
    label = f"{name} is {words} here" if usual is not None else f"no {name} here"
    place = first.place("" if usual is None else name, label)
    for group, value in held:
        if value != usual and group.kind != "row":
            if value is None:
                way_out = f"set {name} to {words}"
                yield group.missing(f"{name} is missing here and {words} in other ad groups: {where}", way_out, place)
            else:
                way_out = f"remove {name}" if usual is None else f"set {name} to {words}"
                yield group.finding(
                    name, f"{name} is {spelled(value)} here and {words} in other ad groups: {where}", way_out, place
                )


@rule(
    "SPL402",
    "not-uniform-under-cbo",
    on=Tree,
    level="error",
    section=SECTION,
    basis="stated",
    examples=lambda: [
        bad(
            "another event",
            {**TWO, "/adgroups/1/optimization_event": "ADD_TO_CART"},
            at=["/adgroups/1/optimization_event"],
        ),
        bad("present against absent", {**TWO, "/adgroups/0/vbo_window": "SEVEN_DAYS"}, at=["/adgroups/1"]),
        bad("two against one", {"/adgroups/0": times(3), "/adgroups/0/bid_price": 15}, at=["/adgroups/0/bid_price"]),
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
    examples=lambda: [
        bad(
            "another budget mode",
            {**TWO, "/adgroups/1/budget_mode": "BUDGET_MODE_TOTAL"},
            base="no-cbo",
            at=["/adgroups/1/budget_mode"],
        ),
        bad(
            "another bid type",
            {**TWO, "/adgroups/1/bid_type": "BID_TYPE_CUSTOM"},
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
    examples=lambda: [
        bad(
            "an ad group of another advertiser",
            {"/adgroups/0/advertiser_id": "7000000000000000002"},
            at=["/adgroups/0/advertiser_id"],
        ),
        good("named twice", {"/adgroups/0/advertiser_id": "7000000000000000001"}),
    ],
)
def advertiser_mismatch(tree: Tree) -> Iterator[Finding]:
    """A campaign, its ad groups and their ads belong to one advertiser."""
    named = [payload for payload in tree.payloads if payload.advertiser_id is not None]
    if len(named) < 2:
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
