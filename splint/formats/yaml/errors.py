"""Syntax errors of YAML, with messages for people who write YAML by hand."""

import re
import unicodedata
from typing import Any

from yaml import MarkedYAMLError, YAMLError

from splint.formats.causes import Cause, cause_at, conflict_in, fence, invisible, page, template
from splint.formats.document import MAX_DEPTH
from splint.formats.fault import LOOK
from splint.formats.yaml.keys import at_colon, at_line, behind_value
from splint.formats.yaml.parser import events
from splint.schema.placeholders import unquoted_in_yaml

TOO_DEEP = (f"more than {MAX_DEPTH} levels of nesting", "nest less deep: no payload has 20 levels")

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OLD_BREAK = re.compile(r"[\x85\u2028\u2029](?=[ \t]*[^\s#])")
"""A line break of YAML 1.1 and libyaml that YAML 1.2 has not, with something behind it on its line."""
_SURROGATE = re.compile(r"[dD][89a-fA-F][0-9a-fA-F]{2}")
_ESCAPE = re.compile(r"(?i:%[89a-f][0-9a-f])+|\\[uU][0-9a-fA-F]*")
_INDENT = "indent it as the lines around it, and close the quotes and brackets before it"
_MESSAGES = (
    ("maximum nesting depth", *TOO_DEEP),
    ("could not find expected :", "a key without a value: expected ':' behind it", "write `key: value`"),
    (
        "mapping values are not allowed",
        "no key can stand before this ':'",
        "put a text with ': ' in quotes, or indent the key as those beside it",
    ),
    ("did not find expected key", "expected a key here", _INDENT),
    ("expected <block end>", "expected a key or a '-' here", _INDENT),
    ("expected - indicator", "expected the list's next '-' here", _INDENT),
    ("expected , or ]", "expected ',' or ']' here", "write a comma between entries, and close the list with ]"),
    ("expected , or }", "expected ',' or '}' here", "write a comma between members, and close the mapping with }"),
    (
        "unknown escape",
        "an escape that YAML does not know",
        r"write \\ for a backslash, or single quotes around the text",
    ),
    ("expected node content", "a value is missing here", "write it, or remove the comma before this"),
    ("block sequence entries are not allowed", "no list can begin here", "begin it on the next line, or quote the '-'"),
    ("duplicate anchor", "an anchor that stands twice", "name each anchor differently"),
    ("hexdecimal", "an escape of too few digits", r"write \x and two digits, \u and four, or the character itself"),
    ("expected comment or line break", "text behind | or >", "begin the text on the next line, indented"),
    ("expected whitespace", "a tag that no blank ends", "write a blank behind the tag, or put the value in quotes"),
    ("unknown directive", "a directive that YAML does not know", "put a line that begins with % in quotes"),
    ("expected <document start>", "the document ends before this", "remove it, or begin a new document with ---"),
)
"""Parts of the messages of libyaml and PyYAML (without quotes), the messages that replace them, and the help."""
_UNCLOSED = (
    ("quoted scalar", "the quote"),
    ("flow sequence", "the ["),
    ("flow mapping", "the {"),
    ("flow node", "a bracket"),
)
"""Parts of the contexts of libyaml and PyYAML, and what is not closed in them."""


class Fault(Exception):  # noqa: N818 (a finding about a text, not an error of the program)
    """A syntax error in a text, with its range."""

    def __init__(
        self, message: str, start: int, end: int, opened: tuple[str, int] | None = None, help: str = LOOK
    ) -> None:
        self.message, self.start, self.end, self.help = message, start, end, help
        self.opened = opened
        """The context (`while parsing a flow sequence`) and the index at which it starts."""

    @classmethod
    def of(cls, cause: Cause) -> "Fault":
        """The fault for a cause that is no matter of YAML."""
        return cls(cause.message, cause.start, max(cause.end, cause.start + 1), help=cause.help)

    def moved(self, base: int) -> "Fault":
        """The fault, shifted by `base` code points."""
        opened = (self.opened[0], self.opened[1] + base) if self.opened else None
        return Fault(self.message, self.start + base, self.end + base, opened, self.help)


def at(event: Any, message: str, help: str) -> Fault:
    """A fault at the range of an event: a scalar or alias, or the opening of a collection."""
    start, end = event.start_mark.index, event.end_mark.index
    return Fault(message, start, max(end, start + 1), help=help)


def collection_as_key(text: str, event: Any) -> Fault:
    """The fault for a collection as a key, such as an unquoted placeholder in braces."""
    if written := unquoted_in_yaml(text, event.start_mark.index):
        return Fault.of(template(text[slice(*written)], written[0]))
    return at(event, "a mapping or a list as a key: keys are scalars", "put the key in quotes")


def forbidden(text: str) -> Fault:
    """The fault for the first character that YAML does not allow; libyaml does not report its index."""
    match = _FORBIDDEN.search(text)
    index = match.start() if match else 0
    message = f"the character U+{ord(text[index]):04X} is not allowed in YAML"
    return Fault(message, index, index + 1, help="remove it, or escape it in double quotes")


def bad_escape(text: str, index: int) -> Fault:
    """The fault for an invalid escape. Parsers do not report its index, so the first escape from `index` on is used."""
    match = _ESCAPE.search(text, index)
    start, end = match.span() if match else (index, index + 1)
    return Fault("not YAML: an escape that stands for no character", start, end, help="write the character itself")


def old_break(text: str) -> Fault | None:
    """The fault for a break of YAML 1.1 alone that ends a line outside of quotes: in YAML 1.2 the line goes on."""
    if text.isascii() or not _OLD_BREAK.search(text):
        return None
    quoted, end = list[tuple[int, int]](), len(text)
    try:
        for event in events(text):
            if getattr(event, "style", None) in ("'", '"'):  # a scalar
                quoted.append((event.start_mark.index, event.end_mark.index))
    except MarkedYAMLError as error:
        mark = error.problem_mark
        end = mark.index if mark is not None else 0
    except (YAMLError, ValueError, OverflowError):
        return None
    for match in _OLD_BREAK.finditer(text):
        at = match.start()
        if at <= end and not any(start < at < behind for start, behind in quoted):
            name = "next line" if match[0] == "\x85" else unicodedata.name(match[0]).lower()
            help = "write a plain space or line break for it: readers of YAML do not agree whether a line ends there"
            return Fault(f"the character U+{ord(match[0]):04X} ({name}) outside of quotes", at, at + 1, help=help)
    return None


def _unseen(text: str, index: int) -> Cause | None:
    """The cause if a character that looks like a blank follows a ':' or '-' on the line of an index or before it."""
    line = text.rfind("\n", 0, max(text.rfind("\n", 0, index), 0)) + 1
    match = re.compile(r"[:-]([^\x00-\x7f])").search(text, line, index)
    return invisible(text, match.start(1)) if match else None


def explain(text: str, error: MarkedYAMLError) -> Fault:
    """The fault for a syntax error of libyaml, at its problem mark or its context mark."""
    problem, mark, context = str(error.problem), error.problem_mark, error.context_mark
    if problem.startswith("could not find expected ':'") and context:
        mark = context
    index = min(mark.index, len(text)) if mark else 0
    character, opened = text[index : index + 1], None
    if error.context and context and mark and context.line != mark.line:
        opened = (error.context, context.index)
    end, size = index + 1, len(text.rstrip())
    begin = len(text) - len(text.lstrip())
    foreign = (
        page(text, begin)
        or fence(text, index)
        or conflict_in(text, opened[1] if opened else index, index)
        or (cause_at(text, index) or cause_at(text, index - 1) if index < size else None)
    )
    if foreign is not None:
        return Fault.of(foreign)
    told = None
    if "mapping values" in problem or "could not find" in problem:
        told = at_colon(text, index, problem)
    elif any(part in problem for part in ("expected key", "expected '-' indicator", "expected <block end>")):
        told = behind_value(text, index) or at_line(text, index)
    if told is not None:
        return Fault.of(told)
    if index >= size and "alphabetic" not in problem:
        what = next((ours for theirs, ours in _UNCLOSED if theirs in str(error.context)), "")
        message = f"the document ends too early: {f'{what} is never closed' if what else 'a value is missing'}"
        end, help = len(text), f"close {what}, or add what was cut off" if what else "add what was cut off"
    elif "alphabetic or numeric" in problem:
        message, help = "an alias or an anchor without a name", "put a text that begins with * or & in quotes"
        index, end = index - 1, index
    elif "expected" in problem and re.compile(r"-[^\s-]").match(text, index):
        message, help = "a list's '-' without a blank behind it", "write a blank behind it"
    elif ("expected" in problem or "not allowed" in problem) and (unseen := _unseen(text, index)):
        return Fault.of(unseen)
    elif character == "\t" and ("tab" in problem or "start any token" in problem):
        message, help = "a tab cannot indent YAML", "indent with spaces"
    elif "start any token" in problem:
        message, help = f"{character} cannot begin a value", "put the value in quotes"
    elif "Unicode character escape" in problem and (match := _SURROGATE.match(text, index)):
        message = f"\\u{match.group()} is half of a character, which YAML does not know"
        index, end, help = index - 2, match.end(), "write the character itself"
    else:
        message, help = next(
            ((ours, help) for theirs, ours, help in _MESSAGES if theirs in problem.replace("'", "")),
            (f"not YAML: {problem}", LOOK),
        )
    return Fault(message, index, end, opened, help)
