"""The hook for pre-commit: an entry of a configuration, and where it is put."""

from itertools import pairwise
from typing import Any

import yaml

NAME = ".pre-commit-config.yaml"
HOOK = "splint"
OF_MANIFEST = (HOOK, "splint-all", "splint-fix")
"""The hooks of .pre-commit-hooks.yaml."""
ENTRY = f"""\
- repo: local
  hooks:
    - id: {HOOK}
      name: splint
      entry: splint check --untrusted-in-ci --force-exclude
      args: [--]
      language: system
      files: (?i:\\.(json|jsonc|ya?ml|ndjson|jsonl|sh|md|txt|parquet|arrow))$
      require_serial: true
"""
"""The hook, run with the splint that is installed, on all that it reads; a list's entry, not indented."""
CONFIGURATION = f"repos:\n{ENTRY}"
"""A whole configuration with the hook alone."""


def has_hook(text: str) -> bool:
    """Whether a configuration runs `splint check`; a text that is no YAML does not."""
    try:
        config = yaml.safe_load(text)
    except yaml.YAMLError:
        return False
    repos = config.get("repos") if isinstance(config, dict) else None
    return any(
        isinstance(hook, dict) and _is_of_splint(hook, is_local=repo.get("repo") == "local")
        for repo in (repos if isinstance(repos, list) else ())
        if isinstance(repo, dict)
        for hook in repo.get("hooks") or ()
    )


def _is_of_splint(hook: dict[str, Any], *, is_local: bool) -> bool:
    """Whether a hook runs `splint check`, by what it starts; one without an entry is of a manifest, and known by id."""
    entry, args = hook.get("entry"), hook.get("args")
    if entry is None and not is_local:
        return hook.get("id") in OF_MANIFEST
    words = [*str(entry).split(), *(map(str, args) if isinstance(args, list) else ())]
    names = [word.rpartition("/")[2] for word in words]
    return (HOOK, "check") in pairwise(names)


def with_hook(text: str) -> str | None:
    """A configuration with the hook behind its others, every other byte kept; None where no place for it is certain.

    Raises yaml.YAMLError for a text that is no YAML.
    """
    old, top = text, yaml.compose(text, yaml.SafeLoader)
    if not isinstance(top, yaml.MappingNode) or top.flow_style:
        return None
    keys = [key.value for key, _ in top.value]
    if "repos" not in keys:
        return None
    at = keys.index("repos")
    repos = top.value[at][1]
    if isinstance(repos, yaml.SequenceNode) and not repos.value:  # `[]`: its place stays empty, entries follow below
        text = text[: repos.start_mark.index].rstrip(" ") + text[repos.end_mark.index :]
    elif not isinstance(repos, yaml.SequenceNode) or repos.flow_style:
        return None
    lines = text.splitlines(keepends=True)
    line = top.value[at + 1][0].start_mark.line if at + 1 < len(keys) else len(lines)
    while line and (not lines[line - 1].strip() or lines[line - 1].startswith("#")):
        line -= 1  # blank lines and comments belong to what follows
    ending = "\r\n" if "\r\n" in text else "\n"
    indent = " " * repos.start_mark.column if repos.value else ""
    entry = "".join(f"{indent}{one}{ending}" for one in ENTRY.splitlines())
    before = "".join(lines[:line])
    before += "" if before.endswith("\n") else ending
    changed = before + entry + "".join(lines[line:])
    return changed if _adds_the_hook(old, changed) else None


def _adds_the_hook(text: str, changed: str) -> bool:
    """Whether a changed configuration is the old one with the hook, and nothing else."""
    try:
        old: Any = yaml.safe_load(text)
        new: Any = yaml.safe_load(changed)
    except yaml.YAMLError:
        return False
    return bool(new == {**old, "repos": [*old["repos"], *yaml.safe_load(ENTRY)]})
