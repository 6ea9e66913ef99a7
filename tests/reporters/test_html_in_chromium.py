"""The page in a browser: filters, keyboard, narrow, dark, printed, without a script, and under attack."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from splint.reporting.citation import Citation
from splint.reporting.location import Position
from splint.reporting.outline import Outline, Trait
from splint.reporting.report import (
    Details,
    Diagnostic,
    Excerpt,
    Range,
    RelatedPlace,
    Report,
    RuleInfo,
    Suppression,
    Tool,
    ToolNotification,
)
from splint.reporting.reporters import Style
from splint.reporting.reporters.html import render
from tests import chromium

pytestmark = chromium.NEEDED
SOURCE = Citation(
    "Guide to the API", "Budgets", "stated", "https://example.com/rules/SPL210/", "https://example.com/guide"
)
ATTACKS = (
    "<img src=x onerror='window.hit=1'>",
    "</script><script>window.hit=1</script>",
    "</title></style><svg onload=window.hit=1>",
    "\"><a href='javascript:window.hit=1' onfocus='window.hit=1' autofocus>x</a>",
    "javascript:window.hit=1",
)


def _at(line: int, column: int, until: int) -> Range:
    return Range(Position(line, column, line), Position(line, until, line))


def _finding(line: int, pointer: str, severity: str = "error", **changes: Any) -> Diagnostic:
    values: dict[str, Any] = {
        "path": "plan.yaml",
        "offset": line,
        "code": {"error": "SPL210", "warning": "SPL306", "info": "SPL010"}[severity],
        "pointer": pointer,
        "document": None,
        "name": "name-of-the-rule",
        "severity": severity,
        "summary": f"something is wrong on line {line}",
        "help": "fix it",
        "range": _at(line, 3, 9),
        "related": (RelatedPlace("see here", "plan.yaml", "/x", _at(2, 1, 4), Excerpt(2, "key: value", 0, 3)),),
        "source": SOURCE,
        "excerpt": Excerpt(line, "  budget: 12" + " and more" * 60, 2, 6),
    }
    return Diagnostic(**{**values, **changes})


def _report(word: str = "Primavera") -> Report:
    creative = Outline("creative", "create", "", "plan.yaml", "/adgroups/0/ads/0/creative_list/0", None, _at(30, 1, 2))
    ad = Outline("ad", "create", f"Film {word}", "plan.yaml", "/adgroups/0/ads/0", None, _at(20, 1, 2), (), (creative,))
    madrid = Outline(
        "adgroup",
        "create",
        "Madrid",
        "plan.yaml",
        "/adgroups/0",
        None,
        None,
        (Trait("Bid", word, "BID_TYPE_CUSTOM"),),
        (ad,),
    )
    clean = Outline(
        "adgroup", "update", "Sevilla", "plan.yaml", "/adgroups/1", None, None, (Trait("Bid", "Lowest cost"),)
    )
    tree = Outline(
        "campaign", "create", word, "plan.yaml", "/campaign", None, None, (Trait("Budget", "200"),), (madrid, clean)
    )
    lines = [f"  key_{number}: {word} {'long ' * (number % 30)}" for number in range(1, 120)]
    return Report(
        Tool("1.2.3", "guide", "2026-03-21"),
        [
            _finding(5, "/campaign/budget"),
            _finding(31, "/adgroups/0/ads/0/creative_list/0/identity", "warning", summary=f"{word} is no identity"),
            _finding(60, "/other", "info"),
            _finding(61, "/adgroups/0/bid", suppressed=Suppression("comment", "plan.yaml", 60, word)),
        ],
        [ToolNotification("unreadable-file", f"{word}: no such file", "gone.json")],
        files=1,
        payloads=4,
        rules=(RuleInfo("SPL210", "name-of-the-rule", "error", "What holds.", "Why.", SOURCE),),
        details=Details(("plan.yaml",), (tree,), {"plan.yaml": "\n".join(lines), f"{word}.json": "{}"}),
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A Chromium without a window."""
    with chromium.launched() as browser:
        yield browser


class Visit:
    """Opens reports, and keeps what the browser said and asked for."""

    def __init__(self, browser: Any, directory: Path) -> None:
        self.browser, self.path = browser, directory / "report.html"
        self.said: list[str] = []
        self.asked: list[str] = []
        self.contexts: list[Any] = []

    def __call__(self, report: Report, **options: Any) -> Any:
        """The page of a report."""
        self.path.write_bytes(render(report, Style()).encode("utf-8", "backslashreplace"))
        context = self.browser.new_context(**{"viewport": {"width": 1200, "height": 800}, **options})
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: self.said.append(dialog.message))
        page.on("request", lambda request: self.asked.append(request.url))
        page.goto(self.path.as_uri())
        return page


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Visit]:
    """A visit after which nothing was said to the console and nothing but the file was asked for."""
    visit = Visit(browser, tmp_path)
    yield visit
    for context in visit.contexts:
        context.close()
    assert not visit.said
    assert {url.partition("#")[0] for url in visit.asked} == {visit.path.as_uri()}


def _shown(page: Any) -> int:
    return int(page.evaluate("[...document.querySelectorAll('.finding')].filter((f) => f.checkVisibility()).length"))


def test_filters_hide_and_tell(visit: Visit) -> None:
    """Level, rule and text narrow what is shown, the live region counts, and a reset shows all again."""
    page = visit(_report())
    status = page.locator("[role=status]")
    assert status.inner_text() == "3 of 4 findings shown (1 suppressed is hidden)"
    assert _shown(page) == 3
    page.get_by_label("Errors").uncheck()
    assert (_shown(page), status.inner_text()) == (2, "2 of 4 findings shown")
    page.get_by_label("Errors").check()
    page.get_by_label("Suppressed").check()
    assert (_shown(page), status.inner_text()) == (4, "4 of 4 findings shown")
    page.get_by_label("Rule", exact=True).select_option("SPL306")
    assert (_shown(page), status.inner_text()) == (1, "1 of 4 findings shown")
    assert not page.get_by_text("Sevilla").is_visible()
    page.get_by_role("button", name="Reset filters").click()
    page.wait_for_function("document.querySelector('[role=status]').textContent.startsWith('3 of 4')")
    assert _shown(page) == 3
    page.get_by_label("Text", exact=True).fill("film identity")
    assert _shown(page) == 1
    page.get_by_label("Text", exact=True).fill("nothing says this")
    assert (_shown(page), status.inner_text()) == (0, "0 of 4 findings shown")
    assert page.get_by_text("No finding matches the filters.").is_visible()


def test_a_filter_takes_the_marks_along(visit: Visit) -> None:
    """The code beside a line is there only while its finding is."""
    page = visit(_report())
    tag = page.locator(".tag", has_text="SPL306")
    assert tag.is_visible()
    page.get_by_label("Warnings").uncheck()
    assert not tag.is_visible()
    assert page.locator("mark#m2.off").count() == 1


def test_buttons_open_and_close_the_trees(visit: Visit) -> None:
    """One closes every node, one opens every node."""
    page = visit(_report())
    page.get_by_role("button", name="Close all").click()
    assert page.locator(".node[open]").count() == 0
    page.get_by_role("button", name="Open all").click()
    assert page.locator(".node:not([open])").count() == 0


def _tab_to(page: Any, selector: str, at_most: int = 60) -> None:
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with the Tab key")


def test_the_keyboard_is_enough(visit: Visit) -> None:
    """Tab, Space and Enter reach the filter, open a node, and go from finding to mark and back."""
    page = visit(_report())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the findings"
    _tab_to(page, "#level-warning")
    page.keyboard.press("Space")
    assert page.locator("[role=status]").inner_text().startswith("2 of 4")
    page.keyboard.press("Space")
    _tab_to(page, ".node.campaign > summary")
    page.keyboard.press("Enter")
    assert page.locator(".node.campaign[open]").count() == 0
    page.keyboard.press("Enter")
    _tab_to(page, "#f1 a.place")
    page.evaluate("document.querySelector('.file').open = false")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'm1'")
    assert page.locator("#m1").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'f1'")


def test_what_has_the_focus_can_be_seen(visit: Visit) -> None:
    """Each stop of the Tab key has an outline, and none is off the screen."""
    page = visit(_report())
    for _ in range(40):
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style != "none", page.evaluate("document.activeElement.outerHTML")


def test_a_link_to_a_suppressed_finding_shows_it(visit: Visit) -> None:
    """An address that somebody was sent leads to its finding, filter or not."""
    page = visit(_report())
    page.goto(f"{visit.path.as_uri()}#f4")
    page.wait_for_function("document.activeElement.id === 'f4'")
    assert page.locator("#f4").is_visible()


@pytest.mark.parametrize("has_script", [True, False])
def test_a_phone_scrolls_no_page_sideways(visit: Visit, has_script: bool) -> None:
    """At 320 pixels the page is as wide as the screen, whatever the texts hold."""
    page = visit(_report("W" * 300), viewport={"width": 320, "height": 700}, java_script_enabled=has_script)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("width", [320, 390, 1200])
@pytest.mark.parametrize("has_script", [True, False])
def test_nothing_marked_is_cut_off(visit: Visit, width: int, has_script: bool) -> None:
    """Marks at the end of long lines, and the codes beside them, are in sight without scrolling sideways; on a wide
    screen this holds for the findings, while the texts of files scroll in their boxes."""
    sample = _report("W" * 120)
    line = "  key: " + "value " * 60 + "here" + "X" * 90
    marked = _finding(7, "/campaign/x", range=_at(7, len(line) - 89, len(line) + 1))._replace(
        excerpt=Excerpt(7, line, len(line) - 90, 90)
    )
    lines = sample.details.texts["plan.yaml"].split("\n")
    texts = {**sample.details.texts, "plan.yaml": "\n".join([*lines[:6], line, *lines[7:]])}
    sample = Report(
        sample.tool,
        [*sample.diagnostics, marked],
        files=1,
        payloads=4,
        details=Details(sample.details.paths, sample.details.outlines, texts),
    )
    page = visit(sample, viewport={"width": width, "height": 800}, java_script_enabled=has_script)
    cut = """(selector) => {
        const rows = [...document.querySelectorAll(selector)].filter((row) => row.checkVisibility());
        const boxes = (row) => [...row.getClientRects()].filter((box) => box.width > 0);
        const edges = (row) => {
            let [left, right] = [0, document.documentElement.clientWidth];
            for (let box = row.parentElement; box; box = box.parentElement) {
                if (getComputedStyle(box).overflowX === "visible") continue;
                const { left: from, right: to } = box.getBoundingClientRect();
                [left, right] = [Math.max(left, from), Math.min(right, to)];
            }
            return [left, right];
        };
        const isCut = (row) => boxes(row).some(
            (box) => box.left < edges(row)[0] - 0.5 || box.right > edges(row)[1] + 0.5
        );
        return [rows.length, rows.filter(isCut).map((row) => row.outerHTML)];
    }"""
    selector = ".snippet mark, .badge, .request, .tick" + (", .line mark, .tag" if width < 640 else "")
    count, cut_off = page.evaluate(cut, selector)
    assert count > 10
    assert not cut_off


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_in_both_schemes(visit: Visit, scheme: str) -> None:
    """Every text and icon has a contrast of 4.5 or more to what is behind it; dark is dark."""
    page = visit(_report("zero\u200bwidth"), color_scheme=scheme)
    page.get_by_label("Suppressed").check()
    page.evaluate("for (const box of document.querySelectorAll('details')) box.open = true")
    contrasts = page.evaluate(chromium.CONTRAST)
    assert len(contrasts) > 200
    assert not sorted({(round(contrast, 2), name) for contrast, name in contrasts if contrast < 4.5})
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert (max(ground) < 60) == (scheme == "dark")


@pytest.mark.parametrize("has_script", [True, False])
def test_print_opens_what_is_closed(visit: Visit, has_script: bool) -> None:
    """Closed nodes are printed with their content, on white, without the filters."""
    page = visit(_report(), java_script_enabled=has_script, color_scheme="dark")
    inside = page.get_by_text("Lowest cost")
    assert not inside.is_visible()
    page.emulate_media(media="print")
    assert inside.bounding_box()["height"] > 0
    assert inside.evaluate("(box) => box.checkVisibility({ contentVisibilityAuto: true })")
    assert not page.get_by_role("button", name="Reset filters").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf().startswith(b"%PDF")


def test_after_printing_the_page_is_as_before(visit: Visit) -> None:
    """What was opened for paper closes again."""
    page = visit(_report())
    before = page.locator(".node[open]").count()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".node:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".node[open]").count() == before


def test_without_a_script_all_findings_are_there(visit: Visit) -> None:
    """Suppressed ones too; the filters, which would do nothing, are not."""
    page = visit(_report(), java_script_enabled=False)
    assert _shown(page) == 4
    assert not page.locator("form").is_visible()


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_payload_runs_nothing(visit: Visit, attack: str) -> None:
    """Names and messages that are markup are shown as written; no script of theirs runs, whatever is clicked."""
    page = visit(_report(attack))
    page.get_by_label("Suppressed").check()
    page.evaluate("for (const box of document.querySelectorAll('details')) box.open = true")
    assert page.evaluate("window.hit") is None
    assert page.locator("img, a[href^='javascript'], [onerror], [onload], [onfocus]").count() == 0
    assert page.locator(".node.campaign > summary").inner_text().count(attack) == 1
    for link in page.locator("a[href^='#']").all()[:20]:
        link.dispatch_event("click")
    assert page.evaluate("window.hit") is None


def test_an_injected_script_is_stopped_by_the_policy(browser: Any, tmp_path: Path) -> None:
    """Even markup that somebody puts into the file cannot run: the policy knows the one script of the page."""
    visit = Visit(browser, tmp_path)
    page = visit(_report())
    refused: list[str] = []
    page.on("requestfailed", lambda request: refused.append(request.failure))
    page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.hit = 1";
        document.body.append(script);
        document.body.insertAdjacentHTML("beforeend", "<img src='https://example.com/x.png' onerror='window.hit=1'>");
    }""")
    page.wait_for_timeout(200)
    assert page.evaluate("window.hit") is None
    assert refused == ["csp"]
    assert any("Content Security Policy" in text for text in visit.said)
    visit.contexts[0].close()
