"""`python -m splint` is the `splint` command."""

from splint.cli import start

if __name__ == "__main__":
    start()
