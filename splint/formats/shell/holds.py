"""What a name holds at a place of a script: its one text, its one path, the texts that it may be, or what a run tells.

`steps` notes the facts; whoever reads a body, a file or a command asks here. That it is not known is None. All names of
files that a variable may have, of which each may be changed, are told in `names`.
"""

import posixpath
import re
import sys
from collections import defaultdict

from splint.formats.shell.arrays import Arrays
from splint.formats.shell.branches import is_set_for
from splint.formats.shell.curl import FromFile, Unknown
from splint.formats.shell.directories import OWN, PLACE, as_written, is_of_script
from splint.formats.shell.effects import Given
from splint.formats.shell.runners import behind
from splint.formats.shell.words import LONE, Command, Piece, Word, lone, named_so
from splint.formats.shell.written import Written

_MOST = 8
"""How many variables may be set to each other; the most words and texts of one that are looked at."""
_REMOTE = re.compile(r"-\w*O|^\w*O\b|--remote|\$\{?[!\d@*]")
"""What may have curl write the file that its URL names."""
_MOST_GIVEN = 64
"""The most texts of a variable that are looked at for each request that has it."""
_LONGEST = 1000
"""The most characters of a path that is put together: to look for many longer ones takes quadratic time."""
_LONGEST_TEXT = 255
"""The longest text that is put in the place of a variable in a name."""
_OWN = re.compile(OWN)
_DEFAULT = re.compile(r"\$\{\w+:?-([^{}$`]*)\}")
_PARENT = re.compile(r"(?:\$\(|`)\s*dirname\s+(?:--\s+)?\"?\$(?:(\w+)|\{(\w+)\})\"?\s*[)`]")
"""The directory around that of a variable."""
_MADE = re.compile(r"(?:\$\(|`)\s*mktemp\b")
_WHOLE, _FROM_START = "\1", "\2"
"""What a path has for the directory of the script: wherever a command runs, or only where the script began."""


class Holds:
    """What the names in a script hold: each variable, array or file by its key."""

    def __init__(self) -> None:
        self.given: defaultdict[str, list[Given]] = defaultdict(list)
        self.named: dict[str, int] = {}
        """Where a command that may change it first names it."""
        self.read: dict[str, int] = {}
        """Where the script first reads it."""
        self.written = Written()
        self.arrays = Arrays()
        self.called: defaultdict[str, set[str]] = defaultdict(set)
        """The words of each function that is defined so far which may be the names of others."""
        self.declared: dict[tuple[str, str], Given] = {}
        """Where functions have variables of their own, by their names, that are set further down."""
        self._within: dict[str, set[str]] = {}
        """What `within` has found."""
        self._settings: dict[str, dict[str, list[Given]]] = {}
        """All that variables are given, by the functions in which they are."""
        self.last_run = -1
        """The index of the last command that runs other text; past all where that may be a function's."""
        self.refers: set[str] = set()
        """The functions that run other text, or set variables whose names only a run tells."""
        self.set_by: dict[str, str] = {}
        """The functions that set variables which their calls name; behind no name one that may set any."""
        self._loops: set[str] = set()
        """The variables of loops."""
        self._paths: dict[str, str | None] = {}
        """The paths that have been found."""
        self._depth = 0

    # -- one text --------------------------------------------------------------------------------------------------

    def only(self, key: str) -> Given | None:
        """What alone gives a variable or file its text; None where something else may."""
        given = self.given.get(key, ())
        if len(given) != 1 or given[0].body is None or key in self.named or self.written.meant_by(key) is not None:
            return None
        start = given[0].start
        if self.written.may_write_behind(key, start) or ("$" in key and not self._is_settled(key, start)):
            return None
        return given[0] if self.last_run < start <= self.read.get(key, start) else None

    def only_for(self, key: str, start: int, request: Command) -> Given | None:
        """What alone gives a variable or file the text that a request has, also a variable of its function's own.

        `start` is where the request has it; in a call what stands in the called function is not of the one around it.
        """
        is_around = request.call is None or request.call[0] <= start < request.call[1]
        function = request.branch.of_function if is_around else ""
        inside = self._given_within(key, function) if function and len(self.given.get(key, ())) > 1 else []
        own = inside[0] if len(inside) == 1 and inside[0].branch.of_function == function else None
        declared = own if own is None or own.is_local else self.declared.get((function, key))
        if own is None or own.body is None or declared is None or declared.start > own.start:
            return self.only(key)
        is_own = is_set_for(declared.branch, request) and is_set_for(own.branch, request)
        return own if is_own and self.is_as_set(key, function, [own.start]) else None

    def setter_of(self, variable: str) -> str:
        """The function by which a variable to which a text is given is not known; empty where that is not why."""
        given = self.given.get(variable, ())
        is_any = any(one.word is not None and self.last_run >= one.start for one in given)
        return self.set_by.get(variable) or (self.set_by.get("", "") if is_any else "")

    def _is_settled(self, key: str, start: int) -> bool:
        """Whether a name with variables is that of one file from a place on, which nothing is given by another one."""
        name = key.partition("/")[0] if key[:1] == "$" else key.rpartition("\0")[2]
        variables = [use["name"] for use in LONE.finditer(name)]
        known = [self.only(variable) for variable in variables if f"${variable}" not in self.named]
        is_plain = not any(mark in LONE.sub("", name) for mark in "$`")
        return is_plain and len(known) == len(variables) and all(one and one.start < start for one in known)

    def _only_word(self, variable: str, before: int = sys.maxsize) -> Word | None:
        """The word that alone sets a variable, above a place, or what stands there for a text that a run tells."""
        given = self.only(variable)
        body = given.body if given is not None and given.start < before else None
        word = body.word if isinstance(body, Unknown) else body
        return word if isinstance(word, Word) else None

    def text_at(self, variable: str, start: int, request: Command) -> Word | None:
        """The plain text that a variable surely has at a place of a request."""
        given = self.only_for(variable, start, request)
        if given is None or given.start >= start or not is_set_for(given.branch, request):
            return None
        return given.body if isinstance(given.body, Word) and not given.body.has_expansion else None

    def filled(self, text: str, before: int) -> str:
        """A text with those of the variables that the script gives one alone, above a place."""

        def value(use: re.Match[str]) -> str:
            word = self._only_word(use["name"], before)
            return word.text if word is not None and 0 < len(word.text) <= _LONGEST_TEXT else use[0]

        return LONE.sub(value, text) if "$" in text else text

    # -- the texts so far ------------------------------------------------------------------------------------------

    def texts_of(self, variable: str) -> list[str] | None:
        """The texts that a variable or an array is given so far; None where only a run tells them all."""
        words = self.arrays.texts_of(variable)
        if words is not None or variable in self._loops:
            return words or []
        bodies = [given.body for given in self.given.get(variable, ())[:_MOST]]
        texts = [body.text for body in bodies if isinstance(body, Word)]
        return texts if bodies and len(texts) == len(bodies) < _MOST else None

    def within(self, function: str) -> set[str]:
        """A function and those that it may call, also through others."""
        if function not in self._within:
            found, pending = {function}, [function]
            while pending:
                words = self.called.get(pending.pop(), set())
                pending += (new := self.called.keys() & words - found)
                found |= new
            self._within[function] = found
        return self._within[function]

    def _given_within(self, variable: str, function: str) -> list[Given]:
        """All that a variable is given while a function runs, but what others have of their own by that name."""
        if variable not in self._settings:
            self._settings[variable] = {}
            for one in self.given.get(variable, ()):
                self._settings[variable].setdefault(one.branch.of_function, []).append(one)
        settings = self._settings[variable]
        return [
            one
            for name in (settings.keys() & self.within(function) if settings else ())
            for one in settings[name]
            if name == function or not one.is_local
        ]

    def is_as_set(self, variable: str, function: str, starts: list[int]) -> bool:
        """Whether nothing but the assignments at some places may set a variable while a function runs."""
        given = self._given_within(variable, function)
        is_open = self.refers != set() and not self.refers.isdisjoint(self.within(function))
        is_open |= variable in self.named
        return not is_open and all(one.word is not None and one.start in starts for one in given)

    def all_given(self, variable: str, request: Command) -> list[Given] | None:
        """All that the script gives a variable which a request may have; None where anything else may give it one.

        Where its function has a variable of its own that is what is given while this one runs.
        """
        given, function = self.given.get(variable, []), request.branch.of_function
        inside = self._given_within(variable, function) if function and given else []
        own = (one for one in inside[:_MOST_GIVEN] if one.is_local and one.start < request.place)
        if any(is_set_for(one.branch, request) for one in own):
            given = inside
        is_open = variable in self.named or len(given) > _MOST_GIVEN or any(one.word is None for one in given)
        is_open = is_open or (given != [] and self.last_run >= min(one.start for one in given))
        is_open = is_open or (given == [] and function in self.refers)
        return None if is_open else given

    def may_name_remote(self, variable: str) -> bool:
        """Whether a variable may have the option `-O` of curl, of which only a run tells all."""
        given = self.given.get(variable, ())
        texts = [one.word.text if one.word is not None else "-O" for one in given[:_MOST_GIVEN]]
        is_open = given != () and (variable in self.named or self.last_run >= min(one.start for one in given))
        return is_open or any(map(_REMOTE.search, texts))

    def behind(self, words: list[Word]) -> list[Word]:
        """The words of the command that runs behind others such as `time`, also where a variable has its name."""
        run = behind(words)
        given = self.given.get(lone(run[0]), ()) if run else ()
        body = given[0].body if len(given) == 1 else None
        text = body.text if isinstance(body, Word) and not body.has_expansion else ""
        if isinstance(body, Unknown) and (default := _DEFAULT.fullmatch(body.word.text)) is not None:
            text = default[1]
        program = text.split(maxsplit=_MOST)[:_MOST]
        return behind([*(named_so(run[0], one) for one in program), *run[1:]]) if program else run

    # -- paths -----------------------------------------------------------------------------------------------------

    def file_of(self, name: Word, directory: str) -> FromFile | None:
        """The file of a name, or directory, with variables; None for any other, and where only a run tells it."""
        written = as_written(directory)
        if not name.has_expansion and written == directory:
            return None
        path = self._of_word(name)
        if written and path and path[0] not in ("/", _WHOLE):
            path = _joined(self._of_text(f"{written}/"), path)
        is_own = is_of_script(written) or (path or "")[:1] in (_WHOLE, _FROM_START)
        path = _settled(path)
        given = self.only(lone(name)) if not directory else None
        is_plain = given is not None and isinstance(given.body, Word) and not given.body.has_expansion
        return None if path is None else FromFile(named_so(name, path), "." if is_own else "", is_made=not is_plain)

    def key_of(self, key: str) -> str | None:
        """The key of the file that one with variables stands for; None where only a run tells it."""
        name, _, directory = key[1:].partition("/") if key[:1] == "$" else (as_written(key[1:]), "", "")
        text = posixpath.join(as_written(directory), f"${name}" if key[:1] == "$" else name)
        path = _settled(self._of_text(text)) if "$" in text else None
        return None if path is None else f"@{posixpath.normpath(path)}"

    def is_new(self, name: str, directory: str) -> bool:
        """Whether a path begins with a directory or file that the script makes by `mktemp`: none is there before."""
        path = posixpath.join(as_written(directory), name)
        for _ in range(_MOST):
            use = LONE.match(path)
            word = self._only_word(use["name"]) if use else None
            path = word.text if word is not None else ""
            if _MADE.match(path):
                return True
        return False

    def _value(self, variable: str) -> str | None:
        """The path that a variable has; None where that is not known."""
        if variable not in self._paths and self._depth < _MOST:
            self._depth += 1
            word = self._only_word(variable)
            path = self._of_word(word) if word is not None else None
            self._paths[variable] = None if path is None or path[:1] == "~" else path
            self._depth -= 1
        return self._paths.get(variable)

    def _of_word(self, word: Word) -> str | None:
        path: str | None = ""
        for piece in word.pieces:
            path = _joined(path, self._of_piece(word, piece) if piece.is_expansion else _plain(word.text_of(piece)))
        return path

    def _of_piece(self, word: Word, piece: Piece) -> str | None:
        text = word.text_of(piece)
        if use := LONE.fullmatch(text):
            return self._value(use["name"])
        if _OWN.fullmatch(text):
            return _FROM_START
        if around := _PARENT.fullmatch(text):
            path = self._value(around[1] or around[2])
            return f"{path}/.." if path is not None and path[:1] == _WHOLE else None
        place = PLACE.fullmatch(text)
        if place is None or piece.inner[0].directory:
            return None
        variable = place["bare"] or place["held"]
        path = self._value(variable) if variable else _WHOLE
        return _WHOLE + path[1:] + place["below"] if path and path[0] in (_WHOLE, _FROM_START) else None

    def _of_text(self, text: str) -> str | None:
        path: str | None = ""
        at = 0
        for use in LONE.finditer(text):
            value, before = self._value(use["name"]), text[at : use.start()]
            is_lost = at + len(before) > 0 and value is not None and value[:1] == "/"  # a directory is before it
            path = None if is_lost else _joined(_joined(path, _plain(before)), value)
            at = use.end()
        return _joined(path, _plain(text[at:]))


def _plain(text: str) -> str | None:
    """A text as a part of a path; None for one that seems to be an expansion, or comes of a run."""
    return None if any(mark in text for mark in "$`\0\1\2") else text


def _joined(path: str | None, part: str | None) -> str | None:
    """A path with another part; None where one of them is not known."""
    if path is None or part is None or len(path) + len(part) > _LONGEST:
        return None
    return path + part


def _settled(path: str | None) -> str | None:
    """A path where commands run, or from the directory of the script; None where it is not one."""
    if not path or path[0] in "{[" or any(mark in path[1:] for mark in (_WHOLE, _FROM_START)):
        return None
    if path[0] not in (_WHOLE, _FROM_START):
        return path
    return path[1:].lstrip("/") or "." if path[1:2] in ("", "/") else None
