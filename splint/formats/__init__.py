"""Document formats: bytes to documents, values at once, places and comments when asked for; edits of texts.

May be imported by `refusals`, `payloads`, `rules`, `run`, `suppression`, `fixes`, `submit`, `agents`, `arrow`,
`server`, `cli` and `testing`.
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
    UnfitFileError,
    Written,
    nowhere,
)
from splint.formats.pointer import escape, member, reference_tokens, value_at
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
    "UnfitFileError",
    "Written",
    "escape",
    "member",
    "nowhere",
    "reference_tokens",
    "value_at",
]
