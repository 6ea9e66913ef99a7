"""One finding, located: what a report is made of."""

from typing import Any, NamedTuple

from splint.reporting.location import Edit, Excerpt, Range
from splint.reporting.report import Citation
from splint.reporting.wording import json_text


class RelatedPlace(NamedTuple):
    """A second place that a finding speaks of."""

    message: str
    path: str
    pointer: str
    range: Range | None
    excerpt: Excerpt | None = None
    document: int | None = None

    def model_dump(self) -> dict[str, Any]:
        """As the JSON report writes it."""
        found: dict[str, Any] = {"message": self.message, "path": self.path, "pointer": self.pointer}
        if self.document is not None:
            found["document"] = self.document
        return {**found, "range": self.range.model_dump() if self.range else None}


class Anchor(NamedTuple):
    """What a finding is about in words that stay the same when lines move and siblings come and go."""

    pointer: str
    """With an object's name in place of its index, where it has one."""
    value: str | None
    """A hash of the value pointed at; None for what is missing."""


class Suppression(NamedTuple):
    """Why a finding does not count."""

    kind: str
    """comment, per-file-ignore, override or baseline."""
    path: str
    """The file that says so."""
    line: int
    """From 1."""
    reason: str = ""
    """What the author of a comment says."""


class Fix(NamedTuple):
    """How a finding can be made to go away."""

    title: str
    applicability: str
    """safe or unsafe."""
    edits: tuple[Edit, ...]
    """In the order of their places, none overlapping; empty for a value that is no text."""
    patch: tuple[dict[str, Any], ...]
    """The same as an RFC 6902 JSON Patch of the document; empty where only a comment changes."""

    def __hash__(self) -> int:
        """Without the patch, whose values may be lists and objects."""
        return hash((self.title, self.applicability, self.edits))

    def model_dump(self) -> dict[str, Any]:
        """As the JSON report writes it."""
        edits = [edit.model_dump() for edit in self.edits]
        return {"title": self.title, "applicability": self.applicability, "edits": edits, "patch": list(self.patch)}


class Diagnostic(NamedTuple):
    """One finding, located. Sorts by path, offset and code."""

    path: str
    """Relative to the working directory; `<input>` for a value given to the library, `<run>` for what no file holds."""
    offset: int
    """Of the range's start, in bytes of the file; -1 without a range."""
    code: str
    pointer: str
    """RFC 6901, from the document's root."""
    document: int | None
    """Which document of the file, from 1, where a file may hold several."""
    name: str
    severity: str
    summary: str
    """What is wrong and why."""
    help: str
    """What to do about it."""
    range: Range | None
    related: tuple[RelatedPlace, ...]
    source: Citation
    excerpt: Excerpt | None = None
    suppressed: Suppression | None = None
    """Why it does not count; None when it does."""
    anchor: Anchor | None = None
    """What it is about, apart from lines; made only where a baseline or a format asks for it."""
    fix: Fix | None = None

    @property
    def message(self) -> str:
        """What is wrong, why, and what to do."""
        return f"{self.summary}; {self.help}"

    @property
    def fingerprint(self) -> str:
        """32 hex digits that stay the same as long as path, code and anchor do; equal findings share it."""
        from hashlib import sha256

        anchor = self.anchor or Anchor(self.pointer, None)
        return sha256(json_text([self.path, self.code, *anchor]).encode()).hexdigest()[:32]

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """Total, and the same on every machine."""
        return (self.path, self.offset, self.document or 0, self.code, self.pointer, self.summary)

    def model_dump(self) -> dict[str, Any]:
        """As the JSON report writes it (contract: keys are only ever added within a report version)."""
        found: dict[str, Any] = {
            "code": self.code,
            "name": self.name,
            "severity": self.severity,
            "message": self.message,
            "path": self.path,
            "pointer": self.pointer,
        }
        if self.document is not None:
            found["document"] = self.document
        return {
            **found,
            "range": self.range.model_dump() if self.range else None,
            "related": [place.model_dump() for place in self.related],
            "fix": self.fix.model_dump() if self.fix else None,
            "source": self.source._asdict(),
            "suppressed": self.suppressed._asdict() if self.suppressed else None,
        }

    def to_json(self) -> str:
        """`model_dump` as JSON text."""
        return json_text(self.model_dump())
