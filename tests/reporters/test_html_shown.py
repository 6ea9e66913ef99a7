"""A page of a large report stays small: it says what it leaves out, where, and where the rest is."""

import re
from pathlib import Path
from typing import Any

import pytest

from splint.reporting.citation import Citation
from splint.reporting.location import Position
from splint.reporting.outline import Outline
from splint.reporting.report import SEVERITIES, Details, Diagnostic, Range, RelatedPlace, Report, Suppression, Tool
from splint.reporting.reporters import Style
from splint.reporting.reporters.html import render
from splint.reporting.reporters.html.markup import element
from splint.reporting.reporters.html.shown import FINDINGS, PLACES, RELATED, chosen, cut, left_out
from tests.command import Command

HERE = Range(Position(1, 1, 0), Position(1, 2, 1))


def finding(severity: str = "error", pointer: str = "/campaign/budget", **changes: Any) -> Diagnostic:
    """A finding of that level in plan.json."""
    values: dict[str, Any] = {
        "path": "plan.json",
        "offset": 0,
        "code": {"error": "SPL210", "warning": "SPL306", "info": "SPL010"}[severity],
        "document": None,
        "name": "name-of-the-rule",
        "summary": f"a matter of {severity}",
        "help": "fix it",
        "range": HERE,
        "related": (),
        "source": Citation("Guide", "Budgets", "stated", None),
    }
    return Diagnostic(severity=severity, pointer=pointer, **{**values, **changes})


def outline(kind: str, pointer: str, *children: Outline) -> Outline:
    """A payload of plan.json."""
    return Outline(kind, "create", kind.upper(), "plan.json", pointer, None, None, (), children)


def page(*diagnostics: Diagnostic, outlines: tuple[Outline, ...] = (), **texts: str) -> str:
    """The page of those findings; `plan` is the text of plan.json."""
    details = Details((), outlines, {f"{name}.json": text for name, text in texts.items()})
    return render(
        Report(Tool("1.2.3", "guide", "2026-03-21"), diagnostics, files=1, payloads=1, details=details), Style()
    )


def noted(words: str) -> str:
    """A remark as the page writes it."""
    return element("p", words, class_="note left-out")


def test_a_page_that_holds_everything_says_nothing_of_it() -> None:
    """Without anything left out there is no remark."""
    tree = outline("campaign", "/campaign", outline("adgroup", "/adgroups/0"))
    assert "left-out" not in page(finding(), finding("info", path="b.json"), outlines=(tree,), plan="{}")


def test_the_gravest_findings_are_shown_and_the_top_says_how_many_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """Errors come before warnings, warnings before infos, and the tiles still count all."""
    monkeypatch.setattr("splint.reporting.reporters.html.shown.FINDINGS", 2)
    rendered = page(finding("info"), finding("warning"), finding("warning", "/x"), finding())
    assert rendered.count('<article class="finding') == 2
    top = "This page shows 2 of 4 findings, errors first, then warnings, then infos; 2 are left out. "
    assert noted(f"{top}--output-format json has all.") in rendered.partition("</header>")[0]
    assert rendered.count('data-level="error"') == rendered.count('data-level="warning"') == 1
    assert "<dd>2</dd>" in rendered.partition("</header>")[0], "both warnings count"


def test_filters_count_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A level or a rule whose findings are all left out has none to filter."""
    monkeypatch.setattr("splint.reporting.reporters.html.shown.FINDINGS", 2)
    form = page(finding("info"), finding(), finding()).partition("<form")[2].partition("</form>")[0]
    assert "SPL210 name-of-the-rule (2)" in form
    assert "SPL010" not in form
    assert '<span>Infos</span><span class="number">0</span>' in form


def test_a_payload_says_how_many_of_its_findings_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The remark stands where they would, counts them by level, and the badges still count all."""
    monkeypatch.setattr("splint.reporting.reporters.html.shown.FINDINGS", 1)
    tree = outline("campaign", "/campaign")
    rendered = page(finding(), finding(), finding("info"), outlines=(tree,))
    node = rendered.partition('class="node campaign"')[2]
    assert noted("2 findings (1 error, 1 info) are left out here; --output-format json has all.") in node
    assert '2<span class="unseen"> errors </span>' in node


def test_a_file_says_how_many_of_its_findings_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """So does the end of the list, for files of which none is shown."""
    monkeypatch.setattr("splint.reporting.reporters.html.shown.FINDINGS", 1)
    others = page(finding(), finding("info"), finding("info", path="b.json"), finding("info", path="c.json"))
    assert noted("1 finding (1 info) is left out here; --output-format json has all.") in others
    assert noted("2 more files with 2 findings are left out; --output-format json has all.") in others
    assert others.count('class="group"') == 1


def test_trees_are_left_out_unless_they_hold_a_finding_that_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a finding hangs on is there, and a remark names the kinds and findings of what is not."""
    monkeypatch.setattr("splint.reporting.reporters.html.shown.FINDINGS", 1)
    monkeypatch.setattr("splint.reporting.reporters.html.tree.NODES", 3)
    groups = [outline("adgroup", f"/adgroups/{number}", outline("ad", f"/adgroups/{number}/ad")) for number in range(4)]
    rendered = page(
        finding(pointer="/adgroups/3/ad/name"),
        finding("info", pointer="/adgroups/1/ad/name"),
        outlines=(outline("campaign", "/campaign", *groups), outline("campaign", "/other")),
    )
    assert rendered.count('<details class="node') == 3
    assert rendered.count('class="node ad"') == 1
    assert noted("3 more ad groups with 1 finding are left out; --output-format json has all.") in rendered
    assert noted("1 more campaign is left out; --output-format json has all.") in rendered


def test_related_places_and_files_have_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of places and the list of texts end with how many more there are; texts with a finding come first."""
    monkeypatch.setattr("splint.reporting.reporters.html.source.FILES", 1)
    place = RelatedPlace("see here", "plan.json", "/x", HERE)
    rendered = page(finding(related=(place,) * (RELATED + 2)), a="{}", b="{}", plan="{}")
    assert noted("2 more places are left out; --output-format json has all.") in rendered
    assert noted("2 more files are left out; --output-format json has all.") in rendered
    assert "Text of plan.json" in rendered


def test_texts_beyond_the_limit_hold_the_marked_lines_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once enough lines stand beside findings, none do in the next file."""
    monkeypatch.setattr("splint.reporting.reporters.html.source.ALL", 5)
    rendered = page(finding(path="a.json"), finding(), a="x\n" * 50, plan="x\n" * 50)
    assert rendered.count('<div class="line"') == 2
    assert "49 lines of this file are left out" in rendered


def test_long_texts_count_by_what_they_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text of few lines is not shown whole where its lines fill the page."""
    monkeypatch.setattr("splint.reporting.reporters.html.source.CHARACTERS", 100)
    assert page(plan=f"{'x' * 99}\n").count('<div class="line"') == 1
    assert page(plan=f"{'x' * 99}\n{'x' * 2}").count('<div class="line"') == 0


def test_findings_with_many_places_count_for_as_many() -> None:
    """Fewer findings are shown where each brings many places along, and their order is the report's."""
    plain = [finding() for _ in range(FINDINGS + 5)]
    assert [number for number, _ in chosen(plain)] == list(range(1, FINDINGS + 1))
    many = [finding(related=(RelatedPlace("see", "a", "", None),) * 99)] * FINDINGS
    assert len(chosen(many)) == PLACES // (1 + RELATED)


def test_what_is_suppressed_is_left_out_first() -> None:
    """Its remark calls it so."""
    silent = finding(suppressed=Suppression("comment", "plan.json", 3))
    diagnostics = [silent, *(finding(level) for level in reversed(SEVERITIES)), *[finding()] * (FINDINGS - 3)]
    assert [number for number, _ in chosen(diagnostics)] == list(range(2, FINDINGS + 2))
    assert "1 finding (1 suppressed) is left out here" in left_out([(1, silent)], frozenset())
    assert not cut(3, 3)


def test_a_finding_hangs_at_the_body_of_its_own_command_or_block(tmp_path: Path, command: Command) -> None:
    """Bodies of one file have the same pointers; a broken one belongs to none of the others."""
    good = '{"campaign_name": "Good", "advertiser_id": "7", "objective_type": "WEB_CONVERSIONS", "budget": 500}'
    bodies = [good, good.replace("Good", "Bad").replace("WEB_", ""), good.replace("Good", "Fine")]
    url = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
    texts = {
        "a.md": "".join(f"```json\n{body}\n```\n\n" for body in bodies),
        "a.sh": "".join(f"curl {url} -d '{body}'\n" for body in bodies),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
        page = command("check", str(tmp_path / name), "--isolated", "--select", "SPL101", "--output-format", "html").out
        names = re.findall(r"<h3><span class=.kind.>Campaign</span> <bdi>(\w+)", page)
        assert "2 of 3 campaigns ready" in page
        assert names == ["Bad", "Good", "Fine"]
        assert page.index(">Bad<") < page.index('id="f1"') < page.index(">Good<")


def test_a_broken_block_is_blamed_on_no_campaign(tmp_path: Path, command: Command) -> None:
    good = '{"campaign_name": "Good", "advertiser_id": "7", "objective_type": "WEB_CONVERSIONS", "budget": 500}'
    (tmp_path / "a.md").write_text(f"```json\n{good}\n```\n\n```json\n{good[:-1]},}}\n```\n")
    page = command("check", str(tmp_path / "a.md"), "--isolated", "--select", "SPL001", "--output-format", "html").out
    assert page.index(">Good<") < page.index('id="others"') < page.index('id="f1"')
