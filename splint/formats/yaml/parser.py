"""libyaml's events and tokens."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from yaml.events import ScalarEvent

BREAK = r"\r\n\x85\u2028\u2029"
"""The line breaks of YAML 1.1 and libyaml, for a character class."""


class _PurePython(yaml.SafeLoader):
    """PyYAML's own parser for platforms without libyaml; it refuses the same escapes as libyaml."""

    def get_event(self) -> Any:
        event: Any = super().get_event()  # type: ignore[no-untyped-call]
        if type(event) is ScalarEvent and re.search("[\ud800-\udfff]", event.value):
            problem = "found invalid Unicode character escape code"
            mark: Any = event.start_mark
            raise yaml.scanner.ScannerError(None, None, problem, mark)
        return event


_parser: Callable[[str], Any] = _PurePython
if yaml.__with_libyaml__:
    from yaml._yaml import CParser

    _parser = CParser


def events(text: str) -> Iterator[Any]:
    """The events of a text. Raises YAMLError, or ValueError and OverflowError for some escapes."""
    return iter(_parser(text).get_event, None)


def tokens(text: str) -> Iterator[Any]:
    """The tokens of a text, with only white space and comments between them. Raises what `events` raises."""
    return iter(_parser(text).get_token, None)
