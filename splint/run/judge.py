"""Rules over nodes: their findings become diagnostics, with the levels and suppressions of their file's settings."""

import os
from collections.abc import Container, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from splint.formats import Document
from splint.payloads.nodes import Ad, Creative, EventRecord, Finding, Payload
from splint.payloads.trees import lacks_its_parent, plan
from splint.reporting.report import crash
from splint.rules.registry import OnNodes, Ruleset, Selection
from splint.run.result import FileResult

if TYPE_CHECKING:
    from splint.suppression.directives import Directives


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
        self._findings: list[tuple[Ruleset, Selection, Finding]] = []
        self.directives = result.held.directives if directives is None else directives

    def trees(self, payloads: Iterable[Payload]) -> None:
        """Judge the campaign trees of payloads."""
        result = self._result
        for tree in plan(payloads):
            runs = {id(payload.run) for payload in tree.payloads}
            applicable = {run: self._rulesets[run].applicable_to(tree) for run in runs}
            for payload in tree.payloads:
                if lacks_its_parent(payload):
                    result.incomplete.add(payload.document.source.path)
                if payload.kind != "row":
                    ruleset, on = self._rulesets[id(payload.run)], applicable[id(payload.run)]
                    superseded = self.node(payload, ruleset, on)
                    if isinstance(payload, Ad) and on.get(Creative):
                        for creative in payload.creatives:
                            self.node(creative, ruleset, on, superseded)
            self.together(tree, tree.payloads, applicable)
            if result.overview is None:
                tree.let_go()
            else:
                result.overview.add(tree)

    def together(
        self, node: Any, members: Iterable[Payload | EventRecord], applicable: Mapping[int, OnNodes] = {}
    ) -> None:
        """Judge a node that several files may be part of: in each file only the rules of its own settings count."""
        runs = dict.fromkeys(id(member.run) for member in members)
        if len(runs) == 1:
            [run] = runs
            self.node(node, self._rulesets[run], applicable.get(run))
            return
        files = {member.document.source.path: id(member.run) for member in members}
        before = len(self._findings)
        for run in runs:
            self.node(node, self._rulesets[run], applicable.get(run))
        self._findings[before:] = [
            (ruleset, selection, finding)
            for ruleset, selection, finding in self._findings[before:]
            if files.get(finding.location.document.source.path) == id(ruleset.run)
        ]

    def node(
        self, node: Any, ruleset: Ruleset, on: OnNodes | None = None, superseded: frozenset[str] = frozenset()
    ) -> frozenset[str]:
        """Run the rules for a node; `on` are the applicable ones by kind of node, by default all.

        Gives the codes that are superseded on the node and its parts. A rule that raises becomes a notification.
        """
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
            return superseded
        superseded = superseded.union(*(selection.rule.supersedes for selection, _ in found))
        taken = {
            (code, finding.location.pointer, finding.about)
            for selection, finding in found
            for code in selection.rule.supersedes_in_place
        }
        for selection, finding in found:
            code = selection.rule.code
            if code not in superseded and (code, finding.location.pointer, finding.about) not in taken:
                self._findings.append((ruleset, selection, finding))
        return superseded

    def _crashed(self, selection: Selection, node: Any, error: BaseException) -> None:
        document = getattr(node, "document", None)
        path = document.source.path if isinstance(document, Document) else None
        self._result.notifications.append(crash(selection.rule.code, selection.pack.name, path, error))

    def flush(self) -> None:
        """Give the findings so far their lines, their levels and their suppressions, and add them to the result."""
        if not self._findings:
            return
        from splint.run.locate import Locator  # a clean run needs none: 3 ms

        locator = Locator((finding for *_, finding in self._findings), self.directives, anchored=self._anchored)
        for ruleset, (rule, _), finding in self._findings:
            found = locator.diagnostic(rule, ruleset.citations[rule.code], finding)
            if of_file := self.directives.get(found.path):
                found = found._replace(suppressed=of_file[0].suppression(rule.code, locator.heads(finding)))
            if ruleset.policy is not None:
                found = ruleset.policy.applied(found, os.path.abspath(found.path), self._result.used)
            self._result.diagnostics.append(found)
        self._findings.clear()

    def close(self, broken: Container[str], incomplete: Container[str], *, is_judged: bool) -> None:
        """Report the comments that silenced nothing, and forget all of them.

        Nothing is said of files that are `broken`, or where not `is_judged`; `incomplete` as in FileResult.
        """
        if not self.directives:
            return
        from splint.suppression.scope import unused_comments  # few files have such comments

        for path, (directives, ruleset) in self.directives.items() if is_judged else ():
            if path not in broken:
                for fault in unused_comments(directives, ruleset, is_incomplete=path in incomplete):
                    self.node(fault, ruleset)
                self.flush()
        self.directives.clear()
