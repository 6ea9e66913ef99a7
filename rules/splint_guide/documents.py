"""Documents: what has to hold before any constraint of a campaign can be looked at."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from splint.payloads.faults import DuplicateMember, TokenInFile, Unreadable, Unrecognized
from splint.payloads.invalid_fields import NumericId
from splint.payloads.nodes import Ad, AdGroup, Finding, Fix, Operation
from splint.payloads.validation import is_empty
from splint.reporting.wording import spelled, term
from splint.rules.guard import lacks, stands_alone
from splint.rules.rule import GONE, Rule, bad, good, rule
from splint.schema.usual import BIGGEST_ID
from splint.schema.vocabulary import OF_OTHER_REQUESTS, is_tiktoks_id

if TYPE_CHECKING:
    from splint.payloads.resemblance import Resemblance

SECTION = "Documents"
OF_LEVELS = {"campaign": "a campaign's", "adgroup": "an ad group's", "ad": "an ad's"}
WRAPPED = '{"endpoint": ..., "body": ...}'
NAMED = f"name the endpoint beside it: {WRAPPED}"
CALL = "curl https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
BESIDE = f"put an update or status body in an envelope with its endpoint: {WRAPPED}"


@rule(
    "SPL001",
    "syntax-error",
    on=Unreadable,
    level="error",
    section=SECTION,
    basis="sanity",
    since="0.1.0",
    examples=lambda: [
        bad("a missing comma", text='{"campaign_name": "A"\n"budget": 5}', at=[""]),
        bad("a file that is cut off", text='{"campaign_name": "A"', at=[""]),
        bad("NaN is no JSON number", text='{"budget": NaN}', at=[""]),
        bad("an unquoted placeholder", text='{"budget": {{budget}}}', at=[""]),
        bad(
            "one broken line of NDJSON", text='{"objective_type": "WEB_CONVERSIONS"}\n{"a":\n', name="a.ndjson", at=[""]
        ),
        good("comments in a file that may have them", text='{"budget": 5, // a day\n}', name="a.jsonc"),
    ],
)
def syntax_error(fault: Unreadable) -> Iterator[Finding]:
    """A file is readable as its format.

    What cannot be read cannot be checked: the rest of an NDJSON file, a YAML stream or a text with several commands
    still is.
    """
    yield fault.finding(fault.message, fault.help)


@rule(
    "SPL002",
    "unrecognized-payload",
    on=Unrecognized,
    level="error",
    section=SECTION,
    basis="sanity",
    since="0.1.0",
    examples=lambda: [
        bad("an object with no field of a campaign, ad group or ad", text='{"name": "splint"}', at=[""]),
        bad("an empty list", text="[]", at=[""]),
        bad(
            "fields in camel case", text='{"campaignName": "A", "budgetMode": "BUDGET_MODE_DAY"}', at=["/campaignName"]
        ),
        bad("a misspelt field", text='{"objectve_type": "REACH", "campaign_nam": "A"}', at=["/objectve_type"]),
        bad("a short name", text='{"adgroup_id": "1", "creatives": [{"video_id": "v1"}]}', at=["/creatives"]),
        bad(
            "fields of a campaign, but no objective or name",
            text='{"advertiser_id": "1", "budget": 50, "budget_optimize_on": true}',
            at=["/budget_optimize_on"],
        ),
        bad(
            "an update that its keys do not tell",
            text='{"advertiser_id": "1", "smart_plus_ad_id": "2", "ad_text_list": [{"ad_text": "a"}]}',
            at=["/ad_text_list"],
        ),
        bad("an update of a budget", text='{"advertiser_id": "1", "adgroup_id": "2", "budget": 50}', at=[""]),
        bad(
            "one in a list beside a payload",
            text='[{"objective_type": "REACH"}, {"objectiveType": "REACH", "campaignName": "A"}]',
            at=["/1/objectiveType"],
        ),
        bad(
            "one in a block of Markdown",
            text='```json\n{"objectiveType": "REACH", "campaignName": "A"}\n```\n',
            name="a.md",
            at=["/objectiveType"],
        ),
        good(
            "a part of a payload in Markdown",
            text='```json\n{"campaign": {"name": "A"}}\n```\n' + '```json\n{"objective_type": "REACH"}\n```\n',
            name="a.md",
        ),
        bad("a part of a bundle", text='{"campaign": {"name": "A"}}', at=["/campaign"]),
        bad(
            "a campaign without its objective",
            text='{"campaign": {"campaign_name": "A"}}',
            at=["/campaign/campaign_name"],
        ),
        bad(
            "campaigns in a list",
            text='{"campaigns": [{"name": "A", "objective": "REACH", "dailyBudget": 50}]}',
            at=["/campaigns/0/objective"],
        ),
        bad("ad groups, none of them", text='{"adgroups": []}', at=["/adgroups"]),
        bad("no campaign in its place", text='{"campaign": null, "_note": "later"}', at=["/campaign"]),
        bad("a misspelt field in one", text='{"campaign": {"objective": "A"}}', at=["/campaign/objective"]),
        good("a campaign body", text='{"objective_type": "WEB_CONVERSIONS"}'),
    ],
)
def unrecognized_payload(fault: Unrecognized) -> Iterator[Finding]:
    """A file that is named holds a payload.

    A file without one that a walk over a directory comes across is skipped without a word, unless the setting
    `require-payloads` says that there must be one, or its top, or an entry of a list there, means to be one: it has a
    `campaign`, `adgroups` or `ads` as bundles do, fields of payloads in another spelling, itself or a step below, or
    fields of one without those by which it is recognized. That is a warning. So it is beside a payload, wherever it
    stands, where two fields of several words are in another spelling and a value fits such a field.

    A list of values that the library or `splint serve-stdio` is given is one of payloads: null, {}, what is no object,
    and an object with some fields of a payload are found there. A note, an envelope of another API and an answer of
    this one may stand beside payloads, and whatever is in a list of a file.
    """
    near, message = fault.resemblance, "no payload of a known shape"
    if near is None:
        why = ", but the settings require one (require-payloads)" if fault.expected == "required" else ""
        elsewhere = "; what it sends goes to the host or tool of another ad API" if fault.goes_elsewhere else ""
        message += f": no campaign, ad group or ad body, bundle, request or event record{why}{elsewhere}"
        named = "give a payload" if fault.document.source.path == "<input>" else "name payload files"
        first = "leave the file out (exclude)" if why else "leave it out" if fault.pointer else named
        yield fault.finding(message, NAMED if fault.has_id else f"{first}, or {BESIDE}")
    elif near.is_open:
        yield _in_doubt(fault, near, message)
    elif near.level is not None:
        what = f"{message}: {near.key} is {OF_LEVELS[near.level]}, but no field by which one is recognized is here"
        help, offers = (NAMED, ()) if fault.has_id else (f"add {near.field}, or {BESIDE}", (near.field,))
        yield fault.finding(what, help)._replace(offers=offers, becomes="" if fault.has_id else None)
    elif near.key == near.part:
        what = f"{message}: {near.key} is as in a bundle, but holds no field by which one is recognized"
        found = fault.finding(what, f"write its fields as the API names them, such as {near.field}")
        yield found._replace(takes="an object" if near.part == "campaign" else "a list of objects")
    else:
        other = f", or {NAMED}" if fault.has_id else ""
        help, becomes = f"write {near.field}{other}", "" if near.is_in_text else near.field
        if not near.is_in_text and not is_empty(fault.around.get(near.field)):
            help, becomes = f"keep one of the two: {near.field} is there too", ""
        found = fault.finding(f"{message}, but {term(near.key)} is close to {near.field}", help)
        yield found._replace(becomes=becomes)


def _in_doubt(fault: Unrecognized, near: "Resemblance", message: str) -> Finding:
    """A finding at what has the keys of a payload, but may be anything by what they hold."""
    what = f"{message}: {near.key} is {OF_LEVELS[near.level or 'campaign']}, but "
    if other := next((key for key in fault.around if key in OF_OTHER_REQUESTS), None):
        return fault.finding(f"{what}{other} is of another endpoint of TikTok's", NAMED)
    such = f"write such as {near.field}" if near.field else "write values that TikTok takes"
    own = "an advertiser_id of 16 to 20 digits" if "advertiser_id" in fault.around else "the advertiser_id beside it"
    or_id = "" if is_tiktoks_id(fault.around.get("advertiser_id")) else f", or {own}"
    return fault.finding(f"{what}too few values here are TikTok's", f"{such}{or_id}, or {NAMED}")


@rule(
    "SPL005",
    "duplicate-key",
    on=DuplicateMember,
    level="error",
    section=SECTION,
    basis="sanity",
    since="0.1.0",
    examples=lambda: [
        bad(
            "a budget that stands twice",
            text='{"objective_type": "WEB_CONVERSIONS", "budget": 5, "budget": 6}',
            at=["/budget"],
        ),
        good("the same key in two objects", text='{"campaign": {"budget": 5}, "adgroups": [{"budget": 5}]}'),
    ],
)
def duplicate_key(fault: DuplicateMember) -> Iterator[Finding]:
    """A key stands once in an object.

    A parser silently keeps the last one: which of the two was meant, only its author knows.
    """
    key = fault.duplicate.key
    yield fault.finding(
        f'"{key}" stands twice in this object: the first value is dropped', "remove one of the two", "first here"
    )


@rule(
    "SPL006",
    "id-not-a-string",
    on=NumericId,
    level="error",
    section=SECTION,
    basis="sanity",
    supersedes={"REF101": "place"},
    fix="safe",
    since="0.1.0",
    examples=lambda: [
        bad(
            "a numeric advertiser_id",
            {"/campaign/advertiser_id": 7000000000000000001},
            at=["/campaign/advertiser_id"],
            fixed={"/campaign/advertiser_id": "7000000000000000001"},
            is_safe=True,
        ),
        bad(
            "a numeric location",
            {"/adgroups/0/targeting_spec/location_ids": ["1", 6252001]},
            at=["/adgroups/0/targeting_spec/location_ids/1"],
            fixed={"/adgroups/0/targeting_spec/location_ids/1": "6252001"},
            is_safe=True,
        ),
        bad("more than 64 bits", {"/adgroups/0/pixel_id": 7.1e20}, at=["/adgroups/0/pixel_id"]),
        bad("an exponent in place of its digits", {"/adgroups/0/pixel_id": 7.1e18}, at=["/adgroups/0/pixel_id"]),
        bad("a point behind its digits", {"/adgroups/0/pixel_id": 71.0}, at=["/adgroups/0/pixel_id"]),
        bad("a fraction", {"/adgroups/0/pixel_id": 7.5}, at=["/adgroups/0/pixel_id"]),
        bad("zero, which is no ID", {"/campaign/advertiser_id": 0}, at=["/campaign/advertiser_id"], fixed={}),
        bad(
            "a number that 64 bits with a sign do not hold",
            {"/adgroups/0/pixel_id": 2**63},
            at=["/adgroups/0/pixel_id"],
            fixed={"/adgroups/0/pixel_id": str(2**63)},
            is_safe=True,
        ),
        *(
            bad(
                f"{words} in YAML",
                text=f"objective_type: WEB_CONVERSIONS\nadvertiser_id: {number}\n",
                name="a.yaml",
                at=["/advertiser_id"],
                fixed=f"objective_type: WEB_CONVERSIONS\nadvertiser_id: {left}\n",
                is_safe=True,
            )
            for words, number, left in (("digits", "31", '"31"'), ("a number of base 16", "0x1F", "0x1F"))
        ),
        good("an ID as a string", {"/campaign/advertiser_id": "7000000000000000001"}),
    ],
)
def id_not_a_string(violation: NumericId) -> Iterator[Finding]:
    """An ID is a string.

    A number of 19 digits silently loses some of them in many clients. Its digits are not quoted where REF001 or REF101
    would refuse them as a string.
    """
    value = violation.value
    if value > 0 and (isinstance(value, int) or _is_rounded(violation)):
        fix = Fix(f"quote the digits of {violation.field}", (Operation("quote", violation.location),), is_safe=True)
        is_decimal = isinstance(value, int) and violation.is_yaml  # which also writes it as 0x1F, 0o17, +5 or 007
        found = _on_number(violation, "", f'write "{value}"' if is_decimal else "quote its digits", fix)
        yield found._replace(rest=_on_number(violation, *_not_quoted(violation))) if violation.is_too_big else found
    else:
        yield _on_number(violation, *_not_quoted(violation))


def _is_rounded(violation: NumericId) -> bool:
    """Whether a number is of more bits than readers of JSON hold: its value may be another than its digits say."""
    return bool(violation.value >= 2**64 and violation.value % 1 == 0)


def _not_quoted(violation: NumericId) -> tuple[str, str]:
    """Why the digits of a number are no ID as they are, and what to do in the place of quoting them."""
    value, look = violation.value, "look the ID up, and write it in quotes"
    if value <= 0 or violation.is_too_big:
        return (", and none is below 1" if value <= 0 else f", and none is above {BIGGEST_ID}"), look
    if value.is_integer() and value < 2**53:
        return "", f'write "{value:.0f}"'
    why = ", and its digits are lost" if value.is_integer() else ", and none is a fraction"
    return why, "look the ID up, and write all its digits in quotes"


def _on_number(violation: NumericId, why: str, help: str, fix: Fix | None = None) -> Finding:
    """A finding on a number for an ID, in the digits of the file."""
    number = spelled(violation.value)
    words = "a number of more than 64 bits" if _is_rounded(violation) else f"the number {number}"

    def told(shown: str) -> str:
        return f"{violation.field} is {words if shown == number else shown}, but IDs are strings{why}"

    return Finding(violation.location, told(number), help, fix=fix, wording=violation.as_written(told))


UNUSED_SUPPRESSION = Rule(
    "SPL009",
    "unused-suppression",
    "warning",
    on=(),
    section=SECTION,
    basis="sanity",
    check=None,
    summary="Whatever silences findings has some to silence.",
    explanation=(
        "A suppression comment, an override, a per-file ignore or an entry of the baseline that silences nothing hides "
        "the\nnext real finding. What speaks of files that a run does not read, or of rules that it does not run, is "
        "not asked.\nA per-file ignore of a glob says what a kind of file may do: it is asked only where SPL009 is "
        "selected by its code or\nits name."
    ),
    examples=lambda: [
        bad(
            "a comment that silences nothing",
            text="# splint: ignore[SPL101]\nobjective_type: WEB_CONVERSIONS\n",
            name="a.yaml",
            beside=("SPL101",),
            at=[""],
            fixed="objective_type: WEB_CONVERSIONS\n",
            is_safe=True,
        ),
        bad(
            "one rule of two",
            text="objective_type: LEADS # splint: ignore[SPL106, SPL101] on purpose\n",
            name="a.yaml",
            beside=("SPL101", "SPL106"),
            at=[""],
            fixed="objective_type: LEADS # splint: ignore[SPL101] on purpose\n",
            is_safe=True,
        ),
        bad("a comment without a code", text="objective_type: LEADS # splint: ignore\n", name="a.yaml", at=[""]),
        bad(
            "ignore-file that is not on top",
            text="objective_type: LEADS\n# splint: ignore-file[SPL101]\n",
            name="a.yaml",
            at=[""],
        ),
        good(
            "a comment that silences a finding",
            text="# splint: ignore[SPL101] the lead form is on purpose\nobjective_type: LEADS\n",
            name="a.yaml",
            beside=("SPL101",),
        ),
        good(
            "a rule that does not run is not asked",
            text="# splint: ignore[SPL101]\nobjective_type: WEB_CONVERSIONS\n",
            name="a.yaml",
        ),
    ],
    fix="safe",
    since="0.1.0",
)
"""Found by `splint/suppression/unused.py`, which alone knows what silenced something."""


@rule(
    "SPL011",
    "parent-id-missing",
    on=(AdGroup, Ad),
    level="warning",
    section=SECTION,
    basis="sanity",
    since="0.1.0",
    requests={"create"},
    guard=stands_alone("AdGroup") & lacks("AdGroup.campaign_id") | stands_alone("Ad") & lacks("Ad.adgroup_id"),
    examples=lambda: [
        bad("an ad group of its own without campaign_id", {"/campaign_id": GONE}, base="ad-group", at=[""]),
        bad("an ad of its own without adgroup_id", {"/adgroup_id": ""}, base="ad", at=[""]),
        good("an ad group with a placeholder for it", {"/campaign_id": "{{campaign_id}}"}, base="ad-group"),
        good("nested in a bundle", {}),
        good("a template file without it", {"/campaign_id": GONE}, base="ad-group", is_template=True),
        good("an update stands for itself", {"/adgroup_id": "1", "/campaign_id": GONE}, base="ad-group"),
        good("an ad names its ad group alone", {}, base="ad"),
    ],
)
def parent_id_missing(payload: AdGroup | Ad) -> Iterator[Finding]:
    """A create request that is not nested in a bundle names its parent.

    It cannot be sent as it stands. In a template file (setting `templates`) code fills the id in.
    """
    field, above = ("campaign_id", "campaign") if isinstance(payload, AdGroup) else ("adgroup_id", "ad group")
    is_alone = payload.parent is None and payload.bundle is None and not payload.is_template
    if is_alone and payload.lacks(field):
        yield payload.missing(
            f"{field} is missing: nothing says which {above} this belongs to",
            f"add {field}, or nest it in a bundle",
            about=field,
        )


@rule(
    "SPL012",
    "access-token-in-file",
    on=TokenInFile,
    level="warning",
    section=SECTION,
    basis="sanity",
    since="0.1.0",
    examples=lambda: [
        bad(
            "a token in an envelope",
            text='{"endpoint": "/v1.3/smart_plus/campaign/update/", "headers": {"Access-Token": "canary"}, "body": {}}',
            at=["/headers/Access-Token"],
        ),
        good(
            "a variable in its place",
            text='{"endpoint": "/v1.3/smart_plus/campaign/update/", "headers": {"Access-Token": "$TOKEN"}, "body": {}}',
        ),
    ],
)
def access_token_in_file(fault: TokenInFile) -> Iterator[Finding]:
    """No access token stands in a file.

    Whoever reads the file can spend the account's money. The value is masked in everything that splint prints. In a
    script it may stand in a variable, or in a call of a function, of which a header is made. What tells where a token
    is kept (`op://vault/item/field`, `arn:...`, a path), words such as `none` or `changeme`, and what a later
    assignment surely replaces are none.
    """
    yield fault.finding(
        "an Access-Token stands in this file", "revoke it, and read it from $TIKTOK_ACCESS_TOKEN instead"
    )


RULES = (
    syntax_error,
    unrecognized_payload,
    duplicate_key,
    id_not_a_string,
    UNUSED_SUPPRESSION,
    parent_id_missing,
    access_token_in_file,
)
