"""A document that is spread over several pages, kept as one file: a zip that holds each page untouched.

The members are stored, not packed, and carry no time, so that the same pages give the same bytes.
"""

import zipfile
from io import BytesIO

MEMBER = "page-{:04}.html"
FILE_ENDING = ".bin"
FILE_MEMBER = "file-{:04}" + FILE_ENDING
"""An attachment that is the text of the page before it."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def bundle(pages: list[bytes], attached: list[bytes] | None = None) -> bytes:
    """Return one page as it is, several as a zip, with the attachments that are their text behind them."""
    if len(pages) == 1 and not attached:
        return pages[0]
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as container:
        for number, page in enumerate(pages, start=1):
            container.writestr(zipfile.ZipInfo(MEMBER.format(number), _EPOCH), page)
        for number, file in enumerate(attached or [], start=len(pages) + 1):
            container.writestr(zipfile.ZipInfo(FILE_MEMBER.format(number), _EPOCH), file)
    return out.getvalue()


def is_bundle(members: list[zipfile.ZipInfo]) -> bool:
    """Say whether a zip with these members is a bundle of pages; a packed or foreign zip is none."""
    return bool(members) and all(
        member.filename in {MEMBER.format(number), FILE_MEMBER.format(number)}
        and member.compress_type == zipfile.ZIP_STORED
        for number, member in enumerate(members, start=1)
    )
