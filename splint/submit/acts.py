"""Status updates: enabling, disabling and deleting what a run made, through the journal, and read back."""

import time
from collections.abc import Mapping, Sequence

from splint.endpoints import Level
from splint.submit.client import Answer, Client
from splint.submit.errors import MisuseError, StoppedError
from splint.submit.reading import IDS, RETRIES, THROTTLED_TIMES, Patience, Reader
from splint.submit.record import Act, Record

STATUS_PATHS: Mapping[Level, str] = {
    level: f"/open_api/v1.3/smart_plus/{level}/status/update/" for level in ("campaign", "adgroup", "ad")
}
STATUSES: Mapping[Act, str] = {"enable": "ENABLE", "disable": "DISABLE", "delete": "DELETE"}
MAX_IDS = 20
"""The most ids that one status update takes."""


class Acts:
    """Sets the status of objects of one run. Doing it twice does no harm: what is not read back is done once more."""

    def __init__(self, record: Record, client: Client, reader: Reader, patience: Patience) -> None:
        self._record = record
        self._client = client
        self._reader = reader
        self._patience = patience

    def set(self, act: Act, level: Level, paths: Sequence[str]) -> None:
        """Set the status of objects that stand. Raises StoppedError where that cannot be read back."""
        waiting = [path for path in paths if self._record.thing(path).acts.get(act) != "DONE"]
        in_doubt = [path for path in waiting if self._record.thing(path).acts.get(act) in ("ARMED", "UNKNOWN")]
        if in_doubt:
            self._look(act, level, in_doubt, is_sure=False)
            waiting = [path for path in waiting if self._record.thing(path).acts.get(act) != "DONE"]
        for start in range(0, len(waiting), MAX_IDS):
            self._send(act, level, waiting[start : start + MAX_IDS])

    def _send(self, act: Act, level: Level, paths: Sequence[str]) -> None:
        ids = [self._id(path) for path in paths]
        body = {
            "advertiser_id": self._record.start["advertiser_id"],
            f"{IDS[level]}s": ids,
            "operation_status": STATUSES[act],
        }
        pauses, waits = iter(RETRIES), 0
        while True:
            self._note("ARMED", act, paths)
            answer = self._client.post(STATUS_PATHS[level], body)
            if answer.kind == "throttled" and waits < THROTTLED_TIMES:
                self._note("NOT_SENT", act, paths, answer.message)
                waits += 1
                time.sleep(self._patience.throttle_wait)
            elif answer.kind == "unsent" and (pause := next(pauses, None)) is not None:
                self._note("NOT_SENT", act, paths, answer.message)
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
        failed = answer.data.get("error_list")
        why = f"error_list: {failed}" if failed else answer.message
        is_sure = answer.kind == "ok" and not failed
        if not is_sure:
            self._note("UNKNOWN", act, paths, why)
        left = self._look(act, level, paths, is_sure=is_sure)
        if left:
            self._note("UNKNOWN", act, left, why)
            raise StoppedError(f"{', '.join(left)} do not show {STATUSES[act]} ({why})")

    def _look(self, act: Act, level: Level, paths: Sequence[str], *, is_sure: bool) -> list[str]:
        """Read objects back until they show the status; gives those that do not.

        `is_sure` says that the answer was plain: a row that shows no status at all then does not speak against it.
        """
        campaign = self._id(self._record.start["campaign"])
        left = list(paths)
        for _ in self._patience.looks():
            rows = self._reader.below(campaign)[level]
            done = [path for path in left if _shows(act, rows.get(self._id(path)), is_sure=is_sure)]
            if done:
                self._note("DONE", act, done)
            left = [path for path in left if path not in done]
            if not left:
                break
        return left

    def _id(self, path: str) -> str:
        found = self._record.thing(path).id
        assert found is not None
        return found

    def _note(self, name: str, act: Act, paths: Sequence[str], why: str | None = None) -> None:
        for path in paths:
            self._record.note(name, object=path, action=act, id=self._record.thing(path).id, why=why)


def _shows(act: Act, row: Mapping[str, object] | None, *, is_sure: bool) -> bool:
    """Whether a row shows a status; no row is shown of what was deleted."""
    if act == "delete":
        return row is None
    shown = None if row is None else row.get("operation_status")
    return row is not None and (shown == STATUSES[act] or (shown is None and is_sure))
