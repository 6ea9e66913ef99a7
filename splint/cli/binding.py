"""How editors are told which schema the payloads of a directory have."""

import os
from collections.abc import Iterator

from splint.reporting.report import json_text
from splint.reporting.wording import counted
from splint.run.survey import Survey

SCHEMAS = ".splint"
"""The directory of schemas, beside the settings."""
IN_YAML, IN_JSON = (".yaml", ".yml"), (".json", ".jsonc")
BOUND = IN_YAML + IN_JSON
"""Suffixes of files to which editors bind a schema."""
MOST_NAMED = 8
"""The most files that a line names one by one."""


def binding(found: Survey, directory: str) -> Iterator[str]:
    """How editors are told which schema a payload has: the line for YAML, and the setting of VS Code for JSON."""
    by_kind: dict[str, list[str]] = {}
    for path, kind in found.files.items():
        if kind is not None:
            by_kind.setdefault(kind, []).append(from_(directory, path))
    for kind, paths in by_kind.items():
        in_yaml = [path for path in paths if path.endswith(IN_YAML)]
        for path in in_yaml[:MOST_NAMED]:
            line = f"# yaml-language-server: $schema={'../' * path.count('/') or './'}{SCHEMAS}/{kind}.schema.json"
            yield f"{path}: for an editor, let it begin with  {line}"
        if in_yaml[MOST_NAMED:]:
            yield f"so for {counted(len(in_yaml) - MOST_NAMED, 'more YAML file')} of the kind {kind}"
    rows = [
        {"fileMatch": named, "url": f"./{SCHEMAS}/{kind}.schema.json"}
        for kind, named in _json_patterns(found, directory).items()
    ]
    if rows:
        yield f'for VS Code, in .vscode/settings.json  "json.schemas": {json_text(rows)}'


def _json_patterns(found: Survey, directory: str) -> dict[str, list[str]]:
    """The patterns of JSON files by the kind of their payloads, from the directory.

    A directory whose JSON files are all of one kind has one pattern, which files that come later fit too; so has one
    with very many files of one kind. In any other each file is named.
    """
    places: dict[tuple[str, str], dict[str, str | None]] = {}
    for path, kind in found.files.items():
        place, name = os.path.split(from_(directory, path))
        suffix = os.path.splitext(name)[1]
        if suffix in IN_JSON:
            places.setdefault((place, suffix), {})[name] = kind
    patterns: dict[str, list[str]] = {}
    for (place, suffix), kinds in places.items():
        there = {name for name in os.listdir(os.path.join(directory, place)) if name.endswith(suffix)}
        is_whole = len(set(kinds.values())) == 1 and (there == set(kinds) or len(kinds) > MOST_NAMED)
        for name, kind in kinds.items():
            pattern = "/".join(("", *filter(None, [place]), f"*{suffix}" if is_whole else name))
            if kind is not None and pattern not in patterns.setdefault(kind, []):
                patterns[kind].append(pattern)
    return patterns


def from_(directory: str, path: str) -> str:
    """A path relative to a directory, with forward slashes."""
    return os.path.relpath(path, directory).replace(os.sep, "/")
