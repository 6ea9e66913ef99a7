"""Event deduplication."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from splint.gate import holds_unknown
from splint.nodes import EventLog, EventRecord, Finding
from splint.rules import bad, good, rule

SECTION = "Event deduplication"
WINDOW = 48 * 3600
NAMES = {"pixel": "Pixel", "events_api": "Events API"}
OTHER = {"pixel": "events_api", "events_api": "pixel"}


def _pixel(event_id: str = "1", at: int = 0, event: str = "CompletePayment", more: str = "") -> str:
    return f'{{"source": "pixel", "event": "{event}", "event_id": "{event_id}", "event_time": {at}{more}}}'


def _api(event_id: str = "1", at: int = 0, event: str = "CompletePayment", more: str = "") -> str:
    record = f'{{"event": "{event}", "event_id": "{event_id}", "event_time": {at}{more}}}'
    return f'{{"event_source": "web", "event_source_id": "7", "data": [{record}]}}'


def _run(*documents: str) -> str:
    return f"[{', '.join(documents)}]"


def _groups(records: Iterable[EventRecord]) -> Iterable[list[EventRecord]]:
    """The records that share event and event_id, group by group."""
    found: defaultdict[tuple[str, str], list[EventRecord]] = defaultdict(list)
    for record in records:
        if record.event is not None and record.event_id is not None:
            found[record.event, record.event_id].append(record)
    return found.values()


@rule(
    "SPL602",
    "event-id-missing",
    on=EventLog,
    level="warning",
    section=SECTION,
    basis="stated",
    examples=lambda: [
        bad("both sources in the run", text=_run(_pixel(), _api("")), at=["/1/data/0"]),
        bad("both sources by the facts", text=_pixel(""), facts={"event_sources": ["pixel", "events_api"]}, at=[""]),
        good("one source", text=_pixel("")),
        good("one in the run, the other by the facts", text=_pixel(""), facts={"event_sources": ["events_api"]}),
        good("both have ids", text=_run(_pixel(), _api())),
    ],
)
def event_id_missing(log: EventLog) -> Iterator[Finding]:
    """With Pixel and Events API both in use, every web event has an event_id.

    TikTok cannot tell the two reports of one conversion apart without it, and counts it twice.
    """
    for record in log.records:
        if record.is_web and record.lacks("event_id") and log.both_in_use(record):
            yield record.missing(
                "event_id is missing while Pixel and Events API are both in use: the conversion is counted twice",
                "add the event_id that the other source sends, such as the order's id",
            )


@rule(
    "SPL603",
    "event-outside-dedup-window",
    on=EventLog,
    level="warning",
    section=SECTION,
    basis="stated",
    examples=lambda: [
        bad("48 hours and a second", text=_run(_pixel(), _api(at=172801)), at=["/1/data/0"]),
        bad("a second Pixel record too late", text=_run(_pixel(), _pixel(at=360000), _api()), at=["/1"]),
        good("48 hours", text=_run(_pixel(), _api(at=172800))),
        good("milliseconds", text=_run(_pixel(at=1772323200), _api(at=1772323200000))),
        good("another event", text=_run(_pixel(), _api(at=172801, event="ViewContent"))),
    ],
)
def event_outside_dedup_window(log: EventLog) -> Iterator[Finding]:
    """The two reports of one conversion lie at most 48 hours apart.

    Beyond that TikTok counts both.
    """
    for group in _groups(record for record in log.records if record.is_web):
        told: set[int] = set()
        timed = [record for record in group if record.moment is not None]
        for record in timed:
            partners = [other for other in timed if other.source != record.source]
            nearest = min(partners, key=lambda other: _apart(record, other), default=None)
            if nearest is not None and _apart(record, nearest) > WINDOW:
                earlier, later = sorted((record, nearest), key=lambda found: (found.moment or 0.0, found.order))
                if id(later) in told:
                    continue
                told.add(id(later))
                hours = _apart(record, nearest) / 3600
                what = f"event_id {record.event_id} of {record.event} is reported {hours:.1f} hours apart"
                yield later.finding(
                    "",
                    f"{what} by Pixel and Events API, more than 48: both are counted",
                    "send both reports of a conversion within 48 hours",
                    earlier.place("", f"the {NAMES[earlier.source]} reports it here"),
                )


def _apart(one: EventRecord, other: EventRecord) -> float:
    return abs((one.moment or 0.0) - (other.moment or 0.0))


@rule(
    "SPL604",
    "event-unpaired",
    on=EventLog,
    level="info",
    section=SECTION,
    basis="implied",
    examples=lambda: [
        bad("one of two", text=_run(_pixel("1"), _pixel("2"), _api("1")), at=["/1"]),
        good("a pair", text=_run(_pixel(), _api())),
        good(
            "an event that the other source does not report",
            text=_run(_pixel(), _api(), _pixel("2", event="ViewContent")),
        ),
        good("one source", text=_pixel()),
    ],
)
def event_unpaired(log: EventLog) -> Iterator[Finding]:
    """An event that both sources report comes from both.

    One finding sums an event type up.
    """
    ids: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    blind: set[tuple[str, str]] = set()
    records = [record for record in log.records if record.is_web and record.event is not None]
    for record in records:
        key = (record.event or "", record.source)
        ids[key].add(record.event_id or "")
        if record.event_id is None and not record.lacks("event_id"):
            blind.add(key)
    alone: defaultdict[str, list[EventRecord]] = defaultdict(list)
    for record in records:
        other = (record.event or "", OTHER[record.source])
        if record.event_id is not None and other in ids and other not in blind and record.event_id not in ids[other]:
            alone[record.event or ""].append(record)
    for event, found in alone.items():
        counts = " and ".join(
            f"{count} from the {NAMES[source]}"
            for source in NAMES
            if (count := sum(record.source == source for record in found))
        )
        yield found[0].finding(
            "",
            f"{event} has records without a partner in the other source: {counts}",
            "send each conversion through both, with one event_id",
        )


@rule(
    "SPL605",
    "event-id-reused",
    on=EventLog,
    level="warning",
    section=SECTION,
    basis="stated",
    examples=lambda: [
        bad("another time", text=_run(_pixel(), _pixel(at=172800)), at=["/1"]),
        bad("another value", text=_run(_pixel(), _pixel(more=', "properties": {"value": 9}')), at=["/1"]),
        good("48 hours and a second later", text=_run(_pixel(), _pixel(at=172801))),
        good("the same record twice", text=_run(_pixel(), _pixel())),
    ],
)
def event_id_reused(log: EventLog) -> Iterator[Finding]:
    """An event_id is unique per conversion.

    Records of one source that share it within 48 hours are counted once.
    """
    for group in _groups(log.records):
        for index, record in enumerate(group):
            before = next((other for other in group[:index] if _clashes(record, other)), None)
            if before is not None:
                whose = f"another record of the {NAMES[record.source]}"
                yield record.finding(
                    "",
                    f"event_id {record.event_id} of {record.event} stands for {whose} within 48 hours: both count once",
                    "give each conversion an event_id of its own",
                    before.place("", "used here"),
                )


def _clashes(one: EventRecord, other: EventRecord) -> bool:
    if one.source != other.source or one.moment is None or other.moment is None or _apart(one, other) > WINDOW:
        return False
    mine, theirs = ({name: value for name, value in r.raw.items() if name != "event_time"} for r in (one, other))
    return one.moment != other.moment or (mine != theirs and not holds_unknown([mine, theirs]))


RULES = (event_id_missing, event_outside_dedup_window, event_unpaired, event_id_reused)
