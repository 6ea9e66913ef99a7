"""What a person approved of a plan before it is sent: its SHA-256, and the most that it may spend a day."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from splint.reporting.wording import amount
from splint.submit.errors import RefusedError, StoppedError
from splint.submit.plan import Plan
from splint.submit.reading import Reader

_MONEY = re.compile(r"(?P<amount>-?[0-9]+(?:\.[0-9]+)?)\s*(?P<currency>[A-Za-z]{3})?")


class Limits(NamedTuple):
    """The bounds of a run. They are in its journal, and a resume may tighten them only."""

    expect_plan: str | None = None
    """The SHA-256 of the plan that was approved."""
    max_daily: Decimal | None = None
    currency: str | None = None
    """Of `max_daily`, an ISO code; None for the advertiser's own."""

    @classmethod
    def of_text(cls, text: str | None, expect_plan: str | None = None) -> "Limits":
        """Limits as options say them: an amount such as `2000USD`, or `2000` in the advertiser's currency.

        Raises ValueError for what is no amount.
        """
        if text is None:
            return cls(expect_plan)
        found = _MONEY.fullmatch(text.strip())
        try:
            most = Decimal(found["amount"]) if found is not None else None
        except InvalidOperation:
            most = None
        if found is None or most is None:
            raise ValueError(f"{text!r} is no amount such as 2000 or 2000USD")
        return cls(expect_plan, most, found["currency"] and found["currency"].upper())

    @classmethod
    def of_start(cls, start: Mapping[str, Any]) -> "Limits":
        """The limits that a journal holds."""
        most = start.get("max_daily")
        return cls(start.get("expect_plan"), None if most is None else Decimal(most), start.get("max_daily_currency"))

    def model_dump(self) -> dict[str, str | None]:
        """The limits as a journal holds them."""
        most = None if self.max_daily is None else str(self.max_daily)
        return {"expect_plan": self.expect_plan, "max_daily": most, "max_daily_currency": self.currency}

    def __str__(self) -> str:
        """The amount with its currency."""
        assert self.max_daily is not None
        return f"{amount(self.max_daily)} {self.currency or 'in the currency of the advertiser'}"

    def hold(self, plan: Plan) -> None:
        """Raise RefusedError where a plan is not the one that was approved, or can spend more."""
        if self.expect_plan is not None and self.expect_plan.lower() != plan.sha256:
            raise RefusedError(f"this is not the plan that was approved: its sha256 is {plan.sha256}; nothing was sent")
        if self.max_daily is None:
            return
        if self.currency is not None and plan.currency is not None and plan.currency != self.currency:
            raise RefusedError(f"the plan spends {plan.currency}, and its limit is {self}: nothing was sent")
        if plan.spend.daily is None or plan.spend.daily > self.max_daily:
            most = "what nothing bounds" if plan.spend.daily is None else amount(plan.spend.daily)
            raise RefusedError(f"the plan can spend {most} a day, more than {self}: nothing was sent")

    def in_currency(self, plan: Plan, reader: Reader, tell: Callable[[str], None]) -> "Limits":
        """These limits with the advertiser's currency, as the plan's facts or the account say it.

        Raises RefusedError where that is another than the limit's, or not known and the limit's was named.
        """
        if self.max_daily is None:
            return self
        known = plan.currency
        try:
            known = known or reader.currency()
        except StoppedError as error:
            if self.currency is not None:
                raise RefusedError(
                    f"a limit of {self} cannot be held: {error}; --fact currency=ISO names it; nothing was sent"
                ) from error
            tell(f"{error}: the limit of {amount(self.max_daily)} is taken to be in it")
            return self
        if self.currency not in (None, known):
            raise RefusedError(f"the account spends {known}, and the limit is {self}: nothing was sent")
        found = self._replace(currency=known)
        tell(f"the plan may spend at most {found} a day")
        return found

    def for_resume(self, asked: "Limits", plan: Plan, reason: str | None) -> "Limits":
        """The limits of a run, which these are, once those that its resume asks for are taken in, and hold.

        Whether the campaign is enabled, each resume says anew: it is no part of what is bound here.
        Raises RefusedError where something looser is asked for without a reason.
        """
        most = self if asked.max_daily is None else asked
        if reason is None:
            if self.max_daily is not None and (most.max_daily or 0) > self.max_daily:
                raise RefusedError(f"the run began with a limit of {self} a day: more takes --change-limit REASON")
            if self.max_daily is not None and None is not most.currency != self.currency is not None:
                raise RefusedError(f"the run began with a limit of {self} a day: another takes --change-limit REASON")
            approved = {plan._replace(enable=wish).sha256 for wish in (True, False)}
            if self.expect_plan is not None and self.expect_plan.lower() not in approved:
                raise RefusedError(
                    f"the run began with the plan {self.expect_plan}, and this is {plan.sha256}: "
                    "another takes --change-limit REASON"
                )
        asked._replace(max_daily=most.max_daily, currency=most.currency).hold(plan)
        expected = asked.expect_plan or (self.expect_plan if reason is None else self.expect_plan and plan.sha256)
        return Limits(expected, most.max_daily, most.currency or self.currency)
