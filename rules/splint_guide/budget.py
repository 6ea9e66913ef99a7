"""Campaign budget."""

from collections.abc import Iterable, Iterator

from splint.payloads.nodes import (
    LIFETIME,
    MODES_WITH_CBO,
    AdGroup,
    AdGroupBudgetUpdate,
    Campaign,
    Finding,
    Fix,
    Node,
    Payload,
)
from splint.reporting.wording import amount, either, term
from splint.rules.guard import given, holds, is_, is_other, lacks, unusual
from splint.rules.rule import GONE, bad, good, rule
from splint_guide.ad_group_budget import DYNAMIC
from splint_guide.spelling import meant

CAMPAIGN = "Campaign budget"
MONEY: dict[type[Payload], tuple[str, ...]] = {
    Campaign: ("budget",),
    AdGroup: ("budget", "min_budget", "max_budget", "bid_price", "conversion_bid_price", "roas_bid"),
}
OF_UPDATES = {"budget": ("budget", "max_budget"), "scheduled_budget": ("scheduled_budget",)}
"""The money in the entries of each list of a budget update."""
NO_CBO = {"/campaign/budget_optimize_on": False, "/campaign/budget": GONE}
SWITCH = "/body/budget_optimize_on"

ONLY_WITHOUT_CBO = ("BUDGET_MODE_DAY", "BUDGET_MODE_INFINITE")
"""The modes that go with CBO off alone."""
BOUNDS = ("min_budget", "max_budget")
MAY_BE_LIFETIME = holds("Campaign.budget_mode", LIFETIME) | holds("AdGroup.budget_mode", LIFETIME)
"""A lifetime budget may govern an ad group."""
OF_THE_STRATEGY = (
    *("SPL103", "SPL104", "SPL105", "SPL210", "SPL211", "SPL212", "SPL213", "SPL214", "SPL216"),
    *("REF214", "REF215"),
)
"""The rules that depend on a budget strategy that there is."""


def or_to_daily_budget(group: AdGroup) -> tuple[str, tuple[str, ...]]:
    """How an ad group comes to a daily budget, before another way out, and what that offers.

    Empty where no request changes what stands.
    """
    parent = group.governing_budget.parent
    if parent.is_row:
        return "use a campaign with a daily budget, or ", ()
    if parent.lacks("budget_mode"):
        return "", ()
    whose, mode = "budget_mode" if parent is group else "the campaign's budget_mode", "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"
    return f"set {whose} to {mode}, or ", ("budget_mode", mode)


def _or_switch(campaign: Campaign, mode: str) -> str:
    """The other state of CBO, where a mode that the one refuses goes with it, as the ad groups' budgets do."""
    if not campaign.is_create or mode == _refused(campaign):
        return ""
    has_budgets = campaign.tree.budgets > 0
    if has_budgets and mode in ONLY_WITHOUT_CBO:
        return ", or set budget_optimize_on to false"
    if not has_budgets and mode == DYNAMIC and campaign.has("budget"):
        return ", or set budget_optimize_on to true"
    return ""


def _refused(campaign: Campaign) -> str | None:
    """The mode that the API has refused without CBO, by the profile reference."""
    return "BUDGET_MODE_DAY" if campaign.run.profile == "reference" else None


def _budget_update(entries: str) -> str:
    """A request that sets budgets of ad groups, as a document."""
    path = "/v1.3/smart_plus/adgroup/budget/update/"
    return f'{{"endpoint": "{path}", "body": {{"advertiser_id": "7", {entries}}}}}'


def _switched(state: str, mode: str) -> str:
    """An update of a campaign that sets its CBO, with the mode that stands, as a document."""
    body = f'{{"advertiser_id": "7", "campaign_id": "1", "budget_optimize_on": {state}}}'
    current = f'{{"campaign_id": "1", "objective_type": "WEB_CONVERSIONS", "budget_mode": "{mode}"}}'
    return f'{{"endpoint": "/v1.3/smart_plus/campaign/update/", "body": {body}, "current": {current}}}'


def _updated_without_limit() -> str:
    """An update of a campaign's budget, with the mode that stands, as a document."""
    body = '{"advertiser_id": "7", "campaign_id": "1", "budget": 40}'
    current = '{"campaign_id": "1", "budget_optimize_on": false, "budget_mode": "BUDGET_MODE_INFINITE"}'
    return f'{{"endpoint": "/v1.3/smart_plus/campaign/update/", "body": {body}, "current": {current}}}'


@rule(
    "SPL102",
    "campaign-budget-mode-not-allowed",
    on=Campaign,
    level="error",
    section=CAMPAIGN,
    basis="stated",
    supersedes={**dict.fromkeys(OF_THE_STRATEGY, "tree"), **dict.fromkeys(("REF106", "REF205"), "related")},
    fix="unsafe",
    since="0.1.0",
    guard=is_("Campaign.budget_mode", *ONLY_WITHOUT_CBO)
    | is_other("Campaign.budget_mode", *MODES_WITH_CBO, *ONLY_WITHOUT_CBO)
    | given("Campaign.budget_mode") & holds("Campaign.budget_optimize_on", False)
    | is_("Campaign.budget_optimize_on", True) & holds("Campaign.budget_mode", *ONLY_WITHOUT_CBO)
    | is_("Campaign.budget_optimize_on", False) & holds("Campaign.budget_mode", DYNAMIC),
    examples=lambda: [
        bad("a fixed daily budget", {"/campaign/budget_mode": "BUDGET_MODE_DAY"}, at=["/campaign/budget_mode"]),
        bad(
            "CBO by default, and no limit",
            {"/campaign/budget_optimize_on": GONE, "/campaign/budget_mode": "BUDGET_MODE_INFINITE"},
            at=["/campaign/budget_mode"],
        ),
        bad(
            "a misspelt mode",
            {"/campaign/budget_mode": "BUDGET_MODE_TOTL"},
            at=["/campaign/budget_mode"],
            fixed={"/campaign/budget_mode": "BUDGET_MODE_TOTAL"},
        ),
        bad("a dynamic daily budget without CBO", NO_CBO, at=["/campaign/budget_mode"]),
        bad(
            "a dynamic daily budget without CBO, which the campaign holds",
            {"/campaign/budget_optimize_on": False},
            at=["/campaign/budget_mode"],
        ),
        bad(
            "CBO, and budgets of ad groups",
            {"/campaign/budget_optimize_on": True, "/campaign/budget_mode": "BUDGET_MODE_INFINITE"},
            base="no-cbo",
            at=["/campaign/budget_mode"],
        ),
        bad(
            "a dynamic daily budget without CBO, and budgets of ad groups",
            {"/campaign/budget_mode": DYNAMIC, "/campaign/budget": 500},
            base="no-cbo",
            at=["/campaign/budget_mode"],
        ),
        bad("a mode that is none", {"/campaign/budget_mode": "BUDGET_MODE_WEEK"}, at=["/campaign/budget_mode"]),
        bad(
            "a mode that is none, and budgets of ad groups",
            {"/campaign/budget_mode": "BUDGET_MODE_WEEK"},
            base="no-cbo",
            at=["/campaign/budget_mode"],
        ),
        *(
            bad(f"an update of CBO to {state}, {mode} stands", text=_switched(state, mode), at=[SWITCH])
            for state, mode in (("false", DYNAMIC), ("true", "BUDGET_MODE_INFINITE"))
        ),
        good("an update that switches CBO off, a lifetime budget stands", text=_switched("false", LIFETIME)),
        good("a lifetime budget with CBO", {"/campaign/budget_mode": "BUDGET_MODE_TOTAL"}),
        good("no mode at all gets the default", {"/campaign/budget_mode": GONE}),
        good(
            "a daily budget without CBO",
            {"/campaign/budget_mode": "BUDGET_MODE_DAY", "/campaign/budget": 900},
            base="no-cbo",
        ),
        good("no mode without CBO", {"/campaign/budget_mode": GONE}, base="no-cbo"),
    ],
)
def campaign_budget_mode_not_allowed(campaign: Campaign) -> Iterator[Finding]:
    """The campaign's budget mode goes with its CBO setting.

    With CBO on: BUDGET_MODE_TOTAL or BUDGET_MODE_DYNAMIC_DAILY_BUDGET. With CBO off: BUDGET_MODE_INFINITE,
    BUDGET_MODE_DAY or BUDGET_MODE_TOTAL; the profile reference offers no BUDGET_MODE_DAY, which the API has refused.
    Rules that depend on the budget strategy stay silent until it is clear.
    """
    if not campaign.has_refused_mode:
        return
    allowed, mode = sorted(campaign.allowed_budget_modes - {_refused(campaign)}), campaign.effective_budget_mode or ""
    state = {True: " with CBO on", False: " with CBO off", None: ""}[campaign.cbo]
    if campaign.lacks("budget_mode"):
        what = f"budget_mode {mode} stands, and is not allowed{state}"
        help = f"set budget_mode to {either(allowed)} in the same request"
        yield campaign.finding("budget_optimize_on", what, help, offers=("budget_mode", *allowed))
        return
    help, fix, offers = meant(campaign, "budget_mode", mode, allowed)
    if fix is not None and (others := [one for one in allowed if one not in help]):
        help, offers = f"{help}, or else {either(others)}", (*offers, *others)
    what = f"budget_mode {term(mode)} is not allowed on a campaign{state}"
    if switch := _or_switch(campaign, mode):
        offers = (*offers, "budget_optimize_on")
    yield campaign.finding("budget_mode", what, f"{help}{switch}", fix=fix, offers=offers)


@rule(
    "SPL103",
    "cbo-budget-missing",
    on=Campaign,
    level="error",
    section=CAMPAIGN,
    basis="stated",
    since="0.1.0",
    requests={"create"},
    guard=lacks("Campaign.budget") & (lacks("Campaign.budget_optimize_on") | is_("Campaign.budget_optimize_on", True)),
    examples=lambda: [
        bad("CBO and no budget", {"/campaign/budget": GONE}, at=["/campaign"]),
        bad(
            "CBO by default and no budget",
            {"/campaign/budget": GONE, "/campaign/budget_optimize_on": GONE},
            at=["/campaign"],
        ),
        good("a placeholder is a budget to come", {"/campaign/budget": "{{budget}}"}),
        good("no CBO", {}, base="no-cbo"),
        good("an update says what changes", {"/campaign/campaign_id": "1", "/campaign/budget": GONE}),
        good(
            "a mode that SPL102 refuses",
            {"/campaign/budget": GONE, "/campaign/budget_mode": "BUDGET_MODE_DAY"},
            beside=("SPL102",),
        ),
        good("a budget", {}),
    ],
)
def cbo_budget_missing(campaign: Campaign) -> Iterator[Finding]:
    """With CBO on the campaign has a budget.

    All ad groups share it: without one there is nothing to spend.
    """
    why = "is on by default" if campaign.lacks("budget_optimize_on") else "is on"
    yield campaign.missing(
        f"budget is missing: CBO {why}, so the campaign holds the budget",
        "add budget, or set budget_optimize_on to false",
        about="budget",
        offers=("budget_optimize_on", "false"),
    )


@rule(
    "SPL104",
    "campaign-budget-missing",
    on=Campaign,
    level="error",
    section=CAMPAIGN,
    basis="implied",
    since="0.1.0",
    requests={"create"},
    guard=lacks("Campaign.budget")
    & is_("Campaign.budget_optimize_on", False)
    & is_("Campaign.budget_mode", "BUDGET_MODE_DAY", "BUDGET_MODE_TOTAL"),
    examples=lambda: [
        bad(
            "a daily mode without an amount",
            {"/campaign/budget_mode": "BUDGET_MODE_DAY"},
            base="no-cbo",
            at=["/campaign"],
        ),
        bad(
            "a lifetime mode without an amount",
            {"/campaign/budget_mode": "BUDGET_MODE_TOTAL"},
            base="no-cbo",
            at=["/campaign"],
        ),
        good("no limit needs no amount", {}, base="no-cbo"),
        good("no mode defaults to no limit", {"/campaign/budget_mode": GONE}, base="no-cbo"),
        good(
            "an update says what changes",
            {"/campaign/campaign_id": "1", "/campaign/budget_mode": "BUDGET_MODE_DAY"},
            base="no-cbo",
        ),
        good("with CBO it is SPL103", {"/campaign/budget": GONE, "/campaign/budget_mode": "BUDGET_MODE_TOTAL"}),
        good("an amount", {"/campaign/budget_mode": "BUDGET_MODE_DAY", "/campaign/budget": 900}, base="no-cbo"),
    ],
)
def campaign_budget_missing(campaign: Campaign) -> Iterator[Finding]:
    """Without CBO a campaign with a daily or lifetime mode has a budget.

    BUDGET_MODE_INFINITE needs none.
    """
    yield campaign.missing(
        f"budget is missing: budget_mode is {campaign.budget_mode}",
        "add budget, or set budget_mode to BUDGET_MODE_INFINITE",
        about="budget",
        offers=("budget_mode", "BUDGET_MODE_INFINITE"),
    )


@rule(
    "SPL105",
    "budget-with-infinite-mode",
    on=Campaign,
    level="warning",
    section=CAMPAIGN,
    basis="stated",
    fix="unsafe",
    supersedes={"SPL106": "place", "REF104": "place"},
    since="0.1.0",
    guard=given("Campaign.budget") & holds("Campaign.budget_optimize_on", False),
    examples=lambda: [
        bad(
            "an amount without a limit",
            {"/campaign/budget": 500},
            base="no-cbo",
            at=["/campaign/budget"],
            fixed={"/campaign/budget": GONE},
        ),
        bad(
            "an amount without a mode",
            {"/campaign/budget": 500, "/campaign/budget_mode": GONE},
            base="no-cbo",
            at=["/campaign/budget"],
            fixed={"/campaign/budget": GONE},
        ),
        bad(
            "an amount that the ad group lacks",
            {"/campaign/budget": 500, "/adgroups/0/budget": GONE},
            base="no-cbo",
            at=["/campaign/budget"],
            fixed={},
            beside=("SPL212",),
        ),
        bad(
            "an update with an amount, of a campaign that has no limit",
            text=_updated_without_limit(),
            at=["/body/budget"],
            fixed=_updated_without_limit().replace(', "budget": 40', ""),
        ),
        good(
            "a lifetime budget", {"/campaign/budget": 500, "/campaign/budget_mode": "BUDGET_MODE_TOTAL"}, base="no-cbo"
        ),
    ],
)
def budget_with_infinite_mode(campaign: Campaign) -> Iterator[Finding]:
    """With BUDGET_MODE_INFINITE no budget is given.

    The ad groups hold the budgets; what stands here has no effect. Where one of them lacks a budget it may be meant for
    that, and has no fix.
    """
    if campaign.has_idle_budget:
        defaults = "" if campaign.says("budget_mode") else " by default"
        is_moved = any(group.is_create and group.lacks("budget") for group in campaign.tree.ad_groups)
        yield campaign.finding(
            "budget",
            f"budget has no effect: budget_mode is BUDGET_MODE_INFINITE{defaults}",
            f"{'move it to the ad group' if is_moved else 'remove it'}, or set budget_mode to a daily or lifetime one",
            fix=None if is_moved else Fix("remove budget", (campaign.remove("budget"),)),
            offers=("budget_mode",),
        )._replace(is_kept=is_moved)


@rule(
    "SPL106",
    "money-not-positive",
    on=(Campaign, AdGroup, AdGroupBudgetUpdate),
    level="error",
    section=CAMPAIGN,
    basis="sanity",
    supersedes={"SPL402": "place", "SPL215": "related"},
    since="0.1.0",
    guard=unusual(*(f"{kind.__name__}.{name}" for kind, names in MONEY.items() for name in names))
    | given(*(f"AdGroupBudgetUpdate.{name}" for name in OF_UPDATES)),
    examples=lambda: [
        bad("no money", {"/campaign/budget": 0}, at=["/campaign/budget"]),
        *(bad(f"{name} of nothing", {f"/adgroups/0/{name}": 0}, at=[f"/adgroups/0/{name}"]) for name in BOUNDS),
        bad("an ad group budget of nothing", {"/adgroups/0/budget": 0}, base="no-cbo", at=["/adgroups/0/budget"]),
        bad("a negative bid", {"/adgroups/0/roas_bid": -0.5}, at=["/adgroups/0/roas_bid"]),
        bad(
            "infinite, as YAML can write it",
            text="objective_type: WEB_CONVERSIONS\nbudget: .inf\n",
            name="a.yaml",
            at=["/budget"],
        ),
        good("the smallest amount", {"/campaign/budget": 0.01}),
        good(
            "what TikTok answers of an ad group under CBO",
            {"/budget_mode": "BUDGET_MODE_INFINITE", "/budget": 0},
            base="ad-group",
        ),
        bad(
            "less than nothing under that mode",
            {"/budget_mode": "BUDGET_MODE_INFINITE", "/budget": -1},
            base="ad-group",
            at=["/budget"],
        ),
        good("zero where SPL209 says that no price belongs", {"/adgroups/0/bid_price": 0}, beside=("SPL209",)),
        *(
            bad(
                f"{name} of {value} in a budget update",
                text=_budget_update(f'"{entries}": [{{"adgroup_id": "1", "{name}": {value}}}]'),
                at=[f"/body/{entries}/0/{name}"],
            )
            for entries, names in OF_UPDATES.items()
            for name, value in zip(names, (0, -5), strict=False)
        ),
        bad(
            "bounds of nothing and less",
            {"/adgroups/0/min_budget": 0, "/adgroups/0/max_budget": -1},
            at=["/adgroups/0/min_budget", "/adgroups/0/max_budget"],
            beside=("SPL215",),
        ),
        good("a budget update", text=_budget_update('"budget": [{"adgroup_id": "1", "budget": 50}]')),
        bad("zero where SPL209 does not run", {"/adgroups/0/bid_price": 0}, at=["/adgroups/0/bid_price"]),
    ],
)
def money_not_positive(payload: Campaign | AdGroup | AdGroupBudgetUpdate) -> Iterator[Finding]:
    """Money is more than nothing.

    Where another rule says that the field has no place, it is left to that one. A budget of 0 goes with
    BUDGET_MODE_INFINITE, which is none.
    """
    if payload.is_part:  # of a budget update, which is asked as a whole
        return
    if isinstance(payload, AdGroupBudgetUpdate):
        for entries, names in OF_UPDATES.items():
            for entry in payload.children(entries):
                yield from _no_money(entry, names)
    else:
        infinite = payload.budget == 0 and payload.holds("budget_mode") == "BUDGET_MODE_INFINITE"
        yield from _no_money(payload, [name for name in MONEY[type(payload)] if not (infinite and name == "budget")])


def _no_money(node: Node, names: Iterable[str]) -> Iterator[Finding]:
    """A finding for each of these fields that holds no amount above zero."""
    for name in names:
        value = getattr(node, name, None)
        if value is not None and not 0 < value < float("inf"):
            said = f"{name} is {amount(value)}"
            why = f"{said}, which is negative: money is above zero" if value < 0 else f"{said}, but money is above zero"
            if value == float("inf") or value != value:
                why = f"{said}, but money is a finite amount"
            yield node.finding(name, why, "set an amount above zero")


RULES = (
    campaign_budget_mode_not_allowed,
    cbo_budget_missing,
    campaign_budget_missing,
    budget_with_infinite_mode,
    money_not_positive,
)
