"""Facts of the account that some rules need and payloads do not contain."""

from typing import Annotated

from splint.models.fields import Model, Number, OneOf


class Facts(Model):
    """Facts of an account."""

    event_sources: list[Annotated[str, OneOf("pixel", "events_api")]] | None = None
    """What is set up; an empty list says that nothing is."""
    historical_cpa: Number | None = None
    """What a conversion has cost so far, in the account's currency."""
    currency: str | None = None
    """The account's currency, in ISO 4217's three letters."""
    scopes: list[str] | None = None
    """The scopes granted to the access token, by name."""
    delivery_start: str | None = None
    """The day on which the campaign's delivery started, YYYY-MM-DD."""
    last_bid_change: str | None = None
    """The day of the last bid change, YYYY-MM-DD."""
