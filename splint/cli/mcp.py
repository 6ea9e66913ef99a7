"""`splint mcp`: serves agents on standard input and output."""

from contextlib import redirect_stdout
from importlib.util import find_spec

import click

from splint.cli.streams import standard
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
    from splint.agents.roots import OutsideError  # of the server alone
    from splint.agents.server import serve  # imports the SDK: only here

    try:
        with redirect_stdout(standard()):  # the SDK writes there
            serve(roots)
    except OutsideError as error:
        raise click.UsageError(f"--root: {error}") from error
