"""What a row tells of a status, and of whether a campaign runs, by the two fields that TikTok has for that."""

import json
from collections.abc import Mapping
from typing import Any

from splint.schema.vocabulary import is_deleted
from splint.submit.resource import Action

STATUSES: Mapping[Action, str] = {"enable": "ENABLE", "disable": "DISABLE", "delete": "DELETE"}
"""The status that each action sets."""


def with_status(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A row with the operation_status that its secondary_status tells, or none, where its own is missing or empty.

    A list or an object in its place is no status that is known: its JSON text stands for it.
    """
    status = row.get("operation_status")
    if isinstance(status, list | dict):
        return {**row, "operation_status": json.dumps(status)}
    if status not in (None, ""):
        return row
    return {**row, "operation_status": _secondary(row) if _secondary(row) in ("ENABLE", "DISABLE") else None}


def shows_enable(row: Mapping[str, Any]) -> bool:
    """Whether a row shows ENABLE, in either field."""
    return "ENABLE" in (row.get("operation_status"), _secondary(row))


def is_silent(row: Mapping[str, Any]) -> bool:
    """Whether a row shows no status, in either field."""
    return row.get("operation_status") is None and not shows_enable(row)


def unpaused(row: Mapping[str, Any]) -> str:
    """What keeps a row from showing that its campaign is paused, in words: without a status it does not show it."""
    status, own = row.get("operation_status"), row["campaign_id"]
    if status == "DISABLE" and shows_enable(row):
        return f"secondary_status of {own} is {row['secondary_status']}"
    return "" if status == "DISABLE" else f"operation_status of {own} is {status or 'not shown'}"


def is_unclear(row: Mapping[str, Any]) -> bool:
    """Whether a row shows no status, or contradicts itself: another look may tell more."""
    return row.get("operation_status") in (None, "DISABLE") and bool(unpaused(row))


def shows(action: Action, row: Mapping[str, Any] | None, *, is_plain: bool) -> bool | None:
    """Whether a row shows the status of an action; None if it shows no status.

    One that contradicts itself shows neither that its campaign is disabled nor that it is not enabled.
    """
    if row is None:
        return None
    if is_deleted(row):
        return action != "enable"
    status = row.get("operation_status")
    if status is None and action != "delete":  # a listed row without a deletion status is not deleted
        return True if is_plain and action == "enable" else None
    if status == "DISABLE" and shows_enable(row):
        return None if action == "enable" else False
    return status == STATUSES[action]


def _secondary(row: Mapping[str, Any]) -> str:
    """The last word of a row's secondary_status: `ENABLE` of `CAMPAIGN_STATUS_ENABLE`."""
    return str(row.get("secondary_status", "")).rpartition("_")[2]
