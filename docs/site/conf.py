"""Settings of Sphinx for the site. Sources are those that docs/site/pages.py writes."""

import sys
from pathlib import Path
from typing import Any

from pygments.lexer import RegexLexer, bygroups
from pygments.token import Comment, Generic, Keyword, Name, Number, Text

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from splint import __version__  # noqa: E402

project = html_title = "splint"
version = release = __version__
language = "en"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
templates_path = ["templates"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "fieldlist"]
myst_heading_anchors = 3
myst_links_external_new_tab = False

html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_js_files = ["rules.js", "keyboard.js"]
html_favicon = "static/mark.svg"
html_copy_source = False
html_show_sphinx = html_show_copyright = False
html_use_index = False
html_theme_options = {
    "top_of_page_buttons": [],
    "light_css_variables": {"color-brand-primary": "#0b6b5d", "color-brand-content": "#0b6b5d"},
    "dark_css_variables": {"color-brand-primary": "#5fd0bd", "color-brand-content": "#5fd0bd"},
}


class Console(RegexLexer):  # type: ignore[misc]
    """What splint prints, after the command at a prompt."""

    name = "splint at a prompt"
    tokens = {
        "root": [
            (r"^(\$ )(.*\n)", bygroups(Generic.Prompt, Name.Builtin)),
            (r"^(error)(\[\w+\])(.*\n)", bygroups(Generic.Error, Generic.Error, Generic.Strong)),
            (r"^(warning|info)(\[\w+\])(.*\n)", bygroups(Keyword, Keyword, Generic.Strong)),
            (r"^( *-->)(.*\n)", bygroups(Comment, Name.Namespace)),
            (r"^( *= )(help:)?(.*\n)", bygroups(Comment, Generic.Strong, Text)),
            (r"^( *\d* \| *)(\^+)(.*\n)", bygroups(Comment, Generic.Error, Text)),
            (r"^( *\d* \| *)(-+ .*\n)", bygroups(Comment, Number)),
            (r"^( *\d* \|)(.*\n)", bygroups(Comment, Text)),
            (r"^(diff |--- |\+\+\+ |@@ ).*\n", Comment),
            (r"^-.*\n", Generic.Deleted),
            (r"^\+.*\n", Generic.Inserted),
            (r".*\n", Text),
        ]
    }


def setup(app: Any) -> None:
    """Called by Sphinx: files that are copied, and how output is coloured."""
    app.add_lexer("console", Console)
    app.connect("config-inited", _find_made)
    app.connect("html-page-context", _find_neighbours)


def _find_made(app: Any, config: Any) -> None:
    """What docs/site/pages.py has made beside the pages."""
    made = Path(app.srcdir).parent
    config.html_extra_path = [str(made / "files")]
    config.html_search_scorer = str(made / "scorer.js")


def _find_neighbours(app: Any, page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    """The rules before and after a rule by code, for the links below its page."""
    rules = sorted(name for name in app.env.found_docs if name.startswith("rules/") and name != "rules/index")
    if page in rules:
        at = rules.index(page)
        for key, names in (("prev", rules[:at][-1:]), ("next", rules[at + 1 :][:1])):
            for name in names:
                link = app.builder.get_relative_uri(page, name)
                context[key] = {"link": link, "title": app.env.titles[name].astext()}
