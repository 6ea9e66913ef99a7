"""What `benchmarks.engines` counts: the CPU of processes that leave their parent, or whose parent does not wait."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TREE = Path(__file__).parents[2]
BURNING = "import time\nwhile time.process_time() < 1: pass"
PROGRAM = f"""
import signal, subprocess, sys
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", {BURNING!r}, "worker"]).wait()  # nobody is told what this one used
subprocess.Popen([sys.executable, "-c", {BURNING!r}])  # this one is left behind
"""
COUNTING = """
import json, os, sys
from pathlib import Path
from benchmarks.descendants import become_subreaper, spent
become_subreaper()
print(json.dumps(spent(sys.stdin.read(), Path(sys.argv[1]), os.environ, b"worker")))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="orphans are counted on Linux alone")
def test_each_process_below_a_program_is_counted(tmp_path: Path) -> None:
    command = [sys.executable, "-c", COUNTING, str(tmp_path)]
    env = os.environ | {"PYTHONPATH": str(TREE)}
    done = subprocess.run(command, env=env, input=PROGRAM, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    cpu, workers, _ = json.loads(done.stdout)
    assert 0.5 < workers < 1.2  # looked at while it ran: its last moments are not counted
    assert workers + 0.9 < cpu < 3
