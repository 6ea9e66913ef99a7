"""Request lines: the method and endpoint that a body is sent to."""

from splint.formats import Document
from splint.payloads.nodes.node import Finding, Location, Run


class Request:
    """The request line around a body: an envelope's or a curl command's."""

    def __init__(
        self, document: Document, pointer: str, endpoint: str, method: str | None, locations: dict[str, Location]
    ) -> None:
        self.document = document
        self.pointer = pointer
        self.endpoint = endpoint
        """The endpoint as written."""
        self.method = method
        """In capitals; None if unknown."""
        self.locations = locations
        self.path, self.version = "", None
        self.has_payload = False
        """Whether its body holds a payload."""

    path: str
    """The endpoint's path without scheme, host, /open_api and version, with a slash at both ends."""
    version: str | None
    """Such as v1.3; None if the endpoint has none."""

    run: Run

    def finding(self, message: str, help: str, at: str = "endpoint", level: str | None = None) -> Finding:
        """A finding at the endpoint or the method."""
        return Finding(self.locations[at], message, help, (), level)
