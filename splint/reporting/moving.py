"""Reports whose files are named from another directory."""

from collections.abc import Callable

from splint.reporting.outline import Outline
from splint.reporting.report import Details, Diagnostic, Report


def moved(report: Report, path_of: Callable[[str], str]) -> Report:
    """A copy of a report that names each file by what `path_of` makes of its path; no text changes."""
    paths: dict[str, str] = {}

    def new(path: str) -> str:
        if path not in paths:
            paths[path] = path_of(path)
        return paths[path]

    def outlined(outline: Outline) -> Outline:
        return outline._replace(path=new(outline.path), children=tuple(map(outlined, outline.children)))

    def found(diagnostic: Diagnostic) -> Diagnostic:
        why = diagnostic.suppressed
        return diagnostic._replace(
            path=new(diagnostic.path),
            related=tuple(place._replace(path=new(place.path)) for place in diagnostic.related),
            suppressed=why._replace(path=new(why.path)) if why else None,
        )

    details = report.details
    return report._replace(
        map(found, report.diagnostics),
        [one if one.path is None else one._replace(path=new(one.path)) for one in report.errors],
        skipped_paths=tuple(map(new, report.skipped_paths)),
        details=Details(
            tuple(sorted(map(new, details.paths))),
            tuple(map(outlined, details.outlines)),
            {new(path): text for path, text in details.texts.items()},
            details.made_at,
            details.commit,
            details.baseline,
        ),
        left_out={new(path): count for path, count in report.left_out.items()},
    )
