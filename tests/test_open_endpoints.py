"""What the URL of a request says of its endpoint, as far as it is known: the same in scripts, envelopes and Postman."""

import json
from pathlib import Path

import pytest

from splint.run.linter import Linter

SITE = "https://business-api.tiktok.com"
API = f"{SITE}/open_api/v1.3"
SMART = f"{API}/smart_plus"
C = {
    "advertiser_id": "7000000000000000001",
    "request_id": "1770000000000000001",
    "campaign_name": "Spring sale 2027",
    "objective_type": "WEB_CONVERSIONS",
    "sales_destination": "WEBSITE",
    "budget_optimize_on": True,
    "budget_mode": "BUDGET_MODE_DYNAMIC_DAILY_BUDGET",
    "budget": 5,
}
U = {"advertiser_id": "7000000000000000001", "campaign_id": "1800000000000000001", "budget": 5}
M = {
    "advertiser_id": "7000000000000000001",
    "campaign_name": "M",
    "objective_type": "TRAFFIC",
    "budget_mode": "BUDGET_MODE_DAY",
    "budget": 500,
}
LINTER = Linter(profile="reference", as_of="2026-12-01", facts={"currency": "USD"})
PARTS = ["{base}", "{{base}}", "${base}", "<base>", "<%= base %>", "#{base}", "%BASE%", "__BASE__", "[BASE]", "@BASE@"]
PARTS += ["((base))", "BASE_URL", "YOUR_BASE_URL", "...", "%s", "%(base)s", "${BASE:-}", "${BASE:?}", "$BASE", "HOST"]

SMART_PLUS = [  # the update is judged by the endpoint
    *(f"{part}/smart_plus/campaign/update/" for part in PARTS),
    *(f"{SITE}/open_api/{part}/smart_plus/campaign/update/" for part in PARTS),
    *(f"https://{part}/open_api/{part}/smart_plus/campaign/update/" for part in PARTS),
    f"{SITE}/open_api/v{{version}}/smart_plus/campaign/update/",
    f"{SITE}/{{api}}/{{version}}/smart_plus/campaign/update/",
    "{base}/{version}/smart_plus/campaign/update/",
    "{scheme}://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/update/",
    "{base}smart_plus/campaign/update/",
]
LEVEL_OPEN = [  # Smart+'s, but which endpoint is not known
    f"{SMART}/{{level}}/update/",
    f"{SMART}/{{path}}",
    "{base}/smart_plus/{level}/update/",
    "{base}/smart_plus{path}",
    f"{SMART}/campaign/{{act}}/",
]
OPEN = [  # Smart+'s or not
    *(f"{part}/campaign/update/" for part in PARTS),
    *(f"{part}/{part}/campaign/update/" for part in PARTS),
    *(f"https://{part}/{part}/campaign/update/" for part in PARTS),
    "{base}campaign/update/",
    "{base}/{type}/update/",
    "{base}/{type}/update",
    "{base}/campaign/{act}/",
    "https://{host}/campaign/update/",
    f"{SITE}/{{api}}/campaign/update/",
    f"{SITE}/{{api}}/{{version}}/campaign/update/",
    f"{SITE}{{path}}",
    f"{API}/{{type}}/update/",
    f"{API}{{path}}",
    f"{SITE}/open_api/{{path}}",
    "{base}/v{number}/campaign/update/",
]
ALL_OPEN = ["{base}{path}", "{url}"]  # what the keys of the body say
MANUAL = [  # the manual endpoint
    *(f"{SITE}/open_api/{part}/campaign/update/" for part in PARTS),
    *(f"{part}/v1.3/campaign/update/" for part in PARTS),
    "https://{host}/open_api/{version}/campaign/update/",
    f"{SITE}/open_api/v{{version}}/campaign/update/",
    f"{SITE}/{{api}}/v1.3/campaign/update/",
    f"{API}/campaign/{{act}}/",
]
OTHERS = [  # another platform's
    "https://api.pinterest.com/{version}/campaign/update/",
    "https://graph.facebook.com/{version}/act_{account}/campaigns/update/",
    "{base}/{version}/act_{account}/campaigns/update/",
]
TRUTHS = [
    *((url, (["REF104"], ["REF104"], None)) for url in SMART_PLUS),
    *((url, (["SPL010"], ["REF104"], None)) for url in LEVEL_OPEN),
    *((url, (["SPL010"], ["REF104"], ["SPL010"])) for url in OPEN),
    *((url, (["SPL010"], ["REF104"], ["REF101", "SPL101", "SPL102"])) for url in ALL_OPEN),
    *((url, ([], None, ["SPL503"] if "{act}" not in url else [])) for url in MANUAL),
    *((url, (["SPL002"], None, ["SPL002"])) for url in OTHERS),
]


def codes(path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    return [found.code for found in LINTER.check(path).diagnostics]


def at(url: str, body: object, tree: Path) -> dict[str, list[str]]:
    """The codes of a request in a walk, as each reader has it."""
    text = json.dumps(body)
    request = {"method": "POST", "url": {"raw": url}, "body": {"mode": "raw", "raw": text}}
    made = {
        "envelope": ("a.json", json.dumps({"method": "POST", "url": url, "headers": {}, "body": body})),
        "postman": ("a.json", json.dumps({"item": [{"request": request}]})),
        "markdown": ("a.md", f"```bash\ncurl -X POST '{url}' -d '{text}'\n```\n"),
        "script": ("a.sh", f"curl -X POST \"{url}\" -d '{text}'\n"),
        "held": ("a.sh", f'URL="{url}"\ncurl -X POST "$URL" -d \'{text}\'\n'),
    }
    found = {}
    for name, (file, content) in made.items():
        (tree / name).mkdir(exist_ok=True)
        found[name] = codes(tree / name / file, content)
    return found


@pytest.mark.parametrize(("url", "truth"), TRUTHS)
def test_what_is_known_of_a_url_says_its_endpoint(
    url: str, truth: tuple[list[str], list[str] | None, list[str] | None], tmp_path: Path
) -> None:
    for body, path, expected in ((U, "update", truth[0]), (C, "create", truth[1]), (M, "create", truth[2])):
        if expected is not None:
            found = at(url.replace("update", path), body, tmp_path)
            assert found == dict.fromkeys(found, expected), (path, url)


@pytest.mark.parametrize("url", ["file:///repo/smart_plus/campaign/update/", "${dir}/../smart_plus/campaign/update/"])
def test_a_file_is_no_endpoint(url: str, tmp_path: Path) -> None:
    assert codes(tmp_path / "a.json", json.dumps({"method": "POST", "url": url, "headers": {}, "body": {}})) == [
        "SPL002"
    ]


@pytest.mark.parametrize(
    "part",
    ["<base>", "<base_url>", "#{base}", "{{ base }}", "https://<host>/open_api/v1.3", f"{SITE}/open_api/<version>"],
)
@pytest.mark.parametrize("form", ["```bash\n{}\n```\n", "```\n{}\n```\n", "{}\n", "A request:\n\n    {}\n"])
def test_a_placeholder_without_quotes_is_a_part_of_a_url_in_prose(part: str, form: str, tmp_path: Path) -> None:
    manual = [] if "open_api" in part else ["SPL010"]
    for name in ("a.md", "a.txt"):
        for path, expected in (("smart_plus/campaign/update", ["REF104"]), ("campaign/update", manual)):
            found = codes(tmp_path / name, form.replace("{}", f"curl -X POST {part}/{path}/ -d '{json.dumps(U)}'"))
            assert found == expected, (name, path)


@pytest.mark.parametrize("input", ["<a.json >/dev/null", "<a.json>/dev/null", "< a.json # <base>/campaign/update/"])
def test_a_redirection_in_prose_is_none(input: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(U))
    assert codes(tmp_path / "a.md", f"```sh\ncurl -X POST {SMART}/campaign/update/ -d @- {input}\n```\n") == ["REF104"]
