"""Scans of a whole script: after a quote that is never closed a new one begins."""

import re
from collections.abc import Callable, Iterator

from splint.formats.shell.nesting import Lines
from splint.formats.shell.scanner import APOSTROPHE, Scanner
from splint.formats.shell.words import Break, Command

CURL_LINE = re.compile(r"^[ \t]*+(?:\w+=\"?\$\([ \t]*+)?+(?=curl(?:\.exe)?+[ \t\\])", re.MULTILINE)


def scans(
    text: str, *, notes: bool = False, each: Callable[[Command], None] | None = None, is_prose: bool = False
) -> Iterator[tuple[Scanner, int]]:
    """The scans of a script, each with the index up to which it is valid; after an unclosed quote a new one begins.

    New scans are limited to four times the length of the text in total. The other arguments are those of Scanner.
    """
    lines, at, allowance = Lines(text), 0, 4 * len(text)
    while allowance >= 0:
        scanner = Scanner(text, at, lines=lines, notes=notes, each=each, is_prose=is_prose).scan()
        after = CURL_LINE.search(text, scanner.broken.end) if scanner.broken else None
        at = after.start() if after else len(text)
        if runaway := unclosed_above(scanner):
            at = runaway[1]
        yield scanner, at
        if after is None and runaway is None:
            break
        allowance -= scanner.at - at


def unclosed_above(scanner: Scanner) -> tuple[Break, int] | None:
    """A quote of another command that hides a line of curl, with this one's index; None where it is meant to.

    It is not where it is an apostrophe in a word, or where the text ends within quotes and those of the line open and
    close the wrong way round: what seems to close the quote is followed by what is within others.
    """
    text, ends_in_quotes = scanner.text, scanner.broken is not None and not any(c.broken for c in scanner.commands)
    for quote, line in scanner.runaways:
        close = text.find(text[quote.start], line)
        is_swapped = close < 0 or text[close + 1 : close + 2] not in (*"\"' \t\r\n;|&)", "")
        if APOSTROPHE.match(text, quote.start) or (ends_in_quotes and is_swapped):
            return quote, line
    return None
