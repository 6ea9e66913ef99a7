"""The usual forms of some text fields: rules on these fields have no findings on values in that form."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import cache


def moment(text: object) -> datetime | None:
    """A time in the form YYYY-MM-DD HH:MM:SS; None for anything else."""
    if (
        not isinstance(text, str)
        or len(text) != 19
        or (text[4], text[7], text[10], text[13], text[16]) != ("-", "-", " ", ":", ":")
    ):
        return None
    if text[11:13] == "24":  # newer Pythons read 24:00:00 as midnight
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


@cache
def _url() -> re.Pattern[str]:
    return re.compile(r"https?://[a-z0-9][a-z0-9.-]*(?:/\S*)?")


def is_plain_url(text: str) -> bool:
    """Whether a text is an http(s) URL with a host in lower case; other texts may be URLs too."""
    return _url().fullmatch(text) is not None


USUAL: dict[str, Callable[[str], bool]] = {
    "landing_page_url": is_plain_url,
    "schedule_start_time": lambda text: moment(text) is not None,
    "schedule_end_time": lambda text: moment(text) is not None,
}
"""Whether the text of a field has its usual form; returns False or raises TypeError for other values."""
