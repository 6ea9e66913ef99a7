"""What payloads stand in a tree: read as a check reads them, and judged by no rule."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from splint.files import File, opened
from splint.formats import Document, UnfitFileError
from splint.formats.fault import SyntaxFault
from splint.payloads.bodies import NODES, Extracted
from splint.payloads.extract import extract
from splint.payloads.mentions import contains_payload_keys
from splint.payloads.nodes import Campaign
from splint.payloads.trees import trees_of
from splint.payloads.validation import Unknown
from splint.reporting.wording import counted, either
from splint.rules.registry import Registry
from splint.schema.vocabulary import AD_GROUP_LISTS, LEVEL_OF, NOUNS, OBJECTIVES, WEB

OF_LIVE_API = ("request_id", "sales_destination")
"""What create requests of the live API have, and the guide does not know."""

OF_AN_ACCOUNT = ("currency", "event_sources", "scopes")
"""Facts that are the same for all campaigns of an account."""


class Survey(NamedTuple):
    """The payloads of a tree."""

    files: dict[str, str | None]
    """The files that hold payloads, by the paths that reports show; each with the kind of schema (`splint schema`) that
    describes all its documents, where there is one."""
    counts: Counter[type]
    objectives: tuple[str, ...]
    """The objectives of the campaigns, sorted."""
    kinds: frozenset[str]
    """The kinds of campaigns: web, catalog, other."""
    facts: dict[str, list[Any]]
    """The different values of each account fact that documents hold, those that can be used."""
    unread: tuple[str, ...]
    """Files that cannot be read."""
    has_others: bool
    """Whether there are requests or event records, which count as payloads in a check, and hold no object."""
    broken: dict[str, str]
    """Why files do not parse that a check reports for it, by the paths that reports show."""
    sources: dict[str, tuple[str, ...]] = {}
    """The files that hold each account fact."""
    advertisers: frozenset[str | None] = frozenset()
    """The advertisers of the campaigns; None for one that is not known."""
    live_fields: tuple[str, ...] = ()
    """The fields that payloads have and that only the live API asks for, sorted."""

    @property
    def is_of_web(self) -> bool:
        """Whether no campaign is known to be other than a regular one for web conversions."""
        return self.kinds <= {"web"} and set(self.objectives) <= {WEB}

    @property
    def profile(self) -> str:
        """The profile that fits the payloads."""
        return "guide" if self.is_of_web and not self.live_fields else "reference"

    @property
    def why(self) -> str:
        """Why that profile fits, in words."""
        if not self.is_of_web:
            what = "some campaigns are not regular web conversions"
        else:
            what = "no campaign is known to be other than for web conversions"
        asked = either(self.live_fields, "and")
        return f"{what}, and some requests have what the live API alone asks for: {asked}" if asked else what

    @property
    def of_account(self) -> dict[str, Any]:
        """The account facts that hold for all payloads: of the only advertiser, and with one value where they stand."""
        if len(self.advertisers) != 1 or None in self.advertisers:
            return {}
        return {name: values[0] for name, values in self.facts.items() if name in OF_AN_ACCOUNT and len(values) == 1}

    @property
    def summary(self) -> str:
        """What there is, in words: `2 campaigns, 4 ad groups, 9 ads`."""
        objects = NODES.values()
        words = [counted(self.counts[kind], NOUNS[kind.__name__]) for kind in objects if self.counts[kind]]
        rest = sum(count for kind, count in self.counts.items() if kind not in objects)
        return ", ".join([*words, *([counted(rest, "other request")] if rest else [])])


def survey(files: Iterable[File], registry: Registry) -> Survey:
    """Read files as a check does, and tell what payloads they hold. A file that cannot be read is named, not raised."""
    found = Survey({}, Counter(), (), frozenset(), {}, (), False, {})
    objectives, kinds, live, unread = set[str](), set[str](), set[str](), list[str]()
    advertisers, sources = set[str | None](), dict[str, dict[str, None]]()
    has_others = False
    for file in files:
        reader = registry.reader_for(file.path)
        if reader is None:
            continue
        shapes: set[str | None] = set()
        faults: list[SyntaxFault] = []
        try:
            with opened(file) as stream:
                for index, document in enumerate(reader.read(file.shown, stream)):
                    if not isinstance(document, Document):
                        faults.append(document)
                        continue
                    extracted = extract(document, (file.shown, index), {})
                    if not extracted.payloads:
                        has_others = has_others or bool(extracted)
                        continue
                    for payload in extracted.payloads:
                        if payload.is_clean:
                            payload.set_fields(payload.written)
                    shapes.add(shape_of(document, extracted))
                    found.counts.update(type(payload) for payload in extracted.payloads)
                    live.update(name for one in extracted.payloads for name in OF_LIVE_API if one.has(name))
                    campaigns = [payload for payload in extracted.payloads if isinstance(payload, Campaign)]
                    objectives.update(one.objective_type for one in campaigns if one.objective_type in OBJECTIVES)
                    trees = trees_of(extracted.payloads)
                    kinds.update(tree.scope.kind for tree in trees)
                    for tree in trees:
                        advertisers.update({one.advertiser_id for one in tree.payloads} - {None} or {None})
                    for facts in extracted.facts:
                        for name, value in facts.raw.items():
                            values = found.facts.setdefault(name, [])
                            if not isinstance(value, Unknown):
                                sources.setdefault(name, {})[file.shown] = None
                            if not isinstance(value, Unknown) and value not in values:
                                values.append(value)
        except UnfitFileError:
            continue
        except OSError:
            unread.append(file.shown)
        if fault := next((one for one in faults if shapes or contains_payload_keys(one.source)), None):
            found.broken[file.shown] = fault.message
        if shapes:
            found.files[file.shown] = shapes.pop() if len(shapes) == 1 else None
    return found._replace(
        objectives=tuple(sorted(objectives)),
        kinds=frozenset(kinds),
        unread=tuple(unread),
        has_others=has_others,
        sources={name: tuple(files) for name, files in sources.items()},
        advertisers=frozenset(advertisers),
        live_fields=tuple(sorted(live)),
    )


def shape_of(document: Document, extracted: Extracted) -> str | None:
    """The kind of schema that describes a document as a whole; None for a list, a script or an answer."""
    if document.call is not None or document.stands_alone or not isinstance(document.value, dict):
        return None
    if extracted.requests:
        return "envelope" if {request.pointer for request in extracted.requests} == {""} else None
    first = extracted.payloads[0]
    if first.pointer == "":
        return LEVEL_OF.get(type(first).__name__)
    starts = {payload.pointer.split("/")[1] for payload in extracted.payloads}
    return "bundle" if starts <= {"campaign", *AD_GROUP_LISTS} else None
