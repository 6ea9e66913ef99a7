"""Commands that run another one somewhere else, or have a second shell read its words."""

import re

from splint.formats.shell.words import Command, Word

_ELSEWHERE = frozenset(
    {"docker", "podman", "nerdctl", "docker-compose", "podman-compose", "kubectl", "oc", "lxc", "nsenter", "chroot"}
    | {"ssh", "sshpass", "vagrant"}
)
"""Commands that run another one on another machine or in a container."""
_READ_AGAIN = frozenset({"ssh", "eval", "watch"})
"""Commands that join the words of another one to a text, which a second shell reads."""
_SAME_AGAIN = re.compile(r"[\w@%+=:,./-]*")
"""A word in which that one finds no quotes, blanks and the like."""


def elsewhere(command: Command) -> list[Word]:
    """The words of a curl command that have it run on another machine or in a container."""
    return [word for word in command.words[: command.curl] if word.text.rpartition("/")[2] in _ELSEWHERE]


def read_again_by(word: Word, command: Command) -> Word | None:
    """What has a second shell read a word of a curl command, so that only a run tells what is left of it; else None."""
    if _SAME_AGAIN.fullmatch(word.text) is not None:
        return None
    return next((one for one in command.words[: command.curl] if one.text.rpartition("/")[2] in _READ_AGAIN), None)
