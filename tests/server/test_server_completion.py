"""What may be typed: fields, values, codes; and that what is accepted is known."""

import json
import re
from copy import deepcopy
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import splint
from splint.rules.fields import field_facts
from splint.server.completion import Completion, completions
from splint.server.hover import hover
from tests.server.cursors import BUNDLE, as_yaml, at, view


def offered(marked: str, language: str, profile: str = "guide") -> list[Completion]:
    """What is offered at the cursor."""
    return completions(*at(marked, language, profile))


def accepted(marked: str, language: str, label: str, profile: str = "guide") -> str:
    """The text with the completion of a label in it."""
    shown, offset = at(marked, language, profile)
    one = next(one for one in completions(shown, offset) if one.label == label)
    return shown.text[: one.start] + one.insert + shown.text[one.end :]


@pytest.mark.parametrize(
    ("profile", "listed", "objectives"),
    [
        ("guide", (), ["WEB_CONVERSIONS"]),
        ("guide", ("REACH", "TRAFFIC"), ["REACH", "TRAFFIC"]),
        ("reference", ("WEB_CONVERSIONS",), ["WEB_CONVERSIONS"]),
    ],
)
def test_the_objectives_that_are_offered_and_told_are_those_of_the_settings(
    profile: str, listed: tuple[str, ...], objectives: list[str]
) -> None:
    shown, offset = at('{"campaign": {"objective_type": |}}', "json", profile, *listed)
    found = completions(shown, offset)
    assert [one.label for one in found] == objectives
    told = hover(*at('{"campaign": {"objective|_type": ""}}', "json", profile, *listed))
    assert told is not None
    for page in (told.markdown, found[0].documentation):
        assert f"Values: {', '.join(f'`{one}`' for one in objectives)}\n" in page


ACCEPTED = [
    ("json", '{"campaign": {|}}', "budget", '{"campaign": {"budget": }}'),
    ("json", '{"campaign": {bud|}}', "budget", '{"campaign": {"budget": }}'),
    ("json", '{"campaign": {"bud|"}}', "budget", '{"campaign": {"budget"}}'),
    ("json", '{"campaign": {"bud|', "budget", '{"campaign": {"budget": '),
    ("json", '{"campaign": {"bud|: 1}}', "budget", '{"campaign": {"budget": 1}}'),
    ("json", '{"campaign": {"bu|d": 1}}', "budget", '{"campaign": {"budget": 1}}'),
    ("json", '{"campaign": {bu|d : 1}}', "budget", '{"campaign": {"budget" : 1}}'),
    (
        "json",
        '{"campaign": {"objective_type": |}}',
        "WEB_CONVERSIONS",
        '{"campaign": {"objective_type": "WEB_CONVERSIONS"}}',
    ),
    (
        "json",
        '{"campaign": {"objective_type": "W|"}}',
        "WEB_CONVERSIONS",
        '{"campaign": {"objective_type": "WEB_CONVERSIONS"}}',
    ),
    (
        "json",
        '{"campaign": {"objective_type": "W|\n}}',
        "WEB_CONVERSIONS",
        '{"campaign": {"objective_type": "WEB_CONVERSIONS"\n}}',
    ),
    ("json", '{"campaign": {"budget_optimize_on": t|}}', "true", '{"campaign": {"budget_optimize_on": true}}'),
    ("yaml", "campaign:\n  bud|", "budget", "campaign:\n  budget: "),
    ("yaml", "campaign:\n  bud|: 1", "budget", "campaign:\n  budget: 1"),
    ("yaml", "adgroup_name: x\ntargeting_|", "targeting_spec", "adgroup_name: x\ntargeting_spec:"),
    ("yaml", "campaign: {bud|}", "budget", "campaign: {budget: }"),
    ("yaml", 'campaign: {"bud|"}', "budget", 'campaign: {"budget"}'),
    ("yaml", "campaign:\n  objective_type:|", "WEB_CONVERSIONS", "campaign:\n  objective_type: WEB_CONVERSIONS"),
    ("yaml", "campaign:\n  objective_type: 'W|'", "WEB_CONVERSIONS", "campaign:\n  objective_type: 'WEB_CONVERSIONS'"),
    ("yaml", "campaign:\n  objective_type: 'W|", "WEB_CONVERSIONS", "campaign:\n  objective_type: 'WEB_CONVERSIONS'"),
    (
        "yaml",
        "adgroups:\n- deep_funnel_optimization_status: |",
        "ON",
        'adgroups:\n- deep_funnel_optimization_status: "ON"',
    ),
    ("yaml", "adgroups:\n- placements:\n  -|", "PLACEMENT_TIKTOK", "adgroups:\n- placements:\n  - PLACEMENT_TIKTOK"),
    ("yaml", "adgroups:\n-|", "adgroup_name", "adgroups:\n- adgroup_name: "),
    ("yaml", "adgroups: [{placements: [P|", "PLACEMENT_TIKTOK", "adgroups: [{placements: [PLACEMENT_TIKTOK"),
    ("yaml", "a: 1\n---\ncampaign:\n  |\n---\nb: 1", "budget", "a: 1\n---\ncampaign:\n  budget: \n---\nb: 1"),
    (
        "shell",
        "curl https://x/smart_plus/campaign/create/ -d '{bud|'",
        "budget",
        "curl https://x/smart_plus/campaign/create/ -d '{\"budget\": '",
    ),
    (
        "shell",
        'curl https://x/smart_plus/campaign/create/ -d "{bud|"',
        "budget",
        'curl https://x/smart_plus/campaign/create/ -d "{\\"budget\\": "',
    ),
    (
        "markdown",
        '- x\n  ```json\n  {"campaign": {\n    |\n  ```\n',
        "budget",
        '- x\n  ```json\n  {"campaign": {\n    "budget": \n  ```\n',
    ),
    ("yaml", "# splint: ignore[SPL2|]", "SPL210", "# splint: ignore[SPL210]"),
    ("yaml", "# splint: ignore[SPL001,|]", "SPL210", "# splint: ignore[SPL001,SPL210]"),
    ("toml", 'select = ["SPL|', "SPL210", 'select = ["SPL210"'),
    ("toml", "select = [|]", "SPL210", 'select = ["SPL210"]'),
    ("toml", "select = [\n  'SPL001',\n  'S|'\n]", "SPL210", "select = [\n  'SPL001',\n  'SPL210'\n]"),
    ("toml", 'ignore = "S|"', "SPL210", 'ignore = "SPL210"'),
    ("toml", "[tool.splint]\nextend-select = [S|]", "SPL210", '[tool.splint]\nextend-select = ["SPL210"]'),
    ("toml", '[per-file-ignores]\n"x.json" = ["|"]', "SPL210", '[per-file-ignores]\n"x.json" = ["SPL210"]'),
    (
        "toml",
        'per-file-ignores = {"x" = ["SPL1"], "y" = ["|',
        "SPL210",
        'per-file-ignores = {"x" = ["SPL1"], "y" = ["SPL210"',
    ),
    (
        "toml",
        '[[overrides]]\nfiles = ["a"]\nignore = ["|"]',
        "SPL210",
        '[[overrides]]\nfiles = ["a"]\nignore = ["SPL210"]',
    ),
    ("toml", '[severity]\nSPL001 = "info"\nSP|', "SPL210", '[severity]\nSPL001 = "info"\nSPL210'),
    ("toml", "[tool.splint.rules.SP|]", "SPL210", "[tool.splint.rules.SPL210]"),
]


@pytest.mark.parametrize(("language", "marked", "label", "text"), ACCEPTED, ids=lambda part: str(part)[:40])
def test_an_accepted_completion_takes_the_place_of_what_is_typed(
    language: str, marked: str, label: str, text: str
) -> None:
    """With the quotes, the colon and the blank that are not there yet, and no others."""
    assert accepted(marked, language, label) == text


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("json", '{"campaign": {"campaign_name": "|"}}'),
        ("json", '{"campaign": {"objective_type" | }}'),
        ("yaml", "campaign:\n  campaign_name: |"),
        ("yaml", "campaign: # |"),
        ("markdown", "bud|"),
        ("toml", 'profile = "|"'),
        ("toml", 'select = ["SPL1"]\n|'),
        ("toml", 'select = [] # "|"'),
        ("toml", '[severity]\nSPL001 = "|"'),
    ],
)
def test_nothing_is_offered(language: str, marked: str) -> None:
    assert offered(marked, language) == []


def test_what_is_required_comes_first_and_what_is_there_is_left_out() -> None:
    """In an object whose kind is known; an update needs nothing."""
    found = offered('{"campaign": {"campaign_name": "x", |, "budget": 5}}', "json")
    assert [one.label for one in found if one.required] == ["advertiser_id", "objective_type"]
    assert [one.label for one in found[:2]] == ["advertiser_id", "objective_type"]
    assert not {one.label for one in found} & {"campaign_name", "budget"}
    assert not any(one.required for one in offered('{"campaign": {"campaign_id": "1", |}}', "json"))


def test_an_update_has_fields_of_its_own() -> None:
    """Where the object has its id, or the endpoint changes what stands; a create request has not even the id."""
    url = "https://x/open_api/v1.3/smart_plus/adgroup"
    of_update = {one.label: one for one in offered(f"curl {url}/update/ -d '{{|}}'", "shell")}
    of_create = {one.label: one for one in offered(f"curl {url}/create/ -d '{{|}}'", "shell")}
    open_body = {one.label: one for one in offered('{"adgroup_name": "x", |}', "json")}
    with_id = {one.label: one for one in offered('{"adgroup_name": "x", "adgroup_id": "1", |}', "json")}
    assert "pacing" in of_update
    assert "pacing" in with_id
    assert not any(one.required for one in of_update.values())
    assert not {"pacing", "adgroup_id"} & set(of_create)
    assert of_create["bid_type"].required
    assert "pacing" not in open_body
    assert "adgroup_id" in open_body


def test_a_field_tells_what_it_is() -> None:
    """Type, docstring and rules; of an open body also the kinds that know it."""
    budget = next(one for one in offered('{"campaign": {|}}', "json") if one.label == "budget")
    assert budget.detail == "number"
    assert "In the account's currency" in budget.documentation
    assert "SPL106" in budget.documentation
    union = {one.label: one.detail for one in offered("{|}", "json")}
    assert union["budget"] == "campaign, ad group: number"
    assert union["creative_list"].startswith("ad: ")
    assert union["adgroups"].startswith("campaign, bundle: ")
    assert "ad_groups" not in union
    assert not any(one.required for one in offered("{|}", "json"))


def test_values_are_those_of_the_profile() -> None:
    """No rule of the profile refuses them in a web campaign."""
    marked = '{"adgroups": [{"optimization_goal": "|"}]}'
    for profile, others in (("guide", {"LANDING_PAGE"}), ("reference", {"VALUE"})):
        found = {one.label for one in offered(marked, "json", profile)}
        assert found == {"CLICK", "CONVERT", "TRAFFIC_LANDING_PAGE_VIEW"} | others
        assert found == set(field_facts("AdGroup.optimization_goal", profile).choices)
    events = '{"adgroups": [{"optimization_event": "|"}]}'
    assert "ACTIVE_PAY" in {one.label for one in offered(events, "json")}
    assert "ACTIVE_PAY" not in {one.label for one in offered(events, "json", "reference")}


def test_codes_are_those_in_force_and_not_there_yet() -> None:
    found = {one.label: one for one in offered("# splint: ignore[SPL210, |]", "yaml")}
    assert "SPL102" in found
    assert not {"SPL210", "REF205"} & set(found)
    assert found["SPL102"].detail == "campaign-budget-mode-not-allowed"
    assert "REF205" in {one.label for one in offered('select = ["|"]', "toml", "reference")}


def test_a_range_lies_on_one_line_and_holds_the_cursor() -> None:
    """JSON clients ask for that."""
    for marked in ('{"campaign": {"bud|\n "budget_mode": 1}}', '{"campaign": {\n|\n}}', '{"campaign": {bud|\n}}'):
        shown, offset = at(marked, "json")
        for one in completions(shown, offset):
            assert one.start <= offset <= one.end
            assert "\n" not in shown.text[one.start : one.end]


# -- laws --------------------------------------------------------------------------------------------------------------


def closed(text: str, language: str) -> str:
    """A text that breaks off behind a new key, with a value and the brackets that are open."""
    if language == "yaml" and not text.lstrip().startswith("{"):
        return text + " 1\n"
    plain = re.sub(r'"(?:[^"\\]|\\.)*"', "", text)
    closing = []
    for char in plain:
        if char in "{[":
            closing.append("}" if char == "{" else "]")
        elif char in "}]" and closing:
            closing.pop()
    return f"{text} 1{''.join(reversed(closing))}"


def names(value: Any) -> set[str]:
    """All keys in a value."""
    if isinstance(value, dict):
        return {*value, *(name for one in value.values() for name in names(one))}
    return {name for one in value for name in names(one)} if isinstance(value, list) else set()


@given(st.sampled_from(["json", "json indented", "yaml", "yaml flow"]), st.data())
def test_a_completion_accepted_where_a_text_breaks_off_is_known(form: str, data: st.DataObject) -> None:
    """Behind an opened object, or a member: the new key is a field, and no finding calls it unknown."""
    bundle = deepcopy(BUNDLE)
    language = "yaml" if form.startswith("yaml") else "json"
    if language == "json":
        text = json.dumps(bundle, indent=2 if "indented" in form else None)
        places = [match.end() for match in re.finditer(r'\{|, (?=")|,\n +(?=")', text)]
    elif form == "yaml flow":
        text = as_yaml(bundle, True).replace("\n", " ")
        places = [match.end() for match in re.finditer(r"\{|, (?=\w+:)", text)]
    else:
        text = as_yaml(bundle)
        places = [match.end() for match in re.finditer(r"\n *(?=\w+:)", text)]
    place = data.draw(st.sampled_from(places))
    cut_off = text[:place] + data.draw(st.sampled_from(["", "b", "ad"]))
    found = [one for one in completions(view(cut_off, language), len(cut_off)) if one.kind == "field"]
    assert found
    one = data.draw(st.sampled_from(found))
    assert one.end == len(cut_off)
    written = closed(cut_off[: one.start] + one.insert, language)
    value = yaml.safe_load(written)
    assert one.label in names(value)
    unknown = splint.check(value, select=["SPL004"]).diagnostics
    assert not [finding for finding in unknown if finding.pointer.endswith(f"/{one.label}")]
