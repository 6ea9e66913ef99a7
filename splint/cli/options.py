"""Options that several commands take."""

from collections.abc import Callable
from typing import Any

import click

from splint.cli.checking import Words
from splint.rules.registry import PROFILES

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def comma_separated(_: click.Context, __: click.Parameter, values: Words) -> Words:
    """The words of a repeatable option whose values may be comma-separated; a value without one is an empty word."""
    return tuple(word for value in values for word in [*filter(None, map(str.strip, value.split(",")))] or [""])


def completing(name: str) -> Callable[[click.Context, click.Parameter, str], list[Any]]:
    """What completes a value in a shell, by its name in splint.cli.completion, which no other start imports."""

    def complete(_: click.Context, __: click.Parameter, begun: str) -> list[Any]:
        from splint.cli import completion  # only a shell completes

        items: list[Any] = getattr(completion, name)(begun)
        return items

    return complete


def rules_option(name: str, help: str) -> Decorator:
    """An option that takes rules."""
    return click.option(
        name,
        multiple=True,
        callback=comma_separated,
        shell_complete=completing("rule_words"),
        metavar="RULES",
        help=help,
    )


def profile_option(help: str = "The guide's rules, or the API reference's.") -> Decorator:
    """The option `profile`."""
    return click.option("--profile", type=click.Choice(list(PROFILES)), help=help)


def facts_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option `facts`."""
    option = click.option(
        "--fact",
        "facts",
        multiple=True,
        shell_complete=completing("facts"),
        metavar="NAME=VALUE",
        help="An account fact; a comma makes a list.",
    )
    return option(command)


def plugins_option(help: str) -> Decorator:
    """The option `plugins`."""
    return click.option("--plugin", "plugins", multiple=True, type=click.Path(), metavar="MODULE|FILE.py", help=help)


def form_option(*forms: str) -> Decorator:
    """The option `form`, for a command that writes one of a few formats: text, unless another one is asked for."""
    return click.option(
        "--output-format",
        "form",
        type=click.Choice(["text", *forms]),
        default="text",
        show_default=True,
        help="How to write it.",
    )


def settings_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that select the settings: `settings` and `isolated`."""
    file = click.option(
        "--config",
        "settings",
        multiple=True,
        type=click.Path(),
        metavar="FILE|KEY=VALUE",
        help="Use this settings file, or this one setting; may be repeated.",
    )
    return file(click.option("--isolated", is_flag=True, help="Read no settings file.")(command))
