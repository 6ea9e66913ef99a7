"""Where the body of a request stands that has no key of its own: in what tools export, and in logs."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from splint.formats import escape, reference_tokens, value_at
from splint.formats.json.comments import blanked_comments
from splint.payloads.addresses import endpoint_in
from splint.payloads.endpoints import Endpoint, first_present, takes_body
from splint.payloads.invalid_fields import fault_for
from splint.payloads.keys import meant
from splint.payloads.texts import content_of, read
from splint.payloads.validation import Violation, is_absent
from splint.schema.envelopes import (
    ARGUMENTS,
    AROUND_REQUESTS,
    BODIES,
    BODY_KEYS,
    CARRYING_KEYS,
    ENVELOPE,
    HAR_BODY,
    HELD_KEYS,
    OF_CLIENTS,
    PARAMETER_KEYS,
    describes_fields,
    is_answer,
    is_elsewhere,
    is_encoded,
    is_not_sent,
    is_of_answer,
    names_file,
    wrapped_key,
)
from splint.schema.kinds import OBJECT
from splint.schema.placeholders import is_not_shown, is_placeholder
from splint.schema.table import SHAPES
from splint.schema.vocabulary import OF_REQUESTS, OF_SMART_PLUS, is_of_smart_plus, level_of

if TYPE_CHECKING:
    from splint.payloads.bodies import BodyReader
    from splint.payloads.invalid_fields import WrongType
    from splint.payloads.nodes import Request

_MOST_STEPS = 8
"""The most steps from an envelope to its body."""
_KEYS = re.compile(r"""["'](\w+)\\?["']\s*:""")
"""The keys of objects in a text, escaped or not."""
Carried = tuple[str, Any]
"""The pointer of a body from its envelope, and its value."""


def body_of(
    reader: "BodyReader", endpoint: Endpoint, usual: Carried, envelope: dict[str, Any], pointer: str
) -> Carried:
    """The body of an envelope whose usual key has none, or an object that may hold it; empty without any.

    The faults of where it stands are noted. What is not known has no pointer, and is there. An answer is none, nor what
    one shows.
    """
    step, body = usual
    takes, violation = endpoint.is_tiktok and takes_body(endpoint.path), None
    if isinstance(body, dict):
        usual = ("", body) if is_elsewhere(body) else unwrapped(step, body)
    elif is_encoded(envelope, body):
        body = {"base64": body}
        usual = "", body
    if endpoint.is_tiktok and ((step == "/data" and is_answer(envelope)) or is_answered(usual[1])):
        usual = "", None
    found: Carried | None = usual
    if is_absent(usual[1]) or (isinstance(body, str) and is_not_shown(body) and not is_placeholder(body)):
        found, violation = body_in(envelope, takes=takes)
    elif not usual[0] and takes:
        violation = Violation("placeholder", step, body, OBJECT)
    if violation is not None:
        reader.note(fault_for(violation, reader.document, pointer))
    return usual if found is None else found


def unwrapped(step: str, body: dict[str, Any]) -> Carried:
    """What an object at `step` holds that says how with Postman's `mode` or the `mimeType` of Insomnia and HAR files.

    Thunder Client says it with `type`, and has the text as `raw` too; others have it under another key. Of a
    body that is no text this is a value that no endpoint takes: the list of a form. A file of Postman's has no pointer.
    Comments in what Postman knows to be JSON are not sent.
    """
    if not fields_of_requests().isdisjoint(body):
        return step, body
    if body.keys().isdisjoint(OF_CLIENTS):
        key = wrapped_key(body)
        return (step, body) if key is None else (f"{step}/{key}", body[key])
    keys = ("text", "raw", "form", "params") if body.get("form") else ("text", "raw", "params")
    is_form = str(body.get("type")).startswith("form") and "form" in body
    mode = body.get("mode", "form" if is_form else first_present(keys, body))
    if mode == "file":
        return "", body
    if not isinstance(mode, str) or mode not in body:
        return step, body
    sent = blanked_comments(body[mode]).rstrip() if _has_comments(body, mode) else body[mode]
    return f"{step}/{escape(mode)}", sent


def _has_comments(body: dict[str, Any], mode: str) -> bool:
    """Whether a body may have comments, as Postman removes them from a raw one in the language JSON."""
    options = body.get("options")
    raw = options.get("raw") if isinstance(options, dict) else None
    return mode == "raw" and isinstance(body[mode], str) and isinstance(raw, dict) and raw.get("language") == "json"


def body_in(envelope: dict[str, Any], *, takes: bool) -> tuple[Carried | None, Violation | None]:
    """The body of an envelope without one under the usual keys, and the violation where it is under a misspelt one.

    Where the endpoint `takes` an object of a campaign, what is recognized by its fields counts too. Of several that may
    be it none is. A body that n8n makes of pairs when it runs has no pointer, and is a placeholder; where `specifyBody`
    says that it is JSON, it is the jsonBody. Nor has one that is a part of a text, as in a message of HTTP.
    """
    misspelt = [key for key in envelope if _is_misspelt(key, envelope[key])] if takes else []
    if misspelt:
        at, entry = f"/{escape(misspelt[0])}", envelope[misspelt[0]]
        return ((at, entry), Violation("unknown-field", at, entry, ENVELOPE)) if len(misspelt) == 1 else (None, None)
    is_sent = envelope.get("sendBody") is not False
    if envelope.get("specifyBody") == "json" and "jsonBody" in envelope and is_sent:
        return ("/jsonBody", envelope["jsonBody"]), None
    candidates = [one for one in _candidates(envelope, _MOST_STEPS) if takes or one.rank in (_WHOLE, _FIELD)]
    if candidates:
        first = min(one.rank for one in candidates)
        likely = [one.body for one in candidates if one.rank == first]
        return likely[0] if len(likely) == 1 else None, None
    pairs = envelope.get("bodyParameters")
    entries = pairs.get("parameters") if isinstance(pairs, dict) else None
    if entries and isinstance(entries, list) and is_sent and envelope.get("specifyBody") != "json":
        at = "/bodyParameters/parameters"
        if envelope.get("contentType", "json") != "json":
            return (at, entries), None
        return ("", entries), Violation("placeholder", at, entries, OBJECT)
    if takes and (at := _key_of_text(envelope)):
        text = {"text": envelope[at]}
        return ("", text), Violation("placeholder", f"/{escape(at)}", text, OBJECT)
    form = envelope.get(HAR_BODY)
    if not isinstance(form, dict):
        return None, None
    if is_elsewhere(form):
        return ("", form), Violation("placeholder", f"/{HAR_BODY}", form, OBJECT) if takes else None
    part = "params" if form.get("params") else "text"
    return (f"/{HAR_BODY}/{part}", form[part]) if form.get(part) and _says_form(form) else None, None


def _key_of_text(envelope: dict[str, Any]) -> str:
    """The key of a text in an envelope a part of which is an object with fields of a request; empty without one."""
    texts = ((key, entry) for key, entry in envelope.items() if isinstance(entry, str) and "{" in entry)
    return next(
        (
            key
            for key, text in texts
            if not is_not_sent(key, envelope) and len(fields_of_requests().intersection(_KEYS.findall(text))) > 1
        ),
        "",
    )


def _says_form(body: dict[str, Any]) -> bool:
    """Whether an object in the place of a body says by a kind of MIME that it has a form: of Insomnia, of HAR files."""
    return str(body.get("mimeType")).lower().startswith(("application/x-www-form-urlencoded", "multipart/form-data"))


def is_form(violation: "WrongType") -> bool:
    """Whether a value where a body belongs is a form: its pairs, or its text."""
    key, around = violation.field, violation.around
    if violation.takes != "an object" or not isinstance(around, dict) or not isinstance(violation.value, list | str):
        return False
    is_named = key in ("urlencoded", "formdata") and around.get("mode") == key
    is_of_thunder = key == "form" and str(around.get("type")).startswith("form")
    return is_named or is_of_thunder or (key in ("params", "text") and _says_form(around))


def argument_of(arguments: dict[str, Any]) -> Carried:
    """The body among the arguments of a tool: the one with the name of a body, else all; beside it may be no field."""
    keys = [key for key in arguments if key in BODIES and isinstance(arguments[key], dict | str | None)]
    if len(keys) != 1 or not (fields_of_requests() | OF_REQUESTS).isdisjoint(arguments):
        return "", arguments
    return f"/{keys[0]}", arguments[keys[0]]


def lacks_argument(arguments: object) -> bool:
    """Whether there is no body among the arguments of a tool, an object or a string of JSON."""
    given = content_of(arguments)
    return isinstance(given, dict) and is_absent(argument_of(given)[1])


def place_of_body(request: "Request") -> str:
    """The pointer from an envelope, or from a call of a tool, at which the body goes that it lacks; else empty."""
    envelope = value_at(request.document.value, reference_tokens(request.pointer))
    if request.locations["endpoint"].part == "url" or not isinstance(envelope, dict):
        return ""
    is_tool = request.is_tool
    key = first_present(PARAMETER_KEYS if is_tool else BODY_KEYS, envelope)
    if key is None:
        return f"/{ARGUMENTS if is_tool else BODY_KEYS[0]}"
    held = content_of(envelope[key]) if is_tool else envelope[key]
    if not isinstance(held, dict):
        return f"/{key}"
    return f"/{key}{argument_of(held)[0]}" if is_tool else unwrapped(f"/{key}", held)[0]


def place_of_wrong_body(violation: "WrongType") -> str:
    """The pointer from a request at which its body goes, if another value stands there; empty for any other field."""
    is_body = violation.takes == "an object" and violation.field in HELD_KEYS
    return f"/{violation.field}" if is_body else ""


class _Candidate(NamedTuple):
    """What may be the body of an envelope."""

    body: Carried
    rank: int
    """One of those below: what has the lowest is the body."""


_WHOLE, _WHOLE_ELSEWHERE, _FIELD, _FIELD_ELSEWHERE, _NOTHING = range(5)
"""What is a payload by its fields, under the keys of bodies or others; what has a field, or is a text that cannot be
read, under those keys; what has the account and a field under others; what has no more than ids of all requests."""


def _candidates(value: dict[str, Any], steps: int, *, named: bool = True) -> Iterator[_Candidate]:
    """What may be the body, in an object of an envelope."""
    for key, entry in value.items():
        if is_not_sent(key, value):
            continue
        at, is_named, is_body = f"/{escape(key)}", named and key in CARRYING_KEYS, key in BODIES
        if key == HAR_BODY and isinstance(entry, dict) and not is_elsewhere(entry):
            at, entry = unwrapped(at, entry)
            is_body = isinstance(entry, str)
        content = content_of(entry)
        if not isinstance(content, dict):
            is_body = is_body or (key == "request" and isinstance(entry, str) and is_not_shown(entry))
            if is_named and isinstance(entry, str) and _is_broken(entry, is_body=is_body):
                yield _Candidate((at, entry), _FIELD)
            continue
        if "code" in content or (key not in CARRYING_KEYS and endpoint_in(content)[0]):  # an answer, or another request
            continue
        if level_of(content) is not None:
            yield _Candidate((at, entry), _WHOLE if is_named else _WHOLE_ELSEWHERE)
            continue
        has_field = is_named and not fields_of_requests().isdisjoint(content)
        below = []
        if steps and content is entry and (key in AROUND_REQUESTS or not has_field):
            below = [
                one._replace(body=(at + one.body[0], one.body[1]))
                for one in _candidates(entry, steps - 1, named=is_named)
            ]
            yield from below
        if has_field and not below and (key not in AROUND_REQUESTS or key == "request"):
            yield _Candidate((at, entry), _FIELD)
        elif is_named and is_body and content.keys() <= OF_REQUESTS:
            yield _Candidate((at, entry), _NOTHING)
        elif not below and key not in AROUND_REQUESTS and is_body_of(content):
            yield _Candidate((at, entry), _FIELD_ELSEWHERE)


def _is_misspelt(key: str, entry: object) -> bool:
    """Whether a key of an envelope is a misspelt one of its body."""
    if not isinstance(entry, dict) or key in CARRYING_KEYS or key in ENVELOPE.fields or is_of_answer(key):
        return False
    return "code" not in entry and not describes_fields(entry.get("properties")) and meant(key, ENVELOPE) in BODY_KEYS


def is_body_of(value: dict[str, Any], *, alone: bool = False) -> bool:
    """Whether an object has `advertiser_id` and a field of a request other than an id: logs have ids of requests too.

    With `alone` it must have no key besides such fields and those that all requests have.
    """
    if "advertiser_id" not in value or (alone and not value.keys() <= fields_of_requests() | OF_REQUESTS):
        return False
    return any(not name.endswith(("_id", "_ids")) for name in fields_of_requests().intersection(value))


def is_plainly_smart_plus(value: object) -> bool:
    """Whether a payload by its keys is in a value, or in JSON of one, that has a field of Smart+ alone.

    Such a one is no body of another endpoint, unless one under a usual key says so.
    """
    content = content_of(value)
    if isinstance(content, dict):
        if level_of(content) is not None and is_of_smart_plus(content, OF_SMART_PLUS):
            return True
        content = [*content.values()]
    return isinstance(content, list) and any(map(is_plainly_smart_plus, content))


def files_named(value: object) -> Iterator[str]:
    """The texts in a request that name a file with its body."""
    if isinstance(value, str):
        if names_file(value):
            yield value.strip().removeprefix("@")
    elif isinstance(value, dict | list):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from files_named(entry)


def is_answered(body: object) -> bool:
    """Whether a value under the key of a body is an answer of the API, or JSON of one, with no field of a request."""
    if isinstance(body, str) and '"code"' not in body:
        return False
    answer = content_of(body)
    return isinstance(answer, dict) and is_answer({"message": "", **answer}) and fields_of_requests().isdisjoint(answer)


def _is_broken(text: str, *, is_body: bool) -> bool:
    """Whether a string that is no object of JSON is meant as one; a comment alone says so in a body."""
    begun = text.lstrip("= \t\r\n")
    return begun.startswith("{") or (
        is_body and (is_not_shown(text) or (begun.startswith("/") and read(text) is not None))
    )


@cache
def fields_of_requests() -> frozenset[str]:
    """Fields by which an object is a body: those of all requests, but for ids that logs and queries have too."""
    shapes = [shape for shape in SHAPES.values() if "advertiser_id" in shape.fields]
    return frozenset({"event_source", *(name for shape in shapes for name in shape.fields)} - OF_REQUESTS)
