"""Checks one file, from its documents to diagnostics, and what can only be checked once all files are read."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from splint.files import from_here, spelled
from splint.formats import Chunk, Document, Reader, Source
from splint.payloads.bodies import Extracted, Steps
from splint.payloads.extract import extract
from splint.payloads.faults import NOWHERE, DuplicateMember, Unreadable
from splint.payloads.nodes import Facts, Payload
from splint.payloads.nodes.node import is_self_contained
from splint.reporting.report import NO_DETAILS, Report, Tool
from splint.rules.ruleset import Ruleset, described, field_facts
from splint.run.judge import Judge
from splint.run.result import FileResult, FileState

if TYPE_CHECKING:
    from splint.formats.fault import SyntaxFault
    from splint.reporting.diagnostic import Diagnostic
    from splint.reporting.trial import Trials
    from splint.run.overview import Overview
    from splint.suppression.baseline import Baseline
    from splint.suppression.scope import RunScope

Node = TypeVar("Node")


class SourceFile:
    """A file to check, or a chunk of one."""

    def __init__(
        self,
        path: str,
        stream: BinaryIO,
        reader: Reader,
        named: bool = True,
        chunk: Chunk | None = None,
        required: bool = False,
        names: Callable[[], Mapping[str, str]] = dict,
        document: Document | None = None,
    ) -> None:
        self.path = path
        """The path that reports show."""
        self.stream = stream
        """The bytes of the file, or of the chunk alone."""
        self.reader = reader
        self.named = named
        """Whether the command line names the file: then it is a finding (SPL002) if it contains no payload."""
        self.chunk = chunk
        """The position of the chunk in the file; None for a whole file."""
        self.required = required
        """Whether settings require that it contains a payload."""
        self.names = names
        """The paths that reports show, by real path, of files that are read through symlinks."""
        self.document = document
        """The one document, of a value that is no file; else they are read."""

    def documents(self) -> "Iterable[Document | SyntaxFault]":
        """The documents and syntax faults, in order. Raises OSError."""
        if self.document is not None:
            return (self.document,)
        if self.chunk is None or self.reader.read_chunk is None:
            return self.reader.read(self.path, self.stream)
        return self.reader.read_chunk(self.path, self.stream, self.chunk)


def check_file(
    source: SourceFile,
    ruleset: Ruleset,
    *,
    anchored: bool = False,
    overview: "Overview | None" = None,
    alone: bool = False,
) -> FileResult:
    """Read and check a file; what cannot be checked without other files is returned in `FileResult.held`.

    `anchored` adds anchors to the diagnostics; `overview` collects data for the output formats that need it; `alone`
    stops reading once something is held. Raises OSError for a file that cannot be read.
    """
    state = FileState(source.path, named=source.named, required=source.required)
    result = FileResult(state, overview)
    check = _Check(state, result, Judge(result, {id(ruleset.run): ruleset}, anchored=anchored), ruleset)
    sequence: Steps = {}  # Steps() and list[Payload]() take ten times as long
    steps: list[Payload] = []
    seeks_comments = source.reader.comments is not None and ruleset.reads_directives
    for index, document in enumerate(source.documents(), source.chunk.documents if source.chunk else 0):
        if document.source.path != source.path:
            _name_sent(document.source, source, result)
        seeks_comments = seeks_comments and not _read_directives(source, document, ruleset, check.judge)
        if overview is not None:
            overview.saw(source.path, document.source)
        if not isinstance(document, Document):
            check.broken(document)
            continue
        sequence = sequence if document.sequential else {}
        steps += check.document(document, (source.path, index), sequence)
        if alone and result.held:
            break
    if steps:
        check.plan(_once_each(steps, result))
    check.conclude(is_over=source.chunk is None)
    return result


def _name_sent(body: Source, source: SourceFile, result: FileResult) -> None:
    """Give a body that a script sends from a file of its own the name that this file has in reports."""
    body.path = spelled(body.path, source.path, source.names())
    result.sent_paths.add(body.path)


def _once_each(steps: list[Payload], result: FileResult) -> list[Payload]:
    """The steps of a script, of a file that several requests send one."""
    if not result.sent:
        return steps
    from splint.run.sent import once_each  # few scripts send files

    return once_each(steps, result.sent)


def conclude_chunk(
    state: FileState, ruleset: Ruleset, *, is_last: bool, anchored: bool = False, overview: "Overview | None" = None
) -> FileResult:
    """The findings on a file read in chunks that follow from its `state`, joined over all chunks up to this one."""
    result = FileResult(None, overview)
    _Check(state, result, Judge(result, {}, anchored=anchored), ruleset).conclude(is_over=is_last)
    return result


def check_facts(total: FileResult, rulesets: Iterable[Ruleset], *, anchored: bool) -> None:
    """Check the account facts of options and settings, equal ones once, and add what is found to `total`."""
    seen: list[dict[str, Any]] = []
    for ruleset in rulesets:
        options = ruleset.run.options
        if not (options or ruleset.run.settings):
            continue
        settings = {name: fact for name, fact in ruleset.run.settings.items() if name not in options}
        for field, facts in (("facts", options), ("settings_facts", settings)):
            if facts and facts not in seen:
                seen.append(facts)
                judge = Judge(total, {}, anchored=anchored)
                judge.node(Facts(facts, NOWHERE, "", partial(ruleset.source_of_fact, field)), ruleset)
                judge.flush()


def report_of(
    total: FileResult,
    rulesets: Sequence[Ruleset],
    tool: Tool,
    *,
    anchored: bool = False,
    once: bool = False,
    scope: "Callable[[], RunScope] | None" = None,
    baseline: "Baseline | None" = None,
    is_whole: bool = True,
    apply_fixes: Callable[[Report, bool], Any] | None = None,
    trials: "Callable[[], Trials] | None" = None,
) -> Report:
    """Check what was held until all files were read, and make the report; `total` is the sum of their results.

    `once` removes duplicates. With `scope`, which says what the run read and could know, entries of the settings and of
    the baseline that silenced nothing are reported, and `details` say what is left of the baseline. `is_whole` is False
    for a run that was interrupted: held payloads then stay unchecked. `apply_fixes` and `trials` go to the report.
    """
    if total.sent_paths:
        from splint.run.sent import settle  # few runs read scripts that send files

        settle(total)
    if is_whole and (total.held or total.held.directives):
        from splint.run.held import check_trees  # most files hold nothing back

        check_trees(total, anchored=anchored)
    known = None
    if scope is not None and (baseline is not None or any(one.policy is not None for one in rulesets)):
        from splint.run import unused  # only where something silences findings

        known = scope()
        total.diagnostics += unused.of_settings(rulesets, total.used, known, anchored=anchored)
    details = total.overview.details() if total.overview is not None else NO_DETAILS
    diagnostics = _distinct(total, once=once)
    if baseline is not None:
        rows: list[Diagnostic] = []
        if known is not None:
            baseline = baseline.after(diagnostics, known)
            details = copy(details)
            details.baseline = baseline
            rows = unused.of_baseline(baseline, diagnostics, known, rulesets[0], anchored=anchored)
        diagnostics = baseline.applied(diagnostics) + rows
    if anchored and diagnostics:
        import splint.suppression.anchors  # only where a baseline or fingerprints are wanted

        diagnostics = splint.suppression.anchors.Numbering().numbered(sorted(diagnostics, key=attrgetter("sort_key")))
    return Report(
        tool,
        diagnostics,
        dict.fromkeys([*total.notifications, *(crash.notification() for crash in total.crashes.values())]),
        files=total.files,
        payloads=total.payloads,
        skipped_paths=tuple(total.skipped),
        rules=partial(described, rulesets),
        details=details,
        apply_fixes=apply_fixes,
        trials=trials,
        field_facts=partial(field_facts, [one.run.objectives for one in rulesets]),
    )


def _distinct(total: FileResult, *, once: bool) -> "list[Diagnostic]":
    """All that was found; with `once` equal diagnostics once, and always in files that scripts send."""
    diagnostics = list(dict.fromkeys(total.diagnostics) if once else total.diagnostics)
    if not total.sent_paths:
        return diagnostics
    from splint.run.sent import distinct  # few runs read scripts that send files

    return distinct(diagnostics, total)


def _read_directives(source: SourceFile, document: "Document | SyntaxFault", ruleset: Ruleset, judge: Judge) -> bool:
    """Read the directives of a file, if it has any; False if the document stands in another file."""
    call = document.call if isinstance(document, Document) else None
    text = call.source if call is not None and call.source is not None else document.source
    if text.path != source.path or source.reader.comments is None:
        return False
    if comments := source.reader.comments(text):
        from splint.suppression.directives import Directives  # few files have such comments

        judge.directives[source.path] = Directives(text, comments, ruleset.profile), ruleset
    return True


class _Check:
    """The check of one file, or of a chunk of one: its documents one after the other, then what follows from all."""

    def __init__(self, state: FileState, result: FileResult, judge: Judge, ruleset: Ruleset) -> None:
        self._state = state
        self._result = result
        self.judge = judge
        self._ruleset = ruleset

    def broken(self, fault: "SyntaxFault") -> None:
        """Note where a text breaks off; in a walk no sketch of prose."""
        if fault.is_sketch and self._state.expected == "walked":
            return
        self._state.note(Unreadable(fault.source, fault.message, fault.span, fault.number, fault.help), fault.source)
        self._result.broken |= {self._state.path, fault.source.path}

    def document(self, document: Document, position: tuple[Any, ...], sequence: Steps) -> list[Payload]:
        """Judge a document. Returns the payloads of a step of a program instead: all steps are judged together."""
        if position[-1] and document.number is None and document.source.path == self._state.path:
            document = document._replace(body=position[-1])
        extracted = extract(document, position, sequence, is_named=self._state.named)
        self._note(document, extracted)
        self._count(document, extracted)
        if extracted.faults or extracted.facts or extracted.requests or extracted.records:
            self._judge_others(extracted)
        payloads = extracted.payloads
        if document.sequential:
            return payloads  # without a flush: what is found on one text that several steps send is one diagnostic
        if payloads and not (self._result.overview is None and self._ruleset.passes(payloads)):
            self.plan(payloads)
        self.judge.flush()
        return []

    def _note(self, document: Document, extracted: Extracted) -> None:
        """Note what the findings on the whole file depend on."""
        state = self._state
        state.first, state.has_payload = state.first or document, state.has_payload or bool(extracted)
        state.has_foreign = state.has_foreign or extracted.foreign > 0
        if extracted.strangers or extracted.doubts or extracted.left_over:
            state.note_resemblances(document, extracted)
        for duplicate in document.duplicates:
            state.note(DuplicateMember(document, duplicate), document.source)

    def _count(self, document: Document, extracted: Extracted) -> None:
        """Count the payloads; what stands in a file that a script sends is counted once the run is over."""
        result = self._result
        if document.source.path == self._state.path:
            parts = [payload for payload in extracted.payloads if payload.is_part]
            result.payloads += len(extracted.payloads) - len(parts) + bool(extracted.records)
        elif extracted.payloads or extracted.records:
            from splint.run.sent import Sent  # few scripts send files

            result.sent |= {*map(Sent.of, extracted.payloads), *map(Sent.of, extracted.records)}

    def _judge_others(self, extracted: Extracted) -> None:
        """Judge faults, facts and requests, which count if they hold no payload; hold event records for the end."""
        ruleset = self._ruleset
        for request in extracted.requests:
            request.run = ruleset.run
            request.lacks_body &= not (request.is_mention and self._state.expected == "walked")
            self._result.payloads += not request.has_payload
        for record in extracted.records:
            record.run = ruleset.run
        if extracted.records:
            self._hold(extracted.records, self._result.held.records)
        for facts in extracted.facts:
            facts.give_way(ruleset.run.options)
        of_trees = {id(fault) for one in extracted.payloads for fault in (*one.strays, *one.unknown_values)}
        for node in (*extracted.faults, *extracted.facts, *extracted.requests):
            if id(node) not in of_trees:  # else it is judged with its payload
                self.judge.node(node, ruleset)

    def _prepare(self, payloads: Iterable[Payload]) -> None:
        """Give payloads what rules ask of them."""
        policy, run = self._ruleset.policy, self._ruleset.run
        is_template = policy is not None and policy.is_template(os.path.abspath(from_here(self._state.path)))
        for payload in payloads:
            payload.run = run
            if is_template:
                payload.is_template = True
            if payload.is_clean:
                payload.set_fields(payload.written)

    def plan(self, payloads: list[Payload]) -> None:
        """Check payloads as campaign trees; hold them if their trees may have payloads in other files."""
        self._prepare(payloads)
        if all(map(is_self_contained, payloads)):
            self.judge.trees(payloads)
        else:
            self._hold(payloads, self._result.held.payloads)

    def _hold(self, nodes: list[Node], kept: list[Node]) -> None:
        kept += nodes
        self._result.held.rulesets[id(self._ruleset.run)] = self._ruleset

    def conclude(self, *, is_over: bool) -> None:
        """Check the faults that are findings by now and, if the file `is_over`, what depends on the whole file."""
        state, result = self._state, self._result
        state.is_held |= bool(result.held)
        for fault in state.counted(is_over=is_over):
            self.judge.node(fault, self._ruleset)
        self.judge.flush()
        if not is_over:
            return
        counts = state.has_payload or state.has_faults
        result.files += counts
        if state.has_payload:
            result.counted.append(state.path)
        if not counts:
            result.skipped.append(state.path)
        if counts and result.overview is not None:
            result.overview.file(state.path)
        if not state.is_held:
            self.judge.close(result.broken, result.incomplete, is_judged=state.has_payload)
        elif state.named:  # other payloads of its campaigns may be in files that were not named
            result.incomplete.add(state.path)
