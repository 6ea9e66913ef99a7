"""Syntax errors of JSON at what begins as a number: units, dates, calculations, and numbers of other notations."""

import re

from splint.formats.causes import IN_QUOTES, Cause
from splint.formats.json.openings import opened

_NUMBER = re.compile(r"[-+]?[\w.][\w.+-]*")
_AS_JSON = re.compile(r"-?(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?")
_END = r"(?=\s*(?:[,}\]]|\Z))"
_DATE = re.compile(
    r"\d{4}[-/]\d{2}[-/]\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?" + _END
)
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?" + _END)
_BIG = re.compile(r"(-?\d{1,40})n" + _END)
_BASED = re.compile(r"0(?:[xX][0-9a-fA-F]{1,16}|[oO][0-7]{1,20}|[bB][01]{1,40})" + _END)
_GROUPED = re.compile(r"(\d{1,3})(?:[ \u00a0\u202f]\d{3})+" + _END)
_UNIT = re.compile(r"(-?\d[\d.]*)[ \t]?(?:[^\W\d_]{1,8}|[%\u00b0$\u20ac\u00a3\u00a5\u20b9])" + _END)
_SIGNED = re.compile(r"[$\u20ac\u00a3\u00a5\u20b9][ \t]?(\d[\d.]*)")
_POINTS = re.compile(r"\d+(?:\.\d+){2,}" + _END)
_OPERATION = re.compile(r"\d[\d.]*[ \t]*(?:[+*^]|-(?!-)|/(?![/*]))")
_WORD = re.compile(r"(?!\d+[eE]\d+\b)\d\w*" + _END)


def at_number(text: str, index: int) -> Cause | None:
    """The cause of a fault at an index within, or right behind, what begins as a number or with a currency sign."""
    start = max(text.rfind(mark, 0, index) for mark in ',:[{\n"}]') + 1
    start += len(text[start:index]) - len(text[start:index].lstrip())
    if signed := _SIGNED.match(text, start):
        return Cause("a currency sign before a number", _alone(signed[1]), *signed.span())
    if not text[start : start + 1].lstrip("-")[:1].isdigit() and not text[start : start + 2].lstrip("-")[:1].isdigit():
        return None
    return _within_commas(text, index, start) or _notation(text, start) or _with_letters(text, start)


def _within_commas(text: str, index: int, start: int) -> Cause | None:
    """The cause for a comma within a number: of its thousands, or before its decimals."""
    before = re.compile(r"-?\d{1,3}(?:,\d{3}){0,4},\Z|-?\d{1,12},\Z").search(text[max(0, start - 20) : start])
    after = re.compile(r"\d+(?:\.\d+)?" + _END).match(text, start)
    if before is None or after is None or not (stack := opened(text, index)) or stack[-1].mark != "{":
        return None
    is_grouped = re.fullmatch(r"-?\d{1,3}(?:,\d{3})*,", before[0]) and re.match(r"\d{3}(?!\d)", after[0])
    written = f"{before[0].replace(',', '' if is_grouped else '.')}{after[0]}"
    return Cause("a comma within a number", f"write {written}", start - len(before[0]), after.end())


def _notation(text: str, start: int) -> Cause | None:
    """The cause for a date, a time, or a number as another language writes it."""
    is_value = text[:start].rstrip().endswith(":")
    if date := _DATE.match(text, start) or (_TIME.match(text, start) if is_value else None):
        return Cause("a date or time without quotes", f'write "{date[0]}"', *date.span())
    if big := _BIG.match(text, start):
        help = f'write {big[1]}, or "{big[1]}" where it is an id'
        return Cause("a number with n behind it, as JavaScript has them", help, *big.span())
    if based := _BASED.match(text, start):
        return Cause(f"the number {based[0]} is not decimal", f"write {int(based[0], 0)}", *based.span())
    if grouped := _GROUPED.match(text, start):
        return Cause("a blank within a number", f"write {''.join(re.findall('[0-9]+', grouped[0]))}", *grouped.span())
    return None


def _with_letters(text: str, start: int) -> Cause | None:
    """The cause for a number with something behind it, none of which is repeated: it may be a credential."""
    if unit := _UNIT.match(text, start):
        return Cause("a number with a unit or letters behind it", _alone(unit[1]), *unit.span())
    if points := _POINTS.match(text, start):
        return Cause("a number with several points", f"{IN_QUOTES}, or write one point", *points.span())
    if operation := _OPERATION.match(text, start):
        help = f"write the number that results; if it is a text, {IN_QUOTES}"
        return Cause("a calculation or a range: JSON has values alone", help, *operation.span())
    word = _WORD.match(text, start)
    if word is not None and not word[0].isdigit() and "_" not in word[0] and not word[0].startswith("0"):
        return Cause("a text without quotes, which begins with a digit", IN_QUOTES, *word.span())
    return None


def _alone(number: str) -> str:
    """The help to write a number without what stands beside it."""
    return f"write the number alone: {number}" if _AS_JSON.fullmatch(number) else "write the number alone"


def misspelt_number(text: str, index: int) -> Cause:
    """The cause for a number that is not written as JSON has it."""
    start = index
    while start > 0 and re.match(r"[\w.+-]", text[start - 1]):
        start -= 1
    match = _NUMBER.match(text, start)
    if match is None:
        return Cause("a sign without a number", "write the number behind it", start)
    word, end = match.group(), match.end()
    why, help = "it is not written as JSON has numbers", "write it with digits alone, such as 0.5; an id goes in quotes"
    if not re.fullmatch(r"[-+0-9._]{1,40}", word):
        return Cause("a number that is not written as JSON has them", help, start, end)
    if digits := re.fullmatch(r"(-?)0+([0-9]+)", word):
        why, help = "it begins with a zero", f'write {digits[1]}{digits[2]}, or "{word}" where it is an id'
    elif word.startswith("+"):
        why, help = "a number has no plus before it", f"write {word[1:]}"
    elif re.fullmatch(r"-?\.\d+", word):
        why, help = "no digit stands before its point", f"write {word.replace('.', '0.')}"
    elif re.fullmatch(r"-?\d+\.", word):
        why, help = "no digit follows its point", f"write {word[:-1]}"
    elif re.fullmatch(r"\d+(?:_\d+)+", word):
        why, help = "digits are not parted by _", f"write {word.replace('_', '')}"
    return Cause(f"the number {word}: {why}", help, start, end)
