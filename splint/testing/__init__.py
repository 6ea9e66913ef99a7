"""Runs the examples of a pack, also of a plugin: they are a rule's tests and part of its page.

@pytest.mark.parametrize("case", splint.testing.cases(my_pack), ids=str)
def test_examples(case):
    case.verify()

May be imported by tests and scripts alone.
"""

import copy
import io
import os
from collections.abc import Iterable, Mapping
from functools import cache
from types import ModuleType
from typing import Any, NamedTuple

import orjson

from splint.files import File
from splint.fixes.rounds import Fixer
from splint.formats import Reader, reference_tokens, value_at
from splint.reporting.report import Diagnostic, Report
from splint.rules.example import AS_OF as AS_OF  # for scripts and tests too
from splint.rules.example import Example
from splint.rules.rule import GONE, Pack, Rule, Times
from splint.run.linter import Linter
from splint.run.pipeline import SourceFile
from splint.settings.config import Config
from splint.settings.globs import Globs
from splint.settings.selection import selected_rules

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
"""Payloads without findings that examples edit: a bundle with CBO, one without, an ad group, an ad."""
REFERENCE_EDITS: dict[str, dict[str, Any]] = {
    "campaign": {"request_id": "1770000000000000001", "sales_destination": "WEBSITE"},
    "adgroup": {
        "request_id": "1770000000000000002",
        "optimization_event": "SHOPPING",
        "schedule_start_time": "2026-04-01 00:00:00",
    },
}


def base(name: str, profile: str) -> Any:
    """A payload without findings in a profile; for `reference` with the fields that only that profile requires."""
    value = copy.deepcopy(BASES[name])
    if profile == "reference":
        if "campaign" in value:
            value["campaign"].update(REFERENCE_EDITS["campaign"])
        for group in value.get("adgroups", [value] if name == "ad-group" else []):
            group.update(REFERENCE_EDITS["adgroup"])
        ads = [ad for group in value.get("adgroups", []) for ad in group["ads"]] + ([value] if name == "ad" else [])
        for ad in ads:
            ad["creative_list"][0]["creative_info"]["image_info"] = [{"web_uri": "tos-alisg-p-0051c001-sg/example"}]
    return value


@cache
def _unedited(name: str, profile: str) -> Any:
    """The payload that examples edit copies of."""
    return base(name, profile)


class Case(NamedTuple):
    """An example of a rule, with the settings to run it."""

    rule: Rule
    example: Example
    base_profile: str
    """The profile of the payload that the example edits."""
    profile: str
    """The profile to run the example in."""
    plugins: tuple[ModuleType, ...] = ()

    def __str__(self) -> str:
        return f"{self.rule.code} {self.example.title}"

    def verify(self) -> None:
        """Raise AssertionError unless the rule's findings, their level and fixes are those of the example."""
        linter, before = _linter(self), document(self)
        found = _of_rule(self, _checked(self, linter, before))
        pointers, level = [diagnostic.pointer for diagnostic in found], self.example.level or self.rule.level
        assert pointers == list(self.example.at), f"{self}: flags {pointers}, the example says {list(self.example.at)}"
        levels = {str(diagnostic.severity) for diagnostic in found} - {level}
        assert not levels, f"{self}: the findings are of the level {', '.join(sorted(levels))}, not {level} (level=)"
        if self.example.fixed is not None:
            after = _fixed(self)
            for unsafe in (True, False):
                wanted = after if unsafe or self.example.is_safe else before
                left = _left(self, linter, before, unsafe=unsafe)
                assert _read(self, left) == _read(self, wanted), f"{self}: fixes leave {left}, not {wanted}"


def cases(pack: Pack, *plugins: ModuleType, profile: str | None = None) -> list[Case]:
    """All examples of a pack's rules. `plugins` are the modules of packs that are not built in.

    `profile` replaces the pack's own profile; rules that are not part of it are left out.
    """
    in_profile = profile or pack.profile or "guide"
    rules = selected_rules(Config(profile=in_profile, plugins=plugins))
    codes = {registered.rule.code for registered in rules}
    rules_in_profile = [rule for rule in pack.rules if rule.code in codes]
    return [
        Case(rule, example, pack.profile or "guide", in_profile, plugins)
        for rule in rules_in_profile
        for example in rule.examples()
    ]


def document(case: Case) -> str:
    """The example's document as text."""
    example = case.example
    if example.text is not None:
        return example.text
    what = f"the base {example.base} of the {case.base_profile}"
    return _edited(case, what, _unedited(example.base, case.base_profile), example.edits)


def _fixed(case: Case) -> str:
    """The document after fixes, as the example defines it."""
    fixed = case.example.fixed
    if fixed is None or isinstance(fixed, str):
        return fixed or ""
    return _edited(case, "its document", orjson.loads(document(case)), fixed)


def _edited(case: Case, what: str, value: Any, edits: Any) -> str:
    """The text of a value after edits. Raises AssertionError for an edit that it does not take."""
    try:
        return orjson.dumps(edited(value, edits), option=orjson.OPT_INDENT_2).decode()
    except LookupError as error:
        raise AssertionError(f"{case}: {what}: {error.args[0]}") from error


def _read(case: Case, text: str) -> Any:
    """A document for comparison: the value of JSON, whose members have no order, else the text."""
    return orjson.loads(text) if case.example.name.endswith(".json") else text


def fixed(case: Case, *, unsafe: bool) -> str:
    """The example's document with the rule's fixes applied, as `splint check --fix` applies them."""
    return _left(case, _linter(case), document(case), unsafe=unsafe)


def _left(case: Case, linter: Linter, text: str, *, unsafe: bool) -> str:
    """What fixes leave of the example's document."""
    data = text.encode("utf-8", "surrogatepass")
    file = File(case.example.name, case.example.name, named=True)
    target = os.path.realpath(file.path)

    def check(now: Mapping[str, bytes], _: Iterable[File]) -> Report:
        found = _report(case, linter, now[target])
        others = (one if one.code == case.rule.code else one._replace(fix=None) for one in found.diagnostics)
        return found.having(diagnostics=others)

    contents = {target: data}
    outcome = Fixer([file], check, lambda _: _reader(case, linter), unsafe=unsafe, contents=contents).fix()
    assert not outcome.crashes, f"{case}: {outcome.crashes[0].message}"
    return next((changed.after for changed in outcome.changed), data).decode("utf-8", "surrogatepass")


def findings(case: Case) -> list[str]:
    """The pointers of the rule's active findings on its example, in the order of the report."""
    return [diagnostic.pointer for diagnostic in _of_rule(case, report(case))]


def _of_rule(case: Case, report: Report) -> list[Diagnostic]:
    return [diagnostic for diagnostic in report.active if diagnostic.code == case.rule.code]


def report(case: Case) -> Report:
    """The report on the example, with the findings of the rules in `beside` too."""
    return _checked(case, _linter(case), document(case))


def _checked(case: Case, linter: Linter, text: str) -> Report:
    result = _report(case, linter, text.encode("utf-8", "surrogatepass"))
    assert not result.errors, f"{case.rule.code}: {result.errors}"
    return result


def _linter(case: Case) -> Linter:
    rule, example, _, profile, plugins = case
    config = Config(templates=Globs("/", ("*",))) if example.is_template else None
    return Linter(
        config,
        select=[rule.code, *example.beside],
        profile=profile,
        facts=example.facts,
        as_of=example.as_of or AS_OF,
        objectives=example.objectives,
        plugins=plugins,
        rules={rule.code: example.options},
    )


def _report(case: Case, linter: Linter, data: bytes) -> Report:
    return linter.lint([SourceFile(case.example.name, io.BytesIO(data), _reader(case, linter))])


def _reader(case: Case, linter: Linter) -> Reader:
    reader = linter.registry.reader_for(case.example.name)
    assert reader is not None, f"{case.rule.code}: no format for {case.example.name}"
    return reader


def edited(base: Any, edits: Any) -> Any:
    """A copy of `base` with each pointer of `edits` set to its value, removed (`GONE`) or repeated (`times(n)`).

    Raises LookupError, with the pointer, for one that leads nowhere.
    """
    value = copy.deepcopy(base)
    for pointer, new in edits.items():
        try:
            _edit(value, pointer, new)
        except (LookupError, TypeError, ValueError) as error:
            act = "removed" if new is GONE else "repeated" if isinstance(new, Times) else "set"
            raise LookupError(f"nothing can be {act} at {pointer!r}: {type(error).__name__}: {error}") from error
    return value


def _edit(value: Any, pointer: str, new: Any) -> None:
    *path, last = reference_tokens(pointer)
    container = value_at(value, path)
    key: Any = last
    if isinstance(container, list):
        key = len(container) if last == "-" else int(last)
    if new is GONE:
        del container[key]
    elif isinstance(new, Times):
        container[key : key + 1] = [copy.deepcopy(container[key]) for _ in range(new.number)]
    elif isinstance(container, list) and key == len(container):
        container.append(copy.deepcopy(new))
    else:
        container[key] = copy.deepcopy(new)
