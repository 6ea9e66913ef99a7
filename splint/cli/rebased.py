"""Patterns of one settings file as another one in its place would have them."""

import os
import re
from collections.abc import Iterable, Iterator

from splint.run.discovery import WILDCARDS
from splint.settings.globs import Globs


def rebased(globs: Globs, root: str) -> list[str]:
    """Patterns that fit the same files at or below `root`; those that fit none there are left out."""
    base, files = globs.root, root.rstrip(os.sep) + os.sep
    if base == root:
        return list(globs.patterns)
    if base.startswith(files):
        return [f"{back}/{_escaped(base, root)}{text}" for back, text in _parts(globs, globs.patterns)]
    if not root.startswith(base.rstrip(os.sep) + os.sep):
        return []
    inside = os.path.relpath(root, base).split(os.sep)
    return [f"{back}{rest}" for back, text in _parts(globs, globs.lines()) for rest in _rests(text, inside)]


def including(globs: Globs, root: str) -> list[str]:
    """Patterns of `include`, which may name what lies elsewhere, and are paths where they hold no wildcard."""
    if globs.root == root:
        return list(globs.patterns)
    inside, found = _escaped(globs.root, root), list[str]()
    for pattern, (back, text) in zip(globs.patterns, _parts(globs, globs.patterns), strict=True):
        is_path = not back and not any(char in pattern for char in WILDCARDS)
        found.append(f"{back}{inside}{text.removeprefix('/**') if is_path else text}")
    return found


def _parts(globs: Globs, patterns: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each pattern as its `!` and its text from the directory of the patterns on, with a slash before it."""
    for pattern in patterns:
        back, text = ("!", pattern[1:]) if pattern.startswith("!") else ("", pattern)
        text = text.removeprefix(globs.root.rstrip(os.sep)) if text.startswith(f"{globs.root}{os.sep}") else text
        is_anchored = "/" in text[:-1]
        yield back, f"/{text.removeprefix('./').lstrip('/')}" if is_anchored else f"/**/{text}"


def _rests(text: str, inside: list[str]) -> Iterator[str]:
    """What is left of a pattern from above for a directory, by the names that lead there; `*` where it fits that."""
    is_of_directories = text.endswith("/")
    steps = text.strip("/").split("/")
    states = {0}
    for name in inside:
        reached = _without_names(states, steps)
        states = {at for at in reached if at < len(steps) and steps[at] == "**"}
        states |= {at + 1 for at in reached if at < len(steps) and steps[at] != "**" and _fits(steps[at], name)}
        if len(steps) in states:  # all that is in a directory that it fits
            yield "*"
            return
    for at in sorted(states):
        rest = "/".join(steps[at:])
        yield f"{'' if rest.startswith('**/') and '/' not in rest[3:] else '/'}{rest}{'/' * is_of_directories}"


def _without_names(states: set[int], steps: list[str]) -> set[int]:
    """The states with those that `**` leads to without any directory."""
    found = set(states)
    for at, step in enumerate(steps):
        if step == "**" and at in found and at + 1 < len(steps):
            found.add(at + 1)
    return found


def _fits(step: str, name: str) -> bool:
    return Globs("/", (f"/{step}",)).judge(f"/{name}", is_directory=True) is True


def _escaped(base: str, root: str) -> str:
    """The way from a directory to another one, as a pattern."""
    return re.sub(r"([\\*?\[{])", r"\\\1", os.path.relpath(base, root).replace(os.sep, "/"))
