"""The gate of a submission: one bundle, read and checked, whose every object may be sent."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from splint.formats import Document, Reader
from splint.formats.json.reader import JSON
from splint.payloads.nodes import Ad, AdGroup, Campaign, Payload, Tree
from splint.reporting.report import SEVERITIES, Diagnostic, Report
from splint.run.linter import Linter
from splint.run.overview import Overview
from splint.run.pipeline import SourceFile
from splint.settings.config import Config, in_profile, reached
from splint.settings.globs import Globs
from splint.submit.errors import MisuseError, RefusedError
from splint.submit.plan import PARENT_FIELDS, Plan, Step, make_plan
from splint.submit.reading import IDS
from splint.suppression.policy import Policy

PLACEHOLDER = "SPL010"
MANY = 20
"""So many findings are told of; the rest is counted."""


class Draft(NamedTuple):
    """A bundle that can be planned, with what the checks say of it."""

    plan: Plan
    value: Any
    """The bundle as plain values."""
    report: Report
    """Of the profile in force, with nothing silenced."""
    warnings: tuple[Diagnostic, ...]
    """What the reference profile objects to besides."""

    def objections(self, path: str) -> tuple[str, ...]:
        """What keeps the object at a path from being sent."""
        return tuple(_shown(found) for found in self._blocking() if self.owner(found.pointer) == path)

    def refuse_objections(self, paths: set[str]) -> None:
        """Raise RefusedError where something keeps one of these objects from being sent."""
        if self.report.errors:
            raise MisuseError("; ".join(notification.message for notification in self.report.errors))
        found = [_shown(finding) for finding in self._blocking() if self.owner(finding.pointer) in paths]
        if found:
            more = (f"and {len(found) - MANY} more",) if len(found) > MANY else ()
            raise RefusedError("the checks object: nothing was sent", details=(*found[:MANY], *more))

    def explanation(self, step: Step, message: str) -> tuple[str, ...]:
        """What of the rules, or else which fields of the payload, the refusal of an object seems to speak of."""
        told = message.lower()
        lines = [
            _shown(found)
            for found in (*self.report.diagnostics, *self.warnings)
            if self.owner(found.pointer) == step.path and _field(found.pointer) in told
        ]
        fields = [f"{step.path}/{name}: the message names this field" for name in step.body if name.lower() in told]
        return tuple(lines or fields)

    def owner(self, pointer: str) -> str:
        """The path of the object that a place belongs to; the campaign's for what is no object's."""
        within = [step.path for step in self.plan.steps if f"{pointer}/".startswith(f"{step.path}/")]
        return max(within, key=len, default=self.plan.campaign.path)

    def _blocking(self) -> Iterator[Diagnostic]:
        return (found for found in self.report.diagnostics if found.severity == "error" or found.code == PLACEHOLDER)


def _field(pointer: str) -> str:
    """The field at a pointer, or the list that its entry stands in."""
    return next((part.lower() for part in reversed(pointer.split("/")) if part and not part.isdigit()), pointer)


def _shown(found: Diagnostic) -> str:
    return f"{found.code} {found.pointer or '/'}: {found.message}"


class Source(NamedTuple):
    """Where a bundle comes from."""

    path: str
    data: bytes
    reader: Reader

    @classmethod
    def of_file(cls, path: str, linter: Linter) -> "Source":
        """A file of any format that splint reads. Raises MisuseError."""
        reader = linter.registry.reader_for(path)
        if reader is None:
            raise MisuseError(f"{path}: no document format has this suffix")
        try:
            return cls(path, Path(path).read_bytes(), reader)
        except OSError as error:
            raise MisuseError(f"{path}: cannot be read: {error.strerror or error}") from error

    @classmethod
    def of_value(cls, value: Any, path: str = "<bundle>") -> "Source":
        """A value that JSON can express."""
        return cls(path, json.dumps(value).encode(), JSON)


def gated(config: Config) -> Config:
    """The same settings without what would open the gate: selectors, suppressions, lowered levels, another clock."""
    plain = Config(profile=config.profile, plugins=config.plugins)
    rules = list(in_profile(Linter(plain).registry.rules))
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
        severity=raised,
        templates=Globs("/", ("*",)),  # what the run fills in may be absent: ids of parents, request_id
        no_ignores=True,
    )


def draft(source: Source, linter: Linter, origin: str, *, enable: bool) -> Draft:
    """Read, check and plan a bundle. Raises RefusedError for what is no bundle that can be sent."""
    report, tree, value = _judged(source, linter)
    _refuse_odd(source.path, tree)
    plan = make_plan(tree, origin, linter.ruleset().run.as_of, enable=enable)
    try:
        json.dumps(value, allow_nan=False)
    except ValueError as error:
        raise RefusedError(f"{source.path}: holds a number that JSON does not know (.inf or .nan): {error}") from error
    warnings: tuple[Diagnostic, ...] = ()
    if linter.config.profile != "reference":
        other, *_ = _judged(source, Linter(linter.config._replace(profile="reference", severity={})))
        known = {(found.code, found.pointer) for found in report.diagnostics}
        warnings = tuple(
            found
            for found in other.diagnostics
            if found.severity == "error" and (found.code, found.pointer) not in known
        )
    return Draft(plan, value, report, warnings)


class _Trees(Overview):
    """Keeps the campaign trees of a run."""

    def __init__(self) -> None:
        super().__init__(trees=False)
        self.trees: list[Tree] = []

    def add(self, tree: Tree) -> None:
        self.trees.append(tree)


def _judged(source: Source, linter: Linter) -> tuple[Report, Tree, Any]:
    """The report of a bundle, with its tree and value; raises RefusedError where there is not one of each."""
    trees = _Trees()
    report = linter.lint([SourceFile(source.path, io.BytesIO(source.data), source.reader)], overview=trees)
    documents = list(source.reader.read(source.path, io.BytesIO(source.data)))
    if any(not isinstance(document, Document) for document in documents):
        found = [_shown(diagnostic) for diagnostic in report.diagnostics if diagnostic.severity == "error"]
        raise RefusedError(f"{source.path}: cannot be read", details=tuple(found[:MANY]))
    if len(documents) != 1 or len(trees.trees) != 1 or report.payloads != len(trees.trees[0].payloads):
        raise RefusedError(f"{source.path}: one bundle is sent at a time: a campaign with its ad groups and ads")
    [document] = documents
    assert isinstance(document, Document)
    if document.call is not None:
        raise RefusedError(f"{source.path}: a bundle is sent, no curl command: write the campaign as one")
    return report, trees.trees[0], document.value


def _refuse_odd(path: str, tree: Tree) -> None:
    """Raise RefusedError for a tree that cannot be sent as it is."""
    faults = list(_faults(tree))
    if faults:
        raise RefusedError(f"{path}: cannot be sent", details=tuple(faults[:MANY]))


def _faults(tree: Tree) -> Iterator[str]:
    campaign = tree.campaign
    if campaign is None or len(tree.campaigns) > 1:
        yield "one campaign is sent at a time, with its ad groups and ads nested in the bundle"
        return
    advertiser = campaign.written.get("advertiser_id")
    if not isinstance(advertiser, str) or not advertiser:
        yield f"{campaign.pointer}: advertiser_id is missing"
    taken: dict[tuple[str, str], str] = {}
    for payload in tree.payloads:
        yield from _own_faults(payload, advertiser)
        name = payload.written.get(payload.name_field)
        above = payload.ad_group.pointer if isinstance(payload, Ad) and payload.ad_group is not None else ""
        key = (f"{above} {payload.noun}", str(name))
        if key in taken:
            yield f"{payload.pointer}: {payload.name_field} {name!r} is that of {taken[key]}: names tell objects apart"
        taken.setdefault(key, payload.pointer)


def _own_faults(payload: Payload, advertiser: Any) -> Iterator[str]:
    at = payload.pointer
    if payload.kind != "create" or not isinstance(payload, Campaign | AdGroup | Ad):
        yield f"{at}: this is no object to create: a bundle to send holds nothing that stands already"
        return
    for field in (*PARENT_FIELDS.values(), *IDS.values()):
        if payload.written.get(field) not in (None, ""):
            yield f"{at}: carries {field}: the run fills the ids of parents in, and adds to none that stands already"
    if isinstance(payload, Ad) and payload.ad_group is None:
        yield f"{at}: stands in no ad group of the bundle"
    if payload.written.get("advertiser_id", advertiser) != advertiser:
        yield f"{at}: advertiser_id is not that of the campaign"
    name = payload.written.get(payload.name_field)
    if not isinstance(name, str) or not name.strip():
        yield f"{at}: {payload.name_field} is missing: what was sent is found again by its name"
    elif name != name.strip():
        yield f"{at}: {payload.name_field} {name!r} begins or ends with a blank: nothing may be trimmed off a name"
