"""`splint init`: settings, a hook and schemas for the payloads of a directory."""

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

import click

from splint import __version__
from splint.cli.binding import BOUND, MOST_NAMED, SCHEMAS, binding, from_
from splint.cli.json_schema import schema
from splint.cli.options import profile_option
from splint.cli.output import echo, notify
from splint.cli.pre_commit import CONFIGURATION, ENTRY, HOOK, NAME, has_hook, has_id, with_hook
from splint.cli.trusting import vouch
from splint.files.atomic import target_of, write
from splint.files.repository import top_of
from splint.files.trust import current, lies_in
from splint.reporting.exit_statuses import LEFT, NO_PAYLOAD, SUCCESS
from splint.reporting.report import json_text
from splint.reporting.wording import counted, either, safe
from splint.rules import engine_codes
from splint.rules.fields import fields
from splint.rules.hooks import PluginError
from splint.rules.registry import PROFILES
from splint.run.discovery import Scope, ScopeAt, find, scopes
from splint.run.linter import Linter
from splint.run.linters import Linters
from splint.run.runner import run
from splint.run.survey import Survey, survey
from splint.run.worker import RunRequest
from splint.settings.config import Config, ConfigError, moment
from splint.settings.globs import Globs, pattern_of
from splint.settings.resolver import Resolver
from splint.settings.toml import NAMES

SETTINGS = "splint.toml"
OURS = "written by splint init"
"""How the comment of a schema begins that may be written anew."""


class Output(NamedTuple):
    """A file to write."""

    name: str
    """Its path from the directory, with forward slashes."""
    text: str
    may_replace: bool


class Step(NamedTuple):
    """What is done about a file, and said of it."""

    path: str
    said: str
    """The line that is printed, behind the path."""
    text: str | None = None
    """What is written; None where nothing is."""
    below: str = ""
    """A text to print below."""
    was_left: bool = False
    """Whether something was left as it is, or not written, that would be needed."""


@click.command(
    epilog="Exit status: 0 done or nothing to do, 1 something left or not written, "
    "2 usage, configuration or internal error, 3 no payload found."
)
@click.argument("directory", default=".", type=click.Path(exists=True, file_okay=False))
@profile_option("Write this profile, whatever the payloads suggest.")
@click.option("--force", is_flag=True, help=f"Replace a {SETTINGS} that is there.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def init(directory: str, profile: str | None, force: bool, dry_run: bool) -> None:
    """Set splint up for the payloads in DIRECTORY (default: the current one).

    Writes a splint.toml that fits them, their JSON Schemas for editors, and a hook into .pre-commit-config.yaml. What
    is there stays; a second call changes nothing. Where settings above count already, schemas and
    hook go beside these.
    """
    vouch(current(), directory)
    current().add(directory)
    linter = Linter()
    found = survey(find((directory,), _all_of(linter), force=False), linter.registry)
    for path in found.unread:
        notify(f"splint: {path}: cannot be read, and is left out")
    for path, why in found.broken.items():
        notify(f"splint: {path}: does not parse: {why}; splint check reports it ({engine_codes.SYNTAX})")
    if not found.files:
        others = ", only requests or event records without one" if found.has_others else ""
        what = "campaign, ad group or ad" if others else "payload"
        notify(f"splint: no {what} in {directory}{others}: nothing is written")
        click.get_current_context().exit(NO_PAYLOAD)
    _say(f"{found.summary} in {counted(len(found.files), 'file')}")
    home = directory if force else _home(directory)
    outputs = [Output(SETTINGS, settings_for(found, directory, profile), force)]
    bound = (kind for path, kind in found.files.items() if kind is not None and path.endswith(BOUND))
    for kind in sorted(set(bound)):
        text = json_text({"$comment": f"{OURS} of splint {__version__}", **schema(kind)}, indent=True) + "\n"
        outputs.append(Output(f"{SCHEMAS}/{kind}.schema.json", text, _is_ours(home, kind)))
    tops = [directory if one.name == SETTINGS else home for one in outputs]
    would = "would be " if dry_run else ""
    steps = [_step(one, top, would=would) for one, top in zip(outputs, tops, strict=True)]
    steps.append(_hook_step(home, would=would))
    for step, top in zip(steps, [*tops, home], strict=True):
        _judge(step, top)  # all of them before the first is taken
    for step in steps:
        _take(step, dry_run=dry_run)
    if not steps[0].was_left:
        for line in judged(found, directory, profile):
            _say(line)
    for line in binding(found, home):
        _say(line)
    click.get_current_context().exit(LEFT if any(step.was_left for step in steps) else SUCCESS)


def settings_for(found: Survey, directory: str, profile: str | None) -> str:
    """The text of a settings file for payloads."""
    lines = ["# Settings of splint, written by splint init; `splint schema config` has all keys.", ""]
    if profile is None:
        lines.append(f"# {found.why[0].upper()}{found.why[1:]}.")
    chosen = profile or found.profile
    lines.append(f"profile = {json_text(chosen)}")
    if found.objectives and not found.is_of_web:
        lines += ["# Campaigns of any other objective are reported.", f"objectives = {_listed(found.objectives)}"]
    if patterns := included(found, directory):
        lines += ["# What splint check lints without a path.", f"include = {_listed(patterns)}"]
    lines += ["", "# What payloads do not tell: rules that need one of these are silent without it.", "[facts]"]
    of_account = found.of_account
    for facts in fields("facts", chosen):
        known = facts.name in of_account
        value = of_account.get(facts.name, EXAMPLES[facts.name])
        rules = f" ({', '.join(facts.rules)})" if facts.rules else ""
        said = f"{facts.about.rstrip('.')}{rules}" + (f", from {_named(found.sources[facts.name])}" if known else "")
        lines.append(f"{'' if known else '# '}{facts.name} = {json_text(value)}  # {said}")
    return "\n".join(lines) + "\n"


def _named(files: Sequence[str]) -> str:
    """Files by name, in a comment; the rest of many is counted."""
    rest = [counted(len(files) - MOST_NAMED, "more file")] if len(files) > MOST_NAMED else []
    return either([*map(json_text, files[:MOST_NAMED]), *rest], "and")


def judged(found: Survey, directory: str, profile: str | None) -> Iterator[str]:
    """The profile that the settings have, why, and what a check by them, and by those of the other one, finds."""
    chosen, patterns = profile or found.profile, included(found, directory)
    include = [Globs(os.path.abspath(directory), patterns)] if patterns else []
    objectives = (not found.is_of_web and found.objectives) or None
    for name in sorted(PROFILES, key=lambda one: one != chosen):
        linter = Linter(Config(profile=name, objectives=objectives, settings_facts=found.of_account))
        linter_at = _Linters(linter, os.path.abspath(directory)).at
        try:
            files = list(find(() if include else (directory,), scopes(linter_at), force=False, include=include))
            report = run(RunRequest(linter_at, moment(None), linter), files, jobs=None, progress=lambda _: None)
            finds = counted(len(report.active), "finding")
        except (ConfigError, PluginError) as error:  # of settings below, which stop a check too
            finds = f"not counted, as {'; '.join(error.args)}"
        if name == chosen:
            yield f"profile {name}, as {'--profile says' if profile else found.why}: {finds}"
        else:
            yield f"profile {name} {OTHER_PROFILE[name]}: {finds} (--force --profile {name} chooses it)"


class _Linters:
    """The linter of settings for a directory, and those of the settings files below it, which count there."""

    def __init__(self, linter: Linter, directory: str) -> None:
        self._linter, self._directory = linter, directory
        self._resolver = Resolver()
        self._below = Linters(self._resolver)

    def at(self, directory: str) -> Linter:
        project = self._resolver.read_at(directory).project or ""
        is_below = project != self._directory and lies_in(project, (self._directory,))
        return self._below.at(directory) if is_below else self._linter


def _all_of(linter: Linter) -> ScopeAt:
    """The scope of a walk by settings that exclude nothing."""
    scope = Scope(linter.suffixes)
    return lambda _: scope


OTHER_PROFILE = {
    "guide": "follows the guide to the letter",
    "reference": "is the one for payloads that are sent to TikTok",
}
"""What each profile is for, where the other one was chosen."""

EXAMPLES: dict[str, Any] = {
    "event_sources": ["pixel", "events_api"],
    "historical_cpa": 12.5,
    "currency": "USD",
    "scopes": [
        "Ads Management > Upgraded Smart Plus Ads",
        "Reporting > Upgraded Smart+ Report",
        "Creative Management > Creative tool",
    ],
    "delivery_start": "2026-04-01",
    "last_bid_change": "2026-04-01",
}
"""A value of each account fact, to be replaced."""


def included(found: Survey, directory: str) -> list[str]:
    """The patterns of `include`: the directories beside the settings that hold payloads; none where a file there does.

    They hold what is added later too; without `include` a check walks the whole directory.
    """
    paths = [from_(directory, path) for path in (*found.files, *found.broken)]
    firsts = {first if below else "" for first, _, below in (path.partition("/") for path in paths)}
    return [] if "" in firsts else [f"{pattern_of(first)}/" for first in sorted(firsts)]


# -- files -------------------------------------------------------------------------------------------------------------


def _step(output: Output, directory: str, *, would: str) -> Step:
    """What is done about a file of a directory; `would` stands before what is not done in fact."""
    path = os.path.join(directory, output.name)
    there = _read(path)
    if there == output.text:
        return Step(path, "is as it should be")
    if there is not None and not output.may_replace:
        return Step(path, "is there already and left as it is; --force replaces it", was_left=True)
    done = "written" if there is None else "replaced"
    if output.name != SETTINGS:
        return Step(path, f"{would}{done}", output.text)
    if not output.may_replace and (above := _settings_above(directory)) is not None:
        return Step(path, f"not written, as {above} counts here; --force writes it all the same", was_left=True)
    replaces = _settings_in_place_of(directory) if there is None else ""
    return Step(path, f"{would}{done}{replaces}", output.text, output.text if would else "")


def _hook_step(directory: str, *, would: str) -> Step:
    """What is done about the configuration of pre-commit: it is written, or the hook is appended to it."""
    path = os.path.join(directory, NAME)
    text = _read(path)
    if text is None:
        top = top_of(os.path.abspath(directory))
        if top not in (None, os.path.abspath(directory)):
            return _left_to(os.path.join(str(top), NAME), path)
        return Step(path, f"{would}written, with the hook {HOOK}; `pre-commit install` sets it up", CONFIGURATION)
    if has_hook(text):
        return Step(path, "has a hook of splint already")
    changed = None if has_id(text) else with_hook(text)
    if changed is None:
        why = f"another hook has the id {HOOK}" if has_id(text) else "it has no plain list of `repos`"
        return Step(path, f"left as it is, as {why}; the hook to put there:", below=ENTRY, was_left=True)
    return Step(path, f"the hook {HOOK} {would}appended to `repos`", changed)


def _left_to(other: str, path: str) -> Step:
    """What is said where the hook belongs into another configuration."""
    if has_hook(_read(other) or ""):
        return Step(path, f"not needed, as pre-commit reads {other}, which has a hook of splint already")
    there = "" if os.path.exists(other) else ", which is not there"
    said = f"not written, as pre-commit reads {other}{there}; what that one needs:"
    return Step(path, said, below=CONFIGURATION, was_left=True)


def _judge(step: Step, directory: str) -> None:
    """Raise UsageError where a file of a directory cannot be written, or a symlink leads out of there."""
    path = step.path
    if step.text is None:
        return
    if not lies_in(os.path.realpath(path), (os.path.realpath(directory),)):
        where = f"it is, or lies behind, a symlink that leads out of {directory}"
        raise click.UsageError(f"{path}: {where}: not written; replace the symlink by a copy of what it leads to")
    around = os.path.dirname(path) or "."
    while not os.path.lexists(around):
        around = os.path.dirname(around) or "."
    with _told(path):
        target_of(path)
        if not os.path.isdir(around):
            raise OSError(f"{around} is no directory")
        if not all(os.access(place, os.W_OK) for place in (around, path) if os.path.exists(place)):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _take(step: Step, *, dry_run: bool) -> None:
    """Take a step that was judged, and say so. Raises UsageError if its file cannot be written all the same."""
    if step.text is not None and not dry_run:
        with _told(step.path):
            os.makedirs(os.path.dirname(step.path) or ".", exist_ok=True)
            write(step.path, step.text.encode())
    _say(f"{from_('.', step.path)}: {step.said}")
    if step.below:
        _say(step.below.rstrip("\n"), indent="  ")


@contextmanager
def _told(path: str) -> Iterator[None]:
    """Raise UsageError for a file that cannot be written."""
    try:
        yield
    except OSError as error:
        raise click.UsageError(f"{path}: cannot be written: {error.strerror or error}") from error


def _read(path: str) -> str | None:
    """The text of a file; None where there is none."""
    try:
        with open(path, encoding="utf-8", newline="") as stream:
            return stream.read()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        why = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror or error
        raise click.UsageError(f"{path}: cannot be read: {why}") from error


def _is_ours(directory: str, kind: str) -> bool:
    """Whether a schema that is there was written by this command, and may be written anew."""
    text = _read(os.path.join(directory, SCHEMAS, f"{kind}.schema.json"))
    return text is None or OURS in text[:200]


def _home(directory: str) -> str:
    """The directory of the settings in force for a directory, itself where there are none. Raises ConfigError."""
    above = _settings_above(directory)
    return directory if above is None else os.path.dirname(above) or "."


def _settings_above(directory: str) -> str | None:
    """The settings file in force for a directory; None where there is none. Raises ConfigError for a wrong one."""
    project = Resolver().config_at(os.path.abspath(directory)).project
    paths = [] if project is None else [os.path.join(project, name) for name in NAMES]
    return next((from_(".", path) for path in paths if os.path.exists(path)), None)


def _settings_in_place_of(directory: str) -> str:
    """What is said of the settings file whose place a new one takes in a directory; nothing where none counts there."""
    with suppress(ConfigError):
        above = _settings_above(directory)
        return "" if above is None else f"; it counts here in the place of {above}"
    return ""  # one with mistakes is that of no check


def _listed(words: Any) -> str:
    return f"[{', '.join(json_text(word) for word in words)}]"


def _say(text: str, *, indent: str = "") -> None:
    for line in text.split("\n"):
        echo(f"{indent}{safe(line)}".rstrip())
