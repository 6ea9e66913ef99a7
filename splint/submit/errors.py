"""How a submission ends that does not end well; `status` is the exit status."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from splint.submit.record import Record


class SubmitError(Exception):
    """Why a submission stopped."""

    status = 4

    def __init__(self, message: str, *, next_words: tuple[str, ...] = (), details: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.next_words = next_words
        """The command to call next, where that is clear: a run's own unless it is another."""
        self.details = details
        """More lines for whoever has to decide."""
        self.record: Record | None = None
        """The run that it happened in."""


class RefusedError(SubmitError):
    """The checks, a plugin or the plan's own limits object: nothing was sent."""

    status = 1


class MisuseError(SubmitError):
    """Usage, configuration, a lock that is held, a journal that is damaged, a server that redirects."""

    status = 2


class StoppedError(SubmitError):
    """StoppedError on the way; `splint resume` goes on."""

    status = 4


class PersonNeededError(SubmitError):
    """An object whose fate is not known, or that stands otherwise than it was sent: a person has to look."""

    status = 5
