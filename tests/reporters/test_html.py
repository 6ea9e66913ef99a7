"""The page holds what the report does, as text, and nothing that could run or be loaded."""

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from splint.reporting.citation import MEANINGS, Citation
from splint.reporting.location import Position
from splint.reporting.outline import Outline, Trait
from splint.reporting.report import (
    Details,
    Diagnostic,
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
from splint.reporting.reporters.html.source import AROUND, LONG, WHOLE, Span, segments, split
from splint.reporting.reporters.html.tree import hang
from splint.reporting.wording import safe
from tests.grids import few

VOID = {"meta", "input"}
NASTY = """</script><img src=x onerror="alert(1)">'"><svg/onload=alert(1)> javascript:alert(1) &lt; \u202e\x00\ud800"""
SOURCE = Citation("Guide", "Budgets", "stated", None, "https://example.com/guide")


class Page(HTMLParser):
    """The page as a list of elements, each with its attributes, the ids of what it stands in, and its own text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[dict[str, Any]] = []
        self.elements: list[dict[str, Any]] = []
        self.feed(page)
        self.close()
        assert not self.open, "an element is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"{tag} has an attribute twice"
        node = {"tag": tag, "text": "", "in": [*self.open], **dict(attrs)}
        self.elements.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append({"tag": tag, "text": "", "in": [*self.open], **dict(attrs)})

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()["tag"] == tag

    def handle_data(self, data: str) -> None:
        for outer in self.open:
            outer["text"] += data

    def all(self, tag: str = "", **attributes: str) -> list[dict[str, Any]]:
        """The elements of that kind; class_ is one of the classes."""
        wanted = attributes.pop("class_", "")
        return [
            node
            for node in self.elements
            if (not tag or node["tag"] == tag)
            and (not wanted or wanted in (node.get("class") or "").split())
            and all(node.get(name.replace("_", "-")) == text for name, text in attributes.items())
        ]

    def one(self, tag: str = "", **attributes: str) -> dict[str, Any]:
        """The only element of that kind."""
        [node] = self.all(tag, **attributes)
        return node

    @property
    def text(self) -> str:
        """All text but styles and script."""
        return str(self.one("body")["text"]).replace(self.one("script")["text"], "")


def at(line: int, column: int, until: int, last: int | None = None) -> Range:
    """A range; offsets play no part."""
    return Range(Position(line, column, 0), Position(last or line, until, 0))


def finding(**changes: Any) -> Diagnostic:
    """An error at the campaign's budget."""
    values: dict[str, Any] = {
        "path": "plan.json",
        "offset": 0,
        "code": "SPL210",
        "pointer": "/campaign/budget",
        "document": None,
        "name": "cost-cap-needs-daily-budget",
        "severity": "error",
        "summary": "the budget is too small",
        "help": "raise it",
        "range": at(1, 1, 2),
        "related": (),
        "source": SOURCE,
    }
    return Diagnostic(**{**values, **changes})


def outline(kind: str, pointer: str, *children: Outline, **changes: Any) -> Outline:
    """A payload of plan.json."""
    values: dict[str, Any] = {"request": "create", "name": kind.upper(), "path": "plan.json", "document": None}
    return Outline(kind=kind, pointer=pointer, children=children, **{**values, "range": None, **changes})


def report(*diagnostics: Diagnostic, details: Details = Details(), **changes: Any) -> Report:  # noqa: B008 - immutable
    """A report of one file."""
    values: dict[str, Any] = {"files": 1, "payloads": 1, **changes}
    return Report(Tool("1.2.3", "guide", "2026-03-21"), diagnostics, details=details, **values)


def page(*diagnostics: Diagnostic, **changes: Any) -> Page:
    """The page of such a report."""
    return Page(render(report(*diagnostics, **changes), Style()))


def with_texts(**texts: str) -> Details:
    """Texts alone; `plan` is plan.json."""
    return Details(tuple(texts), (), {f"{name}.json": text for name, text in texts.items()})


def full(text: str = NASTY) -> Report:
    """A report that says `text` wherever a report can say anything."""
    item = finding(
        path=text,
        code=text,
        pointer=text,
        name=text,
        summary=text,
        help=text,
        related=(RelatedPlace(text, text, text, at(1, 1, 3)),),
        source=Citation(text, text, text, f"https://{text}", f"https://{text}"),
        document=3,
    )
    silent = item._replace(suppressed=Suppression(text, text, 3, text), source=Citation(text, text, text, text, text))
    leaf = Outline(text, text, text, text, text, 3, at(1, 1, 2), (Trait(text, text, text),))
    return Report(
        Tool(text, text, text, text),
        [item, silent],
        [ToolNotification(text, text, text, text)],
        rules=(RuleInfo(text, text, text, text, text, item.source),),
        details=Details((text,), (leaf._replace(children=(leaf,)),), {text: text}, text, text),
    )


def links(rendered: Page) -> Iterator[str]:
    """Everything that an element points at."""
    for name in ("href", "src", "action", "data", "poster", "srcset", "background", "xlink:href"):
        yield from (element[name] for element in rendered.elements if name in element)


def test_the_head_says_how_it_went_in_words_and_numbers() -> None:
    """Outcome, counts, payloads, files, profile, date and version stand above everything else."""
    silent = finding(suppressed=Suppression("comment", "plan.json", 3))
    known = finding(suppressed=Suppression("baseline", "base.json", 9))
    head = page(finding(), finding(severity="warning"), silent, known, payloads=7, files=3).one("header")["text"]
    assert "Not ready: 1 error to fix" in head
    for words in ("Errors1", "Warnings1", "Infos0", "Suppressed1", "Baselined1", "Payloads7", "Files3"):
        assert words in head
    for words in ("Profileguide", "2026-03-21", "splint 1.2.3"):
        assert words in head


@pytest.mark.parametrize(
    ("made", "words"),
    few(
        [
            (report(), "All clear"),
            (report(payloads=0), "Nothing to check"),
            (report(finding(severity="info")), "No errors, 1 info to read"),
            (report(finding(severity="warning")), "No errors, 1 warning to look at"),
            (report(finding(suppressed=Suppression("comment", "plan.json", 3))), "All clear"),
            (
                report(errors=[ToolNotification("unreadable-file", "gone.json: no such file", "gone.json")]),
                "not complete",
            ),
        ],
        2,
    ),
)
def test_the_outcome_is_the_worst_that_counts(made: Report, words: str) -> None:
    """Errors before warnings before infos; what is suppressed leaves all clear."""
    assert words in Page(render(made, Style())).one("h1")["text"]


def test_an_error_of_the_tool_is_shown() -> None:
    """The message of a file that could not be read stands in a section of its own."""
    rendered = page(errors=[ToolNotification("unreadable-file", "gone.json: no such file", "gone.json")])
    assert "A file that could not be readgone.json: no such file" in rendered.one("section", id="notifications")["text"]


def test_a_finding_says_what_where_and_who_says_so() -> None:
    """Level, code, name, message, way out, source with its link, place, pointer and related places."""
    related = RelatedPlace("the mode is set here", "other.json", "/mode", at(4, 5, 9))
    text = page(finding(range=at(2, 3, 4), related=(related,))).one("article")["text"]
    for words in ("Error SPL210 cost-cap-needs-daily-budget", "the budget is too small", "What to do: raise it"):
        assert words in text
    for words in ("plan.json:2:3 /campaign/budget", "the mode is set here: other.json:4:5 /mode"):
        assert words in text
    assert "Source: Guide, Budgets (stated: the source says so)" in text
    [link] = page(finding()).all("a", rel="noopener noreferrer")
    assert link["href"] == SOURCE.document


@pytest.mark.parametrize(("basis", "meaning"), MEANINGS.items())
def test_a_basis_is_explained_where_it_stands(basis: str, meaning: str) -> None:
    """Nobody has to look up what implied means."""
    text = page(finding(source=SOURCE._replace(basis=basis))).one("article")["text"]
    assert f"({basis}: {meaning})" in text


def test_a_finding_links_to_the_page_of_its_rule() -> None:
    """And so does the rule below; without a page the rule names the command."""
    info = RuleInfo("SPL210", "name", "error", "What holds.", "", SOURCE)
    assert (
        "More, with examples: splint rules SPL210" in page(finding(), rules=(info,)).one("section", id="rules")["text"]
    )
    source = SOURCE._replace(url="https://example.com/rules/SPL210/")
    rendered = page(finding(source=source), rules=(info._replace(source=source),))
    links = [link["text"] for link in rendered.all("a", href=str(source.url))]
    assert links == ["the page of SPL210", source.url]


def campaigns(*findings: Diagnostic, count: int = 4, **changes: Any) -> Page:
    """The page of campaigns called C0, C1 and so on, each a document of plan.yaml."""
    trees = tuple(outline("campaign", "/campaign", name=f"C{at}", path="plan.yaml", document=at) for at in range(count))
    found = (one._replace(path="plan.yaml") for one in findings)
    return page(*found, details=Details(("plan.yaml",), (*trees, *changes.pop("others", ()))), **changes)


def names(rendered: Page, section: str) -> list[str]:
    """The names of the trees in a section, as they stand."""
    found = rendered.all("section", id=section)
    return [
        node["text"]
        for node in rendered.all("bdi")
        if found and found[0] in node["in"] and "h3" in {one["tag"] for one in node["in"]}
    ]


def test_broken_campaigns_come_first_and_clean_ones_are_folded_with_a_tick() -> None:
    """Errors before all, then by the worst that is left; a note of what is ready is at the top."""
    rendered = campaigns(
        finding(document=3), finding(document=2, severity="info"), finding(document=1, severity="warning")
    )
    assert rendered.one("h1")["text"] == "3 of 4 campaigns ready"
    assert (names(rendered, "campaigns"), names(rendered, "ready")) == (["C3"], ["C1", "C2", "C0"])
    assert [heading["text"] for heading in rendered.all("h2")][-2:] == ["Not ready (1)", "Ready (3)"]
    nodes = {node["text"].split()[1][:2]: "open" in node for node in rendered.all("details", class_="node")}
    assert nodes == {"C3": True, "C1": True, "C2": False, "C0": False}
    assert [
        next(one["text"] for one in tick["in"] if one["tag"] == "summary") for tick in rendered.all(class_="tick")
    ] == ["Campaign C0new: to be creatednothing found"]


def test_a_campaign_with_suppressed_findings_alone_is_clean() -> None:
    """What does not count keeps nothing from being ready."""
    rendered = campaigns(finding(document=0, suppressed=Suppression("comment", "plan.yaml", 3)), count=1)
    assert rendered.one("h1")["text"] == "1 of 1 campaign ready"
    assert "open" not in rendered.one("details", class_="node")


def test_an_error_beside_a_campaign_keeps_it_from_being_ready() -> None:
    """One of its document that belongs to no payload; other documents of the file are not held up."""
    rendered = campaigns(finding(document=1, pointer="/adgroups/7"), count=3)
    assert rendered.one("h1")["text"] == "2 of 3 campaigns ready"
    assert names(rendered, "campaigns") == ["C1"]
    assert "its file has errors that belong to none of its payloads" in rendered.one("section", id="campaigns")["text"]


@pytest.mark.parametrize(("severity", "ready"), [("error", "0 of 2"), ("warning", "2 of 2")])
def test_a_campaign_whose_errors_may_be_left_out_is_not_called_ready(severity: str, ready: str) -> None:
    """Errors are left out last: where a warning is shown, every error is."""
    found = finding(document=9, severity=severity)
    rendered = campaigns(found, count=2, left_out={"plan.yaml": 5})
    assert rendered.one("h1")["text"] == f"{ready} campaigns ready"


def test_other_payloads_are_counted_beside_campaigns_or_alone() -> None:
    """The headline is about campaigns where there are any."""
    group, ad = outline("adgroup", "", path="group.json"), outline("ad", "", path="ad.json")
    rendered = campaigns(others=(group, ad))
    assert rendered.one("h1")["text"] == "4 of 4 campaigns ready"
    assert "2 of 2 other payloads ready" in rendered.one("header")["text"]
    assert campaigns(count=0, others=(group,)).one("h1")["text"] == "1 of 1 ad group ready"
    assert campaigns(count=0, others=(group, ad)).one("h1")["text"] == "2 of 2 payloads ready"


def test_a_check_that_is_not_complete_says_so_before_what_is_ready() -> None:
    """What could not be read may be a campaign."""
    rendered = campaigns(errors=[ToolNotification("unreadable-file", "gone.json: no such file", "gone.json")])
    assert rendered.one("h1")["text"] == "This check is not complete"
    assert "4 of 4 campaigns ready, as far as could be checked" in rendered.one("header")["text"]


def test_time_and_commit_of_the_run_stand_in_the_head() -> None:
    """The commit in a repository alone, and not all of its digits."""
    head = page(details=Details(made_at="2026-03-21 09:30 UTC", commit="0123456789ab" * 3)).one("header")["text"]
    assert "Run2026-03-21 09:30 UTCCommit0123456789abMade" in head
    assert "Commit" not in page(details=Details(made_at="2026-03-21 09:30 UTC")).one("header")["text"]


@pytest.mark.parametrize(
    ("text", "shown"),
    few(
        [
            ("set bid_type to BID_TYPE_CUSTOM", "set bid_type to BID_TYPE_CUSTOM (Cost Cap)"),
            ("BID_TYPE_CUSTOM (Cost Cap) needs it", "BID_TYPE_CUSTOM (Cost Cap) needs it"),
            ("CLICK, then CLICK or MY_CLICK", "CLICK (Clicks), then CLICK or MY_CLICK"),
            ("<b>CONVERT</b>", "<b>CONVERT (Conversions)</b>"),
            ("nothing of the API", "nothing of the API"),
        ],
        2,
    ),
)
def test_a_name_of_the_api_is_told_in_the_words_of_an_advertiser(text: str, shown: str) -> None:
    """Once, beside the name, where the message does not say it already."""
    rendered = page(finding(summary=text, help=text))
    assert rendered.one("h4", class_="title")["text"] == shown
    assert rendered.one("p", class_="way-out")["text"] == f"What to do: {shown}"


@pytest.mark.parametrize(
    ("why", "words"),
    few(
        [
            (
                Suppression("comment", "plan.json", 3, "agreed in May"),
                "by a comment in plan.json, line 3: agreed in May",
            ),
            (Suppression("per-file-ignore", "splint.toml", 8), "by per-file-ignores in splint.toml, line 8"),
            (Suppression("override", "splint.toml", 9), "by an override in splint.toml, line 9"),
            (Suppression("baseline", "base.json", 12), "in the baseline base.json, line 12"),
        ],
        2,
    ),
)
def test_a_suppressed_finding_says_who_suppresses_it_and_why(why: Suppression, words: str) -> None:
    """It stands on the page, marked as one that does not count."""
    article = page(finding(suppressed=why)).one("article", class_="suppressed")
    assert words in article["text"]
    assert "data-suppressed" in article


def test_a_rule_that_found_something_is_explained() -> None:
    """The finding links to the rule's summary and explanation; rules without a finding stay out."""
    rules = (
        RuleInfo("SPL210", "cost-cap", "error", "A cost cap has a daily budget.", "Why so.\nBecause.", SOURCE),
        RuleInfo("SPL999", "other", "error", "Nothing of note.", "", SOURCE),
    )
    rendered = page(finding(), rules=rules)
    link = rendered.one("a", class_="rule")["href"]
    assert "A cost cap has a daily budget.Why so. Because." in rendered.one("article", id=link[1:])["text"]
    assert "Nothing of note." not in rendered.text


def test_a_finding_hangs_at_the_longest_pointer_that_leads_to_it() -> None:
    """Prefixes end between steps, and file and document are the same; the rest is listed by file."""
    ad = outline("ad", "/adgroups/1/ads/0")
    group = outline("adgroup", "/adgroups/1", ad)
    tree = outline("campaign", "/campaign", group)
    diagnostics = [
        finding(pointer="/adgroups/1/ads/0/ad_name"),
        finding(pointer="/adgroups/1/ads/01"),
        finding(pointer="/campaign"),
        finding(pointer="/adgroups/10"),
        finding(pointer="/campaign/budget", path="other.json"),
        finding(pointer="/campaign/budget", document=2),
    ]
    [node], rest = hang([tree], list(enumerate(diagnostics)))
    assert [number for number, _ in node.findings] == [2]
    assert [number for number, _ in node.children[0].findings] == [1]
    assert [number for number, _ in node.children[0].children[0].findings] == [0]
    assert [number for number, _ in rest] == [3, 4, 5]


def test_the_tree_shows_traits_and_counts_with_what_is_below() -> None:
    """A node with findings below is open and says how many; a clean one is closed."""
    ad = outline("ad", "/adgroups/0/ads/0", name="Film")
    group = outline(
        "adgroup", "/adgroups/0", ad, name="Madrid", traits=(Trait("Bid", "Cost Cap 28", "BID_TYPE_CUSTOM"),)
    )
    clean = outline("adgroup", "/adgroups/1", name="Sevilla")
    tree = outline(
        "campaign",
        "/campaign",
        group,
        clean,
        name="Primavera",
        traits=(Trait("Budget", "200 a day"), Trait("Objective", "WEB_CONVERSIONS")),
    )
    rendered = page(
        finding(pointer="/adgroups/0/ads/0/ad_name"),
        finding(pointer="/campaign/budget", severity="warning"),
        details=Details(outlines=(tree,)),
    )
    nodes = rendered.all("details", class_="node")
    heads = [next(inner["text"] for inner in rendered.all("summary") if inner["in"][-1] is node) for node in nodes]
    assert [" ".join(head.split()) for head in heads] == [
        "Campaign Primaveranew: to be created1 error 1 warning",
        "Ad group Madrid1 error",
        "Ad Film1 error",
        "Ad group Sevillanothing found",
    ]
    assert ["open" in node for node in nodes] == [True, True, True, False]
    assert "Budget200 a day" in nodes[0]["text"]
    assert "BidCost Cap 28BID_TYPE_CUSTOM" in nodes[1]["text"]
    assert "ObjectiveWeb ConversionsWEB_CONVERSIONS" in nodes[0]["text"]


def test_findings_without_a_tree_are_listed_by_file() -> None:
    """Each file has its heading, once."""
    rendered = page(finding(), finding(path="other.json"), finding(path="other.json", code="SPL211"))
    others = rendered.one("section", id="others")
    assert [head["text"] for head in rendered.all("h3") if any(outer is others for outer in head["in"])] == [
        "other.json",
        "plan.json",
    ]
    assert len(rendered.all("article", class_="finding")) == 3


def test_headings_skip_no_level() -> None:
    """One h1; each heading is at most one level below the one before, however deep the tree is."""
    deep = outline("creative", "/a/0/b/0/c/0")
    for kind, pointer in (("ad", "/a/0/b/0"), ("adgroup", "/a/0"), ("campaign", "/campaign")):
        deep = outline(kind, pointer, deep)
    rendered = page(finding(pointer="/a/0/b/0/c/0/x"), finding(path="b"), details=Details((), (deep,), {"b": "{}"}))
    levels = [
        int(head.get("aria-level") or head["tag"][1])
        for head in rendered.elements
        if re.fullmatch(r"h\d", head["tag"]) or head.get("role") == "heading"
    ]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert max(levels) == 7
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_mark_and_its_finding_link_to_each_other() -> None:
    """The place of the finding leads to the mark, the code beside the line back to the finding."""
    rendered = page(finding(range=at(2, 4, 9)), details=with_texts(plan="{\n  'budget': 1\n}"))
    mark = rendered.one("mark")
    assert mark["text"] == "budge"
    assert rendered.one("a", class_="place")["href"] == f"#{mark['id']}"
    tag = rendered.one("a", class_="tag")
    assert tag["text"].startswith("SPL210")
    assert tag["href"] == f"#{rendered.one('article')['id']}"


def test_every_link_within_the_page_leads_somewhere() -> None:
    """No id stands twice, and each fragment is the id of an element, also where lines are left out."""
    text = "\n".join(str(number) for number in range(WHOLE + 100))
    place = RelatedPlace("here", "plan.json", "", at(1500, 1, 2))
    tree = outline("campaign", "/campaign", outline("ad", "/ad", range=at(9, 1, 2)), range=at(1000, 1, 2))
    rendered = page(
        finding(range=at(1, 1, 2)),
        finding(range=at(1, 1, 2), related=(place,)),
        finding(range=at(5000, 1, 2)),
        details=Details((), (tree,), {"plan.json": text}),
        rules=(RuleInfo("SPL210", "a", "error", "b", "c", SOURCE),),
    )
    ids = [element["id"] for element in rendered.elements if "id" in element]
    assert len(set(ids)) == len(ids)
    inner = {link for link in links(rendered) if link.startswith("#")}
    assert len(inner) > 8
    assert {link[1:] for link in inner} <= set(ids)


def test_a_long_file_holds_the_lines_around_findings_and_says_so() -> None:
    """Of more than 2,000 lines, six before and after each marked one are left."""
    text = "\n".join("x" for _ in range(WHOLE + 1))
    rendered = page(finding(range=at(100, 1, 2)), details=with_texts(plan=text))
    shown = [line["id"].partition("-")[2] for line in rendered.all(class_="line")]
    assert shown == [str(number) for number in range(100 - AROUND, 100 + AROUND + 1)]
    assert f"{WHOLE + 1 - len(shown)} lines of this file are left out" in rendered.one("p", class_="note")["text"]
    assert "Lines 1 to 93 left out" in rendered.text


def test_a_shorter_file_is_folded_where_there_are_no_findings() -> None:
    """All its lines are there, those far from a finding in a fold that names them."""
    text = "\n".join("x" for _ in range(WHOLE))
    rendered = page(finding(range=at(100, 1, 2)), details=with_texts(plan=text))
    assert len(rendered.all(class_="line")) == WHOLE
    folds = rendered.all("details", class_="fold")
    assert ["open" in fold for fold in folds] == [False, False]
    assert folds[0]["text"].startswith("Lines 1 to 93")
    assert not rendered.all(class_="note")


def test_a_few_lines_are_not_worth_a_fold() -> None:
    """Three lines or fewer between, before or after shown ones are shown too; four are folded."""
    text = "\n".join("x" for _ in range(40))
    ends = page(finding(range=at(10, 1, 2)), finding(range=at(26, 1, 2)), details=with_texts(plan=text))
    assert [fold["text"].partition("x")[0] for fold in ends.all("details", class_="fold")] == ["Lines 33 to 4033"]
    assert (
        "Lines 17 to 20"
        in page(finding(range=at(10, 1, 2)), finding(range=at(27, 1, 2)), details=with_texts(plan=text)).one(
            "section", id="files"
        )["text"]
    )
    assert "Lines 38" not in page(finding(range=at(31, 1, 2)), details=with_texts(plan=text)).text


def test_many_files_hold_the_lines_around_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the whole texts fill a page, the next ones come without what is far from findings."""
    monkeypatch.setattr("splint.reporting.reporters.html.source.ALL", 50)
    text = "\n".join("x" for _ in range(40))
    rendered = page(finding(range=at(20, 1, 2)), details=with_texts(a=text, plan=text))
    assert len(rendered.all(class_="line")) == 40 + 2 * AROUND + 1
    assert "27 lines of this file are left out" in rendered.text


def test_a_long_line_is_cut_around_what_is_marked() -> None:
    """A minified file does not fill the page, and what is marked stays whole."""
    text = f"{'a' * 5000}MARKED{'b' * 9000}"
    rendered = page(finding(range=at(1, 5001, 5007)), details=with_texts(plan=text))
    assert rendered.one("mark")["text"] == "MARKED"
    [line] = rendered.all("code", translate="no")[-1:]
    assert [cut["text"] for cut in rendered.all(class_="cut")] == [
        "… 4800 characters left out …",
        "… 8800 characters left out …",
    ]
    assert len(line["text"]) < LONG


LINES = st.lists(st.text("ab\t é\u202e\U0001f600<&", max_size=12), min_size=1, max_size=9)
PLACES = st.tuples(st.integers(1, 9), st.integers(1, 14), st.integers(1, 9), st.integers(1, 14))


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.lists(PLACES, max_size=6))
def test_marks_reconstruct_the_text(lines: list[str], ending: str, places: list[tuple[int, int, int, int]]) -> None:
    """Whatever is marked, the lines say what the file does, and marked is exactly what some range covers."""
    text = ending.join([*lines, "end"])
    ranges = [at(min(a, b), c, d, max(a, b)) for a, c, b, d in places]
    shown = page(*(finding(range=where) for where in ranges), details=with_texts(plan=text))
    codes = [code for code in shown.all("code") if any(outer.get("class") == "line" for outer in code["in"])]
    assert [code["text"] for code in codes] == [safe(line) for line in (*lines, "end")]
    ids = [element["id"] for element in shown.elements if "id" in element]
    assert len(set(ids)) == len(ids)
    for number, (code, line) in enumerate(zip(codes, [*lines, "end"], strict=True), start=1):
        marked = "".join(mark["text"] for mark in shown.all("mark") if code in mark["in"])
        assert marked == safe(
            "".join(line[i] for i in range(len(line)) if any(covers(r, number, i, line) for r in ranges))
        )


def covers(where: Range, line: int, index: int, text: str) -> bool:
    """Whether a character is marked: a range holds at least one, and no indentation of lines that it goes on to."""
    (first, column, _), (last, until, _) = where
    if not first <= line <= last:
        return False
    start = column - 1 if line == first else len(text) - len(text.lstrip())
    end = until - 1 if line == last else len(text)
    return start <= index < max(end, start + (line == first))


@given(st.integers(0, 20), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=6))
def test_segments_tile_a_line(length: int, pairs: list[tuple[int, int]]) -> None:
    """Pieces follow one another without gap, and each is covered by the spans that reach over it."""
    spans = [Span(min(a, b, length), min(max(a, b), length), n) for n, (a, b) in enumerate(pairs)]
    pieces = list(segments(length, spans))
    assert [start for start, _, _ in pieces] == [0, *(end for _, end, _ in pieces)][: len(pieces)]
    assert (pieces[-1][1] if pieces else 0) == length
    for start, end, covering in pieces:
        wanted = {s for s in spans if s.start <= start and end <= s.end and (s.end > s.start) == (end > start)}
        assert set(covering) == wanted
    assert {span.mark for _, _, covering in pieces for span in covering} == {span.mark for span in spans}


@given(st.text(max_size=40))
@example(NASTY)
@example("--><!-- ]]> <![CDATA[ </style></title></textarea>")
@example("\" onfocus='x' autofocus=\"")
def test_a_text_can_only_be_text(text: str) -> None:
    """Whatever names, messages and files say, the elements and the names of attributes are the same, and it is read."""
    calm, rendered = Page(render(full("calm"), Style())), Page(render(full(text), Style()))
    assert ICONS.issuperset(element["href"] for element in rendered.all("use"))
    if text.strip() and len(split(text)) == 1 and len(text) < LONG:
        kinds = [_shape(element) for element in calm.elements if element["tag"] not in FREE]
        assert {*kinds} >= {_shape(element) for element in rendered.elements if element["tag"] not in FREE}
    assert safe(text) in rendered.one("header")["text"]
    assert not {name for element in rendered.elements for name in element if name.startswith("on")}


FREE = {"mark", "span"}
"""Their number and dress depend on what a text holds."""
ICONS = {f"#icon-{name}" for name in ("error", "warning", "info", "suppressed", "clear", "")}


def _shape(element: dict[str, Any]) -> tuple[str, ...]:
    return (element["tag"], *sorted(name for name in element if name not in {"tag", "text", "in"}))


def test_the_page_can_be_written_whatever_it_says() -> None:
    """Lone surrogates are spelled out, so are characters that turn text around or cannot be seen."""
    rendered = render(full(), Style())
    assert rendered.encode("utf-8") == rendered.encode("utf-8", "backslashreplace")
    assert "\\u202e" in rendered
    assert "\\x00" in rendered
    assert not [char for char in rendered if not char.isprintable() and char != "\n"]


@pytest.mark.parametrize(
    "url", few(["javascript:alert(1)", "data:text/html,x", "//example.com", "file:///etc", "", None], 2)
)
def test_only_a_web_page_is_linked(url: str | None) -> None:
    """A source whose address is no web page is named without a link."""
    rendered = page(finding(source=Citation("Guide", "Budgets", "stated", url, url)))
    assert not rendered.all("a", rel="noopener noreferrer")
    assert "Guide, Budgets (stated: the source says so)" in rendered.one("article")["text"]


def test_nothing_is_loaded() -> None:
    """No element refers to anything outside of the page but the links that somebody follows."""
    text = render(report(finding(), details=with_texts(plan="{}")), Style())
    rendered = Page(text)
    assert [link for link in links(rendered) if not link.startswith("#")] == [SOURCE.document]
    assert not {"link", "img", "iframe", "object", "embed", "base", "audio", "video"} & {
        e["tag"] for e in rendered.elements
    }
    assert "url(" not in rendered.one("style")["text"]
    assert "@import" not in rendered.one("style")["text"]
    assert not [element for element in rendered.elements if "style" in element]
    assert len(re.findall(r"https?://", text)) == 1


def test_the_policy_lets_the_script_of_the_page_run_and_no_other() -> None:
    """The hashes are those of what stands between the tags, and nothing else is allowed."""
    rendered = page(finding())
    policy = rendered.one("meta", http_equiv="Content-Security-Policy")["content"]
    assert policy == "; ".join(
        (
            "default-src 'none'",
            f"script-src '{digest(rendered.one('script')['text'])}'",
            f"style-src '{digest(rendered.one('style')['text'])}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def digest(text: str) -> str:
    """As a policy names a text."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def test_filters_are_real_controls_with_labels() -> None:
    """Each control has a label, and a live region is there to tell what is shown."""
    rendered = page(finding(), finding(suppressed=Suppression("comment", "plan.json", 3)))
    controls = [element for element in rendered.elements if element["tag"] in {"input", "select"}]
    assert len(controls) == 6
    labels = {label.get("for") for label in rendered.all("label")}
    assert all(c["id"] in labels or any(outer["tag"] == "label" for outer in c["in"]) for c in controls)
    assert rendered.one("p", role="status")
    assert "hidden" in rendered.one("form"), "without a script they would do nothing"


def test_a_report_without_findings_has_no_filters() -> None:
    """There is nothing to filter."""
    assert not page().all("form")


def test_the_page_is_the_same_each_time() -> None:
    """Neither the order of texts nor the run leaves a trace."""
    one = Details(texts={"plan.json": "{}", "a.json": "[]"})
    two = Details(texts={"a.json": "[]", "plan.json": "{}"})
    assert render(report(finding(), details=one), Style()) == render(report(finding(), details=two), Style(color=True))
