"""Readers and reporters of plugins, contained: what fails in one becomes an error that names it, and loses no run."""

import importlib
import inspect
import os
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from datetime import date, time
from functools import partial
from typing import Any

import pluggy

import splint
from splint.formats import MAX_DEPTH, Document, Reader, Source, nowhere
from splint.formats.fault import SyntaxFault
from splint.formats.spans import NodeSpan, Span
from splint.reporting.masking import masked
from splint.reporting.reporters import Pieces, Reporter
from splint.rules.hooks import PluginError

ENGINE = ("<", *(os.path.join(os.path.dirname(str(module.__file__)), "") for module in (importlib, pluggy, splint)))
"""What the names of files begin with that load plugins and call what they bring: none of them is a plugin's."""
Called = Callable[..., Any]
Wrap = Callable[[BaseException, Called], Exception]
"""The error to raise for what a function of a plugin raised."""


def told(error: BaseException, function: Called | None = None) -> str:
    """What a function of a plugin raised, and at which line of its own code.

    Without the function the first frame outside of splint says which that is. With SPLINT_TRACEBACK set the whole
    traceback goes to standard error.
    """
    if os.environ.get("SPLINT_TRACEBACK"):
        traceback.print_exception(error)
    text = str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
    what = f"{type(error).__name__}: {text}".rstrip(": ")
    return masked(f"{what}{_place(error, function, text)}")


def _place(error: BaseException, function: Called | None, text: str) -> str:
    """The last frame of an exception beside the file of a function, or below; empty where the text names it."""
    frames = traceback.extract_tb(error.__traceback__)
    code = getattr(inspect.unwrap(function) if function is not None else None, "__code__", None)
    first = next((frame.filename for frame in frames if not frame.filename.startswith(ENGINE)), "")
    file = code.co_filename if code is not None else first
    home = os.path.join(os.path.dirname(file), "")
    own = [frame for frame in frames if file and frame.filename.startswith(home)]
    last = next((one for one in reversed(own) if "site-packages" not in one.filename[len(home) :]), None)
    if last is None or f"{last.filename}:{last.lineno}" in text:
        return ""
    shown = os.path.relpath(last.filename)
    shown = last.filename if shown.startswith(os.pardir) else shown.replace(os.sep, "/")
    return f" at {shown}:{last.lineno} in {last.name}, `{last.line}`"


def contained(function: Called, wrap: Wrap, check: Callable[[Any], Any], *passed: type[BaseException]) -> Called:
    """A function of a plugin whose results are those of `check`; what it raises is wrapped, unless it is `passed`.

    What ends a process, such as SystemExit, is an error like any other. An interrupt passes.
    """

    passing: tuple[type[BaseException], ...] = (KeyboardInterrupt, *passed)

    def call(*arguments: Any) -> Any:
        try:
            return check(function(*arguments))
        except passing:
            raise
        except BaseException as error:
            raise wrap(error, function) from error

    return call


# -- readers -----------------------------------------------------------------------------------------------------------


def contained_reader(reader: Reader, plugin: str) -> Reader:
    """A reader of a plugin that raises OSError, as other readers do for a file that cannot be read."""
    name = f"the reader {reader.name} of plugin {plugin}"

    def wrap(error: BaseException, function: Called) -> OSError:
        return OSError(f"{name} failed: {told(error, function)}")

    def each(function: Called, check: Callable[[Any], Any]) -> Called:
        """A function that gives several things, each as `check` leaves it."""
        begin = contained(function, wrap, iter, OSError)

        def call(*arguments: Any) -> Iterator[Any]:
            further = contained(begin(*arguments).__next__, lambda error, _: wrap(error, function), check, *ENDS)
            while True:
                try:
                    one = further()
                except StopIteration:
                    return
                yield one

        return call

    def read(given: Any) -> Document | SyntaxFault:
        return _with_locate(_sound(given), wrap)

    made = copy(reader)
    made.read = each(reader.read, read)
    if reader.read_chunk is not None:
        made.read_chunk = each(reader.read_chunk, read)
    if reader.split is not None:
        made.split = each(reader.split, _itself)
    if reader.comments is not None:
        made.comments = contained(reader.comments, wrap, list, OSError)
    if reader.with_column is not None:
        made.with_column = contained(
            reader.with_column,
            lambda error, function: PluginError(str(wrap(error, function))),
            lambda bound: contained_reader(bound, plugin),
        )
    return made


ENDS = (OSError, StopIteration)
SCALARS = (str, int, float, date, time, type(None))
"""The types of values that may stand in a document; moments of TOML are of a wrong type in every field."""


def _itself(given: Any) -> Any:
    return given


def _sound(given: Any) -> Document | SyntaxFault:
    """What a reader yields. Raises TypeError or ValueError for anything but a sound document or fault."""
    if not isinstance(given, Document | SyntaxFault):
        raise TypeError(f"a reader yields Documents and SyntaxFaults, not {type(given).__name__}")
    if not isinstance(given.source, Source) or not isinstance(given.source.data, bytes):
        raise TypeError(f"the source of what a reader yields is Source(path, bytes), not {given.source!r:.80}")
    if isinstance(given, Document):
        _walk(given.value, set(), set())
    elif not (isinstance(given.message, str) and isinstance(given.help, str) and isinstance(given.span, Span)):
        raise TypeError("a fault is SyntaxFault(source, message, Span(start, end)), the message a text")
    else:
        _check_span(given.span, given.source)
    return given


def _check_span(span: Span, source: Source) -> None:
    """Raise ValueError for a span that lies not in a source's text; one may end a code point behind it."""
    end = len(source.text)
    is_whole = isinstance(span.start, int) and isinstance(span.end, int)
    if not (is_whole and 0 <= span.start <= min(span.end, end) and span.end <= end + 1):
        raise ValueError(f"{span} lies not in the text, which has {end} code points")


def _walk(value: Any, around: set[int], seen: set[int]) -> None:
    """Raise TypeError or ValueError for keys and values of other types, and for what holds itself or is too deep."""
    if isinstance(value, SCALARS) or id(value) in seen:
        return
    if not isinstance(value, dict | list | tuple):
        raise TypeError(f"its value holds {value!r:.80} ({type(value).__name__}), which is nothing that is judged")
    if id(value) in around or len(around) >= MAX_DEPTH:
        raise ValueError(f"its value holds itself, or is nested in more than {MAX_DEPTH} levels")
    if isinstance(value, dict) and (keys := [key for key in value if not isinstance(key, str)]):
        raise TypeError(f"a key of its value is {keys[0]!r:.80}, which is no text")
    around.add(id(value))
    for inner in value.values() if isinstance(value, dict) else value:
        _walk(inner, around, seen)
    around.remove(id(value))
    seen.add(id(value))


def _with_locate(read: Document | SyntaxFault, wrap: Wrap) -> Document | SyntaxFault:
    """A document whose `locate` raises OSError where it fails."""
    if not isinstance(read, Document) or read.locate is nowhere:
        return read
    return read._replace(locate=contained(read.locate, wrap, partial(_places, read.source), OSError))


def _places(source: Source, given: Any) -> Mapping[str, NodeSpan]:
    """What `locate` gives. Raises TypeError or ValueError for anything but places in the source by pointer."""
    if not isinstance(given, Mapping):
        raise TypeError(f"locate gives a mapping from pointers to NodeSpans, not {type(given).__name__}")
    for place in given.values():
        if not isinstance(place, NodeSpan) or not isinstance(place.value, Span) or not _are_spans(place[1:]):
            raise TypeError(f"locate gives NodeSpans of Spans by pointer, not {place!r:.80}")
        for span in place:
            if span is not None:
                _check_span(span, source)
    return given


def _are_spans(parts: Iterable[Any]) -> bool:
    return all(isinstance(part, Span | None) for part in parts)


# -- reporters ---------------------------------------------------------------------------------------------------------


def contained_reporter(reporter: Reporter, plugin: str) -> Reporter:
    """A reporter of a plugin that raises PluginError where it makes no text."""

    def wrap(error: BaseException, function: Called) -> PluginError:
        return PluginError(f"the output format {reporter.name} of plugin {plugin} failed: {told(error, function)}")

    def rendering(function: Called) -> Called:
        return contained(function, wrap, _text)

    made = copy(reporter)
    made.render = rendering(reporter.render)
    if reporter.pieces is not None:
        made.pieces = Pieces(rendering(reporter.pieces.finding), rendering(reporter.pieces.closing))
    return made


def _text(given: Any) -> str:
    if not isinstance(given, str):
        raise TypeError(f"a reporter makes a text, not {type(given).__name__}")
    return given
