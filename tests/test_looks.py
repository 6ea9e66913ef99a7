"""What payloads look like together: no rule may be spared a payload in which it finds something."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from splint.formats import Document, Source, nowhere
from splint.payloads.extract import recognize
from splint.payloads.nodes import Campaign
from splint.payloads.signature import CODES, MOST_LAYOUTS, signature_of
from splint.rules.registry import MOST_LOOKS, Ruleset
from splint.rules.seen import Seen
from splint.run.linter import Linter
from splint.schema.kinds import Either, ListOf, Shape, Spec
from splint.schema.table import SHAPES
from splint.testing import AS_OF, BASES
from tests.strategies import CHOICES, bundles, findings, lint, values_of

FAST = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
LINTERS = {
    profile: Linter(profile=profile, as_of=AS_OF, facts={"historical_cpa": 5}) for profile in ("guide", "reference")
}


def unsparing(linter: Linter) -> Linter:
    """The same linter, whose rules are called with every payload."""
    found = copy.copy(linter)
    rules = [selection._replace(rule=selection.rule._replace(when=None)) for selection in linter.rules]
    found._ruleset = Ruleset(rules, linter._ruleset.profile)
    return found


RUN = LINTERS["guide"].ruleset().run
UNSPARING = {profile: unsparing(linter) for profile, linter in LINTERS.items()}


def look_of(value: Any) -> Any:
    """What the payloads of a document look like together; None where that is not known."""
    found = recognize(Document(Source("a", b""), value, nowhere), ("a", 0), {})
    looks = [payload.look for payload in found.payloads]
    return looks[0] if looks else None


def parts(spec: Spec, value: Any) -> Iterator[tuple[Shape, dict[str, Any]]]:
    """Every object of a value that has a shape of its own, with that shape."""
    if isinstance(spec, Either):
        spec = spec.first if isinstance(value, list) is isinstance(spec.first, ListOf) else spec.second
    if isinstance(spec, ListOf) and isinstance(value, list):
        for entry in value:
            yield from parts(spec.item, entry)
    elif isinstance(spec, Shape) and isinstance(value, dict):
        yield spec, value
        for key, entry in value.items():
            if key in spec.fields:
                yield from parts(spec.fields[key], entry)


@st.composite
def creations(draw: st.DrawFn) -> Any:
    """A bundle of create requests with fields dropped, added, chosen anew, unknown and misplaced."""
    base = copy.deepcopy(BASES[draw(st.sampled_from(["cbo", "no-cbo", "cbo"]))])
    (group,) = base["adgroups"]
    base["adgroups"] = [copy.deepcopy(group) for _ in range(draw(st.integers(1, 2)))]
    for group in base["adgroups"]:
        group["ads"] *= draw(st.integers(1, 2))
        group["ads"] = copy.deepcopy(group["ads"])
    bodies = [(SHAPES["Campaign"], base["campaign"])]
    for group in base["adgroups"]:
        bodies += [(SHAPES["AdGroup"], group), *((SHAPES["Ad"], ad) for ad in group["ads"])]
    for _ in range(draw(st.integers(0, 5))):
        shape, parent = draw(st.sampled_from([part for body in bodies for part in parts(*body)]))
        names = sorted(set(parent) & set(shape.fields))
        act = draw(st.sampled_from(["drop", "choose", "add", "drop", "choose", "add", "blur", "invent", "misplace"]))
        if act == "drop" and names:
            del parent[draw(st.sampled_from(names))]
        elif act == "choose" and (known := [name for name in shape.fields if name in CHOICES]):
            name = draw(st.sampled_from(known))
            parent[name] = copy.deepcopy(draw(st.sampled_from(CHOICES[name])))
        elif act == "add":
            name = draw(st.sampled_from(sorted(shape.fields)))
            parent[name] = draw(values_of(shape.fields[name]))
        elif act == "blur" and names:
            parent[draw(st.sampled_from(names))] = draw(st.sampled_from(["{{x}}", "YOUR_ID", 5, None, "", [], {}, "?"]))
        elif act == "invent":
            parent["budgett"] = 5
        elif act == "misplace":
            other = draw(st.sampled_from(sorted(SHAPES)))
            name = draw(st.sampled_from(["call_to_action_id", *sorted(SHAPES[other].fields)]))
            parent[name] = "7400000000000000001"
    whole = draw(st.booleans())
    return (
        base
        if whole
        else draw(st.sampled_from([base["adgroups"], base["adgroups"][0], {"adgroups": base["adgroups"]}]))
    )


def assert_spares_nothing(value: Any, profile: str) -> None:
    """A rule that is not called would have found nothing."""
    event(f"asked: {look_of(value) is not None}")
    assert findings(LINTERS[profile].check(value)) == findings(UNSPARING[profile].check(value))


@FAST
@given(creations(), st.sampled_from(sorted(LINTERS)))
def test_a_rule_that_is_not_called_would_find_nothing(value: Any, profile: str) -> None:
    assert_spares_nothing(value, profile)


@FAST
@given(st.lists(bundles(), min_size=1, max_size=2), st.sampled_from(sorted(LINTERS)))
def test_a_rule_that_is_not_called_would_find_nothing_in_several_bundles(value: Any, profile: str) -> None:
    assert_spares_nothing(value, profile)


@FAST
@given(st.lists(creations(), min_size=2, max_size=3), st.sampled_from(sorted(LINTERS)), st.data())
def test_a_rule_that_is_not_called_would_find_nothing_across_files(
    values: list[Any], profile: str, data: st.DataObject
) -> None:
    """Ad groups of one campaign in files of their own, whose looks are put together."""
    files = {}
    for at, value in enumerate(values):
        groups = value if isinstance(value, list) else value.get("adgroups", [value])
        for number, group in enumerate(groups):
            advertiser = data.draw(st.sampled_from(["7000000000000000001", "7000000000000000002"]))
            files[f"{at}-{number}.json"] = json.dumps({"advertiser_id": advertiser, **group, "campaign_id": "1"})
    reports = [lint(files, linter=linters[profile]) for linters in (LINTERS, UNSPARING)]
    assert reports[0].diagnostics == reports[1].diagnostics


@pytest.mark.slow
@settings(FAST, max_examples=10_000)
@given(creations(), st.sampled_from(sorted(LINTERS)))
def test_a_rule_that_is_not_called_would_find_nothing_in_many_more(value: Any, profile: str) -> None:
    assert_spares_nothing(value, profile)


@pytest.mark.parametrize("profile", sorted(LINTERS))
@pytest.mark.parametrize("base", ["cbo", "no-cbo"])
def test_most_rules_are_not_called_for_a_clean_bundle(base: str, profile: str) -> None:
    ruleset = LINTERS[profile].ruleset()
    called = ruleset.applicable(look_of(BASES[base]))
    calls = sum(len(rules) for rules in called.values())
    assert calls < sum(len(rules) for rules in ruleset.on.values()) / 2


def test_a_when_asks_for_fields_that_there_are() -> None:
    """Each is evaluated on the look of a bundle and on an empty one; a misspelt field is a KeyError."""
    for seen in (Seen(look_of(BASES["cbo"])), Seen(look_of(BASES["no-cbo"])), Seen(())):
        for selection in LINTERS["reference"].registry.rules:
            if selection.rule.when is not None:
                assert isinstance(selection.rule.when(seen), bool), selection.rule.code


@pytest.mark.parametrize("failure", [RuntimeError("broken"), SystemExit(3)])
def test_a_when_that_fails_spares_nothing(failure: BaseException) -> None:
    first = next(found for found in LINTERS["guide"].rules if Campaign in found.rule.on)

    def failing(_seen: Seen) -> bool:
        raise failure

    ruleset = Ruleset([first._replace(rule=first.rule._replace(when=failing))], ()).within(RUN)
    called = ruleset.applicable(look_of(BASES["cbo"]))
    assert called[Campaign] == ruleset.on[Campaign] != []


SEEN = Seen(
    (signature_of(SHAPES["Campaign"], [{"budget_mode": "BUDGET_MODE_TOTAL", "budget_optimize_on": True}]) or ())
    + (signature_of(SHAPES["AdGroup"], [{"bid_type": "A", "budget": 1}, {"bid_type": "B"}]) or ())
    + (signature_of(SHAPES["Ad"], [{"creative_list": [{"creative_info": {"ad_format": "SINGLE_VIDEO"}}]}]) or ())
)


def test_what_is_seen_is_what_is_there() -> None:
    assert SEEN.has("AdGroup.budget")
    assert SEEN.lacks("AdGroup.budget")
    assert SEEN.has("AdGroup.bid_type")
    assert not SEEN.lacks("AdGroup.bid_type")
    assert not SEEN.has("AdGroup.bid_price", "AdGroup.min_budget")
    assert SEEN.has("AdGroup.bid_price", "AdGroup.budget")
    assert not SEEN.lacks("VideoInfo.video_id"), "there is no video that could lack it"
    assert SEEN.lacks("CreativeInfo.video_info")
    assert SEEN.holds("AdGroup.bid_type", "B", "C")
    assert not SEEN.holds("AdGroup.bid_type", "C")
    assert SEEN.holds_other("AdGroup.bid_type", "A")
    assert not SEEN.holds_other("AdGroup.bid_type", "A", "B")
    assert SEEN.holds("CreativeInfo.ad_format", "SINGLE_VIDEO")
    assert SEEN.holds("Campaign.budget_optimize_on", True)
    assert not SEEN.holds("Campaign.budget_optimize_on", False)


@pytest.mark.parametrize("field", ["AdGroup.bid_typ", "AdGroups.bid_type", "AdGroup"])
def test_a_field_that_there_is_not_is_no_answer(field: str) -> None:
    for ask in (SEEN.has, SEEN.lacks, SEEN.holds, SEEN.holds_other):
        with pytest.raises(KeyError):
            ask(field)


def test_a_field_without_choices_holds_none() -> None:
    with pytest.raises(KeyError, match="holds no choice"):
        SEEN.holds("AdGroup.adgroup_name", "A")


def test_every_code_is_a_field_of_payloads() -> None:
    fields = {name for model in ("Campaign", "AdGroup", "Ad") for name in SHAPES[model].fields}
    assert fields >= CODES


def test_true_is_no_one_and_one_is_not_true() -> None:
    shape = SHAPES["Campaign"]
    for first, second in [(True, 1), (1, True), (1.0, True)]:
        looks = [signature_of(shape, [{"budget_optimize_on": value}]) for value in (first, second)]
        assert [look is not None for look in looks] == [first is True, second is True]


def test_an_endless_choice_of_keys_and_codes_is_not_remembered() -> None:
    shape = SHAPES["Campaign"]
    keys = sorted(shape.fields)
    for at in range(3 * MOST_LAYOUTS):
        order = [key for bit, key in enumerate(keys) if at >> bit & 1]
        signature_of(shape, [dict.fromkeys(order, "x")])
        assert signature_of(shape, [{"objective_type": f"O{at}"}]) is not None
    assert len(shape.layouts) <= MOST_LAYOUTS + 1
    layout = shape.layouts["objective_type",]
    assert layout is None or len(layout.known) <= MOST_LAYOUTS + 1
    ruleset = LINTERS["guide"].ruleset()
    for at in range(MOST_LOOKS + 10):
        ruleset.applicable(signature_of(shape, [{"objective_type": f"O{at}"}]))
    assert len(ruleset._of_concern) <= MOST_LOOKS


def test_what_is_long_is_not_remembered() -> None:
    shape, ruleset = SHAPES["AdGroup"], LINTERS["guide"].ruleset()
    layouts, looks = len(shape.layouts), len(ruleset._of_concern)
    assert signature_of(shape, [{"x" * 5000: 1}]) is None
    assert len(shape.layouts) == layouts
    for objects in ([{"bid_type": "B" * 5000}], [{"bid_type": f"B{at}"} for at in range(1000)]):
        look = signature_of(shape, objects)
        assert look is not None
        assert ruleset.applicable(look)
        assert not any(len(str(choice)) > 4096 for choice in shape.layouts["bid_type",].known)
    assert len(ruleset._of_concern) == looks


EITHER = {
    "labels as texts": ("Ad", {"call_to_action_list": ["Shop now"]}),
    "labels as objects": ("Ad", {"call_to_action_list": [{"call_to_action": "SHOP_NOW"}]}),
    "an image": ("CreativeInfo", {"image_info": {"web_uri": "a"}}),
    "images": ("CreativeInfo", {"image_info": [{"web_uri": "a"}]}),
    "a track": ("CreativeInfo", {"music_info": {"music_id": "1"}}),
    "tracks": ("CreativeInfo", {"music_info": [{"music_id": "1"}]}),
}


@pytest.mark.parametrize(("shape", "raw"), EITHER.values(), ids=EITHER)
def test_what_may_be_one_thing_or_another_is_clean_as_either(shape: str, raw: dict[str, Any]) -> None:
    assert signature_of(SHAPES[shape], [raw]) is not None
    assert signature_of(SHAPES[shape], [raw, raw]) is not None


def test_a_body_that_is_a_string_of_json_in_a_script_is_a_step_of_it() -> None:
    """Whatever looks fine by itself may be what a later command refers to."""
    body = json.dumps(json.dumps({**BASES["cbo"]["campaign"], "budget_mode": "BUDGET_MODE_TOTAL"}))
    group = {**BASES["cbo"]["adgroups"][0], "campaign_id": "$CAMPAIGN_ID"}
    script = (
        f'curl https://proxy.example.com/x -d \'{{"endpoint": "/v1.3/smart_plus/campaign/create/", "body": {body}}}\'\n'
        "curl https://business-api.tiktok.com/open_api/v1.3/smart_plus/adgroup/create/ "
        f"-d '{json.dumps(group)}'\n"
    )
    reports = [lint({"a.sh": script}, linter=linters["guide"]) for linters in (LINTERS, UNSPARING)]
    assert "SPL216" in [found.code for found in reports[0].diagnostics]
    assert reports[0].diagnostics == reports[1].diagnostics


HUGE = 2**1023
ODD: dict[str, dict[str, Any]] = {
    "an object of 19 members as a moment": {"schedule_start_time": dict.fromkeys(map(str, range(19)), 1)},
    "a list of 19 entries as a moment": {"schedule_end_time": list("2026-04-01 00:00:00")},
    "a number as a URL": {"ads": [{"landing_page_url_list": [{"landing_page_url": 5}]}]},
    "an amount beyond floats": {"budget": 2 * HUGE - 1},
}


@pytest.mark.parametrize("raw", ODD.values(), ids=ODD)
@pytest.mark.parametrize("other", [{"budget": 1.5}, {"budget": HUGE}])
def test_what_is_odd_is_judged_as_ever(raw: dict[str, Any], other: dict[str, Any]) -> None:
    value = {
        "campaign": BASES["cbo"]["campaign"],
        "adgroups": [{**BASES["ad-group"], **group} for group in (raw, other)],
    }
    reports = [linters["guide"].check(value) for linters in (LINTERS, UNSPARING)]
    assert not reports[0].errors
    assert reports[0].diagnostics == reports[1].diagnostics
