"""The baseline of a check: reads and parses the files below a directory, or the lines of a file."""

import os
import sys

import orjson

[kind, path] = sys.argv[1:]
if kind == "files":
    for directory, _, names in os.walk(path):
        for name in names:
            with open(os.path.join(directory, name), "rb") as stream:  # noqa: PTH118, PTH123 - the fastest way
                orjson.loads(stream.read())
else:
    with open(path, "rb") as stream:  # noqa: PTH123
        for line in stream:
            orjson.loads(line)
