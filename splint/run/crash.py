"""The notification for a rule that raises an exception, with the place in its pack."""

from splint.reporting.masking import masked
from splint.reporting.report import ToolNotification
from splint.rules.contained import told
from splint.rules.rule import Selection


def crash(selection: Selection, path: str | None, error: BaseException) -> ToolNotification:
    """The notification for a rule that raised an exception, on a payload of the file `path`."""
    rule, pack = selection
    message = masked(f"rule {rule.code} of pack {pack.name} crashed" + (f" on {path}" if path else ""))
    help = "its findings are missing; SPLINT_TRACEBACK=1 shows the whole traceback"
    return ToolNotification("crashed-rule", f"{message} ({told(error, rule.check)}): {help}", path, rule.code)
