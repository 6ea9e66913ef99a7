"""Syntax errors of JSON: what is wrong, what to write instead, and where.

Only values that are read tell which of them are credentials: messages repeat no word and no number that may be one.
"""

import re
from json import JSONDecodeError
from typing import NamedTuple

import orjson

from splint.formats.causes import Cause, cause_at, template
from splint.formats.document import MAX_DEPTH
from splint.formats.json.positions import scan
from splint.schema.placeholders import unquoted_in_json

_TOKENS = re.compile(r'"(?:[^"\\\n\r]|\\.)*"?|[\[{:]|[\]}]', re.DOTALL)
"""A string, an unclosed one up to the end of its line; a bracket; a colon."""
_CLOSING = {"{": "}", "[": "]"}
_WORD = re.compile(r"-?[A-Za-z_$][\w.$-]*")
_NUMBER = re.compile(r"[-+]?[\w.][\w.+-]*")
_WORDS = {"true": "true", "false": "false", "none": "null", "null": "null", "nil": "null", "undefined": "null"}
"""The words of JSON by what other languages write for them, in lower case."""
_TYPOGRAPHIC = "\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb"
_YAML = ("this is YAML or another format, not JSON", "name a file of YAML .yaml")
_CURLY_END = re.compile(rf"[{_TYPOGRAPHIC}][ \t]*[:,}}\]]")


class _Open(NamedTuple):
    """A bracket that is not closed, or a string."""

    mark: str
    start: int
    key: str | None
    """The key of its value, quotes included; None in a list and at the root."""

    def __str__(self) -> str:
        is_plain = self.key is not None and re.fullmatch(r'"[a-z_]{1,40}"', self.key)
        return f"the {self.mark} of {self.key}" if is_plain else f"a {self.mark}"


def diagnose(text: str) -> Cause:
    """The cause for which a text is not JSON."""
    if not text.strip(" \t\r\n"):
        return Cause("the document is empty: expected a JSON value", "write a payload, or remove the file", 0)
    levels = f"more than {MAX_DEPTH} levels of nesting"
    try:
        deep = _too_deep(text)
        orjson.loads(text.encode("utf-8", "surrogatepass"))
    except orjson.JSONDecodeError as error:
        index = min(error.pos, len(text))
        said = error.msg
    else:
        return Cause(levels, "nest less deep: no payload has 20 levels", deep if deep is not None else 0)
    if deep is not None and deep <= index:
        return Cause(levels, "nest less deep: no payload has 20 levels", deep)
    if hole := unquoted_in_json(text, index):
        return template(text[slice(*hole)], hole[0])
    return (
        _too_big(text, index)
        or _early_end(text, index)
        or cause_at(text, index)
        or _string_fault(text, index, said)
        or _foreign(text, index, said)
        or _misplaced(text, index, said)
        or Cause(f"not JSON: {said}", "compare it with what stands right before: a comma, a quote or a bracket", index)
    )


def _too_big(text: str, index: int) -> Cause | None:
    """The cause if the text is JSON but for a number that no double holds."""
    try:
        _, end = scan(text, len(text) - len(text.lstrip(" \t\r\n")))
    except (JSONDecodeError, StopIteration, RecursionError):
        return None
    if text[end:].strip(" \t\r\n"):
        return None
    start = max(text.rfind(c, 0, index + 1) for c in " \t\n\r:[,") + 1
    number = re.compile(r"-?\d[\d.eE+-]*").match(text, start)
    if number is None:
        return None
    message = f"the number {number.group()[:40]} is too big for a double"
    return Cause(message, "write the number that is meant; an id goes in quotes", *number.span())


def _early_end(text: str, index: int) -> Cause | None:
    """The cause where the text ends within a value: what is not closed."""
    size = len(text.rstrip(" \t\r\n"))  # where the text ends, not the blank lines behind it
    if index < size:
        return None
    opened = _opened(text, size)
    if not opened:
        what, help = "a value is cut off", "add what was cut off"
    else:
        what = f"{opened[-1]} is never closed"
        closing = "".join(_CLOSING.get(one.mark, '"') for one in reversed(opened))
        help = f"add {closing if len(closing) <= 20 else 'the closing brackets'}, or what was cut off"
    return Cause(f"the document ends too early: {what}", help, size, size)


def _opened(text: str, end: int) -> list[_Open]:
    """What stands open at an index, the outermost first: brackets, and a string that the index is in."""
    opened: list[_Open] = []
    last = key = ""
    for token in _TOKENS.finditer(text, 0, end):
        mark = token.group()
        if mark == ":":
            key = last
        elif mark in _CLOSING:
            opened.append(_Open(mark, token.start(), key or None))
            last = key = ""
        elif mark in "}]":
            if opened and _CLOSING.get(opened[-1].mark) == mark:
                opened.pop()
            last = key = ""
        elif len(mark) > 1 and mark.endswith('"') and not re.search(r"(?<!\\)(?:\\\\)*\\\"$", mark):
            last, key = mark, ""
        elif token.end() == end:
            opened.append(_Open('"', token.start(), key or None))
    return opened


def _string_fault(text: str, index: int, said: str) -> Cause | None:
    """The cause for a fault within a string."""
    character = text[index]
    if "escape" in said or "surrogate" in said:
        if "surrogate" in said:
            return Cause(
                f"{text[index : index + 6]} is half of a character: a surrogate alone",
                "write the character itself, or both halves",
                index,
                index + 6,
            )
        escape = text[index : index + 2]
        return Cause(f"{escape} is no escape of JSON", r"write \\ for a backslash, \" for a quote", index, index + 2)
    if "control character" not in said:
        return None
    if character not in "\n\r":
        name, written = ("tab", r"\t") if character == "\t" else (f"U+{ord(character):04X}", f"\\u{ord(character):04x}")
        return Cause(f"a control character in a text: {name}", f"write {written}, or remove it", index)
    start = next((one.start for one in reversed(_opened(text, index)) if one.mark == '"'), index)
    if _CURLY_END.search(text, start, index):
        return _curly(text, start, index)
    return Cause(
        "the text that begins here is not closed on its line",
        r'add the closing ", and write \n for a line break within a text',
        start,
        index,
    )


def _curly(text: str, start: int, end: int) -> Cause | None:
    """The cause where a typographic quote is meant to close the string at `start`."""
    match = _CURLY_END.search(text, start, end)
    if match is None:
        return None
    message = f'{text[match.start()]} is a typographic quote: a text of JSON begins and ends with "'
    return Cause(message, 'write " for it', match.start())


def _foreign(text: str, index: int, said: str) -> Cause | None:
    """The cause for what another language would read: comments, other quotes, other words."""
    character = text[index]
    if text.startswith(("//", "/*"), index):
        return Cause(
            "a comment, which only files named .jsonc may hold",
            "remove it: a file named .jsonc may hold comments",
            index,
            _line_end(text, index),
        )
    if character == "#":
        help = "remove it, or write it as // in a file named .jsonc"
        return Cause("a comment with #: no JSON has such", help, index, _line_end(text, index))
    if character == "'":
        return Cause("a text in single quotes: in JSON it stands in double ones", "write \" for '", index)
    if character in _TYPOGRAPHIC and text[index + 1 : index + 2] in ("{", "["):
        return Cause(f"{character} is a typographic quote around a body of JSON", "write ' for it", index)
    if character in _TYPOGRAPHIC:
        return Cause(
            f'{character} is a typographic quote: a text of JSON begins and ends with "', 'write " for it', index
        )
    before = [one for one in _TOKENS.finditer(text, text.rfind("\n", 0, index) + 1, index) if one[0][0] == '"']
    if before and (curly := _curly(text, before[-1].start(), before[-1].end())):
        return curly
    if character == "<" and re.compile(r"<(?:!doctype|html|\?xml)", re.IGNORECASE).match(text, index):
        return Cause("this is HTML or XML, not JSON", "save what the link leads to as JSON, not the page", index)
    if text.startswith("- ", max(index - 1, 0)) and not text[: index - 1].strip():
        return Cause(*_YAML, index - 1)
    return _foreign_word(text, index, said)


def _foreign_word(text: str, index: int, said: str) -> Cause | None:
    """The cause for a word that stands without quotes: of another language, a key, or a text."""
    start = index - (text[index - 1 : index] == "-")
    match = _WORD.match(text, start)
    if match is None or text[max(index - 1, 0)].isdigit() or text[max(index - 1, 0)] == '"':
        return None
    word, (start, end) = match.group(), match.span()
    if word.lstrip("-").lower() in ("nan", "infinity", "inf"):
        return Cause(f"{word} is no JSON number", "write a number, or leave the field out", start, end)
    if meant := _WORDS.get(word.lower()):
        if meant == word:  # the word is right, its place is not
            return None
        help = "write null, or leave the field out" if meant == "null" else f"write {meant}"
        return Cause(f"{word} is no word of JSON", help, start, end)
    if not text[:start].strip() and (follows := re.compile(r"\s*(?:(:)|=)").match(text, end)):
        form = ("a form of name=value, not JSON", 'write {"name": "value"}')
        return Cause(*(_YAML if follows[1] else form), start, end)
    if re.compile(r"\s*:").match(text, end):
        return Cause("a key without quotes", 'put it in double quotes (")', start, end)
    literal = said.rpartition("expected ")[2].strip("'")
    if "literal" in said and literal.startswith(word):
        return Cause(f"{word} is no word of JSON", f"write {literal}", start, end)
    if word == "curl":
        return Cause("this is a curl command, not JSON", "name a file of commands .sh", start, end)
    return Cause("a text without quotes", 'put it in double quotes (")', start, end)


def _misplaced(text: str, index: int, said: str) -> Cause | None:
    """The cause for a comma, a colon, a bracket or a number that is not as JSON has it."""
    character, before = text[index], text[:index].rstrip()[-1:]
    if "trailing comma" in said or (character in "}]" and before == ","):
        comma = index if character == "," else text.rindex(",", 0, index)
        return Cause("a trailing comma: no further value follows", "remove it", comma)
    if "number" in said or "digit" in said:
        return _misspelt_number(text, index)
    if "after document" in said:
        if character in "}]":
            return Cause(f"this {character} closes nothing: the document is complete", "remove it", index)
        if character not in '{["-0123456789tfn':
            return Cause("text follows the document, which is complete before it", "remove it", index)
        return Cause(
            "a second value follows the document",
            "put both into one list, or a value on each line of a file named .ndjson",
            index,
        )
    if character in "}]":
        opened = _opened(text, index)
        if before == ":":
            return Cause("a key without a value", "write its value, or null", index)
        if opened and _CLOSING.get(opened[-1].mark, character) != character:
            closing = _CLOSING[opened[-1].mark]
            return Cause(f"{character} stands where {opened[-1]} is still open", f"write {closing} before it", index)
    if character == ",":
        return Cause("a comma without a value before it", "remove it, or write the value", index)
    if "expected ':'" in said:
        return Cause(f"expected ':' behind the key, not {character}", "write a colon between key and value", index)
    if "expected ','" in said:
        return _missing_comma(text, index)
    if character == "(":
        return Cause("( begins no value of JSON", "write a list in [ ]", index)
    return None


def _missing_comma(text: str, index: int) -> Cause:
    """The cause where a value follows another one."""
    character, number = text[index], _NUMBER.match(text, index)
    if character in "_xob" and text[index - 1].isdigit():
        return _misspelt_number(text, index)
    if character in ":=;":
        return Cause(f"{character} cannot follow a value", "write a comma, and check the quotes before it", index)
    if text[index - 1] == '"' and number:
        help = r"write a quote within a text as \", or put a comma between two values"
        return Cause("the text ends at the quote before this", help, *number.span())
    return Cause("a comma is missing before this value", "write a comma behind the value before it", index)


def _misspelt_number(text: str, index: int) -> Cause:
    """The cause for a number that is not written as JSON has it."""
    start = index
    while start > 0 and re.match(r"[\w.+-]", text[start - 1]):
        start -= 1
    match = _NUMBER.match(text, start)
    if match is None:
        return Cause("a sign without a number", "write the number behind it", start)
    word, end = match.group(), match.end()
    why, help = "it is not written as JSON has numbers", "write it with digits alone, such as 0.5; an id goes in quotes"
    if not re.fullmatch(r"[-+0-9._]{1,40}", word):
        return Cause("a number that is not written as JSON has them", help, start, end)
    if digits := re.fullmatch(r"(-?)0+([0-9]+)", word):
        why, help = "it begins with a zero", f'write {digits[1]}{digits[2]}, or "{word}" where it is an id'
    elif word.startswith("+"):
        why, help = "a number has no plus before it", f"write {word[1:]}"
    elif re.fullmatch(r"-?\.\d+", word):
        why, help = "no digit stands before its point", f"write {word.replace('.', '0.')}"
    elif re.fullmatch(r"-?\d+\.", word):
        why, help = "no digit follows its point", f"write {word[:-1]}"
    elif re.fullmatch(r"\d+(?:_\d+)+", word):
        why, help = "digits are not parted by _", f"write {word.replace('_', '')}"
    return Cause(f"the number {word}: {why}", help, start, end)


def _line_end(text: str, index: int) -> int:
    """The index at which the line of an index ends, its last blanks left out."""
    end = re.compile(r"[^\r\n]*").match(text, index)
    assert end  # the pattern matches the empty string
    return index + len(end.group().rstrip())


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
