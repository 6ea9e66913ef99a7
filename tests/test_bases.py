"""YAML mappings that are only there to be merged or aliased are no payloads of their own."""

import pytest

from splint.run.linter import Linter
from tests.strategies import lint

GROUP = "{adgroup_name: A, promotion_type: WEBSITE}"
IN_BUNDLE = "campaign: {objective_type: WEB_CONVERSIONS}\nadgroups:\n  - {<<: *b, budget: 5}\n"
CBO = "cbo: &b {objective_type: REACH}\n"
WHOLE = {
    "objective_type": "WEB_CONVERSIONS",
    "campaign_name": "A",
    "advertiser_id": "'7000000000000000001'",
    "request_id": "'1'",
    "sales_destination": "WEBSITE",
    "budget": "500",
}
NO_CBO = "cbo: &b {objective_type: REACH, campaign_name: A, budget_optimize_on: false}\n"

DOCUMENTS: dict[str, tuple[str, int]] = {
    "x-base": (f"x-base: &b {GROUP}\n{IN_BUNDLE}", 2),
    "a key with a dot": (f".base: &b {GROUP}\n{IN_BUNDLE}", 2),
    "a key with a line": (f"_base: &b {GROUP}\n{IN_BUNDLE}", 2),
    "defaults": (f"defaults: &b {GROUP}\n{IN_BUNDLE}", 2),
    "any name, merged further in": (f"market: &b {GROUP}\n{IN_BUNDLE}", 2),
    "aliased as it is": (f"one: &b {GROUP}\nadgroups: [*b]\n", 1),
    "several under one key": (f"x-bases:\n  group: &b {GROUP}\n  other: {GROUP}\n{IN_BUNDLE}", 3),
    "a list of merges": (f"x-base: &b {GROUP}\nadgroups:\n  - <<: [*b, {{budget: 5}}]\n", 1),
    "beside bodies": (f"x-base: &b {GROUP}\none: {{<<: *b, budget: 5}}\ntwo: {{<<: *b}}\n", 2),
    "a chain": (f"x-base: &a {GROUP}\nx-next: &b {{<<: *a, budget: 5}}\n{IN_BUNDLE}", 2),
    "within a body": (f"x-base: &t {{location_ids: ['1']}}\n{IN_BUNDLE.replace('*b', '{adgroup_name: A}')}", 2),
    "a campaign that lends its fields": (
        "spring: &s {objective_type: WEB_CONVERSIONS, campaign_name: A}\nsummer: {<<: *s, campaign_name: Summer}\n",
        2,
    ),
    "a member without the name that others write": (f"{CBO}spring: {{<<: *b, campaign_name: A}}\n", 1),
    "a name that is null": (f"{CBO[:-2]}, campaign_name: null}}\nspring: {{<<: *b, campaign_name: A}}\n", 1),
    "below a key": (f"presets:\n  {CBO}spring: {{<<: *b, campaign_name: A}}\n", 1),
    "an entry of a list": ("cbo: [&b {objective_type: REACH}]\nspring: {<<: *b, campaign_name: A}\n", 1),
    "through another one": (f"{CBO}us: &u {{<<: *b, budget: 5}}\nspring: {{<<: *u, campaign_name: A}}\n", 1),
    "not all write it": (f"{CBO}spring: {{<<: *b, campaign_name: A}}\nsummer: {{<<: *b}}\n", 3),
    "nobody does": (f"{CBO}spring: {{<<: *b, po_number: '5'}}\n", 2),
    **{
        f"a campaign without {key}": (
            (
                f"cbo: &b {{{', '.join(f'{one}: {WHOLE[one]}' for one in WHOLE if one != key)}}}\n"
                f"spring: {{<<: *b, {key}: {WHOLE[key]}, campaign_name: B}}\n"
            ),
            1,
        )
        for key in WHOLE
    },
    "a whole campaign": (
        (
            f"cbo: &b {{{', '.join(f'{one}: {WHOLE[one]}' for one in WHOLE)}}}\n"
            f"spring: {{<<: *b, {', '.join(f'{one}: {WHOLE[one]}' for one in WHOLE)}}}\n"
        ),
        2,
    ),
    "a campaign without CBO and budget": (f"{NO_CBO}spring: {{<<: *b, budget: 5}}\n", 2),
    "an ad group without its campaign": (f"us: &b {GROUP}\nde: {{<<: *b, campaign_id: '1'}}\n", 1),
    "an ad without its ad group": ("v: &b {creative_list: []}\nw: {<<: *b, adgroup_id: '1'}\n", 1),
    "one takes it as it is": (f"{CBO}spring: {{<<: *b, campaign_name: A}}\ntests: {{all: {{campaign: *b}}}}\n", 3),
    "an update": (f"{CBO[:-2]}, campaign_id: '7'}}\nspring: {{<<: *b, campaign_name: A}}\n", 2),
    "a bundle's campaign that lacks it": (
        f"one:\n  campaign: &b {{objective_type: REACH}}\n  adgroups: [{GROUP}]\ntwo: {{<<: *b, campaign_name: A}}\n",
        3,
    ),
    "campaigns that lack it": (
        "campaigns:\n  - &b {objective_type: REACH}\n  - {<<: *b, campaign_name: A}\n",
        2,
    ),
    "nothing refers to it": (f"x-base: &b {GROUP}\nadgroups: [{GROUP}]\n", 2),
    "an entry that lends its fields": (
        f"x-base: &b {GROUP}\nadgroups:\n  - &a {{<<: *b, budget: -5}}\n  - {{<<: *a, budget: 5}}\n",
        2,
    ),
    "an entry of campaigns": (
        "x-base: &b {objective_type: WEB_CONVERSIONS}\ncampaigns: [&a {<<: *b, campaign_name: A}, {<<: *a, a: 1}]\n",
        2,
    ),
    "an ad that lends its fields": (
        f"x-base: &b {GROUP}\nadgroups:\n  - <<: *b\n    ads: [&a {{ad_name: A}}, {{<<: *a, ad_name: B}}]\n",
        3,
    ),
    "an entry with an alias": (f"x-base: &b {GROUP}\nadgroups:\n  - &a {{<<: *b, budget: 5}}\n  - *a\n", 2),
    "an entry without the base": (f"x-base: &b {GROUP}\ngroups:\n  - *b\n  - &a {GROUP}\n  - *a\n", 3),
    "a bundle's campaign": (f"{IN_BUNDLE.replace('{o', '&c {o').replace('*b', GROUP)}tests:\n  - {{<<: *c}}\n", 3),
    "a list of them": (f"x-groups: &b [{GROUP}, {GROUP}]\nadgroups: *b\n", 2),
    "part of it is referred to": (
        "x-base: {adgroup_name: A, targeting_spec: &b {languages: [en]}}\nadgroups: [{targeting_spec: *b}]\n",
        2,
    ),
}


@pytest.mark.parametrize(("text", "payloads"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_base_is_a_payload_only_where_it_does_not_arrive_in_one(text: str, payloads: int) -> None:
    assert lint({"a.yaml": text}).payloads == payloads


def test_the_fields_of_a_base_are_judged_where_they_arrive() -> None:
    """One finding for a wrong value, in the body that merges it, placed at the base's text; none for what it lacks."""
    text = "x-base: &b {promotion_type: WEBSITE, budget: lots}\nadgroups:\n  - {<<: *b, adgroup_name: A}\n"
    findings = [finding for finding in lint({"a.yaml": text}).diagnostics if finding.code == "SPL003"]
    assert [(finding.pointer, finding.range and finding.range.start.line) for finding in findings] == [
        ("/adgroups/0/budget", 1)
    ]
    assert {finding.pointer.split("/")[1] for finding in lint({"a.yaml": text}).diagnostics} == {"adgroups"}


def test_the_request_id_of_a_base_is_that_of_the_bodies_alone() -> None:
    """One body that merges it has the id alone; of two the second one repeats it, not the base."""
    base = "x-base: &b {request_id: '5', promotion_type: WEBSITE}\nadgroups:\n  - {<<: *b, adgroup_name: A}\n"
    for text, pointers in ((base, []), (f"{base}  - {{<<: *b, adgroup_name: B}}\n", ["/adgroups/1/request_id"])):
        found = [
            one
            for one in lint({"a.yaml": text}, linter=Linter(profile="reference")).diagnostics
            if one.code == "REF003"
        ]
        assert [one.pointer for one in found] == pointers
        assert not any(related.pointer.startswith("/x-base") for one in found for related in one.related)
