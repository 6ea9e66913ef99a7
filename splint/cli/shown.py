"""The output of the submission commands, as text and JSON: plans, objects, results, and the command to call next."""

import json
import os
import shlex
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import click

from splint.cli.interrupts import of_runs
from splint.cli.streams import give_up, standard
from splint.files import from_here
from splint.reporting.exit_statuses import ERROR, INTERRUPTED, SUCCESS
from splint.reporting.masking import Secrets, masked, without_userinfo
from splint.reporting.report import Diagnostic
from splint.reporting.wording import amount, at, safe, without_commands
from splint.settings.config import Config
from splint.submit import Draft, Plan, Record, StoppedError, SubmitError, Submitter, TransportOptions
from splint.submit.access import VARIABLE, is_open_already, take_token
from splint.submit.stopping import ending

VERSION = 1
"""The version of the JSON that these commands print."""
_INTERRUPTED = "interrupted; nothing was sent"


class SubmitOptions(NamedTuple):
    """The options that all submission commands share."""

    transport: TransportOptions
    run_dir: str | None
    token_file: str | None
    as_json: bool
    resume_arguments: tuple[str, ...] = ()
    """The arguments of this call that a resume has to repeat."""
    timing_arguments: tuple[str, ...] = ()
    """The arguments of this call on time and rate, which every next command repeats."""

    def submitter(self, config: Config, *, needs_token: bool = True) -> Submitter:
        """The submitter for these options, kept for `ends`. The token is removed from the environment."""
        token = take_token(self.token_file) if needs_token else None
        os.environ.pop(VARIABLE, None)
        submitter = Submitter(
            token, transport=self.transport, run_dir=self.run_dir, config=config, progress=self._print_progress
        )
        click.get_current_context().obj = submitter
        return submitter

    def _print_progress(self, line: str) -> None:
        print_lines([f"splint: {masked(line)}"], err=True)


def print_lines(lines: Iterable[str], *, err: bool = False) -> None:
    """Print lines; if the stream fails, on the other one, and else not at all. A failure never changes a run."""
    text = without_commands("".join(f"{safe(line)}\n" for line in lines)).encode("utf-8", "backslashreplace")
    for name in ("stderr", "stdout") if err else ("stdout", "stderr"):
        stream = sys.stderr if name == "stderr" else standard()
        if stream is None:
            continue
        try:
            with of_runs.writing(stream):
                click.echo(text, file=stream, nl=False)
        except (OSError, ValueError):  # closed, full, or a pipe without a reader
            if name == "stdout":
                give_up()
            else:
                sys.stderr = None
        else:
            return


def show_objects(options: SubmitOptions, record: Record) -> None:
    """Print the objects of a run."""
    print_lines(_objects(record), err=options.as_json)


def show_plan(draft: Draft, record: Record | None = None, *, err: bool = False) -> None:
    """Print a plan for approval, and the warnings on it; with `record` also the state of each object."""
    plan, secrets = draft.plan, _secrets(draft.plan)
    lines = [f"to {plan.origin} for advertiser {plan.advertiser_id}:", ""]
    for number, step in enumerate(plan.steps, start=1):
        indent = "  " * ("campaign", "adgroup", "ad").index(step.level)
        state = f" [{record.resource(step.path).state}]" if record is not None else ""
        lines.append(f"{number:>3} {indent}{step.level} {masked(step.name, secrets)!r}{state}")
        lines += [f"      {indent}{trait.label}: {masked(trait.text, secrets)}" for trait in step.traits]
        expansions = [
            f"{key} {value}" for key, value in step.body.items() if isinstance(value, str) and value[:2] == "${"
        ]
        lines.append(f"      {indent}POST {step.endpoint}{' with ' if expansions else ''}{', '.join(expansions)}")
        lines += [f"      {indent}changed: {masked(change, secrets)}" for change in step.changes]
    accepted = [] if record is None else [f"accepted: {masked(str(one), secrets)}" for one in record.allowed.accepted]
    lines += ["", *accepted, f"It can spend {_spend(plan)}.", _ending(plan), f"plan sha256 {plan.sha256}"]
    print_lines(lines, err=err)
    print_lines(
        (f"splint: warning, of the reference profile: {_finding_line(finding)}" for finding in draft.warnings), err=True
    )


def _spend(plan: Plan) -> str:
    currency = f" {plan.currency}" if plan.currency else ""
    a_day, total = plan.spend.a_day(plan.currency), plan.spend.total
    return f"{a_day}, {amount(total)}{currency} in all" if total is not None else f"{a_day}; nothing bounds the total"


def _ending(plan: Plan) -> str:
    if plan.is_paused:
        return "The campaign stays paused: the bundle says DISABLE."
    if plan.enable:
        return "When all of it stands and is read back, the campaign is ENABLEd."
    return "The campaign stays paused until --enable is given."


def _finding_line(finding: Diagnostic) -> str:
    return f"{finding.code} {at(finding.pointer)}: {finding.message}"


def show_end(options: SubmitOptions, record: Record, draft: Draft | None = None) -> None:
    """Print the result of a run that reached its end."""
    with of_runs.reporting_end():
        message, words = ending(record)
        next_command = command_line(options, *words) if words else ""
        if options.as_json:
            shown = draft and draft.as_accepted(record)
            _print_json(_ended(SUCCESS, message, record, next_command, shown, notes=_notes()))
        else:
            print_lines([*_objects(record), message, *([f"next: {next_command}"] if next_command else [])])


def command_line(options: SubmitOptions, *words: str) -> str:
    """The next command with the options that it shares with this one; a proxy's password is left out.

    FILE stands for a file that this call read from a pipe or standard input.
    """
    arguments: list[str] = []
    for option, value in (
        ("--run-dir", options.run_dir and str(Path(options.run_dir).resolve())),
        ("--token-file", _kept(options.token_file)),
        ("--ca-file", _kept(options.transport.ca_file)),
        ("--proxy", options.transport.proxy and without_userinfo(options.transport.proxy)),
    ):
        arguments += [option, value] if value is not None else []
    return shlex.join(
        [
            "splint",
            *words,
            *(options.resume_arguments if words[0] == "resume" else ()),
            *arguments,
            *options.timing_arguments,
        ]
    )


def _kept(path: str | None) -> str | None:
    """The full path of a file for a later command to read; FILE for one that only this process can."""
    return path and ("FILE" if is_open_already(path) else in_full(path))


def in_full(path: str) -> str:
    """A path that a later command finds from any directory."""
    return os.path.abspath(from_here(path))


def _objects(record: Record) -> list[str]:
    told = {record.campaign: record.enabled_told}
    return [f"{one.shown:<9} {one.id or '-':<20} {one.path}{one.doubts}{told.get(one, '')}" for one in record.listed]


def show_misuse(message: str) -> None:
    """Print as JSON that the words of a call, or its settings, kept it from beginning."""
    _print_json(_ended(ERROR, masked(message)))


def _ended(
    status: int,
    message: str,
    record: Record | None = None,
    next_command: str = "",
    draft: Draft | None = None,
    details: Iterable[str] = (),
    notes: Iterable[str] = (),
) -> dict[str, Any]:
    return {
        "version": VERSION,
        "status": status,
        "message": message,
        "details": [masked(line) for line in details],
        "notes": [masked(line) for line in notes],
        "next": next_command or None,
        "run": run_shown(record) if record is not None else None,
        "plan": _plan(draft.plan) if draft is not None else None,
    }


def _notes() -> list[str]:
    """What the command of the current context noted."""
    submitter: Submitter | None = click.get_current_context().obj
    return submitter.notes if submitter is not None else []


def run_shown(record: Record) -> Any:
    """A run as JSON values, the credentials in its texts masked."""
    from splint.reporting.credentials import without_credentials  # only a run shows what a bundle holds

    return without_credentials(record.model_dump(), Secrets())


def _plan(plan: Plan) -> Any:
    """The plan as JSON values, the credentials in its texts masked; what is sent is not, nor what `sha256` covers."""
    from splint.reporting.credentials import without_credentials  # only a plan shows what a bundle holds

    secrets = _secrets(plan)
    requests = [
        {**step.model_dump(), **without_credentials({"name": step.name, "body": step.body}, secrets)}
        | {"changes": [masked(change, secrets) for change in step.changes]}
        for step in plan.steps
    ]
    return {**plan.model_dump(), "requests": requests}


def _secrets(plan: Plan) -> Secrets:
    """The credentials in what a plan sends, without those that it shows as a budget, a destination or the like.

    Else a bundle could hide these by a second place, in which they are called a password.
    """
    from splint.reporting.credentials import credentials  # only a plan shows what a bundle holds

    shown = [masked(trait.text) for step in plan.steps for trait in step.traits]
    found = credentials([step.body for step in plan.steps])
    return Secrets(secret for secret in found if not any(secret in text for text in shown))


def print_draft(draft: Draft) -> None:
    """Print a plan as JSON."""
    warnings = [warning.model_dump() for warning in draft.warnings]
    _print_json({"version": VERSION, "status": SUCCESS, "plan": _plan(draft.plan), "warnings": warnings})


def _print_json(value: dict[str, Any]) -> None:
    print_lines(json.dumps(value, indent=2).splitlines())  # in ASCII: no text of a server controls a terminal


@contextmanager
def ends(options: SubmitOptions) -> Iterator[None]:
    """Turn a SubmitError or an interrupt into the exit status, and print the reason and the next command."""
    try:
        of_runs.install()
        try:
            yield
        except (SubmitError, KeyboardInterrupt, click.Abort) as error:
            _end(options, error)
    except KeyboardInterrupt as error:  # the first one came before the end was told; no other is raised meanwhile
        _end(options, error)


def _end(options: SubmitOptions, error: BaseException) -> NoReturn:
    with of_runs.reporting_end():
        status = _show_stop(options, error)
    click.get_current_context().exit(status)


def _show_stop(options: SubmitOptions, caught: BaseException) -> int:
    """Print why a command stopped. Returns its exit status."""
    error = caught if isinstance(caught, SubmitError) else _of_run(caught)
    if error is None:
        submitter = click.get_current_context().obj
        record = submitter.record if submitter is not None else None
        if record is None:
            if options.as_json:
                _print_json(_ended(INTERRUPTED, _INTERRUPTED))
            print_lines([f"splint: {_INTERRUPTED}"], err=True)
            return INTERRUPTED
        if record.is_finished:  # before the interrupt
            show_end(options, record)
            return SUCCESS
        error = StoppedError("interrupted")
        error.record = record
    record = error.record
    words = error.next_words or (record.next_words if record is not None else ())
    following = command_line(options, *words) if words else ""
    lines = [] if options.as_json or record is None else _objects(record)
    lines.append(f"splint: {error}" + (f" (run {record.run})" if record is not None else ""))
    lines += (f"  {masked(line)}" for line in error.details)
    lines += [f"next: {following}"] if following else []
    if options.as_json:
        _print_json(_ended(error.status, str(error), record, following, details=error.details, notes=_notes()))
    print_lines(lines, err=True)
    return error.status


def _of_run(interrupt: BaseException) -> SubmitError | None:
    """The error of a run that an interrupt came after."""
    before = interrupt.__context__
    while before is not None and not (isinstance(before, SubmitError) and before.record is not None):
        before = before.__context__
    return before
