"""The keys of a settings file: description, JSON Schema and validation of each."""

import os
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple

from splint.reporting.report import SEVERITIES
from splint.reporting.wording import either, spelled, suggestion
from splint.rules.registry import PROFILES
from splint.schema.vocabulary import OBJECTIVES
from splint.settings.config import FACTS, ConfigError, at_once, moment, read_facts
from splint.settings.entries import Override, PerFileIgnore
from splint.settings.globs import Globs
from splint.settings.toml import File, Path

Schema = dict[str, Any]
MOST_JOBS = 1024


class Key(NamedTuple):
    """A key of the settings."""

    about: str
    """One sentence for `splint schema config`."""
    read: "Callable[[Reading, Path, Any], Any]"
    """Validates the value in the file and converts it to that of the Config. Raises ConfigError."""
    schema: Schema
    field: str = ""
    """The field of Config, if it is not the key with underscores."""
    adds: bool = False
    """Whether a value is appended to that of an extended file; else it replaces it. Tables are merged key by key."""


class Reading(NamedTuple):
    """A settings file whose values are validated. The methods raise ConfigError for an invalid value."""

    file: File
    root: str
    """The absolute directory that its paths and patterns are relative to."""

    def wrong(self, path: Path, value: Any, takes: str) -> ConfigError:
        """The error for a value of the wrong type; `takes` describes the valid ones."""
        said = str(value) if isinstance(value, float) else spelled(value)
        return self.file.error(path, f"{_name(path)} is {said}, but takes {takes}")

    def text(self, path: Path, value: Any) -> str:
        if not isinstance(value, str) or not value:
            raise self.wrong(path, value, "a text")
        return value

    def flag(self, path: Path, value: Any) -> bool:
        if not isinstance(value, bool):
            raise self.wrong(path, value, "true or false")
        return value

    def positive(self, path: Path, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.wrong(path, value, "a whole number from 1 on")
        return value

    def number(self, path: Path, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_JOBS:
            raise self.wrong(path, value, f"a whole number from 1 to {MOST_JOBS}")
        return value

    def words(self, path: Path, value: Any, takes: str = "a list of texts") -> tuple[str, ...]:
        if isinstance(value, str) and self.file.path == "--config":
            value = [part.strip() for part in value.split(",") if part.strip()]
        if not isinstance(value, list):
            raise self.wrong(path, value, takes)
        return tuple(at_once(partial(self.text, (*path, index), word) for index, word in enumerate(value)))

    def globs(self, path: Path, value: Any) -> Globs:
        words = self.words(path, value)
        at_once(partial(self.glob, (*path, index), word) for index, word in enumerate(words))
        return Globs(self.root, words)

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
        if "\0" in text:
            raise self.wrong(path, value, "a path")
        return os.path.relpath(os.path.join(self.root, text)).replace(os.sep, "/")

    def plugins(self, path: Path, value: Any) -> tuple[str, ...]:
        words = self.words(path, value)
        return tuple(at_once(partial(self.plugin, (*path, index), word) for index, word in enumerate(words)))

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
        if not words:
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
        for fact in at_once(partial(self.fact, path, name, fact) for name, fact in self.table(path, value).items()):
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

    def table(self, path: Path, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.wrong(path, value, "a table")
        return value

    def severity(self, path: Path, value: Any) -> Mapping[str, str]:
        level = choice(SEVERITIES)
        levels = self.table(path, value)
        steps = (partial(level, self, (*path, word), entry) for word, entry in levels.items())
        return dict(zip(levels, at_once(steps), strict=True))

    def per_file_ignores(self, path: Path, value: Any) -> tuple[PerFileIgnore, ...]:
        entries = self.table(path, value).items()
        return tuple(at_once(partial(self.per_file_ignore, (*path, glob), glob, codes) for glob, codes in entries))

    def per_file_ignore(self, path: Path, glob: str, codes: Any) -> PerFileIgnore:
        files = Globs(self.root, (self.glob(path, glob),))
        return PerFileIgnore(files, self.words(path, codes), self.file, path)

    def overrides(self, path: Path, value: Any) -> tuple[Override, ...]:
        if not isinstance(value, list):
            raise self.wrong(path, value, "a list of tables: write [[overrides]]")
        return tuple(at_once(partial(self.override, (*path, index), entry) for index, entry in enumerate(value)))

    def override(self, path: Path, value: Any) -> Override:
        entry = self.table(path, value)
        for name in entry:
            if name not in OVERRIDE:
                raise self.file.error((*path, name), unknown(name, OVERRIDE))
        files = self.globs((*path, "files"), entry["files"]) if "files" in entry else None
        pointers = self.pointers((*path, "pointers"), entry["pointers"]) if "pointers" in entry else ("",)
        severity = self.severity((*path, "severity"), entry.get("severity", {}))
        ignore = self.words((*path, "ignore"), entry.get("ignore", []))
        if not severity and not ignore:
            raise self.file.error(path, f"{_name(path)} changes nothing: give it ignore or severity")
        return Override(files, pointers, severity, ignore, self.file, path)

    def pointers(self, path: Path, value: Any) -> tuple[str, ...]:
        """JSON Pointers; the empty one stands for the whole document."""
        plain = isinstance(value, list) and all(isinstance(word, str) for word in value)
        pointers = tuple(value) if plain else self.words(path, value)
        for index, pointer in enumerate(pointers):
            if pointer and not pointer.startswith("/"):
                raise self.file.error((*path, index), f"{pointer!r} is no pointer: write {f'/{pointer}'!r}")
        return pointers

    def version(self, path: Path, value: Any) -> str:
        """Check `required-version`. Raises ConfigError if the running splint has another version."""
        from splint import __version__  # only for `required-version`
        from splint.settings.versions import allows  # only for `required-version`

        text = self.text(path, value)
        allowed = allows(text, __version__)
        if allowed is None:
            raise self.wrong(path, value, 'a version such as "0.1.0" or ">=0.1,<2"')
        if not allowed:
            message = f"required-version is {text}, but this is splint {__version__}: install the one that is required"
            raise self.file.error(path, message)
        return text


def choice(values: tuple[str, ...]) -> Callable[[Reading, Path, Any], str]:
    """A function that validates one of some texts."""

    def read(reading: Reading, path: Path, value: Any) -> str:
        if not isinstance(value, str) or value not in values:
            close = suggestion(value, values) if isinstance(value, str) else ""
            raise reading.wrong(path, value, either(values) + close)
        return value

    return read


def unknown(name: str, known: Mapping[str, Any], what: str = "key here") -> str:
    """The message on an unknown key, with a suggestion or the known keys."""
    kebab = name.replace("_", "-")
    close = f": did you mean {kebab}?" if kebab in known else suggestion(name, known)
    return f"{_step(name)} is no {what}{close or ': there is ' + either(sorted(known), 'and')}"


def _name(path: Path) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{_step(step)}" for step in path)[1:]


def _step(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() else spelled(name)


TEXT: Schema = {"type": "string", "minLength": 1}
FLAG: Schema = {"type": "boolean"}
WORDS: Schema = {"type": "array", "items": TEXT}
FORMATS: Schema = {"anyOf": [TEXT, {**WORDS, "minItems": 1}]}
COUNT: Schema = {"type": "integer", "minimum": 1}
JOBS: Schema = {"type": "integer", "minimum": 1, "maximum": MOST_JOBS}
MOMENT: Schema = {"type": "string", "pattern": "^\\s*[0-9]{4}-?([0-9]{2}|W)"}
LEVEL: Schema = {"enum": list(SEVERITIES)}
LEVELS: Schema = {"type": "object", "additionalProperties": LEVEL}
RULES: Schema = {**WORDS, "description": "Codes (SPL210), prefixes (SPL2), names, or ALL."}
OVERRIDE: dict[str, Schema] = {
    "files": {**WORDS, "description": "Globs of files; all when left out."},
    "pointers": {
        "type": "array",
        "items": {"type": "string", "pattern": "^(/|$)"},
        "description": "Pointers that cover what is below them, * for one step; everything when left out.",
    },
    "severity": LEVELS,
    "ignore": RULES,
}
CHANGES: list[Schema] = [
    {"required": ["severity"], "properties": {"severity": {"minProperties": 1}}},
    {"required": ["ignore"], "properties": {"ignore": {"minItems": 1}}},
]
"""The alternatives of which an override needs one to have an effect."""
FORMS: dict[str, Schema] = {
    "list": {"anyOf": [WORDS, TEXT]},
    "number": {"type": "number", "exclusiveMinimum": 0},
    "text": TEXT,
    "date": {"type": "string", "format": "date"},
}

KEYS: dict[str, Key] = {
    "extend": Key("Another settings file to build on.", Reading.text, TEXT),
    "required-version": Key("The versions of splint that may run: 0.1.0, or >=0.1,<2.", Reading.version, TEXT),
    "profile": Key("Which packs of rules apply.", choice(tuple(PROFILES)), {"enum": list(PROFILES)}),
    "objectives": Key(
        "The objectives that campaigns may have; WEB_CONVERSIONS alone with the guide when left out.",
        Reading.words,
        {"type": "array", "minItems": 1, "items": {"enum": list(OBJECTIVES)}},
    ),
    "select": Key("The rules to run; all when left out.", Reading.words, RULES),
    "extend-select": Key("Rules to run besides.", Reading.words, RULES, adds=True),
    "ignore": Key("Rules not to run.", Reading.words, RULES, adds=True),
    "severity": Key("The level of rules' findings.", Reading.severity, LEVELS),
    "per-file-ignores": Key(
        "From globs to the rules whose findings do not count there.",
        Reading.per_file_ignores,
        {"type": "object", "additionalProperties": RULES},
        adds=True,
    ),
    "overrides": Key(
        "Other levels, or no findings, for some files and places.",
        Reading.overrides,
        {
            "type": "array",
            "items": {"type": "object", "properties": OVERRIDE, "additionalProperties": False, "anyOf": CHANGES},
        },
        adds=True,
    ),
    "templates": Key("Globs of files whose ids code fills in later.", Reading.globs, WORDS),
    "include": Key("Paths and globs to lint when none are named.", Reading.anchored, WORDS),
    "exclude": Key("Globs of what a walk leaves out.", Reading.excluded, WORDS),
    "require-payloads": Key("Whether every walked file under include must hold a payload.", Reading.flag, FLAG),
    "respect-gitignore": Key("Whether a walk leaves out what git ignores; true when left out.", Reading.flag, FLAG),
    "force-exclude": Key("Whether named files are treated as walked ones.", Reading.flag, FLAG),
    "facts": Key(
        "Account facts that no payload tells.",
        Reading.facts,
        {
            "type": "object",
            "properties": {name: FORMS[form] for name, form in FACTS.items()},
            "additionalProperties": False,
        },
        field="settings_facts",
    ),
    "as-of": Key("The date or moment (UTC) that counts as now.", Reading.date, MOMENT),
    "plugins": Key(
        "Modules, or .py files beside the settings, that bring rules, readers or reporters.", Reading.plugins, WORDS
    ),
    "rules": Key(
        "Options of rules, by code and name: rules.HOUSE001.ceiling = 500.",
        Reading.table,
        {"type": "object", "additionalProperties": {"type": "object"}},
    ),
    "no-ignores": Key("Whether suppressions are off.", Reading.flag, FLAG),
    "baseline": Key("A file of findings that do not count.", Reading.located, TEXT),
    "fail-on": Key(
        "The mildest level that makes the exit status 1.",
        choice((*SEVERITIES, "never")),
        {"enum": [*SEVERITIES, "never"]},
    ),
    "fix": Key("Whether check applies safe fixes.", Reading.flag, FLAG),
    "unsafe-fixes": Key("Whether it applies unsafe ones with them.", Reading.flag, FLAG),
    "exit-zero": Key("Exit 0 even when there are findings.", Reading.flag, FLAG),
    "output-format": Key("FORMAT or FORMAT=FILE, one or several.", Reading.formats, FORMATS),
    "output-file": Key("Where the output goes instead of to standard output.", Reading.located, TEXT),
    "max-findings": Key("How many findings of a file are shown.", Reading.positive, COUNT),
    "jobs": Key("Processes; by default as many as pay.", Reading.number, JOBS),
    "statistics": Key("Show counts by rule instead of findings.", Reading.flag, FLAG),
    "verbose": Key("Tell of skipped files, rules and time.", Reading.flag, FLAG),
    "quiet": Key("Print findings and nothing else.", Reading.flag, FLAG),
    "color": Key("Whether to use colours.", choice(("auto", "always", "never")), {"enum": ["auto", "always", "never"]}),
}
"""All keys, in the order in which `splint config` shows them."""


def field(name: str) -> str:
    """The field of Config that a key sets."""
    return KEYS[name].field or name.replace("-", "_")
