"""Patterns of one settings file as another one in its place would have them."""

import os
from collections.abc import Iterator

from splint.run.discovery import WILDCARDS
from splint.settings.globs import Globs, pattern_of


def rebased(globs: Globs, root: str, *, is_of_walk: bool = False) -> list[str]:
    """Patterns that fit the same files at or below `root`; those that fit none there are left out.

    A walk asks patterns of what it finds below `root` alone, never of that directory itself (`is_of_walk`): else a
    pattern that fits it, or one above it, fits all that is in it.
    """
    base = globs.root
    if base == root:
        return list(globs.patterns)
    if _is_below(base, root):
        return [f"{back}{pattern_of(_way(base, root))}{text}" for back, text in _parts(globs)]
    if not _is_below(root, base):
        return []
    inside = _way(root, base).split("/")
    return [f"{back}{rest}" for back, text in _parts(globs) for rest in _rests(text, inside, is_of_walk=is_of_walk)]


def including(globs: Globs, root: str) -> tuple[list[str], list[str]]:
    """Patterns of `include`, which may name what lies elsewhere, and are paths where they hold no wildcard.

    Beside them those that are left out: `!` takes back nothing outside of the directory of its settings.
    """
    if globs.root == root:
        return list(globs.patterns), []
    inside, found, left_out = pattern_of(_way(globs.root, root)), list[str](), list[str]()
    for pattern in globs.patterns:
        if pattern.startswith("!"):
            taken_back = Globs(globs.root, (pattern[1:],))
            if _is_below(globs.root, root) or all(_lies_in(text, globs.root, root) for _, text in _parts(taken_back)):
                found += [f"!{rest}" for rest in rebased(taken_back, root)]
            else:
                left_out.append(pattern)
            continue
        is_anchored = "/" in pattern or not any(char in pattern for char in WILDCARDS)
        text = pattern[len(globs.root) :] if _is_below(pattern, globs.root) else pattern.removeprefix("./")
        found.append(f"{inside}{'/' if is_anchored else '/**/'}{text.lstrip('/')}")
    return found, left_out


def _parts(globs: Globs) -> Iterator[tuple[str, str]]:
    """Each pattern as its `!` and its text from the directory of the patterns on, with a slash before it."""
    for pattern in globs.lines():
        back, text = ("!", pattern[1:]) if pattern.startswith("!") else ("", pattern)
        yield back, f"/{text.removeprefix('/')}" if "/" in text[:-1] else f"/**/{text}"


def _rests(text: str, inside: list[str], *, is_of_walk: bool) -> Iterator[str]:
    """What is left of a pattern from above for a directory, by the names that lead there; `*` where it fits that."""
    is_of_directories = text.endswith("/")
    steps = ["**" if len(step) > 1 and not step.strip("*") else step for step in text.strip("/").split("/")]
    states = {0}
    for name in inside:
        reached = _without_names(states, steps)
        fitting = {at for at in reached if _fits(steps[at], name)}
        if len(steps) - 1 in fitting and not is_of_walk:  # all that is in a directory that it fits
            yield "*"
            return
        states = {at + (steps[at] != "**") for at in fitting} - {len(steps)}
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


def _lies_in(text: str, base: str, root: str) -> bool:
    """Whether a pattern of a directory, by its text, fits nothing outside of another one."""
    return f"{text.rstrip('/')}/".startswith(f"/{pattern_of(_way(root, base)).removeprefix('./')}/")


def _is_below(path: str, directory: str) -> bool:
    return path.startswith(directory.rstrip(os.sep) + os.sep)


def _way(path: str, start: str) -> str:
    return os.path.relpath(path, start).replace(os.sep, "/")
