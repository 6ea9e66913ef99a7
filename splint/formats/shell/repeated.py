"""Curl commands that xargs, parallel and find run: what stands in their words for a line or the name of a file."""

import re
from collections.abc import Callable

from splint.formats.shell.words import Command, Word

_REPLACE = re.compile(r"--replace(?:=(?P<long>.+))?|-[0oprtx]*(?:I(?P<of>.*)|i(?P<own>.*))")
"""The option of xargs for the text that stands for a line; that of -I may be the next word."""
_BRACES = re.compile(r"\{\}")
_OF_PARALLEL = re.compile(r"\{[\d./#%]*\}")


def arguments(command: Command) -> list[Word]:
    """The words behind `curl`; what is put into them as it runs is an expansion, also what is added to them."""
    assert command.curl is not None
    before, words = command.words[: command.curl], command.words[command.curl + 1 :]
    for at, runner in enumerate(before):
        find = _RUNNERS.get(runner.text.rpartition("/")[2])
        if find is None:
            continue
        mark, is_added = find([word.text for word in before[at + 1 :]])
        filled = words if mark is None else [marked(word, mark) for word in words]
        return [*filled, whole(runner)] if is_added and filled == words else filled
    return words


def _of_xargs(options: list[str]) -> tuple[re.Pattern[str] | None, bool]:
    for at, option in enumerate(options):
        if match := _REPLACE.fullmatch(option):
            mark = match["long"] or match["own"] or match["of"]
            if match["of"] == "" and at + 1 < len(options):
                mark = options[at + 1]
            return re.compile(re.escape(mark or "{}")), False
    return None, True


_RUNNERS: dict[str, Callable[[list[str]], tuple[re.Pattern[str] | None, bool]]] = {
    "xargs": _of_xargs,
    "gxargs": _of_xargs,
    "parallel": lambda _: (_OF_PARALLEL, True),
    "find": lambda _: (_BRACES, False),
}
"""What commands that run another one put into its words, and whether they add words where there is no such place."""


def marked(word: Word, mark: re.Pattern[str]) -> Word:
    """A word in which all that a pattern finds is an expansion; the word itself where that is nothing."""
    if not mark.search(word.text):
        return word
    filled = word.made_of([])
    for piece in word.pieces:
        at = piece.start
        for match in mark.finditer(word.source, piece.start, piece.end) if piece.text is None else ():
            if at < match.start():
                filled.pieces.append(piece._replace(start=at, end=match.start()))
            filled.add_expansion(*match.span())
            at = match.end()
        if at < piece.end or piece.start == piece.end:
            filled.pieces.append(piece._replace(start=at))
    return filled


def whole(runner: Word) -> Word:
    """What a command runs or adds, as an expansion in the place of its name."""
    added = Word(runner.source, runner.start, runner.end)
    added.add_expansion(runner.start, runner.end)
    return added
