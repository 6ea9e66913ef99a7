"""The texts of splint/schema/table.py and values.py: the models as plain tables, so that no check imports pydantic.

`scripts/generate` rewrites them.
"""

import re
from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Final, TypeAlias, Union, get_args, get_origin

from pydantic import Strict

from splint import models
from splint.models.fields import Decimal, Identifier, Model, OpenModel, Values
from splint.schema.kinds import BOOLEAN, ID, INT64, INTEGER, NUMBER, OBJECT, TEXT, Either, Kind, ListOf, Shape, Spec

LINE_LENGTH: Final = 120
KINDS: Final[dict[Any, Kind]] = {str: TEXT, float: NUMBER, int: INTEGER, bool: BOOLEAN}
HINTS: Final = {TEXT: "str", ID: "str", INT64: "str", NUMBER: "float", INTEGER: "int", BOOLEAN: "bool"}
NODES: Final = (
    *("Campaign", "AdGroup", "Targeting", "Ad", "AdConfiguration", "CreativeInfo"),
    *("StatusUpdate", "AdGroupBudgetUpdate", "AdMaterialStatusUpdate", "AdAppeal", "EventRecord", "Facts"),
)
"""The models of nodes: the table has a class with typed attributes for each."""

HEAD: Final = '''\
"""The shapes of all payloads, and the fields of the plan's nodes. Made from splint.models, not by hand.

`scripts/generate` rewrites this file.
"""

from __future__ import annotations

from typing import Any

from splint.schema.kinds import BOOLEAN, ID, INT64, INTEGER, NUMBER, OBJECT, TEXT, Either, ListOf, Shape

'''

Shapes: TypeAlias = dict[type[Model], Shape]


def collect() -> Shapes:
    """The shapes of all models, each after the shapes that it refers to."""
    shapes: Shapes = {}
    for name in models.__all__:
        shape_of(getattr(models, name), shapes)
    return shapes


def shape_of(model: type[Model], shapes: Shapes) -> Shape:
    """The shape of a model, added to `shapes` after those of its base and its fields."""
    if model not in shapes:
        if base := base_of(model):
            shape_of(base, shapes)
        fields = {name: spec_of(field.annotation, shapes) for name, field in model.model_fields.items()}
        shapes[model] = Shape(model.__name__, fields, open=issubclass(model, OpenModel))
    return shapes[model]


def base_of(model: type[Model]) -> type[Model] | None:
    """The model that another one extends, as an update does a create request; None if there is none."""
    base = model.__base__
    return base if base is not None and issubclass(base, Model) and base not in (Model, OpenModel) else None


def spec_of(annotation: Any, shapes: Shapes) -> Spec:
    """The kind of field of a type. Raises KeyError for an unsupported type."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        marker = arguments[1]
        if isinstance(marker, Strict):
            return spec_of(arguments[0], shapes)
        if isinstance(marker, Identifier):
            return INT64 if isinstance(marker, Decimal) else ID
        return TEXT if isinstance(marker, Values) else frozenset(marker.values)
    if origin in (Union, UnionType):
        specs = [spec_of(argument, shapes) for argument in arguments if argument is not NoneType]
        return specs[0] if len(specs) == 1 else Either(*specs)
    if origin is list:
        return ListOf(spec_of(arguments[0], shapes))
    if origin is dict:
        return OBJECT
    if issubclass(annotation, Model):
        return shape_of(annotation, shapes)
    return KINDS[annotation]


def constant(name: str) -> str:
    """The name of a constant for a class: AD_GROUP for AdGroup."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).upper()


def code(spec: Spec) -> str:
    """A kind of field as Python code."""
    match spec:
        case Shape():
            return constant(spec.name)
        case ListOf(item):
            return f"ListOf({code(item)})"
        case Either(first, second):
            return f"Either({code(first)}, {code(second)})"
        case frozenset():
            return "frozenset({" + ", ".join(f'"{value}"' for value in sorted(spec)) + "})"
    return spec.name


def broken(before: str, text: str, after: str) -> Iterator[str]:
    """The lines of an expression between two texts, broken at its brackets and commas as ruff does where it is long."""
    line = f"{before}{text}{after}"
    match = re.fullmatch(r"(\w*[({])(.*)([)}])", text)
    if len(line) <= LINE_LENGTH or match is None:
        yield line
        return
    opening, inside, closing = match.groups()
    indent = " " * (len(before) - len(before.lstrip()))
    yield f"{before}{opening}"
    if opening == "{":
        yield from (f"{indent}    {value}," for value in inside.split(", "))
    else:
        yield from broken(f"{indent}    ", inside, "")
    yield f"{indent}{closing}{after}"


def hint(spec: Spec) -> str:
    """The type of the field's values as Python code."""
    match spec:
        case Shape():
            return "dict[str, Any]"
        case ListOf(Shape() | Either()):
            return "list[Any]"
        case ListOf(item):
            return f"list[{hint(item)}]"
        case Either():
            return "Any"
        case frozenset():
            return "str"
    return HINTS[spec]


def shape_lines(shape: Shape, base: Shape | None) -> Iterator[str]:
    """The code that assigns a shape, a line per field."""
    yield f"{constant(shape.name)} = Shape("
    yield f'    "{shape.name}",'
    yield "    {"
    if base is not None:
        yield f"        **{constant(base.name)}.fields,"
    for name, spec in shape.fields.items():
        if base is None or name not in base.fields:
            yield from broken(f'        "{name}": ', code(spec), ",")
    yield "    },"
    if shape.open:
        yield "    open=True,"
    yield ")"


def class_lines(shapes: list[Shape]) -> Iterator[str]:
    """The code of the class with the fields of a model and of its extensions."""
    yield f"\n\nclass {shapes[0].name}Fields:"
    yield f'    """Fields of {"every " if shapes[1:] else ""}{shapes[0].name}: None when absent or unknown."""\n'
    for name, spec in {name: spec for shape in shapes for name, spec in shape.fields.items()}.items():
        of_type = hint(spec)
        yield f"    {name}: {of_type} = None" if of_type == "Any" else f"    {name}: {of_type} | None = None"


def descriptions(name: str) -> dict[str, str]:
    """What a model and its extensions say of their fields, by name; empty for a field that its name explains."""
    family = [model for model in collect() if any(base.__name__ == name for base in model.__mro__)]
    return {name: one.description or "" for model in family for name, one in model.model_fields.items()}


def generate() -> str:
    """The content of splint/schema/table.py."""
    shapes = collect()
    bases = {model: base_of(model) for model in shapes}
    lines: list[str] = []
    for model, shape in shapes.items():
        base = bases[model]
        lines += shape_lines(shape, shapes[base] if base else None)
    lines += ["", "SHAPES: dict[str, Shape] = {"]
    lines += [f'    "{shape.name}": {constant(shape.name)},' for shape in shapes.values()]
    lines.append("}")
    for model in shapes:
        if model.__name__ in NODES:
            lines += class_lines([shape for other, shape in shapes.items() if issubclass(other, model)])
    return HEAD + "\n".join(lines) + "\n"


VALUES_HEAD: Final = '''\
"""The values of enumerated fields by TikTok's own SDK. Made from splint.models, not by hand.

`scripts/generate` rewrites this file.
"""

from typing import Final


class Values:
    """The values of a field; a plain class, as it is imported at each start."""

    __slots__ = ("invalid", "only_new", "valid")

    def __init__(self, valid: tuple[str, ...], invalid: tuple[str, ...] = (), only_new: tuple[str, ...] = ()) -> None:
        self.valid = valid
        self.invalid = invalid
        """Known ones that the endpoint refuses."""
        self.only_new = only_new
        """Valid ones that an update refuses."""

    def taken(self, *, is_new: bool) -> tuple[str, ...]:
        """The values that a create request takes, or an update."""
        if is_new or not self.only_new:
            return self.valid
        return tuple([value for value in self.valid if value not in self.only_new])


'''


def values_of(annotation: Any) -> Values | None:
    """The SDK's values that a type is marked with, at the top or in a list; None without any."""
    if get_origin(annotation) is Annotated:
        marker = get_args(annotation)[1]
        return marker if isinstance(marker, Values) else None
    return next((values for one in get_args(annotation) if (values := values_of(one)) is not None), None)


def value_lines(name: str, parts: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """The code of an enumeration, a line per value."""
    yield f"{name} = Values("
    for part, values in parts.items():
        before = "" if part == "valid" else f"{part}="
        if len(values) == 1:
            yield f'    {before}("{values[0]}",),'
        else:
            yield f"    {before}("
            yield from (f'        "{value}",' for value in values)
            yield "    ),"
    yield ")"


def generate_values() -> str:
    """The content of splint/schema/values.py: equal enumerations stand once."""
    names: dict[tuple[tuple[str, tuple[str, ...]], ...], str] = {}
    fields: list[str] = []
    for model in collect():
        base = base_of(model)
        for name, field in model.model_fields.items():
            values = values_of(field.annotation)
            if values is not None and (base is None or name not in base.model_fields):
                name_of_it = f"{constant(model.__name__)}_{name.upper()}"
                parts = [(part, getattr(values, part)) for part in ("valid", "invalid", "only_new")]
                enumeration = names.setdefault(tuple(part for part in parts if part[1]), name_of_it)
                fields.append(f'    "{(base or model).__name__}.{name}": {enumeration},')
    lines = [line for parts, name in names.items() for line in value_lines(name, dict(parts))]
    head = [*lines, "", "VALUES: Final[dict[str, Values]] = {"]
    return VALUES_HEAD + "\n".join([*head, *fields, "}"]) + "\n"
