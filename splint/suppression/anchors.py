"""Anchors: identify a finding independently of line numbers and of the indices of list entries."""

from collections.abc import Iterable, Sequence
from typing import Any

from splint.formats import escape
from splint.payloads.nodes import Location
from splint.reporting.hashing import hash_of
from splint.reporting.masking import masked
from splint.reporting.report import Anchor, Diagnostic
from splint.schema.envelopes import HELD_KEYS
from splint.schema.vocabulary import NAME_FIELDS

NAMES = tuple(reversed(NAME_FIELDS.values()))
"""The name fields, the lowest level first: objects exported from TikTok have the names of their parents too."""
HOLDERS = (*HELD_KEYS, "campaign")
"""The keys of requests and bundles, which have no name themselves, whose value is the named object."""
_HOLDERS = frozenset(HOLDERS)


def anchor(location: Location, values: Sequence[Any], path: str | None = None) -> Anchor:
    """The anchor of a location in a document of a file, as `resolve` returns it; `values` are those along its pointer.

    In its pointer the name of an object replaces its index, or its document's number. Secrets are masked in the pointer
    and not hashed. `path` is that of the file in its repository.
    """
    document, pointer, part = location
    steps = pointer.split("/")
    if document.number is not None or (document.call is not None and not document.is_sent):
        steps[0] = "/" + escape(_named(values[0]) or str(document.number or ""))
    for at, holder in enumerate(values[:-1], 1):
        if isinstance(holder, list) and (name := _named(values[at])):
            steps[at] = escape(name)
    way = "/".join(steps)
    secrets = document.source.secrets
    text = masked(way, secrets) if secrets else way
    if part not in ("value", "key"):
        return Anchor(text if part in ("opening", "fault") else f"{text}#{part}", None, path)
    value = values[-1]
    return Anchor(text, None if isinstance(value, str) and value in secrets else hash_of(value), path)


class Numbering:
    """Gives findings that are alike in their file different anchors: one numbering for all findings of a run."""

    def __init__(self) -> None:
        self._path: str | None = None
        self._seen: dict[tuple[str, Anchor], int] = {}
        """How often code and anchor came in the current file."""

    def numbered(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The findings with the ordinals of their anchors; given and returned in the order of the report."""
        return [self._numbered(diagnostic) for diagnostic in diagnostics]

    def _numbered(self, diagnostic: Diagnostic) -> Diagnostic:
        anchor = diagnostic.anchor
        if anchor is None:
            return diagnostic
        if diagnostic.path != self._path:
            self._path = diagnostic.path
            self._seen.clear()
        key = diagnostic.code, anchor
        ordinal = self._seen[key] = self._seen.get(key, 0) + 1
        return diagnostic if ordinal == anchor.ordinal else diagnostic._replace(anchor=anchor._replace(ordinal=ordinal))


def _named(value: Any) -> str | None:
    """The name of an object, or of the object that it wraps; None if neither has one."""
    if not isinstance(value, dict):
        return None
    if (name := _name(value)) is not None:
        return name
    if _HOLDERS.isdisjoint(value):
        return None
    inner = (value[key] for key in HOLDERS if isinstance(value.get(key), dict))
    return next((name for holder in inner if (name := _name(holder))), None)


def _name(value: dict[str, Any]) -> str | None:
    for key in NAMES:
        if (name := value.get(key)) and isinstance(name, str):
            return f"{key}={name}"
    return None
