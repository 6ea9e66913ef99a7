"""The requests that were to create a run's campaign, and what in a row contradicts that one of them made it."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from splint.submit.commands import command
from splint.submit.drift import DRIFT, KINDS, MONEY, UNCHANGEABLE, compared
from splint.submit.limits import Limits
from splint.submit.plain_files import plain_bytes
from splint.submit.plan import Plan, Step
from splint.submit.record import Record
from splint.submit.resource import DUPLICATE
from splint.submit.rows import Row, is_newer, is_older
from splint.submit.statuses import shows_enable

REPEATED = (
    "TikTok refused the run's request as a duplicate (40050) of an earlier one with its request_id, which may be "
    "another run's, or this very request, repeated on its way"
)
_TAKEN = "TikTok refused the run's because a campaign of this name stood already"


def kept_fields(step: Step) -> dict[str, Any]:
    """What the journal keeps of a campaign's body: the fields that are compared with rows."""
    return {field: step.body[field] for field in (*MONEY, *DRIFT) if field in step.body}


def kept_campaigns(record: Record) -> Iterator[tuple[str, str]]:
    """The advertiser and name of each campaign in the kept bundles of a run, as far as they can be read."""
    for path in record.journal.path.parent.glob(f"{record.run}.bundle*.json"):
        with suppress(OSError, ValueError):
            parts = [json.loads(plain_bytes(path))]
            for part in parts:  # which grows by what is in them
                parts += part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
                if isinstance(part, dict) and "campaign_name" in part:
                    yield str(part.get("advertiser_id")), str(part["campaign_name"])


class Request(NamedTuple):
    """A request that was to create the campaign and may have arrived."""

    name: str | None
    """The campaign's name; None in older journals, where it may be any."""
    sent: Mapping[str, Any] | None
    """The kept fields of its body; None in older journals."""
    time: str
    """When it was journalled, in UTC."""
    is_in_doubt: bool = True
    """Whether no answer says that it was not carried out."""
    is_duplicate: bool = False
    """Whether a request_id of the bundle was refused as used: an earlier request made what stands, maybe another's."""


def contradiction(row: Row, record: Record, requests: Sequence[Request], fields: Collection[str]) -> str:
    """The fields in which a row differs from what was sent under its name, or that the run cannot have made it then.

    Older than the run, or newer than its last request that may have created it. A request of which the journal does
    not hold what was sent is not compared.
    """
    sent_so = [one for one in requests if one.name in (None, row.get("campaign_name"))]
    if is_older(row, record.start.get("time", "")):
        return f"it was created at {row['create_time']}, before the run began"
    last = max((one.time for one in sent_so if one.is_in_doubt or not is_in_doubt(one.name, sent_so)), default="")
    if is_newer(row, last):
        sent = "the run's last request that may have created it was sent at"
        return f"it was created at {row['create_time']}, and {sent} {last}"
    path = record.campaign.path if record.campaign is not None else ""
    makers = [one for one in sent_so if not one.is_duplicate] or sent_so
    differing = [
        [one for one in compared(path, each.sent, row) if one.weight != "note" and one.field in fields]
        if each.sent is not None
        else []
        for each in makers
    ]
    least = min(differing, key=len, default=[])
    return "; ".join(map(str, least))


def was_given_up(row: Row, record: Record) -> bool:
    """Whether the run gave a row's id up as that of another campaign, and nothing unsays that.

    Only where a row contradicted what no update changes: that is accepted since, or a row shows all of it as sent.
    """
    for_good = given_up(record).get(str(row["campaign_id"]))
    if for_good is not False:
        return bool(for_good)
    sent = {field for one in requests_of(record)[0] for field in one.sent or ()}
    is_shown = all(row.get(field) not in (None, "") for field in sent.intersection(UNCHANGEABLE))
    return bool(unlike(row, record)) or not (is_shown or _unlike(row, record, ()))


def given_up(record: Record) -> dict[str, bool]:
    """The ids of others' campaigns that answers gave, and False for those told by `is_contradicting` alone."""
    own, ids = None, dict[str, bool]()
    for event in record.events:
        fields = event.fields
        if record.campaign is not None and fields.get("object") == record.campaign.path and "action" not in fields:
            if event.name == "UNKNOWN" and own is not None:
                ids[own] = ids.get(own, False) or not fields.get("is_contradicting")
            own = fields.get("id", None if event.name == "UNKNOWN" else own)
    return ids


def has_children(record: Record) -> bool:
    """Whether anything may have been sent below the campaign."""
    below = (one for one in record.resources.values() if one is not record.campaign)
    return any(one.names or one.is_created for one in below)


def may_turn_up(plan: Plan, record: Record) -> bool:
    """Whether an object that was left out may exist, or one twice, whatever the answer to an earlier request was.

    Requests for which no connection stood do not count.
    """
    arrived = Counter[str]()
    for _, _, name, fields in record.journal.events:
        if "action" not in fields and (name == "ARMED" or (name == "NOT_SENT" and fields.get("code") is None)):
            arrived[fields["object"]] += 1 if name == "ARMED" else -1
    left_out = (one for one in record.resources.values() if one.is_left_out and one.code is not None)
    return any(left_out) or any(arrived[step.path] > 1 for step in plan.steps)


def is_found_by_name(record: Record) -> bool:
    """Whether the campaign's id is that of a campaign that was found by its name: no answer gave it."""
    campaign = record.start["campaign"]
    created = [one for one in record.events if one.name == "CREATED" and one.fields.get("object") == campaign]
    return bool(created) and bool(created[-1].fields.get("registered"))


def unlike(row: Row, record: Record) -> str:
    """What a row contradicts of what no update changes and nobody accepted, whatever its name.

    Or that the run cannot have made it then.
    """
    return _unlike(row, record, record.start.get("accept_drift") or ())


def _unlike(row: Row, record: Record, accepted: Collection[str]) -> str:
    requests, name = requests_of(record)[0], row.get("campaign_name")
    if not any(one.name == name for one in requests):  # it may be any of them, renamed
        requests = [one._replace(name=None) for one in requests]
    return contradiction(row, record, requests, [field for field in UNCHANGEABLE if field not in accepted])


def is_contradicting(row: Row, record: Record) -> bool:
    """Whether a row speaks against its campaign being the run's by fields that no update changes, not by its age."""
    return bool(unlike(row, record)) and not _unlike(row, record, UNCHANGEABLE)


def acceptance(row: Row, record: Record) -> str:
    """What a message says of a campaign that may be the run's, but for how TikTok shows what no update changes.

    Empty where anything else speaks against it, or the run is rolled back: then no resume takes it.
    """
    if record.is_rolled_back or _unlike(row, record, UNCHANGEABLE) or unasked(row, record):
        return ""
    fields = [field for field in UNCHANGEABLE if _unlike(row, record, {*UNCHANGEABLE} - {field})]
    if not unlike(row, record):
        return ""
    accepted = dict.fromkeys((*(record.start.get("accept_drift") or ()), *fields))
    options = [word for field in accepted for word in ("--accept-drift", field)]
    resume = command(record.journal.directory, "resume", record.run, *options)
    way = f"where it is the run's, and TikTok only shows that otherwise, {resume} takes it"
    limits = Limits.of_start(record.start)
    if limits.max_daily is not None and any(field in KINDS for field in fields):
        way += f", and leaves it paused: with that, nothing is enabled under its limit of {limits} a day"
    return f"; {way}" if options else ""


def is_in_doubt(name: str | None, requests: Sequence[Request]) -> bool:
    """Whether a request under a name may have created the campaign, by the answers."""
    return any(one.is_in_doubt for one in requests if one.name in (None, name))


def unasked(row: Row, record: Record) -> str:
    """That a row shows ENABLE, where it does and the run, which creates its campaign paused, never sent that to it."""
    if not shows_enable(row):
        return ""  # for most rows no other journal is read
    events = (event for each in (record, *record.beside.copies) for event in each.events)
    sent = (event.fields for event in events if event.fields.get("action") == "enable")
    if any(each.get("id") == str(row["campaign_id"]) for each in sent):
        return ""
    return "it shows ENABLE, which the run never sent to it: where it is the run's, pause it by hand"


def requests_of(record: Record) -> tuple[list[Request], dict[str, str]]:
    """Each request that was to create the campaign and may have arrived.

    And what an answer says of who made what has a name: that its request_id was used before, whatever came after, or
    the one to the last request of that name, with none in doubt before it.
    """
    campaign = record.campaign
    requests: list[Request] = []
    refused: dict[str, str] = {}
    is_drawn = False
    for event in record.events:
        fields = event.fields
        if campaign is None or fields.get("object") != campaign.path or "action" in fields:
            continue
        if event.name == "ARMED":
            requests.append(Request(fields.get("name"), fields.get("sent"), event.time))
            is_drawn = bool(fields.get("drawn"))
            if refused.get(name := fields.get("name", "")) != REPEATED:
                refused.pop(name, None)  # none of it was listed any more
        elif event.name in ("NOT_SENT", "REJECTED", "UNKNOWN") and requests:
            last, message = requests[-1], str((fields.get("answer") or {}).get("message", ""))
            if last.name is not None and event.name == "REJECTED" and fields.get("code") == DUPLICATE:
                refused[last.name] = REPEATED
            elif sum(one.is_in_doubt for one in requests) == 1 and last.name is not None and _says_taken(message):
                refused.setdefault(last.name, _TAKEN)
            if event.name == "NOT_SENT" and fields.get("code") is None:
                requests.pop()  # no connection stood
            elif event.name in ("NOT_SENT", "REJECTED") and fields.get("code") is not None:
                requests[-1] = last._replace(is_in_doubt=False)
            elif event.name == "UNKNOWN" and (fields.get("answer") or {}).get("code") == DUPLICATE and not is_drawn:
                requests[-1] = last._replace(is_duplicate=True)
    return requests, refused


def _says_taken(message: str) -> bool:
    from splint.refusals.forms import says  # only a refusal needs it

    return says(message, "stands twice") and "name" in message.lower()
