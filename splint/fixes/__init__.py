"""Fixes: operations as edits of a text, rounds of fixing, atomic writes."""
