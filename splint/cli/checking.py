"""Runs `splint check`, from its options to its exit status."""

import gc
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from splint.cli.output import Failures, OutputError, Stream, is_odd, named, notify, progress, tell, write
from splint.cli.statuses import status_of
from splint.cli.streams import standard
from splint.cli.trusting import as_trusted, begin_check, notify_passed, vouch, vouch_written, within
from splint.files import STDIN, File, from_here
from splint.reporting.exit_statuses import INTERRUPTED, NO_PAYLOAD
from splint.reporting.report import Report
from splint.reporting.reporters import Room, Style
from splint.reporting.reporters.terminal import statistics, wants_color
from splint.reporting.wording import counted, install
from splint.rules import engine_codes
from splint.rules.hooks import COLUMN, PluginError
from splint.run.discovery import find, scopes
from splint.run.linter import Linter
from splint.run.runner import Interrupted, run
from splint.run.worker import LinterAt, RunRequest
from splint.settings.config import BASELINE, Config, moment, outputs_of

if TYPE_CHECKING:
    from splint.run.overview import Overview
    from splint.run.timing import Times
    from splint.settings.globs import Globs
    from splint.suppression.baseline import Baseline

Words = tuple[str, ...]
MOST_TABLES = 5
"""So many tables that were passed over are named."""


class Check:
    """One call of the command: its options, its run and the output of its report."""

    def __init__(
        self,
        paths: Words,
        settings: Words,
        isolated: bool,
        stdin_name: str | None,
        after: str | None,
        given: dict[str, Any],
        modes: dict[str, bool],
        trusted: dict[str, bool],
    ) -> None:
        """Raises UsageError, ConfigError and PluginError for invalid options."""
        if url := next((path for path in paths if "://" in path and not os.path.exists(path)), None):
            raise click.UsageError(f"{url} is a URL: splint reads files only")
        stdin_name = from_here(stdin_name) if stdin_name is not None else None
        self._modes, self._stdin_name = modes, stdin_name
        self._trust = begin_check(paths or (() if stdin_name else (".",)), **trusted)
        paths = tuple(map(from_here, paths))
        linter_at = linters(settings, isolated, options(as_trusted(given, self._trust)))
        self._linter = linter_at(os.getcwd())
        config = self._config = self._linter.config
        if modes["diff"] or given["unsafe_fixes"]:
            from splint.cli.fix import refuse  # most runs fix nothing

            refuse(modes["diff"], config, {**given, **modes})
        reporters = self._linter.registry.reporters
        self._outputs = outputs_of(config, reporters)
        within(self._trust, config, self._outputs)
        self._after = after
        if after is not None and not any(name == "agent" for name, _ in self._outputs):
            raise click.UsageError("--after is for the format agent, which alone has pages: give --output-format agent")
        include = () if paths or stdin_name else config.include
        self._paths = paths or ((STDIN,) if stdin_name else () if include else (".",))
        scope_at = scopes(linter_at)
        self._files = list(
            find(self._paths, scope_at, force=config.force_exclude, stdin_name=stdin_name, include=include)
        )
        if targets := [path for _, path in self._outputs if path is not None]:
            from splint.cli.targets import without_targets  # most reports go to standard output

            baseline = config.baseline or BASELINE
            self._files = without_targets(self._files, targets, linter_at, stdin_name=stdin_name, baseline=baseline)
        notify_passed(self._trust)
        needs = frozenset().union(*(reporters[name].needs for name, _ in self._outputs))
        self._baseline = self._read_baseline(isolated=isolated)
        self._request = RunRequest(
            linter_at,
            moment(None),
            self._linter,
            stdin_name,
            anchored=self._baseline is not None or "fingerprints" in needs,
            overview=_overview(needs),
            baseline=self._baseline,
            tops=_covered(self._paths, include, self._files),
            times=_times() if modes["profile_rules"] else None,
        )
        self._stream: Stream | None = None
        self._interrupted: Interrupted | None = None

    def _read_baseline(self, *, isolated: bool) -> "Baseline | None":
        """The baseline of the settings or options, or else the one in the working directory; None if there is none."""
        config, trust, is_written = self._config, self._trust, self._modes["write_baseline"]
        path = config.baseline or BASELINE
        lies_there = has_baseline(isolated=isolated)
        if config.baseline is None and not is_written and not (lies_there and trust.accepts_ignores):
            if lies_there:
                trust.announce_baseline(path)
            if self._modes["prune_baseline"]:
                why = f"{path} is left out" if lies_there else f"there is no {path}"
                notify(f"splint: nothing to prune: {'--isolated reads none' if isolated else why}")
            return None
        if is_written and self._stdin_name is None and any(file.path == STDIN for file in self._files):
            raise click.UsageError("standard input has no name that a baseline could tell it by: give --stdin-filename")
        origin = config.origins.get("baseline")
        vouch(trust, path, is_of_settings=origin is not None and not origin.option)
        if is_written or self._modes["prune_baseline"]:
            vouch_written(trust, path)
        from splint.suppression.baseline import Baseline  # most runs have none

        return Baseline.read(
            path,
            config.named("baseline"),
            then="takes" if is_written else "prunes" if self._modes["prune_baseline"] else "stays",
        )

    def run(self) -> Report:
        """Check the files and, with --write-baseline or --prune-baseline, write the baseline."""
        gc.freeze()
        gc.enable()
        config, request = self._config, self._request
        shown = progress(len(self._files), config.quiet)
        if self._modes["diff"] or config.fix:
            from splint.cli.fix import fix  # most runs fix nothing

            report = fix(request, self._files, config, shown, is_diff=self._modes["diff"])
        else:
            follows = any(path for _, path in self._outputs) or (
                self._baseline is not None and self._baseline.then != "stays"
            )
            self._stream = _stream(self._linter, self._outputs, lambda: shown(len(self._files)), follows=follows)
            if any(is_odd(file.shown) for file in self._files):
                self._stream = None
            sink = None if self._stream is None else self._stream.write
            try:
                report = run(request, self._files, jobs=config.jobs, progress=shown, sink=sink)
            except Interrupted as error:
                self._interrupted = error
                shown(len(self._files))
                return error.report
        kept = report.details.baseline
        if self._baseline is not None and kept is not None and self._baseline.then != "stays":
            self._write(self._baseline, kept)
        return report

    def _write(self, baseline: "Baseline", kept: "Baseline") -> None:
        """Write what the run leaves of a baseline."""
        kept.write()
        if baseline.then == "takes":
            notify(f"splint: {counted(len(kept), 'finding')} in {kept.path}")
        else:
            dropped = counted(len(baseline) - len(kept), "finding")
            notify(f"splint: {dropped} dropped from {kept.path}, {len(kept)} left")

    def show(self, report: Report) -> None:
        """Write the report in all formats of the options."""
        beside_input = self._config.fix and any(file.path == STDIN for file in self._files)
        _show(report, self._linter, self._outputs, self._stream, self._after, beside_input=beside_input)
        if self._request.times is not None:
            tell(self._request.times.table())

    def conclude(self, report: Report, seconds: float) -> int:
        """Print what the report does not contain on stderr. Returns the exit status."""
        config, files = self._config, self._files
        if self._interrupted is not None:
            done = f"{self._interrupted.done} of {counted(len(files), 'file')} checked"
            notify(f"splint: interrupted: {done}, the report is incomplete")
            return INTERRUPTED
        status = status_of(report, config)
        if status == NO_PAYLOAD and not config.quiet:
            code = engine_codes.SYNTAX
            why = ""
            if all(rule.code != code for rule in report.rules):
                why = f": {code}, which tells of files that cannot be parsed, does not run"
            elif any(one.code == code for one in report.diagnostics):
                why = f": {code}, which tells of files that cannot be parsed, is suppressed or in the baseline"
            notify(f"splint: no payload in {', '.join(self._paths) or 'what the settings include'}{why}")
            self._notify_tables(report.skipped_paths)
        if config.verbose:
            for path in report.skipped_paths:
                notify(f"splint: {path}: skipped, as it holds no payload")
            note = f"{counted(len(files), 'file')} read, {report.skipped} without a payload skipped"
            notify(f"splint: {note}, {len(self._linter.rules)} rules, {seconds:.2f} s")
        return status

    def _notify_tables(self, skipped: Sequence[str]) -> None:
        """Say which tables were passed over: what is not found in one may stand in another column."""
        reader_for = self._linter.registry.reader_for
        tables = [path for path in skipped if (reader := reader_for(path)) is not None and reader.with_column]
        if tables:
            from importlib.util import find_spec  # few runs pass over tables

            named = ", ".join(tables[:MOST_TABLES]) + (", ..." if len(tables) > MOST_TABLES else "")
            column = self._config.column or COLUMN
            many = counted(len(tables), "table")
            if find_spec("pyarrow") is None:
                notify(f"splint: {many} not read: {named}: that needs the package pyarrow: {install('arrow')}")
                return
            notify(f"splint: {many} without payloads in the column {column!r}: {named}; --column names another")


def options(given: dict[str, Any]) -> dict[str, Any]:
    """The fields of a Config that the options of the command line set."""
    fields = {name: value for name, value in given.items() if value is not None and value != ()}
    if "facts" in fields:
        from splint.settings.facts import parse_facts  # most runs name none

        fields["facts"] = parse_facts(fields["facts"])
    if "as_of" in fields:
        fields["as_of"] = moment(fields["as_of"])
    if "exclude" in fields:
        from splint.settings.globs import Globs  # only for --exclude

        fields["exclude"] = (Globs(os.getcwd(), fields["exclude"]),)
    return fields


def linters(settings: Words, isolated: bool, given: dict[str, Any]) -> LinterAt:
    """The function that returns the linter for a directory; without settings files it is the same for all."""
    if isolated and not settings:
        linter = Linter(Config(**given))
        return lambda _directory: linter
    from splint.run.linters import Linters  # only where settings files are read
    from splint.settings.resolver import Resolver

    return Linters(Resolver.from_options(settings, isolated=isolated, **given)).at


def has_baseline(*, isolated: bool) -> bool:
    """Whether a baseline lies in the working directory that counts without being named, if its tree is trusted."""
    return not isolated and os.path.exists(BASELINE)


def _covered(paths: Words, include: "Sequence[Globs]", files: list[File]) -> tuple[str, ...]:
    """The absolute paths of the directories and files that the run reads completely."""
    tops = [os.path.abspath(path) for path in paths if path != STDIN]
    included = [os.path.abspath(file.path) for file in files] if include else []
    return tuple(dict.fromkeys((*tops, *(globs.root for globs in include), *included)))


def _overview(needs: frozenset[str]) -> "Overview | None":
    if not needs & {"paths", "outlines"}:
        return None
    from splint.run.overview import Overview  # only for the formats that show paths or trees

    return Overview(trees="outlines" in needs)


def _times() -> "Times":
    from splint.run.timing import Times  # few runs measure rules

    return Times()


def _style(config: Config, path: str | None, after: str | None = None) -> Style:
    """The style of the output to a file, or to standard output if `path` is None; `after` is the cursor of --after."""
    color = path is None and wants_color(config.color, standard())
    return Style(color, config.quiet, config.fail_on, after)


def _stream(
    linter: Linter, outputs: list[tuple[str, str | None]], before: Callable[[], None], *, follows: bool
) -> Stream | None:
    """The stream of findings to standard output; None if its format cannot be written in pieces."""
    for reporter in (linter.registry.reporters[name] for name, path in outputs if path is None):
        is_shown_otherwise = "repository" in reporter.needs or (linter.config.statistics and reporter.is_for_people)
        if reporter.pieces is not None and not is_shown_otherwise:
            room = Room(linter.config.max_findings)
            return Stream(reporter.pieces, _style(linter.config, None), room, before, follows=follows)
    return None


def _show(
    report: Report,
    linter: Linter,
    outputs: list[tuple[str, str | None]],
    stream: Stream | None,
    after: str | None,
    *,
    beside_input: bool,
) -> None:
    """Write the report in all formats of the options, and on stderr what machine-readable formats leave out.

    `stream` has written a part of it already. With `beside_input` the report goes to stderr, as standard output
    contains the fixed standard input.
    """
    config, reporters = linter.config, linter.registry.reporters
    made: dict[tuple[bool, bool], Report] = {}
    failures = stream.failures if stream is not None else Failures()
    is_cut_off = bool(failures)
    for name, path in outputs:
        if path is None and is_cut_off:
            continue
        reporter, style = reporters[name], _style(config, path, after)
        shown = named(report, reporter.needs, made)
        with failures.noted():
            if config.statistics and reporter.is_for_people:
                text = statistics(shown, quiet=config.quiet)
            else:
                room = stream.room if stream is not None and path is None else Room(config.max_findings)
                try:
                    text = reporter.output(shown, style, room)
                except PluginError as error:
                    raise OutputError(str(error)) from error
                except ValueError as error:
                    if after is None:
                        raise
                    raise click.UsageError(str(error)) from error
            write(text, path, beside_input=beside_input)
        if name == "github" and (summary := os.environ.get("GITHUB_STEP_SUMMARY")):
            from splint.reporting.reporters.github import job_summary  # only in GitHub Actions

            with failures.noted():
                write(job_summary(shown), summary, append=True)
    if config.statistics and not any(reporters[name].is_for_people for name, _ in outputs):
        tell(statistics(report, quiet=config.quiet))
    if config.statistics or not all(reporters[name].is_for_people and path is None for name, path in outputs):
        for notification in report.errors:
            notify(f"splint: {notification.message}")
    failures.tell()
