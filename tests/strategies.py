"""Hypothesis strategies of valid payloads, invalid payloads and arbitrary bytes; and what tests do with payloads."""

import copy
import json
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

import yaml
from hypothesis import strategies as st

from splint import check
from splint.formats import reference_tokens, value_at
from splint.reporting.report import Report
from splint.run.linter import Linter
from splint.run.pipeline import SourceFile
from splint.schema.kinds import BOOLEAN, ID, INT64, INTEGER, NUMBER, OBJECT, TEXT, Either, Kind, ListOf, Shape, Spec
from splint.testing import BASES

AS_OF = "2026-03-21"
LINTER = Linter(as_of=AS_OF)
SUFFIXES = tuple(
    suffix for reader in LINTER.registry.readers if reader.with_column is None for suffix in reader.suffixes
)
"""The suffixes of texts: tables of rows have tests of their own."""
HOST = "https://business-api.tiktok.com/open_api/v1.3/smart_plus"

LETTERS = st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp"))
"""What JSON and YAML write alike."""
TEXTS = st.text(LETTERS, max_size=12)
IDS = st.sampled_from(["7000000000000000001", "1800000000000000001", "1800000000000000002", "{{id}}", "CAMPAIGN_ID"])
NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False) | st.integers(0, 40)
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS | IDS
JSON_VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=12
)
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "event_sources": st.lists(st.sampled_from(["pixel", "events_api", "Pixel"]), max_size=2),
        "historical_cpa": NUMBERS | st.just(20),
        "currency": st.sampled_from(["USD", "JPY", "XXX"]),
        "scopes": st.lists(st.sampled_from(["Ads Management > Upgraded Smart Plus Ads", "x"]), max_size=2),
        "delivery_start": st.sampled_from(["2026-03-20", "9999-12-31", "0001-01-01", "soon"]),
        "last_bid_change": st.sampled_from(["2026-03-20", "9999-12-31", "0001-01-01", "soon"]),
    },
)
CHOICES: Mapping[str, tuple[Any, ...]] = {
    "objective_type": ("WEB_CONVERSIONS", "LEAD_GENERATION"),
    "budget_optimize_on": (True, False),
    "budget_mode": (
        "BUDGET_MODE_TOTAL",
        "BUDGET_MODE_DAY",
        "BUDGET_MODE_DYNAMIC_DAILY_BUDGET",
        "BUDGET_MODE_INFINITE",
        "BUDGET_MODE_WEEK",
    ),
    "budget": (0, 1, 99.99, 500, 10**18, 1e308),
    "min_budget": (5, 50),
    "max_budget": (5, 10),
    "optimization_goal": ("CONVERT", "CLICK", "TRAFFIC_LANDING_PAGE_VIEW", "REACH"),
    "bid_type": ("BID_TYPE_NO_BID", "BID_TYPE_CUSTOM", "BID_TYPE_MAX"),
    "bid_price": (15, 15.0, 0),
    "conversion_bid_price": (15, 17.5),
    "roas_bid": (1.5,),
    "deep_bid_type": ("VO_MIN_ROAS",),
    "vbo_window": ("SEVEN_DAYS",),
    "schedule_type": ("SCHEDULE_FROM_NOW", "SCHEDULE_START_END"),
    "schedule_start_time": ("2026-04-01 00:00:00", "2026-04-01T00:00:00Z", "0001-01-01T00:00:00+10:00", "soon"),
    "schedule_end_time": ("2026-04-30 23:59:59", "9999-12-31T23:59:59-10:00", "2026-02-30 00:00:00"),
    "placement_type": ("PLACEMENT_TYPE_NORMAL", "PLACEMENT_TYPE_AUTOMATIC"),
    "placements": (["PLACEMENT_TIKTOK"], []),
    "targeting_optimization_mode": ("AUTOMATIC", "MANUAL"),
    "identity_type": ("CUSTOMIZED_USER", "AUTH_CODE", "TT_USER", "BC_AUTH_TT"),
    "tiktok_item_id": ("7500000000000000001",),
    "ad_format": ("SINGLE_VIDEO", "CAROUSEL_ADS"),
}
"""Values, right and wrong, that the rules tell apart."""
NASTY: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        -0.0,
        0.5,
        1e308,
        5e-324,
        2**63 - 1,
        -(2**63),
        "",
        " ",
        "0",
        "²",
        "true",
        "A\nB",
        "x" * 300,
    ),
    *("\u2028", "\x00", "😀", "\u202e", "__AID__", "$X", "${X}", "{{x}}", "<X>", "YOUR_X", "[your id]", "X_ID", ":"),
    *("https://[", "https://[::1", "http://\u2100.com", "https://a.b:99999/", "https://%zz", "mailto:x", "a:b", "//"),
    *("2026-02-30 00:00:00", "0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59-23:00", "1e999", "nan", "9" * 400),
    *([], {}, [None], [{}], [[]], {"a": 1}, ["a"], [1, True, None], {"": None}, {"a/b~c": {"d": [1]}}),
)
"""Values that break what nobody thought of."""


def at(value: Any, pointer: str) -> Any:
    """The value at a pointer."""
    return value_at(value, reference_tokens(pointer))


def logged(path: str, body: dict[str, Any]) -> dict[str, Any]:
    """A request of an advertiser as a log has it: the endpoint by its path, and the body."""
    return {"endpoint": f"/v1.3/smart_plus/{path}/", "body": {"advertiser_id": "1", **body}}


def found(value: Any) -> list[tuple[str, str]]:
    """The codes of what counts in a value, with the pointers."""
    return [(one.code, one.pointer) for one in check(value, as_of=AS_OF).active]


def lint(
    files: Mapping[str, str | bytes] | Iterable[tuple[str, str | bytes]], *, named: bool = True, linter: Linter = LINTER
) -> Report:
    """The report on documents by name, read in the order given."""

    def sources() -> Iterator[SourceFile]:
        for name, data in files.items() if isinstance(files, Mapping) else files:
            reader = linter.registry.reader_for(name)
            assert reader is not None, name
            stream = BytesIO(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
            yield SourceFile(name, stream, reader, named)

    return linter.lint(sources())


def findings(report: Report) -> list[tuple[str, str, str]]:
    """The sorted code, pointer and severity of the findings of a report."""
    return sorted((diagnostic.code, diagnostic.pointer, diagnostic.severity) for diagnostic in report.diagnostics)


def holders(value: Any) -> Iterator[Any]:
    """Every object and array of a value, the outermost first."""
    if isinstance(value, dict | list):
        yield value
        for entry in value.values() if isinstance(value, dict) else value:
            yield from holders(entry)


def typo(key: str) -> str:
    """A key with its last letter doubled."""
    return key + key[-1:]


@st.composite
def mutated(draw: st.DrawFn, bases: st.SearchStrategy[Any], values: tuple[Any, ...] = NASTY) -> Any:
    """A value with a few of its members changed, removed, duplicated or misspelt."""
    value = copy.deepcopy(draw(bases))
    for _ in range(draw(st.integers(1, 4))):
        parent = draw(st.sampled_from([holder for holder in holders(value) if holder] or [[0]]))
        step = draw(st.sampled_from(sorted(parent) if isinstance(parent, dict) else range(len(parent))))
        act = draw(st.sampled_from(["set", "choose", "drop", "double", "misspell", "pack"]))
        if act == "set":
            parent[step] = copy.deepcopy(draw(st.sampled_from(values)))
        elif act == "choose" and step in CHOICES:
            parent[step] = copy.deepcopy(draw(st.sampled_from(CHOICES[step])))
        elif act == "drop":
            del parent[step]
        elif act == "pack":
            parent[step] = json.dumps(parent[step])
        elif act == "double" and isinstance(parent, list):
            parent.insert(step, copy.deepcopy(parent[step]))
        elif isinstance(parent, dict):
            parent[typo(step)] = parent.pop(step)
    return value


def _chosen(fields: Iterable[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={name: st.sampled_from(CHOICES[name]) for name in fields})


@st.composite
def bundles(draw: st.DrawFn) -> dict[str, Any]:
    """A bundle of a few ad groups and ads, with valid and invalid values."""
    base: dict[str, Any] = copy.deepcopy(BASES[draw(st.sampled_from(["cbo", "no-cbo"]))])
    (group,) = base["adgroups"]
    (ad,) = group.pop("ads")
    fields = [
        name for name in CHOICES if name not in ("objective_type", "ad_format", "identity_type", "tiktok_item_id")
    ]
    groups = []
    for _ in range(draw(st.integers(1, 3))):
        ads = []
        for info in draw(st.lists(_chosen(["ad_format", "identity_type", "tiktok_item_id"]), max_size=2)):
            made = copy.deepcopy(ad)
            made["creative_list"][0]["creative_info"].update(info)
            ads.append(made)
        groups.append({**copy.deepcopy(group), **draw(_chosen(fields)), "ads": ads})
    base["campaign"].update(draw(_chosen(["objective_type", "budget_optimize_on", "budget_mode", "budget"])))
    key = draw(st.sampled_from(["adgroups", "ad_groups"]))
    return {"campaign": base["campaign"], key: groups, "facts": draw(FACTS)}


def requests() -> st.SearchStrategy[dict[str, Any]]:
    """Envelopes and tool calls with a body; updates with the current object."""
    bodies = st.sampled_from(["ad-group", "ad"]).flatmap(
        lambda name: st.builds(
            lambda edits: {**BASES[name], **edits}, _chosen(["bid_type", "bid_price", "budget_mode"])
        )
    )
    ids = st.fixed_dictionaries({}, optional={"campaign_id": IDS, "adgroup_id": IDS})
    joined = st.builds(lambda body, own: {**body, **own}, bodies, ids)
    acts = st.sampled_from(
        ["campaign/create", "adgroup/create", "adgroup/update", "ad/create", "ad/get", "ad/status/update"]
    )
    envelopes = st.fixed_dictionaries(
        {"endpoint": acts.map(lambda act: f"/open_api/v1.3/smart_plus/{act}/"), "body": joined},
        optional={"method": st.sampled_from(["POST", "GET"]), "current": joined, "facts": FACTS},
    )
    tools = st.fixed_dictionaries(
        {"tool_name": acts.map(lambda act: f"smart_plus_{act.replace('/', '_')}"), "params": joined}
    )
    return envelopes | tools


def events() -> st.SearchStrategy[Any]:
    """Pixel and Events API records, some of the same event."""
    record = st.fixed_dictionaries(
        {
            "event": st.sampled_from(["Purchase", "View"]),
            "event_time": st.sampled_from([1774000000, "2026-03-20T09:46:40Z"]),
        },
        optional={"event_id": st.sampled_from(["e1", "e2"])},
    )
    batches = st.builds(lambda data: {"event_source": "web", "data": data}, st.lists(record, max_size=3))
    return st.lists(batches | record.map(lambda entry: {"source": "pixel", **entry}), max_size=3)


def documents() -> st.SearchStrategy[Any]:
    """Any JSON value, mostly payloads."""
    payloads = bundles() | requests() | st.lists(bundles() | requests(), max_size=3) | events()
    return payloads | mutated(payloads) | JSON_VALUES


TEXT_EDGES = ("", " ", "²", "v1", "A_ID\n", "{{x}}", "a\n<b>", "\n\n<b> \r\n", "$X", "$x", "YOUR_ID", "[\nid]")
"""Texts on the edge of being absent or placeholders."""
NUMBER_EDGES = ("0", "07", "9223372036854775807", "9223372036854775808", "12345678901234567890", "-1", "1 ", "٣", "US")
"""Texts on the edge of being 64-bit numbers above zero."""


def values_of(spec: Spec) -> st.SearchStrategy[Any]:
    """Values for a shape, with edge cases; most are valid."""
    match spec:
        case Kind():
            return {
                TEXT: st.one_of(*[st.text(LETTERS, min_size=1, max_size=12)] * 9, st.sampled_from(TEXT_EDGES)),
                ID: st.one_of(*[st.text("0123456789", min_size=1, max_size=19)] * 9, st.sampled_from(TEXT_EDGES)),
                INT64: st.one_of(
                    *[st.integers(1, 2**63 - 1).map(str)] * 9, st.sampled_from((*TEXT_EDGES, *NUMBER_EDGES))
                ),
                NUMBER: NUMBERS | st.just(float("nan")),
                INTEGER: st.one_of(*[st.integers(-9, 9)] * 9, st.just(2.0)),
                BOOLEAN: st.booleans(),
            }[spec]
        case frozenset():
            return st.sampled_from(sorted(spec))
        case ListOf(item):
            return st.one_of(*[st.lists(values_of(item), min_size=1, max_size=3)] * 9, st.just([]))
        case Either(first, second):
            return values_of(first) | values_of(second)
    if spec is OBJECT:
        return st.dictionaries(TEXTS, SCALARS, max_size=3)
    return objects_of(spec)


@st.composite
def objects_of(draw: st.DrawFn, shape: Shape) -> dict[str, Any]:
    """An object with some of a shape's fields, sometimes with a nested payload or an unknown field."""
    names = draw(st.lists(st.sampled_from(sorted(shape.fields)), unique=True, max_size=5))
    made = {name: draw(values_of(shape.fields[name])) for name in names}
    extra = draw(st.sampled_from(["", "", "", "", "", "", "ads", "adgroups", "facts", "_note", "else"]))
    return {**made, extra: draw(JSON_VALUES)} if extra else made


@st.composite
def shuffled(draw: st.DrawFn, value: Any) -> Any:
    """The same value with the members of its objects in another order."""
    if isinstance(value, dict):
        return {key: draw(shuffled(value[key])) for key in draw(st.permutations(list(value)))}
    return [draw(shuffled(entry)) for entry in value] if isinstance(value, list) else value


def rendered(value: Any, suffix: str) -> str:
    """The text of a value in the format of a suffix."""
    text = json.dumps(value, ensure_ascii=False)
    match suffix:
        case ".yaml" | ".yml":
            return yaml.safe_dump(value, allow_unicode=True)
        case ".jsonc":
            return f"// a comment\n{text[:-1]}, /* and */ {text[-1:]}"
        case ".ndjson" | ".jsonl":
            return "\n".join(json.dumps(entry) for entry in (value if isinstance(value, list) else [value]))
        case ".sh":
            quoted = text.replace("'", "'\\''")
            return f"curl -X POST {HOST}/adgroup/create/ \\\n  -H 'Access-Token: $TOKEN' -d '{quoted}'\n"
        case ".md" | ".txt":
            return f"# Title\n\n```json\n{text}\n```\n\n```sh\n{rendered(value, '.sh')}```\n"
    return text


TOKENS = (
    *(
        b'"',
        b"'",
        b"{",
        b"}",
        b"[",
        b"]",
        b":",
        b",",
        b"\\",
        b"$(",
        b"`",
        b"<<EOF\n",
        b"EOF\n",
        b"&a ",
        b"*a",
        b"<<: *a",
    ),
    *(
        b"\0",
        b"\xff",
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf",
        b"\r",
        b"\n",
        b"\xe2\x80\xa8",
        b"```json\n",
        b"```\n",
        b"---\n",
    ),
    *(
        b"//",
        b"/*",
        b"#",
        b"| ",
        b"!t ",
        b"\\u003a",
        b"\\ud800",
        b"1e999",
        b"NaN",
        b"{{x}}",
        b"-d @- ",
        b"\t",
        b"? ",
        b"%",
    ),
)
"""What means something to one format or another."""


@st.composite
def noise(draw: st.DrawFn, suffix: str) -> bytes:
    """Arbitrary bytes: random ones, and files of a format, truncated and with tokens inserted."""
    if draw(st.integers(0, 3)) == 0:
        return draw(st.binary(max_size=60) | st.lists(st.sampled_from(TOKENS), max_size=12).map(b"".join))
    data = rendered(draw(documents()), suffix).encode("utf-8", "surrogatepass")
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(data)))
        size = draw(st.sampled_from([0, 0, 1, 1, 5, len(data)]))
        data = data[:start] + draw(st.sampled_from(TOKENS)) + data[start + size :]
    return data
