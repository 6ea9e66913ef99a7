"""The models, and the shapes that are generated from them."""

import importlib
import pkgutil
import subprocess
import sys
from typing import Any, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from splint import models
from splint.models.fields import Model, OpenModel
from splint.schema import generate, table
from splint.schema import table as shapes
from splint.schema.kinds import BOOLEAN, ID, INT64, INTEGER, NUMBER, OBJECT, TEXT, Either, Kind, ListOf, Shape, Spec
from splint.schema.table import SHAPES
from splint.schema.values import VALUES as SDK
from tests.grids import few

MODELS: list[type[Model]] = [getattr(models, name) for name in models.__all__]
EACH_MODEL = pytest.mark.parametrize("model", MODELS, ids=models.__all__)
ALL_FIELDS = [(shape, name, spec) for shape in SHAPES.values() for name, spec in shape.fields.items()]

MONEY = ("budget", "min_budget", "max_budget", "bid_price", "conversion_bid_price", "roas_bid")


def test_models_exports_every_model_in_order() -> None:
    modules = [importlib.import_module(f"splint.models.{info.name}") for info in pkgutil.iter_modules(models.__path__)]
    defined = {
        name
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, Model) and value not in (Model, OpenModel)
    }
    assert models.__all__ == sorted(defined)


def test_the_generated_module_is_formatted() -> None:
    pytest.importorskip("ruff")
    command = [sys.executable, "-m", "ruff", "format", "--no-cache", "--check", table.__file__]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_shapes_need_no_pydantic() -> None:
    code = "import sys, splint.schema.table; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("place", "written"),
    few(
        [
            ("Campaign.advertiser_id", "INT64"),
            ("Campaign.request_id", "ID"),
            ("Campaign.budget", "NUMBER"),
            ("Campaign.budget_mode", "TEXT"),
            ("Campaign.budget_optimize_on", "BOOLEAN"),
            ("Campaign.special_industries", "ListOf(TEXT)"),
            ("AdGroup.budget_mode", "TEXT"),
            ("AdGroup.targeting_spec", "TARGETING"),
            ("AdGroupUpdate.pacing", "TEXT"),
            ("Targeting.device_price_ranges", "ListOf(INTEGER)"),
            ("Targeting.shopping_ads_retargeting_actions_days", "NUMBER"),
            ("Action.action_period", "INTEGER"),
            ("Ad.creative_list", "ListOf(CREATIVE)"),
            ("Ad.call_to_action_list", "ListOf(Either(CALL_TO_ACTION, TEXT))"),
            ("AdUpdate.smart_plus_ad_id", "INT64"),
            ("AdConfiguration.call_to_action_list", "ListOf(Either(CALL_TO_ACTION, TEXT))"),
            ("AdConfiguration.product_info_enabled", "TEXT"),
            ("CreativeInfo.image_info", "Either(ListOf(IMAGE_INFO), IMAGE_INFO)"),
            ("CreativeInfo.music_info", "Either(MUSIC_INFO, ListOf(MUSIC_INFO))"),
            ("EventRecord.event_time", "Either(NUMBER, TEXT)"),
            ("EventRecord.user", "OBJECT"),
            ("Facts.delivery_start", "TEXT"),
        ],
        8,
    ),
)
def test_a_field_takes_its_documented_type(place: str, written: str) -> None:
    model, _, field = place.partition(".")
    assert generate.code(SHAPES[model].fields[field]) == written


@EACH_MODEL
def test_a_shape_and_a_model_have_the_same_fields_of_the_same_types(model: type[Model]) -> None:
    """The JSON Schema that pydantic makes of the model is the witness."""
    shape = SHAPES[model.__name__]
    properties = model.model_json_schema().get("properties", {})
    for schema in properties.values():
        schema.pop("title", None)
        schema.pop("description", None)
    expected = {
        name: {"anyOf": [*_alternatives(spec), {"type": "null"}], "default": None}
        for name, spec in shape.fields.items()
    }
    assert _comparable(properties) == expected
    assert shape.open == issubclass(model, OpenModel)


JSON_TYPES = {TEXT: "string", ID: "string", INT64: "string", NUMBER: "number", INTEGER: "integer", BOOLEAN: "boolean"}


def _schema(spec: Spec) -> dict[str, Any]:
    match spec:
        case Kind():
            return {"type": JSON_TYPES[spec]}
        case frozenset():
            return {"type": "string", "enum": sorted(spec)}
        case ListOf(item):
            return {"type": "array", "items": _schema(item)}
        case Either():
            return {"anyOf": _alternatives(spec)}
    return {"type": "object", "additionalProperties": True} if spec is OBJECT else {"$ref": f"#/$defs/{spec.name}"}


def _alternatives(spec: Spec) -> list[dict[str, Any]]:
    return [_schema(part) for part in (spec if isinstance(spec, Either) else (spec,))]


def _comparable(schema: Any) -> Any:
    """A schema with its enumerations sorted, and without the examples, which are VALUES' business."""
    if isinstance(schema, list):
        return [_comparable(item) for item in schema]
    if isinstance(schema, dict):
        return {
            key: sorted(item) if key == "enum" else _comparable(item)
            for key, item in schema.items()
            if key != "examples"
        }
    return schema


def _entry(spec: Spec) -> Spec:
    """What the field holds, or an entry of its list."""
    return spec.item if isinstance(spec, ListOf) else spec


def _choices(spec: Spec) -> frozenset[str] | None:
    item = _entry(spec)
    return item if isinstance(item, frozenset) else None


def test_a_field_has_the_same_enumeration_wherever_it_occurs() -> None:
    """Only a status request deletes; in the other models a value that is added to one of them is added to all."""
    found: dict[str, set[frozenset[str] | None]] = {}
    for _, name, spec in ALL_FIELDS:
        found.setdefault(name, set()).add(_choices(spec))
    status = frozenset({"ENABLE", "DISABLE"})
    assert found.pop("operation_status") == {status, status | {"DELETE"}}
    assert {name: choices for name, choices in found.items() if len(choices) > 1} == {}
    assert sum(choices != {None} for choices in found.values()) > 5


def test_ids_are_the_fields_that_are_called_so() -> None:
    for shape, name, spec in ALL_FIELDS:
        assert (spec in (ID, INT64)) == name.endswith("_id"), (shape, name)
        assert (isinstance(spec, ListOf) and _entry(spec) in (ID, INT64)) == name.endswith("_ids"), (shape, name)


OPAQUE = {
    *("Campaign.request_id", "AdGroup.request_id", "Ad.request_id"),
    *("Campaign.rta_id", "AdGroup.deep_funnel_event_source_id", "AdGroup.minis_id", "AdGroup.messaging_app_account_id"),
    *("AdGroup.identity_id", "AdConfiguration.identity_id", "CreativeInfo.identity_id", "VideoInfo.video_id"),
    *("AdConfiguration.identity_authorized_bc_id", "CatalogCreativeInfo.catalog_template_video_id", "AppConfig.app_id"),
    *("TrackingInfo.tracking_pixel_id", "TrackingInfo.tracking_offline_event_set_ids", "Targeting.isp_ids"),
    *("EventRecord.event_id", "EventBatch.event_source_id", "PixelRecord.event_id"),
}
"""The ids that TikTok's SDK does not check, and request_id, which a rule of its own does."""


def test_the_ids_that_the_sdk_takes_as_numbers_are_so_in_the_table() -> None:
    found = {
        f"{shape.name}.{name}"
        for shape, name, spec in ALL_FIELDS
        if _entry(spec) is ID and not shape.name.endswith("Update")
    }
    assert found == OPAQUE


def test_the_values_of_the_sdk_are_those_of_texts_that_have_no_enumeration() -> None:
    """None stands there twice, and none is both taken and refused."""
    specs = {f"{shape.name}.{name}": spec for shape, name, spec in ALL_FIELDS}
    for field, (valid, invalid) in {field: (values.valid, values.invalid) for field, values in SDK.items()}.items():
        model, _, name = field.partition(".")
        assert _entry(specs.get(field) or specs[f"{model}Update.{name}"]) is TEXT, field
        assert valid, field
        assert len({*valid, *invalid}) == len(valid) + len(invalid), field
    assert SDK["AdGroup.pacing"].valid == ("PACING_MODE_FAST", "PACING_MODE_SMOOTH")
    assert SDK["AdGroup.optimization_event"] is SDK["AdGroup.deep_funnel_optimization_event"]


@pytest.mark.parametrize("field", sorted(SDK))
def test_a_json_schema_shows_the_values_of_the_sdk_as_examples(field: str) -> None:
    model, _, name = field.partition(".")
    of_update = getattr(models, f"{model}Update", getattr(models, model))
    assert f"'examples': {list(SDK[field].valid)}" in str(of_update.model_json_schema()["properties"][name])


def test_every_money_field_is_a_number() -> None:
    lists = {"AdGroupBudgetUpdate": "budget"}
    amounts = [spec for shape, name, spec in ALL_FIELDS if name in MONEY and lists.get(shape.name) != name]
    assert set(amounts) == {NUMBER}


def test_only_events_are_open() -> None:
    assert {shape.name for shape in SHAPES.values() if shape.open} == {"EventBatch", "EventRecord", "PixelRecord"}


@pytest.mark.parametrize(
    ("create", "update", "own"),
    few(
        [
            ("Campaign", "CampaignUpdate", {"campaign_id"}),
            ("AdGroup", "AdGroupUpdate", {"adgroup_id", "pacing"}),
            ("Ad", "AdUpdate", {"smart_plus_ad_id"}),
            ("StatusUpdate", "CampaignStatusUpdate", {"campaign_ids", "postback_window_mode"}),
            ("StatusUpdate", "AdGroupStatusUpdate", {"adgroup_ids"}),
            ("StatusUpdate", "AdStatusUpdate", {"smart_plus_ad_ids"}),
        ],
        2,
    ),
)
def test_an_update_takes_what_its_create_takes_and_its_own_fields(create: str, update: str, own: set[str]) -> None:
    before, after = SHAPES[create].fields, SHAPES[update].fields
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() == own
    assert issubclass(getattr(models, update), getattr(models, create))
    typed = set(get_type_hints(getattr(shapes, f"{create}Fields")))
    assert typed >= after.keys()


@EACH_MODEL
def test_every_field_may_be_left_out_and_none_is_refused(model: type[Model]) -> None:
    assert model().model_dump(exclude_unset=True) == {}
    for name, field in model.model_fields.items():
        assert field.get_default() is None, name
        assert (field.alias, field.discriminator, field.metadata) == (None, None, []), name
    assert model.model_validate({"of_my_own": [1]}).model_dump(exclude_unset=True) == {"of_my_own": [1]}


VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    TEXT: st.text(max_size=5),
    ID: st.text("0123456789", min_size=1, max_size=19),
    INT64: st.integers(1, 2**63 - 1).map(str),
    NUMBER: st.integers(-(10**9), 10**9) | st.floats(allow_nan=False),
    INTEGER: st.integers(),
    BOOLEAN: st.booleans(),
}


def _values(spec: Spec) -> st.SearchStrategy[Any]:
    match spec:
        case Kind():
            return VALUES[spec]
        case frozenset():
            return st.sampled_from(sorted(spec))
        case ListOf(item):
            return st.lists(_values(item), max_size=2)
        case Either(first, second):
            return _values(first) | _values(second)
    if spec is OBJECT:
        return st.dictionaries(st.sampled_from(["email", "value"]), st.integers() | st.text(max_size=3))
    names = st.sets(st.sampled_from(sorted(spec.fields)), max_size=3)
    return names.flatmap(
        lambda some: st.fixed_dictionaries({name: _values(spec.fields[name]) for name in sorted(some)})
    )


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(list(SHAPES.values())).flatmap(lambda shape: st.tuples(st.just(shape), _values(shape))))
def test_what_a_shape_takes_comes_back_from_its_model_as_it_was(drawn: tuple[Shape, dict[str, Any]]) -> None:
    shape, raw = drawn
    assert getattr(models, shape.name).model_validate(raw).model_dump(exclude_unset=True) == raw


def test_a_payload_is_built_from_models() -> None:
    info = models.CreativeInfo(ad_format="SINGLE_VIDEO", video_info=models.VideoInfo(video_id="v1"))
    ad = models.Ad(
        creative_list=[models.Creative(creative_info=info)],
        call_to_action_list=["SHOP_NOW", models.CallToAction(call_to_action="LEARN_MORE")],
    )
    assert ad.model_dump(exclude_unset=True) == {
        "creative_list": [{"creative_info": {"ad_format": "SINGLE_VIDEO", "video_info": {"video_id": "v1"}}}],
        "call_to_action_list": ["SHOP_NOW", {"call_to_action": "LEARN_MORE"}],
    }


def test_a_model_takes_values_that_are_not_documented() -> None:
    """Judging them is what splint is for."""
    assert models.Campaign(operation_status="PAUSED").operation_status == "PAUSED"
    assert models.Targeting(age_groups=["AGE_0_12"]).age_groups == ["AGE_0_12"]
    assert models.CampaignUpdate(campaign_id="YOUR_CAMPAIGN_ID", budget=-1).budget == -1


@pytest.mark.parametrize(
    ("place", "expected"),
    few(
        [
            ("CampaignFields.budget_optimize_on", bool | None),
            ("CampaignFields.campaign_id", str | None),
            ("AdGroupFields.budget", float | None),
            ("AdGroupFields.placements", list[str] | None),
            ("AdGroupFields.targeting_spec", dict[str, Any] | None),
            ("TargetingFields.device_price_ranges", list[int] | None),
            ("AdFields.creative_list", list[Any] | None),
            ("CreativeInfoFields.music_info", Any),
            ("StatusUpdateFields.smart_plus_ad_ids", list[str] | None),
            ("AdGroupBudgetUpdateFields.budget", list[Any] | None),
        ],
        4,
    ),
)
def test_a_node_field_is_typed_and_none_until_known(place: str, expected: object) -> None:
    name, _, field = place.partition(".")
    fields = getattr(shapes, name)
    assert get_type_hints(fields)[field] == expected
    assert getattr(fields, field) is None


def test_no_field_bears_the_name_of_what_every_node_has() -> None:
    common = {"document", "facts", "finding", "kind", "known", "lacks", "parent", "place", "pointer", "raw"}
    assert (common | {"request", "tree", "unknown"}).isdisjoint({name for _, name, _ in ALL_FIELDS})


@pytest.mark.parametrize("value", [True, "500", "1e3"])
def test_a_model_takes_no_number_that_a_request_would_not(value: object) -> None:
    """What TikTok reads a field as, a value of another type is none of it: true is no amount of 1."""
    shapes = [(shape.name, name) for shape, name, spec in ALL_FIELDS if spec is NUMBER]
    assert ("Campaign", "budget") in shapes
    for model, name in shapes:
        with pytest.raises(ValidationError):
            getattr(models, model)(**{name: value})
        assert getattr(getattr(models, model)(**{name: 500}), name) == 500
