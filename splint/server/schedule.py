"""When documents are judged: for each at most one run at work, and the newest version waiting."""

import asyncio
from collections.abc import Awaitable, Callable

AT_ONCE = 0.05
"""A document whose last run took less, in seconds, is judged at once."""
LONGEST = 0.5
"""The most seconds that a change waits for others to come."""


class _Job:
    """The runs of one document."""

    def __init__(self) -> None:
        self.task: asyncio.Task[None] | None = None
        self.is_due = False
        self.took = 0.0
        """The seconds of its last run."""


class Schedule:
    """Runs what is asked for; `run` judges the newest version of a document and returns the seconds that it took."""

    def __init__(self, run: Callable[[str], Awaitable[float]]) -> None:
        self._run = run
        self._jobs: dict[str, _Job] = {}

    def ask(self, path: str) -> None:
        """Ask for a run: it begins when the one at work is over."""
        job = self._jobs.setdefault(path, _Job())
        job.is_due = True
        if job.task is None:
            job.task = asyncio.get_running_loop().create_task(self._work(path, job))

    async def _work(self, path: str, job: _Job) -> None:
        try:
            while job.is_due:
                if job.took >= AT_ONCE:
                    await asyncio.sleep(min(job.took, LONGEST))
                job.is_due = False
                job.took = await self._run(path)
        finally:
            job.task = None

    async def settled(self, path: str) -> None:
        """Wait until nothing is asked for a document any more."""
        while (job := self._jobs.get(path)) is not None and job.task is not None:
            await asyncio.wait([job.task])

    def forget(self, path: str) -> None:
        """Forget how long a document took that is closed."""
        job = self._jobs.get(path)
        if job is not None and job.task is None:
            del self._jobs[path]
