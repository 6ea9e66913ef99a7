"""Fixes: converts operations to edits, applies them in rounds until nothing changes, writes files and diffs.

May be imported by `run`, `testing`, `agents`, `server` and `cli`.
"""
