"""Tasks shared out among forks of this process; their results come in the order of the tasks."""

import os
import pickle
import select
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, Generic, NoReturn, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
AHEAD = 2
"""How many tasks a fork has at once: with one it would wait until the next one is written."""
_SIZE = 8
"""How many bytes the length of an answer takes, big endian."""


def in_order(
    work: Callable[[Task], Result], tasks: Iterable[Task], jobs: int
) -> Generator[tuple[Task, Result], None, None]:
    """The tasks with their results, computed in `jobs` forks of this process, which end with the iteration.

    Forks have a copy of this process's memory: only tasks and results are pickled. What `work` raises is raised here.
    For speed no multiprocessing: it takes 20 ms to import, and it waits forever for a process that was killed.
    """
    forks: list[_Fork[Task, Result]] = []
    is_over = False
    try:
        heard = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))  # or a fork may hear it, and be a parent
        try:
            for _ in range(jobs):
                forks.append(_Fork(work, forks, heard))
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, heard)
        yield from _shared_out(forks, tasks)
        is_over = True
    finally:
        for fork in forks:
            fork.end(at_once=not is_over)


def _shared_out(forks: "Sequence[_Fork[Task, Result]]", tasks: Iterable[Task]) -> Iterator[tuple[Task, Result]]:
    by_file = {fork.answers: fork for fork in forks}
    poll = select.poll()
    for file in by_file:
        poll.register(file, select.POLLIN)
    numbered = enumerate(tasks)
    idle = deque(fork for _ in range(AHEAD) for fork in forks)
    pending: deque[tuple[int, Task]] = deque()
    results: dict[int, Result] = {}
    while True:
        for number, task in islice(numbered, len(idle)):
            pending.append((number, task))
            idle.popleft().give(number, task)
        if not pending:
            return
        has_next = pending[0][0] in results
        for file, _ in poll.poll(0 if has_next else None):
            number, result = by_file[file].take()
            results[number] = result
            idle.append(by_file[file])
        if has_next:
            number, task = pending.popleft()
            yield task, results.pop(number)


class _Fork(Generic[Task, Result]):
    """A fork of this process that works on tasks, one after the other, and writes each result to a pipe."""

    def __init__(
        self, work: Callable[[Task], Result], others: "Sequence[_Fork[Task, Result]]", heard: set[Any]
    ) -> None:
        """`heard` are the signals that are blocked again in the fork; `others` are those that it must not keep open."""
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        theirs, self._tasks = os.pipe()
        self.answers, mine = os.pipe()
        self._numbers: deque[int] = deque()
        self._process = os.fork()
        if self._process == 0:
            kept = (self._tasks, self.answers, *(file for other in others for file in (other._tasks, other.answers)))
            _serve(work, theirs, mine, kept, heard)
        os.close(theirs)
        os.close(mine)

    def give(self, number: int, task: Task) -> None:
        """Hand out a task."""
        self._numbers.append(number)
        try:
            os.write(self._tasks, pickle.dumps(task))
        except BrokenPipeError:  # which would pass for a reader of the report that has gone
            raise _killed() from None

    def take(self) -> tuple[int, Result]:
        """The number and the result of the task that came first."""
        size = int.from_bytes(self._read(_SIZE), "big")
        is_result, answer = pickle.loads(self._read(size))  # noqa: S301 - of a fork
        if not is_result:
            raise answer
        return self._numbers.popleft(), answer

    def _read(self, size: int) -> bytes:
        parts = []
        while size:
            parts.append(os.read(self.answers, size))
            if not parts[-1]:
                raise _killed()
            size -= len(parts[-1])
        return b"".join(parts)

    def end(self, *, at_once: bool) -> None:
        """Let it end, or kill it; no zombie is left."""
        os.close(self._tasks)
        with suppress(ProcessLookupError, ChildProcessError):  # where SIGCHLD is ignored nobody waits for it
            if at_once:
                os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
        os.close(self.answers)


def _killed() -> Exception:
    return RuntimeError("a process ended before its work was done: was it killed?")


def _serve(work: Callable[[Task], Result], tasks: int, answers: int, kept: Iterable[int], heard: set[Any]) -> NoReturn:
    """Work until there are no more tasks, or nobody is there to hear of results. Whatever happens, a fork ends here."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C, and ends its processes
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)
        for file in kept:  # or it would never hear that its parent has gone
            os.close(file)
        with open(tasks, "rb") as given, open(answers, "wb") as written:
            while given.peek(1):
                answer = _answer(work, pickle.load(given))  # noqa: S301 - of its parent
                written.write(len(answer).to_bytes(_SIZE, "big") + answer)
                written.flush()
        for stream in (sys.stdout, sys.stderr):  # what a plugin prints
            if stream is not None:
                stream.flush()
    finally:
        os._exit(0)


def _answer(work: Callable[[Task], Result], task: Task) -> bytes:
    try:
        return pickle.dumps((True, work(task)))
    except BaseException as error:
        try:
            answer = pickle.dumps((False, error))
            pickle.loads(answer)  # noqa: S301 - of itself
        except Exception:
            return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
        return answer
