"""Fixes files: applies fixes in memory and checks again until nothing changes, then writes files or a diff."""

import os
import traceback
from collections import defaultdict
from collections.abc import Callable, Container, Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from typing import NamedTuple

from splint.files import STDIN, File, opened
from splint.files.trust import leads_into_git, lies_in
from splint.fixes.admission import Admission, Identity, by_safety, identity, left_out, new_errors, returns
from splint.fixes.application import ROUNDS, TURNS, Fixed, Read, applicable, applied_exactly, turn_of
from splint.fixes.changed import Changed
from splint.formats import Document, Reader
from splint.payloads.extract import extract
from splint.payloads.ties import Key, keys_in, sent, tied
from splint.reporting.masking import masked
from splint.reporting.report import Diagnostic, Report, ToolNotification
from splint.settings.config import ConfigError

MOST_SAID = 10
"""The most messages on fixes of one file that are left out."""


class Outcome(NamedTuple):
    """The result of fixing."""

    report: Report
    """The report on the fixed files."""
    changed: tuple[Changed, ...]
    left: tuple[str, ...]
    """Messages on files that were left unchanged, and on fixes that were left out, with the reason."""
    refused: frozenset[Identity]
    """The findings whose fixes do not last, or would bring in an error (unsafe ones too if safe ones were wanted)."""
    crashes: tuple[ToolNotification, ...]
    """Errors of splint itself, each of which left a file unchanged."""
    stdin: bytes | None
    """The fixed standard input; None if it was not read."""


Check = Callable[[Mapping[str, bytes], Sequence[File]], Report]
"""Checks files; takes contents that replace those on disk, by real path (`-` for standard input)."""


class Fixer:
    """Fixes the files of a run in memory."""

    def __init__(
        self,
        files: Sequence[File],
        check: Check,
        reader_for: Callable[[str], Reader],
        *,
        unsafe: bool,
        stdin_name: str | None = None,
        tree: tuple[str, ...] | None = None,
        contents: Mapping[str, bytes] = {},
    ) -> None:
        """`reader_for` returns the reader for a path; `stdin_name` is the name of standard input.

        `contents` stand for files, by real path: what an editor holds of them.
        `tree` are the real paths of the directories in which files may be fixed; all if None. Raises ConfigError if a
        file has the name of standard input.
        """
        self._check = check
        self._reader_for = reader_for
        self._tree = tree
        self._files = files
        self._unsafe = unsafe
        self._readers: dict[str, Read] = {}
        self._targets: dict[str, str] = {}
        for file in files:
            shown, target = (stdin_name or STDIN) if file.path == STDIN else file.shown, _target(file)
            if self._targets.setdefault(shown, target) != target:
                raise ConfigError(f"{shown} is both standard input and a file of this run: fix one after the other")
            self._readers.setdefault(target, self._reader(shown))
        self._shown = {target: shown for shown, target in reversed(self._targets.items())}
        self._before: dict[str, bytes] = {}
        self._now: dict[str, bytes] = {}
        self._fixed: defaultdict[str, Fixed] = defaultdict(Fixed)
        self._left: dict[str, str] = {}
        self._refused: defaultdict[str, dict[Identity, str]] = defaultdict(dict)
        """By real path: why fixes are left out."""
        self._has_changed = False
        """Whether a fix was applied since those that are refused were tried again."""
        self._crashes: dict[str, ToolNotification] = {}
        for target in self._shown.keys() & contents.keys():
            self._take(target, contents[target])

    def _reader(self, shown: str) -> Read:
        """A function that parses the bytes of a file."""
        reader = self._reader_for(shown)
        return lambda data: [
            item for item in reader.read(shown, BytesIO(data)) if item.source.path == shown
        ]  # without bodies that a script takes from other files

    def fix(self) -> Outcome:
        """Fix until nothing changes; fixes that would bring in an error are left out."""
        for file in self._files:
            if file.path == STDIN:
                self._take(STDIN, opened(file).read())
        report = self._settle(self._check(self._now, self._files), unsafe=self._unsafe)
        left = tuple(line for target in sorted({*self._left, *self._refused}) for line in self._words(target))
        if not self._unsafe:
            self._rehearse(report)
        changes = tuple(
            Changed(self._shown[target], target, before, now, self._fixed[target].count, self._secrets(target))
            for target, before in sorted(self._before.items())
            if before != (now := self._now[target])
        )
        refused = frozenset(key for of_file in self._refused.values() for key in of_file)
        return Outcome(report, changes, left, refused, tuple(self._crashes.values()), self._now.get(STDIN))

    def _settle(self, report: Report, *, unsafe: bool) -> Report:
        """Round after round, until nothing changes. Returns the report on the files afterwards."""
        for _ in range(ROUNDS + 1):
            wanted = self._wanted(report, unsafe=unsafe)
            if not wanted and self._has_changed and self._refused:
                self._refused.clear()  # what has changed since may let in what was refused
                self._has_changed = False
                wanted = self._wanted(report, unsafe=unsafe)
            if not wanted:
                break
            report = self._round(wanted, report)
        else:
            for target, group in self._wanted(report, unsafe=unsafe).items():
                returning = self._fixed[target].take_returning(len(group))
                self._refused[target].update((own, returns(own)) for own in returning)
        return report

    def _rehearse(self, report: Report) -> None:
        """Find out which unsafe fixes would be left out if they were wanted: nobody is offered these."""
        left, crashes, fixed = dict(self._left), dict(self._crashes), self._fixed
        self._fixed, refused = defaultdict(Fixed), {target: dict(words) for target, words in self._refused.items()}
        wanted = self._wanted(report, unsafe=True)
        if unread := {target: group for target, group in wanted.items() if target not in self._now}:
            report = self._round(unread, report)
        now = dict(self._now)
        self._settle(report, unsafe=True)
        for target, words in refused.items():
            self._refused[target].update(words)
        self._now, self._left, self._crashes, self._fixed = now, left, crashes, fixed

    def _words(self, target: str) -> list[str]:
        """The messages on a file that is left as it was, or on its fixes that are left out."""
        said = [*([self._left[target]] if target in self._left else []), *self._refused.get(target, {}).values()]
        more = len(said) - MOST_SAID
        return said if more <= 0 else [*said[:MOST_SAID], f"{self._shown[target]}: {more} more left out"]

    def _secrets(self, target: str) -> frozenset[str]:
        """The credentials in a file, which parsing and extraction collect."""
        items = self._readers[target](self._before[target])
        for item in items:
            if isinstance(item, Document):
                extract(item, ("",), {})
        return frozenset().union(*(item.source.secrets for item in items))

    def _take(self, target: str, data: bytes) -> None:
        self._before[target] = self._now[target] = data

    def _wanted(self, report: Report, *, unsafe: bool) -> dict[str, list[Diagnostic]]:
        """The findings to fix by the real path of their file; notes the files that may not be fixed."""
        wanted: defaultdict[str, list[Diagnostic]] = defaultdict(list)
        for diagnostic in applicable(report.diagnostics, unsafe=unsafe):
            target = self._targets.get(diagnostic.path)
            is_left = target in self._left or target in self._crashes
            if target is None or is_left or identity(diagnostic) in self._refused.get(target, ()):
                continue
            if diagnostic.fix is not None and not diagnostic.fix.edits:
                why = "no fix is written into a table: --output-format json has each as a JSON Patch of its record"
            elif leads_into_git(diagnostic.path, target):
                why = "it leads through a symlink into .git: name the place itself"
            elif self._tree is not None and target != STDIN and not lies_in(target, self._tree):
                why = f"{target} lies outside of the tree that is fixed"
            else:
                wanted[target].append(diagnostic)
                continue
            self._left[target] = f"{diagnostic.path}: left as it was: {why}"
        return wanted

    def _round(self, wanted: Mapping[str, list[Diagnostic]], report: Report) -> Report:
        """Apply one round of fixes. Returns the report on the files afterwards.

        A file with fixes is read in its first round and fixed in the next: fixes must fit the content that was checked.
        """
        start = {target: self._now[target] for target in wanted if target in self._now}
        for target in (one for one in wanted if one not in start):
            with open(target, "rb") as stream:
                self._take(target, stream.read())
        taken = dict[str, list[Diagnostic]]()
        for turn in TURNS:
            own = {target: [one for one in wanted[target] if turn_of(one) == turn] for target in start}
            taken = {target: self._applied(target, start[target], some) for target, some in own.items() if some}
            if any(taken.values()):
                break
        after = self._check(self._now, self._files)
        fixes = [one for group in taken.values() for one in group]
        if broken := {self._targets.get(one.path) for one in new_errors(report, after, fixes)}:
            for files in self._groups(start):
                if not broken.isdisjoint(files):
                    self._without_errors(files, start, taken, report)
            after = self._check(self._now, self._files)
            fixes = [one for group in taken.values() for one in group]
        if new_errors(report, after, fixes):  # of no file that is fixed, or where only some of the fixes tie files
            after = self._without_errors(self._shown, start, taken, report)
        self._has_changed |= any(taken.values())
        for target, group in taken.items():
            self._fixed[target].add(group, len(wanted[target]))
        return after

    def _applied(self, target: str, data: bytes, wanted: Sequence[Diagnostic]) -> list[Diagnostic]:
        """Apply the fixes of a file to its bytes. Returns the findings that are fixed thereby."""
        try:
            self._now[target], taken = applied_exactly(self._readers[target], data, wanted)
        except Exception as error:
            self._crash(target, error)
            return []
        return taken

    def _groups(self, start: Mapping[str, bytes]) -> list[set[str]]:
        """The files of the run in groups of those that are tied, at the `start` of the round or now: fixes name ids."""
        keys: defaultdict[str, set[Key]] = defaultdict(set)
        for file in self._files if len(self._shown) > 1 else ():
            target = _target(file)
            keys[target].add(sent(target))
            for data in {self._now.get(target), start.get(target)} - {None} or {_read(file)}:
                with suppress(OSError):  # of a table without payloads, which the check passes over
                    keys[target] |= keys_in(data or b"", self._shown[target], self._reader_for(self._shown[target]))
        return tied(keys) or [set(self._shown)]

    def _without_errors(
        self, group: Container[str], start: Mapping[str, bytes], taken: dict[str, list[Diagnostic]], report: Report
    ) -> Report:
        """Fix a group of files again, from their bytes at the `start`, without the fixes that bring in an error.

        Replaces what is `taken` in these files, and returns the report on them afterwards.
        """
        files = [file for file in self._files if _target(file) in group]
        changed = [target for target in sorted(start) if target in group and self._now[target] != start[target]]

        def fix(some: Sequence[Diagnostic]) -> None:
            for target in changed:
                own = [one for one in some if self._targets[one.path] == target]
                taken[target] = self._applied(target, start[target], own)

        def trial(some: Sequence[Diagnostic]) -> Report:
            fix(some)
            return self._check(self._now, files)

        admission = Admission(report, trial)
        admission.admit(*by_safety(one for target in changed for one in taken[target]))
        for one, found in admission.refused:
            self._refused[self._targets[one.path]][identity(one)] = left_out(one, found)
        fix(admission.kept)
        return admission.after

    def _crash(self, target: str, error: Exception) -> None:
        """Leave a file as it was, whose fixes cannot be applied for an error of splint itself."""
        if os.environ.get("SPLINT_TRACEBACK"):
            traceback.print_exception(error)
        shown = self._shown[target]
        what = f"internal error: {type(error).__name__}: {error} (SPLINT_TRACEBACK=1 shows where)"
        self._crashes[target] = ToolNotification("crashed-fix", f"{shown}: left as it was: {masked(what)}", shown)
        self._now[target] = self._before[target]
        self._fixed.pop(target, None)


def _read(file: File) -> bytes:
    """The bytes of a file; none where it cannot be read."""
    try:
        with opened(file) as stream:
            return stream.read()
    except OSError:
        return b""


def _target(file: File) -> str:
    return STDIN if file.path == STDIN else os.path.realpath(file.path)
