"""`splint rollback`: disables and deletes what a run created."""

import click

from splint.cli.sending import beginning, confirmed, sending_options
from splint.cli.shown import SubmitOptions, show_end, show_objects
from splint.cli.submit import STATUSES
from splint.settings.config import Config
from splint.submit import MisuseError, Record


@click.command(epilog=STATUSES)
@click.argument("run")
@click.option("--delete", is_flag=True, help="Delete what the run created, too.")
@click.option("--now", is_flag=True, help="Disable with one request, past another process that holds the lock.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@sending_options
def rollback(run: str, delete: bool, now: bool, yes: bool, options: SubmitOptions) -> None:
    """Disable the campaign of RUN and, with --delete, delete what the run created."""
    with beginning(options, run):
        submitter = options.submitter(Config())
        if now and delete:
            raise MisuseError("--now disables the campaign with one request: --delete comes after it, without --now")
    question = "Disable the campaign and delete" if delete else "Disable"

    def confirm(record: Record) -> None:
        if not (now and yes):  # its end shows them as they are still
            show_objects(options, record)
        confirmed(f"{question} what run {record.run} created", submitter, options, yes=yes)

    if now:
        record = submitter.disable_now(run, confirm=confirm)
    else:
        record = submitter.rollback(run, delete=delete, confirm=confirm)
    show_end(options, record)
