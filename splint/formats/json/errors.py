"""Syntax errors of JSON: what is wrong, what to write instead, and where.

Only values that are read tell which of them are credentials: messages repeat no word and no number that may be one.
"""

import re
from itertools import accumulate
from json import JSONDecodeError

import orjson

from splint.formats.causes import IN_LINES, IN_QUOTES, Cause, Place, cause_at, template
from splint.formats.document import MAX_DEPTH
from splint.formats.json.foreign import curly, foreign
from splint.formats.json.numbers import at_number, misspelt_number
from splint.formats.json.openings import CLOSING, TOKENS, opened
from splint.formats.json.positions import scan
from splint.schema.placeholders import unquoted_in_json


def are_values(text: str) -> bool:
    """Whether a text is JSON: one value, or several one after the other."""
    at = len(text) - len(text.lstrip(" \t\r\n"))
    try:
        while at < len(text):
            _, at = scan(text, at)
            at += len(text[at:]) - len(text[at:].lstrip(" \t\r\n"))
    except (JSONDecodeError, StopIteration, RecursionError):
        return False
    return True


def end_of_value(text: str) -> int | None:
    """The index behind the value that a text begins with; None where it begins with none."""
    try:
        return scan(text, len(text) - len(text.lstrip(" \t\r\n")))[1]
    except (JSONDecodeError, StopIteration, RecursionError):
        return None


def diagnose(text: str, place: Place = "file", *, is_line: bool = False) -> Cause:
    """The cause for which a text, or a line of NDJSON, is not JSON."""
    if not text.strip(" \t\r\n"):
        return Cause("the document is empty: expected a JSON value", "write a payload, or leave it out", 0)
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
    if written := unquoted_in_json(text, index):
        return template(text[slice(*written)], written[0])
    return (
        _too_big(text, index)
        or (_line_fault(text, index, said) if is_line else None)
        or _early_end(text, index)
        or cause_at(text, index)
        or _string_fault(text, index, said)
        or (at_number(text, index) if "after document" not in said else None)
        or _structure(text, index)
        or foreign(text, index, said, place)
        or _misplaced(text, index, said, place)
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


def _line_fault(text: str, index: int, said: str) -> Cause | None:
    """The cause for what follows the value of a line."""
    if "after document" not in said:
        return None
    if not text[index + 1 :].strip() and text[index] in ",;":
        return Cause(f"{text[index]} behind the value: each line of NDJSON stands alone", "remove it", index)
    if text[index] in '{["':
        if text[:index].rstrip(" \t").endswith("\r"):
            return Cause(
                "the line above ends with CR alone, which ends no line of NDJSON", "end it with LF or CRLF", index
            )
        return Cause("a second value on this line", "write each value on a line of its own", index)
    return None


def _early_end(text: str, index: int) -> Cause | None:
    """The cause where the text ends within a value: what is not closed."""
    size = len(text.rstrip(" \t\r\n"))  # where the text ends, not the blank lines behind it
    if index < size:
        return None
    stack = opened(text, size)
    if not stack:
        what, help = "a value is cut off", "add what was cut off"
    else:
        what = f"{stack[-1]} is never closed"
        closing = "".join(CLOSING.get(one.mark, '"') for one in reversed(stack))
        help = f"add {closing if len(closing) <= 20 else 'the closing brackets'}, or what was cut off"
    return Cause(f"the document ends too early: {what}", help, size, size)


def _string_fault(text: str, index: int, said: str) -> Cause | None:
    """The cause for a fault within a string."""
    character = text[index]
    if "escape" in said or "surrogate" in said:
        return _escape_fault(text, index, said)
    if "control character" not in said:
        return None
    if character not in "\n\r":
        name, written = ("tab", r"\t") if character == "\t" else (f"U+{ord(character):04X}", f"\\u{ord(character):04x}")
        return Cause(f"a control character in a text: {name}", f"write {written}, or remove it", index)
    start = next((one.start for one in reversed(opened(text, index)) if one.mark == '"'), index)
    return curly(text, start, index) or Cause(
        "the text that begins here is not closed on its line",
        r'add the closing ", and write \n for a line break within a text',
        start,
        index,
    )


def _escape_fault(text: str, index: int, said: str) -> Cause:
    """The cause for a backslash that begins no escape, or half of a character."""
    if "surrogate" in said:
        message = f"{text[index : index + 6]} is half of a character: a surrogate alone"
        return Cause(message, "write the character itself, or both halves", index, index + 6)
    escape, help = text[index : index + 2], r"write \\ for a backslash, \" for a quote"
    if escape == r"\u":
        help = r"write four digits from 0 to f behind \u, or \\u for a backslash and u"
        return Cause(r"\u without four digits behind it", help, index, index + 2)
    if based := re.compile(r"\\x([0-9a-fA-F]{2})").match(text, index):
        return Cause(r"\x is no escape of JSON", rf"write \u00{based[1]}, or \\ for a backslash", *based.span())
    if escape == r"\'":
        help = "write ' alone"
    return Cause(f"{escape} is no escape of JSON", help, index, index + 2)


def _structure(text: str, index: int) -> Cause | None:
    """The cause where members stand in a list, or entries in an object."""
    character, behind = text[index], text[:index].rstrip()
    stack = opened(text, index)
    if character == ":" and behind.endswith('"') and stack and stack[-1].mark == "[":
        help = "write { for the [ that opens here, and } for its ], or put the members into { }"
        return Cause(f"a key in a list: {stack[-1]} holds entries without keys", help, stack[-1].start)
    if character in ",}" and behind.endswith('"') and stack and stack[-1].mark == "{" and _is_key(text, behind):
        if text[stack[-1].start + 1 : len(behind)].count('"') == 2:
            help = "write [ ] for a list, or a colon and a value behind the key"
            return Cause(f"an entry without a key: {stack[-1]} holds members", help, stack[-1].start)
        return Cause("a key without a value", "write a colon and its value, or remove the key", index)
    return None


def _is_key(text: str, behind: str) -> bool:
    """Whether the string that a part of a text ends with stands where a key does."""
    strings = [token.span() for token in TOKENS.finditer(behind, max(0, len(behind) - 1000)) if token[0][0] == '"']
    return bool(strings) and text[: strings[-1][0]].rstrip()[-1:] in ("{", ",")


def _misplaced(text: str, index: int, said: str, place: Place) -> Cause | None:
    """The cause for a comma, a colon, a bracket or a number that is not as JSON has it."""
    character, before = text[index], text[:index].rstrip()[-1:]
    if not character.isprintable():
        return Cause(f"the control character U+{ord(character):04X} between values", "remove it", index)
    if "trailing comma" in said or (character in "}]" and before == ","):
        comma = index if character == "," else text.rindex(",", 0, index)
        return Cause("a trailing comma: no further value follows", "remove it", comma)
    if "number" in said or "digit" in said:
        return misspelt_number(text, index)
    if "after document" in said:
        return _after(text, index, place)
    if character in ":=" and before == ":":
        return Cause(f"{character} behind the colon", "remove it", index)
    if key := re.compile(r"-?\d+(?=\s*:)").match(text, index) if before in ("{", ",") else None:
        return Cause("a key without quotes", IN_QUOTES, *key.span())
    return _at_bracket(text, index, before) or _at_mark(text, index, said)


def _after(text: str, index: int, place: Place) -> Cause:
    """The cause for what follows the document."""
    character, behind = text[index], text[:index].rstrip()
    if character in "}]":
        return Cause(f"this {character} closes nothing: the document is complete", "remove it", index)
    if character == ":" and behind.endswith('"'):
        return Cause("members without an object around them", "write { before the first, and } behind the last", index)
    if character == "," and text[index + 1 :].lstrip()[:1] in ("{", "["):
        return Cause("values without a list around them", "write [ before the first, and ] behind the last", index)
    if character not in '{["-0123456789tfn' or re.compile(r"[a-z]{2,}").match(text, index):
        return Cause("text follows the document, which is complete before it", "remove it", index)
    return Cause("a second value follows the document", f"put both into one list{IN_LINES[place]}", index)


def _at_bracket(text: str, index: int, before: str) -> Cause | None:
    """The cause at a closing bracket."""
    character = text[index]
    if character not in "}]":
        return None
    if before == ":":
        return Cause("a key without a value", "write its value, or null", index)
    stack = opened(text, index)
    if not stack:
        return Cause(f"this {character} closes nothing: no bracket is open before it", "remove it", index)
    if CLOSING.get(stack[-1].mark, character) != character:
        closing = CLOSING[stack[-1].mark]
        return Cause(f"{character} stands where {stack[-1]} is still open", f"write {closing} before it", index)
    return None


def _at_mark(text: str, index: int, said: str) -> Cause | None:
    """The cause at a comma, a parenthesis, or where a comma or colon should stand."""
    character = text[index]
    if character == ",":
        return Cause("a comma without a value before it", "remove it, or write the value", index)
    if character == "=" and "expected ':'" in said:
        mark = "=>" if text.startswith("=>", index) else "="
        return Cause(f"{mark} between key and value", "write a colon for it", index, index + len(mark))
    if "expected ':'" in said:
        return Cause(f"expected ':' behind the key, not {character}", "write a colon between key and value", index)
    if "expected ','" in said:
        return _missing_comma(text, index)
    if character == "(":
        return Cause("( begins no value of JSON", "write a list in [ ]", index)
    if "expected a JSON value" in said or "string key" in said:
        what = "value" if "JSON value" in said else "key"
        return Cause(f"{character} begins no {what} of JSON", f"if it begins a text, {IN_QUOTES}", index)
    return None


def _missing_comma(text: str, index: int) -> Cause:
    """The cause where a value follows another one."""
    character, word = text[index], re.compile(r"[-+]?[\w.][\w.+-]*").match(text, index)
    if character in "_xob" and text[index - 1].isdigit():
        return misspelt_number(text, index)
    if character == ";":
        return Cause("; between values", "write a comma for it", index)
    if character in ":=":
        return Cause(f"{character} cannot follow a value", "write a comma, and check the quotes before it", index)
    if text[index - 1] == '"' and word:
        help = r"write a quote within a text as \", or put a comma between two values"
        return Cause("the text ends at the quote before this", help, *word.span())
    string = re.compile(r'"(?:[^"\\\n]|\\.)*"(?!\s*:)').match(text, index)
    stack = opened(text, index)
    if string and text[:index].rstrip().endswith('"') and stack and stack[-1].mark == "{":
        help = "join them within one pair of quotes, or write a comma and the key of the second"
        return Cause("a second text behind a text", help, *string.span())
    return Cause("a comma is missing before this value", "write a comma behind the value before it", index)


def _too_deep(text: str) -> int | None:
    """The index of the first bracket that exceeds MAX_DEPTH; None if there is none."""
    if "\\" not in text:  # quotes end texts wherever they stand: 20 ms less for 1 MB, which an editor asks for anew
        brackets = re.findall(r"[\[{\]}]", "".join(text.split('"')[::2]))
        if max(accumulate(1 if mark in "[{" else -1 for mark in brackets), default=0) <= MAX_DEPTH:
            return None
    depth = 0
    for token in re.compile(r'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', re.DOTALL).finditer(text):
        if token.group() in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                return token.start()
        elif token.group() in "]}":
            depth -= 1
    return None
