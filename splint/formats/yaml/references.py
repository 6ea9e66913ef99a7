"""Which values of a YAML document have anchors, and where aliases refer to them."""

from splint.formats.pointer import escape
from splint.formats.yaml.tree import Node, Tree


def references(text: str) -> dict[str, list[tuple[str, bool]]]:
    """The pointers of anchored values, each with those of the values that refer to it, and whether by merging."""
    anchors: dict[int, str] = {}
    references: list[tuple[Node, str, bool]] = []
    pending: list[tuple[Node, str, bool]] = [(Tree(text).root, "", False)]
    while pending:
        node, pointer, merges = pending.pop()
        if node.kind == "alias":
            references.append((node.target, pointer, merges))
            continue
        if node.anchor is not None and not merges:
            anchors[id(node)] = pointer
        for at, item in enumerate(node.items):
            name = str(at) if item.name is None else item.name
            into_own = item.merges or merges  # what `<<` takes, also from a list, arrives in the mapping itself
            pending.append((item.value, pointer if into_own else f"{pointer}/{escape(name)}", into_own))
    referred: dict[str, list[tuple[str, bool]]] = {}
    for target, pointer, merges in references:
        if id(target) in anchors:
            referred.setdefault(anchors[id(target)], []).append((pointer, merges))
    return referred
