"""The codes of TikTok's answers: what each means, whether the request was carried out, and whose turn it is."""

from typing import Literal, NamedTuple

Created = Literal["yes", "no", "unknown"]
Actor = Literal["payload", "token", "scope", "account", "wait", "TikTok"]
"""What has to change: the payload; the token; the app's scopes or the role of its user; something in the account;
nothing, but later; something at TikTok."""
Provenance = Literal["sdk", "seen", "reference", "inferred"]
"""How a fact is known: from TikTok's own SDK, answers of the live API, TikTok's API reference, or other facts."""
PROVENANCES: tuple[Provenance, ...] = ("sdk", "seen", "reference", "inferred")


class Code(NamedTuple):
    """A code of an answer."""

    name: str
    created: Created
    """Whether the request was carried out."""
    actor: Actor | None
    """None where nothing has to change."""
    provenance: Provenance


_THROTTLED = Code("too many requests", "no", "wait", "reference")
_UNAUTHORIZED = Code("not authorized", "no", "token", "reference")
_FAILED = Code("TikTok's own error", "unknown", "TikTok", "reference")
_TRANSIENT = Code("refused for now", "unknown", "wait", "reference")
CODES: dict[int, Code] = {
    0: Code("OK", "yes", None, "reference"),
    20001: Code("done in part", "unknown", "payload", "reference"),
    40000: Code("app and token do not go together", "unknown", "token", "seen"),
    40001: Code("no permission", "no", "scope", "reference"),
    40002: Code("invalid parameter", "no", "payload", "reference"),
    40007: Code("not found", "no", "payload", "reference"),
    40010: Code("wrong host or version", "unknown", "payload", "seen"),
    40016: _THROTTLED,
    40050: Code("duplicate: an earlier one may stand", "unknown", "account", "reference"),
    40100: _THROTTLED,
    **dict.fromkeys((40103, 40104, 40106, 40107, 40125), _UNAUTHORIZED),
    40102: Code("access token expired", "no", "token", "reference"),
    40105: Code("access token invalid", "no", "token", "reference"),
    40113: Code("scope missing", "no", "scope", "inferred"),
    **dict.fromkeys((40132, 40133), _THROTTLED),
    **dict.fromkeys((40202, 40902, 40903, 40913), _TRANSIENT),
    40911: Code("name of a material in use", "unknown", "payload", "seen"),
    40914: Code("a URL that TikTok cannot fetch", "unknown", "payload", "seen"),
    41021: Code("too many requests", "unknown", "wait", "seen"),
    **dict.fromkeys((50000, 50002, 51021, 51065), _FAILED),
    51010: Code("timeout at TikTok", "unknown", "TikTok", "reference"),
}
"""The codes that are known. Others say nothing: whether a request with one was carried out is not known."""


def certain(code: int) -> Code | None:
    """A code by which the reference says that a request was not carried out; None for any other."""
    known = CODES.get(code)
    return known if known is not None and (known.created, known.provenance) == ("no", "reference") else None
