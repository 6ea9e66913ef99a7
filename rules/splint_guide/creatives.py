"""Creative formats."""

from collections.abc import Iterator

from splint.payloads.nodes import CAROUSELS, Creative, Finding, Fix
from splint.reporting.wording import either
from splint.rules.guard import given, is_, lacks, longer_than
from splint.rules.rule import GONE, bad, good, rule, times

SECTION = "Creative formats"
IMAGES = 35
INFO = "/adgroups/0/ads/0/creative_list/0/creative_info"
CAROUSEL = {f"{INFO}/ad_format": "CAROUSEL", f"{INFO}/video_info": GONE}


@rule(
    "SPL303",
    "too-many-carousel-images",
    on=Creative,
    level="error",
    section=SECTION,
    basis="stated",
    since="0.1.0",
    guard=longer_than("CreativeInfo.image_info", IMAGES) & is_("CreativeInfo.ad_format", *CAROUSELS),
    examples=lambda: [
        bad("36 images", {**CAROUSEL, f"{INFO}/image_info/0": times(36)}, at=[f"{INFO}/image_info"]),
        good("35 images", {**CAROUSEL, f"{INFO}/image_info": [{"web_uri": "a"}] * 35}),
        good("a video is no carousel", {f"{INFO}/image_info": [{"web_uri": "a"}] * 36}),
        good("no images", {**CAROUSEL, f"{INFO}/image_info": GONE}),
    ],
)
def too_many_carousel_images(creative: Creative) -> Iterator[Finding]:
    """A carousel has at most 35 images."""
    if creative.info is not None:
        count = len(creative.info.raw["image_info"])
        yield creative.info.finding(
            "image_info", f"the carousel has {count} images, more than {IMAGES}", f"drop {count - IMAGES}"
        )


@rule(
    "SPL304",
    "too-many-music-tracks",
    on=Creative,
    level="error",
    section=SECTION,
    basis="stated",
    since="0.1.0",
    guard=longer_than("CreativeInfo.music_info", 1) & is_("CreativeInfo.ad_format", *CAROUSELS),
    examples=lambda: [
        bad(
            "two tracks",
            {**CAROUSEL, f"{INFO}/music_info": [{"music_id": "1"}, {"music_id": "2"}]},
            at=[f"{INFO}/music_info"],
        ),
        good("one track", {**CAROUSEL, f"{INFO}/music_info": {"music_id": "1"}}),
        good("one track as a list", {**CAROUSEL, f"{INFO}/music_info": [{"music_id": "1"}]}),
        good("no track", CAROUSEL),
    ],
)
def too_many_music_tracks(creative: Creative) -> Iterator[Finding]:
    """A carousel has at most one music track."""
    if creative.info is not None:
        count = len(creative.info.raw["music_info"])
        yield creative.info.finding("music_info", f"the carousel has {count} music tracks, more than 1", "keep one")


@rule(
    "SPL305",
    "video-incomplete",
    on=Creative,
    level="error",
    section=SECTION,
    basis="stated",
    since="0.1.0",
    guard=is_("CreativeInfo.ad_format", "SINGLE_VIDEO")
    & lacks("CreativeInfo.tiktok_item_id")
    & lacks("CreativeInfo.video_info", "CreativeInfo.image_info", "VideoInfo.video_id", "ImageInfo.web_uri"),
    campaigns={"web", "other"},
    examples=lambda: [
        bad("no video", {f"{INFO}/video_info": GONE}, at=[INFO]),
        bad("no thumbnail", {f"{INFO}/image_info": [{"web_uri": ""}]}, at=[INFO]),
        bad("neither", {f"{INFO}/video_info": {}, f"{INFO}/image_info": GONE}, at=[INFO]),
        good("the thumbnail as an object", {f"{INFO}/image_info": {"web_uri": "a"}}),
        good(
            "a TikTok Post brings its own",
            {f"{INFO}/video_info": GONE, f"{INFO}/image_info": GONE, f"{INFO}/tiktok_item_id": "1"},
        ),
        bad("a video without its ID", {f"{INFO}/video_info": {"file_name": "a.mp4"}}, at=[INFO]),
        bad("no image at all", {f"{INFO}/image_info": GONE}, at=[INFO]),
        good("a video and a thumbnail", {}),
        good("a video to come", {f"{INFO}/video_info": "{{video}}"}),
        good("a thumbnail to come", {f"{INFO}/image_info": ["{{image}}"]}),
        good("images to come", {f"{INFO}/image_info": "{{images}}"}),
        good("a carousel has no video", CAROUSEL),
        good("a creative without creative_info is SPL008", {"/adgroups/0/ads/0/creative_list/0": {}}),
    ],
)
def video_incomplete(creative: Creative) -> Iterator[Finding]:
    """An uploaded video has its video and a thumbnail.

    video_info.video_id and an image_info web_uri; a TikTok Post brings its own media.
    """
    info = creative.info
    if info is None:
        return
    absent = []
    if info.lacks("video_info") or (info.video_info is not None and "video_id" not in info.video_info):
        absent.append("video_info.video_id")
    if _lacks_images(creative):
        absent.append("image_info.web_uri")
    if absent:
        verb = "is" if len(absent) == 1 else "are"
        yield info.missing(
            f"{either(absent, 'and')} {verb} missing: a SINGLE_VIDEO creative needs a video (video_info.video_id) "
            "and a thumbnail (image_info.web_uri)",
            f"add {either(absent, 'and')}, or tiktok_item_id for a TikTok Post",
            about=absent[0].partition(".")[0],
            also=[name.partition(".")[0] for name in absent[1:]],
            offers=[name.partition(".")[2] for name in absent],
        )


def _lacks_images(creative: Creative) -> bool:
    """Whether a creative has no image for sure: an entry that is nothing that anybody can judge may be one."""
    if creative.info is None or creative.info.lacks("image_info"):
        return True
    images = creative.entries("image_info")
    return images is not None and all(isinstance(image, dict) and "web_uri" not in image for image in images)


@rule(
    "SPL306",
    "carousel-without-images",
    on=Creative,
    level="error",
    section=SECTION,
    basis="stated",
    since="0.1.0",
    guard=is_("CreativeInfo.ad_format", "CAROUSEL", "CAROUSEL_ADS")
    & lacks("CreativeInfo.tiktok_item_id")
    & lacks("CreativeInfo.image_info", "ImageInfo.web_uri"),
    campaigns={"web", "other"},
    examples=lambda: [
        bad("no images", {**CAROUSEL, f"{INFO}/image_info": []}, at=[INFO]),
        *(
            bad(f"{title} for an image", {**CAROUSEL, f"{INFO}/image_info": images}, at=[INFO])
            for title, images in (("null", [None]), ("an empty object", [{}]), ("an empty address", [{"web_uri": ""}]))
        ),
        good("an image beside an empty entry", {**CAROUSEL, f"{INFO}/image_info": [None, {"web_uri": "a"}]}),
        good("an image to come", {**CAROUSEL, f"{INFO}/image_info": ["{{image}}"]}),
        good("an image", CAROUSEL),
        good("a photo post", {**CAROUSEL, f"{INFO}/image_info": GONE, f"{INFO}/tiktok_item_id": "1"}),
        good("the catalog brings its own", {f"{INFO}/ad_format": "CATALOG_CAROUSEL", f"{INFO}/image_info": GONE}),
        bad(
            "no images in an update",
            {**CAROUSEL, f"{INFO}/image_info": [], "/adgroups/0/ads/0/smart_plus_ad_id": "1"},
            at=[INFO],
        ),
        good("a video is SPL305", {f"{INFO}/image_info": GONE}),
    ],
)
def carousel_without_images(creative: Creative) -> Iterator[Finding]:
    """A carousel has images.

    Unless it is a TikTok Post, which brings its own, or one of a catalog.
    """
    info = creative.info
    if info is not None and _lacks_images(creative):
        missing = "image_info" if info.lacks("image_info") else "image_info.web_uri"
        yield info.missing(
            f"{missing} is missing: a {info.ad_format} creative is made of images",
            f"add {missing}, or tiktok_item_id for a photo post",
            about="image_info",
        )


@rule(
    "SPL307",
    "post-with-uploaded-media",
    on=Creative,
    level="warning",
    section=SECTION,
    basis="implied",
    fix="unsafe",
    since="0.1.0",
    guard=given("CreativeInfo.tiktok_item_id") & given("CreativeInfo.video_info", "CreativeInfo.image_info"),
    examples=lambda: [
        bad(
            "a post with a video",
            {f"{INFO}/tiktok_item_id": "1"},
            at=[f"{INFO}/video_info"],
            fixed={f"{INFO}/video_info": GONE, f"{INFO}/image_info": GONE},
        ),
        bad(
            "a post with an image",
            {f"{INFO}/tiktok_item_id": "1", f"{INFO}/video_info": GONE},
            at=[f"{INFO}/image_info"],
            fixed={f"{INFO}/image_info": GONE},
        ),
        good("a post alone", {f"{INFO}/tiktok_item_id": "1", f"{INFO}/video_info": GONE, f"{INFO}/image_info": GONE}),
        good("an uploaded video", {}),
        *(good(f"a post by {value}, which is no id", {f"{INFO}/tiktok_item_id": value}) for value in (True, {"a": 1})),
        bad(
            "a post to come with a video",
            {f"{INFO}/tiktok_item_id": "{{post}}", f"{INFO}/image_info": GONE},
            at=[f"{INFO}/video_info"],
            fixed={f"{INFO}/video_info": GONE},
        ),
    ],
)
def post_with_uploaded_media(creative: Creative) -> Iterator[Finding]:
    """A TikTok Post carries no uploaded media.

    It brings its own.
    """
    info = creative.info
    if info is not None and creative.names_post:
        media = [name for name in ("video_info", "image_info") if info.has(name)]
        names, verb = either(media, "and"), "is" if len(media) == 1 else "are"
        yield info.finding(
            media[0],
            f"{names} {verb} given beside tiktok_item_id: a TikTok Post brings its own media",
            f"remove {names}, or tiktok_item_id",
            info.place("tiktok_item_id", "the post"),
            fix=Fix(f"remove {names}", tuple(map(info.remove, media))),
            offers=(*media, "tiktok_item_id"),
        )


RULES = (
    too_many_carousel_images,
    too_many_music_tracks,
    video_incomplete,
    carousel_without_images,
    post_with_uploaded_media,
)
