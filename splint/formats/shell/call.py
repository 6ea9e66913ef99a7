"""The call of a curl command: what scripts say beside a body. Other formats have none."""

import re
from typing import Literal, NamedTuple

from splint.formats.source import Source
from splint.formats.spans import Span
from splint.schema.placeholders import variable

_EXPANDABLE = re.compile(r"\$[A-Za-z_({]")
Expansion = Literal["some", "kept", "none"]
"""What becomes of $VARIABLE and $(command) in a body: `some` is expanded, all is `kept` as its quotes say, or there is
`none`. Backticks alone are text where nothing is expanded: people write them in names."""


def has_expandable(text: str) -> bool:
    """Whether a text has what the shell would expand without quotes, backticks aside."""
    return _EXPANDABLE.search(text) is not None


class StandIn(NamedTuple):
    """What a command has in the place of a body that is not read."""

    kind: Literal["unknown", "options", "runner", "form", "placeholder", "directory", "elsewhere", "many", "several"]
    """`unknown` is a body that is known only when the script runs, `options` are such that may give one, a `runner` is
    a second shell or a function that runs the command, or a text that one runs, a `form` is no JSON, a `placeholder`
    such as <body> is to be filled in, and the file of a `directory` is not known, since it is in one that `cd` leads
    to; that of `elsewhere` is on another machine or in a container; a function with too `many` calls has some that are
    not read, and of an argument of its calls the shell may make `several`."""
    text: str
    span: Span
    changed: Span | None = None
    """The line of the script that may change the file which it is."""
    is_written: bool = False
    """Whether that line has the file as its output."""
    setter: str = ""
    """The function that may set the variable which it is."""


class Call(NamedTuple):
    """The request of a curl command, without its body."""

    url: str
    url_span: Span
    method: str | None
    """None if it is known only when the script runs."""
    method_span: Span
    """Of the -X value; of the word `curl` where the method is implied."""
    origin: Span | None = None
    """The word `curl` of the function that it calls."""
    tokens: tuple[Span, ...] = ()
    """Where access tokens stand that the script sends, but those of requests above it."""
    source: Source | None = None
    """The script with the command, if the body is in a file of its own."""
    posts_nothing: bool = False
    """Whether it is a POST that surely has no body."""
    stand_in: StandIn | None = None
    urls: tuple[str, ...] = ()
    """All its URLs as written; none where an option may lead it elsewhere, or only a run tells them."""
    texts: tuple[str, ...] = ()
    """All texts that its URL may have, where the script gives it several."""
    is_unread: bool = False
    """Whether the command or its body cannot be read: such a request counts at an endpoint of Smart+ alone."""
    expansion: Expansion = "some"
    marks: tuple[str, ...] = ()
    """What has no name of a variable in its body, as written: {} of xargs, $1. In the body it is ${{}} or ${$1}."""

    assigned: tuple[str, ...] = ()
    """The variables in its body that the script sets, to what only a run tells."""

    def sets(self, text: str) -> bool:
        """Whether a text of its body has a variable that the script sets."""
        return any(re.search(rf"\$\{{?{name}(?!\w)", text) for name in self.assigned)

    def keeps(self, text: str) -> bool:
        """Whether a text of its body has what the shell would expand, but for the quotes around the body."""
        return self.expansion == "kept" and has_expandable(text)

    def as_written(self, text: str) -> str:
        """A text of its body with the marks of xargs as they are written in the script."""
        for mark in self.marks:
            text = text.replace(variable(mark), mark)
        return text
