"""Bodies as JSON: several of one request, which curl joins, and expansions, which stand in strings as written."""

import re
from collections.abc import Callable, Iterator, Sequence
from json import dumps

from splint.formats.shell.call import has_expandable
from splint.formats.shell.curl import Body, FromFile, Unknown, opens_json
from splint.formats.shell.words import Piece, Word
from splint.formats.source_map import Segment, SourceMap
from splint.schema.placeholders import variable

_STRING_MARK = re.compile(r"\\(.?)|\"", re.DOTALL)
_MEMBERS = re.compile(r"\$\{\w+:?[-+]\s*,")
"""What begins with a comma where there is something: ${BUDGET:+,"budget":$BUDGET}."""
_BARE = re.compile(r"[^\s,:\[\]{}\"\\]+")


def body_source_map(word: Word, outer: SourceMap | None) -> SourceMap:
    """The source map of a body. An expansion outside of strings becomes a string: {"budget": $BUDGET} has "$BUDGET"."""
    if not word.has_expansion:
        return word.source_map(outer)
    return SourceMap(_filled(word)[0], outer)


def _filled(word: Word) -> tuple[list[Segment], set[int]]:
    """The segments of a body, and which of them are expansions outside of strings."""
    segments: list[Segment] = []
    opened = set[int]()
    strings = _Strings()
    bare: list[Segment] = []
    """The current run of characters outside of strings that contains an expansion."""

    def fill() -> None:
        if bare:
            text = dumps("".join(segment.text for segment in bare), ensure_ascii=False)
            opened.add(len(segments))
            segments.append(Segment(text, bare[0].start, bare[-1].end, False, "expansion"))
            bare.clear()

    for piece in word.pieces:
        text = word.text_of(piece)
        is_mark = _is_mark(piece, text)
        text = variable(text) if is_mark else text
        if piece.is_expansion and strings.is_inside:
            quoted = dumps(text, ensure_ascii=False)[1:-1]
            segments.append(Segment(quoted, piece.start, piece.end, quoted == text and not is_mark, piece.quote))
        elif piece.is_expansion:
            if not bare and not _MEMBERS.match(text):
                bare += _loosen(segments)
            bare.append(Segment(text, piece.start, piece.end))
        else:
            if bare and (run := _BARE.match(text)):
                size = run.end()
                whole = piece.text is not None
                bare.append(Segment(run[0], piece.start, piece.end if whole else piece.start + size))
                piece, text = piece if whole else piece._replace(start=bare[-1].end), text[size:]
                if not text:
                    continue
            fill()
            strings.read(text)
            segments.append(Segment(text, piece.start, piece.end, piece.text is None, piece.quote))
    fill()
    return segments, opened


def marks_of(word: Word) -> tuple[str, ...]:
    """What no name of a variable marks in a word, as it is written there: {} of xargs or parallel, $1, $@, $[A+5]."""
    return tuple({text for piece in word.pieces if _is_mark(piece, text := word.text_of(piece))})


def _is_mark(piece: Piece, text: str) -> bool:
    """Whether a piece of a word is what another command fills in, or `$1` and the like, which no name tells apart."""
    return piece.is_expansion and text[:1] != "`" and not has_expandable(text)


def spliced(word: Word) -> str | None:
    """A body as JSON in which expansions outside of strings stand for members, entries or commas; None without any.

    It tells whether the body may be JSON as it is sent, but not what is in it.
    """
    segments, expansions = _filled(word) if word.has_expansion else ([], set[int]())
    texts, opened, last, is_spliced, strings = list[str](), list[str](), "", False, _Strings()
    for at, segment in enumerate(segments):
        text = segment.text
        if at in expansions:
            following = next((one.text.lstrip()[:1] for one in segments[at + 1 :] if one.text.strip()), "")
            if opened[-1:] == ["{"] and last in ("{", ",") and following != ":":
                text, is_spliced = f'"{at}": 0', True
            elif last not in ("{", "[", ",", ":") and (last != "$" or _MEMBERS.match(text, 1)):
                text, is_spliced = "" if following in (*",]}", "") or not last else ",", True
            texts.append(text)
            last = "$" if text[:2] == '"$' else text[-1:] or last
            if not following:
                texts += ("}" if mark == "{" else "]" for mark in reversed(opened))
            continue
        texts.append(text)
        for part in strings.outside(text):
            for mark in re.findall(r"\S", part):
                last = mark
                if mark in "{[":
                    opened.append(mark)
                elif mark in "}]" and opened:
                    opened.pop()
    return "".join(texts) if is_spliced else None


def _loosen(segments: list[Segment]) -> list[Segment]:
    """Remove and return the characters directly before an expansion, such as the minus of -$BID."""
    last = segments[-1] if segments else Segment("", 0, 0)
    if not last.is_verbatim and last.quote != "expansion":
        return []
    match = re.search(r"[^\s,:\[\]{}\"\\]*\Z", last.text[-64:])
    assert match  # the pattern matches the empty string
    size = len(match[0])
    if size:
        end = last.end - size if last.is_verbatim else last.end
        segments[-1] = last._replace(text=last.text[:-size], end=end)
        return [Segment(match[0], end if last.is_verbatim else last.start, last.end)]
    return []


class _Strings:
    """Tracks whether the end of the JSON text read so far is within a string."""

    def __init__(self) -> None:
        self.is_inside = False
        self._is_escaped = False

    def read(self, text: str) -> None:
        """Read the next part of the text."""
        for _ in self.outside(text):
            pass

    def outside(self, text: str) -> Iterator[str]:
        """Read the next part of the text; what of it is outside of strings, with the quotes."""
        at = 0
        start = 1 if self._is_escaped and text else 0
        self._is_escaped = self._is_escaped and not text
        for mark in _STRING_MARK.finditer(text, start):
            if mark[0] == '"':
                if not self.is_inside:
                    yield text[at : mark.end()]
                self.is_inside, at = not self.is_inside, mark.start()
            elif not mark[1]:
                self._is_escaped = True
        if not self.is_inside:
            yield text[at:]


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
