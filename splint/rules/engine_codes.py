"""The codes of the rules that the engine itself knows, each with what it does with their findings."""

from typing import Final

SYNTAX: Final = "SPL001"
"""A file cannot be parsed: a diff and a message that nothing was read name the file."""
WITHOUT_PAYLOAD: Final = "SPL002"
"""A file that is named holds no payload: the only finding, with that on suppressions, that may exist without one."""
FACT: Final = "SPL003"
"""The form of an account fact: the limits that schemas show of facts are its."""
DUPLICATE_KEY: Final = "SPL005"
"""A key stands twice, so that no fix edits the file: a diff names the file."""
MISSING: Final = "SPL008"
"""A required field is missing: of no use where a refusal says that a field is there twice."""
UNUSED: Final = "SPL009"
"""A suppression silences nothing: found once the rules have run, and itself never reported as unused."""
PLACEHOLDER: Final = "SPL010"
"""A placeholder is left: a submission refuses it, whatever its level."""
