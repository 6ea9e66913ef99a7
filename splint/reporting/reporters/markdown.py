"""GitHub-flavoured Markdown, for comments on pull requests and summaries of jobs.

What comes from payloads stands in code spans unless it is plain words and numbers: GitHub looks for mentions, issue
references, emoji and links after it has resolved escapes and entities, and only code is exempt.
"""

import re
from collections.abc import Iterable
from itertools import count
from urllib.parse import quote

from splint.reporting.report import SEVERITIES, Diagnostic, Report
from splint.reporting.reporters import Style
from splint.reporting.reporters.concise import place
from splint.reporting.reporters.terminal import closing, counted, safe

COMMENT_LIMIT = 65_536
"""What a comment on GitHub holds, in characters; counted in bytes here, which are never fewer."""
UNFOLDED = 50
"""How many findings are shown before the others are folded away."""
LONGEST = 1_000
"""Of one text, in characters: a single value must not fill the page."""

_FRAME = 1_000
"""Bytes kept free for what surrounds the rows."""
_TABLE = "\n| severity | rule | place | finding |\n|---|---|---|---|\n"
_WORDS = re.compile(r'(?:"(?:\\.|[^"\\])*"|[^ ])+| +')
"""What is between spaces; within quotes they do not count."""
_PLAIN = re.compile(
    r"(?ai)\(?(?:(?![0-9a-f]{7,}\b)[a-z]+(?:['-][a-z]+)*|[0-9]{1,6}(?:\.[0-9]{1,6})?)\)?[.,;:?]?| +",
)
"""Words that mean nothing to GitHub; 7 hexadecimal digits may be a commit."""
_BRACKETED = re.compile(r"(\(?)([^(]*?)(\)?[.,;:]*)")
"""A word, and what of a sentence's brackets and stops it carries."""


def render(report: Report, style: Style) -> str:
    """The report as a comment; nothing where there is nothing to tell and nobody wants a summary."""
    if style.quiet and not report.active and not report.errors:
        return ""
    return page(report, COMMENT_LIMIT)


def page(report: Report, limit: int) -> str:
    """The report in at most so many bytes, the most severe findings first: the mildest are left out."""
    counts = closing(report, Style()).splitlines()[-1]
    notification = f"{counted(len(report.errors), 'trouble')}, " if report.errors else ""
    heading = f"## {report.tool.name}: {notification}{counts}\n"
    room = limit - len(heading) - _FRAME
    notifications = _fitting((f"- **trouble:** {text(notification.message)}\n" for notification in report.errors), room)
    room -= sum(len(line.encode()) for line in notifications)
    found = by_severity(report)
    rows = _fitting((_row(one) for one in found), room)
    unfolded = min(UNFOLDED, sum(one.severity != SEVERITIES[-1] for one in found))
    first, others = rows[:unfolded], rows[unfolded:]
    parts = [heading]
    if notifications:
        parts += ["\n", *notifications]
    if first:
        parts += [_TABLE, *first]
    if others:
        noun = SEVERITIES[-1] if found[unfolded].severity == SEVERITIES[-1] else "more finding"
        parts.append(f"\n<details>\n<summary>{counted(len(others), noun)}</summary>\n")
        parts += [_TABLE, *others, "\n</details>\n"]
    left_out = [
        (len(found) - len(rows) + report.summary["left_out"], "finding"),
        (len(report.errors) - len(notifications), "trouble"),
    ]
    if any(number for number, _ in left_out):
        said = " and ".join(counted(number, f"more {noun}") for number, noun in left_out if number)
        parts.append(f"\n{said} left out here{'' if report.left_out else ' for want of room'}.\n")
    return "".join(parts)


def by_severity(report: Report) -> list[Diagnostic]:
    """The findings that count, the most severe first, then in the order of the report."""
    ranks = {severity: rank for rank, severity in enumerate(SEVERITIES)}
    return sorted(report.active, key=lambda found: ranks.get(found.severity, len(ranks)))


def text(value: str) -> str:
    """`value` as a line of Markdown that reads the same and does nothing: what is not plain words stands as code."""
    return "".join(_word(word) for word in _WORDS.findall(_shown(value)))


def code(value: str) -> str:
    """`value` as a code span."""
    return _span(_shown(value))


def _shown(value: str) -> str:
    return safe(value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…").replace("\t", "\\x09")


def _word(word: str) -> str:
    if _PLAIN.fullmatch(word):
        return word
    found = _BRACKETED.fullmatch(word)
    head, body, tail = found.groups() if found else ("", word, "")
    return f"{head}{_span(body)}{tail}"


def _span(shown: str) -> str:
    """A code span; its fence is short, because GitHub knows none of more than 80 backticks."""
    if not shown:
        return ""
    taken = {len(run) for run in re.findall("`+", shown)}
    fence = "`" * next(length for length in count(1) if length not in taken)
    pad = " " if shown.strip(" ") and {shown[0], shown[-1]} & {" ", "`"} else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def _row(found: Diagnostic) -> str:
    rule = code(found.code)
    url = found.source.url or ""
    if url.startswith(("https://", "http://")):
        target = quote(url, safe=":/?#@!$&'()*+,;=%~", errors="replace").replace("&", "&amp;")
        rule = f"[{rule}](<{target}>)"
    escaped = "\\|"  # which is a bar in a table even within code
    cells = (text(found.severity), f"{rule} {text(found.name)}", code(place(found)), text(found.message))
    return "".join(f"| {cell.replace('|', escaped)} " for cell in cells) + "|\n"


def _fitting(lines: Iterable[str], room: int) -> list[str]:
    """As many of the first lines as there is room for, in bytes."""
    found = []
    for line in lines:
        room -= len(line.encode())
        if room < 0:
            break
        found.append(line)
    return found
