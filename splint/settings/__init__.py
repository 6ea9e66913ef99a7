"""Settings files and options: the one `Config` in force for a file, and where each setting came from.

May be imported by `run`, `suppression`, `fixes`, `submit`, `testing` and `cli`.
"""
