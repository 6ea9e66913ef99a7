"""URLs that variables of a script are a part of."""

from io import BytesIO

import pytest

from splint.formats.document import Document
from splint.formats.json.reader import parse
from splint.formats.shell.reader import read_shell

SITE = "https://business-api.tiktok.com"
API = f"{SITE}/open_api/v1.3"
CREATE = "smart_plus/campaign/create/"


def urls(script: str) -> list[str]:
    """The URLs of the requests of a script."""
    read = read_shell("run.sh", BytesIO(script.encode()), parse)
    return [item.call.url for item in read if isinstance(item, Document) and item.call is not None]


@pytest.mark.parametrize(
    "script",
    [
        f"EP={CREATE}; curl \"{API}/$EP\" -d '{{}}'",
        f"EP={CREATE}; curl {API}/${{EP}} -d '{{}}'",
        f"V=v1.3\nEP={CREATE}\ncurl \"{SITE}/open_api/$V/$EP\" -d '{{}}'",
        f"EP={CREATE.rstrip('/')}\ncurl \"{API}/$EP/\" -d '{{}}'",
        f"EP=/open_api/v1.3/{CREATE}\ncurl \"{SITE}$EP\" -d '{{}}'",
    ],
)
def test_a_variable_in_the_path_of_a_url_counts_with_its_text(script: str) -> None:
    assert urls(f"{script}\n") == [f"{API}/{CREATE}"]


@pytest.mark.parametrize(
    "script",
    [
        f"curl \"{API}/$EP\" -d '{{}}'",
        f"EP={CREATE}; EP=campaign/create/; curl \"{API}/$EP\" -d '{{}}'",
        f"curl \"{API}/$EP\" -d '{{}}'; EP={CREATE}",
        f"EP={CREATE}; read -r EP; curl \"{API}/$EP\" -d '{{}}'",
        f"EP=$(gen); curl \"{API}/$EP\" -d '{{}}'",
    ],
)
def test_a_variable_whose_text_is_not_known_stays_in_a_url(script: str) -> None:
    assert not urls(f"{script}\n")[0].endswith(CREATE)


def test_a_variable_in_the_query_of_a_url_is_not_put_in() -> None:
    assert urls(f'T=canary-token; curl "{API}/{CREATE}?t=$T" -d "{{}}"\n') == [f"{API}/{CREATE}?t=$T"]
