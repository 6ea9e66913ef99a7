"""Targeting."""

from collections.abc import Iterator

from splint.payloads.nodes import AdGroup, Finding, Fix
from splint.rules.guard import given, is_, lacks
from splint.rules.rule import GONE, bad, good, rule

MANUAL_ONLY = (
    "device_model_ids",
    "device_price_ranges",
    "network_types",
    "carrier_ids",
    "isp_ids",
    "min_android_version",
    "min_ios_version",
    "household_income",
    "spending_power",
    "saved_audience_id",
    "smart_audience_enabled",
    "smart_interest_behavior_enabled",
    "included_pangle_audience_package_ids",
    "excluded_pangle_audience_package_ids",
)
SPEC = "/adgroups/0/targeting_spec"
VALUES = {
    "device_model_ids": ["1"],
    "device_price_ranges": [50],
    "network_types": ["WIFI"],
    "carrier_ids": ["1"],
    "min_android_version": "9.0",
    "household_income": ["TOP5"],
    "spending_power": "HIGH",
    "saved_audience_id": "1",
    "smart_audience_enabled": True,
    "smart_interest_behavior_enabled": True,
    "included_pangle_audience_package_ids": ["1"],
    "excluded_pangle_audience_package_ids": ["1"],
}
"""A setting each, as manual targeting takes it."""


@rule(
    "SPL221",
    "targeting-not-available-in-automatic",
    on=AdGroup,
    level="warning",
    section="Targeting",
    basis="reference",
    fix="unsafe",
    supersedes={"REF002": "place", "SPL007": "place"},
    since="0.1.0",
    guard=given(*(f"Targeting.{name}" for name in MANUAL_ONLY))
    & (lacks("AdGroup.targeting_optimization_mode") | is_("AdGroup.targeting_optimization_mode", "AUTOMATIC")),
    examples=lambda: [
        bad(
            "two settings",
            {f"{SPEC}/spending_power": "HIGH", f"{SPEC}/isp_ids": ["1"]},
            at=[f"{SPEC}/spending_power", f"{SPEC}/isp_ids"],
            fixed={f"{SPEC}/spending_power": GONE, f"{SPEC}/isp_ids": GONE},
        ),
        bad(
            "the mode by default",
            {"/adgroups/0/targeting_optimization_mode": GONE, f"{SPEC}/min_ios_version": "14.0"},
            at=[f"{SPEC}/min_ios_version"],
            fixed={f"{SPEC}/min_ios_version": GONE},
        ),
        *(bad(name, {f"{SPEC}/{name}": value}, at=[f"{SPEC}/{name}"]) for name, value in VALUES.items()),
        good(
            "manual targeting", {"/adgroups/0/targeting_optimization_mode": "MANUAL", f"{SPEC}/spending_power": "HIGH"}
        ),
        good("false and nothing are no setting", {f"{SPEC}/smart_audience_enabled": False, f"{SPEC}/isp_ids": []}),
        good(
            "a mode that nobody knows",
            {"/adgroups/0/targeting_optimization_mode": "{{mode}}", f"{SPEC}/spending_power": "HIGH"},
        ),
        good("no targeting", {"/adgroups/0/targeting_spec": GONE}),
        good(
            "an update does not say which mode stands",
            {
                "/adgroups/0/adgroup_id": "1",
                "/adgroups/0/targeting_optimization_mode": GONE,
                f"{SPEC}/spending_power": "HIGH",
            },
        ),
        bad(
            "an update where automatic targeting stands",
            text='{"endpoint": "/v1.3/smart_plus/adgroup/update/", "body": {"advertiser_id": "1", "adgroup_id": "2", '
            '"targeting_spec": {"device_model_ids": ["3"]}}, "current": {"adgroup_id": "2", '
            '"targeting_optimization_mode": "AUTOMATIC"}}',
            at=["/body/targeting_spec/device_model_ids"],
        ),
    ],
)
def targeting_not_available_in_automatic(group: AdGroup) -> Iterator[Finding]:
    """Automatic targeting carries no setting that only manual targeting takes.

    TikTok drops it without a word, and the ads reach people that nobody chose.
    """
    targeting = group.targeting
    if targeting is None or group.effective_targeting_mode != "AUTOMATIC":
        return
    mode = "targeting_optimization_mode"
    held = f"{mode} is AUTOMATIC{' by default' if group.lacks(mode) else ''}"
    held = held if group.has(mode) or group.is_create else f"{mode} AUTOMATIC stands"
    for name in MANUAL_ONLY:
        value = getattr(targeting, name)
        if value is not None and value is not False:
            yield targeting.finding(
                name,
                f"{name} is dropped silently: {held}",
                "set the mode to MANUAL, or remove it",
                fix=Fix(f"remove {name}", (targeting.remove(name),)),
                offers=("MANUAL",),
            )


RULES = (targeting_not_available_in_automatic,)
