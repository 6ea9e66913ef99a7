"""What programs do to the files that they are given: which of their words they may change, and which they only read."""

import re
from collections.abc import Callable

from splint.formats.shell.keys import LONE
from splint.formats.shell.runners import name_of
from splint.formats.shell.words import Word

_LOOKS = frozenset(
    {"cat", "jq", "test", "[", "[[", "ls", "stat", "file", "wc", "head", "tail", "less", "more", "grep", "diff", "cmp"}
    | {"cksum", "md5", "md5sum", "sha1sum", "sha256sum", "sha512sum", "shasum", "b2sum", "du", "basename", "dirname"}
    | {"realpath", "readlink", "cut", "column", "rg", "egrep", "fgrep", "zcat", "nl", "tac", "od", "hexdump", "strings"}
    | {"bat", "batcat", "chmod", "touch", "check-jsonschema", "colordiff", "comm", "paste", "tr", "fold", "pre-commit"}
    | {"cd", "chown", "mkdir", "popd", "pushd", "rmdir", "tree"}
)
"""Commands that leave variables as they are, and the files that they name."""
_UNLESS = {
    "sort": re.compile(r"-\w*o.*|--o.*"),
    "base64": re.compile(r"-\w*o.*|--o.*"),
    "jsonlint": re.compile(r"-\w*i.*|--in-place.*"),
    "yq": re.compile(r"-\w*[is].*|--in-?place.*|--split-.*"),
    "ajv": re.compile(r"-o.*"),
    "rsync": re.compile(r"--remove-source-files|--files-from.*"),
    "cp": re.compile(r"-\w*t.*|--target.*"),
    "install": re.compile(r"-\w*[td].*|--target.*|--directory"),
    "sed": re.compile(r"-[A-Za-z]*i.*|--in-?place.*"),
    "awk": re.compile(r"-i.*|--include.*|-[lE].*"),
    "openssl": re.compile(r"-out|-sign"),
    "tar": re.compile(r"--remove-files"),
    "zip": re.compile(r"-[a-zA-Z]*m.*"),
}
"""An option with which a program may change any file that it names, or writes one that is not its last word."""
_SAME = {"gsed": "sed", "gawk": "awk", "mawk": "awk"}
_EDITS = frozenset({"sed", "awk", "yq", "sort", "jsonlint", "base64", "ajv"})
"""Those that may change the files that they name, or another one of them, where an option says so."""
_USE = re.compile(r"\$(?:([A-Za-z_]\w*)|[@*]|\{(?:([A-Za-z_]\w*)(?:\[[@*]\])?|[@*])(?::?[-+=](.*))?\})", re.DOTALL)
_VALUED = re.compile(r"-[FvfektSTl]")
"""An option of theirs behind which a value stands."""
_GIT_LOOKS = frozenset(
    {"add", "annotate", "blame", "cat-file", "check-ignore", "commit", "describe", "diff", "fetch", "grep"}
    | {
        "hash-object",
        "log",
        "ls-files",
        "ls-tree",
        "push",
        "rev-list",
        "rev-parse",
        "shortlog",
        "show",
        "status",
        "tag",
    }
)
"""What of git leaves the files that it names."""
_PLAIN = re.compile(r"[\w./@%+:,~-]*|\$\w+|\$\{\w+\}")
"""A word that is no text of a program which might write a file."""
_PYTHON = re.compile(r"python[\d.]*")
_MAKES = re.compile(r"-?[a-zA-Z]*c[a-zA-Z]*|--create")
_KEEPS = re.compile(r"-[a-zA-Z0-9]*[ck][a-zA-Z0-9]*|--stdout|--to-stdout|--keep")
_REPORT = re.compile(r"--output-f|-o")
"""Options of splint that write a report."""
_SEVERAL = re.compile(r"\$[@*]|\$\{(?:[@*]|\w+\[[@*]\]).*\}")
_FIXES = re.compile(r"--(?:fix|unsafe-fixes)")
_OPEN = re.compile(
    r"\bopen\(\s*(?:(['\"])[^'\"\n]*\1|sys\.argv\[\d\])\s*(?:,\s*(?:mode=)?['\"]r[bt]?['\"]\s*)?"
    r"(?:,\s*encoding=['\"][\w-]+['\"]\s*)?\)"
)
_IMPORT = re.compile(r"\bimport\s+(?:json|sys|re)(?:\s*,\s*(?:json|sys|re))*\s*(?:;|$)", re.MULTILINE)
_MAY_WRITE = re.compile(r"\bopen\b|\bimport\b|__|\b(?:modules|exec|eval|compile|getattr|globals|vars|breakpoint)\b")


def only_reads(text: str) -> bool:
    """Whether a text of Python surely writes no file: it opens some to read, and knows of nothing else that might."""
    return _MAY_WRITE.search(_IMPORT.sub("", _OPEN.sub("", text))) is None


def changed_by(words: list[Word]) -> list[Word] | None:
    """The words of a command that may name what it changes, where it only reads the others; None where any may.

    What a variable has may be an option of splint to fix: see `may_fix`.
    """
    name = name_of(words[0].text) if words else ""
    unless = _unless(name)
    if unless is not None and any(unless.fullmatch(word.text) for word in words[1:]):
        return None
    if name in _LOOKS:
        return []
    special = _SPECIAL.get("python" if _PYTHON.fullmatch(name) else name)
    return special(words[1:]) if special is not None else None


def _unless(name: str) -> re.Pattern[str] | None:
    return _UNLESS.get(_SAME.get(name, name))


def may_be_told_to_write(words: list[Word], given: Callable[[str], list[str] | None]) -> bool:
    """Whether a word of a program that edits may be an option to write; `given` has the texts of a variable.

    Of variables that only a run tells the last word is taken for a file, and so are those in quotes.
    """
    name = name_of(words[0].text) if words else ""
    unless = _unless(name) if _SAME.get(name, name) in _EDITS else None
    if unless is None:
        return False
    for at, word in enumerate(words[1:], 1):
        use = _USE.fullmatch(word.text) if word.has_expansion else None
        if use is None or _VALUED.fullmatch(words[at - 1].text):
            continue
        texts = given(use[1] or use[2]) if use[1] or use[2] else None
        is_several = _SEVERAL.fullmatch(word.text) is not None
        is_last = at == len(words) - 1 and not (use[2] is None and use[1] is None and at == 1)
        if texts is None and (is_several or not word.is_quoted) and not is_last:
            return True
        options = " ".join((*(texts or ()), use[3] or "")).split()
        if any(map(unless.fullmatch, options)):
            return True
    return False


def _of_splint(words: list[Word]) -> list[Word] | None:
    texts = [word.text for word in words]
    if any(map(_FIXES.match, texts)):
        return None
    return [
        word
        for word, before in zip(words, ["", *texts], strict=False)
        if _REPORT.match(word.text) or _REPORT.match(before)
    ]


def _of_git(words: list[Word]) -> list[Word] | None:
    texts = [word.text for word in words]
    at = 0
    while at < len(texts) and texts[at][:1] == "-":
        at += 2 if texts[at] in ("-C", "-c") else 1
    is_known = texts[at : at + 1] != [] and texts[at] in _GIT_LOOKS
    return [] if is_known and not any(text.startswith("--output") for text in texts) else None


def _of_copy(words: list[Word]) -> list[Word] | None:
    """Of a program that writes the last file that it names, or into this directory."""
    return words[-1:] if len(words) > 1 and words[-1].text[:1] != "-" else None


def _of_text(words: list[Word]) -> list[Word]:
    """Of a program whose own text may write a file."""
    return [word for word in words if not _PLAIN.fullmatch(word.text)]


def _of_xxd(words: list[Word]) -> list[Word]:
    return words[1:]


def _of_find(words: list[Word]) -> list[Word]:
    """Of find, which may run another command; what this does to the files that are found is told in `writers`."""
    runs = re.compile(r"-(?:exec|ok|fprint|fls)")
    return words[next((at for at, word in enumerate(words) if runs.match(word.text)), len(words)) :]


def _of_aws(words: list[Word]) -> list[Word] | None:
    return (
        [word for word in words[3:] if word.text[:1] != "-"]
        if [word.text for word in words[:2]] == ["s3", "cp"]
        else None
    )


def _of_tar(words: list[Word]) -> list[Word] | None:
    """Of tar, whose archive is behind the letter f, where it makes one."""
    texts = [word.text for word in words]
    if not any(_MAKES.fullmatch(text) for at, text in enumerate(texts) if at == 0 or text[:1] == "-"):
        return None
    written = [word for word in words if word.text.startswith("--file")]
    for at, text in enumerate(texts):
        if (at == 0 or text[:1] == "-") and text[:2] != "--" and "f" in text:
            written += words[at : at + 2]
    return written


def _of_python(words: list[Word]) -> list[Word] | None:
    texts = [word.text for word in words]
    at = next((at for at, text in enumerate(texts) if text in ("-c", "-m", "-mjson.tool")), len(texts))
    if any(text[:1] != "-" for text in texts[:at]) or at == len(texts):
        return None
    if texts[at] == "-c":
        return [] if at + 1 < len(texts) and only_reads(texts[at + 1]) else None
    behind = at + 1 if texts[at] != "-m" else at + 2
    if texts[at] == "-m" and texts[at + 1 : behind] != ["json.tool"]:
        return None
    return [word for word in words[behind:] if word.text[:1] != "-" and not word.text.isdigit()][1:]


_SPECIAL: dict[str, Callable[[list[Word]], list[Word] | None]] = {
    "splint": _of_splint,
    "git": _of_git,
    **dict.fromkeys(("cp", "scp", "rsync", "install"), _of_copy),
    **dict.fromkeys(("sed", "gsed", "awk", "gawk", "mawk"), _of_text),
    **dict.fromkeys(("sort", "base64", "jsonlint", "yq", "ajv"), lambda _: []),
    "xxd": _of_xxd,
    "zip": lambda words: [word for word in words if word.text[:1] != "-"][:1],
    "find": _of_find,
    "aws": _of_aws,
    "tar": _of_tar,
    "gzip": lambda words: [] if any(_KEEPS.fullmatch(word.text) for word in words) else None,
    "openssl": lambda words: [] if words[:1] != [] and words[0].text == "dgst" else None,
    "python": _of_python,
}


def may_fix(word: Word, given: Callable[[str], list[str] | None], *, is_of_function: bool) -> bool:
    """Whether a word of a call of splint may be an option to fix; `given` has the texts of a variable, None unknown.

    What a function passes on is told by its calls.
    """
    if not word.has_expansion:
        return _FIXES.match(word.text) is not None
    if _FIXES.search(word.text):
        return True
    lone = LONE.fullmatch(word.text)
    if not lone:
        return _SEVERAL.fullmatch(word.text) is not None and not (is_of_function and word.text in ("$@", "$*"))
    name = lone[1] or lone[2]
    if name.isdigit():
        return not (word.is_quoted or is_of_function)
    texts = given(name)
    return not word.is_quoted if texts is None else any(map(_FIXES.search, texts))
