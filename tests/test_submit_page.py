"""What the table of docs/submit.md on what stops a run quotes is in the code, with the status of its error."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from splint.submit import errors
from tests.submit.stops import ROWS

ROOT = Path(__file__).parent.parent
SOURCES = (*sorted((ROOT / "splint" / "submit").glob("*.py")), ROOT / "splint" / "cli" / "sending.py")


def texts(node: ast.AST) -> Iterator[str]:
    return (each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str))


@cache
def told() -> tuple[list[str], list[tuple[int, str]]]:
    """All texts of the code, and those that errors are made of, by the errors' statuses."""
    trees = [ast.parse(source.read_text()) for source in SOURCES]
    calls = [each for tree in trees for each in ast.walk(tree) if isinstance(each, ast.Call)]
    made = [
        (getattr(errors, call.func.id).status, text)
        for call in calls
        if isinstance(call.func, ast.Name) and hasattr(errors, call.func.id)
        for text in texts(call)
    ]
    return [text for tree in trees for text in texts(tree)], made


def test_the_table_has_rows_of_each_status() -> None:
    assert set.union(*(status for _, status in ROWS)) == {1, 2, 4, 5}


@pytest.mark.parametrize(("said", "statuses"), ROWS)
def test_what_a_row_quotes_is_said_with_its_status(said: str, statuses: set[int]) -> None:
    everything, made = told()
    assert any(said in text for text in everything), said
    assert {status for status, text in made if said in text} <= statuses
