"""What the commands of a script run, and may change, as far as its variables tell."""

import re
from collections.abc import Mapping, Sequence

from splint.formats.shell.arrays import Arrays
from splint.formats.shell.curl import Unknown
from splint.formats.shell.effects import Given
from splint.formats.shell.keys import LONE
from splint.formats.shell.programs import changed_by, may_be_told_to_write, may_fix
from splint.formats.shell.runners import behind, name_of
from splint.formats.shell.words import Command, Word, named_so, text_word

_MOST = 8
"""The most words of a program that a variable may have, and the most texts of one that are looked at."""
_MOST_OPTIONS = 32
_DEFAULT = re.compile(r"\$\{\w+:?-([^{}$`]*)\}")


class Runs:
    """What commands run, by what variables are given so far."""

    def __init__(self, given: Mapping[str, Sequence[Given]], arrays: Arrays) -> None:
        self._given, self.arrays = given, arrays
        self.taken_in: list[Command] = []
        """The commands that take in a file, whose commands run here."""
        self.loops: set[str] = set()
        """The variables of loops."""
        self._passes_on = False
        """Whether a function calls splint with its arguments, which may be options."""

    def behind(self, words: list[Word]) -> list[Word]:
        """The words of the command that runs behind others such as `time`, also where a variable has its name."""
        run = behind(words)
        lone = LONE.fullmatch(run[0].text) if run and run[0].has_expansion else None
        given = self._given.get(lone[1] or lone[2], ()) if lone else ()
        body = given[0].body if len(given) == 1 else None
        text = body.text if isinstance(body, Word) and not body.has_expansion else ""
        if isinstance(body, Unknown) and (default := _DEFAULT.fullmatch(body.word.text)) is not None:
            text = default[1]
        program = text.split(maxsplit=_MOST)[:_MOST]
        return behind([*(named_so(run[0], one) for one in program), *run[1:]]) if program else run

    def changed_by(self, run: list[Word], command: Command) -> list[Word] | None:
        """The words of a command that may name what it changes; None where any may."""
        if run and run[0].text in ("source", "."):
            self.taken_in.append(command)
        is_splint = bool(run) and name_of(run[0].text) == "splint"
        if is_splint and command.is_of_function:
            self._passes_on |= any(word.text[:2] in ("$@", "$*") for word in run)
        is_unsure = self._may_fix(run, command) if is_splint else may_be_told_to_write(run, self._options)
        return None if is_unsure else changed_by(run)

    def may_pass_on(self, run: list[Word], command: Command) -> bool:
        """Whether a call of a function may give splint an option to fix."""
        return self._passes_on and self._may_fix(run, command)

    def _may_fix(self, run: list[Word], command: Command) -> bool:
        return any(may_fix(word, self._texts, is_of_function=command.is_of_function) for word in run[1:])

    def words_of(self, variable: str) -> list[Word]:
        """The words that an array or the texts of a variable are, as far as they are written in the script."""
        if words := self.arrays.words_of(variable):
            return words
        bodies = [given.body for given in self._given.get(variable, ())[:_MOST]]
        texts = [body.text for body in bodies if isinstance(body, Word) and not body.has_expansion]
        return [text_word(one) for text in texts for one in text.split()[:_MOST_OPTIONS]]

    def _options(self, variable: str) -> list[str] | None:
        """The texts that a variable or an array is given so far; None where only a run tells them all."""
        texts = self.arrays.texts_of(variable)
        return self._texts(variable) if texts is None else texts

    def _texts(self, variable: str) -> list[str] | None:
        """The texts that a variable is given so far; None where only a run tells them all."""
        if variable in self.loops:
            return []
        bodies = [given.body for given in self._given.get(variable, ())[:_MOST]]
        texts = [body.text for body in bodies if isinstance(body, Word)]
        return texts if bodies and len(texts) == len(bodies) < _MOST else None
