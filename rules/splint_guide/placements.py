"""Placements."""

from collections.abc import Iterator

from splint.payloads.nodes import AdGroup, Finding
from splint.rules.guard import given, is_, is_other, lacks
from splint.rules.rule import GONE, bad, good, rule

NORMAL = "PLACEMENT_TYPE_NORMAL"


@rule(
    "SPL220",
    "placement-incomplete",
    on=AdGroup,
    level="error",
    section="Placements",
    basis="stated",
    since="0.1.0",
    requests={"create"},
    guard=is_("AdGroup.placement_type", NORMAL) & lacks("AdGroup.placements")
    | given("AdGroup.placements") & (lacks("AdGroup.placement_type") | is_other("AdGroup.placement_type", NORMAL)),
    examples=lambda: [
        bad("a type without placements", {"/adgroups/0/placements": []}, at=["/adgroups/0"]),
        *(
            bad(f"{title} for a placement, {kind}", {"/adgroups/0/placements": [entry], **edits}, at=[at])
            for title, entry in (("an empty text", ""), ("null", None))
            for kind, edits, at in (
                ("a type", {}, "/adgroups/0"),
                ("no type", {"/adgroups/0/placement_type": GONE}, "/adgroups/0"),
                ("automatic", {"/adgroups/0/placement_type": "PLACEMENT_TYPE_AUTOMATIC"}, "/adgroups/0/placements"),
            )
        ),
        bad("placements without a type", {"/adgroups/0/placement_type": GONE}, at=["/adgroups/0"]),
        bad(
            "placements beside an automatic type",
            {"/adgroups/0/placement_type": "PLACEMENT_TYPE_AUTOMATIC"},
            at=["/adgroups/0/placements"],
        ),
        good("neither is automatic placement", {"/adgroups/0/placement_type": GONE, "/adgroups/0/placements": GONE}),
        good(
            "an automatic type alone",
            {"/adgroups/0/placement_type": "PLACEMENT_TYPE_AUTOMATIC", "/adgroups/0/placements": GONE},
        ),
        good("a type that SPL007 reports", {"/adgroups/0/placement_type": "NORMAL"}),
        good("an update says what changes", {"/adgroups/0/adgroup_id": "1", "/adgroups/0/placements": GONE}),
        good("both", {}),
    ],
)
def placement_incomplete(group: AdGroup) -> Iterator[Finding]:
    """placement_type PLACEMENT_TYPE_NORMAL and placements stand together.

    For automatic placement both are left out.
    """
    if group.placement_type == NORMAL:
        yield group.missing(
            f"placements is missing: placement_type is {NORMAL}",
            "add placements, or remove placement_type for automatic placement",
            about="placements",
            offers=("placement_type",),
        )
    elif group.lacks("placement_type"):
        yield group.missing(
            "placement_type is missing: placements are given",
            f"add placement_type {NORMAL}, or remove placements for automatic placement",
            about="placement_type",
            offers=(NORMAL,),
        )
    else:
        place = group.place("placement_type", "placement is automatic here")
        yield group.finding(
            "placements",
            f"placements are given although placement_type is {group.placement_type}",
            f"set placement_type to {NORMAL}, or remove placements",
            place,
            offers=("placement_type", NORMAL),
        )


RULES = (placement_incomplete,)
