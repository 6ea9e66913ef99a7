"""What `splint.payloads.layout` collects of many objects while it validates them: values to be checked together."""

from splint.schema.placeholders import may_hold_placeholder
from splint.schema.usual import are_int64


class Collected:
    """The values of all objects that are checked at the end, and the bits so far."""

    __slots__ = ("bits", "ids", "is_examined", "numbers", "texts")

    def __init__(self, *, is_examined: bool = False) -> None:
        self.bits = 0
        self.texts: list[str] = []
        self.ids: list[str] = []
        self.numbers: list[str] = []
        """The ids that are 64-bit numbers."""
        self.is_examined = is_examined
        """Whether the objects come from `examine`, so that any value may be UNKNOWN."""

    def are_clean(self, in_shell: bool) -> bool:
        """Whether no text or id is empty, a placeholder or no text at all, and no number of 64 bits is none."""
        texts, ids = self.texts, self.ids
        try:
            return (
                (not self.numbers or are_int64(self.numbers))
                and all(texts)
                and all(ids)
                and not may_hold_placeholder(texts, in_id=False, in_shell=in_shell)
                and not may_hold_placeholder(ids, in_id=True, in_shell=in_shell)
            )
        except (AttributeError, TypeError):
            return False
