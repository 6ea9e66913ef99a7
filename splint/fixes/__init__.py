"""Fixes: operations as edits of a text, rounds of fixing until nothing changes, diffs and writing.

Imports settings, rules and all below them; run and all above it may import it, suppression may not.
"""
