"""The page of the payloads that examples edit, made from them: docs/examples.md."""

import orjson

from splint.rules.example import AS_OF
from splint.rules.pages import heading
from splint.testing import BASES, base

INTRODUCTION = f"""\
# The payloads that examples edit

A page of [the catalogue](rules/README.md) shows examples as edits of one of these payloads: a pointer names the
value, `/adgroups/0/ads/0/ad_name` the name of the first ad of the first ad group; `(removed)` takes the field away,
and `(2 times)` repeats the entry of a list. To see what splint says of an example, save the payload, make its edits,
and run the rule alone, as of the date of the examples:

```sh
splint check --isolated --as-of {AS_OF} --select SPL106 example.json
```

What stands in brackets behind an example's title is an option: `--as-of`, `--objectives`, a fact (`--fact
currency=USD`), and `--extend-select` for a rule that runs too. The rules of the reference (`REF...`) take `--profile
reference`, and edit the payloads at the end, which have the fields that this profile asks for. In Python they are
`splint.testing.base("cbo", "guide")`.
"""


def page() -> str:
    """The page in Markdown: a heading and the JSON of each payload, first those of the guide."""
    parts = [INTRODUCTION]
    for profile in ("guide", "reference"):
        for name in BASES:
            text = orjson.dumps(base(name, profile), option=orjson.OPT_INDENT_2).decode()
            parts.append(f"## {heading(profile, name)}\n\n```json\n{text}\n```\n")
    return "\n".join(parts)
