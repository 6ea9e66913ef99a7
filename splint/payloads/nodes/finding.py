"""What rules find: a place, words, and perhaps the changes that resolve it."""

from collections.abc import Callable
from functools import cache
from typing import Any, Literal, NamedTuple

from splint.formats import Document, member, reference_tokens
from splint.schema.table import SHAPES
from splint.schema.vocabulary import NESTED

MarkedPart = Literal["value", "key", "opening", "url", "method", "token", "body", "change", "fault"]


@cache
def field_names() -> frozenset[str]:
    """The names of all fields of payloads, and of the lists that nest them."""
    return NESTED.union(*(shape.fields for shape in SHAPES.values()))


_ABSENT = object()


def has_place(value: Any, pointer: str, unknown: object = None) -> bool:
    """Whether a value holds another one at a pointer, or on the way to it one that is `unknown`."""
    for step in reference_tokens(pointer):  # mostly keys, for which `member` would say the same
        inner = value.get(step, _ABSENT) if isinstance(value, dict) else member(value, step, _ABSENT)
        if inner is _ABSENT:
            return unknown is not None and value is unknown
        value = inner
    return True


class Location(NamedTuple):
    """A place in a document, by pointer."""

    document: Document
    """The document that it is in."""
    pointer: str
    """From the document's root (RFC 6901)."""
    part: MarkedPart = "value"
    """The part of the place that is marked."""

    @property
    def is_written(self) -> bool:
        """Whether the document has what is there; a field that rules see under a misspelt key stands elsewhere."""
        return self.part != "value" or has_place(self.document.value, self.pointer)


class RelatedLocation:
    """A second place that a finding refers to."""

    def __init__(
        self, location: Location, message: str, mark: str = "", stands: bool = False, lacking: str = ""
    ) -> None:
        self.location = location
        """Where it is."""
        self.message = message
        """What is there, in a few words: "the budget is BUDGET_MODE_TOTAL here"."""
        self.mark = mark
        """The field of the object at `location` whose key reports mark in its place; empty for the location itself."""
        self.stands = stands
        """Whether it is part of what stands at TikTok: no request changes it there."""
        self.lacking = lacking
        """The field that the object at `location` lacks and that this is about, as guards name it; empty for none."""


class Operation:
    """A change of a document at one place; all but `comment` correspond to operations of RFC 6902."""

    def __init__(
        self,
        kind: Literal["put", "remove", "rename", "quote", "comment"],
        location: Location,
        value: Any = None,
    ) -> None:
        self.kind = kind
        """Set a value, remove a member or element, rename a member, quote a scalar as written, or replace a comment."""
        self.location = location
        """The value to change, or the place for a new one."""
        self.value = value
        """The value to put, the new name, or the new text of the comment (empty to remove it).

        True for a `quote` of any scalar of YAML; else only the digits of a number are quoted.
        """


class Fix:
    """Changes that resolve a finding."""

    def __init__(
        self, title: str, operations: tuple[Operation, ...], is_safe: bool = False, respells: bool = False
    ) -> None:
        self.title = title
        """One line in the imperative: "set billing_event to OCPM"."""
        self.operations = operations
        """All of them are applied, or none."""
        self.is_safe = is_safe
        """Whether it keeps the meaning of the payload, or sets the only value that the API accepts.

        Never for changes of budget, bid, schedule, targeting, promotion or status.
        """
        self.respells = respells
        """Whether it writes the value that a misspelt one is for: no rule sees before what that goes with.

        Where it is safe too it writes the very same value in its form, on which no rule finds anything before."""


class Finding(NamedTuple):
    """A finding of a rule: a location and a message. The engine adds code, severity and lines."""

    location: Location
    """The place that it marks."""
    message: str
    """The value found, the limit, the reason."""
    help: str
    """What to do, in the imperative: "set budget to 100 or more"."""
    related: tuple[RelatedLocation, ...] = ()
    """Other places that explain it."""
    level: str | None = None
    """The severity, if it is not the rule's."""
    about: str = ""
    """The name of the missing field: what the finding's field is, and what other rules may own. Empty for none."""
    mark: str = ""
    """The field of the object at `location` whose key reports mark in its place; empty for the location itself."""
    fix: Fix | None = None
    """What resolves it, where that is certain."""
    wording: Callable[[str], str] | None = None
    """The message by the text of the value as the file has it; `message` where there is no text."""
    rest: "Finding | None" = None
    """What is left to say where another rule owns its cause, such as the second of two missing fields, or refuses what
    its fix would write."""
    also: tuple[str, ...] = ()
    """The names of the fields that are missing beside the one that it is about."""
    keys: tuple[str, ...] = ()
    """The keys of the object at `location` that it is on, where it is on several."""
    becomes: str | None = None
    """The name that is meant by the key that it is on, which is no field there; empty where that is not known, or it is
    on several. None where it is on a field."""
    may_be: tuple[str, ...] = ()
    """Further names that may be meant by it as well, which the help names too."""
    conceals: bool = False
    """Whether no rule sees what the object around the key holds until its fix has moved that there."""
    is_kept: bool = False
    """Whether what the flagged field holds belongs in another object, as the help says: it may not be left out."""
    offers: tuple[str, ...] = ()
    """The values that its help names as ways out, and the fields that it names for them where that is another one, in
    the help's order: what agents are offered first, or alone where nothing can be tried. No help is searched for it."""
    counts_as: str | None = None
    """The value that the flagged one is another spelling of, where that is all that is wrong. Other rules judge it too:
    the finding owns only what else is said of its place, and the ad groups of a campaign are compared by this value."""
    lacks: str = ""
    """The pointer of an object that is missing beside its place, from what holds that: the body beside an endpoint."""
    takes: str = ""
    """What goes into its place, in words, where a value of another type stands: `an object`, `a list of objects`."""
    is_answerable: bool = True
    """Whether another value in the payload may resolve it: agents ask no question where it only tells what is so."""
