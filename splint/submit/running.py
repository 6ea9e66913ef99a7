"""Where a command on a run ends: whatever stops it, that the campaign runs, or may, is said first."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from splint.submit.errors import (
    CutShortError,
    PersonNeededError,
    RedirectedError,
    RunningError,
    StoppedError,
    SubmitError,
    UnreadError,
    UnwritableError,
)
from splint.submit.evidence import has_children
from splint.submit.journal import kept_bundle
from splint.submit.mistaken import is_anothers
from splint.submit.record import Record
from splint.submit.resource import ResourceState
from splint.submit.rows import Row, is_of_advertiser
from splint.submit.statuses import is_silent, shows_enable
from splint.submit.stopping import NOT_BEGUN, NOTHING_SENT, cause, ending
from splint.submit.ways import way_back


@contextmanager
def attached(record: Record, *next_words: str) -> Iterator[None]:
    """As `_attached`, with what `others_told` says before it, also where the command comes to its end."""
    with others_told(record):
        with _attached(record, *next_words):
            yield
        if _others(record):
            ended = PersonNeededError(ending(record)[0].removesuffix(f" (run {record.run})"))
            ended.record = record
            raise ended


@contextmanager
def others_told(record: Record) -> Iterator[None]:
    """Have whatever ends a command be a RunningError where the campaigns of other runs of the directory run unasked."""
    try:
        yield
    except (SubmitError, KeyboardInterrupt) as caught:
        if not (others := _others(record)):
            raise
        error = caught if isinstance(caught, SubmitError) else CutShortError(cause(caught))
        is_own = isinstance(error, RunningError)
        told = [
            f"campaign {own} of run {other.run} {_runs(own, other, record)}{other.exceeding_told}, and "
            f"{way_back(other)} disables it"
            for own, other in others.items()
        ]
        next_words = error.next_words if is_own else ("rollback", next(iter(others.values())).run)
        running = RunningError(f"{'; '.join(told)}: {error}", next_words=next_words, details=error.details)
        running.record = error.record
        raise running from (caught.__cause__ if is_own and caught.__cause__ else caught)


def _others(record: Record) -> dict[str, Record]:
    """The other runs whose campaigns run unasked, by the ids of these."""
    return {own: other for own, other in _enabled(record).items() if not other.is_to_run}


def enabled_by_hand(record: Record) -> list[str]:
    """What to note of other runs' campaigns that run as a person enabled them, which none of their requests did."""
    others = ((own, other) for own, other in _enabled(record).items() if other.is_to_run and not other.has_enabled)
    return [f"note: campaign {own} of run {other.run} runs: it was enabled since by hand" for own, other in others]


def _enabled(record: Record) -> dict[str, Record]:
    """The other runs, by the ids of their campaigns, that run by the rows that this command read.

    Not where the id may be another's, or the line is damaged that says whose it is.
    """
    own = None if record.campaign is None else record.campaign.id
    shown = [
        each for each, row in record.latest.items() if each != own and (is_silent(row) or _showed_enable(each, record))
    ]
    runs = [one for one in (record.look_beside().runs if shown else ()) if "advertiser_id" in one.start]
    others = {one.campaign.id: one for one in runs if one.campaign is not None}
    running = ((each, others[each]) for each in shown if each in others and _runs(each, others[each], record))
    return {each: other for each, other in running if _is_of(record.latest[each], other)}


def _is_of(row: Row, other: Record) -> bool:
    """Whether a row is of the campaign of another run, which may be of another advertiser."""
    return is_of_advertiser(row, other.start["advertiser_id"]) and _is_known(row, other)


def _runs(own: str, run: Record, record: Record) -> str:
    """What is said of a run's campaign that runs, by the rows of its id that the command on `record` read, if it does.

    One without a status says nothing against an ENABLE that was carried out.
    """
    if _showed_enable(own, record):
        return "shows ENABLE and may run"
    one = run.campaign
    is_on = one is not None and one.acts.get("enable") == "DONE" and one.may_run and not one.is_answered
    return "was enabled and may run" if is_on and is_silent(record.latest[own]) else ""


@contextmanager
def _attached(record: Record, *next_words: str) -> Iterator[None]:
    """Attach the run to any SubmitError, unless its start could not be written; others become a CutShortError.

    It is a RunningError where the campaign runs, or may, by the journal and by what this command read. `next_words` are
    those of a rollback, for errors that name no next command: what the journal could not be told is repeated by them.
    An interrupt of a run that has reached its end meanwhile stays one.
    """
    known = len(record.journal.events)
    try:
        yield
    except BaseException as caught:
        if isinstance(caught, KeyboardInterrupt) and record.is_finished and len(record.journal.events) > known:
            raise
        if not record.start and (isinstance(caught, SubmitError) or not record.journal.events):
            _discard(record)
            raise StoppedError(f"{cause(caught).removesuffix(NOTHING_SENT)}{NOT_BEGUN}") from caught
        if isinstance(caught, SubmitError):
            error: SubmitError = caught
            error.next_words = (() if record.see_now() else error.next_words) or next_words
        else:
            error = _cut_short(record, CutShortError(cause(caught)), next_words)
        if (campaign := record.campaign) is not None:
            error = _exceeding_kept(error, record)
            _running_kept(campaign, record)
        if isinstance(error, StoppedError | RedirectedError) and any(record.allowed.named.values()):
            error.args = (f"{error}; what --accept-drift was to take is not taken yet: give it again",)
        told = error
        if campaign is not None:
            told = (_taking_back if next_words else _going_on)(error, campaign, record)
        told.record = record
        if told is caught:
            raise
        raise told from caught


def _exceeding_kept(error: SubmitError, record: Record) -> SubmitError:
    """The error that stops a command on a run, once the journal has in what its campaign may spend more.

    Where it takes no line, the error says so, and where that is news.
    """
    is_broken = record.journal.is_broken
    try:
        record.note_exceeding()
    except UnwritableError as unwritten:
        if not is_broken:
            error.args = (f"{error}; that it may spend more is not in the journal: {unwritten}",)
    return error


def _running_kept(campaign: ResourceState, record: Record) -> None:
    """Journal, where that is news, whether the rows that a command read show that a campaign runs unasked.

    Or that one that the run enabled is paused since. A journal that takes no line is told of elsewhere.
    """
    row = record.latest.get(campaign.id or "")
    if row is None or campaign.is_off or not _is_known(row, record):
        return
    shown, was, act = bool(_shown(campaign, record)), campaign.is_seen_running, campaign.acts.get("enable")
    is_news = shown if was is False else record.is_shown_off  # of one that the run enabled
    if (act is None and shown != bool(was)) or (act == "DONE" and is_news):
        with suppress(UnwritableError):
            record.note("RUNNING", shown=shown)


def _going_on(error: SubmitError, campaign: ResourceState, record: Record) -> SubmitError:
    """What a submit or a resume says that an error stops.

    The next command is the rollback, unless the run asked for ENABLE and no row tells of it, or the journal takes no
    line: then the command that can be told later. What was enabled as the run asked is no news to what only failed.
    """
    act, shows = campaign.acts.get("enable"), _shown(campaign, record)
    is_cut_short = isinstance(error, CutShortError)
    is_repeatable = act is not None and not record.exceeding
    is_repeatable &= isinstance(error, RedirectedError | UnreadError | RunningError) or record.journal.is_broken
    is_as_asked = act == "DONE" and (is_repeatable or (is_cut_short and not record.exceeding))
    if not (shows or campaign.is_enabling_open) or is_as_asked:
        return error
    if isinstance(error, RunningError) or record.is_rolled_back:
        way = "" if record.is_rolled_back else f"; {way_back(record)} disables it"
        what = "" if isinstance(error, RunningError) else f"{_told(campaign, shows)}: "
        return RunningError(f"{what}{error}{way}", next_words=error.next_words, details=error.details)
    if shows and act in ("NOT_SENT", "REJECTED"):
        with suppress(UnwritableError):
            why = "its row shows ENABLE"
            record.note("UNKNOWN", object=campaign.path, action="enable", id=campaign.id, why=why)
    next_words, writable = error.next_words, ", once the journal can be written, or do so by hand"
    writable *= record.journal.is_broken
    if is_repeatable:
        way = f"{way_back(record)} disables it{writable}"
    else:
        way = f"the next command disables it{writable}"
        next_words = next_words if "rollback" in next_words[:1] else ("rollback", record.run)
    why = f"{_told(campaign, shows)} ({way}): {error}"
    return RunningError(why, next_words=next_words, details=error.details)


def _taking_back(error: SubmitError, campaign: ResourceState, record: Record) -> SubmitError:
    """What a rollback says that an error stops before it is known to have disabled the campaign."""
    if isinstance(error, RunningError) or campaign.acts.get("delete") == "DONE":
        return error
    if shows := _shown(campaign, record):
        what = _told(campaign, shows)
    elif not campaign.may_run:
        return error
    elif campaign.acts["enable"] != "DONE":
        what = _told(campaign, "")
    elif campaign.id not in record.latest and not campaign.is_answered:
        what = f"campaign {campaign.id} was enabled and may run"
    else:
        return error
    return RunningError(f"{what}: {error}", next_words=error.next_words, details=error.details)


def _told(campaign: ResourceState, shows: str) -> str:
    """What is said first of a campaign that runs as a row `shows`, or to which ENABLE was sent and is not confirmed."""
    return f"campaign {campaign.id} {shows}" if shows else "UNKNOWN whether ENABLE came through"


def _shown(campaign: ResourceState, record: Record) -> str:
    """As `_runs`, of the run's own campaign since it was disabled; nothing where the id may be another's."""
    row = record.latest.get(campaign.id or "")
    return _runs(campaign.id or "", record, record) if row is not None and _is_known(row, record) else ""


def _showed_enable(own: str, record: Record) -> bool:
    """Whether a row of a campaign, by its id, showed ENABLE to the command on a run."""
    return "ENABLE" in record.statuses[own] or shows_enable(record.latest[own])


def _is_known(row: Row, run: Record) -> bool:
    """Whether a row of the id of a run's campaign shows the run's own, as far as the run's journal tells."""
    campaign = run.campaign
    return campaign is not None and (has_children(run) or not is_anothers(row, campaign, run))


def _discard(record: Record) -> None:
    """Remove the files of a run that could not begin: an empty journal beside a bundle stops each further submit."""
    for path in (record.journal.path, kept_bundle(record.journal.path.parent, record.run)):
        with suppress(OSError):
            path.unlink()


def _cut_short(record: Record, error: CutShortError, next_words: tuple[str, ...]) -> SubmitError:
    """The error of a run that stops by no SubmitError; for a sender it says if `rollback --now` came meanwhile."""
    try:
        if next_words:  # what another process disables too is no contradiction
            record.see_now()
        else:
            record.refuse_now()
    except RunningError as now:
        return RunningError(f"{error}; {now}")
    except SubmitError as now:
        return CutShortError(f"{error}; {now}")
    error.next_words = next_words
    return error
