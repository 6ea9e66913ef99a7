"""Settings files and options: the one `Config` in force for a file, and where each setting came from.

Imports rules (for selectors) and all below them; fixes, suppression, run and all above them may import it.
"""
