"""Payloads in documents: extracted, validated, tied into campaign trees of the typed nodes that rules see.

May be imported by `agents`, `refusals`, `rules`, `run`, `suppression`, `fixes`, `submit`, `server`, `cli`
and the packs.
"""
