"""Commands that run another one: as it is, somewhere else, or with words that a second shell reads."""

import re

from splint.formats.shell.programs import ELSEWHERE, READ_AGAIN, name_of, program_of
from splint.formats.shell.words import Command, Word, assigns

_SAME_AGAIN = re.compile(r"[\w@%+=:,./-]*")
"""A word in which that one finds no quotes, blanks and the like."""


def elsewhere(command: Command) -> list[Word]:
    """The words of a curl command that have it run on another machine or in a container."""
    return among_elsewhere(command.words[: command.curl])


def among_elsewhere(words: list[Word]) -> list[Word]:
    """The words that run what is behind them on another machine or in a container."""
    return [word for word in words if word.text.rpartition("/")[2] in ELSEWHERE]


def read_again_by(word: Word, command: Command) -> Word | None:
    """What has a second shell read a word of a curl command, so that only a run tells what is left of it; else None."""
    if _SAME_AGAIN.fullmatch(word.text) is not None:
        return None
    return next((one for one in command.words[: command.curl] if one.text.rpartition("/")[2] in READ_AGAIN), None)


_NOT_RUN = re.compile(r"-e|--edit|-S.*|--split-string.*|-v|-V")
"""An option with which they edit what they name, or only tell of it."""


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
