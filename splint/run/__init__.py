"""Runs: finds files, checks them in one process or several, and merges the results into a report; the library API.

`pipeline.check_file` checks one file, `clients` guards HTTP clients.

May be imported by `refusals`, `submit`, `testing`, `agents`, `arrow`, `server` and `cli`.
"""
