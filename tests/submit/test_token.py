"""The token is in no output, file, log or traceback, whatever fault happens and whatever the server sends."""

import json
import logging
import traceback
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from pydantic import SecretStr

from splint.submit import RetryPolicy, SubmitError, Submitter, TransportOptions
from splint.submit.echoes import Echoes
from tests.grids import few, sampled
from tests.submit.harness import BUNDLE, CANARY, SHORT_SETTLE, Harness, closed_origin, summary
from tests.submit.server import ID_KEYS, LEVELS, Act, Answer, Fault, Level, answers, cut, envelope, html, raw, redirects

ECHO = f"the token {CANARY!r} (Access-Token: {CANARY})\x1b[2J"
SHOWN = (CANARY, quote(CANARY, safe=""), CANARY[::-1])
"""The forms of the token that are searched for."""


def status_line(handler_text: bytes) -> Fault:
    """The answer's body holds the token, and so do its headers."""
    headers = {"Content-Type": "text/plain", "X-Echo": CANARY, "Set-Cookie": f"token={CANARY}"}
    return Fault(answer=lambda _: Answer(handler_text, None, 200, headers))


ECHOES: dict[str, tuple[Act, Level, Fault]] = {
    "a refusal": ("create", "ad", answers(40002, ECHO, commit=False)),
    "a token that is not accepted": ("create", "adgroup", answers(40105, ECHO, commit=False)),
    "throttled": ("create", "ad", answers(40100, ECHO, commit=False)),
    "a code that nobody knows": ("create", "campaign", answers(12345, ECHO, commit=False)),
    "no JSON": ("create", "ad", raw(ECHO.encode(), commit=False)),
    "HTTP 500": ("create", "ad", raw(ECHO.encode(), commit=False, status=500)),
    "headers": ("create", "ad", status_line(ECHO.encode())),
    "a message that is an object": (
        "create",
        "ad",
        Fault(commit=False, answer=lambda _: Answer(f'{{"code": 40002, "message": {{"a": "{CANARY}"}}}}'.encode())),
    ),
    "a redirect": ("create", "ad", redirects(f"http://127.0.0.1:9/?access_token={CANARY}&x={CANARY}")),
    "an id": ("create", "ad", answers(0, data=dict.fromkeys(ID_KEYS.values(), CANARY), commit=False)),
    "a GET that is refused": ("get", "ad", answers(40002, ECHO, commit=False)),
    "a GET that is redirected": ("get", "ad", redirects(f"http://127.0.0.1:9/{CANARY}")),
    "a row's status": ("get", "campaign", Fault(lists=lambda row: [{**row, "operation_status": CANARY}])),
    "a row's budget": ("get", "campaign", Fault(lists=lambda row: [{**row, "budget_mode": ECHO}])),
    "a row's goal": ("get", "adgroup", Fault(lists=lambda row: [{**row, "optimization_goal": ECHO}])),
    "a row's id": ("get", "ad", Fault(lists=lambda row: [row, {**row, "smart_plus_ad_id": CANARY}])),
    "an update that is refused": ("status", "campaign", answers(40002, ECHO, commit=False)),
    "an update that failed": (
        "status",
        "campaign",
        answers(0, data={"error_list": [{"error_message": ECHO}]}, commit=False),
    ),
    "a status that is an echo": ("status", "campaign", Fault(commit=False, answer=lambda _: envelope(51010, ECHO))),
}
SILENT: dict[str, tuple[Act, Level, Fault]] = {
    "closed": ("create", "adgroup", Fault(ending="close")),
    "reset": ("create", "ad", Fault(commit=False, ending="reset")),
    "cut": ("create", "ad", cut(commit=True, announces="more")),
    "HTML": ("create", "ad", html(commit=True)),
    "late": ("create", "ad", Fault(delay=30)),
    "an update that is closed": ("status", "campaign", Fault(commit=False, ending="close")),
}


def leaks(text: str | bytes) -> bool:
    """Whether the token can be read in something."""
    whole = text.encode() if isinstance(text, str) else text
    return any(each.encode() in whole for each in SHOWN)


def assert_no_leak(harness: Harness) -> None:
    """Assert that no file below the working directory contains the token, in its content or path."""
    files = [path for path in harness.directory.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if leaks(path.read_bytes()) or leaks(str(path))]


@pytest.fixture
def harness(harness: Harness, caplog: pytest.LogCaptureFixture) -> Iterator[Harness]:
    """The harness; its tracebacks and log records of any level are searched for the token."""
    harness.patch.setenv("SPLINT_TRACEBACK", "1")
    caplog.set_level(logging.DEBUG)
    yield harness
    assert_no_leak(harness)
    assert not [record for record in caplog.records if leaks(f"{record.getMessage()} {record.exc_text} {record.args}")]


@pytest.mark.parametrize(
    "case",
    sampled(
        [*ECHOES, *SILENT],
        (
            "a refusal",
            "headers",
            "an update that failed",
        ),
    ),
)
def test_no_output_and_no_file_holds_the_token(harness: Harness, case: str) -> None:
    act, level, fault = {**ECHOES, **SILENT}[case]
    harness.tiktok.on(act, level, 2 if (act, level) == ("get", "campaign") else 1, times=None, fault=fault)
    options = {"throttle_wait": "0.001", "timeout": "0.15" if case == "late" else "5"}
    outcome = harness.submit("--enable", settle=SHORT_SETTLE, **options)
    assert not leaks(outcome.out + outcome.err)
    assert_no_leak(harness)
    run = harness.record.run
    commands = (("runs", run), ("resume", run, "--yes"), ("rollback", run, "--delete", "--yes"))
    for words, form in zip(commands, ("text", "json", "text"), strict=True):
        outcome = harness(*words, settle=0, output_format=form, **options)
        assert not leaks(outcome.out + outcome.err)
    assert not leaks(harness("runs", output_format="json").out)


AWKWARD = "cAn4ry/7c1f+4e0b9d2a6538==>?zz"
"""A token that URLs, JSON and both kinds of Base64 write otherwise."""
FORMS = {
    "in capitals": AWKWARD.upper(),
    "percent-encoded": quote(AWKWARD, safe=""),
    "percent-encoded in small letters": quote(AWKWARD, safe="").lower(),
    "percent-encoded twice": quote(quote(AWKWARD, safe=""), safe=""),
    "with each character percent-encoded": "".join(f"%{ord(char):02x}" for char in AWKWARD),
    "with escaped slashes": AWKWARD.replace("/", "\\/"),
    "with each character escaped": "".join(f"\\u{ord(char):04X}" for char in AWKWARD),
    "with each character by its number": "".join(f"&#{ord(char)};" for char in AWKWARD),
    "with each character by its number in hexadecimal": "".join(f"&#X{ord(char):04X};" for char in AWKWARD),
    "with names of HTML": AWKWARD.replace("/", "&sol;").replace("+", "&plus;").replace("=", "&equals;"),
    "escaped for HTML twice": "".join(f"&amp;#{ord(char)};" for char in AWKWARD),
    "cut off": AWKWARD[:20],
    "its first eight": AWKWARD[:8],
    "Base64": b64encode(AWKWARD.encode()).decode(),
    "Base64 in a URL": quote(b64encode(AWKWARD.encode()), safe=""),
    "Base64 for URLs": urlsafe_b64encode(AWKWARD.encode()).decode(),
    "Base64 with one before": b64encode(f"a{AWKWARD}".encode()).decode(),
    "Base64 with two before": b64encode(f"ab{AWKWARD}:y".encode()).decode(),
    "Base64 with more around": b64encode(f"user:{AWKWARD}, and so on".encode()).decode(),
    "Base64 of a part": b64encode(f"user:{AWKWARD[:14]}".encode()).decode(),
}


@pytest.mark.parametrize(
    "form",
    sampled(
        FORMS,
        (
            "percent-encoded twice",
            "its first eight",
            "Base64 with two before",
        ),
    ),
)
def test_a_token_that_is_repeated_in_another_form_is_masked(harness: Harness, form: str) -> None:
    """In messages, ids of requests, names of rows and lists of errors, on the terminal and in the journal."""
    harness.token = harness.tiktok.token = AWKWARD
    echo, seen = f"no <{FORMS[form]}> here", ""
    whole = Answer(json.dumps({"code": 40002, "message": echo, "request_id": FORMS[form], "data": {}}).encode())
    harness.tiktok.on("create", "ad", fault=Fault(commit=False, answer=lambda _: whole))
    faults: dict[Act, Fault] = {
        "get": Fault(lists=lambda row: [row, {**row, "campaign_id": "1", "campaign_name": echo}]),
        "status": answers(0, data={"error_list": [{"error_message": echo}]}, commit=False),
    }
    for words in (["submit", "bundle.json"], ["resume"], ["rollback"]):
        words += [harness.record.run] if words == ["rollback"] else []
        outcome = harness(*words, "--yes", settle=SHORT_SETTLE)
        seen += outcome.out + outcome.err
        for act, fault in faults.items():
            harness.tiktok.on(act, "campaign", times=None, fault=fault)
    seen += "".join(path.read_text() for path in harness.journals)
    assert "********" in seen
    for text in (FORMS[form], json.dumps(FORMS[form])[1:-1]):
        assert (text[8:-4] or text) not in seen  # Base64 of what stands around the token may be seen


@pytest.mark.parametrize(
    ("text", "hidden"),
    few(
        [
            (f"a {AWKWARD[:7]}, {AWKWARD[:8]}, {AWKWARD[:9]}", f"a {AWKWARD[:7]}, ********, *********"),
            (f"{AWKWARD}{AWKWARD[:12]}!", f"{'*' * 42}!"),
            (b64encode(b"ab" + AWKWARD.encode() + b", and so on").decode(), f"YWJ{'*' * 39}osIGFuZCBzbyBvbg=="),
        ],
        1,
    ),
)
def test_what_stands_around_a_token_is_shown(text: str, hidden: str) -> None:
    assert Echoes(AWKWARD).hidden(text) == hidden
    assert Echoes(AWKWARD[:7]).hidden(text) == text


def test_a_token_that_html_escapes_is_hidden_whole() -> None:
    token = "a&b<c>d\"e'f&g<h>"
    for text in (escape(token), escape(escape(token)), token.replace("&", "&#38;")):
        assert set(Echoes(token).hidden(text)) == {"*"}, text


@pytest.mark.parametrize("level", LEVELS)
def test_an_exception_holds_no_token(harness: Harness, level: Level) -> None:
    harness.tiktok.on("create", level, fault=answers(40002, ECHO, commit=False))
    transport = TransportOptions(harness.tiktok.origin, rate=1000, retry_policy=RetryPolicy(0, 0))
    submitter = Submitter(SecretStr(CANARY), transport=transport, run_dir=harness.runs)
    with pytest.raises(SubmitError) as raised:
        submitter.submit(submitter.draft(harness.value))
    error = raised.value
    assert not leaks("".join(traceback.format_exception(error)) + repr(error) + repr(vars(error)))
    assert not leaks(repr(vars(submitter)))


@pytest.mark.parametrize("place", few(["make_draft", "refuse_taken", "Sender.send"], 1))
def test_what_goes_wrong_within_shows_no_token(harness: Harness, place: str) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise RuntimeError("something is wrong")

    harness.patch.setattr(f"splint.submit.submitter.{place}", fail)
    words = ("submit", "bundle.json", "--yes", "--run-dir", str(harness.runs), "--base-url", harness.tiktok.origin)
    shown = harness.raised(*words)
    assert "something is wrong" in shown
    assert not leaks(shown)
    harness.patch.delenv("SPLINT_TRACEBACK")
    shown = harness.raised(*words)
    assert "something is wrong" in shown
    assert not leaks(shown)


def test_network_errors_show_no_token(harness: Harness) -> None:
    for origin in (closed_origin(), "https" + harness.tiktok.origin[4:]):
        outcome = harness.submit(base_url=origin)
        assert outcome.status == 4
        assert not leaks(outcome.err)


@pytest.mark.parametrize(
    "where", few(["a file", "a file that others can read", "the environment, with a line after it"], 1)
)
def test_a_token_that_is_refused_is_not_shown(
    harness: Harness, where: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path: Path = tmp_path_factory.mktemp("elsewhere") / "token"
    path.write_text(f"{CANARY}\nsecond line")
    path.chmod(0o644 if "others" in where else 0o600)
    harness.token = f"{CANARY}\nsecond line"
    outcome = harness.submit(*(["--token-file", str(path)] if "file" in where else []))
    assert outcome.status == 2
    assert not leaks(outcome.err)


@pytest.mark.parametrize("token", [CANARY, 'cAn4ry"7c1f\\4e0b9d2a6538'])
def test_the_token_itself_is_sent_in_no_bundle_and_no_reason(harness: Harness, token: str) -> None:
    """Files that a person wrote hold it; nothing that splint prints or writes does."""
    harness.token = harness.tiktok.token = token
    bundles = ["note.json", "url.json", "bundle.yaml", "escaped.json", "key.json", "folded.yaml"]
    harness.write({"/campaign/_note": f"curl -H 'Access-Token: {token}'"}, bundles[0])
    url = f"https://www.example.com/?t={token}"
    harness.write({"/adgroups/0/ads/0/landing_page_url_list/0/landing_page_url": url}, bundles[1])
    (harness.directory / bundles[2]).write_text(yaml.safe_dump({**BUNDLE, "_note": token}))
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in token)
    for name, note in (("escaped.json", {"_note": "TOKEN"}), ("key.json", {"_note": {"TOKEN": 1}})):
        (harness.directory / name).write_text(json.dumps({**BUNDLE, **note}).replace("TOKEN", escaped))
    first, last = (json.dumps(half)[1:-1] for half in (token[:10], token[10:]))
    (harness.directory / "folded.yaml").write_text(f'{yaml.safe_dump(BUNDLE)}_note: "{first}\\\n  {last}"\n')
    for name in bundles:
        outcome = harness.submit(file=name)
        assert (outcome.status, f"{name}: the bundle holds the access token" in outcome.err) == (1, True), outcome
        assert token not in outcome.out + outcome.err
    outcome = harness.submit("--again", f"with {token}")
    assert (outcome.status, "--again holds the access token" in outcome.err) == (2, True), summary(outcome)
    assert harness.tiktok.requests == []
    harness.tiktok.on("create", "ad", fault=answers(40002, "no", commit=False))
    assert harness.submit().status == 4
    before = len(harness.tiktok.requests)
    assert harness.resume("--bundle", bundles[1]).status == 1
    outcome = harness.resume("--change-limit", token)
    assert (outcome.status, "--change-limit holds the access token" in outcome.err) == (2, True), summary(outcome)
    assert len(harness.tiktok.requests) == before
    assert not [path for path in harness.runs.iterdir() if token in path.read_text()]
    for name in bundles:
        (harness.directory / name).unlink()


def test_a_token_in_the_bundle_goes_no_further_than_the_kept_one(harness: Harness) -> None:
    harness.write({"/campaign/_note": "Access-Token: other-9f8e7d6c5b4a"})
    outcome = harness.submit()
    assert outcome.status == 0
    assert "other-9f8e7d6c5b4a" not in outcome.out + outcome.err
    assert "other-9f8e7d6c5b4a" not in "".join(str(one.body) for one in harness.tiktok.requests)
