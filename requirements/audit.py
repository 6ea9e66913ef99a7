"""Ask pip-audit about every version that ci.txt and docs.txt pin: 1 when one is known to be vulnerable.

Where the service that knows vulnerabilities does not answer, that is said, and the check is passed over.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

PINNED = [Path(__file__).parent / name for name in ("ci.txt", "docs.txt")]
UNREACHABLE = re.compile(r"ConnectionError|ConnectTimeout|ReadTimeout|ServiceError")


def main() -> int:
    command = [sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off", "--timeout", "15"]
    done = subprocess.run(
        [*command, "--disable-pip", "--require-hashes", *(word for path in PINNED for word in ("--requirement", path))],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        entries = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        last = (done.stderr.strip().splitlines() or ["no word of why"])[-1]
        if UNREACHABLE.search(done.stderr):
            print(f"audit skipped: the vulnerability service does not answer: {last}", file=sys.stderr)
            return 0
        print(f"audit failed: {last}", file=sys.stderr)
        return 1
    found = [
        f"{entry['name']} {entry['version']}: {vuln['id']}" for entry in entries for vuln in entry.get("vulns", ())
    ]
    skipped = [entry["skip_reason"] for entry in entries if "skip_reason" in entry]
    for line in found:
        print(f"audit: {line}", file=sys.stderr)
    if skipped and len(skipped) == len(entries):
        print(f"audit skipped: the vulnerability service knows no package, as here: {skipped[0]}", file=sys.stderr)
        return 0
    for reason in skipped:
        print(f"audit: {reason}", file=sys.stderr)
    if not entries:
        print("audit failed: no package was looked at", file=sys.stderr)
    if found or skipped or not entries:
        return 1
    print(f"audit: no known vulnerability in {len(entries)} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
