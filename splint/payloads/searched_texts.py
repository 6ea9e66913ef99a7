"""Payloads in the strings of JSON that a search of a document comes across."""

from typing import TYPE_CHECKING, Any

from splint.payloads.carried import is_body_as_text
from splint.payloads.endpoints import SOMEWHERE
from splint.payloads.texts import ENCODED_ONCE
from splint.schema.envelopes import TEXT_KEYS

if TYPE_CHECKING:
    from splint.payloads.extract import Extractor


def search_text(
    reader: "Extractor", text: str, key: str, around: dict[str, Any], pointer: str, *, in_list: bool
) -> None:
    """Read a string of JSON that holds a payload: under a key of TEXT_KEYS as a body, else as what stands there itself.

    What says the same as an object of those `around` it is none: logs show what was read out of a text beside it. A
    whole document is to be encoded once.
    """
    if not is_body_as_text(text, around, pointer):
        return
    if key in TEXT_KEYS:
        reader.body(SOMEWHERE, text, pointer, None, in_list=in_list)
        return
    inner, found = reader.inside(text, pointer), reader.found
    if inner is not None and inner.value not in [one for one in around.values() if isinstance(one, dict | list)]:
        within = reader.within(inner, is_sent=reader.is_sent)
        within.search(inner.value, "", in_list=in_list)
        within.validate_pending()
    if not pointer and reader.document.within is None and reader.found != found:
        reader.misplaced(pointer, text, ENCODED_ONCE)
