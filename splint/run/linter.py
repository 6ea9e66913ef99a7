"""The library API: `check` and `Linter` take values, texts or files and return a report."""

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache, cached_property, partial
from types import ModuleType
from typing import TYPE_CHECKING, Any, Never, TypedDict, Unpack

from splint import __version__
from splint.payloads.nodes import RelatedLocation, Run
from splint.reporting.report import Report, Tool
from splint.reporting.wording import counted
from splint.rules.ruleset import Ruleset
from splint.run.pipeline import SourceFile, check_facts, check_file, report_of
from splint.run.result import FileResult
from splint.settings.config import (
    Config,
    ConfigError,
    Mistakes,
    check_formats,
    copied,
    endpoint_of,
    format_moment,
    listed_objectives,
    moment,
    no_option,
    words_of,
)
from splint.settings.selection import in_profile, registry_of, selected_rules

if TYPE_CHECKING:
    from splint.run.overview import Overview
    from splint.run.trials import Trials
    from splint.settings.rule_options import Options
    from splint.suppression.policy import Policy


class LinterOptions(TypedDict, total=False):
    """The keyword arguments of `Linter`, which `check` takes too."""

    config: Config | str | os.PathLike[str] | None
    profile: str | None
    objectives: Iterable[str] | None
    select: Iterable[str] | None
    extend_select: Iterable[str] | None
    ignore: Iterable[str] | None
    facts: Mapping[str, Any] | None
    as_of: date | datetime | str | None
    plugins: Iterable[str | ModuleType] | None
    rules: Mapping[str, Mapping[str, Any]] | None


class Linter:
    """A set of rules and account facts. `check` is thread-safe; each call is a separate run.

    `config` is a Config or the path of a settings file; keyword arguments take precedence over it. `rules` holds
    options of rules, by code and name. Raises ConfigError for an invalid option and PluginError for a plugin that
    cannot be loaded.
    """

    def __init__(
        self,
        config: Config | str | os.PathLike[str] | None = None,
        *,
        profile: str | None = None,
        objectives: Iterable[str] | None = None,
        select: Iterable[str] | None = None,
        extend_select: Iterable[str] | None = None,
        ignore: Iterable[str] | None = None,
        facts: Mapping[str, Any] | None = None,
        as_of: date | datetime | str | None = None,
        plugins: Iterable[str | ModuleType] | None = None,
        rules: Mapping[str, Mapping[str, Any]] | None = None,
        **unknown: Never,
    ) -> None:
        if unknown:
            raise no_option(next(iter(unknown)), LinterOptions.__annotations__)
        given: dict[str, Any] = {
            "profile": profile,
            "objectives": None if objectives is None else words_of("objectives", objectives),
            "select": None if select is None else words_of("select", select),
            "extend_select": None if extend_select is None else words_of("extend_select", extend_select),
            "ignore": None if ignore is None else words_of("ignore", ignore),
            "facts": copied(facts),
            "as_of": None if as_of is None else moment(as_of),
            "plugins": None if plugins is None else words_of("plugins", plugins),
            "rules": copied(rules),
        }
        given = {key: value for key, value in given.items() if value is not None}
        if isinstance(config, str | os.PathLike):
            from splint.settings.resolver import Resolver  # most calls name no settings file

            self.config = Resolver(file=os.fspath(config), **given).read_at(os.getcwd())
            origins = {name: origin for name, origin in self.config.origins.items() if name != "facts"}  # no --fact
            self.config = self.config._replace(origins=origins)
        elif isinstance(config, Config | None):
            self.config = (config or Config()).with_keywords(given)
        else:
            raise ConfigError(f"config: {config!r:.80} is no splint.Config, and no path of a settings file")
        registry = registry_of(self.config)
        self.registry = registry if self.config.column is None else registry.with_column(self.config.column)
        mistakes, policy = Mistakes(self.config.mistakes), None
        with mistakes.noted():
            self._facts = self._account_facts()
        with mistakes.noted():
            self._objectives = listed_objectives(self.config)
        with mistakes.noted():
            self.rules = selected_rules(self.config)
        with mistakes.noted():
            options = self._options()
        with mistakes.noted():
            policy = self._policy()
        with mistakes.noted():
            check_formats(self.config, self.registry.reporters)
        mistakes.tell()
        if options:
            from splint.settings.rule_options import with_options  # most settings have none

            self.rules = with_options(self.rules, options)
        self._ruleset = Ruleset(
            self.rules,
            tuple(in_profile(self.registry.rules)),
            policy,
            reads_directives=not self.config.no_ignores,
            has_plugins=bool(self.config.plugins),
            source_of_fact=partial(_source_of_fact, self.config),
        )
        self._latest: Ruleset | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """A linter is pickled as its settings. Raises TypeError where a plugin is a module, which cannot be pickled."""
        if modules := [plugin.__name__ for plugin in self.config.plugins if isinstance(plugin, ModuleType)]:
            raise TypeError(f"this linter is not pickled, as its plugin {modules[0]} is a module: name it instead")
        return Linter, (self.config,)

    def _account_facts(self) -> dict[str, Any]:
        """The account facts of options or keyword arguments. Raises ConfigError."""
        if self.config.facts == {}:
            return {}
        from splint.settings.facts import read_facts  # most calls give none

        return read_facts(self.config.facts)

    def _options(self) -> "Options":
        """The options that the settings give to rules. Raises ConfigError."""
        if self.config.rules == {}:
            return {}
        from splint.settings.rule_options import given_options  # most settings have none

        return given_options(self.config)

    def _policy(self) -> "Policy | None":
        """The policy of the settings on findings; None if they change no level, suppress nothing and bring no rules."""
        config = self.config
        changes = config.severity or config.per_file_ignores or config.overrides or config.templates
        if not (changes or config.left_out or config.plugins):
            return None
        from splint.suppression.policy import Policy  # most settings need none

        return Policy(config, in_profile(self.registry.rules))

    def __repr__(self) -> str:
        return f"<Linter: profile {self.config.profile}, {counted(len(self.rules), 'rule')}>"

    @cached_property
    def suffixes(self) -> tuple[str, ...]:
        """The suffixes of all formats that can be read."""
        return tuple(suffix for reader in self.registry.readers for suffix in reader.suffixes)

    def ruleset(self, now: datetime | None = None) -> Ruleset:
        """The rules of this linter for a run; `now` is the time of the run unless the settings have an `as-of`."""
        as_of = moment(now if self.config.as_of is None else self.config.as_of)
        ruleset = self._latest
        if ruleset is None or ruleset.run.as_of != as_of:  # calls within a second share one
            run = Run(as_of, self._facts, dict(self.config.settings_facts), self._objectives, self.config.profile)
            ruleset = self._latest = self._ruleset.within(run)
        return ruleset

    def lint(
        self,
        sources: Iterable[SourceFile | OSError],
        *,
        overview: "Overview | None" = None,
        apply_fixes: Callable[[Report, bool], Any] | None = None,
        again: Callable[[str], Iterable[SourceFile | OSError]] | None = None,
        now: datetime | None = None,
    ) -> Report:
        """Check files together and return the report, with an error for each file that cannot be read.

        `overview` is that of `check_file`; `Report.apply_fixes` calls `apply_fixes`; `again` opens the files of a
        path anew; `now` is that of `ruleset`.
        """
        ruleset, total = self.ruleset(now), None
        for source in sources:
            try:
                if isinstance(source, OSError):
                    raise source
                result = check_file(source, ruleset, anchored=True, overview=overview)
            except OSError as error:
                from splint.run.crash import unreadable  # most files can be read

                path = str(error.filename) if isinstance(source, OSError) else source.path
                result = FileResult(None, overview)
                result.notifications.append(unreadable(path.replace(os.sep, "/"), error))
            if total is None:  # most calls have one source
                total = result
            else:
                total.merge(result)
        total = total or FileResult(None, overview)
        check_facts(total, [ruleset], anchored=True)
        trials = again and partial(self._trials, again, ruleset.run.as_of)
        return report_of(total, [ruleset], self.tool, anchored=True, apply_fixes=apply_fixes, trials=trials)

    def _trials(self, sources: Callable[[str], Iterable[SourceFile | OSError]], now: datetime) -> "Trials":
        from splint.run.trials import trials_of  # only for answers to agents

        return trials_of(self, sources, now)

    @cached_property
    def tool(self) -> Tool:
        """The tool entry of this linter's reports: version, profile and as-of date."""
        return Tool(__version__, self.config.profile, format_moment(self.config.as_of))

    def check(self, payloads: Any, *, endpoint: str | None = None) -> Report:
        """Lint one or several payloads: dicts, lists, JSON as str or bytes, paths (`os.PathLike`), pydantic models.

        A list of values is treated as one document, so that its payloads may refer to each other. With `endpoint`, a
        path or URL, there is one payload: the body of a request to it; a model of such a body needs none. A file that
        cannot be read, or has no format, is among the report's errors. Raises ConfigError for an endpoint that is not
        TikTok's, TypeError for a value that JSON cannot represent and for a text that is a path.
        """
        sources = _sources()
        if endpoint_of(endpoint) is None and sources.are_several(payloads):
            files = partial(sources.files_of, payloads, self.registry, self.suffixes)
            return self.lint(files(), again=files)
        return self._check(sources.json_value(payloads, self.suffixes), sources.endpoints_of(payloads, endpoint))

    def check_value(self, value: Any, endpoint: str | None = None) -> Report:
        """Lint a JSON text (str or bytes) or a value of JSON's types, which nobody else changes from here on."""
        return self._check(value, {} if endpoint is None else {"": endpoint})

    def _check(self, value: Any, endpoints: Mapping[str, str]) -> Report:
        sources = _sources()

        def apply_fixes(report: Report, unsafe: bool) -> Any:
            from splint.fixes.application import fixed_text, fixed_value  # only for who asks for fixes

            def again(value: Any) -> Report:
                return self._check(sources.json_value(value, self.suffixes), endpoints)

            return (fixed_text if isinstance(value, str | bytes) else fixed_value)(again, value, report, unsafe=unsafe)

        source_of = partial(sources.source_of, value, endpoints)
        return self.lint([source_of()], apply_fixes=apply_fixes, again=lambda _path: [source_of()])


@cache
def _sources() -> Any:
    """What makes files of the payloads of a call: to import it takes 2 us each time."""
    from splint.run import sources  # commands check files

    return sources


def _source_of_fact(config: Config, field: str, name: str) -> "tuple[str, tuple[RelatedLocation, ...]]":
    from splint.run.account import source_of  # only for findings on facts that no document holds

    return source_of(config, field, name)


def check(payloads: Any, *, endpoint: str | None = None, **options: Unpack[LinterOptions]) -> Report:
    """Lint payloads with the options of `Linter`. A settings file is read only if `config` names one.

    With `endpoint` the payload is the body of a request to it.

    >>> check({"campaign": {"advertiser_id": "7", "campaign_name": "Spring"}}, select=["SPL008"]).ok
    False
    """
    return Linter(**options).check(payloads, endpoint=endpoint)
