"""GitHub-flavoured Markdown, for comments on pull requests and summaries of jobs.

Text of payloads is put into code spans unless it is plain words and numbers: GitHub finds mentions, issue references,
emoji and links after resolving escapes and entities, except in code.
"""

import re
from collections.abc import Iterable
from itertools import count
from urllib.parse import quote

from splint.reporting.report import SEVERITIES, Diagnostic, Report, ToolNotification
from splint.reporting.reporters import Style
from splint.reporting.reporters.concise import place
from splint.reporting.reporters.terminal import concise_closing
from splint.reporting.wording import counted, safe, without_commands

COMMENT_LIMIT = 65_536
"""The maximum size of a GitHub comment in characters; compared with the size in bytes, which is never less."""
UNFOLDED = 50
"""The number of findings shown before the others are folded."""
LONGEST = 1_000
"""The maximum length of one text in characters."""

_FRAME = 1_000
"""Bytes reserved for the text around the rows."""
_TABLE = "\n| severity | rule | place | finding |\n|---|---|---|---|\n"
_WORDS = re.compile(r'(?a:[0-9]{4}-\d\d-\d\d \d\d:\d\d:\d\d)|(?:"(?:\\.|[^"\\])*"|[^ ])+| +')
"""A moment, a word, which ends at a space outside of quotes, or a run of spaces."""
_PLAIN = re.compile(
    r"(?ai)\(?(?:(?![0-9a-f]{7,}\b)[a-z]+(?:['-][a-z]+)*|[0-9]{1,6}(?:\.[0-9]{1,6}|-[a-z]+)?)\)?[.,;:?]?| +",
)
"""Words without a meaning in GitHub's Markdown; 7 hexadecimal digits may be a commit."""
_BRACKETED = re.compile(r"(\(?)([^(]*?)(\)?[.,;:]*)")
"""A word with the brackets and punctuation around it."""


def render(report: Report, style: Style) -> str:
    """The report as a comment; empty if the style is quiet and there is nothing to report."""
    if style.quiet and not report.active and not report.errors:
        return ""
    return page(report, COMMENT_LIMIT)


def page(report: Report, limit: int) -> str:
    """The report in at most `limit` bytes, the most severe findings first; those that do not fit are left out."""
    counts = concise_closing(report, Style()).splitlines()[-1]
    heading = f"## {report.tool.name}: {counts}\n"
    room = limit - len(heading) - _FRAME
    notifications = _fitting(
        (without_commands(f"- **tool error:** {_said(notification)}\n") for notification in report.errors), room
    )
    room -= sum(len(line.encode()) for line in notifications)
    diagnostics = by_severity(report)
    rows = _fitting((_row(diagnostic) for diagnostic in diagnostics), room)
    unfolded = min(UNFOLDED, sum(diagnostic.severity != SEVERITIES[-1] for diagnostic in diagnostics))
    first, others = rows[:unfolded], rows[unfolded:]
    parts = [heading]
    if notifications:
        parts += ["\n", *notifications]
    if first:
        parts += [_TABLE, *first]
    if others:
        noun = SEVERITIES[-1] if diagnostics[unfolded].severity == SEVERITIES[-1] else "more finding"
        parts.append(f"\n<details>\n<summary>{counted(len(others), noun)}</summary>\n")
        parts += [_TABLE, *others, "\n</details>\n"]
    if rows and not all(diagnostic.source.url for diagnostic in diagnostics):
        parts.append("\n`splint rules CODE` says more on a rule.\n")
    left_out = [
        (len(diagnostics) - len(rows) + report.summary["left_out"], "finding"),
        (len(report.errors) - len(notifications), "tool error"),
    ]
    if any(number for number, _ in left_out):
        counts_left_out = " and ".join(counted(number, f"more {noun}") for number, noun in left_out if number)
        parts.append(f"\n{counts_left_out} left out here{'' if report.left_out else ' for want of room'}.\n")
    return "".join(parts)


def _said(notification: ToolNotification) -> str:
    """The message of a notification, the path that it begins with as one word."""
    path, message = notification.path or "", notification.message
    if not path or not message.startswith(f"{path}:"):
        return text(message)
    return f"{code(path)}{text(message[len(path) :])}"


def by_severity(report: Report) -> list[Diagnostic]:
    """The active findings, the most severe first, else in the order of the report."""
    ranks: dict[str, int] = {severity: rank for rank, severity in enumerate(SEVERITIES)}
    return sorted(report.active, key=lambda diagnostic: ranks.get(diagnostic.severity, len(ranks)))


def text(value: str) -> str:
    """`value` as a line of Markdown without markup: all but plain words is in code spans."""
    return "".join(_word(word) for word in _WORDS.findall(_shown(value)))


def code(value: str) -> str:
    """`value` as a code span."""
    return _span(_shown(value))


def _shown(value: str) -> str:
    return safe(value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…").replace("\t", "\\x09")


def _word(word: str) -> str:
    if _PLAIN.fullmatch(word):
        return word
    match = _BRACKETED.fullmatch(word)
    head, body, tail = match.groups() if match else ("", word, "")
    return f"{head}{_span(body)}{tail}"


def _span(shown: str) -> str:
    """A code span with the shortest possible fence: GitHub allows at most 80 backticks."""
    if not shown:
        return ""
    taken = {len(run) for run in re.findall("`+", shown)}
    fence = "`" * next(length for length in count(1) if length not in taken)
    pad = " " if shown.strip(" ") and {shown[0], shown[-1]} & {" ", "`"} else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def _row(diagnostic: Diagnostic) -> str:
    rule = code(diagnostic.code)
    url = diagnostic.source.link or ""
    if url.startswith(("https://", "http://")):
        target = quote(url, safe=":/?#@!$&'()*+,;=%~", errors="replace").replace("&", "&amp;")
        rule = f"[{rule}](<{target}>)"
    escaped = "\\|"  # a bar in a table cell, even within code
    cells = (
        text(diagnostic.severity),
        f"{rule} {text(diagnostic.name)}",
        code(place(diagnostic)),
        text(diagnostic.message),
    )
    return without_commands("".join(f"| {cell.replace('|', escaped)} " for cell in cells)) + "|\n"


def _fitting(lines: Iterable[str], room: int) -> list[str]:
    """The first lines that fit into `room` bytes."""
    fitting = []
    for line in lines:
        room -= len(line.encode())
        if room < 0:
            break
        fitting.append(line)
    return fitting
