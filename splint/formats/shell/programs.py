"""What programs do to the files that they are given, in one table: which they read, change and write."""

import re
from collections.abc import Callable
from itertools import dropwhile
from typing import NamedTuple, TypeAlias

from splint.formats.shell.words import Word

_Changes: TypeAlias = Callable[[list[Word]], list[Word] | None]

PRINTS = frozenset({"echo", "printf", "[", "[[", "test", "which", "type"})
"""Commands whose arguments are no command."""
TELLS = re.compile(r"echo|print|log|info|warn|debug|err|say|note|notif|msg|die|fail|usage|assert|expect|mock|test")
"""A part of the names of functions that tell of a command rather than run it."""
TOOLS = re.compile(r"\[+|:|true|cat|tee|jq|yq|grep|sed|awk|diff|git|python[\d.]*|node|perl|ruby|php|export|local|alias")
"""Commands that run no other one, whatever they are given."""
CURLS = frozenset({"curl", "curl.exe", "$CURL", "${CURL}", "${CURL:-curl}", "${CURL-curl}", "${CURL:=curl}"})
"""The names of the command: Windows calls it curl.exe, also in Git Bash, and scripts name a variable after it."""
TAKE_IN = frozenset({"source", "."})
"""Those that run a file, which may be the output of a command."""
RUNS = TAKE_IN | {"eval"}
"""Those that run what may give anything a value."""
DECLARES = frozenset({"export", "local", "readonly", "declare", "typeset"})
"""Commands that take assignments."""
LOCALS = frozenset({"local", "declare", "typeset"})
"""Commands that set a variable for the function alone in which they stand."""
READS = frozenset({"read", "mapfile", "readarray"})
SETS = READS | {"for", "select", "unset", "getopts", "printf", "let"}
"""Commands that set the variables that they name."""
INTO_DIRECTORIES = frozenset({"cp", "mv", "ln", "install", "rsync", "scp"})
"""Commands that write files of the names that they are given into the last one, where that is a directory."""
SHELLS = frozenset({"sh", "bash", "zsh", "dash", "ksh"})
HARMLESS = frozenset(
    {"set", "exit", "return", "cd", "mkdir", "sleep", "shift", "true", "false", "wait", "trap"}
    | {"}", "fi", "done", "esac", ")"}
)
"""Commands that write no file that a variable in their environment names."""
ELSEWHERE = frozenset(
    {"docker", "podman", "nerdctl", "docker-compose", "podman-compose", "kubectl", "oc", "lxc", "nsenter", "chroot"}
    | {"ssh", "sshpass", "vagrant"}
)
"""Commands that run another one on another machine or in a container."""
READ_AGAIN = frozenset({"ssh", "eval", "watch"})
"""Commands that join the words of another one to a text, which a second shell reads."""
_FUNCTION = re.compile(r"[A-Za-z_][\w.:-]*")
_OF_SHELL = frozenset().union(
    *(PRINTS, CURLS, RUNS, DECLARES, SETS, INTO_DIRECTORIES, SHELLS, HARMLESS, ELSEWHERE, READ_AGAIN)
)
_NO_FUNCTIONS = re.compile(
    r"break|case|clear|continue|coproc|date|do|elif|else|envsubst|function|gpg|hash|hostname|id|if|kill|make|mktemp|npm"
    r"|parallel|pip|ps|pwd|rm|seq|shopt|then|tput|umask|uname|until|uuidgen|wget|while|whoami|xargs"
)
"""Further names that no file which a script takes in surely has for a function."""
_USE = re.compile(r"\$(?:([A-Za-z_]\w*)|[@*]|\{(?:([A-Za-z_]\w*)(?:\[[@*]\])?|[@*])(?::?[-+=](.*))?\})", re.DOTALL)
_VALUED = re.compile(r"-[FvfektSTl]")
"""An option of theirs behind which a value stands."""
_GIT_LOOKS = re.compile(
    r"add|annotate|blame|cat-file|check-ignore|commit|describe|diff|fetch|grep|hash-object|log|ls-files|ls-tree|push"
    r"|rev-list|rev-parse|shortlog|show|status|tag"
)
"""What of git leaves the files that it names."""
_GIT_WRITES = (
    r"(?:-[Cc] \S+ |-\S+ )*(?!(?:checkout -b|switch -c) \S+$)"  # a new branch of what is there
    r"(?:am|apply|checkout|cherry-pick|clean|lfs (?:checkout|pull)|merge|pull|read-tree|rebase|restore|revert"
    r"|reset (?:.* )?--(?:hard|merge|keep)|sparse-checkout|stash(?! (?:list|show|drop|clear|create|store)\b)"
    r"|submodule|switch)(?![\w-])"
)
_TO_FILE = r"(?!(?:.* )?(?:-[a-zA-Z]*c|--(?:to-)?stdout))"
"""What the options of a program that unpacks begin with where it does not print."""
_PLAIN = re.compile(r"[\w./@%+:,~-]*|\$\w+|\$\{\w+\}")
"""A word that is no text of a program which might write a file."""
_PYTHON = re.compile(r"python[\d.]*")
_MAKES = re.compile(r"-?[a-zA-Z]*c[a-zA-Z]*|--create")
_KEEPS = re.compile(r"-[a-zA-Z0-9]*[ck][a-zA-Z0-9]*|--stdout|--to-stdout|--keep")
_REPORT = re.compile(r"--output-f|-o")
"""Options of splint that write a report."""
_SEVERAL = re.compile(r"\$[@*]|\$\{(?:[@*]|\w+\[[@*]\]).*\}")
_OPEN = re.compile(
    r"\bopen\(\s*(?:(['\"])[^'\"\n]*\1|sys\.argv\[\d\])\s*(?:,\s*(?:mode=)?['\"]r[bt]?['\"]\s*)?"
    r"(?:,\s*encoding=['\"][\w-]+['\"]\s*)?\)"
)
_IMPORT = re.compile(r"\bimport\s+(?:json|sys|re)(?:\s*,\s*(?:json|sys|re))*\s*(?:;|$)", re.MULTILINE)
_MAY_WRITE = re.compile(r"\bopen\b|\bimport\b|__|\b(?:modules|exec|eval|compile|getattr|globals|vars|breakpoint)\b")


class Program(NamedTuple):
    """What a program does to the files that it is given, and to others."""

    changes: _Changes | None = None
    """Which of its words may name what it changes, where it only reads the others; without it any may."""
    unless: str = "(?!)"
    """An option with which it may change any file that it names, or writes one that is not its last word."""
    may_be_told: bool = False
    """Whether it edits files, so that such an option may stand in a variable."""
    writes: str | None = None
    """What its words begin with where it writes files that it does not name: a tree, an archive, a patch."""
    into: str = ""
    """The option that says into which directory, none where it may be any."""
    made: Callable[[str], str] | None = None
    """The name of a file that it writes so, made of one that it is given."""
    runs: str | None = None
    """Of a program that runs the command behind it the options that have the next word as their value."""


def _each(names: str, program: Program) -> dict[str, Program]:
    return dict.fromkeys(names.split(), program)


def only_reads(text: str) -> bool:
    """Whether a text of Python surely writes no file: it opens some to read, and knows of nothing else that might."""
    return _MAY_WRITE.search(_IMPORT.sub("", _OPEN.sub("", text))) is None


def _of_splint(words: list[Word]) -> list[Word]:
    texts = [word.text for word in words]
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
    is_known = at < len(texts) and _GIT_LOOKS.fullmatch(texts[at])
    return [] if is_known and not any(text.startswith("--output") for text in texts) else None


def _of_copy(words: list[Word]) -> list[Word] | None:
    """Of a program that writes the last file that it names, or into this directory."""
    return words[-1:] if len(words) > 1 and words[-1].text[:1] != "-" else None


def _of_text(words: list[Word]) -> list[Word]:
    """Of a program whose own text may write a file."""
    return [word for word in words if not _PLAIN.fullmatch(word.text)]


def _files(words: list[Word]) -> list[Word]:
    return [word for word in words if word.text[:1] != "-"]


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
    return [word for word in _files(words[behind:]) if not word.text.isdigit()][1:]


def _without_ending(name: str) -> str:
    return name.rpartition(".")[0]


def _none(_: list[Word]) -> list[Word]:
    return []


_UNKNOWN = Program()
_UNPACKED = _TO_FILE + r"(?:.* )?(?:-[a-zA-Z]*d|--(?:de|un)compress)"
_PROGRAMS: dict[str, Program] = {
    **_each(
        "[ [[ b2sum basename bat batcat cat cd check-jsonschema chmod chown cksum cmp colordiff column comm cut diff"
        " dirname du egrep fgrep file fold grep head hexdump jq less ls md5 md5sum mkdir more nl od paste popd"
        " pre-commit pushd readlink realpath rg rmdir sha1sum sha256sum sha512sum shasum stat strings tac tail test"
        " touch tr tree wc zcat",
        Program(_none),
    ),
    **_each("sort base64", Program(_none, r"-\w*o.*|--o.*", True)),
    "jsonlint": Program(_none, r"-\w*i.*|--in-place.*", True),
    "yq": Program(_none, r"-\w*[is].*|--in-?place.*|--split-.*", True),
    "ajv": Program(_none, r"-o.*", True),
    **_each("sed gsed", Program(_of_text, r"-[A-Za-z]*i.*|--in-?place.*", True)),
    **_each("awk gawk mawk", Program(_of_text, r"-i.*|--include.*|-[lE].*", True)),
    "splint": Program(_of_splint, r"--(?:fix|unsafe-fixes).*", True),
    "python": Program(_of_python),
    "xxd": Program(lambda words: words[1:]),
    "find": Program(lambda words: [*dropwhile(lambda one: not re.match(r"-(?:exec|ok|fprint|fls)", one.text), words)]),
    "aws": Program(lambda words: _files(words[3:]) if [word.text for word in words[:2]] == ["s3", "cp"] else None),
    "openssl": Program(lambda words: _none(words) if words and words[0].text == "dgst" else None, r"-out|-sign"),
    "scp": Program(_of_copy),
    "cp": Program(_of_copy, r"-\w*t.*|--target.*"),
    "rsync": Program(_of_copy, r"--remove-source-files|--files-from.*"),
    "install": Program(_of_copy, r"-\w*[td].*|--target.*|--directory"),
    **_each(
        "tar bsdtar gtar",
        Program(
            _of_tar,
            r"--remove-files",
            writes=r"-?[A-Za-z]*x|.* (?:-[A-Za-z]*x|--extract|--get)",
            into=r"(?:-C ?|--directory[ =])",
        ),
    ),
    "zip": Program(lambda words: _files(words)[:1], r"-[a-zA-Z]*m.*"),
    "unzip": Program(writes=r"(?!(?:.* )?-[a-z]*[lptvzZ])", into=r"-d ?"),
    **_each("7z 7za 7zz", Program(writes=r"[ex] ", into=r"-o")),
    "cpio": Program(writes=r"(?:.* )?-[a-z]*i", into=r"(?:-D ?|--directory[ =])"),
    "patch": Program(writes="", into=r"-d ?"),
    "git": Program(_of_git, writes=_GIT_WRITES),
    "hg": Program(
        writes=r"(?:pull .*(?:-u|--update)|up|update|co|checkout|merge|import|revert|rebase|graft|backout|unshelve)\b"
    ),
    "svn": Program(writes=r"(?:up|update|sw|switch|revert|merge|patch|co|checkout)\b"),
    "gh": Program(writes=r"(?:(?:run|release) download|pr checkout|repo sync)", into=r"(?:-D|--dir)[ =]"),
    "dvc": Program(writes=r"(?:pull|checkout|repro)\b"),
    **_each("split csplit", Program(writes="", made=lambda name: f"{name}*")),
    **_each("gunzip unxz bunzip2 unzstd uncompress", Program(writes=_TO_FILE, made=_without_ending)),
    **_each("xz bzip2 zstd", Program(writes=_UNPACKED, made=_without_ending)),
    "gzip": Program(
        lambda words: [] if any(_KEEPS.fullmatch(word.text) for word in words) else None,
        writes=_UNPACKED,
        made=_without_ending,
    ),
    "time": Program(runs=r"-f"),
    "sudo": Program(runs=r"-[ugpCDRTUrt]|--user"),
    **_each("doas env", Program(runs=r"-[uC]")),
    **_each("command builtin nohup setsid", Program(runs=r"(?!)")),
    "exec": Program(runs=r"-a"),
    "nice": Program(runs=r"-n|--adjustment"),
    "ionice": Program(runs=r"-[cn]"),
    "stdbuf": Program(runs=r"-[ioe]"),
    "timeout": Program(runs=r"-[ks]|--signal|--kill-after"),
    "uvx": Program(runs=r"-p|--(?:from|with|python|index|index-url)"),
    "npx": Program(runs=r"-p|--package"),
    "uv run": Program(runs=r"-p|--(?:with|python|extra|group|project|directory|index|with-requirements|env-file)"),
    "pipx run": Program(runs=r"--(?:spec|python|pip-args)"),
    **dict.fromkeys(("poetry run", "pdm run", "hatch run"), Program(runs=r"(?!)")),
}


def name_of(program: str) -> str:
    """The name of a program without its directory."""
    return program.rpartition("/")[2].removesuffix(".exe")


def program_of(name: str) -> Program:
    """What the table has of a program, by its name without a directory."""
    return _PROGRAMS.get("python" if _PYTHON.fullmatch(name) else name, _UNKNOWN)


def may_be_function(word: Word) -> bool:
    """Whether the name of a command may be that of a function which is defined elsewhere: no program has it here."""
    name = word.text
    is_known = name in _OF_SHELL or program_of(name) is not _UNKNOWN or word.has_expansion
    return (
        not (is_known or TOOLS.fullmatch(name) or _NO_FUNCTIONS.fullmatch(name))
        and _FUNCTION.fullmatch(name) is not None
    )


def changed_by(words: list[Word]) -> list[Word] | None:
    """The words of a command that may name what it changes, where it only reads the others; None where any may."""
    program = program_of(name_of(words[0].text)) if words else _UNKNOWN
    is_told = any(re.fullmatch(program.unless, word.text) for word in words[1:])
    return None if is_told or program.changes is None else program.changes(words[1:])


def may_be_told_to_write(words: list[Word], given: Callable[[str], list[str] | None]) -> bool:
    """Whether a word of a program that edits may be an option to write; `given` has the texts of a variable.

    Of variables that only a run tells the last word is taken for a file, and so are those in quotes.
    """
    program = program_of(name_of(words[0].text)) if words else _UNKNOWN
    if not program.may_be_told:
        return False
    for at, word in enumerate(words[1:], 1):
        use = _USE.fullmatch(word.text) if word.has_expansion else None
        if use is None or _VALUED.fullmatch(words[at - 1].text):
            continue
        texts = given(use[1] or use[2]) if use[1] or use[2] else None
        is_several = _SEVERAL.fullmatch(word.text) is not None
        is_last = at == len(words) - 1 and (use[1] or use[2] or at > 1 or program.changes is _of_splint)
        if texts is None and (is_several or not word.is_quoted) and not is_last:
            return True
        options = " ".join((*(texts or ()), use[3] or "")).split()
        if any(re.fullmatch(program.unless, option) for option in options):
            return True
    return False
