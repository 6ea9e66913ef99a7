"""A self-contained HTML page: campaign trees, findings, and the texts of the files with their marks.

Styles and script are in the page; its Content-Security-Policy allows nothing else.
"""

from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

from splint.reporting.report import SEVERITIES, Diagnostic, Report, RuleInfo
from splint.reporting.reporters import Style
from splint.reporting.reporters.html.findings import citation, finding, linked
from splint.reporting.reporters.html.markup import TITLES, Markup, badges, element, heading, icon, joined, worded
from splint.reporting.reporters.html.shown import Numbered, chosen, cut, left_out, levels, more
from splint.reporting.reporters.html.source import Sources
from splint.reporting.reporters.html.tree import KINDS, Node, Unready, by_need, forest, hang, shown_of
from splint.reporting.wording import counted

READ_ON = "Each finding says what is wrong, where it stands and what to do about it."
NOTIFICATION_TITLES = {"unreadable-file": "A file that could not be read", "crashed-rule": "A rule that crashed"}
ICONS = Markup(
    '<svg class="icons" aria-hidden="true" focusable="false">'
    '<symbol id="icon-error" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M5 1h6l4 4v6l-4 4H5l-4-4V5zm.6 3.6-1 1'
    'L7 8l-2.4 2.4 1 1L8 9l2.4 2.4 1-1L9 8l2.4-2.4-1-1L8 7z"/></symbol>'
    '<symbol id="icon-warning" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M8 1l7.5 13.5H.5zM7.2 5.5h1.6l-.3 5h-1'
    'zm0 6.2h1.6v1.5H7.2z"/></symbol>'
    '<symbol id="icon-info" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M8 .8a7.2 7.2 0 1 1 0 14.4A7.2 7.2 0 0 1 8'
    ' .8zM7.1 4v1.7h1.8V4zm0 3v5h1.8V7z"/></symbol>'
    '<symbol id="icon-suppressed" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M8 .8a7.2 7.2 0 1 1 0 14.4A7.2 7.2 0'
    ' 0 1 8 .8zM4 7.2v1.6h8V7.2z"/></symbol>'
    '<symbol id="icon-clear" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M8 .8a7.2 7.2 0 1 1 0 14.4A7.2 7.2 0 0 1'
    ' 8 .8zM6.9 9 4.9 7l-1.1 1.1 3.1 3.1 5.3-5.3-1.1-1.1z"/></symbol></svg>'
)


def render(report: Report, style: Style) -> str:  # noqa: ARG001 - a reporter's signature
    """The report as an HTML page."""
    css, script = (files(__package__).joinpath(name).read_text("utf-8") for name in ("page.css", "page.js"))
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(css)}'",
        "base-uri 'none'; form-action 'none'",
    )
    shown = chosen(report.diagnostics)
    numbered: list[Numbered] = list(enumerate(report.diagnostics, start=1))
    trees, rest = hang(report.details.outlines, numbered)
    broken, ready = by_need(trees, _unready(report, rest))
    headline = _headline(report, broken, ready)
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content="; ".join(policy)),
        element("title", f"{headline.words} - {report.tool.name}"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="format-detection", content="telephone=no"),
        element("style", Markup(css)),
    )
    body = element(
        "body",
        element("a", "Skip to the findings", class_="skip", href="#findings"),
        ICONS,
        _banner(report, headline, len(shown)),
        element("div", *_sections(report, shown, broken, ready, rest), class_="page"),
        _foot(report),
        element("script", Markup(script)),
    )
    return f"<!DOCTYPE html>\n{element('html', head, body, lang='en')}\n"


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


class _Headline(NamedTuple):
    """What the page begins with."""

    icon: str
    words: str
    lead: str


def _unready(report: Report, rest: Sequence[Numbered]) -> Unready:
    """The places whose trees are not ready because of an error that belongs to none of them, or is left out."""
    errors = {(one.path, one.document) for _, one in rest if one.severity == "error" and not one.suppressed}
    paths = set(report.left_out)  # what is left out of a file is least severe: only if all that is left are errors
    paths -= {one.path for one in report.diagnostics if one.severity != "error" or one.suppressed}
    return Unready(frozenset(errors), frozenset(paths))


def _headline(report: Report, broken: Sequence[Node], ready: Sequence[Node]) -> _Headline:
    """The headline: how many campaigns are ready, or what there is to look at in a report without any."""
    summary = report.summary
    to_do = [
        counted(summary[f"{level}s"], level) + what
        for level, what in zip(SEVERITIES, (" to fix", " to look at", " to read"), strict=True)
        if summary[f"{level}s"]
    ]
    lead = f"{', '.join(to_do)}. {READ_ON}" if to_do else "Nothing that counts was found."
    level = next((level for level in SEVERITIES if summary[f"{level}s"]), "clear")
    words, others = _readiness(broken, ready)
    if report.errors:
        known = f"{words}, as far as could be checked. " if words else ""
        lead = f"{known}Something could not be checked: see what went wrong below."
        return _Headline("error", "This check is not complete", lead)
    if words:
        return _Headline("error" if broken or level == "error" else "clear", words, others + lead)
    if summary["errors"]:
        return _Headline("error", f"Not ready: {to_do[0]}", READ_ON)
    if to_do:
        return _Headline(level, f"No errors, {to_do[0]}", READ_ON)
    if not report.payloads:
        return _Headline("info", "Nothing to check", "No payload was found.")
    return _Headline("clear", "All clear", lead)


def _readiness(broken: Sequence[Node], ready: Sequence[Node]) -> tuple[str, str]:
    """How many campaigns are ready, `12 of 44 campaigns ready`, and how many other payloads.

    Without a campaign it is how many of what there is. Each is empty where there is none.
    """
    every = [*broken, *ready]
    kinds = {node.outline.kind for node in every}
    kind = "campaign" if "campaign" in kinds else kinds.pop() if len(kinds) == 1 else None
    count, done = (sum(kind in (None, node.outline.kind) for node in nodes) for nodes in (every, ready))
    noun = "payload" if kind is None else KINDS.get(kind, kind).lower()
    words = f"{done} of {counted(count, noun)} ready" if every else ""
    left = len(every) - count
    return words, f"{len(ready) - done} of {counted(left, 'other payload')} ready. " if left else ""


def _banner(report: Report, headline: _Headline, shown: int) -> Markup:
    summary = report.summary
    tool = report.tool
    details = report.details
    counts = {**{f"{level}s": level for level in SEVERITIES}, "suppressed": "suppressed", "baselined": "suppressed"}
    tiles = (
        element(
            "div",
            element("dt", icon(level), name.capitalize()),
            element("dd", str(summary[name])),
            class_=f"tile {level if summary[name] else 'zero'}",
        )
        for name, level in counts.items()
        if summary[name] or level in TITLES
    )
    facts = {
        "Payloads": f"{report.payloads}{' (ad groups and ads included)' if report.payloads > 1 else ''}",
        "Files": f"{report.files}{f' ({report.skipped} more without a payload)' if report.skipped else ''}",
        "Profile": tool.profile,
        "Judged as of": tool.as_of,
        "Run": details.made_at,
        "Commit": (details.commit or "")[:12],
        "Made by": f"{tool.name} {tool.version}",
    }
    rows = (element("div", element("dt", label), element("dd", value)) for label, value in facts.items() if value)
    return element(
        "header",
        element("p", "Payload check", class_="brand"),
        element("h1", icon(headline.icon), element("span", headline.words), class_=headline.icon),
        element("p", headline.lead, class_="lead"),
        element("dl", *tiles, class_="tiles"),
        cut(shown, len(report.diagnostics) + report.summary["left_out"]),
        element("dl", *rows, class_="about"),
        class_="banner",
    )


def _sections(
    report: Report,
    findings: Sequence[Numbered],
    broken: Sequence[Node],
    ready: Sequence[Node],
    rest: Sequence[Numbered],
) -> tuple[Markup, Markup]:
    """The side bar with filters and contents, and the main part.

    They show the findings `findings`, the trees that are not ready before those that are, and between them the findings
    `rest`, which belong to no payload.
    """
    sources = Sources(report.details.texts, findings)
    known = {rule.code: rule for rule in report.rules}
    codes = sorted({diagnostic.code for diagnostic in report.diagnostics} & known.keys())
    rules: Mapping[str, str] = {code: f"#r{number}" for number, code in enumerate(codes, start=1)}

    def article(number: int, diagnostic: Diagnostic, level: int) -> Markup:
        return finding(number, diagnostic, level, sources, rules)

    held_up = frozenset(id(node) for node in broken if not node.counts["error"])
    shown = shown_of((*broken, *ready), frozenset(number for number, _ in findings))._replace(held_up=held_up)
    by_file: dict[str, list[Numbered]] = {}
    for number, diagnostic in rest:
        by_file.setdefault(diagnostic.path, []).append((number, diagnostic))
    seen = {diagnostic.path for number, diagnostic in rest if number in shown.numbers}
    unseen_files = {path: len(group) for path, group in by_file.items() if path not in seen}
    others = more(("file" for _ in unseen_files), sum(unseen_files.values()))
    groups = (
        element(
            "section",
            element("div", heading(3, element("bdi", path)), badges(levels(group)), class_="group-head"),
            *(article(number, diagnostic, 4) for number, diagnostic in group if number in shown.numbers),
            left_out(group, shown.numbers),
            class_="group",
        )
        for path, group in by_file.items()
        if path not in unseen_files
    )
    parts = [("notifications", "What went wrong", _notifications(report))]
    parts.append(("campaigns", f"Not ready ({len(broken)})", forest(broken, 3, None, sources, article, shown)))
    of_files = "Other findings, by file" if broken or ready else "Findings, by file"
    parts.append(("others", of_files, joined((*groups, others))))
    parts.append(("ready", f"Ready ({len(ready)})", forest(ready, 3, None, sources, article, shown)))
    parts.append(("files", "Files", sources.render(report.diagnostics)))
    parts.append(("rules", "Rules", joined(_rule(report, code, rules[code][1:]) for code in codes)))
    full = [part for part in parts if part[2]]
    main = element(
        "main",
        element("p", "No finding matches the filters.", id="nothing", hidden=True),
        *(
            element(
                "section", element("h2", title, id=f"{name}-title"), content, id=name, aria_labelledby=f"{name}-title"
            )
            for name, title, content in full
        ),
        id="findings",
        tabindex="-1",
    )
    contents = element(
        "nav",
        element("ul", *(element("li", element("a", title, href=f"#{name}")) for name, title, _ in full)),
        aria_label="Contents",
    )
    return element("div", _filters([diagnostic for _, diagnostic in findings]), contents, class_="side"), main


def _notifications(report: Report) -> Markup:
    return joined(
        element(
            "div",
            element("p", icon("error"), NOTIFICATION_TITLES.get(notification.kind, notification.kind), class_="kicker"),
            element("p", notification.message, class_="title"),
            element("p", element("bdi", notification.path), class_="aside") if notification.path else "",
            element("p", element("code", notification.code), class_="aside") if notification.code else "",
            class_="notification error",
        )
        for notification in report.errors
    )


def _filters(diagnostics: Sequence[Diagnostic]) -> Markup:
    if not diagnostics:
        return Markup()
    levels = Counter(diagnostic.severity for diagnostic in diagnostics if not diagnostic.suppressed)
    suppressed = sum(1 for diagnostic in diagnostics if diagnostic.suppressed)
    names = {diagnostic.code: diagnostic.name for diagnostic in diagnostics}
    codes = Counter(diagnostic.code for diagnostic in diagnostics)
    boxes = [_box(f"level-{level}", level, f"{TITLES[level]}s", levels[level], is_on=True) for level in SEVERITIES]
    if suppressed:
        boxes.append(_box("suppressed", "suppressed", "Suppressed", suppressed, is_on=False))
    options = (element("option", f"{code} {names[code]} ({codes[code]})", value=code) for code in sorted(codes))
    return element(
        "form",
        element(
            "details",
            element("summary", element("h2", "Filter")),
            element("fieldset", element("legend", "Levels"), *boxes),
            element("label", "Rule", for_="rule"),
            element("select", element("option", "All rules", value=""), *options, id="rule", autocomplete="off"),
            element("label", "Text", for_="text"),
            element("input", type="search", id="text", autocomplete="off", spellcheck="false"),
            element(
                "div",
                element("button", "Reset filters", type="reset", id="reset"),
                element("button", "Open all", type="button", id="open-all"),
                element("button", "Close all", type="button", id="close-all"),
                class_="buttons",
            ),
            id="filter-box",
            open=True,
        ),
        element("p", role="status", id="status"),
        id="filters",
        role="search",
        aria_label="Filter findings",
        autocomplete="off",
        hidden=True,
    )


def _box(name: str, level: str, label: str, number: int, *, is_on: bool) -> Markup:
    return element(
        "label",
        element("input", type="checkbox", id=name, checked=is_on, autocomplete="off"),
        icon(level),
        element("span", label),
        element("span", str(number), class_="number"),
        class_=f"box {level}",
    )


def _rule(report: Report, code: str, name: str) -> Markup:
    [rule, *_] = [rule for rule in report.rules if rule.code == code]
    return element(
        "article",
        heading(3, element("code", rule.code, translate="no"), " ", rule.name, id=f"{name}-title"),
        element("p", worded(rule.summary)),
        *(
            element("p", worded(" ".join(paragraph.split())))
            for paragraph in rule.explanation.split("\n\n")
            if paragraph
        ),
        element("p", citation(rule.source), class_="aside"),
        element("p", "More, with examples: ", _more(rule), class_="aside"),
        class_="about-rule",
        id=name,
        tabindex="-1",
        aria_labelledby=f"{name}-title",
        data_rule=rule.code,
    )


def _more(rule: RuleInfo) -> Markup:
    """The link to a rule's page, or the command that shows it."""
    url = rule.source.url
    return linked(url, url) if url else element("code", rule.source.page_of(rule.code), translate="no")


def _foot(report: Report) -> Markup:
    tool = report.tool
    return element(
        "footer",
        element("p", f"Made by {tool.name} {tool.version}. Profile {tool.profile}, judged as of {tool.as_of}."),
    )
