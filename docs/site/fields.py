"""The page of fields: what splint knows of each field, and which rules look at it."""

from splint.rules.fields import KINDS, FieldFacts, fields
from splint.schema.kinds import BOOLEAN, ID, INT64, INTEGER, NUMBER, OBJECT, TEXT, Either, ListOf, Spec

TYPES: dict[Spec, str] = {
    TEXT: "text",
    ID: "id, as text",
    INT64: "id, as text",
    NUMBER: "number",
    INTEGER: "whole number",
    BOOLEAN: "true or false",
    OBJECT: "object",
}
ORDER = ("Campaign", "AdGroup", "Targeting", "Ad", "AdConfiguration", "Creative", "CreativeInfo")
"""The objects that come first; the others follow by name."""
FEW = 12
"""So many values stand open in a row of the page; more of them fold."""
HEAD = ("| field | type | values and limits | rules |", "|---|---|---|---|")
INTRODUCTION = (
    "What splint knows of the fields of TikTok's Smart+ endpoints, object by object; `splint schema KIND` gives the",
    "same as a JSON Schema. An update takes the fields of its create request, too.",
    "Values are those of TikTok's own SDK where the documents list none.",
    "Rules are those whose condition names the field, or that mark it in one of their examples.",
)


def every_field() -> list[FieldFacts]:
    """The fields of all kinds of payload, object by object."""
    rows = {facts.field: facts for kind in KINDS for facts in fields(kind)}
    return sorted(rows.values(), key=lambda facts: _place(facts.model))


def page() -> str:
    """The page in Markdown, with links to `rules/CODE.md`; the fragment of a row is its field, `Campaign.budget`."""
    from splint import models

    lines = ["# Fields", "", *INTRODUCTION]
    shown = None
    for facts in every_field():
        if facts.model != shown:
            shown = facts.model
            about = (getattr(models, shown).__doc__ or "").strip().partition("\n")[0]
            lines += ["", f"## {shown}", "", about, "", *HEAD]
        codes = ", ".join(_link(code) for code in facts.rules)
        name = f'<span id="{facts.field}"></span>`{facts.name}`'
        lines.append(f"| {name} | {_type(facts.spec)} | {_cell(facts)} | {codes} |")
    return "\n".join(lines) + "\n"


def _place(model: str) -> tuple[int, str]:
    """Where an object stands on the page."""
    return (ORDER.index(model) if model in ORDER else len(ORDER), model)


def _type(spec: Spec) -> str:
    """The type of a field's values in words; objects are links to their headings."""
    if isinstance(spec, ListOf):
        return f"list of {_type(spec.item)}"
    if isinstance(spec, Either):
        return f"{_type(spec.first)} or {_type(spec.second)}"
    if isinstance(spec, frozenset):
        return "text"
    return TYPES.get(spec) or f"[{spec.name}](#{spec.name.lower()})"


def _cell(facts: FieldFacts) -> str:
    """What a field holds, its limits and values; many values fold."""
    texts = [facts.about.replace("|", "\\|")] if facts.about else []
    texts += ["A create request needs it."] if facts.is_required else []
    texts += [f"{words[0].upper()}{words[1:]} ({_link(code)})." for words, code in facts.limits]
    if facts.choices != facts.values:
        texts.append(f"Web campaigns take {' '.join(f'`{value}`' for value in facts.choices)}.")
    values = " ".join(f"`{value}`" for value in facts.values)
    if len(facts.values) > FEW:
        values = f"<details><summary>{len(facts.values)} values</summary>{values}</details>"
    return " ".join([*texts, *([values] if values else [])])


def _link(code: str) -> str:
    return f"[{code}](rules/{code}.md)"
