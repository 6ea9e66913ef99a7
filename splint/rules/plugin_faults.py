"""What stops a load: plugins that contradict each other or give what there is not, and exceptions that they raise.

Imported where a plugin is named alone: a test asks the same of what comes with splint.
"""

import inspect
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from types import FrameType, ModuleType
from typing import Any

import pluggy

from splint.formats import Reader
from splint.reporting.reporters import Reporter
from splint.rules import hooks
from splint.rules.contained import told
from splint.rules.declarations import Known, cycles, faults_of_reader, faults_of_reporter, faults_of_rule, place_of
from splint.rules.links import fault_of
from splint.rules.rule import Pack, Rule, Selection


def faults(
    relay: pluggy.HookRelay, packs: Sequence[Any], shipped: Collection[str], profiles: Collection[str]
) -> Iterator[str]:
    """What is wrong with what hooks give, the first of it; `packs` are in the order of calls, `shipped` plugins."""
    for hook in (relay.splint_rules, relay.splint_readers, relay.splint_reporters):  # pluggy passes over a None
        if plugin := _givers(hook, lambda given: given is None):
            yield f"{plugin}{hook.name} gives None: return what it is for"
    yield from _faults_of_formats(relay)
    ours: list[Any] = [one.function() for one in relay.splint_rules.get_hookimpls() if one.plugin_name in shipped]
    known = Known.of(Selection(rule, pack) for pack in ours for rule in pack.rules)
    theirs = [pack for pack in reversed(packs) if pack not in ours]
    for pack in theirs:
        plugin = _giver(relay, pack)
        for fault in _faults_of_pack(pack, known, profiles):
            yield f"{plugin}{fault}"
    for fault, pack in _clashes([*ours, *theirs]):
        yield f"{_giver(relay, pack)}{fault}"
    for rule, fault in cycles(rule for pack in (*ours, *theirs) for rule in pack.rules):
        for pack in theirs:
            if rule in pack.rules:
                yield f"{_giver(relay, pack)}pack {pack.name}: {place_of(rule)} {fault}"


def _faults_of_pack(pack: Any, known: Known, profiles: Collection[str]) -> Iterator[str]:
    """What is wrong with one pack, in itself."""
    if not isinstance(pack, Pack) or not isinstance(pack.rules, tuple | list):
        yield f"splint_rules gives {type(pack).__name__}, not a Pack with a tuple of rules"
        return
    if pack.rule_url is not None and (fault := fault_of(str(pack.rule_url))):
        yield f"pack {pack.name}: rule_url {pack.rule_url!r} {fault}"
    if pack.profile is not None and pack.profile not in profiles:
        yield f"pack {pack.name}: there is no profile {pack.profile!r:.80}: the profiles are {', '.join(profiles)}"
    for rule in pack.rules:
        if not isinstance(rule, Rule):
            yield f"pack {pack.name}: {rule!r:.80} is no rule: mark its function with @rule(...)"
            return
    for rule in pack.rules:
        yield from (f"pack {pack.name}: {place_of(rule)} {fault}" for fault in faults_of_rule(rule, pack, known))


def _clashes(packs: Sequence[Pack]) -> Iterator[tuple[str, Pack]]:
    """Codes and names that stand twice in packs, each with the later pack."""
    codes: dict[str, Selection] = {}
    names: dict[str, Selection] = {}
    for pack in packs:
        for rule in pack.rules:
            other = codes.get(rule.code) or names.get(rule.name)
            if other is not None and rule.code not in other.rule.replaces and other.rule.code not in rule.replaces:
                both = f"packs {other.pack.name} and {pack.name}"
                what = "stands twice" if rule.code == other.rule.code else f"has the name of {other.rule.code}"
                place = f"pack {pack.name}: {place_of(rule)}"
                yield f"{place} ({rule.name}) {what}, in {both}: codes and names are unique", pack
            codes[rule.code] = names[rule.name] = Selection(rule, pack)


def _faults_of_formats(relay: pluggy.HookRelay) -> Iterator[str]:
    """What is wrong with readers and reporters."""
    for hook, kind, faults_of in (
        (relay.splint_readers, Reader, faults_of_reader),
        (relay.splint_reporters, Reporter, faults_of_reporter),
    ):
        for wrong in (one for given in hook() for one in _not_of(kind, given)):
            plugin = _givers(hook, partial(_not_of, kind))
            shown = f"a {type(wrong).__name__}" if isinstance(wrong, Pack | Reader | Reporter) else f"{wrong!r:.80}"
            yield f"{plugin}{hook.name} gives {shown}, not {kind.__name__}(...) in a list"
            return
        for one in (one for given in hook() for one in given):
            for fault in faults_of(one):
                yield f"{_givers(hook, partial(_has, one.name))}{fault}"
    names = [one.name for given in relay.splint_reporters() for one in given]
    for name in names:
        if names.count(name) > 1:
            plugins = _givers(relay.splint_reporters, partial(_has, name))
            yield f"{plugins}the output format {name} stands twice: names of formats are unique"


def _not_of(kind: type, given: Any) -> list[Any]:
    """The entries of the list that a hook returned that are no `kind`; what it returned, if that is no list."""
    return [one for one in given if not isinstance(one, kind)] if isinstance(given, list | tuple) else [given]


def _has(name: object, given: Any) -> bool:
    return any(one.name == name for one in given)


def _giver(relay: pluggy.HookRelay, pack: Any) -> str:
    """The beginning of a message on a pack: the plugin that gives it."""
    name = getattr(pack, "name", None)

    def gives(given: Any) -> bool:
        return type(given) is type(pack) and getattr(given, "name", None) == name

    return _givers(relay.splint_rules, gives)


def _givers(hook: pluggy.HookCaller, gives: Callable[[Any], object]) -> str:
    """The beginning of a message on what a hook gives: the plugins that it has it from, which are asked once more."""
    named = []
    for one in hook.get_hookimpls():
        try:
            if gives(one.function()):
                named.append(one.plugin_name)
        except Exception:  # noqa: S112 - it gave something else the first time
            continue
    return f"plugin {' and '.join(reversed(named))}: " if named else ""


def misfit(module: ModuleType, error: Exception) -> str:
    """What pluggy refuses a hook of a plugin for: mostly a parameter that the hook has not."""
    for name in hooks.NAMES:
        taken = inspect.signature(getattr(hooks.Hooks(), name)).parameters
        given = inspect.signature(getattr(module, name)).parameters if hasattr(module, name) else taken
        if not given.keys() <= taken.keys():
            return f"{name}({', '.join(given)}) takes what splint does not give: write def {name}({', '.join(taken)})"
    return " ".join(str(error).split())


def raised(relay: pluggy.HookRelay, error: BaseException) -> str:
    """Which hook of which plugin raised an exception, where, and what."""
    every = [(name, one) for name in hooks.NAMES for one in getattr(relay, name).get_hookimpls()]
    functions = {getattr(one.function, "__code__", None): f"plugin {one.plugin_name}: {name}" for name, one in every}
    called = [functions[frame.f_code] for frame, _ in _frames(error) if frame.f_code in functions]
    return f"{called[0] if called else 'a hook of a plugin'} failed: {told(error)}"


def _frames(error: BaseException) -> Iterator[tuple[FrameType, int]]:
    """The frames that an exception came through, the last one last, each with its line."""
    trace = error.__traceback__
    while trace is not None:
        yield trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next
