"""What identifies a finding without line numbers: its anchor, and the fields that it is on."""

from collections.abc import Sequence
from typing import Any

from splint.files.repository import lasting_path
from splint.payloads.naming import field_at, field_of, fields_beside, fields_of_keys
from splint.payloads.nodes import Location
from splint.reporting.report import Anchor
from splint.suppression.anchors import anchor


class Anchors:
    """Makes the anchors of findings, and names their fields (splint.payloads.naming)."""

    field_of = staticmethod(field_of)
    field_at = staticmethod(field_at)
    fields_beside = staticmethod(fields_beside)
    fields_of_keys = staticmethod(fields_of_keys)

    def __init__(self) -> None:
        self._paths: dict[str, str] = {}
        """The paths of anchors by the paths of files."""

    def anchor(self, location: Location, values: Sequence[Any]) -> Anchor:
        """The anchor of a location, as `resolve` returns it, with the values along its pointer."""
        path = location.document.source.path
        if path not in self._paths:
            self._paths[path] = lasting_path(path)
        return anchor(location, values, self._paths[path])
