"""Settings: merges settings files and options to the `Config` in force for a file, with the origin of each setting.

May be imported by `run`, `suppression`, `fixes`, `refusals`, `submit`, `testing`, `agents`, `arrow`, `server` and
`cli`.
"""
