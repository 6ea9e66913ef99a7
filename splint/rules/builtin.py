"""The formats that come with splint, through the same hooks as anybody's; each is imported when it is first used."""

from collections.abc import Iterable
from functools import partial
from typing import BinaryIO

from splint.formats import Document, Reader, SyntaxFault
from splint.formats.document import comments_in
from splint.formats.json.reader import JSON, JSONC, NDJSON
from splint.reporting.reporters import FORMATS, Reporter
from splint.rules.hookspecs import hookimpl


def _yaml(path: str, stream: BinaryIO) -> Iterable[Document | SyntaxFault]:
    from splint.formats.yaml.reader import read_yaml

    return read_yaml(path, stream)


def _shell(path: str, stream: BinaryIO) -> Iterable[Document | SyntaxFault]:
    from splint.formats.shell.reader import read_shell

    return read_shell(path, stream)


def _markdown(path: str, stream: BinaryIO) -> Iterable[Document | SyntaxFault]:
    from splint.formats.markdown.reader import read_markdown

    return read_markdown(path, stream)


def _text(path: str, stream: BinaryIO) -> Iterable[Document | SyntaxFault]:
    from splint.formats.markdown.reader import read_text

    return read_text(path, stream)


@hookimpl
def splint_readers() -> list[Reader]:
    """JSON, JSONC, NDJSON, YAML, shell scripts, Markdown and plain text."""
    return [
        JSON,
        JSONC,
        NDJSON,
        Reader("yaml", (".yaml", ".yml"), _yaml, partial(comments_in, "yaml"), stays_within=True),
        Reader("shell", (".sh",), _shell, partial(comments_in, "shell")),
        Reader("markdown", (".md",), _markdown, partial(comments_in, "markdown")),
        Reader("text", (".txt",), _text, partial(comments_in, "text")),
    ]


@hookimpl
def splint_reporters() -> list[Reporter]:
    """All output formats."""
    return [*FORMATS]
