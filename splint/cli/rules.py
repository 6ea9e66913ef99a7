"""`splint rules`."""

import click

from splint import pages
from splint.config import Config, ConfigError, selected_rules
from splint.registry import PluginError
from splint.wording import suggestion


@click.command()
@click.argument("code", required=False)
@click.option("--plugin", "plugins", multiple=True, metavar="MODULE|FILE.py", help="Show the rules of a plugin too.")
@click.option(
    "--output-format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How to write it.",
)
def rules(code: str | None, plugins: tuple[str, ...], form: str) -> None:
    """Show the catalogue of rules, or the page of one (by its CODE or name)."""
    try:
        _, chosen = selected_rules(Config(plugins=plugins))
    except (ConfigError, PluginError) as error:
        raise click.UsageError(str(error)) from error
    if code is not None:
        words = {word for found in chosen for word in (found.rule.code, found.rule.name)}
        chosen = [found for found in chosen if code.lower() in (found.rule.code.lower(), found.rule.name)]
        if not chosen:
            raise click.UsageError(f"{code!r} is no rule's code or name{suggestion(code, words)}")
    if form == "json":
        click.echo(pages.as_json(chosen), nl=False)
    elif form == "markdown":
        click.echo(pages.markdown(chosen), nl=False)
    else:
        click.echo(pages.page(chosen[0]) if code is not None else pages.table(chosen), nl=False)
