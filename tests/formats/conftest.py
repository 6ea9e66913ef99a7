"""The parsers of YAML that tests run with."""

import pytest

from splint.formats.yaml import parser


@pytest.fixture(params=["libyaml", "pure Python"])
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test with libyaml and with the parser that stands in where libyaml is missing."""
    if request.param == "pure Python":
        monkeypatch.setattr(parser, "_parser", parser._PurePython)
