"""The baseline: findings recorded earlier, which do not count until their values change."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import count as counting
from typing import Any, Literal, NamedTuple

from splint.files import atomic, from_here
from splint.files.repository import is_no_file
from splint.formats import Document, Source
from splint.formats.json.reader import parse
from splint.reporting.report import Anchor, Diagnostic, Suppression
from splint.settings.config import ConfigError
from splint.suppression.scope import RunScope

VERSION = 1
Then = Literal["stays", "prunes", "takes"]
"""What a run makes of a baseline: it stays, drops the entries that no longer occur, or takes in what the run found."""


class BaselineEntry(NamedTuple):
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

    def __init__(
        self,
        path: str,
        entries: Mapping[BaselineEntry, int] | None = None,
        lines: Iterable[int] = (),
        *,
        then: Then = "stays",
    ) -> None:
        """`lines` are those of the sorted entries, where the file is not as this class writes it."""
        self.path = os.path.relpath(from_here(path)).replace(os.sep, "/")
        self._root = os.path.dirname(os.path.abspath(self.path))
        self._entries = Counter(entries or {})
        self._lines = dict(zip(sorted(self._entries), lines or counting(2), strict=False))
        self.then = then

    @classmethod
    def read(cls, path: str, name: str = "baseline", *, then: Then = "stays") -> "Baseline":
        """The baseline in a file that the setting `name` says.

        Raises ConfigError for one that cannot be read, naming the line, and for a missing one that is not to be made.
        """
        if not os.path.exists(path):
            if then == "takes":
                return cls(path, then=then)
            raise ConfigError(f"{name}: there is no {path}: make it with --write-baseline")
        if not os.path.isfile(path):  # a device or a pipe, which may have no end
            raise ConfigError(f"{path}: the baseline is no plain file: {ANEW}")
        try:
            with open(path, "rb") as stream:
                data = stream.read()
            value = json.loads(data.decode("utf-8-sig"))
        except OSError as error:
            raise ConfigError(f"{path}: the baseline cannot be read: {error.strerror or error}") from None
        except json.JSONDecodeError as error:
            raise ConfigError(
                f"{path}:{error.lineno}:{error.colno}: the baseline is no JSON ({error.msg}): {ANEW}"
            ) from None
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise ConfigError(f"{path}:{line}: the baseline is not UTF-8: {ANEW}") from None
        except (ValueError, RecursionError):  # a number of more digits than Python reads; too many levels
            raise ConfigError(f"{path}:1: the baseline is no JSON of entries: {ANEW}") from None
        if (
            not isinstance(value, dict)
            or value.get("version") != VERSION
            or not isinstance(value.get("findings"), list)
        ):
            raise ConfigError(f"{path}:1: no baseline of version {VERSION}: {ANEW}")
        lines = _lines(data, len(value["findings"]))
        entries: Counter[BaselineEntry] = Counter()
        first: dict[BaselineEntry, int] = {}
        for written, line in zip(value["findings"], lines, strict=True):
            entry, count = _entry(written, f"{path}:{line}")
            entries[entry] += count
            first.setdefault(entry, line)
        return cls(path, entries, [first[entry] for entry in sorted(entries)], then=then)

    def applied(self, diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
        """The findings, those of the baseline marked; of equal ones as many as it counts, first those that count."""
        left = Counter(self._entries)
        marked = []
        for diagnostic in sorted(diagnostics, key=lambda finding: (finding.suppressed is not None, finding.sort_key)):
            entry = self._entry_of(diagnostic)
            if left[entry] > 0:
                left[entry] -= 1
                why = Suppression("baseline", self.path, self._lines[entry])
                diagnostic = diagnostic._replace(suppressed=diagnostic.suppressed or why)
            marked.append(diagnostic)
        return marked

    def gone(self, diagnostics: Iterable[Diagnostic], scope: RunScope) -> Counter[BaselineEntry]:
        """The entries that no longer occur among a run's findings, as far as the run knows, with how many do not."""
        left = self._entries - Counter(map(self._entry_of, diagnostics))
        return Counter({entry: count for entry, count in left.items() if self._is_known(entry, scope)})

    def after(self, diagnostics: Iterable[Diagnostic], scope: RunScope) -> "Baseline":
        """What it is after a run with these findings, whether those in it are marked yet or not.

        One that prunes is left with what still occurs; one that takes findings in holds them, and what it said where
        the run could not know.
        """
        if self.then == "stays":
            return self
        if self.then == "prunes":
            return Baseline(self.path, self._entries - self.gone(diagnostics, scope))
        unknown = {entry: count for entry, count in self._entries.items() if not self._is_known(entry, scope)}
        counts = [
            self._entry_of(diagnostic)
            for diagnostic in diagnostics
            if diagnostic.suppressed is None or diagnostic.suppressed.kind == "baseline"
        ]
        return Baseline(self.path, Counter(unknown) | Counter(counts))

    def line_of(self, entry: BaselineEntry) -> int:
        """The line of the file, from 1, on which an entry stands."""
        return self._lines[entry]

    def __len__(self) -> int:
        return self._entries.total()

    def write(self) -> None:
        """Write it, sorted, a line an entry. Raises ConfigError."""
        lines = []
        for entry, count in sorted(self._entries.items()):
            shown: dict[str, Any] = entry._asdict() | {"value": entry.value or None}
            lines.append("  " + json.dumps(shown | ({"count": count} if count > 1 else {}), ensure_ascii=False))
        body = ",\n".join(lines)
        text = f'{{"version": {VERSION}, "findings": [\n{body}\n]}}\n' if lines else _EMPTY
        try:
            atomic.write(self.path, text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            why = error.strerror or error
            raise ConfigError(f"{self.path}: the baseline cannot be written: {why}") from error

    def _entry_of(self, diagnostic: Diagnostic) -> BaselineEntry:
        anchor = diagnostic.anchor or Anchor(diagnostic.pointer, None)
        path = diagnostic.path
        if not is_no_file(path):
            path = os.path.relpath(os.path.abspath(from_here(path)), self._root).replace(os.sep, "/")
        return BaselineEntry(path, anchor.pointer, diagnostic.code, anchor.value or "")

    def _is_known(self, entry: BaselineEntry, scope: RunScope) -> bool:
        if is_no_file(entry.path):
            return entry.code in scope.codes
        return scope.knows(os.path.normpath(os.path.join(self._root, entry.path)), entry.code)


ANEW = "correct it, or delete it and write it anew with --write-baseline"
_EMPTY = f'{{"version": {VERSION}, "findings": [\n]}}\n'


def _lines(data: bytes, count: int) -> list[int]:
    """The lines on which the entries of a baseline begin: one after the other as they are written, or anywhere."""
    begun = [(number, line.strip()) for number, line in enumerate(data.split(b"\n"), start=1)]
    numbers = [number for number, text in begun if text.startswith(b"{") and text.rstrip(b",").endswith(b"}")]
    if len(numbers) == count:
        return numbers
    document = parse(Source("", data))
    if not isinstance(document, Document):
        return [1] * count
    pointers = [f"/findings/{index}" for index in range(count)]
    places = document.locate(pointers)
    return [document.source.position(places[pointer].value.start).line for pointer in pointers]


def _entry(written: Any, where: str) -> tuple[BaselineEntry, int]:
    """An entry and its count as the file has it."""
    if not isinstance(written, dict):
        raise ConfigError(f"{where}: an entry of the baseline is no object: {ANEW}")
    words = [written.get(name) for name in ("path", "pointer", "code")]
    value, count = written.get("value"), written.get("count", 1)
    is_counted = isinstance(count, int) and not isinstance(count, bool) and count > 0
    if not is_counted or not isinstance(value, str | None) or not all(isinstance(word, str) for word in words):
        raise ConfigError(
            f"{where}: an entry of the baseline needs path, pointer and code as texts, value as a text or null: {ANEW}"
        )
    path, pointer, code = (str(word) for word in words)
    return BaselineEntry(path, pointer, code, value or ""), count
