"""Scripts that change the directory: which file a curl command sends."""

from io import BytesIO
from pathlib import Path

import pytest

from splint.formats.document import Document
from splint.formats.json.reader import parse
from splint.formats.shell.reader import read_shell
from tests.grids import few

SEND = "curl https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/ -d"
HERE = "cat > f.json <<EOF\n[1]\nEOF"
OWN = '"$(dirname "$0")"'


def sent(script: str, tree: Path) -> list[object]:
    """What each request of a script sends: the value, why it is not known, or the message of a fault."""
    (tree / "run.sh").write_text(script)
    for name in ("a", "b", "b/c"):
        (tree / name).mkdir(exist_ok=True)
        (tree / name / "f.json").write_text(f'"{name}"')
    found: list[object] = []
    for item in read_shell(f"{tree}/run.sh", BytesIO(script.encode()), parse):
        if not isinstance(item, Document):
            found.append(item.message.replace(f"{tree}/", ""))
        elif item.call is not None and item.call.stand_in is not None:
            found.append(item.call.stand_in[:2])
        elif item.value is not None:
            found.append(item.value)
    return found


RESOLVED = {
    "cd a": "a",
    "cd a || exit 1": "a",
    "builtin cd -- 'a'": "a",
    "cd b\ncd c": "b/c",
    "cd b\ncd c\ncd ..\ncd ../a": "a",
    "cd b\n(cd c; ls)": "b",
    "cd b\nX=$(cd c && ls)": "b",
    "cd b\ncd c | ls": "b",
    "cd b\nif cd c; then cd ..; fi": "b",
    "cd b\nfor x in 1 2; do cd c; ls; cd ..; done": "b",
    "cd b\nf() { ls; }": "b",
    "pushd b/c > /dev/null": "b/c",
    f"cd {OWN}/a": "a",
    'cd "$(dirname "${BASH_SOURCE[0]}")/a"': "a",
    'CDPATH= cd -- "$(dirname -- "$BASH_SOURCE")"/b': "b",
    'cd "`dirname $0`/b"; cd c': "b/c",
    'cd "${0%/*}/b"': "b",
    f"if true; then cd {OWN}; fi\ncd a": "a",
    "cd b\ncd c && python3 -m http.server 8000 &": "b",
    "cd b\ncd c & ls": "b",
    "cd b\ncd c &&\n ls &&\n(ls)\ncd .. && ls &": "b/c",
    "cd b\ncd c &&\nls\nls &": "b/c",
    "cd b\n{ cd c && ls; } &": "b",
    "cd b\nif ls; then cd c & else cd c & fi": "b",
    "cd b && cd c |& ls": "b",
    "time cd a": "a",
    "time -p pushd b/c": "b/c",
}
"""What leads to a directory that is known, and the file there."""


@pytest.mark.parametrize(("before", "value"), few(RESOLVED.items(), 9))
def test_a_file_is_looked_for_where_cd_leads(before: str, value: str, tmp_path: Path) -> None:
    assert sent(f"{before}\n{SEND} @f.json\n", tmp_path) == [value]
    assert sent(f"R=$({before.splitlines()[0]} && true\n{SEND} @{tmp_path}/a/f.json)\n", tmp_path) == ["a"]


UNPLAIN = [
    "time { cd a; }",
    'cd "$DIR"',
    'cd "$(mktemp -d)/a"',
    "cd ~/a",
    "cd",
    "cd a*",
    "cd a\ncd -",
    f"cd a\ncd {OWN}",
    "pushd a\npopd",
    "[ -d a ] && cd a",
    "cd b || cd a",
    "if test -d a; then cd a; fi",
    "if test -d a; then cd a; else true; fi",
    "if test -d a; then cd a; true; elif x; then cd b; cd ..; fi",
    "case x in y) cd a;; esac",
    "f() { cd a; }\nf",
    "function f { cd a; }; f",
    "git clone x\ncd x",
    'cd "$DIR"\ncd a',
]


@pytest.mark.parametrize("before", few(UNPLAIN, 9))
def test_a_file_where_only_a_run_leads_is_not_known(before: str, tmp_path: Path) -> None:
    """Without a fault, though there is no such file beside the script."""
    (tmp_path / "f.json").write_text('"wrong"')
    assert sent(f"{before}\n{SEND} @f.json\n", tmp_path) == [("directory", "f.json")]
    assert sent(f"{before}\ncat f.json | {SEND} @-\n", tmp_path) == [("directory", "f.json")]
    assert sent(f"{before}\n{HERE}\n{SEND} @f.json\n", tmp_path) == [[1]]
    assert sent(f"({before}\n{SEND} @./f.json)\n{SEND} @./f.json\n", tmp_path)[1] == "wrong"


def test_a_branch_is_where_the_others_are_not(tmp_path: Path) -> None:
    script = f"cd b\nif x; then cd c; else {SEND} @f.json; fi"
    assert sent(script, tmp_path) == ["b"]


def test_a_file_that_is_missing_where_cd_leads_is_a_fault(tmp_path: Path) -> None:
    assert sent(f"cd a\n{SEND} @x.json\n", tmp_path) == ["the body's file a/x.json is not readable: no such file"]


@pytest.mark.parametrize(
    ("script", "value"),
    few(
        [
            (f"{HERE}\ncd a\n{SEND} @f.json", "a"),
            (f"{HERE}\ncd a\n{SEND} @../f.json", [1]),
            (f"cd a\n{HERE}\ncd ..\n{SEND} @a/f.json", [1]),
            (f"F=f.json\ncd a\n{HERE.replace('f.json', '$F')}\n{SEND} @$F", [1]),
            (f'{HERE}\nB=$(cat f.json)\ncd a\n{SEND} "$B"', [1]),
            (f'{HERE}\ncd "$DIR"\n{SEND} @f.json', ("directory", "f.json")),
            (f'{HERE}\n(cd "$DIR"; jq . x > f.json)\n{SEND} @f.json', ("unknown", "f.json")),
            (f"{HERE}\n(cd a; jq . x > f.json)\n{SEND} @f.json", [1]),
        ],
        4,
    ),
)
def test_a_file_that_the_script_writes_is_where_it_writes_it(script: str, value: str, tmp_path: Path) -> None:
    assert sent(script, tmp_path) == [value]


@pytest.mark.parametrize(
    "change",
    few(
        [
            'cat x > "$PWD/f.json"',
            "cat x > $(pwd)/f.json",
            'cp x "$(pwd)/f.json"',
            'gen --out="${PWD}/f.json"',
            "jq . x | tee `pwd`/f.json",
            'jq . x > "$DIR/f.json"',
            "sed -i s/1/2/ f.{json,bak}",
            "sed -i s/1/2/ *.json",
        ],
        4,
    ),
)
def test_a_file_may_be_changed_by_a_name_that_only_a_run_tells(change: str, tmp_path: Path) -> None:
    """Whether it is written before or only by this name."""
    assert sent(f"{HERE}\n{change}\n{SEND} @f.json", tmp_path) == [("unknown", "f.json")]
    assert sent(f"{change}\n{SEND} @f.json", tmp_path) == [("unknown", "f.json")]


@pytest.mark.parametrize(
    "script",
    few(
        [
            "f() {\n{SEND} @f.json\n}\ncd a\nf",
            "function f {\nR=$({SEND} @f.json)\n}\ncd a\nf",
            'f() { jq . f.json | {SEND} "$(cat f.json)"; }\n(cd a; f)\nf',
            "f() {\n{SEND} @f.json; }\nmain() { cd a; f; }\nmain",
        ],
        2,
    ),
)
def test_a_function_sends_files_from_where_it_is_called(script: str, tmp_path: Path) -> None:
    assert sent(script.replace("{SEND}", SEND), tmp_path) == [("directory", "f.json")]
    there = script.replace("{SEND}", SEND).replace("cd a", f"cd {OWN}").replace("f.json", "a/f.json")
    assert sent(there, tmp_path) == ["a"]
    written = script.replace("{SEND}", f"{HERE}\n{SEND}", 1) if "jq" not in script and "$(" not in script else ""
    assert sent(written, tmp_path) == [[1]][: len(written)]


def test_calls_of_a_function_send_files_from_where_they_stand(tmp_path: Path) -> None:
    call = f"post {SEND.split()[1]} f.json\n"
    plain, leading = "post() { curl $1 -d @$2; }\n", "post() { cd b; curl $1 -d @$2; }\n"
    assert sent(f"{plain}cd a\n{call}cd ..\ncd b\n{call}", tmp_path) == ["a", "b"]
    assert sent(f"{leading}{call}", tmp_path) == [("directory", "f.json")]


@pytest.mark.parametrize(
    "runner",
    few(
        [
            "docker run -v $PWD:/x curlimages/",
            "sudo docker exec x ",
            "docker-compose exec x ",
            "podman run x ",
            "kubectl exec deploy/ads -- ",
            "lxc exec x -- ",
            "nsenter -t 1 ",
            "sshpass -e ssh host ",
            "/usr/bin/ssh host ",
        ],
        3,
    ),
)
def test_a_file_of_another_machine_or_a_container_is_not_looked_for_here(runner: str, tmp_path: Path) -> None:
    """What the shell opens or prints is one of here all the same, but where a shell there reads it once more."""
    (tmp_path / "f.json").write_text('"here"')
    there = ("elsewhere", f"{tmp_path}/f.json")
    assert sent(f"{runner}{SEND} @{tmp_path}/f.json\n", tmp_path) == [there]
    assert sent(f"{runner}{SEND} x -T {tmp_path}/f.json\n".replace("-d x ", ""), tmp_path) == [there]
    assert sent(f'f() {{ {runner}curl "$@"; }}\nf {SEND[5:]} @{tmp_path}/f.json\n', tmp_path) == [there]
    assert sent(f"{runner}{SEND} @- < f.json\n", tmp_path) == ["here"]
    printed = sent(f'{runner}{SEND} "$(cat f.json)"\n', tmp_path)
    assert printed == ([("runner", runner.split()[-2])] if "ssh" in runner else ["here"])
    assert sent(f"cat f.json | {runner}{SEND} @-\n", tmp_path) == ["here"]


@pytest.mark.parametrize("runner", ["env -C a", "env --chdir=a", "env --chdir a", "sudo -D a", "find . -execdir"])
def test_a_file_of_a_command_that_runs_elsewhere_is_not_known(runner: str, tmp_path: Path) -> None:
    assert sent(f"cd b\n{runner} {SEND} @f.json\n{SEND} @f.json\n", tmp_path) == [("directory", "f.json"), "b"]


@pytest.mark.parametrize("text", ['eval "cd a"', "eval cd a", "alias go='cd a'\ngo", "alias go='ls;cd a'\ngo"])
def test_a_text_that_changes_the_directory_is_followed_by_files_that_are_not_known(text: str, tmp_path: Path) -> None:
    assert sent(f"cd b\n{text}\n{SEND} @f.json\n", tmp_path) == [("directory", "f.json")]
    other = text.replace("cd a", "abcd a")
    assert sent(f"cd b\n{other}\n{SEND} @f.json\n", tmp_path) == ["b"]


def test_a_directory_above_is_the_one_that_the_system_finds_behind_a_symlink(tmp_path: Path) -> None:
    (tmp_path / "b/c").mkdir(parents=True)
    (tmp_path / "a").mkdir()
    (tmp_path / "a/link").symlink_to("../b/c")
    assert sent(f"{SEND} @a/link/../f.json\n", tmp_path) == ["b"]
    assert sent(f"cd a/link\n{SEND} @../f.json\n", tmp_path) == ["b"]
    assert sent(f"cd a/link\ncd ..\n{SEND} @f.json\n", tmp_path) == ["a"]
