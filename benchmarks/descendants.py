"""Runs a program and counts what all processes below it use, also those that lose their parent. Linux alone."""

import ctypes
import math
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import perf_counter, sleep
from typing import NamedTuple

from benchmarks.processes import PYTHON, Failed

SAMPLED, EXIT_TIMEOUT = 0.05, 20.0
"""Seconds between two looks at the processes; those that are left to end after the program, before they are killed."""
SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER: a process below this one that loses its parent becomes a child of this one."""


class Process(NamedTuple):
    """What a process has used; the number may be given again, not so number and start."""

    number: int
    started: str
    parent: int
    command: bytes
    cpu: float


class Spent(NamedTuple):
    """The seconds of CPU of all processes, of those that run a certain command alone, and the clock's."""

    cpu: float
    workers: float
    clock: float


def become_subreaper() -> None:
    """Make this process the one that orphans come to. Exits where the system has no such thing."""
    if sys.platform != "linux" or ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0):
        sys.exit("the processes of an engine can be counted on Linux alone")


def spent(code: str, directory: Path, environment: Mapping[str, str], worker: bytes) -> Spent:
    """Run code in Python until each process below it has ended. Raises Failed if it fails."""
    (directory / "program.py").write_text(code)
    output = directory / "output"
    with output.open("wb") as stream:
        command = [PYTHON, "program.py"]
        began = perf_counter()
        process = subprocess.Popen(command, cwd=directory, env=environment, stdout=stream, stderr=stream)
        process.returncode, ended, used = _watched(process.pid)
    if process.returncode:
        raise Failed(output.read_text(errors="replace")[-2000:])
    workers = sum(each.cpu for each in used if worker in each.command)
    return Spent(sum(each.cpu for each in used), workers, ended - began)


def _watched(program: int) -> tuple[int, float, list[Process]]:
    """Wait until no process is left: the status of the program, the moment of its end, and what each has used.

    They are looked at while they run, since the raylet of Ray and the daemon of Spark ignore the end of their workers:
    the system then adds their CPU to nobody's.
    """
    status, ended, used = 0, math.inf, dict[tuple[int, str], Process]()
    while True:
        try:
            over = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return status, ended, list(used.values())
        below = list(_descendants())
        for process in below:
            known = used.get(process[:2], process)
            used[process[:2]] = process._replace(command=process.command or known.command)  # none when it has ended
        if over:
            os.waitpid(over.si_pid, 0)
            if over.si_pid == program:
                status, ended = over.si_status, perf_counter()
            continue
        if perf_counter() > ended + EXIT_TIMEOUT:
            for process in below:
                os.kill(process.number, signal.SIGKILL)
        sleep(SAMPLED)


def _descendants() -> Iterator[Process]:
    """The processes below this one, also those that have ended and were not waited for."""
    found, ticks = {}, os.sysconf("SC_CLK_TCK")
    for directory in Path("/proc").glob("[0-9]*"):
        try:
            command, stat = (directory / "cmdline").read_bytes(), (directory / "stat").read_text()
        except OSError:  # it has just gone
            continue
        fields = stat.rpartition(")")[2].split()
        number, cpu = int(directory.name), (int(fields[11]) + int(fields[12])) / ticks
        found[number] = Process(number, fields[19], int(fields[1]), command, cpu)
    for process in found.values():
        above: Process | None = process
        while above and above.parent != os.getpid():
            above = found.get(above.parent)
        if above:
            yield process
