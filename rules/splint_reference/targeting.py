"""Targeting and placements."""

from collections.abc import Iterator
from typing import Any

from splint_guide.spelling import meant, meant_instead

from splint.payloads.invalid_fields import UnknownValue
from splint.payloads.nodes import LANDING_PAGE_GOALS, AdGroup, Finding, Targeting
from splint.reporting.wording import either, term
from splint.rules.guard import any_of, given, holds, is_, is_other, lacks, longer_than
from splint.rules.rule import GONE, bad, good, rule
from splint_reference.campaign import CREATE_AD_GROUP, unless
from splint_reference.optimization import GOAL, LANDED, LANDING, goal_of

SECTION = "Create an ad group"
ENUMERATIONS = 1847839827327106
MINORS = "AGE_13_17"
"""The age group that app campaigns alone take."""
AGES = ("AGE_18_24", "AGE_25_34", "AGE_35_44", "AGE_45_54", "AGE_55_100")
SINGLE: dict[str, tuple[str, ...]] = {
    "spc_audience_age": ("ALL", "OVER_EIGHTEEN", "OVER_TWENTY_FIVE", "18+", "25+"),
    "spending_power": ("ALL", "HIGH"),
}
MANY: dict[str, tuple[str, ...]] = {
    "operating_systems": ("ANDROID", "IOS"),
    "household_income": ("TOP5", "TOP10", "TOP10_25", "TOP25_50"),
}
SCENES: dict[str, tuple[str, ...]] = {
    "VIDEO_RELATED": ("WATCHED_TO_END", "LIKED", "COMMENTED", "SHARED"),
    "CREATOR_RELATED": ("FOLLOWING", "VIEW_HOMEPAGE"),
    "HASHTAG_RELATED": ("VIEW_HASHTAG",),
}
PERIODS = (0, 7, 15)
SUGGESTIONS = (
    "age_groups",
    "gender",
    "audience_ids",
    "interest_category_ids",
    "interest_keyword_ids",
    "purchase_intention_keyword_ids",
    "actions",
)
GROUP, SPEC = "/adgroups/0", "/adgroups/0/targeting_spec"
OF_APP_CATALOGS = ("audience_ids", "gender")
"""Those that automatic targeting takes for an app's catalog, where no suggestions can be on."""
PAIRS = (
    ("device_price_ranges", "device_model_ids"),
    ("excluded_pangle_audience_package_ids", "included_pangle_audience_package_ids"),
)
CONFLICTING = (*(name for name, _ in PAIRS), "isp_ids", "saved_audience_id")
MANUAL = {f"{GROUP}/targeting_optimization_mode": "MANUAL"}
APP_BUNDLE = "PLACEMENT_GLOBAL_APP_BUNDLE"
UPDATE = '{"advertiser_id": "7", "adgroup_id": "1", "targeting_spec": {"age_groups": ["AGE_13_17"]}}'


@rule(
    "REF208",
    "targeting-value",
    on=(AdGroup, UnknownValue),
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_AD_GROUP, ENUMERATIONS),
    supersedes={"REF002": "place", "SPL007": "place"},
    fix="unsafe",
    since="0.1.0",
    guard=any_of(is_other(f"Targeting.{name}", *values) for name, values in (*SINGLE.items(), *MANY.items()))
    | longer_than("Targeting.operating_systems", 1)
    | is_other("Targeting.age_groups", *AGES)
    | given("Targeting.device_price_ranges", "Targeting.actions"),
    examples=lambda: [
        bad("minors", {f"{SPEC}/age_groups": ["AGE_13_17"]}, at=[f"{SPEC}/age_groups/0"]),
        bad(
            "minors, seen without the campaign",
            {"/targeting_spec/age_groups": ["AGE_13_17"]},
            base="ad-group",
            at=["/targeting_spec/age_groups/0"],
        ),
        bad("an update alone", text=UPDATE, at=["/targeting_spec/age_groups/0"], level="warning"),
        good(
            "minors in an app campaign",
            {
                **MANUAL,
                "/campaign/objective_type": "APP_PROMOTION",
                f"{GROUP}/promotion_type": "APP_ANDROID",
                f"{SPEC}/age_groups": ["AGE_13_17", "AGE_18_24"],
            },
        ),
        good(
            "minors of an ad group that promotes an app",
            {"/promotion_type": "APP_IOS", "/targeting_spec/age_groups": ["AGE_13_17"]},
            base="ad-group",
        ),
        bad(
            "minors in a lead campaign",
            {"/campaign/objective_type": "LEAD_GENERATION", f"{SPEC}/age_groups": ["AGE_13_17"]},
            at=[f"{SPEC}/age_groups/0"],
        ),
        bad("minors, misspelt", {f"{SPEC}/age_groups": ["AGE_13-17"]}, at=[f"{SPEC}/age_groups/0"], fixed={}),
        bad("an age group that is none", {f"{SPEC}/age_groups": ["AGE_25_44"]}, at=[f"{SPEC}/age_groups/0"]),
        bad(
            "an age group with a hyphen",
            {f"{SPEC}/age_groups": ["AGE_25-34"]},
            at=[f"{SPEC}/age_groups/0"],
            fixed={f"{SPEC}/age_groups": ["AGE_25_34"]},
        ),
        bad(
            "a misspelt power",
            {f"{SPEC}/spending_power": "high"},
            at=[f"{SPEC}/spending_power"],
            fixed={f"{SPEC}/spending_power": "HIGH"},
        ),
        bad("two systems", {f"{SPEC}/operating_systems": ["IOS", "ANDROID"]}, at=[f"{SPEC}/operating_systems"]),
        bad("a price that is none", {f"{SPEC}/device_price_ranges": [0, 75]}, at=[f"{SPEC}/device_price_ranges/1"]),
        bad(
            "a period that is none",
            {f"{SPEC}/actions": [{"action_scene": "VIDEO_RELATED", "action_period": 30}]},
            at=[f"{SPEC}/actions/0/action_period"],
        ),
        bad(
            "an action of another scene",
            {f"{SPEC}/actions": [{"action_scene": "HASHTAG_RELATED", "video_user_actions": ["LIKED"]}]},
            at=[f"{SPEC}/actions/0/video_user_actions/0"],
        ),
        bad("a power that is none", {f"{SPEC}/spending_power": "LOW"}, at=[f"{SPEC}/spending_power"]),
        bad("an income that is none", {f"{SPEC}/household_income": ["TOP1"]}, at=[f"{SPEC}/household_income/0"]),
        good(
            "values as documented",
            {**MANUAL, f"{SPEC}/spending_power": "HIGH", f"{SPEC}/device_price_ranges": [50, 10000]},
        ),
        good("another enumeration is SPL007's", {f"{GROUP}/schedule_type": "SCHEDULE_NOW"}),
        bad(
            "an income that is none", {f"{SPEC}/household_income": ["TOP5", "TOP90"]}, at=[f"{SPEC}/household_income/1"]
        ),
        bad("a price below nothing", {f"{SPEC}/device_price_ranges": [-50, 50]}, at=[f"{SPEC}/device_price_ranges/0"]),
        bad(
            "a scene that is none",
            {f"{SPEC}/actions": [{"action_scene": "LIVE_RELATED"}]},
            at=[f"{SPEC}/actions/0/action_scene"],
        ),
        good("one system", {f"{SPEC}/operating_systems": ["IOS"]}),
        good(
            "values to come",
            {
                f"{SPEC}/operating_systems": ["{{system}}"],
                f"{SPEC}/device_price_ranges": ["{{price}}"],
                f"{SPEC}/actions": [
                    {"action_scene": "{{scene}}"},
                    {
                        "action_scene": "VIDEO_RELATED",
                        "action_period": "{{period}}",
                        "video_user_actions": ["{{action}}"],
                    },
                ],
            },
        ),
        good(
            "actions as documented",
            {
                f"{SPEC}/actions": [
                    {"action_scene": "VIDEO_RELATED", "action_period": 15, "video_user_actions": ["LIKED"]},
                    {"action_scene": "CREATOR_RELATED", "action_period": 30},
                ]
            },
        ),
        good("no targeting", {SPEC: GONE}),
        bad("a system that is none", {f"{SPEC}/operating_systems": ["LINUX"]}, at=[f"{SPEC}/operating_systems/0"]),
        bad("an age that is none", {f"{SPEC}/spc_audience_age": "30+"}, at=[f"{SPEC}/spc_audience_age"]),
    ],
)
def targeting_value(node: AdGroup | UnknownValue) -> Iterator[Finding]:
    """Targeting settings hold documented values.

    Minors are for app campaigns. An update alone does not say what its campaign is: there they are a warning.
    """
    if isinstance(node, UnknownValue):
        if "/targeting_spec/age_groups/" in node.location.pointer:
            help, fix, offers = meant_instead(node, AGES, {MINORS: f"{MINORS} in an app campaign"})
            what = f"age group {term(node.value)} is none of {either(AGES)}, or in app campaigns {MINORS}"
            yield node.finding(what, help, None if MINORS in help else fix, offers=offers)
        return
    spec = node.targeting
    if spec is None:
        return
    for name, values in SINGLE.items():
        value = getattr(spec, name)
        if value is not None and value not in values:
            help, fix, offers = meant(spec, name, value, values)
            yield spec.finding(name, f"{name} {term(value)} is none of {either(values)}", help, fix=fix, offers=offers)
    for name, values in MANY.items():
        for index, value in enumerate(getattr(spec, name) or ()):
            if isinstance(value, str) and value not in values:
                help, fix, offers = meant(spec, f"{name}/{index}", value, values)
                what = f"{name} {term(value)} is none of {either(values)}"
                yield spec.finding(f"{name}/{index}", what, help, fix=fix, offers=offers)
    yield from _more_values(node, spec)


def _more_values(node: AdGroup, spec: Targeting) -> Iterator[Finding]:
    systems = spec.operating_systems or []
    if len(systems) > 1:
        yield spec.finding(
            "operating_systems", f"operating_systems has {len(systems)} entries, more than 1", "keep one"
        )
    for index, group in enumerate(spec.age_groups or ()):
        if group == MINORS and not node.tree.scope.is_of_app:
            finding = spec.finding(f"age_groups/{index}", f"age group {MINORS} is for app campaigns only", "remove it")
            yield unless(finding, node, "its campaign is one")
    for index, price in enumerate(spec.device_price_ranges or ()):
        if isinstance(price, int | float) and not (price >= 0 and price % 50 == 0):
            what = f"device price {price} is {'below 0' if price < 0 else 'no multiple of 50'}"
            yield spec.finding(f"device_price_ranges/{index}", what, "use multiples of 50; 10000 stands for 1000+")
    for action in spec.children("actions"):
        yield from _action_faults(action)


def _action_faults(action: Any) -> Iterator[Finding]:
    scene, period = action.raw.get("action_scene"), action.raw.get("action_period")
    if not isinstance(scene, str):
        return
    if scene not in SCENES:
        help, fix, offers = meant(action, "action_scene", scene, SCENES)
        what = f"action_scene {term(scene)} is none of {either(tuple(SCENES))}"
        yield action.finding("action_scene", what, help, fix=fix, offers=offers)
        return
    if scene == "VIDEO_RELATED" and isinstance(period, int | float) and period not in PERIODS:
        yield action.finding("action_period", f"action_period {period} is none of 0, 7 or 15 days", "use one of them")
    entries = action.raw.get("video_user_actions")
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, str) and entry not in SCENES[scene]:
            help, fix, offers = meant(action, f"video_user_actions/{index}", entry, SCENES[scene])
            what = f"{term(entry)} is no action of the scene {scene}"
            yield action.finding(f"video_user_actions/{index}", what, help, fix=fix, offers=offers)


@rule(
    "REF209",
    "targeting-conflict",
    on=AdGroup,
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_AD_GROUP,),
    since="0.1.0",
    guard=given(*(f"Targeting.{name}" for name in CONFLICTING))
    | holds("AdGroup.optimization_goal", *LANDING_PAGE_GOALS) & is_("AdGroup.placements", APP_BUNDLE),
    examples=lambda: [
        bad(
            "models and prices",
            {f"{SPEC}/device_model_ids": ["1"], f"{SPEC}/device_price_ranges": [50]},
            at=[f"{SPEC}/device_price_ranges"],
        ),
        bad(
            "a saved audience of a special industry",
            {f"{SPEC}/saved_audience_id": "1", "/campaign/special_industries": ["CREDIT"]},
            at=[f"{SPEC}/saved_audience_id"],
        ),
        bad(
            "providers in apps alone",
            {f"{SPEC}/isp_ids": ["1"], f"{GROUP}/placements": [APP_BUNDLE]},
            at=[f"{SPEC}/isp_ids"],
        ),
        bad(
            "landing page views in apps",
            {**LANDED, f"{GROUP}/placements": ["PLACEMENT_TIKTOK", APP_BUNDLE]},
            at=[f"{GROUP}/placements/1"],
        ),
        good("a saved audience", {f"{SPEC}/saved_audience_id": "1"}),
        bad(
            "a saved audience that TikTok does not see",
            {f"{SPEC}/saved_audience_id": "1", f"{GROUP}/placements": ["PLACEMENT_PANGLE"]},
            at=[f"{SPEC}/saved_audience_id"],
        ),
        good("conversions in apps", {f"{GROUP}/placements": ["PLACEMENT_TIKTOK", APP_BUNDLE], GOAL: "CONVERT"}),
        bad(
            "a saved audience in apps alone",
            {f"{SPEC}/saved_audience_id": "1", f"{GROUP}/placements": [APP_BUNDLE]},
            at=[f"{SPEC}/saved_audience_id"],
        ),
        good("landing page views on TikTok", LANDED),
        good("landing page views wherever", {**LANDED, f"{GROUP}/placements": GONE, f"{GROUP}/placement_type": GONE}),
        good("prices alone", {f"{SPEC}/device_price_ranges": [50]}),
        good("models alone", {f"{SPEC}/device_model_ids": ["1"]}),
        good("providers on TikTok", {f"{SPEC}/isp_ids": ["1"]}),
        good(
            "providers wherever",
            {f"{SPEC}/isp_ids": ["1"], f"{GROUP}/placements": GONE, f"{GROUP}/placement_type": GONE},
        ),
        good("apps alone", {f"{GROUP}/placements": [APP_BUNDLE]}),
        good("a saved audience, the campaign unknown", {"/targeting_spec/saved_audience_id": "1"}, base="ad-group"),
        good("no targeting", {SPEC: GONE}),
    ],
)
def targeting_conflict(group: AdGroup) -> Iterator[Finding]:
    """Settings that exclude each other do not stand together."""
    spec, placements = group.targeting, group.holds("placements")
    if goal_of(group) == LANDING and group.placements is not None and APP_BUNDLE in group.placements:
        at = f"placements/{group.placements.index(APP_BUNDLE)}"
        yield group.finding(at, f"{APP_BUNDLE} does not go with goal {LANDING}", "remove it")
    if spec is None:
        return
    for name, other in PAIRS:
        if spec.has(name) and spec.has(other):
            place = spec.place(other, "the other one")
            what = f"{name} does not go with {other}"
            yield spec.finding(name, what, f"keep {name} or {other}", place, offers=(other,))
    if spec.has("isp_ids") and placements and set(placements) == {APP_BUNDLE}:
        yield spec.finding("isp_ids", f"isp_ids does not go with {APP_BUNDLE} alone", "remove it, or add a placement")
    if spec.has("saved_audience_id"):
        yield from _saved_audience(group, spec)


def _saved_audience(group: AdGroup, spec: Targeting) -> Iterator[Finding]:
    if group.campaign is not None and group.campaign.holds("special_industries"):
        what = "saved_audience_id does not go with the campaign's special_industries"
        yield spec.finding("saved_audience_id", what, "remove it")
    elif group.delivers_to_tiktok is False:
        yield spec.finding(
            "saved_audience_id",
            "saved_audience_id needs the TikTok placement",
            "remove it, or add PLACEMENT_TIKTOK",
        )


@rule(
    "REF210",
    "targeting-ignored",
    on=AdGroup,
    level="warning",
    section=SECTION,
    basis="reference",
    documents=(CREATE_AD_GROUP,),
    supersedes={"SPL220": "place"},
    since="0.1.0",
    guard=given("AdGroup.placements") & is_("AdGroup.placement_type", "PLACEMENT_TYPE_AUTOMATIC")
    | given("AdGroup.suggestion_audience_enabled", "Targeting.spc_audience_age")
    | given(*(f"Targeting.{name}" for name in SUGGESTIONS))
    & (lacks("AdGroup.targeting_optimization_mode") | is_("AdGroup.targeting_optimization_mode", "AUTOMATIC")),
    examples=lambda: [
        bad("a suggestion that nothing takes", {f"{SPEC}/age_groups": ["AGE_25_34"]}, at=[f"{SPEC}/age_groups"]),
        bad(
            "a suggestion in manual mode",
            {**MANUAL, f"{SPEC}/spc_audience_age": "25+"},
            at=[f"{SPEC}/spc_audience_age"],
        ),
        bad(
            "placements beside automatic ones",
            {f"{GROUP}/placement_type": "PLACEMENT_TYPE_AUTOMATIC"},
            at=[f"{GROUP}/placements"],
        ),
        bad(
            "suggestions that are on in manual mode",
            {**MANUAL, f"{GROUP}/suggestion_audience_enabled": True},
            at=[f"{GROUP}/suggestion_audience_enabled"],
        ),
        good(
            "suggestions that are on", {f"{SPEC}/gender": "GENDER_FEMALE", f"{GROUP}/suggestion_audience_enabled": True}
        ),
        good("manual targeting", {**MANUAL, f"{SPEC}/age_groups": ["AGE_25_34"]}),
        bad(
            "suggestions that are off",
            {f"{SPEC}/gender": "GENDER_FEMALE", f"{GROUP}/suggestion_audience_enabled": False},
            at=[f"{SPEC}/gender"],
        ),
        bad(
            "automatic targeting by default",
            {f"{GROUP}/targeting_optimization_mode": GONE, f"{SPEC}/gender": "GENDER_FEMALE"},
            at=[f"{SPEC}/gender"],
        ),
        good(
            "nobody knows whether they are on",
            {f"{SPEC}/gender": "GENDER_FEMALE", f"{GROUP}/suggestion_audience_enabled": "{{on}}"},
        ),
        good(
            "nobody knows the mode",
            {f"{SPEC}/gender": "GENDER_FEMALE", f"{GROUP}/targeting_optimization_mode": "{{mode}}"},
        ),
        good(
            "automatic placement", {f"{GROUP}/placement_type": "PLACEMENT_TYPE_AUTOMATIC", f"{GROUP}/placements": GONE}
        ),
        *(
            good(f"an audience of {words}", {**edits, f"{SPEC}/audience_ids": ["1"], f"{SPEC}/gender": "GENDER_MALE"})
            for words, edits in (
                ("an app's catalog", {"/campaign/catalog_enabled": True, "/campaign/sales_destination": "APP"}),
                ("an app in a catalog", {"/campaign/catalog_enabled": True, f"{GROUP}/promotion_type": "APP_IOS"}),
            )
        ),
        good(
            "an audience of an app's catalog, seen without the campaign",
            {"/promotion_type": "APP_IOS", "/catalog_id": "7", "/targeting_spec/audience_ids": ["1"]},
            base="ad-group",
        ),
        bad(
            "ages of an app's catalog",
            {
                "/campaign/catalog_enabled": True,
                "/campaign/sales_destination": "APP",
                f"{SPEC}/age_groups": ["AGE_25_34"],
            },
            at=[f"{SPEC}/age_groups"],
        ),
        bad(
            "an audience of an app campaign",
            {"/promotion_type": "APP_IOS", "/app_id": "7", "/targeting_spec/audience_ids": ["1"]},
            base="ad-group",
            at=["/targeting_spec/audience_ids"],
        ),
        good("no targeting", {SPEC: GONE}),
        good("no targeting in manual mode", {**MANUAL, SPEC: GONE}),
        *(
            bad(f"{name} that nothing takes", {f"{SPEC}/{name}": ["1"]}, at=[f"{SPEC}/{name}"])
            for name in SUGGESTIONS
            if name.endswith("_ids")
        ),
        bad("actions that nothing takes", {f"{SPEC}/actions": [{"action_period": 7}]}, at=[f"{SPEC}/actions"]),
    ],
)
def targeting_ignored(group: AdGroup) -> Iterator[Finding]:
    """No setting is given that the API drops without an error.

    Automatic targeting takes audiences and a gender as suggestions, or as they are where a catalog sells in an app.
    """
    if group.placement_type == "PLACEMENT_TYPE_AUTOMATIC" and group.has("placements"):
        what = "placements are ignored: placement_type is PLACEMENT_TYPE_AUTOMATIC"
        help = "set placement_type to PLACEMENT_TYPE_NORMAL, or remove placements"
        yield group.finding("placements", what, help, offers=("placement_type", "PLACEMENT_TYPE_NORMAL"))
    mode, spec = group.effective_targeting_mode, group.targeting
    if mode == "MANUAL":
        if group.suggestion_audience_enabled:
            what = "suggestion_audience_enabled is ignored in MANUAL targeting"
            yield group.finding("suggestion_audience_enabled", what, "remove it")
        if spec is not None and spec.has("spc_audience_age"):
            yield spec.finding("spc_audience_age", "spc_audience_age is ignored in MANUAL targeting", "remove it")
    elif mode == "AUTOMATIC" and spec is not None:
        enabled = group.holds("suggestion_audience_enabled")
        if enabled or (enabled is None and group.says("suggestion_audience_enabled")):
            return
        yield from _dropped(group, spec)


def _dropped(group: AdGroup, spec: Targeting) -> Iterator[Finding]:
    """The suggestions that automatic targeting drops where they are off, as they always are for an app's catalog."""
    for name in SUGGESTIONS:
        if not spec.has(name) or (group.is_of_app_catalog and name in OF_APP_CATALOGS):
            continue
        what = f"{name} is dropped: AUTOMATIC takes it only with suggestion_audience_enabled true"
        ways, offers = ["set targeting_optimization_mode to MANUAL"], ["targeting_optimization_mode", "MANUAL"]
        if group.is_of_app_catalog:
            what = f"{name} is dropped: AUTOMATIC does not take it for an app's catalog"
        else:
            ways.append("suggestion_audience_enabled to true")
            offers += ["suggestion_audience_enabled", "true"]
        yield spec.finding(name, what, ", or ".join(ways), offers=offers)


RULES = (targeting_value, targeting_conflict, targeting_ignored)
