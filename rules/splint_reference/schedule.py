"""Schedules."""

from collections.abc import Iterator
from datetime import UTC, datetime

from splint.payloads.nodes import AdGroup, Finding
from splint.reporting.wording import spelled
from splint.rules.guard import given, is_, lacks, later_than, past
from splint.rules.rule import GONE, bad, good, rule
from splint.schema.usual import moment
from splint_reference.campaign import CREATE_AD_GROUP

SECTION = "Create an ad group"
LAST_START, LAST_END = datetime(2028, 1, 1), datetime(2038, 1, 1)
START, END = "/adgroups/0/schedule_start_time", "/adgroups/0/schedule_end_time"
HALF_HOURS = 336


@rule(
    "REF206",
    "schedule-bounds",
    on=AdGroup,
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_AD_GROUP,),
    supersedes={"SPL217": "place"},
    since="0.1.0",
    requests={"create"},
    guard=lacks("AdGroup.schedule_start_time")
    | past("AdGroup.schedule_start_time", "AdGroup.schedule_end_time")
    | later_than("AdGroup.schedule_start_time", str(LAST_START))
    | later_than("AdGroup.schedule_end_time", str(LAST_END))
    | is_("AdGroup.schedule_type", "SCHEDULE_FROM_NOW") & given("AdGroup.schedule_end_time"),
    examples=lambda: [
        bad("no start", {START: GONE}, at=["/adgroups/0"]),
        bad("a second ago", {START: "2026-02-28 23:59:59"}, base="no-cbo", at=[START]),
        bad("a start in 2028", {START: "2028-01-01 00:00:01", END: "2028-02-01 00:00:00"}, base="no-cbo", at=[START]),
        bad("an end in the past", {START: "2026-03-01 00:00:00", END: "2026-02-28 23:59:59"}, base="no-cbo", at=[END]),
        bad("an end that nothing reads", {END: "2026-04-30 00:00:00"}, at=[END]),
        bad("an end in 2038", {END: "2038-01-01 00:00:01"}, base="no-cbo", at=[END]),
        good("now", {START: "2026-03-01 00:00:00"}, base="no-cbo"),
        good("the last start", {START: "2028-01-01 00:00:00", END: "2038-01-01 00:00:00"}, base="no-cbo"),
        bad("an end after 2038", {END: "2038-01-01 00:00:01"}, base="no-cbo", at=[END]),
        good("an end at this moment", {START: "2026-03-01 00:00:00", END: "2026-03-01 00:00:00"}, base="no-cbo"),
        good("a malformed start is SPL218", {START: "soon"}, base="no-cbo"),
        good("no end", {END: GONE}, base="no-cbo"),
        good("an update says what changes", {START: GONE, "/adgroups/0/adgroup_id": "1"}, base="no-cbo"),
    ],
)
def schedule_bounds(group: AdGroup) -> Iterator[Finding]:
    """An ad group starts now or later and by 2028, and ends by 2038.

    A start up to 12 hours ago is documented as allowed, and has been refused each time.
    """
    now = group.run.as_of.astimezone(UTC).replace(tzinfo=None)
    start, end = moment(group.schedule_start_time), moment(group.schedule_end_time)
    name = "schedule_start_time"
    if group.lacks(name):
        what = "schedule_start_time is missing: every schedule has a start"
        yield group.missing(what, "add schedule_start_time", about=name)
    elif start is not None and start < now:
        yield group.finding(name, f"{name} {start} lies before {now}", "start later")
    elif start is not None and start > LAST_START:
        yield group.finding(name, f"{name} {start} lies after {LAST_START}", "start earlier")
    name = "schedule_end_time"
    if group.schedule_type == "SCHEDULE_FROM_NOW" and end is not None:
        yield group.finding(
            name,
            f"{name} is given with SCHEDULE_FROM_NOW",
            "set schedule_type to SCHEDULE_START_END, or remove it",
            offers=("schedule_type", "SCHEDULE_START_END"),
        )
    elif end is not None and end < now:
        yield group.finding(name, f"{name} {end} lies in the past", "end later")
    elif end is not None and end > LAST_END:
        yield group.finding(name, f"{name} {end} lies after {LAST_END}", "end earlier")


@rule(
    "REF212",
    "dayparting",
    on=AdGroup,
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_AD_GROUP,),
    since="0.1.0",
    guard=given("AdGroup.dayparting"),
    examples=lambda: [
        bad("335 half hours", {"/adgroups/0/dayparting": "1" * 335}, at=["/adgroups/0/dayparting"]),
        bad("another digit", {"/adgroups/0/dayparting": "1" * 335 + "2"}, at=["/adgroups/0/dayparting"]),
        bad("never, or always?", {"/adgroups/0/dayparting": "0" * 336}, at=["/adgroups/0/dayparting"], level="warning"),
        good("336 half hours", {"/adgroups/0/dayparting": "10" * 168}),
    ],
)
def dayparting(group: AdGroup) -> Iterator[Finding]:
    """dayparting has a 0 or 1 for each of the 336 half hours of a week, from Monday."""
    text = group.dayparting
    if text is None:
        return
    if len(text) != HALF_HOURS or text.strip("01"):
        what = f"dayparting has {len(text)} characters, not {HALF_HOURS} of 0 and 1"
        if len(text) == HALF_HOURS:
            odd = next(index for index, mark in enumerate(text) if mark not in "01")
            what = f"dayparting has {spelled(text[odd])} as character {odd + 1}, neither 0 nor 1"
        yield group.finding("dayparting", what, "write 48 half hours x 7 days from Monday")
    elif "1" not in text:
        what = "dayparting is all zeros: TikTok's pages disagree on whether that means always or never"
        yield group.finding("dayparting", what, "leave it out for full-time delivery", level="warning")


RULES = (schedule_bounds, dayparting)
