"""Text for a terminal: colours, safe characters, counts in words."""

import os
import sys
from collections import Counter

from splint.reporting.report import SEVERITIES, Report
from splint.reporting.reporters import Style
from splint.reporting.wording import counted as counted

COLORS = {"error": "1;31", "warning": "1;33", "info": "1;36", "bold": "1", "frame": "34", "help": "1;32", "dim": "2"}


def paint(text: str, color: str, style: Style) -> str:
    """`text` in a colour, where colours are wanted."""
    return f"\x1b[{COLORS[color]}m{text}\x1b[0m" if style.color else text


def safe(text: str) -> str:
    """`text` with control and bidirectional characters spelled out: a payload must not steer the terminal."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char == "\t" else _spelled(char) for char in text)


def _spelled(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def closing(report: Report, style: Style) -> str:
    """The troubles and the last line: what was found in how much."""
    lines = [f"{paint('splint:', 'error', style)} {safe(notification.message)}\n" for notification in report.errors]
    lines += [f"{safe(words)}\n" for words in left_out(report)]
    if not style.quiet:
        summary = report.summary
        found = ", ".join(counted(summary[f"{level}s"], level) for level in SEVERITIES if summary[f"{level}s"])
        where = f"in {counted(summary['payloads'], 'payload')} of {counted(summary['files'], 'file')}"
        silent = [f"{summary[name]} {name}" for name in ("suppressed", "baselined") if summary[name]]
        also = f" ({', '.join(silent)})" if silent else ""
        lines.append(f"{found or 'no findings'} {where}{also}{_fixable(report)}\n")
    return "".join(lines)


def left_out(report: Report) -> list[str]:
    """How many findings of which files are not shown, in words."""
    return [
        f"{path}: {counted(count, 'more finding')} left out: --max-findings says how many are shown"
        for path, count in sorted(report.left_out.items())
    ]


def _fixable(report: Report) -> str:
    """How many findings --fix would see to, and how many more with --unsafe-fixes."""
    kinds = [found.fix.applicability for found in report.active if found.fix is not None]
    safe, unsafe = kinds.count("safe"), kinds.count("unsafe")
    if not kinds:
        return ""
    if not safe:
        return f"; {unsafe} fixable with --fix --unsafe-fixes"
    return f"; {safe} fixable with --fix" + (f", {unsafe} more with --unsafe-fixes" if unsafe else "")


def statistics(report: Report) -> str:
    """Counts by rule, the most frequent first."""
    counts = Counter((found.code, found.name) for found in report.active)
    width = len(str(max(counts.values(), default=0)))
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return "".join(f"{count:>{width}}  {code}  {name}\n" for (code, name), count in rows)


def wants_color(color: str) -> bool:
    """Whether to colour standard output: as told, or as the environment and the terminal say where that is `auto`."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
