"""Causes of syntax errors of YAML at keys: lines that are nearly `key: value`, and what follows a value."""

import re

from splint.formats.causes import Cause

_KEY = r"[ \t]*(?:- +)*[\w.-]+"


def _line(text: str, index: int) -> tuple[int, str]:
    """The start and the content of the line of an index."""
    start = text.rfind("\n", 0, index) + 1
    return start, text[start:].partition("\n")[0]


def _line_before(text: str, start: int) -> tuple[int, str]:
    """The start and the content of the last line with content before a line that begins at `start`."""
    while start > 0:
        start, line = _line(text, start - 1)
        if line.strip() and not line.lstrip().startswith("#"):
            return start, line
    return 0, ""


def _no_key(start: int, line: str) -> Cause | None:
    """The cause for a line that is no `key: value`, but nearly is one."""
    if tight := re.compile(rf"{_KEY}(:)(?!//)[^\s:]").match(line):
        return Cause("no blank behind this ':'", "write a blank behind it", start + tight.start(1))
    if equals := re.compile(rf"{_KEY} *(=>?|:=)").match(line):
        return Cause(
            "a key is followed by ':' in YAML", "write ': ' for it", start + equals.start(1), start + equals.end(1)
        )
    if line.lstrip().startswith(("//", "/*")):
        begin = start + len(line) - len(line.lstrip())
        return Cause("a comment of another language", "write # for it", begin, start + len(line.rstrip()))
    return None


def at_colon(text: str, index: int, problem: str) -> Cause | None:
    """The cause where a ':' cannot stand, or where one is missing."""
    start, line = _line(text, index)
    if "could not find" in problem:
        return _no_key(start, line)
    before, above = _line_before(text, start)
    if re.compile(rf"{_KEY}[ \t]*:[ \t]").match(text[start:index]):
        return Cause("a ': ' within a text without quotes", "put the whole text in quotes", index)
    if fault := _no_key(before, above):
        return fault
    deeper = len(line) - len(line.lstrip(" -")) > len(above) - len(above.lstrip(" -"))
    if deeper and re.compile(rf"{_KEY}[ \t]*:[ \t]+[^\s#]").match(above):
        message = "this key is indented deeper than the one before it, which has its value"
        return Cause(message, "indent it as the one before it", start + len(line) - len(line.lstrip()), index)
    return None


def behind_value(text: str, index: int) -> Cause | None:
    """The cause for what follows a quote or a bracket that ends a value."""
    last, character = text[:index].rstrip()[-1:], text[index : index + 1]
    if character in ("]", "}"):
        return Cause(f"this {character} closes nothing", "remove it", index)
    if last in ("'", '"') and character == "+":
        message = "+ behind a text: YAML has values, nothing that works them out"
        return Cause(message, "write the whole text within one pair of quotes", index)
    if last in ("'", '"'):
        help = f"write {last * 2 if last == chr(39) else chr(92) + last} for a quote within the text"
        return Cause("the text ends at the quote before this", help, index)
    if last in ("]", "}") and _line(text, index)[0] == _line(text, len(text[:index].rstrip()) - 1)[0]:
        help = f"put a text that begins with {'[' if last == ']' else '{'} in quotes"
        return Cause(f"the value ends at the {last} before this", help, index)
    return None


def at_line(text: str, index: int) -> Cause | None:
    """The cause for a line whose first character, at the index, begins neither a key nor an entry of those above."""
    start, line = _line(text, index)
    if text[start:index].strip():
        return None
    before, above = _line_before(text, start)
    if fault := _no_key(before, above):
        return fault
    if re.match(r"-(?: |$)", line.lstrip()):
        return Cause("a list's '-' among keys", "write the list's key above it, or remove the '-'", index)
    dashes = {len(one) - len(one.lstrip(" ")) for one in text[:start].split("\n") if one.lstrip(" ").startswith("- ")}
    if index - start in dashes and re.match(_KEY, line):
        help = "indent it under the entry before it, or as the key of the list"
        return Cause("a key among the entries of a list", help, index)
    levels = {len(one) - len(one.lstrip(" -")) for one in text[:start].split("\n") if one.strip()}
    if index - start not in levels and re.match(_KEY, line):
        return Cause("this line is indented as no key above it is", "indent it as the key that it stands beside", index)
    return None
