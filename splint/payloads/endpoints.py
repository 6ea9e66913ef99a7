"""Parses endpoints, URLs and names of tools, which determine the kind of a request's body."""

import re
from functools import lru_cache
from typing import Any

from splint.payloads.validation import is_absent
from splint.schema.envelopes import PARAMETER_KEYS, TOOL_KEYS
from splint.schema.placeholders import STARTS
from splint.schema.table import SHAPES
from splint.schema.vocabulary import (
    AD_GROUP_LISTS,
    AD_LISTS,
    DIRECTORIES,
    ID_LISTS,
    LEGACY,
    MANUAL,
    MODELS,
    NAME_FIELDS,
    OBJECT_LEVELS,
    OF_SMART_PLUS,
    OWN_IDS,
    SMART_PLUS,
    SMART_PLUS_ALONE,
    ObjectLevel,
    level_of,
)

JOINTS = str.maketrans("-.:/", "____")
"""What may stand between the words of the name of a tool."""
_VERBS = ("create", "update")
_NAMERS = frozenset({"", "tiktok", "ads", "business", "marketing", "api", "mcp"})
"""Words of the name of a tool that say whose it is."""
_OF_TOOLS_ALONE = frozenset({"tool_name", "tool", "method"})
"""What stands in the call of a tool that has no key for its arguments."""
_OF_META = re.compile(r"/(?:[^/]*[$<{:%][^/]*/)?act_[\d$<{:%][^/]*/(?:ad\w*|campaigns|insights|\w*audiences)/")
"""A path of Meta's API: an account, perhaps behind a variable for the version, and what belongs to it.

Behind a version such as `v19.0` the account alone says so.
"""
_ACCOUNT_OF_META = re.compile(r"/act_[\d$<{:%]")
_DEFAULT = re.compile(r"\$\{\w+:?[-=]((?:[^${}]|\$\w)+)\}")
"""A variable of a shell with what it is by default: `${BASE:-https://business-api.tiktok.com/open_api}`."""
_DEEPEST = 8
"""The most variables within each other that are looked at."""
_WITHIN = re.compile(r"\A\$\{[^{}]*\$\{.*\}", re.DOTALL)
"""A variable at the beginning with others in it that are not known."""
_CUT = re.compile(r"(\$\{\w+)(?:[%#]|:?\?)[^{}]*\}")
"""A variable of which an end is cut off, or that must have a text: `${BASE%/}`, `${BASE:?}`."""
_BASE = re.compile(r"(\$\{[^{}]*\}|\{\{[^{}]*\}\}|<[^<>]*>)(?=(?:smart_plus|open_api|v1\.\d)/)")
"""A variable that ends in a slash."""
_OPEN = ("$", "`", "{", "<")
"""What a step of a path has of which only a run tells."""
_ANY_BASE = "/${base}"
"""What stands before a path behind a variable that may have the directory of Smart+."""
_OF_BOTH = MANUAL - {"/adgroup/create/", "/ad/create/"} | {"/adgroup/budget/update/"}
"""The paths that are Smart+'s behind its directory; what ad groups and ads are that are created their fields say."""
HOSTS = ("business-api.tiktok.com", "sandbox-ads.tiktok.com")


class Endpoint:
    """A parsed endpoint."""

    __slots__ = ("is_bare", "is_foreign", "is_open", "is_tiktok", "is_tool", "path", "version", "written")

    def __init__(
        self,
        path: str,
        version: str | None,
        is_tiktok: bool,
        *,
        is_bare: bool = False,
        is_foreign: bool = False,
        is_open: bool = False,
        is_tool: bool = False,
        written: str = "",
    ) -> None:
        self.path = path
        """Without scheme, host, /open_api and version; a slash at both ends."""
        self.written = written or path
        """The same as written, where that is another path to a server, as in capitals or misspelt; else `path`."""
        self.version = version
        self.is_tiktok = is_tiktok
        """Whether it is TikTok's API: by its host, by /open_api, by its version and directory or by a known path."""
        self.is_foreign = is_foreign
        """Whether it is one of another ad API, by its host or a path of Meta's: what is sent there is no payload."""
        self.is_bare = is_bare
        """Whether it is a path alone, or a variable and a path."""
        self.is_open = is_open
        """Whether only a run tells whether it is one of Smart+: that is in a variable."""
        self.is_tool = is_tool
        """Whether it is the one that a tool calls: its body is the tool's arguments, or one of them."""

    @property
    def is_page(self) -> bool:
        """Whether it is only the base of the URLs of TikTok's API, or a page of its site, as of its documentation."""
        if not self.is_tiktok or self.is_bare or self.path.split("/", 2)[1] in DIRECTORIES:
            return False
        return self.path == "/" or (self.version is None and not may_take_body(self.path))

    def given(self, body: object) -> "Endpoint":
        """The endpoint that a body is sent to: a manual path alone with what only Smart+ takes is somebody's own."""
        if self.is_bare and self.path in MANUAL and _is_of_smart_plus(body):
            return Endpoint(self.path, None, is_tiktok=False)
        return self

    def may_take(self, body: object) -> bool:
        """Whether a body is judged by its keys: anywhere else, or where only a run tells whether it is one of Smart+.

        There it has what only Smart+ takes: others look like manual ones.
        """
        is_of_smart_plus = not self.is_tiktok or self.path.startswith("/smart_plus/")
        return is_of_smart_plus or (self.is_open and _is_of_smart_plus(body, OF_SMART_PLUS))

    @property
    def may_be_another(self) -> bool:
        """Whether only a run tells whether it is one of Smart+, or which one of these."""
        return self.is_open or (self.path.startswith("/smart_plus/") and any(mark in self.path for mark in _OPEN))

    def leaves_open(self, body: object) -> bool:
        """Whether a body that is not judged there may be one of Smart+: that of a campaign, or a change."""
        if self.path.startswith(_ANY_BASE) and isinstance(body, dict | list):
            return not self.path.startswith(f"{_ANY_BASE}/ad/") or _is_of_smart_plus(body, OF_SMART_PLUS)
        return any(isinstance(one, dict) and _may_change(one) for one in (body if isinstance(body, list) else [body]))


SOMEWHERE = Endpoint("/", None, is_tiktok=False)
"""Where a body goes beside which no endpoint stands."""


def read_endpoint(text: str) -> Endpoint:
    """Parse an endpoint or a URL; a query and a missing slash at either end are ignored.

    It is the endpoint that a client requests: dot segments and needless percent-encoding are resolved. Capitals,
    backslashes and %2F are read as what they resemble, and `Endpoint.written` keeps them. None of it makes a path alone
    TikTok's, without host, /open_api and version: that is one of a file or of somebody's own site.
    """
    if "${" in text:
        text = _CUT.sub(r"\1}", text)
        for _ in range(min(text.count("${"), _DEEPEST)):
            text = _DEFAULT.sub(r"\1", text)
        text = _WITHIN.sub("${base}", text, 1)
    text = text.strip().split("?", 1)[0].split("#", 1)[0]
    endpoint = _parsed(text)
    if text.islower() and not any(mark in text for mark in ("/.", "./", "%", "\\")):
        return endpoint
    requested = _requested(text)
    resembled = _requested(requested.replace("\\", "/").lower().replace("%2f", "/").replace("%5c", "/"))
    sent, meant = _parsed(requested), _parsed(resembled)
    if _is_certain(meant) and (meant.path in LEGACY or meant.path.startswith(("/smart_plus/", "/event/"))):
        return Endpoint(meant.path, meant.version, is_tiktok=True, written=sent.written)
    return sent if _is_certain(sent) else endpoint


def _is_certain(endpoint: Endpoint) -> bool:
    """Whether it is TikTok's by more than a path alone that others may have too."""
    return endpoint.is_tiktok and not endpoint.is_bare


def _requested(text: str) -> str:
    """A URL or path as a client requests it: without dot segments and the encoding of letters, digits, - . _ and ~."""
    from urllib.parse import quote, unquote  # few endpoints are written so

    plain = re.sub(r"%[0-9A-Fa-f]{2}", lambda code: quote(unquote(code[0], "latin-1"), "~", "latin-1"), text)
    scheme, separator, rest = plain.rpartition("://")
    steps = rest.split("/")
    has_host = separator or steps[0].startswith(STARTS) or "." in steps[0].strip(".")
    kept = [scheme + separator + steps.pop(0)] if has_host else [""]
    for step in steps:
        if step == "..":
            del kept[max(1, len(kept) - 1) :]
        elif step != ".":
            kept.append(step)
    return "/".join(kept)


def _parsed(rest: str) -> Endpoint:
    """The endpoint of a URL or path without a query."""
    host = ""
    if "://" in rest:
        rest = rest.split("://", 1)[1]
        host, _, rest = rest.partition("/")
    elif "tiktok.com/" in rest.split("/open_api", 1)[0].lower():
        host, _, rest = rest.partition("/")
    rest = _BASE.sub(r"\1/", rest, 1) if not host and rest.startswith(STARTS) else rest
    parts = rest.strip("/").split("/")
    smart_plus = parts.index("smart_plus") if "smart_plus" in parts else len(parts)
    parts = [part for at, part in enumerate(parts) if part or at > smart_plus]  # `smart_plus//campaign` is another path
    has_variable = bool(parts) and not host and parts[0].startswith(STARTS)
    if has_variable:
        parts = parts[1:]  # a variable that stands for scheme and host
    has_api = parts[:1] == ["open_api"]
    if has_api:
        parts = parts[1:]
    elif "open_api" in parts:
        has_api, parts = True, parts[parts.index("open_api") + 1 :]
    version = parts.pop(0) if parts and _is_version(parts[0]) else None
    if has_api and len(parts) > 1 and version is None and parts[0].startswith(STARTS):
        parts = parts[1:]  # a variable that stands for the version
    path = "/" + "".join(f"{part}/" for part in parts)
    if has_variable and not has_api and version is None and path in _OF_BOTH:
        return Endpoint(_ANY_BASE + path, None, is_tiktok=True, is_bare=True, is_open=True)
    host = host.rsplit("@", 1)[-1].split(":", 1)[0].lower()
    is_tiktoks = version is not None and version.startswith("v1.") and version != "v1.0"
    is_there = host in HOSTS or has_api or (is_tiktoks and not host)
    is_smart_plus, is_known = path.startswith("/smart_plus/"), path.split("/", 2)[1] in DIRECTORIES
    may_be_misspelt = not is_smart_plus and not (is_known and "plus" not in path.lower())
    meant = _misspelt(path) if may_be_misspelt and (is_there or has_variable) else None
    if meant is not None and (is_there or meant in SMART_PLUS):
        return Endpoint(meant, version, is_tiktok=True, written=path)
    is_tiktok = (
        host in HOSTS
        or has_api
        or is_smart_plus
        or (is_there and is_known)
        or (path in LEGACY and not host and version is None)
    )
    is_open = is_there and any(mark in path.split("/", 2)[1] for mark in _OPEN)
    is_bare = not (host or has_api or version)
    if is_bare and not has_variable and ("." in path or "*" in path):
        is_tiktok = False  # files, and patterns of some
    of_meta = _ACCOUNT_OF_META if version is not None and not is_tiktoks else _OF_META
    is_of_meta = "/act_" in path and of_meta.match(path) is not None
    is_foreign = not is_tiktok and (is_of_meta or _is_host_of_others(host or path.split("/", 2)[1]))
    return Endpoint(path, version, is_tiktok, is_bare=is_bare, is_foreign=is_foreign, is_open=is_open)


@lru_cache(256)
def _is_host_of_others(host: str) -> bool:
    """Whether a host is that of another ad API."""
    if "." not in host:
        return False
    from splint.schema.platforms import HOSTS  # few documents have URLs of other sites

    return host.split(":", 1)[0].lower() in HOSTS


@lru_cache(256)
def _misspelt(path: str) -> str | None:
    """The Smart+ path that a path of TikTok's API is written for: its directory is misspelt, or stands elsewhere.

    At its place the directory alone says so; elsewhere only with what makes up the path of a known endpoint.
    """
    steps = [step for step in path.split("/") if step]
    for at, step in enumerate(steps):
        rest = _rest_of_directory(step)
        if rest is not None:
            words = ("smart_plus", *([rest] if rest else ()), *steps[:at], *steps[at + 1 :])
            meant = f"/{'/'.join(words)}/"
            if not at or meant in SMART_PLUS:
                return meant
    return None


def _rest_of_directory(step: str) -> str | None:
    """The level beside the name of the Smart+ directory in a step, as in smart_plus_ad; None for any other step."""
    from splint.schema.nearest import NEARLY, letters_of, similarity  # few requests go elsewhere at TikTok

    plain = step.lower().replace("%2b", "+").replace("+", "plus").removeprefix("upgraded_").removeprefix("upgraded-")
    before, found, after = letters_of(plain).partition("smartplus")
    rest = before + after
    if found:
        return rest if rest in ("", *OBJECT_LEVELS) else None
    return "" if similarity(plain, "smart_plus") >= NEARLY else None


def _is_of_smart_plus(body: object, fields: frozenset[str] = SMART_PLUS_ALONE) -> bool:
    """Whether a field that only Smart+ takes is in a body, at any depth of it or of its text."""
    if isinstance(body, str):
        return any(f'"{name}"' in body for name in fields)
    if isinstance(body, dict):
        return not fields.isdisjoint(body) or any(_is_of_smart_plus(one, fields) for one in body.values())
    return isinstance(body, list) and any(_is_of_smart_plus(one, fields) for one in body)


def _may_change(value: dict[str, Any]) -> bool:
    """Whether a body is that of a campaign, or changes a budget or status by an object's id."""
    has_id = not value.keys().isdisjoint((*OWN_IDS.values(), *ID_LISTS.values()))
    return level_of(value) == "campaign" or (has_id and not value.keys().isdisjoint(("budget", "operation_status")))


def tool_in(value: dict[str, Any]) -> tuple[str, str]:
    """The key of the name of a tool, and the name; empty without any."""
    return next(((key, name) for key in TOOL_KEYS if isinstance(name := value.get(key), str)), ("", ""))


def first_present(keys: tuple[str, ...], value: dict[str, Any]) -> str | None:
    """The first of `keys` with a value; else the first that is present; else None."""
    present = [key for key in keys if key in value]
    return next((key for key in present if not is_absent(value[key])), present[0] if present else None)


def _is_version(part: str) -> bool:
    return part[:1] == "v" and part[1:].replace(".", "", 1).isdigit()


def takes_body(path: str) -> bool:
    """Whether an endpoint is a Smart+ one that creates or changes an object by what its body says."""
    return path in SMART_PLUS and SMART_PLUS[path][1] != "other"


def may_take_body(path: str) -> bool:
    """Whether what is sent to an endpoint may hold a payload or event records; a placeholder may be any path."""
    return takes_body(path) or path.startswith("/event/") or any(part.startswith(STARTS) for part in path.split("/"))


def level_sent(level: ObjectLevel, value: dict[str, Any]) -> ObjectLevel:
    """The level of a body sent to an endpoint of `level`: that one, or the one whose fields alone the body has."""
    other = level_of(value)
    if other in (None, level) or value.keys().isdisjoint((NAME_FIELDS[other], OWN_IDS[other])):
        return level
    nested = {"campaign": AD_GROUP_LISTS, "adgroup": AD_LISTS}.get(level, ())
    own = SHAPES[MODELS[level]].fields.keys() - SHAPES[MODELS[other]].fields.keys() - set(OWN_IDS.values())
    return other if value.keys().isdisjoint((*own, *nested)) else level


def path_of_tool(name: str) -> str | None:
    """The path that a tool such as smart_plus_adgroup_create or campaign_create calls; None for any other tool.

    Capitals count as small letters, and - . : / as _. Public clients call tools after paths, and those of manual
    campaigns `tiktok_create_campaign` too.
    """
    joined = name.lower().translate(JOINTS).replace("ad_group", "adgroup")
    _, prefix, rest = joined.rpartition("smart_plus_")
    if prefix:
        return next((path for path in SMART_PLUS if path[len("/smart_plus/") : -1].replace("/", "_") == rest), None)
    words = joined.split("_")
    if words[-1] not in _VERBS and words[-1] not in OBJECT_LEVELS:
        return None
    said = [word for word in words if word not in _NAMERS]
    for path in MANUAL:
        parts = path[1:-1].replace("/", "_").split("_")
        if said == parts or ("tiktok" in words and sorted(said) == sorted(parts)):
            return path
    return None


def names_tool_alone(value: dict[str, Any]) -> bool:
    """Whether an object is the call of a tool without its arguments: a `name` alone may be that of a definition."""
    return len(value) <= 2 and ("tool_name" in value or "tool" in value) and value.keys() <= _OF_TOOLS_ALONE


def tool_call(value: dict[str, Any]) -> tuple[str, str, str | None] | None:
    """The key of the name of a tool that calls an endpoint, that path, and the key of its body; None for any other."""
    step, name = tool_in(value)
    path = path_of_tool(name) if step else None
    key = first_present(PARAMETER_KEYS, value) if path else None
    return None if path is None or not (key or (names_tool_alone(value) and takes_body(path))) else (step, path, key)
