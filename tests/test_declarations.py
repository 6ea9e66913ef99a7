"""What authors of packs declare wrongly stops the load, with the code, the file and line, and the way out."""

from importlib import import_module
from pathlib import Path

import pluggy
import pytest
import splint_guide
import splint_reference

from splint import Linter, PluginError
from splint.payloads.conditions import REGISTERED
from splint.reporting.wording import either
from splint.rules import hooks, node_pages
from splint.rules.declarations import NODES, Known, cycles, faults_of_rule
from splint.rules.plugin_faults import faults
from splint.rules.registry import PROFILES, load
from splint.rules.rule import Selection
from splint.testing import BASES
from tests.command import Command

HEAD = """\
from splint import Fix, Pack, Reader, Reporter, hookimpl, rule
from splint.payloads.nodes import *
from splint.payloads.nodes import EventRecord, Node, Payload
from splint.rules.guard import *
"""
DECORATOR = """\
@rule(
    {code!r}, {name!r}, {options}
)
def {function}(node):
    \"\"\"Names differ.\"\"\"
    yield node.finding("adgroup_name", "it is taken", "take another")
"""
TAIL = """\
@hookimpl
def splint_rules():
    return Pack("zed", "ZED", "Zed's own", None, ({functions},){pack})
"""
USUAL = {"on": "AdGroup", "level": "'error'", "section": "'Names'", "basis": "'sanity'"}


def written(*rules: dict[str, str], code: str = "ZED{:03}", name: str = "rule-{}", pack: str = "") -> str:
    """A plugin with a rule for each of these arguments of decorators, which override the usual ones."""
    decorated = [
        DECORATOR.format(
            code=code.format(number),
            name=name.format(number),
            options=", ".join(f"{argument}={value}" for argument, value in {**USUAL, **given}.items()),
            function=f"rule_{number}",
        )
        for number, given in enumerate(rules, 1)
    ]
    functions = ", ".join(f"rule_{number}" for number in range(1, len(rules) + 1))
    return "\n".join([HEAD, *decorated, TAIL.format(functions=functions, pack=pack)])


def refused(directory: Path, text: str) -> str:
    """The message with which a plugin is refused, after its name; what follows checks as if it had never been named."""
    path = directory / f"zed{len([*directory.iterdir()])}.py"
    path.write_text(text)
    with pytest.raises(PluginError) as told:
        Linter(plugins=[str(path)])
    assert Linter().check(BASES["cbo"]).ok
    message = str(told.value)
    assert message.startswith(f"plugin {path}")
    return message.removeprefix(f"plugin {path}").replace(str(path), "zed.py")


CALLED = either([kind.__name__ for kind in NODES])
FACTS = "event_sources, historical_cpa, currency, scopes, delivery_start, last_bid_change"
WRONG: dict[str, str] = {
    "on=dict": f"has on=dict, which no rule is called with: it is {CALLED}",
    "on=()": f"has on=(), which no rule is called with: it is {CALLED}",
    "on='AdGroup'": f"has on='AdGroup', which no rule is called with: it is {CALLED}",
    "on=[AdGroup]": "has on=[<class 'splint.payloads.nodes.ad_group.AdGroup'>], which no rule is called with: it is",
    **{
        f"on={kind}": f"has on={kind}, which no rule is called with: it is {CALLED}"
        for kind in ("Node", "Payload", "Targeting", "Bundle", "EventRecord", "CreativeInfo")
    },
    "on=(AdGroup, Targeting)": f"has on=Targeting, which no rule is called with: it is {CALLED}",
    "level='fatal'": "has level 'fatal' and basis 'sanity'; the levels are info, warning, error, the bases stated,",
    "fix='maybe'": "has fix='maybe': it is safe or unsafe, or left out",
    "since=1": "has since=1: a version is a text, such as '1.2'",
    "section=5": "has section=5: the part of the source is a text",
    "examples=[]": "has examples that are no function: write examples=lambda: [...]",
    "documents='173'": "has documents='173': that is a tuple of document ids, such as (1735713875563521,)",
    "facts=('hist',)": f"has 'hist' among its facts: they are account facts: {FACTS}",
    "facts='currency'": f"has facts='currency': that is a tuple or a set of account facts: {FACTS}",
    "requests='create'": "has requests='create': that is a tuple or a set of create, update or both",
    "requests={'row'}": "has 'row' among its requests: they are create, update or both",
    "requests=()": "has no requests: they are create, update or both",
    "campaigns='web'": "has campaigns='web': that is a tuple or a set of web, catalog or other",
    "campaigns={'app'}": "has 'app' among its campaigns: they are web, catalog or other",
    "misses='AdGroup.budget'": "has misses='AdGroup.budget': that is a tuple or a set of fields with their models",
    "misses=['AdGroup.x']": "has 'AdGroup.x' among its misses: they are fields with their models, such as AdGroup.bid",
    "replaces='SPL106'": "has replaces='SPL106': that is a tuple of codes, such as ('SPL106',)",
    "replaces=('SPL999',)": "replaces SPL999, which no rule has: `splint rules` lists the codes",
    "replaces=('bid-price',)": "replaces 'bid-price': a code is the prefix of a pack and digits, such as SPL106",
    "replaces=('ZED001',)": "replaces itself: leave its own code out",
    "supersedes=['SPL106']": "has supersedes=['SPL106']: that is how far it owns the causes of rules, such as "
    '{"SPL106": "place"}',
    "supersedes={'SPL106': 'file'}": "supersedes SPL106 at 'file': that is place, within, related, node or tree, or a "
    "tuple of the names of fields",
    "supersedes={'SPL106': ()}": "supersedes SPL106 at (): that is place, within, related, node or tree, or a tuple",
    "supersedes={'SPL106': ('bidtype',)}": "supersedes SPL106 at ('bidtype',): that is place, within, related, node",
    "supersedes={'SPL999': 'place'}": "supersedes SPL999, which no rule has: `splint rules` lists the codes",
    "supersedes={'ZED7': 'place'}": "supersedes ZED7, which no rule has: `splint rules` lists the codes",
    "supersedes={5: 'place'}": "supersedes 5: a code is the prefix of a pack and digits, such as SPL106",
    "supersedes={'ZED001': 'place'}": "supersedes itself: leave its own code out",
    "supersedes={'ZED001': ('budget',)}": "supersedes itself: leave its own code out",
    "guard='AdGroup.budget'": "has a guard that is str, not conditions of splint.rules.guard",
    "on=Facts, guard=given('AdGroup.budget')": "has a guard, which is asked of payloads, creatives and trees alone",
    "guard=is_('AdGroup.bid_type', 'CUSTOM')": "asks in its guard for AdGroup.bid_type 'CUSTOM', a value that there is "
    "not: it takes BID_TYPE_CUSTOM, BID_TYPE_MAX_CONVERSION, BID_TYPE_NO_BID",
    "guard=is_other('AdGroup.billing_event', 'XXX')": "asks in its guard for AdGroup.billing_event 'XXX', a value that "
    "there is not: it takes CPA, CPC, CPM, CPV, GD, OCPM",
    "guard=holds('AdGroup.optimization_goal', 'CONVERTX')": "asks in its guard for AdGroup.optimization_goal "
    "'CONVERTX', a value that there is not: did you mean CONVERT?",
    "guard=given('AdGroup.budget') & is_('AdGroup.optimization_event', 'BUY')": "asks in its guard for "
    "AdGroup.optimization_event 'BUY', a value that there is not: it takes ",
    "guard=is_('Campaign.budget_mode', 'DAILY')": "asks in its guard for Campaign.budget_mode 'DAILY', a value that",
    "guard=is_('Campaign.objective_type', 'WEB')": "asks in its guard for Campaign.objective_type 'WEB', a value that",
    "guard=given('Ad.ad_name')": "has a guard that never holds for on=AdGroup, to which no object of Ad belongs: name "
    "fields of what it is called with, or have it called with a Tree",
    "guard=lacks('AdGroup.budget') & given('Ad.ad_name', 'AdText.ad_text')": "has a guard that never holds for "
    "on=AdGroup, to which no object of Ad, AdGroup or AdText belongs",
    "guard=says('Ad.ad_name')": "has a guard that never holds for on=AdGroup, to which no object of Ad belongs",
    "on=Campaign, guard=past('AdGroup.schedule_start_time')": "has a guard that never holds for on=Campaign, to which ",
    "on=(Tree, Campaign), guard=stands_alone('AdGroup')": "has a guard that never holds for on=Campaign, to which no ",
    "on=Campaign, guard=reaches('AdGroup.budget', 'Campaign.budget')": "has a guard that never holds for on=Campaign",
    "on=StatusUpdate, guard=given('AdGroup.budget')": "has a guard that never holds for on=StatusUpdate, to which no ",
}


@pytest.mark.parametrize("options", WRONG)
def test_an_argument_that_there_is_not_stops_the_load_with_its_place(tmp_path: Path, options: str) -> None:
    given = dict([option.split("=", 1) for option in options.replace(", guard", "\nguard").split("\n")])
    text = written(given)
    line = text.partition("@rule(")[0].count("\n") + 1
    message = refused(tmp_path, text)
    assert message.startswith(f": pack zed: zed.py:{line}: ZED001 {WRONG[options]}")


RIGHT = (
    {"on": "(AdGroup, Creative)", "guard": "is_('Campaign.objective_type', 'WEB_CONVERSIONS')"},
    {"on": "Creative", "guard": "given('Ad.ad_name') & given('CreativeInfo.ad_format') & says('AdGroup.budget')"},
    {"on": "Ad", "guard": "given('CreativeInfo.ad_format')"},
    {"on": "Tree", "guard": "given('Ad.ad_name') & given('StatusUpdate.operation_status')"},
    {"on": "StatusUpdate", "guard": "given('StatusUpdate.campaign_ids')"},
    {"guard": "many('Ad', 3) | knows('currency') | varies('Ad.ad_name')"},
    {"guard": "is_('AdGroup.optimization_goal', 'LANDING_PAGE')"},
    {"guard": "is_('AdGroup.adgroup_name', 'any text')"},
    {"supersedes": "{'BETA5': 'place', 'ZED001': 'tree', 'SPL106': ('bid_type', 'budget')}"},
    {"supersedes": "{'ZED009': 'related'}", "replaces": "('BETA7',)"},
    {"requests": "['create']", "campaigns": "('web',)", "facts": "['currency']", "documents": "[17]", "since": "'2'"},
)


def test_what_there_is_loads(tmp_path: Path) -> None:
    """Codes of packs that are not loaded too, and values that TikTok's SDK or the guide knows alone."""
    path = tmp_path / "zed.py"
    path.write_text(written(*RIGHT))
    codes = [rule.code for rule, pack in Linter(plugins=[str(path)]).rules if pack.name == "zed"]
    assert codes == [f"ZED{number:03}" for number in range(1, len(RIGHT) + 1)]


def test_a_code_that_is_not_the_prefix_and_digits_and_a_name_that_is_no_words_stop_the_load(tmp_path: Path) -> None:
    message = refused(tmp_path, written({}, code="ABC{:03}"))
    assert message.endswith(": ABC001 has a code that is not ZED and digits, the pack's prefix")
    for name in ("Some Name", "some_name", "-name", ""):
        message = refused(tmp_path, written({}, name=name))
        assert f"ZED001 has the name {name!r}: a name is words in small letters with hyphens, as market-in" in message


CYCLES: dict[str, tuple[tuple[dict[str, str], ...], str]] = {
    "two own each other": (
        ({"supersedes": "{'ZED002': 'place'}"}, {"supersedes": "{'ZED001': 'within'}"}),
        "ZED001 supersedes ZED002, and ZED002 supersedes ZED001: none of them would be reported, leave one out",
    ),
    "two own each other in the tree": (
        ({"supersedes": "{'ZED002': 'tree'}"}, {"supersedes": "{'ZED001': 'tree'}"}),
        "ZED001 supersedes ZED002, and ZED002 supersedes ZED001: none of them would be reported, leave one out",
    ),
    "three in a ring": (
        (
            {"supersedes": "{'ZED002': 'place'}"},
            {"supersedes": "{'ZED003': 'node'}"},
            {"supersedes": "{'ZED001': 'place'}"},
        ),
        "ZED001 supersedes ZED002, and ZED002 supersedes ZED003, ZED003 supersedes ZED001: none of them would be",
    ),
    "two replace each other": (
        ({"replaces": "('ZED002',)"}, {"replaces": "('ZED001',)"}),
        "ZED001 replaces ZED002, and ZED002 replaces ZED001: none of them would be reported, leave one out",
    ),
    "one of splint's": (
        ({"supersedes": "{'REF205': 'place'}"}, {"supersedes": "{'REF205': 'place', 'ZED001': 'place'}"}, {}),
        "",
    ),
}


@pytest.mark.parametrize(("rules", "told"), CYCLES.values(), ids=CYCLES)
def test_rules_that_leave_each_other_out_stop_the_load(
    tmp_path: Path, rules: tuple[dict[str, str], ...], told: str
) -> None:
    text = written(*rules)
    if told:
        line = text.partition("@rule(")[0].count("\n") + 1
        assert f"pack zed: zed.py:{line}: {told}" in refused(tmp_path, text)
    else:
        (tmp_path / "zed.py").write_text(text)
        assert Linter(plugins=[str(tmp_path / "zed.py")]).rules


def test_a_finding_on_each_side_of_mixed_reaches_is_left(tmp_path: Path) -> None:
    """What a rule of a whole tree drops drops nothing: so such a pair is no ring, and one of the two is reported."""
    path = tmp_path / "zed.py"
    path.write_text(written({"supersedes": "{'ZED002': 'tree'}"}, {"supersedes": "{'ZED001': 'place'}"}))
    report = Linter(plugins=[str(path)], select=["ZED"]).check(BASES["ad-group"])
    assert [found.code for found in report.diagnostics] == ["ZED001"]


def test_a_name_that_another_rule_has_is_told_of_the_plugins_rule(tmp_path: Path) -> None:
    message = refused(tmp_path, written({}, name="cost-cap-needs-daily-budget"))
    told = "ZED001 (cost-cap-needs-daily-budget) has the name of SPL210, in packs guide and zed: codes and names are"
    assert f": pack zed: zed.py:6: {told} unique" in message
    message = refused(tmp_path, written({}, {}, code="ZED001"))
    assert "ZED001 (rule-2) stands twice, in packs zed and zed: codes and names are unique" in message


def test_a_pack_is_of_a_profile_that_there_is(tmp_path: Path) -> None:
    message = refused(tmp_path, written({}, pack=", profile='ref'"))
    assert message == ": pack zed: there is no profile 'ref': the profiles are guide, reference"


IMPORTS = {
    "guard=many('AdGroup', '1')": "a limit is a whole number from 0 on, not '1'",
    "guard=given('AdGroup.budget') & 'x'": "& and | join conditions of splint.rules.guard, not 'x'",
    "guard=given('AdGroup.budgte')": "AdGroup.budgte is no field of a payload",
}


@pytest.mark.parametrize("options", IMPORTS)
def test_a_guard_that_there_is_not_stops_the_import_with_its_place(tmp_path: Path, options: str) -> None:
    text = written(dict([options.split("=", 1)]))
    line = text.partition("guard=")[0].count("\n") + 1
    known = len(REGISTERED.by_key)
    message = refused(tmp_path, text)
    assert message.startswith(" does not load: ")
    assert message.endswith(f"Error: zed.py:{line}: guard: {IMPORTS[options]}")
    assert len(REGISTERED.by_key) <= known + 1


def test_an_exception_at_import_is_told_with_its_place(tmp_path: Path) -> None:
    message = refused(tmp_path, written({"severity": "'error'"}))
    argument = "rule() got an unexpected keyword argument 'severity'"
    assert message == f" does not load: TypeError: {argument} at zed.py:6 in <module>, `@rule(`"
    (tmp_path / "limits.py").write_text("LIMIT = {}['daily']\n")
    message = refused(tmp_path, f"import sys\nsys.path.insert(0, {str(tmp_path)!r})\nimport limits\n")
    assert (
        message == f" does not load: KeyError: daily at {tmp_path / 'limits.py'}:1 in <module>, `LIMIT = {{}}['daily']`"
    )
    message = refused(tmp_path, "import json\n\njson.loads('{')\n")
    assert message.startswith(" does not load: JSONDecodeError: ")
    assert message.endswith(" at zed.py:3 in <module>, `json.loads('{')`")


def hook(name: str, gives: str, parameters: str = "") -> str:
    """A plugin with one hook."""
    return f"{HEAD}\n@hookimpl\ndef {name}({parameters}):\n    {gives}\n"


HOOKS = {
    "a parameter": (
        hook("splint_rules", "return None", "config"),
        ": splint_rules(config) takes what splint does not give: write def splint_rules()",
    ),
    "a parameter of a veto": (
        hook("splint_before_submit", "return None", "plan, run"),
        ": splint_before_submit(plan, run) takes what splint does not give: write def splint_before_submit(plan)",
    ),
    "an exception": (
        hook("splint_rules", "raise RuntimeError('x')"),
        ": splint_rules failed: RuntimeError: x at zed.py:8 in splint_rules, `raise RuntimeError('x')`",
    ),
    "an exception in readers": (
        hook("splint_readers", "return {}['x']"),
        ": splint_readers failed: KeyError: x at zed.py:8 in splint_readers, `return {}['x']`",
    ),
    "no pack": (hook("splint_rules", "pass"), ": splint_rules gives None: return what it is for"),
    "no readers": (hook("splint_readers", "pass"), ": splint_readers gives None: return what it is for"),
    "a bare reader": (
        hook("splint_readers", "return Reader('t', ('.t',), print)"),
        ": splint_readers gives a Reader, not Reader(...) in a list",
    ),
    "a bare reporter": (
        hook("splint_reporters", "return Reporter('t', print)"),
        ": splint_reporters gives a Reporter, not Reporter(...) in a list",
    ),
    "a reader of readers": (
        hook("splint_readers", "return [Reporter('t', print)]"),
        ": splint_readers gives a Reporter, not Reader(...) in a list",
    ),
    "a suffix without a dot": (
        hook("splint_readers", "return [Reader('t', ('t',), print)]"),
        ": the reader t has the suffix 't': a suffix has a dot and is in small letters, such as '.toml'",
    ),
    "a suffix in capitals": (
        hook("splint_readers", "return [Reader('t', ('.t', '.TOY'), print)]"),
        ": the reader t has the suffix '.TOY': a suffix has a dot and is in small letters, such as '.toml'",
    ),
    "a text as suffixes": (
        hook("splint_readers", "return [Reader('t', '.t', print)]"),
        ": the reader t has the suffixes '.t': write a tuple of texts, ('.toml',)",
    ),
    "a reader that cannot be called": (
        hook("splint_readers", "return [Reader('t', ('.t',), None)]"),
        ": the reader t has read=None, which is no function",
    ),
    "comments that cannot be called": (
        hook("splint_readers", "return [Reader('t', ('.t',), print, comments=5)]"),
        ": the reader t has comments=5, which is no function",
    ),
    "a reporter that cannot be called": (
        hook("splint_reporters", "return [Reporter('t', 'text')]"),
        ": the output format t has render='text', which is no function",
    ),
    "a format that cannot be asked for": (
        hook("splint_reporters", "return [Reporter('x y=z', print)]"),
        ": the output format 'x y=z' has a name that is not letters, digits, -, _ and .",
    ),
    "a format of splint's": (
        hook("splint_reporters", "return [Reporter('json', print)]"),
        " and splint: the output format json stands twice: names of formats are unique",
    ),
}


@pytest.mark.parametrize(("text", "told"), HOOKS.values(), ids=HOOKS)
def test_a_hook_that_is_wrong_is_named_with_its_plugin(tmp_path: Path, text: str, told: str) -> None:
    assert refused(tmp_path, text) == told


def test_two_plugins_with_a_format_of_one_name_are_both_named(tmp_path: Path) -> None:
    paths = [str(tmp_path / name) for name in ("one.py", "two.py")]
    for path in paths:
        Path(path).write_text(hook("splint_reporters", "return [Reporter('zz', print)]"))
    with pytest.raises(PluginError) as told:
        Linter(plugins=paths)
    assert str(told.value) == (
        f"plugin {paths[1]} and {paths[0]}: the output format zz stands twice: names of formats are unique"
    )


def test_the_command_ends_with_2_and_names_the_settings_that_name_the_plugin(tmp_path: Path, command: Command) -> None:
    (tmp_path / "zed.py").write_text(written({"fix": "'maybe'"}))
    (tmp_path / "splint.toml").write_text('plugins = ["./zed.py"]\n')
    (tmp_path / "a.json").write_text("{}")
    done = command("check", str(tmp_path / "a.json"))
    assert (done.status, done.out) == (2, "")
    assert f"{tmp_path / 'zed.py'}:6: ZED001 has fix='maybe': it is safe or unsafe, or left out" in done.err
    assert "splint.toml:1: plugin " in done.err


# -- what comes with splint --------------------------------------------------------------------------------------------


def test_the_rules_that_come_with_splint_are_declared_as_those_of_plugins_must_be() -> None:
    packs = (splint_guide.PACK, splint_reference.PACK)
    shipped = [Selection(rule, pack) for pack in packs for rule in pack.rules]
    known = Known.of(shipped)
    wrong = [f"{rule.code} {fault}" for rule, pack in shipped for fault in faults_of_rule(rule, pack, known)]
    assert wrong == []
    assert list(cycles(rule for rule, _ in shipped)) == []


@pytest.mark.parametrize("profile", PROFILES)
def test_the_packs_and_formats_that_come_with_splint_do_not_clash(profile: str) -> None:
    manager = pluggy.PluginManager("splint")
    manager.add_hookspecs(hooks.Hooks)
    for module in (hooks, *map(import_module, PROFILES[profile])):
        manager.register(module, module.__name__)
    assert list(faults(manager.hook, manager.hook.splint_rules(), PROFILES[profile], PROFILES)) == []


def test_the_kinds_that_rules_are_called_with_are_those_of_the_page() -> None:
    assert sorted(kind.__name__ for kind in NODES) == sorted(node_pages.CALLED)


def test_a_hook_that_wraps_the_others_is_taken_and_so_is_what_they_give(tmp_path: Path) -> None:
    wraps = "\n\n@splint.hookimpl(wrapper=True)\ndef splint_readers():\n    return (yield)\n"
    path = tmp_path / "wrapping.py"
    path.write_text(f"import splint{wraps}")
    assert Linter(plugins=[str(path)]).check(BASES["cbo"]).ok
    given = (
        "def splint_reporters():\n    return [splint.Reporter('acme_fmt', lambda report, style: 'acme', needs=())]\n"
    )
    reader = "splint.Reader('acme', ('-smart.acme',), lambda path, stream: iter(()))"
    path = tmp_path / "giving.py"
    path.write_text(
        f"import splint\n\n@splint.hookimpl\n{given}\n@splint.hookimpl\ndef splint_readers():\n    return [{reader}]\n"
    )
    other = tmp_path / "other.py"
    other.write_text(f"import splint{wraps}")
    assert load((str(path), str(other))).reader_for("a-smart.acme") is not None
    assert "acme_fmt" in load((str(path), str(other))).reporters
