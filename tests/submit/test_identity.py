"""Servers that answer or list ids and names of other objects: nothing is VERIFIED or enabled that may be another."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from splint.submit import Record
from splint.submit.journal import Journal
from splint.submit.sending import LOOK_EVERY
from tests.grids import diagonal, few
from tests.submit import lies
from tests.submit.harness import ADVERTISER, BUNDLE, FIRST, SHORT_SETTLE, Harness, summary
from tests.submit.server import FIRST_IDS, ID_KEYS, LEVELS, Answer, Fault, Level, Row, Stored, answers, envelope, html

pytestmark = pytest.mark.slow  # stories of whole runs, as of the other files the quick tests tell many
ID: dict[Level, str] = {level: str(FIRST_IDS[level]) for level in LEVELS}
"""The id of the first object of each level."""


def listed(change: Callable[[Row], Row]) -> Fault:
    """Each row is changed by `change`."""
    return Fault(lists=lambda row: [change(row)])


def swapped(level: Level, *keys: str) -> Fault:
    """The first two rows of a level have each other's values of these keys."""

    def change(data: Row) -> None:
        if len(data["list"]) > 1:
            one, other = data["list"][:2]
            for key in keys or [f"{level}_name"]:
                one[key], other[key] = other[key], one[key]

    return lies.altered(change)


# -- ids of answers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("level", "commit"), diagonal(["adgroup", "ad"], [False, True]))
def test_an_id_that_is_given_twice_is_no_creation(harness: Harness, level: Level, commit: bool) -> None:
    """Whether the second object exists is looked for by the next resume; nothing is sent under the first until then."""
    path = {"adgroup": "/adgroups/1", "ad": "/adgroups/0/ads/1"}[level]
    again = answers(0, data={ID_KEYS[level]: ID[level]}, commit=commit)
    harness.tiktok.on("create", level, nth=2, fault=again)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("status"), harness.state(path)) == (5, [], "UNKNOWN"), summary(outcome)
    assert f"the answer gives {ID[level]}, the id of {FIRST[level]}" in outcome.err
    outcome = harness.resume(settle=SHORT_SETTLE)
    assert (outcome.status, harness.state(path)) == ((0, "VERIFIED") if commit else (5, "ABSENT")), summary(outcome)
    assert harness.resume("--resend-absent").status == 0 or commit
    harness.assert_created(enabled=True)


@pytest.mark.parametrize(
    ("levels", "commit"),
    few(diagonal([("adgroup", "campaign"), ("ad", "campaign"), ("ad", "adgroup")], [False, True]), 1),
)
def test_an_id_of_another_level_is_no_creation(harness: Harness, levels: tuple[Level, Level], commit: bool) -> None:
    level, other = levels
    harness.tiktok.on("create", level, fault=answers(0, data={ID_KEYS[level]: ID[other]}, commit=commit))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, harness.state(FIRST[level])) == (5, "UNKNOWN"), summary(outcome)
    assert harness.follow(outcome).status == (0 if commit else 5)


def test_two_rows_of_one_id_are_not_taken_over(harness: Harness) -> None:
    harness.tiktok.on("create", "adgroup", nth=2, fault=answers(0, data={"adgroup_id": ID["adgroup"]}, commit=True))
    harness.tiktok.on("get", "adgroup", times=None, fault=listed(lambda row: {**row, "adgroup_id": ID["adgroup"]}))
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 5
    outcome = harness.resume("--resend-absent", settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent("create", "adgroup"))) == (4, 2), summary(outcome)
    assert "different rows" in outcome.err


def test_an_id_of_another_object_is_not_taken_over(harness: Harness) -> None:
    """The only row has the id of the first ad group and the name of the second."""
    harness.tiktok.on("create", "adgroup", nth=2, fault=Fault(ending="close"))
    second = {"adgroup_id": ID["adgroup"], "adgroup_name": "South"}
    harness.tiktok.on(
        "get",
        "adgroup",
        times=None,
        fault=Fault(lists=lambda row: [{**row, **second}] if row["adgroup_name"] == "South" else []),
    )
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, harness.state("/adgroups/1")) == (5, "UNKNOWN"), summary(outcome)
    assert f"{ID['adgroup']} bears its name and is {FIRST['adgroup']}" in outcome.err
    outcome = harness.resume("--resend-absent", settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent("create", "adgroup"))) == (5, 2), summary(outcome)
    assert harness.rollback("--delete", settle=SHORT_SETTLE).status in (4, 5)
    harness.tiktok.heal()
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert (outcome.status, harness.made) == (0, []), summary(outcome)


def test_a_journal_with_an_id_twice_enables_nothing(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    """Journals of earlier versions may hold one."""
    assert harness.submit().status == 0
    apply = Record._apply

    def poisoned(record: Record, event: Any) -> None:
        if event.name == "CREATED" and event.fields.get("object") == "/adgroups/1":
            event = event._replace(fields={**event.fields, "id": ID["adgroup"]})
        apply(record, event)

    monkeypatch.setattr(Record, "_apply", poisoned)
    outcome = harness.resume(harness.record.run, "--enable")
    assert (outcome.status, harness.sent("status")) == (5, []), summary(outcome)
    assert f"/adgroups/0 and /adgroups/1 have one id, {ID['adgroup']}" in outcome.err


NO_IDS: tuple[Any, ...] = (
    0,
    "0",
    "",
    "null",
    "None",
    None,
    " ",
    f" {ID['ad']} ",
    f"{ID['ad']}\n",
    1.5,
    True,
    [],
    {},
    "-",
    "0000",
)


@pytest.mark.parametrize(("level", "given"), few(diagonal(LEVELS, NO_IDS), 1))
def test_an_answer_without_a_readable_id_is_taken(harness: Harness, level: Level, given: Any) -> None:
    harness.tiktok.on("create", level, fault=answers(0, data={ID_KEYS[level]: given}, commit=True))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)
    assert "UNKNOWN" in harness.events(FIRST[level])
    harness.assert_created(enabled=True)


@pytest.mark.parametrize(("level", "given"), few(diagonal(LEVELS, NO_IDS), 1))
def test_a_row_without_a_readable_id_frees_no_name(harness: Harness, level: Level, given: Any) -> None:
    """A list that holds one proves nothing: it may be the object that is looked for."""
    harness.tiktok.on("create", level, fault=Fault(ending="close"))
    harness.tiktok.on(
        "get",
        level,
        nth=2 if level == "campaign" else 1,
        times=None,
        fault=listed(lambda row: {**row, ID_KEYS[level]: given}),
    )
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 4
    sent = len(harness.sent())
    outcome = harness.resume("--resend-absent", settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent())) == (4, sent), summary(outcome)
    harness.tiktok.heal()
    assert harness.resume().status == 0
    harness.assert_created(enabled=True)


def test_ids_may_be_numbers(harness: Harness) -> None:
    for level in LEVELS:
        harness.tiktok.on("get", level, times=None, fault=listed(numbers))
    harness.tiktok.on("create", "campaign", fault=answers(0, data={"campaign_id": int(ID["campaign"])}, commit=True))
    outcome = harness.submit("--enable")
    assert outcome.status == 0, summary(outcome)
    harness.assert_created(enabled=True)


def numbers(row: Row) -> Row:
    """A row whose ids are numbers."""
    return {
        key: int(value) if key in ID_KEYS.values() or key == "advertiser_id" else value for key, value in row.items()
    }


# -- objects that are others' ------------------------------------------------------------------------------------------


def test_nothing_is_added_to_another_campaign(harness: Harness) -> None:
    """The create answer names a campaign of somebody else, paused."""
    stranger = harness.add("campaign", campaign_name="Somebody's", operation_status="DISABLE")
    harness.tiktok.on("create", "campaign", fault=answers(0, data={"campaign_id": stranger}, commit=False))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent())) == (5, 1), summary(outcome)
    assert "Somebody's" in outcome.err
    for words in ((), ("--delete",)):
        assert harness.rollback(*words, settle=SHORT_SETTLE).status == 5
    assert [one.status for one in harness.tiktok.objects if one.id == stranger] == ["DISABLE"]
    assert not harness.sent("status")


AGAINST: dict[str, tuple[Row, bool, str]] = {
    "it was listed before": ({"campaign_name": "SPRING SALE"}, False, "it stood before the run began"),
    "it is older": ({"campaign_name": "Spring", "create_time": "2020-01-01 00:00:00"}, False, "created at 2020-01-01"),
    "another has the name": ({"campaign_name": "Spring"}, True, f"{FIRST_IDS['campaign'] + 1} is named 'Spring sale'"),
}
"""What speaks against a campaign of a near name: its row, whether the request is carried out, and what is said."""


@pytest.mark.parametrize(("why", "status"), diagonal(AGAINST, ["ENABLE", "DISABLE"]))
def test_a_campaign_of_a_near_name_that_the_run_cannot_have_made_is_anothers(
    harness: Harness, why: str, status: str
) -> None:
    row, commit, said = AGAINST[why]
    stranger = harness.add("campaign", operation_status=status, **row)
    harness.tiktok.on("create", "campaign", fault=answers(0, data={"campaign_id": stranger}, commit=commit))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, harness.state("/campaign"), harness.sent("create", "adgroup")) == (5, "UNKNOWN", [])
    assert f"its id is that of another object, campaign {stranger} {row['campaign_name']!r}: " in outcome.err
    assert said in outcome.err
    if commit:
        assert harness.follow(outcome).status == 0
        harness.assert_created(enabled=True)
    assert harness.rollback("--delete", settle=SHORT_SETTLE).status == (0 if commit else 5)
    assert [one.status for one in harness.tiktok.objects if one.id == stranger] == [status]


@pytest.mark.parametrize(("words", "why"), diagonal([(), ("--delete",), ("--now",)], AGAINST))
def test_a_rollback_spares_a_campaign_of_a_near_name_that_the_run_cannot_have_made(
    harness: Harness, why: str, words: tuple[str, ...]
) -> None:
    """No list could be read when the answer came. `--now` does not look for the run's own."""
    row, commit, _ = AGAINST[why]
    stranger = harness.add("campaign", **row)
    harness.tiktok.on("create", "campaign", fault=answers(0, data={"campaign_id": stranger}, commit=commit))
    harness.tiktok.on("get", nth=2, times=None, fault=html(commit=False))
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 4
    harness.tiktok.heal()
    outcome = harness.rollback(*words, settle=SHORT_SETTLE)
    assert outcome.status == (0 if commit and "--now" not in words else 5), summary(outcome)
    assert harness.tiktok.objects[0].status == "ENABLE"


def test_the_campaign_of_another_advertiser_takes_no_name(harness: Harness) -> None:
    """The list of campaigns shows it all the same."""
    harness.add("campaign", campaign_name="Spring sale", advertiser_id="8")
    harness.tiktok.on("get", times=None, fault=Fault(unfiltered=True))
    assert harness.submit("--enable").status == 0


@pytest.mark.parametrize("words", [(), ("--delete",)])
def test_a_rollback_keeps_to_a_renamed_campaign_where_another_has_its_name(
    harness: Harness, words: tuple[str, ...]
) -> None:
    """No list showed it to the run; then a person renamed it and made another one by hand, which runs."""
    harness.tiktok.on("get", "campaign", nth=2, times=None, fault=lies.EMPTY)
    assert (harness.submit(settle=SHORT_SETTLE).status, len(harness.made)) == (4, 1)
    harness.tiktok.heal()
    harness.made[0].name = "Old, do not use"
    harness.add("campaign", campaign_name="Spring sale")
    before = [(one.id, one.status) for one in harness.tiktok.alive()]
    for _ in range(2):
        outcome = harness.rollback(*words, settle=SHORT_SETTLE)
        assert (outcome.status, harness.sent("status")) == (5, []), summary(outcome)
        assert f"campaign {ID['campaign']} 'Old, do not use'" in outcome.err
    assert [(one.id, one.status) for one in harness.tiktok.alive()] == before


@pytest.mark.parametrize("word", ["resume", "rollback"])
def test_a_resume_keeps_to_a_renamed_campaign_as_a_rollback_does(harness: Harness, word: str) -> None:
    """Nobody knows whether a person renamed it or it is another's; once it has its name again, either goes on."""
    harness.tiktok.on("get", "campaign", nth=2, times=None, fault=lies.EMPTY)
    assert (harness.submit(settle=SHORT_SETTLE).status, len(harness.made)) == (4, 1)
    harness.tiktok.heal()
    harness.made[0].name = "Quite another"
    run = harness.record.run
    outcome = harness(word, run, "--yes", settle=SHORT_SETTLE)
    assert (outcome.status, harness.record.resource("/campaign").id) == (5, ID["campaign"]), summary(outcome)
    assert (f"next: splint runs {run} " in outcome.err, harness.sent("status")) == (True, [])
    assert ("where a person renamed it, name it as it was sent, then resume" in outcome.err) == (word == "resume")
    harness.made[0].name = "Spring sale"
    assert harness(word, run, "--yes", settle=SHORT_SETTLE).status == 0


def test_the_campaign_that_a_rollback_finds_for_a_given_up_id_is_looked_at_too(harness: Harness) -> None:
    """By its id it is listed under another name: it is not disabled."""
    row, commit, _ = AGAINST["another has the name"]
    stranger = harness.add("campaign", **row)
    harness.tiktok.on("create", "campaign", fault=answers(0, data={"campaign_id": stranger}, commit=commit))
    harness.tiktok.on("get", nth=2, times=None, fault=html(commit=False))
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 4
    harness.tiktok.heal()
    own = str(FIRST_IDS["campaign"] + 1)
    looks: list[str] = []

    def renamed_once_found(row: Row) -> Row:
        looks.extend([own] if row["campaign_id"] == own else [])
        return {**row, "campaign_name": "Somebody's"} if row["campaign_id"] == own and len(looks) > 2 else row

    harness.tiktok.on("get", "campaign", times=None, fault=listed(renamed_once_found))
    outcome = harness.rollback(settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("status")) == (5, []), summary(outcome)
    assert f'campaign {own} "Somebody\'s"' in outcome.err


def test_a_name_that_a_server_spells_otherwise_is_the_runs(harness: Harness) -> None:
    """Its create_time is that of another zone."""
    harness.tiktok.stores = str.upper
    created = {"create_time": f"{datetime.now(UTC) - timedelta(hours=20):%Y-%m-%d %H:%M:%S}"}
    harness.tiktok.on("get", "campaign", times=None, fault=listed(lambda row: {**row, **created}))
    assert harness.submit("--enable").status == 0
    assert harness.record.outcome == "enabled"


@pytest.mark.parametrize(("words", "shows"), diagonal([(), ("--delete",), ("--now",)], ["name", "advertiser"]))
def test_a_rollback_spares_a_campaign_whose_id_an_answer_gave_wrongly(
    harness: Harness, words: tuple[str, ...], shows: str
) -> None:
    """No list could be read when the answer came: the journal holds the id for that of the run's campaign."""
    shown = {"campaign_name": "Somebody's"} if shows == "name" else {"campaign_name": "Spring sale"}
    stranger = harness.add("campaign", **{**shown, "advertiser_id": ADVERTISER if shows == "name" else "8"})
    harness.tiktok.on("create", "campaign", fault=answers(0, data={"campaign_id": stranger}, commit=False))
    harness.tiktok.on("get", nth=2, times=None, fault=html(commit=False))
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 4
    assert harness.record.resource("/campaign").id == stranger
    harness.tiktok.heal()
    if shows == "advertiser":
        harness.tiktok.on("get", times=None, fault=Fault(unfiltered=True))
    run = harness.record.run
    for _ in range(2):
        outcome = harness("rollback", run, "--yes", *words, settle=SHORT_SETTLE)
        assert (outcome.status, harness.sent("status")) == (5, []), summary(outcome)
        assert f"campaign {stranger} {shown['campaign_name']!r}" in outcome.err
    assert harness.tiktok.objects[0].status == "ENABLE"


def test_a_campaign_of_the_name_of_a_run_whose_journal_says_nothing_may_be_the_runs(harness: Harness) -> None:
    """The journal was cut after its START: the campaign runs."""
    assert harness.submit("--enable").status == 0
    [path], campaign = harness.journals, harness.made[0].id
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    outcome = harness.resume(settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent())) == (5, 6), summary(outcome)
    assert f"stands already ({campaign}), and may be the run's, though its journal does not say so" in outcome.err
    harness.write({"/campaign/campaign_name": "Summer"})
    harness.allowed = 12
    assert harness.follow(outcome).status == 0
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    for words in ((), ("--delete",)):
        outcome = harness.rollback(*words, settle=SHORT_SETTLE)
        assert outcome.status == 5, summary(outcome)
        assert f"'Spring sale', is also that of {campaign}, and no journal here tells of that" in outcome.err


def test_a_run_that_never_began_is_rolled_back(harness: Harness) -> None:
    """It costs a look at the list of campaigns."""
    assert harness.submit().status == 0
    assert harness.rollback("--delete").status == 0
    [path] = harness.journals
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    before = len(harness.tiktok.requests)
    assert harness.rollback().status == 0
    assert [(one.act, one.level) for one in harness.tiktok.requests[before:]] == [("get", "campaign")]


@pytest.mark.parametrize("words", [(), ("--delete",), ("--now",)])
def test_a_campaign_that_was_verified_and_renamed_since_is_rolled_back(
    harness: Harness, words: tuple[str, ...]
) -> None:
    assert harness.submit("--enable").status == 0
    harness.tiktok.objects[0].name = "Summer"
    outcome = harness.rollback(*words, settle=SHORT_SETTLE)
    assert (outcome.status, harness.tiktok.objects[0].status) == (0, "DELETE" if "--delete" in words else "DISABLE")


def enabled_unverified(harness: Harness) -> Stored:
    """The campaign of a run that created all of it, could not read it back, and whose campaign a person enabled."""
    harness.tiktok.on("get", "ad", times=None, fault=html(commit=False))
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 4
    harness.tiktok.heal()
    assert (harness.state("/campaign"), len(harness.made)) == ("CREATED", 6)
    campaign = harness.made[0]
    campaign.status = "ENABLE"
    return campaign


@pytest.mark.parametrize(("words", "code"), diagonal([(), ("--delete",), ("--now",)], [50000, 40100, 40002]))
def test_a_campaign_that_cannot_be_read_is_disabled(harness: Harness, words: tuple[str, ...], code: int) -> None:
    """A row could only show that it is another's, and one that shows the run's was read before its ad groups were."""
    campaign = enabled_unverified(harness)
    harness.tiktok.on("get", times=None, fault=answers(code, commit=False))
    outcome = harness.rollback(*words, settle=SHORT_SETTLE)
    assert (outcome.status, campaign.status) == (0 if words == ("--now",) else 4, "DISABLE"), summary(outcome)
    assert [one.body["operation_status"] for one in harness.sent("status")] == ["DISABLE"]


@pytest.mark.parametrize("words", [(), ("--delete",)])
def test_a_rollback_that_stops_below_its_campaign_says_that_this_is_disabled(
    harness: Harness, words: tuple[str, ...]
) -> None:
    campaign = enabled_unverified(harness)
    harness.tiktok.on("get", "ad", nth=2, times=None, fault=answers(40100, commit=False))
    outcome = harness.rollback(*words, settle=SHORT_SETTLE)
    assert (outcome.status, campaign.status) == (4, "DISABLE"), summary(outcome)
    assert f"/campaign ({campaign.id}) is disabled, and then the rollback stopped: reading back from" in outcome.err


@pytest.mark.parametrize("words", [(), ("--now",)])
@pytest.mark.parametrize(("fault", "status"), [(answers(50000, commit=False), 4), (lies.EMPTY, 5)])
def test_a_campaign_that_no_row_shows_and_nothing_was_sent_below_is_not_disabled(
    harness: Harness, fault: Fault, status: int, words: tuple[str, ...]
) -> None:
    """The answer gave the id of another's, which runs: nothing in the run's own could spend."""
    stranger = harness.add("campaign", campaign_name="Somebody's", operation_status="ENABLE")
    harness.tiktok.on("create", "campaign", fault=answers(0, data={"campaign_id": stranger}, commit=True))
    harness.tiktok.on("get", "campaign", nth=2, times=None, fault=fault)
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 4
    outcome = harness.rollback(*words, settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("status")) == (status, []), summary(outcome)
    assert ("no row shows that" if status == 5 else "reading back from") in outcome.err


def test_a_rollback_that_spares_a_campaign_says_that_an_earlier_one_did_not(harness: Harness) -> None:
    """Something was sent below it, so one was sent without a row; then one shows another's name."""
    campaign, run = enabled_unverified(harness), harness.record.run
    harness.tiktok.on("get", "campaign", fault=lies.EMPTY)
    assert harness("rollback", run, "--now", "--yes", settle=SHORT_SETTLE).status == 0
    campaign.name = "Somebody's"
    for one in harness.made:
        one.name = f"Somebody's {one.id}"
    outcome = harness("rollback", run, "--yes", settle=SHORT_SETTLE)
    assert outcome.status == 5, summary(outcome)
    said = f"it may be another's, and is not disabled now, though an earlier command sent DISABLE to {campaign.id} at "
    assert said in outcome.err, summary(outcome)


@pytest.mark.parametrize("fault", few([answers(40100, commit=False), answers(50000, commit=False), lies.EMPTY], 1))
def test_one_look_comes_before_a_campaign_is_disabled_now(
    harness: Harness, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    enabled_unverified(harness)
    run, before = harness.record.run, len(harness.tiktok.requests)
    harness.tiktok.on("get", times=None, fault=fault)
    paused: list[float] = []
    monkeypatch.setattr("time.sleep", paused.append)
    assert harness("rollback", run, "--now", "--yes", settle=20.0, throttle_wait="300").status == 0
    assert [one.act for one in harness.tiktok.requests[before:]] == ["get", "status"]
    assert paused == []


@pytest.mark.parametrize("words", [(), ("--now",)])
def test_nothing_is_looked_for_below_a_renamed_campaign_where_nothing_was_sent(
    harness: Harness, words: tuple[str, ...]
) -> None:
    harness.tiktok.on("get", "campaign", nth=2, times=None, fault=answers(40100, commit=False))
    assert (harness.submit(settle=SHORT_SETTLE).status, len(harness.made)) == (4, 1)
    harness.tiktok.heal()
    harness.tiktok.objects[0].name = "Q1"
    outcome = harness("rollback", harness.record.run, "--yes", *words, settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("status"), harness.sent("get", "adgroup")) == (5, [], []), summary(outcome)


@pytest.mark.parametrize("words", [(), ("--delete",), ("--now",)])
def test_a_campaign_that_holds_the_runs_ad_groups_is_the_runs(harness: Harness, words: tuple[str, ...]) -> None:
    """A person renamed and enabled it before it was VERIFIED."""
    campaign = enabled_unverified(harness)
    campaign.name, run = "Q1", harness.record.run
    outcome = harness("rollback", run, "--yes", *words, settle=SHORT_SETTLE)
    assert (outcome.status, campaign.status) == (0, "DELETE" if "--delete" in words else "DISABLE"), summary(outcome)
    assert harness("rollback", run, "--delete", "--yes", settle=SHORT_SETTLE).status == 0
    assert harness.made == []


def test_a_renamed_campaign_is_the_runs_still_where_its_ad_groups_are_deleted(harness: Harness) -> None:
    """Its own deletion was refused; the next rollback finds nothing below it."""
    campaign = enabled_unverified(harness)
    campaign.name = "Q1"
    harness.tiktok.on("status", "campaign", nth=2, fault=answers(40002, commit=False))
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert (outcome.status, harness.made) == (4, [campaign]), summary(outcome)
    assert (harness.follow(outcome).status, harness.made) == (0, [])


@pytest.mark.parametrize(
    ("words", "why"), diagonal([(), ("--delete",), ("--now",)], ["renamed", "elsewhere", "unread"])
)
def test_the_way_of_a_rollback_that_spares_a_campaign_ends(harness: Harness, words: tuple[str, ...], why: str) -> None:
    """Nothing shows that it is the run's: the next command lists the run, as a rollback would end there again."""
    campaign = enabled_unverified(harness)
    campaign.name = "Q1"
    for one in harness.made:
        if one.level == "adgroup":
            one.name = f"Another's {one.id}" if why == "renamed" else one.name
            one.parent = harness.add("campaign") if why == "elsewhere" else one.parent
    if why == "unread":
        harness.tiktok.on("get", "adgroup", times=None, fault=answers(40100, commit=False))
        harness.tiktok.on("get", "campaign", nth=2, times=None, fault=answers(40100, commit=False))
    run, before = harness.record.run, [len(harness.sent("get", level)) for level in ("campaign", "adgroup")]
    outcome = harness("rollback", run, "--yes", *words, settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("status")) == (5, []), summary(outcome)
    assert f"next: splint runs {run} " in outcome.err
    assert "/campaign" in harness("runs", run).out
    looks, asked = (len(harness.sent("get", level)) - before.pop(0) for level in ("campaign", "adgroup"))
    assert why == "unread" or looks - 1 == asked > 0  # what it holds is asked once a look, the run's name once


def test_a_deletion_spares_an_ad_whose_id_an_answer_gave_wrongly(harness: Harness) -> None:
    """It stands under the run's own ad group, and somebody else made it."""
    harness.tiktok.on("create", "ad", fault=Fault(commit=False, ending="close"))
    assert harness.submit(settle=SHORT_SETTLE).status == 5
    group = next(one for one in harness.made if one.level == "adgroup")
    stranger = harness.add("ad", ad_name="Somebody's", adgroup_id=group.id)
    harness.record.note("CREATED", object=FIRST["ad"], id=stranger)
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert (outcome.status, f'ad {stranger} "Somebody\'s"' in outcome.err) == (5, True), summary(outcome)
    assert stranger in {one.id for one in harness.tiktok.alive()}
    assert {one.body["operation_status"] for one in harness.sent("status")} == {"DISABLE"}


@pytest.mark.parametrize("nth", few([3, 1, 2, 4], 1))
def test_a_deletion_reads_a_list_with_cut_names_again(harness: Harness, nth: int) -> None:
    """Of objects that were never VERIFIED a name is all that tells whether they are the run's."""
    harness.tiktok.on("get", "ad", fault=answers(40105, "the token has expired", commit=False))
    assert harness.submit(settle=SHORT_SETTLE).status == 4
    cut = Fault(lists=lambda row: [{**row, "ad_name": row["ad_name"][:1]}])
    harness.tiktok.on("get", "ad", nth=nth, fault=cut)
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert (outcome.status, harness.tiktok.alive()) == (0, []), summary(outcome)


def test_nothing_is_added_where_no_list_shows_the_campaign(harness: Harness) -> None:
    """The answer gave the id of another's campaign, which runs and is not listed."""
    stranger = harness.add("campaign", campaign_name="Somebody's")
    harness.tiktok.on("create", "campaign", fault=answers(0, data={"campaign_id": stranger}, commit=False))
    harness.tiktok.on("get", "campaign", times=None, fault=lies.EMPTY)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent())) == (4, 1), summary(outcome)
    assert f"campaign {stranger} cannot be read back yet: nothing is added to what may run" in outcome.err
    for words in ((), ("--delete",)):
        outcome = harness.rollback(*words, settle=SHORT_SETTLE)
        assert (outcome.status, harness.sent("status")) == (5, []), summary(outcome)
        assert f"no row shows that {stranger}, the id that an answer gave, is that of the campaign" in outcome.err


def test_no_ad_is_added_to_another_ad_group(harness: Harness) -> None:
    """The create answer names an ad group of a campaign that runs."""
    campaign = harness.add("campaign", campaign_name="Somebody's")
    stranger = harness.add("adgroup", adgroup_name="Somebody's own", campaign_id=campaign)
    harness.tiktok.on("create", "adgroup", fault=answers(0, data={"adgroup_id": stranger}, commit=True))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("create", "ad"), harness.sent("status")) == (5, [], []), summary(outcome)
    assert stranger in outcome.err
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert (outcome.status, harness.made) == (0, []), summary(outcome)
    assert [one.status for one in harness.tiktok.objects if one.id in (campaign, stranger)] == ["ENABLE", "ENABLE"]


def test_no_ad_is_added_to_another_ad_group_whose_row_comes_late(harness: Harness) -> None:
    campaign = harness.add("campaign", campaign_name="Somebody's")
    stranger = harness.add("adgroup", adgroup_name="Somebody's own", campaign_id=campaign)
    harness.tiktok.on("create", "adgroup", fault=answers(0, data={"adgroup_id": stranger}, commit=False))
    harness.tiktok.on("get", "adgroup", fault=lies.EMPTY)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("create", "ad"), harness.state(FIRST["adgroup"])) == (5, [], "UNKNOWN")
    assert stranger in outcome.err


@pytest.mark.parametrize("fault", [lies.EMPTY, listed(lambda row: {**row, "campaign_id": None})])
def test_no_ad_is_added_where_no_row_shows_its_ad_group_under_the_campaign(harness: Harness, fault: Fault) -> None:
    harness.tiktok.on("get", "adgroup", times=None, fault=fault)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("create", "ad")) == (4, []), summary(outcome)
    assert f"/adgroups/0 ({ID['adgroup']}), /adgroups/1 (" in outcome.err
    assert "cannot be read back yet: nothing is added to what may run" in outcome.err
    harness.tiktok.heal()
    assert harness.follow(outcome).status == 0
    harness.assert_created(enabled=True)


def other_ad(harness: Harness, **body: Any) -> str:
    """An ad of another campaign, whose id the answer to the first ad gives. Returns the id."""
    campaign = harness.add("campaign", campaign_name="Somebody's")
    group = harness.add("adgroup", adgroup_name="Somebody's own", campaign_id=campaign)
    stranger = harness.add("ad", **{"ad_name": "Somebody's video", "adgroup_id": group, **body})
    harness.tiktok.on("create", "ad", fault=answers(0, data={"smart_plus_ad_id": stranger}, commit=True))
    return stranger


@pytest.mark.parametrize("is_late", [False, True])
def test_an_ad_whose_answer_gave_the_id_of_anothers_is_found_by_its_name(harness: Harness, is_late: bool) -> None:
    """Also where the row of that id comes late."""
    stranger = other_ad(harness)
    if is_late:
        hidden = lies.altered(lambda data: data.update(list=[], page_info={}) if shows(data, stranger) else None)
        harness.tiktok.on("get", "ad", times=2, fault=hidden)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, harness.state(FIRST["ad"])) == (5, "UNKNOWN"), summary(outcome)
    assert f'its id is that of another object, ad {stranger} "Somebody\'s video"' in outcome.err
    assert "delete" not in outcome.err
    assert harness.follow(outcome).status == 0
    harness.assert_created(enabled=True)


def shows(data: Row, own: str) -> bool:
    """Whether a list has an object of this id."""
    return any(own in row.values() for row in data["list"])


@pytest.mark.parametrize("words", [(), ("--delete",)])
def test_a_rollback_finds_an_ad_whose_answer_gave_the_id_of_anothers(harness: Harness, words: tuple[str, ...]) -> None:
    stranger = other_ad(harness)
    harness.tiktok.on("get", "ad", times=None, fault=html(commit=False))
    assert (harness.submit(settle=SHORT_SETTLE).status, harness.state(FIRST["ad"])) == (4, "CREATED")
    harness.tiktok.heal()
    outcome = harness.rollback(*words, settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.made)) == (0, 0 if words else 6), summary(outcome)
    assert [one.status for one in harness.tiktok.objects if one.id == stranger] == ["ENABLE"]


def test_an_ad_of_the_name_that_was_sent_is_not_given_up(harness: Harness) -> None:
    """It may be the run's, wherever it stands, and what stands in its place is not told to be deleted."""
    stranger = other_ad(harness, ad_name=BUNDLE["adgroups"][0]["ads"][0]["ad_name"])
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, harness.record.resource(FIRST["ad"]).id) == (5, stranger), summary(outcome)
    assert f"{FIRST['ad']} cannot be read back, and ad {ID['ad'][:-1]}" in outcome.err
    assert "which is not in the journal, may be what was sent: nothing more is sent" in outcome.err


@pytest.mark.parametrize("level", LEVELS)
def test_what_stands_under_the_name_is_named_where_no_row_shows_the_id_that_was_given(
    harness: Harness, level: Level
) -> None:
    """An answer gives the id of nothing; what it made has the name that was sent, and may be the run's."""
    harness.tiktok.on("create", level, fault=answers(0, data={ID_KEYS[level]: "1999999999999999999"}, commit=True))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    own = next(one for one in harness.tiktok.objects if one.level == level)
    named = f"{level} {own.id} {own.name!r}, which is not in the journal, may be what was sent"
    for last in (outcome, harness.follow(outcome)):
        assert (last.status, named in last.err, harness.sent("status")) == (5, True, []), summary(last)
    for words in ((), ("--delete",), *([("--now",)] if level == "campaign" else [])):
        outcome = harness.rollback(*words, settle=SHORT_SETTLE)
        assert (outcome.status, named in outcome.err) == (5, True), summary(outcome)


def test_an_ad_group_whose_answer_gave_the_id_of_anothers_is_found_by_the_next_resume_but_one(harness: Harness) -> None:
    """Its row came only after the run had stopped."""
    campaign = harness.add("campaign", campaign_name="Somebody's")
    stranger = harness.add("adgroup", adgroup_name="Somebody's own", campaign_id=campaign)
    harness.tiktok.on("create", "adgroup", fault=answers(0, data={"adgroup_id": stranger}, commit=True))
    harness.tiktok.on("get", "adgroup", times=None, fault=lies.EMPTY)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert outcome.status == 4, summary(outcome)
    harness.tiktok.heal()
    outcome = harness.follow(outcome)
    assert (outcome.status, harness.state(FIRST["adgroup"])) == (5, "UNKNOWN"), summary(outcome)
    assert harness.follow(outcome).status == 0
    harness.assert_created(enabled=True)


def enabling_answer(harness: Harness) -> Fault:
    """A create request is carried out, and a person enables the campaign before its answer."""

    def enabled(whole: Answer) -> Answer:
        harness.tiktok.objects[0].status = "ENABLE"
        return whole

    return Fault(answer=enabled)


@pytest.mark.parametrize(("level", "nth", "groups", "ads"), [("adgroup", 1, 2, 0), ("ad", 1, 2, 2)])
def test_nothing_is_added_to_a_campaign_that_a_person_enabled_meanwhile(
    harness: Harness, level: Level, nth: int, groups: int, ads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is looked at before the ads of each ad group."""
    monkeypatch.setattr(harness, "_assert_invariants", lambda _: None)  # a person has it spend before all of it stands
    harness.tiktok.on("create", level, nth=nth, fault=enabling_answer(harness))
    outcome = harness.submit(settle=SHORT_SETTLE)
    sent = [len(harness.sent("create", each)) for each in ("adgroup", "ad")]
    assert (outcome.status, sent) == (5, [groups, ads]), summary(outcome)
    assert f"operation_status of {ID['campaign']} is ENABLE: nothing is added to what may run" in outcome.err
    assert (harness.follow(outcome).status, harness.tiktok.objects[0].status) == (0, "DISABLE")


def test_a_campaign_is_looked_at_in_each_ten_requests(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harness, "_assert_invariants", lambda _: None)
    group = BUNDLE["adgroups"][0]
    ads = [{**group["ads"][0], "ad_name": f"Video {number}"} for number in range(LOOK_EVERY + 5)]
    harness.write({"/adgroups": [{**group, "ads": ads}]})
    harness.tiktok.on("create", "ad", nth=3, fault=enabling_answer(harness))
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent("create", "ad"))) == (5, LOOK_EVERY), summary(outcome)


def test_a_row_that_is_read_before_an_ad_is_sent_again_stops_the_run(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person enabled the campaign while the run waited after a throttled request."""
    monkeypatch.setattr(harness, "_assert_invariants", lambda _: None)
    throttled = enabling_answer(harness).answer
    harness.tiktok.on(
        "create", "ad", fault=Fault(commit=False, answer=lambda whole: throttled(envelope(40100, "too many")))
    )
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent("create", "ad"))) == (5, 1), summary(outcome)
    assert "is ENABLE: nothing is added to what may run" in outcome.err


@pytest.mark.parametrize("level", ["adgroup", "ad"])
def test_a_rollback_does_not_end_well_where_an_object_may_stand_elsewhere(harness: Harness, level: Level) -> None:
    """Its id was never VERIFIED, and nothing below the campaign shows it; the campaign is disabled all the same."""
    campaign = enabled_unverified(harness)
    elsewhere = harness.add("campaign", campaign_name="Somebody's")
    own = next(one for one in harness.made if one.level == level)
    own.parent = elsewhere if level == "adgroup" else harness.add("adgroup", campaign_id=elsewhere)
    outcome = harness.rollback(settle=SHORT_SETTLE)
    assert (outcome.status, campaign.status, harness.record.outcome) == (5, "DISABLE", None), summary(outcome)
    assert f"nothing below campaign {campaign.id} shows {FIRST[level]} ({own.id})" in outcome.err
    own.parent = campaign.id if level == "adgroup" else ID["adgroup"]
    assert harness.follow(outcome).status == 0


@pytest.mark.parametrize("level", few(LEVELS, 1))
def test_a_row_of_another_advertiser_is_not_the_object(harness: Harness, level: Level) -> None:
    assert harness.submit().status == 0
    harness.tiktok.on("get", level, times=None, fault=listed(lambda row: {**row, "advertiser_id": "8"}))
    outcome = harness.resume(harness.record.run, "--enable", settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("status")) == (5, []), summary(outcome)
    assert f'{FIRST[level]}: advertiser_id is "8", and "{ADVERTISER}" was sent' in outcome.err


@pytest.mark.parametrize(("level", "enable"), diagonal(["adgroup", "ad"], [False, True]))
def test_swapped_rows_are_not_verified(harness: Harness, level: Level, enable: bool) -> None:
    harness.tiktok.on("get", level, times=None, fault=swapped(level))
    outcome = harness.submit(*["--enable"] * enable, settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("status")) == (5, []), summary(outcome)
    assert f'{FIRST[level]}: {level}_name is "' in outcome.err
    assert harness.state(FIRST[level]) == ("UNKNOWN" if level == "adgroup" else "CREATED")
    assert (len(harness.made) == 6) == (level == "ad")
    harness.tiktok.heal()
    assert harness.resume().status == 0
    harness.assert_created(enabled=enable)


@pytest.mark.parametrize(
    ("names", "shown", "status"),
    few(
        [
            (("Bed & Bath", "Garden"), {"Bed & Bath": "Bed &amp; Bath"}, 0),
            (("Bed & Bath", "BED & BATH"), {"Bed & Bath": "BED & BATH", "BED & BATH": "Bed & Bath"}, 5),
            (("Bed & Bath", "Bed & Bath 2"), {"Bed & Bath 2": "Bed & Bath", "Bed & Bath": "Bed & Bath 2"}, 5),
            (("Bed & Bath", "Garden"), {"Garden": "Cellar"}, 5),
        ],
        1,
    ),
)
def test_a_name_is_told_only_where_it_can_be_no_other(
    harness: Harness, names: tuple[str, str], shown: Mapping[str, str], status: int
) -> None:
    harness.write({f"/adgroups/{at}/adgroup_name": name for at, name in enumerate(names)})
    change = listed(lambda row: {**row, "adgroup_name": shown.get(row["adgroup_name"], row["adgroup_name"])})
    assert harness.submit().status == 0
    harness.tiktok.on("get", "adgroup", times=None, fault=change)
    outcome = harness.resume(harness.record.run, "--enable", settle=SHORT_SETTLE)
    assert outcome.status == status, summary(outcome)
    assert "adgroup_name is" in outcome.err
    if status:
        words = harness.record.run, "--enable", "--accept-drift", "adgroup_name"
        assert harness.resume(*words, settle=SHORT_SETTLE).status == 0  # a person renamed it
    harness.assert_created(enabled=True)


@pytest.mark.parametrize("enable", few([True, False], 1))
def test_an_ad_under_another_ad_group_is_not_verified(harness: Harness, enable: bool) -> None:
    first, second = ID["adgroup"], str(FIRST_IDS["adgroup"] + 1)
    other = {first: second, second: first}
    change = listed(lambda row: {**row, "adgroup_id": other[row["adgroup_id"]]})
    harness.tiktok.on("get", "ad", times=None, fault=change)
    outcome = harness.submit(*["--enable"] * enable, settle=SHORT_SETTLE)
    assert (outcome.status, harness.state(FIRST["ad"])) == (5, "CREATED"), summary(outcome)
    assert "/adgroups/0/ads/0: adgroup_id is" in outcome.err


@pytest.mark.parametrize("whose", ["its own", "a stranger's"])
def test_an_ad_under_its_ad_group_and_another_campaign_is_seen(harness: Harness, whose: str) -> None:
    """What stands in an ad group of the run stands in its campaign, whatever the row says."""
    assert harness.submit().status == 0
    seen = ID["ad"]
    if whose == "a stranger's":
        seen = harness.add("ad", ad_name="Somebody's", adgroup_id=ID["adgroup"])
    change = listed(lambda row: {**row, "campaign_id": "77"} if row["smart_plus_ad_id"] == seen else row)
    harness.tiktok.on("get", "ad", times=None, fault=change)
    outcome = harness.resume(harness.record.run, "--enable", settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("status")) == (5, []), summary(outcome)
    assert ('campaign_id is "77"' if whose == "its own" else seen) in outcome.err


@pytest.mark.parametrize("words", [("--enable",), ("--delete",)])
def test_an_ad_of_others_that_has_the_id_of_an_ad_group_is_seen(harness: Harness, words: tuple[str, ...]) -> None:
    """Ids are those of a level: it is not taken for the run's ad group, nor hides that."""
    assert harness.submit().status == 0
    harness.add("ad", ad_name="Somebody's", adgroup_id=ID["adgroup"])
    harness.tiktok.objects[-1].id, harness.allowed = ID["adgroup"], 7
    command = harness.resume if "--enable" in words else harness.rollback
    outcome = command(*[harness.record.run] * ("--enable" in words), *words, settle=SHORT_SETTLE)
    status = {one.body["operation_status"] for one in harness.sent("status")}
    assert (outcome.status, status) == (5, set() if "--enable" in words else {"DISABLE", "DELETE"}), summary(outcome)
    assert f'also holds ad {ID["adgroup"]} "Somebody\'s"' in outcome.err
    assert harness.tiktok.objects[-1].status == "ENABLE"


# -- money that was never sent -----------------------------------------------------------------------------------------

OF_NO_PLAN = {"budget": 777, "bid_price": "3.5", "conversion_bid_price": 12, "roas_bid": 2, "min_budget": 40}


@pytest.mark.parametrize("field", few(OF_NO_PLAN, 1))
def test_an_amount_that_was_never_sent_is_not_enabled(harness: Harness, field: str) -> None:
    harness.tiktok.on("get", "adgroup", times=None, fault=listed(lambda row: {**row, field: OF_NO_PLAN[field]}))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("status")) == (5, []), summary(outcome)
    assert f"/adgroups/0: {field} is " in outcome.err
    assert "and none was sent" in outcome.err
    outcome = harness.resume("--accept-drift", field)
    assert outcome.status == 0, summary(outcome)


@pytest.mark.parametrize("nothing", few([0, 0.0, "0", "0.00", "", None], 1))
def test_an_amount_of_nothing_is_none(harness: Harness, nothing: Any) -> None:
    shown = {**dict.fromkeys(OF_NO_PLAN, nothing), "budget_mode": "BUDGET_MODE_INFINITE"}
    harness.tiktok.on("get", "adgroup", times=None, fault=listed(lambda row: {**row, **shown}))
    outcome = harness.submit("--enable")
    assert (outcome.status, "was sent" in outcome.err) == (0, False), summary(outcome)


def test_a_budget_mode_that_was_never_sent_is_told(harness: Harness) -> None:
    mode = {"budget_mode": "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"}
    harness.tiktok.on("get", "adgroup", times=None, fault=listed(lambda row: {**row, **mode}))
    outcome = harness.submit("--enable")
    assert outcome.status == 0, summary(outcome)
    assert 'note: /adgroups/0: budget_mode is "BUDGET_MODE_DYNAMIC_DAILY_BUDGET", and none was sent' in outcome.err


# -- lists that contradict themselves ----------------------------------------------------------------------------------


def told(**info: Any) -> Callable[[Row], object]:
    """A change of the page_info of a list that is not empty."""
    return lambda data: data["page_info"].update(info) if data["list"] else None


LISTS: dict[str, tuple[Fault, str]] = {
    "no pages": (lies.altered(told(total_page=0)), "without page_info.total_page"),
    "less than no rows": (lies.altered(told(total_number=-1)), "without a readable page_info.total_number"),
    "a number of rows that is none": (lies.altered(told(total_number="many")), "page_info.total_number"),
    "fewer rows than it shows": (lies.altered(told(total_number=1), page_size=30), "speaks of 1 row"),
    "a row twice in place of another": (
        lies.altered(lambda data: data["list"].__setitem__(slice(1, None), data["list"][:1] * len(data["list"][1:]))),
        "and gives 1",
    ),
    "a row twice, once with another budget": (
        Fault(lists=lambda row: [row, {**row, "budget": 3}]),
        "different rows",
    ),
    "nothing on page 2": (
        lies.altered(lambda data: data["list"].clear() if data["page_info"]["page"] == 2 else None, page_size=1),
        "and gives 1",
    ),
    "null": (lies.altered(lambda data: data.update(list=None)), "without a list"),
}


@pytest.mark.parametrize(("lie", "level"), few(diagonal(LISTS, ["adgroup", "ad"]), 1))
def test_a_list_that_contradicts_itself_verifies_nothing(harness: Harness, lie: str, level: Level) -> None:
    fault, why = LISTS[lie]
    harness.tiktok.on("get", level, times=None, fault=fault)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("status")) == (4, []), summary(outcome)
    assert why in outcome.err
    harness.tiktok.heal()
    assert harness.resume().status == 0
    harness.assert_created(enabled=True)


def doubling(**info: Any) -> Fault:
    """The first row of each page is there twice, and the page_info of each list is changed."""

    def change(data: Row) -> None:
        data["list"].extend(data["list"][:1])
        data["page_info"].update(info)

    return lies.altered(change)


def test_the_same_row_twice_is_one_where_no_number_is_announced(harness: Harness) -> None:
    """As where an object is created while the pages are read."""
    harness.tiktok.on("get", times=None, fault=doubling(total_number=None))
    outcome = harness.submit("--enable")
    assert outcome.status == 0, summary(outcome)
    harness.assert_created(enabled=True)


def test_a_row_more_than_announced_is_read_again(harness: Harness) -> None:
    """Then the run stops, where it stays; a list on several pages that announces what it gives is believed."""
    harness.tiktok.on("get", "campaign", nth=2, fault=doubling())
    harness.tiktok.on("get", "adgroup", times=None, fault=Fault(page_size=1))
    assert harness.submit().status == 0
    harness.tiktok.on("get", "campaign", times=None, fault=doubling())
    outcome = harness.resume(harness.record.run, "--enable", settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("status")) == (4, []), summary(outcome)
    assert "/campaign/get/ speaks of 1 row and gives 2, 1 of them twice" in outcome.err
    harness.tiktok.heal()
    assert harness.resume().status == 0
    harness.assert_created(enabled=True)


@pytest.mark.parametrize(
    ("level", "body"), diagonal(LEVELS, [b'{"code": 0, "message": "OK", "data": null}', b'{"code": 0}', b"[]", b"null"])
)
def test_an_answer_without_data_is_taken(harness: Harness, level: Level, body: bytes) -> None:
    harness.tiktok.on("create", level, fault=Fault(answer=lambda whole: whole._replace(body=body)))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)
    harness.assert_created(enabled=True)
    harness.tiktok.on("get", level, times=None, fault=Fault(answer=lambda whole: whole._replace(body=body)))
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert outcome.status == 4, summary(outcome)


@pytest.mark.parametrize("enable", few([True, False], 1))
def test_a_campaign_that_is_listed_under_another_id(harness: Harness, enable: bool) -> None:
    other = str(FIRST_IDS["campaign"] + 7)
    fault = listed(lambda row: {**row, "campaign_id": other})
    for level in LEVELS:
        harness.tiktok.on("get", level, nth=5, times=None, fault=fault)
    outcome = harness.submit(*["--enable"] * enable, settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("status")) == (5, []), summary(outcome)
    assert f"is also that of {other}" in outcome.err


def doubled(harness: Harness) -> str:
    """Let the next request create two campaigns, of which the answer gives the second. Returns the id of the first."""

    def second(_: Answer) -> Answer:
        body = {**harness.tiktok.objects[-1].body, "request_id": "1"}
        return envelope(data={"campaign_id": harness.tiktok.add("campaign", **body)})

    harness.tiktok.on("create", "campaign", fault=Fault(answer=second))
    harness.allowed += 1
    return ID["campaign"]


@pytest.mark.parametrize("delete", few([False, True], 1))
def test_a_rollback_names_a_campaign_that_the_run_may_have_made(harness: Harness, delete: bool) -> None:
    """Nothing says all is well beside it, until a person has deleted it."""
    words, lost = ["--delete"] * delete, doubled(harness)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, lost in outcome.err) == (5, True), summary(outcome)
    run = harness.record.run
    for following in (f"rollback {run}{' --delete' * delete}", f"runs {run}"):
        outcome = harness.rollback(*words, settle=SHORT_SETTLE)
        assert (outcome.status, lost in outcome.err, harness.record.outcome) == (5, True, None), summary(outcome)
        assert f"next: splint {following}" in outcome.err
    assert {one.id for one in harness.tiktok.alive()} >= {lost}
    next(one for one in harness.tiktok.objects if one.id == lost).status = "DELETE"
    outcome = harness.rollback(*words, settle=SHORT_SETTLE)
    assert (outcome.status, harness.record.outcome) == (0, "deleted" if delete else "disabled"), summary(outcome)


@pytest.mark.parametrize("damaged", few([False, True], 1))
def test_a_rollback_takes_the_campaign_of_another_run_for_no_lost_one(harness: Harness, damaged: bool) -> None:
    """Unless that run's journal cannot be read: then it is named, and no more."""
    assert harness.submit().status == 0
    first, harness.allowed = harness.record.run, 12
    assert harness.submit("--again", "the first one is for another market").status == 0
    [second] = [path for path in harness.journals if path.stem != first]
    kept = [one.id for one in harness.made[6:]]
    if damaged:
        second.write_bytes(second.read_bytes().replace(b"START", b"STARS"))
    outcome = harness("rollback", first, "--delete", "--yes")
    assert (outcome.status, kept[0] in outcome.err) == ((5, True) if damaged else (0, False)), summary(outcome)
    assert [one.id for one in harness.made] == kept


def test_a_rollback_takes_back_no_campaign_of_another_run(harness: Harness) -> None:
    """What was sent and cannot be found has the name of what stands, and nothing else in common with it."""
    assert harness.submit().status == 0
    first, kept = harness.record.run, [one.id for one in harness.made]
    harness.tiktok.on("create", "campaign", fault=Fault(commit=False, ending="close"))
    assert harness.submit("--again", "for another market", settle=SHORT_SETTLE).status == 5
    [second] = [path.stem for path in harness.journals if path.stem != first]
    outcome = harness("rollback", second, "--delete", "--yes", settle=SHORT_SETTLE)
    assert (outcome.status, "may still turn up" in outcome.err) == (5, True), summary(outcome)
    assert [one.id for one in harness.made] == kept


# -- campaigns of other runs -------------------------------------------------------------------------------------------


def second_of(harness: Harness, *, first: str, fault: Fault | None = None) -> Record:
    """A second run of the bundle, which is enabled unless a fault meets the creation of its ad groups."""
    harness.allowed = 12
    if fault is not None:
        harness.tiktok.on("create", "adgroup", fault=fault)
    outcome = harness.submit("--enable", "--again", "the first one was lost", settle=SHORT_SETTLE)
    assert outcome.status == (0 if fault is None else 4), summary(outcome)
    [path] = [path for path in harness.journals if path.stem != first]
    return Record.of(Journal.peek(path))


@pytest.mark.parametrize(("is_named", "is_stopped"), diagonal([False, True], [False, True]))
def test_a_resume_takes_no_campaign_of_a_later_run_for_its_own(
    harness: Harness, is_stopped: bool, is_named: bool
) -> None:
    """Neither is anything added to it, nor does the next command, a rollback, disable it."""
    harness.tiktok.on("create", "campaign", fault=Fault(commit=False, ending="close"))
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 5
    first = harness.record.run
    second = second_of(harness, first=first, fault=answers(40105, commit=False) if is_stopped else None)
    own, made = second.resource("/campaign").id, [(one.id, one.status) for one in harness.made]
    for words in ([], ["--resend-absent"]):
        words += [first] if is_named or is_stopped else []
        outcome = harness.resume(*words, settle=SHORT_SETTLE)
        assert (outcome.status, f"has this name ({own}): roll this run back (run" in outcome.err) == (5, True)
        assert f"next: splint rollback {first}" in outcome.err
    outcome = harness.follow(outcome)
    assert (outcome.status, "may still turn up" in outcome.err) == (5, True), summary(outcome)
    assert f"the campaign of that name, {own}, is that of run {second.run}, and no other one is shown" in outcome.err
    assert "by hand" not in outcome.err
    assert [(one.id, one.status) for one in harness.made] == made


@pytest.mark.parametrize("event", ["START", "VERIFIED"])
def test_the_campaign_of_a_damaged_journal_is_not_taken_for_that_of_another_run(harness: Harness, event: str) -> None:
    """Its other lines name the campaign."""
    harness.tiktok.on("create", "campaign", fault=Fault(commit=False, ending="close"))
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 5
    first = harness.record.run
    second = second_of(harness, first=first)
    path, made = second.journal.path, [(one.id, one.status) for one in harness.made]
    path.write_bytes(path.read_bytes().replace(event.encode(), b"OTHER", 1))
    for words in (["resume", first], ["resume", first, "--resend-absent"], ["rollback", first, "--delete"]):
        outcome = harness(*words, "--yes", settle=SHORT_SETTLE)
        assert outcome.status == 5, summary(outcome)
        assert [(one.id, one.status) for one in harness.made] == made


@pytest.mark.parametrize(("damaged", "word"), diagonal(["START", "FINISHED", None], ["resume", "rollback"]))
def test_a_journal_that_was_set_aside_is_that_of_no_other_run(harness: Harness, word: str, damaged: str | None) -> None:
    """A copy from before the campaign's id came is restored beside it: the campaign is the run's own."""
    assert harness.submit(*["--enable"] * (word == "rollback")).status == 0
    [path], run = harness.journals, harness.record.run
    data = path.read_bytes()
    aside = data if damaged is None else data.replace(damaged.encode(), b"OTHER", 1)
    path.with_name(f"{run}-aside.jsonl").write_bytes(aside)
    path.write_bytes(b"".join(data.splitlines(keepends=True)[:2]))
    outcome = harness(word, run, "--yes", settle=SHORT_SETTLE)
    record = Record.of(Journal.peek(path))
    assert record.resource("/campaign").id == ID["campaign"], summary(outcome)
    assert harness.made[0].status == "DISABLE"


def test_what_never_arrived_is_not_sent_beside_the_campaign_of_a_later_run(harness: Harness) -> None:
    """A second run was begun in its place: the first is rolled back, which touches nothing."""
    harness.tiktok.on("create", "campaign", fault=answers(40105, commit=False))
    assert harness.submit(settle=SHORT_SETTLE).status == 4
    first = harness.record.run
    own = second_of(harness, first=first).resource("/campaign").id
    outcome = harness.resume(first, settle=SHORT_SETTLE)
    way = f"has this name ({own}): roll this run back, or give its campaign another name with --bundle"
    assert (outcome.status, way in outcome.err) == (5, True), summary(outcome)
    assert harness.follow(outcome).status == 0
    assert [one.status for one in harness.made if one.level == "campaign"] == ["ENABLE"]
    assert len(harness.made) == 6


def test_the_campaign_of_a_later_run_keeps_no_earlier_one_from_being_enabled(harness: Harness) -> None:
    assert harness.submit().status == 0
    first = harness.record.run
    second_of(harness, first=first)
    outcome = harness.resume(first, "--enable")
    assert outcome.status == 0, summary(outcome)
    assert [one.status for one in harness.made if one.level == "campaign"] == ["ENABLE", "ENABLE"]


def test_the_campaign_beside_which_a_run_began_is_known_without_its_journal(harness: Harness) -> None:
    assert harness.submit().status == 0
    [first] = harness.journals
    second = second_of(harness, first=first.stem, fault=answers(40105, commit=False)).run
    first.rename(harness.directory / first.name)
    assert harness.resume(second).status == 0
    outcome = harness("rollback", second, "--delete", "--yes")
    assert (outcome.status, len(harness.made)) == (0, 6), summary(outcome)


def test_a_journal_holds_each_id_once(harness: Harness) -> None:
    assert harness.submit().status == 0
    assert harness.record.holder(ID["adgroup"]) == FIRST["adgroup"]
    assert harness.record.holder(ID["adgroup"], but=FIRST["adgroup"]) is None


def test_an_object_of_nobody_under_the_campaign_is_to_be_deleted_or_the_run_taken_back(harness: Harness) -> None:
    harness.tiktok.on("create", "adgroup", fault=answers(40105, "token", commit=False))
    assert harness.submit(settle=SHORT_SETTLE).status == 4
    [campaign] = harness.tiktok.objects
    other = harness.add("adgroup", campaign_id=campaign.id, adgroup_name="By hand")
    outcome = harness.resume(settle=SHORT_SETTLE)
    assert outcome.status == 5, summary(outcome)
    assert (
        f"is in no journal, and may be it: adgroup {other} 'By hand'; ask whose it is: delete it by hand" in outcome.err
    )
    assert f"take the run back with splint rollback {harness.record.run} " in outcome.err
    harness.tiktok.objects[-1].status = "DELETE"
    assert harness.follow(outcome).status == 0
