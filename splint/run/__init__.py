"""A run: files in, one report out, in one process or several; the library call too.

May be imported by `settings`, `suppression`, `fixes`, `submit`, `testing` and `cli`.
"""
