"""Bodies that functions make of their arguments, as each call fills them in.

It has no fix, as a change of the function is one for all calls.
"""

import re
from collections.abc import Callable

from splint.formats.shell.composed import Part, placed, with_parts
from splint.formats.shell.curl import Body, FromFile, Unread
from splint.formats.shell.functions import Wrapper
from splint.formats.shell.values import Values
from splint.formats.shell.words import LONE, Command, Word, lone

_BRACES = re.compile(r"\{[^{}\s]*(?:,|\.\.)[^{}\s]*\}")
"""What the shell makes several words of."""
_LOOP = re.compile(r"(?:do|then|else|\s)*for\s+\w+\s+in[ \t]+(?:\$\([^\n]*\)|[^\"'\n;&|$`\\]*)[ \t]*[;\n]")
"""A loop over words without blanks: those that a command prints, or that no quotes are around."""


def filled_body(body: Body, wrapper: Wrapper, words: list[Word], call: Command, values: Values) -> Word | Unread | None:
    """The body of a function's curl command in a call of these words; None where these tell nothing more of it.

    It is not read where one of the words up to the last that is in it may be several.
    """
    curl = wrapper.curl
    assert curl is not None
    if isinstance(body, FromFile) or body is None:
        return None
    text = values.of(body, curl, lambda _: True)
    if not isinstance(text, Word) or not text.has_expansion:
        return None
    wrapper.put_together += len(text.text)

    def is_plain(word: Word) -> bool:
        return not word.has_expansion or values.steps.text_at(lone(word), word.start, call) is not None

    parts = _parts(text, wrapper, words, lambda name, starts: values.steps.is_as_set(name, words[0].text, starts))
    arguments = [part.argument for part in parts if part.argument is not None]
    if not any(map(is_plain, arguments)):
        return None
    last = max((at for at, word in enumerate(words) if any(word is one for one in arguments)), default=0)
    several = next((word for word in words[1 : last + 1] if _may_be_several(word, call, values)), None)
    return placed(parts, words[0]) if several is None else Unread(several, "several")


def _may_be_several(word: Word, call: Command, values: Values) -> bool:
    """Whether the shell may make several words of one, or none."""
    for piece in word.pieces:
        text = word.text_of(piece)
        if piece.quote == "bare" and not piece.is_expansion and _BRACES.search(text):
            return True
        if not piece.is_divided:
            continue
        use = LONE.fullmatch(text)
        held = values.steps.text_at(use["name"], piece.start, call) if use else None
        given = values.steps.given.get(use["name"], ()) if use else ()
        is_one = (
            given != ()
            and not values.steps.given.get("IFS")
            and all(_LOOP.match(word.source, one.start) for one in given)
        )
        if (values.divides(held.text) or not held.text) if held is not None else not is_one:
            return True
    return False


def _parts(body: Word, wrapper: Wrapper, words: list[Word], is_as_set: Callable[[str, list[int]], bool]) -> list[Part]:
    """The texts, arguments and expansions of a body."""
    parts = list[Part]()
    for piece in body.pieces:
        text = body.text_of(piece)
        is_own = piece.is_expansion and not piece.is_divided and wrapper.start <= piece.start < wrapper.end
        value = wrapper.variables.filled_at(text, piece.start, words, is_as_set) if is_own else None
        found = [Part(text, piece.is_expansion)]
        if value is not None:
            found = [
                Part(one.text, one.has_expansion, one if one.source else None)
                if isinstance(one, Word)
                else Part(one.text or "", one.is_expansion)
                for one in value
            ]
        parts += found
    return with_parts(parts)
