"""Ids that answers gave and that rows show to be those of others' objects: they are given up."""

from collections.abc import Mapping

from splint.schema.vocabulary import NAME_FIELDS, PARENT_FIELDS, ObjectLevel
from splint.submit.names import is_near
from splint.submit.namesakes import namesakes
from splint.submit.reading import Reader, Row, described, is_older
from splint.submit.record import Record

MOST_IDS = 100
"""The most ids in one query."""


def objection(row: Row, record: Record, reader: Reader | None = None) -> str | None:
    """What speaks against a row of the campaign's id whose name only resembles the one that was sent, if anything does.

    With a `reader` also that a campaign has the name itself, unless another run made that.
    """
    campaign, name = record.resource(record.start["campaign"]), row.get(NAME_FIELDS["campaign"])
    is_accepted = NAME_FIELDS["campaign"] in (record.start.get("accept_drift") or ())
    if campaign.state == "VERIFIED" or is_accepted or name in (None, *campaign.names):
        return None
    if not any(is_near(one, name) for one in campaign.names):  # a person may have renamed it
        return None
    if campaign.id in (record.start.get("stood") or ()):
        return "it stood before the run began"
    if is_older(row, record.start["time"]):
        return f"it was created at {row['create_time']}, before the run began"
    beside = namesakes(record, reader) if reader is not None else {}
    return next((f"{ids} is named {exact!r}" for exact, ids in beside.items()), None)


def has_children(record: Record) -> bool:
    """Whether anything may have been sent below the campaign."""
    below = (one for one in record.resources.values() if one.path != record.start["campaign"])
    return any(one.names or one.is_created for one in below)


def is_mistaken(row: Row, path: str, level: ObjectLevel, record: Record) -> bool:
    """Whether a row of the id of an ad group or ad, never VERIFIED, has another name and stands elsewhere.

    What has its name may be the run's, wherever it stands, and what stands below the campaign may have been renamed.
    """
    resource, advertiser = record.resource(path), record.start["advertiser_id"]
    name = row.get(NAME_FIELDS[level])
    if resource.state != "CREATED" or level == "campaign" or name is None:
        return False
    if not resource.names or any(is_near(one, name) for one in resource.names):
        return False
    campaign = str(row.get("campaign_id") or "")
    is_elsewhere = campaign not in ("", record.resource(record.start["campaign"]).id)
    return is_elsewhere or str(row.get("advertiser_id") or advertiser) != advertiser


def give_up(levels: Mapping[str, ObjectLevel], record: Record, reader: Reader) -> list[str]:
    """Journal as UNKNOWN the objects, of these levels by path, whose ids are mistaken. Returns what to say of them."""
    told = []
    created = [one for path in levels if (one := record.resource(path)).state == "CREATED"]
    for level in PARENT_FIELDS:
        paths = {one.id: one.path for one in created if levels[one.path] == level and one.id is not None}
        ids = list(paths)
        for start in range(0, len(ids), MOST_IDS):
            for key, row in reader.of_ids(level, ids[start : start + MOST_IDS]).items():
                if is_mistaken(row, path := paths[key], level, record):
                    why = f"its id is that of another object, {described(row)}"
                    record.note("UNKNOWN", object=path, why=why)
                    told.append(f"{path}: {why}")
    return told
