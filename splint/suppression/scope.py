"""What a run could know: what it read, with which rules, and what broke off or lacked a part of its campaign."""

import os
from collections.abc import Iterable, Sequence
from functools import cached_property

from splint.payloads.nodes import Ad, AdGroup, Creative, Tree
from splint.rules.ruleset import Ruleset
from splint.settings.globs import Globs


def dependent_codes(ruleset: Ruleset) -> frozenset[str]:
    """The codes of the rules that may look at the parent of a payload, or at its siblings."""
    return frozenset(
        selection.rule.code for kind in (AdGroup, Ad, Creative, Tree) for selection in ruleset.on.get(kind, ())
    )


class RunScope:
    """What a run read, and what it could not know: a suppression is reported as unused only where the run knows."""

    def __init__(
        self,
        tops: Iterable[str] = (),
        files: Iterable[str] | None = None,
        rulesets: Sequence[Ruleset] = (),
        *,
        broken: Iterable[str] = (),
        incomplete: Iterable[str] = (),
    ) -> None:
        """`tops` are the absolute paths of files and whole directories; `files` what was read of them, else all.

        `rulesets` are the rules that ran; `broken` and `incomplete` as in FileResult.
        """
        self._tops = tuple(tops)
        self._files = files
        self.codes = frozenset.intersection(*(one.answered for one in rulesets)) if rulesets else frozenset[str]()
        """The rules that ran for all files, and were given the account facts that they look at."""
        self.dependent = frozenset[str]().union(*map(dependent_codes, rulesets))
        """Those among them that may look at the parent of a payload, or at its siblings."""
        self.broken = frozenset(map(os.path.abspath, broken))
        """The absolute paths of files that did not parse."""
        self.incomplete = frozenset(map(os.path.abspath, incomplete))
        """The absolute paths of files with a payload whose parent or siblings may not be in the run."""

    @cached_property
    def _read(self) -> frozenset[str]:
        return frozenset(os.path.abspath(path) for path in self._files or ())

    def holds(self, path: str) -> bool:
        """Whether the run read a file or a whole directory, by absolute path; a file that is gone counts as read."""
        is_within = any(path == top or path.startswith(f"{top.rstrip(os.sep)}{os.sep}") for top in self._tops)
        return is_within and (self._files is None or path in self._read or not os.path.isfile(path))

    def reads(self, files: Globs) -> bool:
        """Whether the run read a file that patterns fit by its own name, not by that of a directory above it."""
        names = {text.rpartition("/")[2] for text in files.patterns}
        return any(os.path.basename(path) in names and files.fits(path) for path in self._read)

    def knows(self, path: str, code: str) -> bool:
        """Whether the run knows all that a rule has to find in a file."""
        is_cut_off = code in self.dependent and path in self.incomplete
        return code in self.codes and path not in self.broken and not is_cut_off and self.holds(path)
