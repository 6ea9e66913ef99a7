"""Conversion events, as the Events API and the pixel send them."""

from typing import Any

from splint.models.fields import ID, Number, OpenModel


class EventRecord(OpenModel):
    """An entry of an Events API body's data."""

    event: str | None = None
    event_time: Number | str | None = None
    """Unix seconds, Unix milliseconds, or ISO 8601 (in UTC when it names no zone)."""
    event_id: ID | None = None
    """The conversion's own id: the same in the pixel's record of it, by which TikTok counts the two once."""
    user: dict[str, Any] | None = None
    properties: dict[str, Any] | None = None
    page: dict[str, Any] | None = None


class EventBatch(OpenModel):
    """The body of an Events API request."""

    event_source: str | None = None
    """web for a website's events."""
    event_source_id: ID | None = None
    """The pixel, for a website's events."""
    data: list[EventRecord] | None = None
    test_event_code: str | None = None
    partner_name: str | None = None


class PixelRecord(OpenModel):
    """A pixel's track call, written down."""

    source: str | None = None
    """pixel."""
    event: str | None = None
    event_id: ID | None = None
    """The conversion's own id: the same in the Events API's record of it."""
    event_time: Number | str | None = None
    """Unix seconds, Unix milliseconds, or ISO 8601 (in UTC when it names no zone)."""
