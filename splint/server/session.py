"""A client's session: its open documents, the runs on them, and what is published of each file."""

import asyncio
import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import Any, NamedTuple, TypeVar, TypeVarTuple

from lsprotocol import types
from pygls.uris import from_fs_path, to_fs_path

from splint.formats import Source
from splint.reporting.masking import public
from splint.reporting.report import Diagnostic
from splint.server.diagnostics import Client, Places
from splint.server.mistakes import Mistake, is_settings
from splint.server.protocol import Server
from splint.server.schedule import Schedule
from splint.server.texts import Buffer, Encoding, Place, Text, path_of_untitled, place_of
from splint.server.workspace import Buffers, Judged, Workspace
from splint.settings.config import BASELINE
from splint.settings.toml import NAMES

Result = TypeVar("Result")
Arguments = TypeVarTuple("Arguments")
SETTING = (*NAMES, BASELINE, ".gitignore")
"""The names of files that change what is found in others."""


class Found(NamedTuple):
    """What is known of a file."""

    buffer: Buffer | None
    """The version that was judged; None for a file on disk."""
    diagnostics: tuple[Diagnostic, ...]
    shown: list[types.Diagnostic]


class Session:
    """What a client has open, and what it has been told."""

    def __init__(self, server: Server, client: Client, folders: Mapping[str, str], workspace: Workspace) -> None:
        """`folders` are the addresses of the workspace's folders by their paths."""
        self.server = server
        self.client = client
        self.folders = dict(folders)
        self.workspace = workspace
        self.buffers: dict[str, Buffer] = {}
        self._paths: dict[str, str] = {}
        """The paths of open documents by their addresses."""
        self.found: dict[str, Found] = {}
        self.whole: dict[str, str] = {}
        """The last text of each open document that could be read to its end."""
        self.families: dict[str, frozenset[str]] = {}
        self._mistakes: dict[str, tuple[list[Mistake], int | None]] = {}
        """The mistakes that the client has been told of, with the version of the file if it is open."""
        self._settings: Buffers = {}
        """The buffers when settings were last read: mistakes in settings are of these."""
        self._said: set[str] = set()
        self._worker = ThreadPoolExecutor(1, "judging")
        self.schedule = Schedule(self._run)
        self.when_renewed: Callable[[], None] = lambda: None
        """Called when settings have changed."""

    @property
    def encoding(self) -> Encoding:
        """How the client counts characters."""
        return self.client.encoding

    async def in_worker(self, call: Callable[[*Arguments], Result], *arguments: *Arguments) -> Result:
        """The result of a call in the thread that judges."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, call, *arguments)

    def close(self) -> None:
        """End the worker once it is done with what it has begun."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    # -- documents -------------------------------------------------------------------------------------------------

    def buffer_of(self, uri: str) -> Buffer | None:
        """An open document by its address."""
        return self.buffers.get(self._paths.get(uri, ""))

    def opened(self, document: types.TextDocumentItem) -> None:
        """Take a document that the editor has opened."""
        path = self._path_of(document.uri, document.language_id)
        if path is None:
            return
        known = self.found.pop(path, None)
        if known is not None and known.buffer is None and self.uri_of(path) != document.uri:
            self._publish(self.uri_of(path), [], None)
        self._paths[document.uri] = path
        text = Text(document.text)
        self.buffers[path] = Buffer(document.uri, path, document.language_id, document.version, text)
        self.schedule.ask(path)

    def changed(self, uri: str, version: int, changes: Iterable[Any]) -> None:
        """Take the changes of a document."""
        buffer = self.buffer_of(uri)
        if buffer is None:
            return
        text = buffer.text
        for change in changes:
            stretch = getattr(change, "range", None)
            if stretch is None:
                text = Text(change.text)
            else:
                start, end = stretch.start, stretch.end
                places = Place(start.line, start.character), Place(end.line, end.character)
                text = text.changed(*places, change.text, self.encoding)
        self.buffers[buffer.path] = buffer.at(version, text)
        self.schedule.ask(buffer.path)

    def closed(self, uri: str) -> None:
        """Take back what an editor held: from here on the file on disk counts."""
        buffer = self.buffer_of(uri)
        if buffer is None:
            return
        del self.buffers[buffer.path], self._paths[uri]
        self._publish(uri, [], None)
        self.found.pop(buffer.path, None)
        self.whole.pop(buffer.path, None)
        self.schedule.ask(buffer.path)

    async def touched(self, paths: Iterable[str]) -> None:
        """Look again at files that have changed on disk."""
        names = {place_of(path) for path in paths}
        if any(os.path.basename(path) in SETTING for path in names):
            return self.renew()
        for path in names - self.buffers.keys():
            await self.in_worker(self.workspace.note, path)
            family = self.workspace.index.related(path) | self.families.get(path, frozenset())
            if not family.isdisjoint(self.buffers.keys() | self.found.keys()):
                self.schedule.ask(path)
        return None

    def _path_of(self, uri: str, language: str) -> str | None:
        if uri.startswith("untitled:"):
            return path_of_untitled(uri, language, next(iter(self.folders), self.workspace.home))
        return path_of(uri)

    # -- places ----------------------------------------------------------------------------------------------------

    def uri_of(self, path: str) -> str:
        """The address of a file: the editor's own where it has one open, or its folder."""
        path = os.path.abspath(path)
        if (buffer := self.buffers.get(path)) is not None:
            return buffer.uri
        for folder, uri in self.folders.items():
            if path.startswith(top := os.path.join(folder, "")):
                return f"{uri.rstrip('/')}/{(from_fs_path(f'/{path[len(top) :]}') or '').removeprefix('file:///')}"
        return from_fs_path(path) or ""

    def places(self, buffers: Buffers) -> Places:
        """Turns places in these buffers, or in files, into the client's."""
        texts: dict[str, Text] = {}

        def text_of(path: str) -> Text:
            path = os.path.abspath(path)
            if (buffer := buffers.get(path)) is not None:
                return buffer.text
            if path not in texts:
                texts[path] = read_text(path)
            return texts[path]

        return Places(self.client, text_of, self.uri_of)

    # -- runs ------------------------------------------------------------------------------------------------------

    async def _run(self, path: str) -> float:
        """Judge the newest version of a document; the seconds that it took."""
        snapshot = dict(self.buffers)
        work = self._renewed if is_settings(path) else self._judged
        try:
            judged, shown, took = await self.in_worker(work, path, snapshot)
        except Exception as error:  # the last resort: the next change is judged again
            self.server.report_server_error(error, None)
            return 0.0
        if is_settings(path):
            self._settings = snapshot
            self._show_mistakes(judged.mistakes)
            self._after_renewal()
        else:
            self._take(path, judged, shown, snapshot)
        return took

    def _judged(self, path: str, buffers: Buffers) -> tuple[Judged, dict[str, list[types.Diagnostic]], float]:
        began = perf_counter()
        judged, places = self.workspace.judge(path, buffers), self.places(buffers)
        shown = {}
        for file, found in judged.diagnostics.items():
            buffer = buffers.get(file)
            version = buffer.version if buffer is not None else None
            shown[file] = [places.diagnostic(one, places.text_of(file), version) for one in found]
        return judged, shown, perf_counter() - began

    def _renewed(self, path: str, buffers: Buffers) -> tuple[Judged, dict[str, list[types.Diagnostic]], float]:
        """Read the settings anew; `path` is one of them."""
        began = perf_counter()
        self.workspace.hold(buffers)
        self.workspace.renew()
        directories = {os.path.dirname(file) for file in (path, *buffers)}
        for directory in sorted(directories.union(self.workspace.folders)):
            self.workspace.linter_at(directory)
        return Judged({}, self.workspace.mistakes()), {}, perf_counter() - began

    def _take(self, path: str, judged: Judged, shown: Mapping[str, list[types.Diagnostic]], snapshot: Buffers) -> None:
        """Publish what a run found, unless one of its files has changed since."""
        files = judged.diagnostics.keys()
        if any(self.buffers.get(file) is not snapshot.get(file) for file in files):
            return self.schedule.ask(path)
        family = frozenset(files)
        left = frozenset().union(*(self.families.get(file, frozenset()) for file in files)) - family
        self.whole |= {file: snapshot[file].text.text for file in files & snapshot.keys() - judged.broken}
        for file in files:
            self.families[file] = family
            self._tell(file, Found(snapshot.get(file), judged.diagnostics[file], shown[file]), is_asked=file == path)
        if path not in self.buffers and not judged.diagnostics[path] and len(family) == 1:
            del self.families[path]
            self.schedule.forget(path)
        self._show_mistakes(judged.mistakes)
        for message in judged.errors:
            self.say(message)
        for file in left:
            self.families.pop(file, None)
            self.schedule.ask(file)
        return None

    def _tell(self, path: str, found: Found, *, is_asked: bool) -> None:
        """Tell the client what is found in a file; of one that it has not open only what is new."""
        before = self.found.get(path)
        if found.buffer is None and not found.shown:
            self.found.pop(path, None)
        else:
            self.found[path] = found
        if found.buffer is None:
            if before is not None or found.shown:
                self._publish(self.uri_of(path), found.shown, None)
        elif not self.client.pulls:
            self._publish(found.buffer.uri, found.shown, found.buffer.version)
        elif not is_asked and (before is None or before.diagnostics != found.diagnostics):
            self.refresh()

    def refresh(self) -> None:
        """Have the client ask again for diagnostics, if it is one that asks."""
        if self.client.pulls:
            self.server.workspace_diagnostic_refresh(None)

    def _show_mistakes(self, mistakes: dict[str, list[Mistake]]) -> None:
        """Publish the mistakes in settings that are new, and that there are none any more."""
        snapshot = self._settings
        places = self.places(snapshot)
        for path in self._mistakes.keys() | mistakes.keys() | {path for path in snapshot if is_settings(path)}:
            buffer = snapshot.get(path)
            told = mistakes.get(path, []), buffer.version if buffer is not None else None
            if told != self._mistakes.get(path, ([], None)) and self.buffers.get(path) is buffer:
                shown = [places.mistake(one, places.text_of(path)) for one in told[0]]
                self._publish(self.uri_of(path), shown, told[1])
                self._mistakes[path] = told

    def _publish(self, uri: str, shown: list[types.Diagnostic], version: int | None) -> None:
        self.server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, shown, version))

    def renew(self) -> None:
        """Read the settings anew, and judge all that is open or published again."""
        self.schedule.ask(os.path.join(next(iter(self.folders), self.workspace.home), "splint.toml"))

    def _after_renewal(self) -> None:
        self.ask_all()
        self.refresh()
        self.when_renewed()

    def ask_all(self) -> None:
        """Judge again what is open or published: settings, or what files are tied to, may have changed."""
        for path in self.buffers.keys() | self.found.keys():
            if not is_settings(path):
                self.schedule.ask(path)

    def say(self, message: str) -> None:
        """Log a message, once."""
        if message not in self._said:
            self._said.add(message)
            self.server.window_log_message(types.LogMessageParams(types.MessageType.Warning, public(message)))

    # -- answers ---------------------------------------------------------------------------------------------------

    async def current(self, uri: str) -> tuple[Buffer, Found] | None:
        """A document with the findings on its newest version; None for one that is not open, or not judged."""
        buffer = self.buffer_of(uri)
        if buffer is None or is_settings(buffer.path):
            return None
        await self.schedule.settled(buffer.path)
        found, buffer = self.found.get(buffer.path), self.buffer_of(uri)
        return (buffer, found) if buffer is not None and found is not None and found.buffer is buffer else None


def read_text(path: str) -> Text:
    """The text of a file on disk; empty where it cannot be read."""
    try:
        with open(path, "rb") as stream:
            return Text(Source(path, stream.read()).text)
    except OSError:
        return Text("")


def path_of(uri: str) -> str | None:
    """The path of a file or directory by its address; None for another kind of address."""
    path = to_fs_path(uri) if uri.startswith("file:") else None
    if not path or "\0" in path:
        return None
    return os.path.realpath(path) if os.path.isdir(path) else place_of(path)
