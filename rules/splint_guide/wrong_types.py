"""Documents: the JSON types of fields."""

from collections.abc import Iterator

from splint.payloads.invalid_fields import DisputedNumber, WrongType
from splint.payloads.nodes import Finding, Fix, Operation
from splint.reporting.wording import amount, spelled
from splint.rules.rule import bad, good, rule
from splint_guide.documents import SECTION


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


RULES = (wrong_type,)
