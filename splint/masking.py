"""Access tokens as asterisks: no output shows one."""

import re
from collections.abc import Iterable
from functools import cache

_STAND_IN = r"\$\w+|\$\{\w+\}|\$\([^()\n]*\)|<[^<>\n]*>|\{\{[^{}\n]*\}\}|[A-Z]{2,}(?:_[A-Z0-9]+)*"
"""What holds the place of a token: placeholders and variables."""


SHORTEST = 8
"""A shorter token is masked where it is called one, and not wherever its letters occur."""


def masked(text: str, secrets: Iterable[str] = ()) -> str:
    """`text` with every access token as asterisks of the same length: `secrets`, and whatever is called one."""
    for secret in secrets:
        if len(secret) >= SHORTEST:
            text = text.replace(secret, "*" * len(secret))
    # Lowering 13 KB takes 4 microseconds, but 50 where a letter is not ASCII: there the search takes 7.
    if "token" in text.lower() if text.isascii() else re.search("token", text, re.IGNORECASE):
        for pattern in _patterns():
            text = pattern.sub(_mask, text)
    return text


def without_userinfo(text: str) -> str:
    """`text` with the user names and passwords of its URLs as asterisks."""
    return re.sub(r"(?<=://)[^/@\s]+(?=@)", "***", text)


def _mask(found: re.Match[str]) -> str:
    value = found["value"]
    if re.fullmatch(rf"(?:(?i:bearer)\s+)?(?:{_STAND_IN})", value.strip()):
        return found[0]
    start, end = (index - found.start() for index in found.span("value"))
    return found[0][:start] + re.sub(r"\S", "*", value) + found[0][end:]


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """A token as headers, members, parameters and blocks of YAML hold it. Rather too much is masked than too little."""
    key, quote = r"access[-_]token", r"\\*[\"']"
    quoted = r"(?:(?!(?P=quote))(?:\\.|.))*"
    return (
        # 'Access-Token: ...', together with what a shell joins to it
        re.compile(
            rf"(?P<quote>(?<!\\){quote})[ \t]*{key}[ \t]*[:=][ \t]*(?P<value>{quoted}(?:(?P=quote)[^\s,}}\])]+)?)",
            re.IGNORECASE,
        ),
        # "Access-Token": "...", and {"key": "Access-Token", "value": "..."}
        re.compile(
            rf"{key}(?:{quote}\s*,\s*(?:{quote})?value)?(?:{quote})?\s*[:=]\s*\[?\s*(?P<quote>{quote})(?P<value>{quoted})",
            re.IGNORECASE,
        ),
        # Access-Token: ..., ?access_token=...
        re.compile(
            rf"{key}(?:{quote})?[ \t]*[:=](?:[ \t]|\\[ \t])*(?![\s\"'\\])"
            rf"(?P<value>(?:bearer[ \t]+)?(?-i:{_STAND_IN}(?![\w-])|[^\s\"',}}\]&]+(?:[\"'][^\s,}}\]]+)?))",
            re.IGNORECASE,
        ),
        # a value on lines of its own, deeper than its key
        re.compile(
            rf"^(?P<indent>[ \t]*)(?:- )?(?:{quote})?{key}(?:{quote})?[ \t]*:[ \t]*(?:[|>][-+\d]*)?[ \t]*(?:\#.*)?\r?\n"
            r"(?P<value>(?:(?P=indent)[ \t]+\S.*(?:\n|\Z))+)",
            re.IGNORECASE | re.MULTILINE,
        ),
    )
