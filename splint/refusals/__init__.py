"""Refusals: what an answer of TikTok's API means, by its code, its message and the payload that was refused.

`explaining.explain` is the library call; packs bring what they know of messages in a data file.
May be imported by `submit`, `agents` and `cli`.
"""
