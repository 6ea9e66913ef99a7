"""`splint server`: serves editors on standard input and output."""

import gc
from importlib.util import find_spec

import click

from splint.cli.serving import ending_at_once, taken
from splint.reporting.wording import install


@click.command()
def server() -> None:
    """Serve editors by the Language Server Protocol on standard input and output.

    It marks findings as you type, fixes them, and completes and explains fields. It sends nothing.
    """
    if find_spec("pygls") is None:
        raise click.UsageError(f"splint server needs the package pygls: {install('lsp')}")
    from splint.server.server import serve  # imports pygls: only here

    reading, writing = taken()
    gc.freeze()
    gc.enable()
    with ending_at_once():
        status = serve(reading, writing)
    click.get_current_context().exit(status)
