"""What is wrong with what a plugin declares: said where it is written, before any file is read.

The packs that come with splint are checked by a test: their rules at each start would take a millisecond.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from splint.formats import Reader
from splint.payloads.conditions import Condition
from splint.payloads.nodes import CAMPAIGN_KINDS, Ad, AdGroup, Creative, StatusUpdate, Tree
from splint.payloads.nodes.finding import field_names
from splint.reporting.reporters import NEEDS, Reporter
from splint.reporting.wording import either
from splint.rules.guard import All, AnyOf, Guard, OfPayloads, OnField, conditions_of
from splint.rules.removed import REMOVED
from splint.rules.rule import ASCENDING_SEVERITIES, BASES, GUARDED, REACHES, REQUESTS, Pack, Rule, Selection
from splint.rules.scope import STATUS, paths_to
from splint.rules.subjects import SUBJECTS
from splint.schema.nearest import suggestion
from splint.schema.table import SHAPES
from splint.schema.values import VALUES

NODES = tuple(dict.fromkeys(kind for name, kinds in SUBJECTS.items() if name != "document" for kind in kinds))
"""The kinds of node that rules of packs are called with; those of splint itself also with the faults of a document."""
ABOVE: dict[type, tuple[str, ...]] = {
    AdGroup: ("Campaign", "AdGroupBudgetUpdate"),
    Ad: ("Campaign", "AdGroup"),
    Creative: ("Campaign", "AdGroup", "Ad"),
}
"""The models of the payloads above a node, by its kind."""
FACTS = tuple(SHAPES["Facts"].fields)
FIELDS = frozenset(f"{model}.{name}" for model, shape in SHAPES.items() for name in shape.fields)
FIXES = ("safe", "unsafe")
CHOOSING = ("is", "other")
"""Tests of which value a field holds."""
MOST_VALUES = 12
"""So many values of a field are listed."""
OWNING = ({"place", "within", "node"}, {"tree"})
"""Reaches with which two rules that own each other both say nothing, where both are of one set."""


class Known(NamedTuple):
    """What the rules of splint say that there is."""

    codes: frozenset[str]
    prefixes: frozenset[str]
    values: Mapping[tuple[str, str], set[Any]]
    """The values that their guards ask for, by model and field."""

    @classmethod
    def of(cls, shipped: Iterable[Selection]) -> "Known":
        """Of the rules that come with splint."""
        shipped, values = tuple(shipped), dict[tuple[str, str], set[Any]]()
        for one in (one for rule, _ in shipped for one in conditions_of(rule.guard) if one.test in CHOOSING):
            values.setdefault((one.model, one.field), set()).update(one.values)
        codes = frozenset((*(rule.code for rule, _ in shipped), *(rule.code for rule in REMOVED)))
        return cls(codes, frozenset(pack.prefix for _, pack in shipped), values)


def place_of(rule: Rule) -> str:
    """The file and line of a rule's decorator, and its code; the code alone where there is no function of Python."""
    code = getattr(getattr(rule.check, "func", rule.check), "__code__", None)
    return f"{code.co_filename}:{code.co_firstlineno}: {rule.code}" if code is not None else f"{rule.code}"


def faults_of_rule(rule: Rule, pack: Pack, known: Known) -> Iterator[str]:
    """What is wrong with the arguments of a rule's decorator."""
    yield from _faults_of_words(rule, pack)
    for kind in rule.on or ([()] if rule.check is not None else []):
        if not _is_known(kind):
            shown = kind.__name__ if isinstance(kind, type) else repr(kind)
            nodes = either([node.__name__ for node in NODES])
            yield f"has on={shown:.80}, which no rule is called with: it is {nodes}"
    yield from _faults_of_lists(rule)
    yield from _faults_of_supersedes(rule)
    yield from _faults_of_codes(rule, pack, known)
    if rule.guard is not None:
        yield from _faults_of_guard(rule, known)


def _faults_of_words(rule: Rule, pack: Pack) -> Iterator[str]:
    code: Any = rule.code
    if not isinstance(code, str) or not code.startswith(pack.prefix) or not code[len(pack.prefix) :].isdigit():
        yield f"has a code that is not {pack.prefix} and digits, the pack's prefix"
    words = rule.name.split("-") if isinstance(rule.name, str) else [""]
    if not all(word.isascii() and word.isalnum() and word == word.lower() for word in words):
        yield f"has the name {rule.name!r:.80}: a name is words in small letters with hyphens, as market-in-name"
    if rule.level not in ASCENDING_SEVERITIES or rule.basis not in BASES:
        taken = f"the levels are {_all(ASCENDING_SEVERITIES)}, the bases {_all(BASES)}"
        yield f"has level {rule.level!r} and basis {rule.basis!r}; {taken}"
    if rule.fix is not None and rule.fix not in FIXES:
        yield f"has fix={rule.fix!r:.80}: it is {either(FIXES)}, or left out"
    if rule.since is not None and not isinstance(rule.since, str):
        yield f"has since={rule.since!r:.80}: a version is a text, such as '1.2'"
    if not isinstance(rule.section, str):
        yield f"has section={rule.section!r:.80}: the part of the source is a text"
    if not callable(rule.examples):
        yield "has examples that are no function: write examples=lambda: [...]"


def _faults_of_lists(rule: Rule) -> Iterator[str]:
    """Texts are refused where a list belongs: each of their letters would count."""
    listed: tuple[tuple[str, Any, Collection[object], str], ...] = (
        ("requests", rule.requests, tuple(REQUESTS), f"{_all(sorted(REQUESTS))} or both"),
        ("campaigns", rule.campaigns, CAMPAIGN_KINDS, either(CAMPAIGN_KINDS)),
        ("facts", rule.facts, FACTS, f"account facts: {_all(FACTS)}"),
        ("misses", rule.misses, FIELDS, "fields with their models, such as AdGroup.bid_price"),
    )
    for argument, given, known, what in listed:
        if isinstance(given, str) or not isinstance(given, Collection):
            yield f"has {argument}={given!r:.80}: that is a tuple or a set of {what}"
        elif not given and argument in ("requests", "campaigns"):
            yield f"has no {argument}: they are {what}"
        else:
            wrong = [one for one in given if not isinstance(one, str) or one not in known]
            yield from (f"has {one!r:.80} among its {argument}: they are {what}" for one in wrong)
    documents: Any = rule.documents
    if not isinstance(documents, tuple | list) or not all(type(one) is int for one in documents):
        yield f"has documents={documents!r:.80}: that is a tuple of document ids, such as (1735713875563521,)"


def _faults_of_supersedes(rule: Rule) -> Iterator[str]:
    if not isinstance(rule.supersedes, Mapping):
        example = '{"SPL106": "place"}'
        yield f"has supersedes={rule.supersedes!r:.80}: that is how far it owns the causes of rules, such as {example}"
        return
    for other, reach in rule.supersedes.items():
        is_known = field_names().issuperset(reach) if isinstance(reach, tuple) and reach else reach in REACHES
        if not is_known:
            yield f"supersedes {other} at {reach!r:.80}: that is {either(REACHES)}, or a tuple of the names of fields"


def _faults_of_codes(rule: Rule, pack: Pack, known: Known) -> Iterator[str]:
    """Of a pack that is not loaded the form of a code is all that is known."""
    replaces: Any = rule.replaces
    if not isinstance(replaces, tuple | list):
        yield f"has replaces={replaces!r:.80}: that is a tuple of codes, such as ('SPL106',)"
        replaces = ()
    for word, codes in (("replaces", replaces), ("supersedes", rule.supersedes)):
        for code in codes if isinstance(codes, Iterable) else ():
            prefix = code.rstrip("0123456789") if isinstance(code, str) else ""
            if prefix in ("", code) or any(map(str.isspace, prefix)):
                yield f"{word} {code!r:.80}: a code is the prefix of a pack and digits, such as SPL106"
            elif code in known.codes or prefix not in (pack.prefix, *known.prefixes):
                continue
            elif code not in {one.code for one in pack.rules}:
                yield f"{word} {code}, which no rule has: `splint rules` lists the codes"


def _faults_of_guard(rule: Rule, known: Known) -> Iterator[str]:
    guard: Any = rule.guard
    if not isinstance(guard, Guard):
        yield f"has a guard that is {type(guard).__name__}, not conditions of splint.rules.guard"
        return
    asked = [kind for kind in rule.on if _is_known(kind) and issubclass(kind, GUARDED)]
    if not asked:
        yield "has a guard, which is asked of payloads, creatives and trees alone: leave it out"
    for kind in asked:
        if not _can_hold(guard, kind):
            models = sorted({one.model for one in conditions_of(guard)})
            yield (
                f"has a guard that never holds for on={kind.__name__}, to which no object of {either(models)} belongs: "
                f"name fields of what it is called with, or have it called with a Tree"
            )
    for one in conditions_of(guard):
        yield from _faults_of_values(one, known)


def _faults_of_values(one: Condition, known: Known) -> Iterator[str]:
    """A value is one of TikTok's SDK, or one that a rule of splint asks for."""
    listed = VALUES.get(f"{one.model}.{one.field}") if one.test in CHOOSING else None
    if listed is None:
        return
    taken = {*listed.valid, *listed.invalid, *listed.only_new, *known.values.get((one.model, one.field), ())}
    for value in one.values:
        if value not in taken:
            more = f" and {len(taken) - MOST_VALUES} more" if len(taken) > MOST_VALUES else ""
            meant = suggestion(value, taken) or f": it takes {_all(sorted(taken)[:MOST_VALUES])}{more}"
            yield f"asks in its guard for {one.model}.{one.field} {value!r}, a value that there is not{meant}"


def _can_hold(guard: Guard, kind: type) -> bool:
    """Whether a guard may hold for a kind of node: whether objects of the models that it names belong to one."""
    if isinstance(guard, All):
        return all(_can_hold(part, kind) for part in guard.parts)
    if isinstance(guard, AnyOf):
        return any(_can_hold(part, kind) for part in guard.parts)
    if issubclass(kind, Tree) or not isinstance(guard, OnField | OfPayloads):
        return True
    tested = guard.condition
    payloads = {*STATUS.values()} if issubclass(kind, StatusUpdate) else {kind.__name__, *ABOVE.get(kind, ())}
    if isinstance(guard, OnField) and not guard.stands:
        within = {root: "creative_list" if kind is Creative and root == "Ad" else "" for root in payloads}
        return any(paths_to(root, tested.model, but) for root, but in within.items())
    if tested.test == "reaches":
        return {tested.model, tested.values[0]} <= payloads
    return tested.model in payloads or (isinstance(guard, OfPayloads) and tested.test not in ("past", "alone"))


def _is_known(kind: object) -> bool:
    return isinstance(kind, type) and (kind in NODES or issubclass(kind, SUBJECTS["document"]))


def cycles(rules: Iterable[Rule]) -> Iterator[tuple[Rule, str]]:
    """Rules that leave each other out, each with what it says of the others: none of them would ever be reported."""
    by_code = {rule.code: rule for rule in rules}
    replaced = {rule.code: [*rule.replaces] for rule in by_code.values()}
    owned = [
        {
            rule.code: [code for code, reach in rule.supersedes.items() if reach in reaches or code == rule.code]
            for rule in by_code.values()
        }
        for reaches in OWNING
    ]
    for word, edges in (("replaces", replaced), *(("supersedes", each) for each in owned)):
        for code in sorted(edges):
            way = _way_back(code, edges)
            if len(way) == 1:
                yield by_code[code], f"{word} itself: leave its own code out"
            elif way:
                pairs = zip(way[1:], (*way[2:], code), strict=True)
                steps = ", ".join(f"{one} {word} {other}" for one, other in pairs)
                yield by_code[code], f"{word} {way[1]}, and {steps}: none of them would be reported, leave one out"


def _way_back(code: str, edges: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """The codes on the shortest way from a rule to itself, its own first; none where there is no way."""
    ways: list[tuple[str, ...]] = [(code,)]
    seen: set[str] = set()
    for way in ways:
        for other in edges.get(way[-1], ()):
            if other == code:
                return way
            if other not in seen:
                seen.add(other)
                ways.append((*way, other))
    return ()


def faults_of_reader(reader: Reader) -> Iterator[str]:
    """What is wrong with a document format."""
    suffixes: Any = reader.suffixes
    if not isinstance(suffixes, tuple) or not suffixes or not all(isinstance(one, str) for one in suffixes):
        yield f"the reader {reader.name} has the suffixes {suffixes!r:.80}: write a tuple of texts, ('.toml',)"
        return
    for suffix in suffixes:
        if not suffix.partition(".")[2] or suffix != suffix.lower():
            yield (
                f"the reader {reader.name} has the suffix {suffix!r:.80}: a suffix has a dot and is in small "
                f"letters, such as '.toml'"
            )
    parts = ("comments", "split", "read_chunk", "with_column")
    yield from _uncallable(f"the reader {reader.name}", reader, "read", *(one for one in parts if getattr(reader, one)))


def faults_of_reporter(reporter: Reporter) -> Iterator[str]:
    """What is wrong with an output format."""
    if not isinstance(reporter.name, str) or not reporter.name.translate(dict.fromkeys(map(ord, "-_."), "")).isalnum():
        yield f"the output format {reporter.name!r:.80} has a name that is not letters, digits, -, _ and ."
    for need in reporter.needs:
        if need not in NEEDS:
            yield f"the output format {reporter.name} needs {need!r}: a report has {_all(NEEDS)} on demand"
    yield from _uncallable(f"the output format {reporter.name}", reporter, "render")


def _uncallable(what: str, holder: object, *parts: str) -> Iterator[str]:
    for part in parts:
        value: Callable[..., Any] | None = getattr(holder, part)
        if not callable(value):
            yield f"{what} has {part}={value!r:.80}, which is no function"


def _all(words: Iterable[str]) -> str:
    return ", ".join(words)
