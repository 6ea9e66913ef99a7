"""Which findings are reported of a tree's: the causes of the others are owned by findings of other rules.

Rules declare what they own (`supersedes`). Nothing else drops a finding, but a rule of a whole tree may ask what rules
found on its payloads (`Tree.objection`), and find nothing where another one did.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from splint.payloads.invalid_fields import NotDecimal, NumericId, UnknownField, WrongType
from splint.payloads.nodes import Ad, AdGroup, Campaign, Creative, Payload, Tree
from splint.payloads.wrapping import REQUEST
from splint.rules.rule import ASCENDING_SEVERITIES, Reach
from splint.schema.kinds import INT64
from splint.schema.nearest import letters_of
from splint.schema.table import SHAPES
from splint.schema.vocabulary import NESTED_MODELS

if TYPE_CHECKING:
    from splint.reporting.wording import Severity
    from splint.run.judge import RuleFinding

SUPPRESSED = 0
ALL = len(ASCENDING_SEVERITIES)
JUDGED = (Payload, Creative, Tree)
"""The nodes whose fields rules read as validated."""
_JUDGED_WITHIN: dict[str, tuple[type, ...]] = {
    "Campaign": (Campaign,),
    "AdGroup": (AdGroup, Ad, Creative),
    "Ad": (Ad, Creative),
    REQUEST: (WrongType,),
}
"""The nodes that an object of a model is, or holds; of the body of any other request what rules find on its fields."""


Weights = Mapping[int, int]
"""The severities of findings that comments and settings change, as `_severity` has them, by `id`: 0 if suppressed."""


def reported(findings: "Sequence[RuleFinding]", weights: Weights) -> "Sequence[RuleFinding]":
    """The findings of a tree, or of a node that is in none, whose cause no other one of them owns.

    A finding dropped at a field or place still drops others; one dropped for a whole node or tree does not. A finding
    with a level of its own, or made milder by settings, drops only findings of that level or milder, one that tells of
    another spelling only what else is said of its place, but for comparisons. A suppressed finding drops none.
    """
    findings = [
        _weighed(one)
        if isinstance(one.node, UnknownField)
        else _quoted(one)
        if isinstance(one.node, NumericId)
        else one
        for one in findings
        if not isinstance(one.node, JUDGED) or (one.finding.location.is_written and not _is_misfit(one))
    ]
    if len(findings) < 2:  # as of most faults
        return findings
    found = {one.selection.rule.code for one in findings}
    owners = [
        one
        for one in findings
        if not found.isdisjoint(one.selection.rule.supersedes) and weights.get(id(one)) != SUPPRESSED
    ]
    if not owners:  # most own nothing that was found
        return findings
    compared = {one.selection.rule.code for one in findings if isinstance(one.node, Tree)}
    in_tree: dict[str, int] = {}
    for one in owners:
        for code, reach in one.selection.rule.supersedes.items():
            if reach == "tree":
                in_tree[code] = max(weights.get(id(one), ALL), in_tree.get(code, 0))
    owned: dict[Hashable, int] = {}
    for of_nodes in (True, False):
        for one in owners:
            here = one.selection.rule.code
            if here in in_tree or (not of_nodes and _severity(one) <= owned.get((here, _node(one)), 0)):
                continue
            most = min(ALL if one.finding.level is None else _severity(one), weights.get(id(one), ALL))
            for code, reach in one.selection.rule.supersedes.items():
                if one.finding.counts_as is not None and (reach != "place" or code in compared):
                    continue
                for where in _reached(one, reach) if (reach == "node") == of_nodes else ():
                    owned[code, where] = max(most, owned.get((code, where), 0))
    return [one for one in findings if not _is_of_tree(one, in_tree, weights) and _is_left(one, owned, weights)]


def _is_of_tree(one: "RuleFinding", in_tree: Mapping[str, int], weights: Weights) -> bool:
    """Whether a finding is dropped because a rule that found something owns its code in the whole tree.

    `in_tree` are the codes owned so, with the highest severity that is owned. A finding that is more severe than its
    own rule's level is kept: it has another cause.
    """
    rule = one.selection.rule
    is_milder = _severity(one) <= ASCENDING_SEVERITIES.index(rule.level) + 1
    return is_milder and weight(one, weights) <= in_tree.get(rule.code, 0)


def _is_left(one: "RuleFinding", owned: Mapping[Hashable, int], weights: Weights) -> bool:
    """Whether a finding is reported: nothing owns it, or it has a `rest` that nothing owns, which then replaces it.

    `owned` gives, by code and place, the highest severity (from 1, see `_severity`) of a finding that is owned there.
    """
    code = one.selection.rule.code
    while any(weight(one, weights) <= owned.get((code, where), 0) for where in _held(one)):
        if one.finding.rest is None:
            return False
        one.finding = one.finding.rest
    return True


def objections(findings: "Sequence[RuleFinding]", weights: Weights) -> dict[tuple[int, str, str], int]:
    """How severe the findings on each place, or missing field, are: what rules of a whole tree may ask.

    What comments and settings suppress is no objection.
    """
    found: dict[tuple[int, str, str], int] = {}
    owned = {
        (code, _place(one))
        for one in findings
        if one.finding.counts_as is not None
        for code, reach in one.selection.rule.supersedes.items()
        if reach == "place"
    }
    for one in findings:
        place = _place(one)
        if one.finding.counts_as is None and (one.selection.rule.code, place) not in owned:
            found[place] = max(min(_severity(one), weights.get(id(one), ALL)), found.get(place, 0))
    return found


def respellings(findings: "Sequence[RuleFinding]") -> dict[tuple[int, str, str], str]:
    """The values that misspelt ones count as, by the place of the finding."""
    return {_place(one): one.finding.counts_as for one in findings if one.finding.counts_as is not None}


def _severity(one: "RuleFinding") -> int:
    """How severe a finding is, from 1 for an info, before settings."""
    return ASCENDING_SEVERITIES.index(cast("Severity", one.finding.level or one.selection.rule.level)) + 1


def weight(one: "RuleFinding", weights: Weights) -> int:
    """How severe a finding is that others may own: after settings, unless these suppress it."""
    return weights.get(id(one)) or _severity(one)


def _weighed(one: "RuleFinding") -> "RuleFinding":
    """The finding on an unknown key, an error where the absence of the field that it stands for would be one.

    That field is misplaced, so no rule says that it is missing. So is a key that hides campaigns, ad groups or ads from
    the rules for them.
    """
    node: UnknownField = one.node
    judged_within = _JUDGED_WITHIN.get(node.unseen or _nested_in(node), ())
    if node.is_missed or any(one.ruleset.on.get(kind) for kind in judged_within):
        one.finding = one.finding._replace(level="error")
    return one


def _quoted(one: "RuleFinding") -> "RuleFinding":
    """The finding on a number for an id; its rest, which quotes no digits, where a rule refuses those as a string."""
    node: NumericId = one.node
    if one.finding.rest is not None:
        of_numbers = node.takes is INT64 and one.ruleset.on.get(NotDecimal)
        if of_numbers or any(map(one.ruleset.selection, one.selection.rule.supersedes)):
            one.finding = one.finding.rest
    return one


def _nested_in(node: UnknownField) -> str:
    """The model of the objects in what seems to be a misspelt list of ad groups or ads; empty where it is none.

    Its name is that of the list but for its spelling and number, or an object in it has a field of the model. Of what a
    bundle has extraction says it.
    """
    key = node.nearest or ""
    if (model := NESTED_MODELS.get(key)) is None or not node.holds_objects:
        return ""
    stem = letters_of(key).removesuffix("s")
    if letters_of(node.field) in (stem, f"{stem}s", f"{stem}list", f"{stem}slist", "creatives"):
        return model
    fields = SHAPES[f"{model}Update"].fields.keys()
    return "" if all(map(fields.isdisjoint, node.objects)) else model


def _is_misfit(one: "RuleFinding") -> bool:
    """Whether the flagged value has a validation fault that a selected rule reports.

    For a value of a wrong type that is any rule of such values; for an id that is none, one that supersedes this rule.
    """
    at, on = one.finding.location, one.ruleset.on
    payload = one.node.ad if isinstance(one.node, Creative) else one.node
    if isinstance(payload, Tree):
        faults: Collection[type] = payload.misfits.get((id(at.document), at.pointer), ())
    else:
        fault = payload.misfits.get(at.pointer) if at.document is payload.document else None
        faults = (fault,) if fault is not None else ()
    if not faults:  # as of most values
        return False
    return (WrongType in faults and bool(on.get(WrongType))) or any(
        one.selection.rule.code in selection.rule.supersedes
        for fault in faults
        if fault is not WrongType
        for selection in on.get(fault, ())
    )


def _reached(one: "RuleFinding", reach: Reach) -> Sequence[Hashable]:
    """What the findings that a finding owns have: its payload, its place, or one of the fields named."""
    if isinstance(reach, tuple):
        return reach
    if reach in ("within", "related"):
        return ((reach, _place(one)),)
    return (_node(one),) if reach == "node" else (_place(one),)


def _held(one: "RuleFinding") -> Iterator[Hashable]:
    """All by which a finding may be owned: its payload, its place and those around, its field, and what it names."""
    yield from (_node(one), _place(one), _field(one))
    document, around, _ = _place(one)
    while around:
        yield "within", (document, around, "")
        around = around.rpartition("/")[0]
    for related in one.finding.related:
        yield "related", (id(related.location.document), related.location.pointer, "")


def _node(one: "RuleFinding") -> Hashable:
    """The payload that a finding is on."""
    return id(one.node.ad if isinstance(one.node, Creative) else one.node)


def _place(one: "RuleFinding") -> tuple[int, str, str]:
    """The place of a finding, and the field that is missing there."""
    at = one.finding.location
    return id(at.document), at.pointer, one.finding.about


def _field(one: "RuleFinding") -> str:
    """The name of the field that is flagged or missing."""
    return one.finding.about or one.finding.location.pointer.rpartition("/")[2]
