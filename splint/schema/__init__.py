"""What TikTok's endpoints take: the generated table of fields, their kinds and usual values, the vocabulary.

May be imported by `refusals`, `formats`, `payloads`, `rules`, `run`, `settings`, `suppression`, `submit`, `agents`,
`server`, `cli` and the packs.
"""
