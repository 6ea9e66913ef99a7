"""libyaml's events and tokens."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from yaml.events import ScalarEvent

BREAK = r"\r\n\x85\u2028\u2029"
"""What YAML 1.1, and with it libyaml, takes for the end of a line: for a character class."""


class _PurePython(yaml.SafeLoader):
    """PyYAML's own parser, for platforms without libyaml, made as strict as libyaml about escapes."""

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
    """The events of a text; raises what libyaml raises."""
    return iter(_parser(text).get_event, None)


def tokens(text: str) -> Iterator[Any]:
    """The tokens of a text, between which there are but white space and comments; raises what libyaml raises."""
    return iter(_parser(text).get_token, None)
