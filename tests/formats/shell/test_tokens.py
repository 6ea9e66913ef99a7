"""Access tokens in the headers of scripts, and in what these give the variables and functions that headers have."""

import json
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
        (f'TOKEN={CANARY}\nTOKEN="${{TOKEN:-none}}"\n{SEND}', ""),
        (f'TOKEN={CANARY}\n[ "$CI" ] && TOKEN=$(pass tiktok)\n{SEND}', ""),
        (f"TOKEN={CANARY}\n(TOKEN=$(pass tiktok))\n{SEND}", ""),
        (f"TOKEN={CANARY}\nTOKEN+=$(pass tiktok)\n{SEND}", ""),
        (f"TOKEN={CANARY}\nlogin() {{ local TOKEN=$(pass tiktok); }}\nlogin\n{SEND}", ""),
        (f"setup() {{ TOKEN={CANARY}; }}\nTOKEN=none\nsetup\n{SEND}", "; }"),
        (f"TOKEN=$(pass tiktok)\n{SEND}\nTOKEN={CANARY}\n{SEND}", ""),
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
        'TOKEN=/run/secrets/tiktok_token\nTOKEN=$(cat "$TOKEN")',
        'TOKEN=prod\nTOKEN=$(lookup "$TOKEN")',
        'NAME=prod\nNAME=$(lookup)\nTOKEN="$NAME"',
        "TOKEN=prod\nexport TOKEN=`lookup`",
        'TOKEN="${TOKEN:-changeme}"',
        'TOKEN="${TOKEN:-missing}"\n[ "$TOKEN" = missing ] && exit 1',
        'TOKEN=dry-run\n[ -z "$DRY" ] && TOKEN=$(pass tiktok)',
    ],
)
def test_what_is_read_as_the_script_runs_and_a_placeholder_are_no_tokens(
    script: str, command: Command, tmp_path: Path
) -> None:
    assert found(command, f"{script}\n{SEND}\n", tmp_path) == []


def test_what_a_variable_is_given_below_is_no_token_of_the_request(command: Command, tmp_path: Path) -> None:
    assert found(command, f"TOKEN=$(pass tiktok)\n{SEND}\nTOKEN={CANARY}\n", tmp_path) == []


def test_each_token_that_a_variable_is_given_is_told_of(command: Command, tmp_path: Path) -> None:
    script = f"if a; then\nTOKEN={CANARY}1\nelse\nTOKEN={CANARY}2\nfi\n{SEND}\n"
    assert found(command, script, tmp_path) == [f"{CANARY}1", f"{CANARY}2"]


NONE = [
    *("op://vault/tiktok/token", "vault:secret/data/tiktok#token", "arn:aws:secretsmanager:us-east-1:1:secret:tiktok"),
    *(
        "/run/secrets/tiktok_token",
        "~/.tiktok",
        "projects/p/secrets/tiktok/versions/1",
        "changeme",
        "replace-me",
        "none",
    ),
    *(
        "unset",
        "missing",
        "dry-run",
        "dummy",
        "...",
        "***",
        "@@TOKEN@@",
        "your_token",
        "your-token-here",
        "yourAccessToken",
    ),
]


@pytest.mark.parametrize("text", NONE)
def test_where_a_token_is_kept_and_what_stands_for_one_are_no_tokens(
    text: str, command: Command, tmp_path: Path
) -> None:
    for script in (f"TOKEN='{text}'\n{SEND}", SEND.replace("$TOKEN", text), SEND.replace("$TOKEN", f"${{T:-{text}}}")):
        assert found(command, f"{script}\n", tmp_path) == []
    envelope = {"endpoint": URL, "headers": {"Access-Token": text}, "body": {}}
    (tmp_path / "a.json").write_text(json.dumps(envelope))
    assert "SPL012" not in command("check", str(tmp_path / "a.json"), "--isolated", "--select=SPL012").out


@pytest.mark.parametrize("text", ["prod-7f3a9", "test1", "your-token-7f3a9c", "token/7f3a9c", "/7f3a9c+x="])
def test_a_text_that_may_be_a_token_is_one(text: str, command: Command, tmp_path: Path) -> None:
    assert found(command, f"TOKEN='{text}'\n{SEND}\n", tmp_path) == [f"{text}'"]
