"""The payloads of the benchmarks: realistic campaigns without findings."""

import json
import random
from pathlib import Path
from typing import Any

TEXTS = (
    "Shop the spring collection",
    "New arrivals, 20 % off this week",
    "Free returns within 30 days",
    "Made to last, made for you",
    "The jacket that everybody asks about",
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


def files(directory: Path, count: int, **size: int) -> Path:
    """Write `count` bundles of a `size`, a file each, a hundred per directory. Returns `directory`."""
    for at in range(count):
        path = directory / f"{at // 100:04}" / f"{at:06}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(bundle(at, **size), indent=2))
    return directory


def ndjson(path: Path, count: int) -> Path:
    """Write `count` bundles, one per line. Returns `path`."""
    with path.open("w") as stream:
        for at in range(count):
            stream.write(json.dumps(bundle(at)) + "\n")
    return path
