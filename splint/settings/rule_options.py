"""The options of rules in force: what the settings say in `rules.CODE`, held against what the rules declare."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from splint.reporting.wording import either, spelled
from splint.rules.options import Option
from splint.rules.registry import load
from splint.rules.rule import Rule, Selection
from splint.settings.config import Config, ConfigError, at_once
from splint.settings.selection import may_be_left_out

Options = dict[str, dict[str, Any]]
"""Values by the code of their rule and the name of the option."""


def with_options(rules: Sequence[Selection], given: Options) -> list[Selection]:
    """The rules with the options that are given to them."""
    return [
        Selection(rule.with_options(given[rule.code]), pack) if rule.code in given else Selection(rule, pack)
        for rule, pack in rules
    ]


def options_in_force(config: Config) -> Options:
    """Every option of every rule, of all profiles, given or by default. Raises ConfigError as `given_options`."""
    given = given_options(config)
    return {
        rule.code: {option.name: option.read(option.default) for option in rule.options} | given.get(rule.code, {})
        for rule, _ in load(config.plugins).rules
        if rule.options
    }


def of_loaded_rules(config: Config) -> Mapping[str, Mapping[str, Any]]:
    """What the settings say to rules of packs that are loaded."""
    codes = {rule.code for rule, _ in load(config.plugins).rules}
    return {code: values for code, values in config.rules.items() if code in codes}


def given_options(config: Config) -> Options:
    """The options that the settings give.

    Raises ConfigError for what is no table, no rule of any profile or no option of it, and for a value of another type:
    one for all of them.
    """
    rules = {rule.code: rule for rule, _ in load(config.plugins).rules}
    codes = [code for code in _table(config, config.rules, "") if code in rules or not may_be_left_out(code, config)]
    return dict(at_once(partial(_given, config, code, rules) for code in codes))


def _given(config: Config, code: str, rules: Mapping[str, Rule]) -> tuple[str, dict[str, Any]]:
    """The options that the settings give to one rule, after its code."""
    if code not in rules:
        named = next((f": write rules.{rule.code}" for rule in rules.values() if rule.name == code), "")
        from splint.schema.nearest import suggestion  # few words are misspelt

        close = named or suggestion(code, rules) or ": is its pack named in plugins?"
        raise _error(config, f"is no rule's code{close}", code)
    options = {option.name: option for option in rules[code].options}
    values = _table(config, config.rules[code], code).items()
    return code, dict(at_once(partial(_value, config, options, name, value, code) for name, value in values))


def _value(config: Config, options: Mapping[str, Option], name: str, value: Any, code: str) -> tuple[str, Any]:
    """A value as its option reads it, after the name of the option."""
    option = options.get(name)
    from splint.schema.nearest import suggestion  # few words are misspelt

    if option is None:
        known = f": there is {either(sorted(options), 'and')}" if options else ", which has none"
        raise _error(config, f"is no option of {code}{suggestion(name, options) or known}", code, name)
    if option.type == "texts" and isinstance(value, str) and origin_of(config, code, option.name) == "--config":
        value = [part.strip() for part in value.split(",") if part.strip()]
    try:
        return name, option.read(value)
    except ValueError as error:
        close = suggestion(value, option.type) if isinstance(option.type, tuple) else ""
        raise _error(config, f"is {error}{close}", code, option.name) from None


def origin_of(config: Config, *path: str) -> str:
    """`FILE:LINE`, or the option, that says something in `rules`; empty if nothing does."""
    return config.origins["rules"].place(*path) if "rules" in config.origins else ""


def _table(config: Config, value: Any, *path: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _error(config, f"is {spelled(value)}, but takes a table of options", *path)
    return value


def _error(config: Config, message: str, *path: str) -> ConfigError:
    return ConfigError(f"{config.named('rules', *path)}{''.join(f'.{step}' for step in path if step)} {message}")
