"""How budgets are checked in each currency (document 1737585839634433): `currencies.csv` as a table."""

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Currency(NamedTuple):
    """A currency's budget rules."""

    ratio: int
    """What the minimum and maximum in US dollars are multiplied by."""
    decimals: int
    """How many decimals a budget may have."""


@cache
def currencies() -> dict[str, Currency]:
    """The currencies by ISO code."""
    text = (files(__package__) / "currencies.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["code"]: Currency(int(row["budget_ratio"]), 2 if row["precision"] == "0.01" else 0) for row in rows}
