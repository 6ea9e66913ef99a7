"""Schedule."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

from splint.payloads.nodes import AdGroup, Finding, Fix
from splint.reporting.wording import either
from splint.rules.guard import is_, lacks, reaches, unusual
from splint.rules.rule import GONE, bad, good, rule
from splint.schema.usual import moment, unix_moment
from splint_guide.budget import MAY_BE_LIFETIME, or_to_daily_budget

SECTION = "Schedule"
TIMES = ("schedule_start_time", "schedule_end_time")
START, END = "/adgroups/0/schedule_start_time", "/adgroups/0/schedule_end_time"


@cache
def _iso_form() -> re.Pattern[str]:
    date, time = r"[0-9]{4}-[0-9]{2}-[0-9]{2}", r"(?!24)[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,]0+)?)?"
    return re.compile(
        rf"(?P<date>{date})[Tt ](?P<time>{time})(?P<zone>[Zz]|(?!-00(?::?00)?$)[+-][0-9]{{2}}(?::?[0-5][0-9])?)"
    )


def _rewritten(text: str | None) -> tuple[datetime, bool] | None:
    """The moment in UTC of an ISO 8601 text that names its offset, and whether that is UTC; None for anything else."""
    match = _iso_form().fullmatch(text) if text is not None else None
    if match is None:
        return None
    try:
        time = datetime.fromisoformat(f"{match['date']}T{match['time']}{match['zone']}".upper())
        return time.astimezone(UTC).replace(tzinfo=None), not time.utcoffset()
    except (ValueError, OverflowError):
        return None


@rule(
    "SPL216",
    "continuous-schedule-needs-daily-budget",
    on=AdGroup,
    level="error",
    section=SECTION,
    basis="stated",
    since="0.1.0",
    guard=is_("AdGroup.schedule_type", "SCHEDULE_FROM_NOW") & MAY_BE_LIFETIME,
    examples=lambda: [
        bad(
            "CBO with a lifetime budget",
            {"/campaign/budget_mode": "BUDGET_MODE_TOTAL"},
            at=["/adgroups/0/schedule_type"],
        ),
        bad("the campaign unknown", {"/budget_mode": "BUDGET_MODE_TOTAL"}, base="ad-group", at=["/schedule_type"]),
        good("a daily budget", {}),
        good("a window", {"/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL"}, base="no-cbo"),
        good(
            "a campaign's mode that SPL102 refuses",
            {
                "/campaign/budget_mode": "BUDGET_MODE_DYNAMIC_DAILY_BUDGET",
                "/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL",
                "/adgroups/0/schedule_type": "SCHEDULE_FROM_NOW",
            },
            base="no-cbo",
            beside=("SPL102",),
        ),
        good("a window that starts now", {"/adgroups/0/schedule_type": "SCHEDULE_FROM_NOW"}, base="no-cbo"),
    ],
)
def continuous_schedule_needs_daily_budget(group: AdGroup) -> Iterator[Finding]:
    """A continuous schedule runs on a daily budget.

    A lifetime budget needs an end to be spread over.
    """
    if group.governing_budget.is_lifetime:
        way, offers = or_to_daily_budget(group)
        yield group.finding(
            "schedule_type",
            "schedule_type SCHEDULE_FROM_NOW needs a daily budget, but the governing budget_mode is BUDGET_MODE_TOTAL",
            f"{way}use SCHEDULE_START_END with both times",
            *group.governing_place,
            offers=(*offers, "SCHEDULE_START_END"),
        )


@rule(
    "SPL217",
    "schedule-window-incomplete",
    on=AdGroup,
    level="error",
    section=SECTION,
    basis="stated",
    since="0.1.0",
    requests={"create"},
    guard=is_("AdGroup.schedule_type", "SCHEDULE_START_END") & lacks(*(f"AdGroup.{name}" for name in TIMES)),
    examples=lambda: [
        bad("no end", {END: GONE}, base="no-cbo", at=["/adgroups/0"]),
        bad("no start", {START: GONE}, base="no-cbo", at=["/adgroups/0"]),
        bad("neither", {START: GONE, END: GONE}, base="no-cbo", at=["/adgroups/0"]),
        good("both", {}, base="no-cbo"),
        good("a continuous schedule", {}),
        good("an update says what changes", {"/adgroups/0/adgroup_id": "1", END: GONE}, base="no-cbo"),
    ],
)
def schedule_window_incomplete(group: AdGroup) -> Iterator[Finding]:
    """SCHEDULE_START_END has a start and an end.

    Both schedule_start_time and schedule_end_time.
    """
    absent = [name for name in TIMES if group.lacks(name)]
    found = _missing(group, absent)
    yield found._replace(rest=_missing(group, absent[1:])) if absent[1:] else found


def _missing(group: AdGroup, absent: list[str]) -> Finding:
    verb = "is" if len(absent) == 1 else "are"
    what = f"{either(absent, 'and')} {verb} missing: SCHEDULE_START_END needs both times"
    return group.missing(what, f"add {either(absent, 'and')}", about=absent[0], also=absent[1:])


@rule(
    "SPL218",
    "schedule-time-format",
    on=AdGroup,
    level="error",
    section=SECTION,
    basis="stated",
    fix="safe",
    since="0.1.0",
    guard=unusual(*(f"AdGroup.{name}" for name in TIMES)),
    examples=lambda: [
        bad(
            "ISO 8601",
            {START: "2026-04-01T00:00:00Z"},
            base="no-cbo",
            at=[START],
            fixed={START: "2026-04-01 00:00:00"},
            is_safe=True,
        ),
        bad(
            "ISO 8601 to the millisecond",
            {START: "2026-04-01T09:30:00.000+00:00"},
            base="no-cbo",
            at=[START],
            fixed={START: "2026-04-01 09:30:00"},
            is_safe=True,
        ),
        bad(
            "ISO 8601 with another offset",
            {START: "2026-04-01T00:00:00+02:00"},
            base="no-cbo",
            at=[START],
            fixed={START: "2026-03-31 22:00:00"},
        ),
        bad("ISO 8601 without an offset", {START: "2026-04-01T00:00:00"}, base="no-cbo", at=[START]),
        bad("a fraction of a second", {START: "2026-04-01T00:00:00.5Z"}, base="no-cbo", at=[START]),
        bad("ISO 8601 of a day that is none", {END: "2026-04-31T00:00:00Z"}, base="no-cbo", at=[END]),
        bad("an end that would lie before the start", {END: "2026-03-01T00:00:00Z"}, base="no-cbo", at=[END]),
        bad("a day that is none", {END: "2026-02-29 00:00:00"}, base="no-cbo", at=[END]),
        bad("an hour that is none", {END: "2026-04-30 24:00:00"}, base="no-cbo", at=[END]),
        bad("a unix time as text", {END: "1777507200"}, base="no-cbo", at=[END]),
        bad("no seconds", {END: "2026-04-30 23:59"}, base="no-cbo", at=[END]),
        good("a leap day", {START: "2028-02-29 00:00:00", END: "2028-03-01 00:00:00"}, base="no-cbo"),
        bad(
            "a start alone",
            {START: "2026-04-01T00:00:00Z", END: GONE},
            base="no-cbo",
            at=[START],
            fixed={START: "2026-04-01 00:00:00"},
            is_safe=True,
        ),
        bad(
            "an end alone",
            {START: GONE, END: "2026-04-30T00:00:00Z"},
            base="no-cbo",
            at=[END],
            fixed={END: "2026-04-30 00:00:00"},
            is_safe=True,
        ),
        bad("an end that would be the start", {END: "2026-04-01T00:00:00Z"}, base="no-cbo", at=[END], fixed={}),
        bad(
            "both, the wrong way round",
            {START: "2026-04-02T00:00:00Z", END: "2026-04-01T00:00:00Z"},
            base="no-cbo",
            at=[START, END],
            fixed={},
        ),
        good("neither", {}),
    ],
)
def schedule_time_format(group: AdGroup) -> Iterator[Finding]:
    """Schedule times are real moments written YYYY-MM-DD HH:MM:SS.

    In UTC, with a space between date and time. There is no fix where the schedule would end before it starts: which of
    its two times is wrong, only its author knows.
    """
    texts = {name: group.holds(name) for name in TIMES}
    readings = {name: _rewritten(text) if moment(text) is None else None for name, text in texts.items()}
    start, end = (moment(texts[name]) or (readings[name] or [None])[0] for name in TIMES)
    for name in TIMES:
        text, fix, meant = getattr(group, name), None, readings[name]
        if text is None or moment(text) is not None:
            continue
        what, help = _malformed(name, text, meant[0] if meant else unix_moment(text))
        if meant is not None and start is not None and end is not None and start >= end:
            help += ", and set an end after the start"
        elif meant is not None:
            put = group.put(name, str(meant[0]))
            fix = Fix(f"write {name} as {meant[0]}", (put,), is_safe=meant[1], respells=True)
        yield group.finding(name, what, help, fix=fix)


@cache
def _parts() -> re.Pattern[str]:
    return re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?.*)?", re.DOTALL)


def _malformed(name: str, text: str, meant: datetime | None) -> tuple[str, str]:
    """What is wrong with a time that is no moment, and what to write; `meant` is the moment that it tells otherwise."""
    from calendar import monthrange  # for start time: few times are malformed

    parts = _parts().fullmatch(text)
    year, month, day, *clock = (int(part or 0) for part in parts.groups()) if parts else (1, 1, 1)
    gone, help = None, f"write {meant or 'it as in 2026-04-01 00:00:00'}"
    if not 1 <= month <= 12:
        gone, help = "the month does not exist", "write a month from 01 to 12"
    elif year and not 1 <= day <= (days := monthrange(year, month)[1]):
        gone, help = "the day does not exist", f"write a day from 01 to {days}"
    elif any(part > most for part, most in zip(clock, (23, 59, 59), strict=False)):
        gone, help = "the time does not exist", "write a time from 00:00:00 to 23:59:59"
    if gone is not None and len(text) == 19 and text[10] == " ":
        return f'{name} "{text}" is written as it should be, but {gone}', help
    why = f": {gone}" if gone else ": it is a unix time" if unix_moment(text) else ""
    return f'{name} "{text}" is no moment written YYYY-MM-DD HH:MM:SS{why}', help


@rule(
    "SPL219",
    "schedule-window-inverted",
    on=AdGroup,
    level="error",
    section=SECTION,
    basis="sanity",
    since="0.1.0",
    guard=reaches("AdGroup.schedule_start_time", "AdGroup.schedule_end_time"),
    examples=lambda: [
        bad("an end before the start", {END: "2026-03-31 23:59:59"}, base="no-cbo", at=[END]),
        bad("an end at the start", {END: "2026-04-01 00:00:00"}, base="no-cbo", at=[END]),
        good("a second later", {END: "2026-04-01 00:00:01"}, base="no-cbo"),
        good("a malformed time is SPL218", {END: "2026-03-31"}, base="no-cbo"),
        good("a start alone", {END: GONE}, base="no-cbo"),
        good("an end alone", {START: GONE}, base="no-cbo"),
    ],
)
def schedule_window_inverted(group: AdGroup) -> Iterator[Finding]:
    """A schedule ends after it starts."""
    start, end = (moment(group.holds(name)) for name in TIMES)
    own = [name for name in reversed(TIMES) if getattr(group, name) is not None]
    if own and start is not None and end is not None and end <= start:
        places = [group.place("schedule_start_time", "the start")] if len(own) == 2 else []
        yield group.finding(
            own[0], f"the schedule ends at {end}, not after its start at {start}", "set an end after the start", *places
        )


RULES = (
    continuous_schedule_needs_daily_budget,
    schedule_window_incomplete,
    schedule_time_format,
    schedule_window_inverted,
)
