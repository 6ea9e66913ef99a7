"""Where things stand in JSON text that has been read before: the standard library's scanner skips the rest."""

import re
from collections.abc import Callable, Iterable
from json.decoder import scanstring  # type: ignore[attr-defined]
from json.scanner import make_scanner
from typing import Any

from splint.documents.document import DuplicateKey, Origin, Place, escape, same, steps
from splint.documents.source import Span

SPACE = re.compile(r"[ \t\n\r]*")


class _Context:
    """What the standard library's scanner asks of its decoder."""

    strict = True
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = float
    parse_constant = float
    memo: dict[str, str] = {}


scan: Callable[[str, int], tuple[Any, int]] = make_scanner(_Context())  # type: ignore[arg-type]


def _skip(text: str, index: int) -> int:
    found = SPACE.match(text, index)
    assert found  # the pattern matches the empty string
    return found.end()


Tree = dict[str, "Tree"]


def _tree(pointers: Iterable[str]) -> Tree:
    tree: Tree = {}
    for pointer in pointers:
        branch = tree
        for step in steps(pointer):
            branch = branch.setdefault(step, {})
    return tree


def places(text: str, pointers: Iterable[str], origin: Origin = same) -> dict[str, Place]:
    """The places of `pointers` in JSON text that has been read before; descends only where they lead."""
    found: dict[str, Place] = {}

    def span(start: int, end: int) -> Span:
        return Span(origin(start), origin(end - 1) + 1)

    def visit(index: int, tree: Tree, pointer: str, key: Span | None) -> int:
        if not tree or text[index] not in "{[":
            end = scan(text, index)[1]
        elif text[index] == "{":
            end = visit_members(index, tree, pointer)
        else:
            end = visit_elements(index, tree, pointer)
        opening = span(index, index + 1) if text[index] in "{[" else span(index, end)
        found[pointer] = Place(span(index, end), opening, key)
        return end

    def visit_members(index: int, tree: Tree, pointer: str) -> int:
        index = _skip(text, index + 1)
        while text[index] != "}":
            start = index
            key, index = scanstring(text, index + 1)
            name = span(start, index)
            index = _skip(text, _skip(text, index) + 1)
            if key in tree:
                index = visit(index, tree[key], f"{pointer}/{escape(key)}", name)
            else:
                index = scan(text, index)[1]
            index = _skip(text, index)
            if text[index] == ",":
                index = _skip(text, index + 1)
        return index + 1

    def visit_elements(index: int, tree: Tree, pointer: str) -> int:
        index, count = _skip(text, index + 1), 0
        while text[index] != "]":
            branch = tree.get(str(count))
            index = scan(text, index)[1] if branch is None else visit(index, branch, f"{pointer}/{count}", None)
            index, count = _skip(text, index), count + 1
            if text[index] == ",":
                index = _skip(text, index + 1)
        return index + 1

    visit(_skip(text, 0), _tree(pointers), "", None)
    return found


def duplicates(text: str, origin: Origin) -> list[DuplicateKey]:
    """Every key that stands twice in one object."""
    found: list[DuplicateKey] = []

    def walk(index: int, pointer: str) -> int:
        if text[index] not in "{[":
            return scan(text, index)[1]
        closing, seen, count = "}" if text[index] == "{" else "]", dict[str, Span](), 0
        index = _skip(text, index + 1)
        while text[index] != closing:
            step = str(count)
            if closing == "}":
                start = index
                step, index = scanstring(text, index + 1)
                name = Span(origin(start), origin(index - 1) + 1)
                if step in seen:
                    found.append(DuplicateKey(f"{pointer}/{escape(step)}", step, name, seen[step]))
                seen.setdefault(step, name)
                index = _skip(text, _skip(text, index) + 1)
            index, count = _skip(text, walk(index, f"{pointer}/{escape(step)}")), count + 1
            if text[index] == ",":
                index = _skip(text, index + 1)
        return index + 1

    walk(_skip(text, 0), "")
    return found
