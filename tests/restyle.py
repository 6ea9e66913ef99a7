"""Renders a value in many spellings of any format.

A `random.Random` makes the choices, so that a seed determines the file.
"""

import json
import re
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import yaml

from tests.strategies import HOST

NOTE = 'note: {a}, [b] # it\'s // "c"'
"""What comments say: nothing of it may be taken for anything else."""
CODES = ("SPL2", "SPL101", "SPL006", "SPL209", "SPL1, SPL221", "SPL317")
_PLAIN = re.compile(r"[A-Za-z][\w./:-]*\w(?: [A-Za-z]+)*")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def restyled(random: Random, values: Sequence[Any], suffix: str) -> bytes:
    """The text of a file with the values: one document each, or one list if the format has one document.

    Some comments are directives, used or unused.
    """
    newline = random.choice(["\n", "\n", "\n", "\r\n"])
    silence = random.choice([0.0, 0.0, 0.3])
    text = re.sub(
        re.escape(NOTE),
        lambda match: f"splint: ignore[{random.choice(CODES)}] on purpose" if random.random() < silence else NOTE,
        _WRITERS[suffix](random, values),
    )
    if random.random() < 0.3:
        text = text.removesuffix("\n")
    mark = "\ufeff" if random.random() < 0.1 and suffix != ".sh" else ""
    return (mark + text.replace("\n", newline)).encode()


def shuffled(random: Random, value: Any) -> Any:
    """The same value with the members of its objects in another order."""
    if isinstance(value, dict):
        return {key: shuffled(random, value[key]) for key in random.sample(list(value), len(value))}
    return [shuffled(random, entry) for entry in value] if isinstance(value, list) else value


# -- JSON --------------------------------------------------------------------------------------------------------------


class _Json:
    """A value in JSON: in one line or in many, tight or wide, with comments or without."""

    def __init__(self, random: Random, *, has_comments: bool, is_one_line: bool = False) -> None:
        self.random = random
        self.has_comments = has_comments
        self.is_one_line = is_one_line
        self.unit = None if is_one_line else random.choice([None, "  ", "  ", "    ", "\t", " ", ""])
        self.colon = random.choice([": ", ": ", ":", " : ", ":  "])
        self.gap = random.choice([" ", " ", "", "  "])
        self.pad = random.choice(["", "", " "])
        self.ascii = random.random() < 0.3
        self.trails = has_comments and random.random() < 0.5
        self.oddity = random.choice([0.0, 0.0, 0.1])
        self.flat = random.choice([0.0, 0.2, 0.5])
        """How many of the inner collections stand in one line."""

    def text(self, value: Any, indent: str = "", *, is_flat: bool = False) -> str:
        if not isinstance(value, dict | list):
            return self.scalar(value)
        is_flat = is_flat or self.unit is None or (indent != "" and self.random.random() < self.flat)
        deeper = indent if is_flat else indent + (self.unit or "")
        if isinstance(value, dict):
            parts = [
                self.scalar(key) + self.colon + self.note() + self.text(entry, deeper, is_flat=is_flat)
                for key, entry in value.items()
            ]
        else:
            parts = [self.text(entry, deeper, is_flat=is_flat) for entry in value]
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        if not parts:
            return opening + self.random.choice(["", "", self.pad, self.note()]) + closing
        pad = (self.pad if opening == "{" else "") if is_flat else f"\n{deeper}"
        made = opening + self.note()
        for index, part in enumerate(parts):
            is_last = index == len(parts) - 1
            made += (self.gap if is_flat and index else pad) + self.note() + self.blank() + part + self.note()
            made += ("," if self.trails else "") if is_last else self.blank() + ","
            made += self.note()
        return made + ((pad and self.pad) if is_flat else f"\n{indent}") + closing

    def scalar(self, value: Any) -> str:
        text = json.dumps(value, ensure_ascii=self.ascii)
        if isinstance(value, str) and "\\" not in text and self.random.random() < self.oddity:
            return re.sub(r'[a-z](?=[^"]*"$)', lambda match: f"\\u{ord(match[0]):04x}", text, count=1)
        return text

    def blank(self) -> str:
        blanks = [" ", "\t", "  "] if self.is_one_line else [" ", "\t", "\n", "\n\n  ", "  "]
        return self.random.choice(blanks) if self.random.random() < self.oddity else ""

    def note(self) -> str:
        if not self.has_comments or self.random.random() < 0.93:
            return ""
        blank = self.random.choice(["", " "])
        if self.random.random() < 0.5:
            return f"{blank}// {NOTE}\n"
        return f"{blank}/* {NOTE}{self.random.choice(['', chr(10)])} */{self.random.choice(['', ' ', chr(10)])}"


def _json(random: Random, values: Sequence[Any]) -> str:
    value = values[0] if len(values) == 1 else list(values)
    return _Json(random, has_comments=False).text(value) + "\n"


def _jsonc(random: Random, values: Sequence[Any]) -> str:
    value = values[0] if len(values) == 1 else list(values)
    top = f"// {NOTE}\n" if random.random() < 0.3 else ""
    return top + _Json(random, has_comments=True).text(value) + "\n"


def _ndjson(random: Random, values: Sequence[Any]) -> str:
    lines = [_Json(random, has_comments=False, is_one_line=True).text(value) for value in values]
    return "".join(f"{line}\n{random.choice(['', '', chr(10)])}" for line in lines)


# -- YAML --------------------------------------------------------------------------------------------------------------


class _Yaml:
    """A value in YAML: blocks and flows, deep and shallow, with comments, quotes and anchors."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.step = random.choice([2, 2, 4, 3])
        self.is_shallow = random.random() < 0.5
        self.flow = random.choice([0.0, 0.2, 0.6])
        self.notes = random.choice([0.0, 0.0, 0.1, 0.3])
        self.quotes = random.choice(["", "", "'", '"', "?"])
        self.anchors: dict[str, str] | None = {} if random.random() < 0.15 else None

    def lines(self, value: Any, indent: int) -> list[str]:
        """A collection that is not empty, as a block."""
        pad, made = " " * indent, list[str]()
        for item in value.items() if isinstance(value, dict) else value:
            if made and self.random.random() < self.notes:
                made.append(self.random.choice(["", " " * self.random.randrange(6) + f"# {NOTE}", f"{pad}# {NOTE}"]))
            if isinstance(value, list):
                width = self.random.choice([2, 2, 2, 4])
                mark = "-" + " " * (width - 1)
                if not self.is_flow(item):
                    inner = self.lines(item, indent + width)
                    if not inner[0].lstrip().startswith("#"):
                        made += [pad + mark + inner[0].lstrip(), *inner[1:]]
                        continue
                made += self.entry(pad + mark.rstrip(), item, indent, indent + self.step)
            else:
                below = indent if self.is_shallow and isinstance(item[1], list) else indent + self.step
                made += self.entry(f"{pad}{self.string(item[0], is_key=True)}:", item[1], indent, below)
        return made

    def is_flow(self, value: Any) -> bool:
        return not value or not isinstance(value, dict | list) or self.random.random() < self.flow

    def entry(self, head: str, value: Any, indent: int, below: int) -> list[str]:
        if not self.is_flow(value):
            return [head + self.note(), *self.lines(value, below)]
        if isinstance(value, str) and _PLAIN.fullmatch(value) and self.random.random() < 0.04:
            return [f"{head} {self.random.choice(['>-', '|-'])}", " " * (indent + 2) + value]
        is_broken = bool(value) and isinstance(value, dict | list) and self.random.random() < 0.5
        text = self.flowing(value, indent + 2 if is_broken else None)
        return [head + self.random.choice([" ", " ", "  "]) + text + self.note()]

    def note(self) -> str:
        return f"{self.random.choice([' ', '   '])}# {NOTE}" if self.random.random() < self.notes else ""

    def flowing(self, value: Any, indent: int | None) -> str:
        """Any value as a flow; in several lines where there is an indent."""
        if not isinstance(value, dict | list):
            return self.string(value, is_key=False) if isinstance(value, str) else json.dumps(value)
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        deeper = None if indent is None else indent + 2
        if isinstance(value, dict):
            parts = [f"{self.string(key, is_key=True)}: {self.flowing(held, deeper)}" for key, held in value.items()]
        else:
            parts = [self.flowing(entry, deeper) for entry in value]
        if not parts:
            return opening + closing
        if indent is None:
            pad = self.random.choice(["", "", " "])
            return opening + pad + self.random.choice([", ", ",", " , "]).join(parts) + pad + closing
        line = "\n" + " " * indent
        ends = [*[","] * (len(parts) - 1), self.random.choice(["", ","])]
        body = "".join(f"{line}{part}{end}{self.note()}" for part, end in zip(parts, ends, strict=True))
        return opening + body + "\n" + " " * max(indent - 1, 1) + closing

    def string(self, value: str, *, is_key: bool) -> str:
        if self.anchors is not None and not is_key and self.random.random() < 0.3:
            if value in self.anchors:
                return f"*{self.anchors[value]} "
            self.anchors[value] = f"a{len(self.anchors)}"
            return f"&{self.anchors[value]} {self.quoted(value)}"
        return self.quoted(value)

    def quoted(self, value: str) -> str:
        quotes = self.random.choice(["", "'", '"']) if self.quotes == "?" else self.quotes
        if not quotes and _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
            return value
        if quotes == "'" and value.isprintable():
            return "'" + value.replace("'", "''") + "'"
        return json.dumps(value, ensure_ascii=not value.isprintable())


def _yaml(random: Random, values: Sequence[Any]) -> str:
    return "---\n".join(_yaml_document(random, value) for value in values)


def _yaml_document(random: Random, value: Any) -> str:
    if random.random() < 0.3:
        flow, style = random.choice([None, True, False]), random.choice([None, None, '"', "'"])
        width, indent = random.choice([40, 80, 1000]), random.choice([2, 4, 6])
        made = yaml.safe_dump(
            json.loads(json.dumps(value)),
            default_flow_style=flow,
            default_style=None if any(type(held) is not str for held in _scalars(value)) else style,
            width=width,
            indent=indent,
            allow_unicode=True,
            sort_keys=False,
        )
        return str(made)
    writer = _Yaml(random)
    top = f"# {NOTE}\n" if random.random() < 0.3 else ""
    bottom = f"# {NOTE}\n" if random.random() < 0.2 else ""
    return top + "\n".join(writer.lines(value, 0)) + "\n" + bottom


def _scalars(value: Any) -> list[Any]:
    if isinstance(value, dict | list):
        return [held for inner in (value.values() if isinstance(value, dict) else value) for held in _scalars(inner)]
    return [value]


# -- commands and prose ------------------------------------------------------------------------------------------------


def requests(value: Any) -> list[tuple[str, Any]]:
    """A bundle as one request after the other; any other body as it is. Each with its endpoint's name."""
    if not isinstance(value, dict):
        return [("campaign", value)]
    if "campaign" not in value:
        return [("ad" if "adgroup_id" in value else "adgroup" if "campaign_id" in value else "campaign", value)]
    campaign = value["campaign"]
    advertiser = {"advertiser_id": "7000000000000000001"}
    made = [("campaign", campaign)]
    for group in value.get("adgroups", []):
        own = {name: held for name, held in group.items() if name != "ads"}
        made.append(("adgroup", {**advertiser, "campaign_id": "$CAMPAIGN_ID", **own}))
        made += [("ad", {**advertiser, "adgroup_id": "$ADGROUP_ID", **ad}) for ad in group.get("ads", [])]
    return made


def _single(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _double(text: str) -> str:
    return '"' + re.sub(r'([\\"$`])', r"\\\1", text).replace(r"\$ADGROUP_ID", "$ADGROUP_ID") + '"'


def _ansi(text: str) -> str:
    return "$'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\t", "\\t") + "'"


def _command(random: Random, endpoint: str, value: Any) -> str:
    body = _Json(random, has_comments=False).text(value)
    url = f"{HOST}/{endpoint}/create/"
    split = random.choice([" \\\n  ", " "])
    start = f"curl -X POST {url}{split}-H 'Access-Token: $TOKEN'{split}"
    match random.randrange(6):
        case 0:
            return f"{start}-d @- <<'EOF'\n{body}\nEOF\n"
        case 1:
            expanding = re.sub(r"([\\$`])", r"\\\1", body).replace(r"\$CAMPAIGN_ID", "$CAMPAIGN_ID")
            return f"{start}--data-binary @- <<EOF\n{expanding}\nEOF\n"
        case 2:
            return f"{start}--data-raw {_double(body)}\n"
        case 3:
            return f"{start}-d {_ansi(body)}\n"
        case _:
            return f"{start}--json {_single(body)}\n"


def _shell(random: Random, values: Sequence[Any]) -> str:
    commands = [_command(random, *request) for value in values for request in requests(value)]
    return "#!/bin/sh\nset -e\n\n" + f"# {NOTE.replace(chr(34), '')}\n".join(commands)


def _markdown(random: Random, values: Sequence[Any]) -> str:
    blocks = ["# Title\n"]
    for value in values:
        tag = random.choice(["json", "jsonc", "yaml", "sh"])
        if tag == "sh":
            body = "".join(_command(random, *request) for request in requests(value))
        else:
            body = {"json": _json, "jsonc": _jsonc, "yaml": _yaml}[tag](random, [value])
        fence = random.choice(["```", "````", "~~~"])
        lines = f"{fence}{tag}\n{body}{fence}\n".splitlines(keepends=True)
        first, others = random.choice([("", ""), ("", ""), ("- ", "  "), ("1. ", "   "), ("> ", "> ")])
        blocks.append(first + others.join(lines))
    return "\nSome words, `{}` among them.\n\n".join(blocks)


def _text(random: Random, values: Sequence[Any]) -> str:
    commands = [_command(random, *request) for value in values for request in requests(value)]
    return "Send this:\n\n" + "\nand then\n\n".join(commands)


_WRITERS: dict[str, Callable[[Random, Sequence[Any]], str]] = {
    ".json": _json,
    ".jsonc": _jsonc,
    ".ndjson": _ndjson,
    ".yaml": _yaml,
    ".sh": _shell,
    ".md": _markdown,
    ".txt": _text,
}
SUFFIXES = tuple(_WRITERS)
"""Those of the formats that values can be written in."""
