"""Whether the answers of a list, page by page, can be believed."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from splint.reporting.wording import counted
from splint.schema.vocabulary import OWN_IDS, ObjectLevel

DIGITS = 9
"""The most digits of a number of rows or pages."""
_COUNT = re.compile(rf"[0-9]{{1,{DIGITS}}}")
_ID = re.compile(r"(?!(?:0+|null|none|nil|undefined|nan)\Z)[0-9a-z][0-9a-z_-]{0,63}", re.IGNORECASE)


def lack(data: Mapping[str, Any]) -> str | None:
    """What an answer lacks to be read: a list and, unless that is empty, a number of pages."""
    rows = data.get("list")
    if not isinstance(rows, list):
        return ", without a list"
    for name in ("total_page", "total_number"):
        if _is_too_large(_announced(data, name)):
            return f", with a page_info.{name} that is too large"
    if rows and not _count(data, "total_page"):
        return ", without page_info.total_page"
    is_readable = _announced(data, "total_number") is None or _count(data, "total_number") is not None
    return None if is_readable else ", without a readable page_info.total_number"


def doubt_about(level: ObjectLevel, pages: list[Mapping[str, Any]]) -> str | None:
    """Why the rows of a list prove nothing; None if they can be believed.

    Of a list that announces no number of rows, one row may be there twice, as where a page moved on meanwhile.
    """
    by_id: dict[str, Mapping[str, Any]] = {}
    repeated: str | None = None
    for number, page in enumerate(pages, start=1):
        known = len(by_id)
        for row in page["list"]:
            own = row.get(OWN_IDS[level]) if isinstance(row, dict) else None
            if not is_id(own):
                return f"gives a row without a readable {OWN_IDS[level]}"
            if by_id.setdefault(str(own), row) != row:
                return f"gives different rows for {OWN_IDS[level]} {own}"
        repeated = repeated or _repeats(
            page, number, most_announced(pages, "total_page") or 0, is_new=len(by_id) > known
        )
    announced, size = most_announced(pages, "total_number"), sum(len(page["list"]) for page in pages)
    if announced is None:
        return repeated
    if announced == len(by_id) == size:
        return None
    twice = f", {size - len(by_id)} of them twice" if announced == len(by_id) else ""
    return f"speaks of {counted(announced, 'row')} and gives {size if twice else len(by_id)}{twice}"


def _repeats(page: Mapping[str, Any], number: int, of: int, *, is_new: bool) -> str | None:
    """Why a page is not the one of its number, where the number of all rows is not announced; None if it may be."""
    if (given := _count(page, "page")) not in (None, number):
        return f"gives page {given} for page {number}"
    return None if is_new or of <= 1 else f"gives no other row on page {number} of {of}"


def most_announced(pages: list[Mapping[str, Any]], name: str) -> int | None:
    """The largest number of rows or pages that a page announces, if any does."""
    return max((count for page in pages if (count := _count(page, name)) is not None), default=None)


def _announced(data: Mapping[str, Any], name: str) -> Any:
    """What an answer has as a number of rows or pages; None if it has nothing."""
    info = data.get("page_info")
    return info.get(name) if isinstance(info, dict) else None


def _is_too_large(count: Any) -> bool:
    """Whether a number of rows or pages has more digits than are read."""
    if isinstance(count, float):  # as which larger integers are read
        return bool(count >= 10**DIGITS)
    return isinstance(count, int | str) and str(count).isdecimal() and len(str(count)) > DIGITS


def _count(data: Mapping[str, Any], name: str) -> int | None:
    """A number of rows or pages in an answer; None if it is missing, malformed or too large."""
    count = _announced(data, name)
    if not isinstance(count, int | str) or isinstance(count, bool):
        return None
    return int(count) if _COUNT.fullmatch(str(count)) else None


def is_id(value: Any) -> bool:
    """Whether a value of an answer is a valid id: letters, digits, `_` and `-`, no word or number for none."""
    return isinstance(value, str | int) and not isinstance(value, bool) and bool(_ID.fullmatch(str(value)))


def rows_of(pages: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The rows of all pages, in order."""
    return [row for page in pages for row in page["list"]]
