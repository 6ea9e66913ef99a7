"""Random sequences of commands against a server with faults and wrong answers, compared with its objects."""

import json
import re
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from splint.submit import Record
from splint.submit.journal import Journal, journals
from tests.submit import lies
from tests.submit.harness import CANARY
from tests.submit.in_process import KILLED, InProcessShell
from tests.submit.properties import OPEN, PLAN, WHERE, journal_lines, make_bundle, make_faults
from tests.submit.server import ID_KEYS, Fault, Level, Stored, TikTok, answers
from tests.submit.shell import FAILING, Ended, Shell, failing

SETTLE, TIMEOUT, LONG = 0.06, 0.2, 3600.0
OPTIONS = ("--settle", str(SETTLE), "--rate", "1000", "--throttle-wait", "0.01", "--timeout", str(TIMEOUT))
TAIL = " & S\u00f6hne"
"""A suffix of all names, so that each of lies.ALTERED changes them."""
FAULTS: dict[str, Fault] = {
    **make_faults(late=SETTLE / 2, slow=1.5 * TIMEOUT),
    "dripped": lies.dripped(0.02),
    "dripped, headers too": lies.dripped(0.02, head=True, commit=False),
    "zipped": lies.zipped(),
    **{f"code {code}, done": answers(code, commit=True) for code in (40002, 40100, 40105)},
    "pages": lies.total_page("9" * 5000),
}
HIDDEN = {
    "hidden": Fault(visible_after=LONG),
    "hidden and lost": Fault(visible_after=LONG, ending="close"),
}
LISTS = {"empty": lies.EMPTY, "short": lies.short(), "one page": lies.one_page()}


class Story:
    """Runs of one bundle on one account; the end of each command is compared with the objects of the server."""

    def __init__(self, shell: Shell, seed: int) -> None:
        self.shell, self.tiktok = shell, shell.tiktok
        self.random = random = Random(seed)
        self.owners: dict[str, str] = {}
        """The runs by the ids of the objects that they created."""
        self.foreign: set[str] = set()
        """The ids of objects that others created under those of runs."""
        self.rolled_back: set[str] = set()
        """The runs whose rollback succeeded."""
        self.lies = random.random() < 0.5
        self.hides = False
        """Whether lists may be empty by a fault."""
        self.history: list[str] = []
        self.errors = ""
        """The errors of the last command."""
        self.altered = random.choice(sorted(lies.ALTERED)) if random.random() < 0.3 else None
        if self.altered:
            self.tiktok.stores = lies.ALTERED[self.altered]
        if self.lies and random.random() < 0.5:
            self.tiktok.list_cache = random.choice([0.05, 0.3, 10.0])
        (shell.place / "bundle.json").write_text(json.dumps(renamed(make_bundle())))

    # -- events ---------------------------------------------------------------------------------------------------

    def inject_fault(self) -> None:
        """Inject a fault from which the client can recover."""
        random = self.random
        act, level = random.choice(WHERE)
        faults = {**FAULTS, **HIDDEN, **(LISTS if self.lies else {})}
        name = random.choice(sorted(faults))
        if name in LISTS:
            act, level = "get", random.choice([None, "campaign", "adgroup", "ad"])
            self.hides = True
        if act == "status" and self.lies and (self.tiktok.list_cache or name == "code 0, not done"):
            return  # a plain answer or a stale row confirms the update: the client cannot tell
        nth, times = random.randint(1, 4), random.choice([1, 1, 2, 4])
        self.history.append(f"{name} at {act} {level or 'of all'} {nth}, {times} times")
        self.tiktok.on(act, level, nth, times, fault=faults[name])

    def create_foreign(self) -> None:
        """Create an ad group or an ad of others under an object of a run."""
        parents = [one for one in self.own if one.level != "ad" and one.status != "DELETE"]
        if parents:
            above = self.random.choice(parents)
            level: Level = "adgroup" if above.level == "campaign" else "ad"
            body = {"advertiser_id": above.body["advertiser_id"], ID_KEYS[above.level]: above.id}
            self.foreign.add(self.tiktok.add(level, **{f"{level}_name": "Somebody's"}, **body))
            self.history.append(f"somebody puts an {level} below {above.id}")

    def heal(self) -> None:
        """Remove all faults, and make all objects listed."""
        self.history.append("healed")
        self.tiktok.heal()
        self.tiktok.list_cache = 0.0
        self.hides = False
        for one in self.tiktok.objects:
            one.visible_at = 0.0

    def kill_point(self) -> str:
        """A random point at which a command is killed, or none."""
        random = self.random
        if random.random() < 0.6:
            return "never 0"
        resource = random.choice(["line", "line", "request", "request", "create", "status"])
        moments = ("before", "torn", "after") if resource == "line" else ("sent", "answered")
        return f"{random.choice(moments)}:{resource} {random.randint(1, 20 if resource == 'line' else 8)}"

    def sinks(self) -> list[str | None]:
        """The faults of the output streams."""
        random = self.random
        if random.random() < 0.75:
            return [None, None]
        how = random.choice(FAILING)
        return random.choice([[how, None], [None, how], [how, how]])

    def runs(self) -> list[Record]:
        """The runs that were started, the earliest first."""
        records = [Record.of(Journal.peek(path)) for path in journals(self.shell.runs)]
        return sorted((one for one in records if one.start), key=lambda one: (one.start["time"], one.run))

    def words(self) -> list[str]:
        """The words of a random command."""
        random, runs = self.random, [one.run for one in self.runs()]
        submit = ["submit", "bundle.json", *["--enable"] * (random.random() < 0.5)]
        if not runs:
            return submit
        run = runs[-1] if random.random() < 0.8 else random.choice(runs)
        kind = random.choice(["submit", "resume", "resume", "resume", "rollback"])
        if kind == "submit":
            return submit
        if kind == "rollback":
            return ["rollback", run, *random.choice([[], ["--delete"], ["--delete"], ["--now"]])]
        is_sure = not self.hides and not self.tiktok.list_cache and not self.is_hiding()
        again = ["--resend-absent"] * (is_sure and random.random() < 0.5)
        return ["resume", run, *again, *["--enable"] * (random.random() < 0.4)]

    def is_hiding(self) -> bool:
        """Whether an object is not listed yet."""
        return any(one.visible_at > time.monotonic() for one in self.tiktok.objects)

    def run(self) -> None:
        """Run random commands, then finish without faults."""
        for _ in range(self.random.randint(3, 8)):
            if self.random.random() < 0.15:
                self.heal()
            if self.random.random() < 0.05:
                self.create_foreign()
            for _ in range(self.random.choice([0, 1, 1, 2])):
                self.inject_fault()
            self.do(self.words(), self.kill_point(), self.sinks())
        self.heal()
        self.finish()

    def finish(self) -> None:
        """Without faults a run comes to its end, or needs a person because of altered names or objects of others."""
        runs = self.runs()
        if not runs:
            return
        last, ended = runs[-1], None
        for again in ([], ["--resend-absent"], ["--resend-absent"]):
            words = ["rollback", last.run] if last.is_rolled_back else ["resume", last.run, "--enable", *again]
            ended = self.do(words)
            if ended.status == 0 or (ended.status == 2 and last.outcome == "enabled"):
                return
        assert ended is not None
        assert self.altered or self.foreign or last.is_rolled_back, ended
        assert ended.status == 5, ended

    def do(self, words: list[str], kill_point: str = "never 0", sinks: Any = (None, None)) -> Ended:
        """Run a command and compare its end with the objects of the server."""
        runs, asked = {one.run for one in self.runs()}, len(self.tiktok.requests)
        with failing(sinks[0]) as out, failing(sinks[1]) as err:
            ended = self.shell.run(words, kill_point, out, err)
        self.history.append(f"{' '.join(words)} ({kill_point}, {sinks}): {ended.status}")
        new = [one.run for one in self.runs() if one.run not in runs]
        target = next(iter(new), None) if words[0] == "submit" else words[1]
        for one in self.own:
            assert target is not None or one.id in self.owners
            self.owners.setdefault(one.id, str(target))
        record = next((one for one in self.runs() if one.run == target), None)
        has_sent = len(self.tiktok.requests) > asked
        self.errors = ended.err
        self.assert_invariants(ended)
        if record is not None and ended.status != KILLED:
            self.compare(words, ended, record, has_sent=has_sent, is_mute=all(sinks))
        return ended

    # -- assertions ------------------------------------------------------------------------------------------------

    @property
    def own(self) -> list[Stored]:
        """The objects that runs created."""
        return [one for one in self.tiktok.objects if one.id not in self.foreign]

    def made(self, run: str) -> list[Stored]:
        """The objects that a run created."""
        return [one for one in self.own if self.owners[one.id] == run]

    def assert_invariants(self, ended: Ended) -> None:
        """Assert that nothing is created twice, unjournalled or enabled too early, and the token is not shown."""
        shown = ended.out + ended.err
        assert ended.status in (0, 1, 2, 4, 5, KILLED)
        assert "internal error" not in shown
        assert "Traceback" not in shown
        assert CANARY not in shown
        assert not [path for path in self.shell.place.rglob("*") if path.is_file() and CANARY in path.read_text()]
        made = Counter((self.owners[one.id], plain(one)) for one in self.own)
        existing = Counter(
            plain(one) for one in self.own if one.status != "DELETE" and self.owners[one.id] not in self.rolled_back
        )
        assert set(existing) <= set(PLAN)
        assert max([*made.values(), *existing.values()], default=1) == 1, made
        assert not self.lost()
        assert self.lies or self.foreign <= {one.id for one in self.tiktok.alive()}
        for campaign in (one for one in self.tiktok.objects if one.level == "campaign"):
            assert campaign.body["operation_status"] == "DISABLE"
            self.assert_enabled_last(campaign)

    def assert_enabled_last(self, campaign: Stored) -> None:
        """Assert that a campaign was enabled only after all its objects existed."""
        switched = [
            one.time
            for one in self.tiktok.requests_of("status", "campaign")
            if isinstance(one.body, dict) and one.body["operation_status"] == "ENABLE"
            if campaign.id in one.body["campaign_ids"]
        ]
        if switched:
            stood = [plain(one) for one in self.made(self.owners[campaign.id]) if one.made_at < min(switched)]
            assert sorted(stood) == sorted(PLAN)

    def lost(self) -> list[Stored]:
        """The objects that are in no journal and no output, unless their state is unknown."""
        ids = {line.get("id") for line in journal_lines(self.shell.runs)}
        states = {one.run: {path: resource.state for path, resource in one.resources.items()} for one in self.runs()}
        doubts = (*OPEN, "REJECTED", "NOT_SENT")  # a server may carry out what it refuses
        return [
            one
            for one in self.own
            if one.id not in ids and not (one.id in self.shell.printed and one.name in self.shell.printed)
            if states[self.owners[one.id]].get(PLAN[plain(one)][0]) not in doubts
        ]

    def compare(self, words: list[str], ended: Ended, record: Record, *, has_sent: bool, is_mute: bool) -> None:
        """Assert that the end of a command agrees with the objects of the server."""
        made = self.made(record.run)
        campaigns = [one.status for one in made if one.level == "campaign"]
        if ended.status == 0 and words[0] == "rollback":
            assert set(campaigns) <= ({"DELETE"} if "--delete" in words else {"DISABLE", "DELETE"})
            assert "--delete" not in words or {one.status for one in made} <= {"DELETE"}
            self.rolled_back.add(record.run)
        elif ended.status == 0:
            assert record.outcome in (("enabled",) if "--enable" in words else ("enabled", "paused"))
            assert campaigns == ["ENABLE" if record.outcome == "enabled" else "DISABLE"]
            names = {one.id: plain(one) for one in made}
            stood = {plain(one): one.parent and names[one.parent] for one in made if one.status != "DELETE"}
            assert stood == {name: parent for name, (_, parent) in PLAN.items()}
            assert len(made) == len(PLAN)
        elif words[0] == "resume" and re.search("is (being )?rolled back", ended.err):
            assert ended.status == 2  # whatever a command that was killed still sends
        elif has_sent and not record.is_finished and [one for one in made if one.status != "DELETE"]:
            is_redirected = any(line.startswith("redirects ") for line in self.history)
            assert ended.status in ((2, 4, 5) if is_redirected else (4, 5))
            assert is_mute or "next: splint" in ended.out + ended.err


def renamed(bundle: Any) -> Any:
    """The bundle with names that a server may alter."""
    bundle["campaign"]["campaign_name"] += TAIL
    for group in bundle["adgroups"]:
        group["adgroup_name"] += TAIL
        for ad in group["ads"]:
            ad["ad_name"] += TAIL
    return bundle


def plain(one: Stored) -> str:
    """The name of an object in the plan."""
    return one.sent_name.removesuffix(TAIL)


def run_story(seed: int, place: Path) -> None:
    """Run the story of a seed; one in 50 runs real processes."""
    place.mkdir()
    with TikTok(CANARY) as tiktok:
        shell = (Shell if seed % 50 == 49 else InProcessShell)(tiktok, place)
        shell.options = OPTIONS
        story = Story(shell, seed)
        how = f"names {story.altered or 'kept'}, lists cached for {tiktok.list_cache} s"
        try:
            story.run()
        except BaseException as error:
            error.add_note("\n".join([f"in the story of seed {seed}, {how}:", *story.history, story.errors]))
            raise


STORIES, CHUNKS = 100, 10


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_stories_end_well(chunk: int, tmp_path: Path) -> None:
    for seed in range(chunk, STORIES, CHUNKS):
        run_story(seed, tmp_path / str(seed))


@pytest.mark.parametrize("seed", range(STORIES, STORIES + 2))
def test_some_stories_end_well(seed: int, tmp_path: Path) -> None:
    run_story(seed, tmp_path / "story")
