"""How many examples a law draws: few in the quick tests, many in the slow ones: the profiles `many` and `anew`."""

from typing import Any

from hypothesis import settings

FEW, MANY = 15, 20


def draws(few: int, many: int, **options: Any) -> settings:
    """Settings of a law whose examples are dearer, or better be more, than those of others."""
    return settings(max_examples=many if settings.default.max_examples == MANY else few, **options)  # type: ignore[union-attr]
