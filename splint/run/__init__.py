"""A run: files are found, checked and merged into one report, in one process or several.

Imports suppression, fixes, settings, rules and all below them; only submit, testing and cli may import it.
`pipeline.check_file` is the way of one file.
"""
