"""`splint check`."""

import gc
import os
import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from splint.cli import Stream, progress, tell, write
from splint.cli.statuses import INTERRUPTED, NO_PAYLOAD, status_of
from splint.cli.trusting import as_trusted, begin_check, tell_passed, trust_options, vouch, within
from splint.reporting.report import SEVERITIES, Report
from splint.reporting.reporters import FORMATS, MOST, Room, Style
from splint.reporting.reporters.terminal import statistics, wants_color
from splint.reporting.wording import counted
from splint.rules.registry import PROFILES
from splint.run.files import STDIN, File, Scope, ScopeAt, find
from splint.run.linter import Linter
from splint.run.pipeline import Interrupted, LinterAt, RunRequest, run
from splint.settings.config import Config, moment, outputs_of, told_facts

if TYPE_CHECKING:
    from splint.run.overview import Overview
    from splint.settings.globs import Globs
    from splint.settings.trust import Trust
    from splint.suppression.baseline import Baseline
    from splint.suppression.policy import RunScope

Words = tuple[str, ...]


def comma_separated(_: click.Context, __: click.Parameter, values: Words) -> Words:
    """A repeatable option whose values may hold several words each."""
    return tuple(word for value in values for word in (part.strip() for part in value.split(",")) if word)


def _formats(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """The formats that a word may become, for the shell's completion."""
    return [reporter.name for reporter in FORMATS if reporter.name.startswith(begun)]


def settings_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which settings count: `settings` and `isolated`."""
    file = click.option(
        "--config",
        "settings",
        multiple=True,
        type=click.Path(),
        metavar="FILE|KEY=VALUE",
        help="Use this settings file, or this one setting; may be repeated.",
    )
    return file(click.option("--isolated", is_flag=True, help="Read no settings file.")(command))


@click.command(
    epilog="Exit status: 0 nothing at or above --fail-on, 1 findings, 2 trouble, 3 no payload in the run, 130 Ctrl-C."
)
@click.argument("paths", nargs=-1, metavar="[PATHS]...", type=click.Path())
@click.option(
    "--select",
    multiple=True,
    callback=comma_separated,
    metavar="RULES",
    help="Run these codes, prefixes or names only.",
)
@click.option("--extend-select", multiple=True, callback=comma_separated, metavar="RULES", help="Run these too.")
@click.option("--ignore", multiple=True, callback=comma_separated, metavar="RULES", help="Do not run these.")
@click.option("--profile", type=click.Choice(list(PROFILES)), help="The guide's rules, or the API reference's.")
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    help="The mildest level that makes the exit status 1 (default: error).",
)
@click.option("--fix", is_flag=True, default=None, help="Apply safe fixes.")
@click.option("--unsafe-fixes", is_flag=True, default=None, help="With --fix or --diff: unsafe fixes too.")
@click.option("--diff", is_flag=True, help="Show what --fix would change as a diff, and change nothing.")
@click.option("--exit-zero", is_flag=True, default=None, help="Exit 0 even when there are findings.")
@settings_options
@click.option(
    "--no-ignores", is_flag=True, default=None, help="Let comments, per-file ignores and overrides silence nothing."
)
@click.option(
    "--baseline",
    type=click.Path(),
    metavar="FILE",
    help="Findings in this file do not count (default: .splint-baseline.json).",
)
@click.option("--write-baseline", is_flag=True, help="Write the findings of this run into the baseline.")
@click.option("--prune-baseline", is_flag=True, help="Drop from the baseline what no longer occurs.")
@click.option("--as-of", metavar="MOMENT", help="Judge as on this date or moment (UTC) instead of now.")
@click.option("--fact", "facts", multiple=True, metavar="NAME=VALUE", help="An account fact; a comma makes a list.")
@click.option(
    "--exclude",
    multiple=True,
    callback=comma_separated,
    metavar="GLOBS",
    help="Leave these out when walking directories.",
)
@click.option(
    "--respect-gitignore/--no-respect-gitignore", default=None, help="Leave out what git ignores (default), or not."
)
@click.option(
    "--force-exclude",
    is_flag=True,
    default=None,
    help="Treat named files as walked ones: excluded, and skipped without a payload.",
)
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes; by default as many as pay.")
@click.option(
    "--plugin",
    "plugins",
    multiple=True,
    type=click.Path(),
    metavar="MODULE|FILE.py",
    help="Load rules, readers or reporters.",
)
@click.option(
    "--output-format",
    multiple=True,
    shell_complete=_formats,
    metavar="FORMAT[=FILE]",
    help="full (default), concise, json, json-lines, sarif, github, gitlab, junit, markdown or html; may be repeated.",
)
@click.option("--output-file", type=click.Path(), metavar="FILE", help="Write there instead of to standard output.")
@click.option(
    "--max-findings",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"Show so many of a file and count the rest (default: {MOST} where a format holds all of them at once).",
)
@click.option("--stdin-filename", metavar="NAME", help="What `-` is: its suffix is its format.")
@click.option("--statistics", is_flag=True, default=None, help="Show counts by rule, not findings (json: on stderr).")
@click.option("-v", "--verbose", is_flag=True, default=None, help="Tell of skipped files, rules and time, on stderr.")
@click.option("-q", "--quiet", is_flag=True, default=None, help="Print findings and nothing else.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    help="Colours: auto (default; NO_COLOR and FORCE_COLOR count), always or never.",
)
@click.option("--profile-rules", is_flag=True, help="Tell how long each rule took, on stderr.")
@trust_options
def check(
    paths: Words,
    settings: Words,
    isolated: bool,
    diff: bool,
    write_baseline: bool,
    prune_baseline: bool,
    stdin_filename: str | None,
    profile_rules: bool,
    untrusted: bool,
    untrusted_in_ci: bool,
    allow_ignores: bool,
    **given: Any,
) -> None:
    """Lint payload files (JSON, JSONC, YAML, NDJSON, curl commands).

    PATHS default to what the settings include, or to the current directory.
    """
    began = time.perf_counter()
    named = paths or (() if stdin_filename else (".",))
    trust = begin_check(named, untrusted=untrusted, untrusted_in_ci=untrusted_in_ci, allow_ignores=allow_ignores)
    linter_at = linters(settings, isolated, options(as_trusted(given, trust)))
    main = linter_at(os.getcwd())
    config = main.config
    if diff or given["unsafe_fixes"]:
        from splint.cli.fix import refuse

        beside = {"write_baseline": write_baseline, "prune_baseline": prune_baseline, "profile_rules": profile_rules}
        refuse(diff, config, {**given, **beside})
    outputs = outputs_of(config, main.registry.reporters)
    within(trust, config, outputs)
    reporters = [main.registry.reporters[name] for name, _ in outputs]
    needs = frozenset().union(*(reporter.needs for reporter in reporters))
    include = () if paths or stdin_filename else config.include
    paths = paths or ((STDIN,) if stdin_filename else () if include else (".",))
    found = find(paths, _scopes(linter_at), force=config.force_exclude, stdin_name=stdin_filename, include=include)
    files = list(found)
    tell_passed(trust)
    tops = _covered(paths, include, files)
    baseline = _baseline(config, trust, isolated=isolated, is_written=write_baseline)
    covered: RunScope | Words = tops if baseline is None else baseline.coverage(tops, files)
    times = None
    if profile_rules:
        from splint.run.timing import Times

        times = Times()
    gc.freeze()
    gc.enable()
    order = RunRequest(
        linter_at,
        moment(None),
        main,
        stdin_filename,
        anchored=baseline is not None or "fingerprints" in needs,
        overview=_overview(needs),
        baseline=None if write_baseline else baseline,
        covered=covered,
        times=times,
    )
    shown = progress(len(files), config.quiet)
    stream = interrupted = None
    if diff or config.fix:
        from splint.cli.fix import fix

        report = fix(order, files, config, shown, is_diff=diff)
    else:
        stream = _stream(main, outputs, lambda: shown(len(files)))
        try:
            report = run(order, files, jobs=config.jobs, progress=shown, sink=None if stream is None else stream.write)
        except Interrupted as error:
            report, interrupted = error.report, error
            shown(len(files))
    if interrupted is None and baseline is not None and (write_baseline or prune_baseline):
        report, told = baseline.kept(report, covered, anew=write_baseline)
        tell(f"splint: {told}")
    _show(report, main, outputs, stream, beside_input=config.fix and any(file.path == STDIN for file in files))
    if times is not None:
        click.echo(times.table(), nl=False, err=True)
    if interrupted is not None:
        done = f"{interrupted.done} of {counted(len(files), 'file')} checked"
        tell(f"splint: interrupted: {done}, the report is incomplete")
        click.get_current_context().exit(INTERRUPTED)
    status = status_of(report, config)
    if status == NO_PAYLOAD and not config.quiet:
        tell(f"splint: no payload in {', '.join(paths) or 'what the settings include'}")
    if config.verbose:
        seconds = time.perf_counter() - began
        told = f"{len(files)} files read, {report.skipped} without a payload skipped, {len(main.rules)} rules"
        tell(f"splint: {told}, {seconds:.2f} s")
    click.get_current_context().exit(status)


def options(given: dict[str, Any]) -> dict[str, Any]:
    """The fields of a Config that options of the command line give."""
    found = {name: value for name, value in given.items() if value is not None and value != ()}
    if "facts" in found:
        found["facts"] = told_facts(found["facts"])
    if "as_of" in found:
        found["as_of"] = moment(found["as_of"])
    if "exclude" in found:
        from splint.settings.globs import Globs

        found["exclude"] = (Globs(os.getcwd(), found["exclude"]),)
    return found


def linters(settings: Words, isolated: bool, given: dict[str, Any]) -> LinterAt:
    """From a directory to the linter with its settings; without a settings file, one for all."""
    if isolated and not settings:
        linter = Linter(Config(**given))
        return lambda _directory: linter
    from splint.settings.resolver import Resolver

    return Resolver.asked(settings, isolated=isolated, **given).linter_at


def _scopes(linter_at: LinterAt) -> ScopeAt:
    def scope_at(directory: str) -> Scope:
        linter = linter_at(directory)
        return Scope(linter.suffixes, linter.config.exclude, linter.config.respect_gitignore)

    return scope_at


def _covered(paths: Words, include: "Sequence[Globs]", files: list[File]) -> tuple[str, ...]:
    """The absolute paths of what the run reads whole: directories that are walked, and files."""
    tops = [os.path.abspath(path) for path in paths if path != STDIN]
    included = [os.path.abspath(file.path) for file in files] if include else []
    return tuple(dict.fromkeys((*tops, *(globs.root for globs in include), *included)))


def _baseline(config: Config, trust: "Trust", *, isolated: bool, is_written: bool) -> "Baseline | None":
    """The baseline in force: the one that is named, or else the one that lies here."""
    path = config.baseline or ".splint-baseline.json"
    is_sought = not isolated and trust.heeds_ignores and os.path.exists(path)
    if config.baseline is None and not is_written and not is_sought:
        return None
    origin = config.origins.get("baseline")
    vouch(trust, path, is_of_settings=origin is not None and not origin.option)
    from splint.suppression.baseline import Baseline

    return Baseline.read(path, config.named("baseline"), may_be_new=is_written)


def _overview(needs: frozenset[str]) -> "Overview | None":
    if not needs & {"paths", "outlines"}:
        return None
    from splint.run.overview import Overview

    return Overview(trees="outlines" in needs)


def _style(config: Config, path: str | None) -> Style:
    """How to write to a file, or to standard output."""
    color = path is None and wants_color(config.color)
    return Style(color, config.quiet, "never" if config.exit_zero else config.fail_on)


def _stream(linter: Linter, outputs: list[tuple[str, str | None]], before: Callable[[], None]) -> Stream | None:
    """What writes findings as they come, where the format that goes to standard output allows it."""
    for reporter in (linter.registry.reporters[name] for name, path in outputs if path is None):
        if reporter.pieces is not None and not (linter.config.statistics and reporter.is_for_people):
            return Stream(reporter.pieces, _style(linter.config, None), Room(linter.config.max_findings), before)
    return None


def _show(
    report: Report, linter: Linter, outputs: list[tuple[str, str | None]], stream: Stream | None, *, beside_input: bool
) -> None:
    """Write the report in every format that is asked for; what a machine's format hides goes to stderr too.

    `stream` has written some of it; `beside_input` says that standard output holds the fixed standard input: the report
    then goes to stderr.
    """
    config, reporters = linter.config, linter.registry.reporters
    for name, path in outputs:
        reporter, style = reporters[name], _style(config, path)
        if config.statistics and reporter.is_for_people:
            text = statistics(report)
        else:
            room = stream.room if stream is not None and path is None else Room(config.max_findings)
            text = reporter.output(report, style, room)
        write(text, path, sys.stderr if beside_input else sys.stdout)
        if name == "github" and (summary := os.environ.get("GITHUB_STEP_SUMMARY")):
            from splint.reporting.reporters.github import job_summary

            write(job_summary(report), summary, sys.stdout, append=True)
    if config.statistics and not any(reporters[name].is_for_people for name, _ in outputs):
        click.echo(statistics(report), nl=False, err=True)
    if config.statistics or not all(reporters[name].is_for_people and path is None for name, path in outputs):
        for notification in report.errors:
            tell(f"splint: {notification.message}")
