"""Properties of fixes that hold for every payload, however its file is written."""

import contextlib
import copy
import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
import splint_guide
import splint_reference
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from splint.cli.group import cli
from splint.files import File
from splint.files.trust import standing_for
from splint.fixes.admission import identity, new_errors
from splint.fixes.application import ROUNDS, applicable, applied, turn_of
from splint.fixes.rounds import Fixer, Outcome
from splint.formats import Document
from splint.reporting.report import Diagnostic, Fix, Report
from splint.run.linter import Linter
from splint.run.runner import run
from splint.run.worker import RunRequest
from splint.testing import AS_OF, Case, base, cases, edited
from tests.grids import diagonal, few
from tests.laws import draws
from tests.restyle import SUFFIXES, restyled, shuffled
from tests.strategies import lint
from tests.test_fixtures import FIXTURES, beside, expected

LAW = draws(3, 20, suppress_health_check=list(HealthCheck))
NOW = datetime(2026, 3, 21, tzinfo=UTC)


# -- sick payloads -----------------------------------------------------------------------------------------------------


class Sick(NamedTuple):
    """A payload with findings that have fixes, and what finds them."""

    value: Any
    linter: Linter


@cache
def linter(profile: str, as_of: str, facts: tuple[tuple[str, Any], ...]) -> Linter:
    return Linter(profile=profile, as_of=as_of, facts={name: thawed(value) for name, value in facts})


def frozen(value: Any) -> Any:
    return tuple(map(frozen, value)) if isinstance(value, list | tuple) else value


def thawed(value: Any) -> Any:
    return [thawed(entry) for entry in value] if isinstance(value, tuple) else value


def kin(case: Case) -> tuple[str, str, str, str]:
    """What two cases have to have in common for their edits to be made in one payload."""
    return case.profile, case.base_profile, case.example.base, case.example.as_of or AS_OF


BAD = [
    case
    for case in (
        *cases(splint_guide.PACK),
        *cases(splint_reference.PACK),
        *cases(splint_guide.PACK, profile="reference"),
    )
    if case.example.at and case.example.text is None
]
CASES = [case for case in BAD if case.example.fixed]
RELATIVES = {key: [case for case in CASES if kin(case) == key] for key in map(kin, CASES)}
WORDS = ("Spring sale", "Früh 😀", 'it\'s "x" $5 `y` \\', "a # b: c", "<b> & {{c}}", "\u2028", "1e3", "")


def together(chosen: Sequence[Case]) -> dict[str, Any]:
    """The edits of all cases, but for those in or around a place that is changed already."""
    made: dict[str, Any] = {}
    for case in chosen:
        for pointer, new in case.example.edits.items():
            if not any(f"{pointer}/".startswith(f"{old}/") or f"{old}/".startswith(f"{pointer}/") for old in made):
                made[pointer] = new
    return made


def facts_of(chosen: Sequence[Case]) -> tuple[tuple[str, Any], ...]:
    """The facts of all cases, those of the first before the others'."""
    facts: dict[str, Any] = {}
    for case in chosen:
        facts = {**case.example.facts, **facts}
    return tuple(sorted((key, frozen(held)) for key, held in facts.items()))


@st.composite
def sick(draw: st.DrawFn, profile: str = "") -> Sick:
    """What the examples of one or of several rules with fixes object to, of one profile where it is named."""
    first = draw(st.sampled_from([case for case in CASES if profile in ("", case.profile)]))
    chosen = [first, *draw(st.lists(st.sampled_from(RELATIVES[kin(first)]), max_size=3))]
    profile, base_profile, name, as_of = kin(first)
    try:
        value = edited(base(name, base_profile), together(chosen))
    except LookupError:
        value = edited(base(name, base_profile), first.example.edits)
    for parent in (value, value.get("campaign"), *(value.get("adgroups") or [])) if isinstance(value, dict) else ():
        for field in ("campaign_name", "adgroup_name", "ad_name"):
            if isinstance(parent, dict) and isinstance(parent.get(field), str):
                parent[field] = draw(st.sampled_from(WORDS)) or parent[field]
    return Sick(value, linter(profile, as_of, facts_of(chosen)))


# -- independent programs ----------------------------------------------------------------------------------------------


def canonical(value: Any) -> str:
    """A value as a text that tells 1 from 1.0 and from true, whatever the order of members."""
    return json.dumps(value, sort_keys=True)


def place(offset: int, data: bytes) -> dict[str, int]:
    """A byte offset as the report is to write it; fails where it lies within a code point or a line's end."""
    assert data[offset - 1 : offset + 1] != b"\r\n" or offset == 0
    lines = re.split(r"\r\n|\n|\r", data[:offset].decode().removeprefix("\ufeff"))
    return {"line": len(lines), "column": len(lines[-1]) + 1, "offset": offset}


def spliced(data: bytes, edits: Sequence[dict[str, Any]]) -> bytes:
    """A file's bytes with edits of the JSON report, which have to be in order and apart."""
    made, done = b"", 0
    for edit in edits:
        start, end = edit["range"]["start"], edit["range"]["end"]
        assert start == place(start["offset"], data)
        assert end == place(end["offset"], data)
        assert done <= start["offset"] <= end["offset"]
        assert edit["content"].encode() != data[start["offset"] : end["offset"]]
        made += data[done : start["offset"]] + edit["content"].encode()
        done = end["offset"]
    return made + data[done:]


def parent(value: Any, pointer: str) -> tuple[Any, Any]:
    """What holds the value at a pointer, and the key or index that it stands under."""
    *way, last = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    for step in way:
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value, int(last) if isinstance(value, list) else last


def patched(value: Any, patch: Sequence[dict[str, Any]]) -> Any:
    """A copy of a value as RFC 6902 changes it."""
    value = copy.deepcopy(value)
    for step in patch:
        held, key = parent(value, step["path"])
        match step["op"]:
            case "add" if isinstance(held, list):
                held.insert(key, step["value"])
            case "add":
                held[key] = step["value"]
            case "replace":
                assert key in held if isinstance(held, dict) else key < len(held)
                held[key] = step["value"]
            case "remove":
                del held[key]
            case "move":
                source, old = parent(value, step["from"])
                held[key] = source.pop(old)
            case _:
                pytest.fail(f"no operation of RFC 6902: {step}")
    return value


class Read(NamedTuple):
    """A document of a file, or why there is none."""

    value: Any
    number: int | None
    start: int
    end: int


def read(name: str, data: bytes, linter: Linter) -> list[Read]:
    """The documents of a file with the bytes that they take."""
    reader = linter.registry.reader_for(name)
    assert reader is not None
    documents = []
    for item in reader.read(name, BytesIO(data)):
        if not isinstance(item, Document):
            documents.append(Read({"": f"not readable: {item.message}"}, item.number, -1, -1))
            continue
        where = item.locate([""]).get("")
        start, end = (item.source.position(index).offset for index in where.value) if where else (-1, -1)
        documents.append(Read(item.value, item.number, start, end))
    return documents


def document_of(diagnostic: Diagnostic, documents: Sequence[Read]) -> int:
    """The index of the document that a finding is about."""
    if diagnostic.document is not None:
        [index] = [index for index, document in enumerate(documents) if document.number == diagnostic.document]
    elif len(documents) == 1:
        index = 0
    else:
        [index] = [index for index, other in enumerate(documents) if other.start <= diagnostic.offset <= other.end]
    return index


# -- the properties ----------------------------------------------------------------------------------------------------


def style(data: bytes) -> set[str]:
    """Whether a file begins with a byte-order mark, which ends of lines it has, and whether its last line has one."""
    signs = {
        "mark": data.startswith(b"\xef\xbb\xbf"),
        "LF": b"\n" in data.replace(b"\r\n", b""),
        "CRLF": b"\r\n" in data,
        "last": data.endswith(b"\n"),
    }
    return {sign for sign, holds in signs.items() if holds}


def said(report: Report) -> Counter[tuple[str, str]]:
    """How often a report says what, wherever: what a finding hid may be another one of its rule."""
    return Counter((one.code, one.summary) for one in report.active)


def assert_fix_is_exact(
    name: str, data: bytes, diagnostic: Diagnostic, linter: Linter, before_it: Counter[tuple[str, str]]
) -> None:
    """One fix alone: its edits change the value as its patch does, and nothing but that; its finding is gone."""
    assert diagnostic.fix is not None
    fix = json.loads(diagnostic.to_json())["fix"]
    after = spliced(data, fix["edits"])
    assert applied(data, [diagnostic.fix]) == (after, [diagnostic.fix])
    before, now = read(name, data, linter), read(name, after, linter)
    wanted = [document.value for document in before]
    if fix["patch"]:
        index = document_of(diagnostic, before)
        wanted[index] = patched(wanted[index], fix["patch"])
        assert canonical(wanted[index]) != canonical(before[index].value)
    assert canonical([document.value for document in now]) == canonical(wanted)
    allowed = {"LF", "CRLF"} & style(data) or {"LF"}
    assert (style(after) ^ style(data)) <= allowed
    left = lint({name: after}, linter=linter)
    assert left.errors == ()
    told = diagnostic.code, diagnostic.summary
    assert said(left)[told] < before_it[told]


def chosen(diagnostics: Sequence[Diagnostic]) -> list[Fix]:
    """The fixes of one round: the first by place of those that touch, each once."""
    made: list[Fix] = []
    spans: list[tuple[int, int]] = []
    for fix in sorted((one.fix for one in diagnostics if one.fix is not None), key=lambda fix: fix.edits):
        own = [(edit.range.start.offset, edit.range.end.offset) for edit in fix.edits]
        if not any(start <= last and first <= end for start, end in own for first, last in spans):
            made.append(fix)
            spans += own
    return made


def assert_round_is_exact(name: str, data: bytes, diagnostics: Sequence[Diagnostic], linter: Linter) -> bytes:
    """All fixes of a round together; gives what they leave."""
    fixes = chosen(diagnostics)
    edits = sorted(
        (edit.model_dump() for fix in fixes for edit in fix.edits), key=lambda edit: edit["range"]["start"]["offset"]
    )
    after = spliced(data, edits)
    done, taken = applied(data, [one.fix for one in diagnostics if one.fix is not None])
    assert (done, {fix.edits for fix in taken}) == (after, {fix.edits for fix in fixes})
    documents = read(name, data, linter)
    wanted = [document.value for document in documents]
    for fix in reversed(fixes):  # what goes from the end of a list moves nothing before it
        [one, *_] = [one for one in diagnostics if one.fix == fix]
        if fix.patch:
            index = document_of(one, documents)
            wanted[index] = patched(wanted[index], fix.patch)
    assert canonical([document.value for document in read(name, after, linter)]) == canonical(wanted)
    return after


def fixed_by_hand(name: str, data: bytes, linter: Linter, *, unsafe: bool) -> tuple[bytes, bool]:
    """What rounds of fixes leave, each checked on the way; and whether one of them brings in an error."""
    report = lint({name: data}, linter=linter)
    assert report.errors == ()
    for _ in range(ROUNDS):
        diagnostics = applicable(report.diagnostics, unsafe=unsafe)
        if not diagnostics:
            return data, False
        for one in diagnostics:
            assert_fix_is_exact(name, data, one, linter, said(report))
        turn = min(map(turn_of, diagnostics))
        diagnostics = [one for one in diagnostics if turn_of(one) == turn]
        data = assert_round_is_exact(name, data, diagnostics, linter)
        after = lint({name: data}, linter=linter)
        if new_errors(report, after, diagnostics):
            return data, True
        report = after
    raise AssertionError("fixes that never end")


def fixed_on_disk(path: Path, linter: Linter, *, unsafe: bool) -> Outcome:
    request, files = RunRequest(lambda _directory: linter, NOW, linter), [File(str(path), path.name, True)]

    def check(overlay: Mapping[str, bytes], some: Sequence[File]) -> Report:
        with standing_for(overlay):
            return run(request, some, jobs=1, progress=lambda _count: None)

    reader = linter.registry.reader_for(path.name)
    assert reader is not None
    return Fixer(files, check, lambda _shown: reader, unsafe=unsafe).fix()


def assert_properties(path: Path, data: bytes, linter: Linter, *, unsafe: bool) -> bytes:
    """Check all properties of the fixes of one file; returns its fixed bytes."""
    path.write_bytes(data)
    expected, is_harmful = fixed_by_hand(path.name, data, linter, unsafe=unsafe)
    outcome = fixed_on_disk(path, linter, unsafe=unsafe)
    assert path.read_bytes() == data
    before = lint({path.name: data}, linter=linter)
    places = {(one.body, one.pointer) for one in before.diagnostics}  # one of a pack may stand for another's
    new = new_errors(before, outcome.report, applicable(before.diagnostics, unsafe=unsafe))
    assert not [one for one in new if (one.body, one.pointer) not in places]
    left = applicable(outcome.report.diagnostics, unsafe=unsafe)
    if is_harmful:  # all at once; what was left out is tried again, so that nothing may be left in the end
        assert {identity(one) for one in left} <= outcome.refused
        return outcome.changed[0].after if outcome.changed else data
    assert (outcome.left, left) == ((), [])
    fixed, by_hand = outcome.changed[0].after if outcome.changed else data, expected
    if b"jsonc\n" in data or path.suffix == ".jsonc":  # of two fixes either may be first; a comment between them moves
        fixed, by_hand = bytes(sorted(fixed.translate(None, b" \n"))), bytes(sorted(by_hand.translate(None, b" \n")))
    if path.suffix == ".json" and re.search(rb"\n *\r?\n", data):  # beside an empty line what is added may stand on it
        fixed, by_hand = fixed.translate(None, b" \r\n"), by_hand.translate(None, b" \r\n")
    assert fixed == by_hand
    path.write_bytes(expected)
    assert fixed_on_disk(path, linter, unsafe=unsafe).changed == ()
    return expected


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


def respelled(value: Any) -> list[Any]:
    """A value of an enumeration in small letters, with a letter twice and as its last word; none of other values."""
    if isinstance(value, list) and value:
        return [[*value[:-1], one] for one in respelled(value[-1])]
    if not (isinstance(value, str) and re.fullmatch(r"[A-Z][A-Z0-9_]+", value)):
        return []
    middle = len(value) // 2
    return [value.lower(), value[:middle] + value[middle - 1 :], value.rpartition("_")[2]]


def sick_values(cases: Sequence[Case], *, misspelt: bool) -> Iterator[tuple[str, Any, Linter]]:
    """What the examples of rules object to, or the same with one value of each spelt in other ways."""
    for case in cases:
        profile, base_profile, name, as_of = kin(case)
        known = linter(profile, as_of, facts_of([case]))
        for pointer, new in case.example.edits.items() if misspelt else [("", None)]:
            for one in respelled(new) if misspelt else [None]:
                edits = {**case.example.edits, pointer: one} if misspelt else case.example.edits
                yield (
                    f"{case.rule.code} {case.example.title} {one or ''}",
                    edited(base(name, base_profile), edits),
                    known,
                )


def alike(report: Report, one: Diagnostic) -> list[Diagnostic]:
    """The findings of the rule of one, those at its place where its fix moves no entry of a list there."""
    assert one.fix is not None
    found = [other for other in report.active if other.code == one.code]
    if all(step["op"] == "remove" for step in one.fix.patch):
        return found
    there = [other for other in found if (other.pointer, other.severity) == (one.pointer, one.severity)]
    return [other for other in there if other == one or not other.related]


@pytest.mark.parametrize(
    ("every", "misspelt"),
    [(12, False), *(pytest.param(1, misspelt, marks=pytest.mark.slow) for misspelt in (False, True))],
)
def test_a_fix_changes_the_value_and_settles_its_finding(every: int, misspelt: bool) -> None:
    """Each fix that is offered, alone: its rule finds less than before there, but for conflicts with other places."""
    tried = 0
    for what, value, known in sick_values(BAD[::every], misspelt=misspelt):
        report = known.check(value)
        for one in report.active:
            if one.fix is not None and one.fix.patch:
                tried += 1
                after = patched(value, one.fix.patch)
                assert canonical(after) != canonical(value), f"{what}: {one.fix.title}"
                left = known.check(after)
                assert len(alike(left, one)) < len(alike(report, one)), f"{what}: {one.fix.title}"
    assert tried > 900 / every * 0.8


SEEDS = st.integers(0, 2**32)
SICK = st.lists(sick(), min_size=1, max_size=1) | st.lists(sick(), min_size=1, max_size=2)


def file_of(suffix: str, ill: Sequence[Sick], seed: int) -> bytes:
    """One or two payloads as a file of that suffix."""
    random = Random(seed)
    values = [shuffled(random, one.value) if random.random() < 0.3 else one.value for one in ill]
    return restyled(random, values, suffix)


@pytest.mark.parametrize("suffix", few(SUFFIXES, 4))
@LAW
@given(unsafe=st.booleans(), ill=SICK, seed=SEEDS)
def test_fixes_do_what_they_say_and_nothing_else(
    directory: Path, suffix: str, unsafe: bool, ill: list[Sick], seed: int
) -> None:
    """Whatever a file's format and style: the value changes as the patches say, the findings go, no error comes."""
    assert_properties(directory / f"a{suffix}", file_of(suffix, ill, seed), ill[0].linter, unsafe=unsafe)


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@LAW
@given(ill=sick(), seed=SEEDS)
def test_the_library_leaves_of_a_text_and_of_a_value_what_is_left_of_a_file(
    directory: Path, unsafe: bool, ill: Sick, seed: int
) -> None:
    """And leaves the value that it was given alone."""
    path, data = directory / "library.json", file_of(".json", [ill], seed)
    path.write_bytes(data)
    outcome = fixed_on_disk(path, ill.linter, unsafe=unsafe)
    after = outcome.changed[0].after if outcome.changed else data
    assert ill.linter.check(data).fixed(unsafe=unsafe) == after
    assert ill.linter.check(data.decode()).fixed(unsafe=unsafe) == after.decode()
    given, value = (json.loads(data.decode("utf-8-sig")) for _ in range(2))
    fixed = ill.linter.check(given).fixed(unsafe=unsafe)
    assert canonical(given) == canonical(value)
    assert canonical(fixed) == canonical(json.loads(after.decode("utf-8-sig")))


@pytest.mark.parametrize(("suffix", "unsafe"), few(diagonal(SUFFIXES, [True, False]), 1))
def test_most_of_these_files_have_something_to_fix(suffix: str, unsafe: bool) -> None:
    """Without that the properties would be tested on nothing."""
    changed, many = 0, 120
    for seed in range(many):
        case = CASES[seed * len(CASES) // many]
        profile, base_profile, name, as_of = kin(case)
        value = edited(base(name, base_profile), case.example.edits)
        report = lint(
            {f"a{suffix}": restyled(Random(seed), [value], suffix)}, linter=linter(profile, as_of, facts_of([case]))
        )
        changed += bool(applicable(report.diagnostics, unsafe=unsafe))
    assert changed >= (90 if unsafe else 8)


FILES = sorted(path for path in (FIXTURES / "invalid").iterdir() if path.is_file() and path.suffix != ".findings")


@pytest.mark.parametrize(("name", "unsafe"), few(diagonal([path.name for path in FILES], [False, True]), 40))
def test_a_fixture_is_fixed_as_its_fixes_say(directory: Path, name: str, unsafe: bool) -> None:
    path = FIXTURES / "invalid" / name
    how = expected(beside(path))
    facts = tuple(sorted(how.facts.items()))
    assert_properties(directory / path.name, path.read_bytes(), linter(how.profile, how.as_of, facts), unsafe=unsafe)


NAMES = ("b c.json", "q\"uo'te.yaml", "ü 😀.jsonc", "back\\slash.sh", "-dash.md", "tab\there.ndjson", "crlf.txt")
"""Some that a diff has to quote, and others that it must not."""


def splint(*arguments: str) -> bytes:
    """What `splint check` writes to standard output."""
    ended = CliRunner().invoke(cli, ["check", "--isolated", "--as-of", AS_OF, *arguments])
    assert ended.exit_code in (0, 1), ended.output
    return ended.stdout_bytes


@pytest.mark.slow
@draws(2, 10, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(ill=st.lists(sick("guide"), min_size=len(NAMES), max_size=len(NAMES)), seed=SEEDS)
def test_git_makes_of_a_diff_what_fixing_writes(
    tmp_path_factory: pytest.TempPathFactory, ill: list[Sick], seed: int
) -> None:
    """In files of all names and styles, and in the targets of symlinks."""
    top = tmp_path_factory.mktemp("git")
    with contextlib.chdir(top):
        subprocess.run(["git", "init", "--quiet", "."], check=True)
        before = {}
        for index, (name, one) in enumerate(zip(NAMES, ill, strict=True)):
            path = Path("inner", name) if index < 2 else Path(name)
            path.parent.mkdir(exist_ok=True)
            before[path] = file_of(path.suffix, [one], seed + index)
            path.write_bytes(before[path])
        Path("link.json").symlink_to(Path("inner", NAMES[0]))
        Path("folder").symlink_to("inner")
        named = ["--unsafe-fixes", "--", "link.json", f"folder/{NAMES[1]}", *NAMES[2:]]
        told = splint("--diff", *named)
        assert {path: path.read_bytes() for path in before} == before
        for check in (["--check"], []):
            if told:
                subprocess.run(["git", "apply", *check, "-"], input=told, check=True, capture_output=True)
        taken = {path: path.read_bytes() for path in before}
        for path, data in before.items():
            path.write_bytes(data)
        splint("--fix", *named)
        assert {path: path.read_bytes() for path in before} == taken
        assert (taken == before) == (not told)
        assert Path("link.json").is_symlink()
        assert splint("--diff", *named) == b""
