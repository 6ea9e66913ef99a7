"""Runs tasks in forked worker processes and yields their results in the order of the tasks."""

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
"""The batches queued per worker: with a single one a worker would be idle between two."""
MOST = 4
"""The most tasks in a batch. To hand one over interrupts whoever has the core, which costs more than what is done."""
SHARES = 8
"""A batch is no more than one of so many parts of what a worker had so far: all are busy nearly to the end."""
_SIZE = 8
"""The bytes of the big-endian length before each answer in a pipe."""


_KEPT = 1 << 22
"""A block of so many bytes is made and freed, for speed only: glibc then keeps as much of what is freed later.

Otherwise each chunk of a file has its memory from the system anew as it is counted: a tenth of the time."""


def in_order(
    work: Callable[[Task], Result], tasks: Iterable[Task], jobs: int
) -> Generator[tuple[Task, Result], None, None]:
    """Yield the tasks with their results, computed by `work` in `jobs` forks of this process.

    The forks end when the generator is exhausted or closed. They share this process's memory as it was at the fork, so
    that only tasks and results are pickled. Exceptions of `work` are raised here; RuntimeError if a fork was killed.
    `multiprocessing` is not used: it takes 20 ms to import, and waits forever for a process that was killed.
    """
    bytes(_KEPT)
    forks: list[_Fork[Task, Result]] = []
    is_over = False
    try:
        mask = signal.pthread_sigmask(
            signal.SIG_BLOCK, (signal.SIGINT,)
        )  # or Ctrl-C may reach a fork before it ignores the signal
        try:
            for _ in range(jobs):
                forks.append(_Fork(work, forks, mask))
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        yield from _shared_out(forks, tasks)
        is_over = True
    finally:
        for fork in forks:
            fork.end(at_once=not is_over)


def _batches(tasks: Iterable[Task], jobs: int) -> Iterator[list[Task]]:
    """The tasks in lists, to be handed over at once: single ones first."""
    rest, count = iter(tasks), 0
    while batch := list(islice(rest, min(MOST, 1 + count // (SHARES * jobs)))):
        count += len(batch)
        yield batch


def _shared_out(forks: "Sequence[_Fork[Task, Result]]", tasks: Iterable[Task]) -> Iterator[tuple[Task, Result]]:
    by_file = {fork.answers: fork for fork in forks}
    poll = select.poll()
    for file in by_file:
        poll.register(file, select.POLLIN)
    numbered = enumerate(_batches(tasks, len(forks)))
    idle = deque(fork for _ in range(AHEAD) for fork in forks)
    pending: deque[tuple[int, list[Task]]] = deque()
    results: dict[int, list[Result]] = {}
    while True:
        for number, batch in islice(numbered, len(idle)):
            pending.append((number, batch))
            idle.popleft().give(number, batch)
        if not pending:
            return
        has_next = pending[0][0] in results
        for file, _ in poll.poll(0 if has_next else None):
            number, answer = by_file[file].take()
            results[number] = answer
            idle.append(by_file[file])
        if has_next:
            number, batch = pending.popleft()
            yield from zip(batch, results.pop(number), strict=True)


class _Fork(Generic[Task, Result]):
    """A forked worker process: it reads batches of tasks from one pipe and writes the results to another, in order."""

    def __init__(self, work: Callable[[Task], Result], others: "Sequence[_Fork[Task, Result]]", mask: set[Any]) -> None:
        """Fork. `mask` is the signal mask to restore in the fork; the pipes of `others` are closed there."""
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        theirs, self._tasks = os.pipe()
        self.answers, mine = os.pipe()
        self._numbers: deque[int] = deque()
        self._process = os.fork()
        if self._process == 0:
            kept = (self._tasks, self.answers, *(file for other in others for file in (other._tasks, other.answers)))
            _serve(work, theirs, mine, kept, mask)
        os.close(theirs)
        os.close(mine)

    def give(self, number: int, batch: list[Task]) -> None:
        """Send tasks to the fork. Raises RuntimeError if it was killed."""
        self._numbers.append(number)
        try:
            os.write(self._tasks, pickle.dumps(batch))
        except BrokenPipeError:  # the command takes BrokenPipeError for a closed standard output
            raise _killed() from None

    def take(self) -> tuple[int, list[Result]]:
        """The number and the results of the oldest batch; waits for it. Raises what a task raised."""
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
        """Wait for the fork to end, or kill it (`at_once`); it is reaped in both cases."""
        os.close(self._tasks)
        with suppress(ProcessLookupError, ChildProcessError):  # with SIGCHLD ignored it is reaped already
            if at_once:
                os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
        os.close(self.answers)


def _killed() -> Exception:
    return RuntimeError("a process ended before its work was done: was it killed?")


def _serve(work: Callable[[Task], Result], tasks: int, answers: int, kept: Iterable[int], mask: set[Any]) -> NoReturn:
    """Work on tasks until the parent closes the pipe or ends; then exit the process.

    `tasks` and `answers` are the pipes to the parent; `kept` are file descriptors to close.
    """
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Ctrl-C and ends its forks
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for file in kept:  # or the pipes would stay open when the parent ends
            os.close(file)
        with open(tasks, "rb") as given, open(answers, "wb") as written:
            while given.peek(1):
                answer = _answer(work, pickle.load(given))  # noqa: S301 - of its parent
                written.write(len(answer).to_bytes(_SIZE, "big") + answer)
                written.flush()
        for stream in (sys.stdout, sys.stderr):  # text that a plugin printed
            if stream is not None:
                stream.flush()
    finally:
        os._exit(0)


def _answer(work: Callable[[Task], Result], batch: list[Task]) -> bytes:
    try:
        return pickle.dumps((True, list(map(work, batch))))
    except BaseException as error:
        try:
            answer = pickle.dumps((False, error))
            pickle.loads(answer)  # noqa: S301 - of itself
        except Exception:
            return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
        return answer
