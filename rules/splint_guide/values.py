"""Documents: the JSON types of fields, and the values of those that take one of several."""

from collections.abc import Iterator

from splint.payloads.invalid_fields import DisputedNumber, UnknownValue, WrongType
from splint.payloads.nodes import Ad, AdGroup, Campaign, Finding, Fix, Operation
from splint.reporting.wording import amount, either, spelled, term
from splint.rules.guard import any_of, is_other, undocumented
from splint.rules.rule import GONE, bad, good, rule
from splint.schema.values import VALUES
from splint_guide.documents import SECTION
from splint_guide.optimization import PIXEL_NAMES
from splint_guide.spelling import GUIDES, enumerated, meant, meant_instead

GROUP_MODES = ("BUDGET_MODE_TOTAL", "BUDGET_MODE_DYNAMIC_DAILY_BUDGET", "BUDGET_MODE_INFINITE")
EVENTS = (*PIXEL_NAMES, *VALUES["AdGroup.optimization_event"].valid)
LABELS = VALUES["CallToAction.call_to_action"].valid
WHOLLY_JUDGED = frozenset(
    {
        *("Campaign.objective_type", "Campaign.budget_mode"),
        *("AdGroup.budget_mode", "AdGroup.optimization_event", "CallToAction.call_to_action"),
    }
)
"""Fields of TikTok's own SDK whose unknown values are all reported, by this rule or others, not near misses alone."""
KNOWN = {
    field: (*values.valid, *values.invalid, *GUIDES.get(field, ()))
    for field, values in VALUES.items()
    if field not in WHOLLY_JUDGED
}
"""The known values of the other ones."""
LABEL_LIST = "/adgroups/0/ads/0/call_to_action_list"


def _fact(name: str, value: str | int) -> str:
    """A bundle with a fact about it, as a document."""
    return f'{{"campaign": {{"objective_type": "WEB_CONVERSIONS"}}, "facts": {{"{name}": {spelled(value)}}}}}'


@rule(
    "SPL003",
    "wrong-type",
    on=(WrongType, DisputedNumber),
    level="error",
    section=SECTION,
    basis="sanity",
    fix="unsafe",
    since="0.1.0",
    examples=lambda: [
        bad(
            "a call to action without its list",
            {"/adgroups/0/ads/0/call_to_action_list": "Shop Now"},
            at=["/adgroups/0/ads/0/call_to_action_list"],
        ),
        bad(
            "a budget as text",
            {"/campaign/budget": "500"},
            at=["/campaign/budget"],
            fixed={"/campaign/budget": 500},
        ),
        bad(
            "a bid as text",
            {"/adgroups/0/bid_type": "BID_TYPE_CUSTOM", "/adgroups/0/conversion_bid_price": "19.99"},
            at=["/adgroups/0/conversion_bid_price"],
            fixed={"/adgroups/0/conversion_bid_price": 19.99},
        ),
        bad("a text that may be two numbers", {"/campaign/budget": "1,000"}, at=["/campaign/budget"], fixed={}),
        bad("an exponent", {"/campaign/budget": "5e3"}, at=["/campaign/budget"], fixed={}),
        bad("a unix time", {"/adgroups/0/schedule_start_time": 1775001600}, at=["/adgroups/0/schedule_start_time"]),
        bad(
            "a text where a list belongs",
            {"/adgroups/0/targeting_spec/location_ids": "6252001"},
            at=["/adgroups/0/targeting_spec/location_ids"],
            fixed={"/adgroups/0/targeting_spec/location_ids": ["6252001"]},
        ),
        bad(
            "a list as JSON in a text",
            {"/adgroups/0/targeting_spec/languages": '["en", "fr"]'},
            at=["/adgroups/0/targeting_spec/languages"],
            fixed={"/adgroups/0/targeting_spec/languages": ["en", "fr"]},
        ),
        bad(
            "texts with commas between them",
            {"/adgroups/0/targeting_spec/languages": "en, fr"},
            at=["/adgroups/0/targeting_spec/languages"],
            fixed={},
        ),
        bad("null for an ad group", {"/adgroups/0": None}, at=["/adgroups/0"]),
        bad("true as text", {"/campaign/budget_optimize_on": "true"}, at=["/campaign/budget_optimize_on"]),
        bad(
            "a choice as YAML 1.1 wrote it",
            text="objective_type: WEB_CONVERSIONS\nbudget_optimize_on: yes\n",
            name="a.yaml",
            at=["/budget_optimize_on"],
        ),
        *(
            bad(
                f"{words} in YAML",
                text=f"objective_type: WEB_CONVERSIONS\nbudget: {number}\n",
                name="a.yaml",
                at=["/budget"],
                fixed=f"objective_type: WEB_CONVERSIONS\nbudget: {left}\n",
                level=level,
            )
            for words, number, left, level in (
                ("a number with zeros before it", "0500", "500", "warning"),
                ("a number of base 8", "0o17", "15", "warning"),
                ("digits with _ between them", "1_000", "1000", None),
            )
        ),
        good(
            "base 16 in YAML, as all readers read it",
            text="objective_type: WEB_CONVERSIONS\nbudget: 0x1F\n",
            name="a.yaml",
        ),
        bad(
            "an infinite number that is no money, as YAML can write it",
            text="adgroup_name: US\npromotion_type: WEBSITE\ndeep_cpabid: .inf\n",
            name="a.yaml",
            at=["/deep_cpabid"],
        ),
        bad("a list as an object", {"/adgroups/0/ads/0/creative_list": {}}, at=["/adgroups/0/ads/0/creative_list"]),
        bad("a list as objects by their names", {"/adgroups": {"US": {"budget": 5}}}, at=["/adgroups"]),
        bad(
            "texts as plain strings",
            {"/adgroups/0/ads/0/ad_text_list": ["Shop now"]},
            at=["/adgroups/0/ads/0/ad_text_list/0"],
        ),
        bad(
            "a body that is encoded twice",
            text="""curl -X POST https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/ """
            """-d '"{\\"budget\\": 5}"'\n""",
            name="a.sh",
            at=[""],
        ),
        bad(
            "a form",
            text="curl https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/ -F 'budget=50'\n",
            name="a.sh",
            at=[""],
        ),
        bad(
            "a form of a HAR file",
            text='{"method": "POST", "url": "https://business-api.tiktok.com/open_api/v1.3/smart_plus/ad/update/", '
            '"postData": {"mimeType": "application/x-www-form-urlencoded", "text": "smart_plus_ad_id=1"}}',
            at=["/postData/text"],
        ),
        bad(
            "a text for what stands",
            text='{"endpoint": "/v1.3/smart_plus/ad/update/", "body": {"smart_plus_ad_id": "1"}, "current": "running"}',
            at=["/current"],
        ),
        bad("a day in another order", text=_fact("delivery_start", "25.11.2026"), at=["/facts/delivery_start"]),
        bad("a day that there is not", text=_fact("last_bid_change", "2026-11-31"), at=["/facts/last_bid_change"]),
        bad("a CPA of nothing", text=_fact("historical_cpa", 0), at=["/facts/historical_cpa"]),
        bad("a currency's name", text=_fact("currency", "Dollar"), at=["/facts/currency"]),
        bad("another name of CNY", text=_fact("currency", "RMB"), at=["/facts/currency"]),
        bad(
            "a text of JSON with a comment",
            text=r'{"url": "/v1.3/smart_plus/ad/update/", "body": {"mode": "raw", "raw": "{} // none"}}',
            at=["/body/raw"],
        ),
        good("a currency that TikTok does not list", text=_fact("currency", "bgn")),
        good("a day", text=_fact("delivery_start", "2026-11-25")),
        good("a day to come", text=_fact("delivery_start", "{{day}}")),
        good("null is absent, not wrong", {"/adgroups/0/placements": None, "/adgroups/0/placement_type": None}),
        good(
            "image_info as one object", {"/adgroups/0/ads/0/creative_list/0/creative_info/image_info": {"web_uri": "a"}}
        ),
    ],
)
def wrong_type(violation: WrongType | DisputedNumber) -> Iterator[Finding]:
    """A field holds the JSON type that the endpoint takes.

    A fact holds what rules can use: a day, a currency's code, an amount above zero. The field then counts as unknown:
    rules that would need its value stay silent. A whole body that is a string of JSON was encoded twice; one in an
    envelope's `body` is read, and has to be JSON: no comma behind the last member, and no comment, which Postman alone
    removes, from a raw body of JSON. A form (`-F`, `--data-urlencode`) that curl sends is no JSON. In YAML a number is
    one that YAML 1.1, as PyYAML reads, and YAML 1.2, as splint reads, take for the same: 0500 is 320 to the first.
    """
    if isinstance(violation, DisputedNumber):
        yield _disputed(violation)
        return
    if violation.location.part == "body":
        yield violation.finding(f"the body is {violation.value}, but takes an object", "send JSON with -d or --json")
        return
    if (fault := violation.unread) is not None:
        at = fault.source.position(fault.span.start)
        where = f"line {at.line}, column {at.column} of the text"
        yield violation.finding(f"{violation.field} is a text that is no JSON: {fault.message} ({where})", fault.help)
        return
    from splint.payloads import carried  # only where there are findings

    if carried.is_form(violation):
        yield violation.finding("the body is a form, but takes an object", "send it as JSON")
        return
    found = _of_wrong_type(violation)
    yield found._replace(lacks=carried.place_of_wrong_body(violation))


def _of_wrong_type(violation: WrongType) -> Finding:
    """A finding on a value of another type, with the value that is meant where that is plain."""
    from splint.payloads import written  # only where there are findings

    number, is_plain = violation.number, written.is_text_of_yaml(violation)
    why = ": YAML 1.2 reads it as a text" if violation.is_of_yaml_1_1 else ""
    help = f"write {(violation.meant or violation.takes) if number is None else amount(number)}"
    help = "put it in quotes" if is_plain else help

    def told(shown: str) -> str:
        return f"{violation.field or 'the body'} is {shown}, but takes {violation.takes}{why}"

    fix = _written_right(violation, number, is_plain=is_plain)
    found = violation.finding(told(spelled(violation.value)), help, fix, _meant_alone(violation))
    return found._replace(wording=violation.as_written(told))


def _disputed(violation: DisputedNumber) -> Finding:
    """A finding on a number of which readers of YAML make two amounts, or a text."""
    number, old = int(violation.value), violation.value.old
    before = "a text" if old is None else str(old)
    fix = Fix(f"write {violation.field} as {number}", (Operation("put", violation.location, number),))

    def told(shown: str) -> str:
        return f"{violation.field} is {shown}: YAML 1.2 reads {number}, YAML 1.1 {before}"

    found = violation.finding(told(str(number)), f"write {number}, if that is meant", fix)
    return found._replace(level="warning", wording=told)


def _written_right(violation: WrongType, number: float | None, *, is_plain: bool) -> Fix | None:
    """The fix that writes the number or the list which a text spells, or quotes a plain scalar meant as a text."""
    if number is not None:
        return Fix(f"write {violation.field} as a number", (Operation("put", violation.location, number),))
    from splint.payloads.meanings import list_of  # only where there are findings

    if (entries := list_of(violation.value, violation.takes)) is not None:
        return Fix(f"write {violation.field} as a list", (Operation("put", violation.location, entries),))
    if is_plain:
        return Fix(f"quote {violation.field}", (Operation("quote", violation.location, True),), is_safe=True)
    return None


def _meant_alone(violation: WrongType) -> list[str]:
    """The values that are meant by one of a wrong type, each alone."""
    from splint.payloads.meanings import entries_of  # only where there are findings

    return entries_of(violation.value, violation.takes) if violation.meant is not None else []


@rule(
    "SPL007",
    "unknown-value",
    on=(UnknownValue, Campaign, AdGroup, Ad),
    level="error",
    section=SECTION,
    basis="sanity",
    supersedes=dict.fromkeys(("REF106", "REF205"), "related"),
    fix="unsafe",
    since="0.1.0",
    guard=is_other("AdGroup.budget_mode", *GROUP_MODES)
    | is_other("AdGroup.optimization_event", *EVENTS)
    | is_other("CallToAction.call_to_action", *LABELS)
    | is_other("Ad.call_to_action_list", *LABELS)
    | is_other("AdConfiguration.call_to_action_list", *LABELS)
    | any_of(
        undocumented(field) if values == VALUES[field].valid else is_other(field, *values)
        for field, values in KNOWN.items()
    ),
    examples=lambda: [
        bad(
            "a misspelt placement",
            {"/adgroups/0/placements/0": "PLACEMENT_TIKTOC"},
            at=["/adgroups/0/placements/0"],
            fixed={"/adgroups/0/placements/0": "PLACEMENT_TIKTOK"},
        ),
        bad(
            "a status by another platform's word",
            text='{"endpoint": "/v1.3/smart_plus/adgroup/status/update/", "body": {"operation_status": "PAUSED"}}',
            at=["/body/operation_status"],
            fixed='{"endpoint": "/v1.3/smart_plus/adgroup/status/update/", "body": {"operation_status": "DISABLE"}}',
        ),
        bad(
            "a promotion by a shorter word",
            {"/adgroups/0/promotion_type": "WEB"},
            at=["/adgroups/0/promotion_type"],
            fixed={"/adgroups/0/promotion_type": "WEBSITE"},
        ),
        bad(
            "beside the right one",
            {"/adgroups/0/placements": ["PLACEMENT_TIKTOK", "PLACEMENT_TIKTOC"]},
            at=["/adgroups/0/placements/1"],
        ),
        bad(
            "the end of a placement",
            {"/adgroups/0/placements/0": "TikTok"},
            at=["/adgroups/0/placements/0"],
            fixed={"/adgroups/0/placements/0": "PLACEMENT_TIKTOK"},
        ),
        bad(
            "an age group that is none",
            {"/targeting_spec/age_groups": ["EVERYBODY"]},
            base="ad-group",
            at=["/targeting_spec/age_groups/0"],
        ),
        bad("a budget mode alone", {"/budget_mode": "BUDGET_MODE_DAY"}, base="ad-group", at=["/budget_mode"]),
        good("a budget mode that ad groups take", {"/budget_mode": "BUDGET_MODE_TOTAL"}, base="ad-group"),
        good(
            "AUTOMATIC placements",
            {"/adgroups/0/placement_type": "PLACEMENT_TYPE_AUTOMATIC", "/adgroups/0/placements": GONE},
        ),
        good("no budget mode", {}, base="ad-group"),
        good("the mode that TikTok answers under CBO", {"/budget_mode": "BUDGET_MODE_INFINITE"}, base="ad-group"),
        bad(
            "a budget mode in camelCase",
            {"/budget_mode": "budgetModeTotal"},
            base="ad-group",
            at=["/budget_mode"],
            fixed={"/budget_mode": "BUDGET_MODE_TOTAL"},
        ),
        bad(
            "an age group with a hyphen",
            {"/targeting_spec/age_groups": ["AGE_25-34"]},
            base="ad-group",
            at=["/targeting_spec/age_groups/0"],
            fixed={"/targeting_spec/age_groups/0": "AGE_25_34"},
        ),
        bad(
            "one of two age groups",
            {"/targeting_spec/age_groups": ["AGE_25_44"]},
            base="ad-group",
            at=["/targeting_spec/age_groups/0"],
            fixed={},
        ),
        bad(
            "a misspelt event",
            {"/adgroups/0/optimization_event": "COMPLETE_PAYMNET"},
            at=["/adgroups/0/optimization_event"],
            fixed={"/adgroups/0/optimization_event": "COMPLETE_PAYMENT"},
            level="warning",
        ),
        *(
            bad(
                f"a misspelt {name}",
                {f"/adgroups/0/{name}": misspelt},
                at=[f"/adgroups/0/{name}"],
                fixed={f"/adgroups/0/{name}": meant},
                level="warning",
            )
            for name, misspelt, meant in (
                ("vbo_window", "SEVEN_DASY", "SEVEN_DAYS"),
                ("product_source", "CATALGO", "CATALOG"),
                ("zalo_id_type", "ZALO_PHONE_ACOUNT", "ZALO_PHONE_ACCOUNT"),
                ("deep_funnel_optimization_status", "OFFX", "OFF"),
                ("promotion_website_type", "TIKTOK_NATIVE_PAEG", "TIKTOK_NATIVE_PAGE"),
                ("attribution_event_count", "EVREY", "EVERY"),
                ("view_attribution_window", "SEVEN_DAY", "SEVEN_DAYS"),
                ("engaged_view_attribution_window", "ONE_DYA", "ONE_DAY"),
            )
        ),
        bad(
            "a misspelt label",
            {LABEL_LIST: [{"call_to_action": "SHOP_NWO"}]},
            at=[f"{LABEL_LIST}/0/call_to_action"],
            fixed={LABEL_LIST: [{"call_to_action": "SHOP_NOW"}]},
        ),
        bad(
            "a label that is none", {LABEL_LIST: [{"call_to_action": "Grab it"}]}, at=[f"{LABEL_LIST}/0/call_to_action"]
        ),
        bad("a constant that is none", {LABEL_LIST: ["Shop Now", "GRAB_IT"]}, at=[f"{LABEL_LIST}/1"]),
        bad(
            "a misspelt label beside an object",
            {LABEL_LIST: [{"call_to_action": "SHOP_NOW"}, "LERN_MORE"]},
            at=[f"{LABEL_LIST}/1"],
            fixed={f"{LABEL_LIST}/1": "LEARN_MORE"},
        ),
        good("labels as the guide writes them", {LABEL_LIST: ["Shop Now", "Découvrir"]}),
        good("a budget mode beside a campaign is SPL211", {"/adgroups/0/budget_mode": "BUDGET_MODE_DAY"}),
        good("labels in another language's capitals", {LABEL_LIST: ["DÉCOUVRIR", "JETZT KAUFEN", "Entdecken"]}),
        bad("misspelt words", {LABEL_LIST: ["Shop Nwo"]}, at=[f"{LABEL_LIST}/0"]),
        bad(
            "a constant of all creatives",
            {"/adgroups/0/ads/0/ad_configuration/call_to_action_list": ["GRAB_IT"]},
            at=["/adgroups/0/ads/0/ad_configuration/call_to_action_list/0"],
        ),
        bad(
            "a label to come beside one that is none",
            {LABEL_LIST: [{"call_to_action": "{{label}}"}, {"call_to_action": "GRAB_IT"}]},
            at=[f"{LABEL_LIST}/1/call_to_action"],
        ),
        bad(
            "a near miss of a window that only the SDK lists",
            {"/adgroups/0/click_attribution_window": "SEVEN_DAY"},
            at=["/adgroups/0/click_attribution_window"],
            fixed={"/adgroups/0/click_attribution_window": "SEVEN_DAYS"},
            level="warning",
        ),
        bad(
            "one in a list, in small letters",
            {"/adgroups/0/targeting_spec/network_types": ["WIFI", "4g"]},
            at=["/adgroups/0/targeting_spec/network_types/1"],
            fixed={"/adgroups/0/targeting_spec/network_types/1": "4G"},
            level="warning",
        ),
        bad(
            "a campaign's",
            {"/campaign/catalog_type": "eCommerce"},
            at=["/campaign/catalog_type"],
            fixed={"/campaign/catalog_type": "ECOMMERCE"},
            level="warning",
        ),
        bad(
            "an ad's, in an update",
            {"/ad_configuration/dark_post_status": "on", "/smart_plus_ad_id": "1"},
            base="ad",
            at=["/ad_configuration/dark_post_status"],
            fixed={"/ad_configuration/dark_post_status": "ON"},
            level="warning",
        ),
        good(
            "what is near no value of the SDK: the guide says nothing of it",
            {"/adgroups/0/click_attribution_window": "A_FORTNIGHT", "/campaign/catalog_type": "SHOES"},
        ),
        bad(
            "close to a value that no update takes",
            {"/smart_plus_ad_id": "1", "/creative_list/0/creative_info/aigc_disclosure_type": "unset"},
            base="ad",
            at=["/creative_list/0/creative_info/aigc_disclosure_type"],
            level="warning",
            fixed={},
        ),
        good("what the SDK knows and refuses", {"/adgroups/0/messaging_app_type": "TikTok"}),
        bad(
            "a label in small letters",
            {LABEL_LIST: [{"call_to_action": "subscribe"}]},
            at=[f"{LABEL_LIST}/0/call_to_action"],
            fixed={LABEL_LIST: [{"call_to_action": "SUBSCRIBE"}]},
        ),
        bad(
            "an event beside a right budget mode",
            {"/budget_mode": "BUDGET_MODE_TOTAL", "/optimization_event": "COMPLETE_PAYMNET"},
            base="ad-group",
            at=["/optimization_event"],
            level="warning",
        ),
    ],
)
def unknown_value(node: UnknownValue | Campaign | AdGroup | Ad) -> Iterator[Finding]:
    """An enumerated field holds one of its documented values.

    Fields with a rule of their own (objective_type, budget_mode, optimization_goal ...) are left to it. An
    optimization_event that neither the Pixel nor the API knows is a warning. So is the near miss of a value that only
    TikTok's own SDK lists, as those of attribution windows.
    """
    if isinstance(node, AdGroup):
        yield from _unknown_in(node)
    elif isinstance(node, Ad):
        yield from _unknown_labels(node)
    if not isinstance(node, UnknownValue):
        yield from _near_misses(node)
    else:
        values = sorted(node.takes)
        help, fix, offers = meant_instead(node, values)
        what = f"{node.field} {term(node.value)} is none of its {len(values)} values ({', '.join(values)})"
        yield node.finding(what, help, fix, offers=offers)


def _unknown_in(group: AdGroup) -> Iterator[Finding]:
    mode, event = group.budget_mode, group.optimization_event
    if mode is not None and mode not in GROUP_MODES and not group.campaign_is_known:
        help, fix, offers = meant(group, "budget_mode", mode, GROUP_MODES)
        yield group.finding(
            "budget_mode", f"budget_mode {term(mode)} is no mode of an ad group", help, fix=fix, offers=offers
        )
    if event is not None and event not in EVENTS:
        help, fix, offers = meant(group, "optimization_event", event, EVENTS)
        what = f"optimization_event {term(event)} is no event that is known here"
        yield group.finding("optimization_event", what, help, level="warning", fix=fix, offers=offers)


def _unknown_labels(ad: Ad) -> Iterator[Finding]:
    from splint.schema.nearest import near_values  # few values are misspelt

    for home, entries in ad.call_to_action_lists:
        for index, entry in enumerate(entries):
            path, label = f"call_to_action_list/{index}", entry
            if isinstance(entry, dict):
                path, label = f"{path}/call_to_action", entry.get("call_to_action")
            if not isinstance(label, str) or label in LABELS:
                continue
            if (" " in label or label.istitle()) and label.upper().replace(
                " ", "_"
            ) in LABELS:  # as the guide: Shop Now
                continue
            is_constant = label.isascii() and label.isidentifier() and label.isupper()
            if isinstance(entry, dict) or is_constant or near_values(label, LABELS):  # else words in another language
                help, fix, offers = meant(home, path, label, LABELS)
                yield home.finding(
                    path, f"call to action {term(label)} is no label that is known here", help, fix=fix, offers=offers
                )


def _near_misses(payload: Campaign | AdGroup | Ad) -> Iterator[Finding]:
    from splint.schema.nearest import near_values, nearest  # few values are misspelt

    for path, field, value in enumerated(payload, KNOWN):
        taken = VALUES[field].taken(is_new=payload.is_create)
        if value not in KNOWN[field] and nearest(value, VALUES[field].valid):
            close = near_values(value, taken)
            help, fix, offers = meant(payload, path, value, taken)
            what = f"{field.partition('.')[2]} {term(value)} is no value that is known here"
            what += f", but close to {either(close)}" if close else ""
            yield payload.finding(path, what, help, level="warning", fix=fix, offers=offers)


RULES = (wrong_type, unknown_value)
