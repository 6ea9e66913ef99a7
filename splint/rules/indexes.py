"""The text of a pack's index (splint.rules.deferred), made from the pack's modules by scripts/generate."""

import pkgutil
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

from splint.payloads.conditions import REGISTERED, Condition
from splint.rules.deferred import Entry, values_of
from splint.rules.rule import Rule
from splint.schema.generate import LINE_LENGTH

HEAD = '''\
"""Where the rules of this pack apply: what a run without findings asks of them. Made from its modules, not by hand.

`scripts/generate` rewrites this file.
"""

from splint.rules.deferred import Entry, Key

'''


def text_of(package: str) -> str:
    """The text of the index of a package, whatever index it has."""
    declared = ((rule, module) for module in _modules(package) for rule in getattr(module, "RULES", ()))
    rules = sorted(declared, key=lambda found: found[0].code)
    used = sorted({one for rule, _ in rules for mask in rule.masks for one in _conditions(mask)}, key=_code_of)
    positions = {one: at for at, one in enumerate(used)}
    entries = [_entry(rule, module.__name__.rpartition(".")[2], positions) for rule, module in rules]
    return "\n".join(
        (
            *(HEAD + "CONDITIONS: tuple[Key, ...] = (", *_lines(map(_key, used))),
            *(")", "RULES: tuple[Entry, ...] = (", *_lines(entries)),
            ")\n",
        )
    )


def _modules(package: str) -> list[ModuleType]:
    """The modules of a package, imported anew with an empty index."""
    index: Any = ModuleType(f"{package}.index")
    index.CONDITIONS, index.RULES = (), ()
    before = _taken_out(package)
    sys.modules[index.__name__] = index
    try:
        path = import_module(package).__path__
        return [import_module(f"{package}.{found.name}") for found in pkgutil.iter_modules(path)]
    finally:
        _taken_out(package)
        sys.modules.update(before)


def _taken_out(package: str) -> dict[str, ModuleType]:
    """The imported modules of a package, which are to be imported again."""
    return {name: sys.modules.pop(name) for name in [*sys.modules] if f"{name}.".startswith(f"{package}.")}


def _conditions(mask: int) -> list[Condition]:
    return [one for one in REGISTERED.by_key.values() if one.bit & mask]


def _key(one: Condition) -> tuple[Any, ...]:
    values = () if {*one.values} == {*values_of(one.test, one.model, one.field)} else one.values
    return (one.test, one.model, one.field, *values) if one.field or values else (one.test, one.model)


def _code_of(one: Condition) -> str:
    return _code(_key(one))


def _entry(rule: Rule, module: str, positions: dict[Condition, int]) -> Entry:
    masks = tuple(tuple(sorted(positions[one] for one in _conditions(mask))) for mask in rule.masks)
    kinds = " ".join(kind.__name__ for kind in rule.on)
    requests, campaigns = (" ".join(sorted(words)) for words in (rule.requests, rule.campaigns))
    return module, rule.code, rule.name, kinds, requests, campaigns, " ".join(rule.replaces), masks


def _lines(values: Iterable[Any], indent: str = "    ") -> Iterator[str]:
    """The lines of the entries of a tuple, as ruff breaks them."""
    for value in values:
        line = f"{indent}{_code(value)},"
        if len(line) <= LINE_LENGTH or not isinstance(value, tuple):
            yield line
        else:
            yield from (f"{indent}(", *_lines(value, f"{indent}    "), f"{indent}),")


def _code(value: Any) -> str:
    """A value as Python code with double quotes."""
    if isinstance(value, tuple):
        return f"({', '.join(map(_code, value))}{',' * (len(value) == 1)})"
    return f'"{value}"' if isinstance(value, str) else repr(value)
