"""Scans shell scripts for words and commands.

Nothing is executed or expanded: variables and substitutions stay in their words as expansions. The scanner has a stack
of its own, so that nesting cannot exhaust Python's, and reads every character once.
"""

import re
from collections.abc import Callable

from splint.formats.shell.ansi import add_ansi
from splint.formats.shell.lines import meant_behind_comment, meant_to_continue, placeholder_at, word_in_carets
from splint.formats.shell.nesting import Frame, Lines, Nesting, unclosed_by
from splint.formats.shell.words import Break, Command, Word
from splint.formats.source_map import Quote
from splint.formats.spans import Span
from splint.schema.placeholders import DOUBLE_BRACES

MAX_HEREDOC_NESTING = 4
RUNAWAY = re.compile(
    r"\n[ \t>]*(?:\$[ \t]+)?"
    r"(?=curl[ \t]+(?:-|[\"']?(?:https?:|\$))|[\w-]+[ \t](?:[^\n]*[ \t/\"'])?smart_plus/\w+/\w+/?[\"']?[ \t])"
)
"""A line that looks like a curl command, or a call of a function with an endpoint: within quotes of another command it
shows that these are not closed."""
APOSTROPHE = re.compile(r"(?<=[A-Za-z])'(?=[a-z])")
"""One within a word."""
_PLAIN = re.compile(r"(?:(?![^\n]*(?:curl|cd\s|pushd|popd))[^\n'\"`$\\&|()<>#;]*+\n|[ \t]*+#[^\n]*+\n){1,1000}+")
"""Lines without curl, cd, quotes, expansions, redirections and operators, and lines of comments."""
_COMMENT = re.compile(r"[^\n]*+")
_IN_BACKTICKS = re.compile(r"(?:[^\\`\n]++|\\.?)*+")
"""A comment within backticks: the text in these ends at the next one, before the shell looks for comments in it."""
_BLANK = re.compile(r"[ \t\r]+")
_RUN = re.compile(r"[^ \t\r\n'\"`$\\;&|()<>#]+")
_CONTINUED = re.compile(r"\\\r?\n")
_REDIRECT = re.compile(r"&>>?|<<<|<<-|<<|<>|<&|[<>]\(|<|>>|>\||>&|>")
_ARITHMETIC = re.compile(
    r"\(\((?:(?:[^()\n$`]++|\$(?!\()|\([^()\n`]*+\))*+|(?=[^\n]{0,99}(?<!<)<<(?!<))(?:[^()\n]++|\([^()\n]*+\))*+)\)\)"
)
"""Arithmetic; one with a substitution is scanned as lists in parentheses, but for one in which `<<` shifts."""
_VARIABLE = re.compile(
    rf"\$(?:[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-]|{DOUBLE_BRACES}|\{{[^{{}}'\"`$\\\n]*\}}|\[[\w $+*/%()-]+\])"
)
_IN_DOUBLE, _IN_HEREDOC, _IN_BRACES = map(re.compile, (r"[^\"\\$`]+", r"[^\\$`]+", r"[^}\"'`$\\]+"))


class Scanner(Nesting):
    """Scans `text` from `start` on: a script, or one logical line of prose with `one_line`."""

    def __init__(
        self,
        text: str,
        start: int = 0,
        *,
        one_line: bool = False,
        lines: Lines | None = None,
        notes: bool = True,
        each: Callable[[Command], None] | None = None,
        is_prose: bool = False,
    ) -> None:
        """`notes` keeps comments and lines, `each` takes commands outside of substitutions; prose has placeholders."""
        super().__init__(text, start, Frame("", start), each)
        self.takes_notes = notes
        self._one_line, self._is_prose = one_line, is_prose
        self._lines = lines or Lines(text)
        self._heredoc_depth = 0

    def scan(self) -> "Scanner":
        """Scan the text and return the scanner itself, which holds the results."""
        while self.at < self.end and not self.is_over:
            frame = self.frames[-1]
            if frame.has_commands:
                self._command(frame)
            elif frame.kind == '"':
                self._double(frame)
            elif frame.kind == "<<":
                self._heredoc(frame)
            else:
                self._braces(frame)
        self.finish()
        self.commands += [] if self._heredoc_depth else self.held.early()
        return self

    # -- commands --------------------------------------------------------------------------------------------------

    def _command(self, frame: Frame) -> None:
        text, at = self.text, self.at
        char = text[at]
        if char == "^" and frame.word is None and frame.command.curl is not None and self._caret(frame):
            return
        is_meant = self._is_prose and char in "<# \t"
        if is_meant and (end := placeholder_at(frame.command, frame.word, text, at, self.end)):
            self.word(frame).add(at, end, frame.quote)
            self.at = end
            return
        if run := _RUN.match(text, at, self.end):
            self.word(frame).add(at, run.end(), frame.quote)
            self.at = run.end()
        elif blank := _BLANK.match(text, at, self.end):
            self.end_word(frame)
            self.at = blank.end()
        elif char == "\n":
            self._newline(frame)
        elif char == "\\":
            self._backslash(frame)
        elif char == "'":
            self._single(frame)
        elif char == '"':
            self.open('"', at, 1, self.word(frame))
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

    def _newline(self, frame: Frame) -> None:
        self.end_command(frame)
        frame.directories.note_operator("\n")
        self.at += 1
        self._read_heredocs()
        if not frame.kind:
            self.give_steps(frame)
        self.end_line(frame)
        is_plain = not frame.kind or (frame.kind == "$(" and len(frame.done) > 1)
        if is_plain and self._each is None and not self.takes_notes:
            self._pass_over_plain(frame)
        self.is_over = self.is_over or (self._one_line and len(self.frames) == 1)

    def _pass_over_plain(self, frame: Frame) -> None:
        """Pass over lines of commands that are no curl and whose words nobody looks at."""
        is_free = frame.array is None and frame.command.piped is None and not frame.directories.is_joined
        while is_free and (plain := _PLAIN.match(self.text, self.at, self.end)):
            self.at = frame.line = plain.end()

    def _hash(self, frame: Frame) -> None:
        if frame.word is not None:
            frame.word.add(self.at, self.at + 1, frame.quote)
            self.at += 1
        else:
            comment = (_IN_BACKTICKS if frame.kind == "`" else _COMMENT).match(self.text, self.at, self.end)
            assert comment  # each pattern matches at any character
            start, end = comment.span()
            if self.takes_notes:
                self.comments.append(Span(start, end))
            self.at = end if frame.array is not None else meant_behind_comment(frame.command, self.text, start, end)

    def _redirect(self, frame: Frame, operator: str) -> None:
        if operator in ("<(", ">("):
            self.open("$(", self.at, 2, self.word(frame))
            return
        number = ""
        if frame.word is not None and not frame.word.is_quoted and frame.word.text.isdigit():
            number, frame.word = frame.word.text, None
        self.end_word(frame)
        is_output = operator[0] != ">" or number in ("", "1")
        frame.redirect, frame.redirect_at = operator if is_output else number + operator, self.at
        self.at += len(operator)

    def _operator(self, frame: Frame, char: str) -> None:
        doubled = self.text.startswith(char * 2, self.at)
        if char == "(":
            if frame.word is None and (arithmetic := _ARITHMETIC.match(self.text, self.at, self.end)):
                self.word(frame).add(*arithmetic.span(), frame.quote)
                self.at = arithmetic.end()
                return
            self.open_list(frame)
        elif char == ")":
            self.close_list(frame)
        else:
            self.end_command(frame, piped=char == "|" and not doubled, is_behind=char == "&" and not doubled)
            frame.directories.note_operator(char * 2 if doubled else char)
            self.at += 2 if doubled else 1

    # -- quotes ----------------------------------------------------------------------------------------------------

    def _backslash(self, frame: Frame) -> None:
        if continued := _CONTINUED.match(self.text, self.at, self.end):
            self.at = continued.end()
            return
        if (after := meant_to_continue(frame.command, self.text, self.at, self.end)) is not None:
            self.end_word(frame)
            self.at = after
            return
        word = self.word(frame)
        word.is_quoted = True
        if self.at + 1 < self.end:
            word.add_escape(self.at, self.at + 2, self.text[self.at + 1], frame.quote)
            self.at += 2
        else:
            word.add(self.at, self.at + 1, frame.quote)
            self.at += 1

    def _caret(self, frame: Frame) -> bool:
        """Scan what is as on the command line of Windows: the end of a line, or a word in ^"..."."""
        after = meant_to_continue(frame.command, self.text, self.at, self.end)
        frame.word = word_in_carets(frame.command, self.text, self.at, self.end) if after is None else None
        self.at = after or (frame.word.end if frame.word else self.at)
        return after is not None or frame.word is not None

    def _single(self, frame: Frame) -> None:
        word = self.word(frame)
        word.is_quoted = True
        close = self.text.find("'", self.at + 1, self.end)
        runaway = self._runaway(frame.command, self.at, self.at + 1, self.end if close < 0 else close)
        if close < 0 or runaway >= 0:
            word.add(self.at + 1, self.end if runaway < 0 else runaway, frame.quoted("single"))
            self.stop(self.at, 1, unclosed_by("'"), runaway)
        else:
            word.add(self.at + 1, close, frame.quoted("single"))
            self.at = close + 1

    def _runaway(self, command: Command, opening: int, start: int, end: int) -> int:
        """The index of a line within the quotes of a curl command, or behind an apostrophe, that begins one, or -1.

        Within quotes of another command it is noted: only the end of the text tells whether they are to be closed.
        """
        match = RUNAWAY.search(self.text, start, end)
        if match is None or command.curl is not None:
            return match.start() if match else -1
        mark = self.text[opening]
        if not self.runaways or self.runaways[-1][0].start < opening:
            self.runaways.append((Break(opening, opening + 1, unclosed_by(mark)), match.end()))
        return match.start() if APOSTROPHE.match(self.text, opening) else -1

    def _double(self, frame: Frame) -> None:
        word = self.word(frame)
        if run := _IN_DOUBLE.match(self.text, self.at, self.end):
            runaway = self._runaway(self.frames[-2].command, frame.opening, self.at, run.end())
            word.add(self.at, run.end() if runaway < 0 else runaway, frame.quote)
            self.at = run.end()
            if runaway >= 0:
                self.stop(frame.opening, 1, unclosed_by('"'), runaway)
        elif self.text[self.at] == '"':
            if not word.pieces:
                word.add(self.at, self.at, frame.quote)
            self.frames.pop()
            self.at += 1
        else:
            self._expanding(frame, '"\\$`')

    def _heredoc(self, frame: Frame) -> None:
        if run := _IN_HEREDOC.match(self.text, self.at, self.end):
            self.word(frame).add(self.at, run.end(), frame.quote)
            self.at = run.end()
        else:
            self._expanding(frame, "\\$`")

    def _expanding(self, frame: Frame, escaped: str) -> None:
        """Scan a backslash, a dollar or a backtick within double quotes or a here-document."""
        char, word = self.text[self.at], self.word(frame)
        if char == "$":
            self._dollar(frame)
        elif char == "`":
            self._backtick(frame)
        elif continued := _CONTINUED.match(self.text, self.at, self.end):
            self.at = continued.end()
        elif self.at + 1 < self.end and self.text[self.at + 1] in escaped:
            word.add_escape(self.at, self.at + 2, self.text[self.at + 1], frame.quote)
            self.at += 2
        else:
            word.add(self.at, self.at + 1, frame.quote)
            self.at += 1

    def _ansi(self, word: Word, quote: Quote) -> None:
        """Scan $'...' with its C escapes."""
        word.is_quoted = True
        after = add_ansi(word, self.text, self.at, self.end, quote)
        if after is None:
            word.add(self.at + 2, self.end, quote)
            self.stop(self.at, 2, unclosed_by("$'"))
        else:
            self.at = after

    # -- expansions ------------------------------------------------------------------------------------------------

    def _dollar(self, frame: Frame) -> None:
        word, at = self.word(frame), self.at
        following = self.text[at + 1] if at + 1 < self.end else ""
        arithmetic = _ARITHMETIC.match(self.text, at + 1, self.end) if following == "(" else None
        if variable := arithmetic or _VARIABLE.match(self.text, at, self.end):
            word.add_expansion(at, variable.end(), is_divided=frame.has_commands)
            self.at = variable.end()
        elif following and following in "({":
            self.open(f"${following}", at, 2, word)
        elif following == "'" and frame.has_commands:
            self._ansi(word, frame.quoted("ansi"))
        elif following == '"' and frame.has_commands:
            self.at += 1
        else:
            word.add(at, at + 1, frame.quote)
            self.at += 1

    def _backtick(self, frame: Frame) -> None:
        if frame.kind == "`":
            self.end_command(frame)
            self.at += 1
            self.close_substitution()
        else:
            self.open("`", self.at, 1, self.word(frame))

    def _braces(self, frame: Frame) -> None:
        """Scan the content of ${...}."""
        char = self.text[self.at]
        if run := _IN_BRACES.match(self.text, self.at, self.end):
            self.at = run.end()
        elif char == "}":
            self.at += 1
            self.close_substitution()
        elif char == "$":
            self._dollar(frame)
        elif char == "`":
            self._backtick(frame)
        elif char == '"':
            self.open('"', self.at, 1, self.word(frame))
        elif char == "'" and self.frames[-2].has_commands:
            close = self.text.find("'", self.at + 1, self.end)
            self.at = self.end if close < 0 else close + 1
        else:
            self.at = min(self.at + (2 if char == "\\" else 1), self.end)

    # -- here-documents --------------------------------------------------------------------------------------------

    def _read_heredocs(self) -> None:
        pending, self.heredocs = self.heredocs, []
        for heredoc in pending:
            command, mark, operator, _ = heredoc
            end = self._lines.find(mark.text, " \t" if self._one_line else "\t" if operator == "<<-" else "", self.at)
            if end is None or end[0] > self.end:
                self.unclosed_heredoc(heredoc)
                self.at, self.is_over = self.end, True
                return
            command.input = self._heredoc_text(self.at, end[0], is_raw=mark.is_quoted)
            self.at = min(end[1], self.end)
        self.tell_waiting()

    def _heredoc_text(self, start: int, end: int, *, is_raw: bool) -> Word:
        word, around = Word(self.text, start, end), self.frames[-1]
        if is_raw or self._heredoc_depth >= MAX_HEREDOC_NESTING:
            word.add(start, end, around.quoted("plain" if is_raw else "backtick"))
            return word
        inside = Scanner(self.text, start, lines=self._lines, notes=False, each=self._each)
        inside.end, inside.frames = end, [Frame("<<", start, word, around)]
        inside._heredoc_depth, inside.held = self._heredoc_depth + 1, self.held
        inside.scan()
        self.commands += inside.commands
        return word
