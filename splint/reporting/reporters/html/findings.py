"""Findings as articles: message, help, place and source."""

from collections.abc import Mapping

from splint.reporting.citation import MEANINGS, Citation
from splint.reporting.report import Diagnostic, Excerpt, RelatedPlace, Suppression
from splint.reporting.reporters.concise import numbered
from splint.reporting.reporters.html.markup import TITLES, Markup, element, heading, icon, joined, unseen, worded
from splint.reporting.reporters.html.shown import RELATED, more
from splint.reporting.reporters.html.source import Sources

SUPPRESSORS = {
    "comment": "Suppressed by a comment in",
    "per-file-ignore": "Suppressed by per-file-ignores in",
    "override": "Suppressed by an override in",
    "baseline": "Known already, in the baseline",
}


def finding(number: int, diagnostic: Diagnostic, level: int, sources: Sources, rules: Mapping[str, str]) -> Markup:
    """The article of a finding: `number` is its own, `level` its heading's, and `rules` the links to rules by code."""
    name = f"f{number}"
    return element(
        "article",
        element(
            "p",
            element(
                "span", icon(diagnostic.severity), TITLES.get(diagnostic.severity, diagnostic.severity), class_="level"
            ),
            " ",
            _rule(diagnostic, rules),
            class_="kicker",
        ),
        heading(level, worded(diagnostic.summary), id=f"{name}-title", class_="title"),
        element("p", element("strong", "What to do:"), " ", worded(diagnostic.help), class_="way-out")
        if diagnostic.help
        else "",
        _suppressed(diagnostic.suppressed) if diagnostic.suppressed else "",
        element("p", unseen("Place: "), _place(diagnostic, sources.mark(number)), class_="where"),
        _snippet(diagnostic.excerpt, diagnostic.severity) if diagnostic.excerpt else "",
        _related(diagnostic, sources),
        element("p", "Source: ", citation(diagnostic.source), _page(diagnostic), class_="source"),
        class_=f"finding {diagnostic.severity}{' suppressed' if diagnostic.suppressed else ''}",
        id=name,
        tabindex="-1",
        aria_labelledby=f"{name}-title",
        data_level=diagnostic.severity,
        data_rule=diagnostic.code,
        data_suppressed=bool(diagnostic.suppressed),
    )


def _rule(diagnostic: Diagnostic, rules: Mapping[str, str]) -> Markup:
    words = joined(
        (element("code", diagnostic.code, translate="no"), " ", element("span", diagnostic.name, class_="name"))
    )
    link = rules.get(diagnostic.code)
    return element("a", words, unseen(": about this rule"), class_="rule", href=link) if link else words


def _place(place: Diagnostic | RelatedPlace, link: str | None, beside: str = "") -> Markup:
    """Path, line, column and pointer; without the path if that is `beside`."""
    start = place.marked.start if place.marked else None
    where = f"{place.path}:{start.line}:{start.column}" if start else place.path
    if start and place.path == beside:
        where = f"line {start.line}, column {start.column}"
    return joined(
        (
            element("a" if link else "span", element("bdi", where), href=link, class_="place"),
            f" ({numbered(place)})" if place.document else "",
            " " if place.pointer else "",
            element("code", place.pointer, class_="pointer", translate="no") if place.pointer else "",
        )
    )


def citation(source: Citation) -> Markup:
    """Title, section and basis with its meaning, with a link if the source has a page."""
    words = joined((source.title, f", {source.section}" if source.section else ""))
    basis = ": ".join(filter(None, (source.basis, MEANINGS.get(source.basis))))
    return joined((linked(words, source.document), f" ({basis})" if basis else ""))


def linked(words: str, address: str | None) -> Markup:
    """A link to another page; the words alone without an address of the web."""
    is_page = bool(address) and str(address).startswith(("https://", "http://"))
    return element("a", words, href=address, rel="noopener noreferrer") if is_page else joined((words,))


def _page(diagnostic: Diagnostic) -> Markup:
    """The link to the rule's page, after the source; nothing without one."""
    url = diagnostic.source.url
    return joined((". More: ", linked(f"the page of {diagnostic.code}", url))) if url else Markup()


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


def _related(diagnostic: Diagnostic, sources: Sources) -> Markup:
    if not diagnostic.related:
        return Markup()
    items = (
        element(
            "li",
            element("span", worded(place.message), ": ", class_="message"),
            _place(place, sources.line(place.path, place.range), diagnostic.path),
            _snippet(place.excerpt, "related") if place.excerpt else "",
        )
        for place in diagnostic.related[:RELATED]
    )
    rest = more("place" for _ in diagnostic.related[RELATED:])
    return element("div", element("p", "See also", class_="label"), element("ul", *items), rest, class_="related")
