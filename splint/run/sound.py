"""Refuses findings that cannot be shown or fixed: whose rule yields one has crashed, and no report is lost over it."""

from typing import Any, get_args

from splint.formats import Document
from splint.formats.operations import is_json
from splint.payloads.nodes import Finding, Fix, Location, Operation, RelatedLocation
from splint.payloads.nodes.finding import field_names
from splint.rules.rule import ASCENDING_SEVERITIES
from splint.schema.nearest import suggestion

KINDS = get_args(Operation.__init__.__annotations__["kind"])


def sound(finding: Any) -> Finding:
    """What a rule yields. Raises TypeError or ValueError for anything but a finding of the parts that one has."""
    if not isinstance(finding, Finding):
        raise TypeError(f"a rule yields findings, not {type(finding).__name__}")
    if not isinstance(finding.location, Location):
        raise TypeError(f"a finding is at a node.location(field), not at {finding.location!r:.80}")
    if not isinstance(finding.message, str) or not isinstance(finding.help, str):
        raise TypeError("the message and the help of a finding are texts")
    places: Any = finding.related
    if places and not all(isinstance(one, RelatedLocation) and isinstance(one.message, str) for one in places):
        raise TypeError("the related places of a finding are each a node.place(field, words)")
    if finding.level is not None and finding.level not in ASCENDING_SEVERITIES:
        raise ValueError(
            f"the level of a finding is one of {', '.join(ASCENDING_SEVERITIES)}, not {finding.level!r:.80}"
        )
    if not (finding.becomes is None or isinstance(finding.becomes, str)):
        raise TypeError("becomes= of a finding is the name that its key gets")
    if not isinstance(finding.is_kept, bool):
        raise TypeError("is_kept= of a finding is True or False")
    if not isinstance(finding.offers, tuple) or not all(isinstance(one, str) for one in finding.offers):
        raise TypeError(f"offers= is a list of values and names of fields, [{finding.offers!r:.80}], not one text")
    names: Any = finding.may_be
    if names != () and not (isinstance(names, tuple) and all(isinstance(one, str) for one in names)):
        raise TypeError(f"may_be= is a list of names, [{finding.may_be!r:.80}], not one text")
    if not isinstance(finding.also, tuple):
        raise TypeError(f"also= is a list of names of fields, [{finding.also!r:.80}], not one text")
    for name in (finding.about, *finding.also):
        if name and name not in field_names():
            raise ValueError(f"a finding is about {name!r:.80}, which is no field{suggestion(name, field_names())}")
    rest = None if finding.rest is None else sound(finding.rest)
    if finding.fix is not None:
        _check(finding.fix)
        if not all(_fits(one, finding.location.document) for one in finding.fix.operations):
            return finding._replace(fix=None, rest=rest)
    return finding if rest is finding.rest else finding._replace(rest=rest)


def _check(fix: Any) -> None:
    """Raise TypeError or ValueError for anything but a fix that can be applied."""
    if not isinstance(fix, Fix) or not isinstance(fix.title, str) or not isinstance(fix.operations, tuple | list):
        raise TypeError("a fix is Fix(title, (operation, ...)), the title a text")
    if not isinstance(fix.is_safe, bool):
        raise TypeError(f"is_safe of the fix {fix.title!r} is True or False, not {fix.is_safe!r:.80}")
    if not fix.operations:
        raise ValueError(f"the fix {fix.title!r} has no operation, such as node.put(field, value)")
    for one in fix.operations:
        if not isinstance(one, Operation) or one.kind not in KINDS:
            raise TypeError(f"the fix {fix.title!r} consists of {one!r:.80}, not of operations as node.put gives them")
        if one.kind in ("put", "rename") and not is_json(one.value):
            raise TypeError(f"the fix {fix.title!r} writes {one.value!r:.80}, which is no value of JSON")


def _fits(one: Operation, document: Document) -> bool:
    """Whether an operation changes what a finding's document has, or a string of JSON that this stands in.

    A field may stand under a misspelt key.
    """
    at = one.location
    while at.document is not document and document.within is not None:
        document, _ = document.within
    if at.document is not document:
        return False
    if one.kind == "put":
        at = at._replace(pointer=at.pointer.rpartition("/")[0])
    return one.kind == "comment" or at.is_written
