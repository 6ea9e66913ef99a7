"""Recognizes template placeholders in payloads, and in texts that they make syntactically invalid."""

import re
from functools import cache
from typing import Any

SHELL_VARIABLE = r"\$[A-Za-z_]\w*|\$\(|`"
_ANYWHERE = r"\{\{|\$\{|\bYOUR_[A-Z0-9_]+\b|\b[A-Z0-9_]+_FROM_STEP_?\d+\b"
_WHOLE = (
    r"<[A-Za-z][\w .:-]*>"
    r"|(?i:\[(?!\s*+(?:\"|\{(?!\{)))(?=[^\[\]\n]*+\])"
    r"[^\[\]\n]*?\b(?:your|insert|enter|replace|id|[a-z]++_id)\b[^\[\]\n]*+\])"
)
"""A bracket is looked into only if it is closed: to look for its end from each word would take quadratic time. One with
a string or an object of JSON behind it is none.
"""
_IN_URL = rf"^[A-Za-z][A-Za-z0-9+.-]*://\S*?(?<![\w\]])(?:{_WHOLE})"
"""The same as a part of a URL: ?p=<PIXEL_ID>. Behind a name brackets are its index: ?a[id]=1."""
_CAPITALS = r"\$?[A-Z]{2,}(?:_[A-Z0-9]+)*"
"""A word such as IDENTITY_ID, or a $VARIABLE: a placeholder in an ID field. URL macros begin with underscores."""
_MACROS = "CAMPAIGN_ID|CAMPAIGN_NAME|AID|AID_NAME|CID|CID_NAME|PLACEMENT"
"""TikTok's own URL macros, which are no placeholders: __CAMPAIGN_ID__ and so on."""
_TEMPLATED = (
    r"[#$]?\{[^{}\n]*\}#?|<%[^%\n]*%>|%[A-Za-z_]\w*%|%\([A-Za-z_]\w*\)s|@[A-Za-z_]\w*@|\(\([\w .:-]+\)\)|\$[A-Za-z_]\w*"
    rf"|__(?!(?:{_MACROS})__)[A-Za-z]\w*__"
)
"""What other templates write, as all of a value that is no text: {name}, #{name}, <% name %>, %NAME%, @NAME@, ..."""
_IN_ID = rf"{_CAPITALS}|{_TEMPLATED}|[xX]{{3,}}"
"""What is a placeholder as all of an ID."""

_MOST_REDACTED = 100
"""The most characters of what stands for a text that a log does not show, and of the end of one that is cut off."""
_REDACTED = (
    r"[*\u2022]{3,}|(?:[\[<(*\u2022]+[\w ,.:-]*?)?\b"
    r"(?:redacted|filtered|masked|removed|hidden|omitted|scrubbed|sanitized|truncated)\b[\w ,.:-]*[\])>*\u2022]*"
)
_CUT_OFF = r"(?:\.{3}|\u2026)$|(?:\.{3}|\u2026|[\[(<])[\w ,.+\[(<]*\btruncated\b[\w ,.]*[\])>]*$"

_NOT_PRINTED = (
    r"\[(?:object(?: \w+)?|array|buffer|blob|stream|file|form-?data|binary(?: \w+)?)\]|<Buffer [\da-f .]*>"
    r"|[\[{(<]?[ ]?(?:\.{3}|\u2026)[ ]?[\]})>]?"
)
"""What programs print in place of a value: [object Object], [binary data], {...}."""

_REFERENCE = (
    r"[a-z][a-z0-9+.-]*://\S+|(?:arn|vault|ssm|sops|keychain|env|file):\S+"
    r"|(?:~|\.{1,2})/\S+|/(?:[\w.@-]+/)+[\w.@-]+|projects/\S+"
)
"""Where a secret is kept, in place of it: op://vault/item/field, vault:path#key, arn:aws:..., /run/secrets/name."""
_FILLED_IN = r"an?|the|my|our|your|some|dummy|fake|mock|test|sample|example|insert|enter|put|paste|replace|set|add"
_NAMED_SO = r"(?:(?:tiktok|access|api|auth|bearer|valid|real|secret)[-_ ]?)*(?:token|secret|key|value)"
_NO_TOKEN = (
    rf"{_REFERENCE}|\.{{2,}}|\u2026|[*\u2022.x#?-]{{3,}}|@@\w+@@"
    r"|(?:change|replace)[-_ ]?(?:me|it|this)|fill[-_ ]?(?:me|it)[-_ ]?in|to[-_ ]?do|tbd|n/?a"
    r"|none|null|nil|undefined|unset|unknown|missing|empty|not[-_ ]?(?:set|found|used|available)|required|optional"
    r"|dry[-_ ]?run|dummy|fake|mock|stub|test|testing|invalid|sample|example|placeholder|redacted"
    rf"|(?:(?:{_FILLED_IN})[-_ ]?){{0,3}}{_NAMED_SO}(?:[-_ ]?(?:goes[-_ ]?)?here|[-_ ]?placeholder)?"
)
"""What stands where there is no token, as all of it."""
_LONGEST_FOR_TOKEN = 200
"""The most characters of it: a token has no more, and the pattern looks at some of them several times."""

UNKNOWN = "\u2026"
"""What stands in a URL or path for a part of which nothing is known."""
DOUBLE_BRACES = r"\{\{[^{}\n]*\}\}"
"""A template's expression on one line."""
EXPRESSION = r"\{\{[^{}]*\}\}"
"""The same on several lines, too; it may have quotes in it."""
TAG = r"(?s:<%.*?%>|\{%.*?%\}|\{\{.*?\}\}|\$\{.*?\})"
"""What a template has in a text without quotes: an expression, or a statement such as {% if %}."""
FORMATTED = r"%(?:\(\w+\))?[sdif](?!\w)"
"""Where a program formats a value into a text, as %s or %(name)d. In quotes it is one for IDs alone, and named."""
_AS_JSON_VALUE = (
    rf"[:\[,]\s*({EXPRESSION}"
    r"|\$\{[^{}]*\}|\$[A-Za-z_]\w*|<[A-Za-z_][\w ]*>)"
)


def variable(name: str) -> str:
    """The placeholder of a value that splint itself fills in."""
    return f"${{{name}}}"


def unquoted_in_json(text: str, index: int) -> tuple[int, int] | None:
    """The range of an unquoted placeholder around the index of a JSON syntax error; None without one."""
    matches = re.compile(_AS_JSON_VALUE).finditer(text)
    return next((one.span(1) for one in matches if one.start(1) <= index <= one.end(1)), None)


def unquoted_in_yaml(text: str, index: int) -> tuple[int, int] | None:
    """The range of a placeholder at or just before an index, whose braces YAML reads as a mapping; None without one."""
    match = re.compile(DOUBLE_BRACES).match(text, max(index - 1, 0))
    return match.span() if match else None


@cache
def _anywhere(in_shell: bool) -> re.Pattern[str]:
    return re.compile(f"{_ANYWHERE}|{_IN_URL}|{SHELL_VARIABLE}" if in_shell else f"{_ANYWHERE}|{_IN_URL}")


@cache
def _whole(in_id: bool) -> re.Pattern[str]:
    return re.compile(f"{_WHOLE}|{_IN_ID}" if in_id else _WHOLE)


@cache
def _hint(in_id: bool, in_shell: bool) -> re.Pattern[str]:
    blanks = r"[^\S\n]*"  # \s would match across empty lines, in quadratic time
    return re.compile(rf"{_anywhere(in_shell).pattern}|^{blanks}(?:{_whole(in_id).pattern}){blanks}$", re.MULTILINE)


def may_match(text: str, in_shell: bool) -> bool:
    """Whether a text has a character sequence that every placeholder has, other than a word in capitals.

    It takes 1 us for the texts of a bundle, the regular expressions 50 us, and 1.2 ms of a start to compile.
    """
    return (
        ("{" in text and ("{{" in text or "${" in text))  # to look for one character takes a twentieth of the time
        or "<" in text
        or "[" in text
        or "YOUR_" in text
        or "_FROM_STEP" in text
        or (in_shell and ("$" in text or "`" in text))
    )


def _may_match_in_id(text: str) -> bool:
    """The same for what is a placeholder as an ID alone; no ID of TikTok's has these characters."""
    return "{" in text or "%" in text or "__" in text or "xxx" in text or "@" in text or "((" in text or "$" in text


def is_placeholder(text: str, *, in_id: bool = False, in_shell: bool = False) -> bool:
    """Whether a value is a placeholder; `in_id` allows what is one as an ID alone too, `in_shell` a $VARIABLE."""
    if not may_match(text, in_shell) and not (in_id and (text.isupper() or _may_match_in_id(text))):
        return False
    return bool(_anywhere(in_shell).search(text) or _whole(in_id).fullmatch(text.strip()))


def is_no_token(text: str) -> bool:
    """Whether a text in the place of an access token is a placeholder, a word such as none, or where one is kept."""
    if is_placeholder(text, in_id=True, in_shell=True) or is_left_out(text):
        return True
    bare = text.strip()
    return len(bare) <= _LONGEST_FOR_TOKEN and re.fullmatch(_NO_TOKEN, bare, re.IGNORECASE) is not None


def is_templated(text: str) -> bool:
    """Whether a text is what a template fills in, where a number, a truth or one of some values belongs."""
    return re.fullmatch(_TEMPLATED, text.strip()) is not None


class OwnList(list[Any]):
    """A list behind a tag of YAML that belongs to the application that reads the file, which alone knows its value."""

    tag = ""


class OwnMapping(dict[str, Any]):
    """A mapping behind such a tag."""

    tag = ""


def is_reference(value: dict[str, Any]) -> bool:
    """Whether an object says where a value comes from: a function of CloudFormation (Ref, Fn::GetAtt), or $ref."""
    return len(value) == 1 and ((key := next(iter(value))) in ("Ref", "$ref") or key.startswith("Fn::"))


def is_left_out(text: str) -> bool:
    """Whether something stands for all of a text: one placeholder, as <body>, or what a log shows instead, as ***."""
    bare = text.strip()
    if re.fullmatch(rf"{_WHOLE}|\{{[A-Za-z_][\w .-]*\}}|{DOUBLE_BRACES}|%[A-Za-z_]\w*%|YOUR_[A-Z0-9_]+", bare):
        return True
    return len(bare) <= _MOST_REDACTED and re.fullmatch(_REDACTED, bare, re.IGNORECASE) is not None


def is_not_shown(text: str) -> bool:
    """Whether something stands for all of a text of a log, as what programs print, or the log has cut off its JSON.

    So does an expression of Azure's: `@concat(...)`.
    """
    bare = text.strip()
    if re.match(r"@[A-Za-z]+\(|@\{", bare):
        return True
    if len(bare) <= _MOST_REDACTED and re.fullmatch(_NOT_PRINTED, bare, re.IGNORECASE):
        return True
    if bare.startswith(("{", "[{")) and not bare.startswith("{{"):
        return re.search(_CUT_OFF, bare[-_MOST_REDACTED:], re.IGNORECASE) is not None
    return is_left_out(bare)


def is_bare_word(text: str) -> bool:
    """Whether an ID is a word in capitals that no other form of placeholder explains: ADVERTISER_ID, or a country."""
    return re.fullmatch(r"[A-Z]{2,}(?:_[A-Z0-9]+)*", text.strip()) is not None and not is_placeholder(text)


PLAIN = b"0123456789abcdefghijklmnopqrstuvwxyz"


def _are_plain(ids: bytes) -> bool:
    """Whether ids, joined, consist of digits and small letters, as most do; xxx is a placeholder."""
    return not ids.translate(None, PLAIN) and (b"x" not in ids or b"xxx" not in ids)


def may_hold_placeholder(values: list[str], *, in_id: bool, in_shell: bool = False) -> bool:
    """Whether any of the values may be a placeholder: False is certain, True needs `is_placeholder` on each."""
    if not values or (in_id and _are_plain("".join(values).encode("ascii", "replace"))):
        return False
    lines = "\n".join(values)
    may_be_id = in_id and (_may_match_in_id(lines) or (lines != lines.lower() and any(map(str.isupper, values))))
    if not may_match(lines, in_shell) and not may_be_id:
        return False
    return _hint(in_id, in_shell).search(lines) is not None
