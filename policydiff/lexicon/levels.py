"""The level of government that issued a text."""

import re

from policydiff.lexicon.areas import STATE
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.model.base import Level

_TOWNSHIP = lazy_pattern(r"(?:[镇乡]|苏木)(?:人民政府|人民代表大会|人大|党委)|街道(?:办事处|党工委|人大工委)")
_BY_NAME: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("province", lazy_pattern(r"(?:省|自治区|特别行政区)(?:人民政府|人民代表大会|人大)")),
    ("prefecture", lazy_pattern(r"(?:自治州|盟|地区)(?:人民政府|行政公署|行署|人民代表大会|人大)")),
    ("county", lazy_pattern(r"(?:县|旗|区)(?:人民政府|人民代表大会|人大)")),
)
"""Names of areas that tell their level; 市 does not: there are cities of three levels."""


def level_of(body: str, code: str | None) -> Level | None:
    """Return the level of the body that issued a text, None where neither its name nor its area tells.

    The area's GB/T 2260 code has pairs of digits for province, prefecture and county. A district of a municipality
    (310106) has a code of county form and is called so here. A township has no code of its own: its name tells.

    >>> [level_of(*issuer) for issuer in (("国务院", "000000"), ("上海市人民政府", "310000"), ("某某镇人民政府", "310112"))]
    ['state', 'province', 'township']
    """
    if code == STATE:
        return "state"
    if _TOWNSHIP.search(body):
        return "township"
    if code is None:
        return next((level for level, pattern in _BY_NAME if pattern.search(body)), None)
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"
