"""Findings as articles: what is wrong, what to do, where, and who says so."""

from collections.abc import Mapping

from splint.reporting.report import Citation, Diagnostic, Excerpt, RelatedPlace, Suppression
from splint.reporting.reporters.html.markup import LEVELS, Markup, element, heading, icon, joined, unseen
from splint.reporting.reporters.html.shown import RELATED, more
from splint.reporting.reporters.html.source import Sources

SUPPRESSORS = {
    "comment": "Suppressed by a comment in",
    "per-file-ignore": "Suppressed by per-file-ignores in",
    "override": "Suppressed by an override in",
    "baseline": "Known already, in the baseline",
}


def finding(number: int, found: Diagnostic, level: int, sources: Sources, rules: Mapping[str, str]) -> Markup:
    """The article of the finding with this number; `level` is its heading's, `rules` the links to rules."""
    name = f"f{number}"
    return element(
        "article",
        element(
            "p",
            element("span", icon(found.severity), LEVELS.get(found.severity, found.severity), class_="level"),
            " ",
            _rule(found, rules),
            class_="kicker",
        ),
        heading(level, found.summary, id=f"{name}-title", class_="title"),
        element("p", element("strong", "What to do:"), " ", found.help, class_="way-out") if found.help else "",
        _suppressed(found.suppressed) if found.suppressed else "",
        element("p", unseen("Place: "), _place(found, sources.mark(number)), class_="where"),
        _snippet(found.excerpt, found.severity) if found.excerpt else "",
        _related(found, sources),
        element("p", "Source: ", citation(found.source), class_="source"),
        class_=f"finding {found.severity}{' suppressed' if found.suppressed else ''}",
        id=name,
        tabindex="-1",
        aria_labelledby=f"{name}-title",
        data_level=found.severity,
        data_rule=found.code,
        data_suppressed=bool(found.suppressed),
    )


def _rule(found: Diagnostic, rules: Mapping[str, str]) -> Markup:
    words = joined((element("code", found.code, translate="no"), " ", element("span", found.name, class_="name")))
    link = rules.get(found.code)
    return element("a", words, unseen(": about this rule"), class_="rule", href=link) if link else words


def _place(found: Diagnostic | RelatedPlace, link: str | None, beside: str = "") -> Markup:
    """Path, line, column and pointer; without the path where it is the one `beside`."""
    start = found.range.start if found.range else None
    where = f"{found.path}:{start.line}:{start.column}" if start else found.path
    if start and found.path == beside:
        where = f"line {start.line}, column {start.column}"
    return joined(
        (
            element("a" if link else "span", element("bdi", where), href=link, class_="place"),
            f" (document {found.document})" if found.document else "",
            " " if found.pointer else "",
            element("code", found.pointer, class_="pointer", translate="no") if found.pointer else "",
        )
    )


def citation(source: Citation) -> Markup:
    """Title, section and basis, linked where there is a page."""
    words = joined((source.title, f", {source.section}" if source.section else ""))
    is_page = bool(source.url) and str(source.url).startswith(("https://", "http://"))
    link = element("a", words, href=source.url, rel="noopener noreferrer") if is_page else words
    return joined((link, f" ({source.basis})" if source.basis else ""))


def _suppressed(why: Suppression) -> Markup:
    line = f", line {why.line}" if why.line > 0 else ""
    return element(
        "p",
        f"{SUPPRESSORS.get(why.kind, f'Suppressed by {why.kind} in')} ",
        element("bdi", why.path),
        line,
        element("span", ": ", element("q", why.reason)) if why.reason else "",
        class_="why",
    )


def _snippet(excerpt: Excerpt, level: str) -> Markup:
    text, start, end = excerpt.text, excerpt.start, excerpt.start + excerpt.length
    return element(
        "div",
        element("span", str(excerpt.line), class_="number"),
        element("code", text[:start], element("mark", text[start:end], class_=level), text[end:], translate="no"),
        class_="snippet",
        role="region",
        aria_label=f"Line {excerpt.line}",
        tabindex="0",
    )


def _related(found: Diagnostic, sources: Sources) -> Markup:
    if not found.related:
        return Markup()
    items = (
        element(
            "li",
            element("span", place.message, ": ", class_="message"),
            _place(place, sources.line(place.path, place.range), found.path),
            _snippet(place.excerpt, "related") if place.excerpt else "",
        )
        for place in found.related[:RELATED]
    )
    rest = more("place" for _ in found.related[RELATED:])
    return element("div", element("p", "See also", class_="label"), element("ul", *items), rest, class_="related")
