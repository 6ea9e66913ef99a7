"""`splint config`: shows the settings in force and their origins."""

import os
from collections.abc import Mapping
from typing import Any

import click

from splint.cli.checking import Words, has_baseline
from splint.cli.options import form_option, settings_options
from splint.cli.output import echo
from splint.cli.rebased import including, rebased
from splint.files import from_here
from splint.files.trust import current
from splint.reporting.masking import masked
from splint.reporting.report import json_text
from splint.run.linters import Linters
from splint.settings.config import BASELINE, Config, format_moment
from splint.settings.entries import Override
from splint.settings.globs import Globs
from splint.settings.keys import KEYS, field
from splint.settings.resolver import Resolver
from splint.settings.rule_options import options_in_force, origin_of
from splint.settings.selection import as_one
from splint.settings.toml import toml_text


@click.command(name="config")
@click.argument("path", default=".", type=click.Path())
@settings_options
@form_option("json")
def config_command(path: str, settings: Words, isolated: bool, form: str) -> None:
    """Show every setting in force for PATH (default: the current directory), and where each comes from.

    As text it is TOML that may stand in the place of the settings file. A `!` pattern of an include above or beside it
    that takes back files outside of its directory is left out, and named in the comment.
    """
    if not os.path.exists(path):
        raise click.UsageError(f"{path}: no such file or directory")
    directory = os.path.abspath(from_here(path if os.path.isdir(path) else os.path.dirname(path) or "."))
    resolver = Resolver.from_options(settings, isolated=isolated)
    Linters(resolver).at(directory)
    config = as_one(resolver.config_at(directory))
    root = resolver.root_at(directory)
    rows: dict[str, tuple[Any, str]] = {}
    for name in KEYS:
        if name == "rules" and (options := _options(config, root)):
            rows |= options
        elif field(name) in Config._fields:
            said = str(config.origins.get(field(name), "default"))
            value = getattr(config, field(name))
            if name == "baseline" and value is None and has_baseline(isolated=isolated) and current().accepts_ignores:
                value, said = BASELINE, "default: it is in the working directory"
            rows[name] = _setting(name, value, root), said + (_left_out(value, root) if name == "include" else "")
    if form == "json":
        members = {name: {"value": value, "origin": origin} for name, (value, origin) in rows.items()}
        echo(masked(json_text({"path": path, "settings": members}, indent=True)))
        return
    lines = [
        (f"{name} = {_toml(value)}" if value is not None else f"# {name} is not set", origin)
        for name, (value, origin) in rows.items()
    ]
    width = min(max(len(line) for line, _ in lines), 60)
    for line, origin in lines:
        echo(masked(f"{line:<{width}}") + f"  # {''.join(char if char.isprintable() else '?' for char in origin)}")


def _left_out(include: tuple[Globs, ...], root: str) -> str:
    """What is said of patterns of `include` that stand for nothing here."""
    words = [word for globs in include for word in including(globs, root)[1]]
    why = "a pattern here takes back no file that lies elsewhere"
    return f", without {', '.join(map(json_text, words))}: {why}" if words else ""


def _options(config: Config, root: str) -> dict[str, tuple[Any, str]]:
    """Every option of every rule, a row each, by the name that `--config NAME=VALUE` takes."""
    return {
        f"rules.{code}.{name}": (_plain(value, root), origin_of(config, code, name) or "default")
        for code, values in options_in_force(config).items()
        for name, value in values.items()
    }


def _setting(name: str, value: Any, root: str) -> Any:
    """A setting as a JSON and TOML value, with paths relative to `root`."""
    if name in ("baseline", "output-file") and value is not None:
        return _from(root, value)
    if name == "output-format":
        parts = [word.partition("=") for word in value]
        return [
            f"{form}={target if target == '-' else _from(root, target)}" if target else form
            for form, _, target in parts
        ]
    if name == "plugins":
        return [_from(root, word) if word.endswith(".py") else word for word in value]
    if name == "as-of" and value is not None:
        return format_moment(value)
    if name == "include":
        return [pattern for globs in value for pattern in including(globs, root)[0]]
    if name == "exclude":
        return [pattern for globs in value for pattern in rebased(globs, root, is_of_walk=True)]
    if name == "per-file-ignores":
        ignores: dict[str, list[str]] = {}
        for entry in value:
            for pattern in rebased(entry.files, root):
                ignores.setdefault(pattern, []).extend(entry.ignore)
        return ignores
    if name == "overrides":
        value = tuple(one for one in value if one.files is None or not one.files or rebased(one.files, root))
    return _plain(value, root)


def _from(root: str, path: str) -> str:
    """A path relative to `root`."""
    return os.path.relpath(path, root).replace(os.sep, "/")


def _plain(value: Any, root: str) -> Any:
    if isinstance(value, Globs):
        return rebased(value, root)
    if isinstance(value, Override):
        files = {} if value.files is None else {"files": _plain(value.files, root)}
        written = {"pointers": list(value.pointers), "severity": dict(value.severity), "ignore": list(value.ignore)}
        return files | {name: entry for name, entry in written.items() if entry}
    if isinstance(value, tuple):
        values = [_plain(entry, root) for entry in value]
        return [word for entry in values for word in (entry if isinstance(entry, list) else [entry])]
    if isinstance(value, Mapping):
        return {name: _plain(entry, root) for name, entry in value.items()}
    return float(value) if type(value) is int and value >= 2**63 else value


def _toml(value: Any) -> str:
    """A value as TOML in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_toml(key)} = {_toml(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(_toml(entry) for entry in value)}]"
    return toml_text(value)
