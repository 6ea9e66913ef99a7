"""Ends of lines that are meant to continue a curl command, and words as cmd of Windows quotes them.

A shell ends the command at a backslash with a blank behind it, at a comment, and at cmd's `^`. The scanner reads on as
it is meant, so that the body is judged, and the reader says what the shell does.
"""

import re

from splint.formats.shell.curl import invocations
from splint.formats.shell.words import Command, Word

_UNCONTINUED = re.compile(r"(?:\\[^\S\n]+(?:#[^\n]*)?|\^[^\S\n]*)\n(?=[ \t]*(?:[-\"'@>|^]|https?:|(?P<unknown>[${])))")
"""With what the next line begins with where it belongs to the command: an option, its value, a URL, a redirection; or
`$` or `{`, with which another command may begin."""
_BEHIND_COMMENT = re.compile(r"(?:\n[ \t]*#[^\n]*+){0,50}+\n(?=[ \t]*(?:[\"']?(?:-|https?:)|(?P<unknown>[\"'@>|${])))")
"""The same behind a comment, and those below it; what is in quotes may be another command there as well."""
_PLACEHOLDER = re.compile(r"<[A-Za-z][\w .:-]*>")
_BASE = re.compile(
    r"(?:<[A-Za-z][\w.:-]*>|#\{ *[\w.:-]+ *\})(?=/(?:open_api|v1\.\d|smart_plus|campaign|adgroup|ad)/|://)"
)
"""A placeholder before a path."""
_IN_BRACES = re.compile(r"[ \t]+[^{}\s'\"`]+[ \t]*\}\}")
_MOST_WORDS = 100
"""The most words of a command at which it is asked what it lacks: to ask at each line would take quadratic time."""
_IN_CARETS = re.compile(
    r"""(?P<backslashes>(?:\^?\\)*+)(?P<quote>\^")
    | (?P<alone>(?:\^?\\)++)
    | \^\r?\n(?P<line>\r?\n)?
    | \^(?P<escaped>[^\\"\r\n])
    | [^"^\\\r\n]++""",
    re.VERBOSE,
)


def meant_to_continue(command: Command, text: str, at: int, end: int) -> int | None:
    """Where the next line begins, if a backslash or `^` of a curl command only seems to continue its line.

    The command notes the first such place.
    """
    match = _UNCONTINUED.match(text, at, end) if command.curl is not None else None
    if match is None or (match["unknown"] and (text[at - 1] not in " \t" or not _lacks_more(command))):
        return None
    command.misread = command.misread or (at, match.end() - 1)
    return match.end()


def meant_behind_comment(command: Command, text: str, start: int, end: int) -> int:
    """The end of a comment in a curl command, or where the next line begins if the command is meant to go on there.

    Such a comment stands on a line of its own between those of the command, or has the backslash at its end. The
    command notes the first one.
    """
    is_open = _is_alone(text, start) or text[start:end].rstrip("\r").endswith("\\")
    match = _BEHIND_COMMENT.match(text, end) if is_open and command.curl is not None else None
    if match is None or (match["unknown"] and not _lacks_more(command)):
        return end
    command.misread = command.misread or (start, end)
    return end + 1


def _is_alone(text: str, start: int) -> bool:
    """Whether nothing stands before an index on its line, which is not the first one."""
    above = text.rfind("\n", 0, start)
    return above >= 0 and text[above:start].isspace()


def _lacks_more(command: Command) -> bool:
    """Whether a curl command lacks its URL, or the body behind an option, so that the next line has to give it."""
    if len(command.words) > _MOST_WORDS:
        return False
    *_, last = invocations(command)
    return last.url is None or last.without_value is not None


def word_in_carets(command: Command, text: str, at: int, end: int) -> Word | None:
    r"""The word that ^"..." is to cmd and curl: cmd takes each ^ away, \ escapes a quote; None if it is not closed.

    The command notes the first one, as a shell does not read it so.
    """
    if not text.startswith('^"', at):
        return None
    opening, word = at, Word(text, at)
    word.is_quoted = True
    at += 2
    word.add(at, at)
    while token := _IN_CARETS.match(text, at, end):
        start, at = token.span()
        if token["quote"]:
            count = token["backslashes"].count("\\")
            if count % 2 == 0:
                word.add_escape(start, token.start("quote"), "\\" * (count // 2), "bare")
                word.end = at
                command.misread = command.misread or (opening, opening + 1)
                return word
            word.add_escape(start, at, "\\" * (count // 2) + '"', "bare")
        elif text[start] in "^\\":
            alone = (token["alone"] or "").replace("^", "")
            word.add_escape(start, at, alone or token["escaped"] or token["line"] or "", "bare")
        else:
            word.add(start, at)
    return None


def placeholder_at(command: Command, word: Word | None, text: str, at: int, end: int) -> int | None:
    """The end of a placeholder that is meant as a part of a word of curl in prose, to a shell something else.

    It is one such as <body> in the value of an option or behind a part of a word, <base> or #{base} before the path of
    an endpoint, or what follows the braces of `{{ base }}`; None for any other redirection, comment or blank.
    """
    if command.curl is None:
        return None
    if (char := text[at]) in " \t":
        match = _IN_BRACES.match(text, at, end) if word is not None and text.endswith("{{", word.start, at) else None
    elif char == "#" or (word is None and not command.words[-1].text.startswith("-")):
        match = _BASE.match(text, at, end) if word is None else None
    else:
        is_number = word is not None and text[word.start : at].isdigit()
        match = _PLACEHOLDER.match(text, at, end) if not is_number else None
    return match.end() if match else None
