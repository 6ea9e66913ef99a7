"""Comments that silence rules: `# splint: ignore[SPL210] reason` and `# splint: ignore-file[SPL1]`."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property

from splint.formats import Comment, Document, Source, nowhere
from splint.payloads.faults import UnusedSuppression
from splint.payloads.nodes import Fix, Location, Operation
from splint.reporting.report import Suppression
from splint.reporting.wording import either, nearest
from splint.rules.registry import Selection, load
from splint.settings.config import reached
from splint.suppression.policy import OWN

_DIRECTIVE = re.compile(r"(?P<word>[A-Za-z][\w-]*)[ \t]*(?:\[(?P<codes>[^\]\n]*)\])?(?P<reason>.*)", re.DOTALL)
WORDS = ("ignore", "ignore-file")


class Directive:
    """One comment that silences rules."""

    def __init__(self, comment: Comment, source: Source, reaching: Callable[[str], frozenset[str]]) -> None:
        """`reaching` gives the codes of the rules that a selector names."""
        self._source = source
        self._span = comment.span
        self.line = source.position(comment.span.start).line
        self.lines = comment.lines
        """Those it speaks of, the first and the last."""
        found = _DIRECTIVE.match(comment.text.partition(":")[2].lstrip())
        self._word = found["word"] if found else ""
        self.is_for_file = self._word == "ignore-file"
        written = (found["codes"] or "") if found else ""
        self.words = tuple(word for word in re.split(r"[,\s]+", written) if word)
        self.reason = found["reason"].strip(" \t\r\n:,-") if found else ""
        self.codes = {word: reaching(word) for word in self.words}
        self.problem = self._problem(comment)
        self.silenced: set[str] = set()
        """The codes of the findings that it silenced."""

    @property
    def is_meant(self) -> bool:
        """Whether the comment is one of ours at all: prose may begin with the same word."""
        return self._word in WORDS or bool(self.words) or nearest(self._word, WORDS) is not None

    def _problem(self, comment: Comment) -> tuple[str, str] | None:
        """Why the comment cannot work, and the way out."""
        if self._word not in WORDS:
            meant = nearest(self._word, WORDS) or WORDS[0]
            return f"{self._word} is no word that splint knows in a comment", f"write {meant}"
        if not self.words:
            return "the comment names no rule, and so silences nothing", f"write {self._word}[CODE]"
        if self.is_for_file and not comment.is_on_top:
            return "ignore-file does not stand on top of the file, and so silences nothing", "move it to the first line"
        return None

    def faults(self, on: frozenset[str]) -> Iterator[UnusedSuppression]:
        """What of the comment silences nothing; `on` are the codes of the rules that found all there is to find."""
        document = Document(self._source, None, nowhere, spans={"fault": self._span})
        if self.problem:
            yield UnusedSuppression(document, "", *self.problem)
            return
        every = load().rules
        unused, found = list[str](), list[tuple[str, str, bool]]()
        for word, codes in self.codes.items():
            if not codes and not reached([word], every):
                names = {name for rule, _ in every for name in (rule.code, rule.name)}
                close = nearest(word, names)
                found.append(
                    (f"{word} is no rule's code, prefix or name", f"write {close}" if close else "", not close)
                )
            elif codes.isdisjoint(self.silenced) and codes != {OWN} and codes and codes <= on:
                found.append((f"the comment silences no finding of {word}", "", True))
            else:
                continue
            unused += [word] if found[-1][-1] else []
        fix = self._without(unused, document) if unused else None
        for what, help, goes in found:
            yield UnusedSuppression(document, "", what, help or "remove it", fix if goes else None)

    def _without(self, unused: Sequence[str], document: Document) -> Fix:
        """The fix that takes words out of the comment, or the comment away with its last one."""
        title, text = "remove the comment", ""
        if len(self.codes) > len(unused):
            title = f"remove {either(unused, 'and')} from the comment"
            gone = set(unused)
            before, mark, rest = self._source.text[slice(*self._span)].partition("[")
            codes, end, rest = rest.partition("]")
            # each word with what follows it; what follows the last one stays at the end
            pairs = re.findall(r"([^,\s]+)([,\s]*)", codes)
            kept = [pair for pair in pairs if pair[0] not in gone]
            lead = codes[: len(codes) - len(codes.lstrip(", \t"))]
            codes = "".join((lead, *("".join(pair) for pair in kept[:-1]), kept[-1][0], pairs[-1][1]))
            text = "".join((before, mark, codes, end, rest))
        return Fix(title, (Operation("comment", Location(document, "", "fault"), text),), is_safe=True)


class _Reach:
    """Directives that speak of the same lines, or of the whole file."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}
        """From codes to the number of the first that silences them."""
        self._silenced: set[str] = set()

    def add(self, number: int, directive: Directive) -> None:
        for code in frozenset().union(*directive.codes.values()):
            self._first.setdefault(code, number)
        directive.silenced = self._silenced

    def silences(self, code: str) -> int | None:
        """The number of the first directive that silences a finding; notes that they were of use."""
        found = self._first.get(code)
        if found is not None:
            self._silenced.add(code)
        return found


class Directives:
    """The comments of a file that silence rules."""

    def __init__(self, source: Source, comments: Iterable[Comment], rules: Sequence[Selection]) -> None:
        reaching = cache(lambda word: reached([word], rules))
        found = (Directive(comment, source, reaching) for comment in comments)
        self._path = source.path
        self.all = [directive for directive in found if directive.is_meant]
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
        found: dict[int, list[_Reach]] = {}
        for (first, last), reach in self._by_lines.items():
            for line in range(first, last + 1):
                found.setdefault(line, []).append(reach)
        return found

    def suppression(self, code: str, heads: Iterable[int]) -> Suppression | None:
        """Why a finding does not count; None when it does.

        `heads` are the lines on which the finding, its value, and each value that this lies in, begin.
        """
        reaches = {id(reach): reach for line in heads for reach in self._by_line.get(line, ())}
        numbers = [reach.silences(code) for reach in (self._of_file, *reaches.values())]
        first = min((number for number in numbers if number is not None), default=None)
        if first is None:
            return None
        silencing = self.all[first]
        return Suppression("comment", self._path, silencing.line, silencing.reason)

    def faults(self, on: frozenset[str]) -> Iterator[UnusedSuppression]:
        """What of the comments silences nothing, as `Directive.faults` says."""
        return (fault for directive in self.all for fault in directive.faults(on))
