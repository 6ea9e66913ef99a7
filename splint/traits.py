"""Texts as they usually are written: where nothing else stands, rules about them have nothing to look at."""

import re
from collections.abc import Iterable
from functools import cache

_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_LONG = r"(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
_SHORT = r"(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
_FEBRUARY = r"02-(?:0[1-9]|1[0-9]|2[0-8])"
_MOMENT = rf"[12][0-9]{{3}}-(?:{_LONG}|{_SHORT}|{_FEBRUARY}) {_TIME}"
USUAL = {
    "landing_page_url": r"https?://[a-z0-9][a-z0-9.-]*(?:/\S*)?",
    "schedule_start_time": _MOMENT,
    "schedule_end_time": _MOMENT,
}
"""Regular expressions for the texts of fields. What fits is fine; other texts may be."""


@cache
def _form(field: str) -> re.Pattern[str]:
    return re.compile(USUAL[field])


def are_usual(field: str, texts: Iterable[str]) -> bool:
    """Whether all texts of a field are written as usual. A TypeError for what is no text."""
    return all(map(_form(field).fullmatch, texts))
