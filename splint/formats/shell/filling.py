"""Bodies that functions make of their arguments, as each call fills them in.

It has no fix, as a change of the function is one for all calls.
"""

import re
from collections.abc import Callable

from splint.formats.shell.composed import Part, formatted, placed, with_parts
from splint.formats.shell.curl import Body, FromFile, Unknown, Unread
from splint.formats.shell.functions import Wrapper
from splint.formats.shell.reaching import listed
from splint.formats.shell.values import Values
from splint.formats.shell.words import LONE, Command, Word, lone, named_so, without_openings

_BRACES = re.compile(r"\{[^{}\s]*(?:,|\.\.)[^{}\s]*\}")
"""What the shell makes several words of."""
_SINGLE = re.compile(r"(?:\$\([^\n]*\)|[^\"'\n;&|$`\\]*)[ \t]*(?:;|\Z)")
"""A list of words without blanks: those that a command prints, or that no quotes are around."""


def filled_body(body: Body, wrapper: Wrapper, words: list[Word], call: Command, values: Values) -> Word | Unread | None:
    """The body of a function's curl command in a call of these words; None where these tell nothing more of it.

    It is not read where one of the words up to the last that is in it may be several.
    """
    curl = wrapper.curl
    assert curl is not None
    if isinstance(body, FromFile) or body is None:
        return None
    text = values.of(body, curl, lambda _: True)
    printed = _printed(text.word) if isinstance(text, Unknown) else []
    made_of = [text] if isinstance(text, Word) and text.has_expansion else printed
    wrapper.put_together += sum(len(word.text) for word in made_of)

    def is_plain(word: Word) -> bool:
        return not word.has_expansion or values.steps.text_at(lone(word), word.start, call) is not None

    def is_as_set(name: str, starts: list[int]) -> bool:
        return values.steps.is_as_set(name, words[0].text, starts)

    parts = [_parts(word, wrapper, words, is_as_set) for word in made_of]
    arguments = [part.argument for word in parts for part in word if part.argument is not None]
    if not any(map(is_plain, arguments)):
        return None
    last = max((at for at, word in enumerate(words) if any(word is one for one in arguments)), default=0)
    several = next((word for word in words[1 : last + 1] if _may_be_several(word, call, values)), None)
    if several is not None:
        return Unread(several, "several")
    if not printed:
        return placed(parts[0], words[0])
    filled = (
        _alone(one) or (placed(one, words[0]) if word.has_expansion else word)
        for one, word in zip(parts, printed, strict=True)
    )
    return formatted([named_so(words[0], printed[0].text), *[*filled][1:]])


def _printed(body: Word) -> list[Word]:
    """The plain format of the `printf` whose output a body is, and what is put into it; empty for any other body."""
    pieces = [piece for piece in body.pieces if body.text_of(piece).strip()]
    inner = pieces[0].inner if len(pieces) == 1 else ()
    words = without_openings(inner[0]) if len(inner) == 1 and not inner[0].calls_function else []
    is_printf = len(words) > 1 and words[0].text == "printf" and words[1].text[:1] != "-"
    is_plain = is_printf and not words[1].has_expansion and inner[0].broken is None
    return words[1:] if is_plain and not any(piece.is_divided for word in words for piece in word.pieces) else []


def _alone(parts: list[Part]) -> Word | None:
    """The argument that is all of a word; None for any other one."""
    _, *others = parts
    return others[0].argument if len(others) == 1 and not parts[0].text else None


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
            and all(_SINGLE.match(listed(one, word.source) or "|") for one in given)
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
