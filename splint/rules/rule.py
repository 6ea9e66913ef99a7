"""What a rule is: a code, a documented constraint, a function that finds where it is broken, and examples of both."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from copy import copy
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from splint.payloads.nodes import CAMPAIGN_KINDS, CampaignKind, Creative, Finding, Payload, Tree
from splint.reporting.wording import SEVERITIES, Severity

if TYPE_CHECKING:
    from splint.rules.example import Example
    from splint.rules.guard import Guard, Masks
    from splint.rules.options import Option

Basis = Literal["stated", "implied", "reference", "sanity"]
Applicability = Literal["safe", "unsafe"]
Request = Literal["create", "update"]
Reach = Literal["place", "within", "related", "node", "tree"] | tuple[str, ...]
"""How far a finding owns its cause: at its very place (the field flagged or missing), within it (there and at all that
the value holds), where others name that place as a related one, on the payload that it was found on with all its parts,
in the whole campaign tree (but for what is more severe than its rule), or on fields of these names in that tree."""

ASCENDING_SEVERITIES = SEVERITIES[::-1]
"""From the mildest to the most severe."""
BASES: tuple[Basis, ...] = ("stated", "implied", "reference", "sanity")
REQUESTS: frozenset[Request] = frozenset({"create", "update"})
"""The requests whose bodies rules judge, status updates aside."""
REACHES = ("place", "within", "related", "node", "tree")
CAMPAIGNS: frozenset[CampaignKind] = frozenset(CAMPAIGN_KINDS)
WEB_ONLY: frozenset[CampaignKind] = frozenset({"web"})
"""The campaigns that rules are for which state constraints of web conversions."""


class Times:
    """In an example's edits: the entry of a list at that pointer, `number` times."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = number


def times(number: int) -> Times:
    """The entry of a list at that pointer, `number` times over."""
    return Times(number)


GONE: Final = object()
"""In an example's edits: the field is removed."""


def good(title: str, edits: Mapping[str, Any] | None = None, **options: Any) -> "Example":
    """An example that the rule accepts."""
    from splint.rules.example import Example  # a check needs none

    return Example(title, edits or {}, **options)


def bad(title: str, edits: Mapping[str, Any] | None = None, *, at: Sequence[str], **options: Any) -> "Example":
    """An example that the rule objects to, at the pointers `at`."""
    from splint.rules.example import Example  # a check needs none

    return Example(title, edits or {}, tuple(at), **options)


Check = Callable[[Any], Iterable[Finding]]
DROPPED = "python -OO dropped the text of this rule" if sys.flags.optimize > 1 else ""
"""What stands for the docstrings of all rules where Python was told to drop them."""
GUARDED = (Payload, Creative, Tree)
"""The kinds of node that guards are asked about."""


class Rule:
    """A documented constraint and the function that finds where payloads break it."""

    def __init__(
        self,
        code: str,
        name: str,
        level: Severity,
        on: tuple[type, ...],
        section: str,
        basis: Basis,
        check: Check | None,
        summary: str,
        explanation: str,
        examples: Callable[[], Sequence["Example"]],
        replaces: tuple[str, ...] = (),
        supersedes: Mapping[str, Reach] = {},
        documents: tuple[int, ...] = (),
        fix: Applicability | None = None,
        facts: tuple[str, ...] = (),
        guard: "Guard | None" = None,
        misses: Sequence[str] = (),
        requests: frozenset[Request] = REQUESTS,
        campaigns: frozenset[CampaignKind] = CAMPAIGNS,
        since: str | None = None,
        options: tuple["Option", ...] = (),
    ) -> None:
        self.code = code
        self.name = name
        self.level = level
        self.on = on
        """The kinds of node that the function is called with; none where there is no function."""
        self.section = section
        """The part of the source that states the constraint."""
        self.basis = basis
        """How far to trust it: stated by the source, implied by it, of the API reference, or plain sanity."""
        self.check = check
        """None for what is no property of a node, and is found once the rules have run: SPL009."""
        self.summary = summary
        """One sentence: what holds of a payload that the rule accepts."""
        self.explanation = explanation
        """Why, and what to do."""
        self.examples = examples
        """Made when somebody asks: a check needs none."""
        self.replaces = replaces
        """Rules that say otherwise, by code: they are off in every profile that this one is part of."""
        self.supersedes = supersedes
        """Rules, by code, whose findings come of a cause that a finding of this one owns, and how far."""
        self.documents = documents
        """The pages of the API reference that say so, by document id."""
        self.fix = fix
        """Whether its findings carry a fix, and of what kind most of them are."""
        self.facts = facts
        """The account facts that it looks at: without them it may stay silent."""
        self.guard = guard
        """On which payloads, creatives and trees the function runs; on all when None."""
        self.misses = misses
        """The fields whose absence its function finds beyond what the guard asks: `Model.field`, updates by models of
        their own (`AdGroupUpdate.adgroup_id`)."""
        self.requests = requests
        """Of which requests the payloads and creatives are that the function runs on."""
        self.campaigns = campaigns
        """In trees of which kind of campaign it runs; on nodes of no tree always."""
        self.since = since
        """The version of splint that brought it, or of the pack that it comes with."""
        self.options = options
        """What settings may say to it."""

    @cached_property
    def masks(self) -> "Masks":
        """The sets of conditions of which payloads meet one wherever the guard holds for one of their nodes."""
        return (0,) if self.guard is None else self.guard.masks

    @cached_property
    def hides(self) -> frozenset[str]:
        """The codes of the rules whose causes a finding of this one owns in the whole campaign."""
        return frozenset(code for code, reach in self.supersedes.items() if reach == "tree")

    def with_options(self, values: Mapping[str, Any]) -> "Rule":
        """The rule with these values of its options, in the place of those that it has."""
        return self if self.check is None else self.calling(partial(self.check, **values))

    def calling(self, check: Check) -> "Rule":
        """The rule with another function."""
        rule = copy(self)
        rule.check = check
        return rule

    def applies(self, node: Any) -> bool:
        """Whether the function runs on a node of one of its kinds."""
        if self.requests is not REQUESTS:  # as those of most rules are: they need not be looked up
            request = getattr(node.ad if isinstance(node, Creative) else node, "kind", None)
            if request in REQUESTS and request not in self.requests:
                return False
        return self.guard is None or not isinstance(node, GUARDED) or self.guard.holds(node)

    def findings(self, node: Any) -> Iterable[Finding]:
        """What the function finds on a node; nothing where it does not run."""
        return self.check(node) if self.check is not None and self.applies(node) else ()


def rule(
    code: str,
    name: str,
    *,
    on: type | tuple[type, ...],
    level: Severity,
    section: str,
    basis: Basis,
    examples: "Callable[[], Sequence[Example]]" = tuple,
    replaces: tuple[str, ...] = (),
    supersedes: Mapping[str, Reach] = {},
    documents: tuple[int, ...] = (),
    fix: Applicability | None = None,
    facts: tuple[str, ...] = (),
    guard: "Guard | None" = None,
    misses: Sequence[str] = (),
    requests: AbstractSet[Request] = REQUESTS,
    campaigns: AbstractSet[CampaignKind] = CAMPAIGNS,
    since: str | None = None,
    options: "Sequence[Option]" = (),
) -> Callable[[Callable[..., Iterator[Finding]]], Rule]:
    """Make a rule of a generator function: a node in, findings out, without I/O, state or clock.

    The docstring's first line says what holds, the rest why and what to do. The function runs on the nodes of its kinds
    for which `guard` holds (splint.rules.guard), of `requests` of these kinds (status updates have no kind), in trees
    of `campaigns` of these kinds. `misses` names fields (`Model.field`) whose absence it finds but no guard asks
    for. It takes `options` as keyword-only parameters of their names. Raises TypeError for a docstring that is
    missing and options that are no parameters; the rest is checked where a plugin is loaded, by
    splint.rules.declarations.
    """

    def make(check: Callable[..., Iterator[Finding]]) -> Rule:
        text = check.__doc__ or DROPPED
        if not text:
            raise TypeError(f"{code}: the rule's function has no docstring, which is its page")
        summary, _, rest = text.strip().partition("\n")
        kinds = on if isinstance(on, tuple) else (on,)
        explanation = "\n".join(line.strip() for line in rest.strip().splitlines())
        values: Mapping[str, Any] = {}
        if options or _keyword_only(check):
            from splint.rules.options import defaults  # no rule that ships with splint has options: 1 ms

            try:
                values = defaults(options, _keyword_only(check))
            except TypeError as error:
                raise TypeError(f"{code}: {error}") from None
        return Rule(
            code,
            name,
            level,
            kinds,
            section,
            basis,
            partial(check, **values) if values else check,
            summary,
            explanation,
            examples,
            replaces,
            supersedes,
            documents,
            fix,
            facts,
            guard,
            misses,
            requests if isinstance(requests, str) else frozenset(requests),  # a text is refused where it is loaded
            campaigns if isinstance(campaigns, str) else frozenset(campaigns),
            since,
            tuple(options),
        )

    return make


def _keyword_only(check: Callable[..., Any]) -> tuple[str, ...]:
    """The names of a function's keyword-only parameters."""
    code = getattr(check, "__code__", None)  # inspect.signature takes 20 us a rule
    return code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount] if code is not None else ()


class Pack:
    """A set of rules from one source."""

    def __init__(
        self,
        name: str,
        prefix: str,
        title: str,
        url: str | None,
        rules: tuple[Rule, ...],
        profile: str | None = None,
        rule_url: str | None = None,
    ) -> None:
        self.name = name
        self.prefix = prefix
        """What all its codes begin with."""
        self.title = title
        """The source, as findings cite it."""
        self.url = url
        """The address of the source."""
        self.rules = rules
        self.profile = profile
        """The only profile that the pack is part of; all of them when None."""
        self.rule_url = rule_url
        """The address of a rule's page, `{code}` standing for its code: `https://wiki.example.com/ads/{code}`."""


class Selection(NamedTuple):
    """A rule with the pack it comes from."""

    rule: Rule
    pack: Pack
