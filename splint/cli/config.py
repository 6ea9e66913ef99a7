"""`splint config`."""

import os
from datetime import date
from typing import Any

import click

from splint.cli.check import Words
from splint.config import Config, ConfigError
from splint.globs import Globs
from splint.registry import PluginError
from splint.report import json_text
from splint.settings import Resolver, sorted_out
from splint.settings.keys import KEYS, field
from splint.suppress import Override, PerFileIgnore


@click.command(name="config")
@click.argument("path", default=".")
@click.option(
    "--config",
    "settings",
    multiple=True,
    metavar="FILE|KEY=VALUE",
    help="Use this settings file, or this one setting; may be repeated.",
)
@click.option("--isolated", is_flag=True, help="Read no settings file.")
@click.option(
    "--output-format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to write it.",
)
def config_command(path: str, settings: Words, isolated: bool, form: str) -> None:
    """Show every setting in force for PATH (default: the current directory), and where each comes from."""
    if not os.path.exists(path):
        raise click.UsageError(f"{path}: no such file or directory")
    directory = os.path.abspath(path if os.path.isdir(path) else os.path.dirname(path) or ".")
    try:
        file, inline = sorted_out(settings)
        resolver = Resolver(file=file, inline=inline, isolated=isolated)
        resolver.linter_at(directory)
        config = resolver.config_at(directory)
    except (ConfigError, PluginError) as error:
        raise click.UsageError(str(error)) from error
    rows = {
        name: (_plain(getattr(config, field(name))), str(config.origins.get(field(name), "default")))
        for name in KEYS
        if field(name) in Config._fields
    }
    if form == "json":
        told = {name: {"value": value, "origin": origin} for name, (value, origin) in rows.items()}
        click.echo(json_text({"path": path, "settings": told}, indent=True))
        return
    lines = [
        (f"{name} = {_toml(value)}" if value is not None else f"# {name} is not set", origin)
        for name, (value, origin) in rows.items()
    ]
    width = min(max(len(line) for line, _ in lines), 60)
    for line, origin in lines:
        click.echo(f"{line:<{width}}  # {origin}")


def _plain(value: Any) -> Any:
    """A setting as JSON and TOML can say it, in the form in which a settings file does."""
    if isinstance(value, Globs):
        return list(value.patterns)
    if isinstance(value, tuple) and value and isinstance(value[0], PerFileIgnore):
        found: dict[str, list[str]] = {}
        for entry in value:
            found.setdefault(entry.files.patterns[0], []).extend(entry.ignore)
        return found
    if isinstance(value, Override):
        written = {"files": _plain(value.files), "pointers": list(value.pointers)}
        return written | {"severity": dict(value.severity), "ignore": list(value.ignore)}
    if isinstance(value, tuple):
        return [word for entry in value for word in (entry.patterns if isinstance(entry, Globs) else [_plain(entry)])]
    if isinstance(value, date):
        return value.isoformat()
    return dict(value) if hasattr(value, "items") else value


def _toml(value: Any) -> str:
    """A value as TOML writes it in one line."""
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{_toml(key)} = {_toml(entry)}" for key, entry in value.items() if entry is not None) + "}"
        )
    if isinstance(value, list):
        return f"[{', '.join(_toml(entry) for entry in value)}]"
    return json_text(value)
