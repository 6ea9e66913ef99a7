"""`splint serve-stdio`: judges payloads that another program writes to standard input, one JSON line each."""

import gc
import io
import os
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, BinaryIO

import click

from splint.cli.checking import Words, linters
from splint.cli.interrupts import interrupts_deferred
from splint.cli.options import settings_options
from splint.cli.output import write
from splint.cli.serving import asked
from splint.formats import Source
from splint.formats.fault import SyntaxFault
from splint.formats.json.reader import parse
from splint.reporting.exit_statuses import UNANSWERED
from splint.reporting.masking import public
from splint.reporting.wording import json_text
from splint.run.linter import Linter
from splint.run.values import known_endpoint
from splint.schema.nearest import suggestion
from splint.settings.config import ConfigError, endpoint_of

MOST_BYTES = 4 << 20
"""The most bytes of a line that is read; longer ones are refused, and are not held in memory."""
BUFFER = 1 << 17
LONGEST = 600
"""The most characters of an error."""
LONGEST_ID = 200
EXACT = 2.0**53
"""From here on a number that was read as a double may stand for another one."""
KEYS = ("id", "payload", "endpoint", "options")
TYPES: dict[str, tuple[type, str]] = {
    **dict.fromkeys(("profile", "as_of", "after"), (str, "a text")),
    **dict.fromkeys(("objectives", "select", "extend_select", "ignore"), (list, "a list of texts")),
    "facts": (dict, "an object"),
    "limit": (int, "a number"),
}
"""The options that a line may have, of `Linter` none that reads a file or runs code, with the types that they take."""
ANSWER_OPTIONS = ("limit", "after")
"""Those of them that are `Report.to_agent`'s."""
LINTERS = 16
"""The most sets of options whose linters are kept."""


class _LineError(Exception):
    """A line that cannot be answered, in words; `id` is its id if that could be read."""

    def __init__(self, message: str, id: object = None) -> None:
        super().__init__(message)
        self.id = id


@click.command(name="serve-stdio")
@settings_options
def serve_stdio(settings: Words, isolated: bool) -> None:
    """Judge payloads from standard input, one line of JSON each, for programs in other languages.

    A line is {"id": ..., "payload": ..., "endpoint": ..., "options": {...}}, of which only payload must be there; its
    answer is a line too, of the format agent, with the same id. It ends where the input ends.
    """
    service = _Service(linters(settings, isolated, {})(os.getcwd()))
    stdin = asked()
    gc.freeze()
    gc.enable()
    with interrupts_deferred() as whole:
        raw = getattr(stdin.buffer, "raw", None)  # its buffer takes a line of 8 KB from a pipe in three reads
        stream = stdin.buffer if raw is None else io.BufferedReader(raw, BUFFER)
        for number, line in enumerate(_lines(stream), start=1):
            if line is None or not line.isspace():
                answer = service.answer(line, number)
                with whole:
                    if not write(answer, None):
                        click.get_current_context().exit(UNANSWERED)


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream as they come; None for one of more than MOST_BYTES, which is passed over."""
    while line := stream.readline(MOST_BYTES + 1):
        if len(line) <= MOST_BYTES or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 16)
        yield None


class _Service:
    """Answers lines; linters are built once for each set of options."""

    def __init__(self, linter: Linter) -> None:
        self._linter = linter
        self._linter_for = lru_cache(maxsize=LINTERS)(self._made)

    def answer(self, line: bytes | None, number: int) -> str:
        """The answer to a line, a line of JSON."""
        try:
            answer = self._judged(line)
        except _LineError as error:
            answer = {"id": error.id, "error": _cut(f"line {number}: {error}")}
        return f"{json_text(answer)}\n"

    def _judged(self, line: bytes | None) -> dict[str, Any]:
        """The answer to a line that can be read. Raises _LineError."""
        call = _call(line)
        id, payload = call.get("id"), call["payload"]
        options = {name: value for name, value in call.get("options", {}).items() if value is not None}
        limits = {name: options.pop(name) for name in ANSWER_OPTIONS if name in options}
        value = payload.encode() if isinstance(payload, str) else payload
        try:
            linter = self._linter_for(json_text(options)) if options else self._linter
            report = linter.check_value(value, call.get("endpoint"))
        except ConfigError as error:
            raise _LineError(f"options: {'; '.join(error.args)}", id) from None
        except Exception as error:  # the last resort: the next line may be answered
            if os.environ.get("SPLINT_TRACEBACK"):
                raise
            message = f"internal error: {type(error).__name__}: {error} (SPLINT_TRACEBACK=1 shows where)"
            raise _LineError(message, id) from None
        try:
            return {"id": id, **report.to_agent(**limits)}
        except ValueError as error:
            raise _LineError(f"options: {error}", id) from None

    def _made(self, options: str) -> Linter:
        """The linter for options, a JSON text: they take the place of the settings."""
        from json import loads  # few requests have options

        return Linter(self._linter.config, **loads(options))


def _call(line: bytes | None) -> dict[str, Any]:
    """A line as a call. Raises _LineError for anything else."""
    if line is None:
        raise _LineError(f"it has more than {MOST_BYTES >> 20} MiB, which no payload needs: it was not read")
    document = parse(Source("<line>", line))
    if isinstance(document, SyntaxFault):
        at = document.source.position(document.span.start)
        raise _LineError(f"it is no JSON: column {at.column}: {document.message}; {document.help}")
    call = document.value
    if not isinstance(call, dict):
        raise _LineError('it is no object: write {"id": ..., "payload": ...}')
    id = call.get("id")
    if isinstance(id, dict | list | bool) or (isinstance(id, str) and len(id) > LONGEST_ID):
        raise _LineError(f"its id is no number and no text of at most {LONGEST_ID} characters")
    if isinstance(id, float) and abs(id) >= EXACT:
        raise _LineError("its id is a number of more than 64 bits, which loses digits: write it as a text")
    for duplicate in document.duplicates:
        raise _LineError(f"the key at {duplicate.pointer} is there twice: leave one", id)
    _refuse_unknown("", call, KEYS, id)
    if "payload" not in call:
        raise _LineError("payload is missing: write the request body, or the bundle, there", id)
    try:
        if (endpoint := endpoint_of(call.get("endpoint"))) is not None:
            known_endpoint(endpoint)
    except ConfigError as error:
        raise _LineError(str(error), id) from None
    options = call.get("options", {})
    if not isinstance(options, dict):
        raise _LineError('options is no object: write {"profile": "reference"}', id)
    _refuse_unknown("options.", options, tuple(TYPES), id)
    _refuse_types(options, id)
    return call


def _refuse_unknown(prefix: str, given: dict[str, Any], known: Words, id: object) -> None:
    for key in given:
        if key not in known:
            raise _LineError(f"{prefix}{key} is none of {', '.join(known)}{suggestion(key, known)}", id)


def _refuse_types(options: dict[str, Any], id: object) -> None:
    """Refuse options that are not of the JSON type that they take; their values are the linter's to refuse."""
    for name, value in options.items():
        type_, words = TYPES[name]
        is_right = isinstance(value, type_) and not isinstance(value, bool)
        if isinstance(value, list):
            is_right = is_right and all(isinstance(entry, str) for entry in value)
        if value is not None and not is_right:
            raise _LineError(f"options.{name} is {json_text(value)[:40]}, but takes {words}", id)


def _cut(text: str) -> str:
    text = public(text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
