"""Bidding."""

from collections.abc import Iterator

from splint.payloads.nodes import LANDING_PAGE_GOALS, PRICES, AdGroup, Finding, Fix
from splint.reporting.wording import term
from splint.rules.guard import given, holds, is_, is_other, lacks, says
from splint.rules.rule import GONE, WEB_ONLY, bad, good, rule
from splint_guide.budget import MAY_BE_LIFETIME, or_to_daily_budget
from splint_guide.spelling import meant

SECTION = "Bidding"
BID_TYPES = ("BID_TYPE_NO_BID", "BID_TYPE_CUSTOM")
CUSTOM = {"/adgroups/0/bid_type": "BID_TYPE_CUSTOM"}


@rule(
    "SPL204",
    "bid-type-unknown",
    on=AdGroup,
    level="error",
    section=SECTION,
    basis="stated",
    supersedes=dict.fromkeys(("SPL007", "SPL402", "SPL403"), "place"),
    fix="unsafe",
    since="0.1.0",
    guard=is_other("AdGroup.bid_type", *BID_TYPES),
    campaigns=WEB_ONLY,
    examples=lambda: [
        bad("a bid type that is none", {"/adgroups/0/bid_type": "BID_TYPE_MAX"}, at=["/adgroups/0/bid_type"]),
        bad(
            "a misspelt one",
            {"/adgroups/0/bid_type": "BID_TYPE_NOBID"},
            at=["/adgroups/0/bid_type"],
            fixed={"/adgroups/0/bid_type": "BID_TYPE_NO_BID"},
        ),
        bad(
            "a Cost Cap by its name",
            {"/adgroups/0/bid_type": "COST_CAP"},
            at=["/adgroups/0/bid_type"],
            fixed={"/adgroups/0/bid_type": "BID_TYPE_CUSTOM"},
        ),
        good("Cost Cap", {**CUSTOM, "/adgroups/0/conversion_bid_price": 15}),
        good("maximum delivery", {}),
    ],
)
def bid_type_unknown(group: AdGroup) -> Iterator[Finding]:
    """bid_type is BID_TYPE_NO_BID or BID_TYPE_CUSTOM.

    Maximum delivery or Cost Cap: there is no third.
    """
    kind = group.raw["bid_type"]
    close, fix, offers = meant(group, "bid_type", kind, BID_TYPES)
    help = close if fix else "write BID_TYPE_NO_BID for maximum delivery, or BID_TYPE_CUSTOM for a Cost Cap"
    yield group.finding(
        "bid_type",
        f"bid_type {term(kind)} is neither BID_TYPE_NO_BID nor BID_TYPE_CUSTOM",
        help,
        fix=fix,
        offers=offers if fix else ("BID_TYPE_NO_BID", "BID_TYPE_CUSTOM"),
    )


@rule(
    "SPL208",
    "bid-price-missing",
    on=AdGroup,
    level="error",
    section=SECTION,
    basis="stated",
    fix="unsafe",
    supersedes={"SPL402": "place"},
    since="0.1.0",
    requests={"create"},
    guard=is_("AdGroup.bid_type", "BID_TYPE_CUSTOM")
    & (
        is_("AdGroup.optimization_goal", "CONVERT", *LANDING_PAGE_GOALS) & lacks("AdGroup.conversion_bid_price")
        | is_("AdGroup.optimization_goal", "CLICK") & lacks("AdGroup.bid_price")
    ),
    examples=lambda: [
        bad("a Cost Cap without a cost", CUSTOM, at=["/adgroups/0"]),
        bad(
            "the price of the other goal",
            {**CUSTOM, "/adgroups/0/bid_price": 3},
            at=["/adgroups/0"],
            fixed={"/adgroups/0/bid_price": GONE, "/adgroups/0/conversion_bid_price": 3},
        ),
        bad(
            "the right price null",
            {**CUSTOM, "/adgroups/0/bid_price": 3, "/adgroups/0/conversion_bid_price": None},
            at=["/adgroups/0"],
        ),
        bad(
            "clicks take bid_price",
            {**CUSTOM, "/adgroups/0/optimization_goal": "CLICK", "/adgroups/0/conversion_bid_price": 3},
            at=["/adgroups/0"],
            fixed={"/adgroups/0/conversion_bid_price": GONE, "/adgroups/0/bid_price": 3},
        ),
        good("conversions take conversion_bid_price", {**CUSTOM, "/adgroups/0/conversion_bid_price": 15}),
        good(
            "Minimum ROAS bids by roas_bid",
            {**CUSTOM, "/adgroups/0/deep_bid_type": "VO_MIN_ROAS", "/adgroups/0/roas_bid": 2},
        ),
        good("an unknown goal takes an unknown price", {**CUSTOM, "/adgroups/0/optimization_goal": "{{goal}}"}),
        good("an update says what changes", {**CUSTOM, "/adgroups/0/adgroup_id": "1"}),
        good("nobody knows the strategy", {**CUSTOM, "/adgroups/0/deep_bid_type": "{{strategy}}"}),
        good("maximum delivery", {}),
        bad("another strategy", {**CUSTOM, "/adgroups/0/deep_bid_type": "DEFAULT"}, at=["/adgroups/0"]),
    ],
)
def bid_price_missing(group: AdGroup) -> Iterator[Finding]:
    """A Cost Cap has the price that the goal takes.

    conversion_bid_price for CONVERT and LANDING_PAGE, bid_price for CLICK.
    """
    wanted = group.price_for_goal
    is_unclear = group.deep_bid_type is None and not group.lacks("deep_bid_type")
    if wanted is None or is_unclear or group.deep_bid_type == "VO_MIN_ROAS":
        return
    other = next(name for name in PRICES if name != wanted)
    goal = group.optimization_goal
    if group.lacks(other):
        yield group.missing(
            f"{wanted} is missing: BID_TYPE_CUSTOM with goal {goal} bids by it",
            f"add {wanted}, or set bid_type to BID_TYPE_NO_BID",
            about=wanted,
            offers=("bid_type", "BID_TYPE_NO_BID"),
        )
    else:
        place = group.place(other, "the price of another goal")
        is_free = wanted not in group.written
        yield group.missing(
            f"{wanted} is missing: {other} is given, but goal {goal} bids by {wanted}",
            f"rename {other} to {wanted}",
            place,
            about=wanted,
            mark=other,
            fix=Fix(f"rename {other} to {wanted}", (group.rename(other, wanted),)) if is_free else None,
        )


@rule(
    "SPL209",
    "bid-price-not-used",
    on=AdGroup,
    level="warning",
    section=SECTION,
    basis="stated",
    fix="unsafe",
    supersedes={"SPL106": "place"},
    since="0.1.0",
    guard=given("AdGroup.bid_price", "AdGroup.conversion_bid_price") & holds("AdGroup.bid_type", "BID_TYPE_NO_BID")
    | says("AdGroup.bid_price") & says("AdGroup.conversion_bid_price"),
    examples=lambda: [
        bad(
            "a price without a Cost Cap",
            {"/adgroups/0/conversion_bid_price": 15},
            at=["/adgroups/0/conversion_bid_price"],
            fixed={"/adgroups/0/conversion_bid_price": GONE},
        ),
        bad(
            "both prices",
            {**CUSTOM, "/adgroups/0/conversion_bid_price": 15, "/adgroups/0/bid_price": 1},
            at=["/adgroups/0/bid_price"],
            fixed={"/adgroups/0/bid_price": GONE},
        ),
        good("the wrong price alone is SPL208", {**CUSTOM, "/adgroups/0/bid_price": 15}),
        good("the right price", {**CUSTOM, "/adgroups/0/optimization_goal": "CLICK", "/adgroups/0/bid_price": 1}),
        bad(
            "the other price without a Cost Cap",
            {"/adgroups/0/bid_price": 15},
            at=["/adgroups/0/bid_price"],
            fixed={"/adgroups/0/bid_price": GONE},
        ),
    ],
)
def bid_price_not_used(group: AdGroup) -> Iterator[Finding]:
    """Every bid price that is given has an effect.

    With BID_TYPE_NO_BID none has; with BID_TYPE_CUSTOM only the price of the goal.
    """
    for name in group.idle_prices:
        why, help = f"goal {group.holds('optimization_goal')} bids by {group.price_for_goal}", "remove it"
        offers: tuple[str, ...] = ()
        if group.holds("bid_type") == "BID_TYPE_NO_BID":
            why = "bid_type is BID_TYPE_NO_BID"
            if name == group.price_for_goal and not group.lacks("bid_type"):
                help += ", or set bid_type to BID_TYPE_CUSTOM"
                offers = ("bid_type", "BID_TYPE_CUSTOM")
        fix = Fix(f"remove {name}", (group.remove(name),))
        yield group.finding(name, f"{name} has no effect: {why}", help, fix=fix, offers=offers)


@rule(
    "SPL210",
    "cost-cap-needs-daily-budget",
    on=AdGroup,
    level="error",
    section="Common errors: CBO + lifetime budget + Cost Cap",
    basis="stated",
    since="0.1.0",
    supersedes={"SPL402": ("bid_type", *PRICES)},
    guard=is_("AdGroup.bid_type", "BID_TYPE_CUSTOM") & MAY_BE_LIFETIME,
    examples=lambda: [
        bad(
            "CBO with a lifetime budget",
            {**CUSTOM, "/campaign/budget_mode": "BUDGET_MODE_TOTAL"},
            at=["/adgroups/0/bid_type"],
        ),
        bad(
            "the ad group's own lifetime budget",
            {**CUSTOM, "/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL"},
            base="no-cbo",
            at=["/adgroups/0/bid_type"],
        ),
        bad(
            "the campaign unknown",
            {"/bid_type": "BID_TYPE_CUSTOM", "/budget_mode": "BUDGET_MODE_TOTAL"},
            base="ad-group",
            at=["/bid_type"],
        ),
        good("a daily budget", CUSTOM),
        good(
            "the campaign's lifetime budget does not govern",
            {**CUSTOM, "/campaign/budget_mode": "BUDGET_MODE_TOTAL", "/campaign/budget": 9000},
            base="no-cbo",
        ),
        good("maximum delivery", {"/campaign/budget_mode": "BUDGET_MODE_TOTAL"}),
        good(
            "a campaign's mode that SPL102 refuses",
            {
                **CUSTOM,
                "/campaign/budget_mode": "BUDGET_MODE_DYNAMIC_DAILY_BUDGET",
                "/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL",
            },
            base="no-cbo",
            beside=("SPL102",),
        ),
    ],
)
def cost_cap_needs_daily_budget(group: AdGroup) -> Iterator[Finding]:
    """A Cost Cap bids only against a daily budget.

    TikTok refuses the ad group, after the campaign above it already stands.
    """
    if group.governing_budget.is_lifetime:
        way, offers = or_to_daily_budget(group)
        whose = "the campaign's" if group.cbo else "the ad group's"
        yield group.finding(
            "bid_type",
            f"bid_type BID_TYPE_CUSTOM (Cost Cap) needs a daily budget, but {whose} budget_mode is BUDGET_MODE_TOTAL",
            f"{way}set bid_type to BID_TYPE_NO_BID",
            *group.governing_place,
            offers=(*offers, "bid_type", "BID_TYPE_NO_BID"),
        )


RULES = (bid_type_unknown, bid_price_missing, bid_price_not_used, cost_cap_needs_daily_budget)
