"""Findings to diagnostics: pointers become lines, columns and offsets, and secrets become asterisks."""

from collections.abc import Container, Iterable, Iterator
from functools import lru_cache

from splint.formats import Document, NodeSpan, Source, Span
from splint.payloads import nodes
from splint.payloads.nodes import Finding, Location
from splint.reporting.masking import Secrets, masked
from splint.reporting.report import Anchor, Citation, Diagnostic, Excerpt, Fix, Range, RelatedPlace
from splint.rules.rule import Rule

WIDTH = 240
"""How much of a long line an excerpt keeps."""
LONGEST = 1000
"""So many characters of a message are kept."""


class Locator:
    """Lines and columns for the locations of many findings, each document asked once.

    `read_directives` are the paths of files with comments that silence rules; `anchored` gives diagnostics anchors.
    """

    def __init__(
        self, findings: Iterable[Finding], read_directives: Container[str] = (), *, anchored: bool = False
    ) -> None:
        self._anchored = anchored
        asked: dict[int, tuple[Document, set[str]]] = {}
        for finding in findings:
            for location in (finding.location, *(place.location for place in finding.related)):
                document, pointer, part = resolve(location)
                is_covered = document.source.path in read_directives
                if is_covered or part in ("value", "key", "opening"):
                    pointers = asked.setdefault(id(document.locate), (document, set()))[1]
                    pointers.add(pointer)
                    pointers.update(_around(pointer) if is_covered else ())
            if finding.fix is not None:
                from splint.fixes.edits import asked_by  # few findings have fixes

                document = finding.fix.operations[0].location.document
                asked.setdefault(id(document.locate), (document, set()))[1].update(asked_by(finding.fix))
        self._places = {key: document.locate(pointers) for key, (document, pointers) in asked.items()}

    def diagnostic(self, rule: Rule, source: Citation, finding: Finding) -> Diagnostic:
        """A finding as a diagnostic."""
        location = resolve(finding.location)
        secrets = location.document.source.secrets
        where, excerpt = self._range(location)
        related = []
        for place in finding.related:
            other = resolve(place.location)
            stretch, line = self._range(other)
            words = masked(place.message, *_both(secrets, other.document.source.secrets))
            path = other.document.source.path
            related.append(RelatedPlace(words, path, other.pointer, stretch, line, other.document.number))
        return Diagnostic(
            path=location.document.source.path,
            offset=where.start.offset if where else -1,
            code=rule.code,
            pointer=masked(location.pointer, secrets) if secrets else location.pointer,
            document=location.document.number,
            name=rule.name,
            severity=finding.level or rule.level,
            summary=_cut(masked(finding.message, secrets)),
            help=_cut(masked(finding.help, secrets)),
            range=where,
            related=tuple(related),
            source=source,
            excerpt=excerpt,
            anchor=anchor_of(location) if self._anchored else None,
            fix=self._fix(finding.fix) if finding.fix is not None else None,
        )

    def _fix(self, fix: nodes.Fix) -> Fix | None:
        """A rule's fix with its edits, masked nowhere: no rule writes a token."""
        from splint.fixes.edits import fix_of  # few findings have fixes

        return fix_of(fix, self._places.get(id(fix.operations[0].location.document.locate), {}))

    def heads(self, finding: Finding) -> set[int]:
        """The lines on which a finding, its value, and each value that this lies in, begin: by these a comment covers.

        A member begins with its key. The root counts only where nothing else begins on its line; where a text of
        several lines ends counts too.
        """
        location = resolve(finding.location)
        source, span = location.document.source, self._span(location)
        lines = {source.position(span.start).line} if span is not None else set()
        places = self._places.get(id(location.document.locate), {})
        for pointer in (*_around(location.pointer), location.pointer):
            place = places.get(pointer)
            if place is not None and (pointer or _stands_alone(source, place)):
                lines.add(source.position((place.key or place.value).start).line)
                if place.opening == place.value:
                    lines.add(source.position(max(place.value.end - 1, place.value.start)).line)
        return lines

    def _range(self, location: Location) -> tuple[Range | None, Excerpt | None]:
        span = self._span(location)
        if span is None:
            return None, None
        source = location.document.source
        where = source.range(span.start, span.end)
        return where, _excerpt(source, _shown(source, len(source.secrets)), where, span)

    def _span(self, location: Location) -> Span | None:
        document, pointer, part = location
        if part == "fault":
            return document.spans["fault"]
        if document.call is not None and part in ("url", "method", "token"):
            return {"url": document.call.url_span, "method": document.call.method_span}.get(
                part, document.call.token_span
            )
        places = self._places.get(id(document.locate), {})
        place: NodeSpan | None = places.get(pointer)
        if place is None:  # the payload is no text, or a curl command has no body
            return document.call.url_span if document.call is not None else None
        return {"key": place.key or place.value, "opening": place.opening}.get(part, place.value)


@lru_cache(maxsize=2)
def _shown(source: Source, _secrets: int) -> str:
    """A source's text as it may be shown, for all its documents once; its secrets only ever become more."""
    return masked(source.text, source.secrets)


def _both(one: Secrets, other: Secrets) -> tuple[Secrets, ...]:
    return (one,) if other is one else (one, other)


def _cut(text: str) -> str:
    """Words for a person to read, whatever values they quote."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _around(pointer: str) -> Iterator[str]:
    """The pointers of what a value lies in, from the outermost in."""
    steps = pointer.split("/")
    return ("/".join(steps[:end]) for end in range(1, len(steps)))


def _stands_alone(source: Source, place: NodeSpan) -> bool:
    """Whether a document's opening bracket is all that its line holds, comments aside."""
    start = place.value.start
    at = source.position(start)
    rest = source.line_at(at.line)[1][at.column :].lstrip()
    return source.text[start] in "{[" and (not rest or rest.startswith(("//", "/*", "#")))


def anchor_of(location: Location) -> Anchor:
    """What a finding is about, independent of its lines: see `Anchor`."""
    from splint.suppression.anchors import anchor  # only where a baseline or fingerprints are wanted

    return anchor(location)


def resolve(location: Location) -> Location:
    """A location in its file's own document: inside a string of JSON it is the string's, a URL is the script's."""
    while location.document.within is not None:
        document, pointer = location.document.within
        location = Location(document, pointer)
    call = location.document.call
    if call is not None and call.source is not None and location.part in ("url", "method", "token"):
        location = location._replace(document=location.document._replace(source=call.source))
    return location


def _excerpt(source: Source, shown: str, where: Range, span: Span) -> Excerpt | None:
    """The line that a range begins on, out of the source's text as it may be shown."""
    if not source.data:
        return None
    first = span.start - where.start.column + 1
    left_out = max(first, span.start - WIDTH - 2) - first  # of a long line no more is looked at than can be shown
    text = shown[first + left_out : source.line_end(span.start, WIDTH + 2)].rstrip("\r\n")
    start = min(where.start.column - 1, left_out + len(text))
    length = max(min(span.end - span.start, left_out + len(text) - start), 1)
    if left_out + len(text) > WIDTH:
        left = max(0, start - WIDTH // 3)
        cut = text[left - left_out :][:WIDTH]
        text = f"{'…' if left else ''}{cut}{'…' if left + WIDTH < left_out + len(text) else ''}"
        start = start - left + bool(left)
        length = max(min(length, len(text) - start), 1)
    return Excerpt(where.start.line, text, start, length)
