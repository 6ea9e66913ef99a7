"""The one file that a name with variables surely stands for, and the directory in which a script finds itself.

All that such a name may be, where it is not sure, is told in `names`.
"""

import posixpath
import re
from collections.abc import Callable

from splint.formats.shell.curl import FromFile, Unknown
from splint.formats.shell.directories import OWN, as_written, is_of_script
from splint.formats.shell.effects import Given
from splint.formats.shell.keys import LONE, named_key
from splint.formats.shell.words import Piece, Word, named_so

_MOST = 8
"""How many variables may be set to each other."""
_LONGEST = 1000
"""The most characters of a path that is put together: to look for many longer ones takes quadratic time."""
_OWN = re.compile(OWN)
PLACE = re.compile(
    rf"\$\(\s*(?:CDPATH=\s+)?cd\s+(?:-P\s+)?(?:--\s+)?\"?(?:{OWN}|\$(?:(?P<bare>\w+)|\{{(?P<held>\w+)\}}))"
    r"(?P<below>[\w./-]*)\"?\s*(?:[&12]?>\s*/dev/null\s+)?(?:2>\s*&1\s+)?(?:&&|;)\s*pwd(?:\s+-P)?\s*\)"
)
"""The whole path of the directory of the script, or of a variable, or of one below or above it."""
_PARENT = re.compile(r"(?:\$\(|`)\s*dirname\s+(?:--\s+)?\"?\$(?:(\w+)|\{(\w+)\})\"?\s*[)`]")
"""The directory around that of a variable."""
_MADE = re.compile(r"(?:\$\(|`)\s*mktemp\b")
_WHOLE, _FROM_START = "\1", "\2"
"""What a path has for the directory of the script: wherever a command runs, or only where the script began."""


class Paths:
    """The paths that names with variables stand for."""

    def __init__(self, only: Callable[[str], Given | None], values: dict[str, str | None]) -> None:
        """`only` is what alone gives a variable its text, `values` what has been found so far."""
        self._only, self._values = only, values
        self._depth = 0

    def file_of(self, name: Word, directory: str) -> FromFile | None:
        """The file of a name, or directory, with variables; None for any other, and where only a run tells it."""
        written = as_written(directory)
        if not name.has_expansion and written == directory:
            return None
        path = self._of_word(name)
        if written and path and path[0] not in ("/", _WHOLE):
            path = _joined(self._of_text(f"{written}/"), path)
        is_own = is_of_script(written) or (path or "")[:1] in (_WHOLE, _FROM_START)
        path = _settled(path)
        lone = LONE.fullmatch(name.text) if name.has_expansion and not directory else None
        given = self._only(lone[1] or lone[2]) if lone else None
        is_plain = given is not None and isinstance(given.body, Word) and not given.body.has_expansion
        return None if path is None else FromFile(named_so(name, path), "." if is_own else "", is_made=not is_plain)

    def key_of(self, key: str) -> str | None:
        """The key of the file that one with variables stands for; None where only a run tells it."""
        name, _, directory = key[1:].partition("/") if key[:1] == "$" else (as_written(key[1:]), "", "")
        text = posixpath.join(as_written(directory), f"${name}" if key[:1] == "$" else name)
        path = _settled(self._of_text(text)) if "$" in text else None
        return None if path is None else f"@{posixpath.normpath(path)}"

    def tells(self, variable: str, directory: str) -> bool:
        """Whether it is told what file a variable alone names, looked for in a directory."""
        return self.key_of(named_key(variable, directory)) is not None

    def is_new(self, name: str, directory: str) -> bool:
        """Whether a path begins with a directory or file that the script makes by `mktemp`: none is there before."""
        path = posixpath.join(as_written(directory), name)
        for _ in range(_MOST):
            use = LONE.match(path)
            given = self._only(use[1] or use[2]) if use else None
            body = given.body if given is not None else None
            word = body.word if isinstance(body, Unknown) else body
            path = word.text if isinstance(word, Word) else ""
            if _MADE.match(path):
                return True
        return False

    def _value(self, variable: str) -> str | None:
        """The path that a variable has; None where that is not known."""
        if variable not in self._values and self._depth < _MOST:
            self._depth += 1
            given = self._only(variable)
            body = given.body if given is not None else None
            word = body.word if isinstance(body, Unknown) else body
            path = self._of_word(word) if isinstance(word, Word) else None
            self._values[variable] = None if path is None or path[:1] == "~" else path
            self._depth -= 1
        return self._values.get(variable)

    def _of_word(self, word: Word) -> str | None:
        path: str | None = ""
        for piece in word.pieces:
            path = _joined(path, self._of_piece(word, piece) if piece.is_expansion else _plain(word.text_of(piece)))
        return path

    def _of_piece(self, word: Word, piece: Piece) -> str | None:
        text = word.text_of(piece)
        if lone := LONE.fullmatch(text):
            return self._value(lone[1] or lone[2])
        if _OWN.fullmatch(text):
            return _FROM_START
        if around := _PARENT.fullmatch(text):
            path = self._value(around[1] or around[2])
            return f"{path}/.." if path is not None and path[:1] == _WHOLE else None
        place = PLACE.fullmatch(text)
        if place is None or piece.inner[0].directory:
            return None
        variable = place["bare"] or place["held"]
        path = self._value(variable) if variable else _WHOLE
        return _WHOLE + path[1:] + place["below"] if path and path[0] in (_WHOLE, _FROM_START) else None

    def _of_text(self, text: str) -> str | None:
        path: str | None = ""
        at = 0
        for use in LONE.finditer(text):
            value, before = self._value(use[1] or use[2]), text[at : use.start()]
            is_lost = at + len(before) > 0 and value is not None and value[:1] == "/"  # a directory is before it
            path = None if is_lost else _joined(_joined(path, _plain(before)), value)
            at = use.end()
        return _joined(path, _plain(text[at:]))


def _plain(text: str) -> str | None:
    """A text as a part of a path; None for one that seems to be an expansion, or comes of a run."""
    return None if any(mark in text for mark in "$`\0\1\2") else text


def _joined(path: str | None, part: str | None) -> str | None:
    """A path with another part; None where one of them is not known."""
    if path is None or part is None or len(path) + len(part) > _LONGEST:
        return None
    return path + part


def _settled(path: str | None) -> str | None:
    """A path where commands run, or from the directory of the script; None where it is not one."""
    if not path or path[0] in "{[" or any(mark in path[1:] for mark in (_WHOLE, _FROM_START)):
        return None
    if path[0] not in (_WHOLE, _FROM_START):
        return path
    return path[1:].lstrip("/") or "." if path[1:2] in ("", "/") else None
