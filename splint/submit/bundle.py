"""Reads and checks the bundle of a submission: strict settings, one campaign tree, nothing but objects to create."""

import hashlib
import io
import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from splint.files import cannot_be_read, has_no_format, is_special
from splint.formats import Document, Reader
from splint.formats.fault import SyntaxFault
from splint.formats.json.reader import JSON
from splint.payloads.nodes import Ad, AdGroup, Campaign, Payload, Tree
from splint.reporting.places import places_of
from splint.reporting.report import SEVERITIES, Diagnostic, Report
from splint.reporting.wording import at
from splint.rules import engine_codes
from splint.run.linter import Linter
from splint.run.overview import Overview
from splint.run.pipeline import SourceFile
from splint.schema.vocabulary import AD_GROUP_LISTS, AD_LISTS, OWN_IDS
from splint.settings.config import Config
from splint.settings.globs import Globs
from splint.settings.rule_options import of_loaded_rules
from splint.settings.selection import reached, selected_rules
from splint.submit.errors import MisuseError, RefusedError
from splint.submit.plain_files import plain_bytes
from splint.submit.plan import Plan, make_plan
from splint.submit.record import Record
from splint.suppression.policy import Policy

BUNDLE = 'a bundle is sent, {"campaign": {...}, "adgroups": [{..., "ads": [...]}]}'
MAX_DETAILS = 20
"""The most findings in a message; the rest is counted."""


class Draft(NamedTuple):
    """A bundle with its plan and the findings on it."""

    plan: Plan
    value: Any
    """The bundle as JSON values."""
    report: Report
    """The report of the profile in force, without suppressions."""
    warnings: tuple[Diagnostic, ...]
    """The errors that only the reference profile reports."""

    def objections(self, path: str) -> tuple[str, ...]:
        """The blocking findings on the object at a path, a line each."""
        return tuple(_line(finding) for finding in _blocking(self.report) if self.owner(finding.pointer) == path)

    def refuse_objections(self, paths: set[str]) -> None:
        """Raise RefusedError for blocking findings on one of these objects, MisuseError if the check itself failed."""
        if self.report.errors:
            raise MisuseError("; ".join(notification.message for notification in self.report.errors))
        lines = [_line(finding) for finding in _blocking(self.report) if self.owner(finding.pointer) in paths]
        if lines:
            raise _unfit(lines)

    def as_accepted(self, record: Record, *, is_limited: bool = False) -> "Draft":
        """The draft of a run with what it can spend by the values that were accepted, too; if `is_limited` by none."""
        return self if is_limited else self._replace(plan=self.plan.with_accepted(record.allowed.accepted))

    def owner(self, pointer: str) -> str:
        """The path of the object that a pointer is within; the campaign's path if there is none."""
        within = [step.path for step in self.plan.steps if f"{pointer}/".startswith(f"{step.path}/")]
        return max(within, key=len, default=self.plan.campaign.path)


def _line(finding: Diagnostic) -> str:
    return f"{finding.code} {at(finding.pointer)}: {finding.message}"


class Source(NamedTuple):
    """The path, bytes and reader of a bundle."""

    path: str
    data: bytes
    reader: Reader

    @classmethod
    def of_file(cls, path: str, linter: Linter) -> "Source":
        """A file of any format that splint reads. Raises MisuseError if it cannot be read."""
        if path == "-":
            raise MisuseError("-: standard input is not read, since the yes is given there: write the bundle to a file")
        reader = linter.registry.reader_for(path)
        try:
            is_directory = stat.S_ISDIR(Path(path).stat().st_mode)
            if reader is None and not is_directory:
                raise MisuseError(has_no_format(path))
            if is_special(path) and not is_directory:  # a pipe is waited for, a device may have no end
                raise OSError("it is no plain file, and a bundle is read from no other")
            data = Path(path).read_bytes()
        except OSError as error:
            raise MisuseError(cannot_be_read(path, error)) from error
        assert reader is not None  # a directory cannot be read
        return cls(path, data, reader)

    @classmethod
    def of_value(cls, value: Any, path: str = "<bundle>") -> "Source":
        """A JSON value; `path` is its name in messages."""
        return cls(path, json.dumps(value).encode(), JSON)

    def texts(self) -> Iterator[str]:
        """The text as it is written, which messages quote, and each document as JSON, as the journal keeps it."""
        yield self.data.decode("utf-8", "replace")
        for document in self.documents():
            if isinstance(document, Document):
                yield json.dumps(document.value)

    def documents(self) -> list[Document | SyntaxFault]:
        """What the text holds. Raises MisuseError where the reader of a plugin fails."""
        try:
            return list(self.reader.read(self.path, io.BytesIO(self.data)))
        except OSError as error:
            raise MisuseError(cannot_be_read(self.path, error)) from error


def strict(config: Config) -> Config:
    """The settings for a submission: no selectors, no suppressions, no lowered severities and no `as-of` date.

    Options of the rules that are loaded count: they say what a rule of the house holds, and may make it stricter.
    """
    plain = Config(profile=config.profile, plugins=config.plugins)
    rules = selected_rules(plain)
    known = {word: level for word, level in config.severity.items() if reached([word], rules)}
    levels = Policy(plain._replace(severity=known), rules).levels
    raised = {
        rule.code: levels[rule.code]
        for rule, _ in rules
        if SEVERITIES.index(levels.get(rule.code, rule.level)) < SEVERITIES.index(rule.level)
    }
    return Config(
        profile=config.profile,
        facts=config.facts,
        settings_facts=config.settings_facts,
        plugins=config.plugins,
        rules=of_loaded_rules(config),
        severity=raised,
        templates=Globs("/", ("*",)),  # ids of parents and request_id may be missing: the run fills them in
        no_ignores=True,
        origins={name: origin for name, origin in config.origins.items() if name == "rules"},
    )


def make_draft(source: Source, linter: Linter, origin: str, *, enable: bool) -> Draft:
    """Read, check and plan a bundle. Raises RefusedError if it is not a bundle that can be sent."""
    report, tree, value = _checked(source, linter)
    _refuse_faults(source.path, tree, report)
    plan = make_plan(tree, origin, linter.ruleset().run.as_of, enable=enable)
    try:
        json.dumps(value, allow_nan=False)
    except ValueError as error:
        raise RefusedError(f"{source.path}: holds a number that JSON does not know (.inf or .nan): {error}") from error
    warnings: tuple[Diagnostic, ...] = ()
    if linter.config.profile != "reference":
        other, *_ = _checked(source, Linter(linter.config._replace(profile="reference", severity={})))
        known = {(finding.code, finding.pointer) for finding in report.diagnostics}
        warnings = tuple(
            finding
            for finding in other.diagnostics
            if finding.severity == "error" and (finding.code, finding.pointer) not in known
        )
    return Draft(plan, value, report, warnings)


def serialized(value: Any) -> bytes:
    """A bundle as it is kept."""
    return json.dumps(value, indent=2).encode() + b"\n"


def kept_source(record: Record) -> Source:
    """The kept bundle of a run. Raises MisuseError if it cannot be read, or was changed since it was sent."""
    path = record.journal.path.parent / record.start["file"]
    words = ("resume", record.run, "--bundle", "ORIGINAL", *["--enable"] * record.is_to_enable)
    way = "put back what was sent, or let the run go on with that by resume --bundle ORIGINAL"
    try:
        data = plain_bytes(path)
    except OSError as error:
        why = f"{path}: the kept bundle cannot be read: {error.strerror or error}: {way}"
        raise MisuseError(why, next_words=words) from error
    if hashlib.sha256(data).hexdigest() != record.start["bundle"]:
        raise MisuseError(f"{path}: the kept bundle is not the one that was sent: {way}", next_words=words)
    return Source.of_value(json.loads(data), str(path))


def identity(name: str, saved: bytes, plan: Plan) -> dict[str, str]:
    """The fields of an event that name a kept bundle and its plan."""
    return {"file": name, "bundle": hashlib.sha256(saved).hexdigest(), "plan": plan.sha256}


class _Trees(Overview):
    """Collects the campaign trees of a run."""

    def __init__(self) -> None:
        super().__init__(trees=False)
        self.trees: list[Tree] = []

    def add(self, tree: Tree) -> None:
        self.trees.append(tree)


def _checked(source: Source, linter: Linter) -> tuple[Report, Tree, Any]:
    """The report, tree and value of a bundle. Raises RefusedError unless there is exactly one document and tree."""
    trees = _Trees()
    report = linter.lint([SourceFile(source.path, io.BytesIO(source.data), source.reader)], overview=trees)
    documents = source.documents()
    if any(not isinstance(document, Document) for document in documents):
        lines = [_line(finding) for finding in report.diagnostics if finding.code == engine_codes.SYNTAX]
        raise RefusedError(f"{source.path}: cannot be read", details=_cut(lines))
    if len(documents) != 1 or len(trees.trees) != 1 or report.payloads != len(trees.trees[0].payloads):
        raise RefusedError(f"{source.path}: one bundle is sent at a time: a campaign with its ad groups and ads")
    [document] = documents
    assert isinstance(document, Document)
    if document.call is not None:
        raise RefusedError(f"{source.path}: a bundle is sent, no curl command: write the campaign as one")
    return report, trees.trees[0], document.value


def _refuse_faults(path: str, tree: Tree, report: Report) -> None:
    """Raise RefusedError for a tree that cannot be sent; the blocking findings are told along with why."""
    faults = list(_faults(tree))
    if faults:
        told = [[fault.missing] for fault in faults if fault.missing]
        others = [one for one in _blocking(report) if _lacks(one) not in told]
        lines = [*(fault.line for fault in faults), *map(_line, others)]
        raise RefusedError(f"{path}: cannot be sent", details=_cut(lines))
    assert tree.campaign is not None
    if not isinstance(tree.campaign.written.get("advertiser_id"), str):  # no plan can be made: SPL006 says why
        raise _unfit([_line(finding) for finding in _blocking(report)])


def _unfit(lines: list[str]) -> RefusedError:
    return RefusedError("the bundle does not pass the checks: nothing was sent", details=_cut(lines))


def _cut(lines: list[str]) -> tuple[str, ...]:
    """The first lines of a message, and how many there are more."""
    more = (f"and {len(lines) - MAX_DETAILS} more",) if len(lines) > MAX_DETAILS else ()
    return (*lines[:MAX_DETAILS], *more)


def _blocking(report: Report) -> Iterator[Diagnostic]:
    """The findings with which nothing is sent."""
    return (one for one in report.diagnostics if one.severity == "error" or one.code == engine_codes.PLACEHOLDER)


def _lacks(finding: Diagnostic) -> list[str]:
    """The pointers of the fields that a finding misses."""
    return [place.at for place in places_of(finding) if not place.is_there]


class _Fault(NamedTuple):
    """Why a tree cannot be sent."""

    line: str
    missing: str = ""
    """The pointer of the field that is missing, which findings may tell as well; empty for any other fault."""


def _faults(tree: Tree) -> Iterator[_Fault]:
    campaign = tree.campaign
    if campaign is None or len(tree.campaigns) > 1:
        yield _Fault("one campaign is sent at a time, with its ad groups and ads nested in the bundle")
        return
    if not campaign.pointer:
        yield _Fault(f"{BUNDLE}: this is the campaign alone")
        return
    advertiser = campaign.written.get("advertiser_id")
    if advertiser in (None, ""):
        yield _Fault(f"{campaign.pointer}: advertiser_id is missing", f"{campaign.pointer}/advertiser_id")
    taken: dict[tuple[str, str], str] = {}
    for payload in tree.payloads:
        yield from _own_faults(payload, advertiser)
        name = payload.written.get(payload.name_field)
        above = payload.ad_group.pointer if isinstance(payload, Ad) and payload.ad_group is not None else ""
        key = (f"{above} {payload.noun}", str(name))
        if key in taken and isinstance(name, str) and name.strip():  # else it is missing
            what = f"{payload.name_field} {name!r} is that of {taken[key]}: names tell objects apart"
            yield _Fault(f"{payload.pointer}: {what}")
        taken.setdefault(key, payload.pointer)


def _own_faults(payload: Payload, advertiser: Any) -> Iterator[_Fault]:
    at = payload.pointer
    if payload.kind != "create" or not isinstance(payload, Campaign | AdGroup | Ad):
        yield _Fault(f"{at}: this is no object to create: a bundle to send holds nothing that stands already")
        return
    for field in OWN_IDS.values():
        if payload.written.get(field) not in (None, ""):
            what = f"carries {field}: the run fills the ids of parents in, and adds to none that stands already"
            yield _Fault(f"{at}: {what}")
    around, _, last = at.rpartition("/")
    key = around.rpartition("/")[2] if last.isdigit() else last
    if key not in ("campaign", *AD_GROUP_LISTS, *AD_LISTS):
        yield _Fault(f"{at}: {BUNDLE}: {key} is none of its keys")
    if isinstance(payload, Ad) and payload.ad_group is None:
        yield _Fault(f"{at}: stands in no ad group of the bundle")
    if payload.written.get("advertiser_id", advertiser) != advertiser:
        yield _Fault(f"{at}: advertiser_id is not that of the campaign")
    name = payload.written.get(payload.name_field)
    if not isinstance(name, str) or not name.strip():
        what = f"{payload.name_field} is missing: what was sent is found again by its name"
        yield _Fault(f"{at}: {what}", f"{at}/{payload.name_field}")
    elif name != name.strip():
        what = f"{payload.name_field} {name!r} begins or ends with a blank: nothing may be trimmed off a name"
        yield _Fault(f"{at}: {what}")
