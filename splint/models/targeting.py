"""The audience of an ad group."""

from typing import Annotated

from splint.models.fields import ID, Model, OneOf


class Action(Model):
    """People who did something on TikTok lately."""

    action_scene: str | None = None
    action_period: int | None = None
    """In days, up to today."""
    action_category_ids: list[ID] | None = None
    video_user_actions: list[str] | None = None


class CustomAction(Model):
    """People who did something with the advertiser's products lately."""

    code: str | None = None
    days: int | None = None
    """Up to today."""


class Targeting(Model):
    """The audience of an ad group (targeting_spec)."""

    location_ids: list[ID] | None = None
    zipcode_ids: list[ID] | None = None
    languages: list[str] | None = None
    gender: Annotated[str, OneOf("GENDER_FEMALE", "GENDER_MALE", "GENDER_UNLIMITED")] | None = None
    age_groups: (
        list[Annotated[str, OneOf("AGE_13_17", "AGE_18_24", "AGE_25_34", "AGE_35_44", "AGE_45_54", "AGE_55_100")],]
        | None
    ) = None
    spc_audience_age: str | None = None
    household_income: list[str] | None = None
    spending_power: str | None = None

    saved_audience_id: ID | None = None
    audience_ids: list[ID] | None = None
    excluded_audience_ids: list[ID] | None = None
    smart_audience_enabled: bool | None = None
    smart_interest_behavior_enabled: bool | None = None
    interest_category_ids: list[ID] | None = None
    interest_keyword_ids: list[ID] | None = None
    purchase_intention_keyword_ids: list[ID] | None = None
    actions: list[Action] | None = None

    operating_systems: list[str] | None = None
    min_android_version: str | None = None
    min_ios_version: str | None = None
    device_model_ids: list[ID] | None = None
    device_price_ranges: list[int] | None = None
    """The lower and the upper bound, in US dollars."""
    network_types: list[str] | None = None
    carrier_ids: list[ID] | None = None
    isp_ids: list[ID] | None = None

    app_targeting_type: str | None = None
    blocked_pangle_app_ids: list[ID] | None = None
    included_pangle_audience_package_ids: list[ID] | None = None
    excluded_pangle_audience_package_ids: list[ID] | None = None

    shopping_ads_retargeting_type: str | None = None
    shopping_ads_retargeting_actions_days: float | None = None
    shopping_ads_retargeting_custom_audience_relation: str | None = None
    included_custom_actions: list[CustomAction] | None = None
    excluded_custom_actions: list[CustomAction] | None = None
