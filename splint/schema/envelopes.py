"""The keys that stand around payloads: in requests, in what tools and logs keep of these, and in answers.

Each kind is named once, with who writes it, and what an object is by such keys alone is asked here.
"""

from typing import Any, Final

from splint.schema.kinds import OBJECT, Shape
from splint.schema.vocabulary import OF_REQUESTS

# -- keys --------------------------------------------------------------------------------------------------------------

ENDPOINT_KEYS: Final = ("endpoint", "url", "path", "uri", "rawPath")
"""Keys of the endpoint: `url` in HAR, Postman and most clients, `uri` in recordings of VCR, `path` in those of nock.

Events of AWS have `path`, or `rawPath` in their version 2.
"""
BASE_URL_KEYS: Final = frozenset({"baseURL", "baseUrl", "base_url"})
"""Keys beside it of what stands before a path: `baseURL` in the configuration of axios."""
TOOL_KEYS: Final = ("tool_name", "tool", "name")
"""Keys of the name of a tool, in calls of agents."""
NAMING_KEYS: Final = (*ENDPOINT_KEYS, *TOOL_KEYS)
"""All keys that say where a body goes."""
BATCH_KEY: Final = "relative_url"
"""The key of the endpoint of a request in a batch of Meta's Graph API."""
AROUND_REQUESTS: Final = ("request", "options", "init", "config")
"""Keys of the rest of a request: `request` in Postman, HAR and VCR, `options` and `init` of fetch, axios' `config`."""
HEADER_KEYS: Final = ("headers", "header")
"""Keys of headers; Postman writes `header`."""
WITH_HEADERS: Final = frozenset({*HEADER_KEYS, *AROUND_REQUESTS})
"""Keys of which a request with headers has one."""
BODY_KEYS: Final = ("body", "payload", "json", "data")
"""The usual keys of a body: clients in Python send `json` and `data`, axios `data`."""
PARAMETER_KEYS: Final = ("params", "arguments", "input")
"""Keys of what a tool is called with: `params` and `arguments` in MCP, `input` in the messages of models."""
ARGUMENTS: Final = "arguments"
"""The one of them that most clients write."""
CALL_KEYS: Final = (*PARAMETER_KEYS, BATCH_KEY)
"""One of them is in each call of a tool, or in an entry of a batch of Meta's Graph API."""
HELD_KEYS: Final = (*BODY_KEYS, *PARAMETER_KEYS)
"""The usual keys of a body, and of what a tool is called with."""
ENVELOPE: Final = Shape(
    "Envelope", dict.fromkeys((*BODY_KEYS, *ENDPOINT_KEYS, "method", "headers", "current", "facts"), OBJECT)
)
"""The keys of an envelope. A similar key with an object counts as a misspelt one of its body."""
BODIES: Final = frozenset({*BODY_KEYS, "request_body", "requestBody", "jsonBody"})
"""Keys that hold a body and nothing else; n8n writes `jsonBody`, logs the other two."""
TEXT_KEYS: Final = BODIES | {*PARAMETER_KEYS, "equalToJson"}
"""Keys under which a body may be a string of JSON, also without an endpoint beside it; WireMock has `equalToJson`."""
HAR_BODY: Final = "postData"
"""The key of an object with the body, as its `text`, in HAR files."""
SENT_KEYS: Final = TEXT_KEYS | {HAR_BODY}
"""Keys beside an endpoint of what is sent to it."""
PARTS: Final = frozenset({*SENT_KEYS, *HEADER_KEYS})
"""Keys beside an endpoint that only requests have."""
_SENDING: Final = PARTS | {"method"}
"""These and the method, which registers of endpoints have as well."""
BESIDE_BODIES: Final = frozenset({*NAMING_KEYS, *HEADER_KEYS, "method", "current", "facts"})
"""Keys beside a body that hold no other one."""
QUERY_KEYS: Final = frozenset({"query", "qs", "queryString", "filtering"})
"""Keys of what a request that reads asks for; `queryString` is of HAR files."""
CARRYING_KEYS: Final = SENT_KEYS | {*AROUND_REQUESTS, "text", "raw"}
"""Keys beside an endpoint, or in an object there, that hold a body, or an object with one: Postman writes `raw`."""
_WITHIN: Final = ("body", "text", "content", "json", "data", "string")
"""Keys of the body itself in an object that has its place, as in Hoppscotch, Yaak, Ruby's VCR and MockServer."""
_EXPRESSION: Final = frozenset({"value", "type"})
"""The keys of such an object of Azure's, with a text or an expression."""
_KINDS: Final = frozenset({"contentType", "content_type", "encoding"})
"""Keys beside them that say what kind of text it is."""
OF_CLIENTS: Final = ("mode", "mimeType", "raw")
"""Keys by which Postman, Insomnia and HAR files, and Thunder Client say how such an object holds it."""
_ELSEWHERE: Final = (
    *("$ref", "$file", "fixture", "file", "fileName", "filePath", "path"),
    *("base64", "base64_string", "base64Bytes"),
)
"""Keys by which such an object says where the body is, or holds it encoded, as in VCR (`base64_string`)."""
_MADE_KEY: Final = "$ext"
"""The key of Tavern's function that makes the body, or a part of it."""
_WRAPS: Final = frozenset({*_WITHIN, "value", *OF_CLIENTS, *_ELSEWHERE, _MADE_KEY, "code"})
"""Keys of all such objects, and of an answer."""
ANSWER_KEYS: Final = frozenset({"code", "message", "request_id"})
"""Keys of an answer of TikTok's, beside its `data`."""
STATUS_KEYS: Final = frozenset(
    {
        *("status", "statusCode", "status_code", "response_code", "responseCode", "response_status", "responseStatus"),
        *("http_status", "httpStatus", "upstream_status"),
    }
)
"""Keys of the status of an answer of HTTP, in recordings, stubs and logs; Envoy writes `response_code`."""
_LOGS: Final = frozenset(
    {
        *("level", "severity", "error", "latency", "latencyms", "duration", "durationms", "elapsed", "elapsedms"),
        *("took", "tookms", "timems", "requesttime", "responsetime", "responsetimems", "bytes", "size"),
        *("bytesreceived", "bytessent", "bytesread"),
    }
)
"""Keys of a record of a log, by their letters: of what was done, the time that it took, and sizes."""
GATEWAY_KEY: Final = "requestContext"
"""The key beside the body of what a gateway of AWS was asked, in which its path stands again."""
_ENCODED_KEY: Final = "isBase64Encoded"
"""The key beside it that says that the body is encoded."""
_MATCHERS: Final = frozenset(
    {"bodyPatterns", "multipartPatterns", "urlPattern", "urlPath", "urlPathPattern", "urlPathTemplate"}
)
"""Keys with which WireMock says which requests it answers."""
_OF_HEADERS: Final = frozenset({"equalTo", "contains", "matches", "doesNotMatch", "absent"})
"""Keys with which it says so of a header."""
_RESPONSES: Final = tuple(
    f"response{part}"
    for part in ("", "s", "body", "content", "data", "example", "examples", "json", "object", "payload", "text")
)
"""What the letters of the key of a response end with."""
_UNSENT: Final = frozenset({*HEADER_KEYS, "facts", "current", "resp", "res", "reply", "returned", "output"})
"""Keys beside an endpoint, by their letters, below which no body is looked for."""
_TELLING: Final = ("answer", "result", "expected", "default")
"""What the letters of such a key may have in them, beside those of the key of a response."""
_RESULTS: Final = frozenset(
    {
        *("stdout", "stderr", "outputs", "outputtext", "observation", "observations", "toolresults", "tooloutputs"),
        *("want", "got", "golden", "snapshot", "actual", "expect", "expects"),
    }
)
"""Keys, by their letters, of what programs and tools give, and of what tests take for it."""
_TOOL_TYPES: Final = ("tool_result", "function_call_output")
"""Types of messages of models with the answer of a tool; others have a role for it."""
_TOOL_ROLES: Final = ("tool", "function")
"""These roles."""
_SCHEMA_KEYS: Final = frozenset(
    {"$ref", "type", "enum", "const", "anyOf", "allOf", "oneOf", "items", "required", "properties", "minLength"}
)
"""Keywords of JSON Schema: one of them is in each schema of a field that is an object."""

# -- questions ---------------------------------------------------------------------------------------------------------


def begins_json(text: str) -> bool:
    """Whether a text begins as an object or a list of objects of JSON does."""
    return "{" in text and text.lstrip().startswith(("{", "["))


def may_be_elsewhere(body: object) -> bool:
    """Whether what is under the usual key of a body may hold it, be redacted, or be an answer: the body is another."""
    if isinstance(body, dict):
        return not _WRAPS.isdisjoint(body)
    return isinstance(body, str) and ('"code"' in body or not body.rstrip().endswith("}"))


def is_elsewhere(body: dict[str, Any]) -> bool:
    """Whether an object in the place of a body is no body, but names a file, a schema or a function, or is encoded."""
    if isinstance(body.get(_MADE_KEY), dict):
        return True
    is_encoded = str(body.get("encoding")).lower() == "base64"
    is_named = is_encoded or any(isinstance(body.get(key), str) for key in _ELSEWHERE)
    held = _WITHIN if is_encoded else ()
    return is_named and body.keys() <= {*_ELSEWHERE, *_KINDS, *held, "type", "mimeType"}


def names_file(text: str) -> bool:
    """Whether a text in the place of a body names the file with it: `@body.json`, as for curl, or a path."""
    bare = text.strip()
    is_name = bare.startswith("@") or bare.endswith((".json", ".yaml", ".yml", ".txt"))
    return is_name and len(bare.split()) == 1 and "{" not in bare


def is_encoded(envelope: dict[str, Any], body: object) -> bool:
    """Whether an object says beside its body that this is encoded."""
    return envelope.get(_ENCODED_KEY) is True and isinstance(body, str) and not body.lstrip().startswith("{")


def is_question(value: dict[str, Any], *, takes: bool) -> bool:
    """Whether a method says that nothing is sent: OPTIONS, or one that reads what takes a body, in an event of AWS."""
    told = value.get(GATEWAY_KEY)
    http = told.get("http") if isinstance(told, dict) else None
    asked = http.get("method") if isinstance(http, dict) else value.get("httpMethod")
    asked = str(asked).upper()
    return "OPTIONS" in (str(value.get("method")).upper(), asked) or (takes and asked in ("HEAD", "GET"))


def wrapped_key(body: dict[str, Any]) -> str | None:
    """The key under which an object in the place of a body holds the body itself; None for one that would be sent.

    It is a text; or, where the object says what kind of text it has, any value. No other object or list is beside it.
    """
    if body.keys() == _EXPRESSION and isinstance(body["value"], str):
        return "value"
    keys = [key for key in _WITHIN if key in body]
    if len(keys) != 1 or not OF_REQUESTS.isdisjoint(body):
        return None
    inner = body[keys[0]]
    if any(entry and isinstance(entry, dict | list) for key, entry in body.items() if key != keys[0]):
        return None
    is_text = isinstance(inner, str) and (len(body) == 1 or inner.lstrip().startswith("{"))
    says_kind = not _KINDS.isdisjoint(body) or any("json" in str(body.get(key)).lower() for key in ("type", "format"))
    return keys[0] if is_text or says_kind else None


def is_answer(value: object) -> bool:
    """Whether an object is an answer of TikTok's, whose `data` is what it shows."""
    return isinstance(value, dict) and type(value.get("code")) is int and len(ANSWER_KEYS.intersection(value)) > 1


def is_of_response(key: str) -> bool:
    """Whether a key is that of what was answered: `response`, or a name that ends so, as `httpResponse`.

    It may end with a part of it, as `response_body`; no other name that has the word in it is such a key.
    """
    return _letters(key).endswith(_RESPONSES)


def is_of_answer(key: str) -> bool:
    """Whether a key beside an endpoint is that of an answer, or of what is no body, as headers."""
    letters = _letters(key)
    return letters in _UNSENT or letters.endswith(_RESPONSES) or any(part in letters for part in _TELLING)


def is_shown(key: str) -> bool:
    """Whether a key is that of an answer, or of what a program or a test shows as one."""
    return is_of_answer(key) or _letters(key) in _RESULTS


def is_of_tool(value: object) -> bool:
    """Whether a value is the answer of a tool in the messages of a model."""
    return isinstance(value, dict) and (value.get("role") in _TOOL_ROLES or value.get("type") in _TOOL_TYPES)


def has_status(value: dict[str, Any]) -> bool:
    """Whether an object has the status of an answer of HTTP."""
    return any(_is_status(value.get(key)) for key in STATUS_KEYS)


def is_not_sent(key: str, value: dict[str, Any]) -> bool:
    """Whether a key of an object holds an answer, a query or the fields of a schema, and so no body."""
    is_query = key in PARAMETER_KEYS and str(value.get("method")).strip().upper() == "GET"
    is_shown = key == "filtering" or is_of_answer(key) or (key == "data" and is_answer(value))
    return is_query or is_shown or (key == "properties" and describes_fields(value[key]))


def is_sent(value: dict[str, Any], keys: frozenset[str] = _SENDING) -> bool:
    """Whether a method, headers or the key of a body stand beside an endpoint, or in what has its request's options."""
    inner = (value.get(key) for key in AROUND_REQUESTS)
    return any(isinstance(one, dict) and not keys.isdisjoint(one) for one in (value, *inner))


def is_stub(value: dict[str, Any]) -> bool:
    """Whether an object says which requests a mock server answers."""
    headers = value.get("headers")
    tests = [test for test in headers.values() if isinstance(test, dict)] if isinstance(headers, dict) else []
    return not (_MATCHERS.isdisjoint(value) and all(map(_OF_HEADERS.isdisjoint, tests)))


def is_record(value: dict[str, Any]) -> bool:
    """Whether an object says what was done: it is a record of a log, or has the code or the status of an answer."""
    code = value.get("code")
    is_coded = type(code) is int or (isinstance(code, str) and code.isdigit())
    is_logged = any(entry and _letters(key) in _LOGS for key, entry in value.items())
    return is_coded or is_logged or has_status(value)


def holds_answer(value: dict[str, Any]) -> bool:
    """Whether an object holds an answer, or several; a list under `response` are the examples of Postman."""
    return any(
        is_of_response(key) and bool(entry) and isinstance(entry, dict | list | str)
        for key, entry in value.items()
        if not (key == "response" and isinstance(entry, list))
    )


def is_passed_over(key: str, entry: object) -> bool:
    """Whether a key is that of Postman's copy of a request that was answered, or of the fields of a schema."""
    return key in ("originalRequest", "filtering") or (key == "properties" and describes_fields(entry))


def describes_fields(properties: object) -> bool:
    """Whether the value of `properties` is that of a JSON Schema: each field's is a schema."""
    return isinstance(properties, dict) and all(
        isinstance(field, bool) or (isinstance(field, dict) and not _SCHEMA_KEYS.isdisjoint(field))
        for field in properties.values()
    )


def _is_status(status: object) -> bool:
    """Whether a value is the status of an answer of HTTP."""
    number = int(status) if isinstance(status, str) and len(status) == 3 and status.isdecimal() else status
    return type(number) is int and 100 <= number < 600


def _letters(key: str) -> str:
    from splint.schema.nearest import letters_of  # most requests have a body under a usual key

    return letters_of(key)
