"""The server of the Language Server Protocol on standard input and output."""

import logging
import os
from collections.abc import Callable
from contextlib import ExitStack
from inspect import iscoroutinefunction
from io import FileIO
from typing import TYPE_CHECKING, Any, BinaryIO

from lsprotocol import types

from splint import __version__
from splint.files.trust import current, in_force
from splint.server.actions import KINDS, Actions
from splint.server.diagnostics import NAME, Client
from splint.server.filling import Filling
from splint.server.protocol import Messages, Protocol, Server, encoding_of
from splint.server.session import SETTING, Session, path_of
from splint.server.workspace import Workspace

if TYPE_CHECKING:
    from splint.server.features import Features

Method = Callable[[Any], Any]


def serve(reading: FileIO, writing: BinaryIO) -> int:
    """Serve until the client ends it, or standard input ends; the exit status: 1 where no shutdown was asked for."""
    if not os.environ.get("SPLINT_TRACEBACK"):
        logging.getLogger("pygls").addHandler(logging.NullHandler())  # else each mistake of a client is a traceback
        logging.getLogger("pygls").propagate = False
    with ExitStack() as stack:
        server = Server(NAME, __version__, types.TextDocumentSyncKind.Incremental, protocol_cls=Protocol)
        state = _State(server, stack)
        for method, (call, options) in state.features().items():
            _register(server, method, call, options)
        server.start_io(Messages(reading), writing)
        state.close()
        return 0 if server.protocol.is_shut_down else 1


def _register(server: Server, method: str, call: Method, options: Any) -> None:
    """Let a call answer a method; one that waits is a coroutine."""
    if _waits(call):

        async def answer(params: Any) -> Any:
            return await call(params)

        server.feature(method, options)(answer)
        return

    def answer_at_once(params: Any) -> Any:
        return call(params)

    server.feature(method, options)(answer_at_once)


def _waits(call: Callable[..., Any]) -> bool:
    return iscoroutinefunction(call)


class _State:
    """The session of the one client, once it has introduced itself, and what answers it."""

    def __init__(self, server: Server, stack: ExitStack) -> None:
        self._server = server
        self._stack = stack
        self.session: Session
        self._filling: Filling
        self._features: Features
        self._actions: Actions
        self._may_trust = not current().untrusted
        self._is_begun = False

    def close(self) -> None:
        """End what is at work."""
        if self._is_begun:
            self.session.close()

    def features(self) -> dict[str, tuple[Method, Any]]:
        """The methods that are answered, with what answers each and its options."""
        from splint.server.features import Features  # needs the models of payloads, and rules

        def of(name: str) -> Method:
            method = getattr(Features, name)
            if _waits(method):

                async def later(params: Any) -> Any:
                    return await method(self._features, params)

                return later
            return lambda params: method(self._features, params)

        return {
            types.INITIALIZE: (self._initialize, None),
            types.INITIALIZED: (self._initialized, None),
            types.TEXT_DOCUMENT_DID_OPEN: (self._opened, None),
            types.TEXT_DOCUMENT_DID_CHANGE: (self._changed, None),
            types.TEXT_DOCUMENT_DID_CLOSE: (self._closed, None),
            types.TEXT_DOCUMENT_DID_SAVE: (self._saved, None),
            types.WORKSPACE_DID_CHANGE_WATCHED_FILES: (self._touched, None),
            types.WORKSPACE_DID_CHANGE_CONFIGURATION: (lambda _params: None, None),
            types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: (self._moved, None),
            types.WINDOW_WORK_DONE_PROGRESS_CANCEL: (lambda params: self._filling.cancelled(params.token), None),
            types.TEXT_DOCUMENT_DIAGNOSTIC: (self._pulled, None),
            types.TEXT_DOCUMENT_CODE_ACTION: (
                self._acted,
                types.CodeActionOptions(code_action_kinds=KINDS, resolve_provider=True),
            ),
            types.CODE_ACTION_RESOLVE: (self._resolved, None),
            types.TEXT_DOCUMENT_HOVER: (of("hover"), None),
            types.TEXT_DOCUMENT_COMPLETION: (
                of("completion"),
                types.CompletionOptions(trigger_characters=['"', ":", " ", "["]),
            ),
            types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: (of("symbols"), None),
            types.TEXT_DOCUMENT_CODE_LENS: (of("lenses"), None),
            types.TEXT_DOCUMENT_DEFINITION: (of("definition"), None),
            types.TEXT_DOCUMENT_REFERENCES: (of("references"), None),
        }

    # -- the session -----------------------------------------------------------------------------------------------

    def _initialize(self, params: types.InitializeParams) -> None:
        from splint.server.features import Features  # once a client has begun: imports pages and fields of rules

        folders = _folders(params)
        if folders:
            os.chdir(next(iter(folders)))
        options = params.initialization_options
        trusted = isinstance(options, dict) and options.get("trusted") is True and self._may_trust
        workspace = Workspace(folders, trusted=trusted)
        workspace.trust.notify = self._server_says
        self._stack.enter_context(in_force(workspace.trust))
        client = Client.of(params.capabilities, "utf-8" if encoding_of(params.capabilities) == "utf-8" else "utf-16")
        session = self.session = Session(self._server, client, folders, workspace)
        self._filling, self._features, self._actions = Filling(session), Features(session), Actions(session)
        session.when_renewed = self._filling.begin
        self._is_begun = True
        self._server.protocol.offers_diagnostics = client.pulls

    def _server_says(self, message: str) -> None:
        self.session.say(message)

    async def _initialized(self, _params: Any) -> None:
        if self.session.client.watches:
            suffixes = ",".join(suffix.removeprefix(".") for suffix in self.session.workspace.suffixes)
            globs = (*(f"**/{name}" for name in SETTING), f"**/*.{{{suffixes}}}")
            options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(glob) for glob in globs])
            method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            asked = types.RegistrationParams([types.Registration("splint-files", method, options)])
            self._server.client_register_capability(asked)
        self.session.renew()

    def _moved(self, params: types.DidChangeWorkspaceFoldersParams) -> None:
        session, event = self.session, params.event
        gone = {place for folder in event.removed if (place := path_of(folder.uri)) is not None}
        added = {place: folder.uri for folder in event.added if (place := path_of(folder.uri)) is not None}
        session.folders = {path: uri for path, uri in session.folders.items() if path not in gone} | added
        session.workspace.folders = list(session.folders)
        for path in added:
            session.workspace.trust.add(path)
        session.renew()

    # -- documents -------------------------------------------------------------------------------------------------

    def _opened(self, params: types.DidOpenTextDocumentParams) -> None:
        self.session.opened(params.text_document)

    def _changed(self, params: types.DidChangeTextDocumentParams) -> None:
        self.session.changed(params.text_document.uri, params.text_document.version, params.content_changes)

    def _closed(self, params: types.DidCloseTextDocumentParams) -> None:
        self.session.closed(params.text_document.uri)

    async def _saved(self, params: types.DidSaveTextDocumentParams) -> None:
        if (path := path_of(params.text_document.uri)) is not None:
            await self.session.touched([path])

    async def _touched(self, params: types.DidChangeWatchedFilesParams) -> None:
        paths = (path_of(change.uri) for change in params.changes)
        await self.session.touched([path for path in paths if path is not None])

    # -- questions -------------------------------------------------------------------------------------------------

    async def _pulled(
        self, params: types.DocumentDiagnosticParams
    ) -> types.RelatedFullDocumentDiagnosticReport | types.RelatedUnchangedDocumentDiagnosticReport:
        known = await self.session.current(params.text_document.uri)
        shown = known[1].shown if known is not None else []
        identity = str(hash(repr(shown)))  # whatever of them changes
        if params.previous_result_id == identity:
            return types.RelatedUnchangedDocumentDiagnosticReport(identity)
        return types.RelatedFullDocumentDiagnosticReport(shown, result_id=identity)

    async def _acted(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        return await self._actions.offered(params)

    async def _resolved(self, action: types.CodeAction) -> types.CodeAction:
        return await self._actions.resolved(action)


def _folders(params: types.InitializeParams) -> dict[str, str]:
    """The folders of the workspace that are directories: their addresses by path."""
    uris = [folder.uri for folder in params.workspace_folders or ()] or [params.root_uri or ""]
    places = {path_of(uri): uri for uri in uris}
    return {path: uri for path, uri in places.items() if path is not None and os.path.isdir(path)}
