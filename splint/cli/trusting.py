"""The trust of a command: `--untrusted` and its environment variables."""

import os
from collections.abc import Callable, Iterable
from typing import Any

import click

from splint.cli import tell
from splint.files import STDIN
from splint.files.trust import RefusedError, Trust, held
from splint.settings.config import Config

VARIABLE = "SPLINT_UNTRUSTED"
YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


def trust_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say whether a tree is untrusted: `untrusted`, `untrusted_in_ci` and `allow_ignores`."""
    for name, about in (
        ("--allow-ignores", "With --untrusted: let its comments, baseline and settings silence findings."),
        ("--untrusted-in-ci", "--untrusted where CI is set in the environment and SPLINT_UNTRUSTED is not."),
        ("--untrusted", "Take no code, paths, fixes or ignores from the tree (also SPLINT_UNTRUSTED=1)."),
    ):
        command = click.option(name, is_flag=True, help=about)(command)
    return command


def begin() -> None:
    """Put in force, until the command ends, what the environment says."""
    _hold(Trust(untrusted=_said() or False, tell=tell))


def begin_check(paths: Iterable[str], *, untrusted: bool, untrusted_in_ci: bool, allow_ignores: bool) -> Trust:
    """Put in force what options of `check` say. Raises UsageError for a path that leads out of the tree."""
    said = _said()
    in_ci = untrusted_in_ci and said is None and _is_in_ci()
    trust = Trust(untrusted=untrusted or bool(said) or in_ci, allow_ignores=allow_ignores, tell=tell)
    for path in paths:
        vouch(trust, path)
        if path != STDIN:
            trust.add(path)
    _hold(trust)
    return trust


def vouch(trust: Trust, path: str | None, *, is_of_settings: bool = False) -> None:
    """Raise UsageError for a path of the command line, or `is_of_settings`, that leads out of an untrusted tree."""
    try:
        if is_of_settings and path is not None and os.path.exists(path):
            trust.check_settings(path)
        elif path is not None and path != STDIN:
            trust.vouch(path)
    except RefusedError as error:
        raise click.UsageError(f"{path}: {error}") from None


def within(trust: Trust, config: Config, outputs: Iterable[tuple[str, str | None]]) -> None:
    """Make the project part of a trusted tree. Raises UsageError for an output that leads out of an untrusted one."""
    if config.project is not None and not trust.untrusted:
        trust.add(config.project)
    for _, path in outputs:
        vouch(trust, path)


def as_trusted(given: dict[str, Any], trust: Trust) -> dict[str, Any]:
    """The options of a run, in an untrusted tree without its comments and its .gitignore."""
    if not trust.untrusted:
        return given
    if given["respect_gitignore"]:
        raise click.UsageError("--untrusted reads no .gitignore: leave --respect-gitignore out, or --exclude GLOBS")
    return {**given, "respect_gitignore": False, "no_ignores": given["no_ignores"] or not trust.accepts_ignores or None}


def tell_passed(trust: Trust) -> None:
    """Name the symlinks that a walk passed over."""
    if trust.passed:
        names = f"{', '.join(trust.passed[:3])}{', ...' if trust.passed[3:] else ''}"
        tell(f"splint: passed over symlinks that lead out of the tree: {names}: name those that are to be read")


def _hold(trust: Trust) -> None:
    click.get_current_context().with_resource(held(trust))


def _said() -> bool | None:
    """What the variable says; None where it is not set."""
    found = _is_yes(VARIABLE)
    if found is None and os.environ.get(VARIABLE):
        raise click.UsageError(f"{VARIABLE} is {os.environ[VARIABLE]!r}: write 1 or 0")
    return found


def _is_in_ci() -> bool:
    """Whether a CI service runs this: all of them set CI."""
    return bool(os.environ.get("CI")) and _is_yes("CI") is not False


def _is_yes(name: str) -> bool | None:
    """What a variable of the environment says; None for one that is not set, or says anything else."""
    word = os.environ.get(name, "").strip().lower()
    return True if word in YES else False if word in NO else None
