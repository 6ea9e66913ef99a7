"""The suppressions that silence nothing, as far as a run knows: SPL009 reports them."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from splint.formats import Document, Source, escape, nowhere
from splint.formats.spans import Span
from splint.payloads.nodes import Finding, Fix, Location, Operation
from splint.reporting.wording import either
from splint.rules import engine_codes
from splint.rules.registry import load
from splint.rules.ruleset import Ruleset
from splint.settings.selection import meant, reached
from splint.suppression.policy import SettingsEntry, Use, key_of, use_of
from splint.suppression.scope import RunScope, dependent_codes

if TYPE_CHECKING:
    from splint.reporting.report import Diagnostic
    from splint.rules.rule import Selection
    from splint.suppression.baseline import Baseline, BaselineEntry
    from splint.suppression.directives import Directive, Directives

WILD = "*?[{!\\"
"""The characters that make a pattern one of many files."""


def _at(document: Document, pointer: str, message: str, help: str, fix: Fix | None = None) -> Finding:
    """A finding at the span `fault` of a document that holds a suppression."""
    return Finding(Location(document, pointer, "fault"), message, help, fix=fix)


# -- comments ----------------------------------------------------------------------------------------------------------


def unused_comments(directives: "Directives", ruleset: Ruleset, *, is_incomplete: bool) -> Iterator[Finding]:
    """The words of a file's comments that silence nothing, and comments that cannot work.

    In a file that `is_incomplete` nothing is known of the rules that look at parents and siblings, and of none in what
    an unknown key hides from them.
    """
    on = ruleset.answered - dependent_codes(ruleset) if is_incomplete else ruleset.answered
    passed = ruleset.policy.may_be_left_out if ruleset.policy is not None else lambda _word: False
    every = ruleset.policy.every if ruleset.policy is not None else load().rules
    for directive in directives.all:
        is_known = not any(first <= directive.line <= last for first, last in directives.unjudged)
        yield from _unused_words(directive, on if is_known else frozenset(), every, passed)


def _unused_words(
    directive: "Directive", on: frozenset[str], every: "Sequence[Selection]", passed: Callable[[str], bool]
) -> Iterator[Finding]:
    """The words of a comment that silence nothing; `on` are the codes of the rules that found all there is to find.

    `every` are the rules of all profiles, and `passed` says of a word without a rule that it is passed over.
    """
    document = Document(directive.source, None, nowhere, spans={"fault": directive.span}, body=-1)
    if directive.problem:
        yield _at(document, "", *directive.problem)
        return
    unused, faults = list[str](), list[tuple[str, str, bool]]()
    for word, codes in directive.codes.items():
        if not codes and not reached([word], every):
            if passed(word):
                continue
            close = meant(word, every)
            faults.append((f"{word} is no rule's code, prefix or name", f"write {close}" if close else "", not close))
        elif codes.isdisjoint(directive.silenced) and codes != {engine_codes.UNUSED} and codes and codes <= on:
            faults.append((f"the comment silences no finding of {word}", "", True))
        else:
            continue
        unused += [word] if faults[-1][-1] else []
    fix = _without(directive, unused, document) if unused else None
    for what, help, goes in faults:
        yield _at(document, "", what, help or "remove it", fix if goes else None)


def _without(directive: "Directive", unused: Sequence[str], document: Document) -> Fix:
    """The fix that takes words out of the comment, or the comment away with its last one."""
    title, text = "remove the comment", ""
    if len(directive.codes) > len(unused):
        title = f"remove {either(unused, 'and')} from the comment"
        gone = set(unused)
        before, mark, rest = directive.source.text[slice(*directive.span)].partition("[")
        codes, end, rest = rest.partition("]")
        # each word with what follows it; what follows the last one stays at the end
        pairs = re.findall(r"([^,\s]+)([,\s]*)", codes)
        kept = [pair for pair in pairs if pair[0] not in gone]
        lead = codes[: len(codes) - len(codes.lstrip(", \t"))]
        codes = "".join((lead, *("".join(pair) for pair in kept[:-1]), kept[-1][0], pairs[-1][1]))
        text = "".join((before, mark, codes, end, rest))
    return Fix(title, (Operation("comment", Location(document, "", "fault"), text),), is_safe=True)


# -- settings ----------------------------------------------------------------------------------------------------------


def unused_entries(ruleset: Ruleset, used: set[Use], scope: RunScope) -> Iterator[Finding]:
    """The selectors in per-file ignores and overrides of some settings that are not among the `used` ones."""
    on = ruleset.answered
    if ruleset.policy is None:
        return
    for entry in ruleset.policy.entries:
        if not (_is_covered(entry, scope) and (ruleset.policy.asks_for_unused or _is_of_a_file(entry, scope))):
            continue
        for word, codes in entry.ignore.items():
            is_asked = codes and codes <= on and codes != {engine_codes.UNUSED} and use_of(entry, word) not in used
            if is_asked and not _is_in_doubt(entry, codes, scope):
                yield _unused_entry(entry, word)


def _unused_entry(entry: SettingsEntry, word: str) -> Finding:
    """The finding that a selector silences nothing, at its place in the settings."""
    source = Source(entry.file.shown, entry.file.text.encode())
    at = (*entry.path, *key_of(entry), word)
    start, text = source.line_at(entry.file.line(at))
    match = re.search(rf"(?<=[\"']){re.escape(word)}(?=[\"'](?!\s*=))", text)
    first, last = match.span() if match else (0, len(text))
    span = Span(start + first, start + last)
    document = Document(source, None, nowhere, spans={"fault": span})
    pointer = "".join(f"/{escape(str(step))}" for step in (*entry.file.table, *at[:-1]))
    what = "override" if entry.kind == "override" else "entry of per-file-ignores"
    return _at(document, pointer, f"{word} in this {what} silences no finding", "remove it")


def _is_covered(entry: SettingsEntry, scope: RunScope) -> bool:
    """Whether the run read every file that an entry may apply to: those it names, or all below its settings."""
    patterns = entry.files.patterns if entry.files is not None else ()
    if entry.files is not None and patterns and all(map(_is_path, patterns)):
        root = entry.files.root
        return all(scope.holds(os.path.normpath(os.path.join(root, text.strip("/")))) for text in patterns)
    return scope.holds(os.path.dirname(entry.file.path))


def _is_path(pattern: str) -> bool:
    """Whether a pattern is the path of one file or directory."""
    return "/" in pattern.rstrip("/") and not any(char in pattern for char in WILD)


def _is_of_a_file(entry: SettingsEntry, scope: RunScope) -> bool:
    """Whether an entry is about files: any override, and a per-file ignore of a file that was read or is gone.

    Per-file ignores of globs and directories say what a kind of file may do, whether or not one does it today: only who
    asks is told.
    """
    if entry.kind == "override" or entry.files is None:
        return True
    is_gone = all(_is_path(text) and os.path.splitext(text)[1] for text in entry.files.patterns)
    return is_gone or (
        not any(char in text for text in entry.files.patterns for char in WILD) and scope.reads(entry.files)
    )


def _is_in_doubt(entry: SettingsEntry, codes: frozenset[str], scope: RunScope) -> bool:
    """Whether an entry applies to a file in which the run could not find everything."""
    doubtful = scope.broken | (scope.incomplete if codes & scope.dependent else frozenset())
    return any(entry.files is None or entry.files.fits(path) for path in doubtful)


# -- the baseline ------------------------------------------------------------------------------------------------------


def unused_baseline_entries(
    baseline: "Baseline", diagnostics: Iterable["Diagnostic"], scope: RunScope
) -> Iterator[Finding]:
    """The entries of a baseline that no longer occur among a run's findings. Raises OSError where it is gone."""
    gone = sorted(baseline.gone(diagnostics, scope))
    if gone:
        with open(baseline.path, "rb") as stream:
            source = Source(baseline.path, stream.read())
        yield from (_unused_baseline_entry(entry, source, baseline.line_of(entry)) for entry in gone)


def _unused_baseline_entry(entry: "BaselineEntry", source: Source, line: int) -> Finding:
    start, text = source.line_at(line)
    written = text.strip().rstrip(",")
    start += text.index(written)
    document = Document(source, None, nowhere, spans={"fault": Span(start, start + len(written))})
    what = f"{entry.code} at {entry.pointer or 'the root'} of {entry.path} no longer occurs"
    return _at(document, "", what, "drop the entry, or run with --prune-baseline")
