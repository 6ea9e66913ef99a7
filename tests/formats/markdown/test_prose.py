"""Markdown and plain text: curl commands and fenced blocks, and what is neither."""

import json
import time
import tracemalloc
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from splint.formats.document import Document
from splint.formats.fault import SyntaxFault
from splint.formats.markdown.reader import read_markdown, read_text
from tests.grids import few

URL = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
Item = Document | SyntaxFault
Read = Callable[[str | bytes], list[Item]]

GUIDE = f"""\
POST /v1.3/smart_plus/campaign/create/
The campaign's body holds the objective, isn't it.
curl -X POST '{URL}' \\
-H 'Access-Token: YOUR_ACCESS_TOKEN' \\
-H 'Content-Type: application/json' \\
-d '{{
"advertiser_id": "123456789",
"budget": 500
}}'
The response returns a campaign_id used in the ad group creation step.1
curl -X POST '{URL}' \\
-H 'Access-Token: YOUR_ACCESS_TOKEN' \\
-d '{{
"name": "Café — 20% off",
"budget": 700
}}'
| Field | Value |
"""


def markdown(text: str | bytes) -> list[Item]:
    return list(read_markdown("a.md", BytesIO(text.encode() if isinstance(text, str) else text)))


def plain(text: str | bytes) -> list[Item]:
    return list(read_text("a.txt", BytesIO(text.encode() if isinstance(text, str) else text)))


@pytest.fixture(params=[markdown, plain], ids=["md", "txt"])
def read(request: pytest.FixtureRequest) -> Read:
    reader: Read = request.param
    return reader


def values(items: list[Item]) -> list[Any]:
    return [item.value if isinstance(item, Document) else item.message for item in items]


def at(item: Item, pointer: str) -> str:
    assert isinstance(item, Document)
    span = item.locate([pointer])[pointer].value
    return item.source.text[span.start : span.end]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_commands_in_running_text_stand_alone(read: Read, end: str, mark: str) -> None:
    """Each is a document of its own, no step of a program, whatever text stands before and after it."""
    first, second = read(mark + GUIDE.replace("\n", end))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.value == {"advertiser_id": "123456789", "budget": 500}
    assert second.value == {"name": "Café — 20% off", "budget": 700}
    assert (at(first, "/budget"), at(second, "/name")) == ("500", '"Café — 20% off"')
    assert first.source.position(first.locate(["/budget"])["/budget"].value.start).line == 8
    assert first.call is not None
    assert (first.call.url, first.call.method, first.call.tokens) == (URL, "POST", ())
    assert (first.sequential, second.sequential, first.source.secrets) == (False, False, set())


COMMAND = """curl -X POST {U} \\\n{P}  -d '{{\n{P}    "a": "b c"\n{P}}}'"""


@pytest.mark.parametrize(
    ("text", "prompt"),
    few(
        [
            ("{C}", ""),
            ("    {C}\n", "    "),
            ("Run this:\n\n$ {C}\nand look", ""),
            ("$ {C}", "> "),
            ("> {C}\n", "> "),
            ("> $ {C}\n", "> > "),
            ("% {C}\n", ""),
            ("ID=$({C} | jq .id)", ""),
            ('export ID="$({C} | jq .id)"', ""),
            ("{C} | jq . # it's\nit's", ""),
            ("{C}; echo it\\'s", ""),
        ],
        4,
    ),
)
def test_a_command_begins_a_line(read: Read, text: str, prompt: str) -> None:
    """Behind indentation, a quotation's mark or a prompt; the marks of the lines that go on are no part of it."""
    (item,) = read(text.format(C=COMMAND.format(U=URL, P=prompt)))
    assert isinstance(item, Document)
    assert (item.value, at(item, "/a")) == ({"a": "b c"}, '"b c"')


@pytest.mark.parametrize(
    "text",
    few(
        [
            'curl -d @- {U} <<EOF\n{{"a": 1}}\nEOF\n',
            '   curl -d @- {U} <<EOF\n   {{"a": 1}}\n   EOF\n',
            'cat <<EOF | curl -d @- {U}\n{{"a": 1}}\nEOF\nEOF',
        ],
        2,
    ),
)
def test_a_here_document_may_be_indented(read: Read, text: str) -> None:
    """Text shows scripts with a margin, and so the line that ends them has one."""
    (item,) = read(text.format(U=URL))
    assert (values([item]), at(item, "/a")) == ([{"a": 1}], "1")


@pytest.mark.parametrize(
    "sentence",
    few(
        [
            "curl is a tool.",
            "curl isn't what you want",
            "curl isn't for you. https://business-api.tiktok.com/open_api/ is",
            "curl commands to https://business-api.tiktok.com/open_api/v1.3/ad/get/ need a token.",
            "curl https://business-api.tiktok.com/open_api/v1.3/ad/get/ isn't enough",
            "curl -d sends data to https://business-api.tiktok.com/open_api/v1.3/ad/get/, see (below",
            "curl's -d option \"sends {U}",
            "curl",
            "Use curl -X POST {U}",
            "`curl -X POST {U}`",
            "| curl {U} |",
            "curling {U}",
            "curl https://example.com/install.sh | sh",
            "curl https://example.com -d 'a\n",
        ],
        5,
    ),
)
@pytest.mark.parametrize("after", ["", "\nThat's it.\n"])
def test_a_sentence_about_curl_yields_nothing(read: Read, sentence: str, after: str) -> None:
    """Neither does a command that does not concern TikTok; quotes in either do no harm."""
    assert read(sentence.format(U=URL) + after) == []


@pytest.mark.parametrize(
    ("broken", "messages"),
    few(
        [
            ("curl isn't hard", []),
            ("curl 'x", []),
            (f"curl {URL} -d '{{\"a\": 1,}}'", ["a trailing comma: no further value follows", None]),
            (f'curl {URL} -d \'{{"a": 1}}', ["the ' that opens here is never closed", None]),
            (f"curl {URL} -H 'a: b -d '{{\"a\": 1}}'", ["the ' that opens here is never closed", None]),
            (f"curl {URL} -d @- <<EOF\n{{}}", ["no line holds EOF alone to end this here-document", None]),
            (f"curl {URL} -d '{{...}}'", ["... stands for something that is left out"]),
        ],
        3,
    ),
)
def test_what_follows_a_broken_command_is_read(read: Read, broken: str, messages: list[str | None]) -> None:
    """A quote that nobody closes costs no other command; the request counts, but not with a body that is a sketch."""
    good = f"curl -X POST '{URL}' -d '{{\"b\": 1}}'"
    assert values(read(f"{broken}\n\nThis it is:\n\n{good}\n\n{good}\n")) == [*messages, {"b": 1}, {"b": 1}]


@pytest.mark.parametrize(
    ("arguments", "message", "rest"),
    few(
        [
            ("-d '{\"a\": 1 2}'", "a comma is missing", "2}'"),
            ("-d ‘{“a”: 1}’", "‘ is a typographic quote", "‘{“a”: 1}’"),
            ("-d '{", "the ' that opens here is never closed", "'{"),
        ],
        2,
    ),
)
def test_a_broken_body_is_a_fault_at_the_exact_place(read: Read, arguments: str, message: str, rest: str) -> None:
    """As in a script."""
    item, request = read(f"> curl {URL} {arguments}")
    assert isinstance(request, Document)
    assert isinstance(item, SyntaxFault)
    assert item.message.startswith(message)
    assert item.source.text[item.span.start :] == rest


def test_an_example_may_name_a_file_that_is_not_there(read: Read) -> None:
    """Prose shows names; the call is a document without a value."""
    assert values(read(f"curl {URL} -d @payload.json")) == [None]


def test_a_token_is_known_before_the_first_document(read: Read) -> None:
    """A secret further down is hidden in what is said of the lines above."""
    first, *_ = read(f"curl {URL}\n```\n```\ncurl {URL} -H 'Access-Token: 0a1b2c'\n")
    assert first.source.secrets == {"0a1b2c"}


def test_text_knows_no_fences() -> None:
    """Blocks are Markdown's; the commands in them are found in text all the same."""
    assert values(plain(f'```json\n{{"a": 1}}\n```\n```python\ncurl {URL}\n```\n')) == [None]


@pytest.mark.parametrize(
    ("text", "value", "place"),
    few(
        [
            ('```json\n{"a": [1]}\n```\n', {"a": [1]}, "[1]"),
            ('```JSON title="x"\n{"a": [1]}\n```\n', {"a": [1]}, "[1]"),
            ('``` { .json }\n{"a": [1]}\n```\n', {"a": [1]}, "[1]"),
            ('~~~json\n{"a": [1]}\n~~~\n', {"a": [1]}, "[1]"),
            ('~~~~ json\n{"a": ["~~~\\n"]}\n~~~~~\n', {"a": ["~~~\n"]}, '["~~~\\n"]'),
            ('````json\n{"a": \n[1]}\n````\n```\n', {"a": [1]}, "[1]"),
            ('```json\n{"a": [1]}', {"a": [1]}, "[1]"),
            ('```json\r\n{"a":\r\n[1]}\r\n```\r\n', {"a": [1]}, "[1]"),
            ('1. Send\n\n   ```json\n   {"a": [\n     1\n   ]}\n   ```\n', {"a": [1]}, "[\n     1\n   ]"),
            ('- ```json\n  {"a": [1]}\n  ```\n', {"a": [1]}, "[1]"),
            ('\t```json\n\t{"a": [1]}\n\t```\n', {"a": [1]}, "[1]"),
            ('> ```json\n> {"a": [\n> 1]}\n> ```\n', {"a": [1]}, "[\n> 1]"),
            ('> > ```json\n>> {"a": [1]}\n> > ```\n', {"a": [1]}, "[1]"),
            ('> - ```json\n>   {"a": [1]}\n>   ```\n', {"a": [1]}, "[1]"),
            ('- > ```json\n  > {"a": [1]}\n  > ```\n', {"a": [1]}, "[1]"),
            ('> ```json\n> {"a": [1]}\nafter it\n', {"a": [1]}, "[1]"),
            ('```jsonc\n{"a": [1,] // one\n}\n```\n', {"a": [1]}, "[1,]"),
            ("```yaml\na: [1]\n```\n", {"a": [1]}, "[1]"),
            ("- ```yml\n  b: 1\n  a: [1]\n  ```\n", {"a": [1], "b": 1}, "[1]"),
            ("> ```yaml\n> b:\n>   c: 1\n> a: [1]\n> ```\n", {"a": [1], "b": {"c": 1}}, "[1]"),
        ],
        7,
    ),
)
def test_a_fenced_block_is_a_document(text: str, value: Any, place: str) -> None:
    """In either kind of fence, in lists and quotations, closed or not; places lead into the text."""
    (item,) = markdown(f"Some text isn't it\n\n{text}")
    assert isinstance(item, Document)
    assert (item.value, at(item, "/a"), item.call, item.sequential) == (value, place, None, False)


@pytest.mark.parametrize(
    ("block", "is_fault"),
    few(
        [
            ('{"campaign_name": "x", ...}', True),
            ('{"x_ad_name": "x", ...}', False),
            ('{"targeting_spec": ', True),
            ('{"name": "x", ...}', False),
            ("", False),
        ],
        2,
    ),
)
def test_a_broken_block_is_a_fault_if_it_seems_a_payload(block: str, is_fault: bool) -> None:
    """Prose shows fragments: only the field names of payloads make one worth a word."""
    items = markdown(f"```json\n{block}\n```\n```json\n[1]\n```\n")
    assert [isinstance(item, SyntaxFault) for item in items] == [True] * is_fault + [False]


def test_what_the_help_says_of_a_block_is_no_name_of_a_file() -> None:
    """A block has a tag instead, and a body in a command neither."""
    for text, helps in (
        ('{"ad_name": "x" // y\n}', ["remove it, or write it as // or /* */ in a block marked jsonc", "remove it"]),
        ('{"ad_name": "x"}\n{}', ["put both into one list, or each into a block of its own", "put both into one list"]),
    ):
        items = markdown(f"```json\n{text}\n```\n```sh\ncurl {URL} -d '{text}'\n```\n")
        assert [item.help for item in items if isinstance(item, SyntaxFault)] == helps


def test_a_broken_block_points_into_the_text() -> None:
    """The margin of a list or quotation counts."""
    (item,) = markdown('> - ```json\n>   {\n>     "budget_mode": 1,,\n>   }\n>   ```\n')
    assert isinstance(item, SyntaxFault)
    assert item.source.text[item.span.start :].startswith(",\n>   }")
    assert item.source.position(item.span.start)[:2] == (3, 24)


def test_a_broken_yaml_block_is_a_fault_if_it_seems_a_payload() -> None:
    """YAML goes by the same rule as JSON."""
    assert markdown("```yaml\na: [\n```\n") == []
    (item,) = markdown("```yaml\ncampaign_name: [\n```\n")
    assert isinstance(item, SyntaxFault)


@pytest.mark.parametrize("tag", few(["", "sh", "bash", "shell", "console", "zsh", "text", "curl", "http", "Bash"], 4))
def test_commands_in_shell_blocks_are_read(tag: str) -> None:
    """And in blocks without a language; the fence ends what a quote left open."""
    items = markdown(
        f"```{tag}\n$ curl {URL} \\\n>   -d '{{\"a\": 1}}'\n{{}}\n```\n```{tag}\ncurl {URL} -d '{{\n```\nIt's\n"
    )
    assert values(items) == [{"a": 1}, "the ' that opens here is never closed", None]


@pytest.mark.parametrize("tag", few(["", "cmd", "bat", "sh"], 2))
def test_a_command_of_windows_is_read(tag: str) -> None:
    """By hand, and as browsers copy it: cmd takes each ^ away, then a backslash escapes a quote."""
    by_hand = f'curl -X POST "{URL}" ^\n  -H "a: b" ^ \n  -d "{{\\"a\\": 1}}"\n'
    body = r'^{^\^"a^\^":^\^"b ^% ^\^\^\^"^^^\\^\^\^\^"^,' + "^\n\n" + r'^\^"c^\^":2^}'
    copied = f'curl ^"{URL}^" ^\n --data-raw ^"{body}^"\n'
    for items in (markdown(f"```{tag}\n{by_hand}```\n```{tag}\n{copied}```\n"), plain(by_hand + copied)):
        assert values(items) == [{"a": 1}, {"a": 'b % "^\\', "c": 2}]
        assert [item.call and item.call.url for item in items if isinstance(item, Document)] == [URL, URL]
        assert [at(items[0], "/a"), at(items[1], "/c")] == ["1", "2"]


@pytest.mark.parametrize("tag", few(["python", "js", "diff", "json"], 2))
@pytest.mark.parametrize("code", few(["import a", "import curl", "(a, b)", "# a", "$ a"], 2))
def test_commands_in_other_blocks_are_not_read(tag: str, code: str) -> None:
    """Below other code they are a text of another language."""
    assert markdown(f"```{tag}\n{code}\ncurl {URL} -d '{{}}'\n```\n") == []


@pytest.mark.parametrize("tag", ["powershell", "pwsh", "cmd", "bat"])
def test_commands_of_other_shells_are_not_read(tag: str) -> None:
    """What curl means there is for others to say, and the quotes that cmd reads otherwise."""
    for body in ("'{}'", '"{""a"": 1}"'):
        assert markdown(f"```{tag}\ncurl {URL} ^\n -d {body}\n```\n") == []


@pytest.mark.parametrize("tag", few(["xcodeblock", "js", "python", "json", "go"], 2))
@pytest.mark.parametrize("first", few(["", "\n \n", "$ ", "(code json)\n", "(code curl http)\n", "(code)\n"], 2))
def test_a_block_that_begins_with_a_command_is_one_of_a_shell(tag: str, first: str) -> None:
    """Whatever its fence says, with a mark of TikTok's documentation above the command as well."""
    items = markdown(f"```{tag}\n{first}curl {URL} \\\n-d '{{\"a\": 1}}'\n(/code)\n```\n")
    assert values(items) == [{"a": 1}]


def test_python_that_begins_with_the_word_is_no_command() -> None:
    assert markdown("```python\ncurl = pycurl.Curl()\n```\n") == []


def test_items_come_in_the_order_of_the_text() -> None:
    """Blocks and commands mixed."""
    block = "```json\n[{n}]\n```\ncurl {u} -d '[{m}]'\n```sh\ncurl {u} -d '[{k}]'\n```\n"
    text = "".join(block.format(n=n, m=n + 1, k=n + 2, u=URL) for n in (1, 4, 7))
    assert values(markdown(text)) == [[n] for n in range(1, 10)]


def test_a_line_that_redirects_is_no_quotation(read: Read) -> None:
    """After a backslash on an unmarked line > belongs to the command."""
    (item,) = read(f"curl -d '[1]' \\\n> /smart_plus/out \\\n{URL}\n")
    assert isinstance(item, Document)
    assert item.call is not None
    assert (item.value, item.call.url) == ([1], URL)


def test_text_in_another_encoding_is_a_fault(read: Read) -> None:
    """What is no UTF-8 is told as in any other file."""
    (item,) = read(b"curl \xe9")
    assert isinstance(item, SyntaxFault)
    assert item.message.startswith("byte 0xe9 is not UTF-8")


@given(
    st.recursive(
        st.integers(-9, 9) | st.text(st.characters(exclude_categories=["Cs"]), max_size=9),
        lambda inner: st.lists(inner, max_size=3),
        max_leaves=5,
    ),
    st.sampled_from(["", "> ", "    ", "> > ", "- "]),
    st.sampled_from(["```", "~~~~"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_value_in_a_block_reads_back(value: Any, margin: str, fence: str, end: str) -> None:
    """Whatever margin its lines have, the value is the block's and its place the value's text."""
    first = json.dumps({"a": value}, indent=2, ensure_ascii=False).split("\n")
    rest = margin.replace("-", " ")
    text = margin + end.join([f"{fence}json", *(rest + line for line in [*first, fence])])
    (item,) = markdown(text)
    assert isinstance(item, Document)
    assert item.value == {"a": value}
    assert json.loads(at(item, "/a").replace(end + rest, end)) == value


SCRAPS = st.sampled_from(
    [
        "curl ",
        f"curl -X POST {URL} ",
        " -d ",
        "'",
        '"',
        "\\\n",
        "\n",
        "\r\n",
        "$ ",
        "> ",
        "- ",
        "1. ",
        "```",
        "```json\n",
        "~~~yaml\n",
        "<!--",
        "-->",
        "<pre>\n",
        "```\n",
        "$(",
        ")",
        "`",
        "<<EOF\n",
        "EOF\n",
        "{",
        "}",
        '"ad_name":',
        "1",
        "a: ",
        "&x",
        "*x",
        "isn't ",
        "\ufeff",
        "\x00",
        "é",
        "\t",
        "    ",
    ]
)


@given(st.binary() | st.lists(SCRAPS, max_size=30).map(lambda scraps: "".join(scraps).encode()))
def test_any_bytes_are_read(data: bytes) -> None:
    """Nothing but documents and faults comes out, each with places within its text."""
    for item in markdown(data) + plain(data):
        spans = [place.value for place in item.locate([""]).values()] if isinstance(item, Document) else [item.span]
        for span in spans:
            assert 0 <= span.start <= span.end <= max(len(item.source.text), 1)


def test_a_text_is_read_again_as_it_was(read: Read) -> None:
    """What one text sends is nothing that another one, or itself later, has sent before."""
    text = f'curl -X POST {URL} -d @- <<EOF\n{{"campaign_id": "$CAMPAIGN_ID"}}\nEOF\n'
    readings = [[item.value for item in read(text) if isinstance(item, Document)] for _ in range(3)]
    assert readings == [[{"campaign_id": "$CAMPAIGN_ID"}]] * 3


@pytest.mark.slow
@pytest.mark.parametrize(
    "scrap",
    [
        "'",
        "> ",
        "- ",
        "`",
        "```\n",
        "```json\n",
        "~~~\n> ~~~\n",
        "- ~~~\n",
        "> ~~~\n\n",
        "    ```\n",
        "<!--\n~~~\n",
        "> - ```",
        f"{'> - ' * 20}```\n",
        "curl ",
        "curl '\n",
        "curl isn't {U}\n",
        "curl {U} '\n",
        "curl {U} $(\n",
        "curl {U} <<EOF\n",
        "curl {U} -d '{\n",
        " ",
        "\n",
        "cat <<a",
        "x=$(curl ",
    ],
)
def test_hostile_texts_are_read_in_no_time(read: Read, scrap: str) -> None:
    """Lines that begin again and again what nobody ends take time in proportion to their number."""
    unit = scrap.replace("{U}", URL)
    start = time.process_time()
    read(unit * (100_000 // len(unit)))
    assert time.process_time() - start < 2


@pytest.mark.slow
def test_short_lines_take_little_memory(read: Read) -> None:
    """Lines that follow each other are one span."""
    text = "x\n" * 25_000 + f"\ncurl {URL} -d '{{}}'\n"
    tracemalloc.start()
    try:
        assert values(read(text)) == [{}]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20 * len(text)
