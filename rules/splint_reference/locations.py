"""Locations."""

from collections.abc import Iterator

from splint.payloads.nodes import AdGroup, Finding
from splint.rules.guard import given, lacks, longer_than
from splint.rules.rule import GONE, bad, good, rule
from splint_reference.campaign import CREATE_AD_GROUP, unless

SECTION = "Create an ad group"
IDS = 3000
GROUP, SPEC = "/adgroups/0", "/adgroups/0/targeting_spec"
UPDATE = '{"advertiser_id": "7", "adgroup_id": "1", "targeting_spec": {"zipcode_ids": ["1"]}}'


@rule(
    "REF207",
    "location-missing",
    on=AdGroup,
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_AD_GROUP,),
    since="0.1.0",
    guard=lacks("AdGroup.targeting_spec", "Targeting.location_ids")
    | given("Targeting.zipcode_ids")
    | longer_than("Targeting.location_ids", IDS),
    examples=lambda: [
        bad("no targeting", {SPEC: GONE}, at=[GROUP]),
        bad("no location", {f"{SPEC}/location_ids": []}, at=[SPEC]),
        bad("an empty text for a location", {f"{SPEC}/location_ids": [""]}, at=[SPEC]),
        bad("zip codes", {f"{SPEC}/zipcode_ids": ["1"]}, at=[f"{SPEC}/zipcode_ids"]),
        bad("3,001 locations", {f"{SPEC}/location_ids": ["1"] * 3001}, at=[f"{SPEC}/location_ids"]),
        good("3,000 locations", {f"{SPEC}/location_ids": ["1"] * 3000}),
        bad(
            "3,001 zip codes and locations",
            {f"{SPEC}/location_ids": ["1"] * 3000, f"{SPEC}/zipcode_ids": ["1"]},
            at=[f"{SPEC}/location_ids", f"{SPEC}/zipcode_ids"],
        ),
        good("an update says what changes", {SPEC: GONE, f"{GROUP}/adgroup_id": "1"}),
        bad("an update alone", text=UPDATE, at=["/targeting_spec/zipcode_ids"], level="warning"),
        good("an update of the targeting alone", {SPEC: {"gender": "GENDER_FEMALE"}, f"{GROUP}/adgroup_id": "1"}),
        good("targeting to come", {SPEC: "{{targeting}}"}),
        good(
            "zip codes of an app campaign",
            {"/promotion_type": "APP_IOS", "/app_id": "7", "/targeting_spec": {"zipcode_ids": ["1"]}},
            base="ad-group",
        ),
        good(
            "zip codes of a catalog that may be of travel",
            {"/catalog_id": "7", "/targeting_spec": {"zipcode_ids": ["1"]}},
            base="ad-group",
        ),
        *(
            good(
                f"zip codes of a catalog campaign whose catalog_type is {kind}",
                {
                    "/campaign/catalog_enabled": True,
                    "/campaign/catalog_type": kind,
                    SPEC: {"zipcode_ids": ["1"]},
                },
            )
            for kind in ("TRAVEL_ENTERTAINMENT", "{{type}}")
        ),
        *(
            bad(
                f"zip codes of a catalog campaign whose catalog_type is {kind}",
                {"/campaign/catalog_enabled": True, "/campaign/catalog_type": kind, SPEC: {"zipcode_ids": ["1"]}},
                at=[SPEC, f"{SPEC}/zipcode_ids"],
            )
            for kind in ("ECOMMERCE", "MINI_SERIES")
        ),
    ],
)
def location_missing(group: AdGroup) -> Iterator[Finding]:
    """An ad group targets from 1 to 3,000 locations; that of a regular web campaign no zip codes.

    Travel catalogs take zip codes, instead of locations too; the pages on app campaigns name them as well. An update
    alone does not say what its campaign is: its zip codes are a warning.
    """
    spec = group.targeting
    if spec is None:
        if group.is_create and group.lacks("targeting_spec"):
            yield group.missing(
                "targeting_spec is missing: its location_ids say where the ads run",
                "add it with location_ids",
                about="targeting_spec",
                offers=("location_ids",),
            )
        return
    may_have_them, has_zip_codes = _takes_zip_codes(group), spec.has("zipcode_ids")
    if group.is_create and spec.lacks("location_ids") and not (may_have_them and has_zip_codes):
        what = "location_ids is missing: it says where the ads run"
        yield spec.missing(what, "add location_ids", about="location_ids")
    if has_zip_codes and not may_have_them:
        found = spec.finding("zipcode_ids", "zipcode_ids is taken for apps and travel catalogs only", "remove it")
        yield unless(found, group, "its campaign is one for an app, or has such a catalog")
    count = len(spec.location_ids or ()) + len(spec.zipcode_ids or ())
    if count > IDS:
        name = "zipcode_ids" if spec.lacks("location_ids") else "location_ids"
        yield spec.finding(name, f"{count} locations and zip codes, more than {IDS}", f"drop {count - IDS}")


def _takes_zip_codes(group: AdGroup) -> bool:
    """Whether its campaign is no web campaign, and of none of the catalogs that have no places."""
    kind, campaign = group.tree.scope.kind, group.campaign
    of_goods = campaign is not None and campaign.holds("catalog_type") in ("ECOMMERCE", "MINI_SERIES")
    return kind == "other" or (kind == "catalog" and not of_goods)


RULES = (location_missing,)
