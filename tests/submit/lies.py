"""Faults of a server whose answers are wrong or malformed."""

import gzip
import html as markup
import json
import re
import unicodedata
from collections.abc import Callable, Mapping

from tests.submit.server import Answer, Fault, Row

EMPTY = Fault(lists=lambda _: [])
"""Lists are empty although there are objects."""


def altered(change: Callable[[Row], object], page_size: int | None = None) -> Fault:
    """The data of a list's answer is changed by `change`."""

    def answer(whole: Answer) -> Answer:
        value = json.loads(whole.body)
        if "page_info" in value["data"]:
            change(value["data"])
        return whole._replace(body=json.dumps(value).encode())

    return Fault(answer=answer, page_size=page_size)


def short(missing: int = 1) -> Fault:
    """The last rows of each page are missing, but counted."""
    return altered(lambda data: data["list"].__delitem__(slice(max(len(data["list"]) - missing, 0), None)))


def one_page(size: int = 1) -> Fault:
    """The number of pages is 1, of `size` rows; the number of all rows is right."""
    return altered(lambda data: data["page_info"].update(total_page=1), size)


def total_page(text: str) -> Fault:
    """The number of pages is this JSON text."""
    member = b'"total_page": ' + text.encode()
    return Fault(answer=lambda whole: whole._replace(body=re.sub(rb'"total_page": \d+', member, whole.body)))


def dripped(pause: float = 0.3, *, head: bool = False, commit: bool = True) -> Fault:
    """The answer's body, with `head` its headers too, is sent a byte at a time."""
    return Fault(commit=commit, answer=lambda whole: whole._replace(body_drip=pause, head_drip=pause if head else 0.0))


def zipped(*, commit: bool = True) -> Fault:
    """The answer is compressed although the request does not accept it."""

    def packed(whole: Answer) -> Answer:
        return whole._replace(body=gzip.compress(whole.body), headers={**whole.headers, "Content-Encoding": "gzip"})

    return Fault(commit=commit, answer=packed)


ALTERED: Mapping[str, Callable[[str], str]] = {
    "escaped": markup.escape,
    "padded": " {} ".format,
    "cut": lambda name: name[:11],
    "cut, with dots": lambda name: f"{name[:12]}...",
    "cut, with an ellipsis": lambda name: f"{name[:12]}…",
    "decomposed": lambda name: unicodedata.normalize("NFD", name),
    "composed": lambda name: unicodedata.normalize("NFC", name),
    "upper case": str.upper,
}
"""How a server may alter the names that it stores."""
