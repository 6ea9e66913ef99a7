"""Run splint and strike it down on the way: `python tests/submit/killed.py POINT COUNT [SIGNAL] -- submit FILE ...`.

POINT is a moment and a thing, and COUNT says at which of them SIGNAL, by default SIGKILL, comes: `before:`, `torn:` or
`after:` a line of the journal is on disk (`line`, or an event such as `ARMED` or `enable-ARMED`), or a request was
`sent:` or `answered:` (`request`, `create`, `get` or `status`). `delay` comes after COUNT milliseconds, `never` never.
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

import splint.submit.submitter  # noqa: F401 - imports all that has RETRIES
from splint.cli import start
from splint.submit.client import Answer, Client
from splint.submit.journal import Event, Journal

Put = Callable[[object, str, Any], None]

RETRIES = (0.01, 0.01, 0.01)


def hurry(put: Put = setattr) -> None:
    """Have requests retried at once."""
    for name, module in tuple(sys.modules.items()):
        if name.startswith("splint.submit.") and hasattr(module, "RETRIES"):
            put(module, "RETRIES", RETRIES)


class Blow:
    """What strikes at the nth of its moments."""

    def __init__(self, point: str, count: int, strike: Callable[[], None]) -> None:
        self._moment, _, self._thing = point.partition(":")
        self._left = count
        self._strike = strike
        self._asked: Collection[str] = ()

    def reach(self, moment: str, resources: Collection[str], first: Callable[[], None] = lambda: None) -> None:
        """Strike if this is the moment, after what comes first."""
        if moment != self._moment or self._thing not in resources:
            return
        self._left -= 1
        if self._left == 0:
            first()
            self._strike()

    def aim(self, put: Put = setattr) -> None:
        """Have the journal and the client tell of their moments."""
        append, post, get, getresponse = Journal.append, Client.post, Client.get, HTTPConnection.getresponse

        def appended(journal: Journal, event: str, **fields: Any) -> Event:
            resources = ("line", f"{fields['action']}-{event}" if "action" in fields else event)
            size = journal.path.stat().st_size

            def tear() -> None:
                os.truncate(journal.path, (size + journal.path.stat().st_size) // 2)

            self.reach("before", resources)
            made = append(journal, event, **fields)
            self.reach("torn", resources, tear)
            self.reach("after", resources)
            return made

        def asked(act: str, ask: Callable[[], Answer]) -> Answer:
            self._asked = ("request", act)
            answer = ask()
            self.reach("answered", self._asked)
            return answer

        def posted(client: Client, path: str, body: Mapping[str, Any]) -> Answer:
            return asked("create" if Path(path).name == "create" else "status", lambda: post(client, path, body))

        def got(client: Client, path: str, query: Mapping[str, str]) -> Answer:
            return asked("get", lambda: get(client, path, query))

        def read(connection: HTTPConnection) -> HTTPResponse:
            self.reach("sent", self._asked)
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

    def strike() -> None:
        os.kill(os.getpid(), sign)

    hurry()
    if point == "delay":
        timer = Timer(int(count) / 1000, strike)
        timer.daemon = True
        timer.start()
    else:
        Blow(point, int(count), strike).aim()
    sys.argv = ["splint", *sys.argv[parted + 1 :]]
    start()


if __name__ == "__main__":
    main()
