"""What commands do to the variables and files that they name, and what variables they hand to programs."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise, takewhile, zip_longest
from typing import NamedTuple

from splint.formats.shell.branches import Branch
from splint.formats.shell.composed import formatted
from splint.formats.shell.curl import Body, FromFile, Unknown, input_of, invocations, known, output_of
from splint.formats.shell.keys import file_key, key_of
from splint.formats.shell.programs import DECLARES, LOCALS, READS, RUNS, SETS, TELLS
from splint.formats.shell.words import LONE, Command, Piece, Word, assigns, follows, without_openings

_TELLS = frozenset({"echo", "rm", ":"})
"""Those that leave variables and files as they are, or remove these; what they name need not be there."""
AT_END = re.compile(r"(?:SIG)?(?:EXIT|INT|TERM|HUP|QUIT)|0")
"""The signals of a `trap` whose text runs after all else."""
_NAME = re.compile(r"[A-Za-z_][\w-]*")
_VARIABLE = re.compile(r"[A-Za-z_]\w*")
_ALL = re.compile(r"([-+])\w*(?:a\w*|o)")
"""An option of `set` that has each variable exported from there on, or no more."""
_APART = re.compile(r"\s*\)|[^\n;&|()]{0,200}+\|(?!\|)")
_OF_SYSTEM = frozenset(
    {"PATH", "PYTHONPATH", "NODE_PATH", "GOPATH", "LD_LIBRARY_PATH", "CDPATH", "IFS", "LC_ALL", "LANG"}
)
"""Variables that tell a program where its own parts are, and how it reads."""
_IMPLIED = {"getopts": "OPTARG", "read": "REPLY", "mapfile": "MAPFILE", "readarray": "MAPFILE"}
"""Variables that commands set without their names."""
_VALUED = re.compile(r"-\w*[diNnptu]")
"""An option of `read` behind which a value stands."""
_CHANGES = re.compile(r"-\w*[ulicn]\w*")
"""An option of `declare` with which a variable gets other texts than those that it is given."""


class Given(NamedTuple):
    """What a command gives a variable or a file."""

    start: int
    """The index of the command."""
    body: Body
    """None for what is not written there as it is."""
    branch: Branch = Branch()
    """The branch that it is in."""
    word: Word | None = None
    """What an assignment has behind `=` or `+=`, as it is written."""
    is_local: bool = False
    """Whether it is for the function alone in which it stands, and what this calls."""


def tells(words: list[Word]) -> bool:
    """Whether a command leaves variables and files as they are, or removes these, and does not look at them."""
    name = words[0].text if words else ""
    is_printed = name == "printf" and _printed_into(words) is None
    return name in _TELLS or is_printed or bool(_NAME.fullmatch(name) and TELLS.search(name) and name != "printf")


def _printed_into(words: list[Word]) -> Word | None:
    """The name of the variable that `printf` sets, in the word of `-v` or behind it."""
    option = words[1] if len(words) > 2 and words[1].text[:2] == "-v" else None
    return words[2] if option is not None and option.text == "-v" else option and option.after(2)


def _output_of(words: list[Word]) -> Unknown:
    """The output of a command as a body that only a run tells."""
    start, end = words[0].start, words[-1].end
    piece = Piece(start, end, "$(...)", is_expansion=True, inner=(Command(words=words),))
    return Unknown(Word(words[0].source, start, end, [piece]))


def runs_other_text(words: list[Word]) -> bool:
    """Whether a command runs text that is not a part of the script, or sets variables whose names it works out."""
    name = words[0].text if words else ""
    if name in ("command", "builtin", "time", "function") and len(words) > 1:
        return any(word.text in RUNS for word in words)
    if name in READS | {"printf"}:
        return names_told_by_a_run(words) != []
    if name in DECLARES:
        is_open = is_nameref(words) and not any(map(assigns, words))
        return is_open or any(word.has_expansion and not assigns(word) for word in words)
    return name in RUNS


def names_told_by_a_run(words: list[Word]) -> list[Word]:
    """The names of variables that `printf -v`, `read` or `mapfile` sets, where only a run tells these."""
    name = words[0].text if words else ""
    names = [into] if name == "printf" and (into := _printed_into(words)) is not None else []
    if name == "read":
        names = [word for before, word in pairwise(words) if not _VALUED.fullmatch(before.text)]
    elif name in READS:
        names = words[-1:]
    return [word for word in names if word.has_expansion and word.text[:1] != "-"]


def is_nameref(words: list[Word]) -> bool:
    """Whether a command makes a variable another name of one."""
    return words != [] and words[0].text in DECLARES and any(re.match(r"-\w*n", word.text) for word in words)


def files_named_by(command: Command, words: list[Word]) -> Iterator[Word]:
    """The words of a command that may name what it changes: of curl those before it, and what `-o` has it write."""
    yield from words if command.curl is None else words[: len(words) - len(command.words) + command.curl]
    for request in invocations(command) if command.curl is not None else ():
        yield from request.written


def written_by(command: Command) -> Iterator[tuple[str, Given]]:
    """The files that redirections of a command and `tee` write."""
    words = without_openings(command)
    is_tee = bool(words) and words[0].text == "tee" and len(words) == 2
    into = words[1] if is_tee else command.output
    if into is not None:
        body = input_of(command) if is_tee else output_of(command)
        key = key_of(into, command.directory)
        is_plain = isinstance(body, Word) and command.broken is None and not (is_tee and command.calls_function)
        yield key, Given(command.place, body if is_plain else None, command.branch)
    for other in command.others if not is_tee or command.output is None else (command.output, *command.others):
        yield key_of(other, command.directory), Given(command.place, None, command.branch)


def use_of(body: Body) -> tuple[str, int] | None:
    """The key of the variable or file that stands for a body, and where; None for any other body."""
    if isinstance(body, Unknown) and body.is_name:
        return key_of(body.word, body.directory), body.word.start
    if isinstance(body, Unknown) and (use := LONE.fullmatch(body.word.text.strip())):
        return use["name"], body.word.start
    return (file_key(body.name.text, body.directory), body.name.start) if isinstance(body, FromFile) else None


def changes_texts(words: list[Word]) -> bool:
    """Whether a command gives variables other texts than those that they are set to: upper case, or a number."""
    is_declared = words != [] and words[0].text in DECLARES
    return is_declared and any(_CHANGES.fullmatch(word.text) for word in words)


def set_by(command: Command) -> Iterator[tuple[str, Given]]:
    """The variables that a command sets."""
    words = without_openings(command)
    name = words[0].text if words else ""
    if name in SETS:
        text, into = _read_whole(words, command), _printed_into(words) if name == "printf" else None
        printed = words[3 if words[1:] and words[1].text == "-v" else 2 :] if into is not None else []
        text = formatted(printed) or _output_of([words[0], *printed]) if printed and command.broken is None else text
        for word in words[1:] if name != "printf" else filter(None, [into]):
            named = _VARIABLE.match(word.text)
            body = text if word in (words[-1], into) else None
            yield named[0] if named else word.text, Given(command.place, body, command.branch)
        if name in _IMPLIED:
            yield _IMPLIED[name], Given(command.place, None, command.branch)
    elif name in DECLARES or all(map(assigns, words)):
        is_changed = changes_texts(words)
        for word in words:
            if is_changed and (named := _VARIABLE.match(word.text)) is not None:
                yield named[0], Given(word.start, None, command.branch)
            elif match := assigns(word):
                value = word.after(match.end()) if match[2] != "[" and command.broken is None else None
                text = known(value) if value is not None and match[2] == "=" else None
                yield match[1], Given(word.start, text, command.branch, value, name in LOCALS)


def _read_whole(words: list[Word], command: Command) -> Body:
    """The text that `read -r -d ''` sets its variable to; without -r, one that has no backslashes."""
    options = [word.text for word in words[1:-1]]
    if words[0].text != "read" or "" not in options or command.broken is not None:
        return None
    text = input_of(command)
    is_raw = any(option.startswith("-") and "r" in option for option in options)
    return text if is_raw or (isinstance(text, Word) and "\\" not in text.text) else None


def prefixes(run: list[Word], command: Command) -> Iterator[tuple[str, Word]]:
    """The variables that are set before the command that runs, for it alone."""
    for word in takewhile(lambda word: word is not run[0], command.words) if run else ():
        if prefix := assigns(word):
            yield prefix[1], word


def for_program(run: list[Word], command: Command) -> list[Word]:
    """The assignments before a command that may tell it a file."""
    return [word for name, word in prefixes(run, command) if name not in _OF_SYSTEM]


def is_apart(command: Command) -> bool:
    """Whether a command is piped, or the last one in parentheses: what it sets none sees. So is a pattern of `case`."""
    return follows(command, "|") or _APART.match(command.words[-1].source, command.words[-1].end) is not None


class Exports:
    """The variables that are exported so far and that no unknown program has seen."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._of_tree: set[str] = set()
        """The same for programs of the tree."""
        self._is_all = False

    def note(self, words: list[Word]) -> None:
        """Note what a command exports."""
        name = words[0].text if words else ""
        options = [word.text for word in words[1:]]
        if name == "set":
            for option, value in zip_longest(options, options[1:], fillvalue=""):
                if (found := _ALL.fullmatch(option)) and (option[-1] != "o" or value == "allexport"):
                    self._is_all = found[1] == "-"
        elif name == "export" or (name in DECLARES and any(re.match(r"-\w*x", option) for option in options)):
            self._note(found[0] for found in map(_VARIABLE.match, options) if found)
        elif self._is_all:
            self._note(found[1] for found in map(assigns, words) if found)

    def _note(self, names: Iterable[str]) -> None:
        new = set(names) - _OF_SYSTEM
        self._names |= new
        self._of_tree |= new

    def seen(self) -> set[str]:
        """Those that an unknown program sees now, for the first time."""
        seen, self._names = self._names, set()
        return seen

    def given(self, run: list[Word], command: Command) -> list[str]:
        """What a program of the tree is told by its environment, of what none has seen: `OUT=.`, `ROOT=$ROOT`."""
        seen, self._of_tree = self._of_tree, set()
        return [*(word.text for word in for_program(run, command)), *(f"{name}=${name}" for name in sorted(seen))]
