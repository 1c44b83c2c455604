"""Names of versions and their paths without the hashes that tell texts of two checkouts apart."""

import re


def turn(name: str | None) -> str:
    """Return `2021-11-29.2` of `2021-11-29.2-1a2b3c4d`, and `2021-11-29` of `2021-11-29.1-1a2b3c4d`."""
    return re.sub(r"(\.\d+)-[0-9a-f]{8}", r"\1", re.sub(r"\.1-[0-9a-f]{8}", "", name or ""))
