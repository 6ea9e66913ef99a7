"""`splint mcp`: serves agents on standard input and output."""

import os
import sys
from importlib.util import find_spec
from io import BufferedReader

import click

from splint.cli.output import notify
from splint.cli.serving import ending_at_once, taken
from splint.reporting.exit_statuses import SUCCESS, UNANSWERED
from splint.reporting.wording import install


@click.command()
@click.option(
    "--root",
    "roots",
    multiple=True,
    type=click.Path(),
    metavar="DIR",
    help="Read files below this directory; may be repeated. Without it no file is read.",
)
def mcp(roots: tuple[str, ...]) -> None:
    """Serve agents by the Model Context Protocol on standard input and output.

    It checks, fixes and plans payloads, and explains rules and refusals. It sends nothing, writes nothing and reads no
    token.
    """
    if find_spec("mcp") is None:
        raise click.UsageError(f"splint mcp needs the package mcp: {install('mcp')}")
    from splint.agents.roots import OutsideError, Roots  # of the server alone
    from splint.agents.server import serve  # imports the SDK: only here

    try:
        given = Roots(roots)
    except OutsideError as error:
        raise click.UsageError(f"--root: {error}") from error
    reading, writing = taken()
    with ending_at_once():
        is_answered = serve(given, BufferedReader(reading), writing)
        if not is_answered:
            notify("splint: a tool did not answer: the server ends without it")
        sys.stderr.flush()  # answers are flushed as they are written
        # any other end waits for the thread of a call that is given up or cancelled
        os._exit(SUCCESS if is_answered else UNANSWERED)
