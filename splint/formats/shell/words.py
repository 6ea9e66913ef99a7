"""Words and commands of a shell script before expansion, with positions."""

import re
import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from splint.formats.shell.branches import Branch
from splint.formats.source_map import Quote, Segment, SourceMap

OPENINGS = frozenset({"do", "then", "else", "elif", "if", "while", "until", "{", "!"})
"""Words before a command."""
_OF_SHELL = frozenset({"builtin", "command"})
_SETTERS = frozenset(
    {"declare", "export", "getopts", "let", "local", "mapfile", "printf", "read", "readarray", "readonly", "typeset"}
    | {"unset"}
)
"""Commands of the shell that set variables, before which those may stand."""
LONE = re.compile(r"\$(\{)?(?P<name>\w+)(?(1)\})")
"""A variable alone."""
_SET = re.compile(r"([A-Za-z_]\w*)(=|\+=|\[)")
_ALWAYS = Branch()
"""The branch of a command of which none is known."""
_BRACES = re.compile(r"\{([^{}\s]*,[^{}\s]*)\}")
_REDEFINED = re.compile(
    r"(?<![^\s;&|(){}])(?:(curl|cat|echo|printf|tee)[ \t]*\([ \t]*\)|function[ \t]+(curl|cat|echo|printf|tee)(?![\w-]))"
)
_PARENTHESES = re.compile(r"[ \t]*\([ \t]*\)")


class Break(NamedTuple):
    """The range and the error message of an opening without an end."""

    start: int
    end: int
    message: str


class Piece(NamedTuple):
    """A part of a word: its range in the text, and its value."""

    start: int
    end: int
    text: str | None = None
    """The value; None if it is the text of the range."""
    is_expansion: bool = False
    """Whether it is a variable or a substitution, whose value is known only when the script runs."""
    inner: "tuple[Command, ...]" = ()
    """The commands of a substitution."""
    quote: Quote = "bare"
    is_divided: bool = False
    """Whether it is an expansion that blanks in its text divide: no quotes are around it."""


class Word:
    """A word, or the text of a here-document."""

    __slots__ = ("_text", "end", "is_quoted", "pieces", "source", "start")

    def __init__(
        self, source: str, start: int, end: int | None = None, pieces: Iterable[Piece] = (), *, is_quoted: bool = False
    ) -> None:
        self.source = source
        self.start = start
        self.end = start if end is None else end
        self.pieces: list[Piece] = [*pieces]
        self.is_quoted = is_quoted
        self._text: str | None = None

    def made_of(self, pieces: Iterable[Piece]) -> "Word":
        """A word in its place with other pieces."""
        return Word(self.source, self.start, self.end, pieces, is_quoted=self.is_quoted)

    @property
    def text(self) -> str:
        """The word without its quotes."""
        if self._text is None:
            self._text = "".join(self.text_of(piece) for piece in self.pieces)
        return self._text

    @property
    def has_expansion(self) -> bool:
        """Whether it contains a variable or a substitution."""
        return any(piece.is_expansion for piece in self.pieces)

    def text_of(self, piece: Piece) -> str:
        """The value of a piece."""
        return self.source[piece.start : piece.end] if piece.text is None else piece.text

    def add(self, start: int, end: int, quote: Quote = "bare") -> None:
        """Append a range of the text whose value is the text itself."""
        if self.pieces and self.pieces[-1].end == start and self.pieces[-1][2:] == (None, False, (), quote, False):
            start = self.pieces.pop().start
        self.pieces.append(Piece(start, end, quote=quote))

    def add_escape(self, start: int, end: int, text: str, quote: Quote) -> None:
        """Append a range of the text with another value."""
        self.pieces.append(Piece(start, end, text, quote=quote))

    def add_expansion(
        self, start: int, end: int, inner: "tuple[Command, ...]" = (), *, is_divided: bool = False
    ) -> None:
        """Append a variable or a substitution."""
        self.pieces.append(Piece(start, end, self.source[start:end], True, inner, "expansion", is_divided))

    def after(self, count: int) -> "Word":
        """The word without its first `count` characters, none of which may be part of an expansion."""
        rest: list[Piece] = []
        for piece in self.pieces:
            size = len(self.text_of(piece))
            if count <= 0:
                rest.append(piece)
            elif count < size and piece.text is None:
                rest.append(piece._replace(start=piece.start + count))
            elif count < size and piece.text is not None and not piece.is_expansion:
                rest.append(piece._replace(text=piece.text[count:]))
            count -= size
        return self.made_of(rest or [Piece(self.end, self.end)])

    def before(self, count: int) -> "Word":
        """The first `count` characters of the word; those behind them may not be part of an expansion."""
        first: list[Piece] = []
        for piece in self.pieces:
            size = len(self.text_of(piece))
            if count < size and piece.text is None:
                piece = piece._replace(end=piece.start + count)
            first += [piece] if count > 0 or not size else []
            count -= size
        return self.made_of(first)

    def with_next(self, other: "Word") -> "Word":
        """The word and another one behind it, as one."""
        return Word(self.source, self.start, other.end, (*self.pieces, *other.pieces), is_quoted=self.is_quoted)

    def source_map(self, outer: SourceMap | None) -> SourceMap:
        """The source map of the word's value."""
        return SourceMap(
            (
                Segment(self.text_of(piece), piece.start, piece.end, piece.text is None, piece.quote)
                for piece in self.pieces
            ),
            outer,
        )


class Command:
    """A simple command: its words without redirections."""

    __slots__ = (
        *("arrays", "branch", "broken", "call", "calls_function", "curl", "directory", "input", "input_file", "inside"),
        *("misread", "origin", "others", "output", "piped", "words"),
    )

    def __init__(self, piped: "Command | None" = None, words: Iterable[Word] = (), curl: int | None = None) -> None:
        self.words: list[Word] = [*words]
        self.curl = curl
        """The index of the word `curl`."""
        self.arrays: list[tuple[Word, Command]] = []
        """The names of arrays whose words it has in their place, and the command where these stand."""
        self.piped = piped
        """The command whose output is its input."""
        self.input: Word | None = None
        """The text of a here-document or here-string."""
        self.input_file: Word | None = None
        """The name of the file that is its input."""
        self.output: Word | None = None
        """The name of the file that its output is written to."""
        self.others: list[Word] = []
        """The names of other files that redirections may change."""
        self.directory = ""
        """Where it runs; see `directories`."""
        self.branch = _ALWAYS
        """The branch of the script that it is in."""
        self.inside: Branch | None = None
        """The one of the commands in its substitutions, which is a part of that."""
        self.calls_function = False
        """Whether a function of the script stands in the place of `curl`, or of what would print its words or input."""
        self.broken: Break | None = None
        """The construct in it that is never closed; its last word then extends to the end of the text."""
        self.origin: Word | None = None
        """The word `curl` of a function, where the command is what a call of it runs."""
        self.call: tuple[int, int] | None = None
        """Where the words of that call begin and end."""
        self.misread: tuple[int, int] | None = None
        """The first place that a shell reads otherwise than meant, such as the end of a line; see `lines`."""

    @property
    def is_of_function(self) -> bool:
        """Whether it runs where a function is called, so that its place does not tell what runs before it."""
        return self.branch.of_function != ""

    @property
    def last(self) -> int:
        """Where it runs for the last time; past all where a function may be called."""
        return sys.maxsize if self.is_of_function else self.place

    @property
    def place(self) -> int:
        """The index of its first word, or of the first name of a file if it has no words."""
        names = (self.input_file, self.output, *self.others)
        return self.words[0].start if self.words else min(name.start for name in names if name is not None)

    @property
    def start(self) -> int:
        """The index of the word `curl`; only for a curl command."""
        assert self.curl is not None
        return self.words[self.curl].start


def ends_in_quotes(word: Word) -> bool:
    """Whether a word such as -d'' contains an empty value."""
    return len(word.pieces) > 1 and word.pieces[-1].start == word.pieces[-1].end


def named_so(word: Word, text: str) -> Word:
    """A word with a text in the place of what it has."""
    return Word(word.source, word.start, word.end, [Piece(word.pieces[0].start, word.pieces[-1].end, text)])


def lone(word: Word) -> str:
    """The variable that a word is alone; empty for any other word."""
    use = LONE.fullmatch(word.text) if word.has_expansion else None
    return use["name"] if use else ""


def has_blank(text: str) -> bool:
    """Whether a text is several words."""
    return len(text.split()) > 1


def is_divided(word: Word, body: object, divides: Callable[[str], bool] = has_blank) -> bool:
    """Whether a word without quotes is divided: `divides` tells that of what stands in its place, if known."""
    is_one = isinstance(body, Word) and not divides(body.text)
    return not is_one and any(piece.is_divided for piece in word.pieces)


def text_word(text: str) -> Word:
    """A word that stands nowhere."""
    return Word("", 0, 0, [Piece(0, 0, text)])


def with_braces(words: list[Word]) -> list[Word]:
    """Words in which the shell makes several of one with braces, such as body.{json,bak}."""
    made: list[Word] = []
    for word in words:
        bare = ((at, word.text_of(piece)) for at, piece in enumerate(word.pieces) if piece.quote == "bare")
        at, parts = next(((at, _BRACES.split(text, 1)) for at, text in bare if _BRACES.search(text)), (0, []))
        for part in parts[1].split(",") if parts else ():
            piece = word.pieces[at]._replace(text=parts[0] + part + parts[2])
            pieces = [*word.pieces[:at], piece, *word.pieces[at + 1 :]]
            made.append(Word(word.source, word.start, word.end, pieces))
        made += [] if parts else [word]
    return made


def may_copy(command: Command) -> bool:
    """Whether what a command prints may be known: its words or its input."""
    words = without_openings(command)
    return not words or command.input is not None or words[0].text in ("cat", "echo", "printf", "tee")


def assigns(word: Word) -> re.Match[str] | None:
    """A match where a word sets a variable: the name, and `=`, `+=` or the opening of an index."""
    return _SET.match(word.text)


def without_openings(command: Command) -> list[Word]:
    """The words of a command without those before it, such as `do` and `builtin`, and variables for it alone."""
    words = command.words
    is_function = [word.text for word in words[:3:2]] == ["function", "{"] and len(words) > 3
    first = next((at for at in range(3 * is_function, len(words)) if words[at].text not in OPENINGS), len(words))
    named = next((at for at in range(first, len(words)) if not assigns(words[at])), first)
    if len(words) > named + 1 and words[named].text in _OF_SHELL and words[named + 1].text in _SETTERS:
        named += 1
    return words[named:]


def begins_function(command: Command) -> bool:
    """Whether a command is the name of a function that is defined there."""
    if not command.words:
        return False
    last = command.words[-1]
    has_parentheses = not assigns(last) and _PARENTHESES.match(last.source, last.end) is not None
    return has_parentheses or command.words[0].text == "function"


@lru_cache(4)
def redefined_in(text: str) -> frozenset[str]:
    """The names of curl, and of commands whose output is known, that a script gives functions of its own."""
    return frozenset(found[1] or found[2] for found in _REDEFINED.finditer(text))


def follows(command: Command, *operators: str) -> bool:
    """Whether one of these operators stands before a command; `|` is not `||`."""
    if not command.words:
        return False
    source, start = command.words[0].source, command.words[0].start
    before = source[max(0, start - 100) : start].rstrip(" \t\r\n\\(")
    return before[len(before.rstrip("&|")) :] in operators
