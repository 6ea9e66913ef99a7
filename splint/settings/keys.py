"""The keys of a settings file: description, JSON Schema and validation of each."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from splint.reporting.report import SEVERITIES
from splint.rules.registry import PROFILES
from splint.schema.vocabulary import OBJECTIVES
from splint.settings.entries import Override
from splint.settings.facts import FACTS
from splint.settings.reading import MOST, MOST_JOBS, Reading, choice, dotted, unknown
from splint.settings.toml import Path

Schema = dict[str, Any]


class Key(NamedTuple):
    """A key of the settings."""

    about: str
    """One sentence for `splint schema config`."""
    read: Callable[[Reading, Path, Any], Any]
    """Validates the value in the file and converts it to that of the Config. Raises ConfigError."""
    schema: Schema
    field: str = ""
    """The field of Config, if it is not the key with underscores."""
    adds: bool = False
    """Whether a value is appended to that of an extended file; else it replaces it. Tables are merged key by key."""


def properties(keys: Mapping[str, Key]) -> Schema:
    """The properties of a table with some keys."""
    return {name: {"description": key.about, **key.schema} for name, key in keys.items()}


def members(reading: Reading, path: Path, values: Mapping[str, Any], keys: Mapping[str, Key]) -> dict[str, Any]:
    """The values of a table that are what their keys take. The mistakes in the others are noted."""

    def member(name: str) -> tuple[str, Any]:
        if name not in keys:
            raise reading.file.error((*path, name), unknown(name, keys))
        return name, keys[name].read(reading, (*path, name), values[name])

    return dict(reading.mistakes.each(partial(member, name) for name in values))


TEXT: Schema = {"type": "string", "minLength": 1}
FLAG: Schema = {"type": "boolean"}
WORDS: Schema = {"type": "array", "items": TEXT}
FORMATS: Schema = {"anyOf": [TEXT, {**WORDS, "minItems": 1}]}
COUNT: Schema = {"type": "integer", "minimum": 1, "maximum": MOST}
JOBS: Schema = {"type": "integer", "minimum": 1, "maximum": MOST_JOBS}
MOMENT: Schema = {"type": "string", "pattern": "^\\s*[0-9]{4}-?([0-9]{2}|W)"}
LEVEL: Schema = {"enum": list(SEVERITIES)}
SEVERITY_BY_CODE: Schema = {"type": "object", "additionalProperties": LEVEL}
RULES: Schema = {**WORDS, "description": "Codes (SPL210), prefixes (SPL2), names, or ALL."}
OVERRIDE: dict[str, Key] = {
    "files": Key("Globs of files; all when left out.", Reading.globs, WORDS),
    "pointers": Key(
        "Pointers that cover what is below them, * for one step; everything when left out.",
        Reading.pointers,
        {"type": "array", "items": {"type": "string", "pattern": "^(/([^~]|~[01])*)?$"}},
    ),
    "severity": Key("The level of rules' findings there.", Reading.severity, SEVERITY_BY_CODE),
    "ignore": Key("Rules whose findings do not count there.", Reading.words, RULES),
}
"""The keys of an override."""
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


def _overrides(reading: Reading, path: Path, value: Any) -> tuple[Override, ...]:
    if not isinstance(value, list):
        raise reading.wrong(path, value, "a list of tables: write [[overrides]]")
    steps = (partial(_override, reading, (*path, index), entry) for index, entry in enumerate(value))
    return tuple(reading.mistakes.each(steps))


def _override(reading: Reading, path: Path, value: Any) -> Override:
    entry = reading.table(path, value)
    read = members(reading, path, entry, OVERRIDE)
    if not entry.get("severity") and not entry.get("ignore"):
        raise reading.file.error(path, f"{dotted(path)} changes nothing: give it ignore or severity")
    return Override(
        read.get("files"),
        read.get("pointers", ("",)),
        read.get("severity", {}),
        read.get("ignore", ()),
        reading.file,
        path,
    )


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
    "severity": Key("The level of rules' findings.", Reading.severity, SEVERITY_BY_CODE),
    "per-file-ignores": Key(
        "From globs to the rules whose findings do not count there.",
        Reading.per_file_ignores,
        {"type": "object", "propertyNames": {"pattern": "^(?!!)"}, "additionalProperties": RULES},
        adds=True,
    ),
    "overrides": Key(
        "Other levels, or no findings, for some files and places.",
        _overrides,
        {
            "type": "array",
            "items": {
                "type": "object",
                "properties": properties(OVERRIDE),
                "additionalProperties": False,
                "anyOf": CHANGES,
            },
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
    "lsp": Key(
        "What splint server does in a workspace; max-files: beyond so many files it ties no campaigns across them.",
        Reading.lsp,
        {"type": "object", "properties": {"max-files": COUNT}, "additionalProperties": False},
    ),
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
