"""Reads the values of a settings file: each is what its key takes, or a ConfigError says where and what it takes."""

import os
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple

from splint.reporting.report import SEVERITIES
from splint.reporting.wording import either, spelled
from splint.settings.config import ConfigError, Mistakes, moment
from splint.settings.entries import PerFileIgnore
from splint.settings.facts import FACTS, read_facts
from splint.settings.globs import Globs
from splint.settings.toml import File, Path

MOST = 2**63 - 1
"""The largest integer of TOML."""
MOST_JOBS = 1024
LSP_KEYS = ("max-files",)


class Reading(NamedTuple):
    """A settings file whose values are validated.

    The methods raise ConfigError for an invalid value. Mistakes within a list or a table are noted, and what is right
    in it is read.
    """

    file: File
    root: str
    """The absolute directory that its paths and patterns are relative to."""
    mistakes: Mistakes

    def wrong(self, path: Path, value: Any, takes: str) -> ConfigError:
        """The error for a value of the wrong type; `takes` describes the valid ones."""
        said = str(value) if isinstance(value, float) else spelled(value)
        return self.file.error(path, f"{dotted(path)} is {said}, but takes {takes}")

    def text(self, path: Path, value: Any) -> str:
        if not isinstance(value, str) or not value:
            raise self.wrong(path, value, "a text" if value != "" else "a text that is not empty")
        return value

    def flag(self, path: Path, value: Any) -> bool:
        if not isinstance(value, bool):
            raise self.wrong(path, value, "true or false")
        return value

    def positive(self, path: Path, value: Any) -> int:
        if type(value) is not int or not 1 <= value <= MOST:
            raise self.wrong(path, value, "a whole number from 1 on, of at most 64 bits")
        return value

    def number(self, path: Path, value: Any) -> int:
        if type(value) is not int or not 1 <= value <= MOST_JOBS:
            raise self.wrong(path, value, f"a whole number from 1 to {MOST_JOBS}")
        return value

    def words(self, path: Path, value: Any, takes: str = "a list of texts") -> tuple[str, ...]:
        if isinstance(value, str) and self.file.path == "--config":
            value = [part.strip() for part in value.split(",") if part.strip()]
        if not isinstance(value, list):
            raise self.wrong(path, value, takes)
        return tuple(self.mistakes.each(partial(self.text, (*path, index), word) for index, word in enumerate(value)))

    def globs(self, path: Path, value: Any) -> Globs:
        words = self.words(path, value)
        return Globs(self.root, self.mistakes.each(partial(self.glob, (*path, word), word) for word in words))

    def glob(self, path: Path, word: str) -> str:
        """Check a pattern: one that begins with .. matches nothing."""
        if word.removeprefix("!").startswith("../"):
            raise self.file.error(path, f"{word!r} fits nothing: patterns speak of what is beside or below this file")
        return word

    def excluded(self, path: Path, value: Any) -> tuple[Globs, ...]:
        globs = self.globs(path, value)
        return (globs,) if globs else ()

    def anchored(self, path: Path, value: Any) -> tuple[Globs, ...]:
        globs = Globs(self.root, self.words(path, value))
        globs.place = lambda word: f"{self.file.at((*path, word))}: "
        return (globs,) if globs else ()

    def located(self, path: Path, value: Any) -> str:
        """A path, given relative to the settings file, relative to the working directory."""
        text = self.text(path, value)
        if "\0" in text or "://" in text:
            raise self.wrong(path, value, "a path")
        return os.path.relpath(os.path.join(self.root, text)).replace(os.sep, "/")

    def plugins(self, path: Path, value: Any) -> tuple[str, ...]:
        words = self.words(path, value)
        return tuple(self.mistakes.each(partial(self.plugin, (*path, word), word) for word in words))

    def plugin(self, path: Path, word: str) -> str:
        """The name of a module, or the absolute path of an existing file."""
        if not word.endswith(".py"):
            return word
        location = os.path.normpath(os.path.join(self.root, word))
        if not os.path.isfile(location):
            raise self.file.error(path, f"plugins: there is no file {word}")
        return location

    def formats(self, path: Path, value: Any) -> tuple[str, ...]:
        words = (value,) if isinstance(value, str) and value else self.words(path, value, "a format or a list of them")
        if not value:
            raise self.wrong(path, value, "a format or a list of them")
        parts = [word.partition("=") for word in words]
        return tuple(
            f"{name}={'-' if target == '-' else self.located(path, target)}" if target else name
            for name, _, target in parts
        )

    def date(self, path: Path, value: Any) -> date | datetime:
        try:
            parsed = moment(value if isinstance(value, date) else self.text(path, value))
        except ConfigError as error:
            if isinstance(value, date | str) and value:
                raise self.file.error(path, str(error)) from None
            raise self.wrong(path, value, "a date or moment, 2026-04-01 or 2026-04-01T12:00:00Z") from None
        return value if isinstance(value, date) else parsed

    def facts(self, path: Path, value: Any) -> Mapping[str, Any]:
        facts: dict[str, Any] = {}
        entries = self.table(path, value).items()
        for fact in self.mistakes.each(partial(self.fact, path, name, fact) for name, fact in entries):
            facts |= fact
        return facts

    def fact(self, path: Path, name: str, fact: Any) -> Mapping[str, Any]:
        here = (*path, name)
        if name not in FACTS:
            raise self.file.error(here, unknown(name, FACTS, "fact"))
        if FACTS[name] == "number" and (not isinstance(fact, int | float) or isinstance(fact, bool)):
            raise self.wrong(here, fact, "a number above zero")
        if FACTS[name] == "list" and isinstance(fact, list):
            self.words(here, fact)
        elif FACTS[name] != "number" and not isinstance(fact, date):
            self.text(here, fact)
        try:
            return read_facts({name: fact})
        except ConfigError as error:
            raise self.file.error(here, str(error)) from None

    def lsp(self, path: Path, value: Any) -> Mapping[str, int]:
        entries = self.table(path, value)
        for name in entries:
            if name not in LSP_KEYS:
                raise self.file.error((*path, name), unknown(name, LSP_KEYS))
        return {name: self.positive((*path, name), entry) for name, entry in entries.items()}

    def table(self, path: Path, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.wrong(path, value, "a table")
        return value

    def severity(self, path: Path, value: Any) -> Mapping[str, str]:
        levels = self.table(path, value).items()
        return dict(self.mistakes.each(partial(self.level, path, word, level) for word, level in levels))

    def level(self, path: Path, word: str, value: Any) -> tuple[str, str]:
        """A selector of rules, and the level that it gives them."""
        return word, choice(SEVERITIES)(self, (*path, word), value)

    def per_file_ignores(self, path: Path, value: Any) -> tuple[PerFileIgnore, ...]:
        entries = self.table(path, value).items()
        return tuple(
            self.mistakes.each(partial(self.per_file_ignore, (*path, glob), glob, codes) for glob, codes in entries)
        )

    def per_file_ignore(self, path: Path, glob: str, codes: Any) -> PerFileIgnore:
        if glob.startswith("!"):
            instead = f'[[overrides]] with files = ["*", {spelled(glob)}] and an ignore'
            raise self.file.error(path, f"{glob!r} takes back nothing, as it is alone: write {instead}")
        files = Globs(self.root, (self.glob(path, glob),))
        return PerFileIgnore(files, self.words(path, codes), self.file, path)

    def pointers(self, path: Path, value: Any) -> tuple[str, ...]:
        """JSON Pointers; the empty one stands for the whole document."""
        plain = isinstance(value, list) and all(isinstance(word, str) for word in value)
        pointers = tuple(value) if plain else self.words(path, value)
        return tuple(self.mistakes.each(partial(self.pointer, path, pointer) for pointer in pointers))

    def pointer(self, path: Path, pointer: str) -> str:
        if pointer and not pointer.startswith("/"):
            raise self.file.error((*path, pointer), f"{pointer!r} is no pointer: write {f'/{pointer}'!r}")
        if "~" in pointer.replace("~0", "").replace("~1", ""):
            raise self.file.error((*path, pointer), f"{pointer!r} is no pointer: a ~ in a key is written ~0, a / ~1")
        return pointer

    def version(self, path: Path, value: Any) -> str:
        """Check `required-version`. Raises ConfigError if the running splint has another version."""
        from splint import __version__  # only for `required-version`
        from splint.settings.versions import allows  # only for `required-version`

        text = self.text(path, value)
        allowed = allows(text, __version__)
        if allowed is None:
            raise self.wrong(path, value, 'a version such as "0.1.0" or ">=0.1,<2"')
        if not allowed:
            ours = f"this is splint {__version__}: install the one that is required"
            raise self.file.error(path, f"required-version is {text}, but {ours}")
        return text


def choice(values: tuple[str, ...]) -> Callable[[Reading, Path, Any], str]:
    """A function that validates one of some texts."""

    def read(reading: Reading, path: Path, value: Any) -> str:
        if not isinstance(value, str) or value not in values:
            from splint.schema.nearest import suggestion  # few words are misspelt

            raise reading.wrong(path, value, either(values) + suggestion(value, values))
        return value

    return read


def unknown(name: str, known: Collection[str], what: str = "key here") -> str:
    """The message on an unknown key, with a suggestion or the known keys."""
    kebab = name.replace("_", "-")
    from splint.schema.nearest import suggestion  # few words are misspelt

    close = f": did you mean {kebab}?" if kebab in known else suggestion(name, known)
    return f"{_step(name)} is no {what}{close or ': there is ' + either(sorted(known), 'and')}"


def dotted(path: Path) -> str:
    """A path as TOML writes it, with the index of an entry in brackets."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{_step(step)}" for step in path)[1:]


def _step(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() else spelled(name)
