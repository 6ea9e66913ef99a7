"""Properties that hold for every input."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import splint_guide
import yaml
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

import splint
from splint.formats import reference_tokens
from splint.reporting.report import Diagnostic, Report
from splint.reporting.reporters import Style
from splint.run.linter import Linter
from tests.grids import few
from tests.laws import draws
from tests.strategies import (
    AS_OF,
    HOST,
    JSON_VALUES,
    LETTERS,
    LINTER,
    SUFFIXES,
    at,
    bundles,
    documents,
    events,
    findings,
    lint,
    mutated,
    noise,
    rendered,
    requests,
    shuffled,
)

LAW = draws(10, 80, suppress_health_check=list(HealthCheck))
COMPARING = {"SPL402", "SPL403", "REF401"}
"""The rules that compare ad groups: with none whose value any other rule refuses."""
CODES = [selection.rule.code for selection in LINTER.registry.rules]
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join(str(Path(str(package.__file__)).parents[1]) for package in (splint, splint_guide)),
}


def assert_sound(report: Report, data: bytes) -> None:
    """No tool errors, the order of the contract, and every place within the file."""
    assert report.errors == ()
    keys = [(diagnostic.path, diagnostic.offset, diagnostic.code) for diagnostic in report.diagnostics]
    assert keys == sorted(keys)
    json.loads(report.to_json())
    for diagnostic in report.diagnostics:
        assert all(place["range"] is not None for place in diagnostic.model_dump()["related"])
        for where in (diagnostic.range, *(place.range or diagnostic.range for place in diagnostic.related)):
            assert where is not None
            assert 0 <= where.start.offset <= where.end.offset <= len(data)
            assert (1, 1) <= where.start[:2] <= where.end[:2]
            lines = data[: where.start.offset].replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
            assert where.start.line == len(lines)


@pytest.mark.parametrize("suffix", SUFFIXES)
@draws(4, 70, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_bytes_give_a_report_whose_places_lie_in_the_file(suffix: str, data: st.DataObject) -> None:
    content = data.draw(noise(suffix))
    assert_sound(lint({f"a{suffix}": content}, named=data.draw(st.booleans())), content)


@LAW
@given(st.data())
def test_the_order_of_keys_changes_no_finding(data: st.DataObject) -> None:
    value = data.draw(bundles() | requests() | mutated(bundles() | requests()))
    other = data.draw(shuffled(value))
    # A body's aliases are looked up in a fixed order, so that the first of them to stand there plays no part.
    before, after = (findings(lint({"a.json": rendered(one, ".json")})) for one in (value, other))
    if "SPL002" in {code for code, *_ in before}:  # at the first key that is nearly right, whichever that is
        assert {code for code, *_ in after} == {code for code, *_ in before}
    else:
        assert after == before


@LAW
@given(st.data())
def test_the_order_of_files_changes_nothing(data: st.DataObject) -> None:
    values = data.draw(st.lists(bundles() | requests() | events(), min_size=2, max_size=5))
    files = [(f"{index}.json", rendered(value, ".json")) for index, value in enumerate(values)]
    assert lint(data.draw(st.permutations(files))).to_json() == lint(files).to_json()


class _Quoted(yaml.SafeDumper):
    """Writes texts between quotes: PyYAML takes 1e5 and 0o7 for texts, YAML 1.2 for numbers.

    It writes no aliases: what stands once is one finding.
    """

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Quoted.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


@LAW
@given(mutated(documents(), (None, 5, "x", [], {}, [None], {"a": 1}, "{{x}}", "😀", "9" * 40)))
def test_json_and_yaml_of_one_value_give_the_same_findings(value: Any) -> None:
    expected = findings(lint({"a.json": rendered(value, ".json")}))
    dumped = yaml.dump(value, Dumper=_Quoted, allow_unicode=True, sort_keys=False)
    for text in (rendered(value, ".json"), json.dumps(value, ensure_ascii=False, indent=2), dumped):
        assert findings(lint({"a.yaml": text})) == expected


@pytest.mark.slow
@LAW
@given(bundles())
def test_a_bundle_as_pyyaml_writes_it_gives_the_same_findings(value: Any) -> None:
    """Of what it writes once, with an anchor, one finding stands for all places."""
    text, apart = json.dumps(value), yaml.safe_dump(json.loads(json.dumps(value)))
    expected = lint({"a.json": text})
    assert findings(lint({"a.yml": apart})) == findings(expected)
    together = lint({"a.yml": yaml.safe_dump(value)})
    assert said(together) == said(expected)


def said(report: Report) -> set[tuple[str, str]]:
    """The codes and words of the findings of a report, without the number of their places."""
    return {(one.code, re.sub(r" \(in \d+ places\)$", "", one.summary)) for one in report.diagnostics}


@draws(1, 5, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(st.lists(mutated(bundles() | requests() | events()), min_size=12, max_size=12))
def test_selecting_a_code_and_its_owners_gives_the_findings_of_the_full_run_with_that_code(values: list[Any]) -> None:
    files = {f"{index}.json": rendered(value, ".json") for index, value in enumerate(values)}
    files |= {"cut.json": '{"budget": ', "twice.json": '{"a": 1, "a": 2}', "none.json": "[]"}
    full = lint(files).diagnostics
    for code in (code for code in CODES if code not in COMPARING):
        # what is said of a wrong value, or of a key for another field, stands for what would be missing
        linter = Linter(select=[code, "SPL003", "SPL004", *owners(code)], as_of=AS_OF)
        of_code = [leveled(diagnostic) for diagnostic in full if diagnostic.code == code]
        found = [
            leveled(diagnostic) for diagnostic in lint(files, linter=linter).diagnostics if diagnostic.code == code
        ]
        assert found == of_code, code


def leveled(diagnostic: Diagnostic) -> Diagnostic:
    """A finding at its rule's own level: a misspelt key is as severe as what other rules would say of its field."""
    return diagnostic._replace(severity="warning") if diagnostic.code == "SPL004" else diagnostic


def owners(code: str) -> set[str]:
    """The rules that own causes of a rule's findings, and the rules that own theirs."""
    rules = [selection.rule for selection in LINTER.registry.rules]
    owning = {code}
    while more := {rule.code for rule in rules if owning & rule.supersedes.keys()} - owning:
        owning |= more
    return owning - {code}


def said_at(diagnostic: Diagnostic, data: bytes) -> str:
    assert diagnostic.range is not None
    return data[diagnostic.range.start.offset : diagnostic.range.end.offset].decode()


@LAW
@given(mutated(documents()), st.sampled_from([None, 2]), st.booleans(), st.sampled_from(["", "\ufeff"]))
def test_the_text_at_a_finding_in_json_is_what_it_points_at(
    value: Any, indent: int | None, ascii_only: bool, mark: str
) -> None:
    """A value, an unknown key, the opening bracket of what lacks something, or the string around all of that."""
    text = mark + json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    data = text.encode()
    for diagnostic in lint({"a.json": data}).diagnostics:
        text, holds = said_at(diagnostic, data), at(json.loads(json.dumps(value)), diagnostic.pointer)
        if text in "{[":
            assert isinstance(holds, dict | list)
        elif diagnostic.code in ("SPL002", "SPL004"):  # the key; or, inside a string of JSON, the string
            assert json.loads(text) in (*reference_tokens(diagnostic.pointer)[-1:], holds)
        else:
            assert repr(json.loads(text)) == repr(holds)


RANGE = {"start": {"line", "column", "offset"}, "end": {"line", "column", "offset"}}
KEYS = {
    "": {"version", "tool", "summary", "diagnostics", "errors"},
    "tool": {"name", "version", "profile", "as_of"},
    "summary": {"files", "payloads", "errors", "warnings", "infos", "suppressed", "baselined", "fixable", "left_out"},
    "source": {"title", "section", "basis", "url", "document"},
    "related": {"message", "path", "pointer", "range"},
    "diagnostic": {
        *(
            "id",
            "code",
            "name",
            "severity",
            "message",
            "path",
            "pointer",
            "range",
            "related",
            "fix",
            "source",
            "suppressed",
        ),
    },
}


@LAW
@given(st.data())
def test_a_report_has_the_keys_of_the_contract_and_comes_back_from_json(data: st.DataObject) -> None:
    suffix = data.draw(st.sampled_from([".json", ".ndjson", ".yaml", ".sh"]))
    value = data.draw(documents())
    numbered = {"document"} if suffix == ".ndjson" and value != [] else set()
    report = lint({f"a{suffix}": rendered(value, suffix)})
    dump = report.model_dump()
    assert json.loads(report.to_json()) == json.loads(report.to_json(indent=True)) == dump
    assert dump.keys() == KEYS[""]
    assert dump["tool"].keys() == KEYS["tool"]
    assert dump["summary"].keys() == KEYS["summary"]
    counts = Counter(diagnostic.severity for diagnostic in report.diagnostics)
    assert [dump["summary"][f"{level}s"] for level in ("error", "warning", "info")] == [
        *(counts[level] for level in ("error", "warning", "info")),
    ]
    for diagnostic, as_object in zip(dump["diagnostics"], report.diagnostics, strict=True):
        assert json.loads(as_object.to_json()) == diagnostic == as_object.model_dump()
        assert diagnostic.keys() == KEYS["diagnostic"] | numbered
        assert diagnostic["source"].keys() == KEYS["source"]
        for place in (diagnostic, *diagnostic["related"]):
            assert {name: set(point) for name, point in place["range"].items()} == RANGE
        assert all(place.keys() - numbered == KEYS["related"] for place in diagnostic["related"])


@LAW
@given(JSON_VALUES | st.text(LETTERS))
def test_the_library_and_a_file_say_the_same_of_a_value(value: Any) -> None:
    assert findings(LINTER.check(json.dumps(value))) == findings(lint({"a.json": json.dumps(value)}))


@pytest.mark.slow
def test_neither_hash_seeds_nor_processes_change_a_report(tmp_path: Path) -> None:
    payload = {
        "campaign_id": "1800000000000000001",
        "adgroup_name": "A",
        "bid_type": "BID_TYPE_CUSTOM",
        "placments": [],
    }
    for index in range(6):
        body = {**payload, "advertiser_id": str(index % 2), "placements": ["PLACEMENT_TIKTOC"], f"made_up_{index}": 1}
        (tmp_path / f"group{index}.json").write_text(json.dumps(body))
        (tmp_path / f"cut{index}.yaml").write_text("budget_mode: [1\n")
        (tmp_path / f"other{index}.json").write_text('{"a": 1}')
    (tmp_path / "gone.json").symlink_to(tmp_path / "nowhere")
    outputs = []
    for seed, jobs in (("1", "1"), ("2", "3")):
        command = [sys.executable, "-c", "from splint.cli import main; main()", "check", "--output-format", "json"]
        done = subprocess.run(
            [*command, "--as-of", AS_OF, "--jobs", jobs],
            cwd=tmp_path,
            env={**ENVIRONMENT, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]
    summary = json.loads(outputs[0])["summary"]
    assert (summary["files"], summary["payloads"]) == (12, 6)


CANARY = "cAnArY0123456789abcdef"
HEAD = '"endpoint": "/open_api/v1.3/smart_plus/campaign/create/", "method": "GET"'
CURL = f"curl -X GET {HOST}/campaign/create/ -d '{{\"campaign_name\": 5}}'"
TOKENS: dict[str, tuple[str, str]] = {
    "a header": ("a.json", f'{{{HEAD}, "headers": {{"Access-Token": "{CANARY}"}}, "body": {{"campaign_name": 5}}}}'),
    "a header in lower case": ("a.json", f'{{{HEAD}, "headers": {{"access-token": "{CANARY}"}}, "body": {{}}}}'),
    "words": ("a.json", f'{{{HEAD}, "headers": {{"Access-Token": "Bearer a {CANARY}"}}, "body": {{"a": 1}}}}'),
    "an escape": ("a.json", f'{{{HEAD}, "headers": {{"Access-Token": "\\u0061 {CANARY}"}}, "body": {{}}}}'),
    "a list": ("a.json", f'{{{HEAD}, "headers": {{"Access-Token": ["{CANARY}"]}}, "body": {{}}}}'),
    "a pair": ("a.json", f'{{{HEAD}, "headers": [{{"key": "Access-Token", "value": "{CANARY}"}}], "body": {{}}}}'),
    "a pair, the value first, in a string of JSON": (
        "a.json",
        json.dumps(
            {
                "url": "https://proxy.example/",
                "data": f'{{{HEAD}, "headers": [{{"value": "{CANARY}", "name": "Access-Token"}}]}}',
            }
        ),
    ),
    "twice": ("a.json", f'{{{HEAD}, "headers": {{"Access-Token": "{CANARY} b", "Access-Token": "c"}}, "body": {{}}}}'),
    "a string of JSON": (
        "a.json",
        json.dumps(
            {"url": "https://proxy.example/", "data": f'{{{HEAD}, "headers": {{"Access-Token": "a {CANARY}"}}}}'}
        ),
    ),
    "a query": ("a.json", f'{{"url": "/v1.3/smart_plus/ad/nope/?access_token={CANARY}", "body": {{"a": 1}}}}'),
    "a field": ("a.json", f'{{{HEAD}, "body": {{"access_token": "{CANARY}", "campaign_name": 5}}}}'),
    "a syntax error beside it": ("a.json", f'{{"budget_mode": 1, "headers": {{"Access-Token": "{CANARY}" x}}}}'),
    "a syntax error behind it": ("a.json", f'{{"budget_mode": 1, "headers": {{"Access-Token":\n"a {CANARY}", x}}}}'),
    "a syntax error in it": ("a.json", f'{{"budget_mode": 1, "headers": {{"Access-Token": "{CANARY}\t"}}}}'),
    "a quote that is never closed": ("a.json", f'{{"budget_mode": 1, "headers": {{"Access-Token": "a {CANARY}'),
    "no quotes": ("a.json", f'{{"budget_mode": 1, "headers": {{"Access-Token": {CANARY}}}}}'),
    "no quotes, a number": ("a.json", f'{{"budget_mode": 1, "headers": {{"Access-Token": 0{CANARY}}}}}'),
    "no quotes, a word of JSON": ("a.json", f'{{"budget_mode": 1, "headers": {{"Access-Token": t{CANARY}}}}}'),
    "no quotes, a sign": ("a.json", f'{{"budget_mode": 1, "headers": {{"Access-Token": +{CANARY}}}}}'),
    "capitals": ("a.json", f'{{"budget_mode": 1, "headers": {{"Access-Token": "{CANARY.upper()}" x}}}}'),
    "comments": ("a.jsonc", f'// access-token: {CANARY}\n{{"objective_type": 5}} x // Access-Token: {CANARY}'),
    "NDJSON": ("a.ndjson", f'{{{HEAD}, "headers": {{"Access-Token": "{CANARY}"}}, "body": {{"a": 1}}}}\n' * 2),
    "YAML": ("a.yaml", f"url: /v1.3/smart_plus/ad/get/\nmethod: X\nheaders: {{Access-Token: a {CANARY}}}\n"),
    "a block of YAML": (
        "a.yaml",
        f"url: /v1.3/smart_plus/ad/create/\nheaders:\n  Access-Token: >-\n    a\n    {CANARY}\n",
    ),
    "broken YAML": ("a.yaml", f"budget_mode: 1\nheaders:\n  Access-Token: {CANARY}\n   x: y\n"),
    "a broken flow of YAML": ("a.yaml", f"budget_mode: 1\nheaders: {{Access-Token: 'a {CANARY}' x}}\n"),
    "curl": ("a.sh", f"{CURL} -H 'Access-Token: {CANARY}'\n"),
    "curl, ahead of the URL": ("a.sh", f'curl -H "access-token:{CANARY}" -X GET {HOST}/ad/create/ -d "{{}}"\n'),
    "curl without quotes": ("a.sh", f"{CURL} -H Access-Token:\\ {CANARY}\n"),
    "curl with a word in pieces": ("a.sh", f"{CURL} -H 'Access-Token: abc''{CANARY}'\n"),
    "curl with a default": ("a.sh", f'{CURL} -H "Access-Token: ${{TOKEN:-{CANARY}}}"\n'),
    "curl with a quote that is never closed": ("a.sh", f"{CURL} -H 'Access-Token: {CANARY}\n"),
    "curl with a broken body": ("a.sh", f"{CURL[:-2]} -H 'x: y' -H 'Access-Token: {CANARY}'\n"),
    "curl in Markdown": ("a.md", f"```sh\n{CURL} -H 'Access-Token: {CANARY}'\n```\n"),
    "curl in a text": ("a.txt", f"Send\n  {CURL} -H 'Access-Token: {CANARY}'\n"),
}


@pytest.mark.parametrize(
    ("case", "ignore"),
    [*few([(case, ()) for case in TOKENS], 14), *few([(case, ("SPL012",)) for case in TOKENS], 4)],
)
def test_no_output_shows_an_access_token(case: str, ignore: tuple[str, ...]) -> None:
    name, text = TOKENS[case]
    linter = Linter(ignore=ignore, as_of=AS_OF)
    report = lint({name: text}, linter=linter)
    assert report.diagnostics or ignore
    outputs = [repr(report), str(splint.PayloadError(report)), str(report.diagnostics)]
    for reporter in linter.registry.reporters.values():
        outputs += [reporter.render(report, Style(color=color)) for color in (False, True)]
    assert [output for output in outputs if CANARY.upper()[1:] in output.upper()] == []


@pytest.mark.parametrize(
    "token", ["$TOKEN", "${TOKEN}", "{{access_token}}", "<your token>", "YOUR_ACCESS_TOKEN", "$(cat token)"]
)
def test_a_placeholder_for_a_token_is_shown(token: str) -> None:
    for name, text in (
        ("a.json", f'{{{HEAD}, "headers": {{"Access-Token": "{token}"}}, "body": {{"a": 1}}}}'),
        ("a.sh", f'{CURL} -H "Access-Token: {token}"\n'),
    ):
        report = lint({name: text})
        assert "SPL012" not in {diagnostic.code for diagnostic in report.diagnostics}
        assert token in LINTER.registry.reporters["full"].render(report, Style())
