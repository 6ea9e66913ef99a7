"""Documents in, a report out: payloads are judged as soon as nothing else in the run can be tied to them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, BinaryIO

from splint.bodies import Found, Sequence
from splint.documents import Document, Place, Reader, Source, Span, SyntaxFault, nowhere
from splint.faults import DuplicateMember, Unreadable, Unrecognized
from splint.locate import Locator
from splint.nodes import Ad, Creative, EventLog, EventRecord, Facts, Finding, Payload, Run
from splint.plan import is_self_contained, plan
from splint.recognize import PAYLOAD_KEYS, recognize
from splint.registry import DOCUMENT_URL, Selection
from splint.report import Citation, Diagnostic, Report, Tool, Trouble

NOWHERE = Document(Source("<run>", b""), None, nowhere)
"""Where findings about the run itself stand."""
START = Place(Span(0, 0), Span(0, 0))
"""Where a file begins in which there is no document."""


class Engine:
    """One run. Feed it files, then ask for the report."""

    def __init__(self, rules: Iterable[Selection], run: Run) -> None:
        self.run = run
        self.rules: defaultdict[type, list[Selection]] = defaultdict(list)
        self.citations: dict[str, Citation] = {}
        for selection in rules:
            rule, pack = selection
            url = DOCUMENT_URL.format(rule.documents[0]) if rule.documents else pack.url
            self.citations[rule.code] = Citation(pack.title, rule.section, rule.basis, url)
            for kind in rule.on:
                self.rules[kind].append(selection)
        self.diagnostics: list[Diagnostic] = []
        self.troubles: list[Trouble] = []
        self.files = self.payloads = self.skipped = 0
        self._held: list[Payload] = []
        self._records: list[EventRecord] = []
        self._findings: list[tuple[Selection, Finding]] = []

    # -- reading ---------------------------------------------------------------------------------------------------

    def read(self, path: str, stream: BinaryIO, reader: Reader, *, named: bool) -> bool:
        """Lint a file, as far as it can be judged alone; False when it holds no payload and no finding.

        A named file without a payload is a finding; a walked one is passed over. Raises OSError when it is unreadable.
        """
        first: Document | None = None
        recognized = False
        matters = named
        faults: list[Unreadable | DuplicateMember] = []
        sequence: Sequence = {}
        steps: list[Payload] = []
        for index, document in enumerate(reader.read(path, stream)):
            if isinstance(document, SyntaxFault):
                faults.append(Unreadable(*document))
                matters = matters or _speaks_of_payloads(document.source)
                continue
            first = first or document
            if not document.sequential:
                sequence = {}
            found = recognize(document, (path, index), sequence)
            recognized = recognized or bool(found)
            if document.duplicates:
                faults.extend(DuplicateMember(document, duplicate) for duplicate in document.duplicates)
                matters = matters or _speaks_of_payloads(document.source)
            if document.sequential:
                steps += self._take(found)
            else:
                self._plan(self._take(found))
            self._settle()
        self._plan(steps)
        faulty = bool(faults) and (matters or recognized)
        for fault in faults if faulty else ():
            self._judge(fault)
        if not recognized and not faulty and named:
            self._judge(Unrecognized(first or Document(Source(path, b""), None, lambda _: {"": START})))
            faulty = True
        self._settle()
        if recognized or faulty:
            self.files += 1
        else:
            self.skipped += 1
        return recognized or faulty

    def check(self, document: Document, order: tuple[Any, ...] = ("",)) -> None:
        """Lint a document that is no file's: a value given to the library."""
        found = recognize(document, order, {})
        self.files += 1
        if not found:
            self._judge(Unrecognized(document))
        self._plan(self._take(found))
        self._settle()

    def _take(self, found: Found) -> list[Payload]:
        self.payloads += sum(not payload.is_current for payload in found.payloads) + bool(found.records)
        self.payloads += sum(not request.has_payload for request in found.requests)
        self._records += found.records
        for request in found.requests:
            request.run = self.run
        for facts in found.facts:
            facts.give_way(self.run.options)
        for node in (*found.faults, *found.facts, *found.requests):
            self._judge(node)
        return found.payloads

    # -- judging ---------------------------------------------------------------------------------------------------

    def _plan(self, payloads: list[Payload]) -> None:
        """Judge what belongs together, unless more of it may still come."""
        if all(is_self_contained(payload) for payload in payloads):
            self._judge_trees(payloads)
        else:
            self._held += payloads

    def _judge_trees(self, payloads: list[Payload]) -> None:
        for tree in plan(self.run, payloads):
            for payload in tree.payloads:
                if payload.kind != "row":
                    silent = self._judge(payload)
                    if isinstance(payload, Ad) and self.rules[Creative]:
                        for creative in payload.creatives:
                            self._judge(creative, silent)
            self._judge(tree)

    def _judge(self, node: Any, silent: frozenset[str] = frozenset()) -> frozenset[str]:
        """Run the rules for a node; gives those that others silence on it, and so on what it is made of."""
        found: list[tuple[Selection, Finding]] = []
        for selection in self.rules.get(type(node), ()):
            try:
                for finding in selection.rule.check(node):
                    if not isinstance(finding, Finding):
                        raise TypeError(f"a rule yields findings, not {type(finding).__name__}")
                    found.append((selection, finding))
            except Exception as error:  # a rule of anybody's: its crash is reported and stops no other
                self._crashed(selection, node, error)
        if not found:
            return silent
        silent = silent.union(*(selection.rule.outranks for selection, _ in found))
        taken = {
            (code, finding.spot.pointer, finding.about)
            for selection, finding in found
            for code in selection.rule.outranks_in_place
        }
        for selection, finding in found:
            code = selection.rule.code
            if code not in silent and (code, finding.spot.pointer, finding.about) not in taken:
                self._findings.append((selection, finding))
        return silent

    def _crashed(self, selection: Selection, node: Any, error: Exception) -> None:
        document = getattr(node, "document", None)
        path = document.source.path if isinstance(document, Document) else None
        what = f"{type(error).__name__}: {error}".rstrip(": ")
        message = f"rule {selection.rule.code} of pack {selection.pack.name} crashed ({what}): its findings are missing"
        self.troubles.append(Trouble("crashed-rule", message, path, selection.rule.code))

    def _settle(self) -> None:
        """Give the findings so far their lines."""
        if self._findings:
            locator = Locator(finding for _, finding in self._findings)
            for (rule, _), finding in self._findings:
                self.diagnostics.append(locator.diagnostic(rule, self.citations[rule.code], finding))
            self._findings.clear()

    # -- the end ---------------------------------------------------------------------------------------------------

    @property
    def needs_the_run(self) -> bool:
        """Whether something read so far can only be judged once everything is read."""
        return bool(self._held or self._records)

    def forget_held(self) -> None:
        """Drop what needs the run: somebody else reads those files again."""
        self._held.clear()
        self._records.clear()

    def finish(self, tool: Tool, *, once: bool = False) -> Report:
        """Judge what had to wait for the rest of the run, and report.

        `once` drops what is found twice: a script and a walk may read one file.
        """
        self._judge_trees(self._held)
        self._held = []
        if self._records:
            self._judge(EventLog(self.run, self._records))
        for facts in (self.run.options, self.run.settings):
            if facts:
                self._judge(Facts(facts, NOWHERE, ""))
        self._settle()
        found = dict.fromkeys(self.diagnostics) if once else self.diagnostics
        return Report(tool, found, self.troubles, files=self.files, payloads=self.payloads, skipped=self.skipped)


def _speaks_of_payloads(source: Source) -> bool:
    """Whether a walked file that is broken holds a field name by which payloads are recognized."""
    return any(key.encode() in source.data for key in PAYLOAD_KEYS)
