"""Text for a terminal: colours, escaped control characters, and the summary."""

import os
from collections import Counter
from typing import TYPE_CHECKING

from splint.reporting.report import SEVERITIES, Report
from splint.reporting.reporters import Style
from splint.reporting.wording import counted, safe, without_commands

if TYPE_CHECKING:
    from typing import TextIO

COLORS = {"error": "1;31", "warning": "1;33", "info": "1;36", "bold": "1", "frame": "34", "help": "1;32", "dim": "2"}


def paint(text: str, color: str, style: Style) -> str:
    """`text` in a colour, if the style has colours."""
    return f"\x1b[{COLORS[color]}m{text}\x1b[0m" if style.color else text


def full_closing(report: Report, style: Style) -> str:
    """The closing of the format `full`: before it, how to read on about a rule that has no page to link to."""
    is_unlinked = any(found.suppressed is None and not found.source.url for found in report.diagnostics)
    read_on = "`splint rules CODE` says more on a rule\n" if is_unlinked and not style.quiet else ""
    return read_on + concise_closing(report, style)


def concise_closing(report: Report, style: Style) -> str:
    """The errors of splint itself, what was left out, and the summary line."""
    lines = [f"{paint('splint:', 'error', style)} {safe(notification.message)}\n" for notification in report.errors]
    lines += [f"{safe(words)}\n" for words in left_out(report)]
    if not style.quiet:
        lines.append(_counts(report))
    return without_commands("".join(lines))


def _counts(report: Report) -> str:
    """The summary line: how many findings of each level, in how much, and first what went wrong with splint itself."""
    summary = report.summary
    severities = ", ".join(counted(summary[f"{level}s"], level) for level in SEVERITIES if summary[f"{level}s"])
    where = f"in {counted(summary['payloads'], 'payload')} of {counted(summary['files'], 'file')}"
    inactive = [f"{summary[name]} {name}" for name in ("suppressed", "baselined") if summary[name]]
    more = f" ({', '.join(inactive)})" if inactive else ""
    tool_errors = f"{counted(len(report.errors), 'tool error')}, " if report.errors else ""
    return f"{tool_errors}{severities or 'no findings'} {where}{more}{_fixable(report)}\n"


def left_out(report: Report) -> list[str]:
    """A line for each file on the findings that were left out."""
    return [
        f"{path}: {counted(count, 'more finding')} left out: --max-findings says how many are shown"
        for path, count in sorted(report.left_out.items())
    ]


def _fixable(report: Report) -> str:
    """The numbers of findings that --fix has edits for; it leaves out what would bring in new errors."""
    fixes = [diagnostic.fix for diagnostic in report.active if diagnostic.fix is not None]
    kinds = [fix.applicability for fix in fixes if fix.edits]
    safe, unsafe = kinds.count("safe"), kinds.count("unsafe")
    if not kinds:
        return ""
    if not safe:
        return f"; {unsafe} with a fix (--fix --unsafe-fixes)"
    return f"; {safe} with a fix (--fix)" + (f", {unsafe} more with --unsafe-fixes" if unsafe else "")


def statistics(report: Report, *, quiet: bool) -> str:
    """The number of findings per rule, the most frequent first; without any, the summary line unless `quiet`."""
    counts = Counter((diagnostic.code, diagnostic.name) for diagnostic in report.active)
    if not counts:
        return "" if quiet else _counts(report)
    width = len(str(max(counts.values())))
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return "".join(f"{count:>{width}}  {code}  {name}\n" for (code, name), count in rows)


def wants_color(color: str, stream: "TextIO | None") -> bool:
    """Whether to colour a stream: `always`, `never`, or by environment and terminal for `auto`."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"
