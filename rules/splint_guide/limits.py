"""Limits of lists."""

from collections.abc import Iterator

from splint.payloads.nodes import Ad, Finding, Tree
from splint.rules.guard import longer_than, many
from splint.rules.rule import GONE, bad, good, rule, times

CREATIVES, TEXTS, AD_GROUPS = 50, 5, 30
CREATIVE_LIST = "/adgroups/0/ads/0/creative_list"
TEXT_LIST = "/adgroups/0/ads/0/ad_text_list"


@rule(
    "SPL301",
    "too-many-creatives",
    on=Ad,
    level="error",
    section="Creative formats",
    basis="stated",
    since="0.1.0",
    guard=longer_than("Ad.creative_list", CREATIVES),
    examples=lambda: [
        bad("51 creatives", {f"{CREATIVE_LIST}/0": times(51)}, at=[CREATIVE_LIST]),
        good("50 creatives", {f"{CREATIVE_LIST}/0": times(50)}),
        good("none", {CREATIVE_LIST: GONE}),
    ],
)
def too_many_creatives(ad: Ad) -> Iterator[Finding]:
    """An ad has at most 50 creatives.

    Of all formats together.
    """
    count = len(ad.raw["creative_list"])
    yield ad.finding(
        "creative_list",
        f"creative_list has {count} entries, more than {CREATIVES}",
        f"drop {count - CREATIVES} or split the ad",
    )


@rule(
    "SPL302",
    "too-many-ad-texts",
    on=Ad,
    level="error",
    section="Ad text",
    basis="stated",
    since="0.1.0",
    guard=longer_than("Ad.ad_text_list", TEXTS),
    examples=lambda: [
        bad("6 texts", {f"{TEXT_LIST}/0": times(6)}, at=[TEXT_LIST]),
        good("5 texts", {f"{TEXT_LIST}/0": times(5)}),
        good("none", {TEXT_LIST: GONE}),
    ],
)
def too_many_ad_texts(ad: Ad) -> Iterator[Finding]:
    """An ad has at most 5 texts.

    TikTok tries them in combination with the creatives.
    """
    count = len(ad.raw["ad_text_list"])
    yield ad.finding("ad_text_list", f"ad_text_list has {count} entries, more than {TEXTS}", f"drop {count - TEXTS}")


@rule(
    "SPL401",
    "too-many-ad-groups",
    on=Tree,
    level="error",
    section="Legacy and upgraded API",
    basis="stated",
    since="0.1.0",
    guard=many("AdGroup", AD_GROUPS),
    examples=lambda: [
        bad("31 ad groups", {"/adgroups/0": times(31)}, at=["/adgroups/30"]),
        good("30 ad groups", {"/adgroups/0": times(30)}),
        bad(
            "30 that stand and one more",
            {
                "/adgroups/0": times(31),
                "/adgroups/30/adgroup_id": "1",
                "/adgroups/30/create_time": "2026-01-01 00:00:00",
            },
            at=["/adgroups/29"],
        ),
        *(
            good(
                f"30 and one that is deleted, by its {name}",
                {"/adgroups/0": times(31), "/adgroups/30/adgroup_id": "1", f"/adgroups/30/{name}": status},
            )
            for name, status in (("operation_status", "DELETE"), ("secondary_status", "ADGROUP_STATUS_DELETE"))
        ),
        bad(
            "30 and one that is not deleted",
            {
                "/adgroups/0": times(31),
                "/adgroups/30/adgroup_id": "1",
                "/adgroups/30/secondary_status": "ADGROUP_STATUS_NOT_DELETE",
            },
            at=["/adgroups/29"],
        ),
    ],
)
def too_many_ad_groups(tree: Tree) -> Iterator[Finding]:
    """A campaign has at most 30 ad groups.

    Those that stand at TikTok already count, each once; deleted ones stand no more.
    """
    groups = tree.distinct_ad_groups
    beyond = next((group for group in groups[AD_GROUPS:] if group.kind != "row"), None)
    if beyond is not None:
        which = f"this is number {groups.index(beyond) + 1}"
        yield beyond.finding(
            "",
            f"the campaign has {len(groups)} ad groups, more than {AD_GROUPS}: {which}",
            f"drop {len(groups) - AD_GROUPS} or split the campaign",
        )


RULES = (too_many_creatives, too_many_ad_texts, too_many_ad_groups)
