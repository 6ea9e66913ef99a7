"""What is known of fields and rules, in Markdown."""

from collections.abc import Iterable

from splint.rules.fields import FieldFacts, field_facts, knowledge
from splint.rules.links import rule_url
from splint.rules.pages import markdown_page
from splint.rules.registry import load
from splint.rules.rule import Selection
from splint.schema.kinds import BOOLEAN, ID, INT64, INTEGER, NUMBER, Either, ListOf, Shape, Spec, remembered
from splint.server.shapes import CALLED
from splint.server.view import View

MOST_VALUES = 40
"""The most values of a field that are listed; the others are counted."""
TYPES = {BOOLEAN: "true or false", ID: "id", INT64: "id", NUMBER: "number", INTEGER: "whole number"}


def type_of(spec: Spec) -> str:
    """What a field takes, in words."""
    if isinstance(spec, ListOf):
        return f"list of {type_of(spec.item)}"
    if isinstance(spec, Either):
        return f"{type_of(spec.first)}, or {type_of(spec.second)}"
    if isinstance(spec, Shape):
        return "object"
    if isinstance(spec, frozenset):
        return "text"
    return TYPES.get(spec, "text")


@remembered
def facts_of(field: str, profile: str) -> FieldFacts | None:
    """What is known of a field under a profile; None for one that is no field of an endpoint."""
    try:
        return field_facts(field, profile)
    except KeyError:
        return None


def values_of(field: str, view: View) -> tuple[str, ...]:
    """The values of an enumerated field that no rule in force refuses in a web campaign, as the settings have them."""
    facts = facts_of(field, view.profile)
    return _choices(field, view.profile, view.objectives) if facts is not None and facts.values else ()


@remembered
def _choices(field: str, profile: str, objectives: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(value) for value in knowledge(field, profile, objectives).choices)


def field_page(field: str, view: View) -> str:
    """What a field is, takes and is held to under the profile in force; empty for one that is not known."""
    facts = facts_of(field, view.profile)
    if facts is None:
        return ""
    holder = CALLED.get(facts.model, facts.model)
    parts = [f"**{facts.name}** · {type_of(facts.spec)} · {holder}", facts.about]
    values = values_of(field, view)
    if values:
        more = f" and {len(values) - MOST_VALUES} more" if len(values) > MOST_VALUES else ""
        parts.append(f"Values: {', '.join(f'`{value}`' for value in values[:MOST_VALUES])}{more}")
    if facts.limits:
        parts.append(f"Limits: {'; '.join(f'{limit.words} ({limit.code})' for limit in facts.limits)}")
    if facts.is_required:
        parts.append("A create request needs it.")
    elif facts.is_of_updates:
        parts.append("Only an update takes it.")
    in_force = {selection.rule.code: selection for selection in view.rules}
    rules = [linked(in_force[code]) for code in facts.rules if code in in_force]
    if rules:
        parts.append("\n".join(["Rules:", "", *(f"- {rule}" for rule in rules)]))
    return "\n\n".join(part for part in parts if part)


def linked(selection: Selection) -> str:
    """A rule's code, with the address of its page, and what holds."""
    rule, pack = selection
    url = rule_url(rule, pack)
    return f"{f'[{rule.code}]({url})' if url else rule.code} {rule.summary}"


def selected(view: View, word: str) -> list[Selection]:
    """The rules that a word names, by code, name or prefix; those that are not in force too."""
    every = catalogue(view)
    exact = [one for one in every if word in (one.rule.code, one.rule.name)]
    return exact or [one for one in every if word and one.rule.code.startswith(word)]


def catalogue(view: View) -> list[Selection]:
    """All rules: the shipped ones, and those in force that plugins bring."""
    rules = {one.rule.code: one for one in (*load().rules, *view.rules)}
    return [rules[code] for code in sorted(rules)]


def rule_page(view: View, word: str) -> str:
    """The page of the rule that a word names, or the rules that a prefix selects; empty for another word."""
    found = selected(view, word)
    if not found:
        return ""
    if len(found) == 1 and word in (found[0].rule.code, found[0].rule.name):
        return markdown_page(found[0], catalogue(view))
    return "\n".join([f"**{word}** selects {len(found)} rules:", "", *(f"- {linked(one)}" for one in found)])


def first_lines(view: View, codes: Iterable[str]) -> dict[str, str]:
    """What holds by some rules, and the first paragraph of why, by code."""
    rules = {one.rule.code: one for one in catalogue(view)}
    return {
        code: "\n\n".join(filter(None, (linked(rules[code]), rules[code].rule.explanation.partition("\n\n")[0])))
        for code in codes
        if code in rules
    }
