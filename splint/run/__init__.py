"""Runs: finds files, checks them in one process or several, and merges the results into a report; the library API.

`pipeline.check_file` checks one file. May be imported by `refusals`, `submit`, `testing`, `agents` and `cli`.
"""
