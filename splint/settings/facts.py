"""Account facts, which payloads do not contain: what there is, and what each takes."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from splint.schema.usual import CURRENCIES, is_currency
from splint.settings.config import ConfigError

FACTS: Mapping[str, str] = {
    "event_sources": "list",
    "historical_cpa": "number",
    "currency": "text",
    "scopes": "list",
    "delivery_start": "date",
    "last_bid_change": "date",
}
"""The account facts, with the type of each."""
EVENT_SOURCES = ("pixel", "events_api")


def read_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Validate account facts and convert them to the types that rules expect. Raises ConfigError."""
    if not isinstance(facts, Mapping):
        raise ConfigError(f'facts: {facts!r:.80} is no mapping: give {{"currency": "USD"}}')
    checked = {}
    for name, value in facts.items():
        form = FACTS.get(name)
        if form is None:
            from splint.schema.nearest import suggestion  # few words are misspelt

            raise ConfigError(
                f"fact {name!r} is not known{suggestion(name, FACTS) or ': the facts are ' + ', '.join(FACTS)}"
            )
        if value is not None:
            checked[name] = _read_fact(name, form, value)
    return checked


def parse_facts(words: Iterable[str]) -> dict[str, Any]:
    """The account facts of `--fact` options, each NAME=VALUE. Raises ConfigError."""
    given = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise ConfigError(f"--fact {word!r} has no value: write NAME=VALUE, such as currency=USD")
        given[name.strip()] = value
    return read_facts(given)


def _read_fact(name: str, form: str, value: Any) -> Any:
    if form == "list":
        values = [part.strip() for part in value.split(",")] if isinstance(value, str) else value
        if not isinstance(values, list | tuple | set | frozenset) or not all(isinstance(part, str) for part in values):
            raise ConfigError(f"fact {name}: {value!r} is no list of names")
        kept = [part for part in values if part]
        if name == "event_sources" and (odd := next((part for part in kept if part not in EVENT_SOURCES), None)):
            raise ConfigError(f"fact event_sources: {odd!r} is neither pixel nor events_api")
        return kept
    if form == "number":
        try:
            number = float(value)
        except OverflowError:
            raise ConfigError(f"fact {name}: the number is too large") from None
        except (TypeError, ValueError):
            number = -1.0
        if isinstance(value, bool) or not 0 < number < float("inf"):
            raise ConfigError(f"fact {name}: {value!r} is no number above zero")
        return int(number) if number.is_integer() else number
    if form == "date":
        try:
            return (value if isinstance(value, date) else date.fromisoformat(str(value).strip())).isoformat()[:10]
        except ValueError:
            raise ConfigError(f"fact {name}: {value!r} is no date: write 2026-04-01") from None
    if not isinstance(value, str):
        raise ConfigError(f"fact {name}: {value!r} is no text")
    if name == "currency" and not is_currency(value):
        meant = CURRENCIES.get(value.strip().upper())
        help = f"did you mean {meant}?" if meant else "write three letters, such as USD"
        raise ConfigError(f"fact currency: {value!r} is no currency code of ISO 4217: {help}")
    return value.strip().upper() if name == "currency" else value.strip()
