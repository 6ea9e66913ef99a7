"""Converts findings to diagnostics: resolves pointers to lines, columns and offsets, and masks secrets."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from splint.fixes.edits import fixes_of, pointers_for, renamed
from splint.formats import Document, Source
from splint.formats.pointer import depth_of_holder, reference_tokens, values_along
from splint.formats.spans import NodeSpan, Span
from splint.payloads import nodes
from splint.payloads.nodes import Finding, Location, RelatedLocation
from splint.reporting.citation import Citation
from splint.reporting.masking import Secrets, masked
from splint.reporting.report import Diagnostic, Excerpt, Fix, Range, RelatedPlace, ToolNotification
from splint.rules.rule import Rule

if TYPE_CHECKING:
    from splint.payloads.invalid_fields import UnknownField
    from splint.run.anchoring import Anchors

WIDTH = 240
"""The most characters of a line that an excerpt shows."""
LONGEST = 1000
"""The most characters of a message or help text."""


class Locator:
    """Resolves the locations of findings to lines and columns; each document is located once, for all its findings.

    `read_directives` are the paths of the files that contain directives; `anchored` adds anchors to the diagnostics.
    """

    def __init__(self, findings: Iterable[Finding], read_directives: Container[str], *, anchored: bool) -> None:
        self._anchors = _anchors() if anchored else None
        wanted: dict[int, tuple[Document, set[str]]] = {}
        fixes: list[nodes.Fix] = []
        for finding in findings:
            places: list[Finding | RelatedLocation] = [finding, *finding.related]
            for place in places:
                (document, pointer, part), mark = resolve(place.location), place.mark
                is_covered = document.source.path in read_directives
                if is_covered or part in ("value", "key", "opening"):
                    pointers = wanted.setdefault(id(document.locate), (document, set()))[1]
                    pointers.add(pointer)
                    if is_covered:
                        pointers.update(_around(pointer))
                        pointers.update([f"{pointer}/{key}" for key in finding.keys])
                    if mark:
                        pointers.add(f"{pointer}/{mark}")
            if finding.fix is not None:
                fixes.append(finding.fix)
                document = finding.fix.operations[0].location.document
                wanted.setdefault(id(document.locate), (document, set()))[1].update(pointers_for(finding.fix))
        self.notifications: list[ToolNotification] = []
        """Of files whose values cannot be located: what is found in them has no lines."""
        self._places = {key: self._located(document, pointers) for key, (document, pointers) in wanted.items()}
        self._fixes = self._with_edits(fixes)

    def _located(self, document: Document, pointers: set[str]) -> Mapping[str, NodeSpan]:
        """The places of pointers; none where the reader of a plugin fails."""
        try:
            return document.locate(pointers)
        except OSError as error:
            from splint.run.crash import unreadable  # only where a plugin fails

            self.notifications.append(unreadable(document.source.path, error))
            return {}

    def diagnostic(
        self, rule: Rule, source: Citation, finding: Finding, model: str | None, is_of_update: bool
    ) -> Diagnostic:
        """The diagnostic of a finding of `rule`; `source` is the rule's citation, `model` as in `field_of`."""
        location, anchors = resolve(finding.location), self._anchors
        document, pointer, part = location
        tokens, values, depth = way = _way(location)
        secrets = document.source.secrets
        where, excerpt = self._range(location)
        mark = None
        if (marked := self._marked(location, finding.mark)) is not None:
            mark, excerpt = self._range(marked)
        anchor, field = None, ""
        also: tuple[str, ...] = ()
        keys: tuple[tuple[str, str], ...] = ()
        inmost = None
        if anchors is not None:
            anchor = anchors.anchor(location, values)
            if finding.location.document.within is not None:
                way, inmost = _way(finding.location), _inmost(finding.location)
            field = anchors.field_of(finding, *way, model)
            also = anchors.fields_beside(finding, way[1], field) if finding.also else ()
            keys = tuple(anchors.fields_of_keys(finding, way[1])) if finding.keys else ()
        return Diagnostic(  # by position: by keyword it takes twice as long
            document.source.path,
            where.start.offset if where else -1,
            rule.code,
            masked(pointer, secrets) if secrets else pointer,
            document.number,
            rule.name,
            finding.level or rule.level,
            _cut(masked(self._message(finding, location), secrets)),
            _cut(masked(finding.help, secrets)),
            where,
            tuple([self._related(place, secrets) for place in finding.related]) if finding.related else (),
            source,
            excerpt,
            None,  # what suppresses it is found out later
            anchor,
            self._fixes.get(id(finding.fix)),
            mark,
            field,
            document.body,
            _holder(pointer, part, len(tokens) - depth),
            also,
            finding.is_answerable,
            is_of_update,
            keys,
            inmost,
            renamed(finding),
            finding.is_kept,
            finding.offers,
            rule.hides,
            finding.lacks,
            finding.takes,
            finding.may_be,
            finding.conceals or (finding.fix is not None and finding.fix.respells),
        )

    def _related(self, place: RelatedLocation, secrets: Secrets) -> RelatedPlace:
        """A place that a finding refers to; `secrets` are those of the file of the finding."""
        location, anchors = resolve(place.location), self._anchors
        stretch, line = self._range(self._marked(location, place.mark) or self._heading(location))
        source = location.document.source
        words = masked(place.message, *_both(secrets, source.secrets))
        field = inmost = ""
        if anchors is not None and place.location.document.within is not None:
            inmost = _inmost(place.location)[0]
        elif anchors is not None and not place.stands:
            field = place.lacking or anchors.field_at(place.location, *_way(place.location))
        number, lacks = location.document.number, bool(place.lacking)
        return RelatedPlace(words, source.path, location.pointer, stretch, line, number, field, lacks, inmost)

    def _message(self, finding: Finding, location: Location) -> str:
        """The message of a finding; it may show the text of its value as the file has it."""
        if finding.wording is None or location.part != "value" or (span := self._span(location)) is None:
            return finding.message
        message = finding.wording(location.document.source.text[span.start : span.end])
        if not isinstance(message, str):
            raise TypeError(f"the wording of a finding makes a text, not {type(message).__name__}")
        return message

    def _with_edits(self, fixes: list[nodes.Fix]) -> dict[int, Fix | None]:
        """Rules' fixes with their edits, by `id`. They are not masked: no rule inserts a token."""
        if not fixes:
            return {}
        made = fixes_of(fixes, lambda document: self._places.get(id(document.locate), {}))
        return {id(fix): edited for fix, edited in zip(fixes, made, strict=True)}

    def start_lines(self, finding: Finding) -> set[int]:
        """The lines on which a directive applies to a finding: where the finding, its value and its parents start.

        A member of an object starts at its key. The last line of a scalar counts as well. The line of the root counts
        only if nothing but its opening bracket and comments stands on it. So does the command that sends a body which
        stands elsewhere in its script, and that of the function which this calls.
        """
        location = resolve(finding.location)
        source, span = location.document.source, self._span(location)
        lines = {source.position(span.start).line} if span is not None else set()
        if (marked := self._marked(location, finding.mark)) is not None and (span := self._span(marked)) is not None:
            lines.add(source.position(span.start).line)
        places = self._places.get(id(location.document.locate), {})
        for pointer in (*_around(location.pointer), location.pointer):
            place = places.get(pointer)
            if place is not None and (pointer or _stands_alone(source, place)):
                lines.add(source.position((place.key or place.value).start).line)
                if place.opening == place.value:
                    lines.add(source.position(max(place.value.end - 1, place.value.start)).line)
        call = location.document.call
        if call is not None and not location.document.is_sent:
            spans = filter(None, (call.method_span, call.origin))
            lines.update(source.position(span.start).line for span in spans)
        return lines

    def lines_of(self, finding: Finding) -> Sequence[set[int]]:
        """The lines on which a directive applies to each place that has to be covered, see `by_key`."""
        return [self.start_lines(each) for each in by_key(finding)]

    def lines_within(self, fault: "UnknownField") -> list[tuple[int, int]]:
        """The first and last lines of the keys of a located finding on unknown fields, with all that they hold."""
        found: list[tuple[int, int]] = []
        for one in (fault, *fault.followers):
            document, pointer, _ = resolve(one.location._replace(part="value"))
            if (place := self._places.get(id(document.locate), {}).get(pointer)) is not None:
                start, end = (place.key or place.value).start, place.value.end
                found.append((document.source.position(start).line, document.source.position(end).line))
        return found

    def _marked(self, location: Location, field: str) -> Location | None:
        """What people are shown in place of a location: the key of a field of the object there, which says its name.

        Where an object without one opens on a line below its key, as a block of YAML does, it is that key. Else None.
        """
        document, pointer, part = location
        if not field and part != "opening":
            return None
        places = self._places.get(id(document.locate), {})
        if field and (at := f"{pointer}/{field}") in places:
            return Location(document, at, "key")
        place = places.get(pointer) if part == "opening" else None
        if place is None or place.key is None:
            return None
        is_below = "\n" in document.source.text[place.key.start : place.value.start]
        return Location(document, pointer, "key") if is_below else None

    def _heading(self, location: Location) -> Location:
        """What stands for a related place: its key, or its opening, where it has several lines."""
        span = self._span(location)
        if span is None or location.part != "value" or "\n" not in location.document.source.text[span.start : span.end]:
            return location
        place = self._places.get(id(location.document.locate), {}).get(location.pointer)
        return location._replace(part="key" if place is not None and place.key is not None else "opening")

    def _range(self, location: Location) -> tuple[Range | None, Excerpt | None]:
        span, source = self._span(location), location.document.source
        if span is None or not source.has_lines:
            return None, None
        where = source.range(span.start, span.end)
        return where, _excerpt(source, where, span)

    def _span(self, location: Location) -> Span | None:
        document, pointer, part = location
        if part == "fault":
            return document.spans["fault"]
        if (call := document.call) is not None and part in ("url", "method", "token", "body", "change"):
            spans = {"url": call.url_span, "method": call.method_span, "token": next(iter(call.tokens), None)}
            instead = call.stand_in
            return spans.get(part) or (instead and (instead.changed if part == "change" else instead.span))
        places = self._places.get(id(document.locate), {})
        place: NodeSpan | None = places.get(pointer)
        if place is None:  # the payload was given as a value, or a curl command has no body
            return document.call.url_span if document.call is not None else None
        if part == "opening":
            return place.opening
        return (place.key or place.value) if part == "key" else place.value


def _anchors() -> "Anchors":
    import splint.run.anchoring  # only where a baseline, fingerprints or fields are wanted

    return splint.run.anchoring.Anchors()


def _both(one: Secrets, other: Secrets) -> tuple[Secrets, ...]:
    return (one,) if other is one else (one, other)


def _cut(text: str) -> str:
    """A text cut to LONGEST characters."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _around(pointer: str) -> Iterator[str]:
    """The pointers of the parents of a value, the outermost first."""
    steps = pointer.split("/")
    return ("/".join(steps[:end]) for end in range(1, len(steps)))


def _way(location: Location) -> tuple[list[str], list[Any], int]:
    """The tokens of a location's pointer, the values along them, and the depth of their innermost object."""
    tokens = reference_tokens(location.pointer)
    values = values_along(location.document.value, tokens)
    return tokens, values, depth_of_holder(values, location.part == "opening")


def _holder(pointer: str, part: str, depth: int) -> str:
    """The pointer of the innermost object that a pointer of so many steps below one is in, or opens."""
    return pointer if part == "opening" else pointer.rsplit("/", depth)[0]


def _inmost(location: Location) -> tuple[str, str]:
    """The pointers of a place in strings of JSON and of its innermost object, from the root of the file's document."""
    document, pointer, part = location
    tokens, _, depth = _way(location)
    holder = _holder(pointer, part, len(tokens) - depth)
    while document.within is not None:
        document, around = document.within
        pointer, holder = f"{around}{pointer}", f"{around}{holder}"
    return pointer, holder


def _stands_alone(source: Source, place: NodeSpan) -> bool:
    """Whether a document starts with a bracket that is alone on the rest of its line, comments aside."""
    start = place.value.start
    at = source.position(start)
    rest = source.line_at(at.line)[1][at.column :].lstrip()
    return source.text[start] in "{[" and (not rest or rest.startswith(("//", "/*", "#")))


def by_key(finding: Finding) -> Sequence[Finding]:
    """A finding as one on each of its keys, where it is on several: each has to be covered by what suppresses it."""
    document, pointer, _ = finding.location
    if not finding.keys or document.within is not None:
        return (finding,)
    places = [Location(document, f"{pointer}/{key}", "key") for key in finding.keys]
    return [finding._replace(location=place, keys=(), mark="") for place in places]


def pointers_of(finding: Finding) -> Sequence[str]:
    """The pointers of the places of a finding, see `by_key`."""
    return [resolve(each.location).pointer for each in by_key(finding)]


def resolve(location: Location) -> Location:
    """Map a location to a document with places in a file.

    A location in JSON that is embedded in a string becomes the location of the string; the URL, method or token of a
    curl command becomes a location in the script.
    """
    while location.document.within is not None:
        document, pointer = location.document.within
        location = Location(document, pointer)
    call = location.document.call
    if call is not None and call.source is not None and location.part in ("url", "method", "token"):
        body = location.document.body if location.document.source is call.source else -1
        location = location._replace(document=location.document._replace(source=call.source, body=body))
    return location


def _excerpt(source: Source, where: Range, span: Span) -> Excerpt | None:
    """The excerpt for a range: its first line, masked, cut to WIDTH characters."""
    if not source.data:
        return None
    first = span.start - where.start.column + 1
    left_out = max(first, span.start - WIDTH - 2) - first  # look only at the part of a long line that can be shown
    text = source.shown[first + left_out : source.line_end(span.start, WIDTH + 2)].rstrip("\r\n")
    start = min(where.start.column - 1, left_out + len(text))
    length = max(min(span.end - span.start, left_out + len(text) - start), 1)
    if left_out + len(text) > WIDTH:
        left = max(0, start - WIDTH // 3)
        cut = text[left - left_out :][:WIDTH]
        text = f"{'…' if left else ''}{cut}{'…' if left + WIDTH < left_out + len(text) else ''}"
        start = start - left + bool(left)
        length = max(min(length, len(text) - start), 1)
    return Excerpt(where.start.line, text, start, length)
