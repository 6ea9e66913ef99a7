"""Comments that silence rules: `# splint: ignore[SPL210] reason` and `# splint: ignore-file[SPL1]`."""

import re
from collections.abc import Iterable, Iterator, Sequence

from splint.config import reached
from splint.documents import Comment, Document, Source, nowhere
from splint.faults import UnusedSuppression
from splint.nodes import Fix, Operation, Spot
from splint.registry import Selection, load
from splint.report import Suppression
from splint.suppress import OWN
from splint.wording import either, nearest

_DIRECTIVE = re.compile(r"(?P<word>[A-Za-z][\w-]*)[ \t]*(?:\[(?P<codes>[^\]\n]*)\])?(?P<reason>.*)", re.DOTALL)
WORDS = ("ignore", "ignore-file")


class Directive:
    """One comment that silences rules."""

    def __init__(self, comment: Comment, source: Source, rules: Sequence[Selection]) -> None:
        self._source = source
        self._span = comment.span
        self.line = source.position(comment.span.start).line
        self._lines = comment.lines
        found = _DIRECTIVE.match(comment.text.partition(":")[2].lstrip())
        self._word = found["word"] if found else ""
        self.is_for_file = self._word == "ignore-file"
        written = (found["codes"] or "") if found else ""
        self.words = tuple(word for word in re.split(r"[,\s]+", written) if word)
        self.reason = found["reason"].strip(" \t\r\n:,-") if found else ""
        self.codes = {word: reached([word], rules) for word in self.words}
        self.problem = self._problem(comment)
        self.used: set[str] = set()

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

    def silences(self, code: str, heads: Iterable[int]) -> bool:
        """Whether a finding does not count because of this comment; notes that it was of use.

        `heads` are the lines on which the finding, its value, and each value that this lies in, begin.
        """
        words = [word for word, codes in self.codes.items() if code in codes]
        if self.problem or not words or not (self.is_for_file or self._is_about(heads)):
            return False
        self.used.update(words)
        return True

    def _is_about(self, heads: Iterable[int]) -> bool:
        return self._lines is not None and any(self._lines[0] <= line <= self._lines[1] for line in heads)

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
            elif word not in self.used and codes != {OWN} and codes and codes <= on:
                found.append((f"the comment silences no finding of {word}", "", True))
            else:
                continue
            unused += [word] if found[-1][-1] else []
        for what, way_out, goes in found:
            fix = self._without(unused, document) if goes else None
            yield UnusedSuppression(document, "", what, way_out or "remove it", fix)

    def _without(self, unused: Sequence[str], document: Document) -> Fix:
        """The fix that takes words out of the comment, or the comment away with its last one."""
        title, text = "remove the comment", ""
        if len(self.codes) > len(unused):
            title = f"remove {either(unused, 'and')} from the comment"
            before, mark, rest = self._source.text[slice(*self._span)].partition("[")
            codes, end, rest = rest.partition("]")
            for word in unused:
                known = re.escape(word)
                codes = re.sub(rf"(?<![^,\s]){known}[,\s]+(?=[^,\s])", "", codes)
                codes = re.sub(rf"[,\s]+{known}(?=[,\s]*$)", "", codes)
            text = "".join((before, mark, codes, end, rest))
        return Fix(title, (Operation("comment", Spot(document, "", "fault"), text),), is_safe=True)


class Directives:
    """The comments of a file that silence rules."""

    def __init__(self, source: Source, comments: Iterable[Comment], rules: Sequence[Selection]) -> None:
        found = (Directive(comment, source, rules) for comment in comments)
        self._path = source.path
        self.all = [directive for directive in found if directive.is_meant]

    def suppression(self, code: str, heads: Iterable[int]) -> Suppression | None:
        """Why a finding does not count; None when it does."""
        silencing = [directive for directive in self.all if directive.silences(code, heads)]
        if not silencing:
            return None
        return Suppression("comment", self._path, silencing[0].line, silencing[0].reason)

    def faults(self, on: frozenset[str]) -> Iterator[UnusedSuppression]:
        """What of the comments silences nothing, as `Directive.faults` says."""
        return (fault for directive in self.all for fault in directive.faults(on))
