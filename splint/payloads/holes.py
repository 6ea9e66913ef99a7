"""URLs of which parts are not known: each becomes one mark, whatever stands for it."""

import re

from splint.payloads.endpoints import rest_of_directory
from splint.schema.placeholders import HOLE
from splint.schema.vocabulary import DIRECTORIES, LEGACY, SMART_PLUS

_DEEPEST = 8
"""The most variables within each other that are looked at."""
_WITHIN = re.compile(r"\$\{([^{}]*)\}|\$\([^()]*\)|`[^`]*`")
"""A variable of a shell, or the output of a command, without another one in it."""
_DEFAULT = re.compile(r"\w+:?[-=](.*)", re.DOTALL)
_FORMS = re.compile(
    r"\{\{[^{}]*\}\}|<%[^%]*%>|#?\{[^{}]*\}#?|<[^<>]*>|\$(?:\w+|[@*#])"
    r"|%[A-Za-z_]\w{2,}%(?![0-9A-Fa-f]{2})|%\(\w+\)s|%s(?!\w)|@[A-Za-z_]\w*@|\(\([\w .:-]+\)\)|\[[A-Za-z_][\w .-]*\]"
    r"|__[A-Za-z]\w*?__|\.{3,}|(?<=/):[A-Za-z_]\w*(?=[/?#]|\Z)"
)
"""What other templates have for a part of a text, and what is left out."""
_WORD = re.compile(r"(?<![^/])[A-Z][A-Z0-9]+(?:[_-][A-Z0-9]+)*(?=[/?#]|\Z)")
"""A step in capitals, as BASE_URL or VERSION."""
_ENDS_OPEN = re.compile(rf"(?<![^/{HOLE}])(open_api|smart_plus|v1\.\d)(?={HOLE})")
_BEGINS_OPEN = re.compile(rf"(?<={HOLE})(?=(?:open_api|smart_plus|v1\.\d|campaign|adgroup|ad)(?:[/?#{HOLE}]|\Z))")
"""Steps of a path before and behind a variable that has the slash between the two."""
_HOLES = re.compile(f"{HOLE}+")
_KNOWN = frozenset(
    {*DIRECTORIES, "open_api", "http", "https", *(step for path in (*SMART_PLUS, *LEGACY) for step in path.split("/"))}
)
"""The steps of paths of TikTok's, which people write in capitals too."""
_VERSION = re.compile(r"V\d+")


def with_holes(text: str) -> str:
    """A URL with one mark in the place of each part that is not known.

    A variable with a text by default has that. An empty one before a path is none: what begins with a path is sent
    nowhere.
    """
    begins_open = text.startswith("${")
    for _ in range(_DEEPEST):
        made = _WITHIN.sub(_of_shell, text)
        if made == text:
            break
        text = made
    text = _WORD.sub(_of_word, _FORMS.sub(HOLE, text))
    text = HOLE + text if begins_open and text.startswith("/") else text
    return _BEGINS_OPEN.sub("/", _ENDS_OPEN.sub(r"\1/", _HOLES.sub(HOLE, text))) if HOLE in text else text


def _of_shell(use: re.Match[str]) -> str:
    default = _DEFAULT.fullmatch(use[1]) if use[1] is not None else None
    return HOLE if default is None else default[1]


def _of_word(word: re.Match[str]) -> str:
    step = word[0].lower().replace("-", "_")
    is_known = step in _KNOWN or _VERSION.fullmatch(word[0]) is not None or rest_of_directory(word[0]) is not None
    return word[0] if is_known else HOLE
