"""Reads objects back from TikTok and finds them by name."""

import json
import re
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from copy import copy
from typing import Any

from splint.schema.vocabulary import (
    ID_LISTS,
    OBJECT_LEVELS,
    OWN_IDS,
    PARENT_FIELDS,
    ObjectLevel,
    endpoint,
    is_deleted,
)
from splint.submit.client import Answer, Client
from splint.submit.errors import RedirectedError, UnreadError
from splint.submit.names import is_near
from splint.submit.options import RETRIES, THROTTLED_RETRIES, RetryPolicy
from splint.submit.pages import doubt_about, lack, most_announced, rows_of
from splint.submit.plan import Step
from splint.submit.record import Record
from splint.submit.rows import Row, is_named, is_of_advertiser, is_older, shown_names
from splint.submit.seen import Seen
from splint.submit.statuses import with_status

PAGE_SIZES: Mapping[ObjectLevel, int] = {"campaign": 1000, "adgroup": 1000, "ad": 100}
"""The largest page sizes that the API allows."""
MAX_PAGES = 1000
MOST_IDS = 100
"""The most ids in one query."""
ADVERTISERS = "/open_api/v1.3/advertiser/info/"
NO_PERMISSION = 40001
"""The code where the token is good, and the app or its user may not do this."""
_CURRENCY = re.compile(r"[A-Z]{3}")


class NoCurrencyError(Exception):
    """TikTok answers without the currency of the account, or refuses to tell it."""


class Reader:
    """Reads the objects of one advertiser. A failed GET is retried, then UnreadError is raised.

    `others` are the ids of campaigns that other runs created; searches for campaigns leave them out. Without
    `is_patient` no GET is retried, and none waited for. What campaigns show is told to the `record` of a run.
    """

    def __init__(
        self,
        client: Client,
        advertiser_id: str,
        retry_policy: RetryPolicy,
        others: Collection[str] = frozenset(),
        *,
        is_patient: bool = True,
        record: Record | None = None,
    ) -> None:
        self._client = client
        self._advertiser_id = advertiser_id
        self._retry_policy = retry_policy
        self._others = others
        self._retries = RETRIES if is_patient else ()
        self._throttled_retries = THROTTLED_RETRIES if is_patient else 0
        self._seen = Seen() if record is None else record
        self.latest = self._seen.latest
        """The row of each campaign that was read last, by its id."""
        self.waits = 0
        """How often a throttled request was waited for."""
        self.is_own_listed = True
        """Whether the lists that `namesakes` read last had the campaign that it left out: else they prove nothing."""
        self.nameless: list[str] = []
        """The ids of the campaigns that count and have no name in these lists: each may have any."""
        self.statuses = self._seen.statuses

    def leaving_out(self, others: Collection[str]) -> "Reader":
        """A reader of the same account that leaves these campaigns out instead; what one of the two sees, both saw."""
        reader = copy(self)
        reader._others = others
        return reader

    def find(
        self,
        step: Step,
        ids: Mapping[str, str],
        *,
        is_repeated: bool,
        names: Collection[str] = (),
        counts: Callable[[Row], bool] = lambda _row: True,
    ) -> dict[str, Row]:
        """The rows that count, by id, of objects of exactly a step's name under its parent, polled over the window.

        Polling ends at the first match, unless the request was repeated: then a second match may appear. `ids` are the
        known ids, by path; `names` are the names that the step was sent with, before its bundle was corrected too. A
        campaign that was sent is looked for by these alone: what has a name that was never sent is another's.
        """
        matches: dict[str, Row] = {}
        for _ in self._retry_policy.lookups():
            for sought in {*names} if names and step.parent is None else {step.name, *names}:
                rows = filter(counts, self._named(step, sought, ids))
                matches |= {str(row.get(OWN_IDS[step.level])): row for row in rows}
            if len(matches) > 1 or (matches and not is_repeated):
                break
        return dict(sorted(matches.items()))

    def _named(self, step: Step, name: str, ids: Mapping[str, str]) -> list[Row]:
        """The rows of exactly a name under a step's parent; names are compared here, not by the server's filter."""
        if step.parent is None:
            return self.campaigns(name)
        rows = self._rows(step.level, {f"{PARENT_FIELDS[step.level]}s": [ids[step.parent]]})
        return [row for row in self._own(rows) if is_named(row, step._replace(name=name), ids)]

    def below(
        self, campaign_id: str, *, deleted: bool = False, first: Callable[[Mapping[str, Row]], object] = len
    ) -> dict[ObjectLevel, dict[str, Row]]:
        """The rows of a campaign, its ad groups and its ads, by level and id; with `deleted` also deleted ones.

        `first` is called with those of the campaign before any below it are read.
        """
        by_level: dict[ObjectLevel, dict[str, Row]] = {}
        for level in OBJECT_LEVELS:
            groups = by_level.get("adgroup", {})
            rows = self._rows(level, {"campaign_ids": [campaign_id]}, deleted=deleted)
            by_level[level] = {
                str(row.get(OWN_IDS[level])): row
                for row in rows
                if str(row.get("campaign_id")) == campaign_id
                or (level == "ad" and str(row.get("adgroup_id")) in groups)
            }
            if level == "campaign":
                first(by_level[level])
        self._seen.below[campaign_id] = by_level
        return by_level

    def campaign(self, campaign_id: str, *, deleted: bool = False) -> Row | None:
        """The row of a campaign; None if it is not listed, which does not mean that it does not exist."""
        rows = self._rows("campaign", {"campaign_ids": [campaign_id]}, deleted=deleted)
        return next((row for row in rows if str(row.get("campaign_id")) == campaign_id), None)

    def settled(self, campaign_id: str, suffices: Callable[[Row | None], bool], *, deleted: bool = False) -> Row | None:
        """The row of a campaign in the first look that suffices, else in the last one of the settle window."""
        row: Row | None = None
        for _ in self._retry_policy.lookups():
            row = self.campaign(campaign_id, deleted=deleted)
            if suffices(row):
                break
        return row

    def standing_row(self, campaign_id: str) -> tuple[Row | None, bool]:
        """The row of a campaign in the first look that shows it and not as deleted.

        Without one, also whether each look in the settle window showed it as deleted.
        """
        looks: list[bool] = []

        def suffices(row: Row | None) -> bool:
            looks.append(row is not None and is_deleted(row))
            return row is not None and not looks[-1]

        row = self.settled(campaign_id, suffices, deleted=True)
        return (None, all(looks)) if row is None or looks[-1] else (row, False)

    def glance(self, level: ObjectLevel, campaign_id: str, *, must_answer: bool = False) -> list[Row]:
        """The rows of a campaign or below it, deleted or not, of one page, by one GET.

        If that fails there are none, or UnreadError is raised where it `must_answer`.
        """
        answer = self._client.get(endpoint(level, "get"), self._query(level, {"campaign_ids": [campaign_id]}, 1))
        if must_answer and answer.kind != "ok":
            raise UnreadError(f"{_unread(endpoint(level, 'get'), answer)}; nothing was disabled")
        rows = rows if isinstance(rows := answer.data.get("list"), list) else []
        return [row for row in rows if isinstance(row, dict) and str(row.get("campaign_id")) == campaign_id]

    def of_ids(self, level: ObjectLevel, ids: Collection[str], *, deleted: bool = False) -> dict[str, Row]:
        """The rows of the objects with these ids, by id, under whatever campaign they are."""
        wanted, own = list(ids), OWN_IDS[level]
        found: dict[str, Row] = {}
        for start in range(0, len(wanted), MOST_IDS):
            rows = self._rows(level, {ID_LISTS[level]: wanted[start : start + MOST_IDS]}, deleted=deleted)
            found |= {str(row[own]): row for row in rows if str(row[own]) in ids}
        return found

    def campaigns(self, name: str) -> list[Row]:
        """The campaigns of exactly a name, without those of other runs."""
        rows = self._rows("campaign", {"campaign_name": name})
        return [row for row in self._candidates(rows) if row.get("campaign_name") == name]

    def taken(self, name: str) -> list[str]:
        """The ids of the campaigns of exactly a name that other runs created."""
        rows = self._rows("campaign", {"campaign_name": name})
        return sorted({str(row["campaign_id"]) for row in rows if row.get("campaign_name") == name} & set(self._others))

    def ids_named(self, name: str) -> tuple[list[str], list[str]]:
        """The ids of the campaigns of exactly a name, as of `campaigns`, and of those of a near one that are listed."""
        rows = self._own(self._rows("campaign", {"campaign_name": name}))
        exact = {str(row["campaign_id"]) for row in rows if row.get("campaign_name") == name}
        near = {str(row["campaign_id"]) for row in rows if is_near(name, row.get("campaign_name"))} - exact
        return sorted(exact - set(self._others)), sorted(near)

    def namesakes(
        self,
        names: Iterable[str],
        own: str | None,
        counts: Callable[[Row], bool] = lambda _row: True,
        *,
        is_whole: bool = False,
        as_shown: bool = False,
    ) -> dict[str, list[Row]]:
        """By each name that campaigns other than `own` have, whose rows count: their rows.

        With `is_whole` the list of all campaigns is read, whose server filters nothing. With `as_shown` the names that
        rows of `own` show count, too: a server may spell each so.
        """
        sought = {*names, *shown_names([self.latest.get(own or "", {})] if as_shown else [])}
        filters = [{}] if is_whole else [{"campaign_name": name} for name in sorted(sought)]
        shown = [row for each in filters for row in self._rows("campaign", each)]
        of_own = [row for row in shown if str(row["campaign_id"]) == own]
        self.is_own_listed = own is None or bool(of_own)
        rest = {str(row["campaign_id"]): row for row in self._candidates(shown)}
        rest = {each: row for each, row in rest.items() if each != own and counts(row)}
        self.nameless = sorted(each for each, row in rest.items() if not row.get("campaign_name"))
        found = {
            name: [row for row in rest.values() if row.get("campaign_name") == name]
            for name in sorted(sought | shown_names(of_own if as_shown else []))
        }
        return {name: each for name, each in found.items() if each}

    def similar(self, name: str, since: str, but: Collection[str]) -> list[Row]:
        """The campaigns whose name is this one, or may be an altered form of it.

        Of the latter those are others' that were created before a time (UTC), or whose ids are among `but`.
        """
        rows = [row for row in self._rows("campaign", {}) if is_near(name, row.get("campaign_name"))]

        def is_anothers(row: Row) -> bool:
            return row.get("campaign_name") != name and (str(row["campaign_id"]) in but or is_older(row, since))

        return self._candidates(row for row in rows if not is_anothers(row))

    def _candidates(self, rows: Iterable[Row]) -> list[Row]:
        """The rows of campaigns that may be the run's: they are the advertiser's, and no other run created them."""
        return [row for row in self._own(rows) if str(row.get("campaign_id")) not in self._others]

    def _own(self, rows: Iterable[Row]) -> list[Row]:
        """The rows of the advertiser's objects."""
        return [row for row in rows if is_of_advertiser(row, self._advertiser_id)]

    def currency(self) -> str:
        """The ISO code of the account's currency. Raises NoCurrencyError if the answer has none or is a refusal."""
        query = {"advertiser_ids": json.dumps([self._advertiser_id]), "fields": '["advertiser_id", "currency"]'}
        answer = self._get(ADVERTISERS, query)
        rows = answer.data.get("list")
        dicts = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        named = {json.dumps(row.get("currency")) for row in self._own(dicts)}
        currency = json.loads(named.pop()) if len(named) == 1 else None
        if isinstance(currency, str) and _CURRENCY.fullmatch(currency):
            return currency
        raise NoCurrencyError(f"the advertiser's currency cannot be read: {answer.message}")

    def _rows(self, level: ObjectLevel, filtering: Mapping[str, Any], *, deleted: bool = False) -> list[Row]:
        """The rows of all pages, without deleted ones unless `deleted`.

        Raises UnreadError for rows that contradict each other, have no id, or no name where they are asked for by it,
        or are not as many as announced.
        """
        pauses = iter(self._retries)
        while True:
            pages = self._pages(level, filtering)
            doubt = doubt_about(level, pages)
            rows = rows_of(pages)
            if "campaign_name" in filtering and not doubt and not all(row.get("campaign_name") for row in rows):
                doubt = "lists campaigns by name that show none"
            if doubt is None:
                by_id = {str(row[OWN_IDS[level]]): row for row in rows}
                if level == "adgroup":
                    self._seen.groups |= by_id
                if level == "campaign":
                    by_id = {own: with_status(row) for own, row in by_id.items()}
                    self.latest |= by_id
                    for own, row in by_id.items():
                        self.statuses[own].add("DELETE" if is_deleted(row) else row.get("operation_status"))
                return [row for row in by_id.values() if deleted or not is_deleted(row)]
            if (pause := next(pauses, None)) is None:
                raise UnreadError(f"{endpoint(level, 'get')} {doubt}")
            time.sleep(pause)

    def _pages(self, level: ObjectLevel, filtering: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """The data of all pages, as many as any of them announces, up to one that is empty."""
        pages: list[Mapping[str, Any]] = []
        while len(pages) < MAX_PAGES:
            pages.append(self._page(level, filtering, len(pages) + 1))
            if not pages[-1]["list"] or len(pages) >= (most_announced(pages, "total_page") or 0):
                return pages
        raise UnreadError(f"{endpoint(level, 'get')} has more than {MAX_PAGES} pages")

    def _page(self, level: ObjectLevel, filtering: Mapping[str, Any], page: int) -> Mapping[str, Any]:
        answer = self._get(endpoint(level, "get"), self._query(level, filtering, page), lack)
        if answer.kind != "ok":
            raise UnreadError(_unread(endpoint(level, "get"), answer))
        return answer.data

    def _query(self, level: ObjectLevel, filtering: Mapping[str, Any], page: int) -> dict[str, str]:
        return {
            "advertiser_id": self._advertiser_id,
            "filtering": json.dumps(filtering),
            "page": str(page),
            "page_size": str(PAGE_SIZES[level]),
        }

    def _get(
        self,
        path: str,
        query: Mapping[str, str],
        lack: Callable[[Mapping[str, Any]], str | None] = lambda _: None,
    ) -> Answer:
        """The answer to a GET, ok or a refusal; one that fails, or lacks what is to be read, is tried again.

        Raises UnreadError for one that fails still and for a token that is not accepted, RedirectedError for
        a redirect.
        """
        pauses, throttled = iter(self._retries), 0
        while True:
            answer = self._client.get(path, query)
            missing = lack(answer.data) if answer.kind == "ok" else None
            if (answer.kind in ("ok", "refused") or answer.code == NO_PERMISSION) and missing is None:
                return answer
            why = f"{_unread(path, answer)}{missing or ''}"
            if answer.kind == "redirected":
                raise RedirectedError(why)
            if answer.kind == "throttled" and throttled < self._throttled_retries:
                throttled, self.waits = throttled + 1, self.waits + 1
                time.sleep(self._retry_policy.throttle_wait)
                continue
            pause = next(pauses, None) if answer.kind in ("unsent", "unknown", "ok") else None
            if pause is None:
                raise UnreadError(why)
            time.sleep(pause)


def _unread(path: str, answer: Answer) -> str:
    return f"reading back from {path}: {answer.message}"
