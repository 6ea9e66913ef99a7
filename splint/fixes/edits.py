"""Converts a fix of a rule to edits of its file and an RFC 6902 patch of the value."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache, partial
from itertools import accumulate
from typing import Any

from splint.formats import Document, nowhere, reference_tokens, value_at
from splint.formats.edits import Change, are_apart, dropped, moved
from splint.formats.operations import Action, Patch, patch_step
from splint.formats.pointer import values_along
from splint.formats.source_map import SourceMap
from splint.formats.spans import NodeSpan, Span
from splint.payloads import nodes
from splint.reporting.report import Edit, Fix

_DIGITS = re.compile(r"0|[1-9][0-9]*")


def pointers_for(fix: nodes.Fix) -> set[str]:
    """The pointers whose places `fixes_of` needs: numbers to quote and, in JSON, the parent of the other operations.

    They are located together with the pointers of findings, so that a document is read only once.
    """
    quoted = {operation.location.pointer for operation in fix.operations if operation.kind == "quote"}
    written = fix.operations[0].location.document.written
    if len(quoted) == len(fix.operations) == 1 or written is None or written.syntax == "yaml":
        return quoted
    holders = {one.location.pointer.rpartition("/")[0] for one in fix.operations if one.kind != "comment"}
    return quoted | holders if len(holders) == 1 else quoted


def fixes_of(fixes: Sequence[nodes.Fix], places_of: Callable[[Document], Mapping[str, NodeSpan]]) -> list[Fix | None]:
    """Fixes with their edits and patches; None if no edits change exactly what a fix says.

    `places_of` returns the places of `pointers_for` in a document. What is embedded in other texts is proved together.
    """
    drafts: list[_Draft | None] = []
    doubled: dict[int, set[str]] = {}
    for fix in fixes:
        document = fix.operations[0].location.document
        if id(document.duplicates) not in doubled:
            doubled[id(document.duplicates)] = {one.pointer.rpartition("/")[0] for one in document.duplicates}
        drafts.append(_draft(fix, places_of(document), doubled[id(document.duplicates)]))
    embedded: dict[int, list[int]] = {}
    for at, draft in enumerate(drafts):
        if draft is not None and draft.changes and draft.is_embedded:
            embedded.setdefault(id(draft.document.written), []).append(at)
    for group in embedded.values():
        together = [draft for draft in map(drafts.__getitem__, group) if draft is not None]
        found = changes_in_source(together[0].document, [draft.changes for draft in together])
        for at, draft, changes in zip(group, together, found, strict=True):
            draft.changes = changes or ()
            drafts[at] = draft if changes else None
    return [draft.fix() if draft is not None else None for draft in drafts]


def renamed(finding: nodes.Finding) -> str | None:
    """The name that the fix of a finding gives to the key there, or else the finding itself, as its `becomes`."""
    [first, *more] = finding.fix.operations if finding.fix is not None else (None,)
    if first is not None and first.kind == "rename" and first.location.pointer == finding.location.pointer and not more:
        return str(first.value)
    return finding.becomes


class _Draft:
    """A fix with its changes."""

    changes: Sequence[Change] = ()
    is_embedded = False
    """Whether they are changes of the document's text, not yet of the source."""

    def __init__(self, title: str, applicability: str, document: Document, patch: Patch) -> None:
        self.title = title
        self.applicability = applicability
        self.document = document
        self.patch = patch

    def fix(self) -> Fix:
        """With the changes as edits, which a document that was given as a value has none of."""
        source = self.document.source
        edits = tuple(Edit(source.range(change.start, change.end), change.text) for change in self.changes)
        return Fix(self.title, self.applicability, edits, self.patch)


def _draft(fix: nodes.Fix, places: Mapping[str, NodeSpan], doubled: set[str]) -> _Draft | None:
    """A fix with its changes; `doubled` are the pointers of objects that hold a key twice."""
    document = fix.operations[0].location.document
    patch: list[dict[str, Any]] = []
    for one in fix.operations:
        pointer, operand = one.location.pointer, one.value
        if one.location.document is not document:
            return None
        if one.kind == "quote":
            operand = _digits(document, pointer, places.get(pointer))
            if one.value is None and not _DIGITS.fullmatch(operand):
                return None  # 7e18, or in YAML 0x2A, 007 and 7_000: no spelling of an id
        if one.kind != "comment":
            patch.append(patch_step(document.value, one.kind, pointer, operand))
    draft = _Draft(fix.title, "safe" if fix.is_safe else "unsafe", document, tuple(patch))
    if document.locate is nowhere and not document.spans:
        return draft
    if fix.operations[0].kind == "comment":
        draft.changes = _comment(document, fix.operations[0].value)
        return draft
    if doubled and any(_touches(doubled, operation) for operation in fix.operations):
        return None
    changes, written = _changes(document, fix.operations, places), document.written
    draft.changes = changes or ()
    draft.is_embedded = written is not None and not (written.source_map is None and written.start == 0)
    return draft if changes else None


def _changes(
    document: Document, operations: Sequence[nodes.Operation], places: Mapping[str, NodeSpan]
) -> list[Change] | None:
    """The changes in the text of the document; None if there are none that do exactly this."""
    written = document.written
    if written is None:
        return None
    whole = document.source.text if written.source_map is None else written.source_map.text
    text = whole[written.start : written.end]
    actions = [
        Action(operation.kind, operation.location.pointer, operation.value)
        for operation in operations
        if operation.kind != "comment"
    ]
    if written.syntax == "yaml":
        from splint.formats.yaml.edits import changes  # only where YAML is fixed

        replacements = changes(text, actions)
    else:
        import splint.formats.json.edits  # only where JSON is fixed

        known = places if written.source_map is None else None
        replacements = splint.formats.json.edits.changes(text, actions, known, is_json=written.syntax == "json")
    kinds = {"list" if isinstance(action.value, list) else action.kind for action in actions}
    if replacements and ("list" in kinds or len(kinds & {"put", "remove"}) == 2):
        from splint.fixes.spelling import respells  # only where a value moves

        if respells(text, written.syntax, replacements):
            return None
    if not replacements or written.syntax == "json":  # which has no comments
        return replacements
    is_lossy = _writes_anew(document.value, actions) and _loses_comments(text, written.syntax, replacements)
    return None if is_lossy else replacements


def changes_in_source(document: Document, wanted: Sequence[Sequence[Change]]) -> list[list[Change] | None]:
    """The sorted changes in the text of the source that result in changes in the text of the document.

    Each of `wanted` is by itself. None if there are none that do exactly this, for example in the value of a shell
    variable, across differently quoted parts, or in JSON embedded in a string.
    """
    written = document.written
    if written is None or document.within is not None:
        return [None] * len(wanted)
    inside = [moved(sorted(changes), written.start) for changes in wanted]
    apart = [changes for changes in inside if are_apart(changes)]
    made = iter(apart if written.source_map is None else _through(document, written.source_map, apart))
    return [next(made) if are_apart(changes) else None for changes in inside]


def _through(document: Document, source_map: SourceMap, wanted: list[list[Change]]) -> Sequence[list[Change] | None]:
    """The changes of the source that come to changes of the text of a source map."""
    if document.sequential:
        from splint.formats.json.reader import parse  # only where a script is fixed
        from splint.formats.shell.edits import changes_in_script
        from splint.formats.shell.reader import read_shell

        return changes_in_script(document, source_map, wanted, partial(read_shell, parse=parse))
    from splint.formats.markdown.edits import changes_in_prose  # only where Markdown is fixed

    return changes_in_prose(document, source_map, wanted)


def _writes_anew(value: Any, actions: Sequence[Action]) -> bool:
    """Whether actions on a value replace an object or a list in it, or move a part of it to another place.

    Comments on what is replaced or moved would have to move along. A part counts as moved where the actions remove it
    and put something of the same name, or of equal content, or a member of it.
    """
    puts = [(reference_tokens(action.pointer), action.value) for action in actions if action.kind == "put"]
    names, contents = {tokens[-1] for tokens, _ in puts if tokens}, [content for _, content in puts]
    removed = [reference_tokens(action.pointer) for action in actions if action.kind == "remove"]
    return any(isinstance(values_along(value, tokens)[-1], dict | list) for tokens, _ in puts) or (
        bool(puts)
        and any(
            tokens[-1] in names
            or _holds(contents, gone := value_at(value, tokens))
            or not names.isdisjoint(_keys(gone))
            for tokens in removed
        )
    )


def _keys(value: Any) -> set[str]:
    """The keys of an object, or of the objects in a list."""
    entries = value if isinstance(value, list) else [value]
    return {key for one in entries if isinstance(one, dict) for key in one}


def _holds(content: Any, value: Any) -> bool:
    """Whether a value is equal to some content or a part of it."""
    parts = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    return content == value or any(_holds(part, value) for part in parts)


def _loses_comments(text: str, syntax: str, changes: Sequence[Change]) -> bool:
    """Whether changes delete a comment of a document's text that they do not write elsewhere."""
    lost = [text[slice(*span)] for span in dropped(changes, _comments(text, syntax))]
    if lost and syntax == "yaml":
        for change in changes:
            for span in _comments_in_yaml(change.text):
                if (kept := change.text[slice(*span)]) in lost:
                    lost.remove(kept)
    return bool(lost)


@lru_cache(maxsize=1)
def _comments(text: str, syntax: str) -> list[Span]:
    """The comments in a document's text, sorted; cached since the fixes of a document are made one after the other."""
    if syntax == "yaml":
        return _comments_in_yaml(text)
    if syntax == "jsonc":
        from splint.formats.json.comments import comment_spans  # only where JSONC is fixed

        return sorted(comment_spans(text))
    return []


def _comments_in_yaml(text: str) -> list[Span]:
    from splint.formats.yaml.comments import gaps  # only where a document of YAML has fixes

    return sorted(gap.comment for gap in gaps(text) if gap.comment)


def _touches(pointers: Collection[str], operation: nodes.Operation) -> bool:
    """Whether one of some pointers is that of an object around what an operation changes, or in what it takes away."""
    at = operation.location.pointer
    if any(one in pointers for one in accumulate(at.split("/")[:-1], "{}/{}".format)):
        return True
    return operation.kind in ("put", "remove") and any(f"{one}/".startswith(f"{at}/") for one in pointers)


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
    return str(value_at(document.value, reference_tokens(pointer)))
