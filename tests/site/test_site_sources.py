"""The sources of the site: pages of the tree, what is made from the rules, and addresses that stay."""

import re
import runpy
import shutil
from pathlib import Path

import pytest

from docs.site import fields
from docs.site.pages import NAMES, WRITTEN, Sources
from splint.rules import removed
from splint.rules.removed import Removed

ROOT = Path(__file__).parent.parent.parent
GONE = Removed("SPL999", "made-for-a-test", "0.2.0", "TikTok takes it since. Use SPL210 in its place.")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree with pages of its own, to be changed."""
    made = tmp_path / "tree"
    shutil.copytree(ROOT / "docs", made / "docs")
    for path in (*(name for name in NAMES if "/" not in name), "fixtures", "benchmarks", "rules"):
        (made / path).symlink_to(ROOT / path)
    return made


@pytest.mark.slow
def test_a_removed_rule_keeps_its_page_and_its_address(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The catalogue has its page with the reason; the site has it at its code, and its name leads there."""
    monkeypatch.setattr(removed, "REMOVED", (GONE,))
    for path, text in runpy.run_path(str(ROOT / "scripts" / "generate"))["generated"]():
        if path.is_relative_to(ROOT / "docs"):
            (tree / path.relative_to(ROOT)).write_text(text)
    Sources(tree, removed.REMOVED).write(tmp_path / "site")
    page = (tmp_path / "site/pages/rules/SPL999.md").read_text()
    said = f"# SPL999 made-for-a-test\n\nThis rule was removed in splint 0.2.0.\n\n{GONE.reason}\n"
    assert page == f"---\norphan: true\n---\n\n{said}"
    index = (tmp_path / "site/pages/rules/index.md").read_text()
    assert "## Removed rules" in index
    assert "| [SPL999](SPL999.md) | made-for-a-test | 0.2.0 |" in index
    assert 'url=../SPL999/"' in (tmp_path / "site/files/rules/made-for-a-test/index.html").read_text()
    assert "- [SPL999 made-for-a-test](rules/SPL999.md): removed\n" in (tmp_path / "site/files/llms.txt").read_text()


@pytest.mark.parametrize("again", [GONE._replace(code="SPL210"), GONE._replace(name="cost-cap-needs-daily-budget")])
def test_the_code_and_the_name_of_a_removed_rule_are_given_to_no_other(again: Removed) -> None:
    with pytest.raises(ValueError, match=r"is of a removed rule, whose page stays: take another"):
        Sources(removed=[again]).codes_by_name()


def test_a_link_that_leads_nowhere_is_refused(tree: Path, tmp_path: Path) -> None:
    """The message names the page and the link."""
    (tree / "docs" / "settings.md").write_text("# Settings\n\n[gone](rules/SPL998.md)\n")
    with pytest.raises(FileNotFoundError, match=r"docs/settings\.md links to rules/SPL998\.md, which is no file"):
        Sources(tree).write(tmp_path / "site")


def test_a_section_that_the_readme_has_not_is_refused(tree: Path, tmp_path: Path) -> None:
    (tree / WRITTEN / "usage.md").write_text("# Usage\n\n<!-- README: No such heading -->\n")
    with pytest.raises(KeyError, match="No such heading"):
        Sources(tree).write(tmp_path / "site")


def test_a_page_that_comes_to_docs_comes_to_the_site(tree: Path, tmp_path: Path) -> None:
    """It is listed after the ones whose places are known; links to it, and from it to other files, hold."""
    (tree / "docs" / "zebra.md").write_text("# Zebra\n\n[all](rules/README.md) [one](../fixtures/requests/009.json)\n")
    (tree / "docs" / "ci.md").write_text("# CI\n\n[`it`](zebra.md#a) `[a](b)`\n\n```md\n[a](b)\n```\n")
    Sources(tree).write(tmp_path / "site")
    pages, files = tmp_path / "site/pages", tmp_path / "site/files"
    assert "\nzebra\n" in (pages / "index.md").read_text()
    assert (pages / "ci.md").read_text() == (tree / "docs" / "ci.md").read_text(), "code has no links"
    link = '<a href="{}tree/fixtures/requests/009.json">one</a>'
    assert f"[all](rules/index.md) {link.format('../')}" in (pages / "zebra.md").read_text()
    assert f"[all](rules/index.md) {link.format('')}" in (files / "zebra.md").read_text()
    assert (files / "tree/fixtures/requests/009.json").read_bytes() == (
        ROOT / "fixtures/requests/009.json"
    ).read_bytes()


def test_the_page_of_fields_says_what_rules_and_models_say() -> None:
    """Values of the SDK, limits with the rule that holds them, and the rules whose guards or examples name a field."""
    rows = {row[1]: row[0] for row in re.findall(r'^(\| <span id="([\w.]+)"></span>.*)$', fields.page(), re.MULTILINE)}
    assert list(rows) == [facts.field for facts in fields.every_field()]
    assert "| list of [Creative](#creative) |" in rows["Ad.creative_list"]
    assert "At most 50 entries ([SPL301](rules/SPL301.md))." in rows["Ad.creative_list"]
    assert "`BID_TYPE_CUSTOM` `BID_TYPE_MAX_CONVERSION` `BID_TYPE_NO_BID`" in rows["AdGroup.bid_type"]
    assert "[SPL210](rules/SPL210.md)" in rows["AdGroup.bid_type"]
    assert "| number |" in rows["Campaign.budget"]
    assert "Above zero ([SPL106](rules/SPL106.md))." in rows["Campaign.budget"]
    assert "A create request needs it." in rows["Campaign.objective_type"]
    assert "YYYY-MM-DD HH:MM:SS, in UTC." in rows["AdGroup.schedule_end_time"]
    assert "[SPL107](rules/SPL107.md)" in rows["Facts.historical_cpa"]
