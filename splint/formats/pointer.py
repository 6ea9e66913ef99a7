"""RFC 6901 JSON pointers."""


def escape(key: str) -> str:
    """A key as a reference token of a pointer."""
    return key.replace("~", "~0").replace("/", "~1") if "~" in key or "/" in key else key


def reference_tokens(pointer: str) -> list[str]:
    """The reference tokens of a pointer, unescaped; none for the whole document."""
    tokens = pointer.split("/")[1:]
    return [token.replace("~1", "/").replace("~0", "~") for token in tokens] if "~" in pointer else tokens
