"""Trials of values: what the findings are with another value at a place, and what that says of the value."""

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from splint.reporting.places import Place, is_revealed, places_of
from splint.reporting.wording import SEVERITIES

if TYPE_CHECKING:
    from splint.reporting.diagnostic import Diagnostic

LEFT_OUT: Final = object()
"""In place of a value: the field or entry is left out."""
GRAVITY: Final = {severity: gravity for gravity, severity in enumerate(("", *SEVERITIES[::-1]))}
"""How grave findings of a severity are; that of none first."""


class Trials(Protocol):
    """What tries values on the documents of a run, within a limit for one answer."""

    def of(self, one: "Diagnostic", count: int) -> "Trial | None":
        """What `count` trials of a finding need; None where it can be tried on nothing, or too few are left."""


class Outcome(IntEnum):
    """What a value comes to, the better the higher."""

    REFUSED = 0
    """The finding stays or moves, or a graver one takes its place, after a removal one as grave at any place."""
    TRADES = 1
    """It resolves the finding, and brings in one as grave in its place."""
    KEEPS = 2
    """It resolves the finding, and another one stays in its place, as grave."""
    SHIFTS = 3
    """It resolves the finding, and brings in an error elsewhere."""
    SOFTENS = 4
    """It resolves the finding, and a milder one is in its place."""
    UNSETTLES = 5
    """It resolves the finding, and brings in a warning on what stands elsewhere."""
    RESOLVES = 6
    """It resolves the finding, and brings in no error but that a field is missing, which the next answer asks for."""
    MEETS = 7
    """So it does, and that field is what a key stands for that is no field yet: an end under another name is one."""


class Trial(NamedTuple):
    """What is tried for one finding."""

    finding: "Diagnostic"
    known: Mapping[tuple[str, str], str]
    """The codes and places of all findings of what is tried on, each with how severe it is."""
    after: "Callable[[Sequence[str], Any], Sequence[Diagnostic] | None]"
    """The findings with a value at places, or with LEFT_OUT there; None where nothing can be put there."""
    at: "Callable[[str], Any]"
    """What stands at a place; None for nothing."""
    can_edit: "Callable[[str], bool]"
    """Whether something can be put at a place: a string of JSON around it has no comments, and stands for itself."""

    def outcome(self, asked: Place, at: str, value: Any) -> Outcome:
        """What a value at a place comes to for the finding's question about `asked`, there or elsewhere."""
        after = self.after([at], value) if value is not LEFT_OUT else self._without(asked, at)
        if after is None:
            return Outcome.REFUSED
        found, meets = Outcome.RESOLVES, False
        told = {code for code, _ in self.known}
        for one in after:
            if not one.is_answerable and one.code in told:  # as before, perhaps at another place
                continue
            for place in places_of(one):
                where = _unshifted(place.at, at) if value is LEFT_OUT else place.at
                is_own = one.code == self.finding.code
                is_again = is_own and where in (asked.at, at)
                is_here = f"{where}/".startswith(f"{at}/")
                was = GRAVITY[one.severity] <= GRAVITY[self.known.get((one.code, where), "")]
                if was and not is_again and (is_own or not is_here):
                    continue  # as it was; what another rule finds here it finds on the new value, too
                stays = is_again or (is_own and place.is_there)
                if stays and one.severity in ("error", "warning", self.finding.severity):
                    return Outcome.REFUSED
                if GRAVITY[one.severity] < GRAVITY[self.finding.severity]:
                    is_idle = one.severity == "warning" and place.is_there and not is_revealed(one, [self.finding])
                    milder = Outcome.SOFTENS if is_here else Outcome.UNSETTLES if is_idle else found
                    found = min(found, milder)
                elif value is LEFT_OUT or (is_here and not was and one.severity != self.finding.severity):
                    return Outcome.REFUSED
                elif is_here:
                    found = min(found, Outcome.KEEPS if was else Outcome.TRADES)
                elif one.becomes is not None and (one.code, where) in self.known:
                    meets = True
                elif one.severity == "error" and place.is_there and not is_revealed(one, [self.finding]):
                    found = min(found, Outcome.SHIFTS)
        return Outcome.MEETS if meets and found is Outcome.RESOLVES else found

    def _without(self, asked: Place, at: str) -> "Sequence[Diagnostic] | None":
        """The findings without what stands at a place: of several keys of one object without all of them."""
        of_finding = [place.at for place in places_of(self.finding)] if self.finding.keys and at == asked.at else [at]
        return self.after(of_finding, LEFT_OUT)

    def shortens(self, at: str) -> bool:
        """Whether leaving out an entry moves the finding, in other words, to the next one, and brings in nothing."""
        after = self.after([at], LEFT_OUT) or ()
        moved = [one for one in after if one.code == self.finding.code and at in [place.at for place in places_of(one)]]
        return [one.summary != self.finding.summary for one in moved] == [True] and all(
            GRAVITY[one.severity] <= GRAVITY[self.known.get((one.code, _unshifted(place.at, at)), "")]
            for one in after
            if one not in moved
            for place in places_of(one)
        )

    def again(self, asked: Place, at: str, value: Any) -> "Diagnostic | None":
        """The finding as it is with a value at a place, there or elsewhere; None where it is gone, or tells only."""
        for one in self.after([at], value) or ():
            is_alike = one.code == self.finding.code and one.severity in ("error", "warning", self.finding.severity)
            if is_alike and asked.at in [place.at for place in places_of(one)]:
                return one
        return None


def _unshifted(pointer: str, removed: str) -> str:
    """A pointer after the removal of a list's entry, as it was before."""
    holder, _, index = removed.rpartition("/")
    if not index.isdigit() or not pointer.startswith(f"{holder}/"):
        return pointer
    step, slash, rest = pointer[len(holder) + 1 :].partition("/")
    return f"{holder}/{int(step) + (int(step) >= int(index))}{slash}{rest}" if step.isdigit() else pointer
