"""Objects that are a campaign, an ad group and an ad at once, or two of these: no request creates them together."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet

from splint.payloads.homes import ways_to
from splint.payloads.invalid_fields import UnknownField
from splint.payloads.nodes import Payload
from splint.payloads.validation import is_empty
from splint.schema.table import SHAPES
from splint.schema.vocabulary import LEVEL_OF, METRICS, MODELS, NAME_FIELDS, NESTED_MODELS, OWN_IDS, PARENTS, REQUIRED


def tell_apart(
    faults: Iterable[UnknownField], payloads: Mapping[str, Payload], around: Callable[[Payload], Iterable[Payload]]
) -> None:
    """Set the `models` of the unknown fields of objects that are to create several at once.

    `payloads` are those of the document by their pointers; `around` gives those of the campaign of one. Such an object
    has most of the fields that one of its own level needs, or its name with further fields of that level alone, and so
    of another one which its campaign lacks else, and no id of its own or a parent's: rows and answers of the API have
    those, or measures, with names of what is around them. Then it is one of each level whose fields it has.
    """
    by_root: defaultdict[str, list[UnknownField]] = defaultdict(list)
    for fault in faults:
        if not fault.takers and fault.holder == fault.root and not is_empty(fault.value):
            by_root[fault.root].append(fault)
    for root, group in by_root.items():
        if len(group) == 1:  # one field does not say of an object that it is there
            continue
        payload = payloads[root]
        given = {name for name, value in payload.written.items() if not is_empty(value)}
        if (
            not payload.is_create
            or not given.isdisjoint((*OWN_IDS.values(), *METRICS))
            or not _is_one(given, payload.shape.name)
        ):
            continue
        unknown, there = {fault.field for fault in group}, {one.shape.name for one in around(payload)}
        models = [
            MODELS[level]
            for level in PARENTS.values()
            if MODELS[level] not in there
            and _is_one(unknown, MODELS[level])
            and not _is_named(payload, NAME_FIELDS[level], MODELS[level], payloads.values())
        ]
        if models:  # alone it is a field that stands in the wrong object
            models += [one for one in MODELS.values() if one not in (*models, *there) and _marks(unknown, one)]
        for fault in group:
            if _is_of(fault, models):
                fault.models = tuple(models)


def _is_most(names: AbstractSet[str], model: str) -> bool:
    """Whether some names are more than half of the fields that an object of a model needs."""
    needed = REQUIRED.get(model, ())
    return 2 * len(names & {*needed}) > len(needed)


def _is_one(names: AbstractSet[str], model: str) -> bool:
    """Whether some names say by themselves that they are of an object of a model."""
    is_named = model in LEVEL_OF and NAME_FIELDS[LEVEL_OF[model]] in names
    return _is_most(names, model) or (is_named and len(_marks(names, model)) > 2)


def _marks(names: AbstractSet[str], model: str) -> AbstractSet[str]:
    """Those of some names that are fields of objects of a model, and of no other one of a campaign."""
    others = [SHAPES[one].fields.keys() for one in MODELS.values() if one != model]
    return (names & SHAPES[model].fields.keys()).difference(*others)


def _is_named(payload: Payload, field: str, model: str, others: Iterable[Payload]) -> bool:
    """Whether a payload names another one of a model, as in lists of campaigns and of ad groups."""
    name = payload.written.get(field)
    return any(one.shape.name == model and one.written.get(field) == name for one in others)


def _is_of(fault: UnknownField, models: Iterable[str]) -> bool:
    """Whether a key is a field of an object of one of some models, and of none that belongs in its own object."""
    home, name = fault.home, fault.belongs_elsewhere or ""
    if home is not None and home.ways[0][:1] not in {(key,) for key in NESTED_MODELS}:
        return False
    return any(ways_to(name, SHAPES[model]) for model in models)
