"""Reading back what stands at TikTok, and comparing it with what was sent."""

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from splint.endpoints import Level
from splint.submit.client import Answer, Client
from splint.submit.errors import MisuseError, StoppedError
from splint.submit.plan import PARENT_FIELDS, Step
from splint.wording import spelled

ROWS: Mapping[Level, str] = {
    level: f"/open_api/v1.3/smart_plus/{level}/get/" for level in ("campaign", "adgroup", "ad")
}
PAGE_SIZES: Mapping[Level, int] = {"campaign": 1000, "adgroup": 1000, "ad": 100}
"""The most rows that a page may have."""
MAX_PAGES = 1000
IDS: Mapping[Level, str] = {"campaign": "campaign_id", "adgroup": "adgroup_id", "ad": "smart_plus_ad_id"}
NAMES: Mapping[Level, str] = {"campaign": "campaign_name", "adgroup": "adgroup_name", "ad": "ad_name"}
GRAVE = ("operation_status", "budget_mode", "budget", "bid_type", "bid_price", "conversion_bid_price", "roas_bid")
"""Where what stands differs in one of these from what was sent, nothing is enabled."""
TOLD = (
    "objective_type",
    "optimization_goal",
    "optimization_event",
    "billing_event",
    "schedule_type",
    "schedule_start_time",
    "schedule_end_time",
    "targeting_spec/location_ids",
)
RETRIES = (0.5, 1.0, 2.0)
"""Seconds before a request that did not get through is tried again."""
THROTTLED_TIMES = 3
"""How often a throttled request waits."""

LOOKS = 4
"""So often is something looked for, spread over the settle window."""

_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")
Row = Mapping[str, Any]
Page = Callable[[str, Mapping[str, str]], Answer]


class Patience(NamedTuple):
    """How long things may take, in seconds."""

    settle: float = 20.0
    """How long what was committed may stay invisible."""
    throttle_wait: float = 300.0
    """How long a broken rate limit lasts."""

    def looks(self) -> Iterator[int]:
        """The looks at something that may be there only later, the pauses between them taken."""
        for look in range(LOOKS):
            if look:
                time.sleep(self.settle / (LOOKS - 1))
            yield look


class Difference(NamedTuple):
    """A field that stands otherwise than it was sent."""

    path: str
    field: str
    sent: Any
    shown: Any
    is_grave: bool

    def __str__(self) -> str:
        return f"{self.path}: {self.field} is {spelled(self.shown)}, and {spelled(self.sent)} was sent"


class Reader:
    """Looks objects of one advertiser up. A GET that fails is tried again, then StoppedError is raised."""

    def __init__(self, client: Client, advertiser_id: str, patience: Patience) -> None:
        self._client = client
        self._advertiser_id = advertiser_id
        self._patience = patience

    def find(self, step: Step, ids: Mapping[str, str], *, is_repeated: bool) -> list[str]:
        """The ids of what stands under exactly a step's name below its parent, looked for over the settle window.

        One is enough, unless the request was repeated: then several may turn up. `ids` are those known, by path.
        """
        found: set[str] = set()
        for _ in self._patience.looks():
            found |= {str(row.get(IDS[step.level])) for row in self._named(step, ids)}
            if len(found) > 1 or (found and not is_repeated):
                break
        return sorted(found)

    def _named(self, step: Step, ids: Mapping[str, str]) -> list[Row]:
        """The rows of exactly a step's name under its parent; the server's filter is never trusted."""
        filtering: dict[str, Any] = {"campaign_name": step.name}
        if step.parent is not None:
            filtering = {f"{PARENT_FIELDS[step.level]}s": [ids[step.parent]]}
        return [row for row in self._rows(step.level, filtering) if self._is(row, step, ids)]

    def _is(self, row: Row, step: Step, ids: Mapping[str, str]) -> bool:
        if row.get(NAMES[step.level]) != step.name or not self._is_own(row):
            return False
        return step.parent is None or str(row.get(PARENT_FIELDS[step.level])) == ids[step.parent]

    def _is_own(self, row: Row) -> bool:
        """Whether a row is the advertiser's, as far as it says."""
        return str(row.get("advertiser_id") or self._advertiser_id) == self._advertiser_id

    def below(self, campaign_id: str) -> dict[Level, dict[str, Row]]:
        """What stands of a campaign: itself, its ad groups and its ads, by id."""
        found: dict[Level, dict[str, Row]] = {}
        for level in ("campaign", "adgroup", "ad"):
            groups = found.get("adgroup", {})
            rows = self._rows(level, {"campaign_ids": [campaign_id]})
            found[level] = {
                str(row.get(IDS[level])): row
                for row in rows
                if str(row.get("campaign_id")) == campaign_id
                or (level == "ad" and row.get("campaign_id") is None and str(row.get("adgroup_id")) in groups)
            }
        return found

    def campaign(self, campaign_id: str) -> Row | None:
        """The row of a campaign; None where none is shown."""
        rows = self._rows("campaign", {"campaign_ids": [campaign_id]})
        return next((row for row in rows if str(row.get("campaign_id")) == campaign_id), None)

    def campaigns(self, name: str) -> list[str]:
        """The ids of the campaigns of exactly a name."""
        rows = self._rows("campaign", {"campaign_name": name})
        return [str(row.get("campaign_id")) for row in rows if row.get("campaign_name") == name and self._is_own(row)]

    def _rows(self, level: Level, filtering: Mapping[str, Any]) -> list[Row]:
        """The rows of all pages that are not deleted."""
        rows: list[Row] = []
        for page in range(1, MAX_PAGES + 1):
            data = self._page(level, filtering, page)
            found = [row for row in data["list"] if isinstance(row, dict) and is_id(row.get(IDS[level]))]
            rows += [row for row in found if not is_deleted(row)]
            if not data["list"] or page >= (_pages(data) or 0):
                return rows
        raise StoppedError(f"{ROWS[level]} has more than {MAX_PAGES} pages")

    def _page(self, level: Level, filtering: Mapping[str, Any], page: int) -> Mapping[str, Any]:
        query = {
            "advertiser_id": self._advertiser_id,
            "filtering": json.dumps(filtering),
            "page": str(page),
            "page_size": str(PAGE_SIZES[level]),
        }
        pauses, waits = iter(RETRIES), 0
        while True:
            answer = self._client.get(ROWS[level], query)
            if answer.kind == "ok" and _is_readable(answer.data):
                return answer.data
            why = f"reading back from {ROWS[level]}: {answer.message}"
            if answer.kind == "redirected":
                raise MisuseError(why)
            if answer.kind == "throttled" and waits < THROTTLED_TIMES:
                waits += 1
                time.sleep(self._patience.throttle_wait)
                continue
            pause = next(pauses, None) if answer.kind in ("unsent", "unknown", "ok") else None
            if pause is None:
                raise StoppedError(why)
            time.sleep(pause)


def _is_readable(data: Mapping[str, Any]) -> bool:
    """Whether an answer holds a list, and says how many pages there are of it unless it is empty."""
    rows = data.get("list")
    return isinstance(rows, list) and (not rows or _pages(data) is not None)


def _pages(data: Mapping[str, Any]) -> int | None:
    """How many pages there are; None where the answer does not say."""
    info = data.get("page_info")
    total = info.get("total_page") if isinstance(info, dict) else None
    return int(total) if isinstance(total, int | str) and str(total).isdecimal() else None


def is_id(value: Any) -> bool:
    """Whether a server's value can be an object's id: digits, or letters at most."""
    return isinstance(value, str | int) and not isinstance(value, bool) and bool(_ID.fullmatch(str(value)))


def is_deleted(row: Row) -> bool:
    """Whether a row shows an object that was deleted."""
    return row.get("operation_status") == "DELETE" or str(row.get("secondary_status", "")).endswith("_DELETE")


def differences(step: Step, row: Row) -> Iterator[Difference]:
    """Where a row says otherwise than what was sent; what it does not show is not compared."""
    sent = {"operation_status": "ENABLE", **step.body}
    for field in (*GRAVE, *TOLD):
        was, shown = _at(sent, field), _at(row, field)
        if was is not None and shown is not None and not _same(was, shown):
            yield Difference(step.path, field, was, shown, field in GRAVE)
    creatives, there = sent.get("creative_list"), row.get("creative_list")
    if isinstance(creatives, list) and isinstance(there, list) and len(creatives) != len(there):
        yield Difference(step.path, "creative_list", f"{len(creatives)} entries", f"{len(there)} entries", False)


def _at(value: Mapping[str, Any], path: str) -> Any:
    found: Any = value
    for part in path.split("/"):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _same(was: Any, shown: Any) -> bool:
    if isinstance(was, list) and isinstance(shown, list):
        return sorted(map(str, was)) == sorted(map(str, shown))
    try:
        return Decimal(str(was)) == Decimal(str(shown))
    except InvalidOperation:
        return bool(was == shown)
