"""Finds the token in texts of a server: as it is, escaped for URLs, JSON or HTML, in Base64, or cut off."""

import re
from base64 import b64encode
from html.entities import html5

from splint.reporting.masking import SHORTEST

_SAME = {"+": "+-", "/": "/_"}
"""The characters of Base64 that its form for URLs writes otherwise."""
_NAMES: dict[str, list[str]] = {}
"""The names that HTML has for a character, such as `amp;`."""
for _name, _char in html5.items():
    if _name.endswith(";"):
        _NAMES.setdefault(_char, []).append(_name)


class Echoes:
    """The forms of a token in which a server may repeat it.

    A form is a sequence of expressions, one for each character. The first ones together are its head; where a head is
    found, it is masked with as many of the next characters as match, so a token that is cut off is masked too.
    """

    def __init__(self, token: str) -> None:
        forms = []
        if len(token) >= SHORTEST:  # a shorter one is looked for nowhere: it may be an ordinary word
            forms.append(([_unit(char, char, "i") for char in token], SHORTEST))
            forms += [([_unit(char, _SAME.get(char, char)) for char in text], size) for text, size in _base64(token)]
        self._tails = [list(map(re.compile, units[size:])) for units, size in forms]
        heads = (f"({''.join(units[:size])})" for units, size in forms)
        self._heads = re.compile("|".join(heads) or "(?!)")

    def hidden(self, text: str) -> str:
        """A text with each form of the token replaced by asterisks."""
        parts, shown = list[str](), 0
        while match := self._heads.search(text, shown):
            end = match.end()
            for unit in self._tails[(match.lastindex or 1) - 1]:
                if (more := unit.match(text, end)) is None:
                    break
                end = more.end()
            parts += text[shown : match.start()], "*" * (end - match.start())
            shown = end
        return "".join((*parts, text[shown:])) if parts else text


def _unit(char: str, forms: str, flags: str = "") -> str:
    """An expression for a character, written as one of `forms`, with backslashes before it, or as an escape.

    Escapes of HTML are tried first: `&` is also the first character of `&amp;`.
    """
    code = f"{ord(char):02x}"
    of_html = "|".join((f"#0{{0,6}}{ord(char)};?", f"#[xX]0{{0,6}}(?i:{code});?", *_NAMES.get(char, ())))
    written = f"[{re.escape(forms)}]"
    written = f"(?{flags}:{written})" if flags else written
    return rf"(?:&(?:amp;){{0,3}}(?:{of_html})|\\{{0,4}}{written}|\\{{1,4}}u00(?i:{code})|%(?:25){{0,3}}(?i:{code}))"


def _base64(token: str) -> list[tuple[str, int]]:
    """The characters of Base64 that the token alone decides, whatever text it stands in, and the size of their head.

    Three bytes are written as four characters: the token begins at the first, second or third of three. `mixed`
    characters hold bits of the text before it.
    """
    found = []
    for before, mixed in ((0, 0), (1, 2), (2, 3)):
        data = b"\0" * before + token.encode()
        found.append((b64encode(data)[mixed : len(data) * 8 // 6].decode(), (before + SHORTEST) * 8 // 6 - mixed))
    return found
