"""Numbers and texts as they usually are: where nothing else stands, most rules have nothing to look at."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any


@cache
def _form() -> re.Pattern[str]:
    return re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")


def moment(text: str | None) -> datetime | None:
    """A moment written YYYY-MM-DD HH:MM:SS; None for any other text."""
    if text is None or not _form().fullmatch(text) or text[11:13] == "24":  # newer Pythons read 24:00:00 as midnight
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


@cache
def _url() -> re.Pattern[str]:
    return re.compile(r"https?://[a-z0-9][a-z0-9.-]*(?:/\S*)?")


def is_plain_url(text: str) -> bool:
    """Whether a text is an http(s) URL with a host in small letters, as most are; others may be URLs too."""
    return _url().fullmatch(text) is not None


def is_positive(number: float) -> bool:
    """Whether an amount is above zero and finite."""
    return 0 < number < float("inf")


USUAL: dict[str, Callable[[Any], bool]] = {
    "landing_page_url": is_plain_url,
    "schedule_start_time": lambda text: moment(text) is not None,
    "schedule_end_time": lambda text: moment(text) is not None,
}
"""Whether a text is as usual, by field."""
