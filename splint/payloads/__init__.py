"""Payloads in documents: extracted, validated, tied into campaign trees of the typed nodes that rules see.

May be imported by `schema`, `rules`, `run`, `suppression`, `fixes`, `submit`, `agents` and the packs.
"""
