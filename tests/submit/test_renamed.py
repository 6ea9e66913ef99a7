"""What a person renames before the whole run stands: the ways on are named, and each of them works."""

import pytest

from tests.grids import few
from tests.submit.harness import FIRST, SHORT_SETTLE, Harness, summary
from tests.submit.server import Answer, Fault, Level, answers
from tests.submit.test_running import meanwhile


def renamed_before_the_ads(harness: Harness, level: Level) -> str:
    """Stop a run before its first ad, then rename an object. Returns the name of the run."""
    harness.tiktok.on("create", "ad", fault=answers(40105, commit=False))
    assert harness.submit("--enable").status == 4
    harness.tiktok.alive(level)[0].name = "Renamed"
    return harness.record.run


def renamed_at_once(harness: Harness) -> None:
    """Rename the first ad group between its creation and the answer."""

    def rename() -> None:
        harness.tiktok.alive("adgroup")[0].name = "Renamed"

    harness.tiktok.on("create", "adgroup", fault=meanwhile(rename))


@pytest.mark.parametrize("way", ["back", "accepted", "rolled back"])
@pytest.mark.parametrize(("level", "moment"), [("adgroup", "at once"), ("adgroup", "later"), ("campaign", "later")])
def test_what_a_person_renamed_is_told_with_the_ways_on(harness: Harness, level: Level, moment: str, way: str) -> None:
    """Also between the answer to its create request and the first look at its row."""
    if moment == "at once":
        renamed_at_once(harness)
        outcome = harness.submit("--enable", settle=SHORT_SETTLE)
        run = harness.record.run
    else:
        run = renamed_before_the_ads(harness, level)
        outcome = harness.resume(run, settle=SHORT_SETTLE)
    one = harness.tiktok.alive(level)[0]
    assert (outcome.status, harness.sent("create", "ad")[1:]) == (5, []), summary(outcome)
    assert harness.record.resource(FIRST[level]).id == one.id
    assert f"it stands as {level} {one.id} 'Renamed': nothing is added to it; set it by hand as it was" in outcome.err
    accepting = ("resume", run, "--accept-drift", f"{level}_name", "--enable")
    assert f"let splint {' '.join(accepting)} take it as it stands" in outcome.err
    assert f"or take the run back with splint rollback {run}" in outcome.err
    if way == "rolled back":
        outcome = harness.rollback(settle=SHORT_SETTLE)
        assert (outcome.status, harness.record.outcome) == (0, "disabled"), summary(outcome)
        return
    if way == "back":
        one.name = one.sent_name
    outcome = harness(*(accepting if way == "accepted" else ("resume", run)), "--yes", settle=SHORT_SETTLE)
    assert (outcome.status, harness.record.outcome) == (0, "enabled"), summary(outcome)
    assert len(harness.made) == len(harness.planned)


@pytest.mark.parametrize("is_later", few([True, False], 1))
def test_an_id_of_another_name_is_given_up_where_the_runs_own_stands_beside_it(
    harness: Harness, *, is_later: bool
) -> None:
    """The answer gave the id of somebody's ad group in the run's campaign."""

    def mistaken(whole: Answer) -> Answer:
        stranger = harness.add("adgroup", campaign_id=harness.made[0].id)
        own = harness.tiktok.alive("adgroup")[0].id
        return whole._replace(body=whole.body.replace(own.encode(), stranger.encode()))

    harness.tiktok.on("create", "adgroup", fault=Fault(answer=mistaken))
    if is_later:
        harness.tiktok.on("get", "adgroup", times=None, fault=answers(50000, commit=False))
        assert (harness.submit(settle=SHORT_SETTLE).status, harness.state("/adgroups/0")) == (4, "CREATED")
        harness.tiktok.heal()
        outcome = harness.resume(settle=SHORT_SETTLE)
    else:
        outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, harness.state("/adgroups/0"), harness.sent("create", "ad")) == (5, "UNKNOWN", [])
    assert "its id is that of another object, adgroup " in outcome.err
    assert "--accept-drift" not in outcome.err


@pytest.mark.parametrize("dots", few(["...", "…", " …"], 1))
def test_names_that_are_listed_cut_off_with_an_ellipsis_are_the_runs(harness: Harness, dots: str) -> None:
    harness.write({"/campaign/campaign_name": "Spring sale 2027"})
    harness.tiktok.stores = lambda name: f"{name[:10]}{dots}" if len(name) > 12 else name
    assert harness.submit("--enable").status == 0
    assert harness.made[0].name == f"Spring sal{dots}"


@pytest.mark.parametrize("then", few(["resume", "rollback", "rollback --delete"], 2))
def test_an_id_that_an_answer_gave_is_named_until_the_object_is_found(harness: Harness, then: str) -> None:
    """A server may spell a name otherwise than anybody knows: another one is not to be made beside it."""
    harness.tiktok.stores = lambda name: f"{name[:2]}~"
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, harness.state("/campaign")) == (5, "UNKNOWN"), summary(outcome)
    act, *delete = then.split()
    outcome = harness(act, harness.record.run, *delete, "--yes", settle=SHORT_SETTLE)
    assert outcome.status == 5, summary(outcome)
    made = harness.made[0]
    assert f"the answer gave campaign {made.id} {made.name!r}: where that is the run's, delete" in outcome.err


@pytest.mark.parametrize("then", few(["resume", "rollback"], 1))
def test_a_renamed_campaign_is_told_by_both_names_beside_another_of_the_old_one(harness: Harness, then: str) -> None:
    run = renamed_before_the_ads(harness, "campaign") if then == "rollback" else ""
    if not run:
        assert harness.submit().status == 0
        run, harness.made[0].name = harness.record.run, "Renamed"
    own, name = harness.made[0], harness.value["campaign"]["campaign_name"]
    other = harness.add("campaign", campaign_name=name, operation_status="DISABLE")
    options = ["--enable", "--accept-drift", "campaign_name"] if then == "resume" else []
    outcome = harness(then, run, *options, "--yes", settle=SHORT_SETTLE)
    said = f"the name of campaign {own.id}, {name!r} (as it was sent; 'Renamed' now), is also that of {other}"
    assert (outcome.status, said in outcome.err) == (5, True), summary(outcome)
