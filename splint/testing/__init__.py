"""Run the examples of a pack, one's own too: they are a rule's tests and its page.

@pytest.mark.parametrize("case", splint.testing.cases(my_pack), ids=str)
def test_examples(case):
    case.verify()

May be imported by tests and scripts alone.
"""

import copy
import io
from types import ModuleType
from typing import Any, NamedTuple

import orjson

from splint.fixes.operations import ROUNDS, applicable, applied
from splint.formats import steps
from splint.reporting.report import Report
from splint.rules.rule import GONE, Example, Pack, Rule, Times
from splint.run.linter import Linter
from splint.settings.config import Config, selected_rules
from splint.settings.globs import Globs

AS_OF = "2026-03-01"
"""The day on which examples are judged unless they name another."""

_AD: dict[str, Any] = {
    "ad_name": "Spring video",
    "creative_list": [
        {
            "creative_info": {
                "ad_format": "SINGLE_VIDEO",
                "video_info": {"video_id": "v10044g50000cs1example"},
                "image_info": [{"web_uri": "https://www.example.com/thumbnail.jpg"}],
                "identity_type": "BC_AUTH_TT",
                "identity_id": "7200000000000000001",
                "identity_authorized_bc_id": "7300000000000000001",
            }
        }
    ],
    "ad_text_list": [{"ad_text": "Shop the spring collection"}],
    "landing_page_url_list": [{"landing_page_url": "https://www.example.com/spring"}],
    "ad_configuration": {"call_to_action_id": "7400000000000000001"},
}
_AD_GROUP: dict[str, Any] = {
    "adgroup_name": "US purchasers",
    "promotion_type": "WEBSITE",
    "optimization_goal": "CONVERT",
    "pixel_id": "7100000000000000001",
    "optimization_event": "COMPLETE_PAYMENT",
    "billing_event": "OCPM",
    "bid_type": "BID_TYPE_NO_BID",
    "schedule_type": "SCHEDULE_FROM_NOW",
    "targeting_optimization_mode": "AUTOMATIC",
    "targeting_spec": {"location_ids": ["6252001"]},
    "placement_type": "PLACEMENT_TYPE_NORMAL",
    "placements": ["PLACEMENT_TIKTOK"],
}
_OWN_BUDGET = {
    "budget_mode": "BUDGET_MODE_DYNAMIC_DAILY_BUDGET",
    "budget": 200,
    "schedule_type": "SCHEDULE_START_END",
    "schedule_start_time": "2026-04-01 00:00:00",
    "schedule_end_time": "2026-04-30 23:59:59",
}
_CAMPAIGN: dict[str, Any] = {
    "advertiser_id": "7000000000000000001",
    "campaign_name": "Spring sale",
    "objective_type": "WEB_CONVERSIONS",
}
BASES: dict[str, Any] = {
    "cbo": {
        "campaign": {
            **_CAMPAIGN,
            "budget_optimize_on": True,
            "budget_mode": "BUDGET_MODE_DYNAMIC_DAILY_BUDGET",
            "budget": 500,
        },
        "adgroups": [{**_AD_GROUP, "ads": [_AD]}],
    },
    "no-cbo": {
        "campaign": {**_CAMPAIGN, "budget_optimize_on": False, "budget_mode": "BUDGET_MODE_INFINITE"},
        "adgroups": [{**_AD_GROUP, **_OWN_BUDGET, "ads": [_AD]}],
    },
    "ad-group": {"advertiser_id": "7000000000000000001", "campaign_id": "1800000000000000001", **_AD_GROUP},
    "ad": {"advertiser_id": "7000000000000000001", "adgroup_id": "1800000000000000002", **_AD},
}
"""Clean payloads that examples edit: a bundle with and one without CBO, an ad group and an ad on their own."""
LIVE_EDITS: dict[str, dict[str, Any]] = {
    "campaign": {"request_id": "1770000000000000001", "sales_destination": "WEBSITE"},
    "adgroup": {
        "request_id": "1770000000000000002",
        "optimization_event": "SHOPPING",
        "schedule_start_time": "2026-04-01 00:00:00",
    },
}


def base(name: str, profile: str) -> Any:
    """A clean payload of a profile: for the API reference with what the guide does not ask for."""
    value = copy.deepcopy(BASES[name])
    if profile == "reference":
        if "campaign" in value:
            value["campaign"].update(LIVE_EDITS["campaign"])
        for group in value.get("adgroups", [value] if name == "ad-group" else []):
            group.update(LIVE_EDITS["adgroup"])
        ads = [ad for group in value.get("adgroups", []) for ad in group["ads"]] + ([value] if name == "ad" else [])
        for ad in ads:
            ad["creative_list"][0]["creative_info"]["image_info"] = [{"web_uri": "tos-alisg-p-0051c001-sg/example"}]
    return value


class Case(NamedTuple):
    """An example of a rule."""

    rule: Rule
    example: Example
    base_profile: str
    """The profile of the clean payloads that the pack's examples edit."""
    profile: str
    """The profile to run it in."""
    plugins: tuple[ModuleType, ...] = ()

    def __str__(self) -> str:
        return f"{self.rule.code} {self.example.title}"

    def verify(self) -> None:
        """Raise AssertionError unless the rule flags exactly the pointers that the example names."""
        found = findings(self)
        assert found == list(self.example.at), f"{self}: flags {found}, the example says {list(self.example.at)}"
        if self.example.fixed is not None:
            before, after = document(self), _fixed(self)
            for unsafe in (True, False):
                wanted = after if unsafe or self.example.is_safe else before
                left = fixed(self, unsafe=unsafe)
                assert _read(self, left) == _read(self, wanted), f"{self}: fixes leave {left}, not {wanted}"


def cases(pack: Pack, *plugins: ModuleType, profile: str | None = None) -> list[Case]:
    """All examples of a pack's rules; `plugins` names the module of a pack that does not come with splint.

    `profile` runs them in another profile than the pack's own, without the rules that are not part of it.
    """
    within = profile or pack.profile or "guide"
    _, rules = selected_rules(Config(profile=within, plugins=plugins))
    codes = {found.rule.code for found in rules}
    kept = [rule for rule in pack.rules if rule.code in codes]
    return [
        Case(rule, example, pack.profile or "guide", within, plugins) for rule in kept for example in rule.examples()
    ]


def document(case: Case) -> str:
    """The example's document as text."""
    example = case.example
    if example.text is not None:
        return example.text
    value = edited(base(example.base, case.base_profile), example.edits)
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()


def _fixed(case: Case) -> str:
    """What the example says that fixes leave."""
    fixed = case.example.fixed
    if fixed is None or isinstance(fixed, str):
        return fixed or ""
    value = edited(orjson.loads(document(case)), fixed)
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()


def _read(case: Case, text: str) -> Any:
    """A document to compare: by its value where it is JSON, whose members have no order, else letter by letter."""
    return orjson.loads(text) if case.example.name.endswith(".json") else text


def fixed(case: Case, *, unsafe: bool) -> str:
    """What the rule's fixes leave of its example."""
    linter, data = _linter(case), document(case).encode("utf-8", "surrogatepass")
    for _ in range(ROUNDS):
        before = _report(case, linter, data)
        wanted = [found for found in applicable(before.diagnostics, unsafe=unsafe) if found.code == case.rule.code]
        data, taken = applied(data, [found.fix for found in wanted if found.fix is not None])
        if not taken:
            break
    return data.decode("utf-8", "surrogatepass")


def findings(case: Case) -> list[str]:
    """The pointers that a rule flags in its example, in the report's order."""
    return [found.pointer for found in report(case).active if found.code == case.rule.code]


def report(case: Case) -> Report:
    """What a check of the example says, with the findings of the rules beside its own."""
    found = _report(case, _linter(case), document(case).encode("utf-8", "surrogatepass"))
    assert not found.errors, f"{case.rule.code}: {found.errors}"
    return found


def _linter(case: Case) -> Linter:
    rule, example, _, profile, plugins = case
    config = Config(templates=Globs("/", ("*",))) if example.is_template else None
    return Linter(
        config,
        select=[rule.code, *example.beside],
        profile=profile,
        facts=example.facts,
        as_of=example.as_of or AS_OF,
        plugins=plugins,
    )


def _report(case: Case, linter: Linter, data: bytes) -> Report:
    reader = linter.registry.reader_for(case.example.name)
    assert reader is not None, f"{case.rule.code}: no format for {case.example.name}"
    engine = linter.engine()
    engine.read(case.example.name, io.BytesIO(data), reader, named=True)
    return engine.finish(linter.tool)


def edited(base: Any, edits: Any) -> Any:
    """A copy of `base` with each pointer of `edits` set to its value, removed (`GONE`) or repeated (`times(n)`)."""
    value = copy.deepcopy(base)
    for pointer, new in edits.items():
        *path, last = steps(pointer)
        holder = value
        for step in path:
            holder = holder[int(step) if isinstance(holder, list) else step]
        key: Any = last
        if isinstance(holder, list):
            key = len(holder) if last == "-" else int(last)
        if new is GONE:
            del holder[key]
        elif isinstance(new, Times):
            holder[key : key + 1] = [copy.deepcopy(holder[key]) for _ in range(new.number)]
        elif isinstance(holder, list) and key == len(holder):
            holder.append(copy.deepcopy(new))
        else:
            holder[key] = copy.deepcopy(new)
    return value
