"""The report for programs that edit payloads: patches, and questions that only a person can answer.

Facts only: the help of a finding, which tells people what to do, stands only where a question tells no way out, and no
id and no amount is proposed.
"""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from splint.reporting.masking import masked
from splint.reporting.questions import questions_of
from splint.reporting.ways import LONGEST_AT
from splint.reporting.wording import counted, cut, json_text, safe

if TYPE_CHECKING:
    from splint.reporting.report import Diagnostic, Fix, Report
    from splint.reporting.trial import Trials

MOST_BYTES = 8 * 1024
"""The size of an answer in UTF-8."""
MOST_ERRORS = 5
"""The most errors of splint itself in an answer; the rest is counted."""
LONGEST_MESSAGE = 600
LONGEST_PATH = 200
"""The most bytes of a message, and of a path."""
_CLOSING = 120
"""The bytes that the number of findings left off and the cursor may take."""


def size_of(answer: Any) -> int:
    """The bytes of an answer."""
    return len(json_text(answer).encode("utf-8", "replace"))


def page(report: "Report", found: "Sequence[Diagnostic]", limit: int, after: str | None, most: int) -> dict[str, Any]:
    """What `Report.to_agent` returns; `found` are the active findings in their order. Raises ValueError."""
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        raise ValueError(f"limit {limit!r} is no number of findings: it is 1 or more")
    cursors = _cursors(found)
    if after is not None and after not in cursors:
        raise ValueError(
            f"after {safe(str(after)[:80])!r} is no cursor of this report: without it the answer is the first"
        )
    start = cursors.index(after) + 1 if after is not None else 0
    answer: dict[str, Any] = {"ok": report.ok, "counts": _counts(report)}
    if report.errors:
        answer["errors"] = _errors(report)
    lists: dict[str, list[dict[str, Any]]] = {"findings": [], "needs_input": [], "unsafe_fixes": []}
    size, end = size_of({**answer, **lists}) + _CLOSING, start
    trials = report.trials() if report.trials is not None else None
    for one in found[start : start + limit]:
        parts = _parts(report, one, trials)
        more = sum(size_of(part) + 1 for several in parts.values() for part in several)
        if size + more > most:
            if end > start:
                break
            parts = _shortened(parts)
        for name, part in parts.items():
            lists[name] += part
        size, end = size + more, end + 1
    if not lists["unsafe_fixes"]:
        del lists["unsafe_fixes"]
    left = len(found) - end
    answer |= {**lists, "left_off": left + report.summary["left_out"]}
    return {**answer, "after": cursors[end - 1]} if left else answer


def _cursors(found: "Sequence[Diagnostic]") -> list[str]:
    """A cursor for each finding: its id, with a number behind it if an earlier one has the same."""
    seen: Counter[str] = Counter()
    cursors = []
    for one in found:
        identity = one.fingerprint
        seen[identity] += 1
        cursors.append(identity if seen[identity] == 1 else f"{identity}-{seen[identity]}")
    return cursors


def _counts(report: "Report") -> dict[str, int]:
    summary = report.summary
    return {name: summary[name] for name in ("payloads", "errors", "warnings", "infos", "suppressed", "baselined")}


def _errors(report: "Report") -> list[str]:
    """The errors of splint itself."""
    messages = [cut(one.message, LONGEST_MESSAGE) for one in report.errors]
    more = len(messages) - MOST_ERRORS
    return [*messages[:MOST_ERRORS], *([f"{counted(more, 'more error')} of splint itself"] if more > 0 else ())]


def _parts(report: "Report", one: "Diagnostic", trials: "Trials | None") -> dict[str, list[dict[str, Any]]]:
    """What an answer says of a finding, by the list that it stands in."""
    fix = _shown(one.fix)
    entry: dict[str, Any] = {"id": one.fingerprint, "code": one.code, "level": one.severity}
    is_of_file = one.path != "<input>"
    if is_of_file:
        entry["path"] = cut(one.path, LONGEST_PATH)
    if one.document is not None:
        entry["document"] = one.document
    if is_of_file and one.marked is not None:
        entry["line"] = one.marked.start.line
    entry |= {"at": cut(one.pointer, LONGEST_AT), "message": cut(one.summary, LONGEST_MESSAGE)}
    parts = {"findings": [entry]}
    is_safe = one.fix is not None and one.fix.applicability == "safe"
    if fix is not None and is_safe and fix.patch:
        entry["patch"] = fix.given_patch()
    if not is_safe:
        parts["needs_input"] = questions_of(report, one, trials)
    if fix is not None and not is_safe:
        changes = cut(fix.title, LONGEST_AT)
        parts["unsafe_fixes"] = [{"id": one.fingerprint, "changes": changes, "patch": fix.given_patch()}]
    return parts


def _shown(fix: "Fix | None") -> "Fix | None":
    """A fix, unless its patch would show a credential."""
    if fix is None:
        return None
    text = json_text(fix.patch)
    return fix if masked(text) == text else None


def _shortened(parts: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """What is said of a finding whose patch alone is too long for an answer: how many bytes it has."""
    return {
        name: [
            {key: value for key, value in part.items() if key != "patch"}
            | ({"patch_left_off": size_of(part["patch"])} if "patch" in part else {})
            for part in several
        ]
        for name, several in parts.items()
    }
