"""Explains refusals: from an answer, and the payload that was refused, to what is wrong and where."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from os import PathLike
from types import ModuleType
from typing import Any, NamedTuple, Unpack

from splint.formats import Document
from splint.payloads.extract import extract
from splint.refusals.answers import Answer, answers, path_of, without_ok
from splint.refusals.codes import CODES
from splint.refusals.explanation import Explanation, Grounds, Meaning, Place
from splint.refusals.forms import Named, compares, fault, named, spoken_values
from splint.refusals.known import KnownRefusal, known_refusals
from splint.refusals.places import (
    SENT,
    Object,
    apart_from,
    findings_at,
    kind_of,
    known_fields,
    lacking,
    naming,
    objects,
    open_rules,
    pointers_of,
    refused,
    value_or_none,
    with_value,
    within,
    written_for,
)
from splint.reporting.masking import masked
from splint.reporting.report import SEVERITIES, Diagnostic, ToolNotification
from splint.rules import engine_codes
from splint.rules.fields import FieldFacts
from splint.rules.rule import Selection
from splint.run.linter import Linter, LinterOptions
from splint.run.sources import files_of
from splint.schema.vocabulary import NOUNS
from splint.settings.config import Config, endpoint_of

PROFILE = "reference"
"""The profile by which a refused payload is judged: it is the API that has refused it."""

UNREAD = (engine_codes.SYNTAX, engine_codes.WITHOUT_PAYLOAD)
"""The rules that tell of what cannot be read, or is no payload."""

EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
"""A moment before all that Smart+ took: what is no less wrong there is not so by the clock."""


def explain(
    answer: str | bytes | dict[str, Any] | list[Any],
    payload: Any = None,
    *,
    endpoint: str | None = None,
    **options: Unpack[LinterOptions],
) -> list[Explanation]:
    """What the answers in a text, or in a JSON value, mean: one explanation each, none where no answer is in it.

    `answer` is an answer of the API, a line of a log or of a journal, or a message alone; `payload` what was sent, as
    `check` takes it; `endpoint` where to, unless the answer says it; `options` are those of `Linter`, with the profile
    `reference` unless they or `config` name one; what a settings file silences is told all the same. Raises what
    `check` raises, and TypeError for an answer that is neither a text nor an object or list of JSON: a path, an
    exception, None.

    >>> [explanation.meaning.fields for explanation in explain("budget_mode: Missing data for required field.")]
    [('budget_mode',)]
    """
    if not isinstance(answer, str | bytes | bytearray | dict | list):
        raise TypeError(f"answer is of type {type(answer).__name__}: pass its text, or its JSON as a value")
    if options.get("config") is None:
        options.setdefault("profile", PROFILE)
    if isinstance(options.get("config"), str | PathLike):
        options["config"] = unfiltered(Linter(options["config"]).config)
    linter, endpoint = Linter(**options), endpoint_of(endpoint)
    sent = None if payload is None else Sent.of(payload, linter)
    return [explained(one, sent, linter, endpoint=endpoint) for one in told(answer, linter)]


def unfiltered(config: Config) -> Config:
    """The settings without selectors and suppressions: the API has refused what they may have silenced."""
    unselected = config._replace(select=(), extend_select=(), ignore=(), layers=())
    return unselected._replace(per_file_ignores=(), overrides=(), no_ignores=True)


def told(given: Any, linter: Linter) -> Sequence[Answer]:
    """The answers in a value, beside refusals none that is plainly ok.

    A line of a log that says nothing known is none.
    """
    known = known_refusals(_plugins(linter))
    found = [one._replace(**_masked(one)) for one in answers(given)]
    return without_ok([one for one in found if not one.is_logged or _is_known(one.message, known)])


def _masked(answer: Answer) -> dict[str, Any]:
    """The texts of an answer that show what was sent, credentials masked."""
    texts = {"message": answer.message, "request_id": answer.request_id, "endpoint": answer.endpoint}
    return {name: text and masked(text) for name, text in texts.items()}


def _is_known(message: str, known: Sequence[KnownRefusal]) -> bool:
    """Whether a line of a log tells of a refusal: one that is known, or it names a field and what is wrong with it."""
    return any(one.fits(None, message, None) for one in known) or bool(fault(message)[0] and _named(message, None))


class Sent(NamedTuple):
    """What was sent, with what rules find in it."""

    objects: tuple[Object, ...]
    findings: tuple[Diagnostic, ...]
    """The errors first."""
    endpoint: str | None = None
    """The path that all requests of it are for; None where it names none, or several."""
    errors: tuple[ToolNotification, ...] = ()
    """Files that cannot be read."""
    timeless: tuple[Diagnostic, ...] = ()
    """Those of the findings that hold whenever it was sent; all of them where the settings say when (`as-of`)."""

    @classmethod
    def of(cls, payload: Any, linter: Linter) -> "Sent":
        """Read and check a payload, as of now unless the settings say when. Raises what `Linter.check` raises."""
        found: list[Object] = []
        paths: set[str] = set()
        for source in files_of(payload, linter.registry, linter.suffixes):
            with suppress(OSError):  # the report tells of it
                if isinstance(source, OSError):
                    raise source
                for number, document in enumerate(source.documents(), start=1):
                    if isinstance(document, Document):
                        extracted = extract(document, (source.path, number - 1), {})
                        found += objects(document, extracted.payloads, number)
                        paths.update(request.path for request in extracted.requests)
        report = linter.check(payload)
        findings = sorted(report.active, key=lambda one: SEVERITIES.index(one.severity))
        errors = tuple(error for error in report.errors if error.kind == "unreadable-file")
        timeless = findings
        if findings and linter.config.as_of is None:
            before = Linter(linter.config._replace(as_of=EARLIEST)).check(payload).active
            lasting = set(map(_said, before))
            timeless = [one for one in findings if _said(one) in lasting]
        path = paths.pop() if len(paths) == 1 else None
        return cls(tuple(found), tuple(findings), path, errors, tuple(timeless))


def _said(one: Diagnostic) -> tuple[object, ...]:
    """What a finding says, and where."""
    return one.code, one.path, one.document, one.pointer, one.message


def explained(
    answer: Answer, sent: Sent | None, linter: Linter, *, endpoint: str | None = None, at: str | None = None
) -> Explanation:
    """What an answer means; `at` is the pointer of the refused object in what was sent."""
    path = path_of(endpoint) if endpoint else answer.endpoint or (sent.endpoint if sent is not None else None)
    answer = answer._replace(endpoint=path, object=at if at is not None else answer.object)
    code = None if answer.code is None else CODES.get(answer.code)
    kind = kind_of(path)
    among = [] if sent is None else refused(sent.objects, kind, answer.object)
    actor = code.actor if code is not None else None
    known = known_refusals(_plugins(linter))
    refusal = next((one for one in known if one.fits(answer.code, answer.message, path)), None)
    is_of_payload = answer.code is None or actor == "payload" or code is None
    names = list(_named_by(refusal)) if refusal is not None else _named(answer.message, kind) if is_of_payload else []
    valued = with_value(spoken_values(answer.message), among) if not (refusal and refusal.field) and not names else None
    if refusal is not None and refusal.actor is not None:
        actor = refusal.actor
    elif actor is None and names:
        actor = "payload"
    if valued is not None and is_of_payload:
        names = [Named(valued[0], (valued[0],), "inferred")]
    meaning = _meaning(answer.message, refusal, names)
    facts = _facts_on({name.name for name in names}, kind, refusal)
    if among:
        models = {one.model for one in among}
        of_these = [one for one in facts if one.model in models or one.model not in NOUNS]
        facts = of_these or facts
    codes = [*(refusal.rule if refusal else ()), *_codes(facts, of_all=refusal is None and compares(answer.message))]
    grounds = None
    if sent is not None and (is_of_payload or (refusal and refusal.rule)):
        grounds = _grounds(names, codes, refusal, among, sent, linter, answer, has_fallback=is_of_payload)
    is_twice = meaning is not None and meaning.cause == "stands twice"
    codes = [each for each in codes if not (is_twice and each == engine_codes.MISSING)]
    rules = [selection for each in dict.fromkeys(codes) if (selection := _selection(each, linter)) is not None]
    return Explanation(answer, code, actor, meaning, grounds, tuple(rules))


def _codes(facts: Sequence[FieldFacts], *, of_all: bool) -> list[str]:
    """The rules that look at one of some fields, or `of_all` at each: those may compare them."""
    on: dict[str, set[str]] = {}
    for one in facts:
        on.setdefault(one.name, set()).update(one.rules)
    shared = set.intersection(*on.values()) if of_all and on else set()
    return [code for one in facts for code in one.rules if not shared or code in shared]


def _meaning(message: str, refusal: KnownRefusal | None, names: Sequence[Named]) -> Meaning | None:
    if refusal is None and not names:
        return None
    path = ".".join(names[0].path) if names else ""
    fields = tuple(name.name for name in names)
    if refusal is not None:
        return Meaning(fields, path, refusal.cause, refusal.rule, refusal.provenance)
    cause, provenance = fault(message)
    return Meaning(fields, path, cause, (), "inferred" if names[0].provenance == "inferred" else provenance)


def _grounds(
    names: Sequence[Named],
    codes: Sequence[str],
    refusal: KnownRefusal | None,
    among: Sequence[Object],
    sent: Sent,
    linter: Linter,
    answer: Answer,
    *,
    has_fallback: bool,
) -> Grounds:
    """What the payload says of the fields; where the message names none, all that the clock alone has not broken."""
    own = [one for one in within(sent.findings, among) if one.code not in UNREAD]
    spoken = spoken_values(answer.message)
    places: list[Place] = []
    found: list[Diagnostic] = []
    foretold = [one for one in own if refusal is not None and one.code in refusal.rule]
    for name in names:
        strays = written_for(own, name.name)
        pointers = apart_from(strays, pointers_of(name, among, spoken))
        holders = [] if pointers else lacking(name, among, [*foretold, *naming(own, name.name)])
        places += [Place(pointer, _value(among, pointer), False) for pointer in pointers]
        places += [Place(pointer, None, True) for pointer in holders]
        found += [*strays, *findings_at(own, name.name, pointers, holders)]
    found += foretold
    if not names and refusal is None and has_fallback:
        found = [one for one in own if one.severity == "error" and one in sent.timeless]
    found = [one for one in own if one in found]
    is_known = refusal is not None and any(one.code in refusal.rule for one in found)
    facts = linter.ruleset().known_facts
    documents = {one.document for one in among}
    beside = {one.model for one in sent.objects if one.document in documents}
    wanting = () if found else tuple(open_rules(linter.rules, codes, facts, among, beside))
    provenance = refusal.provenance if refusal is not None and is_known else "inferred"
    unread = tuple(one for one in sent.findings if one.code in UNREAD)
    return Grounds(tuple(places), tuple(found), wanting, provenance, unread, sent.errors)


def _value(among: Sequence[Object], pointer: str) -> Any:
    """The value at a pointer, within the payload that it is of."""
    one = max((one for one in among if f"{pointer}/".startswith(f"{one.pointer}/")), key=lambda one: len(one.pointer))
    return value_or_none(one.raw, pointer[len(one.pointer) :])


def _named_by(refusal: KnownRefusal) -> list[Named]:
    return [Named(path.split(".")[-1], tuple(path.split(".")), refusal.provenance) for path in refusal.field]


def _named(message: str, kind: str | None) -> list[Named]:
    facts = _facts(kind)
    return named(message, frozenset(one.name for one in facts), _values(kind))


def _facts_on(names: Collection[str], kind: str | None, refusal: KnownRefusal | None) -> list[FieldFacts]:
    """What is known of fields in a kind of payload; without one, in that of its endpoints if it has all of them."""
    kinds = {kind} if kind or refusal is None else {kind_of(f"/smart_plus/{end}/") for end in refusal.endpoints}
    found = [one for one in _facts(kinds.pop() if len(kinds) == 1 else kind) if one.name in names]
    return found if {one.name for one in found} == {*names} else [one for one in _facts(kind) if one.name in names]


@cache
def _facts(kind: str | None) -> list[FieldFacts]:
    """What is known of the fields of a kind of payload; of all kinds where it is not known."""
    return known_fields(SENT if kind is None else (kind,))


@cache
def _values(kind: str | None) -> dict[str, frozenset[str]]:
    """The names of the fields that take each value."""
    found: dict[str, set[str]] = {}
    for one in _facts(kind):
        for value in one.values:
            found.setdefault(value, set()).add(one.name)
    return {value: frozenset(names) for value, names in found.items()}


def _plugins(linter: Linter) -> tuple[str | ModuleType, ...]:
    return tuple(linter.config.plugins)


def _selection(code: str, linter: Linter) -> Selection | None:
    return next((one for one in linter.registry.rules if one.rule.code == code), None)
