"""Fixes: operations as edits of a text, rounds of fixing until nothing is left to fix, diffs, atomic writes.

May be imported by `run`, `suppression` (which writes baselines atomically), `testing` and `cli`.
"""
