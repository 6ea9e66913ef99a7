"""The answer for agents, `Report.to_agent`, on one line."""

from splint.reporting.report import Report, json_text
from splint.reporting.reporters import Style


def render(report: Report, style: Style) -> str:
    """The findings behind the style's cursor, as many as an answer takes."""
    return f"{json_text(report.to_agent(after=style.after))}\n"
