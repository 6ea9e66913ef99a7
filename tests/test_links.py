"""The address of a rule's page stands wherever its findings do; while no host has the pages, the command does."""

import json
from pathlib import Path
from types import ModuleType

import pytest

from splint import Pack, PluginError, hookimpl
from splint.rules import links
from splint.rules.registry import load
from tests.command import Command

DOCS = "https://splint.example/docs"
PAGE = f"{DOCS}/rules/SPL102/"
BAD = json.dumps({"campaign": {"campaign_name": "Spring", "objective_type": "WEB_CONVERSIONS", "budget_mode": "NEVER"}})
FORMATS = ("full", "json", "json-lines", "sarif", "github", "gitlab", "junit", "markdown", "html")
HOUSE = '''
from splint import Finding, Pack, hookimpl, rule
from splint.payloads.nodes import Campaign

@rule("HOUSE1", "house-rule", on=Campaign, level="error", section="House", basis="sanity", examples=lambda: [])
def house(campaign):
    """No campaign is right."""
    yield campaign.finding("campaign_name", "wrong", "right it")

PACK = Pack("house", "HOUSE", "House rules", None, (house,), rule_url={url!r})

@hookimpl
def splint_rules():
    return PACK
'''


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with one payload that breaks SPL102."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.json").write_text(BAD)
    return tmp_path


@pytest.fixture
def docs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The documentation has a host."""
    monkeypatch.setattr(links, "DOCS_URL", DOCS)


def check(command: Command, name: str, *options: str) -> str:
    return command("check", "a.json", "--isolated", "--select", "SPL102", "--output-format", name, *options).out


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.usefixtures("docs")
def test_each_format_has_the_address_of_the_page(command: Command, name: str) -> None:
    """A line of `concise` alone has no room for it."""
    written = check(command, name)
    assert PAGE in written
    assert "splint rules" not in written


@pytest.mark.parametrize("name", [name for name in FORMATS if not name.startswith("json")])
def test_without_a_host_texts_name_the_command(command: Command, name: str) -> None:
    """No dead link, and no placeholder of one."""
    written = check(command, name)
    assert "splint rules" in written
    assert "/rules/SPL102" not in written
    assert "None" not in written


def test_without_a_host_json_says_null(command: Command) -> None:
    """The key is there; the address is not."""
    [finding] = json.loads(check(command, "json"))["diagnostics"]
    assert finding["source"]["url"] is None


@pytest.mark.usefixtures("docs")
def test_each_rule_of_sarif_has_its_page(command: Command) -> None:
    """Those without a finding too."""
    text = command("check", "a.json", "--isolated", "--profile=reference", "--output-format", "sarif").out
    rules = json.loads(text)["runs"][0]["tool"]["driver"]["rules"]
    assert len(rules) > 100
    assert {rule["id"]: rule["helpUri"] for rule in rules} == {
        rule["id"]: f"{DOCS}/rules/{rule['id']}/" for rule in rules
    }


def test_without_a_host_a_rule_of_sarif_links_to_its_source_alone(command: Command) -> None:
    """TikTok's page for the rules of the reference, none for those of the guide."""
    text = command("check", "a.json", "--isolated", "--profile=reference", "--output-format", "sarif").out
    rules = json.loads(text)["runs"][0]["tool"]["driver"]["rules"]
    addresses = {rule["id"][:3]: rule.get("helpUri", "")[:32] for rule in rules}
    assert addresses == {"REF": "https://business-api.tiktok.com/", "SPL": ""}


@pytest.mark.usefixtures("docs")
def test_the_catalogue_has_the_address(command: Command) -> None:
    """As text and for programs."""
    assert PAGE in command("rules", "SPL102").out
    [rule] = json.loads(command("rules", "SPL102", "--output-format", "json").out)
    assert rule["url"] == PAGE


@pytest.mark.parametrize(
    ("url", "page"), [("https://wiki.example/ads#{code}", "https://wiki.example/ads#HOUSE1"), (None, None)]
)
@pytest.mark.usefixtures("docs")
def test_a_pack_has_pages_of_its_own(directory: Path, command: Command, url: str | None, page: str | None) -> None:
    """Or none: the documentation has none of its rules."""
    (directory / "house.py").write_text(HOUSE.replace("{url!r}", repr(url)))
    options = ("--isolated", "--plugin", "house.py", "--select", "HOUSE1", "--output-format", "json")
    [finding] = json.loads(command("check", "a.json", *options).out)["diagnostics"]
    assert finding["source"]["url"] == page


@pytest.mark.parametrize("url", ["javascript:alert({code})", "https://wiki.example/", "https://a b/{code}", ""])
def test_a_pack_with_a_strange_address_does_not_load(url: str) -> None:
    """The message names the pack and what is wrong."""
    module = ModuleType("strange")
    module.__dict__["splint_rules"] = hookimpl(lambda: Pack("strange", "X", "Strange", None, (), rule_url=url))
    with pytest.raises(PluginError, match=r"pack strange: rule_url .* (is no address|names no rule)"):
        load((module,))
