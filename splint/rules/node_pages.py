"""The reference for authors of packs, in Markdown: nodes with their fields and methods, and the vocabulary of guards.

It is read from the source: what has no docstring there stops it.
"""

import ast
import inspect
from collections.abc import Iterator
from typing import NamedTuple

from splint.payloads import nodes
from splint.rules import guard

CALLED: dict[str, str] = {
    "Campaign": "a campaign's request; never a row, what an export shows of it",
    "AdGroup": "an ad group's request",
    "Ad": "an ad's request",
    "Creative": "each creative of an ad's request",
    "Tree": "a campaign with its ad groups and ads, once they are all read",
    "StatusUpdate": "a request that enables, disables or deletes",
    "AdGroupBudgetUpdate": "a request that sets budgets",
    "AdMaterialStatusUpdate": "a request that switches materials of an ad",
    "AdAppeal": "a request that appeals against the rejection of an ad",
    "Facts": "a `facts` object",
    "Request": "the endpoint and method around a body",
    "EventLog": "all event records of the run",
}
"""What a rule with `on=` such a node is called with."""
PARTS = ("AdConfiguration", "CreativeInfo", "Targeting", "EventRecord", "Budget", "Identity", "Bundle", "Scope")
SHARED = ("Node", "Payload")
MADE = ("Finding", "Fix", "Operation", "Location", "RelatedLocation", "Run")
OF_THE_ENGINE = frozenset(
    {
        *("init_root", "set_fields", "release", "give_way", "signature", "bits", "root", "step", "refers_to"),
        *("is_clean", "asked_last", "objects", "shape", "strays", "unknown_values"),
    }
)
"""Members that only the engine needs."""
HEAD = """\
# Nodes and guards

What the rules of a pack see and say: [packs.md](packs.md) shows how a pack is written. This page is made from the
source by `scripts/generate`. All nodes are in `splint.payloads.nodes`, all guards in `splint.rules.guard`.

A field is None when it is absent, unknown (a placeholder) or of a wrong type, which rules of splint
report; `node.lacks("budget")` says that it is absent for sure, `node.has("budget")` that it is there (a field that
stands in a wrong object of the campaign is neither), `node.raw` holds what is there.
"""


class Member(NamedTuple):
    """An attribute, property or method of a class."""

    name: str
    type: str
    """As annotated; of a method what it returns."""
    about: str
    parameters: str | None = None
    """Of a method, without `self`; None for what is no method."""


def page() -> str:
    """The whole page. Raises LookupError for a public member or guard without a docstring."""
    lines = [HEAD, "## What rules are called with", "", "| `on=` | it is called with |", "|---|---|"]
    lines += [f"| [{name}](#{name.lower()}) | {about} |" for name, about in CALLED.items()]
    for title, names in (
        ("Nodes", (*SHARED, *CALLED)),
        ("Parts of nodes", PARTS),
        ("What a rule yields, and what it is made of", MADE),
    ):
        lines += ["", f"## {title}"]
        for name in names:
            lines += _section(getattr(nodes, name))
    return "\n".join([*lines, "", *_guards()]) + "\n"


def _section(node: type) -> Iterator[str]:
    """The section of a class: its fields, its attributes and properties, its methods."""
    public = [base for base in node.__mro__[1:] if base.__name__ in (*SHARED, *CALLED)]
    yield from ("", f"### {node.__name__}", "", _docstring(node))
    if public:
        yield from ("", f"And all of [{public[0].__name__}](#{public[0].__name__.lower()}).")
    own = list(_members(node))
    values = [member for member in own if member.parameters is None]
    methods = [member for member in own if member.parameters is not None]
    fields = next((base for base in node.__bases__ if base.__name__.endswith("Fields")), None)
    for title, rows in (
        ("field", list(_fields(fields)) if fields is not None else []),
        ("attribute", [(f"`{one.name}`", _type(one.type), one.about) for one in values]),
        (
            "method",
            [(f"`{one.name}({_escaped(one.parameters or '')})`", _type(one.type), one.about) for one in methods],
        ),
    ):
        if rows:
            yield from ("", f"| {title} | {'returns' if title == 'method' else 'type'} | |", "|---|---|---|")
            yield from (f"| {name} | {kind} | {_cell(about)} |" for name, kind, about in rows)


def _fields(fields: type) -> Iterator[tuple[str, str, str]]:
    """The fields of a payload's object, with what their model says of them."""
    from splint.schema.generate import descriptions  # imports pydantic

    about = descriptions(fields.__name__.removesuffix("Fields"))
    for name, annotation in fields.__annotations__.items():
        yield f"`{name}`", _type(annotation), about[name]


def _members(node: type) -> Iterator[Member]:
    """The public members that a class itself has and that no class above it explains already."""
    shared = [base for base in node.__mro__[1:] if base.__name__ in SHARED]
    above = {member.name for base in shared for member in _found(_class_of(base)) if member.about}
    found = list(_found(_class_of(node)))
    above |= {member.name for member in found if member.about}
    for member in found:
        if member.name.startswith("_") or member.name in OF_THE_ENGINE:
            continue
        if not member.about:
            if member.name in above:  # set here, and explained where it is declared
                continue
            raise LookupError(f"{node.__name__}.{member.name} has no docstring: say what it is")
        yield member


def _class_of(node: type) -> ast.ClassDef:
    [definition] = ast.parse(inspect.getsource(node)).body
    assert isinstance(definition, ast.ClassDef)
    return definition


def _found(definition: ast.ClassDef) -> Iterator[Member]:
    """All members of a class, in order; about those that its `__init__` sets first."""
    for entry, following in _pairs(definition.body):
        if isinstance(entry, ast.FunctionDef) and entry.name == "__init__":
            types = {one.arg: one.annotation for one in (*entry.args.args, *entry.args.kwonlyargs)}
            for statement, after in _pairs(entry.body):
                if (target := _target(statement)) is not None and isinstance(target, ast.Attribute):
                    yield Member(target.attr, _annotated(statement, types), _text(after))
        elif isinstance(entry, ast.FunctionDef):
            is_value = any("property" in ast.unparse(decorator) for decorator in entry.decorator_list)
            about = " ".join((ast.get_docstring(entry) or "").split())
            arguments = None if is_value else ast.unparse(entry.args).removeprefix("self").removeprefix(", ")
            yield Member(entry.name, ast.unparse(entry.returns) if entry.returns else "", about, arguments)
        elif isinstance(target := _target(entry), ast.Name):
            yield Member(target.id, _annotated(entry, {}), _text(following))


def _pairs(body: list[ast.stmt]) -> Iterator[tuple[ast.stmt, ast.stmt | None]]:
    return zip(body, [*body[1:], None], strict=True)


def _target(statement: ast.stmt) -> ast.expr | None:
    """What an assignment of one value assigns to; None for any other statement."""
    if isinstance(statement, ast.AnnAssign):
        return statement.target
    return statement.targets[0] if isinstance(statement, ast.Assign) and len(statement.targets) == 1 else None


def _annotated(statement: ast.stmt, types: dict[str, ast.expr | None]) -> str:
    """The type of what is assigned: as annotated, or that of the parameter, or of the constant."""
    if isinstance(statement, ast.AnnAssign):
        return ast.unparse(statement.annotation)
    value = getattr(statement, "value", None)
    if isinstance(value, ast.Name) and (annotation := types.get(value.id)) is not None:
        return ast.unparse(annotation)
    return type(value.value).__name__ if isinstance(value, ast.Constant) else ""


def _text(statement: ast.stmt | None) -> str:
    """The docstring that follows an assignment; empty without one."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return " ".join(str(statement.value.value).split())
    return ""


def _guards() -> Iterator[str]:
    """The vocabulary of guards: what the module says of them, and each function that makes one."""
    yield from ("## Guards", "", inspect.cleandoc(guard.__doc__ or ""), "", "| guard | holds where |", "|---|---|")
    for entry in ast.parse(inspect.getsource(guard)).body:
        if not isinstance(entry, ast.FunctionDef) or entry.name.startswith("_"):
            continue
        if entry.returns is not None and ast.unparse(entry.returns) == "Guard":
            about = ast.get_docstring(entry)
            if not about:
                raise LookupError(f"{entry.name} of splint.rules.guard has no docstring: say where it holds")
            yield f"| `{entry.name}({_escaped(ast.unparse(entry.args))})` | {_cell(about)} |"


def _docstring(node: type) -> str:
    if not node.__doc__:
        raise LookupError(f"{node.__name__} has no docstring: say what it is")
    return inspect.cleandoc(node.__doc__)


def _type(annotation: str) -> str:
    plain = annotation.strip("'") if annotation.startswith("'") else annotation
    return f"`{_escaped(plain)}`" if plain else ""


def _cell(text: str) -> str:
    return _escaped(" ".join(text.split()))


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")
