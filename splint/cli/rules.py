"""`splint rules`: lists rules, or shows their pages."""

import os
from collections.abc import Sequence

import click

from splint.cli.checking import Words, linters
from splint.cli.options import (
    completing,
    form_option,
    plugins_option,
    profile_option,
    rules_option,
    settings_options,
)
from splint.cli.output import write
from splint.rules import pages
from splint.rules.registry import load
from splint.rules.rule import Selection
from splint.rules.subjects import SUBJECTS, subjects_of
from splint.settings.selection import hint, in_profile, reached


@click.command()
@click.argument("words", nargs=-1, metavar="[RULES]...", shell_complete=completing("rule_words"))
@rules_option("--select", "List these codes, prefixes or names only.")
@profile_option("List the rules of this profile only.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(list(SUBJECTS)),
    help="List the rules about this kind of payload only; may be repeated.",
)
@plugins_option("Show the rules of a plugin too.")
@settings_options
@form_option("json", "markdown")
def rules(
    words: Words,
    select: Words,
    profile: str | None,
    kinds: Words,
    plugins: Words,
    settings: Words,
    isolated: bool,
    form: str,
) -> None:
    """List the rules of all profiles, or those that RULES name: codes, prefixes such as SPL2, or names.

    Codes and names alone show the pages of these rules. The rules of plugins that the settings of the current directory
    name are shown too.
    """
    main = linters(settings, isolated, {"plugins": plugins} if plugins else {})(os.getcwd())
    every = load(main.config.plugins).rules
    words, select = (tuple(_selector(word, every) for word in group) for group in (words, select))
    held = every if profile is None else in_profile(load(main.config.plugins, profile).rules)
    codes = {selection.rule.code for selection in held}
    for group in (words, select):
        codes &= reached(group, every) if group else codes
    chosen = [
        selection
        for selection in every
        if selection.rule.code in codes and (not kinds or not set(kinds).isdisjoint(subjects_of(selection.rule)))
    ]
    if not chosen:
        named = [*([f"the profile {profile}"] if profile else ()), *(f"the kind {kind}" for kind in kinds)]
        raise click.UsageError(f"no rule is of all of these: {', '.join((*words, *select, *named))}")
    has_pages = bool(words) and all(_is_one(word, every) for word in words)
    if form == "json":
        write(pages.as_json(chosen, every), None)
    elif has_pages:
        page = pages.markdown_page if form == "markdown" else pages.page
        write("\n".join(page(selection, every) for selection in chosen), None)
    else:
        show = pages.markdown if form == "markdown" else pages.table
        write(show(chosen, every), None)


def _selector(word: str, every: Sequence[Selection]) -> str:
    """A code, prefix or name as rules spell it. Raises UsageError for a word that is none."""
    for spelling in (word, word.upper(), word.lower()):
        if reached((spelling,), every):
            return spelling
    raise click.UsageError(f"{word!r} is no rule's code, prefix or name{hint(word, every)}")


def _is_one(word: str, every: Sequence[Selection]) -> bool:
    """Whether a word is the code or the name of a rule, and no prefix."""
    return any(word in (selection.rule.code, selection.rule.name) for selection in every)
