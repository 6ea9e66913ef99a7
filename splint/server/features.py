"""What an editor asks of a document beside its diagnostics: each answer is a function of a view."""

from collections.abc import Iterable

from lsprotocol import types

from splint.server import completion, hover, lens, links, symbols
from splint.server.diagnostics import Places
from splint.server.links import IdUse
from splint.server.mistakes import is_settings
from splint.server.session import Session
from splint.server.symbols import Symbol
from splint.server.texts import Buffer, Place, Text
from splint.server.view import LANGUAGES, View

ITEM_KINDS = {
    "field": types.CompletionItemKind.Field,
    "value": types.CompletionItemKind.EnumMember,
    "code": types.CompletionItemKind.Constant,
}
SYMBOL_KINDS = {
    "campaign": types.SymbolKind.Namespace,
    "adgroup": types.SymbolKind.Class,
    "ad": types.SymbolKind.Object,
}


class Features:
    """Answers questions about the documents of a session; about unknown ones with nothing."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def hover(self, params: types.HoverParams) -> types.Hover | None:
        """What is known of what stands at a position."""
        if (asked := self._asked(params)) is None:
            return None
        view, offset, text = asked
        if (said := hover.hover(view, offset)) is None:
            return None
        content = types.MarkupContent(types.MarkupKind.Markdown, said.markdown)
        return types.Hover(content, self._places().range(text, said.start, said.end))

    def completion(self, params: types.CompletionParams) -> types.CompletionList | None:
        """What may be written at a position; each item replaces exactly what is typed of it."""
        if (asked := self._asked(params)) is None:
            return None
        view, offset, text = asked
        places = self._places()
        items = [
            types.CompletionItem(
                one.label,
                kind=ITEM_KINDS[one.kind],
                detail=one.detail or None,
                documentation=types.MarkupContent(types.MarkupKind.Markdown, one.documentation)
                if one.documentation
                else None,
                sort_text=one.sort,
                filter_text=_filtered(one.label, text.text[one.start : one.end]),
                text_edit=types.TextEdit(places.range(text, one.start, one.end), one.insert),
            )
            for one in completion.completions(view, offset)
        ]
        return types.CompletionList(is_incomplete=False, items=items)

    def symbols(self, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        """The campaigns of a document, with what they hold."""
        buffer = self._session.buffer_of(params.text_document.uri)
        view = self._view(buffer) if buffer is not None else None
        return self._tree(symbols.symbols(view), buffer.text) if view is not None and buffer is not None else []

    def lenses(self, params: types.CodeLensParams) -> list[types.CodeLens]:
        """What each campaign can spend."""
        buffer = self._session.buffer_of(params.text_document.uri)
        view = self._view(buffer) if buffer is not None else None
        if view is None or buffer is None:
            return []
        places = self._places()
        return [
            types.CodeLens(places.range(buffer.text, one.start, one.end), types.Command(one.title, ""))
            for one in lens.lenses(view)
        ]

    async def definition(self, params: types.DefinitionParams) -> list[types.Location]:
        """Where the object stands whose id is at a position."""
        return await self._along(params, wants_uses=False)

    async def references(self, params: types.ReferenceParams) -> list[types.Location]:
        """Where the id at a position is used."""
        found = await self._along(params, wants_uses=True)
        return found + (await self._along(params, wants_uses=False) if params.context.include_declaration else [])

    async def _along(
        self, params: types.DefinitionParams | types.ReferenceParams, *, wants_uses: bool
    ) -> list[types.Location]:
        if (asked := self._asked(params)) is None:
            return []
        view, offset, _ = asked
        here = next((one for one in links.ids(view) if one.start <= offset <= one.end), None)
        if here is None:
            return []
        session = self._session
        snapshot = dict(session.buffers)
        return await session.in_worker(self._located, here, wants_uses, session.places(snapshot))

    def _located(self, wanted: IdUse, wants_uses: bool, places: Places) -> list[types.Location]:
        """The places of an id in all files that hold it."""
        workspace, found = self._session.workspace, list[types.Location]()
        for path in workspace.index.holding((wanted.field, wanted.value)):
            text = places.text_of(path)
            view = self._view_of(path, text)
            for one in links.ids(view) if view is not None else ():
                if (one.field, one.value) == (wanted.field, wanted.value) and one.is_definition is not wants_uses:
                    stretch = places.range(text, one.start, one.end)
                    found.append(types.Location(places.uri_of(path), stretch))
        return found

    # -- views -----------------------------------------------------------------------------------------------------

    def _places(self) -> Places:
        return self._session.places(self._session.buffers)

    def _asked(
        self, params: types.HoverParams | types.CompletionParams | types.DefinitionParams | types.ReferenceParams
    ) -> tuple[View, int, Text] | None:
        """The view and the offset that are asked about, with the text."""
        buffer = self._session.buffer_of(params.text_document.uri)
        view = self._view(buffer) if buffer is not None else None
        if buffer is None or view is None:
            return None
        place = Place(params.position.line, params.position.character)
        return view, buffer.text.index(place, self._session.encoding), buffer.text

    def _view(self, buffer: Buffer) -> View | None:
        found = self._session.found.get(buffer.path)
        view = self._view_of(buffer.path, buffer.text)
        is_current = view is not None and found is not None and found.buffer is buffer
        return view._replace(diagnostics=found.diagnostics) if is_current and view and found else view

    def _view_of(self, path: str, text: Text) -> View | None:
        """A text as features see it; None for one of no known format."""
        linter = self._session.workspace.linter_for(path)
        if is_settings(path):
            language = "toml"
        else:
            reader = linter.registry.reader_for(path)
            if reader is None or reader.name not in LANGUAGES:
                return None
            language = reader.name
        return View(text.text, language, linter.config.profile, linter.ruleset())

    def _tree(self, found: Iterable[Symbol], text: Text) -> list[types.DocumentSymbol]:
        places = self._places()
        return [
            types.DocumentSymbol(
                name=one.name or one.kind,
                kind=SYMBOL_KINDS[one.kind],
                range=places.range(text, one.start, one.end),
                selection_range=places.range(text, one.selection_start, one.selection_end),
                detail=one.detail or None,
                children=self._tree(one.children, text),
            )
            for one in found
        ]


def _filtered(label: str, typed: str) -> str | None:
    """What a client holds against what is typed: with the quote that stands there already; None for the label."""
    return f"{typed[0]}{label}" if typed[:1] in ('"', "'") else None
