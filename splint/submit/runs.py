"""The runs of a directory of journals."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from splint.submit.access import is_same_host, need_extra, origin_of
from splint.submit.beside import Beside
from splint.submit.copies import copied, is_beside_original, refuse_copy
from splint.submit.directories import private, readable
from splint.submit.earlier import lost, may_have_begun
from splint.submit.errors import MisuseError, SubmitError
from splint.submit.journal import SUFFIX, Journal, journals
from splint.submit.locks import locked
from splint.submit.plan import Plan
from splint.submit.record import Record
from splint.submit.rivals import began, is_rival
from splint.submit.stopping import doubts_told, with_doubts

LONGEST = 60
"""The most characters of a name in a message."""


class Runs:
    """All runs whose journals are in one directory, which `private` refuses where others may look into it."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def all(self, damaged: Callable[[SubmitError], object] | None = None) -> list[Record]:
        """All runs, the earliest first. A damaged journal raises MisuseError, or is told to `damaged` and left out."""
        records = []
        with self.doubts_told(None):
            private(self.directory)
        for path in sorted(journals(self.directory)):
            try:
                records.append(Record.of(Journal.peek(path)))
            except MisuseError as error:
                if damaged is None:
                    raise
                damaged(with_doubts(error, self.directory))
        return sorted(records, key=began)

    def named(self, name: str, *, to_roll_back: bool = False) -> Record:
        """A run by its name, read without the lock."""
        with self.doubts_told(name):
            path = self._path(name)
            private(self.directory, Journal(path, []).run if to_roll_back else None)
            return Record.of(Journal.peek(path))

    def doubts_told(self, name: str | None) -> AbstractContextManager[None]:
        """Have errors say first that the run of a name, or any where no run has it, sent ENABLE that is unconfirmed."""
        runs = [path.stem for path in journals(self.directory)]
        run = name and name.removesuffix(SUFFIX)
        return doubts_told(lambda: self.directory, lambda record: record.run == run or run not in runs)

    def begun(self, name: str, *, to_roll_back: bool = False) -> Record:
        """As `named`. Raises MisuseError if the run's journal has no START, or is a copy beside the original."""
        record = self.named(name, to_roll_back=to_roll_back)
        if record.is_lost:
            raise MisuseError(lost(record))
        if is_beside_original(record):
            raise MisuseError(copied(record))
        if "campaign" not in record.start:
            raise MisuseError(f"run {record.run} was never begun: nothing was sent; submit its bundle anew")
        return record

    @contextmanager
    def held(self, name: str | None, *, to_resume: bool = False) -> Iterator[Record]:
        """A run, its advertiser locked; by default the unfinished one that began last by the clock."""
        need_extra()
        with self.doubts_told(name):
            if name is None:
                open_runs = [
                    record
                    for record in self.all()
                    if record.is_lost or (not record.is_finished and record.start and not record.is_rolled_back)
                    if record.copy_of is None
                ]
                if not open_runs:
                    raise self._none_unfinished()
                name = open_runs[-1].run
            seen = self.begun(name, to_roll_back=not to_resume)
            if to_resume:
                refuse_copy(seen)
            origin_of(seen.start["origin"], sandbox=False)
            with locked(self.directory, seen.start["advertiser_id"], seen.run) as lost:
                record = Record.of(Journal.open(seen.journal.path), lost)
                self.tell(record)
                yield record

    def _none_unfinished(self) -> MisuseError:
        """The error where no run is unfinished.

        It names journals under other names, but for copies, and the latest run that is paused, and how to enable that.
        """
        runs = self.all()
        renamed = [copied(record) for record in runs if record.copy_of is not None and not is_beside_original(record)]
        why = "; ".join((f"{self.directory}: no run is unfinished", *renamed))
        left = [record for record in runs if record.outcome == "paused" and record.copy_of is None]
        paused = [record.run for record in left if not record.start["is_paused"]]
        if not paused:
            return MisuseError(why)
        return MisuseError(f"{why}, and run {paused[-1]} is paused", next_words=("resume", paused[-1], "--enable"))

    def _path(self, name: str) -> Path:
        path = self.directory / f"{name.removesuffix(SUFFIX)}{SUFFIX}"
        readable(self.directory)
        if path not in journals(self.directory):
            shown = name if len(name) <= LONGEST else f"{name[:LONGEST]}..."
            raise MisuseError(
                f"{self.directory}: there is no run {shown!r}: splint runs lists those of a directory, "
                "and --run-dir names another"
            )
        return path

    def earlier(self, plan: Plan, run: str = "") -> list[Record]:
        """The runs but `run` that began to create a plan's campaign, under its name once, and did not delete it.

        So may those have whose journals are empty, by the bundles beside them. Copies beside their originals have not.
        """
        others = [record for record in self.all() if record.run != run and not is_beside_original(record)]
        return [record for record in others if may_have_begun(record, plan)]

    def others(self, run: Record, *, damaged: bool) -> dict[str, str]:
        """The campaigns of other runs: the names of these runs by the ids of the campaigns.

        They are those in the journals beside that of `run`, and those that `run` noted when it began. The name is empty
        where only that note has the id. With `damaged` the intact lines of damaged journals are read as well.
        """
        runs = dict.fromkeys(run.start.get("others", ()), "")
        for record in self._beside(run, damaged=damaged)[0]:
            runs |= dict.fromkeys(campaign_ids([record]), record.copy_of or record.run)
        return runs

    def tell(self, run: Record) -> None:
        """Tell a run its copies and its rivals: the others that sent a campaign and do not know if it was created.

        The journals are read only where a campaign turns up that may be that of another run.
        """

        def beside() -> Beside:
            others, copies = self._beside(run, damaged=True)
            runs = [record for record in others if not is_beside_original(record)]
            rivals = [record for record in runs if run.start and is_rival(record, run)]
            sent = {
                str(event.fields["request_id"]): record
                for record in others
                for event in record.events
                if "request_id" in event.fields
            }
            return Beside(sorted(rivals, key=began), copies, sorted(runs, key=began), sent)

        run.look_beside = beside

    def _beside(self, run: Record, *, damaged: bool) -> tuple[list[Record], list[Record]]:
        """The other runs, and the copies of a run; with `damaged` also what intact lines of damaged journals tell.

        A copy of the run's own journal, as one that was set aside, is that of no other run: they have a line in common.
        """
        own = {event.number: event for event in run.journal.events}
        others: list[Record] = []
        copies: list[Record] = []
        for path in journals(self.directory):
            try:
                record = Record.of(Journal.peek(path))
            except MisuseError:  # which keeps no other run from being rolled back
                record = Record(Journal.intact(path) if damaged else Journal(path, []))
            record.show(run)
            is_copy = any(own.get(event.number) == event for event in record.journal.events)
            (copies if is_copy else others).append(record)
        return others, copies


def refuse_other_host(record: Record, named: str | None) -> None:
    """Raise MisuseError if a run was sent to another host than the one that an option names, if any does."""
    if named is not None and not is_same_host(named, record.start["origin"]):
        raise MisuseError(f"run {record.run} was sent to {record.start['origin']}, not to {named}")


def campaign_ids(records: list[Record]) -> set[str]:
    """The ids of the campaigns that runs created, also of those whose journals lack START."""
    campaigns = (record.campaign for record in records)
    return {one.id for one in campaigns if one is not None and one.id is not None}
