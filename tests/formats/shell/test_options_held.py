"""Options of curl that a script holds in arrays and variables, and several bodies and URLs of one command."""

from io import BytesIO
from pathlib import Path

import pytest

from splint.formats.document import Document
from splint.formats.json.reader import parse
from splint.formats.shell.reader import read_shell
from tests.formats.shell.test_changed_files import URL, sent
from tests.grids import few

ARRAYS: list[tuple[str, list[object]]] = [
    (f"args=(-sS -X POST -d '[1]')\ncurl \"${{args[@]}}\" {URL}", [[1]]),
    (f"args=(-sS {URL} -d '[1]')\ncurl \"${{args[@]}}\"", [[1]]),
    (f"args=(-sS)\nargs+=(-d '[1]')\ncurl \"${{args[@]}}\" {URL}", [[1]]),
    (f'B=\'[1]\'\nargs=(-sS --data "$B")\ncurl "${{args[@]}}" {URL}', [[1]]),
    (f'args=(--data @f.json)\ncurl "${{args[@]}}" {URL}', ["disk"]),
    (f"args=(\n  -s # silent\n  --data @-\n)\ncurl \"${{args[@]}}\" {URL} <<< '[1]'", [[1]]),
    (f'all=("${{args[@]}}" -s)\ncurl "${{all[@]}}" {URL}', ["options"]),
    (f'a=(-s)\nall=("${{a[@]}}" -d \'[1]\')\ncurl "${{all[@]}}" {URL}', [[1]]),
    (f'send() {{\n  local args=(-s -d "$1")\n  curl "${{args[@]}}" {URL}\n}}\nsend \'[1]\'', [[1]]),
    (f'args=(-d \'[1]\')\ncurl "${{args[@]}}" {URL}\ncurl "${{args[@]}}" {URL}', [[1], None]),
    (f"args=(-d '[1]')\nunset args\ncurl \"${{args[@]}}\" {URL}", ["options"]),
    (f"args=(-d '[1]')\nargs[1]='[2]'\ncurl \"${{args[@]}}\" {URL}", ["options"]),
    (f"args=(-d '[1]')\nif x; then args+=(-s); fi\ncurl \"${{args[@]}}\" {URL}", ["options"]),
    (f"args=(-d '[1]')\ncurl \"${{args[*]}}\" {URL}", ["options"]),
    (f"args=(-d '[1]')\ncurl \"${{args[@]:1}}\" {URL}", ["options"]),
    (f"args=(-d '[1]')\ncurl $args {URL}", ["options"]),
]


@pytest.mark.parametrize(("script", "expected"), few(ARRAYS, 8))
def test_options_in_an_array_are_read_where_curl_is_given_it(script: str, expected: object, tmp_path: Path) -> None:
    assert sent(f"{script}\n", tmp_path) == expected


SEVERAL: list[tuple[str, list[object]]] = [
    ("-d '[1]' -d \"$X\"", ["unknown"]),
    ("-d \"$X\" -d '[1]'", ["unknown"]),
    ('-d @f.json -d "$X"', ["unknown"]),
    ('-d "$X" -d @f.json', ["unknown"]),
    ("-d '{' -d \"$REST\"", ["unknown"]),
    ("-d '[1]' -d '[2]'", ["fault", [1]]),
    ("-d '[1]' -d ''", ["fault", [1]]),
    ("-d '' -d '[1]'", [[1]]),
    ("-d '[\"a' -d 'b\"]'", [["a&b"]]),
    ("-d '[1' --json ']'", [[1]]),
    ("-d '[1]' -d \"$SET\"", ["fault", [1]]),
    ("--json '[1' --json \"$X\"", ["unknown"]),
]


@pytest.mark.parametrize(("options", "expected"), few(SEVERAL, 8))
def test_several_bodies_are_what_curl_joins_them_to(options: str, expected: object) -> None:
    assert read(f"SET='x=1'\ncurl {URL} {options}\n") == expected


def test_a_call_of_a_function_may_add_a_second_body() -> None:
    assert read(f"send() {{ curl {URL} -d '[1]' \"$@\"; }}\nsend -d 'x=1'\n") == ["fault", [1]]


REDEFINED: list[tuple[str, list[object]]] = [
    (f'cat() {{ x; }}\ncurl {URL} -d "$(cat f.json)"', ["unknown"]),
    (f"echo() {{ x; }}\necho '[1]' | curl {URL} -d @-", ["unknown"]),
    (f"function printf {{ x; }}\nB=$(printf '[1]')\ncurl {URL} -d \"$B\"", ["unknown"]),
    (f'curl() {{ command curl -d "$MORE" "$@"; }}\ncurl {URL} -d \'[1]\'', ["unknown"]),
    (f"curl() {{ command curl -d x=1 \"$@\"; }}\ncurl {URL} -d '[1]'", ["fault", [1]]),
    (f"curl() {{ command curl -sS \"$@\"; }}\ncurl {URL} -d '[1]'", [[1]]),
    (f"curl() {{ command curl -sS \"$@\"; }}\nX=$(curl {URL} -d @- <<< '[1]')", [[1]]),
    (f"function curl {{ command curl -sS \"$@\"; }}\ncurl {URL} -d '[1]'", [[1]]),
    (f"curl() {{ echo \"$@\"; }}\ncurl {URL} -d '[1]'", ["options"]),
    (f"curl() {{ if x; then command curl \"$@\"; fi; }}\ncurl {URL} -d '[1]'", ["options"]),
    (f'send() {{ curl {URL} -d "$1"; }}\ncurl() {{ command curl -s "$@"; }}\nsend \'[1]\'', ["unknown"]),
]


@pytest.mark.parametrize(("script", "expected"), few(REDEFINED, 8))
def test_a_function_with_the_name_of_a_command_stands_in_its_place(script: str, expected: object) -> None:
    assert read(f"{script}\n") == expected


PUT_IN: list[tuple[str, object]] = [
    ("N=-5", -5),
    ('N=5; echo "$N"', 5),
    ("A=5\nN=$A", "$N"),
    ("N=5; N=$((N + 1))", "$N"),
    ("N=5; X=$((N++))", "$N"),
    ("N=5; ((N++))", "$N"),
    ("if x; then N=5; fi", "$N"),
    ("N=${1:-5}", "$N"),
    ("(N=5)", "$N"),
    ("f() { local N=5; }\nf", "$N"),
    ("N=5; read -r N", "$N"),
    ("N=5\neval x", "$N"),
]


@pytest.mark.parametrize(("before", "value"), few(PUT_IN, 7))
def test_a_variable_in_a_body_is_the_text_that_the_script_surely_sets_it_to(before: str, value: object) -> None:
    assert read(f'{before}\ncurl {URL} -d "[$N]"\n') == [[value]]
    assert read(f"{before}\ncurl {URL} -d @- <<X\n[$N]\nX\n") == [[value]]


def test_what_a_body_has_of_a_variable_that_the_script_sets_is_told() -> None:
    found = [*read_shell("-", BytesIO(f'N=$(x)\ncurl {URL} -d "[$N, $M]"\n'.encode()), parse)]
    call = found[0].call if isinstance(found[0], Document) else None
    assert call is not None
    assert (call.sets("$N"), call.sets("$M")) == (True, False)


METHODS = [
    ('M=PUT\ncurl -X "$M" URL', "PUT"),
    ('args=(-sS -X PUT)\ncurl "${args[@]}" URL', "PUT"),
    ("O='-sS -X PUT'\ncurl $O URL", "PUT"),
    ('M=PUT\n[ -n "$1" ] && M=POST\ncurl -X $M URL', "$M"),
    ("if x; then O='-X PUT'; fi\ncurl $O URL", None),
    ("O='-X PUT'\ncurl \"$O\" URL", None),
    ("O='-X PUT'\nO=\"$O -s\"\ncurl $O URL", None),
    ("O='-X \"PUT\"'\ncurl $O URL", None),
]


@pytest.mark.parametrize(("script", "method"), METHODS)
def test_a_method_is_known_that_one_assignment_sets(script: str, method: str | None) -> None:
    found = [*read_shell("-", BytesIO(f"{script.replace('URL', URL)} -d '[1]'\n".encode()), parse)]
    assert [item.call.method for item in found if isinstance(item, Document) and item.call] == [method]


READ_BEFORE: list[tuple[str, list[object]]] = [
    ("cat > last.json; ", ["unknown"]),
    ("head -1 > /dev/null; ", ["unknown"]),
    ("local first=$(cat); ", ["unknown"]),
    ('echo hi; [ -n "$1" ] || log none; local x=1; ', [[1]]),
    ("sort < a > b; ls | wc -l; ", ["unknown"]),
    ("sort < a > b; ", [[1]]),
]


@pytest.mark.parametrize(("before", "expected"), READ_BEFORE)
def test_the_input_of_a_function_is_its_body_where_no_other_command_reads_it(before: str, expected: object) -> None:
    assert read(f"send() {{ {before}curl -d @- {URL}; }}\nsend <<< '[1]'\n") == expected


@pytest.mark.parametrize("option", ["-l", "-u", "-i", "-ri"])
def test_a_variable_that_changes_its_texts_is_not_known(option: str) -> None:
    assert read(f"declare {option} B\nB='[1]'\ncurl {URL} -d \"$B\"\n") == ["unknown"]
    assert read(f"f() {{ local {option} B='[1]'; curl {URL} -d \"$B\"; }}\nf\n") == ["unknown"]


def test_each_url_of_a_command_is_sent_the_body() -> None:
    groups = URL.replace("campaign", "adgroup")
    found = read_shell("-", BytesIO(f"curl {URL} -d '[1]' --url {groups} example.com {URL}\n".encode()), parse)
    calls = [(item.value, item.call and item.call.url) for item in found if isinstance(item, Document)]
    assert calls == [([1], URL), ([1], groups)]


def read(script: str) -> list[object]:
    """What the requests of a script without a path send, and `fault` for each fault."""
    found = list(read_shell("-", BytesIO(script.encode()), parse))
    return [
        "fault"
        if not isinstance(item, Document)
        else item.call.stand_in.kind
        if item.call and item.call.stand_in
        else item.value
        for item in found
    ]
