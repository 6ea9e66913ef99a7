"""Which findings do not count: settings, comments and the baseline.

May be imported by `settings`, `run`, `submit` and `cli`.
"""
