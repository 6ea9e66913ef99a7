"""splint: a linter for the payloads of TikTok's Upgraded Smart+ Web Conversions API."""

__version__ = "0.1.0"
