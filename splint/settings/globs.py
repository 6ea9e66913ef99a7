"""Glob patterns in gitignore syntax, of the settings and of the ignore files of a repository.

They are translated to regular expressions, as git interprets them. No library is used: importing one takes longer than
all the matching of a run.
"""

import os
import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple

from splint.files.repository import bytes_of, shared_directory, top_of

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
"""The most patterns that one with braces is expanded to."""


class _Rule(NamedTuple):
    """A pattern translated to a regular expression."""

    expression: str
    takes_back: bool
    directories_only: bool


Judge = Callable[[str], bool | None]
"""Takes a path without a trailing slash; returns whether the patterns include it, None if none of them matches."""


class Globs:
    """Patterns in gitignore syntax for paths below a directory.

    A pattern without a slash matches at any depth, one that matches a directory matches everything in it, `**` crosses
    directories, and a later `!pattern` excludes paths again. In addition to gitignore, `{a,b}` matches both
    alternatives, `./` stands for the directory of the patterns, and absolute paths below it are accepted.
    """

    def __init__(self, root: str, patterns: Iterable[str]) -> None:
        self.root = root
        """The absolute path of the directory."""
        self.patterns = tuple(patterns)
        self.place: Callable[[str], str] = lambda _pattern: ""
        """Maps a pattern to `FILE:LINE: ` of its place in the settings, empty if unknown."""

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
        """Yield the patterns in plain gitignore syntax."""
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
        """Whether patterns match the absolute path of a file or one of its parents."""
        below = self.below(path) if self.patterns else None
        return below is not None and self._inside(below) is True

    def judge(self, path: str, *, is_directory: bool) -> bool | None:
        """Whether the last pattern that matches an absolute path itself includes it; None if none matches."""
        below = self.below(path) if self.patterns else None
        if not below:
            return None
        return self._directories(below) if is_directory else self._files(below)

    def below(self, path: str) -> str | None:
        """An absolute path relative to the directory of the patterns, with forward slashes; None if it is outside."""
        prefix = self._prefix
        return path[len(prefix) :].replace(os.sep, "/") if path.startswith(prefix) else None


class _IgnoreFile(Globs):
    """The patterns of an ignore file, which git matches against bytes."""

    def lines(self) -> Iterable[str]:
        return self.patterns

    def below(self, path: str) -> str | None:
        below = super().below(path)
        return below if below is None or below.isascii() else _as_bytes(os.fsencode(below))


class Ignored(NamedTuple):
    """The ignore files of a repository that apply to a directory, the outermost first."""

    files: tuple[Globs, ...] = ()

    def fits(self, path: str, *, is_directory: bool) -> bool:
        """Whether an absolute path of that directory is ignored: the innermost matching pattern decides."""
        for globs in reversed(self.files):
            if (verdict := globs.judge(path, is_directory=is_directory)) is not None:
                return verdict
        return False

    def within(self, directory: str) -> "Ignored":
        """The ignore files of a subdirectory: these and its own .gitignore; those of a nested repository alone."""
        if os.path.lexists(os.path.join(directory, ".git")):
            return ignored_in(directory)
        return self._with(directory)

    def _with(self, directory: str) -> "Ignored":
        patterns = _patterns(os.path.join(directory, ".gitignore"))
        return Ignored((*self.files, _IgnoreFile(directory, patterns))) if patterns else self


def ignored_in(directory: str) -> Ignored:
    """The ignore files that apply to an absolute directory; none outside of a repository."""
    top = top_of(directory)
    if top is None:
        return Ignored()
    above = [directory]
    while above[-1] != top:
        above.append(os.path.dirname(above[-1]))
    patterns = _patterns(os.path.join(shared_directory(os.path.join(top, ".git")), "info", "exclude"))
    ignored = Ignored((_IgnoreFile(top, patterns),) if patterns else ())
    for step in reversed(above):
        ignored = ignored._with(step)
    return ignored


def _patterns(path: str) -> tuple[str, ...]:
    """The patterns of an ignore file; none if it cannot be read, as in git."""
    lines = _as_bytes(bytes_of(path).removeprefix(b"\xef\xbb\xbf")).split("\n")
    trimmed = (_trimmed(line.removesuffix("\r")) for line in lines if not line.startswith("#"))
    return tuple(filter(None, trimmed))


def _as_bytes(data: bytes) -> str:
    """Decode bytes to a text with one character per byte."""
    return data.decode("latin-1")


def _trimmed(line: str) -> str:
    """A line without trailing spaces, except one that is escaped with a backslash."""
    bare = line.rstrip(" ")
    slashes = len(bare) - len(bare.rstrip("\\"))
    return bare + " " if slashes % 2 and bare != line else bare


def _braces(pattern: str) -> list[str]:
    """Expand the braces of a pattern; unchanged if there are more than MOST_BRACES results."""
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
    """Split a pattern at its first innermost `{a,b}`: the text before it, its alternatives, the text after it."""
    match = re.match(r"((?:[^\\{]|\\.|\{(?![^{},]*+,[^{}]*+\}))*)\{([^{},]*+,[^{}]*+)\}", pattern)
    if match is None:
        return None
    return match[1], match[2].split(","), pattern[match.end() :]


def pattern_of(path: str) -> str:
    """A path as a pattern that fits it alone."""
    escaped = re.sub(r"([\\*?\[{])", r"\\\1", path)
    return f"./{escaped}" if escaped.startswith(("!", "#")) else escaped


def _optional(rule: _Rule) -> str:
    return "" if rule.directories_only else "?"


def _judge(rules: list[tuple[str, bool]]) -> Judge:
    """Compile pairs of regular expression and `takes_back`; the last expression that matches decides."""
    if not any(takes_back for _, takes_back in rules):
        fits = re.compile("|".join(f"(?:{expression})" for expression, _ in rules) or NEVER, re.DOTALL).fullmatch
        return lambda path: True if fits(path) else None
    ordered = [(re.compile(expression, re.DOTALL).fullmatch, not takes_back) for expression, takes_back in rules[::-1]]
    return lambda path: next((verdict for fits, verdict in ordered if fits(path)), None)


def _rule(pattern: str) -> _Rule | None:
    """Parse a pattern; None if it is empty."""
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
    """The regular expression of a pattern, with `anywhere` at any depth; one that git rejects matches nothing.

    Atomic groups keep it from backtracking into a wildcard once the text up to the next wildcard has matched: the first
    match of that text is as good as any later one. Otherwise matching takes exponential time.
    """
    groups: list[list[str]] = [[], []] if anywhere else [[]]
    """The expressions between one `**/` and the next."""
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
    """Join expressions without `**/`: in each step only the last asterisk may backtrack."""
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
    """The expression of a bracket expression that begins at `at`, after its `[`, and the index behind its end."""
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
