"""Office files as the same bytes for the same content: their parts in one order, under one date."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The earliest date a zip entry can bear."""


def frozen_zip(data: bytes) -> bytes:
    """Return the archive with every entry dated 1980 and compressed alike; order and contents are kept."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for entry in source.infolist():
            info = ZipInfo(entry.filename, _EARLIEST)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, source.read(entry))
    return target.getvalue()
