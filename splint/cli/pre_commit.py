"""The hook for pre-commit: an entry of a configuration, and where it is put."""

import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import yaml

NAME = ".pre-commit-config.yaml"
HOOK = "splint"
OF_MANIFEST = (HOOK, "splint-all", "splint-fix")
"""The hooks of .pre-commit-hooks.yaml."""
_PROGRAM = re.compile(rf"(^|[/\\]){HOOK}(\.exe)?(@.*)?$")
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


class _Texts(yaml.SafeLoader):
    """Reads every scalar as a text: a date that there is not, or a number that is too long, stops nothing."""

    yaml_implicit_resolvers = {"<": yaml.SafeLoader.yaml_implicit_resolvers["<"]}  # `<<` merges


def _loaded(text: str) -> Any:
    """The configuration as pre-commit sees it; None for a text that cannot be read."""
    try:
        return yaml.load(text, _Texts)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, ValueError, RecursionError):
        return None


def _hooks(text: str) -> Iterator[tuple[dict[str, Any], bool]]:
    """The hooks of a configuration, each with whether it is the repository's own."""
    config = _loaded(text)
    repos = config.get("repos") if isinstance(config, dict) else None
    for repo in repos if isinstance(repos, list) else ():
        hooks = repo.get("hooks") if isinstance(repo, dict) else None
        for hook in hooks if isinstance(hooks, list) else ():
            if isinstance(hook, dict):
                yield hook, repo.get("repo") == "local"


def has_hook(text: str) -> bool:
    """Whether a configuration runs `splint check`; a text that is no YAML does not."""
    return any(_is_of_splint(hook, is_local=is_local) for hook, is_local in _hooks(text))


def has_id(text: str) -> bool:
    """Whether a hook of a configuration has the id of ours, whatever it runs."""
    return any(hook.get("id") == HOOK for hook, _ in _hooks(text))


def _is_of_splint(hook: dict[str, Any], *, is_local: bool) -> bool:
    """Whether a hook runs `splint check`, by what it starts; one without an entry is of a manifest, and known by id."""
    entry, args = hook.get("entry"), hook.get("args")
    if entry is None and not is_local:
        return hook.get("id") in OF_MANIFEST
    words = [*_words(str(entry)), *(map(str, args) if isinstance(args, list) else ())]
    return _runs_check(words)


def _runs_check(words: list[str]) -> bool:
    """Whether the words of a command line hold `splint check`, or the text for a shell behind its `-c` does."""
    if any(re.fullmatch(r"-\w*c", option) and _runs_check(_words(text)) for option, text in pairwise(words)):
        return True
    named = [word for word in words if not word.startswith("-")]
    return any(word == "check" and _PROGRAM.search(before) for before, word in pairwise(named))


def _words(command: str) -> list[str]:
    """The words of a command line; backslashes stand in paths of Windows."""
    split = shlex.shlex(command, posix=True, punctuation_chars=True)
    split.whitespace_split, split.escape, split.commenters = True, "", ""
    try:
        return list(split)
    except ValueError:  # a quote that is not closed
        return command.split()


def with_hook(text: str) -> str | None:
    """A configuration with the hook behind its others, every other byte kept; None where no place for it is certain."""
    config = _loaded(text)
    top = yaml.compose(text, yaml.SafeLoader) if config is not None else None
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
    is_right = _loaded(changed) == {**config, "repos": [*config["repos"], *_loaded(ENTRY)]}
    return changed if is_right else None
