"""What a command read of campaigns and of what is below them."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from splint.schema.vocabulary import ObjectLevel, is_deleted
from splint.submit.rows import Row


class Seen:
    """The rows that a command read last, and the statuses that it saw."""

    def __init__(self) -> None:
        self.latest: dict[str, Row] = {}
        """The row of each campaign that was read last, by its id."""
        self.groups: dict[str, Row] = {}
        """The row of each ad group that was read last, by its id, under whatever campaign."""
        self.below: dict[str, dict[ObjectLevel, dict[str, Row]]] = {}
        """What the last look at all of a campaign showed of it, by its id: rows by level and id, also deleted ones."""
        self.statuses = defaultdict[str, set[Any]](set)
        """The statuses that rows of each campaign showed, by its id; DELETE for a deleted one.

        ENABLE counts since the campaign was disabled."""

    def show(self, reading: "Seen") -> None:
        """Have what another command read count here, too."""
        self.latest, self.statuses = reading.latest, reading.statuses
        self.groups, self.below = reading.groups, reading.below

    def strange(self, campaign_id: str, known: Collection[str | None]) -> list[Row] | None:
        """What the last look at all of a campaign showed of ids that are not `known`; None where there was none."""
        if campaign_id not in self.below:
            return None
        rows = [row for rows in self.below[campaign_id].values() for own, row in rows.items() if own not in known]
        return [row for row in rows if not is_deleted(row)]
