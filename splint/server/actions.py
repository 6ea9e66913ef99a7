"""Code actions: what fixes a finding, what silences it, and what fixes all that is safe."""

from collections.abc import Iterable, Sequence
from typing import Any

from lsprotocol import types

from splint.reporting.diagnostic import Diagnostic
from splint.reporting.location import Edit
from splint.server.diagnostics import Places
from splint.server.session import Found, Session
from splint.server.silencing import comment_for, entry_for, settings_for
from splint.server.texts import Buffer, Text, alike, alike_at_the_end

FIX_ALL = "source.fixAll.splint"
KINDS = [types.CodeActionKind.QuickFix, FIX_ALL]
RISK = " (may change spend or intent)"
"""Ends the title of an unsafe fix."""


class Actions:
    """Makes the code actions of a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def offered(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """What can be done about the findings that touch a range."""
        known = await self._session.current(params.text_document.uri)
        if known is None:
            return []
        buffer, found = known
        only = params.context.only
        actions: list[types.CodeAction] = []
        if is_wanted(types.CodeActionKind.QuickFix, only):
            touched = _touched(found, params.range)
            actions += filter(None, (self._fix(buffer, one, item) for one, item in touched))
            actions += filter(None, (self._ignore(buffer, one, item) for one, item in touched))
        if is_wanted(FIX_ALL, only) and any(one.fix and one.fix.applicability == "safe" for one in found.diagnostics):
            action = types.CodeAction(
                "Fix all safe findings of splint", FIX_ALL, data={"uri": buffer.uri, "version": buffer.version}
            )
            action = action if self._session.client.resolves_edits and only is None else await self.resolved(action)
            actions += [action] if action.edit is not None or action.data is not None else []
        return actions

    async def resolved(self, action: types.CodeAction) -> types.CodeAction:
        """The action that fixes all, with its edit; without one if its document has changed since."""
        data = action.data if isinstance(action.data, dict) else {}
        known = await self._session.current(str(data.get("uri")))
        if known is None or known[0].version != data.get("version"):
            return action
        buffer = known[0]
        snapshot = dict(self._session.buffers)
        after = await self._session.in_worker(self._session.workspace.fixed, buffer.path, snapshot)
        action.data = None
        if after is not None and self._session.buffers.get(buffer.path) is buffer:
            edit = self._replaced(buffer, after.decode("utf-8", "surrogatepass"))
            action.edit = self._workspace_edit([(buffer.uri, buffer.version, [edit])])
        return action

    # -- one finding -----------------------------------------------------------------------------------------------

    def _fix(self, buffer: Buffer, one: Diagnostic, item: types.Diagnostic) -> types.CodeAction | None:
        if one.fix is None or not one.fix.edits:
            return None
        is_safe = one.fix.applicability == "safe"
        places = self._places()
        edits = [self._edit(places, buffer.text, edit) for edit in one.fix.edits]
        return types.CodeAction(
            f"{one.fix.title}{'' if is_safe else RISK}",
            types.CodeActionKind.QuickFix,
            diagnostics=[item],
            is_preferred=True if is_safe else None,
            edit=self._workspace_edit([(buffer.uri, buffer.version, edits)]),
        )

    def _ignore(self, buffer: Buffer, one: Diagnostic, item: types.Diagnostic) -> types.CodeAction | None:
        """The action that silences a finding: in a comment, or in the settings."""
        reader = self._session.workspace.reader_of(buffer.path)
        if reader is None:
            return None
        edit: types.WorkspaceEdit | None = None
        where = ""
        if reader.comments is None:
            edit = None if buffer.is_untitled else self._override(buffer, one)
            where = " (in the settings)"
        elif (made := comment_for(one, buffer.text, reader)) is not None:
            place = self._places().range(buffer.text, made.at, made.at)
            edit = self._workspace_edit([(buffer.uri, buffer.version, [types.TextEdit(place, made.text)])])
        if edit is None:
            return None
        title = f"ignore {one.code} here{where}"
        return types.CodeAction(title, types.CodeActionKind.QuickFix, diagnostics=[item], edit=edit)

    def _override(self, buffer: Buffer, one: Diagnostic) -> types.WorkspaceEdit | None:
        """The edit that makes an entry in the closest settings file."""
        session = self._session
        settings, is_new = settings_for(buffer.path, session.workspace.root_of(buffer.path))
        open_one = session.buffers.get(settings)
        text = open_one.text if open_one is not None else self._places().text_of(settings)
        entry = entry_for(one, buffer.path, settings, text.text, is_new=is_new and open_one is None)
        if entry is None or (entry.is_new and not session.client.creates_files):
            return None
        place = self._places().range(text, len(text.text), len(text.text))
        uri, version = session.uri_of(settings), open_one.version if open_one is not None else None
        create = [types.CreateFile(uri, options=types.CreateFileOptions(ignore_if_exists=True))] if entry.is_new else []
        return self._workspace_edit([(uri, version, [types.TextEdit(place, entry.text)])], create)

    # -- edits -----------------------------------------------------------------------------------------------------

    def _places(self) -> Places:
        return self._session.places(self._session.buffers)

    def _edit(self, places: Places, text: Text, edit: Edit) -> types.TextEdit:
        return types.TextEdit(places.of(text, edit.range), edit.content)

    def _replaced(self, buffer: Buffer, after: str) -> types.TextEdit:
        """The one edit that makes a text of a buffer, without what is alike at its start and its end."""
        before = buffer.text.text
        start = alike(before, after)
        most = min(len(before), len(after)) - start
        tail = alike_at_the_end(before, after, most)
        place = self._places().range(buffer.text, start, len(before) - tail)
        return types.TextEdit(place, after[start : len(after) - tail])

    def _workspace_edit(
        self,
        changes: Iterable[tuple[str, int | None, Sequence[types.TextEdit]]],
        created: Sequence[types.CreateFile] = (),
    ) -> types.WorkspaceEdit:
        """Edits of documents: of these versions, where the client can tell."""
        if not self._session.client.has_versioned_edits:
            return types.WorkspaceEdit({uri: list(edits) for uri, _, edits in changes})
        made: list[Any] = [*created]
        for uri, version, edits in changes:
            made.append(types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri, version), edits))
        return types.WorkspaceEdit(document_changes=made)


def is_wanted(kind: str, only: Sequence[str] | None) -> bool:
    """Whether a client wants actions of a kind: it names none, this one, or one that it is of."""
    if only is None:
        return True
    kind, words = _word(kind), [_word(wanted) for wanted in only]
    return any(not word or f"{kind}.".startswith(f"{word}.") for word in words)


def _word(kind: str) -> str:
    """A kind as the protocol writes it: formatting shows the name of an enumeration's member."""
    return str(kind.value) if isinstance(kind, types.CodeActionKind) else kind


def _touched(found: Found, stretch: types.Range) -> list[tuple[Diagnostic, types.Diagnostic]]:
    """The findings that a range touches."""
    first = stretch.start.line, stretch.start.character
    last = stretch.end.line, stretch.end.character
    return [
        (one, item)
        for one, item in zip(found.diagnostics, found.shown, strict=True)
        if (item.range.start.line, item.range.start.character) <= last
        and first <= (item.range.end.line, item.range.end.character)
    ]
