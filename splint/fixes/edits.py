"""Converts a fix of a rule to edits of its file and an RFC 6902 patch of the value."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from splint.formats import Document, NodeSpan, Span, nowhere
from splint.formats.edits import Change, are_apart, drops_comments, moved
from splint.formats.operations import Action, patch_step, value_at
from splint.payloads import nodes
from splint.reporting.report import Edit, Fix

_DIGITS = re.compile(r"0|[1-9][0-9]*")


def pointers_for(fix: nodes.Fix) -> set[str]:
    """The pointers whose places `fix_of` needs: numbers to quote and, in JSON, the parent of the other operations.

    They are located together with the pointers of findings, so that a document is read only once.
    """
    quoted = {operation.location.pointer for operation in fix.operations if operation.kind == "quote"}
    written = fix.operations[0].location.document.written
    if len(quoted) == len(fix.operations) == 1 or written is None or written.syntax == "yaml":
        return quoted
    holders = {one.location.pointer.rpartition("/")[0] for one in fix.operations if one.kind != "comment"}
    return quoted | holders if len(holders) == 1 else quoted


def fix_of(fix: nodes.Fix, places: Mapping[str, NodeSpan]) -> Fix | None:
    """A fix with its edits and patch; None if no edits change exactly what the fix says.

    `places` are those of `pointers_for`.
    """
    document = fix.operations[0].location.document
    applicability = "safe" if fix.is_safe else "unsafe"
    if any(operation.location.document is not document for operation in fix.operations):
        return None
    quoted = [operation.location.pointer for operation in fix.operations if operation.kind == "quote"]
    digits = {pointer: _digits(document, pointer, places.get(pointer)) for pointer in quoted}
    if not all(_DIGITS.fullmatch(number) for number in digits.values()):
        return None  # 7e18, or in YAML 0x2A, 007 and 7_000: no spelling of an id
    patch = tuple(
        patch_step(document.value, one.kind, one.location.pointer, digits.get(one.location.pointer, one.value))
        for one in fix.operations
        if one.kind != "comment"
    )
    if document.locate is nowhere and not document.spans:
        return Fix(fix.title, applicability, (), patch)
    changes = _changes(document, fix.operations, places)
    if not changes:
        return None
    source = document.source
    edits = tuple(Edit(source.range(change.start, change.end), change.text) for change in changes)
    return Fix(fix.title, applicability, edits, patch)


def _changes(
    document: Document, operations: Sequence[nodes.Operation], places: Mapping[str, NodeSpan]
) -> list[Change] | None:
    """The changes in the text of the document's source; None if there are none that do exactly this."""
    if operations[0].kind == "comment":
        return _comment(document, operations[0].value)
    written, call = document.written, document.call
    if call is not None and call.source is not document.source:
        return None  # a body in a file of its own is fixed when that file is checked
    if written is None or any(_is_doubled(document, operation.location.pointer) for operation in operations):
        return None
    whole = document.source.text if written.source_map is None else written.source_map.text
    text = whole[written.start : written.end]
    actions = [
        Action(operation.kind, operation.location.pointer, operation.value)
        for operation in operations
        if operation.kind != "comment"
    ]
    if written.syntax == "yaml":
        from splint.formats.yaml.edits import changes

        replacements = changes(text, actions)
    else:
        from splint.formats.json.edits import changes as changes_in_json

        known = places if written.source_map is None else None
        replacements = changes_in_json(text, actions, known, is_json=written.syntax == "json")
    if replacements and _is_move(document.value, actions) and drops_comments(replacements, _comments(document, text)):
        return None
    if not replacements or (written.source_map is None and written.start == 0):
        return replacements
    return changes_in_source(document, replacements)


def changes_in_source(document: Document, changes: Sequence[Change]) -> list[Change] | None:
    """The sorted changes in the text of the source that result in these changes in the text of the document.

    None if there are none that do exactly this, for example in the value of a shell variable, across differently quoted
    parts, or in JSON embedded in a string.
    """
    written = document.written
    if written is None or document.within is not None:
        return None
    inside = moved(sorted(changes), written.start)
    if not are_apart(inside):
        return None
    if written.source_map is None or not inside:
        return inside
    if document.sequential:
        from splint.formats.json.reader import parse
        from splint.formats.shell.edits import changes_in_script
        from splint.formats.shell.reader import read_shell

        return changes_in_script(document, written.source_map, inside, partial(read_shell, parse=parse))
    from splint.formats.markdown.edits import changes_in_prose

    return changes_in_prose(document, written.source_map, inside)


def _is_move(value: Any, actions: Sequence[Action]) -> bool:
    """Whether actions put elsewhere what they remove from a value: comments on it would have to go along."""
    put = [action.value for action in actions if action.kind == "put"]
    return any(one.kind == "remove" and _holds(put, value_at(value, one.pointer)) for one in actions) if put else False


def _holds(content: Any, value: Any) -> bool:
    """Whether a value is equal to some content or a part of it."""
    parts = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    return content == value or any(_holds(part, value) for part in parts)


def _comments(document: Document, text: str) -> Iterator[Span]:
    """The comments in a document's text."""
    if document.written is not None and document.written.syntax == "yaml":
        from splint.formats.yaml.comments import gaps

        yield from (gap.comment for gap in gaps(text) if gap.comment)
    elif document.written is not None and document.written.syntax == "jsonc":
        from splint.formats.json.comments import comment_spans

        yield from comment_spans(text)


def _is_doubled(document: Document, pointer: str) -> bool:
    """Whether a pointer leads through a key that occurs twice in its object."""
    return any(f"{pointer}/".startswith(f"{doubled.pointer}/") for doubled in document.duplicates)


def _comment(document: Document, text: str) -> list[Change]:
    """The change that replaces a comment or, if `text` is empty, removes it with its line or the blanks before it."""
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
    if not after[1]:  # without a line break at its end: remove the one before it
        line = len(source[:line].removesuffix("\n").removesuffix("\r"))
    return [Change(line, after.end(), "")]


def _digits(document: Document, pointer: str, place: NodeSpan | None) -> str:
    """A number as the text spells it; as JSON for a document that was given as a value."""
    if place is not None:
        return document.source.text[place.value.start : place.value.end]
    return str(value_at(document.value, pointer))
