"""Event deduplication."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from splint.payloads.nodes import EventLog, EventRecord, Finding
from splint.payloads.validation import holds_unknown
from splint.reporting.wording import amount
from splint.rules.rule import bad, good, rule

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
    groups: defaultdict[tuple[str, str], list[EventRecord]] = defaultdict(list)
    for record in records:
        if record.event is not None and record.event_id is not None:
            groups[record.event, record.event_id].append(record)
    return groups.values()


@rule(
    "SPL602",
    "event-id-missing",
    on=EventLog,
    level="warning",
    section=SECTION,
    basis="stated",
    since="0.1.0",
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
                about="event_id",
            )


@rule(
    "SPL603",
    "event-outside-dedup-window",
    on=EventLog,
    level="warning",
    section=SECTION,
    basis="stated",
    since="0.1.0",
    examples=lambda: [
        bad("48 hours and a second", text=_run(_pixel(), _api(at=172801)), at=["/1/data/0"]),
        bad("a second Pixel record too late", text=_run(_pixel(), _pixel(at=360000), _api()), at=["/1"]),
        good("48 hours", text=_run(_pixel(), _api(at=172800))),
        good("milliseconds", text=_run(_pixel(at=1772323200), _api(at=1772323200000))),
        good("another event", text=_run(_pixel(), _api(at=172801, event="ViewContent"))),
        bad("the Pixel too late", text=_run(_api(at=1), _pixel(at=172802)), at=["/1"]),
        bad("the nearest of two is too far", text=_run(_pixel(), _pixel(at=10), _api(at=172811)), at=["/2/data/0"]),
        bad("one of two is near", text=_run(_pixel(), _api(at=172801), _api(at=5)), at=["/1/data/0"]),
        good("without an event_id it is SPL602", text=_run(_pixel(""), _api("", at=172801))),
    ],
)
def event_outside_dedup_window(log: EventLog) -> Iterator[Finding]:
    """The two reports of one conversion lie at most 48 hours apart.

    Beyond that TikTok counts both.
    """
    for group in _groups(record for record in log.records if record.is_web):
        told: set[int] = set()
        timed = [record for record in group if record.moment is not None]
        partners = {source: _by_moment(record for record in timed if record.source != source) for source in NAMES}
        for record in timed:
            nearest = _nearest(record, partners[record.source])
            if nearest is not None and _apart(record, nearest) > WINDOW:
                earlier, later = sorted((record, nearest), key=lambda each: (_moment(each), each.order))
                if id(later) in told:
                    continue
                told.add(id(later))
                apart = _hours(_apart(record, nearest))
                what = f"event_id {record.event_id} of {record.event} is reported {apart} apart"
                yield later.finding(
                    "",
                    f"{what} by Pixel and Events API, more than 48: both are counted",
                    "send both reports of a conversion within 48 hours",
                    earlier.place("", f"the {NAMES[earlier.source]} reports it here"),
                )


def _hours(seconds: float) -> str:
    """A time in hours, and in seconds what is left over of less than a tenth of one past 48."""
    over = seconds - WINDOW
    return f"48 hours and {amount(round(over, 3))} s" if over < 360 else f"{seconds / 3600:.1f} hours"


def _moment(record: EventRecord) -> float:
    """The moment of a record that has one."""
    return record.moment or 0.0


def _apart(one: EventRecord, other: EventRecord) -> float:
    return abs(_moment(one) - _moment(other))


def _by_moment(records: Iterable[EventRecord]) -> list[EventRecord]:
    """The first record of each moment, by moment."""
    first: dict[float, EventRecord] = {}
    for record in records:
        first.setdefault(_moment(record), record)
    return [first[moment] for moment in sorted(first)]


def _nearest(record: EventRecord, partners: Sequence[EventRecord]) -> EventRecord | None:
    """The partner that is least apart, the first of several; `partners` are sorted by moment."""
    from bisect import bisect_left  # few runs hold event records

    at = bisect_left(partners, _moment(record), key=_moment)
    least = min((_apart(record, other) for other in partners[max(at - 1, 0) : at + 1]), default=None)
    others = []
    for indexes in (range(at - 1, -1, -1), range(at, len(partners))):
        for index in indexes:
            if _apart(record, partners[index]) != least:
                break
            others.append(partners[index])
    return min(others, key=lambda other: other.order, default=None)


@rule(
    "SPL604",
    "event-unpaired",
    on=EventLog,
    level="info",
    section=SECTION,
    basis="implied",
    since="0.1.0",
    examples=lambda: [
        bad("one of two", text=_run(_pixel("1"), _pixel("2"), _api("1")), at=["/1"]),
        bad("a partner without an event_id", text=_run(_pixel("1"), _api("")), at=["/0"]),
        good("a pair", text=_run(_pixel(), _api())),
        good(
            "an event that the other source does not report",
            text=_run(_pixel(), _api(), _pixel("2", event="ViewContent")),
        ),
        good("one source", text=_pixel()),
        good("an event_id to come", text=_run(_pixel("1"), _api("{{id}}"))),
        good("an event to come", text=_run(_pixel("1", event="{{event}}"), _api("2", event="{{event}}"))),
        good("without an event_id it is SPL602", text=_run(_pixel(""), _pixel("1"), _api("1"))),
    ],
)
def event_unpaired(log: EventLog) -> Iterator[Finding]:
    """An event that both sources report comes from both.

    One finding sums an event type up.
    """
    ids: defaultdict[tuple[str, str], set[str | None]] = defaultdict(set)
    blind: set[tuple[str, str]] = set()
    records = [(record.event, record) for record in log.records if record.is_web and record.event is not None]
    for event, record in records:
        key = (event, record.source)
        ids[key].add(record.event_id)
        if record.event_id is None and not record.lacks("event_id"):
            blind.add(key)
    alone: defaultdict[str, list[EventRecord]] = defaultdict(list)
    for event, record in records:
        other = (event, OTHER[record.source])
        if record.event_id is not None and other in ids and other not in blind and record.event_id not in ids[other]:
            alone[event].append(record)
    for event, unpaired in alone.items():
        counts = " and ".join(
            f"{count} from the {NAMES[source]}"
            for source in NAMES
            if (count := sum(record.source == source for record in unpaired))
        )
        found = unpaired[0].finding(
            "",
            f"{event} has records without a partner in the other source: {counts}",
            "send each conversion through both, with one event_id",
        )
        yield found._replace(is_answerable=False)


@rule(
    "SPL605",
    "event-id-reused",
    on=EventLog,
    level="warning",
    section=SECTION,
    basis="stated",
    since="0.1.0",
    examples=lambda: [
        bad("another time", text=_run(_pixel(), _pixel(at=172800)), at=["/1"]),
        bad("another value", text=_run(_pixel(), _pixel(more=', "properties": {"value": 9}')), at=["/1"]),
        good("48 hours and a second later", text=_run(_pixel(), _pixel(at=172801))),
        good("the same record twice", text=_run(_pixel(), _pixel())),
        bad(
            "the second of three",
            text=_run(_pixel(), _pixel(more=', "properties": {"value": 9}'), _pixel()),
            at=["/1", "/2"],
        ),
        bad("the last of three", text=_run(_pixel(), _pixel(), _pixel(more=', "properties": {"value": 9}')), at=["/2"]),
        bad(
            "three values",
            text=_run(*(_pixel(more=f', "properties": {{"value": {value}}}') for value in (7, 8, 9))),
            at=["/1", "/2"],
        ),
        bad("an earlier time", text=_run(_pixel(at=100), _pixel()), at=["/1"]),
        bad("three times", text=_run(_pixel(at=100), _pixel(), _pixel(at=50)), at=["/1", "/2"]),
        good("the two reports of one conversion", text=_run(_pixel(), _api(at=5))),
        good("a value to come", text=_run(_pixel(), _pixel(more=', "properties": {"value": "{{value}}"}'))),
    ],
)
def event_id_reused(log: EventLog) -> Iterator[Finding]:
    """An event_id is unique per conversion.

    Records of one source that share it within 48 hours are counted once.
    """
    for group in _groups(log.records):
        clashes = _clashes(group)
        for index, record in enumerate(group):
            before = clashes.get(index)
            if before is not None:
                whose = f"another record of the {NAMES[record.source]}"
                yield record.finding(
                    "",
                    f"event_id {record.event_id} of {record.event} stands for {whose} within 48 hours: both count once",
                    "give each conversion an event_id of its own",
                    before.place("", "used here"),
                )


def _clashes(group: Sequence[EventRecord]) -> dict[int, EventRecord]:
    """From the index of a record to the first one before it that is counted with it and is not the same."""
    partners: dict[int, EventRecord] = {}
    for source in NAMES:
        moments: defaultdict[float, list[int]] = defaultdict(list)
        for index, record in enumerate(group):
            if record.source == source and record.moment is not None:
                moments[record.moment].append(index)
        firsts = sorted((moment, indexes[0]) for moment, indexes in moments.items())
        earlier = _first_within(firsts)
        later = _first_within([(-moment, index) for moment, index in reversed(firsts)])
        for moment, indexes in moments.items():
            unlike = _first_unlike([group[index].raw for index in indexes])
            for place, index in enumerate(indexes):
                same = indexes[unlike[place]] if place in unlike else index
                before = min(earlier.get(moment, index), later.get(-moment, index), same)
                if before < index:
                    partners[index] = group[before]
    return partners


def _first_within(firsts: Sequence[tuple[float, int]]) -> dict[float, int]:
    """From each moment to the lowest index of those up to 48 hours before it; `firsts` are sorted by moment."""
    nearest: dict[float, int] = {}
    near: deque[tuple[float, int]] = deque()
    for moment, index in firsts:
        while near and moment - near[0][0] > WINDOW:
            near.popleft()
        if near:
            nearest[moment] = near[0][1]
        while near and near[-1][1] > index:
            near.pop()
        near.append((moment, index))
    return nearest


def _first_unlike(raws: Sequence[dict[str, Any]]) -> dict[int, int]:
    """For what is sure to differ from one before it, the first such one; event_time does not count."""
    earlier: dict[int, int] = {}
    known: list[tuple[int, dict[str, Any]]] = []
    for index, raw in enumerate(raws if len(raws) > 1 else ()):
        rest = {name: value for name, value in raw.items() if name != "event_time"}
        if holds_unknown(rest):
            continue
        before = next((first for first, other in known if other != rest), None)
        if before is not None:
            earlier[index] = before
        if not known or (before is not None and len(known) < 2):
            known.append((index, rest))
    return earlier


RULES = (event_id_missing, event_outside_dedup_window, event_unpaired, event_id_reused)
