"""Tests of the test double of the Smart+ API: its objects, its refusals and its faults."""

import gzip
import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.client import HTTPConnection, HTTPResponse, IncompleteRead, RemoteDisconnected
from threading import active_count
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pytest

from tests.grids import few
from tests.submit import lies
from tests.submit.server import (
    FIRST_IDS,
    Act,
    Fault,
    Level,
    Row,
    TikTok,
    answers,
    cut,
    html,
    huge,
    raw,
    redirects,
    twins,
)

US, THEM = "7001", "7002"
TAILS: dict[Act, str] = {"create": "create", "get": "get", "status": "status/update"}


class Reply(NamedTuple):
    """An answer as a client receives it."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def code(self) -> int:
        """The code of the envelope."""
        return int(json.loads(self.body)["code"])

    @property
    def data(self) -> Any:
        """The data of the envelope."""
        return json.loads(self.body)["data"]

    @property
    def names(self) -> list[str]:
        """The names of the listed campaigns."""
        return [row["campaign_name"] for row in self.data["list"]]


def send(tiktok: TikTok, act: Act, level: Level, parameters: Any, token: str = "token", timeout: float = 5.0) -> Reply:
    """Send a request on a connection of its own; `parameters` is the body or the query."""
    connection = HTTPConnection(tiktok.origin.removeprefix("http://"), timeout=timeout)
    path = f"/open_api/v1.3/smart_plus/{level}/{TAILS[act]}/"
    response: HTTPResponse | None = None
    try:
        if act == "get":
            connection.request("GET", f"{path}?{urlencode(parameters)}", headers={"Access-Token": token})
        else:
            body = parameters if isinstance(parameters, bytes) else json.dumps(parameters).encode()
            connection.request("POST", path, body, {"Access-Token": token, "Content-Type": "application/json"})
        response = connection.getresponse()
        return Reply(response.status, dict(response.getheaders()), response.read())
    finally:
        if response:
            response.close()
        connection.close()


def create(tiktok: TikTok, level: Level = "campaign", **body: Any) -> Reply:
    return send(tiktok, "create", level, {"advertiser_id": US, f"{level}_name": "Spring", **body})


def listing(tiktok: TikTok, level: Level = "campaign", filtering: Row | None = None, **query: Any) -> Reply:
    return send(tiktok, "get", level, {"advertiser_id": US, "filtering": json.dumps(filtering or {}), **query})


def update(tiktok: TikTok, level: Level, status: str, *ids: str) -> Reply:
    key = {"campaign": "campaign_ids", "adgroup": "adgroup_ids", "ad": "smart_plus_ad_ids"}[level]
    return send(tiktok, "status", level, {"advertiser_id": US, key: list(ids), "operation_status": status})


def tree(tiktok: TikTok) -> tuple[str, str, str]:
    """The ids of a campaign, its ad group and its ad."""
    campaign = tiktok.add("campaign", advertiser_id=US, campaign_name="Spring", budget=50)
    adgroup = tiktok.add("adgroup", advertiser_id=US, adgroup_name="North", campaign_id=campaign)
    return campaign, adgroup, tiktok.add("ad", advertiser_id=US, ad_name="Hat", adgroup_id=adgroup)


@pytest.fixture
def tiktok() -> Iterator[TikTok]:
    threads = active_count()
    with TikTok() as server:
        yield server
    assert active_count() == threads


def test_a_tree_is_created_and_listed(tiktok: TikTok) -> None:
    campaign = create(tiktok, budget=50, request_id="1").data["campaign_id"]
    adgroup = create(tiktok, "adgroup", campaign_id=campaign, request_id="2").data["adgroup_id"]
    ad = create(tiktok, "ad", adgroup_id=adgroup, operation_status="DISABLE").data["smart_plus_ad_id"]
    assert [campaign, adgroup, ad] == [str(number) for number in FIRST_IDS.values()]
    assert [(one.level, one.parent, one.status) for one in tiktok.objects] == [
        ("campaign", None, "ENABLE"),
        ("adgroup", campaign, "ENABLE"),
        ("ad", adgroup, "DISABLE"),
    ]
    assert listing(tiktok).data == {
        "list": [
            {
                "advertiser_id": US,
                "campaign_name": "Spring",
                "budget": 50,
                "campaign_id": campaign,
                "operation_status": "ENABLE",
            }
        ],
        "page_info": {"page": 1, "page_size": 10, "total_number": 1, "total_page": 1},
    }
    (row,) = listing(tiktok, "ad", {"smart_plus_ad_ids": [ad]}).data["list"]
    assert (row["campaign_id"], row["adgroup_id"], row["smart_plus_ad_id"]) == (campaign, adgroup, ad)


def test_the_books_hold_every_request(tiktok: TikTok) -> None:
    create(tiktok)
    listing(tiktok, page=1)
    send(tiktok, "create", "ad", b"{")
    first, second, third = tiktok.requests
    assert (first.method, first.level, first.act, first.code) == ("POST", "campaign", "create", 0)
    assert first.path == "/open_api/v1.3/smart_plus/campaign/create/"
    assert first.body == {"advertiser_id": US, "campaign_name": "Spring"}
    assert first.headers["access-token"] == "token"
    assert (second.query["page"], second.body, third.code) == ("1", None, 40002)
    assert first.time <= second.time <= third.time
    assert tiktok.requests_of("create") == [first, third]
    assert tiktok.requests_of("create", "ad") == [third]


@pytest.mark.parametrize(
    ("act", "level", "parameters", "code"),
    few(
        [
            ("create", "campaign", b"not JSON", 40002),
            ("create", "campaign", [], 40002),
            ("create", "campaign", {"campaign_name": "Spring"}, 40002),
            ("create", "campaign", {"advertiser_id": US}, 40002),
            ("create", "campaign", {"advertiser_id": US, "campaign_name": ""}, 40002),
            ("create", "campaign", {"advertiser_id": US, "campaign_name": "A", "operation_status": "DELETE"}, 40002),
            ("create", "campaign", {"advertiser_id": US, "campaign_name": "A", "request_id": 5}, 40002),
            ("create", "campaign", {"advertiser_id": US, "campaign_name": "A", "request_id": str(1 << 64)}, 40002),
            ("create", "adgroup", {"advertiser_id": US, "adgroup_name": "A", "campaign_id": "1"}, 40002),
            ("create", "ad", {"advertiser_id": US, "ad_name": "A"}, 40002),
            ("get", "campaign", {}, 40002),
            ("get", "campaign", {"advertiser_id": US, "page_size": 1001}, 40002),
            ("get", "adgroup", {"advertiser_id": US, "page_size": 1000}, 0),
            ("get", "ad", {"advertiser_id": US, "page_size": 101}, 40002),
            ("get", "ad", {"advertiser_id": US, "page": 0}, 40002),
            ("get", "ad", {"advertiser_id": US, "filtering": "{"}, 40002),
            ("get", "ad", {"advertiser_id": US, "filtering": '{"ad_name": "A"}'}, 40002),
            ("get", "campaign", {"advertiser_id": US, "filtering": '{"campaign_ids": "1"}'}, 40002),
            ("status", "ad", {"advertiser_id": US, "smart_plus_ad_ids": ["1"], "operation_status": "PAUSE"}, 40002),
            (
                "status",
                "ad",
                {"advertiser_id": US, "smart_plus_ad_ids": ["1"] * 21, "operation_status": "ENABLE"},
                40002,
            ),
        ],
        7,
    ),
)
def test_a_request_is_checked(tiktok: TikTok, act: Act, level: Level, parameters: Any, code: int) -> None:
    assert send(tiktok, act, level, parameters).code == code
    assert send(tiktok, act, level, parameters, token="stolen").code == 40105
    assert not tiktok.objects


def test_what_is_no_endpoint_is_booked(tiktok: TikTok) -> None:
    connection = HTTPConnection(tiktok.origin.removeprefix("http://"))
    connection.request("GET", "/elsewhere", headers={"Access-Token": "token"})
    assert b"40007" in connection.getresponse().read()
    connection.close()
    assert (tiktok.requests[0].path, tiktok.requests[0].act) == ("/elsewhere", None)


def test_names_may_be_taken_twice_and_a_parent_has_room_for_30(tiktok: TikTok) -> None:
    campaign, adgroup, _ = tree(tiktok)
    assert [create(tiktok, "adgroup", campaign_id=campaign).code for _ in range(30)] == [0] * 29 + [40002]
    assert [create(tiktok, "ad", adgroup_id=adgroup).code for _ in range(30)] == [0] * 29 + [40002]
    assert create(tiktok).code == 0


def test_of_requests_with_one_id_one_succeeds_within_the_window(tiktok: TikTok) -> None:
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda _: create(tiktok, request_id="77").code, range(8)))
    assert sorted(codes) == [0] + [40002] * 7
    tiktok.request_id_window = 0.0
    assert create(tiktok, request_id="77").code == 0
    assert len(tiktok.alive("campaign")) == 2


def test_lists_are_filtered_and_paged(tiktok: TikTok) -> None:
    for advertiser, name in ((US, "Spring"), (US, "late SPRING"), (US, "Autumn"), (THEM, "Spring")):
        tiktok.add("campaign", advertiser_id=advertiser, campaign_name=name)
    assert listing(tiktok, filtering={"campaign_name": "spring"}).names == ["Spring", "late SPRING"]
    assert listing(tiktok, filtering={"campaign_ids": [tiktok.objects[2].id]}).names == ["Autumn"]
    second = listing(tiktok, page=2, page_size=2)
    assert second.names == ["Autumn"]
    assert second.data["page_info"] == {"page": 2, "page_size": 2, "total_number": 3, "total_page": 2}


def test_a_status_goes_to_the_known_and_deletion_to_all_below(tiktok: TikTok) -> None:
    campaign, adgroup, ad = tree(tiktok)
    parameters = update(tiktok, "ad", "DISABLE", ad, "9").data
    assert (parameters["smart_plus_ad_ids"], [lost["smart_plus_ad_id"] for lost in parameters["error_list"]]) == (
        [ad],
        ["9"],
    )
    assert tiktok.objects[2].status == "DISABLE"
    assert update(tiktok, "campaign", "DELETE", campaign).data["error_list"] == []
    assert not tiktok.alive()
    assert not listing(tiktok, "adgroup").data["list"]
    assert create(tiktok, "ad", adgroup_id=adgroup).code == 40002
    assert update(tiktok, "campaign", "ENABLE", campaign).data["error_list"]
    tiktok.lists_deleted = True
    assert [row["operation_status"] for row in listing(tiktok, "adgroup").data["list"]] == ["DELETE"]


@pytest.mark.parametrize("commit", [False, True])
@pytest.mark.parametrize(
    ("fault", "error"),
    few(
        [
            (lambda commit: Fault(commit=commit, ending="close"), RemoteDisconnected),
            (lambda commit: Fault(commit=commit, ending="reset"), ConnectionResetError),
            (lambda commit: Fault(commit=commit, delay=60), TimeoutError),
            (lambda commit: cut(commit=commit, announces="more"), IncompleteRead),
        ],
        2,
    ),
)
def test_an_answer_is_lost(
    tiktok: TikTok, fault: Callable[[bool], Fault], error: type[Exception], commit: bool
) -> None:
    tiktok.on("create", fault=fault(commit))
    timeout = 0.1 if error is TimeoutError else 5.0
    with pytest.raises(error) as raised:
        send(tiktok, "create", "campaign", {"advertiser_id": US, "campaign_name": "Spring"}, timeout=timeout)
    assert raised.type is error
    assert (len(tiktok.objects), tiktok.requests[0].code) == (commit, None)


@pytest.mark.parametrize("commit", [False, True])
@pytest.mark.parametrize(
    ("fault", "status", "seen"),
    few(
        [
            (lambda commit: cut(commit=commit), 200, b'{"code": 0'),
            (lambda commit: cut(commit=commit, announces="nothing"), 200, b'{"code": 0'),
            (lambda commit: html(commit=commit), 502, b"<html>"),
            (
                lambda commit: answers(50000, "\x1b[31m token", commit=commit),
                200,
                b'{"code": 50000, "message": "\\u001b',
            ),
            (lambda commit: answers(0, commit=commit), 200, b'{"code": 0'),
            (lambda commit: answers(0, data={"campaign_id": 5}, commit=commit), 200, b'{"code": 0'),
            (lambda commit: raw(b"[]", commit=commit), 200, b"[]"),
            (lambda commit: raw(b"\x1b]0;token\x07", commit=commit, status=500), 500, b"\x1b]0;token"),
            (lambda commit: huge(commit=commit), 200, b'{"code": 0'),
            (lambda commit: huge(commit=commit, announces="nothing"), 200, b'{"code": 0'),
        ],
        4,
    ),
)
def test_an_answer_is_spoilt(
    tiktok: TikTok, fault: Callable[[bool], Fault], status: int, seen: bytes, commit: bool
) -> None:
    tiktok.on("create", fault=fault(commit))
    reply = create(tiktok)
    assert (reply.status, len(tiktok.objects)) == (status, commit)
    assert reply.body.startswith(seen)
    assert (create(tiktok).code, len(tiktok.objects)) == (0, commit + 1)


def test_what_is_cut_ends_within_the_id_and_what_is_huge_is_whole(tiktok: TikTok) -> None:
    tiktok.on("create", fault=cut(commit=True))
    assert create(tiktok).body.endswith(b'{"campaign_id": "184331285280070')
    tiktok.on("create", fault=huge(commit=True))
    reply = create(tiktok)
    assert len(reply.body) > 8 << 20
    assert reply.data == {"campaign_id": "18433128528007002"}


def test_a_redirect_goes_elsewhere_and_commits_nothing(tiktok: TikTok) -> None:
    tiktok.on("create", fault=redirects("http://127.0.0.1:9/there"))
    reply = create(tiktok)
    assert (reply.status, reply.headers["Location"], tiktok.objects) == (307, "http://127.0.0.1:9/there", [])


def test_a_fault_strikes_the_requests_it_was_ordered_for(tiktok: TikTok) -> None:
    def codes() -> list[int]:
        return [create(tiktok).code for _ in range(4)]

    tiktok.on("create", "adgroup", fault=answers(1, commit=False))
    tiktok.on("get", fault=answers(1, commit=False))
    assert codes() == [0, 0, 0, 0]
    tiktok.on("create", nth=2, times=2, fault=answers(40100, commit=False))
    assert codes() == [0, 40100, 40100, 0]
    tiktok.on("create", "campaign", times=None, fault=answers(40016, commit=False))
    tiktok.on("create", nth=3, fault=answers(51010, commit=True))
    assert codes() == [40016, 40016, 51010, 40016]
    tiktok.heal()
    assert codes() == [0, 0, 0, 0]
    assert len(tiktok.objects) == 4 + 2 + 1 + 4


def test_an_object_is_listed_later_than_it_is_made(tiktok: TikTok) -> None:
    tiktok.on("create", fault=Fault(visible_after=0.1, delay=0.02))
    asked = time.monotonic()
    assert create(tiktok).code == 0
    assert time.monotonic() - asked >= 0.02
    assert (listing(tiktok).names, len(tiktok.alive())) == ([], 1)
    time.sleep(0.1)
    assert listing(tiktok).names == ["Spring"]


@pytest.mark.parametrize(
    ("fault", "page", "names"),
    few(
        [
            (Fault(unfiltered=True), 1, ["Spring", "Autumn", "Spring"]),
            (twins(), 1, ["Spring", "Spring"]),
            (twins(str.upper), 1, ["SPRING", "Spring"]),
            (twins("{} (2)".format), 1, ["Spring (2)", "Spring"]),
            (twins(str.upper, page_size=1), 1, ["SPRING"]),
            (twins(str.upper, page_size=1), 2, ["Spring"]),
            (Fault(lists=lambda row: [{**row, "campaign_name": "Sprung"}]), 1, ["Sprung"]),
            (Fault(lists=lambda row: []), 1, []),
        ],
        3,
    ),
)
def test_a_list_is_not_what_was_asked_for(tiktok: TikTok, fault: Fault, page: int, names: list[str]) -> None:
    for advertiser, name in ((US, "Spring"), (US, "Autumn"), (THEM, "Spring")):
        tiktok.add("campaign", advertiser_id=advertiser, campaign_name=name)
    tiktok.on("get", "campaign", times=None, fault=fault)
    reply = listing(tiktok, filtering={"campaign_name": "Spring"}, page=page)
    assert reply.names == names
    assert len({row["campaign_id"] for row in reply.data["list"]}) == len(names)


@pytest.mark.parametrize("level", few(["campaign", "adgroup", "ad"], 2))
def test_a_twin_differs_in_its_own_id(tiktok: TikTok, level: Level) -> None:
    own = {"campaign": "campaign_id", "adgroup": "adgroup_id", "ad": "smart_plus_ad_id"}[level]
    tree(tiktok)
    tiktok.on("get", fault=twins())
    twin, row = listing(tiktok, level).data["list"]
    assert {key for key in row if twin[key] != row[key]} == {own}


@pytest.mark.parametrize(
    ("fault", "status", "errors"),
    few(
        [
            (Fault(ending="close"), "DISABLE", None),
            (Fault(commit=False), "ENABLE", []),
            (answers(0, data={"error_list": [{"campaign_id": "1"}]}, commit=False), "ENABLE", [{"campaign_id": "1"}]),
            (answers(0, data={"error_list": [{"campaign_id": "1"}]}, commit=True), "DISABLE", [{"campaign_id": "1"}]),
        ],
        2,
    ),
)
def test_a_status_update_goes_wrong(tiktok: TikTok, fault: Fault, status: str, errors: list[Row] | None) -> None:
    campaign, _, _ = tree(tiktok)
    tiktok.on("status", "campaign", fault=fault)
    if errors is None:
        with pytest.raises(RemoteDisconnected):
            update(tiktok, "campaign", "DISABLE", campaign)
    else:
        assert update(tiktok, "campaign", "DISABLE", campaign).data.get("error_list", []) == errors
    assert tiktok.objects[0].status == status


def test_a_client_that_goes_away_is_not_missed(tiktok: TikTok, capfd: pytest.CaptureFixture[str]) -> None:
    tiktok.on("create", fault=replace(huge(commit=True), delay=0.05))
    with pytest.raises(TimeoutError):
        send(tiktok, "create", "campaign", {"advertiser_id": US, "campaign_name": "Spring"}, timeout=0.02)
    connection = HTTPConnection(tiktok.origin.removeprefix("http://"))
    connection.putrequest("POST", "/open_api/v1.3/smart_plus/campaign/create/")
    connection.putheader("Content-Length", "100")
    connection.endheaders(b'{"advertiser_id": ')
    connection.close()
    time.sleep(0.1)
    assert len(tiktok.objects) == 1
    assert capfd.readouterr() == ("", "")


def test_a_connection_is_kept_and_ended_with_the_server() -> None:
    with TikTok() as tiktok:
        connection = HTTPConnection(tiktok.origin.removeprefix("http://"))
        for _ in range(2):
            connection.request("GET", "/")
            assert connection.getresponse().read()
            assert connection.sock
    connection.close()


def test_a_list_that_is_cached_is_of_an_earlier_moment(tiktok: TikTok) -> None:
    tiktok.list_cache = 0.2
    assert listing(tiktok).names == []
    create(tiktok)
    assert (listing(tiktok).names, listing(tiktok, page_size=5).names) == ([], ["Spring"])
    time.sleep(0.2)
    assert listing(tiktok).names == ["Spring"]


@pytest.mark.parametrize(
    ("fault", "names", "info"),
    few(
        [
            (lies.EMPTY, [], {"total_number": 0, "total_page": 0}),
            (lies.short(), ["Spring"], {"total_number": 2, "total_page": 1}),
            (lies.one_page(), ["Spring"], {"page_size": 1, "total_number": 2, "total_page": 1}),
            (lies.total_page('"9"'), ["Spring", "Fall"], {"total_page": "9"}),
        ],
        2,
    ),
)
def test_a_list_lies(tiktok: TikTok, fault: Fault, names: list[str], info: Row) -> None:
    create(tiktok)
    create(tiktok, campaign_name="Fall")
    tiktok.on("get", fault=fault)
    reply = listing(tiktok)
    assert reply.names == names
    assert reply.data["page_info"].items() >= info.items()


@pytest.mark.parametrize("head", [False, True])
def test_an_answer_drips(tiktok: TikTok, head: bool) -> None:
    tiktok.on("create", fault=lies.dripped(0.002, head=head))
    began = time.monotonic()
    reply = create(tiktok)
    bytes_dripped = len(reply.body) + 100 * head
    assert (reply.code, time.monotonic() - began >= 0.002 * bytes_dripped) == (0, True)


def test_an_answer_is_compressed(tiktok: TikTok) -> None:
    tiktok.on("create", fault=lies.zipped())
    reply = create(tiktok)
    assert reply.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(reply.body))["code"] == 0


@pytest.mark.parametrize("how", lies.ALTERED)
def test_a_name_is_altered_when_it_is_stored(tiktok: TikTok, how: str) -> None:
    tiktok.stores = lies.ALTERED[how]
    sent = " cafe\u0301 \u00e9 & more "
    assert create(tiktok, campaign_name=sent).code == 0
    assert listing(tiktok).names == [tiktok.stores(sent)]
    assert tiktok.stores(sent) != sent


def test_an_order_that_raises_fails_the_test() -> None:
    with pytest.raises(ExceptionGroup, match="without an order"), TikTok() as tiktok:  # noqa: PT012
        tiktok.add("campaign", advertiser_id=US, campaign_name="Spring")
        tiktok.on("get", fault=Fault(lists=lambda row: [row["nothing"]]))
        with pytest.raises(RemoteDisconnected):
            listing(tiktok)
