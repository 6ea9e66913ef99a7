"""Identities: under whose account ads are shown, and where they say so."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from splint_guide.identity import IS_CUSTOMIZED
from splint_guide.spelling import meant_instead

from splint.payloads.invalid_fields import UnknownValue
from splint.payloads.nodes import SPARK_IDENTITIES, Ad, AdGroup, Creative, Finding, Fix
from splint.reporting.wording import either, term
from splint.rules.guard import given, holds, is_, is_other, lacks
from splint.rules.rule import GONE, WEB_ONLY, bad, good, rule
from splint_reference.campaign import CREATE_AD, CREATE_AD_GROUP

SECTION = "Create an ad"
ADS_PAGE = 1843317445798914
WITHDRAWN = date(2026, 1, 15)
SPARK = sorted(SPARK_IDENTITIES)
OF_AD_GROUPS = ("BC_AUTH_TT", "TT_USER")
FIELDS = ("identity_type", "identity_id", "identity_authorized_bc_id")
ELSEWHERE = ("PLACEMENT_PANGLE", "PLACEMENT_GLOBAL_APP_BUNDLE")
ELSEWHERE_NAMED = ("creative_info/identity_type", "ad_configuration/identity_type")
GROUP, AD = "/adgroups/0", "/adgroups/0/ads/0"
CONFIG, INFO = f"{AD}/ad_configuration", f"{AD}/creative_list/0/creative_info"
NO_IDENTITY = {f"{INFO}/{name}": GONE for name in FIELDS}
CUSTOM_THERE = {**NO_IDENTITY, f"{CONFIG}/identity_type": "CUSTOMIZED_USER", f"{CONFIG}/identity_id": "1"}
SPARK_THERE = {**NO_IDENTITY, f"{CONFIG}/identity_type": "TT_USER", f"{CONFIG}/identity_id": "1"}
PANGLE = {f"{GROUP}/placements": ["PLACEMENT_PANGLE"]}
POST = {f"{INFO}/tiktok_item_id": "1", f"{INFO}/video_info": GONE, f"{INFO}/image_info": GONE}


@rule(
    "REF216",
    "ad-group-identity-type",
    on=(AdGroup, UnknownValue),
    level="error",
    section="Create an ad group",
    basis="reference",
    documents=(CREATE_AD_GROUP,),
    supersedes={"SPL007": "place"},
    fix="unsafe",
    since="0.1.0",
    guard=is_other("AdGroup.identity_type", *OF_AD_GROUPS),
    examples=lambda: [
        bad("a custom identity", {f"{GROUP}/identity_type": "CUSTOMIZED_USER"}, at=[f"{GROUP}/identity_type"]),
        bad("a code", {f"{GROUP}/identity_type": "AUTH_CODE"}, at=[f"{GROUP}/identity_type"]),
        bad(
            "a code in an update",
            {"/identity_type": "AUTH_CODE", "/adgroup_id": "1"},
            base="ad-group",
            at=["/identity_type"],
        ),
        bad(
            "a type that is none",
            {f"{GROUP}/identity_type": "TT_USERS"},
            at=[f"{GROUP}/identity_type"],
            beside=("SPL007",),
            fixed={f"{GROUP}/identity_type": "TT_USER"},
        ),
        bad("a type that is like none", {f"{GROUP}/identity_type": "FOO"}, at=[f"{GROUP}/identity_type"], fixed={}),
        *(good(kind, {f"{GROUP}/identity_type": kind}) for kind in OF_AD_GROUPS),
        good("another type of a creative", {f"{INFO}/identity_type": "AUTH_CODE"}),
        good("a type of a creative that is none is SPL007", {f"{INFO}/identity_type": "TT_USERS"}),
        good("a type of an ad that is none is SPL007", {f"{CONFIG}/identity_type": "TT_USERS"}),
        good("a type to come", {f"{GROUP}/identity_type": "{{type}}"}),
    ],
)
def ad_group_identity_type(node: AdGroup | UnknownValue) -> Iterator[Finding]:
    """An ad group's own identity is of the type BC_AUTH_TT or TT_USER."""
    if isinstance(node, AdGroup):
        what = f"identity_type {node.identity_type} is not taken on an ad group"
        yield node.finding("identity_type", what, f"write {either(OF_AD_GROUPS)}", offers=OF_AD_GROUPS)
    elif node.field == "identity_type" and not node.location.pointer.endswith(ELSEWHERE_NAMED):
        help, fix, _ = meant_instead(node, OF_AD_GROUPS)
        what = f"identity_type {term(node.value)} is not taken on an ad group"
        offers = [str(one.value) for one in fix.operations] if fix else OF_AD_GROUPS
        yield node.finding(what, help if fix else f"write {either(OF_AD_GROUPS)}", fix, offers=offers)


@rule(
    "REF306",
    "custom-identity-on-tiktok",
    on=(Ad, Creative),
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_AD,),
    replaces=("SPL312",),
    supersedes={"SPL311": "node"},
    since="0.1.0",
    guard=IS_CUSTOMIZED
    & (
        is_("CreativeInfo.identity_type", "CUSTOMIZED_USER")
        | lacks("AdConfiguration.identity_id", "AdGroup.placements")
        | holds("AdGroup.placements", "PLACEMENT_TIKTOK")
        | holds("AdGroup.placement_type", "PLACEMENT_TYPE_AUTOMATIC")
    ),
    misses=["AdGroup.placement_type"],
    campaigns=WEB_ONLY,
    examples=lambda: [
        bad("withdrawn", CUSTOM_THERE, as_of="2026-01-15", at=[f"{CONFIG}/identity_type"]),
        bad("in creative_info", {**PANGLE, f"{INFO}/identity_type": "CUSTOMIZED_USER"}, at=[f"{INFO}/identity_type"]),
        bad("without identity_id", {**PANGLE, **CUSTOM_THERE, f"{CONFIG}/identity_id": ""}, at=[CONFIG]),
        bad("of a post", {**PANGLE, **POST, f"{INFO}/identity_type": "CUSTOMIZED_USER"}, at=[f"{INFO}/identity_type"]),
        bad(
            "in creative_info, without ad_configuration",
            {**PANGLE, CONFIG: GONE, f"{INFO}/identity_type": "CUSTOMIZED_USER"},
            at=[f"{INFO}/identity_type"],
        ),
        bad(
            "wherever TikTok likes",
            {**CUSTOM_THERE, **PANGLE, f"{GROUP}/placement_type": "PLACEMENT_TYPE_AUTOMATIC"},
            at=[f"{CONFIG}/identity_type"],
        ),
        bad(
            "without placements",
            {**CUSTOM_THERE, f"{GROUP}/placement_type": GONE, f"{GROUP}/placements": GONE},
            at=[f"{CONFIG}/identity_type"],
        ),
        good(
            "in an update without placements, which may stand",
            {
                **CUSTOM_THERE,
                f"{GROUP}/placement_type": GONE,
                f"{GROUP}/placements": GONE,
                f"{GROUP}/adgroup_id": "1",
            },
        ),
        good("the day before", CUSTOM_THERE, as_of="2026-01-14"),
        good("on Pangle alone", {**CUSTOM_THERE, **PANGLE}),
        good("no ad_configuration", {CONFIG: GONE}),
        good(
            "the ad group unknown",
            {"/ad_configuration/identity_type": "CUSTOMIZED_USER", "/ad_configuration/identity_id": "1"},
            base="ad",
        ),
    ],
)
def custom_identity_on_tiktok(node: Ad | Creative) -> Iterator[Finding]:
    """CUSTOMIZED_USER stands in ad_configuration with an identity_id, and is not shown on TikTok any more.

    Withdrawn there from 2026-01-15 on; ad groups on Pangle or Global App Bundle alone take it.
    """
    ad = node.ad if isinstance(node, Creative) else node
    parent = node.info if isinstance(node, Creative) else node.configuration
    if parent is None or parent.identity_type != "CUSTOMIZED_USER":
        return
    group = ad.ad_group
    if isinstance(node, Creative) and node.is_post:
        what = "identity_type CUSTOMIZED_USER stands in creative_info of a TikTok Post, which its owner publishes"
        yield parent.finding("identity_type", what, f"use the owner's identity: {either(SPARK)}", offers=SPARK)
    elif ad.run.as_of.date() >= WITHDRAWN and group is not None and group.delivers_to_tiktok:
        what = (
            f"identity_type CUSTOMIZED_USER is withdrawn on TikTok since {WITHDRAWN}, and the ad group delivers there"
        )
        yield parent.finding("identity_type", what, "use a Spark identity, or Pangle and Global App Bundle alone")
    elif isinstance(node, Creative):
        what = "identity_type CUSTOMIZED_USER stands in creative_info: its place is ad_configuration"
        help = "move it to ad_configuration, with identity_id"
        yield parent.finding("identity_type", what, help, offers=("ad_configuration", "identity_id"))
    elif parent.lacks("identity_id"):
        yield parent.missing(
            "identity_id is missing: CUSTOMIZED_USER needs it",
            "add identity_id to ad_configuration",
            about="identity_id",
        )


@rule(
    "REF315",
    "spark-identity-place",
    on=Creative,
    level="error",
    section=SECTION,
    basis="reference",
    documents=(ADS_PAGE,),
    fix="unsafe",
    since="0.1.0",
    guard=is_("AdConfiguration.identity_type", *SPARK_IDENTITIES)
    & lacks("CreativeInfo.identity_type")
    & given("CreativeInfo.tiktok_item_id", "CreativeInfo.video_info"),
    campaigns={"web", "other"},
    examples=lambda: [
        bad(
            "a post",
            {**SPARK_THERE, **POST},
            at=[INFO],
            fixed={f"{INFO}/identity_type": "TT_USER", f"{INFO}/identity_id": "1"},
        ),
        bad(
            "a post of a Business Center",
            {
                **SPARK_THERE,
                **POST,
                f"{CONFIG}/identity_type": "BC_AUTH_TT",
                f"{CONFIG}/identity_authorized_bc_id": "2",
            },
            at=[INFO],
            fixed={
                f"{INFO}/identity_type": "BC_AUTH_TT",
                f"{INFO}/identity_id": "1",
                f"{INFO}/identity_authorized_bc_id": "2",
            },
        ),
        bad(
            "an uploaded video",
            SPARK_THERE,
            at=[INFO],
            fixed={f"{INFO}/identity_type": "TT_USER", f"{INFO}/identity_id": "1"},
            level="warning",
        ),
        bad(
            "a post of a code",
            {**SPARK_THERE, **POST, f"{CONFIG}/identity_type": "AUTH_CODE"},
            at=[INFO],
            fixed={f"{INFO}/identity_type": "AUTH_CODE", f"{INFO}/identity_id": "1"},
        ),
        bad(
            "a post in an update",
            {**SPARK_THERE, **POST, f"{AD}/smart_plus_ad_id": "1"},
            at=[INFO],
            fixed={f"{INFO}/identity_type": "TT_USER", f"{INFO}/identity_id": "1"},
        ),
        bad(
            "a post of a lead generation campaign",
            {**SPARK_THERE, **POST, "/campaign/objective_type": "LEAD_GENERATION"},
            at=[INFO],
            fixed={f"{INFO}/identity_type": "TT_USER", f"{INFO}/identity_id": "1"},
        ),
        bad(
            "an identity_id that is misspelt",
            {**NO_IDENTITY, **POST, f"{CONFIG}/identity_type": "TT_USER", f"{CONFIG}/identity_ids": "1"},
            at=[INFO],
            fixed={},
            beside=("SPL004",),
        ),
        good("in both places", {**POST, f"{CONFIG}/identity_type": "TT_USER", f"{CONFIG}/identity_id": "1"}),
        good("in the creative alone", POST),
        good("a custom identity", CUSTOM_THERE),
        good("images", {**SPARK_THERE, f"{INFO}/video_info": GONE}),
        bad(
            "half of another identity",
            {**SPARK_THERE, **POST, f"{INFO}/identity_id": "2"},
            at=[INFO],
            fixed={},
        ),
        bad(
            "a Business Center that ad_configuration does not name",
            {**SPARK_THERE, **POST, f"{INFO}/identity_authorized_bc_id": "5"},
            at=[INFO],
            fixed={},
        ),
        bad(
            "half of the same identity",
            {**SPARK_THERE, **POST, f"{INFO}/identity_id": "1"},
            at=[INFO],
            fixed={f"{INFO}/identity_type": "TT_USER"},
        ),
        good("an identity to come", {**SPARK_THERE, **POST, f"{INFO}/identity_type": "{{type}}"}),
        good("a catalog's", {**SPARK_THERE, **POST, "/campaign/catalog_enabled": True}),
        good("an empty creative", {**SPARK_THERE, f"{AD}/creative_list/0": {}}),
    ],
)
def spark_identity_place(creative: Creative) -> Iterator[Finding]:
    """A Spark creative names its identity itself, not through ad_configuration.

    A TikTok Post without one is refused ("Verify that your identity matches your selected TikTok posts").
    """
    info, config = creative.info, creative.ad.configuration
    if info is None or config is None:
        return
    copied, fix = [name for name in FIELDS if info.lacks(name) and not config.lacks(name)], None
    is_same = all(info.lacks(name) or info.raw[name] == config.raw.get(name) for name in FIELDS)
    if is_same and all(map(config.has, copied)):  # a misspelt one has no name to be copied by
        written: dict[str, Any] = creative.ad.written["ad_configuration"]
        fix = Fix("copy the identity into creative_info", tuple(info.put(name, written[name]) for name in copied))
    place = config.place("identity_type", "the identity")
    what = f"identity_type {config.identity_type} stands in ad_configuration: "
    what += "a TikTok Post is refused without its own" if creative.is_post else "a Spark creative names its own"
    help, offers = "put the identity into creative_info", [config.identity_type] if config.identity_type else []
    finding = info.missing(what, help, place, about="identity_type", fix=fix, offers=offers)
    yield finding if creative.is_post else finding._replace(level="warning")


@rule(
    "REF316",
    "spark-off-tiktok",
    on=Creative,
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_AD,),
    since="0.1.0",
    guard=holds("AdGroup.placements", *ELSEWHERE)
    & (
        given("CreativeInfo.tiktok_item_id")
        | is_("CreativeInfo.identity_type", *SPARK_IDENTITIES)
        | is_("AdConfiguration.identity_type", *SPARK_IDENTITIES)
    ),
    misses=["CreativeInfo.identity_type"],
    examples=lambda: [
        bad("a Spark identity on Pangle", PANGLE, at=[f"{INFO}/identity_type"]),
        bad("a post on Pangle", {**PANGLE, **NO_IDENTITY, **POST}, at=[f"{INFO}/tiktok_item_id"]),
        bad("a Spark identity of the ad", {**PANGLE, **SPARK_THERE}, at=[f"{CONFIG}/identity_type"]),
        bad(
            "in apps alone",
            {f"{GROUP}/placements": list(ELSEWHERE)},
            at=[f"{INFO}/identity_type"],
        ),
        bad("in apps of the bundle", {f"{GROUP}/placements": [ELSEWHERE[1]]}, at=[f"{INFO}/identity_type"]),
        *(
            bad(
                f"a code at {place}",
                {**PANGLE, **NO_IDENTITY, f"{place}/identity_type": "AUTH_CODE"},
                at=[f"{place}/identity_type"],
            )
            for place in (INFO, CONFIG)
        ),
        bad("a post of a custom identity", {**PANGLE, **CUSTOM_THERE, **POST}, at=[f"{INFO}/tiktok_item_id"]),
        good(
            "a custom identity of the creative's own",
            {**PANGLE, **SPARK_THERE, f"{INFO}/identity_type": "CUSTOMIZED_USER"},
        ),
        bad(
            "in an update",
            {**PANGLE, f"{GROUP}/adgroup_id": "1", f"{AD}/smart_plus_ad_id": "2"},
            at=[f"{INFO}/identity_type"],
        ),
        good("on TikTok too", {f"{GROUP}/placements": ["PLACEMENT_TIKTOK", "PLACEMENT_PANGLE"]}),
        good("wherever TikTok likes", {**PANGLE, f"{GROUP}/placement_type": "PLACEMENT_TYPE_AUTOMATIC"}),
        good("a custom identity on Pangle", {**PANGLE, **CUSTOM_THERE}),
        good("placements to come", {f"{GROUP}/placements": ["PLACEMENT_PANGLE", "{{placement}}"]}),
        good("the ad group unknown", {}, base="ad"),
    ],
)
def spark_off_tiktok(creative: Creative) -> Iterator[Finding]:
    """A Spark creative is shown on TikTok.

    The API refuses it on Pangle and Global App Bundle alone ("Incorrect source field").
    """
    group = creative.ad.ad_group
    if group is None or group.delivers_to_tiktok is not False or not creative.is_spark:
        return
    identity, info = creative.identity, creative.info
    what = "the ad group does not deliver to TikTok: the API answers 'Incorrect source field'"
    help, offers = "add PLACEMENT_TIKTOK to the ad group's placements", ("PLACEMENT_TIKTOK", "placements")
    place = group.place("placements", "the placements")
    if identity is not None and identity.type in SPARK_IDENTITIES:
        named = f"identity_type {identity.type}"
        yield identity.node.finding("identity_type", f"{named}, but {what}", help, place, offers=offers)
    elif info is not None:
        yield info.finding("tiktok_item_id", f"tiktok_item_id is given, but {what}", help, place, offers=offers)


RULES = (ad_group_identity_type, custom_identity_on_tiktok, spark_identity_place, spark_off_tiktok)
