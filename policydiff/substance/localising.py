"""Names of place and level, and of the document itself, struck from a passage, so that what a district only puts in its own name is no difference."""

import re
from collections.abc import Iterator

from policydiff.lexicon.areas import is_area

_AREA_END = re.compile("[省市区县州旗镇乡]")
_LONGEST_AREA = 9
"""Characters of the longest name looked for; 积石山保安族东乡族撒拉族自治县 and three others are longer."""
_LEVEL = re.compile(
    r"""
    (?<![出入过])境内 | (?:本|全|我|该)(?:省|市|区|县|镇|乡|自治区|自治州)?(?:行政区域|辖区|区域)(?:范围)?内?
  | (?<![基根资成版])本(?:法|条例|办法|规定|细则|意见|方案|规则|规程)(?!律|人)
  | (?:本|全|我|各|该)?(?:市|区|县|省|镇|乡|街道|州)(?:（市、区）|、(?:区|县|镇|乡|街道)){0,3}级?
      (?=人民政府|政府|级|各|有关|相关|域|内|属|委|局|厅|办|财政|范围|行政|主管|[^一-鿿]|$)
  | (?:本|全|我)(?:市|区|县|省|镇|乡)(?:范围内?|行政区域内?)?
  | 各(?:区|县|镇|乡|街道)(?:、(?:区|县|镇|乡|街道))*
  | (?:(?<![一-鿿])|(?<=[由经向报会同及和与按])|(?<=会同)|(?<=配合))(?:市(?!场)|区(?!域)|县|省)(?=[一-鿿]{2,12}?(?:局|委|办|厅|部门|中心|所|队|公司|院|站))
    """,
    re.VERBOSE,
)
STRUCK = "某"
"""The character each struck one becomes; places in the struck passage are places in the passage."""


def strike_places(text: str) -> str:
    """Return a passage with names of places and levels struck; its length stays.

    >>> strike_places("静安区各街道、本市各部门，区民政局负责")
    '某某某某某某、某某各部门，某民政局负责'
    """
    struck = list(text)
    for start, end in struck_places(text):
        struck[start:end] = STRUCK * (end - start)
    return "".join(struck)


def struck_places(text: str) -> list[tuple[int, int]]:
    """Return where the names of places and levels stand in a passage."""
    return [*_areas(text), *(match.span() for match in _LEVEL.finditer(text))]


def _areas(text: str) -> Iterator[tuple[int, int]]:
    done = 0
    for match in _AREA_END.finditer(text):
        end = match.end()
        for start in range(max(done, end - _LONGEST_AREA), end - 1):
            if is_area(text[start:end]):
                yield start, end
                done = end
                break
