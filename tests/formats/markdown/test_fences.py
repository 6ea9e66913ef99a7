"""What a fence is in Markdown: CommonMark's block structure, since a false fence would hide all payloads behind it."""

import html
import re
from io import BytesIO

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from splint.formats.document import Document
from splint.formats.fault import SyntaxFault
from splint.formats.markdown.fences import DEPTH, fences
from splint.formats.markdown.reader import read_markdown
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


@pytest.mark.parametrize(
    "text",
    [
        "<!--\n{B}-->\n",
        "<pre>\n{B}</pre>\n",
        "<div>\n{B}</div>\n",
        "~~~~text\n{B}~~~~\n",
        "~~~text\n    ~~~\n{B}",
        "text `\n    {I}`\n",
    ],
)
def test_a_block_that_is_none_is_not_read(text: str) -> None:
    """GitHub shows no block there either."""
    block = BLOCKS["json"]
    text = text.format(B=block, I=block.replace("\n", "\n    ").rstrip(" "))
    assert list(read_markdown("a.md", BytesIO(text.encode()))) == []


@pytest.mark.parametrize("margin", ["    ", "\t", "      ", "-     ", ">     ", "- > \t"])
def test_a_block_in_indented_code_ends_with_it(margin: str) -> None:
    """Tabs and notes of some renderers are indented that far, so that it is read, closed or not."""
    rest = margin.replace("-", " ")
    text = f'{margin}```json\n{rest}{{"a":\n\n{rest}  1}}\n\nbehind\n\n{BLOCKS["yaml"]}'
    read = list(read_markdown("a.md", BytesIO(text.replace("\n\n" + rest, f"\n{rest}\n{rest}").encode())))
    assert [item.value for item in read if isinstance(item, Document)] == [{"a": 1}, {"a": 1}]


@pytest.mark.parametrize("mark", ["> ", "- ", "1. ", "> - "])
def test_what_is_nested_too_deeply_is_a_fault(mark: str) -> None:
    """The parser leaves out what stands deeper, and all behind it in the list, which nobody would notice."""
    block, deep = BLOCKS["json"], mark * (DEPTH + 1)
    first, fault = read_markdown("a.md", BytesIO(f"{block}\n{deep}a\n\n{block}".encode()))
    assert isinstance(first, Document)
    assert isinstance(fault, SyntaxFault)
    assert fault.message == "lists or quotations are nested too deeply"
    assert fault.source.text[slice(*fault.span)] == f"{deep}a\n"
    [alone] = read_markdown("a.md", BytesIO(f"{mark * (DEPTH // 4)}a\n\n{block}".encode()))
    assert isinstance(alone, Document)


# -- laws --------------------------------------------------------------------------------------------------------------

_MARKS = ["> ", ">", "- ", "* ", "1. ", "2) ", "10. ", "    ", "  ", " ", "\t", "# h", "---", "|a|", "a", "`", "`x`"]
_HTML = ["<!--", "-->", "<pre>", "</pre>", "<div>", "<script>", "</script>", "<?", "?>", "<!A", ">", "<![CDATA[", "]]>"]
_FENCES = ["```j\n", "```\n", "~~~j\n", "~~~\n", "~~~~j\r\n", "~~~~\n", "```", "~~~", "    ```\n", "\n<!--\n"]
TEXTS = st.lists(st.sampled_from([*_MARKS, *_HTML, *_FENCES, *["\n"] * 4, "\n\n", "\r\n", "\r"]), max_size=30).map(
    lambda parts: "".join([*parts, "\n"])
)


def found(text: str, *, is_code: bool = True) -> list[tuple[str, str]]:
    """The info strings and contents of fences; without those in indented code, of which CommonMark knows none."""
    code = [token.map for token in MarkdownIt("commonmark").parse(text) if token.type == "code_block" and token.map]
    starts = [0, *(match.end() for match in re.finditer(r"\r\n?|\n", text))]
    return [
        (fence.info.strip(), "".join(text[start:end].rstrip("\r\n") + "\n" for start, end in fence.lines))
        for fence in fences(text)
        if is_code or not any(starts[first] <= fence.opening.start < starts[last] for first, last in code)
    ]


def without_tabs(blocks: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without the spaces that lines begin with: of a tab that is a margin in part, some are left."""
    return [(info, re.sub(r"(?m)^[ \t]+", "", content)) for info, content in blocks]


@given(TEXTS)
@draws(200, 1000)
def test_fences_are_those_of_markdown_it(text: str) -> None:
    """However the text is cut into lines, and whatever the margins."""
    expected = [
        (token.info.strip(), token.content) for token in MarkdownIt("commonmark").parse(text) if token.type == "fence"
    ]
    read = found(text, is_code=False)
    assert without_tabs(read) == without_tabs(expected)
    assert "\t" in text or read == expected


@pytest.mark.slow
@given(TEXTS)
@draws(200, 1000)
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
    assert without_tabs([one for one in found(text, is_code=False) if one[0] == "j"]) == without_tabs(expected)
