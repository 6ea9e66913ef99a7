"""Actions on JSON and on JSON with comments: what changes, and that nothing else does."""

import copy
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from splint.formats import escape
from splint.formats.edits import applied
from splint.formats.json.comments import comment_spans, without_comments
from splint.formats.json.edits import changes
from splint.formats.operations import Action
from tests.grids import few


def put(pointer: str, value: Any) -> Action:
    return Action("put", pointer, value)


def remove(pointer: str) -> Action:
    return Action("remove", pointer)


def rename(pointer: str, new: Any) -> Action:
    return Action("rename", pointer, new)


def quote(pointer: str) -> Action:
    return Action("quote", pointer)


def edited(text: str, *actions: Action) -> str | None:
    edits = changes(text, actions)
    return None if edits is None else applied(text, edits)


PUT = [
    ('{"a": 1}', put("/a", 2), '{"a": 2}'),
    ('{"a" :\t1 , "b":[1,\n2]}', put("/b/1", None), '{"a" :\t1 , "b":[1,\nnull]}'),
    ("[[1, 2], [3]]", put("/0/1", True), "[[1, true], [3]]"),
    (' "x"\n', put("", {"a": 1}), ' {"a": 1}\n'),
    ('{"a~/b": {"": 1}}', put("/a~0~1b/", 2), '{"a~/b": {"": 2}}'),
    ('{"\\u0061": 1}', put("/a", 2), '{"\\u0061": 2}'),
    ('{"a": "x"}', put("/a", 'ü😀"\n'), '{"a": "ü😀\\"\\n"}'),
    ('{"a": "\\u00fc"}', put("/a", "ü😀"), '{"a": "\\u00fc\\ud83d\\ude00"}'),
    ('{"a": "\\u00fcß"}', put("/a", "ü"), '{"a": "ü"}'),
    ('{"a": "\\\\u00fc\\u0041"}', put("/a", "ü"), '{"a": "ü"}'),
    ('{"a": "\\u00fc"} // ß', put("/a", "ü"), '{"a": "\\u00fc"} // ß'),
    ('{"😀": "😀", "a": 1}', put("/a", 9223372036854775807), '{"😀": "😀", "a": 9223372036854775807}'),
    ('{"a":1,"b":2}', put("/a", {"x": [1, {}], "y": []}), '{"a":{"x":[1,{}],"y":[]},"b":2}'),
    ('{ "a": 1, "b": 2 }', put("/a", {"x": [1, 2]}), '{ "a": { "x": [1, 2] }, "b": 2 }'),
    ('{\n  "a": 1\n}', put("/a", {"x": [1]}), '{\n  "a": {\n    "x": [\n      1\n    ]\n  }\n}'),
    (
        '{\n\t"a": {\n\t\t"b": 1\n\t}\n}',
        put("/a/b", [1]),
        '{\n\t"a": {\n\t\t"b": [\n\t\t\t1\n\t\t]\n\t}\n}',
    ),
    ('{\r\n    "a": 1\r\n}', put("/a", [1]), '{\r\n    "a": [\r\n        1\r\n    ]\r\n}'),
    ('{\n  "a": ["x", "y"]\n}', put("/a", ["z", "u"]), '{\n  "a": ["z", "u"]\n}'),
    ('{"a": [\n  1\n]}', put("/a", [2]), '{"a": [\n  2\n]}'),
]
ADD = [
    ("{}", [put("/b", 2)], '{"b": 2}'),
    ("{ }", [put("/b", 2)], '{ "b": 2 }'),
    ("{\n}", [put("/b", 2)], '{\n  "b": 2\n}'),
    ("{ // none\n}", [put("/b", 2)], '{ // none\n  "b": 2\n}'),
    ("{ // none \t\n}", [put("/b", 2)], '{ // none \t\n  "b": 2\n}'),
    ("{/* none */}", [put("/b", 2)], '{/* none */ "b": 2}'),
    ('{\r\n\t"a": {\r\n\t}\r\n}', [put("/a/b", 2)], '{\r\n\t"a": {\r\n\t\t"b": 2\r\n\t}\r\n}'),
    ('{ "a": {}, "b": 1 }', [put("/a/x", 2)], '{ "a": { "x": 2 }, "b": 1 }'),
    ('{"a": 1}', [put("/b", 2)], '{"a": 1, "b": 2}'),
    ('{"a":1}', [put("/b", [1, 2]), put("/c", "ü")], '{"a":1,"b":[1,2],"c":"ü"}'),
    ('{ "a" : 1,  "b" : 2 }', [put("/c", 3)], '{ "a" : 1,  "b" : 2,  "c" : 3 }'),
    ('{"a": 1 /* x */}', [put("/b", 2)], '{"a": 1, /* x */ "b": 2}'),
    ('{"a": 1, }', [put("/b", 2)], '{"a": 1, "b": 2, }'),
    ('{"a": 1 // x\n}', [put("/b", 2)], '{"a": 1, // x\n  "b": 2\n}'),
    ('{\n  "a": 1\n}', [put("/b", 2)], '{\n  "a": 1,\n  "b": 2\n}'),
    ('{\n  "a": 1\n}', [put("/b", {"c": 1}), put("/d", 2)], '{\n  "a": 1,\n  "b": {\n    "c": 1\n  },\n  "d": 2\n}'),
    ('{\r\n    "a":1\r\n}', [put("/b", 2)], '{\r\n    "a":1,\r\n    "b":2\r\n}'),
    ('{\n\t"a": 1}', [put("/b", 2)], '{\n\t"a": 1,\n\t"b": 2}'),
    ('{\n  "a": 1 // x\n}', [put("/b", 2)], '{\n  "a": 1, // x\n  "b": 2\n}'),
    ('{\n  "a": 1, // x\n}', [put("/b", 2)], '{\n  "a": 1, // x\n  "b": 2,\n}'),
    ('{\n  "a": 1 // x\n  // end\n}', [put("/b", 2)], '{\n  "a": 1, // x\n  "b": 2\n  // end\n}'),
    ('{\n  "a": 1\n  , // x\n}', [put("/b", 2)], '{\n  "a": 1\n  , // x\n  "b": 2,\n}'),
    ('[{\n  "a": 1\n}]', [put("/0/b~1~0", 2)], '[{\n  "a": 1,\n  "b/~": 2\n}]'),
    ('{"a": 1,\n "b": 2}', [put("/c", 3)], '{"a": 1,\n "b": 2,\n "c": 3}'),
    ('{"a":   1, "b": /* x */ 2}', [put("/c", 3)], '{"a":   1, "b": /* x */ 2, "c":   3}'),
    ('{"a": 1, "a": 2}', [put("/b", 3)], '{"a": 1, "a": 2, "b": 3}'),
]
REMOVE = [
    ('{"a": 1}', "a", "{}"),
    ('{ "a": 1, }', "a", "{}"),
    ('{"a":1,"b":2,"c":3}', "a", '{"b":2,"c":3}'),
    ('{"a":1,"b":2,"c":3}', "b", '{"a":1,"c":3}'),
    ('{"a":1,"b":2,"c":3}', "c", '{"a":1,"b":2}'),
    ('{"a":1,"b":2,"c":3}', "bc", '{"a":1}'),
    ('{"a":1,"b":2,"c":3}', "ac", '{"b":2}'),
    ('{"a":1,"b":2,"c":3}', "abc", "{}"),
    ('{ "a": 1, "b": 2, "c": 3 }', "ab", '{ "c": 3 }'),
    ('{ "a": 1, "b": 2, "c": 3 }', "bc", '{ "a": 1 }'),
    ('{ "a": 1, "b": 2, }', "b", '{ "a": 1, }'),
    ("[1, [2, 3], 4]", ["1/0"], "[1, [3], 4]"),
    ("[1, [2, 3], 4]", "02", "[[2, 3]]"),
    ("[1,]", "0", "[]"),
    ('{\n  "a": 1,\n  "b": 2\n}', "a", '{\n  "b": 2\n}'),
    ('{\n  "a": 1,\n  "b": 2\n}', "b", '{\n  "a": 1\n}'),
    ('{\n  "a": 1,\n  "b": 2\n}', "ab", "{\n}"),
    ('{\r\n\t"a": [\r\n\t],\r\n\t"b": 2\r\n}', "a", '{\r\n\t"b": 2\r\n}'),
    ('{\r\n\t"a": 1,\r\n\t"b": 2\r\n}', "b", '{\r\n\t"a": 1\r\n}'),
    ('{\n  "a": 1, // x\n  "b": 2 // y\n}', "a", '{\n  "b": 2 // y\n}'),
    ('{\n  "a": 1, // x\n  "b": 2 // y\n}', "b", '{\n  "a": 1 // x\n}'),
    ('{\n  "a": 1, // x\n  "b": 2, // y\n}', "b", '{\n  "a": 1, // x\n}'),
    ('{\n  // of a\n  "a": 1, /* x */ // z\n  // of b\n  "b": 2\n}', "a", '{\n  // of a\n  // of b\n  "b": 2\n}'),
    ('{\n  // of a\n  "a": 1,\n  // of b\n  "b": 2\n}', "ab", "{\n  // of a\n  // of b\n}"),
    ('{\n  "a": 1, "b": 2,\n  "c": 3, "d": 4\n}', "ad", '{\n  "b": 2,\n  "c": 3\n}'),
    ('{\n  "a": 1, "b": 2,\n  "c": 3, "d": 4\n}', "bc", '{\n  "a": 1, "d": 4\n}'),
    ('{ "a": 1,\n  "b": 2 }', "a", '{ "b": 2 }'),
    ('{ "a": 1,\n  "b": 2 }', "b", '{ "a": 1 }'),
    ('{ "a": 1, // x\n  "b": 2 }', "b", '{ "a": 1 // x\n   }'),
    ('{ "a": 1, // x \n  "b": 2 }', "b", '{ "a": 1 // x \n   }'),
    ('{"a": 1, /* of b */ "b": 2}', "a", '{/* of b */ "b": 2}'),
    ('{"a": 1, /* of b */ "b": 2}', "b", '{"a": 1 /* of b */}'),
    ('{"a": 1, "b": 2 /* x */}', "b", '{"a": 1}'),
    ('{ "a": 1\n, "b": 2\n, "c": 3\n}', "b", '{ "a": 1\n, "c": 3\n}'),
    ('{ "a": 1\n, "b": 2\n, "c": 3\n}', "c", '{ "a": 1\n, "b": 2\n}'),
    ('{"a": 1\n// own\n, "b": 2}', "a", '{\n// own\n "b": 2}'),
]
RENAME = [
    ('{"a" :1, "b": 2}', rename("/a", "c"), '{"c" :1, "b": 2}'),
    ('{"a": 1}', rename("/a", 'ü"\\/'), '{"ü\\"\\\\/": 1}'),
    ('{"a~1/b": {"x": "\\u00fc"}}', rename("/a~01~1b", "ü"), '{"\\u00fc": {"x": "\\u00fc"}}'),
    ('{\n  "a": 1, // a\n}', rename("/a", ""), '{\n  "": 1, // a\n}'),
]
QUOTE = [
    ("[7e3]", quote("/0"), '["7e3"]'),
    ('{"a":1.0 }', quote("/a"), '{"a":"1.0" }'),
    ('{"a": 1234567890123456789}', quote("/a"), '{"a": "1234567890123456789"}'),
    ("[-0, 1E5]", quote("/1"), '[-0, "1E5"]'),
    (" 12345678901234567890123 ", quote(""), ' "12345678901234567890123" '),
]
TOGETHER = [
    ('{"a": 1, "b": 2}', [remove("/b"), put("/c", 3)], '{"a": 1, "c": 3}'),
    ('{"a": 1}', [remove("/a"), put("/c", 3), put("/d", 4)], '{"c": 3, "d": 4}'),
    ('{\n  "a": 1, // x\n  "b": 2 // y\n}', [remove("/b"), put("/c", 3)], '{\n  "a": 1, // x\n  "c": 3\n}'),
    ('{\n  "a": 1, // x\n  "b": 2 // y\n}', [remove("/b"), remove("/a"), put("/c", 3)], '{\n  "c": 3\n}'),
    ('{"a": 1, "b": 2, "c": 3}', [rename("/a", "x"), put("/b", []), remove("/c")], '{"x": 1, "b": []}'),
    ('{"a": {"b": 1}}', [put("/a/b", 2), rename("/a", "c")], '{"c": {"b": 2}}'),
    ('{"a": 1}', [put("/a", 2), rename("/a", "b")], '{"b": 2}'),
    ('{"a": 1}', [rename("/a", "b"), quote("/a")], '{"b": "1"}'),
    ('{"a": [1, 2, 3]}', [remove("/a/0"), quote("/a/2"), put("/a/1", 5)], '{"a": [5, "3"]}'),
]
REFUSED = [
    ('{"a": 1}', [remove("/b")]),
    ('{"a": 1}', [rename("/b", "c")]),
    ('{"a": 1}', [put("/b/c", 1)]),
    ('{"a": 1}', [put("/a/c", 1)]),
    ('{"a": 1}', [quote("/b")]),
    ('{"a": "1"}', [quote("/a")]),
    ('{"a": 1}', [remove("")]),
    ('{"a": 1}', [rename("", "b")]),
    ('{"a": 1}', [put("a", 1)]),
    ("[1]", [put("/1", 1)]),
    ("[1]", [put("/-", 1)]),
    ("[1]", [put("/00", 1)]),
    ("[1]", [rename("/0", "1")]),
    ('{"a": 1, "b": 2}', [rename("/a", "b")]),
    ('{"a": 1, "b": 2}', [rename("/a", "c"), rename("/b", "c")]),
    ('{"a": 1, "b": 2}', [rename("/a", "c"), put("/c", 1)]),
    ('{"a": 1}', [rename("/a", 1)]),
    ('{"a": 1}', [put("/a", 1), put("/a", 1)]),
    ('{"a": 1}', [rename("/a", "b"), rename("/a", "c")]),
    ('{"a": 1}', [remove("/a"), rename("/a", "b")]),
    ('{"a": 1}', [rename("/a", "b"), remove("/a")]),
    ('{"a": {"b": 1}}', [remove("/a"), put("/a/b", 1)]),
    ('{"a": {"b": 1}}', [put("/a/b", 1), remove("/a")]),
    ('{"a": 1, "a": 2}', [put("/a", 1)]),
    ('{"a": 1, "\\u0061": 2}', [remove("/a")]),
    ('{"a": {"b": 1}, "a": {"b": 2}}', [put("/a/b", 1)]),
    ('{"a": 1}', [put("/a", float("nan"))]),
    ('{"a": 1}', [put("/a", {1: 2})]),
    ('{"a": 1}', [put("/a", (1,))]),
    ('{"a": 1}', [put("/a", 10**30)]),
    ('{"a": 1}', [put("/a", "\ud800")]),
    ("{,}", [put("/a", 1)]),
    ('{"a": 1', [put("/a", 1)]),
    ("", [put("", 1)]),
    ("[" * 254 + "]" * 254, [put("/0" * 253, [[]])]),
]


@pytest.mark.parametrize(("text", "action", "expected"), [*PUT, *RENAME, *QUOTE])
def test_one_span_is_replaced(text: str, action: Action, expected: str) -> None:
    """A new value, a new key and the quotes of a number take the place of the old, in the style around."""
    assert edited(text, action) == expected


def test_comments_do_not_pass_for_spacing() -> None:
    """Where comments stand among the separators, the style is that of the others."""
    text = '{ /* p */ "a": /* c */ 1, /* g */ "b":2}'
    assert edited(text, put("/b", {"x": [1, 2]})) == text.replace("2", '{"x":[1,2]}')


@pytest.mark.parametrize(("text", "actions", "expected"), [*ADD, *TOGETHER])
def test_members_are_added_in_the_style_of_their_neighbours(text: str, actions: list[Action], expected: str) -> None:
    """A new member comes last, and goes with removals and renames in the same object."""
    assert edited(text, *actions) == expected
    assert edited(text, *actions[::-1]) is not None


@pytest.mark.parametrize(("text", "gone", "expected"), few(REMOVE, 12))
def test_members_go_with_what_is_theirs(text: str, gone: str | list[str], expected: str) -> None:
    """A removed member takes its comma, its line and the comment behind it along, in any order of removal."""
    for steps in (gone, gone[::-1]):
        assert edited(text, *[remove(f"/{step}") for step in steps]) == expected


@pytest.mark.parametrize(("text", "actions"), few(REFUSED, 12))
def test_what_cannot_be_done_is_refused(text: str, actions: list[Action]) -> None:
    """An action that leads nowhere, is ambiguous, meets another or holds no JSON refuses all."""
    assert changes(text, actions) is None


def test_no_action_changes_nothing() -> None:
    """Without actions the list is empty, not None."""
    assert changes('{"a": 1}', []) == []


KEYS = st.sampled_from(["a", "b", "c/d", "e~", "", "ü", "😀", 'q"', "//", ",}"])
SCALARS = st.sampled_from([None, True, 0, -1.5, 1e300, 9223372036854775807, "", "ü😀", "a, ]", "/* no */", "\n\\"])
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=14
)


class Writer:
    """Writes a value in a style drawn for it; remembers whose the comments are."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.newline = draw(st.sampled_from(["\n", "\r\n", "\r"]))
        self.unit = draw(st.sampled_from(["", "  ", "    ", "\t"]))
        self.colon = draw(st.sampled_from([":", ": ", " : "]))
        self.ascii = draw(st.booleans())
        self.notes = draw(st.booleans())
        self.one_line = draw(st.sampled_from([0, 1, 2]))
        self.owned: dict[str, str] = {}
        self.count = 0

    def chance(self) -> bool:
        return self.draw(st.integers(0, 3)) == 0

    def note(self, owner: str | None, *, to_line_end: bool) -> str:
        """Now and then a comment; the pointer of the member with which it may go, None for one that stays."""
        if not self.notes or not self.chance():
            return ""
        self.count += 1
        text = f"n{self.count}, {{]}}"
        made = f"// {text}" if to_line_end and self.draw(st.booleans()) else f"/* {text} */"
        if owner is not None:
            self.owned[made] = owner
        return made

    def write(self, value: Any, indent: str, pointer: str) -> str:
        if not isinstance(value, dict | list):
            return json.dumps(value, ensure_ascii=self.ascii)
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        is_flat = self.one_line == 2 or (self.one_line == 1 and self.chance())
        lines = self.newline + indent + self.unit
        text = opening
        pairs = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
        for index, (key, inner) in enumerate(pairs):
            at = f"{pointer}/{escape(str(key))}"
            is_last = index == len(pairs) - 1
            if is_flat:
                text += " " if index and self.chance() else ""
                text += self.note(None, to_line_end=False)
            else:
                above = self.note(None, to_line_end=True)
                text += lines + above + (lines if above else "")
            if isinstance(value, dict):
                text += json.dumps(key, ensure_ascii=self.ascii) + self.colon + self.note(at, to_line_end=False)
            text += self.write(inner, indent + self.unit, at) + self.note(at, to_line_end=False)
            text += "," if not is_last or (self.notes and self.chance()) else ""
            text += "" if is_flat else " " + self.note(at, to_line_end=True)
        if not is_flat:
            rest = self.note(None, to_line_end=True)
            text += (lines + rest if rest else "") + self.newline + indent
        return text + closing


def pointers(value: Any, pointer: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Every member and element below a value: its pointer, its parent and its step."""
    for step in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        at = f"{pointer}/{escape(str(step))}"
        yield at, value, step
        yield from pointers(value[step], at)


def modelled(value: Any, actions: list[Action], pointer: str = "") -> Any:
    """What actions make of a value, order of members included."""
    todo = {action.pointer: action for action in actions}
    if pointer in todo and todo[pointer].kind == "put":
        return todo[pointer].value
    if pointer in todo and todo[pointer].kind == "quote":
        return json.dumps(value)
    if not isinstance(value, dict | list):
        return value
    made: list[tuple[Any, Any]] = []
    for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
        at = f"{pointer}/{escape(str(step))}"
        action = todo.get(at)
        if action is None or action.kind != "remove":
            new = action.value if action and action.kind == "rename" else step
            made.append((new, modelled(inner, actions, at)))
    if isinstance(value, list):
        return [inner for _, inner in made]
    known = {f"{pointer}/{escape(step)}": step for step in ["new 1", "new 2"]}
    return dict(made) | {known[at]: todo[at].value for at in todo if at in known}


@st.composite
def actions_on(draw: st.DrawFn, value: Any) -> list[Action]:
    """Actions that can be done in one call."""
    actions: list[Action] = []
    for at, parent, step in pointers(value):
        if any(at.startswith(f"{action.pointer}/") for action in actions if action.kind != "rename"):
            continue
        kind = draw(st.sampled_from(["remove", "remove", "put", "rename", "quote", "", ""]))
        if kind == "rename" and isinstance(parent, dict):
            actions.append(rename(at, f"ren {len(actions)}"))
        elif kind == "quote" and type(parent[step]) in (int, float):
            actions.append(quote(at))
        elif kind in ("remove", "put"):
            actions.append(put(at, draw(VALUES)) if kind == "put" else remove(at))
    final = [action.pointer for action in actions if action.kind != "rename"]
    for at, parent in [("", value), *((at, parent[step]) for at, parent, step in pointers(value))]:
        if isinstance(parent, dict) and not any(f"{at}/".startswith(f"{prefix}/") for prefix in final):
            new = draw(st.sampled_from([[], [], ["new 1"], ["new 1", "new 2"]]))
            actions += [put(f"{at}/{step}", draw(VALUES)) for step in new]
    return actions


@st.composite
def cases(draw: st.DrawFn) -> tuple[Any, str, dict[str, str], list[Action]]:
    """A value, a text of it, the comments that belong to a member there, and actions."""
    value = draw(VALUES)
    writer = Writer(draw)
    text = draw(st.sampled_from(["", " ", "\n"])) + writer.write(value, "", "") + draw(st.sampled_from(["", "\n"]))
    return value, text, writer.owned, draw(actions_on(value))


@given(cases())
def test_the_edited_text_holds_the_edited_value(case: tuple[Any, str, dict[str, str], list[Action]]) -> None:
    """Whatever the style, a text with its changes reads as the value with the actions applied, order included."""
    value, text, _, actions = case
    assert orjson.loads(without_comments(text)) == value
    made = edited(text, *actions)
    assert made is not None
    expected = modelled(copy.deepcopy(value), actions)
    assert json.dumps(orjson.loads(without_comments(made))) == json.dumps(expected)


@given(st.data(), VALUES)
def test_comments_may_stand_anywhere(data: st.DataObject, value: Any) -> None:
    """With comments, lines and commas wherever the syntax takes them, the edited text holds the edited value."""
    wild = ["", "", "", " ", "\n", "\r\n", "/* } */", "/*\n*/ ", "// ]\n", "\n// ,\n", " /**/ // \r"]
    tokens = re.findall(r'"(?:[^"\\]|\\.)*"|[][{}:,]|[^][{}:,"\s]+', json.dumps(value))
    text = data.draw(st.sampled_from(wild))
    for before, token in pairwise(["", *tokens]):
        trails = token in ("}", "]") and before not in ("{", "[") and data.draw(st.booleans())
        text += ("," + data.draw(st.sampled_from(wild)) if trails else "") + token + data.draw(st.sampled_from(wild))
    actions = data.draw(actions_on(value))
    made = edited(text, *actions)
    assert made is not None
    assert json.dumps(orjson.loads(without_comments(made))) == json.dumps(modelled(value, actions))
    below = [action.pointer for action in actions if action.kind in ("remove", "put")]
    if not below:
        assert len(list(comment_spans(made))) == len(list(comment_spans(text)))


@given(cases())
def test_comments_of_members_that_stay_survive(case: tuple[Any, str, dict[str, str], list[Action]]) -> None:
    """Only comments in or behind what is removed or replaced go, and changes come sorted and apart."""
    _, text, owned, actions = case
    edits = changes(text, actions)
    assert edits is not None
    assert all(before.end < after.start for before, after in pairwise(edits))
    made = applied(text, edits)
    gone = [action.pointer for action in actions if action.kind in ("remove", "put")]
    for start, end in comment_spans(text):
        inside = [action for action in gone if f"{owned.get(text[start:end], '')}/".startswith(f"{action}/")]
        if text[start:end] in owned and not inside:
            assert text[start:end] in made


@given(st.data(), st.sampled_from([1, 2, 4, "\t", None]), st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_a_text_of_one_style_keeps_it(data: st.DataObject, indent: Any, is_tight: bool, newline: str) -> None:
    """A text as json.dumps writes it is, with its changes, as json.dumps writes the new value."""
    separators = (",", ":" if is_tight else ": ") if indent or is_tight else (", ", ": ")

    def dumped(value: Any) -> str:
        text = json.dumps(value, indent=indent, separators=separators, ensure_ascii=False)
        return text.replace("\n", newline)

    value = {"first": 0, "then": data.draw(VALUES)}
    actions = data.draw(actions_on(value))
    into_nothing = {at for at, parent, step in pointers(value) if parent[step] == {}}
    actions = [action for action in actions if action.pointer.rpartition("/")[0] not in into_nothing]
    made = edited(dumped(value), *actions)
    assert made is not None
    assert re.sub(r"([{\[])\s+(?=[}\]])", r"\1", made) == dumped(modelled(value, actions))
