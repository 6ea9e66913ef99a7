"""Files that a program is handed otherwise than by name: in its environment, in an array, by its directory."""

from pathlib import Path

import pytest

from tests.formats.shell.test_changed_files import SEND, sent
from tests.grids import few

ASSIGNED = [
    "OUT=f.json python3 gen.py",
    "F=f.json ./edit.sh",
    "OUT=f.json make gen",
    "A=1 F=./f.json node gen.js",
    "F=f.json\nF=$F python3 gen.py\n",
    'F=f.json\nTO="$F" ./edit.sh',
    "DIR=$PWD/f.json ./edit.sh",
    "if x; then F=f.json ./edit.sh; fi",
    "ls | OUT=f.json python3 gen.py",
    "set -a; OUT=f.json; set +a; python3 gen.py",
    "set -o allexport\nOUT=f.json\n./gen",
    "set -ea\nOUT=f.json\n./gen",
]
ASSIGNED_LEFT = [
    "F=f.json jq . f.json",
    "F=f.json cat g.json",
    "OUT=g.json python3 gen.py",
    "LC_ALL=C sort f.json",
    "PYTHONPATH=. python3 gen.py",
    "NODE_ENV=production npm ci",
    "set -a; OUT=g.json; set +a; python3 gen.py",
    "set -a; TOKEN=x; set +a; OUT=f.json\n./gen",
    "set -eo pipefail; OUT=f.json\n./gen",
    "set -a; OUT=f.json; set +a; jq . f.json",
    "IFS=, read -r a b <<< x,y",
]


@pytest.mark.parametrize(
    ("before", "expected"),
    few([*((one, "unknown") for one in ASSIGNED), *((one, "disk") for one in ASSIGNED_LEFT)], 25),
)
def test_a_program_may_write_the_file_that_its_environment_names(before: str, expected: str, tmp_path: Path) -> None:
    assert sent(f"{before}\n{SEND}\n", tmp_path) == [expected]


OPTIONS = [
    'I=(-i); sed "${I[@]}" s/a/b/ f.json',
    "if x; then I=(-i ''); else I=(-i); fi\nsed \"${I[@]}\" s/a/b/ f.json",
    "I=-i; sed $I s/a/b/ f.json",
    'I=-i; sed "$I" s/a/b/ f.json',
    "O='-i -e'; sed $O s/a/b/ f.json",
    "sed $FLAGS s/a/b/ f.json",
    "sed ${I:--i} s/a/b/ f.json",
    'opts=(-i); yq "${opts[@]}" .a=1 f.json',
    'sort "${OPTS[@]}" f.json g.json',
    'O=(-o f.json); sort "${O[@]}" g.json',
    'edit() { sed "$@"; }\nedit -i s/a/b/ f.json',
    "gsed -i s/a/b/ f.json",
]
OPTIONS_LEFT = [
    'O=(-n); sed "${O[@]}" 1p f.json',
    "O=-n; sed $O 1p f.json",
    'O=(-r); yq "${O[@]}" .a f.json',
    'sed -n "${N}p" f.json',
    "sed -n ${N}p f.json",
    'sed "$SCRIPT" f.json',
    'awk -F "$D" "{ print }" f.json',
    "awk -F $D '{ print }' f.json",
    "for f in *.json; do sort $f; done",
    'show() { sed -n 1p "$1"; }\nshow f.json',
    'jq "${O[@]}" . f.json',
    "jq $O . f.json",
    "cp $O f.json g.json",
    "gsed -n 1p f.json",
]


@pytest.mark.parametrize(
    ("before", "expected"), few([*((one, "unknown") for one in OPTIONS), *((one, "disk") for one in OPTIONS_LEFT)], 26)
)
def test_an_option_to_write_may_come_out_of_a_variable_or_an_array(before: str, expected: str, tmp_path: Path) -> None:
    assert sent(f"{before}\n{SEND}\n", tmp_path) == [expected]


LISTED = [
    'a=(f.json)\nsed -i x "${a[@]}"',
    'a=(*.json)\nsed -i x "${a[@]}"',
    'a=(./*.json)\nfor f in "${a[@]}"; do jq . "$f" > "$f.tmp" && mv "$f.tmp" "$f"; done',
    'a=()\na+=(f.json)\nfor f in "${a[@]}"; do jq .a "$f" > "$f.tmp" && mv "$f.tmp" "$f"; done',
    'a=(f.json)\n./edit.sh "${a[@]}"',
    'a=(f.json)\njq . b > "${a[0]}"',
    'declare -A a=([c]=f.json)\njq . b > "${a[c]}"',
    'D=.\na=("$D/f.json")\nsed -i x "${a[@]}"',
    'mapfile -t a < <(find . -name "*.json")\nsed -i x "${a[@]}"',
    'readarray -t a < list\nfor f in "${a[@]}"; do sed -i x "$f"; done',
    "a=$(ls *.json)\nsed -i x $a",
    "a=$(find . -name '*.json')\nfor f in $a; do sed -i x $f; done",
    "for f in $(ls *.json); do sed -i x $f; done",
    "a=$(git ls-files '*.json')\nfor f in $a; do sed -i x $f; done",
    "a=$(grep -rl x .)\nsed -i x $a",
]
LISTED_LEFT = [
    'a=(f.json)\nfor p in "${a[@]}"; do jq empty "$p"; done',
    'a=(*.json)\njq empty "${a[@]}"',
    'a=(g.json)\nsed -i x "${a[@]}"',
    'a=(d/*.json)\nsed -i x "${a[@]}"',
    'a=(*.txt)\nfor f in "${a[@]}"; do ./edit.sh "$f"; done',
    'a=(*.json)\nfor f in "${a[@]}"; do jq . "$f" > "$f.bak"; done',
    'a=(x y)\nfor n in "${a[@]}"; do gen > "$n.txt"; done',
    'mapfile -t a < <(find . -name "*.json")\nfor f in "${a[@]}"; do jq empty "$f"; done',
    "a=$(ls *.json)\njq empty $a",
    "a=$(ls *.txt)\nsed -i x $a",
    "n=$(ls *.json | wc -l)\necho $n",
    'mapfile -t ids < ids.txt\nfor id in "${ids[@]}"; do gen > "response-$id.json"; done',
    'while read -r id; do gen > "response-$id.json"; done < ids.txt',
    "for n in $(ls d); do jq . d/$n > out/$n; done",
]


@pytest.mark.parametrize(
    ("before", "expected"), few([*((one, "unknown") for one in LISTED), *((one, "disk") for one in LISTED_LEFT)], 27)
)
def test_an_array_or_a_list_of_files_in_a_variable_names_them(before: str, expected: str, tmp_path: Path) -> None:
    assert sent(f"{before}\n{SEND}\n", tmp_path) == [expected]


WHOLE = [
    "./edit.sh .",
    "./edit.sh ./",
    './edit.sh "$PWD"',
    './edit.sh "$(pwd)"',
    "tools/edit --all .",
    'make -C "$PWD" gen',
    "make -C . gen",
    "python3 gen.py --root .",
    'bash edit.sh "$PWD"',
    './edit.sh "$(dirname "$0")"',
    'ROOT=$(cd "$(dirname "$0")" && pwd)\n./edit.sh "$ROOT"',
    'D=$(dirname "$0")\npython3 gen.py "$D"',
    'D=.\n./edit.sh "$D"',
]
WHOLE_LEFT = [
    "docker build .",
    "docker build -t x .",
    "grep -r x .",
    "pip install .",
    "python3 -m pip install -e .",
    ".venv/bin/pip install .",
    "git add .",
    "npm install .",
    "ls .",
    "find . -name '*.json'",
    'ROOT=$(cd "$(dirname "$0")" && pwd)\nls "$ROOT"',
    './edit.sh "$ID"',
    "./edit.sh d",
    "/usr/bin/du -s .",
    "tools/jq . g.json",
    "make lint",
    "python3 gen.py",
    'echo "$PWD"',
]


@pytest.mark.parametrize(
    ("before", "expected"), few([*((one, "unknown") for one in WHOLE), *((one, "disk") for one in WHOLE_LEFT)], 31)
)
def test_a_program_of_the_tree_that_is_given_all_of_it_may_write_each_file(
    before: str, expected: str, tmp_path: Path
) -> None:
    assert sent(f"{before}\n{SEND}\n", tmp_path) == [expected]


TREES = [
    'docker run --rm -v "$PWD":/work -w /work node:20 node gen.js',
    "docker run --rm -v .:/w node:20 node gen.js",
    'podman run -v "$(pwd)":/out gen',
    'docker run --mount type=bind,source="$PWD",target=/out gen',
    'docker compose run --rm -v "$PWD:/w" app gen',
    "./gen --out=.",
    './gen --out="$PWD"',
    './gen --out="$(pwd)"',
    "make gen OUT=.",
    "OUT_DIR=. ./gen",
    'ROOT="$PWD" ./gen',
    "export OUT_DIR=.\n./gen",
    'export ROOT="$PWD"\nnpm ci\n./gen',
    'export ROOT="$(cd "$(dirname "$0")" && pwd)"\n./gen',
    "ROOT=$(pwd)\nexport ROOT\npython3 tools/gen.py",
]
TREES_LEFT = [
    'docker run --rm -v "$PWD":/work:ro node:20 node lint.js',
    "docker run --rm -p 80:80 nginx:1",
    "docker build -t x .",
    'export ROOT="$PWD"',
    'export ROOT="$PWD"\njq . f.json',
    'export PATH="$PWD:$PATH"\n./gen',
    "OUT=/tmp ./gen",
    "./gen --out=out",
]


@pytest.mark.parametrize(
    ("before", "expected"),
    few([*((one, "unknown") for one in TREES), *((one, "disk") for one in TREES_LEFT)], 12),
)
def test_a_program_may_write_any_file_of_a_tree_that_it_is_given(before: str, expected: str, tmp_path: Path) -> None:
    assert sent(f"{before}\n{SEND}\n", tmp_path) == [expected]
