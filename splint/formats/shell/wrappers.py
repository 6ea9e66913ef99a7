"""Calls of functions and aliases of a script that run curl: what they send is read with their arguments.

Only a function that is plainly one curl command is read so. A call of any other with curl that names an endpoint has
options that only a run tells.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from copy import copy
from itertools import takewhile
from operator import itemgetter

from splint.formats.shell.arrays import decides, forget
from splint.formats.shell.curl import FromFile, Invocation, Unknown, Unread, invocations, opens_json
from splint.formats.shell.endpoints import is_of_interest
from splint.formats.shell.filling import filled_body
from splint.formats.shell.functions import ARGUMENT, PREFIX, Wrapper, inner
from splint.formats.shell.named import (
    ARRAY,
    SMART_PLUS,
    has_all,
    is_base,
    is_body,
    is_endpoint,
    named_by,
    only_lists,
    only_mentions,
)
from splint.formats.shell.programs import TAKE_IN, TELLS, TOOLS, may_be_function
from splint.formats.shell.scanner import Scanner
from splint.formats.shell.urls import settle
from splint.formats.shell.values import Values
from splint.formats.shell.words import (
    OPENINGS,
    Command,
    Piece,
    Word,
    begins_function,
    follows,
    lone,
    named_so,
    without_openings,
)

DEFINES = re.compile(
    r"\balias[ \t]|[\w-][ \t]*\([ \t]*\)|\bfunction[ \t]|(?m:(?:^|[;&|(){}!]|then|do|else)[ \t]*(?:\.|source)[ \t])"
)
"""What each script has that defines a function or an alias, or takes in a file that may."""
_DEFINED = re.compile(
    r"(?<![^\s(){}<>;&|$`\"'=])([^\s(){}<>;&|$`\"'=]++)(?:[ \t]*\([ \t]*\)|=)"
    r"|\bfunction[ \t]+([^\s(){}<>;&|$`\"']+)"
)
"""What may be the name of a function or an alias; looked for where a word begins alone, as a word may be long."""
_VARIABLE = re.compile(r"\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\})")
_ALLOWED, _ALLOWED_FOR_EACH = 1 << 22, 64
"""The most characters of commands and bodies that calls are read as, and how many more for each of their own."""
_SUBSHELL = re.compile(r"[ \t]*\([ \t]*\)\s*\(")


class Wrappers:
    """The functions and aliases of a script that run curl, and where they are called."""

    def __init__(self) -> None:
        self._defined: dict[str, Wrapper] = {}
        self._calls: list[tuple[list[Word], Command]] = []
        self._named = Counter[str]()
        """How often each name stands where it may be that of a function which is called."""
        self._leading: set[str] = set()
        self._doubted: set[str] = set()
        """Those that run in a call of another one which may change what they send."""
        self._open: Wrapper | None = None
        self._depth = 0
        """Of the braces of the function that is open."""
        self._takes_in = False
        """Whether the script takes in a file that may define functions."""
        self._names: frozenset[str] = frozenset()
        """The names of functions and aliases that the script may define, also below."""
        self._source = ""
        self._arrays: list[tuple[int, int]] = []
        """Where the words of arrays stand in it."""

    def note(self, command: Command) -> None:
        """Note the next command of a script outside of substitutions."""
        words = command.words
        first = words[0].text if words else ""
        if words and words[0].source is not self._source:
            self._source = words[0].source
            self._arrays = [found.span() for found in ARRAY.finditer(self._source)]
            self._names |= {found[1] or found[2] for found in _DEFINED.finditer(self._source)}
        self._takes_in |= any(word.text in TAKE_IN for word in without_openings(command)[:1])
        step = command
        if self._open is None and first == "function" and len(words) > 1:
            self._begin(words[1].text)
            step = copy(command)
            step.words, step.curl = words[2:], None if command.curl is None else command.curl - 2
        elif self._open is None and begins_function(command):
            self._begin(words[-1].text)
            if self._open is not None and _SUBSHELL.match(words[-1].source, words[-1].end):
                self._open.is_plain, self._open.leads, self._open.runs, self._open = False, True, False, None
            return
        if self._open is not None and (step.words or self._depth):
            opening = takewhile(lambda word: word.text in OPENINGS, step.words)
            self._depth += sum(word.text == "{" for word in opening)
            self._depth -= bool(step.words) and step.words[0].text == "}"
            self._open.note(step, is_sure=self._depth <= 1)
            if self._depth <= 0:
                self._open = None
        for word in words[1:] if first == "alias" else ():
            self._note_alias(word)
        self._note_call(command)

    def _begin(self, name: str) -> None:
        """Begin a function; of two with the same name it is not known which one a call is of."""
        self._depth = 0
        known = self._defined.get(name)
        self._open = self._defined.setdefault(name, Wrapper())
        self._open.is_plain = known is None

    def _note_alias(self, word: Word) -> None:
        match = re.match(r"([^\s=]+)=.", word.text)
        if match is None or "curl" not in word.text:
            return
        pieces = word.after(match.end() - 1).pieces
        self._begin(match[1])
        alias, self._open = self._open, None
        assert alias is not None
        if any(piece.text is not None and not piece.is_expansion for piece in pieces):
            alias.is_plain, alias.leads = False, True
            return
        inside = Scanner(word.source, pieces[0].start, notes=False)
        inside.end = pieces[-1].end
        for command in inside.scan().commands:
            rest = Piece(word.end, word.end, "$@", is_expansion=True)
            command.words.append(Word(word.source, word.end, word.end, [rest]))
            alias.note(command)
        alias.is_plain &= re.search(r"[|&;\n]", word.text) is None

    def _note_call(self, command: Command) -> None:
        """Note what may be a call that names an endpoint or has a body, and those in substitutions."""
        words = without_openings(command)
        words = words[2:] if words and words[0].text == "function" else words
        is_call = command.curl is None or command.calls_function
        is_mention = only_mentions(words)
        is_call &= not is_mention
        is_known = command.calls_function or any(word.text in self._names for word in words[:PREFIX])
        if is_call or (is_known and not is_mention):
            self._named.update(word.text for word in words[:PREFIX] if word.text in self._names)
        if is_call and (is_known or any(is_endpoint(word) or is_body(word) for word in words[1:])):
            self._calls.append((words, command))
        for one in inner(command):
            self._note_call(one)

    def with_requests(self, commands: list[Command], values: Values) -> Iterator[Invocation]:
        """The requests of commands and of all calls; of a function all of whose calls are read only those of these."""
        read, unread = Counter[str](), Counter[str]()
        calls = list(self._requests(read, unread, values))

        def is_told(function: str) -> bool:
            return 0 < unread[function] == self._named[function] - read[function]

        told = {
            wrapper.curl.start
            for name, wrapper in self._defined.items()
            if wrapper.curl is not None and 0 < read[name] == self._named[name]
        }
        for command in commands:
            is_call = command.calls_function and command.words[command.curl or 0].text in self._defined
            function = command.branch.of_function
            for request in invocations(command) if command.start not in told and not is_call else ():
                if is_told(function) and self._defined[function].gives(request):
                    continue  # each call is told of, which has the body
                if function in self._doubted:
                    forget(request, named_so(command.words[command.curl or 0], function))
                elif self._is_changed(command):
                    forget(request, without_openings(command)[0])
                yield request
        for request, is_handed_on in calls:
            is_open, function = isinstance(request.body, Unknown | Unread), request.command.branch.of_function
            is_open &= is_handed_on and is_told(function)
            if not is_open or function in values.steps.within(request.curl.text):  # these call each other
                yield request

    def _is_changed(self, command: Command) -> bool:
        """Whether a function before curl may do anything else than to run the command that it is given."""
        words = takewhile(lambda word: word is not command.words[command.curl or 0], without_openings(command))
        return not all(self._runs(word) for word in words)

    def _runs(self, word: Word) -> bool | None:
        """Whether a word runs those behind it as they stand; None for a function that runs none."""
        wrapper = self._defined.get(word.text)
        return wrapper is None or wrapper.runs

    def _requests(self, read: Counter[str], unread: Counter[str], values: Values) -> Iterator[tuple[Invocation, bool]]:
        """The requests of all calls, and whether these hand on what their function is given.

        It counts those that are read and those that are only told of, by function.
        Of a function whose calls are together too large to read they are those above the first that is told of so.
        """
        allowance = _ALLOWED
        self._leading = {name for name, wrapper in self._defined.items() if wrapper.leads}
        for words, command in self._calls:
            opened = next((at for at, word in enumerate(words[:PREFIX]) if self._runs(word) is False), PREFIX)
            called = [word.text for word in words[opened + 1 : PREFIX] if word.text in self._defined]
            self._doubted.update(name for one in called for name in values.steps.within(one))
            at = None if called else self._callee(words, values)
            if at is None:
                is_told = called or command.curl is not None or self._may_be_taken_in(words, command)
                yield from ((one, False) for one in (_unread(words, command, values) if is_told else ()))
                continue
            call, wrapper = words[at:], self._defined[words[at].text]
            curl = wrapper.curl
            is_known = wrapper.variables.shifted < len(call) and not has_all(call)
            is_read = wrapper.is_plain and curl is not None and is_known
            used = wrapper.variables.used.items() if is_read else ()
            is_read &= all(values.steps.is_as_set(variable, call[0].text, starts) for variable, starts in used)
            if is_read and curl is not None:
                size = curl.words[-1].end - curl.words[0].start + (len(curl.input.text) if curl.input else 0)
                allowance += _ALLOWED_FOR_EACH * (words[-1].end - words[0].start) - size
                wrapper.is_left_off |= allowance < 0
            if is_read and wrapper.is_left_off:
                read[call[0].text] += 1
                yield from ((one, False) for one in _left_off(call, command, values, wrapper))
                continue
            before = wrapper.put_together
            sent = list(_sent(wrapper, call, command, values)) if is_read else []
            allowance -= wrapper.put_together - before
            is_led = command.curl is not None or self._leads(words[at].text, values)
            is_led |= any(map(is_body, call))
            sent = sent or (list(_unread(call, command, values, wrapper)) if is_led else [])
            is_whole = any(request.options is None for request in sent)
            read[call[0].text] += is_whole
            unread[call[0].text] += sent != [] and not is_whole
            is_handed_on = any(ARGUMENT.search(word.text) for word in call[1:])
            yield from ((request, is_handed_on) for request in sent)

    def _leads(self, name: str, values: Values) -> bool:
        """Whether a function sends something where a call says, itself or by others."""
        return self._leading != set() and not self._leading.isdisjoint(values.steps.within(name))

    def _callee(self, words: list[Word], values: Values) -> int | None:
        """The index of the function that a command calls, itself or by another that runs it; None for no curl."""
        if only_lists(words) or (words and self._is_in_array(words[0])):
            return None
        for at, word in enumerate(words[:PREFIX]):
            wrapper = self._defined.get(word.text)
            if wrapper is not None and (wrapper.curl is not None or self._leads(word.text, values)):
                return at
            if at == 0 and (
                TELLS.search(word.text)
                or TOOLS.fullmatch(word.text)
                or (wrapper and word.text not in values.steps.runners)
            ):
                return None
        return None

    def _is_in_array(self, word: Word) -> bool:
        """Whether a word is one of an array."""
        at = bisect_right(self._arrays, word.start, key=itemgetter(0)) - 1
        return word.source is self._source and at >= 0 and word.start < self._arrays[at][1]

    def _may_be_taken_in(self, words: list[Word], call: Command) -> bool:
        """Whether a command may be a call of a function in another file, with an endpoint and what may be a body."""
        name = words[0].text
        is_other = TELLS.search(name) or name in self._defined or not may_be_function(words[0])
        if not self._takes_in or is_other:
            return False
        others = [word for word in words[1:] if not SMART_PLUS.fullmatch(word.text)]
        has_body = any(is_body(one) or one.text[:1] == "@" or one.has_expansion for one in others)
        has_body |= bool(call.input or call.input_file or call.piped) or follows(call, "|")
        return len(others) < len(words) - 1 and has_body


def _sent(wrapper: Wrapper, words: list[Word], call: Command, values: Values) -> Iterator[Invocation]:
    """The requests that a call sends, where its arguments tell more of them than the function does."""
    assert wrapper.curl is not None
    own = list(invocations(wrapper.curl))
    for at, request in enumerate(invocations(wrapper.request_of(words, call))):
        url, body, known = request.url, request.body, own[min(at, len(own) - 1)]
        if url is None:
            continue
        is_based = known.url is not None and known.url.text[:1] == "$" and url.text != known.url.text
        is_told = known.url is not None and is_of_interest(known.url.text) and not is_based
        is_new = isinstance(body, Word) and body is not known.body and opens_json(body)
        is_given = isinstance(body, Unknown | Unread) and words[0].start <= body.word.start <= words[-1].end
        if isinstance(body, Unknown) and is_given:
            is_new |= values.steps.only_for(lone(body.word), body.word.start, call) is not None
        is_new |= isinstance(body, FromFile) and not isinstance(known.body, FromFile)
        is_new |= len(request.data) > max(1, len(known.data)) or bool(request.switches - known.switches)
        is_new |= request.method not in (None, "POST", known.method)
        made = filled_body(known.body, wrapper, words, call, values) if len(request.data) == 1 else None
        if made is not None:
            request.expanded[request.data[0][1].start], is_new, is_given = made, True, True
        is_new |= any(decides(word, True) for word in request.unknown_options if " " in word.text)
        if not is_new and (is_told or not is_of_interest(url.text)):
            continue
        if isinstance(body, Unknown | Unread) and not is_given:
            text = body.word.text
            if isinstance(body, Unread) or not _VARIABLE.fullmatch(text) or wrapper.variables.has(text):
                yield from _unread(words, call, values, wrapper)
                return
        yield request


def _unread(words: list[Word], call: Command, values: Values, wrapper: Wrapper | None = None) -> Iterator[Invocation]:
    """A request of a call that names an endpoint, of which nothing more is known but its headers."""
    url, own = named_by(words[1:]), wrapper.own if wrapper is not None else None
    if wrapper is not None and own is not None:
        is_given = wrapper.is_given
        is_told = not is_given and own.url is not None and is_of_interest(own.url.text)
        if is_told and not any(is_of_interest(word.text) for word in words[1:]):
            return  # where the function stands
        used = wrapper.variables.used.items()
        is_set = all(values.steps.is_as_set(variable, words[0].text, starts) for variable, starts in used)
        is_known = is_set and not has_all(words) and (is_given or url is not None)
        made = wrapper.url_of(words) if is_known else None
        url = made if made is not None and is_of_interest(made.text) else url
    if url is None or is_base(url):
        return
    request = _to(url, words[0], call, values)
    if request.url is not None and is_of_interest(request.url.text):
        request.headers = own.headers if own is not None else []
        request.unknown_options.append(words[0])
        yield request


def _left_off(words: list[Word], call: Command, values: Values, wrapper: Wrapper) -> Iterator[Invocation]:
    """What tells that from a call on those of its function are not read: once for each URL."""
    url = wrapper.url_of(words) or (wrapper.own.url if wrapper.own is not None else None)
    if url is None or url.text in wrapper.told:
        return
    wrapper.told.add(url.text)
    request = _to(url, words[0], call, values)
    request.data = [("data", words[0])]
    request.expanded[words[0].start] = Unread(words[0], "many")
    yield request


def _to(url: Word, name: Word, call: Command, values: Values) -> Invocation:
    """A request of a call, of which nothing more than its URL is known."""
    command = Command(words=[name, url], curl=0)
    command.branch = call.branch
    return settle(next(invocations(command)), values)
