"""The directory in which each command of a script runs, as far as its `cd` commands tell.

It is a path from where the script's own relative names are resolved, empty for that place itself; one that begins with
`.` leads from the directory of the script. One that only a run tells has a name of its own, which no path can be.
"""

import posixpath
import re
from typing import NamedTuple

from splint.formats.shell.branches import Branch
from splint.formats.shell.programs import TELLS
from splint.formats.shell.words import LONE, OPENINGS, Command, Word, assigns, follows

_UNKNOWN = "\0"
OF_CALLS = "\0calls"
"""The directory of a function that may be called from several."""
_CHANGES = frozenset({"cd", "pushd", "popd"})
_RUNS = frozenset({"eval", "alias"})
"""Commands that are given text that runs here, at once or where the alias is called."""
_MOVES = re.compile(r"(?<![^\s;&|(){}=!])(?:cd|pushd|popd)(?![^\s;&|(){}])")
"""A command in such a text that changes the directory."""
ELSEWHERE = re.compile(r"-[CD].*|--(?:chdir|wd|workdir|working-directory)(?:=.*)?|-execdir", re.DOTALL)
"""Options with which `env`, `sudo`, `find` and their like run a command in another directory."""
_BEGINS = frozenset({"{", "if", "while", "until"})
_LOOPS = frozenset({"for", "select", "while", "until"})
_BEGINS_ALONE = frozenset({"for", "select", "case"})
"""Those that are no words before a command."""
_ENDS = frozenset({"}", "fi", "done", "esac"})
_BEFORE = OPENINGS | {"command", "builtin", "function", "time", "-p"}
"""What may stand before `cd`: `-p` is an option of `time` and `command`."""
_NOTED = _BEFORE | _CHANGES | _RUNS | _BEGINS_ALONE | _ENDS
_SCRIPT = r"\$(?:0|\{0\}|BASH_SOURCE|\{BASH_SOURCE(?:\[0\])?(?::-\$0)?\})"
OWN = rf"(?:(?:\$\(|`)\s*dirname\s+(?:--\s+)?\\?\"?{_SCRIPT}\\?\"?\s*[)`]|\$\{{(?:0|BASH_SOURCE(?:\[0\])?)%/\*\}})"
"""The directory of the script, as it finds it itself."""
PLACE = re.compile(
    rf"\$\(\s*(?:CDPATH=\s+)?cd\s+(?:-P\s+)?(?:--\s+)?\"?(?:{OWN}|\$(?:(?P<bare>\w+)|\{{(?P<held>\w+)\}}))"
    r"(?P<below>[\w./-]*)\"?\s*(?:[&12]?>\s*/dev/null\s+)?(?:2>\s*&1\s+)?(?:&&|;)\s*pwd(?:\s+-P)?\s*\)"
)
"""The whole path of the directory of the script, or of a variable, or of one below or above it."""
_OWN = re.compile(OWN)
_OPTION = re.compile(r"-[LPe]+|--")
_LONGEST, _MOST = 4096, 8
"""No system has a longer path; and the most variables of one."""
_UNPLAIN = re.compile(r"[~-]|.*[*?\[{$`]")
"""What begins a name that the shell expands, or stands in it; `cd -` leads back."""


def is_unknown(directory: str) -> bool:
    """Whether only a run tells a directory."""
    return directory.startswith(_UNKNOWN)


def unknown_at(place: int) -> str:
    """The directory that only a run tells behind a place of a script."""
    return f"{_UNKNOWN}{place}"


def as_written(directory: str) -> str:
    """The directory, or path, as a script writes it, where variables are a part of that."""
    parts = directory.split(_UNKNOWN)
    return parts[2] + parts[3] if len(parts) == 4 else directory


def is_of_script(directory: str) -> bool:
    """Whether a directory is surely that of the script, or below it: a script need not begin there."""
    return directory == "." or directory.startswith("./")


def _are_same(one: str, other: str) -> bool:
    return posixpath.normpath(one or ".") == posixpath.normpath(other or ".")


def joined(directory: str, name: str) -> str:
    """The path of a file; below a directory that only a run tells, one that no other name has."""
    if is_unknown(directory) and not name.startswith("/"):
        return f"{directory}/{name if '$' in name else posixpath.normpath(name)}"
    path = posixpath.join(directory, name)
    return path if ".." in path and ("$" in path or "`" in path) else posixpath.normpath(path)


_TOP = Branch()


class _Opened(NamedTuple):
    """A list in parentheses, a block such as `if`, or the body of a function."""

    word: str
    directory: str
    """That before it."""
    function: str | None = None
    """The directory before the function around it; None outside of any."""
    branch: Branch = _TOP
    """The branch that it is a part of."""
    inside: Branch = _TOP
    """Its own."""
    before_list: str = ""
    """The directory before the list of commands that it is a part of."""
    repeated: int = 0
    """How many commands of loops are above it."""
    array: Branch = _TOP
    """That of an array whose words it has."""
    has_left: bool = False
    """Whether a branch of it so far has moved."""


class Directories:
    """The directory at the end of a list of commands so far: a list in parentheses and a pipe keep theirs."""

    def __init__(self, around: "Directories | None" = None, inside: Branch | None = None) -> None:
        """`around` are those of the script around a substitution, whose own `cd` is none of the script.

        `inside` is the branch of what is in the command around it.
        """
        self._branch = Branch(inside)
        self.directory: str = around.directory if around is not None else ""
        self._before_list = self.directory
        """That before the commands that `&&`, `||` and `|` join, which run elsewhere where `&` ends them."""
        self.is_joined = False
        """Whether such an operator was the last thing, so that a newline ends nothing."""
        self._is_inner = around is not None
        self._open: list[_Opened] = []
        self._function: str | None = around._function if around is not None else None
        """The directory before the function that is open; None outside of any."""
        self._lists = 0
        """How many lists in parentheses are open."""
        self._called: list[Command] = around._called if around is not None else []
        """Commands of the open function that may have a file, and run where it is called."""
        self._called_above: dict[str, list[Command]] = around._called_above if around is not None else {}
        """The same of the functions above, by their directory."""
        self._loops: int = around._loops if around is not None else 0
        """How many loops are open."""
        self._repeated: list[Command] = around._repeated if around is not None else []
        """Commands in them that may have a file."""
        self._functions: set[str] = around._functions if around is not None else set()
        """The functions above, which may run the words of a call."""
        self._is_function = False
        """Whether a brace would begin the body of a function."""
        self._apart = _TOP
        """The branch of commands in a pipe or in the background."""
        self._ended: Branch | None = None
        """The block that the last command ends."""
        self._is_piped = False
        """Whether the last command is piped to the next one."""
        self._array = _TOP
        """The branch of the array that the last command opens or ends, which may run in a pipe or in the background."""
        self._last = ""
        """The last word of the last command, which may be the name of a function."""

    @property
    def block(self) -> object:
        """The block, or the branch of it, that is open; it is the same one as long as it is the same object."""
        return self._open[-1] if self._open else self

    def open_list(self) -> None:
        """Note the parenthesis that begins a list."""
        self._push("(", Branch(self._branch, is_list=True))
        self._open[-1] = self._open[-1]._replace(array=self._array)
        self._before_list, self.is_joined = self.directory, False
        self._lists += 1

    def close_list(self) -> bool:
        """Note a parenthesis that ends a list, or the pattern of a `case`; False where none is open."""
        if self._open and self._open[-1].word == "case":
            self._next_branch()
            return True
        if not self._lists:
            return False
        self._lists -= 1
        while (opened := self._open.pop()).word != "(":
            pass
        self.directory, self._before_list, self._is_function = opened.directory, opened.before_list, True
        self._branch, self._array = opened.branch, opened.array
        return True

    def _push(self, word: str, inside: Branch) -> None:
        """Note that a list or block begins."""
        above = self._branch, inside, self._before_list, len(self._repeated)
        self._open.append(_Opened(word, self.directory, self._function, *above))
        self._loops += inside.is_loop
        self._before_list, self._branch = self.directory, inside

    def note_operator(self, operator: str) -> None:
        """Note the operator or newline behind a command: `&` leaves all that it ends in a process of its own."""
        if self.is_joined and operator in ("\n", "&"):  # `|&` is an operator too
            return
        self.is_joined = operator in ("&&", "||", "|")
        self._array.is_list |= operator in ("|", "&") and self._array is not _TOP
        self._array = _TOP
        self._branch = self._branch.behind(operator)
        self.directory = self._before_list if operator == "&" else self.directory
        self._before_list = self._before_list if self.is_joined else self.directory

    def note(self, command: Command, *, piped: bool, is_behind: bool = False) -> None:
        """Tell the next command its directory, and note what it does to that of the others.

        `is_behind` is one in the background.
        """
        words, at, self.is_joined, self._ended = command.words, 0, False, None
        is_noted = bool(words) and (words[0].text in _NOTED or "=" in words[0].text)
        self._is_function = is_noted and (self._is_function or words[0].text == "function")
        while is_noted and at < len(words) and (words[at].text in _BEFORE or assigns(words[at])):
            self._note_block(words[at].text, command)
            at += 2 if words[at].text == "function" else 1
        command.directory, command.branch = self.directory, self._branch
        if (piped or is_behind or self._is_piped) and self._ended is None and command.curl is None:
            self._apart = self._apart if self._apart.around is self._branch else Branch(self._branch, is_list=True)
            command.branch = self._apart
        self._array = _TOP
        if words and words[-1].text[-1:] == "=" and words[-1].source[words[-1].end : words[-1].end + 1] == "(":
            command.branch = self._array = Branch(command.branch)
        if command.inside is not None:
            command.inside.around = self._branch
        may_have_file = piped or self._is_inner or command.curl is not None or command.output is not None
        if may_have_file and self._loops:
            self._repeated.append(command)
        if may_have_file and self._function is not None and not self.directory.startswith("/"):
            self._called.append(command)
        if any(ELSEWHERE.fullmatch(word.text) for word in words[: command.curl or 0]):
            command.directory = unknown_at(command.place)
        is_run = at < len(words) and words[at].text in self._functions and not TELLS.search(words[at].text)
        if (is_noted or is_run) and at < len(words):
            name, given = words[at].text, words[at + 1 :]
            self._note_block(name, command)
            moves = name in _CHANGES or (name in _RUNS and any(_MOVES.search(word.text) for word in given))
            moves |= is_run and any(word.text in _CHANGES for word in given)
            if moves and not piped and not follows(command, "|"):
                is_sure = name in _CHANGES and not follows(command, "&&", "||")
                unknown = unknown_at(command.place)
                self._move(_after(words[at:], self.directory, unknown) if is_sure else unknown)
        if self._ended is not None:
            self._ended.is_list |= piped or is_behind
        self._last, self._is_piped = words[-1].text if words else "", piped

    def _note_block(self, word: str, command: Command) -> None:
        """Note a word that begins or ends a block, or a branch of it: where one moves, it is not known behind it."""
        if word in _BEGINS or word in _BEGINS_ALONE:
            is_function = word == "{" and self._is_function
            name = (command.words[1].text if command.words[0].text == "function" else self._last) if is_function else ""
            inside = Branch(self._branch, is_loop=word in _LOOPS, function=name, is_list=self._is_piped)
            self._push(word, inside)
            if is_function:
                self._functions.add(name)
                self._open[-1], self._function = self._open[-1]._replace(word="function"), self.directory
        elif word in ("else", "elif"):
            self._next_branch()
        elif word in ("then", "do") and self._open:
            self._branch = Branch(self._open[-1].inside, may_not_run=True)
        elif word in _ENDS and self._open and self._open[-1].word != "(":
            opened = self._open.pop()
            self._end(opened, command.place)
            if opened.word == "function":
                self._called_above.setdefault(self._function or "", []).extend(self._called)
                self._called.clear()
            self._function, self._before_list = opened.function, opened.before_list
            is_same = not opened.has_left and _are_same(self.directory, opened.directory)
            self.directory = opened.directory if is_same else unknown_at(command.place)

    def _end(self, opened: _Opened, place: int) -> None:
        """Note that a block ends: a loop that moves begins again elsewhere."""
        self._branch, self._ended, opened.inside.end = opened.branch, opened.inside, place
        self._loops -= opened.inside.is_loop
        if opened.inside.is_loop and (opened.has_left or not _are_same(self.directory, opened.directory)):
            for command in self._repeated[opened.repeated :]:
                is_absolute = command.directory.startswith("/") and not opened.directory.startswith("/")
                command.directory = command.directory if is_absolute else unknown_at(place)
        if not self._loops:
            self._repeated.clear()

    def _next_branch(self) -> None:
        if self._open:
            opened = self._open[-1]
            has_left = opened.has_left or not _are_same(self.directory, opened.directory)
            self._open[-1] = opened._replace(has_left=has_left)
            self._branch = Branch(opened.inside, may_not_run=True)
            self.directory = self._before_list = opened.directory

    def _move(self, directory: str) -> None:
        """Go to another directory, from which functions above may be called."""
        self.directory = directory
        for before in () if self._is_inner else [one for one in self._called_above if not _are_same(one, directory)]:
            for command in self._called_above.pop(before):
                command.directory = OF_CALLS if command.directory == before else unknown_at(command.place)


def _after(words: list[Word], directory: str, unknown: str) -> str:
    """Where `cd` leads; where only a run tells, or variables do, an unknown directory, with its path as written."""
    names = [word for word in words[1:] if not _OPTION.fullmatch(word.text)]
    if words[0].text == "popd" or len(names) != 1:
        return unknown
    name, first = names[0], names[0].pieces[0]
    finds_own = first.is_expansion and _OWN.fullmatch(first.text or "") is not None
    if finds_own:
        name = name.after(len(first.text or ""))
        if directory or name.text[:1] not in ("", "/"):
            return unknown
    if not all(LONE.fullmatch(piece.text or "") for piece in name.pieces if piece.is_expansion):
        return unknown
    literal = "".join(name.text_of(piece) for piece in name.pieces if not piece.is_expansion)
    below, around = (name.text.lstrip("/"), ".") if finds_own else (name.text, as_written(directory))
    path = posixpath.join(around, below if around else below.removeprefix("./"))
    is_long = len(path) > _LONGEST or path.count("$") > _MOST  # to join many would take quadratic time
    if is_long or is_unknown(path) or (not finds_own and _UNPLAIN.match(literal)):
        return unknown
    if "$" in path:
        return f"{unknown}{_UNKNOWN}{path}{_UNKNOWN}"
    path = posixpath.normpath(path)
    if is_of_script(around):
        return path if path[0] == "/" or path == "." else f"./{path}"
    return path if path != "." else ""
