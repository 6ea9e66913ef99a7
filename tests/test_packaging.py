"""What is built is what is meant to be installed."""

import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution as an installer would."""
    target = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--outdir", target, ROOT], check=True, capture_output=True)
    [source] = target.glob("splint_smartplus-*.tar.gz")
    with tarfile.open(source) as archive:
        held = {name.split("/", 1)[1] for name in archive.getnames()}
    assert {"SECURITY.md", "CHANGELOG.md", "action.yml", "requirements/action.txt", ".ci/run"} <= held
    assert {"docs/rules/SPL210.md", "scripts/generate", ".github/workflows/ci.yml"} <= held
    assert {"docs/site/conf.py", "docs/site/static/site.css", "scripts/docs", "requirements/docs.txt"} <= held
    [wheel_file] = target.glob("splint_smartplus-*.whl")
    return wheel_file


def test_the_wheel_holds_the_engine_and_the_packs(wheel: Path) -> None:
    """Nothing called rules, tests or fixtures becomes importable; types come along."""
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"splint", "splint_guide", "splint_reference"}
    assert {
        "splint/py.typed",
        "splint_guide/py.typed",
        "splint_guide/refusals.toml",
        "splint_reference/currencies.csv",
        "splint_reference/refusals.toml",
        "splint/schema/table.py",
    } <= set(names)
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_installed_wheel_lints(wheel: Path, tmp_path: Path) -> None:
    """In an environment of its own the command and the import work, away from the source tree."""
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", wheel], check=True, cwd=tmp_path)
    broken = tmp_path / "broken.json"
    broken.write_text('{"objective_type": "WEB_CONVERSIONS", "advertiser_id": 7, "campaign_name": "A", "budget": 5}')
    command: list[str | Path] = [
        tmp_path / "venv" / "bin" / "splint",
        "check",
        broken.name,
        "--output-format",
        "concise",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, "SPL006" in done.stdout) == (1, True), done.stderr
    code = "import splint, splint.models; assert not splint.check({'objective_type': 'X', 'campaign_name': 'A'}).ok"
    subprocess.run([python, "-c", code], check=True, cwd=tmp_path)
