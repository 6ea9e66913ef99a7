"""Syntax errors of JSON at what another language would read: comments, other quotes, words, code."""

import re

from splint.formats.causes import IN_JSONC, IN_QUOTES, Cause, Place, fence, page, template
from splint.formats.json.openings import TOKENS, opened
from splint.schema.placeholders import FORMATTED

_WORD = re.compile(r"-?[A-Za-z_$][\w.$-]*")
_WORDS = {"true": "true", "false": "false", "none": "null", "null": "null", "nil": "null", "undefined": "null"}
"""The words of JSON by what other languages write for them, in lower case."""
_TYPOGRAPHIC = "\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb"
_CURLY_END = re.compile(rf"[{_TYPOGRAPHIC}][ \t]*[:,}}\]]")
_YAML = ("this is YAML or another format, not JSON", "write JSON; YAML is read from files named .yaml")
_SCRIPT = re.compile(r"(?:const|let|var|export|import|return|module\.exports|window\.\w+)\b(?!\s*:)")
_TABLE = re.compile(r"\w+(?:[,;\t]\w+)+[ \t]*(?:\r?\n|\Z)")


def curly(text: str, start: int, end: int) -> Cause | None:
    """The cause where a typographic quote is meant to close the string at `start`."""
    match = _CURLY_END.search(text, start, end)
    if match is None:
        return None
    message = f'{text[match.start()]} is a typographic quote: a text of JSON begins and ends with "'
    return Cause(message, 'write " for it', match.start())


def foreign(text: str, index: int, said: str, place: Place) -> Cause | None:
    """The cause for what another language would read."""
    return (
        _comment(text, index, place)
        or _other_quotes(text, index)
        or page(text, index)
        or _sign(text, index)
        or _word(text, index, said)
    )


def _comment(text: str, index: int, place: Place) -> Cause | None:
    help, end = f"remove it{IN_JSONC[place]}", _line_end(text, index)
    is_string = place == "string"  # that JSON has none is said before it
    if text.startswith(("//", "/*"), index):
        return Cause("a comment" if is_string else "a comment, which JSON does not have", help, index, end)
    mark = next((one for one in ("#", "<!--", "-- ") if text.startswith(one, index)), None)
    if mark is None or (text[:index].rstrip().endswith(":") and re.compile(r"#[^\s#]").match(text, index)):
        return None
    return Cause(f"a comment with {mark.strip()}{'' if is_string else ': no JSON has such'}", help, index, end)


def _other_quotes(text: str, index: int) -> Cause | None:
    character = text[index]
    if character == "'":
        return Cause("a text in single quotes: in JSON it stands in double ones", "write \" for '", index)
    if character == "`":
        backtick = Cause("a text in backticks: in JSON it stands in double quotes", 'write " for `', index)
        return fence(text, index) or backtick
    if text.startswith('\\"', index):
        message = 'a \\" outside of a text: this is JSON that was written into a text'
        return Cause(message, 'write " for each \\"', index, index + 2)
    if character in _TYPOGRAPHIC and text[index + 1 : index + 2] in ("{", "["):
        return Cause(f"{character} is a typographic quote around a body of JSON", "write ' for it", index)
    if character in _TYPOGRAPHIC:
        message = f'{character} is a typographic quote: a text of JSON begins and ends with "'
        return Cause(message, 'write " for it', index)
    if text[:index].endswith('""') and re.compile(r'["\w]').match(text, index):
        help = 'write one " for each; a quote within a text is \\"'
        return Cause("a quote that stands more than once, as in a table or in Python", help, index - 2, index)
    before = [one for one in TOKENS.finditer(text, text.rfind("\n", 0, index) + 1, index) if one[0][0] == '"']
    return curly(text, before[-1].start(), before[-1].end()) if before else None


def _sign(text: str, index: int) -> Cause | None:
    """The cause for a sign that no value of JSON begins with."""
    if dots := re.compile(r"\.{3}|\u2026").match(text, index):
        help = "write what belongs here, or remove it"
        return Cause(f"{dots[0]} stands for something that is left out", help, *dots.span())
    if written := re.compile(FORMATTED).match(text, index):
        return template(written[0], index)
    if text[index] in "+-*/%|&.?" and text[:index].rstrip().endswith('"'):
        help = "write the whole text within one pair of quotes"
        return Cause(f"{text[index]} behind a text: JSON has values, nothing that works them out", help, index)
    if text.startswith("- ", max(index - 1, 0)) and not text[: index - 1].strip():
        return Cause(*_YAML, index - 1, suffix=".yaml")
    return None


def _word(text: str, index: int, said: str) -> Cause | None:
    """The cause for a word that stands without quotes: of another language, a key, or a text."""
    start = index - (text[index - 1 : index] == "-")
    match = _WORD.match(text, start)
    is_within_number = index > 0 and text[index - 1].isdigit()
    if match is None or "after document" in said or is_within_number or text[max(index - 1, 0)] == '"':
        return None
    word, (start, end) = match.group(), match.span()
    if word.lstrip("-").lower() in ("nan", "infinity", "inf"):
        return Cause(f"{word} is no JSON number", "write a number, or leave the field out", start, end)
    if meant := _WORDS.get(word.lower()):
        if meant == word:  # the word is right, its place is not
            return None
        help = "write null, or leave the field out" if meant == "null" else f"write {meant}"
        return Cause(f"{word} is no word of JSON", help, start, end)
    if not text[:start].strip():
        return _at_the_root(text, start, end)
    return _code(text, start, end) or _unquoted(text, start, end, said)


def _at_the_root(text: str, start: int, end: int) -> Cause:
    """The cause for a word that the text begins with."""
    if text[start:end] == "curl":
        return Cause("this is a curl command, not JSON", "name a file of commands .sh", start, end)
    opening = re.compile(r"\s*[=(]?\s*[{\[]").match(text, end)
    if _SCRIPT.match(text, start) or (opening and opening[0].strip()[0] in "=("):
        help = 'keep what stands in { } or [ ] alone, its keys and texts in double quotes (")'
        return Cause("this is a program's code around JSON", help, start, end)
    if follows := re.compile(r"\s*(?:(:)(?=\s*\S)|=)").match(text, end):
        if follows[1]:
            return Cause(*_YAML, start, end, suffix=".yaml")
        return Cause("a form of name=value, not JSON", 'write {"name": "value"}', start, end)
    if _TABLE.match(text, start):
        return Cause("this is a table (CSV), not JSON", 'write {"name": value} for each row', start, end)
    if re.compile(r"^[{\[]", re.MULTILINE).search(text, end):
        return Cause("a text before the JSON value", "remove what stands before the first { or [", start, end)
    return Cause("a text without quotes", IN_QUOTES, start, end)


def _code(text: str, start: int, end: int) -> Cause | None:
    """The cause for what a program would work out: a call, or a text with a prefix."""
    if re.compile(r"(?:[ \t]+[A-Za-z][\w.]*)?\(").match(text, end):
        help = "write the value that it gives; a text stands in double quotes"
        return Cause("a call: JSON has values, nothing that works them out", help, start, end)
    if text[start:end].lower() in ("f", "b", "r", "u", "fr", "rb") and text[end : end + 1] in ('"', "'"):
        return Cause("a letter before a text, as Python has them", "remove it", start, end)
    if text[end : end + 1] == '"' and text[start].isalpha():
        return Cause("a text without its opening quote", 'write " before it', start, end)
    return None


def _unquoted(text: str, start: int, end: int, said: str) -> Cause:
    """The cause for a key or a text without quotes, or a word that is cut off."""
    stack, is_value = opened(text, start), text[:start].rstrip().endswith(":")
    if not is_value and stack and stack[-1].mark == "{" and re.compile(r"\s*(?:[:=])").match(text, end):
        return Cause("a key without quotes", IN_QUOTES, start, end)
    literal = said.rpartition("expected ")[2].strip("'")
    if "literal" in said and literal.startswith(text[start:end]):
        return Cause(f"{text[start:end]} is no word of JSON", f"write {literal}", start, end)
    return Cause("a text without quotes", IN_QUOTES, start, end)


def _line_end(text: str, index: int) -> int:
    """The index at which the line of an index ends, its last blanks left out."""
    end = re.compile(r"[^\r\n]*").match(text, index)
    assert end  # the pattern matches the empty string
    return index + len(end.group().rstrip())
