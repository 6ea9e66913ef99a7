"""Ads: lists, destinations."""

from collections.abc import Iterator

from splint_guide.destination import DEEPLINKS, without_deeplink_type
from splint_guide.spelling import meant

from splint.payloads.nodes import Ad, AdGroup, Finding, Fix, Node, Tree
from splint.reporting.wording import either, spelled, term
from splint.rules.guard import any_of, given, lacks, longer_than, many, repeats
from splint.rules.rule import GONE, WEB_ONLY, bad, good, rule, times
from splint.schema.vocabulary import UNSET
from splint_reference.budget import WEB
from splint_reference.campaign import CREATE_AD

SECTION = "Create an ad"
ADS = 30
LIMITS = {"landing_page_url_list": 1, "deeplink_list": 1, "page_list": 3}
UTM, UTM_KEY, UTM_VALUE = 14, 100, 600
SELLING_POINTS, PROMOTIONS, CLICKABLE_TEXTS = 15, 10, 3
FOREIGN = ("interactive_add_on_list", "playable_list", "auto_message_list", "custom_product_page_list", "page_list")
DEEPLINK_TYPES = ("NORMAL", "DEFERRED_DEEPLINK")
AD = "/adgroups/0/ads/0"
CONFIG, TEXTS, URLS = (f"{AD}/{name}" for name in ("ad_configuration", "ad_text_list", "landing_page_url_list"))


@rule(
    "REF301",
    "too-many-ads",
    on=Tree,
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_AD,),
    since="0.1.0",
    guard=many("Ad", ADS),
    examples=lambda: [
        bad("31 ads", {AD: times(31)}, at=["/adgroups/0/ads/30"]),
        good("30 ads", {AD: times(30)}),
        bad(
            "30 that stand and one more",
            {AD: times(31), f"{AD}/smart_plus_ad_id": "1", f"{AD}/create_time": "2026-01-01 00:00:00"},
            at=["/adgroups/0/ads/30"],
        ),
        good("one ad 31 times", {f"{AD}/smart_plus_ad_id": "1", AD: times(31)}),
    ],
)
def too_many_ads(tree: Tree) -> Iterator[Finding]:
    """An ad group has at most 30 ads."""
    groups: dict[object, dict[object, Ad]] = {}
    for ad in sorted(tree.ads, key=lambda one: (("row", "create", "update").index(one.kind), one.order)):
        group = id(ad.ad_group) if ad.ad_group is not None else ad.ids.get("adgroup_id", id(ad))
        groups.setdefault(group, {}).setdefault(ad.own_key or id(ad), ad)
    for ads in groups.values():
        ordered = sorted(ads.values(), key=lambda one: (one.kind != "row", one.order))
        beyond = next((ad for ad in ordered[ADS:] if ad.kind != "row"), None)
        if beyond is not None:
            what = f"the ad group has {len(ordered)} ads, more than {ADS}: this is number {ADS + 1}"
            yield beyond.finding("", what, f"drop {len(ordered) - ADS}, or use another ad group")


@rule(
    "REF304",
    "list-too-long",
    on=Ad,
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_AD,),
    since="0.1.0",
    guard=given("AdConfiguration.utm_params")
    | any_of(longer_than(f"Ad.{name}", limit) for name, limit in LIMITS.items())
    | longer_than("ProductInfo.selling_points", SELLING_POINTS)
    | longer_than("ProductInfo.promo_info_list", PROMOTIONS)
    | longer_than("Disclaimer.disclaimer_clickable_texts", CLICKABLE_TEXTS),
    examples=lambda: [
        bad("two landing pages", {f"{URLS}/0": times(2)}, at=[URLS]),
        bad(
            "15 UTM parameters",
            {f"{CONFIG}/utm_params": [{"key": "a", "value": "b"}] * 15},
            at=[f"{CONFIG}/utm_params"],
        ),
        bad(
            "a key of 101 characters",
            {f"{CONFIG}/utm_params": [{"key": "a" * 101, "value": "b"}]},
            at=[f"{CONFIG}/utm_params/0/key"],
        ),
        bad(
            "16 selling points",
            {f"{CONFIG}/product_info": {"selling_points": ["a"] * 16}},
            at=[f"{CONFIG}/product_info/selling_points"],
        ),
        bad(
            "4 clickable texts",
            {f"{AD}/disclaimer": {"disclaimer_clickable_texts": [{"text": "a"}] * 4}},
            at=[f"{AD}/disclaimer/disclaimer_clickable_texts"],
        ),
        good("14 UTM parameters", {f"{CONFIG}/utm_params": [{"key": "a" * 100, "value": "b" * 600}] * 14}),
        bad(
            "11 promotions",
            {f"{CONFIG}/product_info": {"promo_info_list": [{}] * 11}},
            at=[f"{CONFIG}/product_info/promo_info_list"],
        ),
        bad(
            "a value of 601 characters",
            {f"{CONFIG}/utm_params": [{"key": "a", "value": "b" * 601}]},
            at=[f"{CONFIG}/utm_params/0/value"],
        ),
        good("a key to come", {f"{CONFIG}/utm_params": [{"key": "{{key}}"}]}),
        good("no ad_configuration", {CONFIG: GONE}),
        bad("four Custom Pages", {f"{AD}/page_list": [{"page_id": "1"}] * 4}, at=[f"{AD}/page_list"]),
        bad("two deeplinks", {f"{AD}/deeplink_list": [{"deeplink": "shop://a"}] * 2}, at=[f"{AD}/deeplink_list"]),
    ],
)
def list_too_long(ad: Ad) -> Iterator[Finding]:
    """An ad's lists keep the API's limits."""
    config, disclaimer = ad.ad_configuration or {}, ad.disclaimer or {}
    product = config.get("product_info")
    inner = product if isinstance(product, dict) else {}
    lists: list[tuple[str, object, int]] = [(name, ad.raw.get(name), limit) for name, limit in LIMITS.items()]
    lists += [
        ("ad_configuration/utm_params", config.get("utm_params"), UTM),
        ("ad_configuration/product_info/selling_points", inner.get("selling_points"), SELLING_POINTS),
        ("ad_configuration/product_info/promo_info_list", inner.get("promo_info_list"), PROMOTIONS),
        ("disclaimer/disclaimer_clickable_texts", disclaimer.get("disclaimer_clickable_texts"), CLICKABLE_TEXTS),
    ]
    for name, entries, limit in lists:
        if isinstance(entries, list) and len(entries) > limit:
            yield ad.finding(
                name,
                f"{name.rsplit('/')[-1]} has {len(entries)} entries, more than {limit}",
                f"drop {len(entries) - limit}",
            )
    yield from _long_parameters(ad.configuration if "utm_params" in config else None)


def _long_parameters(config: Node | None) -> Iterator[Finding]:
    for parameter in config.children("utm_params") if config is not None else ():
        for name, limit in (("key", UTM_KEY), ("value", UTM_VALUE)):
            text = parameter.raw.get(name)
            if isinstance(text, str) and len(text) > limit:
                yield parameter.finding(
                    name,
                    f"the UTM {name} has {len(text)} characters, more than {limit}",
                    f"shorten it by {len(text) - limit}",
                )


@rule(
    "REF310",
    "field-of-another-campaign-type",
    on=(Ad, AdGroup),
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_AD, WEB),
    supersedes={"REF002": "place", "REF304": "place", "SPL316": "node"},
    since="0.1.0",
    guard=given(*(f"Ad.{name}" for name in FOREIGN), "AdGroup.promotion_target_type"),
    campaigns=WEB_ONLY,
    examples=lambda: [
        bad("a Custom Page", {f"{AD}/page_list": [{"page_id": "1"}], URLS: GONE}, at=[f"{AD}/page_list"]),
        bad("playables", {f"{AD}/playable_list": [{"playable_url": "a"}]}, at=[f"{AD}/playable_list"]),
        bad("a promotion target", {"/adgroups/0/promotion_target_type": "A"}, at=["/adgroups/0/promotion_target_type"]),
        good("none of them", {}),
        good("a promotion target that is not set", {"/adgroups/0/promotion_target_type": "UNSET"}),
        bad(
            "a Custom Page in place of a landing page",
            {f"{AD}/page_list": [{"page_id": "1"}], f"{AD}/landing_page_url_list": GONE},
            at=[f"{AD}/page_list"],
        ),
        bad("an add-on", {f"{AD}/interactive_add_on_list": [{"card_id": "1"}]}, at=[f"{AD}/interactive_add_on_list"]),
        good(
            "a promotion target of another objective",
            {"/adgroups/0/promotion_target_type": "A", "/campaign/objective_type": "REACH"},
        ),
        good(
            "a promotion target of another promotion",
            {"/adgroups/0/promotion_target_type": "A", "/adgroups/0/promotion_type": "LEAD_GENERATION"},
        ),
        good(
            "a Custom Page of another objective",
            {f"{AD}/page_list": [{"page_id": "1"}], "/campaign/objective_type": "REACH"},
        ),
        *(
            bad(f"{name} by itself", {f"{AD}/{name}": [{}]}, at=[f"{AD}/{name}"])
            for name in ("interactive_add_on_list", "auto_message_list", "custom_product_page_list")
        ),
    ],
)
def field_of_another_campaign_type(node: Ad | AdGroup) -> Iterator[Finding]:
    """A regular web campaign carries no field of another campaign type."""
    if isinstance(node, Ad):
        for name in FOREIGN if node.is_of_web_campaign else ():
            if node.has(name):
                leads = name == "page_list" and node.lacks("landing_page_url_list")
                help = "put landing_page_url_list in its place" if leads else "remove it"
                offers = ("landing_page_url_list",) if leads else ()
                yield node.finding(name, f"{name} is not for regular web campaigns", help, offers=offers)
    elif node.holds("promotion_type") == "WEBSITE" and node.promotion_target_type != UNSET:
        yield node.finding(
            "promotion_target_type", "promotion_target_type is not for promotion_type WEBSITE", "remove it"
        )


@rule(
    "REF311",
    "duplicate-ad-text",
    on=Ad,
    level="error",
    section=SECTION,
    basis="reference",
    fix="unsafe",
    since="0.1.0",
    guard=repeats("Ad.ad_text_list", "ad_text"),
    examples=lambda: [
        bad("twice the same", {f"{TEXTS}/0": times(2)}, at=[f"{TEXTS}/1/ad_text"], fixed={f"{TEXTS}/1": GONE}),
        good("two texts", {TEXTS: [{"ad_text": "a"}, {"ad_text": "A"}]}),
        good("texts to come", {TEXTS: [{"ad_text": "{{a}}"}, {"ad_text": "{{a}}"}]}),
        good("no texts", {TEXTS: GONE}),
    ],
)
def duplicate_ad_text(ad: Ad) -> Iterator[Finding]:
    """Each ad text stands once.

    The API answers "You have duplicate titles".
    """
    first: dict[str, str] = {}
    for index, entry in enumerate(ad.ad_text_list or ()):
        text, step = entry.get("ad_text") if isinstance(entry, dict) else None, f"ad_text_list/{index}"
        if isinstance(text, str) and first.setdefault(text, step) is not step:
            place = ad.place(f"{first[text]}/ad_text", "the first")
            what = f"the text {spelled(text)} stands twice"
            fix = Fix(f"remove {step}", (ad.remove(step),))
            yield ad.finding(
                f"{step}/ad_text", what, "write another, or drop the entry", place, fix=fix, offers=("ad_text_list",)
            )


@rule(
    "REF313",
    "landing-page-missing",
    on=Ad,
    level="error",
    section=SECTION,
    basis="reference",
    documents=(WEB,),
    supersedes={"SPL315": "node", "SPL318": "node"},
    since="0.1.0",
    requests={"create"},
    guard=lacks("Ad.landing_page_url_list") & lacks("Ad.page_list"),
    campaigns=WEB_ONLY,
    examples=lambda: [
        bad("nowhere to go", {URLS: GONE}, at=[AD]),
        bad("a call to action that leads nowhere", {URLS: GONE}, at=[AD], beside=("SPL315",)),
        bad(
            "a deeplink alone",
            {URLS: GONE, CONFIG: GONE, f"{AD}/deeplink_list": [{"deeplink": "shop://a", "deeplink_type": "NORMAL"}]},
            at=[AD],
            beside=("SPL315",),
        ),
        good("a landing page", {}),
        good("where the ad belongs nobody knows", {"/landing_page_url_list": GONE}, base="ad"),
        good("a Custom Page is REF310", {URLS: GONE, f"{AD}/page_list": [{"page_id": "1"}]}),
        good("an update says what changes", {URLS: GONE, f"{AD}/smart_plus_ad_id": "1"}),
        good("another objective is the cause", {URLS: GONE, "/campaign/objective_type": "REACH"}),
    ],
)
def landing_page_missing(ad: Ad) -> Iterator[Finding]:
    """An ad of a regular web campaign has a landing page."""
    if ad.is_of_web_campaign:
        yield ad.missing(
            "landing_page_url_list is missing: a web campaign leads somewhere",
            "add landing_page_url_list with one URL",
            about="landing_page_url_list",
        )


@rule(
    "REF314",
    "deeplink-type",
    on=Ad,
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_AD,),
    replaces=("SPL317",),
    fix="safe",
    supersedes={"SPL007": "place", "REF002": "place"},
    since="0.1.0",
    guard=given(*DEEPLINKS),
    misses=("Ad.deeplink_type", "AdConfiguration.deeplink_type", "Deeplink.deeplink_type"),
    examples=lambda: [
        bad(
            "no type",
            {f"{AD}/deeplink_list": [{"deeplink": "shop://a"}]},
            at=[f"{AD}/deeplink_list/0"],
            fixed={f"{AD}/deeplink_list/0/deeplink_type": "NORMAL"},
            is_safe=True,
        ),
        bad(
            "a type that is none",
            {f"{AD}/deeplink_list": [{"deeplink": "shop://a", "deeplink_type": "A"}]},
            at=[f"{AD}/deeplink_list/0/deeplink_type"],
        ),
        good("deferred", {f"{AD}/deeplink_list": [{"deeplink": "shop://a", "deeplink_type": "DEFERRED_DEEPLINK"}]}),
        good("a type to come", {f"{AD}/deeplink_list": [{"deeplink": "shop://a", "deeplink_type": "{{type}}"}]}),
        *(
            bad(f"that of {of}", {f"{at}/deeplink": "shop://a", f"{at}/deeplink_type": "A"}, at=[f"{at}/deeplink_type"])
            for of, at in (("the ad", AD), ("all creatives", CONFIG))
        ),
        bad("a deeplink of the ad", {f"{AD}/deeplink": "shop://a"}, at=[AD]),
        bad("a deeplink of all creatives", {f"{CONFIG}/deeplink": "shop://a"}, at=[CONFIG]),
    ],
)
def deeplink_type(ad: Ad) -> Iterator[Finding]:
    """Every deeplink has the deeplink_type NORMAL or DEFERRED_DEEPLINK."""
    for home in ad.deeplinks:
        kind = home.raw.get("deeplink_type")
        if home.lacks("deeplink_type"):
            yield without_deeplink_type(home)
        elif isinstance(kind, str) and kind not in DEEPLINK_TYPES:
            help, fix, offers = meant(home, "deeplink_type", kind, DEEPLINK_TYPES)
            what = f"deeplink_type {term(kind)} is none of {either(DEEPLINK_TYPES)}"
            yield home.finding("deeplink_type", what, help, fix=fix, offers=offers)


RULES = (
    too_many_ads,
    list_too_long,
    field_of_another_campaign_type,
    duplicate_ad_text,
    landing_page_missing,
    deeplink_type,
)
