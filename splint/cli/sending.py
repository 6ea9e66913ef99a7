"""The options that `submit`, `resume`, `runs` and `rollback` share, and the confirmation before they send."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from math import isfinite
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from click.core import ParameterSource

from splint.cli.checking import Words
from splint.cli.checking import options as config_fields
from splint.cli.options import facts_option, plugins_option, profile_option, settings_options
from splint.cli.shown import SubmitOptions, ends, in_full
from splint.files import from_here
from splint.reporting.masking import without_userinfo
from splint.rules.hooks import PluginError
from splint.settings.config import Config, ConfigError
from splint.submit import (
    Limits,
    MisuseError,
    RefusedError,
    RetryPolicy,
    SubmitError,
    Submitter,
    TransportOptions,
)
from splint.submit.access import NO_TOKEN, default_directory
from splint.submit.directories import located
from splint.submit.drift import FIELDS
from splint.submit.journal import SUFFIX
from splint.submit.stopping import with_doubts

A_DAY = 86400.0
"""The most seconds that an option takes: clocks overflow far above it, in the middle of a run."""
SLOWEST = 0.001
"""The fewest requests per second."""


def sending_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of all four commands, passed to the command as `options`, a SubmitOptions."""

    def with_options(
        *arguments: Any,
        base_url: str | None,
        sandbox: bool,
        run_dir: str | None,
        settle: float,
        rate: float,
        timeout: float,
        throttle_wait: float,
        proxy: str | None,
        ca_file: str | None,
        token_file: str | None,
        output_format: str,
        **others: Any,
    ) -> Any:
        transport = TransportOptions(
            base_url, sandbox, rate, timeout, proxy, ca_file, RetryPolicy(settle, throttle_wait)
        )
        options = SubmitOptions(
            transport, run_dir, token_file, output_format == "json", _resume_arguments(others), _timing_arguments()
        )
        with ends(options):
            return command(*arguments, options=options, **others)

    with_options.__doc__, with_options.__name__ = command.__doc__, command.__name__
    with_options.__dict__.update(command.__dict__)
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
            "--ca-file",
            type=click.Path(),
            metavar="FILE",
            help="Verify TLS against these certificates (PEM), not the system's; no variable names any.",
        ),
        click.option(
            "--throttle-wait",
            type=click.FloatRange(min=0, max=A_DAY),
            callback=_finite,
            default=300.0,
            metavar="SECONDS",
            help="Wait so long when throttled (300).",
        ),
        click.option(
            "--timeout",
            type=click.FloatRange(min=0, min_open=True, max=A_DAY),
            callback=_finite,
            default=60.0,
            metavar="SECONDS",
            help="Bound each exchange: connecting, headers and body (60).",
        ),
        click.option(
            "--rate",
            type=click.FloatRange(min=SLOWEST),
            callback=_finite,
            default=2.0,
            metavar="PER_SECOND",
            help="Send at most so many requests a second (2).",
        ),
        click.option(
            "--settle",
            type=click.FloatRange(min=0, max=A_DAY),
            callback=_finite,
            default=20.0,
            metavar="SECONDS",
            help="Look so long for what may appear late (20).",
        ),
        click.option(
            "--run-dir",
            type=click.Path(readable=False),  # what cannot be read is told with what a rollback did not do
            metavar="DIR",
            help="Where the journals are (default: the user's state directory).",
        ),
        click.option("--sandbox", is_flag=True, help="Send to TikTok's sandbox."),
        click.option("--base-url", metavar="ORIGIN", help="Send there: TikTok's hosts or a loopback address."),
    ):
        with_options = option(with_options)
    return with_options


def checking_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options on the checks and limits of a bundle."""
    for option in (
        click.option("--expect-plan", metavar="SHA256", help="Send this plan, approved elsewhere, and no other."),
        click.option(
            "--max-daily",
            metavar="AMOUNT",
            callback=_money,
            help="Send no plan that can spend more a day: 2000USD, or 2000 in the advertiser's currency "
            "(where that cannot be read, in that of --fact currency=ISO alone).",
        ),
        click.option(
            "--accept-drift",
            multiple=True,
            metavar="FIELD",
            help="Enable though what stands differs from the plan in this field.",
        ),
        plugins_option("Load it; those of the settings stay out."),
        facts_option,
        profile_option(),
        settings_options,
    ):
        command = option(command)
    return command


def _timing_arguments() -> tuple[str, ...]:
    """The options of this call on time and rate, as arguments."""
    context = click.get_current_context()
    words: list[str] = []
    for name in ("rate", "settle", "timeout", "throttle_wait"):
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            words += f"--{name.replace('_', '-')}", f"{context.params[name]:g}"
    return tuple(words)


def _resume_arguments(parameters: dict[str, Any]) -> tuple[str, ...]:
    """The options of this call on checks and limits, as arguments; files have their full paths."""
    words: list[str] = []
    for name, option in (("plugins", "--plugin"), ("facts", "--fact"), ("settings", "--config")):
        for value in parameters.get(name, ()):
            is_file = name != "facts" and os.path.isfile(value) and (name != "plugins" or value.endswith(".py"))
            words += option, in_full(value) if is_file else value
    words += ["--isolated"] if parameters.get("isolated") else []
    words += ["--max-daily", parameters["max_daily"]] if parameters.get("max_daily") is not None else []
    return tuple(words)


def _finite(_: click.Context, __: click.Parameter, value: float) -> float:
    if not isfinite(value):
        raise click.BadParameter(f"{value} is no number of seconds or requests")
    return value


def _proxy(_: click.Context, __: click.Parameter, url: str | None) -> str | None:
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            return url
    except ValueError:
        pass
    shown = without_userinfo(url)
    raise click.BadParameter(f"{shown!r} is no URL of a proxy, such as http://127.0.0.1:3128")


def _money(_: click.Context, __: click.Parameter, text: str | None) -> str | None:
    try:
        Limits.of_text(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    return text


@contextmanager
def beginning(options: SubmitOptions, run: str | None = None) -> Iterator[None]:
    """Have what ends a command before its run is read say first that ENABLE was sent, where that is not confirmed.

    By the run of the name, or by any of the directory.
    """
    named = run and run.removesuffix(SUFFIX)
    try:
        yield
    except (SubmitError, ConfigError, PluginError, click.UsageError) as error:
        why = error.format_message() if isinstance(error, click.UsageError) else str(error)
        told = error if isinstance(error, SubmitError) else MisuseError(why)
        with suppress(MisuseError):  # nothing is the directory
            directory = located(Path(options.run_dir)) if options.run_dir else default_directory()
            told = with_doubts(told, directory, lambda record: named in (None, record.run))
        if str(told) == why:
            raise
        raise told from error


def compared_fields(names: Words) -> Words:
    """The compared fields of these names: their paths or the last parts of these. Raises BadParameter for others."""
    fields = tuple(field for field in FIELDS for name in names if name in (field, field.rpartition("/")[2]))
    unknown = [name for name in names if not any(name in (field, field.rpartition("/")[2]) for field in FIELDS)]
    if unknown:
        why = f"{', '.join(unknown)} is not compared; these are: {', '.join(FIELDS)}"
        raise click.BadParameter(why, click.get_current_context(), param_hint="'--accept-drift'")
    return fields


def config_for(directory: str, settings: Words, isolated: bool, plugins: Words, **overrides: Any) -> Config:
    """The settings in force for a directory, with `plugins` in place of theirs: plugins run in the token's process."""
    from splint.settings.resolver import Resolver  # `runs` and `rollback` read no settings

    resolver = Resolver.from_options(settings, isolated=isolated, **config_fields(overrides))
    return resolver.config_at(directory)._replace(plugins=plugins)


def confirmed(question: str, submitter: Submitter, options: SubmitOptions, *, yes: bool, enable: bool = False) -> None:
    """Require a token, and --yes or a confirmation at the terminal. Raises RefusedError on no.

    The question, which has no question mark yet, says that the campaign is to be enabled (`enable`).

    Raises MisuseError without a terminal or a token; it tells both.
    """
    has_terminal = sys.stdin is not None and sys.stdin.isatty()
    wanting = [] if yes else ["--yes"]
    wanting += [] if options.run_dir is not None else ["a --run-dir that outlives this machine"]
    wanting = [f"there is no terminal to ask at: give {', and '.join(wanting)}"] if wanting and not has_terminal else []
    wanting += [] if submitter.has_token else [NO_TOKEN]
    if wanting:
        raise MisuseError(f"{'; '.join(wanting)}; nothing was sent")
    try:
        enabling = ", and one more that ENABLEs the campaign, which starts to spend" if enable else ""
        is_wanted = yes or click.confirm(f"{question}{enabling}?", err=True)
    except click.Abort as abort:
        if not isinstance(abort.__context__, EOFError):
            raise KeyboardInterrupt from abort
        is_wanted = False  # Ctrl-D: nobody said yes
    except OSError as error:
        raise RefusedError(f"nobody can be asked ({error.strerror or error}): nothing was sent") from error
    if not is_wanted:
        raise RefusedError("you said no: nothing was sent")


def directory_of(path: str) -> str:
    """The absolute directory of a file."""
    return os.path.dirname(os.path.abspath(from_here(path)))
