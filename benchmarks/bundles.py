"""The payloads of the benchmarks: realistic campaigns without findings."""

import json
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

TEXTS = (
    "Shop the spring collection",
    "New arrivals, 20 % off this week",
    "Free returns within 30 days",
    "Made to last, made for you",
    "The jacket that everybody asks about",
)
BIDS: dict[str, tuple[dict[str, Any], ...]] = {
    "CONVERT": (
        {"bid_type": "BID_TYPE_NO_BID"},
        {"bid_type": "BID_TYPE_CUSTOM", "conversion_bid_price": 15.5},
        {"bid_type": "BID_TYPE_CUSTOM", "conversion_bid_price": 8, "deep_bid_type": "DEFAULT"},
    ),
    "CLICK": ({"bid_type": "BID_TYPE_NO_BID"}, {"bid_type": "BID_TYPE_CUSTOM", "bid_price": 0.5}),
}
SCHEDULES: tuple[dict[str, Any], ...] = (
    {"schedule_type": "SCHEDULE_FROM_NOW", "schedule_start_time": "2027-03-01 00:00:00"},
    {
        "schedule_type": "SCHEDULE_START_END",
        "schedule_start_time": "2027-03-01 00:00:00",
        "schedule_end_time": "2027-03-31 23:59:59",
    },
)
PLACES: tuple[dict[str, Any], ...] = (
    {},
    {"placement_type": "PLACEMENT_TYPE_NORMAL", "placements": ["PLACEMENT_TIKTOK"]},
)
OPTIONAL: dict[str, dict[str, Any]] = {
    "campaign": {
        "operation_status": "DISABLE",
        "request_id": "1770000000000000001",
        "sales_destination": "WEBSITE",
        "po_number": "4711",
        "rta_bid_enabled": False,
    },
    "ad group": {
        "request_id": "1770000000000000002",
        "comment_disabled": True,
        "share_disabled": False,
        "dayparting": "1" * 336,
    },
    "targeting": {
        "age_groups": ["AGE_18_24", "AGE_25_34"],
        "gender": "GENDER_FEMALE",
        "languages": ["en"],
        "spending_power": "HIGH",
        "interest_category_ids": ["15"],
        "network_types": ["WIFI"],
    },
    "ad": {"ad_name": "Spring", "request_id": "1770000000000000003"},
    "configuration": {"dark_post_status": "ON", "product_ids": ["1800000000000000009"]},
    "creative": {"material_name": "spring.mp4"},
}
"""Fields that a bundle of the guide's may hold or not."""
IDENTITIES: tuple[dict[str, Any], ...] = (
    {"identity_type": "BC_AUTH_TT", "identity_id": "7200000000000000001"},
    {"identity_type": "TT_USER", "identity_id": "7200000000000000002"},
    {"identity_type": "AUTH_CODE", "identity_id": "7200000000000000003"},
)
GOALS = ("SHOPPING", "ON_WEB_CART", "INITIATE_ORDER", "ON_WEB_REGISTER")


def bundle(seed: int = 0, *, ad_groups: int = 2, ads: int = 2, creatives: int = 3) -> dict[str, Any]:
    """A campaign with `ad_groups`, each with `ads`, each with `creatives`; by default 13 KB of indented JSON."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    goal, page = chance.choice(GOALS), _id(chance)
    campaign = {
        "advertiser_id": "7000000000000000001",
        "campaign_name": f"Spring sale {seed}",
        "objective_type": "WEB_CONVERSIONS",
        "sales_destination": "WEBSITE",
        "budget_optimize_on": True,
        "budget_mode": "BUDGET_MODE_DYNAMIC_DAILY_BUDGET",
        "budget": 100 * max(ad_groups, 5),
        "operation_status": "DISABLE",
        "request_id": _id(chance),
    }
    groups = [_ad_group(chance, f"{seed}-{at}", goal, page, ads, creatives) for at in range(ad_groups)]
    return {"campaign": campaign, "adgroups": groups}


def smallest(seed: int = 0) -> dict[str, Any]:
    """A campaign with one ad group, ad and creative."""
    return bundle(seed, ad_groups=1, ads=1, creatives=1)


def _ad_group(chance: random.Random, name: str, goal: str, pixel: str, ads: int, creatives: int) -> dict[str, Any]:
    return {
        "advertiser_id": "7000000000000000001",
        "adgroup_name": f"US purchasers {name}",
        "request_id": _id(chance),
        "promotion_type": "WEBSITE",
        "optimization_goal": "CONVERT",
        "pixel_id": pixel,
        "optimization_event": goal,
        "billing_event": "OCPM",
        "bid_type": "BID_TYPE_CUSTOM",
        "conversion_bid_price": 15.5,
        "schedule_type": "SCHEDULE_FROM_NOW",
        "schedule_start_time": "2027-03-01 00:00:00",
        "targeting_optimization_mode": "MANUAL",
        "targeting_spec": {
            "location_ids": ["6252001", "2635167"],
            "age_groups": ["AGE_18_24", "AGE_25_34", "AGE_35_44"],
            "gender": "GENDER_UNLIMITED",
            "languages": ["en"],
            "operating_systems": ["ANDROID"],
            "audience_ids": [_id(chance)],
            "excluded_audience_ids": [_id(chance)],
        },
        "placement_type": "PLACEMENT_TYPE_NORMAL",
        "placements": ["PLACEMENT_TIKTOK"],
        "ads": [_ad(chance, f"{name}-{at}", creatives) for at in range(ads)],
    }


def _ad(chance: random.Random, name: str, creatives: int) -> dict[str, Any]:
    return {
        "ad_name": f"Spring video {name}",
        "request_id": _id(chance),
        "creative_list": [_creative(chance, f"{name}-{at}") for at in range(creatives)],
        "ad_text_list": [{"ad_text": text} for text in chance.sample(TEXTS, 2)],
        "landing_page_url_list": [{"landing_page_url": f"https://www.example.com/spring/{name}?c=__CAMPAIGN_ID__"}],
        "ad_configuration": {
            "call_to_action_id": _id(chance),
            "tracking_info": {"tracking_pixel_id": _id(chance)},
        },
    }


def varied(seed: int = 0) -> dict[str, Any]:
    """A campaign of other fields, choices and counts than the next, ad groups made alike; no finding of the guide."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    value = bundle(seed, ad_groups=chance.randint(1, 3), ads=chance.randint(1, 3), creatives=chance.randint(1, 4))
    goal = chance.choice(("CONVERT", "CLICK"))
    _vary(chance, [value["campaign"]], OPTIONAL["campaign"])
    groups = value["adgroups"]
    for group in groups:
        del group["bid_type"], group["conversion_bid_price"], group["placements"], group["placement_type"]
    made = {"optimization_goal": goal, **chance.choice(BIDS[goal]), **chance.choice(SCHEDULES), **chance.choice(PLACES)}
    _vary(chance, groups, OPTIONAL["ad group"], made)
    _vary(chance, [group["targeting_spec"] for group in groups], OPTIONAL["targeting"])
    ads = [ad for group in groups for ad in group["ads"]]
    _vary(chance, ads, OPTIONAL["ad"])
    _vary(chance, [ad["ad_configuration"] for ad in ads], OPTIONAL["configuration"])
    infos = [creative["creative_info"] for ad in ads for creative in ad["creative_list"]]
    _vary(chance, infos, OPTIONAL["creative"], chance.choice(IDENTITIES))
    return value


def _vary(
    chance: random.Random, alike: list[dict[str, Any]], optional: dict[str, Any], made: Mapping[str, Any] = {}
) -> None:
    """Give all of these the fields `made`, and one half of the optional fields; the other half goes."""
    kept = {name for name in optional if chance.random() < 0.5}
    for holder in alike:
        holder.update(made)
        for name, value in optional.items():
            if name in kept:
                holder.setdefault(name, value)
            else:
                holder.pop(name, None)


def _creative(chance: random.Random, name: str) -> dict[str, Any]:
    return {
        "creative_info": {
            "ad_format": "SINGLE_VIDEO",
            "material_name": f"spring-{name}.mp4",
            "video_info": {"video_id": f"v10044g50000{_id(chance)}"},
            "image_info": [{"web_uri": f"tos-alisg-p-0051c001-sg/{_id(chance)}"}],
            "identity_type": "BC_AUTH_TT",
            "identity_id": "7200000000000000001",
            "identity_authorized_bc_id": "7300000000000000001",
        }
    }


def _id(chance: random.Random) -> str:
    return str(chance.randrange(7 * 10**18, 8 * 10**18))


def files(directory: Path, count: int, make: Callable[[int], dict[str, Any]] = bundle) -> Path:
    """`count` bundles, a file each, a hundred in each directory; gives `directory`."""
    for at in range(count):
        path = directory / f"{at // 100:04}" / f"{at:06}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(make(at), indent=2))
    return directory


def ndjson(path: Path, count: int, make: Callable[[int], dict[str, Any]] = bundle) -> Path:
    """`count` bundles, one a line; gives `path`."""
    with path.open("w") as stream:
        for at in range(count):
            stream.write(json.dumps(make(at)) + "\n")
    return path
