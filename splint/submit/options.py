"""Options of a submission: how requests are sent, and how often failed ones are repeated."""

import time
from collections.abc import Iterator
from typing import NamedTuple

RETRIES = (0.5, 1.0, 2.0)
"""The pauses in seconds before the retries of a failed request."""
THROTTLED_RETRIES = 3
"""The most retries of a throttled request."""

LOOKUPS = 4
"""The number of lookups within the settle window."""


class RetryPolicy(NamedTuple):
    """How long to wait for late objects and after throttling, in seconds."""

    settle: float = 20.0
    """How long a created object may be missing from lists."""
    throttle_wait: float = 300.0
    """The pause after a throttled request."""

    def lookups(self) -> Iterator[int]:
        """Yield the number of each lookup, after pauses that spread the lookups over the settle window."""
        for number in range(LOOKUPS):
            if number:
                time.sleep(self.settle / (LOOKUPS - 1))
            yield number


class TransportOptions(NamedTuple):
    """How requests are sent."""

    base_url: str | None = None
    """Scheme, host and port: TikTok's hosts or a loopback address; production when None."""
    sandbox: bool = False
    rate: float = 2.0
    """Requests per second."""
    timeout: float = 60.0
    """Seconds for a whole exchange: connecting, headers and body."""
    proxy: str | None = None
    ca_file: str | None = None
    """Certificates in PEM to verify TLS against, in place of the system's."""
    retry_policy: RetryPolicy = RetryPolicy()
