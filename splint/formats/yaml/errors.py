"""Syntax errors of YAML, with messages for people who write YAML by hand."""

import re
from typing import Any

from yaml import MarkedYAMLError

from splint.formats.document import MAX_DEPTH
from splint.schema.placeholders import advice_to_quote, unquoted_in_yaml

TOO_DEEP = f"more than {MAX_DEPTH} levels of nesting"

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SURROGATE = re.compile(r"[dD][89a-fA-F][0-9a-fA-F]{2}")
_ESCAPE = re.compile(r"(?i:%[89a-f][0-9a-f])+|\\[uU][0-9a-fA-F]*")
_MESSAGES = (
    ("maximum nesting depth", TOO_DEEP),
    ("could not find expected :", "a key without a value: expected ':' behind it"),
    ("mapping values are not allowed", "no key can stand before this ':': quote the text, or check the indentation"),
    ("did not find expected key", "expected a key here: check the indentation, the quotes and the brackets"),
    ("expected <block end>", "expected a key or a '-' here: check the indentation, the quotes and the brackets"),
    ("expected - indicator", "expected the list's next '-' here: check the indentation"),
    ("expected <document start>", "the document ends before this: remove it, or begin a new one with ---"),
)
"""Parts of the messages of libyaml and PyYAML (without quotes), and the messages that replace them."""


class Fault(Exception):  # noqa: N818 (a finding about a text, not an error of the program)
    """A syntax error in a text, with its range."""

    def __init__(self, message: str, start: int, end: int, opened: tuple[str, int] | None = None) -> None:
        self.message, self.start, self.end = message, start, end
        self.opened = opened
        """The context (`while parsing a flow sequence`) and the index at which it starts."""

    def moved(self, base: int) -> "Fault":
        """The fault, shifted by `base` code points."""
        opened = (self.opened[0], self.opened[1] + base) if self.opened else None
        return Fault(self.message, self.start + base, self.end + base, opened)


def at(event: Any, message: str) -> Fault:
    """A fault at the range of an event: a scalar or alias, or the opening of a collection."""
    start, end = event.start_mark.index, event.end_mark.index
    return Fault(message, start, max(end, start + 1))


def collection_as_key(text: str, event: Any) -> Fault:
    """The fault for a collection as a key, such as an unquoted placeholder in braces."""
    if placeholder := unquoted_in_yaml(text, event.start_mark.index):
        return Fault(advice_to_quote(placeholder[0]), *placeholder.span())
    return at(event, "a mapping or a list as a key: keys are scalars")


def forbidden(text: str) -> Fault:
    """The fault for the first character that YAML does not allow; libyaml does not report its index."""
    match = _FORBIDDEN.search(text)
    index = match.start() if match else 0
    message = f"the character U+{ord(text[index]):04X} is not allowed in YAML: remove it, or escape it in double quotes"
    return Fault(message, index, index + 1)


def bad_escape(text: str, index: int) -> Fault:
    """The fault for an invalid escape. Parsers do not report its index, so the first escape from `index` on is used."""
    match = _ESCAPE.search(text, index)
    start, end = match.span() if match else (index, index + 1)
    return Fault("not YAML: an escape that stands for no character", start, end)


def explain(text: str, error: MarkedYAMLError) -> Fault:
    """The fault for a syntax error of libyaml, at its problem mark or its context mark."""
    problem, mark, context = str(error.problem), error.problem_mark, error.context_mark
    if problem.startswith("could not find expected ':'") and context:
        mark = context
    index = min(mark.index, len(text)) if mark else 0
    character, opened = text[index : index + 1], None
    if error.context and context and mark and context.line != mark.line:
        opened = (error.context, context.index)
    end = index + 1
    if index >= len(text.rstrip()):
        message, end = "the document ends too early: a bracket, a quote or a value is missing", len(text)
    elif character == "\t" and ("tab" in problem or "start any token" in problem):
        message = "a tab cannot indent YAML: use spaces"
    elif "start any token" in problem:
        message = f"{character} cannot begin a value: put the value in quotes"
    elif "Unicode character escape" in problem and (match := _SURROGATE.match(text, index)):
        message = f"\\u{match.group()} is half of a character, which YAML does not know: write the character itself"
        index, end = index - 2, match.end()
    else:
        message = next(
            (ours for theirs, ours in _MESSAGES if theirs in problem.replace("'", "")), f"not YAML: {problem}"
        )
    return Fault(message, index, end, opened)
