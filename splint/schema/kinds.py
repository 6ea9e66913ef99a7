"""The kinds of fields of a payload's shape."""

import functools
from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar, Union

from splint.schema.vocabulary import NESTS

REMEMBERED = 1 << 15
"""Of so many words it is remembered what they mean: several steps ask about each of the unknown keys of an object."""
LONG = 100
"""Words of more characters are not remembered."""
Answer = TypeVar("Answer")


def remembered(of_word: Callable[..., Answer]) -> Callable[..., Answer]:
    """Remember what a function says of a word, its first argument: the memory that this takes is bounded."""
    cached = lru_cache(maxsize=REMEMBERED)(of_word)

    @wraps(of_word)
    def remembering(word: str, *more: Any) -> Answer:
        return cached(word, *more) if len(word) <= LONG else of_word(word, *more)

    return remembering


class cached_property(functools.cached_property[Answer]):  # noqa: N801 - as the class that it stands for
    """That of functools without its lock, which Python 3.12 dropped, for speed only: most answers take less time."""

    if not TYPE_CHECKING:

        def __get__(self, instance: object, owner: type | None = None) -> Any:
            """What the function says of an object, which remembers it."""
            if instance is None:
                return self
            answer = instance.__dict__[self.attrname] = self.func(instance)
            return answer


class Kind:
    """A scalar kind; each has one instance, compared by identity."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


TEXT = Kind("TEXT")
ID = Kind("ID")
INT64 = Kind("INT64")
"""An id in the decimal digits of a signed 64-bit number."""
NUMBER = Kind("NUMBER")
INTEGER = Kind("INTEGER")
BOOLEAN = Kind("BOOLEAN")


class Shape:
    """An object: its known fields, and whether it may have others."""

    __slots__ = ("fields", "layouts", "name", "open")

    def __init__(self, name: str, fields: "dict[str, Spec]", open: bool = False) -> None:
        self.name = name
        self.fields = fields
        self.open = open
        self.layouts: dict[tuple[str, ...], Any] = {}
        """A cache of splint.payloads.layout, by the keys of an object."""

    def __repr__(self) -> str:
        return self.name


OBJECT = Shape("Object", {}, open=True)
"""An object with arbitrary fields."""


class ListOf:
    """A list with items of one kind."""

    __slots__ = ("item",)
    __match_args__ = ("item",)

    def __init__(self, item: "Spec") -> None:
        self.item = item


class Either:
    """One of two kinds; the first is the usual one."""

    __slots__ = ("first", "second")
    __match_args__ = ("first", "second")

    def __init__(self, first: "Spec", second: "Spec") -> None:
        self.first = first
        self.second = second

    def __iter__(self) -> "Iterator[Spec]":
        return iter((self.first, self.second))


Spec: TypeAlias = Union[Kind, frozenset[str], Shape, ListOf, Either]  # noqa: UP007


def takes_objects(spec: Spec) -> bool:
    """Whether a field takes an object, or a list of some."""
    if isinstance(spec, Either):
        return any(map(takes_objects, spec))
    return takes_objects(spec.item) if isinstance(spec, ListOf) else isinstance(spec, Shape)


STRUCTURE: Final = {
    f"{model}{suffix}": frozenset({*keys, "facts"}) for model, (keys, _) in NESTS.items() for suffix in ("", "Update")
}
"""The `NESTED` keys of a body, by its shape."""
