"""Lifecycle: which endpoints still work, and what an edit does to a running campaign."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from splint.payloads.nodes import Ad, AdGroup, Finding, Payload, Request
from splint.payloads.validation import holds_unknown
from splint.reporting.wording import amount, either, exact
from splint.rules.guard import given, knows
from splint.rules.rule import bad, good, rule
from splint.schema.placeholders import UNKNOWN
from splint.schema.vocabulary import SMART_PLUS, SMART_PLUS_VERSION

ENDPOINTS = "Legacy and upgraded API"
LEARNING = "Common errors: editing during learning phase"
THREE = "/v1.3/smart_plus/campaign/create/, /v1.3/smart_plus/adgroup/create/ and /v1.3/smart_plus/ad/create/"
LEARNING_DAYS, BID_DAYS = 7, 2
BID_STEP = 0.15
EDITS: dict[type[Payload], dict[str, tuple[str, ...]]] = {
    AdGroup: {
        "bid": ("bid_type", "bid_price", "conversion_bid_price", "roas_bid"),
        "audience": ("targeting_spec", "targeting_optimization_mode"),
    },
    Ad: {"creative": ("creative_list", "ad_text_list")},
}
PRICES = ("bid_price", "conversion_bid_price", "roas_bid")
_OWN = {"adgroup": "adgroup_id", "ad": "smart_plus_ad_id"}


def request_text(endpoint: str, method: str = "POST", body: str = "{}") -> str:
    """An envelope as the examples of endpoint rules show it."""
    return f'{{"endpoint": "{endpoint}", "method": "{method}", "body": {body}}}'


def _update(body: str, current: str = "null", level: str = "adgroup") -> str:
    endpoint = f"/v1.3/smart_plus/{level}/update/"
    return f'{{"endpoint": "{endpoint}", "body": {{"{_OWN[level]}": "1", {body}}}, "current": {current}}}'


def ending(request: Request, path: str, last: date, what: str, help: str) -> Iterator[Finding]:
    """A path that works up to and on `last`: a warning with the days left, an error after it."""
    if request.path != path:
        return
    today = request.run.as_of.date()
    if today > last:
        yield request.finding(f"{path} {what} after {last}", help)
    else:
        left = (last - today).days
        days = "today is the last day" if left == 0 else f"{left} day{'' if left == 1 else 's'} left"
        yield request.finding(f"{path} {what} after {last}: {days}", help, level="warning")


@rule(
    "SPL501",
    "legacy-create-endpoint",
    on=Request,
    level="error",
    section=ENDPOINTS,
    basis="stated",
    since="0.1.0",
    examples=lambda: [
        bad(
            "after the last day",
            text=request_text("/open_api/v1.3/campaign/spc/create/"),
            as_of="2026-04-01",
            at=["/endpoint"],
        ),
        bad(
            "on the last day",
            text=request_text("/campaign/spc/create/"),
            as_of="2026-03-31",
            at=["/endpoint"],
            level="warning",
        ),
        good("its successor", text=request_text("/open_api/v1.3/smart_plus/campaign/create/")),
    ],
)
def legacy_create_endpoint(request: Request) -> Iterator[Finding]:
    """No campaign is created through the legacy Smart+ endpoint.

    It takes new campaigns up to and on 2026-03-31.
    """
    yield from ending(request, "/campaign/spc/create/", date(2026, 3, 31), "takes no new campaigns", f"use {THREE}")


@rule(
    "SPL502",
    "legacy-update-endpoint",
    on=Request,
    level="error",
    section=ENDPOINTS,
    basis="stated",
    since="0.1.0",
    examples=lambda: [
        bad(
            "after the last day", text=request_text("/v1.3/campaign/spc/update/"), as_of="2026-07-01", at=["/endpoint"]
        ),
        bad(
            "on the last day",
            text=request_text("/v1.3/campaign/status/update/"),
            as_of="2026-06-30",
            at=["/endpoint"],
            level="warning",
        ),
        good(
            "its successor",
            text=request_text("/v1.3/smart_plus/campaign/status/update/", body='{"advertiser_id": "1"}'),
        ),
    ],
)
def legacy_update_endpoint(request: Request) -> Iterator[Finding]:
    """No campaign is changed through the legacy Smart+ endpoints.

    They work up to and on 2026-06-30.
    """
    for path in ("/campaign/spc/update/", "/campaign/status/update/"):
        successor = "/v1.3/smart_plus/campaign/update/" if "spc" in path else "/v1.3/smart_plus/campaign/status/update/"
        yield from ending(request, path, date(2026, 6, 30), "does not work", f"use {successor}")


@rule(
    "SPL503",
    "manual-create-endpoint",
    on=Request,
    level="error",
    section=ENDPOINTS,
    basis="stated",
    since="0.1.0",
    examples=lambda: [
        bad("after the last day", text=request_text("/v1.3/campaign/create/"), as_of="2027-01-01", at=["/endpoint"]),
        bad(
            "on the last day",
            text=request_text("/v1.3/campaign/create/"),
            as_of="2026-12-31",
            at=["/endpoint"],
            level="warning",
        ),
        good("another path with the same end", text=request_text("/v1.3/smart_plus/campaign/create/")),
    ],
)
def manual_create_endpoint(request: Request) -> Iterator[Finding]:
    """No campaign is created through the manual endpoint.

    Creation is disabled after 2026-12-31.
    """
    yield from ending(
        request,
        "/campaign/create/",
        date(2026, 12, 31),
        "creates no campaigns",
        "use /v1.3/smart_plus/campaign/create/",
    )


@rule(
    "SPL504",
    "edit-resets-learning",
    on=(AdGroup, Ad),
    level="warning",
    section=LEARNING,
    basis="stated",
    facts=("delivery_start",),
    since="0.1.0",
    requests={"update"},
    guard=knows("delivery_start")
    & given(*(f"{kind.__name__}.{name}" for kind, edits in EDITS.items() for name in sum(edits.values(), ()))),
    examples=lambda: [
        bad(
            "a bid on the sixth day",
            text=_update('"bid_price": 2'),
            facts={"delivery_start": "2026-02-23"},
            at=["/body/bid_price"],
        ),
        bad(
            "bid and audience",
            text=_update('"roas_bid": 2, "targeting_spec": {}'),
            facts={"delivery_start": "2026-03-01"},
            at=["/body/roas_bid", "/body/targeting_spec"],
        ),
        good("on the seventh day", text=_update('"bid_price": 2'), facts={"delivery_start": "2026-02-22"}),
        good("before delivery", text=_update('"bid_price": 2'), facts={"delivery_start": "2026-03-02"}),
        good(
            "what stands is no change",
            text=_update('"bid_price": 2', '{"bid_price": 2.0}'),
            facts={"delivery_start": "2026-03-01"},
        ),
        bad(
            "what did not stand",
            text=_update('"bid_price": 2', '{"roas_bid": 1}'),
            facts={"delivery_start": "2026-03-01"},
            at=["/body/bid_price"],
        ),
        bad(
            "a creative",
            text=_update('"ad_text_list": [{"ad_text": "a"}]', level="ad"),
            facts={"delivery_start": "2026-03-01"},
            at=["/body/ad_text_list"],
        ),
        good("nobody knows when delivery started", text=_update('"bid_price": 2')),
        good("a create", {"/adgroups/0/bid_price": 2}, facts={"delivery_start": "2026-03-01"}),
        good(
            "nobody knows what comes",
            text=_update('"targeting_spec": {"gender": "{{gender}}"}', '{"targeting_spec": {"gender": "GENDER_MALE"}}'),
            facts={"delivery_start": "2026-03-01"},
        ),
        good(
            "nobody knows what stood",
            text=_update('"targeting_spec": {"gender": "GENDER_MALE"}', '{"targeting_spec": {"gender": "{{gender}}"}}'),
            facts={"delivery_start": "2026-03-01"},
        ),
        *(
            bad(
                f"{name} alone",
                text=_update(f'"{name}": {value}', level=level),
                facts={"delivery_start": "2026-03-01"},
                at=[f"/body/{name}"],
            )
            for level, name, value in (
                ("adgroup", "bid_type", '"BID_TYPE_NO_BID"'),
                ("adgroup", "conversion_bid_price", "2"),
                ("adgroup", "roas_bid", "2"),
                ("adgroup", "targeting_optimization_mode", '"MANUAL"'),
                ("adgroup", "targeting_spec", '{"gender": "GENDER_MALE"}'),
                ("ad", "creative_list", "[{}]"),
            )
        ),
    ],
)
def edit_resets_learning(payload: AdGroup | Ad) -> Iterator[Finding]:
    """Bid, audience and creative stay as they are for the first 7 days of delivery.

    An edit can reset the learning phase.
    """
    start = _day(payload.fact("delivery_start"))
    if start is None or not 0 <= (payload.run.as_of.date() - start).days < LEARNING_DAYS:
        return
    safe = _later(start, LEARNING_DAYS)
    for kind, names in EDITS[type(payload)].items():
        changed = [name for name in names if _changes(payload, name)]
        if changed:
            when = f"less than {LEARNING_DAYS} days after delivery started on {start}"
            what = f"changing the {kind} ({either(changed, 'and')}) {when} can reset the learning phase"
            yield payload.finding(changed[0], what, f"wait until {safe}")


def _changes(payload: Payload, name: str) -> bool:
    """Whether an update changes a field: without `current` its presence counts."""
    if payload.lacks(name):
        return False
    if not payload.has_current or payload.current is None or payload.current.lacks(name):
        return True
    new, old = payload.raw[name], payload.current.raw[name]
    return bool(new != old) and not holds_unknown(new) and not holds_unknown(old)


def _later(day: date, days: int) -> date:
    """A day so many days later, at most the last one that there is."""
    return day + min(timedelta(days=days), date.max - day)


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


@rule(
    "SPL505",
    "bid-step-too-large",
    on=AdGroup,
    level="warning",
    section=LEARNING,
    basis="stated",
    facts=("last_bid_change",),
    since="0.1.0",
    requests={"update"},
    guard=given(*(f"AdGroup.{name}" for name in PRICES)),
    examples=lambda: [
        bad("16 %", text=_update('"bid_price": 11.6', '{"bid_price": 10}'), at=["/body/bid_price"]),
        bad("15.01 % down", text=_update('"roas_bid": 8.499', '{"roas_bid": 10}'), at=["/body/roas_bid"]),
        bad(
            "a day after the last change",
            text=_update('"bid_price": 10.1', '{"bid_price": 10}'),
            facts={"last_bid_change": "2026-02-28"},
            at=["/body/bid_price"],
        ),
        good("15 %", text=_update('"bid_price": 11.5', '{"bid_price": 10}')),
        good(
            "two days after it",
            text=_update('"bid_price": 10.1', '{"bid_price": 10}'),
            facts={"last_bid_change": "2026-02-27"},
        ),
        good("nobody knows what stands", text=_update('"bid_price": 20')),
        bad(
            "on the day of the last change",
            text=_update('"bid_price": 10.1', '{"bid_price": 10}'),
            facts={"last_bid_change": "2026-03-01"},
            at=["/body/bid_price"],
        ),
        bad("a bid below one", text=_update('"bid_price": 1', '{"bid_price": 0.5}'), at=["/body/bid_price"]),
        good("15 % down", text=_update('"roas_bid": 8.5', '{"roas_bid": 10}')),
        good(
            "what stands is no change",
            text=_update('"bid_price": 10', '{"bid_price": 10.0}'),
            facts={"last_bid_change": "2026-03-01"},
        ),
        good("the first bid", text=_update('"bid_price": 10', '{"bid_price": 0}')),
        good("another ad group's bid", text=_update('"bid_price": 20', '{"adgroup_id": "2", "bid_price": 10}')),
        good("a bid of another kind", text=_update('"bid_price": 10', '{"roas_bid": 2}')),
        good(
            "a change to come",
            text=_update('"bid_price": 10.1', '{"bid_price": 10}'),
            facts={"last_bid_change": "2026-03-02"},
        ),
        good("a create", {"/adgroups/0/bid_price": 2}, facts={"last_bid_change": "2026-03-01"}),
        bad(
            "the price of a conversion",
            text=_update('"conversion_bid_price": 12', '{"conversion_bid_price": 10}'),
            at=["/body/conversion_bid_price"],
        ),
    ],
)
def bid_step_too_large(group: AdGroup) -> Iterator[Finding]:
    """A bid moves by at most 15 % every 2 days.

    Larger or quicker steps throw delivery off.
    """
    current = group.current if group.has_current else None
    if not isinstance(current, AdGroup):
        return
    last = _day(group.fact("last_bid_change"))
    too_soon = last is not None and 0 <= (group.run.as_of.date() - last).days < BID_DAYS
    for name in PRICES:
        new, old = getattr(group, name), getattr(current, name)
        if new is None or old is None or new == old or not 0 < old < float("inf") or not abs(new) < float("inf"):
            continue
        before, step = exact(old), exact(BID_STEP)
        low, high = before * (1 - step), before * (1 + step)
        if not low <= exact(new) <= high:
            allowed = f"{amount(low)} to {amount(high)}"
            yield group.finding(
                name,
                f"{name} moves from {amount(old)} to {amount(new)}, by more than 15 %",
                f"stay within {allowed}, and change it again {BID_DAYS} days later",
            )
        elif too_soon and last is not None:
            allowed = f"{amount(low)} to {amount(high)}"
            yield group.finding(
                name,
                f"{name} changes less than {BID_DAYS} days after the last bid change on {last}",
                f"wait until {_later(last, BID_DAYS)}, then stay within {allowed}",
            )


@rule(
    "SPL506",
    "unknown-endpoint",
    on=Request,
    level="warning",
    section=ENDPOINTS,
    basis="implied",
    since="0.1.0",
    examples=lambda: [
        bad("a path that nobody knows", text=request_text("/v1.3/smart_plus/campaign/destroy/"), at=["/endpoint"]),
        bad("a slash twice", text=request_text("/v1.3/smart_plus//campaign/create/"), at=["/endpoint"]),
        bad("capitals", text=request_text("/v1.3/Smart_Plus/adgroup/budget/update/"), at=["/endpoint"]),
        good("a way round", text=request_text("/v1.3/x/%2e%2e/smart%5Fplus/adgroup/budget/update/")),
        bad("another version", text=request_text("/v1.2/smart_plus/ad/review_info/"), at=["/endpoint"]),
        good("a known path", text=request_text("/v1.3/smart_plus/ad/review_info/", "GET")),
        *(
            good(f"{path} is known", text=request_text(f"/v1.3/smart_plus/{path}/", "GET"))
            for path in (
                *("ad/preview", "ad/appeal", "material/review_info", "material_report/overview"),
                *("material_report/breakdown", "campaign/copy/task/create", "campaign/copy/task/check"),
            )
        ),
        good("a budget update", text=request_text("/v1.3/smart_plus/adgroup/budget/update/")),
        good("a material status update", text=request_text("/v1.3/smart_plus/ad/material_status/update/")),
        bad(
            "a budget update of an older version",
            text=request_text("/v1.2/smart_plus/adgroup/budget/update/"),
            at=["/endpoint"],
        ),
        good("other endpoints are none of our business", text='[{"endpoint": "/v1.3/report/get/", "method": "GET"}]'),
        good("a path to come", text=request_text("/v1.3/smart_plus/{{level}}/create/")),
    ],
)
def unknown_endpoint(request: Request) -> Iterator[Finding]:
    """A Smart+ request goes to an endpoint that is known, of API version v1.3."""
    path = request.written_path
    if not request.path.startswith("/smart_plus/") or UNKNOWN in path:
        return
    if path not in SMART_PLUS:
        yield request.finding(f"{path} is no known Smart+ endpoint", f"use {_known_endpoints(request.path)}")
    elif request.version not in (None, SMART_PLUS_VERSION):
        yield request.finding(
            f"{request.path} is called in version {request.version}, but is known in {SMART_PLUS_VERSION} only",
            f"use /{SMART_PLUS_VERSION}{request.path}",
        )


def _known_endpoints(path: str) -> str:
    """The endpoint that a path is but for misspelt words; else those of its level, or the levels."""
    words = [word for word in path.split("/") if word][1:]
    known = {known: known.strip("/").split("/")[1:] for known in SMART_PLUS}
    from splint.schema.nearest import near_values  # few words are misspelt

    for endpoint, its in known.items():
        if len(its) == len(words) and all(near_values(word, (right,)) for word, right in zip(words, its, strict=True)):
            return endpoint
    levels = tuple(dict.fromkeys(its[0] for its in known.values()))
    level = near_values(words[0], levels)[:1] if words else ()
    if not level:
        return f"one of {either([f'/smart_plus/{level}/...' for level in levels], 'and')}: the API reference lists them"
    return f"one of {', '.join(endpoint for endpoint, its in known.items() if its[0] == level[0])}"


@rule(
    "SPL507",
    "method-not-post",
    on=Request,
    level="error",
    section="Campaign, ad group and ad creation",
    basis="stated",
    since="0.1.0",
    examples=lambda: [
        bad(
            "a PUT",
            text=request_text("/v1.3/smart_plus/campaign/update/", "PUT", '{"campaign_id": "1"}'),
            at=["/method"],
        ),
        good("a POST", text=request_text("/v1.3/smart_plus/campaign/update/", "post", '{"campaign_id": "1"}')),
        good("a GET of a get endpoint", text=request_text("/v1.3/smart_plus/campaign/get/", "GET")),
        good(
            "options that a script works out",
            text='curl https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/ "$@"\n',
            name="a.sh",
        ),
    ],
)
def method_not_post(request: Request) -> Iterator[Finding]:
    """Create and update endpoints are called with POST."""
    if (
        request.path in SMART_PLUS
        and request.path.endswith(("/create/", "/update/"))
        and request.method not in (None, "POST")
    ):
        yield request.finding(
            f"{request.path} is called with {request.method}, but takes POST", "use POST", at="method"
        )


RULES = (
    legacy_create_endpoint,
    legacy_update_endpoint,
    manual_create_endpoint,
    edit_resets_learning,
    bid_step_too_large,
    unknown_endpoint,
    method_not_post,
)
