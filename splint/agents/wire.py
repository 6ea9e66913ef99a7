"""The messages of one client of `splint mcp`: lines of standard input and output."""

from collections.abc import Callable
from functools import partial
from typing import Any, BinaryIO, TypeVar

import anyio
import anyio.to_thread
import mcp_types as types
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from mcp.server.lowlevel import Server
from mcp.shared.message import ServerMessageMetadata, SessionMessage
from pydantic import ValidationError
from pydantic_core import from_json

from splint.reporting.wording import json_text

LONGEST_WAIT = 60.0
"""The most seconds for which calls that have been read are worked on once the input has ended."""
LONGEST_FAREWELL = 1.0
"""The most seconds for which the answers to those that are given up are written."""
NO_JSON = "this line is no JSON-RPC message: it is no JSON; write one message a line"
NO_MESSAGE = (
    'this line is no JSON-RPC message: it is an object with "jsonrpc": "2.0" and a method; params is an object; '
    "id is a text or a whole number, or left out"
)

_Done = TypeVar("_Done")
_Sending = MemoryObjectSendStream[SessionMessage | str]


class Wire:
    """The two streams of a client, and how many of its requests have no answer yet."""

    def __init__(self, reading: BinaryIO, writing: BinaryIO) -> None:
        self._reading = reading
        self._writing = writing
        self._unanswered = 0
        self._idle = anyio.Event()
        self._is_given_up = False
        self._threads = anyio.CapacityLimiter(2)

    async def serve(self, server: "Server[Any]") -> bool:
        """Serve until the input ends; whether all that was read is answered."""
        requests, received = anyio.create_memory_object_stream[SessionMessage | Exception](0)
        sending, answers = anyio.create_memory_object_stream[SessionMessage | str](0)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._read, requests, sending.clone())
            tasks.start_soon(self._write, answers)
            await server.run(received, sending, server.create_initialization_options())
            if self._is_given_up:
                tasks.cancel_scope.deadline = anyio.current_time() + LONGEST_FAREWELL
        return not self._is_given_up

    async def _read(self, requests: MemoryObjectSendStream[SessionMessage | Exception], refusals: _Sending) -> None:
        """Hand on each line that is a message, refuse each other one, and wait at the end for what is at work."""
        async with requests, refusals:
            while line := await self._in_thread(self._reading.readline):
                message = _message(line)
                if isinstance(message, str):
                    await refusals.send(message)
                    continue
                if isinstance(message, types.JSONRPCRequest):
                    self._unanswered += 1
                hook = ServerMessageMetadata(on_request_unanswered=self._settled)
                await requests.send(SessionMessage(message, metadata=hook))
            with anyio.move_on_after(LONGEST_WAIT):
                while self._unanswered:
                    self._idle = anyio.Event()
                    await self._idle.wait()
            self._is_given_up = bool(self._unanswered)

    async def _write(self, answers: MemoryObjectReceiveStream[SessionMessage | str]) -> None:
        """Write answers as they come."""
        async with answers:
            async for answer in answers:
                text = answer if isinstance(answer, str) else _text(answer.message)
                await self._in_thread(partial(self._put, f"{text}\n".encode()))
                if isinstance(answer, SessionMessage) and not isinstance(answer.message, types.JSONRPCNotification):
                    await self._settled()

    async def _in_thread(self, work: Callable[[], _Done]) -> _Done:
        """The result of what may wait for the client: not in the threads for calls, which may all be at work."""
        return await anyio.to_thread.run_sync(work, abandon_on_cancel=True, limiter=self._threads)

    def _put(self, data: bytes) -> None:
        self._writing.write(data)
        self._writing.flush()

    async def _settled(self) -> None:
        """Count a request as answered, or as one whose answer the client does not want any more."""
        self._unanswered -= 1
        self._idle.set()


def _text(message: types.JSONRPCMessage) -> str:
    return message.model_dump_json(by_alias=True, exclude_unset=True)


def _message(line: bytes) -> types.JSONRPCMessage | str:
    """The message of a line; of one that is none the answer, with its id where that can be read."""
    text = line.decode("utf-8", "replace")
    try:
        message: types.JSONRPCMessage | None = types.jsonrpc_message_adapter.validate_json(text, by_name=False)
    except ValidationError:
        message = None
    if message is not None and not isinstance(message, types.JSONRPCNotification):
        return message
    try:
        value = from_json(text, allow_inf_nan=False)
    except ValueError:
        return _refusal(types.PARSE_ERROR, NO_JSON, None)
    if message is not None and "id" not in value:
        return message
    id = value.get("id") if isinstance(value, dict) else None
    is_id = isinstance(id, str | int | float) and not isinstance(id, bool)
    return _refusal(types.INVALID_REQUEST, NO_MESSAGE, id if is_id else None)


def _refusal(code: int, why: str, id: str | float | None) -> str:
    return json_text({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": why}})
