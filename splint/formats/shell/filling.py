"""Bodies that functions make of their arguments, as each call fills them in.

It has no fix, as a change of the function is one for all calls.
"""

from collections.abc import Callable

from splint.formats.shell.composed import Part, placed, with_parts
from splint.formats.shell.curl import Body, FromFile
from splint.formats.shell.functions import Wrapper
from splint.formats.shell.values import Values
from splint.formats.shell.words import Command, Word, lone


def filled_body(body: Body, wrapper: Wrapper, words: list[Word], call: Command, values: Values) -> Word | None:
    """The body of a function's curl command in a call of these words; None where these tell nothing more of it."""
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
    is_told = any(part.argument is not None and is_plain(part.argument) for part in parts)
    return placed(parts, words[0]) if is_told else None


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
