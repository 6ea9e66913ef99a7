"""GitLab Code Quality: what a merge request shows beside the lines it changes."""

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from typing import Any, TypeVar

from splint.reporting.report import Diagnostic, Report, ToolNotification, json_text
from splint.reporting.reporters import Style
from splint.reporting.reporters.terminal import left_out

Found = TypeVar("Found")

SEVERITY = {"error": "major", "warning": "minor", "info": "info"}
NOWHERE = "<run>"
"""In place of a path, where a trouble has none: GitLab wants one."""


def render(report: Report, style: Style) -> str:  # noqa: ARG001 - a reporter's signature
    """The findings that count and splint's own troubles as an array, which is empty when there are none."""
    found = [
        _entry(f"{diagnostic.code}: {diagnostic.message}", diagnostic.code, identity, SEVERITY[diagnostic.severity])
        | _location(diagnostic.path, diagnostic.range.start.line if diagnostic.range else 1)
        for diagnostic, identity in identities(report.diagnostics)
        if diagnostic.suppressed is None
    ]
    found += [_trouble(notification, identity) for notification, identity in _told_apart(report.errors)]
    found += [
        _entry(words, "left-out", f"left-out:{words}", "info") | _location(path, 1)
        for path, words in zip(sorted(report.left_out), left_out(report), strict=True)
    ]
    return json_text(found, indent=True) + "\n"


def identities(diagnostics: Iterable[Diagnostic]) -> list[tuple[Diagnostic, str]]:
    """Each finding with what names it: its fingerprint, and its number among those of equal fingerprint.

    All findings of a report are counted, so that suppressing one leaves the names of the others as they are.
    """
    return _numbered((found, found.fingerprint) for found in diagnostics)


def _told_apart(notifications: Iterable[ToolNotification]) -> list[tuple[ToolNotification, str]]:
    return _numbered((notification, json_text(notification)) for notification in notifications)


def _numbered(pairs: Iterable[tuple[Found, str]]) -> list[tuple[Found, str]]:
    seen: Counter[str] = Counter()
    named = []
    for found, name in pairs:
        seen[name] += 1
        named.append((found, f"{name}:{seen[name]}"))
    return named


def _trouble(notification: ToolNotification, identity: str) -> dict[str, Any]:
    about = notification.code or notification.kind
    return _entry(f"{about}: {notification.message}", about, identity, "blocker") | _location(
        notification.path or NOWHERE, 1
    )


def _entry(description: str, check: str, identity: str, severity: str) -> dict[str, Any]:
    return {
        "description": description,
        "check_name": check,
        "fingerprint": sha256(identity.encode()).hexdigest(),
        "severity": severity,
    }


def _location(path: str, line: int) -> dict[str, Any]:
    return {"location": {"path": path, "lines": {"begin": line}}}
