"""Texts with a cursor in them, and texts of all languages that editors show."""

import json
from functools import cache
from typing import Any

import yaml

from splint import Linter
from splint.server.view import View
from splint.testing import base

BUNDLE: dict[str, Any] = {
    **base("cbo", "guide"),
    "facts": {"currency": "EUR"},
}
"""A campaign with its ad groups and ads."""


def cut(marked: str) -> tuple[str, int]:
    """A text without its cursor |, and the offset of the cursor."""
    offset = marked.index("|")
    return marked[:offset] + marked[offset + 1 :], offset


@cache
def linter(profile: str, *objectives: str) -> Linter:
    """The rules of a profile, for the objectives that settings list, if any."""
    return Linter(profile=profile, objectives=objectives or None)


def view(text: str, language: str, profile: str = "guide", *objectives: str) -> View:
    """A view of a text with the rules of a profile, without findings."""
    return View(text, language, profile, linter(profile, *objectives).ruleset())


def at(marked: str, language: str, profile: str = "guide", *objectives: str) -> tuple[View, int]:
    """A view of a text with a cursor, and the cursor's offset."""
    text, offset = cut(marked)
    return view(text, language, profile, *objectives), offset


class Dumper(yaml.SafeDumper):
    """Writes no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        """Every value stands for itself."""
        return True


def as_yaml(value: Any, flow: bool | None = False) -> str:
    """YAML in block style, flow style (True), or both mixed (None)."""
    return yaml.dump(value, Dumper=Dumper, sort_keys=False, default_flow_style=flow, allow_unicode=True)


_CAMPAIGN = json.dumps(BUNDLE["campaign"])
_URL = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
_MARKDOWN = f"""# Spring

- one
  ```json
  {_CAMPAIGN}
  ```

> ~~~yaml
> budget: 1
> ~~~

```sh
curl {_URL} -d '{_CAMPAIGN}'
```

<!-- splint: ignore[SPL001] -->
    curl {_URL} -d '{{}}'
"""
_SETTINGS = """[tool.splint]
select = ["SPL1", "SPL210"]
per-file-ignores = {"a.json" = ["SPL103"]}

[tool.splint.severity]
SPL102 = "info"

[[tool.splint.overrides]]
ignore = [
  "SPL2", # no
]
"""
TEXTS: dict[str, tuple[str, str]] = {
    "json": (json.dumps(BUNDLE, indent=2), "json"),
    "json on one line": (json.dumps(BUNDLE), "json"),
    "jsonc": ("// splint: ignore[SPL210]\n" + json.dumps(BUNDLE, indent=2).replace("{\n", "{ /* { */\n", 1), "jsonc"),
    "ndjson": (f"{_CAMPAIGN}\n{json.dumps(BUNDLE)}\n", "ndjson"),
    "yaml": ("# splint: ignore[SPL210, SPL2]\n" + as_yaml(BUNDLE), "yaml"),
    "yaml flow": (as_yaml(BUNDLE, True), "yaml"),
    "yaml mixed": (as_yaml(BUNDLE, None), "yaml"),
    "yaml stream": (f"{as_yaml(BUNDLE['campaign'])}---\n{as_yaml(BUNDLE)}", "yaml"),
    "yaml anchors": (
        "base: &b\n  budget: 5\ncampaign:\n  <<: *b\n  campaign_name: 'x'\n  objective_type: |\n   a\n",
        "yaml",
    ),
    "shell": (f'curl -X POST {_URL} -d \'{_CAMPAIGN}\'\ncurl {_URL} -d "{{\\"budget\\": 1}}"\n', "shell"),
    "here-document": (f"cat <<EOF | curl {_URL} -d @-\n{json.dumps(BUNDLE['campaign'], indent=1)}\nEOF\n", "shell"),
    "markdown": (_MARKDOWN, "markdown"),
    "settings": (_SETTINGS, "toml"),
}
"""Valid texts, by what they are; each with its language."""
