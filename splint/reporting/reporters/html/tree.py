"""Campaign trees, with each finding at its payload."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from splint.reporting.outline import Outline, Trait
from splint.reporting.report import SEVERITIES, Diagnostic
from splint.reporting.reporters.html.markup import Markup, badges, element, heading, icon, joined, unseen
from splint.reporting.reporters.html.shown import NODES, Numbered, left_out, levels, more
from splint.reporting.reporters.html.source import Sources
from splint.reporting.terms import TERMS

KINDS = {
    "campaign": "Campaign",
    "adgroup": "Ad group",
    "ad": "Ad",
    "creative": "Creative",
    "status": "Status request",
    "budgets": "Budget update",
    "materials": "Material status update",
    "appeal": "Appeal",
    "events": "Events",
}
REQUESTS = {"create": "new: to be created", "update": "change to what is at TikTok", "row": "at TikTok already"}

HELD_UP = "Not ready, as its file has errors that belong to none of its payloads."

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

    @property
    def is_clean(self) -> bool:
        """Whether no finding counts here or below."""
        counts = self.counts
        return not any(counts[level] for level in SEVERITIES)


class Unready(NamedTuple):
    """The places whose trees are not ready, whatever their own findings are."""

    documents: frozenset[tuple[str, int | None]]
    """The path and number of documents with an error that belongs to no payload."""
    paths: frozenset[str]
    """The files of which the report leaves errors out."""

    def holds(self, node: Node) -> bool:
        """Whether a tree stands in one of them."""
        outline = node.outline
        return (outline.path, outline.document) in self.documents or outline.path in self.paths


class Shown(NamedTuple):
    """The findings and nodes that the page shows."""

    numbers: frozenset[int]
    """The numbers of the findings."""
    nodes: frozenset[int]
    """The id() of each node."""
    held_up: frozenset[int] = frozenset()
    """The id() of each tree that is not ready for errors that are none of its own."""


def hang(outlines: Sequence[Outline], findings: Sequence[Numbered]) -> tuple[tuple[Node, ...], list[Numbered]]:
    """The trees with their findings, and the findings that belong to no outline.

    A finding belongs to the outline of its document, curl command or fenced block whose pointer is the longest prefix
    of its own.
    """
    trees = tuple(_node(outline) for outline in outlines)
    places: dict[tuple[str, int | None, int, str], Node] = {}
    for node in _walk(trees):
        outline = node.outline
        places.setdefault((outline.path, outline.document, outline.body, outline.pointer), node)
    rest: list[Numbered] = []
    for number, diagnostic in findings:
        pointer = diagnostic.pointer
        while (place := (diagnostic.path, diagnostic.document, diagnostic.body, pointer)) not in places and pointer:
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


def is_ready(node: Node, unready: Unready) -> bool:
    """Whether a tree has no error that counts."""
    return not node.counts["error"] and not unready.holds(node)


def by_need(trees: Sequence[Node], unready: Unready) -> tuple[list[Node], list[Node]]:
    """The trees that are not ready, and those that are, each in the order of how severe their worst finding is."""

    def rank(node: Node) -> int:
        counts = node.counts
        return next((number for number, level in enumerate(SEVERITIES) if counts[level]), len(SEVERITIES))

    ordered = sorted(trees, key=rank)
    ready = {id(node) for node in trees if is_ready(node, unready)}
    return [node for node in ordered if id(node) not in ready], [node for node in ordered if id(node) in ready]


def tree(node: Node, level: int, above: Outline | None, sources: Sources, article: Article, shown: Shown) -> Markup:
    """A payload with its findings and children; its heading is on `level`. It is closed where nothing is to be done."""
    outline = node.outline
    counts = node.counts
    is_open = bool(counts["error"] or counts["warning"] or (counts["info"] and above is not None))
    request = REQUESTS.get(outline.request, "" if outline.request == outline.kind else outline.request)
    if above is not None and above.request == outline.request:
        request = ""
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
            element("span", icon("clear"), unseen("nothing found"), class_="tick") if node.is_clean else "",
        ),
        element(
            "div",
            _traits(outline, above, sources),
            element("p", HELD_UP, class_="why") if id(node) in shown.held_up else "",
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
        open=is_open,
    )


def _words(trait: Trait) -> Iterator[Markup]:
    """What a trait says in words, and the API's own value beside it."""
    term = TERMS.get(trait.text)
    yield element("bdi", term or trait.text)
    if value := trait.text if term else trait.value:
        yield element("code", value, class_="api", translate="no")


def _traits(outline: Outline, above: Outline | None, sources: Sources) -> Markup:
    start = outline.range.start if outline.range else None
    path = "" if above and above.path == outline.path else outline.path
    line = f"line {start.line}" if start else ""
    document = f"{'document' if start else 'record'} {outline.document}" if outline.document and path else ""
    where = joined((part for part in (path, document, line) if part), ", ")
    link = sources.line(outline.path, outline.range)
    rows = [element("div", element("dt", trait.label), element("dd", *_words(trait))) for trait in outline.traits]
    if where:
        place = element("a" if link else "span", where, href=link, class_="place")
        rows.append(element("div", element("dt", "In"), element("dd", place)))
    return element("dl", *rows, class_="traits") if rows else Markup()
