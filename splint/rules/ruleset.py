"""The rules of one run: which of them may apply to payloads, and what reports say of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING

from splint.payloads.conditions import ALONE, MODELS, REGISTERED, REQUESTS, bits_of
from splint.payloads.nodes import Payload, RelatedLocation, Run, Tree
from splint.payloads.signature import LAST, Signature
from splint.rules.rule import CAMPAIGNS, GUARDED, Request, Rule, Selection
from splint.schema.vocabulary import WEB

if TYPE_CHECKING:
    from splint.reporting.citation import Citation
    from splint.reporting.diagnostic import RuleInfo
    from splint.reporting.knowledge import FieldKnowledge
    from splint.suppression.policy import Policy

ABSENT = ("lacks", "varies")
"""The tests that may be met where a field is absent."""
Field = tuple[str, str]
"""A field, by its model and name."""
OnNodes = Mapping[type, Sequence[Selection]]
"""Rules by the kind of node that they are called with."""
NONE_APPLICABLE: OnNodes = {}
"""What is left of the rules for whole campaigns in which none applies."""
MOST_SIGNATURES = 4096
"""For so many signatures the applicable rules are remembered: a team's payloads have few, a forger's any number."""
PARTS = ALONE["AdGroup"].bit | ALONE["Ad"].bit
_TIES = ("ids", "refers_to", "current", "strays", "unknown_values")
"""What a payload has besides its fields that rules look at."""
_NO_TIES = attrgetter(*_TIES)(Payload)
_TIES_OF = attrgetter("signature", *_TIES)


class _Indexed:
    """A rule with the conditions that payloads meet where it may apply, as bits."""

    __slots__ = ("kinds", "masks", "requests", "selection", "singles")

    def __init__(
        self,
        selection: Selection,
        kinds: tuple[type, ...],
        requests: int,
        singles: int,
        masks: tuple[int, ...],
    ) -> None:
        self.selection = selection
        self.kinds = kinds
        self.requests = requests
        """One of these kinds is there; for a tree it makes no difference."""
        self.singles = singles
        """One of these conditions is enough; 0 where the rule has no guard."""
        self.masks = masks
        """Or all of one of these sets; (0,) where the rule has no guard."""

    @classmethod
    def of(cls, selection: Selection) -> "_Indexed | None":
        rule = selection.rule
        kinds = tuple([kind for kind in rule.on if issubclass(kind, GUARDED)])
        if not kinds:
            return None
        masks = rule.masks
        singles = [mask for mask in masks if mask and not mask & (mask - 1)]
        several = tuple([mask for mask in masks if mask & (mask - 1) or not mask])
        return cls(selection, kinds, -1 if Tree in kinds else _bits_of(rule.requests), sum(singles), several)


def asked_by(rule: Rule) -> set[Field]:
    """The fields that a rule looks at, by its guard and what it declares to miss."""
    from splint.rules.guard import conditions_of  # as below

    return {*_missed(rule), *((one.model, one.field) for one in conditions_of(rule.guard))}


def _missed(rule: Rule) -> set[Field]:
    """The fields that a rule declares to miss, an update's by the model of the create request."""
    parts = [field.partition(".") for field in rule.misses]
    return {(MODELS.get(model, model), name) for model, _, name in parts}


@cache
def _bits_of(requests: frozenset[Request]) -> int:
    """The bits of the kinds of request that a rule runs on; a status request may be of any of them."""
    return bits_of([REQUESTS["status"], *(REQUESTS[request] for request in requests)])


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
        has_plugins: bool = False,
        source_of_fact: FactSource = lambda _field, name: (name, ()),
    ) -> None:
        self.rules = tuple(rules)
        self.profile = profile
        """All rules that could run."""
        self.policy = policy
        self.reads_directives = reads_directives
        self.has_plugins = has_plugins
        """Whether rules of others are among them: what rules find is then looked at, see splint.run.sound."""
        self.source_of_fact = source_of_fact
        self.on: defaultdict[type, list[Selection]] = defaultdict(list)
        self._for_all_rules = CAMPAIGNS.intersection(*(rule.campaigns for rule, _ in self.rules))
        """The kinds of campaigns that every rule is for."""
        self._missing: dict[tuple[str, str, str], set[str]] = {}
        self._applicable: dict[int, OnNodes] = {}
        """By the bits of signatures."""
        self._citations: dict[str, Citation] = {}
        self._infos: list[tuple[RuleInfo, ...]] = []
        for selection in self.rules:
            for kind in selection.rule.on:
                self.on[kind].append(selection)
        self._index = [indexed for indexed in map(_Indexed.of, self.rules) if indexed is not None]

    def missing(self, field: Field, *, is_given: bool) -> set[str]:
        """The codes of the rules for whose errors the absence of a field may be the reason.

        `is_given` says that the tree has it elsewhere: it then varies.
        """
        if not self._missing:  # a dict, which all runs of the rules share
            from splint.rules.guard import conditions_of  # a start needs no guards

            for rule in [rule for rule, _ in self.rules if rule.level == "error"]:
                tests = [(one.model, one.field, one.test) for one in conditions_of(rule.guard) if one.test in ABSENT]
                for key in (*tests, *((*one, "lacks") for one in _missed(rule))):
                    self._missing.setdefault(key, set()).add(rule.code)
        lacked, varying = self._missing.get((*field, "lacks"), set()), self._missing.get((*field, "varies"), set())
        return lacked | varying if is_given else lacked

    def applicable_to(self, tree: Tree) -> OnNodes:
        """The rules that may apply to the payloads of a campaign tree, by their signature and its kind."""
        return self.for_kind(self.applicable(tree.signature), tree.scope.kind)

    def for_kind(self, on: OnNodes, kind: str) -> OnNodes:
        """Those of some rules that are for a kind of campaign."""
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
            if indexed.requests & met and (indexed.singles & met or any(mask & met == mask for mask in indexed.masks)):
                for kind in indexed.kinds:
                    on[kind].append(indexed.selection)
        return on if on or bits & PARTS else NONE_APPLICABLE

    def passes(self, payloads: Sequence[Payload]) -> bool:
        """Whether payloads are complete campaigns whose signature shows that no rule applies to them.

        For speed only: it saves a third of the time of a clean campaign.
        """
        signature = payloads[0].signature if payloads else None
        if signature is None or self.applicable(signature) is not NONE_APPLICABLE:
            return False
        return [*map(_TIES_OF, payloads)].count((signature, *_NO_TIES)) == len(payloads)

    def having(self, rules: Iterable[Selection]) -> "Ruleset":
        """The same for the same run, with other rules."""
        ruleset = Ruleset(
            rules,
            self.profile,
            self.policy,
            reads_directives=self.reads_directives,
            has_plugins=self.has_plugins,
            source_of_fact=self.source_of_fact,
        )
        return ruleset.within(self.run)

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
            from splint.rules.links import DOCUMENT_URL, rule_url

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


def field_facts(objectives: Sequence[Iterable[str]], field: str, profile: str) -> "FieldKnowledge":
    """What is known of one field, for a report that is asked; `objectives` are those of all settings of its run."""
    from splint.rules.fields import knowledge  # 0.3 s: reads models and examples of rules

    return knowledge(field, profile, frozenset.intersection(*map(frozenset, objectives)) if objectives else frozenset())
