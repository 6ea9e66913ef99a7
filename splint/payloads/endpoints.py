"""Parses endpoints, URLs and names of tools, which determine the kind of a request's body."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from splint.payloads.validation import is_absent
from splint.schema.envelopes import PARAMETER_KEYS, TOOL_KEYS
from splint.schema.placeholders import UNKNOWN
from splint.schema.table import SHAPES
from splint.schema.vocabulary import (
    AD_GROUP_LISTS,
    AD_LISTS,
    DIRECTORIES,
    HOSTS,
    LEGACY,
    MANUAL,
    MODELS,
    NAME_FIELDS,
    OBJECT_LEVELS,
    OF_SMART_PLUS,
    OWN_IDS,
    SMART_PLUS,
    ObjectLevel,
    is_of_smart_plus,
    is_version,
    level_of,
)

if TYPE_CHECKING:
    from splint.payloads.open_endpoints import Opening

JOINTS = str.maketrans("-.:/", "____")
"""What may stand between the words of the name of a tool."""
_VERBS = ("create", "update")
_NAMERS = frozenset({"", "tiktok", "ads", "business", "marketing", "api", "mcp"})
"""Words of the name of a tool that say whose it is."""
_OF_TOOLS_ALONE = frozenset({"tool_name", "tool", "method"})
"""What stands in the call of a tool that has no key for its arguments."""
_OF_META = re.compile(
    rf"/(?:[^/]*[{UNKNOWN}:%][^/]*/){{0,2}}act_[\d{UNKNOWN}:%][^/]*/(?:ad\w*|campaigns|insights|\w*audiences)/"
)
"""A path of Meta's API: an account, perhaps behind variables for host and version, and what belongs to it.

Behind a version such as `v19.0` the account alone says so.
"""
_ACCOUNT_OF_META = re.compile(rf"/act_[\d{UNKNOWN}:%]")
_MARKS = ("$", "{", "<", "[", "@", "`", UNKNOWN, "%", "((", "__", "...", "/:")
"""What each part of a URL that is not known has, but for words in capitals."""


class Endpoint:
    """A parsed endpoint."""

    __slots__ = ("is_bare", "is_foreign", "is_tiktok", "is_tool", "open", "path", "version", "written")

    def __init__(
        self,
        path: str,
        version: str | None,
        is_tiktok: bool,
        *,
        is_bare: bool = False,
        is_foreign: bool = False,
        is_tool: bool = False,
        open: "Opening" = "",
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
        """Whether it is a path alone, a variable and a path, or behind the path of a gateway: it may be a page."""
        self.is_tool = is_tool
        """Whether it is the one that a tool calls: its body is the tool's arguments, or one of them."""
        self.open: Opening = open

    @property
    def is_page(self) -> bool:
        """Whether it is only the base of the URLs of TikTok's API, or a page of its site, as of its documentation."""
        steps = self.path.split("/", 3)
        first = steps[1 + (steps[1].isdigit() and steps[2] != "smart_plus")]  # the oldest versions are numbers
        if not self.is_tiktok or self.is_bare or first in DIRECTORIES:
            return False
        return self.path == "/" or (self.version is None and not may_take_body(self.path))

    @property
    def is_smart_plus(self) -> bool:
        """Whether it is one of Smart+, known or not."""
        return self.path.startswith("/smart_plus/")

    def given(self, body: object) -> "Endpoint":
        """The endpoint that a body is sent to: a manual path alone with what only Smart+ takes is somebody's own.

        One that may be any is TikTok's with a body that may be one of TikTok's.
        """
        if self.is_bare and self.path in MANUAL and is_of_smart_plus(body):
            return Endpoint(self.path, None, is_tiktok=False)
        if self.open and not self.is_tiktok and not self.may_take(body) and self.leaves_open(body):
            opening: Opening = "directory" if self.open == "all" else self.open
            return Endpoint(self.path, self.version, is_tiktok=True, is_bare=self.is_bare, open=opening)
        return self

    def may_take(self, body: object) -> bool:
        """Whether a body is judged by its keys: anywhere else, or where only a run tells whether it is one of Smart+.

        There it has what only Smart+ takes, as others look like manual ones; where nothing of the URL is known it is no
        change of what its keys do not tell.
        """
        if self.open and not self.is_smart_plus:
            return is_of_smart_plus(body, OF_SMART_PLUS) or (self.open == "all" and not self.leaves_open(body))
        return not self.is_tiktok or self.is_smart_plus

    def leaves_open(self, body: object) -> bool:
        """Whether a body that is not judged, as only a run tells its endpoint, may be one of Smart+.

        That is any at an endpoint of Smart+, else that of a campaign, or a change.
        """
        from splint.payloads.open_endpoints import may_be_taken  # few endpoints are open

        return may_be_taken(self.path, body, is_all=self.open == "all")


SOMEWHERE = Endpoint("/", None, is_tiktok=False)
"""Where a body goes beside which no endpoint stands."""


def read_endpoint(text: str) -> Endpoint:
    """Parse an endpoint or a URL; a query and a missing slash at either end are ignored.

    It is the endpoint that a client requests: dot segments and needless percent-encoding are resolved. Capitals,
    backslashes and %2F are read as what they resemble, and `Endpoint.written` keeps them. None of it makes a path alone
    TikTok's, without host, /open_api and version: that is one of a file or of somebody's own site.
    """
    text = text[: text.rindex(" HTTP/")] if " HTTP/" in text else text  # the first line of a request
    if not text.islower() or any(mark in text for mark in _MARKS):
        from splint.payloads.open_endpoints import with_marks  # few endpoints have parts that are not known

        text = with_marks(text)
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


def endpoint_among(texts: Iterable[str]) -> Endpoint:
    """The endpoint of a URL that is one of some texts.

    Where all that say it are of Smart+, those that may be anything count for nothing. Endpoints that are not one and
    the same are one of several.
    """
    read = [read_endpoint(text) for text in texts]
    told = [one for one in read if one.open not in ("directory", "all")]
    is_smart_plus = told != [] and all(one.is_smart_plus for one in told)
    read = told if is_smart_plus else read
    first, paths = read[0], {one.path for one in read}
    if all(one.is_foreign for one in read) or not any(one.is_tiktok or one.open for one in read):
        return first
    if len(paths) == 1 and all((one.is_tiktok, one.open) == (first.is_tiktok, first.open) for one in read):
        return first
    path = _common(paths) if is_smart_plus else f"/{UNKNOWN}/"
    openings = {one.open for one in read}
    opening: Opening = "directory" if openings & {"all", "directory"} else next(filter(None, openings), "several")
    return Endpoint(path, None, is_tiktok=any(one.is_tiktok for one in read), open=opening)


def _common(paths: Iterable[str]) -> str:
    """The path of which paths have all steps but those in which they differ."""
    steps = zip_longest(*(path.strip("/").split("/") for path in paths))
    return "/" + "".join(f"{step[0] if len({*step}) == 1 else UNKNOWN}/" for step in steps)


def _is_certain(endpoint: Endpoint) -> bool:
    """Whether it is TikTok's by more than a path alone that others may have too."""
    return endpoint.is_tiktok and not endpoint.is_bare


def _requested(text: str) -> str:
    """A URL or path as a client requests it: without dot segments and the encoding of letters, digits, - . _ and ~."""
    from urllib.parse import quote, unquote  # few endpoints are written so

    plain = re.sub(r"%[0-9A-Fa-f]{2}", lambda code: quote(unquote(code[0], "latin-1"), "~", "latin-1"), text)
    scheme, separator, rest = plain.rpartition("://")
    steps = rest.split("/")
    has_host = separator or UNKNOWN in steps[0] or "." in steps[0].strip(".")
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
        scheme, _, rest = rest.partition("://")
        host, _, rest = rest.partition("/")
        host = host or UNKNOWN * scheme.lower().startswith("http")  # a variable without a text
    elif "tiktok.com/" in rest.split("/open_api", 1)[0].lower():
        host, _, rest = rest.partition("/")
    host = host.rsplit("@", 1)[-1].split(":", 1)[0].lower()
    if UNKNOWN in host or UNKNOWN in rest:
        from splint.payloads.open_endpoints import behind_marks, known_host, opened  # few have parts that are not known

        host, rest = known_host(host, rest)
    parts = rest.strip("/").split("/")
    smart_plus = parts.index("smart_plus") if "smart_plus" in parts else len(parts)
    parts = [part for at, part in enumerate(parts) if part or at > smart_plus]  # `smart_plus//campaign` is another path
    is_behind = bool(parts) and not host and UNKNOWN in parts[0]  # a variable that stands for scheme and host
    if has_api := "open_api" in parts and (host in HOSTS or not _is_host_of_others(host)):
        parts = parts[parts.index("open_api") + 1 :]
    if UNKNOWN in rest:
        parts = behind_marks(parts, has_api=has_api)
    has_prefix = False
    if host and host not in HOSTS and not has_api and "smart_plus" in parts[1:]:
        asked, parts = parts, _behind_gateway(parts)
        has_prefix = parts is not asked
    version = parts.pop(0) if parts and is_version(parts[0]) else None
    is_tiktoks = version is not None and version.startswith("v1.") and version != "v1.0"
    is_there = host in HOSTS or has_api or (is_tiktoks and not host)
    path = "/" + "".join(f"{part}/" for part in parts)
    is_bare = not (host or has_api or version)
    of_meta = _ACCOUNT_OF_META if version is not None and not is_tiktoks else _OF_META
    is_of_meta = "/act_" in path and of_meta.match(path) is not None
    opening: Opening = ""
    if UNKNOWN in path and not is_of_meta and (not host or host in HOSTS):
        path, opening = opened(path, is_bare=is_bare, is_behind=is_behind)
    is_smart_plus, is_known = path.startswith("/smart_plus/"), path.split("/", 2)[1] in DIRECTORIES
    may_be_misspelt = not is_smart_plus and not (is_known and "plus" not in path.lower())
    meant = _meant(path) if may_be_misspelt and (is_there or is_behind) else None
    if meant is not None and (is_there or meant in SMART_PLUS):
        return Endpoint(meant, version, is_tiktok=True, open="path" if UNKNOWN in meant else "", written=path)
    is_tiktok = (
        host in HOSTS
        or has_api
        or is_smart_plus
        or (is_there and is_known)
        or (path.removeprefix(f"/{UNKNOWN}") in LEGACY and not host and version is None)
    )
    is_tiktok = is_tiktok and not (is_bare and not is_behind and ("." in path or "*" in path))  # files, and patterns
    is_foreign = not is_tiktok and (is_of_meta or _is_host_of_others(host or path.split("/", 2)[1]))
    is_bare = is_bare or has_prefix
    return Endpoint(path, version, is_tiktok, is_bare=is_bare, is_foreign=is_foreign, open=opening)


def _behind_gateway(parts: list[str]) -> list[str]:
    """The steps of a path without those of a gateway before the version and a known path of Smart+."""
    at = parts.index("smart_plus")
    from_version = at - parts[at - 1].startswith("v1.")  # any other version is the gateway's own
    is_known = from_version > 0 and f"/{'/'.join(parts[at:])}/" in SMART_PLUS
    return parts[from_version:] if is_known else parts


def _meant(path: str) -> str | None:
    """The Smart+ path that a path of TikTok's API is written for."""
    from splint.payloads.open_endpoints import misspelt  # few requests go elsewhere at TikTok

    return misspelt(path)


@lru_cache(256)
def _is_host_of_others(host: str) -> bool:
    """Whether a host is that of another ad API."""
    if "." not in host:
        return False
    from splint.schema.platforms import HOSTS  # few documents have URLs of other sites

    return host.split(":", 1)[0].lower() in HOSTS


def tool_in(value: dict[str, Any]) -> tuple[str, str]:
    """The key of the name of a tool, and the name; empty without any."""
    return next(((key, name) for key in TOOL_KEYS if isinstance(name := value.get(key), str)), ("", ""))


def first_present(keys: tuple[str, ...], value: dict[str, Any]) -> str | None:
    """The first of `keys` with a value; else the first that is present; else None."""
    present = [key for key in keys if key in value]
    return next((key for key in present if not is_absent(value[key])), present[0] if present else None)


def takes_body(path: str) -> bool:
    """Whether an endpoint is a Smart+ one that creates or changes an object by what its body says."""
    return path in SMART_PLUS and SMART_PLUS[path][1] != "other"


def may_take_body(path: str) -> bool:
    """Whether what is sent to an endpoint may hold a payload or event records; a placeholder may be any path."""
    return takes_body(path) or path.startswith("/event/") or UNKNOWN in path


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
