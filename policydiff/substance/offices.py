"""Public bodies named in a passage, each with its place, full name and normal form.

Names of place and level are removed from a passage here, so that the name of a district is no difference.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from policydiff.lexicon.areas import PART_OF_TOWN, is_area
from policydiff.lexicon.bodies import canonical_body, is_rename, place_and_office, same_system, system_of
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.text_marks import cut_words
from policydiff.substance.vocabulary import any_of, body_words

STRUCK = "某"
"""The character that replaces each struck character, so that offsets in the struck passage equal those in the passage."""
_LONGEST = 18
"""Characters before the ending of a name that may belong to the name; 中国证券监督管理 has eight, a list of fields up to 18."""
_LONGEST_OF_GOVERNMENT = 30
"""Characters before the ending of the name of a government's office: 省、自治区、直辖市人民政府自然资源主管部门."""
_NOBODY = lazy_pattern(
    r"""
    (?:国务院|国家|上级|同级|本级|上一级|县级以上|地方|[省市区县]级?|全[市区县省]|本[市区县省])*(?:其他|有关|相关|各)*(?:政府)?(?:主管|行政|监督|监管|执法|管理)?(?:部门|机关|机构)
  | (?!.*(?:监督管理|管理监督|执法|行政|国务院|经办|仲裁|(?:管理|检疫|救援|登记|预防控制|保障|主管)机构$)).*机构
  | .*(?:布局|格局|大局|全局|结局|当局|僵局|部署|签署|[人者方员业位构]署|推委|编委)
  | .*(?:股东|代表|会员|职工代表|业主|居民|村民|次|所有)(?:大会|委员会)?机关
  | (?:各级|县级以上|地方|当地|所在地|本级|同级|上级|其|该|原|本[市区县省])*(?:人民)?政府
  | .*(?:本|该|其|原|各|任何|上述)(?:部门|机关|机构|委员会|办公室|单位)
    """,
    re.VERBOSE,
)
"""Words with the ending of a body that name no particular body: 有关主管部门, 国务院有关部门, 科技服务机构."""
_OF_GOVERNMENT = r"""
    (?<=人民政府)
    (?:(?!应当|可以|负责|组织|会同|有关|相关|及其|其他|授权|人民|国务院|[或的送报由向]|和(?!JOINED))[一-鿿]){2,14}?
    (?:部门|机构|委员会|局)
"""
"""An office after its government, read as one body (市人民政府住房和城乡建设主管部门); 人民政府及其有关部门 are two bodies."""
GRADE = lazy_pattern(
    "^城市(?=居民)|^农村(?=村民)|各级|县级以上|地方|同级|本级|所在地|当地|有关|行政|监督|主管|管理|监管"
)
"""Words that state the level or manner of an office but do not identify it: 公安行政主管部门 is 公安部门."""


class BodyName(NamedTuple):
    """A body named at `text[start:end]`."""

    start: int
    end: int
    name: str

    @property
    def key(self) -> str:
        """The name without place, level and manner: 县级公安机关 → 公安."""
        return _stem(self.name)

    @property
    def shares_ending(self) -> bool:
        """Whether the body is one of several fields that share an ending, and possibly their level: 国务院科技、卫生健康部门."""
        return self.end - self.start != len(self.name)

    def same(self, other: "BodyName") -> bool:
        """Return whether both names mean one office, also in another writing or before and after a reform."""
        levels = _level(self.name), _level(other.name)
        if None not in levels and levels[0] != levels[1]:
            return False
        listed = [_levels_listed(each.name) & _OF_PROVINCES for each in (self, other)]
        if all(listed) and listed[0] != listed[1]:
            return False  # 省、自治区、直辖市人民政府, 直辖市人民政府; counties that became districts (区、县, 区) are no other office
        if None in levels and any(_ABOVE.search(each.name) for each in (self, other)):
            return any(each.shares_ending for each in (self, other)) and same_office(self.name, other.name)
        return not other_level(self.name, other.name) and same_office(self.name, other.name)


def other_level(one: str, other: str) -> bool:
    """Return whether one body has the speaker's own level and the other a higher or lower level: 同级 and 上级人民检察院."""
    levels = [found[1] if (found := _RELATIVE.search(name)) else "" for name in (one, other)]
    return all(levels) and levels[0].replace("同", "本") != levels[1].replace("同", "本")


def same_office(one: str, other: str) -> bool:
    """Return whether two names mean offices of one field of work: 市卫生计生委 and 市卫生健康委."""
    alike = bool(_OWN_OFFICE.search(one)) == bool(_OWN_OFFICE.search(other))
    tasks = [set(_TASK.findall(name)) for name in (one, other)]
    one, other = _office(one), _office(other)
    same = _stem(one) == _stem(other) or same_system(one, other)
    return (
        alike
        and (not all(tasks) or bool(tasks[0] & tasks[1]))
        and (same or is_rename(one, other) or is_rename(other, one))
    )


_TASK = lazy_pattern("管理|监督")  # 教育管理部门 is no 教育监督部门; 监督管理 and 监管 are both
_OWN_OFFICE = lazy_pattern("府办公?[室厅]?$")  # no government: 区人民政府办公室, 区府办
_IN_FULL = (
    (lazy_pattern("人大常委会"), "人民代表大会常务委员会"),
    (lazy_pattern("人大(?!代表)"), "人民代表大会"),
    (lazy_pattern("各?(?:有关|相关)(?=部门|机关|机构|单位)"), "有关"),
)
"""Short names with their full forms, and 各相关部门 written as 有关部门."""


@lru_cache(maxsize=512)
def _office(name: str) -> str:
    """Return an office without its government and in full: 县级人民政府生态环境主管部门 → 生态环境主管部门, 人大常委会 → 人民代表大会常务委员会."""
    name = name.replace(STRUCK, "") or name
    for short, full in _IN_FULL:
        name = short.sub(full, name)
    _, government, office = name.rpartition("人民政府")
    return office if government and len(office) > 2 and not office.startswith("办公") else name


_RELATIVE = lazy_pattern("([本同上下])一?级")
_LEVELS = (
    lazy_pattern("国务院|中央|国家(?!安全|秘密|保密)|全国|最高"),
    lazy_pattern("省|自治区|直辖市|高级(?=人民法院)"),
    lazy_pattern("设区的市|中级(?=人民法院)|市(?!场|容|政(?!府|协|法)|民(?!政|族|防|宗))|自治州|地区"),
    lazy_pattern("县|基层(?=人民法院)|(?<![社园辖小景校库特地])区|旗"),
    lazy_pattern("乡|镇|街道"),
)


_ABOVE = lazy_pattern(
    "国务院|(?:省|自治区|直辖市|设区的市|市级)(?:级|(?:以上)?(?:地方)?(?:各级)?人民政府|以上)|(?:最高|[高中]级|基层)(?=人民法院)"
)
"""Levels that a name without a level cannot mean: 国务院民政部门 is not 民政部门; 县级以上人民政府民政部门 may be."""


_LISTED = lazy_pattern(
    "(?:(?:省级?|自治[区州县]|直辖市|设区的市|[市区县旗乡镇])(?:[、和或]|以及)?)+(?=[^、和或以及])"
)
_EACH_LEVEL = lazy_pattern("省级|省|自治[区州县]|直辖市|设区的市|[市区县旗乡镇]")
_OF_PROVINCES = frozenset({"省", "自治区", "直辖市"})


def _levels_listed(name: str) -> frozenset[str]:
    """Return the levels that a name begins with (省、自治区、直辖市人民政府); 省级 stands for 省, 自治区 and 直辖市."""
    found = _LISTED.match(name)
    levels = frozenset(_EACH_LEVEL.findall(found[0])) if found else frozenset()
    return (levels - {"省级"}) | _OF_PROVINCES if "省级" in levels else levels


@lru_cache(maxsize=512)
def _level(name: str) -> int | None:
    """Return the highest level that a name states, 0 for the state, None if it states no level."""
    return next((level for level, words in enumerate(_LEVELS) if words.search(name)), None)


@lru_cache(maxsize=512)
def _stem(name: str) -> str:
    stem = GRADE.sub("", name)
    return canonical_body(stem).removesuffix("部门").removesuffix("机关") or name


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(
        rf"{any_of(body_words().endings)}(?![员托派局部厅]|(?<=委)会(?![同商签])|(?<=办)[事公]|(?<=处)[罚分理置境以于]|(?<=局)(?:面(?![向对])|势(?!必)|限性)|(?<=机关)事务(?:管理|服务))(?:{_OF_GOVERNMENT.replace('JOINED', any_of(body_words().joined))})?",
        re.VERBOSE,
    )


_REMEMBERED = 512
"""Parts whose bodies are cached, because each part is asked for its bodies several times."""
_MAYBE = lazy_pattern("[部委局关府院构室处组厅署议办央会所联队]")
_BY_ONE_NAME = lazy_pattern(
    r"国务院(?![一-鿿]{0,16}?(?:部门|机构|办公厅|委员会|直属))|党中央|中共中央|中央军(?:事)?委(?:员会)?|(?<![过通进出报])海关(?!总署|监管|[法手])"
    r"|(?:全国|各级|地方各级|本级|[省市区县乡镇])?人(?:民代表)?大(?:会)?(?:常务委员会|常委会|主席团)|[市区县省]委(?![员托派内])"
    r"|[一-鿿]{0,3}府办(?![公理事法学])|(?<=[、由经向])[市区][一-鿿]{2,6}办(?=[、，。；：）)]|$|负责|牵头|会同|等)"
)
"""Bodies whose name has no telling ending: 国务院, 党中央, 海关, 区府办."""
_FIELDS = lazy_pattern(
    r"(?P<fields>[一-鿿]{2,14}(?:(?:、|和|以及|及|或者?)[一-鿿]{2,10}?)+?)等?(?:有关|相关|行政|主管|管理|监督|监管)*(?:部门|机关)"
)
"""Fields of work that share one ending: 教育、人力资源和社会保障、农业农村等部门."""
_MAY_BE_LISTED = lazy_pattern("[、和及或者][一-鿿]{2,}?(?:部门|机关)")
_FIELD = lazy_pattern("[^、]+")


@lru_cache(maxsize=_REMEMBERED)
def find_bodies(text: str) -> tuple[BodyName, ...]:
    """Return the bodies of a text in order, generic ones (有关部门) left out.

    >>> [found.name for found in find_bodies("申请人应当向市场监督管理部门申请，由县级公安机关审查。")]
    ['市场监督管理部门', '县级公安机关']
    """
    if not _MAYBE.search(text):
        return ()
    if "《" in text or "号" in text:
        text = _NAMED_TEXT.sub(lambda title: " " * len(title[0]), text)
    found = [*_bodies(text)]
    for more in (_of_fields(text), _by_one_name(text)):
        found += [
            each for each in more if not any(one.start < each.end and each.start < one.end for one in found)
        ]
    return tuple(sorted(found))


_NAMED_TEXT = lazy_pattern(r"《[^》]*》|[一-鿿]{2,8}[〔\[（(](?:19|20)\d\d[〕\]）)] ?第?\d{1,5} ?号")
"""Title and number of a text, in which a name is not an acting body: 《中华人民共和国治安管理处罚法》, 沪府办〔2018〕25号."""


def _bodies(text: str) -> Iterator[BodyName]:
    done = 0
    for match in _ending().finditer(text):
        lead = _NAME_BEFORE.search(text, max(done, match.start() - _LONGEST), match.start())
        done = match.end()
        name = _name((lead[0] if lead else "") + match[0])
        if len(name) > 2 and name not in body_words().generic and not _NOBODY.fullmatch(name):
            start = match.end() - len(name)
            if name in _CUT_BY_BRACKETS and (both := _BOTH_COMMITTEES.search(text, max(0, start - 8), start)):
                start, name = both.start(), both[0] + name
            if name[0] == "地" and text.endswith("所在", 0, start):  # 所在地区发展改革委
                start, name = start + 1, name[1:]
            if levels := _LEVELS_BEFORE.search(text, max(0, start - _LONGEST), start):
                start, name = levels.start(), levels[0] + name
            if name.endswith("部门") and _JOINED.search(name):
                two = list(_known_fields(name.removesuffix("部门"), start))
                if len(two) > 1:
                    yield from two
                    continue
            yield BodyName(start, match.end(), name)


_CUT_BY_BRACKETS = frozenset({"民委员会", "委员会"})
_BOTH_COMMITTEES = lazy_pattern("(?:社区)?(?:[村居][（(][村居][）)]|[村居]民[（(][村居]民[）)])$")
"""Words before `_CUT_BY_BRACKETS`: 村（居）民委员会 and 村民（居民）委员会 name the committees of villages and of residents at once."""
_LEVELS_BEFORE = lazy_pattern(
    "设区的$|(?:省(?:[、和或]|以及))?自治区(?:[、和或]|以及)(?:设区的)?$|(?:(?:设区的市|[市区县])[、和])*[市区县镇乡][（(][市区县镇乡、]{1,5}[）)]$|城市[、和]$"
    "|(?<![社园辖景校库特地貌护发街郊山林矿灾牧保务宅厂治城都超门集村乡家])(?:[省市区县乡镇](?:[、和及或]|以及|或者))+(?:设区的)?$"
)
"""Levels that share one office: 市和区、县审计机关, 省、自治区、直辖市人民政府; the 区 of 历史风貌区和优秀历史建筑 is no level."""
_JOINED = lazy_pattern("[和及或]")
_NAME_BEFORE = lazy_pattern("[一-鿿]+$")


_MAY_HAVE_ONE_NAME = lazy_pattern("国务院|中央|海关|人大|人民代表|[省市区县]委|办")


def _by_one_name(text: str) -> Iterator[BodyName]:
    for match in _BY_ONE_NAME.finditer(text) if _MAY_HAVE_ONE_NAME.search(text) else ():
        name = _without_lead(match[0])
        yield BodyName(match.end() - len(name), match.end(), name)


def _of_fields(text: str) -> Iterator[BodyName]:
    for match in _FIELDS.finditer(text) if "部门" in text and _MAY_BE_LISTED.search(text) else ():
        for field in _FIELD.finditer(match["fields"]):
            start = match.start() + field.start()
            yield from _known_fields(text[start : start + len(field[0])], start)


def _known_fields(words: str, start: int) -> Iterator[BodyName]:
    """Yield the fields of work between two list marks: 人力资源和社会保障 is one field, 公安和民政 are two."""
    for joined in ("", "和", "以及", "及", "或者", "或"):
        pieces = words.split(joined) if joined else [words]
        if joined and len(pieces) == 1:
            continue
        names = [_office(_name(f"{piece}部门")).removesuffix("部门") for piece in pieces]
        if all(name and system_of(f"{name}部门") for name in names):
            at = start
            for piece, name in zip(pieces, names, strict=True):
                yield BodyName(at + len(piece) - len(name), at + len(piece), f"{name}部门")
                at += len(piece) + len(joined)
            return


def _name(run: str) -> str:
    """Return the name at the end of a run of characters: the words after the last word that leads up to a name."""
    if "国务院" in run[1:]:
        return run[run.rindex("国务院") :]
    if whole := _WHOLE.search(run):
        return whole[0]
    lexis = body_words()
    words = cut_words(run)
    for index in range(len(words) - 2, -1, -1):
        word = words[index]
        if (word in lexis.before or word[-_SHORT_VERB:] in lexis.before) and not _joins(words, index):
            return _without_lead("".join(words[index + 1 :]).removeprefix("地" * word.endswith("所在")))
    longest = _LONGEST_OF_GOVERNMENT if "人民政府" in run else _LONGEST
    return "" if len(run) > longest else _without_lead(run)


_WHOLE = lazy_pattern(
    "(?:[全本](?=[省市区县]))?(?:(?<![社园辖景校库小])[省市区县乡镇](?:、[省市区县乡镇])*级?|[城乡]镇|社区|小区|城市|农村)*"
    "(?:居民委员会|村民委员会|业主委员会|街道办事处|国家机关|党政机关|司法机关)$"
)
"""Bodies whose name is the same everywhere; of the words before it, only a level or a kind of place belongs to the name, no verb."""
_SHORT_VERB = 2
"""Characters of a verb before a name that are looked up; with its adverb the verb may be one word: 书面通知."""


def _joins(words: list[str], index: int) -> bool:
    """Return whether the 和 at `index` stands inside one name: 发展和改革, 绿化和市容管理局, 区科技和经济委员会."""
    if words[index] != "和" or index == 0:
        return False
    if words[index + 1] in body_words().joined:
        return True
    lead = "".join(words[:index])
    fields = [lead[level.end() :] for level in _LEVEL_OF_OFFICE.finditer(lead)]
    if any(_FIELD_OF_NONE.fullmatch(field) or system_of(f"{field}部门") for field in fields):
        return _OF_LEVEL.match(words[index + 1]) is None
    found = place_and_office("".join(words[index - 1 :]))
    return found is not None and (_PARTS_BODIES.search(found[0]) is None or words[-1].endswith("部门"))


_LEVEL_OF_OFFICE = lazy_pattern(
    "(?<![社园辖景校库小])[市区县旗镇乡](?=[一-鿿]{2,8}(?<![局委厅办会处院部门])$)"
)
"""The level before the first field of a district's joint office: 区 in 区科技和经济委员会."""
_FIELD_OF_NONE = lazy_pattern("(?:经济|社会|产业|投资|综合|党[群政建]|[招工]商|商贸)[一-鿿]{0,6}")
"""Fields that no office has as its only field."""
_OF_LEVEL = lazy_pattern("[区县旗镇乡各本]|市(?![场容政])")
_PARTS_BODIES = lazy_pattern("(?<!部)和")
"""A 和 that separates an office from the word before it (企业和税务局); 财政部 is excepted, as 部 alone ends no name."""


def _without_lead(name: str) -> str:
    """Remove a preposition that the segmenter joined to a name (由市 is a single word to the segmenter)."""
    name = re.split("[由向]", name)[-1] or name
    name = _VERB_BEFORE_AREA.sub("", name)
    return re.sub("^(?:[由向报凭至]|对?经(?![济贸信营开]))", "", name) if len(name) > 3 else name


_VERB_BEFORE_AREA = lazy_pattern(
    "^.*[报送交对请给呈与](?=[省市区县某](?!场|容|政(?!府|协|法)|民(?!政|族|防|宗)|域|城)[一-鿿]{2})"
)
"""A verb that the segmenter joined to the level of a name, with all before it: 搬迁前一个月报区房管局, 方案送区绿化局."""
_AREA_END = lazy_pattern("[省市区县州旗镇乡]")
_LONGEST_AREA = 9
"""Characters of the longest name of an area looked for; 积石山保安族东乡族撒拉族自治县 and three more names are longer."""
_LEVEL = lazy_pattern(
    r"""
    (?=[境本全我该各省市区县镇乡街州中不国所当设地辖]) (?:  # how all of them begin, asked once instead of at each
    中华人民共和国(?:境内|领域(?:及管辖的其他海域)?内?)
  | 城市(?=人民政府)
  | (?:不设区的市(?:、|或者|和)|市、)?(?:市辖区|不设区的市)(?=的?人民政府)
  | (?:国务院和(?=县级以上|地方))?(?:(?:(?<![一-鿿])|(?<=[与由向经报和及对]))(?:所在地|当地)的?)?(?:(?:县级|设区的市级)(?:以上)?(?:地方)?(?:各级)?|地方(?:各级)?)
      (?=人民政府|各?(?:有关|相关|主管)部门)
  | (?:(?<![一-鿿])|(?<=[与由向经报和及对]))(?:所在地|当地)的?(?=(?:各级|县级以上|地方|[市区县乡镇]|人民政府))
  | (?:(?:市|区|县|省|州)[、和])*(?:区县|区、县|区|县|镇|乡)[（(](?:自治县|市、区|市|区|县|旗)[）)](?:级(?!以[上下]))?
  | (?<![一-鿿])(?:市|区|县)级(?!以[上下])(?=[一-鿿])
  | (?:(?<![一-鿿])|(?<=[入为成定选]))(?:省|市|区|县)(?=重点|示范)  # 列入市重点工程, 评为区示范单位
  | (?<=[副由])[省市区县州镇乡](?=长(?:任|为|担任|兼任|牵头|负责|召集|主持|[、，。；和]|$))  # 副市长任召集人, 副区长任召集人
  | (?<![出入过])境内 | 辖区(?:范围)?内 | (?:本|全|我|该)(?:省|市|区|县|镇|乡|自治区|自治州)?(?:行政区域?|辖区|区域)(?:范围)?内?
  | (?:本|全|我)(?:市|区|县|省|镇|乡)(?:行政区域)?范围内?
  | (?<![基根资成版])本(?:法|条例|办法|规定|细则|意见|方案|规则|规程)(?!律|人)
  | (?:(?:省|市|区|县|街?镇|乡|街道|居?村|社区)[、和]?)+[两二三四五]级
  | (?:本|全|我|各|该)?(?:市|区(?!域)|县|省|镇|乡|街道|州)(?:（市、区）|、(?:区|县|镇|乡|街道)){0,3}级?
      (?=人民政府|政府|级|各|有关|相关|域|内|属|委|局|厅|办|财政|范围|行政|主管|[^一-鿿]|$)
  | (?:本|全|我)(?:市|区|县|省|镇|乡)(?:范围内?|行政区域内?)?
  | 各(?:区|县|镇|乡|街道|村(?!民))(?:、(?:区|县|镇|乡|街道|村(?!民)))*
  | (?:(?<![一-鿿])|(?<=[由经向报会同及和与按送知交给请求对托导助])|(?<=会同)|(?<=配合))(?:市(?![场容]|政(?!府|协|法)|民(?!政|族|防|宗))|区(?!域)|县|省)(?=[一-鿿]{2,12}?(?:局|委|办|厅|部门|中心|所|队|公司|院|站))
    )
    """,
    re.VERBOSE,
)


@lru_cache(maxsize=64)
def strike_places(text: str) -> str:
    """Return a passage in which names of places and levels are struck; the length stays the same.

    >>> strike_places("静安区各街道、本市各部门，区民政局负责")
    '某某某某某某、某某各部门，某民政局负责'
    """
    struck = list(text)
    for start, end in struck_places(text):
        struck[start:end] = STRUCK * (end - start)
    return "".join(struck)


def struck_places(text: str) -> list[tuple[int, int]]:
    """Return the spans of the names of places and levels in a passage."""
    return [*_areas(text), *(match.span() for match in _LEVEL.finditer(text))]


def _areas(text: str) -> Iterator[tuple[int, int]]:
    done = 0
    for match in _AREA_END.finditer(text):
        end = match.end()
        for start in range(max(done, end - _LONGEST_AREA), end - 1):
            if is_area(text[start:end]) and not PART_OF_TOWN.match(text, start):
                done = end + text.startswith("域", end)  # 青浦区域内
                yield start, done
                break
