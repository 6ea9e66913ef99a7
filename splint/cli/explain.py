"""`splint explain`: says what refusals of the API mean."""

import os
import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from typing import Any

import click

from splint.cli.checking import Words, linters
from splint.cli.options import form_option, plugins_option, settings_options
from splint.cli.output import notify, write
from splint.files import STDIN, cannot_be_read
from splint.refusals.answers import path_of
from splint.refusals.explaining import PROFILE, Sent, explained, told, unfiltered
from splint.refusals.explanation import Explanation
from splint.reporting.exit_statuses import SUCCESS, UNEXPLAINED
from splint.reporting.report import json_text
from splint.run.linter import Linter
from splint.schema.nearest import suggestion
from splint.schema.vocabulary import SMART_PLUS

VERSION = 1
"""The version of the JSON that this command prints."""
AS_TEXT = "FILE is a file; a message goes in on standard input: splint explain - <<< 'MESSAGE'"


@click.command(
    epilog="Exit status: 0 all of them explained, 1 one of them unknown, 2 no answer in the input, or usage."
)
@click.argument("file", required=False, metavar="[FILE|-]", type=click.Path())
@click.option(
    "--payload", type=click.Path(), metavar="FILE", help="What was sent: where in it the cause is, and the fix."
)
@click.option("--endpoint", metavar="E", help="Where it was sent: smart_plus/ad/create, or the whole URL.")
@click.option(
    "--run", metavar="RUN", help="Explain the refusals of this run of submit; FILE is then one object, /adgroups/0."
)
@click.option(
    "--run-dir",
    type=click.Path(readable=False),
    metavar="DIR",
    help="Where the journals are (default: the user's state directory).",
)
@plugins_option("Know the refusals of a plugin too.")
@settings_options
@form_option("json")
def explain(
    file: str | None,
    payload: str | None,
    endpoint: str | None,
    run: str | None,
    run_dir: str | None,
    plugins: Words,
    settings: Words,
    isolated: bool,
    form: str,
) -> None:
    """Say what refusals of TikTok's API mean: who acts, which field, and which rule tells of it beforehand.

    FILE, or standard input, is an answer ({"code": 40002, "message": ...}), a log with answers in it, a journal, or the
    message alone. The payload is judged with the profile reference.
    """
    given: dict[str, Any] = {"profile": PROFILE} | ({"plugins": plugins} if plugins else {})
    linter = Linter(unfiltered(linters(settings, isolated, given)(os.getcwd()).config))
    if run is not None:
        if payload is not None or endpoint is not None:
            raise click.UsageError(
                "--run brings the payload and the endpoints with it: leave --payload and --endpoint out"
            )
        found, lacking = _of_run(run, run_dir, file, linter)
    elif run_dir is not None:
        raise click.UsageError("--run-dir goes with --run, which names the run")
    else:
        if endpoint is not None and path_of(endpoint) not in SMART_PLUS:
            near = suggestion(path_of(endpoint), SMART_PLUS)
            notify(f"splint: --endpoint {endpoint}: the fields of all endpoints count, as it is none of Smart+{near}")
        sent = None if payload is None else _sent(payload, linter)
        found = [explained(one, sent, linter, endpoint=endpoint) for one in told(_text(file), linter)]
        where = "standard input" if file in (None, STDIN) else str(file)
        lacking = f'{where}: no answer in it, such as {{"code": 40002, "message": "..."}}'
    if form == "json":
        text = json_text({"version": VERSION, "explanations": [one.to_dict() for one in found]}, indent=True) + "\n"
    else:
        text = "\n".join(one.text() for one in found)
    if not found:
        if form == "json":
            write(text, None)
        raise click.UsageError(lacking)
    write(text, None)
    click.get_current_context().exit(SUCCESS if all(one.is_explained for one in found) else UNEXPLAINED)


def _of_run(name: str, run_dir: str | None, at: str | None, linter: Linter) -> tuple[list[Explanation], str]:
    """The refusals of a run, or of its object at `at`, and what to say where there are none.

    Those of objects that were created later are left out, and named, unless `at` asks for one. Raises UsageError for a
    run that there is not.
    """
    from splint.submit import SubmitError, Submitter  # only where a run is asked for
    from splint.submit.access import VARIABLE
    from splint.submit.commands import command
    from splint.submit.earlier import lost
    from splint.submit.refused import explanations, refusals_of

    os.environ.pop(VARIABLE, None)
    try:
        submitter = Submitter(run_dir=run_dir)
        record = submitter.run(name)
        if record.is_lost:
            raise click.UsageError(lost(record))
        refusals = refusals_of(record)
        wanted = [one for one in refusals if (not one.is_overcome if at is None else one.path == at)]
        found = explanations(record, wanted, submitter.directory, linter)
    except SubmitError as error:
        raise click.UsageError(str(error)) from error
    overcome = [one.path for one in refusals if one.is_overcome] if at is None else []
    if not overcome:
        return found, f"run {name}: no refusal{'' if at is None else f' of {at}'} is in its journal"
    example = command(submitter.directory, "explain", "--run", name, overcome[0])
    left_out = (
        f"run {name}: refused first and done later: {', '.join(overcome)}; "
        f"name an object to have its refusal explained, as in {example}"
    )
    if found:
        notify(f"splint: {left_out}")
    return found, left_out


def _sent(path: str, linter: Linter) -> Sent:
    sent = Sent.of(_read(path) if path == STDIN else Path(path), linter)
    for error in sent.errors:
        raise click.UsageError(error.message)
    return sent


def _text(path: str | None) -> str:
    """The text of a file, or of standard input, whose byte-order mark may say UTF-16. Raises UsageError."""
    data = _read(path)
    is_marked = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    text = data.decode("utf-16" if is_marked else "utf-8-sig", "replace")
    if text.count("\0") * 3 > len(text):  # some are in any log that was cut while it was written
        where = "standard input" if path in (None, STDIN) else str(path)
        raise click.UsageError(f"{where}: is no text of UTF-8 (UTF-16 without a byte-order mark?): save it as UTF-8")
    return text


def _read(path: str | None) -> bytes:
    """A file, or standard input. Raises UsageError."""
    try:
        if path in (None, STDIN):
            return sys.stdin.buffer.read()
        return Path(str(path)).read_bytes()
    except OSError as error:
        help = "" if os.path.lexists(str(path)) else f"; {AS_TEXT}"
        raise click.UsageError(f"{cannot_be_read(str(path), error)}{help}") from error
