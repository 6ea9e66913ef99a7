"""The two profiles: which rules each holds, and how rules of the two packs keep out of each other's way."""

import sys
from typing import Any

import orjson
import pytest
import regex
from click.testing import CliRunner
from splint_guide import PACK as GUIDE
from splint_reference import PACK as REFERENCE
from splint_reference.campaign import emoji
from splint_reference.currencies import currencies

from splint import ConfigError, Linter, check
from splint.cli.group import cli
from splint.schema.currencies import CODES
from splint.testing import AS_OF, base, edited
from tests.grids import few

AD = "/adgroups/0/ads/0"
INFO = f"{AD}/creative_list/0/creative_info"
GROUP = "/adgroups/0"


def codes(edits: dict[str, Any], profile: str = "reference", name: str = "cbo", **options: Any) -> set[str]:
    """The codes of a clean payload of the reference after some edits."""
    options.setdefault("as_of", AS_OF)
    return {
        diagnostic.code
        for diagnostic in check(edited(base(name, "reference"), edits), profile=profile, **options).diagnostics
    }


def test_the_reference_profile_is_the_guide_less_what_is_replaced() -> None:
    replaced = {code for rule in REFERENCE.rules for code in rule.replaces}
    own = {selection.rule.code for selection in Linter(profile="reference").rules}
    assert own == {rule.code for rule in (*GUIDE.rules, *REFERENCE.rules)} - replaced
    assert {selection.rule.code for selection in Linter().rules} == {rule.code for rule in GUIDE.rules}
    assert replaced == {
        *("SPL202", "SPL203", "SPL205", "SPL206", "SPL207"),
        *("SPL213", "SPL214", "SPL312", "SPL317", "SPL502"),
    }


def test_a_rule_of_the_other_profile_cannot_be_selected_by_mistake() -> None:
    with pytest.raises(ConfigError, match="add --profile reference"):
        Linter(select=["REF101"])
    with pytest.raises(ConfigError, match="none of guide, reference"):
        Linter(profile="live")


@pytest.mark.parametrize(
    ("edits", "fires", "silent"),
    few(
        [
            (
                {f"{GROUP}/targeting_spec/age_groups": ["AGE_1"], f"{GROUP}/suggestion_audience_enabled": True},
                "REF208",
                "SPL007",
            ),
            ({f"{INFO}/ad_format": "VIDEO"}, "REF302", "SPL007"),
            ({f"{INFO}/tiktok_item_id": "1"}, "REF307", "SPL307"),
            ({f"{AD}/page_list": [{"page_id": "1"}]}, "REF310", "SPL316"),
            ({f"{AD}/call_to_action_list": [{"call_to_action": "SHOP_NOW"}]}, "REF305", "SPL314"),
            ({f"{AD}/ad_configuration": {}}, "REF305", "SPL315"),
            ({f"{GROUP}/placement_type": "PLACEMENT_TYPE_AUTOMATIC"}, "REF210", "SPL220"),
            (
                {
                    f"{GROUP}/schedule_type": "SCHEDULE_START_END",
                    f"{GROUP}/schedule_start_time": None,
                    f"{GROUP}/schedule_end_time": "2026-05-01 00:00:00",
                },
                "REF206",
                "SPL217",
            ),
            (
                {
                    f"{GROUP}/optimization_goal": "VALUE",
                    f"{GROUP}/deep_bid_type": "VO_HIGHEST_VALUE",
                    f"{GROUP}/bid_price": 5,
                },
                "REF205",
                "SPL209",
            ),
            ({f"{INFO}/identity_type": "CUSTOMIZED_USER", f"{INFO}/tiktok_item_id": "1"}, "REF306", "SPL311"),
        ],
        4,
    ),
)
def test_one_value_gets_one_finding(edits: dict[str, Any], fires: str, silent: str) -> None:
    """Where both packs know a cause the reference's rule speaks, and the guide's would speak alone."""
    assert fires in (flagged := codes(edits))
    assert silent not in flagged
    assert silent in codes(edits, ignore=[fires])


@pytest.mark.parametrize(
    ("profile", "modes"),
    [
        ("guide", "BUDGET_MODE_DAY, BUDGET_MODE_INFINITE or BUDGET_MODE_TOTAL"),
        ("reference", "BUDGET_MODE_INFINITE or BUDGET_MODE_TOTAL"),
    ],
)
def test_no_budget_mode_is_offered_that_the_reference_warns_of(profile: str, modes: str) -> None:
    bundle = edited(base("no-cbo", profile), {"/campaign/budget_mode": "BUDGET_MODE_WEEK"})
    [found] = check(bundle, profile=profile, select=["SPL102"], as_of=AS_OF).diagnostics
    assert found.help == f"write {modes}"
    update = {"advertiser_id": "7", "campaign_id": "1", "budget_optimize_on": False}
    current = {"campaign_id": "1", "budget_mode": "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"}
    envelope = {"endpoint": "/v1.3/smart_plus/campaign/update/", "body": update, "current": current}
    [found] = check(envelope, profile=profile, select=["SPL102"], as_of=AS_OF).diagnostics
    assert found.help == f"set budget_mode to {modes} in the same request"


@pytest.mark.parametrize(
    ("pointer", "value", "owner"),
    few(
        [
            (f"{GROUP}/optimization_goal", "CONVERSIONZ", "REF201"),
            (f"{GROUP}/billing_event", "CPX", "REF202"),
            (f"{GROUP}/optimization_event", "COMPLETE_PAYMENT", "REF204"),
            (f"{GROUP}/click_attribution_window", "A_FORTNIGHT", "REF211"),
            ("/campaign/sales_destination", "A_SHOP", "REF102"),
            ("/campaign/catalog_type", "SHOES", "REF107"),
        ],
        2,
    ),
)
def test_a_field_with_a_rule_of_its_own_is_not_judged_by_ref002_in_its_stead(
    pointer: str, value: str, owner: str
) -> None:
    """Who switches the rule off does not want the value told by another one, with values that the rule refuses."""
    assert owner in codes({pointer: value})
    assert "REF002" not in codes({pointer: value}, ignore=[owner])


def test_a_long_list_of_values_is_told_by_where_it_stands() -> None:
    edits = {
        "/campaign/objective_type": "LEAD_GENERATION",
        f"{GROUP}/promotion_type": "LEAD_GENERATION",
        f"{GROUP}/optimization_event": "NO_SUCH_EVENT",
    }
    report = Linter(profile="reference", select=["REF002"], as_of=AS_OF).check(edited(base("cbo", "reference"), edits))
    [finding] = report.diagnostics
    assert finding.help == "write one of those that `splint schema adgroup` lists under optimization_event"


@pytest.mark.parametrize(
    ("edits", "expected"),
    few(
        [
            (
                {f"{GROUP}/schedule_type": "SCHEDULE_START_END", f"{GROUP}/schedule_start_time": None},
                {"REF206", "SPL217"},
            ),
            ({f"{GROUP}/placements": None, f"{GROUP}/targeting_spec/gender": "GENDER_MALE"}, {"SPL220", "REF210"}),
            (
                {"/campaign/objective_type": "REACH", f"{GROUP}/billing_event": "CPV", f"{GROUP}/roas_bid": 2},
                {"SPL101"},
            ),
            ({f"{GROUP}/promotion_type": "APP_IOS", f"{GROUP}/billing_event": "CPV"}, {"SPL201"}),
            ({f"{AD}/ad_text_list/0/ad_text": "{{text}}"}, {"SPL010"}),
            ({f"{GROUP}/schedule_end_time": "2027-13-01"}, {"SPL218"}),
            (
                {
                    f"{GROUP}/schedule_type": "SCHEDULE_START_END",
                    f"{GROUP}/schedule_start_time": "2027-03-01 00:00:00",
                    f"{GROUP}/schedule_end_time": "2026-01-01 00:00:00",
                },
                {"REF206", "SPL219"},
            ),
            ({f"{AD}/ad_text_list": None, f"{AD}/creative_list/-": {}}, {"SPL008", "REF307"}),
            (
                {
                    f"{GROUP}/targeting_optimization_mode": "MANUAL",
                    f"{GROUP}/placements": ["PLACEMENT_GLOBAL_APP_BUNDLE"] * 2,
                    f"{GROUP}/targeting_spec/isp_ids": ["1"],
                },
                {"REF209", "REF316"},
            ),
            (
                {
                    f"{GROUP}/targeting_optimization_mode": "MANUAL",
                    f"{GROUP}/placement_type": "{{type}}",
                    f"{GROUP}/placements": ["PLACEMENT_PANGLE"],
                    f"{GROUP}/targeting_spec/saved_audience_id": "1",
                },
                {"SPL010"},
            ),
            ({f"{GROUP}/promotion_type": "{{type}}", f"{GROUP}/billing_event": "CPC"}, {"SPL010", "REF202"}),
            ({f"{GROUP}/promotion_type": "WEBSITES", f"{GROUP}/optimization_event": None}, {"SPL007", "REF204"}),
            ({f"{GROUP}/promotion_type": "${TYPE}", f"{GROUP}/optimization_event": None}, {"SPL010", "REF204"}),
            ({f"{GROUP}/promotion_type": "APP_IOS", f"{GROUP}/optimization_event": None}, {"SPL201"}),
        ],
        5,
    ),
)
def test_different_causes_get_a_finding_each(edits: dict[str, Any], expected: set[str]) -> None:
    assert codes(edits) == expected


def test_a_misspelt_promotion_type_is_fixed_though_the_website_has_other_faults() -> None:
    """They are found before, so the fix does not bring them in."""
    edits = {f"{GROUP}/promotion_type": "WEBSITES", f"{GROUP}/optimization_event": None}
    value = edited(base("cbo", "reference"), edits)
    report = check(value, profile="reference", as_of=AS_OF)
    assert report.fixed(unsafe=True)["adgroups"][0]["promotion_type"] == "WEBSITE"


@pytest.mark.parametrize(
    ("edits", "profile", "words"),
    few(
        [
            ({f"{GROUP}/optimization_event": "COMPLETE_PAYMENT"}, "reference", "profile guide"),
            ({f"{INFO}/ad_format": "CAROUSEL"}, "reference", "profile guide"),
            ({f"{GROUP}/optimization_goal": "LANDING_PAGE"}, "reference", "profile guide"),
            (
                {
                    f"{AD}/ad_configuration/call_to_action_list": ["Shop Now"],
                    f"{GROUP}/placements": ["PLACEMENT_PANGLE"],
                },
                "reference",
                "profile guide",
            ),
            ({f"{GROUP}/optimization_goal": "VALUE"}, "guide", "profile reference"),
            ({f"{GROUP}/optimization_goal": "CLICK", f"{GROUP}/billing_event": "CPC"}, "guide", "profile reference"),
            ({f"{AD}/deeplink": "a://b", f"{AD}/deeplink_type": "DEFERRED_DEEPLINK"}, "guide", "profile reference"),
        ],
        3,
    ),
)
def test_a_spelling_of_the_other_profile_is_named_as_such(edits: dict[str, Any], profile: str, words: str) -> None:
    report = check(edited(base("cbo", "reference"), edits), profile=profile, as_of=AS_OF)
    said = " ".join(diagnostic.message for diagnostic in report.diagnostics)
    assert words in said


def test_the_currencies_that_tiktok_lists_are_currencies() -> None:
    """A fact may name each of them, and others that TikTok does not list; of those no rule knows the budgets."""
    assert {"USD", "VEF"} <= currencies().keys() < CODES
    low = {"/campaign/budget": 5}
    assert "REF104" in codes(low, facts={"currency": "usd"})
    assert codes(low, facts={"currency": "BGN"}) == set()
    for wrong in ("RMB", "USA", "XYZ", "XXX", "US"):
        with pytest.raises(ConfigError, match="no currency code"):
            codes(low, facts={"currency": wrong})
        value = edited(base("cbo", "reference"), {**low, "/facts": {"currency": wrong}})
        assert [one.code for one in check(value, profile="reference", as_of=AS_OF).diagnostics] == ["SPL003"]


def test_the_as_of_moment_decides_to_the_second() -> None:
    edits = {f"{GROUP}/schedule_start_time": "2026-03-01 12:00:00"}
    assert codes(edits, as_of="2026-03-01T12:00:00Z") == set()
    report = check(edited(base("cbo", "reference"), edits), profile="reference", as_of="2026-03-01T12:00:01Z")
    assert [(diagnostic.code, diagnostic.severity) for diagnostic in report.diagnostics] == [("REF206", "error")]


def test_currencies_are_read_from_the_table() -> None:
    table = currencies()
    assert len(table) == 56
    assert (table["USD"], table["VND"], table["HUF"].decimals) == ((1, 2), (10000, 0), 0)


@pytest.mark.slow
def test_the_emoji_table_is_the_unicode_property() -> None:
    """Every character with emoji presentation is found, and no other on its own."""
    chars = [chr(code) for code in (*range(0xD800), *range(0xE000, sys.maxunicode + 1)) if code != 0xFE0F]
    text = " ".join(chars)
    assert set(emoji().findall(text)) == set(regex.findall(r"\p{Emoji_Presentation}", text))
    assert not emoji().search("\ufe0f")
    assert emoji().findall("\U0001f525\u200dabc") == ["\U0001f525"]  # a letter is no part of one


@pytest.mark.parametrize(
    "shown",
    [
        *("\U0001f1e9\U0001f1ea", "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"),
        *("1\ufe0f\u20e3", "\U0001f44d\U0001f3fd", "\u261d\U0001f3fd", "\u2764\ufe0f", "\u2764\ufe0f\u200d\U0001f525"),
        *(
            "\U0001f468\u200d\U0001f469\u200d\U0001f467",
            "\U0001f469\U0001f3fd\u200d\u2695\ufe0f",
            "\U0001f469\u200d\u2695",
        ),
    ],
)
def test_an_emoji_is_named_whole(shown: str) -> None:
    """A flag is two letters, a family several people; another one behind it is not named too."""
    bundle = edited(base("cbo", "reference"), {"/campaign/campaign_name": f"Sale {shown}\U0001f1eb\U0001f1f7 ok"})
    [found] = check(bundle, profile="reference", as_of=AS_OF).diagnostics
    assert found.summary == f"campaign_name contains the emoji {shown}"


def test_a_finding_cites_the_page_of_the_reference() -> None:
    [diagnostic] = check(
        edited(base("cbo", "reference"), {"/campaign/request_id": "0"}), profile="reference", as_of=AS_OF
    ).diagnostics
    assert diagnostic.source.document == "https://business-api.tiktok.com/portal/docs?id=1843312852800706"
    assert diagnostic.source.basis == "reference"


def test_the_command_line_takes_the_profile() -> None:
    text = orjson.dumps(base("cbo", "guide")).decode()
    run = CliRunner().invoke
    arguments = ["check", "-", "--as-of", AS_OF, "--output-format", "json"]
    assert run(cli, arguments, input=text).exit_code == 0
    done = run(cli, [*arguments, "--profile", "reference"], input=text)
    assert done.exit_code == 1
    assert orjson.loads(done.output)["tool"]["profile"] == "reference"


def test_the_catalogue_shows_profiles() -> None:
    run = CliRunner().invoke
    rows = {row["code"]: row for row in orjson.loads(run(cli, ["rules", "--output-format", "json"]).output)}
    assert rows["SPL203"]["profiles"] == ["guide"]
    assert rows["SPL210"]["profiles"] == ["guide", "reference"]
    assert (rows["REF202"]["profiles"], rows["REF202"]["replaces"]) == (["reference"], ["SPL203"])
    assert "## Where guide and reference disagree" in run(cli, ["rules", "--output-format", "markdown"]).output
    assert "replaced by REF202" in run(cli, ["rules", "SPL203"]).output
    assert "'SPL0666' is no rule's code, prefix or name: did you mean" in run(cli, ["rules", "SPL0666"]).output
    assert "'nope' is no rule's code, prefix or name: splint rules lists them" in run(cli, ["rules", "nope"]).output


LANDED = {"optimization_goal": "LANDING_PAGE", "optimization_event": None, "pixel_id": None}


def _deviating(*groups: dict[str, Any], profile: str = "reference") -> list[tuple[str, str, str]]:
    """What is found on a campaign of ad groups with these fields: code, place, and what a deviating one is to do."""
    value = base("cbo", profile)
    first = value["adgroups"][0]
    value["adgroups"] = [
        {key: field for key, field in {**first, **fields, "request_id": str(number)}.items() if field is not None}
        for number, fields in enumerate(groups, 2)
    ]
    report = Linter(profile=profile, as_of=AS_OF).check(value)
    return [(one.code, one.pointer, one.help if one.code == "SPL402" else "") for one in report.active]


def test_another_spelling_of_a_goal_hides_no_deviation_and_is_followed_in_the_right_one() -> None:
    """LANDING_PAGE counts as TRAFFIC_LANDING_PAGE_VIEW in every rule: beside REF201 all is found that would be then."""
    right = {**LANDED, "optimization_goal": "TRAFFIC_LANDING_PAGE_VIEW"}
    for groups in ([LANDED, {}], [{}, LANDED], [LANDED, LANDED, {}], [right, LANDED, {}], [LANDED, right]):
        fixed = [right if group is LANDED else group for group in groups]
        found = _deviating(*groups)
        assert [one for one in found if one[0] != "REF201"] == _deviating(*fixed)
        assert len(found) > len(_deviating(*fixed))
    help = 'set optimization_goal to "TRAFFIC_LANDING_PAGE_VIEW"'
    assert ("SPL402", "/adgroups/1/optimization_goal", help) in _deviating(LANDED, {})


@pytest.mark.parametrize("goal", ["LANDING_PAGE", "TRAFFIC_LANDING_PAGE_VIEW"])
def test_the_goal_to_follow_is_named_as_the_file_has_it(goal: str) -> None:
    group = {**LANDED, "optimization_goal": goal, "pixel_id": "7100000000000000001"}
    help = f'set optimization_goal to "{goal}"'
    found = _deviating(group, group, {}, profile="guide")
    assert ("SPL402", "/adgroups/2/optimization_goal", help) in found


def test_the_pixels_own_name_of_an_event_hides_no_deviation() -> None:
    """It counts as the name for ad creation, which is what others follow; its own fix still applies."""
    own, right, other = ({"optimization_event": one} for one in ("COMPLETE_PAYMENT", "SHOPPING", "FORM"))
    place = "/adgroups/1/optimization_event"
    assert _deviating(right, own) == [("REF204", place, "")]
    assert _deviating(other, own) == [("REF204", place, ""), ("SPL402", place, 'set optimization_event to "FORM"')]
    assert ("SPL402", place, 'set optimization_event to "SHOPPING"') in _deviating(own, other)
