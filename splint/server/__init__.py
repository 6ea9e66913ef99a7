"""The language server behind `splint server`: what editors ask while somebody types. Nothing here sends or writes.

May be imported by `cli` alone.
"""
