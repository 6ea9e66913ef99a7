"""HTML elements; every text in them is escaped."""

import re
from collections.abc import Iterable
from html import escape
from itertools import groupby

from splint.reporting.terms import TERMS
from splint.reporting.wording import counted, safe

VOID = frozenset({"input", "meta", "use"})
"""Elements without content; `use` is written as self-closing."""
TITLES = {"error": "Error", "warning": "Warning", "info": "Info"}


class Markup(str):
    """A text that is markup: `element` escapes any other text."""

    __slots__ = ()


Attribute = str | bool | None


def element(name: str, /, *content: str, **attributes: Attribute) -> Markup:
    """An element. `class_` is the attribute class, `data_level` data-level; True adds a bare name, None omits it."""
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in VOID:
        return Markup(f"<{name}{written}{'/' if name == 'use' else ''}>")
    return Markup(f"<{name}{written}>{joined(content)}</{name}>")


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(safe(value))}"'


def joined(parts: Iterable[str], between: str = "") -> Markup:
    """Markup and texts in a row."""
    return Markup(shown(between).join(part if isinstance(part, Markup) else shown(part) for part in parts))


def shown(text: str) -> Markup:
    """A text with invisible and bidirectional characters escaped and marked."""
    if text.isprintable():
        return Markup(escape(text))
    runs = groupby(text, lambda char: char == "\t" or char.isprintable())
    return Markup("".join(_run("".join(chars), plain) for plain, chars in runs))


def _run(chars: str, plain: bool) -> str:
    return escape(chars) if plain else f'<span class="odd">{escape(safe(chars))}</span>'


def worded(text: str) -> Markup:
    """A text, each of the API's names in it followed once by what advertisers call it, unless the text says it."""
    parts: list[str] = []
    end = 0
    told: set[str] = set()
    for match in re.finditer(r"[A-Za-z_]+", text):
        term = TERMS.get(match[0])
        if term is not None and term not in told and f"({term}" not in text:
            told.add(term)
            parts += [text[end : match.end()], element("span", f" ({term})", class_="term")]
            end = match.end()
    return joined((*parts, text[end:]))


def heading(level: int, *content: str, **attributes: Attribute) -> Markup:
    """A heading, also below the sixth level."""
    if level <= 6:
        return element(f"h{level}", *content, **attributes)
    return element("p", *content, role="heading", aria_level=str(level), **attributes)


def unseen(text: str) -> Markup:
    """A text for screen readers only."""
    return element("span", text, class_="unseen")


def icon(name: str) -> Markup:
    """One of the icons that the page defines at its start."""
    return element("svg", element("use", href=f"#icon-{name}"), class_="icon", aria_hidden="true")


def badges(counts: dict[str, int]) -> Markup:
    """The counts of a node or a file: an icon, a number and, for screen readers, a word each."""
    return joined(
        element(
            "span",
            icon(level),
            f"{count}",
            unseen(f" {counted(count, level)[len(str(count)) + 1 :] if level in TITLES else level} "),
            class_=f"badge {level}",
        )
        for level, count in counts.items()
        if count
    )
