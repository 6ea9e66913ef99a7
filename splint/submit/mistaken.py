"""Ids that answers gave and that rows show to be those of others' objects: they are given up, or left alone."""

from collections.abc import Collection, Mapping, Sequence

from splint.schema.vocabulary import NAME_FIELDS, PARENT_FIELDS, ObjectLevel
from splint.submit.drift import DRIFT, MONEY
from splint.submit.errors import PersonNeededError
from splint.submit.evidence import UNCHANGEABLE, contradiction, requests_of, unasked
from splint.submit.names import is_near
from splint.submit.namesakes import namesakes
from splint.submit.reading import Key, Reader, Row, described, ids_of, is_older, listed
from splint.submit.record import Record, ResourceState


def objection(row: Row, record: Record, reader: Reader | None = None) -> str | None:
    """What speaks against a row of the campaign's id that has the name that was sent, or a near one, if anything does.

    With a `reader` also that a campaign has the name itself, unless another run made that: where this one's name only
    resembles it, or its row differs from what was sent.
    """
    campaign, name = record.resource(record.start["campaign"]), row.get(NAME_FIELDS["campaign"])
    accepted = record.start.get("accept_drift") or ()
    if campaign.state == "VERIFIED" or name is None:
        return None
    if name in campaign.names:
        return None if has_children(record) else _objection_to_namesake(row, record, reader, accepted)
    if NAME_FIELDS["campaign"] in accepted:
        return None
    if not any(is_near(one, name) for one in campaign.names):  # a person may have renamed it
        return None
    if campaign.id in (record.start.get("stood") or ()):
        return "it stood before the run began"
    if is_older(row, record.start["time"]):
        return f"it was created at {row['create_time']}, before the run began"
    beside = namesakes(record, reader) if reader is not None else {}
    return next((f"{ids_of(rows)} is named {exact!r}" for exact, rows in beside.items()), None)


def _objection_to_namesake(row: Row, record: Record, reader: Reader | None, accepted: Collection[str]) -> str | None:
    """What speaks against an empty campaign of the very name that was sent, as after a lost answer.

    What a person may have changed, the status too, counts only where another campaign has the name as well.
    """

    def differing(fields: Sequence[str]) -> str:
        fields = [field for field in fields if field not in accepted]
        return contradiction(row, record, requests_of(record)[0], fields)

    if why := differing(UNCHANGEABLE):
        return why
    if reader is None or not (why := unasked(row, record) or differing((*MONEY, *DRIFT))):
        return None
    beside = namesakes(record, reader)
    return next((f"{ids_of(rows)} is named {name!r}, too, and {why}" for name, rows in beside.items()), None)


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
        for key, row in reader.of_ids(level, paths).items():
            if is_mistaken(row, path := paths[key], level, record):
                why = f"its id is that of another object, {described(row)}"
                record.note("UNKNOWN", object=path, why=why)
                told.append(f"{path}: {why}")
    return told


def is_own(row: Row, campaign: ResourceState, record: Record, reader: Reader) -> bool:
    """Whether a row of the campaign's id shows the run's campaign, by its name or, if renamed, by what stands below it.

    A campaign that holds one of the run's ad groups, under the name that was sent, is VERIFIED from then on.
    """
    if not is_another(row, campaign, record):
        return True
    if campaign.id is None or is_foreign(row, record):
        return False
    groups = {one.id: one.names for one in record.resources.values() if record.level(one.path) == "adgroup"}
    below = (each for each in reader.glance("adgroup", campaign.id) if not is_foreign(each, record))
    is_held = any(str(each.get("adgroup_name")) in groups.get(str(each.get("adgroup_id")), ()) for each in below)
    if is_held:
        record.note("VERIFIED", object=campaign.path)
    return is_held


def refuse_others(rows: Mapping[Key, Row], resources: Collection[ResourceState], record: Record) -> None:
    """Raise PersonNeededError if rows, by key, show that the ids of objects are those of other objects."""
    shown = ((one, rows.get((record.level(one.path), one.id))) for one in resources if one.id is not None)
    other = [row for one, row in shown if row and is_another(row, one, record)]
    if other:
        raise PersonNeededError(
            f"an id that the run was given is that of {listed(other)}, which is not what the run sent and was never "
            "VERIFIED: it may be another's, and is neither disabled nor deleted; look at it, and do so yourself if it "
            "is the run's",
            next_words=("runs", record.run),  # a rollback would end here again
        )


def is_another(row: Row, resource: ResourceState, record: Record) -> bool:
    """Whether a row of an object's id shows another name or advertiser than was sent, and it was never VERIFIED."""
    field = NAME_FIELDS[record.level(resource.path)]
    name, names = row.get(field), resource.names
    is_renamed = bool(names) and name is not None and not any(is_near(one, name) for one in names)
    if resource.path == record.start["campaign"]:
        is_renamed = is_renamed or objection(row, record) is not None
    is_accepted = field in (record.start.get("accept_drift") or ())
    return resource.state != "VERIFIED" and (is_foreign(row, record) or (is_renamed and not is_accepted))


def is_foreign(row: Row, record: Record) -> bool:
    """Whether a row is of another advertiser's object."""
    own: str = record.start["advertiser_id"]
    return str(row.get("advertiser_id") or own) != own
