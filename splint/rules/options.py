"""Options of rules: what settings may say to a rule's function, each with a type, a default and its meaning."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any, Literal, NamedTuple

from splint.reporting.wording import either, spelled

OptionType = Literal["integer", "number", "flag", "text", "texts"] | tuple[str, ...]
"""What an option takes; `texts` is a list, a tuple of texts the choice of one of them."""
TAKES: Mapping[Any, str] = {
    "integer": "a whole number",
    "number": "a number",
    "flag": "true or false",
    "text": "a text",
    "texts": "a list of texts",
}


class Option(NamedTuple):
    """A value that settings may give to a rule's function."""

    name: str
    """The key in the settings, and the keyword-only parameter of the function: spelled alike in both."""
    type: OptionType
    """`integer`, `number` (a finite one), `flag`, `text`, `texts` (a list), or a tuple of the texts to choose from."""
    default: Any
    about: str
    """What it says, and in which unit: "What a campaign may spend a day, in the account's currency"."""
    least: float | None = None
    """The least that an integer or a number may be; any when None."""

    @property
    def takes(self) -> str:
        """What it takes, in words."""
        words = either([spelled(word) for word in self.type]) if isinstance(self.type, tuple) else TAKES[self.type]
        return words if self.least is None else f"{words} from {self.least:g} on"

    def read(self, value: Any) -> Any:
        """A value as the function gets it, a list of texts as a tuple. Raises ValueError for what it does not take."""
        if isinstance(self.type, tuple):
            fits = isinstance(value, str) and value in self.type
        elif self.type == "flag":
            fits = isinstance(value, bool)
        elif self.type == "text":
            fits = isinstance(value, str)
        elif self.type == "texts":
            fits = isinstance(value, list | tuple) and all(isinstance(text, str) for text in value)
        else:
            kinds = int if self.type == "integer" else int | float
            fits = isinstance(value, kinds) and not isinstance(value, bool) and _is_finite(value)
            fits = fits and (self.least is None or value >= self.least)
        if not fits:
            raise ValueError(f"{_said(value)}, but takes {self.takes}")
        return tuple(value) if self.type == "texts" else value


def defaults(options: Sequence[Option], parameters: Sequence[str]) -> dict[str, Any]:
    """The defaults of a rule's options, by name; `parameters` are the keyword-only ones of its function.

    Raises TypeError for options that are no such parameters or the other way round, for an unknown type, and for a
    default that the option does not take.
    """
    names = [option.name for option in options]
    if sorted(names) != sorted(parameters):
        raise TypeError(
            f"its options are {', '.join(names) or 'none'}, "
            f"but the keyword-only parameters of its function are {', '.join(parameters) or 'none'}"
        )
    for option in options:
        if not isinstance(option.type, tuple) and option.type not in TAKES:
            raise TypeError(f"option {option.name}: the types are {', '.join(TAKES)} and a tuple of texts")
        try:
            option.read(option.default)
        except ValueError as error:
            raise TypeError(f"option {option.name}: the default is {error}") from None
    return {option.name: option.read(option.default) for option in options}


def _is_finite(value: float) -> bool:
    """Whether a number is a finite double, which an integer may be too large for."""
    try:
        return isfinite(value)
    except OverflowError:
        return False


def _said(value: Any) -> str:
    return str(value) if isinstance(value, float) else spelled(value)
