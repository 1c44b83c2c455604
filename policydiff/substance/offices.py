"""Public bodies named in a passage, each with its place, its whole name and its normal form."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from policydiff.lexicon.bodies import canonical_body, is_rename, same_system
from policydiff.lexicon.segmentation import cut
from policydiff.substance.vocabulary import body_words

_LONGEST = 18
"""Characters before the ending of a name that may belong to it; 中国证券监督管理 has eight, a list of fields up to 18."""
_LONGEST_OF_GOVERNMENT = 30
"""The same for an office of a government: 省、自治区、直辖市人民政府自然资源主管部门."""
_NOBODY = re.compile(
    r"""
    (?:国务院|国家|上级|同级|本级|上一级|县级以上|地方|[省市区县]级?|全[市区县省]|本[市区县省])*(?:其他|有关|相关|各)*(?:政府)?(?:主管|行政|监督|监管|执法|管理)?(?:部门|机关|机构)
  | (?!.*(?:监督管理|管理监督|执法|行政|国务院|经办|仲裁)).*机构
  | .*(?:股东|代表|会员|职工代表|业主|居民|村民)(?:大会|委员会)?机关
  | (?:各级|县级以上|地方|当地|所在地|本级|同级|上级|其|该|原|本[市区县省])*(?:人民)?政府
  | (?:本|该|其|原|各|任何|上述)(?:部门|机关|机构|委员会|办公室)
    """,
    re.VERBOSE,
)
"""有关主管部门, 国务院有关部门, 科技服务机构: no body in particular."""
_OF_GOVERNMENT = r"""
    (?<=人民政府)
    (?:(?!应当|可以|负责|组织|会同|有关|相关|及其|其他|[和或的])[一-鿿]){2,12}?
    (?:部门|机构|委员会|局)
"""
"""省级人民政府自然资源主管部门 is one body, 人民政府及其有关部门 two."""
_GRADE = re.compile("各级|县级以上|地方|同级|本级|所在地|当地|有关|行政|监督|主管|管理|监管")
"""Words that say the level or the manner of an office, not which one: 公安行政主管部门 is 公安部门."""


class BodyName(NamedTuple):
    """A body named at `text[start:end]`."""

    start: int
    end: int
    name: str

    @property
    def key(self) -> str:
        """Its name without place, level and manner: 公安 of 县级公安机关."""
        return _stem(self.name)

    def same(self, other: "BodyName") -> bool:
        """Return whether both name one office: in another writing, or before and after a reform."""
        levels = _level(self.name), _level(other.name)
        if None not in levels and levels[0] != levels[1]:
            return False
        return same_office(self.name, other.name)


def same_office(one: str, other: str) -> bool:
    """Return whether two names stand for offices of one field of work (市卫生计生委, 市卫生健康委)."""
    return (
        one == other
        or _stem(one) == _stem(other)
        or same_system(one, other)
        or is_rename(one, other)
        or is_rename(other, one)
    )


_LEVELS = (
    re.compile("国务院|中央|国家|全国|最高"),
    re.compile("省|自治区|直辖市"),
    re.compile("设区的市|市|自治州|地区"),
    re.compile("县|区|旗"),
    re.compile("乡|镇|街道"),
)


def _level(name: str) -> int | None:
    """Return the highest level a name states, 0 for the state; None where it states none."""
    return next((level for level, words in enumerate(_LEVELS) if words.search(name)), None)


@cache
def _stem(name: str) -> str:
    stem = _GRADE.sub("", name)
    return canonical_body(stem).removesuffix("部门").removesuffix("机关") or name


@cache
def _ending() -> re.Pattern[str]:
    endings = "|".join(sorted(body_words().endings, key=len, reverse=True))
    return re.compile(
        rf"[一-鿿]{{0,{_LONGEST}}}?(?:{endings})(?![员托派局部厅])(?:{_OF_GOVERNMENT})?", re.VERBOSE
    )


_REMEMBERED = 128
"""Parts whose bodies are remembered: each is asked for its bodies and again for what else it says."""
_MAYBE = re.compile("[部委局关府院构室处组厅署议]")


@lru_cache(maxsize=_REMEMBERED)
def find_bodies(text: str) -> tuple[BodyName, ...]:
    """Return the bodies of a text in order, generic ones (有关部门) left out.

    >>> [found.name for found in find_bodies("申请人应当向市场监督管理部门申请，由县级公安机关审查。")]
    ['市场监督管理部门', '县级公安机关']
    """
    return tuple(_bodies(text)) if _MAYBE.search(text) else ()


def _bodies(text: str) -> Iterator[BodyName]:
    for match in _ending().finditer(text):
        name = _name(match[0])
        if len(name) > 2 and name not in body_words().generic and not _NOBODY.fullmatch(name):
            yield BodyName(match.end() - len(name), match.end(), name)


def _name(run: str) -> str:
    """Return the name a run of characters ends with: its words after the last that leads up to a name."""
    lexis = body_words()
    words = cut(run)
    for index in range(len(words) - 2, -1, -1):
        word = words[index]
        if word in lexis.before and not (word == "和" and words[index + 1] in lexis.joined):
            return _without_lead("".join(words[index + 1 :]))
    longest = _LONGEST_OF_GOVERNMENT if "人民政府" in run else _LONGEST
    return "" if len(run) > longest else _without_lead(run)


def _without_lead(name: str) -> str:
    """Take off what the segmenter glued to a name: 由市 is one word to it."""
    name = re.split("[由向]", name)[-1] or name
    return name[1:] if name[0] in "由向经报凭" and len(name) > 3 else name
