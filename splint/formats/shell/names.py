"""Names of files that words may be, as far as their variables, the defaults of these and what is cut off tell.

They are all that a command may change; which one file a name surely stands for is told in `paths`.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import itemgetter
from typing import NamedTuple

from splint.formats.shell.words import LONE, Piece, Word
from splint.formats.shell.writers import listed_in, printed_in

BETWEEN_FILES = re.compile(r"[\s=:,;'\"()<>|&]+")
"""What stands between names in a text."""
_EXPANSION = re.compile(r"\$(?:(\w+|[@*])|\{[#!]?(\w+|[@*])(?:\[[^]]*\])?(.*)\})", re.DOTALL)
_OTHERWISE = re.compile(r":?[-=+?]")
_DEFAULT = re.compile(r"\$\{\w+:?[-=+]([^{}]*)\}")
_CUT = re.compile(r"%%?[\"']?(\.\*|[^*?\[$`\"'{}]+)[\"']?")
"""What cuts an ending off, which may be any (`.*`)."""
_WORKS_OUT = re.compile(r"(?:\$\(|`)\s*(?:basename|echo|printf|realpath|readlink|sed)\b")
"""A substitution that makes a name of another one."""
_HELD = re.compile(r"\$\{?[#!]?(\w+|[@*])")
"""A variable or argument in an expansion."""
_ENDING = re.compile(r"\.[^./]*$")
_LONGEST = 255
_MOST = 8
"""The most ways in which names are made of a variable that are told apart."""


class Use(NamedTuple):
    """A name that is made of a variable, with what stands before and behind it in that."""

    variable: str
    before: str = ""
    cut: str | None = ""
    """The ending that is cut off the variable, `.*` for any; None where only a run tells what is left."""
    behind: str = ""

    def of(self, name: str) -> str:
        """The name that is made of another one; a pattern where only a run tells all of it."""
        if self.cut is None:
            return f"{self.before if '/' in self.before else '$_/'}*{self.behind}"
        if name[:3] == "$_/" and self.before.rpartition("/")[2].strip("-") and self.before[:1] != "-":
            name = name[3:]  # what has text before it is a part of a name, such as an id
        left = _ENDING.sub("", name) if self.cut == ".*" else name.removesuffix(self.cut)
        return self.before + left + self.behind

    def after(self, inner: "Use") -> "Use":
        """The use of a variable in the place of the one that is set to `inner`."""
        cut, behind = inner.cut, inner.behind
        if self.cut and behind.endswith(self.cut):
            behind = behind.removesuffix(self.cut)
        elif self.cut != "":
            cut, behind = (self.cut, "") if cut == behind == "" else (None, "")
        made = Use(inner.variable, self.before + inner.before, cut, behind + self.behind)
        return made if len(made.before) + len(made.behind) <= _LONGEST else Use(inner.variable, cut=None)


def uses(word: Word) -> Iterator[Use]:
    """The variables that may be the last part of a name in a word, or a part of this."""
    before, pieces = "", word.pieces
    for at, piece in enumerate(pieces):
        if piece.is_expansion:
            behind = "".join(_shown(word, one) for one in pieces[at + 1 : at + 4])
            behind = BETWEEN_FILES.split(behind, maxsplit=1)[0][:_LONGEST]
            for variable, cut in _made_of(word.text_of(piece)) if "/" not in behind else ():
                yield Use(variable, before, cut, behind)
        before = BETWEEN_FILES.split(before + _shown(word, piece))[-1][-_LONGEST:]


def shown(word: Word) -> str:
    """A word as it is written, with `$_` for what only a run tells, but for the variables that it has alone."""
    return "".join(_shown(word, piece) for piece in word.pieces)


def defaults(word: Word) -> Iterator[str]:
    """The text that a word has where the variables with a default have none."""
    text = word.text if word.has_expansion else ""
    for _ in range(_MOST):
        made = _DEFAULT.sub(r"\1", text)
        if made == text:
            break
        yield (text := made)


def _shown(word: Word, piece: Piece) -> str:
    text = word.text_of(piece)
    return text if not piece.is_expansion or LONE.fullmatch(text) else "$_"


def _made_of(expansion: str) -> Iterator[tuple[str, str | None]]:
    """The variables that an expansion makes a name of, and what it cuts off."""
    found = _EXPANSION.fullmatch(expansion)
    if found is not None:
        cut = _CUT.fullmatch(rest := found[3] or "")
        is_whole = rest == "" or _OTHERWISE.match(rest) is not None
        yield found[1] or found[2], "" if is_whole else cut[1] if cut else None
    elif _WORKS_OUT.match(expansion):
        yield from ((held, None) for held in _HELD.findall(expansion))


class Names:
    """The names of files that the variables of a script may be."""

    def __init__(self) -> None:
        self.function = ""
        """The function in which the commands stand that are noted."""
        self.shifted: set[str] = set()
        """The functions in which arguments have other numbers than in their calls, from where that is noted on."""
        self.looped: set[str] = set()
        """Those in which a loop shifts them: also above that."""
        self._values: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        """What a variable is set to, and where."""
        self._made: defaultdict[str, dict[Use, None]] = defaultdict(dict)
        """The names that it is set to of which others are a part."""
        self._printed: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        """The patterns of names that are wholly what commands print, and where: they count for what is written."""
        self._outputs: set[tuple[Use, str]] = set()
        """The names that are written."""
        self._parts: defaultdict[str, set[str]] = defaultdict(set)
        """The variables that are any part of what it is set to, such as a directory."""
        self._uses: dict[tuple[Use, str], tuple[int, int, bool]] = {}
        """The names that commands may change, where they are looked for, and where the first and last of these run.

        With them, whether all are only written to: a file may then have a text behind them.
        """

    def note_value(self, variable: str, name: str, start: int) -> None:
        """Note that a variable is set to what may be the name of a file, of whose last part no variable is a part."""
        if "$" not in name.rpartition("/")[2]:
            self._values[variable].append((name, start))

    def note_listed(self, array: str, words: list[Word], start: int | None = None) -> None:
        """Note words that are put into an array, if it has a name."""
        for word in words if array else ():
            for name in filter(None, BETWEEN_FILES.split(shown(word))):
                self.note_value(array, name, word.start if start is None else start)
            self.note_made(array, word)

    def note_made(self, variable: str, word: Word) -> None:
        """Note the variables and lists of files in what another one is set to."""
        made = dict.fromkeys(map(self._own, uses(word)))
        for name in listed_in(word):
            self.note_value(variable, name, word.start)
        if name := printed_in(word):
            self._printed[variable].append((name, word.start))
        expansions = [word.text_of(piece) for piece in word.pieces if piece.is_expansion]
        self._parts[variable].update(name for expansion in expansions for name in _HELD.findall(expansion))
        self._made[variable] |= made

    def note_call(self, function: str, words: Iterable[Word], start: int) -> None:
        """Note the arguments of a call, of which the function may make names."""
        for at, word in enumerate(words):
            for argument in (f"{at} {function}", f"@ {function}") if at else ():
                self.note_listed(argument, [word], start)

    def note_use(self, word: Word, where: str, last: int, *, is_output: bool, is_into: bool) -> None:
        """Note the variables in what a command may change, which runs at `last` for the last time."""
        for use in map(self._own, uses(word)):
            self._outputs |= {(use, where)} if is_into else set()
            first, known, are_outputs = self._uses.get((use, where), (word.start, last, is_output))
            self._uses[use, where] = first, max(known, last), are_outputs and is_output

    def _own(self, use: Use) -> Use:
        """A use of an argument as that of the function in which it stands."""
        if not self.function or use.variable.isidentifier():
            return use
        at = "@" if self.function in self.shifted or use.variable == "*" else use.variable
        return use._replace(variable=f"{at} {self.function}")

    def parts_of(self, variables: Iterable[str]) -> set[str]:
        """The variables that are any part of what others are set to, also through others."""
        pending, parts = [*variables], set[str]()
        while pending:
            held = self._parts.get(pending.pop(), set()) - parts
            parts |= held
            pending += held
        return parts

    def settle(
        self, is_told: Callable[[str, str], bool], named: Mapping[str, int], note: Callable[[str, str, int, int], None]
    ) -> None:
        """Note all names that variables may be in commands that may change these, or only name the variables.

        What `is_told` of a variable by itself, looked for in a directory, is noted elsewhere.
        """
        for key, start in named.items():
            variable, _, where = key.removeprefix("$").partition("/")
            if variable in self._made or variable in self._values:
                self._uses.setdefault((Use(variable), where), (start, sys.maxsize, False))
        seen, ways = set[tuple[Use, str]](), Counter[str]()
        for (outer, where), (start, last, is_output) in sorted(self._uses.items(), key=itemgetter(1)):
            pending = [outer]
            while pending:
                use = pending.pop()
                if (function := use.variable.partition(" ")[2]) in self.looped:
                    use = use._replace(variable=f"@ {function}")
                if (use, where) in seen:
                    continue
                ways[use.variable] += 1
                if ways[use.variable] > _MOST:
                    use = Use(use.variable, cut=None)
                if (use, where) in seen or (use == outer == Use(use.variable) and is_told(use.variable, where)):
                    continue
                seen.add((use, where))
                values, made = self._values.get(use.variable, ()), self._made.get(use.variable, ())
                is_whole = (outer, where) in self._outputs and use == Use(use.variable)
                for name, place in (*values, *(self._printed.get(use.variable, ()) if is_whole else ())):
                    note(use.of(name), where, max(start, place), last)
                if not values and not made and (use.cut != "" or use.of("").rpartition("/")[2]):
                    note(use.of("*"), where, start, -1 if is_output else last)
                pending += [use.after(inner) for inner in made]
