"""What a server says that is not so, or not in the way it should be said."""

import gzip
import html as markup
import json
import re
import unicodedata
from collections.abc import Callable, Mapping

from tests.submit.server import Answer, Fault, Row

EMPTY = Fault(lists=lambda _: [])
"""Nothing is listed, though it is there."""


def retold(change: Callable[[Row], object], page_size: int | None = None) -> Fault:
    """The data of a list's answer is changed."""

    def told(whole: Answer) -> Answer:
        value = json.loads(whole.body)
        if "page_info" in value["data"]:
            change(value["data"])
        return whole._replace(body=json.dumps(value).encode())

    return Fault(answer=told, page_size=page_size)


def short(missing: int = 1) -> Fault:
    """The last rows of each page are missing, and counted all the same."""
    return retold(lambda data: data["list"].__delitem__(slice(max(len(data["list"]) - missing, 0), None)))


def one_page(size: int = 1) -> Fault:
    """Only the first page is said to be there, and it is a small one; the number of all rows is the right one."""
    return retold(lambda data: data["page_info"].update(total_page=1), size)


def total_page(text: str) -> Fault:
    """The number of pages is this, as JSON has it."""
    told = b'"total_page": ' + text.encode()
    return Fault(answer=lambda whole: whole._replace(body=re.sub(rb'"total_page": \d+', told, whole.body)))


def dripped(pause: float = 0.3, *, head: bool = False, commit: bool = True) -> Fault:
    """The answer's body, or its headers too, comes a byte at a time."""
    return Fault(commit=commit, answer=lambda whole: whole._replace(body_drip=pause, head_drip=pause if head else 0.0))


def zipped(*, commit: bool = True) -> Fault:
    """The answer is compressed, which nobody asked for."""

    def packed(whole: Answer) -> Answer:
        return whole._replace(body=gzip.compress(whole.body), headers={**whole.headers, "Content-Encoding": "gzip"})

    return Fault(commit=commit, answer=packed)


ALTERED: Mapping[str, Callable[[str], str]] = {
    "escaped": markup.escape,
    "padded": " {} ".format,
    "cut": lambda name: name[:11],
    "decomposed": lambda name: unicodedata.normalize("NFD", name),
    "composed": lambda name: unicodedata.normalize("NFC", name),
    "upper case": str.upper,
}
"""What becomes of names that are stored."""
