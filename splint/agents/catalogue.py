"""The catalogue of tools: their names, what they take, and their calls."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from splint.agents.parameters import (
    ANSWERS,
    CHECKING,
    COUNT,
    FLAG,
    IDS,
    KIND,
    PATH,
    PAYLOAD,
    REFUSAL,
    TEXT,
    Schema,
    ToolError,
    taken,
)
from splint.agents.roots import OutsideError
from splint.agents.tools import Answer, Tools
from splint.settings.config import ConfigError


class Tool(NamedTuple):
    """A tool of a server."""

    name: str
    description: str
    schema: Schema
    call: Callable[[Tools, dict[str, Any]], Answer]


def call(tools: Tools, name: str, given: Mapping[str, Any]) -> Answer:
    """What a tool answers. Raises KeyError for one that there is not, ToolError for arguments that it does not take."""
    tool = TOOLS[name]
    try:
        return tool.call(tools, taken(name, tool.schema, given))
    except (OutsideError, ConfigError) as error:
        raise ToolError("; ".join(map(str, error.args))) from error
    except (TypeError, RecursionError) as error:  # a payload that JSON cannot hold, or that nests without end
        raise ToolError(f"the payload cannot be read: {error}") from error


def _tool(
    name: str,
    description: str,
    call: Callable[[Tools, dict[str, Any]], Answer],
    required: tuple[str, ...],
    properties: Mapping[str, Schema],
) -> Tool:
    return Tool(
        name,
        description,
        {"type": "object", "properties": dict(properties), "required": list(required), "additionalProperties": False},
        call,
    )


TOOLS: Mapping[str, Tool] = {
    tool.name: tool
    for tool in (
        _tool(
            "check",
            "Lint a Smart+ payload: findings with patches of safe fixes, and needs_input, which a person decides.",
            Tools.check,
            (),
            {"payload": PAYLOAD, "path": PATH, **CHECKING, "limit": COUNT, "after": TEXT},
        ),
        _tool(
            "fix",
            "The JSON Patch of all safe fixes, or of those of ids, and the sha256 of the patched payload.",
            Tools.fix,
            ("payload",),
            {"payload": PAYLOAD, "ids": IDS, **CHECKING},
        ),
        _tool(
            "answer",
            "The JSON Patch of a person's answers to needs_input, and the check of the patched payload.",
            Tools.answer,
            ("payload", "answers"),
            {"payload": PAYLOAD, "answers": ANSWERS, **CHECKING},
        ),
        _tool(
            "plan",
            "What submit --dry-run says of a bundle, with the command that a person runs. Sends nothing.",
            Tools.plan,
            (),
            {
                "payload": PAYLOAD,
                "path": PATH,
                "enable": FLAG,
                "sandbox": FLAG,
                "profile": CHECKING["profile"],
                "facts": CHECKING["facts"],
            },
        ),
        _tool("explain_rule", "A rule's page, by code or name.", Tools.explain_rule, ("code",), {"code": TEXT}),
        _tool(
            "explain_refusal",
            "What an answer of TikTok's API means: who acts, which field, which findings.",
            Tools.explain_refusal,
            ("answer",),
            {"answer": REFUSAL, "payload": PAYLOAD, "endpoint": TEXT, "profile": CHECKING["profile"]},
        ),
        _tool(
            "describe",
            "The fields of a kind of payload, or the values, limits and rules of one.",
            Tools.describe,
            ("kind",),
            {
                "kind": KIND,
                "field": TEXT,
                "profile": CHECKING["profile"],
                "objectives": CHECKING["objectives"],
                "after": TEXT,
            },
        ),
    )
}
"""The tools by name."""
