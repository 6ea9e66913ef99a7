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
    "curl -s --remote-name-all https://example.com/f.json",
    "curl -sSfLO https://example.com/$NAME.json",
    "curl -LO 'https://example.com/f.json?a=1'",
    "F=f.json; curl -LO https://example.com/$F",
    "curl -sSLOJ https://example.com/get",
    "curl -s 'https://example.com/{f,g}.json' -o '#1.json'",
    "curl -sO --output-dir ./ https://example.com/f.json",
    "curl -s -o f.json --output-dir . https://example.com/",
    "O='-s -O'; curl $O https://example.com/f.json",
    "CURL='curl -sO'; $CURL https://example.com/f.json",
    "$CURL -sO https://example.com/f.json",
    "xargs -n 1 curl -sO < urls.txt",
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
    "curl -sO --output-dir out https://example.com/f.json",
    "curl -LO https://example.com/$V/tool-$V.tgz",
    "curl -L -o g.json https://example.com/f.json",
    "O=-sL; curl $O https://example.com/f.json",
    "set",
    "xargs -n 1 curl -sO --output-dir out < urls.txt",
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

FILLING = [
    'for n in f; do cp "d/$n.json" "$n.json"; done',
    'cp "d/$n.json" .',
    'mv "d/$n.json" "./$n.json"',
    'cp "d/$n.json" "$DIR/$n.json"',
    'cp "d/$n.json" "$DIR/"',
    'for n in f; do cp -f "d/$n.json" "$PWD"; done',
    'find . -maxdepth 1 -name "*.json" -exec sed -i s/a/b/ {} +',
    "find . -name '*.json' -exec sed -i s/a/b/ {} \\;",
    "find . -type f -exec sed -i s/a/b/ {} \\;",
    "find . -name '*.json' -delete",
    "find . -name '*.json' | xargs sed -i s/a/b/",
    "find . -name '*.json' -print0 | xargs -0 sed -i s/a/b/",
    "ls *.json | xargs sed -i s/a/b/",
    "ls *.json | xargs -n1 cp d/f.json",
    "ls *.json | xargs -I{} cp d/f.json {}",
    "printf '%s\\n' *.json | xargs -n1 cp d/f.json",
    "ls | xargs sed -i s/a/b/",
    "git ls-files | xargs sed -i s/a/b/",
    "find d -name '*.json' -exec cp {} . \\;",
    "find d -name '*.json' -exec cp -t . {} +",
    'ls d/*.json | while read -r f; do cp "$f" .; done',
    'for f in d/*.json; do cp "$f" .; done',
    'for f in d/*; do cp "$f" .; done',
    'for f in d/*; do mv "$f" "$(basename "$f")"; done',
    'for f in d/*; do jq . "$f" > "$(basename "$f")"; done',
    'for f in *; do sed -i s/a/b/ "$f"; done',
    'ls *.json | while read -r f; do sed -i s/a/b/ "$f"; done',
    'ls *.json | while read -r f; do jq . d/f.json > "$f"; done',
    'while read -r f; do cp "$f" .; done < list',
    "cp -t . d/f.json",
    "cp -t. d/f.json",
    "cp --target-directory=. d/f.json",
    "mv -t . d/f.json",
    "install -m 644 -t . d/f.json",
    'S=d/f.json; cp "$S" .',
    "S=d/f.json; cp $S ./",
    'S=d/f.json; mv "$S" "$PWD"',
    'cp "$1" .',
    'cp "$SRC"/f.json .',
    'cp "$SRC/f.json" .',
    "cp -r d/. .",
    "cp -a d/. ./",
    "cp -R d/ .",
    "cp -rf d/* .",
    "rsync -a d/ .",
    "rsync -av host:d/ ./",
    "scp -r host:d/ .",
    "scp 'host:d/*' .",
    "tar cf - -C d . | tar xf -",
    "tar xf a.tar",
    "tar -xzf a.tgz",
    "tar xzf a.tgz -C .",
    "unzip a.zip",
    "unzip -o a.zip -d .",
    "7z x a.7z",
    "git checkout other",
    "git checkout -- .",
    "git switch other",
    "git pull",
    "git pull --rebase",
    "git restore .",
    "git stash",
    "git stash pop",
    "git reset --hard",
    "git merge origin/main",
    "git cherry-pick abc",
    "git apply x.patch",
    "git clean -fdx",
    "git submodule update",
    "patch -p1 < x.patch",
    "patch -p0 -i x.patch",
    "xargs -n1 cp d/f.json < names",
    '( cd d; for n in f; do cp "$n.json" ..; done )',
    'cp -r d/. "$PWD"',
    'cp -r d/. "$DIR"',
    'ln -sf "d/$n.json" .',
    'ln -s "$S"',
    "aws s3 sync s3://b/d .",
]
"""Commands of whose files only a run tells a part of the names."""
SPARING = [
    'for f in *.json; do jq empty "$f"; done',
    'for n in f; do jq . "$n.json"; done',
    "find . -exec jq empty {} \\;",
    "find . -name '*.json' -exec jq empty {} +",
    "find . -name '*.json' -exec cat {} \\;",
    "find . -name '*.json' | xargs cat",
    "ls *.json | xargs cat",
    "ls *.json | xargs -n1 jq empty",
    "printf '%s\\n' *.json | xargs -n1 jq empty",
    "find . -name '*.json' -print0 | xargs -0 -n1 jq empty",
    'ls *.json | while read -r f; do jq empty "$f"; done',
    'for f in *; do test -f "$f"; done',
    "cp -r . /tmp/backup",
    'cp "$n.json" /tmp/backup/',
    "tar czf /tmp/a.tgz .",
    "tar cf - . | ssh host tar xf -",
    "git diff",
    "git rev-parse HEAD",
    "git fetch",
    'cp "d/$n.txt" .',
    'cp "d/$n.json" "$n.bak"',
    'cp "d/$n.json" out/',
    "cp -r d/. out/",
    "unzip a.zip -d out",
    "tar xf a.tar -C out",
    "mkdir -p out",
    "cp d/g.json .",
    "mv d/g.json ./",
    'S=d/g.json; cp "$S" .',
    'for n in a b; do cp "d/$n.txt" .; done',
    "find d -name '*.txt' -exec cp {} . \\;",
    "unzip -l a.zip",
    "tar tf a.tar",
    "rsync -a . host:d/",
    "find . -name '*.txt' -exec sed -i s/a/b/ {} \\;",
    "ls *.txt | xargs sed -i s/a/b/",
    "find . -name '*.txt' -delete",
    'cp "$SRC/g.json" .',
    "ls *.json | xargs -n1 basename",
    'S=d/f.json; jq . "$S"',
    "time ls",
]


@pytest.mark.parametrize("before", few(FILLING, 20))
def test_a_file_that_may_be_one_of_those_that_a_command_writes_is_not_known(before: str, tmp_path: Path) -> None:
    assert sent(f"{before}\n{SEND}\n", tmp_path)[-1] == "unknown"
    assert sent(f"{SEND}\n{before}\n", tmp_path)[0] == "disk"


@pytest.mark.parametrize("before", few(SPARING, 15))
def test_a_file_that_a_command_of_many_leaves_as_it_is_keeps_its_verdict(before: str, tmp_path: Path) -> None:
    assert sent(f"{before}\n{SEND}\n", tmp_path)[-1] == "disk"


@pytest.mark.parametrize("write", ["git pull", "tar xf a.tar", 'cp "d/$n.json" .'])
def test_a_file_that_the_script_writes_itself_is_known_unless_a_command_of_many_follows(
    write: str, tmp_path: Path
) -> None:
    given = "cat > f.json <<X\n[1]\nX"
    assert sent(f"{write}\n{given}\n{SEND}\n", tmp_path) == [[1]]
    assert sent(f"{given}\n{write}\n{SEND}\n", tmp_path) == ["unknown"]
    assert sent(f"get() {{ {write}; }}\n{given}\nget\n{SEND}\n", tmp_path) == ["unknown"]


@pytest.mark.slow
def test_many_commands_that_write_many_files_are_read_in_linear_time(tmp_path: Path) -> None:
    copies = "".join(f'cp "d/$n-{n}.txt" "out/{n}/"\nS{n}=d/{n}.txt; cp "$S{n}" .\n' for n in range(3_000))
    assert sent(f"{copies}{SEND}\n", tmp_path) == ["disk"]


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
    "bsdtar czf a.tgz f.json",
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


@pytest.mark.slow
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
    assert sent(f"{script}\n", tmp_path) == ["options" if script.startswith("curl") else "runner"]


@pytest.mark.parametrize("command", ["git commit -m", "log", "grep", "echo", "run_later 'Use'"])
def test_a_text_that_no_command_runs_is_no_request(command: str, tmp_path: Path) -> None:
    text = f"curl {URL} -d @f.json" if command[:3] != "run" else f"use curl {URL}"
    assert sent(f'{command} "{text}"\n', tmp_path) == []


_NAMES_FILES = 'out() { echo "$1.json"; }\nsave() { cat b > "$1"; }\n'


@pytest.mark.parametrize(
    "write",
    [
        'jq . b > "$(out f)"',
        "cat b > `out f`",
        'cat b > "./$(out f)"',
        'cp b "$(out f)"',
        'cat b | tee "$(out f)"',
        'o=$(out f)\ncat b > "$o"',
        'o=$(printf %s.json f); p=$o\nmv b "$p"',
        'save "$(out f)"',
    ],
)
def test_a_file_whose_name_is_all_the_output_of_a_command_may_be_the_one_that_is_sent(
    write: str, tmp_path: Path
) -> None:
    assert sent(f"{_NAMES_FILES}{write}\n{SEND}\n", tmp_path) == ["unknown"]
    assert sent(f"{_NAMES_FILES}{SEND}\n{write}\n", tmp_path) == ["disk"]


@pytest.mark.parametrize(
    "write",
    [
        'cat b > "$(out f).log"',
        'cat b > "logs/$(out f)"',
        'cat b > "$(printf run-%s.log f)"',
        'cat b > "$(mktemp)"',
        'cat b > "$(date +%F)"',
        'o=$(out f)\nupload "$o" "$(cat id)"',
    ],
)
def test_a_file_that_is_written_by_another_ending_or_below_another_directory_is_not_the_one_that_is_sent(
    write: str, tmp_path: Path
) -> None:
    assert sent(f"{_NAMES_FILES}{write}\n{SEND}\n", tmp_path) == ["disk"]
