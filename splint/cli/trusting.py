"""Trust in the checked tree: `--untrusted` and the environment variables in its place."""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import wraps
from typing import Any

import click

from splint.cli.output import notify
from splint.files import STDIN
from splint.files.streams import RefusedError
from splint.files.trust import Trust, current, in_force
from splint.settings.config import Config

VARIABLE = "SPLINT_UNTRUSTED"
YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


def trust_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options on untrusted trees: `untrusted`, `untrusted_in_ci` and `allow_ignores`."""
    for name, about in (
        ("--allow-ignores", "With --untrusted: let its comments, baseline and settings silence findings."),
        (
            "--untrusted-in-ci",
            "--untrusted where CI or TF_BUILD is set in the environment and SPLINT_UNTRUSTED is not.",
        ),
        ("--untrusted", "Take no code, paths, fixes or ignores from the tree (also SPLINT_UNTRUSTED=1)."),
    ):
        command = click.option(name, is_flag=True, help=about)(command)
    return command


def begin() -> None:
    """Set the trust by the environment until the command ends."""
    _activate(Trust(untrusted=_untrusted_variable() or False, notify=notify))


def begin_check(paths: Iterable[str], *, untrusted: bool, untrusted_in_ci: bool, allow_ignores: bool) -> Trust:
    """Set the trust by the options of `check`. Raises UsageError for a path that leads out of an untrusted tree."""
    variable = _untrusted_variable()
    in_ci = untrusted_in_ci and variable is None and is_in_ci()
    trust = Trust(untrusted=untrusted or bool(variable) or in_ci, allow_ignores=allow_ignores, notify=notify)
    for path in paths:
        vouch(trust, path)
        if path != STDIN:
            trust.add(path)
    vouch_parameters(trust)
    _activate(trust)
    return trust


def vouch(trust: Trust, path: str | None, *, is_of_settings: bool = False, is_named: bool = True) -> None:
    """Raise UsageError for a path of the command line, or of settings, that leads out of an untrusted tree."""
    try:
        if is_of_settings and path is not None:
            with suppress(FileNotFoundError, NotADirectoryError):  # one may be written there
                trust.check_settings(path)
        elif path is not None and path != STDIN:
            trust.vouch(path, is_named=is_named)
    except RefusedError as error:
        raise click.UsageError(f"{path}: {error}") from None


def vouched(command: Callable[..., Any]) -> Callable[..., Any]:
    """A command that begins with `vouch_parameters`."""

    @wraps(command)
    def begun(*arguments: Any, **options: Any) -> Any:
        vouch_parameters(current())
        return command(*arguments, **options)

    return begun


def vouch_parameters(trust: Trust) -> None:
    """Raise UsageError for a path that the running command is given and that leads out of the tree by its symlink.

    Symlinks elsewhere are of the caller's own system, where they are common: certificates are some.
    """
    if not trust.untrusted:
        return
    context = click.get_current_context()
    for parameter in context.command.params:
        if isinstance(parameter.type, click.Path) and parameter.name != "paths":  # those, begin_check vouches
            given = context.params.get(str(parameter.name)) or ()
            for path in (given,) if isinstance(given, str) else given:
                is_module = parameter.name == "plugins" and not path.endswith(".py")
                if not is_module:
                    vouch(trust, path, is_named=False)
                if parameter.name == "run_dir":
                    vouch_written(trust, path)


def within(trust: Trust, config: Config, outputs: Iterable[tuple[str, str | None]]) -> None:
    """Add a trusted project to the tree. Raises UsageError for an output path that the tree makes unfit."""
    if config.project is not None and not trust.untrusted:
        trust.add(config.project)
    for _, path in outputs:
        if path is not None:
            vouch_written(trust, path)


def vouch_written(trust: Trust, path: str) -> None:
    """Raise UsageError for a file to write that the tree makes unfit: where it leads out of an untrusted one, too."""
    from splint.files.atomic import is_open, target_of  # most runs write to standard output alone

    try:
        if not is_open(path):
            trust.vouch(path)
        target_of(path)
    except RefusedError as error:
        raise click.UsageError(f"{path}: {error}") from None


def as_trusted(options: dict[str, Any], trust: Trust) -> dict[str, Any]:
    """The options of a run; for an untrusted tree without its suppressions and .gitignore files."""
    if not trust.untrusted:
        return options
    if options["respect_gitignore"]:
        raise click.UsageError("--untrusted reads no .gitignore: leave --respect-gitignore out, or --exclude GLOBS")
    return {
        **options,
        "respect_gitignore": False,
        "no_ignores": options["no_ignores"] or not trust.accepts_ignores or None,
    }


def notify_passed(trust: Trust) -> None:
    """Print the symlinks that a walk skipped because they lead out of the tree, and what `exclude` left out of it."""
    if trust.passed:
        names = f"{', '.join(trust.passed[:3])}{', ...' if trust.passed[3:] else ''}"
        notify(f"splint: passed over symlinks that lead out of the tree: {names}: name those that are to be read")
    if trust.excluded:
        first, more = next(iter(trust.excluded)), len(trust.excluded) - 1
        notify(f"splint: left out by --exclude: {first}{f' and {more} more' if more else ''}")


def _activate(trust: Trust) -> None:
    click.get_current_context().with_resource(in_force(trust))


def _untrusted_variable() -> bool | None:
    """The value of SPLINT_UNTRUSTED; None if it is not set. Raises UsageError for any other text."""
    value = _is_yes(VARIABLE)
    if value is None and os.environ.get(VARIABLE):
        raise click.UsageError(f"{VARIABLE} is {os.environ[VARIABLE]!r}: write 1 or 0")
    return value


def is_in_ci() -> bool:
    """Whether this runs in CI: Azure Pipelines sets the variable TF_BUILD, all other services CI."""
    return any(bool(os.environ.get(name)) and _is_yes(name) is not False for name in ("CI", "TF_BUILD"))


def _is_yes(name: str) -> bool | None:
    """The boolean value of an environment variable; None if it is unset or no boolean."""
    word = os.environ.get(name, "").strip().lower()
    return True if word in YES else False if word in NO else None
