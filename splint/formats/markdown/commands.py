"""Curl commands in Markdown and plain text: blocks of commands are scripts, in running text a command begins a line."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from splint.formats.document import Document
from splint.formats.fault import SyntaxFault
from splint.formats.json.reader import parse
from splint.formats.markdown.lines import PROMPT, source_map_of, unquoted
from splint.formats.shell.around import Around, outline
from splint.formats.shell.arrays import open_words
from splint.formats.shell.curl import URL, Invocation, invocations
from splint.formats.shell.endpoints import is_of_interest
from splint.formats.shell.nesting import Lines
from splint.formats.shell.reader import Script, read_around, read_requests, read_script, scanned
from splint.formats.shell.scanner import Scanner
from splint.formats.shell.scans import unclosed_above
from splint.formats.shell.values import Values
from splint.formats.shell.words import follows
from splint.formats.source import Source
from splint.formats.spans import Span

_SCRIPTS = frozenset({"sh", "bash", "zsh", "shell"})
"""The languages of blocks that are scripts, but for those with prompts. Others have answers and sentences as well."""
SHELL_TAGS = _SCRIPTS | {"", "text", "console", "shell-session", "shellsession", "sh-session", "curl", "http"}
_SESSIONS = frozenset({"console", "shell-session", "shellsession", "sh-session"})
_OF_ROOT = re.compile(r"^([ \t]*+)#(?=[ \t]++(?:[\w./]*/)?curl[ \t])(?:[^\n\\]|\\\r?\n|\\.)*+", re.MULTILINE)
"""A line with the prompt of root, or a comment, with those that it goes on in."""
_BESIDE = re.compile(rf"^(?:[ \t]*+(?:{PROMPT}|\++[ \t]++|@(?=[a-z]))|[ \t]*+@?(?i:rem[ \t]|::)[^\n]*+)", re.MULTILINE)
"""What is no part of a command: prompts, the marks of a trace (`set -x`) and of cmd, and cmd's comments."""
_CURL = r"curl(?:\.exe)?+(?=[ \t\\])"
_BEFORE = r"""
    (?:time|command|exec|nohup|env|if|while|until|then|do|!)[ \t]++(?:-\w++[ \t]++)*+
    | [A-Za-z_]\w*+=(?:"[^"\n]*+"|'[^'\n]*+'|[^\s'"();&|$]*+)[ \t]++
    | \([ \t]*+
"""
_OTHERS = r"(?:cat|jq|cd|export|for|kubectl|docker|podman|ssh|sudo|timeout|retry|watch|sleep|set|source)"
_COMMAND = re.compile(
    rf"""^[ \t]*+(?:{PROMPT}|>[ \t]*+)*+(?:(?:\++|\d{{1,3}}[.)]|[*-])[ \t]++)?+
    (?P<command>
        (?:{_BEFORE})*+(?:[~.]?/(?:[\w.-]++/)*+)?+{_CURL}
        | (?:export[ \t]++)?+[A-Za-z_]\w*+="?\$\([ \t]*+{_CURL}
        | (?:echo|printf)[ \t]
        | {_OTHERS}(?=[ \t])(?=[^\n]*?[ \t;&|(/](?:{_CURL}|curl[:@]\S))
    )""",
    re.MULTILINE | re.VERBOSE,
)
"""A command in running text: one of curl, or one that may run or feed it. Other words, `Use curl`, begin sentences."""
_WORD = re.compile(r"[A-Z][a-z]+[,:]?")
_NO_COMMAND = re.compile(r"//|\*(?!$)|--|\[(?!\[?$)")
"""The first word of a comment or of a line of a log (`[error]`)."""
_LABEL = re.compile(r"[^=]*:")
"""A word of a log (`ERROR:`) or a key."""
_BAR = re.compile(r"(?<!\\)(?<!\\\r)(?:\n|\A)[ \t]*[|;][ \t|;]*\Z")
"""What begins a line of a table, or a comment."""
_LONGEST_MARGIN = 200
_QUOTES = " \t\r\n\"'‘’“”"


def read_commands(
    source: Source, text: str, lines: list[Span], tag: str | None = None, around: Around | None = None
) -> Iterable[Document | SyntaxFault]:
    """The documents of the commands in the lines of a block, or of running text without a tag."""
    if not any(text.find(mark, *line) >= 0 for mark in ("curl", "CURL", "smart_plus/") for line in lines):
        return ()
    source_map = source_map_of(text, unquoted(text, lines))
    script = Script(source, parse, Values(()), source_map, around, is_prose=True)
    if tag is None:
        return read_requests((one for passage in passages(source_map.text) for one in passage.requests), script)
    content = bare(source_map.text, tag)
    is_script = tag in _SCRIPTS and content == source_map.text
    return read_script(content, script, None if is_script else _is_meant)


def read_together(
    source: Source, text: str, blocks: Iterable[tuple[str, list[Span]]]
) -> tuple[Around, Iterator[Document]]:
    """What blocks of commands say together, with their tags, and the documents of what only several of them send."""
    lines: list[Span] = []
    contents: list[str] = []
    for tag, block in blocks:
        own = [*unquoted(text, block)]
        lines += own
        contents.append(bare("".join(text[slice(*line)] for line in own), tag))
    requests, values, _ = scanned("".join(contents), is_prose=True)
    source_map = source_map_of(text, lines)
    moved = [request for request in requests if request.command.directory]
    places = {request.curl.source_map(source_map).whole.start: request.command.directory for request in moved}
    is_open = (one for one in requests if one.data and (one.command.arrays or open_words(one)))
    outlines = {one.curl.source_map(source_map).whole.start: outline(values.spread(one)) for one in is_open}
    around = Around(values, set(), source_map, places, outlines)
    script = Script(source, parse, values, source_map, around, is_prose=True)
    return around, read_around(filter(_is_meant, requests), script)


def bare(text: str, tag: str) -> str:
    """The text of a block with blanks for what is no part of its commands, so that indexes stay the same."""
    if tag in _SESSIONS:
        text = _OF_ROOT.sub(lambda line: line[0].replace("#", " ", 1) if is_of_interest(line[0]) else line[0], text)
    return _BESIDE.sub(lambda match: " " * len(match[0]), text)


class Passage(NamedTuple):
    """A range of text that was scanned as a command."""

    scanner: Scanner
    requests: list[Invocation]
    start: int
    """The start of its line, prompt included."""
    end: int
    """The index from which the next one is searched."""


def passages(text: str) -> Iterator[Passage]:
    """All commands of running text.

    After a false or broken command the search continues on the next line, since its scan may have included others. Such
    repeated scans are limited to four times the length of the text in total.
    """
    if "curl" not in text:
        return
    lines, at, allowance = Lines(text), 0, 4 * len(text)
    while match := _COMMAND.search(text, at):
        start = match.start("command")
        scanner = Scanner(text, start, one_line=True, lines=lines, is_prose=True).scan()
        requests = [request for command in scanner.commands for request in invocations(command)]
        hides = unclosed_above(scanner) is not None
        meant = [request for request in requests if not hides and not _is_sentence(request)]
        at = scanner.at
        if scanner.broken or hides or len(meant) < len(requests):
            allowance -= at - start
            if allowance > 0:
                following = text.find("\n", start)
                at = following + 1 if following >= 0 else len(text)
        if meant:
            yield Passage(scanner, meant, match.start(), at)


def _is_meant(request: Invocation) -> bool:
    """Whether a line of a block is a command: no sentence about it, nor one that it begins, as `Use curl`.

    Nor is it one of a comment, a log or a table. Behind a bar or `*`, the mark of lists and answers, it has a body.
    """
    command, first = request.command, request.command.words[0]
    if _is_sentence(request) or _WORD.fullmatch(first.text) or _NO_COMMAND.match(first.text):
        return False
    if any(_LABEL.fullmatch(word.text) for word in command.words[: (command.curl or 0) + 1]):
        return False
    before = first.source[max(0, first.start - _LONGEST_MARGIN) : first.start]
    has_body = command.piped is not None or bool(request.data) or request.options is not None
    return _BAR.search(before) is None and (has_body or not (first.text == "*" or follows(command, "|")))


def _is_sentence(request: Invocation) -> bool:
    """Whether a line that begins with the word curl is a sentence: it has positional arguments that are not URLs."""
    if any(word.text.lstrip(_QUOTES).startswith(("{", "[")) for _, word in request.data):
        return False
    broken, text = request.command.broken, request.curl.source
    if broken and text[broken.start] == "'" and text[broken.start - 1].isalpha():
        word = text[text.rfind(" ", 0, broken.start) + 1 : broken.start]
        if word.isalpha():
            return True
    return any(not URL.match(word.text) for word in request.urls if not request.is_broken(word))
