"""The workflows of this repository: what they run, on what, and with which rights."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())
CI: dict[str, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text())


@pytest.mark.parametrize("path", [ROOT / "action.yml", *WORKFLOWS], ids=lambda path: path.name)
def test_others_are_used_by_commit_with_the_version_beside_it(path: Path) -> None:
    """A tag can be moved: each action is named by 40 hexadecimal digits, and a comment says which version that is."""
    text = path.read_text()
    used = re.findall(r"^ +(?:- )?uses: ([\w-]+(?:/[\w-]+)+)@[0-9a-f]{40} # v\d+\.\d+\.\d+$", text, re.MULTILINE)
    assert len(used) == text.count("uses:") >= 2


def test_one_action_has_one_commit() -> None:
    """The action and the workflows use the same version of another action."""
    uses = {
        tuple(pair)
        for path in (ROOT / "action.yml", *WORKFLOWS)
        for pair in re.findall(r"uses: (\S+)@(\S+)", path.read_text())
    }
    assert len({name for name, _ in uses}) == len(uses)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_read_and_nothing_else(path: Path) -> None:
    """No job has further rights or secrets, no checkout keeps its token, no script holds an expression."""
    workflow = yaml.safe_load(path.read_text())
    assert workflow["permissions"] == {"contents": "read"}
    assert "secrets" not in path.read_text()
    assert "pull_request_target" not in path.read_text()
    for job in workflow["jobs"].values():
        assert "permissions" not in job
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_the_test_command_runs_on_all_that_is_supported() -> None:
    """Linux and macOS, each with every Python that pyproject.toml names."""
    classifiers = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["classifiers"]
    pythons = [line.rpartition(" ")[2] for line in classifiers if re.search(r":: Python :: 3\.\d+$", line)]
    job = CI["jobs"]["test"]
    assert job["strategy"]["matrix"] == {"os": ["ubuntu-latest", "macos-latest"], "python": pythons}
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/test"]
    assert [step["run"] for step in CI["jobs"]["all"]["steps"] if "run" in step] == [".ci/run"]


def test_coverage_has_the_floor_that_contributing_says() -> None:
    """`.ci/run` measures the quick tests, and fails below the figure of pyproject.toml."""
    floor = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["coverage"]["report"]["fail_under"]
    assert f"({floor} % of all lines at least" in (ROOT / "CONTRIBUTING.md").read_text()
    assert "\n.ci/test --cov\n" in (ROOT / ".ci" / "run").read_text()


@pytest.mark.parametrize("variables", [{}, {"CI": "true"}], ids=["here", "in CI"])
def test_laws_draw_the_same_examples_but_in_a_workflow_of_their_own(variables: dict[str, str]) -> None:
    """A pull request does not fail by an example that another run drew, and CI, where Hypothesis has ways of its own,
    draws others in that workflow.
    """
    profiles = "tests.conftest.settings.get_profile(name)"
    tell = f"import tests.conftest; print(*({profiles}.derandomize for name in ('splint', 'many', 'anew')))"
    ran = subprocess.run(
        [sys.executable, "-c", tell],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **variables},
        text=True,
        capture_output=True,
    )
    assert (ran.stdout, ran.stderr) == ("True True False\n", "")
    assert "--hypothesis-profile many\n" in (ROOT / ".ci" / "run").read_text()
    assert "-m hypothesis --hypothesis-profile anew\n" in (ROOT / ".github" / "workflows" / "laws.yml").read_text()
