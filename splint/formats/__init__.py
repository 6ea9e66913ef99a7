"""Bytes to documents: values at once, places when somebody asks."""

from splint.formats.document import (
    MAX_DEPTH,
    Call,
    Comment,
    Document,
    Documents,
    DuplicateKey,
    Part,
    Place,
    Reader,
    SyntaxFault,
    Written,
    escape,
    nowhere,
    steps,
)
from splint.formats.source import Source, Span

__all__ = [
    "MAX_DEPTH",
    "Call",
    "Comment",
    "Document",
    "Documents",
    "DuplicateKey",
    "Part",
    "Place",
    "Reader",
    "Source",
    "Span",
    "SyntaxFault",
    "Written",
    "escape",
    "nowhere",
    "steps",
]
