"""The campaigns of a buffer with their ad groups and ads, as an outline shows them."""

from typing import NamedTuple

from splint.formats.spans import Span
from splint.payloads.nodes import Ad, AdGroup, Campaign, Payload
from splint.schema.vocabulary import LEVEL_OF, ObjectLevel
from splint.server.objects import Spans, found_in
from splint.server.view import View


class Symbol(NamedTuple):
    """An object of a campaign. Its range holds those of its children and its selection; all are offsets."""

    name: str
    detail: str
    kind: ObjectLevel
    start: int
    end: int
    selection_start: int
    selection_end: int
    children: "tuple[Symbol, ...]" = ()


TRAITS = {Campaign: "objective_type", AdGroup: "optimization_goal", Ad: ""}
"""The field of an object that its detail shows."""


def symbols(view: View) -> list[Symbol]:
    """The campaigns of a buffer, and ad groups and ads without one, in the order of the text."""
    found = found_in(view)
    payloads = [payload for tree in found.trees for payload in tree.payloads]
    spans = Spans(found, payloads)
    below: dict[int, list[Payload]] = {}
    tops: list[Payload] = []
    for payload in payloads:
        above = _above(payload)
        (tops if above is None else below.setdefault(id(above), [])).append(payload)
    shown = [symbol for top in tops if (symbol := _symbol(top, below, spans)) is not None]
    return sorted(shown, key=lambda symbol: (symbol.start, symbol.end))


def _above(payload: Payload) -> Payload | None:
    """The object that one belongs to, as far as the buffer holds it."""
    if isinstance(payload, Campaign):
        return None
    if isinstance(payload, Ad) and payload.ad_group is not None:
        return payload.ad_group
    return payload.tree.campaign


def _symbol(payload: Payload, below: dict[int, list[Payload]], spans: Spans) -> Symbol | None:
    whole, selection = spans.whole(payload), spans.name(payload)
    if whole is None or selection is None:
        return None
    inner = (_symbol(one, below, spans) for one in below.get(id(payload), ()))
    children = tuple(sorted((one for one in inner if one is not None), key=lambda one: (one.start, one.end)))
    around = _hull(whole, selection, *(Span(one.start, one.end) for one in children))
    return Symbol(_name(payload), _detail(payload), LEVEL_OF[type(payload).__name__], *around, *selection, children)


def _hull(*spans: Span) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _name(payload: Payload) -> str:
    """The object's name, else its id, else what it is."""
    for field in (payload.name_field, payload.own_id):
        written = payload.written.get(field)
        if isinstance(written, str | int) and str(written).strip():
            return str(written)
    return payload.noun


def _detail(payload: Payload) -> str:
    """What kind of object it is, and of which request where that is not to create it."""
    trait = payload.written.get(TRAITS[type(payload)])
    return ", ".join([*([trait] if isinstance(trait, str) else []), *([payload.kind] * (not payload.is_create))])
