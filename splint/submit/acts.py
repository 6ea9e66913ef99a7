"""Status updates: enabling, disabling and deleting what a run made, through the journal, and read back."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from splint.reporting.reporters.terminal import safe
from splint.schema.vocabulary import ID_LISTS, Level, endpoint
from splint.submit.client import Answer, Client
from splint.submit.errors import MisuseError, PersonNeededError, StoppedError
from splint.submit.reading import RETRIES, THROTTLED_TIMES, Reader, RetryPolicy, is_deleted
from splint.submit.record import Act, Record

STATUSES: Mapping[Act, str] = {"enable": "ENABLE", "disable": "DISABLE", "delete": "DELETE"}
MOST_TOLD = 500
"""So many letters of what a server says are told."""
MAX_IDS = 20
"""The most ids that one status update takes."""


class Acts:
    """Sets the status of objects of one run. Doing it twice does no harm: what is not proven is done once more.

    It is DONE by a plain ok to the very request that no row contradicts, or by a row that shows it after the whole
    settle window. A row that is missing proves nothing.
    """

    def __init__(self, record: Record, client: Client, reader: Reader, retry_policy: RetryPolicy) -> None:
        self._record = record
        self._client = client
        self._reader = reader
        self._patience = retry_policy

    def set(self, act: Act, level: Level, paths: Sequence[str]) -> None:
        """Set the status of objects that stand.

        Raises StoppedError where a row shows another one, and PersonNeededError where nobody knows which they have.
        """
        waiting = [path for path in paths if self._record.resource(path).acts.get(act) != "DONE"]
        in_doubt = [path for path in waiting if self._record.resource(path).acts.get(act) in ("ARMED", "UNKNOWN")]
        if in_doubt:
            shown = self._look(act, level, in_doubt)
            self._done(act, [path for path in in_doubt if shown[path] is True], "row")
            waiting = [path for path in waiting if self._record.resource(path).acts.get(act) != "DONE"]
        for start in range(0, len(waiting), MAX_IDS):
            self._send(act, level, waiting[start : start + MAX_IDS])

    def disable_now(self, path: str) -> None:
        """Disable an object with one request that is not read back, for whoever cannot wait."""
        self._note("ARMED", "disable", [path])
        answer = self._client.post(endpoint("campaign", "status/update"), self._body("disable", "campaign", [path]))
        if answer.kind == "ok" and not answer.data.get("error_list"):
            self._done("disable", [path], "answer")
            return
        why = _why(answer)
        if answer.kind in ("unsent", "throttled", "unauthorized"):
            self._note("NOT_SENT", "disable", [path], why)
            raise StoppedError(f"{path} was not disabled: {why}")
        self._note("UNKNOWN", "disable", [path], why)
        raise PersonNeededError(f"nobody knows whether {path} ({self._id(path)}) is disabled: {why}")

    def _send(self, act: Act, level: Level, paths: Sequence[str]) -> None:
        body = self._body(act, level, paths)
        pauses, waits = iter(RETRIES), 0
        while True:
            self._note("ARMED", act, paths)
            answer = self._client.post(endpoint(level, "status/update"), body)
            is_brake = answer.kind == "unknown" and act != "enable"
            if answer.kind == "throttled" and waits < THROTTLED_TIMES:
                self._note("NOT_SENT", act, paths, answer.message)
                waits += 1
                time.sleep(self._patience.throttle_wait)
            elif (answer.kind == "unsent" or is_brake) and (pause := next(pauses, None)) is not None:
                self._note("UNKNOWN" if is_brake else "NOT_SENT", act, paths, answer.message)
                time.sleep(pause)
            else:
                break
        self._take(act, level, paths, answer)

    def _take(self, act: Act, level: Level, paths: Sequence[str], answer: Answer) -> None:
        what = f"{act} {', '.join(paths)}"
        if answer.kind in ("unsent", "throttled", "unauthorized"):
            self._note("NOT_SENT", act, paths, answer.message)
            raise StoppedError(f"could not {what}: {answer.message}")
        if answer.kind == "redirected":
            self._note("REJECTED", act, paths, answer.message)
            raise MisuseError(f"could not {what}: {answer.message}")
        why = _why(answer)
        is_plain = answer.kind == "ok" and not answer.data.get("error_list")
        if not is_plain:
            self._note("UNKNOWN", act, paths, why)
        shown = self._look(act, level, paths, is_plain=is_plain)
        self._done(act, [path for path in paths if shown[path] is True], "row")
        if is_plain and act != "enable":
            self._done(act, [path for path in paths if shown[path] is None], "answer")
        left = [path for path in paths if self._record.resource(path).acts.get(act) != "DONE"]
        self._note("UNKNOWN", act, [path for path in left if is_plain], why)
        others = [path for path in left if shown[path] is False]
        if others:
            raise StoppedError(f"{self._named(others)} do not show {STATUSES[act]} ({why})")
        if left:
            raise PersonNeededError(
                f"{self._named(left)}: UNKNOWN whether {STATUSES[act]} came through ({why}), and no row shows it: "
                "look at the account",
            )

    def _look(self, act: Act, level: Level, paths: Sequence[str], *, is_plain: bool = False) -> dict[str, bool | None]:
        """Read objects back: whether they show the status, None where no row says.

        After a plain ok the first row that shows it is enough. Without one only the last look counts: an earlier row
        may be of an earlier moment.
        """
        campaign = self._id(self._record.start["campaign"])
        shown: dict[str, bool | None] = {}
        for _ in self._patience.looks():
            rows = self._reader.below(campaign, deleted=True)[level]
            shown = {path: _shows(act, rows.get(self._id(path)), is_plain=is_plain) for path in paths}
            if is_plain and False not in shown.values() and (act != "enable" or None not in shown.values()):
                break
        return shown

    def _body(self, act: Act, level: Level, paths: Sequence[str]) -> dict[str, Any]:
        return {
            "advertiser_id": self._record.start["advertiser_id"],
            ID_LISTS[level]: [self._id(path) for path in paths],
            "operation_status": STATUSES[act],
        }

    def _id(self, path: str) -> str:
        found = self._record.resource(path).id
        assert found is not None
        return found

    def _named(self, paths: Sequence[str]) -> str:
        return ", ".join(f"{path} ({self._id(path)})" for path in paths)

    def _done(self, act: Act, paths: Sequence[str], proof: str) -> None:
        self._note("DONE", act, paths, proof=proof)

    def _note(self, name: str, act: Act, paths: Sequence[str], why: str | None = None, **more: str) -> None:
        for path in paths:
            self._record.note(name, object=path, action=act, id=self._record.resource(path).id, why=why, **more)


def _why(answer: Answer) -> str:
    failed = answer.data.get("error_list")
    return f"error_list: {safe(str(failed)[:MOST_TOLD])}" if failed else answer.message


def _shows(act: Act, row: Mapping[str, object] | None, *, is_plain: bool) -> bool | None:
    """Whether a row shows a status; None where it says nothing of it."""
    if row is None:
        return None
    if is_deleted(row):
        return act != "enable"
    status = row.get("operation_status")
    if status is None and act != "delete":  # what is listed without a mark of deletion is not deleted
        return True if is_plain and act == "enable" else None
    return status == STATUSES[act]
