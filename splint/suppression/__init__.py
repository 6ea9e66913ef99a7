"""Which findings do not count: comments, per-file ignores, overrides and the baseline; and which of those are unused.

May be imported by `run`, `submit` and `cli`.
"""
