"""Commands that write or remove files of whose names only a run tells a part: in a tree, or out of a list."""

import posixpath
import re
from collections.abc import Iterator
from itertools import pairwise, takewhile
from typing import NamedTuple

from splint.formats.shell.curl import invocations
from splint.formats.shell.directories import OWN, PLACE
from splint.formats.shell.effects import tells
from splint.formats.shell.programs import CURLS, INTO_DIRECTORIES, SHELLS, changed_by, name_of, program_of
from splint.formats.shell.runners import behind
from splint.formats.shell.words import Command, Word, text_word

_PART = re.compile(r"\$\{[^{}]*\}|\$\([^()]*\)|`[^`]*`|\$\w+|\$[@*]|\{[^{}\s]*,[^{}\s]*\}")
"""What stands for a part of a name."""
_ANY = re.compile(r"\$(?:\w+|\{\w+\}|[@*]|\(.*\))|`.*`", re.DOTALL)
_BASE = re.compile(r"\$\(basename .*\)|`basename .*`|\$\{\w+##\*/\}", re.DOTALL)
"""The last part of a name, which stands for a file here."""
_CLOUDS = frozenset({"aws", "gsutil", "gcloud", "docker", "podman", "kubectl", "rclone"})
_COPIES = frozenset({"cp", "sync", "mv", "rsync", "copy", "move"})
"""Their commands that copy files as `cp` does."""
_LISTS = frozenset({"ls", "printf", "echo", "grep"})
"""Commands that list the files that they are given, or some of them."""
_LISTED = re.compile(r"\.\w+$|\*")
"""A part of the name of a file that is listed, or of several."""
_MAKES_NAMES = re.compile(r"\$\{\w+[%#/]|\{[/.]|\bbasename\b|\bsed\b")
_OF_URL = re.compile(r"#\d|\[[^\]]*\]")
"""What stands for a part of a URL in the name of a file that curl writes, and such a part."""
_OWN_NAMES = re.compile(r"te?mp|^(?:date|basename|dirname|pwd|tty|hostname|cygpath)$", re.IGNORECASE)
"""Programs that print the name of a new file, and those whose output is looked at elsewhere or is no name of a body."""
_FORMAT = re.compile(r"%[^a-zA-Z%]*[a-zA-Z]")
_MOST = 64
"""The most files of a list that are told apart: there may be as many commands for them."""
_ALL = re.compile(
    rf"(?:[^$`]*[=:,])?(?:\./?|\$(?:PWD|\{{PWD\}})/?|\$\(pwd\)|`pwd`|{OWN}|{PLACE.pattern})(?!:[^:]*:ro\b)(?:[:,].*)?"
)
"""The working directory or that of the script in a word of a command: alone, behind an option or variable (`--out=.`),
or mounted for a container to write (`.:/out`)."""
_CONTAINERS = frozenset({"docker", "podman", "nerdctl", "docker-compose", "podman-compose"})
_OWN_PROGRAM = re.compile(r"(?!.*(?:venv|node_modules|vendor)/)(?:[\w.-]+/|\$\w+/|\$\{\w+\}/)+[\w.-]+$")
_RUNS_FILE = re.compile(r"python[\d.]*|node|ruby|perl|php|(?:ba|z|da|k)?sh|deno|bun|tsx|ts-node")
_PROGRAM = re.compile(r"[\w./${}-]+\.\w+")
_EXECS = frozenset({"-exec", "-execdir", "-ok", "-okdir"})


class Target(NamedTuple):
    """Files that a command may write or remove."""

    pattern: str
    """The last part of their names."""
    folder: str | None = None
    """The name of the directory that they are in, None for any."""
    is_below: bool = False
    """Whether they may be in directories within it, too."""


def targets(words: list[str], lister: list[str]) -> Iterator[Target]:
    """What a command writes; `lister` is the first one of the pipe that it is a part of."""
    name = name_of(words[0]) if words else ""
    copy = next((at for at, word in enumerate(words[1:4], 1) if word in _COPIES), 0) if name in _CLOUDS else 0
    if copy:
        yield from _copied("rsync", [*words[copy + 1 :], "-r"])
        operands = [word for word in words[copy + 1 :] if word[:1] != "-"]
        yield from (Target("*", word, is_below=True) for word in operands[1:])
    elif name in INTO_DIRECTORIES:
        yield from _copied(name, words[1:])
    elif name in CURLS:
        yield from _downloaded(words)
    elif name == "find":
        yield from _found(words)
    elif name in ("xargs", "parallel"):
        yield from _given(words, lister)
    elif (program := program_of(name)).writes is not None:
        if re.match(program.writes, " ".join(words[1:]), re.DOTALL) and (made := program.made):
            yield from (file_of(made(word)) for word in words[1:] if word[:1] != "-")
        elif re.match(program.writes, " ".join(words[1:]), re.DOTALL):
            into = re.findall(rf" {program.into}(\S+)", " ".join(words)) if program.into else [None]
            yield Target("*", into[-1] if into else ".", is_below=True)
    elif is_of_tree(words) and any(map(_ALL.fullmatch, words[1:])):
        yield Target("*", is_below=True)


def is_of_tree(words: list[str]) -> bool:
    """Whether a command is a program of the tree, or builds it, and not known to leave the files that it is given.

    So is one in a container, which may be given a directory.
    """
    is_own = _OWN_PROGRAM.match(words[0]) is not None or words[0] in ("make", "gmake")
    is_text = _RUNS_FILE.fullmatch(words[0]) is not None and any(map(_PROGRAM.fullmatch, words[1:2]))
    is_mounted = words[0] in _CONTAINERS and "run" in words[:4]
    return is_mounted or ((is_own or is_text) and changed_by(list(map(text_word, words))) is None)


def _pattern(name: str) -> str:
    """The last part of a name as a pattern."""
    return _PART.sub("*", name).rpartition("/")[2]


def file_of(name: str) -> Target:
    """The file of a name."""
    start = _PART.sub(lambda part: "x" * len(part[0]), name).rfind("/") + 1
    return Target(_pattern(name), name[:start] or ".")


def _copied(name: str, words: list[str]) -> Iterator[Target]:
    """What `cp` and its like write, and what `mv` removes."""
    into, operands, rest = None, list[str](), iter(words)
    has_target = name in ("cp", "mv", "ln", "install")
    for word in rest:
        if has_target and (option := re.fullmatch(r"(?:-[a-su-zA-Z]*t|--target-directory=?)(.*)", word, re.DOTALL)):
            into = option[1] or next(rest, ".")
        elif word[:1] != "-":
            operands.append(word)
    is_directory = into is not None or name == "ln"
    if into is None:
        into = "." if len(operands) == 1 and name == "ln" else operands.pop() if operands else "."
    is_whole = name == "mv" or any(re.match(r"--recursive|--archive|-[A-Za-z]*[rRa]", word) for word in words)
    may_be_file = _ANY.fullmatch(into) is not None or re.search(r"[^/.]\.\w+$", _PART.sub("x", into)) is not None
    is_file = may_be_file and len(operands) == 1 and not is_directory
    for source in operands:
        pattern = _pattern(source.rpartition(":")[2])
        if is_whole and (pattern in ("", ".", "..") or ("*" in pattern and name != "mv")):
            yield Target("*", into, is_below=True)
        elif not is_file or (pattern.strip("*") and _ANY.fullmatch(into)):
            yield Target(pattern, into)
            if is_whole and "*" not in pattern:
                yield Target("*", f"{into}/{pattern}", is_below=True)
        if name == "mv" and not _ANY.fullmatch(source):
            yield file_of(source)
    if operands and not is_directory and "$" in into:
        if _BASE.fullmatch(into):
            yield Target("*", ".")
        elif not _ANY.fullmatch(into):
            yield file_of(into) if "/" in into or _pattern(into).strip("*") else Target("*")


def _downloaded(words: list[str]) -> Iterator[Target]:
    """What curl writes by the names of URLs, into --output-dir, and by what stands for a part of a URL (`#1`)."""
    for request in invocations(Command(words=map(text_word, words), curl=0)):
        names = [word.text for word in request.written if request.into or _OF_URL.search(word.text)]
        if request.switches & {"remote-name", "remote-name-all"}:
            is_told = "remote-header-name" in request.switches
            paths = (re.split(r"[?#]", url.text, maxsplit=1)[0] for url in request.urls)
            named = [path.rpartition("/")[2] or "*" for path in paths]
            names += ["*"] if is_told or not named else named  # xargs gives it a URL
        for name in names:
            yield file_of(posixpath.join(request.into, _OF_URL.sub("*", name)))


def _found(words: list[str]) -> Iterator[Target]:
    """What `find` has other commands do to the files that it finds."""
    files = list(_listed(words))
    if "-delete" in words:
        yield from files
    rest = iter(words)
    for word in rest:
        if word in _EXECS:
            made = _made(list(takewhile(lambda one: one not in (";", "+"), rest)), files)
            yield from (one._replace(folder=None) for one in made) if word.endswith("dir") else made


def _given(words: list[str], lister: list[str]) -> Iterator[Target]:
    """What `xargs` or `parallel` has other commands do to the files that it is given."""
    is_text, at, mark = words[0].endswith("parallel"), 1, ""
    valued = r"-[InNPLjaCS]|--jobs|--colsep|--arg-file" if is_text else r"-[InPLdEsa]"
    while at < len(words) and words[at][:1] == "-":
        is_apart = re.fullmatch(valued, words[at]) is not None
        if words[at][:2] == "-I":
            mark = "".join(words[at : at + 2])[2:] if is_apart else words[at][2:]
        at += 2 if is_apart else 1
    inner, files = list(takewhile(lambda word: word[:3] != ":::", words[at:])), list(_listed(lister))
    if len(inner) < len(words) - at:
        files = [file_of(word) for word in words[at + len(inner) + 1 :]]
    text = " ".join(inner).replace(mark or "{}", "{}")
    if is_text and re.search(r"[>;&|]|\{[/.]", text):  # a shell reads it
        yield from (Target("*" if _MAKES_NAMES.search(text) else file.pattern) for file in files)
        return
    inner = text.split() if is_text else [word.replace(mark or "{}", "{}") for word in inner]
    yield from _made(inner if mark or "{}" in text else [*inner, "{}"], files)


def _listed(words: list[str]) -> Iterator[Target]:
    """The files that a command lists; any where that is not known."""
    name = words[0] if words else ""
    if name == "find":
        starts = list(takewhile(lambda word: word[:1] not in ("-", "(", "!"), words[1:]))
        names = [_pattern(after) for word, after in pairwise(words) if word == "-name"]
        is_plain = len(names) == 1 and not {"-o", "-or", "!", "-not"}.intersection(words)
        is_below = "-maxdepth 1 " not in f"{' '.join(words)} "
        yield from (Target(names[0] if is_plain else "*", start, is_below=is_below) for start in starts or ["."])
        return
    files = [file_of(word) for word in words[1:] if word[:1] != "-" and _LISTED.search(word)]
    yield from files if name in _LISTS and files else [Target("*", None, is_below=True)]


def listed_in(word: Word) -> Iterator[str]:
    """The files that substitutions in a word list, as patterns; `$_` stands for a directory that only a run tells."""
    for first in (piece.inner[0] for piece in word.pieces if piece.inner):
        words = [one.text for one in first.words]
        name = words[0] if words else ""
        if name == "find" or (name == "ls" and any(map(_LISTED.search, words[1:]))):
            for file in _listed(words):
                yield f"{'$_' if file.folder is None or file.is_below else file.folder}/{file.pattern}"
        elif name == "ls":
            yield "*"
        elif words[:2] in (["git", "ls-files"], ["git", "diff"], ["git", "grep"]) or (
            name in ("grep", "rg") and any(re.match(r"-\w*l|--files", one) for one in words[1:])
        ):
            yield "$_/*"


def printed_in(word: Word) -> str:
    """The pattern of a name whose last part is all that a command prints; empty for any other, and for a new file."""
    last = word.pieces[-1] if word.pieces else None
    words = [one.text for one in last.inner[0].words] if last is not None and last.inner else []
    before = "".join(map(word.text_of, word.pieces[:-1]))
    if not words or _OWN_NAMES.search(words[0]) or before[-1:] not in ("", "/"):
        return ""
    name = _pattern(_FORMAT.sub("*", words[1])) if words[0] in ("echo", "printf") and len(words) > 1 else "*"
    return f"{before or '$_/'}{name or '*'}"


def _made(words: list[str], files: list[Target]) -> Iterator[Target]:
    """What a command writes that is given files in the place of `{}`."""
    files = files if len(files) <= _MOST else [Target("*", is_below=True)]
    name = words[0].rpartition("/")[2] if words else ""
    if name in INTO_DIRECTORIES:
        for file in files:
            named = "*" if file.folder is None else f"{file.folder}/{file.pattern}"
            yield from _copied(name, [word.replace("{}", named) for word in words[1:]])
        yield from files if name == "mv" or words[-1] == "{}" else ()
    elif name == "rm" or _may_change(behind(list(map(text_word, words)))):
        if name in SHELLS:  # whose text may make other names of them
            files = [Target("*" if _MAKES_NAMES.search(" ".join(words)) else file.pattern) for file in files]
        yield from files


def _may_change(words: list[Word]) -> bool:
    """Whether a command may change the file whose place is marked by `{}`."""
    changed = changed_by(words)
    return not tells(words) and (changed is None or any("{}" in word.text for word in changed))
