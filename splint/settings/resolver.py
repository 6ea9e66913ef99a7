"""Merges settings files and options to the settings in force for a directory, with the origin of each."""

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from splint.files import from_here
from splint.files.streams import RefusedError
from splint.files.trust import BRINGING_RULES, OF_A_PROJECT, current, lies_in
from splint.rules.registry import PROFILES
from splint.settings.config import Config, ConfigError, Mistakes, Selectors, selectors_of
from splint.settings.toml import NAMES, File, Origin, read, read_inline


class Layer(NamedTuple):
    """The merged values of settings files, by key, and their origins."""

    values: dict[str, Any]
    origins: dict[str, Origin]
    path: str | None = None
    """The path of the settings file itself, not of one that it extends."""
    left_out: tuple[str, ...] = ()
    """As in `Config`."""
    mistakes: tuple[str, ...] = ()
    """As in `Config`."""
    selectors: tuple[Selectors, ...] = ()
    """The `layers` of the Config."""
    lacks_rules: bool = False
    """As in `Config`."""

    def over(self, below: "Layer") -> "Layer":
        """Merge this layer over another: tables are merged, keys that `adds` are joined, other values replaced."""
        from splint.settings.keys import KEYS, field  # only where a settings file is read

        dropped = RESET_BY_SELECT if "select" in self.values else ()
        values = {name: value for name, value in below.values.items() if field(name) not in dropped}
        origins = {name: origin for name, origin in below.origins.items() if name in values}
        for name, value in self.values.items():
            origin = self.origins[name]
            if name in values and (KEYS[name].adds or isinstance(value, Mapping)):
                origin = origin.over(origins[name])
                value = (*values[name], *value) if KEYS[name].adds else _merged(values[name], value)
            values[name], origins[name] = value, origin
        selectors = below.selectors
        for own in self.selectors:
            selectors = own.over(selectors)
        return Layer(
            values,
            origins,
            self.path or below.path,
            self.left_out + below.left_out,
            self.mistakes + below.mistakes,
            selectors,
            self.lacks_rules or below.lacks_rules,
        )


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """A table over another, key by key; so are the tables in them."""
    both = {key for key in above if isinstance(above[key], Mapping) and isinstance(below.get(key), Mapping)}
    return {**below, **{key: _merged(below[key], above[key]) if key in both else above[key] for key in above}}


RESET_BY_SELECT = ("extend_select", "ignore")
"""Fields that a `select` of a higher layer resets."""
WIDEST = max(PROFILES, key=lambda name: len(PROFILES[name]))
"""The profile of all packs, where a mistake leaves open which one is meant: no selector is wrong for it."""
EMPTY = Layer({}, {})
ADDING = ("extend_select", "ignore", "plugins", "exclude")
"""Fields whose options add to the values of settings files."""


def split_config(options: Iterable[str]) -> tuple[str | None, list[str]]:
    """Split the values of `--config` into the file and the KEY=VALUE settings.

    Raises ConfigError for a second file and for a missing one.
    """
    inline = [text for text in options if "=" in text and not os.path.isfile(text)]
    files = [text for text in options if text not in inline]
    for file in files:
        if not os.path.isfile(file):
            why = "no file but a directory" if os.path.isdir(file) else "no plain file"
            why = why if os.path.exists(file) else "no such file"
            raise ConfigError(f"--config {file}: {why}; a single setting is written KEY=VALUE")
    if len(files) > 1:
        raise ConfigError(f"--config names two files, {files[0]} and {files[1]}: let one extend the other")
    return (files[0] if files else None), inline


class Resolver:
    """Resolves the settings of directories: the closest settings file upwards, then `--config`, then `options`.

    `options` are fields of Config given by options or keyword arguments; they take precedence. Raises ConfigError for a
    settings file that cannot be read, an unknown key and an invalid value.
    """

    def __init__(
        self, *, file: str | None = None, inline: Sequence[str] = (), isolated: bool = False, **options: Any
    ) -> None:
        self.isolated = isolated
        self.options = options
        self._fixed = self._file_layer(os.path.abspath(from_here(file)), required=True) if file is not None else None
        self._inline = [_layer(read_inline(text), os.getcwd()) for text in inline]
        if "rules" in options:  # a keyword: its tables are merged over those of files
            file_of_keyword = File("", "Linter(rules=...)", "", (), {"rules": options.pop("rules")})
            self._inline.append(_layer(file_of_keyword, os.getcwd()))
        self._layers: dict[str, Layer] = {}
        self._configs: dict[str | None, Config] = {}

    @classmethod
    def from_options(cls, words: Iterable[str], *, isolated: bool, **options: Any) -> "Resolver":
        """The resolver for `--config` and `--isolated`. Raises ConfigError if they contradict each other."""
        file, inline = split_config(words)
        if isolated and file is not None:
            raise ConfigError(f"--isolated reads no settings file, but --config names {file}: leave one of them out")
        return cls(file=file, inline=inline, isolated=isolated, **options)

    def config_at(self, directory: str) -> Config:
        """The settings in force for the files in an absolute directory."""
        config = self.read_at(directory)
        Mistakes(config.mistakes).tell()
        return config

    def read_at(self, directory: str) -> Config:
        """What is right in the settings for a directory; the `mistakes` of the Config are raised by who uses it."""
        layer = self._layer_at(directory)
        if layer.path not in self._configs:
            self._configs[layer.path] = self._config(layer)
        return self._configs[layer.path]

    def root_at(self, directory: str) -> str:
        """The directory of the settings file in force for a directory; the working directory if there is none."""
        path = self._layer_at(directory).path
        return os.getcwd() if path is None else os.path.dirname(path)

    def _layer_at(self, directory: str) -> Layer:
        if self._fixed is not None:
            return self._fixed
        if self.isolated:
            return EMPTY
        below: list[str] = []
        layer = self._layers.get(directory)
        while layer is None:
            below.append(directory)
            layer = self._layer_in(directory)
            if layer is None:
                parent = os.path.dirname(directory)
                layer = self._layers.get(parent) if parent != directory else EMPTY
                directory = parent
        self._layers.update(dict.fromkeys(below, layer))
        return layer

    def _layer_in(self, directory: str) -> Layer | None:
        if not current().looks_into(directory):
            return None
        for name in NAMES:
            path = os.path.join(directory, name)
            if not os.path.isfile(path):
                if os.path.exists(path):
                    raise ConfigError(f"{_shown(path)}: it is no plain file, and settings are read from no other")
            elif (layer := self._file_layer(path)) is not None:
                return layer
        return None

    def _file_layer(self, path: str, *, required: bool = False) -> Layer | None:
        shown, trust = _shown(path), current()
        is_strange = trust.is_strange(path) if required else trust.untrusted
        if is_strange:
            try:
                trust.check_settings(path)
            except RefusedError as error:
                raise ConfigError(f"{shown}: {error}") from None
        file = read(path, shown)
        if file is None:
            if required:
                raise ConfigError(f"{shown}: holds no [tool.splint]")
            return None
        if not is_strange:
            return _layer(file, os.path.dirname(path))
        trust.announce_passed_over(file.values, shown)
        left_out = self._left_out(file)
        file = file._replace(values={key: value for key, value in file.values.items() if trust.accepts(key)})
        return _layer(file, os.path.dirname(path))._replace(left_out=left_out)

    def _left_out(self, file: File) -> tuple[str, ...]:
        """What a file of an untrusted tree names that brings rules, but for what the options name too."""
        words, extended = file.values.get("plugins"), file.values.get("extend")
        named = [word for word in (*(words if isinstance(words, list) else ()), extended) if isinstance(word, str)]
        root, ours = (
            os.path.dirname(file.path),
            {word for word in self.options.get("plugins", ()) if isinstance(word, str)},
        )
        paths = {os.path.abspath(word) for word in ours}
        return tuple(
            word for word in named if word not in ours and os.path.abspath(os.path.join(root, word)) not in paths
        )

    def _config(self, layer: Layer) -> Config:
        mistakes = Mistakes()
        with mistakes.noted():
            if layer.path is not None:
                layer = self._within_project(layer, os.path.dirname(layer.path))
        for inline in self._inline:
            layer = inline.over(layer)._replace(path=layer.path)
        fields, origins = _fields(layer) if layer.values else ({}, {})
        layers = selectors_of(self.options).over(layer.selectors)
        if "select" in self.options:  # a `select` resets the fields of lower layers
            for name in RESET_BY_SELECT:
                fields.pop(name, None)
                origins.pop(name, None)
        for name, value in self.options.items():
            option = OPTIONS.get(name, f"--{name.replace('_', '-')}")
            adds = name in ADDING and name in fields
            fields[name] = (*fields[name], *value) if adds else value
            origins[name] = origins[name]._replace(option=option) if adds else Origin(option)
        trust = current()
        for name, value, is_forced in (
            ("respect_gitignore", False, trust.untrusted),
            ("no_ignores", True, not trust.accepts_ignores),
        ):
            if is_forced:
                fields[name], origins[name] = value, Origin(UNTRUSTED)
        project = layer.path and os.path.dirname(layer.path)
        told = (*mistakes.lines, *layer.mistakes)
        return Config(
            **fields,
            layers=layers,
            origins=origins,
            project=project,
            left_out=layer.left_out,
            lacks_rules=layer.lacks_rules,
            mistakes=told,
        )

    def _within_project(self, layer: Layer, project: str) -> Layer:
        """A layer without keys that make splint write files, unless it is the layer of the working directory.

        Raises ConfigError for an output path outside of the project.
        """
        from splint.settings.keys import field  # only where a settings file is read

        if layer.path != self._layer_at(os.getcwd()).path:
            return layer._replace(values={k: v for k, v in layer.values.items() if field(k) not in OF_A_PROJECT})
        words = (*layer.values.get("output-format", ()), f"={layer.values.get('output-file', '')}")
        inside = (os.path.realpath(project), os.path.realpath("."))
        for word in words:
            name, _, target = word.partition("=")
            if target not in ("", "-") and not lies_in(os.path.realpath(target), inside):
                key = "output-format" if name else "output-file"
                message = f"{key}: {target} leads out of {_shown(project)}: settings write nothing there, --{key} does"
                raise ConfigError(f"{layer.origins[key].place()}: {message}")
        return layer


UNTRUSTED = "untrusted (--untrusted or SPLINT_UNTRUSTED)"
"""What is named as the origin of a setting that an untrusted tree forces."""
OPTIONS = {"plugins": "--plugin", "facts": "--fact"}
"""The options whose names differ from those of their fields."""


def _layer(file: File, root: str) -> Layer:
    """The layer of a settings file, merged over those of the files that it extends."""
    chain = [_alone(file, root)]
    seen = {os.path.realpath(file.path)}
    mistakes = Mistakes()
    while "extend" in chain[-1].values and not mistakes.lines:
        with mistakes.noted():
            file, root = _extended(file, root, seen)
            chain.append(_alone(file, root))
    layer = chain.pop()
    if mistakes.lines:
        layer = _lacking(layer, mistakes.lines)
    while chain:
        layer = chain.pop().over(layer)
    return layer


def _lacking(layer: Layer, told: Iterable[str]) -> Layer:
    """A layer whose rules are not all known, for these mistakes."""
    values = {"profile": WIDEST, **layer.values}
    origins = {"profile": Origin(), **layer.origins}
    return layer._replace(values=values, origins=origins, mistakes=(*layer.mistakes, *told), lacks_rules=True)


def _fields(layer: Layer) -> tuple[dict[str, Any], dict[str, Origin]]:
    """The values and origins of a layer by field of Config."""
    from splint.settings.keys import field  # only where a settings file is read

    fields = {field(key): value for key, value in layer.values.items() if key not in ("extend", "required-version")}
    return fields, {field(key): origin for key, origin in layer.origins.items()}


def _alone(file: File, root: str) -> Layer:
    """The layer of a settings file alone. `required-version` is checked first: other versions have other keys."""
    from splint.settings.keys import KEYS, members  # only where a settings file is read
    from splint.settings.reading import Reading  # only where a settings file is read

    mistakes = Mistakes()
    reading, given = Reading(file, root, mistakes), file.values
    values = members(reading, (), {name: given[name] for name in given if name == "required-version"}, KEYS)
    mistakes.tell()
    values |= members(reading, (), {name: given[name] for name in given if name in BRINGING_RULES}, KEYS)
    lacks_rules = bool(mistakes.lines)  # where one of these is wrong, no selector can be told to be
    first = ("required-version", *BRINGING_RULES)
    values |= members(reading, (), {name: given[name] for name in given if name not in first}, KEYS)
    if "profile" not in values and any(name in given and name not in values for name in ("profile", "extend")):
        values["profile"] = WIDEST
    origins = {name: Origin("", file, (name,)) for name in values}
    selectors = selectors_of({name.replace("-", "_"): value for name, value in values.items()})
    return Layer(
        values,
        origins,
        file.path,
        mistakes=tuple(mistakes.lines),
        selectors=selectors.over(()),
        lacks_rules=lacks_rules,
    )


def _extended(file: File, root: str, seen: set[str]) -> tuple[File, str]:
    """The settings file that another one extends, and its directory. Raises ConfigError if it cannot be extended.

    `seen` are the files that stand above it already, to which it is added.
    """
    text = file.values["extend"]
    if not file.text:
        raise file.error(("extend",), "extend: a single setting extends nothing: name the file, --config FILE")
    if "://" in text:
        raise file.error(("extend",), f"extend: {text} is a URL: name a file")
    path = os.path.normpath(os.path.join(root, os.path.expanduser(text)))
    if not os.path.isfile(path):
        raise file.error(("extend",), f"extend: there is no file {_shown(path)}")
    if os.path.realpath(path) in seen:
        raise file.error(("extend",), f"extend: {text} leads back to a file that extends this one")
    seen.add(os.path.realpath(path))
    other = read(path, _shown(path))
    if other is None:
        raise file.error(("extend",), f"extend: {_shown(path)} holds no [tool.splint]")
    return other, os.path.dirname(path)


def _shown(path: str) -> str:
    return os.path.relpath(path).replace(os.sep, "/")
