"""splint: a linter for the payloads of TikTok's Upgraded Smart+ Web Conversions API.

`check` lints values, texts and files; `Linter` does the same with rules built once. Rules of your own are made with
`rule` and brought in by a plugin's `hookimpl`. The pydantic models of payloads are in `splint.models`, the nodes that
rules see in `splint.payloads.nodes`, and what sends bundles in `splint.submit`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from splint import models as models
    from splint import submit as submit
    from splint.payloads.nodes import Finding
    from splint.reporting.report import Diagnostic, PayloadError, Report
    from splint.rules.hookspecs import hookimpl
    from splint.rules.registry import PluginError
    from splint.rules.rule import Pack, Rule, bad, good, rule
    from splint.run.linter import Linter, check
    from splint.settings.config import Config, ConfigError

__version__ = "0.1.0"

__all__ = [
    "Config",
    "ConfigError",
    "Diagnostic",
    "Finding",
    "Linter",
    "Pack",
    "PayloadError",
    "PluginError",
    "Report",
    "Rule",
    "bad",
    "check",
    "good",
    "hookimpl",
    "rule",
]

_HOMES = {
    "Config": "settings.config",
    "ConfigError": "settings.config",
    "Diagnostic": "reporting.report",
    "Finding": "payloads.nodes",
    "Linter": "run.linter",
    "Pack": "rules.rule",
    "PayloadError": "reporting.report",
    "PluginError": "rules.registry",
    "Report": "reporting.report",
    "Rule": "rules.rule",
    "bad": "rules.rule",
    "check": "run.linter",
    "good": "rules.rule",
    "hookimpl": "rules.hookspecs",
    "rule": "rules.rule",
}
"""The modules in which the public names are made: each is imported when it is first asked for."""


if not TYPE_CHECKING:  # a type checker reads the imports above, and knows what is no name

    def __getattr__(name: str) -> Any:
        """A public name, from its module."""
        from importlib import import_module

        if name in ("models", "submit"):
            return import_module(f"splint.{name}")
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(f"splint.{_HOMES[name]}"), name)
        return value
