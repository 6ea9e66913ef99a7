"""Rules over nodes: their findings become diagnostics, with the levels and suppressions of their file's settings."""

import os
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from splint.files import from_here
from splint.formats import Document
from splint.payloads.invalid_fields import UnknownField
from splint.payloads.nodes import Ad, Creative, EventLog, EventRecord, Finding, Payload, Tree
from splint.rules import engine_codes
from splint.rules.rule import Selection
from splint.rules.ruleset import OnNodes, Ruleset
from splint.rules.scope import model_at
from splint.run.result import FileResult

if TYPE_CHECKING:
    from splint.suppression.directives import Directives


class RuleFinding:
    """A finding of a run, before it has lines."""

    def __init__(
        self, ruleset: Ruleset, selection: Selection, finding: Finding, node: Any, model: str | None = ""
    ) -> None:
        self.ruleset = ruleset
        self.selection = selection
        self.finding = finding
        self.node = node
        """What the rule was called with; None for what no rule finds."""
        self.model = model
        """Of the object that it is on, see `model_at`: asked while the node still has its payload."""
        self.is_of_update = getattr(getattr(node, "ad", node), "kind", None) == "update"


class Judge:
    """Runs rules for one result; `flush` puts what they find into it.

    `rulesets` are the rules by the `id` of a payload's `run`; `anchored` gives diagnostics their anchors; `directives`
    are the comments that silence rules, with the rules of their file, by path.
    """

    def __init__(
        self,
        result: FileResult,
        rulesets: Mapping[int, Ruleset],
        *,
        anchored: bool,
        directives: "dict[str, tuple[Directives, Ruleset]] | None" = None,
    ) -> None:
        self._result = result
        self._rulesets = rulesets
        self._anchored = anchored
        self._findings: list[RuleFinding] = []
        self.directives = result.held.directives if directives is None else directives

    def trees(self, payloads: Iterable[Payload]) -> None:
        """Judge the campaign trees of payloads."""
        trees_of, without_parent = _trees()
        result = self._result
        for tree in trees_of(payloads):
            for payload in without_parent(tree):
                result.incomplete.add(payload.document.source.path)
            findings = self._of_tree(tree)
            for payload in tree.payloads:
                for fault in payload.unknown_values:
                    self.node(fault, self._rulesets[id(payload.run)], tree)
            if strays := [stray for payload in tree.payloads for stray in payload.strays]:
                findings = self._beside(strays, tree, findings)
            self._findings += findings
            if result.overview is None:
                tree.release()
            else:
                result.overview.add(tree)

    def _beside(
        self, strays: Sequence[UnknownField], tree: Tree, findings: Sequence[RuleFinding]
    ) -> Sequence[RuleFinding]:
        """Judge the unknown fields of a tree, and return what rules find on the tree beside what is said of these."""
        from splint.run.missed import revealed, settle  # few documents have unknown fields

        campaign = tree.campaign
        for stray in strays:
            stray.cbo = campaign.cbo if campaign is not None else None
            stray.untold = campaign.untold_of_budget if campaign is not None else ()
            stray.is_of_campaign = campaign is not None and stray.cbo is not False and stray.goes_as_budget
        for payload in tree.payloads:
            for stray in payload.strays:
                self._divide(stray, self._rulesets[id(payload.run)])
        settle(strays, tree, self._rulesets_of(tree.payloads).values(), findings, self._tried)
        said: list[RuleFinding] = []
        for payload in tree.payloads:
            ruleset = self._rulesets[id(payload.run)]
            for stray in payload.strays:
                said += self._reported(self._asked(stray, ruleset, ruleset.on))
        self._findings += said
        return revealed(strays, tree, findings, said, self._weights, self._tried)

    def _divide(self, stray: UnknownField, ruleset: Ruleset) -> None:
        """Make findings of their own of the keys, of several that are one, that comments or settings treat apart.

        So it does with those of a budget that are the campaign's.
        """
        if budgets := [one for one in (stray, *stray.followers) if stray.followers and one.is_of_campaign]:
            from splint.payloads.strays import divide  # few unknown fields come together

            divide(stray, {one.location.pointer.rpartition("/")[2] for one in budgets})
        if stray.followers and (self.directives or ruleset.policy is not None):
            from splint.payloads.strays import divide  # few unknown fields come together
            from splint.run.weighing import keys_apart  # as above

            for one in self._trial()._asked(stray, ruleset, ruleset.on):
                if apart := keys_apart(one, self.directives):
                    divide(stray, apart)

    def _of_tree(self, tree: Tree, codes: Container[str] | None = None) -> Sequence[RuleFinding]:
        """What rules, or those of some codes, find on a tree, less what other findings own."""
        rulesets = self._rulesets_of(tree.payloads)
        applicable = {run: (ruleset, ruleset.applicable_to(tree)) for run, ruleset in rulesets.items()}
        if codes is not None:
            applicable = {run: (ruleset, _among(on, codes)) for run, (ruleset, on) in applicable.items()}
        findings: list[RuleFinding] = []
        for payload in tree.payloads:
            if payload.kind != "row":
                ruleset, on = applicable[id(payload.run)]
                if type(payload) in on:
                    findings += self._asked(payload, ruleset, on)
                if isinstance(payload, Ad) and on.get(Creative):
                    for creative in payload.creatives:
                        findings += self._asked(creative, ruleset, on)
        if any(on.get(Tree) for _, on in applicable.values()):
            if findings:
                ownership = _ownership()
                tree.objections = ownership.objections(findings, self._weights(findings))
                tree.respellings = ownership.respellings(findings)
            findings += self._asked_together(tree, tree.payloads, applicable)
        return self._reported(findings)

    def _tried(self, tree: Tree, codes: Container[str] | None) -> Sequence[RuleFinding]:
        """What rules, or those of some codes, find on a tree that is made for a trial; crashes are not reported."""
        return self._trial()._of_tree(tree, codes)

    def _trial(self) -> "Judge":
        return Judge(FileResult(None, None), self._rulesets, anchored=False, directives=self.directives)

    def events(self, log: EventLog) -> None:
        """Judge the event records of a run."""
        rulesets = self._rulesets_of(log.records)
        self._findings += self._reported(
            self._asked_together(log, log.records, {run: (one, one.on) for run, one in rulesets.items()})
        )

    def node(self, node: Any, ruleset: Ruleset, tree: Tree | None = None) -> None:
        """Judge a node that is part of no tree; a fault of a payload of a `tree` by the rules for its campaigns."""
        if isinstance(node, UnknownField) and node.followers:
            self._divide(node, ruleset)
        on = ruleset.on if tree is None else ruleset.for_kind(ruleset.on, tree.scope.kind)
        self._findings += self._reported(self._asked(node, ruleset, on))

    def unused(self, findings: Iterable[Finding], ruleset: Ruleset) -> None:
        """Report suppressions that silence nothing, where the rules of their file hold SPL009."""
        if (selection := ruleset.selection(engine_codes.UNUSED)) is not None:
            self._findings += (RuleFinding(ruleset, selection, finding, None) for finding in findings)

    def _rulesets_of(self, members: Iterable[Payload | EventRecord]) -> Mapping[int, Ruleset]:
        """The rules of the files of payloads or records, by the `id` of their `run`."""
        if len(self._rulesets) == 1:  # as of most files: no member needs to be asked
            return self._rulesets
        return {run: self._rulesets[run] for run in dict.fromkeys([id(member.run) for member in members])}

    def _asked_together(
        self,
        node: Any,
        members: Iterable[Payload | EventRecord],
        applicable: Mapping[int, tuple[Ruleset, OnNodes]],
    ) -> Sequence[RuleFinding]:
        """What is found on a node that several files may be part of: in each file by the rules of its own settings."""
        findings = [one for ruleset, on in applicable.values() for one in self._asked(node, ruleset, on)]
        if len(applicable) == 1:
            return findings
        files = {member.document.source.path: id(member.run) for member in members}
        return [one for one in findings if files.get(one.finding.location.document.source.path) == id(one.ruleset.run)]

    def _asked(self, node: Any, ruleset: Ruleset, on: OnNodes) -> Sequence[RuleFinding]:
        """What the applicable rules `on` each kind of node find on one. A rule that raises becomes a notification."""
        findings: list[RuleFinding] = []
        for selection in on.get(type(node), ()):
            try:
                for finding in selection.rule.findings(node):
                    if ruleset.has_plugins or finding.fix is not None:
                        finding = _sound()(finding)
                    findings.append(RuleFinding(ruleset, selection, finding, node, model_at(finding, node)))
            except KeyboardInterrupt:
                raise
            except BaseException as error:  # a rule of anybody's: its crash is reported and stops no other
                self._crashed(selection, getattr(node, "document", None), error)
        return findings

    def _crashed(self, selection: Selection, document: Any, error: BaseException) -> None:
        path = document.source.path if isinstance(document, Document) else None
        if (known := self._result.crashes.get((selection.rule.code, path))) is not None:
            known.times += 1
            return
        from splint.run.crash import Crash  # no rule of ours crashes

        self._result.crashes[selection.rule.code, path] = Crash.of(selection, path, error)

    def _reported(self, findings: Sequence[RuleFinding]) -> Sequence[RuleFinding]:
        """The findings whose cause no other one of them owns."""
        if not findings:
            return findings
        weights = self._weights(findings) if len(findings) > 1 else {}
        left: Sequence[RuleFinding] = _ownership().reported(findings, weights)
        return left

    def _weights(self, findings: Sequence[RuleFinding]) -> Mapping[int, int]:
        """How severe comments and settings leave findings, see splint.run.ownership."""
        if not (self.directives or any(one.ruleset.policy is not None for one in findings)):
            return {}
        from splint.run.weighing import weights  # few files have comments or settings that suppress anything

        return weights(findings, self.directives)

    def flush(self) -> None:
        """Give the findings so far their lines, their levels and their suppressions, and add them to the result."""
        if not self._findings:
            return
        import splint.run.locate  # a clean run needs none: 3 ms
        import splint.run.merging

        diagnostics = []
        locator = splint.run.locate.Locator(
            [one.finding for one in self._findings], self.directives, anchored=self._anchored
        )
        for one in self._findings:
            ruleset, rule, finding = one.ruleset, one.selection.rule, one.finding
            try:
                diagnostic = locator.diagnostic(
                    rule, ruleset.citations[rule.code], finding, one.model, one.is_of_update
                )
            except KeyboardInterrupt:
                raise
            except BaseException as error:  # of what the rule gave to be called, such as its wording
                self._crashed(one.selection, finding.location.document, error)
                continue
            if of_file := self.directives.get(diagnostic.path):
                if isinstance(one.node, UnknownField) and (one.node.unseen or one.node.holds_objects):
                    of_file[0].unjudged += locator.lines_within(one.node)
                diagnostic = diagnostic._replace(
                    suppressed=of_file[0].suppression(rule.code, locator.lines_of(finding))
                )
            if ruleset.policy is not None:
                place = os.path.abspath(from_here(diagnostic.path))
                pointers = splint.run.locate.pointers_of(finding) if finding.keys else (diagnostic.pointer,)
                diagnostic = ruleset.policy.applied(diagnostic, pointers, place, self._result.used)
            diagnostics.append((diagnostic, finding))
        self._result.diagnostics += splint.run.merging.merged(diagnostics)
        self._result.notifications += locator.notifications
        self._findings.clear()

    def close(self, broken: Container[str], incomplete: Container[str], *, is_judged: bool) -> None:
        """Report the comments that silenced nothing, and forget all of them.

        Nothing is said of files that are `broken`, or where not `is_judged`; `incomplete` as in FileResult.
        """
        if not self.directives:
            return
        from splint.suppression.unused import unused_comments  # few files have such comments

        for path, (directives, ruleset) in self.directives.items() if is_judged else ():
            if path not in broken:
                self.unused(unused_comments(directives, ruleset, is_incomplete=path in incomplete), ruleset)
                self.flush()
        self.directives.clear()


def _among(on: OnNodes, codes: Container[str]) -> OnNodes:
    return {kind: [one for one in selections if one.rule.code in codes] for kind, selections in on.items()}


@cache
def _trees() -> tuple[Callable[[Iterable[Payload]], list[Tree]], Callable[[Tree], Sequence[Payload]]]:
    """`trees_of` and `without_parent`: to import them takes 2 us each time."""
    from splint.payloads.trees import trees_of, without_parent  # a clean bundle needs no trees

    return trees_of, without_parent


@cache
def _ownership() -> Any:
    """The module on which findings own others: to import it takes 2 us each time."""
    from splint.run import ownership  # with the first finding

    return ownership


@cache
def _sound() -> Callable[[Any], Finding]:
    """What refuses unsound findings: a clean run needs it not, and to import it takes 2 us each time."""
    from splint.run.sound import sound  # with the first fix, or plugin

    return sound
