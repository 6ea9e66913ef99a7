"""Messages about settings, options, lines of a service and refusals: a credential in them is masked like any other."""

import json
from pathlib import Path

import pytest

from splint.reporting.masking import public
from tests.command import Command
from tests.grids import few

CANARY = "canary0123456789abcdef"
URL = f"https://user:{CANARY}@host.example/x"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command) -> Command:
    """The command in an empty directory."""
    monkeypatch.chdir(tmp_path)
    return command


SETTINGS = [
    f'profile = {{access_token="{CANARY}"}}',
    f'profile = {{access_token="{CANARY * 9}"}}',
    f'severity = {{SPL210={{password="{CANARY}"}}}}',
    f'lsp = {{max-files={{token="{CANARY}"}}}}',
    f'facts = {{currency="token={CANARY}"}}',
    f'extend = "{URL}.toml"',
    f'baseline = "{URL}"',
    f'output-format = ["html={URL}"]',
    f'plugins = ["{URL}"]',
    f'select = ["token={CANARY}"]',
    f'"access_token={CANARY}" = 1',
]


@pytest.mark.parametrize("text", SETTINGS)
@pytest.mark.parametrize("words", ["check", "config"])
def test_no_mistake_of_settings_shows_a_credential(run: Command, text: str, words: str) -> None:
    Path("splint.toml").write_text(text)
    outcome = run(words)
    assert (outcome.status, "Error: splint.toml:1: " in outcome.err) == (2, True)
    assert CANARY not in outcome.out + outcome.err
    assert "*****" in outcome.err


@pytest.mark.parametrize(
    "message",
    few(
        [
            "splint: secret.json: cannot be read: Is a directory",
            "secret.json: no document format has this suffix",
            "token.json:3: selct is no key here",
            "my/token.toml:1234:17: selct is no key here",
        ],
        2,
    ),
)
def test_what_is_wrong_with_a_file_that_is_called_like_a_credential_can_be_read(message: str) -> None:
    assert public(message) == message


def test_a_null_character_in_a_message_stays_one() -> None:
    assert public("secret.json: no a\0b") == public("x.json: no a\0b").replace("x.", "secret.")
    assert ":" not in public("a\0b")


@pytest.mark.parametrize(
    "text",
    few([f"token.json: {CANARY}", f"api_key.yml:12:{CANARY}", f"secret.py = {CANARY}", f'"token.md": "{CANARY}"'], 2),
)
def test_a_credential_behind_the_name_of_a_file_is_masked(text: str) -> None:
    assert CANARY not in public(text)


def test_a_key_that_is_called_like_a_file_is_a_key(run: Command) -> None:
    Path("a.json").write_text('{"campaign_name": "A", "objective_type": "REACH", "api_key.json": "swordfish"}')
    assert "swordfish" not in run("check", "a.json", "--select", "SPL004").out


def test_settings_in_force_show_no_credential(run: Command) -> None:
    Path("splint.toml").write_text(f'templates = ["{URL}"]')
    for form in ("text", "json"):
        outcome = run("config", "--output-format", form)
        assert (outcome.status, CANARY in outcome.out, "*****" in outcome.out) == (0, False, True)


@pytest.mark.parametrize(
    "words",
    [
        ("--output-format", URL),
        ("--plugin", f"{URL}/"),
        ("--baseline", URL, "--prune-baseline"),
        ("--config", URL),
        ("--config", f"profile=token={CANARY}"),
        ("--select", f"token={CANARY}"),
        ("--fact", f"currency=token={CANARY}"),
        ("--as-of", f"token={CANARY}"),
        (URL,),
    ],
)
def test_no_message_about_an_option_shows_a_credential(run: Command, words: tuple[str, ...]) -> None:
    outcome = run("check", *words)
    assert (outcome.status, CANARY in outcome.out + outcome.err) == (2, False)
    assert "*****" in outcome.out + outcome.err


@pytest.mark.parametrize(
    "line",
    few(
        [
            {"payload": {}, "options": {"profile": {"access_token": CANARY}}},
            {"payload": {}, "options": {"profile": f"token={CANARY}"}},
            {"payload": {}, "options": {"facts": {"currency": f"token={CANARY}"}}},
            {"payload": {}, "options": {"select": [f"token={CANARY}"]}},
            {"payload": {}, f"access_token={CANARY}": 1},
            {"payload": {}, "options": {f"access_token={CANARY}": 1}},
        ],
        2,
    ),
)
def test_no_error_of_a_line_shows_a_credential(run: Command, line: object) -> None:
    answer = json.loads(run("serve-stdio", stdin=json.dumps(line) + "\n").out)
    assert CANARY not in json.dumps(answer)
    assert answer["error"].startswith("line 1: ")
    assert "*****" in answer["error"]


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_explanation_shows_a_credential(run: Command, form: str) -> None:
    answer = {"code": 50000, "message": f"token={CANARY}", "request_id": f"token={CANARY}"}
    outcome = run("explain", "-", "--output-format", form, stdin=json.dumps(answer))
    assert CANARY not in outcome.out + outcome.err
    assert "*****" in outcome.out


CRASHING = """
from splint import Pack, hookimpl, rule
from splint.payloads.nodes import Campaign


@rule("ACME001", "crashing", on=Campaign, level="error", section="Ours", basis="sanity")
def crashing(campaign):
    '''Never holds.'''
    raise ValueError(campaign.campaign_name)
    yield


@hookimpl
def splint_rules():
    return Pack("acme", "ACME", "Our own", None, (crashing,))
"""


@pytest.mark.parametrize("form", few(["full", "json", "sarif", "markdown"], 2))
def test_no_crash_of_a_rule_shows_a_credential(run: Command, form: str) -> None:
    Path("p.py").write_text(CRASHING)
    Path("a.json").write_text(json.dumps({"objective_type": "WEB_CONVERSIONS", "campaign_name": f"token={CANARY}"}))
    outcome = run("check", "--plugin", "p.py", "a.json", "--output-format", form)
    assert (outcome.status, "ACME001" in outcome.out + outcome.err) == (2, True)
    assert CANARY not in outcome.out + outcome.err
