"""Parses curl commands: URL, method, headers and body, each with its position."""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Literal, NamedTuple

from splint.formats.shell.composed import formatted
from splint.formats.shell.endpoints import endpoint_in, holds_command, is_of_interest
from splint.formats.shell.options import LONG, LONG_WITH_VALUE, SHORT_WITH_VALUE
from splint.formats.shell.runners import among_elsewhere, arguments, read_again_by
from splint.formats.shell.words import Command, Word, ends_in_quotes, is_divided, without_openings
from splint.formats.spans import Span

_BODIES = frozenset({"data", "data-ascii", "data-binary", "data-raw", "json"})
_FORMS = frozenset({"form", "form-string", "data-urlencode"})
_JOINED = _BODIES | {"data-urlencode"}

_WRITES = frozenset({"output", "dump-header", "cookie-jar", "stderr", "trace", "trace-ascii", "etag-save"})
_REMOTE_NAMES = {"remote-name", "remote-name-all", "remote-header-name"}
_SWITCHES = frozenset({"get", "head", "connect-to", "resolve", *_REMOTE_NAMES})
_VARIABLE = re.compile(r"(\w+)([=@])")
"""What --variable begins with: the name of a variable of curl, and whether its text or a file follows."""
URL = re.compile(r"[\w+.-]+://|[$`{/]|localhost\b|\w[\w-]*(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|$)")
"""The start of a word that looks like a URL."""
ARRAY = re.compile(r"\$\{(\w+)\[[@*]\]\}")
"""All words of an array."""
_DEFAULT = re.compile(r"\$\{\w+:?-[^{}]*(?<!\$)\{")
"""A variable with a brace in its default: the first `}` is the end of it, and what is behind it of any other value."""
STDIN = frozenset({"-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"})
"""Names of the standard input: `-` to curl and cat, the others to any program."""
_ARGUMENT = re.compile(r"\$[\d@*]")
_MOST_URLS = 16


class FromFile(NamedTuple):
    """The name of a file with the body."""

    name: Word
    directory: str = ""
    """Where its name is looked for; see `directories`."""
    is_made: bool = False
    """Whether the name is made of the values of variables, so that none may be there until it runs."""


class Unknown(NamedTuple):
    """A body that is known only when the script runs."""

    word: Word
    """What stands for it: a variable, a substitution, or @ with a file."""
    is_name: bool = False
    """Whether it is the name of the file with the body, of which a variable or a substitution is a part."""
    directory: str = ""
    """Where such a name is looked for."""
    option: str = ""
    """The option of curl that has it as its value, for which a text that begins with @ names a file."""
    changed: Span | None = None
    """The line that may change the file which it is."""
    is_written: bool = False


class Unread(NamedTuple):
    """What is not read as a body."""

    word: Word
    kind: Literal["options", "form", "placeholder", "directory", "elsewhere", "many", "several"]
    """Options that only a run tells, of which `word` is a variable, a substitution or the file of --config; the
    value of an option for a form; a body that is to be filled in; the name of a file in a directory that only a run
    tells, or on another machine or in a container; that of a function with too many calls; or an
    argument of a call that the shell may make several of."""


Body = Word | FromFile | Unknown | Unread | None


class Invocation:
    """One request of a curl command."""

    def __init__(self, command: Command, curl: Word) -> None:
        self.command = command
        self.curl = curl
        self.urls: list[Word] = []
        """The positional arguments and the values of --url."""
        self.texts: dict[str, tuple[str, ...]] = {}
        """All texts that one of these may be, where the script gives it several, by the one that it has here."""
        self.request: Word | None = None
        self.headers: list[Word] = []
        self.data: list[tuple[str, Word]] = []
        self.written: list[Word] = []
        """The names of files that options have it write."""
        self.into = ""
        """The directory that --output-dir says they are in, empty for none."""
        self.variables: dict[str, Body] = {}
        """What --variable gives the variables of curl that --expand-... options name."""
        self.expanded: dict[int, Body] = {}
        """The bodies of such options, by the start of their values."""
        self.without_value: tuple[int, int] | None = None
        """The range of an option for the body that nothing follows."""
        self.unknown_options: list[Word] = [curl] if curl.has_expansion else []
        """Arguments that begin with a variable or a substitution, the values of --config, and `$CURL`."""
        self.held: Word | None = None
        """The word that stands for options with its URL, which the script holds elsewhere."""
        self.switches: set[str] = set()
        """Options without a value that imply a method, those that make it another host, and those for remote names."""

    @property
    def url(self) -> Word | None:
        """The word that most resembles a URL; None without one."""
        return max((word for word in self.urls if not self.is_broken(word)), key=_likelihood, default=None)

    @property
    def others(self) -> list[Word]:
        """Its further URLs at TikTok, each once, as far as they are looked at: curl sends all of them the same."""
        url = self.url
        if len(self.urls) < 2 or url is None or self.command.broken is not None:
            return []
        further = {word.text: word for word in self.urls if is_of_interest(word.text) and URL.match(word.text)}
        return [word for text, word in further.items() if text != url.text and not opens_json(word)][:_MOST_URLS]

    def is_broken(self, word: Word) -> bool:
        """Whether a quote or substitution that begins in a word is never closed."""
        return self.command.broken is not None and word.start <= self.command.broken.start < word.end

    @property
    def options(self) -> Unread | None:
        """The first options that are known only when the script runs; None without any."""
        url = self.url
        held = [word for word in self.unknown_options if word is not url or ARRAY.fullmatch(word.text)]
        word = next(iter(held), self.held)
        return None if word is None else Unread(word, "options")

    @property
    def method(self) -> str | None:
        """The request method, given or implied; None if only a run tells it, or nobody where a quote is not closed."""
        is_argument = self.request is not None and _ARGUMENT.match(self.request.text)
        if self.command.broken is not None or is_argument:
            return None
        if self.request is not None:
            return self.request.text
        if self.options is not None:
            return None
        if self.switches & {"get", "head"}:
            return "GET" if "get" in self.switches else "HEAD"
        if any(option != "upload-file" for option, _ in self.data):
            return "POST"
        return "PUT" if self.data else "GET"

    @property
    def is_given_above(self) -> bool:
        """Whether its body stands above it, in an array or a function, which several calls may send."""
        return any(word.start < self.curl.start for _, word in self.data)

    @property
    def posts_nothing(self) -> bool:
        """Whether it is a POST that surely has no body, as with -G; `[options]` or an ellipsis may stand for one."""
        is_usage = any(word.text.startswith(("[", "...", "\u2026")) for word in self.urls)
        return (self.method or "").upper() == "POST" and self.body is None and not is_usage

    @property
    def body(self) -> Body:
        """The body of the request; None without one."""
        if "get" in self.switches:
            return None
        if not self.data:
            return self.options
        bodies = [body for _, _, body in self.bodies]
        return next((body for body in bodies if isinstance(body, Word) and opens_json(body)), bodies[0]) or self.options

    @property
    def bodies(self) -> list[tuple[str, Word, Body]]:
        """All options for the body, with their values and the bodies that these are."""
        expanded = self.expanded
        return [
            (option, word, expanded[word.start] if word.start in expanded else body_of(option, word, self.command))
            for option, word in self.data
        ]

    @property
    def several(self) -> list[tuple[str, Word, Body]]:
        """Those that curl joins, if they are several."""
        are_joined = len(self.data) > 1 and "get" not in self.switches
        parts = [one for one in self.bodies if one[0] in _JOINED] if are_joined else []
        return parts if len(parts) > 1 else []


def opens_json(word: Word) -> bool:
    """Whether a body begins like a JSON object or array."""
    return word.text.lstrip()[:1] in ("{", "[")


def invocations(command: Command) -> Iterator[Invocation]:
    """The requests of a curl command, which --next separates."""
    assert command.curl is not None
    curl, words = command.words[command.curl], iter(arguments(command))
    invocation = Invocation(command, curl)
    for word in words:
        text, known = word.text, _literal(word)
        if text in ("--next", "-:"):
            yield invocation
            invocation = Invocation(command, curl)
        elif text.startswith("--"):
            name, equals, _ = text[2:].partition("=")
            if known < len(name) + 2:
                invocation.unknown_options.append(word)
            option = name.removeprefix("expand-")
            takes = bool(LONG_WITH_VALUE.fullmatch(option))
            value = word.after(len(name) + 3) if equals else next(words, None) if takes else None
            if value is not None and name != option and "{{" in value.text:
                invocation.expanded[value.start] = _expanded(value, invocation.variables)
            name = option
            _note(invocation, name, value)
            if takes and value is None and name in _BODIES:
                invocation.without_value = word.start, word.end
        elif text.startswith("-") and len(text) > 1:
            for at, letter in enumerate(text[1:], start=2):
                if at > known:
                    invocation.unknown_options.append(word)
                    break
                if letter in SHORT_WITH_VALUE:
                    value = word.after(at) if at < len(text) or ends_in_quotes(word) else next(words, None)
                    _note(invocation, LONG.get(letter, ""), value)
                    if value is None and letter == "d":
                        invocation.without_value = word.start, word.end
                    break
                _note(invocation, LONG.get(letter, ""), None)
        elif " " in text and holds_command(word):
            invocation.unknown_options.append(word)  # of a curl that another command runs: nix-shell -p curl --run
            url = endpoint_in(word)
            invocation.urls += [url] if url is not None else []
        else:
            invocation.urls.append(word)
            if text and not known:
                invocation.unknown_options.append(word)
    yield invocation


def _literal(word: Word) -> int:
    """The number of characters before the first variable or substitution of a word."""
    pieces = takewhile(lambda piece: not piece.is_expansion, word.pieces)
    return sum(len(word.text_of(piece)) for piece in pieces)


def _note(invocation: Invocation, name: str, value: Word | None) -> None:
    if name in _SWITCHES:
        invocation.switches.add(name)
    if value is None:
        return
    if name == "request" and value.text:
        invocation.request = value
    elif name == "header":
        invocation.headers.append(value)
    elif name == "url":
        invocation.urls.append(value)
    elif name in _BODIES or name in _FORMS or name == "upload-file":
        invocation.data.append((name, value))
    elif name == "variable" and (given := _VARIABLE.match(value.text)):
        text, is_text = value.after(given.end()), given[2] == "="
        invocation.variables[given[1]] = known(text) if is_text else _file_of_curl(text, invocation.command)
    elif name == "config":
        invocation.unknown_options.append(value)
        options = input_of(invocation.command) if value.text in STDIN else None
        url = endpoint_in(options) if isinstance(options, Word) else None
        invocation.urls += [url] if url is not None else []
    elif name in _WRITES:
        invocation.written.append(value)
    elif name == "output-dir":
        invocation.into = value.text


def _likelihood(word: Word) -> int:
    return 4 * is_of_interest(word.text) + 2 * bool(URL.match(word.text)) + ("://" in word.text)


def body_of(option: str, word: Word, command: Command) -> Body:
    """The body of a data option: its value, or the file that it names with @, as -T does without."""
    if option in _FORMS:
        return Unread(word, "form")
    if (again := read_again_by(word, command)) is not None:
        return Unread(again, "options")
    is_upload = option == "upload-file"
    if is_upload or (option != "data-raw" and word.text.startswith("@")):
        name = word if is_upload else word.after(1)
        if name.text in STDIN or (is_upload and name.text == "."):
            return input_of(command) or Unknown(word)
        return _file_of_curl(name, command)
    body = Unknown(word) if is_divided(word, body := known(word)) and body is not word else body
    return body._replace(option=option) if isinstance(body, Unknown) else body


def _file_of_curl(name: Word, command: Command) -> Body:
    """The file of a name that curl itself opens, where it runs."""
    is_away = name.text and among_elsewhere(command.words[: command.curl])
    return Unread(name, "elsewhere") if is_away else file_named(name, command)


def file_named(name: Word, command: Command) -> Body:
    """The file of a name in a command as a body; None for an empty one."""
    if name.has_expansion:
        return Unknown(name, is_name=True, directory=command.directory)
    return FromFile(name, command.directory) if name.text else None


def _expanded(word: Word, variables: dict[str, Body]) -> Body:
    """The value of an option in which curl puts its variables: that of one alone, where the command gives it."""
    lone = re.fullmatch(r"\s*\{\{(\w+)(?::trim)?\}\}\s*", word.text)
    return (variables.get(lone[1]) if lone else None) or Unknown(word)


def known(word: Word) -> Body:
    """A word as a body: of a lone substitution such as $(cat <<EOF ...) its output; None for an empty one."""
    expansions = [piece for piece in word.pieces if word.text_of(piece).strip()]
    has_default = any(piece.is_expansion and _DEFAULT.match(word.text_of(piece)) for piece in expansions)
    if not has_default and (len(expansions) != 1 or not expansions[0].is_expansion):
        return word if word.text else None
    inner = expansions[0].inner
    return (output_of(inner[0]) if len(inner) == 1 else None) or Unknown(word)


def input_of(command: Command) -> Body:
    """The standard input of a command; None if no word of the script tells it."""
    source: Command | None = command
    while source is not None:
        if source.input is not None:
            return known(source.input)
        if source.input_file is not None and source.input_file.text not in STDIN:
            return file_named(source.input_file, source)
        source = source.piped
        if source is not None and not _copies_input(source):
            return output_of(source)
    return None


def _copies_input(command: Command) -> bool:
    """Whether a command prints its standard input and nothing else."""
    words = [word.text for word in without_openings(command)]
    is_cat = words[:1] == ["cat"] and (len(words) == 1 or (len(words) == 2 and words[1] in STDIN))
    return not words or (not command.calls_function and (is_cat or words[0] == "tee"))


def output_of(command: Command) -> Body:
    """The output of `cat`, `echo` or `printf` with literal arguments; None for any other command."""
    if command.calls_function or _copies_input(command):
        return None if command.calls_function else input_of(command)
    *words, last = without_openings(command)
    name, *options = [word.text for word in words] or [""]
    if name == "cat" and not options:
        return file_named(last, command)
    if (name == "echo" and options in ([], ["-n"])) or (name == "printf" and options in (["%s"], ["%s\\n"])):
        return known(last)
    return formatted([*words[1:], last]) if name == "printf" and words else None
