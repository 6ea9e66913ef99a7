"""Files are written whole or not at all."""

import errno
import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from splint.files import atomic


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o660, 0o755, 0o4755])
def test_a_file_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    """Whole where it is the same file as before; what takes its place may not be run, whatever could be before."""
    path = tmp_path / "a"
    for write, kept in ((atomic.rewrite, mode), (atomic.write, mode & 0o666)):
        path.write_text("old")
        path.chmod(mode)
        write(str(path), b"new")
        assert (path.read_text(), stat.S_IMODE(path.stat().st_mode), names(tmp_path)) == ("new", kept, ["a"])


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_a_new_file_has_the_mode_of_any_other(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        atomic.write(str(tmp_path / "a"), b"new")
        (tmp_path / "b").touch()
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


@pytest.mark.parametrize("there", [True, False])
def test_a_symlink_stays_one(tmp_path: Path, there: bool) -> None:
    """Its target is replaced, or made, where it stands."""
    (tmp_path / "far").mkdir()
    target, link = tmp_path / "far" / "a", tmp_path / "link"
    if there:
        target.write_text("old")
    (tmp_path / "second").symlink_to("far/a")
    link.symlink_to("second")
    atomic.write(str(link), b"new")
    assert (link.is_symlink(), target.is_symlink(), target.read_text()) == (True, False, "new")
    assert (names(tmp_path), names(tmp_path / "far")) == (["far", "link", "second"], ["a"])


def test_a_relative_path_and_a_long_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name as long as a file system takes leaves room for the file beside it."""
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b" * 255, "é" * 100):
        atomic.write(name, b"new")
        assert Path(name).read_text() == "new"


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    contents: list[bytes] = []
    reader = threading.Thread(target=lambda: contents.append(path.read_bytes()))
    reader.start()
    atomic.write(str(path), b"new")
    reader.join(timeout=5)
    assert (contents, names(tmp_path), path.is_fifo()) == ([b"new"], ["pipe"], True)


def _refuse(number: int) -> Callable[..., Any]:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


FAILURES = [("replace", errno.EXDEV), ("fsync", errno.EIO), ("fsync", errno.ENOSPC), ("fchmod", errno.EPERM)]


@pytest.mark.parametrize(("call", "number"), FAILURES)
@pytest.mark.parametrize("there", [True, False])
def test_when_writing_fails_everything_is_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, there: bool
) -> None:
    """The old file is whole, and nothing lies beside it."""
    path = tmp_path / "a"
    if there:
        path.write_text("old")
    monkeypatch.setattr(os, call, _refuse(number))
    with pytest.raises(OSError, match=os.strerror(number)):
        atomic.write(str(path), b"new")
    assert names(tmp_path) == (["a"] if there else [])
    assert not there or path.read_text() == "old"


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though part of the new one was written already."""

    class Full:
        """A stream on a disk with room for four bytes."""

        def __init__(self, handle: int, mode: str) -> None:
            self.inner = os.fdopen(handle, mode)

        def __enter__(self) -> "Full":
            return self

        def __exit__(self, *_: object) -> None:
            self.inner.close()

        def write(self, data: bytes) -> None:
            self.inner.write(data[:4])
            raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "a"
    path.write_text("the old one")
    monkeypatch.setattr(atomic, "open", Full, raising=False)
    with pytest.raises(OSError, match="No space left"):
        atomic.write(str(path), b"the new one")
    assert (path.read_text(), names(tmp_path)) == ("the old one", ["a"])


def test_an_interruption_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C included; and after the rename the new one."""
    path = tmp_path / "a"
    path.write_text("old")
    replace = os.replace

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    def late(*names: Any) -> None:
        replace(*names)
        raise KeyboardInterrupt

    for stand_in, text in ((interrupt, "old"), (late, "new")):
        monkeypatch.setattr(os, "replace", stand_in)
        with pytest.raises(KeyboardInterrupt):
            atomic.write(str(path), b"new")
        assert (path.read_text(), names(tmp_path)) == (text, ["a"])


def test_a_file_that_may_not_be_written_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rename would get past its mode."""
    path = tmp_path / "a"
    path.write_text("old")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError) as refused:
        atomic.write(str(path), b"new")
    assert (refused.value.strerror, refused.value.filename) == ("Permission denied", str(path))
    assert (path.read_text(), names(tmp_path)) == ("old", ["a"])
    atomic.write(str(tmp_path / "b"), b"new")
    assert (tmp_path / "b").read_text() == "new"


@pytest.mark.parametrize("path", ["no/such/directory/a", "file/a", "directory"])
def test_a_place_where_no_file_can_be(tmp_path: Path, path: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "directory").mkdir()
    with pytest.raises(OSError, match=r"directory|Directory"):
        atomic.write(str(tmp_path / path), b"new")
    assert names(tmp_path) == ["directory", "file"]


def test_a_directory_that_cannot_be_synced_makes_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rename has happened: to say that nothing was written would be wrong."""
    sync = os.fsync

    def refuse(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", refuse)
    atomic.write(str(tmp_path / "a"), b"new")
    assert (tmp_path / "a").read_text() == "new"


def test_owner_and_group_stay_as_far_as_they_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may not give files away keeps the group at least, and the mode in any case."""
    path = tmp_path / "a"
    path.write_text("old")
    path.chmod(0o664)
    asked: list[tuple[int, int]] = []
    real = os.fstat

    class Other:
        st_uid, st_gid = 12345, 54321

    def give(_descriptor: int, owner: int, group: int) -> None:
        asked.append((owner, group))
        raise PermissionError(errno.EPERM, "Operation not permitted")

    there = path.stat()
    monkeypatch.setattr(os, "fstat", lambda descriptor: Other if not stat.S_ISDIR(real(descriptor).st_mode) else None)
    monkeypatch.setattr(os, "fchown", give)
    atomic.write(str(path), b"new")
    monkeypatch.undo()
    assert asked == [(there.st_uid, there.st_gid), (-1, there.st_gid)]
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("new", 0o664)


def test_a_reader_sees_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    """Whoever has it open reads on in the old one."""
    path = tmp_path / "a"
    path.write_bytes(b"old" * 1000)
    with path.open("rb") as reader:
        first = reader.read(3)
        atomic.write(str(path), b"new")
        assert first + reader.read() == b"old" * 1000
    assert path.read_bytes() == b"new"
