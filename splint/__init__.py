"""splint: a linter for the payloads of TikTok's Upgraded Smart+ Web Conversions API.

`check` lints values, texts and files; `Linter` does the same with rules built once. Rules of your own are made with
`rule` and brought in by a plugin's `hookimpl`. The pydantic models of payloads are in `splint.models`, the nodes that
rules see in `splint.nodes`.
"""

__version__ = "0.1.0"

from splint.config import Config, ConfigError
from splint.hookspecs import hookimpl
from splint.library import Linter, check
from splint.nodes import Finding
from splint.registry import PluginError
from splint.report import Diagnostic, PayloadError, Report
from splint.rule import Pack, Rule, bad, good, rule

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
