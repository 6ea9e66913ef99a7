"""Request lines: where a body is sent."""

from splint.formats import Document
from splint.payloads.nodes.node import Finding, Location, Run


class Request:
    """The request line around a body: an envelope's or a curl command's."""

    def __init__(
        self, document: Document, pointer: str, endpoint: str, method: str | None, spots: dict[str, Location]
    ) -> None:
        self.document = document
        self.pointer = pointer
        self.endpoint = endpoint
        """As written."""
        self.method = method
        """In capitals; None where nothing says."""
        self.spots = spots
        self.path, self.version = "", None
        self.has_payload = False
        """Whether its body is a payload of its own."""

    path: str
    """The endpoint's path without scheme, host, /open_api and version, with a slash at both ends."""
    version: str | None
    """As in v1.3; None where the endpoint names none."""

    run: Run

    def finding(self, message: str, help: str, at: str = "endpoint", level: str | None = None) -> Finding:
        """A finding at the endpoint or the method."""
        return Finding(self.spots[at], message, help, (), level)
