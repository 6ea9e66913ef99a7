"""What may be typed at an offset: fields that are not there yet, values, codes of rules."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from splint.formats.spans import Span
from splint.schema.kinds import BOOLEAN, Either, ListOf, Shape, Spec
from splint.schema.vocabulary import AD_GROUP_LISTS, OWN_IDS
from splint.server.context import Context, code_in_comment, context_at
from splint.server.settings import settings_word
from splint.server.shapes import ABOUT, Slot, model_of, noun_of
from splint.server.view import View
from splint.server.words import facts_of, field_page, linked, type_of, values_of


class Completion(NamedTuple):
    """One thing that may be typed."""

    label: str
    """What is shown, and compared with what is typed."""
    insert: str
    """What takes the place of the range."""
    start: int
    end: int
    """The offsets of what is typed, without its quotes; the range lies on one line and holds the cursor."""
    kind: Literal["field", "value", "code"]
    detail: str
    documentation: str
    """In Markdown."""
    required: bool
    """Whether a create request needs the field."""
    sort: str
    """What completions are sorted by."""


def completions(view: View, offset: int) -> list[Completion]:
    """What may be typed at an offset, sorted."""
    offset = view.clamped(offset)
    if view.language == "toml":
        found = _codes_in_settings(view, offset)
    elif (code := code_in_comment(view, offset)) is not None:
        found = list(_codes(view, code.span, code.words, "", ""))
    else:
        context = context_at(view, offset)
        found = [] if context is None else [*_fields(view, context, offset), *_values(view, context, offset)]
    return sorted(found, key=lambda one: (one.sort, one.label))


# -- fields ------------------------------------------------------------------------------------------------------------


class _Field(NamedTuple):
    """A field that an object may have."""

    shape: Shape
    name: str
    spec: Spec
    is_required: bool
    order: int

    @property
    def field(self) -> str:
        """As guards name it."""
        return f"{model_of(self.shape)}.{self.name}"


def _fields(view: View, context: Context, offset: int) -> Iterator[Completion]:
    """The fields that the object does not have yet."""
    span = _range(view, context, offset)
    if context.role == "value" or span is None:
        return
    by_name: dict[str, list[_Field]] = {}
    for shape in context.shapes:
        for order, (name, spec) in enumerate(shape.fields.items()):
            if name not in _taken(context):
                facts = facts_of(f"{model_of(shape)}.{name}", view.profile)
                if facts is not None and facts.is_of_updates and name not in OWN_IDS.values() and not context.is_update:
                    continue
                is_required = facts is not None and facts.is_required and not context.is_update
                by_name.setdefault(name, []).append(_Field(shape, name, spec, is_required, order))
    for name, fields in by_name.items():
        first = fields[0]
        is_required = first.is_required and len(context.shapes) == 1
        detail = type_of(first.spec)
        if len(context.shapes) > 1:
            detail = f"{', '.join(noun_of(one.shape) for one in fields)}: {detail}"
        about = ABOUT.get(name) or field_page(first.field, view)
        sort = f"{0 if is_required else 1}{first.order:03}"
        insert = _written(context, name, _colon(context, first.spec))
        yield Completion(name, insert, *span, "field", detail, about, is_required, sort)


def _taken(context: Context) -> frozenset[str]:
    """The names that are no new fields: those that are there, and the second name of the list of ad groups."""
    keys = context.keys
    return keys | set(AD_GROUP_LISTS) if not keys.isdisjoint(AD_GROUP_LISTS) else keys | set(AD_GROUP_LISTS[1:])


def _colon(context: Context, spec: Spec) -> str:
    """What follows a new key."""
    if context.cursor.has_colon:
        return ""
    is_nested = isinstance(spec, ListOf | Shape)
    return ":" if is_nested and context.cursor.syntax == "block" else ": "


def _written(context: Context, name: str, behind: str) -> str:
    """A key or a text as it takes the place of what is typed, with what follows it."""
    token = context.typed
    if token.quote:
        text = name if token.is_closed else f"{name}{token.quote}{behind}"
    elif context.cursor.syntax == "json":
        text = f'"{name}"{behind}'
    else:
        text = f"{_space(context)}{name}{behind}"
    return context.region.escaped(text, token.start)


def _space(context: Context) -> str:
    """The blank that YAML asks for behind a colon or a dash."""
    before = context.region.text[context.typed.start - 1 : context.typed.start] if context.typed.start else ""
    is_behind = context.role == "value" or before == "-"
    return " " if is_behind and before in (":", "-") else ""


def _range(view: View, context: Context, offset: int) -> Span | None:
    """The range of what is typed; None where it is not written in one piece on one line."""
    token = context.typed
    span = context.span if token.end > token.start else Span(offset, offset)
    if not span.start <= offset <= span.end:
        return Span(offset, offset) if token.end == token.start else None
    return None if re.search(r"[\r\n]", view.text[span.start : span.end]) else span


# -- values ------------------------------------------------------------------------------------------------------------

_PLAIN = re.compile(r"[A-Za-z][\w.-]*|\d+[A-Za-z+][\w+]*")
_RESOLVED = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
"""Texts that YAML takes for something else, in lower case."""


def _values(view: View, context: Context, offset: int) -> Iterator[Completion]:
    """The values that the field may have."""
    span = _range(view, context, offset)
    if context.role == "key" or span is None:
        return
    seen: set[str] = set()
    for slot in context.slots:
        facts = facts_of(slot.field, view.profile)
        if facts is None:
            continue
        page = field_page(slot.field, view)
        for order, (value, is_text) in enumerate(_choices(view, slot)):
            if value not in seen and (is_text or not context.typed.quote):
                seen.add(value)
                insert = _value(context, value) if is_text else f"{_space(context)}{value}"
                yield Completion(value, insert, *span, "value", slot.field, page, False, f"{order:03}")


def _choices(view: View, slot: Slot) -> list[tuple[str, bool]]:
    """The values of a scalar, each with whether it is a text."""
    parts = [slot.spec] if not isinstance(slot.spec, Either) else list(slot.spec)
    if BOOLEAN in parts:
        return [("true", False), ("false", False)]
    is_scalar = any(not isinstance(part, ListOf | Shape | Either) for part in parts)
    return [(value, True) for value in values_of(slot.field, view)] if is_scalar else []


def _value(context: Context, value: str) -> str:
    """A text as it takes the place of what is typed."""
    is_plain = _PLAIN.fullmatch(value) and value.lower() not in _RESOLVED
    if context.cursor.syntax == "json" or context.typed.quote or is_plain:
        return _written(context, value, "")
    return context.region.escaped(f'{_space(context)}"{value}"', context.typed.start)


# -- codes -------------------------------------------------------------------------------------------------------------


def _codes_in_settings(view: View, offset: int) -> list[Completion]:
    """The codes that a settings file may name."""
    word = settings_word(view, offset)
    if word is None:
        return []
    before = '"' if not word.quote and not word.is_key else ""
    after = before or ("" if word.is_closed else word.quote)
    return list(_codes(view, word.span, word.words, before, after))


def _codes(view: View, span: Span, words: frozenset[str], before: str, after: str) -> Iterator[Completion]:
    for selection in view.rules:
        rule = selection.rule
        if rule.code not in words:
            insert = f"{before}{rule.code}{after}"
            yield Completion(rule.code, insert, *span, "code", rule.name, linked(selection), False, rule.code)
