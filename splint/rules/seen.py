"""What payloads look like together, as rules ask for it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from splint.payloads.signature import ABOUT, CODES, COMPARED, LISTS, VARIOUS, Column, Layout, Signature, length_of
from splint.payloads.validation import UNKNOWN
from splint.schema.kinds import BOOLEAN, NUMBER
from splint.schema.table import SHAPES
from splint.schema.usual import USUAL


class Seen:
    """What the payloads of a campaign tree look like together, for the `when` of a rule.

    Fields are named by their models, as in "AdGroup.bid_type". Each question is about any object of the tree: a no is
    certain of all of them. `facts` are the account facts that the run knows.
    """

    def __init__(self, look: Signature, facts: Iterable[str] = ()) -> None:
        self._layouts: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
        self._choices: defaultdict[str, set[Any]] = defaultdict(set)
        self._words = {f"{fact} known" for fact in facts}
        for mark, chosen in zip(look[::2], look[1::2], strict=True):
            assert isinstance(chosen, frozenset)
            if mark is ABOUT:
                self._words |= chosen
                continue
            assert isinstance(mark, Layout | Column)
            name = mark.shape.name
            if isinstance(mark, Column):
                self._choices[f"{name}.{mark.name}"] |= chosen
                continue
            self._layouts[name].append(mark.keys)
            for at, (field, _) in enumerate(mark.choices):
                values = (entry[at] for entry in chosen) if len(mark.choices) > 1 else chosen
                self._choices[f"{name}.{field}"].update(values)

    @property
    def is_of_whole_campaigns(self) -> bool:
        """Whether everything is nested in a campaign."""
        return {word for word in self._words if word.endswith(" alone")} <= {"Campaign alone"}

    @property
    def has_several_advertisers(self) -> bool:
        """Whether advertiser_id is not the same everywhere."""
        return not self._words.isdisjoint(("several advertisers", "several documents"))

    def stands_alone(self, model: str) -> bool:
        """Whether an object of that model is nested in no other payload."""
        return f"{model} alone" in self._words

    def has_many(self, model: str) -> bool:
        """Whether there are more than 30 objects of that model."""
        return not self._words.isdisjoint((f"many {model}", "several documents"))

    def knows(self, fact: str) -> bool:
        """Whether an account fact is given."""
        return f"{fact} known" in self._words

    def has(self, *fields: str) -> bool:
        """Whether an object holds one of these fields."""
        return any(key in keys for shape, key in map(_parts, fields) for keys in self._layouts.get(shape, ()))

    def lacks(self, *fields: str) -> bool:
        """Whether an object of that model lacks one of these fields."""
        return any(key not in keys for shape, key in map(_parts, fields) for keys in self._layouts.get(shape, ()))

    def holds(self, field: str, *values: object) -> bool:
        """Whether one of these choices stands in a field whose values are choices or booleans."""
        return not self._chosen(field).isdisjoint((UNKNOWN, *values))

    def holds_other(self, field: str, *values: object) -> bool:
        """Whether a choice stands in a field that is none of these."""
        return not self._chosen(field).issubset(values)

    def holds_unusual(self, *fields: str) -> bool:
        """Whether a number is no amount above zero, or a text not as it usually is (splint.schema.usual)."""
        for shape, key in map(_parts, fields):
            if key not in USUAL and SHAPES[shape].fields[key] is not NUMBER:
                raise KeyError(f"{shape}.{key} has no usual form")
        return any(False in self._choices[field] for field in fields)

    def is_long(self, field: str) -> bool:
        """Whether a list has more than 5 entries."""
        shape, key = _parts(field)
        if key not in LISTS:
            raise KeyError(f"{field}: its length is not looked at")
        return True in self._choices[f"{shape}.{length_of(key)}"]

    def varies(self, *fields: str) -> bool:
        """Whether one of these fields is not the same in all objects of its model: choices, numbers, compared texts."""
        return any(self.has(field) and (self.lacks(field) or self._holds_several(field)) for field in fields)

    def _holds_several(self, field: str) -> bool:
        shape, key = _parts(field)
        if SHAPES[shape].fields[key] is NUMBER or key in COMPARED:
            layouts = [keys for keys in self._layouts[shape] if key in keys]
            return len(layouts) > 1 or VARIOUS in self._choices[field]
        return len(self._chosen(field)) > 1

    def _chosen(self, field: str) -> set[Any]:
        shape, key = _parts(field)
        spec = SHAPES[shape].fields[key]
        if key not in CODES and spec is not BOOLEAN and not isinstance(spec, frozenset):
            raise KeyError(f"{field} holds no choice")
        return self._choices[field]


def _parts(field: str) -> tuple[str, str]:
    """The model and the key of a field; a KeyError for one that there is not."""
    shape, _, key = field.partition(".")
    SHAPES[shape].fields[key]
    return shape, key
