"""Validation: absent, known and unknown values; the fast check and `examine` agree."""

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given
from hypothesis import strategies as st

from splint import check
from splint.payloads.layout import bits_of_objects
from splint.payloads.validation import UNKNOWN, Violation, examine
from splint.schema.kinds import STRUCTURE, Either, ListOf, Shape
from splint.schema.table import SHAPES
from splint.testing import BASES
from tests.laws import draws
from tests.strategies import lint, mutated, objects_of, rendered, values_of

LAW = draws(30, 600, suppress_health_check=list(HealthCheck))
AD, GROUP = BASES["ad"], BASES["ad-group"]
CAMPAIGN = BASES["cbo"]["campaign"]


def is_clean(shape: Shape, raw: dict[str, Any], *, in_shell: bool = False) -> bool:
    """Whether the fast check accepts one object."""
    return bits_of_objects(shape, [raw], in_shell=in_shell) is not None


def examined(
    shape: str, raw: dict[str, Any], *, in_shell: bool = False
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The copy, and the kind and pointer of each violation."""
    violations: list[Violation] = []
    out = examine(SHAPES[shape], raw, violations.append, in_shell=in_shell)
    return out, [(violation.kind, violation.pointer) for violation in violations]


def assert_agreement(shape: Shape, raw: dict[str, Any], *, in_shell: bool) -> None:
    """An accepted object has no violation and is copied unchanged."""
    before = copy.deepcopy(raw)
    violations: list[Violation] = []
    clean = is_clean(shape, raw, in_shell=in_shell)
    out = examine(shape, raw, violations.append, in_shell=in_shell)
    assert repr(raw) == repr(before), "neither changes what it is given"
    event(f"clean: {clean}")
    if clean:
        assert violations == []
        nested = STRUCTURE.get(shape.name, frozenset())
        assert repr(out) == repr({key: value for key, value in raw.items() if key not in nested})


SHAPE_AND_VALUE = st.sampled_from(list(SHAPES.values())).flatmap(lambda s: st.tuples(st.just(s), objects_of(s)))


@LAW
@given(SHAPE_AND_VALUE, st.booleans())
def test_an_accepted_object_has_no_violation_and_is_copied(drawn: tuple[Shape, dict[str, Any]], in_shell: bool) -> None:
    assert_agreement(*drawn, in_shell=in_shell)


@LAW
@given(
    st.sampled_from([("Ad", AD), ("AdGroup", GROUP), ("Campaign", CAMPAIGN)]).flatmap(
        lambda pair: st.tuples(st.just(SHAPES[pair[0]]), mutated(st.just(pair[1])))
    ),
    st.booleans(),
)
def test_an_accepted_mutated_payload_has_no_violation(drawn: tuple[Shape, Any], in_shell: bool) -> None:
    assert_agreement(*drawn, in_shell=in_shell)


@pytest.mark.parametrize(("shape", "raw"), [("Ad", AD), ("AdGroup", GROUP), ("Campaign", CAMPAIGN)])
def test_the_bases_of_examples_are_clean(shape: str, raw: dict[str, Any]) -> None:
    assert is_clean(SHAPES[shape], raw)
    assert examined(shape, raw) == (raw, [])


def inner_shapes(spec: Any) -> list[Shape]:
    """The shapes of the objects that a field holds, alone or in a list."""
    match spec:
        case ListOf(item):
            return inner_shapes(item)
        case Either(first, second):
            return [*inner_shapes(first), *inner_shapes(second)]
    return [spec] if isinstance(spec, Shape) else []


@pytest.mark.parametrize("name", SHAPES)
def test_the_fast_check_takes_nothing_but_objects_where_objects_belong(name: str) -> None:
    shape = SHAPES[name]
    for field, spec in shape.fields.items():
        for inner in inner_shapes(spec):
            entries: list[Any] = [[], "", list(inner.fields)[:1], list(inner.fields), "x", 5, True]
            for entry in entries:
                for value in ([entry], [{}, entry], [entry, entry]):
                    assert not is_clean(shape, {field: entry}) or examined(name, {field: entry})[1] == []
                    assert not is_clean(shape, {field: value}) or examined(name, {field: value})[1] == []


ABSENT: dict[str, tuple[str, dict[str, Any]]] = {
    "null": ("Campaign", {"budget": None}),
    "an empty text": ("Campaign", {"budget": ""}),
    "an empty text in an enumeration": ("Campaign", {"operation_status": ""}),
    "an empty list": ("AdGroup", {"placements": []}),
    "an empty list where an object may stand too": ("CreativeInfo", {"image_info": []}),
    "null in what nobody knows": ("Campaign", {"made_up": None}),
    "an empty text in what nobody knows": ("Campaign", {"made_up": ""}),
    "a note": ("Campaign", {"_a": 5, "$b": [], "//": {"c": 1}, "//d": "{{x}}"}),
    "what nests ad groups": ("Campaign", {"adgroups": 5, "ad_groups": [], "facts": None}),
    "what nests ads": ("AdGroupUpdate", {"ads": "x", "facts": {"a": 1}}),
    "facts": ("Ad", {"facts": "{{x}}"}),
}


def test_objects_of_as_many_keys_are_each_checked_by_their_own() -> None:
    """In any order, together as alone: what none may hold, and what a key that only one has says."""
    plain, other = (
        {"campaign_name": "a", "budget": 5, "adgroups": []},
        {"campaign_name": "a", "budget_mode": "X", "budget": -1},
    )
    alone = [bits_of_objects(SHAPES["Campaign"], [one]) or 0 for one in (plain, other)]
    assert 0 not in alone
    for both in ([plain, other], [other, plain], [plain, dict(reversed(other.items()))]):
        assert bits_of_objects(SHAPES["Campaign"], both) == alone[0] | alone[1]
    for unfit in ({"campaign_name": "a", "budget": 5, "bugdet": 5}, ["campaign_name", "budget", "adgroups"], "abc"):
        assert bits_of_objects(SHAPES["Campaign"], [plain, unfit]) is None  # type: ignore[list-item]
        assert bits_of_objects(SHAPES["Campaign"], [unfit, plain]) is None  # type: ignore[list-item]


@pytest.mark.parametrize(("shape", "raw"), ABSENT.values(), ids=ABSENT)
def test_an_absent_field_is_removed_without_a_violation(shape: str, raw: dict[str, Any]) -> None:
    assert examined(shape, raw) == ({}, [])


SLIPS: dict[str, tuple[str, dict[str, Any], dict[str, Any], list[tuple[str, str]]]] = {
    "text for money": ("Campaign", {"budget": "500"}, {"budget": UNKNOWN}, [("wrong-type", "/budget")]),
    "true for money": ("Campaign", {"budget": True}, {"budget": UNKNOWN}, [("wrong-type", "/budget")]),
    "a list for money": ("Campaign", {"budget": []}, {"budget": UNKNOWN}, [("wrong-type", "/budget")]),
    "an object for money": ("Campaign", {"budget": {}}, {"budget": UNKNOWN}, [("wrong-type", "/budget")]),
    "text for true": (
        "Campaign",
        {"budget_optimize_on": "true"},
        {"budget_optimize_on": UNKNOWN},
        [("wrong-type", "/budget_optimize_on")],
    ),
    "1 for true": (
        "Campaign",
        {"budget_optimize_on": 1},
        {"budget_optimize_on": UNKNOWN},
        [("wrong-type", "/budget_optimize_on")],
    ),
    "a number for text": (
        "Campaign",
        {"campaign_name": 5},
        {"campaign_name": UNKNOWN},
        [("wrong-type", "/campaign_name")],
    ),
    "an object for a list": (
        "Ad",
        {"creative_list": {}},
        {"creative_list": UNKNOWN},
        [("wrong-type", "/creative_list")],
    ),
    "half a whole number": (
        "Action",
        {"action_period": 7.5},
        {"action_period": UNKNOWN},
        [("wrong-type", "/action_period")],
    ),
    "a whole number with a point": ("Action", {"action_period": 7.0}, {"action_period": 7.0}, []),
    "a short ID as a number": ("Campaign", {"rta_id": 7}, {"rta_id": "7"}, [("id-not-a-string", "/rta_id")]),
    "an ID as a number with a point": ("Campaign", {"rta_id": 7.0}, {"rta_id": "7"}, [("id-not-a-string", "/rta_id")]),
    "half an ID": ("Campaign", {"rta_id": 7.5}, {"rta_id": "7.5"}, [("id-not-a-string", "/rta_id")]),
    "an infinite ID": ("Campaign", {"rta_id": float("inf")}, {"rta_id": "inf"}, [("id-not-a-string", "/rta_id")]),
    "true for an ID": ("Campaign", {"rta_id": True}, {"rta_id": UNKNOWN}, [("wrong-type", "/rta_id")]),
    "IDs as numbers": (
        "Targeting",
        {"location_ids": ["1", 6252001, True]},
        {"location_ids": ["1", "6252001", UNKNOWN]},
        [("id-not-a-string", "/location_ids/1"), ("wrong-type", "/location_ids/2")],
    ),
    "a value of no enumeration": (
        "AdGroup",
        {"placements": ["PLACEMENT_TIKTOK", "placement_tiktok"]},
        {"placements": ["PLACEMENT_TIKTOK", UNKNOWN]},
        [("unknown-value", "/placements/1")],
    ),
    "an absent entry that is no object": (
        "AdGroup",
        {"placements": [None, "PLACEMENT_TIKTOK", ""]},
        {"placements": [UNKNOWN, "PLACEMENT_TIKTOK", UNKNOWN]},
        [],
    ),
    "absent entries alone": ("AdGroup", {"placements": [None, ""]}, {"placements": [UNKNOWN, UNKNOWN]}, []),
    "an absent entry that is an object": ("Ad", {"ad_text_list": [None, {}, ""]}, {"ad_text_list": [{}, {}, {}]}, []),
    "texts for objects": (
        "Ad",
        {"ad_text_list": ["a"]},
        {"ad_text_list": [UNKNOWN]},
        [("wrong-type", "/ad_text_list/0")],
    ),
    "either form": (
        "Ad",
        {"call_to_action_list": ["A", {"call_to_action": 5}, 6]},
        {"call_to_action_list": ["A", {"call_to_action": UNKNOWN}, UNKNOWN]},
        [("wrong-type", "/call_to_action_list/1/call_to_action"), ("wrong-type", "/call_to_action_list/2")],
    ),
    "one image in place of a list": (
        "CreativeInfo",
        {"image_info": {"web_uri": 5}},
        {"image_info": {"web_uri": UNKNOWN}},
        [("wrong-type", "/image_info/web_uri")],
    ),
    "a field that nobody knows": ("Campaign", {"a/b~c": 5}, {}, [("unknown-field", "/a~1b~0c")]),
    "a placeholder in what nobody knows": (
        "Campaign",
        {"made_up": {"a/b": ["{{x}}"]}},
        {},
        [("unknown-field", "/made_up"), ("placeholder", "/made_up/a~1b/0")],
    ),
    "a deep violation": (
        "Ad",
        {"creative_list": [{}, {"creative_info": {"video_info": {"video_id": 5}}}]},
        {"creative_list": [{}, {"creative_info": {"video_info": {"video_id": "5"}}}]},
        [("id-not-a-string", "/creative_list/1/creative_info/video_info/video_id")],
    ),
    "a placeholder for money": (
        "Campaign",
        {"budget": "{{budget}}"},
        {"budget": UNKNOWN},
        [("placeholder", "/budget")],
    ),
    "a placeholder for a list": (
        "AdGroup",
        {"placements": "${X}"},
        {"placements": UNKNOWN},
        [("placeholder", "/placements")],
    ),
    "what nests payloads elsewhere": (
        "Ad",
        {"ads": [1], "creative_list": [{"facts": {"a": 1}}]},
        {"creative_list": [{}]},
        [("unknown-field", "/ads"), ("unknown-field", "/creative_list/0/facts")],
    ),
}


@pytest.mark.parametrize(("shape", "raw", "out", "violations"), SLIPS.values(), ids=SLIPS)
def test_a_violation_has_its_kind_and_pointer_and_its_field_is_unknown(
    shape: str, raw: dict[str, Any], out: dict[str, Any], violations: list[tuple[str, str]]
) -> None:
    assert examined(shape, raw) == (out, violations)
    assert not is_clean(SHAPES[shape], raw) or not violations


PLACEHOLDERS: dict[str, tuple[bool, bool, bool]] = {
    # in a text, in an ID, in a text of a curl command's body
    "YOUR_PIXEL_ID": (True, True, True),
    "a YOUR_NAME b": (True, True, True),
    "CAMPAIGN_ID_FROM_STEP_1": (True, True, True),
    "{{campaign_id}}": (True, True, True),
    "Sale {{n}}": (True, True, True),
    "${CAMPAIGN_ID}": (True, True, True),
    "x-${n}": (True, True, True),
    "$CAMPAIGN": (False, True, True),
    "$name": (False, True, True),
    "@PIXEL_ID@": (False, True, False),
    "a@b.example": (False, False, False),
    "((pixel-id))": (False, True, False),
    "#{pixel_id}#": (False, True, False),
    "costs $X more": (False, False, True),
    "$5": (False, False, False),
    "<PIXEL_ID>": (True, True, True),
    " <your pixel> ": (True, True, True),
    "[your id here]": (True, True, True),
    "[ID]": (True, True, True),
    "[new]": (False, False, False),
    "IDENTITY_ID": (False, True, False),
    "BC": (False, True, False),
    "A": (False, False, False),
    "v10044g50000": (False, False, False),
    "__CAMPAIGN_ID__": (False, False, False),
    "{campaign_id}": (False, True, False),
    "Sale {now}": (False, False, False),
    "%CAMPAIGN_ID%": (False, True, False),
    "<% campaign_id %>": (False, True, False),
    "#{campaign_id}": (False, True, False),
    "__PIXEL_ID__": (False, True, False),
    "xxx": (False, True, False),
    "a__b": (False, False, False),
    "123abc": (False, False, False),
    "https://a.example/?c=__AID__": (False, False, False),
    "a <b> c": (False, False, False),
    "<b> c": (False, False, False),
    "[your id] c": (False, False, False),
    "BC-1": (False, False, False),
    "1234567890": (False, False, False),
    "one\n<TWO>\nthree": (False, False, False),
    "https://a.example/?p=YOUR_PIXEL_ID": (True, True, True),
    "https://a.example/?p=<PIXEL_ID>": (True, True, True),
    "https://a.example/<your campaign>/": (True, True, True),
    "https://a.example/?p=[your id here]&q=1": (True, True, True),
    "app://[insert id]": (True, True, True),
    "https://a.example/?filter[id]=1&ids[]=2": (False, False, False),
    "https://a.example/ [your id]": (False, False, False),
    "see https://a.example/<b>": (False, False, False),
    "https://[::1]:8443/?a=b": (False, False, False),
}


@pytest.mark.parametrize(("text", "expected"), PLACEHOLDERS.items(), ids=PLACEHOLDERS)
def test_a_placeholder_is_seen_by_both_halves(text: str, expected: tuple[bool, bool, bool]) -> None:
    for (field, in_shell), is_one in zip(
        [("campaign_name", False), ("rta_id", False), ("campaign_name", True)], expected, strict=True
    ):
        violations = examined("Campaign", {field: text}, in_shell=in_shell)[1]
        assert violations == ([("placeholder", f"/{field}")] if is_one else []), (field, in_shell)
        assert not (is_one and is_clean(SHAPES["Campaign"], {field: text}, in_shell=in_shell))


@pytest.mark.parametrize("text", ["@B@", "<%= b %>", "((b))", "#{b}#", "__B__", "{b}", "$b", "%B%", "%(b)s"])
@pytest.mark.parametrize("field", ["budget", "share_disabled", "promotion_type"])
def test_what_a_template_fills_in_is_a_placeholder_where_no_text_belongs(field: str, text: str) -> None:
    assert examined("AdGroup", {field: text})[1] == [("placeholder", f"/{field}")]
    assert not is_clean(SHAPES["AdGroup"], {field: text})


@pytest.mark.parametrize("text", ["BUDGET", "xxx", "5", "none", "__AID__", "@b", "(b)"])
def test_other_texts_are_no_numbers(text: str) -> None:
    assert examined("Campaign", {"budget": text})[1] == [("wrong-type", "/budget")]


def test_values_beside_one_another_make_no_placeholder() -> None:
    names = {"ad_text_list": [{"ad_text": "["}, {"ad_text": "your id here]"}, {"ad_text": "{"}, {"ad_text": "{"}]}
    assert is_clean(SHAPES["Ad"], names)
    assert examined("Ad", names) == (names, [])


def test_a_huge_text_is_looked_through_in_good_time() -> None:
    raw = {
        "ad_text_list": [
            {"ad_text": text}
            for text in (
                *("[your " * 20_000, "A_" * 50_000, "$" * 50_000, " " * 50_000, "\n" * 50_000),
                *(f"a://{part * 20_000}" for part in ("[your", "[id", "<a", "a://", "/[a]")),
            )
        ]
    }
    assert examined("Ad", raw) == (raw, [])
    assert is_clean(SHAPES["Ad"], raw)


@draws(12, 130, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(SHAPES["AdGroup"].fields)), st.data())
def test_a_field_of_the_right_type_is_no_wrong_type_in_a_report(field: str, data: st.DataObject) -> None:
    value = data.draw(values_of(SHAPES["AdGroup"].fields[field]).filter(lambda drawn: drawn == drawn))
    report = lint({"a.json": rendered({"adgroup_name": "A", field: value}, ".json")})
    assert "SPL004" not in {diagnostic.code for diagnostic in report.diagnostics if diagnostic.pointer == f"/{field}"}
    assert "SPL003" not in {diagnostic.code for diagnostic in report.diagnostics if diagnostic.pointer == f"/{field}"}


@pytest.mark.parametrize("key", ["Body", "bdy", "payloads"])
@pytest.mark.parametrize("path", ["campaign/create", "campaign/status/update", "adgroup/budget/update"])
def test_a_misspelt_key_of_a_body_is_told_and_the_body_read(key: str, path: str) -> None:
    envelope = {"endpoint": f"/open_api/v1.3/smart_plus/{path}/", "method": "POST", key: {"advertiser_id": 7}}
    found = {(one.code, one.pointer) for one in lint({"a.json": json.dumps(envelope)}).diagnostics}
    assert ("SPL004", f"/{key}") in found
    assert f"/{key}/advertiser_id" in {pointer for _, pointer in found}


@pytest.mark.parametrize(("field", "rule"), [("pixel_id", "REF001"), ("request_id", "REF101")])
def test_an_id_of_thousands_of_zeros_is_read_by_the_digits_behind_them(field: str, rule: str) -> None:
    """Python reads no text of more than 4,300 digits as a number."""
    for digits, is_id in (("1", True), ("", False), ("9223372036854775808", False)):
        value = {**GROUP, field: "0" * 5000 + digits}
        report = check(value, profile="reference", select=[rule])
        assert [one.pointer for one in report.diagnostics] == ([] if is_id else [f"/{field}"]), digits


def test_what_takes_one_of_two_types_says_both_for_an_entry_of_neither() -> None:
    bundle = copy.deepcopy(BASES["cbo"])
    bundle["adgroups"][0]["ads"][0]["call_to_action_list"] = [5]
    answer = check(bundle, profile="guide").to_agent()
    found = {one["message"] for one in answer["findings"] if one["code"] == "SPL003"}
    assert found == {"call_to_action_list/0 is 5, but takes an object or a string"}
