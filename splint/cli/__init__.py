"""The command line: the only layer that prints or exits."""

import gc
from collections.abc import Callable
from contextlib import suppress


def tell(message: str) -> None:
    """A line on standard error, whatever names and values it quotes: none of them steers a terminal or a CI's log."""
    import click

    from splint.reporters.terminal import safe

    click.echo(safe(message), err=True)


def progress(total: int, quiet: bool) -> Callable[[int], None]:
    """Counts on stderr, where that is a terminal and the run takes longer than a second."""
    import sys
    import time

    import click

    if quiet or total < 2 or not sys.stderr.isatty():
        return lambda _count: None
    shown = began = time.monotonic()

    def show(count: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if count == total and shown != began:
            click.echo("\r\x1b[K", nl=False, err=True)
        elif now - began > 1 and now - shown > 0.1:
            shown = now
            click.echo(f"\r\x1b[Kchecked {count} of {total} files", nl=False, err=True)

    return show


def start() -> None:
    """The `splint` command as it is installed: `main` in a process of its own, which ends at once.

    Taking an interpreter down frees what the system frees anyway: 3 % of `check one.json`. Threads, and whoever asked
    `atexit` to be told (process pools, temporary directories, coverage), get the usual end.
    """
    try:
        main()
    except SystemExit as ended:
        import atexit
        import os
        import sys
        import threading

        if isinstance(ended.code, int) and threading.active_count() == 1 and not atexit._ncallbacks():
            with suppress(OSError):  # the usual end says so
                for stream in (sys.stdout, sys.stderr):
                    if stream is not None:
                        stream.flush()
                os._exit(ended.code)
        raise


def main() -> None:
    """The `splint` command."""
    gc.disable()  # a start makes next to no garbage: 4 % of `check one.json`; `check` turns it on before it reads files
    from splint.cli.group import run

    run()
