"""Packs, readers and reporters: all of them, the shipped ones too, come in through the same pluggy hooks."""

import importlib
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC
from functools import cache, partial
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import pluggy

from splint.formats import Reader
from splint.payloads.conditions import ALONE, REGISTERED, REQUESTS, bits_of
from splint.payloads.nodes import RelatedLocation, Run, Tree
from splint.payloads.signature import LAST, Signature
from splint.reporting.reporters import NEEDS, Reporter
from splint.rules import builtin, hookspecs
from splint.rules.rule import BASES, CAMPAIGNS, GUARDED, LEVELS, Pack, Rule
from splint.schema.vocabulary import WEB

if TYPE_CHECKING:
    from splint.reporting.citation import Citation
    from splint.reporting.diagnostic import RuleInfo
    from splint.submit.plan import Plan
    from splint.suppression.policy import Policy

DOCUMENT_URL = "https://business-api.tiktok.com/portal/docs?id={}"
"""A page of TikTok's API reference by its document id."""
PROFILES = {"guide": ("splint_guide",), "reference": ("splint_guide", "splint_reference")}
"""The shipped packs, by module, that each profile is made of."""


Brought = TypeVar("Brought")


class PluginError(Exception):
    """A plugin that cannot be loaded, or that contradicts another: the run must not start."""


class Selection(NamedTuple):
    """A rule with the pack it comes from."""

    rule: Rule
    pack: Pack


class Registry(NamedTuple):
    """Everything that plugins bring."""

    rules: tuple[Selection, ...]
    """Sorted by code."""
    readers: tuple[Reader, ...]
    reporters: dict[str, Reporter]
    before_submit: Callable[["Plan"], list[str]]
    """Why plugins object to a plan."""
    refusals: Callable[[], list[str]]
    """The paths of the files of refusals, those of the plugin registered last first. Raises PluginError."""

    def with_column(self, name: str) -> "Registry":
        """The same, with the readers of tables bound to the column of this name."""
        return self._replace(readers=tuple(one.with_column(name) if one.with_column else one for one in self.readers))

    def reader_for(self, path: str) -> Reader | None:
        """The reader of a file's format, by its suffix."""
        lowered = path.lower()
        for reader in self.readers:
            if lowered.endswith(reader.suffixes):
                return reader
        return None


def load(plugins: tuple[str | ModuleType, ...] = (), profile: str = "reference") -> Registry:
    """The packs of a profile (by default the largest) and `plugins` (modules, importable names, or paths of .py files).

    Raises PluginError for a plugin that does not load, a doubled or foreign code, and a misspelt hook.
    """
    has_paths = any(isinstance(plugin, str) and plugin.endswith(".py") for plugin in plugins)
    return _load(plugins, profile, os.getcwd() if has_paths else "")


@cache
def _load(plugins: tuple[str | ModuleType, ...], profile: str, _directory: str) -> Registry:
    if plugins:
        import atexit

        atexit.register(_end_as_usual)
    manager = pluggy.PluginManager("splint")
    manager.add_hookspecs(hookspecs)
    manager.register(builtin, "splint")
    for plugin in (*PROFILES[profile], *plugins):
        module = plugin if isinstance(plugin, ModuleType) else _import(plugin)
        name = plugin if isinstance(plugin, str) else module.__name__
        misspelt = [
            n for n in vars(module) if n.startswith("splint_") and n not in hookspecs.NAMES and _is_hook(module, n)
        ]
        if misspelt:
            raise PluginError(
                f"plugin {name}: {misspelt[0]} is no hook of splint; the hooks are {', '.join(hookspecs.NAMES)}"
            )
        if not any(_is_hook(module, hook) for hook in hookspecs.NAMES):
            raise PluginError(
                f"plugin {name} has no hook: mark one of {', '.join(hookspecs.NAMES)} with @splint.hookimpl"
            )
        try:
            manager.register(module, name)
        except ValueError:
            continue  # named twice: one registration is enough
    try:
        manager.check_pending()
        packs: list[Pack] = manager.hook.splint_rules()
        readers = _brought(manager.hook.splint_readers, Reader)
        reporters = _brought(manager.hook.splint_reporters, Reporter)
    except (PluginError, KeyboardInterrupt):
        raise
    except BaseException as error:
        raise PluginError(f"a plugin's hook failed: {type(error).__name__}: {error}") from error
    return Registry(
        _rules(packs), tuple(readers), _formats(reporters), partial(_vetoes, manager), partial(_refusals, manager)
    )


def _brought(hook: pluggy.HookCaller, kind: type[Brought]) -> list[Brought]:
    """What plugins give for a hook of lists. Raises PluginError, which names those that have it, for anything else."""
    brought = [one for given in hook() for one in (given if isinstance(given, Iterable) else (given,))]
    for one in brought:
        if not isinstance(one, kind):
            named = " or ".join(each.plugin_name for each in hook.get_hookimpls() if each.plugin is not builtin)
            raise PluginError(f"plugin {named}: {hook.name} gives {one!r:.80}, not {kind.__name__}(...) in a list")
    return brought


def _formats(reporters: Iterable[Reporter]) -> dict[str, Reporter]:
    """Reporters by name. Raises PluginError for a name that stands twice, and for a need that there is not."""
    named: dict[str, Reporter] = {}
    for reporter in reporters:
        if reporter.name in named:
            raise PluginError(f"the output format {reporter.name} stands twice: names of formats are unique")
        if unknown := [need for need in reporter.needs if need not in NEEDS]:
            raise PluginError(
                f"the output format {reporter.name} needs {unknown[0]!r}: a report has {', '.join(NEEDS)} on demand"
            )
        named[reporter.name] = reporter
    return named


def _end_as_usual() -> None:
    """Asked for at the end of a process with plugins: then the command does not end at once, and files they left open
    are closed."""


def _vetoes(manager: pluggy.PluginManager, plan: "Plan") -> list[str]:
    """What plugins have against a plan; one that fails objects too."""
    try:
        return [str(why) for why in manager.hook.splint_before_submit(plan=plan) if why]
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return [f"a plugin failed: {type(error).__name__}: {error}"]


def _refusals(manager: pluggy.PluginManager) -> list[str]:
    """The paths that plugins give."""
    try:
        return [os.fspath(path) for path in manager.hook.splint_refusals()]
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise PluginError(f"splint_refusals gives no path: {type(error).__name__}: {error}") from error


def _is_hook(module: ModuleType, name: str) -> bool:
    return getattr(getattr(module, name, None), "splint_impl", None) is not None


def _import(name: str) -> ModuleType:
    """A plugin by its module's name, or by the path of its file."""
    try:
        if not name.endswith(".py"):
            return importlib.import_module(name)
        path = os.path.abspath(name)
        alias = f"splint_plugin_{path.encode().hex()}"
        if alias in sys.modules:
            return sys.modules[alias]
        from importlib.util import module_from_spec, spec_from_file_location

        spec = spec_from_file_location(alias, path)
        if spec is None or spec.loader is None or not os.path.isfile(path):
            raise PluginError(f"plugin {name}: there is no such file")
        module = sys.modules[alias] = module_from_spec(spec)
        try:
            spec.loader.exec_module(module)
        except BaseException:
            del sys.modules[alias]
            raise
    except (PluginError, KeyboardInterrupt):
        raise
    except BaseException as error:
        raise PluginError(f"plugin {name} does not load: {type(error).__name__}: {error}") from error
    else:
        return module


def _rules(packs: Iterable[Pack]) -> tuple[Selection, ...]:
    by_code: dict[str, Selection] = {}
    names: dict[str, Selection] = {}
    for pack in packs:
        if not isinstance(pack, Pack) or not isinstance(pack.rules, tuple | list):
            raise PluginError(f"splint_rules gives {type(pack).__name__}, not a Pack with a tuple of rules")
        if pack.rule_url is not None:
            from splint.rules.links import fault_of  # the shipped packs have none

            if fault := fault_of(str(pack.rule_url)):
                raise PluginError(f"pack {pack.name}: rule_url {pack.rule_url!r} {fault}")
        for rule in pack.rules:
            if not isinstance(rule, Rule):
                raise PluginError(f"pack {pack.name}: {rule!r} is no rule: mark its function with @rule(...)")
            _check(rule, pack)
            other = by_code.get(rule.code) or names.get(rule.name)
            if other is not None and rule.code not in other.rule.replaces and other.rule.code not in rule.replaces:
                both = f"packs {other.pack.name} and {pack.name}"
                raise PluginError(f"{rule.code} ({rule.name}) stands twice, in {both}: codes and names are unique")
            by_code[rule.code] = names[rule.name] = Selection(rule, pack)
    return tuple(by_code[code] for code in sorted(by_code))


def _check(rule: Rule, pack: Pack) -> None:
    if not rule.code.startswith(pack.prefix) or not rule.code[len(pack.prefix) :].isdigit():
        raise PluginError(f"pack {pack.name}: the code {rule.code} is not {pack.prefix} and digits, the pack's prefix")
    if rule.level not in LEVELS or rule.basis not in BASES:
        raise PluginError(
            f"pack {pack.name}: {rule.code} has level {rule.level!r} and basis {rule.basis!r}; "
            f"the levels are {', '.join(LEVELS)}, the bases {', '.join(BASES)}"
        )


OnNodes = Mapping[type, Sequence[Selection]]
"""Rules by the kind of node that they are called with."""
NONE_APPLICABLE: OnNodes = {}
"""What is left of the rules for whole campaigns in which none applies."""
MOST_SIGNATURES = 4096
"""For so many signatures the applicable rules are remembered: a team's payloads have few, a forger's any number."""
PARTS = ALONE["AdGroup"].bit | ALONE["Ad"].bit


class _Indexed(NamedTuple):
    """A rule with the conditions that payloads meet where it may apply, as bits."""

    selection: Selection
    kinds: tuple[type, ...]
    requests: int
    """One of these kinds is there; for a tree it makes no difference."""
    singles: int
    """One of these conditions is enough; 0 where the rule has no guard."""
    masks: tuple[int, ...]
    """Or all of one of these sets; (0,) where the rule has no guard."""

    @classmethod
    def of(cls, selection: Selection) -> "_Indexed | None":
        rule = selection.rule
        kinds = tuple(kind for kind in rule.on if issubclass(kind, GUARDED))
        requests = -1 if Tree in kinds else sum(REQUESTS[request].bit for request in ("status", *rule.requests))
        masks = rule.guard.masks if rule.guard is not None else (0,)
        singles = [mask for mask in masks if mask and not mask & (mask - 1)]
        return cls(selection, kinds, requests, sum(singles), tuple(set(masks) - set(singles))) if kinds else None

    def may_apply(self, bits: int) -> bool:
        """Whether it may apply to one of the payloads that meet these conditions."""
        if not self.requests & bits:
            return False
        return bool(self.singles & bits) or any(mask & bits == mask for mask in self.masks)


FactSource = Callable[[str, str], tuple[str, tuple[RelatedLocation, ...]]]
"""What says an account fact of `facts` or `settings_facts`, by its name: in words, and the places in files."""


class Ruleset:
    """The rules for all files with the same settings, and what these make of findings."""

    run: Run
    now: str
    """The run's moment in UTC, as schedules write it."""

    def __init__(
        self,
        rules: Iterable[Selection],
        profile: tuple[Selection, ...],
        policy: "Policy | None" = None,
        *,
        reads_directives: bool = True,
        source_of_fact: FactSource = lambda _field, name: (name, ()),
    ) -> None:
        self.rules = tuple(rules)
        self.profile = profile
        """All rules that could run."""
        self.policy = policy
        self.reads_directives = reads_directives
        self.source_of_fact = source_of_fact
        self.on: defaultdict[type, list[Selection]] = defaultdict(list)
        self._for_all_rules = CAMPAIGNS.intersection(*(rule.campaigns for rule, _ in self.rules))
        """The kinds of campaigns that every rule is for."""
        self._needed: list[frozenset[tuple[str, str]]] = []
        self._applicable: dict[int, OnNodes] = {}
        """By the bits of signatures."""
        self._citations: dict[str, Citation] = {}
        self._infos: list[tuple[RuleInfo, ...]] = []
        for selection in self.rules:
            for kind in selection.rule.on:
                self.on[kind].append(selection)
        self._index = [indexed for indexed in map(_Indexed.of, self.rules) if indexed is not None]

    @property
    def needed(self) -> frozenset[tuple[str, str]]:
        """The fields, by model and name, whose absence may be an error of one of the rules."""
        if not self._needed:  # a list, which all runs of the rules share
            rules = [rule for rule, _ in self.rules if rule.level == "error"]
            asked = {field for rule in rules if rule.guard is not None for field in rule.guard.lacked}
            missed = {(model, name) for rule in rules for model, _, name in (one.partition(".") for one in rule.misses)}
            self._needed.append(frozenset(asked | missed))
        return self._needed[0]

    def applicable_to(self, tree: Tree) -> OnNodes:
        """The rules that may apply to the payloads of a campaign tree, by their signature and its kind."""
        on, kind = self.applicable(tree.signature), tree.scope.kind
        if kind in self._for_all_rules:
            return on
        return {
            node: [selection for selection in selections if kind in selection.rule.campaigns]
            for node, selections in on.items()
        }

    def applicable(self, signature: Signature | None) -> OnNodes:
        """The rules that may apply to payloads with this signature: all, where there is none."""
        if signature is None:
            return self.on
        bits = signature.bits
        if signature.earliest is not LAST and signature.earliest < self.now:
            bits |= bits_of(REGISTERED.of_all["past"])
        on = self._applicable.get(bits)
        if on is None:
            if len(self._applicable) >= MOST_SIGNATURES:
                self._applicable.clear()
            on = self._applicable[bits] = self._found(bits)
        return on

    def _found(self, bits: int) -> OnNodes:
        facts = self.known_facts
        met = bits
        for condition in REGISTERED.of_all["knows"]:
            met |= condition.bit if condition.model in facts else 0
        if WEB not in self.run.objectives:
            met |= bits_of(REGISTERED.of_all["unlisted"])
        on: defaultdict[type, list[Selection]] = defaultdict(list)
        for indexed in self._index:
            if indexed.may_apply(met):
                for kind in indexed.kinds:
                    on[kind].append(indexed.selection)
        return on if on or bits & PARTS else NONE_APPLICABLE

    def within(self, run: Run) -> "Ruleset":
        """The same for one run."""
        ruleset = Ruleset.__new__(Ruleset)
        now = str(run.as_of.astimezone(UTC).replace(tzinfo=None))
        vars(ruleset).update(vars(self), run=run, now=now)  # what copy.copy does, in 1 us instead of 8
        return ruleset

    def selection(self, code: str) -> Selection | None:
        """The rule of a code, with its pack, where it is among them."""
        return next((selection for selection in self.rules if selection.rule.code == code), None)

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the rules."""
        return frozenset(rule.code for rule, _ in self.rules)

    @property
    def citations(self) -> "Mapping[str, Citation]":
        """Where the constraints of the rules come from, by code."""
        if not self._citations:  # a dict, which all runs of the rules share
            from splint.reporting.citation import Citation  # only findings cite
            from splint.rules.links import rule_url

            for rule, pack in self.rules:
                document = DOCUMENT_URL.format(rule.documents[0]) if rule.documents else pack.url
                page = rule_url(rule, pack)
                self._citations[rule.code] = Citation(pack.title, rule.section, rule.basis, page, document)
        return self._citations

    @property
    def answered(self) -> frozenset[str]:
        """The codes of the rules whose account facts are all given: what these do not find is not there."""
        return frozenset(rule.code for rule, _ in self.rules if self.known_facts.issuperset(rule.facts))

    @property
    def known_facts(self) -> frozenset[str]:
        """The account facts that options and settings give."""
        known = {**self.run.settings, **self.run.options}
        return frozenset(name for name, value in known.items() if value is not None)

    def infos(self) -> "tuple[RuleInfo, ...]":
        """The rules as reports describe them."""
        if not self._infos:  # a list, which all runs of the rules share: 40 us
            from splint.reporting.diagnostic import RuleInfo  # few formats describe rules

            infos = (
                RuleInfo(rule.code, rule.name, rule.level, rule.summary, rule.explanation, self.citations[rule.code])
                for rule, _ in self.rules
            )
            self._infos.append(tuple(infos))
        return self._infos[0]


def described(rulesets: Iterable[Ruleset]) -> "tuple[RuleInfo, ...]":
    """The rules that ran in one of several, as reports describe them."""
    first, *others = rulesets
    if not others:
        return first.infos()
    return tuple(sorted({info.code: info for ruleset in (first, *others) for info in ruleset.infos()}.values()))
