"""Access tokens in the headers of scripts, and in what these give the variables and functions that headers have."""

from pathlib import Path

import pytest

from tests.command import Command

URL = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
SEND = f'curl -H "Access-Token: $TOKEN" -d "{{}}" {URL}'
CANARY = "canary0123456789abcdef"


def found(command: Command, script: str, directory: Path, suffix: str = "sh") -> list[str]:
    """What stands in a script from where a token is found to the end of its line."""
    path = directory / f"a.{suffix}"
    path.write_text(script)
    shown = command("check", str(path), "--isolated", "--select=SPL012").out
    assert CANARY not in shown
    report = command("check", str(path), "--isolated", "--select=SPL012", "--output-format=json").report
    starts = [one["range"]["start"]["offset"] for one in report["diagnostics"]]
    return [script[start:].partition("\n")[0] for start in starts]


@pytest.mark.parametrize(
    ("script", "behind"),
    [
        (f"TOKEN={CANARY}\n{SEND}\n{SEND}", ""),
        (f"export TOKEN='{CANARY}' A=1\n{SEND}", "' A=1"),
        (f'TOKEN="${{TOKEN:-{CANARY}}}"\n{SEND}', '}"'),
        (f"setup() {{ TOKEN={CANARY}; }}\nsetup\n{SEND}", "; }"),
        (f"T={CANARY}\nTOKEN=$T\n{SEND}", ""),
        (f"TOKEN=$(pass tiktok)\nTOKEN={CANARY}\n{SEND}", ""),
        (f"TOKEN={CANARY}\n{SEND.replace('$TOKEN', '${TOKEN:?none}')}", ""),
        (SEND.replace("$TOKEN", f"${{TOKEN:-{CANARY}}}"), f'}}" -d "{{}}" {URL}'),
        (f"H='Access-Token: {CANARY}'\ncurl -H \"$H\" -d '{{}}' {URL}", "'"),
        (f'T={CANARY}\nH="Access-Token: $T"\ncurl -H "$H" -d \'{{}}\' {URL}', ""),
        (f'T={CANARY}\nargs=(-H "Access-Token: $T")\ncurl "${{args[@]}}" -d \'{{}}\' {URL}', ""),
        (f"TOKEN={CANARY}\npost() {{ {SEND.replace('$TOKEN', '$1')}; }}\npost $TOKEN", ""),
        (f"post() {{ {SEND.replace('$TOKEN', '$1')}; curl x; }}\npost {CANARY} b", " b"),
        (f"post() {{\n  local TOKEN=$2\n  {SEND}\n  curl x\n}}\npost b {CANARY}", ""),
    ],
)
def test_a_token_is_told_of_where_it_stands(script: str, behind: str, command: Command, tmp_path: Path) -> None:
    assert found(command, f"{script}\n", tmp_path) == [f"{CANARY}{behind}"]
    fenced = found(command, f"Send:\n\n```bash\n{script}\n```\n", tmp_path, "md")
    assert fenced == [f"{CANARY}{behind}"]


@pytest.mark.parametrize(
    "script",
    [
        "TOKEN=$(pass tiktok)",
        "TOKEN=`pass tiktok`",
        "TOKEN=${1:?token}",
        "TOKEN=",
        "TOKEN='<your-token>'",
        "TOKEN=YOUR_ACCESS_TOKEN",
        f"TOKEN_FILE={CANARY}\nTOKEN=$(cat $TOKEN_FILE)",
        "read -rs TOKEN",
    ],
)
def test_what_is_read_as_the_script_runs_and_a_placeholder_are_no_tokens(
    script: str, command: Command, tmp_path: Path
) -> None:
    assert found(command, f"{script}\n{SEND}\n", tmp_path) == []


def test_each_token_that_a_variable_is_given_is_told_of(command: Command, tmp_path: Path) -> None:
    script = f"if a; then\nTOKEN={CANARY}1\nelse\nTOKEN={CANARY}2\nfi\n{SEND}\n"
    assert found(command, script, tmp_path) == [f"{CANARY}1", f"{CANARY}2"]
