"""Checks one file, from its documents to diagnostics, and what can only be checked once all files are read."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, TypeVar

from splint.files import spelled
from splint.formats import Chunk, Document, Reader, SyntaxFault
from splint.payloads.bodies import Sequence as Steps
from splint.payloads.extract import contains_payload_keys, extract
from splint.payloads.faults import NOWHERE, DuplicateMember, Unreadable
from splint.payloads.nodes import EventLog, Facts, Payload
from splint.reporting.report import Details, Report, Tool
from splint.rules.registry import NONE_APPLICABLE, Ruleset, described
from splint.run.judge import Judge
from splint.run.result import FileResult, FileState, Held

if TYPE_CHECKING:
    from splint.reporting.knowledge import FieldKnowledge
    from splint.run.overview import Overview
    from splint.suppression.baseline import Baseline
    from splint.suppression.scope import RunScope

Node = TypeVar("Node")


class SourceFile(NamedTuple):
    """A file to check, or a chunk of one."""

    path: str
    """The path that reports show."""
    stream: BinaryIO
    """The bytes of the file, or of the chunk alone."""
    reader: Reader
    named: bool = True
    """Whether the command line names the file: then it is a finding (SPL002) if it contains no payload."""
    chunk: Chunk | None = None
    """The position of the chunk in the file; None for a whole file."""
    required: bool = False
    """Whether settings require that it contains a payload."""
    names: Callable[[], Mapping[str, str]] = dict
    """The paths that reports show, by real path, of files that are read through symlinks."""

    def documents(self) -> Iterable[Document | SyntaxFault]:
        """The documents and syntax faults, in order. Raises OSError."""
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
    judge = Judge(result, {id(ruleset.run): ruleset}, anchored=anchored)
    sequence, steps = Steps(), list[Payload]()
    seeks_comments = source.reader.comments is not None and ruleset.reads_directives
    for index, document in enumerate(_documents(source, result), source.chunk.documents if source.chunk else 0):
        seeks_comments = seeks_comments and not _read_directives(source, document, ruleset, judge)
        if overview is not None:
            overview.saw(source.path, document.source)
        if isinstance(document, SyntaxFault):
            _note_broken(document, result, state)
            continue
        sequence = sequence if document.sequential else {}
        payloads = _extract(document, (source.path, index), sequence, judge, result, state, ruleset)
        if document.sequential:
            steps += payloads
        else:
            _plan(payloads, ruleset, judge, result)
        judge.flush()
        if alone and result.held:
            break
    _plan(_once_each(steps, result), ruleset, judge, result)
    state.is_held = bool(result.held)
    _conclude(state, ruleset, judge, result, is_over=source.chunk is None)
    return result


def _documents(source: SourceFile, result: FileResult) -> Iterator[Document | SyntaxFault]:
    """The documents of a file; a body that a script sends from a file of its own has that file's name in reports."""
    for document in source.documents():
        if document.source.path != source.path:
            document.source.path = spelled(document.source.path, source.path, source.names())
            result.bodies.add(document.source.path)
        yield document


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
    _conclude(state, ruleset, Judge(result, {}, anchored=anchored), result, is_over=is_last)
    return result


def check_trees(held: Held, *, anchored: bool = False, overview: "Overview | None" = None) -> FileResult:
    """Check campaign trees and event logs that may span files, once all files of the run are read."""
    result = FileResult(None, overview)
    judge = Judge(result, held.rulesets, anchored=anchored, directives=held.directives)
    judge.trees(held.payloads)
    if held.records:
        judge.events(EventLog(held.records))
    judge.flush()
    return result


def check_facts(total: FileResult, rulesets: Iterable[Ruleset], *, anchored: bool = False) -> None:
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
    scope: "RunScope | None" = None,
    baseline: "Baseline | None" = None,
    is_whole: bool = True,
    apply_fixes: Callable[[Report, bool], Any] | None = None,
) -> Report:
    """Check what was held until all files were read, and make the report; `total` is the sum of their results.

    `once` removes duplicates; in files that scripts send, which others may have read too, they always are removed.
    With a `scope`, entries of the
    settings and of the baseline that silenced nothing are reported. `is_whole` is False for a run that was interrupted:
    held payloads then stay unchecked. `apply_fixes` is passed to the report.
    """
    if total.bodies:
        from splint.run.sent import settle  # few runs read scripts that send files

        settle(total)
    if is_whole and (total.held or total.held.directives):
        held, total.held = total.held, Held()
        total.merge(check_trees(held, anchored=anchored, overview=total.overview))
        Judge(total, {}, anchored=anchored, directives=held.directives).close(
            total.broken, total.incomplete, is_judged=True
        )
    if scope is not None:
        from splint.suppression.scope import unused_entries  # only where something silences findings

        judge = Judge(total, {}, anchored=anchored)
        scope.learn(rulesets, total.broken, total.incomplete)
        for ruleset in rulesets:
            judge.unused(unused_entries(ruleset, total.used, scope), ruleset)
        judge.flush()
    diagnostics = list(dict.fromkeys(total.diagnostics) if once else total.diagnostics)
    if total.bodies:
        from splint.run.sent import distinct

        diagnostics = distinct(diagnostics, total)
    if baseline is not None:
        from splint.suppression.scope import unused_rows  # most runs have no baseline

        before = len(total.diagnostics)
        if scope is not None:
            baseline = baseline.after(diagnostics, scope)
            judge.unused(unused_rows(baseline, diagnostics, scope), rulesets[0])
            judge.flush()
        diagnostics = baseline.applied(diagnostics) + total.diagnostics[before:]
    if anchored and diagnostics:
        from splint.suppression.anchors import Numbering  # only where a baseline or fingerprints are wanted

        diagnostics = Numbering().numbered(sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key))
    details = total.overview.details() if total.overview is not None else Details()
    return Report(
        tool,
        diagnostics,
        total.notifications,
        files=total.files,
        payloads=total.payloads,
        skipped_paths=tuple(total.skipped),
        rules=partial(described, rulesets),
        details=details,
        apply_fixes=apply_fixes,
        field_facts=partial(_field_facts, [one.run.objectives for one in rulesets]),
    )


def _field_facts(objectives: Sequence[Iterable[str]], field: str, profile: str) -> "FieldKnowledge":
    """What is known of a field, for a report that is asked; `objectives` are those of all settings of its run."""
    from splint.rules.fields import knowledge  # 0.3 s: reads models and examples of rules

    return knowledge(field, profile, frozenset.intersection(*map(frozenset, objectives)) if objectives else frozenset())


def _read_directives(source: SourceFile, document: Document | SyntaxFault, ruleset: Ruleset, judge: Judge) -> bool:
    """Read the directives of a file, if it has any; False if the document stands in another file."""
    call = document.call if isinstance(document, Document) else None
    text = call.source if call is not None and call.source is not None else document.source
    if text.path != source.path or source.reader.comments is None:
        return False
    if comments := source.reader.comments(text):
        from splint.suppression.directives import Directives  # few files have such comments

        judge.directives[source.path] = Directives(text, comments, ruleset.profile), ruleset
    return True


def _note_broken(fault: SyntaxFault, result: FileResult, state: FileState) -> None:
    state.faults.append(Unreadable(*fault))
    state.matters = state.matters or contains_payload_keys(fault.source)
    result.broken |= {state.path, fault.source.path}


def _extract(
    document: Document,
    position: tuple[Any, ...],
    sequence: Steps,
    judge: Judge,
    result: FileResult,
    state: FileState,
    ruleset: Ruleset,
) -> list[Payload]:
    """Extract the payloads of a document, without those that no rule can flag; faults and requests are checked here."""
    if position[-1] and document.number is None and document.source.path == state.path:
        document = document._replace(body=position[-1])
    state.first = state.first or document
    extracted = extract(document, position, sequence)
    state.has_payload = state.has_payload or bool(extracted)
    if extracted.strangers:
        state.note_resemblances(document, extracted.strangers)
    if document.duplicates:
        state.faults.extend(DuplicateMember(document, duplicate) for duplicate in document.duplicates)
        state.matters = state.matters or contains_payload_keys(document.source)
    if document.source.path == state.path:
        result.payloads += len([payload for payload in extracted.payloads if not payload.is_part])
        result.payloads += bool(extracted.records)
    elif extracted.payloads or extracted.records:
        from splint.run.sent import Sent  # few scripts send files

        result.sent |= {*map(Sent.of, extracted.payloads), *map(Sent.of, extracted.records)}
    result.payloads += len([request for request in extracted.requests if not request.has_payload])
    for request in extracted.requests:
        request.run = ruleset.run
    for record in extracted.records:
        record.run = ruleset.run
    if extracted.records:
        _hold(result, ruleset, extracted.records, result.held.records)
    for facts in extracted.facts:
        facts.give_way(ruleset.run.options)
    for node in (*extracted.faults, *extracted.facts, *extracted.requests):
        judge.node(node, ruleset)
    if not document.sequential and result.overview is None and _is_clean(extracted.payloads, ruleset):
        return []
    is_template = ruleset.policy is not None and ruleset.policy.is_template(os.path.abspath(state.path))
    for payload in extracted.payloads:
        payload.run = ruleset.run
        payload.is_template = is_template
        if payload.is_clean:
            payload.set_fields(payload.written)
    return extracted.payloads


def _is_clean(payloads: list[Payload], ruleset: Ruleset) -> bool:
    """Whether payloads are complete campaigns whose signature shows that no rule applies to them.

    For speed only: it saves a third of the time of a clean campaign.
    """
    signature = payloads[0].signature if payloads else None
    if signature is None or ruleset.applicable(signature) is not NONE_APPLICABLE:
        return False
    for payload in payloads:
        if (
            payload.signature is not signature
            or payload.ids
            or payload.refers_to is not None
            or payload.current is not None
        ):
            return False
    return True


def _plan(payloads: list[Payload], ruleset: Ruleset, judge: Judge, result: FileResult) -> None:
    """Check payloads as campaign trees; hold them if their trees may have payloads in other files."""
    if not payloads:
        return
    from splint.payloads.trees import is_self_contained  # a clean bundle needs no trees

    if all(is_self_contained(payload) for payload in payloads):
        judge.trees(payloads)
    else:
        _hold(result, ruleset, payloads, result.held.payloads)


def _hold(result: FileResult, ruleset: Ruleset, nodes: list[Node], kept: list[Node]) -> None:
    kept += nodes
    result.held.rulesets[id(ruleset.run)] = ruleset


def _conclude(state: FileState, ruleset: Ruleset, judge: Judge, result: FileResult, *, is_over: bool) -> None:
    """Check the faults that are findings by now and, if the file `is_over`, what depends on the whole file."""
    faults = state.counted()
    if is_over and state.is_unrecognized:
        state.faults.append(state.unrecognized())
        faults = state.counted()
    for fault in faults:
        judge.node(fault, ruleset)
    judge.flush()
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
        judge.close(result.broken, result.incomplete, is_judged=state.has_payload)
    elif state.named:  # other payloads of its campaigns may be in files that were not named
        result.incomplete.add(state.path)
