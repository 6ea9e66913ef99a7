"""GitLab Code Quality: findings that a merge request shows beside the changed lines."""

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from typing import Any, TypeVar

from splint.reporting.report import Diagnostic, Report, ToolNotification, json_text
from splint.reporting.reporters import Style
from splint.reporting.reporters.terminal import left_out

Item = TypeVar("Item")

SEVERITY = {"error": "major", "warning": "minor", "info": "info"}
NOWHERE = "<run>"
"""The path of an error that has none: GitLab requires one."""


def render(report: Report, style: Style) -> str:  # noqa: ARG001 - a reporter's signature
    """The active findings and splint's own errors as an array, which may be empty."""
    entries = [
        _entry(
            f"{diagnostic.code}: {diagnostic.message} ({diagnostic.page})",
            diagnostic.code,
            identity,
            SEVERITY[diagnostic.severity],
        )
        | _location(diagnostic.path, diagnostic.marked.start.line if diagnostic.marked else 1)
        for diagnostic, identity in identities(report.diagnostics)
        if diagnostic.suppressed is None
    ]
    entries += [
        _notification_entry(notification, identity)
        for notification, identity in _notification_identities(report.errors)
    ]
    entries += [
        _entry(words, "left-out", f"left-out:{words}", "info") | _location(path, 1)
        for path, words in zip(sorted(report.left_out), left_out(report), strict=True)
    ]
    return json_text(entries, indent=True) + "\n"


def identities(diagnostics: Iterable[Diagnostic]) -> list[tuple[Diagnostic, str]]:
    """Each finding with its identity: its fingerprint and its number among the findings of the same fingerprint.

    Suppressed findings are numbered too, so that suppressing one does not change the identities of the others.
    """
    return _numbered((diagnostic, diagnostic.fingerprint) for diagnostic in diagnostics)


def _notification_identities(notifications: Iterable[ToolNotification]) -> list[tuple[ToolNotification, str]]:
    """Each with its identity: not its message, which shows paths as the working directory has them."""
    return _numbered(
        (notification, json_text([notification.kind, notification.path, notification.code]))
        for notification in notifications
    )


def _numbered(pairs: Iterable[tuple[Item, str]]) -> list[tuple[Item, str]]:
    seen: Counter[str] = Counter()
    numbered = []
    for item, identity in pairs:
        seen[identity] += 1
        numbered.append((item, f"{identity}:{seen[identity]}"))
    return numbered


def _notification_entry(notification: ToolNotification, identity: str) -> dict[str, Any]:
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
