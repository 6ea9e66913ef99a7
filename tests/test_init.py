"""`splint init` writes settings, schemas and a hook for the payloads that it finds, and replaces nothing unasked."""

import json
import os
import re
import tomllib
from pathlib import Path

import jsonschema
import pytest
import yaml

from splint.cli.json_schema import KINDS, schema
from splint.cli.pre_commit import ENTRY, OF_MANIFEST, has_hook, with_hook
from splint.run.linter import Linter
from splint.testing import BASES
from tests.command import Command
from tests.grids import few

FIXTURES = Path(__file__).parent.parent / "fixtures"
HOOK = """\
  - repo: local
    hooks:
      - id: splint
        name: splint
        entry: splint check --untrusted-in-ci --force-exclude
        args: [--]
        language: system
        files: (?i:\\.(json|jsonc|ya?ml|ndjson|jsonl|sh|md|txt|parquet|arrow))$
        require_serial: true
"""
SCOPES = (
    '["Ads Management > Upgraded Smart Plus Ads","Reporting > Upgraded Smart+ Report",'
    '"Creative Management > Creative tool"]'
)
FACTS = f"""\
# What payloads do not tell: rules that need one of these are silent without it.
[facts]
# event_sources = ["pixel","events_api"]  # What is set up; an empty list says that nothing is (SPL007, SPL206, SPL601)
# historical_cpa = 12.5  # What a conversion has cost so far, in the account's currency (SPL107, SPL108)
currency = "EUR"  # The account's currency, in ISO 4217's three letters, from "launch.json"
# scopes = {SCOPES}  # The scopes granted to the access token, by name (SPL611)
# delivery_start = "2026-04-01"  # The day on which the campaign's delivery started, YYYY-MM-DD (SPL504)
# last_bid_change = "2026-04-01"  # The day of the last bid change, YYYY-MM-DD (SPL505)
"""
SETTINGS = f"""\
# Settings of splint, written by splint init; `splint schema config` has all keys.

# No campaign is known to be other than for web conversions.
profile = "guide"

{FACTS}"""
JUDGED = """\
profile guide, as no campaign is known to be other than for web conversions: 0 findings
profile reference is the one for payloads that are sent to TikTok: N findings (--force --profile reference chooses it)
"""
BINDING = """\
payloads/spring/click-goal.yaml: for an editor, let it begin with  # yaml-language-server: \
$schema=../../.splint/bundle.schema.json
for VS Code, in .vscode/settings.json  "json.schemas": [{"fileMatch":["/launch.json"],\
"url":"./.splint/bundle.schema.json"},{"fileMatch":["/payloads/spring/*.json"],"url":"./.splint/adgroup.schema.json"}]
"""


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bundle beside the settings to come, two payloads and a dashboard below, as working directory."""
    spring = tmp_path / "payloads" / "spring"
    spring.mkdir(parents=True)
    (tmp_path / "launch.json").write_text(
        json.dumps({**BASES["cbo"], "facts": {"currency": "EUR", "historical_cpa": 3}})
    )
    (spring / "group.json").write_text(json.dumps(BASES["ad-group"]))
    clicks = (FIXTURES / "valid" / "click-goal.yaml").read_text()
    (spring / "click-goal.yaml").write_text(clicks.replace("7920052408751474738", "7000000000000000001"))
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / "payloads" / "notes.json").write_text('{"dashboard": true}')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def contents(tree: Path) -> dict[str, bytes]:
    """The files of a tree."""
    return {str(path.relative_to(tree)): path.read_bytes() for path in tree.rglob("*") if path.is_file()}


def test_it_writes_settings_and_schemas_and_says_so(command: Command, tree: Path) -> None:
    """The whole output; the settings are what a check then goes by, and the schemas are those of `splint schema`."""
    done = command("init")
    assert (done.status, done.err) == (0, "")
    assert re.sub(r"TikTok: \d+ f", "TikTok: N f", done.out) == (
        "2 campaigns, 3 ad groups, 2 ads in 3 files\n"
        "splint.toml: written\n"
        ".splint/adgroup.schema.json: written\n"
        ".splint/bundle.schema.json: written\n"
        f".pre-commit-config.yaml: written, with the hook splint; `pre-commit install` sets it up\n{JUDGED}{BINDING}"
    )
    assert (tree / ".pre-commit-config.yaml").read_text() == f"repos:\n{ENTRY}"
    assert (tree / "splint.toml").read_text() == SETTINGS
    written = json.loads((tree / ".splint" / "bundle.schema.json").read_text())
    assert written.pop("$comment").startswith("written by splint init of splint ")
    assert written == schema("bundle")
    checked = command("check", "--output-format", "json")
    assert checked.report["summary"]["files"] == 3
    assert checked.status == 0


def test_the_examples_of_facts_are_right_as_they_are(command: Command, tree: Path) -> None:
    """A fact whose line is uncommented is one that no rule on facts objects to."""
    command("init")
    text = (tree / "splint.toml").read_text()
    facts = text.partition("[facts]\n")[2]
    uncommented = re.sub("^# (?=[a-z_]+ = )", "", facts, flags=re.MULTILINE)
    assert uncommented.count("\n# ") == 0 < facts.count("\n# ")
    (tree / "splint.toml").write_text(text.replace(facts, uncommented))
    done = command("check", "--output-format", "json", "--as-of", "2026-04-02")
    assert {one["path"] for one in done.report["diagnostics"]} & {"<run>", "splint.toml"} == set()
    assert done.status == 0, done


def test_a_second_call_changes_nothing(command: Command, tree: Path) -> None:
    """What was written is no payload, and is as it should be."""
    (tree / ".pre-commit-config.yaml").write_text("repos:\n- repo: meta\n  hooks:\n  - id: identity\n")
    first = command("init")
    assert ".pre-commit-config.yaml: the hook splint appended to `repos`\n" in first.out
    before = contents(tree)
    second = command("init")
    assert second.status == 0
    assert second.out.splitlines()[1:5] == [
        "splint.toml: is as it should be",
        ".splint/adgroup.schema.json: is as it should be",
        ".splint/bundle.schema.json: is as it should be",
        ".pre-commit-config.yaml: has a hook of splint already",
    ]
    assert contents(tree) == before


def test_a_dry_run_shows_the_settings_and_writes_nothing(command: Command, tree: Path) -> None:
    (tree / ".pre-commit-config.yaml").write_text("repos:\n- repo: meta\n  hooks:\n  - id: identity\n")
    before = contents(tree)
    done = command("init", "--dry-run")
    shown = "".join(f"  {line}".rstrip() + "\n" for line in SETTINGS.splitlines())
    assert f"splint.toml: would be written\n{shown}.splint/adgroup.schema.json: would be written\n" in done.out
    assert ".pre-commit-config.yaml: the hook splint would be appended to `repos`\n" in done.out
    assert (done.status, contents(tree)) == (0, before)


def test_settings_that_are_there_stay_unless_force_says_otherwise(command: Command, tree: Path) -> None:
    (tree / "splint.toml").write_text("# mine\n")
    done = command("init")
    assert done.status == 1
    assert "splint.toml: is there already and left as it is; --force replaces it\n" in done.out
    assert "\nprofile " not in done.out
    assert (tree / "splint.toml").read_text() == "# mine\n"
    done = command("init", "--force")
    assert (done.status, "splint.toml: replaced\n" in done.out) == (0, True)
    assert (tree / "splint.toml").read_text() == SETTINGS


@pytest.mark.parametrize("name", ["splint.toml", "pyproject.toml"])
def test_settings_above_count_already(command: Command, tree: Path, name: str) -> None:
    """A second file below would take the place of the first for the files there."""
    (tree / name).write_text("profile = 'guide'\n" if name == "splint.toml" else "[tool.splint]\n")
    done = command("init", "payloads")
    assert done.status == 1
    assert f"payloads/splint.toml: not written, as {name} counts here; --force writes it all the same\n" in done.out
    assert not (tree / "payloads" / "splint.toml").exists()
    done = command("init", "payloads", "--force")
    assert (done.status, f"payloads/splint.toml: written; it counts here in the place of {name}\n" in done.out) == (
        0,
        True,
    )
    assert tomllib.loads((tree / "payloads" / "splint.toml").read_text())["include"] == ["spring/"]


def test_settings_that_take_the_place_of_others_in_one_directory_are_told(command: Command, tree: Path) -> None:
    (tree / "pyproject.toml").write_text("[tool.splint]\nprofile = 'reference'\n")
    told = "; it counts here in the place of pyproject.toml\n"
    assert f"splint.toml: would be written{told}" in command("init", "--force", "--dry-run").out
    assert f"splint.toml: written{told}" in command("init", "--force").out
    assert "splint.toml: is as it should be\n" in command("init", "--force").out
    assert command("check", "--output-format", "json").report["tool"]["profile"] == "guide"


def test_a_schema_of_somebody_else_stays(command: Command, tree: Path) -> None:
    """One that an older splint wrote is written anew."""
    (tree / ".splint").mkdir()
    (tree / ".splint" / "bundle.schema.json").write_text('{"$comment": "ours"}')
    (tree / ".splint" / "adgroup.schema.json").write_text('{"$comment": "written by splint init of splint 0.0.1"}')
    done = command("init")
    assert done.status == 1
    assert ".splint/bundle.schema.json: is there already and left as it is" in done.out
    assert ".splint/adgroup.schema.json: replaced\n" in done.out


def test_campaigns_of_other_objectives_suggest_the_reference(command: Command, tree: Path) -> None:
    """Its objectives are those found; --profile has the last word."""
    campaign = {"advertiser_id": "7", "campaign_name": "Leads", "objective_type": "LEAD_GENERATION"}
    (tree / "leads.json").write_text(json.dumps(campaign))
    assert command("init").status == 0
    text = (tree / "splint.toml").read_text()
    assert "# Some campaigns are not regular web conversions.\n" in text
    settings = tomllib.loads(text)
    assert settings["profile"] == "reference"
    assert settings["objectives"] == ["LEAD_GENERATION", "WEB_CONVERSIONS"]
    assert command("check", "--output-format", "json").report["tool"]["profile"] == "reference"
    assert command("init", "--force", "--profile", "guide").status == 0
    assert tomllib.loads((tree / "splint.toml").read_text())["profile"] == "guide"


@pytest.mark.parametrize(
    ("profile", "objective", "why", "other"),
    few(
        [
            (None, "WEB_CONVERSION", "no campaign is known to be other than for web conversions", "reference"),
            (None, "LEAD_GENERATION", "some campaigns are not regular web conversions", "guide"),
            ("reference", "WEB_CONVERSIONS", "--profile says", "guide"),
        ],
        2,
    ),
)
def test_the_screen_says_which_profile_was_chosen_and_how_each_judges(
    command: Command, tree: Path, profile: str | None, objective: str, why: str, other: str
) -> None:
    """The numbers are those of the checks that follow; a misspelt objective is not said to be one."""
    campaign = {"advertiser_id": "7", "campaign_name": "x", "objective_type": objective}
    (tree / "launch.json").write_text(json.dumps(campaign))
    done = command("init", *(["--profile", profile] if profile else []))
    [chosen, rest] = [line for line in done.out.splitlines() if line.startswith("profile ")]
    [name] = {"guide", "reference"} - {other}
    assert chosen.startswith(f"profile {name}, as {why}: ")
    assert rest.startswith(f"profile {other} ")
    for line, chosen_by in ((chosen, None), (rest, ["init", "--force", "--profile", other])):
        if chosen_by is not None:
            assert command(*chosen_by).status == 0
        found = command("check", "--output-format", "json").report["diagnostics"]
        assert f": {len(found)} finding" in line


def test_a_fact_of_one_advertiser_is_written_for_no_other(command: Command, tree: Path) -> None:
    """Nothing says what another account's currency is; the number of findings is that of the next check."""
    currency = {"currency": "JPY"}
    for path in tree.glob("payloads/**/*.*"):
        path.unlink()
    for number, facts in enumerate(({}, currency, {})):
        campaign = {**BASES["cbo"]["campaign"], "advertiser_id": f"700000000000000000{number}"}
        bundle = {**BASES["cbo"], "campaign": campaign, "facts": {"event_sources": ["pixel", "events_api"], **facts}}
        (tree / f"{number}.json").write_text(json.dumps(bundle))
    (tree / "launch.json").unlink()
    done = command("init", "--profile", "reference")
    assert tomllib.loads((tree / "splint.toml").read_text())["facts"] == {}
    found = command("check", "--output-format", "json").report["diagnostics"]
    [line] = [line for line in done.out.splitlines() if line.startswith("profile reference")]
    assert f": {len(found)} finding" in line


def test_a_fact_that_is_written_counts_in_the_number_of_findings(command: Command, tree: Path) -> None:
    """A fact of one bundle is the only advertiser's, and has findings on the payloads that lack it."""
    (tree / "launch.json").write_text(json.dumps({**BASES["cbo"], "facts": {"currency": "JPY"}}))
    done = command("init", "--profile", "reference")
    text = (tree / "splint.toml").read_text()
    assert tomllib.loads(text)["facts"] == {"currency": "JPY"}
    assert re.search('^currency = "JPY"  # .*, from "launch.json"$', text, re.MULTILINE)
    found = command("check", "--output-format", "json").report["diagnostics"]
    assert "click-goal" in " ".join(one["path"] for one in found if one["code"] == "REF104")
    [line] = [line for line in done.out.splitlines() if line.startswith("profile reference")]
    assert f": {len(found)} finding" in line


@pytest.mark.parametrize("below", few(['ignore = ["SPL"]', 'exclude = ["*.json"]', 'extend = "../splint.toml"'], 2))
@pytest.mark.parametrize("top", [True, False])
def test_settings_below_count_in_the_number_of_findings(command: Command, tree: Path, top: bool, below: str) -> None:
    if not top:
        (tree / "launch.json").unlink()
    (tree / "q").mkdir()
    (tree / "q" / "splint.toml").write_text(below)
    for place in ("payloads", "q"):
        (tree / place / "x.json").write_text(json.dumps({"campaign_name": "x", "objective_type": "WEB_CONVERSIONS"}))
    done = command("init")
    found = command("check", "--output-format", "json").report["diagnostics"]
    assert {one["path"] for one in found} >= {"payloads/x.json"}
    assert f"conversions: {len(found)} finding" in done.out


def test_where_settings_below_are_wrong_nothing_is_counted(command: Command, tree: Path) -> None:
    (tree / "payloads" / "splint.toml").write_text("nope = 1")
    done = command("init")
    assert done.status == 0
    lines = [line for line in done.out.splitlines() if line.startswith("profile ")]
    assert len(lines) == 2
    assert all(": not counted, as payloads/splint.toml:1: nope is no key here: " in line for line in lines)
    assert command("check").status == 2


@pytest.mark.parametrize("name", ["payloads/spring/cut.json", "later/cut.json"])
def test_a_file_that_does_not_parse_is_named_and_counted(command: Command, tree: Path, name: str) -> None:
    (tree / "launch.json").unlink()
    (tree / name).parent.mkdir(exist_ok=True)
    (tree / name).write_text('{"campaign_name": "x", ')
    (tree / "cut.json").write_text('{"scripts": ')
    done = command("init")
    assert re.fullmatch(rf"splint: {name}: does not parse: .+; splint check reports it \(SPL001\)\n", done.err)
    found = command("check", "--output-format", "json").report["diagnostics"]
    assert [one["path"] for one in found if one["code"] == "SPL001"] == [name]
    assert f": {len(found)} finding" in done.out


def test_the_only_file_that_does_not_parse_is_named(command: Command, tree: Path) -> None:
    (tree / "empty").mkdir()
    (tree / "empty" / "cut.json").write_text('{"campaign_name": "x", ')
    done = command("init", "empty")
    assert done.status == 3
    named, last = done.err.splitlines()
    assert named.startswith("splint: empty/cut.json: does not parse: ")
    assert last == "splint: no payload in empty: nothing is written"


def test_a_fact_that_cannot_be_used_is_not_written(command: Command, tree: Path) -> None:
    (tree / "launch.json").write_text(json.dumps({**BASES["cbo"], "facts": {"currency": "RMB"}}))
    assert command("init").status == 0
    assert tomllib.loads((tree / "splint.toml").read_text())["facts"] == {}


@pytest.mark.parametrize(
    ("top", "later", "include"),
    few(
        [
            (True, "autumn.yaml", None),
            (True, "autumn/launch.yaml", None),
            (False, "payloads/autumn/launch.yaml", ["payloads/"]),
            (False, "payloads/autumn.yaml", ["payloads/"]),
        ],
        2,
    ),
)
def test_a_file_that_comes_later_is_checked_too(
    command: Command, tree: Path, top: bool, later: str, include: list[str] | None
) -> None:
    """What init writes names no file: directories, or nothing where payloads stand beside the settings."""
    if not top:
        (tree / "launch.json").unlink()
    command("init")
    assert tomllib.loads((tree / "splint.toml").read_text()).get("include") == include
    (tree / later).parent.mkdir(exist_ok=True)
    (tree / later).write_text("campaign: {advertiser_id: 7, campaign_name: x, objective_type: WEB_CONVERSIONS}")
    checked = command("check", "--output-format", "json")
    assert later in {finding["path"] for finding in checked.report["diagnostics"]}


def test_many_files_are_bound_by_a_pattern(command: Command, tree: Path) -> None:
    (tree / "payloads" / "spring" / "group.json").unlink()
    for number in range(9):
        (tree / f"{number}.json").write_text(json.dumps(BASES["cbo"]))
    assert '"fileMatch":["/*.json"]' in command("init").out


def test_a_directory_of_one_kind_is_bound_with_what_comes_later(command: Command, tree: Path) -> None:
    """Two kinds in one directory, or a file that is no payload, are told apart by name."""
    for name, base in (("plan/a.json", "cbo"), ("mixed/b.json", "cbo"), ("mixed/c.json", "ad-group")):
        (tree / name).parent.mkdir(exist_ok=True)
        (tree / name).write_text(json.dumps(BASES[base]))
    [line] = [line for line in command("init").out.splitlines() if '"json.schemas"' in line]
    rows = json.loads(line.partition('"json.schemas": ')[2])
    assert {row["url"]: sorted(row["fileMatch"]) for row in rows} == {
        "./.splint/bundle.schema.json": ["/launch.json", "/mixed/b.json", "/plan/*.json"],
        "./.splint/adgroup.schema.json": ["/mixed/c.json", "/payloads/spring/*.json"],
    }


@pytest.mark.parametrize("name", ["request_id", "sales_destination"])
def test_fields_of_the_live_api_suggest_the_reference(command: Command, tree: Path, name: str) -> None:
    (tree / "live.json").write_text(json.dumps(BASES["cbo"]["campaign"] | {name: "1"}))
    assert command("init").status == 0
    text = (tree / "splint.toml").read_text()
    why = "No campaign is known to be other than for web conversions"
    assert f"# {why}, and some requests have what the live API alone asks for: {name}.\n" in text
    assert tomllib.loads(text)["profile"] == "reference"


def test_schemas_stand_beside_the_settings_that_count(command: Command, tree: Path) -> None:
    """Of a directory below too, and what editors are told is relative to them."""
    command("init")
    before = contents(tree)
    (tree / ".splint" / "adgroup.schema.json").unlink()
    done = command("init", "payloads")
    assert ".splint/adgroup.schema.json: written\n" in done.out
    assert '"/payloads/spring/*.json"' in done.out
    assert contents(tree) == before


@pytest.mark.parametrize("name", few(["a[1]", "a{b,c}", "a*", "!a", "#a", "a b"], 2))
def test_odd_names_of_directories_are_patterns_of_themselves(command: Command, tree: Path, name: str) -> None:
    """What is written includes the payloads of that directory, and nothing of those that it might fit as a pattern."""
    for directory in (name, "ab", "a1"):
        (tree / "odd" / directory).mkdir(parents=True)
    (tree / "odd" / name / "group.json").write_text(json.dumps(BASES["ad-group"]))
    assert command("init", "odd").status == 0
    (tree / "odd" / "ab" / "later.json").write_text(json.dumps(BASES["ad-group"]))
    (tree / "odd" / "a1" / "later.json").write_text(json.dumps(BASES["ad-group"]))
    done = command("check", "--config", "odd/splint.toml", "--output-format", "json", "--verbose")
    assert "1 file read" in done.err


def test_a_directory_without_payloads_is_told(command: Command, tree: Path) -> None:
    (tree / "empty").mkdir()
    done = command("init", "empty")
    assert (done.status, done.out) == (3, "")
    assert done.err == "splint: no payload in empty: nothing is written\n"
    assert not any((tree / "empty").iterdir())


@pytest.mark.parametrize(
    "request_",
    few(
        [
            {"endpoint": "/smart_plus/campaign/get/", "method": "GET"},
            {"endpoint": "https://business-api.tiktok.com/open_api/v1.3/pixel/list/", "method": "GET"},
            {"source": "pixel", "event": "Purchase", "event_id": "1", "event_time": 1},
        ],
        2,
    ),
)
def test_a_directory_of_other_requests_is_told(command: Command, tree: Path, request_: dict[str, object]) -> None:
    """A check counts each as a payload, as docs/reading.md says, where payloads are required too."""
    (tree / "reads").mkdir()
    (tree / "reads" / "get.json").write_text(json.dumps(request_))
    done = command("init", "reads")
    assert (done.status, done.out) == (3, "")
    what = "no campaign, ad group or ad in reads, only requests or event records without one"
    assert done.err == f"splint: {what}: nothing is written\n"
    checked = command("check", "reads", "--output-format", "json", "--config", "require-payloads=true")
    assert checked.report["summary"]["payloads"] == 1
    assert checked.status == 0


def test_a_directory_that_cannot_be_written_is_an_error(command: Command, tree: Path) -> None:
    (tree / ".splint").write_text("a file")
    done = command("init")
    assert done.status == 2
    assert "Error: ./.splint/adgroup.schema.json: cannot be" in done.err


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_in_the_tree_is_no_payload(command: Command, tmp_path: Path, kind: str) -> None:
    """A check that walks across one that `splint schema` printed passes over it."""
    (tmp_path / "schema.json").write_text(command("schema", kind).out)
    assert command("check", str(tmp_path)).status == 3


# -- pre-commit --------------------------------------------------------------------------------------------------------

CONFIGURATIONS = {
    "indented": "repos:\n  - repo: meta\n    hooks:\n      - id: identity\n",
    "not indented": "# ours\nrepos:\n- repo: meta\n  hooks:\n  - id: identity\n",
    "without a last newline": "repos:\n- repo: meta\n  hooks:\n  - id: identity",
    "with keys behind": "repos:\n- repo: meta\n  hooks:\n  - id: identity # last\n\n# of CI\nci:\n  skip: [identity]\n",
    "with a comment at the end": "fail_fast: true\nrepos:\n- repo: meta\n  hooks: [{id: identity}]\n\n# end\n",
    "an empty list": "repos: []\n",
    "an empty list with keys around it": "fail_fast: true\nrepos:   [] # none yet\n\nci: {}\n",
    "from Windows": "repos:\r\n- repo: meta\r\n  hooks:\r\n  - id: identity\r\n",
}


@pytest.mark.parametrize("text", CONFIGURATIONS.values(), ids=CONFIGURATIONS)
def test_the_hook_is_put_behind_the_others(text: str) -> None:
    """The text is what it was but for one stretch put in, and the list holds one entry more."""
    changed = with_hook(text)
    assert changed is not None
    old, new = yaml.safe_load(text), yaml.safe_load(changed)
    assert new == {**old, "repos": [*old["repos"], *yaml.safe_load(ENTRY)]}
    text = re.sub(r" *\[\]", "", text)
    assert any(text == changed[:cut] + changed[len(changed) - len(text) + cut :] for cut in range(len(text) + 1))
    assert ("\r\n" in changed) is ("\r\n" in text)
    assert changed.count("\n") == changed.count("\r\n") or "\r\n" not in text
    assert has_hook(changed)
    assert not has_hook(text)


@pytest.mark.parametrize(
    "text",
    few(
        [
            "",
            "[]",
            "repos: [{repo: meta, hooks: [{id: identity}]}]\n",
            "ci: {}\n",
            "{repos: []}",
            "repos:\n- &a x\n- *b\n",
        ],
        2,
    ),
)
def test_a_configuration_of_another_form_is_left(command: Command, tree: Path, text: str) -> None:
    """The hook is shown instead, and the exit status says that something is left to do."""
    (tree / ".pre-commit-config.yaml").write_text(text)
    done = command("init")
    assert (done.status, (tree / ".pre-commit-config.yaml").read_text()) == (1, text)
    assert (
        f".pre-commit-config.yaml: left as it is, as it has no plain list of `repos`; the hook to put there:\n{HOOK}"
        in done.out
    )


def test_a_hook_below_the_top_of_a_repository_is_shown(command: Command, tree: Path) -> None:
    """pre-commit reads the configuration at the top alone."""
    (tree / ".git").mkdir()
    done = command("init", "payloads")
    top = tree / ".pre-commit-config.yaml"
    shown = "payloads/.pre-commit-config.yaml"
    assert done.status == 1
    assert f"{shown}: not written, as pre-commit reads {top}, which is not there; what that one needs:" in done.out
    assert f"\n  repos:\n{HOOK}" in done.out
    assert not (tree / "payloads" / ".pre-commit-config.yaml").exists()
    assert (
        ".pre-commit-config.yaml: written, with the hook splint; `pre-commit install` sets it up\n"
        in command("init").out
    )
    assert has_hook(top.read_text())
    done = command("init", "payloads", "--force")
    assert f"{shown}: not needed, as pre-commit reads {top}, which has a hook of splint already\n" in done.out
    assert done.status == 0


@pytest.mark.parametrize(
    ("repo", "hook", "expected"),
    few(
        [
            ("local", {"id": "splinter", "entry": "splinter"}, False),
            ("https://git.example/splinter", {"id": "splinter"}, False),
            ("local", {"id": "splint", "entry": "splint -weak"}, False),
            ("local", {"id": "payloads", "entry": "splint check --force-exclude"}, True),
            ("local", {"id": "payloads", "entry": "uv run .venv/bin/splint", "args": ["check"]}, True),
            ("local", {"id": "payloads", "entry": "uvx splint@1 check"}, True),
            ("local", {"id": "payloads", "entry": "uvx splint --quiet check"}, True),
            ("local", {"id": "payloads", "entry": "C:\\tools\\splint.exe check"}, True),
            ("local", {"id": "payloads", "entry": "'/opt/our tools/splint' check"}, True),
            ("local", {"id": "payloads", "entry": 'bash -c "cd ads && splint check ."'}, True),
            ("local", {"id": "payloads", "entry": "bash", "args": ["-ec", "splint check; true"]}, True),
            ("local", {"id": "payloads", "entry": 'bash -c "splint rules"'}, False),
            ("local", {"id": "payloads", "entry": "echo 'splint check"}, False),
            ("https://git.example/splint", {"id": "splint-all"}, True),
            ("https://git.example/splint", {"id": "splint", "args": ["--profile", "reference"]}, True),
        ],
        5,
    ),
)
def test_a_hook_of_splint_is_known_by_what_it_starts(repo: str, hook: dict[str, object], expected: bool) -> None:
    assert has_hook(yaml.safe_dump({"repos": [{"repo": repo, "hooks": [hook]}]})) is expected


@pytest.mark.parametrize("entry", ["./scripts/splint.sh", "splinter"])
def test_no_second_hook_gets_an_id_that_is_taken(command: Command, tree: Path, entry: str) -> None:
    """pre-commit would run both under one name."""
    text = yaml.safe_dump({"repos": [{"repo": "local", "hooks": [{"id": "splint", "entry": entry}]}]})
    (tree / ".pre-commit-config.yaml").write_text(text)
    done = command("init")
    assert (done.status, (tree / ".pre-commit-config.yaml").read_text()) == (1, text)
    assert (
        f".pre-commit-config.yaml: left as it is, as another hook has the id splint; the hook to put there:\n{HOOK}"
        in done.out
    )


@pytest.mark.parametrize("hooks", few(["5", "abc", "{a: 1}", "[5]", "[{id: [a]}]", "[{entry: null}]"], 2))
@pytest.mark.parametrize("more", few(["", "a: 2026-13-45\n", "a: 1" + "0" * 5000 + "\n"], 2))
def test_a_configuration_with_odd_values_is_read(command: Command, tree: Path, hooks: str, more: str) -> None:
    """One at the top of the repository, which is only read, and one where the hook is put."""
    (tree / ".git").mkdir()
    top = tree / ".pre-commit-config.yaml"
    top.write_text(f"{more}repos:\n- repo: local\n  hooks: {hooks}\n")
    assert f"not written, as pre-commit reads {top}" in command("init", "--dry-run", "--force", "payloads").out
    assert "the hook splint appended to `repos`" in command("init").out
    assert has_hook(top.read_text())


@pytest.mark.slow
def test_a_configuration_that_cannot_be_read_is_left(command: Command, tree: Path) -> None:
    (tree / ".pre-commit-config.yaml").write_text("a: " + "[" * 900)
    assert "left as it is, as it has no plain list of `repos`" in command("init").out


def test_the_hooks_of_the_manifest_are_known() -> None:
    manifest = yaml.safe_load((FIXTURES.parent / ".pre-commit-hooks.yaml").read_text())
    assert [hook["id"] for hook in manifest] == [*OF_MANIFEST]


def test_the_hook_is_one_that_pre_commit_takes() -> None:
    """It starts what the manifest's own hook starts, with the splint that is installed, on every file that it reads."""
    manifest = yaml.safe_load((FIXTURES.parent / ".pre-commit-hooks.yaml").read_text())
    [hook] = yaml.safe_load(ENTRY)[0]["hooks"]
    of_manifest = next(one for one in manifest if one["id"] == hook["id"])
    same = ("entry", "args", "require_serial")
    assert {key: hook[key] for key in same} == {key: of_manifest[key] for key in same}
    assert not {"types", "types_or"} & set(hook)
    for name in (*(f"a/b{suffix}" for suffix in Linter().suffixes), "A.JSON"):
        assert re.search(hook["files"], name), name
    assert not re.search(hook["files"], "a.py")


@pytest.mark.parametrize("suffix", few([".ndjson", ".sh", ".md"], 2))
def test_a_schema_is_written_only_where_an_editor_is_told_of_it(command: Command, tree: Path, suffix: str) -> None:
    """Editors bind schemas to YAML and JSON files: of other files none is written that nothing would name."""
    below = tree / "below"
    below.mkdir()
    text = json.dumps(BASES["cbo"]["campaign"])
    url = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
    forms = {".ndjson": text, ".sh": f"curl {url} -d '{text}'", ".md": f"```json\n{text}\n```"}
    (below / f"b{suffix}").write_text(f"{forms[suffix]}\n")
    done = command("init", "below")
    assert done.status == 0
    assert done.out.splitlines()[:3] == [
        "1 campaign in 1 file",
        "below/splint.toml: written",
        "below/.pre-commit-config.yaml: written, with the hook splint; `pre-commit install` sets it up",
    ]
    assert all(line.startswith("profile ") for line in done.out.splitlines()[3:])
    assert not (below / ".splint").exists()


def test_a_schema_binds_the_payload_that_it_was_written_for(command: Command, tree: Path) -> None:
    """The schema that the first line of a YAML file names accepts the file."""
    done = command("init")
    [line] = [line for line in done.out.splitlines() if "yaml-language-server" in line]
    path, _, named = line.partition(": ")
    schema_path = (tree / path).parent / named.rpartition("$schema=")[2]
    jsonschema.validate(yaml.safe_load((tree / path).read_text()), json.loads(schema_path.read_text()))


@pytest.mark.parametrize("name", few(["splint.toml", ".splint", ".pre-commit-config.yaml"], 2))
@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_nothing_is_written_through_a_symlink_out_of_the_directory(
    tree: Path, tmp_path_factory: pytest.TempPathFactory, command: Command, name: str, options: tuple[str, ...]
) -> None:
    outside = tmp_path_factory.mktemp("outside") / name
    if name == ".splint":
        outside.mkdir()
    elif name == ".pre-commit-config.yaml":
        outside.write_text("repos:\n  - repo: local\n    hooks: []\n")
    (tree / name).unlink(missing_ok=True)
    (tree / name).symlink_to(outside)
    before = outside.read_text() if outside.is_file() else None
    there = sorted(tree.rglob("*"))
    outcome = command("init", *options)
    assert (outcome.status, sorted(tree.rglob("*"))) == (2, there)
    assert ": written" not in outcome.out
    assert "a symlink that leads out of .: not written; replace the symlink by a copy of" in outcome.err
    assert (outside.read_text() if outside.is_file() else None) == before
    assert not outside.is_dir() or not list(outside.iterdir())


@pytest.mark.parametrize("case", ["nothing behind the symlink .splint", "a file that may not be written"])
def test_nothing_is_written_where_one_file_cannot_be(
    tree: Path, command: Command, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    if case.startswith("nothing behind"):
        (tree / ".splint").symlink_to("nowhere")
        said = ".splint/adgroup.schema.json: cannot be written: ./.splint is no directory"
    else:
        (tree / ".pre-commit-config.yaml").write_text("repos:\n  - repo: local\n    hooks: []\n")
        monkeypatch.setattr(os, "access", lambda path, _: not str(path).endswith(".yaml"))
        said = ".pre-commit-config.yaml: cannot be written: Permission denied"
    there = sorted(tree.rglob("*"))
    outcome = command("init")
    assert (outcome.status, sorted(tree.rglob("*"))) == (2, there)
    assert said in outcome.err


def test_an_untrusted_tree_is_set_up_too(tree: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPLINT_UNTRUSTED", "1")
    outcome = command("init")
    assert (outcome.status, outcome.err) == (0, "")
    assert (tree / "splint.toml").exists()
