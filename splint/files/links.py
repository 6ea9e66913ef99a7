"""Symlinks on the way of a path."""

import os

MOST_LINKS = 40
"""The most symlinks that are followed on the way of one path: the system opens no path with more."""


def resolved(path: str) -> tuple[str, list[str]]:
    """The real path of a path, and those of the symlinks on its way; at most MOST_LINKS are followed."""
    place, links = os.sep, list[str]()
    pending = os.path.join(os.getcwd(), path).split(os.sep)[::-1]
    while pending:
        name = pending.pop()
        if name in ("", os.curdir):
            continue
        entry = os.path.dirname(place) if name == os.pardir else os.path.join(place, name)
        if not os.path.islink(entry) or len(links) == MOST_LINKS:
            place = entry
            continue
        links.append(entry)
        target = os.readlink(entry)
        place = os.sep if os.path.isabs(target) else place
        pending += target.split(os.sep)[::-1]
    return place, links
