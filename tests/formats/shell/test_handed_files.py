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
