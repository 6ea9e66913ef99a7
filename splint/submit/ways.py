"""How a run goes on, or is taken back, where what stands differs from its plan."""

from collections.abc import Collection

from splint.submit.commands import command
from splint.submit.drift import AMOUNTS, COSTS, MONEY, PARENTS, UNCHANGEABLE, Difference
from splint.submit.limits import Limits
from splint.submit.record import BY_HAND, Record

RENAMED = (
    "; where a person renamed it, name it as it was sent, then resume; where it is another's, look for the run's own: "
    f"{BY_HAND}"
)
"""What a message says of an empty campaign of quite another name than was sent."""


def way_back(record: Record) -> str:
    """The command that takes a run back."""
    return command(record.journal.directory, "rollback", record.run)


def ways_on(differing: Collection[Difference], record: Record) -> str:
    """What a message says of what stands otherwise than it was sent: how the run goes on, or is taken back.

    No resume accepts what may spend more than the limit; nobody is told to accept a status, or another parent.
    """
    limits = Limits.of_start(record.start)
    settled = [one for one in differing if one.path == record.start["campaign"] and one.field in UNCHANGEABLE]
    was = "accepted" if all(one.was_accepted for one in differing) else "sent"
    ways = [] if settled else [f"set it by hand as it was {was}, then resume"]
    if not any(
        one.field in (*PARENTS, "operation_status") or (limits.max_daily is not None and one.may_spend_more)
        for one in differing
    ):
        before = (name for name in record.start.get("accept_drift") or () if name not in COSTS)  # of those, a value
        names = (*before, *(one.name for one in differing))
        accepted = dict.fromkeys(name.rpartition("/")[2] for name in names)
        words = [word for name in accepted for word in ("--accept-drift", name)]
        words += ["--enable"] * (record.is_to_enable or record.enables_anew)
        resume = command(record.journal.directory, "resume", record.run, *words)
        ways.append(f"where it may stay so, let {resume} take it as it stands")
    return "; " + "; or ".join((*ways, f"take the run back with {way_back(record)}"))


def way_of_unsent(stopping: Collection[Difference], record: Record) -> tuple[str, tuple[str, ...]]:
    """What a message says, and the words to call next, where objects were made before a bundle was corrected."""
    unsent = [one for one in stopping if not one.was_sent]
    if not unsent:
        return "", ()
    paths = ", ".join(dict.fromkeys(one.path for one in unsent))
    why = f"; {paths} was made by an earlier request, before the bundle was corrected: "
    if any(one.field in (*MONEY, *AMOUNTS) for one in unsent):  # a person may accept it, and is not told to
        return f"{why}the next command takes the run back", ("rollback", record.run)
    options = (word for field in dict.fromkeys(one.name for one in unsent) for word in ("--accept-drift", field))
    way = f"the next command takes it as it stands, {way_back(record)} takes the run back"
    return f"{why}{way}", ("resume", record.run, *options, *["--enable"] * record.is_to_enable)
