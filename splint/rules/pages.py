"""The catalogue of rules as text, JSON and Markdown: made from the rules themselves."""

from collections.abc import Sequence
from typing import Any

import orjson

from splint.payloads.nodes import CAMPAIGN_KINDS, CampaignKind
from splint.reporting.citation import MEANINGS
from splint.reporting.wording import json_text, spelled
from splint.rules.example import AS_OF, Example
from splint.rules.links import DOCUMENT_URL, rule_url
from splint.rules.options import Option
from splint.rules.registry import PROFILES
from splint.rules.rule import ASCENDING_SEVERITIES, GONE, Rule, Selection, Times
from splint.rules.subjects import subjects_of

EDITED = {
    "cbo": "a bundle with CBO",
    "no-cbo": "a bundle without CBO",
    "ad-group": "a lone ad group",
    "ad": "a lone ad",
}
"""The clean payloads that examples edit, in words."""
OF_REFERENCE = ", for the reference"
"""What the headings of those add that the examples of the reference's own rules edit."""
MOST = 640
"""The most characters of a value on a page; of a longer one its beginning and its length are shown."""
DISAGREEMENT = (
    "The profile `guide` holds the left, the profile `reference` the right. The default of `objectives` differs too:",
    "WEB_CONVERSIONS alone with `guide`, every objective with `reference`.",
)
FIXES = {None: "none", "safe": "safe (--fix)", "unsafe": "unsafe (--fix --unsafe-fixes)"}


def profiles(rules: Sequence[Selection]) -> dict[str, tuple[str, ...]]:
    """The profiles that each rule is part of, by code."""
    replaced = {code for selection in rules for code in selection.rule.replaces}
    names = {}
    for rule, pack in rules:
        alone = (pack.profile,) if pack.profile else ("guide",) if rule.code in replaced else None
        names[rule.code] = alone or tuple(PROFILES)
    return names


def table(rules: Sequence[Selection], every: Sequence[Selection]) -> str:
    """A line for each of some rules of the catalogue `every`: code, level, profile, name, what holds."""
    width = max((len(selection.rule.name) for selection in rules), default=0)
    held = {code: names[0] if len(names) == 1 else "both" for code, names in profiles(every).items()}
    return "".join(
        f"{rule.code}  {rule.level:<7}  {held[rule.code]:<9}  {rule.name:<{width}}  {rule.summary}\n"
        for rule, _ in rules
    )


def page(selection: Selection, rules: Sequence[Selection]) -> str:
    """A rule's page as text for a terminal, among all `rules`."""
    rule, pack = selection
    lines = [f"{rule.code} {rule.name} ({_levels(rule)})", "", rule.summary]
    lines += ["", rule.explanation] if rule.explanation else []
    facts = {
        "Source": f"{pack.title}, {rule.section}",
        "": "\n           ".join(DOCUMENT_URL.format(number) for number in rule.documents),
        "Fix": FIXES[rule.fix],
        "Basis": f"{rule.basis} ({MEANINGS[rule.basis]})",
        "Profile": _profile(selection, rules),
        "Campaigns": ", ".join(_campaigns(rule)),
        "Since": rule.since,
        "Page": rule_url(rule, pack),
    }
    lines += ["", *(f"{name + ':' * bool(name):<10} {text}" for name, text in facts.items() if text)]
    lines += ["", "Options:", ""] if rule.options else []
    for option in rule.options:
        lines += [f"  {_setting(rule, option)}", f"    {option.about} (takes {option.takes})"]
    lines += ["", _legend(selection, "")]
    for title, examples in _sorted(rule.examples()):
        lines += ["", f"{title}:"]
        for example in examples:
            lines += ["", f"  {_heading(example)}", *(f"    {line}" for line in _lines(example))]
    return "\n".join(lines) + "\n"


def index(rules: Sequence[Selection]) -> str:
    """The table of all rules in Markdown, each with a link to its page beside it (`CODE.md`)."""
    return "\n".join(_index(rules, rules, "[{0}]({0}.md)")) + "\n"


def markdown_page(selection: Selection, rules: Sequence[Selection], payloads: str = "") -> str:
    """A rule's page in Markdown, among all `rules`; `payloads` is where the page stands of what its examples edit."""
    return "\n".join(_section(selection, rules, "#", payloads)) + "\n"


def markdown(rules: Sequence[Selection], every: Sequence[Selection]) -> str:
    """The index and the pages of some rules of the catalogue `every` as one Markdown document."""
    lines = _index(rules, every, "[{0}](#{1}-{2})")
    for selection in rules:
        lines += ["", *_section(selection, every, "##")]
    return "\n".join(lines) + "\n"


def _index(rules: Sequence[Selection], every: Sequence[Selection], link: str) -> list[str]:
    """The table of rules and that of their disagreements; `link` is a format of code, lowered code and name."""

    def linked(rule: Rule) -> str:
        return link.format(rule.code, rule.code.lower(), rule.name)

    columns = ("code", "name", "what holds", "kind", "level", "profile", "fix", "basis")
    lines = ["# Rules", "", f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    held = profiles(every)
    for rule, _ in rules:
        traits = (
            *(linked(rule), rule.name, rule.summary, ", ".join(subjects_of(rule) or ["document"])),
            *(rule.level, " and ".join(held[rule.code]), rule.fix or "none", rule.basis),
        )
        lines.append(f"| {' | '.join(traits)} |")
    shown = {selection.rule.code: selection.rule for selection in rules}
    pairs = [(shown[code], rule) for rule in shown.values() for code in rule.replaces if code in shown]
    if not pairs:
        return lines
    lines += ["", "## Where guide and reference disagree", ""]
    lines += [*DISAGREEMENT, "", "| guide | level | | reference | level | |", "|---|---|---|---|---|---|"]
    for other, rule in pairs:
        left, right = ((linked(one), _levels(one), one.summary) for one in (other, rule))
        lines.append(f"| {' | '.join((*left, *right))} |")
    return lines


def _profile(selection: Selection, rules: Sequence[Selection]) -> str:
    """The profiles of a rule, with the rules that it replaces or is replaced by."""
    text = " and ".join(profiles(rules)[selection.rule.code])
    others = [other.rule.code for other in rules if selection.rule.code in other.rule.replaces]
    text += f" (replaced by {', '.join(others)} in the other)" if others else ""
    return text + (f" (replaces {', '.join(selection.rule.replaces)})" if selection.rule.replaces else "")


def _setting(rule: Rule, option: Option) -> str:
    """An option with its default as settings write it."""
    return f"rules.{rule.code}.{option.name} = {json_text(option.default)}"


def _campaigns(rule: Rule) -> list[CampaignKind]:
    """The kinds of campaigns that a rule judges."""
    return [kind for kind in CAMPAIGN_KINDS if kind in rule.campaigns]


def _section(selection: Selection, rules: Sequence[Selection], mark: str, payloads: str = "") -> list[str]:
    """A rule's page under a heading that begins with `mark`; `payloads` as in `markdown_page`."""
    rule, pack = selection
    lines = [f"{mark} {rule.code} {rule.name}", "", rule.summary]
    lines += ["", rule.explanation] if rule.explanation else []
    pages = ", ".join(f"[{number}]({DOCUMENT_URL.format(number)})" for number in rule.documents)
    traits = {
        "Level": _levels(rule),
        "Source": f"{pack.title}, {rule.section}" + (f" (document {pages})" if pages else ""),
        "Basis": rule.basis,
        "Fix": rule.fix or "none",
        "Profile": _profile(selection, rules),
        "Campaigns": ", ".join(_campaigns(rule)),
        **({"Since": rule.since} if rule.since else {}),
    }
    lines += ["", " · ".join(f"**{name}** {value}" for name, value in traits.items())]
    if rule.options:
        lines += ["", "| option | takes | what it says |", "|---|---|---|"]
    for option in rule.options:
        lines.append(f"| `{_setting(rule, option)}` | {option.takes} | {option.about} |")
    lines += ["", _legend(selection, "`", payloads)]
    for title, examples in _sorted(rule.examples()):
        lines += ["", f"{mark}# {title} ({rule.code})"]
        for example in examples:
            lines += ["", f"{_heading(example)}:", "", "```text", *_lines(example), "```"]
    return lines


def as_json(rules: Sequence[Selection], every: Sequence[Selection]) -> str:
    """Some rules of the catalogue `every` for programs: a list of objects."""
    rows = [
        {
            "code": rule.code,
            "name": rule.name,
            "level": rule.level,
            "section": rule.section,
            "basis": rule.basis,
            "fix": rule.fix,
            "pack": pack.name,
            "profiles": profiles(every)[rule.code],
            "campaigns": _campaigns(rule),
            "kinds": subjects_of(rule),
            "replaces": list(rule.replaces),
            "documents": list(rule.documents),
            "url": rule_url(rule, pack),
            "source": {"title": pack.title, "url": pack.url},
            "summary": rule.summary,
            "explanation": rule.explanation,
            "options": [{**option._asdict(), "takes": option.takes} for option in rule.options],
            "examples": [_example(example) for example in rule.examples()],
        }
        for rule, pack in rules
    ]
    return orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode() + "\n"


def _example(example: Example) -> dict[str, Any]:
    edits = {pointer: _edit(value) for pointer, value in example.edits.items()}
    about = (
        {"base": example.base, "edits": edits} if example.text is None else {"file": example.name, "text": example.text}
    )
    return {
        "title": example.title,
        "flags": list(example.at),
        "facts": dict(example.facts),
        "as_of": example.as_of,
        "objectives": None if example.objectives is None else list(example.objectives),
        "options": dict(example.options),
        "beside": list(example.beside),
        "level": example.level,
        "fixed": _fixed(example),
        **about,
    }


def _fixed(example: Example) -> Any:
    if example.fixed is None or isinstance(example.fixed, str):
        return example.fixed
    return {pointer: _edit(value) for pointer, value in example.fixed.items()}


def _sorted(examples: Sequence[Example]) -> list[tuple[str, list[Example]]]:
    flagged = [example for example in examples if example.at]
    return [("Flagged", flagged), ("Accepted", [example for example in examples if not example.at])]


def _levels(rule: Rule) -> str:
    """The levels of a rule's findings, its own first, as its examples have them."""
    others = {example.level for example in rule.examples()} - {None, rule.level}
    return " or ".join([rule.level, *(level for level in reversed(ASCENDING_SEVERITIES) if level in others)])


def heading(profile: str, base: str) -> str:
    """The heading on the page of payloads of one that is clean in a profile."""
    words = EDITED[base] + (OF_REFERENCE if profile == "reference" else "")
    return f"{words[0].upper()}{words[1:]}"


def _legend(selection: Selection, quote: str, payloads: str = "") -> str:
    """What the examples of a page edit, and what the signs in them say; `payloads` as in `markdown_page`."""
    examples, profile = selection.rule.examples(), selection.pack.profile or "guide"
    bases = {example.base for example in examples if example.text is None}
    anchor = heading(profile, "cbo").lower().replace(" ", "-").replace(",", "")
    clean = f"{quote}splint.testing.base{('cbo', profile)}{quote}".replace("'", '"')
    clean = f"[a clean bundle with CBO]({payloads}#{anchor})" if payloads else f"a clean bundle with CBO, {clean}"
    named = ", or what they name in brackets" if bases - {"cbo"} else ""
    date = f"judged as of {AS_OF}" + (", or as of the date in brackets" if any(one.as_of for one in examples) else "")
    words = [f"The examples edit {clean}{named}, and are {date}." if bases else f"The examples are {date}."]
    words += ["Of other rules only those in brackets run."] if any(example.beside for example in examples) else []
    words += [f"{quote}=>{quote} points to what is flagged."] if any(example.at for example in examples) else []
    words += [f"{quote}fixed:{quote} is what the fix leaves."] if any(example.fixed for example in examples) else []
    return " ".join(words)


def _heading(example: Example) -> str:
    notes = [EDITED[example.base]] if example.text is None and example.base != "cbo" else []
    given = (*example.facts.items(), *example.options.items())
    notes += [f"{name} = {spelled(value, None)}" for name, value in given]
    notes += [f"as of {example.as_of}"] if example.as_of else []
    notes += [f"objectives = {', '.join(example.objectives)}"] if example.objectives is not None else []
    notes += ["a file of templates"] if example.is_template else []
    notes += [f"{code} runs too" for code in example.beside]
    notes += [f"level {example.level}"] if example.level else []
    return example.title + (f" ({', '.join(notes)})" if notes else "")


def _lines(example: Example) -> list[str]:
    """The document, or what an edit makes of a clean payload; what is flagged last."""
    if example.text is not None:
        lines = example.text.rstrip("\n").split("\n")
    else:
        lines = [f"{pointer}: {_spelled(value)}" for pointer, value in example.edits.items()]
        lines = lines or ["nothing is edited"]
    if example.at:
        lines.append(f"=> {', '.join(pointer or 'the document' for pointer in example.at)}")
    if isinstance(example.fixed, str):
        lines += ["fixed:", *example.fixed.rstrip("\n").split("\n")]
    elif example.fixed is not None:
        lines += [f"fixed: {pointer}: {_spelled(value)}" for pointer, value in example.fixed.items()]
    return lines


def _spelled(value: Any) -> str:
    """The value of an edit; what is no value to set stands without quotes."""
    if value is GONE or isinstance(value, Times):
        return str(_edit(value))
    text = spelled(value, None)
    unit = "characters" if isinstance(value, str) else "entries"
    return text if len(text) <= MOST else f"{spelled(value)} ({len(value):,} {unit})"


def _edit(value: Any) -> Any:
    return "(removed)" if value is GONE else f"({value.number} times)" if isinstance(value, Times) else value
