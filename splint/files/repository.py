"""The repository around a directory: its top, the paths that CI shows, and the commit that is checked out.

git is not run: an untrusted tree could name programs for it to run.
"""

import os
import re
import stat
from functools import lru_cache

from splint.files import INPUT, from_here
from splint.files.trust import lies_in

TOPS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""Variables in which GitHub Actions and GitLab CI name the directory that they take paths to be relative to."""
PROJECT = ("splint.toml", "pyproject.toml")
"""Files of which one stands at the top of a project."""
NO_FILES = frozenset({"-", INPUT, "<bundle>", "<run>"})
"""What reports have in the place of a path: of standard input, of a value, of one that is to be sent, of no file."""
_MOST = 4 << 20
"""The most bytes read of a file; a larger list of packed references is not searched to its end."""
_COMMIT = r"[0-9a-f]{40}(?:[0-9a-f]{24})?"


def top_of(directory: str, marks: tuple[str, ...] = (".git",)) -> str | None:
    """The closest directory with a `.git`, or other `marks`, from an absolute one upwards; None where there is none."""
    while True:
        for mark in marks:
            if os.access(f"{directory}{os.sep}{mark}", os.F_OK):  # os.path's functions take several times as long
                return directory or os.sep
        parent = directory.rpartition(os.sep)[0]
        if parent == directory:
            return None
        directory = parent


def _named_by_ci(place: str) -> str | None:
    """The directory that CI takes paths to be relative to, if an absolute path lies in it."""
    for name in TOPS:
        if (named := os.environ.get(name)) and lies_in(place, (top := os.path.realpath(named),)):
            return top
    return None


def checkout_of(directory: str) -> str | None:
    """The directory of CI that an absolute one lies in, else the top of its repository; None where there is neither."""
    return _named_by_ci(directory) or top_of(directory)


def path_in_repository(path: str) -> str:
    """A path as reports show it, relative to the working directory, made relative to where CI's paths begin.

    That is CI's directory where the working directory lies in it, else the top of the repository, else the working
    directory. What is no file, `-` or `<input>`, stays as it is, and so does an absolute path that leads elsewhere.
    """
    if is_no_file(path):
        return path
    here = os.getcwd()  # a real path
    top, full = checkout_of(here) or here, os.path.normpath(os.path.join(here, from_here(path)))
    if lies_in(full, (top,)):
        return _below(top, full) or "."
    return path if os.path.isabs(path) else os.path.relpath(full, top).replace(os.sep, "/")


def lasting_path(path: str) -> str:
    """The path of a file, as reports show it, that fingerprints are made of: no working directory changes it.

    It is relative to CI's directory or to the top of the repository that the file lies in, else to the closest
    directory with settings or a project file, as where a tree is copied without its `.git`, else to the root. What is
    no file stays as it is.
    """
    if is_no_file(path):
        return path
    directory, mark, name = path.rpartition("/")
    return f"{_lasting_directory(directory + mark, os.getcwd(), *map(os.environ.get, TOPS))}{name}"


@lru_cache(maxsize=1024)
def _lasting_directory(directory: str, _here: str, *_tops: str | None) -> str:
    """What `lasting_path` has of a directory for its files: empty or with a slash at its end.

    Looked for once in each working directory of each CI: it takes more than ten system calls.
    """
    place = os.path.abspath(from_here(directory))
    below = _below(_named_by_ci(place) or top_of(place) or top_of(place, PROJECT) or os.sep, place)
    return below and f"{below}/"


def is_no_file(path: str) -> bool:
    """Whether a path of a report stands for what is no file, as only these do: a file's own name may begin with `<`."""
    return path in NO_FILES


def _below(top: str, full: str) -> str:
    """A path below a directory, relative to it; empty for the directory itself. Both are absolute."""
    return full[len(top) :].lstrip(os.sep).replace(os.sep, "/")  # os.path.relpath takes five times as long


def own_directory(path: str) -> str:
    """Of a `.git`, the directory of the worktree: itself, or the one that a file of this name refers to."""
    words = bytes_of(path).partition(b"gitdir:")[2].strip()
    return os.path.join(os.path.dirname(path), os.fsdecode(words)) if words else path


def shared_directory(path: str) -> str:
    """Of a `.git`, the directory that all worktrees of the repository share: itself, or the one that it leads to."""
    own = own_directory(path)
    return path if own == path else os.path.join(own, os.fsdecode(bytes_of(os.path.join(own, "commondir")).strip()))


def commit(directory: str) -> str | None:
    """The commit that is checked out around an absolute directory, in hexadecimal digits.

    None outside of a repository, before its first commit, and where its references are kept in another way.
    """
    top = top_of(directory)
    if top is None:
        return None
    git = os.path.join(top, ".git")
    head = _text(os.path.join(own_directory(git), "HEAD"))
    branch = re.fullmatch(r"ref: (refs/[^\s\x00]+)", head)
    if branch is None:
        return head if re.fullmatch(_COMMIT, head) else None
    name, shared = branch[1], shared_directory(git)
    if os.pardir in name.split("/"):
        return None
    loose = _text(os.path.join(shared, name))
    if re.fullmatch(_COMMIT, loose):
        return loose
    packed = re.search(rf"^({_COMMIT}) {re.escape(name)}$", _text(os.path.join(shared, "packed-refs")), re.MULTILINE)
    return packed[1] if packed else None


def _text(path: str) -> str:
    return bytes_of(path).decode("utf-8", "surrogateescape").strip()


def bytes_of(path: str) -> bytes:
    """The bytes of a plain file; none if there is no such file."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return b""
        with open(path, "rb") as stream:
            return stream.read(_MOST)
    except (OSError, ValueError):  # a null character in the path
        return b""
