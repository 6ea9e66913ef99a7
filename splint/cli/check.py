"""`splint check`."""

import os
import time
from itertools import takewhile
from typing import Any

import click

from splint.cli.checking import Check, Words
from splint.cli.options import (
    comma_separated,
    completing,
    facts_option,
    plugins_option,
    profile_option,
    rules_option,
    settings_options,
)
from splint.cli.trusting import trust_options
from splint.reporting.report import SEVERITIES
from splint.reporting.reporters import MOST
from splint.settings.config import BASELINE


class _OfFiles(click.Command):
    """A command that is given files by name, some of them by hooks."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse an option that is a file's name: the names in a stranger's tree set nothing."""
        for arg in takewhile(lambda arg: arg != "--", args):
            if arg.startswith("-") and arg != "-" and os.path.lexists(arg):
                ctx.fail(f"{arg}: there is a file of this name: write ./{arg} for the file, and -- before all files")
        return super().parse_args(ctx, args)


@click.command(
    cls=_OfFiles,
    epilog="Exit status: 0 nothing at or above --fail-on, 1 findings, 2 usage, configuration or internal error, "
    "3 no payload in the run, 130 Ctrl-C.",
)
@click.argument("paths", nargs=-1, metavar="[PATHS]...", type=click.Path())
@rules_option("--select", "Run these codes, prefixes or names only.")
@rules_option("--extend-select", "Run these too.")
@rules_option("--ignore", "Do not run these.")
@profile_option()
@click.option(
    "--objectives",
    multiple=True,
    callback=comma_separated,
    shell_complete=completing("objectives"),
    metavar="OBJECTIVES",
    help="Campaigns may have these (guide: WEB_CONVERSIONS; reference: any).",
)
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    help="The mildest level that makes the exit status 1, and fails in junit (default: error).",
)
@click.option("--fix", is_flag=True, default=None, help="Apply safe fixes.")
@click.option("--unsafe-fixes", is_flag=True, default=None, help="With --fix or --diff: unsafe fixes too.")
@click.option("--diff", is_flag=True, help="Show what --fix would change as a diff, and change nothing.")
@click.option("--exit-zero", is_flag=True, default=None, help="Exit 0 whatever is found; no report changes.")
@settings_options
@click.option(
    "--no-ignores", is_flag=True, default=None, help="Let comments, per-file ignores and overrides silence nothing."
)
@click.option(
    "--baseline",
    type=click.Path(),
    metavar="FILE",
    help=f"Findings in this file do not count (default: {BASELINE}).",
)
@click.option("--write-baseline", is_flag=True, help="Write the findings of this run into the baseline.")
@click.option("--prune-baseline", is_flag=True, help="Drop from the baseline what no longer occurs.")
@click.option("--as-of", metavar="MOMENT", help="Judge as on this date or moment (UTC) instead of now.")
@facts_option
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
@plugins_option("Load rules, readers or reporters.")
@click.option(
    "--output-format",
    multiple=True,
    shell_complete=completing("formats"),
    metavar="FORMAT[=FILE]",
    help="full (default), concise, json, json-lines, sarif, github, gitlab, junit, markdown, agent or html; "
    "may be repeated.",
)
@click.option("--output-file", type=click.Path(), metavar="FILE", help="Write there instead of to standard output.")
@click.option(
    "--max-findings",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"Show so many of a file and count the rest (default: {MOST} where a format holds all of them at once).",
)
@click.option(
    "--column", metavar="NAME", help="The column with the payloads in .parquet and .arrow files (default: payload)."
)
@click.option("--stdin-filename", metavar="NAME", help="What `-` is: its suffix is its format.")
@click.option("--after", metavar="CURSOR", help="With the format agent: the findings behind this cursor.")
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
    after: str | None,
    profile_rules: bool,
    untrusted: bool,
    untrusted_in_ci: bool,
    allow_ignores: bool,
    **given: Any,
) -> None:
    """Lint payload files (JSON, JSONC, YAML, NDJSON, curl commands, columns of Parquet and Arrow).

    PATHS default to what the settings include, or to the current directory.
    """
    began = time.perf_counter()
    modes = {"diff": diff, "write_baseline": write_baseline, "prune_baseline": prune_baseline}
    trusted = {"untrusted": untrusted, "untrusted_in_ci": untrusted_in_ci, "allow_ignores": allow_ignores}
    modes["profile_rules"] = profile_rules
    call = Check(paths, settings, isolated, stdin_filename, after, given, modes, trusted)
    report = call.run()
    call.show(report)
    click.get_current_context().exit(call.conclude(report, time.perf_counter() - began))
