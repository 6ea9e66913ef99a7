"""What a report with findings holds: each with its place in a file, the rules that ran, errors of splint itself."""

from typing import Any, NamedTuple

from splint.reporting.citation import Citation
from splint.reporting.location import Edit, Excerpt, Range
from splint.reporting.wording import json_text


class RelatedPlace(NamedTuple):
    """A second place that a finding refers to."""

    message: str
    path: str
    pointer: str
    range: Range | None
    excerpt: Excerpt | None = None
    document: int | None = None
    field: str = ""
    """The field that it is, or that the object there lacks, as guards name it; empty for one of what stands at TikTok.
    Found out together with the anchor of the finding; not in reports."""
    lacks_field: bool = False
    """Whether it is the object that lacks the field."""
    inmost: str = ""
    """In a string of JSON its pointer, which goes on through the string. Found out as `field` is."""

    @property
    def marked(self) -> Range | None:
        """The range that reports for people mark."""
        return self.range

    def model_dump(self) -> dict[str, Any]:
        """As the JSON report writes it."""
        members: dict[str, Any] = {"message": self.message, "path": self.path, "pointer": self.pointer}
        if self.document is not None:
            members["document"] = self.document
        return {**members, "range": self.range.model_dump() if self.range else None}


class Anchor(NamedTuple):
    """Identifies what a finding is about independently of line numbers, list positions and the working directory."""

    pointer: str
    """The pointer with objects' names, where they have one, in place of their indices."""
    value: str | None
    """A hash of the value at the pointer; None for a missing one."""
    path: str | None = None
    """The file relative to the top of its repository; None for the path that the finding shows."""
    ordinal: int = 1
    """The number of the finding, from 1, among those of its file with the same code, pointer and value."""


class Suppression(NamedTuple):
    """Why a finding is suppressed."""

    kind: str
    """comment, per-file-ignore, override or baseline."""
    path: str
    """The file that suppresses it."""
    line: int
    """From 1."""
    reason: str = ""
    """The reason given in a comment."""


class Fix(NamedTuple):
    """Edits of a file that resolve a finding."""

    title: str
    applicability: str
    """safe or unsafe."""
    edits: tuple[Edit, ...]
    """Sorted by place, not overlapping; empty for a record of a table and for a value given to the library."""
    patch: tuple[dict[str, Any], ...]
    """The same edits as an RFC 6902 JSON Patch of the document; empty if only a comment changes."""

    def __hash__(self) -> int:
        """The patch is left out: its values may be lists and objects."""
        return hash((self.title, self.applicability, self.edits))

    def model_dump(self) -> dict[str, Any]:
        """As the JSON report writes it."""
        edits = [edit.model_dump() for edit in self.edits]
        return {"title": self.title, "applicability": self.applicability, "edits": edits, "patch": self.given_patch()}

    def given_patch(self) -> list[dict[str, Any]]:
        """A copy of the patch, which may be changed by who is given it."""
        from copy import deepcopy  # few reports are dumped

        return [deepcopy(step) for step in self.patch]


class Diagnostic(NamedTuple):
    """A finding with its place. Sorts by path, offset and code."""

    path: str
    """Relative to the working directory; `<input>` for a value given to the library, `<run>` for the run itself."""
    offset: int
    """The start of the range in bytes of the file; -1 without a range."""
    code: str
    pointer: str
    """An RFC 6901 pointer from the document's root."""
    document: int | None
    """The number of the document in its file, from 1; None for formats with one document per file."""
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
    """Why the finding is suppressed; None if it is active."""
    anchor: Anchor | None = None
    """Computed by the library, and by a command if a baseline or an output format needs it."""
    fix: Fix | None = None
    mark: Range | None = None
    """What reports for people mark in place of `range`: a field to rename, the name of an object that lacks one."""
    field: str = ""
    """The field that is flagged or missing, as guards name it: `AdGroup.bid_type`. Found out together with `anchor`;
    empty where it is not known."""
    body: int = 0
    """The position, from 0, of the curl command or fenced block among those of its file; -1 for none of them."""
    holder: str = ""
    """The pointer of the innermost object that the finding is on or in."""
    also: tuple[str, ...] = ()
    """The fields that are missing beside `field`."""
    is_answerable: bool = True
    """Whether another value in the payload may resolve it. Not in reports, as the next ones."""
    is_of_update: bool = False
    """Whether it is on an update request, which does not take all fields of its object."""
    keys: tuple[tuple[str, str], ...] = ()
    """The keys that it is on, where it is on several of its object: the field of each, empty for none, and the key as
    pointers have it."""
    inmost: tuple[str, str] | None = None
    """In a string of JSON the pointers of the place and of its holder, which go on through the string; else None."""
    becomes: str | None = None
    """The name that is meant by the key that it is on; empty where that is not known, None where it is on a field."""
    is_kept: bool = False
    """Whether what the field holds belongs in another object, so that it may not be left out."""
    offers: tuple[str, ...] = ()
    """The values and fields that its help names as ways out, in the help's order."""
    hides: frozenset[str] = frozenset()
    """The codes of the rules whose findings in the whole campaign its rule owns."""
    lacks: str = ""
    """The pointer, from its holder, of the object that is missing beside its place."""
    takes: str = ""
    """What goes into its place, in words, where a value of another type stands: `an object`."""
    may_be: tuple[str, ...] = ()
    """The names besides `becomes` that may be meant by the key that it is on."""
    conceals: bool = False
    """Whether no rule sees what is meant there until its fix has moved it into the object around this key, or has
    written the value that is misspelt."""

    @property
    def marked(self) -> Range | None:
        """The range that reports for people mark, and `excerpt` shows."""
        return self.mark or self.range

    @property
    def message(self) -> str:
        """What is wrong, why, and what to do."""
        return f"{self.summary}; {self.help}"

    @property
    def page(self) -> str:
        """The address of the rule's page, or without one the command that shows it."""
        return self.source.page_of(self.code)

    @property
    def fingerprint(self) -> str:
        """32 hexadecimal digits computed from path, code and anchor; each finding of a report has its own.

        Raises ValueError where the run made no anchors.
        """
        from hashlib import sha256  # few formats have fingerprints

        if (anchor := self.anchor) is None:
            raise ValueError("this run made no fingerprints: the output format names them in its needs")
        identity = [anchor.path or self.path, self.code, anchor.pointer, anchor.value]
        identity += [str(anchor.ordinal)] if anchor.ordinal > 1 else []
        return sha256(json_text(identity).encode()).hexdigest()[:32]

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """A total order that is the same on every machine."""
        return (self.path, self.offset, self.document or 0, self.code, self.pointer, self.summary)

    def model_dump(self) -> dict[str, Any]:
        """As the JSON report writes it (contract: keys are only ever added within a report version)."""
        members: dict[str, Any] = {
            "id": self.fingerprint,
            "code": self.code,
            "name": self.name,
            "severity": self.severity,
            "message": self.message,
            "path": self.path,
            "pointer": self.pointer,
        }
        if self.document is not None:
            members["document"] = self.document
        return {
            **members,
            "range": self.range.model_dump() if self.range else None,
            "related": [place._replace(range=place.range or self.range).model_dump() for place in self.related],
            "fix": self.fix.model_dump() if self.fix else None,
            "source": self.source._asdict(),
            "suppressed": self.suppressed._asdict() if self.suppressed else None,
        }

    def to_json(self) -> str:
        """`model_dump` as JSON text."""
        return json_text(self.model_dump())


class RuleInfo(NamedTuple):
    """A rule that ran, as reports describe it."""

    code: str
    name: str
    level: str
    """The default severity; each finding has its own."""
    summary: str
    """The condition that the rule requires."""
    explanation: str
    """The reason for the rule, and what to do."""
    source: Citation


class ToolNotification(NamedTuple):
    """An error of splint itself: a file that cannot be read, a rule that raises an exception."""

    kind: str
    """unreadable-file, unwritable-file, crashed-rule or crashed-fix."""
    message: str
    path: str | None = None
    code: str | None = None
