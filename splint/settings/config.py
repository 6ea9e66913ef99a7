"""The settings in force, from files, options and keyword arguments, validated before any payload is read."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, time
from functools import lru_cache, partial
from time import time as clock
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from splint.reporting.wording import either
from splint.schema.vocabulary import OBJECTIVES, WEB

if TYPE_CHECKING:
    from splint.settings.entries import Override, PerFileIgnore
    from splint.settings.globs import Globs
    from splint.settings.toml import Origin


class ConfigError(ValueError):
    """An invalid setting, option or keyword argument; of several mistakes, each is an argument and a line."""

    def __str__(self) -> str:
        return "\n".join(map(str, self.args))


BASELINE = ".splint-baseline.json"
"""The baseline where neither settings nor options name one."""
MAX_FILES = 5000
"""Of so many files of a workspace `splint server` ties the campaigns together, unless settings say otherwise."""
MOST_MISTAKES = 20
"""So many mistakes are told, and after so many the rest of a list is not looked at: whoever made as many sees how."""
Result = TypeVar("Result")
Word = TypeVar("Word", str, str | ModuleType)


class Mistakes:
    """Collects mistakes, so that one run tells all of them."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self.lines = list(lines)

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Run a block up to its mistake, which is noted and not raised."""
        try:
            yield
        except ConfigError as error:
            self.lines += error.args

    def each(self, steps: Iterable[Callable[[], Result]]) -> list[Result]:
        """The results of the steps that find no mistake; the others' are noted."""
        results, before = list[Result](), len(self.lines)
        for step in steps:
            with self.noted():
                results.append(step())
            if len(self.lines) - before >= MOST_MISTAKES:
                break
        return results

    def tell(self) -> None:
        """Raise one ConfigError for all mistakes, by file and line, if there are any."""
        if self.lines:
            raise ConfigError(*sorted(dict.fromkeys(self.lines), key=_place)[:MOST_MISTAKES])


def _place(mistake: str) -> tuple[str, int]:
    """The file and line that a mistake begins with."""
    file, _, line = mistake.partition(": ")[0].rpartition(":")
    return (file, int(line)) if line.isdecimal() else ("", 0)


def at_once(steps: Iterable[Callable[[], Result]]) -> list[Result]:
    """The results of all steps. Raises one ConfigError for all the mistakes in them."""
    mistakes = Mistakes()
    results = mistakes.each(steps)
    mistakes.tell()
    return results


class Selectors(NamedTuple):
    """Which rules one source turns on and off: a settings file, one that it extends, the options of a run."""

    select: tuple[str, ...] | None = None
    """What it begins anew with; None if it adds to the sources below it."""
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def over(self, below: tuple["Selectors", ...]) -> tuple["Selectors", ...]:
        """The sources that count where this one stands over others."""
        if self == Selectors():
            return below
        return (self,) if self.select is not None else (*below, self)


SELECTORS = Selectors._fields


def selectors_of(fields: Mapping[str, Any]) -> Selectors:
    """The selectors among fields of a Config, or of options."""
    return Selectors(**{name: fields[name] for name in SELECTORS if name in fields})


class Config(NamedTuple):
    """The settings in force for a file or a run. In settings files their names are in kebab-case."""

    select: tuple[str, ...] = ()
    """Codes, prefixes or names; all rules when empty."""
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    layers: tuple[Selectors, ...] = ()
    """These three by source, the lowest first; when empty, they are of one."""
    profile: str = "guide"
    objectives: tuple[str, ...] | None = None
    """The objectives that campaigns may have; when None, WEB_CONVERSIONS with the guide and all with the reference."""
    facts: Mapping[str, Any] = {}
    """Account facts of options or keyword arguments: they take precedence over those in documents."""
    settings_facts: Mapping[str, Any] = {}
    """Account facts of the settings file (its key `facts`): documents and options take precedence over them."""
    as_of: date | datetime | None = None
    """The current time (UTC) for rules; the system clock if None."""
    plugins: tuple[str | ModuleType, ...] = ()
    """Modules, importable names or paths of .py files with rules, readers or reporters."""
    rules: Mapping[str, Mapping[str, Any]] = {}
    """Options of rules, by code and name, as given: splint.settings.rule_options validates them."""
    severity: Mapping[str, str] = {}
    """Maps codes, prefixes or names of rules to the level of their findings."""
    per_file_ignores: tuple["PerFileIgnore", ...] = ()
    overrides: tuple["Override", ...] = ()
    templates: "Globs | None" = None
    """Files whose ids are filled in by code: advertiser_id, the parent's id and request_id may be absent."""
    no_ignores: bool = False
    """Whether suppressions are off: comments, per-file-ignores and the ignores of overrides."""
    include: tuple["Globs", ...] = ()
    """The files that a run without PATHS checks."""
    exclude: tuple["Globs", ...] = ()
    """The files and directories that a walk skips."""
    force_exclude: bool = False
    """Whether named files are treated as walked ones."""
    require_payloads: bool = False
    """Whether every walked file under `include` must hold a payload."""
    respect_gitignore: bool = True
    """Whether a walk skips what git ignores."""
    baseline: str | None = None
    """The path of the baseline."""
    fail_on: str = "error"
    """The lowest level that makes the exit status 1, or never."""
    exit_zero: bool = False
    fix: bool = False
    """Whether `check` applies safe fixes."""
    unsafe_fixes: bool = False
    """Whether `check` with `fix` applies unsafe fixes too."""
    output_format: tuple[str, ...] = ("full",)
    """Entries FORMAT or FORMAT=FILE."""
    output_file: str | None = None
    lsp: Mapping[str, int] = {"max-files": MAX_FILES}
    """What `splint server` takes: `max-files`, the most files of a workspace whose campaigns it ties together."""
    max_findings: int | None = None
    """The most findings of a file to show; if None, 10,000 in formats that keep all of them in memory."""
    jobs: int | None = None
    """The number of processes; chosen by the size of the input if None."""
    statistics: bool = False
    verbose: bool = False
    quiet: bool = False
    color: str = "auto"
    column: str | None = None
    """The column of Parquet and Arrow files that holds the payloads, of options alone; `payload` if None."""
    project: str | None = None
    """The directory of the settings file; None without one."""
    left_out: tuple[str, ...] = ()
    """The plugins, and the files to extend, that the settings of an untrusted tree name: none of them is read."""
    origins: Mapping[str, "Origin"] = {}
    """The origins of settings, by field."""
    lacks_rules: bool = False
    """Whether a plugin or a file to extend is among the mistakes: what it brings is not known, nor are its codes."""
    mistakes: tuple[str, ...] = ()
    """What settings files say that their keys do not take: who uses the config as it is in force raises them."""

    def with_keywords(self, given: Mapping[str, Any]) -> "Config":
        """This config with some fields replaced; the selectors among them win over those that it has besides."""
        replaced = {name: () for name in SELECTORS if name in given or "select" in given}
        below = self.layers or (Selectors(self.select, self.extend_select, self.ignore),)
        layers = selectors_of(given).over(tuple(layer._replace(**replaced) for layer in below))
        origins = {name: origin for name, origin in self.origins.items() if name not in given}
        return self._replace(**{**replaced, **given}, layers=layers, origins=origins)

    def named(self, field: str, *path: str) -> str:
        """The key of a field for messages, after its file and line if known; `path` selects a value in it."""
        key = field.replace("_", "-")
        where = self.origins[field].place(*path) if field in self.origins else ""
        return f"{where}: {key}" if where else key


def listed_objectives(config: Config) -> tuple[str, ...]:
    """The objectives that campaigns may have. Raises ConfigError for an empty list and for an unknown objective."""
    if config.objectives is None:
        return (WEB,) if config.profile == "guide" else OBJECTIVES
    if not config.objectives:
        raise ConfigError(f"{config.named('objectives')}: the list is empty: name at least {WEB}")
    at_once(partial(_objective, objective, config) for objective in config.objectives)
    return config.objectives


def _objective(objective: str, config: Config) -> None:
    """Raise ConfigError for an unknown objective."""
    if objective not in OBJECTIVES:
        from splint.schema.nearest import suggestion  # few words are misspelt

        close = suggestion(objective, OBJECTIVES) or f": there is {either(OBJECTIVES, 'and')}"
        raise ConfigError(f"{config.named('objectives', objective)}: {objective!r} is no objective{close}")


@lru_cache(maxsize=1)
def _second(seconds: int) -> datetime:
    """The moment so many seconds after 1970: to make it anew takes 3 thousand instructions of a call on a value."""
    return datetime.fromtimestamp(seconds, UTC)


def moment(value: date | datetime | str | None) -> datetime:
    """The as-of moment in UTC: now for None, the first second for a date. Raises ConfigError for anything else."""
    if value is None:
        return _second(int(clock()))
    if isinstance(value, str):
        with suppress(ValueError):
            value = datetime.fromisoformat(value.strip())
    if not isinstance(value, date):
        raise ConfigError(f"as-of: {value!r} is no date or moment: write 2026-04-01 or 2026-04-01T12:00:00Z")
    if isinstance(value, datetime):
        try:
            return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
        except OverflowError:
            raise ConfigError(f"as-of: {value.isoformat()} is no moment in UTC") from None
    return datetime.combine(value, time(), UTC)


def endpoint_of(endpoint: str | None) -> str | None:
    """An endpoint as it is. Raises ConfigError for what is no text."""
    if endpoint is not None and not isinstance(endpoint, str):  # `str | None` would be made anew for each call
        raise ConfigError(f"endpoint: {endpoint!r:.80} is no text: give a path such as /smart_plus/campaign/create/")
    return endpoint


def words_of(name: str, value: Iterable[Word]) -> tuple[Word, ...]:
    """The texts that a keyword argument lists, of `plugins` modules too. Raises ConfigError for anything else."""
    if isinstance(value, str):
        raise ConfigError(f"{name}: {value!r} is a text: give a list, [{value!r}]")
    words = tuple(value) if isinstance(value, Iterable) else (value,)
    kinds = (str, ModuleType) if name == "plugins" else str
    if not isinstance(value, Iterable) or not all(isinstance(word, kinds) for word in words):
        raise ConfigError(f"{name}: {value!r:.80} is no list of texts{' or modules' * (name == 'plugins')}")
    return words


def copied(given: Any) -> Any:
    """A copy of a mapping that a keyword argument gives, with its lists and mappings; anything else is told later."""
    if isinstance(given, Mapping):
        return {name: copied(value) for name, value in given.items()}
    return [*given] if isinstance(given, list) else given


def format_moment(value: date | datetime | str | None) -> str:
    """The as-of moment as an ISO 8601 text: a date if no time of day was given."""
    at = moment(value)
    whole_day = value is None or at.time() == time()
    return at.date().isoformat() if whole_day else at.isoformat().replace("+00:00", "Z")


def outputs_of(config: Config, reporters: Iterable[str]) -> list[tuple[str, str | None]]:
    """Pairs of output format and file; None, at most once, for standard output. Raises ConfigError."""
    known = tuple(reporters)
    where = _named(config, "output_format")
    outputs = at_once(partial(_output, text, where, known) for text in config.output_format)
    files = [os.path.abspath(path) for _, path in outputs if path is not None]
    if len(set(files)) < len(files):
        raise ConfigError(f"{where}: two formats go to one file, and the last would win: give each its own")
    if sum(path is None for _, path in outputs) > 1:
        raise ConfigError(f"{where}: only one format can go to standard output: write the others as FORMAT=FILE")
    if config.output_file:
        if all(path is not None for _, path in outputs):
            every = f"every {where.rpartition(' ')[2]} names a file of its own already"
            raise ConfigError(f"{_named(config, 'output_file')}: {every}")
        outputs = [(name, path or config.output_file) for name, path in outputs]
    return outputs


def check_formats(config: Config, reporters: Iterable[str]) -> None:
    """Raise ConfigError as `outputs_of`, but pass over a format that a plugin may bring which is not loaded."""
    known, words = tuple(reporters), config.output_format
    if config.left_out or config.lacks_rules:
        names = {word: word.partition("=")[0] for word in words}
        from splint.schema.nearest import suggestion  # few words are misspelt

        words = tuple(word for word, name in names.items() if name in known or suggestion(name, known))
    if words:
        outputs_of(config._replace(output_format=words), known)


def _named(config: Config, field: str) -> str:
    """The key of a field after its file and line, or the option where no file says it."""
    named = config.named(field)
    return named if " " in named else f"--{named}"


def _output(text: str, where: str, known: Sequence[str]) -> tuple[str, str | None]:
    """The format and the file of FORMAT or FORMAT=FILE. Raises ConfigError."""
    name, _, path = text.partition("=")
    if name not in known:
        from splint.schema.nearest import suggestion  # few words are misspelt

        raise ConfigError(f"{where}: {name!r} is none of {', '.join(known)}{suggestion(name, known)}")
    if text.endswith("="):
        raise ConfigError(f"{where}: {text!r} names no file: write {text}FILE")
    return name, path if path not in ("", "-") else None


def no_option(name: str, known: Iterable[str]) -> ConfigError:
    """The error for a keyword argument of a linter that is none of those known."""
    from splint.schema.nearest import suggestion  # few words are misspelt

    if name == "endpoint":
        return ConfigError("endpoint is an argument of check: it is no option of a Linter")
    return ConfigError(f"there is no option {name}{suggestion(name, (*known, 'endpoint'))}")
