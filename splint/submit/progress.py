"""The lines that a command tells as it goes on, and the notes among them."""

from collections.abc import Callable, Iterable

_NOTE = "note: "


class Progress:
    """Shows each line that it is called with, and keeps the notes: what a person may want to look at afterwards."""

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show
        self.notes: list[str] = []

    def __call__(self, line: str) -> None:
        if line.startswith(_NOTE):
            self.notes.append(line.removeprefix(_NOTE))
        self._show(line)

    def each(self, lines: Iterable[str]) -> None:
        """Show several lines."""
        for line in lines:
            self(line)
