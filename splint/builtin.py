"""The formats that come with splint, through the same hooks as anybody's; each is imported when it is first used."""

from collections.abc import Iterable
from functools import partial
from typing import BinaryIO

from splint.documents import Document, Reader, SyntaxFault
from splint.documents.document import comments_in
from splint.documents.json import JSON, JSONC, NDJSON
from splint.hookspecs import hookimpl
from splint.reporters import FORMATS, Reporter


def _yaml(path: str, stream: BinaryIO) -> Iterable[Document | SyntaxFault]:
    from splint.documents.yaml import read_yaml

    return read_yaml(path, stream)


def _shell(path: str, stream: BinaryIO) -> Iterable[Document | SyntaxFault]:
    from splint.documents.shell import read_shell

    return read_shell(path, stream)


def _markdown(path: str, stream: BinaryIO) -> Iterable[Document | SyntaxFault]:
    from splint.documents.prose import read_markdown

    return read_markdown(path, stream)


def _text(path: str, stream: BinaryIO) -> Iterable[Document | SyntaxFault]:
    from splint.documents.prose import read_text

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
