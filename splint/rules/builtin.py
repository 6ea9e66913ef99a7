"""The formats that come with splint, through the same hooks as anybody's; each is imported when it is first used."""

from collections.abc import Iterable
from typing import BinaryIO

from splint.formats import Comment, Document, Reader, Source, SyntaxFault
from splint.formats.document import has_directives
from splint.formats.json.reader import JSON, JSONC, NDJSON, parse
from splint.reporting.reporters import FORMATS, Reporter
from splint.rules.hookspecs import hookimpl


def _yaml(path: str, stream: BinaryIO) -> Iterable[Document | SyntaxFault]:
    from splint.formats.yaml.reader import read_yaml

    return read_yaml(path, stream)


def _yaml_comments(source: Source) -> list[Comment]:
    if not has_directives(source):
        return []
    from splint.formats.yaml.comments import comments

    return comments(source)


def _shell(path: str, stream: BinaryIO) -> Iterable[Document | SyntaxFault]:
    from splint.formats.shell.reader import read_shell

    return read_shell(path, stream, parse)


def _shell_comments(source: Source) -> list[Comment]:
    if not has_directives(source):
        return []
    from splint.formats.shell.comments import comments

    return comments(source)


def _markdown(path: str, stream: BinaryIO) -> Iterable[Document | SyntaxFault]:
    from splint.formats.markdown.reader import read_markdown

    return read_markdown(path, stream)


def _markdown_comments(source: Source) -> list[Comment]:
    if not has_directives(source):
        return []
    from splint.formats.markdown.comments import comments_in_markdown

    return comments_in_markdown(source)


def _text(path: str, stream: BinaryIO) -> Iterable[Document | SyntaxFault]:
    from splint.formats.markdown.reader import read_text

    return read_text(path, stream)


def _text_comments(source: Source) -> list[Comment]:
    if not has_directives(source):
        return []
    from splint.formats.markdown.comments import comments_in_text

    return comments_in_text(source)


@hookimpl
def splint_readers() -> list[Reader]:
    """JSON, JSONC, NDJSON, YAML, shell scripts, Markdown and plain text."""
    return [
        JSON,
        JSONC,
        NDJSON,
        Reader("yaml", (".yaml", ".yml"), _yaml, _yaml_comments, stays_within=True),
        Reader("shell", (".sh",), _shell, _shell_comments),
        Reader("markdown", (".md",), _markdown, _markdown_comments),
        Reader("text", (".txt",), _text, _text_comments),
    ]


@hookimpl
def splint_reporters() -> list[Reporter]:
    """All output formats."""
    return [*FORMATS]
