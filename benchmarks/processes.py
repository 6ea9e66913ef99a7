"""Whole processes: what they take, what they hold in memory, and what the ones that measure themselves report."""

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


class Failed(Exception):  # noqa: N818 - a measurement that failed, and why
    """A row that cannot be measured, or whose figure would say nothing."""


def script(name: str, *arguments: object) -> list[str]:
    """The command that runs a module of this directory, away from the checkout: splint is the installed one."""
    return [PYTHON, "-P", str(HERE / name), *map(str, arguments)]


def timed(command: Sequence[str], directory: Path, *, cpu: bool = False) -> Timer:
    """Times a process from its start to its end, which has to be a good one; nobody reads what it prints.

    With `cpu` what counts is the time that it kept a processor busy.
    """

    def timer() -> float:
        began = perf_counter()
        process = subprocess.Popen(
            command, cwd=directory, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            raise
        taken = perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise Failed(f"{_shown(command)} ended with status {process.returncode}")
        return usage.ru_utime + usage.ru_stime if cpu else taken

    return timer


def reported(command: Sequence[str], directory: Path) -> list[float]:
    """The figures that a process prints as JSON, one for each round."""
    figures: list[float] = json.loads(output(command, directory))
    return figures


def output(command: Sequence[str], directory: Path) -> str:
    """What a process prints that ends well."""
    done = subprocess.run(command, cwd=directory, env=ENVIRONMENT, capture_output=True, text=True)
    if done.returncode:
        raise Failed(f"{_shown(command)} ended with status {done.returncode}: {done.stderr.strip()[-500:]}")
    return done.stdout


def refusal(command: Sequence[str], directory: Path) -> str:
    """What a process prints that has to end badly because of what it read."""
    done = subprocess.run(command, cwd=directory, env=ENVIRONMENT, capture_output=True, text=True)
    if not done.returncode:
        raise Failed(f"{_shown(command)} accepts what is broken")
    return done.stdout + done.stderr


def peak(command: Sequence[str], directory: Path) -> float:
    """The most memory that a process held, in MiB."""
    launcher = [PYTHON, "-I", "-S", str(HERE / "peak.py")]
    floor = float(output([*launcher, shutil.which("true") or SPLINT], directory))
    held = float(output([*launcher, *command], directory))
    if held <= floor:
        raise Failed(f"what started {_shown(command)} held {floor:.0f} MiB, more than the process itself")
    return held


def _shown(command: Sequence[str]) -> str:
    return " ".join(Path(word).name for word in command[:6])
