"""Fixes: operations as edits of a text, rounds of fixing until nothing changes, diffs and writing.

May be imported by `run`, `testing` and `cli`.
"""
