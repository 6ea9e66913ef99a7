"""Several bodies of one request: curl joins them by `&`, and without anything where the later one is of --json."""

from collections.abc import Callable, Sequence

from splint.formats.shell.curl import Body, FromFile, Unknown, opens_json
from splint.formats.shell.words import Piece, Word


def joined(parts: Sequence[tuple[str, Word, Body]], is_json: Callable[[Word], bool]) -> tuple[Body, Word | None]:
    """What a request sends whose options have these values and bodies, and the second one where that is surely no JSON.

    It is unknown where one of them is, and where a file is a part of what may be JSON.
    """
    parts = [(option, word, body or word) for option, word, body in parts]
    while len(parts) > 1 and parts[0][2] is parts[0][1] and not parts[0][1].text:
        parts = parts[1:]  # curl puts nothing behind an empty one
    if len(parts) == 1 and parts[0][2] is parts[0][1] and not parts[0][1].text:
        return None, None
    bodies = [body for _, _, body in parts]
    unknown = next((body for body in bodies if isinstance(body, Unknown)), None)
    if len(parts) == 1 or unknown is not None:
        return unknown or bodies[0], None
    second, are_of_json = parts[1][1], all(option == "json" for option, _, _ in parts)
    texts = [body for body in bodies if isinstance(body, Word)]
    whole = _text_of(parts)
    if whole is not None and is_json(whole):
        return whole, None
    are_whole = [isinstance(body, Word) and opens_json(body) for body in bodies]
    if are_of_json and not all(are_whole):
        return whole or Unknown(second), None
    is_open = any(text.has_expansion for text in texts) or (whole is None and len(texts) == len(bodies))
    if is_open and not any(map(is_json, texts)) and len(texts) == len(bodies):
        return Unknown(second), None
    is_error = any(are_whole) or any(isinstance(body, FromFile) for body in bodies)
    return next((text for text in texts if opens_json(text)), bodies[0]), second if is_error else None


def _text_of(parts: Sequence[tuple[str, Word, Body]]) -> Word | None:
    """All texts as one; None where one is none, or they do not stand one behind the other."""
    whole: Word | None = None
    for option, _, body in parts:
        if not isinstance(body, Word) or (whole is not None and body.start < whole.end):
            return None
        if whole is not None and option != "json":
            at = whole.pieces[-1].end
            whole = whole.made_of([*whole.pieces, Piece(at, at, "&")])
        whole = body if whole is None else whole.with_next(body)
    return whole
