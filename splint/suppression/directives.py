"""Directives, comments that suppress findings: `# splint: ignore[SPL210] reason` and `# splint: ignore-file[SPL1]`."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache, cached_property

from splint.formats import Source
from splint.formats.comments import BEHIND, Comment
from splint.reporting.report import Suppression
from splint.rules.rule import Selection
from splint.schema.nearest import nearest
from splint.settings.selection import reached

_DIRECTIVE = re.compile(r"(?P<word>[A-Za-z][\w-]*)[ \t]*(?:\[(?P<codes>[^\]\n]*)\])?(?P<reason>.*)", re.DOTALL)
WORDS = ("ignore", "ignore-file")
MARK = "splint:"
_ALIKE_MARK = re.compile(r"(?:splint\b[ \t]*:?|noqa[ \t]*:)[ \t]*", re.IGNORECASE)
_OTHER_WORDS = re.compile(r"(?:ignore|disable|noqa|skip)(?:[-_ ](?:next[-_ ])?(?:line|file))?\b", re.IGNORECASE)
"""Words with which comments to this or another linter begin."""
_CODE = re.compile(r"\b[A-Z]{2,}[0-9]+\b|\b[a-z]+(?:-[a-z]+)+\b")


class Directive:
    """One directive."""

    def __init__(self, comment: Comment, source: Source, reaching: Callable[[str], frozenset[str]]) -> None:
        """`reaching` returns the codes of the rules that a selector matches."""
        self.source = source
        self.span = comment.span
        self.line = source.position(comment.span.start).line
        self.lines = comment.lines
        """The first and the last line that it applies to."""
        mark, behind = _ALIKE_MARK.match(comment.text), BEHIND.search(comment.text)
        if mark is None and behind is not None:
            mark = _ALIKE_MARK.match(comment.text, behind.end())
        body = comment.text[mark.end() :] if mark else ""
        match = _DIRECTIVE.match(body)
        self.word = match["word"] if match else ""
        self.is_for_file = self.word == "ignore-file"
        written = (match["codes"] or "") if match else ""
        self.words = tuple(word for word in re.split(r"[,\s]+", written) if word)
        self.reason = match["reason"].strip(" \t\r\n:,-") if match else ""
        self.codes = {word: reaching(word) for word in self.words}
        named = tuple(filter(reaching, _CODE.findall(body)))
        is_ours = comment.text.startswith(MARK)
        is_other = _OTHER_WORDS.match(body) is not None and (mark is None or mark.start() == 0)
        self.is_meant = self._is_meant(is_ours=is_ours, is_other=is_other, names_rules=bool(named))
        """Whether the comment is a directive or meant as one, and not prose that begins with the same word."""
        self.problem = self._problem(comment)
        if (self.problem and not self.words and named) or not is_ours or (is_other and self.word not in WORDS):
            word = WORDS["file" in self.word.lower()]
            form = f"write splint: {word}[{', '.join(self.words or named) or 'CODE'}]"
            self.problem = "the comment is not written as splint reads it, and so silences nothing", form
        self.silenced: set[str] = set()
        """The codes of the findings that it suppressed."""

    def _is_meant(self, *, is_ours: bool, is_other: bool, names_rules: bool) -> bool:
        """Whether it is meant as a directive; `is_ours`: it begins as one; `is_other`: as one of another linter."""
        if is_ours:
            return self.word in WORDS or bool(self.words) or is_other or nearest(self.word, WORDS) is not None
        return names_rules or (is_other and bool(self.words))

    def _problem(self, comment: Comment) -> tuple[str, str] | None:
        """Why the directive has no effect, and what to write instead; None if it is valid."""
        if self.word not in WORDS:
            meant = nearest(self.word, WORDS) or WORDS[0]
            return f"{self.word} is no word that splint knows in a comment", f"write {meant}"
        if not self.words:
            return "the comment names no rule, and so silences nothing", f"write {self.word}[CODE]"
        if self.is_for_file and not comment.is_on_top:
            return (
                "ignore-file does not stand on top of the file, and so silences nothing",
                "move it to the top: only comments and front matter may stand above it",
            )
        return None


class _Reach:
    """Directives that apply to the same lines, or to the whole file."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}
        """The index of the first directive for each code."""
        self._silenced: set[str] = set()

    def add(self, number: int, directive: Directive) -> None:
        for code in frozenset().union(*directive.codes.values()):
            self._first.setdefault(code, number)
        directive.silenced = self._silenced

    def covers(self, code: str) -> bool:
        """Whether one of the directives is for a code."""
        return code in self._first

    def silences(self, code: str) -> int | None:
        """The index of the first directive for a code; None if there is none. Records the code as silenced."""
        number = self._first.get(code)
        if number is not None:
            self._silenced.add(code)
        return number


class Directives:
    """The directives of a file."""

    def __init__(self, source: Source, comments: Iterable[Comment], rules: Sequence[Selection]) -> None:
        reaching = cache(lambda word: reached([word], rules))
        directives = (Directive(comment, source, reaching) for comment in comments)
        self._path = source.path
        self.unjudged: list[tuple[int, int]] = []
        """The first and last lines of what no rule sees: nothing is known of the directives there."""
        self.all = [directive for directive in directives if directive.is_meant]
        self._of_file = _Reach()
        self._by_lines: dict[tuple[int, int], _Reach] = {}
        for number, directive in enumerate(self.all):
            if directive.problem:
                continue
            if directive.is_for_file:
                self._of_file.add(number, directive)
            elif directive.lines is not None:
                self._by_lines.setdefault(directive.lines, _Reach()).add(number, directive)

    @cached_property
    def _by_line(self) -> dict[int, list[_Reach]]:
        reaches: dict[int, list[_Reach]] = {}
        for (first, last), reach in self._by_lines.items():
            for line in range(first, last + 1):
                reaches.setdefault(line, []).append(reach)
        return reaches

    def covers(self, code: str, lines_of: Sequence[Collection[int]]) -> bool:
        """Whether directives apply to a finding, as in `suppression`; nothing is recorded."""
        return all(
            any(
                reach.covers(code) for reach in (self._of_file, *(r for at in lines for r in self._by_line.get(at, ())))
            )
            for lines in lines_of
        )

    def suppression(self, code: str, lines_of: Sequence[Collection[int]]) -> Suppression | None:
        """The suppression of a finding of a rule; None if no directive applies.

        `lines_of` are the lines on which a directive applies to each place of the finding, see `Locator.start_lines`.
        """
        if not self.covers(code, lines_of):
            return None
        reaches = {id(reach): reach for lines in lines_of for line in lines for reach in self._by_line.get(line, ())}
        numbers = [reach.silences(code) for reach in (self._of_file, *reaches.values())]
        silencing = self.all[min(number for number in numbers if number is not None)]
        return Suppression("comment", self._path, silencing.line, silencing.reason)
