"""What a stranger may write so that a broken payload passes a walk unseen."""

import json
import time
from pathlib import Path

import pytest

from tests.command import Command
from tests.grids import few

BROKEN = (
    '{"advertiser_id":"7477436657581081641","campaign_name":"Spring lamps","objective_type":"WEB_CONVERSIONS",'
    '"budget_optimize_on":true,"budget_mode":"BUDGET_MODE_TOTAL","budget":-5,"request_id":"1"}'
)
"""A campaign with one error, SPL106."""
ESCAPED = r'{"\u0061dvertiser_id":"7","\u0063ampaign_name":"a","\u006fbjective_type":"REACH","\u0062udget_mode":"a",}'
"""A campaign that does not parse, of which no field's name can be read as it stands."""
API = "https://business-api.tiktok.com/open_api/v1.3"
CREATE = f"{API}/smart_plus/campaign/create/"


@pytest.fixture(autouse=True)
def _tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def found(command: Command, name: str, text: str | bytes) -> list[str]:
    """The codes that a walk of a stranger's tree finds in a file, and as many where the file is named to a hook."""
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    walked, forced = (
        [finding["code"] for finding in command("check", "--untrusted", *arguments).report["diagnostics"]]
        for arguments in ((".", "--output-format=json"), ("--force-exclude", name, "--output-format=json"))
    )
    assert walked == forced
    return walked


def written(path: str) -> list[tuple[str, str]]:
    """A request to a path in each kind of file."""
    curl = f"curl '{API}/{path}' -d '{BROKEN}'\n"
    envelope = json.dumps({"endpoint": f"{API}/{path}", "method": "POST", "body": json.loads(BROKEN)})
    return [("a.sh", curl), ("a.md", f"```sh\n{curl}```\n"), ("a.txt", curl), ("a.json", envelope)]


@pytest.mark.parametrize(
    "path",
    few(
        [
            "x/../smart_plus/campaign/create/",
            "./smart_plus/./campaign/create/",
            "campaign/../smart_plus/campaign/create/",
            "x/%2e%2e/smart_plus/campaign/create/",
            "x/%2E./smart_plus/campaign/create/",
            "../../../open_api/v1.3/smart_plus/campaign/create/",
            "%73mart_plus/campaign/create/",
            "smart%5Fplus/campaign/create/",
            "smart_plus/campaign/x/../create",
        ],
        3,
    ),
)
def test_a_path_is_judged_as_a_client_requests_it(path: str, command: Command) -> None:
    """Dot segments and needless escapes are no other path, and are no finding."""
    for name, text in written(path):
        assert found(command, name, text) == ["SPL106"], name
        Path(name).unlink()


@pytest.mark.parametrize(
    "path",
    few(
        [
            "Smart_Plus/campaign/create/",
            "SMART_PLUS/CAMPAIGN/CREATE/",
            "smart_plus\\campaign\\create\\",
            "smart_plus%2Fcampaign/create/",
            "x\\..\\Smart%5fplus/campaign/create/",
        ],
        2,
    ),
)
def test_a_path_that_resembles_one_of_smart_plus_is_judged_as_that(path: str, command: Command) -> None:
    """A server may take it for another path: that is told, with the path as it is written."""
    for name, text in written(path):
        assert sorted(found(command, name, text)) == ["SPL106", "SPL506"], name
        Path(name).unlink()
    Path("a.json").write_text(written("Smart_Plus/campaign/create/")[-1][1])
    assert "/Smart_Plus/campaign/create/ is no known Smart+ endpoint" in command("check", "a.json").out


def test_a_path_that_leads_elsewhere_is_judged_by_what_it_is(command: Command) -> None:
    """A manual campaign is one however its path begins, and what is none of splint's business stays so."""
    curl = f"curl {API}/smart_plus/../%s -d '{BROKEN}'\n"
    assert found(command, "a.sh", curl % "campaign/create/") == ["SPL503"]
    assert found(command, "a.sh", curl % "report/integrated/get/") == []


@pytest.mark.parametrize(
    "envelope",
    few(
        [
            '{"path": "Campaign/Create", "body": {"a": 1}}',
            '{"path": "campaign\\\\create", "body": {"a": 1}}',
            '{"path": "./campaign/create", "data": {"a": 1}}',
            '{"url": "https://example.com/Ad/Create/", "data": {"a": 1}}',
            '{"url": "https://example.com/Open_API/Users", "data": {"a": 1}}',
        ],
        2,
    ),
)
def test_paths_of_others_stay_theirs(envelope: str, command: Command) -> None:
    """What is read out of an unusual spelling is a path of Smart+ or one at TikTok."""
    Path("a.json").write_text(envelope)
    assert command("check", "--untrusted", ".").status == 3


@pytest.mark.parametrize(
    ("script", "codes"),
    few(
        [
            (f"curl {CREATE} -d 'hello'\n", ["SPL001"]),
            (f"curl {CREATE} -d @- <<EOF\nhello\nEOF\n", ["SPL001"]),
            (f"curl {CREATE} -d @f.raw\n", ["SPL001"]),
            (f"curl {CREATE} -d '{ESCAPED}'\n", ["SPL001"]),
            (f"curl {CREATE} -d 'hello\n", ["SPL001"]),
            (f"curl -X GET {API}/smart_plus/bogus/ -d 'hello'\n", ["SPL506", "SPL001"]),
            (f"curl -X GET {CREATE} -d 'hello'\n", ["SPL507", "SPL001"]),
            ("curl https://BUSINESS-API.TikTok.com/%6Fpen_api/v1.3/smart_plus/ad/create/ -d 'hello'\n", ["SPL001"]),
            ("curl https://example.com/campaign/ -d 'hello'\n", []),
        ],
        3,
    ),
)
@pytest.mark.parametrize("form", ["{}", "```sh\n{}```\n"])
def test_a_request_whose_body_is_no_json_is_told_of_in_a_walk(
    script: str, codes: list[str], form: str, command: Command
) -> None:
    """A request to TikTok counts as a payload: its body's fault is found, and its endpoint and method are judged."""
    Path("f.raw").write_text("hello")
    name = "a.sh" if form == "{}" else "a.md"
    assert sorted(found(command, name, form.replace("{}", script))) == sorted(codes)


def test_an_envelope_that_does_not_parse_is_told_of_in_a_walk(command: Command) -> None:
    """By its endpoint, where no field's name stands there."""
    assert found(command, "a.json", f'{{"endpoint": "{CREATE}", "body": hello}}') == ["SPL001"]
    assert found(command, "a.json", f'{{"endpoint": "{CREATE}", "body": {json.dumps(ESCAPED)}}}') == ["SPL003"]
    assert found(command, "a.json", '{"endpoint": "https://example.com/v2/", "body": hello}') == []


@pytest.mark.parametrize("option", few(["-d ''", "-d ''  -d ''", "--json ''", '--data-raw=""', "-X POST -d ''"], 2))
def test_an_empty_body_is_none(option: str, command: Command) -> None:
    """As without any."""
    assert found(command, "a.sh", f"curl {option} {CREATE}\n") == ["SPL008"]
    assert "the body is missing" in command("check", "a.sh").out


def test_options_that_only_a_run_tells_may_follow_an_empty_body(command: Command) -> None:
    assert found(command, "a.sh", f"curl -d '' {CREATE} \"$@\"\n") == ["SPL010"]


@pytest.mark.parametrize(
    "key", few(["body", "payload", "json", "data", "params", "arguments", "request_body", "requestBody", "jsonBody"], 3)
)
def test_a_body_is_read_from_a_string_without_an_endpoint(key: str, command: Command) -> None:
    """Also within another string, and in YAML."""
    once = json.dumps({key: BROKEN})
    assert found(command, "a.json", once) == ["SPL106"]
    assert found(command, "a.json", json.dumps([{"id": 1, key: once}])) == ["SPL106"]
    Path("a.json").unlink()
    assert found(command, "a.yaml", f"jobs:\n- {key}: '{BROKEN}'\n") == ["SPL106"]


@pytest.mark.parametrize(
    "value",
    few(
        [
            {"data": '{"a": 1, "a": 2, "headers": {"Access-Token": "cAnArY0123456789"}}'},
            {"stdout": BROKEN},
            {"body": "{not JSON"},
            {"data": '{"endpoint": "/smart_plus/'},
            {"code": 0, "data": BROKEN},
            {"body": json.dumps({"code": 0, "data": json.loads(BROKEN)})},
        ],
        2,
    ),
)
def test_other_strings_are_not_searched(value: object, command: Command) -> None:
    """Of what holds no payload nothing is said; an answer of the API has a code."""
    assert found(command, "a.json", json.dumps(value)) == []


@pytest.mark.parametrize(
    ("name", "text"),
    few(
        [
            ("a.json", ESCAPED),
            ("a.json", ESCAPED.encode("utf-16")),
            ("a.json", ESCAPED.encode("utf-16-le")),
            ("a.json", ESCAPED.encode("utf-16-be")),
            ("a.yaml", r'{"\x63ampaign_name": "a", "\U0000006fbjective_type": ["REACH"}'),
            ("a.ndjson", "[1]\n" + ESCAPED),
            ("a.md", f"```json\n{ESCAPED}\n```\n"),
            ("a.sh", f"curl https://example.com/ -d '{ESCAPED}'\n"),
        ],
        3,
    ),
)
def test_an_unreadable_payload_is_told_of_however_its_keys_are_escaped(
    name: str, text: str | bytes, command: Command
) -> None:
    assert found(command, name, text) == ["SPL001"]


def test_an_unreadable_file_of_others_is_passed_over(command: Command) -> None:
    """Escapes alone make none a payload."""
    assert found(command, "a.json", r'{"\u0061": "\u0062",}') == []


@pytest.mark.parametrize(
    "block",
    few(
        [
            '{"ad_name": "x", ...}',
            '{"ad_name": "x", "objective_type": [\u2026]}',
            '{"ad_name": "x",\n // ...\n}',
            '{"ad_name": "x",\n # ... more\n}',
            '{"ad_name": "x" /*... */}',
            '{"code": 0, "data": {"list": [{"campaign_id": "1", "objective_type": "WEB_CONVERSIONS", ...}]}}',
            f'{{"endpoint": "{CREATE}", "body": {{"campaign_name": "x", ...}}}}',
        ],
        2,
    ),
)
def test_a_sketch_in_prose_is_passed_over_in_a_walk(block: str, command: Command) -> None:
    """Wherever it stands; not where its file is named."""
    good = f"```json\n{BROKEN}\n```\n"
    for text in (f"```json\n{block}\n```\n", f"```sh\ncurl {CREATE} -d '{block}'\n```\n"):
        assert found(command, "a.md", text) == []
        assert found(command, "a.md", text + good) == ["SPL106"]
        report = command("check", "a.md", "--output-format=json").report
        assert "SPL001" in [finding["code"] for finding in report["diagnostics"]]
    Path("a.md").unlink()
    assert found(command, "a.json", block) == ["SPL001"]
    Path("a.json").unlink()
    assert found(command, "a.sh", f"curl {CREATE} -d '{block}'\n") == ["SPL001"]


@pytest.mark.parametrize(
    "text",
    few(
        [
            '{"ad_name": "x...",}',
            '{"ad_name": "\\"...", "objective_type": ..}',
            '{"ad_name": "x", "budget": -5, // and so on ...\n}',
            '{"ad_name": "x" "objective_type": ["y", ...]}',
            '{"ad_name": "Wait... now, "objective_type": "x"}',
            "{'ad_name': 'x', ...}",
            f'{{"ad_name": "x", {" " * 99}, ...}}',
            f"{BROKEN[:-1]},}} ...",
        ],
        3,
    ),
)
def test_an_ellipsis_makes_no_sketch_of_what_is_wrong_elsewhere(text: str, command: Command) -> None:
    for block in (f"```json\n{text}\n```\n", f'```sh\ncurl {CREATE} -d "$(cat <<"E"\n{text}\nE\n)"\n```\n'):
        assert found(command, "a.md", block) == ["SPL001"]


@pytest.mark.parametrize(
    ("text", "codes"),
    few(
        [
            ("objective_type: [a\n...", ["SPL001"]),
            ("objective_type: [a\n...\nb: [\n  ...", ["SPL001"]),
            ("campaign_name: Wait... now\nbudget: -5\n  bad: [", ["SPL001"]),
            ("budget: [...", ["SPL001"]),
            ("creative_list:\n  - a: y\n  ...", []),
            ("creative_list:\n  - a: y\n  ...\n  - b: z", []),
            ("\u2026\nb: 1", []),
        ],
        3,
    ),
)
def test_a_block_of_yaml_is_a_sketch_where_an_ellipsis_is_what_is_wrong(
    text: str, codes: list[str], command: Command
) -> None:
    """The line that ends a document is none."""
    for margin in ("", "  "):
        lines = f"```yaml\nad_name: x\n{text}\n```".split("\n")
        block = "".join(f"{margin}{line}\n" for line in lines)
        assert found(command, "a.md", f"- a\n\n{block}" if margin else block) == codes


def test_a_block_of_escaped_quotes_is_read_in_time(command: Command) -> None:
    """Whether it is a sketch is seen at its fault."""
    begun = time.perf_counter()
    assert found(command, "a.md", '```json\n{"ad_name": "x"}, ' + '\\"' * 30_000 + "\n```\n") == ["SPL001"]
    assert time.perf_counter() - begun < 3


def test_a_har_file_is_read_where_it_is_saved_as_json(command: Command) -> None:
    posted = {"mimeType": "application/json", "text": BROKEN}
    entry = {"request": {"method": "POST", "url": CREATE, "postData": posted}, "response": {"status": 200}}
    text = json.dumps({"log": {"entries": [entry]}})
    assert found(command, "a.json", text) == ["SPL106"]
    Path("a.json").rename("a.har")
    assert command("check", "--untrusted", ".").status == 3
    given = command("check", "--stdin-filename", "a.json", "-", "--output-format=json", stdin=text)
    assert [finding["code"] for finding in given.report["diagnostics"]] == ["SPL106"]


VARIABLE = f"--variable body='{BROKEN}'"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    few(
        [
            (f"{VARIABLE} --expand-data '{{{{body}}}}'", ["SPL106"]),
            (f"{VARIABLE} --expand-json '{{{{body:trim}}}}'", ["SPL106"]),
            ("--variable body@body.json --expand-data '{{body}}'", ["SPL106"]),
            (f"{VARIABLE} --expand-data='{{{{body}}}}'", ["SPL106"]),
            (f"--expand-data '{BROKEN}'", ["SPL106"]),
            ("--variable %BODY --expand-data '{{BODY}}'", ["SPL010"]),
            (f"{VARIABLE} --expand-data '{{{{other}}}}'", ["SPL010"]),
            ('--variable n=a --expand-data \'{"campaign_name": "{{n}}"}\'', ["SPL010"]),
            ("--variable body=\"$(jq . x)\" --expand-data '{{body}}'", ["SPL010"]),
        ],
        3,
    ),
)
def test_a_body_that_curl_puts_variables_in_is_judged_where_it_is_known(
    arguments: str, expected: list[str], command: Command
) -> None:
    """It is posted in either case."""
    Path("body.json").write_text(BROKEN)
    Path("x.sh").write_text(f"curl {arguments} {CREATE}\n")
    report = command("check", "x.sh", "--output-format=json").report
    assert [finding["code"] for finding in report["diagnostics"]] == expected


@pytest.mark.parametrize(
    "name",
    [
        *("curl.exe", "/c/Windows/System32/curl.exe", "$CURL", '"${CURL}"'),
        *("${CURL:-curl}", '"${CURL:=curl}"', "${CURL-curl}"),
    ],
)
def test_other_names_of_curl_are_read_in_a_script(name: str, command: Command) -> None:
    for before in ("CURL=curl\n", "set -e\n"):
        assert found(command, "a.sh", f"{before}{name} -X POST {CREATE} -d '{BROKEN}'\n") == ["SPL106"]
        assert found(command, "a.sh", f"{before}{name} {CREATE} -d '{BROKEN}'\n") == ["SPL106"]


def test_a_variable_for_curl_may_have_options(command: Command) -> None:
    assert found(command, "a.sh", f"CURL='curl -d @body.json'\n$CURL {CREATE}\n") == ["SPL010"]


@pytest.mark.parametrize(
    "script",
    few(
        [
            "args=(-X POST {url} -d '{body}')\ncurl \"${args[@]}\"\n",
            'args=()\nargs+=(-d \'{body}\')\nargs+=("{url}")\ncurl "${args[@]}"\n',
            "args=(-X POST -d '{body}')\ncurl \"${args[@]}\" {url}\n",
        ],
        2,
    ),
)
def test_options_of_curl_in_an_array_are_read(script: str, command: Command) -> None:
    """The URL and the body may be among them."""
    filled = script.replace("{url}", CREATE).replace("{body}", BROKEN)
    assert found(command, "a.sh", filled) == ["SPL106"]


def test_options_of_curl_that_an_array_without_quotes_takes_apart_are_told_of(command: Command) -> None:
    script = f"local args=( # of curl\n  -X POST\n  {CREATE}\n  -d '{BROKEN}'\n)\nsleep 1\ncurl -s ${{args[*]}}\n"
    assert found(command, "a.sh", script) == ["SPL010"]
    assert found(command, "a.sh", script.replace(CREATE, "https://www.example.com/")) == []


@pytest.mark.parametrize(
    ("script", "codes"),
    few(
        [
            (
                f"args=(-X POST {API}/smart_plus/adgroup/create/)\n{{sent}}args=(-X POST {CREATE})\n{{sent}}",
                ["SPL008", "SPL106"],
            ),
            (f"args=(-G {API}/smart_plus/campaign/get/)\n{{sent}}args=({CREATE})\n{{sent}}", ["SPL106"]),
            (f"args=({API}/smart_plus/campaign/update/)\n{{sent}}args=({CREATE})\n", ["SPL106"]),
            (f"a() {{ local args=({API}/x/); }}\nb() {{ local args=({CREATE}); {{sent}} }}\n", ["SPL106"]),
            (f"args=(-e {API}/report/x/get/ -x {API}/ad/ {CREATE})\n{{sent}}", ["SPL106"]),
            (f"args=(-H 'Referer: https://graph.facebook.com/v1.3/' --url {CREATE})\n{{sent}}", ["SPL106"]),
            ("args=(https://graph.facebook.com/v1.3/campaign/)\n{sent}", []),
            (f"args=(-e {API}/report/x/get/)\n{{sent}}", []),
            ('args=(-e {url} -s)\ncurl "${args[@]}"\n', []),
            ('args=({url})\nargs=(-s)\ncurl "${args[@]}"\n', []),
        ],
        4,
    ),
)
def test_the_url_of_an_array_is_one_in_the_place_of_a_url(script: str, codes: list[str], command: Command) -> None:
    """Each request has that of the last array above it."""
    sent = f"curl \"${{args[@]}}\" -d '{BROKEN}'\n"
    Path("a.sh").write_text(script.replace("{sent}", sent).replace("{url}", CREATE))
    report = command("check", "--untrusted", ".", "--output-format=json").report
    assert sorted({finding["code"] for finding in report["diagnostics"]}) == codes


def test_what_follows_an_array_is_none_of_it(command: Command) -> None:
    assert found(command, "a.sh", f'args=(-s)\necho {CREATE}\ncurl "${{args[@]}}"\n') == []


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson"])
def test_a_value_over_several_lines_of_ndjson_is_told_of_in_a_walk(name: str, command: Command) -> None:
    """Its first line names no field; a value without one is a stranger's."""
    for text in (
        f"[\n{BROKEN},\n{BROKEN}\n]\n",
        json.dumps(json.loads(BROKEN), indent=2),
        f"\n[{{\n{ESCAPED[1:-2]}}}]",
    ):
        assert found(command, name, text) == ["SPL001"]
    assert found(command, name, '[\n{"service": "checkout"}\n]\n') == []
