"""The lines of a YAML text."""

import re
from bisect import bisect_right

from splint.formats.yaml.parser import BREAK

_BREAKS = re.compile(rf"\r\n|[{BREAK}]")


class Lines:
    """The starts and ends of the lines of a text, looked up by index."""

    def __init__(self, text: str) -> None:
        self.text = text
        breaks = [match.span() for match in _BREAKS.finditer(text)]
        self._ends = [*(start for start, _ in breaks), len(text)]
        self._starts = [0, *(end for _, end in breaks)]

    def start(self, index: int) -> int:
        """The start of the line that contains an index."""
        return self._starts[bisect_right(self._starts, index) - 1]

    def end(self, index: int) -> int:
        """The end of that line without its line break."""
        return self._ends[bisect_right(self._starts, index) - 1]

    def after(self, index: int) -> int:
        """The start of the next line, or the index itself if it is the start of a line."""
        row = bisect_right(self._starts, index)
        if index and self._starts[row - 1] == index:
            return index
        return self._starts[row] if row < len(self._starts) else len(self.text)

    def newline(self, index: int) -> str:
        """The line break of that line; for the last line that of the first one, or LF."""
        row = bisect_right(self._starts, index)
        row = row if row < len(self._starts) else 1
        return self.text[self._ends[row - 1] : self._starts[row]] if row < len(self._starts) else "\n"

    def leads(self, index: int) -> bool:
        """Whether only white space precedes the index on its line."""
        return not self.text[self.start(index) : index].strip(" \t")
