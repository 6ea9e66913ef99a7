"""The values of fields that cost, as a journal keeps them: what was sent, and what stands otherwise."""

import json
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from splint.formats import reference_tokens, value_at
from splint.submit.drift import COSTS, KINDS, Difference
from splint.submit.money import END
from splint.submit.plain_files import plain_bytes
from splint.submit.plan import Plan

BUDGETS = ("budget", *KINDS)
"""The fields that say how much a budget is, and of what kind."""
Values = dict[str, dict[str, Any]]
"""Values of fields that cost, by the paths of their objects and the fields; `kind` is that of `Difference`."""


def asked(plan: Plan, noted: Collection[Difference], unshown: Mapping[str, Collection[str]]) -> dict[str, Any]:
    """What the journal keeps as ENABLE is sent: what costs were sent, and those that stand otherwise, if any.

    With the ends of the ad groups, as far as rows show them, where these bound what can be spent in all; `until` is the
    last of them where one budget is spent until then.
    """
    steps = [step for step in plan.steps if step.level != "ad"]
    sent = {step.path: {field: step.body[field] for field in COSTS if field in step.body} for step in steps}
    shown = {path for path in plan.budgets.ended if END not in unshown.get(path, ())}
    ends = {step.path: step.body[END] for step in steps if step.path in shown}
    for path, end in ends.items():
        sent[path][END] = end
    until = max(ends.values(), key=str) if ends and plan.budgets.is_cbo[0] else None
    return {"sent": sent, "until": until, "accepted": values_of(noted) or None}


def kept_sent(bundle: Path, paths: Iterable[str]) -> Values:
    """The costs of objects, by their paths, in a kept bundle as far as it can be read."""
    sent: Values = {}
    with suppress(OSError, ValueError):
        kept = json.loads(plain_bytes(bundle))
        for path in paths:
            with suppress(LookupError, ValueError, TypeError):
                value = value_at(kept, reference_tokens(path))
                sent[path] = {field: value[field] for field in COSTS if field in value}
    return sent


def values_of(differing: Iterable[Difference]) -> Values:
    """What is shown of costs that differ, as a journal keeps it."""
    values: Values = {}
    for one in differing:
        if one.field in (*COSTS, END):
            kind = {"kind": masked_value(one.kind)} if one.kind and one.field in BUDGETS else {}
            values.setdefault(one.path, {}).update({one.field: masked_value(one.shown), **kind})
    return values


def masked_value(shown: Any) -> Any:
    """A value that is shown, without credentials."""
    from splint.reporting.credentials import without_credentials  # only a difference needs it
    from splint.reporting.masking import Secrets  # as above

    return without_credentials(shown, Secrets())
