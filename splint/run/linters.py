"""The linter for each directory, built from the settings in force there."""

import os
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from splint.files.trust import current
from splint.rules.hooks import PluginError
from splint.run.linter import Linter
from splint.settings.config import Config, ConfigError
from splint.settings.resolver import Resolver
from splint.settings.toml import Origin


class Linters:
    """Builds one linter for each settings file of a resolver; directories with the same file share it."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._by_config: dict[int, tuple[Config, Linter]] = {}
        self._by_directory: dict[str, Linter] = {}

    def at(self, directory: str) -> Linter:
        """The linter with the settings in force for the files in an absolute directory.

        Raises ConfigError for an invalid setting and PluginError, whose message begins with the file and line that name
        the plugin.
        """
        linter = self._by_directory.get(directory)
        if linter is None:
            config = self._resolver.read_at(directory)
            if id(config) not in self._by_config:
                self._by_config[id(config)] = config, _linter(config)
            linter = self._by_directory[directory] = self._by_config[id(config)][1]
        return linter


def _linter(config: Config) -> Linter:
    _announce(config.plugins, config.origins.get("plugins"))
    if config.left_out:
        current().announce_left_out(config.left_out)
    return _made(config)


def _made(config: Config) -> Linter:
    """The linter of a config. A plugin that cannot be loaded is told with the mistakes in all the rest."""
    try:
        return Linter(config)
    except PluginError as error:
        named, placed = f"{error} ", _placed(error, config)
        plugins = tuple(one for one in config.plugins if not named.startswith((f"plugin {one} ", f"plugin {one}:")))
        if len(plugins) < len(config.plugins):
            rest = config._replace(plugins=plugins, lacks_rules=True, mistakes=(*config.mistakes, str(placed)))
            try:
                _made(rest)
            except ConfigError as told:
                if len(told.args) > 1:
                    raise told from error
        if config.mistakes:
            raise ConfigError(*config.mistakes, str(placed)) from error
        raise placed from error


def _placed(error: PluginError, config: Config) -> PluginError:
    """The error with the file and line of the settings that name the plugin before its message."""
    origin, message = config.origins.get("plugins"), str(error)
    for plugin in config.plugins if origin is not None else ():
        if origin is not None and isinstance(plugin, str) and message.startswith(f"plugin {plugin}"):
            names = (word for word in _words(origin) if plugin == word or plugin.endswith(word.removeprefix(".")))
            place = next(filter(None, map(origin.place, names)), "")
            return PluginError(f"{place}: {message}") if place else error
    return error


def _announce(plugins: Sequence[str | ModuleType], origin: Origin | None) -> None:
    """Announce those of these plugins that settings files name, before any of their code runs."""
    while origin is not None:
        if origin.file is not None and origin.file.text:
            directory = os.path.dirname(origin.file.path)
            for word in origin.file.values["plugins"]:
                if isinstance(word, str) and {word, os.path.normpath(os.path.join(directory, word))} & {*plugins}:
                    current().announce(word, origin.file.shown)
        origin = origin.below


def _words(origin: Origin) -> list[str]:
    """The plugins as the settings files spell them."""
    value: Any = origin.file.values["plugins"] if origin.file is not None else []
    return (value.split(",") if isinstance(value, str) else list(value)) + (
        _words(origin.below) if origin.below is not None else []
    )
