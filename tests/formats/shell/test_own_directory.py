"""The directory of a script out of others that it works out: which file below it a curl command sends."""

from io import BytesIO
from pathlib import Path

import pytest

from splint.formats.document import Document
from splint.formats.json.reader import parse
from splint.formats.shell.reader import read_shell

SEND = "curl https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/ -d"
OWN = 'D=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)'


def sent(script: str, tree: Path) -> list[object]:
    """What the requests of a script in a directory of the tree send: a value, or why it is not known."""
    for name in (".", "scripts"):
        (tree / name).mkdir(exist_ok=True)
        (tree / name / "f.json").write_text(f'"{name}"')
    (tree / "scripts/run.sh").write_text(script)
    read = read_shell(f"{tree}/scripts/run.sh", BytesIO(script.encode()), parse)
    calls = [(item.value, item.call) for item in read if isinstance(item, Document)]
    return [value if call.stand_in is None else call.stand_in.kind for value, call in calls if call is not None]


@pytest.mark.parametrize(
    "root",
    [
        f'{OWN}\nROOT=$(cd "$D/.." && pwd)',
        f'{OWN}\nROOT="$(cd "${{D}}/.." && pwd -P)"',
        f'{OWN}\nROOT=$(dirname "$D")',
        f'{OWN}\nROOT="$(dirname -- "${{D}}")"',
        'D=$(dirname "$0")\nROOT=$(cd "$D/.." && pwd)',
    ],
)
def test_the_directory_around_that_of_the_script_is_known(
    root: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert sent(f'{root}\n{SEND} @"$ROOT/f.json"\n', tmp_path) == ["."]
    assert sent(f'{root}\n{SEND} @"$ROOT/scripts/f.json"\n', tmp_path) == ["scripts"]


@pytest.mark.parametrize(
    "root",
    [
        'D=$(dirname "$0")\nROOT=$(dirname "$D")',
        'ROOT=$(dirname "$D")',
        'ROOT=$(cd "$D/.." && pwd)',
        f'{OWN}\nD=$1\nROOT=$(dirname "$D")',
        'D=$(pwd)\nROOT=$(cd "$D/.." && pwd)',
        f'{OWN}\ncd x\nROOT=$(cd "$D/.." && ls)',
    ],
)
def test_a_directory_around_another_one_is_not(root: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert sent(f'{root}\n{SEND} @"$ROOT/f.json"\n', tmp_path) == ["unknown"]
