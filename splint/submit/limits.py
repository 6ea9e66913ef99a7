"""The limits that a plan is approved with: its SHA-256 and the most that it may spend per day."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from splint.reporting.wording import amount
from splint.submit.commands import command
from splint.submit.drift import KINDS, UNCHANGEABLE, Difference
from splint.submit.errors import MisuseError, PersonNeededError, RefusedError
from splint.submit.plan import Plan
from splint.submit.reading import NoCurrencyError, Reader
from splint.submit.record import Record

_MONEY = re.compile(r"(?P<amount>[0-9]+(?:\.[0-9]+)?)\s*(?P<currency>[A-Za-z]{3})?")


class Limits(NamedTuple):
    """The limits of a run. They are journalled; a resume may only tighten them, unless it gives a reason."""

    expect_plan: str | None = None
    """The SHA-256 of the plan that was approved."""
    max_daily: Decimal | None = None
    """The most that the plan may spend a day: 0 or more."""
    currency: str | None = None
    """The ISO code of the currency of `max_daily`; None for the advertiser's own."""

    @classmethod
    def of_text(cls, text: str | None, expect_plan: str | None = None) -> "Limits":
        """Limits from the texts of options: an amount such as `2000USD`, or `2000` in the advertiser's currency.

        Raises ValueError for a text that is not an amount.
        """
        if text is None:
            return cls(expect_plan)
        match = _MONEY.fullmatch(text.strip())
        try:
            most = Decimal(match["amount"]) if match is not None else None
        except InvalidOperation:
            most = None
        if match is None or most is None:
            raise ValueError(f"{text!r} is no amount such as 2000 or 2000USD")
        return cls(expect_plan, most, match["currency"] and match["currency"].upper())

    @classmethod
    def of_start(cls, start: Mapping[str, Any]) -> "Limits":
        """The limits in a run's START event, as `Record.start` holds it."""
        most = start.get("max_daily")
        return cls(start.get("expect_plan"), None if most is None else Decimal(most), start.get("max_daily_currency"))

    def model_dump(self) -> dict[str, str | None]:
        """The limits as fields of an event."""
        most = None if self.max_daily is None else str(self.max_daily)
        return {"expect_plan": self.expect_plan, "max_daily": most, "max_daily_currency": self.currency}

    def refuse_beyond(self, differing: Iterable[Difference], record: Record) -> None:
        """Raise PersonNeededError if accepted differences may let the campaign spend more a day than its limit."""
        beyond = [one for one in differing if one.weight != "note" and one.may_spend_more]
        if self.max_daily is None or not beyond:
            return
        is_settled = any(one.path == record.start["campaign"] and one.field in UNCHANGEABLE for one in beyond)
        back = command(record.journal.directory, "rollback", record.run)
        ways = [] if is_settled else ["set it as the plan has it, then resume"]
        raise PersonNeededError(
            f"what stands may spend more than the plan, whose limit is {self} a day: nothing more is sent; "
            f"{', or '.join([*ways, f'take the run back with {back}'])}",
            next_words=("rollback", record.run) if is_settled else (),
            details=tuple(map(str, beyond)),
        )

    def __str__(self) -> str:
        """The amount with its currency."""
        assert self.max_daily is not None
        return f"{amount(self.max_daily)} {self.currency or 'in the currency of the advertiser'}"

    def _require_amount(self) -> None:
        most: object = self.max_daily
        if most is not None and not (isinstance(most, Decimal) and most.is_finite() and most >= 0):
            raise MisuseError(f"max_daily is {most!r}: an amount is a Decimal of 0 or more; nothing was sent")

    def check(self, plan: Plan) -> None:
        """Raise RefusedError if a plan has another SHA-256 or can spend more per day, MisuseError if no amount says."""
        self._require_amount()
        if self.expect_plan is not None and self.expect_plan.lower() != plan.sha256:
            raise RefusedError(f"this is not the plan that was approved: its sha256 is {plan.sha256}; nothing was sent")
        if self.max_daily is None:
            return
        if self.currency is not None and plan.currency is not None and plan.currency != self.currency:
            raise RefusedError(f"the plan spends {plan.currency}, and its limit is {self}: nothing was sent")
        if plan.spend.daily is None or plan.spend.daily > self.max_daily:
            most = "what nothing bounds" if plan.spend.daily is None else amount(plan.spend.daily)
            raise RefusedError(f"the plan can spend {most} a day, more than {self}: nothing was sent")

    def in_currency(self, plan: Plan, reader: Reader, named: str | None, progress: Callable[[str], None]) -> "Limits":
        """These limits with the currency of the advertiser, read from the account.

        Where that cannot be read it is the one `named` by an option or by the limits of the run: facts of a bundle or
        of settings prove nothing.
        Raises RefusedError if it is not the currency of the limit, or not that of the facts by which the plan was
        made, or if it is unknown and the limit names one; StoppedError if the account does not answer.
        """
        if self.max_daily is None:
            return self
        try:
            known = reader.currency()
        except NoCurrencyError as error:
            known = named or ""
            if not known and self.currency is not None:
                raise RefusedError(
                    f"a limit of {self} cannot be held: {error}; --fact currency=ISO names it; nothing was sent"
                ) from error
            progress(f"{error}: the limit of {amount(self.max_daily)} is taken to be in {known or 'it'}")
            if not known:
                return self
        if plan.currency not in (None, known):
            raise RefusedError(f"the account spends {known}, and the facts say {plan.currency}: nothing was sent")
        if self.currency not in (None, known):
            raise RefusedError(f"the account spends {known}, and the limit is {self}: nothing was sent")
        limits = self._replace(currency=known)
        progress(f"the plan may spend at most {limits} a day")
        return limits

    def for_resume(self, requested: "Limits", plan: Plan, reason: str | None, currency: str | None) -> "Limits":
        """Combine these limits of a run with the `requested` ones of a resume; `currency` is that of the run's start.

        The plan's SHA-256 is compared whether or not the campaign is to be enabled, as `--enable` is an approval of its
        own, and with or without its currency: the fact may stand in the settings of another directory.
        Raises RefusedError if the request is looser and has no `reason`, or if the plan exceeds the result; MisuseError
        as `check` does.
        """
        requested._require_amount()
        most = self if requested.max_daily is None else requested
        if reason is None:
            if self.max_daily is not None and (most.max_daily or 0) > self.max_daily:
                raise RefusedError(f"the run began with a limit of {self} a day: more takes --change-limit REASON")
            if self.max_daily is not None and None is not most.currency != self.currency is not None:
                raise RefusedError(f"the run began with a limit of {self} a day: another takes --change-limit REASON")
            if self.expect_plan is not None and self.expect_plan.lower() not in hashes(plan, currency):
                raise RefusedError(
                    f"the run began with the plan {self.expect_plan}, and this is {plan.sha256}: "
                    "another takes --change-limit REASON"
                )
        is_plan = requested.expect_plan is not None and requested.expect_plan.lower() in _hashes(plan, currency)
        Limits(None if is_plan else requested.expect_plan, most.max_daily, most.currency).check(plan)
        expected = requested.expect_plan or (self.expect_plan if reason is None else self.expect_plan and plan.sha256)
        return Limits(expected, most.max_daily, most.currency or self.currency)


def unenabled(record: Record) -> str:
    """What a message says of a paused run that its limit keeps from being enabled, as a kind of budget is accepted."""
    kinds = [field for field in record.start.get("accept_drift") or () if field in KINDS]
    limits = Limits.of_start(record.start)
    if not kinds or limits.max_daily is None:
        return ""
    return f": under its limit of {limits} a day nothing is enabled whose {' or '.join(kinds)} differs, accepted or not"


def hashes(plan: Plan, currency: str | None) -> set[str]:
    """The SHA-256 of a plan as `_hashes` has them, whether or not the campaign is to be enabled."""
    return _hashes(plan, currency) | _hashes(plan._replace(enable=not plan.enable), currency)


def _hashes(plan: Plan, currency: str | None) -> set[str]:
    """The SHA-256 of a plan in its currency, that of the run's start and none; in its own alone if those two differ."""
    does_differ = plan.currency is not None and currency not in (None, plan.currency)
    return {plan._replace(currency=one).sha256 for one in {plan.currency, *(() if does_differ else (currency, None))}}
