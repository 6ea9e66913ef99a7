"""Fixes: a rule's operations as edits of the file and as a JSON Patch of the value, and values as they leave them."""

import copy
import json
import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from splint.formats import Document, NodeSpan, SyntaxFault, escape, nowhere, steps
from splint.formats.operations import Action, Change
from splint.payloads import nodes
from splint.reporting.report import Diagnostic, Edit, Fix, Report

if TYPE_CHECKING:
    pass

ROUNDS = 10
"""So often is a payload linted again after its fixes: one may make room for another."""
_DIGITS = re.compile(r"0|[1-9][0-9]*")
Patch = tuple[dict[str, Any], ...]
Read = Callable[[bytes], list[Document | SyntaxFault]]
"""From a file's bytes to what stands in it."""


def asked_by(found: nodes.Fix) -> set[str]:
    """The pointers whose places `fix_of` has a use for: numbers to quote, and in JSON what all the rest is done in.

    A document is asked for them together with its findings' own: else the way there would be read for each fix.
    """
    quoted = {operation.location.pointer for operation in found.operations if operation.kind == "quote"}
    written = found.operations[0].location.document.written
    if len(quoted) == len(found.operations) == 1 or written is None or written.syntax == "yaml":
        return quoted
    holders = {one.location.pointer.rpartition("/")[0] for one in found.operations if one.kind != "comment"}
    return quoted | holders if len(holders) == 1 else quoted


def fix_of(found: nodes.Fix, places: Mapping[str, NodeSpan]) -> Fix | None:
    """A rule's fix with its edits; None where these cannot be made without touching anything else.

    `places` are those of `asked_by`.
    """
    document = found.operations[0].location.document
    applicability = "safe" if found.is_safe else "unsafe"
    if any(operation.location.document is not document for operation in found.operations):
        return None
    quoted = [operation.location.pointer for operation in found.operations if operation.kind == "quote"]
    digits = {pointer: _digits(document, pointer, places.get(pointer)) for pointer in quoted}
    if not all(_DIGITS.fullmatch(number) for number in digits.values()):
        return None  # 7e18, or YAML's 0x2A, 007 and 7_000: nobody's spelling of an id
    patch = tuple(_step(document, one, digits) for one in found.operations if one.kind != "comment")
    if document.locate is nowhere and not document.spans:
        return Fix(found.title, applicability, (), patch)
    changes = _changes(document, found.operations, places)
    if not changes:
        return None
    source = document.source
    edits = tuple(Edit(source.range(change.start, change.end), change.text) for change in changes)
    return Fix(found.title, applicability, edits, patch)


def _changes(
    document: Document, operations: Sequence[nodes.Operation], places: Mapping[str, NodeSpan]
) -> list[Change] | None:
    """The replacements in the text of the document's source."""
    if operations[0].kind == "comment":
        return _comment(document, operations[0].value)
    written, call = document.written, document.call
    if call is not None and call.source is not document.source:
        return None  # a body in a file of its own: it is fixed where that file is linted
    if written is None or any(_is_doubled(document, operation.location.pointer) for operation in operations):
        return None
    fragment = written.fragment
    whole = fragment.text if fragment is not None else document.source.text
    text = whole[written.start : written.end]
    actions = [
        Action(operation.kind, operation.location.pointer, operation.value)
        for operation in operations
        if operation.kind != "comment"
    ]
    if written.syntax == "yaml":
        from splint.formats.yaml.edits import changes  # only for YAML

        found = changes(text, actions)
    else:
        from splint.formats.json.edits import changes as changes_in_json  # only for JSON

        known = places if fragment is None else None
        found = changes_in_json(text, actions, known, is_json=written.syntax == "json")
    if not found or (fragment is None and written.start == 0):
        return found
    from splint.formats.embedded import changes_in_source  # only for scripts and Markdown

    return changes_in_source(document, found)


def _is_doubled(document: Document, pointer: str) -> bool:
    """Whether a key on the way to a place stands twice in its object."""
    return any(f"{pointer}/".startswith(f"{doubled.pointer}/") for doubled in document.duplicates)


def _comment(document: Document, text: str) -> list[Change]:
    """The replacement of a comment; with its line, or the blanks before it, where it goes."""
    start, end = document.spans["fault"]
    if text:
        return [Change(start, end, text)]
    source = document.source.text
    line = source.rfind("\n", 0, start) + 1
    before = source[line:start]
    if before.strip(" \t"):
        return [Change(line + len(before.rstrip(" \t")), end, "")]
    after = re.compile(r"[ \t]*(\r\n|\n|\r|\Z)").match(source, end)
    if after is None:
        return [Change(start, end, "")]
    if not after[1]:  # the last line has no end: then the one before it is to have none
        line = len(source[:line].removesuffix("\n").removesuffix("\r"))
    return [Change(line, after.end(), "")]


# -- patches -----------------------------------------------------------------------------------------------------------


def _step(document: Document, operation: nodes.Operation, digits: Mapping[str, str]) -> dict[str, Any]:
    """An operation as RFC 6902 writes it."""
    pointer = operation.location.pointer
    if operation.kind == "remove":
        return {"op": "remove", "path": pointer}
    if operation.kind == "rename":
        return {"op": "move", "from": pointer, "path": f"{pointer.rpartition('/')[0]}/{escape(operation.value)}"}
    if operation.kind == "quote":
        return {"op": "replace", "path": pointer, "value": digits[pointer]}
    holder, last = _holder(document.value, pointer)
    there = last in holder if isinstance(holder, dict) else True
    return {"op": "replace" if there else "add", "path": pointer, "value": operation.value}


def _digits(document: Document, pointer: str, place: NodeSpan | None) -> str:
    """A number as it is written; of a value that is no text, as JSON would write it."""
    if place is not None:
        return document.source.text[place.value.start : place.value.end]
    holder, last = _holder(document.value, pointer)
    return str(holder[last])


def _holder(value: Any, pointer: str) -> tuple[Any, Any]:
    """What a pointer's last step is taken in, and that step."""
    *way, last = steps(pointer)
    for step in way:
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value, int(last) if isinstance(value, list) else last


def _apply(value: Any, patch: Patch) -> None:
    """Change a value as a patch says."""
    for step in patch:
        holder, last = _holder(value, step["path"])
        if step["op"] == "remove":
            del holder[last]
        elif step["op"] == "move":
            _, old = _holder(value, step["from"])
            members = list(holder.items())
            holder.clear()
            holder.update((last if key == old else key, entry) for key, entry in members)
        else:
            holder[last] = copy.deepcopy(step["value"])


def _touched(patch: Patch) -> list[str]:
    """The pointers that a patch changes: a removal from a list moves all that is in it."""
    found = []
    for step in patch:
        path = step["path"]
        is_element = step["op"] == "remove" and path.rpartition("/")[2].isdigit()
        found.append(path.rpartition("/")[0] if is_element else path)
        found += [step["from"]] if "from" in step else []
    return found


# -- application -------------------------------------------------------------------------------------------------------


def applicable(diagnostics: Iterable[Diagnostic], *, unsafe: bool) -> list[Diagnostic]:
    """The findings that count and have a fix that may be applied."""
    return [
        found
        for found in diagnostics
        if found.suppressed is None and found.fix is not None and (unsafe or found.fix.applicability == "safe")
    ]


def applied(data: bytes, fixes: Iterable[Fix]) -> tuple[bytes, list[Fix]]:
    """A file's bytes with those fixes that do not overlap, the first by place; and which these were."""
    spans: list[tuple[int, int]] = []
    edits: list[Edit] = []
    taken: list[Fix] = []
    for fix in sorted(fixes, key=lambda fix: fix.edits):
        if taken and fix.edits == taken[-1].edits:
            taken.append(fix)  # two findings, one way out
            continue
        own = [(edit.range.start.offset, edit.range.end.offset) for edit in fix.edits]
        if not any(_is_taken(span, spans) for span in own):
            taken.append(fix)
            edits += fix.edits
            for span in own:
                insort(spans, span)
    parts, at = list[bytes](), 0
    for edit in sorted(edits):
        parts += data[at : edit.range.start.offset], edit.content.encode("utf-8", "surrogatepass")
        at = edit.range.end.offset
    return b"".join([*parts, data[at:]]), taken


def _is_taken(span: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a stretch touches one of others, sorted and apart: it would be the last that begins before its end.

    What comes in at one place comes in one after the other, in another round.
    """
    start, end = span
    index = bisect_left(spans, (end + 1,))
    return index > 0 and start <= spans[index - 1][1]


def applied_exactly(read: Read, data: bytes, found: Iterable[Diagnostic]) -> tuple[bytes, list[Fix]]:
    """The same for findings of a file that `read` reads, with fixes only that together do what their patches say.

    Each fix alone does; where two of them meet in a way that their places do not show, the later is left out.
    """
    owners = {one.fix.edits: one for one in found if one.fix is not None}
    before = read(data)
    after, taken = applied(data, (one.fix for one in owners.values() if one.fix is not None))
    if _patched(read(after), ()) == _patched(before, [owners[fix.edits] for fix in taken]):
        return after, taken
    kept: list[Fix] = []
    for fix in taken:
        after, with_it = applied(data, [*kept, fix])
        if _patched(read(after), ()) == _patched(before, [owners[other.edits] for other in with_it]):
            kept = with_it
    return applied(data, kept)


def _patched(documents: Sequence[Document | SyntaxFault], found: Sequence[Diagnostic]) -> list[str]:
    """The documents' values as the patches of findings, in the order of their places, leave them."""
    known = [document for document in documents if isinstance(document, Document)]
    values = [copy.deepcopy(document.value) for document in known]
    starts = [_start(document) for document in known] if len(known) > 1 else [0]
    starts = [*accumulate(reversed(starts), min)][::-1]  # of it and all behind it
    for one in reversed(found):  # no removal moves what is still to change
        index = max(bisect_right(starts, one.offset) - 1, 0)
        if one.fix is not None and one.fix.patch:
            _apply(values[index], one.fix.patch)
    return [json.dumps(value, sort_keys=True) for value in values] + [""] * (len(documents) - len(known))


def _start(document: Document) -> int:
    """Where a document begins, in bytes."""
    place = document.locate([""]).get("")
    return document.source.position(place.value.start).offset if place is not None else 0


def errors(diagnostics: Iterable[Diagnostic]) -> Counter[tuple[str, str]]:
    """How often each rule finds an error in each file."""
    return Counter((found.path, found.code) for found in diagnostics if found.severity == "error")


def fixed_value(check: Callable[[Any], Report], value: Any, report: Report, *, unsafe: bool) -> Any:
    """A copy of a value as fixes leave it, `check` linting it between rounds; as it was where they add an error."""
    current = copy.deepcopy(value)
    for _ in range(ROUNDS):
        found = applicable(report.diagnostics, unsafe=unsafe)
        touched: set[str] = set()
        above: set[str] = set()
        changed = copy.deepcopy(current)
        for diagnostic in found:
            patch = diagnostic.fix.patch if diagnostic.fix is not None else ()
            own = _touched(patch)
            if above.isdisjoint(own) and not any(touched.intersection(_way(one)) for one in own):
                touched.update(own)
                above.update(step for one in own for step in _way(one))
                _apply(changed, patch)
        if not touched:
            return current
        after = check(changed)
        if errors(after.diagnostics) - errors(report.diagnostics):
            return copy.deepcopy(value)
        current, report = changed, after
    return current


def fixed_text(check: Callable[[Any], Report], text: str | bytes, report: Report, *, unsafe: bool) -> str | bytes:
    """A JSON text as fixes leave it, `check` linting it between rounds; as it was where they bring in an error."""
    data = before = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    for _ in range(ROUNDS):
        fixes = [found.fix for found in applicable(report.diagnostics, unsafe=unsafe) if found.fix is not None]
        changed, taken = applied(data, fixes)
        if not taken:
            break
        after = check(changed)
        if errors(after.diagnostics) - errors(report.diagnostics):
            data = before
            break
        data, report = changed, after
    return data.decode("utf-8", "surrogatepass") if isinstance(text, str) else data


def _way(pointer: str) -> list[str]:
    """The pointers of what a value lies in, and its own."""
    return [*accumulate(pointer.split("/"), "{}/{}".format)]
