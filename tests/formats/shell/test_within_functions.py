"""What functions hold: their variables, arrays, arguments and the files that these name."""

from io import BytesIO
from pathlib import Path

import pytest

from splint.formats.document import Document
from splint.formats.json.reader import parse
from splint.formats.shell.reader import read_shell
from tests.formats.shell.test_changed_files import URL, sent
from tests.grids import few

_SEND = f'curl {URL} -d "$b"'
_METHOD = f"curl -X \"$m\" {URL} -d '[1]'"

OWN: list[tuple[str, str]] = [
    ("local b='[1]'; fill;", _SEND),
    ("local b=$1; fill;", _SEND),
    ("local b='[1]'; retry 2 fill;", _SEND),
    ("local b='[1]'; by_another;", _SEND),
    ("local b='[1]'; command read -r b <<< x;", _SEND),
    ("local b='[1]'; builtin read -r b <<< x;", _SEND),
    ("local b='[1]'; read -r b <<< x;", _SEND),
    ("local b='[1]'; command export b=x;", _SEND),
    ("local b='[1]'; builtin printf -v b x;", _SEND),
    ("local b='[1]'; printf -vb x;", _SEND),
    ("local b='[1]'; : \"${b:=x}\";", _SEND),
    ("local b='[1]' k=b; declare \"$k\"=x;", _SEND),
    ("local b='[1]'; mapfile b < list;", _SEND),
    ("local b='[1]'; declare -n other=b; other=x;", _SEND),
    ("local m=POST; read -r m <<< PUT;", _METHOD),
    ("local m=POST; if read -r m <<< PUT; then :; fi;", _METHOD),
    ("local m=POST; for m in POST PUT; do :; done;", _METHOD),
    ("local m=POST; printf -vm PUT;", _METHOD),
    ('local m=; : "${m:=PUT}";', _METHOD),
    ("local m=POST; put;", _METHOD),
    ("local a=(-d '[1]'); fill;", f'curl "${{a[@]}}" {URL}'),
    ("local o=-s; fill;", f"curl $o {URL} -d '[1]'"),
]


@pytest.mark.parametrize(("setting", "command"), few(OWN, 10))
def test_a_variable_of_a_function_that_anything_else_may_set_is_not_known(
    setting: str, command: str, tmp_path: Path
) -> None:
    others = "put() { m=PUT; }\nfill() { b=x; a=(-d x); o='-X PUT'; }\nby_another() { fill; }\n"
    for other in ("", "two() { local b=y m=GET o=-s; }\n"):
        script = f"{others}{other}api() {{ {setting} {command}; }}\napi '[1]'\n"
        assert sent(script, tmp_path) in (["unknown"], ["options"])


_BRANCH = 'if [ "$DRY" ]; then echo; else CALL; fi'
SEVERAL = {
    "set as it is declared": "a() { local b='[1]'; BRANCH; }\nc() { local b='[2]'; BRANCH; }\na\nc",
    "set below": "a() { local b; b='[1]'; BRANCH; }\nc() { local b\nb=$(cat <<E\n[2]\nE\n)\nBRANCH; }\na\nc",
    "a part of a body": "a() { local n=1; PART; }\nc() { local n=2; PART; }\na\nc",
    "handed on": "a() { local b='[1]'; send \"$b\"; }\nc() { local b='[2]'; send \"$b\"; }\nsend() { CALL; }\na\nc",
}


@pytest.mark.parametrize("script", SEVERAL.values(), ids=SEVERAL)
def test_variables_of_several_functions_by_one_name_are_known_in_each(script: str, tmp_path: Path) -> None:
    """Wherever `main` stands, and whatever the script sets by this name."""
    send = _SEND.replace("$b", "$1") if "send()" in script else _SEND
    part = _BRANCH.replace("CALL", _SEND.replace("$b", "[$n]"))
    script = script.replace("BRANCH", _BRANCH).replace("PART", part).replace("CALL", send)
    assert sent(f"{script}\n", tmp_path) == [[1], [2]]
    *functions, _, _ = script.split("\n")
    assert sent("\n".join(["b=x", "main() { a; c; }", *functions, "main"]) + "\n", tmp_path) == [[1], [2]]


OF_ANOTHER = {
    "its caller": "m() { local b='[1]'; s; }\ns() { local b; b=$(jq . f); CALL; }\nother() { local b=x; }\nm",
    "a branch": "a() { [ \"$1\" ] && local b='[1]'; CALL; }\nc() { local b=x; }\na",
    "a branch below": "a() { local b; [ \"$1\" ] && b='[1]'; CALL; }\nc() { local b=x; }\na",
    "itself, below": "a() { b='[1]'; local b; CALL; }\nc() { local b=x; }\na",
    "parentheses": "a() { local b; (b='[1]'); CALL; }\nc() { local b=x; }\na",
}


@pytest.mark.parametrize("script", OF_ANOTHER.values(), ids=OF_ANOTHER)
def test_a_variable_that_its_function_may_not_set_is_not_known(script: str, tmp_path: Path) -> None:
    assert sent(script.replace("CALL", _SEND) + "\n", tmp_path) == ["unknown"]


KEPT = [
    "fill() { local b=x; }\napi() { local b=$1; fill; CALL; }\napi '[1]'",
    "fill() { b=x; }\napi() { local b=$1; log; CALL; }\nfill\napi '[1]'",
    "api() { local b=$1 i; for i in 1 2; do :; done; read -r c < list; CALL; }\napi '[1]'",
    "b=x\napi() { local b=$1; CALL; }\napi '[1]'",
]


@pytest.mark.parametrize("script", KEPT)
def test_a_variable_of_a_function_is_known_whatever_others_do_that_it_does_not_call(
    script: str, tmp_path: Path
) -> None:
    assert sent(script.replace("CALL", _SEND) + "\n", tmp_path) == [[1]]


WRITES = [
    'envsubst < "$1.tmpl" > "$1"',
    'jq . "$1" > "$1.tmp" && mv "$1.tmp" "$1"',
    'cp "$2" "$1"',
    'echo x > "$1"',
    'echo x | tee "$1"',
    'python3 gen.py "$1"',
    'sed -i s/a/b/ "$1"',
    'local f=$1; cp tmpl.json "$f"',
    'prep "$1"',
]


@pytest.mark.parametrize("writes", few(WRITES, 5))
def test_a_file_that_a_function_writes_by_its_argument_is_not_read(writes: str, tmp_path: Path) -> None:
    prep = 'prep() { sed -i s/a/b/ "$1"; }\n'
    assert sent(f'{prep}api() {{ {writes}; curl {URL} -d "@$1"; }}\napi f.json x.json\n', tmp_path) == ["unknown"]
    assert sent(f"{prep}change() {{ {writes}; }}\nchange f.json x.json\ncurl {URL} -d @f.json\n", tmp_path) == [
        "unknown"
    ]


BESIDE = [
    'jq . "$1" > "$1.bak"',
    'jq . "$1" > "${1%.json}.out"',
    'echo x > "$2"',
    'log "$1"',
]


@pytest.mark.parametrize("writes", BESIDE)
def test_a_file_beside_which_a_function_writes_others_is_read(writes: str, tmp_path: Path) -> None:
    log = 'log() { echo "$*" >> log.txt; }\nclean() { rm "$1"; }\n'
    script = f'{log}api() {{ {writes}; curl {URL} -d "@$1"; }}\napi f.json out.txt\nclean f.txt\n'
    assert sent(script, tmp_path) == ["disk"]


SET_OTHERWISE = ["printf -vB x", "S=source\n$S ./lib.inc", "typeset -n R\nR=B\nR=x", "k=B\nprintf -v$k x"]


@pytest.mark.parametrize("other", SET_OTHERWISE)
def test_a_variable_that_is_set_by_its_name_in_other_words_is_not_known(other: str, tmp_path: Path) -> None:
    assert sent(f"B='[1]'\n{other}\ncurl {URL} -d \"$B\"\n", tmp_path) == ["unknown"]


def test_a_variable_with_another_name_that_only_a_run_tells_may_be_set_below_any_text(tmp_path: Path) -> None:
    assert sent(f"typeset -n R\nR=B\nB='[1]'\nR=x\ncurl {URL} -d \"$B\"\n", tmp_path) == ["unknown"]


RUNNERS = [
    'run() { "$@"; }',
    "run() { $*; }",
    'run() { echo "+ $*" >&2; "$@" || exit 1; }',
    'run() { for i in 1 2; do "$@" && return; done; }',
    'run() { until "$@"; do sleep 1; done; }',
    'run() { local cmd=("$@"); "${cmd[@]}"; }',
    'run() { if [ -n "$DRY_RUN" ]; then echo "$@"; else "$@"; fi; }',
    'run() { eval "$*"; }',
    'inner() { "$@"; }\nrun() { inner "$@"; }',
    'run() { sudo "$@" > log.txt; }',
]
GEN = 'gen() { cp x.json "$1"; }\n'


@pytest.mark.parametrize("runner", RUNNERS)
@pytest.mark.parametrize(
    "words", ["cp x.json f.json", "gen f.json", "python3 gen.py f.json", "tee f.json", "sed -i s/a/b/ f.json"]
)
def test_a_function_that_runs_the_words_of_its_calls_may_change_the_file_that_these_name(
    runner: str, words: str, tmp_path: Path
) -> None:
    for call in (f"run {words}", f"run 3 {words}", f"run 'a step' {words}"):
        assert sent(f"{GEN}{runner}\n{call}\ncurl {URL} -d @f.json\n", tmp_path) == ["unknown"], call


@pytest.mark.parametrize("words", ["jq . f.json", "cat f.json", "cp f.json x.json", "echo f.json", "gen x.json"])
def test_a_function_that_runs_a_command_which_only_reads_a_file_leaves_it(words: str, tmp_path: Path) -> None:
    for runner in ('run() { "$@"; }', 'run() { shift; "$@"; }'):
        script = f"{GEN}{runner}\nrun 3 {words}\ncurl {URL} -d @f.json\n"
        assert sent(script, tmp_path) == ["disk"]


@pytest.mark.parametrize("words", ["read -r b", "printf -v b x", "export b=x"])
def test_a_function_that_runs_the_words_of_its_calls_may_set_the_variable_that_these_name(
    words: str, tmp_path: Path
) -> None:
    assert sent(f"run() {{ \"$@\"; }}\nb='[1]'\nrun {words}\n{_SEND}\n", tmp_path) == ["unknown"]


SETTERS = [
    'printf -v "$1" x',
    'read -r "$1" < x',
    "IFS= read -r -d '' \"$1\" < x",
    'mapfile -t "$1" < x',
    'eval "$1=x"',
    'local k=$1; printf -v "$k" x',
    'declare -g "$1=x"',
    '. "$1"',
]


@pytest.mark.parametrize("setter", SETTERS)
@pytest.mark.parametrize(
    ("setting", "command", "kind"),
    [
        ("local b='[1]'", _SEND, "unknown"),
        ("local b=f.json", f'curl {URL} -d @"$b"', "unknown"),
        ("local b=POST", _METHOD.replace("$m", "$b"), "options"),
    ],
)
def test_a_function_above_that_sets_the_variable_which_its_call_names_sets_it(
    setter: str, setting: str, command: str, kind: str, tmp_path: Path
) -> None:
    pick, main = f"pick() {{ {setter}; }}\n", f"main() {{ {setting}; pick b; {command}; }}\n"
    for functions in (pick + main, main + pick):
        assert sent(f"{functions}main\n", tmp_path) == [kind]


@pytest.mark.parametrize("setting", ['local "$@"', 'printf -v "$1" PUT'])
def test_a_function_with_variables_whose_names_its_calls_tell_may_have_any_method(setting: str, tmp_path: Path) -> None:
    script = f"api() {{ {setting}; curl -X \"${{m:-POST}}\" {URL} -d '[1]'; }}\napi m=PUT\n"
    assert sent(script, tmp_path) == ["options"]


def test_a_prompt_of_read_names_no_variable(tmp_path: Path) -> None:
    script = f'ask() {{ read -rp "Send $1? " reply; }}\nask f.json\ncurl {URL} -d @f.json\n'
    assert sent(script, tmp_path) == ["disk"]


@pytest.mark.parametrize("loop", ["while [ $# -gt 0 ]", "while (( $# ))", 'until [ -z "${1:-}" ]'])
def test_each_argument_of_a_function_that_shifts_them_in_a_loop_may_be_changed(loop: str, tmp_path: Path) -> None:
    script = f'prep() {{ {loop}; do sed -i s/a/b/ "$1"; shift; done; }}\nprep x.json f.json\ncurl {URL} -d @f.json\n'
    assert sent(script, tmp_path) == ["unknown"]


MADE = ["${1^^}", "${1@U}", "${1:0:3}", "${1#x}"]


@pytest.mark.parametrize("made", MADE)
def test_a_method_that_is_made_of_an_argument_is_not_known(made: str, tmp_path: Path) -> None:
    for method, setting in ((made, ""), ("$m", f"local m={made};")):
        script = f"api() {{ {setting} curl -X \"{method}\" {URL} -d '[1]'; }}\napi put\n"
        assert sent(script, tmp_path) == ["options"]


BEHIND = [
    'rm -f "$1"',
    'mv "$1" sent.json',
    'mv "$1" "$1.done"',
    'local f=$1; mv "$f" done/',
    'if [ $? = 0 ]; then mv "$1" done/; else mv "$1" failed/; fi',
    'archive "$1"',
    'jq . x.json > "$1"',
    "rm f.json",
]
_ARCHIVE = 'archive() { mv "$1" "$1.done"; }\n'


@pytest.mark.parametrize("behind", BEHIND)
@pytest.mark.parametrize("call", ["send f.json", "main() { send f.json; }\nmain", "if true; then send f.json; fi"])
def test_what_a_function_that_is_called_once_does_behind_its_request_changes_nothing_that_this_sends(
    behind: str, call: str, tmp_path: Path
) -> None:
    for name in ('"$1"', "f.json"):
        script = f"send() {{ curl {URL} -d @{name}; {behind}; }}\n{_ARCHIVE}{call}\n"
        assert sent(script, tmp_path) == ["disk"]
        assert sent(f"{script}curl {URL} -d @f.json\n", tmp_path)[-1] == "unknown"


AGAIN = [
    "send f.json\nsend f.json",
    "for i in 1 2; do send f.json; done",
    "while ! send f.json; do sleep 1; done",
    "until send f.json; do sleep 1; done",
    "main() { send f.json; }\nmain\nmain",
    "main() { send f.json; }\nfor i in 1 2; do main; done",
    "trap 'send f.json' EXIT\nsend f.json",
    "again() { send f.json; }\nsend f.json\nagain",
    "send f.json\nout=$(send f.json)",
    "send f.json\neval 'se''nd f.json'",
    'k=nd\nsend f.json\n"se$k" f.json',
    "alias s=send\nsend f.json",
]


@pytest.mark.parametrize("calls", AGAIN)
def test_what_a_function_that_may_be_called_again_does_behind_its_request_counts(calls: str, tmp_path: Path) -> None:
    for name in ('"$1"', "f.json"):
        script = f'send() {{ curl {URL} -d @{name}; cp x.json "$1"; }}\n{calls}\n'
        assert "disk" not in sent(script, tmp_path)


@pytest.mark.parametrize(
    "body",
    [
        'cp x.json "$1"; SEND; rm "$1"',
        'for i in 1 2; do SEND; cp x.json "$1"; done',
        'SEND; cp x.json "$1"; SEND',
        'SEND; cp x.json "$1"; other',
        'SEND; send "$1"; cp x.json "$1"',
    ],
)
def test_what_a_function_changes_above_a_request_of_it_counts(body: str, tmp_path: Path) -> None:
    other = f"other() {{ curl {URL} -d @f.json; }}\n" if "other" in body else ""
    script = f"{other}send() {{ {body.replace('SEND', f'curl {URL} -d @f.json')}; }}\nsend f.json\n"
    assert sent(script, tmp_path)[0 if "; SEND" not in body[4:] else -1] == "unknown"


AS_GIVEN = [
    'run() { "$@"; }',
    'run() { echo "+ $*" >&2; "$@" || exit 1; }',
    'run() { for i in 1 2; do "$@" && return; done; }',
    'run() { if [ -n "$DRY" ]; then echo "$@"; else time sudo "$@" | tee log; fi; }',
    'run() { local out; out=$(nice "$@" 2>&1) && echo "$out"; }',
]
NOT_AS_GIVEN = [
    'run() { ( cd sub && "$@" ); }',
    'run() { env -C sub "$@"; }',
    'run() ( cd sub; "$@" )',
    'run() { ssh host "$@"; }',
    'run() { docker exec app "$@"; }',
    'run() { eval "$*"; }',
    'run() { bash -c "$*"; }',
    'run() { local cmd="$*"; $cmd; }',
    "run() { $@; }",
    'run() { "$@" -G; }',
    'run() { set -- "$@" -X PUT; "$@"; }',
    'run() { local args=("$@"); args+=(-G); "${args[@]}"; }',
    'run() { if [ -n "$DRY" ]; then "$@"; else "$@" -G; fi; }',
    'run() { M=PUT "$@"; }',
    'run() { "$@" < x.json; }',
    'run() { "${@/a/b}"; }',
    "run() { echo dry; }",
]
_GIVEN = [f"run curl {URL} -d @f.json", f'send() {{ curl {URL} -d @f.json "$@"; }}\nrun send']


@pytest.mark.parametrize("runner", AS_GIVEN)
def test_a_request_that_a_function_runs_as_it_stands_is_read(runner: str, tmp_path: Path) -> None:
    for call in _GIVEN:
        assert sent(f"{runner}\n{call}\n", tmp_path) == ["disk"], call


@pytest.mark.parametrize("runner", NOT_AS_GIVEN)
def test_a_request_that_a_function_may_run_otherwise_than_it_stands_is_not_known(runner: str, tmp_path: Path) -> None:
    for call in _GIVEN if "dry; }" not in runner else _GIVEN[:1]:
        assert sent(f"{runner}\n{call}\n", tmp_path) == ["runner"], call


@pytest.mark.parametrize("runner", AS_GIVEN)
@pytest.mark.parametrize("move", ["run cd sub", "if run pushd sub; then :; fi", "run 2 cd sub || exit"])
def test_a_function_that_is_given_a_cd_leads_away(runner: str, move: str, tmp_path: Path) -> None:
    assert sent(f"{runner}\n{move}\ncurl {URL} -d @f.json\n", tmp_path) == ["directory"]
    assert sent(f'log() {{ echo "$*"; }}\n{runner}\nlog cd sub\ncurl {URL} -d @f.json\n', tmp_path) == ["disk"]


def test_what_stands_behind_a_request_in_the_background_counts(tmp_path: Path) -> None:
    for curl in (f"curl {URL} -d @f.json &", f"(sleep 1; curl {URL} -d @f.json 2>&1) &"):
        assert sent(f"{curl} cp x.json f.json\n", tmp_path) == ["unknown"]
        assert sent(f"send() {{ {curl} cp x.json f.json; wait; }}\nsend\n", tmp_path) == ["unknown"]
        assert sent(f"{curl}\nwait\n", tmp_path) == ["disk"]


@pytest.mark.parametrize(
    "job",
    [
        "send &",
        "send 2>&1 | tee log &",
        "r=$(send) &",
        "{ send; } > log \\\n  2>&1 &",
        "if send; then echo hi; fi &",
        "for i in 1; do send; done &",
        "coproc send",
        'run() { "$@" & PID=$!; }\nrun send',
        'run() { ("$@") & }\nrun send',
    ],
)
def test_all_that_a_script_does_counts_for_a_request_where_anything_runs_in_the_background(
    job: str, tmp_path: Path
) -> None:
    send = f"send() {{ curl {URL} -d @f.json; }}\n"
    assert sent(f"{send}{job}\ncp x.json f.json\n", tmp_path) == ["unknown"]
    assert sent(f"{send}{job}\nwait\n", tmp_path) == ["disk"]


def test_an_ampersand_that_sends_nothing_to_the_background_leaves_what_is_below_a_request_behind_it(
    tmp_path: Path,
) -> None:
    for end in ("> log 2>&1", "&> log", ">&2", "&& echo hi", "# a & b", "|& cat", "<&0"):
        assert sent(f"curl {URL} -d @f.json {end}\ncp x.json f.json\n", tmp_path) == ["disk"], end


def test_what_functions_above_do_that_are_called_behind_the_request_changes_nothing_that_it_sends(
    tmp_path: Path,
) -> None:
    done = 'done() { mv "$1" "$1.done"; }\narchive() { mkdir -p sent; done "$1"; }\n'
    run = 'run() { "$@"; }\n'
    for send in (f'curl {URL} -d @"$1"; archive "$1"', f'r=$(curl {URL} -d @"$1"); echo "$r"; archive "$1"'):
        for call in ("send f.json", "id=$(send f.json | jq .id)", "run send f.json"):
            assert sent(f"{done}{run}send() {{ {send}; }}\n{call}\n", tmp_path) == ["disk"]
        loop = 'run() { for i in 1 2; do "$@"; done; }\n'
        assert sent(f"{done}{loop}send() {{ {send}; }}\nrun send f.json\n", tmp_path) == ["unknown"]


def test_a_file_that_is_taken_in_above_a_variable_leaves_it_to_functions(tmp_path: Path) -> None:
    for taken in (". ./.env", 'source "$(dirname "$0")/.env"'):
        assert sent(f"{taken}\nb='[1]'\nsend() {{ {_SEND}; }}\nsend\n", tmp_path) == [[1]]
        assert sent(f"b='[1]'\n{taken}\nsend() {{ {_SEND}; }}\nsend\n", tmp_path) == ["unknown"]
        assert sent(f"load() {{ {taken}; }}\nb='[1]'\nsend() {{ {_SEND}; }}\nload\nsend\n", tmp_path) == ["unknown"]


def test_a_variable_that_a_call_gives_a_function_is_the_body(tmp_path: Path) -> None:
    script = f"P='[1]'\nsend() {{ local b=$1; {_SEND}; }}\nsend \"$P\"\n"
    assert sent(script, tmp_path) == [[1]]
    assert "unknown" in sent(script.replace("send ", 'P="$1"\nsend '), tmp_path)


BY_CALLS = ['printf -v "$1" %s "$2"', 'local v=$1; printf -v "$v" %s "$2"', 'read -rp "$2" "$1" < x', 'mapfile -t "$1"']


@pytest.mark.parametrize("setter", BY_CALLS)
def test_a_call_with_the_name_of_a_variable_leaves_the_others_known(setter: str, tmp_path: Path) -> None:
    define = f"give() {{ {setter}; }}\n"
    assert sent(f"{define}give TOKEN x\nb='[1]'\ngive OTHER x\n{_SEND}\n", tmp_path) == [[1]]
    assert sent(f"{define}give m x\nb='[1]'\n{_METHOD}\n", tmp_path) == ["options"]
    for call in ("give b x", 'give "$n" x', "run give b x", "f=give\n$f b x"):
        assert sent(f"run() {{ \"$@\"; }}\n{define}b='[1]'\n{call}\n{_SEND}\n", tmp_path) == ["unknown"], call


@pytest.mark.parametrize("setter", ['shift; printf -v "$1" x', 'while (( $# )); do read -r "$1"; shift; done'])
def test_a_call_of_a_function_that_shifts_the_names_may_set_any_variable(setter: str, tmp_path: Path) -> None:
    assert sent(f"give() {{ {setter}; }}\nb='[1]'\ngive a b\n{_SEND}\n", tmp_path) == ["unknown"]


def test_the_function_by_which_a_variable_is_not_known_is_told(tmp_path: Path) -> None:
    for call, told in (("give b x", "give"), ('give "$n" x', "give"), ("b=$b", "")):
        script = f"give() {{ printf -v \"$1\" x; }}\nb='[1]'\n{call}\n{_SEND}\n"
        read = read_shell(f"{tmp_path}/run.sh", BytesIO(script.encode()), parse)
        instead = [item.call.stand_in for item in read if isinstance(item, Document) and item.call is not None]
        assert [one.setter for one in instead if one is not None] == [told]
