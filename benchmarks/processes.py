"""Runs processes and measures their time and peak memory, or reads the figures that they print."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.paired import Timer

HERE = Path(__file__).parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent
SPLINT = str(BIN / "splint")
CHECK_JSONSCHEMA = str(BIN / "check-jsonschema")
NODE = HERE / "node_modules" / ".bin"
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONPATH")
}


class Failed(Exception):  # noqa: N818 - a result, not an error
    """A row cannot be measured, or its figure would be meaningless."""


def script(name: str, *arguments: object) -> list[str]:
    """The command that runs a module of this directory with the installed splint, not the checkout's."""
    return [PYTHON, "-P", str(HERE / name), *map(str, arguments)]


def timed(command: Sequence[str], directory: Path, *, cpu: bool = False) -> Timer:
    """A timer of a process from start to exit, with its output discarded; with `cpu` its CPU time counts.

    The timer raises Failed if the process fails.
    """

    def timer() -> float:
        start = perf_counter()
        process = subprocess.Popen(
            command, cwd=directory, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            raise
        elapsed = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise Failed(f"{_shown(command)} ended with status {process.returncode}")
        return usage.ru_utime + usage.ru_stime if cpu else elapsed

    return timer


def reported(command: Sequence[str], directory: Path) -> list[float]:
    """The figures that a process prints as JSON, one per round."""
    figures: list[float] = json.loads(output(command, directory))
    return figures


def output(command: Sequence[str], directory: Path) -> str:
    """The output of a process. Raises Failed if it fails."""
    done = subprocess.run(command, cwd=directory, env=ENVIRONMENT, capture_output=True, text=True)
    if done.returncode:
        raise Failed(f"{_shown(command)} ended with status {done.returncode}: {done.stderr.strip()[-500:]}")
    return done.stdout


def refusal(command: Sequence[str], directory: Path) -> str:
    """The output of a process that has to reject its input. Raises Failed if it accepts it."""
    done = subprocess.run(command, cwd=directory, env=ENVIRONMENT, capture_output=True, text=True)
    if not done.returncode:
        raise Failed(f"{_shown(command)} accepts what is broken")
    return done.stdout + done.stderr


def peak(command: Sequence[str], directory: Path) -> float:
    """The peak memory of a process in MiB."""
    launcher = [PYTHON, "-I", "-S", str(HERE / "peak.py")]
    floor = float(output([*launcher, shutil.which("true") or SPLINT], directory))
    held = float(output([*launcher, *command], directory))
    if held <= floor:
        raise Failed(f"what started {_shown(command)} held {floor:.0f} MiB, more than the process itself")
    return held


def _shown(command: Sequence[str]) -> str:
    return " ".join(Path(word).name for word in command[:6])
