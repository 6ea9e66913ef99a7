"""URLs of which parts are not known: each becomes one mark, and what is left says which endpoint it is."""

import re
from functools import lru_cache
from typing import Any, Literal

from splint.payloads.texts import content_of
from splint.schema.placeholders import UNKNOWN
from splint.schema.vocabulary import (
    DIRECTORIES,
    HOSTS,
    ID_LISTS,
    LEGACY,
    MANUAL,
    OBJECT_LEVELS,
    OF_SMART_PLUS,
    OWN_IDS,
    SMART_PLUS,
    is_of_smart_plus,
    is_version,
    level_of,
)

Opening = Literal["", "all", "directory", "path", "several"]
"""What only a run tells of an endpoint: all, if it has the directory of Smart+, its path there, or which text it is."""
_DEEPEST = 8
"""The most variables within each other that are looked at."""
_WITHIN = re.compile(r"\$\{([^{}]*)\}|\$\([^()]*\)|`[^`]*`")
"""A variable of a shell, or the output of a command, without another one in it."""
_DEFAULT = re.compile(r"\w+:?[-=](.*)", re.DOTALL)
_FORMS = re.compile(
    r"\{\{[^{}]*\}\}|<%[^%]*%>|#?\{[^{}]*\}#?|<[^<>]*>|\$(?:\w+|[@*#])"
    r"|%[A-Za-z_]\w{2,}%(?![0-9A-Fa-f]{2})|%\(\w+\)s|%s(?!\w)|@[A-Za-z_]\w*@|\(\([\w .:-]+\)\)|\[[A-Za-z_][\w .-]*\]"
    r"|__[A-Za-z]\w*?__|\.{3,}|(?<=/):[A-Za-z_]\w*(?=[/?#]|\Z)"
)
"""What other templates have for a part of a text, and what is left out."""
_WORD = re.compile(r"(?<![^/])[A-Z][A-Z0-9]+(?:[_-][A-Z0-9]+)*(?=[/?#]|\Z)")
"""A step in capitals, as BASE_URL or VERSION."""
_ENDS_OPEN = re.compile(rf"(?<![^/{UNKNOWN}])(open_api|smart_plus|v1\.\d)(?={UNKNOWN})")
_BEGINS_OPEN = re.compile(rf"(?<={UNKNOWN})(?=(?:open_api|smart_plus|v1\.\d|campaign|adgroup|ad)(?:[/?#{UNKNOWN}]|\Z))")
"""Steps of a path before and behind a variable that has the slash between the two."""
_ACTS = frozenset(path.split("/")[3] for path in SMART_PLUS)
"""What begins the steps behind the level in a path."""
_OF_BOTH = MANUAL - {"/adgroup/create/", "/ad/create/"} | {"/adgroup/budget/update/"}
"""The paths that are Smart+'s behind its directory; what ad groups and ads are that are created their fields say."""
_MARKS = re.compile(f"{UNKNOWN}+")
_KNOWN = frozenset(
    {*DIRECTORIES, "open_api", "http", "https", *(step for path in (*SMART_PLUS, *LEGACY) for step in path.split("/"))}
)
"""The steps of paths of TikTok's, which people write in capitals too."""
_VERSION = re.compile(r"V\d+")


def with_marks(text: str) -> str:
    """A URL with one mark in the place of each part that is not known.

    A variable with a text by default has that. An empty one before a path is none: what begins with a path is sent
    nowhere.
    """
    begins_open = text.startswith("${")
    for _ in range(_DEEPEST):
        made = _WITHIN.sub(_of_shell, text)
        if made == text:
            break
        text = made
    text = _WORD.sub(_of_word, _FORMS.sub(UNKNOWN, text))
    text = UNKNOWN + text if begins_open and text.startswith("/") else text
    return _BEGINS_OPEN.sub("/", _ENDS_OPEN.sub(r"\1/", _MARKS.sub(UNKNOWN, text))) if UNKNOWN in text else text


def _of_shell(use: re.Match[str]) -> str:
    default = _DEFAULT.fullmatch(use[1]) if use[1] is not None else None
    return UNKNOWN if default is None else default[1]


def _of_word(word: re.Match[str]) -> str:
    step = word[0].lower().replace("-", "_")
    is_known = step in _KNOWN or _VERSION.fullmatch(word[0]) is not None or rest_of_directory(word[0]) is not None
    return word[0] if is_known else UNKNOWN


def known_host(host: str, rest: str) -> tuple[str, str]:
    """A host, and what is behind it, of which a part is not known: none where it may be one of TikTok's."""
    before, _, behind = host.partition(UNKNOWN)
    if before in HOSTS:
        return before, f"{UNKNOWN}{behind}/{rest}"
    if host.strip(UNKNOWN) in HOSTS:
        return host.strip(UNKNOWN), rest
    pattern = ".*".join(map(re.escape, host.split(UNKNOWN)))
    return ("", f"{UNKNOWN}/{rest}") if any(re.fullmatch(pattern, one) for one in HOSTS) else (host, rest)


def behind_marks(parts: list[str], *, has_api: bool) -> list[str]:
    """The steps of a path from those on which say which endpoint it is, whatever the ones before them are."""
    named = [at for at, part in enumerate(parts) if is_version(part) and at and UNKNOWN in parts[at - 1]]
    parts = parts[named[-1] :] if named else parts
    if has_api and len(parts) > 1 and _may_be_version(parts[0]) and parts[1] not in _ACTS:
        parts = parts[1:]
    smart_plus = parts.index("smart_plus") if "smart_plus" in parts else 0
    if ".." in parts or not any(UNKNOWN in part for part in parts[:smart_plus]):
        return parts
    last = max(at for at, part in enumerate(parts[:smart_plus]) if UNKNOWN in part)
    is_elsewhere = misspelt(f"/{'/'.join(parts[last + 1 :])}/") is not None
    return parts[last + 1 if is_elsewhere else smart_plus :]


def _may_be_version(part: str) -> bool:
    """Whether a step may be a version of which a part is not known."""
    return part == UNKNOWN or (part[:1] == "v" and UNKNOWN in part and not part.strip(f"v.0123456789{UNKNOWN}"))


def opened(path: str, *, is_bare: bool, is_behind: bool) -> tuple[str, Opening]:
    """The path of an endpoint of which parts are not known, as far as these matter, and what is open of it.

    `is_behind` says that such a part stands for its host, `is_bare` that neither host nor version say whose it is. Then
    what is behind the last such part says it, if it is a path of TikTok's API.
    """
    if path.startswith("/smart_plus/"):
        return path, "path"
    if is_bare and is_behind and not path.strip(f"/{UNKNOWN}"):
        return path, "all"
    behind = "/" + path.rpartition(UNKNOWN)[2].partition("/")[2]
    if is_bare and is_behind and behind in _OF_BOTH:
        return f"/{UNKNOWN}{behind}", "directory"
    if is_bare and is_behind and _is_of_tiktok(behind):
        return behind, "" if behind in LEGACY or misspelt(behind) in SMART_PLUS else "directory"
    return path, "directory" if is_bare or UNKNOWN in path.split("/", 2)[1] else ""


def _is_of_tiktok(path: str) -> bool:
    """Whether a path is one of TikTok's API, or written for one of Smart+."""
    is_other = path.split("/", 2)[1] in DIRECTORIES - {*OBJECT_LEVELS}
    return is_other or path in LEGACY or misspelt(path) in SMART_PLUS


def may_be_taken(path: str, body: object, *, is_all: bool) -> bool:
    """Whether a body may be one of Smart+ at an open endpoint.

    That is any where the endpoint surely is, and behind a variable before the path of such a one, but for ads without
    something of Smart+ alone; else a campaign or a change, and where nothing of the URL is known a change alone.
    """
    body = content_of(body)
    if not isinstance(body, dict | list):
        return False
    if path.startswith("/smart_plus/"):
        return body not in ({}, [])
    if path.removeprefix(f"/{UNKNOWN}") in _OF_BOTH:
        return not path.startswith(f"/{UNKNOWN}/ad/") or is_of_smart_plus(body, OF_SMART_PLUS)
    changes = [isinstance(one, dict) and _may_change(one) for one in (body if isinstance(body, list) else [body])]
    return any(changes) or (not is_all and _has_campaign(body))


def _has_campaign(body: object) -> bool:
    """Whether a campaign is in a body, at any depth."""
    if isinstance(body, dict):
        return level_of(body) == "campaign" or any(map(_has_campaign, body.values()))
    return isinstance(body, list) and any(map(_has_campaign, body))


def _may_change(value: dict[str, Any]) -> bool:
    """Whether a body changes a budget or status by an object's id."""
    has_id = not value.keys().isdisjoint((*OWN_IDS.values(), *ID_LISTS.values()))
    return has_id and not value.keys().isdisjoint(("budget", "operation_status"))


@lru_cache(256)
def misspelt(path: str) -> str | None:
    """The Smart+ path that a path of TikTok's API is written for: its directory is misspelt, or stands elsewhere.

    At its place the directory alone says so; elsewhere only with what makes up the path of a known endpoint.
    """
    steps = [step for step in path.split("/") if step]
    for at, step in enumerate(steps):
        rest = rest_of_directory(step)
        if rest is not None:
            words = ("smart_plus", *([rest] if rest else ()), *steps[:at], *steps[at + 1 :])
            meant = f"/{'/'.join(words)}/"
            if not at or meant in SMART_PLUS:
                return meant
    return None


def rest_of_directory(step: str) -> str | None:
    """The level beside the name of the Smart+ directory in a step, as in smart_plus_ad; None for any other step."""
    from splint.schema.nearest import NEARLY, letters_of, similarity  # few requests go elsewhere at TikTok

    if UNKNOWN in step:
        return None
    plain = step.lower().replace("%2b", "+").replace("+", "plus").removeprefix("upgraded_").removeprefix("upgraded-")
    before, found, after = letters_of(plain).partition("smartplus")
    rest = before + after
    if found:
        return rest if rest in ("", *OBJECT_LEVELS) else None
    return "" if similarity(plain, "smart_plus") >= NEARLY else None
