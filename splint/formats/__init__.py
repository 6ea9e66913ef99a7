"""Document formats: bytes to documents, values at once, places and comments when asked for; edits of texts.

May be imported by `refusals`, `payloads`, `rules`, `run`, `suppression`, `fixes`, `submit`, `agents`, `arrow`,
`server`, `cli` and `testing`.
"""

from splint.formats.document import (
    MAX_DEPTH,
    Chunk,
    Document,
    Documents,
    Reader,
    UnfitFileError,
    Written,
    nowhere,
)
from splint.formats.pointer import escape, member, reference_tokens, value_at
from splint.formats.source import Source

__all__ = [
    "MAX_DEPTH",
    "Chunk",
    "Document",
    "Documents",
    "Reader",
    "Source",
    "UnfitFileError",
    "Written",
    "escape",
    "member",
    "nowhere",
    "reference_tokens",
    "value_at",
]
