"""What is shown of an offset: a field, the page of a rule, the findings on a value."""

import re
from typing import NamedTuple

from splint.formats import Source
from splint.formats.spans import Span
from splint.reporting.diagnostic import Diagnostic
from splint.server.context import Context, code_in_comment, context_at
from splint.server.shapes import ABOUT, model_of
from splint.server.view import View
from splint.server.words import field_page, first_lines, rule_page

_WORD = re.compile(r"[A-Za-z][\w-]*")


class Hover(NamedTuple):
    """What is shown, and of which range."""

    markdown: str
    start: int
    end: int


def hover(view: View, offset: int) -> Hover | None:
    """What is known of an offset; None where that is nothing."""
    offset = view.clamped(offset)
    if view.language == "toml":
        return _of_word(view, offset)
    code = code_in_comment(view, offset)
    if code is not None:
        page = rule_page(view, code.text)
        return Hover(page, *code.span) if page else None
    context = context_at(view, offset)
    span = None if context is None else context.region.span(*context.typed.whole)
    findings = _findings(view, offset)
    parts = [_finding(view, findings)] if findings else []
    parts += [_field(view, context)] if context is not None and span is not None and span.end > span.start else []
    text = "\n\n---\n\n".join(filter(None, parts))
    if not text:
        return None
    if span is None or not span.start <= offset <= span.end:
        span = Span(offset, offset)
    return Hover(text, *span)


def _of_word(view: View, offset: int) -> Hover | None:
    """The page of the rule that a settings file names at an offset."""
    start, end = view.text.rfind("\n", 0, offset) + 1, view.text.find("\n", offset)
    for word in _WORD.finditer(view.text, start, len(view.text) if end < 0 else end):
        if word.start() <= offset <= word.end():
            is_name = any(char.isdigit() for char in word.group()) or "-" in word.group()
            page = rule_page(view, word.group()) if is_name else ""
            return Hover(page, *word.span()) if page else None
    return None


def _field(view: View, context: Context) -> str:
    """What is known of the field that is typed, or whose value is."""
    if context.role == "key":
        name = context.typed.text
        about = ABOUT.get(name)
        if about is not None and any(name in shape.fields for shape in context.shapes):
            return f"**{name}**\n\n{about}"
        fields = [f"{model_of(shape)}.{name}" for shape in context.shapes if name in shape.fields]
    else:
        fields = [slot.field for slot in context.slots]
    pages = (field_page(field, view) for field in dict.fromkeys(fields))
    return "\n\n---\n\n".join(page for page in pages if page)


def _findings(view: View, offset: int) -> list[Diagnostic]:
    """The findings that mark an offset and count."""
    if not view.diagnostics:
        return []
    at = Source("", view.text.encode("utf-8", "replace")).position(offset)
    place = (at.line, at.column)
    return [
        one
        for one in view.diagnostics
        if one.suppressed is None
        and (marked := one.marked) is not None
        and (marked.start.line, marked.start.column) <= place <= (marked.end.line, marked.end.column)
    ]


def _finding(view: View, findings: list[Diagnostic]) -> str:
    """What findings say, each with the first lines of its rule."""
    lines = first_lines(view, (one.code for one in findings))
    return "\n\n".join(f"{one.severity}: {one.message}\n\n{lines.get(one.code, one.code)}" for one in findings)
