"""`splint resume`: continues a run that stopped."""

import os
from pathlib import Path
from typing import Any

import click

from splint.cli.checking import Words
from splint.cli.sending import (
    beginning,
    checking_options,
    compared_fields,
    config_for,
    confirmed,
    directory_of,
    sending_options,
)
from splint.cli.shown import SubmitOptions, show_end, show_plan
from splint.cli.submit import STATUSES
from splint.submit import Draft, Limits, MisuseError, Record


@click.command(epilog=STATUSES)
@click.argument("run", required=False)
@click.option(
    "--bundle", type=click.Path(), metavar="FIXED", help="A corrected bundle; created objects must not differ."
)
@click.option("--resend-absent", is_flag=True, help="Send again what was sent once and cannot be found.")
@click.option("--enable", is_flag=True, help="Switch the campaign on when all of it stands.")
@click.option("--change-limit", metavar="REASON", help="Take another plan or a higher limit than the run began with.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@checking_options
@sending_options
def resume(
    run: str | None,
    bundle: str | None,
    resend_absent: bool,
    enable: bool,
    change_limit: str | None,
    yes: bool,
    settings: Words,
    isolated: bool,
    plugins: Words,
    expect_plan: str | None,
    max_daily: str | None,
    accept_drift: Words,
    options: SubmitOptions,
    **overrides: Any,
) -> None:
    """Go on with RUN, by default the unfinished one that began last by the clock of the machine.

    What was sent and whose answer never came is looked for first; nothing is sent twice unless --resend-absent says so.
    """
    directory = os.getcwd() if bundle is None else directory_of(bundle)
    with beginning(options, run):
        submitter = options.submitter(config_for(directory, settings, isolated, plugins, **overrides))
        accepted = compared_fields(accept_drift)
    drafts: list[Draft] = []

    def confirm(draft: Draft, record: Record) -> None:
        drafts.append(draft)
        if overrides["profile"] not in (None, record.start["profile"]):
            raise MisuseError(
                f"run {record.run} was begun with the profile {record.start['profile']}: it goes on with it"
            )
        if not (options.as_json and yes):
            show_plan(draft, record, err=options.as_json)
        confirmed(f"Send the rest of run {record.run}", submitter, options, yes=yes, enable=draft.plan.enable)

    corrected = None if bundle is None else Path(bundle)
    record = submitter.resume(
        run,
        bundle=corrected,
        enable=enable,
        resend_absent=resend_absent,
        limits=Limits.of_text(max_daily, expect_plan),
        change_limit=change_limit,
        accept_drift=accepted,
        confirm=confirm,
    )
    show_end(options, record, drafts[0])
