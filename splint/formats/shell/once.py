"""The one function of a script that has curl, called once and in no loop: what is behind its request runs after it."""

import re
from collections import Counter
from collections.abc import Sequence
from copy import copy

from splint.formats.shell.effects import tells
from splint.formats.shell.programs import DECLARES, SETS
from splint.formats.shell.words import Command, Word, assigns, begins_function, follows, without_openings

_CURL = re.compile("curl", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s;|&(){}\"'`$=]+")
"""What stands between names of functions in the text of a word."""


class Once:
    """That function, and where it runs."""

    def __init__(self, commands: Sequence[Command]) -> None:
        inside = [one for one in commands if one.is_of_function]
        sends = [one for one in inside if one.curl is not None or _CURL.search(" ".join(w.text for w in one.words))]
        name = self._function = sends[0].branch.of_function if sends else ""
        self._last = sends[-1].place if sends else 0
        self.end = 0
        """Where the call ends by which it runs, at the top of the script."""
        self.functions = set[str]()
        """It and those that call it; none where it may run more than once."""
        calls, named = dict[str, Command](), Counter[str]()
        is_open = any(name != one.branch.of_function or one.branch.is_repeated for one in sends)
        for one in commands if name and not is_open else ():
            is_begun = begins_function(one) and [word.text for word in one.words[2:3]] != ["{"]
            words = [] if is_begun else without_openings(one)
            calls |= {words[0].text: one} if words else {}
            is_open |= words != [] and one.curl is None and (words[0].has_expansion or words[0].text == "eval")
            told = [word for word in words if word.has_expansion or not tells(words)]
            named.update(found for word in told for found in _BETWEEN.split(word.text))
        while name and not is_open:
            is_open = name not in calls or named[name] != 1 or name in self.functions or calls[name].branch.is_repeated
            self.functions.add(name)
            self.end, name = (calls[name].words[-1].end, calls[name].branch.of_function) if not is_open else (0, "")
        self.functions = set() if is_open else self.functions

    def placed(self, command: Command) -> Command:
        """A command, behind that call if it is behind the request in the function."""
        words = without_openings(command)
        is_behind = self.end > 0 and command.branch.of_function == self._function and command.place > self._last
        sets = all(map(assigns, words)) or words[0].text in DECLARES | SETS
        if not is_behind or sets or follows(command, "|"):
            return command
        made, at = copy(command), self.end + 1
        made.words, made.others, outputs = (
            [Word(one.source, at, one.end, one.pieces, is_quoted=one.is_quoted) for one in some]
            for some in (command.words, command.others, filter(None, [command.output]))
        )
        made.output = next(iter(outputs), None)
        return made
