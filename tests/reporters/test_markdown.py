"""Markdown for GitHub: what a renderer makes of it, and what GitHub must not make of it."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from splint.reporting.citation import Citation
from splint.reporting.report import Report
from splint.reporting.reporters import Style
from splint.reporting.reporters.markdown import COMMENT_LIMIT, LONGEST, UNFOLDED, code, page, render, text
from splint.reporting.wording import safe
from tests.grids import diagonal
from tests.reporters.builders import SOURCE, diagnostic, notification, report, suppression

MARKUP = st.text("`|\\<>[]()!*_~#@:/.$&;=-+\"' \n\r\tab1{}^wh", max_size=40)
TEXTS = (
    st.text(max_size=40)
    | MARKUP
    | st.lists(
        st.sampled_from(
            [
                "@org/team",
                "#12",
                "GH-7",
                ":tada:",
                "https://x.y",
                "www.x.y",
                "a@b.c",
                "<b>",
                "<!--",
                "&lt;",
                "`",
                "``",
                "|",
                "\\|",
                "\\",
                "deadbeef",
                "a/b#3",
                "![i](u)",
                "[l](u)",
                "$x$",
                "word",
                "\n\n# h",
                "~~s~~",
                "^1",
                "1234567",
            ]
        )
    ).map(" ".join)
)
ALIVE = re.compile(r"[@#<>\[\]&$`|\\*_~!/]|:[\w+-]+:|\bwww\.\w|GH-\d|(?i:\b[0-9a-f]{7,}\b)")
"""What GitHub may act upon where it does not stand as code."""
HTML = re.compile(r"<details>\n<summary>\d+ [a-z ]+</summary>\n|</details>\n")


def tokens(markdown: str) -> list[Token]:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown)


def content(inline: Token) -> str:
    """What a reader sees of a line, once it is sure that nothing of it is alive."""
    seen = []
    for child in inline.children or ():
        assert child.type in ("text", "code_inline", "strong_open", "strong_close", "link_open", "link_close")
        assert child.type != "text" or ALIVE.search(child.content) is None
        seen.append(child.content)
    return "".join(seen)


def cells(markdown: str) -> Iterator[list[str]]:
    """The rows below the heads of the tables."""
    row: list[str] = []
    read = tokens(markdown)
    for token, following in pairwise(read):
        assert token.type != "html_block" or HTML.fullmatch(token.content)
        if token.type == "tr_open":
            row = []
        elif token.type == "td_open":
            row.append(content(following))
        elif token.type == "tr_close" and row:
            yield row


def seen(value: str) -> str:
    """A text as a page shows it, where runs of spaces are one."""
    shown = safe(value).replace("\t", r"\x09")
    return re.sub(" +", " ", shown).strip(" ")


def squeezed(value: str) -> str:
    return re.sub(" +", " ", value).strip(" ")


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_no_text_of_a_payload_becomes_markup_and_all_of_it_is_shown(
    path: str, name: str, summary: str, help: str
) -> None:
    item = diagnostic(path=path, name=name, summary=summary, help=help, severity="warning")
    folded = item._replace(severity="info")
    rows = list(cells(render(report(item, folded, errors=[notification(message=summary)]), Style())))
    for row, severity in zip(rows, ("warning", "info"), strict=True):
        assert [squeezed(cell) for cell in row] == [
            severity,
            seen(f"SPL210 {name}"),
            seen(f"{path}:3:13"),
            seen(f"{summary}; {help}"),
        ]


@given(TEXTS)
def test_a_line_is_one_paragraph_without_anything_alive(value: str) -> None:
    read = tokens(f"- **tool error:** {text(value)}\n")
    (inline,) = (token for token in read if token.type == "inline")
    assert [token.type for token in read if token.nesting > 0] == [
        "bullet_list_open",
        "list_item_open",
        "paragraph_open",
    ]
    assert squeezed(content(inline)) == squeezed(f"tool error: {seen(value)}")


@given(TEXTS.filter(bool))
@example("  ")
@example(" ` ")
def test_a_code_span_holds_its_text(value: str) -> None:
    (inline,) = (token for token in tokens(f"# {code(value)}\n") if token.type == "inline")
    assert [child.type for child in inline.children or ()] == ["code_inline"]
    assert [child.content for child in inline.children or ()] == [safe(value).replace("\t", r"\x09")]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("budget 5 is below 50.5; raise it", "budget 5 is below 50.5; raise it"),
        ("budget_mode is missing: add it (or not).", "`budget_mode` is missing: add it (or not)."),
        ("none of (A_1, B_2); it's well-known", "none of (`A_1`, `B_2`); it's well-known"),
        ("start 2026-04-06 06:00:00 lies in (the past)", "start `2026-04-06 06:00:00` lies in (the past)"),
        ("no signed 64-bit integer, and 1234567-bit", "no signed 64-bit integer, and `1234567-bit`"),
        ('"two words, one name" is long', '`"two words, one name"` is long'),
        ('an "open quote', 'an `"open` quote'),
        ("ask @octocat, please", "ask `@octocat`, please"),
        ("see #12 and GH-7", "see `#12` and `GH-7`"),
        (":tada: www.example.com", "`:tada`: `www.example.com`"),
        ("a|b", "`a|b`"),
        ("a`b``c", "```a`b``c```"),
        ("`", "`` ` ``"),
        ("deadbeef 1234567 123456", "`deadbeef` `1234567` 123456"),
        ("and/or a/b#3", "`and/or` `a/b#3`"),
        ("\u212aelvin", "`\u212aelvin`"),
        ("one\ntwo", r"`one\x0atwo`"),
        ("\u202e", r"`\u202e`"),
        ("", ""),
    ],
)
def test_words_stay_words_and_the_rest_is_code(value: str, written: str) -> None:
    assert text(value) == written


def test_a_fence_stays_within_what_github_knows() -> None:
    assert code("`" * 100) == f"` {'`' * 100} `"
    worst = "x".join("`" * length for length in range(1, 90))
    assert max(len(fence) for fence in re.findall("^`+", code(worst))) < 80


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://example.com/doc?id=1&page=2#top", "https://example.com/doc?id=1&page=2#top"),
        ("https://example.com/a b|c>d`[e]", "https://example.com/a%20b%7Cc%3Ed%60%5Be%5D"),
        ("https://example.com/&copy;", "https://example.com/&copy;"),
        ("javascript:alert(1)", None),
        (None, None),
    ],
)
def test_a_code_is_linked_to_its_source_where_there_is_one(url: str | None, target: str | None) -> None:
    written = render(report(diagnostic(source=Citation(*SOURCE[:3], url))), Style())
    inlines = [child for token in tokens(written) for child in token.children or ()]
    links = [child.attrs["href"] for child in inlines if child.type == "link_open"]
    assert links == ([] if target is None else [target])
    assert [len(row) for row in cells(written)] == [4]


@pytest.mark.parametrize(
    ("sample", "heading"),
    [
        (report(), "## splint: no findings in 1 payload of 1 file"),
        (report(diagnostic(), diagnostic(severity="info")), "## splint: 1 error, 1 info in 1 payload of 1 file"),
        (report(errors=[notification()]), "## splint: 1 tool error, no findings in 1 payload of 1 file"),
        (
            report(diagnostic(suppressed=suppression()), diagnostic(suppressed=suppression("baseline"))),
            "## splint: no findings in 1 payload of 1 file (1 suppressed, 1 baselined)",
        ),
    ],
)
def test_the_first_line_tells_the_outcome(sample: Report, heading: str) -> None:
    written = render(sample, Style())
    assert written.splitlines()[0] == heading
    assert (len(written.splitlines()) == 1) is (not sample.active and not sample.errors)


@pytest.mark.parametrize(
    ("sample", "written"),
    [(report(), ""), (report(diagnostic(suppressed=suppression())), "")],
)
def test_a_quiet_run_without_findings_says_nothing(sample: Report, written: str) -> None:
    assert render(sample, Style(quiet=True)) == written
    assert render(report(diagnostic()), Style(quiet=True)) == render(report(diagnostic()), Style())


def numbered(severity: str, count: int, **changes: Any) -> Iterator[Any]:
    return (diagnostic(severity=severity, path=f"{number:05}.json", **changes) for number in range(count))


@pytest.mark.parametrize(
    ("errors", "infos", "summary"),
    [
        (UNFOLDED, 0, None),
        (UNFOLDED + 1, 0, "1 more finding"),
        (UNFOLDED + 2, 1, "3 more findings"),
        (UNFOLDED, 1, "1 info"),
        (1, 2, "2 infos"),
        (0, 1, "1 info"),
    ],
)
def test_infos_and_what_is_too_much_are_folded_away(errors: int, infos: int, summary: str | None) -> None:
    written = render(report(*numbered("error", errors), *numbered("info", infos)), Style())
    shown, _, folded = written.partition("<details>\n")
    assert len(list(cells(shown))) == min(errors, UNFOLDED)
    assert len(list(cells(f"<details>\n{folded}"))) == infos + max(errors - UNFOLDED, 0)
    assert re.findall("<summary>(.*)</summary>", written) == ([summary] if summary else [])


def test_the_most_severe_findings_come_first() -> None:
    sample = report(*numbered("info", 1), *numbered("warning", 2), *numbered("error", 1))
    assert [(row[0], row[2]) for row in cells(render(sample, Style()))] == [
        ("error", "00000.json:3:13"),
        ("warning", "00000.json:3:13"),
        ("warning", "00001.json:3:13"),
        ("info", "00000.json:3:13"),
    ]


@pytest.mark.parametrize(
    ("summary", "notifications"),
    diagonal(["plain words", "広告 " * 99, "|" * LONGEST, "\U000e0001" * LONGEST], [0, 3, 2_000]),
)
def test_a_comment_is_never_too_long_and_says_what_it_leaves_out(summary: str, notifications: int) -> None:
    sample = report(*numbered("warning", 3_000, summary=summary), errors=[notification()] * notifications)
    written = render(sample, Style())
    assert len(written.encode()) <= COMMENT_LIMIT
    assert written.count("<details>") == written.count("</details>\n")
    left_out = 3_000 - len(list(cells(written)))
    assert f"\n{left_out} more findings" in written
    assert ("more tool errors" in written) is (notifications == 2_000)
    assert written.endswith(" left out here for want of room.\n")


@given(st.integers(2_000, 20_000), st.integers(0, 60), st.integers(0, 60))
def test_a_page_keeps_within_its_limit_and_loses_count_of_nothing(limit: int, errors: int, infos: int) -> None:
    written = page(report(*numbered("error", errors), *numbered("info", infos)), limit)
    assert len(written.encode()) <= limit
    told = re.findall(r"\n(\d+) more findings? left out", written)
    assert len(list(cells(written))) + sum(map(int, told)) == errors + infos


def test_a_long_text_is_cut() -> None:
    assert text("x" * (LONGEST + 1)) == f"`{'x' * (LONGEST - 1)}…`"
    assert text("x" * LONGEST) == "x" * LONGEST


def test_a_path_with_blanks_is_one_word_of_a_tool_error() -> None:
    error = notification(message="launch plan.json: cannot be read: no such file", path="launch plan.json")
    assert "- **tool error:** `launch plan.json`: cannot be read: no such file\n" in render(
        report(errors=[error]), Style()
    )
