"""The usual forms of some text fields: rules on these fields have no findings on values in that form."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from splint.schema.values import VALUES

TRUTHS = {
    "true": "true",
    "false": "false",
    **dict.fromkeys(("yes", "on", "1"), "true"),
    **dict.fromkeys(("no", "off", "0"), "false"),
}
"""Texts, and numbers as texts, that mean true or false; YAML 1.1 read yes and on so, YAML 1.2 does not."""
ENTRIES = frozenset({"ad_text", "landing_page_url", "deeplink"})
"""Entry fields that a list is named after (`ad_text` in `ad_text_list`)."""


MOMENTS = ("schedule_start_time", "schedule_end_time")
"""Fields that hold a moment as YYYY-MM-DD HH:MM:SS."""


def moment(text: object) -> datetime | None:
    """A time in the form YYYY-MM-DD HH:MM:SS; None for anything else."""
    if not isinstance(text, str) or len(text) != 19 or text[4::3] != "-- ::":
        return None
    if text[11:13] == "24":  # newer Pythons read 24:00:00 as midnight
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


@cache
def _url() -> re.Pattern[str]:
    return re.compile(r"https?://(?!https?(?:/|$))[a-z0-9][a-z0-9.-]*(?:/\S*)?")


def is_plain_url(text: str) -> bool:
    """Whether a text is an http(s) URL with a host in lower case; other texts may be URLs too."""
    return _url().fullmatch(text) is not None


def unix_moment(value: object) -> datetime | None:
    """The moment in UTC of seconds or milliseconds since 1970, a number or its digits; None outside 2000-2099."""
    number = int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 16 else value
    if not isinstance(number, int | float) or isinstance(number, bool):
        return None
    for seconds in (number, number / 1000):
        if 946_684_800 <= seconds < 4_102_444_800:
            return datetime.fromtimestamp(int(seconds), UTC).replace(tzinfo=None)
    return None


BIGGEST_ID = 2**63 - 1
"""Of a signed 64-bit integer."""
BIGGEST_ID_DIGITS = str(BIGGEST_ID)
NAME_LENGTH = 512


def is_plain_name(text: str) -> bool:
    """Whether a name is short and plain ASCII; others may be acceptable too."""
    return text.isascii() and len(text) <= NAME_LENGTH


def is_int64(text: str) -> bool:
    """Whether a text is the decimal string of a signed 64-bit integer above zero; zeros may stand before it."""
    digits = text.lstrip("0")
    return text.isascii() and digits.isdigit() and len(digits) < 20 and int(digits) <= BIGGEST_ID


def are_int64(ids: list[str]) -> bool:
    """Whether all texts are as `is_int64` says: for the ids of a bundle in a quarter of the time. Raises TypeError."""
    is_digits = "".join(ids).encode("ascii", "replace").isdigit()  # a quarter of the time of str.isdigit
    if is_digits and min(ids) >= "1" and max(ids) <= BIGGEST_ID_DIGITS:
        return max(map(len, ids)) <= len(BIGGEST_ID_DIGITS)
    return all(map(is_int64, ids))


class DisputedInteger(int):
    """A number in YAML that YAML 1.1 reads otherwise, such as 0500 and 0o500: as a value it is what YAML 1.2 reads."""

    old: int | None = None
    """The number that YAML 1.1 reads; None for a text."""

    def read_before_as(self, old: int) -> "DisputedInteger":
        """The same, of which YAML 1.1 reads a number."""
        self.old = old
        return self


def id_as_compared(value: object) -> str:
    """An id as it is compared with others: its digits, without zeros before them; empty where there is none.

    A number counts as the digits that it should be.
    """
    if isinstance(value, str):
        return (value.lstrip("0") or "0") if value[:1] == "0" and value.isdigit() else value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def is_day(text: str) -> bool:
    """Whether a text is a day as ISO 8601 writes it."""
    try:
        return bool(date.fromisoformat(text.strip()))
    except ValueError:
        return False


CURRENCIES = {"CNH": "CNY", "EURO": "EUR", "NTD": "TWD", "RMB": "CNY", "STG": "GBP"}
"""Codes of currencies, by what is also written for them."""


def is_currency(text: str) -> bool:
    """Whether a text is the code of a currency, in upper or lower case."""
    from splint.schema.currencies import CODES  # few runs have the fact

    return text.strip().upper() in CODES


FORMS_OF_FACTS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "historical_cpa": (lambda number: bool(0 < number < float("inf")), "a number above zero"),
    "currency": (is_currency, "the code of a currency in ISO 4217, such as USD"),
    **dict.fromkeys(("delivery_start", "last_bid_change"), (is_day, "a day as YYYY-MM-DD")),
}
"""Account facts that hold more than a JSON type: whether a value is usable, and what they take in words."""

FINITE_BY_RULES = frozenset(
    ("budget", "min_budget", "max_budget", "scheduled_budget", "bid_price", "conversion_bid_price", "roas_bid")
) | {"historical_cpa"}
"""The numbers of which SPL106, or the form of the fact, tells that they are infinite or none: any other is SPL003."""

USUAL: dict[str, Callable[[str], bool]] = {
    "ad_name": is_plain_name,
    "adgroup_name": is_plain_name,
    "campaign_name": is_plain_name,
    "request_id": is_int64,
    "web_uri": lambda text: text.lower()[:4] != "http",  # not text[:4] first: a slice may be a key
    "landing_page_url": is_plain_url,
    **dict.fromkeys(MOMENTS, lambda text: moment(text) is not None),
}
"""Predicates, by field: whether a text has its usual form."""


def labels(text: str) -> list[str]:
    """The labels of calls to action that a text lists, with commas between them; none where it has any other."""
    listed = [part.strip().upper().replace(" ", "_") for part in text.split(",") if part.strip()]
    return listed if set(listed) <= {*VALUES["CallToAction.call_to_action"].valid} else []
