"""JSON Schemas: they are valid themselves, and accept what the linter accepts."""

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import splint
from benchmarks import bundles
from benchmarks.inputs import Inputs
from splint.cli import main
from splint.cli.json_schema import KINDS, schema
from splint.formats import Document
from splint.rules.fields import fields
from splint.rules.registry import load
from splint.schema.vocabulary import OBJECT_LEVELS
from splint.testing import BASES
from tests.grids import few

FIXTURES = Path(__file__).parent.parent / "fixtures"
VALID = sorted(path for path in FIXTURES.glob("*/*") if not path.name.endswith(".findings"))
BROKEN = [path for path in VALID if path.name.startswith(("SPL003", "SPL004", "SPL007", "SPL008"))]
SCHEMAS = {kind: schema(kind) for kind in KINDS}
VALIDATORS = {kind: jsonschema.Draft202012Validator(held) for kind, held in SCHEMAS.items()}


def values(path: Path) -> Iterator[Any]:
    """The values of the documents of a file."""
    reader = load().reader_for(path.name)
    if reader is None:
        return
    with path.open("rb") as stream:
        for document in reader.read(path.name, stream):
            if isinstance(document, Document):
                yield document.value


def kind_of(value: Any) -> str | None:
    """The shape that a value has by its keys."""
    if not isinstance(value, dict) or "event_source" in value:
        return None
    if "campaign" in value or (value.keys() <= {"campaign", "adgroups", "ad_groups", "facts"} and value):
        return "bundle"
    if "endpoint" in value or ("tool_name" in value and "params" in value):
        return "envelope"
    if "creative_list" in value:
        return "ad"
    if "adgroup_name" in value:
        return "adgroup"
    return "campaign" if "objective_type" in value else None


def shaped() -> Iterator[Any]:
    """What the fixtures without an error hold of the shapes that there is a schema of."""
    for path in VALID:
        if path.parent.name in ("valid", "guide", "live") and path.name.endswith((".json", ".jsonc", ".yaml", ".yml")):
            for number, value in enumerate(values(path)):
                for at, entry in enumerate(value if isinstance(value, list) else [value]):
                    if kind := kind_of(entry):
                        yield pytest.param(kind, entry, id=f"{path.name}-{number}-{at}")


SHAPED = list(shaped())


@pytest.mark.parametrize("kind", few(KINDS, 1))
def test_a_schema_is_one(kind: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """`splint schema KIND` prints a JSON Schema of the draft that it names."""
    monkeypatch.setattr(sys, "argv", ["splint", "schema", kind])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    printed = json.loads(capfd.readouterr().out)
    assert printed == json.loads(json.dumps(schema(kind)))
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(printed)


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    few([([], 0, "envelope"), (["bundel"], 2, "did you mean bundle?"), (["config", "x"], 2, "extra argument")], 2),
)
def test_the_kinds_are_listed(
    arguments: list[str], status: int, told: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Without a KIND all are listed; a misspelt one is suggested."""
    monkeypatch.setattr(sys, "argv", ["splint", "schema", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == status
    assert told in "".join(capfd.readouterr())


@pytest.mark.parametrize("kind", KINDS)
def test_references_lead_somewhere(kind: str) -> None:
    """Every $ref of a schema is found in it."""
    document = schema(kind)

    def look(part: Any) -> None:
        for entry in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
            look(entry)
        if isinstance(part, dict) and isinstance(part.get("$ref"), str):
            target: Any = document
            for step in part["$ref"].removeprefix("#/").split("/"):
                target = target[step]

    look(document)


def test_the_fixtures_show_every_shape() -> None:
    """The valid fixtures hold each kind of payload that there is a schema of."""
    assert {param.values[0] for param in SHAPED} == set(KINDS) - {"config", "report"}


@pytest.mark.parametrize(("kind", "value"), SHAPED)
def test_what_is_valid_is_accepted(kind: str, value: Any) -> None:
    """The schema of its shape accepts what the linter accepts."""
    assert not list(VALIDATORS[kind].iter_errors(value))


OF_SOMEBODY = {"advertiser_id": "7000000000000000001"}
"""What nested payloads take from the campaign."""


@pytest.mark.parametrize("name", BASES)
def test_the_bases_of_the_examples_are_accepted(name: str) -> None:
    """The clean payloads that rules' examples begin with are accepted, and so is what nests in them."""
    kind = kind_of(BASES[name])
    assert kind is not None
    assert not list(VALIDATORS[kind].iter_errors(BASES[name]))
    for group in BASES[name].get("adgroups", ()):
        assert not list(VALIDATORS["adgroup"].iter_errors({**OF_SOMEBODY, **group}))
        for ad in group.get("ads", ()):
            assert not list(VALIDATORS["ad"].iter_errors({**OF_SOMEBODY, **ad}))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.name)
def test_what_the_linter_says_of_one_field_the_schema_says_too(path: Path) -> None:
    """Each document of a fixture of a wrong type, an unknown field or value, or a missing field is refused."""
    shaped = [(kind_of(value), value) for value in values(path)]
    assert shaped
    for kind, value in shaped:
        assert kind is not None
        assert not VALIDATORS[kind].is_valid(value)


OF_ONE_FIELD = ("SPL003", "SPL004", "SPL006", "SPL007", "SPL008", "REF002")
"""The rules whose findings one field shows, and which the schema holds too; REF215 holds the mode of an ad group."""
STRICTER = {"bid_type"}
"""What a schema asks for and the linter does not in other than web campaigns."""


@pytest.mark.parametrize("path", few(sorted((FIXTURES / "requests").glob("*.json")), 50), ids=lambda path: path.name)
def test_schema_and_linter_agree_on_real_requests(path: Path) -> None:
    """What the API was sent is refused by the schema exactly where the linter finds fault with one of its fields."""
    value = json.loads(path.read_text())
    kind = kind_of(value)
    assert kind is not None
    errors = VALIDATORS[kind].iter_errors(value)
    lacking = {error.message.split("'")[1] for error in errors if error.validator == "required"}
    if lacking and lacking <= STRICTER:
        return
    findings = splint.check(value, profile="reference", select=[*OF_ONE_FIELD, "REF215"]).diagnostics
    found = {one.code for one in findings if one.code != "REF215" or "BUDGET_MODE_DAY" in one.message}
    assert VALIDATORS[kind].is_valid(value) is (found == set())


def test_the_bundles_of_the_benchmarks_are_accepted(tmp_path: Path) -> None:
    """Other tools are measured on bundles that the schema accepts, and have to tell of the budget of a broken one."""
    validator = VALIDATORS["bundle"]
    for bundle in (bundles.bundle(), bundles.smallest(), *map(bundles.varied, range(20))):
        validator.validate(json.loads(json.dumps(bundle)))
    broken = json.loads(Inputs(tmp_path).broken.read_text())
    assert "$.campaign.budget" in {error.json_path for error in validator.iter_errors(broken)}


@pytest.mark.parametrize(
    ("kind", "value", "is_valid"),
    [
        ("campaign", {"campaign_id": "1", "budget": 5}, True),  # an update
        ("campaign", {"campaign_id": "1", "bugdet": 5}, False),
        ("campaign", {"campaign_name": "Spring", "objective_type": "WEB_CONVERSIONS"}, False),  # of nobody
        ("campaign", {"advertiser_id": "7", "campaign_name": "Spring", "objective_type": "WEB_CONVERSIONS"}, True),
        ("campaign", {"advertiser_id": "7", "campaign_name": "", "objective_type": "WEB_CONVERSIONS"}, False),
        ("campaign", {"campaign_id": "1", "budget": None, "x-owner": 5, "//": "a note", "$schema": "s"}, True),
        ("campaign", {"campaign_id": "1", "budget_mode": "BUDGET_MODE_DAILY"}, False),
        ("campaign", {"campaign_id": 1}, False),
        ("campaign", {"campaign_id": "1", "campaign_name": "{{name}}", "app_id": "{{app}}"}, True),
        ("campaign", {"campaign_id": "1", "budget_mode": "{{mode}}"}, False),
        ("campaign", {"campaign_id": "1", "budget_mode": ""}, False),
        ("ad", {"smart_plus_ad_id": "1", "call_to_action_list": ["Shop Now"]}, True),
        ("ad", {"smart_plus_ad_id": "1", "call_to_action_list": [{"call_to_action": "Shop Now"}]}, False),
        ("adgroup", {"adgroup_id": "1", "pacing": "PACING_MODE_FAST", "targeting_spec": {"languages": ["en"]}}, True),
        ("adgroup", {"adgroup_id": "1", "targeting_spec": {"language": ["en"]}}, False),
        ("ad", {"smart_plus_ad_id": "1", "creative_list": [{"creative_info": None}]}, False),
        ("bundle", {"campaign": {"campaign_id": "1"}, "owner": "growth"}, True),
        ("bundle", {"campaign": {"campaign_id": "1"}, "budget": 900}, False),
        ("envelope", {"endpoint": "/v1.3/smart_plus/campaign/update/", "body": {"budget": 5}}, True),
        ("envelope", {"endpoint": "/v1.3/smart_plus/campaign/update/", "body": {"budget": "5"}}, False),
        ("envelope", {"tool_name": "smart_plus_campaign_update", "params": {"budget": "5"}}, False),
        ("envelope", {"tool_name": "smart_plus_ad_get", "params": {"budget": "5"}}, True),
        ("envelope", {"endpoint": "/v1.3/smart_plus/campaign/update/", "body": "{}"}, True),
        ("envelope", {"endpoint": "/v1.3/smart_plus/adgroup/create/", "body": {"pacing": "PACING_MODE_FAST"}}, False),
    ],
    ids=str,
)
def test_a_closed_kind_takes_its_fields_and_notes(kind: str, value: Any, is_valid: bool) -> None:
    """Creates are asked for what they need, updates for nothing; keys that are no field are notes or refused."""
    assert VALIDATORS[kind].is_valid(value) is is_valid


def test_a_field_of_a_schema_tells_its_values_and_rules() -> None:
    """Each field has its title, and in its description the codes of the rules that look at it."""
    definitions = SCHEMAS["bundle"]["$defs"]
    for facts in (facts for level in OBJECT_LEVELS for facts in fields(level)):
        held = definitions.get(f"{facts.model}Fields", definitions.get(facts.model))["properties"][facts.name]
        assert held["title"] == facts.field
        assert all(code in held["description"] for code in facts.rules), facts.field
        written = json.dumps(held, ensure_ascii=False)
        assert all(f'"{value}"' in written for value in facts.values), facts.field


WRONG = [
    ("bundle", {}),
    ("bundle", {"campaign": 5}),
    ("bundle", {"campaign": {"budget": []}}),
    ("bundle", {"adgroups": {}}),
    ("bundle", {"ad_groups": [{"ads": [{"creative_list": 1}]}]}),
    ("bundle", {"campaign": {}, "facts": {"event_sources": [5]}}),
    ("envelope", {"body": {}}),
    ("envelope", {"endpoint": 5}),
    ("campaign", []),
    ("campaign", {"campaign_name": 5}),
    ("adgroup", {"targeting_spec": {"location_ids": "1"}}),
    ("adgroup", {"ads": [5]}),
    ("ad", {"creative_list": [{"creative_info": 1}]}),
    ("report", {}),
    ("report", {"version": 2, "tool": {}, "summary": {}, "diagnostics": [], "errors": []}),
]


@pytest.mark.parametrize(("kind", "value"), WRONG, ids=lambda part: json.dumps(part))
def test_values_of_another_kind_are_refused(kind: str, value: Any) -> None:
    """A value of a wrong type is refused."""
    assert not VALIDATORS[kind].is_valid(value)


@pytest.mark.parametrize("every", [8, pytest.param(None, marks=pytest.mark.slow)])
def test_reports_are_accepted(
    every: int | None, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The report over fixtures, with fixes and suppressions, is one, and so are the library's."""
    monkeypatch.chdir(FIXTURES)
    overrides = 'overrides=[{pointers=["/adgroups"],ignore=["SPL2"]}]'
    options = ["--output-format", "json", "--profile", "reference", "--as-of", "2026-04-01", "--config", overrides]
    some = sorted((FIXTURES / "invalid").glob("*.[jmnsy]*"))[::every]
    paths = ["."] if every is None else [str(path.relative_to(FIXTURES)) for path in some]
    monkeypatch.setattr(sys, "argv", ["splint", "check", *paths, *options])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    with pytest.raises(SystemExit):
        main()
    report = json.loads(capfd.readouterr().out)
    VALIDATORS["report"].validate(report)
    codes = {diagnostic["code"] for diagnostic in report["diagnostics"]}
    assert len(codes) > 40
    assert any(diagnostic["suppressed"] for diagnostic in report["diagnostics"])
    assert any("document" in diagnostic for diagnostic in report["diagnostics"])
    VALIDATORS["report"].validate(json.loads(splint.check({"campaign": {"budget": 0}}).to_json()))


def test_a_report_of_tool_errors_is_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """What could not be read stands in a report that the schema accepts."""
    (tmp_path / "gone.json").symlink_to("nowhere")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["splint", "check", "gone.json", "--output-format", "json"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    report = json.loads(capfd.readouterr().out)
    VALIDATORS["report"].validate(report)
    assert report["errors"]


@pytest.mark.parametrize(
    "change",
    [
        ("severity", "fatal"),
        ("range", {"start": {"line": 0, "column": 1, "offset": 0}, "end": {"line": 1, "column": 1, "offset": 0}}),
        ("range", {"start": {"line": 1, "column": 1, "offset": -1}, "end": {"line": 1, "column": 1, "offset": 0}}),
        ("related", None),
        ("document", "1"),
        ("suppressed", {"kind": "magic", "path": "a", "line": 1, "reason": ""}),
        ("pointer", None),
    ],
    ids=str,
)
def test_a_report_that_is_none_is_refused(change: tuple[str, Any]) -> None:
    """A finding with a wrong part is none."""
    report = json.loads(splint.check(json.dumps({"campaign": {"budget": 0}})).to_json())
    VALIDATORS["report"].validate(report)
    report["diagnostics"][0][change[0]] = change[1]
    assert not VALIDATORS["report"].is_valid(report)
