"""Documents in, a report out: payloads are judged as soon as nothing else in the run can be tied to them."""

import os
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from splint.formats import Document, Documents, Reader, SyntaxFault
from splint.payloads.bodies import Found, Sequence
from splint.payloads.extract import recognize, speaks_of_payloads
from splint.payloads.faults import NOWHERE, DuplicateMember, FileState, Unreadable, Unrecognized
from splint.payloads.nodes import Ad, Creative, EventLog, EventRecord, Facts, Finding, Payload
from splint.payloads.trees import has_no_applicable_rule, is_self_contained, lacks_its_parent, plan
from splint.reporting.report import Details, Report, Tool, ToolNotification, crash
from splint.rules.registry import OnNodes, Ruleset, Selection, described

if TYPE_CHECKING:
    from splint.reporting.report import Diagnostic
    from splint.run.overview import Overview
    from splint.suppression.baseline import Baseline
    from splint.suppression.directives import Directives
    from splint.suppression.policy import RunScope, Use


class Engine:
    """One run: files, then the report. `anchored` gives findings anchors; `overview` gathers what formats ask for."""

    def __init__(self, ruleset: Ruleset, *, anchored: bool = False, overview: "Overview | None" = None) -> None:
        self._default = ruleset
        self._anchored = anchored
        self._overview = overview
        self._rulesets = {id(ruleset.run): ruleset}
        self.diagnostics: list[Diagnostic] = []
        self.notifications: list[ToolNotification] = []
        self.files = self.payloads = self.skipped = 0
        self.used: set[Use] = set()
        """What of the settings silenced something."""
        self.broken: set[str] = set()
        """The files that did not parse."""
        self.incomplete: set[str] = set()
        """The files with a payload whose parent is not in the run, or whose siblings may not be."""
        self._directives: dict[str, tuple[Directives, Ruleset]] = {}
        """The comments of files that silence rules."""
        self._held: list[Payload] = []
        self._records: list[EventRecord] = []
        self._findings: list[tuple[Ruleset, Selection, Finding]] = []
        self._judged: list[dict[str, Any]] = []
        """The account facts of options and settings that have been judged."""

    # -- reading ---------------------------------------------------------------------------------------------------

    def read(self, path: str, stream: BinaryIO, reader: Reader, *, named: bool, ruleset: Ruleset | None = None) -> bool:
        """Lint a file, as far as it can be judged alone; False when it holds no payload and no finding.

        A named file without a payload is a finding; a walked one is passed over. Raises OSError when it is unreadable.
        """
        ruleset, file_state = self.registered(ruleset), FileState(path, named=named)
        self.read_on(file_state, reader.read(path, stream), reader, ruleset)
        return self.conclude(file_state, ruleset)

    def read_on(
        self, file_state: FileState, documents: Documents, reader: Reader, ruleset: Ruleset, start: int = 0
    ) -> None:
        """Lint a file's documents, or some of them from number `start` on, as far as they can be judged alone."""
        path, is_heeded = file_state.path, False
        sequence: Sequence = {}
        steps: list[Payload] = []
        waiting = len(self._held) + len(self._records)
        for index, document in enumerate(documents, start):
            is_heeded = is_heeded or reader.comments is None or self._read_directives(path, document, reader, ruleset)
            if self._overview is not None:
                self._overview.saw(path, document.source)
            if isinstance(document, SyntaxFault):
                file_state.faults.append(Unreadable(*document))
                self.broken |= {path, document.source.path}
                file_state.matters = file_state.matters or speaks_of_payloads(document.source)
                continue
            file_state.first = file_state.first or document
            if not document.sequential:
                sequence = {}
            found = recognize(document, (path, index), sequence)
            file_state.has_payload = file_state.has_payload or bool(found)
            if document.duplicates:
                file_state.faults.extend(DuplicateMember(document, duplicate) for duplicate in document.duplicates)
                file_state.matters = file_state.matters or speaks_of_payloads(document.source)
            if document.sequential:
                steps += self._take(found, ruleset, path, is_step=True)
            else:
                self._plan(self._take(found, ruleset, path))
            self._settle()
        self._plan(steps)
        self._judge_faults(file_state, ruleset)
        file_state.waits = file_state.waits or len(self._held) + len(self._records) > waiting

    def conclude(self, file_state: FileState, ruleset: Ruleset) -> bool:
        """Say what there is to say of a file once all its documents are read; gives what `read` does."""
        if file_state.is_unrecognized:
            file_state.faults.append(file_state.unrecognized())
        self._judge_faults(file_state, ruleset)
        counts = file_state.has_payload or file_state.has_faults
        if file_state.waits:
            self.incomplete |= (
                {file_state.path} if file_state.named else set()
            )  # a run over directories holds what belongs to it
        elif file_state.path in self._directives:
            self._close(file_state.path, judged=file_state.has_payload)
        self.files += counts
        self.skipped += not counts
        if counts and self._overview is not None:
            self._overview.file(file_state.path)
        return counts

    def _judge_faults(self, file_state: FileState, ruleset: Ruleset) -> None:
        for fault in file_state.counted() if file_state.faults else ():
            self._judge(fault, ruleset)
        self._settle()

    def check(self, document: Document, order: tuple[Any, ...] = ("",)) -> None:
        """Lint a document that is no file's: a value given to the library."""
        ruleset = self._default
        found = recognize(document, order, {})
        self.files += 1
        if not found:
            self._judge(Unrecognized(document), ruleset)
        self._plan(self._take(found, ruleset, document.source.path))
        self._settle()

    def registered(self, ruleset: Ruleset | None) -> Ruleset:
        """The rules for a file, by default those of the run: what their settings say is part of the run."""
        if ruleset is None:
            return self._default
        self._rulesets.setdefault(id(ruleset.run), ruleset)
        return ruleset

    def _take(self, found: Found, ruleset: Ruleset, path: str, *, is_step: bool = False) -> list[Payload]:
        self.payloads += len([payload for payload in found.payloads if not payload.is_current]) + bool(found.records)
        self.payloads += len([request for request in found.requests if not request.has_payload])
        self._records += found.records
        is_template = ruleset.policy is not None and ruleset.policy.is_template(os.path.abspath(path))
        for request in found.requests:
            request.run = ruleset.run
        for record in found.records:
            record.run = ruleset.run
        for facts in found.facts:
            facts.give_way(ruleset.run.options)
        for fault in (*found.faults, *found.facts, *found.requests):
            self._judge(fault, ruleset)
        if not is_step and self._overview is None and has_no_applicable_rule(found.payloads, ruleset):
            return []
        for payload in found.payloads:
            payload.run = ruleset.run
            payload.is_template = is_template
            if payload.is_clean:
                payload.hold(payload.written)
        return found.payloads

    # -- judging ---------------------------------------------------------------------------------------------------

    def _plan(self, payloads: list[Payload]) -> None:
        """Judge what belongs together, unless more of it may still come."""
        if payloads and all(is_self_contained(payload) for payload in payloads):
            self._judge_trees(payloads)
        else:
            self._held += payloads

    def _judge_trees(self, payloads: list[Payload]) -> None:
        for tree in plan(payloads):
            signature, runs = tree.signature, {id(payload.run) for payload in tree.payloads}
            rules = {run: self._rulesets[run].applicable(signature) for run in runs}
            for payload in tree.payloads:
                if lacks_its_parent(payload):
                    self.incomplete.add(payload.document.source.path)
                if payload.kind != "row":
                    ruleset, on = self._rulesets[id(payload.run)], rules[id(payload.run)]
                    silent = self._judge(payload, ruleset, on)
                    if isinstance(payload, Ad) and on.get(Creative):
                        for creative in payload.creatives:
                            self._judge(creative, ruleset, on, silent)
            self._judge_together(tree, tree.payloads, rules)
            if self._overview is None:
                tree.let_go()
            else:
                self._overview.add(tree)

    def _judge_together(
        self, node: Any, members: Iterable[Payload | EventRecord], rules: Mapping[int, OnNodes] = {}
    ) -> None:
        """Judge what several files may be part of: each file hears of what its own settings look for."""
        runs = dict.fromkeys(id(member.run) for member in members)
        if len(runs) == 1:
            [run] = runs
            self._judge(node, self._rulesets[run], rules.get(run))
            return
        files = {member.document.source.path: id(member.run) for member in members}
        before = len(self._findings)
        for run in runs:
            self._judge(node, self._rulesets[run], rules.get(run))
        self._findings[before:] = [
            (ruleset, selection, finding)
            for ruleset, selection, finding in self._findings[before:]
            if files.get(finding.location.document.source.path) == id(ruleset.run)
        ]

    def _judge(
        self, node: Any, ruleset: Ruleset, on: OnNodes | None = None, silent: frozenset[str] = frozenset()
    ) -> frozenset[str]:
        """Run the rules for a node (of those `on` it); gives those that others silence on it and its parts."""
        found: list[tuple[Selection, Finding]] = []
        for selection in (ruleset.on if on is None else on).get(type(node), ()):
            try:
                for finding in selection.rule.findings(node):
                    if not isinstance(finding, Finding):
                        raise TypeError(f"a rule yields findings, not {type(finding).__name__}")
                    found.append((selection, finding))
            except (Exception, SystemExit) as error:  # a rule of anybody's: its crash is reported and stops no other
                self._crashed(selection, node, error)
        if not found:
            return silent
        silent = silent.union(*(selection.rule.supersedes for selection, _ in found))
        taken = {
            (code, finding.location.pointer, finding.about)
            for selection, finding in found
            for code in selection.rule.supersedes_in_place
        }
        for selection, finding in found:
            code = selection.rule.code
            if code not in silent and (code, finding.location.pointer, finding.about) not in taken:
                self._findings.append((ruleset, selection, finding))
        return silent

    def _crashed(self, selection: Selection, node: Any, error: BaseException) -> None:
        document = getattr(node, "document", None)
        path = document.source.path if isinstance(document, Document) else None
        self.notifications.append(crash(selection.rule.code, selection.pack.name, path, error))

    def _settle(self) -> None:
        """Give the findings so far their lines, their levels, and the reasons why some do not count."""
        if not self._findings:
            return
        from splint.run.locate import Locator

        locator = Locator((finding for *_, finding in self._findings), self._directives, anchored=self._anchored)
        for ruleset, (rule, _), finding in self._findings:
            found = locator.diagnostic(rule, ruleset.citations[rule.code], finding)
            if read_directives := self._directives.get(found.path):
                found = found._replace(suppressed=read_directives[0].suppression(rule.code, locator.heads(finding)))
            if ruleset.policy is not None:
                found = ruleset.policy.applied(found, os.path.abspath(found.path), self.used)
            self.diagnostics.append(found)
        self._findings.clear()

    # -- comments --------------------------------------------------------------------------------------------------

    def _read_directives(self, path: str, found: Document | SyntaxFault, reader: Reader, ruleset: Ruleset) -> bool:
        """Read the comments of a file that silence rules, if it has any; False for what stands in another file."""
        call = found.call if isinstance(found, Document) else None
        source = call.source if call is not None and call.source is not None else found.source
        find = reader.comments if ruleset.reads_directives and source.path == path else None
        if find is not None and (comments := find(source)):
            from splint.suppression.directives import Directives

            self._directives[path] = Directives(source, comments, ruleset.profile), ruleset
        return source.path == path

    def _close(self, path: str, *, judged: bool) -> None:
        """Report the comments of a file that silenced nothing, as far as this run can tell."""
        from splint.suppression.policy import dependent_codes

        directives, ruleset = self._directives[path]
        on = ruleset.answered - dependent_codes(ruleset) if path in self.incomplete else ruleset.answered
        for fault in directives.faults(on) if judged and path not in self.broken else ():
            self._judge(fault, ruleset)
        self._settle()
        del self._directives[path]

    # -- the end ---------------------------------------------------------------------------------------------------

    @property
    def needs_the_run(self) -> bool:
        """Whether something read so far can only be judged once everything is read."""
        return bool(self._held or self._records)

    def forget_held(self) -> None:
        """Drop what needs the run: somebody else reads those files again."""
        self._held.clear()
        self._records.clear()
        self._directives.clear()

    def finish(
        self,
        tool: Tool,
        *,
        once: bool = False,
        apply_fixes: Callable[[Report, bool], Any] | None = None,
        coverage: "RunScope | None" = None,
        baseline: "Baseline | None" = None,
        is_whole: bool = True,
    ) -> Report:
        """Judge what had to wait for the rest of the run, and report.

        `once` drops what is found twice: a script and a walk may read one file. `coverage` says what was read, by which
        whatever silences findings is judged. A run that `is_whole` not was cut short: what waits stays unjudged.
        """
        if is_whole:
            self._judge_the_rest()
        else:
            self._findings.clear()
        rulesets = list(self._rulesets.values())
        if coverage is not None:
            coverage.learn(rulesets, self.broken, self.incomplete)
            for ruleset in rulesets:
                for fault in ruleset.policy.unused(self.used, ruleset.answered, coverage) if ruleset.policy else ():
                    self._judge(fault, ruleset)
        self._settle()
        found = list(dict.fromkeys(self.diagnostics)) if once else self.diagnostics
        if baseline is not None:
            found, before = baseline.applied(found), len(self.diagnostics)
            for fault in baseline.unused(coverage) if coverage is not None else ():
                self._judge(fault, self._default)
            self._settle()
            found += self.diagnostics[before:]
        details = self._overview.details() if self._overview is not None else Details()
        return Report(
            tool,
            found,
            self.notifications,
            files=self.files,
            payloads=self.payloads,
            skipped=self.skipped,
            rules=described(rulesets),
            details=details,
            apply_fixes=apply_fixes,
        )

    def _judge_the_rest(self) -> None:
        held, self._held = self._held, []
        self._judge_trees(held)
        if self._records:
            self._judge_together(EventLog(self._records), self._records)
        self.judge_account()
        for path in list(self._directives):
            self._close(path, judged=True)

    def judge_account(self) -> None:
        """Judge the account facts of the options and settings that are part of the run by now, each once."""
        for ruleset in self._rulesets.values():
            for facts in (ruleset.run.options, ruleset.run.settings):
                if facts and facts not in self._judged:
                    self._judged.append(facts)
                    self._judge(Facts(facts, NOWHERE, ""), ruleset)
        self._settle()
