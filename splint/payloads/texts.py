"""JSON in the strings of a document: API clients and logs keep bodies as texts."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from splint.formats import Document, Source, escape, reference_tokens, value_at
from splint.formats.fault import unescaped
from splint.formats.json.reader import parse
from splint.formats.pointer import member
from splint.payloads.invalid_fields import PlaceholderLeft, WrongType
from splint.payloads.nodes import Location, Operation
from splint.schema.envelopes import names_file
from splint.schema.nearest import snake_case
from splint.schema.placeholders import EXPRESSION, is_not_shown, is_placeholder
from splint.schema.vocabulary import PAYLOAD_NAMES

if TYPE_CHECKING:
    from splint.formats.fault import SyntaxFault
    from splint.formats.operations import Action
    from splint.payloads.bodies import BodyReader

ENCODED_ONCE: Final = "an object, encoded once"
"""What a body is that is sent as a whole."""
MAX_DEPTH_AROUND_TEXT = 16
"""The most pointer depth at which a string of JSON is read."""
_NUMBERS: Final = r"-?\d[\d.eE+-]*"
_KEY: Final = r"""(?:^|[\[{,])[ \t]*+(?:-[ \t]++)?\\?["']?([A-Za-z][\w-]*+)\\?["']?[ \t]*+:"""
"""A key at the start of a line, of an entry or of an object, of JSON, Python or YAML."""
_QUOTED = rf'"(?:{EXPRESSION}|[^"\\]|\\.)*+"?'
"""A text in quotes, or all that is behind a quote that is not closed: no other scan begins there."""
_VALUE = rf"{_QUOTED}|([:\[,]\s*+)({EXPRESSION})(?=\s*+[,\]}}])"
"""The same, or a template's expression in the place of a value, with what is before it."""


def read(text: str) -> "Document | SyntaxFault | None":
    """The document in a string, or why it is none; None for one that does not mean to be an object or a list of JSON.

    A comment may stand above the object. The `=` that makes a value of n8n an expression counts as a blank: what is
    behind it is what is sent. What a template has in the place of a value is a text: {"budget": {{budget}}}.
    """
    text = _blanked(text)
    begun = text.lstrip()
    is_meant = begun.startswith(("{", "[")) or (begun.startswith(("//", "/*")) and "{" in begun)
    if not is_meant:
        return None
    found = _parsed(text)
    if "{{" in text and not isinstance(found, Document):
        filled = _parsed(_with_values(text))
        return filled if isinstance(filled, Document) else found
    return found


def _parsed(text: str) -> "Document | SyntaxFault":
    return parse(Source("", text.encode("utf-8", "surrogatepass")), place="string")


def content_of(value: object) -> object:
    """A value, or the one of its JSON where it is a string; None for any other string."""
    if not isinstance(value, str):
        return value
    inner = read(value)
    return inner.value if isinstance(inner, Document) else None


def edited(text: str, actions: "Sequence[Action]") -> str | None:
    """A string of JSON after actions on what it holds, all else as it was; None where one cannot be done."""
    from splint.formats.edits import applied  # only answers of agents need them
    from splint.formats.json.edits import changes

    made = changes(_blanked(text), actions)
    return applied(text, made) if made is not None else None


def can_edit(value: Any, tokens: Sequence[str]) -> bool:
    """Whether something can be put at a place of a value: each string of JSON on the way there can be edited."""
    from splint.formats.operations import Action  # only findings need it

    while (start := _to_string(value, tokens))[1]:
        text, tokens = start
        inner = read(text) if isinstance(text, str) else None
        if not isinstance(inner, Document):
            return not isinstance(text, str)
        below, left = _to_string(inner.value, tokens)
        way = tokens[: len(tokens) - len(left)]
        if edited(text, [Action("put", "".join(f"/{escape(token)}" for token in way), "")]) is None:
            return False
        value, tokens = below, left
    return True


def _to_string(value: Any, tokens: Sequence[str]) -> tuple[Any, Sequence[str]]:
    """The first string on the way to a place, or what nothing stands in, and the rest of the way from there."""
    for at, token in enumerate(tokens):
        if not isinstance(value, dict | list):
            return value, tokens[at:]
        value = member(value, token)
    return value, ()


def is_doubled(value: Any) -> bool:
    """Whether a string of JSON has an object that holds a key twice; of the text around it the edits know."""
    if isinstance(value, str):
        inner = read(value)
        return isinstance(inner, Document) and (bool(inner.duplicates) or is_doubled(inner.value))
    return any(map(is_doubled, value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()))


def on_string(document: Document, operations: tuple[Operation, ...]) -> tuple[Operation, ...]:
    """Operations on what a string of JSON holds, as one on the string; none where a number would be spelt otherwise."""
    from splint.formats.operations import Action  # only findings need it

    while document.within is not None:
        actions = [Action(one.kind, one.location.pointer, one.value) for one in operations if one.kind != "comment"]
        document, pointer = document.within
        text = value_at(document.value, reference_tokens(pointer))
        if is_doubled(text) or (new := edited(text, actions)) is None:
            return ()
        if Counter(re.findall(_NUMBERS, new)) - Counter(re.findall(_NUMBERS, text)):
            return ()
        operations = (Operation("put", Location(document, pointer), new),)
    return operations


def _blanked(text: str) -> str:
    """A text without the `=` before it, which makes a value of n8n an expression."""
    return text.replace("=", " ", 1) if text.lstrip().startswith("=") else text


def document_in(text: str, document: Document, pointer: str) -> Document | None:
    """The document in a string of JSON at a pointer, whose locations are all the string's; None for any other one."""
    inner = read(text) if _depth_of(document, pointer) <= MAX_DEPTH_AROUND_TEXT else None
    if not isinstance(inner, Document):
        return None
    inner.source.path, inner.source.secrets = document.source.path, document.source.secrets
    return inner._replace(within=(document, pointer), written=None)


def _with_values(text: str) -> str:
    """A text of JSON with quotes around what a template has in the place of a value: {"budget": {{budget}}}."""
    return re.sub(
        _VALUE, lambda one: one[0] if one[1] is None else f"{one[1]}{json.dumps(one[2])}", text, flags=re.DOTALL
    )


def _depth_of(document: Document, pointer: str) -> int:
    """The depth of a pointer in its file; the pointers of enclosing JSON strings count too."""
    depth, around = pointer.count("/"), document.within
    while around is not None:
        depth, around = depth + around[1].count("/"), around[0].within
    return depth


def names_payloads(text: str) -> bool:
    """Whether one of PAYLOAD_NAMES is in a string, escaped or not: most are not worth to be parsed."""
    if any(name in text for name in PAYLOAD_NAMES):
        return True
    return "\\u00" in text and any(name in unescaped(text) for name in PAYLOAD_NAMES)


def lays_out_payloads(text: str) -> bool:
    """Whether a string has one of PAYLOAD_NAMES, in any spelling, as a key of JSON or YAML, and not in its prose."""
    return any(snake_case(found[1]) in PAYLOAD_NAMES for found in re.finditer(_KEY, text, re.MULTILINE))


def note_no_object(reader: "BodyReader", value: object, pointer: str, *, is_whole: bool) -> None:
    """Note the fault of a body that is no object; one that is sent as a whole may be encoded twice."""
    if not is_whole and _is_tagged(reader.document, pointer):
        reader.note(PlaceholderLeft(Location(reader.document, pointer), {"file": value}, "an object"))
        return
    is_part = isinstance(value, str) and not is_whole
    if is_part and (fault := _no_json(str(value), Location(reader.document, pointer))) is not None:
        reader.note(fault)
        return
    takes = ENCODED_ONCE if isinstance(value, str) and is_whole else "an object"
    reader.misplaced(pointer, value, takes)


def _is_tagged(document: Document, pointer: str) -> bool:
    """Whether a tag of a YAML file's own stands before a value, which takes it from elsewhere: !include body.json."""
    place = document.locate([pointer]).get(pointer) if document.within is None else None
    before = document.source.text[: place.value.start] if place is not None else ""
    return re.search(r"[\s:]!\w[\w!/:.-]*\s+$", before[-200:]) is not None


def _no_json(text: str, location: Location) -> WrongType | PlaceholderLeft | None:
    """The fault of a body that is a string meant as JSON, but none; None where placeholders may be the reason.

    One outside of quotes may be: it may stand for several members, or for a condition. What a log shows instead of the
    body is a placeholder itself.
    """
    if names_file(text):
        return PlaceholderLeft(location, {"file": text}, "an object")
    if is_not_shown(text):
        return PlaceholderLeft(location, text, "an object")
    if is_placeholder(re.sub(_QUOTED, '""', text, flags=re.DOTALL)):
        return None
    fault = read(re.sub(EXPRESSION, lambda one: "1".ljust(len(one.group())), text))
    if fault is None or isinstance(fault, Document):
        return None
    fault = fault._replace(source=Source("", text.encode("utf-8", "surrogatepass")))  # as written
    wrong = WrongType(location, text, "an object")
    wrong.unread = fault
    return wrong
