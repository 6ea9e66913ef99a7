"""Applies the settings to findings: levels, per-file ignores and overrides."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from splint.formats import reference_tokens
from splint.reporting.report import Diagnostic, Suppression
from splint.rules import engine_codes
from splint.rules.registry import load
from splint.rules.rule import ASCENDING_SEVERITIES, Selection
from splint.settings.config import Config, ConfigError, at_once
from splint.settings.entries import Override, PerFileIgnore
from splint.settings.globs import Globs
from splint.settings.selection import known, may_be_left_out, reached

if TYPE_CHECKING:
    from splint.settings.toml import File, Path

Use = tuple[str, tuple[str | int, ...], str]
"""A selector that suppressed a finding: the path of its settings file, the path of its entry, and the selector."""


class SettingsEntry(NamedTuple):
    """A per-file-ignore or an override, with its selectors resolved to codes."""

    kind: str
    files: Globs | None
    pointers: tuple[tuple[str, ...], ...]
    ignore: Mapping[str, frozenset[str]]
    """Maps the selectors as written to the codes that they match."""
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
    """The levels and suppressions of a Config. Raises ConfigError for a selector that matches no rule."""

    def __init__(self, config: Config, rules: Sequence[Selection]) -> None:
        self._config = config
        self._rules = rules
        at_once(
            (
                *(partial(known, word, config, "severity") for word in config.severity),
                *(partial(self._known, word, one) for one in config.per_file_ignores for word in one.ignore),
                *(
                    partial(self._known, word, entry, "severity")
                    for entry in config.overrides
                    for word in entry.severity
                ),
                *(partial(self._known, word, one, "ignore") for one in config.overrides for word in one.ignore),
            )
        )
        self.levels = self._by_code(config.severity)
        """The levels that the settings give rules in all files, by code."""
        self._lines: dict[Use, int] = {}
        self.entries = [
            *(self._entry("per-file-ignore", entry) for entry in config.per_file_ignores),
            *(self._entry("override", entry) for entry in config.overrides),
        ]

    def _entry(self, kind: str, entry: PerFileIgnore | Override) -> SettingsEntry:
        pointers: tuple[str, ...] = ("",)
        severity: Mapping[str, str] = {}
        if isinstance(entry, Override):
            pointers, severity = entry.pointers, entry.severity
        ignore = {} if self._config.no_ignores else {word: reached([word], self._rules) for word in entry.ignore}
        ways = tuple(tuple(reference_tokens(pointer)) for pointer in pointers)
        levels = self._by_code(severity)
        return SettingsEntry(kind, entry.files, ways, ignore, levels, entry.file, entry.path)

    def _known(self, word: str, entry: PerFileIgnore | Override, *key: str) -> None:
        try:
            known(word, self._config, "")
        except ConfigError as error:
            raise entry.file.error((*entry.path, *key, word), str(error)) from None

    def _by_code(self, severity: Mapping[str, str]) -> dict[str, str]:
        """Levels by code. Of selectors for the same rule the one that matches fewest rules wins, then the longest."""
        levels: dict[str, str] = {}
        for word in sorted(severity, key=lambda word: (-len(reached([word], self._rules)), len(word))):
            levels |= dict.fromkeys(reached([word], self._rules), severity[word])
        return levels

    @property
    def every(self) -> Sequence[Selection]:
        """The rules of all profiles, those of plugins too."""
        return load(self._config.plugins).rules

    def may_be_left_out(self, word: str) -> bool:
        """Whether a selector without a rule may be of a plugin that is left out, as the tree is untrusted."""
        return may_be_left_out(word, self._config)

    @property
    def silences(self) -> bool:
        """Whether there are entries that suppress findings, and so may be unused."""
        return any(entry.ignore for entry in self.entries)

    @property
    def asks_for_unused(self) -> bool:
        """Whether the settings or options select SPL009 by its code or name, not by ALL or a prefix."""
        words = (*(self._config.select or ()), *self._config.extend_select)
        return any(word in (engine_codes.UNUSED, "unused-suppression") for word in words)

    def is_template(self, path: str) -> bool:
        """Whether `templates` matches the absolute path of a file."""
        return self._config.templates is not None and self._config.templates.fits(path)

    def applied(self, diagnostic: Diagnostic, pointers: Sequence[str], path: str, used: "set[Use]") -> Diagnostic:
        """A diagnostic with the level and suppression that the settings give it.

        `pointers` are those of its places, all of which have to be covered; `path` is the absolute path of its file.
        The selectors that suppress it are added to `used`.
        """
        level, why = self.verdict(diagnostic.code, diagnostic.severity, pointers, path, used)
        return diagnostic._replace(severity=level, suppressed=diagnostic.suppressed or why)

    def verdict(
        self, code: str, level: str, pointers: Sequence[str], path: str, used: "set[Use]"
    ) -> tuple[str, Suppression | None]:
        """The level that the settings give a finding of `level`, and what suppresses it; the rest as in `applied`."""
        if len(pointers) == 1:
            return self._verdict(code, level, pointers[0], path, used)
        uses: set[Use] = set()
        found = [self._verdict(code, level, pointer, path, uses) for pointer in pointers]
        if any(why is None for _, why in found):
            return max((level for level, _ in found), key=ASCENDING_SEVERITIES.index), None
        used |= uses
        return found[0]

    def _verdict(
        self, code: str, level: str, pointer: str, path: str, used: "set[Use]"
    ) -> tuple[str, Suppression | None]:
        level = self.levels.get(code, level)
        why: Suppression | None = None
        for entry in self.entries:
            if (entry.files is not None and not entry.files.fits(path)) or not entry.covers(pointer):
                continue
            level = entry.levels.get(code, level)
            for word, codes in entry.ignore.items():
                if code in codes:
                    use = use_of(entry, word)
                    used.add(use)
                    if use not in self._lines:
                        self._lines[use] = entry.file.line((*entry.path, *key_of(entry), word))
                    why = why or Suppression(entry.kind, entry.file.shown, self._lines[use])
        return level, why


def use_of(entry: SettingsEntry, word: str) -> Use:
    """The record that a selector of an entry suppressed a finding."""
    return entry.file.path, tuple(entry.path), word


def key_of(entry: SettingsEntry) -> tuple[str, ...]:
    """The path from an entry to its selectors in the settings file."""
    return ("ignore",) if entry.kind == "override" else ()
