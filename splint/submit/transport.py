"""Connections: TLS, at most one proxy, and no setting from the environment."""

import ssl
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from splint.submit.errors import MisuseError

if TYPE_CHECKING:
    from urllib3 import PoolManager
    from urllib3.connection import HTTPConnection


Pools = Callable[["Callable[[HTTPConnection], None]"], "PoolManager"]
"""Makes a pool that calls a function with each established connection, TLS included."""


def pools(origin: str, proxy: str | None, ca_file: str | None) -> Pools:
    """What makes the pools of connections to an origin: one for each exchange. Raises as `tls_context` does.

    Certificates are read only if the origin or the proxy is spoken to in TLS, or a file of them is named: the system's
    take as long as a whole run on loopback. A pool without them makes no connection in TLS.
    """
    is_secure = "https" in (urlsplit(origin).scheme, urlsplit(proxy or "").scheme)
    context = tls_context(ca_file) if is_secure or ca_file is not None else None
    return partial(_pool_manager, proxy, context)


def _pool_manager(
    proxy: str | None, context: ssl.SSLContext | None, on_connect: "Callable[[HTTPConnection], None]"
) -> "PoolManager":
    # of the extra `submit`
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager, ProxyManager, make_headers
    from urllib3.connection import HTTPConnection, HTTPSConnection

    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            on_connect(self)

    class Secure(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            on_connect(self)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    if proxy is None:
        manager = PoolManager(ssl_context=context)
    else:
        parts = urlsplit(proxy)
        proxy_options: dict[str, Any] = {}
        if parts.username is not None:
            user, password = unquote(parts.username), unquote(parts.password or "")
            proxy_options["proxy_headers"] = make_headers(proxy_basic_auth=f"{user}:{password}")
        place = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        manager = ProxyManager(place, ssl_context=context, proxy_ssl_context=context, **proxy_options)
    manager.pool_classes_by_scheme = {"http": PlainPool, **({"https": SecurePool} if context else {})}
    return manager


def tls_context(ca_file: str | None) -> ssl.SSLContext:
    """A TLS context that trusts the certificates of a file, or else those that OpenSSL was built with.

    SSL_CERT_FILE, SSL_CERT_DIR and SSLKEYLOGFILE are ignored: a variable must not expose the token. Raises MisuseError
    if the file holds no certificates, and if OpenSSL knows none.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # checks certificates and host names
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=ca_file)
        except OSError as error:  # ssl.SSLError is one
            why = "holds no certificates in PEM" if isinstance(error, ssl.SSLError) else error.strerror or str(error)
            raise MisuseError(f"--ca-file {ca_file}: {why}") from error
        return context
    built_in = ssl.get_default_verify_paths()
    file, folder = Path(built_in.openssl_cafile), Path(built_in.openssl_capath)
    has_file, has_folder = file.is_file(), _may_hold_authorities(folder)
    if not (has_file or has_folder):  # as Python from python.org is on macOS until its certificates are installed
        raise MisuseError(
            "no certificate authority is known, so that no connection can be verified: OpenSSL looks for them in "
            f"{file} and {folder}; name a file of them with --ca-file; nothing was sent"
        )
    context.load_verify_locations(cafile=str(file) if has_file else None, capath=str(folder) if has_folder else None)
    return context


def _may_hold_authorities(folder: Path) -> bool:
    """Whether a folder has files named by hashes, as OpenSSL looks for authorities, or cannot be listed."""
    try:
        return any(entry.suffix[1:].isdigit() for entry in folder.iterdir())
    except OSError:
        return folder.is_dir()
