"""The exit statuses of all commands. A number may have several names, one for each thing that it tells."""

from typing import Final

SUCCESS: Final = 0
"""Nothing is left to do: no findings that count, all explained, all written, all of a run stands."""
FINDINGS: Final = 1
"""A check found something at or above `--fail-on`; `--diff` shows changes."""
UNEXPLAINED: Final = 1
"""`explain` does not know one of the refusals."""
LEFT: Final = 1
"""`init` left something as it is, or did not write it, that would be needed."""
REFUSED: Final = 1
"""The checks, a plugin or the limits refused a submission, and nothing was sent."""
UNANSWERED: Final = 1
"""The client of a server, or the reader of an output, is gone, or a tool of `mcp` did not answer."""
ERROR: Final = 2
"""Usage, configuration or internal error."""
NO_PAYLOAD: Final = 3
"""A check, or `init`, met no payload at all."""
STOPPED: Final = 4
"""A submission stopped before its end; `splint resume` continues it."""
PERSON_NEEDED: Final = 5
"""A person has to look at the account: a submission left an object of unknown or unexpected state."""
INTERRUPTED: Final = 130
"""Ctrl-C."""
