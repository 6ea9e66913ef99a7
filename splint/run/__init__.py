"""A run: files are found, checked and merged into one report, in one process or several; the library call too.

`pipeline.check_file` is the way of one file. May be imported by `submit`, `testing` and `cli`.
"""
