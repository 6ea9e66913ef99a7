"""`splint runs`: lists the runs, or the objects of one."""

from collections.abc import Iterator

import click

from splint.cli.output import notify
from splint.cli.sending import sending_options
from splint.cli.shown import VERSION, SubmitOptions, print_lines, run_shown
from splint.reporting.exit_statuses import ERROR
from splint.reporting.masking import masked
from splint.reporting.report import json_text
from splint.settings.config import Config
from splint.submit import Record, SubmitError
from splint.submit.access import is_same_host
from splint.submit.copies import copied
from splint.submit.earlier import kept_names, lost
from splint.submit.stopping import LATE


@click.command()
@click.argument("run", required=False)
@sending_options
def runs(run: str | None, options: SubmitOptions) -> None:
    """List the runs, or show every object of RUN with its state and id.

    Nothing is sent, and no token is read: --base-url and --sandbox list the runs of that host alone, and the options on
    how requests are sent change nothing. They are taken so that one set of options fits all four commands. A journal
    that is damaged is named, beside the other runs: the exit status is 2.
    """
    submitter = options.submitter(Config(), needs_token=False)
    damaged: list[SubmitError] = []
    records = submitter.runs(damaged.append) if run is None else [submitter.run(run)]
    is_of_origin = options.transport.sandbox or options.transport.base_url is not None
    if is_of_origin:
        records = [
            record
            for record in records
            if record.is_lost or is_same_host(record.start.get("origin", ""), submitter.origin)
        ]
    if options.as_json:
        shown = {"version": VERSION, "runs": [{**run_shown(record), **_lost_shown(record)} for record in records]}
        told = {"damaged": [str(error) for error in damaged]} if damaged else {}
        print_lines(json_text({**shown, **told}, indent=True).splitlines())
    elif not records and not damaged:
        notify(f"splint: no run{f' at {submitter.origin}' if is_of_origin else ''} in {submitter.directory}")
    for record in () if options.as_json else records:
        if record.is_lost:
            notify(f"splint: {lost(record)}")
        if record.copy_of is not None:
            notify(f"splint: {copied(record)}")
        print_lines([_line(record), *(_objects(record) if run is not None else ())])
    for error in damaged:
        notify(f"splint: {error}")
    if damaged:
        click.get_current_context().exit(ERROR)


def _lost_shown(record: Record) -> dict[str, str]:
    """What the bundle beside a journal tells that is lost, as JSON values; nothing of any other."""
    if not record.is_lost:
        return {}
    return {"campaign_name": masked(" or ".join(kept_names(record))), "why": masked(lost(record))}


def _objects(record: Record) -> Iterator[str]:
    for resource in record.listed:
        acts = "".join(f", {act} {state}" for act, state in resource.acts.items())
        why = f" ({resource.why})" if resource.why else ""
        yield f"  {resource.shown:<9} {resource.id or '-':<20} {resource.path}{acts}{why}"
    yield from (f"  accepted  {masked(str(one))}" for one in record.allowed.accepted)
    yield from (f"  noted     {masked(note)}" for note in record.notes)


def _line(record: Record) -> str:
    created = sum(resource.is_created for resource in record.resources.values())
    name = _lost_shown(record).get("campaign_name") or record.start.get("campaign_name", "")
    origin = record.start.get("origin", "")
    doubts = record.campaign.doubts if record.campaign is not None else ""
    doubts += record.enabled_told
    doubts += f"; {LATE}" if record.campaign is not None and record.campaign.is_late else ""
    return f"{record.run}  {record.state:<12} {created} created  {masked(name)!r}  {origin}{doubts}"
