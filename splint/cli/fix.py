"""The options `--fix` and `--diff` of `splint check`."""

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from splint.cli.output import notify, write_bytes
from splint.cli.statuses import has_no_payload
from splint.cli.trusting import is_in_ci
from splint.files import STDIN, File
from splint.files.trust import current, standing_for
from splint.fixes.admission import Identity, identity
from splint.fixes.application import applicable
from splint.fixes.changed import Changed, diff, diff_directory, write
from splint.fixes.rounds import Fixer, Outcome
from splint.formats import Reader
from splint.formats.json.reader import JSON
from splint.reporting.exit_statuses import ERROR, FINDINGS, NO_PAYLOAD, SUCCESS
from splint.reporting.report import Diagnostic, Report
from splint.reporting.wording import counted, without_commands
from splint.rules import engine_codes
from splint.run.runner import run
from splint.run.worker import RunRequest
from splint.settings.config import Config

if TYPE_CHECKING:
    from splint.suppression.baseline import Baseline

UNREADABLE = (engine_codes.SYNTAX, engine_codes.WITHOUT_PAYLOAD, engine_codes.DUPLICATE_KEY)
"""The rules on files that cannot be checked; their findings are printed beside a diff."""


def refuse(diff: bool, config: Config, parameters: dict[str, Any]) -> None:
    """Raise UsageError for options that have no effect together with --diff or without --fix."""
    if not (diff or config.fix):
        raise click.UsageError("--unsafe-fixes needs --fix or --diff")
    for option in ("output_format", "output_file", "write_baseline", "prune_baseline", "profile_rules") if diff else ():
        if parameters[option]:
            name = option.replace("_", "-")
            raise click.UsageError(f"--diff shows what --fix would change, and nothing else: leave --{name} out")


def fix(
    request: RunRequest, files: Sequence[File], config: Config, progress: Callable[[int], None], *, is_diff: bool
) -> Report:
    """Fix files and return the report of the fixed files; with `is_diff` print the changes and exit.

    The fixed standard input is written to standard output.
    """
    origin = config.origins.get("fix")
    is_of_settings = not is_diff and config.project is not None and origin is not None and not origin.option
    tree = (os.path.realpath(config.project),) if is_of_settings and config.project else current().tree

    def lint(baseline: "Baseline | None", overlay: Mapping[str, bytes], some: Sequence[File] = files) -> Report:
        asked = copy(request)
        asked.baseline = baseline
        asked.tops = request.tops if len(some) == len(files) else ()  # of some files nothing is said to be unused
        asked.overview = request.overview.anew() if request.overview is not None else None
        with standing_for(overlay):
            return run(asked, some, jobs=config.jobs, progress=progress)

    def reader_for(shown: str) -> Reader:
        registry = request.linter_at(os.path.dirname(os.path.abspath(shown))).registry
        return registry.reader_for(shown) or JSON

    unsafe, name = config.unsafe_fixes, request.stdin_name
    takes = request.baseline is not None and request.baseline.then == "takes"
    check = partial(lint, None if takes else request.baseline)  # what it takes in is what fixes leave
    outcome = Fixer(files, check, reader_for, unsafe=unsafe, stdin_name=name, tree=tree).fix()
    for why in outcome.left:
        notify(f"splint: {why}")
    if is_diff:
        shown = diff(outcome.changed)
        write_bytes(_logged(shown), None)
        if shown != diff(outcome.changed, masking=False):
            notify("splint: this diff shows credentials as asterisks, and does not apply as it is: use --fix")
        here, places = os.path.realpath("."), [file.target for file in outcome.changed if file.target != STDIN]
        if places and os.path.commonpath([here, *places]) != here:
            notify(
                f"splint: some files lie outside this directory: apply this diff in {diff_directory(outcome.changed)}"
            )
        for notification in (*outcome.report.errors, *outcome.crashes):
            notify(f"splint: {notification.message}")
        for finding in outcome.report.active:
            if finding.code in UNREADABLE:
                notify(f"splint: {finding.path}: {finding.code}: {finding.message}")
        _print_counts("would fix", outcome.changed, outcome.report, outcome.refused, config)
        click.get_current_context().exit(_diff_status(outcome, config))
    if outcome.stdin is not None:
        write_bytes(outcome.stdin, None)
    notifications = write([file for file in outcome.changed if file.target != STDIN])
    failed = {notification.path for notification in notifications}
    on_disk = {} if outcome.stdin is None else {STDIN: outcome.stdin}
    report = lint(request.baseline, on_disk) if outcome.changed or takes else outcome.report
    fixed = [file for file in outcome.changed if file.path not in failed]
    _print_counts("fixed", fixed, report, outcome.refused, config)
    return report.having(
        diagnostics=_without_fixes(report.diagnostics, outcome.refused),
        notifications=[*outcome.crashes, *notifications],
    )


def _logged(diff: bytes) -> bytes:
    """A diff as it is shown: in CI, where it is read in a log, without commands to the runner."""
    if not (is_in_ci() and (b"::" in diff or b"##" in diff)):
        return diff
    shown = without_commands(diff.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    if shown != diff:
        notify("splint: this diff spells out what CI would take for commands, and does not apply as it is: use --fix")
    return shown


def _without_fixes(diagnostics: Iterable[Diagnostic], refused: Collection[Identity]) -> list[Diagnostic]:
    """The findings, without the fixes that are refused: a report does not offer what would not be done."""
    return [one._replace(fix=None) if one.fix is not None and identity(one) in refused else one for one in diagnostics]


def _diff_status(outcome: Outcome, config: Config) -> int:
    """The exit status of --diff: 1 if there are changes; ERROR and NO_PAYLOAD as of a check."""
    if outcome.report.errors or outcome.crashes:
        return ERROR
    if has_no_payload(outcome.report, config):
        return NO_PAYLOAD
    return FINDINGS if outcome.changed and not config.exit_zero else SUCCESS


def _print_counts(
    what: str, changed: Sequence[Changed], report: Report, refused: Collection[Identity], config: Config
) -> None:
    """Print how many findings were fixed, how many fixes were left out, and how many more are unsafe."""
    if not config.quiet:
        count = counted(sum(file.fixes for file in changed), "finding")
        left = len(applicable(report.diagnostics, unsafe=config.unsafe_fixes))
        offered = [one for one in _without_fixes(report.diagnostics, refused) if one.fix is not None and one.fix.edits]
        unsafe = len(applicable(offered, unsafe=True)) - len(applicable(offered, unsafe=config.unsafe_fixes))
        more = f"; {left} left as {'it is' if left == 1 else 'they are'}" if left else ""
        more += f"; {unsafe} more with --unsafe-fixes" if unsafe else ""
        notify(f"splint: {what} {count} in {counted(len(changed), 'file')}{more}")
