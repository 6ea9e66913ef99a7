"""What an update, or a row, leaves out may stand at TikTok: it is no evidence of anything."""

from typing import Any

import pytest

from splint import check
from splint.rules.rule import times
from splint.testing import AS_OF, base, edited

CAMPAIGN_UPDATE = "/v1.3/smart_plus/campaign/update/"
ROWS = {
    f"/adgroups/{at}/{name}": value
    for at in (0, 1)
    for name, value in (("adgroup_id", str(at + 1)), ("create_time", "2026-01-01 00:00:00"))
}


@pytest.mark.parametrize(
    ("edits", "places"), [({}, ["/adgroups/2/vbo_window"]), (ROWS, [])], ids=["created", "beside rows"]
)
def test_what_is_created_does_not_deviate_from_rows_that_lack_a_field(edits: dict[str, Any], places: list[str]) -> None:
    """A row need not show all that stands; what is created has nothing else."""
    value = edited(base("cbo", "guide"), {"/adgroups/0": times(3), **edits, "/adgroups/2/vbo_window": "SEVEN_DAYS"})
    found = check(value, as_of=AS_OF, select=["SPL402"]).diagnostics
    assert [one.pointer for one in found] == places


@pytest.mark.parametrize(("is_update", "has_fix"), [(False, False), (True, True)], ids=["create", "update"])
def test_only_a_new_campaign_without_a_destination_may_be_one_of_an_app(is_update: bool, has_fix: bool) -> None:
    """The destination of one that is updated stands, and is none of an app as long as nothing says so."""
    value = edited(
        base("cbo", "reference"), {"/campaign/sales_destination": "", "/adgroups/0/promotion_type": "APP_IOS"}
    )
    if is_update:
        body = {"advertiser_id": "7", "campaign_id": "1", "campaign_name": "A"}
        current = {"objective_type": "WEB_CONVERSIONS"}
        group = {**value["adgroups"][0], "advertiser_id": "7", "campaign_id": "1"}
        value = [{"endpoint": CAMPAIGN_UPDATE, "body": body, "current": current}, group]
    [one] = check(value, profile="reference", as_of=AS_OF, select=["SPL201"]).diagnostics
    assert (one.fix is not None) == has_fix


def test_a_placeholder_of_a_program_refers_to_what_was_created_not_to_what_was_updated_since() -> None:
    campaign = {**base("cbo", "guide")["campaign"], "budget_mode": "BUDGET_MODE_TOTAL"}
    update = {"campaign_id": "5", "campaign_name": "B", "objective_type": "WEB_CONVERSIONS"}
    group = {**base("ad-group", "guide"), "campaign_id": "<CAMPAIGN_ID>", "bid_type": "BID_TYPE_CUSTOM"}
    found = check([campaign, update, group], as_of=AS_OF, select=["SPL210"]).diagnostics
    assert [one.pointer for one in found] == ["/2/bid_type"]
