"""Settings files and options to the settings in force for a directory, each with where it comes from."""

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from splint.config import Config, ConfigError
from splint.library import Linter
from splint.settings.keys import KEYS, Reading, field, unknown
from splint.settings.toml import NAMES, File, Origin, read, read_inline


class Layer(NamedTuple):
    """What settings files say together: values of Config by key, and where each stands."""

    values: dict[str, Any]
    origins: dict[str, Origin]
    path: str | None = None

    def over(self, below: "Layer") -> "Layer":
        """What this one and another that it builds on say: tables are merged, some lists are joined."""
        values = dict(below.values)
        for name, value in self.values.items():
            if name in values and KEYS[name].adds:
                value = (*values[name], *value)
            elif name in values and isinstance(value, Mapping):
                value = {**values[name], **value}
            values[name] = value
        return Layer(values, below.origins | self.origins, self.path or below.path)


EMPTY = Layer({}, {})
ADDING = ("extend_select", "ignore", "plugins", "exclude")
"""Fields whose options add to what the settings say."""


def sorted_out(options: Iterable[str]) -> tuple[str | None, list[str]]:
    """The file and the single settings that `--config` names. Raises ConfigError for two files, or a missing one."""
    inline = [text for text in options if "=" in text and not os.path.exists(text)]
    files = [text for text in options if text not in inline]
    for file in files:
        if not os.path.isfile(file):
            raise ConfigError(f"--config {file}: no such file; a single setting is written KEY=VALUE")
    if len(files) > 1:
        raise ConfigError(f"--config names two files, {files[0]} and {files[1]}: let one extend the other")
    return (files[0] if files else None), inline


class Resolver:
    """Finds the settings for directories: the closest file upwards, `--config`, and the options of the command line.

    `options` are fields of Config that options or keywords give; they win over everything. Raises ConfigError for a
    settings file that is not readable, an unknown key and a wrong value.
    """

    def __init__(
        self, *, file: str | None = None, inline: Sequence[str] = (), isolated: bool = False, **options: Any
    ) -> None:
        self.isolated = isolated
        self.options = options
        self._fixed = self._file_layer(os.path.abspath(file), required=True) if file is not None else None
        self._inline = [_layer(read_inline(text), os.getcwd(), ()) for text in inline]
        self._layers: dict[str, Layer] = {}
        self._configs: dict[str | None, Config] = {}
        self._linters: dict[str | None, Linter] = {}

    def config_at(self, directory: str) -> Config:
        """The settings in force for the files of an absolute directory."""
        layer = self._layer_at(directory)
        if layer.path not in self._configs:
            self._configs[layer.path] = self._config(layer)
        return self._configs[layer.path]

    def linter_at(self, directory: str) -> Linter:
        """A linter with the settings in force for the files of an absolute directory."""
        path = self._layer_at(directory).path
        if path not in self._linters:
            self._linters[path] = Linter(self.config_at(directory))
        return self._linters[path]

    @property
    def linters(self) -> list[Linter]:
        """All linters that have been asked for."""
        return list(self._linters.values())

    def _layer_at(self, directory: str) -> Layer:
        if self._fixed is not None:
            return self._fixed
        if self.isolated:
            return EMPTY
        found = self._layers.get(directory)
        if found is None:
            found = self._layer_in(directory)
            if found is None:
                parent = os.path.dirname(directory)
                found = self._layer_at(parent) if parent != directory else EMPTY
            self._layers[directory] = found
        return found

    def _layer_in(self, directory: str) -> Layer | None:
        for name in NAMES:
            path = os.path.join(directory, name)
            if os.path.isfile(path) and (layer := self._file_layer(path)) is not None:
                return layer
        return None

    def _file_layer(self, path: str, *, required: bool = False) -> Layer | None:
        shown = _shown(path)
        file = read(path, shown)
        if file is None:
            if required:
                raise ConfigError(f"{shown}: holds no [tool.splint]")
            return None
        return _layer(file, os.path.dirname(path), (path,))

    def _config(self, layer: Layer) -> Config:
        for inline in self._inline:
            layer = inline.over(layer)._replace(path=layer.path)
        found = {field(key): value for key, value in layer.values.items() if key not in ("extend", "required-version")}
        origins = {field(key): origin for key, origin in layer.origins.items()}
        if "select" in self.options:  # a selection of one's own begins anew
            found = {name: value for name, value in found.items() if name not in ("extend_select", "ignore")}
        for name, value in self.options.items():
            option = OPTIONS.get(name, f"--{name.replace('_', '-')}")
            adds = name in ADDING and name in found
            found[name] = (*found[name], *value) if adds else value
            origins[name] = origins[name]._replace(option=option) if adds else Origin(option)
        return Config(**found, origins=origins)


OPTIONS = {"plugins": "--plugin", "facts": "--fact"}
"""The options that are not called like their fields."""


def _layer(file: File, root: str, extended: tuple[str, ...]) -> Layer:
    """What a settings file says, on top of what it extends."""
    reading = Reading(file, root)
    for name in file.values:
        if name not in KEYS:
            raise file.error((name,), unknown(name, KEYS))
    below = _extended(reading, extended) if "extend" in file.values else EMPTY
    values = {name: KEYS[name].read(reading, (name,), value) for name, value in file.values.items()}
    return Layer(values, {name: Origin("", file, (name,)) for name in values}, file.path).over(below)


def _extended(reading: Reading, extended: tuple[str, ...]) -> Layer:
    file = reading.file
    text = reading.text(("extend",), file.values["extend"])
    path = os.path.normpath(os.path.join(reading.root, os.path.expanduser(text)))
    if path in extended:
        raise file.error(("extend",), f"extend: {text} leads back to a file that extends this one")
    if not os.path.isfile(path):
        raise file.error(("extend",), f"extend: there is no file {_shown(path)}")
    other = read(path, _shown(path))
    if other is None:
        raise file.error(("extend",), f"extend: {_shown(path)} holds no [tool.splint]")
    return _layer(other, os.path.dirname(path), (*extended, path))


def _shown(path: str) -> str:
    return os.path.relpath(path).replace(os.sep, "/")
