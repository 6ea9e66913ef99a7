"""The protocol below the features: every request is answered, whatever it holds; documents are left to the server."""

import logging
import sys
from collections.abc import Generator
from io import BufferedReader
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.protocol.json_rpc import JsonRPCNotification

from splint.reporting.masking import public

OURS = (
    types.TEXT_DOCUMENT_DID_OPEN,
    types.TEXT_DOCUMENT_DID_CHANGE,
    types.TEXT_DOCUMENT_DID_CLOSE,
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS,
)
"""What pygls would do itself: it splits lines at characters that end none in the protocol."""
LONGEST = 256 << 20
"""The most bytes of a message: JSON may take six for one of a document."""
LONGEST_HEADER = 1000
PASSED_OVER = "$/passedOver"
"""The method of a message that has been answered already: there is no such notification."""


class Protocol(LanguageServerProtocol):
    """The language server protocol, as strict as the client deserves."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        for method in OURS:
            self.fm.builtin_features.pop(method, None)
        self.is_initialized = False
        self.offers_diagnostics = False
        """Whether the client is told that it may ask for diagnostics: it then gets none of open documents unasked."""

    @property
    def is_shut_down(self) -> bool:
        """Whether the client has asked for the end."""
        return bool(self._shutdown)

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: types.InitializeParams) -> Generator[Any, Any, types.InitializeResult]:
        """Answer with the position encoding that costs least: utf-8 where the client knows it."""
        result = yield from super().lsp_initialize(params)
        able = result.capabilities
        able.position_encoding = encoding_of(params.capabilities)
        able.execute_command_provider = None  # there are no commands
        ours = types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=False, identifier="splint")
        able.diagnostic_provider = ours if self.offers_diagnostics else None
        self.is_initialized = True
        return result

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message of its type; a request that is malformed is answered here."""
        if "jsonrpc" in data and "id" in data and not data.keys() & {"method", "result", "error"}:
            self.refuse(types.ErrorCodes.InvalidRequest, "it is neither a request nor a response", data["id"])
            return JsonRPCNotification(PASSED_OVER, self.VERSION, None)
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                self._send_response(data["id"], None, JsonRpcInvalidParams(str(error)).to_response_error())
            else:
                logging.getLogger(__name__).warning("a message is not understood: %s", public(str(data)[:200]))
            return JsonRPCNotification(PASSED_OVER, self.VERSION, None)

    def handle_message(self, message: Any) -> None:
        """Handle a message; before the initialization and after the shutdown requests are refused, as is a second one.

        What is no message at all, such as a list of some, is answered without a number: there are no batches here.
        """
        if isinstance(message, (dict, list)) or not hasattr(message, "jsonrpc"):
            self.refuse(types.ErrorCodes.InvalidRequest, "it is no message of JSON-RPC; there are no batches")
            return
        method = getattr(message, "method", None)
        is_request = method is not None and hasattr(message, "id")
        if is_request and self._shutdown:
            why = types.ResponseError(types.ErrorCodes.InvalidRequest, "the server has been shut down")
            self._send_response(message.id, None, why)
        elif is_request and self.is_initialized and method == types.INITIALIZE:
            why = types.ResponseError(types.ErrorCodes.InvalidRequest, "the server has been initialized already")
            self._send_response(message.id, None, why)
        elif is_request and not self.is_initialized and method != types.INITIALIZE:
            why = types.ResponseError(types.ErrorCodes.ServerNotInitialized, "initialize comes first")
            self._send_response(message.id, None, why)
        elif self.is_initialized or method in (types.INITIALIZE, types.EXIT):
            super().handle_message(message)

    def refuse(self, code: types.ErrorCodes, why: str, id: Any = None) -> None:
        """Answer what is no message, by its number where it has one."""
        self._send_data({"jsonrpc": self.VERSION, "id": id, "error": {"code": code.value, "message": why}})


class Messages(BufferedReader):
    """The messages of a client, which end before one that is longer than any document: no memory is asked for it."""

    def readline(self, size: int | None = LONGEST_HEADER) -> bytes:
        """A line of a header; nothing at the end."""
        line = super().readline(size)
        length = line.partition(b":")[2].strip()
        if len(line) == LONGEST_HEADER:
            return _end("a header is longer than any")
        if length.isdigit() and int(length) > LONGEST:
            return _end(f"a message of {int(length)} bytes is longer than {LONGEST >> 20} MB")
        return line


def _end(why: str) -> bytes:
    print(f"splint: {why}: the server ends", file=sys.stderr, flush=True)
    return b""


def encoding_of(capabilities: types.ClientCapabilities) -> types.PositionEncodingKind:
    """The position encoding that a client and this server have in common."""
    offered = (capabilities.general and capabilities.general.position_encodings) or ()
    utf8 = types.PositionEncodingKind.Utf8
    return utf8 if utf8 in offered else types.PositionEncodingKind.Utf16


class Server(LanguageServer):
    """A language server whose errors go to the log, never into a dialog."""

    protocol: Protocol

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Log an error; who asked is answered by the protocol. A message that is no JSON is the client's error."""
        if source is JsonRpcException and isinstance(error, (ValueError, RecursionError)):
            self.protocol.refuse(types.ErrorCodes.ParseError, f"a message is no JSON: {public(str(error))[:200]}")
            return
        message = f"splint: internal error: {type(error).__name__}: {public(str(error))[:500]}"
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, message))
