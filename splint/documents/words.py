"""What the shell makes of a text before it runs anything: commands of words, each letter with its place.

No shell is asked and nothing is expanded: variables and substitutions stay in their words as holes. The scanner keeps
its own stack, so that no nesting exhausts Python's, and reads every character once.
"""

import re
from bisect import bisect_left
from collections.abc import Callable
from typing import NamedTuple

from splint.documents.fragment import Fragment, Segment

MAX_NESTING = 100
"""Quotes in substitutions in quotes ... beyond which a text counts as broken."""
MAX_HEREDOC_NESTING = 4

RUNAWAY = re.compile(r"\n[ \t>]*(?:\$[ \t]+)?(?=curl[ \t]+(?:-|[\"']?(?:https?:|\$)))")
"""A line that looks like a curl command: within the quotes of another one, those were never closed."""

_BLANK = re.compile(r"[ \t\r]+")
_RUN = re.compile(r"[^ \t\r\n'\"`$\\;&|()<>#]+")
_CONTINUED = re.compile(r"\\\r?\n")
_REDIRECT = re.compile(r"&>>?|<<<|<<-|<<|<>|<&|[<>]\(|<|>>|>\||>&|>")
_ARITHMETIC = re.compile(r"\(\((?:[^()\n]++|\([^()\n]*+\))*+\)\)")
_VARIABLE = re.compile(r"\$(?:[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-]|\{\{[^{}\n]*\}\}|\{[^{}'\"`$\\\n]*\})")
_IN_DOUBLE = re.compile(r"[^\"\\$`]+")
_IN_HEREDOC = re.compile(r"[^\\$`]+")
_IN_BRACES = re.compile(r"[^}\"'`$\\]+")
_ANSI = re.compile(r"\$'((?:[^'\\]++|\\.)*+)'", re.S)
_ANSI_ESCAPE = re.compile(
    r"(?P<bytes>(?:\\x[0-9a-fA-F]{1,2}|\\[0-7]{1,3})+)"
    r"|\\u(?P<short>[0-9a-fA-F]{1,4})|\\U(?P<long>[0-9a-fA-F]{1,8})|\\(?P<letter>[abeEfnrtv\\'\"?])"
)
_ANSI_BYTE = re.compile(r"\\x([0-9a-fA-F]{1,2})|\\([0-7]{1,3})")
_LETTERS = dict(zip("abeEfnrtv", "\a\b\x1b\x1b\f\n\r\t\v", strict=True))


class Break(NamedTuple):
    """Where something opens that is never closed."""

    start: int
    end: int
    message: str


class Piece(NamedTuple):
    """A stretch of a word: what it says, and where the text says it."""

    start: int
    end: int
    text: str | None = None
    """None where the word says what stands there."""
    is_hole: bool = False
    """Whether it is a variable or a substitution, which only a run could fill."""
    inner: "tuple[Command, ...]" = ()
    """The commands of a substitution."""


class Word:
    """A word, or the text of a here-document."""

    def __init__(self, source: str, start: int) -> None:
        self.source = source
        self.start = start
        self.end = start
        self.pieces: list[Piece] = []
        self.is_quoted = False
        self._text: str | None = None

    @property
    def text(self) -> str:
        """The word without its quotes."""
        if self._text is None:
            self._text = "".join(self.text_of(piece) for piece in self.pieces)
        return self._text

    @property
    def has_hole(self) -> bool:
        """Whether anything in it is known to a run only."""
        return any(piece.is_hole for piece in self.pieces)

    def text_of(self, piece: Piece) -> str:
        """What a piece says."""
        return self.source[piece.start : piece.end] if piece.text is None else piece.text

    def add(self, start: int, end: int) -> None:
        """Append a stretch of the text as it stands."""
        if self.pieces and self.pieces[-1].end == start and self.pieces[-1][2:] == (None, False, ()):
            self.pieces[-1] = Piece(self.pieces[-1].start, end)
        else:
            self.pieces.append(Piece(start, end))

    def after(self, count: int) -> "Word":
        """The word without its first characters; those are no hole."""
        rest = Word(self.source, self.start)
        rest.end, rest.is_quoted = self.end, self.is_quoted
        for piece in self.pieces:
            size = len(self.text_of(piece))
            if count <= 0:
                rest.pieces.append(piece)
            elif count < size and piece.text is None:
                rest.pieces.append(piece._replace(start=piece.start + count))
            count -= size
        if not rest.pieces:
            rest.pieces.append(Piece(self.end, self.end))
        return rest

    def fragment(self, outer: Fragment | None) -> Fragment:
        """The word's text with its places."""
        return Fragment(
            (Segment(self.text_of(piece), piece.start, piece.end, piece.text is None) for piece in self.pieces), outer
        )


class Command:
    """A simple command: its words, redirections apart."""

    def __init__(self, piped: "Command | None" = None) -> None:
        self.words: list[Word] = []
        self.curl: int | None = None
        """The index of the word `curl`."""
        self.piped = piped
        """The command whose output is its input."""
        self.input: Word | None = None
        """The text of a here-document or here-string."""
        self.input_file: Word | None = None
        """The name of the file that is its input."""
        self.broken: Break | None = None
        """What opens in it and is never closed; its last word runs to the end of the text then."""


class _Heredoc(NamedTuple):
    command: Command
    mark: Word
    operator: str
    index: int


class _Frame:
    """A level of nesting: commands (of a script, a subshell, a substitution), or the inside of quotes or braces."""

    def __init__(self, kind: str, opening: int, word: Word | None = None) -> None:
        self.kind = kind
        self.opening = opening
        self.word = word
        """The word that is being read; within quotes the one around them."""
        self.command = Command()
        self.redirect = ""
        self.redirect_at = 0
        self.parentheses = 0
        self.done: list[Command] = []

    @property
    def has_commands(self) -> bool:
        return self.kind in ("", "$(", "`")


class _Lines:
    """The lines of a text by what they hold, for here-documents to find their ends without reading on and on."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tables: dict[str, dict[str, list[tuple[int, int]]]] = {}

    def find(self, mark: str, strip: str, start: int) -> tuple[int, int] | None:
        """The first line from `start` on that is `mark` once characters of `strip` are taken off: its start and end."""
        if strip not in self._tables:
            table: dict[str, list[tuple[int, int]]] = {}
            for line in re.finditer(r"[^\n]*\n|[^\n]+", self._text):
                held = line.group().rstrip("\r\n")
                held = held.strip(strip) if " " in strip else held.lstrip(strip)
                table.setdefault(held, []).append(line.span())
            self._tables[strip] = table
        lines = self._tables[strip].get(mark, [])
        row = bisect_left(lines, (start, start))
        return lines[row] if row < len(lines) else None


class Scanner:
    """Reads `text` from `start` as a script, or with `one_line` as one logical line, as prose shows it.

    `commands` are then the curl commands, in the order of their ends, however deep in substitutions they stand.
    """

    def __init__(self, text: str, start: int = 0, *, one_line: bool = False, lines: _Lines | None = None) -> None:
        self.text = text
        self.at = start
        self.end = len(text)
        self.commands: list[Command] = []
        self.broken: Break | None = None
        """The outermost thing that is never closed: what follows it was not read as it was meant."""
        self._one_line = one_line
        self._lines = lines or _Lines(text)
        self._frames = [_Frame("", start)]
        self._heredocs: list[_Heredoc] = []
        self._heredoc_depth = 0
        self._unclosed: Break | None = None
        self._is_over = False

    def scan(self) -> "Scanner":
        """Read it."""
        readers: dict[str, Callable[[_Frame], None]] = {'"': self._double, "<<": self._heredoc, "${": self._braces}
        while self.at < self.end and not self._is_over:
            frame = self._frames[-1]
            readers.get(frame.kind, self._command)(frame)
        self._finish()
        return self

    # -- commands --------------------------------------------------------------------------------------------------

    def _command(self, frame: _Frame) -> None:
        text, at = self.text, self.at
        char = text[at]
        if run := _RUN.match(text, at, self.end):
            self._word(frame).add(at, run.end())
            self.at = run.end()
        elif blank := _BLANK.match(text, at, self.end):
            self._end_word(frame)
            self.at = blank.end()
        elif char == "\n":
            self._newline(frame)
        elif char == "\\":
            self._backslash(frame)
        elif char == "'":
            self._single(frame)
        elif char == '"':
            self._open('"', at, 1, self._word(frame))
        elif char == "$":
            self._dollar(frame)
        elif char == "`":
            self._backtick(frame)
        elif char == "#":
            self._hash(frame)
        elif redirect := _REDIRECT.match(text, at, self.end):
            self._redirect(frame, redirect.group())
        else:
            self._operator(frame, char)

    def _word(self, frame: _Frame) -> Word:
        if frame.word is None:
            frame.word = Word(self.text, self.at)
        return frame.word

    def _end_word(self, frame: _Frame) -> None:
        word = frame.word
        if word is None:
            return
        word.end, frame.word = self.at, None
        command, redirect, frame.redirect = frame.command, frame.redirect, ""
        if redirect in ("<<", "<<-"):
            self._heredocs.append(_Heredoc(command, word, redirect, frame.redirect_at))
        elif redirect == "<<<":
            command.input = word
        elif redirect == "<":
            command.input_file = word
        elif not redirect:
            if command.curl is None and word.end - word.start < 256 and word.text.rpartition("/")[2] == "curl":
                command.curl = len(command.words)
            command.words.append(word)

    def _end_command(self, frame: _Frame, *, piped: bool = False) -> None:
        self._end_word(frame)
        frame.redirect = ""
        command = frame.command
        if command.words or command.input_file:
            frame.done.append(command)
            if command.curl is not None:
                self.commands.append(command)
            frame.command = Command(command if piped else None)

    def _newline(self, frame: _Frame) -> None:
        self._end_command(frame)
        self.at += 1
        if self._heredocs:
            self._read_heredocs()
        self._is_over = self._is_over or (self._one_line and len(self._frames) == 1)

    def _hash(self, frame: _Frame) -> None:
        if frame.word is not None:
            frame.word.add(self.at, self.at + 1)
            self.at += 1
        else:
            end = self.text.find("\n", self.at, self.end)
            self.at = self.end if end < 0 else end

    def _redirect(self, frame: _Frame, operator: str) -> None:
        if operator in ("<(", ">("):
            self._open("$(", self.at, 2, self._word(frame))
            return
        if frame.word is not None and not frame.word.is_quoted and frame.word.text.isdigit():
            frame.word = None
        self._end_word(frame)
        frame.redirect, frame.redirect_at = operator, self.at
        self.at += len(operator)

    def _operator(self, frame: _Frame, char: str) -> None:
        doubled = self.text.startswith(char * 2, self.at)
        if char == "(":
            arithmetic = _ARITHMETIC.match(self.text, self.at, self.end) if frame.word is None else None
            self._end_command(frame)
            frame.parentheses += arithmetic is None
            self.at = arithmetic.end() if arithmetic else self.at + 1
        elif char == ")":
            self._end_command(frame)
            self.at += 1
            if frame.parentheses:
                frame.parentheses -= 1
            elif frame.kind == "$(":
                self._close_substitution(frame)
        else:
            self._end_command(frame, piped=char == "|" and not doubled)
            self.at += 2 if doubled else 1

    # -- quotes ----------------------------------------------------------------------------------------------------

    def _backslash(self, frame: _Frame) -> None:
        if continued := _CONTINUED.match(self.text, self.at, self.end):
            self.at = continued.end()
            return
        word = self._word(frame)
        word.is_quoted = True
        if self.at + 1 < self.end:
            word.pieces.append(Piece(self.at, self.at + 2, self.text[self.at + 1]))
        else:
            word.add(self.at, self.at + 1)
        self.at += 2

    def _single(self, frame: _Frame) -> None:
        word = self._word(frame)
        word.is_quoted = True
        close = self.text.find("'", self.at + 1, self.end)
        runaway = self._runaway(frame.command, self.at + 1, self.end if close < 0 else close)
        if close < 0 or runaway >= 0:
            word.add(self.at + 1, self.end if runaway < 0 else runaway)
            self._give_up(self.at, 1, _unclosed("'"), runaway)
        else:
            word.add(self.at + 1, close)
            self.at = close + 1

    def _runaway(self, command: Command, start: int, end: int) -> int:
        """Where a curl command begins within the quotes of this one, or -1."""
        if command.curl is None:
            return -1
        found = RUNAWAY.search(self.text, start, end)
        return found.start() if found else -1

    def _double(self, frame: _Frame) -> None:
        assert frame.word is not None
        if run := _IN_DOUBLE.match(self.text, self.at, self.end):
            runaway = self._runaway(self._frames[-2].command, self.at, run.end())
            frame.word.add(self.at, run.end() if runaway < 0 else runaway)
            self.at = run.end()
            if runaway >= 0:
                self._give_up(frame.opening, 1, _unclosed('"'), runaway)
        elif self.text[self.at] == '"':
            if not frame.word.pieces or frame.word.pieces[-1].end < frame.opening:
                frame.word.add(self.at, self.at)
            self._frames.pop()
            self.at += 1
        else:
            self._expanding(frame, '"\\$`')

    def _heredoc(self, frame: _Frame) -> None:
        assert frame.word is not None
        if run := _IN_HEREDOC.match(self.text, self.at, self.end):
            frame.word.add(self.at, run.end())
            self.at = run.end()
        else:
            self._expanding(frame, "\\$`")

    def _expanding(self, frame: _Frame, escaped: str) -> None:
        """Within double quotes or a here-document: a backslash, a dollar or a backtick."""
        assert frame.word is not None
        if self.text[self.at] == "$":
            self._dollar(frame)
        elif self.text[self.at] == "`":
            self._backtick(frame)
        elif continued := _CONTINUED.match(self.text, self.at, self.end):
            self.at = continued.end()
        elif self.at + 1 < self.end and self.text[self.at + 1] in escaped:
            frame.word.pieces.append(Piece(self.at, self.at + 2, self.text[self.at + 1]))
            self.at += 2
        else:
            frame.word.add(self.at, self.at + 1)
            self.at += 1

    def _ansi(self, word: Word) -> None:
        """$'...' with C's escapes."""
        word.is_quoted = True
        found = _ANSI.match(self.text, self.at, self.end)
        if found is None:
            word.add(self.at + 2, self.end)
            self._give_up(self.at, 2, _unclosed("$'"))
            return
        at, end = found.span(1)
        word.add(at, at)
        for escape in _ANSI_ESCAPE.finditer(self.text, at, end):
            word.add(at, escape.start())
            word.pieces.append(Piece(*escape.span(), _ansi_text(escape)))
            at = escape.end()
        word.add(at, end)
        self.at = found.end()

    # -- expansions ------------------------------------------------------------------------------------------------

    def _dollar(self, frame: _Frame) -> None:
        word, at = self._word(frame), self.at
        following = self.text[at + 1 : at + 2] if at + 1 < self.end else ""
        variable = _VARIABLE.match(self.text, at, self.end)
        if following == "(" and (arithmetic := _ARITHMETIC.match(self.text, at + 1, self.end)):
            variable = arithmetic
        if variable:
            word.pieces.append(Piece(at, variable.end(), self.text[at : variable.end()], is_hole=True))
            self.at = variable.end()
        elif following in ("(", "{"):
            self._open(f"${following}", at, 2, word)
        elif following == "'" and frame.has_commands:
            self._ansi(word)
        elif following == '"' and frame.has_commands:
            self.at += 1
        else:
            word.add(at, at + 1)
            self.at += 1

    def _backtick(self, frame: _Frame) -> None:
        if frame.kind == "`":
            self._end_command(frame)
            self.at += 1
            self._close_substitution(frame)
        else:
            self._open("`", self.at, 1, self._word(frame))

    def _braces(self, frame: _Frame) -> None:
        """${...} with anything in it."""
        char = self.text[self.at]
        if run := _IN_BRACES.match(self.text, self.at, self.end):
            self.at = run.end()
        elif char == "}":
            self.at += 1
            self._close_substitution(frame)
        elif char == "$":
            self._dollar(frame)
        elif char == "`":
            self._backtick(frame)
        elif char == '"':
            self._open('"', self.at, 1, self._word(frame))
        elif char == "'" and self._frames[-2].has_commands:
            close = self.text.find("'", self.at + 1, self.end)
            self.at = self.end if close < 0 else close + 1
        else:
            self.at = min(self.at + (2 if char == "\\" else 1), self.end)

    def _open(self, kind: str, opening: int, size: int, word: Word) -> None:
        word.is_quoted = word.is_quoted or kind == '"'
        if len(self._frames) > MAX_NESTING:
            self._give_up(opening, size, f"{kind} is nested more than {MAX_NESTING} levels deep")
            return
        self._frames.append(_Frame(kind, opening, word if kind == '"' else None))
        self.at = opening + size

    def _close_substitution(self, frame: _Frame) -> None:
        self._frames.pop()
        word = self._frames[-1].word
        assert word is not None
        text = self.text[frame.opening : self.at]
        word.pieces.append(Piece(frame.opening, self.at, text, is_hole=True, inner=tuple(frame.done)))

    # -- here-documents --------------------------------------------------------------------------------------------

    def _read_heredocs(self) -> None:
        pending, self._heredocs = self._heredocs, []
        for heredoc in pending:
            command, mark, operator, _ = heredoc
            end = self._lines.find(mark.text, " \t" if self._one_line else "\t" if operator == "<<-" else "", self.at)
            if end is None or end[0] > self.end:
                self._unclosed_heredoc(heredoc)
                self.at, self._is_over = self.end, True
                return
            command.input = self._heredoc_word(self.at, end[0], expands=not mark.is_quoted)
            self.at = min(end[1], self.end)

    def _unclosed_heredoc(self, heredoc: _Heredoc) -> None:
        message = f"no line holds {heredoc.mark.text[:40]} alone to end this here-document"
        broken = Break(heredoc.index, heredoc.mark.end, message)
        heredoc.command.broken = heredoc.command.broken or broken
        self.broken = min(self.broken or broken, broken)

    def _heredoc_word(self, start: int, end: int, *, expands: bool) -> Word:
        word = Word(self.text, start)
        word.end = end
        if not expands or self._heredoc_depth >= MAX_HEREDOC_NESTING:
            word.add(start, end)
            return word
        inside = Scanner(self.text, start, lines=self._lines)
        inside.end = end
        inside._heredoc_depth = self._heredoc_depth + 1
        inside._frames = [_Frame("<<", start, word)]
        inside.scan()
        self.commands += inside.commands
        return word

    # -- the end ---------------------------------------------------------------------------------------------------

    def _give_up(self, opening: int, size: int, message: str, at: int = -1) -> None:
        self._unclosed = Break(opening, opening + size, message)
        self.at = self.end if at < 0 else at
        self._is_over = True

    def _finish(self) -> None:
        """Close what is open, and tell the commands around it."""
        unclosed = self._unclosed
        while self._frames:
            frame = self._frames.pop()
            if unclosed is not None:
                self.broken = unclosed
            if frame.has_commands:
                if unclosed is not None:
                    frame.command.broken = unclosed
                self._end_command(frame)
            if unclosed is None or self._frames:
                unclosed = Break(frame.opening, frame.opening + max(len(frame.kind), 1), _unclosed(frame.kind))
        for heredoc in self._heredocs:
            self._unclosed_heredoc(heredoc)


def _unclosed(opening: str) -> str:
    return f"the {opening} that opens here is never closed"


def _ansi_text(escape: re.Match[str]) -> str:
    if raw := escape["bytes"]:
        codes = (int(x, 16) if x else int(octal, 8) & 0xFF for x, octal in _ANSI_BYTE.findall(raw))
        return bytes(codes).decode("utf-8", "replace")
    if letter := escape["letter"]:
        return _LETTERS.get(letter, letter)
    code = int(escape["short"] or escape["long"], 16)
    return "\ufffd" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)
