"""The order of fixes: what belongs elsewhere is moved, then values are written, then fields are removed."""

import json
from pathlib import Path
from typing import Any

import pytest

import splint
from splint.testing import BASES, edited
from tests.command import Command

GROUPS = BASES["cbo"]["adgroups"]
OTHER = {**GROUPS[0], "adgroup_name": "B", "bid_type": "BID_TYPE_CUSTOM", "min_budget": 10, "max_budget": 30}
BOUNDED = {**BASES["cbo"], "adgroups": [*GROUPS, OTHER]}
"""Two bounds that go with the bid type of the other ad group, which a fix sets."""
MOVED = edited(
    BASES["cbo"],
    {
        "/adgroups/0/placement_type": "PLACEMENT_TYPE_NORMAL",
        "/adgroups/0/placements": ["PLACEMENT_TIKTOKK"],
        "/adgroups/0/ads/0/ad_configuration": {"call_to_action_list": [{"call_to_action": "Sign up"}]},
    },
)
"""A list in the wrong object, with a wrong value, which no rule would speak of once the placement is known."""


def fixed(command: Command, path: Path, value: Any, *options: str) -> Any:
    path.write_text(json.dumps(value, indent=2))
    command("check", str(path), "--isolated", "--fix", "--unsafe-fixes", "--as-of", "2026-12-01", *options)
    return json.loads(path.read_text())


def test_a_field_stays_that_another_fix_makes_right(command: Command, tmp_path: Path) -> None:
    before = splint.check(BOUNDED)
    removals = [one.pointer for one in before.active if one.code == "SPL214"]
    assert removals == ["/adgroups/1/max_budget", "/adgroups/1/min_budget"]
    [group] = fixed(command, tmp_path / "a.json", BOUNDED)["adgroups"][1:]
    assert (group["bid_type"], group["min_budget"], group["max_budget"]) == ("BID_TYPE_NO_BID", 10, 30)
    assert before.fixed(unsafe=True)["adgroups"][1] == group


@pytest.mark.parametrize("profile", ["guide", "reference"])
@pytest.mark.parametrize("value", [BOUNDED, MOVED], ids=["bounds", "a list"])
def test_the_library_and_the_command_line_fix_alike(command: Command, tmp_path: Path, value: Any, profile: str) -> None:
    done = fixed(command, tmp_path / "a.json", value, "--profile", profile)
    assert done != value
    assert splint.check(value, profile=profile, as_of="2026-12-01").fixed(unsafe=True) == done


def test_what_is_moved_is_moved_before_its_values_are_written(command: Command, tmp_path: Path) -> None:
    ad = fixed(command, tmp_path / "a.json", MOVED, "--profile", "reference")["adgroups"][0]["ads"][0]
    assert ad["call_to_action_list"] == [{"call_to_action": "SIGN_UP"}]
    assert ad["ad_configuration"] == {}


def test_as_many_entries_go_as_there_are_too_many() -> None:
    """Each is removed in a round of its own, in a value as in a text."""
    texts = [{"ad_text": "Shop the sale"}] * 37
    value = edited(BASES["cbo"], {"/adgroups/0/ads/0/ad_text_list": texts})
    of_value = splint.check(value, profile="reference").fixed(unsafe=True)
    assert len(of_value["adgroups"][0]["ads"][0]["ad_text_list"]) == 1
    assert json.loads(splint.check(json.dumps(value), profile="reference").fixed(unsafe=True)) == of_value


def test_what_is_fixed_in_one_campaign_reveals_no_error_of_another(command: Command, tmp_path: Path) -> None:
    """A schedule that would lack its end is left alone in each, however many there are."""
    one = edited(BASES["cbo"], {"/adgroups/0/schedule_type": "schedule_start_end"})
    two = edited(one, {"/campaign/campaign_name": "Other", "/campaign/advertiser_id": "7000000000000000009"})
    for value in (one, [one, two]):
        assert fixed(command, tmp_path / "a.json", value) == value
        assert splint.check(value, as_of="2026-12-01").fixed(unsafe=True) == value
    paths = [tmp_path / "a.json", tmp_path / "b.json"]
    for path, value in zip(paths, (one, two), strict=True):
        path.write_text(json.dumps(value))
    command("check", *map(str, paths), "--isolated", "--fix", "--unsafe-fixes")
    assert [json.loads(path.read_text()) for path in paths] == [one, two]
