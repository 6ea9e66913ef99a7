"""The sources of the site: the tree's own pages where Sphinx looks for them, and what is made beside them.

Nothing is written twice. A page is a Markdown file of docs/, one of `written/`, which takes sections of the README in,
or made from the rules. Links between files of the tree become links between pages; a file that is no page is copied.
"""

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from posixpath import basename, dirname, join, normpath, relpath

from docs.site import fields
from splint.rules.registry import load
from splint.rules.removed import REMOVED, Removed
from splint.rules.rule import Selection

ROOT = Path(__file__).resolve().parent.parent.parent
WRITTEN = "docs/site/written"
NAMES = {
    "README.md": "index",
    "docs/live-api.md": "disagreements",
    "docs/rules/README.md": "rules/index",
    "CONTRIBUTING.md": "contributing",
    "SECURITY.md": "vulnerabilities",
    "CHANGELOG.md": "changelog",
    "benchmarks/README.md": "speed",
}
"""Pages of the tree whose names on the site are not those of their files."""
FIELDS = "docs/fields.md"
"""Where the page of fields would stand in the tree: it is made from the rules with each build."""
TAKEN_IN = re.compile(r"<!-- README: (.+) -->")
"""Stands on a written page where a section of the README comes in, without its heading."""
LINK = re.compile(
    r"^```.*?^```|`[^`\n]+`|\[((?:`[^`]*`|[^\[\]`])*)\]\((?!https?:|mailto:|#)([^()\s#]+)(#[^()\s]*)?\)",
    re.MULTILINE | re.DOTALL,
)
"""A link to a file of the tree: its words, path and fragment; or code, which has none of them."""
TRAITS = re.compile(r"^\*\*Level\*\* .*$", re.MULTILINE)
"""The line of a rule's page with its level, source and so on."""
VALUE = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*\b")
"""A value of an enumeration, as it stands in a text."""
ORDER = (
    *(
        "usage",
        "rules/index",
        "fields",
        "reading",
        "fixes",
        "settings",
        "ci",
        "python",
        "guard",
        "scale",
        "editors",
        "packs",
        "nodes",
        "examples",
    ),
    *("refusals", "agents", "submit", "security", "disagreements"),
    *("speed", "architecture", "contributing", "vulnerabilities", "changelog"),
)
"""The pages as the sidebar lists them; others in docs/ follow by name."""
HEAD = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{name}</title>
<link rel="icon" href="../../_static/mark.svg">
"""


class Sources:
    """The pages of a tree, on their way to the site."""

    def __init__(self, tree: Path = ROOT, removed: Sequence[Removed] = REMOVED) -> None:
        self.tree, self.removed = tree, removed
        self.rules: Sequence[Selection] = load().rules
        self._looking = {facts.field: facts.rules for facts in fields.every_field()}
        self.names = {
            **NAMES,
            FIELDS: "fields",
            **{path: self._name(path) for path in self._paths("docs", "docs/rules", WRITTEN)},
        }
        """The name of each page, without its suffix, by its path in the tree; the README is the first page."""
        self._titles = {path: self._title(path) for path in self.names}
        self.linked: set[str] = set()
        """Files of the tree that pages link to and that are no pages."""

    def write(self, target: Path) -> None:
        """Write pages into `target/pages`, what is copied as it is into `target/files`, and `target/scorer.js`."""
        shutil.rmtree(target, ignore_errors=True)
        texts: dict[str, str] = {}
        for path, name in self.names.items():
            if path in ("README.md", FIELDS):
                continue
            texts[f"files/{name}.md"] = self.relinked(self._text(path), path, dirname(name))
            texts[f"pages/{name}.md"] = self._for_sphinx(path, name)
        texts["pages/fields.md"] = texts["files/fields.md"] = fields.page()
        texts["files/llms.txt"] = self.overview()
        texts["scorer.js"] = self.scorer()
        for name, codes in self.codes_by_name().items():
            texts[f"files/rules/{name}/index.html"] = _way(name, codes)
        for path in self.linked:
            texts[f"files/tree/{path}"] = (self.tree / path).read_text()
        for path, text in texts.items():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_text(text)

    def codes_by_name(self) -> dict[str, list[str]]:
        """The codes of all rules, the removed ones too, by name; a rule that replaces another may share its name.

        Raises ValueError where a rule has the code or the name of a removed one.
        """
        codes: dict[str, list[str]] = {}
        for rule, _ in self.rules:
            codes.setdefault(rule.name, []).append(rule.code)
        held = {*codes, *(rule.code for rule, _ in self.rules)}
        for gone in self.removed:
            if again := held & {gone.code, gone.name}:
                raise ValueError(f"{again.pop()} is of a removed rule, whose page stays: take another")
            codes[gone.name] = [gone.code]
        return codes

    def relinked(self, text: str, path: str, place: str) -> str:
        """A page's text with links that hold from the directory `place` of the site, not from that of its file.

        Where the words of a link are the path of a page, its title takes their place.
        Directories have no page: of a link to one the words stay. Raises FileNotFoundError for one that leads nowhere.
        """

        def link(found: re.Match[str]) -> str:
            words, target, fragment = found.groups("")
            if not target:
                return found[0]
            led = normpath(join(dirname(path), target))
            if led in self.names:
                if words.strip("`").rstrip("/") in (led, dirname(led), basename(led)):
                    words = self._titles[led]
                return f"[{words}]({relpath(self.names[led] + '.md', place or '.')}{fragment})"
            if (self.tree / led).is_dir():
                return words
            if not (self.tree / led).is_file():
                raise FileNotFoundError(f"{path} links to {target}, which is no file")
            self.linked.add(led)
            return f'<a href="{relpath("tree/" + led, place or ".")}">{_as_html(words)}</a>'

        return LINK.sub(link, text)

    def scorer(self) -> str:
        """The script that ranks what a search finds: docs/site/scorer.js with sentences and values of all rules."""
        known = {}
        for rule, _ in self.rules:
            says = " ".join(f"{rule.summary} {rule.explanation}".replace("`", "").lower().split())
            values = sorted(set(VALUE.findall((self.tree / f"docs/rules/{rule.code}.md").read_text())))
            known[f"rules/{rule.code}"] = {"says": says, "values": values}
        script = (ROOT / "docs" / "site" / "scorer.js").read_text()
        return f"const RULES = {json.dumps(known)};\n{script}"

    def overview(self) -> str:
        """The text of llms.txt: what splint is, and where each page is as Markdown."""
        first = self._section().strip()
        pages = [name for name in sorted(set(self.names.values())) if not name.startswith("rules/") and name != "index"]
        titles = {self.names[path]: title for path, title in self._titles.items()}
        lines = ["# splint", "", *(f"> {line}" for line in first.splitlines()), "", *OVERVIEW, "", "## Pages", ""]
        lines += [f"- [{titles[name]}]({name}.md)" for name in (*pages, "rules/index")]
        lines += ["", "## Rules", ""]
        lines += [f"- [{rule.code} {rule.name}](rules/{rule.code}.md): {rule.summary}" for rule, _ in self.rules]
        lines += [f"- [{rule.code} {rule.name}](rules/{rule.code}.md): removed" for rule in self.removed]
        return "\n".join(lines) + "\n"

    def _paths(self, *directories: str) -> Iterator[str]:
        """The Markdown files of directories."""
        for directory in directories:
            yield from sorted(f"{directory}/{path.name}" for path in (self.tree / directory).glob("*.md"))

    def _name(self, path: str) -> str:
        return NAMES.get(path) or path.removeprefix(f"{WRITTEN}/").removeprefix("docs/").removesuffix(".md")

    def _title(self, path: str) -> str:
        """The first heading of a page."""
        text = "# Fields" if path == FIELDS else (self.tree / path).read_text()
        return text[text.index("# ") + 2 :].partition("\n")[0]

    def _text(self, path: str) -> str:
        """A page of the tree, with the sections of the README that it takes in."""
        text = (self.tree / path).read_text()
        return TAKEN_IN.sub(lambda found: self._taken_in(found[1], path), text)

    def _taken_in(self, heading: str, path: str) -> str:
        """A section of the README, its links as of the page that takes it in."""
        up = relpath(".", dirname(path))
        return re.sub(r"\]\((?!https?:|#)", f"]({up}/", self._section(heading).strip())

    def _section(self, heading: str = "") -> str:
        """What stands in the README below a heading, by default its title. Raises KeyError for none."""
        first, *sections = re.split(r"^## (.+)$", (self.tree / "README.md").read_text(), flags=re.MULTILINE)
        return dict(zip(sections[::2], sections[1::2], strict=True))[heading] if heading else first.partition("\n")[2]

    def _for_sphinx(self, path: str, name: str) -> str:
        """A page as MyST takes it: links from its own directory, which its address is, and what only the site has."""
        text = self.relinked(self._text(path), path, dirname(name))
        up = "../" * (len(name.removesuffix("index").strip("/").split("/")) if name != "index" else 0)
        text = re.sub(r'<a href="(?:\.\./)*tree/', f'<a href="{up}tree/', text)
        if name == "index":
            every = {one for one in self.names.values() if not one.startswith("rules/")} - {"index", *ORDER}
            return text + _toctree([*ORDER, *sorted(every)])
        if name == "rules/index":
            return f"---\nhide-toc: true\n---\n\n{text}"
        if name.startswith("rules/"):
            code = name.removeprefix("rules/")
            return f"---\norphan: true\n---\n\n{TRAITS.sub(lambda found: self._traits(found[0], code), text)}"
        return text

    def _traits(self, line: str, code: str) -> str:
        """The traits of a rule as a list, with the fields that it looks at."""
        traits = re.findall(r"\*\*(\w+)\*\* (.+?)(?= · \*\*|$)", line)
        rows = [f":{word}: {_as_levels(text) if word == 'Level' else text}" for word, text in traits]
        keys = sorted(key for key, codes in self._looking.items() if code in codes)
        links = (f'<a href="../../fields/#{escape(key)}"><code>{escape(key)}</code></a>' for key in keys)
        return "\n".join([*rows, *([f":Fields: {', '.join(links)}"] if keys else [])])


OVERVIEW = (
    "`splint check FILE --output-format json` reports findings with their code, pointer, message, help and fix.",
    "`splint rules CODE` prints a rule's page, `splint rules --output-format json` all of them, `splint schema KIND` a",
    "JSON Schema. Exit status 0: nothing at or above `--fail-on`; 1: findings; 2: usage, configuration or internal",
    "error; 3: no payload.",
)


def _way(name: str, codes: list[str]) -> str:
    """The page at a rule's name: it leads to the page at its code, or names both where two rules share the name."""
    links = " and ".join(f'<a href="../{code}/">{code}</a>' for code in codes)
    at_once = f'<meta http-equiv="refresh" content="0; url=../{codes[0]}/">\n' if len(codes) == 1 else ""
    return f"{HEAD.format(name=name)}{at_once}<p>{name} is {links}.</p>\n</html>\n"


def _as_levels(text: str) -> str:
    """Levels, each as a word that the style sheet knows."""
    return " or ".join(f"[{level}]{{.level .{level}}}" for level in text.split(" or "))


def _as_html(words: str) -> str:
    """The text of a link, where the link is HTML."""
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", escape(words, quote=False))


def _toctree(names: Sequence[str]) -> str:
    """A list of pages for the sidebar and for the links to the next and the one before, hidden in its page."""
    return "\n".join(["", "```{toctree}", ":hidden:", "", *names, "```", ""])
