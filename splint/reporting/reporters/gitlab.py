"""GitLab Code Quality: findings that a merge request shows beside the changed lines."""

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from splint.reporting.report import Report, ToolNotification, json_text
from splint.reporting.reporters import Style
from splint.reporting.reporters.concise import in_table
from splint.reporting.reporters.terminal import left_out

SEVERITY = {"error": "major", "warning": "minor", "info": "info"}
NOWHERE = "<run>"
"""The path of an error that has none: GitLab requires one."""


def render(report: Report, style: Style) -> str:  # noqa: ARG001 - a reporter's signature
    """The active findings and splint's own errors as an array, which may be empty."""
    entries = [
        _entry(
            f"{diagnostic.code}: {in_table(diagnostic)}{diagnostic.message} ({diagnostic.page})",
            diagnostic.code,
            diagnostic.fingerprint,
            SEVERITY[diagnostic.severity],
        )
        | _location(diagnostic.path, diagnostic.marked.start.line if diagnostic.marked else 1)
        for diagnostic in report.active
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


def _notification_identities(notifications: Iterable[ToolNotification]) -> Iterator[tuple[ToolNotification, str]]:
    """Each with its identity: not its message, which shows paths as the working directory has them."""
    seen: Counter[str] = Counter()
    for notification in notifications:
        identity = json_text([notification.kind, notification.path, notification.code])
        seen[identity] += 1
        yield notification, f"{identity}:{seen[identity]}"


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
