"""`splint submit`: checks a bundle and sends it, once."""

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
from splint.cli.shown import SubmitOptions, print_draft, show_end, show_plan
from splint.submit import Limits

STATUSES = (
    "Exit status: 0 all of it stands, 1 refused and nothing sent, 2 usage or configuration, "
    "4 stopped and resumable, 5 a person has to look, 130 Ctrl-C before it began."
)


@click.command(epilog=STATUSES)
@click.argument("file", type=click.Path())
@click.option("--dry-run", is_flag=True, help="Show the plan, and send nothing: no token, no connection.")
@click.option("--enable", is_flag=True, help="Switch the campaign on when all of it stands.")
@click.option(
    "--again",
    metavar="REASON",
    help="Create what a run of this directory made already; the journal says why.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@checking_options
@sending_options
def submit(
    file: str,
    dry_run: bool,
    enable: bool,
    again: str | None,
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
    """Create the campaign of a bundle, with its ad groups and ads, paused.

    FILE is checked first: an error, or a placeholder, and nothing is sent. The token is read from TIKTOK_ACCESS_TOKEN.
    """
    with beginning(options):
        config = config_for(directory_of(file), settings, isolated, plugins, **overrides)
        submitter = options.submitter(config, needs_token=not dry_run)
        accepted = compared_fields(accept_drift)
        submitter.require_reason(again, "--again")
        draft = submitter.draft(Path(file), enable=enable)
    if not (options.as_json and (yes or dry_run)):
        show_plan(draft, err=options.as_json)
    with submitter.doubts_told(draft):
        draft.refuse_objections({step.path for step in draft.plan.steps})
        limits = Limits.of_text(max_daily, expect_plan)
        submitter.approve(draft, limits)
        if dry_run:
            if options.as_json:
                print_draft(draft)
            return
        confirmed(f"Send {len(draft.plan.steps)} requests", submitter, options, yes=yes, enable=draft.plan.enable)
        record = submitter.submit(draft, limits, again=again, accept_drift=accepted)
    show_end(options, record, draft)
