"""Builds the site: the sources, then Sphinx over them, with warnings as errors.

python -m docs.site.build DIRECTORY     writes DIRECTORY/html; sources and what Sphinx remembers stand beside it
"""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "rules")]  # the tree that the script stands in, whatever is installed


def main(target: Path) -> int:
    """Build the site. Returns Sphinx's exit status."""
    from sphinx.cmd.build import build_main

    from docs.site.pages import Sources

    shutil.rmtree(target / "html", ignore_errors=True)
    Sources().write(target / "sources")
    options = ["--builder", "dirhtml", "--fail-on-warning", "--keep-going", "--quiet", "--fresh-env", "--jobs", "auto"]
    places = ["--conf-dir", str(Path(__file__).parent), "--doctree-dir", str(target / "doctrees")]
    status: int = build_main([*options, *places, str(target / "sources" / "pages"), str(target / "html")])
    return status


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
