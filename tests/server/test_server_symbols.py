"""The outline: campaigns with their ad groups and ads, in all formats."""

import json
from typing import Any

import pytest

from splint.server.symbols import Symbol, symbols
from tests.server.cursors import BUNDLE, TEXTS, as_yaml, view

GROUP = {"adgroup_name": "West", "campaign_id": "7", "optimization_goal": "CONVERT", "promotion_type": "WEBSITE"}
ROW = {"campaign_id": "7", "campaign_name": "Spring", "objective_type": "WEB_CONVERSIONS", "create_time": "2026-01-01"}


def tree(symbol: Symbol) -> Any:
    """The names of a symbol and those below it."""
    return (symbol.kind, symbol.name, [tree(child) for child in symbol.children])


def outline(text: str, language: str) -> list[Any]:
    """The names of all symbols."""
    return [tree(symbol) for symbol in symbols(view(text, language))]


WHOLE: Any = ("campaign", "Spring sale", [("adgroup", "US purchasers", [("ad", "Spring video", [])])])


@pytest.mark.parametrize("name", ["json", "json on one line", "jsonc", "yaml", "yaml flow", "yaml mixed"])
def test_a_bundle_is_a_tree(name: str) -> None:
    assert outline(*TEXTS[name]) == [WHOLE]


@pytest.mark.parametrize("name", ["ndjson", "yaml stream"])
def test_several_bodies_are_trees_of_their_own(name: str) -> None:
    """Each at its place: the first one stands before the second."""
    text, language = TEXTS[name]
    first, second = symbols(view(text, language))
    assert tree(first) == ("campaign", "Spring sale", [])
    assert tree(second) == WHOLE
    assert first.end <= second.start
    for one in (first, second):
        assert "Spring sale" in text[one.selection_start : one.selection_end]


def test_objects_are_tied_by_their_ids() -> None:
    """As a run ties them; what has no campaign here stands alone."""
    lines = [ROW, GROUP, {**GROUP, "campaign_id": "8", "adgroup_name": "East"}]
    text = "".join(f"{json.dumps(line)}\n" for line in lines)
    assert outline(text, "ndjson") == [
        ("campaign", "Spring", [("adgroup", "West", [])]),
        ("adgroup", "East", []),
    ]
    campaign, _ = symbols(view(text, "ndjson"))
    assert campaign.detail == "WEB_CONVERSIONS, row"
    assert campaign.children[0].detail == "CONVERT"
    assert campaign.end == campaign.children[0].end


def test_commands_and_blocks_have_symbols() -> None:
    for name in ("shell", "here-document", "markdown"):
        text, language = TEXTS[name]
        found = symbols(view(text, language))
        assert found[0].name == "Spring sale"
        assert text[found[0].selection_start : found[0].selection_end].strip('"') == "Spring sale"


def test_a_string_of_json_is_one_place() -> None:
    """What stands in a string of JSON has the string's place."""
    text = json.dumps({"endpoint": "/smart_plus/campaign/create/", "body": json.dumps(BUNDLE["campaign"])})
    [campaign] = symbols(view(text, "json"))
    assert campaign.name == "Spring sale"
    assert text[campaign.start : campaign.end].startswith('"{')


def test_an_object_without_a_name_is_called_by_its_id() -> None:
    """Or by what it is."""
    assert outline('{"adgroup_id": "12", "optimization_goal": "CLICK"}', "json") == [("adgroup", "12", [])]
    assert outline('{"adgroup_name": " ", "optimization_goal": "CLICK"}', "json") == [("adgroup", "ad group", [])]


def test_ranges_hold_what_is_below_them() -> None:
    text = as_yaml({"adgroups": BUNDLE["adgroups"], "campaign": BUNDLE["campaign"]})  # the campaign comes last
    [campaign] = symbols(view(text, "yaml"))

    def holds(symbol: Symbol) -> None:
        assert symbol.start <= symbol.selection_start <= symbol.selection_end <= symbol.end
        for child in symbol.children:
            assert symbol.start <= child.start <= child.end <= symbol.end
            holds(child)

    holds(campaign)
    assert tree(campaign) == WHOLE


@pytest.mark.parametrize("text", ["", "{", "[1, 2]", '{"a": 1}', '{"campaign": {'])
def test_what_cannot_be_read_has_no_symbols(text: str) -> None:
    for language in ("json", "jsonc", "ndjson", "yaml", "shell", "markdown", "toml"):
        assert symbols(view(text, language)) == []


@pytest.mark.parametrize("name", ["json", "ndjson", "yaml", "yaml stream", "shell", "markdown"])
def test_a_byte_order_mark_moves_symbols(name: str) -> None:
    text, language = TEXTS[name]
    plain, marked = symbols(view(text, language)), symbols(view("\ufeff" + text, language))
    assert plain
    assert [(one.start + 1, one.end + 1, one.selection_start + 1) for one in plain] == [
        (one.start, one.end, one.selection_start) for one in marked
    ]
