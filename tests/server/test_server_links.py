"""Where ids of campaigns and ad groups stand, and which of them are the object's own."""

import json
from typing import Any

import pytest

from splint.server.links import ids
from tests.server.cursors import as_yaml, view


def uses(value: Any) -> list[tuple[str, str, bool]]:
    """The ids of a value, in order."""
    return [(use.field, use.value, use.is_definition) for use in ids(view(json.dumps(value), "json"))]


C, G = "campaign_id", "adgroup_id"
CASES: list[tuple[Any, list[tuple[str, str, bool]]]] = [
    ({"objective_type": "X", C: "7", "budget": 5}, [(C, "7", True)]),
    ({"adgroup_name": "x", "optimization_goal": "X", C: "7"}, [(C, "7", False)]),
    ({"adgroup_name": "x", "optimization_goal": "X", C: "7", G: "8"}, [(C, "7", False), (G, "8", True)]),
    ({"ad_name": "x", "creative_list": [], G: "8"}, [(G, "8", False)]),
    (
        {"ad_name": "x", "creative_list": [], G: "8", C: "7", "smart_plus_ad_id": "9"},
        [(G, "8", False), (C, "7", False)],
    ),
    ({"code": 0, "message": "OK", "data": {C: "7"}}, [(C, "7", True)]),
    (
        {"code": 0, "data": {"list": [{C: "7", G: "8"}, {C: "7", G: "8", "smart_plus_ad_id": "9"}]}},
        [(C, "7", False), (G, "8", True), (C, "7", False), (G, "8", False)],
    ),
    ({G: "8", C: "7", "create_time": "2026-01-01 00:00:00"}, [(G, "8", True), (C, "7", False)]),
    (
        {
            "path": "/smart_plus/adgroup/status/update/",
            "body": {"adgroup_ids": ["8", "9"], "operation_status": "DELETE"},
        },
        [(G, "8", False), (G, "9", False)],
    ),
    ({"path": "/smart_plus/adgroup/budget/update/", "body": {"budget": [{G: "8", "budget": 5}]}}, [(G, "8", False)]),
    ({"filtering": {"campaign_ids": ["7"]}}, [(C, "7", False)]),
    ({"adgroup_name": "x", "optimization_goal": "X", C: 7}, [(C, "7", False)]),
    ({"adgroup_name": "x", "optimization_goal": "X", C: "{{campaign}}", G: None}, []),
    ({"adgroup_name": "x", "optimization_goal": "X", C: "", G: True}, []),
    ({"campaign_ids": "7", "x": [[{C: ["7"]}]]}, []),
]


@pytest.mark.parametrize(("value", "found"), CASES, ids=lambda part: str(part)[:40])
def test_ids_are_found(value: Any, found: list[tuple[str, str, bool]]) -> None:
    """An object's own id in an update, a row and an answer is the definition; all others name another object."""
    assert uses(value) == found


GROUP = {"adgroup_name": "é\U0001f600", "optimization_goal": "CONVERT", C: "71", "ads": [{"ad_name": "x", G: "8"}]}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (json.dumps(GROUP, ensure_ascii=False), "json"),
        (f"// é\n{json.dumps(GROUP, indent=1)}", "jsonc"),
        (f"{{}}\n\n{json.dumps(GROUP, ensure_ascii=False)}\n", "ndjson"),
        (f"a: 1\n---\n{as_yaml(GROUP)}", "yaml"),
        (as_yaml(GROUP, True), "yaml"),
        (f"curl https://x/smart_plus/adgroup/create/ -d '{json.dumps(GROUP)}'", "shell"),
        (f"é\n\n- x\n  ```json\n  {json.dumps(GROUP)}\n  ```\n", "markdown"),
    ],
)
def test_an_id_has_its_range(text: str, language: str) -> None:
    """In all formats, behind any characters."""
    found = ids(view(text, language))
    assert [(use.field, text[use.start : use.end].strip("\"'")) for use in found] == [(C, "71"), (G, "8")]


@pytest.mark.parametrize("text", ["", "{", "[" * 300, '{"campaign_id": '])
def test_what_cannot_be_read_has_no_ids(text: str) -> None:
    for language in ("json", "jsonc", "ndjson", "yaml", "shell", "markdown", "toml"):
        assert ids(view(text, language)) == []
