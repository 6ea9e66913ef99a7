"""The check of one file: its documents, one after the other, and what follows from all of them."""

import os
from collections.abc import Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from splint.files import from_here
from splint.formats import Document
from splint.payloads.bodies import Extracted, Steps
from splint.payloads.extract import extract
from splint.payloads.faults import DuplicateMember, Unreadable
from splint.payloads.nodes import Payload
from splint.payloads.nodes.payload import is_self_contained
from splint.rules.ruleset import Ruleset
from splint.run.judge import Judge
from splint.run.result import FileResult, FileState

if TYPE_CHECKING:
    from splint.formats.fault import SyntaxFault

Node = TypeVar("Node")
_IS_PART = attrgetter("is_part")


class FileCheck:
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
        if document.source.path == self._state.path:
            parts = [*map(_IS_PART, extracted.payloads)].count(True)
            self._add(len(extracted.payloads) - parts + bool(extracted.records))
        if document.call is not None and (document.is_sent or document.call.stand_in is not None):
            from splint.run.sent import note_sent  # few scripts send files

            note_sent(document, extracted, self._result)
        if extracted.named_files:
            from splint.run.sent import note_named  # few requests name files

            note_named(extracted.named_files, self._result)

    def _add(self, payloads: int) -> None:
        self._state.payloads += payloads
        self._result.payloads += payloads

    def _judge_others(self, extracted: Extracted) -> None:
        """Judge faults, facts and requests, which count if they hold no payload; hold event records for the end."""
        ruleset = self._ruleset
        for request in extracted.requests:
            request.run = ruleset.run
            request.lacks_body &= not (request.is_mention and self._state.expected == "walked")
            self._add(not request.has_payload)
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
        if counts:
            result.counted[state.path] = state.payloads
        else:
            result.skipped.append(state.path)
        if counts and result.overview is not None:
            result.overview.file(state.path)
        if not state.is_held:
            self.judge.close(result.broken, result.incomplete, is_judged=state.has_payload)
        elif state.named:  # other payloads of its campaigns may be in files that were not named
            result.incomplete.add(state.path)
