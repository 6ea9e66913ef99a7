"""What the messages of refusals say in one form about every field: which field, and what is wrong with it.

A field is named by its name or a path (`creative_list.0.creative_info.ad_format`), in quotes, in camelCase or capitals,
or in words, with blanks for underscores, singular for plural. What names no field has none here: nothing is guessed.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from splint.refusals.codes import Provenance

_SOME = r"(?:^|[:.,] *)at least (?:\d+|one|two) (?:\w+ ){1,5}?(?:is|are|do|does)"
"""How a message counts the entries of a list that are wrong: `At least 1 location ID is ...`; no range."""
FORMS: tuple[tuple[str, str, Provenance], ...] = (
    (r"missing data for|(?:is|are) required|\bneeds?\b|is nil\b", "is missing", "seen"),
    (r"\bmissing\b|may not be null|mandatory|not set\b|be present", "is missing", "inferred"),
    (r"\bfield required\b|is an? required\b|(?:^|: *)required(?: field)?\W*$", "is missing", "inferred"),
    (r"maximum number of items", "is too long", "seen"),
    (r"longer than maximum|too (?:many|long)|exceeds? the (?:maximum|limit)", "is too long", "inferred"),
    (r"cannot be empty|not be empty|is empty|shorter than", "is empty, or too short", "inferred"),
    (r"not one of the allowed|invalid enum|\benum\b.*\binvalid", "has no such value", "seen"),
    (r"must be one of|not a valid choice", "has no such value", "inferred"),
    (r"not a valid datetime|not a valid date", "is no time as YYYY-MM-DD HH:MM:SS", "seen"),
    (r"valid integer string|strconv\.parse", "is no text of decimal digits", "seen"),
    (r"must be set to|not a valid string", "has another type", "seen"),
    (r"not a valid (?:integer|number|boolean|list)|must be an? \w+$|cannot unmarshal", "has another type", "inferred"),
    (r"unknown field|not allowed here|unexpected", "is no field of this request", "inferred"),
    (rf"{_SOME} invalid", "holds one or more that TikTok does not know", "seen"),
    (rf"{_SOME} not valid|{_SOME} not (?:exist|found)", "holds one or more that TikTok does not know", "inferred"),
    (r"(?:less|lower|greater) than|below|at least|minimum|exceed|above|maximum|between", "is out of range", "inferred"),
    (r"duplicate|repeated|already", "stands twice", "inferred"),
    (r"not exist|not found|no such|could not find", "is not there", "inferred"),
    (r"not supported|unsupported|not allowed|cannot be|can not be|not match", "does not go with the rest", "inferred"),
    (r"invalid|incorrect|not valid|illegal|wrong", "is not valid", "seen"),
)  # fmt: skip
"""What a message says is wrong: its form, what that means, and how it is known. The first one that fits counts."""
PROSE = frozenset(
    ("budget", "dayparting", "placement", "placements", "pacing", "gender", "languages", "deeplink", "disclaimer")
)
"""The fields of one word that stand for themselves in a sentence; the others (text, code ...) mean anything there."""
_AFTER = re.compile(
    r"(?:is|are|was|be|must|should|cannot|can|may|needs?|has|have|does|do|exceeds?|below|above|less|more|for|of|to|in|on|at"
    r"|with|when|under|and|or|not|too|settings?|amount|values?|parameter|fields?|it|than|by|as|if)",
    re.IGNORECASE,
)
"""The words after a field of one word: with another one it may be the beginning of something else (budget type)."""
_LEAD = re.compile(
    r"^\s*(?:invalid param(?:eter)?(?:\(s\)|s)?|param(?:eter)?s? (?:error|invalid)|(?:validation |request )?error)"
    r"\s*[:,]\s*",
    re.IGNORECASE,
)
_STEP = r"(?:\.(?:\d+|\$|[A-Za-z]\w*)|\[(?:\d+|\*|\"\w+\"|'\w+')?\])"
_PATH = re.compile(rf"(?<![\w.$/-])(?P<path>[A-Za-z]\w*{_STEP}*)(?![\w/])")
_SUBJECT = re.compile(
    rf"^[\"'`\[]?(?P<path>[a-z]\w*{_STEP}*)[\"'`\]]?"
    r"(?:\s*:\s|(?=\s+(?:must be set to|is required|is not a valid|maximum number of)))"
)
"""`FIELD: `, at the beginning of a message."""
_NAMED = re.compile(
    r"(?:(?P<told>invalid value for)|value of|(?:param(?:eter)?|field|argument|key)s?(?:\(s\))?(?: named)?)"
    rf"\s*:?\s+[\"'`\[]?(?P<path>[a-z]\w*{_STEP}*)"
    r"|(?:missing|need|require[sd]?|unknown (?:field|param(?:eter)?))"
    rf"\s*:?\s+[\"'`](?P<quoted>[a-z]\w*{_STEP}*)[\"'`]",
    re.IGNORECASE,
)
_GO = re.compile(rf"(?:struct field |Error:Field validation for '|\bKey: ')(?P<path>[A-Za-z]\w*{_STEP}*)")
_OF_AN_OBJECT = re.compile(
    r"\b(?:for|of|in|under|with) (?:the )?(?:advertiser|campaign|adgroup|ad)_?ids?\b\W*\d{5,}", re.IGNORECASE
)
_VALUE = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")
_QUOTED = re.compile(
    r"(?<!\w)[\"'`\u201c\u2018\[](?P<text>[^\"'`\u201d\u2019\]]{1,200})[\"'`\u201d\u2019\]]"
    r"|\bvalue(?: is)?[ :=]+(?P<word>[^\s,;]+)"
)
_AD_GROUP = re.compile(r"\bad[ -]group", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+\d*|\d+")
_PLAIN = re.compile(
    r"(?:error|message|invalid|warning|code|http|json|status|request|response|details?|reason|cause|fields?|param(?:eter)?s?"
    r"|value|exception|note|info)"
)
MOST_WORDS = 8
MOST_CHARS = 4_000
"""The rest of a longer message is not read."""


class Named(NamedTuple):
    """A field that a message names."""

    name: str
    path: tuple[str, ...]
    """Its steps as the message has them, list indices too; the last one is the name."""
    provenance: Provenance
    """inferred where only its value is named."""


def fault(message: str) -> tuple[str, Provenance]:
    """What a message says is wrong with its field, in a few words; none where it says so in a way of its own."""
    return next(_faults(message), ("", "inferred"))


def compares(message: str) -> bool:
    """Whether a message says how one field has to be beside another: what is wrong is neither of them alone."""
    return re.search(r" than (?:the )?[a-z]\w*_\w+| than (?:the )?budget\b", message[:MOST_CHARS]) is not None


def says(message: str, cause: str) -> bool:
    """Whether a message says this, too, of what is wrong."""
    return any(words == cause for words, _ in _faults(message))


def _faults(message: str) -> Iterator[tuple[str, Provenance]]:
    lowered = _LEAD.sub("", message[:MOST_CHARS]).lower()
    return ((words, known) for form, words, known in FORMS if re.search(form, lowered))


def named(message: str, known: Collection[str], values: Mapping[str, Collection[str]]) -> list[Named]:
    """The fields that a message names, the subject first.

    `known` are the fields of the request, `values` the fields that have a value, by the value.
    """
    text = _OF_AN_OBJECT.sub(" ", _LEAD.sub("", message[:MOST_CHARS]))
    if subject := _subject(text, known):
        return [subject]
    before, than, after = text.partition(" than ")
    found = _mentioned(before, known)
    if found:
        return list(
            (found | {name: one for name, one in _mentioned(after, known).items() if name not in found}).values()
        )
    if than:
        return []  # what something is compared with is not what is wrong
    if (marked := _NAMED.search(text)) and ("_" in (path := marked["path"] or marked["quoted"]) or marked["told"]):
        steps = _steps(path)
        return [Named(steps[-1], tuple(steps), "seen")]
    if not (foreign := _foreign(text)):
        return _by_value(text, values)
    return [foreign]


def _mentioned(text: str, known: Collection[str]) -> dict[str, Named]:
    """The fields that a text mentions: by a path or a marked name first, then in words."""
    found: dict[str, Named] = {}
    rest = text
    for match in _PATH.finditer(text):
        if one := _of_path(match["path"], known):
            found.setdefault(one.name, one)
            rest = rest[: match.start()] + "." * len(match[0]) + rest[match.end() :]
    for name in _in_words(rest, known):
        found.setdefault(name, Named(name, (name,), "seen"))
    return found


def spoken_values(message: str) -> list[str]:
    """The values that a message names: in quotes, after `value is`, or in capitals with underscores."""
    text = message[:MOST_CHARS]
    quoted = [match["text"] or match["word"] for match in _QUOTED.finditer(text)]
    return list(dict.fromkeys([*quoted, *_VALUE.findall(text)]))


def _subject(text: str, known: Collection[str]) -> Named | None:
    """The field before a colon at the beginning, or that Go's validators name; it need not be one that is known."""
    if go := _GO.search(text):
        return _of_path(go["path"], known)
    if (match := _SUBJECT.match(text)) is None:
        return _worded_subject(text, known)
    steps = _steps(match["path"])
    name = _spelled(steps[-1], known) or steps[-1]
    is_told = text[match.start() : match.end()].rstrip().endswith(":") and bool(fault(text[match.end() :])[0])
    if name in known or (name.islower() and not _PLAIN.fullmatch(name) and ("_" in name or is_told)):
        return Named(name, (*steps[:-1], name), "seen")
    return None


def _worded_subject(text: str, known: Collection[str]) -> Named | None:
    """The field whose name in words is all that stands before a colon: `Budget mode: invalid value`."""
    before, colon, _ = text.partition(":")
    words = _WORD.findall(_AD_GROUP.sub("adgroup", before))
    if not colon or not 1 <= len(words) <= MOST_WORDS or "." in before:
        return None
    name = _spelled("_".join(words), known)
    return Named(name, (name,), "seen") if name else None


def _of_path(given: str, known: Collection[str]) -> Named | None:
    """The known field that a path ends in, where the path cannot be an ordinary word."""
    steps = _steps(given)
    while len(steps) > 1 and steps[-1].isdigit():
        steps.pop()
    if len(steps) > 1 and steps[0][0].isupper():
        del steps[0]  # the type of the request in TikTok's code
    last = steps[-1]
    is_marked = "_" in last or len(steps) > 1 or "." in given or bool(re.search(r"[a-z][A-Z]", last))
    name = _spelled(last, known) if is_marked else None
    return Named(name, (*steps[:-1], name), "seen") if name else None


def _steps(path: str) -> list[str]:
    """The steps of a path; a step that stands for any index (`[]`, `*`, `$`) is left out."""
    return re.findall(r"\d+|[A-Za-z]\w*", path) or [path]


def _spelled(word: str, known: Collection[str]) -> str | None:
    """The known field that a word spells, in camelCase, capitals, hyphens, singular or plural."""
    snake: str = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", word).lower().replace("-", "_").replace("ad_group", "adgroup")
    one = snake.removesuffix("s")
    lists = [f"{one}_list"] if one != snake else []
    spellings: list[str] = [snake, *lists, f"{snake}s", one, f"{snake}_list", snake.removesuffix("_list")]
    return next((spelling for spelling in spellings if spelling in known), None)


def _in_words(text: str, known: Collection[str]) -> Iterator[str]:
    """The fields whose names stand in a text in words, the longest first where they overlap."""
    text = _AD_GROUP.sub("adgroup", text)
    tokens = list(_WORD.finditer(text))
    words = [token[0].lower().replace("catalogue", "catalog") for token in tokens]
    by_words = _by_words(known)
    at = 0
    while at < len(words):
        for size in range(min(MOST_WORDS, len(words) - at), 0, -1):
            name = by_words.get(tuple(map(_singular, words[at : at + size])))
            if name is None or not _are_together(text, tokens[at : at + size]):
                continue
            if size == 1 and not _stands_alone(text, tokens, at):
                continue
            yield name
            at += size - 1
            break
        at += 1


def _by_words(known: Iterable[str]) -> dict[tuple[str, ...], str]:
    """The fields by the words of their names, in the singular; of two the one that is spelled so."""
    found: dict[tuple[str, ...], str] = {}
    for name in sorted(known, key=lambda name: (name.endswith("_list"), name.endswith("s"), name)):
        if "_" in name or name in PROSE:
            found.setdefault(tuple(map(_singular, name.split("_"))), name)
    return found


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 2 and word.endswith("s") and not word.endswith("ss") else word


def _are_together(text: str, tokens: list[re.Match[str]]) -> bool:
    """Whether nothing but blanks, hyphens, slashes or underscores is between words."""
    gaps = (text[one.end() : other.start()] for one, other in pairwise(tokens))
    return all(gap and not gap.strip(" \t_-/") for gap in gaps)


def _stands_alone(text: str, tokens: list[re.Match[str]], at: int) -> bool:
    """Whether a word is a field by itself: it ends a phrase, or what follows says something of it."""
    if at + 1 == len(tokens) or not _are_together(text, tokens[at : at + 2]):
        return True
    return _AFTER.fullmatch(tokens[at + 1][0]) is not None


def _foreign(text: str) -> Named | None:
    """The first field-like word of a text, of a request that splint does not know: `store_id is invalid`."""
    match = re.match(
        rf"^\W*(?:(?:the|need|missing|invalid|incorrect)\W+)?(?P<path>[a-z]+_\w+{_STEP}*)(?=\W|$)", text, re.IGNORECASE
    )
    if match is None or match["path"].isupper() or not fault(text)[0]:
        return None
    steps = _steps(match["path"])
    return Named(steps[-1], tuple(steps), "seen") if steps[-1].islower() else None


def _by_value(text: str, values: Mapping[str, Collection[str]]) -> list[Named]:
    """The only field that has a value which a text names."""
    fields = {name for value in _VALUE.findall(text) for name in values.get(value, ())}
    return [Named(name, (name,), "inferred") for name in fields] if len(fields) == 1 else []
