"""Where a cursor stands, in all formats and in texts that are not finished."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from splint.files.trust import in_force
from splint.formats.markdown import fences
from splint.server import flow
from splint.server.completion import completions
from splint.server.context import Context, code_in_comment, context_at
from splint.server.hover import hover
from splint.server.lens import lenses
from splint.server.links import ids
from splint.server.symbols import Symbol, symbols
from splint.server.texts import Buffer, Text
from splint.server.view import View
from splint.server.workspace import Workspace
from tests.laws import draws
from tests.server.cursors import BUNDLE, TEXTS, as_yaml, at, view

MOST = 0.1
"""Seconds of the processor's time that an answer may take on 1 MB."""


def found(marked: str, language: str) -> Context:
    """What is known of the cursor."""
    context = context_at(*at(marked, language))
    assert context is not None
    return context


def written(context: Context, marked: str) -> str:
    """The text of the range that an edit would cover."""
    return marked.replace("|", "", 1)[slice(*context.span)]


KEYS = [
    ("json", "{|", "", "", ""),
    ("json", '{"bud|', "bud", "", ""),
    ("json", '{"bud|"', "bud", "", ""),
    ("json", '{"a": 1, bud|}', "bud", "", "a"),
    ("json", '{"bud|get": 1, "c": "x"}', "budget", "", "c"),
    ("json", '{"bud|, "x": 1, "y": 2}', "bud", "", "x y"),
    ("json", '{"a": {"b": [1, {"c": 2}, {"d": 1, |', "", "a/b/-", "d"),
    ("json", '{"a": {"b": {}, "|', "", "a", "b"),
    ("json", '{"a": 1, |, "b": 2}', "", "", "a b"),
    ("json", '{"a": 1,\n |\n "b": 2}', "", "", "a b"),
    ("json", '{"a": "x\n "b|": 2}', "b", "", "a"),
    ("json", '{"a": \n "x|": 1}', "x", "", "a"),
    ("jsonc", '{"a": 1, // {"x": [\n "b|": 2, /* } */ "c": 3}', "b", "", "a c"),
    ("ndjson", '{"z": 1}\n{"a": 1, "b|\n{"y": 1}', "b", "", "a"),
    ("yaml", "bud|", "bud", "", ""),
    ("yaml", "a: 1\nbud|: 3\nc: d", "bud", "", "a c"),
    ("yaml", "a:\n  b: 1\n  |\n  c: 2\nd: 1", "", "a", "b c"),
    ("yaml", "a:\n  - b: 1\n    c|\n    d: 3\n  - e: 1", "c", "a/-", "b d"),
    ("yaml", "a:\n- b: 1\n  |\n", "", "a/-", "b"),
    ("yaml", "a:\n- |", "", "a/-", ""),
    ("yaml", "- - a: 1\n    b|", "b", "-/-", "a"),
    ("yaml", "a: &x\n  b: 1\n  |", "", "a", "b"),
    ("yaml", "- &x\n  b: 1\n  c|", "c", "-", "b"),
    ("yaml", "<<: *x\nb|", "b", "", "<<"),
    ("yaml", "a: {b: 1, c|", "c", "a", "b"),
    ("yaml", "a: {b: 1,\n    c: it's,\n    d|: 4}\nz: 1", "d", "a", "b c"),
    ("yaml", "a:\n  b: &x {q: 1,\n   |}", "", "a/b", "q"),
    ("yaml", "x: 1\n---\na:\n  b: 1\n  |\n---\nz: 1", "", "a", "b"),
    ("yaml", "{a: 1,\nb|\n", "b", "", "a"),
    ("yaml", '"a": 1\n"b|": 2', "b", "", "a"),
    ("yaml", "a: 1 # b: 2\n# c: 3\nd|", "d", "", "a"),
    ("shell", 'curl https://x/ -d \'{"a": 1, "b|": 2}\'', "b", "", "a"),
    ("shell", 'curl https://x/ \\\n  -d \'{"a": 1, "b|\n', "b", "", "a"),
    ("shell", 'curl https://x/ -d "{\\"a\\": 1, \\"b|\\": 2}"', "b", "", "a"),
    ("shell", 'curl https://x/ -d @- <<EOF\n{"a": 1, "b|": 2}\nEOF\n', "b", "", "a"),
    ("markdown", 'x\n\n```json\n{"z": 1}\n```\n\n- y\n  ```yaml\n  a: 1\n  b|\n  ```\n', "b", "", "a"),
    ("markdown", '> ```json\n> {"a": 1,\n> "b|\n', "b", "", "a"),
    ("markdown", 'x\n\n```sh\ncurl https://x -d \'{"a": 1, "b|": 1}\'\n```\n', "b", "", "a"),
]


@pytest.mark.parametrize(("language", "marked", "typed", "path", "keys"), KEYS, ids=lambda part: str(part)[:40])
def test_a_key_is_typed(language: str, marked: str, typed: str, path: str, keys: str) -> None:
    """The keys on the way to the object, those that it has, and the range of what is typed."""
    context = found(marked, language)
    assert context.role in ("key", "either")
    assert "/".join(key or "-" for key in context.path) == path
    assert context.keys == set(keys.split())
    assert (context.typed.text, written(context, marked)) == (typed, typed)


VALUES = [
    ("json", '{"a": |', "", "a"),
    ("json", '{"a": "B|"}', "B", "a"),
    ("json", '{"a": "B|', "B", "a"),
    ("json", '{"a": tr|}', "tr", "a"),
    ("json", '{"a": "B|\n"b": 3}', "B", "a"),
    ("json", '{"a": ["x", "B|"', "B", None),
    ("json", '{"a": "some| name, x", "b": 2}', "some name, x", "a"),
    ("yaml", "a: |", "", "a"),
    ("yaml", "a:|", "", "a"),
    ("yaml", 'a: "B|"', "B", "a"),
    ("yaml", 'a: "B|\nc: d', "B", "a"),
    ("yaml", "a: B| # no", "B", "a"),
    ("yaml", "a: {b: |}", "", "b"),
    ("yaml", "{a: 'B|', c: 1}", "B", "a"),
    ("yaml", "a: [x, B|]", "B", None),
    ("shell", 'curl https://x/ -d \'{"a": "B|"}\'', "B", "a"),
]


@pytest.mark.parametrize(("language", "marked", "typed", "member"), VALUES, ids=lambda part: str(part)[:40])
def test_a_value_is_typed(language: str, marked: str, typed: str, member: str | None) -> None:
    context = found(marked, language)
    assert context.role == "value"
    assert (context.cursor.member, context.typed.text, written(context, marked)) == (member, typed, typed)


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("json", '|{"a": 1}'),
        ("json", '{"a": 1}\n|'),
        ("json", '{"a" | : 1}'),
        ("jsonc", '{"a": 1, // no|te\n "b": 2}'),
        ("jsonc", '{"a": 1, /* no|te */ "b": 2}'),
        ("yaml", "a: b # no|te"),
        ("yaml", "  # no|te"),
        ("yaml", "a: >\n  text|"),
        ("yaml", "a: 1\n    b|"),
        ("yaml", "a: 1   |"),
        ("shell", "echo |"),
        ("shell", "curl https://|x/ -d '{}'"),
        ("markdown", "some| prose"),
        ("markdown", '```python\n{"a|": 1}\n```'),
        ("toml", "select = [|]"),
    ],
)
def test_nothing_is_typed(language: str, marked: str) -> None:
    """In comments, in texts, in prose, and outside of all values."""
    assert context_at(*at(marked, language)) is None


SHAPES = [
    ("json", "{|}", ["CampaignUpdate", "AdGroupUpdate", "AdUpdate", "Bundle"]),
    ("json", '{"campaign": {"|', ["CampaignUpdate"]),
    ("json", '{"campaign": {}, "|', ["Bundle"]),
    ("json", '{"adgroups": [{"targeting_spec": {"|"}}]}', ["Targeting"]),
    ("json", '{"objective_type": "x", "|"}', ["CampaignUpdate"]),
    ("json", '{"|", "adgroup_name": "x"}', ["AdGroupUpdate"]),
    ("json", '{"adgroup_name": "x", "ads": [{"|', ["AdUpdate"]),
    ("json", '{"adgroup_id": "1", "|"}', ["AdGroupUpdate", "AdUpdate"]),
    ("json", '{"unknown": {"|"}}', ["CampaignUpdate", "AdGroupUpdate", "AdUpdate", "Bundle"]),
    ("json", '{"unknown": 1, "|"}', []),
    ("json", '{"endpoint": "/smart_plus/ad/status/update/", "body": {"|"}}', ["AdStatusUpdate"]),
    ("json", '{"name": "x_smart_plus_adgroup_create", "arguments": {"|"}}', ["AdGroup"]),
    ("shell", "curl https://x/open_api/v1.3/smart_plus/adgroup/create/ -d '{\"|\"}'", ["AdGroup"]),
    ("yaml", "creative_list:\n- creative_info:\n    image_info:\n    - w|", ["ImageInfo"]),
]


@pytest.mark.parametrize(("language", "marked", "names"), SHAPES, ids=lambda part: str(part)[:40])
def test_what_an_object_may_be(language: str, marked: str, names: list[str]) -> None:
    """The kind of a body follows from what is around it and in it; the union where it is open."""
    assert [shape.name for shape in found(marked, language).shapes] == names


@pytest.mark.parametrize(
    ("language", "marked", "number"),
    [
        ("ndjson", '{}\n\n{"|', 2),
        ("yaml", "a: 1\n---\nb: 1\n---\nc|: 1", 2),
        ("yaml", "# x\n---\nb|: 1\n---\nc: 1", 1),
        ("yaml", "---\nb|: 1\n", 0),
        ("markdown", "```json\n{}\n```\n\n```yaml\na|: 1\n```\n", 1),
    ],
)
def test_the_document_is_numbered(language: str, marked: str, number: int) -> None:
    assert found(marked, language).document == number


@pytest.mark.parametrize(
    ("marked", "word", "beside"),
    [
        ("# splint: ignore[SPL|]", "SPL", set()),
        ("# splint: ignore[|]", "", set()),
        ("a: 1 # splint: ignore-file[SPL001, SPL|2", "SPL2", {"SPL001"}),
        ("<!-- splint: ignore[SPL001,|] -->", "", {"SPL001"}),
    ],
)
def test_a_code_is_typed_in_a_comment(marked: str, word: str, beside: set[str]) -> None:
    shown, offset = at(marked, "yaml")
    code = code_in_comment(shown, offset)
    assert code is not None
    assert (code.text, shown.text[slice(*code.span)], code.words) == (word, word, frozenset(beside))
    assert code_in_comment(view("# splint: ignore[SPL001] reason", "yaml"), 28) is None


# -- laws --------------------------------------------------------------------------------------------------------------


def ranges(symbol: Symbol) -> list[tuple[int, int]]:
    """All ranges of a symbol and those below it."""
    own = [(symbol.start, symbol.end), (symbol.selection_start, symbol.selection_end)]
    return [*own, *(one for child in symbol.children for one in ranges(child))]


def holds(shown: View, offset: int) -> None:
    """Hold the laws of all answers: nothing raises, and each range lies in the text."""
    size, clamped = len(shown.text), shown.clamped(offset)
    said = hover(shown, offset)
    assert said is None or (said.markdown and 0 <= said.start <= clamped <= said.end <= size)
    for one in completions(shown, offset):
        assert 0 <= one.start <= clamped <= one.end <= size
        assert "\n" not in shown.text[one.start : one.end]
    for start, end in [
        *(place for symbol in symbols(shown) for place in ranges(symbol)),
        *((lens.start, lens.end) for lens in lenses(shown)),
        *((use.start, use.end) for use in ids(shown)),
    ]:
        assert 0 <= start <= end <= size


@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_any_offset_of_any_prefix_is_answered(name: str, data: st.DataObject) -> None:
    """Of a valid text that breaks off anywhere."""
    text, language = TEXTS[name]
    length = data.draw(st.integers(0, len(text)))
    holds(view(text[:length], language), data.draw(st.integers(-2, length + 2) | st.just(length)))


@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_any_offset_of_a_mangled_text_is_answered(name: str, data: st.DataObject) -> None:
    """A stretch is replaced by anything; each text is asked as any language."""
    text, language = TEXTS[name]
    start = data.draw(st.integers(0, len(text)))
    end = min(len(text), start + data.draw(st.integers(0, 30)))
    put = data.draw(st.text(alphabet="{}[],:\"'`#/*-|>&!\\ \n\r\tabé\U0001f600\ufeff0", max_size=12))
    language = data.draw(st.sampled_from([language, "json", "jsonc", "ndjson", "yaml", "shell", "markdown", "toml"]))
    offset = min(start + data.draw(st.integers(0, len(put))), len(text))
    holds(view(text[:start] + put + text[end:], language), offset)


EDITS = st.lists(st.tuples(st.floats(0, 1), st.sampled_from(["x", "{", "}", ",\n", "8\n"])), max_size=6)


@given(EDITS)
@draws(5, 60)
def test_kept_states_change_no_answer(edits: list[tuple[float, str]]) -> None:
    """What is kept of the last text says of an edited one what a reader without it says."""
    text = json.dumps([deepcopy(BUNDLE) for _ in range(60)], indent=1)
    for where, put in edits:
        start = int(where * len(text))
        text = text[:start] + put + text[start:]
        for offset in (start, len(text) - 3, start // 2):
            kept = seen(text, offset)
            flow._KEPT.clear()
            assert kept == seen(text, offset)


def seen(text: str, offset: int) -> Any:
    """What a place is made of."""
    place = flow.cursor_in(text, offset, "json")
    return place and (
        *(place.role, place.member, place.token, place.has_colon),
        [(frame.kind, frame.key, frame.start, frame.keys) for frame in place.frames],
    )


# -- size --------------------------------------------------------------------------------------------------------------


def large(language: str) -> str:
    """A text of 1 MB at least."""
    bundle = deepcopy(BUNDLE)
    bundle["adgroups"] = [deepcopy(bundle["adgroups"][0]) for _ in range(1100)]
    if language == "ndjson":
        return f"{json.dumps(BUNDLE)}\n" * 1000
    if language == "yaml":
        return as_yaml(bundle)
    if language == "markdown":
        return f"text\n\n```json\n{json.dumps(BUNDLE, indent=1)}\n```\n\n" * 700
    return json.dumps(bundle, indent=2 if language == "jsonc" else None)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["json", "jsonc", "ndjson", "yaml", "markdown"])
def test_a_large_text_is_answered_at_once(language: str) -> None:
    """Hover and completion at the beginning, in the middle and at the end, each after a character more.

    In Markdown the first of the two finds the blocks of the whole text, which takes longer.
    """
    text, most = large(language), MOST * (4 if language == "markdown" else 1)
    assert len(text) > 1_000_000
    for part in (0.01, 0.5, 1):
        offset = text.rindex("ad_format", 0, int(part * len(text)))
        times = []
        for _ in range(3):
            text = text[:offset] + "x" + text[offset:]
            shown = view(text, language)
            before = process_time()
            said, offered = hover(shown, offset + 1), completions(shown, offset + 1)
            times.append((process_time() - before) / 2)
            assert said is not None or offered
        assert min(times) < most, (language, part, times)


def test_a_keystroke_in_markdown_has_its_blocks_found_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For completion, hover, findings and comments alike: nothing else takes as long."""
    begun, find = list[str](), fences.fences

    def counted(text: str) -> Iterator[fences.Fence]:
        begun.append(text)
        return find(text)

    monkeypatch.setattr(fences, "fences", counted)
    block = f"<!-- splint: ignore[SPL210] as agreed -->\n\n```json\n{json.dumps(BUNDLE, indent=1)}\n```\n\n"
    text, path = block * (20_000 // len(block)), str(tmp_path / "a.md")
    workspace = Workspace([str(tmp_path)], trusted=True)
    for version in range(2):
        text = text.replace('"ad_format', '"xad_format', 1)
        shown, offset = view(text, "markdown"), text.index("ad_format")
        assert completions(shown, offset)
        hover(shown, offset)
        buffers = {path: Buffer("untitled:a", path, "markdown", version, Text(text))}
        with in_force(workspace.trust):
            assert workspace.judge(path, buffers).diagnostics[path]
        assert context_at(shown, offset) is not None
        assert begun.count(text) == 1
        begun.clear()
