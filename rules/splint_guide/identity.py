"""Identity: the account that a creative is shown under."""

from collections.abc import Iterator

from splint.payloads.nodes import (
    CAROUSELS,
    SPARK_IDENTITIES,
    Ad,
    AdConfiguration,
    Creative,
    CreativeInfo,
    Finding,
    Tree,
)
from splint.reporting.wording import either
from splint.rules.guard import given, is_, lacks
from splint.rules.rule import GONE, WEB_ONLY, bad, good, rule, times

SECTION = "Identity"
OWNERS = ("AUTH_CODE", "TT_USER", "BC_AUTH_TT")
AD = "/adgroups/0/ads/0"
INFO = f"{AD}/creative_list/0/creative_info"
NO_IDENTITY = {f"{INFO}/identity_type": GONE, f"{INFO}/identity_id": GONE, f"{INFO}/identity_authorized_bc_id": GONE}
CUSTOM = {**NO_IDENTITY, f"{INFO}/identity_type": "CUSTOMIZED_USER"}
SPARK_AND_NOT = {
    f"{AD}/creative_list/0": times(3),
    f"{AD}/creative_list/1/creative_info/identity_type": "CUSTOMIZED_USER",
}
TWO = {"/adgroups/0": times(2)}
POST = {
    "creative_info": {
        "ad_format": "SINGLE_VIDEO",
        "tiktok_item_id": "7500000000000000001",
        "identity_type": "TT_USER",
        "identity_id": "7200000000000000002",
    }
}


def _identities(ad: Ad) -> Iterator[CreativeInfo | AdConfiguration]:
    """Every object of an ad in which an identity_type stands."""
    for node in (*(creative.info for creative in ad.creatives), ad.configuration):
        if node is not None and node.identity_type is not None:
            yield node


IS_CUSTOMIZED = is_("CreativeInfo.identity_type", "CUSTOMIZED_USER") | is_(
    "AdConfiguration.identity_type", "CUSTOMIZED_USER"
)
"""A creative is shown under CUSTOMIZED_USER."""


@rule(
    "SPL308",
    "identity-missing",
    on=Creative,
    level="error",
    section=SECTION,
    basis="stated",
    since="0.1.0",
    requests={"create"},
    guard=lacks("CreativeInfo.identity_type"),
    examples=lambda: [
        bad("no identity anywhere", NO_IDENTITY, at=[INFO]),
        good(
            "in ad_configuration",
            {
                **NO_IDENTITY,
                f"{AD}/ad_configuration/identity_type": "TT_USER",
                f"{AD}/ad_configuration/identity_id": "1",
            },
        ),
        good("a creative without creative_info is SPL008", {f"{AD}/creative_list/0": {}}),
        good("an update says what changes", {**NO_IDENTITY, f"{AD}/smart_plus_ad_id": "1"}),
    ],
)
def identity_missing(creative: Creative) -> Iterator[Finding]:
    """Every creative has an identity.

    An identity_type in its creative_info, or in the ad's ad_configuration for all of them.
    """
    if creative.info is not None and not creative.names_identity_type:
        authorized = creative.info.has("identity_authorized_bc_id")
        yield creative.info.missing(
            "identity_type is missing: every creative is shown under a TikTok account",
            "add identity_type here or in the ad's ad_configuration"
            + (", BC_AUTH_TT for the identity of a Business Center" if authorized else ""),
            about="identity_type",
            offers=("BC_AUTH_TT",) if authorized else (),
        )


@rule(
    "SPL309",
    "identity-id-missing",
    on=Ad,
    level="error",
    section=SECTION,
    basis="stated",
    since="0.1.0",
    guard=is_("CreativeInfo.identity_type", *SPARK_IDENTITIES) & lacks("CreativeInfo.identity_id")
    | is_("AdConfiguration.identity_type", *SPARK_IDENTITIES) & lacks("AdConfiguration.identity_id"),
    examples=lambda: [
        bad("no identity_id", {f"{INFO}/identity_id": GONE}, at=[INFO]),
        bad(
            "in ad_configuration",
            {**NO_IDENTITY, f"{AD}/ad_configuration/identity_type": "AUTH_CODE"},
            at=[f"{AD}/ad_configuration"],
        ),
        good("a custom identity needs none", CUSTOM),
        good("no ad_configuration", {f"{AD}/ad_configuration": GONE}),
        bad("an authorized post's", {f"{INFO}/identity_type": "AUTH_CODE", f"{INFO}/identity_id": GONE}, at=[INFO]),
        bad(
            "one of three",
            {
                f"{AD}/creative_list/0": times(3),
                f"{INFO}/identity_id": GONE,
                f"{AD}/creative_list/1/creative_info/identity_type": "CUSTOMIZED_USER",
                f"{AD}/creative_list/1/creative_info/identity_id": GONE,
            },
            at=[INFO],
        ),
    ],
)
def identity_id_missing(ad: Ad) -> Iterator[Finding]:
    """AUTH_CODE, TT_USER and BC_AUTH_TT have an identity_id.

    Beside the identity_type, in the same object.
    """
    for node in _identities(ad):
        if node.identity_type in SPARK_IDENTITIES and node.lacks("identity_id"):
            yield node.missing(
                f"identity_id is missing: identity_type {node.identity_type} needs it",
                "add identity_id beside identity_type",
                about="identity_id",
            )


@rule(
    "SPL310",
    "bc-id-missing",
    on=Ad,
    level="error",
    section="Common errors: missing identity fields for BC_AUTH_TT",
    basis="stated",
    since="0.1.0",
    guard=is_("CreativeInfo.identity_type", "BC_AUTH_TT") & lacks("CreativeInfo.identity_authorized_bc_id")
    | is_("AdConfiguration.identity_type", "BC_AUTH_TT") & lacks("AdConfiguration.identity_authorized_bc_id"),
    examples=lambda: [
        bad("no Business Center", {f"{INFO}/identity_authorized_bc_id": GONE}, at=[INFO]),
        good(
            "a linked account needs none",
            {f"{INFO}/identity_type": "TT_USER", f"{INFO}/identity_authorized_bc_id": GONE},
        ),
        good("a Business Center", {}),
        bad(
            "in ad_configuration",
            {
                **NO_IDENTITY,
                f"{AD}/ad_configuration/identity_type": "BC_AUTH_TT",
                f"{AD}/ad_configuration/identity_id": "1",
            },
            at=[f"{AD}/ad_configuration"],
        ),
        bad(
            "one of three",
            {
                f"{AD}/creative_list/0": times(3),
                f"{INFO}/identity_authorized_bc_id": GONE,
                f"{AD}/creative_list/1/creative_info/identity_type": "TT_USER",
                f"{AD}/creative_list/1/creative_info/identity_authorized_bc_id": GONE,
            },
            at=[INFO],
        ),
    ],
)
def bc_id_missing(ad: Ad) -> Iterator[Finding]:
    """BC_AUTH_TT has an identity_authorized_bc_id.

    Beside the identity_type; without it the API answers with an error.
    """
    for node in _identities(ad):
        if node.identity_type == "BC_AUTH_TT" and node.lacks("identity_authorized_bc_id"):
            yield node.missing(
                "identity_authorized_bc_id is missing: BC_AUTH_TT needs the Business Center that authorizes it",
                "add identity_authorized_bc_id beside identity_type",
                about="identity_authorized_bc_id",
            )


@rule(
    "SPL311",
    "post-needs-spark-identity",
    on=Creative,
    level="error",
    section=SECTION,
    basis="stated",
    since="0.1.0",
    guard=given("CreativeInfo.tiktok_item_id") & IS_CUSTOMIZED,
    misses=["CreativeInfo.identity_type"],
    examples=lambda: [
        bad("a post under a custom identity", {**CUSTOM, f"{INFO}/tiktok_item_id": "1"}, at=[f"{INFO}/identity_type"]),
        bad(
            "the identity in ad_configuration",
            {**NO_IDENTITY, f"{AD}/ad_configuration/identity_type": "CUSTOMIZED_USER", f"{INFO}/tiktok_item_id": "1"},
            at=[f"{INFO}/tiktok_item_id"],
        ),
        good("a post under its owner's", {f"{INFO}/tiktok_item_id": "1"}),
        good("a post whose identity SPL308 misses", {**NO_IDENTITY, f"{INFO}/tiktok_item_id": "1"}),
        good("an uploaded video", CUSTOM),
        good("an empty creative", {f"{AD}/creative_list/0": {}}),
    ],
)
def post_needs_spark_identity(creative: Creative) -> Iterator[Finding]:
    """A TikTok Post is published by its owner's identity.

    CUSTOMIZED_USER is nobody's account.
    """
    info, identity = creative.info, creative.identity
    if info is None or identity is None or identity.type != "CUSTOMIZED_USER":
        return
    message = "a TikTok Post (tiktok_item_id) is published under identity_type CUSTOMIZED_USER, not under its owner"
    help = f"use the owner's identity: {either(OWNERS)}"
    if identity.node is info:
        yield info.finding("identity_type", message, help, info.place("tiktok_item_id", "the post"), offers=OWNERS)
    else:
        place = identity.node.place("identity_type", "the identity")
        yield info.finding("tiktok_item_id", message, help, place, offers=OWNERS)


@rule(
    "SPL312",
    "custom-identity-beyond-video",
    on=Creative,
    level="warning",
    section=SECTION,
    basis="stated",
    since="0.1.0",
    guard=IS_CUSTOMIZED & is_("CreativeInfo.ad_format", *CAROUSELS) & lacks("CreativeInfo.tiktok_item_id"),
    campaigns=WEB_ONLY,
    examples=lambda: [
        bad(
            "a carousel",
            {**CUSTOM, f"{INFO}/ad_format": "CAROUSEL", f"{INFO}/video_info": GONE},
            at=[f"{INFO}/identity_type"],
        ),
        good("a video", CUSTOM),
        good("a photo post is SPL311", {**CUSTOM, f"{INFO}/ad_format": "CAROUSEL", f"{INFO}/tiktok_item_id": "1"}),
        good("a carousel under an account", {f"{INFO}/ad_format": "CAROUSEL", f"{INFO}/video_info": GONE}),
        good("a carousel whose identity SPL308 misses", {**NO_IDENTITY, f"{INFO}/ad_format": "CAROUSEL"}),
        good(
            "another objective is the cause",
            {**CUSTOM, f"{INFO}/ad_format": "CAROUSEL", "/campaign/objective_type": "REACH"},
        ),
        bad(
            "a carousel under the identity of ad_configuration",
            {
                **NO_IDENTITY,
                f"{AD}/ad_configuration/identity_type": "CUSTOMIZED_USER",
                f"{INFO}/ad_format": "CAROUSEL",
                f"{INFO}/video_info": GONE,
            },
            at=[f"{INFO}/ad_format"],
        ),
    ],
)
def custom_identity_beyond_video(creative: Creative) -> Iterator[Finding]:
    """CUSTOMIZED_USER shows uploaded videos only.

    That is all that the guide documents it for.
    """
    info, identity = creative.info, creative.identity
    if info is None or identity is None or identity.type != "CUSTOMIZED_USER":
        return
    message = f"identity_type CUSTOMIZED_USER stands on a {info.ad_format}, but is documented for uploaded videos only"
    name, place = (
        ("identity_type", ())
        if identity.node is info
        else ("ad_format", (identity.node.place("identity_type", "the identity"),))
    )
    yield info.finding(name, message, f"use an account's identity: {either(OWNERS)}", *place, offers=OWNERS)


@rule(
    "SPL320",
    "post-under-two-identities",
    on=Tree,
    level="warning",
    section=SECTION,
    basis="implied",
    since="0.1.0",
    guard=given("CreativeInfo.tiktok_item_id"),
    examples=lambda: [
        bad(
            "one post, two owners",
            {
                f"{AD}/creative_list": [
                    POST,
                    {"creative_info": {**POST["creative_info"], "identity_id": "7200000000000000003"}},
                ]
            },
            at=[f"{AD}/creative_list/1/creative_info/identity_id"],
        ),
        good("one post twice", {f"{AD}/creative_list": [POST, POST]}),
        bad(
            "one post, two owners, two ads",
            {
                "/adgroups/0/ads/0": times(2),
                f"{AD}/creative_list/0": POST,
                "/adgroups/0/ads/1/creative_list/0": {
                    "creative_info": {**POST["creative_info"], "identity_id": "7200000000000000003"}
                },
            },
            at=["/adgroups/0/ads/1/creative_list/0/creative_info/identity_id"],
        ),
        good(
            "a row is what stands, and is not judged",
            {
                "/adgroups/0/ads/0": times(2),
                f"{AD}/creative_list/0": POST,
                "/adgroups/0/ads/1/creative_list/0": {
                    "creative_info": {**POST["creative_info"], "identity_id": "7200000000000000003"}
                },
                "/adgroups/0/ads/1/smart_plus_ad_id": "1",
                "/adgroups/0/ads/1/create_time": "2026-01-01 00:00:00",
            },
        ),
        good(
            "two videos",
            {
                f"{AD}/creative_list/0": times(2),
                f"{AD}/creative_list/1/creative_info/identity_id": "7200000000000000003",
            },
        ),
        good("a post without an identity", {**NO_IDENTITY, f"{INFO}/tiktok_item_id": "1"}),
        good("an identity without its ID", {f"{INFO}/identity_id": GONE, f"{INFO}/tiktok_item_id": "1"}),
    ],
)
def post_under_two_identities(tree: Tree) -> Iterator[Finding]:
    """A TikTok Post stands under one identity.

    It must be the post owner's, so one of two is wrong.
    """
    first: dict[str, tuple[Creative, str]] = {}
    for creative in tree.creatives:
        info, identity = creative.info, creative.identity
        post = info.tiktok_item_id if info is not None else None
        if info is None or identity is None or identity.id is None or post is None:
            continue
        seen, owner = first.setdefault(post, (creative, identity.id))
        if owner != identity.id and creative.ad.kind != "row" and seen.identity is not None:
            place = seen.identity.node.place("identity_id", "another identity here")
            yield identity.node.finding(
                "identity_id",
                f"post {post} stands under identity {identity.id} here and under {owner} elsewhere",
                "use the post owner's identity_id for both",
                place,
                offers=("identity_id",),
            )


@rule(
    "SPL404",
    "spark-mixed-with-non-spark",
    on=Tree,
    level="error",
    section="Common errors: mixing Spark and non-Spark ads",
    basis="stated",
    since="0.1.0",
    guard=IS_CUSTOMIZED,
    campaigns=WEB_ONLY,
    examples=lambda: [
        bad("one non-Spark creative among three", SPARK_AND_NOT, at=["/adgroups/0/ads/0/creative_list/1"]),
        bad(
            "one each: the later one",
            {**TWO, "/adgroups/1/ads/0/creative_list/0/creative_info/identity_type": "CUSTOMIZED_USER"},
            at=["/adgroups/1/ads/0/creative_list/0"],
        ),
        good("all Spark", {**TWO}),
        good(
            "an identity that nobody knows",
            {**TWO, "/adgroups/1/ads/0/creative_list/0/creative_info/identity_type": "{{identity}}"},
        ),
        bad(
            "a row is what stands",
            {
                **TWO,
                "/adgroups/1/ads/0/smart_plus_ad_id": "1",
                "/adgroups/1/ads/0/create_time": "2026-01-01 00:00:00",
                "/adgroups/1/ads/0/creative_list/0/creative_info/identity_type": "CUSTOMIZED_USER",
            },
            at=["/adgroups/0/ads/0/creative_list/0"],
        ),
        good(
            "another objective is the cause",
            {
                **TWO,
                "/campaign/objective_type": "REACH",
                "/adgroups/1/ads/0/creative_list/0/creative_info/identity_type": "CUSTOMIZED_USER",
            },
        ),
        good(
            "none is Spark",
            {"/adgroups/0/ads/0/creative_list/0/creative_info/identity_type": "CUSTOMIZED_USER", **TWO},
        ),
    ],
)
def spark_mixed_with_non_spark(tree: Tree) -> Iterator[Finding]:
    """The ads of a campaign are all Spark Ads, or none is."""
    spark = [creative for creative in tree.creatives if creative.is_spark]
    plain = [creative for creative in tree.creatives if creative.is_spark is False]
    if not spark or not plain:
        return
    rarer = min((spark, plain), key=lambda creatives: (len(creatives), -tree.creatives.index(creatives[0])))
    other = plain if rarer is spark else spark
    for here, there in ((rarer, other), (other, rarer)):
        flagged = next((creative for creative in here if creative.ad.kind != "row"), None)
        if flagged is not None:
            name = "a Spark creative" if flagged.is_spark else "a non-Spark creative"
            counts = f"{len(spark)} Spark and {len(plain)} non-Spark creatives"
            place = there[0].place("", "the first of the other kind")
            yield flagged.finding(
                "",
                f"{name} in a campaign of {counts}: one campaign holds one kind",
                "move one kind to a campaign of its own",
                place,
            )
            return


RULES = (
    identity_missing,
    identity_id_missing,
    bc_id_missing,
    post_needs_spark_identity,
    custom_identity_beyond_video,
    post_under_two_identities,
    spark_mixed_with_non_spark,
)
