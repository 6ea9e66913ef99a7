"""The hooks by which packs, readers and reporters come in (pluggy, project name `splint`)."""

from typing import TYPE_CHECKING

import pluggy

from splint.formats import Reader
from splint.reporting.reporters import Reporter
from splint.rules.rule import Pack

if TYPE_CHECKING:
    from splint.submit.plan import Plan

hookspec = pluggy.HookspecMarker("splint")
hookimpl = pluggy.HookimplMarker("splint")
"""Marks a plugin's function as the implementation of a hook."""

NAMES = ("splint_rules", "splint_readers", "splint_reporters", "splint_refusals", "splint_before_submit")


@hookspec
def splint_rules() -> Pack:  # type: ignore[empty-body]
    """A pack of rules."""


@hookspec
def splint_readers() -> list[Reader]:  # type: ignore[empty-body]
    """Document formats; for a suffix that is taken, the plugin registered last wins."""


@hookspec
def splint_reporters() -> list[Reporter]:  # type: ignore[empty-body]
    """Output formats for --output-format."""


@hookspec
def splint_refusals() -> str:  # type: ignore[empty-body]
    """The path of a file of refusals, TOML with a table `[[refusal]]` a row; it is read when somebody asks for one."""


@hookspec
def splint_before_submit(plan: "Plan") -> str | None:
    """Why a plan shall not be sent; None lets it pass."""
