"""Scripts that write the file of a body: whether what is on disk is what they send."""

from io import BytesIO
from pathlib import Path

import pytest

from splint.formats.document import Document
from splint.formats.json.reader import parse
from splint.formats.shell.reader import read_shell
from tests.grids import few

URL = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
SEND = f"curl {URL} -d @f.json"


def sent(script: str, tree: Path) -> list[object]:
    """What the requests with a body send: a value, or why it is not known."""
    (tree / "run.sh").write_text(script)
    (tree / "f.json").write_text('"disk"')
    read = read_shell(f"{tree}/run.sh", BytesIO(script.encode()), parse)
    calls = [(item.value, item.call) for item in read if isinstance(item, Document)]
    return [value if call.stand_in is None else call.stand_in.kind for value, call in calls if call is not None]


CHANGING = [
    "cat b > f.json",
    "jq . b >> f.json",
    "cp b f.json",
    "cp b/f.json .",
    "mv /tmp/f.json ./",
    "sed -i s/a/b/ f.json",
    "sed -i s/a/b/ *.json",
    "envsubst < b > f.json",
    "curl -o f.json example.com",
    "curl -O https://example.com/f.json",
    "wget https://example.com/f.json",
    "gen | tee f.json",
    "echo a | tee b f.json",
    "F=f.json; jq . b > $F",
    'F=f.json; sed -i x "$F"',
    'write() { jq . b > "$1"; }\nwrite f.json',
    'write() { local to=$1; jq . b > "$to"; }\nwrite f.json',
    "python3 - <<X\nopen('f.json', 'w')\nX",
    "cat <<X | python3 -\nopen('f.json', 'w')\nX",
    "bash -c 'jq . b > f.json'",
    "for f in f.json g.json; do sed -i x $f; done",
    "for f in *.json; do to=$f; sed -i x $to; done",
    "rm -f f.json\n./gen",
    "{ echo a; echo b; } > f.json",
    "splint check --fix f.json",
    'printf %s "$X" > f.json',
    'gen > "$PWD/f.json"',
    "gen f.json",
    "F=f; gen > $F.json",
    'gen > "out/${F%.txt}.json"',
]
LEAVING = [
    "splint check f.json",
    "if ! splint check f.json; then exit 1; fi",
    "cat f.json",
    "jq . f.json > b.json",
    "[ -f f.json ] || exit 1",
    "echo f.json",
    "printf 'f.json\\n'",
    "log 'sends f.json'",
    'log() { echo "$@"; }\nlog f.json',
    "python3 -m json.tool f.json",
    "for f in f.json g.json; do test -f $f || exit 1; done",
    "F=f.json",
    'check() { local f=$1; jq . "$f"; }\ncheck f.json',
    "curl example.com -d @f.json -o b",
    ". ./env.sh",
    'gen > "$OUT"',
    'gen > "response-$N.json"',
    "function",
]


READING = [
    ".venv/bin/splint check f.json",
    "python3 -m splint check f.json",
    "uvx splint check f.json",
    "uv run --with a splint check f.json",
    "pipx run splint check f.json",
    "poetry run splint check f.json",
    "timeout -k 5 60 splint check f.json",
    "pre-commit run --files f.json",
    'SPLINT=.venv/bin/splint\n"$SPLINT" check f.json',
    'SPLINT="uv run splint"\n$SPLINT check f.json',
    'SPLINT="${SPLINT:-splint}"\n"$SPLINT" check f.json',
    'splint() { .venv/bin/splint "$@"; }\nsplint check f.json',
    'splint check "$F"\nF=f.json',
    "for f in f.json g.json; do splint check $f; done",
    "time jq . f.json",
    "/usr/bin/jq . f.json",
    "command jq . f.json",
    "nice -n 5 cat f.json",
    "sudo -u me cat f.json",
    "env A=1 jq . f.json",
    "python3 -mjson.tool f.json",
    "python3 -m json.tool --indent 2 f.json > b",
    "cp f.json f.bak",
    "cp -v f.json archive/f.json",
    'cp f.json "old-$(date +%F).json"',
    *(f"git {what} f.json" for what in ("diff", "log -1", "add", "-C . commit -m a", "show", "status --short")),
    "chmod 600 f.json",
    "touch f.json",
    "sort f.json",
    "cut -c1-9 f.json",
    "column -t f.json",
    "base64 f.json",
    "xxd f.json",
    "readlink -f f.json",
    "rg a f.json",
    "yq . f.json",
    "bat f.json",
    "sed -n 's/a/b/p' f.json",
    "awk '{print}' f.json",
    "openssl dgst -sha256 f.json",
    "gzip -c f.json > f.gz",
    "tar czf a.tgz f.json",
    "tar -c f.json > a.tar",
    "scp f.json h:",
    "aws s3 cp f.json s3://a/b --quiet",
    "check-jsonschema --schemafile s f.json",
    "ajv validate -s s -d f.json",
    "jsonlint -q f.json",
    """python3 -c 'import json, sys; json.load(open("f.json"))'""",
    """python3 -c 'import json; json.load(open("f.json", encoding="utf-8"))' || exit""",
    "python3 - <<X\nimport json\njson.load(open('f.json'))\nX",
    "export F=f.json",
    "trap 'echo f.json sent' EXIT",
    "trap 'rm -f f.json' EXIT INT TERM",
    'cleanup() { rm -f "$tmp"; }\ntrap cleanup EXIT',
]
WRITING = [
    "F=--fix\nsplint check $F f.json",
    'F=--fix\nsplint check "$F" f.json',
    'splint check "$@" f.json',
    "splint check ${F:+--fix} f.json",
    "splint check $F f.json",
    'lint() { splint check "$@"; }\nlint --fix f.json',
    "uv run splint check --fix f.json",
    "splint check a.json --output-file f.json",
    "time rm f.json",
    "/usr/bin/sed -i s/a/b/ f.json",
    "sudo sed -Ei s/a/b/ f.json",
    "sed -n 'w f.json' a",
    "awk '{print > \"f.json\"}' a",
    "awk -i inplace 1 f.json",
    "yq -i .a=1 f.json",
    "sort -o f.json f.json",
    "sudo cp a f.json",
    "cp f.json a/f.json f.json",
    *(f"git {what} f.json" for what in ("checkout", "restore", "rm", "mv a", "apply", "diff --output")),
    "git diff a --output=f.json",
    "xxd -r a f.json",
    "tar xf f.json",
    "tar cf f.json a",
    "gzip f.json",
    "scp h:f.json .",
    "scp h:a f.json",
    "aws s3 cp s3://a/b f.json",
    "python3 -m json.tool a f.json",
    """python3 -c 'open("f.json", "w")'""",
    """python3 -c 'from shutil import copy; copy("a", "f.json")'""",
    "export F=f.json\n./gen",
    "trap 'rm -f f.json' DEBUG",
    "env -S 'gen f.json'",
    "sudo -e f.json",
    "timeout 60 gen cat f.json",
]


@pytest.mark.parametrize(
    ("before", "expected"),
    few([*((one, "disk") for one in READING), *((one, "unknown") for one in WRITING)], 40),
)
def test_what_a_program_does_to_a_file_is_known_by_its_name_and_options(
    before: str, expected: str, tmp_path: Path
) -> None:
    assert sent(f"{before}\n{SEND}\n", tmp_path)[-1] == expected


@pytest.mark.parametrize("before", CHANGING)
def test_a_file_that_the_script_may_change_is_not_judged_as_it_is_on_disk(before: str, tmp_path: Path) -> None:
    """Behind the request it is what the request sent."""
    assert sent(f"{before}\n{SEND}\n", tmp_path)[-1] == "unknown"
    assert sent(f"{SEND}\n{before}\n", tmp_path)[0] == "disk"


@pytest.mark.parametrize("before", LEAVING)
def test_a_file_that_the_script_only_looks_at_is_judged_as_it_is_on_disk(before: str, tmp_path: Path) -> None:
    assert sent(f"{before}\n{SEND}\n", tmp_path)[-1] == "disk"


def test_a_function_sends_what_is_there_where_it_is_called(tmp_path: Path) -> None:
    write, send = "write() { jq . b > f.json; }", f"send() {{ {SEND}; }}"
    assert sent(f"{write}\n{send}\nwrite\nsend\n", tmp_path) == ["unknown"]
    assert sent(f"{send}\n{write}\nwrite\nsend\n", tmp_path) == ["unknown"]
    post, call = 'post() { curl "$1" -d @"$2"; }', f"post {URL} f.json"
    assert sent(f"{post}\n{call}\n{call}\nmv f.json b/\n", tmp_path) == ["disk", "disk"]
    assert sent(f"{post}\njq . b > f.json\n{call}\n", tmp_path) == ["unknown"]


def test_a_function_all_of_whose_calls_are_read_is_not_told_of_besides(tmp_path: Path) -> None:
    for post in (
        f'post() {{ curl {URL} -d @"$1"; }}',
        f'function post {{\n  local body=$1\n  curl {URL} -d @"$body"\n}}',
    ):
        assert sent(f"{post}\npost f.json\nretry 3 post f.json\n", tmp_path) == ["disk", "disk"]
        assert sent(f'{post}\nif x; then post f.json; fi\npost "$F"\n', tmp_path) == ["unknown", "disk"]
        assert sent(f"{post}\npost f.json\nexport -f post\n", tmp_path) == ["unknown", "disk"]
        assert sent(f"{post}\n", tmp_path) == ["unknown"]


def test_a_long_chain_of_variables_is_followed_in_linear_time(tmp_path: Path) -> None:
    chain = "".join(f"V{n + 1}=$V{n}\n" for n in range(20_000))
    assert sent(f"V0=f.json\n{chain}sed -i x $V20000\nV0=g.json\n{SEND}\n", tmp_path) == ["unknown"]


@pytest.mark.parametrize("option", ["-d", "--data-binary", "--json"])
def test_a_variable_may_name_the_file_with_its_at_sign(option: str, tmp_path: Path) -> None:
    send = f'curl {URL} {option} "$F"'
    assert sent(f"F=@f.json\n{send}\n", tmp_path) == ["disk"]
    assert sent(f"G=f.json\nF=@$G\n{send}\n", tmp_path) == ["disk"]
    assert sent(f"F=@f.json\njq . b > f.json\n{send}\n", tmp_path) == ["unknown"]
    assert sent(f"F=@f.json\ncat > f.json <<X\n[1]\nX\n{send}\n", tmp_path) == [[1]]


def test_raw_data_in_a_variable_names_no_file(tmp_path: Path) -> None:
    assert "disk" not in sent(f'F=@f.json\ncurl {URL} --data-raw "$F"\n', tmp_path)


@pytest.mark.parametrize(
    "script",
    [
        f'nix-shell -p curl --run "curl {URL} -d @f.json"',
        f'trap "curl {URL} -d @f.json" EXIT',
        f"later 'X=1; sudo curl {URL} -d @f.json'",
        f'curl -K - <<X\nurl = "{URL}"\ndata = "@f.json"\nX',
        f"curl --config - <<X\nurl={URL}\ndata=@f.json\nX",
    ],
)
def test_a_text_with_a_request_has_options_that_only_a_run_tells(script: str, tmp_path: Path) -> None:
    assert sent(f"{script}\n", tmp_path) == ["options"]


@pytest.mark.parametrize("command", ["git commit -m", "log", "grep", "echo", "run_later 'Use'"])
def test_a_text_that_no_command_runs_is_no_request(command: str, tmp_path: Path) -> None:
    text = f"curl {URL} -d @f.json" if command[:3] != "run" else f"use curl {URL}"
    assert sent(f'{command} "{text}"\n', tmp_path) == []
