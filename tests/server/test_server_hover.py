"""What is shown of a field, of a code, and of a value with a finding."""

from io import BytesIO

import pytest

from splint.reporting.report import Diagnostic
from splint.rules.registry import load
from splint.run.linter import Linter
from splint.run.pipeline import SourceFile
from splint.server.hover import Hover, hover
from tests.server.cursors import at


def shown(marked: str, language: str, profile: str = "guide") -> Hover | None:
    """What is shown at the cursor."""
    return hover(*at(marked, language, profile))


FIELDS = [
    ("json", '{"campaign": {"bud|get": 1}}', '"budget"'),
    ("json", '{"campaign": {"budget": 1|2}}', "12"),
    ("json", '{"campaign": {"budget|', '"budget'),
    ("yaml", "campaign:\n  bud|get: 1", "budget"),
    ("yaml", "campaign:\n  budget: 1|2", "12"),
    ("yaml", "campaign: {x: 1, budget|: 1}", "budget"),
    ("yaml", "a: 1\n---\ncampaign:\n  budget|: 1", "budget"),
    ("ndjson", '{}\n{"objective_type": "x", "bud|get": 1}', '"budget"'),
    ("shell", "curl https://x/smart_plus/campaign/create/ -d '{\"bud|get\": 1}'", '"budget"'),
    ("markdown", '- x\n  ```json\n  {"campaign": {"bud|get": 1}}\n  ```\n', '"budget"'),
]


@pytest.mark.parametrize(("language", "marked", "marks"), FIELDS, ids=lambda part: str(part)[:40])
def test_a_field_is_explained(language: str, marked: str, marks: str) -> None:
    """On its key and on its value, with the range of that."""
    said = shown(marked, language)
    assert said is not None
    assert said.markdown.startswith("**budget** · number · campaign")
    for part in ("In the account's currency", "above zero (SPL106)", "SPL103 With CBO on the campaign"):
        assert part in said.markdown
    assert marked.replace("|", "", 1)[said.start : said.end] == marks


def test_a_field_is_explained_by_the_profile_in_force() -> None:
    marked = '{"adgroups": [{"optimization_go|al": "x"}]}'
    guide, reference = shown(marked, "json"), shown(marked, "json", "reference")
    assert guide is not None
    assert reference is not None
    assert "`LANDING_PAGE`" in guide.markdown
    assert "REF201" not in guide.markdown
    assert "`VALUE`" in reference.markdown
    assert "REF201" in reference.markdown
    assert "A create request needs it." in guide.markdown


def test_a_field_of_an_open_body_is_explained_of_each_kind() -> None:
    said = shown('{"bud|get": 1}', "json")
    assert said is not None
    assert "· campaign" in said.markdown
    assert "· ad group" in said.markdown


def test_many_values_are_counted() -> None:
    said = shown('{"adgroups": [{"optimization_ev|ent": "x"}]}', "json")
    assert said is not None
    assert " more" in said.markdown


@pytest.mark.parametrize(
    ("language", "marked", "start"),
    [
        ("yaml", "# splint: ignore[SPL2|10] it is so\na: 1", "# SPL210 cost-cap-needs-daily-budget"),
        ("yaml", "# splint: ignore[SPL001, cost-cap-needs-daily|-budget]", "# SPL210"),
        ("yaml", "# splint: ignore[SPL4|]", "**SPL4** selects"),
        ("jsonc", "// splint: ignore[SPL2|10]\n{}", "# SPL210"),
        ("markdown", "<!-- splint: ignore[SPL21|0] -->", "# SPL210"),
        ("toml", 'select = ["SPL2|10"]', "# SPL210"),
        ("toml", '[severity]\nSPL21|0 = "info"', "# SPL210"),
        ("toml", "[rules.SPL|210]\n", "# SPL210"),
        ("toml", 'ignore = ["cost-cap-needs|-daily-budget"]', "# SPL210"),
        ("toml", "# REF2|05", "# REF205"),
    ],
)
def test_a_code_shows_the_page_of_its_rule(language: str, marked: str, start: str) -> None:
    """The rules of the other profile too: a settings file may name them."""
    said = shown(marked, language)
    assert said is not None
    assert said.markdown.startswith(start)
    assert marked[marked.index("|") - 1] in marked.replace("|", "", 1)[said.start : said.end]


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("json", "|"),
        ("json", '{"unkn|own": 1}'),
        ("json", '{"campaign": {| }}'),
        ("yaml", "# splint: ignore[NO_COD|E]"),
        ("yaml", "prose|"),
        ("toml", "sele|ct = []"),
        ("toml", 'profile = "gui|de"'),
        ("markdown", "SPL2|10 in prose"),
    ],
)
def test_nothing_is_shown(language: str, marked: str) -> None:
    assert shown(marked, language) is None


def findings(text: str, name: str) -> tuple[Diagnostic, ...]:
    """What a run finds on a text."""
    linter = Linter(as_of="2026-03-21")
    reader = load().reader_for(name)
    assert reader is not None
    return linter.lint([SourceFile(name, BytesIO(text.encode()), reader)]).diagnostics


@pytest.mark.parametrize(
    ("language", "name", "marked"),
    [
        (
            "json",
            "a.json",
            '{\r\n "é\U0001f600": 1,\r\n "campaign": {"objective_type": "WEB_CONVERSIONS", "budget": -|5}}',
        ),
        ("yaml", "a.yaml", "campaign:\n  objective_type: WEB_CONVERSIONS\n  budget: -|5\n"),
    ],
)
def test_a_finding_shows_what_holds_and_why(language: str, name: str, marked: str) -> None:
    """On the value that it marks and nowhere else, with what is known of the field behind it."""
    view, offset = at(marked, language)
    view = view._replace(diagnostics=findings(view.text, name))
    assert "SPL106" in {one.code for one in view.diagnostics}
    said = hover(view, offset)
    assert said is not None
    assert said.markdown.startswith("error: ")
    for part in ("SPL106 Money is more than nothing.", "**budget** · number"):
        assert part in said.markdown
    assert view.text[said.start : said.end] == "-5"
    elsewhere = hover(view, view.text.index("budget") + 1)
    assert elsewhere is not None
    assert not elsewhere.markdown.startswith("error: ")


def test_a_suppressed_finding_is_not_shown() -> None:
    view, offset = at("campaign:\n  objective_type: WEB_CONVERSIONS\n  budget: -|5 # splint: ignore[SPL106]\n", "yaml")
    view = view._replace(diagnostics=findings(view.text, "a.yaml"))
    said = hover(view, offset)
    assert said is not None
    assert said.markdown.startswith("**budget**")
