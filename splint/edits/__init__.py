"""Automatic fixes: from operations on pointers to replacements in the text."""
