"""An ad's creatives: the media and who publishes them."""

from typing import Annotated

from splint.models import values
from splint.models.fields import ID, INT64, IdentityType, Model, OneOf


class VideoInfo(Model):
    """An uploaded video."""

    video_id: ID | None = None
    file_name: str | None = None


class ImageInfo(Model):
    """An uploaded image: a picture of a carousel, or a video's thumbnail."""

    web_uri: str | None = None
    """The image's id in the asset library."""


class MusicInfo(Model):
    """The music of a carousel."""

    music_id: INT64 | None = None


class CreativeInfo(Model):
    """A video, a carousel or a TikTok post, and the identity that publishes it."""

    ad_format: Annotated[str, OneOf("SINGLE_VIDEO", "CAROUSEL", "CAROUSEL_ADS", "CATALOG_CAROUSEL")] | None = None
    material_name: str | None = None
    identity_type: IdentityType | None = None
    identity_id: ID | None = None
    identity_authorized_bc_id: INT64 | None = None
    """The Business Center through which a BC_AUTH_TT identity was authorized."""
    tiktok_item_id: INT64 | None = None
    """The TikTok post that runs as the ad (Spark Ads)."""
    video_info: VideoInfo | None = None
    image_info: list[ImageInfo] | ImageInfo | None = None
    music_info: MusicInfo | list[MusicInfo] | None = None
    aigc_disclosure_type: values.AigcDisclosureType | None = None
    """Whether the ad says that it was made with AI."""


class Creative(Model):
    """An entry of creative_list."""

    creative_info: CreativeInfo | None = None
