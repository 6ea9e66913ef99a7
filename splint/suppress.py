"""What the settings say of findings: their levels, and which of them do not count; and what silences nothing."""

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from splint.config import Config, ConfigError, known, reached
from splint.documents import Document, Source, Span, escape, nowhere, steps
from splint.faults import UnusedSuppression
from splint.globs import Globs
from splint.registry import Selection
from splint.report import Diagnostic, Suppression

if TYPE_CHECKING:
    from splint.settings.toml import File, Path

OWN = "SPL009"
"""The rule that speaks of what silences nothing: what silences that is never asked for its use."""


class PerFileIgnore(NamedTuple):
    """Rules whose findings do not count in some files."""

    files: Globs
    ignore: tuple[str, ...]
    file: "File"
    path: "Path"


class Override(NamedTuple):
    """Other levels, or no findings, for some files and places."""

    files: Globs | None
    """All files when None."""
    pointers: tuple[str, ...]
    """Each covers what is below it; `*` stands for one step."""
    severity: Mapping[str, str]
    ignore: tuple[str, ...]
    file: "File"
    path: "Path"


Use = tuple[str, int, str]
"""A word of the settings that silenced something: kind, number of the entry and the selector, beside their file."""


class _Entry(NamedTuple):
    """A per-file-ignore or an override, its selectors worked out."""

    kind: str
    number: int
    files: Globs | None
    pointers: tuple[tuple[str, ...], ...]
    ignore: Mapping[str, frozenset[str]]
    """From the selectors as written to the codes that they name."""
    levels: Mapping[str, str]
    file: "File"
    path: "Path"

    def covers(self, pointer: str) -> bool:
        """Whether a pointer is one of the entry's, or below one."""
        way = steps(pointer)
        return any(
            len(prefix) <= len(way) and all(one in ("*", other) for one, other in zip(prefix, way, strict=False))
            for prefix in self.pointers
        )


class Policy:
    """What the settings of some files make of findings. Raises ConfigError for a selector that fits no rule."""

    def __init__(self, config: Config, rules: Sequence[Selection]) -> None:
        self._config = config
        self._rules = rules
        self._levels = self._by_code(config.severity, "severity")
        self._lines: dict[Use, int] = {}
        self._entries = [
            *(self._entry("per-file-ignore", at, entry) for at, entry in enumerate(config.per_file_ignores)),
            *(self._entry("override", at, entry) for at, entry in enumerate(config.overrides)),
        ]

    def _entry(self, kind: str, number: int, entry: PerFileIgnore | Override) -> _Entry:
        pointers: tuple[str, ...] = ("",)
        severity: Mapping[str, str] = {}
        if isinstance(entry, Override):
            pointers, severity = entry.pointers, entry.severity
            for word in severity:
                self._known(word, entry, "severity")
        for word in entry.ignore:
            self._known(word, entry, *(("ignore",) if isinstance(entry, Override) else ()))
        ignore = {} if self._config.no_ignores else {word: reached([word], self._rules) for word in entry.ignore}
        ways = tuple(tuple(steps(pointer)) for pointer in pointers)
        levels = self._by_code(severity, None)
        return _Entry(kind, number, entry.files, ways, ignore, levels, entry.file, entry.path)

    def _known(self, word: str, entry: PerFileIgnore | Override, *key: str) -> None:
        try:
            known(word, self._config, "")
        except ConfigError as error:
            raise entry.file.error((*entry.path, *key, word), str(error)) from None

    def _by_code(self, severity: Mapping[str, str], field: str | None) -> dict[str, str]:
        """Levels by code: of two selectors that name a rule, the one that names fewer wins."""
        found: dict[str, str] = {}
        for word in sorted(severity, key=lambda word: -len(reached([word], self._rules))):
            if field is not None:
                known(word, self._config, field)
            found |= dict.fromkeys(reached([word], self._rules), severity[word])
        return found

    def is_template(self, path: str) -> bool:
        """Whether a file, by absolute path, is one whose ids code fills in later."""
        return self._config.templates is not None and self._config.templates.fits(path)

    def applied(self, found: Diagnostic, path: str, used: "set[tuple[str, Use]]") -> Diagnostic:
        """A finding with its level, and suppressed where it does not count; `path` is its file's absolute one."""
        level = self._levels.get(found.code, found.severity)
        why: Suppression | None = found.suppressed
        for entry in self._entries:
            if (entry.files is not None and not entry.files.fits(path)) or not entry.covers(found.pointer):
                continue
            level = entry.levels.get(found.code, level)
            for word, codes in entry.ignore.items():
                if found.code in codes:
                    use = entry.kind, entry.number, word
                    used.add((entry.file.path, use))
                    if use not in self._lines:
                        self._lines[use] = entry.file.line((*entry.path, *_key(entry), word))
                    why = why or Suppression(entry.kind, entry.file.shown, self._lines[use])
        return found._replace(severity=level, suppressed=why)

    def unused(
        self, used: "set[tuple[str, Use]]", on: frozenset[str], covered: Sequence[str]
    ) -> Iterable[UnusedSuppression]:
        """The selectors of entries that silenced nothing, as far as this run can tell.

        `on` are the codes that ran; `covered` the absolute paths of files and whole directories that were read. What
        speaks of files that the run did not read, or of rules that did not run, is not asked.
        """
        for entry in self._entries:
            if not _is_covered(entry, covered):
                continue
            for word, codes in entry.ignore.items():
                use = entry.file.path, (entry.kind, entry.number, word)
                if codes and codes <= on and word != OWN and use not in used:
                    yield _unused(entry, word)


def _unused(entry: _Entry, word: str) -> UnusedSuppression:
    """The finding that a selector silences nothing, at its place in the settings."""
    source = Source(entry.file.shown, entry.file.text.encode())
    at = (*entry.path, *_key(entry), word)
    line = entry.file.line(at)
    start, text = source.line_at(line)
    start += max(text.find(word), 0)
    span = Span(start, start + len(word) if word in text else start + len(text))
    document = Document(source, None, nowhere, spans={"fault": span})
    pointer = "".join(f"/{escape(str(step))}" for step in (*entry.file.table, *at[:-1]))
    what = "override" if entry.kind == "override" else "entry of per-file-ignores"
    return UnusedSuppression(document, pointer, f"{word} in this {what} silences no finding", "remove it")


def _key(entry: _Entry) -> tuple[str, ...]:
    return ("ignore",) if entry.kind == "override" else ()


def _is_covered(entry: _Entry, covered: Sequence[str]) -> bool:
    """Whether the run read everything that an entry speaks of."""
    files = [os.path.dirname(entry.file.path)]
    if entry.files is not None and not any(char in pattern for pattern in entry.files.patterns for char in "*?[!"):
        named = [os.path.normpath(os.path.join(entry.files.root, text.strip("/"))) for text in entry.files.patterns]
        files = named if all(is_within(path, covered) for path in named) else files
    return all(is_within(path, covered) for path in files)


def is_within(path: str, tops: Sequence[str]) -> bool:
    """Whether an absolute path is one of some others, or lies in one."""
    return any(path == top or path.startswith(f"{top.rstrip(os.sep)}{os.sep}") for top in tops)
