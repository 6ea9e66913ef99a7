"""Request lines: the method and endpoint that a body is sent to."""

from splint.formats import Document
from splint.payloads.nodes.finding import Finding, Location
from splint.payloads.nodes.node import Run
from splint.schema.vocabulary import ObjectLevel


class Request:
    """The request line around a body: an envelope's or a curl command's."""

    def __init__(
        self, document: Document, pointer: str, endpoint: str, method: str | None, locations: dict[str, Location]
    ) -> None:
        self.document = document
        """The document that it stands in."""
        self.pointer = pointer
        """From the document's root (RFC 6901)."""
        self.endpoint = endpoint
        """The endpoint as written."""
        self.method = method
        """In capitals; None if unknown."""
        self.locations = locations
        """Where the endpoint and the method are written, by these names."""
        self.path, self.version = "", None
        self.has_payload = False
        """Whether its body holds a payload."""
        self.lacks_body = False
        """Whether there is no body where the endpoint takes one."""
        self.sent: ObjectLevel | None = None
        """Of which level its body is, where it creates or updates an object: another than the endpoint's is amiss."""

    path: str
    """The endpoint's path without scheme, host, /open_api and version, with a slash at both ends."""
    version: str | None
    """Such as v1.3; None if the endpoint has none."""

    run: Run
    """The date and facts for all payloads of its file."""

    def finding(self, message: str, help: str, at: str = "endpoint", level: str | None = None) -> Finding:
        """A finding at the endpoint or the method."""
        return Finding(self.locations[at], message, help, (), level)
