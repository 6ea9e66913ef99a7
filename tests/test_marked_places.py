"""What people are shown of a missing field is the same in every format: its object's name, else the opening."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

import splint
from splint.testing import BASES

GROUP = {key: value for key, value in BASES["cbo"]["adgroups"][0].items() if key != "ads"}
CREATE = "curl https://business-api.tiktok.com/open_api/v1.3/smart_plus/adgroup/create/ -d"


def lacking(name: str, group: Mapping[str, Any]) -> dict[str, str]:
    """Files that hold an ad group without a field, one a format."""
    body = {key: value for key, value in group.items() if key != name}
    bundle = {**BASES["cbo"], "adgroups": [body]}
    alone = json.dumps({"advertiser_id": "7000000000000000001", "campaign_id": "7000000000000000002", **body}, indent=2)
    written = json.dumps(bundle, indent=2)
    block = yaml.safe_dump(bundle, sort_keys=False)
    return {
        "a.json": written,
        "a.jsonc": f"// Spring\n{written}",
        "line.json": json.dumps(bundle),
        "a.ndjson": f"{json.dumps(bundle)}\n",
        "block.yaml": block,
        "flow.yaml": yaml.safe_dump(bundle, sort_keys=False, default_flow_style=True),
        "json.yaml": written,
        "a.sh": f"{CREATE} '{alone}'\n",
        "json.md": f"# Spring\n\n```json\n{written}\n```\n",
        "yaml.md": f"# Spring\n\n```yaml\n{block}```\n",
        "curl.md": f"# Spring\n\n```sh\n{CREATE} '{alone}'\n```\n",
    }


def shown(path: Path) -> list[str]:
    """What is marked of each SPL008 of a file."""
    text = path.read_text()
    marked = [one.marked for one in splint.check(path, select=["SPL008"]).diagnostics]
    return [text.encode()[place.start.offset : place.end.offset].decode() for place in marked if place is not None]


@pytest.mark.parametrize("name", lacking("", {}))
def test_a_missing_field_is_shown_at_the_name_of_its_object(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(lacking("optimization_goal", GROUP)[name])
    assert [key.strip('"') for key in shown(path)] == ["adgroup_name"]


@pytest.mark.parametrize("name", lacking("", {}))
def test_a_missing_name_is_shown_at_the_opening_of_its_object(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(lacking("adgroup_name", GROUP)[name])
    assert shown(path) == ["promotion_type" if name in ("block.yaml", "yaml.md") else "{"]


def test_an_object_that_opens_below_its_key_is_shown_at_the_key(tmp_path: Path) -> None:
    """Its range stays the opening, which is the first key of a block of YAML."""
    campaign = {key: value for key, value in BASES["cbo"]["campaign"].items() if key != "campaign_name"}
    path = tmp_path / "a.yaml"
    path.write_text(yaml.safe_dump({**BASES["cbo"], "campaign": campaign}, sort_keys=False))
    assert shown(path) == ["campaign"]
    (one,) = splint.check(path, select=["SPL008"]).diagnostics
    assert (one.range.start.line if one.range else None) == 2
    path = tmp_path / "a.json"
    path.write_text(json.dumps({**BASES["cbo"], "campaign": campaign}, indent=2).replace(": {", ":\n  {"))
    assert shown(path) == ['"campaign"']
