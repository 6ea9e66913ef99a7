"""What `submit`, `resume`, `runs` and `rollback` have in common: options, and what people and programs are shown."""

import json
import os
import shlex
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any, NamedTuple, NoReturn
from urllib.parse import urlsplit

import click

from splint.cli import tell
from splint.cli.check import Words, options, settings_options
from splint.config import Config
from splint.report import Diagnostic
from splint.reporters.terminal import safe
from splint.submit import Draft, Manner, MisuseError, Patience, Plan, Record, RefusedError, SubmitError, Submitter
from splint.submit.access import VARIABLE, take_token
from splint.wording import amount

VERSION = 1
"""Of the JSON that these commands print."""


class Asked(NamedTuple):
    """What the common options say."""

    manner: Manner
    run_dir: str | None
    token_file: str | None
    as_json: bool
    again: tuple[str, ...] = ()
    """The options of this call that a resume has to be given too."""

    def submitter(self, config: Config, *, needs_token: bool = True) -> Submitter:
        """The desk that does it; the token leaves the environment at once."""
        token = take_token(self.token_file) if needs_token else None
        os.environ.pop(VARIABLE, None)
        return Submitter(token, manner=self.manner, run_dir=self.run_dir, config=config, tell=_progress)


def _progress(line: str) -> None:
    tell(f"splint: {line}")


def sending_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of all four commands, gathered as `asked`."""

    def gathered(
        *arguments: Any,
        base_url: str | None,
        sandbox: bool,
        run_dir: str | None,
        settle: float,
        rate: float,
        timeout: float,
        throttle_wait: float,
        proxy: str | None,
        token_file: str | None,
        output_format: str,
        **others: Any,
    ) -> Any:
        manner = Manner(base_url, sandbox, rate, timeout, proxy, Patience(settle, throttle_wait))
        asked = Asked(manner, run_dir, token_file, output_format == "json", _again(others))
        with _ends(asked):
            return command(*arguments, asked=asked, **others)

    gathered.__doc__, gathered.__name__ = command.__doc__, command.__name__
    gathered.__dict__.update(command.__dict__)
    positive = click.FloatRange(min=0, min_open=True)
    for option in (
        click.option(
            "--output-format", type=click.Choice(["text", "json"]), default="text", help="For people, or programs."
        ),
        click.option(
            "--token-file", type=click.Path(), metavar="FILE", help="Read the token here, not from the environment."
        ),
        click.option(
            "--proxy",
            callback=_proxy,
            metavar="URL",
            help="Send through this proxy, and no other.",
        ),
        click.option(
            "--throttle-wait",
            type=click.FloatRange(min=0),
            callback=_finite,
            default=300.0,
            metavar="SECONDS",
            help="Wait so long when throttled (300).",
        ),
        click.option(
            "--timeout",
            type=positive,
            callback=_finite,
            default=60.0,
            metavar="SECONDS",
            help="Wait so long for answers (60).",
        ),
        click.option(
            "--rate",
            type=positive,
            callback=_finite,
            default=2.0,
            metavar="PER_SECOND",
            help="Send at most so many requests a second (2).",
        ),
        click.option(
            "--settle",
            type=click.FloatRange(min=0),
            callback=_finite,
            default=20.0,
            metavar="SECONDS",
            help="Look so long for what may appear late (20).",
        ),
        click.option(
            "--run-dir",
            type=click.Path(),
            metavar="DIR",
            help="Where the journals are (default: the user's state directory).",
        ),
        click.option("--sandbox", is_flag=True, help="Send to TikTok's sandbox."),
        click.option("--base-url", metavar="ORIGIN", help="Send there: TikTok's hosts or a loopback address."),
    ):
        gathered = option(gathered)
    return gathered


def checking_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what a bundle is checked against and what of it is approved."""
    for option in (
        click.option("--expect-plan", metavar="SHA256", help="Send this plan, approved elsewhere, and no other."),
        click.option("--max-daily", metavar="AMOUNT", callback=_money, help="Send no plan that can spend more a day."),
        click.option(
            "--plugin",
            "plugins",
            multiple=True,
            type=click.Path(),
            metavar="MODULE|FILE.py",
            help="Load it; those of the settings stay out.",
        ),
        click.option(
            "--fact", "facts", multiple=True, metavar="NAME=VALUE", help="An account fact; a comma makes a list."
        ),
        click.option(
            "--profile", type=click.Choice(["guide", "reference"]), help="The guide's rules, or the API reference's."
        ),
        settings_options,
    ):
        command = option(command)
    return command


def _finite(_: click.Context, __: click.Parameter, value: float) -> float:
    if not isfinite(value):
        raise click.BadParameter(f"{value} is no number of seconds or requests")
    return value


def _proxy(_: click.Context, __: click.Parameter, url: str | None) -> str | None:
    try:
        parts = urlsplit(url or "http://none")
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            return url
    except ValueError:
        pass
    raise click.BadParameter(f"{url!r} is no URL of a proxy, such as http://127.0.0.1:3128")


def _money(_: click.Context, __: click.Parameter, text: str | None) -> Decimal | None:
    try:
        found = None if text is None else Decimal(text)
    except InvalidOperation as error:
        raise click.BadParameter(f"{text!r} is no amount") from error
    if found is not None and not found.is_finite():
        raise click.BadParameter(f"{text!r} is no amount")
    return found


def config_for(directory: str, settings: Words, isolated: bool, plugins: Words, **given: Any) -> Config:
    """The settings in force for a directory, with none of their plugins: those run beside the token."""
    from splint.settings import Resolver

    resolver = Resolver.asked(settings, isolated=isolated, **options(given))
    return resolver.config_at(directory)._replace(plugins=plugins)


def confirmed(question: str, asked: Asked, *, yes: bool) -> None:
    """Have a yes, of --yes or of whoever sits at the terminal. Raises MisuseError without either."""
    has_terminal = sys.stdin is not None and sys.stdin.isatty()
    if not has_terminal and not (yes and asked.run_dir is not None):
        raise MisuseError(
            "there is no terminal to ask at: give --yes, and a --run-dir that outlives this machine; nothing was sent"
        )
    if not yes and not click.confirm(question, err=True):
        raise RefusedError("you said no: nothing was sent")


# -- what is shown -----------------------------------------------------------------------------------------------------


def show_objects(asked: Asked, record: Record) -> None:
    """What a run made, for whoever decides about it."""
    for line in _objects(record):
        click.echo(safe(line), err=asked.as_json)


def show_plan(found: Draft, record: Record | None = None, *, err: bool = False) -> None:
    """A plan as a person approves it; of a run that stopped with what stands already."""
    plan = found.plan
    lines = [f"to {plan.origin} for advertiser {plan.advertiser_id}:", ""]
    for number, step in enumerate(plan.steps, start=1):
        indent = "  " * ("campaign", "adgroup", "ad").index(step.level)
        state = f" [{record.thing(step.path).state}]" if record is not None else ""
        lines.append(f"{number:>3} {indent}{step.level} {step.name!r}{state}")
        lines += [f"      {indent}{label}: {value}" for label, value in step.traits]
        holes = [f"{key} {value}" for key, value in step.body.items() if isinstance(value, str) and value[:2] == "${"]
        lines.append(f"      {indent}POST {step.endpoint}{' with ' if holes else ''}{', '.join(holes)}")
        lines += [f"      {indent}changed: {change}" for change in step.changes]
    lines += ["", f"It can spend {_spend(plan)}.", _ending(plan), f"plan sha256 {plan.sha256}"]
    for line in lines:
        click.echo(safe(line), err=err)
    for warning in found.warnings:
        tell(f"splint: warning, of the reference profile: {_found(warning)}")


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
    _print([*_objects(record), message, *([f"next: {next_command}"] if next_command else [])])


def command_line(asked: Asked, *words: str) -> str:
    """A command to call next, with the directory of journals where one was given."""
    place = ["--run-dir", asked.run_dir] if asked.run_dir is not None else []
    for option, value in (("--token-file", asked.token_file), ("--proxy", asked.manner.proxy)):
        place += [option, value] if value is not None else []
    return shlex.join(["splint", *words, *(asked.again if words[0] == "resume" else ()), *place])


def _again(given: dict[str, Any]) -> tuple[str, ...]:
    """The options that say what is checked and approved, as they were given."""
    words: list[str] = []
    for name, option in (("plugins", "--plugin"), ("facts", "--fact"), ("settings", "--config")):
        for value in given.get(name, ()):
            words += option, value
    words += ["--isolated"] if given.get("isolated") else []
    words += ["--max-daily", str(given["max_daily"])] if given.get("max_daily") is not None else []
    return tuple(words)


def _objects(record: Record) -> list[str]:
    return [f"{thing.state:<9} {thing.id or '-':<20} {thing.path}" for thing in record.things.values()]


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


def _print(lines: list[str]) -> None:
    for line in lines:
        click.echo(safe(line))


def _print_json(value: dict[str, Any]) -> None:
    click.echo(json.dumps(value, indent=2))  # in ASCII: nothing that a server says steers a terminal


@contextmanager
def _ends(asked: Asked) -> Iterator[None]:
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
    else:
        for line in _objects(record) if record is not None else ():
            tell(line)
    where = f" (run {record.run})" if record is not None else ""
    tell(f"splint: {error}{where}")
    for line in error.details:
        tell(f"  {line}")
    if following:
        tell(f"next: {following}")
    click.get_current_context().exit(error.status)


def directory_of(path: str) -> str:
    """The absolute directory of a file."""
    return os.path.dirname(os.path.abspath(path))
