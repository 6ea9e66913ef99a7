"""Access tokens as asterisks."""

import json
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from splint import check
from splint.formats import Document, Source
from splint.formats.json.reader import parse
from splint.reporting.credential_names import _is_word
from splint.reporting.credentials import credentials, hints_at_credentials
from splint.reporting.masking import FEW, Secrets, masked
from splint.testing import BASES
from tests.command import Command
from tests.grids import few

CANARIES = [f"canary-{number:08d}" for number in range(FEW + 2)]


@pytest.mark.parametrize("known", [CANARIES[:2], CANARIES])
@pytest.mark.parametrize(
    ("text", "shown"),
    few(
        [
            ("", ""),
            ("nothing", "nothing"),
            ("a canary-00000001.", "a ***************."),
            ("canary-00000001canary-00000000", "*" * 30),
            ("canary-0000000", "canary-0000000"),
        ],
        2,
    ),
)
def test_known_secrets_are_masked_however_many_there_are(known: list[str], text: str, shown: str) -> None:
    """Each becomes asterisks of its length."""
    assert masked(text, known) == masked(text, Secrets(known)) == masked(text, known[:1], known[1:]) == shown


def test_secrets_that_overlap_are_masked_whole() -> None:
    """Nothing of either is left, nor of one that begins like another."""
    known = Secrets(["abcdefgh1", "gh1234567", "abcdefgh1-longer", *CANARIES])
    assert known.hidden("-abcdefgh1234567- abcdefgh1-longer abcdefgh1") == f"-{'*' * 15}- {'*' * 16} {'*' * 9}"


@pytest.mark.parametrize("kind", few(["BC_AUTH_TT", "AUTH_CODE", "TT_USER", "CUSTOMIZED_USER"], 2))
@pytest.mark.parametrize("identity", ["7000000000000000005", "0f8fad5b-d9cb-469f-a165-70867728950e"])
def test_the_id_of_an_identity_is_shown_whatever_its_type_is_called(kind: str, identity: str) -> None:
    assert masked(f"Identity {kind} {identity}") == f"Identity {kind} {identity}"


@pytest.mark.parametrize(
    "text",
    few(["AUTH_CODE {}", "MY_AUTH_CODE 7000000000000000005", "BC_AUTH_TT={}", "auth_code: {}", "AUTH_CODE is {}"], 2),
)
def test_what_is_no_id_of_an_identity_stays_masked(text: str) -> None:
    shown = masked(text.format("k3y0canary0042x0"))
    assert "k3y" not in shown
    assert "7000" not in shown


@pytest.mark.parametrize(
    "filling", few([" ", "\t", "\n", "\\ ", '\\"', "[ ", "$(", "access_token:\n", "- access_token:"], 3)
)
def test_no_filling_keeps_the_masking_busy(filling: str) -> None:
    """A token's name before a hundred thousand spaces takes a moment, and leaves the text as long as it was."""
    text = f"access_token:{filling * (100_000 // len(filling))}"
    start = process_time()
    assert len(masked(text)) == len(text)
    assert process_time() - start < 2


S = "k3y-Canary-0042x"
"""A canary: no output may hold it."""

YAML = [
    "env:\n- name: TIKTOK_ACCESS_TOKEN\n  value: {S}",
    "env:\n- key: TIKTOK_ACCESS_TOKEN\n  value: {S}",
    "env:\n- value: {S}\n  name: TIKTOK_ACCESS_TOKEN",
    "access_tokens:\n- {S}",
    "access_tokens:\n- abcdefgh12\n- {S}",
    "access_tokens: [abcdefgh12, {S}]",
    'note: "Authorization: Bearer\n  {S}"',
    "token: abcdefgh\n  {S}",
    "? Access-Token\n: {S}",
    "token: 'it''s {S}'",
    "app:\n  secrets:\n    first:\n    - {S}",
    "note: |\n  -----BEGIN RSA PRIVATE KEY-----\n  {S}\n  -----END RSA PRIVATE KEY-----",
    "jwt: {S}",
    "X-Auth: {S}",
    "note: sessionid={S}",
    "proxy-user: me:{S}",
    'note: "https://u:p@{S}@h"',
    "note: The token is `{S}`.",
    "# my pat: ghp_{S}",
    "# the token\n# | Access-Token | {S} |",
]
JSON = [
    '"tokens": ["a", "{S}"]',
    '"tokens": ["{S}"]',
    '"token": {{"value": "{S}"}}',
    '"env": [{{"value": "{S}", "name": "Access-Token"}}]',
    '"header": [{{"value": "{S}", "key": "Authorization"}}]',
    '"header": [["Authorization", "{S}"]]',
    '"auth": {{"bearer": [{{"key": "token", "type": "string", "value": "{S}"}}]}}',
    '"auth": "{S}"',
    '"args": ["curl", "--token", "{S}", "-u", "me:{S}"]',
    '"args": ["curl", "-x", "me:{S}@proxy", "--socks5-hostname", "me:{S}@proxy"]',
    '"args": ["-xme:{S}@proxy", "--preproxy=me:{S}@proxy"]',
    '"args": ["curl", "-x", "socks5h://me:b {S}@proxy"]',
    '"https": "me:{S}@proxy:3128"',
    '"proxyUser": "me:{S}"',
    '"bearer": "{S}"',
    '"app_auth_code": "{S}"',
    '"note": "https://u:p@{S}@h"',
    '"note": "https://ghp_{S}@github.com/a/b"',
    '"note": "curl -u me:{S} https://example.com"',
    '"note": "-----BEGIN RSA PRIVATE KEY-----\\n{S}\\n-----END RSA PRIVATE KEY-----\\n"',
    '"note": "{{\\"value\\": \\"{S}\\", \\"name\\": \\"Access-Token\\"}}"',
    '"DB_PASS": "{S}", "MYSQL_PWD": "{S}", "dbPass": "{S}"',
    '"session_id": "{S}"',
    '"env": [{{"value": "abc\\/{S}\\u00e9", "name": "Access-Token"}}]',
    '"a": {{"token": {{"b": [{{"c": "{S}"}}]}}, "token": "abcdefgh"}}',
]
SHELL = [
    "curl -u me:{S} $URL",
    "curl -sume:{S} $URL",
    'curl --user "me:{S}" $URL',
    "curl --user=me:{S} $URL",
    "curl --proxy-user 'me:{S}' $URL",
    "curl -x me:{S}@proxy:3128 $URL",
    "curl -sxbob:{S}@proxy $URL",
    "curl --proxy 'me:b c {S}@proxy' $URL",
    "curl -X PUT $URL -x 'socks5h://me:b {S}@proxy'",
    "PROXY_USER=me:{S} PROXYUSERPWD=me:{S}",
    'curl --socks5="$ME:{S}@proxy" --socks4 me:x@{S}@proxy $URL',
    "curl --preproxy \\\n  me:{S}@proxy $URL",
    "curl me:{S}@business-api.tiktok.com/open_api",
    "HTTPS_PROXY=me:{S}@proxy python send.py",
    "curl --oauth2-bearer {S} $URL",
    'curl -b "sid_tt={S}" $URL',
    "curl --cookie 'theme=dark; x={S}' $URL",
    "curl --cert me.pem --pass {S} $URL",
    "curl -u \\\n  me:{S} $URL",
    "wget --password={S} $URL",
    "export GITHUB_TOKEN=\\\n{S}",
    'curl -H "Access-Token: $(echo {S})" $URL',
    "export API_TOKEN=`echo {S}`",
    "export API_TOKEN=$(echo $(echo {S}))",
    "curl -H \"$(printf 'Access-Token: %s' {S})\" $URL",
    "GH_PAT=ghp_{S}",
    "GH_PAT={S}",
    "git clone https://ghp_{S}@github.com/a/b",
    "git clone https://{S}@github.com/a/b",
    "DB_PASS={S}",
    "MYSQL_PWD={S} mysql",
    "curl -H 'X-Auth: {S}' $URL",
    "curl -H 'jwt: {S}' $URL",
    "curl -H 'Cookie: sessionid={S}' $URL",
    "# my pat: ghp_{S}",
    "# token {S}",
    "read -r TOKEN <<< {S}",
    "TOKEN=$(base64 -d <<< {S})",
    "TOKEN=abc\\\n{S}",
    "TOKEN='abc'\"{S}\"",
    "cat <<EOF\n-----BEGIN OPENSSH PRIVATE KEY-----\n{S}\n{S}\n-----END OPENSSH PRIVATE KEY-----\nEOF",
]
PROSE = [
    "| Access-Token | {S} |\n|---|---|",
    "| `Access-Token` | `{S}` | required |",
    "The token is `{S}`.",
    "The password is {S}.",
    "Send `Authorization: Bearer {S}`.",
    "**Token:** {S}",
    "The access token: `{S}`",
    "access_token => {S}",
    "<token>{S}</token>",
]
FORMATS = ["full", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit", "markdown", "agent", "html"]
FIXABLE = '"advertiser_id": 7477436657581081641, "request_id": "1", "operation_status": "ENABLE", "campaign_name": "x"'
CALL = "curl https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/ -d '{" + FIXABLE + "}'"
HEADER = f'-H "Access-Token: CANARYaaaabbbb\\\n{S}"'
SPLIT = [
    ("send.sh", CALL.replace("curl", f"curl {HEADER}") + "\n"),
    ("send.sh", f"{CALL} {HEADER}\n"),
    ("notes.md", f"```sh\n{CALL} {HEADER}\n```\n"),
    ("notes.md", "- ```sh\n  " + f"{CALL} {HEADER}".replace("\n", "\n  ") + "\n  ```\n"),
    (
        "plan.yaml",
        f"headers:\n  Access-Token: >-\n    CANARYaa\n    {S}\nadvertiser_id: 7477436657581081641\ncampaign_name: x\n",
    ),
    ("send.sh", f"{CALL} {HEADER}\n".replace('"Access', "'Access").replace(f'{S}"', f"{S}'")),
    (
        "plan.yaml",
        f'headers:\n  Access-Token: "CANARYaa\\\n    {S}"\nadvertiser_id: 7477436657581081641\ncampaign_name: x\n',
    ),
]
"""Tokens over two lines, in shapes of their own."""
SHAPES = [
    *(("plan.yaml", f"{text.format(S=S)}\nadvertiser_id: 7477436657581081641\ncampaign_name: x\n") for text in YAML),
    *(("plan.yaml", f"advertiser_id: 7477436657581081641\ncampaign_name: x\n{text.format(S=S)}\n") for text in YAML),
    *(("plan.json", f"{{{text.format(S=S)}, {FIXABLE}}}") for text in JSON),
    *(("plan.json", f"{{\n  {FIXABLE},\n  {text.format(S=S)}\n}}\n") for text in JSON),
    ("plan.jsonc", f"// my pat: ghp_{S}\n{{{FIXABLE}}}"),
    *(("send.sh", f"{text.format(S=S)}\n{CALL}\n") for text in SHELL),
    *(("send.sh", f"{CALL}\n{text.format(S=S)}\n") for text in SHELL),
    *((name, text) for name, text in SPLIT),
    *(("notes.md", f"{text.format(S=S)}\n\n```json\n{{{FIXABLE}}}\n```\n") for text in PROSE),
]


def test_the_short_end_of_a_token_over_two_lines_is_masked(command: Command, tmp_path: Path) -> None:
    (tmp_path / "send.sh").write_text(f'{CALL} -H "Access-Token: CANARYaaaabbbb\\\nq7Zk"\n')
    outputs = [command("check", str(tmp_path / "send.sh"), *options).out for options in (["--diff"], [])]
    assert ["Zk" in output for output in outputs] == [False, False]
    assert "+++" in outputs[0]


@pytest.mark.parametrize(("name", "text"), few(SHAPES, len(SHAPES) // 10))
def test_no_output_shows_a_credential(command: Command, tmp_path: Path, name: str, text: str) -> None:
    """Whatever shape it has, in every format and in the diff of a fix beside it."""
    (tmp_path / name).write_text(text)
    outputs = [f"--output-format={form}={tmp_path / form}" for form in FORMATS]
    outcome = command("check", str(tmp_path / name), *outputs)
    assert outcome.status == 1, outcome.err
    shown = {form: (tmp_path / form).read_text() for form in FORMATS} | {"out": outcome.out}
    shown["--diff"] = command("check", "--diff", str(tmp_path / name)).out
    assert "+++" in shown["--diff"]
    assert [form for form, output in shown.items() if S in output] == []


@pytest.mark.parametrize(
    "text",
    few(
        [
            '"ad_text": "Token: the board game"',
            '"ad_text": "It\'s no secret: we bake cookies"',
            "ad_text: Cookies: crunchy and fresh",
            '- "Secret: 2 for 1 deals this week"',
            'campaign_name: "Crypto token: presale | US"',
            '"campaign_name": "Crypto token: presale | US"',
            '"secret_sale_name": "spring"',
            "secret_sale_name: Summer sale",
            '"api_key_rotation": "monthly"',
            '"tiktok_item_authorization": "granted"',
            "sort -u names.txt; curl -b cookies.txt -u me $URL",
            'curl -u "$USER:$PASS" --oauth2-bearer $TOKEN $URL',
            'curl -x "$USER:$PASS@proxy:3128" --socks5 me@proxy:1080 -d @a.json $URL',
            "curl -x http://$ME:$PASS@proxy:3128 --proxy http://proxy:3128 -d @a.json $URL",
            '"proxy_user_agent": "Firefox", "proxyUserId": "12345678", "PROXY_USERNAME": "me"',
            "curl mailto:me@shop.example nginx:1.25@sha256:0a1b git@github.com:a/b.git",
            'curl -H "$(printf \'Access-Token: %s\' "$TOKEN")"',
            'curl -H "Access-Token: $(cat token.txt)"',
            "export API_TOKEN=`pass show tiktok`",
            'curl -H "Access-Token: ${TOKEN:?}"',
            "of the token. `--timeout1` bounds it",
            "| access_token | string | required |",
            "The secret is simplicity. Authors are paid.",
            '"author": "Jane Doe", "path": "/a/b/c", "inside": "12345678"',
            '"identity_authorized_bc_id": "7477436657581081641"',
        ],
        7,
    ),
)
def test_words_stay_readable(text: str) -> None:
    """A name of a credential in a sentence masks nothing behind it, nor do placeholders and options of other uses."""
    assert masked(text) == text


def test_only_the_value_of_a_parameter_is_masked() -> None:
    """What stands behind the next ampersand is none of it."""
    text = '"https://shop.example/secret-sale?cookie=choc&utm=1"'
    assert masked(text) == text.replace("choc", "****")


@pytest.mark.parametrize(
    ("value", "secrets"),
    few(
        [
            ({"ad_text": "Token: the board game", "secret_sale_name": "Summer sale"}, set()),
            ({"token": "$TOKEN", "api_key": None, "secret": True, "password": "<PASSWORD>"}, set()),
            ({"name": "TOKEN", "valueFrom": {"secretKeyRef": {"name": "tiktok", "key": "plain"}}}, set()),
            ({"credentials": {"advertiser_id": "7477436657581081641", "type": "oauth", "x": S}}, {S}),
            ({"tokens": {"token_id": S}}, {S}),
            ({"name": "My secret summer sale", "text": "Buy the best shoes"}, set()),
            ({"token": 1234567890}, {"1234567890"}),
        ],
        3,
    ),
)
def test_credentials_are_recognized_by_their_values(value: object, secrets: set[str]) -> None:
    """Whatever lies below a key that names one, but no ids, words, constants and placeholders."""
    assert set(credentials(value)) == secrets


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        "access_token: canary-{:08d}x\n",
        '"token": {{"a": ["canary-{:08d}x"\n',
        "curl -u 'me:canary-{:08d}x' \n",
        "-----BEGIN PRIVATE KEY-----\ncanary+{:08d}\n",
        "| token | canary-{:08d}x |\n",
        "The token is canary-{:08d}x. ",
        "printf 'Token: %s' canary-{:08d}x\n",
        "bearer https://u:p@canary-{:08d}x@h",
    ],
)
def test_masking_takes_time_in_proportion(line: str) -> None:
    """A megabyte of credentials takes no more than a moment, whatever their shape."""
    text = "".join(line.format(number) for number in range(1_400_000 // len(line)))
    start = process_time()
    assert "canary" not in masked(text)
    assert process_time() - start < 3


def test_words_around_many_names_are_judged_once() -> None:
    """Each name is followed by a stretch of words that reaches over the names behind it."""
    _is_word.cache_clear()
    check(json.dumps({"objective_type": "token: " * 200}))
    judged = _is_word.cache_info()
    assert judged.misses < 20 < judged.hits


@pytest.mark.slow
def test_many_values_take_time_in_proportion() -> None:
    """A hundred thousand credentials that were read are masked all at once."""
    known = Secrets(credentials({"tokens": [f"canary-{number:08d}x" for number in range(50_000)]}))
    start = process_time()
    assert "canary" not in masked("".join(f"{word}\n" for word in known), known)
    assert process_time() - start < 2


class Table(dict[str, Any]):
    """An object as a reader of a plugin may make it."""


class Text(str):
    """A text of such a reader."""

    __slots__ = ()


def test_values_of_a_plugins_own_types_hint_at_credentials_as_plain_ones_do() -> None:
    assert hints_at_credentials(Table(access_token="canary-0123456789abcdef"))
    assert hints_at_credentials({"note": Text("Access-Token: canary-0123456789abcdef")})


PIECES = (
    *("token", "Access-Token", "to", "ken", "pass", "compass", "pat", "Path", "auth", "AUTH_", "authorized", "CODE"),
    *("api", "key", "session", "sid", "\u017fecret", "bearer ", "BC_AUTH_TT", "AUTH_CODE", "identity_type", "value"),
    *("://", "https://x.example", "user:pw", "@", "?", "=", "|", "| ", "%s", "-u", "--user", "curl", "null"),
    *("[", "{", "]", "}", "'", '"', "`", "\\", "\n", " ", "-", "_", ": ", ", ", " is ", "\u00e9", "\u0130"),
    *("sk_live_", "eyJ", "AKIA", "-----BEGIN PRIVATE KEY-----", "k3y0canary0042x0", "7000000000000000001"),
)
WORDS = st.lists(st.sampled_from(PIECES), max_size=4).map("".join)
KEYS = WORDS | st.sampled_from(["name", "value", "valued", "identity_type", "identity_id", "text", "AUTH_CODE"])
SAMPLES = st.recursive(
    WORDS | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=10,
)


def document_of(value: Any, **style: Any) -> Document:
    read = parse(Source("plan.json", json.dumps(value, ensure_ascii=False, **style).encode()))
    assert isinstance(read, Document)
    return read


@given(SAMPLES, st.sampled_from([{}, {"indent": 2}, {"separators": (",", ":")}]))
def test_what_is_not_masked_for_speed_needs_none(value: Any, style: dict[str, Any]) -> None:
    """Of a value that hints at no credential none is collected, and of its text none is recognized."""
    document = document_of(value, **style)
    source = document.source
    assert source.secrets == set(credentials(document.value))
    if not source.needs_masking:
        assert masked(source.text) == source.text


@pytest.mark.parametrize("name", BASES)
def test_no_usual_payload_hints_at_a_credential(name: str) -> None:
    """Else masking its text would take longest of all, with the first finding."""
    assert not document_of(BASES[name], indent=2).source.needs_masking


@pytest.mark.parametrize(
    "text",
    few(
        [
            '{"a": "Plan", "access_token": "x"}',
            '{"a": "Pl\\u0061n"}',
            '{"a": 1, "a": 2}',
            '["AUTH_CODE", "k3y0canary0042x0"]',
            '{"AUTH_CODE": 1}',
            '{"identity_type": "BC_AUTH_TT", "valued": "k3y0canary0042x0"}',
            '["--user", "me:k3y0canary0042x0"]',
            '["curl", "-u", "me:k3y0canary0042x0"]',
            f'["{"x" * 300} sk_live_canary0042"]',
        ],
        3,
    ),
)
def test_a_text_that_may_show_a_credential_is_masked(text: str) -> None:
    """Also one that holds more than its value does: escapes, and members whose key comes again."""
    read = parse(Source("plan.json", text.encode()))
    assert isinstance(read, Document)
    assert read.source.needs_masking
