"""The messages of refusals that name their field in other words, or none: known refusals, in a data file a pack.

A file is TOML with a table `[[refusal]]` for each. It is read when somebody asks what a refusal means.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple, get_args

from splint.refusals.codes import PROVENANCES, Actor, Provenance
from splint.refusals.forms import MOST_CHARS
from splint.rules.hooks import PluginError
from splint.rules.registry import load

ACTORS: tuple[str, ...] = get_args(Actor)
_LISTS = ("endpoints", "rule", "field")
_TEXTS = ("match", "provenance", "example", "actor", "cause")
_NEEDED = ("match", "code", "provenance", "example")


class KnownRefusal(NamedTuple):
    """What a pack knows of one message of a refusal: a table `[[refusal]]` of its file."""

    match: re.Pattern[str]
    """Is searched in messages, whatever their case."""
    code: int
    endpoints: tuple[str, ...]
    """The ends of the paths that answer so, such as `ad/create`; empty for any."""
    rule: tuple[str, ...]
    """The rules that tell of it beforehand, by code."""
    field: tuple[str, ...]
    """The fields that cause it, the first one first; empty where no field does."""
    actor: Actor | None
    """Who acts, where it is not who the code says."""
    cause: str
    """What is wrong, in a few words."""
    provenance: Provenance
    example: str
    """A message that it matches."""

    def fits(self, code: int | None, message: str, path: str | None) -> bool:
        """Whether an answer of an endpoint (its path, None where it is not known) is this refusal."""
        if code is not None and code != self.code:
            return False
        if path is not None and self.endpoints and not any(path.endswith(f"/{end}/") for end in self.endpoints):
            return False
        return self.match.search(message[:MOST_CHARS]) is not None


@cache
def known_refusals(plugins: tuple[str | ModuleType, ...] = ()) -> tuple[KnownRefusal, ...]:
    """What plugins know of refusals, the last one's first, and then those of the packs that ship with splint.

    Raises PluginError for a file that cannot be read, and for a table that does not say how it is known.
    """
    return tuple(known for path in load(plugins).refusals() for known in read(path))


def read(path: str) -> list[KnownRefusal]:
    """The known refusals of a file. Raises PluginError, which names one by its number, from 1."""
    try:
        held = tomllib.loads(Path(path).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise PluginError(f"{path}: the refusals cannot be read: {error}") from error
    entries = held.pop("refusal", [])
    if held or not isinstance(entries, list):
        raise PluginError(f"{path}: holds {', '.join(held) or 'no list'}: a known refusal is a table [[refusal]]")
    return [_of_table(f"{path}: refusal {number}", entry) for number, entry in enumerate(entries, start=1)]


def _of_table(place: str, entry: Any) -> KnownRefusal:
    if not isinstance(entry, dict):
        raise PluginError(f"{place} is no table")
    if missing := [key for key in _NEEDED if key not in entry]:
        raise PluginError(f"{place} has no {missing[0]}: it needs {', '.join(_NEEDED)}")
    if unknown := [key for key in entry if key not in KnownRefusal._fields]:
        raise PluginError(f"{place} has {unknown[0]}: the keys are {', '.join(KnownRefusal._fields)}")
    for key in _LISTS:
        value = entry.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise PluginError(f"{place}: {key} is a list of texts")
    if not isinstance(entry["code"], int) or not all(isinstance(entry.get(key, ""), str) for key in _TEXTS):
        raise PluginError(f"{place}: code is a number; {', '.join(_TEXTS)} are texts")
    if entry["provenance"] not in PROVENANCES:
        raise PluginError(f"{place}: provenance {entry['provenance']!r} is none of {', '.join(PROVENANCES)}")
    if entry.get("actor", ACTORS[0]) not in ACTORS:
        raise PluginError(f"{place}: actor {entry['actor']!r} is none of {', '.join(ACTORS)}")
    try:
        match = re.compile(entry["match"], re.IGNORECASE)
    except re.error as error:
        raise PluginError(f"{place}: match is no regular expression: {error}") from error
    lists = {key: tuple(entry.get(key, ())) for key in _LISTS}
    defaults = {"actor": None, "cause": ""}
    known = KnownRefusal(**{**defaults, **entry, **lists, "match": match})
    if not known.fits(known.code, known.example, None):
        raise PluginError(f"{place}: match does not match the example {known.example!r}")
    return known
