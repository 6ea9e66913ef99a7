"""Which words of a key say another thing than the field that it is like: a unit, a zone, another time, an exclusion.

And which say nothing that counts, so that what is under it may be left out.
"""

import re
from typing import Final

from splint.schema.kinds import BOOLEAN, STRUCTURE, TEXT, Either, ListOf, Shape, Spec, remembered
from splint.schema.nearest import (
    EXCLUDING,
    NEARLY,
    TURNING,
    are_turned_alike,
    is_like,
    is_one_edit,
    is_respelled,
    similarity,
)
from splint.schema.table import SHAPES
from splint.schema.values import VALUES

_NEGATIONS: Final = frozenset(
    {
        *EXCLUDING,
        *("negative", "negated", "blocked", "block", "blocklist", "suppress"),
        *("suppressed", "suppressing", "suppression", "suppressions", "except", "excepting", "exempt", "exempted"),
        *("ignore", "ignored", "ignoring", "disallow", "disallowed", "forbid", "forbids", "forbidden", "ban", "bans"),
        *("banned", "avoid", "avoided", "avoiding", "deny", "denied", "denylist", "blacklist", "blacklisted", "never"),
        *("drop", "dropped", "remove", "removed", "removing", "delete", "deleted", "hide", "hidden", "stop", "stopped"),
        *("omit", "omitted", "skip", "skipped", "unset", "unused", "unwanted", "reject", "rejected", "restricted"),
        *("inverse", "inverted", "minus", "nor", "neither", "but", "out"),
    }
)
"""Words with which a key names those who are left out, or the opposite."""
_UNITS: Final = frozenset(
    {
        *("cent", "cents", "micro", "micros", "minor", "pct", "percent", "percentage", "ratio", "factor", "multiplier"),
        *("k", "thousand", "thousands", "million", "millions", "usd", "eur", "gbp", "jpy", "dollar", "dollars"),
        *("euro", "euros", "pence", "ms", "millis", "seconds", "epoch", "unix", "timestamp", "hours", "days", "weeks"),
        *("offset", "timezone"),
    }
)
"""Units in which a value is none of the field's."""
_ZONES: Final = ("pst", "pdt", "est", "edt", "cst", "cet", "cest", "local")
"""Time zones, which count only beside a name, or run together with one: `est` may be a slip of `test`."""
_OTHERS: Final = frozenset(
    {
        *("old", "older", "prev", "previous", "prior", "former", "past", "last", "original", "orig", "legacy"),
        *("deprecated", "next", "future", "planned", "proposed", "suggested", "estimated", "avg", "average"),
        *("mean", "median", "min", "max", "minimum", "maximum", "lowest", "highest", "test", "testing", "parent"),
        *("backup", "sandbox", "draft", "default", "fallback", "staging", "dev", "debug", "demo", "example", "sample"),
        *("dummy", "fake", "temp", "tmp", "template", "archived", "competitor", "lookalike", "narrow", "spent"),
        *("remaining", "left", "weekly", "monthly", "hourly", "yearly"),
    }
)
"""Words with which a key names another one of the kind, or one of another time."""
_OTHER: Final = _NEGATIONS | _UNITS | _OTHERS
_AFFIXES: Final = (*(word for word in _OTHER if len(word) > 2), *_ZONES)
"""What may be run together with a name."""
_LONG_AFFIXES: Final = tuple(word for word in _AFFIXES if len(word) > 4)
"""What may be run together with any word, as in no other word."""
_PREFIXES: Final = (*_AFFIXES, "no", "un", "ex")
_HARMLESS: Final = frozenset(
    {
        *(
            "tiktok",
            "tt",
            "smart",
            "plus",
            "smartplus",
            "my",
            "our",
            "your",
            "the",
            "a",
            "this",
            "is",
            "of",
            "value",
            "values",
        ),
        *("amount", "field", "param", "id", "ids", "list", "lists", "array", "items", "string", "str"),
        *("info", "data", "utc", "gmt"),
    }
)
"""Words that say nothing which the name of a field does not say; its times are in UTC."""
_OWN_WORDS: Final = {
    "Campaign": frozenset({"campaign"}),
    "AdGroup": frozenset({"ad", "group", "adgroup"}),
    "Ad": frozenset({"ad"}),
    "Creative": frozenset({"creative"}),
    "CreativeInfo": frozenset({"creative"}),
    "Targeting": frozenset({"targeting"}),
}
"""What an object is called itself, in words, by its shape: before a field's name they say no more."""
_OF_CAMPAIGN: Final = frozenset({"campaign"})
_BELOW: Final = frozenset({"ad", "ads", "group", "adgroup", "creative", "targeting"})
"""What a campaign, and what the objects below it, are called or are parts of: a key that says so says no more."""
_NOTES: Final = frozenset(
    {
        *("note", "notes", "comment", "comments", "remark", "remarks", "memo", "description", "desc", "label"),
        *("labels", "tag", "tags", "owner", "owners", "ticket", "tickets", "jira", "metadata", "meta", "version"),
        *("revision", "source", "created", "create", "updated", "modified", "modify", "readme", "changelog"),
    }
)
"""Words of keys under which people and tools keep what is for themselves."""
_BESIDE_NOTES: Final = frozenset(
    {
        *("by", "at", "date", "time", "last", "name", "email", "internal", "api", "schema", "file", "id", "list"),
        *("my", "our", "your", "the", "campaign", "ad", "ads", "group", "adgroup", "creative"),
    }
)
"""Words that say no more beside one of those."""
_BOUNDS: Final = frozenset(
    {
        *("cap", "caps", "capped", "limit", "limits", "limited", "max", "maximum", "min", "minimum", "spend", "budget"),
        *("pause", "paused", "end", "ends", "ending", "stop", "stops", "until", "till"),
        *("expires", "expiry", "deadline"),
    }
)
"""Words of keys that pause, end or cap something, whatever else they say."""
_BEFORE: Final = frozenset({"tiktok", "tt", "smart", "plus", "smartplus", "my", "our", "your", "the"})
"""Words before a name that say nothing."""
_SHARED: Final = SHAPES["Campaign"].fields.keys() & SHAPES["AdGroup"].fields.keys()
"""The fields that a campaign has as well as an ad group."""
PLACES: Final = frozenset({"placements", "placement_type"})
"""The fields of an ad group, beside those of its targeting, that say where ads run, and where not."""
JUDGED_UNDER_NEAR_KEYS: Final = frozenset({"Bundle", "Envelope"})
"""The shapes in which objects under a key that is like a known one are judged, whatever else it says."""


def is_other(key: str, name: str, shape: Shape) -> bool:
    """Whether a key that is like the name of a field of an object says something else.

    A word that is known for that does, in any spelling, and a negation that the name has not. One that is not known to
    say nothing more does but for a choice, and the objects of a campaign: those tell themselves. Of those who are
    targeted, of placements, and of what is true or false it may say the opposite. What another object has too, and is
    called so there, is that one's.
    """
    if shape.name in JUDGED_UNDER_NEAR_KEYS or is_respelled(key, name):
        return False
    if not are_turned_alike(key, name):
        return True
    extra = _extra_words(key, name)
    if any(word in _OTHER for word in extra):
        return True
    own = _OF_CAMPAIGN if shape.name.removesuffix("Update") == "Campaign" else _BELOW
    rest = [word for word in extra if not (word in _HARMLESS or word in own)]
    if name in _SHARED and not (_OF_CAMPAIGN | _BELOW).isdisjoint(rest):
        return True
    return bool(rest) and not _tells_itself(name, shape)


@remembered
def says_other(key: str) -> bool:
    """Whether a word of a key says that what it holds is left out, or is another one of its kind."""
    return any(word in _OTHER or word.startswith(_LONG_AFFIXES) or word.endswith(_LONG_AFFIXES) for word in _words(key))


@remembered
def is_harmless(key: str) -> bool:
    """Whether a key is known to say nothing of money, time, state or audience: what is under it is a note.

    Each of its words is one for notes, or says no more beside one: `created_at`, `campaign_notes`, `ticket_id`.
    """
    words = _words(key)
    are_known = all(word in _NOTES or word in _BESIDE_NOTES or word.isdecimal() for word in words)
    return are_known and not _NOTES.isdisjoint(words)


@remembered
def says_bound(key: str) -> bool:
    """Whether a word of a key pauses, ends, caps or leaves out something."""
    return any(word in _BOUNDS or word in _NEGATIONS for word in _words(key))


@remembered
def without_own_name(key: str, shape: Shape) -> str:
    """A key without the name of its object, and without words that say nothing, before it; empty where it has none."""
    own, words = _OWN_WORDS.get(shape.name.removesuffix("Update"), frozenset()), _words(key)
    start = next((at for at, word in enumerate(words) if word not in own and word not in _BEFORE), len(words))
    return "_".join(words[start:]) if start else ""


def _tells_itself(name: str, shape: Shape) -> bool:
    """Whether a field takes one of several values, none of whom to reach, or objects that are judged themselves."""
    spec = shape.fields.get(name)
    if spec is BOOLEAN or shape.name == "Targeting" or name in PLACES:
        return False
    if spec is None:
        return name in STRUCTURE.get(shape.name, ())
    return _is_choice(spec) or (spec is TEXT and f"{shape.name.removesuffix('Update')}.{name}" in VALUES)


def _is_choice(spec: Spec) -> bool:
    if isinstance(spec, Either):
        return all(map(_is_choice, spec))
    return spec is BOOLEAN or isinstance(spec.item if isinstance(spec, ListOf) else spec, frozenset)


def _words(key: str) -> list[str]:
    """The words of a key in any spelling, numbers and signs each as one, in lower case."""
    plural = re.sub(r"(?<=[A-Z])s(?![a-z])", "S", key)
    return [
        word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W\d_A-Za-z]+|[^\w. -]", plural)
    ]


def _extra_words(key: str, name: str) -> list[str]:
    """The words of a key that are none of a name's, be they misspelt, run together or apart, nor turn what it says.

    Of a word that is run together with one of those it is that. Where all words of the name stand there, any other is
    one more, whatever it is like.
    """
    words, own = _words(key), _words(name)
    parts = {"".join(own[start:end]) for start in range(len(own)) for end in range(start + 1, len(own) + 1)}
    if len(words) > len(own) and {*own} <= {*words}:
        return [word for word in words if word not in parts and word not in TURNING]
    extra: list[str] = []
    at = 0
    while at < len(words):
        joined = next((end for end in range(len(words), at + 1, -1) if _is_joined(words[at:end], parts)), 0)
        if not joined:
            extra += _extra_in(words[at], parts)
        at = joined or at + 1
    return extra


def _is_joined(words: list[str], parts: set[str]) -> bool:
    """Whether words are, run together, a part of a name, with one slip perhaps."""
    joined = "".join(words)
    is_plain = all(len(word) > 1 and word not in _OTHER for word in words)
    return joined in parts or (is_plain and any(is_one_edit(joined, part) for part in parts))


def _extra_in(word: str, parts: set[str]) -> list[str]:
    """What a word of a key says that is no part of a name."""
    if word in parts or word in TURNING:
        return []
    if word in _OTHER:
        return [word]
    likeness = max(similarity(word, part) for part in parts)
    whole = max(parts, key=len)
    if len(whole) > 4 and not any(is_one_edit(word, part) for part in parts):
        rest = word.removesuffix(whole) if word.endswith(whole) else word.removeprefix(whole)
        if 2 < len(rest) < len(word):
            return [rest]
    for affix in _PREFIXES:
        ends = affix in _AFFIXES and word.endswith(affix)
        if word.startswith(affix) or ends:
            rest = word[: -len(affix)] if ends else word[len(affix) :]
            if len(rest) > 1 and max(similarity(rest, part) for part in parts) > max(likeness, NEARLY):
                return [affix]
    is_slip = any(len(part) > 1 and is_one_edit(word, part) for part in parts)
    return [] if is_slip or any(is_like(word, part) for part in parts) else [word]
