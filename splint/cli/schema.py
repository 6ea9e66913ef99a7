"""`splint schema`: prints a JSON Schema."""

import click

from splint.cli.json_schema import KINDS, schema
from splint.cli.options import completing
from splint.cli.output import echo
from splint.reporting.report import json_text
from splint.schema.nearest import suggestion


@click.command(name="schema")
@click.argument("kind", required=False, shell_complete=completing("schemas"))
def schema_command(kind: str | None) -> None:
    """Print the JSON Schema of a KIND: campaign, adgroup, ad, bundle, envelope, config or report.

    Without a KIND, list them.
    """
    if kind is None:
        for name in KINDS:
            echo(f"{name:<9} {schema(name)['description']}")
    elif kind in KINDS:
        echo(json_text(schema(kind), indent=True))
    else:
        raise click.UsageError(f"{kind!r} is none of {', '.join(KINDS)}{suggestion(kind, KINDS)}")
