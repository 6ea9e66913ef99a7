"""Where the lines of a YAML text begin and end."""

import re
from bisect import bisect_right

from splint.formats.yaml.parser import BREAK

_BREAKS = re.compile(rf"\r\n|[{BREAK}]")


class Lines:
    """Where the lines of a text begin and end."""

    def __init__(self, text: str) -> None:
        self.text = text
        breaks = [match.span() for match in _BREAKS.finditer(text)]
        self._ends = [*(start for start, _ in breaks), len(text)]
        self._starts = [0, *(end for _, end in breaks)]

    def start(self, index: int) -> int:
        """The beginning of the line that holds an index."""
        return self._starts[bisect_right(self._starts, index) - 1]

    def end(self, index: int) -> int:
        """The end of the line, its break excluded."""
        return self._ends[bisect_right(self._starts, index) - 1]

    def after(self, index: int) -> int:
        """The beginning of the next line, or of this one where what ends at the index has taken its break along."""
        row = bisect_right(self._starts, index)
        if index and self._starts[row - 1] == index:
            return index
        return self._starts[row] if row < len(self._starts) else len(self.text)

    def newline(self, index: int) -> str:
        """What ends the line, or the text's first line where it is the last."""
        row = bisect_right(self._starts, index)
        row = row if row < len(self._starts) else 1
        return self.text[self._ends[row - 1] : self._starts[row]] if row < len(self._starts) else "\n"

    def leads(self, index: int) -> bool:
        """Whether nothing but white space stands before the index on its line."""
        return not self.text[self.start(index) : index].strip(" \t")
