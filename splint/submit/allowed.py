"""What a campaign may spend by what was sent, or accepted, before ENABLE; and in what it may spend more since."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from splint.submit.drift import COSTS, KINDS, Difference, compared, is_same
from splint.submit.plan import Plan
from splint.submit.rows import Row


def asked(plan: Plan, noted: Collection[Difference]) -> dict[str, Any]:
    """What the journal keeps as ENABLE is sent: what costs were sent, and those that stand otherwise, if any."""
    from splint.reporting.credentials import without_credentials  # only a difference needs it
    from splint.reporting.masking import Secrets  # as above

    sent = {
        step.path: {field: step.body[field] for field in COSTS if field in step.body}
        for step in plan.steps
        if step.level != "ad"
    }
    accepted: dict[str, dict[str, Any]] = {}
    for one in noted:
        if one.path in sent and one.field in COSTS:
            accepted.setdefault(one.path, {})[one.field] = without_credentials(one.shown, Secrets())
    return {"sent": sent, "accepted": accepted or None}


class Allowed:
    """What the journal of a run tells of that. A value counts as accepted where it stood before ENABLE was sent.

    Or where a later APPROVED accepts its field, unless it is a budget, and the run has a limit.
    """

    def __init__(self) -> None:
        self._sent: Mapping[str, Mapping[str, Any]] = {}
        self._accepted: Mapping[str, Mapping[str, Any]] = {}
        self._approved: set[str] = set()
        self._told: list[tuple[str, str]] = []
        """The fields, and what is said of them, that were journalled last."""

    @property
    def told(self) -> list[str]:
        """In what it may spend more, as it was journalled last, without what was accepted since."""
        return [text for field, text in self._told if field not in self._approved]

    def ask(self, fields: Mapping[str, Any]) -> None:
        """Apply an ENABLE that is sent."""
        self._sent, self._accepted = fields.get("sent", {}), fields.get("accepted", {})
        self._approved = set()

    def approve(self, names: Collection[str], *, is_limited: bool) -> None:
        """Apply an APPROVED that accepts the fields of these names."""
        self._approved |= {name for name in names if not (is_limited and name in ("budget", *KINDS))}

    def tell(self, fields: Collection[str], texts: Collection[str]) -> None:
        """Apply an EXCEEDING."""
        self._told = [*zip(fields, texts, strict=True)]
        self._approved -= {*fields}

    def exceeded(self, row_of: Callable[[str], Row | None]) -> Iterator[Difference]:
        """In what the rows by path, where there are any, show that it may spend more."""
        for path, sent in self._sent.items():
            accepted = self._accepted.get(path, {})
            for one in compared(path, sent, row_of(path) or {}):
                before = accepted.get(one.field)
                is_accepted = one.field in self._approved or (before is not None and is_same(before, one.shown))
                more = one if before is None else one._replace(sent=before)
                if one.weight != "note" and not is_accepted and more.may_cost_more:
                    yield one

    def unread(self, row_of: Callable[[str], Row | None]) -> list[str]:
        """As `told`, of the fields that no row shows."""
        rows = [(text, field, row_of(text.partition(": ")[0])) for field, text in self._told]
        unread = {text for text, field, row in rows if row is None or row.get(field) is None}
        return [text for text in self.told if text in unread]
