"""The scanner's stack: commands in substitutions in quotes in commands, as far as they are open."""

import re
from bisect import bisect_left
from typing import NamedTuple

from splint.formats.shell.words import Break, Command, Word
from splint.formats.source import Span
from splint.formats.source_map import Quote

MAX_NESTING = 100
"""Levels of quotes in substitutions in quotes, beyond which a text counts as broken."""


class Heredoc(NamedTuple):
    """A here-document that was announced; its text begins on the next line."""

    command: Command
    mark: Word
    operator: str
    start: int
    """Where its operator stands."""


class Lines:
    """The lines of a text by what they hold, for here-documents to find their ends without reading on and on."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tables: dict[str, dict[str, list[tuple[int, int]]]] = {}

    def find(self, mark: str, strip: str, start: int) -> tuple[int, int] | None:
        """The first line from `start` on that is `mark` once leading characters of `strip` (with a space among them
        trailing ones too) are taken off: its start and end."""
        if strip not in self._tables:
            table: dict[str, list[tuple[int, int]]] = {}
            for line in re.finditer(r"[^\n]*\n|[^\n]+", self._text):
                content = line.group().rstrip("\r\n")
                content = content.strip(strip) if " " in strip else content.lstrip(strip)
                table.setdefault(content, []).append(line.span())
            self._tables[strip] = table
        lines = self._tables[strip].get(mark, [])
        row = bisect_left(lines, (start, start))
        return lines[row] if row < len(lines) else None


class Frame:
    """A level of nesting: commands (of a script or a substitution), or the inside of quotes or braces."""

    def __init__(self, kind: str, opening: int, word: Word | None = None, *, in_backticks: bool = False) -> None:
        self.kind = kind
        """What opened it; nothing for the script itself."""
        self.in_backticks = in_backticks or kind == "`"
        """Whether the shell takes backslashes away before it reads what stands here."""
        self.quote = self.quoted("double" if kind == '"' else "heredoc" if kind == "<<" else "bare")
        self.opening = opening
        self.line = opening + len(kind)
        """Where the logical line begins that is being read, in a frame of commands."""
        self.word = word
        """The word that is being read; within quotes the one around them."""
        self.command = Command()
        self.redirect = ""
        self.redirect_at = 0
        self.parentheses = 0
        self.done: list[Command] = []

    @property
    def has_commands(self) -> bool:
        """Whether the text is commands here."""
        return self.kind in ("", "$(", "`")

    def quoted(self, quote: Quote) -> Quote:
        """How what stands in a pair of quotes here is quoted."""
        return "backtick" if self.in_backticks else quote


class Nesting:
    """A place in a text, and the stack of what is open there."""

    def __init__(self, text: str, start: int, base: Frame) -> None:
        self.text = text
        self.at = start
        self.end = len(text)
        self.commands: list[Command] = []
        """The curl commands, in the order of their ends, however deep in substitutions they stand."""
        self.broken: Break | None = None
        """The outermost thing that is never closed: what follows it was not read as it was meant."""
        self.comments: list[Span] = []
        self.logical_lines: list[Span] = []
        """With their here-documents; one within a substitution comes before the one around it."""
        self.frames = [base]
        self.heredocs: list[Heredoc] = []
        self.is_over = False
        self._unclosed: Break | None = None

    # -- words and commands ----------------------------------------------------------------------------------------

    def word(self, frame: Frame) -> Word:
        """The word that is being read."""
        if frame.word is None:
            frame.word = Word(self.text, self.at)
        return frame.word

    def end_word(self, frame: Frame) -> None:
        """Hand the word over to its command."""
        word = frame.word
        if word is None:
            return
        word.end, frame.word = self.at, None
        command, redirect, frame.redirect = frame.command, frame.redirect, ""
        if redirect in ("<<", "<<-"):
            self.heredocs.append(Heredoc(command, word, redirect, frame.redirect_at))
        elif redirect == "<<<":
            command.input = word
        elif redirect == "<":
            command.input_file = word
        elif not redirect:
            if command.curl is None and word.end - word.start < 256 and word.text.rpartition("/")[2] == "curl":
                command.curl = len(command.words)
            command.words.append(word)

    def end_command(self, frame: Frame, *, piped: bool = False) -> None:
        """Hand the command over, unless nothing stands there; `piped` makes it the next one's input."""
        self.end_word(frame)
        frame.redirect = ""
        command = frame.command
        if command.words or command.input_file:
            frame.done.append(command)
            if command.curl is not None:
                self.commands.append(command)
            frame.command = Command(command if piped else None)

    def end_line(self, frame: Frame) -> None:
        """Note the logical line that ends here."""
        self.logical_lines.append(Span(frame.line, self.at))
        frame.line = self.at

    # -- levels ----------------------------------------------------------------------------------------------------

    def open(self, kind: str, opening: int, size: int, word: Word) -> None:
        """Go a level deeper, within `word`."""
        word.is_quoted = word.is_quoted or kind == '"'
        if len(self.frames) > MAX_NESTING:
            self.give_up(opening, size, f"{kind} is nested more than {MAX_NESTING} levels deep")
            self.broken = self._unclosed
            return
        in_backticks = self.frames[-1].in_backticks
        self.frames.append(Frame(kind, opening, word if kind == '"' else None, in_backticks=in_backticks))
        self.at = opening + size

    def close_substitution(self) -> None:
        """Go a level up: what was read is an expansion in the word around it."""
        frame = self.frames.pop()
        if frame.has_commands:
            self.end_line(frame)
        self._add_expansion(frame)

    def _add_expansion(self, frame: Frame) -> None:
        self.word(self.frames[-1]).add_expansion(frame.opening, self.at, tuple(frame.done))

    # -- the end ---------------------------------------------------------------------------------------------------

    def give_up(self, opening: int, size: int, message: str, at: int = -1) -> None:
        """End the reading at `at` (by default the text's end), because of what opens at `opening`."""
        self._unclosed = Break(opening, opening + size, message)
        self.at = self.end if at < 0 else at
        self.is_over = True

    def unclosed_heredoc(self, heredoc: Heredoc) -> None:
        """Note that a here-document runs to the end of the text."""
        message = f"no line holds {heredoc.mark.text[:40]} alone to end this here-document"
        broken = Break(heredoc.start, heredoc.mark.end, message)
        heredoc.command.broken = heredoc.command.broken or broken
        self.broken = self.broken or broken

    def finish(self) -> None:
        """Close what is open, and tell the commands around it."""
        culprit = self.broken
        unclosed = self._unclosed or culprit
        while self.frames:
            frame = self.frames.pop()
            self.broken = unclosed or self.broken
            if frame.has_commands:
                frame.command.broken = unclosed or frame.command.broken
                self.end_command(frame)
                self.end_line(frame)
            if self.frames:
                unclosed = culprit or Break(frame.opening, frame.opening + len(frame.kind), unclosed_by(frame.kind))
                if frame.kind != '"':
                    self._add_expansion(frame)
        for heredoc in self.heredocs:
            self.unclosed_heredoc(heredoc)


def unclosed_by(opening: str) -> str:
    """What is wrong where a quote, a substitution or a brace has no end."""
    return f"the {opening} that opens here is never closed"
