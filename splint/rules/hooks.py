"""The hooks by which packs, readers and reporters come in (pluggy, project name `splint`).

The formats that come with splint come in by them too; each is imported when it is first used.
"""

from collections.abc import Iterable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO

import pluggy

from splint.formats import Document, Reader, Source, UnfitFileError
from splint.formats.document import has_directives
from splint.formats.json.reader import JSON, JSONC, NDJSON, parse
from splint.reporting.reporters import FORMATS, Reporter
from splint.reporting.wording import install
from splint.rules.rule import Pack

if TYPE_CHECKING:
    from splint.formats.comments import Comment
    from splint.formats.fault import SyntaxFault
    from splint.submit.plan import Plan

hookspec = pluggy.HookspecMarker("splint")
hookimpl = pluggy.HookimplMarker("splint")
"""Marks a plugin's function as the implementation of a hook."""

NAMES = ("splint_rules", "splint_readers", "splint_reporters", "splint_refusals", "splint_before_submit")


class PluginError(Exception):
    """A plugin that does not load, contradicts another, or fails where the run cannot go on without it."""


class Hooks:
    """What plugins may implement."""

    @hookspec
    def splint_rules(self) -> Pack:  # type: ignore[empty-body]
        """A pack of rules."""

    @hookspec
    def splint_readers(self) -> list[Reader]:  # type: ignore[empty-body]
        """Document formats; for a suffix that is taken, the plugin registered last wins."""

    @hookspec
    def splint_reporters(self) -> list[Reporter]:  # type: ignore[empty-body]
        """Output formats for --output-format."""

    @hookspec
    def splint_refusals(self) -> str:  # type: ignore[empty-body]
        """The path of a file of refusals, TOML with a table `[[refusal]]` for each, read when somebody asks for one."""

    @hookspec
    def splint_before_submit(self, plan: "Plan") -> str | None:
        """Why a plan shall not be sent; None lets it pass."""


def _yaml(path: str, stream: BinaryIO) -> "Iterable[Document | SyntaxFault]":
    from splint.formats.yaml.reader import read_yaml  # with the first YAML file

    return read_yaml(path, stream)


def _yaml_comments(source: Source) -> "list[Comment]":
    if b"#" not in source.data or not has_directives(source):
        return []
    from splint.formats.yaml.comments import comments  # few files have directives

    return comments(source)


def _shell(path: str, stream: BinaryIO) -> "Iterable[Document | SyntaxFault]":
    from splint.formats.shell.reader import read_shell  # with the first script

    return read_shell(path, stream, parse)


def _shell_comments(source: Source) -> "list[Comment]":
    if not has_directives(source):
        return []
    from splint.formats.shell.comments import comments  # few files have directives

    return comments(source)


def _markdown(path: str, stream: BinaryIO) -> "Iterable[Document | SyntaxFault]":
    from splint.formats.markdown.reader import read_markdown  # with the first page

    return read_markdown(path, stream)


def _markdown_comments(source: Source) -> "list[Comment]":
    if not has_directives(source):
        return []
    from splint.formats.markdown.comments import comments_in_markdown  # few files have directives

    return comments_in_markdown(source)


def _text(path: str, stream: BinaryIO) -> "Iterable[Document | SyntaxFault]":
    from splint.formats.markdown.reader import read_text  # with the first text

    return read_text(path, stream)


def _text_comments(source: Source) -> "list[Comment]":
    if not has_directives(source):
        return []
    from splint.formats.markdown.comments import comments_in_text  # few files have directives

    return comments_in_text(source)


COLUMN = "payload"
"""The column that holds the payloads of a table unless one is named."""


def _table(name: str, column: str = COLUMN) -> Reader:
    """The reader of a format of tables, bound to a column."""

    def read(path: str, stream: BinaryIO) -> "Iterable[Document | SyntaxFault]":
        try:
            import_module("pyarrow")
        except ImportError:
            raise UnfitFileError(f"it needs the package pyarrow: {install('arrow')}") from None
        from splint.formats.arrow.reader import read_arrow, read_parquet  # imports pyarrow

        read_table = read_parquet if name == "parquet" else read_arrow
        return read_table(path, stream, column, parse)

    return Reader(name, (f".{name}",), read, stays_within=True, with_column=partial(_table, name))


@hookimpl
def splint_readers() -> list[Reader]:
    """JSON, JSONC, NDJSON, YAML, shell scripts, Markdown, plain text, Parquet and Arrow tables."""
    return [
        JSON,
        JSONC,
        NDJSON,
        Reader("yaml", (".yaml", ".yml"), _yaml, _yaml_comments, stays_within=True),
        Reader("shell", (".sh",), _shell, _shell_comments),
        Reader("markdown", (".md",), _markdown, _markdown_comments),
        Reader("text", (".txt",), _text, _text_comments),
        _table("parquet"),
        _table("arrow"),
    ]


@hookimpl
def splint_reporters() -> list[Reporter]:
    """All output formats."""
    return [*FORMATS]
