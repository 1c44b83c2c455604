"""Areas by the names of their governments (GB/T 2260 codes, former names included).

From the area follows the level of the government that issued a text.
"""

import re
from functools import cache
from importlib import resources
from typing import NamedTuple

from policydiff.lexicon.patterns import Words, lazy_pattern
from policydiff.model.base import Level

STATE = "000000"
"""Code of the state as a whole."""

_WORDS = Words("policydiff.lexicon", "areas")
_STATE_BODY = _WORDS.phrase(
    r"""
    中华人民共和国 (?! .{2,8} (?: 省 | 自治区 ) ) | 国务院 | 国家 | 全国 | 中共中央 | 中央 | 最高人民 | 政务院
  | {state_fields} [^省市县区州盟旗]{0,14} (?: 部 | 总局 | 总署 | 署 | 委员会 | 局 )     # 工业和信息化部
  | [^省市县区州盟旗]{2,14} (?<!宣传)(?<!组织)(?<!统战)(?<!武装)(?<!政治)(?<!司令)(?<!指挥)(?<!支) 部$
  | 中国 (?: 人民银行 | 证券 | 银行 | 保险 | 银保 | 气象 | 地震 | 科学院 | 民用航空 | 民航 | 人民解放军 )
    """
)


_PROVINCE_END = lazy_pattern("省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区")


class _Region(NamedTuple):
    code: str
    first: int
    last: int | None


class _Regions(NamedTuple):
    by_name: dict[str, list[_Region]]
    longest: int
    """Length of the longest name."""
    short_provinces: dict[str, str]
    """上海, 广东 … with their codes."""


@cache
def _regions() -> _Regions:
    """Read the table on first use."""
    table: dict[str, list[_Region]] = {}
    text = resources.files("policydiff.lexicon").joinpath("areas.tsv").read_text(encoding="utf-8")
    for row in text.splitlines():
        if row.startswith(("#", "code")):
            continue
        code, name, first, last = row.split("\t")
        table.setdefault(name, []).append(_Region(code, int(first), int(last) if last else None))
    short = {
        _PROVINCE_END.sub("", name): regions[0].code
        for name, regions in table.items()
        if any(region.code.endswith("0000") and region.last is None for region in regions)
    }
    return _Regions(table, max(map(len, table)), short)


def area_stem(code: str) -> str:
    """Return the leading digits common to the codes of an area and all areas in it.

    >>> [area_stem(code) for code in ("310000", "340100", "310106")]
    ['31', '3401', '310106']
    """
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def province_of(code: str) -> str | None:
    """Return the short name of the province of an area; None for a code outside the provinces.

    >>> province_of("310106"), province_of("000000")
    ('上海', None)
    """
    return next((name for name, own in _regions().short_provinces.items() if own[:2] == code[:2]), None)


def area_name(code: str) -> str | None:
    """Return the present full name of an area; None for the state and for a code no longer in use.

    >>> area_name("310115"), area_name("310103"), area_name("000000")
    ('浦东新区', None, None)
    """
    named = _regions().by_name.items()
    return next(
        (name for name, own in named if any(each.code == code and not each.last for each in own)), None
    )


def jurisdiction_of(body: str, year: int | None = None) -> str | None:
    """Return the code of the area governed by a body; None if its name does not show it.

    A name shared by several areas is decided by the area before it (上海市普陀区), then by the year; alone
    it stays unknown (普陀区 lies in Shanghai and in Zhoushan).

    >>> [jurisdiction_of(body) for body in ("上海市静安区人民政府", "国务院办公厅", "普陀区人民政府", "合肥市人民政府")]
    ['310106', '000000', None, '340100']
    """
    if _STATE_BODY.match(body):
        return STATE
    code: str | None = None
    position = 0
    while position < len(body):
        found = _longest(body, position, code, year)
        if found is None:
            break
        position, code = found
    if code is None:
        return next(
            (short for name, short in _regions().short_provinces.items() if body.startswith(name)), None
        )
    return code


def _longest(body: str, position: int, parent: str | None, year: int | None) -> tuple[int, str] | None:
    known = _regions()
    for end in range(min(len(body), position + known.longest), position + 1, -1):
        regions = [
            region for region in known.by_name.get(body[position:end], ()) if _lies_in(region.code, parent)
        ]
        if not regions:
            continue
        return (end, code) if (code := _told(regions, year)) is not None else None
    return None


def _lies_in(code: str, parent: str | None) -> bool:
    if parent is None:
        return True
    stem = parent[:2] if parent.endswith("0000") else parent[:4]
    return (
        code.startswith(stem)
        and code != parent
        and not parent.endswith(code[4:] if code[4:] != "00" else "xx")
    )


def _told(regions: list[_Region], year: int | None) -> str | None:
    """Return the only code that fits the year, or is still in use, or was last used; None if several areas remain."""
    if year is not None:
        then = [
            region for region in regions if region.first <= max(year, 1980) and year <= (region.last or year)
        ]
        regions = then or regions
    current = [region for region in regions if region.last is None]
    pool = current or regions
    if len({region.code[:2] for region in pool}) > 1:
        return None
    levels = {region.code[2:4] for region in pool if not region.code.endswith("00")}
    if current and len(levels) > 1 and len(pool) > 1:
        return None
    return max(pool, key=lambda region: (region.last or 9999, region.first)).code


PART_OF_TOWN = lazy_pattern("(?:市|老?城|新城|郊|矿)区(?!两级|联动|各|有关|相关|人民政府|政府|财政|街道)")
"""A part of a town, where no word behind it makes it the name of a district: 在市区推广 is less than 在全市推广."""
_LOCALITY = (
    "(?:各(?:地区?|级|设区的?市|街镇|乡镇|[市州县区旗镇乡])|所在(?:地|[市县区镇])|设区的?市"
    "|[市、和]*[县区]+(?:（[市、区]+）)?级?(?=人民政府|政府))"
)
_MEASURE = "(?:标准|比例|金额|额度|期限|时限|时长|时间|价格|数量|幅度|规模|系数|限额|办法)"
LEFT_TO_LOCALITY = lazy_pattern(
    f"(?P<of>[一-鿿]{{2}})?(?P<what>{_MEASURE})[，]?(?:可以?|应当)?由?{_LOCALITY}[^，。；\\d]{{0,24}}?(?:制定|规定|确定|核定|明确|公布)"
    f"|{_LOCALITY}[^。；\\d]{{0,20}}?(?:制定|规定|确定|核定|明确|提高|调整)(?:[^，。；\\d]{{0,10}}?(?P<named>{_MEASURE}))"
    f"|{_LOCALITY}[^，。；\\d]{{0,12}}?(?:适当|一定|相应)的?(?P<given>[一-鿿]{{2}})"
    f"|合理(?:确定|制定)[^，。；\\d]{{0,12}}?(?P<apt>{_MEASURE})"
)
"""Measures that localities settle themselves, with their noun in a group: 补贴标准由各区确定, 由所在县给予适当奖励, 合理确定收费标准."""
LOCALITIES_CHOOSE = lazy_pattern(
    "(?<![一-鿿])(?:各地区?|各?级?(?:[省市区县镇乡](?:（[市、区]+）)?[、和]?)+(?:人民政府)?|(?:有|具备)条件的(?:地方|地区|街镇|乡镇|[市区县镇])|地方(?:各级)?(?:人民政府)?)$"
)
"""Words before 可以 that give the choice to localities."""
LOCALITIES_MAY = lazy_pattern(
    "(?:鼓励|支持|引导|允许)(?:和(?:鼓励|支持|引导))?(?:各地区?|各[省市区县镇乡](?:[、和]?[市区县镇乡])*|(?:有|具备)条件的(?:地方|地区|街镇|乡镇|[市区县镇]))(?!有)"
)
"""Encouragement of localities to do what they may do anyway: 鼓励各地建设口袋公园."""
OPEN_PLACE = lazy_pattern(
    "(?:全国|我国|国内)(?!外|人[民大]|政协|性|统一)(?:各地|境内|范围内?)?的?|各地(?:区?要|应当?|可以?)?因地制宜|(?:有|具备)条件的(?:(?:地方|地区|乡镇|街镇|[区县市镇乡](?!政|县)|街道|园区|开发区|商圈|景区)|(?=[一-鿿]{2}))"
)
PLACES_NAMED = "(?:[一-鿿]{1,8}?(?:街道|新区|园区|开发区|大学城|商圈|景区|[镇乡区县市某])[、和]?)+的?"
"""A list of places that replaces places left open by a superior: 有条件的街镇 → 方松街道、岳阳街道."""


def is_area(name: str) -> bool:
    """Return whether a name is the full name of an area, in use or former: 上海市, 静安区.

    >>> is_area("静安区"), is_area("管理区")
    (True, False)
    """
    return name in _regions().by_name


_TOWNSHIP = lazy_pattern(r"(?:[镇乡]|苏木)(?:人民政府|人民代表大会|人大|党委)|街道(?:办事处|党工委|人大工委)")
_BY_NAME: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("province", lazy_pattern(r"(?:省|自治区|特别行政区)(?:人民政府|人民代表大会|人大)")),
    ("prefecture", lazy_pattern(r"(?:自治州|盟|地区)(?:人民政府|行政公署|行署|人民代表大会|人大)")),
    ("county", lazy_pattern(r"(?:县|旗|区)(?:人民政府|人民代表大会|人大)")),
)
"""Endings of names that show the level of an area; 市 does not, because cities exist on three levels."""


def level_of(body: str, code: str | None) -> Level | None:
    """Return the level of the issuing body; None if neither its name nor its area shows it.

    The area's GB/T 2260 code has pairs of digits for province, prefecture and county; a district of a
    municipality (310106) counts as a county. A township has no code; its name shows the level.

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
