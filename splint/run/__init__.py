"""A run: files in, one report out, in one process or several."""
