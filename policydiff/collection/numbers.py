"""Document numbers (发文字号) in one shape: `沪府发〔2018〕25号`, whatever brackets and blanks were used."""

import re
from typing import NamedTuple

from policydiff.errors import InvalidIdentifierError

_NUMBER = re.compile(
    r"""
    (?P<code>[^\s〔〕\[\]［］【】()（）《》]{1,30})   # 沪府发, 国办发, 沪发改规范
    [〔\[［【(（] (?P<year>(?:19|20)\d\d) [〕\]］】)）]
    第?(?P<serial>\d{1,6})号?\Z
    """,
    re.VERBOSE,
)
_BLANKS = re.compile(r"\s+")
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


class DocumentNumber(NamedTuple):
    """A document number in parts."""

    code: str
    """机关代字: `沪府发`"""
    year: int
    serial: int

    def __str__(self) -> str:
        """Return the number as the standard writes it (GB/T 9704-2012, 7.2.5)."""
        return f"{self.code}〔{self.year}〕{self.serial}号"


def find_number(text: str) -> DocumentNumber | None:
    """Return the parts of a document number, None where `text` has another shape (an order's number, a page's)."""
    match = _NUMBER.match(_BLANKS.sub("", text).translate(_WIDE_DIGITS))
    return None if match is None else DocumentNumber(match["code"], int(match["year"]), int(match["serial"]))


def normal_number(text: str) -> str:
    """Return a document number with 〔〕 and without blanks; other shapes only lose their blanks.

    Raises:
        InvalidIdentifierError: if nothing is left.
    """
    number = find_number(text)
    normal = _BLANKS.sub("", text) if number is None else str(number)
    if not normal:
        raise InvalidIdentifierError("the document number is empty: give one like 沪府发〔2018〕25号")
    return normal
