"""What the settings say of findings: their levels, and which of them do not count; and what silences nothing."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from splint.formats import Document, Source, Span, escape, nowhere, reference_tokens
from splint.payloads.faults import UnusedSuppression
from splint.payloads.nodes import Ad, AdGroup, Creative, Tree
from splint.reporting.report import Diagnostic, Suppression
from splint.rules.registry import Ruleset, Selection
from splint.settings.config import Config, ConfigError, known, reached
from splint.settings.globs import Globs

if TYPE_CHECKING:
    from splint.settings.toml import File, Path

OWN = "SPL009"
"""The rule that speaks of what silences nothing: what silences that is never asked for its use."""


def dependent_codes(ruleset: Ruleset) -> frozenset[str]:
    """The codes of the rules that may look at the parent of a payload, or at its siblings."""
    return frozenset(found.rule.code for kind in (AdGroup, Ad, Creative, Tree) for found in ruleset.on.get(kind, ()))


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


Use = tuple[str, tuple[str | int, ...], str]
"""A word of the settings that silenced something: their file, the way to the entry, and the selector."""


class RunScope:
    """What a run read, and what it could not know: only where it knows is anybody told that something is of no use."""

    def __init__(self, tops: Iterable[str] = (), files: Iterable[str] | None = None) -> None:
        """`tops` are the absolute paths of files and whole directories; `files` what was read of them, else all."""
        self._tops = tuple(tops)
        self._files = files
        self.codes: frozenset[str] = frozenset()
        """The rules that ran for all files, and were given the account facts that they look at."""
        self.dependent: frozenset[str] = frozenset()
        """Those among them that may look at the parent of a payload, or at its siblings."""
        self.broken: set[str] = set()
        """The absolute paths of files that did not parse."""
        self.incomplete: set[str] = set()
        """The absolute paths of files with a payload whose parent or siblings may not be in the run."""

    @classmethod
    def of(cls, covered: "RunScope | Iterable[str]", files: Iterable[str] | None = None) -> "RunScope":
        """A coverage that there is, or a new one."""
        return covered if isinstance(covered, RunScope) else cls(covered, files)

    def learn(self, rulesets: Iterable[Ruleset], broken: Iterable[str], incomplete: Iterable[str]) -> None:
        """Note which rules ran, and in which files (as paths to open) not all could be known."""
        rulesets = list(rulesets)
        self.codes = frozenset.intersection(*(ruleset.answered for ruleset in rulesets))
        self.dependent = frozenset().union(*map(dependent_codes, rulesets))
        self.broken.update(map(os.path.abspath, broken))
        self.incomplete.update(map(os.path.abspath, incomplete))

    @cached_property
    def _read(self) -> frozenset[str]:
        return frozenset(os.path.abspath(path) for path in self._files or ())

    def holds(self, path: str) -> bool:
        """Whether the run read a file or a whole directory, by absolute path; a file that is gone counts as read."""
        is_within = any(path == top or path.startswith(f"{top.rstrip(os.sep)}{os.sep}") for top in self._tops)
        return is_within and (self._files is None or path in self._read or not os.path.isfile(path))

    def knows(self, path: str, code: str) -> bool:
        """Whether the run knows all that a rule has to find in a file."""
        is_cut_off = code in self.dependent and path in self.incomplete
        return code in self.codes and path not in self.broken and not is_cut_off and self.holds(path)


class _Entry(NamedTuple):
    """A per-file-ignore or an override, its selectors worked out."""

    kind: str
    files: Globs | None
    pointers: tuple[tuple[str, ...], ...]
    ignore: Mapping[str, frozenset[str]]
    """From the selectors as written to the codes that they name."""
    levels: Mapping[str, str]
    file: "File"
    path: "Path"

    def covers(self, pointer: str) -> bool:
        """Whether a pointer is one of the entry's, or below one."""
        way = reference_tokens(pointer)
        return any(
            len(prefix) <= len(way) and all(one in ("*", other) for one, other in zip(prefix, way, strict=False))
            for prefix in self.pointers
        )


class Policy:
    """What the settings of some files make of findings. Raises ConfigError for a selector that fits no rule."""

    def __init__(self, config: Config, rules: Sequence[Selection]) -> None:
        self._config = config
        self._rules = rules
        self.levels = self._by_code(config.severity, "severity")
        """From codes to the levels that the settings give them everywhere."""
        self._lines: dict[Use, int] = {}
        self._entries = [
            *(self._entry("per-file-ignore", entry) for entry in config.per_file_ignores),
            *(self._entry("override", entry) for entry in config.overrides),
        ]

    def _entry(self, kind: str, entry: PerFileIgnore | Override) -> _Entry:
        pointers: tuple[str, ...] = ("",)
        severity: Mapping[str, str] = {}
        if isinstance(entry, Override):
            pointers, severity = entry.pointers, entry.severity
            for word in severity:
                self._known(word, entry, "severity")
        for word in entry.ignore:
            self._known(word, entry, *(("ignore",) if isinstance(entry, Override) else ()))
        ignore = {} if self._config.no_ignores else {word: reached([word], self._rules) for word in entry.ignore}
        ways = tuple(tuple(reference_tokens(pointer)) for pointer in pointers)
        levels = self._by_code(severity, None)
        return _Entry(kind, entry.files, ways, ignore, levels, entry.file, entry.path)

    def _known(self, word: str, entry: PerFileIgnore | Override, *key: str) -> None:
        try:
            known(word, self._config, "")
        except ConfigError as error:
            raise entry.file.error((*entry.path, *key, word), str(error)) from None

    def _by_code(self, severity: Mapping[str, str], field: str | None) -> dict[str, str]:
        """Levels by code: of two selectors that name a rule, the one that names fewer wins, or else the longer one."""
        found: dict[str, str] = {}
        for word in sorted(severity, key=lambda word: (-len(reached([word], self._rules)), len(word))):
            if field is not None:
                known(word, self._config, field)
            found |= dict.fromkeys(reached([word], self._rules), severity[word])
        return found

    @property
    def silences(self) -> bool:
        """Whether there are entries that may turn out to silence nothing."""
        return any(entry.ignore for entry in self._entries)

    def is_template(self, path: str) -> bool:
        """Whether a file, by absolute path, is one whose ids code fills in later."""
        return self._config.templates is not None and self._config.templates.fits(path)

    def applied(self, found: Diagnostic, path: str, used: "set[Use]") -> Diagnostic:
        """A finding with its level, and suppressed where it does not count; `path` is its file's absolute one."""
        level = self.levels.get(found.code, found.severity)
        why: Suppression | None = found.suppressed
        for entry in self._entries:
            if (entry.files is not None and not entry.files.fits(path)) or not entry.covers(found.pointer):
                continue
            level = entry.levels.get(found.code, level)
            for word, codes in entry.ignore.items():
                if found.code in codes:
                    use = _use(entry, word)
                    used.add(use)
                    if use not in self._lines:
                        self._lines[use] = entry.file.line((*entry.path, *_key(entry), word))
                    why = why or Suppression(entry.kind, entry.file.shown, self._lines[use])
        return found._replace(severity=level, suppressed=why)

    def unused(self, used: "set[Use]", on: frozenset[str], coverage: RunScope) -> Iterable[UnusedSuppression]:
        """The selectors of entries that silenced nothing, as far as the run knows; `on` are the codes that ran."""
        for entry in self._entries:
            if not _is_covered(entry, coverage):
                continue
            for word, codes in entry.ignore.items():
                is_asked = codes and codes <= on and codes != {OWN} and _use(entry, word) not in used
                if is_asked and not _is_in_doubt(entry, codes, coverage):
                    yield _unused(entry, word)


def _use(entry: _Entry, word: str) -> Use:
    return entry.file.path, tuple(entry.path), word


def _unused(entry: _Entry, word: str) -> UnusedSuppression:
    """The finding that a selector silences nothing, at its place in the settings."""
    source = Source(entry.file.shown, entry.file.text.encode())
    at = (*entry.path, *_key(entry), word)
    start, text = source.line_at(entry.file.line(at))
    found = re.search(rf"(?<=[\"']){re.escape(word)}(?=[\"'](?!\s*=))", text)
    first, last = found.span() if found else (0, len(text))
    span = Span(start + first, start + last)
    document = Document(source, None, nowhere, spans={"fault": span})
    pointer = "".join(f"/{escape(str(step))}" for step in (*entry.file.table, *at[:-1]))
    what = "override" if entry.kind == "override" else "entry of per-file-ignores"
    return UnusedSuppression(document, pointer, f"{word} in this {what} silences no finding", "remove it")


def _key(entry: _Entry) -> tuple[str, ...]:
    return ("ignore",) if entry.kind == "override" else ()


def _is_covered(entry: _Entry, coverage: RunScope) -> bool:
    """Whether the run read everything that an entry speaks of: the files that it names, or else all that it may."""
    patterns = entry.files.patterns if entry.files is not None else ()
    is_named = all("/" in text.rstrip("/") and not any(char in text for char in "*?[!\\") for text in patterns)
    if entry.files is not None and patterns and is_named:
        root = entry.files.root
        return all(coverage.holds(os.path.normpath(os.path.join(root, text.strip("/")))) for text in patterns)
    return coverage.holds(os.path.dirname(entry.file.path))


def _is_in_doubt(entry: _Entry, codes: frozenset[str], coverage: RunScope) -> bool:
    """Whether an entry speaks of a file in which the run could not know all that there is to find."""
    doubtful = coverage.broken | (coverage.incomplete if codes & coverage.dependent else set())
    return any(entry.files is None or entry.files.fits(path) for path in doubtful)
