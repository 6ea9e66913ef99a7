"""The runs of a directory of journals, and the check that a campaign is not created by two of them."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from splint.schema.vocabulary import is_deleted
from splint.submit.access import is_same_host, need_extra, origin_of
from splint.submit.beside import Beside
from splint.submit.commands import command
from splint.submit.errors import MisuseError, RefusedError, SubmitError, UnusableError, UnwritableError
from splint.submit.evidence import kept_campaigns
from splint.submit.journal import SUFFIX, Journal, journals, journals_now, kept_bundle
from splint.submit.limits import hashes
from splint.submit.locks import locked
from splint.submit.plan import Plan
from splint.submit.reading import Reader
from splint.submit.record import Record
from splint.submit.rivals import began, is_rival
from splint.submit.stopping import NOTHING_SENT

LONGEST = 60
"""The most characters of a name in a message."""
FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
"""The errors of a file that nobody can write who may not write it now."""


class Runs:
    """All runs whose journals are in one directory."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def all(self, damaged: Callable[[MisuseError], object] | None = None) -> list[Record]:
        """All runs, the earliest first. A damaged journal raises MisuseError, or is told to `damaged` and left out."""
        records = []
        for path in sorted(journals(self._directory)):
            try:
                records.append(Record.of(Journal.peek(path)))
            except MisuseError as error:
                if damaged is None:
                    raise
                damaged(error)
        return sorted(records, key=began)

    def named(self, name: str) -> Record:
        """A run by its name, read without the lock."""
        return Record.of(Journal.peek(self._path(name)))

    @contextmanager
    def held(self, name: str | None, *, to_resume: bool = False) -> Iterator[Record]:
        """A run, its advertiser locked; by default the unfinished one that began last by the clock."""
        need_extra()
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
        path = self._path(name)
        seen = Record.of(Journal.peek(path))
        require_start(seen)
        if to_resume:
            _refuse_copy(seen)
        origin_of(seen.start["origin"], sandbox=False)
        with locked(self._directory, seen.start["advertiser_id"], seen.run) as lost:
            yield Record.of(Journal.open(path), lost)

    def _none_unfinished(self) -> MisuseError:
        """The error where no run is unfinished.

        It names journals under other names, but for copies, and the latest run that is paused, and how to enable that.
        """
        runs = self.all()
        renamed = [copied(record) for record in runs if record.copy_of is not None and not is_beside_original(record)]
        why = "; ".join((f"{self._directory}: no run is unfinished", *renamed))
        left = [record for record in runs if record.outcome == "paused" and record.copy_of is None]
        paused = [record.run for record in left if not record.start["is_paused"]]
        if not paused:
            return MisuseError(why)
        return MisuseError(f"{why}, and run {paused[-1]} is paused", next_words=("resume", paused[-1], "--enable"))

    def _path(self, name: str) -> Path:
        path = self._directory / f"{name.removesuffix(SUFFIX)}{SUFFIX}"
        if path not in journals(self._directory):
            shown = name if len(name) <= LONGEST else f"{name[:LONGEST]}..."
            raise MisuseError(
                f"{self._directory}: there is no run {shown!r}: splint runs lists those of a directory, "
                "and --run-dir names another"
            )
        return path

    def earlier(self, plan: Plan, run: str = "") -> list[Record]:
        """The runs but `run` that began to create a plan's campaign, under its name once, and did not delete it.

        So may those have whose journals are empty, by the bundles beside them. Copies beside their originals have not.
        """
        others = [record for record in self.all() if record.run != run and not is_beside_original(record)]
        return [record for record in others if _may_have_begun(record, plan)]

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
            rivals = [record for record in others if is_rival(record, run) and not is_beside_original(record)]
            sent = {
                str(event.fields["request_id"]): record.copy_of or record.run
                for record in others
                for event in record.events
                if "request_id" in event.fields
            }
            return Beside(sorted(rivals, key=began), copies, sent)

        run.look_beside = beside

    def _beside(self, run: Record, *, damaged: bool) -> tuple[list[Record], list[Record]]:
        """The other runs, and the copies of a run; with `damaged` also what intact lines of damaged journals tell.

        A copy of the run's own journal, as one that was set aside, is that of no other run: they have a line in common.
        """
        own = {event.number: event for event in run.journal.events}
        others: list[Record] = []
        copies: list[Record] = []
        for path in journals(self._directory):
            try:
                record = Record.of(Journal.peek(path))
            except MisuseError:  # which keeps no other run from being rolled back
                record = Record(Journal.intact(path) if damaged else Journal(path, []))
            is_copy = any(own.get(event.number) == event for event in record.journal.events)
            (copies if is_copy else others).append(record)
        return others, copies


@contextmanager
def untouched(directory: Path, run: str) -> Iterator[None]:
    """Have an error by which a rollback cannot write say so, with its campaign and what to do by hand.

    Not where the campaign is disabled or deleted: another error says that.
    """
    try:
        yield
    except SubmitError as error:
        kinds = (UnusableError, UnwritableError)
        source = next((each for each in (error, error.__cause__) if isinstance(each, kinds)), None)
        record = error.record
        written = record.journal.written if record is not None else []
        if source is None or (record is not None and written and record.resource(record.start["campaign"]).is_off):
            raise
        cause, path = source.__cause__, directory / f"{run.removesuffix(SUFFIX)}{SUFFIX}"
        copied = f", or copy {directory} to where it can be read and written and name the copy with --run-dir"
        way = copied if isinstance(cause, OSError) else ""  # of what is damaged a copy is damaged, too
        nothing = "" if "ARMED" in written else f"{NOTHING_SENT} now"
        why = f"{str(error).removesuffix(NOTHING_SENT)}{nothing}: {_campaign_shown(path)}{way}"
        is_in_vain = getattr(cause, "errno", None) in FORBIDDEN  # unlike on a full disk
        next_words = ("runs", record.run) if record is not None and is_in_vain else error.next_words
        told = type(error)(why, next_words=next_words, details=error.details)
        told.record = record
        raise told from error


def _campaign_shown(path: Path) -> str:
    """What is to be done by hand about the campaign of a journal, by the lines that are intact."""
    record = Record(Journal.intact(path))
    name = record.start.get("campaign_name")
    shown = f"{name!r} may still be enabled" if name else "of the run may still be enabled"
    if ids := campaign_ids([record]):
        return f"campaign {ids.pop()} {shown}: disable it by hand"
    return f"no line names an id, and the campaign {shown}: look for it in the account, and disable it by hand"


def require_start(record: Record) -> None:
    """Raise MisuseError if a run's journal has no START, or is a copy beside the original."""
    if record.is_lost:
        raise MisuseError(lost(record))
    if is_beside_original(record):
        raise MisuseError(copied(record))
    if "campaign" not in record.start:
        raise MisuseError(f"run {record.run} was never begun: nothing was sent; submit its bundle anew")


def _refuse_copy(record: Record) -> None:
    """Raise MisuseError if a journal is a copy, and the original or its `rollback --now` may tell more than it does."""
    if record.copy_of is None:
        return
    now = [path.name for path in journals_now(record.journal.path.parent, record.copy_of)]
    if now and not _original(record).exists():
        raise MisuseError(f"{copied(record)}, then roll that run back, as {', '.join(now)} began to: nothing was sent")
    if _original(record).exists():
        back = f"{command(record.journal.directory, 'rollback', record.run)} takes back what the copy names"
        raise MisuseError(f"{copied(record)}, then resume that run; {back}: nothing was sent")


def refuse_other_host(record: Record, named: str | None) -> None:
    """Raise MisuseError if a run was sent to another host than the one that an option names, if any does."""
    if named is not None and not is_same_host(named, record.start["origin"]):
        raise MisuseError(f"run {record.run} was sent to {record.start['origin']}, not to {named}")


def is_beside_original(record: Record) -> bool:
    """Whether the journal of a record is a copy, and the original is there and has all of its lines."""
    if record.copy_of is None:
        return False
    events = record.journal.events
    try:
        return Journal.peek(_original(record)).events[: len(events)] == events
    except MisuseError:
        return False


def _original(record: Record) -> Path:
    """The path of the journal that the one of a record is a copy of."""
    return record.journal.path.with_name(f"{record.copy_of}{SUFFIX}")


def copied(record: Record) -> str:
    """What is to be said of a journal that is a copy."""
    name, original = record.journal.path.name, _original(record)
    what = f"{name} is a copy of the journal of run {record.copy_of}"
    if is_beside_original(record):
        return f"{what}, and no run of its own: name that run, and move the copy elsewhere"
    if original.exists():
        return f"{what}, and {original.name} is damaged, or lacks lines of it: keep one, under that name"
    return f"{what}: rename it to {original.name}"


def lost(record: Record) -> str:
    """What is to be said of a run whose journal is empty beside a kept bundle."""
    path, names = (
        kept_bundle(record.journal.path.parent, record.run),
        sorted({name for _, name in kept_campaigns(record)}),
    )
    named = f"campaign {' or '.join(map(repr, names))}" if names else "its campaign"
    return (
        f"run {record.run}: its journal is empty, and {path.name} lies beside it: nobody knows what was sent, as a run "
        f"that was stopped before its first request leaves the same; look for {named} in the account, then restore the "
        "journal from a copy, or, where nothing stands, move both files elsewhere and submit the bundle anew"
    )


def _may_have_begun(record: Record, plan: Plan) -> bool:
    """Whether a run began to create the campaign of a plan, or may have, and did not delete it."""
    if record.is_lost:
        kept = list(kept_campaigns(record))
        return not kept or (plan.advertiser_id, plan.campaign.name) in kept
    is_same = plan.advertiser_id == record.start.get("advertiser_id") and plan.campaign.name in record.campaign_names
    is_same = is_same and is_same_host(plan.origin, record.start["origin"])
    return is_same and record.is_begun and not _is_undone(record)


def _is_undone(record: Record) -> bool:
    """Whether a run is rolled back and the journal says that its campaign is deleted, or was never created."""
    campaign = record.resource(record.start["campaign"])
    is_off = record.outcome == "deleted" or (record.outcome == "disabled" and not campaign.is_created)
    return is_off and not campaign.is_in_doubt


def campaign_ids(records: list[Record]) -> set[str]:
    """The ids of the campaigns that runs created, also of those whose journals lack START."""
    campaigns = (record.campaign for record in records)
    return {one.id for one in campaigns if one is not None and one.id is not None}


def refuse_again(earlier: list[Record], plan: Plan, reader: Reader, resumed: str | None = None) -> None:
    """Raise RefusedError if an earlier run began a plan's campaign: by the journals, whatever a row shows.

    `resumed` is the run that would be resumed, if any: it sent nothing yet, and a resume takes no `--again`.
    """
    again = "say with --again REASON why the campaign is wanted once more"
    if resumed is not None:
        again = f"roll run {resumed} back, of which nothing stands, and submit its bundle with --again REASON"
    for record in earlier:
        if record.is_lost:
            raise RefusedError(
                f"{lost(record)}; it counts for every host, as the kept bundle names none; or {again}, which "
                "sends it where no campaign of its name stands; nothing was sent anew"
            )
        own = record.resource(record.start["campaign"]).id
        try:
            row = reader.campaign(own, deleted=True) if own is not None else None
            shown = "nobody knows whether it stands" if own is None else f"{own} is not shown now"
            shown = shown if row is None else f"{own} is {row.get('operation_status', 'shown')}"
            shown = f"{own} is deleted" if row is not None and is_deleted(row) else shown
        except SubmitError as error:
            row, shown = None, f"{own} cannot be read now ({error})"
        present, shown_name = record.start["campaign_name"], None if row is None else row.get("campaign_name")
        is_earlier = own is not None and plan.campaign.name not in (present, shown_name)
        if record.is_finished and is_earlier:
            raise RefusedError(
                f"run {record.run} sent the name {plan.campaign.name!r}, and by the answers nothing was created under "
                f"it; its campaign is called {shown_name or present!r} since its bundle was corrected, and {shown}: "
                f"nothing was sent anew; {again}"
            )
        if record.is_finished:
            is_paused = row is not None and row.get("operation_status") == "DISABLE"
            did = "sent" if own is None else "made"
            plan = plan._replace(origin=record.start["origin"])  # it may be another name of the same host
            is_same = record.start["plan"] in hashes(plan, record.start.get("currency"))
            can_enable = is_same and is_paused and record.outcome == "paused" and not record.start["is_paused"]
            back = command(record.journal.directory, "rollback", record.run, "--delete")
            raise RefusedError(
                f"run {record.run} {did} this campaign already{'' if is_same else ', by another plan'}, and {shown}: "
                "nothing was sent anew; "
                f"{'enable it, ' if can_enable else ''}take it back with {back}, "
                f"or {again}",
                next_words=("resume", record.run, "--enable") if can_enable else (),
            )
        which = (
            " of this campaign" if plan.campaign.name == present else f", which sent the name {plan.campaign.name!r},"
        )
        run, next_words = f"run {record.run}{which}", record.next_words
        how, what = (f"{run} stopped on the way", "go on with it")
        if record.is_rolled_back:
            how, what = (f"the rollback of {run} is unfinished", "finish that")
        elif row is not None and is_deleted(row):
            how, what, next_words = (f"{how}, and {shown}", "roll it back", ("rollback", record.run))
        raise RefusedError(
            f"{how}: nothing was sent anew; {what}, or {again}",
            next_words=next_words,
        )
