"""What a shell completes: codes and names of rules, account facts, objectives, formats, kinds of schemas.

The rules are those that ship with splint: completion runs no plugin. Profiles, levels and the like are choices, which
click completes of its own accord.
"""

from collections.abc import Iterable

from click.shell_completion import CompletionItem

from splint.cli.json_schema import KINDS
from splint.reporting.reporters import FORMATS
from splint.rules.registry import load
from splint.schema.vocabulary import OBJECTIVES
from splint.settings.facts import EVENT_SOURCES, FACTS


def rule_words(begun: str) -> list[CompletionItem]:
    """The codes and names of rules that begin as the last of comma-separated words does."""
    words = [(word, rule.summary) for rule, _ in load().rules for word in (rule.code, rule.name)]
    return _begun(words, begun, separator=",")


def objectives(begun: str) -> list[CompletionItem]:
    """The objectives that begin as the last of comma-separated words does."""
    return _begun([(objective, "") for objective in OBJECTIVES], begun, separator=",")


def facts(begun: str) -> list[CompletionItem]:
    """The account facts by name, with the equals sign; behind `event_sources=` the sources."""
    if begun.startswith("event_sources="):
        return _begun([(f"event_sources={source}", "") for source in EVENT_SOURCES], begun)
    return _begun([(f"{name}=", f"a {form}") for name, form in FACTS.items()], begun)


def formats(begun: str) -> list[CompletionItem]:
    """The names of output formats."""
    return _begun([(reporter.name, "") for reporter in FORMATS], begun)


def schemas(begun: str) -> list[CompletionItem]:
    """The kinds of schemas."""
    return _begun([(kind, "") for kind in KINDS], begun)


def _begun(words: Iterable[tuple[str, str]], begun: str, *, separator: str = "") -> list[CompletionItem]:
    """The words, each with its help, that begin with a text; where there is a separator, with what follows its last."""
    before, found, last = begun.rpartition(separator) if separator else ("", "", begun)
    folded = last.lower()
    return [
        CompletionItem(f"{before}{found}{word}", help=about or None)
        for word, about in words
        if word.lower().startswith(folded)
    ]
