"""Questions about the body that a request lacks."""

from typing import Any

import pytest

from splint.agents.catalogue import call
from splint.agents.parameters import ToolError
from splint.agents.roots import Roots
from splint.agents.tools import Tools
from splint.testing import AS_OF
from tests.reporters.test_agent_answer import patched

TOOLS = Tools(Roots([]))
ENDPOINT = "/open_api/v1.3/smart_plus/campaign/status/update/"
URL = f"https://business-api.tiktok.com{ENDPOINT}"
TOOL = "smart_plus_campaign_status_update"
BODY = {"advertiser_id": "7000000000000000001", "campaign_ids": ["7000000000000000002"], "operation_status": "DISABLE"}
LACKING: dict[str, tuple[Any, str]] = {
    "no key": ({"endpoint": ENDPOINT, "method": "POST"}, "/body"),
    "null": ({"endpoint": ENDPOINT, "method": "POST", "body": None}, "/body"),
    "an empty text": ({"endpoint": ENDPOINT, "body": ""}, "/body"),
    "null under another key": ({"url": URL, "json": None}, "/json"),
    "an empty text of Postman": ({"url": URL, "body": {"mode": "raw", "raw": ""}}, "/body/raw"),
    "an empty text of Insomnia": ({"url": URL, "body": {"mimeType": "application/json", "text": ""}}, "/body/text"),
    "one of several requests": ([{"endpoint": ENDPOINT, "body": BODY}, {"endpoint": ENDPOINT}], "/1/body"),
    "a tool alone": ({"tool_name": TOOL}, "/arguments"),
    "null for what a tool is called with": ({"name": TOOL, "input": None}, "/input"),
    "null among what a tool is called with": ({"name": TOOL, "params": {"body": None}}, "/params/body"),
    "null in a string of that": ({"name": TOOL, "arguments": '{"body": null}'}, "/arguments/body"),
}


def asked(payload: Any, profile: str) -> list[dict[str, Any]]:
    """The questions about a payload."""
    found: list[dict[str, Any]] = call(TOOLS, "check", {"payload": payload, "profile": profile, "as_of": AS_OF})[
        "needs_input"
    ]
    return found


@pytest.mark.parametrize("wrong", [[], 5, True])
@pytest.mark.parametrize("call_of", [{"endpoint": ENDPOINT, "body": 0}, {"name": TOOL, "arguments": 0}])
def test_another_value_in_the_place_of_a_body_is_answered_by_an_object(call_of: dict[str, Any], wrong: Any) -> None:
    key = list(call_of)[-1]
    payload = {**call_of, key: wrong}
    [question] = asked(payload, "guide")
    assert (question["rule"], question["at"], question["kind"]) == ("SPL003", f"/{key}", "object")
    answer = call(TOOLS, "answer", {"payload": payload, "as_of": AS_OF, "answers": [{"at": f"/{key}", "value": BODY}]})
    assert answer["check"]["ok"]
    assert patched(payload, answer["patch"]) == {**payload, key: BODY}


@pytest.mark.parametrize("profile", ["guide", "reference"])
@pytest.mark.parametrize(("payload", "at"), LACKING.values(), ids=LACKING)
def test_a_missing_body_is_asked_for_and_answered_in_its_place(payload: Any, at: str, profile: str) -> None:
    [question] = asked(payload, profile)
    assert (question["rule"], question["at"], question["kind"]) == ("SPL008", at, "object")
    arguments = {"payload": payload, "profile": profile, "as_of": AS_OF}
    answer = call(TOOLS, "answer", {**arguments, "answers": [{"at": at, "value": BODY}]})
    assert (answer["check"]["ok"], answer["check"]["counts"]["payloads"]) == (True, 2 if "/1/" in at else 1)
    made = patched(payload, answer["patch"])
    if isinstance(payload, dict):
        kept = {key: held for key, held in payload.items() if key != at.split("/")[1]}
        assert {key: made[key] for key in kept} == kept
    with pytest.raises(ToolError, match=f"{at}: the value is an object, as its kind is object"):
        call(TOOLS, "answer", {**arguments, "answers": [{"at": at, "value": "x"}]})


@pytest.mark.parametrize("key", ["endpoint", "url", "tool_name"])
def test_no_answer_overwrites_an_endpoint_that_is_right(key: str) -> None:
    payload = {key: TOOL if key == "tool_name" else URL}
    with pytest.raises(ToolError, match=f"no question is asked at '/{key}'"):
        call(TOOLS, "answer", {"payload": payload, "answers": [{"at": f"/{key}", "value": BODY}]})


def test_the_help_names_the_key_that_a_tool_is_called_with() -> None:
    for payload, key in (({"tool": TOOL}, "arguments"), ({"name": TOOL, "params": None}, "params")):
        [question] = asked(payload, "guide")
        assert question["help"] == f"add a body under {key}"


@pytest.mark.parametrize(
    "payload",
    [
        {"name": TOOL},
        {"type": "tool", "name": TOOL},
        {"tool_name": TOOL, "content": "done"},
        {"tool_name": TOOL, "enabled": True},
        {"tool_name": "campaign_create"},
    ],
)
def test_what_only_mentions_a_tool_calls_none(payload: Any) -> None:
    assert [one["rule"] for one in asked(payload, "guide")] == ["SPL002"]
