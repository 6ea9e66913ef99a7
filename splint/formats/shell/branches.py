"""What of a script runs at all, and how often: branches that may be passed over, loops, and functions."""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from splint.formats.shell.words import Command

_DEEPEST = 100
"""The most branches within each other that are looked at."""
_DEEPEST_CALLS = 4
"""The most functions within each other whose calls are looked at."""
_BEHIND = re.compile(r"(?:\\\n|[^\n;&|<>#]|(?<!\s)#|[<>]&?|&>|;\s*\}){0,200}+&(?![&>])")
_JOINS = ("&&", "||")


class Branch:
    """Commands of which all run or none, as far as their order tells: those of a block, or behind `&&` and `||`."""

    __slots__ = ("around", "end", "function", "is_list", "is_loop", "may_not_run", "operator")

    def __init__(
        self,
        around: "Branch | None" = None,
        *,
        operator: str = "",
        function: str = "",
        is_list: bool = False,
        is_loop: bool = False,
        may_not_run: bool = False,
    ) -> None:
        self.around = around
        """The branch that it is a part of; that of a substitution is told when the command around it is complete."""
        self.operator = operator
        """The operator that stands before it in a list."""
        self.function = function
        """The name of the function whose body it is."""
        self.is_list = is_list
        """Whether it runs in a shell of its own: parentheses, a pipe or the background."""
        self.is_loop = is_loop
        self.may_not_run = may_not_run or operator != "" or function != ""
        """Whether what it is a part of may run without it."""
        self.end = sys.maxsize - 1
        """The index of the end of a loop."""

    def chain(self) -> "Iterator[Branch]":
        """It and those that it is a part of, as far as they are looked at."""
        return islice(self._chain(), _DEEPEST)

    def _chain(self) -> "Iterator[Branch]":
        branch: Branch | None = self
        while branch is not None:
            yield branch
            branch = branch.around

    @property
    def of_function(self) -> str:
        """The name of the function that it is a part of, empty for none."""
        return next((branch.function for branch in self.chain() if branch.function), "")

    @property
    def is_repeated(self) -> bool:
        """Whether it is a part of a loop."""
        return any(branch.is_loop for branch in self.chain())

    def behind(self, operator: str) -> "Branch":
        """The branch of the next command of a list, behind an operator or a newline."""
        if operator == "|" or operator == self.operator == "&&":
            return self
        around = self.around if self.operator and self.around is not None else self
        return Branch(around, operator=operator) if operator in _JOINS else around


def runs_until(command: "Command") -> int:
    """The index up to which what stands in a script may run before a command: all of a loop that it is in."""
    if command.is_of_function:
        return sys.maxsize - 1
    return max((branch.end for branch in command.branch.chain() if branch.is_loop), default=command.place)


def is_behind(command: "Command") -> bool:
    """Whether a command runs in the background, as its name or the operator on its line tells."""
    words = command.words
    return words != [] and (words[0].text == "coproc" or _BEHIND.match(words[-1].source, words[-1].end) is not None)


def is_set_for(branch: Branch, request: "Command") -> bool:
    """Whether a variable that is set in a branch above a request surely has its text there, whatever functions do."""
    return surely_ran(branch, request, {}) and shares_shell(branch, request)


def shares_shell(branch: Branch, request: "Command") -> bool:
    """Whether a request sees the variables of a branch: a list in parentheses, a pipe and `&` have their own."""
    around = [*request.branch.chain()]
    return all(one in around for one in branch.chain() if one.is_list)


def set_again_until(branch: Branch, command: "Command") -> int:
    """The index up to which a variable that is set in a branch above a command may be set again before this runs."""
    own = [*branch.chain()]
    outer = [one for one in command.branch.chain() if one not in own]
    if any(one.function for one in outer):
        return sys.maxsize - 1
    return max((one.end for one in outer if one.is_loop), default=command.place)


def surely_ran(
    branch: Branch, request: "Command", calls: Mapping[str, Sequence["Command"]], depth: int = _DEEPEST_CALLS
) -> bool:
    """Whether what stands in a branch above a request surely ran before it; `calls` are those of each function."""
    needed, around = next((one for one in branch.chain() if one.may_not_run), None), [*request.branch.chain()]
    if needed is None or needed in around:
        return True
    called = calls.get(needed.function, ()) if depth else ()
    if any(call.place < request.place and surely_ran(call.branch, request, calls, depth - 1) for call in called):
        return True
    function = next((one.function for one in reversed(around) if one.function), "")
    above = min(calls.get(function, ()) if depth else (), key=lambda call: call.place, default=None)
    return above is not None and surely_ran(branch, above, calls, depth - 1)
