"""Rules: what one is, the registry of packs, readers and reporters, the hooks they come in by, and the pages of rules.

May be imported by `refusals`, `run`, `suppression`, `settings`, `submit`, `testing`, `agents`, `server`, `cli` and the
packs.
"""
