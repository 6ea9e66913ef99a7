"""Positions in a YAML document that is known to be valid."""

from collections.abc import Iterable, Iterator

from splint.formats.document import Origin
from splint.formats.duplicates import DuplicateKey
from splint.formats.pointer import escape, reference_tokens
from splint.formats.spans import NodeSpan, Span
from splint.formats.yaml.tree import Node, Tree, Wanted


def places(text: str, pointers: Iterable[str], origin: Origin) -> dict[str, NodeSpan]:
    """The positions of `pointers`; pointers without a value are left out."""
    paths = {pointer: reference_tokens(pointer) for pointer in pointers}
    wanted: Wanted = {}
    for path in paths.values():
        members = wanted
        for token in path:
            members = members.setdefault(token, {})
    root, spans = Tree(text, wanted).root, dict[str, NodeSpan]()
    for pointer, path in paths.items():
        node, key = root, None
        for token in path:
            member = node.children.get(token)
            if member is None:
                break
            node, key = member
        else:
            value = Span(node.start, node.extent)
            opening = _opening(node, value)
            name = _key(key, origin) if key else None
            spans[pointer] = NodeSpan(_moved(value, origin), _moved(opening, origin), name)
    return spans


def duplicates(text: str, origin: Origin) -> Iterator[DuplicateKey]:
    """The keys that occur twice in one mapping, in order of the text."""
    stack = [_members(Tree(text).root, "", origin)]
    while stack:
        for node, pointer, duplicate in stack[-1]:
            if duplicate:
                yield duplicate
            if node.items:
                stack.append(_members(node, pointer, origin))
                break
        else:
            stack.pop()


def _members(node: Node, around: str, origin: Origin) -> Iterator[tuple[Node, str, DuplicateKey | None]]:
    """The values of a collection with their pointers and, for a duplicate key, its `DuplicateKey`."""
    seen: dict[tuple[str, bool], Node] = {}
    for at, item in enumerate(node.items):
        name, duplicate = str(at) if item.name is None else item.name, None
        pointer = f"{around}/{escape(name)}"
        if item.key is not None:
            first = seen.setdefault((name, item.merges), item.key)
            if first is not item.key:
                duplicate = DuplicateKey(pointer, name, _key(item.key, origin), _key(first, origin))
        yield item.value, pointer, duplicate


def _opening(node: Node, value: Span) -> Span:
    """The bracket, first dash or first key of a collection; the whole of a scalar."""
    if node.kind in ("mapping", "pair") and (key := node.items[0].key):
        return Span(key.start, key.extent)
    return Span(node.start, node.start + 1) if node.items or node.is_flow else value


def _key(key: Node, origin: Origin) -> Span:
    return _moved(Span(key.start, key.extent), origin)


def _moved(span: Span, origin: Origin) -> Span:
    start = origin(span.start)
    return Span(start, origin(span.end - 1) + 1 if span.end > span.start else start)
