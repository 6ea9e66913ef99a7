"""Lifecycle of endpoints."""

from collections.abc import Iterator
from datetime import date

from splint_guide.lifecycle import ending, request_text

from splint.payloads.nodes import Finding, Request
from splint.rules.rule import bad, good, rule

STATUS = "/campaign/status/update/"


@rule(
    "REF501",
    "legacy-update-endpoint",
    on=Request,
    level="error",
    section="Upgraded Smart+ migration",
    basis="reference",
    documents=(1853452461203458,),
    replaces=("SPL502",),
    since="0.1.0",
    examples=lambda: [
        bad(
            "after the last day", text=request_text("/v1.3/campaign/spc/update/"), as_of="2026-07-01", at=["/endpoint"]
        ),
        bad("on the last day", text=request_text("/v1.3/campaign/spc/update/"), as_of="2026-06-30", at=["/endpoint"]),
        bad(
            "status, at any date",
            text=request_text("/v1.3/campaign/status/update/"),
            as_of="2027-01-01",
            at=["/endpoint"],
        ),
        good(
            "its successor",
            text=request_text("/v1.3/smart_plus/campaign/status/update/", body='{"advertiser_id": "1"}'),
        ),
    ],
)
def legacy_update_endpoint(request: Request) -> Iterator[Finding]:
    """No campaign is changed through the legacy Smart+ update endpoint after 2026-06-30.

    /campaign/status/update/ ended then for legacy Smart+ campaigns only; a payload does not tell which it is.
    """
    successor = "use /v1.3/smart_plus/campaign/update/"
    yield from ending(request, "/campaign/spc/update/", date(2026, 6, 30), "does not work", successor)
    if request.path == STATUS:
        what = f"{STATUS} ended on 2026-06-30 for legacy Smart+ campaigns, and goes on for manual ones"
        yield request.finding(
            what, "use /v1.3/smart_plus/campaign/status/update/ for Smart+ campaigns", level="warning"
        )


RULES = (legacy_update_endpoint,)
