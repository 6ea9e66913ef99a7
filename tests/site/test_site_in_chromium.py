"""The site as a reader has it, built by its script: links, and in a browser search, filters, keyboard, narrow, dark."""

import http.server
import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

import pytest
from filelock import FileLock

from splint.rules.registry import load
from tests import chromium

pytestmark = chromium.NEEDED
ROOT = Path(__file__).parent.parent.parent
RULES = [selection.rule for selection in load().rules]
PAGES = ("", "usage/", "rules/", "rules/SPL210/", "rules/SPL001/", "fields/", "disagreements/", "submit/", "settings/")
"""Of each kind one."""


@pytest.fixture(scope="session")
def site(shared: Path) -> Path:
    """The site, built once for all processes that run tests; warnings fail the build."""
    target = shared / "site"
    with FileLock(f"{target}.lock"):
        if not (target / "html" / "searchindex.js").exists():
            done = subprocess.run([ROOT / "scripts" / "docs", target], capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
    return target / "html"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served, below a directory as it may be on a host."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            return super().translate_path(path.removeprefix("/docs"))

        def log_message(self, *arguments: object) -> None:
            """Says nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/docs/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A Chromium without a window."""
    with chromium.launched() as browser:
        yield browser


Visit = Callable[..., Any]


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Visit]:
    """Opens pages; a page asks for nothing elsewhere and has nothing to complain of."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def open_page(path: str, **options: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: None if request.url.startswith(address) else wrong.append(request.url))
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


class Links(HTMLParser):
    """What an HTML page leads to, what it loads, and the fragments that it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.leads: list[str] = []
        self.loads: list[str] = []
        self.fragments = {"", "top"}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        self.fragments |= {held[name] for name in ("id", "name") if name in held}
        for name in ("href", "src", "srcset", "data", "poster", "action", "xlink:href"):
            if name in held:
                (self.leads if tag == "a" else self.loads).append(held[name])
        if held.get("http-equiv") == "refresh":
            self.leads.append(held["content"].partition("url=")[2])


@pytest.fixture(scope="session")
def links(site: Path) -> dict[str, Links]:
    """The links of all HTML pages, by address."""
    pages = sorted(site.rglob("*.html"))
    return {
        path.relative_to(site).as_posix().removesuffix("index.html"): Links(path.read_text())
        for path in pages
        if path.name == "index.html"
    }


def test_no_link_is_dead(site: Path, links: dict[str, Links]) -> None:
    """Links lead to a page or file of the site, to a heading that is there, and relatively: no host is known."""
    dead = []
    for page, found in links.items():
        for link in (*found.leads, *found.loads):
            if re.match(r"https?://", link) and link in found.leads:
                continue
            target, fragment = urldefrag(urljoin(f"http://site/{page}", link))
            path = unquote(urlsplit(target).path).lstrip("/")
            there = path in links or (site / path).is_file()
            if link.startswith("/") or not there or (path in links and unquote(fragment) not in links[path].fragments):
                dead.append((page, link))
    assert len(links) > 2 * len(RULES)
    assert dead == []


def test_no_link_of_a_markdown_page_is_dead(site: Path) -> None:
    """llms.txt and the pages that it names lead to files of the site."""
    dead = []
    for path in (site / "llms.txt", *site.glob("*.md"), *site.glob("rules/*.md")):
        text = path.read_text()
        targets = (*re.findall(r"\]\((?!https?:|#)([^()\s#]+)", text), *re.findall(r'<a href="([^"#]+)"', text))
        dead += [(path.name, target) for target in targets if not (path.parent / target).is_file()]
    assert dead == []
    listed = (site / "llms.txt").read_text()
    assert [rule.code for rule in RULES if f"(rules/{rule.code}.md): {rule.summary}\n" not in listed] == []


def test_nothing_is_loaded_from_elsewhere(site: Path, links: dict[str, Links]) -> None:
    """No page, style or script names a file of another host to load."""
    outside = [(page, link) for page, found in links.items() for link in found.loads if re.match(r"(https?:)?//", link)]
    for path in site.rglob("*.css"):
        outside += [
            (path.name, link)
            for link in re.findall(r"(?:url\(|@import)\s*['\"]?((?:https?:)?//[^)]*)", path.read_text())
        ]
    assert outside == []


def test_each_rule_has_its_address_and_its_name_leads_there(site: Path, visit: Visit, address: str) -> None:
    for rule in RULES:
        assert (site / "rules" / rule.code / "index.html").is_file(), rule.code
        way = (site / "rules" / rule.name / "index.html").read_text()
        assert f'href="../{rule.code}/"' in way, rule.name
        assert ("refresh" in way) is ([other.name for other in RULES].count(rule.name) == 1), rule.name
    page = visit("rules/cost-cap-needs-daily-budget/")
    page.wait_for_url(f"{address}rules/SPL210/")
    assert page.locator("h1").inner_text().startswith("SPL210 cost-cap-needs-daily-budget")


def test_a_rule_leads_to_all_rules_and_to_its_neighbours(visit: Visit, address: str) -> None:
    page = visit("rules/SPL210/")
    codes = [rule.code for rule in RULES]
    at = codes.index("SPL210")
    neighbours = [page.locator(f"a.{side}-page").get_attribute("href") for side in ("prev", "next")]
    assert neighbours == [f"../{codes[at - 1]}/", f"../{codes[at + 1]}/"]
    page.locator("p.up a").click()
    page.wait_for_url(f"{address}rules/")


def first_of(page: Any) -> list[str]:
    """The first results of a search that is over."""
    page.wait_for_function(
        "document.querySelector('#search-progress, #search-results p')?.innerText.includes('finished')"
    )
    titles: list[str] = page.locator("#search-results li > a").all_inner_texts()
    return titles[:10]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("SPL210", "SPL210 cost-cap-needs-daily-budget"),
        ("ref206", "REF206 schedule-bounds"),
        ("cost-cap-needs-daily-budget", "SPL210 cost-cap-needs-daily-budget"),
        ("A Cost Cap bids only against a daily budget.", "SPL210 cost-cap-needs-daily-budget"),
        ("only against a daily budget", "SPL210 cost-cap-needs-daily-budget"),
        ('"refuses the ad group, after the campaign"', "SPL210 cost-cap-needs-daily-budget"),
        ("TRAFFIC_LANDING_PAGE_VIEW", "REF201 optimization-goal"),
        ("DEFERRED_DEEPLINK", "REF314 deeplink-type"),
        ("Settings", "Settings"),
    ],
)
def test_a_search_finds_a_rule_by_code_phrase_and_value(visit: Visit, query: str, first: str) -> None:
    """And it stands first."""
    assert first_of(visit(f"search/?q={quote(query)}"))[0] == first


@pytest.mark.parametrize("value", ["BID_TYPE_CUSTOM", "SHOPPING", "PLACEMENT_PANGLE", "SCHEDULE_START_END"])
def test_a_search_for_a_value_finds_rules_and_the_page_of_fields(visit: Visit, value: str) -> None:
    page = visit(f"search/?q={value}")
    code = first_of(page)[0].split()[0]
    assert re.search(rf"\b{value}\b", (ROOT / "docs" / "rules" / f"{code}.md").read_text())
    assert "Fields" in page.locator("#search-results li > a").all_inner_texts()


def test_the_table_of_rules_is_filtered_from_the_keyboard(visit: Visit, address: str) -> None:
    """Tab goes from control to control; what is chosen stands in the address, and holds when it is opened again."""
    page = visit("rules/")
    rows = page.locator("section#rules > .table-wrapper tbody tr:visible")
    assert rows.count() == len(RULES)
    page.get_by_label("text").focus()
    page.keyboard.type("cost cap")
    assert 0 < rows.count() < 20
    page.keyboard.press("Tab")
    page.keyboard.type("adgroup")
    page.keyboard.press("Tab")
    page.keyboard.type("error")
    assert {row.split("\t")[4].strip() for row in rows.all_inner_texts()} == {"error"}
    assert page.locator(".filters output").inner_text() == f"{rows.count()} of {len(RULES)} rules"
    assert page.url == f"{address}rules/?text=cost+cap&kind=adgroup&level=error"
    shown = rows.all_inner_texts()
    again = visit(page.url.removeprefix(address))
    assert again.locator("section#rules > .table-wrapper tbody tr:visible").all_inner_texts() == shown
    page.get_by_role("button", name="clear").press("Enter")
    page.wait_for_function("!location.search")
    assert rows.count() == len(RULES)


@pytest.mark.parametrize(
    ("name", "value", "holds"),
    [
        ("kind", "creative", lambda rule: "Creative" in {kind.__name__ for kind in rule.on}),
        ("level", "info", lambda rule: rule.level == "info"),
        ("profile", "reference", lambda rule: rule.code not in {one for other in RULES for one in other.replaces}),
        ("fix", "safe", lambda rule: rule.fix == "safe"),
    ],
)
def test_each_filter_leaves_the_rules_that_it_names(visit: Visit, name: str, value: str, holds: Any) -> None:
    page = visit("rules/")
    page.get_by_label(name, exact=True).select_option(value)
    codes = page.locator("section#rules > .table-wrapper tbody tr:visible td:first-child").all_inner_texts()
    assert codes == [rule.code for rule in RULES if holds(rule)]


def test_without_a_script_all_rules_show(visit: Visit) -> None:
    page = visit("rules/", java_script_enabled=False)
    assert page.locator("section#rules > .table-wrapper tbody tr:visible").count() == len(RULES)
    assert page.locator(".filters").count() == 0


def test_the_keyboard_gets_everywhere(visit: Visit, address: str) -> None:
    """The first stop skips to the content, the search takes words and Enter, and each stop shows where it is."""
    page = visit("settings/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("skip-to-content")
    for _ in range(8):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outline")
        where = page.evaluate("document.activeElement.outerHTML.slice(0, 80)")
        assert "none" not in outline or "sidebar-search" in where, where
    page.locator(".sidebar-search").focus()
    page.keyboard.type("SPL210")
    page.keyboard.press("Enter")
    assert first_of(page)[0].startswith("SPL210")
    page.locator("#search-results li > a").first.press("Enter")
    page.wait_for_url(f"{address}rules/SPL210/**")


def test_the_keyboard_opens_the_menu_and_scrolls_a_table_on_a_phone(visit: Visit, address: str) -> None:
    page = visit("rules/", viewport={"width": 390, "height": 800})
    menu = page.get_by_role("button", name="Menu")
    assert (
        not page.locator(".sidebar-tree a").first.is_visible()
        or page.locator(".sidebar-drawer").bounding_box()["x"] < 0
    )
    menu.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.sidebar-drawer').getBoundingClientRect().left === 0")
    menu.press("Enter")
    table = page.locator("section#rules > .table-wrapper")
    table.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('section#rules > .table-wrapper').scrollLeft > 0")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("path", PAGES)
def test_a_phone_scrolls_down_only(visit: Visit, path: str, script: bool) -> None:
    """At 390 px no page is wider than the screen: tables and code scroll within themselves."""
    page = visit(path, viewport={"width": 390, "height": 800}, java_script_enabled=script)
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) == 390
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert page.evaluate(wide) == 390
    beyond = """() => [...document.querySelectorAll("article *")].filter((one) =>
        one.getBoundingClientRect().right > 391 && !one.closest(".table-wrapper, pre")).map((one) => one.outerHTML)"""
    assert page.evaluate(beyond) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_text_stands_out_in_both_schemes(visit: Visit, path: str, scheme: str) -> None:
    page = visit(path, color_scheme=scheme)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert max(ground) < 40 if scheme == "dark" else min(ground) > 230
    contrasts = [one for one in page.evaluate(chromium.CONTRAST) if not one[1].startswith("svg.")]  # furo draws lines
    assert len(contrasts) > 30
    assert not sorted({(round(contrast, 2), name) for contrast, name in contrasts if contrast < 4.5})
