"""What the commands that send show people and programs: plans, objects, ends, and the command to call next."""

import json
import os
import shlex
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, NoReturn

import click

from splint.reporting.masking import without_userinfo
from splint.reporting.report import Diagnostic
from splint.reporting.reporters.terminal import safe
from splint.reporting.wording import amount
from splint.settings.config import Config
from splint.submit import Draft, Plan, Record, SubmitError, Submitter, TransportOptions
from splint.submit.access import VARIABLE, take_token

VERSION = 1
"""Of the JSON that these commands print."""


class Asked(NamedTuple):
    """What the common options say."""

    transport: TransportOptions
    run_dir: str | None
    token_file: str | None
    as_json: bool
    again: tuple[str, ...] = ()
    """The options of this call that a resume has to be given too."""
    pace: tuple[str, ...] = ()
    """The options of this call on time and rate, for whichever command comes next."""

    def submitter(self, config: Config, *, needs_token: bool = True) -> Submitter:
        """The desk that does it; the token leaves the environment at once."""
        token = take_token(self.token_file) if needs_token else None
        os.environ.pop(VARIABLE, None)
        return Submitter(token, transport=self.transport, run_dir=self.run_dir, config=config, tell=_progress)


def _progress(line: str) -> None:
    say([f"splint: {line}"], err=True)


def say(lines: Iterable[str], *, err: bool = False) -> None:
    """Print lines: on the other stream where this one fails, and nowhere if need be. Output never changes a run."""
    text = "".join(f"{safe(line)}\n" for line in lines)
    for name in ("stderr", "stdout") if err else ("stdout", "stderr"):
        if getattr(sys, name) is None:
            continue
        try:
            click.echo(text, nl=False, err=name == "stderr")
        except (OSError, ValueError):  # closed, full, or nobody reads it
            setattr(sys, name, None)  # what it holds back is not tried again at the end
        else:
            return


def show_objects(asked: Asked, record: Record) -> None:
    """What a run made, for whoever decides about it."""
    say(_objects(record), err=asked.as_json)


def show_plan(found: Draft, record: Record | None = None, *, err: bool = False) -> None:
    """A plan as a person approves it; of a run that stopped with what stands already."""
    plan = found.plan
    lines = [f"to {plan.origin} for advertiser {plan.advertiser_id}:", ""]
    for number, step in enumerate(plan.steps, start=1):
        indent = "  " * ("campaign", "adgroup", "ad").index(step.level)
        state = f" [{record.resource(step.path).state}]" if record is not None else ""
        lines.append(f"{number:>3} {indent}{step.level} {step.name!r}{state}")
        lines += [f"      {indent}{label}: {value}" for label, value in step.traits]
        expansions = [
            f"{key} {value}" for key, value in step.body.items() if isinstance(value, str) and value[:2] == "${"
        ]
        lines.append(f"      {indent}POST {step.endpoint}{' with ' if expansions else ''}{', '.join(expansions)}")
        lines += [f"      {indent}changed: {change}" for change in step.changes]
    lines += ["", f"It can spend {_spend(plan)}.", _ending(plan), f"plan sha256 {plan.sha256}"]
    say(lines, err=err)
    say((f"splint: warning, of the reference profile: {_found(one)}" for one in found.warnings), err=True)


def _spend(plan: Plan) -> str:
    currency = f" {plan.currency}" if plan.currency else ""
    daily, total = plan.spend
    a_day = f"at most {amount(daily)}{currency} a day" if daily is not None else "more a day than any budget bounds"
    return f"{a_day}, {amount(total)}{currency} in all" if total is not None else f"{a_day}; nothing bounds the total"


def _ending(plan: Plan) -> str:
    if plan.is_paused:
        return "The campaign stays paused: the bundle says DISABLE."
    if plan.enable:
        return "When all of it stands and is read back, the campaign is ENABLEd."
    return "The campaign stays paused until --enable is given."


def _found(found: Diagnostic) -> str:
    return f"{found.code} {found.pointer or '/'}: {found.message}"


def show_end(asked: Asked, record: Record, found: Draft | None, message: str, next_command: str = "") -> None:
    """How a run ended well."""
    if asked.as_json:
        _print_json(_ended(0, message, record, next_command, found))
        return
    say([*_objects(record), message, *([f"next: {next_command}"] if next_command else [])])


def command_line(asked: Asked, *words: str) -> str:
    """A command to call next, with the options that are the same for it; a proxy's password is not shown."""
    place: list[str] = []
    for option, value in (
        ("--run-dir", asked.run_dir),
        ("--token-file", asked.token_file),
        ("--ca-file", asked.transport.ca_file),
        ("--proxy", asked.transport.proxy and without_userinfo(asked.transport.proxy)),
    ):
        place += [option, value] if value is not None else []
    return shlex.join(["splint", *words, *(asked.again if words[0] == "resume" else ()), *place, *asked.pace])


def _objects(record: Record) -> list[str]:
    return [f"{resource.state:<9} {resource.id or '-':<20} {resource.path}" for resource in record.resources.values()]


def _ended(
    status: int,
    message: str,
    record: Record | None = None,
    next_command: str = "",
    found: Draft | None = None,
    details: tuple[str, ...] = (),
) -> dict[str, Any]:
    return {
        "version": VERSION,
        "status": status,
        "message": message,
        "details": list(details),
        "next": next_command or None,
        "run": record.model_dump() if record is not None else None,
        "plan": found.plan.model_dump() if found is not None else None,
    }


def print_draft(found: Draft) -> None:
    """A plan for programs."""
    warnings = [warning.model_dump() for warning in found.warnings]
    _print_json({"version": VERSION, "status": 0, "plan": found.plan.model_dump(), "warnings": warnings})


def _print_json(value: dict[str, Any]) -> None:
    say(json.dumps(value, indent=2).splitlines())  # in ASCII: nothing that a server says steers a terminal


@contextmanager
def ends(asked: Asked) -> Iterator[None]:
    """Turn whatever stops a submission into its exit status, the reason and the next command."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except SubmitError as error:
        _end(asked, error)


def _end(asked: Asked, error: SubmitError) -> NoReturn:
    record = error.record
    words = error.next_words or (record.next_words if record is not None else ())
    following = command_line(asked, *words) if words else ""
    if asked.as_json:
        _print_json(_ended(error.status, str(error), record, following, details=error.details))
    lines = [] if asked.as_json or record is None else _objects(record)
    lines.append(f"splint: {error}" + (f" (run {record.run})" if record is not None else ""))
    lines += (f"  {line}" for line in error.details)
    lines += [f"next: {following}"] if following else []
    say(lines, err=True)
    click.get_current_context().exit(error.status)
