"""Readers, reporters and rules of plugins that fail: each is named, and nothing else of the run is lost."""

import json
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

import splint
from splint.reporting.report import Report
from tests.command import Command
from tests.grids import few

CAMPAIGN = '{"campaign_name": "A", "objective_type": "WEB_CONVERSIONS"}'
READER = """
import splint
from splint import Document, NodeSpan, Reader, Source, Span, SyntaxFault

VALUE = {{"campaign_name": "A", "objective_type": "WEB_CONVERSIONS"}}

def document(value=VALUE, locate=lambda _: {{}}, data=b"text"):
    return Document(Source("a.toy", data), value, locate)

def itself():
    value = {{**VALUE}}
    value["request_id"] = [value]
    return value

def nested():
    value = "a"
    for _ in range(300):
        value = [value]
    return {{**VALUE, "request_id": value}}

def read(path, stream):
    {body}

@splint.hookimpl
def splint_readers():
    return [Reader("toy", (".toy",), read)]
"""
FAILING = {
    "raise SystemExit(0)\n    yield": "SystemExit: 0 at ours.py:22 in read, `raise SystemExit(0)`",
    "raise GeneratorExit\n    yield": "GeneratorExit",
    "1 / 0\n    yield": "ZeroDivisionError: division by zero",
    "yield document()\n    raise ValueError('half')": "ValueError: half",
    "return None": "TypeError: 'NoneType' object is not iterable",
    "yield 'x'": "TypeError: a reader yields Documents and SyntaxFaults, not str",
    "yield Document(Source(path, b''), VALUE)": "TypeError: Document.__new__() missing 1 required positional argument",
    "yield document(data='text')": "TypeError: startswith first arg must be str",
    "yield document()._replace(source='text')": "TypeError: the source of what a reader yields is Source(path, bytes)",
    "yield SyntaxFault(Source(path, b''), 'a', (0, 1))": "TypeError: a fault is SyntaxFault(",
    "yield SyntaxFault(Source(path, b'one'), 'a', Span(9, 10))": "ValueError: Span(start=9, end=10) lies not in the",
    "yield SyntaxFault(Source(path, b'one'), 'a', Span(3, 5))": "ValueError: Span(start=3, end=5) lies not in the",
    "yield SyntaxFault(Source(path, b'one'), 'a', Span(2, 1))": "ValueError: Span(start=2, end=1) lies not in the",
    "yield SyntaxFault(Source(path, b'one'), 'a', Span(-1, 1))": "ValueError: Span(start=-1, end=1) lies not in the",
    "yield SyntaxFault(Source(path, b'one'), 'a', Span(0, 1.5))": "ValueError: Span(start=0, end=1.5) lies not in the",
    "yield document(itself())": "ValueError: its value holds itself",
    "yield document(nested())": "ValueError: its value holds itself, or is nested in more than 254 levels",
    "yield document({**VALUE, 1: 2})": "TypeError: a key of its value is 1, which is no text",
    "yield document({**VALUE, 'budget': 5j})": "TypeError: its value holds 5j (complex)",
}
MISPLACED = {
    "lambda _: 1 / 0": "ZeroDivisionError: division by zero",
    "lambda _: None": "TypeError: locate gives a mapping from pointers to NodeSpans, not NoneType",
    "lambda pointers: {one: Span(0, 1) for one in pointers}": "TypeError: locate gives NodeSpans of Spans by pointer",
    "lambda pointers: {one: NodeSpan((0, 1), None) for one in pointers}": "TypeError: locate gives NodeSpans of Spans",
    "lambda pointers: {one: NodeSpan(Span(90, 91), Span(0, 1)) for one in pointers}": "ValueError: Span(start=90, ",
    "lambda pointers: {one: NodeSpan(Span(0, 1), Span(90, 91)) for one in pointers}": "ValueError: Span(start=90, ",
}


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with a file of the plugin's format and one of JSON, both without a budget."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.toy").write_text(CAMPAIGN)
    (tmp_path / "b.json").write_text(CAMPAIGN)
    return tmp_path


def reader(body: str) -> str:
    Path("ours.py").write_text(READER.format(body=body))
    return "ours.py"


def found_in(report: dict[str, Any]) -> set[str]:
    return {one["path"] for one in report["diagnostics"]}


@pytest.mark.parametrize("body", FAILING)
def test_a_reader_that_fails_is_named_with_its_file_and_the_other_files_are_checked(
    command: Command, files: Path, body: str
) -> None:
    done = command("check", "--isolated", "--plugin", reader(body), "--output-format", "json", "a.toy", "b.json")
    [error] = json.loads(done.out)["errors"]
    assert (done.status, error["kind"], error["path"]) == (2, "unreadable-file", "a.toy")
    begin = "a.toy: cannot be read: the reader toy of plugin ours.py failed: "
    assert error["message"].startswith(f"{begin}{FAILING[body]}")
    assert found_in(json.loads(done.out)) == {"b.json"}
    assert error["message"] in done.err
    report = splint.check([files / "a.toy", files / "b.json"], plugins=["ours.py"])
    assert [one.kind for one in report.errors] == ["unreadable-file"]
    assert report.diagnostics


def test_a_fault_at_the_end_of_a_text_is_a_finding(command: Command, files: Path) -> None:
    """Also in an empty one, in which no code point can be marked."""
    for text, span, line in (("b''", "Span(0, 1)", 1), ("b'a'", "Span(1, 1)", 1), ("b'a\\n'", "Span(2, 3)", 1)):
        plugin = reader(f"yield SyntaxFault(Source(path, {text}), 'a', {span})")
        done = command("check", "--isolated", "--plugin", plugin, "--output-format", "json", "a.toy")
        [found] = json.loads(done.out)["diagnostics"]
        assert (done.status, found["code"], found["range"]["start"]["line"]) == (1, "SPL001", line)


@pytest.mark.parametrize("options", [("--jobs", "2"), ("--output-format", "sarif=s.sarif"), ("--statistics",)])
def test_a_reader_that_exits_ends_no_run_in_any_process_or_format(
    command: Command, files: Path, options: tuple[str, ...]
) -> None:
    plugin = reader("raise SystemExit(0)\n    yield")
    done = command("check", "--isolated", "--plugin", plugin, *options, "b.json", "a.toy")
    assert done.status == 2
    assert "the reader toy of plugin ours.py failed: SystemExit: 0" in done.out + done.err


@pytest.mark.parametrize("locate", MISPLACED)
@pytest.mark.parametrize("value", ["VALUE", "{**VALUE, 'campaign_id': '1770000000000000001', 'budget': -1}"])
def test_a_document_that_cannot_be_located_is_judged_without_lines(
    command: Command, files: Path, locate: str, value: str
) -> None:
    """Also where its payload waits for others of its campaign, until all files are read."""
    plugin = reader(f"yield document({value}, {locate})")
    done = command("check", "--isolated", "--plugin", plugin, "--output-format", "json", "a.toy", "b.json")
    [error] = json.loads(done.out)["errors"]
    assert (done.status, error["path"], MISPLACED[locate] in error["message"]) == (2, "a.toy", True)
    assert found_in(json.loads(done.out)) == {"a.toy", "b.json"}
    assert {one["range"] is None for one in json.loads(done.out)["diagnostics"] if one["path"] == "a.toy"} == {True}
    done = command("check", "--isolated", "--plugin", plugin, "--output-format", "html", "a.toy")
    assert (done.status, MISPLACED[locate].partition(":")[0] in done.out) == (2, True)


def test_what_a_reader_gives_beside_documents_is_contained_too(command: Command, files: Path) -> None:
    """Its comments and its reader of a column."""
    path = Path(reader("yield document()"))
    text = path.read_text().replace("read)]", "read, comments=lambda source: 1 / 0)]")
    path.write_text(text)
    done = command("check", "--isolated", "--plugin", "ours.py", "a.toy")
    assert (done.status, "the reader toy of plugin ours.py failed: ZeroDivisionError" in done.out) == (2, True)
    Path("tables.py").write_text(text.replace("comments=lambda source: 1 / 0", "with_column=lambda name: name"))
    done = command("check", "--isolated", "--plugin", "tables.py", "--column", "payload", "a.toy")
    assert (done.status, "Error: the reader toy of plugin tables.py failed" in done.err) == (2, True)


def test_a_bundle_whose_reader_fails_is_not_sent(command: Command, files: Path) -> None:
    done = command("submit", "--plugin", reader("raise SystemExit(0)\n    yield"), "a.toy")
    assert (done.status, "internal error" in done.err) == (2, False)
    assert "a.toy: cannot be read: the reader toy of plugin ours.py failed: SystemExit: 0" in done.err


REPORTER = """
import splint

@splint.hookimpl
def splint_reporters():
    return [splint.Reporter("ours", {render}, needs=())]
"""
UNSHOWN = {
    "lambda report, style: exit(0)": "SystemExit: 0 at ours.py:6 in <lambda>",
    "lambda report, style: 1 / 0": "ZeroDivisionError: division by zero",
    "lambda report, style: None": "TypeError: a reporter makes a text, not NoneType",
    "lambda report, style: b'a'": "TypeError: a reporter makes a text, not bytes",
    "lambda report, style: ['a']": "TypeError: a reporter makes a text, not list",
    "lambda report, style: report.active[0].fingerprint": "ValueError: this run made no fingerprints",
    "lambda: 'a'": "TypeError: ",
}


@pytest.mark.parametrize("render", UNSHOWN)
def test_a_reporter_that_fails_is_named_and_the_other_outputs_are_written(
    command: Command, files: Path, render: str
) -> None:
    Path("ours.py").write_text(REPORTER.format(render=render))
    formats = ("--output-format", "ours", "--output-format", "concise=report.txt")
    done = command("check", "--isolated", "--plugin", "ours.py", *formats, "b.json")
    assert (done.status, done.out) == (2, "")
    assert f"Error: the output format ours of plugin ours.py failed: {UNSHOWN[render]}" in done.err
    assert "b.json:1:2: SPL008" in Path("report.txt").read_text()


def rules(body: str) -> str:
    text = """
        import splint
        from splint.payloads.nodes import Campaign, Tree

        @splint.rule("ZZ001", "ours", on={on}, level="info", section="x", basis="sanity")
        def ours(node):
            \"\"\"It holds.\"\"\"
            {body}

        @splint.hookimpl
        def splint_rules():
            return splint.Pack("ours", "ZZ", "Ours", None, (ours,))
    """
    Path("ours.py").write_text(dedent(text).format(body=body, on="Tree" if "tree" in body else "Campaign"))
    return "ours.py"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("yield node.finding('budget', 'a', 'b', node.place('budget', 5))", "TypeError: the related places of a find"),
        ("yield node.finding('campaign_name', 'a', 'b')._replace(wording=lambda text: 1 / 0)", "ZeroDivisionError"),
        ("yield node.finding('campaign_name', 'a', 'b')._replace(wording=lambda text: 5)", "TypeError: the wording of"),
    ],
)
@pytest.mark.usefixtures("files")
def test_words_that_cannot_be_shown_are_a_crash_of_their_rule(command: Command, body: str, told: str) -> None:
    done = command("check", "--isolated", "--plugin", rules(body), "--output-format", "json", "b.json")
    [error] = json.loads(done.out)["errors"]
    assert (done.status, error["kind"], error["code"], error["path"]) == (2, "crashed-rule", "ZZ001", "b.json")
    assert f"({told}" in error["message"]
    assert {one["code"] for one in json.loads(done.out)["diagnostics"]} == {"SPL008", "SPL103"}


@pytest.mark.slow
@pytest.mark.parametrize("options", few([(("--jobs", "3"),), (("--jobs", "1"),)], 1))
@pytest.mark.usefixtures("files")
def test_a_rule_that_crashes_many_times_in_a_file_is_one_error(command: Command, options: tuple[str, ...]) -> None:
    """The file is read in chunks, by several processes: each counts its own."""
    line = json.dumps({**json.loads(CAMPAIGN), "budget": 100, "budget_mode": "BUDGET_MODE_DAY"})
    count = (2 << 20) // len(line)
    Path("many.ndjson").write_text(f"{line}\n" * count)
    plugin = rules("yield node.finding('budget', 'a', 'b', level='fatal')")
    formats = ("--select", "ZZ", "--output-format", "json")
    done = command("check", "--isolated", "--plugin", plugin, *formats, *options, "many.ndjson", "b.json")
    errors = {one["path"]: one["message"] for one in json.loads(done.out)["errors"]}
    assert len(json.loads(done.out)["errors"]) == len(errors) == 2
    assert errors["many.ndjson"].startswith(f"rule ZZ001 of pack ours crashed {count} times on many.ndjson (ValueError")
    assert errors["b.json"].startswith("rule ZZ001 of pack ours crashed on b.json (ValueError")
    assert errors["b.json"].endswith(": its findings may be incomplete; SPLINT_TRACEBACK=1 shows the whole traceback")


GROUP = {"advertiser_id": "7000000000000000001", "campaign_id": "1770000000000000001", "adgroup_name": "a"}
OWNER = {**GROUP, "campaign_name": "A", "objective_type": "WEB_CONVERSIONS"}
del OWNER["adgroup_name"]
ACROSS = """tree = node
    [group] = tree.ad_groups
    fix = splint.Fix("t", (tree.campaign.put("campaign_name", "B"),), is_safe=True)
    yield group.finding("adgroup_name", "a", "b", fix=fix)"""


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("form", ["files", "lines", "one"])
def test_a_fix_of_another_document_than_its_findings_is_left_out(form: str) -> None:
    """Its edits would be offsets in one file, and be applied to another."""
    plugin = rules(ACROSS)
    given: Any
    if form == "files":
        Path("c.json").write_text(json.dumps(OWNER))
        Path("g.json").write_text(json.dumps(GROUP))
        given = [Path("c.json"), Path("g.json")]
    elif form == "lines":
        Path("c.ndjson").write_text(f"{json.dumps(OWNER)}\n{json.dumps(GROUP)}\n")
        given = Path("c.ndjson")
    else:
        given = [OWNER, GROUP]
    report: Report = splint.check(given, plugins=[plugin], select=["ZZ"])
    [found] = report.diagnostics
    assert (found.code, report.errors) == ("ZZ001", ())
    assert (found.fix is not None) == (form == "one")


FLIPPING = """
import splint
from splint import Fix
from splint.payloads.nodes import Campaign

def rule(code, name, guard):
    def ours(campaign):
        \"\"\"It holds.\"\"\"
        yield from guard(campaign)
    return splint.rule(code, name, on=Campaign, level="info", section="x", basis="sanity")(ours)

def put(campaign, field, value):
    fix = Fix(f"set {{field}}", (campaign.put(field, value),), is_safe=True)
    return [campaign.finding(field, f"{{field}} is wrong", "set it", fix=fix)]

def lower(campaign):
    name = campaign.campaign_name
    return put(campaign, "campaign_name", name.lower()) if name != name.lower() else []

RULES = (rule("ZZ001", "lower", lower), {rules})

@splint.hookimpl
def splint_rules():
    return splint.Pack("ours", "ZZ", "Ours", None, RULES)
"""
RETURNING = {
    "flip": 'rule("ZZ002", "flip", lambda one: put(one, "po_number", "b" if one.po_number == "a" else "a")),',
    "pair": """
        rule("ZZ002", "ab", lambda one: put(one, "po_number", "b") if one.po_number == "a" else []),
        rule("ZZ003", "ba", lambda one: put(one, "po_number", "a") if one.po_number == "b" else []),
    """,
    "growing": 'rule("ZZ002", "more", lambda one: put(one, "po_number", one.po_number + "a")),',
}


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("way", RETURNING)
def test_what_is_fixed_again_and_again_is_not_counted_and_told(command: Command, way: str) -> None:
    Path("ours.py").write_text(FLIPPING.format(rules=RETURNING[way]))
    Path("b.json").write_text('{"campaign_name": "A", "objective_type": "WEB_CONVERSIONS", "po_number": "a"}')
    options = ("--isolated", "--plugin", "ours.py", "--select", "ZZ")
    done = command("check", *options, "--fix", "b.json")
    assert "splint: fixed 1 finding in 1 file; 1 left as it is\n" in done.err
    told = [line for line in done.err.splitlines() if "does not last" in line]
    assert told == [
        f"splint: b.json: the fix of {code} (set po_number) at /po_number does not last: its finding comes back"
        for code in (("ZZ002", "ZZ003") if way == "pair" else ("ZZ002",))
    ]
    assert json.loads(Path("b.json").read_text())["campaign_name"] == "a"


@pytest.mark.usefixtures("files")
def test_a_fix_that_is_needed_more_often_than_there_are_rounds_lasts(command: Command) -> None:
    """Where entries go one after the other, the next one takes the place of each."""
    each = """rule("ZZ002", "each", lambda one: [
        one.finding(f"special_industries/{n}", "a", "b", fix=Fix(
            "remove it", (one.remove(f"special_industries/{n}"), one.put("po_number", str(n))), is_safe=True))
        for n in range(1, len(one.special_industries or ()))]),"""
    Path("ours.py").write_text(FLIPPING.format(rules=each))
    value = {"campaign_name": "a", "objective_type": "WEB_CONVERSIONS", "po_number": "a"}
    Path("b.json").write_text(json.dumps({**value, "special_industries": ["HOUSING"] * 40}))
    done = command("check", "--isolated", "--plugin", "ours.py", "--select", "ZZ", "--fix", "b.json")
    assert "does not last" not in done.err
    assert "splint: fixed 20 findings in 1 file; 19 left as they are\n" in done.err
