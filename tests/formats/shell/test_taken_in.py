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


BODY = "B='{\"a\": 1}'\n"


@pytest.mark.parametrize(
    "lines",
    [
        f'. ./lib.sh\n{BODY}setup\ncurl {URL} -d "$B"\n',
        f'. ./lib.sh\n{BODY}create() {{ curl {URL} -d "$B"; }}\nlog::setup prod\ncreate\n',
        f'. ./lib.sh\n{BODY}main() {{ setup; curl {URL} -d "$B"; }}\nmain\n',
        f'. ./lib.sh\n{BODY}create() {{ local p=$1; setup; curl {URL} -d "$p"; }}\ncreate "$B"\n',
    ],
)
def test_a_command_of_no_known_name_may_be_a_function_of_a_file_that_is_taken_in_and_set_any_variable(
    lines: str, tmp_path: Path
) -> None:
    assert "unknown" in sent(lines, tmp_path)
    defined = "setup() { echo hi; }\nlog::setup() { echo hi; }\n"
    assert sent(defined + lines, tmp_path) == [{"a": 1}]


@pytest.mark.parametrize(
    "line",
    [
        "jq . x.json",
        "case $1 in\nprod|staging)\n  echo hi;;\ntest)\n  echo ho;;\nesac",
        "A=(\n  one\n  two three\n)",
        "(setup)",
        "setup | cat",
        "id=$(setup)",
        "mkdir -p out && rm -f out/x",
        "./setup.sh",
    ],
)
def test_programs_and_what_runs_apart_set_no_variable_behind_a_file_that_is_taken_in(line: str, tmp_path: Path) -> None:
    assert sent(f'. ./lib.sh\n{BODY}{line}\ncurl {URL} -d "$B"\n', tmp_path) == [{"a": 1}]


def test_the_default_of_a_method_that_a_file_may_set_which_is_taken_in_is_not_known(tmp_path: Path) -> None:
    for lines in (
        f'curl -X "${{METHOD:-POST}}" {URL} -d @f.json\n',
        f'METHOD="${{METHOD:-POST}}"\ncurl -X "$METHOD" {URL} -d @f.json\n',
        f'create() {{ local m=${{METHOD:-POST}}; curl -X "$m" {URL} -d @f.json; }}\ncreate\n',
    ):
        assert sent(lines, tmp_path) == ["disk"]
        assert sent(f". ./lib.sh\n{lines}", tmp_path) == ["options"]
    array = f'. ./lib.sh\nA=(-X POST)\n%s\ncurl "${{A[@]}}" {URL} -d @f.json\n'
    assert sent(array % "echo", tmp_path) == ["disk"]
    assert sent(array % "setup", tmp_path) == ["options"]
