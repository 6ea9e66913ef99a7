"""Bodies that a function makes of its arguments, as each of its calls fills them in."""

from pathlib import Path
from time import process_time

import pytest

from tests.command import Command
from tests.grids import few

UPDATE = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/update/"
ID = "1800000000000000001"


@pytest.fixture(autouse=True)
def _tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def found(command: Command, script: str) -> list[tuple[str, str]]:
    """The codes that a walk finds in a script, each with what it marks, quotes aside."""
    Path("a.sh").write_text(script)
    report = command("check", ".", "--isolated", "--output-format=json").report
    lines = script.splitlines()
    found = list[tuple[str, str]]()
    for one in report["diagnostics"]:
        at, to = one["range"]["start"], one["range"]["end"]
        text = lines[at["line"] - 1][at["column"] - 1 : to["column"] - 1]
        found.append((one["code"], text.replace("\\", "").strip('"')))
    return found


def body(id: str = "$1", budget: str = "$2", more: str = "") -> str:
    """A body as a here-document has it."""
    return f'{{"advertiser_id":"7000000000000000001","campaign_id":"{id}","budget":{budget}{more}}}'


def quoted(id: str = "$1", budget: str = "$2", more: str = "") -> str:
    """A body in double quotes."""
    return '"' + body(id, budget, more).replace('"', r"\"") + '"'


SEND = f"curl {UPDATE} -d"
FUNCTIONS = {
    "in the command": f"f() {{ {SEND} {quoted()}; }}",
    "in braces": f"f() {{ {SEND} {quoted('${1}', '${2:?a budget}')}; }}",
    "through variables": f'f() {{\n  local id="$1" budget=$2\n  {SEND} {quoted("$id", "${budget}")}\n}}',
    "in a here-document": f"f() {{\n  {SEND} @- <<EOF\n{body()}\nEOF\n}}",
    "in a variable": f'f() {{\n  local b={quoted()}\n  {SEND} "$b"\n}}',
    "in a variable of a here-document": f'f() {{\n  local b\n  b=$(cat <<EOF\n{body()}\nEOF\n)\n  {SEND} "$b"\n}}',
    "in a pipe": f"f() {{ echo {quoted()} | {SEND} @-; }}",
    "by printf": f'f() {{ {SEND} "$(printf \'{body("%s", "%d")}\' "$1" "$2")"; }}',
    "in a variable by printf": (
        f'f() {{\n  local b n=$2\n  b=$(printf \'{body("%s", "%s")}\\n\' "$1" "$n")\n  {SEND} "$b"\n}}'
    ),
    "by printf -v": f'f() {{ local b; printf -v b \'{body("%s", "%d")}\' "$1" "$2"; {SEND} "$b"; }}',
    "behind a shift": f"f() {{\n  local id=$1\n  shift\n  {SEND} {quoted('$id', '$1')}\n}}",
    "above a shift": f'f() {{\n  local b={quoted()}\n  shift\n  {SEND} "$b"\n}}',
    "beside a path": f'f() {{ curl "{UPDATE[:-16]}${{3:-campaign/update}}/" -d {quoted()}; }}',
    "by a default": f"f() {{ {SEND} {quoted('$1', '${2:-7}')}; }}",
}


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_each_call_is_judged_with_what_it_puts_into_the_body(function: str, command: Command) -> None:
    """Also where the call stands in a function above."""
    calls = f"f {ID} -5\nf {ID} 500\nretry 3 f {ID} -6"
    wrong = [("SPL106", "-5"), ("SPL106", "-6")]
    assert found(command, f"{function}\n{calls}\n") == wrong
    assert found(command, f"main() {{\n{calls}\n}}\n{function}\nmain\n") == wrong
    assert found(command, f"{function}\nf {ID} 500\n") == []


MEMBERS = '${3:+,"campaign_name":"$3"}'
CALLS = {
    "an order of its own": (f"f() {{ {SEND} {quoted('$2', '$1')}; }}\nf -5 {ID}", [("SPL106", "-5")]),
    "a part of a value": (f"f() {{ {SEND} {quoted('$1', '-$2')}; }}\nf {ID} 5", [("SPL106", "f")]),
    "a part that is not known": (f'f() {{ {SEND} {quoted("$1", "-$2")}; }}\nf {ID} "$B"', [("SPL010", "f")]),
    "members": (
        f'f() {{ {SEND} {quoted(more=",$3")}; }}\nf {ID} -5 \'"campaign_name":"x"\'',
        [("SPL106", "-5")],
    ),
    "members where they are given": (
        f"f() {{ {SEND} {quoted(more=MEMBERS)}; }}\nf {ID} 500\nf {ID} 500 x",
        [("SPL010", "f"), ("SPL010", "f")],
    ),
    "a variable of the script": (f'B=-5\nf() {{ {SEND} {quoted()}; }}\nf {ID} "$B"', [("SPL106", "$B")]),
    "words in a variable": (f'B="{ID} -5"\nf() {{ {SEND} {quoted()}; }}\nf $B -5', [("SPL010", "$B")]),
    "a word in a variable": (f"B={ID}\nf() {{ {SEND} {quoted()}; }}\nf $B -5", [("SPL106", "-5")]),
    "nothing in a variable": (f"B=\nf() {{ {SEND} {quoted()}; }}\nf $B {ID} -5", [("SPL010", "$B")]),
    "words of a line": (f"f() {{ {SEND} {quoted()}; }}\nwhile read -r a; do f $a -5; done", [("SPL010", "$a")]),
    "words behind all that are in it": (
        f"f() {{ {SEND} {quoted()}; }}\nwhile read -r a; do f {ID} -5 $a; done",
        [("SPL106", "-5")],
    ),
    "braces": (f"f() {{ {SEND} {quoted()}; }}\nf {ID[:-1]}{{1,2}} -5", [("SPL010", f"{ID[:-1]}{{1,2}}")]),
    "a range in braces": (f"f() {{ {SEND} {quoted()}; }}\nf {ID} -{{5..9}}", [("SPL010", "-{5..9}")]),
    "a number of printf that is none": (
        f'f() {{ {SEND} "$(printf \'{body("%s", "%d")}\' "$1" "$2")"; }}\nf {ID} 5x\nf {ID} 08',
        [("SPL010", f'$(printf \'{body("%s", "%d")}\' "$1" "$2")')],
    ),
    "a loop over words": (
        f"f() {{ {SEND} {quoted()}; }}\nfor a in $(ids); do f $a -5; done",
        [("SPL010", "$a"), ("SPL106", "-5")],
    ),
    "a loop over texts": (f"f() {{ {SEND} {quoted()}; }}\nfor a in '1 2'; do f $a -5; done", [("SPL010", "$a")]),
    "a loop": (
        f'f() {{ {SEND} {quoted()}; }}\nfor id in $(ids); do f "$id" -5; done',
        [("SPL010", "$id"), ("SPL106", "-5")],
    ),
    "an argument that is not given": (f"f() {{ {SEND} {quoted()}; }}\nf {ID}", [("SPL010", "f")]),
    "a variable that a function sets too": (
        f"put() {{ budget=5; }}\nf() {{ local budget=$2; put; {SEND} {quoted('$1', '$budget')}; }}\nf {ID} -5",
        [("SPL010", "f")],
    ),
    "a variable that is set twice": (
        f'f() {{ local n=$2; local b={quoted("$1", "$n")}; n=5; {SEND} "$b"; }}\nf {ID} -5',
        [("SPL010", "f")],
    ),
    "no plain word": (
        f'f() {{ {SEND} {quoted()}; }}\nf "$1" "$2"\nf "$(get)" $B',
        [("SPL010", "$1"), ("SPL010", "$2")],
    ),
    "a body of the script": (
        f'B={quoted()}\nf() {{ {SEND} "$B"; }}\nf {ID} -5',
        [("SPL010", "$1"), ("SPL010", "$2")],
    ),
    "a branch": (f"f() {{ if x; then {SEND} {quoted()}; fi; }}\nf {ID} -5", [("SPL010", "$1"), ("SPL010", "$2")]),
}
"""What a call makes of a function, with all findings and the texts at which they stand."""


@pytest.mark.parametrize(("script", "expected"), few(CALLS.values(), 5))
def test_what_no_call_tells_is_not_known(script: str, expected: list[tuple[str, str]], command: Command) -> None:
    assert found(command, f"{script}\n") == expected


MENTIONS = ["unset -f f x", "declare -f f x", "x=$(declare -f f x)", "type f x", "command -v f x", "read f x"]
MENTIONS += ["while read -r f x; do :; done", "builtin f x", "case f in f) ;; esac", "which f x", "complete -F f x"]


@pytest.mark.parametrize("line", MENTIONS)
def test_a_name_that_calls_nothing_is_no_call(line: str, command: Command) -> None:
    assert found(command, f"f() {{ {SEND} {quoted()}; }}\nf {ID} -5\n{line}\n") == [("SPL106", "-5")]


LISTS = ["for g in f x; do $g 1 2; done", "for f in 1 2; do echo $f; done", "A=(f x)", "A=(\nf x\ng y\n)", "A+=(f x)"]
LISTS += ["select g in f x; do :; done", "./deploy f x", "bash f x", "exec f x"]


@pytest.mark.parametrize("line", LISTS)
def test_a_name_in_a_list_is_put_into_no_body(line: str, command: Command) -> None:
    """A variable may call it, so that the function is told of."""
    expected = [("SPL010", "$1"), ("SPL010", "$2")]
    assert found(command, f"f() {{ {SEND} {quoted()}; }}\n{line}\n") == expected


def test_a_body_that_calls_fill_in_has_no_fix(command: Command) -> None:
    misspelt = quoted(more=',"campain_name":"$3"')
    script = f"f() {{ {SEND} {misspelt}; }}\nf {ID} 500 x\n"
    Path("a.sh").write_text(script)
    report = command("check", ".", "--isolated", "--output-format=json").report
    assert [(one["code"], one["fix"]) for one in report["diagnostics"]] == [("SPL004", None)]
    command("check", ".", "--isolated", "--fix", "--unsafe-fixes")
    assert Path("a.sh").read_text() == script


def test_thousands_of_calls_are_judged(command: Command) -> None:
    script = f"f() {{ {SEND} {quoted()}; }}\n" + f"f {ID} 500\n" * 3000 + f"f {ID} -5\n"
    assert found(command, script) == [("SPL106", "-5")]


@pytest.mark.parametrize("url", [UPDATE.replace("update", "create"), '"$URL"'])
def test_what_many_calls_put_together_has_a_bound(url: str, command: Command) -> None:
    """Each call of a function with a large body is judged, until one tells that those from there on are not."""
    more = f',"request_id":"1","objective_type":"WEB_CONVERSIONS","//":"{30_000 * "x"}"'
    large = body(more=more).replace("campaign_id", "campaign_name").replace('"', r"\"")
    function = f'f() {{\n  local b="{large}"\n  curl -X POST {url} -d "$b"\n}}\n'
    Path("a.sh").write_text(function + f"f {ID} -5\n" * 500)
    report = command("check", ".", "--isolated", "--output-format=json").report
    judged = sum(one["code"] == "SPL106" for one in report["diagnostics"])
    assert 20 < judged < 200
    [told] = [one for one in report["diagnostics"] if one["code"] == "SPL010"]
    assert told["message"].startswith('calls of "f" from here on are not judged')
    assert told["range"]["start"]["line"] == 5 + judged


@pytest.mark.parametrize("line", ['IMG="{}"', "upload '{}'", "upload {}", "# {}"], ids=range(4))
def test_a_long_word_beside_a_function_is_read_in_linear_time(line: str, command: Command) -> None:
    """A picture in base64 is such a word."""
    script = f"f() {{ {SEND} {quoted()}; }}\nf {ID} -5\n{line.format(120_000 * 'A')}\n"
    began = process_time()
    assert found(command, script) == [("SPL106", "-5")]
    assert process_time() - began < 5
