"""Settings: what each key takes, which file counts, what wins over what, and where errors point."""

import json
import os
import re
import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import splint as package
from splint.cli.json_schema import schema
from splint.settings.config import Config, ConfigError
from splint.settings.globs import Globs
from splint.settings.keys import KEYS, field
from splint.settings.places import places
from splint.settings.resolver import Resolver
from splint.settings.versions import allows
from splint.testing import BASES
from tests.command import Command
from tests.command import Outcome as Ended
from tests.grids import diagonal

BAD = json.dumps({**BASES["cbo"], "campaign": {**BASES["cbo"]["campaign"], "budget": 0}})
"""A bundle with an SPL106."""
HOUSE = """\
import splint
from splint.payloads.nodes import Campaign

@splint.rule("X001", "house-rule", on=Campaign, level="error", section="1", basis="sanity")
def house_rule(campaign):
    '''The house is heard.'''
    yield campaign.finding("budget", "the house is here", "go")

@splint.hookimpl
def splint_rules():
    return splint.Pack("house", "X", "House", None, (house_rule,))
"""


class Outcome(Ended):
    """How a run ended, and what its concise output says."""

    @property
    def findings(self) -> list[str]:
        """`PATH CODE` of what concise output holds."""
        rows = re.findall(r"^([^:\n]+):\d+:\d+: (?:\w+\[)?(\w+)", self.out, re.MULTILINE)
        return [f"{path} {code}" for path, code in rows]


Splint = Callable[..., Outcome]


def write(root: Path, **files: str) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, newline="")
    return root


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write(tmp_path, **{"house.py": HOUSE, "base.toml": "", "a.json": BAD})


@pytest.fixture
def splint(command: Command) -> Splint:
    return lambda *arguments: Outcome(*command(*arguments))


def in_force(directory: Path | str = ".", **options: Any) -> Config:
    return Resolver(**options).config_at(str(Path.cwd() / directory))


# -- keys ----------------------------------------------------------------------------------------------------------

GOOD: dict[str, list[tuple[str, Any]]] = {
    "extend": [('extend = "base.toml"', None)],
    "required-version": [
        (f'required-version = "{package.__version__}"', None),
        ('required-version = ">=0.1, <99"', None),
        ('required-version = ">= 0.0.1"', None),
    ],
    "profile": [('profile = "reference"', "reference")],
    "objectives": [
        ('objectives = ["WEB_CONVERSIONS", "LEAD_GENERATION"]', ("WEB_CONVERSIONS", "LEAD_GENERATION")),
    ],
    "select": [('select = ["SPL2", "SPL106"]', ("SPL2", "SPL106")), ("select = []", ())],
    "extend-select": [('extend-select = ["SPL106"]', ("SPL106",))],
    "ignore": [('ignore = ["SPL106",\n "SPL101"]', ("SPL106", "SPL101"))],
    "severity": [
        ('[severity]\nSPL106 = "info"', {"SPL106": "info"}),
        ('severity.SPL1 = "error"', {"SPL1": "error"}),
        ('severity = {SPL1 = "warning"}', {"SPL1": "warning"}),
    ],
    "per-file-ignores": [('[per-file-ignores]\n"a*" = ["SPL1"]', None), ("per-file-ignores = {}", ())],
    "overrides": [
        ('[[overrides]]\nignore = ["SPL1"]', None),
        ('overrides = [{files = ["a"], pointers = ["/a/*", ""], severity = {SPL1 = "info"}, ignore = []}]', None),
        ("overrides = []", ()),
    ],
    "templates": [('templates = ["t/*.json"]', None)],
    "include": [('include = ["p", "*.yaml"]', None), ("include = []", ())],
    "exclude": [('exclude = ["p/"]', None), ("exclude = []", ())],
    "require-payloads": [("require-payloads = true", True), ("require-payloads = false", False)],
    "respect-gitignore": [("respect-gitignore = false", False)],
    "force-exclude": [("force-exclude = true", True)],
    "facts": [
        ('[facts]\nevent_sources = ["pixel"]\ncurrency = "usd"', {"event_sources": ["pixel"], "currency": "USD"}),
        ('facts = {historical_cpa = 12.5, event_sources = "pixel, events_api"}', None),
        ("facts.delivery_start = 2026-04-01", {"delivery_start": "2026-04-01"}),
        ('facts.last_bid_change = "2026-04-01"', {"last_bid_change": "2026-04-01"}),
        ("facts.delivery_start = 2026-04-01T12:00:00Z", {"delivery_start": "2026-04-01"}),
        ('facts.scopes = ["ads"]', {"scopes": ["ads"]}),
    ],
    "as-of": [
        ("as-of = 2026-04-01", date(2026, 4, 1)),
        ('as-of = "2026-04-01"', datetime(2026, 4, 1, tzinfo=UTC)),
        ("as-of = 2026-04-01T12:00:00Z", datetime(2026, 4, 1, 12, tzinfo=UTC)),
        ('as-of = "2026-04-01T14:00:00+02:00"', datetime(2026, 4, 1, 12, tzinfo=UTC)),
    ],
    "plugins": [('plugins = ["./house.py"]', None), ('plugins = ["splint_guide"]', ("splint_guide",))],
    "rules": [("rules = {}", {}), ("[rules.X001]\nmost = 5", {"X001": {"most": 5}})],
    "no-ignores": [("no-ignores = true", True)],
    "baseline": [('baseline = "b.json"', "b.json")],
    "fail-on": [('fail-on = "never"', "never")],
    "fix": [("fix = true", True)],
    "unsafe-fixes": [("unsafe-fixes = true", True)],
    "exit-zero": [("exit-zero = true", True)],
    "output-format": [
        ('output-format = "json"', ("json",)),
        ('output-format = ["full", "json=x/a.json"]', ("full", "json=x/a.json")),
        ('output-format = "json=-"', ("json=-",)),
    ],
    "output-file": [('output-file = "out.txt"', "out.txt")],
    "lsp": [("lsp = {max-files = 20_000}", {"max-files": 20_000}), ("lsp = {}", {})],
    "max-findings": [("max-findings = 1", 1), ("max-findings = 100_000", 100_000)],
    "jobs": [("jobs = 4", 4), ("jobs = 0x10", 16)],
    "statistics": [("statistics = true", True)],
    "verbose": [("verbose = true", True)],
    "quiet": [("quiet = true", True)],
    "color": [('color = "never"', "never")],
}
GOOD_ROWS = [(key, text, value) for key, rows in GOOD.items() for text, value in rows]


def as_json(value: Any) -> Any:
    """TOML values as an editor hands them to a JSON Schema."""
    return json.loads(json.dumps(value, default=lambda moment: moment.isoformat()))


VALIDATOR = jsonschema.Draft202012Validator(schema("config"))


@pytest.mark.parametrize(("key", "text", "value"), GOOD_ROWS, ids=[text for _, text, _ in GOOD_ROWS])
@pytest.mark.parametrize("name", ["splint.toml", "pyproject.toml"])
def test_a_key_takes_its_values(name: str, key: str, text: str, value: Any, root: Path) -> None:
    """Each form of a key's value is read, the schema accepts it, and its origin is known."""
    if name == "pyproject.toml":
        text = re.sub(r"(?m)^(\[+)(?=[a-z])", r"\1tool.splint.", "[tool.splint]\n" + text).replace(
            "[tool.splint.tool.splint]", "[tool.splint]"
        )
    write(root, **{name: text})
    config = in_force()
    values = tomllib.loads(text)
    VALIDATOR.validate(as_json(values["tool"]["splint"] if name == "pyproject.toml" else values))
    if key in ("extend", "required-version"):
        assert config._replace(origins={}, project=None) == Config()
        return
    assert str(config.origins[field(key)]).startswith(f"{name}:")
    if value is not None:
        assert getattr(config, field(key)) == value
    else:
        assert getattr(config, field(key)) != Config._field_defaults[field(key)]


def test_every_field_has_its_key() -> None:
    """Keys and fields of Config belong to each other, and each key has good and wrong values below."""
    fields = {field(key) for key in KEYS if key not in ("extend", "required-version")}
    assert fields == set(Config._fields) - {
        "column",
        "facts",
        "lacks_rules",
        "layers",
        "left_out",
        "mistakes",
        "origins",
        "project",
    }
    assert set(GOOD) == set(KEYS) == {key for key, _ in WRONG_ROWS}
    assert list(schema("config")["properties"]) == list(KEYS)


HUGE = "9" * 400
"""No double."""
WRONG: dict[str, list[tuple[str, int, str]]] = {
    "extend": [
        ("extend = 5", 1, "extend is 5, but takes a text"),
        ('extend = ""', 1, "but takes a text that is not empty"),
        ('\nextend = "nope.toml"', 2, "extend: there is no file nope.toml"),
        ('extend = "."', 1, "extend: there is no file ."),
        ('extend = "a\\u0000b"', 1, "extend: there is no file"),
        ('extend = "splint.toml"', 1, "leads back"),
    ],
    "required-version": [
        ('required-version = ">=99"', 1, f"but this is splint {package.__version__}"),
        ('required-version = "0.0.1"', 1, "install the one that is required"),
        ('nonsense = 1\nrequired-version = ">=99"', 2, "install the one that is required"),
        ('required-version = "new"', 1, 'takes a version such as "0.1.0"'),
        ("required-version = 0.1", 1, "required-version is 0.1, but takes a text"),
        (f"required-version = {HUGE}", 1, "required-version is a number above 1e308, but takes a text"),
        (f'required-version = "{"9" * 5000}"', 1, "required-version"),
    ],
    "profile": [
        ('profile = "guides"', 1, 'profile is "guides", but takes guide or reference: did you mean guide?'),
        ("profile = true", 1, "takes guide or reference"),
        (f"profile = {HUGE}", 1, "profile is a number above 1e308, but takes guide or reference"),
    ],
    "objectives": [
        ("objectives = []", 1, "objectives: the list is empty: name at least WEB_CONVERSIONS"),
        ('objectives = "REACH"', 1, 'objectives is "REACH", but takes a list of texts'),
        ('objectives = [\n  "WEB_CONVERSION"]', 2, "'WEB_CONVERSION' is no objective: did you mean WEB_CONVERSIONS?"),
        (
            'objectives = ["SALES_OF_CARS"]',
            1,
            "'SALES_OF_CARS' is no objective: there is WEB_CONVERSIONS, APP_PROMOTION",
        ),
    ],
    "select": [
        ('select = "SPL2"', 1, 'select is "SPL2", but takes a list of texts'),
        ('select = [\n  "SPL2",\n  5]', 3, "select[1] is 5, but takes a text"),
        ('select = ["SPL2", ""]', 1, 'select[1] is "", but takes a text'),
        (
            '# SPL666\nselect = [\n  # SPL666\n  "SPL2",\n  "SPL666",\n]',
            5,
            "'SPL666' is no rule's code, prefix or name",
        ),
        ('select = ["cbo-budget-mising"]', 1, "did you mean cbo-budget-missing?"),
    ],
    "extend-select": [
        ("extend-select = {}", 1, "extend-select is {}, but takes a list of texts"),
        ('extend-select = ["SPL2",\n"nope"]', 2, "'nope' is no rule's code"),
    ],
    "ignore": [
        ("ignore = nan", 1, "ignore is nan, but takes a list of texts"),
        ('select = ["SPL106"]\nignore = ["SPL107", "SPL10x"]', 2, "'SPL10x' is no rule's code"),
    ],
    "severity": [
        ('severity = "error"', 1, 'severity is "error", but takes a table'),
        ('[severity]\n# SPL106\nSPL106 = "errors"', 3, 'severity.SPL106 is "errors"'),
        ('[severity]\nSPL106 = "error"\n\nSPL777 = "error"', 4, "'SPL777' is no rule's code"),
        ('[severity]\nSPL106 = "off"', 2, "takes error, warning or info"),
        ('severity = {SPL106 = "error",  SPL101 = 1}', 1, "severity.SPL101 is 1"),
        ('[severity]\n"ü x" = "error"', 2, "'ü x' is no rule's code"),
    ],
    "per-file-ignores": [
        ("[[per-file-ignores]]\na = 1", 1, "but takes a table"),
        ('[per-file-ignores]\n"a*" = "SPL1"', 2, 'per-file-ignores."a*" is "SPL1", but takes a list of texts'),
        ('[per-file-ignores]\n"a" = ["SPL1"]\n"b" = ["SPL1",\n "SPL888"]', 4, "'SPL888' is no rule's code"),
        ('[per-file-ignores]\n"../a" = ["SPL1"]', 2, "'../a' fits nothing"),
        (
            '[per-file-ignores]\n"a" = ["SPL1"]\n"!a/b" = ["SPL1"]',
            3,
            '\'!a/b\' takes back nothing, as it is alone: write [[overrides]] with files = ["*", "!a/b"] and an ignore',
        ),
    ],
    "overrides": [
        ("overrides = {}", 1, "overrides is {}, but takes a list of tables: write [[overrides]]"),
        ("overrides = [5]", 1, "overrides[0] is 5, but takes a table"),
        (
            '[[overrides]]\nignore = ["SPL1"]\n[[overrides]]\nfile = ["a"]',
            4,
            "file is no key here: did you mean files?",
        ),
        ('[[overrides]]\nignore = ["SPL1"]\n\n[[overrides]]\nfiles = ["a"]', 4, "overrides[1] changes nothing"),
        ('[[overrides]]\nignore = ["SPL1"]\npointers = ["/a",\n"b"]', 4, "'b' is no pointer: write '/b'"),
        ('[[overrides]]\nignore = ["SPL1"]\npointers = ["/a~0~1b",\n"/a~2"]', 4, "'/a~2' is no pointer: a ~ in"),
        ('[[overrides]]\nignore = ["SPL1", "SPL999"]', 2, "'SPL999' is no rule's code"),
        ('[[overrides]]\n[overrides.severity]\nSPL106 = "info"\nSPL999 = "info"', 4, "'SPL999' is no rule's code"),
        ('[[overrides]]\n[overrides.severity]\nSPL106 = "infos"', 3, "overrides[0].severity.SPL106"),
        ('overrides = [{ignore = ["SPL1"]},\n {ignore = ["SPL1"], pointer = "/a"}]', 2, "did you mean pointers?"),
        ('[[overrides]]\nignore = ["SPL1"]\nfiles = "a"', 3, 'overrides[0].files is "a"'),
        ('[[overrides]]\nignore = ["SPL1"]\nfiles = ["a",\n"../b"]', 4, "'../b' fits nothing"),
    ],
    "templates": [('templates = "t"', 1, "takes a list of texts"), ('templates = ["../t"]', 1, "fits nothing")],
    "include": [("include = [1]", 1, "include[0] is 1, but takes a text")],
    "exclude": [
        ("exclude = [[]]", 1, "exclude[0] is [], but takes a text"),
        ('exclude = ["!../t"]', 1, "fits nothing"),
    ],
    "require-payloads": [
        ('require-payloads = ["payloads"]', 1, 'require-payloads is ["payloads"], but takes true or false'),
        ("require-payload = true", 1, "did you mean require-payloads?"),
    ],
    "respect-gitignore": [('respect-gitignore = "no"', 1, "takes true or false")],
    "force-exclude": [("force-exclude = 1", 1, "force-exclude is 1, but takes true or false")],
    "facts": [
        ("facts = []", 1, "facts is [], but takes a table"),
        ('currency = 1\n[facts]\ncurency = "USD"', 1, "currency is no key here"),
        ('[facts]\ncurrency = "USD"\ncurency = "USD"', 3, "curency is no fact: did you mean currency?"),
        ("[facts]\nhistorical-cpa = 1", 2, "did you mean historical_cpa?"),
        ('[facts]\n# historical_cpa = 1\nhistorical_cpa = "12"', 3, "takes a number above zero"),
        ("facts.historical_cpa = 0", 1, "is no number above zero"),
        ("facts.historical_cpa = nan", 1, "is no number above zero"),
        ("facts.historical_cpa = true", 1, "takes a number above zero"),
        (f"facts.historical_cpa = 1{'0' * 400}", 1, "too large"),
        ('facts.event_sources = ["pixel", "web"]', 1, "'web' is neither pixel nor events_api"),
        ('facts.event_sources = ["pixel",\n5]', 2, "facts.event_sources[1] is 5"),
        ("facts.delivery_start = 2026", 1, "takes a text"),
        ('facts.delivery_start = "soon"', 1, "is no date"),
        ("facts.currency = 2026-04-01", 1, "is no text"),
        ("facts.currency = {}", 1, "takes a text"),
        ('facts.currency = "RMB"', 1, "'RMB' is no currency code of ISO 4217: did you mean CNY?"),
        ('facts.currency = "XYZ"', 1, "is no currency code of ISO 4217: write three letters, such as USD"),
    ],
    "as-of": [
        ('as-of = "tomorrow"', 1, "'tomorrow' is no date or moment"),
        ("as-of = 2026", 1, "as-of is 2026, but takes a date or moment"),
        (f"as-of = {HUGE}", 1, "as-of is a number above 1e308, but takes a date or moment"),
        ("as-of = 07:30:00", 1, "but takes a date or moment"),
        ("as-of = 0001-01-01T00:00:00+14:00", 1, "is no moment in UTC"),
    ],
    "plugins": [
        ('plugins = "./house.py"', 1, "takes a list of texts"),
        ('plugins = ["./house.py",\n"./hose.py"]', 2, "plugins: there is no file ./hose.py"),
        (f"plugins = [\n0x{'f' * 5000}]", 2, "plugins[0] is a number above 1e308, but takes a text"),
        ('plugins = [\n"no_such_module_at_all"]', 2, "plugin no_such_module_at_all does not load"),
        ('plugins = [\n"./house.py",\n"./broken.py"]', 3, "does not load: ZeroDivisionError"),
    ],
    "rules": [
        ("rules = []", 1, "takes a table"),
        ("[rules]\n\nSPL210 = 5", 3, "rules.SPL210 is 5, but takes a table of options"),
        ("[rules.SPL210]\nmost = 5", 2, "rules.SPL210.most is no option of SPL210, which has none"),
    ],
    "no-ignores": [("no-ignores = []", 1, "takes true or false")],
    "baseline": [("baseline = true", 1, "takes a text"), ('baseline = "a\\u0000"', 1, "takes a path")],
    "fail-on": [('fail-on = "errors"', 1, "did you mean error?")],
    "fix": [("fix = 1", 1, "takes true or false")],
    "unsafe-fixes": [("unsafe-fixes = 0", 1, "takes true or false")],
    "exit-zero": [("exit-zero = 0", 1, "takes true or false")],
    "output-format": [
        ("output-format = []", 1, "takes a format or a list of them"),
        ("output-format = 5", 1, "takes a format or a list of them"),
        ('output-format = ["json", 5]', 1, "output-format[1] is 5"),
        ('\noutput-format = ["jsn"]', 2, "did you mean json?"),
    ],
    "output-file": [("output-file = []", 1, "takes a text")],
    "lsp": [
        ("lsp = 5000", 1, "lsp is 5000, but takes a table"),
        ("[lsp]\nmax-files = 0", 2, "lsp.max-files is 0, but takes a whole number from 1 on"),
        (f"[lsp]\nmax-files = {HUGE}", 2, "lsp.max-files is a number above 1e308"),
        ("[lsp]\nmost = 3", 2, "most is no key here: there is max-files"),
    ],
    "max-findings": [
        ("max-findings = true", 1, "max-findings is true, but takes a whole number from 1 on"),
        ("max-findings = 0", 1, "max-findings is 0"),
        (
            f"max-findings = {HUGE}",
            1,
            "is a number above 1e308, but takes a whole number from 1 on, of at most 64 bits",
        ),
        ('max-findings = "many"', 1, 'max-findings is "many"'),
    ],
    "jobs": [
        ("jobs = true", 1, "jobs is true, but takes a whole number from 1 to 1024"),
        ("jobs = 0", 1, "jobs is 0"),
        ("jobs = 2.0", 1, "jobs is 2.0"),
        ("jobs = nan", 1, "jobs is nan"),
        (f"jobs = 1{'0' * 40}", 1, "jobs is 1e+"),
        (f"jobs = {HUGE}", 1, "jobs is a number above 1e308, but takes a whole number from 1 to 1024"),
        (f"jobs = -{HUGE}", 1, "jobs is a number below -1e308"),
    ],
    "statistics": [("statistics = nan", 1, "statistics is nan")],
    "verbose": [("verbose = 2026-04-01", 1, "takes true or false")],
    "quiet": [("quiet = 'yes'", 1, 'quiet is "yes"')],
    "color": [('color = "allways"', 1, "did you mean always?")],
}
WRONG_ROWS = [(key, row) for key, rows in WRONG.items() for row in rows]
UNKNOWN = [
    ('selct = ["SPL2"]', 1, "selct is no key here: did you mean select?"),
    ('# selct\nselect = ["SPL106"] # selct\n\nselct = []', 4, "selct is no key here"),
    ('fail_on = "never"', 1, "fail_on is no key here: did you mean fail-on?"),
    ('extend-ignore = ["SPL2"]', 1, "extend-ignore is no key here: there is as-of, baseline,"),
    ('"ü\\n" = 1', 1, '"ü\\n" is no key here: there is as-of, baseline,'),
    ('"" = 1', 1, '"" is no key here'),
    ("[lint]\nselect = []", 1, "lint is no key here"),
    ("x.select = 1", 1, "x is no key here"),
    ("ignore = [\n '''\nselct = 1''']\nselct = 1", 4, "selct is no key here"),
    ('jobs = 1\r\n\r\nselct = ["SPL2"]\r\n', 3, "selct is no key here"),
]
CANNOT_SAY = re.compile(
    "no rule's code|which has none|there is no file|leads back|install the one|but this is|version such|fits nothing"
    "|does not load|did you mean (json|cbo-budget)|is no text|neither pixel|is no date$|no moment in UTC|takes a path"
    "|is no number|plugins.0. is a number|ISO 4217|required-version$|too large"
)
"""Messages about what a schema cannot know: rules, files, versions, calendars."""


def in_project(text: str) -> str:
    """Settings as they stand in pyproject.toml, below three lines of somebody else's."""
    head = '[project]\nname = "splint"\n[tool.splint]\n'
    lines = text.split("\n")
    return head + "\n".join(re.sub(r"^(\[\[?)(?=[a-z-]+[\].])", r"\1tool.splint.", line) for line in lines)


@pytest.mark.parametrize(
    ("row", "name"),
    diagonal([*(row for _, row in WRONG_ROWS), *UNKNOWN], ["splint.toml", "pyproject.toml"]),
    ids=lambda part: str(part)[:40],
)
def test_a_wrong_value_is_reported_with_its_place(
    row: tuple[str, int, str], name: str, root: Path, splint: Splint
) -> None:
    """A run ends with 2 and FILE:LINE of what is wrong, whichever file it stands in, and never with a traceback."""
    text, line, told = row
    write(root, **{"broken.py": "1 / 0"})
    if name == "pyproject.toml":
        text, line = in_project(text.replace('"splint.toml"', '"pyproject.toml"')), line + 3
    write(root, **{name: text})
    outcome = splint("check", "a.json")
    assert outcome.status == 2
    assert f"Error: {name}:{line}: " in outcome.err
    assert told in outcome.err
    assert "internal error" not in outcome.err


@pytest.mark.parametrize(
    "text", [text for text, _, told in (*(row for _, row in WRONG_ROWS), *UNKNOWN) if not CANNOT_SAY.search(told)]
)
def test_the_schema_refuses_what_is_wrong(text: str) -> None:
    """`splint schema config` says no to every wrong value, as far as a schema can."""
    value = tomllib.loads(text)
    assert not VALIDATOR.is_valid(as_json(value)) or any(isinstance(entry, float) for entry in value.values())


# -- files ---------------------------------------------------------------------------------------------------------

UNREADABLE: dict[str, tuple[str, bytes, str]] = {
    "no TOML": ("splint.toml", b"a = \n", "splint.toml:1:5: not TOML: invalid value"),
    "a key twice": ("splint.toml", b"jobs = 1\njobs = 1\n", "splint.toml:2:9: not TOML: cannot overwrite a value"),
    "cut off": ("splint.toml", b'x = """a\nb', "splint.toml:2:2: not TOML: "),
    "no UTF-8": ("splint.toml", b"jobs = 1\n# \xe9\n", "splint.toml:2: cannot be read: it is not UTF-8"),
    "UTF-16": ("splint.toml", "jobs = 1".encode("utf-16"), "splint.toml:1: cannot be read: it is not UTF-8"),
    "UTF-16 of ours": (
        "pyproject.toml",
        "[tool.splint]\njobs = 1".encode("utf-16"),
        "pyproject.toml:1: cannot be read: it is not UTF-8",
    ),
    "UTF-16 without a mark": (
        "pyproject.toml",
        "[tool.splint]\njobs = 1".encode("utf-16-le"),
        "pyproject.toml:1:2: not TOML",
    ),
    "nested too deep": ("splint.toml", b"x = " + b"[" * 9999, "splint.toml: not TOML: it nests too deep"),
    "a number too big": ("splint.toml", b"x = 1" + b"0" * 5000, "splint.toml: not TOML: a number in it is too big"),
    "a broken table of ours": ("pyproject.toml", b"[tool.splint]\na = \n", "pyproject.toml:2:5: not TOML"),
    "a broken dotted key of ours": ("pyproject.toml", b"[tool]\nsplint.a = \n", "pyproject.toml:2:12: not TOML"),
    "no table": ("pyproject.toml", b"[x]\n[tool]\n# splint\nsplint = 5", "pyproject.toml:4: tool.splint is no table"),
    "an array of tables": ("pyproject.toml", b"[[tool.splint]]", "pyproject.toml:1: tool.splint is no table"),
}


@pytest.mark.parametrize(("name", "data", "told"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_file_that_cannot_be_read_is_reported(name: str, data: bytes, told: str, root: Path, splint: Splint) -> None:
    """A broken settings file ends the run with 2, and the place of the fault."""
    (root / name).write_bytes(data)
    for command in ("check", "config"):
        outcome = splint(command)
        assert outcome.status == 2
        assert f"Error: {told}" in outcome.err


FOREIGN = {
    "no [tool.splint]": b'[tool.other]\nsplint = "x"',
    "broken": b"[tool.other\n",
    "broken, with a dependency on us": b'[project]\ndependencies = ["splint"\n[tool]',
    "no UTF-8": b"# \xe9\n[tool.other]",
    "UTF-16": "[tool.other]".encode("utf-16"),
    "tool is no table": b'tool = "splint"',
    "empty": b"",
}


@pytest.mark.parametrize("data", FOREIGN.values(), ids=FOREIGN.keys())
def test_a_project_of_somebody_else_is_passed_over(data: bytes, root: Path, splint: Splint) -> None:
    """A pyproject.toml without our table is none of our business, and the search goes on above it."""
    write(root, **{"splint.toml": 'ignore = ["ALL"]', "sub/a.json": BAD})
    (root / "sub" / "pyproject.toml").write_bytes(data)
    assert splint("check", "sub") == (0, "no findings in 3 payloads of 1 file\n", "")


SAME_PLACE: dict[str, tuple[dict[str, str], int]] = {
    "splint.toml wins": ({"splint.toml": "jobs = 2", "pyproject.toml": "[tool.splint]\njobs = 3"}, 2),
    "whatever stands beside it": ({"splint.toml": "jobs = 2", "pyproject.toml": "[tool.splint]\nx = "}, 2),
    "an empty one too": ({"splint.toml": "", "pyproject.toml": "[tool.splint]\njobs = 3"}, 0),
    "an empty table": ({"pyproject.toml": "[tool.splint]"}, 0),
    "a table of a table": ({"pyproject.toml": "[tool]\nsplint = {jobs = 3}"}, 3),
    "a dotted key": ({"pyproject.toml": "tool.splint.jobs = 3"}, 3),
    "a quoted key": ({"pyproject.toml": '[tool."splint"]\njobs = 3'}, 3),
    "BOM and CRLF": ({"splint.toml": "\ufeffjobs = 2\r\n"}, 2),
    "none": ({}, 9),
}


@pytest.mark.parametrize(("files", "jobs"), SAME_PLACE.values(), ids=SAME_PLACE.keys())
def test_one_file_of_a_directory_counts(files: dict[str, str], jobs: int, root: Path) -> None:
    """In one directory splint.toml comes before pyproject.toml; the closest directory with one of them counts alone."""
    write(root, **{"splint.toml": "jobs = 9", **{f"sub/{name}": text for name, text in files.items()}})
    assert (in_force("sub").jobs or 0) == (in_force("sub/further/down").jobs or 0) == jobs


@pytest.mark.parametrize("name", ["splint.toml", "pyproject.toml"])
@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
def test_settings_are_read_from_plain_files_alone(
    name: str, make: Callable[[Path], None], root: Path, splint: Splint
) -> None:
    (root / name).unlink(missing_ok=True)
    make(root / name)
    outcome = splint("check", "a.json")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.endswith(f"Error: {name}: it is no plain file, and settings are read from no other\n")


def test_each_file_has_the_closest_settings(root: Path, splint: Splint) -> None:
    """One run holds directories of different profiles, levels and rules."""
    guide = 'profile = "guide"\n[severity]\nSPL106 = "info"'
    reference = 'select = ["SPL106"]\nprofile = "reference"'
    write(root, **{"one/splint.toml": guide, "two/splint.toml": reference, "two/three/splint.toml": 'ignore = ["ALL"]'})
    write(root, **dict.fromkeys(("one/a.json", "two/a.json", "two/three/a.json", "two/four/a.json"), BAD))
    report = json.loads(splint("check", "one", "two", "--output-format", "json").out)
    levels = {(row["path"], row["severity"]) for row in report["diagnostics"] if row["code"] == "SPL106"}
    assert levels == {("one/a.json", "info"), ("two/a.json", "error"), ("two/four/a.json", "error")}


@pytest.mark.parametrize("silent", ["one", "two"])
def test_a_campaign_over_two_settings_is_judged_by_each(silent: str, root: Path, splint: Splint) -> None:
    """Of a campaign whose payloads lie in two directories each file hears what its own settings look for."""
    group = {name: value for name, value in BASES["cbo"]["adgroups"][0].items() if name != "ads"}
    for number, name in enumerate(("one", "two")):
        ids = {"campaign_id": "17", "advertiser_id": f"7{number}", "request_id": "1", "adgroup_name": name}
        write(root, **{f"{name}/g.json": json.dumps({**group, **ids, "optimization_event": f"EVENT_{number}"})})
        level = "info" if number else "warning"
        write(root, **{f"{name}/splint.toml": f'select = ["SPL4"]\nseverity = {{ALL = "{level}"}}'})
    report = json.loads(splint("check", "one", "two", "--output-format", "json").out)
    levels = {(row["path"], row["severity"]) for row in report["diagnostics"]}
    assert levels <= {("one/g.json", "warning"), ("two/g.json", "info")}
    assert levels
    write(root, **{f"{silent}/splint.toml": 'ignore = ["ALL"]'})
    report = json.loads(splint("check", "one", "two", "--output-format", "json").out)
    left = {(row["path"], row["severity"]) for row in report["diagnostics"]}
    assert left == {row for row in levels if not row[0].startswith(silent)}


# -- extend --------------------------------------------------------------------------------------------------------

EXTENDED: dict[str, tuple[str, str, dict[str, Any]]] = {
    "a value takes the other's place": ("jobs = 1", "jobs = 2", {"jobs": 1}),
    "what only the base says": ("", "jobs = 2", {"jobs": 2}),
    "ignore adds": ('ignore = ["SPL1"]', 'ignore = ["SPL2"]', {"ignore": ("SPL2", "SPL1")}),
    "extend-select adds": (
        'extend-select = ["SPL1"]',
        'extend-select = ["SPL2"]',
        {"extend_select": ("SPL2", "SPL1")},
    ),
    "select begins anew": (
        'select = ["SPL1"]',
        'select = ["SPL2"]\nignore = ["SPL3"]\nextend-select = ["SPL4"]',
        {"select": ("SPL1",), "ignore": (), "extend_select": ()},
    ),
    "tables are merged": (
        '[severity]\nSPL1 = "info"',
        '[severity]\nSPL1 = "error"\nSPL2 = "error"',
        {"severity": {"SPL1": "info", "SPL2": "error"}},
    ),
    "facts are merged": (
        "facts.historical_cpa = 2",
        'facts = {currency = "USD", historical_cpa = 1}',
        {"settings_facts": {"currency": "USD", "historical_cpa": 2}},
    ),
    "plugins take the place": ('plugins = ["splint_guide"]', "plugins = []", {"plugins": ("splint_guide",)}),
    "an empty exclude": ("exclude = []", 'exclude = ["x"]', {"exclude": ()}),
}


@pytest.mark.parametrize(("own", "base", "expected"), EXTENDED.values(), ids=EXTENDED.keys())
def test_extend_builds_on_another_file(own: str, base: str, expected: dict[str, Any], root: Path) -> None:
    """Tables are merged, words that silence or add rules are joined, anything else takes the other's place."""
    write(root, **{"base.toml": base, "splint.toml": f'extend = "base.toml"\n{own}'})
    config = in_force()
    assert {name: getattr(config, name) for name in expected} == expected


def test_extended_paths_are_those_of_the_file_that_says_them(root: Path, splint: Splint) -> None:
    """Patterns, plugins and files of an extended file are relative to it, and lists of entries are joined."""
    base = 'plugins = ["./house.py"]\nexclude = ["drafts"]\nbaseline = "b.json"\n[per-file-ignores]\n"/a.json" = ["X"]'
    write(root, **{"conf/base.toml": base, "conf/house.py": HOUSE})
    write(root, **{"p/splint.toml": 'extend = "../conf/base.toml"\n[per-file-ignores]\n"/b.json" = ["SPL1"]'})
    config = in_force("p")
    assert config.plugins == (str(root / "conf" / "house.py"),)
    assert config.exclude[0].root == str(root / "conf")
    assert config.baseline == "conf/b.json"
    assert [entry.files.root for entry in config.per_file_ignores] == [str(root / "conf"), str(root / "p")]
    assert splint("config", "p").status == 0


CHAINS: dict[str, tuple[dict[str, str], str]] = {
    "a circle": (
        {"splint.toml": 'extend = "b.toml"', "b.toml": '\nextend = "./splint.toml"'},
        "b.toml:2: extend: ./splint.toml leads back",
    ),
    "a missing file": (
        {"splint.toml": 'extend = "b.toml"', "b.toml": 'jobs = 1\nextend = "x/c.toml"'},
        "b.toml:2: extend: there is no file x/c.toml",
    ),
    "a project without our table": (
        {"splint.toml": 'extend = "sub/pyproject.toml"', "sub/pyproject.toml": ""},
        "splint.toml:1: extend: sub/pyproject.toml holds no [tool.splint]",
    ),
    "a wrong value": (
        {"splint.toml": 'extend = "b.toml"', "b.toml": "\njobs = 'x'"},
        'b.toml:2: jobs is "x", but takes',
    ),
    "another version": (
        {"splint.toml": 'extend = "b.toml"', "b.toml": "required-version = '9'"},
        "b.toml:1: required-version is 9",
    ),
    "a word of a joined list": (
        {"splint.toml": 'extend = "b.toml"\nignore = ["SPL1"]', "b.toml": 'ignore = [\n"SPL1",\n"SPLX"]'},
        "b.toml:3: ignore: 'SPLX'",
    ),
    "a word of a merged table": (
        {"splint.toml": 'extend = "b.toml"\nseverity.SPL1 = "info"', "b.toml": '\nseverity.SPLX = "info"'},
        "b.toml:2: severity: 'SPLX'",
    ),
    "a word of a joined table": (
        {
            "splint.toml": 'extend="b.toml"\n[per-file-ignores]\n"a"=["SPL1"]',
            "b.toml": '[per-file-ignores]\na=["SPLX"]',
        },
        "b.toml:2: 'SPLX'",
    ),
}


@pytest.mark.parametrize(("files", "told"), CHAINS.values(), ids=CHAINS.keys())
def test_an_error_in_an_extended_file_is_reported_there(
    files: dict[str, str], told: str, root: Path, splint: Splint
) -> None:
    """Errors in a chain of files name the file and line that say it."""
    write(root, **files)
    outcome = splint("check", "a.json")
    assert (outcome.status, f"Error: {told}" in outcome.err) == (2, True), outcome.err


def test_a_circle_through_a_link_ends(root: Path) -> None:
    """A file that extends itself by another name is found out."""
    write(root, **{"splint.toml": 'extend = "link.toml"'})
    (root / "link.toml").symlink_to("splint.toml")
    with pytest.raises(ConfigError, match="leads back"):
        in_force()


@pytest.mark.slow
def test_a_long_chain_is_read_to_its_end(root: Path) -> None:
    """Files may extend each other over more steps than Python's stack has."""
    for number in range(1200):
        (root / f"{number}.toml").write_text(f'extend = "{number + 1}.toml"\nignore = ["SPL1"]')
    write(root, **{"1200.toml": "jobs = 7", "splint.toml": 'extend = "0.toml"'})
    config = in_force()
    assert (config.jobs, len(config.ignore)) == (7, 1200)


# -- options -------------------------------------------------------------------------------------------------------

INLINE: dict[str, tuple[list[str], dict[str, Any]]] = {
    "a TOML value": (["jobs=3"], {"jobs": 3}),
    "spaces": (["jobs = 3 # three"], {"jobs": 3}),
    "a word": (["fail-on=warning"], {"fail_on": "warning"}),
    "a quoted word": (['fail-on="warning"'], {"fail_on": "warning"}),
    "a list": (['select=["SPL1", "SPL2"]'], {"select": ("SPL1", "SPL2")}),
    "a list by commas": (["select=SPL1, SPL2"], {"select": ("SPL1", "SPL2")}),
    "one of a table": (
        ["facts.currency=USD", "facts.scopes=a,b"],
        {"settings_facts": {"currency": "USD", "scopes": ["a", "b"]}},
    ),
    "an inline table": (['severity={SPL1="info"}'], {"severity": {"SPL1": "info", "SPL2": "error"}}),
    "it adds to ignore": (["ignore=SPL1"], {"ignore": ("SPL3", "SPL1")}),
    "a date": (["as-of=2026-04-01"], {"as_of": date(2026, 4, 1)}),
    "a version": ([f"required-version={package.__version__}"], {}),
    "a backslash and a quote": (['baseline=a"\\b'], {"baseline": 'a"\\b'}),
    "two formats": (["output-format=json=x.json"], {"output_format": ("json=x.json",)}),
    "the later wins": (["jobs=3", "jobs=4"], {"jobs": 4}),
    "a file besides": (["jobs=3", "other.toml"], {"jobs": 3, "fail_on": "never", "ignore": ()}),
}


@pytest.mark.parametrize(("options", "expected"), INLINE.values(), ids=INLINE.keys())
def test_config_takes_single_settings(options: list[str], expected: dict[str, Any], root: Path) -> None:
    """KEY=VALUE is TOML, or else a text; it wins over files, as a file that extends them would."""
    from splint.settings.resolver import split_config

    write(root, **{"splint.toml": 'ignore = ["SPL3"]\nseverity.SPL2 = "error"'})
    write(root, **{"other.toml": 'fail-on = "never"\njobs = 1'})
    file, inline = split_config(options)
    config = in_force(file=file, inline=inline)
    assert {name: getattr(config, name) for name in expected} == expected


REFUSED: dict[str, tuple[str, str]] = {
    "a missing file": ("--config|nope.toml", "--config nope.toml: no such file; a single setting is written KEY=VALUE"),
    "a directory": ("--config|sub", "--config sub: no file but a directory"),
    "nothing": ("--config|", "--config is empty: leave it out, or give it a value"),
    "two files": ("--config|base.toml|--config|splint.toml", "let one extend the other"),
    "a project without our table": ("--config|sub/pyproject.toml", "sub/pyproject.toml: holds no [tool.splint]"),
    "no TOML": ("--config|a b=c", "'a b=c' is neither a file nor KEY=VALUE"),
    "a comment": ("--config|#a=b", "neither a file nor KEY=VALUE"),
    "an unknown key": ("--config|selct=SPL1", "--config: selct is no key here: did you mean select?"),
    "a huge number": (f"--config|jobs=0x{'f' * 5000}", "--config: jobs is a number above 1e308, but takes"),
    "a wrong value": ("--config|jobs=many", '--config: jobs is "many", but takes a whole number'),
    "an unknown rule": ("--config|ignore=SPLX", "--config: ignore: 'SPLX' is no rule's code"),
    "extend": ("--config|extend=base.toml", "--config: extend: a single setting extends nothing"),
    "a file with --isolated": ("--config|base.toml|--isolated", "--isolated reads no settings file"),
    "a fault of the file": ("--config|wrong.toml", "wrong.toml:2: jobs is 0"),
}


@pytest.mark.parametrize("name", ["check", "config"])
@pytest.mark.parametrize(("arguments", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_config_that_makes_no_sense_is_refused(
    arguments: str, told: str, name: str, root: Path, splint: Splint
) -> None:
    """What --config cannot mean ends the run with 2, and says why."""
    write(root, **{"splint.toml": "", "sub/pyproject.toml": "", "wrong.toml": "\njobs = 0"})
    outcome = splint(name, *arguments.split("|"))
    assert outcome.status == 2
    assert told in outcome.err


def test_a_file_named_like_a_setting_is_a_file(root: Path, splint: Splint) -> None:
    """`--config a=b.toml` is the file of that name, where there is one."""
    write(root, **{"jobs=5": "jobs = 6"})
    assert "jobs = 6 " in splint("config", "--config", "jobs=5").out


def test_a_named_file_replaces_all_others(root: Path, splint: Splint) -> None:
    """--config FILE counts for every file, --isolated for none, and KEY=VALUE on top of either."""
    write(root, **{"one/splint.toml": "x = ", "one/a.json": BAD, "other.toml": 'ignore = ["ALL"]'})
    assert splint("check", "one", "--config", "other.toml").status == 0
    assert splint("check", "one", "--isolated", "--output-format", "concise").findings == ["one/a.json SPL106"]
    assert splint("check", "one", "--isolated", "--config", "ignore=ALL").status == 0


PRECEDENCE: dict[str, tuple[str, list[str]]] = {
    "the settings alone": ("", ["SPL106"]),
    "--select begins anew": ("--select SPL1,X001", ["SPL106", "X001"]),
    "--select ends what the settings ignore": ("--select X001", ["X001"]),
    "--ignore adds": ("--ignore SPL106", []),
    "--extend-select adds, whatever the settings ignore": ("--extend-select X001", ["SPL106", "X001"]),
    "--plugin adds": ("--extend-select Y --plugin ./other.py", ["SPL106", "Y001"]),
    "a single setting": ("--config select=X", ["X001"]),
    "an option over a single setting": ("--config select=X --select SPL106", ["SPL106"]),
    "--isolated": ("--isolated --select SPL1", ["SPL106"]),
}


@pytest.mark.parametrize(("options", "expected"), PRECEDENCE.values(), ids=PRECEDENCE.keys())
def test_options_win_over_settings(options: str, expected: list[str], root: Path, splint: Splint) -> None:
    """--select begins anew; --ignore, --extend-select and --plugin add to the settings."""
    text = 'select = ["SPL106"]\nextend-select = ["X"]\nignore = ["X001"]\nplugins = ["./house.py"]'
    write(root, **{"splint.toml": text, "other.py": HOUSE.replace('"X', '"Y').replace("house", "other")})
    outcome = splint("check", "a.json", "--output-format", "concise", *options.split())
    assert sorted({row.split()[1] for row in outcome.findings}) == expected, outcome


S106, S107, S210 = "SPL106", "SPL107", "SPL210"
BASE, OWN, OPTIONS = "base", "own", "options"
Words = dict[str, dict[str, list[str]]]
LAYERED: dict[str, tuple[Words, set[str]]] = {
    "nothing": ({}, {S106, S107, S210}),
    "one source: the longer word": ({OWN: {"ignore": ["SPL1"], "extend-select": [S106]}}, {S106, S210}),
    "one source: ignore of two that are alike": ({OWN: {"select": [S106, "SPL2"], "ignore": [S106]}}, {S210}),
    "an option turns on what is ignored": (
        {OWN: {"ignore": [S106]}, OPTIONS: {"extend-select": [S106]}},
        {S106, S107, S210},
    ),
    "an option as short as what is ignored": (
        {OWN: {"ignore": ["SPL1"]}, OPTIONS: {"extend-select": ["SPL1"]}},
        {S106, S107, S210},
    ),
    "a shorter option turns on": ({OWN: {"ignore": [S106]}, OPTIONS: {"extend-select": ["SPL1"]}}, {S106, S107, S210}),
    "an option turns on a part of it": ({OWN: {"ignore": ["SPL1"]}, OPTIONS: {"extend-select": [S106]}}, {S106, S210}),
    "a shorter option turns off": ({OWN: {"select": [S106]}, OPTIONS: {"ignore": ["SPL1"]}}, set()),
    "an option turns off a part": ({OWN: {"select": ["SPL1"]}, OPTIONS: {"ignore": [S106]}}, {S107}),
    "options that disagree": (
        {OWN: {"ignore": [S106, S210]}, OPTIONS: {"extend-select": ["ALL"], "ignore": ["SPL1"]}},
        {S210},
    ),
    "--select begins anew": (
        {OWN: {"extend-select": ["SPL2"], "ignore": [S106]}, OPTIONS: {"select": ["SPL1"]}},
        {S106, S107},
    ),
    "a file over the one that it extends": (
        {BASE: {"ignore": ["SPL1"]}, OWN: {"extend-select": ["SPL10"]}},
        {S106, S107, S210},
    ),
    "a file that ignores more": ({BASE: {"select": [S106, S107]}, OWN: {"ignore": ["SPL10"]}}, set()),
    "ignores of both": ({BASE: {"ignore": [S106]}, OWN: {"ignore": ["SPL2"]}}, {S107}),
    "a file's select begins anew": ({BASE: {"ignore": [S107]}, OWN: {"select": ["SPL1"]}}, {S106, S107}),
    "its own ignore stays": ({BASE: {"ignore": [S107]}, OWN: {"select": ["SPL1"], "ignore": [S106]}}, {S107}),
    "three sources": (
        {
            BASE: {"select": ["SPL1"]},
            OWN: {"ignore": ["SPL1"], "extend-select": ["SPL2"]},
            OPTIONS: {"extend-select": [S107]},
        },
        {S107, S210},
    ),
    "turned on, off and on": (
        {BASE: {"extend-select": [S106]}, OWN: {"ignore": ["SPL10"]}, OPTIONS: {"extend-select": ["SPL1"]}},
        {S106, S107, S210},
    ),
}
"""The selectors of sources, each over those before it, and which of three rules run."""


def write_sources(root: Path, sources: Words) -> None:
    for name, source, text in (("base.toml", BASE, ""), ("splint.toml", OWN, 'extend = "base.toml"\n')):
        lines = [f"{key} = {json.dumps(words)}\n" for key, words in sources.get(source, {}).items()]
        write(root, **{name: text + "".join(lines)})


@pytest.mark.parametrize(("sources", "expected"), LAYERED.values(), ids=LAYERED.keys())
def test_the_later_source_of_selectors_wins(sources: Words, expected: set[str], root: Path) -> None:
    """Whatever the length of its words, as in ruff; within a source the longer word wins, then `ignore`."""
    write_sources(root, sources)
    options: Any = {key.replace("-", "_"): tuple(words) for key, words in sources.get(OPTIONS, {}).items()}
    for linter in (package.Linter(in_force(**options)), package.Linter("splint.toml", **options)):
        assert {selection.rule.code for selection in linter.rules} & {S106, S107, S210} == expected


@pytest.mark.parametrize(("sources", "expected"), LAYERED.values(), ids=LAYERED.keys())
def test_config_prints_the_selectors_of_several_sources_as_one(
    sources: Words, expected: set[str], root: Path, splint: Splint
) -> None:
    """What --config selects is a source too, and what is printed for all of them turns on the same rules."""
    write_sources(root, sources)
    settings = [f"--config={key}={json.dumps(words)}" for key, words in sources.get(OPTIONS, {}).items()]
    before = package.Linter(in_force(inline=[one.removeprefix("--config=") for one in settings])).rules
    write(root, **{"splint.toml": splint("config", *settings).out})
    after = package.Linter(in_force()).rules
    assert [one.rule.code for one in after] == [one.rule.code for one in before]
    assert len(settings) > 1 or {one.rule.code for one in after} & {S106, S107, S210} == expected


def test_single_options_take_the_place_of_settings(root: Path, splint: Splint) -> None:
    """A profile, a level to fail on and a format of the command line count, whatever the settings say."""
    write(root, **{"splint.toml": 'fail-on = "never"\noutput-format = "concise"\nprofile = "reference"\njobs = 2'})
    assert splint("check", "a.json").status == 0
    assert splint("check", "a.json", "--fail-on", "error", "--jobs", "1").status == 1
    report = json.loads(splint("check", "a.json", "--output-format", "json", "--profile", "guide").out)
    assert report["tool"]["profile"] == "guide"


def test_facts_of_the_settings_are_asked_last(root: Path) -> None:
    """A fact of an option wins over the one of the settings; they are kept apart."""
    write(root, **{"splint.toml": 'facts = {currency = "EUR"}'})
    config = in_force(facts={"currency": "USD"})
    assert (config.facts, config.settings_facts) == ({"currency": "USD"}, {"currency": "EUR"})


@pytest.mark.parametrize(
    ("wanted", "version", "expected"),
    [
        ("0.1.0", "0.1.0", True),
        ("0.1", "0.1.0", True),
        ("==0.1.*", "0.1.7", True),
        ("==0.1.*", "0.2", False),
        (">=0.1,<2", "1.10", True),
        (">=0.1,<1.9", "1.10", False),
        ("!=1.0", "1", False),
        ("~=1.2", "1.9", True),
        (" > 1 , <= 2 ", "2.0.0", True),
        ("<1", "1.0rc1", False),
        (">=1", "2.0.dev1", True),
        ("new", "1", None),
        (">", "1", None),
        (",", "1", None),
        ("  ", "1", None),
    ],
)
def test_versions_compare_as_releases(wanted: str, version: str, expected: bool | None) -> None:
    """`required-version` is a version or a list of conditions."""
    assert allows(wanted, version) is expected


@given(
    clauses=st.lists(
        st.tuples(
            st.sampled_from(["==", "!=", ">=", "<=", ">", "<"]),
            st.lists(st.integers(0, 2), min_size=1, max_size=3).map(lambda parts: ".".join(map(str, parts))),
        ),
        min_size=1,
        max_size=3,
    ),
    version=st.lists(st.integers(0, 2), min_size=1, max_size=3).map(lambda parts: ".".join(map(str, parts))),
)
def test_plain_numbers_compare_as_packaging_says(clauses: list[tuple[str, str]], version: str) -> None:
    """What is compared without the library packaging is what it would say."""
    from packaging.specifiers import SpecifierSet

    text = ",".join(f"{sign}{number}" for sign, number in clauses)
    assert allows(text, version) is SpecifierSet(text).contains(version)


# -- places --------------------------------------------------------------------------------------------------------

KEY = st.sampled_from(["a", "b", "c-1", '"q.x"', "'l # [x'", '"ü\\u00e9"', '"t]"', "'='"])
VALUE = st.recursive(
    st.sampled_from(
        [
            *("1", "true", "nan", '"x # y"', "'z'", "2026-04-01 12:00:00", '"a\\"b"', '""'),
            *('"""m\nn"""', "'''m\n'q'\n'''", '""""q"""'),
        ]
    ),
    lambda inner: (
        st.lists(inner, max_size=3).flatmap(
            lambda parts: st.sampled_from([f"[{', '.join(parts)}]", "[ # c ]\n" + ",\n".join(parts) + "\n]"])
        )
        | st.lists(inner, max_size=2).map(
            lambda parts: "{" + ", ".join(f"k{at} = {part}" for at, part in enumerate(parts)) + "}"
        )
    ),
    max_leaves=5,
)
LINE = st.one_of(
    st.just('# a = 1 [x] """'),
    st.just(""),
    st.builds("{} = {}".format, st.lists(KEY, min_size=1, max_size=2).map(" . ".join), VALUE),
    st.builds("[{}]".format, st.lists(KEY, min_size=1, max_size=2).map(".".join)),
    st.builds("[[ {} ]] # ]".format, st.lists(KEY, min_size=1, max_size=2).map(".".join)),
)


def ways(value: Any, way: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {way}.union(*(ways(entry, (*way, key)) for key, entry in entries))


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(lines=st.lists(LINE, max_size=6), newline=st.sampled_from(["\n", "\r\n"]))
def test_every_value_has_its_line(lines: list[str], newline: str) -> None:
    """Whatever TOML says has a place: the last of its lines until which the text does not hold it yet."""
    kept: list[str] = []
    for line in lines:  # what would be no TOML is left out
        try:
            tomllib.loads("\n".join([*kept, line]))
        except tomllib.TOMLDecodeError:
            continue
        kept.append(line)
    text = "\n".join(kept).replace("\n", newline)
    starts = places(text)
    assert {(), *starts} == ways(tomllib.loads(text))
    for count in range(1, len(kept) + 1):
        above, here = ways(tomllib.loads("\n".join(kept[: count - 1]))), ways(tomllib.loads("\n".join(kept[:count])))
        first = "\n".join(kept[: count - 1]).count("\n") + 1 + (count > 1)
        for way in here - above:
            assert first <= starts[way] <= first + kept[count - 1].count("\n")


def test_a_large_file_is_searched_at_once(root: Path) -> None:
    """The line of the last of 50,000 words is found without reading the text again and again."""
    text = "ignore = [\n" + "".join(f'  "SPL{number}",\n' for number in range(50_000)) + "  5,\n]"
    write(root, **{"splint.toml": text})
    with pytest.raises(ConfigError, match=re.escape("splint.toml:50002: ignore[50000] is 5")):
        in_force()


SCOPES_AT: dict[str, tuple[dict[str, str], str, str, list[tuple[str, int, str]]]] = {
    "a table": (
        {"splint.toml": '[facts]\ncurrency = "USD"\nscopes = [\n  "x"]'},
        "",
        "splint.toml:3: facts.scopes",
        [("splint.toml", 3, "/facts/scopes")],
    ),
    "another file": (
        {"splint.toml": 'extend = "base.toml"\nfacts.currency = "USD"', "base.toml": '\n facts = {scopes = ["x"]}'},
        "",
        "base.toml:2: facts.scopes",
        [("base.toml", 2, "/facts/scopes")],
    ),
    "a project": (
        {"pyproject.toml": '[tool.splint.facts]\nscopes = ["x"]'},
        "",
        "pyproject.toml:2: facts.scopes",
        [("pyproject.toml", 2, "/tool/splint/facts/scopes")],
    ),
    "a single setting": ({}, "--config facts.scopes=x", "--config: facts.scopes", []),
    "an option over the settings": ({"splint.toml": 'facts.scopes = ["x"]'}, "--fact scopes=y", "--fact scopes", []),
}


@pytest.mark.parametrize(("files", "options", "said", "places"), SCOPES_AT.values(), ids=SCOPES_AT.keys())
def test_a_finding_on_an_account_fact_says_where_the_fact_is_from(
    files: dict[str, str], options: str, said: str, places: list[tuple[str, int, str]], root: Path, splint: Splint
) -> None:
    """It is the run's; its message names the option or the line of the settings, and its related place is that line."""
    write(root, **files)
    told = json.loads(splint("check", "a.json", "--output-format", "json", *options.split()).out)["diagnostics"]
    found = [one for one in told if one["code"] == "SPL611"]
    assert len(found) == 3
    for one in found:
        assert (one["path"], one["pointer"]) == ("<run>", "/scopes")
        assert f"is not granted ({said})" in one["message"]
        assert [(at["path"], at["range"]["start"]["line"], at["pointer"]) for at in one["related"]] == places


def test_a_finding_on_a_fact_of_the_library_names_the_keyword(root: Path) -> None:
    write(root, **{"splint.toml": 'facts.scopes = ["x"]'})
    for options in ({}, {"config": "splint.toml"}, {"config": Config(settings_facts={"scopes": ["x"]})}):
        report = package.check(BASES["cbo"], facts={"scopes": ["y"]}, as_of="2026-03-01", **options)
        assert {one.code for one in report.diagnostics} == {"SPL611"}
        assert all('is not granted (facts["scopes"])' in one.message for one in report.diagnostics)
    held = package.check({**BASES["cbo"], "facts": {"scopes": ["y"]}}, as_of="2026-03-01").diagnostics
    assert [one.message.endswith("is not granted; ask for it in the developer app's settings") for one in held] == [
        True
    ] * 3


# -- splint config -------------------------------------------------------------------------------------------------

FULL = {
    "every key": "\n".join(
        text
        for key, rows in GOOD.items()
        if key not in ("extend", "plugins", "facts", "severity", "per-file-ignores", "overrides")
        for text, _ in rows[:1]
    )
    + """
plugins = ["./house.py"]
facts = {historical_cpa = 1e30, event_sources = ["pixel"], delivery_start = 2026-04-01}
[severity]
SPL106 = "info"
"cbo-budget-missing" = "error"
[per-file-ignores]
"a\\u007f\\"\\\\ü*" = ["SPL106"]
"b" = ["X001", "SPL1"]
[[overrides]]
ignore = ["SPL106"]
[[overrides]]
files = ["a", "!b"]
pointers = ["/a~1b/*", ""]
severity = {SPL1 = "info"}
""",
    "nothing": "",
    "a moment": "as-of = 2026-04-01T12:30:00+02:00",
    "formats": 'output-format = ["json=out/a.json", "full"]\noutput-file = "-"\nbaseline = "../b.json"',
    "empty lists": "select = []\ninclude = []\nexclude = []\noverrides = []\nper-file-ignores = {}\nfacts = {}",
}


@pytest.mark.parametrize("text", FULL.values(), ids=FULL.keys())
def test_what_config_prints_gives_the_settings_back(
    text: str, root: Path, splint: Splint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text of `splint config` is a settings file: in the place of the first it says the same."""
    write(root, **{"conf/splint.toml": text, "conf/house.py": HOUSE})
    first = in_force("conf")
    outcome = splint("config", "conf")
    assert outcome.status == 0, outcome
    VALIDATOR.validate(tomllib.loads(outcome.out))
    write(root, **{"conf/splint.toml": outcome.out})
    assert comparable(in_force("conf")) == comparable(first)
    assert splint("config", "conf").out.split("#")[0] == outcome.out.split("#")[0]
    monkeypatch.chdir(root / "conf")
    told = json.loads(splint("config", "--output-format", "json").out)["settings"]
    said = {name: entry["value"] for name, entry in told.items() if entry["value"] is not None}
    assert said == tomllib.loads(splint("config").out)


def comparable(config: Config) -> Config:
    from splint.settings.config import moment

    return config._replace(
        origins={},
        layers=(),
        as_of=config.as_of and moment(config.as_of),
        per_file_ignores=tuple((entry.files, entry.ignore) for entry in config.per_file_ignores),  # type: ignore[misc]
        overrides=tuple(entry[:4] for entry in config.overrides),  # type: ignore[misc]
    )


def test_config_says_where_settings_come_from(root: Path, splint: Splint) -> None:
    """Each line names file and line, the option, or that nobody said it; an extended file too."""
    write(
        root,
        **{
            "base.toml": '\nignore = ["SPL2"]\njobs = 2',
            "sub/splint.toml": 'extend = "../base.toml"\n\nignore = ["SPL1"]',
        },
    )
    out = splint("config", "sub", "--config", "fail-on=never").out
    rows = dict(re.findall(r"^([\w-]+) = .*?  # (.*)$", out, re.MULTILINE))
    assert rows["ignore"] == "sub/splint.toml:3, base.toml:2"
    assert rows["jobs"] == "base.toml:3"
    assert rows["fail-on"] == "--config"
    assert rows["profile"] == "default"


def test_config_shows_the_baseline_that_counts_without_being_named(
    root: Path, splint: Splint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `check` takes it: not with --isolated, nor of a tree that nobody trusts."""
    unset = "# baseline is not set"
    assert unset in splint("config").out
    assert splint("check", "--write-baseline", "a.json").status == 0
    write(root, **{"conf/splint.toml": ""})
    shown = r'^baseline = "{}" +# default: it is in the working directory$'
    assert re.search(shown.format(".splint-baseline.json"), splint("config").out, re.MULTILINE)
    assert re.search(shown.format("../.splint-baseline.json"), splint("config", "conf").out, re.MULTILINE)
    assert unset in splint("config", "--isolated").out
    assert 'baseline = "b.json"' in splint("config", "--config", "baseline=b.json").out
    monkeypatch.setenv("SPLINT_UNTRUSTED", "1")
    assert unset in splint("config").out


def test_patterns_of_a_file_below_are_said_from_above(root: Path, splint: Splint) -> None:
    """What an extended file in a subdirectory says of its files, `splint config` says of the same files."""
    base = 'templates = ["x.json", "/y.json", "d/z.json", "!./w.json", "v/", "{u,k/t}.json"]'
    write(root, **{"conf/base.toml": base, "splint.toml": 'extend = "conf/base.toml"'})
    first = in_force().templates
    write(root, **{"splint.toml": splint("config").out})
    second = in_force().templates
    assert first is not None
    assert second is not None
    names = [
        f"{top}{name}.json" for top in ("", "conf/", "conf/e/") for name in ("x", "y", "d/z", "w", "v/a", "u", "k/t")
    ]
    fitting = [name for name in names if first.fits(str(root / name))]
    assert fitting == [
        "conf/x.json",
        "conf/y.json",
        "conf/d/z.json",
        "conf/v/a.json",
        "conf/u.json",
        "conf/k/t.json",
        "conf/e/x.json",
        "conf/e/v/a.json",
        "conf/e/u.json",
    ]
    assert [name for name in names if second.fits(str(root / name))] == fitting


ABOVE = [
    *("x.json", "/y.json", "p/z.json", "p/d/", "q/*", "*/a/*.json", "**/p/w.json", "p/**/v.json", "{p,q}/u[1].json"),
    *("p/", "p", "/p/**", "./p/d/z.json", "pp/x.json", "**/d/x.json", "**", "p/**/", "{*.json,p/d/z.yaml}"),
]
"""Patterns of a settings file above a directory p."""


@pytest.mark.parametrize(("pattern", "key"), diagonal(ABOVE, ["templates", "exclude", "per-file-ignores", "overrides"]))
def test_patterns_of_a_file_above_are_said_from_below(root: Path, splint: Splint, pattern: str, key: str) -> None:
    """Each fits, from the settings that extend it, the files below them that it fits from above."""
    quoted = json.dumps(pattern)
    texts = {
        "per-file-ignores": f'[per-file-ignores]\n{quoted} = ["SPL1"]',
        "overrides": f'[[overrides]]\nfiles = [{quoted}]\nignore = ["SPL1"]',
    }
    write(root, **{"base.toml": texts.get(key, f"{key} = [{quoted}]"), "p/splint.toml": 'extend = "../base.toml"'})

    def fitting() -> list[str]:
        config = in_force("p")
        globs: dict[str, list[Globs | None]] = {
            "templates": [config.templates],
            "per-file-ignores": [one.files for one in config.per_file_ignores],
            "overrides": [one.files for one in config.overrides],
        }
        names = (f"p/{top}{name}.json" for top in ("", "a/", "d/", "a/d/", "p/", "x.json/") for name in "xyzwvu")
        paths = [*names, "p/u1.json", "p/a/u1.json"]
        if key == "exclude":  # a walk asks for each step of its way, but not for where it begins
            return [path for path in paths if any(is_left_out(one, path) for one in config.exclude)]
        return [path for path in paths if any(one and one.fits(str(root / path)) for one in globs[key])]

    def is_left_out(globs: Globs, path: str) -> bool:
        steps = path.split("/")
        ways = ["/".join(steps[:length]) for length in range(2, len(steps) + 1)]
        return any(globs.judge(str(root / way), is_directory=way != path) for way in ways)

    first = fitting()
    write(root, **{"p/splint.toml": splint("config", "p").out})
    assert fitting() == first
    fits_none = ("/y.json", "q/*", "pp/x.json")
    assert bool(first) is (pattern not in fits_none)


@pytest.mark.parametrize(
    ("pattern", "place"), diagonal(["p", "q", "q/*.json", "*.json", "q/", "./q/a.json"], ["", "q", "r[1]"])
)
def test_an_include_of_a_file_elsewhere_is_said_from_here(
    root: Path, splint: Splint, monkeypatch: pytest.MonkeyPatch, pattern: str, place: str
) -> None:
    """Beside, above or below the settings that extend it, with the brackets of a directory's name."""
    for top in ("", "q/", "r[1]/"):
        write(root, **{f"{top}{name}.json": BAD for name in ("p/a", "p/b/c", "q/a", "q/b/c")})
    base = f"{place}/base.toml".lstrip("/")
    write(root, **{base: f"include = [{json.dumps(pattern)}]", "p/splint.toml": f'extend = "../{base}"'})
    monkeypatch.chdir(root / "p")
    first = splint("check", "--output-format", "concise").out
    write(root, **{"p/splint.toml": splint("config").out})
    assert splint("check", "--output-format", "concise").out == first != ""


@pytest.mark.parametrize(
    ("place", "include", "said", "without"),
    [
        ("", ["p/*.json", "!p/b.json"], ["../p/*.json", "!/b.json"], ""),
        ("", ["*.json", "!**/b.json", "!p/b.json"], ["../**/*.json", "!/b.json"], '"!**/b.json"'),
        ("!q", ["*.json", "!b.json"], ["../!q/**/*.json"], '"!b.json"'),
        ("p/!r", ["a", "*.json", "!b.json"], ["./!r/a", "./!r/**/*.json", "!./!r/**/b.json"], ""),
    ],
)
def test_what_an_include_takes_back_is_said_from_here_or_told(
    root: Path, splint: Splint, place: str, include: list[str], said: list[str], without: str
) -> None:
    """`!` takes back no file outside of the directory of its settings: what would is left out, and named."""
    base = f"{place}/base.toml".lstrip("/")
    extended = os.path.relpath(base, "p")
    write(root, **{base: f"include = {json.dumps(include)}", "p/splint.toml": f"extend = {json.dumps(extended)}"})
    names = [f"{top}{name}" for top in ("p/", "p/!r/", "!q/") for name in ("a.json", "b.json", "a/c.json")]
    write(root, **dict.fromkeys(names, BAD))

    def included() -> list[str]:
        linted = json.loads(splint("check", "--config", "p/splint.toml", "--output-format", "json").out)
        return sorted({one["path"] for one in linted["diagnostics"]})

    told = json.loads(splint("config", "p", "--output-format", "json").out)["settings"]["include"]
    assert told["value"] == said
    why = ": a pattern here takes back no file that lies elsewhere"
    assert told["origin"] == f"{base}:1" + (f", without {without}{why}" if without else "")
    first = included()
    write(root, **{"p/splint.toml": splint("config", "p").out})
    assert (included() == first) is (without == "")


def test_config_asks_for_what_is_there(root: Path, splint: Splint) -> None:
    """A PATH that does not exist is an error; a file's settings are those of its directory."""
    write(root, **{"sub/splint.toml": "jobs = 5", "sub/a.json": BAD})
    assert splint("config", "nope").status == 2
    assert "jobs = 5 " in splint("config", "sub/a.json").out


# -- library -------------------------------------------------------------------------------------------------------


def test_the_library_reads_the_settings_that_are_named(root: Path) -> None:
    """Without `config` no file is read; with a path it is, and keywords win over it."""
    write(root, **{"splint.toml": "x = ", "other.toml": 'ignore = ["SPL106"]\nas-of = 2026-04-01'})
    bundle = json.loads(BAD)
    assert {diagnostic.code for diagnostic in package.check(bundle).diagnostics} == {"SPL106"}
    assert package.check(bundle, config="other.toml").ok
    assert package.check(bundle, config=root / "other.toml").ok
    assert package.check(bundle, config=Config(ignore=("SPL106",))).ok
    assert not package.check(bundle, config="other.toml", select=["SPL1"]).ok
    assert package.Linter("other.toml").config.as_of == date(2026, 4, 1)


@pytest.mark.parametrize("name", ["splint.toml", "nope.toml", "sub", "pyproject.toml"])
def test_the_library_reports_a_wrong_file(name: str, root: Path) -> None:
    """A settings file that is broken, missing, a directory or without our table is a ConfigError."""
    write(root, **{"splint.toml": "\nx = 1", "pyproject.toml": "", "sub/x": ""})
    with pytest.raises(ConfigError, match=rf"^{name}"):
        package.check({}, config=name)


MISTAKES = """\
selekt = ["SPL1"]
jobs = 0
select = ["SPL1", 5, ""]
[facts]
cpa = 3
currency = "dollars"
[per-file-ignores]
"../x" = ["SPL101"]
"a" = 5
[[overrides]]
ignore = []
[severity]
SPL101 = "bad"
"""


def test_a_settings_file_reports_all_its_mistakes_at_once(root: Path, splint: Splint) -> None:
    """A line each, with its own place, in the order of the file."""
    write(root, **{"splint.toml": MISTAKES, "a.json": BAD})
    done = splint("check")
    places = re.findall(r"^Error: (?:.*/)?splint\.toml:(\d+): ", done.err, re.MULTILINE)
    assert (done.status, list(map(int, places))) == (2, [1, 2, 3, 3, 5, 6, 8, 9, 10, 13])


EVERY_KIND = """\
profle = "guide"
profile = "refrence"
select = ["SPL21O", "SPL210"]
extend-select = ["XX1", 4]
ignore = ["XX2"]
objectives = ["WEB_CONVERSION", "APPS"]
[severity]
XX3 = "error"
SPL210 = "eror"
[per-file-ignores]
"a" = ["XX4", 5, "XX5"]
[[overrides]]
pointers = ["a"]
ignore = ["XX6"]
severity = { XX7 = "error", SPL101 = "bad" }
[rules.SPL998]
x = 1
[rules.SPL210]
x = 1
"""


def test_wrong_values_and_unknown_rules_are_told_together(root: Path, splint: Splint) -> None:
    """What is right beside a mistake is read: an unknown rule is told though the entry beside it is no text."""
    write(root, **{"splint.toml": EVERY_KIND, "a.json": BAD})
    done = splint("check")
    places = [int(line.split(":")[2]) for line in done.err.splitlines()]
    assert (done.status, places) == (2, [1, 2, 3, 4, 4, 5, 6, 6, 8, 9, 11, 11, 11, 13, 14, 15, 15, 16, 19])
    assert all(f"'XX{number}' is no rule's" in done.err for number in range(1, 8))
    with pytest.raises(ConfigError) as raised:
        package.Linter("splint.toml")
    assert len(raised.value.args) == len(places)


def test_an_unknown_format_is_told_with_the_other_mistakes(root: Path, splint: Splint) -> None:
    write(root, **{"splint.toml": 'output-format = ["fulll", "jsn"]\nselect = ["XX1"]\njobs = "x"\n', "a.json": BAD})
    done = splint("check")
    assert [line.split(":")[2] for line in done.err.splitlines()] == ["1", "1", "2", "3"]
    assert "'fulll' is none of full" in done.err
    assert splint("config").err == done.err


def test_mistakes_are_told_over_all_extended_files(root: Path, splint: Splint) -> None:
    write(root, **{"base.toml": 'severity.XX1 = "error"\nfix = 1\n', "a.json": BAD})
    write(root, **{"splint.toml": 'extend = "base.toml"\njobs = "x"\nselect = ["XX2"]\n'})
    assert [line.split(": ")[1] for line in splint("check").err.splitlines()] == [
        "base.toml:1", "base.toml:2", "splint.toml:2", "splint.toml:3",
    ]  # fmt: skip
    write(root, **{"splint.toml": 'extend = "nowhere.toml"\njobs = "x"\n'})
    assert re.findall(r":(\d+): ", splint("check").err) == ["1", "2"]
    write(root, **{"base.toml": 'extend = "nowhere.toml"\nfix = 1\n'})
    write(root, **{"splint.toml": 'extend = "base.toml"\njobs = "x"\n'})
    assert re.findall(r" (\w+)\.toml:(\d+): ", splint("check").err) == [("base", "1"), ("base", "2"), ("splint", "2")]


@pytest.mark.parametrize("bringing", ['plugins = ["./none.py"]', "plugins = 3", 'plugins = ["no_such_module"]'])
def test_no_selector_is_told_to_be_wrong_where_plugins_are_unknown(root: Path, splint: Splint, bringing: str) -> None:
    """The rules of the plugin are not known: its codes may be right."""
    write(root, **{"splint.toml": f'{bringing}\nignore = ["HOUSE1"]\njobs = "x"\n', "a.json": BAD})
    done = splint("check")
    assert (done.status, sorted(re.findall(r"Error: .*?:(\d+): ", done.err))) == (2, ["1", "3"])
    assert "HOUSE1" not in done.err


def test_no_rule_of_the_reference_is_told_to_be_wrong_where_the_profile_is(root: Path, splint: Splint) -> None:
    write(root, **{"splint.toml": 'profile = "refrence"\nselect = ["REF101"]\n', "a.json": BAD})
    assert re.findall(r":(\d+): ", splint("check").err) == ["1"]


REST = """output-format = ["jsn", "house"]
profil = "x"
select = ["SPL1", "HOUSE1", "REF101"]
[severity]
SPL999 = "error"
HOUSE2 = "error"
[rules.SPL210]
x = 1
[rules.HOUSE3]
x = 1
"""
HIDING = {
    "a missing file to extend": ('extend = "nope.toml"', ["1", "2", "3", "6", "9"]),
    "a file to extend that is no text": ("extend = 5", ["1", "2", "3", "6", "9"]),
    "a file to extend of another version": ('extend = "other.toml"', ["1", "2", "3", "6", "9"]),
    "a missing plugin": ('profile = "reference"; plugins = ["./nope.py"]', ["2", "3", "4", "7", "10"]),
    "plugins that are no list": ('profile = "reference"; plugins = 3', ["2", "3", "4", "7", "10"]),
    "a plugin that does not load": ('profile = "reference"; plugins = ["no_such_module"]', ["2", "3", "4", "7", "10"]),
    "two that do not load": (
        'profile = "reference"; plugins = ["./raises.py", "./none.py", "no_such"]',
        ["2", "2", "2", "3", "4", "7", "10"],
    ),
}


@pytest.mark.parametrize(("text", "lines"), HIDING.values(), ids=HIDING.keys())
def test_no_mistake_hides_another(text: str, lines: list[str], root: Path, splint: Splint) -> None:
    """What is wrong whatever a plugin or another file brings is told beside it; what it may bring is not."""
    own = text.replace("; ", "\n")
    write(root, **{"other.toml": 'required-version = ">99"', "raises.py": "raise OSError", "a.json": BAD})
    write(root, **{"splint.toml": f"{own}\n{REST}"})
    done = splint("check")
    assert (done.status, re.findall(r"Error: \w+\.toml:(\d+): ", done.err)) == (2, lines), done.err
    assert "HOUSE" not in done.err
    assert "splint: plugin ./nope.py" not in done.err
    assert splint("config").err.splitlines()[-len(lines) :] == done.err.splitlines()[-len(lines) :]


def test_a_wrong_format_is_told_by_the_name_that_its_place_gives_it(root: Path, splint: Splint) -> None:
    write(root, **{"splint.toml": 'output-format = "jsno"', "a.json": BAD})
    assert splint("check").err.startswith("Error: splint.toml:1: output-format: 'jsno' is none of")
    assert splint("check", "--isolated", "--output-format", "jsno").err.startswith("Error: --output-format: 'jsno' is")
    write(root, **{"splint.toml": 'output-format = ["json=a.txt"]\noutput-file = "b.txt"'})
    assert splint("check").err == (
        "Error: splint.toml:2: output-file: every output-format names a file of its own already\n"
    )


@pytest.mark.parametrize("subcommand", ["config", "init"])
def test_other_commands_refuse_a_wrong_settings_file_too(root: Path, splint: Splint, subcommand: str) -> None:
    write(root, **{"splint.toml": 'jobs = "x"\nfix = 1\n', "a.json": BAD})
    done = splint(subcommand)
    assert (done.status, re.findall(r":(\d+): ", done.err)) == (2, ["1", "2"])


def test_a_settings_file_reports_all_its_unknown_rules_at_once(root: Path, splint: Splint) -> None:
    write(root, **{"splint.toml": 'select = ["QQ", "SPL1"]\nignore = ["SPL999"]\n', "a.json": BAD})
    done = splint("check")
    assert (done.status, "'QQ' is no rule's" in done.err, "'SPL999' is no rule's" in done.err) == (2, True, True)
    ignores = '[per-file-ignores]\n"a" = ["XX1", "SPL1"]\n[[overrides]]\nignore = ["XX2"]\n'
    write(root, **{"splint.toml": ignores})
    done = splint("check")
    assert [line.split(":")[2].strip() for line in done.err.splitlines()] == ["2", "4"]


def test_a_settings_file_full_of_mistakes_is_not_read_to_its_end(root: Path, splint: Splint) -> None:
    write(root, **{"splint.toml": f"ignore = {[*range(1000)]}\n", "a.json": BAD})
    assert len(splint("check").err.splitlines()) == 20
