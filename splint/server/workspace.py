"""The folders of an editor, judged as `splint check` judges them: its settings, its baseline, its files and buffers.

What judges files, or notes what ties them, runs in one thread, the server's worker. Meanwhile another thread walks the
folders, and the event loop looks up settings, readers and ties.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from time import perf_counter
from typing import Any, NamedTuple

from splint.files import File, spelled
from splint.files.repository import is_no_file
from splint.files.streams import RefusedError
from splint.files.trust import Trust, current, standing_for
from splint.fixes.rounds import Fixer
from splint.formats import Reader
from splint.formats.json.reader import JSON
from splint.payloads.ties import Key, keys_in, keys_of, sent
from splint.reporting.report import Diagnostic, Report
from splint.rules.hooks import PluginError
from splint.run.discovery import find, included_by, scopes, would_be_walked
from splint.run.linter import Linter
from splint.run.linters import Linters
from splint.run.pipeline import report_of
from splint.run.result import FileResult
from splint.run.worker import RunRequest, Worker
from splint.server.families import Index, Stamp
from splint.server.mistakes import Mistake, mistakes_of
from splint.server.texts import Buffer
from splint.settings.config import BASELINE, MAX_FILES, Config, ConfigError, moment
from splint.settings.resolver import Resolver
from splint.suppression.baseline import Baseline

STEP = 0.02
"""The seconds after which the index lets documents be judged."""
Buffers = Mapping[str, Buffer]
"""The open documents, by path."""


class Judged(NamedTuple):
    """What a run found."""

    diagnostics: dict[str, tuple[Diagnostic, ...]]
    """The findings that count, by path: of all files of the family, also those without any."""
    mistakes: dict[str, list[Mistake]]
    """The mistakes in settings and baselines that came up, by path."""
    errors: tuple[str, ...] = ()
    """Errors of splint itself, and of plugins."""
    broken: frozenset[str] = frozenset()
    """The files of which not all could be read."""


HELP = 'it counts in a workspace that the editor says is trusted: {"trusted": true} (docs/editors.md)'
"""What to do where something of a stranger's settings is left out."""


class FolderTrust(Trust):
    """The trust in the folders of an editor; notes the files that scripts send."""

    def __init__(self, folders: Iterable[str], *, trusted: bool) -> None:
        super().__init__(untrusted=not trusted, allow_ignores=True, help=HELP)
        self.bodies: set[str] = set()
        for folder in folders:
            self.add(folder)

    def body(self, path: str, script: str | None) -> bytes:
        """A file that a script sends."""
        self.bodies.add(os.path.realpath(path))
        return super().body(path, script)


class Workspace:
    """Folders, their settings and what ties their files."""

    def __init__(self, folders: Iterable[str], *, trusted: bool) -> None:
        self.folders = list(folders)
        self.home = os.getcwd()
        """Where the server was begun: names of files are shown from there."""
        self.trust = FolderTrust(self.folders, trusted=trusted)
        self.index = Index()
        self.files: set[str] = set()
        """The files that a check of the folders reads, as far as they are known."""
        self.is_indexed = True
        """Whether files that are not open are tied; False where there are too many."""
        self._last: dict[str, Linter] = {}
        """The last rules of each directory whose settings were right."""
        self._default = Linter(Config())
        self.renew()

    # -- the working directory -------------------------------------------------------------------------------------

    def _stay(self) -> None:
        """Work where the server was begun: where that was removed, in the closest directory above until it is back."""
        home = self.home
        while not os.path.isdir(home):
            home = os.path.dirname(home)
        try:
            is_there = os.path.samefile(".", home)
        except OSError:  # some systems know nothing of a directory that was removed
            is_there = False
        if not is_there:
            os.chdir(home)
            self.renew()

    # -- settings --------------------------------------------------------------------------------------------------

    def renew(self) -> None:
        """Read all settings anew when they are next needed."""
        options: dict[str, Any] = {"respect_gitignore": False} if self.trust.untrusted else {}
        self._linters = Linters(Resolver(**options))
        self._failed: dict[str, Exception] = {}
        self._walked: dict[str, bool] = {}
        self._baselines: dict[str, tuple[Stamp | None, Baseline]] = {}
        self._wrong_baselines: dict[str, ConfigError] = {}

    def linter_at(self, directory: str) -> Linter:
        """The rules for a directory: by its settings or, where these are wrong, by the last ones that were not."""
        try:
            if directory in self._failed:
                raise self._failed[directory]
            self._last[directory] = self._linters.at(directory)
        except (ConfigError, PluginError) as error:
            self._failed[directory] = error
        return self._last.get(directory) or self._default

    def root_of(self, path: str) -> str:
        """The folder that a path is in, where a check of it would run; without one its directory."""
        tops = [top for top in self.folders if path.startswith(os.path.join(top, ""))]
        return max(tops, key=len, default=os.path.dirname(path))

    def mistakes(self) -> dict[str, list[Mistake]]:
        """The mistakes in the settings that have been asked for, by the path of the file."""
        found: dict[str, list[Mistake]] = {}
        for directory, error in (*self._failed.items(), *self._wrong_baselines.items()):
            for path, mistake in mistakes_of(error, directory):
                if mistake not in found.setdefault(path, []):
                    found[path].append(mistake)
        return found

    def _baseline(self, root: str) -> Baseline | None:
        """The baseline in force in a folder; None without one, and where it is wrong."""
        try:
            baseline = self._read_baseline(root)
        except ConfigError as error:
            self._wrong_baselines[root] = error
            return None
        self._wrong_baselines.pop(root, None)
        return baseline

    def _read_baseline(self, root: str) -> Baseline | None:
        config = self.linter_at(root).config
        path = config.baseline or os.path.join(root, BASELINE)
        if config.baseline is None and not os.path.exists(path):
            return None
        try:
            self.trust.check_settings(path)
        except FileNotFoundError:
            pass  # named in settings: the reader says that it is not there
        except RefusedError as error:
            raise ConfigError(f"{path}: {error}") from None
        stamp = Stamp.of(path)
        if path not in self._baselines or self._baselines[path][0] != stamp:
            self._baselines[path] = stamp, Baseline.read(path, config.named("baseline"))
        return self._baselines[path][1]

    # -- files -----------------------------------------------------------------------------------------------------

    def is_walked(self, path: str) -> bool:
        """Whether a walk reads a file: its suffix is known, and neither settings nor git leave it out."""
        if path not in self._walked:
            self._walked[path] = would_be_walked(path, scopes(self.linter_at))
        return self._walked[path]

    def is_read(self, path: str) -> bool:
        """Whether a check of a folder reads a file that no editor holds."""
        root = self.root_of(path)
        if root not in self.folders or not os.path.isfile(path):
            return False
        if path in self.files:
            return True
        return self.is_walked(path) and included_by(self.linter_at(root).config.include)(path)

    def find(self) -> Iterator[str]:
        """The paths of the files that a check of the folders reads. Raises ConfigError and OSError."""
        for folder in self.folders:
            include = self.linter_at(folder).config.include
            for file in find(() if include else (folder,), scopes(self.linter_at), force=False, include=include):
                yield os.path.abspath(file.path)

    def most_files(self) -> int:
        """The most files among which campaigns are tied, by the settings of the folders."""
        settings = (self.linter_at(folder).config.lsp for folder in self.folders)
        return min((one.get("max-files", MAX_FILES) for one in settings), default=0)

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The suffixes of all formats that can be read in the folders."""
        return tuple(dict.fromkeys(suffix for folder in self.folders for suffix in self.linter_at(folder).suffixes))

    def linter_for(self, path: str) -> Linter:
        """The rules for a file."""
        return self.linter_at(os.path.dirname(path))

    def reader_of(self, path: str) -> Reader | None:
        """The reader of a file's format."""
        return self.linter_for(path).registry.reader_for(path)

    def fill(self, files: set[str]) -> Iterator[int]:
        """Note what ties the files of the folders, and forget all others; yields how many are done, every 20 ms."""
        self.files, self.is_indexed, began = files, True, perf_counter()
        for path in self.index:
            self.note(path)
        for done, path in enumerate(sorted(files)):
            self.note(path)
            if perf_counter() - began > STEP:
                yield done
                began = perf_counter()

    def unfill(self) -> None:
        """Forget what ties files that are not open: there are too many."""
        self.files, self.is_indexed = set(), False
        for path in self.index:
            self.note(path)

    def note(self, path: str) -> None:
        """Note what ties a file on disk to others; forget one that is not read."""
        self._stay()
        if os.path.realpath(path) in self.trust.overlay:
            return None
        if not self.is_indexed or not self.is_read(path):
            return self.index.drop(path)
        if self.index.is_fresh(path):
            return None
        stamp, reader = Stamp.of(path), self.reader_of(path)
        if stamp is None or reader is None:
            return self.index.drop(path)
        try:
            with current().opened(path) as stream:
                keys = keys_in(stream.read(), shown(path), reader)
        except OSError:
            return self.index.drop(path)
        return self.index.put(path, keys, stamp)

    # -- judging ---------------------------------------------------------------------------------------------------

    def hold(self, buffers: Buffers) -> None:
        """Let buffers stand for their files from here on."""
        self._stay()
        self.trust.overlay = {os.path.realpath(path): buffer.text.data for path, buffer in buffers.items()}

    def judge(self, path: str, buffers: Buffers) -> Judged:
        """Judge a file or buffer with all that it is tied to."""
        self.hold(buffers)
        if not self._is_judged(path, buffers):
            self.index.drop(path)
            return Judged({path: ()}, self.mistakes())
        report, results = self._report(path, buffers)
        found: dict[str, list[Diagnostic]] = {file: [] for file in results}
        for one in report.active:
            if not is_no_file(one.path):
                found.setdefault(os.path.abspath(one.path), []).append(one)
        errors = tuple(error.message for error in report.errors if error.kind != "unreadable-file")
        broken = frozenset(file for file, result in results.items() if result.broken)
        return Judged({file: tuple(ones) for file, ones in found.items()}, self.mistakes(), errors, broken)

    def _is_judged(self, path: str, buffers: Buffers) -> bool:
        self.linter_at(directory := os.path.dirname(path))
        if directory not in self._last:
            return False  # a command line would refuse these settings
        if (buffer := buffers.get(path)) is not None:
            return self.reader_of(path) is not None and (buffer.is_untitled or self.is_walked(path))
        return self.is_read(path)

    def _report(self, path: str, buffers: Buffers) -> tuple[Report, dict[str, FileResult]]:
        """The report on a file and what it is tied to, and the results of these files."""
        root = self.root_of(path)
        names = {os.path.realpath(path): shown(path)}
        request = RunRequest(self.linter_at, moment(None), self.linter_at(root), anchored=True, names=names)
        worker = Worker(request)
        results: dict[str, FileResult] = {}
        waiting = [path]
        while waiting:
            name = shown(waiting.pop())
            one = os.path.abspath(spelled(name, name, names))
            if one in results:
                continue
            results[one] = self._result(worker, one, buffers)
            waiting += self.index.related(one) - results.keys()
        total = FileResult()
        for one in sorted(results, key=shown):
            total.merge(results[one])
        baseline, tool = self._baseline(root), request.main.tool
        report = report_of(total, worker.rulesets, tool, anchored=True, once=True, baseline=baseline)
        return report, results

    def _result(self, worker: Worker, path: str, buffers: Buffers) -> FileResult:
        """Judge one file as far as it goes alone, and note what ties it to others."""
        stamp = None if path in buffers else Stamp.of(path)
        if path not in buffers and stamp is None:
            self.index.drop(path)
            return FileResult()
        self.trust.bodies.clear()
        result = worker.check(File(path, shown(path), named=False))
        keys: set[Key] = keys_of(result.held.payloads, result.held.records)
        if path in buffers or self.is_indexed:
            self.index.put(path, keys | {sent(body) for body in self.trust.bodies}, stamp)
        return result

    def fixed(self, path: str, buffers: Buffers) -> bytes | None:
        """The bytes of a buffer after its safe fixes, as `splint check --fix` writes them; None if nothing changes."""
        self.hold(buffers)
        if path not in buffers or not self._is_judged(path, buffers):
            return None
        target = os.path.realpath(path)

        def check(now: Mapping[str, bytes], _: Iterable[File]) -> Report:
            with standing_for(now):
                return self._report(path, buffers)[0]

        file = File(path, shown(path), named=False)
        contents = {target: buffers[path].text.data}
        outcome = Fixer([file], check, self._reader_or_json, unsafe=False, contents=contents).fix()
        return next((changed.after for changed in outcome.changed if changed.target == target), None)

    def _reader_or_json(self, path: str) -> Reader:
        return self.reader_of(os.path.abspath(path)) or JSON


def shown(path: str) -> str:
    """A path as reports show it."""
    return os.path.relpath(path).replace(os.sep, "/")
