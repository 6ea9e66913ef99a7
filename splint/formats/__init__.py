"""File formats: bytes to documents, and edits back.

A package for each format, and what they share. May import `schema` and, for shell scripts, `settings.trust`; a format
imports no other one, Markdown excepted. Start with `document`.
"""

from splint.formats.document import (
    MAX_DEPTH,
    Call,
    Chunk,
    Comment,
    Document,
    Documents,
    DuplicateKey,
    NodeSpan,
    Reader,
    SyntaxFault,
    Written,
    nowhere,
)
from splint.formats.pointer import escape, reference_tokens
from splint.formats.source import Source, Span

__all__ = [
    "MAX_DEPTH",
    "Call",
    "Chunk",
    "Comment",
    "Document",
    "Documents",
    "DuplicateKey",
    "NodeSpan",
    "Reader",
    "Source",
    "Span",
    "SyntaxFault",
    "Written",
    "escape",
    "nowhere",
    "reference_tokens",
]
