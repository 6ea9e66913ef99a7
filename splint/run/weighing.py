"""How severe comments and settings leave findings: what they suppress is no cause that hides others."""

import os
from collections.abc import Container, Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING

from splint.files import from_here
from splint.rules.rule import ASCENDING_SEVERITIES
from splint.run.locate import Locator, by_key, pointers_of, resolve
from splint.run.ownership import SUPPRESSED

if TYPE_CHECKING:
    from splint.rules.ruleset import Ruleset
    from splint.run.judge import RuleFinding
    from splint.suppression.directives import Directives


def weights(
    findings: "Sequence[RuleFinding]", directives: "Mapping[str, tuple[Directives, Ruleset]]"
) -> Mapping[int, int]:
    """By the `id` of a finding its severity after the settings of its file, from 1 for an info; 0 if it is suppressed.

    Only findings that are suppressed, or whose level the settings change, are in it. `directives` as in Judge.
    """
    found: dict[int, int] = {}
    locator: Locator | None = None
    for one in findings:
        location, code = resolve(one.finding.location), one.selection.rule.code
        own = level = one.finding.level or one.selection.rule.level
        is_suppressed = False
        if one.ruleset.policy is not None:
            place = os.path.abspath(from_here(location.document.source.path))
            level, why = one.ruleset.policy.verdict(code, level, pointers_of(one.finding), place, set())
            is_suppressed = why is not None
        if not is_suppressed and (of_file := directives.get(location.document.source.path)):
            locator = locator or Locator([each.finding for each in findings], directives, anchored=False)
            is_suppressed = of_file[0].covers(code, locator.lines_of(one.finding))
        if is_suppressed or level != own:
            found[id(one)] = SUPPRESSED if is_suppressed else ASCENDING_SEVERITIES.index(level) + 1
    return found


def keys_apart(one: "RuleFinding", directives: "Mapping[str, tuple[Directives, Ruleset]]") -> Container[str]:
    """The keys of a finding on several that are more, or less, severe than it is after comments and settings."""
    each = []
    for finding in by_key(one.finding):
        of_key = copy(one)
        of_key.finding = finding
        each.append(of_key)
    found = weights([one, *each], directives)
    # no key of a text in a string is covered by itself
    return {
        key for key, of_key in zip(one.finding.keys, each, strict=False) if found.get(id(of_key)) != found.get(id(one))
    }
