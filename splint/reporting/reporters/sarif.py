"""SARIF 2.1.0: one run with all findings, for code scanning and for viewers of analysis results."""

import re
from typing import Any
from urllib.parse import quote

from splint.reporting.report import (
    Diagnostic,
    Excerpt,
    Fix,
    Range,
    RelatedPlace,
    Report,
    RuleInfo,
    Suppression,
    ToolNotification,
    json_text,
)
from splint.reporting.reporters import Style
from splint.reporting.reporters.concise import numbered
from splint.reporting.reporters.terminal import left_out

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVEL = {"error": "error", "warning": "warning", "info": "note"}
ROOT = "%SRCROOT%"
"""The conventional name of the directory that paths are relative to."""
NOT_FILES = {"-": "Standard input", "<input>": "A value given to the library", "<run>": "What no file holds"}
"""The paths that are not files, with their descriptions."""
SEMANTIC = r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?"


def render(report: Report, style: Style) -> str:  # noqa: ARG001 - a reporter's signature
    """The report as a SARIF log, suppressed and baselined findings included."""
    return json_text(_Log(report).log, indent=True) + "\n"


class _Log:
    """Builds a log; artifacts and rules that results refer to by index are collected on the way."""

    def __init__(self, report: Report) -> None:
        self._artifacts: list[dict[str, Any]] = []
        self._places: dict[str, int] = {}
        self._kinds = sorted({notification.kind for notification in report.errors})
        rules = [_rule(rule) for rule in report.rules]
        known = {rule.code for rule in report.rules}
        others = {diagnostic.code: diagnostic for diagnostic in report.diagnostics if diagnostic.code not in known}
        rules += [_rule_of_finding(diagnostic) for _, diagnostic in sorted(others.items())]
        self._rules = {rule["id"]: index for index, rule in enumerate(rules)}
        self._baselined = any(_is_baselined(diagnostic) for diagnostic in report.diagnostics)
        results = [self._result(diagnostic) for diagnostic in report.diagnostics]
        invocation: dict[str, Any] = {"executionSuccessful": not report.errors}
        if report.errors:
            invocation["toolExecutionNotifications"] = [
                self._notification(notification) for notification in report.errors
            ]
        if report.left_out:
            notes = [{"level": "note", "message": {"text": plain(words)}} for words in left_out(report)]
            invocation["toolExecutionNotifications"] = [*invocation.get("toolExecutionNotifications", ()), *notes]
        driver: dict[str, Any] = {"name": report.tool.name, "version": report.tool.version}
        if re.fullmatch(SEMANTIC, report.tool.version):
            driver["semanticVersion"] = report.tool.version
        driver["rules"] = rules
        if self._kinds:
            driver["notifications"] = [{"id": kind} for kind in self._kinds]
        run = {
            "tool": {"driver": driver},
            "automationDetails": {"id": f"{report.tool.name}/"},
            "invocations": [invocation],
            **({"artifacts": self._artifacts} if self._artifacts else {}),
            "columnKind": "unicodeCodePoints",
            "results": results,
            "properties": {"profile": report.tool.profile, "asOf": report.tool.as_of},
        }
        self.log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}

    def _result(self, diagnostic: Diagnostic) -> dict[str, Any]:
        result: dict[str, Any] = {
            "ruleId": diagnostic.code,
            "ruleIndex": self._rules[diagnostic.code],
            "kind": "fail",
            "level": LEVEL[diagnostic.severity],
            "message": {"text": plain(diagnostic.message)},
            "locations": [place] if (place := self._location(diagnostic)) else [],
        }
        if diagnostic.related:
            result["relatedLocations"] = [
                {"id": number, **self._location(place), "message": {"text": plain(place.message)}}
                for number, place in enumerate(diagnostic.related, start=1)
            ]
        if diagnostic.fix is not None and diagnostic.fix.edits:
            result["fixes"] = [self._fix(diagnostic.path, diagnostic.fix)]
        result["partialFingerprints"] = {"splint/v1": diagnostic.fingerprint}
        result["suppressions"] = [self._suppression(diagnostic.suppressed)] if diagnostic.suppressed else []
        if self._baselined:
            result["baselineState"] = "unchanged" if _is_baselined(diagnostic) else "new"
        return result

    def _fix(self, path: str, fix: Fix) -> dict[str, Any]:
        replacements = [
            {"deletedRegion": _regions(edit.range, None)["region"], "insertedContent": {"text": edit.content}}
            for edit in fix.edits
        ]
        change = {**self._physical(path), "replacements": replacements}
        return {"description": {"text": plain(f"{fix.title} ({fix.applicability})")}, "artifactChanges": [change]}

    def _suppression(self, why: Suppression) -> dict[str, Any]:
        """A suppression without a status, which means accepted: published schemas disagree on that member's name."""
        default = f"{why.kind} in {why.path}, line {why.line}"
        return {
            "kind": "inSource" if why.kind == "comment" else "external",
            "justification": why.reason or default,
            "location": {"physicalLocation": self._physical(why.path) | {"region": {"startLine": why.line}}},
        }

    def _notification(self, notification: ToolNotification) -> dict[str, Any]:
        entry: dict[str, Any] = {
            "descriptor": {"id": notification.kind, "index": self._kinds.index(notification.kind)},
            "level": "error",
            "message": {"text": plain(notification.message)},
        }
        if notification.code is not None:
            index = self._rules.get(notification.code)
            entry["associatedRule"] = {"id": notification.code, **({} if index is None else {"index": index})}
        if notification.path is not None and notification.path not in NOT_FILES:
            entry["locations"] = [{"physicalLocation": self._physical(notification.path)}]
        return entry

    def _location(self, place: Diagnostic | RelatedPlace) -> dict[str, Any]:
        location: dict[str, Any] = {}
        if place.marked is not None or place.path not in NOT_FILES:
            location["physicalLocation"] = {**self._physical(place.path), **_regions(place.marked, place.excerpt)}
        if name := f"{numbered(place)}{place.pointer}":
            location["logicalLocations"] = [{"name": name, "fullyQualifiedName": name}]
        return location

    def _physical(self, path: str) -> dict[str, Any]:
        """The location of a file; a path that is not a file becomes an artifact without a URI."""
        if path not in NOT_FILES:
            return {"artifactLocation": uri(path)}
        if path not in self._places:
            self._places[path] = len(self._artifacts)
            itself = {"index": self._places[path]}
            self._artifacts.append({"description": {"text": NOT_FILES[path]}, "location": itself})
        return {"artifactLocation": {"index": self._places[path]}}


def uri(path: str) -> dict[str, str]:
    """A path as an artifact's location, relative to the root unless it is absolute."""
    try:
        raw = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a lone surrogate that is no file system's
        raw = path.encode("utf-8", "surrogatepass")
    if path.startswith("/"):
        return {"uri": f"file://{quote(raw)}"}
    return {"uri": quote(raw), "uriBaseId": ROOT}


def _regions(where: Range | None, excerpt: Excerpt | None) -> dict[str, Any]:
    """A range as a region, with its text and its line if the excerpt holds them uncut."""
    if where is None:
        return {}
    start, end = where.start, max(where.start, where.end)
    region: dict[str, Any] = {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "byteOffset": start.offset,
        "byteLength": end.offset - start.offset,
    }
    if excerpt is None or start.line != end.line:
        return {"region": region}
    text, length = excerpt.text, end.column - start.column
    marked = text[excerpt.start : excerpt.start + excerpt.length]
    if len(marked) == length:
        region["snippet"] = {"text": marked}
    if length == len(text) or text.startswith("…") or text.endswith("…"):
        return {"region": region}
    return {"region": region, "contextRegion": {"startLine": start.line, "snippet": {"text": text}}}


def _rule(rule: RuleInfo) -> dict[str, Any]:
    source = rule.source
    cited = f"{source.title}, {source.section}"
    text = [rule.explanation or rule.summary, f"Source: {cited} (basis: {source.basis})"]
    page = source.page_of(rule.code)
    text += [source.document, f"Rule: {page}"] if source.document else [f"Rule: {page}"]
    link = cited
    descriptor: dict[str, Any] = {
        "id": rule.code,
        "name": _pascal(rule.name),
        "shortDescription": {"text": plain(rule.summary)},
        "fullDescription": {"text": plain(_paragraphs(rule.summary, rule.explanation))},
    }
    if source.document:
        shown = re.sub(r"([\\[\]])", r"\\\1", cited)
        link = f"[{shown}](<{source.document}>)"
    if source.link:
        descriptor["helpUri"] = source.link
    markdown = [f"# {rule.code} {rule.name}", rule.summary, rule.explanation]
    about = f"[{rule.code}](<{source.url}>)" if source.url else f"`{page}`"
    markdown = [*map(_without_html, markdown), f"Source: {link} (basis: {source.basis})", f"Rule: {about}"]
    return {
        **descriptor,
        "help": {"text": plain(_paragraphs(*text)), "markdown": _braced(_paragraphs(*markdown))},
        "defaultConfiguration": {"level": LEVEL[rule.level]},
        "properties": {"tags": [source.basis], "basis": source.basis, "section": source.section},
    }


def _rule_of_finding(diagnostic: Diagnostic) -> dict[str, Any]:
    """The descriptor of a rule that the report lacks, made from one of its findings."""
    name = diagnostic.name.replace("-", " ")
    return _rule(RuleInfo(diagnostic.code, diagnostic.name, diagnostic.severity, name, "", diagnostic.source))


def _is_baselined(diagnostic: Diagnostic) -> bool:
    return diagnostic.suppressed is not None and diagnostic.suppressed.kind == "baseline"


def _pascal(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[-_\s]+", name))


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def plain(text: str) -> str:
    """`text` with placeholders and embedded links escaped (SARIF 3.11.5 and 3.11.6)."""
    return _braced(re.sub(r"\[((?:[^\[\]\\]|\\.)*)\]\(", r"\\[\1\\](", text, flags=re.DOTALL))


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _without_html(text: str) -> str:
    """Markdown with each `<` outside of code escaped: SARIF forbids HTML."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if index % 2 else part.replace("<", "\\<") for index, part in enumerate(parts))
