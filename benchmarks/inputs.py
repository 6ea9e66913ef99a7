"""The input files of the benchmarks, created in one directory on first use."""

import json
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from benchmarks import bundles
from benchmarks.processes import SPLINT, output

LINES = 40_000


class Inputs:
    """The input files, below one directory."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    @cached_property
    def one(self) -> Path:
        """A bundle."""
        return self._json("one.json", bundles.bundle())

    @cached_property
    def yaml(self) -> Path:
        """The bundle as YAML."""
        path = self.directory / "one.yaml"
        path.write_text(yaml.safe_dump(bundles.bundle(), sort_keys=False))
        return path

    @cached_property
    def larger_yaml(self) -> Path:
        """A campaign of 13 KB as YAML, which has fewer quotes, brackets and blanks."""
        path = self.directory / "larger.yaml"
        path.write_text(yaml.safe_dump(bundles.bundle(0, creatives=6), sort_keys=False))
        return path

    @cached_property
    def large(self) -> Path:
        """A list of bundles, 1 MB."""
        path = self.directory / "large.json"
        path.write_text(json.dumps([bundles.bundle(number) for number in range(75)], indent=2))
        return path

    @cached_property
    def five(self) -> Path:
        """The bundle with five findings: a low budget, an id as a number, an odd field, and two more in its ads."""
        payload = bundles.bundle()
        group = payload["adgroups"][0]
        ad = group["ads"][0]
        payload["campaign"]["budget"] = 140
        group["pixel_id"] = int(group["pixel_id"])
        group["bid_price_type"] = "FIXED"
        del ad["creative_list"][1]["creative_info"]["identity_authorized_bc_id"]
        ad["landing_page_url_list"][0]["landing_page_url"] = "www.example.com/spring"
        return self._json("five.json", payload)

    @cached_property
    def broken(self) -> Path:
        """A bundle that violates the JSON Schema and each of Spectral's ten rules."""
        payload = bundles.bundle()
        [group, other] = payload["adgroups"]
        ad = group["ads"][0]
        payload["campaign"] |= {"budget": "plenty", "objective_type": "REACH"}
        group |= {"billing_event": "CPC", "schedule_start_time": "soon"}
        del group["optimization_event"], group["conversion_bid_price"]
        other["bid_type"] = "LOW"
        ad["ad_text_list"] *= 3
        ad["landing_page_url_list"][0]["landing_page_url"] = "www.example.com/spring"
        del ad["creative_list"][0]["creative_info"]["identity_authorized_bc_id"]
        return self._json("broken.json", payload)

    @cached_property
    def schema(self) -> Path:
        """The JSON Schema of a bundle."""
        path = self.directory / "schema.json"
        path.write_text(output([SPLINT, "schema", "bundle"], self.directory))
        return path

    @cached_property
    def files(self) -> Path:
        """1,000 bundles, a file each."""
        return bundles.files(self.directory / "files", 1000)

    def small_files(self, count: int) -> Path:
        """`count` of the smallest bundles, a file each."""
        path = self.directory / f"small-{count}"
        return path if path.exists() else bundles.files(path, count, bundles.smallest)

    @cached_property
    def varied_files(self) -> Path:
        """1,000 bundles that differ in fields, choices and counts, a file each."""
        return bundles.files(self.directory / "varied", 1000, bundles.varied)

    @cached_property
    def varied_lines(self) -> Path:
        """10,000 such bundles, one a line."""
        return bundles.ndjson(self.directory / "varied.ndjson", 10_000, bundles.varied)

    @cached_property
    def small(self) -> Path:
        """One of the smallest bundles."""
        return self._json("small.json", bundles.smallest())

    def lines(self, count: int) -> Path:
        """A file of `count` bundles, one per line."""
        path = self.directory / f"{count}.ndjson"
        if not path.exists():
            with self._all_lines.open() as source, path.open("w") as stream:
                stream.writelines(islice(source, count))
        return path

    @cached_property
    def _all_lines(self) -> Path:
        return bundles.ndjson(self.directory / "all.ndjson", LINES)

    def _json(self, name: str, payload: dict[str, Any]) -> Path:
        path = self.directory / name
        path.write_text(json.dumps(payload, indent=2))
        return path
