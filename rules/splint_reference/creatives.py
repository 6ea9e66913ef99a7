"""Creatives: formats, media, texts."""

from collections.abc import Iterator

from splint_guide.spelling import meant_instead

from splint.payloads.invalid_fields import UnknownValue
from splint.payloads.nodes import Ad, Creative, Finding, Fix
from splint.reporting.wording import either, term
from splint.rules.guard import given, is_, is_other, lacks, unusual
from splint.rules.rule import GONE, WEB_ONLY, bad, good, rule
from splint_reference.campaign import CREATE_AD

SECTION = "Create an ad"
FORMATS_PAGE = 1847839781968897
FORMATS = ("SINGLE_VIDEO", "CAROUSEL_ADS")
OF_A_CATALOG = "CAROUSEL_ADS, or CATALOG_CAROUSEL in a catalog campaign"
MEDIA = ("video_info", "image_info", "music_info")
AD = "/adgroups/0/ads/0"
CREATIVES, TEXTS = f"{AD}/creative_list", f"{AD}/ad_text_list"
INFO = f"{CREATIVES}/0/creative_info"
CAROUSEL = {f"{INFO}/ad_format": "CAROUSEL_ADS", f"{INFO}/video_info": GONE}
POST = {f"{INFO}/tiktok_item_id": "1", f"{INFO}/video_info": GONE, f"{INFO}/image_info": GONE, TEXTS: GONE}


@rule(
    "REF302",
    "ad-format",
    on=(Creative, UnknownValue),
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_AD,),
    supersedes={"SPL007": "place"},
    fix="safe",
    since="0.1.0",
    guard=is_other("CreativeInfo.ad_format", "SINGLE_VIDEO", "CAROUSEL_ADS"),
    campaigns=WEB_ONLY,
    examples=lambda: [
        bad(
            "the guide's spelling",
            {**CAROUSEL, f"{INFO}/ad_format": "CAROUSEL"},
            at=[f"{INFO}/ad_format"],
            fixed={f"{INFO}/ad_format": "CAROUSEL_ADS"},
            is_safe=True,
        ),
        bad("a catalog's format", {f"{INFO}/ad_format": "CATALOG_CAROUSEL"}, at=[f"{INFO}/ad_format"]),
        bad(
            "a misspelt format",
            {f"{INFO}/ad_format": "SINGLE-VIDEO"},
            at=[f"{INFO}/ad_format"],
            fixed={f"{INFO}/ad_format": "SINGLE_VIDEO"},
        ),
        bad(
            "the guide's spelling, misspelt",
            {**CAROUSEL, f"{INFO}/ad_format": "carousels"},
            at=[f"{INFO}/ad_format"],
            fixed={f"{INFO}/ad_format": "CAROUSEL_ADS"},
        ),
        bad(
            "a catalog's format, misspelt",
            {f"{INFO}/ad_format": "catalog_carousel"},
            at=[f"{INFO}/ad_format"],
            fixed={},
        ),
        bad("a format that is none", {f"{INFO}/ad_format": "VIDEO"}, at=[f"{INFO}/ad_format"]),
        good("a video", {}),
        good("a carousel", CAROUSEL),
        good("none is SPL008", {f"{INFO}/ad_format": GONE}),
        bad(
            "the guide's spelling in an update",
            {**CAROUSEL, f"{INFO}/ad_format": "CAROUSEL", f"{AD}/smart_plus_ad_id": "1"},
            at=[f"{INFO}/ad_format"],
            fixed={f"{INFO}/ad_format": "CAROUSEL_ADS"},
            is_safe=True,
        ),
        good(
            "a catalog's format in its campaign",
            {f"{INFO}/ad_format": "CATALOG_CAROUSEL", "/campaign/catalog_enabled": True},
        ),
        good("an empty creative", {f"{CREATIVES}/0": {}}),
        good(
            "a format that is none is SPL007 in other campaigns",
            {f"{INFO}/ad_format": "SINGLE_IMAGE", "/campaign/objective_type": "LEAD_GENERATION"},
        ),
    ],
)
def ad_format(node: Creative | UnknownValue) -> Iterator[Finding]:
    """ad_format is SINGLE_VIDEO or CAROUSEL_ADS."""
    help = "use SINGLE_VIDEO or CAROUSEL_ADS"
    if isinstance(node, UnknownValue):
        if node.field == "ad_format":
            words = {"CAROUSEL": "CAROUSEL_ADS", "CATALOG_CAROUSEL": OF_A_CATALOG}
            near, fix, offers = meant_instead(node, FORMATS, words)
            if OF_A_CATALOG in offers:
                fix, offers = None, ("CAROUSEL_ADS",)
            what = f"ad_format {term(node.value)} is neither SINGLE_VIDEO nor CAROUSEL_ADS"
            yield node.finding(what, near, fix, offers=offers)
        return
    info = node.info
    if info is None:
        return
    if info.ad_format == "CAROUSEL":
        what = "ad_format CAROUSEL is the guide's spelling, which the profile guide takes and the API does not"
        fix = Fix("set ad_format to CAROUSEL_ADS", (info.put("ad_format", "CAROUSEL_ADS"),), is_safe=True)
        yield info.finding("ad_format", what, "write CAROUSEL_ADS", fix=fix, offers=("CAROUSEL_ADS",))
    elif info.ad_format == "CATALOG_CAROUSEL":
        yield info.finding("ad_format", "ad_format CATALOG_CAROUSEL needs a catalog campaign", help, offers=FORMATS)


@rule(
    "REF303",
    "carousel-without-music",
    on=Creative,
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_AD, FORMATS_PAGE),
    since="0.1.0",
    guard=is_("CreativeInfo.ad_format", "CAROUSEL", "CAROUSEL_ADS")
    & lacks("CreativeInfo.tiktok_item_id")
    & lacks("CreativeInfo.music_info", "MusicInfo.music_id"),
    examples=lambda: [
        bad("no music", CAROUSEL, at=[INFO]),
        bad("music without its id", {**CAROUSEL, f"{INFO}/music_info": {}}, at=[INFO]),
        good("music", {**CAROUSEL, f"{INFO}/music_info": {"music_id": "1"}}),
        good("a video", {}),
        bad("the guide's spelling", {**CAROUSEL, f"{INFO}/ad_format": "CAROUSEL"}, at=[INFO]),
        good("a photo post", {**CAROUSEL, f"{INFO}/tiktok_item_id": "1"}),
        good("music to come", {**CAROUSEL, f"{INFO}/music_info": "{{music}}"}),
        good("a track to come", {**CAROUSEL, f"{INFO}/music_info": ["{{track}}"]}),
        good("an empty creative", {f"{CREATIVES}/0": {}}),
    ],
)
def carousel_without_music(creative: Creative) -> Iterator[Finding]:
    """A carousel of uploaded images has music."""
    info = creative.info
    if info is None:
        return
    tracks = creative.entries("music_info")
    if info.lacks("music_info") or (
        tracks is not None and all(isinstance(t, dict) and "music_id" not in t for t in tracks)
    ):
        yield info.missing(
            "music_info.music_id is missing: a carousel of uploaded images needs music",
            "add music_info with its music_id",
            about="music_info",
        )


@rule(
    "REF307",
    "ad-texts-for-creatives",
    on=(Ad, Creative),
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_AD, FORMATS_PAGE),
    supersedes={"SPL307": "node"},
    since="0.1.0",
    guard=given("CreativeInfo.tiktok_item_id") | lacks("Ad.ad_text_list"),
    campaigns=WEB_ONLY,
    examples=lambda: [
        bad("a video without a text", {TEXTS: GONE}, at=[AD]),
        bad("a post with a text", {**POST, TEXTS: [{"ad_text": "a"}]}, at=[TEXTS], level="warning"),
        bad(
            "a post with a video",
            {f"{INFO}/tiktok_item_id": "1", f"{INFO}/image_info": GONE, TEXTS: GONE},
            at=[f"{INFO}/video_info"],
        ),
        good("a post alone", POST),
        good("a video with a text", {}),
        good("an update says what changes", {TEXTS: GONE, f"{AD}/smart_plus_ad_id": "1"}),
        good("a post and a creative to come", {**POST, TEXTS: [{"ad_text": "a"}], f"{CREATIVES}/-": "{{creative}}"}),
        good("a post and a creative of a wrong type", {**POST, TEXTS: [{"ad_text": "a"}], f"{CREATIVES}/-": "a"}),
        good("a post by an id of a wrong type", {**POST, TEXTS: [{"ad_text": "a"}], f"{INFO}/tiktok_item_id": True}),
        good("a video and a post by an id of a wrong type", {f"{INFO}/tiktok_item_id": ["7"]}),
        good("an empty creative", {f"{CREATIVES}/0": {}}),
        good("no creatives are SPL008", {CREATIVES: GONE}),
    ],
)
def ad_texts_for_creatives(node: Ad | Creative) -> Iterator[Finding]:
    """Uploaded creatives have ad texts; TikTok Posts bring theirs, and their media."""
    if isinstance(node, Creative):
        info = node.info
        given = [name for name in MEDIA if info.has(name)] if info is not None and node.names_post else []
        if info is not None and given and node.is_post:
            what = f"{either(given, 'and')} beside tiktok_item_id: a TikTok Post brings its own media"
            help = f"remove {either(given, 'and')}, or tiktok_item_id"
            yield info.finding(given[0], what, help, offers=(*given, "tiktok_item_id"))
        return
    infos = [creative.info for creative in node.creatives]
    uploaded = any(info is not None and info.lacks("tiktok_item_id") for info in infos)
    posts = sum(info is not None and info.tiktok_item_id is not None for info in infos)
    only_posts = posts > 0 and posts == len(node.raw["creative_list"])
    if node.is_create and node.lacks("ad_text_list") and uploaded:
        yield node.missing(
            "ad_text_list is missing: a creative is no TikTok Post, which would bring its own text",
            "add ad_text_list",
            about="ad_text_list",
        )
    elif node.has("ad_text_list") and only_posts:
        what = "ad_text_list is given although every creative is a TikTok Post, which brings its own text"
        yield node.finding("ad_text_list", what, "remove it", level="warning")


def _image_uris(ad: Ad) -> Iterator[tuple[str, object]]:
    """Every web_uri of an ad's creatives, with its place."""
    for number, creative in enumerate(ad.creative_list or ()):
        info = creative.get("creative_info") if isinstance(creative, dict) else None
        images = info.get("image_info") if isinstance(info, dict) else None
        at = f"creative_list/{number}/creative_info/image_info"
        if isinstance(images, dict):
            yield f"{at}/web_uri", images.get("web_uri")
        for index, image in enumerate(images if isinstance(images, list) else ()):
            yield f"{at}/{index}/web_uri", image.get("web_uri") if isinstance(image, dict) else None


@rule(
    "REF309",
    "image-id-expected",
    on=Ad,
    level="warning",
    section=SECTION,
    basis="reference",
    documents=(CREATE_AD,),
    since="0.1.0",
    guard=unusual("ImageInfo.web_uri"),
    examples=lambda: [
        bad(
            "a URL",
            {f"{INFO}/image_info/0/web_uri": "https://www.example.com/a.jpg"},
            at=[f"{INFO}/image_info/0/web_uri"],
        ),
        good("an image ID", {f"{INFO}/image_info/0/web_uri": "tos-alisg-p-0051c001-sg/a1"}),
        bad(
            "a URL in one object",
            {f"{INFO}/image_info": {"web_uri": "https://www.example.com/a.jpg"}},
            at=[f"{INFO}/image_info/web_uri"],
        ),
        good("an image to come", {f"{INFO}/image_info/0/web_uri": "{{image}}"}),
        good("no creatives", {CREATIVES: GONE}),
    ],
)
def image_id_expected(ad: Ad) -> Iterator[Finding]:
    """web_uri is the ID of an uploaded image, not a URL."""
    for at, uri in _image_uris(ad):
        if isinstance(uri, str) and uri.lower().startswith(("http://", "https://")):
            yield ad.finding(
                at,
                "web_uri is a URL: the API takes the ID of an uploaded image (a URL is what the profile guide takes)",
                "upload the image and use its ID",
            )


RULES = (
    ad_format,
    carousel_without_music,
    ad_texts_for_creatives,
    image_id_expected,
)
