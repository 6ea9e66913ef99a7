"""The baseline: what is in it does not count, however a file is written, until a value changes."""

import gc
import io
import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, assume, given
from hypothesis import strategies as st

from splint.cli.group import cli
from splint.files import File
from splint.formats import Document, Source, nowhere, reference_tokens
from splint.formats.pointer import values_along
from splint.payloads.nodes import Location, Tree
from splint.payloads.nodes.finding import MarkedPart
from splint.reporting.report import Anchor, Diagnostic
from splint.run.pipeline import SourceFile
from splint.run.runner import run
from splint.run.worker import RunRequest
from splint.settings.config import BASELINE, ConfigError, moment
from splint.suppression.anchors import anchor
from splint.suppression.baseline import Baseline
from splint.suppression.scope import RunScope
from splint.testing import BASES
from tests.command import Command
from tests.command import Outcome as Ended
from tests.grids import diagonal, few
from tests.laws import draws
from tests.strategies import LINTER, mutated, shuffled

FIXTURES = Path(__file__).parent.parent / "fixtures" / "invalid"
LAW = draws(6, 80, suppress_health_check=list(HealthCheck))
ROW = '{{"path": "{}", "pointer": "/objective_type", "code": "SPL101", "value": "{}"}}'
LEADS = {**BASES["cbo"]["campaign"], "objective_type": "LEADS"}
"""A campaign with one finding, SPL101 at its objective."""


class Outcome(Ended):
    """How a run ended, and what its JSON report says."""

    @property
    def active(self) -> list[tuple[str, str, str]]:
        """Code, path and pointer of the findings that count, apart from SPL009."""
        return [
            (diagnostic["code"], diagnostic["path"], diagnostic["pointer"])
            for diagnostic in self.report["diagnostics"]
            if not diagnostic["suppressed"] and diagnostic["code"] != "SPL009"
        ]

    @property
    def baselined(self) -> list[tuple[str, str, int]]:
        """Code and path of the findings that do not count, with the baseline's line."""
        return [
            (diagnostic["code"], diagnostic["path"], diagnostic["suppressed"]["line"])
            for diagnostic in self.report["diagnostics"]
            if diagnostic["suppressed"] and diagnostic["suppressed"]["kind"] == "baseline"
        ]

    @property
    def gone(self) -> list[tuple[int, int, int]]:
        """Line, first and last column of each entry that no longer occurs."""
        places = [diagnostic["range"] for diagnostic in self.report["diagnostics"] if diagnostic["code"] == "SPL009"]
        return [(place["start"]["line"], place["start"]["column"], place["end"]["column"]) for place in places]


Check = Callable[..., Outcome]


def write(top: Path, files: Mapping[str, Any]) -> None:
    for name, text in files.items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_bytes((text if isinstance(text, str) else json.dumps(text)).encode())


@pytest.fixture
def check(tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Write files and run `splint check` on the directory that holds them, or on what is named."""
    monkeypatch.chdir(tmp_path)

    def run(files: Mapping[str, Any], *arguments: str, stdin: str = "") -> Outcome:
        write(tmp_path, files)
        words = ["check", "--output-format", "json", "--as-of", "2026-03-21", *arguments]
        return Outcome(*command(*words, stdin=stdin))

    return run


def rows(path: Path) -> list[dict[str, Any]]:
    findings: list[dict[str, Any]] = json.loads(path.read_text())["findings"]
    return findings


# -- what is written ---------------------------------------------------------------------------------------------------


def test_the_baseline_holds_a_line_for_each_finding(check: Check, tmp_path: Path) -> None:
    """Sorted by path, pointer and code; equal ones counted; what is missing has no value."""
    group = {**BASES["cbo"]["adgroups"][0], "u": 1}
    files = {
        "b.yaml": "objective_type: LEADS\n",
        "a.json": {"campaign": LEADS, "adgroups": [group, group, {**group, "u": 2}]},
    }
    done = check(files, "--select", "SPL101,SPL103,SPL004", "--write-baseline")
    text = (tmp_path / BASELINE).read_text()
    assert text.startswith('{"version": 1, "findings": [\n  {"path": "a.json", "pointer": ')
    assert text.endswith("}\n]}\n")
    assert text.count("\n") == len(rows(tmp_path / BASELINE)) + 2
    assert [(row["path"], row["pointer"], row["code"], row.get("count")) for row in rows(tmp_path / BASELINE)] == [
        ("a.json", "/adgroups/adgroup_name=US purchasers/u", "SPL004", None),
        ("a.json", "/adgroups/adgroup_name=US purchasers/u", "SPL004", 2),
        ("a.json", "/campaign/objective_type", "SPL101", None),
        ("b.yaml", "", "SPL103", None),
        ("b.yaml", "/objective_type", "SPL101", None),
    ]
    assert [row["value"] is None for row in rows(tmp_path / BASELINE)] == [False, False, False, True, False]
    assert (done.status, done.active, "6 findings in .splint-baseline.json" in done.err) == (0, [], True)
    assert sorted(set(check({}, "--select", "SPL101,SPL103,SPL004").baselined)) == sorted(set(done.baselined))


def test_what_is_in_the_baseline_counts_nowhere(check: Check) -> None:
    """It is shown with the baseline's line, and makes no status."""
    check({"a.json": LEADS, "b.json": LEADS}, "--write-baseline")
    done = check({}, "--fail-on", "info")
    assert (done.status, done.active, done.gone) == (0, [], [])
    assert done.baselined == [("SPL101", "a.json", 2), ("SPL101", "b.json", 3)]
    summary = done.report["summary"]
    assert (summary["baselined"], summary["suppressed"], summary["errors"]) == (2, 0, 0)
    silenced = {"kind": "baseline", "path": BASELINE, "line": 2, "reason": ""}
    assert done.report["diagnostics"][0]["suppressed"] == silenced
    assert check({}, "--isolated").status == 1


@pytest.mark.parametrize("place", few(["top", "below", "beside"], 2))
def test_paths_are_those_of_the_baseline(
    check: Check, tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Relative to its directory, wherever it is used from."""
    where = {"top": "b.json", "below": "sub/deep/b.json", "beside": "../beside/b.json"}[place]
    (tmp_path / where).parent.mkdir(parents=True, exist_ok=True)
    shown = {"top": "sub/a.json", "below": "../a.json", "beside": f"../{tmp_path.name}/sub/a.json"}[place]
    check({"sub/a.json": LEADS}, "sub", "--baseline", where, "--write-baseline")
    assert [row["path"] for row in rows(tmp_path / where)] == [shown]
    assert check({}, "--baseline", where).baselined == [("SPL101", "sub/a.json", 2)]
    monkeypatch.chdir(tmp_path / "sub")
    done = check({}, "a.json", "--baseline", str((tmp_path / where).resolve()))
    assert (done.status, done.baselined) == (0, [("SPL101", "a.json", 2)])
    assert not Path(done.report["diagnostics"][0]["suppressed"]["path"]).is_absolute()


def test_a_run_without_a_payload_says_so_whatever_is_in_the_baseline(check: Check) -> None:
    """It is no success that nothing was read: neither with a baseline nor with anything else that suppresses."""
    assert check({"a.json": '{"campaign": {'}, "--write-baseline", "a.json").status == 3
    done = check({}, "a.json", "--config", "require-payloads=true")
    assert (done.status, len(done.baselined)) == (3, 1)
    assert "no payload in a.json: SPL001, which tells of files that cannot be parsed, is suppressed" in done.err
    ignored = {"splint.toml": 'per-file-ignores = {"b.json" = ["SPL001"]}', "b.json": "{"}
    assert check(ignored, "b.json").status == 3
    assert check({"b.json": BASES["cbo"]}, "a.json", "b.json").status == 0


def test_settings_name_the_baseline(check: Check) -> None:
    """As seen from the settings; one that is not there is an error, unless it is to be written."""
    files = {"splint.toml": 'baseline = "old.json"\n', "a.json": LEADS}
    missing = check(files)
    assert (missing.status, "splint.toml:1: baseline: there is no old.json" in missing.err) == (2, True)
    assert check({}, "--write-baseline").status == 0
    assert check({}).baselined == [("SPL101", "a.json", 2)]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_baseline_is_the_same_whoever_writes_it(check: Check, tmp_path: Path, jobs: str) -> None:
    """Whatever the number of processes and the order of the paths."""
    top = tmp_path / "payloads"
    shutil.copytree(FIXTURES / "autumn", top / "autumn")
    write(top, dict.fromkeys(("a.json", "b.json", "c/d.json"), LEADS))
    check({}, "--write-baseline", "--baseline", "one.json", "payloads", "--jobs", "1")
    paths = sorted(str(path.relative_to(tmp_path)) for path in top.rglob("*.*") if path.suffix != ".findings")
    check({}, "--write-baseline", "--baseline", "two.json", *reversed(paths), "--jobs", jobs)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert len(rows(tmp_path / "one.json")) > 5
    done = check({}, "payloads", "--baseline", "one.json", "--jobs", jobs)
    assert (done.status, done.active, done.gone) == (0, [], [])


FILES = sorted(path for path in FIXTURES.rglob("*.*") if path.suffix != ".findings")


@pytest.mark.parametrize("at", few(range(8), 1))
def test_what_is_written_is_clean(tmp_path: Path, at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each invalid fixture alone: its baseline covers all of it, and none of it is left over."""
    monkeypatch.chdir(tmp_path)
    for path in FILES[at::8]:
        profile = "reference" if "reference" in path.parts else "guide"
        options = ["check", os.path.relpath(path), "--as-of", "2026-03-21", "--profile", profile, "--isolated"]
        options += ["--baseline", BASELINE, "--output-format", "json"]
        for extra in (["--write-baseline"], []):
            done = CliRunner().invoke(cli, [*options, *extra])
            report = json.loads(done.stdout)
            assert done.exit_code == (0 if report["summary"]["payloads"] else 3), path
            assert all(d["suppressed"] for d in report["diagnostics"]), path
        (tmp_path / BASELINE).unlink()


@pytest.mark.slow
def test_fixtures_in_one_run_are_clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tied files too; and writing it again changes nothing."""
    shutil.copytree(FIXTURES, tmp_path / "invalid", ignore=shutil.ignore_patterns("*.findings"))
    monkeypatch.chdir(tmp_path)
    options = ["check", "invalid", "--as-of", "2026-03-21", "--output-format", "json"]
    CliRunner().invoke(cli, [*options, "--write-baseline"])
    first = Path(BASELINE).read_bytes()
    report = json.loads(CliRunner().invoke(cli, options).stdout)
    assert {d["suppressed"]["kind"] if d["suppressed"] else d["code"] for d in report["diagnostics"]} == {"baseline"}
    CliRunner().invoke(cli, [*options, "--write-baseline"])
    assert Path(BASELINE).read_bytes() == first


# -- what it outlives --------------------------------------------------------------------------------------------------


def left(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[list[tuple[str, str]], int]:
    """With a baseline of one state of some files: what counts of another, and how many entries are over."""
    old, new = (_diagnostics(files) for files in (before, after))
    baseline = Baseline(BASELINE, then="takes").after(old, RunScope())
    over = baseline._entries - Counter(map(baseline._entry_of, new))
    return [(one.code, one.pointer) for one in baseline.applied(new) if one.suppressed is None], over.total()


def _diagnostics(files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    sources = []
    for name, text in files.items():
        reader = LINTER.registry.reader_for(name)
        assert reader is not None
        sources.append(SourceFile(name, io.BytesIO(text.encode("utf-8", "surrogatepass")), reader))
    return LINTER.lint(sources).diagnostics


GROUP = BASES["cbo"]["adgroups"][0]
NAMES = st.lists(st.text("ab/~é😀 =#0", min_size=1, max_size=4), min_size=2, max_size=3, unique=True)


@st.composite
def flawed(draw: st.DrawFn) -> Any:
    """A bundle, a request list of its parts or a part of it, with findings, its ad groups named."""
    bundle = draw(mutated(st.sampled_from([BASES["cbo"], BASES["no-cbo"]])))
    groups = bundle.get("adgroups") if isinstance(bundle, dict) else None
    if isinstance(groups, list) and groups and isinstance(groups[0], dict):
        bundle["adgroups"] = [{**deepcopy(groups[0]), "adgroup_name": name, "u": name} for name in draw(NAMES)]
    return bundle


def is_recognized(text: str, name: str) -> bool:
    """Whether no finding stands at the first key that is nearly right, whichever that is (SPL002)."""
    return all(one.code != "SPL002" for one in _diagnostics({name: text}))


@given(flawed(), st.data())
@LAW
def test_restyling_a_payload_moves_nothing(value: Any, data: st.DataObject) -> None:
    """Indentation, the order of keys, lines before and between, minified: nothing counts, and no entry is over."""
    before = json.dumps(value, indent=data.draw(st.sampled_from([None, 1, 4])))
    other = data.draw(shuffled(value)) if is_recognized(before, "a.json") else value
    style = data.draw(st.sampled_from(["minified", "indented", "ascii", "moved"]))
    after = {
        "minified": json.dumps(other, separators=(",", ":"), ensure_ascii=False),
        "indented": json.dumps(other, indent=8).replace("\n", "\r\n"),
        "ascii": json.dumps(other, ensure_ascii=True, indent="\t"),
        "moved": "\n\n" + json.dumps(other, indent=1).replace("\n", "\n\n"),
    }[style]
    assert left({"a.json": before}, {"a.json": after}) == ([], 0)


class Quoting(yaml.SafeDumper):
    """Writes texts that no version of YAML takes for something else."""


Quoting.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


@given(flawed(), st.data())
@LAW
def test_restyling_yaml_moves_nothing(value: Any, data: st.DataObject) -> None:
    """Block or flow style, indentation, width, comments."""
    before = json.dumps(value, ensure_ascii=False)
    style, width = data.draw(st.sampled_from([None, True, False])), data.draw(st.sampled_from([20, 500]))
    indent = data.draw(st.integers(2, 6))
    sort_keys = data.draw(st.booleans()) and is_recognized(before, "a.yaml")
    other = yaml.dump(value, Dumper=Quoting, default_flow_style=style, width=width, indent=indent, sort_keys=sort_keys)
    assume(yaml.safe_load(other) == value)  # PyYAML folds a quoted text at two spaces with a backslash too many
    assert left({"a.yaml": before}, {"a.yaml": f"# a comment\n\n{other}"}) == ([], 0)


@given(flawed(), st.data())
@LAW
def test_a_sibling_comes_and_goes_and_moves_nothing(value: Any, data: st.DataObject) -> None:
    """An ad group beside the others, a request in a list, a line of NDJSON, a document of YAML, a command."""
    form = data.draw(st.sampled_from(["adgroups", "requests", ".ndjson", ".yaml", ".sh"]))
    groups = value.get("adgroups") if isinstance(value, dict) else None
    if form == "adgroups" and isinstance(groups, list) and groups and isinstance(groups[0], dict):
        parts, name = [{**deepcopy(groups[0]), "adgroup_name": "quite another"}, *groups], "a.json"
        more, less, alone = (json.dumps({**value, "adgroups": some}) for some in (parts, parts[1:], parts[:1]))
    else:
        parts = [{**deepcopy(GROUP), "adgroup_name": word, "u": 1} for word in ("another", *data.draw(NAMES))]
        more, less, alone = (_listed(some, form) for some in (parts, parts[1:], parts[:1]))
        name = f"a{form if form[0] == '.' else '.json'}"
    own = {code for code, _ in left({}, {name: alone})[0]}
    active, over = left({name: less}, {name: more})
    assert {code for code, _ in active} <= own | BETWEEN
    assert over == 0 or {code for code, _ in active} & BETWEEN
    active, over = left({name: more}, {name: less})
    assert {code for code, _ in active} <= BETWEEN
    assert bool(over) is bool(own)


def _listed(groups: list[Any], form: str) -> str:
    """Ad groups as a document that holds several."""
    path = "/open_api/v1.3/smart_plus/adgroup/create/"
    texts = [json.dumps(group, ensure_ascii=False) for group in groups]
    match form:
        case ".sh":
            return "".join(f"curl https://business-api.tiktok.com{path} --json '{text}'\n" for text in texts)
        case ".ndjson" | ".yaml":
            return ("\n" if form == ".ndjson" else "\n---\n").join(texts)
    return json.dumps([{"endpoint": path, "body": group} for group in groups])


BETWEEN = frozenset({*(selection.rule.code for selection in LINTER.ruleset().on[Tree]), "SPL008"})
"""Rules that compare what belongs to a campaign; SPL008 asks the first ad group for the advertiser that none names."""


@given(st.sampled_from(["LEADS", "REACH", "é", ""]), st.sampled_from(["TRAFFIC", "leads", "LEADS "]))
@LAW
def test_a_changed_value_is_a_new_finding(old: str, new: str) -> None:
    before, after = ({"a.json": json.dumps({**LEADS, "objective_type": word})} for word in (old, new))
    active, over = left(before, after)
    assert ("SPL101", "/objective_type") in active
    assert over == len(_diagnostics(before))


SAME: dict[str, tuple[str, str, bool]] = {
    "a whole number with a fraction of zero": ("15", "15.0", True),
    "a number with an exponent": ("1500", "1.5e3", True),
    "another number": ("15", "15.5", False),
    "a number as a text": ("15", '"15"', False),
    "true and 1": ("1", "true", False),
    "null and a text": ("null", '"null"', False),
    "the order of an object's keys": ('{"a": 1, "b": [2]}', '{"b": [2], "a": 1}', True),
    "the order of a list": ("[1, 2]", "[2, 1]", False),
    "the order of keys around a number of many digits": (
        '{"a": 123456789012345678901234567890, "b": 1}',
        '{"b": 1, "a": 123456789012345678901234567890}',
        True,
    ),
    "another number of many digits": ("123456789012345678901234567890", "923456789012345678901234567890", False),
    "escapes": ('"\\u00e9\\n"', '"é\\u000a"', True),
}


def anchored(value: Any, pointer: str, part: MarkedPart = "value") -> Anchor:
    """The anchor of a place in a value."""
    location = Location(Document(Source("a", b""), value, nowhere), pointer, part)
    return anchor(location, values_along(value, reference_tokens(pointer)))


@pytest.mark.parametrize(("old", "new", "is_same"), SAME.values(), ids=SAME)
def test_a_value_is_what_it_says_not_how(old: str, new: str, is_same: bool) -> None:
    before, after = ({"a.json": json.dumps(LEADS)[:-1] + f', "u": {value}}}'} for value in (old, new))
    active, _ = left(before, after)
    assert (("SPL004", "/u") not in active) is is_same


def test_a_lone_surrogate_is_a_value_like_any_other() -> None:
    """It has no place in UTF-8, and stands in YAML and in values given to the library."""
    values = [anchored({"u": u}, "/u").value for u in "\ud800\ud801\ud800"]
    assert values[0] == values[2] != values[1]
    assert None not in values


def test_ad_groups_of_equal_names_are_counted() -> None:
    """A third finding like two others counts, whichever of the three is new."""
    one = {**GROUP, "u": 1}
    before, after = ({"a.json": json.dumps({"adgroups": [one] * number})} for number in (2, 3))
    active, over = left(before, after)
    assert [diagnostic for diagnostic in active if diagnostic[0] == "SPL004"] == [("SPL004", "/adgroups/2/u")]
    assert over == 0
    active, over = left(after, before)
    assert [diagnostic for diagnostic in active if diagnostic[0] == "SPL004"] == []
    assert over > 0


def test_a_name_that_changes_is_another_ad_group() -> None:
    before, after = ({"a.json": json.dumps({"adgroups": [{**GROUP, "u": 1, "adgroup_name": n}]})} for n in "ab")
    active, over = left(before, after)
    assert ("SPL004", "/adgroups/0/u") in active
    assert over > 0


@pytest.mark.parametrize(
    ("entry", "step"),
    few(
        [
            ({"ad_name": "a"}, "ad_name=a"),
            ({"campaign_name": "c", "adgroup_name": "g"}, "adgroup_name=g"),
            ({"campaign_name": "c", "adgroup_name": "g", "ad_name": "a"}, "ad_name=a"),
            ({"adgroup_name": "a/b~c"}, "adgroup_name=a~1b~0c"),
            ({"adgroup_name": "é😀"}, "adgroup_name=é😀"),
            ({"adgroup_name": ""}, "0"),
            ({"adgroup_name": 7}, "0"),
            ({"body": {"adgroup_name": "g"}}, "adgroup_name=g"),
            ({"params": {"ad_name": "a"}}, "ad_name=a"),
            ({"campaign": {"campaign_name": "c"}}, "campaign_name=c"),
            ({"current": {"campaign_name": "c"}}, "0"),
            ("a", "0"),
        ],
        4,
    ),
)
def test_a_name_replaces_an_index(entry: Any, step: str) -> None:
    """The object's own, or that of what a request or a bundle is there to hold."""
    assert anchored([entry], "/0/u", "opening") == Anchor(f"/{step}/u", None)


@pytest.mark.parametrize("key", ["SECRET0123456789abcdef", "objective_type"])
def test_no_access_token_is_written(check: Check, tmp_path: Path, key: str) -> None:
    """Neither as a name, nor as a key, nor as the hash of it."""
    token = "SECRET0123456789abcdef"
    body = {**LEADS, key: token, "campaign_name": token}
    request = {
        "endpoint": "/open_api/v1.3/smart_plus/campaign/create/",
        "headers": {"Access-Token": token},
        "body": body,
    }
    url = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
    script = f"curl {url} -H 'Access-Token: {token}' -d '{json.dumps(body)}'\n"
    check({"a.json": [request], "a.sh": script}, "--write-baseline")
    text = (tmp_path / BASELINE).read_text()
    secret_rows = [row for row in rows(tmp_path / BASELINE) if row["code"] == "SPL012"]
    assert (len(secret_rows), [row["value"] for row in secret_rows], token in text) == (2, [None, None], False)
    assert check({}).active == []


# -- entries that no longer occur --------------------------------------------------------------------------------------

OLD = {
    "a.json": {"campaign": {**LEADS, "u1": 1, "u2": 1}},
    "b.yaml": "objective_type: LEADS\n",
    "sub/c.json": LEADS,
}
RULES = ("--select", "SPL101,SPL004,SPL009")


def test_an_entry_that_no_longer_occurs_is_a_warning_at_its_line(check: Check, tmp_path: Path) -> None:
    check(OLD, *RULES, "--write-baseline")
    done = check({"a.json": {"campaign": {**LEADS, "u2": 1}}}, *RULES)
    line = (tmp_path / BASELINE).read_text().splitlines()[2]
    assert done.gone == [(3, 3, len(line))]
    assert line.endswith("},")
    [stale] = [stale for stale in done.report["diagnostics"] if stale["code"] == "SPL009"]
    assert (stale["path"], stale["severity"], done.status) == (BASELINE, "warning", 0)
    assert stale["message"].startswith("SPL004 at /campaign/u1 of a.json no longer occurs; drop the entry")


def test_pruning_after_a_correction_leaves_the_rest(check: Check, tmp_path: Path) -> None:
    """Exactly: the other lines stay as they are, and the next run says the same as this one."""
    check(OLD, *RULES, "--write-baseline")
    before = (tmp_path / BASELINE).read_text().splitlines(keepends=True)
    done = check({"a.json": {"campaign": {**LEADS, "u2": 1}}}, *RULES, "--prune-baseline")
    assert (tmp_path / BASELINE).read_text() == "".join(before[:2] + before[3:])
    assert "1 finding dropped from .splint-baseline.json, 4 left" in done.err
    assert (done.gone, done.active) == ([], [])
    assert done.report == check({}, *RULES).report
    assert "0 findings dropped" in check({}, *RULES, "--prune-baseline").err


def test_pruning_does_not_take_in_what_is_new(check: Check, tmp_path: Path) -> None:
    check(OLD, *RULES, "--write-baseline")
    before = (tmp_path / BASELINE).read_bytes()
    done = check({"d.json": LEADS}, *RULES, "--prune-baseline")
    assert (done.status, done.active) == (1, [("SPL101", "d.json", "/objective_type")])
    assert (tmp_path / BASELINE).read_bytes() == before


def test_pruning_lowers_counts(check: Check, tmp_path: Path) -> None:
    group = {**GROUP, "u": 1}
    check({"a.json": {"adgroups": [group] * 3}}, "--select", "SPL004", "--write-baseline")
    check({"a.json": {"adgroups": [group] * 2}}, "--select", "SPL004", "--prune-baseline")
    assert [row["count"] for row in rows(tmp_path / BASELINE)] == [2]


UNKNOWN: dict[str, tuple[dict[str, Any], list[str]]] = {
    "a rule that is not selected": ({"a.json": BASES["cbo"]}, ["--select", "SPL102,SPL009"]),
    "a file that is not read": ({"a.json": BASES["cbo"]}, [*RULES, "b.yaml"]),
    "a file that a walk leaves out": ({"a.json": BASES["cbo"]}, [*RULES, "--exclude", "a.json"]),
    "a file that does not parse": ({"a.json": '{"objective_type": '}, [*RULES]),
    "a file whose settings leave the rule out": (
        {"sub/c.json": BASES["cbo"], "sub/splint.toml": 'ignore = ["SPL004", "SPL101"]'},
        ["--ignore", "SPL210"],
    ),
    "a payload whose parent is not in the run": (
        {"g/group.json": BASES["ad-group"]},
        ["g", "--select", "SPL210,SPL009"],
    ),
}


@pytest.mark.parametrize(("files", "options"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_a_run_could_not_know_stays(
    check: Check, tmp_path: Path, files: dict[str, Any], options: list[str]
) -> None:
    """Nobody says that such an entry no longer occurs, and pruning leaves it."""
    check(OLD, *RULES, "--write-baseline")
    entry = json.dumps({"path": "g/group.json", "pointer": "/bid_type", "code": "SPL210", "value": "00"})
    text = (tmp_path / BASELINE).read_text().replace('  {"path": "sub/', f'  {entry},\n  {{"path": "sub/')
    (tmp_path / BASELINE).write_text(text)
    assert check(files, *options).gone == []
    check({}, *options, "--prune-baseline")
    assert (tmp_path / BASELINE).read_text() == text


def test_a_file_that_is_gone_has_no_findings(check: Check, tmp_path: Path) -> None:
    """Its entries no longer occur, where the run read the directory that held it."""
    check(OLD, *RULES, "--write-baseline")
    (tmp_path / "sub" / "c.json").unlink()
    (tmp_path / "b.yaml").rename(tmp_path / "sub" / "d.yaml")
    assert [line for line, *_ in check({}, *RULES, "sub").gone] == [6]
    assert [line for line, *_ in check({}, *RULES).gone] == [5, 6]


@pytest.mark.parametrize(
    ("form", "jobs"), few(diagonal(["full", "concise", "json", "json-lines", "sarif"], ["1", "2"]), 2)
)
def test_the_run_that_writes_shows_what_the_next_one_does(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch, form: str, jobs: str
) -> None:
    """No finding of it is shown as one that counts, though formats begin while files are still read."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, OLD | {"a.yaml": "objective_type: LEADS # splint: ignore[SPL101]\n"})
    options = ["check", *RULES, "--as-of", "2026-03-21", "--jobs", jobs, "--output-format", form]
    runs = [command(*options, *extra) for extra in (["--write-baseline"], [], ["--write-baseline"])]
    assert [run.status for run in runs] == [0, 0, 0]
    assert runs[0].out == runs[1].out == runs[2].out
    assert "baseline" in runs[0].out


def test_what_fixes_leave_is_what_is_written(check: Check, tmp_path: Path) -> None:
    """Also of a finding that was in the baseline before: it is fixed, not kept."""
    numeric = {"a.yaml": "objective_type: LEADS\ncampaign_id: 12345678901234\nadvertiser_id: '7'\n"}
    options = ("--select", "SPL101,SPL006", "--write-baseline")
    check(numeric, *options)
    assert [row["code"] for row in rows(tmp_path / BASELINE)] == ["SPL006", "SPL101"]
    done = check({}, *options, "--fix")
    assert [row["code"] for row in rows(tmp_path / BASELINE)] == ["SPL101"]
    assert (done.status, done.active, [code for code, *_ in done.baselined]) == (0, [], ["SPL101"])


def test_writing_on_a_part_keeps_the_rest(check: Check, tmp_path: Path) -> None:
    """Of files that the run does not read; of those it reads only what it finds stays."""
    check(OLD, *RULES, "--write-baseline")
    before = rows(tmp_path / BASELINE)
    check({"sub/c.json": BASES["cbo"], "b.yaml": "objective_type: REACH\n"}, *RULES, "sub", "--write-baseline")
    assert rows(tmp_path / BASELINE) == before[:-1]
    check({}, *RULES, "b.yaml", "--write-baseline")
    changed = rows(tmp_path / BASELINE)
    assert (changed[:3], len(changed), changed[3] == before[3]) == (before[:3], 4, False)


def test_writing_with_some_rules_keeps_the_others(check: Check, tmp_path: Path) -> None:
    check(OLD, *RULES, "--write-baseline")
    before = (tmp_path / BASELINE).read_bytes()
    check({}, "--select", "SPL101", "--write-baseline")
    assert (tmp_path / BASELINE).read_bytes() == before


def test_writing_from_standard_input_twice_counts_once(check: Check, tmp_path: Path) -> None:
    for _ in range(2):
        check({}, "-", "--stdin-filename", "a.json", "--write-baseline", stdin=json.dumps(LEADS))
    assert [row.get("count", 1) for row in rows(tmp_path / BASELINE)] == [1]


def test_what_has_no_name_is_not_in_a_baseline(check: Check, tmp_path: Path) -> None:
    """Else what is piped in next would be taken for it."""
    done = check({}, "-", "--write-baseline", stdin=json.dumps(LEADS))
    assert (done.status, (tmp_path / BASELINE).exists()) == (2, False)
    assert "standard input has no name that a baseline could tell it by: give --stdin-filename" in done.err


def test_a_comment_and_the_baseline_share_equal_findings(check: Check) -> None:
    """The entry is for the finding that no comment covers, though that one comes first."""
    text = "adgroups:\n  - adgroup_name: a\n    u: 1 # splint: ignore[SPL004]\n  - adgroup_name: a\n    u: 1\n"
    check({"a.yaml": text}, "--select", "SPL004", "--write-baseline")
    done = check({}, "--select", "SPL004,SPL009")
    assert (done.active, done.gone, done.baselined) == ([], [], [("SPL004", "a.yaml", 2)])


def test_writing_an_empty_baseline(check: Check, tmp_path: Path) -> None:
    check({"a.json": BASES["cbo"]}, "--write-baseline")
    assert (tmp_path / BASELINE).read_text() == '{"version": 1, "findings": [\n]}\n'
    assert check({}).status == 0


def test_writing_keeps_what_the_run_could_not_know(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of files that a walk left out, that did not parse, or whose payload's parent is elsewhere."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, dict.fromkeys(("read.json", "left-out.json", "broken.json", "alone.json"), LEADS))
    names = ["alone.json", "broken.json", "gone.json", "left-out.json", "read.json"]
    lines = ",\n".join(ROW.format(name, 1) for name in names).replace("SPL101", "SPL210")
    (tmp_path / BASELINE).write_text(f'{{"version": 1, "findings": [\n{lines}\n]}}')
    read = [str(path) for path in tmp_path.rglob("*") if path.name != "left-out.json"]
    rules = [LINTER.ruleset(moment("2026-03-21"))]
    scope = RunScope([str(tmp_path)], read, rules, broken=["broken.json"], incomplete=["alone.json"])
    Baseline.read(BASELINE, then="takes").after((), scope).write()
    assert [row["path"] for row in rows(tmp_path / BASELINE)] == ["alone.json", "broken.json", "left-out.json"]


def test_each_run_of_a_request_says_what_it_leaves_of_the_baseline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one run could not know is no matter of the next one: --fix makes several of one request."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"a.json": "{", BASELINE: f'{{"version": 1, "findings": [\n{ROW.format("a.json", 1)}\n]}}'})
    baseline = Baseline.read(BASELINE, then="prunes")
    tops, now = (str(tmp_path),), moment("2026-03-21")
    request = RunRequest(lambda _: LINTER, now, LINTER, anchored=True, baseline=baseline, tops=tops)
    left = []
    for text in ("{", json.dumps(BASES["cbo"]), "{"):
        write(tmp_path, {"a.json": text})
        report = run(request, [File("a.json", "a.json", True)], jobs=1, progress=lambda _: None)
        assert report.details.baseline is not None
        left.append(len(report.details.baseline))
    assert left == [1, 0, 1]


# -- merging, and what is wrong with a file ----------------------------------------------------------------------------


def git(top: Path, *arguments: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *who, *arguments], cwd=top, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_baselines_of_two_branches_merge_by_lines(check: Check, tmp_path: Path) -> None:
    """Findings that came in at different places: git needs nobody's help, and the outcome is what a run would write."""
    files = {f"{name}.json": LEADS for name in "bdfh"}
    git(tmp_path, "init", "-q", "-b", "main")
    for branch, new in (("main", ""), ("left", "ac"), ("right", "gi")):
        if new:
            git(tmp_path, "checkout", "-q", "-b", branch, "main")
        check(files | {f"{name}.json": LEADS for name in new}, "--write-baseline")
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-q", "-m", branch)
    git(tmp_path, "merge", "-q", "-m", "both", "left")
    merged = (tmp_path / BASELINE).read_bytes()
    done = check({})
    assert (done.status, done.active, done.gone) == (0, [], [])
    assert [row["path"] for row in rows(tmp_path / BASELINE)] == [f"{name}.json" for name in "abcdfghi"]
    check({}, "--write-baseline")
    assert (tmp_path / BASELINE).read_bytes() == merged


GOOD = ROW.format("a.json", "70ad1c8557dd1bc7")
HEAD = '{"version": 1, "findings": [\n  '
MALFORMED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", ":1:1: "),
    "no JSON": (f"{HEAD}{GOOD}\n  {GOOD}\n]}}".encode(), ":3:3: "),
    "what a merge leaves": (f"{HEAD}{GOOD},\n<<<<<<< ours\n".encode(), ":3:1: "),
    "not UTF-8": (f"{HEAD}{GOOD},\n  ".encode() + b'{"path": "\xff"}]}', ":3: "),
    "UTF-16": (f"{HEAD}{GOOD}]}}".encode("utf-16"), ":1: "),
    "a list": (b"[]", ":1: "),
    "no version": (b'{"findings": []}', ":1: "),
    "another version": (b'{"version": 2, "findings": []}', ":1: "),
    "no findings": (b'{"version": 1}', ":1: "),
    "findings that are no list": (b'{"version": 1, "findings": {}}', ":1: "),
    "too many levels": (b'{"version": 1, "findings": ' + b"[" * 100_000, ":1: "),
    "a number of too many digits": (b'{"version": 1, "findings": [' + b"1" * 5000 + b"]}", ":1: "),
    "an entry that is no object": (f'{HEAD}{GOOD},\n  ["a"],\n  {GOOD}\n]}}'.encode(), ":3: "),
    "an entry without a path": (f'{HEAD}{GOOD},\n  {{"code": "SPL101"}}\n]}}'.encode(), ":3: "),
    "an entry without a path, in other lines": (
        f'{{\n  "version": 1,\n  "findings": [\n    {GOOD},\n\n    {{\n      "code": "SPL1"\n    }}\n  ]\n}}'.encode(),
        ":6: ",
    ),
    "a code that is no text": (f"{HEAD}{GOOD.replace(chr(34) + 'SPL101' + chr(34), '101')}\n]}}".encode(), ":2: "),
    "a value that is no text": (f"{HEAD}{GOOD[:-19]}7}}\n]}}".encode(), ":2: "),
    "a count of none": (f'{HEAD}{GOOD[:-1]}, "count": 0}}\n]}}'.encode(), ":2: "),
    "a count that is true": (f'{HEAD}{GOOD[:-1]}, "count": true}}\n]}}'.encode(), ":2: "),
    "a count that is a text": (f'{HEAD}{GOOD[:-1]}, "count": "2"}}\n]}}'.encode(), ":2: "),
}


@pytest.mark.parametrize("option", few(["check", "prune", "write"], 2))
@pytest.mark.parametrize(("data", "where"), MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_baseline_is_an_error_at_its_line(
    check: Check, tmp_path: Path, data: bytes, where: str, option: str
) -> None:
    """It ends the run before anything is read or written; the words say the way out."""
    (tmp_path / "b.json").write_bytes(data)
    options = [] if option == "check" else [f"--{option}-baseline"]
    done = check({"a.json": LEADS}, "a.json", "--baseline", "b.json", *options)
    assert (done.status, done.out, (tmp_path / "b.json").read_bytes()) == (2, "", data)
    assert f"b.json{where}" in done.err
    assert "--write-baseline" in done.err
    assert "Traceback" not in done.err
    assert "internal error" not in done.err


ODD: dict[str, str] = {
    "as it is written": f"{HEAD}{GOOD}\n]}}\n",
    "in one line": f'{{"version": 1, "findings": [{GOOD}]}}',
    "in many lines": json.dumps(json.loads(f"{HEAD}{GOOD}\n]}}"), indent=4),
    "with CRLF": f"{HEAD}{GOOD}\r\n]}}\r\n",
    "with a byte-order mark": f"\ufeff{HEAD}{GOOD}\n]}}\n",
    "with keys that nobody knows": f'{HEAD}{GOOD[:-1]}, "why": "old"}}\n], "more": {{}}}}',
    "with a count of many": f'{HEAD}{GOOD[:-1]}, "count": 1000000000000}}\n]}}',
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_a_baseline_may_be_written_by_others(check: Check, tmp_path: Path, text: str) -> None:
    """Its lines are found wherever they are; pruning gives it its form again."""
    (tmp_path / BASELINE).write_bytes(text.encode())
    done = check({"a.json": LEADS}, "a.json")
    rows_at = [number for number, line in enumerate(text.split("\n"), 1) if '"path"' in line]
    at = rows_at[0] - ("    " in text)
    assert (done.status, done.baselined) == (0, [("SPL101", "a.json", at)])
    check({}, "a.json", "--prune-baseline")
    assert (tmp_path / BASELINE).read_text() == f"{HEAD}{GOOD}\n]}}\n"


@pytest.mark.parametrize("option", ["--write-baseline", "--prune-baseline"])
def test_a_baseline_that_cannot_be_written_ends_the_run(
    check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    """With exit status 2 and no traceback; the old one is still there."""
    check({"a.json": LEADS}, "--write-baseline")
    before = (tmp_path / BASELINE).read_bytes()

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    done = check({"a.json": BASES["cbo"]}, option)
    assert (done.status, (tmp_path / BASELINE).read_bytes()) == (2, before)
    assert f"{BASELINE}: the baseline cannot be written: No space left on device" in done.err
    assert "Traceback" not in done.err
    assert sorted(path.name for path in tmp_path.iterdir()) == [BASELINE, "a.json"]


@pytest.mark.parametrize("option", few(["--write-baseline", "--prune-baseline", "--untrusted --allow-ignores", ""], 2))
def test_a_pipe_or_a_device_is_no_baseline(check: Check, tmp_path: Path, option: str) -> None:
    """It may never end, and git can hold a link to one."""
    os.mkfifo(tmp_path / BASELINE)
    done = check({"a.json": LEADS}, "a.json", *option.split())
    assert (done.status, f"{BASELINE}: the baseline is no plain file" in done.err) == (2, True)


@pytest.mark.parametrize("path", few(["no/such/b.json", "sub", "a.json/b.json"], 2))
def test_a_place_where_no_baseline_can_be(check: Check, tmp_path: Path, path: str) -> None:
    (tmp_path / "sub").mkdir()
    done = check({"a.json": LEADS}, "a.json", "--baseline", path, "--write-baseline")
    assert done.status == 2
    assert path in done.err
    assert "Traceback" not in done.err


def test_an_error_in_writing_is_one_of_the_configuration(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be written"):
        Baseline(str(tmp_path / "no" / "b.json")).write()


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    """A command freezes the garbage collector's objects and switches it on; afterwards it is as before."""
    yield
    gc.enable()
