"""Headers of requests: their secrets are masked in all output, and an Access-Token is a fault."""

from typing import TYPE_CHECKING, Any

from splint.formats import escape
from splint.payloads.addresses import endpoint_in
from splint.payloads.faults import TokenInFile
from splint.payloads.nodes import Location
from splint.reporting.credential_names import is_credential
from splint.schema.envelopes import AROUND_REQUESTS, HEADER_KEYS
from splint.schema.placeholders import is_no_token, is_placeholder

if TYPE_CHECKING:
    from splint.payloads.bodies import BodyReader


def read_headers(reader: "BodyReader", envelope: dict[str, Any], pointer: str) -> None:
    """Read the headers of an envelope, objects or lists of names and values, for secrets.

    Those in an object with the rest of the request are read too; one with an endpoint is an envelope itself.
    """
    inner = [(f"{pointer}/{key}", envelope[key]) for key in AROUND_REQUESTS if isinstance(envelope.get(key), dict)]
    for around, value in ((pointer, envelope), *(one for one in inner if not endpoint_in(one[1])[0])):
        for name in HEADER_KEYS:
            headers, at = value.get(name), f"{around}/{name}"
            for key, entry in headers.items() if isinstance(headers, dict) else ():
                _read(reader, key, entry, f"{at}/{escape(key)}")
            for index, entry in enumerate(headers if isinstance(headers, list) else ()):
                if isinstance(entry, dict):
                    _read(reader, entry.get("name", entry.get("key")), entry.get("value"), f"{at}/{index}/value")


def _read(reader: "BodyReader", name: object, value: object, pointer: str) -> None:
    """Mask the value of a credential header in all output; report an Access-Token."""
    if not (isinstance(name, str) and isinstance(value, str) and value.strip()):
        return
    is_access_token = name.lower() == "access-token"
    is_none = is_no_token(value) if is_access_token else is_placeholder(value, in_id=True, in_shell=True)
    if is_credential(name) and not is_none:
        reader.document.source.secrets.add(value)
        if is_access_token:
            reader.note(TokenInFile(Location(reader.document, pointer)))
