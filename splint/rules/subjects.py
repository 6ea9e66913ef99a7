"""What rules are about: the kinds of payload, and of parts of one, that they are called with."""

from splint.payloads.faults import DuplicateMember, RepeatedRequestId, TokenInFile, Unreadable, Unrecognized
from splint.payloads.invalid_fields import InvalidField
from splint.payloads.nodes import (
    Ad,
    AdAppeal,
    AdGroup,
    AdGroupBudgetUpdate,
    AdMaterialStatusUpdate,
    Campaign,
    Creative,
    EventLog,
    Facts,
    Request,
    StatusUpdate,
    Tree,
)
from splint.rules.rule import Rule

SUBJECTS: dict[str, tuple[type, ...]] = {
    "campaign": (Campaign,),
    "adgroup": (AdGroup,),
    "ad": (Ad, Creative),
    "creative": (Creative,),
    "tree": (Tree,),
    "status": (StatusUpdate,),
    "budgets": (AdGroupBudgetUpdate,),
    "materials": (AdMaterialStatusUpdate,),
    "appeal": (AdAppeal,),
    "request": (Request,),
    "events": (EventLog,),
    "facts": (Facts,),
    "document": (Unreadable, Unrecognized, DuplicateMember, InvalidField, RepeatedRequestId, TokenInFile),
}
"""The kinds by name: `ad` has the creatives in it, `tree` is a campaign with all below it, `document` all of a file."""


def subjects_of(rule: Rule) -> list[str]:
    """The kinds that a rule is about; none where it is called with no node."""
    return [name for name, nodes in SUBJECTS.items() if any(issubclass(kind, nodes) for kind in rule.on)]
