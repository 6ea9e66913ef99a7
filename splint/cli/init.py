"""`splint init`: settings, a hook and schemas for the payloads of a directory."""

import os
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import click

from splint import __version__
from splint.cli.json_schema import schema
from splint.cli.output import notify
from splint.cli.pre_commit import ENTRY, HOOK, NAME, has_hook, with_hook
from splint.cli.statuses import NO_PAYLOAD
from splint.cli.trusting import vouch
from splint.files.atomic import write
from splint.files.trust import current, lies_in
from splint.reporting.report import json_text
from splint.reporting.reporters.terminal import safe
from splint.reporting.wording import counted
from splint.rules.fields import fields
from splint.rules.registry import PROFILES
from splint.run.discovery import Scope, find
from splint.run.linter import Linter
from splint.run.survey import Survey, survey
from splint.schema.vocabulary import WEB
from splint.settings.resolver import Resolver
from splint.settings.toml import NAMES

SETTINGS = "splint.toml"
SCHEMAS = ".splint"
OURS = "written by splint init"
"""How the comment of a schema begins that may be written anew."""
LEFT = 1
"""The exit status where something that is there already was left as it is."""
OF_AN_ACCOUNT = ("currency", "event_sources", "scopes")
"""Facts that are the same for all campaigns of an account."""
MOST_NAMED = 8
"""The most files that settings or a line for an editor name one by one."""


class Output(NamedTuple):
    """A file to write."""

    name: str
    """Its path from the directory, with forward slashes."""
    text: str
    may_replace: bool


@click.command(
    epilog="Exit status: 0 done or nothing to do, 1 something was left as it is, 2 trouble, 3 no payload found."
)
@click.argument("directory", default=".", type=click.Path(exists=True, file_okay=False))
@click.option("--profile", type=click.Choice(list(PROFILES)), help="Write this profile, whatever the payloads suggest.")
@click.option("--force", is_flag=True, help=f"Replace a {SETTINGS} that is there.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def init(directory: str, profile: str | None, force: bool, dry_run: bool) -> None:
    """Set splint up for the payloads in DIRECTORY (default: the current one).

    Writes a splint.toml that fits them, their JSON Schemas for editors, and a hook into a .pre-commit-config.yaml if
    there is one. What is there stays; a second call changes nothing.
    """
    vouch(current(), directory)
    current().add(directory)
    linter = Linter()
    found = survey(find((directory,), lambda _: Scope(linter.suffixes), force=False), linter.registry)
    for path in found.unread:
        notify(f"splint: {path}: cannot be read, and is left out")
    if not found.files:
        notify(f"splint: no payload in {directory}: nothing is written")
        click.get_current_context().exit(NO_PAYLOAD)
    _say(f"{found.summary} in {counted(len(found.files), 'file')}")
    outputs = [Output(SETTINGS, settings_for(found, directory, profile), force)]
    for kind in sorted({kind for kind in found.files.values() if kind is not None}):
        text = json_text({"$comment": f"{OURS} of splint {__version__}", **schema(kind)}, indent=True) + "\n"
        outputs.append(Output(f"{SCHEMAS}/{kind}.schema.json", text, _is_ours(directory, kind)))
    was_left = [_put(output, directory, dry_run=dry_run) for output in outputs]
    was_left.append(_put_hook(directory, dry_run=dry_run))
    for line in binding(found, directory):
        _say(line)
    click.get_current_context().exit(LEFT if any(was_left) else 0)


def settings_for(found: Survey, directory: str, profile: str | None) -> str:
    """The text of a settings file for payloads."""
    is_web = found.kinds <= {"web"} and set(found.objectives) <= {WEB}
    lines = ["# Settings of splint, written by splint init; docs/settings.md has all keys.", ""]
    if profile is None:
        why = "all campaigns are web conversions" if is_web else "some campaigns are not regular web conversions"
        lines.append(f"# {why[0].upper()}{why[1:]}.")
    chosen = profile or ("guide" if is_web else "reference")
    lines.append(f"profile = {json_text(chosen)}")
    if found.objectives and not is_web:
        lines += ["# Campaigns of any other objective are told.", f"objectives = {_listed(found.objectives)}"]
    lines += ["# What splint check lints without a path.", f"include = {_listed(included(found, directory))}", ""]
    lines += ["# What payloads do not tell: rules that need one of these are silent without it.", "[facts]"]
    for facts in fields("facts", chosen):
        values = found.facts.get(facts.name, [])
        known = facts.name in OF_AN_ACCOUNT and len(values) == 1
        value = values[0] if known else EXAMPLES[facts.name]
        rules = f" ({', '.join(facts.rules)})" if facts.rules else ""
        lines.append(f"{'' if known else '# '}{facts.name} = {json_text(value)}  # {facts.about.rstrip('.')}{rules}")
    return "\n".join(lines) + "\n"


EXAMPLES: dict[str, Any] = {
    "event_sources": ["pixel", "events_api"],
    "historical_cpa": 12.5,
    "currency": "USD",
    "scopes": ["Ads Management"],
    "delivery_start": "2026-04-01",
    "last_bid_change": "2026-04-01",
}
"""A value of each account fact, to be replaced."""


def included(found: Survey, directory: str) -> list[str]:
    """The patterns of `include`: the directories that hold all payloads below one beside the settings, and files."""
    below: dict[str, list[list[str]]] = {}
    for path in found.files:
        first, *rest = _from(directory, path).split("/")
        below.setdefault(first if rest else "", []).append([first, *rest])
    patterns = []
    for first, paths in sorted(below.items()):
        if first:
            patterns.append(_pattern(os.path.commonpath(["/".join(path[:-1]) for path in paths])) + "/")
            continue
        names = {f"./{_pattern(path[0])}" for path in paths}
        endings = {f"./*.{path[0].rpartition('.')[2]}" for path in paths}
        patterns += sorted(names if len(names) <= MOST_NAMED else endings)
    return patterns


def _pattern(path: str) -> str:
    """A path as a pattern that fits it alone."""
    escaped = re.sub(r"([\\*?\[{])", r"\\\1", path)
    return f"./{escaped}" if escaped.startswith(("!", "#")) else escaped


def binding(found: Survey, directory: str) -> Iterator[str]:
    """How editors are told which schema a payload has: the line for YAML, and the setting of VS Code for JSON."""
    by_kind: dict[str, list[str]] = {}
    for path, kind in found.files.items():
        if kind is not None:
            by_kind.setdefault(kind, []).append(_from(directory, path))
    for kind, paths in by_kind.items():
        in_yaml = [path for path in paths if path.endswith((".yaml", ".yml"))]
        for path in in_yaml[:MOST_NAMED]:
            line = f"# yaml-language-server: $schema={'../' * path.count('/') or './'}{SCHEMAS}/{kind}.schema.json"
            yield f"{path}: for an editor, let it begin with  {line}"
        if in_yaml[MOST_NAMED:]:
            yield f"so for {counted(len(in_yaml) - MOST_NAMED, 'more YAML file')} of the kind {kind}"
    rows = []
    for kind, paths in by_kind.items():
        named = [f"/{path}" for path in paths if path.endswith((".json", ".jsonc"))]
        if len(by_kind) == 1 and len(named) > MOST_NAMED:
            within = [one.removeprefix("./") for one in included(found, directory)]
            named = [f"/{one}**/*.json" if one.endswith("/") else f"/{one}" for one in within]
        if named:
            rows.append({"fileMatch": named, "url": f"./{SCHEMAS}/{kind}.schema.json"})
    if rows:
        yield f'for VS Code, in .vscode/settings.json  "json.schemas": {json_text(rows)}'


# -- files -------------------------------------------------------------------------------------------------------------


def _put(output: Output, directory: str, *, dry_run: bool) -> bool:
    """Write a file, and say so. Returns whether one that is there and differs was left."""
    path = os.path.join(directory, output.name)
    there = _read(path)
    if there == output.text:
        _say(f"{output.name}: is as it should be")
        return False
    if there is not None and not output.may_replace:
        _say(f"{output.name}: is there already and left as it is; --force replaces it")
        return True
    if output.name == SETTINGS and not output.may_replace and (above := _settings_above(directory)) is not None:
        _say(f"{output.name}: not written, as {above} counts here; --force writes it all the same")
        return True
    _write(path, output.text, directory, dry_run=dry_run)
    done = "written" if there is None else "replaced"
    _say(f"{output.name}: {'would be ' if dry_run else ''}{done}")
    if dry_run and output.name == SETTINGS:
        _say(output.text.rstrip("\n"), indent="  ")
    return False


def _put_hook(directory: str, *, dry_run: bool) -> bool:
    """Append the hook to the configuration of pre-commit, and say so. Returns whether one that is there was left."""
    import yaml  # most commands read none

    path = os.path.join(directory, NAME)
    text = _read(path)
    if text is None:
        _say(f"{NAME}: there is none; the hook of one, below `repos:`:")
        _say(ENTRY.rstrip("\n"), indent="  ")
        return False
    try:
        if has_hook(text):
            _say(f"{NAME}: has a hook of splint already")
            return False
        changed = with_hook(text)
    except yaml.YAMLError:
        changed = None
    if changed is None:
        _say(f"{NAME}: left as it is, as it has no plain list of `repos`; the hook to put there:")
        _say(ENTRY.rstrip("\n"), indent="  ")
        return True
    _write(path, changed, directory, dry_run=dry_run)
    _say(f"{NAME}: the hook {HOOK} {'would be ' if dry_run else ''}appended to `repos`")
    return False


def _write(path: str, text: str, directory: str, *, dry_run: bool) -> None:
    """Write a file of a directory. Raises UsageError if it cannot be written, or a symlink leads out of there."""
    if not lies_in(os.path.realpath(path), (os.path.realpath(directory),)):
        raise click.UsageError(f"{path}: it is, or lies behind, a symlink that leads out of {directory}: not written")
    if dry_run:
        return
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        write(path, text.encode())
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


def _settings_above(directory: str) -> str | None:
    """The settings file in force for a directory; None where there is none. Raises ConfigError for a wrong one."""
    project = Resolver().config_at(os.path.abspath(directory)).project
    paths = [] if project is None else [os.path.join(project, name) for name in NAMES]
    return next((_from(".", path) for path in paths if os.path.exists(path)), None)


def _from(directory: str, path: str) -> str:
    return os.path.relpath(path, directory).replace(os.sep, "/")


def _listed(words: Any) -> str:
    return f"[{', '.join(json_text(word) for word in words)}]"


def _say(text: str, *, indent: str = "") -> None:
    for line in text.split("\n"):
        click.echo(f"{indent}{safe(line)}".rstrip())
