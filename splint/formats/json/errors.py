"""Syntax errors of JSON: message and position."""

import re
from json import JSONDecodeError

import orjson

from splint.formats.document import MAX_DEPTH
from splint.formats.json.positions import scan
from splint.schema.placeholders import advice_to_quote, unquoted_in_json

_NON_FINITE = re.compile(r"-?(?:NaN|Infinity)")


def diagnose(text: str) -> tuple[str, int]:
    """The error message for a text that is not JSON, and the index of the error."""
    if not text.strip(" \t\r\n"):
        return "the document is empty: expected a JSON value", 0
    try:
        deep = _too_deep(text)
        orjson.loads(text.encode("utf-8", "surrogatepass"))
    except orjson.JSONDecodeError as error:
        index = min(error.pos, len(text))
        said = error.msg
    else:
        return f"more than {MAX_DEPTH} levels of nesting", deep if deep is not None else 0
    if deep is not None and deep <= index:
        return f"more than {MAX_DEPTH} levels of nesting", deep
    if placeholder := unquoted_in_json(text, index):
        return advice_to_quote(placeholder[1]), placeholder.start(1)
    if match := _NON_FINITE.match(text, max(index - 1, 0)) or _NON_FINITE.match(text, index):
        return f"{match.group()} is no JSON number", match.start()
    try:
        scan(text, 0)
    except (JSONDecodeError, StopIteration, RecursionError):
        pass
    else:
        if number := re.compile(r"-?\d[\d.eE+-]*").match(
            text, max(text.rfind(c, 0, index + 1) for c in " \t\n\r:[,") + 1
        ):
            return f"the number {number.group()[:40]} is too big for a double", number.start()
    if index >= (size := len(text.rstrip(" \t\r\n"))):  # where the text ends, not the blank lines behind it
        return "the document ends too early: a bracket, a quote or a value is missing", size
    if text.startswith(("//", "/*"), index):
        return "not JSON: a comment stands here, which only files named .jsonc may hold", index
    if text.startswith("'", index):
        return "not JSON: a string stands in double quotes, not in single ones", index
    return f"not JSON: {said}", index


def _too_deep(text: str) -> int | None:
    """The index of the first bracket that exceeds MAX_DEPTH; None if there is none."""
    depth = 0
    for token in re.compile(r'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', re.DOTALL).finditer(text):
        if token.group() in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                return token.start()
        elif token.group() in "]}":
            depth -= 1
    return None
