"""The notifications of a run: a rule that raises an exception, with the place in its pack, and an unreadable file."""

from splint.files import cannot_be_read
from splint.reporting.masking import masked
from splint.reporting.report import ToolNotification
from splint.rules.contained import told
from splint.rules.rule import Selection


class Crash:
    """A rule that raised an exception in a file: the first one, and how many times there was one."""

    def __init__(self, code: str, pack: str, path: str | None, what: str) -> None:
        self.code = code
        self.pack = pack
        self.path = path
        self.what = what
        """The first exception, with its place in the rule's pack."""
        self.times = 1

    @classmethod
    def of(cls, selection: Selection, path: str | None, error: BaseException) -> "Crash":
        """The crash of a rule on a payload of the file `path`."""
        rule, pack = selection
        return cls(rule.code, pack.name, path, told(error, rule.check))

    def notification(self) -> ToolNotification:
        """The one notification of all times."""
        often = "" if self.times == 1 else f" {self.times} times"
        on = f" on {self.path}" if self.path else ""
        message = masked(f"rule {self.code} of pack {self.pack} crashed{often}{on}")
        help = "its findings may be incomplete; SPLINT_TRACEBACK=1 shows the whole traceback"
        return ToolNotification("crashed-rule", f"{message} ({self.what}): {help}", self.path, self.code)


def unreadable(path: str, error: OSError) -> ToolNotification:
    """The notification for a file that cannot be read."""
    return ToolNotification("unreadable-file", cannot_be_read(path, error), path)
