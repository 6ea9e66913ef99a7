"""What the other journals of a run's directory tell."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from splint.submit.record import Record


class Beside(NamedTuple):
    """What the other journals of the directory tell of a run's campaign, and of its request_ids."""

    rivals: "Sequence[Record]" = ()
    """Other runs that may have made a campaign of one of its names."""
    copies: "Sequence[Record]" = ()
    """What copies of its journal tell, as one that was set aside where an older one was restored."""
    runs: "Sequence[Record]" = ()
    """The other runs, of whatever campaign."""
    request_ids: "Mapping[str, Record]" = {}
    """The other runs by the request_ids that they sent."""
