"""What ties files to each other."""

from splint.formats.json.reader import JSON
from splint.payloads.ties import EVENTS, keys_in, tied


def test_files_are_tied_by_what_they_share_and_by_others() -> None:
    keys = {"a": [("id", "1")], "b": [("id", "1"), ("id", "2")], "c": [("id", "2")], "d": [("id", "3")], "e": []}
    assert sorted(map(sorted, tied(keys))) == [["a", "b", "c"], ["d"], ["e"]]
    both = {"a": [("id", "1")], "b": [("id", "2")], "c": [("id", "2"), ("id", "1")]}
    assert tied(both) == [{"a", "b", "c"}]


def test_ids_and_logs_of_events_tie_files_and_a_bundle_of_its_own_does_not() -> None:
    def keys(text: str) -> set[tuple[str, str]]:
        return keys_in(text.encode(), "a.json", JSON)

    assert keys('{"adgroup_name": "A", "promotion_type": "WEBSITE", "campaign_id": "5"}') == {("campaign_id", "5")}
    assert keys('{"campaign": {"objective_type": "REACH", "request_id": "1"}, "adgroups": []}') == set()
    event = '{"event_source": "web", "event_source_id": "C1", "data": [{"event": "Purchase", "event_time": 1}]}'
    assert keys(event) == {EVENTS}
