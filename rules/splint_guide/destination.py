"""Call to action and destination."""

from collections.abc import Iterator
from typing import Any

from splint.payloads.nodes import Ad, Finding, Fix, Node
from splint.reporting.wording import either, term
from splint.rules.guard import given, lacks, longer_than, says
from splint.rules.rule import GONE, WEB_ONLY, bad, good, rule
from splint_guide.spelling import meant

SECTION = "Call to action and destination"
CALLS = 3
PAGES = ("landing_page_url_list", "page_list")
AD = "/adgroups/0/ads/0"
CONFIG = f"{AD}/ad_configuration"
URLS = f"{AD}/landing_page_url_list"
CALL_LISTS = ("Ad.call_to_action_list", "AdConfiguration.call_to_action_list")
DEEPLINKS = ("Ad.deeplink_list", "Ad.deeplink", "AdConfiguration.deeplink")
OF_APPS = ("custom_product_page_list", "playable_list")
"""The lists that only ads for apps have: they lead to the store."""
KINDS = ("call_to_action_id", "call_to_action_list")
KEEP_ONE = f"keep {either(KINDS)}"
LINK = {"deeplink": "shop://spring", "deeplink_type": "NORMAL"}
DEFERRED = {"deeplink": "shop://spring", "deeplink_type": "DEFERRED_DEEPLINK"}
APPS: dict[str, dict[str, Any]] = {
    "an app's": {"/campaign/objective_type": "APP_PROMOTION"},
    "an ad group's that promotes an app": {"/campaign/catalog_enabled": True, "/adgroups/0/promotion_type": "APP_IOS"},
    "a catalog's of an app": {"/campaign/catalog_enabled": True, "/campaign/sales_destination": "APP"},
}
LINKED = {"/deeplink_list": [LINK]}
LABELED: dict[str, Any] = {"call_to_action_list": [{"call_to_action": "SHOP_NOW"}]}
DYNAMIC = {"call_to_action_id": "7400000000000000001"}
PAGED: dict[str, Any] = {"page_list": [{"page_id": "1"}]}
LANDED: dict[str, Any] = {"landing_page_url_list": [{"landing_page_url": "https://www.example.com"}]}


def _updated(body: dict[str, Any], current: dict[str, Any]) -> str:
    """An update of an ad with what stands of it, as a document."""
    from json import dumps  # a check needs no examples

    ids = {"advertiser_id": "7", "smart_plus_ad_id": "1"}
    path = "/v1.3/smart_plus/ad/update/"
    return dumps({"endpoint": path, "body": {**ids, **body}, "current": {"smart_plus_ad_id": "1", **current}})


@rule(
    "SPL313",
    "too-many-call-to-actions",
    on=Ad,
    level="error",
    section=SECTION,
    basis="stated",
    since="0.1.0",
    guard=longer_than("Ad.call_to_action_list", CALLS) | longer_than("AdConfiguration.call_to_action_list", CALLS),
    examples=lambda: [
        bad("4 labels", {CONFIG: {"call_to_action_list": ["Shop Now"] * 4}}, at=[f"{CONFIG}/call_to_action_list"]),
        bad(
            "4 objects at the top",
            {CONFIG: {}, f"{AD}/call_to_action_list": [{"call_to_action": "SHOP_NOW"}] * 4},
            at=[f"{AD}/call_to_action_list"],
        ),
        good("3 labels", {CONFIG: {"call_to_action_list": ["Shop Now"] * 3}}),
    ],
)
def too_many_call_to_actions(ad: Ad) -> Iterator[Finding]:
    """A standard call to action has at most 3 labels."""
    for home, entries in ad.call_to_action_lists:
        if len(entries) > CALLS:
            yield home.finding(
                "call_to_action_list",
                f"call_to_action_list has {len(entries)} entries, more than {CALLS}",
                f"drop {len(entries) - CALLS}",
            )


@rule(
    "SPL314",
    "two-kinds-of-call-to-action",
    on=Ad,
    level="error",
    section=SECTION,
    basis="implied",
    since="0.1.0",
    guard=given(*CALL_LISTS) | given("AdConfiguration.call_to_action_id") & says("Ad.call_to_action_list"),
    examples=lambda: [
        bad(
            "an update to the standard kind, the dynamic one stands",
            text=_updated(LABELED, {"ad_configuration": DYNAMIC}),
            at=["/body/call_to_action_list"],
        ),
        bad(
            "an update to the dynamic kind, the standard one stands",
            text=_updated({"ad_configuration": DYNAMIC}, LABELED),
            at=["/body/ad_configuration/call_to_action_id"],
        ),
        good(
            "an update that changes the kind",
            text=_updated({**LABELED, "ad_configuration": {}}, {"ad_configuration": DYNAMIC}),
        ),
        good(
            "an update that takes the standard kind away",
            text=_updated({"ad_configuration": DYNAMIC, "call_to_action_list": []}, LABELED),
        ),
        bad("both in one place", {f"{CONFIG}/call_to_action_list": ["Shop Now"]}, at=[f"{CONFIG}/call_to_action_list"]),
        bad(
            "in two places",
            {f"{AD}/call_to_action_list": [{"call_to_action": "SHOP_NOW"}]},
            at=[f"{AD}/call_to_action_list"],
        ),
        bad(
            "the dynamic kind at the top",
            {CONFIG: {"call_to_action_list": ["Shop Now"]}, f"{AD}/call_to_action_id": "7400000000000000001"},
            at=[f"{CONFIG}/call_to_action_list"],
        ),
        good("the dynamic kind", {}),
        good("the standard kind", {CONFIG: {"call_to_action_list": ["Shop Now"]}}),
    ],
)
def two_kinds_of_call_to_action(ad: Ad) -> Iterator[Finding]:
    """An ad has a dynamic or a standard call to action, not both.

    call_to_action_id lets TikTok choose, call_to_action_list fixes the labels.
    """
    parent, lists = ad.call_to_action_id, ad.call_to_action_lists
    if parent is None and (current := _current(ad, "ad_configuration")) is not None:
        parent = current.call_to_action_id
    if parent is not None and lists:
        place = parent.place("call_to_action_id", "the dynamic one")
        what = "call_to_action_list (standard) stands beside call_to_action_id (dynamic)"
        yield lists[0][0].finding("call_to_action_list", what, KEEP_ONE, place, offers=KINDS)
    elif parent is not None and (current := _current(ad, "call_to_action_list")) is not None:
        place = current.place("call_to_action_list", "the standard one")
        what = "call_to_action_id (dynamic) is given where call_to_action_list (standard) stands"
        yield parent.finding("call_to_action_id", what, KEEP_ONE, place, offers=KINDS)


def _current(ad: Ad, name: str) -> Ad | None:
    """What stands of an ad, where an update says nothing of a field that stands."""
    current = ad.current
    return current if isinstance(current, Ad) and name not in ad.written and current.has(name) else None


@rule(
    "SPL315",
    "call-to-action-and-destination-apart",
    on=Ad,
    level="error",
    section=SECTION,
    basis="stated",
    since="0.1.0",
    requests={"create"},
    guard=lacks("Ad.landing_page_url_list")
    | lacks("Ad.call_to_action_list") & lacks("Ad.ad_configuration", "AdConfiguration.call_to_action_id"),
    campaigns=WEB_ONLY,
    examples=lambda: [
        bad("a destination and no call to action", {CONFIG: GONE}, at=[AD]),
        bad("a call to action and no destination", {URLS: GONE}, at=[AD]),
        good("neither", {CONFIG: GONE, URLS: GONE}),
        good("a Custom Page", {URLS: GONE, f"{AD}/page_list": [{"page_id": "1"}]}),
        good("an entry that SPL008 reports counts", {URLS: [{}]}),
        good("an update says what changes", {CONFIG: GONE, f"{AD}/smart_plus_ad_id": "1"}),
        good("another objective is the cause", {CONFIG: GONE, "/campaign/objective_type": "REACH"}),
        good("an ad_configuration to come", {CONFIG: "{{configuration}}"}),
    ],
)
def call_to_action_and_destination_apart(ad: Ad) -> Iterator[Finding]:
    """Call to action and destination are configured together, or both left out."""
    if _hides(ad) or not ad.tree.scope.is_certain:
        return
    if ad.has_call_to_action and ad.lacks_destination:
        holders = [(home, "call_to_action_list") for home, _ in ad.call_to_action_lists]
        if ad.call_to_action_id is not None:
            holders.append((ad.call_to_action_id, "call_to_action_id"))
        yield ad.missing(
            "the ad has a call to action and no destination",
            "add landing_page_url_list or page_list, or remove the call to action",
            *(home.place(name, "the call to action") for home, name in holders),
            about="landing_page_url_list",
            offers=("page_list", *(name for _, name in holders)),
        )
    elif ad.destinations and ad.lacks_call_to_action:
        name = ad.destinations[0]
        yield ad.missing(
            f"the ad has a destination ({name}) and no call to action",
            "add call_to_action_id to ad_configuration",
            about="ad_configuration",
            offers=("call_to_action_id",),
        )


def _hides(ad: Ad) -> bool:
    """Whether the ad_configuration is there and cannot be read: it may hold either."""
    return not ad.lacks("ad_configuration") and ad.configuration is None


@rule(
    "SPL316",
    "page-with-landing-url",
    on=Ad,
    level="error",
    section=SECTION,
    basis="stated",
    since="0.1.0",
    guard=says("Ad.page_list") & says("Ad.landing_page_url_list") & given(*(f"Ad.{name}" for name in PAGES)),
    examples=lambda: [
        bad("an update to a Custom Page, a URL stands", text=_updated(PAGED, LANDED), at=["/body/page_list"]),
        bad(
            "an update to a URL, a Custom Page stands",
            text=_updated(LANDED, PAGED),
            at=["/body/landing_page_url_list"],
        ),
        good("an update that takes the URL away", text=_updated({**PAGED, "landing_page_url_list": []}, LANDED)),
        bad("both", {f"{AD}/page_list": [{"page_id": "1"}]}, at=[URLS]),
        good("a URL", {}),
        good("a Custom Page", {URLS: [], f"{AD}/page_list": [{"page_id": "1"}]}),
    ],
)
def page_with_landing_url(ad: Ad) -> Iterator[Finding]:
    """An ad leads to URLs or to a Custom Page, not to both."""
    name = "page_list" if ad.lacks("landing_page_url_list") else "landing_page_url_list"
    other = next(page for page in PAGES if page != name)
    holder = _current(ad, other) if ad.lacks(other) else ad
    if holder is not None:
        label = "the Custom Page" if other == "page_list" else "the URL"
        what = f"{name} stands beside {other}: a Custom Page is the whole destination"
        yield ad.finding(name, what, f"remove {name} or {other}", holder.place(other, label), offers=(other,))


def without_deeplink_type(home: Node) -> Finding:
    """The finding that an object with a deeplink lacks its type, and the fix that adds it."""
    name, help = "deeplink_type", "add deeplink_type NORMAL"
    if home.lacks("deeplink"):
        what = "deeplink and deeplink_type are missing: an entry of deeplink_list is nothing without them"
        help = "add both, or drop the entry"
        return home.missing(what, help, about=name, also=("deeplink",), offers=("deeplink_list",))
    fix = Fix(help, (home.put(name, "NORMAL"),), is_safe=True)
    return home.missing("deeplink_type is missing: a deeplink needs it", help, about=name, fix=fix, offers=("NORMAL",))


@rule(
    "SPL317",
    "deeplink-type-not-normal",
    on=Ad,
    level="error",
    section=SECTION,
    basis="stated",
    fix="safe",
    supersedes={"SPL007": "place"},
    since="0.1.0",
    guard=given(*DEEPLINKS),
    misses=("Ad.deeplink_type", "AdConfiguration.deeplink_type", "Deeplink.deeplink_type"),
    examples=lambda: [
        bad(
            "no type",
            {f"{AD}/deeplink_list": [{"deeplink": "shop://spring"}]},
            at=[f"{AD}/deeplink_list/0"],
            fixed={f"{AD}/deeplink_list/0/deeplink_type": "NORMAL"},
            is_safe=True,
        ),
        *(
            bad(f"no deeplink either, {words}", {f"{AD}/deeplink_list": [entry]}, at=[f"{AD}/deeplink_list/0"])
            for words, entry in (("an empty entry", {}), ("null", None))
        ),
        bad(
            "another type",
            {f"{AD}/deeplink": "shop://spring", f"{AD}/deeplink_type": "DEFERRED_DEEPLINK"},
            at=[f"{AD}/deeplink_type"],
            fixed={},
        ),
        bad(
            "another type, misspelt",
            {f"{AD}/deeplink_list": [{"deeplink": "shop://spring", "deeplink_type": "deferred_deeplink"}]},
            at=[f"{AD}/deeplink_list/0/deeplink_type"],
            fixed={},
        ),
        bad(
            "the right one, misspelt",
            {f"{AD}/deeplink": "shop://spring", f"{AD}/deeplink_type": "normal"},
            at=[f"{AD}/deeplink_type"],
            fixed={f"{AD}/deeplink_type": "NORMAL"},
        ),
        bad(
            "in ad_configuration",
            {f"{CONFIG}/deeplink": "shop://spring"},
            at=[CONFIG],
            fixed={f"{CONFIG}/deeplink_type": "NORMAL"},
            is_safe=True,
        ),
        bad(
            "another type in ad_configuration",
            {f"{CONFIG}/deeplink": "shop://spring", f"{CONFIG}/deeplink_type": "DEFERRED_DEEPLINK"},
            at=[f"{CONFIG}/deeplink_type"],
            fixed={},
        ),
        good("NORMAL", {f"{AD}/deeplink_list": [LINK]}),
        good("a type to come", {f"{AD}/deeplink_list": [{"deeplink": "shop://spring", "deeplink_type": "{{type}}"}]}),
    ],
)
def deeplink_type_not_normal(ad: Ad) -> Iterator[Finding]:
    """Every deeplink has the deeplink_type NORMAL."""
    for home in ad.deeplinks:
        kind = home.raw.get("deeplink_type")
        if home.lacks("deeplink_type"):
            yield without_deeplink_type(home)
        elif isinstance(kind, str) and kind != "NORMAL":
            _, fix, _ = meant(home, "deeplink_type", kind, ("NORMAL",))
            yield home.finding(
                "deeplink_type",
                f"deeplink_type {term(kind)} is not NORMAL, the only one that is documented"
                + (" (the profile reference takes it)" if kind == "DEFERRED_DEEPLINK" else ""),
                "set it to NORMAL",
                fix=fix,
                offers=("NORMAL",),
            )


@rule(
    "SPL318",
    "deeplink-without-url",
    on=Ad,
    level="error",
    section=SECTION,
    basis="implied",
    since="0.1.0",
    requests={"create"},
    guard=given(*DEEPLINKS) & lacks("Ad.landing_page_url_list"),
    examples=lambda: [
        bad("a deeplink alone", {URLS: GONE, f"{AD}/deeplink_list": [LINK]}, at=[f"{AD}/deeplink_list"]),
        bad(
            "a deeplink with a Custom Page",
            {
                URLS: GONE,
                f"{AD}/page_list": [{"page_id": "1"}],
                f"{AD}/deeplink": "shop://a",
                f"{AD}/deeplink_type": "NORMAL",
            },
            at=[f"{AD}/deeplink"],
        ),
        good("a deeplink with a URL", {f"{AD}/deeplink_list": [LINK]}),
        good("an update says what changes", {URLS: GONE, f"{AD}/deeplink_list": [LINK], f"{AD}/smart_plus_ad_id": "1"}),
        good("no deeplink", {URLS: GONE}),
        bad(
            "a deeplink in ad_configuration", {URLS: GONE, f"{CONFIG}/deeplink": "shop://a"}, at=[f"{CONFIG}/deeplink"]
        ),
        bad(
            "a deeplink beside a list",
            {URLS: GONE, f"{AD}/deeplink_list": [LINK], f"{AD}/deeplink": "shop://a"},
            at=[f"{AD}/deeplink_list"],
        ),
        bad(
            "alone, an ad with a deeplink alone",
            {"/landing_page_url_list": GONE, **LINKED},
            base="ad",
            at=["/deeplink_list"],
        ),
        bad(
            "a lead campaign's",
            {URLS: GONE, f"{AD}/deeplink_list": [LINK], "/campaign/objective_type": "LEAD_GENERATION"},
            at=[f"{AD}/deeplink_list"],
        ),
        *(
            good(f"{words}: its store is the destination", {URLS: GONE, f"{AD}/deeplink_list": [LINK], **edits})
            for words, edits in APPS.items()
        ),
        good("alone, an app's perhaps", {"/landing_page_url_list": GONE, "/deeplink_list": [DEFERRED]}, base="ad"),
        bad("of a website", {URLS: GONE, f"{AD}/deeplink_list": [DEFERRED]}, at=[f"{AD}/deeplink_list"]),
        good(
            "an app's page in the store",
            {
                "/landing_page_url_list": GONE,
                "/custom_product_page_list": [{"custom_product_page_url": "https://apps.apple.com/us/app/a/id1"}],
                **LINKED,
            },
            base="ad",
        ),
        good(
            "an app's playable",
            {"/landing_page_url_list": GONE, "/playable_list": [{"playable_url": "a"}], **LINKED},
            base="ad",
        ),
        good(
            "the store for those without the app",
            {"/landing_page_url_list": GONE, "/ad_configuration/fallback_type": "APP_INSTALL", **LINKED},
            base="ad",
        ),
    ],
)
def deeplink_without_url(ad: Ad) -> Iterator[Finding]:
    """A deeplink rides on a URL destination.

    It leads those to the app who have it; the others need the URL. Ads that promote an app lead to the store, those of
    its catalog too. An ad alone that has a deferred deeplink, which opens once the app is installed, may be such an ad.
    """
    has_store = ad.configuration is not None and ad.configuration.raw.get("fallback_type") == "APP_INSTALL"
    if has_store or ad.may_lead_to_app or not all(map(ad.lacks, OF_APPS)):
        return
    home = next((home for home in ad.homes if home.has("deeplink")), None)
    location = ("deeplink_list", ad) if home is None or ad.has("deeplink_list") else ("deeplink", home)
    page = ad.has("page_list")
    help = (
        "drop the deeplink or the page_list, and add landing_page_url_list with the deeplink"
        if page
        else "add landing_page_url_list, or drop the deeplink"
    )
    what = "a deeplink is given without landing_page_url_list: it rides on a URL"
    offers = ("page_list", "landing_page_url_list") if page else ("landing_page_url_list",)
    yield location[1].finding(location[0], what, help, offers=offers)


RULES = (
    too_many_call_to_actions,
    two_kinds_of_call_to_action,
    call_to_action_and_destination_apart,
    page_with_landing_url,
    deeplink_type_not_normal,
    deeplink_without_url,
)
