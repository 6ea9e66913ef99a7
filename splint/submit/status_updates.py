"""Status updates: enables, disables and deletes the objects of a run, each update journalled and read back."""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

from splint.reporting.wording import safe, spelled
from splint.schema.vocabulary import ID_LISTS, OBJECT_LEVELS, OWN_IDS, ObjectLevel, endpoint, is_deleted
from splint.submit.client import Answer, Client
from splint.submit.commands import command
from splint.submit.errors import (
    MisuseError,
    PersonNeededError,
    RedirectedError,
    RunningError,
    StoppedError,
    UnreadError,
)
from splint.submit.options import RETRIES, THROTTLED_RETRIES, RetryPolicy
from splint.submit.reading import Reader
from splint.submit.record import Record
from splint.submit.refused import Explain
from splint.submit.resource import Action, ResourceState
from splint.submit.rows import Row, is_of_advertiser
from splint.submit.statuses import STATUSES, shows, unpaused

MAX_MESSAGE = 500
"""The most characters of a server's error list in a message."""
MAX_IDS = 20
"""The most ids in one status update."""


@contextmanager
def disabling_told(campaign: ResourceState) -> Iterator[None]:
    """Have a StoppedError that comes once the campaign is disabled or deleted say that it is."""
    try:
        yield
    except StoppedError as error:
        if campaign.acts.get("disable") != "DONE":
            raise
        how = "deleted" if campaign.acts.get("delete") == "DONE" else "disabled"
        why = f"{campaign.path} ({campaign.id}) is {how}, and then the rollback stopped: {error}"
        raise StoppedError(why, next_words=error.next_words, details=error.details) from error


class StatusUpdates:
    """Sets the status of objects of one run. An update is idempotent: one that is not confirmed is sent again.

    An update is DONE if its own request was answered without errors and no row contradicts it, or if a row shows the
    status at the end of the settle window. A missing row confirms nothing, nor does one that shows DISABLE after ENABLE
    was sent: it may be the state before, unless another row showed ENABLE since this process began.
    """

    def __init__(
        self, record: Record, client: Client, reader: Reader, retry_policy: RetryPolicy, explain: Explain
    ) -> None:
        self._record = record
        self._client = client
        self._reader = reader
        self._retry_policy = retry_policy
        self._explain = explain

    def set(
        self,
        action: Action,
        level: ObjectLevel,
        paths: Sequence[str],
        look: Callable[[], None] = lambda: None,
        kept: Callable[[], Mapping[str, Any]] = dict,
    ) -> None:
        """Set the status of objects that were created, by their paths.

        `look` is called directly before each request but a first one that came without a wait; `kept` gives what the
        journal is to keep with it. Raises StoppedError if a
        row shows another status, and PersonNeededError if no row shows any.
        """
        pending = [path for path in paths if self._record.resource(path).acts.get(action) != "DONE"]
        in_doubt = [path for path in pending if self._record.resource(path).acts.get(action) in ("ARMED", "UNKNOWN")]
        if in_doubt:
            shown = self._read_back(action, level, in_doubt)
            self._done(action, [path for path in in_doubt if shown[path] is True], "row")
            pending = [path for path in pending if self._record.resource(path).acts.get(action) != "DONE"]
        for start in range(0, len(pending), MAX_IDS):
            self._send(action, level, pending[start : start + MAX_IDS], look, kept, is_late=bool(in_doubt))

    def disable_again(self, path: str) -> None:
        """Disable a campaign that was disabled and shows ENABLE since. Raises as `set` does."""
        self._record.resource(path).forget("disable")
        self._send("disable", "campaign", [path], lambda: None, dict, is_late=False)

    def disable_now(self, path: str) -> None:
        """Disable a campaign with one request, not read back. Raises SubmitError unless the answer confirms it.

        Where the answer says that it was not done, another request would only be answered so again: a rollback reads.
        """
        self._note("ARMED", "disable", [path])
        answer = self._client.post(endpoint("campaign", "status/update"), self._body("disable", "campaign", [path]))
        if answer.kind == "ok" and not answer.data.get("error_list"):
            self._done("disable", [path], "answer")
            return
        why, back = _why(answer), ("rollback", self._record.run)
        if answer.kind in ("unsent", "throttled", "unauthorized"):
            self._note("NOT_SENT", "disable", [path], why, answer.refusal)
            is_answered = answer.kind != "unsent"  # then another such request says no more than this one
            raise StoppedError(f"{path} was not disabled: {why}", next_words=back if is_answered else ())
        self._note("UNKNOWN", "disable", [path], why, answer.refusal)
        details = self._meaning("campaign", path, answer)
        if answer.kind == "refused":
            why = f"TikTok refuses to disable {self._named([path])}: {why}"
            raise StoppedError(why, next_words=back, details=details)
        why = f"nobody knows whether {path} ({self._id(path)}) is disabled: {why}"
        raise PersonNeededError(why, next_words=back, details=details)

    def _send(
        self,
        action: Action,
        level: ObjectLevel,
        paths: Sequence[str],
        look: Callable[[], None],
        kept: Callable[[], Mapping[str, Any]],
        *,
        is_late: bool,
    ) -> None:
        body = self._body(action, level, paths)
        withheld = self._record.withheld if action == "enable" else lambda: None
        pauses, throttled = iter(RETRIES), 0
        while True:
            if is_late:
                with self._undone_if_paused(action, paths) if throttled else nullcontext():
                    look()
            is_late = True
            self._note("ARMED", action, paths, **kept())
            answer = self._client.post(endpoint(level, "status/update"), body, withheld)
            is_repeatable = answer.kind == "unknown" and action != "enable"
            if answer.kind == "throttled" and throttled < THROTTLED_RETRIES:
                event = "UNKNOWN" if action == "enable" else "NOT_SENT"  # until a row shows the campaign as paused
                self._note(event, action, paths, answer.message, answer.refusal)
                throttled += 1
                time.sleep(self._retry_policy.throttle_wait)
            elif (answer.kind == "unsent" or is_repeatable) and (pause := next(pauses, None)) is not None:
                self._note("UNKNOWN" if is_repeatable else "NOT_SENT", action, paths, answer.message, answer.refusal)
                time.sleep(pause)
            else:
                break
        self._handle_answer(action, level, paths, answer)

    @contextmanager
    def _undone_if_paused(self, action: Action, paths: Sequence[str]) -> Iterator[None]:
        """Take an ENABLE that was throttled for not carried out where a row shows that within, whatever is found."""
        for path in paths:
            self._reader.latest.pop(self._id(path), None)
        try:
            yield
        finally:
            rows = {path: self._reader.latest.get(self._id(path)) for path in paths}
            paused = [path for path, row in rows.items() if row is not None and not unpaused(row)]
            self._note("NOT_SENT", action, paused if action == "enable" else (), "throttled, and its row shows DISABLE")

    def _handle_answer(self, action: Action, level: ObjectLevel, paths: Sequence[str], answer: Answer) -> None:
        what = f"{action} {', '.join(paths)}"
        is_undone = answer.kind in ("unsent", "throttled", "unauthorized")
        if is_undone and (action != "enable" or answer.kind == "unsent"):
            self._note("NOT_SENT", action, paths, answer.message, answer.refusal)
            raise StoppedError(f"could not {what}: {answer.message}")
        if answer.kind == "redirected" and action != "enable":
            self._note("UNKNOWN", action, paths, answer.message)
            raise MisuseError(f"nobody knows whether it was done to {what}: {answer.message}")
        why = _why(answer)
        is_plain = answer.kind == "ok" and not answer.data.get("error_list")
        for path in paths if is_plain and action == "disable" else ():
            self._record.resource(path).is_answered = True
        if not is_plain or action == "enable":  # which no answer proves
            told = f"answered with {why}, and not read back yet" if is_plain else why
            self._note("UNKNOWN", action, paths, told, answer.refusal)
        try:
            shown = self._read_back(action, level, paths, is_plain=is_plain)
        except (UnreadError, RedirectedError) as error:
            if action != "enable" or all(self._record.resource(path).acts[action] == "DONE" for path in paths):
                raise
            raise RunningError(
                f"UNKNOWN whether ENABLE came through: {self._named(paths)} ({why}), and no row can be read: {error}"
            ) from error
        self._done(action, [path for path in paths if shown[path] is True], "row")
        if answer.kind == "redirected" and True in shown.values():
            resume = command(self._record.journal.directory, "resume", self._record.run, "--enable")
            raise MisuseError(f"its request was redirected: {answer.message}; where that is in order, {resume} goes on")
        if is_plain and action != "enable":
            self._done(action, [path for path in paths if shown[path] is None], "answer")
        unconfirmed = [path for path in paths if self._record.resource(path).acts.get(action) != "DONE"]
        if is_plain and action != "enable":
            self._note("UNKNOWN", action, unconfirmed, why, answer.refusal)
        contradicted = [path for path in unconfirmed if shown[path] is False]
        details = self._meaning(level, unconfirmed[0], answer) if unconfirmed else ()
        if contradicted and (answer.kind == "refused" or is_undone):
            if action == "enable":
                event = "NOT_SENT" if is_undone else "REJECTED"
                self._note(event, action, contradicted, why, answer.refusal, code=answer.code)
            refused = f"could not {what}" if is_undone else f"TikTok refuses to {action} {self._named(contradicted)}"
            raise StoppedError(f"{refused}: {why}", details=details)
        if contradicted:
            shown_so = self._reader.latest.get(self._id(contradicted[0])) if action == "disable" else None
            told = f": {unpaused(shown_so)}" if shown_so else ""
            raise StoppedError(
                f"{STATUSES[action]} is not shown by {self._named(contradicted)} ({why}){told}", details=details
            )
        if unconfirmed:
            is_old = action == "disable" and "DISABLE" in self._reader.statuses[self._id(unconfirmed[0])]
            told = "its row may show DISABLE as it did before ENABLE" if is_old else "no row shows it"
            latest = self._reader.latest.get(self._id(unconfirmed[0]), {})
            if action == "enable" and not is_of_advertiser(latest, self._advertiser):
                told = f"its row is that of another advertiser ({spelled(latest['advertiser_id'])})"
            raise (RunningError if action == "enable" else PersonNeededError)(
                f"{self._named(unconfirmed)}: UNKNOWN whether {STATUSES[action]} came through ({why}), "
                f"and {told}: look at the account",
                details=details,
            )

    def _read_back(
        self, action: Action, level: ObjectLevel, paths: Sequence[str], *, is_plain: bool = False
    ) -> dict[str, bool | None]:
        """Read objects back: whether each path's row shows the status, None if no row tells.

        `is_plain`: the request was answered without errors; then the first rows that show the status are enough. Else
        only the last attempt counts, as an earlier one may return stale rows. An ENABLE that was answered so and that
        the row shows is journalled before anything else is read.
        """
        campaign = self._id(self._record.start["campaign"])
        shown: dict[str, bool | None] = {}

        def shown_by(rows: Mapping[str, Row]) -> dict[str, bool | None]:
            if action == "enable":  # a row of another advertiser is of another object
                rows = {own: row for own, row in rows.items() if is_of_advertiser(row, self._advertiser)}
            return {path: shows(action, rows.get(self._id(path)), is_plain=is_plain) for path in paths}

        def confirm(rows: Mapping[str, Row]) -> None:
            if action == "enable" and is_plain:
                self._done(action, [path for path, is_shown in shown_by(rows).items() if is_shown], "row")

        for _ in self._retry_policy.lookups():
            with self._confirmed_if_interrupted(action, paths):
                rows = self._reader.below(campaign, deleted=True, first=confirm)[level]
            shown = shown_by(rows)
            if not is_plain:
                shown |= {path: None for path in paths if self._may_be_old(action, path, rows.get(self._id(path)))}
            if is_plain and False not in shown.values() and (action != "enable" or None not in shown.values()):
                break
        return shown

    @contextmanager
    def _confirmed_if_interrupted(self, action: Action, paths: Sequence[str]) -> Iterator[None]:
        """Journal an ENABLE that a row shows which was read before Ctrl-C came."""
        before = {path: self._reader.latest.get(self._id(path)) for path in paths if action == "enable"}
        try:
            yield
        except KeyboardInterrupt:
            rows = {path: self._reader.latest.get(self._id(path)) for path in before}
            news = {path: row for path, row in rows.items() if row is not None and row is not before[path]}
            own = [path for path, row in news.items() if is_of_advertiser(row, self._advertiser)]
            with suppress(StoppedError):
                self._done(action, [path for path in own if shows(action, news[path], is_plain=False)], "row")
            raise

    def _may_be_old(self, action: Action, path: str, row: Row | None) -> bool:
        """Whether a row that shows DISABLE may be the state before ENABLE, as no row showed that yet."""
        if action != "disable" or row is None or is_deleted(row) or unpaused(row):
            return False
        return self._record.resource(path).may_run and "ENABLE" not in self._reader.statuses[self._id(path)]

    def _meaning(self, level: ObjectLevel, path: str, answer: Answer) -> tuple[str, ...]:
        """What an answer that is a refusal means, in lines; none for any other."""
        return () if answer.refusal is None else self._explain(endpoint(level, "status/update"), path, answer)

    def _body(self, action: Action, level: ObjectLevel, paths: Sequence[str]) -> dict[str, Any]:
        return {
            "advertiser_id": self._advertiser,
            ID_LISTS[level]: [self._id(path) for path in paths],
            "operation_status": STATUSES[action],
        }

    @property
    def _advertiser(self) -> str:
        return str(self._record.start["advertiser_id"])

    def _id(self, path: str) -> str:
        object_id = self._record.resource(path).id
        assert object_id is not None
        return object_id

    def _named(self, paths: Sequence[str]) -> str:
        return ", ".join(f"{path} ({self._id(path)})" for path in paths)

    def _done(self, action: Action, paths: Sequence[str], proof: str) -> None:
        try:
            news = [path for path in paths if self._record.resource(path).acts.get(action) != "DONE"]
            self._note("DONE", action, news, proof=proof)
        except StoppedError as error:
            for path in paths if action != "enable" else ():  # what was enabled is told until the journal has it
                self._record.act(path, action, "DONE")
            what = f"{STATUSES[action]} of {self._named(paths)} came through"
            why = f"{what}, and that is not in the journal: {error}"
            raise StoppedError(why) from error.__cause__  # by which it does not pass for a request that is not known
        for path in paths if action == "disable" else ():  # a row that shows ENABLE from now on is news
            self._reader.statuses[self._id(path)].discard("ENABLE")
            self._reader.latest.pop(self._id(path), None)

    def _note(
        self,
        name: str,
        action: Action,
        paths: Sequence[str],
        why: str | None = None,
        answer: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> None:
        for path in paths:
            own = self._record.resource(path).id
            self._record.note(name, object=path, action=action, id=own, why=why, answer=answer, **more)


def _why(answer: Answer) -> str:
    failed = answer.data.get("error_list")
    entries = failed if isinstance(failed, list) else [failed]
    return f"error_list: {safe('; '.join(map(_failure, entries))[:MAX_MESSAGE])}" if failed else answer.message


def _failure(entry: Any) -> str:
    """An entry of an error_list in words, such as `campaign 1: no`; in JSON if it has no message."""
    if not isinstance(entry, dict) or not isinstance(message := entry.get("error_message"), str):
        return entry if isinstance(entry, str) else json.dumps(entry)
    named = next(
        (f"{level} {entry[OWN_IDS[level]]}: " for level in reversed(OBJECT_LEVELS) if OWN_IDS[level] in entry), ""
    )
    return f"{named}{message}"
