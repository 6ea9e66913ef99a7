"""Texts of commands that another shell runs: the requests in them are told, with bodies that only a run tells."""

from pathlib import Path

import pytest

from tests.formats.shell.test_changed_files import URL, sent
from tests.grids import few

COMMAND = f"CMD='curl -X POST {URL} -d @f.json'"

RUN = [
    'echo "$CMD" | bash',
    "echo $CMD | sh",
    'bash <<< "$CMD"',
    "printf '%s\\n' \"$CMD\" | sh",
    'echo "$CMD" | tee -a log | sh',
    "bash <<X\n$CMD\nX",
    "bash -s <<X\n${CMD}\nX",
    'echo "$CMD" > run.tmp\nbash run.tmp',
    "printf '%s' \"${CMD}\" > run.tmp; sh ./run.tmp",
    'echo "$CMD" | ssh host bash -s',
    'bash -c "$CMD"',
]
TOLD = ['echo "$CMD"', 'echo "$CMD" | tee -a log', "cat <<X\n$CMD\nX", 'echo "$CMD" >> log', "echo ls | bash"]


@pytest.mark.parametrize("run", few(RUN, 11))
def test_a_command_in_a_variable_is_a_request_where_a_shell_is_given_it(run: str, tmp_path: Path) -> None:
    assert sent(f"{COMMAND}\n{run}\n", tmp_path) == ["options" if "-c" in run else "runner"]


@pytest.mark.parametrize("line", TOLD)
def test_a_command_in_a_variable_is_no_request_where_it_is_only_told(line: str, tmp_path: Path) -> None:
    assert sent(f"{COMMAND}\n{line}\n", tmp_path) == []


def test_what_tee_passes_on_is_the_body(tmp_path: Path) -> None:
    assert sent(f"echo '[1]' | tee -a log | curl {URL} -d @-\n", tmp_path) == [[1]]
    assert sent(f"gen | tee -a log | curl {URL} -d @-\n", tmp_path) == ["unknown"]
    assert sent(f"cat f.json | tee log | curl {URL} -d @-\n", tmp_path) == ["disk"]
