"""The server of the Model Context Protocol on standard input and output: tools, and the pages of rules as resources."""

from functools import partial
from typing import Any, BinaryIO

import anyio
import anyio.to_thread
import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError

from splint import __version__
from splint.agents.catalogue import TOOLS, call
from splint.agents.parameters import ToolError
from splint.agents.roots import Roots
from splint.agents.tools import Tools, uri_of
from splint.agents.wire import Wire
from splint.files.trust import Trust, in_force
from splint.reporting.masking import public
from splint.reporting.wording import json_text
from splint.schema.nearest import suggestion

Context = ServerRequestContext[Any]
PAGE = 40
"""The resources in one answer."""


def serve(roots: Roots, reading: BinaryIO, writing: BinaryIO) -> bool:
    """Serve until the input ends; whether all that was read is answered."""
    trust = Trust(untrusted=True)
    for directory in roots.directories:
        trust.add(directory)
    with in_force(trust):
        return anyio.run(Wire(reading, writing).serve, server_of(Tools(roots)))


def server_of(tools: Tools) -> "Server[Any]":
    """The server of some tools."""

    async def list_tools(_context: Context, _params: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(
            tools=[
                types.Tool(name=tool.name, description=tool.description, input_schema=dict(tool.schema))
                for tool in TOOLS.values()
            ]
        )

    async def call_tool(_context: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        if params.name not in TOOLS:
            near = suggestion(params.name[:80], TOOLS)
            message = f"there is no tool {params.name[:80]!r}{near}; there are {', '.join(TOOLS)}"
            raise MCPError(code=types.INVALID_PARAMS, message=public(message))
        try:
            work = partial(call, tools, params.name, params.arguments or {})
            answer = await anyio.to_thread.run_sync(work, abandon_on_cancel=True)
        except ToolError as error:
            return _said(public(str(error)), is_error=True)
        except Exception as error:  # the last resort: the server outlives what no tool foresaw
            message = f"internal error of {params.name}: {type(error).__name__}: {error}"
            return _said(public(message)[:1000], is_error=True)
        return _said(json_text(answer))

    async def list_resources(
        _context: Context, params: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        codes = list(tools.rules)
        cursor = params.cursor if params is not None else None
        if cursor is not None and cursor not in codes:
            raise MCPError(code=types.INVALID_PARAMS, message="the cursor is none of this server's")
        start = codes.index(cursor) + 1 if cursor is not None else 0
        shown = codes[start : start + PAGE]
        return types.ListResourcesResult(
            resources=[
                types.Resource(
                    uri=uri_of(code), name=f"{code} {tools.rules[code].rule.name}", mime_type="text/markdown"
                )
                for code in shown
            ],
            next_cursor=shown[-1] if start + PAGE < len(codes) else None,
        )

    async def read_resource(_context: Context, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        uri = str(params.uri)
        code = uri.rpartition("/")[2].upper()
        if code not in tools.rules or uri.lower() != uri_of(code).lower():
            message = f"there is no resource {uri[:200]!r}: pages of rules are {uri_of('CODE')}"
            raise MCPError(code=types.INVALID_PARAMS, message=public(message))
        page = types.TextResourceContents(uri=uri_of(code), mime_type="text/markdown", text=tools.page(code))
        return types.ReadResourceResult(contents=[page])

    return Server(
        "splint",
        version=__version__,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_read_resource=read_resource,
    )


def _said(text: str, *, is_error: bool = False) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=text)], is_error=is_error)
