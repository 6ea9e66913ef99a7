"""The group of commands, and the exit status of each exception."""

import os
import sys
from importlib import import_module

import click

from splint import __version__
from splint.cli.output import notify
from splint.cli.trusting import begin
from splint.reporting.wording import safe, suggestion

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


def _show_help(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        click.echo(context.get_help(), color=context.color)
        context.exit()


def _show_version(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        click.echo(f"splint {__version__}", color=context.color)
        context.exit()


# not click's own options, which look for translations at each start: 2 % of `check one.json`
HELP = click.Option(
    ["-h", "--help"],
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_help,
    help="Show this message and exit.",
)
VERSION = click.Option(
    ["--version"],
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)


class Command(click.Command):
    """A command with HELP."""

    def get_help_option(self, ctx: click.Context) -> click.Option:  # noqa: ARG002 - click's signature
        return HELP


class _Commands(Command, click.Group):
    """Imports each command on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"splint.cli.{cmd_name.replace('-', '_')}"), COMMANDS[cmd_name])
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of a call. Raises UsageError for one that there is not, with the one that is close."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"No such command {args[0]!r}{suggestion(args[0], COMMANDS) or '.'}")
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, params=[VERSION], context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Lint payloads of TikTok's Upgraded Smart+ Web Conversions API before any money moves."""
    begin()


def run() -> None:
    """Run the command line. Exits 0 to 5 as documented; 130 on Ctrl-C, quietly when a reader stops early."""
    try:
        status = cli.main(prog_name="splint", standalone_mode=False) or 0
    except click.ClickException as error:
        click.UsageError(safe(error.format_message()), getattr(error, "ctx", None)).show()
        status = 2
    except (click.Abort, KeyboardInterrupt):
        notify("splint: interrupted")
        status = 130
    except BrokenPipeError:
        if sys.stdout is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except Exception as error:
        from splint.rules.registry import PluginError  # only once something has failed
        from splint.settings.config import ConfigError

        if isinstance(error, ConfigError | PluginError):
            for mistake in error.args:
                notify(f"Error: {mistake}")
            sys.exit(2)
        if os.environ.get("SPLINT_TRACEBACK"):
            raise
        # the last resort: a line, never a traceback
        message = f"internal error: {type(error).__name__}: {error} (SPLINT_TRACEBACK=1 shows where)"
        notify(f"splint: {message}")
        status = 2
    sys.exit(status)
