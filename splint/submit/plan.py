"""What a submission sends: one create request an object, in order, and the most that they can spend."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from splint.payloads.nodes import Ad, AdGroup, Campaign, Payload, Tree
from splint.payloads.validation import is_note
from splint.run.overview import traits
from splint.schema.placeholders import variable
from splint.schema.vocabulary import NESTED, OWN_IDS, PARENT_FIELDS, Level, endpoint
from splint.submit.money import Spend, most

LEVELS: Mapping[type[Payload], Level] = {Campaign: "campaign", AdGroup: "adgroup", Ad: "ad"}
GUARDED: tuple[Level, ...] = ("campaign", "adgroup")
"""The levels whose create requests take a request_id."""


class Step(NamedTuple):
    """One object to create."""

    path: str
    """Its RFC 6901 pointer in the bundle: what the journal calls it."""
    level: Level
    name: str
    body: dict[str, Any]
    """What is sent, with placeholders (`${campaign_id}`) for what only the run knows."""
    parent: str | None
    """The path of the object that it belongs to."""
    traits: tuple[tuple[str, str], ...]
    """Budget, bid, schedule and so on, label and value."""
    changes: tuple[str, ...]
    """What is sent otherwise than it is written."""

    @property
    def endpoint(self) -> str:
        """The path of the request."""
        return endpoint(self.level, "create")

    @property
    def digest(self) -> str:
        """The SHA-256 of the body with its placeholders."""
        return digest(self.body)

    def filled(self, ids: Mapping[str, str], request_id: str | None) -> dict[str, Any]:
        """The body with its placeholders filled in; `ids` are those of the objects created, by path."""
        expansions: dict[str, str | None] = {}
        if self.parent is not None:
            expansions[variable(PARENT_FIELDS[self.level])] = ids[self.parent]
        body = {
            key: expansions.get(value, value) if isinstance(value, str) else value for key, value in self.body.items()
        }
        return {**body, "request_id": request_id} if request_id is not None else body

    def model_dump(self) -> dict[str, Any]:
        """The step as plain values."""
        return {
            "object": self.path,
            "level": self.level,
            "name": self.name,
            "method": "POST",
            "endpoint": self.endpoint,
            "body": self.body,
            "changes": list(self.changes),
        }


class Plan(NamedTuple):
    """A whole campaign to create. `sha256` stands for all that is approved with it."""

    origin: str
    """Scheme, host and port that everything is sent to."""
    advertiser_id: str
    steps: tuple[Step, ...]
    """The campaign, its ad groups, their ads."""
    spend: Spend
    currency: str | None
    enable: bool
    """Whether the campaign is switched on when all of it stands."""
    is_paused: bool
    """Whether the bundle itself says that the campaign is to be DISABLEd."""

    @property
    def campaign(self) -> Step:
        """The first step."""
        return self.steps[0]

    @property
    def sha256(self) -> str:
        """The same for the same requests, in the same order, to the same host, and the same wish to enable."""
        sent = [[step.endpoint, step.path, step.body] for step in self.steps]
        return digest([self.origin, self.enable, sent])

    def step(self, path: str) -> Step | None:
        """The step of an object by its path."""
        return next((step for step in self.steps if step.path == path), None)

    def model_dump(self) -> dict[str, Any]:
        """The plan as plain values; amounts are texts, as exact as the budgets."""
        return {
            "sha256": self.sha256,
            "origin": self.origin,
            "advertiser_id": self.advertiser_id,
            "enable": self.enable,
            "most_daily": _shown(self.spend.daily),
            "most_total": _shown(self.spend.total),
            "currency": self.currency,
            "requests": [step.model_dump() for step in self.steps],
        }


def make_plan(tree: Tree, origin: str, now: datetime, *, enable: bool) -> Plan:
    """The plan that creates a tree: a campaign with its ad groups and ads, each a create request."""
    campaign = tree.campaign
    assert campaign is not None
    advertiser = campaign.written["advertiser_id"]
    steps = [_step(campaign, None, advertiser)]
    steps += [_step(group, campaign, advertiser) for group in tree.ad_groups]
    steps += [_step(ad, ad.ad_group, advertiser) for ad in tree.ads]
    currency = campaign.fact("currency")
    is_paused = campaign.written.get("operation_status") == "DISABLE"
    spend = most(tree, now)
    return Plan(origin, advertiser, tuple(steps), spend, currency, enable and not is_paused, is_paused)


def _step(payload: Payload, parent: Payload | None, advertiser: str) -> Step:
    level = LEVELS[type(payload)]
    written = {key: value for key, value in payload.written.items() if key not in NESTED and not is_note(key)}
    notes = [key for key in payload.written if is_note(key)]
    changes = [f"{key} is left out: it is a note" for key in notes]
    for name in (*OWN_IDS.values(), "advertiser_id"):
        if not written.get(name):
            written.pop(name, None)  # written as empty: the run fills in what is needed
    head: dict[str, Any] = {"advertiser_id": advertiser}
    if "advertiser_id" not in written:
        changes.append("advertiser_id is that of the campaign")
    if level in PARENT_FIELDS:
        head[PARENT_FIELDS[level]] = variable(PARENT_FIELDS[level])
    if level in GUARDED and not written.get("request_id"):
        written.pop("request_id", None)
        head["request_id"] = variable("request_id")
        changes.append("request_id is filled in")
    if level == "campaign":
        if written.get("operation_status") != "DISABLE":
            changes.append("operation_status is DISABLE until all of it stands")
        written["operation_status"] = "DISABLE"
    name = written[payload.name_field]
    above = parent.pointer if parent is not None else None
    return Step(payload.pointer, level, name, {**head, **written}, above, traits(payload), tuple(changes))


def digest(value: Any) -> str:
    """The SHA-256 of a value as JSON, its members sorted."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _shown(amount: Decimal | None) -> str | None:
    from splint.reporting.wording import amount as words

    return None if amount is None else words(amount)
