"""State machine of faults, kills, resumes and rollbacks: nothing is created twice, every object is journalled."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from pydantic import SecretStr

from splint.submit import MisuseError, PersonNeededError, Record, RetryPolicy, SubmitError, Submitter, TransportOptions
from tests.laws import draws
from tests.submit.killed import KillPoint, shorten_pauses
from tests.submit.properties import (
    WHERE,
    assert_created,
    duplicates,
    lost,
    make_bundle,
    make_faults,
    missing_at_enabling,
)
from tests.submit.server import Act, Fault, Level, TikTok, redirects

BUNDLE = make_bundle()
SETTLE, TIMEOUT, LONG = 0.06, 0.2, 3600.0
FAULTS = {
    **make_faults(late=SETTLE / 2, slow=1.5 * TIMEOUT),
    "hidden": Fault(visible_after=LONG),
    "hidden and lost": Fault(visible_after=LONG, ending="close"),
}
POINTS = (
    *(f"{moment}:{resource}" for moment in ("before", "torn", "after") for resource in ("line", "ARMED", "CREATED")),
    *(f"{moment}:{resource}" for moment in ("sent", "answered") for resource in ("request", "create", "get", "status")),
)
KILL_POINTS = st.none() | st.tuples(st.sampled_from(POINTS), st.integers(1, 9))
LAW = draws(
    5,
    60,
    stateful_step_count=12,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),  # a story takes half a second: none is shrunk
)


class Killed(BaseException):
    """Raised in place of SIGKILL."""


def kill() -> None:
    """End the process."""
    raise Killed


class Account:
    """A server and a directory of journals, used by one process after another."""

    def __init__(self, place: Path) -> None:
        self.tiktok = TikTok().__enter__()
        self.place = place
        self.messages = ""
        """The messages of all errors."""

    def submitter(self, timeout: float = 10.0) -> Submitter:
        """A submitter, as of a process that was just started."""
        retry_policy = RetryPolicy(SETTLE, throttle_wait=0.01)
        transport = TransportOptions(self.tiktok.origin, rate=1000.0, timeout=timeout, retry_policy=retry_policy)
        return Submitter(SecretStr("token"), transport=transport, run_dir=self.place)

    def call(
        self, act: Callable[[Submitter], Record], kill_point: tuple[str, int] | None = None, timeout: float = 10.0
    ) -> Record | SubmitError | None:
        """Call `act`. Returns its record, the error that stopped it, or None if it was killed."""
        with pytest.MonkeyPatch.context() as patch:
            shorten_pauses(patch.setattr)
            if kill_point is not None:
                KillPoint(*kill_point, kill).install(patch.setattr)
            try:
                return act(self.submitter(timeout))
            except Killed:
                ended = None
            except SubmitError as error:
                self.messages += "\n".join((str(error), *error.details, ""))
                ended = None if isinstance(error.__cause__, Killed) else error
        if ended is None:
            time.sleep(0.02)  # what was sent arrives
        return ended

    def move_lost(self) -> None:
        """Move what is there of runs without a whole line elsewhere."""
        for run in [record.run for record in self.submitter().runs() if record.is_lost]:
            for path in self.place.glob(f"{run}.*"):
                path.rename(self.place.parent / path.name)

    def reveal(self) -> None:
        """Make all objects listed."""
        for one in self.tiktok.objects:
            one.visible_at = 0.0

    @property
    def hides(self) -> bool:
        """Whether an object stays hidden from lists."""
        return any(one.visible_at > time.monotonic() + LONG / 2 for one in self.tiktok.objects)


def submit(submitter: Submitter) -> Record:
    """Send the bundle, and enable it, also where it is only known that nothing stands, as START was torn."""
    is_torn = any(run.is_lost for run in submitter.runs()) and not begun(submitter)
    again = "nothing stands" if is_torn else None
    return submitter.submit(submitter.draft(BUNDLE, enable=True), again=again)


def begun(submitter: Submitter) -> list[str]:
    """The runs that created an object, may have, or were refused one: no other is submitted beside them."""
    return [run.run for run in submitter.runs() if run.is_begun]


class Story(RuleBasedStateMachine):
    """Runs of one bundle against a server with faults."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.account = Account(Path(self.folder.name) / "runs")
        self.tiktok = self.account.tiktok
        self.is_back = self.deletes = False

    @rule(
        where=st.sampled_from(WHERE),
        nth=st.integers(1, 4),
        times=st.sampled_from([1, 1, 2, 4]),
        fault=st.sampled_from(sorted(FAULTS)),
    )
    def fail(self, where: tuple[Act, Level | None], nth: int, times: int, fault: str) -> None:
        """Inject a fault."""
        self.tiktok.on(*where, nth, times, fault=FAULTS[fault])

    @rule()
    def heal(self) -> None:
        """Remove all faults, and make all objects listed."""
        self.tiktok.heal()
        self.account.reveal()

    @initialize(kill_point=KILL_POINTS)
    def begin(self, kill_point: tuple[str, int] | None) -> None:
        """Submit the bundle for the first time."""
        self.submit(kill_point)

    @rule(kill_point=KILL_POINTS)
    def submit(self, kill_point: tuple[str, int] | None) -> None:
        """Submit the bundle, unless a run was rolled back."""
        if not self.is_back:
            self.compare(self.account.call(submit, kill_point, TIMEOUT))

    @rule(kill_point=KILL_POINTS, again=st.booleans())
    def resume(self, kill_point: tuple[str, int] | None, again: bool) -> None:
        """Resume the run, without --resend-absent while objects are hidden.

        After a rollback it is named: an older run that sent nothing may create what was deleted, as a new one may.
        """
        again, run = again and not self.account.hides, begun(self.account.submitter())[-1] if self.is_back else None
        self.compare(
            self.account.call(lambda submitter: submitter.resume(run, resend_absent=again), kill_point, TIMEOUT)
        )

    @rule(kill_point=KILL_POINTS, delete=st.booleans(), is_wanted=st.integers(0, 3))
    def roll_back(self, kill_point: tuple[str, int] | None, delete: bool, is_wanted: int) -> None:
        """Roll the run back, in one of four cases; with --delete once that was chosen."""
        runs = begun(self.account.submitter()) if is_wanted == 0 else []
        if runs:
            delete = self.deletes = delete or self.deletes
            self.is_back = True
            self.compare(
                self.account.call(lambda submitter: submitter.rollback(runs[-1], delete=delete), kill_point, TIMEOUT)
            )

    def compare(self, ended: Record | SubmitError | None) -> None:
        """The outcome of a run agrees with the server."""
        if not isinstance(ended, Record):
            return
        statuses = {"enabled": "ENABLE", "paused": "DISABLE", "disabled": "DISABLE", "deleted": "DELETE"}
        status = statuses[str(ended.outcome)]
        assert [one.status for one in self.tiktok.objects if one.level == "campaign"] in ([status], [])
        if ended.outcome in ("enabled", "paused"):
            assert_created(self.tiktok, self.account.place, status)

    @invariant()
    def no_object_is_duplicated(self) -> None:
        """No object is created more than once."""
        assert not duplicates(self.tiktok)

    @invariant()
    def nothing_is_out_of_sight(self) -> None:
        """Each object is in the journal, or in the message of an error."""
        assert not lost(self.tiktok, self.account.place, self.account.messages)

    @invariant()
    def nothing_is_switched_on_early(self) -> None:
        """The campaign is enabled only after all objects exist."""
        assert not missing_at_enabling(self.tiktok)

    def teardown(self) -> None:
        """Without faults a run that is not rolled back comes to its end."""
        try:
            self.heal()
            if not self.is_back:
                self.finish()
        finally:
            self.tiktok.__exit__()
            self.folder.cleanup()

    def finish(self) -> None:
        """Resume until all objects exist."""
        call, submitter = self.account.call, self.account.submitter()
        if any(record.is_finished for record in submitter.runs()):
            assert_created(self.tiktok, self.account.place)
            return
        runs = begun(submitter)
        if not runs:
            ended = call(submit)
        else:
            (run,) = runs
            ended = call(lambda submitter: submitter.resume(run))
            if isinstance(ended, PersonNeededError) and "is without a whole line" in str(ended):
                self.account.move_lost()  # as the message says; START was torn, so nothing was sent
                ended = call(lambda submitter: submitter.resume(run))
            if isinstance(ended, PersonNeededError):
                assert "cannot be found" in str(ended)
                ended = call(lambda submitter: submitter.resume(run, resend_absent=True))
        assert isinstance(ended, Record), ended
        assert ended.outcome == "enabled"
        assert_created(self.tiktok, self.account.place)


@pytest.mark.hypothesis
def test_no_object_is_duplicated_or_lost() -> None:
    run_state_machine_as_test(Story, settings=LAW)


# -- what the stories do not tell --------------------------------------------------------------------------------------


@pytest.fixture
def account(tmp_path: Path) -> Iterator[Account]:
    account = Account(tmp_path / "runs")
    yield account
    account.tiktok.__exit__()


def test_a_resend_that_is_redirected_does_not_settle_what_became_of_the_first(account: Account) -> None:
    account.tiktok.on("create", "ad", fault=FAULTS["hidden and lost"])
    assert isinstance(account.call(submit), PersonNeededError)
    account.tiktok.on("create", "ad", fault=redirects("http://127.0.0.1:9/there"))
    assert isinstance(account.call(lambda submitter: submitter.resume(resend_absent=True)), MisuseError)
    account.reveal()
    account.call(lambda submitter: submitter.resume())
    assert not duplicates(account.tiktok)
    assert_created(account.tiktok, account.place)


def test_a_run_that_sent_nothing_does_not_go_on_beside_one_in_doubt(account: Account) -> None:
    assert account.call(submit, ("before:ARMED", 1)) is None
    (first,) = (record.run for record in account.submitter().runs())
    account.tiktok.on("create", "campaign", fault=FAULTS["hidden and lost"])
    assert isinstance(account.call(submit), PersonNeededError)
    assert isinstance(account.call(lambda submitter: submitter.resume(first)), SubmitError)
    assert not duplicates(account.tiktok)


def test_a_campaign_that_may_be_a_lost_runs_is_taken_up_once_its_files_are_moved(account: Account) -> None:
    """Both runs stopped at a torn line: the first before it sent anything, the second after it created a campaign."""
    assert account.call(submit, ("torn:line", 1)) is None
    assert account.call(submit, ("torn:line", 3)) is None
    (lost,) = (record.run for record in account.submitter().runs() if record.is_lost)
    ended = account.call(lambda submitter: submitter.resume())
    assert isinstance(ended, PersonNeededError)
    assert f"may be the campaign of run {lost}" in str(ended)
    assert "to move what is there of it elsewhere with its bundle, ends the doubt about it" in str(ended)
    account.move_lost()
    assert isinstance(account.call(lambda submitter: submitter.resume()), Record)
    assert_created(account.tiktok, account.place)


def test_a_run_that_is_deleted_is_not_said_to_be_disabled(account: Account) -> None:
    done = account.call(submit)
    assert isinstance(done, Record)
    account.call(lambda submitter: submitter.rollback(done.run, delete=True))
    account.call(lambda submitter: submitter.rollback(done.run))
    assert not account.tiktok.alive()
    assert account.submitter().run(done.run).state == "deleted"


def test_of_two_unfinished_runs_of_one_second_the_later_goes_on(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    endings = iter(["ffffffff", "00000000"])
    monkeypatch.setattr("splint.submit.journal.secrets.token_hex", lambda _: next(endings))
    account.call(submit, ("before:ARMED", 1))
    account.call(submit, ("sent:create", 2))
    assert isinstance(account.call(lambda submitter: submitter.resume()), Record)
    assert_created(account.tiktok, account.place)


def test_what_is_listed_late_is_waited_for(account: Account) -> None:
    account.tiktok.on("create", "ad", fault=FAULTS[f"late {SETTLE / 2} and lost"])
    assert isinstance(account.call(submit), Record)
    assert_created(account.tiktok, account.place)
