"""Which exit status a check ends with."""

from splint.reporting.exit_statuses import ERROR, FINDINGS, NO_PAYLOAD, SUCCESS
from splint.reporting.report import Report
from splint.reporting.reporters import Style
from splint.rules import engine_codes
from splint.settings.config import Config

ABOUT_NO_PAYLOAD = (engine_codes.WITHOUT_PAYLOAD, engine_codes.UNUSED)
"""The rules whose findings may exist without any payload."""


def has_no_payload(report: Report, config: Config) -> bool:
    """Whether a run read no payload and has no other findings that count, so that the exit status is NO_PAYLOAD."""
    about = ABOUT_NO_PAYLOAD[config.require_payloads :]  # where payloads are required, a file without one is a finding
    is_silent = all(diagnostic.code in about for diagnostic in report.active)
    return report.payloads == 0 and not config.force_exclude and is_silent


def status_of(report: Report, config: Config) -> int:
    """The exit status of a run, the same for all output formats: errors of splint itself come before findings."""
    if report.errors:
        return ERROR
    if has_no_payload(report, config):
        return NO_PAYLOAD
    fails = Style(fail_on=config.fail_on).fails
    has_failed = any(fails(diagnostic.severity) for diagnostic in report.active)
    return FINDINGS if has_failed and not config.exit_zero else SUCCESS
