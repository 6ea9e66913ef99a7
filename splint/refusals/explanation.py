"""What a refusal means, in three layers: its code, its message, its payload."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from splint.refusals.answers import Answer
from splint.refusals.codes import Actor, Code, Provenance
from splint.refusals.places import Open
from splint.reporting.masking import public
from splint.reporting.report import Diagnostic, ToolNotification
from splint.reporting.wording import at, counted, spelled
from splint.rules.rule import Selection

ACTS: dict[Actor, str] = {
    "payload": "correct the payload",
    "token": "get another access token",
    "scope": "ask for the scope, or for a role with write access to the advertiser",
    "account": "look at the account",
    "wait": "wait, then send it again",
    "TikTok": "nothing to correct here: look whether it stands before it is sent again",
}
CREATED = {
    "yes": "it was carried out",
    "no": "nothing was created",
    "unknown": "whether anything was created is unknown",
}
MOST = 5
"""So many findings, rules and places are shown in text; `to_dict` has all."""


class Meaning(NamedTuple):
    """What the message says: the second layer."""

    fields: tuple[str, ...]
    """The fields that it is about, the first one first; empty where it is about none of the payload."""
    path: str
    """The way to the first field, as the message has it; its name where it has none."""
    cause: str
    """What is wrong with it; empty where the message says it best."""
    rules: tuple[str, ...]
    """The rules that tell of it beforehand, by code."""
    provenance: Provenance

    @property
    def pointer(self) -> str | None:
        """The path as a pointer from the request's body; None for one without an index, which may stand anywhere."""
        is_whole = any(step.isdigit() for step in self.path.split("."))
        return f"/{self.path.replace('.', '/')}" if is_whole else None


class Place(NamedTuple):
    """A place of the field in the payload."""

    pointer: str
    value: Any
    is_missing: bool
    """Whether the pointer is that of the object that lacks the field."""


class Grounds(NamedTuple):
    """What the payload says: the third layer."""

    places: tuple[Place, ...]
    findings: tuple[Diagnostic, ...]
    """At these places; of the whole payload where the message names no field."""
    open: tuple[Open, ...]
    """The rules on the field that would find more with more facts; empty where there are findings."""
    provenance: Provenance
    unread: tuple[Diagnostic, ...] = ()
    """What says that the payload, or a part of it, cannot be read, or is none: nothing was judged there."""
    errors: tuple[ToolNotification, ...] = ()
    """Files of the payload that cannot be read."""


class Explanation(NamedTuple):
    """What a refusal means. Text from a server in it is as it came: `text` escapes it."""

    answer: Answer
    code: Code | None
    """None for a code that is not known, or that the input does not tell."""
    actor: Actor | None
    """Who acts; None where that is not known."""
    meaning: Meaning | None
    grounds: Grounds | None
    """None without a payload."""
    rules: tuple[Selection, ...]
    """The rules that look at the field, or that tell of the refusal: those the meaning names first."""

    def __repr__(self) -> str:
        return f"<Explanation: {public(self.verdict)}>"

    @property
    def is_explained(self) -> bool:
        """Whether a layer says more than that a payload was refused."""
        if self.meaning is not None or (self.grounds is not None and self.grounds.findings):
            return True
        return self.actor not in (None, "payload") or (self.code is not None and self.actor is None)

    @property
    def verdict(self) -> str:
        """The first line: what was refused, or that it is not known why."""
        code = self.answer.code
        name = self.code.name if self.code is not None else "a code that is not known" if code is not None else ""
        if self.is_explained:
            return f"code {code} ({name}): {self.answer.message}" if code is not None else self.answer.message
        shown = f"code {code} ({name})" if code is not None else "no code"
        checked = "nothing in this payload breaks a rule" if self.grounds is not None else "no payload to check"
        is_unread = self.grounds is not None and (self.grounds.unread or self.grounds.errors)
        return f"unknown: {shown}; {'the payload could not be checked' if is_unread else checked}"

    def to_dict(self) -> dict[str, Any]:
        """As JSON values, the shape of `--output-format json` (keys are only ever added)."""
        known = self.code
        answer = self.answer
        return {
            "explained": self.is_explained,
            "message": answer.message,
            "request_id": answer.request_id,
            "endpoint": answer.endpoint,
            "object": answer.object,
            "code": {
                "code": answer.code,
                "name": known.name if known else None,
                "created": known.created if known else "unknown",
                "actor": self.actor,
                "provenance": known.provenance if known else None,
            },
            "meaning": _meant(self.meaning) if self.meaning else None,
            "payload": self._grounds() if self.grounds else None,
            "rules": [{"code": rule.code, "name": rule.name, "summary": rule.summary} for rule, _ in self.rules],
        }

    def _grounds(self) -> dict[str, Any]:
        assert self.grounds is not None
        return {
            "places": [place._asdict() for place in self.grounds.places],
            "findings": [found.model_dump() for found in (*self.grounds.unread, *self.grounds.findings)],
            "errors": [{"kind": error.kind, "message": error.message} for error in self.grounds.errors],
            "open": [{"code": one.selection.rule.code, "needs": [*one.needs]} for one in self.grounds.open],
            "provenance": self.grounds.provenance,
        }

    def text(self) -> str:
        """As text for people."""
        lines = [self.verdict, *(f"  {line}" for line in self.details())]
        return "".join(f"{public(line)}\n" for line in lines)

    def details(self) -> Iterator[str]:
        """The lines below the verdict."""
        if not self.is_explained and self.answer.message:
            yield f"message: {self.answer.message}"
        if self.code is not None:
            turn = f"; {ACTS[self.actor]}" if self.actor is not None else ""
            done = CREATED[self.code.created]
            done = done.replace("created", "changed") if "/update/" in (self.answer.endpoint or "") else done
            yield f"code: {done}{turn} [{self.code.provenance}]"
        if self.meaning is not None:
            yield from self._meaning(self.meaning)
        if self.grounds is not None:
            yield from self._payload(self.grounds)
        is_told = self.meaning is not None and self.meaning.rules
        if self.rules and not is_told and not (self.grounds and (self.grounds.findings or self.grounds.open)):
            yield f"rules on it: {', '.join(f'{rule.code} ({rule.name})' for rule, _ in self.rules[:MOST])}"
            yield from _more(self.rules, "rule")
        if self.answer.request_id and (not self.is_explained or self.actor == "TikTok"):
            yield f"for TikTok's support: request_id {self.answer.request_id}"

    def _meaning(self, meaning: Meaning) -> Iterator[str]:
        others = f" (with {', '.join(meaning.fields[1:])})" if len(meaning.fields) > 1 else ""
        said = f"{meaning.path} {meaning.cause}".strip() + others
        if not meaning.cause:
            said = f"it names {said}, and not what is wrong"
        yield f"message: {said} [{meaning.provenance}]"
        if meaning.rules:
            yield f"told beforehand by: {', '.join(meaning.rules)}"

    def _payload(self, grounds: Grounds) -> Iterator[str]:
        for error in grounds.errors[:MOST]:
            yield f"payload: {error.message}"
        yield from _more(grounds.errors, "file")
        for found in grounds.unread[:MOST]:
            start = found.range.start if found.range is not None else None
            where = f"line {start.line}, column {start.column}" if start is not None else at(found.pointer)
            yield f"{found.severity}[{found.code}] {where}: {found.message}"
        yield from _more(grounds.unread, "place")
        if self.meaning is not None and self.meaning.pointer is not None and not grounds.places:
            yield f"payload: {self.meaning.pointer} is not there"
        for place in grounds.places[:MOST]:
            what = "lacks it" if place.is_missing else f"is {spelled(place.value)}"
            yield f"payload: {at(place.pointer)} {what}"
        yield from _more(grounds.places, "place")
        if grounds.findings and self.meaning is None:
            yield f"payload: the message names no field; this is what the payload breaks [{grounds.provenance}]"
        for found in grounds.findings[:MOST]:
            known = f" [{grounds.provenance}]" if self.meaning is not None else ""
            yield f"{found.severity}[{found.code}] {at(found.pointer)}: {found.message}{known}"
            if found.fix is not None:
                yield f"  fix ({found.fix.applicability}): {found.fix.title}"
        yield from _more(grounds.findings, "finding")
        for one in grounds.open[:MOST]:
            rule = one.selection.rule
            yield f"{rule.code} {rule.name} would say more with {', '.join(one.needs)} [{grounds.provenance}]"
        yield from _more(grounds.open, "rule")


def _meant(meaning: Meaning) -> dict[str, Any]:
    lists = {"fields": [*meaning.fields], "rules": [*meaning.rules]}
    return meaning._asdict() | lists | {"path": meaning.path or None, "pointer": meaning.pointer}


def _more(entries: tuple[Any, ...], noun: str) -> Iterator[str]:
    if len(entries) > MOST:
        yield f"and {counted(len(entries) - MOST, f'more {noun}')}"
