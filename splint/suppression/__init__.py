"""Suppressions: directives in comments, per-file ignores, overrides and the baseline; and which of them are unused.

May be imported by `run`, `submit`, `server` and `cli`.
"""
