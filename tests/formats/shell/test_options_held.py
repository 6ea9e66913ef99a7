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
    (f"args=(-d '[1]')\nsend() {{ curl \"${{args[@]}}\" {URL}; }}\nsend\nargs=(-d '[2]')\nsend", ["options"]),
    (f"args=(-d '[1]')\nsend() {{ curl \"${{args[@]}}\" {URL}; }}\nargs+=(-d x)\nsend", ["options"]),
    (f"args=(-s)\nsend() {{ curl \"${{args[@]}}\" -d '[1]' {URL}; }}\nargs=(-X PUT)\nsend", ["options"]),
    (f"args=(-d '[1]')\nm() {{ curl \"${{args[@]}}\" {URL}; }}\nreset() {{ args=(-d x); }}\nreset\nm", ["options"]),
    (f"a=(-d '[1]')\ncurl \"${{a[@]}}\" {URL}\na=(-d '[2]')\ncurl \"${{a[@]}}\" {URL}", [[1], [2]]),
    (f"f() {{ local a=(-d '[1]'); curl \"${{a[@]}}\" {URL}; }}\ng() {{ local a=(-s); }}", [[1]]),
    (f"for x in 1 2; do a=(-d '[1]'); curl \"${{a[@]}}\" {URL}; done\na=(-d '[2]')", [[1]]),
    (f"a=(-d '[1]')\nfor x in 1 2; do curl \"${{a[@]}}\" {URL}; a=(-d '[2]'); done", ["options"]),
    (f"true | a=(-d '[1]')\ncurl \"${{a[@]}}\" {URL}", ["options"]),
    (f"declare -l a=(-d '[1]')\ncurl \"${{a[@]}}\" {URL}", ["options"]),
    (f"a=(-s)\n[ x ] && a=(-d x=1)\ncurl \"${{a[@]}}\" -d '[1]' {URL}", ["options"]),
    (f"a=(-s)\n[ x ] && a+=(-v -X POST)\ncurl \"${{a[@]}}\" -d '[1]' {URL}", [[1]]),
    (f"O=-s\n[ x ] && O='-X PUT'\ncurl $O -d '[1]' {URL}", ["options"]),
    (f"O=-s\n[ x ] && O=-v\ncurl $O -d '[1]' {URL}", [[1]]),
    (f"IFS=,\nO=-s,-d,@f.json\ncurl $O {URL}", ["options"]),
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
    (f"tee() {{ x; }}\ntee s.json <<< '[1]'\ncurl {URL} -d @s.json", ["unknown"]),
    (f"function printf {{ x; }}\nB=$(printf '[1]')\ncurl {URL} -d \"$B\"", ["unknown"]),
    (f'curl() {{ command curl -d "$MORE" "$@"; }}\ncurl {URL} -d \'[1]\'', ["unknown"]),
    (f"curl() {{ command curl -d x=1 \"$@\"; }}\ncurl {URL} -d '[1]'", ["fault", [1]]),
    (f"curl() {{ command curl -sS \"$@\"; }}\ncurl {URL} -d '[1]'", [[1]]),
    (f"curl() {{ command curl -sS \"$@\"; }}\nX=$(curl {URL} -d @- <<< '[1]')", [[1]]),
    (f"function curl {{ command curl -sS \"$@\"; }}\ncurl {URL} -d '[1]'", [[1]]),
    (f"curl() {{ echo \"$@\"; }}\ncurl {URL} -d '[1]'", ["runner"]),
    (f"curl() {{ if x; then command curl \"$@\"; fi; }}\ncurl {URL} -d '[1]'", ["runner"]),
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
    ("N=5 | true", "$N"),
    ("N=5 &", "$N"),
    ("export N=5 | tee log", "$N"),
    ("true | while read -r x; do N=5; done", "$N"),
    ("{ N=5; x; } | cat", "$N"),
    ("{ N=5; } &", "$N"),
    ("declare -c N=5", "$N"),
    ("x | y\nN=5", 5),
    ("x & N=5", 5),
    ("{ N=5; } > log", 5),
    ("f() { local N=5; }\nf", "$N"),
    ("N=5; read -r N", "$N"),
    ("N=5\neval x", "$N"),
]


@pytest.mark.parametrize(("before", "value"), few(PUT_IN, 7))
def test_a_variable_in_a_body_is_the_text_that_the_script_surely_sets_it_to(before: str, value: object) -> None:
    assert read(f'{before}\ncurl {URL} -d "[$N]"\n') == [[value]]
    assert read(f"{before}\ncurl {URL} -d @- <<X\n[$N]\nX\n") == [[value]]


DIVIDED: list[tuple[str, list[object]]] = [
    ("B='[1, 2]'\ncurl URL -d $B", ["unknown"]),
    ("B='[1, 2]'\ncurl URL -d \"$B\"", [[1, 2]]),
    ("B='[1,2]'\ncurl URL -d $B", [[1, 2]]),
    ("B='[1, 2]'\ncurl URL --json ${B}", ["unknown"]),
    ("B=$(cat <<X\n[1, 2]\nX\n)\ncurl URL -d $B", ["unknown"]),
    ("curl URL -d $(cat f.json)", ["unknown"]),
    ('curl URL -d "$(cat <<X\n[1, 2]\nX\n)"', [[1, 2]]),
    ("N='a b'\ncurl URL -d '[\"'$N'\"]'", ["unknown"]),
    ("N='a b'\ncurl URL -d '[\"'\"$N\"'\"]'", [["a b"]]),
    ("N='a b'\ncurl URL -d @- <<X\n[\"$N\"]\nX", [["a b"]]),
    ("B='[1, 2]'\necho $B | curl URL -d @-", [[1, 2]]),
]


@pytest.mark.parametrize(("script", "expected"), DIVIDED)
def test_blanks_divide_a_body_that_no_quotes_keep_one_word(script: str, expected: object) -> None:
    assert read(f"{script.replace('URL', URL)}\n") == expected


def test_a_variable_that_is_set_in_a_shell_of_its_own_is_no_body() -> None:
    for given in ("B='[1]' | cat", "B='[1]' &", "x | while read -r y; do B='[1]'; done", "(B='[1]')"):
        assert read(f'{given}\ncurl {URL} -d "$B"\n') == ["unknown"]
        assert read(f'x | {{ {given.split(" ")[0]}; curl {URL} -d "$B"; }}\n') in ([[1]], ["unknown"])


def test_what_a_body_has_of_a_variable_that_the_script_sets_is_told() -> None:
    found = [*read_shell("-", BytesIO(f'N=$(x)\ncurl {URL} -d "[$N, $M]"\n'.encode()), parse)]
    call = found[0].call if isinstance(found[0], Document) else None
    assert call is not None
    assert (call.sets("$N"), call.sets("$M")) == (True, False)


METHODS = [
    ('M=PUT\ncurl -X "$M" URL', "PUT"),
    ('args=(-sS -X PUT)\ncurl "${args[@]}" URL', "PUT"),
    ("O='-sS -X PUT'\ncurl $O URL", "PUT"),
    ('M=PUT\n[ -n "$1" ] && M=POST\ncurl -X $M URL', None),
    ('M=PUT | true\ncurl -X "$M" URL', None),
    ("curl -X $1 URL", None),
    ('M=$1\ncurl -X "$M" URL', "$M"),
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


@pytest.mark.parametrize("option", ["-l", "-u", "-i", "-ri", "-c"])
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


CHANGES = [
    'set_x() { X="$1"; }\nset_x "@"',
    'read -r X <<< "@"',
    'printf -v X %s "@"',
    'declare -n R=X; R="@"',
    "eval 'X=\"@\"'",
    ". ./env.sh",
    'for X in "@" b; do :; done',
    'while read -r X; do :; done <<< "@"',
    'function use_x { X="@"; }\nuse_x',
    'unset X; : "${X:=@}"',
    "X='@'; X=${X^^}",
    "if a; then X='@'; fi",
]


def test_a_method_or_option_that_the_script_changes_in_any_way_is_not_known(tmp_path: Path) -> None:
    """It was read as what the one plain assignment says, though curl is given the other."""
    for change in CHANGES:
        method = f"X=POST\n{change.replace('@', 'PUT')}\ncurl -X \"$X\" -d '[1]' {URL}\n"
        options = f"X=-sS\n{change.replace('@', '-d x')}\ncurl $X -d '[1]' {URL}\n"
        remote = f"X=-sS\n{change.replace('@', '-O')}\ncurl $X https://e.example/f.json\ncurl -d @f.json {URL}\n"
        assert [sent(script, tmp_path)[-1] for script in (method, options)] == ["options"] * 2, change
        assert sent(remote, tmp_path)[-1] == "unknown", change


@pytest.mark.parametrize("more", ['O="$O -X PUT"', 'O+=" -G"', "O+=G", 'O="$O -X"; O="$O PUT"', 'O="$O -T b.json"'])
def test_options_that_are_added_to_a_variable_decide_what_is_sent(tmp_path: Path, more: str) -> None:
    """Nothing was said of them, as no assignment alone has them all."""
    assert sent(f"O=-sS\n{more}\ncurl $O -d '[1]' {URL}\n", tmp_path) == ["options"]


@pytest.mark.parametrize("more", ['O="$O -f"', 'O+=" -f"', 'T=5; O="$O --max-time $T"', 'if a; then O="-s -v"; fi'])
def test_options_that_decide_nothing_leave_a_written_body_known(tmp_path: Path, more: str) -> None:
    """Scripts often add such to a variable."""
    assert sent(f"O=-sS\n{more}\ncurl $O -X POST -d '[1]' {URL}\n", tmp_path) == [[1]]


UNSURE_ARRAYS = [
    "A=(-d '[1]')\nA=(-d '[2]') | cat",
    "A=(-d '[1]')\nA=(-X PUT -d '[2]') &",
    "A=(-d '[1]')\nA+=(-d '[2]') | cat",
    "A=([0]=-d [1]='[1]')",
    "declare -A A=([x]='-d[1]')",
    "A=(-X POST [5]=-d [6]='[1]')",
]


@pytest.mark.parametrize("arrays", UNSURE_ARRAYS)
def test_an_array_that_is_set_elsewhere_or_by_its_indices_is_not_known(tmp_path: Path, arrays: str) -> None:
    """A pipe and the background have arrays of their own; words behind indices were read as if they had none."""
    assert sent(f'{arrays}\ncurl "${{A[@]}}" {URL}\n', tmp_path) == ["options"]


@pytest.mark.parametrize("declares", ["local", "local -a", "declare"])
def test_an_array_of_a_function_counts_in_those_that_it_calls(tmp_path: Path, declares: str) -> None:
    """The array of the script was read though that of the caller is sent."""
    script = f"A=(-d '[1]')\nf() {{\n  curl \"${{A[@]}}\" {URL}\n}}\ng() {{\n  {declares} A=(-d '[2]')\n  f\n}}\ng\n"
    assert sent(script, tmp_path) == ["options"]


@pytest.mark.parametrize("sets", ["for ((N=-1; N<0; N+=1)); do", "if x ${a[N-=6]}; then", "if x ${y:N=-1}; then"])
def test_arithmetic_sets_variables_wherever_it_stands(tmp_path: Path, sets: str) -> None:
    """The text of the assignment above was judged."""
    end = "done" if "do" in sets else "fi"
    script = f"N=5\n{sets}\ncurl -d '[\"'$N'\"]' {URL}\n{end}\n"
    assert sent(script, tmp_path) == [["$N"]]


def test_a_request_with_a_long_array_is_there_and_not_known(tmp_path: Path) -> None:
    """The option at which the array was cut took the URL as its value, and nothing was said of the request."""
    for count in (100, 250):
        more = "A+=(-H 'X: 1')\n" * count
        assert sent(f"A=(-X POST)\n{more}curl \"${{A[@]}}\" {URL} -d '[1]'\n", tmp_path) == ["options"]


def test_a_text_without_quotes_is_divided_by_what_the_script_sets_ifs_to(tmp_path: Path) -> None:
    """curl is sent its first part, and all of it was judged."""
    assert sent(f"IFS=,\nB='[1,2]'\ncurl -d $B {URL}\n", tmp_path) == ["unknown"]
    assert sent(f"IFS=$'\\n\\t'\nB='[1,2]'\ncurl -d $B {URL}\n", tmp_path) == [[1, 2]]


def test_functions_with_arrays_of_their_own_by_one_name_are_read(tmp_path: Path) -> None:
    """Those of the second one were not known."""
    script = ""
    for name, body in (("f", "[1]"), ("g", "[2]")):
        script += f"{name}() {{\n  local args=(-s)\n  args+=(-d '{body}')\n  curl \"${{args[@]}}\" {URL}\n}}\n"
    assert sent(f"{script}f\ng\n", tmp_path) == [[1], [2]]
    unsure = script.replace("  local args=(-s)\n", "  local args=(-s)\n  if a; then local args=(-X PUT); fi\n")
    assert sent(f"{unsure}f\ng\n", tmp_path) == ["options", "options"]


MADE: list[tuple[str, object]] = [
    (f"O=$(cat o.txt)\ncurl $O {URL} -d '[1]'", "options"),
    (f"curl $(opts) {URL} -d '[1]'", "options"),
    (f"A=(-sS $(extra))\ncurl \"${{A[@]}}\" {URL} -d '[1]'", "options"),
    (f"curl -X \"$(m update)\" {URL} -d '[1]'", "options"),
    (f"M=(POST PUT)\ncurl -X \"${{M[1]}}\" {URL} -d '[1]'", "options"),
    (f"METHODS=(POST PUT)\ncurl -X \"${{METHODS[$i]}}\" {URL} -d '[1]'", "options"),
    (f"O=(-s -G)\ncurl \"${{O[-1]}}\" {URL} -d '[1]'", "options"),
    (f"M=PUT n=M\ncurl -X \"${{!n}}\" {URL} -d '[1]'", "options"),
    (f"curl ${{!n}} {URL} -d '[1]'", "options"),
    (f"O=XPUT\ncurl -s$O {URL} -d '[1]'", "options"),
    (f"O=X\ncurl -$O PUT {URL} -d '[1]'", "options"),
    (f"O=v\ncurl -s$O {URL} -d '[1]'", [1]),
    (f"set -- -X PUT\ncurl \"$@\" {URL} -d '[1]'", "options"),
    (f"set -- POST PUT\nshift\ncurl -X \"$1\" {URL} -d '[1]'", "options"),
    (f"f() {{ set -- -G; }}\ncurl \"$@\" {URL} -d '[1]'", [1]),
    (f"A=(-X{{PUT,POST}})\ncurl \"${{A[@]}}\" {URL} -d '[1]'", "options"),
    (f"CURL='curl -sS -G'\n$CURL {URL} -d '[1]'", "options"),
    (f"S='curl -s'\nS=\"$S -X PUT\"\n$S {URL} -d '[1]'", "options"),
    (f"CURL='curl -sS'\n[ x ] && CURL=\"$CURL -v\"\n$CURL {URL} -d '[1]'", [1]),
    (f"CURL=$(command -v curl)\n$CURL {URL} -d '[1]'", [1]),
    (f"CURL=\"${{CURL:-curl}}\"\n$CURL {URL} -d '[1]'", [1]),
    (f"while getopts x: o; do O=$OPTARG; done\ncurl $O {URL} -d '[1]'", "options"),
]


@pytest.mark.parametrize(("script", "expected"), few(MADE, 10))
def test_options_and_methods_that_the_shell_makes_are_not_known(script: str, expected: object, tmp_path: Path) -> None:
    assert sent(f"{script}\n", tmp_path) == [expected]


@pytest.mark.parametrize("made", ["$(opts)", "`opts`"])
def test_a_method_that_is_written_beside_the_output_of_a_command_counts_where_no_body_is(made: str) -> None:
    found = read_shell("run.sh", BytesIO(f"curl -X POST {URL} {made}\n".encode()), parse)
    calls = [one.call for one in found if isinstance(one, Document) and one.call is not None]
    assert [(call.method, call.stand_in and call.stand_in.text) for call in calls] == [("POST", made)]


CALLED = [
    ("curl \"$@\" URL -d '[1]'", "-X PUT", "PUT"),
    ("curl \"$@\" URL -d '[1]'", "-G", "GET"),
    ("curl -X \"$1\" URL -d '[1]'", "PUT", "PUT"),
    ("local m=$1; curl -X \"$m\" URL -d '[1]'", "PUT", "PUT"),
    ('curl -X "$1" URL -d @f.json', "PUT", "PUT"),
    ('curl -X "$1" URL -d "$BODY"', "PUT", "PUT"),
    ("curl $1 URL -d '[1]'", '"-X PUT"', None),
    ("local o=\"$1\"; curl $o URL -d '[1]'", '"-X PUT"', None),
]


@pytest.mark.parametrize(("command", "words", "method"), CALLED)
def test_what_a_call_adds_is_read_where_the_body_stands_in_the_function(
    command: str, words: str, method: str | None
) -> None:
    script = f"BODY='[1]'\napi() {{ {command.replace('URL', URL)}; }}\napi {words}\n"
    found = read_shell("run.sh", BytesIO(script.encode()), parse)
    assert [one.call.method for one in found if isinstance(one, Document) and one.call is not None][-1] == method
