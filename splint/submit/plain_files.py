"""Files in a directory of journals, which others may have put something else in the place of."""

from pathlib import Path

from splint.files import is_special


def plain_bytes(path: Path) -> bytes:
    """The bytes of a plain file. Raises OSError for a pipe or a device, which may have no end, as where it fails."""
    if is_special(str(path)) and not path.is_dir():
        raise OSError("it is no plain file")
    return path.read_bytes()
