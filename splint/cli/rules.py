"""`splint rules`: lists the rules, or shows the page of one."""

import os

import click

from splint.cli.check import settings_options
from splint.cli.checking import Words, linters
from splint.reporting.wording import suggestion
from splint.rules import pages
from splint.rules.registry import load


@click.command()
@click.argument("code", required=False)
@click.option("--plugin", "plugins", multiple=True, metavar="MODULE|FILE.py", help="Show the rules of a plugin too.")
@settings_options
@click.option(
    "--output-format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How to write it.",
)
def rules(code: str | None, plugins: Words, settings: Words, isolated: bool, form: str) -> None:
    """Show the catalogue of rules of all profiles, or the page of one (by its CODE or name).

    The rules of plugins that the settings of the current directory name are shown too.
    """
    main = linters(settings, isolated, {"plugins": plugins} if plugins else {})(os.getcwd())
    chosen = list(load(main.config.plugins).rules)
    every = chosen
    if code is not None:
        words = {word for registered in every for word in (registered.rule.code, registered.rule.name)}
        chosen = [
            registered for registered in every if code.lower() in (registered.rule.code.lower(), registered.rule.name)
        ]
        if not chosen:
            raise click.UsageError(
                f"{code!r} is no rule's code or name{suggestion(code, words) or ': splint rules lists them'}"
            )
    if form == "json":
        click.echo(pages.as_json(chosen, every), nl=False)
    elif form == "markdown":
        click.echo(pages.markdown(every) if code is None else pages.markdown_page(chosen[0], every), nl=False)
    else:
        click.echo(pages.table(every) if code is None else pages.page(chosen[0], every), nl=False)
