"""Checks one file, from its documents to diagnostics, and what can only be checked once all files are read."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, BinaryIO

from splint.files import spelled
from splint.formats import Chunk, Document, Reader, Source
from splint.payloads.bodies import Steps
from splint.payloads.faults import NOWHERE
from splint.payloads.nodes import Facts, Payload
from splint.reporting.report import NO_DETAILS, Report, Tool
from splint.rules.ruleset import Ruleset, described, field_facts
from splint.run.file_check import FileCheck
from splint.run.judge import Judge
from splint.run.result import FileResult, FileState

if TYPE_CHECKING:
    from splint.formats.fault import SyntaxFault
    from splint.reporting.diagnostic import Diagnostic
    from splint.reporting.trial import Trials
    from splint.run.overview import Overview
    from splint.suppression.baseline import Baseline
    from splint.suppression.scope import RunScope


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
    check = FileCheck(state, result, Judge(result, {id(ruleset.run): ruleset}, anchored=anchored), ruleset)
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
    from splint.run.sent import sent_in  # few scripts send files

    sent_in(result).paths.add(body.path)


def _once_each(steps: list[Payload], result: FileResult) -> list[Payload]:
    """The steps of a script, of a file that several requests send one."""
    if result.sent is None:
        return steps
    from splint.run.sent import once_each  # few scripts send files

    return once_each(steps, result.sent.bodies)


def conclude_chunk(
    state: FileState, ruleset: Ruleset, *, is_last: bool, anchored: bool = False, overview: "Overview | None" = None
) -> FileResult:
    """The findings on a file read in chunks that follow from its `state`, joined over all chunks up to this one."""
    result = FileResult(None, overview)
    FileCheck(state, result, Judge(result, {}, anchored=anchored), ruleset).conclude(is_over=is_last)
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
    if total.sent is not None:
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
    if total.sent is None:
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
