"""splint: a linter for the payloads of TikTok's Upgraded Smart+ Web Conversions API.

`check` lints values, texts and files, `Linter` does the same with rules built once, `guard` makes an HTTP client judge
what it sends, and `explain` says what a refusal of the API means. Rules of your own are made with `rule` and brought in
by a plugin's `hookimpl`, as are a `Reader` of another document format and a `Reporter` of another output format. The
pydantic models of payloads are in `splint.models`, the nodes that rules see in `splint.payloads.nodes`, what judges
columns of tables within an engine in `splint.arrow`, what sends bundles in `splint.submit`, and what runs a pack's
examples in `splint.testing`.
"""

TYPE_CHECKING = False
"""Type checkers take it for that of `typing`, which the command imports once it has disabled the garbage collector."""

if TYPE_CHECKING:
    from splint import arrow as arrow
    from splint import models as models
    from splint import submit as submit
    from splint import testing as testing
    from splint.formats import Document, Reader, Source
    from splint.formats.fault import SyntaxFault
    from splint.formats.spans import NodeSpan, Span
    from splint.payloads.nodes import Finding, Fix, Operation
    from splint.refusals.explaining import explain
    from splint.refusals.explanation import Explanation
    from splint.reporting.report import Diagnostic, PayloadError, Report
    from splint.reporting.reporters import Reporter, Style
    from splint.rules.example import Example
    from splint.rules.hooks import PluginError, hookimpl
    from splint.rules.options import Option
    from splint.rules.rule import GONE, Pack, Rule, bad, good, rule, times
    from splint.run.clients import PayloadWarning, guard
    from splint.run.linter import Linter, check
    from splint.settings.config import Config, ConfigError

__version__ = "0.1.0"

__all__ = [
    "GONE",
    "Config",
    "ConfigError",
    "Diagnostic",
    "Document",
    "Example",
    "Explanation",
    "Finding",
    "Fix",
    "Linter",
    "NodeSpan",
    "Operation",
    "Option",
    "Pack",
    "PayloadError",
    "PayloadWarning",
    "PluginError",
    "Reader",
    "Report",
    "Reporter",
    "Rule",
    "Source",
    "Span",
    "Style",
    "SyntaxFault",
    "__version__",
    "bad",
    "check",
    "explain",
    "good",
    "guard",
    "hookimpl",
    "rule",
    "times",
]

_MODULES = ("arrow", "models", "submit", "testing")
"""Public modules, no part of `import *`: they import pydantic, the extras `arrow` and `submit`, and all of a check."""
_HOMES = {
    "formats": ("Document", "Reader", "Source"),
    "formats.fault": ("SyntaxFault",),
    "formats.spans": ("NodeSpan", "Span"),
    "payloads.nodes": ("Finding", "Fix", "Operation"),
    "refusals.explaining": ("explain",),
    "refusals.explanation": ("Explanation",),
    "reporting.report": ("Diagnostic", "PayloadError", "Report"),
    "reporting.reporters": ("Reporter", "Style"),
    "rules.hooks": ("PluginError", "hookimpl"),
    "rules.options": ("Option",),
    "rules.example": ("Example",),
    "rules.rule": ("GONE", "Pack", "Rule", "bad", "good", "rule", "times"),
    "run.clients": ("PayloadWarning", "guard"),
    "run.linter": ("Linter", "check"),
    "settings.config": ("Config", "ConfigError"),
}
"""The public names by the module in which they are made: each module is imported when it is first asked for."""


def __dir__() -> list[str]:
    """The public names and modules, whether they have been asked for or not."""
    return [*__all__, *_MODULES]


if not TYPE_CHECKING:  # a type checker reads the imports above, and knows what is no name

    def __getattr__(name: str) -> object:
        """A public name, from its module."""
        from importlib import import_module  # `import splint` needs it not

        if name in _MODULES:
            return import_module(f"splint.{name}")
        for module, names in _HOMES.items():
            if name in names:
                value = globals()[name] = getattr(import_module(f"splint.{module}"), name)
                return value
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
