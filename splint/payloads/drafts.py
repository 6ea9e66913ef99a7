"""Drafts beside payloads: objects, or strings of JSON, whose fields are in another spelling."""

from typing import TYPE_CHECKING, Any

from splint.formats import Document, escape
from splint.payloads.copies import Copies, copies_of
from splint.payloads.evidence import FOR, OF_OTHERS, choices_of, count_of, said_by, weighed
from splint.payloads.known import fields
from splint.payloads.resemblance import Resemblance, below, field_like, in_text, is_telling, respelled
from splint.schema.envelopes import BODY_KEYS, is_of_tool, is_shown
from splint.schema.table import SHAPES
from splint.schema.vocabulary import MODELS, NAME_FIELDS, ObjectLevel, level_of

if TYPE_CHECKING:
    from splint.payloads.bodies import BodyReader, Extracted

_MOST = 100
"""The most payloads of a document of which a draft may be a copy."""


def meant_beside(
    value: dict[str, Any] | list[Any] | str,
    pointer: str,
    document: Document,
    extracted: "Extracted",
    *,
    is_own: bool,
    is_around: bool = False,
) -> Resemblance | None:
    """The first sign that an object beside payloads, or one in it, means to be one: fields in another spelling.

    Two of them have several words, as its campaign may be named there, and what they hold fits such a field: where it
    stands under a key of its own (`is_own`) in a bundle, only TikTok has a value of it. What was answered is none, nor
    is what says no more than a payload beside it, or in a string than an object. What is in an object around payloads
    (`is_around`) is not looked at again.
    """
    is_text = isinstance(value, str)

    def is_meant(written: dict[str, Any], known: dict[str, Any]) -> bool:
        if not is_draft(known, pointer, is_own=is_own):
            return False
        if is_text and copies_of(extracted).has(written, document, in_texts=False):
            return False
        own = [(key, entry) for key, entry in known.items() if key in fields()]
        shown = (payload.written for payload in extracted.payloads[:_MOST])
        return not any(all(key in one and one[key] == entry for key, entry in own) for one in shown)

    if any(map(is_shown, pointer.split("/"))) or is_of_tool(value):
        return None
    if isinstance(value, str):
        return in_text(value, pointer, is_meant=is_meant)
    near = respelled(value, pointer, is_meant=is_meant) if isinstance(value, dict) else None
    return near if is_around else near or next(below(value, pointer, is_meant=is_meant), None)


def is_draft(known: dict[str, Any], pointer: str, *, is_own: bool) -> bool:
    """Whether an object, its keys as they are known, is a payload by what stands in it."""
    told = weighed(known, pointer)
    return told.says > 0 and (told.exact > 0 or (not is_own and any(_fits(*member) for member in known.items())))


def _fits(key: str, entry: Any) -> bool:
    """Whether a value fits a field with a name of several words that is no id, nor a name."""
    spec = fields().get(key)
    if spec is None or str(entry) in OF_OTHERS or not is_telling(key) or key in NAME_FIELDS.values():
        return False
    return count_of(key, spec, entry) > 0 or (
        said_by(key, spec, entry) == FOR and (key in choices_of() or type(entry) is not str)
    )


def means_level(value: Any, level: ObjectLevel, document: Document, copies: Copies, *, in_text: bool) -> bool:
    """Whether an object in a bundle is one of a level whatever its spelling; in a string, and no copy of another."""

    def is_meant(_written: dict[str, Any], known: dict[str, Any]) -> bool:
        return level_of(known) == level and is_draft(known, "", is_own=False)

    if not isinstance(value, dict) or (in_text and copies.has(value, document, in_texts=True)):
        return False
    return is_meant(value, value) or respelled(value, "", is_meant=is_meant) is not None


def note_around(reader: "BodyReader", value: dict[str, Any], pointer: str) -> None:
    """Note an object around payloads that means to be one itself: what is judged in it does not tell of it.

    What is around a body is a record of it.
    """
    extracted = reader.extracted
    if not value.keys().isdisjoint(BODY_KEYS):
        return
    if near := meant_beside(value, pointer, reader.document, extracted, is_own=False, is_around=True):
        extracted.doubts.append((reader.document, pointer, near))


def respelled_campaign(value: dict[str, Any], pointer: str) -> Resemblance | None:
    """The first key of a campaign in another spelling that stands around ad groups, beside another field of one."""
    shape = SHAPES["CampaignUpdate"].fields
    names = {key: field_like(key, is_near=True) for key in value}
    if sum(name in shape for name in names.values()) < 2:
        return None
    own = (key for key, name in names.items() if name not in ("", key) and name in shape and is_telling(name))
    return next((Resemblance(f"{pointer}/{escape(key)}", key, names[key]) for key in own), None)


def respelled_fields(
    value: dict[str, Any], level: ObjectLevel, document: Document, pointer: str
) -> list[tuple[Document, str, Resemblance]]:
    """The first key of an object of a level that is a field of it but for its spelling; ids alone say nothing."""
    known = SHAPES[f"{MODELS[level]}Update"].fields
    names = {key: field_like(key, is_near=True) for key in value}
    changed = [key for key, name in names.items() if name in known and name not in value]
    if not any(is_telling(names[key]) for key in changed):
        return []
    return [(document, pointer, Resemblance(f"{pointer}/{escape(changed[0])}", changed[0], names[changed[0]]))]
