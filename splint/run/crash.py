"""The notification for a rule that raises an exception, with the place in its pack."""

import inspect
import os
import sys
import traceback
from collections.abc import Callable
from typing import Any

from splint.reporting.masking import masked
from splint.reporting.report import ToolNotification
from splint.rules.rule import Selection


def crash(selection: Selection, path: str | None, error: BaseException) -> ToolNotification:
    """The notification for a rule that raised an exception, on a payload of the file `path`.

    It names the last frame in the rule's pack; with SPLINT_TRACEBACK set the whole traceback goes to standard error.
    """
    if os.environ.get("SPLINT_TRACEBACK"):
        traceback.print_exception(error)
    rule, pack = selection
    what, on = f"{type(error).__name__}: {error}".rstrip(": "), f" on {path}" if path else ""
    message = f"rule {rule.code} of pack {pack.name} crashed{on} ({what}){_place(rule.check, error)}"
    help = "its findings are missing; SPLINT_TRACEBACK=1 shows the whole traceback"
    return ToolNotification("crashed-rule", f"{masked(message)}: {help}", path, rule.code)


def _place(check: Callable[..., Any] | None, error: BaseException) -> str:
    """The last frame of an exception in the file of a rule's function, or in its package."""
    code = getattr(inspect.unwrap(check) if check is not None else None, "__code__", None)
    if code is None:
        return ""
    module = sys.modules.get(getattr(check, "__module__", ""))
    is_packaged = module is not None and bool(module.__package__)
    home = os.path.join(os.path.dirname(code.co_filename), "") if is_packaged else code.co_filename
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith(home):
            file = os.path.relpath(frame.filename).replace(os.sep, "/")
            return f" at {file}:{frame.lineno} in {frame.name}, `{frame.line}`"
    return ""
