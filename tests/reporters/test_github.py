"""Workflow commands: what the runner makes of them."""

import re
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from splint.reporting.location import Position
from splint.reporting.report import Range, Report
from splint.reporting.reporters import Style
from splint.reporting.reporters.github import SUMMARY_LIMIT, command, job_summary, render
from splint.reporting.reporters.markdown import COMMENT_LIMIT
from splint.reporting.reporters.markdown import render as comment
from tests.grids import few
from tests.reporters.builders import diagnostic, notification, report, stretch, suppression

STEERING = re.compile(
    r"[^\r\n\t -~\u00a0-\u061b\u061d-\u200d\u2010-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\U0010ffff]"
)
TEXTS = st.text(st.characters(codec="utf-8")) | st.text("%0:,=ADdCca\r\n \t;]#", max_size=12)


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    data: str


def unescaped(text: str, *, of_property: bool) -> str:
    """As the runner does it: one replacement after the other, the percent sign last."""
    for code, char in (("%0D", "\r"), ("%0A", "\n"), *((("%3A", ":"), ("%2C", ",")) if of_property else ())):
        text = text.replace(code, char)
    return text.replace("%25", "%")


def parsed(line: str) -> Command | None:
    """A line as the runner reads it, None when it is no command."""
    line = line.lstrip()
    end = line.find("::", 2)
    if not line.startswith("::") or end < 0:
        return None
    name, _, given = line[2:end].partition(" ")
    properties = {}
    for part in given.strip().split(","):
        key, _, value = part.partition("=")
        if value.lstrip("="):
            properties[key] = unescaped(value.lstrip("="), of_property=True)
    return Command(name, properties, unescaped(line[end + 2 :], of_property=False))


def lines(text: str) -> list[str]:
    """As the runner splits output: at carriage returns and line feeds, and nowhere else."""
    assert text.endswith("\n") or not text
    return re.split(r"\r\n|\r|\n", text)[:-1]


def commands(sample: Report) -> list[Command]:
    read = [parsed(line) for line in lines(render(sample, Style()))]
    assert None not in read
    return [one for one in read if one is not None]


def spelled(text: str) -> str:
    return STEERING.sub(lambda match: ascii(match[0])[1:-1], text)


@given(TEXTS, TEXTS, TEXTS)
def test_the_runner_reads_back_what_was_written(path: str, code: str, message: str) -> None:
    item = diagnostic(path=path, code=f"X{code}", name="name", summary=message, help="")
    (read,) = commands(report(item))
    assert read.name == "error"
    assert read.data == spelled(f"{message}; \nRule: splint rules X{code}")
    assert read.properties.pop("title") == spelled(f"X{code} name")
    if path not in ("", "-", "<run>"):  # these name no file
        assert read.properties.pop("file") == spelled(f"./{path}" if path.startswith("=") else path)
        assert read.properties == {"line": "3", "endLine": "3", "col": "13", "endColumn": "14"}


@given(TEXTS, TEXTS)
def test_a_text_is_written_as_it_is_unless_it_steers_a_terminal(message: str, value: str) -> None:
    (line,) = lines(command("notice", message, title=f"t{value}t"))
    assert STEERING.search(line) is None
    if STEERING.search(message + value) is None:
        assert parsed(line) == ("notice", {"title": f"t{value}t"}, message)


@pytest.mark.parametrize(
    "separator", few(["\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x1e", "\x85", "\u2028", "\u2029"], 4)
)
@pytest.mark.parametrize("field", few(["summary", "help", "path", "code", "name"], 2))
def test_a_text_with_line_separators_stays_one_command(separator: str, field: str) -> None:
    evil = f"a{separator}::error::x{separator}::stop-commands::y"
    written = render(report(diagnostic(**{field: evil})), Style())
    assert len(written.splitlines()) == 1
    assert parsed(written) is not None
    written = render(report(errors=[notification(message=evil)]), Style())
    assert len(written.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "data", "title"),
    few(
        [
            ("a: b, c", "a: b, c", "a%3A b%2C c"),
            ("100%", "100%25", "100%25"),
            ("%0A", "%250A", "%250A"),
            ("a\r\nb", "a%0D%0Ab", "a%0D%0Ab"),
            ("a=b::c", "a=b::c", "a=b%3A%3Ac"),
            ("\x1b[31m\u202e", r"\x1b[31m\u202e", r"\x1b[31m\u202e"),
            ("\udcff", r"\xff", r"\xff"),
            ("a\ufeffb", r"a\ufeffb", r"a\ufeffb"),
            ("広告\u3000é 👩\u200d💻", "広告\u3000é 👩\u200d💻", "広告\u3000é 👩\u200d💻"),
        ],
        3,
    ),
)
def test_data_and_properties_are_escaped_each_in_its_way(text: str, data: str, title: str) -> None:
    assert command("error", text, title=text) == f"::error title={title}::{data}\n"


def test_the_most_severe_findings_come_first_and_tool_errors_before_them() -> None:
    sample = report(
        diagnostic(severity="info", path="a.json"),
        diagnostic(severity="warning", path="a.json"),
        diagnostic(path="b.json", range=stretch(9)),
        diagnostic(path="b.json", range=stretch(2)),
        diagnostic(path="c.json"),
        errors=[notification()],
    )
    read = [(one.name, one.properties.get("file"), one.properties.get("line")) for one in commands(sample)]
    assert read == [
        ("error", None, None),
        ("error", "b.json", "2"),
        ("error", "b.json", "9"),
        ("error", "c.json", "3"),
        ("warning", "a.json", "3"),
        ("notice", "a.json", "3"),
    ]


@pytest.mark.parametrize(
    ("changes", "properties"),
    few(
        [
            ({}, "file=campaign.json,line=3,endLine=3,col=13,endColumn=14,"),
            ({"range": Range(Position(3, 13, 52), Position(5, 2, 81))}, "file=campaign.json,line=3,endLine=5,"),
            ({"range": None}, "file=campaign.json,"),
            ({"range": None, "path": "<run>"}, ""),
            ({"range": None, "path": "<input>"}, ""),
            ({"path": "-"}, ""),
            ({"path": "=a,b:c.json", "range": None}, "file=./=a%2Cb%3Ac.json,"),
        ],
        3,
    ),
)
def test_places_are_told_as_far_as_github_takes_them(changes: dict[str, Any], properties: str) -> None:
    written = render(report(diagnostic(**changes)), Style())
    message = "budget 5 is below the minimum of 50; raise it to 50 or more%0ARule: splint rules SPL210"
    assert written == f"::error {properties}title=SPL210 budget-too-small::{message}\n"


def test_a_tool_error_is_an_error_of_splint() -> None:
    assert render(report(errors=[notification()]), Style()) == (
        "::error title=splint::gone.json: cannot be read: No such file or directory\n"
    )


def test_what_is_suppressed_or_absent_makes_no_command() -> None:
    silent = [diagnostic(suppressed=suppression(kind)) for kind in ("comment", "baseline")]
    assert render(report(*silent), Style()) == ""


def test_a_summary_of_a_job_is_the_comment_with_more_room() -> None:
    few = report(diagnostic(), diagnostic(severity="info"), errors=[notification()])
    assert job_summary(few) == comment(few, Style())
    many = report(*(diagnostic(path=f"{number}.json", summary="x" * 400) for number in range(4_000)))
    assert COMMENT_LIMIT < len(job_summary(many).encode()) <= SUMMARY_LIMIT
    assert re.search(r"\n\d+ more findings left out here", job_summary(many))
