"""Scripts with branches, loops and functions: what has surely run before a request, and what may have."""

from pathlib import Path

import pytest

from tests.formats.shell.test_changed_files import SEND, URL, sent

WRITE = "cat > f.json <<'X'\n[1]\nX\n"
WRITES = f"w() {{\n{WRITE}}}\n"

UNSURE = [
    f"if [ a ]; then\n{WRITE}fi\n{SEND}",
    f"if [ a ]; then\n{WRITE}fi\nif b; then {SEND}; fi",
    f"if [ a ]; then\n{WRITE}else\n{SEND}\nfi",
    f"[ a ] && {WRITE}{SEND}",
    f"[ a ] && {{\n{WRITE}}}\n{SEND}",
    f"check || {WRITE}{SEND}",
    f"case $1 in\nprod)\n{WRITE};;\nesac\n{SEND}",
    f'for e in "$@"; do\n{WRITE}done\n{SEND}',
    f"while x; do\n{WRITE}done\n{SEND}",
    f'if [ a ]; then\n{WRITE}fi\nB=$(cat f.json)\ncurl {URL} -d "$B"',
    f"{WRITES}{SEND}",
    f"function w {{\n{WRITE}}}\n{SEND}",
    f"{WRITES}{SEND}\nw",
    f"{WRITES}[ a ] && w\n{SEND}",
    f"{WRITES}s() {{ {SEND}; }}\ns\nw",
]
SURE = [
    f"{WRITE}{SEND}",
    f"{{\n{WRITE}}}\n{SEND}",
    f"[ a ] || exit 1\n{WRITE}{SEND}",
    f"if a; then\n{WRITE}{SEND}\nfi",
    f"if a; then\n{WRITE}if b; then {SEND}; fi\nfi",
    f"for n in a b; do\n{WRITE}{SEND}\ndone",
    f"a && cat > f.json <<X && {SEND}\n[1]\nX",
    f"[ a ] && x\n{WRITE}r=$({SEND})",
    f"{WRITE}if ! r=$({SEND}); then exit; fi",
    f"{WRITES}w\n{SEND}",
    f"{WRITES}w\nif a; then {SEND}; fi",
    f"{WRITES}s() {{ {SEND}; }}\nw\ns",
    f'{WRITES}s() {{ {SEND}; }}\nmain() {{ w; s; }}\nmain "$@"',
    f"main() {{\nif a; then\n{WRITE}r=$({SEND})\nfi\n}}\nmain",
]


@pytest.mark.parametrize("script", UNSURE)
def test_a_file_that_is_there_is_not_known_where_the_script_may_pass_over_what_writes_it(
    script: str, tmp_path: Path
) -> None:
    assert sent(f"{script}\n", tmp_path) == ["unknown"]


@pytest.mark.parametrize("script", UNSURE)
def test_a_file_that_is_not_there_has_the_only_text_that_the_script_gives_it(script: str, tmp_path: Path) -> None:
    assert sent(f"{script}\n".replace("f.json", "g.json"), tmp_path) == [[1]]


@pytest.mark.parametrize(
    ("above", "into", "value"),
    [
        ("F=$1", "$F", "unknown"),
        ("D=$1", "$D/f.json", "unknown"),
        ("D=${TMPDIR:-/tmp}", "$D/f.json", "unknown"),
        ('cd "$1"', "g.json", "directory"),
        ("D=.", "$D/f.json", "unknown"),
        ("D=.", "$D/g.json", [1]),
        ("D=$(mktemp -d)", "$D/f.json", [1]),
        ("F=$(mktemp)", "$F", [1]),
        ('D=$(mktemp -d)\nF="$D/f.json"', "$F", [1]),
        ('D=$(mktemp -d)\ncp -r a/. "$D"', "$D/f.json", "unknown"),
        ("cp -r a/. .", "g.json", "unknown"),
    ],
)
def test_a_file_that_may_be_there_is_not_known_where_the_script_may_pass_over_what_writes_it(
    above: str, into: str, value: object, tmp_path: Path
) -> None:
    script = f"{above}\n[ a ] && {WRITE}{SEND}\n".replace("@f.json", f'@"{into}"').replace("> f.json", f'> "{into}"')
    assert sent(script, tmp_path) == [value]


def test_a_file_in_the_working_directory_is_there_where_the_script_may_pass_over_what_writes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scripts").mkdir()
    (tmp_path / "g.json").write_text('"top"')
    script = f"[ a ] && {WRITE}{SEND}\n".replace("f.json", "g.json")
    assert sent(script, tmp_path / "scripts") == ["unknown"]


@pytest.mark.parametrize("script", SURE)
def test_a_file_has_the_text_of_a_command_that_surely_ran(script: str, tmp_path: Path) -> None:
    assert sent(f"{script}\n", tmp_path) == [[1]]


@pytest.mark.parametrize(
    "script",
    [
        f'for n in a b; do {SEND}; cp "$n.json" f.json; done',
        f"while a; do {SEND}; jq . b > f.json; done",
        f"until {SEND}; do mv b f.json; done",
        f'for n in a b; do\n{SEND}\ngit checkout "$n"\ndone',
        f"for n in a b; do\n{SEND}\n{WRITE}done",
        f'for n in a b; do curl {URL} -d "$(cat f.json)"; jq . b > f.json; done',
        f"for n in a b; do curl {URL} -d @- < f.json; jq . b > f.json; done",
        f'send() {{ curl {URL} -d @"$1"; }}\nfor n in a b; do send f.json; jq . b > f.json; done',
        f"for n in a b; do r=$({SEND}); jq . b > f.json; done",
        f"while a; do for n in a b; do {SEND}; done; jq . b > f.json; done",
    ],
)
def test_what_changes_a_file_anywhere_in_a_loop_runs_before_its_requests(script: str, tmp_path: Path) -> None:
    assert sent(f"{script}\n", tmp_path) == ["unknown"]


@pytest.mark.parametrize(
    "script",
    [f'for d in a b; do {SEND}; cd "$d"; done', f"while a; do r=$({SEND}); [ b ] && cd x; done"],
)
def test_a_loop_that_moves_begins_again_elsewhere(script: str, tmp_path: Path) -> None:
    assert sent(f"{script}\n", tmp_path) == ["directory"]


@pytest.mark.parametrize(
    "script",
    [
        f"for n in a b; do {SEND}; done\ncp b f.json",
        f"for n in a b; do {SEND}; cp b g.json; done",
        f"for n in a b; do jq . f.json; done\n{SEND}\ncp b f.json",
        f"if a; then {SEND}; cp b f.json; fi",
        f'for n in a b; do ( cd "$n"; ls ); {SEND}; done',
        f"for d in a b; do {SEND}; cd d; cd ..; done",
    ],
)
def test_what_runs_behind_a_request_leaves_its_file_as_it_was(script: str, tmp_path: Path) -> None:
    assert sent(f"{script}\n", tmp_path) == ["disk"]


@pytest.mark.slow
def test_many_branches_and_calls_within_each_other_are_read_in_linear_time(tmp_path: Path) -> None:
    calls = "".join(f"f{n}() {{ f{n + 1}; f{n + 1}; }}\n" for n in range(3_000))
    opened = "if a; then " * 10_000
    assert sent(f"{calls}f3000() {{\n{WRITE}}}\nf0\n{SEND}\n{opened}{SEND}\n", tmp_path) == ["unknown", "unknown"]
