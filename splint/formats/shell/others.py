"""Curl by another name: variables that hold it, and texts with a curl command that another shell runs."""

import re

from splint.formats.shell.curl import input_of
from splint.formats.shell.endpoints import CURL, endpoint_in, holds_command, is_of_interest
from splint.formats.shell.repeated import whole
from splint.formats.shell.words import Command, Piece, Word

PRINTS = frozenset({"echo", "printf", "[", "[[", "test", "which", "type"})
"""Commands whose arguments are no command."""
TELLS = re.compile(r"echo|print|log|info|warn|debug|err|say|note|notif|msg|die|fail|usage|assert|expect|mock|test")
"""A part of the names of functions that tell of a command rather than run it."""
TOOLS = re.compile(r"\[+|:|true|cat|tee|jq|yq|grep|sed|awk|diff|git|python[\d.]*|node|perl|ruby|php|export|local|alias")
"""Commands that run no other one, whatever they are given."""
CURLS = frozenset({"curl", "curl.exe", "$CURL", "${CURL}", "${CURL:-curl}", "${CURL-curl}", "${CURL:=curl}"})
"""The names of the command: Windows calls it curl.exe, also in Git Bash, and scripts name a variable after it."""
_SHELLS = frozenset({"bash", "sh", "zsh", "dash", "ksh", "eval", "ssh", "su"})
"""Commands that run a text."""
_HOLDS = re.compile(
    rf"(\w+)=(?:{CURL}(?:\s+-.*)?|[$`]\(?\s*(?:which|command\s+-v|type\s+-[pP]+)\s+curl\b.*|\$\{{\w+:?[-=]{CURL}\}})",
    re.DOTALL,
)
"""What sets a variable to curl, with options or without."""
_ARRAY = re.compile(r"(\w+)(\+?)=")
_LONGEST = 200
"""The most words of an array that are put into a command."""
_VARIABLE = re.compile(r"\$(?:(\w+)|\{(\w+)(?:\[[@*]\])?\})")


class Array:
    """What a script puts into an array, whose words are a command where it stands in one."""

    def __init__(self, words: list[Word], block: object, *, is_plain: bool) -> None:
        self.words = words
        self.block = block
        """Where it is set: what is added to it elsewhere may not be there in a call."""
        self.is_plain = is_plain
        """Whether it has these words in each call."""
        self.curl: int | None = next((at for at, word in enumerate(words) if is_curl(word)), None)
        """The index of the word `curl`."""

    def in_place_of(self, call: Word) -> tuple[list[Word], int]:
        """Its words in a call, with the index of `curl`: those up to this one stand where the call does.

        Where they are not known they are the call itself, as a curl of which only a run tells the options, and a URL.
        """
        assert self.curl is not None
        if not self.is_plain or len(self.words) > _LONGEST:
            return [call, *(word for word in self.words if is_of_interest(word.text))], 0
        before = [placed(word, call) for word in self.words[: self.curl + 1]]
        return before + self.words[self.curl + 1 :], self.curl


def is_curl(word: Word) -> bool:
    """Whether a word is the name of curl."""
    return word.text.rpartition("/")[2] in CURLS


def is_in_array(curl: Word) -> bool:
    """Whether curl and its body may stand in an array, which several calls may send."""
    return not curl.has_expansion and "$" in curl.source[curl.start : curl.end]


def placed(word: Word, call: Word) -> Word:
    """A word in the place of another one."""
    placed = Word(call.source, call.start)
    placed.end = call.end
    placed.pieces.append(Piece(call.start, call.end, word.text))
    return placed


class Held:
    """The variables of a script that are set to curl so far."""

    def __init__(self) -> None:
        self._texts: dict[str, Word] = {}
        self._arrays: dict[str, Array] = {}
        self._last = -1
        """Where the last word begins that has curl in it: few commands are asked what they run."""

    def note(self, word: Word) -> None:
        """Note what a word of a command may set."""
        if word.source.find("curl", word.start, word.end) < 0:
            return
        self._last = word.start
        if (match := _HOLDS.fullmatch(word.text)) is not None:
            self._texts[match[1]] = word.after(match.end(1) + 1)

    def note_array(self, name: Word, words: list[Word], block: object, *, is_sure: bool) -> None:
        """Note an array that has ended, with the word before its parenthesis."""
        begun = _ARRAY.fullmatch(name.text)
        known = self._arrays.get(begun[1]) if begun else None
        if begun is None or (known is None and not any(map(self.is_curl, words))):
            return
        inside: list[Word] = []
        is_plain = is_sure and known is not None and known.block is block if known or begun[2] else True
        for word in words:
            other = self.array_of(word)
            inside += other.words if other is not None else [word]
            is_plain &= (other is None or other.is_plain) and len(inside) <= _LONGEST
        if known is not None and (begun[2] or not is_plain):
            inside = [*known.words, *inside]
            is_plain &= known.is_plain
        self._arrays[begun[1]] = Array(inside[: _LONGEST + 1], block, is_plain=is_plain)

    def array_of(self, word: Word) -> Array | None:
        """The array with curl that a word is all words of; None for any other word."""
        use = _VARIABLE.fullmatch(word.text) if self._arrays and word.has_expansion else None
        array = self._arrays.get(use[1] or use[2]) if use else None
        return array if array is not None and array.curl is not None else None

    def is_curl(self, word: Word) -> bool:
        """Whether a word is curl, or a variable or an array that has it."""
        return is_curl(word) or self.text_of(word) is not None or self.array_of(word) is not None

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
        runner = words[0]
        at = next((at for at, word in enumerate(words) if word.text.rpartition("/")[2] in _SHELLS), None)
        if command.curl is not None:
            runner, texts = words[command.curl], words[command.curl : command.curl + 1]
        elif runner.text in PRINTS:
            return None
        elif at is not None:
            runner, texts, given = words[at], words[at + 1 :], input_of(command)
            texts += [given] if isinstance(given, Word) else []
        else:
            is_known = TOOLS.fullmatch(runner.text) or TELLS.search(runner.text)
            is_name = re.search(r"\s", runner.text) is None  # of a quote that is not closed it would be a text
            texts = list(filter(holds_command, words[1:])) if is_name and not is_known else []
        for word in texts:
            text = self.text_of(word) or word
            url = endpoint_in(text) if "curl" in text.text else None
            if url is not None:
                hidden = Command()
                hidden.words, hidden.curl = [runner if runner.has_expansion else whole(runner), url], 0
                return hidden
        return None
