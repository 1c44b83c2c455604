"""A document that is spread over several pages, kept as one file: a zip that holds each page untouched.

The members are stored, not packed, and carry no time, so that the same pages give the same bytes.
"""

import zipfile
from io import BytesIO

_MEMBER = "page-{:04}.html"
_FIRST = _MEMBER.format(1)
_EPOCH = (1980, 1, 1, 0, 0, 0)


def bundle(pages: list[bytes]) -> bytes:
    """Return one page as it is, several as a zip."""
    if len(pages) == 1:
        return pages[0]
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as container:
        for number, page in enumerate(pages, start=1):
            container.writestr(zipfile.ZipInfo(_MEMBER.format(number), _EPOCH), page)
    return out.getvalue()


def unbundle(data: bytes) -> list[bytes]:
    """Return the pages of a bundle in order; anything else is its own only page."""
    if not is_bundle(data):
        return [data]
    with zipfile.ZipFile(BytesIO(data)) as container:
        return [container.read(name) for name in sorted(container.namelist())]


def is_bundle(data: bytes) -> bool:
    """Say whether these bytes are a bundle of pages; a packed or foreign zip is none."""
    if not data.startswith(b"PK\x03\x04") or not data[30:].startswith(_FIRST.encode()):
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as container:
            members = container.infolist()
    except zipfile.BadZipFile:
        return False
    return all(member.compress_type == zipfile.ZIP_STORED for member in members)
