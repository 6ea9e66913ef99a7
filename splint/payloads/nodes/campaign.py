"""Campaigns."""

from splint.payloads.nodes.payload import Payload
from splint.schema.kinds import cached_property
from splint.schema.table import CampaignFields
from splint.schema.vocabulary import NAME_FIELDS, OWN_IDS

DAILY = frozenset({"BUDGET_MODE_DAY", "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"})
MODES_WITH_CBO = frozenset({"BUDGET_MODE_TOTAL", "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"})
MODES_WITHOUT_CBO = frozenset({"BUDGET_MODE_INFINITE", "BUDGET_MODE_DAY", "BUDGET_MODE_TOTAL"})


class Campaign(Payload, CampaignFields):
    """A campaign."""

    own_id = OWN_IDS["campaign"]
    name_field = NAME_FIELDS["campaign"]
    noun = "campaign"

    @cached_property
    def cbo(self) -> bool | None:
        """Whether campaign budget optimization is on, the default of a create request; None if unknown."""
        if self.is_create and self.lacks("budget_optimize_on"):
            return True
        if isinstance(self.current, Campaign) and self.lacks("budget_optimize_on"):
            return self.current.cbo
        return self.budget_optimize_on

    @property
    def strategy_is_known(self) -> bool:
        """Whether the run has the CBO setting, even if its value is unknown; a lone update often lacks it."""
        return self.cbo is not None or self.says("budget_optimize_on")

    @cached_property
    def effective_budget_mode(self) -> str | None:
        """budget_mode, or its default for a create request; None if unknown."""
        if self.is_create and self.lacks("budget_mode"):
            if self.cbo is None:
                return None
            return "BUDGET_MODE_DYNAMIC_DAILY_BUDGET" if self.cbo else "BUDGET_MODE_INFINITE"
        if isinstance(self.current, Campaign) and self.lacks("budget_mode"):
            return self.current.effective_budget_mode
        return self.budget_mode

    @cached_property
    def allowed_budget_modes(self) -> frozenset[str]:
        """The budget modes that are valid with the CBO setting; all of them if that is unknown."""
        if self.cbo is None:
            return MODES_WITH_CBO | MODES_WITHOUT_CBO
        return MODES_WITH_CBO if self.cbo else MODES_WITHOUT_CBO

    @cached_property
    def has_refused_mode(self) -> bool:
        """Whether the budget mode is invalid with the CBO setting."""
        mode = self.effective_budget_mode
        return mode is not None and mode not in self.allowed_budget_modes

    @property
    def is_without_budget(self) -> bool:
        """Whether it is created without a budget. What an ad group holds may be meant for it."""
        return self.is_create and self.lacks("budget")

    @property
    def untold_of_budget(self) -> tuple[str, ...]:
        """The fields that say how much its budget is, and for how long, of which it is created without."""
        return tuple(name for name in ("budget", "budget_mode") if self.is_create and not self.has(name))

    @property
    def has_idle_budget(self) -> bool:
        """Whether there is a budget with BUDGET_MODE_INFINITE, which does not allow one."""
        return self.cbo is False and self.effective_budget_mode == "BUDGET_MODE_INFINITE" and self.has("budget")
