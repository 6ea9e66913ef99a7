"""The bundle that tests send, the faults that may happen, and the invariants of account and journal."""

import copy
import json
from collections import Counter
from pathlib import Path
from typing import Any

from splint.testing import BASES
from tests.submit.server import (
    Act,
    Fault,
    Level,
    Row,
    Stored,
    TikTok,
    answers,
    cut,
    html,
    raw,
    redirects,
)

PLAN: dict[str, tuple[str, str | None]] = {
    "Spring sale": ("/campaign", None),
    "North": ("/adgroups/0", "Spring sale"),
    "South": ("/adgroups/1", "Spring sale"),
    "Hat": ("/adgroups/0/ads/0", "North"),
    "Scarf": ("/adgroups/0/ads/1", "North"),
    "Glove": ("/adgroups/1/ads/0", "South"),
}
"""The path and the parent's name of each object by its name, in the order of creation."""
OPEN = ("ARMED", "UNKNOWN", "ABSENT")
"""The last events of an object whose state is unknown."""


def make_bundle() -> Any:
    """A campaign of two ad groups with three ads."""
    whole = copy.deepcopy(BASES["cbo"])
    (group,) = whole["adgroups"]
    (ad,) = group["ads"]
    whole["adgroups"] = [
        {**group, "adgroup_name": name, "ads": [{**ad, "ad_name": own} for own in PLAN if PLAN[own][1] == name]}
        for name in PLAN
        if PLAN[name][1] == "Spring sale"
    ]
    return copy.deepcopy(whole)


def journal_lines(place: Path) -> list[Row]:
    """The complete lines of all journals of a directory."""
    texts = (path.read_bytes() for path in sorted(place.glob("*.jsonl")))
    return [json.loads(line) for text in texts for line in text[: text.rfind(b"\n") + 1].splitlines()]


def in_doubt(lines: list[Row]) -> set[str]:
    """The paths of the objects whose state is unknown by the journal."""
    last = {line["object"]: line["event"] for line in lines if "object" in line and "action" not in line}
    return {path for path, event in last.items() if event in OPEN}


def duplicates(tiktok: TikTok) -> list[str]:
    """The names of objects that were created more than once, or are not in the plan."""
    counts = Counter(one.name for one in tiktok.objects)
    return sorted(name for name, count in counts.items() if count > (name in PLAN))


def lost(tiktok: TikTok, place: Path, messages: str = "", *, doubted: bool = True) -> list[Stored]:
    """The objects whose ids are in no journal or message; `doubted` leaves those of unknown state out."""
    lines = journal_lines(place)
    ids, doubts = {line.get("id") for line in lines}, in_doubt(lines) if doubted else set()
    return [
        one
        for one in tiktok.objects
        if one.id not in ids and one.id not in messages and PLAN[one.name][0] not in doubts
    ]


def missing_at_enabling(tiktok: TikTok) -> list[str]:
    """The names of objects that did not exist yet when the campaign was enabled or created as enabled."""
    switched = [
        request.time
        for request in tiktok.requests
        if request.level == "campaign"
        and request.act in ("create", "status")
        and isinstance(request.body, dict)
        and request.body.get("operation_status", "ENABLE") == "ENABLE"
    ]
    stood = {one.name for one in tiktok.objects if switched and one.made_at < min(switched)}
    return [name for name in PLAN if switched and name not in stood]


def assert_invariants(tiktok: TikTok, place: Path, messages: str = "") -> None:
    """Assert the invariants that hold at every moment."""
    assert not duplicates(tiktok)
    assert not lost(tiktok, place, messages)
    assert not missing_at_enabling(tiktok)


def assert_created(tiktok: TikTok, place: Path, status: str = "ENABLE") -> None:
    """Assert that the planned objects exist once, under the right parents, and that the journal has every id."""
    names = {one.id: one.name for one in tiktok.objects}
    stored = {one.name: one.parent and names[one.parent] for one in tiktok.alive()}
    assert stored == {name: parent for name, (_, parent) in PLAN.items()}
    assert len(tiktok.objects) == len(PLAN)
    assert not lost(tiktok, place, doubted=False)
    assert not missing_at_enabling(tiktok)
    assert [one.status for one in tiktok.objects] == [status] + ["ENABLE"] * (len(PLAN) - 1)
    bodies = {
        one.name: {key: value for key, value in one.body.items() if key != "request_id"} for one in tiktok.objects
    }
    assert bodies == sent_bodies(tiktok)


def sent_bodies(tiktok: TikTok) -> dict[str, Row]:
    """The expected bodies by name, with the ids of the server."""
    ids = {one.name: one.id for one in tiktok.objects}
    whole = make_bundle()
    campaign = whole["campaign"]
    head = {"advertiser_id": campaign["advertiser_id"]}
    rows: dict[str, Row] = {campaign["campaign_name"]: {**campaign, "operation_status": "DISABLE"}}
    for group in whole["adgroups"]:
        ads = group.pop("ads")
        rows[group["adgroup_name"]] = {**head, "campaign_id": ids[campaign["campaign_name"]], **group}
        rows |= {ad["ad_name"]: {**head, "adgroup_id": ids[group["adgroup_name"]], **ad} for ad in ads}
    return rows


WHERE: list[tuple[Act, Level | None]] = [
    ("create", None),
    ("create", "campaign"),
    ("create", "adgroup"),
    ("create", "ad"),
    ("get", None),
    ("status", None),
]
"""The requests that a fault may affect."""


def make_faults(*, late: float, slow: float) -> dict[str, Fault]:
    """The faults by name; `late` is the seconds until an object is listed, `slow` exceeds the timeout of the client."""
    faults: dict[str, Fault] = {
        f"late {late}": Fault(visible_after=late),
        f"late {late} and lost": Fault(visible_after=late, ending="close"),
        f"late {late / 2}": Fault(visible_after=late / 2, ending="reset"),
        "unfiltered": Fault(unfiltered=True),
        "redirects": redirects("http://127.0.0.1:9/there"),
        **{f"code {code}": answers(code, commit=False) for code in (40002, 40016, 40100, 40105)},
    }
    for commit in (False, True):
        which = "done" if commit else "not done"
        faults |= {f"code {code}, {which}": answers(code, commit=commit) for code in (0, 20001, 40902, 50000, 51010)}
        faults |= {
            f"close, {which}": Fault(commit=commit, ending="close"),
            f"reset, {which}": Fault(commit=commit, ending="reset"),
            f"slow, {which}": Fault(commit=commit, delay=slow),
            f"HTML, {which}": html(commit=commit),
            f"cut, {which}": cut(commit=commit, announces="more"),
            f"no code, {which}": raw(b"{}", commit=commit),
        }
    return faults
