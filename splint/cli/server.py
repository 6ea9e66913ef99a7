"""`splint server`: serves editors on standard input and output."""

import gc
import os
import signal
from importlib.util import find_spec
from typing import Any

import click

from splint.cli.output import notify
from splint.reporting.wording import install


@click.command()
def server() -> None:
    """Serve editors by the Language Server Protocol on standard input and output.

    It marks findings as you type, fixes them, and completes and explains fields. It sends nothing.
    """
    if find_spec("pygls") is None:
        raise click.UsageError(f"splint server needs the package pygls: {install('lsp')}")
    from splint.server.server import serve  # imports pygls: only here

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)
    gc.freeze()
    gc.enable()
    click.get_current_context().exit(serve())


def _end(*_: Any) -> None:
    """End at once, as Ctrl-C ends a command: any other end waits for the thread that reads until the client writes."""
    try:
        notify("splint: interrupted")
    finally:
        os._exit(130)
