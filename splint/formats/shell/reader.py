"""Reads shell scripts: a document for the body of each curl command, however it is quoted."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import BinaryIO, NamedTuple

from splint.formats.causes import Cause
from splint.formats.document import Document, Parse, nowhere
from splint.formats.fault import SyntaxFault, decode, of_prose, unescaped
from splint.formats.shell.around import Around, line_at
from splint.formats.shell.bodies import body_source_map, joined, marks_of, spliced
from splint.formats.shell.call import Call, Expansion, StandIn, has_expandable
from splint.formats.shell.causes import apostrophe, cause_in_shell, cause_of_misread
from splint.formats.shell.curl import Body, FromFile, Invocation, Unknown, Unread, body_of, opens_json
from splint.formats.shell.endpoints import holds_command, is_of_interest, with_open_braces
from splint.formats.shell.files import is_led_away, is_there, opened, roots_of, script_at
from splint.formats.shell.runners import RUNNERS, marked
from splint.formats.shell.scans import scans, unclosed_above
from splint.formats.shell.tokens import tokens_of
from splint.formats.shell.urls import settle
from splint.formats.shell.values import Values
from splint.formats.shell.words import Break, Command, Word, is_divided
from splint.formats.shell.wrappers import DEFINES, Wrappers
from splint.formats.source import Source
from splint.formats.source_map import SourceMap, parse_mapped
from splint.formats.spans import Span
from splint.schema.placeholders import is_left_out
from splint.schema.vocabulary import PAYLOAD_NAMES

_MEANT = re.compile(rf"\b(?:{'|'.join(PAYLOAD_NAMES)})\b")

LARGE = 256 << 10
"""A script with more characters is scanned again where a value is looked for: its commands take 300 times as much."""
_OF_CMD = re.compile(r"%[A-Za-z_]\w*%")
"""A variable of cmd, as commands for Windows have it."""


class Script(NamedTuple):
    """The script or text that contains requests."""

    source: Source
    parse: Parse
    """Parses a body as JSON; passed in, since formats do not import each other."""
    values: Values
    """What the script says of variables and files; nothing in prose. Each script has one of its own."""
    outer: SourceMap | None = None
    """The part of the source that was scanned; None for all of it."""
    around: Around | None = None
    """What all blocks of the text say together; None where there is one."""
    is_prose: bool = False
    """Whether the requests are examples in prose rather than steps of a program."""

    def fault(self, message: str, help: str, start: int, end: int, suffix: str = "") -> SyntaxFault:
        """A syntax error in a range of the text that was scanned."""
        span = self.outer.span(start, end) if self.outer else Span(start, end)
        return SyntaxFault(self.source, message, span, help=help, suffix=suffix)


def means_payload(text: str) -> bool:
    """Whether a text with a syntax error has a field name that marks it as a payload, escaped or not."""
    return _MEANT.search(unescaped(text)) is not None


def read_shell(path: str, stream: BinaryIO, parse: Parse) -> Iterator[Document | SyntaxFault]:
    """A document for each curl command that sends JSON or calls TikTok's API; `parse` parses the bodies."""
    source = Source(path, stream.read())
    text = decode(source)
    yield from read_script(text, Script(source, parse, Values(()))) if isinstance(text, str) else [text]


def read_script(
    text: str, script: Script, is_meant: Callable[[Invocation], bool] | None = None
) -> Iterable[Document | SyntaxFault]:
    """The documents and faults of the text of a script.

    `is_meant` is given for a text that may have other lines than commands: it says whether a request is one, and quotes
    of other lines that hide some are no faults.
    """
    requests, values, unclosed = scanned(text, is_prose=script.is_prose)
    read = read_requests(filter(is_meant, requests), script._replace(values=values))
    help = "close it: to the shell the next commands are in it"
    faults = [script.fault(message, help, start, end) for start, end, message in unclosed]
    return chain(faults if is_meant is None else (), read)


def scanned(text: str, *, is_prose: bool) -> tuple[list[Invocation], Values, list[Break]]:
    """The requests of a script in order, its variables and files, and the quotes that hide some."""
    if not ("curl" in text or "CURL" in text or ("smart_plus/" in text and DEFINES.search(text))):
        return [], Values(()), []
    steps: list[Command] = []
    is_large, wrappers = len(text) > LARGE, Wrappers()
    note = wrappers.note if DEFINES.search(text) else None
    unclosed: list[Break] = []
    commands = _commands(text, note if is_large else steps.append, unclosed.append, is_prose=is_prose)
    for step in steps if note else ():
        wrappers.note(step)
    values = Values(partial(_commands, text, is_prose=is_prose) if is_large else steps)
    requests = wrappers.with_requests(commands, values)
    return sorted(requests, key=lambda request: request.curl.start), values, unclosed


def _commands(
    text: str,
    each: Callable[[Command], None] | None,
    unclosed: Callable[[Break], None] | None = None,
    *,
    is_prose: bool = False,
) -> list[Command]:
    """The curl commands of a script in order, those after an unclosed quote included.

    `each` is called with all commands outside of substitutions, `unclosed` with the quotes that hide some.
    """
    commands = list[Command]()
    for scanner, end in scans(text, each=each, is_prose=is_prose):
        if unclosed is not None and (runaway := unclosed_above(scanner)):
            unclosed(runaway[0])
        commands += sorted((command for command in scanner.commands if command.start < end), key=lambda c: c.start)
    return commands


def read_requests(requests: Iterable[Invocation], script: Script) -> Iterator[Document | SyntaxFault]:
    """The documents and faults of requests; the secrets of all requests are recorded before the first is read."""
    readers = [_RequestReader(settle(script.values.spread(request), script.values), script) for request in requests]
    return (document for reader in readers for document in reader.read())


def read_around(requests: Iterable[Invocation], script: Script) -> Iterator[Document]:
    """The documents of requests to TikTok that blocks of a text send together and none by itself: no body is read."""
    readers = [_RequestReader(request, script) for request in requests]
    return (document for reader in readers for document in reader.read_around())


class _RequestReader:
    """Reads one request."""

    def __init__(self, request: Invocation, script: Script) -> None:
        self.request, self.script = request, script
        if script.around is not None:
            script.around.doubt(request, self._place)
        self.source = script.source
        self.tokens = tokens_of(request, script.values, self.source, script.outer)

    def read(self) -> Iterator[Document | SyntaxFault]:
        """The document or fault of the request, and those of its further URLs; nothing if it is not of interest."""
        url = self.request.url
        yield from () if url is None else self._read(self._url_in_options() or url)
        for other in self.request.others:
            yield from (read for read in self._read(other) if isinstance(read, Document))  # one fault is enough

    def _read(self, url: Word) -> Iterator[Document | SyntaxFault]:
        command = self.request.command
        of_interest = is_of_interest(url.text)
        broken = command.broken or (command.piped.broken if command.piped else None)
        if broken is not None:
            if of_interest:
                cause = next(filter(None, map(apostrophe, command.words)), None)
                close = "close it: where the command ends is not known"
                yield self.script.fault(*(cause or Cause(broken.message, close, broken.start, broken.end)))
                yield self._without_body(url, is_unread=True)
            return
        if of_interest and self.request.without_value is not None:
            option = self.request.without_value
            yield self.script.fault("an option for the body without a value", "write the body behind it", *option)
        own, second = self.request.body, None
        if several := self.request.several:
            parts = [(option, word, self._resolved(body)) for option, word, body in several]
            own, second = joined(parts, lambda text: isinstance(self._parsed(text), Document))
        if of_interest and second is not None:
            why = "a second body for one request: curl joins the two, and together they are no JSON"
            yield self.script.fault(why, "give each body a request of its own", second.start, second.end)
        body = self._resolved(own)
        if command.misread is not None and (of_interest or (isinstance(body, Word) and means_payload(body.text))):
            cause = cause_of_misread(command.words[0].source, *command.misread, is_prose=self.script.is_prose)
            yield from [self.script.fault(*cause)] if cause else []
        if isinstance(body, Word) and (body is not own or self.request.is_given_above):
            if (place := (body.start, body.text, url.text)) in self.script.values.sent:
                yield self._without_body(url)  # one text is one payload, as a file that several requests send
                return
            self.script.values.sent.add(place)
        word = body.name if isinstance(body, FromFile) else body
        if isinstance(word, Word) and is_left_out(word.text):
            body = Unread(word, "placeholder")
        elif isinstance(body, FromFile) and self.script.around is not None:
            body = self.script.around.of(body, command, self._place, script_at(self.source.path))
        if isinstance(body, Unknown | Unread):
            is_many = isinstance(body, Unread) and body.kind == "many" and url.text[:1] == "$"  # their keys would tell
            yield from [self._without_body(url, body)] if of_interest or is_many else []
        elif isinstance(body, FromFile):
            yield from self._read_file(url, body, of_interest=of_interest)
        elif body is not None and (of_interest or opens_json(body)):
            read = self._parsed(body)
            if isinstance(read, SyntaxFault) and self.script.is_prose:
                body = marked(body, _OF_CMD)
                read = self._parsed(body)
            if isinstance(read, SyntaxFault) and self._may_be_json(body):
                yield from [self._without_body(url, Unknown(body))] if of_interest else []
            elif isinstance(read, Document):
                kept: Expansion = "kept" if has_expandable(body.text) else "none"
                expansion: Expansion = "some" if body.has_expansion else kept
                assigned = self.script.values.sets(body)
                yield self._with_call(read, url, expansion=expansion, marks=marks_of(body), assigned=assigned)
            elif of_interest or means_payload(body.text):
                read = of_prose(read) if self.script.is_prose else read
                cause = cause_in_shell(body)
                yield read if cause is None else self.script.fault(*cause)._replace(is_sketch=read.is_sketch)
                if self.tokens or not read.is_sketch:
                    # so that a request to Smart+ counts, and a token beside it is reported
                    yield self._without_body(url, is_unread=not self.tokens)
        elif of_interest:
            yield self._without_body(url)

    def _url_in_options(self) -> Word | None:
        """The URL among options that the script holds elsewhere, where none is written in the command."""
        if any(is_of_interest(word.text) for word in self.request.urls):
            return None
        for word in self.request.urls:
            url = self.script.values.steps.arrays.url_in(word) if word.has_expansion else None
            if url is not None:
                self.request.held = word
                return url
        return None

    def read_around(self) -> Iterator[Document]:
        """The document of a request that no block has by itself."""
        url = self._url_in_options() or self.request.url
        if self.script.around and url and is_of_interest(url.text) and self._place not in self.script.around.seen:
            yield self._without_body(url, self.request.options or Unread(self.request.curl, "options"))

    @property
    def _place(self) -> int:
        return self.request.curl.source_map(self.script.outer).whole.start

    def _is_there(self, file: FromFile) -> bool:
        """Whether a file that it may send is there before the script runs."""
        return is_there(file, script_at(self.source.path), is_prose=self.script.is_prose)

    def _line(self, at: int) -> Span:
        """The line of the source at an index of the script."""
        line, outer = line_at(self.request.curl.source, at), self.script.outer
        return outer.span(*line) if outer else line

    def _parsed(self, body: Word) -> Document | SyntaxFault:
        return parse_mapped(self.source, self.script.parse, body_source_map(body, self.script.outer), "part")

    def _resolved(self, body: Body) -> Body:
        """A body, in the place of a variable or a file that the script gives a text, this one or the file it names."""
        values, command = self.script.values, self.request.command
        given = values.of(body, command, self._is_there)
        if isinstance(body, Unknown) and body.option and isinstance(given, Word) and given.text[:1] == "@":
            return values.of(body_of(body.option, given, command), command, self._is_there, body.word.start)
        made = values.put_into(given, command)
        is_open = isinstance(body, Unknown) and body.option and is_divided(body.word, made, values.divides)
        return body if is_open else made

    def _may_be_json(self, body: Word) -> bool:
        """Whether a body is JSON once the shell puts members or entries into it."""
        text = spliced(body)
        return text is not None and isinstance(self.script.parse(Source("", text.encode()), None, "part"), Document)

    def _without_body(self, url: Word, instead: Unknown | Unread | None = None, *, is_unread: bool = False) -> Document:
        """The document of a request whose body is none or cannot be read; `instead` stands in its place."""
        return self._with_call(Document(self.source, None, nowhere), url, instead, is_unread=is_unread)

    def _with_call(
        self,
        document: Document,
        url: Word,
        instead: Unknown | Unread | None = None,
        *,
        is_unread: bool = False,
        expansion: Expansion = "some",
        marks: tuple[str, ...] = (),
        assigned: tuple[str, ...] = (),
    ) -> Document:
        request, outer, stand_in = self.request, self.script.outer, None
        spans, origin = (token.span for token in self.tokens if token.is_secret), request.command.origin
        if self.script.around:
            self.script.around.seen.add(self._place)
        if instead is not None:
            kind = "unknown" if isinstance(instead, Unknown) else "runner" if self._is_run_by(instead) else instead.kind
            doubted = instead if isinstance(instead, Unknown) else Unknown(instead.word)
            changed, is_written, word = doubted.changed, doubted.is_written, doubted.word
            setter = self.script.values.setter_of(word)
            stand_in = StandIn(kind, word.text, word.source_map(outer).whole, changed, is_written, setter)
        urls = tuple(text for word in request.urls for text in request.texts.get(word.text, (word.text,)))
        call = Call(
            with_open_braces(url.text),
            url.source_map(outer).whole,
            request.method,
            (request.request or request.curl).source_map(outer).whole,
            origin=origin.source_map(outer).whole if origin else None,
            tokens=tuple(span for span in spans if self.script.values.is_new_token(span.start)),
            source=self.source,
            posts_nothing=instead is None and request.posts_nothing,
            stand_in=stand_in,
            urls=() if request.switches & {"connect-to", "resolve"} else urls,
            texts=tuple(map(with_open_braces, request.texts.get(url.text, ()))),
            is_unread=is_unread,
            expansion=expansion,
            marks=marks,
            assigned=assigned,
        )
        return document._replace(call=call, sequential=not self.script.is_prose)

    def _is_run_by(self, instead: Unread) -> bool:
        """Whether options are unknown as a second shell or a function runs the command, or another one its text."""
        word, text = instead.word, instead.word.text
        is_name = word.start <= self.request.curl.start and text[:1] not in ("$", "`", "-", "{")
        is_name &= text.rpartition("/")[2] not in RUNNERS
        return instead.kind == "options" and (is_name or (" " in text and holds_command(word)))

    def _read_file(self, url: Word, file: FromFile, *, of_interest: bool) -> Iterator[Document | SyntaxFault]:
        """Read the body from its file; for another site only if the name ends in .json."""
        name = file.name
        if not of_interest and not name.text.endswith(".json"):
            return
        script = script_at(self.source.path)
        roots = roots_of(file, script, is_prose=self.script.is_prose)
        if is_led_away(file, self.request.command, self.script.values, script, self._is_there):
            roots = None
        change = self.script.values.change_of(file, self.request.command)
        if roots is None or change is not None:
            span = self._line(change) if change is not None else None
            is_written = change is not None and self.script.values.writes(file, change)
            doubted = Unknown(name, changed=span, is_written=is_written)
            instead = Unread(name, "directory") if roots is None else doubted
            yield from [self._without_body(url, instead)] if of_interest else []
            return
        found, failure = opened(file, roots, script)
        if not found or any(other.data != found[0].data for other in found):
            unknown = Unknown(name) if found or self.script.is_prose or file.is_made else None
            if of_interest and unknown is None:
                help = "name a file that is there, or write the body into the command"
                yield self.script.fault(failure, help, name.pieces[0].start, name.pieces[-1].end)
            # so that the request counts, and a token beside it is reported
            yield from [self._without_body(url, unknown)] if of_interest else []
            return
        body = found[0]
        body.secrets |= self.source.secrets
        read = self.script.parse(body, None, "file")
        if isinstance(read, Document) and (of_interest or isinstance(read.value, dict | list)):
            yield self._with_call(read, url, expansion="some" if has_expandable(body.text) else "none")
        elif isinstance(read, SyntaxFault) and of_interest:
            yield read
            yield self._without_body(url, is_unread=True)  # so that a request to Smart+ counts
