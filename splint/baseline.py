"""The baseline: findings that were there when somebody began to lint, and do not count until their values change."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from splint import atomic
from splint.config import ConfigError
from splint.documents import Document, Source, Span, nowhere
from splint.faults import UnusedSuppression
from splint.report import Anchor, Diagnostic, Report, Suppression
from splint.suppress import is_within
from splint.wording import counted

NAME = ".splint-baseline.json"
VERSION = 1


class Entry(NamedTuple):
    """A finding as the baseline knows it: never by lines."""

    path: str
    """Relative to the baseline's directory, with forward slashes."""
    pointer: str
    """With an object's name in place of its index, where it has one."""
    code: str
    value: str
    """A hash of the value pointed at; empty for what is missing."""


class Baseline:
    """The entries of a baseline file, equal ones counted."""

    def __init__(self, path: str, entries: Iterable[Entry] = (), lines: "dict[Entry, int] | None" = None) -> None:
        self.path = path
        self._root = os.path.dirname(os.path.abspath(path))
        self._entries = Counter(entries)
        self._lines = lines or {}
        self._left = Counter(self._entries)

    @classmethod
    def read(cls, path: str) -> "Baseline":
        """The baseline in a file. Raises ConfigError for one that cannot be read, naming the line."""
        try:
            with open(path, "rb") as stream:
                text = stream.read().decode()
            value = json.loads(text)
        except OSError as error:
            raise ConfigError(f"{path}: the baseline cannot be read: {error.strerror or error}") from None
        except json.JSONDecodeError as error:
            raise ConfigError(
                f"{path}:{error.lineno}:{error.colno}: the baseline is no JSON ({error.msg}): mend it, or write it "
                "anew with --write-baseline"
            ) from None
        except (UnicodeDecodeError, RecursionError):
            raise ConfigError(f"{path}: the baseline is no JSON: write it anew with --write-baseline") from None
        if (
            not isinstance(value, dict)
            or value.get("version") != VERSION
            or not isinstance(value.get("findings"), list)
        ):
            raise ConfigError(f"{path}: no baseline of version {VERSION}: write it anew with --write-baseline")
        rows = [number for number, line in enumerate(text.split("\n"), start=1) if line.lstrip().startswith('{"path"')]
        entries: list[Entry] = []
        lines: dict[Entry, int] = {}
        for index, row in enumerate(value["findings"]):
            line = rows[index] if index < len(rows) else 1
            entry, count = _entry(row, f"{path}:{line}")
            entries += [entry] * count
            lines.setdefault(entry, line)
        return cls(path, entries, lines)

    def applied(self, diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
        """The findings, those of the baseline marked; of equal ones as many as it counts."""
        found = []
        for diagnostic in sorted(diagnostics, key=lambda found: found.sort_key):
            entry = self._entry_of(diagnostic)
            if self._left[entry] > 0:
                self._left[entry] -= 1
                why = Suppression("baseline", self.path, self._lines.get(entry, 1))
                diagnostic = diagnostic._replace(suppressed=diagnostic.suppressed or why)
            found.append(diagnostic)
        return found

    def unused(self, on: frozenset[str], covered: Sequence[str]) -> Iterator[UnusedSuppression]:
        """Entries that no longer occur, as far as the run read their files and ran their rules."""
        source = Source(self.path, b"")
        for entry, count in sorted(self._left.items()):
            if count > 0 and entry.code in on and self._is_covered(entry, covered):
                if not source.data:
                    with open(self.path, "rb") as stream:
                        source = Source(self.path, stream.read())
                start, text = source.line_at(self._lines[entry])
                document = Document(source, None, nowhere, spans={"fault": Span(start, start + len(text.rstrip(",")))})
                yield UnusedSuppression(
                    document,
                    "",
                    f"{entry.code} at {entry.pointer or 'the root'} of {entry.path} no longer occurs",
                    "drop the entry, or run with --prune-baseline",
                )

    def kept(self, report: Report, covered: Sequence[str], *, anew: bool) -> tuple[Report, str]:
        """Write the baseline `anew`, or what still occurs of it.

        Gives the report as the next run will, and what was done in words. Raises ConfigError when it cannot be written.
        """
        if anew:
            kept = self._rewritten(report.diagnostics, covered)
            told = f"{counted(len(kept), 'finding')} in {kept.path}"
            report = report.with_diagnostics(kept.applied(report.diagnostics))
        else:
            kept, gone = self._pruned(frozenset(rule.code for rule in report.rules), covered)
            told = f"{counted(gone, 'finding')} dropped from {kept.path}, {len(kept)} left"
            report = report.with_diagnostics(found for found in report.diagnostics if found.path != kept.path)
        try:
            kept._write()
        except OSError as error:
            why = error.strerror or error
            raise ConfigError(f"{kept.path}: the baseline cannot be written: {why}") from error
        return report, told

    def _pruned(self, on: frozenset[str], covered: Sequence[str]) -> "tuple[Baseline, int]":
        """The baseline without the entries that no longer occur, and how many those were."""
        gone = Counter({e: n for e, n in self._left.items() if n > 0 and e.code in on and self._is_covered(e, covered)})
        return Baseline(self.path, (self._entries - gone).elements()), gone.total()

    def _rewritten(self, diagnostics: Iterable[Diagnostic], covered: Sequence[str]) -> "Baseline":
        """A baseline of a run's findings, and of what this one says about files that the run did not read."""
        others = [entry for entry in self._entries.elements() if not self._is_covered(entry, covered)]
        found = [
            self._entry_of(found)
            for found in diagnostics
            if found.suppressed is None or found.suppressed.kind == "baseline"
        ]
        return Baseline(self.path, [*others, *found])

    def __len__(self) -> int:
        return self._entries.total()

    def _write(self) -> None:
        """Write it, sorted, a line an entry. Raises OSError."""
        lines = []
        for entry, count in sorted(self._entries.items()):
            row: dict[str, Any] = entry._asdict() | {"value": entry.value or None}
            lines.append("  " + json.dumps(row | ({"count": count} if count > 1 else {}), ensure_ascii=False))
        body = ",\n".join(lines)
        text = f'{{"version": {VERSION}, "findings": [\n{body}\n]}}\n' if lines else _EMPTY
        atomic.write(self.path, text.encode("utf-8", "backslashreplace"))

    def _entry_of(self, found: Diagnostic) -> Entry:
        anchor = found.anchor or Anchor(found.pointer, None)
        path = os.path.relpath(os.path.abspath(found.path), self._root).replace(os.sep, "/")
        return Entry(path, anchor.pointer, found.code, anchor.value or "")

    def _is_covered(self, entry: Entry, covered: Sequence[str]) -> bool:
        return is_within(os.path.normpath(os.path.join(self._root, entry.path)), covered)


_EMPTY = f'{{"version": {VERSION}, "findings": [\n]}}\n'


def _entry(row: Any, where: str) -> tuple[Entry, int]:
    """An entry and its count from a row of the file."""
    if not isinstance(row, dict):
        raise ConfigError(f"{where}: an entry of the baseline is no object: write it anew with --write-baseline")
    words = [row.get(name) for name in ("path", "pointer", "code")]
    value, count = row.get("value"), row.get("count", 1)
    is_counted = isinstance(count, int) and not isinstance(count, bool) and count > 0
    if not is_counted or not isinstance(value, str | None) or not all(isinstance(word, str) for word in words):
        raise ConfigError(
            f"{where}: an entry of the baseline needs path, pointer and code as texts, value as a text or null: "
            "write it anew with --write-baseline"
        )
    path, pointer, code = (str(word) for word in words)
    return Entry(path, pointer, code, value or ""), count
