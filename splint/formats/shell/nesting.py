"""The scanner's stack of open constructs: commands, substitutions, quotes and braces."""

import re
from bisect import bisect_left
from collections.abc import Callable
from typing import NamedTuple

from splint.formats.shell.branches import Branch
from splint.formats.shell.directories import Directories
from splint.formats.shell.others import Held, is_local
from splint.formats.shell.programs import PRINTS, TELLS
from splint.formats.shell.words import (
    Break,
    Command,
    Word,
    begins_function,
    follows,
    may_copy,
    redefined_in,
    without_openings,
)
from splint.formats.source_map import Quote
from splint.formats.spans import Span

MAX_NESTING = 100
"""The most levels of nesting; a text with more counts as a syntax error."""


class Heredoc(NamedTuple):
    """A here-document whose text begins on the next line."""

    command: Command
    mark: Word
    operator: str
    start: int
    """The index of its operator."""


class Lines:
    """An index of the lines of a text by content, for finding the ends of here-documents in logarithmic time."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tables: dict[str, dict[str, list[tuple[int, int]]]] = {}

    def find(self, mark: str, strip: str, start: int) -> tuple[int, int] | None:
        """The start and end of the first line from `start` on that equals `mark`; None if there is none.

        The characters of `strip` are removed from the start of each line; if a space is among them, from its end too.
        """
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
    """A level of nesting: the commands of a script or a substitution, or the content of quotes or braces."""

    def __init__(self, kind: str, opening: int, word: Word | None = None, around: "Frame | None" = None) -> None:
        self.kind = kind
        """The characters that opened it; empty for the script itself."""
        self.in_backticks: bool = kind == "`" or (around is not None and around.in_backticks)
        """Whether it is within backticks, where the shell removes backslashes first."""
        self.quote = self.quoted("double" if kind == '"' else "heredoc" if kind == "<<" else "bare")
        self.opening = opening
        self.line = opening + len(kind)
        """The start of the current logical line, in a frame of commands."""
        self.word = word
        """The current word; within quotes the word that contains them."""
        self.command = Command()
        self.redirect = ""
        self.redirect_at = 0
        self.array: list[Word] | None = None
        """The words of the array that is open."""
        self.set_array: tuple[Word, object, bool, bool] | None = None
        """The word before its parenthesis, the block around it, and whether it is sure and a function's own."""
        self._inside: Branch | None = None if around is None else around.inside
        self.directories: Directories = Directories(None if around is None else around.directories, self._inside)
        self.done: list[Command] = []

    @property
    def inside(self) -> Branch | None:
        """The branch of what is in the command that holds what is opened here."""
        if not self.has_commands:
            return self._inside
        self.command.inside = self.command.inside or Branch()
        return self.command.inside

    @property
    def has_commands(self) -> bool:
        """Whether its content is commands."""
        return self.kind in ("", "$(", "`")

    def quoted(self, quote: Quote) -> Quote:
        """The kind of quotes of text that is quoted here: within backticks always `backtick`."""
        return "backtick" if self.in_backticks else quote


class Nesting:
    """The state of a scan: an index in a text, the stack of open frames, and the results so far."""

    def __init__(self, text: str, start: int, base: Frame, each: Callable[[Command], None] | None) -> None:
        self.text = text
        self.at = start
        self.end = len(text)
        self.commands: list[Command] = []
        """The curl commands at any depth, in the order of their ends."""
        self._each = each
        """Is called with the commands outside of substitutions, in order; they are not kept."""
        self.broken: Break | None = None
        """The outermost construct that is never closed; the text after it may be scanned wrongly."""
        self.runaways: list[tuple[Break, int]] = []
        """The quotes of other commands around a line that looks like a curl command, with its index."""
        self.held = Held(text)
        self.takes_notes = False
        """Whether comments and logical lines are kept."""
        self.comments: list[Span] = []
        self.logical_lines: list[Span] = []
        """The logical lines with their here-documents; those in a substitution precede the one that contains it."""
        self.frames = [base]
        self.heredocs: list[Heredoc] = []
        self._waiting: list[Command] = []
        """The commands on the lines of these, which may be their input."""
        self.is_over = False
        self._unclosed: Break | None = None

    # -- words and commands ----------------------------------------------------------------------------------------

    def word(self, frame: Frame) -> Word:
        """The current word of a frame, which is begun if there is none."""
        if frame.word is None:
            frame.word = Word(self.text, self.at)
        return frame.word

    def end_word(self, frame: Frame) -> None:
        """End the current word and add it to its command, or to its redirection; a comment in backticks is no word."""
        word = frame.word
        if word is None:
            return
        word.end, frame.word = self.at, None
        if not frame.redirect and not word.is_quoted and all(piece.text == "" for piece in word.pieces):
            return
        command, redirect, frame.redirect = frame.command, frame.redirect, ""
        if redirect in ("<<", "<<-"):
            self.heredocs.append(Heredoc(command, word, redirect, frame.redirect_at))
        elif redirect == "<<<":
            command.input = word
        elif redirect == "<":
            command.input_file = word
        elif redirect in (">", ">|"):
            command.others += [command.output] if command.output else []
            command.output = word
        elif redirect:
            if ">" in redirect and not word.text.isdigit() and word.text != "-":
                command.others.append(word)
        else:
            words = [word]
            if frame.array is not None:
                frame.array.append(word)
            elif command.curl is None and word.end - word.start < 256 and self.held.is_curl(word, command.words):
                words = self._begin_curl(command, word, frame.directories.block)
            elif command.curl is not None:
                words = self.held.options_of(word, command.words, frame.directories.block)
                command.arrays += [] if words == [word] else [(word, command)]
            self.held.note(word)
            command.words += words

    def _begin_curl(self, command: Command, word: Word, block: object) -> list[Word]:
        """The words that a word is which is curl, or an array with it; the command notes where curl is."""
        array, before = self.held.array_of(word, block), command.words
        is_told = array is not None and before != [] and TELLS.search(before[0].text) is not None
        if is_told or any(one.text in PRINTS for one in before) or [one.text for one in before[-1:]] == ["function"]:
            return [word]
        words, at = ([word], 0) if array is None else array.in_place_of(word)
        command.curl = len(before) + at
        command.arrays += [] if array is None else [(word, command)]
        return words

    def end_command(self, frame: Frame, *, piped: bool = False, is_behind: bool = False) -> None:
        """End the current command unless it is empty; `piped` makes its output the next one's input.

        `is_behind` is one in the background.
        """
        self.end_word(frame)
        frame.redirect = ""
        command = frame.command
        if command.words or command.input_file or command.output or command.others:
            frame.done.append(command)
            frame.directories.note(command, piped=piped, is_behind=is_behind)
            if (redefined := redefined_in(self.text)) and not begins_function(command):
                command.calls_function = any(word.text in redefined for word in without_openings(command)[:1])
            if command.curl is not None:
                self.commands.append(command)
            self.held.note_run(command)
            if self.heredocs:
                self._waiting.append(command)
            elif frame.array is None:
                self.tell(command)
            frame.command = Command(command if piped and (self.heredocs or may_copy(command)) else None)
            if not frame.kind and not self.heredocs:
                self.give_steps(frame)

    def tell_waiting(self) -> None:
        """Tell of the commands whose here-documents are read."""
        for command in self._waiting:
            self.tell(command)
        self._waiting.clear()

    def tell(self, command: Command) -> None:
        """Tell of the curl command in a text that a command runs."""
        if (hidden := self.held.unread(command)) is not None:
            self.commands.append(hidden)

    def give_steps(self, base: Frame) -> None:
        """Give away the commands of the script itself that are complete: their here-documents are read."""
        if self._each is not None:
            for command in base.done:
                self._each(command)
        base.done.clear()

    def end_line(self, frame: Frame) -> None:
        """End the current logical line."""
        if self.takes_notes:
            self.logical_lines.append(Span(frame.line, self.at))
        frame.line = self.at

    def open_list(self, frame: Frame) -> None:
        """Note a parenthesis that begins a list, or the words of an array."""
        name, command = frame.word, frame.command
        is_array = name is not None and not name.is_quoted and name.text[-1:] == "="
        self.end_command(frame)
        if is_array and name is not None and name.end == self.at:
            is_sure, is_own = not follows(command, "&&", "||", "|"), is_local(command)
            frame.array, frame.set_array = [], (name, frame.directories.block, is_sure, is_own)
        frame.directories.open_list()
        self.at += 1

    def close_list(self, frame: Frame) -> None:
        """Note a parenthesis that ends one, or a substitution."""
        self.end_command(frame)
        self.at += 1
        if frame.array is not None and frame.set_array is not None:
            name, block, is_sure, is_own = frame.set_array
            self.held.note_array(name, frame.array, block, is_sure=is_sure, is_local=is_own)
            frame.array = None
        if not frame.directories.close_list() and frame.kind == "$(":
            self.close_substitution()

    # -- levels ----------------------------------------------------------------------------------------------------

    def open(self, kind: str, opening: int, size: int, word: Word) -> None:
        """Enter a construct of `size` characters at `opening`, within `word`."""
        word.is_quoted = word.is_quoted or kind == '"'
        if len(self.frames) > MAX_NESTING:
            self.stop(opening, size, f"{kind} is nested more than {MAX_NESTING} levels deep")
            self.broken = self._unclosed
            return
        self.frames.append(Frame(kind, opening, word if kind == '"' else None, self.frames[-1]))
        self.at = opening + size

    def close_substitution(self) -> None:
        """Leave a substitution, which becomes an expansion in the word that contains it."""
        frame = self.frames.pop()
        if frame.done:  # a comment alone is one on the command around it
            self.end_line(frame)
        self._add_expansion(frame)

    def _add_expansion(self, frame: Frame) -> None:
        """Add a substitution or ${...} to the word around it; nothing for a substitution without commands."""
        around = self.frames[-1]
        if frame.has_commands and not frame.done:
            self.word(around).add_escape(frame.opening, self.at, "", around.quote)
        else:
            done = tuple(frame.done)
            self.word(around).add_expansion(frame.opening, self.at, done, is_divided=around.has_commands)

    # -- the end ---------------------------------------------------------------------------------------------------

    def stop(self, opening: int, size: int, message: str, at: int = -1) -> None:
        """Stop the scan at `at` (-1: the end) because of the construct of `size` characters at `opening`."""
        self._unclosed = Break(opening, opening + size, message)
        self.at = self.end if at < 0 else at
        self.is_over = True

    def unclosed_heredoc(self, heredoc: Heredoc) -> None:
        """Record that a here-document has no end."""
        message = f"no line holds {heredoc.mark.text[:40]} alone to end this here-document"
        broken = Break(heredoc.start, heredoc.mark.end, message)
        heredoc.command.broken = heredoc.command.broken or broken
        self.broken = self.broken or broken

    def finish(self) -> None:
        """End all open frames, and mark their commands as broken."""
        broken = self.broken
        unclosed = self._unclosed or broken
        while self.frames:
            frame = self.frames.pop()
            self.broken = unclosed or self.broken
            if frame.has_commands:
                frame.command.broken = unclosed or frame.command.broken
                self.end_command(frame)
                self.end_line(frame)
            if self.frames:
                unclosed = broken or Break(frame.opening, frame.opening + len(frame.kind), unclosed_by(frame.kind))
                if frame.kind != '"':
                    self._add_expansion(frame)
        for heredoc in self.heredocs:
            self.unclosed_heredoc(heredoc)
        self.tell_waiting()
        self.give_steps(frame)


def unclosed_by(opening: str) -> str:
    """The error message for a quote, a substitution or a brace without an end."""
    return f"the {opening} that opens here is never closed"
