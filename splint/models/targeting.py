"""The audience of an ad group."""

from typing import Annotated

from splint.models import values
from splint.models.fields import ID, INT64, Model, Number, OneOf


class Action(Model):
    """People who did something on TikTok lately."""

    action_scene: values.ActionScene | None = None
    action_period: int | None = None
    """In days, up to today."""
    action_category_ids: list[INT64] | None = None
    video_user_actions: list[values.VideoUserAction] | None = None


class CustomAction(Model):
    """People who did something with the advertiser's products lately."""

    code: str | None = None
    days: int | None = None
    """Up to today."""


class Targeting(Model):
    """The audience of an ad group (targeting_spec)."""

    location_ids: list[INT64] | None = None
    zipcode_ids: list[INT64] | None = None
    languages: list[str] | None = None
    gender: Annotated[str, OneOf("GENDER_FEMALE", "GENDER_MALE", "GENDER_UNLIMITED")] | None = None
    age_groups: (
        list[Annotated[str, OneOf("AGE_13_17", "AGE_18_24", "AGE_25_34", "AGE_35_44", "AGE_45_54", "AGE_55_100")],]
        | None
    ) = None
    spc_audience_age: values.SpcAudienceAge | None = None
    household_income: list[values.HouseholdIncome] | None = None
    spending_power: values.SpendingPower | None = None

    saved_audience_id: INT64 | None = None
    audience_ids: list[INT64] | None = None
    excluded_audience_ids: list[INT64] | None = None
    smart_audience_enabled: bool | None = None
    smart_interest_behavior_enabled: bool | None = None
    interest_category_ids: list[INT64] | None = None
    interest_keyword_ids: list[INT64] | None = None
    purchase_intention_keyword_ids: list[INT64] | None = None
    actions: list[Action] | None = None

    operating_systems: list[values.OperatingSystem] | None = None
    min_android_version: str | None = None
    min_ios_version: str | None = None
    device_model_ids: list[INT64] | None = None
    device_price_ranges: list[int] | None = None
    """The lower and the upper bound, in US dollars."""
    network_types: list[values.NetworkType] | None = None
    carrier_ids: list[INT64] | None = None
    isp_ids: list[ID] | None = None

    app_targeting_type: values.AppTargetingType | None = None
    blocked_pangle_app_ids: list[INT64] | None = None
    included_pangle_audience_package_ids: list[INT64] | None = None
    excluded_pangle_audience_package_ids: list[INT64] | None = None

    shopping_ads_retargeting_type: str | None = None
    shopping_ads_retargeting_actions_days: Number | None = None
    shopping_ads_retargeting_custom_audience_relation: str | None = None
    included_custom_actions: list[CustomAction] | None = None
    excluded_custom_actions: list[CustomAction] | None = None
