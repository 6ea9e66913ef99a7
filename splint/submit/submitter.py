"""The desk that sends bundles: drafts, runs, and what is asked of them."""

import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from splint.config import Config
from splint.library import Linter
from splint.submit.access import PRODUCTION, need_extra, origin_of
from splint.submit.bundle import Draft, Source, draft, gated
from splint.submit.errors import MisuseError, RefusedError, StoppedError, SubmitError
from splint.submit.journal import SUFFIX, Journal, keep, locked, prepared
from splint.submit.plan import Plan
from splint.submit.reading import Patience, Reader
from splint.submit.record import Record
from splint.submit.rollback import roll_back
from splint.submit.sending import Sender, refuse_taken
from splint.wording import amount

if TYPE_CHECKING:
    from pydantic import SecretStr

    from splint.submit.client import Client


class Manner(NamedTuple):
    """How requests are sent."""

    base_url: str | None = None
    """Scheme, host and port: TikTok's hosts or a loopback address; production when None."""
    sandbox: bool = False
    rate: float = 2.0
    """Requests a second."""
    timeout: float = 60.0
    """Seconds for an answer."""
    proxy: str | None = None
    patience: Patience = Patience()


class Submitter:
    """Sends bundles, once each, and goes on with runs that stopped.

    `run_dir` holds the journals, by default in the user's state directory; `config` says the profile and the account
    facts, and nothing in it opens the gate; `tell` takes lines of progress. Every method raises a
    `splint.submit.SubmitError`, whose `status` is the exit status of the command.
    """

    def __init__(
        self,
        token: "SecretStr | None" = None,
        *,
        manner: Manner = Manner(),  # noqa: B008 - immutable
        run_dir: str | os.PathLike[str] | None = None,
        config: Config = Config(),  # noqa: B008 - immutable
        tell: Callable[[str], None] = lambda _line: None,
    ) -> None:
        self._token = token
        self._manner = manner
        self._run_dir = Path(run_dir) if run_dir is not None else None
        self._config = config
        self._linter = Linter(gated(config))
        self._tell = tell
        self.origin = origin_of(manner.base_url, sandbox=manner.sandbox)

    # -- planning --------------------------------------------------------------------------------------------------

    def draft(self, bundle: Any, *, enable: bool = False) -> Draft:
        """Read, check and plan a bundle: the path of a file (`os.PathLike`) or a value. Nothing is sent for it."""
        return draft(self._source(bundle), self._linter, self.origin, enable=enable)

    def _source(self, bundle: Any) -> Source:
        if isinstance(bundle, os.PathLike):
            return Source.of_file(os.fspath(bundle), self._linter)
        return Source.of_value(bundle)

    def approve(self, found: Draft, *, expect_plan: str | None = None, max_daily: Decimal | None = None) -> None:
        """Raise RefusedError where a plan is not the one that was approved, spends too much, or a plugin objects."""
        plan = found.plan
        if expect_plan is not None and expect_plan.lower() != plan.sha256:
            raise RefusedError(f"this is not the plan that was approved: its sha256 is {plan.sha256}; nothing was sent")
        if max_daily is not None and (plan.spend.daily is None or plan.spend.daily > max_daily):
            most = "what nothing bounds" if plan.spend.daily is None else amount(plan.spend.daily)
            raise RefusedError(f"the plan can spend {most} a day, more than {amount(max_daily)}: nothing was sent")
        vetoes = self._linter.registry.before_submit(plan)
        if vetoes:
            raise RefusedError("a plugin objects: nothing was sent", details=tuple(vetoes))

    # -- runs ------------------------------------------------------------------------------------------------------

    @cached_property
    def directory(self) -> Path:
        """Where the journals are; made where it is not there."""
        need_extra()
        if self._run_dir is not None:
            return prepared(self._run_dir)
        from platformdirs import user_state_path

        return prepared(user_state_path("splint") / "runs")

    def submit(self, found: Draft) -> Record:
        """Send a bundle as a new run. Nothing asks: whoever calls has approved the plan."""
        found.refuse_objections({step.path for step in found.plan.steps})
        self.approve(found)
        plan, directory = found.plan, self.directory
        client = self._client(plan.origin)
        with locked(directory, plan.advertiser_id):
            self._refuse_unfinished(plan)
            refuse_taken(Reader(client, plan.advertiser_id, self._manner.patience), plan.campaign)
            run = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
            kept = _kept(found.value)
            keep(directory / f"{run}.bundle.json", kept)
            record = Record(Journal.create(directory, run))
            with _named(record):
                record.note(
                    "START",
                    advertiser_id=plan.advertiser_id,
                    origin=plan.origin,
                    profile=self._config.profile,
                    campaign=plan.campaign.path,
                    campaign_name=plan.campaign.name,
                    enable=plan.enable,
                    is_paused=plan.is_paused,
                    **_identity(f"{run}.bundle.json", kept, plan),
                )
                self._send(found, record, client, is_new=True, resend_absent=False)
        return record

    def resume(
        self,
        run: str | None = None,
        *,
        bundle: Any = None,
        enable: bool = False,
        resend_absent: bool = False,
        confirm: Callable[[Draft, Record], None] = lambda _draft, _record: None,
    ) -> Record:
        """Go on with a run that stopped, by default the latest one that is not finished.

        `bundle` is a mended one, in which only what is not created may differ; `resend_absent` sends again what was
        sent once and cannot be found; `confirm` sees what is about to be sent, and raises where it shall not be.
        """
        with self._held(run) as record:
            if record.is_taken_back:
                raise MisuseError(
                    f"run {record.run} is rolled back: take it back whole, then submit its bundle anew",
                    next_words=("rollback", record.run, "--delete"),
                )
            if record.state == "enabled" or (record.state == "paused" and not enable and bundle is None):
                raise MisuseError(f"run {record.run} is finished: its campaign is {record.state}")
            found = self._mended(record, bundle, enable=enable or bool(record.start["enable"]))
            if not any(thing.stands or thing.is_in_doubt for thing in record.things.values()):
                self._refuse_unfinished(found.plan, record.run)
            things = [record.thing(step.path) for step in found.plan.steps]
            found.refuse_objections({thing.path for thing in things if not thing.stands and not thing.is_in_doubt})
            self.approve(found)
            confirm(found, record)
            client = self._client(found.plan.origin)
            with _named(record):
                if bundle is not None:
                    name = f"{record.run}.bundle-{len(record.journal.events)}.json"
                    kept = _kept(found.value)
                    keep(self.directory / name, kept)
                    plan = found.plan
                    known = {"campaign_name": plan.campaign.name, "is_paused": plan.is_paused}
                    record.note("BUNDLE", **known, **_identity(name, kept, plan))
                if found.plan.enable and not record.start["enable"]:
                    record.note("APPROVED", enable=True, plan=found.plan.sha256)
                self._send(found, record, client, is_new=False, resend_absent=resend_absent)
        return record

    def rollback(
        self,
        run: str,
        *,
        delete: bool = False,
        confirm: Callable[[Record], None] = lambda _record: None,
    ) -> Record:
        """Disable the campaign of a run and, with `delete`, delete what the run made.

        The bundle that was kept says what to look for; without it what the journal knows is taken back all the same.
        """
        with self._held(run) as record:
            self._refuse_other_host(record)
            plan = None
            try:
                plan = self._kept_draft(record, enable=False).plan
            except SubmitError as error:
                self._tell(f"{error}: what the journal does not know is not looked for")
            confirm(record)
            client = self._client(record.start["origin"])
            with _named(record):
                record.note("ROLLBACK", rollback=True, delete=delete or record.outcome == "deleted")
                roll_back(plan, record, client, self._manner.patience, delete=delete, tell=self._tell)
        return record

    def runs(self) -> list[Record]:
        """All runs, the earliest first. Raises MisuseError for a journal that is damaged."""
        found = [Record(Journal.peek(path)) for path in self.directory.glob(f"*{SUFFIX}")]
        return sorted(found, key=lambda record: (record.start.get("time", ""), record.run))

    def run(self, name: str) -> Record:
        """A run by its name, to look at."""
        return Record(Journal.peek(self._path(name)))

    # -- on the way ------------------------------------------------------------------------------------------------

    @contextmanager
    def _held(self, name: str | None) -> Iterator[Record]:
        """A run that nobody else is at, by default the latest one that is not finished."""
        if name is None:
            open_runs = [
                record for record in self.runs() if not record.is_finished and record.start and not record.is_taken_back
            ]
            if not open_runs:
                raise MisuseError(f"{self.directory}: no run is unfinished")
            name = open_runs[-1].run
        path = self._path(name)
        seen = Record(Journal.peek(path))
        if not seen.start:
            raise MisuseError(f"run {name} was never begun: nothing was sent; submit its bundle anew")
        origin_of(seen.start["origin"], sandbox=False)
        with locked(self.directory, seen.start["advertiser_id"]):
            yield Record(Journal.open(path))

    def _path(self, name: str) -> Path:
        path = self.directory / f"{name.removesuffix(SUFFIX)}{SUFFIX}"
        if os.sep in name or not path.is_file():
            raise MisuseError(f"{self.directory}: there is no run {name!r}: splint runs lists them")
        return path

    def _refuse_other_host(self, record: Record) -> None:
        origin = record.start["origin"]
        if self.origin != origin and (self.origin != PRODUCTION or self._manner.base_url is not None):
            raise MisuseError(f"run {record.run} was sent to {origin}, not to {self.origin}")

    def _kept_draft(self, record: Record, *, enable: bool) -> Draft:
        """The bundle that was kept. Raises MisuseError where it is not what was sent."""
        start = record.start
        self._refuse_other_host(record)
        path = self.directory / start["file"]
        try:
            data = path.read_bytes()
        except OSError as error:
            raise MisuseError(f"{path}: the kept bundle cannot be read: {error.strerror or error}") from error
        if hashlib.sha256(data).hexdigest() != start["bundle"]:
            raise MisuseError(f"{path}: the kept bundle is not the one that was sent: resume takes one with --bundle")
        source = Source.of_value(json.loads(data), str(path))
        return draft(source, self._linter_of(record), start["origin"], enable=enable)

    def _linter_of(self, record: Record) -> Linter:
        """The rules that a run began with."""
        return Linter(self._linter.config._replace(profile=record.start["profile"]))

    def _mended(self, record: Record, bundle: Any, *, enable: bool) -> Draft:
        """The draft to go on with; raises RefusedError where a mended bundle differs in what is created already."""
        if bundle is None:
            return self._kept_draft(record, enable=enable)
        found = draft(self._source(bundle), self._linter_of(record), record.start["origin"], enable=enable)
        for thing in record.things.values():
            step = found.plan.step(thing.path)
            is_fixed = thing.stands or thing.state in ("ARMED", "UNKNOWN")
            is_renamed = thing.state == "ABSENT" and (step is None or step.name != thing.name)
            if is_renamed or (is_fixed and (step is None or step.digest != thing.digest)):
                what = "is not in it" if step is None else "differs"
                raise RefusedError(f"{thing.path} {what}: only what is not created may differ in a mended bundle")
        if found.plan.advertiser_id != record.start["advertiser_id"]:
            raise RefusedError("the mended bundle is for another advertiser")
        return found

    def _refuse_unfinished(self, plan: Plan, run: str = "") -> None:
        """Refuse to begin a campaign that another run than `run` stopped at on the way."""
        for record in self.runs():
            start = (record.start.get(key) for key in ("origin", "advertiser_id", "campaign_name"))
            same = tuple(start) == (plan.origin, plan.advertiser_id, plan.campaign.name)
            begun = any(thing.stands or thing.is_in_doubt for thing in record.things.values())
            if same and begun and not record.is_finished and record.run != run:
                raise RefusedError(
                    f"run {record.run} of this campaign stopped on the way: nothing was sent anew",
                    next_words=record.next_words,
                )

    def _client(self, origin: str) -> "Client":
        if self._token is None:
            raise MisuseError("there is no token: put it into TIKTOK_ACCESS_TOKEN, or name a --token-file")
        need_extra()
        from splint.submit.client import Client

        manner = self._manner
        return Client(origin, self._token, rate=manner.rate, timeout=manner.timeout, proxy=manner.proxy)

    def _send(self, found: Draft, record: Record, client: "Client", *, is_new: bool, resend_absent: bool) -> None:
        sender = Sender(
            found.plan,
            record,
            client,
            self._manner.patience,
            objections=found.objections,
            explain=found.explanation,
            tell=self._tell,
            is_new=is_new,
            resend_absent=resend_absent,
        )
        sender.send()


@contextmanager
def _named(record: Record) -> Iterator[None]:
    """Let whatever ends a run say which one it was, and that it can be resumed."""
    try:
        yield
    except SubmitError as error:
        error.record = record
        raise
    except BaseException as error:
        what = "interrupted" if isinstance(error, KeyboardInterrupt) else f"{type(error).__name__}: {error}"
        stopped = StoppedError(what)
        stopped.record = record
        raise stopped from error


def _kept(value: Any) -> bytes:
    return json.dumps(value, indent=2).encode() + b"\n"


def _identity(name: str, kept: bytes, plan: Plan) -> dict[str, str]:
    return {"file": name, "bundle": hashlib.sha256(kept).hexdigest(), "plan": plan.sha256}
