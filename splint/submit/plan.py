"""The plan of a submission: one create request per object, in order, and the most that they can spend."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from splint.formats.pointer import escape
from splint.payloads.nodes import Payload, Tree
from splint.payloads.validation import is_note
from splint.reporting.outline import Trait
from splint.reporting.wording import amount as in_digits
from splint.run.overview import traits
from splint.schema.placeholders import variable
from splint.schema.vocabulary import LEVEL_OF, NESTED, OWN_IDS, PARENT_FIELDS, ObjectLevel, endpoint
from splint.submit.money import Accepted, Budgets, Spend, budgets_of

GUARDED: tuple[ObjectLevel, ...] = ("campaign", "adgroup")
"""The levels whose create requests take a request_id."""
REQUEST_ID = variable("request_id")
"""What stands in a body for a request_id that the run fills in."""


class Step(NamedTuple):
    """One object to create."""

    path: str
    """Its RFC 6901 pointer in the bundle, which is its name in the journal."""
    level: ObjectLevel
    name: str
    body: dict[str, Any]
    """The body of the request, with expansions such as `${campaign_id}` for values that only the run knows."""
    parent: str | None
    """The path of its parent."""
    traits: tuple[Trait, ...]
    """What to show: budget, bid, schedule and so on."""
    changes: tuple[str, ...]
    """The differences between the body and the payload as written, a line each."""

    @property
    def endpoint(self) -> str:
        """The URL path of the request."""
        return endpoint(self.level, "create")

    @property
    def digest(self) -> str:
        """The SHA-256 of the body before expansion."""
        return digest(self.body)

    def filled(self, ids: Mapping[str, str], request_id: str | None) -> dict[str, Any]:
        """The body with its expansions replaced; `ids` are those of the created objects, by path."""
        expansions: dict[str, str | None] = {}
        if self.parent is not None:
            expansions[variable(PARENT_FIELDS[self.level])] = ids[self.parent]
        body = {
            key: expansions.get(value, value) if isinstance(value, str) else value for key, value in self.body.items()
        }
        return {**body, "request_id": request_id} if request_id is not None else body

    def model_dump(self) -> dict[str, Any]:
        """The step as JSON values."""
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
    """The requests that create a campaign. `sha256` identifies everything that an approval covers."""

    origin: str
    """The scheme, host and port of all requests."""
    advertiser_id: str
    steps: tuple[Step, ...]
    """The campaign, then its ad groups, then their ads."""
    budgets: Budgets
    currency: str | None
    enable: bool
    """Whether the campaign is enabled once all objects are created and verified."""
    is_paused: bool
    """Whether the bundle itself sets the campaign to DISABLE."""

    @property
    def campaign(self) -> Step:
        """The step that creates the campaign."""
        return self.steps[0]

    @property
    def sha256(self) -> str:
        """The SHA-256 of the origin, `enable`, the requests in order, and the currency if it is known."""
        sent = [[step.endpoint, step.path, step.body] for step in self.steps]
        return digest([self.origin, self.enable, sent, *([self.currency] if self.currency is not None else [])])

    @property
    def spend(self) -> Spend:
        """The most that it can spend."""
        return self.budgets.spend

    def with_accepted(self, accepted: Iterable[Accepted]) -> "Plan":
        """The plan as it can spend by values that were accepted, too."""
        return self._replace(budgets=self.budgets.with_accepted(accepted))

    def step(self, path: str) -> Step | None:
        """The step that creates the object at a path; None if there is none."""
        return next((step for step in self.steps if step.path == path), None)

    def model_dump(self) -> dict[str, Any]:
        """The plan as JSON values; amounts are decimal texts."""
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
    """The plan that creates the campaign, ad groups and ads of a tree. `now` is the start of flights without one."""
    campaign = tree.campaign
    assert campaign is not None
    advertiser = campaign.written["advertiser_id"]
    steps = [_step(campaign, None, advertiser)]
    steps += [_step(group, campaign, advertiser) for group in tree.ad_groups]
    steps += [_step(ad, ad.ad_group, advertiser) for ad in tree.ads]
    currency = campaign.fact("currency")
    is_paused = campaign.written.get("operation_status") == "DISABLE"
    budgets = budgets_of(tree, now)
    return Plan(origin, advertiser, tuple(steps), budgets, currency, enable and not is_paused, is_paused)


def _step(payload: Payload, parent: Payload | None, advertiser: str) -> Step:
    level = LEVEL_OF[type(payload).__name__]
    notes: list[str] = []
    own = {key: value for key, value in payload.written.items() if key not in NESTED}
    written = _without_notes(own, payload.pointer, notes)
    changes = [f"{pointer} is left out: it is a note" for pointer in notes]
    for name in (*OWN_IDS.values(), "advertiser_id"):
        if not written.get(name):
            written.pop(name, None)  # an empty value counts as absent: the run fills it in
    head: dict[str, Any] = {"advertiser_id": advertiser}
    if "advertiser_id" not in written:
        changes.append("advertiser_id is that of the campaign")
    if level in PARENT_FIELDS:
        head[PARENT_FIELDS[level]] = variable(PARENT_FIELDS[level])
    if level in GUARDED and not written.get("request_id"):
        written.pop("request_id", None)
        head["request_id"] = REQUEST_ID
        changes.append("request_id is filled in")
    if level == "campaign":
        if written.get("operation_status") != "DISABLE":
            changes.append("operation_status is DISABLE until all of it stands")
        written["operation_status"] = "DISABLE"
    name = written[payload.name_field]
    above = parent.pointer if parent is not None else None
    return Step(payload.pointer, level, name, {**head, **written}, above, traits(payload), tuple(changes))


def _without_notes(value: Any, pointer: str, notes: list[str]) -> Any:
    """A copy of the value at a pointer without the notes in it, whose pointers are added to `notes`."""
    if isinstance(value, dict):
        notes += [f"{pointer}/{escape(key)}" for key in value if is_note(key)]
        kept = ((key, f"{pointer}/{escape(key)}", inner) for key, inner in value.items() if not is_note(key))
        return {key: _without_notes(inner, at, notes) for key, at, inner in kept}
    if isinstance(value, list):
        return [_without_notes(inner, f"{pointer}/{index}", notes) for index, inner in enumerate(value)]
    return value


def digest(value: Any) -> str:
    """The SHA-256 of a value as JSON, its members sorted."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _shown(amount: Decimal | None) -> str | None:
    return None if amount is None else in_digits(amount)
