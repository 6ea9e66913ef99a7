"""The one server of most tests: its start is most of what such a test would cost."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.server.client import EDITS, RELATED, Client

NUMBERS = count()


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the workspace of `server`."""
    return tmp_path_factory.mktemp("workspace")


@pytest.fixture(scope="session")
def server(root: Path) -> Iterator[Client]:
    """A server of a workspace that is trusted."""
    client = Client(root.parent)
    client.initialize(root, trusted=True, **EDITS, **RELATED)
    yield client
    assert client.end() == 0
    assert b"Traceback" not in client.errors, client.errors.decode()


@pytest.fixture
def here(root: Path) -> Path:
    """A directory of one test in the workspace; what ties campaigns, their ids, is another in each test."""
    path = root / f"test{next(NUMBERS)}"
    path.mkdir()
    return path
