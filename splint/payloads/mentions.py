"""Whether the bytes of a file that cannot be read mention a payload."""

import re

from splint.formats import Source
from splint.formats.fault import unescaped
from splint.schema.envelopes import ENDPOINT_KEYS
from splint.schema.vocabulary import PAYLOAD_KEYS

_REQUEST = (
    rf"""\b(?:{"|".join(ENDPOINT_KEYS)}|raw)["'\\\s]*+:["'\\\s]*+[^\n"']{{0,200}}?"""
    r"""(?:\bopen_api/v\d+(?:\.\d+)?/|\b(?:business-api|sandbox-ads)\.tiktok\.com[:/])[^\n"']{0,200}?\bsmart_plus/"""
)
"""An endpoint of Smart+ under the key of one, at TikTok or below the path and version of its API."""


def contains_payload_keys(source: Source) -> bool:
    """Whether the bytes of a file hold one of PAYLOAD_KEYS or a request to Smart+, in UTF-8 or UTF-16, escaped or not.

    A path alone is none: directories are called so too.
    """
    text = unescaped(source.data.replace(b"\0", b"").decode("latin-1"))
    if any(key in text for key in PAYLOAD_KEYS):
        return True
    text = text.replace("\\/", "/").lower()
    return "smart_plus/" in text and re.search(_REQUEST, text) is not None
