"""Campaign trees, with each finding at its payload."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from splint.reporting.report import Diagnostic, Outline
from splint.reporting.reporters.html.markup import Markup, badges, element, heading, joined
from splint.reporting.reporters.html.shown import NODES, Numbered, left_out, levels, more
from splint.reporting.reporters.html.source import Sources

KINDS = {
    "campaign": "Campaign",
    "adgroup": "Ad group",
    "ad": "Ad",
    "creative": "Creative",
    "status": "Status request",
    "budgets": "Budget update",
    "materials": "Material status update",
    "events": "Events",
}
REQUESTS = {"create": "new", "update": "change", "row": "at TikTok already"}

Article = Callable[[int, Diagnostic, int], Markup]
"""Renders a finding from its number, the finding, and the level of its heading."""


class Node(NamedTuple):
    """A payload with its findings."""

    outline: Outline
    findings: list[Numbered]
    children: "tuple[Node, ...]"

    @property
    def counts(self) -> dict[str, int]:
        """The number of findings per level, those of the children included."""
        counts = levels(self.findings)
        for child in self.children:
            for level, number in child.counts.items():
                counts[level] += number
        return counts


class Shown(NamedTuple):
    """The findings and nodes that the page shows."""

    numbers: frozenset[int]
    """The numbers of the findings."""
    nodes: frozenset[int]
    """The id() of each node."""


def hang(outlines: Sequence[Outline], findings: Sequence[Numbered]) -> tuple[tuple[Node, ...], list[Numbered]]:
    """The trees with their findings, and the findings that belong to no outline.

    A finding belongs to the outline of its file and document whose pointer is the longest prefix of its own.
    """
    trees = tuple(_node(outline) for outline in outlines)
    places: dict[tuple[str, int | None, str], Node] = {}
    for node in _walk(trees):
        places.setdefault((node.outline.path, node.outline.document, node.outline.pointer), node)
    rest: list[Numbered] = []
    for number, diagnostic in findings:
        pointer = diagnostic.pointer
        while (place := (diagnostic.path, diagnostic.document, pointer)) not in places and pointer:
            pointer = pointer.rpartition("/")[0]
        (places[place].findings if place in places else rest).append((number, diagnostic))
    return trees, rest


def _node(outline: Outline) -> Node:
    return Node(outline, [], tuple(_node(child) for child in outline.children))


def _walk(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _walk(node.children)


def shown_of(trees: Sequence[Node], numbers: frozenset[int]) -> Shown:
    """The nodes to show: those with the findings of these numbers and their parents, then others up to the limit."""
    shown: set[int] = set()

    def mark_with_findings(node: Node) -> bool:
        below = [mark_with_findings(child) for child in node.children]
        if any(below) or any(number in numbers for number, _ in node.findings):
            shown.add(id(node))
            return True
        return False

    def fill(nodes: Sequence[Node]) -> None:
        for node in nodes:
            if id(node) in shown or len(shown) < NODES:
                shown.add(id(node))
                fill(node.children)

    for node in trees:
        mark_with_findings(node)
    fill(trees)
    return Shown(numbers, frozenset(shown))


def forest(
    nodes: Sequence[Node], level: int, above: Outline | None, sources: Sources, article: Article, shown: Shown
) -> Markup:
    """Trees in a row, and the note on how many are left out."""
    left = [node for node in nodes if id(node) not in shown.nodes]
    kinds = (KINDS.get(node.outline.kind, node.outline.kind).lower() for node in left)
    return joined(
        (
            *(tree(node, level, above, sources, article, shown) for node in nodes if id(node) in shown.nodes),
            more(kinds, sum(sum(node.counts.values()) for node in left)),
        )
    )


def tree(node: Node, level: int, above: Outline | None, sources: Sources, article: Article, shown: Shown) -> Markup:
    """A payload with its findings and children; its heading is on `level`."""
    outline = node.outline
    counts = node.counts
    request = REQUESTS.get(outline.request, "" if outline.request == outline.kind else outline.request)
    return element(
        "details",
        element(
            "summary",
            heading(
                level,
                element("span", KINDS.get(outline.kind, outline.kind), class_="kind"),
                " ",
                element("bdi", outline.name) if outline.name else element("span", "without a name", class_="nameless"),
            ),
            element("span", request, class_="request") if request else "",
            element("span", badges(counts), class_="badges") if any(counts.values()) else "",
        ),
        element(
            "div",
            _traits(outline, above, sources),
            *(
                article(number, diagnostic, level + 1)
                for number, diagnostic in node.findings
                if number in shown.numbers
            ),
            left_out(node.findings, shown.numbers),
            forest(node.children, level + 1, outline, sources, article, shown),
            class_="inside",
        ),
        class_=f"node {outline.kind if outline.kind in KINDS else 'other'}",
        open=any(counts.values()),
    )


def _traits(outline: Outline, above: Outline | None, sources: Sources) -> Markup:
    start = outline.range.start if outline.range else None
    path = "" if above and above.path == outline.path else outline.path
    line = f"line {start.line}" if start else ""
    document = f"document {outline.document}" if outline.document and path else ""
    where = joined((part for part in (path, document, line) if part), ", ")
    link = sources.line(outline.path, outline.range)
    rows = [
        element("div", element("dt", label), element("dd", element("bdi", value))) for label, value in outline.traits
    ]
    if where:
        place = element("a" if link else "span", where, href=link, class_="place")
        rows.append(element("div", element("dt", "In"), element("dd", place)))
    return element("dl", *rows, class_="traits") if rows else Markup()
