"""How ad groups of one campaign deviate from each other in a field, and what aligns them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from splint.payloads.nodes import DAILY, LANDING_PAGE_GOALS, LIFETIME, PRICES, AdGroup, Finding, Fix, Tree
from splint.payloads.validation import UNKNOWN, Unknown
from splint.reporting.wording import amount, either, spelled, term
from splint.rules.rule import ASCENDING_SEVERITIES
from splint.schema.vocabulary import REQUIRED
from splint_guide.ad_group_budget import DYNAMIC

WARNING = ASCENDING_SEVERITIES.index("warning") + 1
"""What `Tree.objection` says of a warning."""
GOALS = ("CONVERT", "CLICK")
TAKEN = {
    "promotion_type": ("WEBSITE",),
    "optimization_goal": (*GOALS, "VALUE", *LANDING_PAGE_GOALS),
    "billing_event": ("OCPM", "CPC"),
    "bid_type": ("BID_TYPE_NO_BID", "BID_TYPE_CUSTOM"),
}
"""What a web campaign takes of them; anything else is refused by a rule of its own."""


def _value(group: AdGroup, name: str) -> Any:
    """A field as it is compared: None when absent, UNKNOWN when nobody can tell (a row may not show all)."""
    if group.lacks(name):
        return None if group.is_create else UNKNOWN
    value = group.tree.value_of(group, name)
    if isinstance(value, Unknown) or value != value:  # a NaN, which SPL106 reports: it equals nothing
        return UNKNOWN
    return "LANDING_PAGE" if name == "optimization_goal" and value in LANDING_PAGE_GOALS else value


def deviations(tree: Tree, names: Sequence[str], where: str) -> Iterator[Finding]:
    """A finding for each ad group and each of the fields `names` in which it deviates from the others."""
    groups = tree.compared_ad_groups
    held = zip(*[map(group.raw.get, names) for group in groups], strict=True)
    for name, values in zip(names, held, strict=False):  # where there is no group nothing is held
        if values.count(values[0]) < len(values):  # as few are: nothing is made for the others
            yield from _deviations(tree, name, where)


def _deviations(tree: Tree, name: str, where: str) -> Iterator[Finding]:
    """A finding for each ad group whose field is not what most hold, the first one's where two are as many.

    Where some lack what they need, those count that have it. What a rule finds something at is followed by none, unless
    there are but warnings at all of them.
    """
    held = [(group, value) for group in tree.compared_ad_groups if (value := _value(group, name)) is not UNKNOWN]
    if name in PRICES:
        held = [(group, value) for group, value in held if not _is_renamed(tree, group, name)]
    if name == "budget_mode":
        held = [(group, value) for group, value in held if value is not None]
    if len({value for _, value in held}) < 2:
        return
    followed = _followed(tree, name, held)
    if not followed:
        return
    counts = Counter(value for _, value in followed)
    usual = max(counts, key=counts.__getitem__)
    first = next(group for group, value in followed if value == usual)
    words = "absent" if usual is None else _shown(first, name)
    label = f"{name} is {words} here" if usual is not None else f"no {name} here"
    place = first.place("" if usual is None else name, label)
    for group, value in held:
        if value != usual and group.kind != "row":
            help, offers = f"remove {name}", [name]
            if usual is not None:
                help = f"set {name} to {_right(first, name)}{_counting(group, name, first)}"
                offers = [name, str(group.tree.value_of(first, name))]
            if _is_refused(first, name):
                help = f"correct {name} where it is {words} first: another rule refuses that"
            fix = _alignment(group, name, first)
            if _is_idle(tree, group, name) and _is_idle(tree, first, name):
                help, fix = f"remove {name} in all of them: it has no effect", None  # what says so removes each
            if value is None:
                what = f"{name} is missing here and {words} in other ad groups: {where}"
                yield group.missing(what, help, place, about=name, fix=fix, offers=offers)
            else:
                what = f"{name} is {_shown(group, name)} here and {words} in other ad groups: {where}"
                yield group.finding(name, what, help, place, fix=fix, offers=offers)


def _right(group: AdGroup, name: str) -> str:
    """A field that is there, in words, by the right spelling of its value."""
    return spelled(group.tree.value_of(group, name))


def _shown(group: AdGroup, name: str) -> str:
    """The same as it is written, and by its right spelling where that differs."""
    written, right = spelled(group.raw[name]), _right(group, name)
    return written if written == right else f"{written} (meaning {right})"


def _followed(tree: Tree, name: str, held: list[tuple[AdGroup, Any]]) -> list[tuple[AdGroup, Any]]:
    """The ad groups whose value others may follow: with the mildest finding at it, and no error."""
    least = WARNING
    followed: list[tuple[AdGroup, Any]] = []
    for group, value in held:
        severity = tree.objection(group, name)
        if severity > least or (value is None and _needs(group, name)):
            continue
        if severity < least:
            least, followed = severity, []
        followed.append((group, value))
    return followed


def _needs(group: AdGroup, name: str) -> bool:
    """Whether an ad group has to have a field, so that its absence is no usage that others may follow."""
    if name in PRICES:
        return group.bid_type == "BID_TYPE_CUSTOM" and name == group.price_for_goal
    if name == "roas_bid":
        return group.deep_bid_type == "VO_MIN_ROAS"
    goals = {"optimization_event": ("CONVERT", "VALUE"), "deep_bid_type": ("VALUE",)}.get(name, ())
    return name in REQUIRED["AdGroup"] or group.optimization_goal in goals


def _is_renamed(tree: Tree, group: AdGroup, name: str) -> bool:
    """Whether a rule tells that the goal's price, which is missing, stands under the name of this one."""
    wanted = group.price_for_goal
    if wanted is None or wanted == name or group.lacks(name):
        return False
    return group.lacks(wanted) and tree.objection(group, wanted) > 0


def _is_idle(tree: Tree, group: AdGroup, name: str) -> bool:
    """Whether a field is a price that nothing uses, and a rule says so."""
    return name in group.idle_prices and tree.objection(group, name) > 0


def _is_refused(group: AdGroup, name: str) -> bool:
    """Whether a rule refuses the value of a field whatever else the ad group holds, so that none may follow it."""
    value = group.raw.get(name)
    if isinstance(value, int | float):
        return not 0 < value < float("inf")
    return group.has(name) and name in TAKEN and value not in TAKEN[name] and group.tree.scope.kind == "web"


def _alignment(group: AdGroup, name: str, first: AdGroup) -> Fix | None:
    """The fix that makes a field what it is in `first`; None where another rule refuses that, or is to be met first."""
    if not _may_follow(group, name, first):
        return None
    if first.lacks(name):
        return Fix(f"remove {name}", (group.remove(name),))
    names = [name]
    right = first.tree.value_of(first, name)
    if name == "bid_type" and right == "BID_TYPE_CUSTOM" and first.price_for_goal is not None:
        names.append(first.price_for_goal)
    values = {name: first.tree.value_of(first, name) for name in names}
    shown = [f"{name} to {term(value) if isinstance(value, str) else spelled(value)}" for name, value in values.items()]
    title = f"set {either(shown, 'and')}{_counting(group, name, first)}"
    return Fix(title, tuple(group.put(name, value) for name, value in values.items()))


def _counting(group: AdGroup, name: str, first: AdGroup) -> str:
    """What the budget mode of `first` makes of an ad group's amount, where the other mode counts it otherwise."""
    modes = (group.budget_mode, first.budget_mode)
    if name != "budget_mode" or group.budget is None or LIFETIME not in modes or DAILY.isdisjoint(modes):
        return ""
    return f", with which budget {amount(group.budget)} is {'for all days' if modes[1] == LIFETIME else 'per day'}"


def _may_follow(group: AdGroup, name: str, first: AdGroup) -> bool:
    """Whether the value in `first` goes with all else that the ad group holds, its other deviations included."""
    value = None if first.lacks(name) else first.tree.value_of(first, name)
    if _is_refused(first, name):
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
        return value is None or group.optimization_goal != "CLICK"
    if name in PRICES:
        wanted = group.price_for_goal
        is_misnamed = (
            group.bid_type == "BID_TYPE_CUSTOM" and name != wanted and wanted is not None and group.lacks(wanted)
        )
        is_renamed = is_misnamed or (group.lacks(name) and any(group.has(price) for price in PRICES))
        return group.bid_type == first.bid_type and not is_renamed
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
