"""The group of commands, and the exit status of each exception."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from errno import ENOSPC
from functools import wraps
from importlib import import_module
from itertools import pairwise
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError

from splint import __version__
from splint.cli.output import drop, notify, tell, unheard
from splint.cli.streams import plugins_apart
from splint.cli.trusting import begin, vouched
from splint.reporting.exit_statuses import ERROR, INTERRUPTED, SUCCESS, UNANSWERED

COMMANDS = {
    "check": "check",
    "rules": "rules",
    "config": "config_command",
    "schema": "schema_command",
    "explain": "explain",
    "init": "init",
    "mcp": "mcp",
    "submit": "submit",
    "resume": "resume",
    "runs": "runs",
    "rollback": "rollback",
    "serve-stdio": "serve_stdio",
    "server": "server",
}
"""The commands, each in the module of its name, with the names of their functions."""

SENDING = ("submit", "resume", "runs", "rollback")
"""The commands that end with one form of JSON object, whatever ends them."""
REASONS = ("again", "change_limit")
"""Parameters of which the commands that send say themselves that they are empty, and that nothing was sent."""


class _Commands(click.Group):
    """Imports each command on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"splint.cli.{cmd_name.replace('-', '_')}"), COMMANDS[cmd_name])
        command = copy(command)
        assert command.callback is not None
        begun = command.callback if cmd_name == "check" else vouched(command.callback)  # its options set the trust
        command.callback = _without_empty(plugins_apart()(begun))
        return command

    def make_context(self, *arguments: Any, **extra: Any) -> click.Context:
        """The context of a call; a version or help that nobody reads is no failure, which click takes it for."""
        with _unread():
            return super().make_context(*arguments, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command of a call; so is the help of a command."""
        with _unread():
            return super().invoke(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of a call. Raises UsageError for one that there is not, with the one that is close."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from splint.schema.nearest import suggestion  # few words are misspelt

            ctx.fail(f"No such command {args[0]!r}{suggestion(args[0], COMMANDS) or '.'}")
        return super().resolve_command(ctx, args)


@contextmanager
def _unread() -> Iterator[None]:
    """End with status 0 where nobody reads what click prints; what commands print is written by `splint.cli.output`."""
    try:
        yield
    except BrokenPipeError:
        _give_up_unwritten()
        raise click.exceptions.Exit(0) from None


def _without_empty(command: Callable[..., Any]) -> Callable[..., Any]:
    """A command that begins by refusing empty texts: mostly variables that are not set."""

    @wraps(command)
    def begun(*arguments: Any, **options: Any) -> Any:
        context = click.get_current_context()
        for parameter in context.command.params:
            given = context.params.get(str(parameter.name))
            is_empty = given == "" or (isinstance(given, tuple) and "" in given)
            if is_empty and parameter.name not in REASONS:
                raise click.UsageError(_is_empty(parameter, context), context)
        try:
            return command(*arguments, **options)
        except BrokenPipeError:  # a server's client is gone, or nobody reads what a run still finds
            _give_up_unwritten()
            return context.exit(UNANSWERED)

    return begun


def _is_empty(parameter: click.Parameter, context: click.Context) -> str:
    """What is said of an option or an argument that is an empty text."""
    if isinstance(parameter, click.Option):
        or_none = "" if parameter.required else "leave it out, or "
        return f"{max(parameter.opts, key=len)} is empty: {or_none}give it a value"
    here = ", or write . for this directory" if parameter.name in ("paths", "path") else ""
    name = "path" if isinstance(parameter.type, click.Path) else parameter.make_metavar(context).strip("[].")
    return f"an empty text is no {name}" + ("" if parameter.required else f": leave it out{here}")


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="splint", message="%(prog)s %(version)s")
def cli() -> None:
    """Lint payloads of TikTok's Upgraded Smart+ Web Conversions API before any money moves."""
    begin()


def run() -> None:
    """Run the command line. Exits 0 to 5 as documented; 130 on Ctrl-C, quietly when a reader stops early."""
    try:
        status = cli.main(prog_name="splint", standalone_mode=False) or SUCCESS
    except NoArgsIsHelpError as error:
        tell(f"{error.format_message()}\n")
        status = ERROR
    except click.ClickException as error:
        from splint.reporting.masking import public  # only once something has failed

        message = public(error.format_message())
        with unheard():
            click.UsageError(message, getattr(error, "ctx", None)).show()
        _show_as_json(message)
        _give_up_unwritten()
        status = ERROR
    except (click.Abort, KeyboardInterrupt):
        import signal  # only once interrupted

        signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))  # a second one, where standard error is not read
        notify("splint: interrupted")
        status = INTERRUPTED
    except Exception as error:
        from splint.rules.hooks import PluginError  # only once something has failed
        from splint.settings.config import ConfigError

        if isinstance(error, ConfigError | PluginError):
            for mistake in error.args:
                notify(f"Error: {mistake}")
            _show_as_json("; ".join(map(str, error.args)))
            sys.exit(ERROR)
        if os.environ.get("SPLINT_TRACEBACK"):
            raise
        _give_up_unwritten()
        if isinstance(error, FileNotFoundError) and _is_nowhere():
            notify("Error: the working directory does not exist any more: cd to one that does")
            sys.exit(ERROR)
        if isinstance(error, OSError) and error.errno == ENOSPC and error.filename is None:
            # click writes help and version itself
            notify(f"Error: standard output: cannot be written: {error.strerror}")
            sys.exit(ERROR)
        # the last resort: a line, never a traceback
        message = f"internal error: {type(error).__name__}: {error} (SPLINT_TRACEBACK=1 shows where)"
        notify(f"splint: {message}")
        status = ERROR
    sys.exit(status)


def _show_as_json(message: str) -> None:
    """Print the end of a command that sends, which its words or its settings kept from beginning, if it is in JSON."""
    words = sys.argv[1:]
    is_json = "--output-format=json" in words or ("--output-format", "json") in pairwise(words)
    if is_json and words[0] in SENDING:
        from splint.cli.shown import show_misuse  # only once something has failed

        show_misuse(message)


def _is_nowhere() -> bool:
    """Whether the working directory has been deleted."""
    try:
        os.getcwd()
    except FileNotFoundError:
        return True
    return False


def _give_up_unwritten() -> None:
    """Drop what cannot be written to standard output: the end of the process would try again."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        drop(sys.stdout)
