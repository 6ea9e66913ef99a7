"""Which findings do not count: comments, per-file ignores, overrides and the baseline; and which of those are unused.

Imports settings, rules and all below them; run and all above it may import it, fixes may not.
"""
