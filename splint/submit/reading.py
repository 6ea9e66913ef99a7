"""Reading back what stands at TikTok, and comparing it with what was sent."""

import html
import json
import re
import time
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from splint.schema.vocabulary import LEVELS, NAME_FIELDS, OWN_IDS, PARENT_FIELDS, Level, endpoint
from splint.submit.client import Answer, Client
from splint.submit.errors import MisuseError, StoppedError
from splint.submit.plan import Step

PAGE_SIZES: Mapping[Level, int] = {"campaign": 1000, "adgroup": 1000, "ad": 100}
"""The most rows that a page may have."""
MAX_PAGES = 1000
RETRIES = (0.5, 1.0, 2.0)
"""Seconds before a request that did not get through is tried again."""
THROTTLED_TIMES = 3
"""How often a throttled request waits."""

LOOKS = 4
"""So often is something looked for, spread over the settle window."""

ADVERTISERS = "/open_api/v1.3/advertiser/info/"
_COUNT = re.compile(r"[0-9]{1,9}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")
Row = Mapping[str, Any]
Page = Callable[[str, Mapping[str, str]], Answer]


class RetryPolicy(NamedTuple):
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


class Reader:
    """Looks objects of one advertiser up. A GET that fails is tried again, then StoppedError is raised.

    `others` are the ids of campaigns that other runs made: a person knows of them, whatever they are called.
    """

    def __init__(
        self, client: Client, advertiser_id: str, retry_policy: RetryPolicy, others: Collection[str] = frozenset()
    ) -> None:
        self._client = client
        self._advertiser_id = advertiser_id
        self._patience = retry_policy
        self._others = others

    def find(self, step: Step, ids: Mapping[str, str], *, is_repeated: bool, name: str | None = None) -> list[str]:
        """The ids of what stands under exactly a step's name below its parent, looked for over the settle window.

        One is enough, unless the request was repeated: then several may turn up. `ids` are those known, by path;
        `name` is the one that the step was sent under, where that is another.
        """
        found: set[str] = set()
        for _ in self._patience.looks():
            for sought in {step.name, name or step.name}:
                found |= {str(row.get(OWN_IDS[step.level])) for row in self._named(step, sought, ids)}
            if len(found) > 1 or (found and not is_repeated):
                break
        return sorted(found)

    def _named(self, step: Step, name: str, ids: Mapping[str, str]) -> list[Row]:
        """The rows of exactly a name under a step's parent; the server's filter is never trusted."""
        if step.parent is None:
            return self.campaigns(name)
        rows = self._rows(step.level, {f"{PARENT_FIELDS[step.level]}s": [ids[step.parent]]})
        return [row for row in rows if is_named(row, step._replace(name=name), ids) and self._is_own(row)]

    def _is_own(self, row: Row) -> bool:
        """Whether a row is the advertiser's, as far as it says."""
        return str(row.get("advertiser_id") or self._advertiser_id) == self._advertiser_id

    def below(self, campaign_id: str, *, deleted: bool = False) -> dict[Level, dict[str, Row]]:
        """What stands of a campaign: itself, its ad groups and its ads, by id; with `deleted` also what is shown so."""
        found: dict[Level, dict[str, Row]] = {}
        for level in LEVELS:
            groups = found.get("adgroup", {})
            rows = self._rows(level, {"campaign_ids": [campaign_id]}, deleted=deleted)
            found[level] = {
                str(row.get(OWN_IDS[level])): row
                for row in rows
                if str(row.get("campaign_id")) == campaign_id
                or (level == "ad" and row.get("campaign_id") is None and str(row.get("adgroup_id")) in groups)
            }
        return found

    def campaign(self, campaign_id: str, *, deleted: bool = False) -> Row | None:
        """The row of a campaign; None where none is shown, which proves nothing."""
        rows = self._rows("campaign", {"campaign_ids": [campaign_id]}, deleted=deleted)
        return next((row for row in rows if str(row.get("campaign_id")) == campaign_id), None)

    def campaigns(self, name: str) -> list[Row]:
        """The campaigns of exactly a name, without those that other runs made."""
        rows = self._rows("campaign", {"campaign_name": name})
        return [row for row in rows if row.get("campaign_name") == name and self._is_another(row)]

    def similar(self, name: str, since: str) -> list[Row]:
        """The campaigns whose name may be this one as a server spelt it, but for those made before a time (UTC)."""
        return [
            row
            for row in self._rows("campaign", {})
            if is_near(name, row.get("campaign_name")) and self._is_another(row) and not _is_older(row, since)
        ]

    def _is_another(self, row: Row) -> bool:
        return self._is_own(row) and str(row.get("campaign_id")) not in self._others

    def currency(self) -> str:
        """The currency of the advertiser's account, an ISO code. Raises StoppedError where it cannot be read."""
        fields = ["advertiser_id", "currency"]
        query = {"advertiser_ids": json.dumps([self._advertiser_id]), "fields": json.dumps(fields)}
        answer = self._client.get(ADVERTISERS, query)
        rows = answer.data.get("list")
        for row in rows if isinstance(rows, list) else ():
            found = row.get("currency") if isinstance(row, dict) and self._is_own(row) else None
            if isinstance(found, str) and _CURRENCY.fullmatch(found):
                return found
        raise StoppedError(f"the advertiser's currency cannot be read: {answer.message}")

    def _rows(self, level: Level, filtering: Mapping[str, Any], *, deleted: bool = False) -> list[Row]:
        """The rows of all pages, those that are deleted only where asked for.

        Raises StoppedError where fewer rows come than the answers speak of.
        """
        pauses = iter(RETRIES)
        while True:
            rows, announced = self._pages(level, filtering)
            if len(rows) >= announced:
                found = [row for row in rows if isinstance(row, dict) and is_id(row.get(OWN_IDS[level]))]
                return [row for row in found if deleted or not is_deleted(row)]
            pause = next(pauses, None)
            if pause is None:
                raise StoppedError(f"{endpoint(level, 'get')} speaks of {announced} rows and gives {len(rows)}")
            time.sleep(pause)

    def _pages(self, level: Level, filtering: Mapping[str, Any]) -> tuple[list[Any], int]:
        """What all pages hold, and how much they say that there is."""
        rows: list[Any] = []
        announced = 0
        for page in range(1, MAX_PAGES + 1):
            data = self._page(level, filtering, page)
            rows += data["list"]
            announced = max(announced, _count(data, "total_number") or 0)
            if not data["list"] or page >= (_count(data, "total_page") or 0):
                return rows, announced
        raise StoppedError(f"{endpoint(level, 'get')} has more than {MAX_PAGES} pages")

    def _page(self, level: Level, filtering: Mapping[str, Any], page: int) -> Mapping[str, Any]:
        query = {
            "advertiser_id": self._advertiser_id,
            "filtering": json.dumps(filtering),
            "page": str(page),
            "page_size": str(PAGE_SIZES[level]),
        }
        pauses, waits = iter(RETRIES), 0
        while True:
            answer = self._client.get(endpoint(level, "get"), query)
            if answer.kind == "ok" and _is_readable(answer.data):
                return answer.data
            why = f"reading back from {endpoint(level, 'get')}: {answer.message}"
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
    return isinstance(rows, list) and (not rows or _count(data, "total_page") is not None)


def _count(data: Mapping[str, Any], name: str) -> int | None:
    """A number of rows or pages; None where the answer does not say a sane one."""
    info = data.get("page_info")
    count = info.get(name) if isinstance(info, dict) else None
    if not isinstance(count, int | str) or isinstance(count, bool):
        return None
    return int(count) if _COUNT.fullmatch(str(count)) else None


def is_named(row: Row, step: Step, ids: Mapping[str, str]) -> bool:
    """Whether a row is of a step's level, has exactly its name and stands under its parent."""
    is_below = step.parent is None or str(row.get(PARENT_FIELDS[step.level])) == ids.get(step.parent)
    return is_below and row.get(NAME_FIELDS[step.level]) == step.name


def told(row: Row) -> str:
    """The id and name of a row of any level."""
    level = [level for level in LEVELS if OWN_IDS[level] in row][-1]
    return f"{row[OWN_IDS[level]]} {row.get(NAME_FIELDS[level])!r}"


def is_near(name: str, other: Any) -> bool:
    """Whether one name may be the other as a server spelt it: case, composition, escapes, blanks, or cut off."""
    ours, theirs = (_folded(each) for each in (name, str(other)))
    is_cut = len(theirs) * 2 >= len(ours) and ours.startswith(theirs)
    return bool(theirs) and (ours == theirs or is_cut)


def _folded(name: str) -> str:
    unescaped = html.unescape(html.unescape(name))
    return " ".join(unicodedata.normalize("NFKC", unescaped).casefold().split())


def _is_older(row: Row, since: str) -> bool:
    """Whether a row says that it was made before a time."""
    try:
        made, begun = (datetime.fromisoformat(str(text)) for text in (row.get("create_time"), since))
    except ValueError:
        return False
    made, begun = (each if each.tzinfo else each.replace(tzinfo=UTC) for each in (made, begun))
    return made + timedelta(days=1) < begun  # whatever time zone it is in


def is_id(value: Any) -> bool:
    """Whether a server's value can be an object's id: digits, or letters at most."""
    return isinstance(value, str | int) and not isinstance(value, bool) and bool(_ID.fullmatch(str(value)))


def is_deleted(row: Row) -> bool:
    """Whether a row shows an object that was deleted."""
    return row.get("operation_status") == "DELETE" or str(row.get("secondary_status", "")).endswith("_DELETE")
