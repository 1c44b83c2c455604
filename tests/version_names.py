"""Names of versions without the hash that tells silent edits of two checkouts apart."""

import re


def turn(name: str | None) -> str:
    """Return `2021-11-29.2` of `2021-11-29.2-1a2b3c4d`."""
    return re.sub(r"(\.\d+)-[0-9a-f]{8}", r"\1", name or "")
