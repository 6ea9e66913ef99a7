"""Prerequisites: event sources and permission scopes."""

from collections.abc import Iterator

from splint.payloads.nodes import Campaign, Facts, Finding
from splint.rules.guard import is_, knows
from splint.rules.rule import bad, good, rule

SECTION = "Prerequisites"
SCOPES = (
    "Ads Management > Upgraded Smart Plus Ads",
    "Reporting > Upgraded Smart+ Report",
    "Creative Management > Creative tool",
)


@rule(
    "SPL601",
    "no-event-source",
    on=Campaign,
    level="error",
    section=SECTION,
    basis="stated",
    facts=("event_sources",),
    since="0.1.0",
    guard=knows("event_sources") & is_("Campaign.objective_type", "WEB_CONVERSIONS"),
    examples=lambda: [
        bad("neither Pixel nor Events API", {}, facts={"event_sources": []}, at=["/campaign/objective_type"]),
        good("the Events API", {}, facts={"event_sources": ["events_api"]}),
        good("nobody knows", {}),
        good("another objective", {"/campaign/objective_type": "REACH"}, facts={"event_sources": []}),
    ],
)
def no_event_source(campaign: Campaign) -> Iterator[Finding]:
    """Web Conversions has a Pixel or the Events API set up.

    Without a source no conversion is ever counted.
    """
    if campaign.fact("event_sources") == []:
        yield campaign.finding(
            "objective_type",
            "WEB_CONVERSIONS has no event source: neither a TikTok Pixel nor the Events API is set up",
            "set up one of the two first",
        )


@rule(
    "SPL611",
    "scope-missing",
    on=Facts,
    level="error",
    section=SECTION,
    basis="stated",
    facts=("scopes",),
    since="0.1.0",
    examples=lambda: [
        bad("two of three", {"/facts": {"scopes": list(SCOPES[:2])}}, at=["/facts/scopes"]),
        bad("none", {"/facts": {"scopes": ["Ads Management > Ads"]}}, at=["/facts/scopes"] * 3),
        good("all three", {"/facts": {"scopes": list(SCOPES)}}),
        good("nobody knows", {"/facts": {"currency": "USD"}}),
    ],
)
def scope_missing(facts: Facts) -> Iterator[Finding]:
    """The developer app has all three permission scopes.

    Ads Management > Upgraded Smart Plus Ads, Reporting > Upgraded Smart+ Report, Creative Management > Creative tool.
    """
    if facts.scopes is not None and all(isinstance(scope, str) for scope in facts.scopes):
        granted = {" ".join(scope.lower().split()) for scope in facts.scopes}
        for scope in SCOPES:
            if scope.lower() not in granted:
                yield facts.finding(
                    "scopes", f'the scope "{scope}" is not granted', "ask for it in the developer app's settings"
                )


RULES = (no_event_source, scope_missing)
