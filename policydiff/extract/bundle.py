"""A document that is spread over several pages, kept as one file: a zip that holds each page untouched.

The members are stored, not packed, and carry no time, so that the same pages give the same bytes.
"""

import zipfile
from io import BytesIO

MEMBER = "page-{:04}.html"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def bundle(pages: list[bytes]) -> bytes:
    """Return one page as it is, several as a zip."""
    if len(pages) == 1:
        return pages[0]
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as container:
        for number, page in enumerate(pages, start=1):
            container.writestr(zipfile.ZipInfo(MEMBER.format(number), _EPOCH), page)
    return out.getvalue()


def is_bundle(members: list[zipfile.ZipInfo]) -> bool:
    """Say whether a zip with these members is a bundle of pages; a packed or foreign zip is none."""
    names = [MEMBER.format(number) for number in range(1, len(members) + 1)]
    return bool(members) and all(
        member.filename == name and member.compress_type == zipfile.ZIP_STORED
        for member, name in zip(members, names, strict=True)
    )
