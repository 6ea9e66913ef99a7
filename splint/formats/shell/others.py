"""Curl by another name: variables that hold it, and texts with a curl command that another shell runs."""

import re

from splint.formats.shell.curl import input_of, is_of_interest
from splint.formats.shell.repeated import whole
from splint.formats.shell.words import Command, Piece, Word

PRINTS = frozenset({"echo", "printf", "[", "[[", "test", "which", "type"})
"""Commands whose arguments are no command."""
_SHELLS = frozenset({"bash", "sh", "zsh", "dash", "ksh", "eval", "ssh", "su"})
"""Commands that run a text."""
_CURL = r"(?:[^\s$`]*/)?curl(?:\.exe)?"
_HOLDS = re.compile(
    rf"(\w+)=(?:{_CURL}(?:\s+-.*)?|[$`]\(?\s*(?:which|command\s+-v|type\s+-[pP]+)\s+curl\b.*|\$\{{\w+:?[-=]{_CURL}\}})",
    re.DOTALL,
)
"""What sets a variable to curl, with options or without."""
_ARRAY = re.compile(r"(\w+)=\(\Z")
_VARIABLE = re.compile(r"\$(?:(\w+)|\{(\w+)(?:\[[@*]\])?\})")
_ENDPOINT = re.compile(r"(?<![^\s'\"\\])[^\s'\"\\]*?(?:tiktok\.com|/open_api/|smart_plus/)[^\s'\"\\]*")


class Held:
    """The variables of a script that are set to curl so far."""

    def __init__(self) -> None:
        self._texts: dict[str, Word] = {}
        self._last = -1
        """Where the last word begins that has curl in it: few commands are asked what they run."""

    def note(self, word: Word) -> None:
        """Note what a word of a command may set."""
        if word.source.find("curl", word.start, word.end) < 0:
            return
        self._last = word.start
        if (match := _HOLDS.fullmatch(word.text)) is not None:
            self._texts[match[1]] = word.after(match.end(1) + 1)

    def note_array(self, curl: Word) -> None:
        """Note the array that begins with curl, if one does."""
        before = curl.source[max(0, curl.start - 80) : curl.start].rstrip()
        if before.endswith("=(") and (begun := _ARRAY.search(before)) is not None:
            self._texts[begun[1]] = curl

    def text_of(self, word: Word) -> Word | None:
        """What a variable is set to that holds curl; None for any other word."""
        use = _VARIABLE.fullmatch(word.text) if self._texts and word.has_expansion else None
        return None if use is None else self._texts.get(use[1] or use[2])

    def unread(self, command: Command) -> Command | None:
        """The curl command of a text that a command runs and that names an endpoint: its options are not read."""
        words = command.words
        is_lone = command.input is None and command.piped is None
        if not words or (is_lone and not self._texts and self._last < words[0].start):
            return None
        if command.curl is not None:
            runner, texts = words[command.curl], words[command.curl : command.curl + 1]
        else:
            at = next((at for at, word in enumerate(words) if word.text.rpartition("/")[2] in _SHELLS), None)
            if at is None or words[0].text in PRINTS:
                return None
            runner, texts, given = words[at], words[at + 1 :], input_of(command)
            texts += [given] if isinstance(given, Word) else []
        for word in texts:
            text = self.text_of(word) or word
            found = _ENDPOINT.search(text.text) if "curl" in text.text else None
            if found is not None and is_of_interest(found[0]):
                url = Word(text.source, text.start)
                start, url.end = text.source_map(None).span(*found.span())
                url.pieces.append(Piece(start, url.end, found[0]))
                hidden = Command()
                hidden.words, hidden.curl = [runner if runner.has_expansion else whole(runner), url], 0
                return hidden
        return None
