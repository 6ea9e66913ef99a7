"""What an editor asks of a document beside its diagnostics: each answer is a function of a view."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from lsprotocol import types

from splint.server import completion, hover, lens, links, symbols
from splint.server.diagnostics import Places
from splint.server.links import IdUse
from splint.server.mistakes import is_settings
from splint.server.outlines import Outline, outline
from splint.server.session import Session
from splint.server.symbols import Symbol
from splint.server.texts import Buffer, Place, Text
from splint.server.view import LANGUAGES, View

Part = TypeVar("Part")
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

    async def symbols(self, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        """The campaigns of a document, with what they hold."""
        return await self._of_document(params.text_document.uri, self._symbols)

    def _symbols(self, asked: Outline) -> list[types.DocumentSymbol]:
        return _tree(symbols.symbols(asked.view), asked)

    async def lenses(self, params: types.CodeLensParams) -> list[types.CodeLens]:
        """What each campaign can spend."""
        return await self._of_document(params.text_document.uri, self._lenses)

    def _lenses(self, asked: Outline) -> list[types.CodeLens]:
        found = lens.lenses(asked.view)
        return [types.CodeLens(asked.range(one.start, one.end), types.Command(one.title, "")) for one in found]

    async def definition(self, params: types.DefinitionParams) -> list[types.Location]:
        """Where the object stands whose id is at a position."""
        return await self._along(params, frozenset({True}))

    async def references(self, params: types.ReferenceParams) -> list[types.Location]:
        """Where the id at a position is used."""
        return await self._along(params, frozenset({False, params.context.include_declaration}))

    async def _along(
        self, params: types.DefinitionParams | types.ReferenceParams, wanted: frozenset[bool]
    ) -> list[types.Location]:
        """The places of the id at a position: `wanted` holds whether they are definitions."""
        place = Place(params.position.line, params.position.character)

        def located(asked: Outline) -> list[types.Location]:
            offset = asked.text.index(place, self._session.encoding)
            named = (one for one in links.ids(asked.view) if asked.moved(one.start) <= offset <= asked.moved(one.end))
            here = next(named, None)
            return self._located(here, wanted, params.text_document.uri, asked) if here is not None else []

        return await self._of_document(params.text_document.uri, located)

    def _located(self, named: IdUse, wanted: frozenset[bool], uri: str, asked: Outline) -> list[types.Location]:
        """The places of an id in all files that hold it, definitions last."""
        found: list[tuple[bool, types.Location]] = []
        outlines = {uri: asked}
        for path in self._session.workspace.index.holding((named.field, named.value)):
            beside = self._outline(path, asked.places.text_of(path), asked.places)
            if beside is not None:
                outlines.setdefault(asked.places.uri_of(path), beside)
        for address, other in outlines.items():
            for one in links.ids(other.view):
                if (one.field, one.value) == (named.field, named.value) and one.is_definition in wanted:
                    location = types.Location(address, other.range(one.start, one.end))
                    found.append((one.is_definition, location))
        return [location for _, location in sorted(found, key=lambda pair: pair[0])]

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

    async def _of_document(self, uri: str, call: Callable[[Outline], list[Part]]) -> list[Part]:
        """What is said of a whole document, worked out where documents are judged."""
        session = self._session
        buffer = session.buffer_of(uri)
        if buffer is None:
            return []
        places = session.places(dict(session.buffers))

        def said() -> list[Part]:
            asked = self._outline(buffer.path, buffer.text, places)
            return call(asked) if asked is not None else []

        return await session.in_worker(said)

    def _outline(self, path: str, text: Text, places: Places) -> Outline | None:
        view = self._view_of(path, text)
        return outline(view, text, self._session.whole.get(path), places) if view is not None else None


def _tree(found: Iterable[Symbol], asked: Outline) -> list[types.DocumentSymbol]:
    return [
        types.DocumentSymbol(
            name=one.name or one.kind,
            kind=SYMBOL_KINDS[one.kind],
            range=asked.range(one.start, one.end),
            selection_range=asked.range(one.selection_start, one.selection_end),
            detail=one.detail or None,
            children=_tree(one.children, asked),
        )
        for one in found
    ]


def _filtered(label: str, typed: str) -> str | None:
    """What a client holds against what is typed: with the quote that stands there already; None for the label."""
    return f"{typed[0]}{label}" if typed[:1] in ('"', "'") else None
