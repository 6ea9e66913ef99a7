"""What the rows of TikTok's lists say of their objects."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from splint.schema.vocabulary import NAME_FIELDS, OBJECT_LEVELS, OWN_IDS, PARENT_FIELDS, ObjectLevel
from splint.submit.plan import Step

ZONES = timedelta(hours=26)
"""How far apart clocks in two time zones may be."""
BEGINNING = 2016
"""The year before which no object of TikTok's was made: an earlier time in a row is none."""
Row = Mapping[str, Any]
Key = tuple[ObjectLevel, str]
"""An object's level and id: objects of two levels may have one id."""


def by_key(below: Mapping[ObjectLevel, Mapping[str, Row]]) -> dict[Key, Row]:
    """Rows by the keys of their objects."""
    return {(level, own): row for level, rows in below.items() for own, row in rows.items()}


def is_named(row: Row, step: Step, ids: Mapping[str, str]) -> bool:
    """Whether a row has exactly a step's name, level and parent."""
    is_below = step.parent is None or str(row.get(PARENT_FIELDS[step.level])) == ids.get(step.parent)
    return is_below and row.get(NAME_FIELDS[step.level]) == step.name


def is_of_advertiser(row: Row, advertiser_id: str) -> bool:
    """Whether a row is of an advertiser's object; a row without an advertiser counts as such."""
    return str(row.get("advertiser_id") or advertiser_id) == advertiser_id


def level_of(row: Row) -> ObjectLevel:
    """The level of the object of a row."""
    return [level for level in OBJECT_LEVELS if OWN_IDS[level] in row][-1]


def described(row: Row) -> str:
    """The kind, id and name of the object of a row, for messages."""
    level = level_of(row)
    name = row.get(NAME_FIELDS[level])
    return f"{level} {row[OWN_IDS[level]]} {'without a name' if name in (None, '') else repr(name)}"


def listed(rows: Iterable[Row]) -> str:
    """The objects of rows, sorted, for messages."""
    return ", ".join(sorted(map(described, rows)))


def ids_of(rows: Iterable[Row]) -> str:
    """The ids of the campaigns of rows, sorted, for messages."""
    return ", ".join(sorted({str(row["campaign_id"]) for row in rows}))


def shown_names(rows: Iterable[Row]) -> set[str]:
    """The names that rows of campaigns show."""
    return {str(row["campaign_name"]) for row in rows if row.get("campaign_name")}


def is_older(row: Row, since: str) -> bool:
    """Whether a row's create_time is before a time, whatever their zones; False if it has none."""
    return _between(row.get("create_time"), since) > ZONES  # a sum would overflow in the year 9999


def is_newer(row: Row, last: str) -> bool:
    """Whether a row's create_time is after a time, whatever their zones; False if it has none."""
    return _between(last, row.get("create_time")) > ZONES


def _between(first: Any, second: Any) -> timedelta:
    """The time from a first point in time to a second one; 0 if one of them is none, or is before TikTok began."""
    try:
        start, end = (datetime.fromisoformat(str(text)) for text in (first, second))
    except ValueError:
        return timedelta()
    if min(start.year, end.year) < BEGINNING:
        return timedelta()
    start, end = (each if each.tzinfo else each.replace(tzinfo=UTC) for each in (start, end))
    return end - start
