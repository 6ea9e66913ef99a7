"""Options of rules: how a rule declares them, where settings say them, and what is refused."""

import json
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

import splint
from splint import ConfigError, Finding, Linter, Option, rule
from splint.payloads.nodes import Campaign
from splint.rules.options import OptionType
from splint.settings.config import Config
from splint.submit.bundle import strict
from splint.testing import BASES
from tests.command import Command

ROOT = Path(__file__).parent.parent
HOUSE = (ROOT / "fixtures/house-rules/budget_ceiling.py").read_text()
PLUGIN = 'plugins = ["./house.py"]\n'
DAILY = "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"
CAMPAIGN = {"advertiser_id": "7000000000000000001", "campaign_name": "Spring", "objective_type": "WEB_CONVERSIONS"}
SPENDS_600 = {**CAMPAIGN, "budget_optimize_on": True, "budget_mode": DAILY, "budget": 600}
OURS = '''
from splint import Option, Pack, hookimpl, rule
from splint.payloads.nodes import Campaign, Tree

@rule("OURS1", "names", on=Campaign, level="error", section="Names", basis="sanity", options=[
    Option("prefix", "text", "", "What names begin with"),
    Option("markets", "texts", ["US", "CA"], "The markets that we sell in"),
    Option("style", ("upper", "lower"), "upper", "How names are written"),
    Option("strict_case", "flag", False, "Whether case counts"),
    Option("most", "integer", 20, "The longest name, in characters", least=1),
])
def names(campaign, *, prefix, markets, style, strict_case, most):
    """Names are as we write them."""
    yield campaign.finding("campaign_name", repr((prefix, markets, style, strict_case, most)), "rename it")

@rule("OURS2", "few-ad-groups", on=Tree, level="error", section="Trees", basis="sanity", options=[
    Option("most", "integer", 1, "The most ad groups of a campaign", least=0),
])
def few_ad_groups(tree, *, most):
    """A campaign has few ad groups."""
    for group in tree.ad_groups:
        if len(tree.ad_groups) > most:
            yield group.finding("adgroup_name", f"{len(tree.ad_groups)} ad groups, more than {most}", "drop some")

@hookimpl
def splint_rules():
    return Pack("ours", "OURS", "Ours", None, (names, few_ad_groups))
'''


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command) -> Command:
    """The command in a directory with the packs and a campaign of 600 a day, for which finance has signed."""
    monkeypatch.chdir(tmp_path)
    Path("house.py").write_text(HOUSE)
    Path("ours.py").write_text(OURS)
    Path("a.json").write_text(json.dumps(SPENDS_600, indent=1))
    return command


def found(house: Command, *arguments: str, select: str = "HOUSE") -> list[str]:
    """Path and message of the findings of a pack's rules."""
    done = house("check", "--select", select, "--output-format", "json", *arguments)
    assert done.report["errors"] == [], done
    return [
        f"{one['path']}: {one['message'].split(';')[0]}"
        for one in done.report["diagnostics"]
        if one["suppressed"] is None
    ]


# -- where settings say them -------------------------------------------------------------------------------------------

SAID: dict[str, tuple[dict[str, str], tuple[str, ...], str | None]] = {
    "nowhere": ({"splint.toml": PLUGIN}, (), None),
    "splint.toml": ({"splint.toml": f"{PLUGIN}[rules.HOUSE001]\nceiling = 500"}, (), "500"),
    "pyproject.toml": (
        {"pyproject.toml": f"[tool.splint]\n{PLUGIN}[tool.splint.rules.HOUSE001]\nceiling = 500"},
        (),
        "500",
    ),
    "a number with a fraction": ({"splint.toml": f"{PLUGIN}rules.HOUSE001.ceiling = 599.5"}, (), "599.5"),
    "the value itself": ({"splint.toml": f"{PLUGIN}rules.HOUSE001.ceiling = 600"}, (), None),
    "an extended file": (
        {"base.toml": "rules.HOUSE001.ceiling = 400", "splint.toml": f'extend = "base.toml"\n{PLUGIN}'},
        (),
        "400",
    ),
    "over an extended file": (
        {
            "base.toml": "rules.HOUSE001.ceiling = 400",
            "splint.toml": f'extend = "base.toml"\n{PLUGIN}rules.HOUSE001.ceiling = 700',
        },
        (),
        None,
    ),
    "--config": ({"splint.toml": PLUGIN}, ("--config", "rules.HOUSE001.ceiling=500"), "500"),
    "--config over a file": (
        {"splint.toml": f"{PLUGIN}rules.HOUSE001.ceiling = 400"},
        ("--config", "rules.HOUSE001.ceiling=500"),
        "500",
    ),
    "--isolated": (
        {"splint.toml": f"{PLUGIN}rules.HOUSE001.ceiling = 400"},
        ("--isolated", "--plugin", "house.py"),
        None,
    ),
}


@pytest.mark.parametrize(("files", "arguments", "ceiling"), SAID.values(), ids=SAID.keys())
def test_settings_say_the_option_of_a_rule(
    files: dict[str, str], arguments: tuple[str, ...], ceiling: str | None, house: Command
) -> None:
    """The house rule holds payloads against the ceiling that the settings give, else against its default."""
    for name, text in files.items():
        Path(name).write_text(text)
    wanted = f"a.json: budget 600 is above {ceiling}, what a campaign may spend a day"
    assert found(house, *arguments, "a.json") == ([] if ceiling is None else [wanted])


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_each_file_is_held_against_its_closest_settings(house: Command, jobs: str) -> None:
    """Directories with other options judge their own files, in every process."""
    for name, ceiling in {"low": 100, "high": 900, "middle": 599}.items():
        Path(name).mkdir()
        Path(name, "splint.toml").write_text(f'plugins = ["../house.py"]\nrules.HOUSE001.ceiling = {ceiling}')
        for number in range(4):
            Path(name, f"{number}.json").write_text(json.dumps(SPENDS_600))
    Path("splint.toml").write_text(PLUGIN)
    rows = found(house, "--jobs", jobs, "low", "high", "middle")
    assert [row.split(",")[0] for row in rows] == [
        f"{name}/{number}.json: budget 600 is above {ceiling}"
        for name, ceiling in (("low", 100), ("middle", 599))
        for number in range(4)
    ]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_tree_across_directories_is_judged_in_each_by_its_own_options(house: Command, jobs: str) -> None:
    """Ad groups of one campaign in two directories: each is held against the options of its own settings."""
    for name, most in {"one": 1, "two": 2}.items():
        Path(name).mkdir()
        Path(name, "splint.toml").write_text(f'plugins = ["../ours.py"]\nrules.OURS2.most = {most}')
        group = {**BASES["ad-group"], "adgroup_name": name}
        Path(name, "group.json").write_text(json.dumps(group))
    Path("splint.toml").write_text('plugins = ["./ours.py"]')
    assert found(house, "--jobs", jobs, "one", "two", select="OURS2") == ["one/group.json: 2 ad groups, more than 1"]


def test_a_file_and_the_one_that_it_extends_say_options_together(house: Command) -> None:
    """Options are merged one by one, of all files and --config; lists replace each other."""
    Path("base.toml").write_text('plugins = ["./ours.py"]\nrules.OURS1 = {prefix = "a", most = 5, markets = ["DE"]}')
    Path("splint.toml").write_text('extend = "base.toml"\n[rules.OURS1]\nmost = 6\nstrict_case = true')
    options = ["--config", "rules.OURS1.style=lower", "--config", "rules.OURS1.markets=UK, FR"]
    assert found(house, *options, "a.json", select="OURS1") == ["a.json: ('a', ('UK', 'FR'), 'lower', True, 6)"]
    assert found(house, "a.json", select="OURS1") == ["a.json: ('a', ('DE',), 'upper', True, 6)"]


def test_the_library_takes_options_as_a_keyword(house: Command) -> None:
    """`rules=` of `check` and `Linter`, over the settings file that `config` names; Linters do not share them."""
    Path("splint.toml").write_text(f"{PLUGIN}rules.HOUSE001.ceiling = 500")

    def codes(**options: Any) -> list[str]:
        return [one.code for one in splint.check(SPENDS_600, select=["HOUSE"], **options).diagnostics]

    assert house is not None
    assert codes(plugins=["house.py"]) == []
    assert codes(plugins=["house.py"], rules={"HOUSE001": {"ceiling": 599}}) == ["HOUSE001"]
    assert codes(plugins=["house.py"], config=Config(rules={"HOUSE001": {"ceiling": 599}})) == ["HOUSE001"]
    assert codes(config="splint.toml") == ["HOUSE001"]
    assert codes(config="splint.toml", rules={"HOUSE001": {"ceiling": 600}}) == []
    assert codes(plugins=["house.py"]) == []


def test_the_time_of_a_rule_with_options_is_measured(house: Command) -> None:
    Path("splint.toml").write_text(f"{PLUGIN}rules.HOUSE001.ceiling = 500")
    done = house("check", "--profile-rules", "--select", "HOUSE", "a.json")
    assert "HOUSE001  daily-budget-ceiling      1" in done.out + done.err, done


def test_what_is_sent_is_held_against_the_options_too(house: Command) -> None:
    """`submit` checks with the options of the rules that it loads; others it passes over."""
    assert house is not None
    config = Config(rules={"HOUSE001": {"ceiling": 400}}, plugins=("house.py",))
    assert "HOUSE001" in [one.code for one in Linter(strict(config)).check(SPENDS_600).diagnostics]
    assert Linter(strict(config._replace(plugins=()))).check(SPENDS_600).errors == ()


# -- what is refused ---------------------------------------------------------------------------------------------------

REFUSED: dict[str, tuple[str, str]] = {
    "an unknown rule": ("HOUSE01.ceiling = 1", "rules.HOUSE01 is no rule's code: did you mean HOUSE001?"),
    "a rule of no pack": ("OTHER7.most = 1", "rules.OTHER7 is no rule's code: is its pack named in plugins?"),
    "a rule by name": ("few-ad-groups.most = 1", "rules.few-ad-groups is no rule's code: write rules.OURS2"),
    "a prefix": ("OURS.most = 1", "rules.OURS is no rule's code"),
    "an unknown option": ("OURS1.prefx = 1", "rules.OURS1.prefx is no option of OURS1: did you mean prefix?"),
    "with a hyphen": (
        "OURS1.strict-case = 1",
        "rules.OURS1.strict-case is no option of OURS1: did you mean strict_case",
    ),
    "far from any": ("OURS2.x = 1", "rules.OURS2.x is no option of OURS2: there is most"),
    "a rule without": ("SPL210.x = 1", "rules.SPL210.x is no option of SPL210, which has none"),
    "of the other profile": ("REF001.x = 1", "rules.REF001.x is no option of REF001, which has none"),
    "no table": ("OURS1 = 5", "rules.OURS1 is 5, but takes a table of options"),
    "a text for a number": ('OURS2.most = "5"', 'rules.OURS2.most is "5", but takes a whole number from 0 on'),
    "a fraction": ("OURS2.most = 1.5", "rules.OURS2.most is 1.5, but takes a whole number from 0 on"),
    "a flag for a number": ("OURS2.most = true", "rules.OURS2.most is true, but takes a whole number from 0 on"),
    "below the least": ("OURS1.most = 0", "rules.OURS1.most is 0, but takes a whole number from 1 on"),
    "no finite number": ("HOUSE001.ceiling = inf", "rules.HOUSE001.ceiling is inf, but takes a number from 0 on"),
    "no double": (
        f"HOUSE001.ceiling = {10**400}",
        "rules.HOUSE001.ceiling is a number above 1e308, but takes a number from 0 on",
    ),
    "a number for a text": ("OURS1.prefix = 5", "rules.OURS1.prefix is 5, but takes a text"),
    "a text for a list": ('OURS1.markets = "US"', 'rules.OURS1.markets is "US", but takes a list of texts'),
    "a list of numbers": ("OURS1.markets = [1]", "rules.OURS1.markets is [1], but takes a list of texts"),
    "a number for a flag": ("OURS1.strict_case = 1", "rules.OURS1.strict_case is 1, but takes true or false"),
    "no choice": (
        'OURS1.style = "uper"',
        'rules.OURS1.style is "uper", but takes "upper" or "lower": did you mean upper?',
    ),
}


@pytest.mark.parametrize("name", ["check", "config"])
@pytest.mark.parametrize(("text", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_an_option_that_a_rule_does_not_take_is_refused(text: str, told: str, name: str, house: Command) -> None:
    """The message names file, line and key, what is taken or meant; --config and the library say the same."""
    plugins = 'plugins = ["./house.py", "./ours.py"]'
    Path("splint.toml").write_text(f"{plugins}\n[rules]\n\n{text}\n")
    done = house(name)
    assert (done.status, done.out) == (2, "")
    assert f"splint.toml:4: {told}" in done.err
    Path("splint.toml").write_text(plugins)
    if text != 'OURS1.markets = "US"':  # which --config takes for a list of one
        assert f"--config: {told}" in house(name, "--config", f"rules.{text}").err
    with pytest.raises(ConfigError) as raised:
        Linter(plugins=["house.py", "ours.py"], rules=tomllib.loads(text))
    assert str(raised.value).startswith(told)
    with pytest.raises(ConfigError) as raised:
        Linter(config="splint.toml", rules=tomllib.loads(text))
    assert str(raised.value).startswith(f"Linter(rules=...): {told}")


@pytest.mark.parametrize("rules", [5, ["HOUSE001"], "HOUSE001"])
def test_options_that_are_no_table_are_refused(rules: Any, house: Command) -> None:
    Path("splint.toml").write_text(f"rules = {json.dumps(rules)}")
    assert f"splint.toml:1: rules is {json.dumps(rules).replace(', ', ',')}, but takes a table" in house("check").err
    with pytest.raises(ConfigError, match=r"^rules is .*, but takes a table of options"):
        Linter(rules=rules)


# -- what shows them ---------------------------------------------------------------------------------------------------


def test_config_lists_every_option_with_its_origin(house: Command) -> None:
    """Those by default too; the rows are TOML that gives the settings back, and names that --config takes."""
    Path("base.toml").write_text("rules.OURS1.most = 5")
    plugins = 'plugins = ["./house.py", "./ours.py"]'
    Path("splint.toml").write_text(f'extend = "base.toml"\n{plugins}\n[rules.HOUSE001]\nceiling = 500')
    done = house("config", "--config", "rules.OURS1.prefix=x")
    rows = [" ".join(line.split()) for line in done.out.splitlines() if line.startswith("rules")]
    assert rows == [
        "rules.HOUSE001.ceiling = 500 # splint.toml:4",
        'rules.OURS1.prefix = "x" # --config',
        'rules.OURS1.markets = ["US", "CA"] # default',
        'rules.OURS1.style = "upper" # default',
        "rules.OURS1.strict_case = false # default",
        "rules.OURS1.most = 5 # base.toml:1",
        "rules.OURS2.most = 1 # default",
    ]
    settings = json.loads(house("config", "--output-format", "json").out)["settings"]
    assert settings["rules.OURS1.most"] == {"value": 5, "origin": "base.toml:1"}
    assert settings["rules.OURS1.markets"] == {"value": ["US", "CA"], "origin": "default"}
    Path("splint.toml").write_text(done.out)
    again = [line.split("#")[0].split() for line in house("config").out.splitlines()]
    assert again == [line.split("#")[0].split() for line in done.out.splitlines()]


def test_a_rules_page_lists_its_options(house: Command) -> None:
    """As text, Markdown and JSON: name, default, what it takes and says; and what the examples set."""
    Path("splint.toml").write_text(PLUGIN)
    text = house("rules", "HOUSE001").out
    assert "\n  rules.HOUSE001.ceiling = 10000\n    What a campaign may spend a day, in the account's currency" in text
    assert "(takes a number from 0 on)" in text
    assert "the lower ceiling of a sandbox (ceiling = 499)" in text
    markdown = house("rules", "HOUSE001", "--output-format", "markdown").out
    assert "| `rules.HOUSE001.ceiling = 10000` | a number from 0 on | What a campaign may spend a day" in markdown
    [page] = json.loads(house("rules", "HOUSE001", "--output-format", "json").out)
    about = "What a campaign may spend a day, in the account's currency"
    assert page["options"] == [
        {
            "name": "ceiling",
            "type": "number",
            "default": 10000,
            "least": 0,
            "about": about,
            "takes": "a number from 0 on",
        }
    ]
    assert [example["options"] for example in page["examples"]].count({"ceiling": 499}) == 1
    assert "ption" not in house("rules", "SPL210").out


# -- strangers ---------------------------------------------------------------------------------------------------------


def test_a_stranger_sets_no_option(house: Command) -> None:
    """Settings of an untrusted tree silence no house rule by an option, unless their ignores are allowed."""
    Path("tree").mkdir()
    Path("tree/a.json").write_text(json.dumps({**SPENDS_600, "budget": 20_000}))
    Path("tree/splint.toml").write_text("rules.HOUSE001.ceiling = 50_000")
    arguments = ("--plugin", "house.py", "tree")
    above = ["tree/a.json: budget 20,000 is above 10,000, what a campaign may spend a day"]
    assert found(house, *arguments) == []
    assert found(house, "--untrusted", *arguments) == above
    assert found(house, "--untrusted", "--allow-ignores", *arguments) == []
    low = ("--config", "rules.HOUSE001.ceiling=300")
    assert found(house, "--untrusted", *low, *arguments) == [above[0].replace("10,000", "300")]


# -- how a rule declares them ------------------------------------------------------------------------------------------


def made(*options: Option) -> Any:
    """A rule whose function takes `most`."""

    @rule("ZZ1", "most", on=Campaign, level="error", section="x", basis="sanity", options=options)
    def most(campaign: Campaign, *, most: int) -> Iterator[Finding]:
        """There is a most."""
        yield campaign.finding("budget", f"{most}", "lower it")

    return most


DECLARED: dict[str, tuple[Sequence[Option], str]] = {
    "none": ((), "ZZ1: its options are none, but the keyword-only parameters of its function are most"),
    "another": ((Option("least", "integer", 1, "x"),), "ZZ1: its options are least, but"),
    "twice": ((Option("most", "integer", 1, "x"),) * 2, "ZZ1: its options are most, most, but"),
    "no type": ((Option("most", "int", 1, "x"),), "ZZ1: option most: the types are integer, number, "),  # type: ignore[arg-type]
    "a default of another type": ((Option("most", "integer", "1", "x"),), 'the default is "1", but takes a whole'),
    "a default below the least": ((Option("most", "number", 1, "x", least=2),), "1, but takes a number from 2 on"),
    "a default that is no choice": ((Option("most", ("a", "b"), "c", "x"),), 'but takes "a" or "b"'),
}


@pytest.mark.parametrize(("options", "told"), DECLARED.values(), ids=DECLARED.keys())
def test_options_that_a_rule_cannot_have_stop_its_import(options: Sequence[Option], told: str) -> None:
    with pytest.raises(TypeError) as raised:
        made(*options)
    assert told in str(raised.value)


READ: list[tuple[OptionType, Any, Any]] = [
    ("integer", -3, -3),
    ("number", 2, 2),
    ("number", -0.5, -0.5),
    ("flag", False, False),
    ("text", "", ""),
    ("texts", [], ()),
    ("texts", ("a", "b"), ("a", "b")),
    (("a", "b"), "b", "b"),
]


@pytest.mark.parametrize(("kind", "value", "read"), READ)
def test_an_option_reads_a_value_of_its_type(kind: OptionType, value: Any, read: Any) -> None:
    assert Option("x", kind, value, "x").read(value) == read


def test_a_rule_runs_with_its_defaults_and_keeps_them() -> None:
    """Other options make another rule: the first one stays as it is."""
    first = made(Option("most", "integer", 7, "x"))
    second = first.with_options({"most": 8})
    node = type("Anything", (), {"finding": lambda _self, _name, message, _help: message})()
    assert [list(one.check(node)) for one in (first, second, first.with_options({}))] == [["7"], ["8"], ["7"]]
