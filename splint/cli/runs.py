"""`splint runs`: the runs there are, or one of them."""

from collections.abc import Iterator

import click

from splint.cli.sending import sending_options
from splint.cli.shown import VERSION, Asked, say
from splint.reporting.report import json_text
from splint.settings.config import Config
from splint.submit import Record


@click.command()
@click.argument("run", required=False)
@sending_options
def runs(run: str | None, asked: Asked) -> None:
    """List the runs, or show every object of RUN with its state and id."""
    submitter = asked.submitter(Config(), needs_token=False)
    records = submitter.runs() if run is None else [submitter.run(run)]
    if asked.transport.sandbox or asked.transport.base_url is not None:
        records = [record for record in records if record.start.get("origin") == submitter.origin]
    if asked.as_json:
        text = json_text({"version": VERSION, "runs": [record.model_dump() for record in records]}, indent=True)
        say(text.splitlines())
        return
    for record in records:
        say([_line(record), *(_things(record) if run is not None else ())])


def _things(record: Record) -> Iterator[str]:
    for resource in record.resources.values():
        acts = "".join(f", {act} {state}" for act, state in resource.acts.items())
        why = f" ({resource.why})" if resource.why else ""
        yield f"  {resource.state:<9} {resource.id or '-':<20} {resource.path}{acts}{why}"


def _line(record: Record) -> str:
    stands = sum(resource.stands for resource in record.resources.values())
    name, origin = record.start.get("campaign_name", ""), record.start.get("origin", "")
    return f"{record.run}  {record.state:<12} {stands} created  {name!r}  {origin}"
