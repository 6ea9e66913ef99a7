"""Run splint and kill it at a point: `python tests/submit/killed.py POINT COUNT [SIGNAL] -- submit FILE ...`.

POINT is `MOMENT:SUBJECT`, and SIGNAL, by default SIGKILL, is sent at the COUNTth of them. Moments of the journal are
`before:`, `torn:` and `after:` the write of a `line`, or of an event such as `ARMED` or `enable-ARMED`; those of
requests are `sent:` (carried out, if that takes no second, and the answer not yet read) and `answered:`, for `request`,
`create`, `get` or `status`. `delay` sends it after COUNT milliseconds, `never` never.
"""

import os
import signal
import sys
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from threading import Timer
from typing import Any

from urllib3.connection import HTTPConnection
from urllib3.response import HTTPResponse
from urllib3.util.wait import wait_for_read

import splint.submit.submitter  # noqa: F401 - imports all that has RETRIES
from splint.cli import interrupts, start
from splint.submit.client import Answer, Client, Withheld
from splint.submit.journal import Event, Journal

Put = Callable[[object, str, Any], None]

RETRIES = (0.01, 0.01, 0.01)


def shorten_pauses(put: Put = setattr) -> None:
    """Shorten the pauses before retries, and sync no file: no power is lost here."""
    put(os, "fsync", lambda _: None)
    for name, module in tuple(sys.modules.items()):
        if name.startswith("splint.submit.") and hasattr(module, "RETRIES"):
            put(module, "RETRIES", RETRIES)


class KillPoint:
    """Calls `kill` at the nth occurrence of a point."""

    def __init__(self, point: str, count: int, kill: Callable[[], None]) -> None:
        self._moment, _, self._subject = point.partition(":")
        self._left = count
        self._kill = kill
        self._request: Collection[str] = ()

    def reach(self, moment: str, subjects: Collection[str], first: Callable[[], object] = lambda: None) -> None:
        """Call `first`, then kill, if this is the nth occurrence of the point."""
        if moment != self._moment or self._subject not in subjects:
            return
        self._left -= 1
        if self._left == 0:
            first()
            self._kill()

    def install(self, put: Put = setattr) -> None:
        """Patch the journal and the client so that they reach their points."""
        append, post, get, getresponse = Journal.append, Client.post, Client.get, HTTPConnection.getresponse

        def appended(journal: Journal, event: str, **fields: Any) -> Event:
            subjects = ("line", f"{fields['action']}-{event}" if "action" in fields else event)
            size = journal.path.stat().st_size

            def tear() -> None:
                os.truncate(journal.path, (size + journal.path.stat().st_size) // 2)

            self.reach("before", subjects)
            made = append(journal, event, **fields)
            self.reach("torn", subjects, tear)
            self.reach("after", subjects)
            return made

        def observed(act: str, ask: Callable[[], Answer]) -> Answer:
            self._request = ("request", act)
            answer = ask()
            self.reach("answered", self._request)
            return answer

        def posted(client: Client, path: str, body: Mapping[str, Any], *withheld: Withheld) -> Answer:
            act = "create" if Path(path).name == "create" else "status"
            return observed(act, lambda: post(client, path, body, *withheld))

        def got(client: Client, path: str, query: Mapping[str, str]) -> Answer:
            return observed("get", lambda: get(client, path, query))

        def read(connection: HTTPConnection) -> HTTPResponse:
            self.reach("sent", self._request, lambda: wait_for_read(connection.sock, timeout=1))
            return getresponse(connection)

        put(Journal, "append", appended)
        put(Client, "post", posted)
        put(Client, "get", got)
        put(HTTPConnection, "getresponse", read)


def main() -> None:
    """Run the command after `--`."""
    parted = sys.argv.index("--")
    point, count, *named = sys.argv[1:parted]
    sign = signal.Signals[named[0]] if named else signal.SIGKILL

    def kill() -> None:
        os.kill(os.getpid(), sign)

    shorten_pauses()
    interrupts.MOMENT = 0.2
    if point == "delay":
        timer = Timer(int(count) / 1000, kill)
        timer.daemon = True
        timer.start()
    else:
        KillPoint(point, int(count), kill).install()
    sys.argv = ["splint", *sys.argv[parted + 1 :]]
    start()


if __name__ == "__main__":
    main()
