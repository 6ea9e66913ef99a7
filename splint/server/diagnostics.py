"""Findings and mistakes as the diagnostics of the protocol."""

from collections.abc import Callable
from typing import NamedTuple

from lsprotocol import types

from splint.files.repository import is_no_file
from splint.reporting.diagnostic import Diagnostic
from splint.reporting.location import Range
from splint.server.mistakes import Mistake
from splint.server.texts import Encoding, Text

NAME = "splint"
SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}
START = types.Range(types.Position(0, 0), types.Position(0, 0))


class Client(NamedTuple):
    """What a client understands."""

    encoding: Encoding = "utf-16"
    shows_related: bool = False
    has_versioned_edits: bool = False
    creates_files: bool = False
    resolves_edits: bool = False
    pulls: bool = False
    """Whether it asks for diagnostics, and can be told to ask again."""
    shows_progress: bool = False
    watches: bool = False
    """Whether it can be asked to tell of files that change."""

    @classmethod
    def of(cls, capabilities: types.ClientCapabilities, encoding: Encoding) -> "Client":
        """What a client says of itself."""
        document, workspace = capabilities.text_document, capabilities.workspace
        edit = workspace.workspace_edit if workspace else None
        publish = document.publish_diagnostics if document else None
        action = document.code_action if document else None
        resolve = action.resolve_support if action else None
        watching = workspace.did_change_watched_files if workspace else None
        refresh = workspace.diagnostics if workspace else None
        return cls(
            encoding,
            bool(publish and publish.related_information),
            bool(edit and edit.document_changes),
            bool(edit and types.ResourceOperationKind.Create in (edit.resource_operations or ())),
            bool(resolve and "edit" in resolve.properties),
            bool(document and document.diagnostic and refresh and refresh.refresh_support),
            bool(capabilities.window and capabilities.window.work_done_progress),
            bool(watching and watching.dynamic_registration),
        )


class Places(NamedTuple):
    """Turns places of files into those of the protocol."""

    client: Client
    text_of: Callable[[str], Text]
    """The text of a file, by the path that a report shows."""
    uri_of: Callable[[str], str]

    def range(self, text: Text, start: int, end: int) -> types.Range:
        """The range between two indexes of a text."""
        encoding = self.client.encoding
        return types.Range(
            types.Position(*text.place(start, encoding)), types.Position(*text.place(max(end, start), encoding))
        )

    def of(self, text: Text, place: Range | None) -> types.Range:
        """A range of a report; the start of the file for a finding without one."""
        if place is None:
            return START
        first, last = place
        return self.range(text, text.at(first.line, first.column), text.at(last.line, last.column))

    def diagnostic(self, found: Diagnostic, text: Text, version: int | None) -> types.Diagnostic:
        """A finding on a text, which is that of this version of a buffer, or of a file."""
        url = found.source.url
        related = [
            types.DiagnosticRelatedInformation(
                types.Location(self.uri_of(one.path), self.of(self.text_of(one.path), one.marked or found.range)),
                one.message,
            )
            for one in found.related
            if self.client.shows_related and not is_no_file(one.path)
        ]
        return types.Diagnostic(
            range=self.of(text, found.marked),
            message=found.message,
            severity=SEVERITIES[found.severity],
            code=found.code,
            code_description=types.CodeDescription(url) if url is not None else None,
            source=NAME,
            related_information=related or None,
            data={"fingerprint": found.fingerprint, "version": version},
        )

    def mistake(self, found: Mistake, text: Text) -> types.Diagnostic:
        """A mistake in settings or in a baseline."""
        start = text.at(found.line, found.column or 1)
        line = text.line(found.line - 1)
        end = text.at(found.line, len(line.rstrip()) + 1)
        if found.column is None or start >= end:  # at its end editors would mark nothing
            start = text.at(found.line, len(line) - len(line.lstrip()) + 1)
        error = types.DiagnosticSeverity.Error
        return types.Diagnostic(range=self.range(text, start, end), message=found.message, severity=error, source=NAME)
