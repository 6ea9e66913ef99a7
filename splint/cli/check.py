"""`splint check`."""

import gc
import os
import sys
import time
from collections import Counter
from collections.abc import Callable

import click

from splint.config import Config, ConfigError, moment, read_facts
from splint.files import STDIN, find
from splint.library import Linter
from splint.registry import PROFILES, PluginError
from splint.report import SEVERITIES, Report
from splint.reporters import Style
from splint.runner import run
from splint.wording import suggestion

CLEAN, FINDINGS, TROUBLE, NO_PAYLOAD = 0, 1, 2, 3

Words = tuple[str, ...]


def comma_separated(_: click.Context, __: click.Parameter, values: Words) -> Words:
    """A repeatable option whose values may hold several words each."""
    return tuple(word for value in values for word in (part.strip() for part in value.split(",")) if word)


@click.command(epilog="Exit status: 0 nothing at or above --fail-on, 1 findings, 2 trouble, 3 no payload in the run.")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option(
    "--select",
    multiple=True,
    callback=comma_separated,
    metavar="RULES",
    help="Run these codes, prefixes or names only.",
)
@click.option("--extend-select", multiple=True, callback=comma_separated, metavar="RULES", help="Run these too.")
@click.option("--ignore", multiple=True, callback=comma_separated, metavar="RULES", help="Do not run these.")
@click.option(
    "--profile",
    type=click.Choice(list(PROFILES)),
    default="guide",
    show_default=True,
    help="The guide's rules, or the API reference's.",
)
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="error",
    show_default=True,
    help="The mildest level that makes the exit status 1.",
)
@click.option("--exit-zero", is_flag=True, help="Exit 0 even when there are findings.")
@click.option("--isolated", is_flag=True, help="Read no settings file.")
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
    "--force-exclude", is_flag=True, help="Treat named files as walked ones: excluded, and skipped without a payload."
)
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes; by default as many as pay.")
@click.option("--plugin", "plugins", multiple=True, metavar="MODULE|FILE.py", help="Load rules, readers or reporters.")
@click.option(
    "--output-format",
    "formats",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help="full (default), concise or json; may be repeated.",
)
@click.option("--output-file", metavar="FILE", help="Write there instead of to standard output.")
@click.option("--stdin-filename", metavar="NAME", help="What `-` is: its suffix is its format.")
@click.option("--statistics", is_flag=True, help="Show counts by rule instead of findings.")
@click.option("-v", "--verbose", is_flag=True, help="Tell of skipped files, rules and time, on stderr.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings and nothing else.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="NO_COLOR and FORCE_COLOR count in auto.",
)
def check(
    paths: Words,
    select: Words,
    extend_select: Words,
    ignore: Words,
    profile: str,
    fail_on: str,
    exit_zero: bool,
    isolated: bool,  # noqa: ARG001 - there is no settings file yet that it could keep out
    as_of: str | None,
    facts: Words,
    exclude: Words,
    force_exclude: bool,
    jobs: int | None,
    plugins: Words,
    formats: Words,
    output_file: str | None,
    stdin_filename: str | None,
    statistics: bool,
    verbose: bool,
    quiet: bool,
    color: str,
) -> None:
    """Lint payload files (JSON, JSONC, YAML, NDJSON, curl commands); PATHS default to the current directory."""
    began = time.perf_counter()
    try:
        config = Config(
            select=select,
            extend_select=extend_select,
            ignore=ignore,
            profile=profile,
            facts=_facts(facts),
            as_of=moment(as_of) if as_of else None,
            plugins=plugins,
        )
        linter = Linter(config)
        outputs = _outputs(linter, formats, output_file)
        suffixes = tuple(suffix for reader in linter.registry.readers for suffix in reader.suffixes)
        paths = paths or ((STDIN,) if stdin_filename else (".",))
        files = list(find(paths, suffixes, exclude, force=force_exclude, stdin_name=stdin_filename))
    except (ConfigError, PluginError) as error:
        raise click.UsageError(str(error)) from error
    gc.freeze()
    gc.enable()
    report = run(linter, files, jobs=jobs, stdin_name=stdin_filename, progress=_progress(len(files), quiet))
    for name, path in outputs:
        reporter = linter.registry.reporters[name]
        style = Style(color=path is None and _wants_color(color), quiet=quiet)
        if statistics and reporter.is_for_people:
            _write(_statistics(report), path)
        else:
            _write(reporter.render(report, style), path)
    if statistics and not any(linter.registry.reporters[name].is_for_people for name, _ in outputs):
        click.echo(_statistics(report), nl=False, err=True)
    if statistics or not all(linter.registry.reporters[name].is_for_people and path is None for name, path in outputs):
        for trouble in report.errors:
            click.echo(f"splint: {trouble.message}", err=True)
    if report.payloads == 0 and not quiet and _status(report, fail_on, exit_zero, force_exclude) == NO_PAYLOAD:
        click.echo(f"splint: no payload in {', '.join(paths) or 'the current directory'}", err=True)
    if verbose:
        seconds = time.perf_counter() - began
        told = f"{len(files)} files read, {report.skipped} without a payload skipped, {len(linter.rules)} rules"
        click.echo(f"splint: {told}, {seconds:.2f} s", err=True)
    click.get_current_context().exit(_status(report, fail_on, exit_zero, force_exclude))


def _status(report: Report, fail_on: str, exit_zero: bool, force_exclude: bool) -> int:
    if report.errors:
        return TROUBLE
    if report.payloads == 0 and not force_exclude and all(found.code == "SPL002" for found in report.diagnostics):
        return NO_PAYLOAD
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on != "never" else ()
    return FINDINGS if not exit_zero and any(found.severity in failing for found in report.diagnostics) else CLEAN


def _facts(options: Words) -> dict[str, object]:
    given = {}
    for option in options:
        name, equals, value = option.partition("=")
        if not equals:
            raise ConfigError(f"--fact {option!r} has no value: write NAME=VALUE, such as currency=USD")
        given[name.strip()] = value
    return read_facts(given)


def _outputs(linter: Linter, formats: Words, output_file: str | None) -> list[tuple[str, str | None]]:
    """The formats with the files they go to, at most one to standard output or --output-file."""
    found: list[tuple[str, str | None]] = []
    for text in formats or ("full",):
        name, _, path = text.partition("=")
        if name not in linter.registry.reporters:
            known = ", ".join(linter.registry.reporters)
            raise ConfigError(
                f"--output-format: {name!r} is none of {known}{suggestion(name, linter.registry.reporters)}"
            )
        found.append((name, path if path not in ("", STDIN) else None))
    if sum(path is None for _, path in found) > 1:
        raise ConfigError("--output-format: only one format can go to standard output: write the others as FORMAT=FILE")
    if output_file:
        if all(path is not None for _, path in found):
            raise ConfigError("--output-file: every --output-format names a file of its own already")
        found = [(name, path or output_file) for name, path in found]
    return found


def _write(text: str, path: str | None) -> None:
    """Write a report in one go."""
    data = text.encode("utf-8", "backslashreplace")
    try:
        if path is None:
            if sys.stdout is None:
                raise OSError("it is closed")
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return
        with open(path, "wb") as stream:  # noqa: PTH123 - pathlib is not imported on the way of a check
            stream.write(data)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise click.UsageError(f"{path or 'standard output'}: cannot be written: {error.strerror or error}") from error


def _statistics(report: Report) -> str:
    counts = Counter((found.code, found.name) for found in report.diagnostics)
    width = len(str(max(counts.values(), default=0)))
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return "".join(f"{count:>{width}}  {code}  {name}\n" for (code, name), count in rows)


def _wants_color(color: str) -> bool:
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def _progress(total: int, quiet: bool) -> Callable[[int], None]:
    """Counts on stderr, where that is a terminal and the run takes longer than a second."""
    if quiet or total < 2 or not sys.stderr.isatty():
        return lambda _count: None
    shown = began = time.monotonic()

    def show(count: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if count == total and shown != began:
            click.echo("\r\x1b[K", nl=False, err=True)
        elif now - began > 1 and now - shown > 0.1:
            shown = now
            click.echo(f"\r\x1b[Kchecked {count} of {total} files", nl=False, err=True)

    return show
