"""Settings files and options: the one `Config` in force for a file, where each setting came from, whose word counts.

May be imported by `formats`, `schema`, `run`, `suppression`, `fixes`, `submit`, `testing` and `cli`.
"""
