"""Request lines, the method and endpoint that a body is sent to, and requests other than create and update."""

from splint.formats import Document
from splint.payloads.nodes.finding import Finding, Location
from splint.payloads.nodes.node import Run
from splint.payloads.nodes.payload import Payload
from splint.schema.envelopes import TOOL_KEYS
from splint.schema.table import (
    AdAppealFields,
    AdGroupBudgetUpdateFields,
    AdMaterialStatusUpdateFields,
    StatusUpdateFields,
)
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
        self.path, self.written_path, self.version = "", "", None
        self.has_payload = False
        """Whether its body holds a payload."""
        self.lacks_body = False
        """Whether there is no body where the endpoint takes one."""
        self.is_mention = False
        """Whether it may be none: its endpoint is named without a body, as in a log, configuration or a stub."""
        self.sent: ObjectLevel | None = None
        """Of which level its body is, where it creates or updates an object: another than the endpoint's is amiss."""

    path: str
    """The endpoint's path without scheme, host, /open_api and version, with a slash at both ends."""
    written_path: str
    """The same as it is written, which a server may take for another path, as in capitals."""
    version: str | None
    """Such as v1.3; None if the endpoint has none."""

    run: Run
    """The date and facts for all payloads of its file."""

    @property
    def is_tool(self) -> bool:
        """Whether the name of a tool says the endpoint."""
        return self.locations["endpoint"].pointer.rpartition("/")[2] in TOOL_KEYS

    def finding(self, message: str, help: str, at: str = "endpoint", level: str | None = None) -> Finding:
        """A finding at the endpoint or the method."""
        return Finding(self.locations[at], message, help, (), level)


class StatusUpdate(Payload, StatusUpdateFields):
    """A request that enables, disables or deletes objects."""

    own_id = "status"
    noun = "status request"
    ids_field: str
    """The field with the list of ids that this endpoint takes."""


class AdGroupBudgetUpdate(Payload, AdGroupBudgetUpdateFields):
    """A request that sets the budgets of ad groups."""

    own_id = "budgets"
    noun = "budget update"


class AdMaterialStatusUpdate(Payload, AdMaterialStatusUpdateFields):
    """A request that switches materials of an ad on or off."""

    own_id = "materials"
    noun = "material status update"


class AdAppeal(Payload, AdAppealFields):
    """A request that appeals against the rejection of an ad."""

    own_id = "appeal"
    noun = "appeal"
