"""Which rules the selectors of a config turn on: codes, prefixes and names."""

from collections.abc import Collection, Iterable, Sequence
from functools import partial

from splint.reporting.wording import either
from splint.rules.registry import PROFILES, Registry, load
from splint.rules.rule import Selection
from splint.settings.config import Config, ConfigError, Selectors, at_once

LETTERS_FOR_DIGITS = str.maketrans("OoIl", "0011")
"""The letters that are read for digits: SPL21O is written for SPL210."""


def selected_rules(config: Config) -> list[Selection]:
    """The rules that the selectors of a config enable.

    As in ruff the highest source that names a rule decides; within it the most specific selector does, and of equally
    specific ones `ignore`. Raises ConfigError for a selector that matches no rule, PluginError for a plugin that cannot
    be loaded.
    """
    registry = registry_of(config)
    fields = (("select", config.select), ("extend_select", config.extend_select))
    at_once(
        (
            *(partial(_selects, word, config, field, registry.rules) for field, words in fields for word in words),
            *(partial(known, word, config, "ignore") for word in config.ignore),
        )
    )
    layers = config.layers or (Selectors(config.select, config.extend_select, config.ignore),)
    rules = in_profile(registry.rules)
    if not any(words for layer in layers for words in layer):  # most settings name no rule: 0.4 % of a start
        return rules
    return [selection for selection in rules if _is_on(selection, layers)]


def as_one(config: Config) -> Config:
    """The config with selectors that turn on the same rules in one source: it names those that sources disagree on."""
    alone = config._replace(layers=())
    on, otherwise = ({selection.rule.code for selection in selected_rules(one)} for one in (config, alone))
    if on == otherwise:
        return alone
    kept = {word for rule, _ in registry_of(config).rules if rule.code in on for word in (rule.code, rule.name)}
    ignore = (*(word for word in config.ignore if word not in kept), *sorted(otherwise - on))
    return alone._replace(extend_select=(*config.extend_select, *sorted(on - otherwise)), ignore=ignore)


def registry_of(config: Config) -> Registry:
    """The registry of a config. Raises ConfigError for an unknown profile, PluginError as `selected_rules`."""
    if config.profile not in tuple(PROFILES):
        raise ConfigError(f"{config.named('profile')}: {config.profile!r} is none of {', '.join(PROFILES)}")
    return load(config.plugins, config.profile)


def _selects(selector: str, config: Config, field: str, rules: Iterable[Selection]) -> None:
    """Raise ConfigError for a selector that matches none of some rules."""
    if selector != "ALL" and not any(_reach(selector, selection) for selection in rules):
        if (field != "select" or config.lacks_rules) and may_be_left_out(selector, config):
            return
        raise ConfigError(f"{config.named(field, selector)}: {selector!r} {_unknown(selector, config)}")


def in_profile(rules: Sequence[Selection]) -> list[Selection]:
    """The rules without those that another of them replaces: where packs contradict each other, the later one wins."""
    replaced = {code for selection in rules for code in selection.rule.replaces}
    return [selection for selection in rules if selection.rule.code not in replaced]


def known(selector: str, config: Config, field: str) -> None:
    """Raise ConfigError for a selector that matches no rule of any profile."""
    if selector == "ALL" or any(
        _reach(selector, selection) for selection in load(config.plugins, config.profile).rules
    ):
        return
    is_rule = any(_reach(selector, selection) for selection in load(config.plugins).rules)
    if not is_rule and not may_be_left_out(selector, config):
        where = f"{config.named(field, selector)}: " if field else ""
        raise ConfigError(f"{where}{selector!r} {_unknown(selector, config)}")


def may_be_left_out(selector: str, config: Config) -> bool:
    """Whether a selector that matches no rule may be of a plugin that is left out or wrong, and not a misspelt one.

    A code is, unless its letters are the prefix of a pack that is loaded; a name, unless it is close to a loaded one.
    """
    if not config.left_out and not config.lacks_rules:
        return False
    every = load(config.plugins).rules
    letters = selector.rstrip("0123456789")
    if letters.isalpha() and letters.isupper():
        return letters not in {selection.pack.prefix for selection in every}
    from splint.schema.nearest import nearest  # few words are misspelt

    return nearest(selector, {word for rule, _ in every for word in (rule.code, rule.name)}) is None


def reached(selectors: Iterable[str], rules: Iterable[Selection]) -> frozenset[str]:
    """The codes of the rules that selectors match."""
    words = tuple(selectors)
    return frozenset(selection.rule.code for selection in rules if any(_reach(word, selection) for word in words))


def _unknown(selector: str, config: Config) -> str:
    """The reason why a selector matches no rule: it is misspelt, or belongs to another profile."""
    every = load(config.plugins).rules
    if any(_reach(selector, selection) for selection in every):
        other = next(name for name in PROFILES if name != config.profile)
        return f"is a rule of the profile {other} only: add --profile {other}"
    return f"is no rule's code, prefix or name{hint(selector, every)}"


def hint(word: str, rules: Collection[Selection]) -> str:
    """What a word that selects no rule may mean: the names that it is a part of, or the nearest code or name.

    No prefix is near a code: SPL9 is none of SPL319.
    """
    known = [selection.rule for selection in rules]
    parts = sorted(rule.name for rule in known if len(word) > 2 and word.lower() in rule.name)
    if parts:
        more = f" and {len(parts) - 3} more" if len(parts) > 3 else ""
        return f": {either(parts[:3], 'and')}{more} {'has' if len(parts) == 1 else 'have'} it in the name"
    return f": did you mean {close}?" if (close := meant(word, rules)) else ": splint rules lists them"


def meant(word: str, rules: Collection[Selection]) -> str | None:
    """The code or name of a rule that a word is written for; no code that has another digit: it is any other rule's."""
    from splint.schema.nearest import nearest  # few words are misspelt

    codes = {selection.rule.code for selection in rules}
    read = next((one for one in (word.translate(LETTERS_FOR_DIGITS), word.upper()) if one in codes), None)
    known = {*(selection.rule.name for selection in rules), *(code for code in codes if len(code) < len(word))}
    return read or nearest(word, known)


def _is_on(selection: Selection, layers: Iterable[Selectors]) -> bool:
    is_on = True
    for select, extend_select, ignore in layers:
        begun = () if select is None else select or ("ALL",)
        on = max((_reach(selector, selection) for selector in (*begun, *extend_select)), default=0)
        off = max((_reach(selector, selection) for selector in ignore), default=0)
        is_on = on > off if begun or on or off else is_on
    return is_on


def _reach(selector: str, selection: Selection) -> int:
    """How specifically a selector matches a rule; 0 if it does not."""
    if selector in (selection.rule.code, selection.rule.name):
        return 100
    if selector == "ALL":
        return 1
    return 1 + len(selector) if selector and selection.rule.code.startswith(selector) else 0
