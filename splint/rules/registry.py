"""Packs, readers and reporters: all of them, the shipped ones too, come in through the same pluggy hooks."""

import importlib
import os
import sys
from collections.abc import Callable, Iterator
from functools import cache, partial
from types import FunctionType, MethodType, ModuleType
from typing import TYPE_CHECKING, Any

import pluggy

from splint.formats import Reader
from splint.reporting.reporters import Reporter
from splint.rules import hooks
from splint.rules.hooks import PluginError
from splint.rules.rule import Pack, Selection

if TYPE_CHECKING:
    from splint.submit.plan import Plan

PROFILES = {"guide": ("splint_guide",), "reference": ("splint_guide", "splint_reference")}
"""The shipped packs, by module, that each profile may have rules of: no others are imported for it."""
EVERY = "reference"
"""The profile that all shipped packs are imported for."""


class Registry:
    """Everything that plugins bring."""

    def __init__(
        self,
        rules: tuple[Selection, ...],
        readers: tuple[Reader, ...],
        reporters: dict[str, Reporter],
        before_submit: Callable[["Plan"], list[str]],
        refusals: Callable[[], list[str]],
    ) -> None:
        self.rules = rules
        """Sorted by code."""
        self.readers = readers
        self.reporters = reporters
        self.before_submit = before_submit
        """Why plugins object to a plan."""
        self.refusals = refusals
        """The paths of the files of refusals, those of the plugin registered last first. Raises PluginError."""

    def with_column(self, name: str) -> "Registry":
        """The same, with the readers of tables bound to the column of this name."""
        readers = tuple(one.with_column(name) if one.with_column else one for one in self.readers)
        return Registry(self.rules, readers, self.reporters, self.before_submit, self.refusals)

    def reader_for(self, path: str) -> Reader | None:
        """The reader of a file's format, by its suffix."""
        lowered = path.lower()
        for reader in self.readers:
            if lowered.endswith(reader.suffixes):
                return reader
        return None


HOOKABLE = (FunctionType, MethodType, classmethod, staticmethod)
"""What pluggy takes for a hook if it is marked; to ask anything else for a mark may run a plugin's code."""


class _Manager(pluggy.PluginManager):
    """Looks for hooks among what is marked, and for their specifications among their names.

    pluggy by itself looks up whatever a module holds: 1 % of a start.
    """

    def parse_hookimpl_opts(self, plugin: Any, name: str) -> Any:
        """The options of a hook; None for what is none."""
        found = vars(plugin).get(name)
        is_marked = issubclass(type(found), HOOKABLE) and hasattr(found, "splint_impl")
        return super().parse_hookimpl_opts(plugin, name) if is_marked else None

    def parse_hookspec_opts(self, module_or_class: Any, name: str) -> Any:
        """The options of the specification of a hook; None for what is none."""
        return super().parse_hookspec_opts(module_or_class, name) if name in hooks.NAMES else None


def load(plugins: tuple[str | ModuleType, ...] = (), profile: str | None = None) -> Registry:
    """What `plugins` (modules, importable names, or paths of .py files) and splint itself bring, with the rules of a
    profile, or with all rules.

    Raises PluginError for a plugin that does not load, a misspelt hook, and what splint.rules.plugin_faults finds.
    """
    has_paths = any(isinstance(plugin, str) and plugin.endswith(".py") for plugin in plugins)
    return _load(plugins, profile, os.getcwd() if has_paths else "")


@cache
def _load(plugins: tuple[str | ModuleType, ...], profile: str | None, _directory: str) -> Registry:
    if plugins:
        import atexit  # most runs have no plugin

        atexit.register(_end_as_usual)
    manager = _Manager("splint")
    manager.add_hookspecs(hooks.Hooks)
    manager.register(hooks, "splint")
    shipped = PROFILES[profile or EVERY]
    for plugin in (*shipped, *plugins):
        _register(manager, plugin)
    hook = manager.hook
    try:
        packs: list[Pack] = hook.splint_rules()
        if plugins:
            from splint.rules.plugin_faults import faults  # a test asks the same of what comes with splint

            for fault in faults(hook, packs, shipped, PROFILES):
                raise PluginError(fault)
        readers = tuple(_given(hook.splint_readers, "contained_reader"))
        reporters = {one.name: one for one in _given(hook.splint_reporters, "contained_reporter")}
    except (PluginError, KeyboardInterrupt):
        raise
    except BaseException as error:
        raise PluginError(_raised(hook, error)) from error
    held = [pack for pack in packs if profile is None or pack.profile in (None, profile)]
    by_code = {rule.code: Selection(rule, pack) for pack in held for rule in pack.rules}
    rules = tuple([by_code[code] for code in sorted(by_code)])
    return Registry(rules, readers, reporters, partial(_vetoes, manager), partial(_refusals, manager))


def _given(hook: pluggy.HookCaller, container: str) -> Iterator[Any]:
    """What a hook of lists gives, what plugins give contained.

    pluggy does not tell whose result is whose: each is asked by itself for the names, but what wraps the others.
    """
    implementations = hook.get_hookimpls()
    given = [each for some in hook() for each in some]
    if all(one.plugin is hooks for one in implementations):
        yield from given
        return
    from splint.rules import contained  # most runs have no plugin

    own: list[Any] = [one for one in implementations if not (one.wrapper or one.hookwrapper)]
    owners = {each.name: one for one in reversed(own) for each in one.function()}
    for each in given:
        owner = owners.get(each.name, implementations[-1])
        yield each if owner.plugin is hooks else getattr(contained, container)(each, owner.plugin_name)


def _register(manager: _Manager, plugin: str | ModuleType) -> None:
    """Import a plugin, and take its hooks; one that is named twice is registered once."""
    module = plugin if isinstance(plugin, ModuleType) else _import(plugin)
    name = plugin if isinstance(plugin, str) else module.__name__
    misspelt = [n for n in vars(module) if n.startswith("splint_") and n not in hooks.NAMES and _is_hook(module, n)]
    if misspelt:
        raise PluginError(f"plugin {name}: {misspelt[0]} is no hook of splint; the hooks are {', '.join(hooks.NAMES)}")
    if not any(_is_hook(module, hook) for hook in hooks.NAMES):
        raise PluginError(f"plugin {name} has no hook: mark one of {', '.join(hooks.NAMES)} with @splint.hookimpl")
    try:
        manager.register(module, name)
    except pluggy.PluginValidationError as error:
        from splint.rules.plugin_faults import misfit  # once a plugin is wrong

        raise PluginError(f"plugin {name}: {misfit(module, error)}") from error
    except ValueError:  # it is registered
        return


def _end_as_usual() -> None:
    """Asked for at the end of a process with plugins: then the command does not end at once, and files they left open
    are closed."""


def _vetoes(manager: pluggy.PluginManager, plan: "Plan") -> list[str]:
    """What plugins have against a plan; one that fails objects too."""
    try:
        return [str(why) for why in manager.hook.splint_before_submit(plan=plan) if why]
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return [_raised(manager.hook, error)]


def _refusals(manager: pluggy.PluginManager) -> list[str]:
    """The paths that plugins give."""
    try:
        return [os.fspath(path) for path in manager.hook.splint_refusals()]
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise PluginError(f"splint_refusals gives no path: {type(error).__name__}: {error}") from error


def _raised(hook: pluggy.HookRelay, error: BaseException) -> str:
    from splint.rules.plugin_faults import raised  # once a plugin has failed

    return raised(hook, error)


def _is_hook(module: ModuleType, name: str) -> bool:
    return getattr(getattr(module, name, None), "splint_impl", None) is not None


def _import(name: str) -> ModuleType:
    """A plugin by its module's name, or by the path of its file."""
    try:
        if not name.endswith(".py"):
            return importlib.import_module(name)
        path = os.path.abspath(name)
        alias = f"splint_plugin_{path.encode().hex()}"
        if alias in sys.modules:
            return sys.modules[alias]
        from importlib.util import module_from_spec, spec_from_file_location  # few plugins are files

        spec = spec_from_file_location(alias, path)
        if spec is None or spec.loader is None or not os.path.isfile(path):
            raise PluginError(f"plugin {name}: there is no such file")
        module = sys.modules[alias] = module_from_spec(spec)
        try:
            spec.loader.exec_module(module)
        except BaseException:
            del sys.modules[alias]
            raise
    except (PluginError, KeyboardInterrupt):
        raise
    except BaseException as error:
        from splint.rules.contained import told  # once a plugin has failed

        raise PluginError(f"plugin {name} does not load: {told(error)}") from error
    else:
        return module
