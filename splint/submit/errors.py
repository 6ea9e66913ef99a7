"""The errors of a submission; `status` is the exit status of the command."""

from typing import TYPE_CHECKING

from splint.reporting.exit_statuses import ERROR, PERSON_NEEDED, REFUSED, STOPPED

if TYPE_CHECKING:
    from splint.submit.record import Record


class SubmitError(Exception):
    """The base class: a submission stopped."""

    status = STOPPED

    def __init__(self, message: str, *, next_words: tuple[str, ...] = (), details: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.next_words = next_words
        """The words of the command to call next; if empty, those of the run."""
        self.details = details
        """More lines to show below the message."""
        self.record: Record | None = None
        """The run that was stopped."""


class RefusedError(SubmitError):
    """The checks, a plugin or the limits refuse the plan: nothing was sent."""

    status = REFUSED


class MisuseError(SubmitError):
    """Wrong usage or configuration, a lock that is held, a damaged journal, or a redirect."""

    status = ERROR


class RedirectedError(MisuseError):
    """A redirect in answer to a GET."""


class StoppedError(SubmitError):
    """The run stopped before its end; `splint resume` continues it."""

    status = STOPPED


class UnreadError(StoppedError):
    """What stands cannot be read: a list fails, contradicts itself, or does not tell enough."""


class CutShortError(StoppedError):
    """A command that ends otherwise than by an error of this package: Ctrl-C, or a failure of splint."""


class HeldError(MisuseError):
    """A lock that another process holds, maybe for the run `holder`."""

    def __init__(self, message: str, holder: str) -> None:
        super().__init__(message)
        self.holder = holder


class UnusableError(MisuseError):
    """A journal that is damaged or cannot be read, or a directory that cannot be locked."""


class UnwritableError(StoppedError):
    """A journal that takes no line."""


class OvertakenError(UnwritableError):
    """A journal to which another process wrote meanwhile."""


class PersonNeededError(SubmitError):
    """An object's state is unknown, or it differs from what was sent: a person has to look at the account."""

    status = PERSON_NEEDED


class RunningError(PersonNeededError):
    """An error that says that the campaign runs, or may."""
