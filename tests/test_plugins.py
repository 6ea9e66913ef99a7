"""Packs, readers and reporters of anybody's: how they come in, and what stops a run."""

import importlib.util
import json
from pathlib import Path
from textwrap import dedent
from types import ModuleType

import pytest

from splint import ConfigError, Linter, PluginError
from splint.reporting.questions import places_asked
from splint.rules.registry import load
from splint.testing import Case, cases
from tests.command import Command

ROOT = Path(__file__).parent.parent
HOUSE = "fixtures/house-rules/budget_ceiling.py"
CAMPAIGN = {
    "advertiser_id": "7012345678901234567",
    "campaign_name": "Spring sale",
    "objective_type": "WEB_CONVERSIONS",
    "budget": 12_500,
}
RULE = """
    from splint import Pack, hookimpl, rule
    from splint.payloads.nodes import Campaign

    @rule("{code}", "{name}", on=Campaign, level="error", section="Ours", basis="sanity")
    def ours(campaign):
        \"\"\"A name begins with a market.\"\"\"
        {body}

    @hookimpl
    def {hook}():
        return Pack("{pack}", "{prefix}", "Our own", None, (ours,))
"""
NEVER = 'yield from ()\n        assert campaign, "never"'


def house_module() -> ModuleType:
    """The house rules as a module that somebody has imported."""
    spec = importlib.util.spec_from_file_location("house_rules", ROOT / HOUSE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MODULE = house_module()


def plugin(directory: Path, text: str, name: str = "ours.py") -> str:
    """A plugin's file."""
    path = directory / name
    path.write_text(dedent(text), encoding="utf-8")
    return str(path)


def pack(
    directory: Path,
    *,
    code: str = "OURS001",
    name: str = "market-in-name",
    prefix: str = "OURS",
    hook: str = "splint_rules",
    body: str = "yield campaign.finding('campaign_name', 'campaign_name names no market', 'put one first')",
    file: str = "ours.py",
) -> str:
    """A plugin's file with a pack of one rule."""
    text = RULE.format(code=code, name=name, prefix=prefix, hook=hook, body=body, pack=Path(file).stem)
    return plugin(directory, text, file)


@pytest.fixture
def splint(command: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command, in the directory of this repository."""
    monkeypatch.chdir(ROOT)
    return command


@pytest.fixture
def campaign(tmp_path: Path) -> str:
    """A campaign file with a budget above the house's ceiling, and nothing else to object to."""
    path = tmp_path / "campaign.json"
    path.write_text(json.dumps(CAMPAIGN), encoding="utf-8")
    return str(path)


# -- a house rule ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", cases(MODULE.PACK, MODULE), ids=str)
def test_a_house_rule_flags_exactly_what_its_example_says(case: Case) -> None:
    case.verify()


@pytest.mark.parametrize("given", [str(ROOT / HOUSE), MODULE], ids=["a path", "a module"])
def test_the_library_takes_a_plugin_as_path_and_as_module(given: str | ModuleType) -> None:
    report = Linter(plugins=[given]).check(CAMPAIGN)
    assert [(diagnostic.code, diagnostic.pointer) for diagnostic in report.diagnostics] == [("HOUSE001", "/budget")]
    assert report.diagnostics[0].source.title == "House rules"


def test_the_library_without_a_plugin_knows_nothing_of_it() -> None:
    Linter(plugins=[MODULE])
    assert Linter().check(CAMPAIGN).diagnostics == ()


@pytest.mark.parametrize("form", ["full", "concise", "json"])
def test_check_reports_a_house_rule_in_every_format(splint: Command, campaign: str, form: str) -> None:
    done = splint("check", "--isolated", "--plugin", HOUSE, "--output-format", form, campaign)
    assert (done.status, done.out.count("HOUSE001"), done.err) == (1, 1, "")


def test_a_house_rule_is_selected_and_ignored_like_any_other(splint: Command, campaign: str) -> None:
    assert splint("check", "--isolated", "--plugin", HOUSE, "--select", "HOUSE", campaign).status == 1
    assert splint("check", "--isolated", "--plugin", HOUSE, "--ignore", "daily-budget-ceiling", campaign).status == 0


def test_the_catalogue_shows_a_house_rule(splint: Command) -> None:
    assert "HOUSE001" in splint("rules", "--plugin", HOUSE).out
    page = splint("rules", "--plugin", HOUSE, "HOUSE001")
    assert (page.status, "rules.HOUSE001.ceiling = 10000" in page.out) == (0, True)


def test_a_plugin_named_twice_is_one(splint: Command, campaign: str) -> None:
    done = splint(
        "check", "--isolated", "--plugin", HOUSE, "--plugin", HOUSE, "--output-format", "concise", "-q", campaign
    )
    assert (done.status, len(done.out.splitlines())) == (1, 1)


# -- what stops a run --------------------------------------------------------------------------------------------------


def refused(splint: Command, campaign: str, *plugins: str) -> str:
    """The message with which check stops before it has read anything."""
    options = [word for path in plugins for word in ("--plugin", path)]
    done = splint("check", "--isolated", *options, campaign)
    assert (done.status, done.out) == (2, "")
    assert "Traceback" not in done.err
    with pytest.raises(PluginError):
        Linter(plugins=plugins)
    return done.err


def test_a_code_of_another_pack_stops_the_run(splint: Command, tmp_path: Path, campaign: str) -> None:
    other = pack(tmp_path, code="HOUSE001", prefix="HOUSE", file="lodgers.py")
    message = refused(splint, campaign, HOUSE, other)
    assert "HOUSE001" in message
    assert "lodgers" in message


def test_a_duplicate_code_in_a_pack_stops_the_run(splint: Command, tmp_path: Path, campaign: str) -> None:
    path = pack(tmp_path)
    Path(path).write_text(Path(path).read_text(encoding="utf-8").replace("(ours,)", "(ours, ours)"), encoding="utf-8")
    message = refused(splint, campaign, path)
    assert "OURS001" in message
    assert "pack" in message


def test_a_name_of_another_pack_stops_the_run(splint: Command, tmp_path: Path, campaign: str) -> None:
    message = refused(splint, campaign, pack(tmp_path, name="syntax-error"))
    assert "syntax-error" in message
    assert "ours" in message


@pytest.mark.parametrize("code", ["SPL999", "THEIRS001", "OURS", "OURS1a"])
def test_a_code_outside_its_packs_prefix_stops_the_run(
    splint: Command, tmp_path: Path, campaign: str, code: str
) -> None:
    message = refused(splint, campaign, pack(tmp_path, code=code))
    assert code in message
    assert "pack ours" in message


def test_a_misspelt_hook_stops_the_run(splint: Command, tmp_path: Path, campaign: str) -> None:
    path = pack(tmp_path, hook="splint_rulez")
    message = refused(splint, campaign, path)
    assert f"plugin {path}: splint_rulez" in message
    assert "splint_rules" in message


def test_a_module_without_a_hook_stops_the_run(splint: Command, tmp_path: Path, campaign: str) -> None:
    path = plugin(tmp_path, "RULES = ()\n")
    assert f"plugin {path} has no hook" in refused(splint, campaign, path)


def test_a_module_that_raises_stops_the_run(splint: Command, tmp_path: Path, campaign: str) -> None:
    path = plugin(tmp_path, "raise RuntimeError('the database is down')\n")
    message = refused(splint, campaign, path)
    assert path in message
    assert "the database is down" in message


def test_a_module_that_does_not_parse_stops_the_run(splint: Command, tmp_path: Path, campaign: str) -> None:
    path = plugin(tmp_path, "def splint_rules(:\n")
    message = refused(splint, campaign, path)
    assert path in message
    assert "SyntaxError" in message


def test_a_hook_that_raises_stops_the_run(splint: Command, tmp_path: Path, campaign: str) -> None:
    text = """
        import splint

        @splint.hookimpl
        def splint_rules():
            raise LookupError("no rules today")
    """
    assert "no rules today" in refused(splint, campaign, plugin(tmp_path, text))


@pytest.mark.parametrize(
    ("hook", "given", "told"),
    [
        ("splint_reporters", "{'foo': 5}", "splint_reporters gives {'foo': 5}, not Reporter(...) in a list"),
        ("splint_readers", "[object()]", "splint_readers gives <object object"),
        ("splint_readers", "5", "splint_readers gives 5, not Reader(...)"),
    ],
)
def test_a_hook_that_gives_something_else_stops_the_run_and_its_plugin_is_named(
    splint: Command, tmp_path: Path, campaign: str, hook: str, given: str, told: str
) -> None:
    path = plugin(tmp_path, f"import splint\n\n@splint.hookimpl\ndef {hook}():\n    return {given}\n")
    message = refused(splint, campaign, path)
    assert told in message
    assert path in message


@pytest.mark.parametrize("name", ["fixtures/house-rules/no_such_file.py", "no_such_package.rules"])
def test_a_plugin_that_is_not_there_stops_the_run(splint: Command, campaign: str, name: str) -> None:
    assert name in refused(splint, campaign, name)


def test_a_broken_plugin_stops_the_catalogue_too(splint: Command, tmp_path: Path) -> None:
    path = plugin(tmp_path, "raise RuntimeError('the database is down')\n")
    done = splint("rules", "--plugin", path)
    assert (done.status, done.out, path in done.err) == (2, "", True)


# -- readers, reporters, crashes ---------------------------------------------------------------------------------------

READER = """
    import splint
    from splint.formats import Reader, Source
    from splint.formats.json.reader import parse

    def read(path, stream):
        \"\"\"A signature's line, then JSON.\"\"\"
        signature = stream.readline()
        yield parse(Source(path, stream.read(), line=2, offset=len(signature)))

    @splint.hookimpl
    def splint_readers():
        return [Reader("payload", (".payload",), read)]
"""
REPORTER = """
    import splint
    from splint.reporting.reporters import Reporter

    @splint.hookimpl
    def splint_reporters():
        return [Reporter("tally", lambda report, style: f"{len(report.diagnostics)} of {report.payloads}\\n")]
"""


def signed(directory: Path) -> Path:
    """A file of the plugin's own format, without a budget."""
    path = directory / "spring.payload"
    body = {key: value for key, value in CAMPAIGN.items() if key != "budget"}
    path.write_text(f"sha256=0123\n{json.dumps(body, indent=1)}\n", encoding="utf-8")
    return path


def test_a_reader_of_a_plugin_reads_its_files_named_and_walked(splint: Command, tmp_path: Path) -> None:
    reader, file = plugin(tmp_path, READER), signed(tmp_path)
    for given in (file, tmp_path):
        done = splint("check", "--isolated", "--plugin", reader, "--output-format", "json", str(given))
        [diagnostic] = json.loads(done.out)["diagnostics"]
        assert (done.status, diagnostic["code"], Path(diagnostic["path"]).name) == (1, "SPL103", file.name)
        assert diagnostic["range"]["start"] == {"line": 2, "column": 1, "offset": 12}
    assert Linter(plugins=[reader]).check(file).diagnostics[0].code == "SPL103"


def test_a_format_that_no_reader_knows_is_a_tool_error(splint: Command, tmp_path: Path) -> None:
    done = splint("check", "--isolated", str(signed(tmp_path)))
    assert (done.status, ".payload: no document format" in done.out + done.err) == (2, True)


def test_a_reporter_of_a_plugin_is_an_output_format(splint: Command, tmp_path: Path, campaign: str) -> None:
    reporter, file = plugin(tmp_path, REPORTER), tmp_path / "tally.txt"
    options = ["--isolated", "--plugin", reporter, "--plugin", HOUSE]
    done = splint("check", *options, "--output-format", "tally", campaign)
    assert (done.status, done.out) == (1, "1 of 1\n")
    done = splint("check", *options, "--output-format", f"tally={file}", "--output-format", "concise", "-q", campaign)
    assert (done.status, "HOUSE001" in done.out, file.read_text(encoding="utf-8")) == (1, True, "1 of 1\n")


IDS = """
    import splint
    from splint import Reporter

    def render(report, style):
        return "".join(f"{{one.fingerprint}} {{one.field}}\\n" for one in report.diagnostics)

    @splint.hookimpl
    def splint_reporters():
        return [Reporter({arguments})]
"""


def test_a_reporter_of_a_plugin_has_the_ids_of_the_other_formats(
    splint: Command, tmp_path: Path, campaign: str
) -> None:
    """Where it says that it needs none, and asks for one all the same, there is no other number in its stead."""
    ours = plugin(tmp_path, IDS.format(arguments="'ids', render"))
    options = ("check", "--isolated", "--plugin", HOUSE, campaign)
    [known] = json.loads(splint(*options, "--output-format", "json").out)["diagnostics"]
    assert splint(*options, "--plugin", ours, "--output-format", "ids").out == f"{known['id']} Campaign.budget\n"
    hasty = plugin(tmp_path, IDS.format(arguments="'hasty', render, needs=()"), "hasty.py")
    done = splint(*options, "--plugin", hasty, "--output-format", "hasty")
    assert (done.status, done.out) == (2, "")
    assert "this run made no fingerprints: the output format names them in its needs" in done.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("'full', render", "the output format full stands twice: names of formats are unique"),
        (
            "'ids', render, needs={'fingerprint'}",
            "the output format ids needs 'fingerprint': a report has fingerprints, ",
        ),
        ("'ids', render, needs='paths'", "the output format ids needs 'p'"),
    ],
)
def test_a_reporter_with_a_taken_name_or_a_misspelt_need_stops_the_run(
    splint: Command, tmp_path: Path, campaign: str, arguments: str, told: str
) -> None:
    assert told in refused(splint, campaign, plugin(tmp_path, IDS.format(arguments=arguments)))


def test_a_crashed_rule_is_reported_by_code_and_stops_no_other(splint: Command, tmp_path: Path, campaign: str) -> None:
    crash = pack(tmp_path, body="raise ZeroDivisionError('by hand')\n        yield")
    done = splint("check", "--isolated", "--plugin", crash, "--plugin", HOUSE, "--output-format", "json", campaign)
    report = json.loads(done.out)
    assert done.status == 2
    assert [(notification["code"], notification["kind"]) for notification in report["errors"]] == [
        ("OURS001", "crashed-rule")
    ]
    assert "ZeroDivisionError: by hand" in report["errors"][0]["message"]
    assert [diagnostic["code"] for diagnostic in report["diagnostics"]] == ["HOUSE001"]
    assert "OURS001" in done.err


@pytest.mark.parametrize("option", [(), ("--profile-rules",)])
def test_a_crash_names_the_last_line_of_the_plugin(
    splint: Command, tmp_path: Path, campaign: str, monkeypatch: pytest.MonkeyPatch, option: tuple[str, ...]
) -> None:
    """Not that of the standard library that it called; SPLINT_TRACEBACK=1 shows these frames too."""
    crash = pack(tmp_path, body="import json; json.loads('{')\n        yield")
    line = Path(crash).read_text().partition("import json;")[0].count("\n") + 1
    check = ("check", "--isolated", "--plugin", crash, *option, campaign)
    done = splint(*check)
    assert f"{Path(crash).name}:{line} in " in done.out
    assert "`import json; json.loads('{')`" in done.out
    assert f"{Path(campaign).name} (" in done.out
    assert "Traceback" not in done.err
    monkeypatch.setenv("SPLINT_TRACEBACK", "1")
    done = splint(*check)
    assert "Traceback" in done.err
    assert "raw_decode" in done.err


def test_a_rule_that_crashes_half_way_keeps_what_it_found(tmp_path: Path) -> None:
    body = "yield campaign.finding('budget', 'a', 'b')\n        campaign.budgets"
    report = Linter(plugins=[pack(tmp_path, body=body)]).check(CAMPAIGN)
    assert [diagnostic.code for diagnostic in report.diagnostics] == ["OURS001"]
    assert [notification.code for notification in report.errors] == ["OURS001"]
    assert not report.ok


UNSOUND = {
    "fix=splint.Fix('t', ())": "ValueError: the fix 't' has no operation",
    "fix=splint.Fix('t', [1])": "TypeError: the fix 't' consists of 1",
    "fix=splint.Fix('t', campaign.put('budget', 5))": "TypeError: a fix is Fix(title",
    "fix=splint.Fix(5, [campaign.put('budget', 5)])": "TypeError: a fix is Fix(title",
    "fix=splint.Fix('t', [campaign.put('budget', {1})])": "TypeError: the fix 't' writes {1}",
    "fix=5": "TypeError: a fix is Fix(title",
    "fix=splint.Fix('t', [campaign.put('budget', 5)], is_safe='no')": "TypeError: is_safe of the fix 't' is True",
    "level='fatal'": "ValueError: the level of a finding is one of info, warning, error, not 'fatal'",
}


@pytest.mark.parametrize("given", UNSOUND)
@pytest.mark.parametrize("form", ["full", "json", "html"])
def test_a_finding_that_cannot_be_shown_is_a_crash_of_its_rule(
    splint: Command, tmp_path: Path, campaign: str, given: str, form: str
) -> None:
    """The report is there all the same, with what the other rules find."""
    body = f"import splint; yield campaign.finding('budget', 'a', 'b', {given})"
    plugins = ("--plugin", pack(tmp_path, body=body), "--plugin", HOUSE)
    done = splint("check", "--isolated", *plugins, "--output-format", form, campaign)
    assert (done.status, "HOUSE001" in done.out, "internal error" in done.err) == (2, True, False)
    [crash] = Linter(plugins=plugins[1::2]).check(CAMPAIGN).errors
    assert (crash.kind, crash.code) == ("crashed-rule", "OURS001")
    assert UNSOUND[given] in crash.message


UNKNOWN_NAMES = {
    "yield campaign.missing('a', 'b', about='budgte')": "ValueError: a finding is about 'budgte', which is no field: "
    "did you mean budget?",
    "yield campaign.missing('a', 'b', about='budget', also=['zzzz'])": "ValueError: a finding is about 'zzzz'",
    "yield campaign.missing('a', 'b', about='budget', also='budget_mode')": "TypeError: also= is a list of names of "
    "fields, ['budget_mode'], not one text",
    "yield campaign.finding('budget', 'a', 'b', offers='budget_mode')": "TypeError: offers= is a list of values and "
    "names of fields, ['budget_mode'], not one text",
    "yield campaign.finding('budget', 'a', 'b')._replace(becomes=5)": "TypeError: becomes= of a finding is the name "
    "that its key gets",
    "yield campaign.finding('budget', str(campaign.fact('historic')), 'b')": "ValueError: 'historic' is no account "
    "fact: those are event_sources, historical_cpa, currency, scopes, delivery_start, last_bid_change",
}


@pytest.mark.parametrize("body", UNKNOWN_NAMES)
def test_a_name_that_no_field_or_fact_has_is_a_crash_of_its_rule(tmp_path: Path, body: str) -> None:
    """A text in the place of a list made a question to agents of each of its letters."""
    report = Linter(plugins=[pack(tmp_path, body=body)]).check(CAMPAIGN)
    assert [(crash.kind, crash.code) for crash in report.errors] == [("crashed-rule", "OURS001")]
    assert f"({UNKNOWN_NAMES[body]}" in report.errors[0].message


@pytest.mark.parametrize(("offers", "first"), [("", "BUDGET_MODE_DAY"), ("'BUDGET_MODE_TOTAL'", "BUDGET_MODE_TOTAL")])
def test_agents_are_offered_first_what_a_rule_offers_and_no_help_is_searched(
    tmp_path: Path, offers: str, first: str
) -> None:
    body = f"yield campaign.finding('budget_mode', 'a', 'set it to BUDGET_MODE_TOTAL', offers=[{offers}])"
    report = Linter(plugins=[pack(tmp_path, body=body)]).check(CAMPAIGN)
    [one] = [one for one in report.active if one.code == "OURS001"]
    assert [place["choices"][0] for place in places_asked(report, one)] == [first]


@pytest.mark.parametrize("name", ["", "budget"])
def test_a_key_gets_the_name_that_its_finding_gives_and_none_out_of_the_help(tmp_path: Path, name: str) -> None:
    body = f"yield campaign.finding('campaign_name', 'a', 'write budget_mode')._replace(becomes={name!r})"
    report = Linter(plugins=[pack(tmp_path, body=body)]).check(CAMPAIGN)
    assert [one.becomes for one in report.active if one.code == "OURS001"] == [name]


@pytest.mark.parametrize("field", ["sales_destination", "campaign_nam", "campaign_name/3", "budget_mode/0/a"])
def test_a_finding_on_a_field_that_is_not_there_is_one_on_its_object(
    splint: Command, tmp_path: Path, campaign: str, field: str
) -> None:
    path = pack(tmp_path, body=f"yield campaign.finding({field!r}, 'a', 'b', level='warning')")
    [found] = Linter(plugins=[path]).check(CAMPAIGN).diagnostics
    assert (found.code, found.pointer, found.severity) == ("OURS001", "", "warning")
    [found] = splint("check", "--isolated", "--plugin", path, "--output-format", "json", campaign).report["diagnostics"]
    assert (found["pointer"], found["range"]["start"]["offset"]) == ("", 0)


def test_a_finding_on_a_field_under_a_misspelt_key_is_left_to_that_key(tmp_path: Path) -> None:
    path = pack(tmp_path, body="yield campaign.finding('objective_type', 'a', 'b')")
    misspelt = {**{key: value for key, value in CAMPAIGN.items() if key != "objective_type"}, "objectve_type": "x"}
    assert [one.code for one in Linter(plugins=[path]).check(misspelt).diagnostics] == ["SPL004"]


@pytest.mark.parametrize("operation", ["put('a/b', 5)", "remove('a')", "rename('a', 'b')"])
def test_a_fix_of_what_is_not_there_is_left_out(tmp_path: Path, operation: str) -> None:
    """It may stand under a misspelt key, which a rule does not see."""
    body = f"import splint; yield campaign.finding('budget', 'a', 'b', fix=splint.Fix('t', [campaign.{operation}]))"
    report = Linter(plugins=[pack(tmp_path, body=body)]).check(CAMPAIGN)
    assert [(one.code, one.fix) for one in report.diagnostics] == [("OURS001", None)]
    assert report.errors == ()


@pytest.mark.parametrize("part", ["'a', 5", "5, 'b'", "'a', 'b', campaign"])
def test_the_words_and_places_of_a_finding_are_checked_too(tmp_path: Path, part: str) -> None:
    report = Linter(plugins=[pack(tmp_path, body=f"yield campaign.finding('budget', {part})")]).check(CAMPAIGN)
    assert [(error.kind, error.code) for error in report.errors] == [("crashed-rule", "OURS001")]


def test_a_rule_that_finds_nothing_is_no_tool_error(splint: Command, tmp_path: Path, campaign: str) -> None:
    done = splint("check", "--isolated", "--plugin", pack(tmp_path, body=NEVER), campaign)
    assert (done.status, done.err) == (0, "")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        *(("a.json", "json"), ("a.jsonc", "jsonc"), ("a.ndjson", "ndjson"), ("a.jsonl", "ndjson")),
        *(("a.yaml", "yaml"), ("A.YML", "yaml"), ("a.sh", "shell"), ("a.md", "markdown"), ("a.txt", "text")),
    ],
)
def test_a_shipped_format_is_known_by_its_suffix(path: str, name: str) -> None:
    reader = load().reader_for(path)
    assert reader is not None
    assert reader.name == name


@pytest.mark.parametrize("error", ["SystemExit", "GeneratorExit", "asyncio.CancelledError"])
@pytest.mark.parametrize("where", ["import", "hook", "rule"])
def test_a_plugin_that_exits_ends_no_run(tmp_path: Path, where: str, error: str) -> None:
    """What is no Exception is an error like any other: a green status would lie, a traceback is no report."""
    stop = f"raise {error}(0)" if where == "import" else ""
    in_hook = f"raise {error}(0)" if where == "hook" else "return PACK"
    (tmp_path / "leaver.py").write_text(
        f"""
import asyncio
import splint
from splint.payloads.nodes import Campaign
{stop}
@splint.rule("ZZ001", "leaver", on=Campaign, level="error", section="x", basis="sanity")
def leaver(campaign):
    \"\"\"It leaves.\"\"\"
    raise {error}(0)
    yield
PACK = splint.Pack("leaver", "ZZ", "Leaver", None, (leaver,))
@splint.hookimpl
def splint_rules():
    {in_hook}
"""
    )
    plugins = [str(tmp_path / "leaver.py")]
    if where == "rule":
        report = Linter(plugins=plugins).check({"objective_type": "WEB_CONVERSIONS"})
        assert [notification.kind for notification in report.errors] == ["crashed-rule"]
    else:
        with pytest.raises(PluginError, match=error.rpartition(".")[2]):
            Linter(plugins=plugins)


NOISY = """
    import splint
    from splint.payloads.nodes import Campaign

    print("noise of the import")

    @splint.rule("ZZ001", "noisy", on=Campaign, level="error", section="x", basis="sanity")
    def noisy(campaign):
        \"\"\"It prints.\"\"\"
        print("noise of the rule")
        yield campaign.finding("budget", "a", "b")

    @splint.hookimpl
    def splint_rules():
        print("noise of the hook")
        return splint.Pack("noisy", "ZZ", "Noisy", None, (noisy,))
"""


@pytest.mark.parametrize("name", ["check", "rules", "config", "explain"])
def test_what_a_plugin_prints_goes_to_standard_error(splint: Command, tmp_path: Path, campaign: str, name: str) -> None:
    """Standard output holds the JSON alone, in every command."""
    path = plugin(tmp_path, NOISY)
    words = {
        "check": ("--isolated", "--plugin", path, campaign),
        "rules": ("--plugin", path),
        "config": ("--config", f"plugins=['{path}']"),
        "explain": ("--isolated", "--plugin", path, "--payload", campaign),
    }[name]
    done = splint(name, *words, "--output-format", "json", stdin='{"code": 40002, "message": "budget is invalid"}')
    assert "noise" not in done.out
    assert json.loads(done.out)
    expected = {"check": {"import", "hook", "rule"}, "explain": {"import", "hook", "rule"}}
    told = {line.rpartition(" ")[2] for line in done.err.splitlines() if line.startswith("noise")}
    assert told == expected.get(name, {"import", "hook"})


@pytest.mark.parametrize(("profile", "other"), [("reference", "guide"), ("guide", "reference")])
def test_a_pack_of_one_profile_is_part_of_it_alone(tmp_path: Path, command: Command, profile: str, other: str) -> None:
    """As the packs that come with splint are; a comment or a setting for it is none for nothing in the other one."""
    path = pack(tmp_path)
    Path(path).write_text(Path(path).read_text().replace("None, (ours,)", f"None, (ours,), profile={profile!r}"))
    file = tmp_path / "a.yaml"
    file.write_text("# splint: ignore-file[OURS001]\ncampaign_name: x\nobjective_type: WEB_CONVERSIONS\n")
    assert "OURS001" in {one.rule.code for one in Linter(plugins=[path], profile=profile).rules}
    without = Linter(plugins=[path], profile=other, rules={"OURS001": {}})
    assert "OURS001" not in {one.rule.code for one in without.rules}
    assert "OURS001" not in {one.code for one in without.check({"campaign_name": "x"}).diagnostics}
    assert [one.message for one in without.check(file).diagnostics if one.code == "SPL009"] == []
    with pytest.raises(ConfigError, match=f"OURS001' is a rule of the profile {profile} only: add --profile {profile}"):
        Linter(plugins=[path], profile=other, select=["OURS001"])
    refused = command("rules", "--plugin", path, "--profile", other, "OURS001")
    assert refused.status == 2
    assert f"no rule is of all of these: OURS001, the profile {other}" in refused.err
    assert "OURS001" in command("rules", "--plugin", path, "--profile", profile, "OURS001").out
