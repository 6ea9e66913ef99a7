"""Patterns of paths, as gitignore writes them: those of the settings, and those of a repository's ignore files.

They are translated to regular expressions here, character by character as git reads them: a library for it would cost
a start more than all the matching of a run.
"""

import os
import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple

CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": " \\t",
    "cntrl": "\\x00-\\x1f\\x7f",
    "digit": "0-9",
    "graph": "\\x21-\\x7e",
    "lower": "a-z",
    "print": "\\x20-\\x7e",
    "punct": "\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e",
    "space": " \\t-\\r",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}
NEVER = "(?!)"
STAR = "[^/]*"
MOST_BRACES = 256
"""So many patterns may one with braces stand for."""


class _Rule(NamedTuple):
    """A pattern, compiled."""

    expression: str
    takes_back: bool
    directories_only: bool


Judge = Callable[[str], bool | None]
"""From a path, without a slash at its end, to whether patterns fit it; None when none matches."""


class Globs:
    """Patterns in gitignore's language, of paths below a directory.

    A pattern without a slash fits at any depth, one that fits a directory fits all that is in it, `**` crosses
    directories, and a later `!pattern` takes back. Besides, `{a,b}` stands for both, `./` for the directory of the
    patterns, and a whole path that leads there may be given.
    """

    def __init__(self, root: str, patterns: Iterable[str]) -> None:
        self.root = root
        """Absolute."""
        self.patterns = tuple(patterns)
        self.place: Callable[[str], str] = lambda _pattern: ""
        """From a pattern to `FILE:LINE: ` of where it is said."""

    def __bool__(self) -> bool:
        return bool(self.patterns)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Globs) and (self.root, self.patterns) == (other.root, other.patterns)

    def __hash__(self) -> int:
        return hash((self.root, self.patterns))

    @cached_property
    def _prefix(self) -> str:
        return self.root if self.root.endswith(os.sep) else self.root + os.sep

    @cached_property
    def _rules(self) -> list[_Rule]:
        return [rule for pattern in self.lines() if (rule := _rule(pattern)) is not None]

    @cached_property
    def _inside(self) -> Judge:
        return _judge([(f"{rule.expression}(?:/.*){_optional(rule)}", rule.takes_back) for rule in self._rules])

    @cached_property
    def _directories(self) -> Judge:
        return _judge([(rule.expression, rule.takes_back) for rule in self._rules])

    @cached_property
    def _files(self) -> Judge:
        return _judge([(rule.expression, rule.takes_back) for rule in self._rules if not rule.directories_only])

    def lines(self) -> Iterable[str]:
        """The patterns as gitignore writes them."""
        for pattern in self.patterns:
            for single in _braces(pattern):
                back = "!" if single.startswith("!") else ""
                text = single.removeprefix("!")
                if text.startswith("./"):
                    text = text[1:]
                elif text.startswith(self._prefix) and self._prefix != os.sep:
                    text = text[len(self._prefix) - 1 :]
                yield back + text

    def fits(self, path: str) -> bool:
        """Whether the absolute path of a file fits, or a directory around it."""
        below = self.below(path) if self.patterns else None
        return below is not None and self._inside(below) is True

    def judge(self, path: str, *, is_directory: bool) -> bool | None:
        """Whether an absolute path itself fits; None when no pattern matches."""
        below = self.below(path) if self.patterns else None
        if not below:
            return None
        return self._directories(below) if is_directory else self._files(below)

    def below(self, path: str) -> str | None:
        """A path as seen from the patterns' directory, with forward slashes; None when it is not in there."""
        prefix = self._prefix
        return path[len(prefix) :].replace(os.sep, "/") if path.startswith(prefix) else None


class _IgnoreFile(Globs):
    """The patterns of an ignore file: git compares bytes."""

    def lines(self) -> Iterable[str]:
        return self.patterns

    def below(self, path: str) -> str | None:
        below = super().below(path)
        return below if below is None or below.isascii() else _as_bytes(os.fsencode(below))


class Ignored(NamedTuple):
    """The ignore files of a repository that govern a directory, the outermost first."""

    files: tuple[Globs, ...] = ()

    def fits(self, path: str, *, is_directory: bool) -> bool:
        """Whether an absolute path of that directory is ignored: the innermost matching pattern decides."""
        for globs in reversed(self.files):
            if (verdict := globs.judge(path, is_directory=is_directory)) is not None:
                return verdict
        return False

    def within(self, directory: str) -> "Ignored":
        """What governs a directory one step further down: its own .gitignore comes in; a repository begins anew."""
        if os.path.lexists(os.path.join(directory, ".git")):
            return ignored_in(directory)
        return self._with(directory)

    def _with(self, directory: str) -> "Ignored":
        patterns = _patterns(os.path.join(directory, ".gitignore"))
        return Ignored((*self.files, _IgnoreFile(directory, patterns))) if patterns else self


def ignored_in(directory: str) -> Ignored:
    """What git ignores in an absolute directory: nothing where there is no repository around it."""
    above = [directory]
    while not os.path.lexists(os.path.join(above[-1], ".git")):
        parent = os.path.dirname(above[-1])
        if parent == above[-1]:
            return Ignored()
        above.append(parent)
    top = above[-1]
    patterns = _patterns(os.path.join(_git_directory(os.path.join(top, ".git")), "info", "exclude"))
    ignored = Ignored((_IgnoreFile(top, patterns),) if patterns else ())
    for step in reversed(above):
        ignored = ignored._with(step)
    return ignored


def _git_directory(path: str) -> str:
    """Where a repository keeps what its worktrees share: `.git`, or where the file of that name leads."""
    words = _bytes_of(path).partition(b"gitdir:")[2].strip()
    if not words:
        return path
    home = os.path.join(os.path.dirname(path), os.fsdecode(words))
    return os.path.join(home, os.fsdecode(_bytes_of(os.path.join(home, "commondir")).strip()))


def _patterns(path: str) -> tuple[str, ...]:
    """The patterns of an ignore file; none where it is missing, is no file or cannot be read, as for git."""
    lines = _as_bytes(_bytes_of(path).removeprefix(b"\xef\xbb\xbf")).split("\n")
    trimmed = (_trimmed(line.removesuffix("\r")) for line in lines if not line.startswith("#"))
    return tuple(filter(None, trimmed))


def _bytes_of(path: str) -> bytes:
    try:
        with open(path, "rb") as stream:
            return stream.read()
    except OSError:
        return b""


def _as_bytes(data: bytes) -> str:
    """Bytes as a text of as many characters."""
    return data.decode("latin-1")


def _trimmed(line: str) -> str:
    """A line without the spaces at its end, but for one behind a backslash."""
    bare = line.rstrip(" ")
    slashes = len(bare) - len(bare.rstrip("\\"))
    return bare + " " if slashes % 2 and bare != line else bare


def _braces(pattern: str) -> list[str]:
    """The patterns that one with `{a,b}` stands for; itself where its braces are too many or do not match."""
    expanded: list[str] = []
    left = [pattern]
    while left:
        text = left.pop()
        parts = _choices(text) if "{" in text else None
        if parts is None:
            expanded.append(text)
        else:
            left += [f"{parts[0]}{word}{parts[2]}" for word in reversed(parts[1])]
        if len(expanded) + len(left) > MOST_BRACES:
            return [pattern]
    return expanded


def _choices(pattern: str) -> tuple[str, list[str], str] | None:
    """The first innermost `{a,b}` of a pattern: what stands before it, its words, what stands after it."""
    match = re.match(r"((?:[^\\{]|\\.|\{(?![^{},]*+,[^{}]*+\}))*)\{([^{},]*+,[^{}]*+)\}", pattern)
    if match is None:
        return None
    return match[1], match[2].split(","), pattern[match.end() :]


def _optional(rule: _Rule) -> str:
    return "" if rule.directories_only else "?"


def _judge(rules: list[tuple[str, bool]]) -> Judge:
    """Ask expressions: the last that fits decides."""
    if not any(takes_back for _, takes_back in rules):
        fits = re.compile("|".join(f"(?:{expression})" for expression, _ in rules) or NEVER, re.DOTALL).fullmatch
        return lambda path: True if fits(path) else None
    ordered = [(re.compile(expression, re.DOTALL).fullmatch, not takes_back) for expression, takes_back in rules[::-1]]
    return lambda path: next((verdict for fits, verdict in ordered if fits(path)), None)


def _rule(pattern: str) -> _Rule | None:
    """A pattern, read as git does; None for one that fits nothing."""
    takes_back = pattern.startswith("!")
    text = pattern[takes_back:]
    directories_only = text.endswith("/")
    text = text[: len(text) - directories_only]
    if not text:
        return None
    if "/" not in text:
        return _Rule(_expression(text, anywhere=True), takes_back, directories_only)
    return _Rule(_expression(text.removeprefix("/")), takes_back, directories_only)


def _expression(text: str, *, anywhere: bool = False) -> str:
    """The regular expression of a pattern, at any depth where it may be; one that git finds malformed fits nothing.

    It never goes back to a wildcard once what stands between that and the next one is found: where that comes first is
    as good as any later place. Else a name of a hundred letters would keep a pattern of six asterisks busy for hours.
    """
    groups: list[list[str]] = [[], []] if anywhere else [[]]
    """What stands between one `**/` and the next."""
    at, size = 0, len(text)
    while at < size:
        char = text[at]
        at += 1
        if char == "*":
            start = at - 1
            while text[at : at + 1] == "*":
                at += 1
            crosses = at - start > 1 and text[start - 1 : start] in ("", "/") and text[at : at + 1] in ("", "/")
            if crosses and at < size:
                groups.append([])
                at += 1
            else:
                groups[-1].append(".*" if crosses else STAR)
        elif char == "?":
            groups[-1].append("[^/]")
        elif char == "[":
            set_, at = _set(text, at)
            groups[-1].append(set_)
        elif char == "\\":
            if at == size:
                return NEVER
            groups[-1].append(re.escape(text[at]))
            at += 1
        else:
            groups[-1].append(re.escape(char))
    first, *others = map(_group, groups)
    if not others:
        return first
    return "".join((first, *(f"(?>(?:[^/]*+/)*?{group})" for group in others[:-1]), f"(?:.*/)?{others[-1]}"))


def _group(parts: list[str]) -> str:
    """The expression of what no `**/` stands in: of each step's asterisks only the last may be taken back."""
    pieces: list[str] = []
    star = -1
    """The index in `pieces` of the last asterisk of this step is."""
    for part in parts:
        if part == STAR:
            if star >= 0:
                pieces[star:] = [f"(?>{STAR}?{''.join(pieces[star + 1 :])})"]
            star = len(pieces)
        elif part == "/":
            star = -1
        pieces.append(part)
    return "".join(pieces)


def _set(text: str, at: int) -> tuple[str, int]:
    """The expression of a set of characters that begins after its bracket, and where it ends."""
    negated = text[at : at + 1] in ("!", "^")
    at += negated
    parts: list[str] = []
    before = ""
    first = True
    while first or text[at : at + 1] != "]":
        first = False
        char, at = text[at : at + 1], at + 1
        if char == "\\":
            char, at = text[at : at + 1], at + 1
        elif char == "-" and before and text[at : at + 1] not in ("", "]"):
            at += text[at] == "\\"
            end, at = text[at : at + 1], at + 1
            if end >= before:
                parts.append(f"{re.escape(before)}-{re.escape(end)}")
            before = ""
            continue
        elif char == "[" and text[at : at + 1] == ":":
            end_at = text.find("]", at + 1)
            if end_at < 0:
                return NEVER, len(text)
            if text[end_at - 1] == ":" and end_at - 1 > at:
                if text[at + 1 : end_at - 1] not in CLASSES:
                    return NEVER, len(text)
                parts.append(CLASSES[text[at + 1 : end_at - 1]])
                at, before = end_at + 1, ""
                continue
        if not char:
            return NEVER, len(text)
        parts.append(re.escape(char))
        before = char
    inside = "".join(parts)
    if not inside:
        return ("[^/]" if negated else NEVER), at + 1
    return f"(?!/)[{'^' if negated else ''}{inside}]", at + 1
