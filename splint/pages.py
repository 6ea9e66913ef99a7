"""The catalogue of rules as text, JSON and Markdown: made from the rules themselves."""

from collections.abc import Sequence
from typing import Any

import orjson

from splint.registry import Selection
from splint.rules import GONE, Example, Times
from splint.wording import spelled

BASES = {
    "stated": "the source says so",
    "implied": "it follows from what the source says",
    "reference": "TikTok's API reference says so",
    "sanity": "no source needed",
}


def table(rules: Sequence[Selection]) -> str:
    """A line a rule: code, level, name, what holds."""
    width = max((len(found.rule.name) for found in rules), default=0)
    return "".join(
        f"{found.rule.code}  {found.rule.level:<7}  {found.rule.name:<{width}}  {found.rule.summary}\n"
        for found in rules
    )


def page(found: Selection) -> str:
    """A rule's page as text for a terminal."""
    rule, pack = found
    lines = [f"{rule.code} {rule.name} ({rule.level})", "", rule.summary]
    lines += ["", rule.explanation] if rule.explanation else []
    lines += ["", f"Source: {pack.title}, {rule.section}"]
    lines += [f"Basis:  {rule.basis} ({BASES[rule.basis]})"]
    for title, examples in _sorted(rule.examples()):
        lines += ["", f"{title}:"]
        for example in examples:
            lines += ["", f"  {_heading(example)}", *(f"    {line}" for line in _lines(example))]
    return "\n".join(lines) + "\n"


def markdown(rules: Sequence[Selection]) -> str:
    """All pages as one Markdown document."""
    lines = ["# Rules", "", "Made by `splint rules --output-format markdown`.", ""]
    lines += ["| code | name | level | basis | what holds |", "|---|---|---|---|---|"]
    for rule, _ in rules:
        anchor = f"{rule.code}-{rule.name}".lower()
        lines.append(f"| [{rule.code}](#{anchor}) | {rule.name} | {rule.level} | {rule.basis} | {rule.summary} |")
    for found in rules:
        lines += ["", *_section(found)]
    return "\n".join(lines) + "\n"


def _section(found: Selection) -> list[str]:
    rule, pack = found
    lines = [f"## {rule.code} {rule.name}", "", rule.summary]
    lines += ["", rule.explanation] if rule.explanation else []
    lines += ["", f"**Level** {rule.level} · **Source** {pack.title}, {rule.section} · **Basis** {rule.basis}"]
    for title, examples in _sorted(rule.examples()):
        lines += ["", f"### {title} ({rule.code})"]
        for example in examples:
            lines += ["", f"{_heading(example)}:", "", "```text", *_lines(example), "```"]
    return lines


def as_json(rules: Sequence[Selection]) -> str:
    """The catalogue for programs: a list of objects."""
    rows = [
        {
            "code": rule.code,
            "name": rule.name,
            "level": rule.level,
            "section": rule.section,
            "basis": rule.basis,
            "pack": pack.name,
            "source": {"title": pack.title, "url": pack.url},
            "summary": rule.summary,
            "explanation": rule.explanation,
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
        **about,
    }


def _sorted(examples: Sequence[Example]) -> list[tuple[str, list[Example]]]:
    flagged = [example for example in examples if example.at]
    return [("Flagged", flagged), ("Accepted", [example for example in examples if not example.at])]


def _heading(example: Example) -> str:
    notes = [f"{name} = {spelled(value)}" for name, value in example.facts.items()]
    notes += [f"as of {example.as_of}"] if example.as_of else []
    return example.title + (f" ({', '.join(notes)})" if notes else "")


def _lines(example: Example) -> list[str]:
    """The document, or what an edit makes of a clean payload; what is flagged last."""
    if example.text is not None:
        lines = example.text.rstrip("\n").split("\n")
    else:
        lines = [f"{pointer}: {spelled(_edit(value))}" for pointer, value in example.edits.items()]
        lines = lines or [f"a clean payload ({example.base})"]
    return [*lines, f"=> {', '.join(pointer or 'the document' for pointer in example.at)}"] if example.at else lines


def _edit(value: Any) -> Any:
    return "(removed)" if value is GONE else f"({value.number} times)" if isinstance(value, Times) else value
