"""Shell scripts: the bodies of their curl commands, in whatever quotes they stand."""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from splint.documents.curl import FromFile, Invocation, invocations, is_of_interest, opens_json
from splint.documents.document import Document, SyntaxFault, decode
from splint.documents.fragment import Fragment, parse_fragment
from splint.documents.nesting import Lines
from splint.documents.scanner import Scanner
from splint.documents.source import Source, Span
from splint.documents.words import Break, Command, Word
from splint.placeholders import is_placeholder

PAYLOAD_NAMES = re.compile(
    r"\b(?:objective_type|campaign_name|budget_mode|budget_optimize_on|advertiser_id|adgroup_name|optimization_goal"
    r"|promotion_type|targeting_spec|creative_list|ad_name|adgroup_id)\b"
)
"""The fields by which a text that does not parse is still seen to be meant as a payload."""
CURL_LINE = re.compile(r"^[ \t]*+(?:\w+=\"?\$\([ \t]*+)?+(?=curl[ \t\\])", re.MULTILINE)

_TOKEN = re.compile(r"access-token[ \t]*:[ \t]*([^\r\n]*)", re.IGNORECASE)
_STRING_MARK = re.compile(r"\\(.?)|\"", re.DOTALL)
_BARE = re.compile(r"[^\s,:\[\]{}\"\\]+")


class Script(NamedTuple):
    """Where commands stand, and how they are meant."""

    source: Source
    outer: Fragment | None = None
    """The stretch of the source that was scanned; None for all of it."""
    is_prose: bool = False
    """Whether the commands are examples in a text rather than steps of a program."""


def read_shell(path: str, stream: BinaryIO) -> Iterator[Document | SyntaxFault]:
    """A document for each curl command of a script that sends JSON or calls TikTok's API."""
    source = Source(path, stream.read())
    text = decode(source)
    if not isinstance(text, str):
        yield text
    elif "curl" in text:
        yield from read_commands(_commands(text), Script(source))


def _commands(text: str) -> list[Command]:
    """The curl commands of a script in their order, those behind a quote that is never closed included."""
    found: list[Command] = []
    lines, at, allowance = Lines(text), 0, 4 * len(text)
    while allowance >= 0:
        scanner = Scanner(text, at, lines=lines).scan()
        after = CURL_LINE.search(text, scanner.broken.end) if scanner.broken else None
        at = after.start() if after else len(text)
        found += sorted((c for c in scanner.commands if place(c) < at), key=place)
        if after is None:
            break
        allowance -= scanner.at - at
    return found


def place(command: Command) -> int:
    """Where the word `curl` of a command stands."""
    assert command.curl is not None
    return command.words[command.curl].start


def read_commands(commands: Iterable[Command], script: Script) -> Iterator[Document | SyntaxFault]:
    """The documents and faults of curl commands."""
    requests = [request for command in commands for request in invocations(command)]
    calls = [_Calling(request, script) for request in requests]  # all tokens are known before anything is shown
    for calling in calls:
        yield from calling.read()


class _Calling:
    """A request, being read."""

    def __init__(self, request: Invocation, script: Script) -> None:
        self.request = request
        self.script = script
        self.token: tuple[str, Span] | None = None
        for header in request.headers:
            self._look_for_token(header)

    def _look_for_token(self, header: Word) -> None:
        """Note an Access-Token, and that it is a secret if it is one."""
        found = _TOKEN.match(header.text.lstrip()) if header.text.strip() else None
        if found is None or not found[1].strip():
            return
        skipped = len(header.text) - len(header.text.lstrip())
        start = skipped + found.start(1)
        token = found[1].strip()
        self.token = token, header.fragment(self.script.outer).span(start, start + len(token))
        if not header.has_hole and not is_placeholder(token, in_id=True, in_shell=True):
            self.script.source.secrets.add(token)

    def read(self) -> Iterator[Document | SyntaxFault]:
        """The request's document or fault, or nothing."""
        request, url = self.request, self.request.url
        broken = request.command.broken or (request.command.piped.broken if request.command.piped else None)
        if url is None:
            return
        of_interest = is_of_interest(url.text)
        if broken is not None:
            if of_interest and not self._is_after(url, broken):
                yield self._fault(broken.message, broken.start, broken.end)
            return
        body = request.body
        if isinstance(body, FromFile):
            yield from self._read_file(body, of_interest)
        elif body is None or not (of_interest or opens_json(body)):
            if of_interest:
                yield self._document(Document(self.script.source, None, lambda _: {}))
        else:
            read = parse_fragment(self.script.source, body_fragment(body, self.script.outer))
            if isinstance(read, Document):
                yield self._document(read)
            elif of_interest or PAYLOAD_NAMES.search(body.text):
                yield read

    @staticmethod
    def _is_after(word: Word, broken: Break) -> bool:
        return word.end > broken.start
