"""The hosts that requests may be sent to, and the access token."""

import ipaddress
import json
import os
import re
import stat
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from splint.reporting.masking import SHORTEST, without_userinfo
from splint.reporting.wording import install
from splint.submit.errors import MisuseError

if TYPE_CHECKING:
    from pydantic import SecretStr

PRODUCTION = "https://business-api.tiktok.com"
SANDBOX = "https://sandbox-ads.tiktok.com"
EXTRA = ("filelock", "platformdirs", "urllib3")
"""The packages of the extra `submit`."""
VARIABLE = "TIKTOK_ACCESS_TOKEN"
"""The environment variable that holds the token."""
NO_TOKEN = f"there is no token: put it into {VARIABLE}, or name a --token-file"
PORTS = {"http": 80, "https": 443}
"""The ports of origins that name none."""
_HERE = ipaddress.IPv6Address(1)
_OPEN = re.compile(r"/dev/stdin|/(?:dev|proc/self)/fd/[0-9]+")
"""The names of descriptors that are open already, as a shell gives for <(COMMAND)."""
_TOKEN = re.compile(r"[\x21-\x7e]+")


def need_extra() -> None:
    """Raise MisuseError if packages of the extra are not installed."""
    missing = [name for name in EXTRA if find_spec(name) is None]
    if missing:
        raise MisuseError(f"sending needs {', '.join(missing)}: {install('submit')}")


def default_directory() -> Path:
    """The directory of the journals that no option names. Raises MisuseError where its package is not installed."""
    if find_spec("platformdirs") is None:
        raise MisuseError(f"without --run-dir DIR the package platformdirs is needed: {install('submit')}")
    from platformdirs import user_state_path  # of the extra `submit`

    return user_state_path("splint") / "runs"


def origin_of(base_url: str | None, *, sandbox: bool) -> str:
    """The scheme, host and port of all requests: TikTok's production or sandbox host, or a loopback address.

    Raises MisuseError for any other `base_url`.
    """
    if base_url is None:
        return SANDBOX if sandbox else PRODUCTION
    if sandbox:
        raise MisuseError("--sandbox names a host, and --base-url another: leave one of them out")
    try:
        parts = urlsplit(base_url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise MisuseError(f"--base-url {without_userinfo(base_url)!r}: {without_userinfo(str(error))}") from error
    if parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise MisuseError("--base-url takes a scheme, a host and a port, nothing else: the paths are appended")
    shown = f"[{host}]" if ":" in host else host
    origin = f"{parts.scheme}://{shown}" + (f":{port}" if port is not None else "")
    if origin in (PRODUCTION, SANDBOX) or (parts.scheme in ("http", "https") and is_loopback(host)):
        return origin
    raise MisuseError(f"--base-url {base_url!r} is neither {PRODUCTION} nor {SANDBOX} nor a loopback address")


def is_loopback(host: str) -> bool:
    """Whether a host is a loopback address or `localhost`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_same_host(one: str, other: str) -> bool:
    """Whether two origins are of one host: `localhost`, 127.0.0.1 and ::1 are, with one port."""
    return one == other or (_port_here(one) is not None and _port_here(one) == _port_here(other))


def _port_here(origin: str) -> int | None:
    """The port of an origin by any of the three names of this machine; None for another host."""
    parts = urlsplit(origin)
    host, port = parts.hostname or "", parts.port
    if host not in ("localhost", "127.0.0.1") and (not is_loopback(host) or ipaddress.ip_address(host) != _HERE):
        return None
    return port if port is not None else PORTS.get(parts.scheme)


def take_token(path: str | None) -> "SecretStr | None":
    """The token from a file, or else from the environment, out of which it is always removed; None if there is none.

    Raises MisuseError for a file that other users can read and for a text that no header can hold. No message shows
    the token.
    """
    from_environment = os.environ.pop(VARIABLE, None)
    text = from_environment if path is None else _from_file(path)
    where = VARIABLE if path is None else path
    if text is None:
        return None
    text = text.strip()
    if not _TOKEN.fullmatch(text):
        raise MisuseError(f"{where}: a token is printable ASCII without blanks, and not empty")
    from pydantic import SecretStr  # only where there is a token

    return SecretStr(text)


def holds_token(text: str, token: "SecretStr | None") -> bool:
    """Whether a text holds the token, as it is or as JSON writes it; a short one may be an ordinary word."""
    secret = "" if token is None else token.get_secret_value()
    return len(secret) >= SHORTEST and (secret in text or json.dumps(secret)[1:-1] in text)


def is_open_already(path: str) -> bool:
    """Whether a path names a descriptor of this process, such as a pipe of the shell: no later command can read it."""
    return _OPEN.fullmatch(path) is not None


def _from_file(path: str) -> str:
    try:
        # to open a named pipe waits for its writer, but for O_NONBLOCK
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            if not stat.S_ISREG(mode) and not (stat.S_ISFIFO(mode) and is_open_already(path)):
                raise MisuseError(f"--token-file {path}: is no regular file; --token-file <(COMMAND) takes a command's")
            if stat.S_IMODE(mode) & 0o077:
                raise MisuseError(
                    f"--token-file {path}: others can read it (mode {stat.S_IMODE(mode):o}): chmod 600 it"
                )
            os.set_blocking(stream.fileno(), True)
            return stream.read(65536).decode("ascii", "replace")
    except OSError as error:
        raise MisuseError(f"--token-file {path}: cannot be read: {error.strerror or error}") from error


def sender() -> dict[str, str]:
    """The user and the host of this process, for the journal."""
    import pwd  # only what is sent has a sender
    import socket

    try:
        user = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        user = str(os.getuid())
    return {"user": user, "host": socket.gethostname()}
