"""Ids that answers gave and that rows show to be those of others' objects: they are given up, or left alone."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress

from splint.schema.vocabulary import NAME_FIELDS, OWN_IDS, PARENT_FIELDS, ObjectLevel
from splint.submit.drift import DRIFT, MONEY
from splint.submit.errors import PersonNeededError, StoppedError, SubmitError
from splint.submit.evidence import (
    acceptance,
    contradiction,
    has_children,
    is_contradicting,
    is_found_by_name,
    requests_of,
    unasked,
    unlike,
)
from splint.submit.names import is_near
from splint.submit.namesakes import namesakes, unsent_below
from splint.submit.plan import Step
from splint.submit.reading import Reader
from splint.submit.record import BY_HAND, Record
from splint.submit.resource import Action, ResourceState
from splint.submit.rows import Key, Row, by_key, described, ids_of, is_of_advertiser, level_of, listed
from splint.submit.statuses import shows_enable


def objection(row: Row, record: Record, reader: Reader | None = None) -> str | None:
    """What speaks against a row of the campaign's id that has no name, or one that was sent, or is near or accepted.

    With a `reader` also that a campaign has the name itself, unless another run made that: where this one's name only
    resembles it, or its row differs from what was sent.
    """
    campaign, name = record.resource(record.start["campaign"]), row.get(NAME_FIELDS["campaign"])
    is_accepted = NAME_FIELDS["campaign"] in (record.start.get("accept_drift") or ())
    if campaign.state == "VERIFIED":
        return None
    if not (is_accepted or is_nameless(row) or any(is_near(one, name) for one in campaign.names)):
        return None  # a person may have renamed it
    if campaign.id in (record.start.get("stood") or ()):
        return "it stood before the run began"
    if why := unlike(row, record):
        return why
    if name in campaign.names:
        return None if has_children(record) else _objection_to_namesake(row, record, reader)
    if is_accepted or is_nameless(row):
        return None
    beside = namesakes(record, reader) if reader is not None else {}
    return next((f"{ids_of(rows)} is named {exact!r}" for exact, rows in beside.items()), None)


def _objection_to_namesake(row: Row, record: Record, reader: Reader | None) -> str | None:
    """What speaks against an empty campaign of the very name that was sent, as after a lost answer.

    What a person may have changed, the status too, counts only where another campaign has the name as well, or where
    it runs and holds anything, which this run did not send. One that only its name tells is another's if it holds
    anything at all.
    """
    if reader is None:
        return None
    accepted, why = record.start.get("accept_drift") or (), unasked(row, record)
    if (why or is_found_by_name(record)) and (held := unsent_below(row, record, reader)):
        return f"it shows ENABLE, and {held}" if why else held
    if not why:
        fields = [field for field in (*MONEY, *DRIFT) if field not in accepted]
        why = contradiction(row, record, requests_of(record)[0], fields)
    if not why:
        return None
    beside = namesakes(record, reader)
    return next((f"{ids_of(rows)} is named {name!r}, too, and {why}" for name, rows in beside.items()), None)


def way_on(row: Row, record: Record, reader: Reader) -> tuple[str, tuple[str, ...]]:
    """What a message says where `objection` has something against a row, and the words of the command to call next.

    A resume finds the run's own only where another campaign has the name.
    """
    beside = namesakes(record, reader)
    way = "" if beside else acceptance(row, record)
    if has_children(record):
        below = "something was sent below it: the next command disables it where it holds an ad group of the run"
        return f"{way}; {below}", ("rollback", record.run)
    if beside:
        return way, ()
    return f"{way}; else look for the run's own in the account: {BY_HAND}", ("runs", record.run)


def is_for_now(row: Row, record: Record) -> bool:
    """Whether an id that `objection` speaks against may be the run's all the same once other rows show it otherwise.

    Where nothing but what no update changes contradicts it, or it was found by its name and only what it holds does.
    """
    return is_contradicting(row, record) or (
        is_found_by_name(record) and not (unlike(row, record) or unasked(row, record))
    )


def is_nameless(row: Row) -> bool:
    """Whether the row of a campaign shows no name, by which it could be known."""
    return row.get(NAME_FIELDS["campaign"]) in (None, "")


def is_mistaken(row: Row, path: str, level: ObjectLevel, record: Record) -> bool:
    """Whether a row of the id of an ad group or ad, never VERIFIED, has another name and stands elsewhere.

    What has its name may be the run's, wherever it stands, and what stands below the campaign may have been renamed.
    """
    resource, advertiser = record.resource(path), record.start["advertiser_id"]
    name = row.get(NAME_FIELDS[level])
    if resource.state != "CREATED" or level == "campaign" or not name:
        return False
    if not resource.names or any(is_near(one, name) for one in resource.names):
        return False
    campaign = str(row.get("campaign_id") or "")
    is_elsewhere = campaign not in ("", record.resource(record.start["campaign"]).id)
    return is_elsewhere or not is_of_advertiser(row, advertiser)


def refuse_shared_ids(ids: Mapping[str, str], record: Record) -> None:
    """Raise PersonNeededError if two objects of the journal have one id, of these by path: one may not exist."""
    for path, own in ids.items():
        if holder := record.holder(own, but=path):
            raise PersonNeededError(
                f"{path} and {holder} have one id, {own}: one of them may not exist; look at the account"
            )


def is_displaced(step: Step, ids: Mapping[str, str], kept: Collection[str], record: Record, reader: Reader) -> bool:
    """Whether an object of the name that a step was sent with stands beside the one of its id, which has another name.

    Then the id is that of another object. Those whose ids are `kept` do not count.
    """
    resource = record.resource(step.path)
    if resource.state == "VERIFIED":
        return False
    return bool(reader.find(step, ids, is_repeated=False, names=resource.names).keys() - {*kept})


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


def identify(row: Row, campaign: ResourceState, record: Record, reader: Reader) -> bool:
    """Whether a row of the campaign's id shows the run's campaign, by its name or, if renamed, by what stands below it.

    The latter is read and noted, as `note_held` does.
    """
    return not is_anothers(row, campaign, record) or note_held(row, campaign, record, reader)


def note_held(row: Row, campaign: ResourceState, record: Record, reader: Reader) -> bool:
    """Read, by one GET, whether a row's campaign, of the advertiser and the campaign's id, holds an own ad group.

    Such a campaign is the run's to disable, and is journalled as VERIFIED, unless its row contradicts what no update
    changes: then it is not the run's to delete. Nothing is read where no ad group's id is known.
    """
    is_any_known = any(own is not None for own in _ad_groups(record))
    if campaign.id is None or not is_any_known or not is_of_advertiser(row, record.start["advertiser_id"]):
        return False
    is_held = holds_own(reader.glance("adgroup", campaign.id), record)
    if is_held and not unlike(row, record):
        record.note("VERIFIED", object=campaign.path)
    return is_held


def holds_own(rows: Iterable[Row], record: Record) -> bool:
    """Whether one of the rows of ad groups shows an ad group of the run, by its id and a name that was sent."""
    names = _ad_groups(record)
    return any(
        is_near(name, str(row.get("adgroup_name")))
        for row in rows
        if is_of_advertiser(row, record.start["advertiser_id"])
        for name in names.get(str(row.get("adgroup_id")), ())
    )


def _ad_groups(record: Record) -> dict[str | None, Collection[str]]:
    """The names that the run's ad groups were sent with, by their ids."""
    return {one.id: one.names for one in record.resources.values() if record.level(one.path) == "adgroup"}


def others_among(rows: Mapping[Key, Row], resources: Iterable[ResourceState], record: Record) -> list[Row]:
    """The rows, of those by key, that show ids of objects to be those of others."""
    shown = ((one, rows.get((record.level(one.path), one.id))) for one in resources if one.id is not None)
    return [row for one, row in shown if row and is_anothers(row, one, record)]


def others_error(
    rows: Sequence[Row], record: Record, why: str = "", to: Action = "disable", told: str = ""
) -> PersonNeededError:
    """The error for rows of ids that the run was given and that may be those of others' objects.

    It says to which of them an earlier command sent all the same what this one does not, then what `alike` told.
    """
    ids = {own for row in rows for field in OWN_IDS.values() if (own := row.get(field)) is not None}
    acts = (event for event in record.events if event.name == "ARMED" and event.fields.get("action") == to)
    sent = [f"{event.fields['id']} at {event.time}" for event in acts if event.fields.get("id") in ids]
    before = f", though an earlier command sent {to.upper()} to {', '.join(sent)}" if sent else ""
    return PersonNeededError(
        f"an id that the run was given is that of {listed(rows)}, which is not what the run sent and was never "
        f"VERIFIED{f' ({why})' if why else ''}: it may be another's, and is not {to}d{' now' * bool(before)}{before}; "
        f"look at it, and {to} it yourself if it is the run's{told}",
        next_words=("runs", record.run),  # a rollback would end here again
    )


def alike(record: Record, reader: Reader) -> str:
    """What a message says, after a semicolon, of campaigns of the run's names beside an id that may be another's."""
    there: dict[str, list[Row]] = {}
    with suppress(SubmitError):
        there = namesakes(record, reader)
    named = "; ".join(f"{ids_of(rows)} is named {name!r}" for name, rows in there.items())
    return f"; {named}, which no journal here has: it may be the run's own: ask whose it is" if named else ""


def named_so(rows: Iterable[Row], paths: Collection[str], record: Record) -> list[Row]:
    """The rows, of those that no journal has, that show the exact name and the level of one of these objects."""
    sought = {(record.level(path), name) for path in paths for name in record.resource(path).names}
    return [row for row in rows if (level_of(row), row.get(NAME_FIELDS[level_of(row)])) in sought]


def named_instead(paths: Collection[str], record: Record, reader: Reader) -> str:
    """What a message says of what stands under the names of objects whose ids no row shows; nothing if that is unread.

    It is read by the name: what was sent may have another id than its answer gave. Of a campaign also whether it runs,
    which no command on the run changes.
    """
    campaign, rows = record.resource(record.start["campaign"]), list[Row]()
    with suppress(SubmitError):
        if campaign.path in paths:
            rows = [row for each in namesakes(record, reader).values() for row in each]
        elif campaign.id is not None:
            own = {(record.level(path), each) for path, each in record.ids(list(record.resources)).items()}
            below = by_key(reader.below(campaign.id))
            rows = named_so((row for key, row in below.items() if key not in own), paths, record)
    runs = ids_of(row for row in rows if level_of(row) == "campaign" and shows_enable(row))
    may_run = f" ({runs} shows ENABLE and may run: where it is the run's, disable it by hand)" if runs else ""
    return f"{listed(rows)}, which is not in the journal, may be what was sent{may_run}" if rows else ""


def unread(
    steps: Iterable[Step], names: str, then: str, record: Record, reader: Reader, way: str = BY_HAND
) -> SubmitError:
    """The error for objects whose ids no row shows: a PersonNeededError if others may be what was sent."""
    if instead := named_instead([step.path for step in steps], record, reader):
        return PersonNeededError(
            f"{names} cannot be read back, and {instead}: {then}; look at the account, then resume; {BY_HAND}"
        )
    return StoppedError(f"{names} cannot be read back yet: {then}; {way}")


def unshown(own: str, record: Record, reader: Reader, next_words: tuple[str, ...] = ()) -> PersonNeededError:
    """The error for the id of a campaign that no row shows, and below which nothing was sent."""
    instead = named_instead([record.start["campaign"]], record, reader)
    return PersonNeededError(
        f"no row shows that {own}, the id that an answer gave, is that of the campaign, and nothing was sent below it: "
        f"it is neither disabled nor deleted; {f'{instead}; ' * bool(instead)}look at it, or roll back again later; "
        f"{BY_HAND}",
        next_words=next_words,
    )


def is_anothers(row: Row, resource: ResourceState, record: Record) -> bool:
    """Whether a row of an object's id shows another name or advertiser than was sent, and it was never VERIFIED."""
    field = NAME_FIELDS[record.level(resource.path)]
    name, names = row.get(field), resource.names
    is_renamed = bool(names) and bool(name) and not any(is_near(one, name) for one in names)
    is_accepted = field in (record.start.get("accept_drift") or ())
    is_other = not is_of_advertiser(row, record.start["advertiser_id"]) or (is_renamed and not is_accepted)
    if resource.path == record.start["campaign"]:
        is_other = is_other or objection(row, record) is not None
    return resource.state != "VERIFIED" and is_other
