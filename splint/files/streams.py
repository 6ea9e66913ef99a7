"""Streams of the bytes of files: of regular ones, of named pipes and of devices."""

import io
import os
from typing import BinaryIO

SMALL = 64 << 10
"""A regular file of fewer bytes is read when it is opened: with a stream on it a check takes 3 % longer."""
PIPE_TIMEOUT = 2
"""The seconds to wait for a writer of a named pipe."""


class RefusedError(OSError):
    """Raised for a path that may not be read or written; the message gives the reason and what to do."""


def may_be_endless(path: str) -> bool:
    """Whether a device is neither a terminal nor the null device."""
    with open(path, "rb") as stream:
        return not stream.isatty() and not os.path.samefile(path, os.devnull)


def opened_regular(path: str) -> BinaryIO:
    """A stream of a regular file's bytes."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        data = os.read(descriptor, SMALL)
        if len(data) < SMALL and not os.read(descriptor, 1):
            return io.BytesIO(data)
        os.lseek(descriptor, 0, os.SEEK_SET)
        return open(os.dup(descriptor), "rb")
    finally:
        os.close(descriptor)


def opened_pipe(path: str) -> BinaryIO:
    """A stream of a named pipe. Raises RefusedError if nothing has opened it for writing within PIPE_TIMEOUT seconds.

    A pipe that is not opened by its name, as of <(command), has its writer already.
    """
    import select  # few runs read pipes

    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN | select.POLLHUP)
    if not waiting.poll(PIPE_TIMEOUT * 1000):
        try:
            os.read(descriptor, 1)  # nothing, as at an end, where there is no writer
        except BlockingIOError:
            pass  # it has one, which has not written yet
        else:
            os.close(descriptor)
            raise RefusedError("it is a named pipe that nothing writes to: start what writes to it, or pipe that in")
    os.set_blocking(descriptor, True)
    return open(descriptor, "rb")
