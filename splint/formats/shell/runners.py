"""Commands that run another one: as it is, somewhere else, with words that a second shell reads, or once a file."""

import re
from collections.abc import Callable

from splint.formats.shell.programs import ELSEWHERE, READ_AGAIN, SHELLS, name_of, program_of
from splint.formats.shell.words import Command, Word, assigns

_SAME_AGAIN = re.compile(r"[\w@%+=:,./-]*")
"""A word in which that one finds no quotes, blanks and the like."""
_NOT_RUN = re.compile(r"-e|--edit|-S.*|--split-string.*|-v|-V")
"""An option with which they edit what they name, or only tell of it."""
_REPLACE = re.compile(r"--replace(?:=(?P<long>.+))?|-[0oprtx]*(?:I(?P<of>.*)|i(?P<own>.*))")
"""The option of xargs for the text that stands for a line; that of -I may be the next word."""
_BRACES = re.compile(r"\{\}")
_OF_PARALLEL = re.compile(r"\{[\d./#%]*\}")
_SOURCES = frozenset({":::", ":::+", "::::", "::::+"})
"""Words of parallel behind which it is given what it puts into the command before them."""


def among_elsewhere(words: list[Word]) -> list[Word]:
    """The words that run what is behind them on another machine or in a container."""
    return [word for word in words if word.text.rpartition("/")[2] in ELSEWHERE]


def read_again_by(word: Word, command: Command) -> Word | None:
    """What has a second shell read a word of a curl command, so that only a run tells what is left of it; else None."""
    if _SAME_AGAIN.fullmatch(word.text) is not None:
        return None
    return next((one for one in command.words[: command.curl] if one.text.rpartition("/")[2] in READ_AGAIN), None)


def behind(words: list[Word]) -> list[Word]:
    """The words of the command that another one runs: behind `sudo -u me`, `timeout 60`, `uv run`, `python -m`."""
    at = 0
    while at < len(words):
        name, size = name_of(words[at].text), 1
        if program_of(name).runs is None and at + 1 < len(words):
            name, size = f"{name} {words[at + 1].text}", 2
        if (valued := program_of(name).runs) is None:
            is_module = re.fullmatch(r"python[\d.]* -m", name) and [word.text for word in words[at + 2 : at + 3]]
            return words[at + 2 :] if is_module == ["splint"] else words[at:]
        after = at + size
        while after < len(words) and (words[after].text[:1] == "-" or assigns(words[after])):
            if _NOT_RUN.fullmatch(words[after].text):
                return words[at:]
            after += 2 if re.fullmatch(valued, words[after].text) else 1
        at = after + (name == "timeout")
    return words[len(words) :]


def runs_words(run: list[Word]) -> bool:
    """Whether only a run tells which command runs, as one that a function is given."""
    is_text = run != [] and (run[0].text == "eval" or name_of(run[0].text) in SHELLS)
    words = [word for word in (run if is_text else run[:1]) if word.has_expansion]
    return any(word.text[:1] == "$" and word.text[:2] != "$(" for word in words)


def arguments(command: Command) -> list[Word]:
    """The words behind `curl`; what is put into them as it runs is an expansion, also what is added to them."""
    assert command.curl is not None
    before, words = command.words[: command.curl], command.words[command.curl + 1 :]
    for at, runner in enumerate(before):
        find = RUNNERS.get(runner.text.rpartition("/")[2])
        if find is None:
            continue
        mark, is_added = find([word.text for word in before[at + 1 :]])
        size = next((size for size, word in enumerate(words) if word.text in _SOURCES), len(words))
        words, given = words[:size], [word for word in words[size:] if word.text not in _SOURCES]
        filled = words if mark is None else [marked(word, mark) for word in words]
        return [*filled, *([whole(runner)] if is_added and filled == words else ()), *given]
    return words


def _of_xargs(options: list[str]) -> tuple[re.Pattern[str] | None, bool]:
    for at, option in enumerate(options):
        if match := _REPLACE.fullmatch(option):
            mark = match["long"] or match["own"] or match["of"]
            if match["of"] == "" and at + 1 < len(options):
                mark = options[at + 1]
            return re.compile(re.escape(mark or "{}")), False
    return None, True


RUNNERS: dict[str, Callable[[list[str]], tuple[re.Pattern[str] | None, bool]]] = {
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
