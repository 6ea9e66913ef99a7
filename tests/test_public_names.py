"""What `splint` shows to who imports it: the public names, and the options of the library call."""

import inspect
import subprocess
import sys
from typing import get_type_hints

import pytest

import splint
from splint import Linter, check
from splint.run.linter import LinterOptions


def test_dir_shows_the_public_names_before_any_is_used() -> None:
    """`dir(splint)` is the public list and the public modules, all of which can be had."""
    code = "import splint; print(*dir(splint)); assert all(getattr(splint, name) for name in dir(splint))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout.split(), done.stderr) == (sorted([*splint.__all__, "arrow", "models", "submit", "testing"]), "")


def test_a_star_import_brings_the_public_names_alone() -> None:
    """No module that only some need comes with it."""
    code = "names = set(globals()); from splint import *; print(*sorted(set(globals()) - names - {'names'}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout.split(), done.stderr) == (sorted(splint.__all__), "")


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    """As of any module."""
    with pytest.raises(AttributeError, match="module 'splint' has no attribute 'nothing_of_the_kind'"):
        _ = splint.nothing_of_the_kind  # type: ignore[attr-defined]


def test_check_takes_the_options_of_a_linter() -> None:
    """Names and types are the same, and type checkers know them."""
    hints = get_type_hints(Linter.__init__)
    hints = {name: hint for name, hint in hints.items() if name not in ("return", "unknown")}
    assert get_type_hints(LinterOptions) == hints
    assert get_type_hints(check)["options"].__args__ == (LinterOptions,)
    assert [*inspect.signature(Linter).parameters] == [*LinterOptions.__annotations__, "unknown"]


def test_python_runs_the_package_as_the_command() -> None:
    """`python -m splint` is `splint`, exit status included."""
    done = subprocess.run([sys.executable, "-m", "splint", "--version"], capture_output=True, text=True)
    assert (done.returncode, done.stderr, splint.__version__ in done.stdout) == (0, "", True)
    done = subprocess.run(
        [sys.executable, "-m", "splint", "check", "no-such-file.json"], capture_output=True, text=True
    )
    assert (done.returncode, "no-such-file.json" in done.stdout + done.stderr) == (2, True)
    done = subprocess.run([sys.executable, "-m", "splint", "--help"], capture_output=True, text=True)
    assert done.stdout.startswith("Usage: splint ")
