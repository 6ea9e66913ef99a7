"""The one function of a script that has curl, called once and in no loop: what is behind its request runs after it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import copy

from splint.formats.shell.effects import tells
from splint.formats.shell.functions import PREFIX, inner
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
        self._after = set[str]()
        """The functions that are called behind its request alone."""
        calls, named, runs = dict[str, tuple[Command, Command]](), Counter[str](), set[str]()
        is_open = any(name != one.branch.of_function or one.branch.is_repeated for one in sends)
        for one in commands if name and not is_open else ():
            is_begun = begins_function(one) and [word.text for word in one.words[2:3]] != ["{"]
            words = [] if is_begun else without_openings(one)
            for inside_of in _with_inner(one) if words else ():
                called = without_openings(inside_of)
                if not called or inside_of.curl is not None:
                    continue
                first, function = called[0], one.branch.of_function
                is_run = first.text == "$@" and function not in runs and not inside_of.branch.is_repeated
                runs |= {function} if is_run else set()
                is_open |= first.text == "eval" or (first.has_expansion and not (is_run or assigns(first)))
                calls |= {word.text: (one, inside_of) for word in called[: PREFIX if first.text in runs else 1]}
            named.update(_BETWEEN.split(" ".join(w.text for w in words if w.has_expansion or not tells(words))))
        for called_name, (one, _) in reversed(calls.items()):
            by = one.branch.of_function
            is_after = (by == name and one.place > self._last) or by in self._after
            self._after |= {called_name} if is_after and named[called_name] == 1 else set()
        while name and not is_open:
            is_open = name not in calls or named[name] != 1 or name in self.functions
            is_open = is_open or calls[name][1].branch.is_repeated
            self.functions.add(name)
            self.end, name = (0, "") if is_open else (calls[name][0].words[-1].end, calls[name][0].branch.of_function)
        self.functions = set() if is_open else self.functions

    def placed(self, command: Command) -> Command:
        """A command, behind that call if it is behind the request in the function."""
        words, function = without_openings(command), command.branch.of_function
        is_behind = (function == self._function and command.place > self._last) or function in self._after
        sets = all(map(assigns, words)) or words[0].text in DECLARES | SETS
        if not (self.end > 0 and is_behind) or sets or follows(command, "|"):
            return command
        made, at = copy(command), self.end + 1
        made.words, made.others, outputs = (
            [Word(one.source, at, one.end, one.pieces, is_quoted=one.is_quoted) for one in some]
            for some in (command.words, command.others, filter(None, [command.output]))
        )
        made.output = next(iter(outputs), None)
        return made


def _with_inner(command: Command) -> Iterator[Command]:
    """A command and those in its substitutions."""
    yield command
    for one in inner(command):
        yield from _with_inner(one)
