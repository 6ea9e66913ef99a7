"""What a fence is in Markdown: CommonMark's block structure, since a false fence would hide all payloads behind it."""

import html
import re
from io import BytesIO

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.ruler import Ruler

from splint.formats.document import Document
from splint.formats.fault import SyntaxFault
from splint.formats.markdown.fences import DEPTH, _parser, fences
from splint.formats.markdown.reader import read_markdown
from tests.grids import few
from tests.laws import draws

CURL = "curl https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/ -d '{\"a\": 1}'\n"
BLOCKS = {
    "json": '```json\n{"a": 1}\n```\n',
    "yaml": "~~~yaml\na: 1\n~~~\n",
    "curl": f"```sh\n{CURL}```\n",
    "prose": CURL,
}
FALSE = {
    "comment": "<!--\n~~~\n-->\n",
    "comment of several paragraphs": "<!--\n\n```\n\n-->\n",
    "comment in a list item": "- <!--\n\n  ~~~\n  -->\n\n",
    "comment in a quotation": "> <!--\n> ~~~\n> -->\n",
    "pre": "<pre>\n\n```\n</pre>\n",
    "textarea": "<textarea>\n\n~~~\n</textarea>\n",
    "script": "<SCRIPT>\n\n~~~\n</script>\n",
    "processing instruction": "<?\n~~~\n?>\n",
    "declaration": "<!A\n~~~\n>\n",
    "CDATA": "<![CDATA[\n\n~~~\n]]>\n",
    "div": "<div>\n~~~\n</div>\n\n",
    "any tag": "</x >\n~~~\n\n",
    "list item": "- a\n\n  ```\n  text\n\nbehind\n\n",
    "list item's first line": "- ~~~\nbehind\n\n",
    "ordered list item": "1. ```\n  behind\n\n",
    "nested list item": "- - ```\n  - b\n\n",
    "quotation in a list item": "- > ```\n  > text\n\n  behind\n\n",
    "list item in a quotation": "> - ```\n> behind\n\n",
    "four spaces": "    ```\n\nbehind\n\n",
    "tab": "\t~~~\n\nbehind\n\n",
    "four spaces in a list item": "- a\n\n      ```\n\nbehind\n\n",
    "four spaces below a paragraph": "text\n    ```\n\n",
    "closing fence behind four spaces": "```\ntext\n    ```\n```\n\n",
    "closing fence behind a tab": "~~~\ntext\n\t~~~\n~~~\n\n",
    "backticks in the first line": "``` a`b\n\n",
    "carriage returns": "<!--\r~~~\r-->\n\n",
}
LIKE_TAGS = ["<pre\u00a0>", "<pre\u2003x", "<!\u0041\u00a0>", "<script\x1c", "<x>\u3000"]


@pytest.mark.parametrize("kind", BLOCKS)
@pytest.mark.parametrize("false", FALSE.values(), ids=FALSE)
def test_what_is_behind_a_false_fence_is_read(false: str, kind: str) -> None:
    """At its place, in a quotation too, where a tab is less of a margin."""
    for quote in ["", "> "][: 1 if "\t" in false or "\r" in false else 2]:
        text = re.sub(r"(?m)^(?!\Z)", quote, false + BLOCKS[kind])
        [document] = read_markdown("a.md", BytesIO(text.encode()))
        assert isinstance(document, Document)
        assert document.value == {"a": 1}
        assert text[slice(*document.locate(["/a"])["/a"].value)] == "1"
        assert document.locate(["/a"])["/a"].value.start == text.rindex("1", 0, text.rindex("1") + 1)


@pytest.mark.parametrize("line", LIKE_TAGS)
def test_what_only_resembles_a_tag_hides_nothing(line: str) -> None:
    """Unicode's spaces are none in HTML."""
    [document] = read_markdown("a.md", BytesIO(f"{line}\n{BLOCKS['json']}".encode()))
    assert isinstance(document, Document)


LOOSE = {
    "note of MkDocs": "!!! example\n    {B}\n",
    "below a paragraph": "Note:\n    {B}\n",
    "below a paragraph of a list item": "- Note:\n      {B}\n",
    "below a paragraph of a quotation": "> Note:\n>     {B}\n",
    "details": "<details><summary>a</summary>\n{B}\n</details>\n",
    "comment": "<!--\n{B}\n-->\n",
    "pre": "<pre>\n\n{B}\n</pre>\n",
    "list item in a comment": "<!--\n1.  {B}\n-->\n",
    "behind one that is open": "<div>\n```json\n{{\n~~~\n{B}\n</div>\n",
    "behind one of another language": "<div>\n```js\na\n```\n{B}\n</div>\n",
    "in an open one without a tag": "- a\n\n   ```\n   a\n\n   {B}\n",
    "in an open one of another language": "~~~js\n    ~~~\n{B}\n",
    **{
        f"indented code {margin!r}": margin + "{B}\n"
        for margin in ["    ", "\t", "      ", "-     ", ">     ", "- > \t"]
    },
}
"""Texts with a block for {B}, whose first line's margin the others have too."""


@pytest.mark.parametrize("kind", few(["json", "yaml", "curl"], 2))
@pytest.mark.parametrize("around", LOOSE.values(), ids=LOOSE)
def test_a_block_in_what_commonmark_takes_for_text_is_read(around: str, kind: str) -> None:
    """At its place, and so is what stands before and behind it."""
    [margin] = re.findall(r"^(.*)\{B\}", around, re.MULTILINE)
    margin = re.sub(r"[^>\t]", " ", margin)
    block = BLOCKS[kind].rstrip("\n").replace("\n", "\n" + margin)
    text = f"{BLOCKS['yaml']}\n{around.format(B=block)}\nbehind\n\n{BLOCKS['json']}"
    documents = [item for item in read_markdown("a.md", BytesIO(text.encode())) if isinstance(item, Document)]
    assert [document.value for document in documents] == [{"a": 1}] * 3
    places = [document.locate(["/a"])["/a"].value for document in documents]
    assert [text[slice(*place)] for place in places] == ["1"] * 3
    assert places == sorted(places)


def test_an_example_below_indented_too_little_code_is_read() -> None:
    """The line that is meant to close the code opens a fence, which the next example's closing line closes."""
    under = f"1. a\n   ```js\n{{}}\n   ```\n\n{CURL}\n"
    read = list(read_markdown("a.md", BytesIO((under + BLOCKS["json"] + BLOCKS["yaml"]).encode())))
    assert [item.value for item in read if isinstance(item, Document)] == [{"a": 1}] * 3


@pytest.mark.parametrize(
    "text",
    few(
        [
            "~~~~text\n{B}~~~~\n",
            "<div>\n```js\n~~~\n{{}}\n```\n</div>\n",
            '<div>\n```json\n{{"a": 1}}\n</div>\n',
            '<div>\n> ```json\n{{"a": 1}}\n> ```\n</div>\n',
            '<div>\n> ```json\n> {{"a": 1}}\n```\n</div>\n',
            '<div>\n~~~~json\n{{"a": 1}}\n~~~\n</div>\n',
            '<div>\n~~~json\n{{"a": 1}}\n```\n</div>\n',
            '<div>\n```json\n{{"a": 1}}\n- ```\n</div>\n',
        ],
        3,
    ),
)
def test_a_block_that_is_none_is_not_read(text: str) -> None:
    """It is the text of a block, or nothing closes it before the next one."""
    behind = "~~~yaml\na: 2\n~~~\n"
    read = list(read_markdown("a.md", BytesIO(f"{text.format(B=BLOCKS['json'])}\n{behind}".encode())))
    assert [item.value for item in read if isinstance(item, Document)] == [{"a": 2}]


@pytest.mark.parametrize("mark", few(["> ", "- ", "1. ", "> - "], 2))
def test_what_is_nested_too_deeply_is_a_fault(mark: str) -> None:
    """The parser leaves out what stands deeper, and all behind it in the list, which nobody would notice."""
    block, deep = BLOCKS["json"], mark * (DEPTH + 1)
    first, fault = read_markdown("a.md", BytesIO(f"{block}\n{deep}a\n\n{block}".encode()))
    assert isinstance(first, Document)
    assert isinstance(fault, SyntaxFault)
    assert fault.message == "lists or quotations are nested too deeply"
    assert fault.source.text[slice(*fault.span)] == f"{deep}a\n"
    [alone] = read_markdown("a.md", BytesIO(f"{mark * DEPTH}a\n\n{block}".encode()))
    assert isinstance(alone, Document)


def test_a_parser_is_whole_before_threads_share_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its lists of rules are filled when they are first asked for: a second thread met them half filled."""
    shared = _parser.__wrapped__()
    monkeypatch.setattr(Ruler, "__compile__", lambda ruler: pytest.fail("the rules are put together while it reads"))
    monkeypatch.setattr("splint.formats.markdown.fences._parser", lambda: shared)
    assert [fence.info for fence in fences(BLOCKS["json"])] == ["json"]


# -- laws --------------------------------------------------------------------------------------------------------------

_MARKS = ["> ", ">", "- ", "* ", "1. ", "2) ", "10. ", "    ", "  ", " ", "\t", "# h", "---", "|a|", "a", "`", "`x`"]
_HTML = ["<!--", "-->", "<pre>", "</pre>", "<div>", "<script>", "</script>", "<?", "?>", "<!A", ">", "<![CDATA[", "]]>"]
_FENCES = ["```j\n", "```\n", "~~~j\n", "~~~\n", "~~~~j\r\n", "~~~~\n", "```", "~~~", "    ```\n", "\n<!--\n"]
TEXTS = st.lists(st.sampled_from([*_MARKS, *_HTML, *_FENCES, *["\n"] * 4, "\n\n", "\r\n", "\r"]), max_size=30).map(
    lambda parts: "".join([*parts, "\n"])
)


def found(text: str) -> list[tuple[str, str]]:
    """The info strings and contents of fences."""
    return [
        (fence.info.strip(), "".join(text[start:end].rstrip("\r\n") + "\n" for start, end in fence.lines))
        for fence in fences(text)
    ]


def without_tabs(blocks: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without the spaces that lines begin with: of a tab that is a margin in part, some are left."""
    return [(info, re.sub(r"(?m)^[ \t]+", "", content)) for info, content in blocks]


@given(TEXTS)
@draws(80, 700)
def test_fences_are_those_of_markdown_it(text: str) -> None:
    """However the text is cut into lines, and whatever the margins."""
    expected = [
        (token.info.strip(), token.content) for token in MarkdownIt("commonmark").parse(text) if token.type == "fence"
    ]
    read = found(text)
    assert without_tabs(read) == without_tabs(expected)
    assert "\t" in text or read == expected


@pytest.mark.slow
@given(TEXTS)
@draws(80, 700)
def test_fences_are_those_that_github_shows(text: str) -> None:
    """Its own parser, cmark-gfm, to which markdown-it-py is held here.

    Left out is where one of them leaves the specification: cmark takes a lone tag below a paragraph of a list or
    quotation for HTML, and markdown-it-py goes on with a quotation behind four spaces.
    """
    assume(not re.search(r"</\w+>[ \t]*[\r\n]|(?:\t| {4})[ \t]*>", text))
    cmark = pytest.importorskip("cmarkgfm.cmark", reason="cmarkgfm is not installed")
    shown = cmark.markdown_to_html(text, options=cmark.Options.CMARK_OPT_UNSAFE)
    blocks = re.findall(r'<pre><code class="language-(j)">(.*?)</code></pre>', shown, re.DOTALL)
    expected = [(info, re.sub(r"\r\n?", "\n", html.unescape(content))) for info, content in blocks]
    assert without_tabs([one for one in found(text) if one[0] == "j"]) == without_tabs(expected)


DIRECTIVES = {
    "options between rules": "```{code-block} json\n---\nlinenos: true\n---\n%s```\n",
    "within an admonition": "````{admonition} Title\ntext\n\n```json\n%s```\n````\n",
    "within Markdown": "````markdown\n```json\n%s```\n````\n",
    "within tabs": "`````{tabs}\n````{tab} a\n```{code-block} json\n:linenos:\n%s```\n````\n`````\n",
    "colons": ":::{code-block} json\n%s:::\n",
    "colons within others": "::::{tab} a\n:::{code-block} json\n:linenos:\n\n%s:::\n::::\n",
}


@pytest.mark.parametrize("text", DIRECTIVES.values(), ids=DIRECTIVES)
def test_fences_of_myst_and_within_markdown_are_read(text: str) -> None:
    [item] = read_markdown("a.md", BytesIO((text % '{"a": 1}\n').encode()))
    assert isinstance(item, Document)
    assert item.value == {"a": 1}


@pytest.mark.parametrize("text", ["````text\n```json\n%s```\n````\n", ":::{note}\n%s:::\n", "```{note} json\n%s```\n"])
def test_other_text_of_a_directive_is_none(text: str) -> None:
    assert list(read_markdown("a.md", BytesIO((text % '{"a": 1}\n').encode()))) == []
