"""Calls to action: the dynamic kind, and the place of each."""

from collections.abc import Iterator
from typing import Any

from splint_guide.destination import CALL_LISTS

from splint.payloads.invalid_fields import UnknownField
from splint.payloads.nodes import SPARK_IDENTITIES, Ad, Finding, Fix, Location, Node, Operation
from splint.payloads.validation import is_absent
from splint.reporting.wording import either, spelled
from splint.rules.guard import given, is_, lacks
from splint.rules.rule import GONE, WEB_ONLY, bad, good, rule
from splint.schema.values import VALUES
from splint_reference.budget import WEB
from splint_reference.campaign import CREATE_AD

SECTION = "Create an ad"
LABELS = frozenset(VALUES["CallToAction.call_to_action"].valid)
"""The values of a call to action that the API takes."""
AD = "/adgroups/0/ads/0"
CONFIG, INFO = f"{AD}/ad_configuration", f"{AD}/creative_list/0/creative_info"
TO_CONFIGURATION = "move it to ad_configuration"
NO_IDENTITY = {f"{INFO}/{name}": GONE for name in ("identity_type", "identity_id", "identity_authorized_bc_id")}
PANGLE = {"/adgroups/0/placements": ["PLACEMENT_PANGLE"]}
BLOCK = """advertiser_id: "7"
adgroup_id: "1"
creative_list: []
call_to_action_list:
  - {} # agreed
  # the second one of the test
  - {}
"""
"""An ad in YAML, with two entries to fill in."""


@rule(
    "REF305",
    "spark-needs-dynamic-call-to-action",
    on=Ad,
    level="warning",
    section=SECTION,
    basis="reference",
    documents=(CREATE_AD, WEB),
    supersedes={"SPL314": "node", "SPL315": "node", "REF308": "node"},
    since="0.1.0",
    guard=(
        is_("CreativeInfo.identity_type", *SPARK_IDENTITIES) | is_("AdConfiguration.identity_type", *SPARK_IDENTITIES)
    )
    & (lacks("Ad.ad_configuration", "AdConfiguration.call_to_action_id") | given(*CALL_LISTS)),
    campaigns=WEB_ONLY,
    examples=lambda: [
        bad("no call to action", {CONFIG: {}}, at=[CONFIG]),
        bad(
            "a standard one alone",
            {CONFIG: GONE, f"{AD}/call_to_action_list": [{"call_to_action": "SHOP_NOW"}]},
            at=[AD],
        ),
        bad(
            "a standard one beside it",
            {f"{AD}/call_to_action_list": [{"call_to_action": "SHOP_NOW"}]},
            at=[f"{AD}/call_to_action_list"],
        ),
        bad("no ad_configuration", {CONFIG: GONE}, at=[AD]),
        bad(
            "an identity of the ad, a code",
            {**NO_IDENTITY, CONFIG: {"identity_type": "AUTH_CODE"}},
            at=[CONFIG],
        ),
        bad("a code", {CONFIG: {}, f"{INFO}/identity_type": "AUTH_CODE"}, at=[CONFIG]),
        bad(
            "a standard one beside it in ad_configuration",
            {f"{CONFIG}/call_to_action_list": [{"call_to_action": "SHOP_NOW"}]},
            at=[f"{CONFIG}/call_to_action_list"],
        ),
        good(
            "a custom identity of the creative's own",
            {f"{INFO}/identity_type": "CUSTOMIZED_USER", CONFIG: {"identity_type": "TT_USER"}},
        ),
        good(
            "an ad_configuration to come beside a list",
            {CONFIG: "{{configuration}}", f"{AD}/call_to_action_list": [{"call_to_action": "SHOP_NOW"}]},
        ),
        good(
            "a dynamic one at the top beside a list is SPL314",
            {CONFIG: {}, f"{AD}/call_to_action_id": "1", f"{AD}/call_to_action_list": [{"call_to_action": "SHOP_NOW"}]},
            beside=("REF308",),
        ),
        good("a dynamic one", {}),
        good("not on TikTok", {**PANGLE, CONFIG: {}}),
        bad("the ad group unknown", {"/ad_configuration": GONE}, base="ad", at=[""]),
        good(
            "a standard one, the ad group unknown",
            {"/ad_configuration": GONE, "/call_to_action_list": [{"call_to_action": "SHOP_NOW"}]},
            base="ad",
        ),
        bad(
            "a standard one beside it, the ad group unknown",
            {"/call_to_action_list": [{"call_to_action": "SHOP_NOW"}]},
            base="ad",
            at=["/call_to_action_list"],
        ),
        bad(
            "a standard one beside it in an update",
            {"/call_to_action_list": [{"call_to_action": "SHOP_NOW"}], "/smart_plus_ad_id": "1"},
            base="ad",
            at=["/call_to_action_list"],
        ),
        good("both, not on TikTok", {**PANGLE, f"{AD}/call_to_action_list": [{"call_to_action": "SHOP_NOW"}]}),
        good("a dynamic one at the top is REF308", {CONFIG: {}, f"{AD}/call_to_action_id": "1"}, beside=("REF308",)),
        good("an update says what changes", {CONFIG: {}, f"{AD}/smart_plus_ad_id": "1"}),
        good("no identity", {CONFIG: {}, INFO: {"ad_format": "SINGLE_VIDEO"}}),
        good("a custom identity", {CONFIG: {}, f"{INFO}/identity_type": "CUSTOMIZED_USER"}),
        good("an ad_configuration to come", {CONFIG: "{{configuration}}"}),
        good("a list to come", {CONFIG: {}, f"{AD}/call_to_action_list": "{{labels}}"}),
    ],
)
def spark_needs_dynamic_call_to_action(ad: Ad) -> Iterator[Finding]:
    """A Spark creative on TikTok has a dynamic call to action.

    TikTok's pages demand it, and requests without it have been accepted. A standard one beside it is ignored.
    """
    spark = any(
        creative.identity is not None and creative.identity.type in SPARK_IDENTITIES for creative in ad.creatives
    )
    on_tiktok = ad.ad_group.delivers_to_tiktok if ad.ad_group is not None else None
    if not spark or on_tiktok is False:
        return
    config, dynamic = ad.configuration, ad.call_to_action_id
    if config is None and not ad.lacks("ad_configuration"):
        return
    if dynamic is None:
        if any(not entries for _, entries in ad.call_to_action_lists) or ad.has_misplaced_call_to_action:
            return  # one that is unknown, misplaced or under a misspelt key: what is meant is not clear
        if ad.is_create and (on_tiktok or (ad.destinations and not ad.has_call_to_action)):
            what = "ad_configuration.call_to_action_id is missing: TikTok's pages demand it for Spark on TikTok"
            help, absent = (
                "add call_to_action_id to ad_configuration",
                "call_to_action_id" if config else "ad_configuration",
            )
            yield (config or ad).missing(what, help, about=absent, offers=("call_to_action_id",))
    elif dynamic is config and ad.call_to_action_lists:
        home, _ = ad.call_to_action_lists[0]
        what = "call_to_action_list is ignored beside call_to_action_id on a Spark ad"
        yield home.finding("call_to_action_list", what, "remove it")


@rule(
    "REF308",
    "call-to-action-place",
    on=(Ad, UnknownField),
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_AD,),
    supersedes={"SPL004": "place", "SPL007": "within", "SPL008": "place"},
    fix="unsafe",
    since="0.1.0",
    guard=given(*CALL_LISTS),
    campaigns=WEB_ONLY,
    examples=lambda: [
        bad(
            "in ad_configuration",
            {**PANGLE, CONFIG: {"call_to_action_list": [{"call_to_action": "SHOP_NOW"}]}},
            at=[f"{CONFIG}/call_to_action_list"],
            fixed={CONFIG: {}, f"{AD}/call_to_action_list": [{"call_to_action": "SHOP_NOW"}]},
        ),
        bad(
            "labels",
            {**PANGLE, CONFIG: GONE, f"{AD}/call_to_action_list": ["Shop Now"]},
            at=[f"{AD}/call_to_action_list"],
            fixed={f"{AD}/call_to_action_list": [{"call_to_action": "SHOP_NOW"}]},
        ),
        bad(
            "labels in a block of YAML, with a comment",
            name="example.yaml",
            text=BLOCK.format("Shop Now", "Learn more"),
            at=["/call_to_action_list"],
            fixed=BLOCK.format("{call_to_action: SHOP_NOW}", "{call_to_action: LEARN_MORE}"),
        ),
        bad(
            "labels in ad_configuration",
            {**PANGLE, CONFIG: {"call_to_action_list": ["Shop Now", "Learn more"]}},
            at=[f"{CONFIG}/call_to_action_list"],
            fixed={
                CONFIG: {},
                f"{AD}/call_to_action_list": [{"call_to_action": "SHOP_NOW"}, {"call_to_action": "LEARN_MORE"}],
            },
        ),
        bad(
            "values as plain strings",
            {**PANGLE, CONFIG: GONE, f"{AD}/call_to_action_list": ["SHOP_NOW"]},
            at=[f"{AD}/call_to_action_list"],
            fixed={f"{AD}/call_to_action_list": [{"call_to_action": "SHOP_NOW"}]},
        ),
        bad(
            "a label that is more than words",
            {**PANGLE, CONFIG: GONE, f"{AD}/call_to_action_list": ["Shop now: 50%"]},
            at=[f"{AD}/call_to_action_list"],
        ),
        bad(
            "beside a list in its place",
            {
                **PANGLE,
                CONFIG: {"call_to_action_list": [{"call_to_action": "SHOP_NOW"}]},
                f"{AD}/call_to_action_list": [{"call_to_action": "LEARN_MORE"}],
            },
            at=[f"{CONFIG}/call_to_action_list"],
            fixed={},
        ),
        good(
            "objects at the top",
            {**PANGLE, CONFIG: GONE, f"{AD}/call_to_action_list": [{"call_to_action": "SHOP_NOW"}]},
        ),
        bad(
            "an entry without one",
            {**PANGLE, CONFIG: GONE, f"{AD}/call_to_action_list": [{"call_to_action": "SHOP_NOW"}, {}]},
            at=[f"{AD}/call_to_action_list/1"],
        ),
        bad(
            "a dynamic one at the top",
            {CONFIG: {}, f"{AD}/call_to_action_id": "1"},
            at=[f"{AD}/call_to_action_id"],
            beside=("SPL004", "REF305"),
            fixed={f"{CONFIG}/call_to_action_id": "1", f"{AD}/call_to_action_id": GONE},
        ),
        bad(
            "a dynamic one at the top, no ad_configuration",
            {CONFIG: GONE, f"{AD}/call_to_action_id": "1"},
            at=[f"{AD}/call_to_action_id"],
            fixed={CONFIG: {"call_to_action_id": "1"}, f"{AD}/call_to_action_id": GONE},
        ),
        bad(
            "a dynamic one at the top of an update",
            {CONFIG: {}, f"{AD}/call_to_action_id": "1", f"{AD}/smart_plus_ad_id": "2"},
            at=[f"{AD}/call_to_action_id"],
            fixed={f"{CONFIG}/call_to_action_id": "1", f"{AD}/call_to_action_id": GONE},
        ),
        bad("in both places", {f"{AD}/call_to_action_id": "1"}, at=[f"{AD}/call_to_action_id"], fixed={}),
        bad(
            "a number at the top", {CONFIG: {}, f"{AD}/call_to_action_id": 1}, at=[f"{AD}/call_to_action_id"], fixed={}
        ),
        bad(
            "one at the top, the ad_configuration to come",
            {CONFIG: "{{configuration}}", f"{AD}/call_to_action_id": "1"},
            at=[f"{AD}/call_to_action_id"],
            fixed={},
        ),
        good("another field that is unknown", {f"{AD}/call_to_action": "SHOP_NOW"}),
        good("on another object it is SPL004", {"/campaign/call_to_action_id": "1"}),
        good(
            "an entry to come", {**PANGLE, CONFIG: GONE, f"{AD}/call_to_action_list": [{"call_to_action": "{{label}}"}]}
        ),
        bad(
            "an empty list",
            {**PANGLE, CONFIG: {"call_to_action_list": ["{{label}}"]}},
            at=[f"{CONFIG}/call_to_action_list"],
            fixed={},
        ),
        bad(
            "a label that is none",
            {**PANGLE, CONFIG: GONE, f"{AD}/call_to_action_list": ["Shop Now", "Buy it"]},
            at=[f"{AD}/call_to_action_list"],
            fixed={},
        ),
        bad(
            "a label in another script",
            {**PANGLE, CONFIG: GONE, f"{AD}/call_to_action_list": ["\u8cfc\u5165"]},
            at=[f"{AD}/call_to_action_list"],
            fixed={},
        ),
    ],
)
def call_to_action_place(node: Ad | UnknownField) -> Iterator[Finding]:
    """call_to_action_list stands at the top of the ad and holds objects, call_to_action_id stands in ad_configuration.

    Each object has an enumerated call_to_action.
    """
    if isinstance(node, UnknownField):
        if node.field == "call_to_action_id" and node.takes.name in ("Ad", "AdUpdate"):
            what = "call_to_action_id stands at the top of the ad: its place is ad_configuration"
            way = _way_to_configuration(node)
            offers = [node.field] if way == TO_CONFIGURATION else []  # else it stands there too
            yield node.finding(what, way, _in_configuration(node), offers)
        return
    ad = node
    for home, entries in ad.call_to_action_lists:
        labels = [entry for entry in entries if isinstance(entry, str)]
        faults = ["stands in ad_configuration"] if home is not ad else []
        strange = [label for label in labels if _call_to_action(label) is None]
        faults += [f"holds the label {spelled((strange or labels)[0])}"] if labels else []
        if faults:
            why = "which the profile guide takes and the API does not"
            if strange:
                why = f"which stands for none of the {len(LABELS)} values that the API takes"
            what = f"call_to_action_list {either(faults, 'and')}, {why}"
            help = f"{'write' if home is ad else 'put'} objects such as {spelled({'call_to_action': 'SHOP_NOW'})}"
            help += "" if home is ad else " at the top of the ad"
            yield home.finding("call_to_action_list", what, help, fix=_at_the_top(ad, home, entries))
        for entry in home.children("call_to_action_list"):
            if entry.lacks("call_to_action"):
                what = "call_to_action is missing: an entry of call_to_action_list is nothing without it"
                yield entry.missing(what, "add call_to_action, or drop the entry", about="call_to_action")


def _way_to_configuration(field: UnknownField) -> str:
    """What to do with call_to_action_id at the top of an ad."""
    config = field.around.get("ad_configuration")
    told = config.get("call_to_action_id") if isinstance(config, dict) else None
    if is_absent(told):
        return TO_CONFIGURATION
    other = "ad_configuration has another one: choose one, and keep it there, not here"
    return "remove it: ad_configuration has it" if told == field.value else other


def _in_configuration(field: UnknownField) -> Fix | None:
    """The fix that moves call_to_action_id into ad_configuration, where none stands there."""
    document, pointer = field.location.document, field.location.pointer.removesuffix("/call_to_action_id")
    config = field.around.get("ad_configuration")
    if not isinstance(field.value, str):
        return None
    if is_absent(config):
        put = Operation("put", Location(document, f"{pointer}/ad_configuration"), {"call_to_action_id": field.value})
    elif isinstance(config, dict) and is_absent(config.get("call_to_action_id")):
        put = Operation("put", Location(document, f"{pointer}/ad_configuration/call_to_action_id"), field.value)
    else:
        return None
    return Fix("move call_to_action_id to ad_configuration", (put, Operation("remove", field.location)))


def _at_the_top(ad: Ad, home: Node, entries: list[Any]) -> Fix | None:
    """The fix that makes a list one of objects at the top of the ad, where that is clear and no other stands there."""
    written = ad.written if home is ad else ad.written["ad_configuration"]
    if "call_to_action_list" not in written:  # a key that is written for it holds the list
        return None
    objects = [_call_to_action(entry) for entry in written["call_to_action_list"]]
    if not entries or not all(objects):
        return None
    if home is ad:
        changed = [at for at, entry in enumerate(written["call_to_action_list"]) if isinstance(entry, str)]
        puts = (ad.put(f"call_to_action_list/{at}", objects[at]) for at in changed)
        return Fix("make the labels objects", tuple(puts))
    if ad.has("call_to_action_list"):
        return None
    operations = (ad.put("call_to_action_list", objects), home.remove("call_to_action_list"))
    return Fix("move call_to_action_list to the top of the ad", operations)


def _call_to_action(entry: Any) -> dict[str, Any] | None:
    """An entry of call_to_action_list as an object; of a label that is only words, the enumerated value."""
    if isinstance(entry, dict):
        return entry if isinstance(entry.get("call_to_action"), str) else None
    if not isinstance(entry, str) or not entry.isascii() or not entry.replace(" ", "").replace("_", "").isalpha():
        return None
    value = "_".join(entry.upper().split())
    return {"call_to_action": value} if value in LABELS else None


RULES = (spark_needs_dynamic_call_to_action, call_to_action_place)
