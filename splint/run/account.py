"""Account facts of settings, options and keyword arguments: what findings on them say of where they come from."""

from splint.formats import Document, Source, escape, nowhere
from splint.formats.spans import Span
from splint.payloads.nodes import Location, RelatedLocation
from splint.settings.config import Config
from splint.settings.toml import Origin


def source_of(config: Config, field: str, name: str) -> tuple[str, tuple[RelatedLocation, ...]]:
    """What says a fact of a field of the config, `facts` or `settings_facts`, in words and in the settings file."""
    origin = config.origins.get(field, Origin())
    if field == "facts":
        return (f"{origin.option} {name}" if origin.option else f'facts["{name}"]'), ()
    held = origin.holder(name)
    if held is None:
        return f"facts.{name}", ()
    file, way = held
    words = f"{file.at(way)}: facts.{name}"
    if not file.text:
        return words, ()
    source = Source(file.shown, file.text.encode())
    start, line = source.line_at(file.line(way))
    text = line.strip()
    first = start + line.index(text)
    document = Document(source, None, nowhere, spans={"fault": Span(first, first + len(text))}, body=-1)
    pointer = "".join(f"/{escape(str(step))}" for step in (*file.table, *way))
    return words, (RelatedLocation(Location(document, pointer, "fault"), "it is said here"),)
