"""The table of fields: all of them, with the rules that look at each, and values that the linter takes."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

import splint
from splint.payloads.conditions import MODELS
from splint.rules.fields import KINDS, FieldFacts, Limit, field_facts, fields, rules_of_every_field
from splint.rules.guard import conditions_of
from splint.rules.registry import load
from splint.rules.scope import paths_to
from splint.schema.kinds import Either, ListOf, Shape, Spec
from splint.schema.table import SHAPES
from splint.schema.vocabulary import MODELS as OF_LEVELS
from splint.schema.vocabulary import OWN_IDS, ObjectLevel
from splint.testing import AS_OF, base
from tests.grids import few

TABLE = {facts.field: facts for kind in KINDS for facts in fields(kind)}
RULES = [selection.rule for selection in load().rules]
OF_NO_FIELD = {
    "REF301": "the number of ads in an ad group",
    "REF501": "the endpoint of a request",
    "SPL001": "a file that cannot be read",
    "SPL002": "a file without a payload",
    "SPL003": "every field",
    "SPL004": "every field",
    "SPL009": "what silences nothing",
    "SPL010": "every field",
    "SPL012": "a header",
    "SPL401": "the number of ad groups in a campaign",
    "SPL501": "the endpoint of a request",
    "SPL502": "the endpoint of a request",
    "SPL503": "the endpoint of a request",
    "SPL506": "the method of a request",
    "SPL507": "the version of an endpoint",
    "SPL602": "event records, which are open objects",
    "SPL603": "event records, which are open objects",
    "SPL604": "event records, which are open objects",
    "SPL605": "event records, which are open objects",
}
"""What the rules are about that look at no field, or at all of them."""


def test_every_field_of_the_table_is_of_some_kind() -> None:
    """The kinds hold each field of each shape; StatusUpdate is what three of them share."""
    models = {name: MODELS.get(name, name) for name in SHAPES if name != "StatusUpdate"}
    assert set(TABLE) == {f"{model}.{field}" for name, model in models.items() for field in SHAPES[name].fields}
    assert all(
        TABLE[f"{model}.{name}"].spec is spec
        for model in models
        for name, spec in SHAPES[model].fields.items()
        if model in models.values()
    )


def test_a_kind_begins_with_its_own_fields() -> None:
    """The fields of a payload come first and in the table's order, those of the objects in it behind them."""
    listed = fields("ad")
    own = [facts.name for facts in listed if facts.model == "Ad"]
    assert own == list(SHAPES["AdUpdate"].fields)
    assert [facts.name for facts in listed[: len(own)]] == own
    assert "CreativeInfo.ad_format" in {facts.field for facts in listed}
    assert not {facts.model for facts in listed} & {"AdGroup", "Campaign", "AdUpdate"}


def test_rules_that_look_at_no_field_are_known() -> None:
    """Every other rule looks at a field of the table."""
    looking = {code for facts in TABLE.values() for code in facts.rules}
    assert {rule.code for rule in RULES} - looking == set(OF_NO_FIELD)
    assert set(rules_of_every_field()) == {code for code, what in OF_NO_FIELD.items() if what == "every field"}


def test_a_rule_looks_at_the_fields_of_its_guard() -> None:
    """Each field that a guard names lists the rule, and so does each account fact that the rule asks for."""
    for rule in (rule for rule in RULES if rule.guard is not None):
        named = {f"{one.model}.{one.field}" for one in conditions_of(rule.guard) if one.field}
        named |= {f"Facts.{one.model}" for one in conditions_of(rule.guard) if one.test == "knows"}
        named |= {f"Facts.{fact}" for fact in rule.facts}
        assert {field for field in named if rule.code not in TABLE[field].rules} == set(), rule.code


@pytest.mark.parametrize(
    ("field", "codes"),
    [
        ("Campaign.request_id", {"REF003"}),  # of a fault that only its fields have
        ("AdGroup.pixel_id", {"SPL006", "REF001"}),  # an id, and one in digits
        ("CreativeInfo.video_info", {"SPL305"}),  # of the examples' pointers alone
        ("Ad.creative_list", {"SPL008", "SPL301"}),  # absent in an example's flagged object
        ("AdGroupBudgetUpdate.scheduled_budget", {"REF004"}),  # of an example that is a whole document
        ("AdGroup.placements", {"SPL007", "SPL220"}),  # of a documented enumeration
        ("Facts.historical_cpa", {"SPL107"}),
    ],
)
def test_a_field_lists_the_rules_that_look_at_it(field: str, codes: set[str]) -> None:
    assert codes <= set(TABLE[field].rules)


def test_a_rule_that_takes_one_enumeration_from_another_rule_looks_at_that_one_alone() -> None:
    """REF302 is called with every unknown value, and speaks of ad_format."""
    assert [facts.field for facts in TABLE.values() if "REF302" in facts.rules] == ["CreativeInfo.ad_format"]


def test_a_field_has_what_its_model_and_its_rules_say() -> None:
    assert TABLE["Campaign.budget"].about.startswith("In the account's currency")
    assert Limit("above zero", "SPL106") in TABLE["Campaign.budget"].limits
    assert TABLE["Ad.creative_list"].limits == (Limit("at most 50 entries", "SPL301"),)
    assert Limit("before schedule_end_time", "SPL219") in TABLE["AdGroup.schedule_start_time"].limits
    assert Limit("after schedule_start_time", "SPL219") in TABLE["AdGroup.schedule_end_time"].limits
    assert Limit("above min_budget", "SPL215") in TABLE["AdGroup.max_budget"].limits
    assert Limit("above bid_price", "REF105") in TABLE["Campaign.budget"].limits
    assert TABLE["Campaign.campaign_name"].is_required
    assert not TABLE["Campaign.budget"].is_required


def test_a_field_of_a_budget_update_is_required_where_each_body_without_it_is_wrong() -> None:
    """One of the two lists is enough: neither is required, and in both their entries need what REF004 asks for."""
    entries = [f"{model}.adgroup_id" for model in ("AdGroupBudget", "AdGroupScheduledBudget")]
    needed = ["AdGroupBudgetUpdate.advertiser_id", *entries]
    needed += ["AdGroupBudget.budget", "AdGroupScheduledBudget.scheduled_budget"]
    assert {one.field for one in fields("budgets", "reference") if one.is_required} == {*needed}
    assert not [one.field for one in fields("budgets", "guide") if one.is_required]


CARRIED = {
    "Ad.ad_configuration": "a call to action",
    "Ad.ad_text_list": "a TikTok Post brings its own",
    "Ad.landing_page_url_list": "another destination, or none",
    "AdGroup.budget": "without CBO",
    "AdGroup.budget_mode": "without CBO",
    "AdGroup.optimization_event": "goals other than clicks",
    "AdGroup.pixel_id": "goals other than clicks",
    "AdGroup.placement_type": "placements",
    "AdGroup.placements": "a placement type",
    "AdGroup.schedule_end_time": "schedules with an end",
    "AdGroup.schedule_start_time": "schedules with an end",
    "Campaign.budget": "with CBO",
    "CreativeInfo.identity_authorized_bc_id": "identities of a Business Center",
    "CreativeInfo.identity_id": "identities other than a custom one",
    "CreativeInfo.identity_type": "no identity in ad_configuration",
    "CreativeInfo.image_info": "videos",
    "CreativeInfo.video_info": "videos",
}
"""The fields that some web campaigns need, with what needs them."""


def emptied(value: Any, name: str) -> Any:
    """A value without the members of a name, wherever they stand."""
    if isinstance(value, dict):
        return {key: emptied(member, name) for key, member in value.items() if key != name}
    return [emptied(entry, name) for entry in value] if isinstance(value, list) else value


def names_in(value: Any) -> set[str]:
    """The names of all members of a value."""
    if isinstance(value, list):
        return set[str]().union(*map(names_in, value))
    return set(value).union(*map(names_in, value.values())) if isinstance(value, dict) else set()


@pytest.mark.parametrize("profile", ["guide", "reference"])
def test_a_field_is_required_where_a_clean_bundle_without_it_is_wrong(profile: str) -> None:
    """Each field of the clean bundles: left out it is an error, of those that the table has as required alone."""
    required = {facts.field for level in OF_LEVELS for facts in fields(level, profile) if facts.is_required}
    missed = set[str]()
    bundles = [base(name, profile) for name in ("cbo", "no-cbo")]
    for bundle in bundles:
        for name in names_in(bundle):
            body = emptied(bundle, name)
            found = splint.check(body, profile=profile, as_of=AS_OF).diagnostics
            missed |= {one.field for one in found if one.severity == "error" and one.field.rpartition(".")[2] == name}
    held = set.union(*map(names_in, bundles))
    assert missed - required <= set(CARRIED)
    assert {field for field in required - missed if field.rpartition(".")[2] in held} == set()
    assert {"Campaign.advertiser_id", "Campaign.campaign_name"} <= required
    if profile == "reference":
        assert {"Campaign.request_id", "Campaign.sales_destination", "AdGroup.schedule_start_time"} <= required


def test_a_profile_has_its_own_rules_and_values() -> None:
    """The reference knows two formats of creatives; the table of both profiles all that one of them takes."""
    assert not {code for kind in KINDS for facts in fields(kind, "guide") for code in facts.rules if code[:3] == "REF"}
    formats = "CreativeInfo.ad_format"
    assert field_facts(formats).values == field_facts(formats, "guide").values
    assert "CAROUSEL" in field_facts(formats).values
    assert field_facts("AdGroup.optimization_goal", "guide").values[-1] == "LANDING_PAGE"


def test_a_kind_or_a_field_that_there_is_not_is_an_error() -> None:
    with pytest.raises(KeyError):
        fields("adset")
    with pytest.raises(KeyError):
        field_facts("Campaign.bugdet")


ENUMERATED = [(level, facts) for level in OF_LEVELS for facts in fields(level) if facts.values]


def usual(spec: Spec) -> Spec:
    """The usual one of two kinds."""
    return spec.first if isinstance(spec, Either) else spec


def holding(level: ObjectLevel, facts: FieldFacts, value: str) -> tuple[dict[str, Any], str]:
    """A body that holds a value in a field, and the pointer to it."""
    bodies = {
        "campaign": base("cbo", "guide")["campaign"],
        "adgroup": base("ad-group", "guide"),
        "ad": base("ad", "guide"),
    }
    body = bodies[level]
    steps: list[str] = [*paths_to(OF_LEVELS[level], facts.model)[0], facts.name]
    pointer, holder, model = "", body, OF_LEVELS[level]
    for step in steps[:-1]:
        spec = usual(SHAPES[model].fields[step])
        pointer += f"/{step}"
        if isinstance(spec, ListOf):
            holder[step] = [copy.deepcopy(holder[step][0]) if holder.get(step) else {}]
            holder, pointer, spec = holder[step][0], f"{pointer}/0", usual(spec.item)
        else:
            holder = holder.setdefault(step, {})
        assert isinstance(spec, Shape)
        model = spec.name
    if facts.is_of_updates:
        body[OWN_IDS[level]] = "1"
    is_list = isinstance(facts.spec, ListOf)
    holder[facts.name] = [value] if is_list else value
    return body, f"{pointer}/{facts.name}" + ("/0" if is_list else "")


@pytest.mark.parametrize(("level", "facts"), few(ENUMERATED, 20), ids=lambda part: getattr(part, "field", part))
def test_the_values_of_a_field_are_those_that_the_linter_knows(level: ObjectLevel, facts: FieldFacts) -> None:
    """None of them is an unknown value (SPL007); with the profile `reference` another one is a finding at its place."""
    for value in facts.values:
        body, pointer = holding(level, facts, value)
        report = splint.check(body, select=["SPL003", "SPL004", "SPL007"])
        assert pointer not in {one.pointer for one in report.diagnostics}
    body, pointer = holding(level, facts, "NONE_OF_THEM")
    assert pointer in {one.pointer for one in splint.check(body, profile="reference").diagnostics}


NARROWED = [
    (profile, level, facts)
    for profile in ("guide", "reference")
    for level in OF_LEVELS
    for facts in fields(level, profile)
    if facts.choices != facts.values
]
GOALS = ("CONVERT", "CLICK", "TRAFFIC_LANDING_PAGE_VIEW", "VALUE")
WINDOWS = ("click_attribution_window", "view_attribution_window", "engaged_view_attribution_window")


def in_campaigns(level: ObjectLevel, facts: FieldFacts, value: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Web campaigns that hold a value in a field, with the pointer to it: of each goal, with CBO and without."""
    body, pointer = holding(level, facts, value)
    for goal, cbo in [(goal, True) for goal in GOALS] + [("CONVERT", False)]:
        bundle = base("cbo", "guide")
        group = bundle["adgroups"][0]
        if level == "campaign":
            bundle["campaign"] = {**body, "budget_optimize_on": cbo}
            yield bundle, f"/campaign{pointer}"
        elif level == "adgroup":
            windows = {name: "SEVEN_DAYS" for name in WINDOWS if name != facts.name}
            bundle["adgroups"][0] = {"optimization_goal": goal, "app_config": [{"app_id": "7"}], **windows} | body
            if facts.name != "optimization_goal":
                bundle["adgroups"][0]["optimization_goal"] = goal
            yield bundle, f"/adgroups/0{pointer}"
        else:
            group["ads"][0] = body
            yield bundle, f"/adgroups/0/ads/0{pointer}"


def is_refused(body: dict[str, Any], pointer: str, profile: str) -> bool:
    """Whether there is a finding on what a pointer leads to."""
    found = splint.check(body, profile=profile).diagnostics
    return any(one.pointer == pointer and one.severity in ("error", "warning") for one in found)


OF_OTHER_CAMPAIGNS = {"THIRTY_DAYS", "THIRTY_TWO_DAYS", "ONE_HUNDRED_EIGHTY_DAYS"}
"""Choices that no web campaign takes, but mini games and mini series."""


def test_rules_list_the_values_that_they_take() -> None:
    """Goals, events and windows are those that a profile's rules know, and no other than those of TikTok's SDK."""
    assert field_facts("AdGroup.optimization_goal", "reference").choices == (
        *("CLICK", "CONVERT", "TRAFFIC_LANDING_PAGE_VIEW", "VALUE"),
    )
    assert "SHOPPING" in field_facts("AdGroup.optimization_event", "reference").choices
    assert "ACTIVE_PAY" not in field_facts("AdGroup.optimization_event", "reference").choices
    assert field_facts("Campaign.sales_destination", "reference").choices == ("APP", "WEBSITE", "WEB_AND_APP")
    assert field_facts("AdGroup.view_attribution_window", "reference").choices == ("OFF", "ONE_DAY", "SEVEN_DAYS")
    assert field_facts("AdGroup.optimization_goal").choices == tuple(
        dict.fromkeys(
            value
            for profile in ("guide", "reference")
            for value in field_facts("AdGroup.optimization_goal", profile).choices
        )
    )


@pytest.mark.parametrize(("profile", "level", "facts"), few(NARROWED, 5), ids=lambda part: getattr(part, "field", part))
def test_the_choices_of_a_field_are_what_the_rules_take(profile: str, level: ObjectLevel, facts: FieldFacts) -> None:
    """A value that is no choice is refused in every web campaign, a choice is taken in one of them."""
    others = [value for value in facts.values if value not in facts.choices]
    for value in (*facts.choices, *others[:: len(others) // 6 + 1]):  # those of the SDK are up to 200
        refused = [is_refused(*campaign, profile) for campaign in in_campaigns(level, facts, value)]
        if value in facts.choices:
            assert value in OF_OTHER_CAMPAIGNS or not all(refused), value
        else:
            assert all(refused), value
