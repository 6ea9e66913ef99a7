"""The tools: what each takes, what it does, and what it answers, in at most 8 KB."""

import io
import shlex
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from splint.agents.answers import applied, patch_of
from splint.agents.parameters import ToolError, document_of, held, value_of
from splint.agents.roots import Roots
from splint.files import INPUT, has_no_format
from splint.fixes.admission import brings_in
from splint.fixes.application import ROUNDS, FixedValue, Named, applicable, fixing
from splint.formats.json.reader import JSON
from splint.formats.operations import Patch, same
from splint.reporting.agent import MOST_BYTES, size_of
from splint.reporting.masking import masked
from splint.reporting.report import Diagnostic, Report
from splint.reporting.wording import cut, safe
from splint.rules.fields import FieldFacts, fields, knowledge
from splint.rules.pages import markdown_page
from splint.rules.registry import load
from splint.rules.rule import Selection
from splint.run.linter import Linter
from splint.run.pipeline import SourceFile
from splint.schema.nearest import suggestion
from splint.submit import Draft, SubmitError
from splint.submit.access import origin_of
from splint.submit.bundle import Source, make_draft, strict
from splint.submit.plan import Step, digest

Answer = dict[str, Any]
MOST_LEFT_OUT = 8
"""The most fixes that an answer names as left out; the rest is counted."""


class Tools:
    """The tools of one server, which reads files below `roots`."""

    def __init__(self, roots: Roots) -> None:
        self._roots = roots

    @cached_property
    def rules(self) -> Mapping[str, Selection]:
        """The rules of all profiles, by code."""
        return {selection.rule.code: selection for selection in load().rules}

    # -- payloads ----------------------------------------------------------------------------------------------------

    def check(self, given: dict[str, Any]) -> Answer:
        """The findings on a payload or a file, a page of them."""
        limit, after, checked = given.pop("limit", 20), given.pop("after", None), self._checked(given)
        try:
            return checked.to_agent(limit, after)
        except ValueError as error:
            raise ToolError(str(error)) from error

    def _checked(self, given: dict[str, Any]) -> Report:
        path, payload = _one_of(given)
        linter = Linter(**given)
        if path is None:
            return _report(linter, payload)
        sources = [self._source(path, linter).file]
        return linter.lint(sources, again=lambda _path: sources)

    def _source(self, path: str, linter: Linter) -> "_File":
        full, data = self._roots.read(path)
        reader = linter.registry.reader_for(full)
        if reader is None:
            raise ToolError(has_no_format(path[:200]))
        return _File(full, SourceFile(full, io.BytesIO(data), reader), Source(full, data, reader))

    def fix(self, given: dict[str, Any]) -> Answer:
        """The patch of safe fixes, or of the fixes of findings that are named."""
        ids, payload = given.pop("ids", None), given.pop("payload")
        linter, value = Linter(**given), value_of(payload)
        report = _report(linter, payload)
        found = applicable(report.diagnostics, unsafe=True)
        if unknown := set(ids or ()) - {one.fingerprint for one in found}:
            raise ToolError(f"no finding of this payload with a fix has the id {safe(min(unknown)[:80])!r}")
        is_wanted = _is_safe if ids is None else lambda one: one.fingerprint in ids
        wanted = [*filter(is_wanted, found)]
        most = len(wanted)
        while True:
            named = Named(wanted[:most])
            is_all = ids is None and most == len(wanted)
            fixed = fixing(linter.check, value, report, _all_safe if is_all else named)
            answer = {**_patched(fixed.patch, fixed.value), **_left_out(fixed, named)}
            if size_of(answer) <= MOST_BYTES - 1024:
                break
            if most == 1:
                raise ToolError(
                    f"the patch of {wanted[0].fingerprint} is longer than an answer: splint check --fix makes it"
                )
            most //= 2
        counts = linter.check(fixed.value).to_agent(1)["counts"]
        return {**answer, "counts": counts, "left_off": len(wanted) - most}

    def answer(self, given: dict[str, Any]) -> Answer:
        """The patch of answers to questions, and the check of what it makes of the payload."""
        answers, payload = given.pop("answers"), given.pop("payload")
        linter, value = Linter(**given), value_of(payload)
        patch = patch_of(value, _report(linter, payload), answers, linter.check)
        after = applied(value, patch)
        if patch and same(after, value):
            raise ToolError("the answers change nothing: change the payload itself where no other answer is meant")
        answer = _patched(patch, after)
        values = [one["value"] for one in answers]
        texts = [one["value"] for one in patch if isinstance(one.get("value"), str) and one["value"] not in values]
        room = MOST_BYTES - size_of(answer) + sum(map(size_of, texts)) - 100  # but for the strings that hold answers
        if room < MOST_BYTES // 4:
            alone = "null at an entry of a list leaves that out" if isinstance(values[0], list) else "shorten the value"
            way = "several calls take them" if len(answers) > 1 else alone
            raise ToolError(f"the answers are longer than 6 KB together: {way}")
        checked = linter.check(after)
        page = checked.to_agent(most=room)
        if size_of(page) > room:
            page = {key: page[key] for key in ("ok", "counts")} | {"left_off": len(checked.active)}
        return {**answer, "check": page}

    def plan(self, given: dict[str, Any]) -> Answer:
        """What `splint submit --dry-run` says of a bundle, and the command with which a person sends it."""
        enable, sandbox = given.pop("enable", False), given.pop("sandbox", False)
        path, payload = _one_of(given)
        linter = Linter(strict(Linter(**given).config))
        try:
            source = _bundle(payload) if path is None else self._source(path, linter).source
            draft = make_draft(source, linter, origin_of(None, sandbox=sandbox), enable=enable)
        except SubmitError as error:
            return _bounded({"ok": False, "refused": safe(str(error))}, "details", map(safe, error.details))
        try:
            draft.refuse_objections({step.path for step in draft.plan.steps})
        except SubmitError as error:
            return {"ok": False, "refused": safe(str(error)), "check": draft.report.to_agent(most=MOST_BYTES - 1024)}
        words = ["splint", "submit", source.path if path is not None else "BUNDLE.json"]
        words += ["--expect-plan", draft.plan.sha256, *(["--enable"] if enable else [])]
        words += ["--sandbox"] if sandbox else []
        words += ["--profile", given["profile"]] if "profile" in given else []
        for name, value in given.get("facts", {}).items():
            words += ["--fact", f"{name}={','.join(map(str, value)) if isinstance(value, list) else value}"]
        return _planned(draft, shlex.join(words))

    # -- what is known -----------------------------------------------------------------------------------------------

    def explain_rule(self, given: dict[str, Any]) -> Answer:
        """A rule's page."""
        code = given["code"].strip().upper()
        by_name = {selection.rule.name: code for code, selection in self.rules.items()}
        code = by_name.get(given["code"].strip().lower(), code)
        if code not in self.rules:
            near = suggestion(code[:80], self.rules)
            raise ToolError(f"no rule has the code or name {safe(given['code'][:80])!r}{near}")
        page = self.page(code)
        answer = {"code": code, "page": page}
        if size_of(answer) <= MOST_BYTES:
            return answer
        return {"code": code, "page": _cut(page, MOST_BYTES - 1024), "resource": uri_of(code)}

    def page(self, code: str) -> str:
        """The page of a rule in Markdown. Raises KeyError for a code that there is not."""
        return markdown_page(self.rules[code], list(self.rules.values()))

    def explain_refusal(self, given: dict[str, Any]) -> Answer:
        """What an answer of the API means."""
        from splint.refusals.explaining import explain  # reads what packs know

        if "payload" in given:
            given["payload"] = value_of(given["payload"])
        explanations = [one.to_dict() for one in explain(given.pop("answer"), given.pop("payload", None), **given)]
        if not explanations:
            raise ToolError("there is no answer of TikTok's API in this text")
        return _bounded({}, "explanations", explanations)

    def describe(self, given: dict[str, Any]) -> Answer:
        """The fields of a kind of payload, or what is known of one."""
        kind, profile = given["kind"], given.get("profile", "guide")
        listed = Linter(profile=profile, objectives=given.get("objectives")).ruleset().run.objectives
        every = {facts.field: facts for facts in fields(kind, profile)}
        name = given.get("field")
        if name is None:
            rows = ({"field": field, **({"required": True} if of.is_required else {})} for field, of in every.items())
            return _bounded({"kind": kind}, "fields", rows, after=given.get("after"), key="field")
        found = [facts for field, facts in every.items() if name in (field, facts.name)]
        if not found:
            near = suggestion(name[:80], [*every, *(facts.name for facts in every.values())])
            raise ToolError(f"{kind} has no field {safe(name[:80])!r}{near}")
        return _bounded({"kind": kind}, "fields", (_described(facts, profile, listed) for facts in found))


class _File(NamedTuple):
    """A file below a root, for a check and for a plan."""

    path: str
    file: SourceFile
    source: Source


def uri_of(code: str) -> str:
    """The address of a rule's page among the resources."""
    return f"splint://rules/{code}"


def _one_of(given: dict[str, Any]) -> tuple[str | None, Any]:
    """The path and the payload of a call, of which it has one."""
    if ("path" in given) == ("payload" in given):
        raise ToolError("one of the arguments payload and path is needed, and no other")
    return given.pop("path", None), given.pop("payload", None)


def _report(linter: Linter, payload: Any) -> Report:
    """The report on a payload; a text is read as a file, for what a value cannot show, as a key that stands twice."""
    payload = held(payload)
    return linter.check_value(payload) if isinstance(payload, str) else linter.check(payload)


def _bundle(payload: Any) -> Source:
    """A payload as a bundle to plan."""
    payload = held(payload)
    if isinstance(payload, str):
        return Source(INPUT, document_of(payload).source.data, JSON)
    return Source.of_value(payload, INPUT)


def _is_safe(one: Diagnostic) -> bool:
    return one.fix is not None and one.fix.applicability == "safe"


def _all_safe(diagnostics: Iterable[Diagnostic], _done: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings that have safe fixes, also those that others make possible."""
    return applicable(diagnostics, unsafe=False)


def _left_out(fixed: FixedValue, named: Named) -> Answer:
    """The fixes that were wanted and are not in the patch, with the reason; nothing where there are none."""
    told = []
    for one, errors in fixed.left_out[:MOST_LEFT_OUT]:
        id = named.first(one).fingerprint
        changes = one.fix.title if one.fix is not None else ""
        why = brings_in(one, errors) if errors else f"not reached in {ROUNDS} rounds of fixes: fix what the patch makes"
        told.append({"id": id, "at": cut(one.pointer, 120), "changes": cut(changes, 120), "why": cut(why, 200)})
    more = len(fixed.left_out) - len(told)
    return {**({"left_out": told} if told else {}), **({"more_left_out": more} if more else {})}


def _patched(patch: Patch, after: Any) -> Answer:
    return {"patch": list(patch), "sha256": digest(after)}


def _planned(draft: Draft, command: str) -> Answer:
    plan = draft.plan.model_dump()
    del plan["requests"]
    warnings = [f"{one.code} {one.pointer}: {one.summary}"[:300] for one in draft.warnings[:5]]
    head = {
        "ok": True,
        **plan,
        "command": command,
        **({"warnings": [*map(safe, warnings)], "warnings_of_all": len(draft.warnings)} if warnings else {}),
    }
    return _bounded(head, "requests", map(_request, draft.plan.steps))


def _request(step: Step) -> Answer:
    shown = {key: value for key, value in step.model_dump().items() if key not in ("body", "method")}
    return {
        **shown,
        "name": safe(masked(step.name))[:200],
        "traits": {trait.label: safe(masked(trait.text))[:100] for trait in step.traits},
    }


def _described(facts: FieldFacts, profile: str, objectives: Collection[str]) -> Answer:
    known = knowledge(facts.field, profile, objectives)
    return {
        "field": facts.field,
        "is": known.kind,
        **({"list": True} if known.is_list else {}),
        "about": facts.about,
        "required": facts.is_required,
        "values": list(known.choices),
        "refused_in_web_campaigns": sorted({*facts.values} - {*known.choices}),
        "limits": [limit._asdict() for limit in facts.limits],
        "rules": list(facts.rules),
    }


def _bounded(head: Answer, name: str, entries: Iterable[Any], *, after: str | None = None, key: str = "") -> Answer:
    """An answer with as many entries as fit, and the number of those that are left off.

    `after` is the `key` of the entry behind which they begin; the answer has it for the next call.
    """
    every = list(entries)
    start = 0
    if after is not None:
        start = next((index for index, entry in enumerate(every, 1) if entry[key] == after), -1)
        if start < 0:
            raise ToolError(f"after {safe(after[:80])!r} is none of these {name}")
    answer: Answer = {**head, name: []}
    size = size_of(answer) + 200
    for entry in every[start:]:
        entry = entry if size_of(entry) <= MOST_BYTES // 2 else _shortened(entry)
        size += size_of(entry) + 1
        if size > MOST_BYTES:
            break
        answer[name].append(entry)
    left = len(every) - start - len(answer[name])
    answer["left_off"] = left
    return {**answer, "after": answer[name][-1][key]} if left and key and answer[name] else answer


def _shortened(entry: Any) -> Any:
    """An entry with as much of its texts and lists as half of an answer holds; what is cut ends in `…`."""
    for characters, entries in ((1000, 40), (500, 20), (200, 8), (100, 4), (40, 2)):
        short = _within(entry, characters, entries)
        if size_of(short) <= MOST_BYTES // 2:
            break
    return short


def _within(value: Any, characters: int, entries: int) -> Any:
    """A value with at most so many characters in each text, and so many entries in each list."""
    if isinstance(value, str):
        return value if len(value) <= characters else f"{value[:characters]}…"
    if isinstance(value, dict):
        return {key: _within(member, characters, entries) for key, member in value.items()}
    if isinstance(value, list):
        more = ["…"] if len(value) > entries else []
        return [*(_within(one, characters, entries) for one in value[:entries]), *more]
    return value


def _cut(text: str, most: int) -> str:
    """The first lines of a text, at most so many bytes of JSON."""
    lines = text.splitlines()
    while size_of("\n".join(lines)) > most:
        lines = lines[: len(lines) * 9 // 10]
    return "\n".join([*lines, "…"])
