"""Files that a script takes in, which may lead to another directory."""

from pathlib import Path

import pytest

from tests.formats.shell.test_changed_files import SEND, URL, sent

LEADING = [
    "go() { cd x; }",
    "cd x",
    "set -e\ncd x || exit 1",
    'cd "$(dirname "${BASH_SOURCE[0]}")/.."',
    'cd "$HOME"',
    "pushd x",
    "if a; then cd x; fi",
]
STAYING = [
    "TOKEN=canary-token",
    "log() { echo hi; }",
    'ROOT=$(cd "$(dirname "$0")" && pwd)',
    "(cd x && ls)",
    "# cd x",
    "echo 'cd x'",
    "cd x; cd ..",
]


@pytest.mark.parametrize("text", LEADING)
@pytest.mark.parametrize(
    "take", [". ./env.sh", "source env.sh", '. "$(dirname "$0")/env.sh"', "if a; then . ./env.sh; fi"]
)
def test_the_file_of_a_body_is_not_known_where_a_file_that_is_taken_in_leads_away(
    text: str, take: str, tmp_path: Path
) -> None:
    (tmp_path / "env.sh").write_text(f"{text}\n")
    assert sent(f"{take}\n{SEND}\n", tmp_path) == ["directory"]


@pytest.mark.parametrize("text", STAYING)
def test_the_file_of_a_body_stays_known_where_a_file_that_is_taken_in_stays(text: str, tmp_path: Path) -> None:
    (tmp_path / "env.sh").write_text(f"{text}\n")
    assert sent(f". ./env.sh\n{SEND}\n", tmp_path) == ["disk"]


def test_what_is_not_there_or_stands_below_or_names_the_whole_path_leads_no_body_away(tmp_path: Path) -> None:
    assert sent(f". ./env.sh\n{SEND}\n", tmp_path) == ["disk"]
    (tmp_path / "env.sh").write_text("cd x\n")
    assert sent(f"{SEND}\n. ./env.sh\n", tmp_path) == ["disk"]
    own = 'D=$(cd "$(dirname "$0")" && pwd)'
    assert sent(f'. ./env.sh\n{own}\ncurl {URL} -d @"$D/f.json"\n', tmp_path) == ["disk"]
